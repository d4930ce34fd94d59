# ruff: noqa: INP001 - a folder of extensions is no package
"""What stands around the text of a page: in Danish around a Danish one, folded where it is long, and never torn apart.

The theme has one language for all pages. A page that is marked ``language-da`` gets its words in Danish, its ``lang``,
and a side panel that begins with the Danish pages.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WORDS = {
    'aria-label="All pages"': 'aria-label="Alle sider"',
    'aria-label="On this page"': 'aria-label="På denne side"',
    'aria-label="The documentation"': 'aria-label="Dokumentationen"',
    'aria-label="Toggle site navigation sidebar"': 'aria-label="Vis eller skjul menuen"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="Vis eller skjul sidens indhold"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="Skift mellem lyst, mørkt og automatisk"',
    'placeholder="Search" name="q" aria-label="Search"': 'placeholder="Søg" name="q" aria-label="Søg"',
    'href="#furo-main-content">Skip to content': 'href="#furo-main-content">Gå til indholdet',
    "<span>Back to top</span>": "<span>Til toppen</span>",
    "<span>Next</span>": "<span>Næste</span>",
    "<span>Previous</span>": "<span>Forrige</span>",
    '<div class="title">Home</div>': '<div class="title">Forsiden</div>',
    'aria-label="Toggle navigation of ': 'aria-label="Vis eller skjul siderne under ',
    "On this page\n": "På denne side\n",
    'title="Link to this heading"': 'title="Link til denne overskrift"',
    "Made with ": "Lavet med ",
    '">Sphinx</a> and ': '">Sphinx</a> og ',
}
"""The theme's words, each with so much around it that it is no word of a page."""

CAPTION = "På dansk"
"""The part of the side panel that has the Danish pages."""

_PART = re.compile(
    r'<p class="caption"[^>]*><span class="caption-text">(.*?)</span></p>\s*(<ul.*?</ul>)(?=\s*(?:<p |$))', re.DOTALL
)
_TORN = re.compile(r"(§§?|\b(?:stk|nr|pkt)\.|\blitra) (?=\d|[a-z]\b)")
_WHOLE = re.compile(r'<span class="pre">(?=-|[A-Z]{2,}-)')


def dress(_app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page what stands around its text, and keep together in it what belongs together."""
    danish = context.get("language") == "da" or _is_danish(doctree)
    context["language"] = "da" if danish else "en"
    context["in_its_language"] = in_danish if danish else str
    to = context["pathto"]
    doors = [
        ("beregner/index.html" if danish else "beregner/en.html", "Valgberegneren" if danish else "The calculator"),
        ("kommuner/index.html", "98 kommuner og 4 regioner" if danish else "98 councils, 4 regions (Danish)"),
    ]
    links = "".join(
        f'<li class="toctree-l1{" current-page" if page == at.removesuffix(".html") else ""}">'
        f'<a class="reference internal" href="{to(at, 1)}">{title}</a></li>'
        for at, title in doors
    )
    context["furo_navigation_tree"] = folded(context.get("furo_navigation_tree", ""), links, danish=danish)
    if "body" in context:
        context["body"] = whole(context["body"])


def _is_danish(doctree: nodes.document | None) -> bool:
    return doctree is not None and any("language-da" in each["classes"] for each in doctree.findall(nodes.section))


def in_danish(page: str) -> str:
    """Say the theme's words in Danish."""
    for english, danish in WORDS.items():
        page = page.replace(english, danish)
    return page


def folded(tree: str, links: str, *, danish: bool) -> str:
    """Fold the parts of the side panel: open are the one that the page is in, or the first, and the Danish one here."""
    parts = _PART.findall(tree)
    if danish:
        parts.sort(key=lambda part: part[0] != CAPTION)
    opened = {title for title, items in parts if "current" in items}
    opened |= {CAPTION} if danish else set() if opened else {parts[0][0]} if parts else set()
    part = '<details class="part"{}{}><summary>{}</summary>{}</details>'
    return f"<ul>{links}</ul>" + "".join(
        part.format(" open" if title in opened else "", _language(title, danish=danish), title, items)
        for title, items in parts
    )


def _language(title: str, *, danish: bool) -> str:
    """Say in which language a part's titles are, where that is not the page's."""
    return "" if danish == (title == CAPTION) else f' lang="{"en" if danish else "da"}"'


def whole(body: str) -> str:
    r"""Let no line end between "stk." and its number, or within an option or the id of a rule.

    >>> whole("KSL § 27, stk. 1")
    'KSL §\xa027, stk.\xa01'
    """
    parts = re.split(r"(<pre.*?</pre>|<[^>]+>)", body, flags=re.DOTALL)
    kept = (part if part.startswith("<") else _TORN.sub("\\1\u00a0", part) for part in parts)
    return _WHOLE.sub('<span class="pre whole">', "".join(kept))


def setup(app: Sphinx) -> dict[str, bool]:
    """Dress each page after the theme has."""
    app.connect("html-page-context", dress, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
