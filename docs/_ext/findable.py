# ruff: noqa: INP001 - a folder of extensions is no package
"""What lets a page be found: the glossary's English words in the index, and a description for search engines."""

import re
from html import escape
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

LONGEST = 40
"""The characters of an English word or phrase; what is longer is an explanation."""


class EnglishTerms(SphinxTransform):
    """Put the English words, with which the explanation of a Danish term begins, into the index beside it."""

    default_priority = 840  # before Sphinx collects the index, at 850

    def apply(self, **_: Any) -> None:  # noqa: ANN401 - docutils' own signature
        """Add to the entries that Sphinx made of each term."""
        for item in self.document.findall(nodes.definition_list_item):
            index = next(item.findall(addnodes.index), None)
            if index is None or not isinstance(item.parent.parent, addnodes.glossary):
                continue
            explanation = next(item.findall(nodes.definition)).astext()
            label = index["entries"][0][2]
            index["entries"] += [("single", word, label, "main", None) for word in words(explanation)]


def words(explanation: str) -> list[str]:
    """Give the English words that an explanation begins with: "lot; drawing a lot. How ..." has two."""
    return [word for word in re.split(r"[;,] ", explanation.partition(".")[0]) if len(word) <= LONGEST]


def describe(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Describe a page by its first paragraph that says something of it; a page without a file says it itself."""
    said = context.get("description", "") if doctree is None else _first(doctree)
    if said:
        context["metatags"] = f'{context.get("metatags") or ""}\n<meta name="description" content="{escape(said)}">'


def _first(doctree: nodes.document) -> str:
    """Give the first paragraph that is no pointer to the page in the other language."""
    for paragraph in doctree.findall(nodes.paragraph):
        if not (len(paragraph.children) == 1 and isinstance(paragraph[0], nodes.emphasis)):
            return " ".join(paragraph.astext().split())
    return ""


def write_all(_app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Have every page written in every build: the search forgets the index entries of one that is not."""
    return env.found_docs


def let_find(app: Sphinx, page: str, title: str, words: str, anchor: str = "") -> None:
    """Put a page that is not made of a file of its own into the index of the search."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return
    prune = indexer.prune  # which forgets what has no file
    indexer.prune = lambda kept: prune({*kept, page})
    document = new_document(page)
    section = nodes.section("", nodes.title("", title), ids=[anchor] if anchor else [])
    section += nodes.paragraph("", words)
    document += section
    indexer.feed(page, f"{page}.html", title, document)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect them."""
    app.add_transform(EnglishTerms)
    app.connect("html-page-context", describe)
    app.connect("env-updated", write_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
