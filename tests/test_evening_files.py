"""A meeting's file to begin with, and the same meeting as TOML, JSON and a workbook."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from commands import Run
from openpyxl import Workbook, load_workbook

from kommunalvalg import data
from kommunalvalg.errors import DataError, RuleError, VoteError
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.files import evening_of, read_evening
from kommunalvalg.evening.given import CommitteePlan, Happening
from kommunalvalg.evening.region import RegionalEveningCase
from kommunalvalg.evening.sheets import SHEETS
from kommunalvalg.lots import settle
from kommunalvalg.report import explain

ONE, TWO = "\u00e5", "a\u030a"
"""An å as one code point and as two."""

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


def as_workbook(document: dict[str, Any], path: Path) -> Path:
    """Write the tables of a TOML file as the sheets that a secretariat would fill in."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SHEETS}
    rows["Møde"] = [(name, document[name]) for name in ("kommune", "dato", "styreform") if name in document]
    for name, given in document["medlemmer"].items():
        member = {"liste": given} if isinstance(given, str) else given
        rows["Medlemmer"].append(
            (
                name,
                member["liste"],
                None,
                member.get("anciennitet"),
                member.get("foedt"),
                None,
                member.get("stedfortraeder"),
            )
        )
    rows["Grupper"] = [(group, ", ".join(lists)) for group, lists in document["grupper"].items()]
    for declared in document.get("anmeldelse", []):
        rows["Grupper"] += [(group, ", ".join(lists), declared["kl"]) for group, lists in declared["grupper"].items()]
    for number, ballot in enumerate(document["borgmester"]["afstemninger"], start=1):
        rows["Afstemninger"] += [("borgmester", number, person, votes) for person, votes in ballot.items()]
    deputies = document["viceborgmestre"]
    rows["Møde"] += [("viceborgmestre", ", ".join(deputies["navne"])), ("viceborgmestre kl", deputies.get("kl"))]
    for sheet, into in (("Udvalg", "udvalg"), ("Organer", "organ")):
        for name, plan in document[into].items():
            columns = [column.casefold() for column in SHEETS[sheet][1:]]
            rows[sheet].append((name, *(plan.get(column) for column in columns)))
            rows["Personer"] += [(name, group, ", ".join(people)) for group, people in plan["personer"].items()]
    rows["Overtagelser"] = [(each["udvalg"], each["fra"], each["til"]) for each in document.get("overtagelser", [])]
    rows["Lodtrækninger"] = [
        (place, lot["vinder"], None, lot["trukket_af"]) for place, lot in document.get("lodtraekninger", {}).items()
    ]
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        sheet.append(list(SHEETS[name]))
        for line in lines:
            sheet.append(list(line))
    book.create_sheet("Noter").append(["Et ark, som sekretariatet selv har"])
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["nyby-2029", "nyby-2029-lod", "nyby-2029-delt"])
def test_a_workbook_is_the_same_meeting(name: str, tmp_path: Path) -> None:
    """The same case, whether it stands in TOML, JSON or a workbook."""
    path = EXAMPLES / f"{name}.toml"
    case = read_evening(path)
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert read_evening(as_workbook(document, tmp_path / "aften.xlsx")) == case
    plain = tmp_path / "aften.json"
    plain.write_text(json.dumps(document, default=str), encoding="utf-8")
    assert read_evening(plain) == case


