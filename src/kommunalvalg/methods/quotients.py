"""The arithmetic of the divisor methods: which quotients win, on plain lists of whole numbers.

Seat by seat this would take as long as there are seats. But the size of each name's share is known beforehand
to within a seat: if the votes are divided by the same number for all, so that the shares sum to the seats, then
the true result differs from the rounded shares by at most one for each name. The seats that are certain from
that are given at once, and only the few quotients around the shares, about two for each name, are compared.
"""

from collections.abc import Iterable, Sequence
from operator import lt, sub
from typing import TypeAlias

import attrs

__all__ = ["ADAMS", "DHONDT", "SAINTE_LAGUE", "Division", "Divisors", "distribute", "quotients"]


@attrs.frozen
class Divisors:
    """A series of divisors: ``step * s + first`` for a name that has ``s`` seats, where first <= step."""

    name: str
    step: int
    first: int


DHONDT = Divisors("d'Hondt", 1, 1)
SAINTE_LAGUE = Divisors("Sainte-Laguë", 2, 1)
ADAMS = Divisors("Adams", 1, 0)


Division: TypeAlias = tuple[list[int], list[int], int, int]
"""Seats as the quotients give them; the sum of won + places + vacant = seats to award.

won: for each name, the seats that it wins for certain. level: the names, by index, that are equal in a lot on the
last of the seats. places: how many seats that lot is on. vacant: seats that nobody can take.
"""


def distribute(
    divisors: Divisors, votes: list[int], seats: int, held: list[int] | None = None, room: list[int] | None = None
) -> Division:
    """Award seats to the largest quotients, exactly.

    Args:
        divisors: the series of divisors.
        votes: the votes of each name; at least one.
        seats: the seats to award.
        held: the seats that each holds already.
        room: the most that each may hold in all, at least what it holds.

    >>> distribute(DHONDT, [11, 8, 2], 9)
    ([5, 3, 0], [1, 2], 1, 0)
    """
    if not held and 0 not in votes:
        low, high = _shares(divisors, votes, seats)
        if not room or not any(map(lt, room, high)):  # a limit that nobody can come to reach changes nothing
            return _winners(divisors, votes, low, high, seats, 0)
    before = held or [0] * len(votes)
    most = room or [had + seats for had in before]
    if 0 in votes:  # who has no votes never wins a seat
        most = [end if count else had for count, had, end in zip(votes, before, most, strict=True)]
    vacant = max(0, seats + sum(before) - sum(most))
    total = sum(before) + seats - vacant
    low, high = _bounds(divisors, votes, before, most, total)
    won, level, places, vacant = _winners(divisors, votes, low, high, total, vacant)
    return list(map(sub, won, before)), level, places, vacant


def quotients(
    divisors: Divisors, votes: Sequence[int], start: Sequence[int], end: Sequence[int]
) -> list[tuple[int, int]]:
    """Give (key, index) of each name's quotients from its ``start`` to its ``end``, by whole-number keys.

    With m the largest divisor, two different quotients differ by at least 1 / m². So votes * m² // divisor
    puts them in their order, and is equal exactly where they are.
    """
    step, first = divisors.step, divisors.first
    largest = step * max(end, default=1) + first
    scale = largest * largest
    found = []
    for index, vote in enumerate(votes):
        seats, most = start[index], end[index]
        while seats < most:
            divisor = step * seats + first
            found.append((vote * scale // divisor if divisor else vote * scale * (max(votes) + 1), index))
            seats += 1
    return found


def _winners(
    divisors: Divisors, votes: list[int], low: list[int], high: list[int], total: int, vacant: int
) -> Division:
    """Give everybody the seats of ``low``, and the others, up to ``total``, to the largest quotients up to ``high``."""
    places = total - sum(low)
    won = low.copy()
    if not places:
        return won, [], 0, vacant
    contested = quotients(divisors, votes, low, high)
    contested.sort(reverse=True)
    last = contested[places - 1][0]
    if len(contested) == places or contested[places][0] < last:
        for _, index in contested[:places]:
            won[index] += 1
        return won, [], 0, vacant
    for key, index in contested[:places]:
        if key > last:
            won[index] += 1
            places -= 1
    return won, sorted([index for key, index in contested if key == last]), places, vacant


def _shares(divisors: Divisors, votes: list[int], total: int) -> tuple[list[int], list[int]]:
    """Give the bounds of :func:`_bounds` where nothing is held, nobody is limited, and all have votes."""
    step, first = divisors.step, divisors.first
    whole = sum(votes)
    least = total - -(-len(votes) * (step - first) // step)
    most = total - (-len(votes) * first // step)
    top, bottom, shift = most * step, whole * step, (step - first) * whole
    high = [(count * top + shift) // bottom for count in votes]
    if least <= 0:
        return [0] * len(votes), high
    top = least * step
    return [(count * top + shift) // bottom for count in votes], high


def _bounds(
    divisors: Divisors, votes: list[int], held: list[int], room: list[int], total: int
) -> tuple[list[int], list[int]]:
    """Give for each name the seats that it has for certain, and the most that it can come to have.

    Let a name's share be its votes times a factor common to all, but at least what it holds and at most
    what it has room for. The quotients that are at least step / factor number more than
    share - first / step and at most share + 1 - first / step. So where the shares sum to the total less
    (step - first) / step for each name, all those quotients win; and where they sum to the total and
    first / step more for each name, all winners are among them, and all who tie with the last.
    """
    step, first = divisors.step, divisors.first
    least = total - -(-len(votes) * (step - first) // step)
    most = total - (-len(votes) * first // step)

    def at(top: int, bottom: int) -> list[int]:
        """Count each name's quotients that are at least step / factor."""
        top, bottom, shift = top * step, bottom * step, (step - first) * bottom
        counts = [(vote * top + shift) // bottom for vote in votes]
        return list(map(min, map(max, counts, held), room))

    low = held
    if least > sum(held):
        top, bottom = _common_factor(votes, held, room, least)
        low = at(top, bottom)
        high = at(top + most - least, bottom)  # the larger factor, where it brings nobody else to a bound
        if sum(high) >= total:
            return low, high
    return low, room if most >= sum(room) else at(*_common_factor(votes, held, room, most))


def _common_factor(votes: list[int], least: list[int], most: list[int], total: int) -> tuple[int, int]:
    """Give the factor, as (top, bottom), with which votes * factor, kept between least and most, sums to total.

    It is found by fixing, round for round, the names that end at their bound: where the bounds together take
    away more than they add, the factor must grow, so that who is over its bound stays there; else the reverse.
    """
    free: Iterable[int] = range(len(votes))
    limited = any(least)
    while True:
        top, bottom = total, sum([votes[i] for i in free])
        over = [i for i in free if votes[i] * top > most[i] * bottom]
        under = [i for i in free if votes[i] * top < least[i] * bottom] if limited else []
        if over and under:
            excess = sum([votes[i] * top - most[i] * bottom for i in over])
            lack = sum([least[i] * bottom - votes[i] * top for i in under])
            over, under = (over if excess > lack else []), (under if excess < lack else [])
        if not over and not under:
            return top, bottom
        total -= sum([most[i] for i in over]) + sum([least[i] for i in under])
        free = [i for i in free if i not in over and i not in under]
