"""The law map: each rule has a function and a test, and what the code cites is there."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import kommunalvalg
from kommunalvalg import data, law
from kommunalvalg.errors import DataError, RuleError, VoteError
from kommunalvalg.evening.given import Model
from kommunalvalg.files.first_version import _RULES as OF_FIRST_VERSION
from kommunalvalg.law.book import read_law_map
from kommunalvalg.law.dated import _value

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import check_law_map
import translate
from citations import citations, citations_in, cited_ids

Refused = Callable[..., str]

SOURCE = Path(kommunalvalg.__file__).parent

FUNCTION = '''
"""A module."""

def elect():
    """Elect somebody ({cited})."""
'''
TEST = '''
import pytest

@pytest.mark.rule("{marked}")
def test_elect():
    """Somebody is elected."""
'''


# The map, the functions and the tests


def test_every_rule_has_a_function_and_a_test_and_every_citation_a_rule() -> None:
    """The law map, the docstrings of the library and the marks of the tests agree."""
    assert list(check_law_map.faults(data.rules(), citations(), check_law_map.all_tests())) == []


@pytest.mark.parametrize(
    ("cited", "marked", "module", "faults"),
    [
        ("KRVL-21", "KRVL-21", "kommunalvalg.council.made_up", []),
        (
            "KRVL § 21",
            "KRVL-21",
            "kommunalvalg.council.made_up",
            ["KRVL-21 has no function: no docstring of one that carries it out cites it"],
        ),
        (
            "KRVL-21",
            "KRVL-21",
            "kommunalvalg.analysis.made_up",
            ["KRVL-21 has no function: no docstring of one that carries it out cites it"],
        ),
        (
            "KRVL-21, KRVL-99",
            "KRVL-21",
            "kommunalvalg.council.made_up",
            ["kommunalvalg.council.made_up.elect cites KRVL-99, which is no rule of the law map"],
        ),
        (
            "KRVL-21",
            "KRVL-2l",
            "kommunalvalg.council.made_up",
            [
                "KRVL-21 has no test: none is marked with it",
                "made_up.py::test_elect is marked with KRVL-2l, which is no rule of the law map",
            ],
        ),
    ],
    ids=["none", "no function", "only used", "unknown citation", "no test and unknown mark"],
)
def test_each_fault_is_found(cited: str, marked: str, module: str, faults: list[str]) -> None:
    """A rule without a function, one without a test, and a citation or mark of no rule are each said on a line."""
    found = citations_in(module, FUNCTION.format(cited=cited))
    held = check_law_map.tests_in("made_up.py", TEST.format(marked=marked))
    assert list(check_law_map.faults(["KRVL-21"], found, held)) == faults


def test_a_rule_that_waits_for_its_function_is_no_fault() -> None:
    """A rule of the map that nothing carries out yet is named as one that waits, and is a rule of the map."""
    assert list(check_law_map.faults(["KRVL-21"], [], [], frozenset({"KRVL-21"}))) == []
    assert set(data.rules()) >= check_law_map.AWAITED


def test_the_script_says_so_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Run by hand, the check says that all agree and gives the status 0."""
    assert check_law_map.main() == 0
    assert capsys.readouterr().out.startswith("The law map, the functions and the tests agree.\n")


def test_marks_of_single_parameters_are_found() -> None:
    """A mark may stand at a parameter, and a test may name a rule twice."""
    text = '''
@pytest.mark.rule("KSL-6")
@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.rule("RL-9", "KSL-6")), 2])
def test_n(n):
    """Each n is elected. By whom is open."""
'''
    held = list(check_law_map.tests_in("a.py", text))
    assert {test.rule for test in held} == {"KSL-6", "RL-9"}
    assert {test.promise for test in held} == {"Each n is elected."}
    assert len(held) == 2


