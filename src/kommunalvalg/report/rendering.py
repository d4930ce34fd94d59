"""How a document looks: as text, Markdown, HTML, JSON and CSV."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from textwrap import fill
from typing import TypeAlias
from xml.etree import ElementTree as ET

from tabulate import MIN_PADDING, tabulate

from kommunalvalg.errors import ElectionError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.report.documents import Cell, Column, Document, Heading, Kind, Marked, Table
from kommunalvalg.report.language import Language, language
from kommunalvalg.text import Figure
from kommunalvalg.votes import listed

__all__ = ["FORMATS", "Plain", "page", "records", "render", "texts_of", "with_picture"]

Plain: TypeAlias = str | int | Fraction | None
"""A value as programs take it; None where there is none."""

_WIDTH = 100
"""How many signs a line of text has; a table of figures that is wider goes on below."""
_WIDEST = 120
"""Any other table stays whole up to so many signs, and is broken into lines of the usual width beyond."""
_SENTENCES = 3
"""A table of no more columns is read across, as sentences are, and not split."""
_HEADING = 12
"""A heading that is broken has lines of so many signs, if its column is no wider."""


def render(document: Document, format: str = "table", lang: str = "da") -> str:  # noqa: A002 - it is what the option is called
    """Write a document in a language and in one of the formats, ending with a line break.

    Args:
        document: what to write.
        format: "table" or "text" (plain text), "markdown", "html" (a page of its own), "fragment" (HTML to stand inside
            another page), "json" (the tables as records with exact numbers: a Fraction is the text "top/bottom"), or
            "csv" (the first table).
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such format or language.

    >>> from kommunalvalg.text import text
    >>> print(render(Document(text("Seats of the committees"), ()), "markdown", "en"), end="")
    # Seats of the committees
    """
    if not isinstance(format, str) or format not in FORMATS:
        raise ElectionError(
            "the format is {value}; the formats are {known}",
            field="format",
            value=format,
            known=listed(FORMATS, format),
        )
    return FORMATS[format](document, language(lang)).rstrip("\n") + "\n"


def texts_of(table: Table, say: Language) -> tuple[list[str], list[list[str]]]:
    """Write the headings and the rows of a table, the sums last."""
    kinds = [column.kind for column in table.columns]
    return (
        [say(column.heading) for column in table.columns],
        [[say.cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.lines],
    )


def records(table: Table, say: Language) -> list[dict[str, Plain]]:
    """Give each row of a table as a mapping of column key to value, without the row of sums."""
    table = table.flat or table
    keys: list[str] = []
    for column in table.columns:
        # A column may be headed by a name that was given, such as a group's, which is another column's key.
        same = keys.count(column.key)
        keys.append(f"{column.key} ({same + 1})" if same else column.key)
    return [dict(zip(keys, (_plain(cell, say) for cell in row), strict=True)) for row in table.rows]


def _plain(cell: Cell, say: Language) -> Plain:
    value = cell.value if isinstance(cell, Marked | Figure) else cell
    return value if value is None or isinstance(value, int | Fraction) else str(say(value))


def _text(document: Document, say: Language) -> str:
    blocks = [_underlined(say(document.title), "=")]
    for part in document.shown:
        if isinstance(part, Heading):
            blocks.append(_underlined(say(part.text), "-"))
        elif isinstance(part, Table):
            headings, rows = texts_of(part, say)
            blocks += [fill(say(part.title), _WIDTH)] if part.title else []
            if sum(_widths(headings, rows)) > _WIDTH + 2:
                headings = _narrow(headings, rows)
            widest = sum(_widths(headings, rows)) > _WIDEST + 2
            split = _is_wide(part) or (widest and len(headings) > _SENTENCES)
            for chosen in _beside(headings, rows) if split else [range(len(headings))]:
                blocks.append(
                    tabulate(
                        [[row[place] for place in chosen] for row in rows],
                        [headings[place] for place in chosen],
                        tablefmt="simple",
                        colalign=[_alignment(part.columns[place]) for place in chosen],
                        disable_numparse=True,
                    )
                )
        else:
            blocks.append(fill(say(part), _WIDTH))
    return "\n\n".join(blocks)


def _underlined(text: str, sign: str) -> str:
    lines = fill(text, _WIDTH)
    return f"{lines}\n{sign * max(map(len, lines.splitlines()), default=0)}"


def _is_wide(table: Table) -> bool:
    """Tell whether a table is laid out in columns of numbers for people, and is another for programs."""
    return table.flat is not None and table.flat.columns[: len(table.columns)] != table.columns


def _alignment(column: Column) -> str:
    return "left" if column.kind is Kind.TEXT else "right"


def _beside(headings: list[str], rows: list[list[str]]) -> Iterator[list[int]]:
    """Choose the columns that stand beside each other on a line, each time after the first."""
    widths = _widths(headings, rows)
    chosen = [0]
    for place in range(1, len(widths)):
        if len(chosen) > 1 and sum(widths[each] for each in chosen) + widths[place] > _WIDTH + 2:
            yield chosen
            chosen = [0]
        chosen.append(place)
    yield chosen


def _widths(headings: list[str], rows: list[list[str]]) -> list[int]:
    """Count the signs of each column, with the blanks between it and the next, as tabulate lays it out."""
    return [
        max([*(len(line) + MIN_PADDING for line in heading.split("\n")), *map(len, cells)]) + 2
        for heading, *cells in zip(headings, *rows, strict=True)
    ]


def _narrow(headings: list[str], rows: list[list[str]]) -> list[str]:
    """Break headings at blanks, so that none makes its column wider than what stands in it, if it need not."""
    return [
        fill(heading, max([_HEADING, *map(len, cells)]), break_long_words=False, break_on_hyphens=False)
        for heading, *cells in zip(headings, *rows, strict=True)
    ]


def _markdown(document: Document, say: Language) -> str:
    caption = "###" if any(isinstance(part, Heading) for part in document.parts) else "##"
    blocks = [f"# {_escaped(say(document.title))}"]
    for part in document.shown:
        if isinstance(part, Heading):
            blocks.append(f"## {_escaped(say(part.text))}")
        elif isinstance(part, Table):
            headings, rows = texts_of(part, say)
            written = [
                [
                    f"**{_escaped(text)}**" if isinstance(cell, Marked) else _escaped(text)
                    for text, cell in zip(texts, row, strict=True)
                ]
                for texts, row in zip(rows, part.lines, strict=True)
            ]
            blocks += [f"{caption} {_escaped(say(part.title))}"] if part.title else []
            blocks.append(
                tabulate(
                    written,
                    [_escaped(heading) for heading in headings],
                    tablefmt="pipe",
                    colalign=[_alignment(column) for column in part.columns],
                    disable_numparse=True,
                )
            )
        else:
            blocks.append(_escaped(say(part)))
    return "\n\n".join(blocks)


_SIGNS = re.compile(r"[\\`*_\[\]<>|#$~&]")


def _escaped(text: str) -> str:
    """Write a text so that Markdown takes it for a text."""
    return _SIGNS.sub(r"\\\g<0>", text)


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1.5rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
main { overflow-x: auto; }
figure { max-width: 30rem; margin: 1rem 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: inherit; }
tfoot td { font-weight: 600; }
h2 { margin-top: 2.5rem; font-size: 1.2rem; }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  th, td { padding: .15rem .5rem; }
  tr, p, table:not(:has(tr:nth-child(10))) { break-inside: avoid; }
  .s { white-space: nowrap; }
  h1, h2, caption { break-after: avoid; }
  tfoot { display: table-row-group; }
}
"""  # noqa: E501 - a style sheet


