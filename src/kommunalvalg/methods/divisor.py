"""Divisor methods: d'Hondt, and Sainte-Laguë and Adams for comparison; with seats held and capacities.

A name's votes are divided by a rising series of divisors, and the largest quotients take the seats. Quotients
are compared exactly.

Seat by seat this would take as long as there are seats. But the size of each name's share is known beforehand
to within a seat: if the votes are divided by the same number for all, so that the shares sum to the seats, then
the true result differs from the rounded shares by at most one for each name. The seats that are certain from
that are given at once, and only the few quotients around the shares, about two for each name, are compared.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import itemgetter

import attrs

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Lots, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.votes import checked_count, checked_counts, checked_votes

__all__ = ["ADAMS", "DHONDT", "SAINTE_LAGUE", "DivisorContest", "Divisors", "adams", "dhondt", "sainte_lague"]


@attrs.frozen
class Divisors:
    """A series of divisors: ``step * s + first`` for a name that has ``s`` seats, where first <= step."""

    name: str
    step: int
    first: int


DHONDT = Divisors("d'Hondt", 1, 1)
SAINTE_LAGUE = Divisors("Sainte-Laguë", 2, 1)
ADAMS = Divisors("Adams", 1, 0)


def dhondt(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = "",
) -> Allocation:
    """Distribute seats by d'Hondt's method: the votes divided by 1, 2, 3, ...; the largest quotients win.

    Args:
        votes: name -> votes. A name with no votes never wins a seat.
        seats: how many seats to award now.
        held: name -> seats already held, which count as divisors used and are not awarded again.
        capacity: name -> the most it may hold in all; a name that is not there has no limit.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
        provision: the provision under which a lot would be drawn.

    Returns:
        The seats, and the lot that is open where equal quotients compete for the last of them; 200 / 2 and
        100 / 1 are equal (KRVL-81-2). Only names that can still take a seat are in the lot.

    Raises:
        VoteError: a name or a count is not one, a name is not among the votes, or more is held than there is
            capacity for.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> dhondt({"A": 11, "B": 8, "C": 2}, 8).seats
    {'A': 5, 'B': 3, 'C': 0}
    >>> dhondt({"A": 11, "B": 8, "C": 2}, 9).tie
    Tie(places=1, among=('B', 'C'), provision='', within='')
    >>> dhondt({"A": 200, "B": 100}, 3, capacity={"A": 1}).seats
    {'A': 1, 'B': 2}
    """
    return settle(_contest(DHONDT, votes, seats, held, capacity, provision), lots)


def sainte_lague(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = "",
) -> Allocation:
    """Distribute seats by Sainte-Laguë's method: the votes divided by 1, 3, 5, ...; the largest quotients win.

    It is here for comparison; no Danish municipal rule uses it. Arguments, result and errors are those of
    :func:`dhondt`.

    >>> sainte_lague({"A": 11, "B": 8, "C": 2}, 9).seats
    {'A': 5, 'B': 3, 'C': 1}
    """
    return settle(_contest(SAINTE_LAGUE, votes, seats, held, capacity, provision), lots)


def adams(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = "",
) -> Allocation:
    """Distribute seats by Adams' method: the votes divided by 0, 1, 2, ...; the largest quotients win.

    Every name with votes has a first seat before anybody has a second; where there are fewer seats than names,
    those first seats go by votes. It is here for comparison. Arguments, result and errors are those of
    :func:`dhondt`.

    >>> adams({"A": 11, "B": 8, "C": 2}, 9).seats
    {'A': 5, 'B': 3, 'C': 1}
    """
    return settle(_contest(ADAMS, votes, seats, held, capacity, provision), lots)


def _contest(
    divisors: Divisors,
    votes: Mapping[str, int],
    seats: int,
    held: Mapping[str, int] | None,
    capacity: Mapping[str, int] | None,
    provision: str,
) -> "DivisorContest":
    checked = checked_votes(votes)
    seats = checked_count("seats", seats, what="number of seats")
    limits = None if capacity is None else checked_counts(capacity, "capacity", known=checked)
    had = None if held is None else checked_counts(held, "held", known=checked)
    if had and limits:
        for name, limit in limits.items():
            if had.get(name, 0) > limit:
                raise VoteError(
                    f'held["{name}"] is {shown(had[name])} and capacity["{name}"] is {shown(limit)}; '
                    "nobody holds more than there is capacity for"
                )
    return DivisorContest(divisors, checked, seats, had or None, limits or None, provision)


@attrs.frozen
class DivisorContest:
    """A divisor method with checked votes, seats, and what holds for them.

    Attributes:
        divisors: the series of divisors.
        votes: name -> votes, checked.
        seats: the seats to award.
        held: name -> seats held, or None.
        capacity: name -> the most it may hold in all, or None.
        provision: the provision under which a lot would be drawn.
        within: where the distribution stands, for the lot.
    """

    divisors: Divisors
    votes: FrozenDict[str, int]
    seats: int
    held: FrozenDict[str, int] | None = None
    capacity: FrozenDict[str, int] | None = None
    provision: str = ""
    within: str = ""

    def hold(self, urn: Urn) -> Allocation:
        """Distribute the seats, with the lot from ``urn``."""
        names = [name for name, count in self.votes.items() if count]
        votes = [self.votes[name] for name in names]
        capacity = self.capacity
        vacant = 0 if names else self.seats
        total = self.seats - vacant
        low, high = self._shares(votes, total)
        # A capacity that nobody can come to reach changes nothing.
        if self.held or (
            capacity and any(most > capacity.get(name, most) for name, most in zip(names, high, strict=True))
        ):
            held = [self.held.get(name, 0) for name in names] if self.held else [0] * len(names)
            # Nobody can end with more than is held and all the seats: a limit that never binds, where there is none.
            room = [before + self.seats for before in held]
            if capacity:
                room = [min(most, capacity.get(name, most)) for name, most in zip(names, room, strict=True)]
            vacant = max(0, self.seats + sum(held) - sum(room))
            total = sum(held) + self.seats - vacant
            low, high = self._bounds(votes, held, room, total)
            won, level, places = self._winners(votes, low, high, total)
            won = [count - before for count, before in zip(won, held, strict=True)]
        else:
            won, level, places = self._winners(votes, low, high, total)
        seats = dict.fromkeys(self.votes, 0)
        seats.update(zip(names, won, strict=True))
        if not level:
            return Allocation(FrozenDict(seats), None, vacant, (), self)
        tie = Tie(places, tuple([names[index] for index in level]), self.provision, self.within)
        draw = urn.draw(tie)
        if draw is None:
            return Allocation(FrozenDict(seats), tie, vacant, (), self)
        for name in draw.chosen:
            seats[name] += 1
        return Allocation(FrozenDict(seats), None, vacant, (draw,), self)

    def _winners(
        self, votes: list[int], low: list[int], high: list[int], total: int
    ) -> tuple[list[int], list[int], int]:
        """Give what each has for certain, who is equal in a lot on what is left, and how many places that is.

        Everybody has the seats of ``low``; the others, up to ``total``, go to the largest quotients from ``low``
        to ``high``.
        """
        places = total - sum(low)
        if not places:
            return low, [], 0
        contested = self._quotients(votes, low, high)
        contested.sort(reverse=True)
        last = contested[places - 1][0]
        level = [index for key, index in contested if key == last]
        won = low.copy()
        for key, index in contested[:places]:
            if key > last:
                won[index] += 1
                places -= 1
        if len(level) > places:
            level.sort()
            return won, level, places
        for index in level:
            won[index] += 1
        return won, [], 0

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""
        names = [name for name, count in allocation.seats.items() if count]
        votes = [self.votes[name] for name in names]
        have = [self.held.get(name, 0) for name in names] if self.held else [0] * len(names)
        end = [before + allocation.seats[name] for name, before in zip(names, have, strict=True)]
        won = self._quotients(votes, have, end)
        won.sort(key=itemgetter(0), reverse=True)  # stable: equal quotients stay in the order of the votes
        drawn = {name for draw in allocation.draws for name in draw.chosen}
        step, first = self.divisors.step, self.divisors.first
        awards = []
        for number, (_, index) in enumerate(won, start=1):
            name, count, divisor = names[index], votes[index], step * have[index] + first
            have[index] += 1
            quotient = Fraction(count, divisor) if divisor else None
            awards.append(Award(number, name, count, divisor, quotient, name in drawn and have[index] == end[index]))
        return tuple(awards)

    def _shares(self, votes: list[int], total: int) -> tuple[list[int], list[int]]:
        """Give the bounds of :meth:`_bounds` where nothing is held and nobody is limited."""
        step, first = self.divisors.step, self.divisors.first
        whole = sum(votes)
        least = total - -(-len(votes) * (step - first) // step)
        most = total - (-len(votes) * first // step)
        top, bottom, shift = most * step, whole * step, (step - first) * whole
        high = [(count * top + shift) // bottom for count in votes]
        if least <= 0:
            return [0] * len(votes), high
        top = least * step
        return [(count * top + shift) // bottom for count in votes], high

    def _bounds(self, votes: list[int], held: list[int], room: list[int], total: int) -> tuple[list[int], list[int]]:
        """Give for each name the seats that it has for certain, and the most that it can come to have.

        Let a name's share be its votes times a factor common to all, but at least what it holds and at most
        what it has room for. The quotients that are at least step / factor number more than
        share - first / step and at most share + 1 - first / step. So where the shares sum to the total less
        (step - first) / step for each name, all those quotients win; and where they sum to the total and
        first / step more for each name, all winners are among them, and all who tie with the last.
        """
        step, first = self.divisors.step, self.divisors.first
        bounds = []
        for shares, extreme in (
            (total - -(-len(votes) * (step - first) // step), held),
            (total - (-len(votes) * first // step), room),
        ):
            if (shares <= sum(held)) if extreme is held else (shares >= sum(room)):
                bounds.append(extreme)
                continue
            top, bottom = _common_factor(votes, held, room, shares)
            top, bottom, shift = top * step, bottom * step, (step - first) * bottom
            counts = [(vote * top + shift) // bottom for vote in votes]
            bounds.append([min(max(n, least), most) for n, least, most in zip(counts, held, room, strict=True)])
        return bounds[0], bounds[1]

    def _quotients(self, votes: list[int], start: list[int], end: list[int]) -> list[tuple[int, int]]:
        """Give (key, index) of each name's quotients from its ``start`` to its ``end``, by whole-number keys.

        With m the largest divisor, two different quotients differ by at least 1 / m². So votes * m² // divisor
        puts them in their order, and is equal exactly where they are.
        """
        step, first = self.divisors.step, self.divisors.first
        largest = step * max(end, default=1) + first
        scale = largest * largest
        return [
            (vote * scale // divisor if divisor else vote * scale * (max(votes) + 1), index)
            for index, (vote, low, high) in enumerate(zip(votes, start, end, strict=True))
            for divisor in range(step * low + first, step * high + first, step)
        ]


def _common_factor(votes: list[int], least: list[int], most: list[int], total: int) -> tuple[int, int]:
    """Give the factor, as (top, bottom), with which votes * factor, kept between least and most, sums to total.

    It is found by fixing, round for round, the names that end at their bound: where the bounds together take
    away more than they add, the factor must grow, so that who is over its bound stays there; else the reverse.
    """
    free: Iterable[int] = range(len(votes))
    while True:
        top, bottom = total, sum(votes[i] for i in free)
        over = {i: votes[i] * top - most[i] * bottom for i in free if votes[i] * top >= most[i] * bottom}
        under = {i: least[i] * bottom - votes[i] * top for i in free if votes[i] * top <= least[i] * bottom}
        excess, lack = sum(over.values()), sum(under.values())
        if excess == lack:
            return top, bottom
        fixed, at = (over, most) if excess > lack else (under, least)
        total -= sum(at[i] for i in fixed)
        free = [i for i in free if i not in fixed]
