"""A meeting's file as a workbook: one sheet for each kind of thing, one row for each thing."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from kommunalvalg.errors import DataError, ElectionError, MissingExtraError
from kommunalvalg.evening.fields import one_spaced, plain_key
from kommunalvalg.evening.given import key, misnamed
from kommunalvalg.files.archives import unpacked
from kommunalvalg.text import like
from kommunalvalg.text import text as _

__all__ = ["SHEETS", "read_sheets"]

LARGEST = 50_000_000
"""The bytes that a workbook may unpack to."""

SHEETS: Mapping[str, tuple[str, ...]] = {
    "Møde": ("Felt", "Værdi"),
    "Medlemmer": ("Navn", "Liste", "Køn", "Anciennitet", "Født", "Til stede", "Stedfortræder"),
    "Grupper": ("Gruppe", "Liste eller medlem", "Kl", "Organ"),
    "Afstemninger": ("Valg", "Afstemning", "Navn", "Stemmer"),
    "Formandsvalg": ("Udvalg", "Medlem"),
    "Udvalg": ("Navn", "Pladser", "Formand", "Kl"),
    "Organer": ("Navn", "Pladser", "Andre", "Embede", "Rækkefølge", "Også andre", "Kønsbalance", "Art", "Titel", "Kl"),
    "Sundhedsråd": ("Navn", "Pladser", "Kommunale", "Kl"),
    "Personer": ("Udvalg", "Gruppe", "Navn"),
    "Fordeling": ("Udvalg", "Gruppe", "Enighed", "Afkald"),
    "Overtagelser": ("Udvalg", "Fra", "Til"),
    "Lodtrækninger": ("Sted", "Vinder", "Blandt", "Trukket af"),
    "Stedfortrædere": ("Liste", "Navn"),
    "Hændelser": ("Dato", "Hvem", "Hvad", "Sted", "Gruppe", "Til", "Måneder", "Stemmer", "Første"),
}
"""Sheet -> its columns. A sheet that is empty, or not there, says nothing; a cell that names several has commas."""

_POSTS = ("borgmester", "viceborgmester", "formand", "naestformand_fu", "magistrat")
_SEVERAL = ("embede", "raekkefoelge", "genvundet_flertal", "modtager_to")
_NAMES = ("viceborgmestre", "naestformaend")
_NUMBERS = ("pladser", "andre", "kommunale", "anciennitet", "stemmer", "afstemning", "enighed", "afkald", "maaneder")
"""Fields of a row that hold several names, and columns of numbers, which a workbook may have as texts."""


def read_sheets(content: bytes, called: str) -> dict[str, Any]:
    """Read a workbook as the tables that a TOML file would have.

    Args:
        content: the bytes of the file.
        called: its name, for messages.

    Raises:
        DataError: it is no workbook, or has a sheet or a column that it should not have.
        MissingExtraError: the extra ``xlsx`` is not installed.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an optional library
    except ImportError:
        raise MissingExtraError("workbooks", "openpyxl", "xlsx") from None
    try:
        with closing(load_workbook(_unpacked(content, called), data_only=True, read_only=True)) as book:
            return _tables(_rows_of(book))
    except ElectionError:
        raise
    except Exception as error:  # whatever a spoiled workbook ends in: openpyxl promises nothing
        raise DataError("{field} is no workbook", field=called) from error


