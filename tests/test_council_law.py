"""The dated rules of council elections, and what is warned about."""

from collections.abc import Callable

import attrs
import pytest

from kommunalvalg import data
from kommunalvalg.council import (
    Candidate,
    CandidateList,
    CouncilElection,
    approved_candidates,
    elect_council,
    standing_alliances,
)
from kommunalvalg.council.law import council_sizes
from kommunalvalg.errors import RuleError, VoteError

Refused = Callable[..., str]


def a_list(letter: str, candidates: int = 1, key: str | None = None) -> CandidateList:
    """A list of some candidates, all with the same votes."""
    called = key or letter
    return CandidateList(letter, letter, [Candidate(f"{called}-{n}", 5) for n in range(candidates)], key=key)


def warned(election: CouncilElection) -> list[tuple[str, str]]:
    """The rule and text of each warning."""
    return [(warning.rule, str(warning.text)) for warning in election.warnings]


# Years and sizes


@pytest.mark.rule("KRVL-6", "KRVL-95")
@pytest.mark.parametrize(
    ("year", "law"), [(2009, 2009), (2012, 2009), (2021, 2021), (2022, 2021), (2026, 2025), (2029, 2029)]
)
def test_an_election_follows_the_rules_of_the_ordinary_one(year: int, law: int) -> None:
    """An omvalg has the rules of the ordinary election before it, and the years in between are said."""
    election = CouncilElection("Nyby", 9, [a_list("A", 13)], year=year)
    assert (election.law, elect_council(election).law) == (law, law)
    said = f"There is no ordinary election in {year}; the rules are those of the election of {law}."
    assert warned(election) == ([] if year == law else [("KRVL-6", said)])


@pytest.mark.rule("KRVL-6")
@pytest.mark.parametrize("year", [1909, 1990, 2008])
def test_a_year_whose_law_is_not_known_is_refused(year: int) -> None:
    """No election is computed by the law of another time; the acts at hand begin with that of 2009."""
    lists = [a_list("A", 9), a_list("B", 9)]
    for asked in (
        lambda: CouncilElection("Nyby", 9, lists, year=year),
        lambda: approved_candidates(lists, 9, year=year),
        lambda: standing_alliances({"A": "A", "B": "B"}, [["A", "B"]], year=year),
    ):
        with pytest.raises(RuleError) as caught:
            asked()
        assert (caught.value.field, caught.value.value, caught.value.rule) == ("year", year, "KRVL-6")
        assert "the oldest election whose law is known here is that of 2009" in str(caught.value)


@pytest.mark.rule("KRVL-95", "KRVL-37")
def test_an_omvalg_of_the_election_of_2021_has_listeforbund() -> None:
    """What was held again in 2022 was held by the rules of 2021."""
    lists = [a_list("A", 3, "A1"), a_list("A", 3, "A2"), a_list("B", 9)]
    assert CouncilElection("Nyby", 9, lists, [[["A1", "A2"]]], 2022).law == 2021


@pytest.mark.rule("KSL-5", "RL-8")
@pytest.mark.parametrize(
    ("name", "year", "inhabitants", "sizes"),
    [
        ("Fanø", 2025, None, "an odd number from 9 to 31"),
        ("Fanø", 2025, 3_300, "an odd number from 9 to 31"),
        ("Nyby", 2025, 20_000, "an odd number from 9 to 31"),
        ("Nyby", 2025, 20_001, "an odd number from 19 to 31"),
        ("København", 2025, None, "an odd number from 19 to 55"),
        ("Københavns Kommune", 2021, 640_000, "an odd number from 19 to 55"),
        ("Region Østdanmark", 2025, None, "47"),
        ("Midtjylland", 2021, None, "41"),
        ("Midtjylland", 2025, None, "31"),
        ("Region Syddanmark", 2025, None, "31"),
        ("Nordjylland", 2017, None, "41"),
        ("Nordjylland", 2025, None, "25"),
        ("Nordjylland", 2029, None, "25"),
    ],
)
def test_council_sizes_are_those_of_the_year(name: str, year: int, inhabitants: int | None, sizes: str) -> None:
    """A council's size is that of its inhabitants, København's, or its region's in the year of the election."""
    assert str(council_sizes(name, year, inhabitants)) == sizes


