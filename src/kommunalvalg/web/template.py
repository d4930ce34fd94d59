"""The calculator's page: one template, its words from the catalogue, its forms as :mod:`.forms` has them."""

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from json import dumps
from string import Template
from typing import Literal

from kommunalvalg.elections import compositions
from kommunalvalg.elections.embedded import rows
from kommunalvalg.files.plain import Plain
from kommunalvalg.law import cited
from kommunalvalg.text import N_, said
from kommunalvalg.text import text as _
from kommunalvalg.web.answers import reply
from kommunalvalg.web.forms import TABS, Field, Grid, Holds, Tab
from kommunalvalg.web.sheets import MOST_ROWS, MOST_SIGNS, examples, opened

__all__ = ["EXAMPLE", "FILES", "page", "static_files"]

EXAMPLE = "kv2025/563"
"""The first example: a council small enough to be read at a glance, with alliances."""

FILES = {
    "calc.css": "text/css; charset=utf-8",
    "calc.js": "text/javascript; charset=utf-8",
    "worker.js": "text/javascript; charset=utf-8",
    "python.mjs": "text/javascript; charset=utf-8",
    "seats.svg": "image/svg+xml",
}
"""The files beside the page, and what they are."""

_WORDS = {
    "title": N_("Calculator: Danish municipal elections"),
    "heading": N_("Calculator"),
    "intro": N_(
        "Seats, KKR, committees and posts, computed as the law has them, with the reasons. "
        "Nothing that you write leaves this machine."
    ),
    "tabs": N_("What is to be computed"),
    "given": N_("What is given"),
    "result": N_("What comes out"),
    "choose_council": N_("Council or region, 2025"),
    "choose_kkr": N_("KKR, 2026"),
    "choose": N_("Choose…"),
    "municipalities": N_("Municipalities"),
    "regions": N_("Regions"),
    "empty": N_("Begin empty"),
    "nothing": N_("What comes out stands here as soon as the form is filled in."),
    "show_example": N_("Show an example"),
    "undo": N_("Undo"),
    "remove_row": N_("Remove row {number}"),
    "cell": N_("{column}, row {number}"),
    "paste": N_("Paste or drop a table anywhere on the page: a name and a number on each line, or a CSV file."),
    "pasted": N_("{count} rows were read."),
    "choose_file": N_("Choose a file…"),
    "seats": N_("Seats"),
    "votes": N_("Votes"),
    "list": N_("List"),
    "awaits_lot": N_("awaits a lot"),
    "lot_open": N_("A lot is open"),
    "lot_people": N_(
        "The lot is drawn by people, as the law says; this page draws none. Enter the outcome when it has been drawn. "
        "The seats shown are those that no lot can change."
    ),
    "who_won": N_("Who won?"),
    "who_won_several": N_("Who won? Choose {places}."),
    "enter_lot": N_("Enter the outcome"),
    "lots_entered": N_("Lots entered"),
    "lot_notice": N_("This result rests on the lots that were entered here."),
    "remove_lot": N_("Take it out"),
    "remove_lots": N_("Take the entered lots out"),
    "lot_misfit": N_("A lot that was entered does not fit the figures any more."),
    "last_seat": N_("The last seat"),
    "apart": N_("Without alliances"),
    "reasons": N_("Why: every step"),
    "alliances": N_("What the alliances did"),
    "margins": N_("How firm the seats are"),
    "minutes": N_("Words for the minutes"),
    "copy": N_("Copy"),
    "copied": N_("Copied."),
    "copy_link": N_("Copy link"),
    "link_copied": N_("The link is copied. It holds everything that stands in the form."),
    "link_above": N_("The link stands in the browser's address line. It holds everything that stands in the form."),
    "print": N_("Print"),
    "download": N_("Download"),
    "picture": N_("Picture (SVG)"),
    "workbook": N_("Workbook (Excel)"),
    "page_file": N_("Page (HTML)"),
    "computing": N_("Computing…"),
    "starting": N_("The calculator is starting; the example below is ready."),
    "ready": N_("Ready."),
    "failed": N_("The calculator has stopped: {why}"),
    "slow": N_("no answer came"),
    "restart": N_("Start again"),
    "later_link": N_("This link is of a later version of the calculator; it cannot be read here."),
    "broken_link": N_("This link is broken; a part of it may be missing."),
    "stale": N_("Below is the last answer, of the figures before."),
    "fix": N_("Something is wrong in the form:"),
    "needs_script": N_("The calculator needs JavaScript. The same is computed by the command kommunalvalg."),
    "missing_engine": N_(
        "This copy of the page was built without what computes in the browser. Run “kommunalvalg beregner” instead."
    ),
    "all_councils": N_("All councils"),
    "documentation": N_("Documentation"),
    "source_note": N_("The figures of 2025 are the official ones; what you change is yours."),
}
"""What stands on the page."""


@cache
def _folder_text(name: str) -> str:
    return files("kommunalvalg.web").joinpath("static", name).read_text(encoding="utf-8")


def static_files() -> dict[str, str]:
    """Give the files beside the page: name -> text.

    >>> sorted(static_files())
    ['calc.css', 'calc.js', 'python.mjs', 'seats.svg', 'worker.js']
    """
    return {name: _folder_text(name) for name in FILES}


