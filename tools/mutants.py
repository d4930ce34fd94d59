"""Change one thing in the source at a time, and see whether the tests of its room notice: a mutation run.

    python tools/mutants.py council/vacancies.py    # the changes in one file that nobody noticed
    python tools/mutants.py constitution methods    # of rooms
    python tools/mutants.py --core --write          # all of the core; the figures go into the documentation
    python tools/mutants.py council --sample 60     # sixty changes of each file, the same every time

Each change is tried in a process of its own: first in a fork of one that has collected the tests, and where these do
not notice, in a fork of one that has read nothing of ours, so that a test's own figures have the change too.
Asked are the tests that run the changed line, until one fails; one that takes more than five seconds alone, or fails
without any change, is not asked.
What is no change of what the library does (``ALIKE``, with the reason) is counted apart.
"""

import argparse
import ast
import copy
import fnmatch
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import inspect
import json
import multiprocessing
import os
import pickle
import random
import resource
import signal
import sys
import time
import tomllib
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import attrs
import pytest
from _pytest.runner import runtestprotocol

HOME = Path(__file__).parent.parent
SOURCE = HOME / "src" / "kommunalvalg"
CACHE = HOME / ".mutants"
FIGURES = HOME / "docs" / "tested" / "mutants.json"
TABLE = HOME / "docs" / "tested" / "mutants.md"
ALIKE = Path(__file__).with_name("mutants.toml")
"""Changes that change nothing that the library says: file -> change -> why."""

CORE = ("votes", "lots", "frozen", "dates", "methods", "council", "constitution", "regions", "kkr")
OTHERS = ("analysis", "files", "ask")

GROUND = "test_votes test_lots test_errors test_values"
ROOMS = {
    "votes": f"{GROUND} test_divisor test_threshold test_committees test_council_election",
    "lots": f"{GROUND} test_divisor test_alliances test_committees test_council_result test_kkr test_chairs",
    "frozen": GROUND,
    "dates": f"{GROUND} test_council_calendar test_council_vacancies test_kkr_plan test_kkr",
    "methods": "test_alliances test_divisor test_shortfall test_majorit* test_threshold test_methods test_lots"
    " test_votes test_suites test_references test_membership test_extend test_values test_margins test_what_if",
    "council": "test_council_* test_cases_council test_references test_law_map test_values",
    "constitution": "test_committees* test_posts test_chairs test_slates test_cases_of_committees test_references"
    " test_law_map test_values",
    "regions": "test_regions test_cases_of_committees test_law_map test_values",
    "kkr": "test_kkr* test_board test_chairs test_membership test_law_map test_values",
    "analysis": "test_margins test_majorities test_what_if test_powers test_cli_analysis test_ask test_json_results"
    " test_council_alliances",
    "files": "test_tables test_valgdk test_valgdatabase test_json_* test_values test_data_others test_night"
    " test_hostile test_writing test_kkr_plan test_previous",
    "ask": "test_ask test_extend test_cli* test_beregner test_calculator test_audit test_night",
}
"""Room -> the test files that are asked, beside the examples in its own docstrings."""

SLOW = 5.0
"""Seconds from which a test is not asked."""

PYTEST = ["-x", "-q", "--no-header", "--assert=plain", "-o", "addopts=", "-p", "_hypothesis_pytestplugin"]
for _slow in ("cacheprovider", "unraisableexception", "threadexception", "faulthandler"):
    PYTEST += ["-p", f"no:{_slow}"]

LIBRARIES = "hypothesis hypothesis.strategies hypothesis.internal.conjecture.engine numpy click babel tabulate holidays"

# The changes

_ANOTHER: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORDING = {"_", "N_", "text", "Text", "listed", "shown"}
_LOOKS = {"repr", "kw_only", "eq", "order", "init", "slots", "hash", "frozen", "when", "covariant", "strict"}
"""Keywords that say how a class's fields look, or hold what is so anyway, and are no part of a computation."""


