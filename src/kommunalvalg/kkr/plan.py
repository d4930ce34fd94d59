"""The plan of a KKR's meetings: each day with its weekday and holidays, the first meeting and the next term's."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

import attrs

from kommunalvalg import law
from kommunalvalg.errors import VoteError, Warned
from kommunalvalg.kkr.dated import Day, Ruled, checked_day
from kommunalvalg.kkr.days import checked_closed, holiday_on
from kommunalvalg.kkr.meeting import FirstMeeting, FirstMeetingCase, first_meeting_by, warned_of_day
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Text
from kommunalvalg.text import text as _

__all__ = ["MeetingDay", "MeetingPlan", "MeetingPlanCase", "PlannedMeeting", "Weekday", "plan_meetings"]


class Weekday(StrEnum):
    """The days of the week, in their order."""

    MONDAY = N_("Monday")
    TUESDAY = N_("Tuesday")
    WEDNESDAY = N_("Wednesday")
    THURSDAY = N_("Thursday")
    FRIDAY = N_("Friday")
    SATURDAY = N_("Saturday")
    SUNDAY = N_("Sunday")


_DANISH = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_SHORTEST = 3


def _weekday(name: "Weekday | str | None") -> Weekday | None:
    """Read a weekday by its Danish or English name, or the first three letters or more of one."""
    if name is None:
        return None
    if isinstance(name, str) and len(begun := name.strip().casefold().rstrip(".")) >= _SHORTEST:
        for danish, weekday in zip(_DANISH, Weekday, strict=True):
            if danish.startswith(begun) or weekday.casefold().startswith(begun):
                return weekday
    raise VoteError("{field} is {value}; a weekday is such as 'mandag' or 'man.'", field="weekday", value=name)


def _day(day: Day) -> date:
    return checked_day("day", day)


@attrs.frozen
class PlannedMeeting:
    """A meeting in a plan.

    Args:
        day: its day.
        weekday: the weekday that the plan names, "mandag" or "man."; None where it names none.

    Raises:
        VoteError: the day or the weekday is none.

    >>> PlannedMeeting("2026-01-26", "man.")
    PlannedMeeting(day=datetime.date(2026, 1, 26), weekday=<Weekday.MONDAY: 'Monday'>)
    """

    day: date = attrs.field(converter=_day)
    weekday: Weekday | None = attrs.field(default=None, converter=_weekday)


def _planned(meeting: PlannedMeeting | Day) -> PlannedMeeting:
    """Read a meeting, a day, or a text such as "mandag 2026-01-26"."""
    if isinstance(meeting, PlannedMeeting):
        return meeting
    if isinstance(meeting, str):
        weekday, _space, day = meeting.strip().rpartition(" ")
        return PlannedMeeting(day, weekday or None)
    return PlannedMeeting(meeting)


def _meetings(meetings: Iterable[PlannedMeeting | Day]) -> tuple[PlannedMeeting, ...]:
    """Read a plan: days, texts such as "mandag 2026-01-26", and meetings."""
    if isinstance(meetings, str | Mapping) or not isinstance(meetings, Iterable):
        raise VoteError(
            "{field} is {value}; give the days one by one, for example ['mandag 2026-01-26']",
            field="meetings",
            value=meetings,
        )
    planned = [_planned(meeting) for meeting in meetings]
    if not planned:
        raise VoteError("{field} is empty; a plan has at least one meeting", field="meetings", value=meetings)
    return tuple(sorted(planned, key=lambda meeting: meeting.day))


def _election(election: Day) -> date:
    return checked_day("election", election)


@attrs.frozen(kw_only=True)
class MeetingPlanCase:
    """What :func:`plan_meetings` takes, as a value that is checked when it is made."""

    meetings: tuple[PlannedMeeting, ...] = attrs.field(converter=_meetings)
    election: date = attrs.field(converter=_election)
    closed: tuple[date, ...] = attrs.field(default=(), converter=checked_closed)
    first: FirstMeetingCase = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "first", FirstMeetingCase(meeting=self.meetings[0].day, election=self.election))

    @property
    def law(self) -> str:
        """The day whose law is used: that of the first meeting."""
        return self.first.law

    def settled(self, urn: Urn) -> "MeetingPlan":
        """Look every day up; there are no lots."""
        days = tuple(
            MeetingDay(day=meeting.day, weekday=tuple(Weekday)[meeting.day.weekday()], holiday=holiday_on(meeting.day))
            for meeting in self.meetings
        )
        first = self.first.settled(urn)
        next_term = first_meeting_by(
            self.election.year + law.whole("KRVL-6", self.election, "years"), self.first.meeting
        )
        warnings: list[Warned] = [warned for warned in first.warnings if warned.rule]
        for number, (meeting, day) in enumerate(zip(self.meetings, days, strict=True)):
            warnings += self._warnings(meeting, day, next_term)
            if number and day.day == days[number - 1].day:
                warnings.append(Warned(_("Two meetings are planned for one day: {day}.", day=day.day)))
        return MeetingPlan(days=days, first=first, next_term=next_term, warnings=tuple(warnings), case=self)

    def _warnings(self, meeting: PlannedMeeting, day: "MeetingDay", next_term: date) -> Iterable[Warned]:
        if meeting.weekday not in {None, day.weekday}:
            yield Warned(
                _(
                    "The plan says {given}, but the day is a {weekday}: {day}.",
                    day=day.day,
                    weekday=Text(str(day.weekday)),
                    given=Text(str(meeting.weekday)),
                )
            )
        yield from warned_of_day(day.day)
        if day.holiday:
            yield Warned(_("The day is a public holiday, {holiday}: {day}.", day=day.day, holiday=day.holiday))
        if day.day in self.closed:
            yield Warned(_("The day is among those that are closed: {day}.", day=day.day))
        if day.day > next_term:
            yield Warned(
                _("The next term has met by {latest}; this meeting is later: {day}.", day=day.day, latest=next_term),
                "FO-4-1",
                day.day,
            )


@attrs.frozen(kw_only=True)
class MeetingDay:
    """The day of a meeting.

    Attributes:
        day: the day.
        weekday: its weekday.
        holiday: the Danish holiday that it is; empty where it is none.
    """

    day: date
    weekday: Weekday
    holiday: str = ""


@attrs.frozen(kw_only=True)
class MeetingPlan(Ruled, Result):
    """The meetings of a term, in their order.

    Attributes:
        days: each day with its weekday, and the holiday that it is.
        first: whether the first meeting is held in time.
        next_term: the last day of the next term's first meeting.
        warnings: what is to be thought of: a weekday that is another day's, a Sunday, a holiday, a day too late.
        case: what was planned.
    """

    rule = "FO-4-1"

    days: tuple[MeetingDay, ...] = attrs.field(repr=False)
    first: FirstMeeting
    next_term: date
    warnings: tuple[Warned, ...] = attrs.field(default=(), repr=False)
    case: MeetingPlanCase = attrs.field(repr=False)


def plan_meetings(
    meetings: Iterable[PlannedMeeting | Day], *, election: Day, closed: Iterable[Day] = ()
) -> MeetingPlan:
    """Look up the days of a plan of meetings: weekdays, holidays, the first meeting and the next term's (FO-4-1).

    Args:
        meetings: the days, in any order, with the weekday that the plan names or without: "mandag 2026-01-26".
        election: the day of the municipal election before the term.
        closed: further days on which nobody meets, such as 24 December, which is no public holiday.

    Returns:
        Each day with its weekday and holiday, and the warnings, of a weekday that does not belong to its date, a
        Sunday, a holiday or a closed day, two meetings on one day, a first meeting after its last day, and a meeting
        after the day by which the next term has met: that after the election four years later (KRVL-6).

    Raises:
        VoteError: there is no meeting, or a day or a weekday is none.
        RuleError: the first meeting is not after the election.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    Forretningsorden for KKR § 4, stk. 1.

    >>> plan = plan_meetings(["mandag 2026-01-26", "tirsdag 2026-06-17", "2026-05-14"], election="2025-11-18")
    >>> [str(day.weekday) for day in plan.days], str(plan.next_term)
    (['Monday', 'Thursday', 'Wednesday'], '2030-01-31')
    >>> for warned in plan.warnings:
    ...     print(warned)
    The day is a public holiday, Kristi himmelfartsdag: 2026-05-14.
    The plan says Tuesday, but the day is a Wednesday: 2026-06-17.
    """
    return settle(MeetingPlanCase(meetings=meetings, election=election, closed=closed))
