"""How many elections a second, and in how much memory: ``python benchmarks/many.py`` prints a Markdown table.

Each line is measured in a process of its own, on one core, and its memory is the most that the process had in use.
With ``--chart FILE.svg`` (matplotlib), the time of a single ``dhondt`` is drawn too, over the seats and over the lists.
"""

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from math import log2
from pathlib import Path
from statistics import median

from apportion import processor, seconds

from kommunalvalg import data, dhondt, proportional_election

RUNS = 5
ELECTIONS = 1_000_000


def distributing(lists: int, seats: int, **options: object) -> Callable[[], Callable[[], object]]:
    """Make votes for a million elections, and return what distributes them."""

    def prepare() -> Callable[[], object]:
        import numpy as np  # noqa: PLC0415 - the bare interpreter is measured too

        from kommunalvalg.analysis.many import dhondt_many  # noqa: PLC0415 - as above

        votes = np.random.default_rng(lists * seats).integers(1_000, 200_000, size=(ELECTIONS, lists))
        names = [str(column) for column in range(lists)]
        few = dhondt_many(votes[:500], seats, **options)  # type: ignore[arg-type]
        for counts, won in zip(votes[:500].tolist(), few.seats.tolist(), strict=True):
            given = dict(zip(names, counts, strict=True))
            alliances = [[str(column) for column in alliance] for alliance in options.get("alliances", ())]  # type: ignore[attr-defined]
            capacity = dict(zip(names, options.get("capacity", [seats] * lists), strict=True))  # type: ignore[call-overload]
            assert won == list(
                proportional_election(given, seats, alliances=alliances, capacity=capacity).seats.values()
            )
        return lambda: dhondt_many(votes, seats, **options)  # type: ignore[arg-type]

    return prepare


def simulating(model: str, *arguments: object) -> Callable[[], Callable[[], object]]:
    """Return what simulates a million elections of the largest council."""

    def prepare() -> Callable[[], object]:
        from kommunalvalg.analysis import simulation  # noqa: PLC0415 - as above

        council = data.council("kv2025", "København")
        drawn = getattr(simulation, model)(*arguments)
        return lambda: simulation.simulate(council, drawn, ELECTIONS, seed=20251118)

    return prepare


def councils() -> Callable[[], object]:
    """Return what simulates all 98 councils, a million elections in all."""
    from kommunalvalg.analysis.simulation import UniformSwing, simulate  # noqa: PLC0415 - as above

    all_of_them = data.councils("kv2025")
    times = ELECTIONS // len(all_of_them)
    return lambda: simulate(all_of_them, UniformSwing("2%", local="1%"), times, seed=20251118)


WORK: dict[str, tuple[int, Callable[[], Callable[[], object]]]] = {
    "10 lists, 31 seats": (RUNS, distributing(10, 31)),
    "10 lists, 58 seats": (RUNS, distributing(10, 58)),
    "20 lists, 179 seats": (RUNS, distributing(20, 179)),
    "10 lists, 31 seats, capacities": (RUNS, distributing(10, 31, capacity=[9] * 10)),
    "10 lists, 31 seats, alliances": (RUNS, distributing(10, 31, alliances=[[0, 1, 2], [3, 4], [5, 6]])),
    "København simulated, Poll(1000)": (1, simulating("Poll", 1000)),
    'København simulated, UniformSwing("2%")': (1, simulating("UniformSwing", "2%")),
    "All 98 councils simulated, 10 204 times": (1, councils),
}


def peak() -> float:
    """Return the most memory that this process had in use, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def measure(name: str) -> None:
    """Do one line's work, and print the median of its seconds, and the memory before and at most."""
    runs, prepare = WORK[name]
    call = prepare()
    before, times = peak(), []
    for _ in range(runs):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    print(median(times), before, peak())


def table() -> None:
    """Measure every line in a process of its own, and print the table."""
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    print(f"A million elections each, on one core; median of {RUNS} runs, of a simulation one.\n")
    print("| work | elections a second | seconds | memory before, MB | memory at most, MB |\n|---|--:|--:|--:|--:|")
    for name in WORK:
        done = subprocess.run(  # noqa: S603 - this file again
            [sys.executable, __file__, "--only", name],
            env=os.environ | one_core,
            capture_output=True,
            text=True,
            check=True,
        )
        took, before, most = map(float, done.stdout.split())
        print(f"| {name} | {ELECTIONS / took:,.0f} | {took:.2f} | {before:.0f} | {most:.0f} |", flush=True)
    versions = ", ".join(f"{library} {metadata.version(library)}" for library in ("numpy", "kommunalvalg"))
    print(f"\nPython {platform.python_version()}, {versions}, {processor()}.")


SEATS = tuple(10**power for power in range(1, 8))
LISTS = tuple(2**power for power in range(1, 13))


def microseconds(lists: int, seats: int) -> float:
    """Measure one election, in microseconds."""
    chance = random.Random(lists)  # noqa: S311 - the same votes every time
    votes = {f"L{number}": chance.randint(1_000, 200_000) for number in range(lists)}
    return seconds(lambda: dhondt(votes, seats)) * 1e6


def chart(file: Path) -> None:
    """Draw the time of one election over its seats, and over its lists beside p log p."""
    import matplotlib as mpl  # noqa: PLC0415 - only for the chart

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415 - as above

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for lists in (10, 100):
        left.plot(SEATS, [microseconds(lists, seats) for seats in SEATS], marker="o", label=f"{lists} lists")
    left.set(xscale="log", yscale="log", xlabel="seats", ylabel="µs", title="Flat in the number of seats")
    left.set_ylim(bottom=1)
    left.legend()
    times = [microseconds(lists, 1_000) for lists in LISTS]
    scale = times[-1] / (LISTS[-1] * log2(LISTS[-1]))
    right.plot(LISTS, times, marker="o", label="1 000 seats")
    right.plot(LISTS, [scale * lists * log2(lists) for lists in LISTS], linestyle="--", label="p log p")
    right.set(xscale="log", yscale="log", xlabel="lists, p", ylabel="µs", title="p log p in the number of lists")
    right.legend()
    figure.savefig(file)
    print(f"One dhondt(...).seats, µs, 10 lists: {', '.join(f'{microseconds(10, seats):.1f}' for seats in SEATS)}")
    print(f"1 000 seats, µs, {LISTS[0]} to {LISTS[-1]} lists: {', '.join(f'{value:.1f}' for value in times)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw the time of one election (svg, png, pdf)")
    parser.add_argument("--only", choices=WORK, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        measure(arguments.only)
        return
    table()
    if arguments.chart:
        chart(arguments.chart)


if __name__ == "__main__":
    main()