@pytest.mark.rule("RL-8")
@pytest.mark.parametrize(("name", "year"), [("Østdanmark", 2021), ("Region Hovedstaden", 2025)])
def test_a_region_that_elects_no_council_is_refused(name: str, year: int, refused: Refused) -> None:
    """Østdanmark takes the place of Hovedstaden and Sjælland from the election of 2025."""
    message = refused(council_sizes, name, year, error=RuleError)
    assert message.startswith(f"no council of '{name}' was elected in {year}")


# Warnings


@pytest.mark.rule("KSL-5", "KRVL-21")
def test_nothing_in_the_elections_of_2025_is_against_a_dated_rule() -> None:
    """None of the 98 councils of 2025 has a size, or a list a length, that the law does not have."""
    assert [warning for council in data.councils("kv2025").values() for warning in council.warnings] == []


@pytest.mark.rule("KSL-5", "RL-8")
@pytest.mark.parametrize(
    ("name", "seats", "rule"),
    [
        ("Nyby", 9, None),
        ("Nyby", 31, None),
        ("Nyby", 7, "KSL-5"),
        ("Nyby", 10, "KSL-5"),
        ("Nyby", 33, "KSL-5"),
        ("København", 55, None),
        ("København", 57, "KSL-5"),
        ("København", 17, "KSL-5"),
        ("Region Nordjylland", 25, None),
        ("Region Nordjylland", 41, "RL-8"),
        ("Region Hovedstaden", 41, "RL-8"),
    ],
)
def test_a_size_that_the_law_does_not_have_is_warned_about(name: str, seats: int, rule: str | None) -> None:
    """A council of an even size, or outside its limits, can be computed, with a warning."""
    election = CouncilElection(name, seats, [a_list(letter, 9) for letter in "ABCDEFG"])
    assert [found for found, _ in warned(election)] == ([rule] if rule else [])


@pytest.mark.rule("RL-8")
def test_the_size_of_a_region_is_one_number() -> None:
    """The law has one size for each region, and none for one that elects no council."""
    north, capital = (
        CouncilElection(f"Region {name}", 41, [a_list("A", 41)]) for name in ("Nordjylland", "Hovedstaden")
    )
    assert warned(north) == [("RL-8", "Region Nordjylland has 41 seats; the law has 25.")]
    assert warned(capital) == [("RL-8", "No council of Region Hovedstaden was elected in 2025.")]


@pytest.mark.rule("KSL-5")
def test_a_size_may_be_too_small_for_the_inhabitants(refused: Refused) -> None:
    """A municipality of over 20,000 inhabitants has 19 members at least; where they are not known, nothing is said."""
    nyby = CouncilElection("Nyby", 17, [a_list("A", 20)], inhabitants=20_001)
    assert warned(nyby) == [("KSL-5", "Nyby has 17 seats; the law has an odd number from 19 to 31.")]
    assert warned(attrs.evolve(nyby, inhabitants=19_999)) == warned(attrs.evolve(nyby, inhabitants=None)) == []
    assert refused(attrs.evolve, nyby, inhabitants=0) == (
        "inhabitants is 0; a number of inhabitants is a whole number, 1 or more"
    )


