"""A meeting's file to begin with, and the same meeting as TOML, JSON and a workbook."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from openpyxl import Workbook

from kommunalvalg import data
from kommunalvalg.errors import DataError
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.files import read_evening
from kommunalvalg.evening.sheets import SHEETS
from kommunalvalg.lots import settle

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
    for post in ("borgmester", "viceborgmester"):
        for number, ballot in enumerate(document[post]["afstemninger"], start=1):
            rows["Afstemninger"] += [(post, number, person, votes) for person, votes in ballot.items()]
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
        ("Personer", "Udvalg", "names 'Udvalg', which is on neither of the sheets|Udvalg names"),
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
        ("a.toml", "kommune = ", "is no TOML"),
        ("a.json", "[", "is not JSON"),
        ("a.json", "[]", "is no JSON"),
        ("a.xlsx", "x", "is no workbook"),
    ],
)
def test_what_is_no_file_of_a_meeting(name: str, text: str, message: str, tmp_path: Path) -> None:
    """One line that says what it is not."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_evening(path)
