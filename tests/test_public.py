"""The public face: what an import costs, and that every public name is there and explained."""

import ast
import doctest
import inspect
import json
import pydoc
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import kommunalvalg
from kommunalvalg import data

OPTIONAL = {"babel", "click", "hypothesis", "numpy", "pandas", "rich", "tabulate"}
COSTLY = {"attr", "attrs", "csv", "decimal", "fractions", "importlib.resources", "inspect", "unicodedata"}
SOURCE = Path(kommunalvalg.__file__).parent
PUBLIC = sorted({*kommunalvalg._HOME, *kommunalvalg._ROOMS})
"""Everything that can be imported from the front page: its map, and the names that keep their place for programs."""


def imported_by(code: str) -> set[str]:
    """Return the modules that a fresh Python imports for some code, beyond those of its own start."""
    script = (
        f"import sys, json; before = set(sys.modules)\n{code}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    found = json.loads(run.stdout)
    assert isinstance(found, list)
    return set(found)


def test_bare_import_costs_next_to_nothing() -> None:
    """`import kommunalvalg` brings in its own front page only: no optional library, no attrs, no data."""
    imported = imported_by("import kommunalvalg")
    assert {name for name in imported if name.startswith("kommunalvalg")} == {"kommunalvalg"}
    assert not imported & COSTLY
    assert not {name.partition(".")[0] for name in imported} & OPTIONAL


@pytest.mark.parametrize(
    "code",
    [
        "from kommunalvalg import dhondt; dhondt({'A': 2, 'B': 1}, 3).awards",
        "from kommunalvalg import proportional_election; proportional_election({'A': 1, 'B': 1}, 1).outcomes()",
        "from kommunalvalg import compose_kkr; compose_kkr({'A': 1}, {'A': 1}, municipalities=1, total_votes=1)",
        "from kommunalvalg import seeded, Tie; seeded(1).draw(Tie(1, ('A', 'B')), 1)",
        "from kommunalvalg import data; data.kkr('hovedstaden-2026').compose()",
        "from kommunalvalg import elect_council, data; elect_council(data.council('kv2025', 'Fanø'))",
    ],
    ids=lambda code: code.partition(";")[0],
)
def test_computing_needs_no_optional_library(code: str) -> None:
    """Every method, and the embedded data, work with attrs alone."""
    assert not {name.partition(".")[0] for name in imported_by(code)} & OPTIONAL


def test_methods_bring_in_no_data() -> None:
    """Who distributes seats does not load the embedded elections, nor the law of other bodies."""
    imported = imported_by("from kommunalvalg import dhondt; dhondt({'A': 2, 'B': 1}, 3)")
    rooms = {name.split(".")[1] for name in imported if name.startswith("kommunalvalg.")}
    assert rooms <= {"dates", "errors", "frozen", "law", "lots", "methods", "results", "text", "votes"}


def test_only_testing_imports_hypothesis() -> None:
    """Hypothesis is needed for `kommunalvalg.testing` and for nothing else."""
    assert "hypothesis" in imported_by("import kommunalvalg.testing")
    importers = {path.name for path in SOURCE.rglob("*.py") if "hypothesis" in imports_of(path)}
    assert importers == {"testing.py"}


@pytest.mark.parametrize(
    "value",
    [
        data.result("kv2025", "København"),
        data.council("kv2025", "København"),
        data.published("kv2025", "Fanø"),
        data.kkr("hovedstaden-2026"),
        data.kkr("hovedstaden-2026").area,
        data.kkr("hovedstaden-2026").compose(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_prints_on_a_line(value: object) -> None:
    """What comes with the package, and what comes of it, says in a console what it is, and not all that is in it."""
    assert len(repr(value)) < 160


ROOMS = [
    "ask",
    "constitution",
    "council",
    "data",
    "kkr",
    "law",
    "regions",
    "report",
    "testing",
    *(
        f"analysis.{name}"
        for name in ("candidates", "ladder", "majorities", "margins", "methods", "partitions", "what_if")
    ),
    *(f"simulation.{name}" for name in ("councils", "kkr", "many", "models", "outcomes")),
]
"""The modules whose names stand on the API page beside those of the front page."""


def test_help_is_a_page() -> None:
    """`help(kommunalvalg)` is a page that names each name of the map; `help(kommunalvalg.dhondt)` says the rest."""
    page = pydoc.plain(pydoc.render_doc(kommunalvalg))
    assert len(page.splitlines()) < 80
    assert [name for name in kommunalvalg.__all__ if name not in page and not name[0].isupper()] == []
    assert "CouncilElection" in dir(kommunalvalg)
    assert "largest quotients" in pydoc.plain(pydoc.render_doc(kommunalvalg.dhondt))


def imports_of(path: Path) -> set[str]:
    """Return the top-level modules that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_all_is_what_there_is() -> None:
    """Every public name resolves, is listed once, and is shown by dir()."""
    assert len(set(kommunalvalg.__all__)) == len(kommunalvalg.__all__)
    assert set(dir(kommunalvalg)) == {*kommunalvalg.__all__, "testing"}
    assert len(kommunalvalg.__all__) <= 40  # what fits a page
    for name in kommunalvalg.__all__:
        assert getattr(kommunalvalg, name) is getattr(kommunalvalg, name)


@pytest.mark.parametrize("room", [name for name in ROOMS if "." not in name] + ["analysis", "audit", "simulation"])
def test_a_room_shows_what_is_for_use(room: str) -> None:
    """`dir(kommunalvalg.council)` is the room's public names, without its machinery."""
    module = import_module(f"kommunalvalg.{room}")
    assert dir(module) == sorted(module.__all__)


def test_everything_of_the_front_page_comes_without_hypothesis() -> None:
    """A star brings in the whole map, and no optional library."""
    assert not {name.partition(".")[0] for name in imported_by("from kommunalvalg import *")} & OPTIONAL


@pytest.mark.parametrize(
    ("door", "names"),
    [(kommunalvalg, PUBLIC), (data, data.__all__)],
    ids=["kommunalvalg", "kommunalvalg.data"],
)
def test_names_that_type_checkers_see_are_the_public_ones(door: ModuleType, names: list[str]) -> None:
    """What stands under TYPE_CHECKING, which tools read, is what can be imported."""
    tree = ast.parse(Path(str(door.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kommunalvalg")
        for alias in node.names
    }
    assert seen == set(names)
    assert all(getattr(door, name) is getattr(door, name) for name in names)


@pytest.mark.parametrize(
    "door", [kommunalvalg, kommunalvalg.report, data, kommunalvalg.law], ids=lambda door: door.__name__
)
def test_no_public_name_is_that_of_a_file_beside_it(door: ModuleType) -> None:
    """A function that is called like a module of its package would be the module once somebody imports that."""
    beside = {path.stem for path in Path(str(door.__file__)).parent.glob("*.py")}
    assert [name for name in door.__all__ if name in beside and not inspect.ismodule(getattr(door, name))] == []


def test_an_embedded_election_brings_in_no_reader_of_files() -> None:
    """Who looks up an embedded council loads neither the readers of exports and JSON nor the simulation."""
    imported = imported_by("from kommunalvalg import data; data.council('kv2025', 'Fanø')")
    rooms = {name.split(".")[1] for name in imported if name.startswith("kommunalvalg.")}
    assert not rooms & {"analysis", "files", "report"}


def test_contract_of_names() -> None:
    """The names that other programs call are there."""
    assert set(PUBLIC) >= {
        "Allocation",
        "Award",
        "Candidate",
        "CandidateList",
        "CouncilElection",
        "Draw",
        "ElectionError",
        "LotError",
        "Tie",
        "adams",
        "apply_threshold",
        "compose_kkr",
        "data",
        "dhondt",
        "largest_shortfall",
        "merge_alliances",
        "proportional_election",
        "sainte_lague",
        "seeded",
        "testing",
    }


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_explained(name: str) -> None:
    """Each public name, and each public method of it, opens with a sentence that ends."""
    value = getattr(kommunalvalg, name)
    members = vars(value).items() if inspect.isclass(value) else ()
    methods = [member for key, member in members if inspect.isfunction(member) and not key.startswith("_")]
    for thing in (value, *methods):
        assert (inspect.getdoc(thing) or "").partition("\n\n")[0].endswith((".", ":", "...")), thing


@pytest.mark.parametrize("name", [name for name in kommunalvalg._HOME if name.islower()])
def test_every_public_function_has_an_example(name: str) -> None:
    """Each public function shows a call that is run among the tests."""
    assert doctest.DocTestFinder(recurse=False).find(getattr(kommunalvalg, name))[0].examples


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_of_a_public_module_is_explained(room: str) -> None:
    """Each function says what it does and shows a call; each class, method and property says what it is."""
    module = import_module(f"kommunalvalg.{room}")
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isfunction(value):
            found = doctest.DocTestFinder(recurse=False).find(value)
            assert found, name
            assert found[0].examples, name
        elif inspect.isclass(value):
            members = {key: member for key, member in vars(value).items() if not key.startswith("_")}
            told = {
                key: each for key, each in members.items() if inspect.isfunction(each) or isinstance(each, property)
            }
            assert inspect.getdoc(value), name
            assert [key for key, each in told.items() if not inspect.getdoc(each)] == [], name


def test_unknown_name_is_an_attribute_error() -> None:
    """A name that there is not fails as in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'dhont'"):
        _ = kommunalvalg.dhont  # type: ignore[attr-defined]  # the failure is the point
    with pytest.raises(ImportError):
        from kommunalvalg import dhont  # type: ignore[attr-defined]  # noqa: F401, PLC0415 - as above


def test_package_is_typed() -> None:
    """Type checkers are told that the package has types."""
    assert (SOURCE / "py.typed").is_file()
