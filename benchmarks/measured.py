"""What was measured, the goals that it is held against, and the tables of the documentation that are made from it.

The numbers are kept in one file, and every table is made from that file alone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import attrs

__all__ = [
    "CHART",
    "DOCS",
    "FOLDER",
    "NUMBERS",
    "OURS",
    "TOO_LONG",
    "Goal",
    "Numbers",
    "alternative_text",
    "figure",
    "fragments",
    "goals",
    "write",
]

DOCS = Path(__file__).parent.parent / "docs"
FOLDER = DOCS / "measured"
NUMBERS = FOLDER / "numbers.json"
CHART = DOCS / "_static" / "dhondt-time.svg"

TOO_LONG = 2.0
"""Seconds of the processor's time that one call may take before it is left out."""

ELECTIONS = 1_000_000
OURS = ("bare", "seats", "with awards")
ALL_ELECTED = "All 98 councils elected, to the last substitute"


@attrs.frozen
class Numbers:
    """What was measured, by the names of the benchmarks.

    Attributes:
        machine: what it was measured on: processor, cores, system and Python.
        versions: library -> version.
        passes: how often everything was measured, each time in a process of its own.
        seconds: benchmark -> the median of the passes, each the median of its rounds.
        megabytes: benchmark -> memory in use before the work and at most, the medians of the passes.
        skipped: benchmark -> why it was left out.
    """

    machine: Mapping[str, str]
    versions: Mapping[str, str]
    passes: int
    seconds: Mapping[str, float]
    megabytes: Mapping[str, tuple[float, float]]
    skipped: Mapping[str, str]

    @classmethod
    def of(cls, passes: list[dict[str, Any]], machine: Mapping[str, str], versions: Mapping[str, str]) -> "Numbers":
        """Take the medians of what pytest-benchmark wrote, pass by pass."""
        seconds: dict[str, list[float]] = {}
        megabytes: dict[str, list[tuple[float, float]]] = {}
        for each in passes:
            for found in each["benchmarks"]:
                name = found["name"].removeprefix("test_").encode().decode("unicode_escape")  # as pytest wrote it
                seconds.setdefault(name, []).append(found["stats"]["median"])
                if "megabytes" in found["extra_info"]:
                    megabytes.setdefault(name, []).append(found["extra_info"]["megabytes"])
        return cls(
            machine=machine,
            versions=versions,
            passes=len(passes),
            seconds={name: _rounded(median(times)) for name, times in seconds.items()},
            megabytes={
                name: (_rounded(median([before for before, _ in pairs])), _rounded(median([most for _, most in pairs])))
                for name, pairs in megabytes.items()
            },
            skipped={node.partition("::test_")[2]: why for node, why in passes[0]["skipped"].items()},
        )

    @classmethod
    def read(cls) -> "Numbers":
        """Read the numbers that the documentation shows."""
        found = json.loads(NUMBERS.read_text(encoding="utf-8"))
        return cls(**found | {"megabytes": {name: tuple(pair) for name, pair in found["megabytes"].items()}})

    def names(self, benchmark: str) -> tuple[str, ...]:
        """Give what stands in the brackets of a benchmark's names, in the order in which they were measured."""
        begin = f"{benchmark}["
        return tuple(name[len(begin) : -1] for name in (*self.seconds, *self.skipped) if name.startswith(begin))

    def sizes(self, benchmark: str = "dhondt") -> tuple[tuple[int, int], ...]:
        """Give the sizes, lists and seats, at which the contenders were measured, or what limits them."""
        sizes = [name.split("-", 2)[:2] for name in self.names(benchmark)]
        return tuple(sorted({(int(lists), int(seats)) for lists, seats in sizes}))

    def contenders(self) -> tuple[str, ...]:
        """Give the contenders, in the order in which they were measured."""
        return tuple(dict.fromkeys(name.split("-", 2)[2] for name in self.names("dhondt")))

    def dhondt(self, size: tuple[int, int], contender: str) -> float | str:
        """Give the seconds of a contender, or why it was left out."""
        name = "dhondt[{}-{}-{}]".format(*size, contender)
        return self.skipped[name] if name in self.skipped else self.seconds[name]

    def limits(self, size: tuple[int, int]) -> dict[str, float]:
        """Give what limits a distribution -> its time beside the plain one."""
        begin = "{}-{}-".format(*size)
        names = [name.removeprefix(begin) for name in self.names("limits") if name.startswith(begin)]
        return {name: self.seconds[f"limits[{begin}{name}]"] / self.seconds[f"limits[{begin}plain]"] for name in names}

    def over_seats(self, lists: int) -> dict[int, float]:
        """Give seats -> seconds of one distribution to so many lists."""
        pairs = [tuple(map(int, name.split("-"))) for name in self.names("over_seats")]
        return {seats: self.seconds[f"over_seats[{lists}-{seats}]"] for each, seats in pairs if each == lists}

    def over_lists(self) -> dict[int, float]:
        """Give lists -> seconds of one distribution of 1,000 seats."""
        return {int(lists): self.seconds[f"over_lists[{lists}]"] for lists in self.names("over_lists")}


