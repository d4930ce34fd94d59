"""OL §§ 17-22, 47-49, 61-64 and 96-98: which meetings elect whom, in which order, and by when.

In December 2025 the councils constituted themselves. By 15 December 2026 they hold another meeting, which elects
standing committees and the members of outside bodies, and nothing else.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import least_and_most
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.lots import Urn, settle
from kommunalvalg.regions.councils import council_size
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_choice

__all__ = ["Caller", "Meeting", "MeetingCase", "MeetingKind", "Office", "check_meeting"]


class Office(StrEnum):
    """Whom a regional council elects, in the order of its constituting meeting."""

    CHAIR = "chair"
    """The regional chair."""
    DEPUTIES = "deputies"
    """The first and the second deputy."""
    VICE_CHAIR = "vice chair"
    """The vice chair of the executive committee."""
    EXECUTIVE = "executive"
    """The executive committee's other members."""
    HEALTH_CHAIRS = "health chairs"
    """Chairs and vice chairs of the sundhedsråd."""
    HEALTH = "health"
    """The other regional members of the sundhedsråd."""
    STANDING = "standing"
    """The standing committees."""
    BODIES = "bodies"
    """Members of other committees, commissions and boards."""


class MeetingKind(StrEnum):
    """What a meeting is."""

    CONSTITUTING = "constituting"
    """The one after an election; of Østdanmark also the one that is due by 15 December 2026."""
    SUPPLEMENTARY = "supplementary"
    """The one of the other three that is due by 15 December 2026."""


class Caller(StrEnum):
    """Who calls a meeting, and leads it until somebody is elected who does."""

    LONGEST = N_("the member who has served longest, among equals the oldest")
    OLDEST = N_("the oldest member, by lot among several of the same age")
    CHAIR = N_("the regional chair, else the first, else the second deputy")


_LATER = (Office.STANDING, Office.BODIES)
_REFORMED = (Office.VICE_CHAIR, Office.HEALTH_CHAIRS, Office.HEALTH)


_FIRST_MEETING = "RL-9-1"
_DAYS = {
    False: N_("{field} is {value}; the meeting is from {first} to {last}"),
    True: N_("{field} is {value}; the meeting is by {last}"),
}
_OFFICES = {
    False: N_("{field} names {value}, which this meeting does not elect"),
    True: N_(
        "{field} names {value}; the meeting elects standing committees and the members of outside bodies, and nothing "
        "else"
    ),
}
"""What is said of a meeting that cannot be, by whether it is one of December 2026."""


def _elections(elections: object) -> tuple[Office, ...]:
    if isinstance(elections, str) or not isinstance(elections, Iterable):
        raise VoteError("{field} is {value}; give whom it elects one by one", field="elections", value=elections)
    return tuple(checked_choice("elections", each, Office) for each in elections)


