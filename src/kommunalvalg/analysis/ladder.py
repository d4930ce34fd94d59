"""How many votes a list must have to have a number of seats, when all other lists keep theirs."""

from functools import cache
from itertools import count

import attrs

from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.methods.units import Unit, paths_of

__all__ = ["Ladder", "Ladders"]


@attrs.frozen
class _Rung:
    """A distribution on the way from the whole to the list, as it looks to the member that the list is in.

    Attributes:
        others: the votes of that member's other lists.
        room: the most seats that the member can take, or None.
        rivals: the quotients of the other members as (votes, divisor), the largest first, none that they have no
            room for.
    """

    others: int
    room: int | None
    rivals: list[tuple[int, int]]

    def price(self, seats: int, places: int, *, beyond: bool) -> int | None:
        """Give the least votes with which the list's member has so many seats of ``places``; below 1 where any do.

        Its last quotient must then be among the ``places`` largest: as large as the rival quotient that would
        otherwise be the last of them, or for certainty beyond it.
        """
        if seats > places or (self.room is not None and seats > self.room):
            return None
        if places - seats >= len(self.rivals):
            return 1
        votes, divisor = self.rivals[places - seats]
        level = votes * seats // divisor + 1 if beyond else -(-votes * seats // divisor)
        return level - self.others


class Ladders:
    """The ladders of all lists of an election, which have most of their rivals in common.

    >>> from kommunalvalg import proportional_election
    >>> ladders = Ladders(proportional_election({"A": 40, "C": 34, "F": 26}, 5).case)
    >>> [ladders.of("C").certain(seats) for seats in range(6)]
    [0, 14, 27, 61, 105, 201]
    """

    def __init__(self, case: ProportionalCase) -> None:
        self._case = case
        self._paths = paths_of(case.tree)
        self._quotients: dict[str, list[tuple[int, int, int]]] = {}

    def of(self, key: str) -> "Ladder":
        """Give the ladder of one list."""
        votes, seats = self._case.votes, self._case.seats
        # A list takes part in the room of its alliances as soon as it has a vote.
        more = 0 if votes[key] else (self._case.capacity or {}).get(key, seats)
        rungs = [
            _Rung(
                unit.votes[at] - votes[key],
                None if unit.rooms is None else unit.rooms[at] + more,
                self._rivals(unit, at),
            )
            for unit, at in self._paths[key]
        ]
        return Ladder(seats, rungs)

    def _rivals(self, unit: Unit, at: int) -> list[tuple[int, int]]:
        """Give the quotients of the other members that could win a seat, the largest first."""
        if unit.name not in self._quotients:
            self._quotients[unit.name] = _largest(unit, self._case.seats)
        return [(votes, divisor) for votes, divisor, member in self._quotients[unit.name] if member != at]


def _largest(unit: Unit, seats: int) -> list[tuple[int, int, int]]:
    """Give the quotients of a unit's members as (votes, divisor, member), the largest first.

    Without those of any one member, which are no more than the seats, there are still as many as there are seats.
    """
    scale = seats * seats  # different quotients differ by at least 1 / seats²
    rooms = unit.rooms or [seats] * len(unit.votes)
    quotients = [
        (votes * scale // divisor, votes, divisor, member)
        for member, (votes, room) in enumerate(zip(unit.votes, rooms, strict=True))
        for divisor in range(1, min(room, seats) + 1)
        if votes
    ]
    quotients.sort(reverse=True)
    return [(votes, divisor, member) for _, votes, divisor, member in quotients[: 2 * seats]]


class Ladder:
    """The votes at which a list climbs from seat to seat.

    More votes never cost a list a seat: at each level its quotients, or its alliance's, rise while the others
    stand, and an alliance that has more seats gives none of its members fewer. So for each number of seats there
    is a least number of votes; it follows from the quotients that must be reached, and no vote is tried.
    """

    def __init__(self, seats: int, rungs: list[_Rung]) -> None:
        self._seats = seats
        self._rungs = rungs
        self._least = cache(self._least)  # type: ignore[method-assign]  # remembered as long as the ladder stands

    def certain(self, seats: int) -> int | None:
        """Give the least votes with which the list has so many seats for certain; None where no votes give them."""
        return self._least(seats, len(self._rungs), beyond=True) if seats else 0

    def possible(self, seats: int) -> int | None:
        """Give the least votes with which the list can have so many seats; None where no votes give them."""
        return self._least(seats, len(self._rungs), beyond=False) if seats else 0

    def _least(self, seats: int, depth: int, *, beyond: bool) -> int | None:
        """Give the least votes with which the list's member at a depth has so many seats."""
        rung = self._rungs[depth - 1]
        if depth == 1:
            return rung.price(seats, self._seats, beyond=beyond)
        # The alliance around it must have some number of seats, which costs the more the more they are, and the
        # member its share of them, which costs the less.
        least: int | None = None
        for places in count(seats):
            around = self._least(places, depth - 1, beyond=beyond)
            own = rung.price(seats, places, beyond=beyond)
            if around is None or own is None or (least is not None and around >= least):
                break
            least = max(around, own)
        return least