def page(
    document: Document,
    lang: str = "da",
    *,
    refresh: int | None = None,
    picture: str = "",
    links: Mapping[str, str] = FrozenDict(),
) -> str:
    """Write a document as a page of its own, with what a page alone can have.

    Args:
        document: what to write.
        lang: "da" or "en".
        refresh: after how many seconds the page is to be read again by itself; None for never.
        picture: a picture as SVG, which stands before the rest.
        links: name -> address of other pages: the names of rows lead there, and others are listed at the end.
    """
    return with_picture(_html(document, language(lang), refresh=refresh, links=links), picture)


def with_picture(html: str, picture: str) -> str:
    """Put a picture, as SVG, below the title of a page or a fragment."""
    if not picture:
        return html
    begin = html.index("</h1>") + 5 if "</h1>" in html else html.index("</p>") + 4
    return f"{html[:begin]}\n<figure>{picture[picture.index('<svg') :].strip()}</figure>{html[begin:]}"


def _html(
    document: Document,
    say: Language,
    *,
    refresh: int | None = None,
    links: Mapping[str, str] = FrozenDict(),
) -> str:
    page = ET.Element("html", lang=say.code)
    head = ET.SubElement(page, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    if refresh is not None:
        ET.SubElement(head, "meta", {"http-equiv": "refresh", "content": str(refresh)})
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    ET.SubElement(head, "title").text = say(document.title)
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(ET.SubElement(page, "body"), "main")
    ET.SubElement(body, "h1").text = say(document.title)
    _add_parts(body, document, say, {"class": "n"}, {}, "h2")
    named = {cell.text: cell for cell in body.iter("th") if cell.get("scope") == "row"}
    for name in links.keys() & named.keys():
        ET.SubElement(named[name], "a", href=links[name]).text, named[name].text = name, None
    if others := [name for name in links if name not in named]:
        items = ET.SubElement(ET.SubElement(body, "nav"), "ul")
        for name in others:
            ET.SubElement(ET.SubElement(items, "li"), "a", href=links[name]).text = name
    return "<!DOCTYPE html>\n" + _markup(page)


_SHORT = 24
"""A text of so many signs stays on one line of a printed table, such as a name."""
_NUMBER = {"style": "padding: 0.1em 0.75em 0.1em 0; text-align: right; font-variant-numeric: tabular-nums"}
_TEXT = {"style": "padding: 0.1em 0.75em 0.1em 0; text-align: left"}


def _fragment(document: Document, say: Language) -> str:
    """Write a document as HTML to stand inside another page, such as a notebook: no head, no style sheet, no script.

    It takes the colours of the page it stands in.
    """
    root = ET.Element("div", lang=say.code)
    title = ET.SubElement(ET.SubElement(root, "p"), "strong")
    title.text = say(document.title)
    _add_parts(root, document, say, _NUMBER, _TEXT, "h4")
    return _markup(root)


def _markup(root: ET.Element) -> str:
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", method="html")


def _add_parts(
    parent: ET.Element, document: Document, say: Language, number: dict[str, str], text: dict[str, str], heading: str
) -> None:
    name = say(document.title)
    for part in document.shown:
        if isinstance(part, Heading):
            ET.SubElement(parent, heading).text = name = say(part.text)
        elif isinstance(part, Table):
            styles = [text if column.kind is Kind.TEXT else number for column in part.columns]
            parent.append(_html_table(part, say, name, styles))
        else:
            ET.SubElement(parent, "p").text = say(part)


def _html_table(table: Table, say: Language, name: str, styles: list[dict[str, str]]) -> ET.Element:
    """Write a table that has a name, and whose columns and rows are named by header cells; a row by its first cell."""
    headings, rows = texts_of(table, say)
    element = ET.Element("table", {} if table.title else {"aria-label": name})
    if table.title:
        ET.SubElement(element, "caption").text = say(table.title)
    line = ET.SubElement(ET.SubElement(element, "thead"), "tr")
    for heading, style in zip(headings, styles, strict=True):
        ET.SubElement(line, "th", {"scope": "col", **style}).text = heading
    body = ET.SubElement(element, "tbody")
    foot = ET.SubElement(element, "tfoot") if table.total else body
    for place, (row, texts) in enumerate(zip(table.lines, rows, strict=True)):
        line = ET.SubElement(body if place < len(table.rows) else foot, "tr")
        for column, (cell, text, of_column) in enumerate(zip(row, texts, styles, strict=True)):
            style = of_column or ({"class": "s"} if len(text) <= _SHORT else {})
            written = (
                ET.SubElement(line, "td", style) if column else ET.SubElement(line, "th", {"scope": "row", **style})
            )
            if isinstance(cell, Marked):
                written = ET.SubElement(written, "strong")
            written.text = text
    return element


def _json(document: Document, say: Language) -> str:
    tables = {table.key: records(table, say) for table in document.data}
    texts = [say(part) for part in document.shown if not isinstance(part, Heading | Table)]
    told = {"title": say(document.title), "text": texts, **tables}
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)  # a Fraction is text


def _csv(document: Document, say: Language) -> str:
    """Write the first table as a spreadsheet of the language expects it: Danish ones split at semicolons."""
    if not document.data:
        return ""
    table = document.data[0]
    danish = say.code == "da"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if danish else ",", lineterminator="\n")
    writer.writerow([_no_formula(say(column.heading)) for column in table.columns])
    for record in records(table, say):
        cells = [say.cell(cell) if isinstance(cell, bool) else cell for cell in record.values()]
        decimals = [float(cell) if isinstance(cell, Fraction) else _no_formula(cell) for cell in cells]
        writer.writerow(
            [str(cell).replace(".", ",") if isinstance(cell, float) and danish else cell for cell in decimals]
        )
    return out.getvalue()


def _no_formula(cell: Plain) -> Plain:
    """Write a text so that a spreadsheet takes it for a text: an apostrophe goes before what would be a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


FORMATS: dict[str, Callable[[Document, Language], str]] = {
    "table": _text,
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "fragment": _fragment,
    "json": _json,
    "csv": _csv,
}
"""The formats that :func:`render` writes."""
