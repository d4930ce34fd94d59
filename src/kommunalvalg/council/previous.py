"""What came before: the election that a council's is compared with, list by list."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_counts, checked_known, checked_votes

if TYPE_CHECKING:
    from kommunalvalg.council.result import CouncilResult

__all__ = ["ListChange", "Previous", "changes"]


def _seats(seats: Mapping[str, int] | None) -> FrozenDict[str, int] | None:
    return None if seats is None else checked_counts(seats, "seats", what=N_("a number of seats"))


@attrs.frozen(kw_only=True)
class Previous:
    """The election before, by the keys that its lists have now.

    Args:
        votes: key -> votes. A list that no longer stands goes by a key that none has now.
        seats: key -> seats; None where they are not known.
        name: what the election is called, such as "kv2021".

    Raises:
        VoteError: a count is none, or a list has seats and no votes.

    >>> Previous(votes={"A": 120, "B": 80}, seats={"A": 5, "B": 4}).total
    200
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: FrozenDict[str, int] | None = attrs.field(default=None, converter=_seats)
    name: str = ""

    def __attrs_post_init__(self) -> None:
        for name in self.seats or ():
            checked_known("seats", name, self.votes)
        if not isinstance(self.name, str):
            raise VoteError("{field} is {value}; it is a text", field="name", value=self.name)

    @property
    def total(self) -> int:
        """The votes of all lists."""
        return sum(self.votes.values())


@attrs.frozen
class ListChange:
    """What a list has, and what it had before.

    Attributes:
        key: the list.
        votes: votes more; those it has, where it is new; None while areas are not counted.
        share: the share of the votes more, as a difference of shares.
        seats: seats more; None where they are not known.
        new: whether it did not stand before.
        gone: whether it no longer stands.
    """

    key: str
    votes: int | None
    share: Fraction
    seats: int | None
    new: bool = False
    gone: bool = False


def changes(result: "CouncilResult") -> FrozenDict[str, ListChange]:
    """Say what changed for each list since the election before: those that stand, then those that are gone.

    A seat that waits for a lot is nobody's, now as then.

    Args:
        result: the result of an election that has ``previous``.

    Raises:
        VoteError: it has none.

    >>> from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
    >>> lists = [CandidateList(letter, letter, [Candidate(f"{letter}-1", 10)]) for letter in "AC"]
    >>> election = CouncilElection("Nyby", 1, lists, previous=Previous(votes={"A": 5, "B": 15}))
    >>> from kommunalvalg.lots import settle
    >>> for change in changes(settle(election)).values():
    ...     print(change.key, change.votes, change.share, change.new, change.gone)
    A 5 1/4 False False
    C 10 1/2 True False
    B -15 -3/4 False True
    """
    previous = result.case.previous
    if previous is None:
        raise VoteError("{field} is {value}; there is no election before to compare with", field="previous", value=None)
    now, before = result.case.votes, previous.votes
    total, total_before, seats = result.case.valid_votes, previous.total, previous.seats
    counted = result.case.counted
    unfinished = counted is not None and counted.areas < counted.of
    return FrozenDict(
        {
            key: ListChange(
                key,
                None if unfinished else now.get(key, 0) - before.get(key, 0),
                _share(now.get(key, 0), total) - _share(before.get(key, 0), total_before),
                None if seats is None else result.seats.get(key, 0) - seats.get(key, 0),
                new=key not in before,
                gone=key not in now,
            )
            for key in dict.fromkeys((*now, *before))
        }
    )


def _share(votes: int, total: int) -> Fraction:
    return Fraction(votes, total) if total else Fraction(0)
