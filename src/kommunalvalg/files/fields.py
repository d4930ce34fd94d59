"""The fields of a row: names and numbers as a person wrote them."""

from itertools import islice
from pathlib import Path

from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.text import Text, Texts, like
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_name, listed, look, meant

__all__ = ["column_of", "count_in", "line_of", "name_in", "whole_number"]


def line_of(file: Path, line: int) -> Text:
    """Say where in a file something stands.

    >>> print(line_of(Path("votes.csv"), 3).said("da"))
    votes.csv, linje 3
    """
    return _("{file}, line {line}", file=file.name, line=line)


def column_of(file: Path, line: int, headings: list[str], wanted: tuple[str, ...]) -> int:
    """Say which column has one of the headings that are wanted.

    Raises:
        DataError: none has, or several have; with the file's name and the line's number.
    """
    columns = [at for at, heading in enumerate(headings) if heading in wanted]
    if len(columns) == 1:
        return columns[0]
    where, wanted_ones, known = line_of(file, line), Texts(wanted, between=" / "), listed(headings) or _("none")
    if not columns:
        near = next((heading for heading in islice(dict.fromkeys(headings), _COMPARED) if like(heading, wanted)), None)
        raise DataError(
            "{field}: no column headed {wanted}; the headings are {known}",
            field=where,
            wanted=wanted_ones,
            known=meant(known, near, wanted),
        )
    raise DataError(
        "{field}: {number} columns headed {wanted}; the headings are {known}",
        field=where,
        number=len(columns),
        wanted=wanted_ones,
        known=known,
    )


_COMPARED = 100
"""The headings that are compared with what is wanted; no table of people has as many."""


def name_in(file: Path, line: int, text: str) -> str:
    """Read a name as it looks: without signs that cannot be seen, and without blanks around it.

    Raises:
        DataError: it is blank, or has a line end in it; with the file's name and the line's number.
    """
    try:
        return look(checked_name(_("the row"), text.strip()))
    except VoteError as error:
        raise DataError("{field}: {error}", field=line_of(file, line), error=error.text) from error


def count_in(file: Path, line: int, text: str, *, thousands: bool = False) -> int:
    """Read a whole number.

    Raises:
        DataError: as :func:`whole_number`, with the file's name and the line's number.
    """
    try:
        return whole_number(text, thousands=thousands)
    except VoteError as error:
        raise DataError("{field}: {error}", field=line_of(file, line), error=error.text) from error


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
    if thousands:
        first, *groups = digits.split(".")
        if 1 <= len(first) <= _GROUP and not first.startswith("0") and all(len(group) == _GROUP for group in groups):
            digits = first + "".join(groups)
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    if thousands or "." not in text:
        raise VoteError("the number is {number}; a count is whole and written with digits only", number=shown(text))
    raise VoteError(
        "the number is {number}; a count is whole and written with digits only "
        "(1.234 is read as 1234 with thousands=True, on the command line with --thousands)",
        number=shown(text),
    )


_GROUP = 3
_MOST_DIGITS = 100
