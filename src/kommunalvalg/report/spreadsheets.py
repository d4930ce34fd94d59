"""A document as an Excel workbook: as people read it on the first sheet, and its tables as data on the others."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from io import BytesIO
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import attrs

from kommunalvalg.errors import MissingExtraError
from kommunalvalg.files.writing import undated
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.documents import Cell, Document, Heading, Kind, Marked, Table, without_empty
from kommunalvalg.report.language import Language, language, steps
from kommunalvalg.report.rendering import records, texts_of
from kommunalvalg.report.wording import SHEETS
from kommunalvalg.text import Word
from kommunalvalg.text import text as _

__all__ = ["workbook"]

_LOTS = ("draws", "open_lots")
"""Tables whose place and provision only some elections have; of a plain distribution both columns would be empty."""

_Style = Callable[..., Any]
"""Gives a format of the workbook by its properties."""


def workbook(document: Document, lang: str = "da") -> bytes:
    """Write a document as an Excel workbook: the whole as it is read, then a sheet for each table.

    On the sheets of the tables the numbers are numbers under bold headings, without sums, for computing with. A number
    of so many digits that Excel, which keeps 15, would show another is written as a text.

    Args:
        document: what to write.
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such language.
        MissingExtraError: the extra ``xlsx`` is not installed.

    >>> from kommunalvalg import dhondt
    >>> from kommunalvalg.report import document
    >>> workbook(document(dhondt({"A": 11, "B": 8}, 3)), "en")[:2]
    b'PK'
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional library
    except ImportError:
        raise MissingExtraError("spreadsheets", "XlsxWriter", "xlsx") from None
    say = language(lang)
    out = BytesIO()
    # A text stays a text: a name that begins with "=" is no formula, and one with "http" no link.
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})

    @cache
    def style(**properties: object) -> Any:  # noqa: ANN401 - a format of XlsxWriter
        return book.add_format(properties)

    whole = say(_("Explanation"))
    _write_document(book.add_worksheet(whole), with_acts(document), style, say)
    names = {whole.casefold()}
    for table in document.data:
        if table.key in _LOTS:
            table = attrs.evolve(without_empty(table), flat=None)  # noqa: PLW2901 - it is the same table, for people
        name = _sheet_name(table, say, names)
        names.add(name.casefold())
        _write_data(book.add_worksheet(name), table, style, say)
    book.close()
    return undated(out.getvalue())


def _number_format(kind: Kind, *, whole: bool) -> str:
    """Say how Excel writes a number, with the separators of the language that it runs in."""
    if kind in {Kind.SHARE, Kind.ERROR}:
        return "0.00%"
    if kind is Kind.POINTS:
        return "+0.00%;-0.00%;0.00%"
    if kind is Kind.CHANGE:
        return "+#,##0;-#,##0;0"
    if whole:
        return "#,##0"
    return "#,##0.00" if kind is Kind.QUOTIENT else "#,##0.000"


_BEYOND = 10**15
"""Excel keeps 15 digits of a number."""


def _kept(value: int | Fraction, kind: Kind) -> bool:
    """Tell whether Excel shows the number that is meant."""
    digits = abs(value if isinstance(value, int) else steps(value, kind))
    return digits < _BEYOND and steps(Fraction(f"{float(value):.15g}"), kind) == steps(value, kind)


# The tables


