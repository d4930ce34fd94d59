"""The arithmetic of the divisor methods: which quotients win, on plain lists of whole numbers.

Seat by seat this would take as long as there are seats. But the size of each name's share is known beforehand
to within a seat: if the votes are divided by the same number for all, so that the shares sum to the seats, then
the true result differs from the rounded shares by at most one for each name. The seats that are certain from
that are given at once, and only the few quotients around the shares, about two for each name, are compared.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from operator import gt, itemgetter, sub
from typing import Protocol, TypeAlias

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_name

__all__ = ["ADAMS", "DHONDT", "DIVISORS", "SAINTE_LAGUE", "Divides", "Division", "Divisors", "in_order", "quotients"]

Series: TypeAlias = Callable[[int], int | Fraction]
"""The divisor for a name that has so many seats."""


@attrs.frozen
class Divisors:
    """A divisor method: a series of divisors, each larger than the one before.

    Attributes:
        name: what programs call the method.
        title: what people call it.
        step: the divisor is ``step * s + first`` for a name that has ``s`` seats; these are quick.
        first: the first divisor.
        series: the divisor for a name that has so many seats, for divisors of another kind, which are compared one by
            one: as exact, and slower.
        squared: whether ``series`` gives the squares of divisors that are roots. Then quotients are squares too.

    Raises:
        VoteError: the name is none, a number is none, or the series is no function.

    >>> [DIVISORS["dean"].divisor(seats) for seats in range(3)]
    [Fraction(0, 1), Fraction(4, 3), Fraction(12, 5)]
    """

    name: str
    title: str
    step: int = 1
    first: int = 1
    series: Series | None = attrs.field(default=None, eq=False, repr=False)
    squared: bool = False

    def __attrs_post_init__(self) -> None:
        checked_name("name", self.name)
        checked_count("step", self.step, least=1)
        checked_count("first", self.first)
        if self.series is not None and not callable(self.series):
            raise VoteError("{field} is {value}; it is a function of seats", field="series", value=self.series)

    def divisor(self, seats: int) -> int | Fraction:
        """Give the divisor for a name that has so many seats; 0 comes before every other."""
        return self.series(seats) if self.series else self.step * seats + self.first

    def quotient(self, votes: int, seats: int) -> Fraction | None:
        """Give the quotient of a name that has so many seats, or its square; None where the divisor is 0."""
        divisor = self.divisor(seats)
        return Fraction(votes * votes if self.squared else votes, divisor) if divisor else None

    def division(
        self, votes: list[int], seats: int, held: list[int] | None = None, room: list[int] | None = None
    ) -> "Division":
        """Award seats to the largest quotients, exactly.

        Args:
            votes: the votes of each name, of at least one name.
            seats: the seats to award.
            held: the seats that each holds already.
            room: the most that each may hold in all, at least what it holds.

        >>> DHONDT.division([11, 8, 2], 9)
        ([5, 3, 0], [1, 2], 1, 0)
        """
        if not held and 0 not in votes and self.series is None and self.first <= self.step:
            top = self.step * seats - (self.step - self.first) * len(votes)
            if top > 0 and (not room or sum(room) > seats):
                return _within(self, votes, seats, room) if room and min(room) < seats else _free(self, votes, seats)
        before = held or [0] * len(votes)
        most = room or [had + seats for had in before]
        if 0 in votes:  # who has no votes never wins a seat
            most = [end if count else had for count, had, end in zip(votes, before, most, strict=True)]
        vacant = seats + sum(before) - sum(most)
        if vacant >= 0:  # all have as much as they may
            return list(map(sub, most, before)), [], 0, vacant
        if not seats:
            return [0] * len(votes), [], 0, 0
        if self.series is not None:
            return _one_by_one(self, votes, seats, before, most)
        total = sum(before) + seats
        low, high = _bounds(self, votes, before, most, total)
        contested = quotients(self, votes, low, high)
        won, equal, places, _ = _with_last(low.copy(), contested, total - sum(low))
        return list(map(sub, won, before)), equal, places, 0

    def __reduce__(self) -> tuple[Callable[..., "Divisors"], tuple[object, ...]]:
        if DIVISORS.get(self.name) is self:  # as one method it goes by its name, whose series need not be picklable
            return _declared, (self.name,)
        return Divisors, (self.name, self.title, self.step, self.first, self.series, self.squared)


DIVISORS = {
    each.name: each
    for each in (
        Divisors("dhondt", "d'Hondt"),
        Divisors("sainte_lague", "Sainte-Laguë", 2, 1),
        Divisors(
            "modified_sainte_lague", N_("modified Sainte-Laguë"), series=lambda s: 2 * s + 1 if s else Fraction(7, 5)
        ),
        Divisors("danish", N_("the Danish method"), 3, 1),
        Divisors("imperiali", "Imperiali", 1, 2),
        Divisors("huntington_hill", "Huntington-Hill", series=lambda s: s * (s + 1), squared=True),
        Divisors("dean", "Dean", series=lambda s: Fraction(2 * s * (s + 1), 2 * s + 1)),
        Divisors("adams", "Adams", 1, 0),
    )
}
"""The divisor methods by name, first the one of the law; another one is declared here."""


def _declared(name: str) -> Divisors:
    return DIVISORS[name]


DHONDT, SAINTE_LAGUE, ADAMS = DIVISORS["dhondt"], DIVISORS["sainte_lague"], DIVISORS["adams"]


Division: TypeAlias = tuple[list[int], list[int], int, int]
"""Seats as the quotients give them; the sum of won + places + vacant = seats to award.

