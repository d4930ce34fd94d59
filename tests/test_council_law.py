"""The dated rules of council elections, and what is warned about."""

from collections.abc import Callable

import pytest

from kommunalvalg import data
from kommunalvalg.council import Candidate, CandidateList, CouncilElection
from kommunalvalg.council.law import REGIONAL_SIZES, council_sizes
from kommunalvalg.errors import RuleError
from kommunalvalg.law import Rule, in_force

Refused = Callable[..., str]


def a_list(letter: str, candidates: int = 1, key: str | None = None) -> CandidateList:
    """A list of some candidates, all with the same votes."""
    called = key or letter
    return CandidateList(letter, letter, [Candidate(f"{called}-{n}", 5) for n in range(candidates)], key=key)


def warned(election: CouncilElection) -> list[tuple[str, str]]:
    """The rule and text of each warning."""
    return [(warning.rule, str(warning.text)) for warning in election.warnings]


# Rules and their years


def test_a_rule_holds_from_its_first_year_to_its_last_both_included() -> None:
    """The years of a rule are election years, and both ends are within."""
    rule = Rule("X-1", "§ 1", 41, since=2005, until=2021)
    assert [year for year in (2001, 2005, 2021, 2025) if rule.holds_in(year)] == [2005, 2021]


def test_a_year_without_a_rule_is_said_with_the_years_that_have_one(refused: Refused) -> None:
    """Where no value of a rule holds, the error names the year and the values that are known."""
    message = refused(in_force, [Rule("X-1", "§ 1", 41, until=2021)], 2025, error=RuleError)
    assert message == "year is 2025; the rule X-1 is known here as: § 1 until 2021"


@pytest.mark.rule("KSL-5", "RL-8")
@pytest.mark.parametrize(
    ("name", "year", "sizes"),
    [
        ("Fanø", 2025, "an odd number from 9 to 31"),
        ("København", 2025, "an odd number from 9 to 55"),
        ("Københavns Kommune", 2021, "an odd number from 9 to 55"),
        ("Region Østdanmark", 2025, "47"),
        ("Midtjylland", 2021, "41"),
        ("Midtjylland", 2025, "31"),
        ("Region Syddanmark", 2025, "31"),
        ("Nordjylland", 2017, "41"),
        ("Nordjylland", 2025, "25"),
    ],
)
def test_council_sizes_are_those_of_the_year(name: str, year: int, sizes: str) -> None:
    """A council's size is a municipality's, København's, or its region's in the year of the election."""
    assert str(council_sizes(name, year).value) == sizes


@pytest.mark.rule("KSL-5")
def test_no_region_has_two_rules_for_one_year() -> None:
    """The years of a region's sizes do not overlap."""
    for rules in REGIONAL_SIZES.values():
        assert all(sum(rule.holds_in(year) for rule in rules) <= 1 for year in range(2000, 2030))


# Warnings


@pytest.mark.rule("KSL-5", "KRVL-21")
def test_nothing_in_the_elections_of_2025_is_against_a_dated_rule() -> None:
    """None of the 98 councils of 2025 has a size, or a list a length, that the law does not have."""
    assert [warning for council in data.councils("kv2025").values() for warning in council.warnings] == []


@pytest.mark.rule("KSL-5")
@pytest.mark.parametrize(
    ("name", "seats", "fine"),
    [
        ("Nyby", 9, True),
        ("Nyby", 31, True),
        ("Nyby", 7, False),
        ("Nyby", 10, False),
        ("Nyby", 33, False),
        ("København", 55, True),
        ("København", 57, False),
        ("Region Nordjylland", 25, True),
        ("Region Nordjylland", 41, False),
        ("Region Hovedstaden", 41, False),
    ],
)
def test_a_size_that_the_law_does_not_have_is_warned_about(name: str, seats: int, *, fine: bool) -> None:
    """A council of an even size, or outside its limits, can be computed, with a warning."""
    assert [rule for rule, _ in warned(CouncilElection(name, seats, [a_list("A")]))] == ([] if fine else ["KSL-5"])


@pytest.mark.rule("KRVL-21")
def test_a_list_of_more_than_seats_and_four_is_warned_about() -> None:
    """Thirteen candidates for nine seats are allowed, fourteen are said."""
    assert warned(CouncilElection("Nyby", 9, [a_list("A", 13), a_list("B", 14)])) == [
        ("KRVL-21", "List B has 14 candidates; with 9 seats it may have 13.")
    ]


@pytest.mark.rule("KRVL-21-L", "KRVL-37")
def test_a_listeforbund_of_more_than_seats_and_eight_is_warned_about() -> None:
    """The lists of a listeforbund could have eight candidates more than there are seats, together."""
    lists = [a_list("A", 9, "A1"), a_list("A", 9, "A2"), a_list("B")]
    assert warned(CouncilElection("Nyby", 9, lists, [[["A1", "A2"]]], 2021)) == [
        ("KRVL-21-L", "List A1+A2 has 18 candidates; with 9 seats it may have 17.")
    ]


@pytest.mark.rule("KRVL-21")
def test_one_name_on_two_lists_is_warned_about() -> None:
    """A person stands on one list only, but two persons may have one name: it is said, not refused."""
    lists = [CandidateList(letter, letter, [Candidate("N. N.", 5)]) for letter in "AB"]
    assert warned(CouncilElection("Nyby", 9, lists)) == [
        ("KRVL-21", "N. N. stands on the lists A, B; a person stands on one, but two may share a name.")
    ]