def _rounded(value: float) -> float:
    """Keep four figures, which are more than another run repeats."""
    return float(f"{value:.4g}")


def figure(value: float) -> str:
    """Write a number with three figures: 7,050,000 or 35.5 or 0.141."""
    written = f"{value:.2e}"
    return f"{float(written):,.{max(0, 2 - int(written.partition('e')[2]))}f}"


# Goals


@attrs.frozen
class Goal:
    """A goal beside what was measured.

    Attributes:
        what: what is measured.
        limit: the most that it may be, or the least.
        unit: the unit of both.
        value: what it is; None where nothing was measured.
        where: of several that were measured, the one furthest from the goal.
        at_least: whether the limit is the least.
    """

    what: str
    limit: float
    unit: str
    value: float | None
    where: str = ""
    at_least: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def cells(self) -> tuple[str, ...]:
        """The goal as a row: what, how much, what was measured, and whether it holds."""
        bound = f"at {'least' if self.at_least else 'most'} {self.limit:,.9g} {self.unit}"
        if self.value is None:
            return self.what, bound, "not measured", ""
        where = f" ({self.where})" if self.where else ""
        return self.what, bound, f"{figure(self.value)} {self.unit}{where}", "yes" if self.holds else "no"


LIMITED = {
    "Capacities beside none": ("capacities that nobody reaches", "capacities that half of the lists reach"),
    "Seats held beside none": ("seats held",),
    "Three alliances beside none": ("three alliances",),
}


def goals(numbers: Numbers) -> tuple[Goal, ...]:
    """Hold what was measured against the goals."""
    seconds, megabytes = numbers.seconds, numbers.megabytes
    most, at = max((_ratio(numbers, size, "seats", "bare"), _size(size)) for size in numbers.sizes())
    others = [
        (_ratio(numbers, size, name, "seats"), f"{name}, {_size(size)}")
        for size in numbers.sizes()
        for name in numbers.contenders()
        if name not in OURS and numbers.dhondt(size, name) != "not installed"
    ]
    least, beside = min(others, default=(None, ""))
    absent = [name for name in numbers.contenders() if name not in (*OURS, *numbers.versions)]
    beside += f"; without {' and '.join(absent)}" if beside and absent else ""
    limited = [
        Goal(
            what,
            3,
            "times",
            *max(
                (numbers.limits(size)[name], f"{name}, {_size(size)}")
                for name in names
                for size in numbers.sizes("limits")
            ),
        )
        for what, names in LIMITED.items()
    ]
    before, kept = megabytes["memory"]
    simulated, work = max((pair[1], name[5:-1]) for name, pair in megabytes.items() if "simulated" in name)
    return (
        Goal("`dhondt` beside the bare computation, at every size", 5, "times", most, at),
        Goal("Each other exact library beside `dhondt`, at every size", 5, "times", least, beside, at_least=True),
        Goal(
            "`dhondt` with the award of each seat, 10 lists and 31 seats",
            60,
            "µs",
            seconds["dhondt[10-31-with awards]"] * 1e6,
        ),
        *limited,
        *_margins(numbers),
        *_start(numbers),
        Goal("98 councils elected, to the last substitute", 150, "ms", seconds[f"councils[{ALL_ELECTED}]"] * 1e3),
        Goal(
            "Elections of 10 lists and 31 seats, on one core",
            1_500_000,
            "a second",
            ELECTIONS / seconds["many[10 lists, 31 seats]"],
            at_least=True,
        ),
        Goal("98 councils and their results kept, over the interpreter", 100, "MB", kept - before),
        Goal("A million elections simulated, in all", 500, "MB", simulated, work),
    )


