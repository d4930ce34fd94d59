"""The protocol of a meeting: what it says, in Danish and English, and as a Word file."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from docx import Document as WordFile
from openpyxl import load_workbook

from kommunalvalg import council, data, dhondt, elect_committees, majority_election, report
from kommunalvalg.constitution.vacant import fill_place
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.files import evening_of, read_evening
from kommunalvalg.lots import settle
from kommunalvalg.report.spreadsheets import workbook

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


@pytest.fixture(scope="module")
def evening() -> Evening:
    """The evening with seven lots, as far as the documentation's file has it."""
    return settle(read_evening(EXAMPLES / "nyby-2029-lod.toml"))


def test_the_protocol_can_stand_in_minutes(evening: Evening) -> None:
    """Danish that a secretary would write, with the figures and the provisions."""
    said = " ".join(report.explain(evening).split())
    for sentence in (
        "Mødet holdes tirsdag den 4. december 2029. 25 af 25 medlemmer deltager.",
        "1. afstemning: Der kræves 13 stemmer, mere end halvdelen af 25 tilstedeværende (KSL § 24, stk. 1).",
        "3. afstemning er bundet til Medlem 1 og Medlem 10",
        "Medlem 1 er valgt som borgmester i 3. afstemning (KSL § 24, stk. 1).",
        "Medlem 24 (liste Ø) er fraværende; Stedfortræder 1 deltager som stedfortræder (KSL § 15, stk. 1).",
        "Medlem 10 har været medlem længst, har indkaldt til mødet",
        "C kan kræve 3 pladser (KSL § 27, stk. 1)",
        "Beregnet med kommunalvalg",
    ):
        assert sentence in said


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_protocol_is_in_one_language(evening: Evening, lang: str) -> None:
    """No sentence of the other language stands in it."""
    said = report.explain(evening, lang)
    other = (" the ", " and ", "elected") if lang == "da" else (" der ", " er ", "valgt")
    assert not any(word in said for word in other)


def test_the_lots_and_who_drew_stand_in_it(evening: Evening) -> None:
    """Each lot by its place, among whom, who won, and who drew."""
    rows = next(table for table in report.document(evening).tables if table.key == "draws").rows
    assert len(rows) == 7
    assert report.document(evening).title.said("en") == "First meeting of the council of Nyby"  # type: ignore[union-attr]


def test_who_sits_where_is_one_table(evening: Evening) -> None:
    """By person for people, by place for programs."""
    tables = {table.key: table for table in report.document(evening).tables}
    posts = {str(row[0]): row[2] for row in tables["persons"].rows}
    assert "Økonomiudvalget" in str(posts["Medlem 1"])
    assert {row["body"] for row in report.rows(evening, "places")} >= {"borgmester", "Teknik", "Nyby Havn"}


def test_a_half_filled_file_says_what_comes_next() -> None:
    """Who may stand, how many votes are needed, which lots are open and among whom, and which persons are missing."""
    document = {
        "kommune": "Nyby",
        "dato": "2029-12-04",
        "medlemmer": {"A": 10, "V": 5, "C": 5, "F": 5},
        "udvalg": {"Økonomiudvalget": {"pladser": 7}, "Teknik": {"pladser": 7}},
    }
    said = " ".join(report.explain(settle(evening_of(document))).split())
    for sentence in (
        "1. afstemning: der kan stemmes på alle medlemmer, og der kræves 13 stemmer",
        "lodtrækning: 1 plads mellem A, V, C og F",
        "A udpeger 3",
    ):
        assert sentence in said


def test_what_is_said_of_single_bodies() -> None:
    """Agreed without a ballot is no ballot; a ballot elects to a body; substitutes; a sex that nobody gave."""
    document = {
        "kommune": "Nyby",
        "dato": "2029-12-04",
        "medlemmer": {"A": 10, "V": 9},
        "viceborgmestre": {"navne": ["A 2", "V 1"]},
        "organ": {
            "KL": {"pladser": 1, "personer": ["A 1"]},
            "Havnen": {"pladser": 1, "afstemninger": [{"A 3": 10, "V 1": 9}]},
            "Valgbestyrelsen": {"pladser": 5, "art": "valgbestyrelse", "personer": ["A 1", "A 2"]},
            "Museet": {"pladser": 2, "koensbalance": True, "personer": ["A 1", "V 1"]},
        },
    }
    said = " ".join(report.explain(settle(evening_of(document))).split())
    for sentence in (
        "A 1 er valgt til KL uden afstemning.",
        "A 3 er valgt til Havnen i 1. afstemning (KSL § 24, stk. 1).",
        "Valgbestyrelsen: Hver valggruppe udpeger også en stedfortræder for hvert af sine medlemmer (KRVL § 14",
        "A 1, A 2 (3 mangler)",
        "Museet: Kønnet er ikke angivet for alle, så kønsbalancen er ikke vurderet.",
        "(KSL § 6, stk. 5 og KSL § 24, stk. 3)",
    ):
        assert sentence in said
    assert "A 1 er valgt som KL" not in said


