"""Days as texts, in one spelling, so that texts in their order are days in their order."""

from calendar import monthrange
from contextlib import suppress
from datetime import date

__all__ = ["day_of", "months_after"]


def day_of(text: str) -> date | None:
    """Return the day that a text such as "2026-01-26" says; None where it says none, or says it in another way.

    >>> day_of("2026-01-26")
    datetime.date(2026, 1, 26)
    >>> [day_of(text) for text in ("1961-02-31", "19610412", "1961-W15-3", "1961-04")]
    [None, None, None, None]
    """
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    return None


def months_after(day: date, months: int) -> date:
    """Give the day some months later, the last of a month that is too short.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
