"""The one shape that every distribution of seats has, with and without a tie."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Draw, Outcome, Place, Tie, Urn, outcomes_of
from kommunalvalg.methods.quotients import Division
from kommunalvalg.results import Result
from kommunalvalg.votes import checked_rule, checked_seats, checked_votes

__all__ = ["MOST_WAYS", "Allocates", "Allocation", "AllocationCase", "Award", "settle_last", "won_by_lot"]

MOST_WAYS = 100_000
"""How many ways the open lots may fall in before ``outcomes()`` refuses to follow them, unless told."""


class Award(NamedTuple):
    """How one seat was won; a named tuple, since there may be a million of them.

    Attributes:
        number: the seat's number, from 1, in the order in which the seats are awarded.
        winner: who won it.
        votes: the winner's votes.
        divisor: what the votes were divided by. In :func:`~kommunalvalg.largest_shortfall` that is the number
            of votes to a seat, total / size, a Fraction.
        quotient: the figure that the seat was won on. For a divisor method it is votes / divisor, and None where
            the divisor is 0, which comes before every number (Adams). For the largest shortfall it is the
            winner's share of the size less the seats it had.
        by_lot: whether a lot decided the seat.
    """

    number: int
    winner: str
    votes: int
    divisor: int | Fraction
    quotient: Fraction | None
    by_lot: bool


class Allocates(Protocol):
    """What an allocation rests on: a distribution by votes, or one with more to it, as in a committee."""

    @property
    def method(self) -> str:
        """What gives the seats: the method's name in the registry, or what else decided."""

    @property
    def first(self) -> "AllocationCase":
        """The distribution by votes that it begins with."""

    def settled(self, urn: Urn, /) -> "Allocation":
        """Distribute the seats, with the lots from ``urn``."""

    def awards(self, allocation: "Allocation") -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""


if TYPE_CHECKING:  # type checkers have it; Python has the default from 3.13 on
    from typing_extensions import TypeVar

    Case_co = TypeVar("Case_co", bound=Allocates, default=Any, covariant=True)
else:
    from typing import TypeVar

    Case_co = TypeVar("Case_co", covariant=True)


@attrs.frozen(kw_only=True)
class AllocationCase(ABC):
    """What every distribution of seats is given; each method adds its own, and checks all of it when it is made.

    Args:
        votes: name -> votes.
        seats: how many seats to award.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.
        place: where the distribution stands, for the lot.
        when: the election year or day whose law it is.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: int = attrs.field(converter=checked_seats)
    rule: str = attrs.field(default="", converter=checked_rule)
    place: Place | None = None
    when: When = None

    @property
    @abstractmethod
    def method(self) -> str:
        """The method's name in the registry of methods."""

    @property
    def first(self) -> Self:
        """The distribution that it begins with, which is all of it."""
        return self

    @abstractmethod
    def division(self) -> Division:
        """Distribute the seats to the names, by index, leaving a lot open."""

    @abstractmethod
    def awards(self, allocation: "Allocation") -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""

    def settled(self, urn: Urn) -> "Allocation[Self]":
        """Distribute the seats, with the lot from ``urn``."""
        won, equal, places, vacant = self.division()
        tie: Tie | None = None
        draws: tuple[Draw, ...] = ()
        if equal:
            tie, draws = settle_last(tuple(self.votes), won, equal, places, urn, self._tie)
        seats = FrozenDict(zip(self.votes, won))  # noqa: B905 - as many by their making; to count them again costs time
        return Allocation(seats=seats, tie=tie, vacant=vacant, draws=draws, case=self)

    def _tie(self, places: int, among: tuple[str, ...]) -> Tie:
        return Tie(places, among, self.rule, self.place, self.when)


@attrs.frozen(kw_only=True)
class Allocation(Result, Generic[Case_co]):
    """Seats as a method distributed them; seats awarded + places of the tie + vacant = seats to award.

    Attributes:
        seats: name -> seats awarded now, for every name of the votes, in their order. Seats that depend on an
            open lot are not in it.
        tie: the lot that is open, or None.
        vacant: seats that nobody can take, since every capacity is used up or nobody has votes.
        draws: the lots that were drawn for it.
        case: the method and what it was given.
    """

    seats: Mapping[str, int]
    tie: Tie | None = None
    vacant: int = 0
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)
    case: Case_co = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return (self.tie,) if self.tie else ()

    @property
    def awards(self) -> tuple[Award, ...]:
        """The seats awarded, one by one, in the order of their quotients; equal ones in the order of the votes.

        >>> from kommunalvalg import dhondt
        >>> for award in dhondt({"A": 11, "B": 8, "C": 2}, 3).awards:
        ...     print(award.number, award.winner, award.quotient)
        1 A 11
        2 B 8
        3 A 11/2
        """
        return self.case.awards(self)

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible final seats mapping with its exact probability.

        Args:
            most: how many ways the lot may fall in before it is refused to follow them all.

        Raises:
            LotError: there are more.

        >>> from kommunalvalg import dhondt
        >>> for seats, probability in dhondt({"A": 100, "B": 100}, 3).outcomes():
        ...     print(seats, probability)
        {'A': 2, 'B': 1} 1/2
        {'A': 1, 'B': 2} 1/2
        """
        return outcomes_of(self.case, self.draws, most=most)


def won_by_lot(draws: Iterable[Draw]) -> set[str]:
    """Give who won a seat by a lot; who won one without having room left for a seat did not."""
    return {name for draw in draws for name in draw.chosen if not draw.tie or name in draw.tie.among}


def settle_last(
    names: Sequence[str],
    won: list[int],
    equal: list[int],
    places: int,
    urn: Urn | None,
    tie: Callable[[int, tuple[str, ...]], Tie],
    full: Sequence[str] = (),
) -> tuple[Tie | None, tuple[Draw, ...]]:
    """Add to ``won`` the last seats of a distribution by a lot from ``urn``.

    Args:
        names: the names.
        won: the seats of each for certain; those that the lot gives are added.
        equal: who is equal, by index.
        places: how many of them win a seat.
        urn: where the draw comes from; None leaves the lot open.
        tie: makes the lot of its places and names.
        full: who is equal too, by name, and has no room left. Where a recorded lot was drawn with them, what they won
            goes to the others, by another lot where there are more of them (KRVL-81-ONE).

    Returns:
        The lot where it stays open, else None; and the draws, if there were any.
    """
    lot = tie(places, tuple([names[index] for index in equal]))
    draw = urn.draw(lot, full) if urn else None
    if draw is None:
        return lot, ()
    for index in equal:
        won[index] += names[index] in draw.chosen
    passed = sum(name in draw.chosen for name in full)
    if not passed:
        return None, (draw,)
    others = [index for index in equal if names[index] not in draw.chosen]
    left, more = settle_last(names, won, others, passed, urn, tie)  # more than passed, as there were more than places
    return left, (draw, *more)