def alternatives(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901, PLR0912 - a table, one kind of change a case
    """Give what may stand in a node's place, one change each."""
    match node:
        case ast.Compare():
            for place, op in enumerate(node.ops):
                for other in _ANOTHER.get(type(op), ()):
                    yield _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])
        case ast.BinOp() | ast.AugAssign():
            for other in _ANOTHER.get(type(node.op), ()):
                yield _with(node, op=other())
        case ast.BoolOp():
            yield _with(node, op=_ANOTHER[type(node.op)][0]())
            for place in range(len(node.values)):
                rest = node.values[:place] + node.values[place + 1 :]
                yield rest[0] if len(rest) == 1 else _with(node, values=rest)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield _with(node, value=not node.value)
        case ast.Constant(value=int(number)):
            yield _with(node, value=number + 1)
            if number > 0:
                yield _with(node, value=number - 1)
        case ast.If() | ast.IfExp():
            for value in (True, False):
                yield _with(node, test=ast.Constant(value))
        case ast.While():
            yield _with(node, test=ast.Constant(value=False))
        case ast.comprehension():
            for place in range(len(node.ifs)):
                yield _with(node, ifs=node.ifs[:place] + node.ifs[place + 1 :])
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield _with(node, value=ast.Constant(None))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
            yield ast.Pass()
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield ast.Pass()
        case ast.Slice():
            for bound in ("lower", "upper"):
                if getattr(node, bound) is not None:
                    yield _with(node, **{bound: None})
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            yield _with(node, func=ast.Name(_CALLS[name], ast.Load()))
        case ast.Call(func=ast.Name(id="sorted"), args=[first, *_]):
            yield ast.Call(ast.Name("list", ast.Load()), [first], [])
            for place in range(len(node.keywords)):
                yield _with(node, keywords=node.keywords[:place] + node.keywords[place + 1 :])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def sites(tree: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None], int, str]]:
    """Give every node that may change, how another is put in its place, its line, and the function that it is in."""

    def walk(parent: ast.AST, line: int, where: str) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None], int, str]]:
        for name, value in ast.iter_fields(parent):
            if _is_left(parent, name):
                continue
            for place, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST) or _is_wording(child):
                    continue
                at = getattr(child, "lineno", line)

                def put(other: ast.AST, name: str = name, place: int = place) -> None:
                    if isinstance(getattr(parent, name), list):
                        getattr(parent, name)[place] = other
                    else:
                        setattr(parent, name, other)

                yield child, put, at, where
                if not isinstance(child, ast.Raise):  # what a refusal says is wording
                    named = f".{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else ""
                    yield from walk(child, at, (where + named).lstrip("."))

    yield from walk(tree, 0, "")


def _is_left(parent: ast.AST, name: str) -> bool:
    return name in {"decorator_list", "annotation", "returns", "bases"} or (
        isinstance(parent, ast.AnnAssign) and "TypeAlias" in ast.dump(parent.annotation)
    )


def _is_wording(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _WORDING:
            return True
        case ast.keyword(arg=name) if name in _LOOKS:
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


@attrs.frozen
class Mutant:
    """One change of a file: the n-th alternative of the m-th node."""

    file: str
    site: int
    alternative: int
    line: int
    change: str
    there: str

    @property
    def called(self) -> set[str]:
        """What it is called in the list of those that change nothing: the change, alone or with the line it is in."""
        return {self.change, f"{self.change} | {self.there}"}


def mutants(file: str) -> list[Mutant]:
    """Give every change of a file."""
    source = (SOURCE / file).read_text()
    tree, lines = ast.parse(source), ["", *source.splitlines()]
    return [
        Mutant(file, site, number, line, f"{where}: {_said(node)} -> {_said(other)}", lines[line].strip())
        for site, (node, _, line, where) in enumerate(sites(tree))
        for number, other in enumerate(alternatives(node))
    ]


def _said(node: ast.AST) -> str:
    said = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    return said.splitlines()[0] if isinstance(node, ast.If | ast.While) else " ".join(said.split())


def mutated(mutant: Mutant) -> ast.Module:
    """Give a file's tree with the change."""
    tree = ast.parse((SOURCE / mutant.file).read_text())
    for site, (node, put, _, _) in enumerate(sites(tree)):
        if site == mutant.site:
            put(ast.copy_location(list(alternatives(node))[mutant.alternative], node))
            break
    return ast.fix_missing_locations(tree)


# The tests


class _Asked:
    """A plugin of pytest: only these tests, in this order, each for about as long as it takes."""

    def __init__(self, names: Mapping[str, float]) -> None:
        self.seconds = names
        self.rank = {name: place for place, name in enumerate(names)}

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        _allow(self.seconds[item.nodeid])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.rank), key=lambda item: self.rank[item.nodeid])


