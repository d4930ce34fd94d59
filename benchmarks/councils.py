"""How long a whole council election takes: all 98 of 2025, and reading the official export.

Run it as ``python benchmarks/councils.py``; with ``KOMMUNALVALG_SHARED_DATA`` set, the export is read as well.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from kommunalvalg import data, elect_council

RUNS = 15


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Give the median of several runs in milliseconds, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def main() -> None:
    """Print a Markdown table."""
    councils = data.councils("kv2025")

    def elect() -> None:
        for election in councils.values():
            elect_council(election)

    rows = [
        ("One council loaded (Fanø)", median(lambda: data.council("kv2025", "Fanø"))),
        ("All 98 councils loaded", median(lambda: data.councils("kv2025"))),
        ("All 98 councils elected, to the last substitute", median(elect)),
    ]
    if shared := os.environ.get("KOMMUNALVALG_SHARED_DATA"):
        archive = Path(shared) / "official" / "valgdk-kv2025.tar.xz"
        rows.append(("The official export read, 1,512 files", median(lambda: data.read_valgdk(archive), runs=3)))
    print(f"Python {platform.python_version()}, {platform.machine()}; medians of {RUNS} runs (the export: 3)\n")
    print("| Work | Milliseconds |\n|---|---:|")
    for work, milliseconds in rows:
        print(f"| {work} | {milliseconds:.1f} |")


if __name__ == "__main__":
    main()
