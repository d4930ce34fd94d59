"""Who can decide: coalitions with a majority, power, majorities of seats without one of votes, disproportionality.

Everything is exact; where a root has to be taken, its square is given too.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import factorial, sqrt
from typing import TypeAlias

import attrs

from kommunalvalg.analysis.cases import Contested, Row, distribution_of, standing_of
from kommunalvalg.errors import ElectionError, LotError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.methods.units import every_alliance
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, listed

__all__ = [
    "Coalition",
    "Coalitions",
    "Disproportionality",
    "Majorities",
    "Power",
    "Powers",
    "UnitMajority",
    "disproportionality",
    "power",
    "seat_majorities",
    "winning_coalitions",
]

Seated: TypeAlias = Contested | Mapping[str, int]
"""Who has how many seats: a mapping, or an election or its result."""


def _seats_of(seated: Seated) -> FrozenDict[str, int]:
    """Return name -> seats, checked.

    Raises:
        VoteError: a name or a count is not one, or there are no seats.
        LotError: a lot that is open decides who has them.
    """
    if isinstance(seated, Mapping):
        seats = checked_counts(seated, "seats", what=N_("a number of seats"))
    else:
        seats = _settled(distribution_of(seated))
    if not sum(seats.values()):
        raise VoteError("seats are 0 in all; a majority needs at least 1")
    return seats


def _settled(contest: ProportionalCase) -> FrozenDict[str, int]:
    standing = standing_of(contest)
    if not standing.complete:
        waiting = [key for key in contest.votes if standing.certain[key] != standing.possible[key]]
        raise LotError(
            "a lot among {names} is open; draw it, and give the seats that come of it as a mapping",
            names=listed(waiting),
        )
    return FrozenDict(standing.certain)


def _needed(seats: Mapping[str, int], needed: int | None) -> int:
    """Return the seats that a majority takes: more than half, unless more are asked for."""
    total = sum(seats.values())
    least = total // 2 + 1
    if needed is None:
        return least
    number = checked_count("needed", needed, what=N_("a number of seats"), least=least)
    if number > total:
        raise VoteError("{field} is {value}; there are {seats} seats", field="needed", value=number, seats=shown(total))
    return number


# Coalitions


@attrs.frozen
class Coalition:
    """Some who have a majority together, and none of whom it can spare.

    Attributes:
        members: their names, in the order of the seats mapping.
        seats: their seats together.
    """

    members: tuple[str, ...]
    seats: int


@attrs.frozen
class Coalitions:
    """Every minimal winning coalition.

    Attributes:
        needed: the seats that a majority takes.
        seats: name -> seats.
        minimal: the coalitions, those with the fewest members first, then those with the fewest seats.
    """

    needed: int
    seats: Mapping[str, int]
    minimal: tuple[Coalition, ...]

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each coalition."""
        return tuple(
            {"coalition": "+".join(each.members), "members": len(each.members), "seats": each.seats}
            for each in self.minimal
        )


_MOST_SEATED = 20
"""How many who hold seats the coalitions are listed of; among more there can be more than anybody reads."""


def winning_coalitions(seated: Seated, *, needed: int | None = None) -> Coalitions:
    """List the minimal winning coalitions: those with a majority that the loss of any member would end.

    Args:
        seated: name -> seats, or an election or its result.
        needed: the seats that a majority takes (default: more than half of all).

    Raises:
        VoteError: a name or a count is not one, there are no seats, or ``needed`` is no majority.
        LotError: a lot that is open decides who has the seats.
        ElectionError: more than twenty hold seats.

    >>> for coalition in winning_coalitions({"A": 4, "B": 3, "C": 2}).minimal:
    ...     print(coalition.members, coalition.seats)
    ('B', 'C') 5
    ('A', 'C') 6
    ('A', 'B') 7
    """
    seats = _seats_of(seated)
    majority = _needed(seats, needed)
    names = sorted((name for name, count in seats.items() if count), key=lambda name: -seats[name])
    if len(names) > _MOST_SEATED:
        raise ElectionError(
            "{count} hold seats; coalitions are listed of at most {most}", count=len(names), most=_MOST_SEATED
        )
    order = list(seats)
    coalitions = [
        Coalition(tuple(sorted(members, key=order.index)), sum(seats[name] for name in members))
        for members in _minimal(names, seats, majority)
    ]
    coalitions.sort(key=lambda each: (len(each.members), each.seats, [order.index(name) for name in each.members]))
    return Coalitions(majority, seats, tuple(coalitions))


