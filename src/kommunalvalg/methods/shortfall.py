"""The largest shortfall: each seat to whoever is furthest below its share (largest remainder with seats held)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Lots, Place, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, checked_total, checked_votes

__all__ = ["ShortfallCase", "largest_shortfall"]


def largest_shortfall(
    votes: Mapping[str, int],
    seats: int,
    *,
    total: int | None = None,
    held: Mapping[str, int] | None = None,
    size: int | None = None,
    lots: Lots = None,
    rule: str = "",
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
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.

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
    case = ShortfallCase(votes=votes, seats=seats, total=total, held=held, size=size, rule=rule)
    return settle(case, lots)


def _held(held: Mapping[str, int] | None) -> Mapping[str, int]:
    return {} if held is None else held


def _as_given(number: int | None) -> int:
    return number  # type: ignore[return-value]  # None stands for a number that is computed


@attrs.frozen(kw_only=True)
class ShortfallCase:
    """The method of the largest shortfall with what it is given; everything is checked when it is made.

    Args:
        votes: name -> votes.
        seats: the seats to award.
        total: the votes that the shares are taken of; None for the sum.
        size: the seats that the shares are taken of; None for those awarded now and all seats held.
        held: name -> seats held.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.
        place: where the distribution stands, for the lot.
        when: the election year or day whose law it is.

    Raises:
        VoteError: as for :func:`largest_shortfall`.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: int
    total: int = attrs.field(default=None, converter=_as_given)
    size: int = attrs.field(default=None, converter=_as_given)
    held: FrozenDict[str, int] = attrs.field(default=None, converter=_held)
    rule: str = ""
    place: Place | None = None
    when: When = None

    method: ClassVar[str] = "largest_shortfall"

    def __attrs_post_init__(self) -> None:
        seats = checked_count("seats", self.seats, what=N_("a number of seats"))
        held = checked_counts(self.held, "held", known=self.votes)
        total: object = self.total
        size: object = self.size
        total = sum(self.votes.values()) if total is None else checked_total(total, self.votes)
        size = seats + sum(held.values()) if size is None else checked_count("size", size, what=N_("a number of seats"))
        for name, value in (("seats", seats), ("held", held), ("total", total), ("size", size)):
            object.__setattr__(self, name, value)

    @property
    def first(self) -> "ShortfallCase":
        """The distribution that it begins with, which is all of it."""
        return self

    def settled(self, urn: Urn) -> Allocation:
        """Distribute the seats, with the lot from ``urn``.

        A shortfall is kept as votes * size - seats * total, a whole number: total times the shortfall in seats.
        Each seat lowers it by the total, so that a name's shortfalls share one remainder and differ by level. The
        seats go level by level from above; only on the last level do remainders decide.
        """
        seats = dict.fromkeys(self.votes, 0)
        shortfalls = self._shortfalls()
        if not shortfalls or not self.seats:
            return Allocation(seats=FrozenDict(seats), vacant=self.seats, case=self)
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
        tie = Tie(places, among, self.rule, self.place, self.when) if len(among) > places else None
        draw = urn.draw(tie) if tie else None
        if tie and not draw:
            return Allocation(seats=FrozenDict(seats), tie=tie, case=self)
        for name in draw.chosen if draw else among:
            seats[name] += 1
        return Allocation(seats=FrozenDict(seats), draws=(draw,) if draw else (), case=self)

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
