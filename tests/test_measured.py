"""The documentation's tables of measured times are made from one file of numbers, and the goals hold in it."""

import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import measured
import run
from measured import Numbers

NUMBERS = Numbers.read()
PAGES = [measured.DOCS / "performance.md", measured.DOCS / "many.md"]


def test_the_tables_are_those_of_the_numbers() -> None:
    """Each table is what the command writes of the numbers, to the letter, and there is none besides."""
    found = {file.name: file.read_text(encoding="utf-8") for file in measured.FOLDER.glob("*.md")}
    assert found == measured.fragments(NUMBERS)


def test_every_table_is_on_a_page() -> None:
    """The pages include every table once, and none that there is not."""
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert sorted(re.findall(r"{include} measured/(.+)", pages)) == sorted(measured.fragments(NUMBERS))


def test_the_pages_say_no_number_of_their_own() -> None:
    """What is measured stands in the tables alone, where it is measured again."""
    for page in PAGES:
        assert re.findall(r"[\d.,]+ *(?:µs|ms|MB|(?:micro|milli)?seconds)\b", page.read_text(encoding="utf-8")) == []


def test_the_chart_is_drawn_from_the_numbers() -> None:
    """The chart says in itself what its alternative text says, and is small."""
    chart = measured.CHART.read_text(encoding="utf-8")
    assert measured.alternative_text(NUMBERS) in chart
    assert len(chart) < 40_000


def test_this_version_was_measured_beside_every_other_library() -> None:
    """The numbers are of this version, and nothing was left out but what takes too long."""
    assert NUMBERS.versions["kommunalvalg"] == version("kommunalvalg")
    assert set(NUMBERS.skipped.values()) <= {"too long"}
    assert NUMBERS.passes >= 5


@pytest.mark.parametrize("goal", measured.goals(NUMBERS), ids=lambda goal: goal.what)
def test_the_goal_holds(goal: measured.Goal) -> None:
    """What was measured reaches the goal."""
    assert goal.holds, " | ".join(goal.cells)


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("dhondt[1000-10000-seats]", "`dhondt` beside the bare computation, at every size"),
        ("dhondt[100-1000-seats]", "Each other exact library beside `dhondt`, at every size"),
        ("dhondt[10-31-with awards]", "`dhondt` with the award of each seat, 10 lists and 31 seats"),
        ("limits[10-31-capacities that half of the lists reach]", "Capacities beside none"),
        ("limits[1000-10000-capacities that nobody reaches]", "Capacities beside none"),
        ("limits[10-31-seats held]", "Seats held beside none"),
        ("limits[1000-10000-three alliances]", "Three alliances beside none"),
        ("councils[All 98 councils elected, to the last substitute]", "98 councils elected, to the last substitute"),
        ("many[10 lists, 31 seats]", "Elections of 10 lists and 31 seats, on one core"),
    ],
)
def test_what_is_a_thousand_times_slower_misses_its_goal(name: str, goal: str) -> None:
    """Every time that a goal is about decides whether it holds."""
    slow = attrs.evolve(NUMBERS, seconds={**NUMBERS.seconds, name: NUMBERS.seconds[name] * 1000})
    (missed,) = [each for each in measured.goals(slow) if each.what == goal]
    assert missed.holds is False
    assert missed.cells[-1] == "no"


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("memory", "98 councils and their results kept, over the interpreter"),
        ("many[København simulated, `Poll(1000)`]", "A million elections simulated, in all"),
        ("many[All 98 councils simulated, 10 204 times]", "A million elections simulated, in all"),
    ],
)
def test_what_takes_a_thousand_megabytes_misses_its_goal(name: str, goal: str) -> None:
    """Every memory that a goal is about decides whether it holds."""
    large = attrs.evolve(NUMBERS, megabytes={**NUMBERS.megabytes, name: (10.0, 1000.0)})
    (missed,) = [each for each in measured.goals(large) if each.what == goal]
    assert missed.holds is False


def started(first: float, **skipped: str) -> dict[str, int | None]:
    """Give the goals of starts, of which the first name in a notebook takes so many seconds: what -> milliseconds."""
    command = "`kommunalvalg dhondt A=11 B=8 --seats 3`"
    times = {"Python": 0.010, "`import kommunalvalg`": 0.035, "IPython": 0.2, "the first name in a notebook": first}
    times = {name: time for name, time in (times | {command: 0.3}).items() if name not in skipped}
    kept = {name: time for name, time in NUMBERS.seconds.items() if not name.startswith("start[")}
    numbers = attrs.evolve(
        NUMBERS,
        seconds=kept | {f"start[{name}]": time for name, time in times.items()},
        skipped={**NUMBERS.skipped, **{f"start[{name}]": why for name, why in skipped.items()}},
    )
    whats = [what for what, *_ in measured.STARTS]
    found = {goal.what: goal for goal in measured.goals(numbers) if goal.what in whats}
    assert [found[what].holds for what in whats] == [True, None if skipped else first < 0.28, False]
    values = {what: found[what].value for what in whats}
    return {what: None if value is None else round(value) for what, value in values.items()}