def _margins(numbers: Numbers) -> tuple[Goal, ...]:
    """Hold margins against their goals, in numbers that have them."""
    seconds, bind = numbers.seconds, "three alliances, capacities that half of the lists reach"
    if "margins_of_all_councils" not in seconds:
        return ()
    return (
        Goal("Three alliances and capacities beside none, 10 lists", 4, "times", numbers.limits((10, 31))[bind], bind),
        Goal("Margins of all 98 councils", 1_000, "ms", seconds["margins_of_all_councils"] * 1e3),
        Goal(
            "Margins of 80 lists beside 40: no more than the square",
            4,
            "times",
            seconds["margins_over_lists[80]"] / seconds["margins_over_lists[40]"],
        ),
    )


STARTS = (
    ("`import kommunalvalg`, over Python", 30, "`import kommunalvalg`", "Python"),
    ("The first name in a notebook, over IPython", 80, "the first name in a notebook", "IPython"),
    ("`kommunalvalg dhondt A=11 B=8 --seats 3`, all of it", 250, "`kommunalvalg dhondt A=11 B=8 --seats 3`", ""),
)
"""What a start is held against: the goal, milliseconds, the benchmark, and the one that it is more than."""


def _start(numbers: Numbers) -> Iterator[Goal]:
    """Hold what comes before the first result against its goals, in numbers that have it."""
    times = {name: numbers.seconds.get(f"start[{name}]") for name in numbers.names("start")}
    for what, limit, name, over in STARTS if times else ():
        time, less = times[name], times[over] if over else 0
        yield Goal(what, limit, "ms", None if time is None or less is None else (time - less) * 1e3)


def _ratio(numbers: Numbers, size: tuple[int, int], contender: str, other: str) -> float:
    """Give the time of a contender in times of another; of one that took too long, what it took at least."""
    time, beside = numbers.dhondt(size, contender), numbers.dhondt(size, other)
    assert not isinstance(beside, str)
    return (TOO_LONG if isinstance(time, str) else time) / beside


def _size(size: tuple[int, int]) -> str:
    return "{:,} lists and {:,} seats".format(*size)


# Tables


def fragments(numbers: Numbers) -> dict[str, str]:
    """Write everything that the documentation includes: file -> Markdown."""
    return {
        "machine.md": _machine(numbers),
        "goals.md": _table(["What", "Goal", "Measured", "Holds"], [goal.cells for goal in goals(numbers)]),
        "dhondt.md": _dhondt(numbers),
        "chart.md": f'```{{image}} _static/{CHART.name}\n:alt: "{alternative_text(numbers)}"\n:class: chart\n```\n',
        "limits.md": _limits(numbers),
        "methods.md": _methods(numbers),
        "councils.md": _councils(numbers),
        "many.md": _many(numbers),
    }


def _table(head: list[str], rows: Iterable[tuple[str, ...]], *, words: int = 4) -> str:
    """Write a table; the first columns have words, the others numbers."""
    rule = ["---"] * min(words, len(head)) + ["--:"] * (len(head) - words)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def _machine(numbers: Numbers) -> str:
    machine = ", ".join(numbers.machine.values())
    versions = ", ".join(f"{library} {version}" for library, version in numbers.versions.items())
    return (
        f"{machine}; {versions}. Passes over everything: {numbers.passes}, each in a process of its own, with the "
        "contenders in turn; each number is the median of the passes' medians. Times are the processor's, so that what "
        "else the machine does counts little.\n"
    )


