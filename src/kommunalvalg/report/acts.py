"""The names of the acts that a report cites by their short forms."""

from collections.abc import Iterator

import attrs

from kommunalvalg.report.documents import Cell, Cited, Document, Heading, Table
from kommunalvalg.text import Names, Text, Texts

__all__ = ["ACTS", "with_acts"]

ACTS = {
    "KRVL": "lov om kommunale og regionale valg",
    "KSL": "lov om kommunernes styrelse",
    "RL": "regionsloven",
    "OL": "lov om overgangen til en ny sundhedsstruktur",
}
"""Short form -> the act; their names are the same in both languages."""


def with_acts(document: Document) -> Document:
    """Close a document with the names of the acts that it cites, once.

    >>> from kommunalvalg.text import text
    >>> document = with_acts(Document("Udvalg", (text("By {provision}.", provision=Cited("KSL § 24, stk. 3")),)))
    >>> document.parts[-1]
    'KSL: lov om kommunernes styrelse.'
    >>> with_acts(document) == document
    True
    """
    cited = {word for provision in _provisions(document) for word in provision.split()}
    said = " ".join(f"{act}: {name}." for act, name in ACTS.items() if act in cited)
    if not said or said in document.parts:
        return document
    return attrs.evolve(document, parts=(*document.parts, said))


def _provisions(document: Document) -> Iterator[Cited]:
    """Give every provision that people read in a document."""
    for part in document.shown:
        if isinstance(part, Table):
            yield from _cited(part.title)
            for row in part.rows:
                for cell in row:
                    yield from _cited(cell)
        else:
            yield from _cited(part.text if isinstance(part, Heading) else part)


def _cited(word: Cell) -> Iterator[Cited]:
    """Give the provisions in a text, at every depth."""
    if isinstance(word, Cited):
        yield word
    elif isinstance(word, Text | Texts | Names):
        inside = (
            word.values.values() if isinstance(word, Text) else word.parts if isinstance(word, Texts) else word.names
        )
        for each in inside:
            yield from _cited(each)