def test_a_start_is_what_it_takes_over_what_was_there() -> None:
    """An import counts without Python, a first name without IPython, a command with everything."""
    assert list(started(0.25).values()) == [25, 50, 300]
    assert list(started(0.29).values()) == [25, 90, 300]
    assert list(started(0.25, IPython="not installed").values()) == [25, None, 300]


def without(*absent: str) -> Numbers:
    """Leave out what was measured of some libraries, as if they were not installed."""
    names = [f"dhondt[{name}]" for name in NUMBERS.names("dhondt") if name.endswith(absent)]
    return attrs.evolve(
        NUMBERS,
        versions={library: its for library, its in NUMBERS.versions.items() if library not in absent},
        seconds={name: time for name, time in NUMBERS.seconds.items() if name not in names},
        skipped={**NUMBERS.skipped, **dict.fromkeys(names, "not installed")},
    )


def test_a_library_that_is_not_installed_is_named() -> None:
    """The table and the goal say which library was not there; without any, the goal is not measured."""
    fewer = without("votelib")
    (goal,) = [each for each in measured.goals(fewer) if "library" in each.what]
    assert goal.holds
    assert goal.where.endswith("; without votelib")
    assert measured.fragments(fewer)["dhondt.md"].count("not installed") == len(NUMBERS.sizes())
    (goal,) = [
        each for each in measured.goals(without("votelib", "apportionment", "interregnum")) if "library" in each.what
    ]
    assert goal.holds is None
    assert goal.cells[2] == "not measured"


def found(name: str, seconds: float, **extra: tuple[float, float]) -> dict[str, Any]:
    """Give one benchmark as pytest-benchmark writes it, with its name in ASCII."""
    return {"name": f"test_{name}".encode("unicode_escape").decode(), "stats": {"median": seconds}, "extra_info": extra}


def test_the_numbers_are_medians_of_the_passes() -> None:
    """One slow pass changes nothing; what one pass left out is the median of the others."""
    passes: list[dict[str, Any]] = [
        {
            "benchmarks": [found("a", 1.0, megabytes=(1, 2)), found("b[Køge]", 5.0)],
            "skipped": {"c.py::test_d[1]": "why"},
        },
        {"benchmarks": [found("a", 90.0, megabytes=(2, 8))], "skipped": {}},
        {"benchmarks": [found("a", 1.23456, megabytes=(3, 4)), found("b[Køge]", 7.0)], "skipped": {}},
    ]
    numbers = Numbers.of(passes, {}, {})
    assert numbers.seconds == {"a": 1.235, "b[Køge]": 6.0}
    assert numbers.megabytes == {"a": (2, 4)}
    assert numbers.skipped == {"d[1]": "why"}
    assert numbers.passes == 3


@pytest.mark.parametrize(("factor", "status"), [(1, 0), (4, 1)])
def test_the_command_prints_the_tables_and_tells_whether_the_goals_hold(
    factor: float, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every table is printed; the exit status is 0 where all goals hold, and 1 with one line for each that does not."""
    plain = NUMBERS.seconds["limits[10-31-plain]"]
    seconds = {name: plain if name.startswith("limits[") else time for name, time in NUMBERS.seconds.items()}
    seconds["limits[10-31-seats held]"] *= factor
    memory = NUMBERS.megabytes
    one = {
        "benchmarks": [
            found(name, time, **({"megabytes": memory[name]} if name in memory else {}))
            for name, time in seconds.items()
        ],
        "skipped": {f"bench.py::test_{name}": why for name, why in NUMBERS.skipped.items()},
        "machine_info": {
            "cpu": {"brand_raw": "Abacus", "count": 1},
            "system": "Wood",
            "python_implementation": "CPython",
            "python_version": "3.11.0",
        },
    }
    monkeypatch.setattr(run, "measure", lambda *_: [one])
    monkeypatch.setattr(sys, "argv", ["run.py", "--quick"])
    with pytest.raises(SystemExit) as stopped:
        run.main()
    printed = capsys.readouterr()
    assert stopped.value.code == status
    assert "Abacus, 1 cores, Wood, CPython 3.11.0;" in printed.out
    tables = measured.fragments(NUMBERS)
    assert all(tables[name] in printed.out for name in ("dhondt.md", "methods.md", "councils.md", "many.md"))
    assert printed.err.count("Does not hold: Seats held beside none | at most 3 times | 4.00 times") == status


@pytest.mark.parametrize(
    ("value", "written"),
    [(7_047_774, "7,050,000"), (999.6, "1,000"), (35.52, "35.5"), (0.1409, "0.141"), (0.00999, "0.00999")],
)
def test_numbers_are_written_with_three_figures(value: float, written: str) -> None:
    """A number has three figures, without a power of ten."""
    assert measured.figure(value) == written
