"""The commands that test the tests, and what the documentation says that they found."""

import ast
import json
import random
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
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
