"""Rows in other hands: pandas, polars and Excel workbooks."""

import sys
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    Draw,
    ElectionError,
    MissingExtraError,
    data,
    dhondt,
    elect_committees,
    elect_council,
    majority_election,
    report,
)
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.partitions import all_partitions
from kommunalvalg.analysis.what_if import best_partner, merge_lists, without_alliances
from kommunalvalg.cli import main
from kommunalvalg.council.previous import Previous
from kommunalvalg.methods.counted import Counted
from kommunalvalg.report.analysis import margins_report, partitions_report, partners_report, what_if_report
from kommunalvalg.report.comparison import comparisons
from kommunalvalg.report.documents import Document, Heading, Table
from kommunalvalg.report.language import language
from kommunalvalg.report.rendering import render
from kommunalvalg.report.results import document, summary
from kommunalvalg.report.tidy import COLUMNS
from kommunalvalg.report.wording import SHEETS
from kommunalvalg.text import text

NYBY = CouncilElection(
    "Nyby",
    9,
    [CandidateList(letter, letter, [Candidate(f"{letter}-{n}", 5) for n in range(1, 9)]) for letter in "AB"],
)
RESULT = elect_council(data.council("kv2025", "Lolland"))
CLAIMS = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, "Kultur": 7, "Teknik": 7, "Social": 6})


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("table", [None, "mandates", "quotients", "units"])
def test_a_frame_has_the_rows(library: str, table: str | None) -> None:
    """A frame of either library has a line for each row, under the same keys, with the same sums."""
    frame = report.to_frame(RESULT, library, table)
    rows = report.rows(RESULT, table)
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    for key, value in rows[0].items():
        if isinstance(value, int) and not isinstance(value, bool):
            assert frame[key].sum() == sum(int(row[key] or 0) for row in rows)


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("table", list(COLUMNS))
def test_results_by_name_make_one_tidy_frame(library: str, table: str) -> None:
    """Councils and regions are rows of one frame, whose columns are the same whatever is in it; whole stays whole."""
    results = {"Fanø": data.result("kv2025", "Fanø"), "Midtjylland": data.result("rv2025", "Midtjylland")}
    frame = report.to_frame(results, library, table)
    assert list(frame.columns) == list(COLUMNS[table])
    assert frame["code"].to_list()[0] == 563
    assert set(frame["election"]) == {"kv2025", "rv2025"}
    whole = frame["seats"].sum() if table == "lists" else len(frame)
    assert whole == 11 + 31
    kinds = report.to_frame({"Nyby": elect_council(NYBY)}, library, table).dtypes
    assert list(kinds) == list(frame.dtypes)


def test_a_tidy_row_says_what_changed_and_how_far_the_count_is() -> None:
    """Lists that are new or gone are told, and of an unfinished count how many areas are in."""
    before = Previous(votes={"A": 120, "G": 80}, seats={"A": 5, "G": 4})
    election = evolve(NYBY, previous=before, counted=Counted(areas=2, of=6, share=Fraction(2, 5)), year=2029)
    rows = {row["list"]: row for row in report.tidy_rows({"Nyby": elect_council(election)})}
    assert [rows[key]["status"] for key in ("A", "B", "G")] == ["stands", "new", "gone"]
    assert (rows["G"]["votes"], rows["G"]["votes_change"], rows["G"]["seats_change"]) == (0, None, -4)
    assert {
        (row["election"], row["areas_counted"], row["areas"], row["eligible_counted"]) for row in rows.values()
    } == {("2029", 2, 6, 0.4)}


def test_a_tidy_frame_is_of_councils(refused: Any) -> None:  # noqa: ANN401 - a fixture
    """Another result, or another table, is refused by its name."""
    assert 'results["X"]' in refused(report.tidy_rows, {"X": dhondt({"A": 1}, 1)}, error=ElectionError)
    assert "lists, mandates" in refused(report.to_frame, {}, "pandas", "votes", error=ElectionError)


def test_counts_stay_whole_where_some_are_missing() -> None:
    """A quotient that won nothing has no seat number, and the others have theirs, as whole numbers."""
    seats = [row["seat"] for row in report.rows(RESULT, "quotients")]
    assert None in seats
    for library in ("pandas", "polars"):
        column = report.to_frame(RESULT, library, "quotients")["seat"]
        assert str(column.dtype) == "Int64"
        assert [seat for seat in column.to_list() if isinstance(seat, int)] == [seat for seat in seats if seat]


