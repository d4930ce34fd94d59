"""One distribution: beside the bare computation and other libraries, by size, and with what limits it."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from heapq import nlargest
from typing import Any, TypeAlias

import pytest
from contenders import MAKERS, contender, votes_of
from measured import TOO_LONG
from support import Benchmark, at_most

from kommunalvalg import (
    apply_threshold,
    data,
    dhondt,
    largest_shortfall,
    merge_alliances,
    proportional_election,
)

# As timeit does, without the garbage collector.
pytestmark = pytest.mark.benchmark(disable_gc=True)

SIZES = [(10, 31), (10, 58), (20, 179), (100, 1_000), (1_000, 10_000), (1_000, 1_000_000)]


@pytest.mark.parametrize("name", MAKERS)  # so that the contenders of one size come right after each other
@pytest.mark.parametrize(("lists", "seats"), SIZES)
def test_dhondt(benchmark: Benchmark, lists: int, seats: int, name: str) -> None:
    """Every contender gives the same seats."""
    votes = votes_of(lists, seed=lists * seats)
    expected = dhondt(votes, seats)
    assert expected.complete
    measured = contender(name)
    call = measured.prepare(votes, seats)
    with at_most(TOO_LONG):
        won = call()
    assert measured.seats(won, votes) == expected.seats
    benchmark(call)


VOTES = dict(zip("ABCDEFGHIJ", votes_of(10, seed=31).values(), strict=True))
LARGEST = max(VOTES, key=VOTES.__getitem__)
ALLIED = [["A", "C", "F"], ["B", "D"], ["E", "G", "H"]]
MANY = dict.fromkeys(VOTES, 35)
FEW = MANY | {LARGEST: 3}
HELD = {"A": 1, "B": 2}
LARGEST_QUOTIENTS = nlargest(
    31, [(Fraction(count, HELD.get(name, 0) + k), name) for name, count in VOTES.items() for k in range(1, 32)]
)
PLAIN = dhondt(VOTES, 31).seats
BY_UNIT = dhondt(merge_alliances(VOTES, ALLIED), 31).seats

Checked: TypeAlias = tuple[Callable[[], Any], Callable[[Any], bool]]
"""What is measured, and what tells that its result is right."""

LIMITS: dict[str, Checked] = {
    "plain": (lambda: dhondt(VOTES, 31), lambda won: won.seats == PLAIN),
    "capacities that nobody reaches": (lambda: dhondt(VOTES, 31, capacity=MANY), lambda won: won.seats == PLAIN),
    "a capacity that is reached": (
        lambda: dhondt(VOTES, 31, capacity=FEW),
        lambda won: won.seats[LARGEST] == 3 and sum(won.seats.values()) == 31,
    ),
    "seats held": (
        lambda: dhondt(VOTES, 31, held=HELD),
        lambda won: sorted(Counter(won.seats).elements()) == sorted(name for _, name in LARGEST_QUOTIENTS),
    ),
    "three alliances": (
        lambda: proportional_election(VOTES, 31, alliances=ALLIED),
        lambda won: all(sum(won.seats[name] for name in unit.split("+")) == count for unit, count in BY_UNIT.items()),
    ),
    "three alliances, capacities that nobody reaches": (
        lambda: proportional_election(VOTES, 31, alliances=ALLIED, capacity=MANY),
        lambda won: won.seats == proportional_election(VOTES, 31, alliances=ALLIED).seats,
    ),
    "three alliances, a capacity that is reached": (
        lambda: proportional_election(VOTES, 31, alliances=ALLIED, capacity=FEW),
        lambda won: won.seats[LARGEST] == 3 and sum(won.seats.values()) == 31,
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits(benchmark: Benchmark, limit: str) -> None:
    """The seats are right, however they are limited."""
    call, right = LIMITS[limit]
    assert right(call())
    benchmark(call)


KKR = data.kkr("hovedstaden-2026")
COMPOSED = KKR.compose()
PASSED = COMPOSED.threshold.passed
HELD_BY_MAYORS = {party: count for party, count in KKR.mayors.items() if party in PASSED}
SUPPLEMENTARY = COMPOSED.size - sum(KKR.mayors.values())

METHODS: dict[str, Checked] = {
    "`dhondt`": (
        lambda: dhondt(PASSED, SUPPLEMENTARY),
        lambda won: sum(won.seats.values()) == KKR.published.size - sum(KKR.published.mayors.values()),
    ),
    "`largest_shortfall`": (
        lambda: largest_shortfall(
            PASSED, SUPPLEMENTARY, total=KKR.area.valid, held=HELD_BY_MAYORS, size=KKR.published.size
        ),
        lambda won: all(count == won.seats.get(party, 0) for party, count in KKR.published.supplementary.items()),
    ),
    "`apply_threshold`": (
        lambda: apply_threshold(KKR.area.votes, "2%", total=KKR.area.cast, represented=KKR.area.represented),
        lambda threshold: threshold.passed == PASSED,
    ),
    "`compose_kkr`": (
        KKR.compose,
        lambda kkr: all(count == kkr.members[party] for party, count in KKR.published.members.items()),
    ),
}


@pytest.mark.parametrize("method", METHODS)
def test_methods(benchmark: Benchmark, method: str) -> None:
    """The parts of a KKR's composition, and the whole, are as it was published."""
    call, right = METHODS[method]
    assert right(call())
    benchmark(call)


@pytest.mark.parametrize("seats", [10**power for power in range(1, 8)])
@pytest.mark.parametrize("lists", [10, 100])
def test_over_seats(benchmark: Benchmark, lists: int, seats: int) -> None:
    """Any number of seats is distributed to the last."""
    votes = votes_of(lists, seed=lists)
    assert sum(dhondt(votes, seats).seats.values()) == seats
    benchmark(dhondt, votes, seats)


@pytest.mark.parametrize("lists", [2**power for power in range(1, 13)])
def test_over_lists(benchmark: Benchmark, lists: int) -> None:
    """A thousand seats are distributed to the last, to any number of lists."""
    votes = votes_of(lists, seed=lists)
    assert sum(dhondt(votes, 1_000).seats.values()) == 1_000
    benchmark(dhondt, votes, 1_000)
