"""Every way in which some lists could have allied.

Ten lists can be divided into alliances in 115,975 ways. What an alliance does inside does not depend on the others:
so the distribution inside each set of lists is computed once for each number of seats, and for each division only
the seats of the units are found.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from math import comb, inf

import attrs

from kommunalvalg.analysis.cases import (
    Contested,
    Row,
    Standing,
    Unit,
    allied,
    checked_key,
    distribution_of,
    standing_of,
    standing_within,
    tree_of,
    without,
)
from kommunalvalg.errors import ElectionError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.votes import checked_names, listed

__all__ = ["MOST_LISTS", "Partition", "PartitionOutcome", "Partitions", "all_partitions", "number_of_partitions"]

MOST_LISTS = 10
"""The most lists whose divisions into alliances are all computed."""

Partition = tuple[tuple[str, ...], ...]
"""A division of lists into units: alliances, and lists that stand alone."""


def number_of_partitions(lists: int) -> int:
    """Give in how many ways some lists can be divided into alliances (Bell's number).

    >>> [number_of_partitions(lists) for lists in range(11)]
    [1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147, 115975]
    """
    numbers = [1]
    for known in range(lists):
        numbers.append(sum(comb(known, others) * numbers[others] for others in range(known + 1)))
    return numbers[lists]


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


@attrs.frozen
class Partitions:
    """What every division of some lists into alliances gives.

    Attributes:
        lists: the lists that are divided.
        now: what each list has as things stand.
        outcomes: every different distribution, with the number of divisions that lead to it; most of them first.
        case: the votes, seats and capacities, and the alliances as they stand.
    """

    lists: tuple[str, ...]
    now: Standing
    outcomes: tuple[PartitionOutcome, ...]
    case: ProportionalCase = attrs.field(repr=False)

    @property
    def count(self) -> int:
        """How many divisions there are."""
        return sum(outcome.count for outcome in self.outcomes)

    def best(self, key: str) -> PartitionOutcome:
        """Give the distribution in which a list has the most seats; of several, the one of most divisions.

        Raises:
            VoteError: no such list stands.
        """
        key = checked_key(key, self.case.votes)
        return max(self.outcomes, key=lambda outcome: _rank(outcome.standing, key))

    def worst(self, key: str) -> PartitionOutcome:
        """Give the distribution in which a list has the fewest seats; of several, the one of most divisions.

        Raises:
            VoteError: no such list stands.
        """
        key = checked_key(key, self.case.votes)
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
            for key in self.case.votes
        )


def _rank(standing: Standing, key: str) -> tuple[int, int]:
    return standing.certain[key], standing.possible[key]


def all_partitions(
    asked: Contested, *, among: Iterable[str] | None = None, progress: Callable[[int], object] | None = None
) -> Partitions:
    """Compute every way in which some lists could have allied, those with none and with one of all included.

    Args:
        asked: the election.
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
    contest = distribution_of(asked)
    names = tuple(contest.votes) if among is None else checked_names("among", among)
    chosen = [checked_key(key, contest.votes, "among") for key in names]
    lists = tuple(key for key in contest.votes if key in chosen)
    ways = number_of_partitions(len(lists))
    if len(lists) > MOST_LISTS:
        raise ElectionError(
            "{value} of {number} lists can be divided in {ways} ways; at most {most} lists, in {most_ways} ways, are "
            "computed: give {field}",
            field="among",
            value=lists,
            number=len(lists),
            ways=ways,
            most=MOST_LISTS,
            most_ways=number_of_partitions(MOST_LISTS),
        )
    counts: dict[tuple[int, int], int] = {}
    examples: dict[tuple[int, int], Partition] = {}
    bench = _Bench(contest, lists)
    for done, partition in enumerate(_divisions(lists), start=1):
        sums = bench.seats(partition)
        counts[sums] = counts.get(sums, 0) + 1
        if sums not in examples:
            examples[sums] = partition
        if progress is not None and (done % _REPORTED == 0 or done == ways):
            progress(done)
    outcomes = [PartitionOutcome(bench.standing(sums), count, examples[sums]) for sums, count in counts.items()]
    outcomes.sort(key=lambda outcome: -outcome.count)
    return Partitions(lists, standing_of(contest), tuple(outcomes), contest)


_REPORTED = 1000
"""After how many divisions the progress is told."""


def _divisions(lists: tuple[str, ...]) -> Iterator[Partition]:
    """Give every division: the first list with some of the others, and every division of the rest."""
    if not lists:
        yield ()
        return
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

    def __init__(self, contest: ProportionalCase, lists: tuple[str, ...]) -> None:
        self._contest = contest
        self._digits = {key: place * contest.seats.bit_length() for place, key in enumerate(contest.votes)}
        units = tree_of(allied(contest, without(tree_of(contest).nested(), lists))).members
        self._divided = {unit.name: unit for unit in units if unit.name in lists}
        self._fixed = {unit.lists: unit for unit in units if unit.name not in self._divided}
        self._quotients = cache(self._quotients)  # type: ignore[method-assign]  # remembered for this election
        self._inner = cache(self._inner)  # type: ignore[method-assign]  # as above

    def seats(self, partition: Partition) -> tuple[int, int]:
        """Give the certain and the possible seats of all lists, each as one number."""
        units = [(unit, self._quotients(unit)) for unit in (*partition, *self._fixed)]
        pool = sorted(chain.from_iterable([quotients for _, quotients in units]))
        places = self._contest.seats
        last = pool[-places] if 0 < places < len(pool) else -1 if places else inf
        tied = 0 < places < len(pool) and pool[-places - 1] == last
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
        mask = (1 << self._contest.seats.bit_length()) - 1
        certain, possible = (
            FrozenDict({key: number >> digit & mask for key, digit in self._digits.items()}) for number in sums
        )
        return Standing(certain, possible)

    def _unit(self, lists: tuple[str, ...]) -> Unit:
        """Give the unit of some lists: one that stays, or the alliance of those that are divided."""
        return self._fixed.get(lists) or Unit("", tuple([self._divided[key] for key in lists]), lists)

    def _quotients(self, lists: tuple[str, ...]) -> list[int]:
        """Give the quotients on which a unit can win seats, as whole numbers in the same order, smallest first."""
        unit = self._unit(lists)
        votes, room = unit.votes(self._contest), unit.room(self._contest)
        most = self._contest.seats if room is None else min(room, self._contest.seats)
        scale = self._contest.seats**2  # different quotients differ by at least 1 / seats²
        return [votes * scale // divisor for divisor in range(most, 0, -1)] if votes else []

    def _inner(self, lists: tuple[str, ...], own: int, most: int) -> tuple[int, int]:
        """Give the certain and the possible seats of a unit's lists, with ``own`` seats, or up to ``most``."""
        standing = standing_within(self._unit(lists), {own, most}, self._contest)
        return (
            sum(count << self._digits[key] for key, count in standing.certain.items()),
            sum(count << self._digits[key] for key, count in standing.possible.items()),
        )
