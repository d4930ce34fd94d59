"""Every small flertalsvalg against a second implementation, which reads like the paragraph.

Two things keep it short without leaving a case out. Candidates are alike, so one ballot of each multiset of votes
stands for all in which they are named differently. And once it is shown that ballot 1 only matters by electing or
not, whatever ballot 2 is, the third ballots need not be repeated for every naming of ballot 2 against ballot 1.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from kommunalvalg.lots import Draw
from kommunalvalg.methods.majority import majority_election

NAMES = "ABCD"
MEMBERS = range(1, 8)

Votes = tuple[int, ...]
Draws = tuple[Draw, ...]


def second_opinion(  # noqa: PLR0911 - it returns where the paragraph ends
    ballots: Sequence[Votes], present: int, drawn: Sequence[str]
) -> str:
    """Say who is elected, or what is to come; ``drawn`` are the winners of the lots so far, in order.

    "The one is elected who gets votes from more than half of those present. If nobody does, a new free ballot is
    held. If nobody does then either, and votes were cast for more than one person, a third ballot is held, in which
    votes can only be cast for the two who had most votes in the second; if it is doubtful who they are, a lot
    decides. The one is elected who gets most of the votes cast; in case of equality a lot decides."
    """
    lots = list(drawn)
    for number, ballot in enumerate(ballots[:2], start=1):
        for name, votes in zip(NAMES, ballot, strict=True):
            if votes > present / 2:
                return f"{name} in {number}"
    if len(ballots) < 2:
        return f"ballot {len(ballots) + 1}"
    standing = {name: votes for name, votes in zip(NAMES, ballots[1], strict=True) if votes > 0}
    if len(standing) < 2:
        return f"{''.join(standing)} in 2" if standing else "ballot 2"
    two = {name for name in standing if sum(other >= standing[name] for other in standing.values()) <= 2}
    doubtful = {
        name for name in standing if name not in two and sum(other > standing[name] for other in standing.values()) < 2
    }
    if doubtful and len(two) < 2:
        if not lots:
            return f"lot for {2 - len(two)} among {''.join(sorted(doubtful))}"
        two |= set(lots.pop(0))
    if len(ballots) < 3:
        return f"ballot 3 between {''.join(sorted(two))}"
    one, other = sorted(two)
    cast = dict(zip(NAMES, ballots[2], strict=True))
    if cast[one] != cast[other]:
        return f"{max(two, key=cast.__getitem__)} in 3"
    return f"{lots.pop(0)} in 3" if lots else f"lot for 1 among {one}{other}"


def first_opinion(ballots: Sequence[Votes], present: int, draws: Sequence[Draw]) -> tuple[str, Iterator[Draw]]:
    """Say the same from the library, and give the draws that the open lot can come to."""
    named = [dict(zip(NAMES, ballot, strict=True)) for ballot in ballots]
    election = majority_election(named, present=present, lots=draws)
    if election.tie:
        return f"lot for {election.tie.places} among {''.join(election.tie.among)}", election.tie.draws()
    if election.winner:
        return f"{election.winner} in {election.ballot}", iter(())
    if election.candidates:
        return f"ballot 3 between {''.join(election.candidates)}", iter(())
    return f"ballot {election.next_ballot}", iter(())


def agree(
    ballots: Sequence[Votes], present: int, draws: tuple[Draw, ...] = ()
) -> Iterator[tuple[str, tuple[Draw, ...]]]:
    """Hold that both say the same, whichever way the lots fall; give each end with its draws."""
    said, ways = first_opinion(ballots, present, draws)
    assert said == second_opinion(ballots, present, ["".join(draw.chosen) for draw in draws])
    yield said, draws
    for draw in ways:
        yield from agree(ballots, present, (*draws, draw))


def everything(present: int) -> list[Votes]:
    """Give every ballot that so many members can cast for four candidates."""
    return [votes for votes in product(range(present + 1), repeat=len(NAMES)) if sum(votes) <= present]


def multisets(present: int) -> list[Votes]:
    """Give one ballot of each multiset of votes."""
    return [votes for votes in everything(present) if tuple(sorted(votes, reverse=True)) == votes]


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize("present", MEMBERS)
def test_every_first_and_second_ballot(present: int) -> None:
    """Both opinions agree on every series of one or two ballots, and ballot 1 matters only by electing or not."""
    undecided = set()
    for first in multisets(present):
        ((said, _),) = agree([first], present)
        if said != "ballot 2":
            continue
        undecided.add(tuple(tuple(agree([first, second], present)) for second in everything(present)))
    assert len(undecided) == 1


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize("present", MEMBERS)
def test_every_third_ballot(present: int) -> None:
    """Both opinions agree on every third ballot, after every second one that calls for it, however lots fall."""
    for first, second in product(multisets(present), repeat=2):
        if 2 * first[0] > present:
            continue
        for said, draws in agree([first, second], present):
            if not said.startswith("ballot 3 between "):
                continue
            one, other = (NAMES.index(name) for name in said.removeprefix("ballot 3 between "))
            for votes in product(range(present + 1), repeat=2):
                if sum(votes) <= present:
                    third = [0] * len(NAMES)
                    third[one], third[other] = votes
                    list(agree([first, second, tuple(third)], present, draws))