@attrs.frozen(kw_only=True)
class MeetingCase:
    """A meeting of a regional council at which it elects; refused where the act does not allow it.

    Args:
        region: the region's name, without "Region".
        day: the day of the meeting, such as "2026-12-10".
        elections: whom it is to elect.
        charter: the day on which the charter was decided that has the standing committees from 2027; None where it has
            none.

    Raises:
        VoteError: there is no such region, or a day or an office is none.
        RuleError: the meeting is on a day on which it cannot be, elects somebody whom it cannot, elects in another
            order, or elects standing committees that the charter does not have.
    """

    region: str
    day: str
    elections: tuple[Office, ...] = attrs.field(default=(), converter=_elections)
    charter: str | None = None

    def __attrs_post_init__(self) -> None:
        council_size(self.region, self.day)
        self._check_day()
        self._check_offices()
        if Office.STANDING in self.elections and self.later:
            self._check_charter()

    def _check_day(self) -> None:
        day = law.day_of_law(self.day)
        days: Any = law.value(_FIRST_MEETING, day)  # the first and the last, as month and day
        first, last = (date(day.year, *each) for each in days)
        if self.later:
            ends: Any = law.value(self.rule, day)
            first, last = day, date(day.year, *ends)
        if not first <= day <= last:
            raise RuleError(
                _DAYS[self.later], field="day", value=self.day, rule=self.rule, when=self.day, first=first, last=last
            )

    def _check_offices(self) -> None:
        for office in self.elections:
            if office not in self.allowed:
                raise RuleError(
                    _OFFICES[self.later], field="elections", value=str(office), rule=self.rule, when=self.day
                )
        order = [self.allowed.index(office) for office in self.elections]
        if order != sorted(order):
            raise RuleError(
                "{field} are {value}; they are held in the order of the act",
                field="elections",
                value=", ".join(self.elections),
                rule=self.rule,
                when=self.day,
            )

    def _check_charter(self) -> None:
        rule = "OL-96" if self.merged else "OL-47"
        month, day = least_and_most(rule, self.day)  # a month and a day of it
        last = f"2026-{month:02}-{day:02}"
        if self.charter is None or law.day_of_law(self.charter).isoformat() > last:
            raise RuleError(
                "{field} is {value}; without a decision in the charter by {last} there are no standing committees to "
                "elect, and their business is the executive committee's",
                field="charter",
                value=self.charter,
                rule=rule,
                when=self.day,
                last=last,
            )

    @property
    def law(self) -> law.When:
        """The day whose law it is."""
        return self.day

    @property
    def kind(self) -> MeetingKind:
        """What the meeting is, by its day and its region."""
        return MeetingKind.SUPPLEMENTARY if self.later and not self.merged else MeetingKind.CONSTITUTING

    @property
    def later(self) -> bool:
        """Whether it is the one of December 2026, which elects what the meeting of 2025 did not."""
        return law.day_of_law(self.day).year == 2026  # noqa: PLR2004 - its one year

    @property
    def merged(self) -> bool:
        """Whether it is of Region Østdanmark, which has rules of its own."""
        return self.region == "Østdanmark"

    @property
    def rule(self) -> str:
        """The rule of the law map that the meeting is held by."""
        if self.later:
            return "OL-97" if self.merged else "OL-48"
        if law.day_of_law(self.day).year == 2025:  # noqa: PLR2004 - the year of that act
            return "OL-61" if self.merged else "OL-18"
        return "RL-9-1"

    @property
    def allowed(self) -> tuple[Office, ...]:
        """Whom the meeting elects, in the order of the act."""
        if self.later:
            return _LATER
        if self.rule == "OL-61":
            return tuple(office for office in Office if office not in _LATER)
        if not any(place.holds_on(law.day_of_law(self.day)) for place in law.rule("RL-14a-3").provisions):
            return tuple(office for office in Office if office not in _REFORMED)
        return tuple(Office)

    def settled(self, urn: Urn) -> "Meeting":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say what the meeting is, and who calls it."""
        caller = Caller.LONGEST
        if self.later:
            caller = Caller.CHAIR
        elif self.rule == "OL-61":
            caller = Caller.OLDEST
        return Meeting(kind=self.kind, order=self.allowed, caller=caller, case=self)


@attrs.frozen(kw_only=True)
class Meeting(Result):
    """A meeting of a regional council at which it elects.

    Attributes:
        kind: what it is.
        order: whom it elects, in the order of the act.
        caller: who calls it, and leads it until somebody is elected who does.
        case: the region and the day.
    """

    kind: MeetingKind
    order: tuple[Office, ...] = attrs.field(repr=False)
    caller: Caller = attrs.field(repr=False)
    case: MeetingCase = attrs.field(repr=False)

    @property
    def provision(self) -> str:
        """The provision that it is held by."""
        return law.provision(self.case.rule, self.case.day)


def check_meeting(region: str, day: str, elections: Iterable[str] = (), *, charter: str | None = None) -> Meeting:
    """Hold that a regional council can elect on a day whom it is to elect (OL-18, OL-47, OL-48, OL-61, OL-97).

    A later first meeting is that of RL-9-1; the charter's day is Østdanmark's by OL-96.

    Args:
        region: the region's name, without "Region".
        day: the day of the meeting, such as "2026-12-10".
        elections: whom it is to elect, as :class:`~kommunalvalg.regions.meetings.Office` has them, in their order.
        charter: the day on which the charter was decided that has the standing committees from 2027; None where it has
            none.

    Returns:
        What the meeting is, whom it elects in which order, and who calls it.

    Raises:
        VoteError: there is no such region, or a day or an office is none.
        RuleError: the meeting is on a day on which it cannot be, elects somebody whom it cannot, or elects standing
            committees that the charter does not have.

    >>> meeting = check_meeting("Nordjylland", "2026-12-10", ["standing", "bodies"], charter="2026-10-01")
    >>> meeting.caller.value
    'the regional chair, else the first, else the second deputy'
    >>> check_meeting("Nordjylland", "2026-12-10", ["vice chair"])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: elections names 'vice chair'; the meeting elects standing committees and the members
    of outside bodies, and nothing else (OL § 48)
    """
    return settle(MeetingCase(region=region, day=day, elections=elections, charter=charter))