def _minimal(names: list[str], seats: Mapping[str, int], needed: int) -> Iterator[tuple[str, ...]]:
    """Give the coalitions by falling seats; who is added last is the smallest, so that without it they lose."""
    for at, name in enumerate(names):
        if seats[name] >= needed:
            yield (name,)
        else:
            rest = names[at + 1 :]
            if seats[name] + sum(seats[other] for other in rest) < needed:
                return
            for others in _minimal(rest, seats, needed - seats[name]):
                yield (name, *others)


# Power


@attrs.frozen
class Power:
    """How much somebody can decide.

    Attributes:
        name: who.
        seats: the seats.
        swings: the number of coalitions of others that lose without it and win with it.
        banzhaf: the swings as a share of everybody's (Banzhaf's index).
        absolute: the swings as a share of all coalitions of the others: the chance of deciding, when every
            other votes yes or no with equal chances (Penrose).
        shapley_shubik: the share of all orders of joining in which it is the one who completes a majority.
    """

    name: str
    seats: int
    swings: int
    banzhaf: Fraction
    absolute: Fraction
    shapley_shubik: Fraction


@attrs.frozen
class Powers:
    """The power of everybody.

    Attributes:
        needed: the seats that a majority takes.
        of: name -> power, in the order of the seats.
    """

    needed: int
    of: Mapping[str, Power]

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each name, shares as decimals."""
        return tuple(
            {
                "name": its.name,
                "seats": its.seats,
                "swings": its.swings,
                "banzhaf": float(its.banzhaf),
                "absolute": float(its.absolute),
                "shapley_shubik": float(its.shapley_shubik),
            }
            for its in self.of.values()
        )


def power(seated: Seated, *, needed: int | None = None) -> Powers:
    """Compute the power of everybody, exactly, by counting coalitions by their seats and their members.

    Arguments and errors are those of :func:`winning_coalitions`; the number of names is not limited.

    >>> found = power({"A": 4, "B": 3, "C": 2, "D": 0})
    >>> [(name, str(its.banzhaf), str(its.shapley_shubik)) for name, its in found.of.items()]
    [('A', '1/3', '1/3'), ('B', '1/3', '1/3'), ('C', '1/3', '1/3'), ('D', '0', '0')]
    """
    seats = _seats_of(seated)
    majority = _needed(seats, needed)
    everybody = [[0] * majority for _ in range(len(seats) + 1)]
    everybody[0][0] = 1
    for count in seats.values():
        _join(everybody, count)
    swings = {name: _decided(everybody, count, majority) for name, count in seats.items()}
    all_swings = sum(sum(own) for own in swings.values())
    orders, others = factorial(len(seats)), len(seats) - 1
    return Powers(
        majority,
        FrozenDict(
            {
                name: Power(
                    name,
                    seats[name],
                    sum(own),
                    Fraction(sum(own), all_swings),
                    Fraction(sum(own), 2**others),
                    Fraction(
                        sum(
                            number * factorial(members) * factorial(others - members)
                            for members, number in enumerate(own)
                        ),
                        orders,
                    ),
                )
                for name, own in swings.items()
            }
        ),
    )


def _join(coalitions: list[list[int]], seats: int) -> None:
    """Count the coalitions that somebody joins; ``coalitions[members][seats]`` is how many there are, if they lose."""
    for members in range(len(coalitions) - 1, 0, -1):
        smaller, row = coalitions[members - 1], coalitions[members]
        for total in range(len(row) - 1, seats - 1, -1):
            row[total] += smaller[total - seats]


def _decided(everybody: list[list[int]], seats: int, needed: int) -> list[int]:
    """Count by members the coalitions of others that lose, and win with so many seats more.

    Coalitions of the others are all coalitions less those that it is in: those of others with so many seats fewer.
    """
    others = [list(everybody[0])]
    for row in everybody[1:-1]:
        before = others[-1]
        others.append([count - (before[total - seats] if total >= seats else 0) for total, count in enumerate(row)])
    return [sum(row[max(0, needed - seats) :]) for row in others]


# Majorities of seats and of votes


@attrs.frozen
class UnitMajority:
    """A list or an alliance that has a majority of the seats or of the votes.

    Attributes:
        name: the list, or the alliance.
        lists: its lists.
        seats: its seats.
        votes: its votes.
        of_seats: whether it has more than half of the seats.
        of_votes: whether it has more than half of the votes.
    """

    name: str
    lists: tuple[str, ...]
    seats: int
    votes: int
    of_seats: bool
    of_votes: bool


@attrs.frozen
class Majorities:
    """Who has a majority of the seats or of the votes.

    Attributes:
        seats: the seats that were awarded.
        votes: the votes of all lists.
        units: the lists, and the alliances, with one or the other.
    """

    seats: int
    votes: int
    units: tuple[UnitMajority, ...]

    @property
    def without_votes(self) -> tuple[UnitMajority, ...]:
        """Those with a majority of the seats and none of the votes."""
        return tuple(unit for unit in self.units if not unit.of_votes)

    @property
    def without_seats(self) -> tuple[UnitMajority, ...]:
        """Those with a majority of the votes and none of the seats."""
        return tuple(unit for unit in self.units if not unit.of_seats)

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list and alliance with a majority of the seats or of the votes."""
        return tuple(
            {
                "name": unit.name,
                "seats": unit.seats,
                "of_seats": unit.of_seats,
                "votes": unit.votes,
                "of_votes": unit.of_votes,
            }
            for unit in self.units
        )


