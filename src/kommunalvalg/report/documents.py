"""What a report says, before it is known how it will look and in which language: headings, paragraphs and tables."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import count
from typing import TypeAlias, TypeVar

import attrs

from kommunalvalg.errors import ElectionError
from kommunalvalg.law import When, provision
from kommunalvalg.text import Kind, Word
from kommunalvalg.votes import listed

__all__ = [
    "Cell",
    "Cited",
    "Column",
    "Document",
    "Heading",
    "Kind",
    "Marked",
    "Part",
    "Said",
    "Table",
    "cite",
    "filled",
    "named",
    "once",
    "paragraphs",
    "without_empty",
]


T = TypeVar("T")


class Cited(str):
    """A provision, as a value of a text or in a table: whoever reads it finds the name of its act in the report.

    >>> Cited("KSL § 24, stk. 3")
    'KSL § 24, stk. 3'
    """

    __slots__ = ()


def cite(rule: str, when: When = None, place: str = "") -> Cited:
    """Cite the provision of a rule, as :func:`kommunalvalg.law.provision` gives it.

    >>> cite("KSL-24-3")
    'KSL § 24, stk. 3'
    """
    return Cited(provision(rule, when, place))


@attrs.frozen
class Marked:
    """A number that stands out among others, with the reason: the quotient that won a seat, and which.

    Attributes:
        value: the number; None where it is beyond every number (a division by 0).
        mark: the reason, in a few signs.
    """

    value: int | Fraction | None
    mark: Word


Cell: TypeAlias = Word | Marked
"""What stands in a table; None where there is nothing. A bool is an int that people read as a word."""


@attrs.frozen
class Column:
    """A column: its key for programs, its heading for people."""

    key: str
    heading: Word
    kind: Kind = Kind.TEXT


@attrs.frozen
class Table:
    """Rows of values under columns.

    Attributes:
        key: its name for programs.
        title: its caption for people.
        columns: its columns.
        rows: as many cells in each as there are columns.
        total: a last row of sums, set off from the others, or None.
        flat: of a table laid out for people in rows and columns of numbers, the same for programs: one row for each
            number. Other tables are their own.
    """

    key: str
    title: Word
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    flat: "Table | None" = None

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """Its rows, the sums last."""
        return (*self.rows, self.total) if self.total else self.rows


@attrs.frozen
class Heading:
    """A heading inside a document."""

    text: Word


@attrs.frozen
class Said:
    """A paragraph that must not be missed where only tables are taken: an open lot, or a warning.

    Attributes:
        text: the paragraph, for people.
        table: the same for programs, where they take it as rows; no person reads it in the document.
        about: whom it is said of, in a document of several; else empty.
    """

    text: Word
    table: Table | None = None
    about: str = ""


Shown: TypeAlias = Heading | Table | Word
"""What people read of a document; a text is a paragraph."""

Part: TypeAlias = Shown | Said
"""A part of a document."""


@attrs.frozen
class Document:
    """A report: a title and its parts, in no language yet.

    Attributes:
        title: what it is called.
        parts: headings, tables and paragraphs, in order.
    """

    title: Word
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order; the first is the main one."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Its parts as people read them."""
        return tuple(part.text if isinstance(part, Said) else part for part in self.parts)

    @property
    def said(self) -> tuple[Word, ...]:
        """What it says of open lots and as warnings, which stands in none of its tables."""
        return tuple(part.text for part in self.parts if isinstance(part, Said))

    @property
    def data(self) -> tuple[Table, ...]:
        """Its tables as programs take them, each key once: flat, and the tables of one kind put together.

        One that has other columns than an earlier one of its key has a number behind the key. What only paragraphs say
        comes last.
        """
        tables: dict[str, Table] = {}
        for table in (*self.tables, *(part.table for part in self.parts if isinstance(part, Said) and part.table)):
            flat = table.flat or table
            key = next(key for key in _keys(flat.key) if key not in tables or _alike(tables[key], flat))
            before = tables.get(key)
            tables[key] = attrs.evolve(flat, key=key, rows=(*(before.rows if before else ()), *flat.rows))
        return tuple(tables.values())


def _keys(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}_{number}" for number in count(2))


def _alike(one: Table, other: Table) -> bool:
    return [column.key for column in one.columns] == [column.key for column in other.columns]


def without_empty(table: Table) -> Table:
    """Leave out for people the columns in which nothing stands; programs keep them."""
    filled = [any(row[place] not in {None, ""} for row in table.rows) for place in range(len(table.columns))]
    if all(filled) or not table.rows:
        return table

    def kept(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(cell for cell, is_filled in zip(cells, filled, strict=True) if is_filled)

    return attrs.evolve(
        table,
        columns=tuple(column for column, is_filled in zip(table.columns, filled, strict=True) if is_filled),
        rows=tuple(map(kept, table.rows)),
        total=table.total and kept(table.total),
        flat=table.flat or table,
    )


def named(tables: Mapping[str, T], name: object, field: str = "table") -> T:
    """Give one of several tables by its name.

    Raises:
        ElectionError: there is none of that name.
    """
    if not isinstance(name, str) or name not in tables:
        raise ElectionError(
            "{field} is {value}; the tables of this result are {tables}",
            field=field,
            value=name,
            tables=listed(tables, name),
        )
    return tables[name]


def filled(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Give the parts without the tables in which nothing stands."""
    return tuple(part for part in parts if not isinstance(part, Table) or part.rows)


def once(parts: Iterable[Part]) -> list[Part]:
    """Give the parts, each text only where it first stands."""
    return list(dict.fromkeys(parts))


def paragraphs(texts: Iterable[Word]) -> list[Part]:
    """Give the texts that there are."""
    return [text for text in texts if text is not None]
