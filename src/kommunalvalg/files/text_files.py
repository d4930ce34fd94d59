"""Files of text that a person saved: decoded, told from other kinds of files, and taken apart into rows."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from kommunalvalg.errors import DataError
from kommunalvalg.files.fields import line_of
from kommunalvalg.files.paths import content_of
from kommunalvalg.text import N_, composed
from kommunalvalg.text import text as _

__all__ = ["heading_of", "rows_of"]


def rows_of(file: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Give the line number and the fields of each row that is not empty, the heading first.

    Commas, semicolons and tabs may separate the fields; Excel's ``sep=;`` may stand first. Letters are brought to
    composed form (NFC), so that headings and names have one spelling.

    Raises:
        DataError: the file cannot be read, is of another kind or in another encoding, or a row has too few or too many
            fields; with the file's name and the line's number.
    """
    text = _text(file, encoding)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    told = heading.strip(" ") in _SEPARATED_BY  # by Excel, and not a heading
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = None
    try:
        for row in reader:
            if not any(field.strip() for field in row) or (told and width is None and row[0] == "sep="):
                continue
            width = width or len(row)
            if len(row) != width:
                raise DataError(
                    "{field}: {number} fields; the heading has {width}",
                    field=line_of(file, reader.line_num),
                    number=len(row),
                    width=width,
                )
            yield reader.line_num, row
    except csv.Error as error:
        why = next((why for part, why in _WRONG.items() if part in str(error)), str(error))
        raise DataError("{field}: {why}", field=line_of(file, reader.line_num), why=why) from error


def heading_of(file: Path, encoding: str) -> list[str]:
    """Give the fields of the heading of a table; an empty one has none."""
    return next((row for _line, row in rows_of(file, encoding)), [])


_WRONG = {
    "unexpected end": _("a quotation mark is opened and not closed"),
    "expected after": _("behind a closing quotation mark there is more in the field; inside a field it is doubled"),
    "field limit": _("a field has more than {number} signs", number=csv.field_size_limit()),
}
"""A part of what Python's reader says -> what is wrong, for people."""

_SEPARATED_BY = ("sep=;", "sep=,", "sep=\t")

_OTHER_FILES = {
    b"PK\x03\x04": N_("a workbook (.xlsx) or another archive; save the sheet as CSV UTF-8"),
    b"\xd0\xcf\x11\xe0": N_("a workbook (.xls); save the sheet as CSV UTF-8"),
    b"%PDF": N_("a PDF; a table in CSV is needed"),
    b"\xff\xfe": N_("UTF-16, which Excel calls Unicode Text; save it as CSV UTF-8"),
    b"\xfe\xff": N_("UTF-16; save it as CSV UTF-8"),
}
"""What a file that begins so is, where it is no CSV in the encoding that was given."""

_OTHER_TEXTS = {
    b"<!doctype html": N_("a web page (HTML); a table in CSV is needed"),
    b"<html": N_("a web page (HTML); a table in CSV is needed"),
    b"<": N_("XML; a table in CSV is needed"),
    b"{": N_("JSON; a table in CSV is needed (the official export is read by read_valgdk, a result by read_json)"),
    b"[": N_("JSON; a table in CSV is needed (the official export is read by read_valgdk, a result by read_json)"),
}
"""What a text that begins so, in any case and after blanks, is."""

_LONGEST = 200


def _text(file: Path, encoding: str) -> str:
    content = content_of(file)
    codec = _codec(encoding)
    for begin, what in _OTHER_FILES.items():
        if content.startswith(begin) and not codec.startswith("utf-16"):
            raise DataError("{field} is {what}", field=file.name, what=_(what))
    first_words = content.removeprefix(codecs.BOM_UTF8)[:_LONGEST].lstrip().lower()
    for begin, what in _OTHER_TEXTS.items():
        if first_words.startswith(begin):
            raise DataError("{field} is {what}", field=file.name, what=_(what))
    if codec not in {"utf-8", "utf-8-sig"} and not content.isascii() and _is_utf8(content):
        raise DataError(
            "{field} is UTF-8, and not {encoding}; leave the encoding out", field=file.name, encoding=encoding
        )
    try:
        return composed(content.decode("utf-8-sig" if codec == "utf-8" else codec))
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, start) + 1
        instead = (
            _("save it as CSV UTF-8 and leave the encoding out, or give the one that it was saved in, such as 'cp850'")
            if codec == "cp1252"
            else _(
                "save it as CSV UTF-8, or say that it is Windows-1252 "
                "(encoding='cp1252', on the command line --encoding cp1252)"
            )
        )
        raise DataError(
            "{field}: not {encoding}; {instead}", field=line_of(file, line), encoding=encoding, instead=instead
        ) from error


def _codec(encoding: object) -> str:
    """Give the one name of an encoding of texts, whichever of its names was given."""
    try:
        if isinstance(encoding, str) and isinstance(_FOUR_ZEROS.decode(encoding), str):
            return codecs.lookup(encoding).name
    except (LookupError, ValueError):  # no encoding, or none of texts
        pass
    raise DataError(
        "{field} is {value}; give one that Python knows, such as 'cp1252'", field="encoding", value=encoding
    )


_FOUR_ZEROS = bytes(4)  # which are text in every encoding of texts, UTF-32 included


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
