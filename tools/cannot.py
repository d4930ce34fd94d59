"""What a Python without processes, threads and compiled packages cannot run, told apart from what fails.

A plugin of pytest that ``tools/browser_python.py`` brings along. A test counts as not run where what stopped it *is*
that something is not there: the error itself, one that it came of, or one that the library told somebody in the test.
Whatever else goes wrong is a fault, as anywhere. A file that imports it is read all the same, and only those of its
tests count as not run that use it; one that cannot be read without it counts with each of its functions that is a test.
"""

import builtins
import doctest
import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from kommunalvalg.errors import MissingExtraError

FOLDER = Path(__file__).parent.parent / "docs" / "tested"
FIGURES, TABLE = FOLDER / "browser_python.json", FOLDER / "browser_python.md"

_COMPILED = "distributed|IPython|jsonschema|matplotlib|numpy|pandas|playwright|polars|pyarrow|sphinx"

ABSENT = {
    r"emscripten does not support processes|No module named '(?:_multiprocessing|_posixshmem|resource)'": "processes",
    r"can't start new thread": "threads",
    r"there are no connections": "connections",
    r"out of pty devices": "terminals",
    r"module 'os' has no attribute '(?:geteuid|mkfifo)'": "users and pipes",
    r"No module named '(?:docx|lxml)\b|need python-docx\b": "lxml",
    rf"(?:No module named '|need )({_COMPILED})\b": "",
}
"""What an error says of what is not there: pattern -> what that is; "" for the package that it names."""


def absent(error: BaseException | None) -> str | None:
    """Say what is not there, if that is what an error came of.

    >>> absent(ModuleNotFoundError("No module named 'numpy.random'"))
    'numpy'
    >>> absent(ValueError("No module named 'numpy'")), absent(ModuleNotFoundError("No module named 'kommunalvalg.law'"))
    (None, None)
    """
    for each in _chain(error):
        if isinstance(each, AttributeError | ImportError | OSError | RuntimeError) and (what := _named(str(each))):
            return what
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if isinstance(error, doctest.UnexpectedException):
        error = error.exc_info[1]
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _named(words: str) -> str | None:
    for pattern, what in ABSENT.items():
        if found := re.search(pattern, words):
            return what or found[1]
    return None


@contextmanager
def _noted() -> Iterator[list[str]]:
    """Note what the library says is not there, to whomever it says it."""
    told: list[str] = []
    begin = MissingExtraError.__init__

    def note(error: MissingExtraError, *args: str) -> None:
        begin(error, *args)
        told.extend(filter(None, [absent(error)]))

    with patch.object(MissingExtraError, "__init__", note):
        yield told


class _Absent:
    """What a test imports and is not there: it has every name, and whoever calls one gets the error of the import."""

    def __init__(self, error: ImportError) -> None:
        self.__error = error

    def __getattr__(self, name: str) -> "_Absent":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> "_Absent":
        return self

    def __or__(self, _: object) -> "_Absent":
        return self

    def __call__(self, *_: object, **__: object) -> object:
        raise self.__error


@contextmanager
def _read_all_the_same() -> Iterator[None]:
    """Let the files of tests, and them alone, import what is not there."""
    found = builtins.__import__

    def imported(name: str, globals: Any = None, *args: Any, **kwargs: Any) -> Any:  # noqa: A002, ANN401 - as __import__
        try:
            return found(name, globals, *args, **kwargs)
        except ImportError as error:
            if absent(error) is None or Path((globals or {}).get("__file__", "")).parent.name != "tests":
                raise
            return _Absent(error)

    with patch.object(builtins, "__import__", imported):
        yield


_TOLD = pytest.StashKey[list[str]]()


class Counted:
    """The plugin.

    Attributes:
        files: file -> how many of its tests "passed", the words of those that "failed", and how many were "not run" for
            which reason; and how many "seconds" they took.
    """

    def __init__(self) -> None:
        self.files: dict[str, dict[str, Any]] = {}

    def _of(self, nodeid: str) -> dict[str, Any]:
        begun = {"passed": 0, "failed": {}, "not run": {}, "seconds": 0.0}
        return self.files.setdefault(nodeid.partition("::")[0], begun)

    def _not_run(self, nodeid: str, reason: str, tests: int) -> None:
        reasons = self._of(nodeid)["not run"]
        reasons[reason] = reasons.get(reason, 0) + tests

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Hear what a test is told."""
        with _noted() as told:
            item.stash[_TOLD] = told
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: "pytest.CallInfo[None]"
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Take for not run what came of something that is not there."""
        report = yield
        told = item.stash[_TOLD]
        what = (absent(call.excinfo.value) if call.excinfo else None) or (told[0] if told else None)
        if report.failed and what is not None:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), 0, f"without {what}")
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Take for not run all tests of a file that cannot be read without what is not there."""
        with _read_all_the_same():
            report = yield
        call: pytest.CallInfo[None] = report.call
        what = absent(call.excinfo.value) if report.failed and call.excinfo else None
        if what is not None:
            report.outcome = "skipped"
            report.longrepr = (str(collector.path), 0, f"without {what}")
        if report.failed:
            self._of(report.nodeid)["failed"][report.nodeid] = str(report.longrepr)
        elif report.skipped:
            tests = len(re.findall(r"^def test_", collector.path.read_text("utf-8"), re.MULTILINE))
            if (type(collector) is pytest.Module) == bool(tests):  # a file of tests is read for examples too
                self._not_run(report.nodeid, _reason(report), tests or 1)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count."""
        of = self._of(report.nodeid)
        of["seconds"] += report.duration
        if report.failed:
            of["failed"][report.nodeid] = str(report.longrepr)
        elif report.skipped:
            self._not_run(report.nodeid, _reason(report), 1)
        elif report.when == "call":
            of["passed"] += 1


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Say why something was skipped, in the same words whoever found it."""
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    what = _named(reason)
    return f"without {what}" if what else reason.removeprefix("Skipped: ")


def kept(files: Mapping[str, Mapping[str, Any]], day: str) -> dict[str, Any]:
    """Give what the documentation keeps of each file that was run: the numbers, and the day."""
    return {
        file: {"passed": of["passed"], "failed": len(of["failed"]), "not run": of["not run"], "day": day}
        for file, of in sorted(files.items())
    }


def table(python: str, files: Mapping[str, Mapping[str, Any]]) -> str:
    """Write what came of all files as the documentation has it."""
    days = sorted({of["day"] for of in files.values()})
    not_run: Counter[str] = Counter()
    for of in files.values():
        not_run.update(of["not run"])
    rows = [
        f"| {python}, {' to '.join(dict.fromkeys([days[0], days[-1]]))} | Tests and examples |",
        "| --- | --: |",
        f"| passed | {sum(of['passed'] for of in files.values()):,} |",
        f"| failed | {sum(of['failed'] for of in files.values()):,} |",
        *(f"| not run: {reason} | {number:,} |" for reason, number in not_run.most_common()),
    ]
    return "\n".join([*rows, ""])
