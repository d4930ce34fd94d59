"""Rows in other hands: pandas, polars and Excel workbooks."""

import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kommunalvalg import ElectionError, MissingExtraError, data, dhondt, elect_council, report
from kommunalvalg.cli import main
from kommunalvalg.report.language import language
from kommunalvalg.report.results import document_of

RESULT = elect_council(data.council("kv2025", "Lolland"))


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
    """The sheets have Danish names and headings, and numbers that are numbers."""
    found = sheets(report.workbook(document_of(RESULT, language("da"))))
    assert list(found)[:4] == ["Lister", "Valgforbund", "Kvotienter", "Fordelingstal"]
    heading, *lines = found["Lister"]
    assert heading == ["Liste", "Navn", "Form", "Kandidater", "Stemmer", "Andel", "Mandater"]
    assert [line[-1] for line in lines] == list(RESULT.seats.values())
    assert all(isinstance(line[5], float) for line in lines)


def test_the_headings_of_a_workbook_are_bold() -> None:
    """The first line of each sheet is bold and stays in view; the shares are percentages."""
    book = openpyxl.load_workbook(BytesIO(report.workbook(document_of(RESULT, language("da")))))
    for sheet in book:
        assert all(cell.font.bold for cell in sheet[1])
        assert not any(cell.font.bold for cell in sheet[2])
        assert sheet.freeze_panes == "A2"
    assert book["Lister"]["F2"].number_format == "0.00%"


def test_no_name_becomes_a_formula() -> None:
    """A name that begins as a formula or a link does is written as text, and any name is a sheet's name."""
    odd = {"=1+1": 3, "http://x.dk": 2, "@a": 1}
    book = openpyxl.load_workbook(BytesIO(report.workbook(document_of(dhondt(odd, 3), language("da")))))
    first = [line[0] for line in book["Mandater"].iter_rows(min_row=2)]
    assert [cell.value for cell in first] == list(odd)
    assert {cell.data_type for cell in first} == {"s"}


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
    assert "--output FILE.xlsx" in capsys.readouterr().err


def test_a_workbook_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without XlsxWriter the error says which extra to install."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"spreadsheets need XlsxWriter.*kommunalvalg\[xlsx\]"):
        report.workbook(document_of(RESULT, language("da")))
