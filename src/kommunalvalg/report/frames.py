"""The tables of a result in other libraries' hands: pandas, polars, spreadsheets."""

import re
import sys
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from kommunalvalg.errors import ElectionError, MissingExtraError, shown
from kommunalvalg.report.document import Document, Kind, Table
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.results import plain_rows, rows, table_of
from kommunalvalg.report.wording import SHEETS

__all__ = ["to_frame", "workbook"]

_LIBRARIES = ("pandas", "polars")


def to_frame(result: object, library: str | None = None, table: str | None = None, *, lang: str = "da") -> Any:  # noqa: ANN401 - the frame of whichever library the user has
    """Give a table of a result, as :func:`.rows` has it, as a data frame; counts are whole where some are missing, too.

    Args:
        result: what a method of this library returned.
        library: "pandas" or "polars" (default: the one that is in use; else the one that is installed, pandas first).
        table: which of its tables, by key (default: the main one, which has the seats).
        lang: the language of the texts in the rows.

    Raises:
        ElectionError: it is no result, has no such table, or another library is asked for.
        MissingExtraError: the library, or neither, is installed.

    >>> from kommunalvalg import dhondt
    >>> to_frame(dhondt({"A": 11, "B": 8}, 2), "polars")["seats"].to_list()  # doctest: +SKIP
    [1, 1]
    """
    records = rows(result, table, lang=lang)
    columns = list(records[0]) if records else [column.key for column in table_of(result, table, lang=lang).columns]
    series: dict[str, Any] = {key: [record[key] for record in records] for key in columns}
    frames = import_module(_library(library))
    if frames.__name__ == "pandas":
        series = {
            key: frames.array(cells, dtype="Int64") if _is_count_with_gaps(cells) else cells
            for key, cells in series.items()
        }
    return frames.DataFrame(series)


def _is_count_with_gaps(cells: list[object]) -> bool:
    """Say whether a column is of whole numbers of which some are missing; pandas would make floats of them."""
    return {int, type(None)} == set(map(type, cells))


def _library(asked: str | None) -> str:
    if asked is not None and asked not in _LIBRARIES:
        raise ElectionError(f"library is {shown(asked)}; a frame is of {' or '.join(_LIBRARIES)}")
    wanted = [name for name in _LIBRARIES if asked in {None, name}]
    for name in sorted(wanted, key=lambda name: name not in sys.modules):
        if find_spec(name):
            return name
    raise MissingExtraError("frames", " or ".join(wanted), wanted[0])


def workbook(document: Document) -> bytes:
    """Write a document as an Excel workbook: a sheet for each table, numbers as numbers, the headings bold.

    Raises:
        MissingExtraError: the extra ``xlsx`` is not installed.

    >>> from kommunalvalg import dhondt
    >>> from kommunalvalg.report import document_of
    >>> from kommunalvalg.report.language import language
    >>> workbook(document_of(dhondt({"A": 11, "B": 8}, 3), language("da")))[:2]
    b'PK'
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional library
    except ImportError:
        raise MissingExtraError("spreadsheets", "XlsxWriter", "xlsx") from None
    in_language = language(document.language)
    out = BytesIO()
    # A text stays a text: a name that begins with "=" is no formula, and one with "http" no link.
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    formats = {Kind.SHARE: book.add_format({"num_format": "0.00%"})}
    names: set[str] = set()
    for table in document.data:
        name = _sheet_name(table, in_language, names)
        names.add(name.casefold())
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, [column.heading for column in table.columns], bold)
        for line, record in enumerate(plain_rows(table), start=1):
            for place, (column, value) in enumerate(zip(table.columns, record.values(), strict=True)):
                if isinstance(value, bool):
                    sheet.write_boolean(line, place, value)
                elif isinstance(value, str):
                    sheet.write_string(line, place, value)
                elif value is not None:
                    sheet.write_number(line, place, value, formats.get(column.kind))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return out.getvalue()


_LONGEST_NAME = 31
"""Excel takes no longer name of a sheet, and none of the signs below."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def _sheet_name(table: Table, _: Language, taken: set[str]) -> str:
    """Name a table's sheet in its language, otherwise than the sheets that there are."""
    name = _(SHEETS[table.key]) if table.key in SHEETS else table.title or table.key
    name = _FORBIDDEN.sub(" ", name).strip(" '")[:_LONGEST_NAME] or table.key
    number = 1
    found = name
    while found.casefold() in taken:
        number += 1
        found = f"{name[: _LONGEST_NAME - 4]} {number}"
    return found
