"""What came out of simulations: seats, chances with their error, and the counting of both.

An election that needs a lot is counted in parts: every way in which it can fall with its exact chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Outcome
from kommunalvalg.results import Result
from kommunalvalg.simulation.many import Fixed, contents, fixed
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_names

if TYPE_CHECKING:
    from kommunalvalg.simulation.chunks import DrawnCase

__all__ = ["Estimate", "SimulatedSeats", "Tally"]

_Whole: TypeAlias = npt.NDArray[np.int64]
_Float: TypeAlias = npt.NDArray[np.float64]


@attrs.frozen
class Estimate:
    """What a simulation found, with its Monte Carlo standard error: how much it varies from seed to seed.

    The error says nothing about whether the model is right. Where none of n simulations, or all of them, had it, the
    error is 0, and the chance can still be up to about 3 / n.

    >>> print(Estimate(0.25, 0.0043))
    0.2500 ± 0.0043
    """

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.4f} ± {self.error:.4f}"

    def __float__(self) -> float:
        return self.value


@attrs.frozen(kw_only=True)
class SimulatedSeats(Fixed, Result):
    """The seats in many simulated elections of one council, or the members in many compositions of one KKR.

    Attributes:
        name: the council's name.
        lists: the keys of the lists, or the parties.
        n: how many elections were simulated.
        tied: in how many of them a lot was open; each was counted in parts, by the chances of the lot.
        undecided: how many of these are in no chance, since their lots can fall in too many ways.
        seats: results by lists: the seats in every result that came out, each result once.
        weights: by result, how many simulations ended in it.
        case: what was simulated.
    """

    name: str
    lists: tuple[str, ...]
    n: int
    tied: int
    undecided: int
    seats: npt.NDArray[np.unsignedinteger] = attrs.field(repr=False, converter=fixed, eq=contents)
    weights: _Float = attrs.field(repr=False, converter=fixed, eq=contents)
    case: "DrawnCase" = attrs.field(repr=False, eq=False)

    @property
    def expected(self) -> Mapping[str, Estimate]:
        """Key -> seats in the mean."""
        return FrozenDict({key: self._mean(self.seats[:, at]) for at, key in enumerate(self.lists)})

    @property
    def distribution(self) -> Mapping[str, Mapping[int, Estimate]]:
        """Key -> seats -> chance, of the numbers of seats that came out, from the fewest to the most."""
        chances = {}
        for at, key in enumerate(self.lists):
            seats = self.seats[:, at]
            chances[key] = FrozenDict({int(number): self._chance(seats == number) for number in np.unique(seats)})
        return FrozenDict(chances)

    def results(self, most: int = 10) -> tuple[tuple[Mapping[str, int], Estimate], ...]:
        """Give the results that came out most often, at most so many, each with its chance."""
        most = checked_count("most", most, what=N_("a number of results"))
        order = np.argsort(-self.weights, kind="stable")[:most]
        return tuple(
            (
                FrozenDict(dict(zip(self.lists, self.seats[at].tolist(), strict=True))),
                _share(float(self.weights[at]), self.n),
            )
            for at in order
        )

    def majority(self, lists: str | Iterable[str]) -> Estimate:
        """Give the chance that these lists together have more than half of the seats.

        Args:
            lists: a key, or several.

        Raises:
            VoteError: one of them does not stand.
        """
        return self._chance(2 * self._together(lists) > self.seats.sum(axis=1, dtype=np.int64))

    def at_least(self, lists: str | Iterable[str], seats: int) -> Estimate:
        """Give the chance that these lists together have at least so many seats.

        Args:
            lists: a key, or several.
            seats: the fewest seats.

        Raises:
            VoteError: one of them does not stand, or ``seats`` is no whole number, 0 or more.
        """
        return self._chance(self._together(lists) >= checked_count("seats", seats, what=N_("a number of seats")))

    def _together(self, lists: str | Iterable[str]) -> _Whole:
        together = [lists] if isinstance(lists, str) else lists
        names = checked_names("lists", together, known=self.lists, among=self.name)
        columns = [self.lists.index(name) for name in names]
        return np.asarray(self.seats[:, columns].sum(axis=1, dtype=np.int64))

    def _chance(self, where: npt.NDArray[np.bool_]) -> Estimate:
        return _share(float(self.weights[where].sum()), self.n)

    def _mean(self, seats: "npt.NDArray[np.unsignedinteger]") -> Estimate:
        decided = self.weights.sum()
        if not decided:
            return Estimate(float("nan"), float("nan"))
        mean = float((seats * self.weights).sum() / decided)
        spread = float((self.weights * (seats - mean) ** 2).sum() / decided)
        return Estimate(mean, sqrt(spread / decided))


def _share(weight: float, n: int) -> Estimate:
    chance = min(1.0, weight / n)
    return Estimate(chance, sqrt(chance * (1 - chance) / n))


@attrs.frozen(eq=False)
class Tally:
    """What came out of some simulations of one council: every result once, with how often.

    Attributes:
        rows: results by lists.
        counts: by result, how often it came out without a lot.
        shared: what came out by lot: result -> its chances, added up.
        tied: how many simulations needed a lot.
        undecided: how many of these are not in ``shared``.
    """

    rows: npt.NDArray[np.unsignedinteger]
    counts: _Whole
    shared: Mapping[tuple[int, ...], Fraction]
    tied: int
    undecided: int

    @classmethod
    def of(cls, rows: npt.NDArray[np.integer], most: int, lots: Iterable[tuple[Outcome, ...] | None]) -> "Tally":
        """Count the results without a lot, and the outcomes of those with one; None where there are too many."""
        distinct_rows, counts = _distinct(rows.astype(_smallest(most)))
        shared: dict[tuple[int, ...], Fraction] = {}
        tied = undecided = 0
        for outcomes in lots:
            tied += 1
            undecided += outcomes is None
            for outcome in outcomes or ():
                row = tuple(outcome.seats.values())
                shared[row] = shared.get(row, Fraction(0)) + outcome.probability
        return cls(distinct_rows, counts, shared, tied, undecided)

    @classmethod
    def merged(cls, parts: Sequence["Tally"]) -> "Tally":
        """Add tallies up; the result does not depend on their order."""
        rows, counts = _distinct(
            np.concatenate([part.rows for part in parts]), np.concatenate([part.counts for part in parts])
        )
        shared: dict[tuple[int, ...], Fraction] = {}
        for part in parts:
            for row, chance in part.shared.items():
                shared[row] = shared.get(row, Fraction(0)) + chance
        return cls(rows, counts, shared, sum(part.tied for part in parts), sum(part.undecided for part in parts))

    def seats(self, name: str, lists: tuple[str, ...], case: "DrawnCase") -> SimulatedSeats:
        """Give what came out as seats of the lists."""
        by_lot = np.array(sorted(self.shared), self.rows.dtype).reshape(-1, len(lists))
        chances = [self.shared[row] for row in sorted(self.shared)]
        rows, first = _numbered(np.concatenate([self.rows, by_lot]))
        weights = np.bincount(first, [*self.counts.tolist(), *map(float, chances)], len(rows)).astype(np.float64)
        return SimulatedSeats(
            name=name,
            lists=lists,
            n=case.n,
            tied=self.tied,
            undecided=self.undecided,
            seats=rows,
            weights=weights,
            case=case,
        )


def _smallest(most: int) -> "np.dtype[np.unsignedinteger]":
    """Give the smallest kind of number that the seats fit in, big end first, so that bytes are in its order."""
    return np.min_scalar_type(most).newbyteorder(">")


def _numbered(rows: "npt.NDArray[np.unsignedinteger]") -> "tuple[npt.NDArray[np.unsignedinteger], _Whole]":
    """Give the different rows, in their order, and for each row the number of the one that it is."""
    packed = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).reshape(-1)
    different, number = np.unique(packed, return_inverse=True)
    return different.view(rows.dtype).reshape(-1, rows.shape[1]), number


def _distinct(
    rows: "npt.NDArray[np.unsignedinteger]", counts: _Whole | None = None
) -> "tuple[npt.NDArray[np.unsignedinteger], _Whole]":
    """Give the different rows, each with how often it is there, or with its counts added up."""
    different, number = _numbered(rows)
    sums = np.zeros(len(different), np.int64)
    np.add.at(sums, number, 1 if counts is None else counts)
    return different, sums
