"""Every result as a document, a text and rows: which words belong to which kind of result.

The computation knows nothing of how it is told. The kind of a result (:mod:`kommunalvalg.results`) names the functions
of this package that tell it, in full and at a glance.
"""

from fractions import Fraction
from typing import Literal, TypeAlias, overload

import attrs

from kommunalvalg.dates import day_of
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.counted import as_counted
from kommunalvalg.report.documents import Document, Table, named
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.rendering import Plain, records, render
from kommunalvalg.results import kind_of
from kommunalvalg.text import Figure, Kind
from kommunalvalg.text import text as _

__all__ = ["Row", "document", "document_of", "explain", "rows", "summary", "table_of"]

Row: TypeAlias = dict[str, str | int | float | None]
"""A row of plain values by column, as data frames and spreadsheets take it."""


@overload
def explain(result: object, lang: str = "da", *, format: Literal["docx"]) -> bytes: ...  # type: ignore[overload-overlap]  # no text
@overload
def explain(result: object, lang: str, format: Literal["docx"]) -> bytes: ...  # type: ignore[overload-overlap]  # as above
@overload
def explain(result: object, lang: str = "da", format: str = "text") -> str: ...
def explain(result: object, lang: str = "da", format: str = "text") -> str | bytes:  # noqa: A002 - it is what it is called
    """Explain a result: the votes, the quotients with the seats they won, each step with its provision, open lots.

    Args:
        result: what a method of this library returned.
        lang: "da" or "en".
        format: "text", "markdown", "html" (a page of its own), "fragment" (HTML to stand inside another page), another
            format that a document is written in, or "docx", a Word file as bytes.

    Raises:
        ElectionError: it is no result, or there is no such language or format.
        MissingExtraError: a Word file needs ``kommunalvalg[docx]``.

    >>> from kommunalvalg import dhondt
    >>> said = explain(dhondt({"A": 11, "B": 8, "C": 2}, 9, rule="KRVL-81-2"), "en")
    >>> print(said.split("Quotients")[0])
    Distribution of 9 seats by d'Hondt
    ==================================
    <BLANKLINE>
    Name      Votes    Share    Seats
    ------  -------  -------  -------
    A            11   52.38%        5
    B             8   38.10%        3
    C             2    9.52%        0
    Total        21        –        8
    <BLANKLINE>
    Open lot: 1 place among B and C, KRVL § 81, stk. 2.
    <BLANKLINE>
    The seats in the order in which they were won
    <BLANKLINE>
      Seat  To      Votes    Divisor    Quotient  By lot
    ------  ----  -------  ---------  ----------  --------
         1  A          11          1          11
         2  B           8          1           8
         3  A          11          2         5.5
         4  B           8          2           4
         5  A          11          3       3.667
         6  A          11          4        2.75
         7  B           8          3       2.667
         8  A          11          5         2.2
    <BLANKLINE>
    The votes are divided by 1, 2, 3 and so on; the largest quotients win the seats.
    <BLANKLINE>
    """
    told = document(result)
    if format == "docx":
        from kommunalvalg.report.word import docx  # noqa: PLC0415 - an optional library

        return docx(told, lang)
    return render(told, format, lang)


def rows(result: object, table: str | None = None, *, lang: str = "da") -> list[Row]:
    """Give a table of a result as rows of plain values: text, whole numbers, floats, True and False, None.

    What is no whole number, such as a share or a quotient, comes as the nearest float, since that is what frames and
    spreadsheets compute with; the exact Fraction stands in the result. A column never mixes the two. Sums are left out.

    Args:
        result: what a method of this library returned; what has ``rows()`` of its own, as an analysis has, gives those.
        table: which of its tables, by key (default: the main one, which has the seats).
        lang: the language of the texts in the rows; the keys are the same in both.

    Raises:
        ElectionError: it is no result, or has no such table.

    >>> from kommunalvalg import dhondt
    >>> rows(dhondt({"A": 11, "B": 8}, 2))[1]
    {'name': 'B', 'votes': 8, 'share': 0.42105263157894735, 'seats': 1}
    >>> [row["quotient"] for row in rows(dhondt({"A": 11, "B": 8}, 2), "awards")]
    [11.0, 8.0]
    """
    own = getattr(result, "rows", None)
    if table is None and callable(own):
        return [dict(row) for row in own()]
    return plain_rows(table_of(result, table), language(lang))


def plain_rows(table: Table, say: Language) -> list[Row]:
    """Give the rows of a table with a float for each number that is not whole, in all of its column."""
    rows_of_table = records(table, say)
    floats = {key for record in rows_of_table for key, value in record.items() if isinstance(value, Fraction)}
    return [{key: _plain(value, key in floats) for key, value in record.items()} for record in rows_of_table]


def _plain(value: Plain, as_float: bool) -> str | int | float | None:  # noqa: FBT001 - a column's, not a caller's
    return float(value) if isinstance(value, Fraction) or (as_float and isinstance(value, int)) else value


def table_of(result: object, table: str | None = None) -> Table:
    """Give one of the tables of a result, as programs take them.

    Raises:
        ElectionError: it is no result, or has no such table.
    """
    tables = {each.key: each for each in document(result).data}
    return named(tables, next(iter(tables), None) if table is None else table)


# What is said of each kind of result: at a glance, and in full.


def document(result: object) -> Document:
    """Explain a result as a document, which can be written in every language and format.

    Raises:
        ElectionError: it is no result of this library.

    >>> from kommunalvalg import dhondt
    >>> told = document(dhondt({"A": 11, "B": 8}, 3))
    >>> told.title.said("en"), [table.key for table in told.tables]
    ("Distribution of 3 seats by d'Hondt", ['seats', 'awards', 'quotients'])
    """
    return as_counted(with_acts(_dated(result, kind_of(result).told(result))), result)


def document_of(result: object, language: object = None) -> Document:  # noqa: ARG001 - what it was once written in
    """Explain a result as :func:`document` does, by the name that it had while documents were of one language.

    >>> from kommunalvalg import dhondt
    >>> allocation = dhondt({"A": 11, "B": 8}, 3)
    >>> document_of(allocation, "en") == document(allocation)
    True
    """
    return document(result)


def summary(result: object) -> Document:
    """Tell a result at a glance: its tables and open lots, without every step.

    Raises:
        ElectionError: it is no result of this library.

    >>> from kommunalvalg import dhondt
    >>> [table.key for table in summary(dhondt({"A": 11, "B": 8}, 3)).tables]
    ['seats', 'awards']
    """
    return as_counted(_dated(result, kind_of(result).told(result, briefly=True)), result)


def _dated(result: object, report: Document) -> Document:
    """Close a report with the year or the day whose law was used, where dated law was."""
    when = getattr(result, "law", None)
    if when is None:
        return report
    day = None if isinstance(when, int) else day_of(when)
    said = _("The law of {when} was used.", when=str(when) if day is None else Figure(day, Kind.DAY))
    return attrs.evolve(report, parts=(*report.parts, said))