class _Lines:
    """A plugin of pytest: which lines each test runs, and how long it takes."""

    def __init__(self) -> None:
        import coverage  # noqa: PLC0415 - of an extra, which only a run needs

        self.coverage = coverage.Coverage(data_file=None, source=[str(SOURCE)], branch=False, config_file=False)
        self.coverage.start()
        self.seconds: dict[str, float] = {}
        self.broken: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        start = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - start
        self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.broken.append(report.nodeid)

    def lines(self) -> dict[str, dict[str, set[int]]]:
        """Give test -> file -> lines."""
        self.coverage.stop()
        data = self.coverage.get_data()
        run: dict[str, dict[str, set[int]]] = {name: defaultdict(set) for name in self.seconds}
        for file in data.measured_files():
            name = Path(file).relative_to(SOURCE).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    if context in run:
                        run[context][name].add(line)
        return {name: dict(files) for name, files in run.items()}


@attrs.frozen
class Baseline:
    """What the tests of a file run, without any change; and of which sources, by their digests."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, set[int]]]
    broken: list[str]
    sources: dict[str, str]


def _forked(do: Callable[[], int], *, cpu: int) -> int:
    """Do something in a fork, silently; its status, or 1 where it takes too long or dies."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2) if "MUTANTS_SHOW" not in os.environ else (0,):
                os.dup2(nothing, stream)
            resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            signal.alarm(cpu * 30)  # a busy machine is no endless loop
            code = do()
        except BaseException:  # noqa: BLE001 - whatever it is ends this process, and no other
            traceback.print_exc()
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1


def _allow(seconds: float) -> None:
    """End the process where a test takes far more time of the processor than it does without a change."""
    signal.setitimer(signal.ITIMER_PROF, 3 + 3 * seconds)


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def baseline(test: Path, file: str) -> Baseline:
    """Run the tests of a file without any change, unless that was done with the source as it is."""
    helpers = [HOME / "tests" / name for name in ("conftest.py", "slow.py", "exports.py", "kinds.py", "nights.py")]
    kept = CACHE / f"{test.stem}-{_digest(test, *helpers)}.pickle"
    if kept.exists():
        known = Baseline(*pickle.loads(kept.read_bytes()))  # noqa: S301 - written here
        if known.sources[file] == _digest(SOURCE / file):
            return known

    def run() -> int:
        plugin = _Lines()
        pytest.main([*PYTEST[1:], "--doctest-modules", str(test)], plugins=[plugin])
        sources = {path.relative_to(SOURCE).as_posix(): _digest(path) for path in SOURCE.rglob("*.py")}
        found = Baseline(plugin.seconds, plugin.lines(), plugin.broken, sources)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_bytes(pickle.dumps(attrs.astuple(found, recurse=False)))
        new.replace(kept)
        return 0

    if _forked(run, cpu=900):
        raise SystemExit(f"{test.name} does not run")
    return Baseline(*pickle.loads(kept.read_bytes()))  # noqa: S301 - written here


def tests_of(file: str) -> list[Path]:
    """Give the test files that are asked about a file, and the file itself for its examples."""
    patterns = ROOMS[Path(file).parts[0].removesuffix(".py")].split()
    found = sorted((HOME / "tests").glob("test_*.py"))
    asked = [test for test in found if any(fnmatch.fnmatch(test.stem, pattern) for pattern in patterns)]
    return [*asked, SOURCE / file]