def _unpacked(content: bytes, called: str) -> BytesIO:
    """Pack a workbook anew, of what it says that it unpacks to: openpyxl would unpack one that lies whole.

    Raises:
        DataError: it is far larger than it looks: a few thousand bytes that unpack to as many millions.
    """
    with ZipFile(BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise DataError(
                "{field} unpacks to {value} bytes; it may be {most} at most", field=called, value=size, most=LARGEST
            )
        parts = {entry.filename: unpacked(archive, entry) for entry in archive.infolist()}
    book = BytesIO()
    with ZipFile(book, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return book


def _rows_of(book: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401 - a workbook of openpyxl
    known = {plain_key(name): name for name in SHEETS}
    rows: dict[str, list[dict[str, Any]]] = {}
    for sheet in book.worksheets:
        name = plain_key(sheet.title)
        if name not in known:
            near = like(name, known, 1)
            if near:
                raise DataError(
                    "{field} is unknown; was {near} meant?", field=sheet.title, value=name, near=known[near[0]]
                )
            continue  # a sheet of the secretary's own
        rows[name] = list(_rows(sheet, SHEETS[known[name]]))
    return rows


def _rows(sheet: Any, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a sheet of openpyxl
    known = {plain_key(column) for column in columns}
    lines = sheet.iter_rows(values_only=True, max_col=_WIDEST)
    headings = [plain_key(cell or "") for cell in next(lines, ())]
    for heading in headings:
        if heading and heading not in known:
            near = like(heading, known, 1)
            raise DataError(
                "{field} is unknown; was {near} meant?",
                field=f"{sheet.title}.{heading}",
                value=heading,
                near=near[0] if near else ", ".join(columns),
            )
    for line in islice(lines, _LAST):
        row = {heading: _cell(cell, heading) for heading, cell in zip(headings, line, strict=False) if heading}
        if any(value is not None for value in row.values()):
            yield {heading: value for heading, value in row.items() if value is not None}
    if any(map(any, islice(lines, _EMPTY))) or next(lines, None) is not None:
        raise DataError("{field} has rows below row {last}; a meeting has fewer", field=sheet.title, last=_LAST)


_WIDEST, _LAST, _EMPTY = 30, 20_000, 1_048_576
"""How many columns and rows of a sheet are read, and how many empty rows may follow: as many as Excel has.

openpyxl makes up all cells before the last one, which may be anywhere.
"""


def _cell(cell: Any, heading: str) -> Any:  # noqa: ANN401 - whatever stands in the cell
    if isinstance(cell, str):
        text = one_spaced(cell)
        return int(text) if heading in _NUMBERS and text.isdecimal() else text or None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if cell is None or isinstance(cell, int | float | date | time) else str(cell)


def _split(cell: object) -> list[str]:
    return [one_spaced(name) for name in str(cell).split(",") if name.strip()]


def _tables(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Put the rows of the sheets together as the tables of a TOML file."""
    document: dict[str, Any] = {}
    _add_fields(document, rows.get("moede", []))
    if "medlemmer" in rows:
        document["medlemmer"] = rows["medlemmer"]
    for sheet, into in _BODIES.items():
        document[into] = {}
        for row in rows.get(sheet, []):
            name = str(row.get("navn", ""))
            body = {
                field: _split(value) if field in _SEVERAL else value for field, value in row.items() if field != "navn"
            }
            _put(document[into], name, body, into)
    for name in ("formandsvalg", "overtagelser"):
        if rows.get(name):
            document[name] = rows[name]
    for row in rows.get("stedfortraedere", []):
        document.setdefault("stedfortraedere", {}).setdefault(str(row.get("liste", "")), []).append(row.get("navn", ""))
    if rows.get("haendelser"):
        document["haendelse"] = rows["haendelser"]
    _add_groups(document, rows.get("grupper", []))
    _add_ballots(document, rows.get("afstemninger", []))
    _add_persons(document, rows)
    for row in rows.get("lodtraekninger", []):
        _add_lot(document, row)
    return {name: value for name, value in document.items() if value not in (None, {})}


def _put(table: dict[str, Any], name: str, value: object, *where: str) -> None:
    """Put what a row says under its name; a second row with the same name would take the place of the first.

    Raises:
        DataError: there is one already.
    """
    if name in table:
        raise DataError("{field} stands twice", field=key(*where, name), value=value)
    table[name] = value


def _add_fields(document: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    for row in rows:
        name, value = plain_key(row.get("felt", "")), row.get("vaerdi")
        if name in _NAMES:
            document.setdefault(name, {})["navne"] = _split(value)
        elif name.removesuffix("_kl") in _NAMES:
            document.setdefault(name.removesuffix("_kl"), {})["kl"] = value
        elif name == "magistrat":
            document[name] = {"pladser": value}
        else:
            _put(document, name, _split(value) if name in _SEVERAL else value, "Møde")


_BODIES = {"udvalg": "udvalg", "organer": "organ", "sundhedsraad": "sundhedsraad"}
"""Sheet -> the table of a file that holds the same."""


def _add_persons(document: dict[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> None:
    for row in rows.get("personer", []):
        persons = _place(document, row, "Personer", "udvalg").setdefault("personer", {})
        group = str(row.get("gruppe", ""))
        persons.setdefault(group, []).extend(_split(row.get("navn", "")))
    for row in rows.get("fordeling", []):
        for field in ("enighed", "afkald"):
            if field in row:
                there = _place(document, row, "Fordeling", "udvalg").setdefault(field, {})
                _put(there, str(row.get("gruppe", "")), row[field], str(row["udvalg"]), field)


def _add_lot(document: dict[str, Any], row: Mapping[str, Any]) -> None:
    lot = {"vinder": _split(row.get("vinder", ""))}
    if "blandt" in row:
        lot["blandt"] = _split(row["blandt"])
    if "trukket_af" in row:
        lot["trukket_af"] = row["trukket_af"]
    document.setdefault("lodtraekninger", {}).setdefault(str(row.get("sted", "")), []).append(lot)


def _place(document: dict[str, Any], row: Mapping[str, Any], sheet: str, column: str) -> dict[str, Any]:
    """Give the table of the committee, the body or the post that a row is about."""
    name = str(row.get(column, ""))
    if plain_key(name) in _POSTS:
        found: dict[str, Any] = document.setdefault(plain_key(name), {})
        return found
    for into in _BODIES.values():
        if name in document[into]:
            there: dict[str, Any] = document[into][name]
            return there
    role, _for, council = name.partition(" for ")
    if council in document["sundhedsraad"] and plain_key(role) in {"formand", "naestformand"}:
        post: dict[str, Any] = document["sundhedsraad"][council].setdefault(plain_key(role), {})
        return post
    known = [each for into in _BODIES.values() for each in document[into]]
    return misnamed(f"{sheet}.{column.capitalize()}", name, known, _("the committees and bodies"))


def _add_groups(document: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    later: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        group, parts = str(row.get("gruppe", "")), _split(row.get("liste_eller_medlem", ""))
        if "organ" in row:
            groups = _place(document, row, "Grupper", "organ").setdefault("grupper", {})
        elif "kl" in row:
            clock = row["kl"]
            groups = later.setdefault(f"{clock:%H.%M}" if isinstance(clock, time) else str(clock), {})
        else:
            groups = document.setdefault("grupper", {})
        groups.setdefault(group, []).extend(parts)
    if later:
        document["anmeldelse"] = [{"kl": clock, "grupper": groups} for clock, groups in later.items()]


def _add_ballots(document: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    for row in rows:
        ballots: list[dict[str, Any]] = _place(document, row, "Afstemninger", "valg").setdefault("afstemninger", [])
        number = row.get("afstemning", 1)
        if not isinstance(number, int) or not 1 <= number <= 3:  # noqa: PLR2004 - there are at most three
            raise DataError("{field} is {value}; it is 1, 2 or 3", field="Afstemninger.Afstemning", value=number)
        while len(ballots) < number:
            ballots.append({})
        where = (str(row["valg"]), f"afstemninger[{number}]")
        _put(ballots[number - 1], str(row.get("navn", "")), row.get("stemmer"), *where)
