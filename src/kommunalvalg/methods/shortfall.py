"""The largest shortfall: each seat to whoever is furthest below its share (largest remainder with seats held)."""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Lots, settle
from kommunalvalg.methods.allocation import Allocation, AllocationCase, Award
from kommunalvalg.methods.quotients import Division
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, checked_total

__all__ = ["RemainderCase", "ShortfallCase", "by_shortfall", "largest_shortfall"]


def largest_shortfall(
    votes: Mapping[str, int],
    seats: int,
    *,
    total: int | None = None,
    held: Mapping[str, int] | None = None,
    size: int | None = None,
    lots: Lots = None,
    rule: str = "",
) -> "Allocation[ShortfallCase]":
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


def by_shortfall(claims: list[int | None], whole: int, seats: int, room: list[int] | None = None) -> Division:
    """Give each seat to the largest claim, which it lowers by a whole.

    A name's claims share one remainder and differ by level. The seats go level by level from above; only on the last
    level do remainders decide. Whoever would pass its room is held there, and the seats left go to the others by their
    claims, as they would if seats were given one by one.

    Args:
        claims: the claim of each name; None for one that can win no seat.
        whole: what one seat is.
        seats: the seats to award.
        room: the most that each may win.

    >>> by_shortfall([47, 34, 9], 10, 9)
    ([5, 3, 1], [], 0, 0)
    >>> by_shortfall([47, 34, 9], 10, 9, [3, 9, 9])
    ([3, 4, 2], [], 0, 0)
    """
    won = [0] * len(claims)
    names = [index for index, claim in enumerate(claims) if claim is not None and (room is None or room[index])]
    while names and seats:
        levels = {index: divmod(claims[index] or 0, whole) for index in names}
        last = _last_level([level for level, _ in levels.values()], seats)
        contested = {index: remainder for index, (level, remainder) in levels.items() if level >= last}
        places = seats
        for index in contested:
            won[index] = levels[index][0] - last
            places -= won[index]
        least = sorted(contested.values(), reverse=True)[places - 1]
        for index, remainder in contested.items():
            if remainder > least:
                won[index] += 1
                places -= 1
        equal = [index for index, remainder in contested.items() if remainder == least]
        if len(equal) == places:
            for index in equal:
                won[index] += 1
            equal, places = [], 0
        full = [] if room is None else [index for index in names if won[index] + (index in equal) > room[index]]
        if not full:
            return won, equal, places, 0
        for index in full:
            won[index] = room[index] if room else 0
            seats -= won[index]
        names = [index for index in names if index not in full]
        for index in names:
            won[index] = 0
    return won, [], 0, seats


def _last_level(levels: list[int], seats: int) -> int:
    """Give the level on which the last seat falls: one seat for each name on every level it reaches down to.

    Down to and including level L, the names at or above it have taken (their level - L + 1) seats each.
    """
    levels = sorted(levels, reverse=True)
    taken = 0
    for count, (level, below) in enumerate(zip(levels, [*levels[1:], None], strict=True), start=1):
        if below is None or taken + count * (level - below) >= seats:
            return level - (seats - taken - 1) // count
        taken += count * (level - below)
    raise AssertionError("the last name takes every level below")


def _or_all(number: int | None) -> int:
    """Take a number that may be left out, to be checked when the votes and seats are known."""
    return number  # type: ignore[return-value]  # it is one when it is checked


def _held(held: Mapping[str, int] | None) -> FrozenDict[str, int]:
    """Take seats held, which may be left out, to be checked when the names are known."""
    return FrozenDict() if held is None else held  # type: ignore[return-value]  # as above


class RemainderCase(AllocationCase):
    """A distribution in which each seat goes to whoever is furthest below its share."""

    __slots__ = ()

    held: FrozenDict[str, int] | None

    @property
    @abstractmethod
    def shares(self) -> tuple[int, int]:
        """The share of a name as two whole numbers: its votes times the one, divided by the other, are its seats."""

    def claims(self) -> list[int | None]:
        """Give the shortfall of every name before any seat is awarded; None for one that can win none.

        It is kept as votes * times - seats * whole, a whole number: ``whole`` times the shortfall in seats.
        """
        times, whole = self.shares
        held: Mapping[str, int] = self.held or {}
        return [
            votes * times - held.get(name, 0) * whole if votes and whole else None for name, votes in self.votes.items()
        ]

    def division(self) -> Division:
        """Give the seats to the largest shortfalls."""
        return by_shortfall(self.claims(), self.shares[1], self.seats)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""
        (times, whole), claims = self.shares, dict(zip(self.votes, self.claims(), strict=True))
        won = [
            ((claims[name] or 0) - before * whole, name, before + 1 == count)
            for name, count in allocation.seats.items()
            for before in range(count)
        ]
        won.sort(key=lambda award: -award[0])  # stable: equal shortfalls stay in the order of the votes
        drawn = {name for draw in allocation.draws for name in draw.chosen}
        per_seat = Fraction(whole, times) if times else Fraction(0)
        return tuple(
            Award(number, name, self.votes[name], per_seat, Fraction(claim, whole), last and name in drawn)
            for number, (claim, name, last) in enumerate(won, start=1)
        )


@attrs.frozen(kw_only=True)
class ShortfallCase(RemainderCase):
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

    total: int = attrs.field(default=None, converter=_or_all)
    size: int = attrs.field(default=None, converter=_or_all)
    held: FrozenDict[str, int] = attrs.field(default=None, converter=_held)

    method = "largest_shortfall"

    def __attrs_post_init__(self) -> None:
        held = checked_counts(self.held, "held", known=self.votes)
        total: object = self.total
        size: object = self.size
        total = sum(self.votes.values()) if total is None else checked_total(total, self.votes)
        if size is None:
            size = self.seats + sum(held.values())
        size = checked_count("size", size, what=N_("a number of seats"))
        for name, value in (("held", held), ("total", total), ("size", size)):
            object.__setattr__(self, name, value)

    @property
    def shares(self) -> tuple[int, int]:
        """The size, and the total."""
        return self.size, self.total
