"""Bring the Danish wording up to date with the code: extract, merge, compile, and say what is missing.

Run it after changing what a report says; then write the missing translations into the .po file and run it again.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "src" / "kommunalvalg"
PO = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "kommunalvalg.po"

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "N_"), None),
    **dict.fromkeys(("ElectionError", "VoteError", "LotError", "RuleError", "DataError", "refuse"), None),
}
"""What marks a text in the code as one that people read."""


def extracted() -> Catalog:
    """Give all texts in the code that people read."""
    catalog = Catalog(project="kommunalvalg", charset="utf-8")
    for file, _, message, _, _ in sorted(
        extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS), key=lambda found: found[:2]
    ):
        catalog.add(message, locations=[(file, 0)])
    return catalog


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
    for message in missing(catalog):
        print("no translation:", message)
    return 1 if missing(catalog) else 0


if __name__ == "__main__":
    sys.exit(main())
