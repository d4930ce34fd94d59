"""Who can decide: coalitions with a majority, power, and majorities of seats without one of votes."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import factorial
from typing import Any, TypeAlias

import attrs

from kommunalvalg.analysis.cases import AboutElection, Contested, Row, distribution_of, standing_of
from kommunalvalg.errors import ElectionError, LotError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When, day_of_law
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.methods.counted import Counted
from kommunalvalg.methods.quotients import DHONDT, Divides
from kommunalvalg.methods.units import Alliance, every_alliance, name_of
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.typed import checked_kind
from kommunalvalg.votes import checked_count, checked_counts, listed

__all__ = [
    "Coalition",
    "Coalitions",
    "CoalitionsCase",
    "Majorities",
    "MajoritiesCase",
    "Power",
    "Powers",
    "PowersCase",
    "Seated",
    "UnitMajority",
    "power",
    "seat_majorities",
    "settled_seats",
    "winning_coalitions",
]

Seated: TypeAlias = Contested | Mapping[str, int]
"""Who has how many seats, as a mapping, or an election or its result."""


def _seats_of(seated: Seated) -> FrozenDict[str, int]:
    """Return name -> seats, checked.

    Raises:
        VoteError: a name or a count is not one, or there are no seats.
        LotError: a lot that is open decides who has them.
    """
    if isinstance(seated, Mapping):
        seats = checked_counts(seated, "seats", what=N_("a number of seats"))
    else:
        case = distribution_of(seated)
        # A result in which the lots over the seats are drawn has them as they fell.
        result: Any = getattr(seated, "proportional", seated)
        drawn = getattr(result, "draws", ()) and not getattr(result, "ties", ())
        seats = result.seats if drawn else settled_seats(case)
    if not sum(seats.values()):
        raise VoteError("{field} are {value} in all; a majority needs at least 1", field="seats", value=0)
    return seats


def settled_seats(case: ProportionalCase, method: Divides = DHONDT) -> FrozenDict[str, int]:
    """Give the seats of each list, which no open lot decides.

    Raises:
        LotError: a lot that is open decides who has them.

    >>> from kommunalvalg import proportional_election
    >>> settled_seats(proportional_election({"A": 46, "B": 30, "C": 24}, 5).case)
    {'A': 3, 'B': 1, 'C': 1}
    """
    standing = standing_of(case, method)
    if not standing.complete:
        waiting = [key for key in case.votes if standing.certain[key] != standing.possible[key]]
        raise LotError(
            "a lot among {lists} is open; draw it, and give the seats that come of it as a mapping",
            lists=listed(waiting),
        )
    return FrozenDict(standing.certain)


def _or_half(needed: int | None) -> int:
    """Take the seats that a majority takes, which may be left out, to be checked when the seats are known."""
    return needed  # type: ignore[return-value]  # it is one when it is checked


def _needed(seats: Mapping[str, int], needed: int | None) -> int:
    """Return the seats that a majority takes: more than half, unless more are asked for."""
    total = sum(seats.values())
    least = total // 2 + 1
    if needed is None:
        return least
    number = checked_count("needed", needed, what=N_("a number of seats"), least=least)
    if number > total:
        raise VoteError("{field} is {value}; there are {total} seats", field="needed", value=number, total=total)
    return number


def _seated(seated: Seated) -> FrozenDict[str, int]:
    return _seats_of(seated)


def _when(when: When) -> int | str | None:
    day_of_law(when)
    return when.isoformat() if isinstance(when, date) else when


def _elected(seated: Seated) -> dict[str, Any]:
    """Say by whose law seats were elected, and how far they are counted; nothing of seats that were given."""
    if isinstance(seated, Mapping):
        return {}
    case = distribution_of(seated)
    return {"when": case.when, "counted": case.counted}


@attrs.frozen(kw_only=True)
class _OfSeats:
    """A question about who has how many seats.

    Args:
        seats: name -> seats, or an election or its result.
        needed: the seats that a majority takes; None for more than half of all.
        when: the election year or the day whose law the seats were elected by; None for seats by no law: that more than
            half decide is counting, and no rule here.
        counted: how far the votes are counted that the seats rest on; None where they are final.
    """

    seats: FrozenDict[str, int] = attrs.field(converter=_seated)
    needed: int = attrs.field(default=None, converter=_or_half)
    when: int | str | None = attrs.field(default=None, converter=_when)
    counted: Counted | None = None

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "needed", _needed(self.seats, self.needed))
        if self.counted is not None:
            checked_kind("counted", self.counted, Counted)

    @property
    def law(self) -> int | str | None:
        """The election year or the day whose law the seats were elected by; None where that is none."""
        return self.when


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


@attrs.frozen(kw_only=True)
class CoalitionsCase(_OfSeats):
    """The question which coalitions have a majority, as for :func:`winning_coalitions`."""

    def __attrs_post_init__(self) -> None:
        _OfSeats.__attrs_post_init__(self)
        seated = sum(map(bool, self.seats.values()))
        if seated > _MOST_SEATED:
            raise ElectionError(
                "{value} hold seats; coalitions are listed of at most {most}",
                field="seats",
                value=seated,
                most=_MOST_SEATED,
            )

    def settled(self, _urn: Urn) -> "Coalitions":
        """List the coalitions; a question has no lots."""
        seats, order = self.seats, list(self.seats)
        names = sorted(seats, key=lambda name: -seats[name])
        coalitions = [
            Coalition(tuple(sorted(members, key=order.index)), sum(seats[name] for name in members))
            for members in _minimal(names, seats, self.needed)
        ]
        coalitions.sort(key=lambda each: (len(each.members), each.seats, [order.index(name) for name in each.members]))
        return Coalitions(minimal=tuple(coalitions), case=self)


@attrs.frozen(kw_only=True)
class Coalitions(Result):
    """Every minimal winning coalition.

    Attributes:
        minimal: the coalitions, those with the fewest members first, then those with the fewest seats.
        case: the seats, and how many a majority takes.
    """

    minimal: tuple[Coalition, ...]
    case: CoalitionsCase = attrs.field(repr=False)

    @property
    def needed(self) -> int:
        """The seats that a majority takes."""
        return self.case.needed

    @property
    def seats(self) -> Mapping[str, int]:
        """Name -> seats."""
        return self.case.seats

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
    return settle(CoalitionsCase(seats=seated, needed=needed, **_elected(seated)))


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


@attrs.frozen(kw_only=True)
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


@attrs.frozen(kw_only=True)
class PowersCase(_OfSeats):
    """The question how much everybody can decide, as for :func:`power`."""

    def settled(self, _urn: Urn) -> "Powers":
        """Count the coalitions; a question has no lots."""
        seats, majority = self.seats, self.needed
        losing = _Losing(tuple(seats.values()), majority)
        decided = {count: losing.decided(count) for count in set(seats.values())}
        swings = {name: decided[count] for name, count in seats.items()}
        all_swings = sum(sum(own) for own in swings.values())
        orders, others = factorial(len(seats)), len(seats) - 1
        of = {
            name: Power(
                name=name,
                seats=seats[name],
                swings=sum(own),
                banzhaf=Fraction(sum(own), all_swings),
                absolute=Fraction(sum(own), 2**others),
                shapley_shubik=Fraction(
                    sum(
                        number * factorial(members) * factorial(others - members) for members, number in enumerate(own)
                    ),
                    orders,
                ),
            )
            for name, own in swings.items()
        }
        return Powers(of=FrozenDict(of), case=self)


@attrs.frozen(kw_only=True)
class Powers(Result):
    """The power of everybody.

    Attributes:
        of: name -> power, in the order of the seats.
        case: the seats, and how many a majority takes.
    """

    of: Mapping[str, Power] = attrs.field(repr=shown)
    case: PowersCase = attrs.field(repr=False)

    @property
    def needed(self) -> int:
        """The seats that a majority takes."""
        return self.case.needed

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each name, shares as decimals."""
        return tuple(
            {
                "name": each.name,
                "seats": each.seats,
                "swings": each.swings,
                "banzhaf": float(each.banzhaf),
                "absolute": float(each.absolute),
                "shapley_shubik": float(each.shapley_shubik),
            }
            for each in self.of.values()
        )


