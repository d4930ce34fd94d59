"""How a document looks: as text, Markdown, HTML, JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction
from textwrap import fill
from xml.etree import ElementTree as ET

from tabulate import tabulate

from kommunalvalg.report.document import Cell, Document, Heading, Kind, Table
from kommunalvalg.report.language import Language, language

__all__ = ["FORMATS", "render"]


def render(document: Document, format: str = "table") -> str:  # noqa: A002 - it is what the option is called
    """Write a document in one of the formats, ending with a line break.

    Args:
        document: what to write.
        format: "table" (plain text), "markdown", "html" (a page of its own), "json" (the tables as records with
            exact numbers: a Fraction is the text "top/bottom"), or "csv" (the first table).
    """
    return FORMATS[format](document).rstrip("\n") + "\n"


def _written(table: Table, in_language: Language) -> tuple[list[str], list[list[str]]]:
    rows = [*table.rows, table.total] if table.total else list(table.rows)
    kinds = [column.kind for column in table.columns]
    return (
        [column.heading for column in table.columns],
        [[in_language.cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows],
    )


def _laid_out(document: Document, *, style: str, heading: str, caption: str, width: int) -> str:
    in_language = language(document.language)
    blocks = [heading.format(document.title, "=" * len(document.title))]
    for part in document.parts:
        if isinstance(part, Heading):
            blocks.append(caption.format(part.text, "-" * len(part.text)))
        elif isinstance(part, Table):
            headings, rows = _written(part, in_language)
            align = ["left" if column.kind is Kind.TEXT else "right" for column in part.columns]
            if part.title:
                blocks.append(caption.format(part.title, "-" * len(part.title)))
            blocks.append(tabulate(rows, headings, tablefmt=style, colalign=align, disable_numparse=True))
        else:
            blocks.append(fill(part, width))
    return "\n\n".join(blocks)


def _text(document: Document) -> str:
    return _laid_out(document, style="simple", heading="{0}\n{1}", caption="{0}", width=100)


def _markdown(document: Document) -> str:
    return _laid_out(document, style="pipe", heading="# {0}", caption="## {0}", width=100_000)


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1.5rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.n { text-align: right; font-variant-numeric: tabular-nums; }
tfoot td { font-weight: 600; }
"""  # noqa: E501 - a style sheet


def _html(document: Document) -> str:
    page = ET.Element("html", lang=document.language)
    head = ET.SubElement(page, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    ET.SubElement(head, "title").text = document.title
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(ET.SubElement(page, "body"), "main")
    ET.SubElement(body, "h1").text = document.title
    in_language = language(document.language)
    for part in document.parts:
        if isinstance(part, Heading):
            ET.SubElement(body, "h2").text = part.text
        elif isinstance(part, Table):
            body.append(_html_table(part, in_language))
        else:
            ET.SubElement(body, "p").text = part
    ET.indent(page)
    return "<!DOCTYPE html>\n" + ET.tostring(page, encoding="unicode", method="html")


def _html_table(table: Table, in_language: Language) -> ET.Element:
    headings, rows = _written(table, in_language)
    classes = [{} if column.kind is Kind.TEXT else {"class": "n"} for column in table.columns]
    element = ET.Element("table")
    if table.title:
        ET.SubElement(element, "caption").text = table.title
    line = ET.SubElement(ET.SubElement(element, "thead"), "tr")
    for heading, numeric in zip(headings, classes, strict=True):
        ET.SubElement(line, "th", {"scope": "col", **numeric}).text = heading
    body = ET.SubElement(element, "tbody")
    for number, row in enumerate(rows):
        parent = body if number < len(table.rows) else ET.SubElement(element, "tfoot")
        line = ET.SubElement(parent, "tr")
        for cell, numeric in zip(row, classes, strict=True):
            ET.SubElement(line, "td", numeric).text = cell
    return element


def _plain(value: Cell) -> str | int | None:
    return str(value) if isinstance(value, Fraction) else value


def _json(document: Document) -> str:
    tables = {
        table.key: [{key: _plain(value) for key, value in record.items()} for record in table.records()]
        for table in document.tables
    }
    texts = [part for part in document.parts if isinstance(part, str)]
    return json.dumps({"title": document.title, "text": texts, **tables}, ensure_ascii=False, indent=2)


def _csv(document: Document) -> str:
    """Write the first table as a spreadsheet of the language expects it: Danish ones split at semicolons."""
    table = document.tables[0]
    danish = document.language == "da"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if danish else ",", lineterminator="\n")
    writer.writerow([column.heading for column in table.columns])
    for row in table.rows:
        decimals = [float(cell) if isinstance(cell, Fraction) else cell for cell in row]
        writer.writerow(
            [str(cell).replace(".", ",") if isinstance(cell, float) and danish else cell for cell in decimals]
        )
    return out.getvalue()


FORMATS: dict[str, Callable[[Document], str]] = {
    "table": _text,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
    "csv": _csv,
}
"""The formats that :func:`render` writes."""