def _write_data(sheet: Any, table: Table, style: _Style, say: Language) -> None:  # noqa: ANN401 - a sheet of XlsxWriter
    sheet.write_row(0, 0, [say(column.heading) for column in table.columns], style(bold=True))
    rows = [list(record.values()) for record in records(table, say)]
    decimals = [_has_fractions(column) for column in zip(*rows, strict=True)]
    for line, row in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if isinstance(value, bool):
                sheet.write_string(line, place, say(_("yes") if value else _("no")))
            elif isinstance(value, int | Fraction) and _kept(value, column.kind):
                form = style(num_format=_number_format(column.kind, whole=not decimals[place]))
                sheet.write_number(line, place, float(value) if decimals[place] else value, form)
            elif value is not None:
                sheet.write_string(line, place, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


_LONGEST_NAME = 31
"""Excel takes no longer name of a sheet, and none of the signs below."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def _sheet_name(table: Table, say: Language, taken: set[str]) -> str:
    """Name a table's sheet in its language, otherwise than the sheets that there are."""
    name = say(_(SHEETS[table.key]) if table.key in SHEETS else table.title or table.key)
    name = _FORBIDDEN.sub(" ", name).strip(" '")[:_LONGEST_NAME] or table.key
    number = 1
    sheet_name = name
    while sheet_name.casefold() in taken:
        number += 1
        sheet_name = f"{name[: _LONGEST_NAME - 4]} {number}"
    return sheet_name


# The whole, as it is read

_WIDTH = 100
"""How many signs a line of text has, or more where the tables need more."""
_NARROWEST, _WIDEST = 9, 32
_LINE = 15
"""How high a line is, in points."""
_A4 = 9


def _write_document(sheet: Any, document: Document, style: _Style, say: Language) -> None:  # noqa: ANN401 - as above
    widths = _widths(document, say)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    line = 0

    def write(word: Word, **properties: object) -> None:
        """Write a text over all columns, as high as it needs."""
        nonlocal line
        text = say(word)
        form = style(text_wrap=True, valign="top", **properties)
        sheet.merge_range(line, 0, line, len(widths) - 1, "", form)
        sheet.write_string(line, 0, text, form)
        sheet.set_row(line, (_LINE + 5 * ("font_size" in properties)) * _lines(text, sum(widths)))
        line += 1

    write(document.title, bold=True, font_size=14)
    for part in document.shown:
        line += 1
        if isinstance(part, Heading):
            write(part.text, bold=True, font_size=12)
        elif isinstance(part, Table):
            if part.title:
                write(part.title, bold=True)
            line = _write_table(sheet, part, line, widths, style, say)
        else:
            write(part)


def _widths(document: Document, say: Language) -> list[int]:
    """Give the widths of the columns, which all tables share; a table's last text reaches over those that are left."""
    needed: list[list[int]] = []
    for table in document.tables:
        headings, rows = texts_of(table, say)
        own = [
            max([*map(len, heading.split()), *map(len, column)], default=0) + 2
            for heading, column in zip(headings, zip(*rows, strict=True) if rows else [()] * len(headings), strict=True)
        ]
        needed.append([*own[:-1], _NARROWEST] if table.columns[-1].kind is Kind.TEXT else own)
    columns = zip_longest(*needed, fillvalue=0)
    widths = [min(max(_NARROWEST, *column), _WIDEST) for column in columns]
    while len(widths) < 2:  # noqa: PLR2004 - one cell cannot be merged
        widths.append(_NARROWEST)
    widths[-1] += max(0, _WIDTH - sum(widths))
    return widths


def _lines(text: str, width: int) -> int:
    """Count the lines of a text in a cell, which its row is to be high enough for."""
    return max(1, len(wrap(text, max(1, width - 1))))


def _write_table(
    sheet: Any,  # noqa: ANN401 - a sheet of XlsxWriter
    table: Table,
    line: int,
    widths: list[int],
    style: _Style,
    say: Language,
) -> int:
    """Write a table as people read it, its numbers as numbers; give the line after it."""
    kinds = [column.kind for column in table.columns]
    last = len(kinds) - 1
    reach = len(widths) - 1 if kinds[-1] is Kind.TEXT else last
    room = [*widths[:last], sum(widths[last : reach + 1])]

    def write(place: int, text: str, form: Any) -> None:  # noqa: ANN401 - a format of XlsxWriter
        if place == last < reach:
            sheet.merge_range(line, place, line, reach, "", form)
        sheet.write_string(line, place, text, form)

    headings, texts = texts_of(table, say)
    sheet.set_row(line, _LINE * max(map(_lines, headings, room)))
    for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True)):
        write(place, heading, style(bold=True, bottom=1, text_wrap=True, valign="bottom", **_side(column.kind, place)))
    decimals = [_has_fractions(row[place] for row in table.lines) for place in range(len(kinds))]
    for row, written in zip(table.lines, texts, strict=True):
        line += 1
        sheet.set_row(line, _LINE * max(map(_lines, written, room)))
        emphasis = {"bold": True, "top": 1} if row is table.total else {}
        for place, (cell, kind, fractions) in enumerate(zip(row, kinds, decimals, strict=True)):
            if isinstance(cell, int | Fraction) and not isinstance(cell, bool) and _kept(cell, kind):
                form = style(num_format=_number_format(kind, whole=not fractions), valign="top", **emphasis)
                sheet.write_number(line, place, float(cell) if fractions else cell, form)
            else:
                strong = {"bold": True} if isinstance(cell, Marked) else {}
                form = style(valign="top", **_side(kind, place), text_wrap=kind is Kind.TEXT, **emphasis, **strong)
                write(place, written[place], form)
    return line + 1


def _side(kind: Kind, place: int) -> dict[str, object]:
    """Say at which side of its cell something stands; a text not close to the number before it."""
    return {"align": "left", "indent": min(place, 1)} if kind is Kind.TEXT else {"align": "right"}


def _has_fractions(cells: Iterable[Cell]) -> bool:
    return any(isinstance(cell, Fraction) for cell in cells)
