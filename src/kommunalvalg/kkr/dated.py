"""The law that a case of a KKR rests on: that of an election year, or of the day of a meeting."""

from datetime import date, datetime
from typing import Any

from kommunalvalg.dates import day_of
from kommunalvalg.errors import VoteError
from kommunalvalg.law import KNOWN, When, known_election, provision
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Day",
    "OfDay",
    "OfYear",
    "Ruled",
    "checked_day",
    "checked_law_day",
    "checked_year",
    "law_used",
]

Day = date | str
"""A day as it comes in: a date, or a text such as "2026-01-26"."""

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""No KKR is older; the library that knows Danish holidays foresees them until 2100."""


def checked_day(field: str, day: object) -> date:
    """Return a day that comes as a date, or as a text such as "2026-01-26".

    Raises:
        VoteError: it is none, or of no year from 1970 to 2100.

    >>> checked_day("meeting", "2026-01-26")
    datetime.date(2026, 1, 26)
    """
    checked = day_of(day) if isinstance(day, str) else day
    if isinstance(checked, date) and not isinstance(checked, datetime) and FIRST_YEAR <= checked.year <= LAST_YEAR:
        return checked
    raise VoteError(
        "{field} is {value}; a day is a date, or a text such as '2026-01-26', of the years {first} to {last}",
        field=field,
        value=day,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def checked_law_day(day: Day | None) -> date | None:
    """Return the day whose law is asked for, or None for the law as this release knows it."""
    return None if day is None else checked_day("day", day)


def checked_year(year: int | None) -> int | None:
    """Return the election year whose law is asked for, or None for the law as this release knows it.

    Raises:
        VoteError: it is no year, or before 1970.
        RuleError: it is before the oldest election whose law is known here.
    """
    if year is None:
        return None
    return known_election(checked_count("year", year, what=N_("an election year"), least=FIRST_YEAR))


def law_used(when: When) -> int | str:
    """Return the year or the day whose law is used; without one, the day of the law as this release knows it.

    >>> law_used(2025), law_used(None) == KNOWN.isoformat()
    (2025, True)
    """
    if when is None:
        return KNOWN.isoformat()
    return when.isoformat() if isinstance(when, date) else when


class Ruled:
    """A result that one rule of the law map says, by the law that its case rests on."""

    __slots__ = ()

    rule: str
    case: Any

    @property
    def provision(self) -> str:
        """Where the rule stands."""
        return provision(self.rule, self.case.law)


class OfYear:
    """A case that rests on the law of an election year."""

    __slots__ = ()

    year: int | None

    @property
    def law(self) -> int | str:
        """The election year whose law is used; without one, the day of the law as this release knows it."""
        return law_used(self.year)


class OfDay:
    """A case that rests on the law of a day."""

    __slots__ = ()

    day: date | None

    @property
    def law(self) -> int | str:
        """The day whose law is used; without one, the day of the law as this release knows it."""
        return law_used(self.day)