@pytest.mark.parametrize("suffix", ["toml", "json", "xlsx"])
def test_a_file_to_begin_with_has_the_elected(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The members in the order of the seats and the substitutes in theirs; nothing is held yet."""
    file = tmp_path / f"fanø.{suffix}"
    assert Run(capsys, "constitute", "--new", str(file), "--council", "Fanø").status == 0
    case = read_evening(file)
    assert isinstance(case, EveningCase)
    elected = data.result("kv2025", "Fanø")
    assert [(member.name, member.list) for member in case.members] == [
        (mandate.candidate, mandate.letter) for mandate in elected.mandates
    ]
    assert case.substitutes["B"] == tuple(elected.substitutes["B"])
    assert not settle(case).decided
    assert Run(capsys, "constitute", "--new", str(file), "--council", "Fanø").status == 2


def test_what_the_new_file_has_as_comments_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each comment that is a key or a table is one that the reader knows."""
    file = tmp_path / "fanø.toml"
    Run(capsys, "constitute", "--new", str(file), "--council", "Fanø")
    lines = file.read_text(encoding="utf-8").splitlines()
    begin = next(place for place, line in enumerate(lines) if line.startswith("# [udvalg"))
    end = next(place for place, line in enumerate(lines) if line.startswith("# [[haendelse"))
    open_ = [line.removeprefix("# ").removeprefix("#") for line in lines[begin:end]]
    tables = tomllib.loads("\n".join(open_))
    assert set(tables) == {"udvalg", "overtagelser", "organ", "lodtraekninger"}
    from kommunalvalg.evening.files import evening_of  # noqa: PLC0415 - only here

    plain = {"kommune": "Fanø", "dato": "2025-12-01", "medlemmer": {"A": 6, "V": 5, "L": 1}}
    for name in ("udvalg", "organ"):
        for table in tables[name].values():
            for key in ("personer", "formand", "enighed", "afkald", "embede", "andre"):
                table.pop(key, None)
    case = evening_of({**plain, "udvalg": tables["udvalg"], "organ": tables["organ"]})
    assert [plan.name for plan in case.committees] == ["Økonomiudvalget", "Teknik"]


@pytest.mark.parametrize(
    ("sheet", "heading", "message"),
    [
        ("Medlmmer", "Navn", "Medlmmer is unknown; was Medlemmer meant"),
        ("Medlemmer", "Lste", "Medlemmer.lste is unknown; was liste meant"),
        ("Personer", "Udvalg", "Personer.Udvalg names 'Udvalg', .*among the committees and bodies"),
    ],
)
def test_what_a_workbook_may_not_have(sheet: str, heading: str, message: str, tmp_path: Path) -> None:
    """A misspelt sheet or column is refused, with what was meant."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    page.append([heading])
    page.append(["Udvalg"])
    path = tmp_path / "aften.xlsx"
    book.save(path)
    with pytest.raises(DataError, match=message):
        read_evening(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", "kommune = ", "er ikke TOML, sidste linje: værdien kan ikke læses"),
        ("a.toml", 'kommune = "A"\nkommune = "B"\n', "er ikke TOML, linje 2: et navn står to gange"),
        ("a.toml", "kommune = Nyby\n", "er ikke TOML, linje 1: værdien kan ikke læses; tekst står i anførselstegn"),
        ("a.toml", "dato = 2029-13-04\n", "er ikke TOML, linje 1: der står mere end én værdi på linjen"),
        ("a.toml", "a = " + "[" * 100_000, "er indlejret for dybt"),
        ("a.toml", 'kommune = "Nyb\xe6k"', "er ikke TOML: byte 15 er ikke UTF-8; gem den som UTF-8"),
        ("a.json", '{"kommune": "Nyb', "a.json er ikke hel JSON: den slutter for tidligt"),
        ("a.json", '{"dato": 1, "dato": 2}', "er ikke JSON: nøglen 'dato' står to gange i ét objekt"),
        ("a.json", '{"a": 1,, }', "er ikke JSON: linje 1, tegn 9: der mangler et navn i dobbelte anførselstegn"),
        ("a.json", '{"a" 1}', "tegn 6: der mangler et kolon efter navnet"),
        ("a.json", '{"a": Nyby}', "tegn 7: der mangler en værdi; tekst står i dobbelte anførselstegn"),
        ("a.json", "[1 2]", "tegn 4: et komma eller en parentes mangler"),
        ("a.json", "{} x", "tegn 4: der står mere efter slutningen"),
        ("a.json", '{"a": "x\ny"}', "tegn 9: en tekst fortsætter over linjens slutning eller har et kontroltegn"),
        ("a.json", r'{"a": "\q"}', "tegn 8: en omvendt skråstreg står foran noget, som den ikke hører til"),
        ("a.json", "[" * 1_000_000, "er indlejret for dybt"),
        ("a.json", "[]", "indeholder []; et møde er et objekt"),
        ("a.xlsx", "x", "er ikke et regneark"),
        ("a.toml", None, "kan ikke læses: filen eller mappen findes ikke"),
        ("a.ods", "x", "a.ods er hverken TOML, JSON eller et regneark (.xlsx)"),
    ],
)
def test_what_is_no_file_of_a_meeting(
    name: str, text: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line in the reader's language that names the file once and says what it is not."""
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="latin-1")
    with pytest.raises(DataError) as refused:
        read_evening(path)
    assert message in refused.value.said("da")
    held = EXAMPLES / "nyby-2029.toml"
    for words in ([str(path)], [str(held), "--compare", str(path)]):
        called = Run(capsys, "constitute", *words)
        assert (called.status, called.err) == (2, f"kommunalvalg: {refused.value.said('da')}\n")
        assert called.err.count(name) == 1


