"""Work that is measured in a process of its own: ``alone.py NAME`` prepares, and then works whenever it gets a line.

It answers each time with the seconds and the megabytes that the process has used by then. Nothing is imported before it
is needed, so that a bare interpreter can be measured too.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ELECTIONS = 1_000_000


def distributing(lists: int, seats: int, **options: Any) -> Callable[[], Callable[[], object]]:  # noqa: ANN401 - passed on
    """Make votes for a million elections, and return what distributes them."""

    def prepare() -> Callable[[], object]:
        import numpy as np

        from kommunalvalg import proportional_election
        from kommunalvalg.simulation import dhondt_many

        votes = np.random.default_rng(lists * seats).integers(1_000, 200_000, size=(ELECTIONS, lists))
        names = [str(column) for column in range(lists)]
        alliances = [[names[column] for column in alliance] for alliance in options.get("alliances", ())]
        capacity = dict(zip(names, options.get("capacity", [seats] * lists), strict=True))
        few = dhondt_many(votes[:500], seats, **options)
        for counts, won in zip(votes[:500].tolist(), few.seats.tolist(), strict=True):
            given = dict(zip(names, counts, strict=True))
            expected = proportional_election(given, seats, alliances=alliances, capacity=capacity)
            assert won == list(expected.seats.values()), f"{given} gives other seats one by one"
        return lambda: dhondt_many(votes, seats, **options)

    return prepare


def simulating(model: str, *arguments: object) -> Callable[[], Callable[[], object]]:
    """Return what simulates a million elections of the largest council."""

    def prepare() -> Callable[[], object]:
        from kommunalvalg import data, simulation

        council = data.council("kv2025", "København")
        drawn = getattr(simulation, model)(*arguments)
        return lambda: simulation.simulate(council, drawn, ELECTIONS, seed=20251118)

    return prepare


def simulating_all() -> Callable[[], object]:
    """Return what simulates all 98 councils, a million elections in all."""
    from kommunalvalg import data
    from kommunalvalg.simulation import UniformSwing, simulate

    councils = data.councils("kv2025")
    return lambda: simulate(councils, UniformSwing("2%", local="1%"), round(ELECTIONS / len(councils)), seed=20251118)


def keeping() -> Callable[[], object]:
    """Return what loads and elects all councils, to the last substitute, and keeps everything."""

    def keep() -> object:
        from kommunalvalg import data, elect_council

        councils = data.councils("kv2025")
        results = [elect_council(council) for council in councils.values()]
        return councils, results, [result.substitutes for result in results]

    return keep


MANY: dict[str, Callable[[], Callable[[], object]]] = {
    "10 lists, 31 seats": distributing(10, 31),
    "10 lists, 58 seats": distributing(10, 58),
    "20 lists, 179 seats": distributing(20, 179),
    "10 lists, 31 seats, capacities": distributing(10, 31, capacity=[9] * 10),
    "10 lists, 31 seats, alliances": distributing(10, 31, alliances=[[0, 1, 2], [3, 4], [5, 6]]),
    "København simulated, `Poll(1000)`": simulating("Poll", 1000),
    'København simulated, `UniformSwing("2%")`': simulating("UniformSwing", "2%"),
    "All 98 councils simulated, 10 204 times": simulating_all,
}
WORK = MANY | {"All 98 councils and their results": keeping}


def most_memory() -> float:
    """Return the most memory that this process had in use, in megabytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # not what Linux says of resources used: that begins at what the parent had
        high = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(high.split()[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def answer() -> None:
    """Tell the seconds of the processor that this process has used so far, and the most megabytes."""
    print(time.process_time(), most_memory(), flush=True)


def main() -> None:
    """Prepare, and work whenever a line comes."""
    call = WORK[sys.argv[1]]()
    answer()
    for _ in sys.stdin:
        result = call()
        answer()
        del result


if __name__ == "__main__":
    main()
