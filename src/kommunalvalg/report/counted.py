"""What every table, picture and document says of votes that are not finally counted: how far the count has come."""

from collections.abc import Iterator, Mapping

import attrs

from kommunalvalg.methods.counted import Counted
from kommunalvalg.report.documents import Column, Document, Part, Said, Table
from kommunalvalg.text import Texts, Word
from kommunalvalg.text import text as _

__all__ = ["as_counted", "as_far_as_counted", "counted_of"]


def counted_of(result: object) -> Counted | None:
    """Say how far the votes of a case, of its result, or of an analysis of them are counted; None where they are final.

    >>> from kommunalvalg import dhondt
    >>> counted_of(dhondt({"A": 11, "B": 8}, 3)) is None
    True
    """
    counts = (getattr(each, "counted", None) for each in _cases(getattr(result, "case", result)))
    return next((each for each in counts if isinstance(each, Counted)), None)


def _cases(case: object) -> Iterator[object]:
    yield case
    for name in ("distribution", "election", "before"):
        yield getattr(case, name, None)
    elections = getattr(case, "elections", None)
    if isinstance(elections, Mapping) and len(elections) == 1:
        yield from elections.values()


def as_far_as_counted(result: object, said: Word) -> Word:
    """Say before a sentence how far the votes are counted, where they are not finally."""
    counted = counted_of(result)
    return said if counted is None else Texts([Texts([counted.text, "."], ""), said])


def as_counted(document: Document, result: object) -> Document:
    """Let a document of votes that are not finally counted say so: at its head, and in every table.

    A table says it in its caption to people, and in a column of its own to programs, so that no part of the document is
    taken for a final result.
    """
    counted = counted_of(result)
    if counted is None or (head := Said(counted.text)) in document.parts:
        return document
    parts = [_marked(part, counted) if isinstance(part, Table) else part for part in document.parts]
    for place, part in enumerate(parts):
        if isinstance(part, Table):
            if not document.tables[0].title:  # the head is its caption
                parts[place] = attrs.evolve(part, title="")
            break
    return attrs.evolve(document, parts=(head, *parts))


def _marked(part: Table, counted: Counted) -> Part:
    flat = part.flat or part
    column = Column("preliminary", _("Preliminary"))
    rows = tuple((*row, counted.text) for row in flat.rows)
    title = Texts([part.title, counted.text], " – ") if part.title else counted.text
    total = flat.total and (*flat.total, None)
    told = attrs.evolve(flat, columns=(*flat.columns, column), rows=rows, total=total)
    return attrs.evolve(part, title=title, flat=told)