Test = tuple[Path, str, float]
"""A test: its file, its name, its seconds."""
Stage = tuple[list[str], dict[str, float]]
"""Tests that are asked together: their files, and their names with the seconds that each takes."""
Plan = tuple[Mutant, list[Stage]]
"""A change, and the stages in which tests are asked."""


def plans(file: str, some: Sequence[Mutant], most: float) -> list[Plan]:
    """Say of each change which tests are asked about it, and in which order."""
    known = {test: baseline(test, file) for test in tests_of(file)}
    broken = {name for each in known.values() for name in each.broken}
    by_line: dict[int, list[Test]] = defaultdict(list)
    anywhere: list[Test] = []
    for test, its in known.items():
        for name, files in its.lines.items():
            if its.seconds[name] > SLOW or name in broken or file not in files:
                continue
            anywhere.append((test, name, its.seconds[name]))
            for line in files[file]:
                by_line[line].append(anywhere[-1])
    inside = _lines_of_functions(SOURCE / file)
    together = _lines_together(SOURCE / file)
    share = Counter(test for test, *_ in anywhere)
    return [
        (
            mutant,
            _stages(_near(together[mutant.line], by_line) if mutant.line in inside else anywhere, share, most),
        )
        for mutant in some
    ]


def _stages(asked: Sequence[Test], share: Counter[Path], left: float) -> list[Stage]:
    """Put tests into three stages, of one file, of two more, and of all others, as long as there are seconds left."""
    by_test: dict[Path, list[tuple[float, str]]] = defaultdict(list)
    for test, name, seconds in asked:
        by_test[test].append((seconds, name))
    seconds_of = {test: sum(seconds for seconds, _ in named) for test, named in by_test.items()}
    ranked = sorted(by_test, key=lambda test: (0.5 + seconds_of[test]) * share[test] ** 0.5 / len(by_test[test]))
    stages = []
    for these in (ranked[:1], ranked[1:3], ranked[3:]):
        names: dict[str, float] = {}
        for seconds, name in sorted(pair for test in these for pair in by_test[test]):
            if seconds > left and names:
                break
            names[name] = seconds
            left -= seconds
        if names:
            stages.append(([str(test) for test in these], names))
    return stages


def _lines_of_functions(file: Path) -> set[int]:
    tree = ast.parse(file.read_text())
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1)
    }


def _lines_together(file: Path) -> dict[int, range]:
    """Give line -> the lines of its statement, of which only some are told as run; of a compound one its head."""
    together: dict[int, range] = {}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) else node.end_lineno or node.lineno
            lines = range(node.lineno, max(node.lineno, last) + 1)
            together |= dict.fromkeys(lines, lines)
    return together


def _near(lines: range, by_line: dict[int, list[Test]]) -> list[Test]:
    """Give the tests of the lines of a statement."""
    return list(dict.fromkeys(test for line in lines for test in by_line.get(line, [])))


def _module(file: str) -> str:
    return ".".join(("kommunalvalg", *Path(file).with_suffix("").parts)).removesuffix(".__init__")


def tried(plan: Plan) -> tuple[Mutant, bool]:
    """Try one change; tell whether a test noticed."""
    mutant, stages = plan
    path = str(SOURCE / mutant.file)

    def run(files: list[str], names: dict[str, float]) -> int:
        code = compile(mutated(mutant), path, "exec", dont_inherit=True)
        real = importlib.machinery.SourceFileLoader.get_code

        def changed(self: Any, fullname: str) -> Any:  # noqa: ANN401 - as the loader has it
            return code if self.get_filename(fullname) == path else real(self, fullname)

        importlib.machinery.SourceFileLoader.get_code = changed  # type: ignore[method-assign]
        # Here, for pytest has a way of its own to read a module whose examples it is to run.
        importlib.import_module(_module(mutant.file))
        examples = ["--doctest-modules"] if path in files else []
        return int(pytest.main([*PYTEST, *examples, *files], plugins=[_Asked(names)]))

    for files, names in stages:
        most = int(10 + 4 * sum(names.values()))
        if _forked(lambda files=files, names=names: run(files, names), cpu=most) not in {0, 5}:  # type: ignore[misc]
            return mutant, True
    return mutant, False


