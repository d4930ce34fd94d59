"""A distribution found the slow way, seat by seat, and what of a real one it is held against."""

from fractions import Fraction
from typing import Generic, TypeVar

import attrs

from kommunalvalg import Allocation

Figure = TypeVar("Figure", Fraction, tuple[bool, Fraction])


@attrs.frozen
class Slow(Generic[Figure]):
    """A distribution found seat by seat."""

    seats: dict[str, int]
    places: int
    among: frozenset[str]
    vacant: int
    winners: list[tuple[str, Figure]]


def places(result: Allocation) -> int:
    """Give how many places are open."""
    return result.tie.places if result.tie else 0


def among(result: Allocation) -> frozenset[str]:
    """Give who is in the open lot."""
    return frozenset(result.tie.among if result.tie else ())