def test_a_mark_that_cannot_be_read_stops_the_check() -> None:
    """A mark whose id is not written out is no mark that is silently passed over."""
    with pytest.raises(SystemExit, match=r"a.py: pytest.mark.rule\(name\) is not read"):
        list(check_law_map.tests_in("a.py", "@pytest.mark.rule(name)\ndef test_n(): pass"))


@pytest.mark.parametrize(
    ("docstring", "ids"),
    [
        ("Elect (KSL-24-1, KSL-24-1x; the opinion 13.1.5).", ("KSL-24-1", "KSL-24-1x")),
        (
            "KKR-SIZE, *inferred*: no text. And KSL-25-a, KRVL-NR, KL-15-2a.",
            ("KKR-SIZE", "KSL-25-a", "KRVL-NR", "KL-15-2a"),
        ),
        ("The rule KRVL-86-9 is cited though there is none, KRVL-86-9.", ("KRVL-86-9",)),
        ("An id such as \"KRVL-21\", ``KRVL-24`` or 'KSL-5'.", ()),
        ("Example:\n\n>>> print(rule)\nKSL-5 Nyby has 10 seats.\n\nAfter it (KSL-6).", ("KSL-6",)),
        ("KKR-dagsorden, KL-medlem, UTF-8, XKRVL-21 and LBK-6.", ()),
    ],
)
def test_what_cites_a_rule(docstring: str, ids: tuple[str, ...]) -> None:
    """An id in the prose of a docstring is a citation; one that is quoted or in an example is none."""
    assert cited_ids(docstring) == ids


def test_what_is_cited_by_what() -> None:
    """Modules, classes, methods, functions inside functions and constants cite, each with its name and kind."""
    text = '''"""On KSL-5."""
A: int = 1
"""One (KSL-6)."""
class B:
    """B (KSL-17)."""
    C = 2
    """Two (KSL-25)."""
    def d(self):
        """D (KSL-27)."""
        def e():
            """E (KSL-28)."""
        f = 1
        "no docstring (KSL-65)"
'''
    found = [(citation.rule, citation.name, citation.kind) for citation in citations_in("m", text)]
    assert found == [
        ("KSL-5", "", "module"),
        ("KSL-6", "A", "constant"),
        ("KSL-17", "B", "class"),
        ("KSL-25", "B.C", "constant"),
        ("KSL-27", "B.d", "function"),
        ("KSL-28", "B.d.e", "function"),
    ]


def test_citations_of_one_rule_are_those_among_all() -> None:
    """Asking for one rule gives what asking for all gives of it, and nothing of one whose id begins alike."""
    for rule_id in ("KSL-24-1", "KL-15-2", "FO-3"):
        assert citations(rule_id) == tuple(each for each in citations() if each.rule == rule_id) != ()


def test_a_citation_is_of_something_that_there_is() -> None:
    """The names of citations lead to the objects."""
    for citation in citations():
        found: Any = importlib.import_module(citation.module)
        for name in filter(None, citation.name.split(".")):
            found = getattr(found, name)


# No provision but in the map

STATUTES = "KRVL|KSL|RL|OL|RSL|BRL|LIGE|ERH"
PROVISION = re.compile(rf"§|\bstk\.|\b(?:{STATUTES}) ?\d")
CITATION = re.compile(r"\{[A-Z]+-\d")
MODELS = {model.value for model in Model if model is not Model.COMMITTEES}
LITERALS = {
    # What a meeting's file calls the ways in which a municipality is governed, which are names and no citations.
    "evening/given.py": MODELS,
    "evening/files.py": {"§ 65, stk. 1-4", "§ 65 stk. 5", "§§ 64 a og 65"},
    # What files of version 1 have where those of version 2 have the id of a rule.
    "files/first_version.py": set(OF_FIRST_VERSION),
    # After what a line is not broken.
    "report/word.py": {"§ ", "§\u00a0", "(?<=[A-Z]) §", "\u00a0§", "stk. ", "stk.\u00a0"},
}
"""Module -> the texts with provisions that it may have."""


