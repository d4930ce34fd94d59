"""Every way in which some lists could have allied.

Ten lists can be divided into alliances in 115,975 ways. What an alliance does inside does not depend on the others:
so the distribution inside each set of lists is computed once for each number of seats, and for each division only
the seats of the units are found.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from math import comb

import attrs

from kommunalvalg.analysis.cases import (
    AboutElection,
    Contested,
    Row,
    Standing,
    allied,
    checked_key,
    nested_of,
    standing_of,
    without,
)
from kommunalvalg.errors import ElectionError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn
from kommunalvalg.methods.alliances import Alliance, ProportionalCase
from kommunalvalg.methods.units import Unit, attained, name_of, tree_of
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_names, listed

__all__ = [
    "MOST_LISTS",
    "Partition",
    "PartitionOutcome",
    "Partitions",
    "PartitionsCase",
    "all_partitions",
    "number_of_partitions",
]

MOST_LISTS = 10
"""The most lists whose divisions into alliances are all computed."""

Partition = tuple[tuple[str, ...], ...]
"""A division of lists into units: alliances, and lists that stand alone."""


def number_of_partitions(lists: int) -> int:
    """Give in how many ways some lists can be divided into alliances (Bell's number).

    Raises:
        VoteError: it is no number of lists.

    >>> [number_of_partitions(lists) for lists in range(11)]
    [1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147, 115975]
    """
    numbers = [1]
    for known in range(checked_count("lists", lists, what=N_("a number of lists"))):
        numbers.append(sum(comb(known, others) * numbers[others] for others in range(known + 1)))
    return numbers[-1]


@attrs.frozen
class PartitionOutcome:
    """A distribution of the seats, and how many divisions lead to it.

    Attributes:
        standing: what each list has.
        count: how many divisions lead to it.
        example: the first of them.
    """

    standing: Standing
    count: int
    example: Partition


def _among(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else checked_names("among", names)


@attrs.frozen(kw_only=True)
class PartitionsCase(AboutElection):
    """The question what every division of some lists into alliances gives.

    Args:
        election: the election, or its result.
        among: the lists that are divided; None for all.

    Raises:
        VoteError: as for :func:`all_partitions`.
        ElectionError: as for :func:`all_partitions`.
    """

    among: tuple[str, ...] | None = attrs.field(default=None, converter=_among)

    def __attrs_post_init__(self) -> None:
        lists = self.lists
        if len(lists) > MOST_LISTS:
            raise ElectionError(
                "{count} lists ({lists}) can be divided in {ways} ways; at most {most} lists, in {fewer} ways, are "
                "computed: give {field}",
                field="among",
                value=self.among,
                count=len(lists),
                lists=listed(lists),
                ways=number_of_partitions(len(lists)),
                most=MOST_LISTS,
                fewer=number_of_partitions(MOST_LISTS),
            )

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that are divided, in the order of the votes."""
        votes = self.election.votes
        chosen = votes if self.among is None else [checked_key(key, votes, "among") for key in self.among]
        return tuple(key for key in votes if key in chosen)

    def settled(self, _urn: Urn, progress: Callable[[int], object] | None = None) -> "Partitions":
        """Compute every division; a question has no lots."""
        lists = self.lists
        ways = number_of_partitions(len(lists))
        counts: dict[tuple[int, int], int] = {}
        examples: dict[tuple[int, int], Partition] = {}
        bench = _Bench(self.election, lists)
        for done, partition in enumerate(_divisions(lists), start=1):
            sums = bench.seats(partition)
            counts[sums] = counts.get(sums, 0) + 1
            if sums not in examples:
                examples[sums] = partition
            if progress is not None and (done % _REPORTED == 0 or done == ways):
                progress(done)
        outcomes = [PartitionOutcome(bench.standing(sums), count, examples[sums]) for sums, count in counts.items()]
        outcomes.sort(key=lambda outcome: -outcome.count)
        return Partitions(now=standing_of(self.election), outcomes=tuple(outcomes), case=self)


@attrs.frozen(kw_only=True)
class Partitions(Result):
    """What every division of some lists into alliances gives.

    Attributes:
        now: what each list has as things stand.
        outcomes: every different distribution, with the number of divisions that lead to it; most of them first.
        case: what was asked about.
    """

    now: Standing
    outcomes: tuple[PartitionOutcome, ...] = attrs.field(repr=shown)
    case: PartitionsCase = attrs.field(repr=False)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that are divided."""
        return self.case.lists

    @property
    def count(self) -> int:
        """How many divisions there are."""
        return sum(outcome.count for outcome in self.outcomes)

    def best(self, key: str) -> PartitionOutcome:
        """Give the distribution in which a list has the most seats; of several, the one of most divisions.

        Raises:
            VoteError: no such list stands.
        """
        key = checked_key(key, self.now.certain)
        return max(self.outcomes, key=lambda outcome: _rank(outcome.standing, key))

    def worst(self, key: str) -> PartitionOutcome:
        """Give the distribution in which a list has the fewest seats; of several, the one of most divisions.

        Raises:
            VoteError: no such list stands.
        """
        key = checked_key(key, self.now.certain)
        return min(self.outcomes, key=lambda outcome: _rank(outcome.standing, key))

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: its seats now, and at worst and at best."""
        return tuple(
            {
                "list": key,
                "now": self.now.certain[key],
                "worst": self.worst(key).standing.certain[key],
                "best": self.best(key).standing.possible[key],
            }
            for key in self.now.certain
        )


def _rank(standing: Standing, key: str) -> tuple[int, int]:
    return standing.certain[key], standing.possible[key]


def all_partitions(
    election: Contested, *, among: Iterable[str] | None = None, progress: Callable[[int], object] | None = None
) -> Partitions:
    """Compute every way in which some lists could have allied, those with none and with one of all included.

    Args:
        election: the election.
        among: the lists that are divided, at most ten (default: all). They leave the alliances that they are in;
            the others stay where they are.
        progress: called from time to time, and at the end, with how many divisions are done, of
            :func:`number_of_partitions`.

    Raises:
        VoteError: a list does not stand, or is named twice.
        ElectionError: there are more than ten lists to divide.

    >>> from kommunalvalg import proportional_election
    >>> found = all_partitions(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5))
    >>> found.count, len(found.outcomes)
    (15, 4)
    >>> found.best("F").standing.certain, found.best("F").example
    ({'A': 2, 'C': 2, 'F': 1, 'V': 0}, (('A', 'C'), ('F', 'V')))
    """
    return PartitionsCase(election=election, among=among).settled(Urn(), progress)


_REPORTED = 1000
"""After how many divisions the progress is told."""


def _divisions(lists: tuple[str, ...]) -> Iterator[Partition]:
    """Give every division: the first list with some of the others, and every division of the rest."""
    blocks: list[tuple[str, ...]] = []

    def place(at: int) -> Iterator[Partition]:
        if at == len(lists):
            yield tuple(blocks)
            return
        for index, block in enumerate(blocks):
            blocks[index] = (*block, lists[at])
            yield from place(at + 1)
            blocks[index] = block
        blocks.append((lists[at],))
        yield from place(at + 1)
        blocks.pop()

    yield from place(0)


class _Bench:
    """Computes one division after another.

    The seats of all lists are written as one number with a digit for each, so that those of units can be added.
    """

    def __init__(self, case: ProportionalCase, lists: tuple[str, ...]) -> None:
        self._case = case
        self._digits = {key: place * case.seats.bit_length() for place, key in enumerate(case.votes)}
        alone = allied(case, without(nested_of(case.units), lists))
        self._fixed = {
            (unit,) if isinstance(unit, str) else unit.lists: unit for unit in alone.units if unit not in lists
        }
        self._quotients = cache(self._quotients)  # type: ignore[method-assign]  # remembered for this election
        self._inner = cache(self._inner)  # type: ignore[method-assign]  # as above

    def seats(self, partition: Partition) -> tuple[int, int]:
        """Give the certain and the possible seats of all lists, each as one number."""
        units = [(unit, self._quotients(unit)) for unit in (*partition, *self._fixed)]
        pool = sorted(chain.from_iterable([quotients for _, quotients in units]))
        places = self._case.seats
        last = min(pool[-places:], default=0)
        tied = pool[-places - 1 : -places] == [last]
        certain = possible = 0
        for unit, quotients in units:
            most = own = len(quotients) - bisect_left(quotients, last)
            if tied:
                own = len(quotients) - bisect_right(quotients, last)
            fewest, highest = self._inner(unit, own, most)
            certain += fewest
            possible += highest
        return certain, possible

    def standing(self, sums: tuple[int, int]) -> Standing:
        """Read the seats of each list."""
        mask = (1 << self._case.seats.bit_length()) - 1
        certain, possible = (
            FrozenDict({key: number >> digit & mask for key, digit in self._digits.items()}) for number in sums
        )
        return Standing(certain, possible)

    def _tree(self, lists: tuple[str, ...]) -> Unit:
        """Give the tree of some lists: that of a unit that stays, or of the alliance of those that are divided."""
        fixed = self._fixed.get(lists)
        members = fixed.members if isinstance(fixed, Alliance) else lists
        return tree_of(members, self._case.votes, self._case.capacity, self._case.seats, self._case.own_votes)

    def _quotients(self, lists: tuple[str, ...]) -> list[int]:
        """Give the quotients on which a unit can win seats, as whole numbers in the same order, smallest first."""
        unit, seats = self._tree(lists), self._case.seats
        fixed = self._fixed.get(lists, "")
        votes = sum(unit.votes) + self._case.own_votes.get(name_of(fixed), 0)
        most = seats if unit.rooms is None else min(sum(unit.rooms), seats)
        scale = seats * seats  # different quotients differ by at least 1 / seats²
        return [votes * scale // divisor for divisor in range(most, 0, -1)]

    def _inner(self, lists: tuple[str, ...], own: int, most: int) -> tuple[int, int]:
        """Give the certain and the possible seats of a unit's lists, with ``own`` seats, or up to ``most``."""
        standing = Standing.of(attained(self._tree(lists), {own, most}, Unit.award), lists)
        return (
            sum(count << self._digits[key] for key, count in standing.certain.items()),
            sum(count << self._digits[key] for key, count in standing.possible.items()),
        )
