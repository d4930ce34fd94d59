"""Counts by name from a file that a person wrote in a spreadsheet, or exported from an official site."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.files.paths import checked_path
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.votes import checked_name, listed

__all__ = ["TOTALS", "VOTES", "column_of", "counted", "read_csv", "read_table", "rows_of", "whole_number"]

_NAMES = (("letter", "bogstav", "bogstavbetegnelse"), ("party", "parti", "list", "liste"), ("name", "navn"))
"""The headings under which names may stand; where a file has several, the first of these kinds that it has."""

VOTES = ("votes", "stemmer", "stemmetal", "antal stemmer")
"""The headings under which votes may stand."""

TOTALS = (
    "i alt",
    "ialt",
    "sum",
    "tilsammen",
    "total",
    "totalt",
    "gyldige stemmer",
    "blanke stemmer",
    "ugyldige stemmer",
)
"""What stands where a name would, in a row that is no list's."""

_WEB_EXPORT = ("afstemningsområde", "bogstavbetegnelse", "listenavn", "navn", "stemmetal")


def read_csv(path: str | Path, *, thousands: bool = False, encoding: str = "utf-8") -> FrozenDict[str, int]:
    r"""Read votes by list from a CSV file: a table with a name and votes in each row, or the official web export.

    Commas, semicolons and tabs may separate the columns; a byte order mark or Excel's ``sep=;`` may stand first.
    The name's column is headed letter (bogstav); where there is none, party or list (parti, liste); else name
    (navn). The votes' column is headed votes (stemmer, stemmetal, antal stemmer). In the web export of the official
    results, with a row for each candidate in each polling area, the rows of a letter are added up.

    Args:
        path: the file.
        thousands: whether a number may be written with thousands separated the Danish way, as 1.234.
        encoding: how the file is encoded; a file that is not in that encoding is refused by name.

    Returns:
        Name or letter -> votes, in the order of the file.

    Raises:
        DataError: the file cannot be read or is none, a column is missing or there twice, a row is there twice, is a
            total, or has too few or too many fields, or a number is broken; with the file's name and the line's
            number.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "votes.csv"
    ...     _ = file.write_text("parti;stemmer\nA;1.200\nÅ;340\n", encoding="utf-8-sig")
    ...     read_csv(file, thousands=True)
    {'A': 1200, 'Å': 340}
    """
    return read_table(path, VOTES, thousands=thousands, encoding=encoding)


def read_table(
    path: str | Path, counts: Iterable[str], *, thousands: bool = False, encoding: str = "utf-8"
) -> FrozenDict[str, int]:
    """Read counts by name from a CSV file; as :func:`read_csv`, with other headings for the counts.

    Args:
        path: the file.
        counts: the headings under which the counts may stand.
        thousands: whether a number may be written as 1.234.
        encoding: how the file is encoded.

    Raises:
        DataError: as for :func:`read_csv`.
    """
    file = checked_path(path)
    rows = rows_of(file, encoding)
    line, header = next(rows, (1, []))
    headings = [" ".join(heading.split()).casefold() for heading in header]
    if tuple(headings) == _WEB_EXPORT:
        return _web_export(file, rows)
    kind = next((kind for kind in _NAMES if not set(kind).isdisjoint(headings)), sum(_NAMES, ()))
    name_at = column_of(file, line, headings, kind)
    count_at = column_of(file, line, headings, tuple(counts))
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        name = _name(file, line, row[name_at])
        if name.rstrip(":").casefold() in TOTALS:
            raise DataError(f"{file.name}, line {line}: {shown(name)} is no list; take the row out")
        if name in found:
            raise DataError(f"{file.name}, line {line}: {shown(name)} stands in line {lines[name]} already")
        found[name], lines[name] = _count(file, line, row[count_at], thousands=thousands), line
    return _filled(file, found)


def _web_export(file: Path, rows: Iterable[tuple[int, list[str]]]) -> FrozenDict[str, int]:
    """Add up the rows of each letter; the same person or list twice in one area is refused."""
    found: dict[str, int] = {}
    lines: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        *who, number = row
        if (key := tuple(who)) in lines:
            raise DataError(f"{file.name}, line {line}: the row of line {lines[key]} stands here again")
        lines[key] = line
        letter = _name(file, line, who[1])
        found[letter] = found.get(letter, 0) + _count(file, line, number, thousands=False)
    return _filled(file, found)


def _filled(file: Path, found: Mapping[str, int]) -> FrozenDict[str, int]:
    if not found:
        raise DataError(f"{file.name} has a heading and no rows; at least one row is needed")
    return FrozenDict(found)


