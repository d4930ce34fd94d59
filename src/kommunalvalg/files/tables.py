"""Counts by name from a file that a person wrote in a spreadsheet, or exported from an official site."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kommunalvalg.errors import DataError, VoteError, Warned
from kommunalvalg.files.fields import column_of, count_in, line_of, name_in, whole_number
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.text_files import rows_of
from kommunalvalg.files.web_export import MUNICIPAL, NATIONAL, web_export
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import Entry, Field
from kommunalvalg.votes import checked_name, look

__all__ = ["VOTES", "Table", "counted", "is_total", "read_csv", "read_table"]

_NAMES = (("letter", "bogstav", "bogstavbetegnelse"), ("party", "parti", "list", "liste"), ("name", "navn"))
"""The headings under which names may stand; where a file has several, the first of these kinds that it has."""

VOTES = ("votes", "stemmer", "stemmetal", "antal stemmer")
"""The headings under which votes may stand; a line between the words is a blank: antal_stemmer."""

_OF_TOTALS = """
    total totalt totaler hovedtotal subtotal ialt sum summen tilsammen samlet gyldige ugyldige blanke afgivne optalte
    stemmeberettigede valgberettigede valgdeltagelse stemmeprocent turnout electorate eligible valid invalid blank
"""
_BESIDE_THEM = """
    i alt af for og udover øvrigt øvrige andre alle hele antal heraf deraf samtlige stemmer stemme stemmesedler vælgere
    brevstemmer fremmødte personlige listestemmer lister listerne partier partierne kommunen kommune landet of and the
    votes vote ballots cast voters grand lists parties other all
