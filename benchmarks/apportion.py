"""How long d'Hondt takes here, bare, and in other libraries: ``python benchmarks/apportion.py`` prints a table.

All are given the same votes, made from a fixed seed, and must give the same seats. A library that is not installed,
or would take longer than two seconds for one call, is left out, and the table says so.
"""

import platform
import random
import sys
import timeit
from collections.abc import Callable, Mapping
from importlib import import_module, metadata
from pathlib import Path
from statistics import median
from typing import TypeAlias

import attrs
import bare

from kommunalvalg import dhondt, proportional_election

SIZES = ((10, 31), (10, 58), (20, 179), (100, 1000), (1000, 10_000), (1000, 1_000_000))
TOO_LONG = 2.0
RUNS = 15
RUN_SECONDS = 0.02

Seats: TypeAlias = Mapping[str, int]
Call: TypeAlias = Callable[[], object]


@attrs.frozen
class Contender:
    """Something that distributes seats.

    Attributes:
        name: what the table calls it.
        prepare: makes, of votes and seats, the call that is measured; what it only needs once is done before.
        seats: reads the seats off what the call returns.
        work: how its time grows with lists and seats, to tell beforehand that it would take too long.
    """

    name: str
    prepare: Callable[[dict[str, int], int], Call]
    seats: Callable[[object, dict[str, int]], Seats]
    work: Callable[[int, int], int]


def ours() -> list[Contender]:
    """Return what is measured without any other library."""

    def read(result: object, _: dict[str, int]) -> Seats:
        return result.seats  # type: ignore[attr-defined, no-any-return]

    def with_awards(votes: dict[str, int], seats: int) -> Call:
        def call() -> object:
            result = dhondt(votes, seats)
            _ = result.awards
            return result

        return call

    def on_lists(votes: dict[str, int], seats: int) -> Call:
        counts = list(votes.values())
        return lambda: bare.dhondt(counts, seats)

    return [
        Contender("bare", on_lists, lambda won, votes: dict(zip(votes, won, strict=True)), lambda lists, _: lists),  # type: ignore[call-overload]
        Contender("seats", lambda votes, seats: lambda: dhondt(votes, seats), read, lambda lists, _: lists),
        Contender("with awards", with_awards, read, lambda lists, seats: lists + seats),
    ]


def votelib() -> Contender:
    """Return votelib, which awards seat by seat with Fractions."""
    evaluator = import_module("votelib.evaluate.proportional").HighestAverages("d_hondt")

    def read(result: object, votes: dict[str, int]) -> Seats:
        return {name: result.get(name, 0) for name in votes}  # type: ignore[attr-defined]

    return Contender(
        "votelib", lambda votes, seats: lambda: evaluator.evaluate(votes, seats), read, lambda _, seats: seats
    )


def apportionment() -> Contender:
    """Return apportionment with Fractions, since with floats it is not exact; it sorts every quotient."""
    compute = import_module("apportionment.methods").compute

    def prepare(votes: dict[str, int], seats: int) -> Call:
        names, counts = list(votes), list(votes.values())
        return lambda: compute("dhondt", counts, seats, fractions=True, parties=names)

    return Contender(
        "apportionment",
        prepare,
        lambda won, votes: dict(zip(votes, won, strict=True)),  # type: ignore[call-overload]
        lambda lists, seats: lists * seats,
    )


def interregnum() -> Contender:
    """Return interregnum, which awards seat by seat and logs each."""
    allocator = import_module("interregnum.methods.singlevote.highest_averages").HighestAveragesAllocator("dhondt")

    def prepare(votes: dict[str, int], seats: int) -> Call:
        pairs = list(votes.items())
        return lambda: allocator.calc(pairs, seats)

    def read(result: object, _: dict[str, int]) -> Seats:
        return {candidate.name: candidate.seats for candidate in result.allocation}  # type: ignore[attr-defined]

    return Contender("interregnum", prepare, read, lambda lists, seats: lists * seats)


def seconds(call: Call) -> float:
    """Measure one call: the median over several runs, each long enough for the clock."""
    once = timeit.timeit(call, number=1)
    number = max(1, round(RUN_SECONDS / max(once, 1e-9)))
    runs = RUNS if once < TOO_LONG / RUNS else 3
    return median(timeit.repeat(call, number=number, repeat=runs)) / number