def page(
    lang: str = "da",
    *,
    engine: Literal["server", "worker", ""] = "server",
    other: str = "en",
    links: Mapping[str, str] | None = None,
) -> str:
    """Write the page in a language.

    Args:
        lang: "da" or "en".
        engine: what computes: the server that the page comes from, a worker in the browser, or nothing, which it says.
        other: the address of the page in the other language.
        links: further addresses by word, such as "all_councils" and "documentation".

    >>> "<title>Calculator: Danish municipal elections</title>" in page("en")
    True
    """
    words = {key: _wording(message, lang) for key, message in _WORDS.items()}
    words["other_language"] = "English" if lang == "da" else "Dansk"
    sheet = opened(EXAMPLE)
    settings: dict[str, Plain] = {
        "lang": lang,
        "engine": engine,
        "words": words,
        "most": {"rows": MOST_ROWS, "signs": MOST_SIGNS},
        "tabs": {tab.key: _described(tab, lang) for tab in TABS.values()},
        "examples": {**examples(), "seats": sheet},
        "example": {"name": EXAMPLE, "sheet": sheet, "answer": reply({"do": "answer", "sheet": sheet}, lang)},
    }
    shown = {key: escape(word) for key, word in words.items()}
    return Template(_folder_text("page.html")).substitute(
        shown,
        lang=lang,
        other=escape(other, quote=True),
        other_lang="en" if lang == "da" else "da",
        links="".join(
            f'<a href="{escape(address, quote=True)}">{shown[word]}</a>' for word, address in (links or {}).items()
        ),
        councils="".join(_options("kv2025")),
        region_options="".join(_options("rv2025")),
        kkrs="".join(
            f'<option value="kkr/{name}">{escape(compositions.kkr(name).case.name)}</option>'
            for name in compositions.kkrs()
        ),
        tab_buttons="".join(_tab_button(tab, lang) for tab in TABS.values()),
        panels="".join(_panel(tab, lang) for tab in TABS.values()),
        # Nothing in the page's data may end the element that it stands in.
        settings=dumps(settings, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _options(election: str) -> Iterator[str]:
    for row in sorted(rows(election), key=lambda row: _alphabetic(row.name)):
        yield f'<option value="{election}/{escape(row.name)}">{escape(row.name)}</option>'


def _alphabetic(name: str) -> list[int]:
    """Sort as Danish does: æ, ø and å last."""
    return ["abcdefghijklmnopqrstuvwxyzæøå".find(letter) for letter in name.casefold()]


def _wording(message: str, lang: str) -> str:
    """Say a message of the page in a language, with the provisions of the rules that it cites."""
    return cited(said(_(message), lang))


def _described(tab: Tab, lang: str) -> Plain:
    """Describe a form for the script."""
    return {
        "fields": [_field(field, lang) for field in tab.fields],
        "grids": [
            {
                "key": grid.key,
                "label": _wording(grid.label, lang),
                "unnamed": _wording(grid.unnamed, lang),
                "columns": [_field(each, lang) for each in grid.columns],
            }
            for grid in tab.grids
        ],
    }


def _field(field: Field, lang: str) -> Plain:
    return {"key": field.key, "label": _wording(field.label, lang), "holds": str(field.holds), "among": field.among}


def _tab_button(tab: Tab, lang: str) -> str:
    label = escape(_wording(tab.label, lang))
    return (
        f'<button type="button" role="tab" id="tab-{tab.key}" aria-controls="panel-{tab.key}" '
        f'data-tab="{tab.key}">{label}</button>'
    )


def _panel(tab: Tab, lang: str) -> str:
    inside = "".join(_input(tab, field, lang) for field in tab.fields)
    inside += "".join(
        f'<fieldset><legend>{escape(_wording(grid.label, lang))}</legend><div data-grid="{grid.key}"></div>'
        f"{_hint(grid, lang)}</fieldset>"
        for grid in tab.grids
    )
    return (
        f'<div role="tabpanel" id="panel-{tab.key}" aria-labelledby="tab-{tab.key}" '
        f'data-panel="{tab.key}" hidden>{inside}</div>'
    )


def _hint(grid: Grid, lang: str) -> str:
    return f'<p class="hint">{escape(_wording(grid.hint, lang))}</p>' if grid.hint else ""


def _input(tab: Tab, field: Field, lang: str) -> str:
    name = f"{tab.key}-{field.key}"
    label = f'<label for="{name}">{escape(_wording(field.label, lang))}</label>'
    if field.among:
        choice = f'<select id="{name}" data-field="{field.key}" data-among="{field.among}"></select>'
        return f'<p class="field">{label}{choice}</p>'
    numeric = ' inputmode="numeric" class="count"' if field.holds is Holds.COUNT else ""
    wanted = ' aria-required="true"' if field.wanted else ""
    return (
        f'<p class="field">{label}<input id="{name}" data-field="{field.key}" autocomplete="off" '
        f'maxlength="{MOST_SIGNS}"{numeric}{wanted}></p>'
    )
