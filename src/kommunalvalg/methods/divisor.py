"""Divisor methods: d'Hondt, and Sainte-Laguë and Adams for comparison; with seats held and capacities.

A name's votes are divided by a rising series of divisors, and the largest quotients take the seats. Quotients
are compared exactly (:mod:`kommunalvalg.methods.quotients`).
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import itemgetter

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.methods.quotients import ADAMS, DHONDT, DIVISORS, SAINTE_LAGUE, Divisors, distribute, quotients
from kommunalvalg.text import N_
from kommunalvalg.votes import as_given, checked_count, checked_counts, checked_votes, listed

__all__ = [
    "ADAMS",
    "DHONDT",
    "DIVISORS",
    "SAINTE_LAGUE",
    "DivisorCase",
    "Divisors",
    "adams",
    "dhondt",
    "sainte_lague",
]


def dhondt(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> Allocation:
    """Distribute seats by d'Hondt's method: the votes divided by 1, 2, 3, ...; the largest quotients win.

    Args:
        votes: name -> votes. A name with no votes never wins a seat.
        seats: how many seats to award now.
        held: name -> seats already held, which count as divisors used and are not awarded again.
        capacity: name -> the most it may hold in all; a name that is not there has no limit.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.

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
    Tie(places=1, among=('B', 'C'), rule='', place=None)
    >>> dhondt({"A": 200, "B": 100}, 3, capacity={"A": 1}).seats
    {'A': 1, 'B': 2}
    """
    return settle(DivisorCase(divisors=DHONDT, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule), lots)


def sainte_lague(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> Allocation:
    """Distribute seats by Sainte-Laguë's method: the votes divided by 1, 3, 5, ...; the largest quotients win.

    It is here for comparison; no Danish municipal rule uses it. Arguments, result and errors are those of
    :func:`dhondt`.

    >>> sainte_lague({"A": 11, "B": 8, "C": 2}, 9).seats
    {'A': 5, 'B': 3, 'C': 1}
    """
    return settle(
        DivisorCase(divisors=SAINTE_LAGUE, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule), lots
    )


def adams(
    votes: Mapping[str, int],
    seats: int,
    *,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> Allocation:
    """Distribute seats by Adams' method: the votes divided by 0, 1, 2, ...; the largest quotients win.

    Every name with votes has a first seat before anybody has a second; where there are fewer seats than names,
    those first seats go by votes. It is here for comparison. Arguments, result and errors are those of
    :func:`dhondt`.

    >>> adams({"A": 11, "B": 8, "C": 2}, 9).seats
    {'A': 5, 'B': 3, 'C': 1}
    """
    return settle(DivisorCase(divisors=ADAMS, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule), lots)


def _divisors(method: Divisors | str) -> Divisors:
    """Take a divisor method by its name, as files and questions have it."""
    if isinstance(method, Divisors):
        return method
    if not isinstance(method, str) or method not in DIVISORS:
        raise VoteError(
            "{field} is {value}; the divisor methods are {known}", field="method", value=method, known=listed(DIVISORS)
        )
    return DIVISORS[method]


@attrs.frozen(kw_only=True)
class DivisorCase:
    """A divisor method with what it is given; everything is checked when it is made.

    Args:
        divisors: the series of divisors, or its name.
        votes: name -> votes.
        seats: how many seats to award.
        held: name -> seats held; None for none.
        capacity: name -> the most it may hold in all; None for no limits.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.
        place: where the distribution stands, for the lot.
        when: the election year or day whose law it is.

    Raises:
        VoteError: as for :func:`dhondt`.

    >>> DivisorCase(divisors=DHONDT, votes={"A": 11, "B": 8, "C": 2}, seats=8).settled(Urn()).seats
    {'A': 5, 'B': 3, 'C': 0}
    """

    divisors: Divisors = attrs.field(converter=_divisors)
    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: int
    held: FrozenDict[str, int] | None = attrs.field(default=None, converter=as_given)
    capacity: FrozenDict[str, int] | None = attrs.field(default=None, converter=as_given)
    rule: str = ""
    place: Place | None = None
    when: When = None

    def __attrs_post_init__(self) -> None:
        if type(self.seats) is not int or self.seats < 0:
            object.__setattr__(self, "seats", checked_count("seats", self.seats, what=N_("a number of seats")))
        if self.held is None and self.capacity is None:
            return
        for field in ("held", "capacity"):
            given = getattr(self, field)
            checked = None if given is None else checked_counts(given, field, known=self.votes)
            object.__setattr__(self, field, checked or None)
        held: Mapping[str, int] = self.held or {}
        for name, limit in (self.capacity or {}).items():
            if held.get(name, 0) > limit:
                raise VoteError(
                    '{field} is {value} and capacity["{name}"] is {limit}; '
                    "nobody holds more than there is capacity for",
                    field=f'held["{name}"]',
                    value=held[name],
                    name=name,
                    limit=limit,
                )

    @property
    def method(self) -> str:
        """The method's name in the registry of methods."""
        return self.divisors.name

    @property
    def first(self) -> "DivisorCase":
        """The distribution that it begins with, which is all of it."""
        return self

    def settled(self, urn: Urn) -> Allocation:
        """Distribute the seats, with the lot from ``urn``."""
        names, votes = list(self.votes), list(self.votes.values())
        held = [self.held.get(name, 0) for name in names] if self.held else None
        room = None
        if self.capacity:
            # Where there is no limit, one that never binds: nobody can end with more than is held and all the seats.
            ends = [had + self.seats for had in held] if held else [self.seats] * len(names)
            room = list(map(self.capacity.get, names, ends))
        won, equal, places, vacant = distribute(self.divisors, votes, self.seats, held, room)
        tie: Tie | None = None
        draws: tuple[Draw, ...] = ()
        if equal:
            tie, draws = settle_last(names, won, equal, places, urn, self._tie)
        seats = FrozenDict(zip(names, won, strict=True))
        return Allocation(seats=seats, tie=tie, vacant=vacant, draws=draws, case=self)

    def _tie(self, places: int, among: tuple[str, ...]) -> Tie:
        return Tie(places, among, self.rule, self.place, self.when)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""
        names = [name for name, count in allocation.seats.items() if count]
        votes = [self.votes[name] for name in names]
        have = [self.held.get(name, 0) for name in names] if self.held else [0] * len(names)
        end = [before + allocation.seats[name] for name, before in zip(names, have, strict=True)]
        won = quotients(self.divisors, votes, have, end)
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


def settle_last(
    names: list[str],
    won: list[int],
    equal: list[int],
    places: int,
    urn: Urn | None,
    tie: Callable[[int, tuple[str, ...]], Tie],
) -> tuple[Tie | None, tuple[Draw, ...]]:
    """Add to ``won`` the last seats of a distribution by a lot from ``urn``.

    Args:
        names: the names.
        won: the seats of each for certain; those that the lot gives are added.
        equal: who is equal, by index.
        places: how many of them win a seat.
        urn: where the draw comes from; None leaves the lot open.
        tie: makes the lot of its places and names.

    Returns:
        The lot where it stays open, else None; and the draw, if there was one.
    """
    lot = tie(places, tuple([names[index] for index in equal]))
    draw = urn.draw(lot) if urn else None
    if draw is None:
        return lot, ()
    for index in equal:
        won[index] += names[index] in draw.chosen
    return None, (draw,)