def texts_of(file: Path) -> Iterator[str]:
    """Give the texts of a module, apart from its docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def all_texts() -> Iterator[tuple[str, str]]:
    """Give every text of the library outside the law map's own room, and the module that it is in."""
    for file in sorted(SOURCE.rglob("*.py")):
        name = file.relative_to(SOURCE).as_posix()
        if not name.startswith("law/"):
            yield from ((name, text) for text in texts_of(file))


def test_no_provision_is_a_literal() -> None:
    """A provision is asked of the law map by its rule's id and a day; none is written into code or translations."""
    literals: dict[str, set[str]] = {}
    for name, text in all_texts():
        if PROVISION.search(text):
            literals.setdefault(name, set()).add(text)
    assert literals == LITERALS
    assert [message.id for message in translate.translated() if PROVISION.search(str(message.string))] == []


def test_a_rule_that_a_text_cites_is_in_the_map_and_holds() -> None:
    """Help, forms and files to begin with cite rules that are in force, by ids in braces."""
    citing = [text for _name, text in all_texts() if CITATION.search(text)]
    assert len(citing) > len(LITERALS)
    for text in citing:
        assert not CITATION.search(law.cited(text)), text


# The data


def test_every_rule_that_is_not_certain_says_what_is_open() -> None:
    """A rule with no text, with an inferred part or with the text of another act alone has a question and an answer."""
    for rule in data.rules().values():
        kinds = {evidence.kind for evidence in rule.evidence}
        parallel = any("parallel" in evidence.note for evidence in rule.evidence)
        if "text" not in kinds or "inferred" in kinds or parallel or not rule.provisions:
            assert rule.open, rule.id
            assert rule.settles, rule.id


def test_the_statutes_are_in_order_and_each_has_a_rule() -> None:
    """Rules come statute by statute, and no statute is empty."""
    assert list(dict.fromkeys(rule.statute for rule in data.rules().values())) == list(data.statutes())


@pytest.mark.parametrize(
    ("rule_id", "when", "provision"),
    [
        ("KRVL-21", 2025, "KRVL § 21, stk. 1"),
        ("KRVL-30", 2013, "KRVL § 30"),
        ("KRVL-41", 2013, "KRVL § 41, stk. 3"),
        ("KRVL-41", 2025, "KRVL § 41, stk. 2"),
        ("RL-8", 2021, "RL § 8"),
        ("RL-8", 2025, "OL § 15"),
        ("RL-8", 2029, "RL § 8"),
        ("RL-14", 2021, "RL § 13, stk. 3"),
        ("RL-14", 2025, "OL § 13, stk. 2"),
        ("RL-14b", 2021, "RL § 36 a"),
        ("RL-14b", None, "RL § 14 b, stk. 3"),
        ("LIGE-12", 2009, "Ligestillingsloven § 12, stk. 1"),
        ("LIGE-12", 2013, "Ligestillingsloven § 12, stk. 2"),
        ("KRVL-FEW", None, "no text found"),
    ],
)
def test_provisions_are_those_of_the_day(rule_id: str, when: law.When, provision: str) -> None:
    """A rule stands where the act of the election had it."""
    assert law.provision(rule_id, when) == provision