def seat_majorities(asked: Contested) -> Majorities:
    """Say which lists and alliances have more than half of the seats, and whether they have it of the votes.

    Args:
        asked: a council election or its result, or a ``proportional_election``.

    Raises:
        VoteError: it is something else.
        LotError: a lot that is open decides who has the seats.

    >>> from kommunalvalg import proportional_election
    >>> found = seat_majorities(proportional_election({"A": 46, "B": 30, "C": 24}, 5))
    >>> [(unit.name, unit.seats, unit.votes) for unit in found.without_votes]
    [('A', 3, 46)]
    """
    contest = distribution_of(asked)
    seats = _settled(contest)
    awarded, cast = sum(seats.values()), sum(contest.votes.values())
    units = {key: (key,) for key in contest.votes} | {each.name: each.lists for each in every_alliance(contest.units)}
    found = []
    for name, lists in units.items():
        own, votes = (sum(counts[key] for key in lists) for counts in (seats, contest.votes))
        if 2 * own > awarded or 2 * votes > cast:
            found.append(UnitMajority(name, lists, own, votes, 2 * own > awarded, 2 * votes > cast))
    return Majorities(awarded, cast, tuple(found))


@attrs.frozen
class Disproportionality:
    """How far the shares of the seats are from those of the votes, over all lists.

    Attributes:
        loosemore_hanby: half the sum of the differences: the share of the seats that stand with others than the
            votes would have them.
        gallagher_squared: half the sum of the squared differences, of shares from 0 to 1.
        differences: list -> its share of the seats less its share of the votes.
    """

    loosemore_hanby: Fraction
    gallagher_squared: Fraction
    differences: Mapping[str, Fraction]

    @property
    def gallagher(self) -> float:
        """The least squares index of Gallagher in percentage points, as it is usually given."""
        return 100 * sqrt(self.gallagher_squared)

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: the difference in percentage points, as a decimal."""
        return tuple({"list": key, "difference": float(100 * more)} for key, more in self.differences.items())


def disproportionality(asked: Contested) -> Disproportionality:
    """Measure how far the seats are from proportional to the votes.

    Arguments and errors are those of :func:`seat_majorities`; also refused is an election without seats or votes.

    >>> from kommunalvalg import proportional_election
    >>> found = disproportionality(proportional_election({"A": 46, "B": 30, "C": 24}, 5))
    >>> str(found.loosemore_hanby), str(found.gallagher_squared), round(found.gallagher, 2)
    ('7/50', '39/2500', 12.49)
    """
    contest = distribution_of(asked)
    seats = _settled(contest)
    awarded, cast = sum(seats.values()), sum(contest.votes.values())
    if not awarded:
        raise VoteError("seats are 0 in all; shares of them need at least 1")
    differences = {key: Fraction(count, awarded) - Fraction(contest.votes[key], cast) for key, count in seats.items()}
    return Disproportionality(
        sum((abs(more) for more in differences.values()), Fraction()) / 2,
        sum((more * more for more in differences.values()), Fraction()) / 2,
        FrozenDict(differences),
    )