def test_an_empty_table_keeps_its_columns() -> None:
    """A frame without rows has the columns all the same."""
    frame = report.to_frame(dhondt({"A": 1}, 0), "pandas", "quotients")
    assert "quotient" in frame.columns
    assert list(report.to_frame(dhondt({"A": 0}, 3), "polars").columns) == ["name", "votes", "share", "seats"]


def test_the_library_in_use_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has imported polars and not pandas gets a polars frame; with none in use, pandas comes first."""
    pandas, polars = import_module("pandas"), import_module("polars")
    assert isinstance(report.to_frame(RESULT), pandas.DataFrame)
    monkeypatch.delitem(sys.modules, "pandas")
    assert isinstance(report.to_frame(RESULT), polars.DataFrame)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the error says which extra to install; another library is refused by name."""
    monkeypatch.setattr("kommunalvalg.report.frames.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"frames need pandas or polars.*kommunalvalg\[pandas\]"):
        report.to_frame(RESULT)
    with pytest.raises(MissingExtraError, match=r"kommunalvalg\[polars\]"):
        report.to_frame(RESULT, "polars")
    with pytest.raises(ElectionError, match="library is 'dplyr'; a frame is of pandas or polars"):
        report.to_frame(RESULT, "dplyr")


def sheets(contents: bytes) -> dict[str, list[list[object]]]:
    """Read a workbook by another library than the one that wrote it."""
    book = openpyxl.load_workbook(BytesIO(contents))
    return {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in book}


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    """After the explanation, the sheets have Danish names and headings, and numbers that are numbers."""
    found = sheets(report.workbook(document(RESULT)))
    assert list(found)[:5] == ["Forklaring", "Lister", "Valgforbund", "Kvotienter", "Fordelingstal"]
    heading, *lines = found["Lister"]
    assert heading == ["Liste", "Navn", "Opstillingsform", "Kandidater", "Stemmer", "Andel", "Mandater"]
    assert [line[-1] for line in lines] == list(RESULT.seats.values())
    assert all(isinstance(line[5], float) for line in lines)


FANOE = data.council("kv2025", "Fanø")
LAESOE = data.compare(data.council("kv2025", "Læsø"), data.published("kv2025", "Læsø"))
TITLE = "…"


@pytest.mark.parametrize(
    ("told", "name", "danish"),
    [
        (what_if_report(without_alliances(FANOE).together), "What if", "Hvad nu hvis"),
        (
            margins_report(margins(FANOE)),
            "How firm the seats are",
            "Hvor sikre mandaterne er",
        ),
        (partners_report(best_partner(FANOE, "A")), "Partners", "Partnere"),
        (
            partitions_report(all_partitions(FANOE, among=["A", "F"])),
            "Ways to ally",
            "Måder at indgå valgforbund på",
        ),
        (
            comparisons({"Læsø": LAESOE}, title=TITLE),
            "Lots that decided",
            "Afgørende lodtrækninger",
        ),
    ],
)
def test_a_sheet_has_a_whole_name_in_the_language(told: Document, name: str, danish: str) -> None:
    """No sheet of an analysis or a comparison has a key for a name, or a title cut off where Excel takes no more."""
    assert name in sheets(report.workbook(told, "en"))
    assert danish in sheets(report.workbook(told))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_name_of_a_sheet_is_no_longer_than_excel_takes(lang: str) -> None:
    """What the sheets of a workbook are called has room in 31 characters, in either language."""
    assert [name for name in map(language(lang), map(text, SHEETS.values())) if len(name) > 31] == []


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("result", [RESULT, CLAIMS, data.kkr("hovedstaden-2026").compose()])
def test_the_first_sheet_of_a_workbook_is_the_whole_document(result: object, lang: str) -> None:
    """Title, texts, headings, each line of each table and its sums stand there in the order of the document."""
    told, say = document(result), language(lang)
    book = openpyxl.load_workbook(BytesIO(report.workbook(told, lang)))
    sheet = book.worksheets[0]
    assert sheet.title == {"da": "Forklaring", "en": "Explanation"}[lang]
    first = [str(cell.value) for cell in sheet["A"] if cell.value is not None]
    wanted = [say(told.title)]
    for part in told.shown:
        if isinstance(part, Table):
            lines = [*part.rows, *([part.total] if part.total else [])]
            wanted += [say(part.title)] if part.title else []
            wanted += [say(part.columns[0].heading), *(say.cell(line[0]) for line in lines)]
        else:
            wanted.append(say(part.text if isinstance(part, Heading) else part))
    assert first == wanted
    bold = {str(cell.value) for cell in sheet["A"] if cell.font.bold}
    assert {say(told.title), *(say(part.text) for part in told.shown if isinstance(part, Heading))} <= bold


@pytest.mark.parametrize(("lots", "name"), [([], "Open lots"), ([Draw(["B", "C"], ["B"])], "Lots")])
def test_a_sheet_of_lots_has_no_empty_column(lots: list[Draw], name: str) -> None:
    """The lots of a plain distribution have no place and no provision, and their sheet no columns for them."""
    found = sheets(report.workbook(document(dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=lots)), "en"))
    assert not {"Where", "Provision"} & set(found[name][0])
    assert all(None not in line for line in found[name])


