"""One distribution: beside the bare computation and other libraries, by size, and with what limits it."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from heapq import heapify, heappop, heapreplace
from types import MappingProxyType
from typing import Any, TypeAlias

import pytest
from contenders import MAKERS, contender, votes_of
from measured import TOO_LONG
from support import Benchmark, at_most

from kommunalvalg import (
    ProportionalElection,
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


Checked: TypeAlias = tuple[Callable[[], Any], Callable[[Any], bool]]
"""What is measured, and what tells that its result is right."""

LIMITS = (
    "plain",
    "capacities that nobody reaches",
    "capacities that half of the lists reach",
    "seats held",
    "three alliances",
    "three alliances, capacities that nobody reaches",
    "three alliances, capacities that half of the lists reach",
)


@cache
def limited(lists: int, seats: int) -> dict[str, Checked]:
    """Distribute the same votes under every limit, each held against the seats awarded one by one."""
    votes = dict(zip(map(str, range(lists)), votes_of(lists, seed=31).values(), strict=True))
    allied = [["0", "2", "5"], ["1", "3"], ["4", "6", "7"]]
    plain = dhondt(votes, seats).seats
    many = dict.fromkeys(votes, seats + 4)
    few = {name: won // 2 if number % 2 else seats for number, (name, won) in enumerate(plain.items())}
    held = {"0": 1, "1": 2}
    by_unit = one_by_one(merge_alliances(votes, allied), seats)

    def allied_are_right(won: ProportionalElection, capacity: Mapping[str, int]) -> bool:
        return all(
            one_by_one({name: votes[name] for name in unit}, sum(won.seats[name] for name in unit), capacity=capacity)
            == {name: won.seats[name] for name in unit}
            for unit in allied
        )

    room = {"+".join(unit): sum(few[name] for name in unit) for unit in allied}
    by_unit_of_few = one_by_one(merge_alliances(votes, allied), seats, capacity=few | room)
    return {
        "plain": (lambda: dhondt(votes, seats), lambda won: won.seats == one_by_one(votes, seats)),
        "capacities that nobody reaches": (
            lambda: dhondt(votes, seats, capacity=many),
            lambda won: won.seats == one_by_one(votes, seats),
        ),
        "capacities that half of the lists reach": (
            lambda: dhondt(votes, seats, capacity=few),
            lambda won: won.seats == one_by_one(votes, seats, capacity=few),
        ),
        "seats held": (
            lambda: dhondt(votes, seats, held=held),
            lambda won: won.seats == one_by_one(votes, seats, held=held),
        ),
        "three alliances": (
            lambda: proportional_election(votes, seats, alliances=allied),
            lambda won: won.unit_seats == by_unit and allied_are_right(won, {}),
        ),
        "three alliances, capacities that nobody reaches": (
            lambda: proportional_election(votes, seats, alliances=allied, capacity=many),
            lambda won: won.unit_seats == by_unit and allied_are_right(won, {}),
        ),
        "three alliances, capacities that half of the lists reach": (
            lambda: proportional_election(votes, seats, alliances=allied, capacity=few),
            lambda won: won.unit_seats == by_unit_of_few and allied_are_right(won, few),
        ),
    }


def one_by_one(
    votes: Mapping[str, int],
    seats: int,
    held: Mapping[str, int] = MappingProxyType({}),
    capacity: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, int]:
    """Award the seats one after another, each to the largest quotient."""
    have = {name: held.get(name, 0) for name in votes}
    largest = [(-Fraction(count, have[name] + 1), name) for name, count in votes.items() if capacity.get(name, 1)]
    heapify(largest)
    for _ in range(seats):
        _, name = largest[0]
        have[name] += 1
        if have[name] == capacity.get(name):
            heappop(largest)
        else:
            heapreplace(largest, (-Fraction(votes[name], have[name] + 1), name))
    return {name: count - held.get(name, 0) for name, count in have.items()}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize(("lists", "seats"), [(10, 31), (1_000, 10_000)])
def test_limits(benchmark: Benchmark, lists: int, seats: int, limit: str) -> None:
    """The seats are right, however they are limited."""
    call, right = limited(lists, seats)[limit]
    assert right(call())
    benchmark(call)


KKR = data.kkr("hovedstaden-2026")


def published() -> data.PublishedKKR:
    """Give what was published of it."""
    assert KKR.published is not None
    return KKR.published


COMPOSED = KKR.compose()
PASSED = COMPOSED.threshold.passed
PUBLISHED = published()
HELD_BY_MAYORS = {party: count for party, count in KKR.mayors.items() if party in PASSED}
SUPPLEMENTARY = COMPOSED.size - sum(KKR.mayors.values())

METHODS: dict[str, Checked] = {
    "`dhondt`": (
        lambda: dhondt(PASSED, SUPPLEMENTARY),
        lambda won: sum(won.seats.values()) == PUBLISHED.size - sum(PUBLISHED.mayors.values()),
    ),
    "`largest_shortfall`": (
        lambda: largest_shortfall(
            PASSED, SUPPLEMENTARY, total=KKR.area.valid, held=HELD_BY_MAYORS, size=PUBLISHED.size
        ),
        lambda won: all(count == won.seats.get(party, 0) for party, count in PUBLISHED.supplementary.items()),
    ),
    "`apply_threshold`": (
        lambda: apply_threshold(KKR.area.votes, "2%", total=KKR.area.cast, represented=KKR.area.represented),
        lambda threshold: threshold.passed == PASSED,
    ),
    "`compose_kkr`": (
        KKR.compose,
        lambda kkr: all(count == kkr.members[party] for party, count in PUBLISHED.members.items()),
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
