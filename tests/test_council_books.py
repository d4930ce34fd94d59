"""The election of a regional council is added up from the books of its municipalities."""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from exports import export, write
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunalvalg import data
from kommunalvalg.council import Candidate, CandidateList, CouncilElection, elect_council, regional_election
from kommunalvalg.data import read_valgdk
from kommunalvalg.errors import RuleError, VoteError


def counted(*votes: int, list_votes: int = 0, key: str = "A") -> list[CandidateList]:
    """One list with what was counted for it."""
    return [
        CandidateList(key, key, [Candidate(f"{key}-{place}", each) for place, each in enumerate(votes)], list_votes)
    ]


def split(election: CouncilElection, parts: int, remainder: int) -> dict[str, CouncilElection]:
    """Share every vote of an election out to some municipalities; one of them has what is left over."""

    def share(votes: int, part: int) -> int:
        return votes // parts + (votes % parts if part == remainder else 0)

    return {
        f"M{part}": attrs.evolve(
            election,
            lists=[
                attrs.evolve(
                    each,
                    candidates=[attrs.evolve(one, votes=share(one.votes, part)) for one in each.candidates],
                    list_votes=share(each.list_votes, part),
                )
                for each in election.lists
            ],
        )
        for part in range(parts)
    }


@pytest.mark.rule("KRVL-79")
@settings(max_examples=20)
@given(st.sampled_from(list(data.councils("rv2025"))), st.integers(1, 20), st.integers(0, 19))
def test_the_books_of_its_municipalities_are_the_election_of_the_region(name: str, parts: int, remainder: int) -> None:
    """However the votes of a region were counted among municipalities, their books add up to it."""
    election = data.council("rv2025", name)
    books = split(election, parts, remainder % parts)
    assert regional_election(name, books, election.alliances) == election


@pytest.mark.rule("KRVL-79")
def test_a_new_count_stands_in_place_of_the_book() -> None:
    """What the region counts anew in a municipality is the ground, and not that municipality's book (§ 79, stk. 2)."""
    books = {"Aalborg": counted(30, 10, list_votes=5), "Rebild": counted(12, 40)}
    election = regional_election("Nordjylland", books, recounts={"Rebild": counted(11, 41, list_votes=1)}, seats=2)
    assert (election.seats, election.votes) == (2, {"A": 98})
    assert [mandate.candidate for mandate in elect_council(election).mandates] == ["A-1", "A-0"]


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: regional_election("Nordjylland", {}), VoteError, r"books is \{\}; give a mapping .* \(KRVL § 79\)"),
    (
        lambda: regional_election("Nordjylland", {"Aalborg": counted(1, 2), "Rebild": counted(1, 2, 3)}),
        VoteError,
        r'books\["Rebild"\] has the lists \[.A.\]; in Aalborg stand A, .* candidates \(A\) \(KRVL § 79\)',
    ),
    (
        lambda: regional_election("Nordjylland", {"Aalborg": counted(1), "Rebild": counted(1, key="B")}),
        VoteError,
        r'books\["Rebild"\] has the lists \[.B.\]; in Aalborg stand A',
    ),
    (
        lambda: regional_election("Nordjylland", ["Aalborg"]),  # type: ignore[arg-type]
        VoteError,
        r"books is \['Aalborg'\]; give a mapping .* \(KRVL § 79\)",
    ),
    (
        lambda: regional_election(
            "Nordjylland",
            {
                "Aalborg": [*counted(1), *counted(1, key="B"), *counted(1, key="C")],
                "Rebild": [*counted(1), *counted(1, 2, key="B"), *counted(1, 2, key="C")],
            },
        ),
        VoteError,
        r"in Aalborg stand A, B, C, .* the same candidates \(B\) \(KRVL § 79\)$",
    ),
    (
        lambda: regional_election("Nordjylland", {"Aalborg": counted(1), "Rebild": counted(1) + counted(1, key="B")}),
        VoteError,
        r'books\["Rebild"\] has the lists .*; in Aalborg stand A, .* the same candidates \(KRVL § 79\)$',
    ),
    (
        lambda: regional_election("Nordjylland", {"Aalborg": counted(1)}, recounts={"Rebild": counted(1)}),
        VoteError,
        "recounts names 'Rebild', which is not in books",
    ),
    (
        lambda: regional_election("Hovedstaden", {"Greve": counted(1)}),
        RuleError,
        "name is 'Hovedstaden'; the rule RL-8",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str) -> None:
    """Books of other lists, and regions that there are not, are refused by name."""
    with pytest.raises(error, match=message):
        call()


@pytest.mark.rule("KRVL-79")
def test_an_export_of_a_region_has_areas_of_several_municipalities(tmp_path: Path) -> None:
    """The areas of a regional election are added up across the municipalities that counted them."""
    files = export()
    for name, area in files.items():
        area["Valgart"] = "Regionsrådsvalg"
        if "Sønderho" in name:
            area["Kommunekode"] = 998
    read = read_valgdk(write(files, tmp_path), kind="Regionsrådsvalg")
    assert read["Øby"].votes == {"A": 59, "B": 25, "C": 15}
    assert (read.counts["Øby"].code, read.published["Øby"].seats) == (None, {"A": 3, "B": 1, "C": 1})