"""
_TOTAL, _BESIDE = frozenset(_OF_TOTALS.split()), frozenset(_BESIDE_THEM.split())
_WORDS = re.compile(r"[^\W\d_]+")


def is_total(name: str) -> bool:
    """Tell whether a row's name is that of a total, in any official wording, and no list's.

    >>> is_total("I alt gyldige stemmer"), is_total("Blanke:"), is_total("Det Samlede Venstre")
    (True, True, False)
    """
    words = _WORDS.findall(name.casefold())
    if words[-2:] == ["i", "alt"] or words[:2] == ["i", "alt"] or words == ["votes", "cast"]:
        return True
    return not _TOTAL.isdisjoint(words) and _TOTAL.union(_BESIDE).issuperset(words)


class Table(FrozenDict[str, int]):
    """Counts by name as they were read, and what is to be said of how they were read.

    Attributes:
        warnings: what was read in a way that the reader of the table should know of.
    """

    __slots__ = ("warnings",)

    warnings: tuple[Warned, ...]

    def __init__(self, counts: Mapping[str, int], warnings: Iterable[Warned] = ()) -> None:
        super().__init__(counts)
        self.warnings = tuple(warnings)

    __hash__ = FrozenDict.__hash__

    def __reduce__(self) -> tuple[type["Table"], tuple[dict[str, int], tuple[Warned, ...]]]:  # type: ignore[override]
        return Table, (dict(self), self.warnings)


def read_csv(path: str | Path, *, thousands: bool = False, encoding: str = "utf-8") -> Table:
    r"""Read votes by list from a CSV file: a table with a name and votes in each row, or the official web export.

    Commas, semicolons and tabs may separate the columns; a byte order mark or Excel's ``sep=;`` may stand first.
    The name's column is headed letter (bogstav); where there is none, party or list (parti, liste); else name
    (navn). The votes' column is headed votes (stemmer, stemmetal, antal stemmer). Signs that cannot be seen, and
    blanks around a name, are no part of it. In the web export of the official results, municipal or of the Folketing,
    with a row for each candidate in each polling area, the rows of a letter are added up; a list whose letter the
    export leaves empty is called by its name, and a warning says so.

    Args:
        path: the file.
        thousands: whether a number may be written with thousands separated the Danish way, as 1.234.
        encoding: how the file is encoded; a file that is not in that encoding is refused by name.

    Returns:
        Name or letter -> votes, in the order of the file; ``.warnings`` says what is to be known of it.

    Raises:
        DataError: the file cannot be read or is none, a column is missing or there twice, a row is there twice, is a
            total by its name or as the last and the sum of the others, or has too few or too many fields, or a number
            is broken; with the file's name and the line's number.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "votes.csv"
    ...     _ = file.write_text("parti;stemmer\nA;1.200\nÅ;340\n", encoding="utf-8-sig")
    ...     read_csv(file, thousands=True)
    {'A': 1200, 'Å': 340}
    """
    return read_table(path, VOTES, thousands=thousands, encoding=encoding)


def read_table(path: str | Path, counts: Iterable[str], *, thousands: bool = False, encoding: str = "utf-8") -> Table:
    """Read counts by name from a CSV file; as :func:`read_csv`, with other headings for the counts.

    Args:
        path: the file.
        counts: the headings under which the counts may stand.
        thousands: whether a number may be written as 1.234.
        encoding: how the file is encoded.

    Raises:
        DataError: as for :func:`read_csv`.
    """
    file, wanted = checked_path(path), tuple(counts)
    rows = rows_of(file, encoding)
    line, header = next(rows, (1, []))
    headings = [look(heading.replace("_", " ")).casefold() for heading in header]
    if not set(VOTES).isdisjoint(wanted) and tuple(headings) in {MUNICIPAL, NATIONAL}:
        return Table(*web_export(file, rows))
    kind = next((kind for kind in _NAMES if not set(kind).isdisjoint(headings)), sum(_NAMES, ()))
    name_at = column_of(file, line, headings, kind)
    count_at = column_of(file, line, headings, wanted)
    count_of: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        name = name_in(file, line, row[name_at])
        if is_total(name):
            raise DataError("{field}: {value} is no list; take the row out", field=line_of(file, line), value=name)
        if name in count_of:
            raise DataError(
                "{field}: {value} stands in line {before} already",
                field=line_of(file, line),
                value=name,
                before=lines[name],
            )
        count_of[name], lines[name] = count_in(file, line, row[count_at], thousands=thousands), line
    if not count_of:
        raise DataError("{field} has a heading and no rows; at least one row is needed", field=file.name)
    if wanted == VOTES:
        _refuse_sum(file, count_of, lines)
    return Table(count_of)


def _refuse_sum(file: Path, counts: Mapping[str, int], lines: Mapping[str, int]) -> None:
    """Refuse a last row that is the sum of the others; of two equal lists neither is."""
    *others, last = counts
    if len(others) > 1 and counts[last] == sum(counts[name] for name in others) > 0:
        raise DataError(
            "{field}: {value} has {count}, the sum of all rows above it; a total is taken out, "
            "a list that happens to have as many is put in another place",
            field=line_of(file, lines[last]),
            value=last,
            count=counts[last],
        )


def counted(field: Field, pairs: Iterable[str], *, thousands: bool = False) -> FrozenDict[str, int]:
    """Read counts written as NAME=COUNT, each a text of its own.

    Raises:
        VoteError: one is not written so, a text has several, or a name stands twice.

    >>> counted("votes", ["A=11", "B=8"])
    {'A': 11, 'B': 8}
    """
    counts: dict[str, int] = {}
    for pair in pairs:
        name, sign, number = pair.rpartition("=")
        if not sign:
            raise VoteError("{field} has {value}; write it as NAME=COUNT, for example A=11", field=field, value=pair)
        if "=" in name:
            raise VoteError(
                "{field} has {value}; write each count by itself, with a space between and no comma: A=11 B=8",
                field=field,
                value=pair,
            )
        name = checked_name(field, name)
        if name in counts:
            raise VoteError("{field} names {value} twice; each name stands once", field=field, value=name)
        try:
            counts[name] = whole_number(number, thousands=thousands)
        except VoteError as error:
            raise VoteError("{field}: {error}", field=Entry(field, name), value=number, error=error.text) from error
    return FrozenDict(counts)
