"""The days of an election: KRVL §§ 6, 23, 40, 92, 93 and 97, KSL § 6."""

from collections.abc import Callable
from datetime import date

import pytest

from kommunalvalg import council
from kommunalvalg.council.calendar import Day, election_day
from kommunalvalg.errors import RuleError
from kommunalvalg.text import text

Refused = Callable[..., str]


@pytest.mark.rule("KRVL-6")
@pytest.mark.parametrize(
    ("year", "day"),
    [
        *((2009, "2009-11-17"), (2013, "2013-11-19"), (2017, "2017-11-21"), (2021, "2021-11-16")),
        (2033, "2033-11-15"),  # November begins on a Tuesday
    ],
)
def test_elections_are_on_the_third_tuesday_of_november(year: int, day: str) -> None:
    """The days of the elections since 2009, and of some to come."""
    assert election_day(year).isoformat() == day


@pytest.mark.rule("KRVL-23", "KRVL-40", "KRVL-92", "KRVL-93", "KSL-6-1", "KRVL-95", "KRVL-97")
def test_the_days_of_2025() -> None:
    """From the first list to the day on which the councils took office, each with its provision."""
    assert [(str(day.first or ""), str(day.last or ""), day.provision) for day in council.dates(2025)] == [
        ("2025-09-02", "2025-09-16", "KRVL § 23, stk. 1"),
        ("2025-09-16", "2025-09-30", "KRVL § 23, stk. 1"),
        ("", "2025-10-06", "KRVL § 40"),
        ("2025-11-18", "2025-11-18", "KRVL § 6, stk. 2"),
        ("", "2025-11-25", "KRVL § 93, stk. 1"),
        ("", "2025-11-28", "KRVL § 92, stk. 3"),
        ("2025-12-01", "2025-12-15", "KSL § 6, stk. 1"),
        ("", "2025-12-31", "KRVL § 97, stk. 2"),
        ("2026-01-01", "", "KRVL § 97, stk. 1"),
    ]


@pytest.mark.rule("KRVL-37", "KRVL-101")
@pytest.mark.parametrize(
    ("rule", "year", "provision"),
    [
        ("KRVL-37", 2021, "KRVL § 37"),
        ("KRVL-37", 2025, "KRVL § 38"),
        ("KRVL-101", 2017, "KRVL § 101"),
        ("KRVL-101", 2021, "KRVL § 101, stk. 5-6"),
    ],
)
def test_the_provision_of_a_day_is_that_of_its_year(rule: str, year: int, provision: str) -> None:
    """Of the sections of a rule it is the one that sets the figure, as the act stood then."""
    assert Day(what=text("a day"), rule=rule, year=year).provision == provision


@pytest.mark.rule("KRVL-23", "KRVL-40")
def test_the_days_of_2013_are_those_of_its_law() -> None:
    """Until 2013 lists came six to four weeks, and alliances 22 days, before the election."""
    assert [str(day.last) for day in council.dates(2013)][:2] == ["2013-10-22", "2013-10-28"]
    assert {day.what.said() for day in council.dates(2013)} < {day.what.said() for day in council.dates(2025)}


@pytest.mark.rule("KRVL-23", "KRVL-40", "KRVL-92")
@pytest.mark.parametrize("year", [2009, 2013, 2017, 2021, 2025, 2029])
def test_days_are_the_weekdays_of_the_act(year: int) -> None:
    """Lists are handed in on Tuesdays, alliances are notified on a Monday, exemption is asked for on a Friday."""
    weekday = {day.rule: day.last.weekday() for day in council.dates(year) if day.last}
    assert (weekday["KRVL-23"], weekday["KRVL-40"], weekday["KRVL-92"]) == (1, 0, 4)
    assert all(isinstance(day.first or day.last, date) for day in council.dates(year))


@pytest.mark.rule("KRVL-6")
def test_a_year_without_an_election_has_no_days(refused: Refused) -> None:
    """Another year is refused with the next that has one."""
    for year, following in ((2026, 2029), (2027, 2029), (2028, 2029), (2030, 2033), (2005, 2009), (1999, 2009)):
        assert refused(council.dates, year, error=RuleError) == (
            f"year is {year}; no ordinary election of that year is known here, and the next is that of {following} "
            "(KRVL § 6, stk. 2)"
        )
    refused(council.dates, "2025")
