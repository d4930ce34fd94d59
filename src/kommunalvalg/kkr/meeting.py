"""The meetings of a KKR: when the first is held and who convenes it, the notice of a valgforbund, the quorum.

Here are dates, and here alone: a day is a :class:`datetime.date` or a text such as "2026-01-26". Danish holidays
come from the library ``holidays``, which is imported when a day is looked up.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeAlias

import attrs

from kommunalvalg.dates import day_of
from kommunalvalg.errors import MissingExtraError, RuleError, VoteError, shown
from kommunalvalg.kkr.law import FIRST_MEETING, NOTICE, QUORUM
from kommunalvalg.law import Warned
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, checked_names

__all__ = [
    "FirstMeeting",
    "KKRConvener",
    "Notice",
    "Quorum",
    "check_first_meeting",
    "check_notice",
    "check_quorum",
    "is_hverdag",
    "kkr_convener",
    "notice_deadline",
]

Day: TypeAlias = date | str

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
"""No KKR is older; the library foresees Danish holidays until 2100."""


def _day(field: str, given: Day) -> date:
    day: object = day_of(given) if isinstance(given, str) else given
    if isinstance(day, date) and not isinstance(day, datetime) and _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return day
    raise VoteError(
        f"{field} is {shown(given)}; a day is a date, or a text such as '2026-01-26', "
        f"of the years {_FIRST_YEAR} to {_LAST_YEAR}"
    )


# Weekdays


def is_hverdag(day: Day, *, saturdays: bool = False, closed: Iterable[Day] = ()) -> bool:
    """Tell whether a day is a weekday (hverdag): no Sunday, no Danish holiday, no day that is closed.

    Args:
        day: the day.
        saturdays: whether a Saturday is one. No text that was found says what the word means here; without Saturdays
            is the reading under which a notice that is in time is in time under the other too (*inferred*).
        closed: further days that do not count, such as 24 December or Grundlovsdag, which are no public holidays.

    Raises:
        VoteError: a day is not one.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    >>> is_hverdag("2026-04-02"), is_hverdag("2026-05-01")  # Skærtorsdag; store bededag until 2023
    (False, True)
    >>> is_hverdag("2026-01-24"), is_hverdag("2026-01-24", saturdays=True)
    (False, True)
    """
    found = _day("day", day)
    if found.weekday() == _SUNDAY or (found.weekday() == _SATURDAY and not saturdays):
        return False
    return found not in _closed(closed) and not _is_holiday(found)


def _closed(days: Iterable[Day]) -> frozenset[date]:
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise VoteError(f"closed is {shown(days)}; give the days one by one, for example ['2026-06-05']")
    return frozenset(_day("closed", day) for day in days)


def _is_holiday(day: date) -> bool:
    try:
        from holidays import country_holidays  # noqa: PLC0415 - optional, and only needed where a day is looked up
    except ImportError:
        raise MissingExtraError("Danish holidays", "holidays", "calendar") from None
    return day in country_holidays("DK", years=day.year)


# FO-4-1: the first meeting


@attrs.frozen
class FirstMeeting:
    """Whether the first meeting is held in time (FO-4-1).

    Attributes:
        meeting: the day of the meeting.
        latest: the last day on which it may be held.
        provision: the provision that says so.
    """

    meeting: date
    latest: date
    provision: str

    @property
    def ok(self) -> bool:
        """Whether the meeting is held in time."""
        return self.meeting <= self.latest


def check_first_meeting(meeting: Day, *, election: Day) -> FirstMeeting:
    """Check that the first meeting is held by 31 January of the year after the election (FO-4-1).

    Args:
        meeting: the day of the first meeting.
        election: the day of the municipal election.

    Raises:
        VoteError: a day is not one.
        RuleError: the meeting is before the election, or on that day.

    Forretningsorden for KKR § 4, stk. 1.

    >>> check_first_meeting("2026-01-26", election="2025-11-18").ok
    True
    """
    held, elected = _day("meeting", meeting), _day("election", election)
    if held <= elected:
        raise RuleError(
            f"meeting is {held} and election is {elected}; the first meeting comes after the election "
            f"({FIRST_MEETING.provision})"
        )
    month, day = FIRST_MEETING.value
    return FirstMeeting(held, date(elected.year + 1, month, day), FIRST_MEETING.provision)


@attrs.frozen
class KKRConvener:
    """Who convenes the first meeting and leads it until the chair is elected (FO-4-1).

    Attributes:
        name: who it is; None where several have served equally long, which is an open question.
        among: everybody with the longest service.
        length: that length of service.
        question: what no text that was found answers, where several have served equally long; else None.
        provision: the provision that says who convenes.
    """

    name: str | None
    among: tuple[str, ...]
    length: int
    question: Warned | None
    provision: str


def kkr_convener(mayors: Mapping[str, int], *, absent: Iterable[str] = ()) -> KKRConvener:
    """Find who convenes the first meeting: the longest-serving mayor of the area who can attend (FO-4-1).

    Args:
        mayors: mayor -> length of service as mayor, a whole number; the same unit for everybody.
        absent: the mayors who cannot attend.

    Raises:
        VoteError: a name or a length is not one, somebody absent is no mayor, or no mayor can attend.

    Forretningsorden for KKR § 4, stk. 1. It does not say who convenes where several have served equally long.

    >>> kkr_convener({"m1": 16, "m2": 12, "m3": 16}, absent=["m1"]).name
    'm3'
    >>> convener = kkr_convener({"m1": 16, "m2": 12, "m3": 16})
    >>> print(convener.name, convener.question.text)
    None m1, m3 have served equally long; no text that was found says who of them convenes.
    """
    lengths = checked_counts(mayors, "mayors", what=N_("a length of service"))
    away = checked_names("absent", absent, known=lengths, among="mayors")
    attending = {name: length for name, length in lengths.items() if name not in away}
    if not attending:
        raise VoteError("mayors has nobody who can attend; the meeting is convened by one who can")
    longest = max(attending.values())
    among = tuple(name for name, length in attending.items() if length == longest)
    if len(among) == 1:
        return KKRConvener(among[0], among, longest, None, FIRST_MEETING.provision)
    return KKRConvener(None, among, longest, _equal(among), FIRST_MEETING.provision)


def _equal(among: tuple[str, ...]) -> Warned:
    return Warned(
        FIRST_MEETING.id,
        FIRST_MEETING.provision,
        "{mayors} have served equally long; no text that was found says who of them convenes.",
        {"mayors": ", ".join(among)},
    )


# FO-4-2: a valgforbund is notified


@attrs.frozen
class Notice:
    """Whether a valgforbund was notified in time (FO-4-2).

    Attributes:
        given: the day on which it was notified.
        meeting: the day of the meeting.
        latest: the last day on which it could be notified.
        provision: the provision that says so.
    """

    given: date
    meeting: date
    latest: date
    provision: str

    @property
    def ok(self) -> bool:
        """Whether it was notified in time."""
        return self.given <= self.latest


def notice_deadline(meeting: Day, *, saturdays: bool = False, clear: bool = False, closed: Iterable[Day] = ()) -> date:
    """Find the last day on which a valgforbund can be notified: three weekdays before the meeting (FO-4-2).

    The weekdays are counted back from the meeting, whose own day does not count.

    Args:
        meeting: the day of the meeting.
        saturdays: whether Saturdays count as weekdays; see :func:`is_hverdag`.
        clear: whether three whole weekdays lie between, so that the day of the notice is not one of them.
        closed: further days that do not count.

    Raises:
        VoteError: a day is not one.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    Forretningsorden for KKR § 4, stk. 2. That the day of the notice is the third weekday is *inferred*, and so is that
    Saturdays do not count.

    >>> notice_deadline("2026-01-26")  # a Monday
    datetime.date(2026, 1, 21)
    >>> notice_deadline("2026-01-26", saturdays=True), notice_deadline("2026-01-26", clear=True)
    (datetime.date(2026, 1, 22), datetime.date(2026, 1, 20))
    """
    day = _day("meeting", meeting)
    shut = _closed(closed)
    left = NOTICE.value
    while left:
        day -= _ONE_DAY
        left -= is_hverdag(day, saturdays=saturdays, closed=shut)
    return day - _ONE_DAY if clear else day


def check_notice(
    given: Day, *, meeting: Day, saturdays: bool = False, clear: bool = False, closed: Iterable[Day] = ()
) -> Notice:
    """Check that a valgforbund was notified three weekdays before the meeting (FO-4-2).

    Args:
        given: the day on which it was notified.
        meeting: the day of the meeting.
        saturdays: whether Saturdays count as weekdays; see :func:`is_hverdag`.
        clear: whether three whole weekdays lie between.
        closed: further days that do not count.

    Raises:
        VoteError: a day is not one.
        RuleError: the meeting is before the notice.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    Forretningsorden for KKR § 4, stk. 2.

    >>> check_notice("2026-01-21", meeting="2026-01-26").ok, check_notice("2026-01-22", meeting="2026-01-26").ok
    (True, False)
    """
    notified, held = _day("given", given), _day("meeting", meeting)
    if held < notified:
        raise RuleError(
            f"given is {notified} and meeting is {held}; a notice is given before the meeting ({NOTICE.provision})"
        )
    latest = notice_deadline(held, saturdays=saturdays, clear=clear, closed=closed)
    return Notice(notified, held, latest, NOTICE.provision)


# FO-5: the quorum


@attrs.frozen
class Quorum:
    """Whether enough members are present (FO-5).

    Attributes:
        present: the members present, substitutes who stand in for somebody included.
        members: all members.
        needed: the fewest that must be present.
        provision: the provision that says so.
    """

    present: int
    members: int
    needed: int
    provision: str

    @property
    def ok(self) -> bool:
        """Whether the KKR can decide."""
        return self.present >= self.needed


def check_quorum(present: int, *, members: int) -> Quorum:
    """Check that at least half of the members are present (FO-5).

    Args:
        present: the members present. That who stands in for a member counts as present is *inferred*.
        members: all members.

    Raises:
        VoteError: a number is not a count, nobody is a member, or more are present than there are members.

    Forretningsorden for KKR § 5.

    >>> check_quorum(29, members=58).ok, check_quorum(28, members=58).ok, check_quorum(5, members=11).needed
    (True, False, 6)
    """
    there = checked_count("present", present, what=N_("a number of members"))
    everybody = checked_count("members", members, what=N_("a number of members"), least=1)
    if there > everybody:
        raise VoteError(f"present is {there}; at most {everybody}, the members, can be present")
    needed = -(-everybody * QUORUM.value.numerator // QUORUM.value.denominator)
    return Quorum(there, everybody, needed, QUORUM.provision)
