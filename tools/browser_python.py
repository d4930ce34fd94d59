"""Run the tests under the Python of the browser: CPython 3.14, compiled to WebAssembly (Pyodide), in Node.

    python tools/browser_python.py                      # all tests and examples
    python tools/browser_python.py tests/test_votes.py  # those of a file or a folder
    python tools/browser_python.py --quick              # all examples, and those that tell soonest
    python tools/browser_python.py --write              # and the figures of these files go into the documentation

It is the Python that the calculator comes with (``docs/_ext/calculator.py``), by its version and checksum. The packages
that tests need are installed for it by pip, in the versions that are installed here. What that Python has none of, such
as processes, cannot be tested there, and is counted by the reason (``tools/cannot.py``). The exit status is 1 where a
test fails, and 2 where nothing could be run.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from cannot import FIGURES, TABLE, kept, table

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME / "docs" / "_ext"))

import calculator  # type: ignore[import-not-found]  # noqa: E402 - found by the line above

CACHE = HOME / "docs" / "_build" / "pyodide"
PACKAGES = ("attrs", "babel", "click", "holidays", "hypothesis", "openpyxl", "pytest", "rich", "tabulate", "XlsxWriter")
"""What tests need and this Python can have; what else they ask for is not there, and said so."""

PLATFORM = ("--python-version", "3.14", "--platform", "pyemscripten_2026_0_wasm32", "--platform", "any")
"""What pip installs for."""

STACK = 900_000
"""Kilobytes: a call takes more of the stack than in a Python that is compiled for a machine."""

_NO_ROOM = 97
"""The exit status where no such stack is to be had."""

QUICK = (
    "src",
    *(f"tests/test_{name}.py" for name in ["cases_council", "cases_of_committees", "kinds", "lots", "public"]),
)
"""What tells soonest whether anything is otherwise: every example, every kind of result, and the act's own cases."""

ADDOPTS = "addopts=--doctest-modules --strict-markers --strict-config --tb=short --continue-on-collection-errors"
"""As those of pyproject.toml, in one process."""

ENDED = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED}
"""What pytest says where all was run that there is to run."""

BEGIN = """
import json, os, sys, tomllib
from pathlib import Path
os.chdir("/home/project")
sys.path[:0] = ["/packages", "/home/installed", "/home/project/src", "/home/project/tools"]
sys.dont_write_bytecode = True
version = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["version"]
installed = Path(f"/home/installed/kommunalvalg-{version}.dist-info/METADATA")
installed.parent.mkdir(parents=True)
installed.write_text(f"Name: kommunalvalg\\nVersion: {version}\\n", "utf-8")
"""

TESTS = """
import socket
import pytest
from cannot import Counted

def refuse(*_):  # which that Python would end at, rather than raise an error
    raise OSError("there are no connections")

for name in ("bind", "connect", "connect_ex"):
    setattr(socket.socket, name, refuse)
counted = Counted()
status = pytest.main({arguments}, [counted])
json.dumps({{"python": sys.version.split()[0], "status": int(status), "files": counted.files}})
"""