def rows_of(file: Path, encoding: str = "utf-8") -> Iterator[tuple[int, list[str]]]:
    """Give the line number and the fields of each row of a CSV file that is not empty, the heading first.

    Commas, semicolons and tabs may separate the fields; a byte order mark or Excel's ``sep=;`` may stand first.

    Raises:
        DataError: the file cannot be read or is none, or a row has too few or too many fields.
    """
    text = _text(file, encoding)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    told = heading.strip() in _SEPARATED_BY  # by Excel, and not a heading
    delimiter = heading.strip()[-1] if told else max(";,\t", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = None
    try:
        for row in reader:
            if not any(field.strip() for field in row) or (told and width is None and row[0] == "sep="):
                continue
            width = width or len(row)
            if len(row) != width:
                raise DataError(f"{file.name}, line {reader.line_num}: {len(row)} fields; the heading has {width}")
            yield reader.line_num, row
    except csv.Error as error:
        raise DataError(f"{file.name}, line {reader.line_num}: {error}") from error


_SEPARATED_BY = ("sep=;", "sep=,", "sep=\t")

_OTHER_FILES = {
    b"PK\x03\x04": "a workbook (.xlsx) or another archive; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "a workbook (.xls); save the sheet as CSV UTF-8",
    b"%PDF": "a PDF; a table in CSV is needed",
    b"\xff\xfe": "UTF-16, which Excel calls Unicode Text; save it as CSV UTF-8",
    b"\xfe\xff": "UTF-16; save it as CSV UTF-8",
}
"""What a file that begins so is, where it is no CSV in the encoding that was given."""


def _text(file: Path, encoding: str) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}") from error
    for begin, what in _OTHER_FILES.items():
        if content.startswith(begin) and "16" not in encoding:
            raise DataError(f"{file.name} is {what}")
    if encoding.lower().startswith("cp") and not content.isascii() and _is_utf8(content):
        raise DataError(f"{file.name} is UTF-8, and not {encoding}; leave the encoding out")
    try:
        return content.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except LookupError as error:
        raise DataError(f"encoding is {shown(encoding)}; give one that Python knows, such as 'cp1252'") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        instead = (
            "save it as CSV UTF-8 and leave the encoding out, or give the one that it was saved in, such as 'cp850'"
            if codecs.lookup(encoding).name == "cp1252"
            else "save it as CSV UTF-8, or say that it is Windows-1252 "
            "(encoding='cp1252', on the command line --encoding cp1252)"
        )
        raise DataError(f"{file.name}, line {line}: not {encoding}; {instead}") from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def column_of(file: Path, line: int, headings: list[str], wanted: tuple[str, ...]) -> int:
    """Say which column has one of the headings that are wanted.

    Args:
        file: the file, for the message.
        line: the line of the headings.
        headings: the headings, in small letters.
        wanted: what the column may be headed.

    Raises:
        DataError: none has, or several have.
    """
    found = [at for at, heading in enumerate(headings) if heading in wanted]
    if len(found) == 1:
        return found[0]
    problem = "no column" if not found else f"{len(found)} columns"
    raise DataError(
        f"{file.name}, line {line}: {problem} headed {' or '.join(wanted)}; "
        f"the headings are {listed(headings) or 'none'}"
    )


def _name(file: Path, line: int, text: str) -> str:
    try:
        return checked_name("the row", text.strip())
    except VoteError as error:
        raise DataError(f"{file.name}, line {line}: {error}") from error


def _count(file: Path, line: int, text: str, *, thousands: bool) -> int:
    try:
        return whole_number(text, thousands=thousands)
    except VoteError as error:
        raise DataError(f"{file.name}, line {line}: {error}") from error


def whole_number(text: str, *, thousands: bool = False) -> int:
    """Read a whole number, 0 or more, as a person writes it.

    Args:
        text: its digits.
        thousands: whether it may be written with thousands separated the Danish way, as 1.234.

    Raises:
        VoteError: it is anything else.

    >>> whole_number("1.234", thousands=True)
    1234
    >>> whole_number("1.234")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: the number is '1.234'; a count is whole and written with digits only (1.234 is read
    as 1234 with thousands=True, on the command line with --thousands)
    """
    digits = text.strip()
    if thousands and "." in digits:
        first, *groups = digits.split(".")
        if 1 <= len(first) <= _GROUP and not first.startswith("0") and all(len(group) == _GROUP for group in groups):
            digits = first + "".join(groups)
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    hint = " (1.234 is read as 1234 with thousands=True, on the command line with --thousands)"
    hint = "" if thousands or "." not in text else hint
    raise VoteError(f"the number is {shown(text)}; a count is whole and written with digits only{hint}")


_GROUP = 3
_MOST_DIGITS = 100


def counted(field: str, pairs: Iterable[str], *, thousands: bool = False) -> FrozenDict[str, int]:
    """Read counts written as NAME=COUNT, each a text of its own.

    Raises:
        VoteError: one is not written so, a text has several, or a name stands twice.

    >>> counted("votes", ["A=11", "B=8"])
    {'A': 11, 'B': 8}
    """
    found: dict[str, int] = {}
    for pair in pairs:
        name, sign, number = pair.rpartition("=")
        if not sign:
            raise VoteError(f"{field} has {shown(pair)}; write it as NAME=COUNT, for example A=11")
        if "=" in name:
            raise VoteError(
                f"{field} has {shown(pair)}; write each count by itself, with a space between and no comma: A=11 B=8"
            )
        name = checked_name(field, name)
        if name in found:
            raise VoteError(f"{field} names {shown(name)} twice; each name stands once")
        try:
            found[name] = whole_number(number, thousands=thousands)
        except VoteError as error:
            raise VoteError(f'{field}["{name}"]: {error}') from error
    return FrozenDict(found)