@pytest.mark.parametrize(
    ("rule_id", "name", "provision"),
    [
        ("KRVL-91-1", "who", "KRVL § 91, stk. 1"),
        ("KSL-6", "two", "KSL § 6, stk. 5"),
        ("KSL-15", "one meeting", "KSL § 15, stk. 1"),
        ("KSL-15", "return", "KSL § 15, stk. 3-4"),
        ("KSL-17-1", "when", "KSL § 17, stk. 3"),
        ("KSL-28", "left", "KSL § 28, stk. 1"),
        ("KSL-28", "away", "KSL § 28, stk. 2"),
        ("KSL-28", "disqualified", "KSL § 28, stk. 3"),
        ("KSL-66c", "readings", "KSL § 66 c, stk. 3"),
        ("KSL-66c", "another", "KSL § 66 c, stk. 5"),
        ("RL-9", "meetings", "RL § 12, stk. 1"),
        ("RL-14", "leads", "RL § 14"),
        ("RL-15-3", "declaration", "OL § 19, stk. 4"),
    ],
)
def test_a_place_is_found_by_its_name(rule_id: str, name: str, provision: str) -> None:
    """Of the places where a rule stands, the one that is meant is named in the map and never told by its wording."""
    assert law.provision(rule_id, "2025-12-01", name) == provision


@pytest.mark.parametrize(
    ("rule_id", "when", "name", "value"),
    [
        ("KRVL-21", 2009, "", 4),
        ("KRVL-21-L", 2021, "", 8),
        ("KSL-5", None, "København", (19, 55)),
        ("KSL-5", None, "line", 20000),
        ("KSL-17-1", None, "", Fraction(1, 2)),
        ("KSL-66c", None, "", Fraction(9, 10)),
        ("RL-8", 2017, "Hovedstaden", 41),
        ("RL-8", 2025, "Østdanmark", 47),
        ("RL-14", 2021, "Syddanmark", (11, 19)),
        ("RL-14", 2025, "Nordjylland", (7, 11)),
        ("RL-14", 2025, "Østdanmark", (17, 17)),
        ("RL-14", 2029, "Østdanmark", (13, 19)),
        ("RL-14d", None, "three", 300000),
        ("LIGE-10a", 2005, "", 1),
        ("LIGE-10a", 2009, "", 0),
        ("LIGE-10a", "2009-08-31", "", 1),
        ("LIGE-12", 2009, "", 0),
        ("LIGE-12", 2021, "", 1),
        ("ERH-13", "2026-03-31", "regional", 1),
        ("KL-15-2a", None, "", Fraction(2, 100)),
        ("FO-3-2", None, "", 2),
        ("FO-5", None, "", Fraction(1, 2)),
    ],
)
def test_figures_are_those_of_the_day(rule_id: str, when: law.When, name: str, value: object) -> None:
    """A figure is the one that the law set for that election or on that day."""
    assert law.value(rule_id, when, name) == value


@pytest.mark.parametrize(
    ("rule_id", "when", "name"),
    [("KRVL-83", 2025, ""), ("RL-8", 2025, "Hovedstaden"), ("RL-8", 2001, ""), ("ERH-13", "2026-04-01", "regional")],
)
def test_a_figure_that_the_law_did_not_set_is_refused(rule_id: str, when: law.When, name: str) -> None:
    """A region that elected no council, a listeforbund of 2025 and the like have no figure."""
    with pytest.raises(RuleError):
        law.value(rule_id, when, name)


def test_wordings_are_sentences() -> None:
    """A wording, a question and a source are text that ends, with no blank at either end."""
    for rule in data.rules().values():
        assert rule.wording.endswith("."), rule.id
        assert rule.open.endswith((".", "?")) or not rule.open, rule.id
        assert rule.danish_wording.endswith("."), rule.id
        for text in (rule.title, rule.danish, rule.wording, rule.danish_wording, rule.open, *rule.settles):
            assert text == " ".join(text.split()), rule.id


def test_ids_in_wordings_are_those_of_rules() -> None:
    """A wording or a question names no rule that there is not."""
    texts = [f"{rule.wording} {rule.danish_wording} {rule.open}" for rule in data.rules().values()]
    named = {rule_id for text in texts for rule_id in cited_ids(text)}
    assert named <= set(data.rules())
    assert named


