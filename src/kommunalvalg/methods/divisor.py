"""Divisor methods: d'Hondt, and Sainte-Laguë and Adams for comparison; with seats held and capacities.

A name's votes are divided by a rising series of divisors, and the largest quotients take the seats. Quotients
are compared exactly (:mod:`kommunalvalg.methods.quotients`).
"""

from collections.abc import Mapping

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.lots import Lots, settle
from kommunalvalg.methods.allocation import Allocation, AllocationCase, Award, won_by_lot
from kommunalvalg.methods.quotients import (
    ADAMS,
    DHONDT,
    DIVISORS,
    SAINTE_LAGUE,
    Divides,
    Division,
    Divisors,
    in_order,
)
from kommunalvalg.text import Entry
from kommunalvalg.votes import checked_counts, listed

__all__ = [
    "ADAMS",
    "DHONDT",
    "DIVISORS",
    "SAINTE_LAGUE",
    "DivisorCase",
    "Divisors",
    "LimitedCase",
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
) -> "Allocation[DivisorCase]":
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
) -> "Allocation[DivisorCase]":
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
) -> "Allocation[DivisorCase]":
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
            "{field} is {value}; the divisor methods are {known}",
            field="method",
            value=method,
            known=listed(DIVISORS, method),
        )
    return DIVISORS[method]


@attrs.frozen(kw_only=True)
class LimitedCase(AllocationCase):
    """A distribution to names that may hold seats already, and may have limits.

    Args:
        held: name -> seats held; None for none.
        capacity: name -> the most it may hold in all; None for no limits.

    Raises:
        VoteError: as for :func:`dhondt`.
    """

    held: Mapping[str, int] | None = None
    capacity: Mapping[str, int] | None = None

    def __attrs_post_init__(self) -> None:
        if self.held is not None:
            object.__setattr__(self, "held", checked_counts(self.held, "held", known=self.votes) or None)
        if self.capacity is None:
            return
        object.__setattr__(self, "capacity", checked_counts(self.capacity, "capacity", known=self.votes) or None)
        held: Mapping[str, int] = self.held or {}
        for name, limit in (self.capacity or {}).items():
            if held.get(name, 0) > limit:
                raise VoteError(
                    '{field} is {value} and capacity["{name}"] is {limit}; '
                    "nobody holds more than there is capacity for",
                    field=Entry("held", name),
                    value=held[name],
                    name=name,
                    limit=limit,
                )

    def divided(self, method: Divides) -> Division:
        """Distribute the seats by a method, within what is held and the limits."""
        votes = list(self.votes.values())
        held = [self.held.get(name, 0) for name in self.votes] if self.held else None
        room = None
        if self.capacity:
            # Where there is no limit, one that never binds: nobody can end with more than is held and all the seats.
            ends = [had + self.seats for had in held] if held else [self.seats] * len(votes)
            room = list(map(self.capacity.get, self.votes, ends))
        return method.division(votes, self.seats, held, room)


@attrs.frozen(kw_only=True)
class DivisorCase(LimitedCase):
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

    >>> settle(DivisorCase(divisors=DHONDT, votes={"A": 11, "B": 8, "C": 2}, seats=8)).seats
    {'A': 5, 'B': 3, 'C': 0}
    """

    divisors: Divisors = attrs.field(converter=_divisors)

    @property
    def method(self) -> str:
        """The method's name in the registry of methods."""
        return self.divisors.name

    def division(self) -> Division:
        """Award the seats to the largest quotients."""
        return self.divided(self.divisors)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""
        names = [name for name, count in allocation.seats.items() if count]
        votes = [self.votes[name] for name in names]
        have = [self.held.get(name, 0) for name in names] if self.held else [0] * len(names)
        end = [before + allocation.seats[name] for name, before in zip(names, have, strict=True)]
        drawn = won_by_lot(allocation.draws)
        awards = []
        for number, index in enumerate(in_order(self.divisors, votes, have, end), start=1):
            name, seats = names[index], have[index]
            have[index] += 1
            by_lot = name in drawn and have[index] == end[index]
            divisor, quotient = self.divisors.divisor(seats), self.divisors.quotient(votes[index], seats)
            awards.append(Award(number, name, votes[index], divisor, quotient, by_lot))
        return tuple(awards)
