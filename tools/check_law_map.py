"""Hold the law map against the code: each rule has a function and a test, and nothing cites a rule that there is not.

The functions are those whose docstrings cite a rule; the tests those marked with ``pytest.mark.rule``. Run it to see
what is wrong; the exit status tells whether anything is.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
from citations import Citation, citations, first_sentence

from kommunalvalg.law import rules

TESTS = Path(__file__).parent.parent / "tests"

AWAITED: frozenset[str] = frozenset()
"""Rules of the map that nothing carries out yet; who carries one out takes it from here."""

USERS = ("kommunalvalg.analysis.", "kommunalvalg.report.")
"""The rooms that use what others have carried out."""


@attrs.frozen
class Held:
    """A test that holds a rule.

    Attributes:
        rule: the id that its mark names.
        file: the file, from the folder of the tests.
        name: the test.
        promise: the first sentence of its docstring.
    """

    rule: str
    file: str
    name: str
    promise: str


def tests_in(file: str, text: str) -> Iterator[Held]:
    """Find the tests of one file that are marked with a rule, the marks of single parameters included."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = [call for decorator in node.decorator_list for call in ast.walk(decorator) if _is_mark(call)]
            named = [name for mark in marks for name in _names(file, mark)]
            for rule_id in dict.fromkeys(named):
                yield Held(rule_id, file, node.name, first_sentence(ast.get_docstring(node) or ""))


def _is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule"


def _names(file: str, mark: ast.AST) -> Iterator[str]:
    for name in mark.args if isinstance(mark, ast.Call) else ():
        if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
            raise SystemExit(f"{file}: {ast.unparse(mark)} is not read; write the ids of the rules out")
        yield name.value


def all_tests(folder: Path = TESTS) -> tuple[Held, ...]:
    """Find every test that is marked with a rule."""
    files = sorted(folder.rglob("test_*.py"))
    return tuple(
        held
        for file in files
        for held in tests_in(file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8"))
    )


def carries_out(citation: Citation) -> bool:
    """Tell whether a citation is by a function or class that carries the rule out, and not by one that uses it."""
    return citation.kind in {"function", "class"} and not citation.module.startswith(USERS)


def faults(
    known: Iterable[str], cited: Iterable[Citation], held: Iterable[Held], awaited: frozenset[str] = AWAITED
) -> Iterator[str]:
    """Say, a line each, what is wrong between the rules, the code and the tests."""
    known, cited, held = list(known), list(cited), list(held)
    carried = {citation.rule for citation in cited if carries_out(citation)}
    tested = {test.rule for test in held}
    for rule_id in known:
        if rule_id in awaited:
            continue
        if rule_id not in carried:
            yield f"{rule_id} has no function: no docstring of one that carries it out cites it"
        if rule_id not in tested:
            yield f"{rule_id} has no test: none is marked with it"
    for citation in cited:
        if citation.rule not in known:
            yield f"{citation.full_name} cites {citation.rule}, which is no rule of the law map"
    for test in held:
        if test.rule not in known:
            yield f"{test.file}::{test.name} is marked with {test.rule}, which is no rule of the law map"


def main() -> int:
    """Print what is wrong; the exit status tells whether anything is."""
    cited, held = citations(), all_tests()
    found = list(faults(rules(), cited, held))
    print("\n".join(found) or "The law map, the functions and the tests agree.")
    done = {citation.rule for citation in cited if carries_out(citation)} & {test.rule for test in held} & AWAITED
    if AWAITED:
        print(f"{len(AWAITED - done)} rules wait for a function and a test: {', '.join(sorted(AWAITED - done))}")
    if done:
        print(f"No longer awaited, and to be taken from AWAITED: {', '.join(sorted(done))}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
