"""What happens to members and substitutes after the election, each with the section that is the ground of it."""

from datetime import date
from enum import StrEnum

import attrs

from kommunalvalg.dates import day_of
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Text
from kommunalvalg.votes import checked_choice, checked_name

__all__ = ["GROUNDS", "Change", "Event"]


class Event(StrEnum):
    """What happened to somebody."""

    LEAVES = "leaves"
    """Somebody who sits, or is absent, leaves the council for good, or dies (KRVL § 104)."""

    EXEMPTED = "exempted"
    """Somebody who was elected is exempted before the council takes office (KRVL § 92)."""

    INVALID = "election invalid"
    """Somebody's election is declared invalid (KRVL § 96)."""

    ABSENT = "absent"
    """Somebody who sits is hindered for a time (KSL § 15)."""

    RETURNS = "returns"
    """Somebody who was absent can sit again."""

    MOVES_AWAY = "moves away"
    """A substitute leaves the municipality; or a member for a time, having told the council before (KRVL § 102)."""

    MOVES_BACK = "moves back"
    """Somebody who moved away lives there again; a member within six months."""

    LOSES = "loses eligibility"
    """Somebody cannot be elected any longer; a member leaves, a substitute goes off the list (KRVL §§ 100 and 101)."""

    REGAINS = "regains eligibility"
    """Somebody can be elected again; a member enters again, a substitute is on the list again (KRVL § 101)."""

    OFF = "off the list"
    """A substitute who does not sit is none any longer, such as one who died."""


GROUNDS: FrozenDict[Event, str] = FrozenDict(
    {
        Event.LEAVES: "KRVL-104",
        Event.EXEMPTED: "KRVL-92",
        Event.INVALID: "KRVL-96",
        Event.ABSENT: "KSL-15",
        Event.RETURNS: "KSL-15",
        Event.MOVES_AWAY: "KRVL-102",
        Event.MOVES_BACK: "KRVL-102",
        Event.LOSES: "KRVL-100",
        Event.REGAINS: "KRVL-101",
        Event.OFF: "KRVL-91-1",
    }
)
"""Event -> the rule of the law map that is its ground."""

_SAID = {
    Event.LEAVES: N_("{candidate} (list {list}) leaves"),
    Event.EXEMPTED: N_("{candidate} (list {list}) is exempted"),
    Event.INVALID: N_("the election of {candidate} (list {list}) is invalid"),
    Event.ABSENT: N_("{candidate} (list {list}) is absent"),
    Event.RETURNS: N_("{candidate} (list {list}) returns"),
    Event.MOVES_AWAY: N_("{candidate} (list {list}) moves away"),
    Event.MOVES_BACK: N_("{candidate} (list {list}) moves back"),
    Event.LOSES: N_("{candidate} (list {list}) loses eligibility"),
    Event.REGAINS: N_("{candidate} (list {list}) regains eligibility"),
    Event.OFF: N_("{candidate} (list {list}) goes off the list"),
}


def _event(event: str) -> Event:
    return checked_choice("event", event, Event)


def _key(key: str) -> str:
    return checked_name("key", key)


def _candidate(name: str) -> str:
    return checked_name("candidate", name)


def _day(day: str | None) -> str | None:
    if day is not None and (not isinstance(day, str) or day_of(day) is None):
        raise VoteError('{field} is {value}; a day is such as "2026-01-26"', field="day", value=day)
    return day


@attrs.frozen
class Change:
    """One thing that happened after the election.

    Args:
        event: one of the texts of :class:`~kommunalvalg.council.vacancies.Event`, such as "leaves".
        key: the key of the person's list.
        candidate: the person's name on it.
        day: the day on which it happened, as "2026-01-26", where it is known; a return within a time is held against
            it.

    Raises:
        VoteError: the event is unknown, a name is not one, or the day is none.

    >>> change = Change("leaves", "A", "A-1")
    >>> change.event, change.ground, str(change)
    (<Event.LEAVES: 'leaves'>, 'KRVL-104', 'A-1 (list A) leaves')
    """

    event: Event = attrs.field(converter=_event)
    key: str = attrs.field(converter=_key)
    candidate: str = attrs.field(converter=_candidate)
    day: str | None = attrs.field(default=None, converter=_day, kw_only=True)

    @property
    def date(self) -> date | None:
        """The day, where it is known."""
        return None if self.day is None else day_of(self.day)

    @property
    def ground(self) -> str:
        """The rule of the law map that is the ground of it."""
        return GROUNDS[self.event]

    @property
    def point(self) -> str:
        """Which of the ground's places it is, by the name that the law map has for it; empty for the first."""
        return "return" if self.event is Event.RETURNS else ""

    @property
    def text(self) -> Text:
        """The change in words."""
        return Text(_SAID[self.event], FrozenDict({"candidate": self.candidate, "list": self.key}))

    def __str__(self) -> str:
        return self.text.said()
