"""Whole councils: those of 2025 loaded, elected to the last substitute and kept, and the official export read."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import Benchmark, measured_alone, timed_alone

from kommunalvalg import data, elect_council

COUNCILS = data.councils("kv2025")

# The garbage collector runs here as it does for everybody: so many values are built that it is a part of the work.
WORK: dict[str, tuple[Callable[[], Any], Callable[[Any], bool]]] = {
    "One council loaded (Fanø), its file read before": (
        lambda: data.council("kv2025", "Fanø"),
        lambda council: council == COUNCILS["Fanø"],
    ),
    "All 98 councils loaded, their file read before": (
        lambda: data.councils("kv2025"),
        lambda councils: len(councils) == 98,
    ),
    "One council elected (København), to the last substitute": (
        lambda: elect_council(COUNCILS["København"]),
        lambda result: result.seats == data.published("kv2025", "København").seats,
    ),
    "All 98 councils elected, to the last substitute": (
        lambda: [elect_council(council) for council in COUNCILS.values()],
        lambda results: all(
            result.seats == data.published("kv2025", result.election.name).seats
            and sum(map(len, result.substitutes.values())) > 0
            for result in results
        ),
    ),
}


@pytest.mark.parametrize("work", WORK)
def test_councils(benchmark: Benchmark, work: str) -> None:
    """Every council has the seats that were published."""
    call, right = WORK[work]
    assert right(benchmark(call))


def test_export(benchmark: Benchmark) -> None:
    """The official export, 1,512 files in an archive, has all councils and the votes that are embedded."""
    if not (shared := os.environ.get("KOMMUNALVALG_SHARED_DATA")):
        pytest.skip("no export")
    export = benchmark.pedantic(data.read_valgdk, (Path(shared, "official", "valgdk-kv2025.tar.xz"),), rounds=1)
    assert {name: council.votes for name, council in export.items()} == {
        name: council.votes for name, council in COUNCILS.items()
    }


@timed_alone
def test_memory(benchmark: Benchmark) -> None:
    """All councils and their results are loaded, elected and kept in a new process."""
    measured_alone(benchmark, "All 98 councils and their results", rounds=1)