def _dhondt(numbers: Numbers) -> str:
    names = numbers.contenders()
    rows = []
    for size in numbers.sizes():
        times = [numbers.dhondt(size, name) for name in names]
        cells = [
            time if isinstance(time, str) else f"{figure(time * 1e6)} (×{_ratio(numbers, size, name, 'bare'):,.1f})"
            for name, time in zip(names, times, strict=True)
        ]
        rows.append((*[f"{count:,}" for count in size], *cells))
    table = _table(["lists", "seats", *[f"{name}, µs" for name in names]], rows, words=0)
    if "too long" in numbers.skipped.values():
        table += f"\nToo long: one call takes more than {TOO_LONG:g} seconds.\n"
    return table


def _limits(numbers: Numbers) -> str:
    sizes = numbers.sizes("limits")
    columns = [numbers.limits(size) for size in sizes]
    rows = []
    for name in columns[0]:
        times = [numbers.seconds["limits[{}-{}-{}]".format(*size, name)] for size in sizes]
        cells = [f"{figure(time * 1e6)} (×{ratios[name]:.1f})" for time, ratios in zip(times, columns, strict=True)]
        rows.append(("none" if name == "plain" else name, *cells))
    return _table(["Limits", *[f"{_size(size)}, µs" for size in sizes]], rows, words=1)


def _methods(numbers: Numbers) -> str:
    times = {name: numbers.seconds[f"methods[{name}]"] for name in numbers.names("methods")}
    rows = [(name, figure(time * 1e6), f"{time / times['`dhondt`']:.1f}") for name, time in times.items()]
    return _table(["The parties and mayors of KKR Hovedstaden", "µs", "times `dhondt`"], rows, words=1)


def _councils(numbers: Numbers) -> str:
    times = {name: numbers.seconds[f"councils[{name}]"] for name in numbers.names("councils")}
    if "export" in numbers.seconds:
        times["The official export read, 1,512 files in an archive"] = numbers.seconds["export"]
    table = _table(["Work", "ms"], [(name, figure(time * 1e3)) for name, time in times.items()], words=1)
    before, most = numbers.megabytes["memory"]
    return f"{table}\nAll 98 councils and their results, kept, take {figure(most - before)} MB over the interpreter.\n"


def _many(numbers: Numbers) -> str:
    rows = []
    for name in numbers.names("many"):
        seconds, (before, most) = numbers.seconds[f"many[{name}]"], numbers.megabytes[f"many[{name}]"]
        rows.append((name, figure(ELECTIONS / seconds), figure(seconds), f"{before:.0f}", f"{most:.0f}"))
    table = _table(["Work", "elections a second", "seconds", "MB before", "MB at most"], rows, words=1)
    return f"{table}\nOf the first line's memory, {ELECTIONS * 10 * 2 * 8 / 1e6:.0f} MB are the votes and the seats.\n"


def alternative_text(numbers: Numbers) -> str:
    """Say in words what the chart shows."""
    few, more, by_lists = numbers.over_seats(10), numbers.over_seats(100), numbers.over_lists()
    fewest, most = min(by_lists), max(by_lists)
    return (
        f"Two charts. The time of one distribution, from {min(few):,} seats to {max(few):,}: {_span(few)} with 10 "
        f"lists, {_span(more)} with 100. And the time with 1,000 seats, beside p log p for p lists: "
        f"{figure(by_lists[fewest] * 1e6)} µs with {fewest}, {figure(by_lists[most] * 1e6)} µs with {most:,}."
    )


def _span(times: Mapping[int, float]) -> str:
    return f"{figure(min(times.values()) * 1e6)} to {figure(max(times.values()) * 1e6)} µs"


def write(numbers: Numbers) -> None:
    """Write the numbers and the tables made from them to where the documentation has them."""
    FOLDER.mkdir(exist_ok=True)
    NUMBERS.write_text(json.dumps(attrs.asdict(numbers), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, text in fragments(numbers).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
