"""Bring the Danish wording up to date with the code: extract, merge, compile, and say what is missing.

Run it after changing what a report or an error says; then write the missing translations into the .po file and run it
again.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "src" / "kommunalvalg"
PO = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "kommunalvalg.po"

MARKS = {
    **dict.fromkeys(("_", "N_", "ElectionError", "VoteError", "LotError", "RuleError", "DataError", "refuse"), 1),
    "MissingExtraError": 1,
    "in_number": 2,
}
"""What marks a text in the code as one that people read, and how many arguments hold it: one, or one and many."""


def marked() -> Iterator[tuple[str, list[ast.expr]]]:
    """Give the texts of every mark in the code, and where it stands; of "this if so else that", both."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                mark = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                texts = node.args[: MARKS.get(mark, 0)]
                place = f"{file.relative_to(PACKAGE.parent)}:{node.lineno}"
                if texts and isinstance(texts[0], ast.IfExp):
                    yield place, [texts[0].body]
                    texts = [texts[0].orelse]
                yield place, texts


def extracted() -> Catalog:
    """Give all texts in the code that people read."""
    catalog = Catalog(project="kommunalvalg", charset="utf-8")
    for place, texts in marked():
        message = [str(text.value) for text in texts if isinstance(text, ast.Constant) and text.value]
        if message:
            catalog.add(message[0] if len(message) == 1 else tuple(message), locations=[(place, 0)])
    return catalog


def untranslatable() -> list[str]:
    """Give the places where values are written into a message, so that it is another text each time."""
    return [place for place, texts in marked() if any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in texts)]


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
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not all(_wordings(message)))]


def _wordings(message: Message) -> Sequence[str]:
    return [message.string] if isinstance(message.string, str) else message.string or [""]


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
