"""The largest shortfall: each seat to whoever is furthest below its share (largest remainder with seats held)."""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Lots, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.votes import checked_count, checked_counts, checked_total, checked_votes

__all__ = ["ShortfallContest", "largest_shortfall"]


def largest_shortfall(
    votes: Mapping[str, int],
    seats: int,
    *,
    total: int | None = None,
    held: Mapping[str, int] | None = None,
    size: int | None = None,
    lots: Lots = None,
    provision: str = "",
) -> Allocation:
    """Give each seat to the name that is furthest below its share: votes * size / total - seats so far.

    With nothing held and the total being the sum of the votes this is the method of the largest remainder
    (Hare's quota). With seats held it is what reproduces KL's table for KKR Hovedstaden (KKR-SEATS, inferred).

    Args:
        votes: name -> votes. A name with no votes never wins a seat.
        seats: how many seats to award now.
        total: the votes that the shares are taken of, when others than these names had votes (default: the sum).
        held: name -> seats already held, which are not awarded again.
        size: the seats that the shares are taken of (default: the seats awarded now and all seats held).
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
        provision: the provision under which a lot would be drawn.

    Returns:
        The seats, and the lot that is open where names with the same shortfall compete for the last of them. The
        quotient of an award is the winner's shortfall in seats at that moment.

    Raises:
        VoteError: a name or a count is not one, a name is not among the votes, or the total is smaller than
            the sum of the votes.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> largest_shortfall({"A": 11, "B": 8, "C": 2}, 9).seats
    {'A': 5, 'B': 3, 'C': 1}
    >>> supplementary = largest_shortfall({"A": 60, "B": 30, "C": 10}, 5, held={"A": 5})
    >>> supplementary.seats
    {'A': 1, 'B': 3, 'C': 1}
    >>> [(award.winner, float(award.quotient)) for award in supplementary.awards]
    [('B', 3.0), ('B', 2.0), ('A', 1.0), ('B', 1.0), ('C', 1.0)]
    """
    checked = checked_votes(votes)
    seats = checked_count("seats", seats, what="number of seats")
    had = checked_counts({} if held is None else held, "held", known=checked)
    everybody = sum(checked.values()) if total is None else checked_total(total, checked)
    full = seats + sum(had.values()) if size is None else checked_count("size", size, what="number of seats")
    return settle(ShortfallContest(checked, seats, everybody, full, had, provision), lots)


@attrs.frozen
class ShortfallContest:
    """The method of the largest shortfall with checked votes and seats.

    Attributes:
        votes: name -> votes, checked.
        seats: the seats to award.
        total: the votes that the shares are taken of.
        size: the seats that the shares are taken of.
        held: name -> seats held.
        provision: the provision under which a lot would be drawn.
    """

    votes: FrozenDict[str, int]
    seats: int
    total: int
    size: int
    held: FrozenDict[str, int]
    provision: str = ""

    def hold(self, urn: Urn) -> Allocation:
        """Distribute the seats, with the lot from ``urn``.

        A shortfall is kept as votes * size - seats * total, a whole number: total times the shortfall in seats.
        Each seat lowers it by the total, so that a name's shortfalls share one remainder and differ by level. The
        seats go level by level from above; only on the last level do remainders decide.
        """
        seats = dict.fromkeys(self.votes, 0)
        shortfalls = self._shortfalls()
        if not shortfalls or not self.seats:
            return Allocation(FrozenDict(seats), None, self.seats, (), self)
        last_level = self._last_level([shortfall // self.total for shortfall in shortfalls.values()])
        places = self.seats
        contested: dict[str, int] = {}
        for name, shortfall in shortfalls.items():
            level, remainder = divmod(shortfall, self.total)
            if level >= last_level:
                seats[name] = level - last_level
                places -= seats[name]
                contested[name] = remainder
        last = sorted(contested.values(), reverse=True)[places - 1]
        for name, remainder in contested.items():
            if remainder > last:
                seats[name] += 1
                places -= 1
        among = tuple(name for name, remainder in contested.items() if remainder == last)
        tie = Tie(places, among, self.provision) if len(among) > places else None
        draw = urn.draw(tie) if tie else None
        if tie and not draw:
            return Allocation(FrozenDict(seats), tie, 0, (), self)
        for name in draw.chosen if draw else among:
            seats[name] += 1
        return Allocation(FrozenDict(seats), None, 0, (draw,) if draw else (), self)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""
        shortfalls = self._shortfalls()
        won = [
            (shortfalls[name] - before * self.total, name, before + 1 == count)
            for name, count in allocation.seats.items()
            for before in range(count)
        ]
        won.sort(key=lambda award: -award[0])  # stable: equal shortfalls stay in the order of the votes
        drawn = {name for draw in allocation.draws for name in draw.chosen}
        per_seat = Fraction(self.total, self.size) if self.size else Fraction(0)
        return tuple(
            Award(
                number,
                name,
                self.votes[name],
                per_seat,
                Fraction(shortfall, self.total),
                last and name in drawn,
            )
            for number, (shortfall, name, last) in enumerate(won, start=1)
        )

    def _shortfalls(self) -> dict[str, int]:
        """Give total times the shortfall, before any seat is awarded, of every name that can win one."""
        return {
            name: votes * self.size - self.held.get(name, 0) * self.total for name, votes in self.votes.items() if votes
        }

    def _last_level(self, levels: list[int]) -> int:
        """Give the level on which the last seat falls: one seat for each name on every level it reaches down to.

        Down to and including level L, the names at or above it have taken (their level - L + 1) seats each.
        """
        levels = sorted(levels, reverse=True)
        taken = 0
        for count, (level, below) in enumerate(zip(levels, [*levels[1:], None], strict=True), start=1):
            if below is None or taken + count * (level - below) >= self.seats:
                return level - (self.seats - taken - 1) // count
            taken += count * (level - below)
        raise AssertionError("the last name takes every level below")