RESULTS: dict[str, Any] = {
    "distribution": lambda: dhondt({"A": 11, "B": 8, "C": 2}, 9),
    "flertalsvalg": lambda: majority_election([{"A": 10, "B": 8}], present=21),
    "committees": lambda: elect_committees({"a": 16, "b": 15}, {"Teknik": 7, "Kultur": 7}),
    "kkr": lambda: data.kkr("hovedstaden-2026").compose(),
    "council": lambda: council.elect_council(data.council("kv2025", "Fanø")),
    "fill": lambda: fill_place("Kultur", "m1", group="a", successor="m2", by="a"),
}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_result_is_told_as_a_word_file(name: str, lang: str) -> None:
    """A title, real headings and tables with as many rows as the document has."""
    result = RESULTS[name]()
    file = WordFile(BytesIO(report.explain(result, lang, "docx")))
    told = report.document(result)
    assert file.paragraphs[0].style is not None
    assert file.paragraphs[0].style.name == "Title"
    assert [len(table.rows) for table in file.tables] == [
        1 + len(table.rows) + bool(table.total) for table in told.tables
    ]


def test_a_word_file_has_headings_and_its_language(evening: Evening) -> None:
    """Word's own heading styles, on A4, with the language that it is in."""
    file = WordFile(BytesIO(report.explain(evening, "da", "docx")))
    headings = [each.text for each in file.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings[:3] == ["Fremmøde", "Valggrupper", "1. Indkaldelse og mødeledelse"]
    assert "2. Valg af borgmester" in headings
    section = file.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210
    assert file.core_properties.language == "da-DK"
    assert file.core_properties.title == "Konstituerende møde, Nyby"


def test_a_word_file_parts_no_provision_between_lines(evening: Evening) -> None:
    """The short name of an act, § and its number stay together, and so do stk. and its number."""
    file = WordFile(BytesIO(report.explain(evening, "da", "docx")))
    told = [paragraph.text for paragraph in file.paragraphs if "KSL" in paragraph.text and "§" in paragraph.text]
    assert told
    for text in told:
        assert "KSL §" not in text
        assert "§ " not in text
        assert "stk. " not in text


def test_a_word_file_cuts_no_short_table(evening: Evening) -> None:
    """The rows of a table of a few stay together; a long one goes on, under its headings, on the next page."""
    file = WordFile(BytesIO(report.explain(evening, "da", "docx")))
    for table in file.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept == [True, *[len(kept) <= 13] * (len(kept) - 2), False]


@pytest.mark.parametrize("name", ["council", "committees", "kkr"])
def test_a_word_file_breaks_no_word(name: str) -> None:
    """Each column has room for the longest word of its heading and of its cells, and all of them for the page."""
    file = WordFile(BytesIO(report.explain(RESULTS[name](), "da", "docx")))
    for table in file.tables:
        widths = [cell.width.mm if cell.width else 0 for cell in table.rows[0].cells]
        for place, width in enumerate(widths):
            words = [word for row in table.rows for word in row.cells[place].text.split()]
            assert width >= 2 * max(map(len, words), default=0)
        assert sum(widths) <= 171


def test_the_workbook_shows_all_of_its_texts(evening: Evening) -> None:
    """A row is as high as its longest cell needs, and a table's last text reaches over the columns that are left."""
    sheet = load_workbook(BytesIO(workbook(report.document(evening)))).worksheets[0]
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows()}
    line = rows["Medlem 1"] or 0
    last = max(cell.column for cell in sheet[line] if cell.value)
    assert any(area.min_row == line and area.min_col <= last <= area.max_col for area in sheet.merged_cells.ranges)
    assert (sheet.row_dimensions[line].height or 0) > 15
    assert sheet.page_setup.paperSize == 9


def test_the_page_prints_short_tables_whole(evening: Evening) -> None:
    """On paper a table of a few rows is not cut, and a name stays on one line."""
    page = report.explain(evening, "da", "html")
    assert "break-inside: avoid" in page
    assert '<th scope="row" class="s">Medlem 10</th>' in page


# The command


def test_the_command_writes_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command a protocol, by the name of the file."""
    for name in ("p.docx", "p.xlsx", "p.html", "p.md", "p.json", "p.txt"):
        done = Run(capsys, "constitute", str(EXAMPLES / "nyby-2029.toml"), "-o", str(tmp_path / name))
        assert done.status == 0
        assert (tmp_path / name).stat().st_size > 1000


def test_the_command_exits_with_3_while_a_lot_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status tells that a lot is open."""
    text = (EXAMPLES / "nyby-2029-lod.toml").read_text(encoding="utf-8").split("[lodtraekninger]")[0]
    file = tmp_path / "aften.toml"
    file.write_text("\n".join(line for line in text.splitlines() if "personer" not in line), encoding="utf-8")
    done = Run(capsys, "constitute", str(file), "--brief")
    assert done.status == 3
    assert "lodtrækning: 1 plads mellem V+L og C" in done.out


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file, the place in it, what was meant, in the language of the run."""
    file = tmp_path / "aften.toml"
    file.write_text('kommune = "Nyby"\ndatto = 2029-12-04\n', encoding="utf-8")
    assert Run(capsys, "constitute", str(file)).err == "kommunalvalg: aften.toml: datto er ukendt; mentes dato?\n"
    assert Run(capsys, "constitute", str(file), "--lang", "en").err == (
        "kommunalvalg: aften.toml: datto is unknown; was dato meant?\n"
    )


def test_of_a_post_that_waits_for_a_lot_nobody_is_to_name_anybody() -> None:
    """A flertalsvalg has no group that names who is elected; the lot alone comes next."""
    ballots = [{"A 1": 2, "V 1": 2}] * 3
    tables = {"kommune": "Nyby", "dato": "2025-12-04", "medlemmer": {"A": 2, "V": 2}}
    said = report.explain(settle(evening_of({**tables, "borgmester": {"afstemninger": ballots}})), "en")
    assert "a lot is to be drawn: 1 place among A 1 and V 1" in said
    assert "is to name" not in said