def power(seated: Seated, *, needed: int | None = None) -> Powers:
    """Compute the power of everybody, exactly, by counting coalitions by their seats and their members.

    Arguments and errors are those of :func:`winning_coalitions`; the number of names is not limited.

    >>> found = power({"A": 4, "B": 3, "C": 2, "D": 0})
    >>> [(name, str(its.banzhaf), str(its.shapley_shubik)) for name, its in found.of.items()]
    [('A', '1/3', '1/3'), ('B', '1/3', '1/3'), ('C', '1/3', '1/3'), ('D', '0', '0')]
    """
    return settle(PowersCase(seats=seated, needed=needed, **_elected(seated)))


class _Losing:
    """How many coalitions lose, by their members and their seats.

    Those of as many members are one number with a digit for each number of seats, so that all are added at once; no
    digit comes to be more than the coalitions that there are, which its bits have room for.
    """

    def __init__(self, everybody: tuple[int, ...], needed: int) -> None:
        self._needed = needed
        self._bits = len(everybody) + 1
        self._losing = (1 << self._bits * needed) - 1
        self._by_members = [1] + [0] * len(everybody)
        for at, seats in enumerate(everybody, start=1):
            for members in range(at, 0, -1):
                self._by_members[members] += self._joined(self._by_members[members - 1], seats)

    def _joined(self, coalitions: int, seats: int) -> int:
        """Let somebody join coalitions, and keep those that lose."""
        return coalitions << self._bits * seats & self._losing

    def decided(self, seats: int) -> list[int]:
        """Count by members the coalitions of others that lose, and win with so many seats more.

        Coalitions of the others are all coalitions less those that it is in: those of others with so many seats fewer.
        """
        found, others = [], 0
        for everybody in self._by_members[:-1]:
            others = everybody - self._joined(others, seats)
            close = others >> self._bits * max(0, self._needed - seats)
            found.append(close % ((1 << self._bits) - 1))  # the sum of the digits
        return found


