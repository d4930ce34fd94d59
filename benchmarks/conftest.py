"""What all benchmarks share: a processor that is awake, and a report that tells what was skipped."""

import time
from typing import Any

import pytest

skipped: dict[str, str] = {}


@pytest.fixture(autouse=True, scope="session")
def _awake() -> None:
    """Let the processor run for a moment; an idle one is slow at first, which the first benchmark would bear."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < 1:
        pass


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep why a benchmark was skipped."""
    if report.skipped and isinstance(report.longrepr, tuple):
        skipped[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")


def pytest_benchmark_update_json(output_json: dict[str, Any]) -> None:
    """Tell in the file of results too what was skipped, and why."""
    output_json["skipped"] = skipped
