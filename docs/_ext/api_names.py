# ruff: noqa: INP001 - a folder of extensions is no package
"""Every name that the pages of the API tell of, in tables that lead there: directive ``api-names``."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import getdoc, isclass, isfunction
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = "api"
_DIRECTIVE = re.compile(
    r"^\.\. (py:currentmodule|auto\w+):: ([\w.]+).*\n(?: +:(no-members|exclude-members):(.*))?", re.MULTILINE
)


def told(page: str) -> Iterator[str]:
    """Give the names of functions and classes that a page tells of, each with its module."""
    module = "kommunalvalg"
    for kind, name, option, others in _DIRECTIVE.findall(page):
        if kind == "py:currentmodule":
            module = name
        elif kind == "automodule" and option != "no-members":
            yield from (f"{name}.{each}" for each in _public(name) if each not in others.split())
        elif kind in {"autofunction", "autoclass", "autoexception"}:
            yield name if name.startswith("kommunalvalg.") else f"{module}.{name}"


def _public(module: str) -> list[str]:
    found = import_module(module)
    return [name for name in found.__all__ if isfunction(getattr(found, name)) or isclass(getattr(found, name))]


def purpose(name: str) -> str:
    """Give the first sentence of what is said of a name."""
    module, _, last = name.rpartition(".")
    doc = getdoc(getattr(import_module(module), last)) or ""
    return re.split(r"(?<=\.)\s", " ".join(doc.partition("\n\n")[0].split()))[0]


class ApiNames(SphinxDirective):
    """The names of each part of the API; the content names the parts."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Give a table for each part, under its title."""
        lines: list[str] = []
        for part in self.content:
            page = Path(self.env.srcdir, FOLDER, f"{part}.md").read_text(encoding="utf-8")
            self.env.note_dependency(f"{FOLDER}/{part}.md")
            lines += [f"**{{doc}}`{FOLDER}/{part}`**", "", "| Name | What it is for |", "|---|---|"]
            lines += [f"| {{py:obj}}`~{name}` | {_in_table(purpose(name))} |" for name in told(page)]
            lines.append("")
        return self.parse_text_to_nodes("\n".join(lines))


def _in_table(sentence: str) -> str:
    """Write a sentence of a docstring as a cell of a Markdown table."""
    plain = re.sub(r":\w+:`~?([^`<]+?)(?: <[^>]*>)?`", r"`\1`", sentence)
    return plain.replace("``", "`").replace("|", "\\|")


def setup(app: Sphinx) -> Mapping[str, object]:
    """Bring the tables into Sphinx."""
    app.add_directive("api-names", ApiNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
