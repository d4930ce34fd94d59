"""What was counted, polling area by polling area (afstemningsområde)."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.counted import Counted
from kommunalvalg.text import N_, composed
from kommunalvalg.votes import checked_counts

__all__ = ["Count", "PollingArea", "PollingAreas"]


class Count(StrEnum):
    """How far a polling area is counted."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    MISSING = "not counted"


def _votes(votes: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_counts(votes, "votes", what=N_("a vote count"))


@attrs.frozen
class PollingArea:
    """One polling area.

    Attributes:
        name: its name.
        count: how far it is counted.
        votes: list -> votes; empty where it is not counted.
        cast: all votes cast, blank and invalid ones included.
        eligible: those who had the right to vote; None where that is not told.

    Raises:
        VoteError: the votes are none, or two lists have one name.
    """

    name: str = attrs.field(converter=composed)
    count: Count
    votes: FrozenDict[str, int] = attrs.field(converter=_votes)
    cast: int = 0
    eligible: int | None = None

    @property
    def valid(self) -> int:
        """The valid votes."""
        return sum(self.votes.values())


@attrs.frozen
class PollingAreas:
    """The polling areas of one council, and how many of them are counted.

    Attributes:
        areas: those that are known by name.
        number: how many there are, those without a name included.
        eligible: those who had the right to vote in all of them; None where that is not known.

    >>> nord = PollingArea("Nord", Count.FINAL, FrozenDict({"A": 120, "B": 80}), 205, 400)
    >>> syd = PollingArea("Syd", Count.MISSING, FrozenDict({}), eligible=600)
    >>> areas = PollingAreas((nord, syd), 6, 2000)
    >>> str(areas), areas.left, areas.missing, areas.share
    ('1 of 6 areas', 5, ('Syd',), Fraction(1, 5))
    """

    areas: tuple[PollingArea, ...]
    number: int
    eligible: int | None = None

    def _named(self, count: Count) -> tuple[str, ...]:
        return tuple(area.name for area in self.areas if area.count is count)

    @property
    def final(self) -> tuple[str, ...]:
        """The names of the areas that are finally counted."""
        return self._named(Count.FINAL)

    @property
    def preliminary(self) -> tuple[str, ...]:
        """The names of the areas of which there is a preliminary count."""
        return self._named(Count.PRELIMINARY)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the areas that are not counted, as far as they are known."""
        return self._named(Count.MISSING)

    @property
    def counted(self) -> int:
        """How many areas are counted."""
        return len(self.areas) - len(self.missing)

    @property
    def left(self) -> int:
        """How many areas are not counted."""
        return self.number - self.counted

    @property
    def complete(self) -> bool:
        """Whether every area is finally counted."""
        return len(self.final) == self.number

    @property
    def votes(self) -> tuple[FrozenDict[str, int], ...]:
        """The votes of each counted area, as ``CountedAreas`` takes them."""
        return tuple(area.votes for area in self.areas if area.count is not Count.MISSING)

    @property
    def share(self) -> Fraction | None:
        """The share of those with the right to vote who live in the counted areas; None where it is not known."""
        counted = [area.eligible for area in self.areas if area.count is not Count.MISSING]
        known = [eligible for eligible in counted if eligible is not None]
        return Fraction(sum(known), self.eligible) if self.eligible and len(known) == len(counted) else None

    @property
    def status(self) -> Counted | None:
        """How far the council is counted, for whatever is computed of it; None where the count is final."""
        return None if self.complete else Counted(areas=self.counted, of=self.number, share=self.share)

    def __str__(self) -> str:
        return f"{self.counted} of {self.number} areas"
