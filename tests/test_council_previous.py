"""What a council's election is compared with, and what changed list by list."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from kommunalvalg.council import Candidate, CandidateList, CouncilElection, elect_council
from kommunalvalg.council.previous import ListChange, Previous, changes
from kommunalvalg.methods.counted import Counted

Refused = Callable[..., str]

LISTS = [CandidateList(key, key, [Candidate(f"{key}-1", votes)]) for key, votes in {"A": 50, "C": 30, "N": 20}.items()]
BEFORE = Previous(votes={"C": 10, "A": 20, "G": 10}, seats={"C": 1, "G": 1})


def changed(previous: Previous | None, **more: Any) -> list[ListChange]:  # noqa: ANN401 - how far it is counted
    """What changed in a council of two, of which A and C have one seat each."""
    return list(changes(elect_council(CouncilElection("Nyby", 2, LISTS, previous=previous, **more))).values())


def test_a_list_has_more_or_fewer_votes_share_and_seats() -> None:
    """Those that stand come first, as on the ballot, then those that are gone; a new list has all that it has more."""
    assert changed(BEFORE) == [
        ListChange("A", 30, Fraction(0), 1),
        ListChange("C", 20, Fraction(1, 20), 0),
        ListChange("N", 20, Fraction(1, 5), 0, new=True),
        ListChange("G", -10, Fraction(-1, 4), -1, gone=True),
    ]
    assert not ListChange("A", 30, Fraction(0), 1).new
    assert not ListChange("A", 30, Fraction(0), 1).gone


def test_seats_that_are_not_known_are_not_compared() -> None:
    """Where only the votes of the election before are known, the change of seats is None, and not as from none."""
    assert [each.seats for each in changed(Previous(votes=BEFORE.votes))] == [None] * 4
    assert [each.seats for each in changed(Previous(votes=BEFORE.votes, seats={}))] == [1, 1, 0, 0]


@pytest.mark.parametrize(("areas", "votes"), [(0, None), (5, None), (6, 30)])
def test_votes_are_compared_when_every_area_is_counted(areas: int, votes: int | None) -> None:
    """On the night the shares are compared, and the votes when the last area has come in."""
    first = changed(BEFORE, counted=Counted(areas=areas, of=6))[0]
    assert (first.votes, first.share) == (votes, Fraction(0))


def test_no_votes_are_a_share_of_none() -> None:
    """Where nobody has voted, now or before, every share is nothing."""
    nobody = [CandidateList("A", "A", [Candidate("A-1", 0)])]
    for lists, before, share in ((nobody, 5, -1), (nobody, 0, 0), (LISTS[:1], 0, 1)):
        election = CouncilElection("Nyby", 1, lists, previous=Previous(votes={"A": before}))
        assert changes(elect_council(election))["A"].share == share


def test_what_is_no_election_before_is_refused(refused: Refused) -> None:
    """Counts are whole, who had seats had votes, the name is a text; and there is something to compare with."""
    assert BEFORE.total == 40
    assert refused(Previous, votes={"A": -1}) == 'votes["A"] is -1; a vote count is a whole number, 0 or more'
    message = refused(Previous, votes={"A": 1}, seats={"A": -1})
    assert message == 'seats["A"] is -1; a number of seats is a whole number, 0 or more'
    message = refused(Previous, votes={"A": 1}, seats={"B": 1})
    assert message == "seats names 'B', which is not in votes; votes has A"
    assert refused(Previous, votes={"A": 1}, name=2021) == "name is 2021; it is a text"
    assert refused(changed, None) == "previous is None; there is no election before to compare with"
