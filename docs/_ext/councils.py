# ruff: noqa: INP001 - a folder of extensions is no package
"""A page for each council of the election of 2025, in Danish, made of the figures when the others are made.

Every page has the result, the half circle, the last seat, what the seats hang on, what the alliances did, the lots as
they fell and the elected by their place on the ballot, and opens in the calculator. They are found by the search too.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import attrs
from answers import in_page
from findable import let_find
from sphinx.application import Sphinx

from kommunalvalg import data, report
from kommunalvalg.analysis.margins import last_seat, margins
from kommunalvalg.analysis.what_if import without_alliances
from kommunalvalg.report.analysis import last_told
from kommunalvalg.report.language import language

FOLDER = "kommuner"
ELECTIONS = {"kv2025": "Kommune", "rv2025": "Region"}


@attrs.frozen
class Council:
    """A council, and where its page is."""

    election: str
    name: str
    code: int | None

    @property
    def title(self) -> str:
        """How it is called in full."""
        kind = ELECTIONS[self.election]
        return f"{kind} {self.name}" if kind == "Region" else f"{self.name} {kind}"

    @property
    def page(self) -> str:
        """The name of its page, in letters that an address takes as they are."""
        plain = self.title.casefold().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))
        return f"{FOLDER}/{re.sub(r'[^a-z0-9]+', '-', plain)}"


def councils() -> list[Council]:
    """Give all councils and regions, by name as Danish sorts."""
    found = [
        Council(election, name, data.counts(election, name).code)
        for election in ELECTIONS
        for name in data.councils(election)
    ]
    return sorted(found, key=lambda each: (each.election, [_LETTERS.find(sign) for sign in each.name.casefold()]))


_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"


def fragment(result: object) -> str:
    """Write a result in full as a part of a page."""
    return in_page(report.render(report.document(result), "fragment", "da"))


def body(council: Council) -> str:
    """Write the page of a council."""
    result = data.result(council.election, council.name)
    election, say = result.case, language("da")
    found = margins(election)
    last = last_seat(election)
    among = tuple(key for key in last.holders if found.lists[key].seats < found.lists[key].most)
    name = council.code if council.code is not None else council.name
    parts = [
        f"<h1>{escape(council.title)}: valget 2025</h1>",
        f"<p>{election.seats} mandater. {_turnout(council)}</p>",
        f'<p><a href="../beregner/index.html#{council.election}/{name}">Åbn i beregneren</a>, og ret i tallene.</p>',
        f'<div class="council-picture">{report.half_circle_svg(result, "da")}</div>',
        "<h2>Resultatet</h2>",
        in_page(report.render(report.summary(result), "fragment", "da")),
        "<h2>Det sidste mandat</h2>",
        f"<p>{escape(say(last_told(last, among)))}</p>",
        "<h2>Hvor sikre mandaterne er</h2>",
        fragment(found),
    ]
    if election.alliances:
        parts += ["<h2>Hvad valgforbundene gjorde</h2>", fragment(without_alliances(election))]
    parts += ["<h2>Lodtrækninger</h2>", *_lots(result)]
    parts += [
        "<h2>Begrundelsen</h2>",
        f"<details><summary>Hvert skridt, med bestemmelserne</summary>{fragment(result)}</details>",
        "<p>Kandidaterne er nævnt ved deres plads på stemmesedlen: A-3 er den tredje på liste A.</p>",
    ]
    return "\n".join(parts)


def _turnout(council: Council) -> str:
    counts = data.counts(council.election, council.name)
    if counts.cast is None or not counts.eligible:
        return f"{_number(counts.valid)} gyldige stemmer. "
    share = f"{100 * counts.cast / counts.eligible:.1f}".replace(".", ",")
    return f"{_number(counts.cast)} stemte, {share}\u00a0% af {_number(counts.eligible)}. "


def _number(value: int) -> str:
    return language("da").cell(value)


def _lots(result: Any) -> Iterator[str]:  # noqa: ANN401 - the result of a council
    if not result.draws:
        yield "<p>Ingen.</p>"
        return
    for draw in result.draws:
        among, chosen = ", ".join(draw.among), ", ".join(draw.chosen)
        place = f"{draw.tie.place.text.said('da')}: " if draw.tie and draw.tie.place else ""
        yield f"<p>{escape(place)}mellem {escape(among)}; {escape(chosen)} vandt.</p>"


def index(all_councils: list[Council]) -> str:
    """Write the list of all councils, with a field that narrows it."""
    items = "\n".join(
        f'<li data-name="{escape(each.title.casefold())} {each.code or ""}">'
        f'<a href="{each.page.removeprefix(FOLDER + "/")}.html">{escape(each.title)}</a>'
        f"{f' <span>{each.code}</span>' if each.code else ''}</li>"
        for each in all_councils
    )
    return (
        "<h1>Alle kommuner og regioner: valget 2025</h1>\n"
        "<p>98 kommuner og 4 regioner, hver med resultatet, det sidste mandat, marginerne, valgforbundenes virkning, "
        'lodtrækningerne og de valgte. <a href="../beregner/index.html">Til beregneren</a>.</p>\n'
        '<p><label for="narrow">Søg efter navn eller kommunekode</label><br>\n'
        '<input type="search" id="narrow" autocomplete="off"></p>\n'
        '<p role="status" id="narrowed"></p>\n'
        f'<ul id="councils" class="councils">\n{items}\n</ul>\n'
        '<script src="../_static/councils.js"></script>'
    )


def choice(all_councils: list[Council]) -> str:
    """Write the line of the first page in which a council is chosen, to be opened in the calculator."""
    options = "".join(
        f'<option value="{each.election}/{escape(each.name)}">{each.title}</option>' for each in all_councils
    )
    return (
        '<form class="doors" id="choose" action="beregner/en.html">\n'
        '<label for="choose-council">Begin with the votes of 2025 in</label>\n'
        f'<select id="choose-council" lang="da">{options}</select>\n'
        '<button class="door">Open</button>\n</form>\n'
    )


def write_choice(_app: Sphinx) -> None:
    """Write that line where the first page takes it from."""
    folder = Path(__file__).parent.parent / "_schema"
    folder.mkdir(exist_ok=True)
    (folder / "choice.html").write_text(choice(councils()), encoding="utf-8")


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the pages to Sphinx, and their words to the search."""
    if app.builder.format != "html":
        return
    found = councils()
    for each in found:
        text = f"{each.title}: valget 2025"
        words = f"{each.title} {each.code or ''} valgresultat mandater valgforbund margin"
        let_find(app, each.page, text, words, "result")
        described = f"{text}. Mandater, det sidste mandat, marginer, valgforbund, lodtrækninger og de valgte."
        yield each.page, {"title": text, "body": body(each), "language": "da", "description": described}, "page.html"
    described = "98 kommuner og 4 regioner, hver med resultatet af valget 2025 og dets begrundelse."
    title = "Alle kommuner og regioner"
    yield (
        f"{FOLDER}/index",
        {"title": title, "body": index(found), "language": "da", "description": described},
        "page.html",
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the pages when the others are made."""
    app.connect("builder-inited", write_choice)
    app.connect("html-collect-pages", collect)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