# Majorities of seats and of votes


@attrs.frozen(kw_only=True)
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


@attrs.frozen(kw_only=True)
class MajoritiesCase(AboutElection):
    """The question who has a majority of the seats or of the votes.

    Args:
        election: the election, or its result.

    Raises:
        VoteError: it is none.
    """

    def settled(self, _urn: Urn) -> "Majorities":
        """Compare seats and votes; a question has no lots.

        Raises:
            LotError: a lot that is open decides who has the seats.
        """
        case = self.election
        seats = settled_seats(case)
        awarded, cast = sum(seats.values()), sum(map(case.votes_of, case.units))
        majorities = []
        units: tuple[str | Alliance, ...] = (*case.votes, *every_alliance(case.units))
        for unit in units:
            name, lists = name_of(unit), (unit,) if isinstance(unit, str) else unit.lists
            own, votes = sum(seats[key] for key in lists), case.votes_of(unit)
            if 2 * own > awarded or 2 * votes > cast:
                majorities.append(
                    UnitMajority(
                        name=name,
                        lists=lists,
                        seats=own,
                        votes=votes,
                        of_seats=2 * own > awarded,
                        of_votes=2 * votes > cast,
                    )
                )
        return Majorities(seats=awarded, votes=cast, units=tuple(majorities), case=self)


@attrs.frozen(kw_only=True)
class Majorities(Result):
    """Who has a majority of the seats or of the votes.

    Attributes:
        seats: the seats that were awarded.
        votes: the votes of all lists.
        units: the lists, and the alliances, with one or the other.
        case: what was asked about.
    """

    seats: int
    votes: int
    units: tuple[UnitMajority, ...]
    case: MajoritiesCase = attrs.field(repr=False)

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


def seat_majorities(election: Contested) -> Majorities:
    """Say which lists and alliances have more than half of the seats, and whether they have it of the votes.

    Args:
        election: a council election or its result, or a ``proportional_election``.

    Raises:
        VoteError: it is something else.
        LotError: a lot that is open decides who has the seats.

    >>> from kommunalvalg import proportional_election
    >>> found = seat_majorities(proportional_election({"A": 46, "B": 30, "C": 24}, 5))
    >>> [(unit.name, unit.seats, unit.votes) for unit in found.without_votes]
    [('A', 3, 46)]
    """
    return settle(MajoritiesCase(election=election))
