"""Measure everything and print the tables: ``python benchmarks/run.py``, with the extra ``bench`` installed.

It takes some five minutes. With ``--write`` the documentation gets the tables and the chart; with ``--quick``
everything is measured once and briefly, to try it. The exit status is 1 where a goal does not hold, and 2 where a
benchmark fails.
"""

import argparse
import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import chart
from measured import FOLDER, Numbers, fragments, goals, write

HERE = Path(__file__).parent
PASSES = 5
QUIETLY = ("-m", "pytest", "-q", "--benchmark-quiet")
LIBRARIES = ("kommunalvalg", "numpy", "votelib", "apportionment", "interregnum")


def measure(passes: int, *options: str) -> list[dict[str, Any]]:
    """Run all benchmarks so many times, each time in a process of its own, and return what pytest-benchmark wrote.

    A process has its own luck with addresses and hashes, and what else the machine does comes and goes.
    """
    found: list[dict[str, Any]] = []
    with TemporaryDirectory() as folder:
        for number in range(1, passes + 1):
            # What took too long once is not waited for again.
            left_out = [f"--deselect={name}" for name in found[0]["skipped"]] if found else []
            print(f"Pass {number} of {passes}", file=sys.stderr, flush=True)
            file = Path(folder, f"{number}.json")
            done = subprocess.run(  # noqa: S603 - this Python, our own files
                [sys.executable, *QUIETLY, f"--benchmark-json={file}", *options, *left_out],
                cwd=HERE,  # where the configuration is
                stdout=sys.stderr,  # its progress; the tables stand alone on standard output
                check=False,
            )
            if done.returncode:
                sys.exit(2)
            found.append(json.loads(file.read_text(encoding="utf-8")))
    return found


def machine(info: dict[str, Any]) -> dict[str, str]:
    """Name what was measured on."""
    cpu = info["cpu"]
    return {
        "processor": cpu.get("brand_raw") or cpu.get("arch") or info["machine"],
        "cores": f"{cpu['count']} cores",
        "system": info["system"],
        "python": f"{info['python_implementation']} {info['python_version']}",
    }


def versions() -> dict[str, str]:
    """Give the versions of the libraries that are there."""
    found = {}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            print(f"{library} is not installed, so it is not measured.", file=sys.stderr)
    return found


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="measure once and briefly, to try it")
    how.add_argument("--write", action="store_true", help="write the tables and the chart into the documentation")
    arguments = parser.parse_args()
    found_versions = versions()
    passes = measure(1, "--benchmark-max-time=0.02") if arguments.quick else measure(PASSES)
    numbers = Numbers.of(passes, machine(passes[0]["machine_info"]), found_versions)
    print("\n".join(fragments(numbers).values()))
    if arguments.write:
        write(numbers)
        chart.draw(numbers)
        print(f"Written to {FOLDER.relative_to(HERE.parent)}.", file=sys.stderr)
    missed = [goal for goal in goals(numbers) if goal.holds is False]
    for goal in missed:
        print(f"Does not hold: {' | '.join(goal.cells[:-1])}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
