# ruff: noqa: INP001 - a folder of extensions is no package
"""The kinds of results, as a table made from their registry: directive ``kinds-table``."""

from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import kommunalvalg
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.files.json_files import json_schema
from kommunalvalg.files.plain import case_name
from kommunalvalg.results import KINDS


def held() -> Iterator[tuple[str, type, str]]:
    """Give what files can hold: the name of the format, the class, and the cases that it comes of."""
    yield "council-election", CouncilElection, "what was counted"
    for kind in KINDS.values():
        if kind.cases and kind.name != "other-line":  # whose case holds another one by a name that is not resolved
            yield kind.name, kind.result_class, ", ".join(f"`{case_name(case)}`" for case in kind.case_classes)


def file_of(held_class: type) -> str:
    """Give the file name of a schema, with the version of the format."""
    properties = json_schema(held_class)["properties"]
    name: str = properties["format"]["const"].partition("/")[2]
    return f"{name}-{properties['version']['const']}.json"


class KindsTable(SphinxDirective):
    """Every kind of file: its class, its cases and its schema."""

    def run(self) -> list[nodes.Node]:
        """Give the table."""
        rows = [
            f"| {{download}}`{name} <_schema/{file_of(each)}>` | `{_importable(each)}` | {cases} |"
            for name, each, cases in held()
        ]
        return self.parse_text_to_nodes("\n".join(["| Kind | Class | Cases |", "|---|---|---|", *rows]))


def _importable(each: type) -> str:
    """Give the name by which a class is imported, without the package's where the package has it."""
    return each.__name__ if getattr(kommunalvalg, each.__name__, None) is each else f"{each.__module__}.{each.__name__}"


def setup(app: Sphinx) -> Mapping[str, object]:
    """Bring the table into Sphinx."""
    app.add_directive("kinds-table", KindsTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
