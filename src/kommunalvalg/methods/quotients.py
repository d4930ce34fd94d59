"""The arithmetic of the divisor methods: which quotients win, on plain lists of whole numbers.

Seat by seat this would take as long as there are seats. But the size of each name's share is known beforehand
to within a seat: if the votes are divided by the same number for all, so that the shares sum to the seats, then
the true result differs from the rounded shares by at most one for each name. The seats that are certain from
that are given at once, and only the few quotients around the shares, about two for each name, are compared.
"""

from collections.abc import Sequence
from operator import lt, sub
from typing import TypeAlias

import attrs

__all__ = ["ADAMS", "DHONDT", "DIVISORS", "SAINTE_LAGUE", "Division", "Divisors", "distribute", "quotients"]


@attrs.frozen
class Divisors:
    """A series of divisors: ``step * s + first`` for a name that has ``s`` seats, where first <= step.

    Attributes:
        name: what programs call the method.
        title: what people call it.
    """

    name: str
    title: str
    step: int
    first: int


DHONDT = Divisors("dhondt", "d'Hondt", 1, 1)
SAINTE_LAGUE = Divisors("sainte_lague", "Sainte-Laguë", 2, 1)
ADAMS = Divisors("adams", "Adams", 1, 0)

DIVISORS = {each.name: each for each in (DHONDT, SAINTE_LAGUE, ADAMS)}
"""The divisor methods by name; another one is declared here."""


Division: TypeAlias = tuple[list[int], list[int], int, int]
"""Seats as the quotients give them; the sum of won + places + vacant = seats to award.

won: for each name, the seats that it wins for certain. equal: the names, by index, that are equal in a lot on the
last of the seats. places: how many seats that lot is on. vacant: seats that nobody can take.
"""


def distribute(
    divisors: Divisors, votes: list[int], seats: int, held: list[int] | None = None, room: list[int] | None = None
) -> Division:
    """Award seats to the largest quotients, exactly.

    Args:
        divisors: the series of divisors.
        votes: the votes of each name, of at least one name.
        seats: the seats to award.
        held: the seats that each holds already.
        room: the most that each may hold in all, at least what it holds.

    >>> distribute(DHONDT, [11, 8, 2], 9)
    ([5, 3, 0], [1, 2], 1, 0)
    """
    if not held and 0 not in votes:
        low, high = _shares(divisors, votes, seats)
        if not room or not any(map(lt, room, high)):  # a limit that nobody can come to reach changes nothing
            return _winners(divisors, votes, low, high, seats)
    before = held or [0] * len(votes)
    most = room or [had + seats for had in before]
    if 0 in votes:  # who has no votes never wins a seat
        most = [end if count else had for count, had, end in zip(votes, before, most, strict=True)]
    vacant = seats + sum(before) - sum(most)
    if vacant >= 0:  # all have as much as they may
        return list(map(sub, most, before)), [], 0, vacant
    if not seats:
        return [0] * len(votes), [], 0, 0
    total = sum(before) + seats
    low, high = _bounds(divisors, votes, before, most, total)
    won, equal, places, _ = _winners(divisors, votes, low, high, total)
    return list(map(sub, won, before)), equal, places, 0


def quotients(
    divisors: Divisors, votes: Sequence[int], start: Sequence[int], end: Sequence[int]
) -> list[tuple[int, int]]:
    """Give (key, index) of each name's quotients from its ``start`` to its ``end``, by whole-number keys.

    With m the largest divisor, two different quotients differ by at least 1 / m². So votes * m² // divisor
    puts them in their order, and is equal exactly where they are.
    """
    step, first = divisors.step, divisors.first
    largest = step * max(end or [1]) + first
    scale = largest * largest
    found = []
    for index, vote in enumerate(votes):
        seats, most = start[index], end[index]
        while seats < most:
            divisor = step * seats + first
            found.append((vote * scale // divisor if divisor else vote * scale * (max(votes) + 1), index))
            seats += 1
    return found


def _winners(divisors: Divisors, votes: list[int], low: list[int], high: list[int], total: int) -> Division:
    """Give everybody the seats of ``low``, and the others, up to ``total``, to the largest quotients up to ``high``."""
    places = total - sum(low)
    won = low.copy()
    if not places:
        return won, [], 0, 0
    contested = quotients(divisors, votes, low, high)
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


def _shares(divisors: Divisors, votes: list[int], total: int) -> tuple[list[int], list[int]]:
    """Give the bounds of :func:`_bounds`, quickly, where nothing is held, nobody is limited, and all have votes."""
    step, names, whole = divisors.step, len(votes), sum(votes)
    less = step - divisors.first
    bottom, shift = step * whole, less * whole
    top = step * total - less * names
    low = [(vote * top + shift) // bottom for vote in votes] if top > 0 else [0] * names
    top += step * names
    return low, [(vote * top + shift) // bottom for vote in votes]


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