class _Quick:
    """A plugin of pytest: after the tests are collected, each change in a fork in which the function has it."""

    def __init__(self, mutants: Sequence[Plan]) -> None:
        self.mutants = mutants
        self.noticed: list[Mutant] = []
        self.kept: list[Any] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        # What only a test imports would have no function here that could be changed.
        importlib.import_module(_module(self.mutants[0][0].file))
        live = defaultdict(list)
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                live[_place_of(each.__code__)].append(each)
            elif isinstance(each, _KEPT):
                self.kept.append(each)
        gc.collect()
        gc.freeze()  # so that a fork need not copy what it does not change
        for mutant, stages in self.mutants:
            code = compile(mutated(mutant), str(SOURCE / mutant.file), "exec", dont_inherit=True)
            changed = [(each, new) for new in _functions(code) for each in live[_place_of(new)]]
            asked = {name: each for _, names in stages for name, each in names.items() if name in items}
            most = int(4 + 2 * sum(asked.values()))
            if _forked(lambda changed=changed, asked=asked: self.ask(changed, items, asked), cpu=most):  # type: ignore[misc]
                self.noticed.append(mutant)
        return True

    def ask(
        self,
        changed: Sequence[tuple[FunctionType, CodeType]],
        items: Mapping[str, pytest.Item],
        asked: Mapping[str, float],
    ) -> int:
        """Put the changed functions in, forget what was kept, and run tests until one fails."""
        for function, code in changed:
            function.__code__ = code
        for kept in self.kept:
            kept.cache_clear()
        for name, seconds in asked.items():
            _allow(seconds)
            if any(each.failed for each in runtestprotocol(items[name], nextitem=None, log=False)):
                return 1
        return 0


_KEPT = type(functools.cache(lambda: None))


