"""A document as a Word file: real headings, tables and styles, on A4, for a secretariat to go on with."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kommunalvalg.errors import MissingExtraError
from kommunalvalg.files.writing import undated
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.documents import Document, Heading, Kind, Marked, Said, Table
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.rendering import texts_of

if TYPE_CHECKING:
    from docx.document import Document as WordFile

__all__ = ["docx"]

_WIDTH, _HEIGHT, _MARGIN = 210, 297, 20
"""A4 and its margins, in millimetres."""
_FONT = "Calibri"
_TEXT_SIZE, _TABLE_SIZE = 10.5, 9
_SIGN, _BOLD_SIGN = 1.95, 2.2
"""How wide a sign of a table is, and one of its headings, in millimetres; also where another font stands in."""
_NARROW = 12
"""How narrow a column of a table may be, in millimetres."""
_PADDING = 5
_SHORT = 12
"""A table of so many rows stands on one page."""


def docx(document: Document, lang: str = "da") -> bytes:
    """Write a document as a Word file (.docx).

    The title, headings and captions have Word's own styles, so that a table of contents can be made; each table repeats
    its headings on the next page, and no row is broken.

    Args:
        document: what to write.
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such language.
        MissingExtraError: the extra ``docx`` is not installed.

    >>> from kommunalvalg import dhondt
    >>> from kommunalvalg.report import document
    >>> docx(document(dhondt({"A": 11, "B": 8}, 3)), "en")[:2]
    b'PK'
    """
    try:
        from docx import Document as NewFile  # noqa: PLC0415 - an optional library
    except ImportError:
        raise MissingExtraError("Word files", "python-docx", "docx") from None
    say = language(lang)
    file = NewFile()
    _set_up(file, say)
    shown = with_acts(document)
    file.core_properties.title = say(shown.title)
    file.add_heading(say(shown.title), level=0)
    for part in shown.parts:
        if isinstance(part, Heading):
            file.add_heading(say(part.text), level=1)
        elif isinstance(part, Table):
            _add_table(file, part, say)
        elif isinstance(part, Said):
            file.add_paragraph(style="Kommunalvalg said").add_run(_together(say(part.text))).bold = True
        else:
            file.add_paragraph(_together(say(part)))
    out = BytesIO()
    file.save(out)
    return undated(out.getvalue())


def _together(text: str) -> str:
    """Keep a provision on one line: no short name of an act, no "§" and no "stk." at its end."""
    return _OF_ACT.sub("\u00a0§", text.replace("§ ", "§\u00a0").replace("stk. ", "stk.\u00a0"))


_OF_ACT = re.compile("(?<=[A-Z]) §")


# The page and its styles


def _set_up(file: "WordFile", say: Language) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415

    section = file.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    normal: Any = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_TEXT_SIZE)
    normal.paragraph_format.space_after = Pt(6)
    code = {"da": "da-DK", "en": "en-GB"}[say.code]
    file.core_properties.language = code
    element = normal.element.get_or_add_rPr()
    spoken = element.makeelement(qn("w:lang"), {qn("w:val"): code})
    element.append(spoken)  # else the spelling is checked in the language of whoever opens it
    for name, size in (("Title", 20), ("Heading 1", 14), ("Caption", _TEXT_SIZE)):
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)  # a theme's font would come before the style's own
        style.paragraph_format.keep_with_next = True
    said: Any = file.styles.add_style("Kommunalvalg said", WD_STYLE_TYPE.PARAGRAPH)
    said.base_style = normal
    said.paragraph_format.keep_with_next = True
    _number_pages(file)


def _number_pages(file: "WordFile") -> None:
    """Write the number of each page at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    foot = file.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = foot.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - a field has no other door


# The tables


def _add_table(file: "WordFile", table: Table, say: Language) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    if table.title:
        file.add_paragraph(say(table.title), style="Caption")
    headings, rows = texts_of(table, say)
    written: Any = file.add_table(rows=0, cols=len(headings), style="Table Grid")
    written.alignment = WD_TABLE_ALIGNMENT.LEFT
    written.autofit = False
    widths = [Mm(width) for width in _widths(headings, rows)]
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    for line, texts in enumerate([headings, *rows]):
        row = written.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - a row has no other door
        properties.append(OxmlElement("w:cantSplit"))
        if not line:
            heading = OxmlElement("w:tblHeader")
            heading.set(qn("w:val"), "true")
            properties.append(heading)
        source = table.lines[line - 1] if line else ()
        bold = not line or (table.total is not None and line == len(rows))
        whole = line < len(rows) <= _SHORT
        for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = width
            marked = bool(source) and isinstance(source[place], Marked)
            _write_cell(cell, text, table.columns[place].kind, bold=bold or marked, head=not line)
            cell.paragraphs[0].paragraph_format.keep_with_next = whole or not line
    file.add_paragraph()


def _write_cell(cell: Any, text: str, kind: Kind, *, bold: bool, head: bool) -> None:  # noqa: ANN401 - a cell of python-docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if kind is Kind.TEXT else WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_together(text))
    run.bold, run.font.size = bold, Pt(_TABLE_SIZE)
    if head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E8ECEF")
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - a cell has no other door


def _widths(headings: list[str], rows: list[list[str]]) -> list[float]:
    """Give each column as much room as its texts need; where the page is too narrow, no word is broken if it can be."""
    page = _WIDTH - 2 * _MARGIN
    columns = [[row[place] for row in rows] for place in range(len(headings))]
    words = [
        max(_longest(heading.split()) * _BOLD_SIGN, _longest(" ".join(texts).split()) * _SIGN) + _PADDING
        for heading, texts in zip(headings, columns, strict=True)
    ]
    least = [max(_NARROW, word) for word in words]
    wanted = [max(width, _longest(texts) * _SIGN + _PADDING) for width, texts in zip(least, columns, strict=True)]
    over, spare = sum(wanted) - page, sum(wanted) - sum(least)
    if over <= 0:
        return wanted
    if spare < over:  # not even the words fit
        return [width * page / sum(least) for width in least]
    return [width - (width - word) * over / spare for width, word in zip(wanted, least, strict=True)]


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)