@pytest.mark.rule("KRVL-21")
def test_candidates_above_seats_and_four_do_not_stand() -> None:
    """Of fifteen candidates for nine seats the lowest two are struck: never elected, and their votes the list's."""
    alfa = CandidateList("A", "Alfa", [Candidate(f"A-{n}", n) for n in range(1, 16)], list_votes=7)
    election = CouncilElection("Nyby", 9, [alfa, a_list("B", 13)])
    said = "List A has 15 candidates for 9 seats; these do not stand: A-14, A-15."
    assert warned(election) == [("KRVL-21", said)]
    result = elect_council(election)
    assert (election.lists[0], election.votes["A"]) == (alfa, alfa.votes)
    standing = result.lists["A"]
    assert (len(standing.list.candidates), standing.list.list_votes, standing.list.votes) == (13, 36, alfa.votes)
    assert standing.elected[0].candidate == "A-13"
    assert not {"A-14", "A-15"} & {*standing.substitutes, *(each.candidate for each in standing.elected)}


@pytest.mark.rule("KRVL-21-L", "KRVL-37")
def test_a_listeforbund_above_seats_and_eight_is_cut() -> None:
    """Its lists lose their lowest in proportion; one whose last waits for a lot that was drawn before keeps her."""
    lists = [a_list("A", 12, "A1"), a_list("A", 6, "A2"), a_list("A", 3, "A3")]
    election = CouncilElection("Nyby", 9, lists, [[["A1", "A2", "A3"]]], 2021)
    assert [len(each.candidates) for each in election.by_key.values()] == [10, 5, 2]
    assert warned(election)[0] == (
        "KRVL-21-L",
        "List A1 has 12 candidates for 9 seats; these do not stand: A1-10, A1-11.",
    )
    equal = CouncilElection("Nyby", 9, [a_list("A", 9, "A1"), a_list("A", 9, "A2")], [[["A1", "A2"]]], 2021)
    assert [len(each.candidates) for each in equal.by_key.values()] == [9, 9]


@pytest.mark.rule("KRVL-FEW")
def test_fewer_candidates_than_seats_are_said_before_the_count() -> None:
    """Seven candidates for nine seats leave two vacant, and the act has no other election for them."""
    election = CouncilElection("Nyby", 9, [a_list("A", 4), a_list("B", 3)])
    said = "7 candidates stand for 9 seats; the act fills the others by no other election."
    assert warned(election) == [("KRVL-FEW", said)]
    assert (elect_council(election).vacant, elect_council(election).complete) == (2, True)


@pytest.mark.rule("KRVL-30")
@pytest.mark.parametrize(
    ("year", "said"), [(2025, "who signed several stands on none."), (2013, "a person stands on one.")]
)
def test_one_name_on_two_lists_is_warned_about(year: int, said: str) -> None:
    """A person stands on one list only, but two persons may have one name: it is said, not refused."""
    lists = [CandidateList(letter, letter, [Candidate("N. N.", 5)]) for letter in "AB"]
    assert warned(CouncilElection("Nyby", 1, lists, year=year))[-1] == (
        "KRVL-30",
        f"N. N. stands on the lists A, B; two may share a name, but {said}",
    )


def test_what_is_warned_about_and_refused_is_said_in_danish_too() -> None:
    """Each message of councils has a Danish wording, with the provision at its end."""
    lists = [CandidateList("A", "Alfa", [Candidate(f"A-{n}", 5) for n in range(9)]), a_list("B")]
    (year, size) = CouncilElection("Nyby", 10, lists, year=2022).warnings
    assert year.said("da") == (
        "Der er intet ordinært valg i 2022; reglerne er dem for valget i 2021 (KRVL § 6, stk. 2)."
    )
    assert size.said("da") == "Nyby har 10 mandater; loven har et ulige antal fra 9 til 31 (KSL § 5, stk. 1)."
    with pytest.raises(VoteError) as caught:
        CouncilElection("Nyby", 9, lists, [["A"], ["A", "B"]])
    error = caught.value
    assert (error.field, error.value, error.rule) == ("valgforbund 2", "A", "KRVL-38")
    assert error.said("da") == "listen 'A' er i valgforbund 1 og i valgforbund 2; en liste er i højst ét (KRVL § 38)"