def test_the_first_sheet_of_a_workbook_names_the_acts() -> None:
    """A short report says only in a workbook, which is handed in, what KSL is."""
    (first, *_rest) = openpyxl.load_workbook(BytesIO(report.workbook(summary(CLAIMS)))).worksheets
    assert [cell.value for cell in first["A"]][-1] == "KSL: lov om kommunernes styrelse."


def test_numbers_in_a_workbook_are_written_as_people_write_them() -> None:
    """Counts have thousands, quotients decimals, shares per cent; what is true or not is a word of the language."""
    book = openpyxl.load_workbook(BytesIO(report.workbook(document(dhondt({"A": 9000, "B": 7000}, 3)))))
    by_name = {sheet.title: sheet for sheet in book}
    seats, awards = by_name["Mandater"], by_name["Rækkefølge"]
    assert [cell.number_format for cell in seats[2]] == ["General", "#,##0", "0.00%", "#,##0"]
    assert [cell.number_format for cell in awards[4]][2:5] == ["#,##0", "#,##0", "#,##0.000"]
    assert awards["F2"].value == "nej"
    assert by_name["Forklaring"]["B4"].value == 9000
    assert by_name["Forklaring"]["B4"].number_format == "#,##0"


def test_a_workbook_has_the_lots() -> None:
    """Open lots and drawn ones have a sheet each, and the explanation names them."""
    first = [Draw(["C-4", "C-7"], ["C-7"])]
    found = sheets(report.workbook(summary(elect_council(data.council("kv2025", "Læsø"), lots=first))))
    assert found["Åbne lodtrækninger"][1:] == [["Læsø, liste V", 1, "V-2 og V-5", "KRVL § 85"]]
    assert found["Lodtrækninger"][1:] == [[1, "Læsø, liste C", "C-4 og C-7", "C-7", "KRVL § 85"]]
    assert ["Læsø, liste V: 1 plads mellem V-2 og V-5: lodtrækning, KRVL § 85."] in [
        line[:1] for line in found["Forklaring"]
    ]
    election = majority_election([{"A": 9, "B": 9}] * 3, present=21, lots=[Draw(["A", "B"], ["B"])])
    found = sheets(report.workbook(document(election)))
    assert found["Lodtrækninger"][1] == [1, "lige mange stemmer", "A og B", "B", "KSL § 24, stk. 1"]


def test_the_headings_of_a_workbook_are_bold() -> None:
    """The first line of each table's sheet is bold and stays in view; the shares are percentages."""
    book = openpyxl.load_workbook(BytesIO(report.workbook(document(RESULT))))
    for sheet in book.worksheets[1:]:
        assert all(cell.font.bold for cell in sheet[1])
        assert not any(cell.font.bold for cell in sheet[2])
        assert sheet.freeze_panes == "A2"
    assert book["Lister"]["F2"].number_format == "0.00%"


def test_no_name_becomes_a_formula() -> None:
    """A name that begins as a formula or a link does is written as text, and any name is a sheet's name."""
    odd = {"=1+1": 3, "http://x.dk": 2, "@a": 1}
    book = openpyxl.load_workbook(BytesIO(report.workbook(document(dhondt(odd, 3)))))
    first = [line[0] for line in book["Mandater"].iter_rows(min_row=2)]
    assert [cell.value for cell in first] == list(odd)
    assert {cell.data_type for cell in first} == {"s"}


