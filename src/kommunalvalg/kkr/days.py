"""Weekdays (hverdage): no Sundays, no Danish holidays, no days that are closed.

Danish holidays come from the library ``holidays``, which is imported when a day is looked up.
"""

from collections.abc import Iterable
from datetime import date

from kommunalvalg.errors import MissingExtraError, VoteError
from kommunalvalg.kkr.dated import Day, checked_day

__all__ = ["checked_closed", "holiday_on", "is_hverdag"]

_SATURDAY, _SUNDAY = 5, 6


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
    checked = checked_day("day", day)
    if checked.weekday() == _SUNDAY or (checked.weekday() == _SATURDAY and not saturdays):
        return False
    return checked not in checked_closed(closed) and not holiday_on(checked)


def checked_closed(days: Iterable[Day]) -> tuple[date, ...]:
    """Return days on which nobody receives a notice, checked."""
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise VoteError(
            "{field} is {value}; give the days one by one, for example ['2026-06-05']", field="closed", value=days
        )
    return tuple(checked_day("closed", day) for day in days)


def holiday_on(day: date) -> str:
    """Give the Danish holiday of a day by its Danish name; empty where it is none.

    Raises:
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    >>> holiday_on(date(2026, 4, 2)), holiday_on(date(2026, 4, 1))
    ('Skærtorsdag', '')
    """
    try:
        from holidays import country_holidays  # noqa: PLC0415 - optional, and only needed where a day is looked up
    except ImportError:
        raise MissingExtraError("Danish holidays", "holidays", "calendar") from None
    name: str = country_holidays("DK", years=day.year, language="da").get(day, "")
    return name
