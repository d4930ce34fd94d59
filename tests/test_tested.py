"""The commands that test the tests, and what the documentation says that they found."""

import ast
import json
import os
import random
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import cannot
import mutants
import nightly

ADDED = """
def added(votes: dict[str, int]) -> "int | None":
    '''Add the votes above 1.'''
    total = sum(count for count in votes.values() if count > 1)
    if not votes:
        raise ValueError(_("there are {least}", least=1))
    return total
"""

CHANGED = {  # each as the function and what becomes of what
    "added: count > 1 -> count >= 1",
    "added: count > 1 -> count <= 1",
    "added: 1 -> 2",
    "added: 1 -> 0",
    "added: for count in votes.values() if count > 1 -> for count in votes.values()",
    "added: if not votes: -> if True:",
    "added: if not votes: -> if False:",
    "added: not votes -> votes",
    "added: raise ValueError(_('there are {least}', least=1)) -> pass",
    "added: return total -> return None",
}


def test_a_mutant_is_one_change_of_what_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparisons, numbers, conditions, filters and statements change, one at a time; wording and types do not."""
    monkeypatch.setattr(mutants, "SOURCE", tmp_path)
    (tmp_path / "added.py").write_text(ADDED)
    found = mutants.mutants("added.py")
    assert {" ".join(each.change.split()) for each in found} == CHANGED
    sources = {ast.unparse(mutants.mutated(each)) for each in found}
    assert len(sources | {ast.unparse(ast.parse(ADDED))}) == len(found) + 1


def test_a_change_that_changes_nothing_is_one_that_there_is() -> None:
    """Each change that is listed as none, with its reason, still stands in its file."""
    for file, changes in tomllib.loads(mutants.ALIKE.read_text("utf-8")).items():
        there = set().union(*(each.called for each in mutants.mutants(file)))
        assert set(changes) <= there, file
        assert all(len(why) > 10 for why in changes.values())


def test_the_tables_are_those_of_the_figures() -> None:
    """The documentation's tables are written from the figures, and by no hand."""
    known: dict[str, Any] = json.loads(mutants.FIGURES.read_text("utf-8"))
    assert mutants.TABLE.read_text("utf-8") == mutants.table(known)
    run: dict[str, Any] = json.loads(nightly.FIGURES.read_text("utf-8"))
    assert nightly.TABLE.read_text("utf-8") == nightly.table(run)
    newest: dict[str, Any] = json.loads(cannot.FIGURES.read_text("utf-8"))
    assert cannot.TABLE.read_text("utf-8") == cannot.table(newest["python"], newest["files"])
    assert [file for file, of in newest["files"].items() if of["failed"]] == []


@pytest.mark.parametrize("part", nightly.RANDOM)
def test_a_night_is_the_same_for_the_same_seed(part: str) -> None:
    """A few cases of each kind are run, and each by its own number."""
    assert nightly.work((part, 20251118, 0, 3)) == (part, 3, "")


def test_a_case_that_differs_is_told_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs is found again by the seed, the part, the chunk and the number."""

    def differs(rng: random.Random) -> None:
        if rng.random() > 0.5:
            raise AssertionError("3 and not 4")

    monkeypatch.setitem(nightly.RANDOM, "made up", ("made up", differs, 1000))
    part, done, wrong = nightly.work(("made up", 7, 2, 1000))
    assert part == "made up"
    assert wrong.startswith(f"seed 7, made up, chunk 2, number {done}\n")
    assert "3 and not 4" in wrong


COUNTED = """
import pytest
from kommunalvalg.errors import MissingExtraError

def test_good(): pass
def test_wrong(): assert 1 == 2
def test_other(): raise ModuleNotFoundError("No module named 'kommunalvalg.law'")
def test_other_error(): raise ValueError("No module named 'numpy'")
def test_thread(): raise RuntimeError("can't start new thread")
def test_after():
    try:
        raise ModuleNotFoundError("No module named 'numpy.random'")
    except ImportError:
        raise ValueError("no number") from None
def test_told():
    with pytest.raises(MissingExtraError):
        raise MissingExtraError("frames", "pandas or polars", "pandas")
    assert False
def test_told_and_good():
    with pytest.raises(MissingExtraError):
        raise MissingExtraError("frames", "pandas or polars", "pandas")
def test_skipped(): pytest.skip("it rains")
"""

UNREAD = """
def test_one(): pass
def test_two(): pass
raise ImportError("No module named 'lxml'")
"""

COUNTS = """
import json, sys
import pytest
from cannot import Counted
counted = Counted()
pytest.main(["-c", "none.ini", "-p", "no:cacheprovider", "--continue-on-collection-errors", "."], [counted])
print("\\n" + json.dumps(counted.files))
"""


def test_a_test_is_excused_by_what_is_not_there_alone(tmp_path: Path) -> None:
    """Where threads or packages are not there, tests of them count as not run, and all others as what they are."""
    (tmp_path / "none.ini").write_text("[pytest]\n")
    (tmp_path / "test_counted.py").write_text(COUNTED)
    (tmp_path / "test_unread.py").write_text("import lxml_that_is_not\n\ndef test_one(): pass\n")
    (tmp_path / "test_unread_too.py").write_text(UNREAD)
    asked = "raise pytest.skip.Exception(\"No module named 'sphinx'\", allow_module_level=True)"
    (tmp_path / "test_asked.py").write_text(f"import pytest\n\ndef test_one(): pass\n{asked}\n")
    environment = {**os.environ, "PYTHONPATH": str(Path(cannot.__file__).parent)}
    run = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", COUNTS], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout.splitlines()[-1])
    one = found.pop("test_counted.py")
    assert one["passed"] == 2
    assert [name.partition("::")[2] for name in one["failed"]] == ["test_wrong", "test_other", "test_other_error"]
    assert one["not run"] == {
        "without threads": 1,
        "without numpy": 1,
        "without pandas": 1,
        "it rains": 1,
    }
    assert found["test_unread_too.py"]["not run"] == {"without lxml": 2}
    assert found["test_asked.py"]["not run"] == {"without sphinx": 1}
    assert [file for file, of in found.items() if of["failed"]] == ["test_unread.py"]


def test_what_was_counted_is_added_up() -> None:
    """The files are one table, and what was not run stands in it with the reason."""
    files = {
        "tests/test_a.py": {"passed": 1000, "failed": {}, "not run": {"without numpy": 1, "it rains": 3}},
        "tests/test_b.py": {"passed": 0, "failed": {"tests/test_b.py": "it ended"}, "not run": {}},
        "tests/test_c.py": {"passed": 234, "failed": {}, "not run": {"without numpy": 4}},
    }
    today, before = cannot.kept(files, "2026-11-28"), cannot.kept(files, "2026-11-20")
    assert cannot.table("CPython 3.14.2", today).splitlines() == [
        "| CPython 3.14.2, 2026-11-28 | Tests and examples |",
        "| --- | --: |",
        "| passed | 1,234 |",
        "| failed | 1 |",
        "| not run: without numpy | 5 |",
        "| not run: it rains | 3 |",
    ]
    older = {**today, "tests/test_a.py": before["tests/test_a.py"]}
    assert cannot.table("CPython 3.14.2", older).startswith("| CPython 3.14.2, 2026-11-20 to 2026-11-28 |")