def test_an_empty_file_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without anything is no meeting of nobody's."""
    path = tmp_path / "tom.toml"
    path.touch()
    done = Run(capsys, "constitute", str(path))
    assert (done.status, done.err[:39]) == (2, "kommunalvalg: tom.toml: filen er tom; d")


@pytest.mark.parametrize("suffix", ["toml", "json", "xlsx"])
def test_a_regions_file_to_begin_with_is_a_regions(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The regional council of an election gives the file of a regional council's meeting."""
    path = tmp_path / f"region.{suffix}"
    assert Run(capsys, "constitute", "--new", str(path), "--council", "Midtjylland", "--election", "rv2025").status == 0
    case = read_evening(path)
    assert isinstance(case, RegionalEveningCase)
    assert (case.name, case.size) == ("Midtjylland", 31)


@pytest.mark.parametrize(
    ("name", "election", "council", "message"),
    [
        ("ny.docx", "kv2025", "Fanø", "ny.docx ends with '.docx'; a file to begin with is .toml, .json, .xlsx"),
    ],
)
def test_a_file_to_begin_with_is_one_that_can_be_read(
    name: str, election: str, council: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is written that the command could not read again."""
    path = tmp_path / name
    done = Run(capsys, "constitute", "--new", str(path), "--council", council, "--election", election, "--lang", "en")
    assert (done.status, done.err) == (2, f"kommunalvalg: {message}\n")
    assert not path.exists()


def filled(path: Path, sheets: dict[str, list[Any]]) -> EveningCase:
    """Fill the sheets of a workbook, and read it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.append(list(SHEETS[name]))
        for row in rows:
            page.append(list(row))
    book.save(path)
    return read_evening(path)


def test_a_workbook_holds_two_deputies_and_a_magistrat(tmp_path: Path) -> None:
    """What a council's file has in tables of its own, the workbook has on its first sheet; numbers may be texts."""
    case = filled(
        tmp_path / "a.xlsx",
        {
            "Møde": [
                ("kommune", "Nyby"),
                ("dato", "2029-12-04"),
                ("styreform", "§ 64"),
                ("viceborgmestre", "A 1, V 1"),
                ("magistrat", 5),
            ],
            "Medlemmer": [("A 1", "A"), ("A 2", "A"), ("V 1", "V"), ("V 2", "V")],
            "Personer": [("magistrat", "A", "A 2")],
            "Organer": [("Havnen", "4", "2", None, "A 1, En anden")],
        },
    )
    assert case.deputies is not None
    assert case.deputies.persons == ("A 1", "V 1")
    assert (case.magistrat, case.magistrat_persons) == (5, {"A": ("A 2",)})
    assert (case.bodies[0].members, case.bodies[0].others, case.bodies[0].order) == (2, 2, ("A 1", "En anden"))


@pytest.mark.parametrize(
    ("sheet", "row", "message"),
    [
        ("Møde", ("dato", "2029-12-05"), '"Møde".dato stands twice'),
        ("Afstemninger", ("borgmester", 1, "A 1", 1), 'borgmester.afstemninger[1]."A 1" stands twice'),
        ("Afstemninger", ("borgmester", 2, "A 1", None), 'borgmester.afstemninger[2]."A 1" has no number of votes'),
        ("Afstemninger", ("borgmester", 2, "A 1", "=1+2"), 'borgmester.afstemninger[2]."A 1" has no number of votes'),
        ("Udvalg", ("Teknik", 7), "udvalg.Teknik stands twice"),
        ("Medlemmer", ("V 2", "V", None, None, None, "fraværende"), "it is true or false, in a workbook yes or no"),
        ("Fordeling", ("Teknik", "A", 2), "Teknik.enighed.A stands twice"),
    ],
)
def test_no_row_of_a_workbook_takes_the_place_of_another(
    tmp_path: Path, sheet: str, row: tuple[object, ...], message: str
) -> None:
    """What stands twice is refused; so are a candidate without votes, which is not one with none, and no yes or no."""
    sheets: dict[str, list[Any]] = {
        "Møde": [("kommune", "Nyby"), ("dato", "2029-12-04")],
        "Medlemmer": [("A 1", "A"), ("A 2", "A"), ("V 1", "V")],
        "Afstemninger": [("borgmester", 1, "A 1", 3)],
        "Udvalg": [("Teknik", 1)],
        "Fordeling": [("Teknik", "A", 1)],
    }
    filled(tmp_path / "a.xlsx", sheets)
    sheets[sheet].append(row)
    with pytest.raises(DataError, match=re.escape(message)):
        filled(tmp_path / "a.xlsx", sheets)


def test_blanks_around_and_inside_a_name_make_no_other_name(tmp_path: Path) -> None:
    """A blank after a name, two in it, or one that does not break, is the same name, in a table and in a workbook."""
    document = {
        "kommune": "Nyby ",
        "dato": "2029-12-04",
        "medlemmer": {"Bo  Lund ": "A ", "Åse\N{NO-BREAK SPACE}Dam": {"liste": " V"}, "Ib": "A", "Pia": "A"},
        "grupper": {"A+V ": ["A", "V "]},
        "borgmester": {"afstemninger": [{" Bo Lund": 3, "Åse Dam": 1}]},
        "udvalg": {"Teknik  og Miljø": {"pladser": 2, "personer": ["Ib ", "Pia"]}},
    }
    evening = settle(evening_of(document))
    assert (evening.case.name, list(evening.case.home.items())) == (
        "Nyby",
        [("Bo Lund", "A"), ("Åse Dam", "V"), ("Ib", "A"), ("Pia", "A")],
    )
    assert (evening.mayor, evening.seats[-1].person, evening.seats[-1].body) == ("Bo Lund", "Pia", "Teknik og Miljø")
    case = filled(
        tmp_path / "a.xlsx",
        {
            "Møde": [("kommune", "Nyby"), ("dato", "2029-12-04")],
            "Medlemmer": [("Bo  Lund ", "A"), ("Ib", "A")],
            "Afstemninger": [("borgmester", 1, "Bo\N{NO-BREAK SPACE}Lund", 2)],
        },
    )
    assert settle(case).mayor == "Bo Lund"


@pytest.mark.parametrize("where", ["medlemmer", "udvalg", "formand", "grupper", "felt"])
def test_a_letter_of_two_code_points_is_the_same_letter(where: str) -> None:
    """A name in a meeting's file may be written with å as one code point or as two, wherever it stands."""
    whole: dict[str, Any] = {
        "kommune": "Nyby",
        "dato": "2025-12-09",
        "medlemmer": {"Åge": "A", "Bo": "A", "Cå": "B"},
        "grupper": {"Å": ["A"]},
        "borgmester": {"afstemninger": [{"Åge": 3}]},
        "udvalg": {"Bådudvalg": {"pladser": 3, "formand": "Åge", "personer": {"Å": ["Åge", "Bo"], "B": ["Cå"]}}},
    }
    text = json.dumps(whole, ensure_ascii=False)
    two = {"medlemmer": "Åge", "udvalg": "Bådudvalg", "formand": '"formand": "Åge"', "grupper": '"Å"', "felt": "Cå"}
    other = json.loads(text.replace(two[where], normalize("NFD", two[where]), 1))
    assert normalize("NFC", json.dumps(other, ensure_ascii=False)) == text
    assert json.dumps(other, ensure_ascii=False) != text
    assert evening_of(other) == evening_of(whole)
    assert explain(settle(evening_of(other)), lang="da") == explain(settle(evening_of(whole)), lang="da")


def test_a_name_in_two_spellings_stands_twice() -> None:
    """Two committees whose names are one name are refused, in a file and in a case."""
    twice = {ONE: {"pladser": 3}, TWO: {"pladser": 5}}
    document = {"kommune": "Nyby", "dato": "2025-12-09", "medlemmer": {"A": 5, "B": 4}, "udvalg": twice}
    with pytest.raises(DataError, match=rf'^udvalg\."{ONE}" stands twice$'):
        evening_of(document)
    with pytest.raises(VoteError, match=f"^persons names '{ONE}' twice, in two spellings of the same letters$"):
        CommitteePlan(name="T", seats=3, persons={ONE: ("m1",), TWO: ("m2",)})
    assert CommitteePlan(name=TWO, seats=3, takers=(TWO,)) == CommitteePlan(name=ONE, seats=3, takers=(ONE,))


@pytest.mark.parametrize("day", ["0011-12-04", "0001-01-01", "2005-12-09", "2008-12-31"])
def test_a_meeting_before_the_oldest_election_is_refused(day: str) -> None:
    """A council whose election has no law that is known here is not taken for one of today."""
    with pytest.raises(DataError, match=f"^dato is '{day}'; the oldest election .* is that of 2009") as caught:
        evening_of({"kommune": "Nyby", "dato": day, "medlemmer": {"A": 5}})
    assert caught.value.rule == "KRVL-6"
    assert evening_of({"kommune": "Nyby", "dato": "2009-12-08", "medlemmer": {"A": 5}}).term[0] == "2010-01-01"


def test_a_workbook_holds_a_regions_meeting(tmp_path: Path) -> None:
    """The sundhedsråd have a sheet, and their chairs are elected on that of the ballots."""
    case = filled(
        tmp_path / "r.xlsx",
        {
            "Møde": [("region", "Midtjylland"), ("dato", "2025-12-09"), ("naestformaend", "A 2, V 1")],
            "Medlemmer": [(f"A {number}", "A") for number in range(1, 17)] + [("V 1", "V")],
            "Afstemninger": [("formand", 1, "A 1", 16), ("formand for Sundhedsråd Horsens", 1, "A 6", 16)],
            "Sundhedsråd": [("Sundhedsråd Horsens", 7, 6)],
            "Personer": [("Sundhedsråd Horsens", "A", "A 7")],
        },
    )
    assert isinstance(case, RegionalEveningCase)
    assert case.mayor.ballots == ({"A 1": 16},)
    (plan,) = case.health
    assert (plan.chair.ballots, plan.municipal, plan.committee.persons) == (({"A 6": 16},), 6, {"A": ("A 7",)})


@pytest.mark.rule("KSL-24-3")
@pytest.mark.parametrize("committee", ["Økonomiudvalget", "Teknik"])
def test_a_committee_has_no_declaration_of_its_own(tmp_path: Path, committee: str) -> None:
    """Økonomiudvalget and the standing committees share one declaration of groups; another is refused."""
    document = tomllib.loads((EXAMPLES / "nyby-2029.toml").read_text(encoding="utf-8"))
    document["udvalg"][committee]["grupper"] = {"A+F": ["A", "F"]}
    file = tmp_path / "nyby.json"
    file.write_text(json.dumps(document, default=str), encoding="utf-8")
    with pytest.raises(RuleError, match="the committees share one declaration of groups, that of ") as caught:
        read_evening(file)
    assert caught.value.field is not None
    assert caught.value.field.replace('"', "") == f"udvalg.{committee}.grupper"
    assert caught.value.rule == "KSL-24-3"
    assert "KSL § 24, stk. 3" in str(caught.value)


def test_a_name_of_any_letters_is_placed_in_the_file() -> None:
    """What a room of the law calls a field is told by its parts: a quotation mark in a name hides nothing."""
    given = {
        "kommune": "Nyby",
        "dato": "2029-12-04",
        "medlemmer": {"A": 5, "V": 4},
        "udvalg": {'Udvalg "Nord"': {"pladser": 5, "enighed": {"A": 2, "V": 2}}},
    }
    with pytest.raises(DataError) as refused:
        settle(evening_of(given))
    assert refused.value.field == 'udvalg."Udvalg "Nord"".enighed'


def test_the_guide_of_a_workbook_names_every_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first sheet says what can stand on that of the events, all of it."""
    file = tmp_path / "ny.xlsx"
    assert Run(capsys, "constitute", "--new", str(file), "--council", "Fanø").status == 0
    guide = {row[0]: row[1] for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)}
    assert all(event in str(guide["Hændelser"]) for event in Happening)