won: for each name, the seats that it wins for certain. equal: the names, by index, that are equal in a lot on the
last of the seats. places: how many seats that lot is on. vacant: seats that nobody can take.
"""


class Divides(Protocol):
    """A method that divides seats by votes."""

    def division(
        self, votes: list[int], seats: int, held: list[int] | None = None, room: list[int] | None = None
    ) -> Division:
        """Award some seats; see :meth:`Divisors.division`."""


def quotients(
    divisors: Divisors, votes: Sequence[int], start: Sequence[int], end: Sequence[int]
) -> list[tuple[int, int]]:
    """Give (key, index) of each name's quotients from its ``start`` to its ``end``, by whole-number keys.

    With m the largest divisor, two different quotients differ by at least 1 / m². So votes * m² // divisor
    puts them in their order, and is equal exactly where they are.
    """
    if divisors.series is not None:
        ranks = [
            (_priority(divisors, vote, seats), index)
            for index, vote in enumerate(votes)
            for seats in range(start[index], end[index])
        ]
        order = {priority: key for key, priority in enumerate(sorted({priority for priority, _ in ranks}))}
        return [(order[priority], index) for priority, index in ranks]
    step, first = divisors.step, divisors.first
    largest = step * max(end, default=1) + first
    scale = largest * largest
    found = []
    for index, vote in enumerate(votes):
        seats, most = start[index], end[index]
        while seats < most:
            try:
                key = vote * scale // (step * seats + first)
            except ZeroDivisionError:  # which comes before every other
                key = vote * scale * (max(votes) + 1)
            found.append((key, index))
            seats += 1
    return found


def in_order(divisors: Divisors, votes: Sequence[int], start: Sequence[int], end: Sequence[int]) -> list[int]:
    """Give who won each seat, by index, in the order of the quotients; equal ones stay in the order of the votes.

    >>> in_order(DHONDT, [11, 8, 2], [0, 0, 0], [2, 1, 0])
    [0, 1, 0]
    """
    won = quotients(divisors, votes, start, end)
    won.sort(key=itemgetter(0), reverse=True)  # stable
    return [index for _, index in won]


def _free(divisors: Divisors, votes: list[int], seats: int) -> Division:
    """Award seats where nothing is held, nobody is limited, all have votes, and there are seats for about all names.

    The bounds are those of :func:`_bounds`, with factors that are known at once, and the keys of :func:`quotients`.
    """
    step, first, names, whole = divisors.step, divisors.first, len(votes), sum(votes)
    bottom, add = step * whole, (step - first) * whole
    least = step * seats - (step - first) * names
    most = least + step * names
    largest = step * (seats + names) + first
    scale = largest * largest
    won, contested = [], []
    for index, vote in enumerate(votes):
        own, end = (vote * least + add) // bottom, (vote * most + add) // bottom
        won.append(own)
        while own < end:
            contested.append((vote * scale // (step * own + first), index))
            own += 1
    return _with_last(won, contested, seats - sum(won))


def _within(divisors: Divisors, votes: list[int], seats: int, room: list[int]) -> Division:
    """Award fewer seats than there is room for, to names that are limited, and else as in :func:`_free`.

    Who would have its room for certain if nobody had a limit has it: limits of others bring it no fewer seats. It is
    given that, and the others the rest.
    """
    step, less, whole = divisors.step, divisors.step - divisors.first, sum(votes)
    least, add, bottom = step * seats - less * len(votes), less * whole, step * whole
    rest = [index for index, vote in enumerate(votes) if (vote * least + add) // bottom < room[index]]
    won, spare = room.copy(), sum(room) - seats
    while True:
        limits = [room[index] for index in rest]
        own, equal, places, _ = divisors.division([votes[index] for index in rest], sum(limits) - spare)
        if not any(map(gt, own, limits)) and not (equal and any(own[at] == limits[at] for at in equal)):
            break
        rest = [index for at, index in enumerate(rest) if own[at] < limits[at]]
    for at, index in enumerate(rest):
        won[index] = own[at]
    return won, [rest[at] for at in equal], places, 0


def _priority(divisors: Divisors, votes: int, seats: int) -> tuple[bool, int | Fraction]:
    """Give what a name's next quotient is compared by: first whether its divisor is 0, and then the quotient."""
    quotient = divisors.quotient(votes, seats)
    return (True, votes) if quotient is None else (False, quotient)