HOSTS = {
    "Fredericia Avisen": {"fredericiaavisen.dk"},
    "juristkontoret.dk": {"juristkontoret.dk"},
    "retsinformation.dk": {"www.retsinformation.dk"},
    "valg.im.dk": {"www.valg.im.dk"},
    "the ministry, resumedatabase": {
        "resumedatabase.im.dk",
        "www.resumedatabase.im.dk",
        "resumedatabase.oim.dk",
    },
    "kl.dk": {"www.kl.dk", "kl.dk"},
    "Herning Kommune": {"politik.herning.dk"},
    "Kolding Kommune": {"www.kolding.dk"},
    "Odder Kommune": {"odder.dk"},
    "Næstved Kommune": {"online.flippingbook.com"},  # where the municipality puts its minutes
}
"""The hosts of each publisher of a source."""


def test_a_source_is_at_its_publisher() -> None:
    """The address of a source is https, on a host of its publisher, and no publisher is listed in vain."""
    found = {source.publisher for source in data.law_sources().values() if source.url}
    assert found == set(HOSTS)
    for key, source in data.law_sources().items():
        if source.url:
            address = urlsplit(source.url)
            assert address.scheme == "https", key
            assert address.netloc in HOSTS[source.publisher], key


def test_no_two_sources_are_at_one_address() -> None:
    """Each address leads to one source."""
    addresses = [source.url for source in data.law_sources().values() if source.url]
    assert len(set(addresses)) == len(addresses)


def test_the_address_of_an_opinion_has_its_number() -> None:
    """An opinion's page is that of its own number and year: 13.1.5 is 1315 of 2013."""
    for key, source in data.law_sources().items():
        if source.url and "resumedatabase" in source.publisher:
            number = source.title.split()[1]
            year = int(number.partition(".")[0])
            page = f"/resumedatabasen/{year + (1900 if year > 50 else 2000)}/{number.replace('.', '')}-"
            assert urlsplit(source.url).path.startswith(page), key