def packages() -> Path:
    """Give the folder with the packages, installed once."""
    wanted = [f"{package}=={version(package)}" for package in PACKAGES]
    folder = CACHE / "-".join(["packages", *(each.partition("==")[2] for each in wanted)])
    if not folder.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--only-binary", ":all:", *PLATFORM]
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
        done = subprocess.run([*pip, "--target", str(fresh), *wanted], capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise calculator.Missing(f"pip has not what the tests need: {done.stderr.strip().splitlines()[-1]}")
        fresh.rename(folder)
    return folder


def run(program: str, environment: Mapping[str, str], folders: Mapping[str, Path] | None = None) -> Any:  # noqa: ANN401 - what it gives
    """Run a program beside the library and the tests' packages, and give its value, which is JSON.

    Raises:
        calculator.Missing: that Python cannot be had.
        RuntimeError: it ended at what no program can catch.
    """
    there = {"/home/project": HOME, "/packages": packages(), **(folders or {})}
    what = {
        "engine": str(calculator.engine(CACHE)),
        "folders": {name: str(folder) for name, folder in there.items()},
        "environment": dict(environment),
    }
    node = [*calculator.program("node"), f"--stack-size={STACK}", str(HOME / "tools" / "browser_python.mjs")]
    room = f'ulimit -s {STACK + 2**16} || exit {_NO_ROOM}; exec "$@"'  # some more than node uses
    done = subprocess.run(  # noqa: S603 - ours
        ["/bin/sh", "-c", room, "sh", *node, json.dumps(what)],
        input=BEGIN + program,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode == _NO_ROOM:
        raise calculator.Missing(f"no program may have {STACK} kilobytes of stack here")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def tested(files: Sequence[str]) -> dict[str, Any]:
    """Run the tests of files, and tell what came of them."""
    environment = {"HYPOTHESIS_PROFILE": "brief"}
    folders = {}
    for name in ("KOMMUNALVALG_SHARED_DATA", "KOMMUNALVALG_STATUTES"):
        if os.environ.get(name):
            environment[name] = f"/home/{name}"
            folders[environment[name]] = Path(os.environ[name]).resolve()
    arguments = ["-o", ADDOPTS, "-p", "no:cacheprovider", *files]
    lost = ""
    try:
        found: dict[str, Any] = run(TESTS.format(arguments=arguments), environment, folders)
        if found["status"] not in ENDED:
            lost = f"pytest did not come to its end, and said {found['status']}"
    except RuntimeError as error:
        found, lost = {"python": "", "files": {}}, str(error)
    if lost:
        found["files"][" ".join(files)] = {"passed": 0, "failed": {"all": lost}, "not run": {}, "seconds": 0.0}
    for of in found["files"].values():
        for name, words in of["failed"].items():
            print(f"\n{name}\n{words}\n", flush=True)
    return found


def dealt(runs: int) -> list[list[str]]:
    """Deal the files with tests and the rooms with examples to runs."""
    rooms = (file for file in (HOME / "src" / "kommunalvalg").iterdir() if file.is_dir() or file.suffix == ".py")
    names = [str(file.relative_to(HOME)) for file in [*(HOME / "tests").glob("test_*.py"), *rooms]]
    return [part for at in range(runs) if (part := sorted(names)[at::runs])]


def main() -> int:
    """Run the tests, say what came of them, and tell by the exit status whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", help="files and folders with tests or examples; all, if none is named")
    parser.add_argument("--quick", action="store_true", help="all examples, and those that tell soonest")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many run at a time")
    parser.add_argument("--slowest", action="store_true", help="say which files took longest")
    parser.add_argument("--write", action="store_true", help="write what was found into the documentation")
    given = parser.parse_args()
    asked = given.files or (list(QUICK) if given.quick else [])
    try:
        packages()
        with ThreadPoolExecutor(given.jobs) as pool:
            parts = list(pool.map(tested, [asked] if asked else dealt(given.jobs * 8)))
    except calculator.Missing as missing:
        print(f"Nothing was run: {missing}")
        return 2
    files = {file: of for part in parts for file, of in part["files"].items()}
    python = f"CPython {max(part['python'] for part in parts)} (Pyodide {calculator.VERSION})"
    found = kept(files, f"{datetime.now(UTC):%Y-%m-%d}")
    print(table(python, found), end="")
    if given.slowest:
        slowest = sorted(files, key=lambda file: -files[file]["seconds"])[:30]
        print("\n".join(f"{files[file]['seconds']:6.1f} s  {file}" for file in slowest))
    if given.write:
        known = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
        earlier = known["files"] if known.get("python") == python else {}
        files = {file: of for file, of in sorted((earlier | found).items()) if (HOME / file).is_file()}
        FIGURES.write_text(json.dumps({"python": python, "files": files}, indent=1, ensure_ascii=False) + "\n", "utf-8")
        TABLE.write_text(table(python, files), "utf-8")
    return 1 if any(of["failed"] for of in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
