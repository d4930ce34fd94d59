"""Bring the Danish wording up to date with the code: extract, merge, compile, and say what is missing.

Run it after changing what a report or an error says; then write the missing translations into the .po file and run it
again.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "src" / "kommunalvalg"
PO = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "kommunalvalg.po"

MARKS = {"_", "N_", "ElectionError", "VoteError", "LotError", "RuleError", "DataError"}
"""What marks a text in the code as one that people read: the first argument of these."""

IN_NUMBER = "in_number"
"""What marks a text that has another form for several."""


def marked() -> Iterator[tuple[str, list[ast.expr]]]:
    """Give what every mark in the code marks, and where it stands: one message, or its forms in number."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                place = f"{file.relative_to(PACKAGE.parent)}:{node.lineno}"
                if node.func.id in MARKS:
                    first = node.args[0]
                    for message in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                        yield place, [message]
                elif node.func.id == IN_NUMBER:
                    yield place, node.args


def extracted() -> Catalog:
    """Give all texts in the code that people read."""
    catalog = Catalog(project="kommunalvalg", charset="utf-8")
    for place, forms in marked():
        messages = [form.value for form in forms if isinstance(form, ast.Constant) and isinstance(form.value, str)]
        if any(messages):
            catalog.add(messages[0] if len(messages) == 1 else tuple(messages), locations=[(place, 0)])
    return catalog


def untranslatable() -> list[str]:
    """Give the places where values are written into a message, so that it is another text each time."""
    return [place for place, forms in marked() if any(isinstance(form, ast.JoinedStr | ast.BinOp) for form in forms)]


def translated() -> Catalog:
    """Read the Danish wording."""
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def compiled(catalog: Catalog) -> bytes:
    """Give the catalogue as the library reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Give the texts that have no sure translation."""
    return [str(message.id) for message in catalog if message.id and (not message.string or message.fuzzy)]


def main() -> int:
    """Update the files; the exit status tells whether something is missing."""
    catalog = translated()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# The Danish wording of kommunalvalg's reports; see tools/translate.py."
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # else each run changes them
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "kommunalvalg"
    catalog.fuzzy = False
    with PO.open("wb") as file:
        write_po(file, catalog, omit_header=False, no_location=True, sort_output=True, width=110)
    PO.with_suffix(".mo").write_bytes(compiled(catalog))
    said = [f"no translation: {message}" for message in missing(catalog)]
    said += [f"values are written into the message: {place}" for place in untranslatable()]
    print(*said, sep="\n", end="\n" * bool(said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