def _place_of(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Give the functions and methods of a module that are in no other function."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_flags & inspect.CO_OPTIMIZED:
                yield each
            else:
                yield from _functions(each)


def quickly(some: Sequence[Plan]) -> list[tuple[Plan, bool]]:
    """Ask the tests about changes inside functions; they are read once for all of them."""
    out = CACHE / f"quick-{os.getpid()}"
    files = sorted({file for _, stages in some for files, *_ in stages for file in files})

    def run() -> int:
        plugin = _Quick(some)
        examples = ["--doctest-modules"] if str(SOURCE / some[0][0].file) in files else []
        pytest.main([*PYTEST, *examples, *files], plugins=[plugin])
        out.write_bytes(pickle.dumps([(each.site, each.alternative) for each in plugin.noticed]))
        return 0

    out.unlink(missing_ok=True)
    _forked(run, cpu=10_000)
    if not out.exists():  # one of them took the process with it; each is tried by itself
        return [(plan, tried(plan)[1]) for plan in some]
    noticed = set(pickle.loads(out.read_bytes()))  # noqa: S301 - written here
    return [(plan, (plan[0].site, plan[0].alternative) in noticed) for plan in some]


def all_tried(pool: Any, file: str, planned: Sequence[Plan], *, hasty: bool) -> Iterator[tuple[Mutant, bool]]:  # noqa: ANN401 - of processes
    """Try changes quickly first, and what is not noticed so with a source that has the change from the start."""
    inside = _lines_of_functions(SOURCE / file)
    quick = [plan for plan in planned if plan[1] and plan[0].line in inside]
    rest = [plan for plan in planned if plan not in quick]
    chunks = [quick[at::CHUNKS] for at in range(CHUNKS) if quick[at::CHUNKS]]
    for chunk in pool.imap_unordered(quickly, chunks):
        for plan, noticed in chunk:
            if noticed or hasty:
                yield plan[0], noticed
            else:
                rest.append(plan)
    yield from pool.imap_unordered(tried, rest)


CHUNKS = 4
"""Into how many parts a file's changes are put; for each the tests are collected once."""


def _ready() -> None:
    """Read the libraries that the tests use, and nothing of ours."""
    os.environ.update(
        HYPOTHESIS_PROFILE="mutants",
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        CI="true",
    )
    for name in LIBRARIES.split():
        importlib.import_module(name)
    CACHE.mkdir(exist_ok=True)
    sys.setrecursionlimit(2000)


def files_of(names: Sequence[str]) -> list[str]:
    """Give the files of rooms, or files as they are named."""
    found = []
    for name in names:
        if name.endswith(".py"):
            found.append(name)
        elif (SOURCE / f"{name}.py").exists():
            found.append(f"{name}.py")
        else:
            found += sorted(path.relative_to(SOURCE).as_posix() for path in (SOURCE / name).rglob("*.py"))
    return found


def run(
    files: Sequence[str], *, jobs: int, sample: int, most: float, hasty: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Try the changes of some files, and print those that nobody noticed; the figures of each as they come."""
    alike: dict[str, dict[str, str]] = tomllib.loads(ALIKE.read_text()) if ALIKE.exists() else {}
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for file in files:
            pool.starmap(baseline, [(test, file) for test in tests_of(file)], chunksize=1)
            every = mutants(file)
            known = alike.get(file, {}).keys()
            same = [m for m in every if not known.isdisjoint(m.called)]
            some = [m for m in every if m not in same]
            if sample and len(some) > sample:
                some = sorted(random.Random(file).sample(some, sample), key=lambda m: m.line)  # noqa: S311 - a sample
            lived = []
            for mutant, noticed in all_tried(pool, file, plans(file, some, most), hasty=hasty):
                if not noticed:
                    lived.append(mutant)
                    print(f"  {file}:{mutant.line}  {mutant.change}", flush=True)
            count = len(some) - len(lived)
            share = 100 * count / len(some) if some else 100.0
            print(f"{file}: {count} of {len(some)} noticed, {share:.1f} % ({len(same)} alike)", flush=True)
            yield file, {"tried": len(some), "noticed": count, "alike": len(same), "of": len(every)}


def write(file: str, its: dict[str, Any]) -> None:
    """Put the figures of a file into the documentation."""
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    today = date.today().isoformat()  # noqa: DTZ011 - the day on this machine's calendar
    known |= {file: {**its, "day": today}} if its["of"] else {}
    order = {file: place for place, file in enumerate(files_of([*CORE, *OTHERS]))}
    known = {file: known[file] for file in sorted((file for file in known if file in order), key=order.__getitem__)}
    FIGURES.write_text(json.dumps(known, indent=1) + "\n")
    TABLE.write_text(table(known))


def table(known: dict[str, dict[str, Any]]) -> str:
    """Write the table of the documentation."""
    if not known:
        return "No file has been run to its end yet, so that there is no score to show here.\n"
    rows = ["| File | Changes tried | Noticed | % | Of | Day |", "|---|---:|---:|---:|---:|---|"]
    for file, its in known.items():
        share = 100 * its["noticed"] / its["tried"] if its["tried"] else 100
        every = its["of"] - its["alike"]
        rows.append(f"| `{file}` | {its['tried']} | {its['noticed']} | {share:.1f} | {every} | {its['day']} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Try what is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="rooms such as council, or files such as council/seats.py")
    parser.add_argument("--core", action="store_true", help="all of the core")
    parser.add_argument("--others", action="store_true", help="analysis, files and ask")
    parser.add_argument("--sample", type=int, default=0, help="so many changes of each file; without it all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="processes at a time")
    parser.add_argument("--most", type=float, default=20, help="seconds of tests that are asked about one change")
    parser.add_argument(
        "--hasty", action="store_true", help="do not ask again, in processes of their own, what is left"
    )
    parser.add_argument("--write", action="store_true", help="write the figures into the documentation")
    asked = parser.parse_args()
    names = [*asked.names, *(CORE if asked.core else ()), *(OTHERS if asked.others else ())]
    _ready()
    total: Counter[str] = Counter()
    for file, its in run(files_of(names), jobs=asked.jobs, sample=asked.sample, most=asked.most, hasty=asked.hasty):
        total.update(its)
        if asked.write:
            write(file, its)
    print(f"{total['noticed']} of {total['tried']} noticed")


if __name__ == "__main__":
    main()
