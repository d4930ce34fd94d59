"""Questions about results: the margins of all councils, and of elections with more and more lists."""

import pytest
from contenders import votes_of
from support import Benchmark

from kommunalvalg import data, proportional_election
from kommunalvalg.analysis.margins import margins

COUNCILS = data.councils("kv2025")


def test_margins_of_all_councils(benchmark: Benchmark) -> None:
    """Every council has its margins, and the last seat of each is held by a list that has seats."""
    every = benchmark(lambda: [margins(council) for council in COUNCILS.values()])
    assert all(each.lists[key].most for each in every for key in each.last.holders)


@pytest.mark.parametrize("lists", [20, 40, 80])
def test_margins_over_lists(benchmark: Benchmark, lists: int) -> None:
    """However many lists there are, each has its margins, and each two of them their moves."""
    votes = dict(zip(map(str, range(lists)), votes_of(lists, seed=lists).values(), strict=True))
    election = proportional_election(votes, 31)
    assert len(benchmark(margins, election).moves) == lists * (lists - 1)
