"""The days of an election: from the first list to the day on which the council takes office."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

import attrs

from kommunalvalg import law
from kommunalvalg.council.law import is_ordinary
from kommunalvalg.errors import RuleError
from kommunalvalg.text import Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count

__all__ = ["Day", "dates", "election_day"]


@attrs.frozen(kw_only=True)
class Day:
    """A day of an election, or some days.

    Attributes:
        what: what is done then.
        first: the first day on which it can be; None where there is none.
        last: the last day; None where there is none.
        rule: the rule of the law map that says so.
        year: the election year, whose law it is.
    """

    what: Text
    first: date | None = None
    last: date | None = None
    rule: str
    year: int = attrs.field(repr=False)

    @property
    def provision(self) -> str:
        """Where the rule stands, and in it the day or the time that it sets."""
        day = law.day_of_law(self.year)
        places = [place for place in law.rule(self.rule).provisions if place.holds_on(day)]
        return next((place.text for place in places if place.value is not None), law.provision(self.rule, self.year))

    def __str__(self) -> str:
        days = dict.fromkeys(day.isoformat() for day in (self.first, self.last) if day)
        return f"{' to '.join(days)}: {self.what} ({self.provision})"


_TUESDAY, _THIRD = 1, 2


def election_day(year: int) -> date:
    """Give the day of the ordinary elections of a year: the third Tuesday of November, KRVL § 6, stk. 2 (KRVL-6).

    Raises:
        RuleError: there are none in that year.

    >>> election_day(2025), election_day(2029)
    (datetime.date(2025, 11, 18), datetime.date(2029, 11, 20))
    """
    if not is_ordinary(checked_count("year", year)):
        first, years = law.whole("KRVL-6", name="first"), law.whole("KRVL-6", name="years")
        following = max(first, year + (first - year) % years)
        raise RuleError(
            "{field} is {value}; no ordinary election of that year is known here, and the next is that of {next}",
            field="year",
            value=year,
            rule="KRVL-6",
            next=str(following),
        )
    november = date(year, 11, 1)
    return november + timedelta(days=(_TUESDAY - november.weekday()) % 7, weeks=_THIRD)


def dates(year: int) -> tuple[Day, ...]:
    """Give the days of the ordinary election of a year, in their order (KRVL-23, KRVL-40, KRVL-92, KRVL-93, KRVL-97).

    Lists are handed in, alliances notified and withdrawn from, complaints made and exemptions asked for by days that
    are counted from election day; the constituting meeting is not before the council has decided on both (KSL-6-1). A
    decision can be brought to the minister within a time that runs from it, and has no day here. An omvalg that is
    decided by 31 December leaves the old council in office until it is held, and one decided later the new one
    (KRVL-95).

    Raises:
        RuleError: there is no ordinary election in that year.

    >>> for day in dates(2025)[2:6]:
    ...     print(day)
    2025-10-06: the last day on which alliances are notified, and withdrawn from, until noon (KRVL § 40)
    2025-11-18: election day (KRVL § 6, stk. 2)
    2025-11-25: the last day of complaints to the council (KRVL § 93, stk. 1)
    2025-11-28: the last day on which exemption from election is asked for (KRVL § 92, stk. 3)
    """
    return tuple(sorted(_dates(year, election_day(year)), key=lambda day: day.last or date.max))


def _dates(year: int, day: date) -> Iterator[Day]:
    weeks = cast("dict[str, int]", law.value("KRVL-23", year))
    yield Day(
        what=_("lists are handed in, on the last day until noon"),
        first=day - timedelta(weeks=weeks["earliest"]),
        last=day - timedelta(weeks=weeks["latest"]),
        rule="KRVL-23",
        year=year,
    )
    if "exempt_earliest" in weeks:
        yield Day(
            what=_("represented lists are handed in that ask to be spared signatures, on the last day until noon"),
            first=day - timedelta(weeks=weeks["exempt_earliest"]),
            last=day - timedelta(weeks=weeks["exempt_latest"]),
            rule="KRVL-23",
            year=year,
        )
    yield Day(
        what=_("the last day on which alliances are notified, and withdrawn from, until noon"),
        last=day - timedelta(days=law.whole("KRVL-40", year)),
        rule="KRVL-40",
        year=year,
    )
    yield Day(what=_("election day"), first=day, last=day, rule="KRVL-6", year=year)
    yield Day(
        what=_("the last day of complaints to the council"),
        last=day + timedelta(days=law.whole("KRVL-93", year, "complaint")),
        rule="KRVL-93",
        year=year,
    )
    yield Day(
        what=_("the last day on which exemption from election is asked for"),
        last=day + timedelta(days=law.whole("KRVL-92", year)),
        rule="KRVL-92",
        year=year,
    )
    first, last = cast("tuple[tuple[int, int], tuple[int, int]]", law.value("KSL-6-1", year))
    yield Day(
        what=_("the constituting meeting of a municipal council, after its decision on complaints and exemptions"),
        first=date(year, *first),
        last=date(year, *last),
        rule="KSL-6-1",
        year=year,
    )
    yield Day(
        what=_("the last day on which an omvalg that is decided leaves the old council in office"),
        last=date(year, *cast("tuple[int, int]", law.value("KRVL-95", year))),
        rule="KRVL-95",
        year=year,
    )
    office = cast("tuple[int, int]", law.value("KRVL-97", year))
    yield Day(what=_("the council takes office"), first=date(year + 1, *office), rule="KRVL-97", year=year)
