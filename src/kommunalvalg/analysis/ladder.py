"""How many votes a list must have to have a number of seats, when all other lists keep theirs."""

from functools import cache

import attrs

from kommunalvalg.analysis.cases import Unit, tree_of, with_votes
from kommunalvalg.methods.alliances import ProportionalCase

__all__ = ["Ladder"]


@attrs.frozen
class _Level:
    """A distribution on the way from the whole to the list, as it looks to the member that the list is in.

    Attributes:
        others: the votes of that member's other lists.
        room: the most seats that the member can take, or None.
        rivals: the quotients of the other members as (votes, divisor), the largest first, none that they have no
            room for.
    """

    others: int
    room: int | None
    rivals: tuple[tuple[int, int], ...]

    def price(self, seats: int, places: int, *, beyond: bool) -> int | None:
        """Give the least votes with which the list's member has ``seats`` of ``places`` seats.

        Its last quotient must then be among the ``places`` largest: as large as the rival quotient that would
        otherwise be the last of them, or for certainty beyond it.
        """
        if seats > places or (self.room is not None and seats > self.room):
            return None
        if places - seats >= len(self.rivals):
            return 1
        votes, divisor = self.rivals[places - seats]
        level = votes * seats // divisor + 1 if beyond else -(-votes * seats // divisor)
        return max(1, level - self.others)


class Ladder:
    """The votes at which a list climbs from seat to seat.

    More votes never cost a list a seat: at each level its quotients, or its alliance's, rise while the others
    stand, and an alliance that has more seats gives none of its members fewer. So for each number of seats there
    is a least number of votes; it follows from the quotients that must be reached, and no vote is tried.

    Args:
        contest: the election.
        key: the list.

    >>> from kommunalvalg import proportional_election
    >>> ladder = Ladder(proportional_election({"A": 40, "C": 34, "F": 26}, 5).case, "C")
    >>> [ladder.certain(seats) for seats in range(6)]
    [0, 14, 27, 61, 105, 201]
    >>> [ladder.possible(seats) for seats in range(6)]
    [0, 13, 27, 60, 104, 200]
    """

    def __init__(self, contest: ProportionalCase, key: str) -> None:
        self._seats = contest.seats
        self._levels: list[_Level] = []
        # A list takes part in the room of its alliances as soon as it has a vote.
        voting = with_votes(contest, {key: contest.votes[key] or 1})
        unit = tree_of(contest)
        while unit.members:
            inner = next(member for member in unit.members if key in member.lists)
            self._levels.append(
                _Level(
                    sum(contest.votes[other] for other in inner.lists if other != key),
                    inner.room(voting),
                    _quotients([member for member in unit.members if member is not inner], contest),
                )
            )
            unit = inner
        self._least = cache(self._least)  # type: ignore[method-assign]  # remembered as long as the ladder stands

    def certain(self, seats: int) -> int | None:
        """Give the least votes with which the list has so many seats for certain; None where no votes give them."""
        return self._least(seats, len(self._levels), beyond=True) if seats else 0

    def possible(self, seats: int) -> int | None:
        """Give the least votes with which the list can have so many seats; None where no votes give them."""
        return self._least(seats, len(self._levels), beyond=False) if seats else 0

    def _least(self, seats: int, depth: int, *, beyond: bool) -> int | None:
        """Give the least votes with which the list's member at a depth has so many seats; at depth 0 is the whole."""
        if not depth:
            return 1 if seats <= self._seats else None
        level = self._levels[depth - 1]
        # The alliance around it must have some number of seats, and the member its share of them.
        ways = [
            max(around, own)
            for places in range(seats, self._seats + 1)
            if (own := level.price(seats, places, beyond=beyond)) is not None
            and (around := self._least(places, depth - 1, beyond=beyond)) is not None
        ]
        return min(ways, default=None)


def _quotients(members: list[Unit], contest: ProportionalCase) -> tuple[tuple[int, int], ...]:
    """Give the quotients of some members that could win a seat, the largest first."""
    scale = contest.seats * contest.seats  # different quotients differ by at least 1 / seats²
    found = []
    for member in members:
        votes = member.votes(contest)
        room = member.room(contest)
        most = contest.seats if room is None else min(room, contest.seats)
        found += [(votes * scale // divisor, votes, divisor) for divisor in range(1, most + 1) if votes]
    found.sort(reverse=True)
    return tuple((votes, divisor) for _, votes, divisor in found[: contest.seats])
