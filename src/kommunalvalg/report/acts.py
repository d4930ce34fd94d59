"""The names of the acts that a report cites by their short forms."""

import re
from collections.abc import Iterator

import attrs

from kommunalvalg.report.document import Document, Heading, Table

__all__ = ["ACTS", "with_acts"]

ACTS = {
    "KRVL": "lov om kommunale og regionale valg",
    "KSL": "lov om kommunernes styrelse",
}
"""Short form -> the act; their names are the same in both languages."""

_SHORT = re.compile(rf"\b({'|'.join(ACTS)})\b")


def with_acts(document: Document) -> Document:
    """Close a document with the names of the acts that it cites, once.

    >>> document = with_acts(Document("Udvalg", "da", ("Efter d'Hondts metode (KSL § 24, stk. 3).",)))
    >>> document.parts[-1]
    'KSL: lov om kommunernes styrelse.'
    >>> with_acts(document) == document
    True
    """
    cited = {act for text in _texts(document) for act in _SHORT.findall(text)}
    said = " ".join(f"{act}: {name}." for act, name in ACTS.items() if act in cited)
    if not said or said in document.parts:
        return document
    return attrs.evolve(document, parts=(*document.parts, said))


def _texts(document: Document) -> Iterator[str]:
    """Give every text that people read."""
    for part in document.shown:
        if isinstance(part, Table):
            yield part.title
            yield from (cell for row in part.rows for cell in row if isinstance(cell, str))
        else:
            yield part.text if isinstance(part, Heading) else part
