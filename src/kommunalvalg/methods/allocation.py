"""The one shape that every distribution of seats has, with and without a tie."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Protocol

import attrs

from kommunalvalg.lots import Draw, Outcome, Tie, Urn, outcomes_of
from kommunalvalg.results import Result

if TYPE_CHECKING:
    from kommunalvalg.methods.divisor import DivisorCase
    from kommunalvalg.methods.shortfall import ShortfallCase

__all__ = ["Allocation", "AllocationCase", "Award"]

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


class AllocationCase(Protocol):
    """A method with everything it was given: it can be settled again with other draws, and explain a result."""

    @property
    def method(self) -> str:
        """The method's name in the registry of methods."""

    @property
    def first(self) -> "DivisorCase | ShortfallCase":
        """The distribution by votes that it begins with."""

    def settled(self, urn: Urn) -> "Allocation":
        """Distribute the seats, with the lots from ``urn``."""

    def awards(self, allocation: "Allocation") -> tuple[Award, ...]:
        """Give the seats of an allocation in the order in which they were won."""


@attrs.frozen(kw_only=True)
class Allocation(Result):
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
    case: AllocationCase = attrs.field(repr=False)

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
