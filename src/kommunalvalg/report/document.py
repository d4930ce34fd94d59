"""What a report says, before it is known how it will look: headings, paragraphs and tables of plain values."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

import attrs

__all__ = ["Cell", "Column", "Document", "Heading", "Kind", "Part", "Table"]

Cell: TypeAlias = str | int | Fraction | None
"""A value in a table; None where there is none."""


class Kind(StrEnum):
    """What stands in a column, which decides how it is written and aligned."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"


@attrs.frozen
class Column:
    """A column: its key for programs, its heading for people."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT


@attrs.frozen
class Table:
    """Rows of plain values under columns.

    Attributes:
        key: its name for programs.
        title: its caption for people.
        columns: its columns.
        rows: as many cells in each as there are columns.
        total: a last row of sums, set off from the others, or None.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None

    def records(self) -> list[dict[str, Cell]]:
        """Give each row as a mapping of column key to value, without the row of sums."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


@attrs.frozen
class Heading:
    """A heading inside a document."""

    text: str


Part: TypeAlias = Heading | Table | str
"""A part of a document; a text is a paragraph."""


@attrs.frozen
class Document:
    """A report: a title and its parts, in one language.

    Attributes:
        title: what it is called.
        language: the language's code.
        parts: headings, tables and paragraphs, in order.
    """

    title: str
    language: str
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order; the first is the main one."""
        return tuple(part for part in self.parts if isinstance(part, Table))


def paragraphs(texts: Iterable[str | None]) -> list[Part]:
    """Give the texts that there are."""
    return [text for text in texts if text]