@given(st.lists(st.integers(0, 10**27) | st.integers(0, 5000), min_size=2, max_size=4), st.integers(1, 6))
def test_a_workbook_shows_what_the_text_says(counts: list[int], seats: int) -> None:
    """Whatever the votes, each number of the first sheet, as Excel shows it, is the one of the text."""
    told = document(dhondt({f"L{n}": count for n, count in enumerate(counts)}, seats))
    sheet = openpyxl.load_workbook(BytesIO(report.workbook(told, "en"))).worksheets[0]
    shown = [as_excel_shows(cell) for line in sheet.iter_rows() for cell in line if cell.value is not None]
    written = [
        language("en").cell(cell, column.kind)
        for table in told.tables
        for row in (*table.rows, *([table.total] if table.total else []))
        for cell, column in zip(row, table.columns, strict=True)
        if isinstance(cell, int | Fraction)
    ]
    assert not set(written) - set(shown)


def as_excel_shows(cell: Any) -> str:  # noqa: ANN401 - openpyxl has no types
    """Write a cell as Excel does: 15 digits, rounded half up, with the decimals of its format where they are not 0."""
    if isinstance(cell.value, str):
        return cell.value
    value = Decimal(f"{cell.value:.15g}") * (100 if cell.number_format.endswith("%") else 1)
    decimals = len(cell.number_format.rstrip("%").partition(".")[2])
    with localcontext(Context(prec=60)):
        written = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    return (
        f"{written}%"
        if cell.number_format.endswith("%")
        else written.rstrip("0").rstrip(".")
        if decimals == 3
        else written
    )


def test_a_workbook_keeps_every_digit() -> None:
    """A number that Excel would change, which keeps 15 digits, is a text; the others are numbers."""
    votes = {"A": 2**53 + 1, "B": 2**53, "C": 999_999_999_999_999, "D": 10**25}
    book = openpyxl.load_workbook(BytesIO(report.workbook(document(dhondt(votes, 9)), "en")))
    first = [[cell.value for cell in line] for line in book["Seats"].iter_rows(min_row=2, max_col=2)]
    assert first == [["A", str(2**53 + 1)], ["B", str(2**53)], ["C", 999_999_999_999_999], ["D", str(10**25)]]
    assert [line[1].value for line in book["Explanation"].iter_rows(min_row=4, max_row=5)] == [
        "9,007,199,254,740,993",
        "9,007,199,254,740,992",
    ]


def test_no_name_in_a_csv_file_becomes_a_formula() -> None:
    """An apostrophe goes before a name, or a heading, that begins as a formula does; numbers keep their sign."""
    odd = {"=1+1": 3, "+B": 2, "-C": 2, "@D": 1, "E-F": 1}
    lines = [line.split(";") for line in render(document(dhondt(odd, 3)), "csv").splitlines()]
    assert [line[0] for line in lines[1:]] == ["'=1+1", "'+B", "'-C", "'@D", "E-F"]
    committees = elect_committees({"=1+1": 16, "b": 15}, {"Kultur": 7})
    assert "'=1+1" in render(document(committees), "csv").splitlines()[0].split(";")
    changed = merge_lists(data.council("kv2025", "Glostrup"), ["A", "F"])
    assert "-1" in {line.split(";")[-1] for line in render(document(changed), "csv").splitlines()}


def test_xlsx_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format xlsx writes a workbook to the file, and without a file is refused with the way to give one."""
    target = tmp_path / "kkr.xlsx"
    with pytest.raises(SystemExit) as end:
        main(["kkr", "hovedstaden-2026", "--format", "xlsx", "--output", str(target)])
    assert end.value.code == 0
    assert sum(int(str(line[-1])) for line in sheets(target.read_bytes())["Antal medlemmer"][1:]) == 58
    with pytest.raises(SystemExit) as end:
        main(["kkr", "hovedstaden-2026", "--format", "xlsx"])
    assert end.value.code == 2
    assert "--output FIL.xlsx" in capsys.readouterr().err


def test_a_workbook_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without XlsxWriter the error says which extra to install."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"spreadsheets need XlsxWriter.*kommunalvalg\[xlsx\]"):
        report.workbook(document(RESULT))