def _one_by_one(divisors: Divisors, votes: list[int], seats: int, before: list[int], most: list[int]) -> Division:
    """Award seats one after another to the largest quotient, where there are fewer than there is room for."""

    def entry(index: int, own: int) -> tuple[tuple[bool, int | Fraction], int]:
        infinite, quotient = _priority(divisors, votes[index], own)
        return (not infinite, -quotient), index

    have = before.copy()
    heap = [entry(index, own) for index, own in enumerate(have) if own < most[index]]
    heapify(heap)
    while seats:
        last = heap[0][0]
        level = []
        while heap and heap[0][0] == last:
            level.append(heappop(heap)[1])
        if len(level) > seats:
            return list(map(sub, have, before)), sorted(level), seats, 0
        for index in level:
            have[index] += 1
            if have[index] < most[index]:
                heappush(heap, entry(index, have[index]))
        seats -= len(level)
    return list(map(sub, have, before)), [], 0, 0


def _with_last(won: list[int], contested: list[tuple[int, int]], places: int) -> Division:
    """Give the places that are left to the largest of the quotients that are contested, or to a lot among equals."""
    if not places:
        return won, [], 0, 0
    contested.sort(reverse=True)
    last = contested[places - 1][0]
    if len(contested) == places or contested[places][0] < last:
        for _, index in contested[:places]:
            won[index] += 1
        return won, [], 0, 0
    for key, index in contested[:places]:
        if key > last:
            won[index] += 1
            places -= 1
    return won, sorted([index for key, index in contested if key == last]), places, 0


def _bounds(
    divisors: Divisors, votes: list[int], held: list[int], room: list[int], total: int
) -> tuple[list[int], list[int]]:
    """Give for each name the seats that it has for certain, and the most that it can come to have.

    A name has (votes * factor + step - first) / step quotients of at least 1 / factor, rounded down: at most that
    number, and more than that number less 1. Let each name have at least what it holds and at most what it has
    room for. With the factor for which those numbers then sum to the total, all these quotients win, for they are
    no more than the seats. With the factor for which the numbers less 1 do, they are at least as many as the
    seats: all winners are among them, and all who tie with the last.
    """
    step, first = divisors.step, divisors.first

    def at(top: int, bottom: int) -> list[int]:
        """Count each name's quotients of at least 1 / factor, where the factor is top / bottom."""
        shift = (step - first) * bottom
        bottom *= step
        counts = [(vote * top + shift) // bottom for vote in votes]
        return list(map(min, map(max, counts, held), room))

    low = held
    top, bottom, free = _common_factor(votes, held, room, total, step, step - first)
    if top > 0:
        low = at(top, bottom)
        high = at(top + step * free, bottom)  # the larger factor, where it brings nobody else to a bound
        if sum(high) >= total:
            return low, high
    top, bottom, _ = _common_factor(votes, held, room, total, step, -first)
    return low, at(top, bottom)


def _common_factor(
    votes: list[int], least: list[int], most: list[int], total: int, step: int, shift: int
) -> tuple[int, int, int]:
    """Give the factor top / bottom with which (votes * factor + shift) / step, kept between bounds, sums to total.

    It is found by fixing, round for round, the names that end at their bound: where the bounds together take
    away more than they add, the factor must grow, so that who is over its bound stays there; else the reverse.
    The third number is how many names end between their bounds.
    """
    free = list(zip(votes, least, most, strict=True))
    while True:
        bottom = sum([each[0] for each in free])
        top = step * total - shift * len(free)
        over, under, between = [], [], []
        excess = lack = 0
        add, unit = shift * bottom, step * bottom
        for each in free:
            vote, lower, upper = each
            share = vote * top + add
            if share > upper * unit:
                over.append(each)
                excess += share - upper * unit
            elif share < lower * unit:
                under.append(each)
                lack += lower * unit - share
            else:
                between.append(each)
        if excess == lack:
            return top, bottom, len(free)
        if excess > lack:
            total -= sum([each[2] for each in over])
            free = between + under
        else:
            total -= sum([each[1] for each in under])
            free = between + over