# The law on a day


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put a map of one rule, with these provisions, in the place of the law map."""

    def put(provisions: str) -> None:
        text = SOUND.replace('provisions = [{ text = "X § 1", until = 2021 }]', f"provisions = [{provisions}]")
        monkeypatch.setattr("kommunalvalg.law.book._read", lambda: read_law_map(text))

    _value.cache_clear()
    yield put
    _value.cache_clear()


def test_the_law_map_is_not_read_before_it_is_asked() -> None:
    """Who imports the library and distributes seats does not wait for the law map."""
    code = "import sys; from kommunalvalg import dhondt; dhondt({'A': 2}, 1); print('tomllib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("when", "provision"),
    [
        (2021, "X § 1"),
        ("2021-12-31", "X § 1"),
        (date(2021, 12, 31), "X § 1"),
        (datetime(2021, 12, 31, 23, 59), "X § 1"),  # noqa: DTZ001 - a day has no zone
        ("2022-01-01", "X § 2"),
        ("2026-03-31", "X § 2"),
        (2025, "X § 2"),
        ("2026-04-01", "X § 3"),
        (None, "X § 3"),
    ],
)
def test_a_provision_holds_from_its_first_day_to_its_last(
    when: law.When, provision: str, made_up: Callable[[str], None]
) -> None:
    """A year in the map is the whole of it; an election year that is asked for is a day in its November."""
    made_up("""
      { text = "X § 1", until = 2021 },
      { text = "X § 2", since = 2022, until = "2026-03-31" },
      { text = "X § 3", since = "2026-04-01" },
    """)
    assert law.provision("X-1", when) == provision


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4", 4),
        ('"1/2"', Fraction(1, 2)),
        ('"2%"', Fraction(1, 50)),
        ("[9, 31]", (9, 31)),
        ("{ a = [9, 31], b = 2 }", {"a": (9, 31), "b": 2}),
    ],
)
def test_a_figure_is_a_number_a_share_or_several(written: str, value: object) -> None:
    """What the map has as a value comes out exact."""
    text = SOUND.replace("until = 2021", f"value = {written}")
    assert read_law_map(text).rules["X-1"].provisions[0].value == value


def test_figures_by_name_are_put_together_from_all_places_in_force(made_up: Callable[[str], None]) -> None:
    """Two provisions that each set some figures are one table; a figure of it can be asked for by its name."""
    made_up('{ text = "X § 1", value = { a = 1, b = 2 } }, { text = "X § 2", value = { c = 3, a = 9 } }')
    assert law.value("X-1") == {"c": 3, "a": 1, "b": 2}
    assert law.whole("X-1", 2025, "c") == 3
    with pytest.raises(RuleError, match="name is 'd'; the rule X-1 has figures for: c, a, b"):
        law.value("X-1", 2025, "d")
    with pytest.raises(TypeError, match="X-1 sets no share: 1"):
        law.share("X-1", name="a")
    with pytest.raises(TypeError, match="X-1 sets no whole number"):
        law.whole("X-1")


@pytest.mark.parametrize("ask", [law.provision, law.value])
@pytest.mark.parametrize(
    ("when", "field"), [(2025, "year"), ("2022-01-01", "day"), (date(2022, 1, 1), "day"), (None, "day")]
)
def test_a_day_without_that_law_is_refused(
    ask: Callable[..., object], when: law.When, field: str, made_up: Callable[[str], None]
) -> None:
    """Who asks for the law of a day on which the rule stood nowhere learns when it did."""
    made_up('{ text = "X § 1", until = 2021, value = 8 }')
    with pytest.raises(RuleError, match=rf"{field} is .*; the rule X-1 is known here as: X § 1 until 2021") as refused:
        ask("X-1", when)
    assert (refused.value.field, refused.value.value, refused.value.rule) == (field, when, "X-1")
    assert str(refused.value).endswith("until 2021")


@pytest.mark.parametrize("when", ["2021", "20210101", "2021-02-30", 0, 10000, True, 2021.0, [2021]])
def test_a_day_that_is_none_is_refused(when: Any) -> None:  # noqa: ANN401 - it is none
    """What is neither a year nor a day is said to be none."""
    with pytest.raises(VoteError, match=rf"^when is {re.escape(repr(when))}; it is an election year, or a day"):
        law.provision("KSL-6", when)


def test_inferred_is_a_rule_that_no_text_has() -> None:
    """A rule of which only a part is our conclusion is not inferred; its evidence says which part."""
    assert law.inferred("KKR-SEATS")
    assert not law.inferred("KL-15-3")
    assert not law.inferred("KSL-24-1x")


# What is refused


SOUND = """
statutes.X = "An act"
sources.s = { publisher = "p", title = "t", about = "a" }
[rules.X-1]
title = "t"
danish = "d"
wording = "All win."
danish_wording = "Alle vinder."
provisions = [{ text = "X § 1", until = 2021 }]
evidence = ["text: quoted"]
sources = ["s"]
"""


def test_a_map_is_read() -> None:
    """A file with a statute, a source and a rule comes out as values."""
    read = read_law_map(SOUND)
    assert str(read.rules["X-1"].provisions[0]) == "X § 1 until 2021"
    assert str(read.rules["X-1"].evidence[0]) == "text (quoted)"
    assert read.sources["s"].publisher == "p"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("[rules.X-1]", "[rules.X-1", "rules.toml is no TOML: Expected ']'"),
        ('statutes.X = "An act"', "", "rules.toml: statutes is None; it is a table"),
        ('title = "t"\ndanish', "danish", "rules.toml, X-1: title is missing"),
        ('wording = "All win."', 'wording = ""', "rules.toml, X-1: wording is ''; it is a str that is not empty"),
        ('sources = ["s"]', 'sources = ["u"]', "rules.toml, X-1: 'u' is no source; the sources are s"),
        ('["text: quoted"]', '["txt"]', "rules.toml, X-1: evidence has 'txt'; it begins with one of text, ministry"),
        (
            "until = 2021",
            "til = 2021",
            "rules.toml, X-1: a provision is {'text': 'X § 1', 'til': 2021}; it is a table of",
        ),
        (
            "until = 2021",
            "until = 2021.5",
            "rules.toml, X-1: until is 2021.5; it is a year or a day such as",
        ),
        ("until = 2021", 'value = "two"', "rules.toml, X-1: value is 'two'; a figure is such as 4"),
        ("until = 2021", 'value = "1/0"', "rules.toml, X-1: value is '1/0'; a figure is such as 4"),
        ("until = 2021", "value = 0.5", "rules.toml, X-1: value is 0.5; a figure is such as 4"),
        ('sources = ["s"]', 'sources = ["s"]\nopen = "Who?"', "rules.toml, X-1: open and settles go together"),
        ('sources = ["s"]', 'sources = ["s"]\nnote = "n"', "rules.toml, X-1: 'note' is unknown; a table has title"),
        ("[rules.X-1]", "[rules.Y-1]", "rules.toml, Y-1: Y is no statute; the statutes are X"),
        ('publisher = "p", ', "", "rules.toml, s: publisher is missing"),
        ('about = "a"', 'about = "a", url = ""', "rules.toml, s: url is ''; it is a str that is not empty"),
        ("[rules.X-1]", "[rules]\nX-1 = 1\n[rules.X-2]", "rules.toml, X-1 is 1; it is a table"),
    ],
)
def test_a_map_that_is_none_is_refused(before: str, after: str, message: str, refused: Refused) -> None:
    """A file that lacks something or has something unknown is refused, with the rule and what is wrong."""
    assert before in SOUND
    assert refused(read_law_map, SOUND.replace(before, after), error=DataError).startswith(message)


def test_rules_are_in_the_order_of_the_statutes(refused: Refused) -> None:
    """A rule after those of a later statute is refused."""
    rules = SOUND.partition("[rules.X-1]")[2]
    text = SOUND.replace('"An act"', '"An act"\nstatutes.Y = "Another"').replace("X-1", "Y-1") + "[rules.X-1]" + rules
    message = refused(read_law_map, text, error=DataError)
    assert message == "rules.toml has its rules in another order than that of the statutes, X, Y"


@pytest.mark.parametrize(
    ("rule_id", "message"),
    [
        ("KSL-24", "the rule is 'KSL-24', which the law map does not have; ids like it: KSL-24-1, KSL-24-1x, KSL-24-3"),
        (
            "KSL-24-2",
            "the rule is 'KSL-24-2', which the law map does not have; ids like it: KSL-27-2, KSL-25-2, KSL-24-3",
        ),
        ("paragraf", "the rule is 'paragraf', which the law map does not have; an id is such as 'KRVL-86-1'"),
        (24, "the rule is 24, which the law map does not have; an id is such as 'KRVL-86-1'"),
    ],
)
def test_an_unknown_rule_is_refused(rule_id: Any, message: str, refused: Refused) -> None:  # noqa: ANN401 - it is none
    """A rule that there is not is refused, with the ids that are like it."""
    assert refused(data.rule, rule_id, error=DataError) == message


def test_an_id_of_before_leads_to_its_rule() -> None:
    """What version 0.1.0 called a rule is no other rule's id, and whoever asks for it is given the rule."""
    before = [(name, rule) for rule in data.rules().values() for name in rule.was]
    assert {name for name, _ in before} >= {"KRVL-76", "KRVL-NR", "KSL-17", "KSL-25", "KSL-25-a", "RL-15"}
    assert len({name for name, _ in before} - set(data.rules())) == len(before)
    for name, rule in before:
        assert data.rule(name) is rule


def test_a_rule_is_found_in_any_case() -> None:
    """Case and blanks around an id make no difference."""
    assert data.rule(" ksl-24-1X ") is data.rules()["KSL-24-1x"]