def processor() -> str:
    """Name the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def contenders() -> tuple[list[Contender], list[str]]:
    """Return what can be measured, and which libraries are not installed."""
    found, missing = ours(), []
    for peer in (votelib, apportionment, interregnum):
        try:
            found.append(peer())
        except ImportError:
            missing.append(peer.__name__)
    return found, missing


def measure(found: list[Contender]) -> list[list[float | None]]:
    """Measure every contender at every size; None where one call would take too long."""
    rows: list[list[float | None]] = []
    last: dict[str, tuple[float, int]] = {}
    for lists, seats in SIZES:
        chance = random.Random(lists * seats)  # noqa: S311 - the same votes every time
        votes = {f"L{number}": chance.randint(1_000, 200_000) for number in range(lists)}
        expected = dhondt(votes, seats)
        assert expected.complete, "the votes are chosen so that no lot is needed"
        row: list[float | None] = []
        for contender in found:
            work = contender.work(lists, seats)
            before, done = last.get(contender.name, (0.0, 1))
            if before * work / done > TOO_LONG:
                row.append(None)
                continue
            call = contender.prepare(votes, seats)
            assert contender.seats(call(), votes) == expected.seats, f"{contender.name} gives other seats"
            row.append(seconds(call))
            last[contender.name] = (row[-1] or 0.0, work)
        rows.append(row)
        print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    return rows


def table(found: list[Contender], rows: list[list[float | None]]) -> str:
    """Write the medians as a Markdown table, in microseconds and as multiples of the bare computation."""
    names = [contender.name for contender in found]
    lines = [
        "| lists | seats | " + " | ".join(f"{name}, µs" for name in names) + " |",
        "|--:|--:|" + "--:|" * len(names),
    ]
    for (lists, seats), row in zip(SIZES, rows, strict=True):
        base = row[0] or 1.0
        cells = ["too long" if time is None else f"{time * 1e6:,.1f} (×{time / base:,.1f})" for time in row]
        lines.append(f"| {lists:,} | {seats:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def limited() -> str:
    """Measure what alliances, capacities and seats held cost beside the plain election of 10 lists and 31 seats."""
    seats = 31
    chance = random.Random(seats)  # noqa: S311 - the same votes every time
    votes = {name: chance.randint(1_000, 200_000) for name in "ABCDEFGHIJ"}
    capacity = dict.fromkeys(votes, seats + 4)
    few = {**capacity, max(votes, key=votes.__getitem__): 3}
    allied = [["A", "C", "F"], ["B", "D"], ["E", "G", "H"]]
    calls: dict[str, Call] = {
        "plain": lambda: dhondt(votes, seats),
        "capacities that nobody reaches": lambda: dhondt(votes, seats, capacity=capacity),
        "a capacity that is reached": lambda: dhondt(votes, seats, capacity=few),
        "seats held": lambda: dhondt(votes, seats, held={"A": 1, "B": 2}),
        "three alliances": lambda: proportional_election(votes, seats, alliances=allied),
        "three alliances, capacities that nobody reaches": lambda: proportional_election(
            votes, seats, alliances=allied, capacity=capacity
        ),
        "three alliances, a capacity that is reached": lambda: proportional_election(
            votes, seats, alliances=allied, capacity=few
        ),
    }
    lines = ["| 10 lists, 31 seats | µs | times plain |", "|---|--:|--:|"]
    times = {name: seconds(call) for name, call in calls.items()}
    lines += [f"| {name} | {time * 1e6:,.1f} | {time / times['plain']:.1f} |" for name, time in times.items()]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    found, missing = contenders()
    begun = timeit.default_timer()
    while timeit.default_timer() - begun < 1:  # an idle processor is slow at first, which the first row would bear
        pass
    rows = measure(found)
    versions = [f"{contender.name} {metadata.version(contender.name)}" for contender in found[len(ours()) :]]
    print(f"d'Hondt, median of {RUNS} runs; in brackets, times the bare computation. All gave the same seats.\n")
    print(table(found, rows))
    print(f"\n{limited()}")
    print(
        f"\nPython {platform.python_version()}, {processor()}; kommunalvalg {metadata.version('kommunalvalg')}", end=""
    )
    print("".join(f", {version}" for version in versions) + ".")
    print(f"Too long: one call would take more than {TOO_LONG:.0f} seconds.")
    if missing:
        print(f"Not installed, so not measured: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
