"""Results in a notebook: they show themselves as tables, and never stand in the way."""

import json
import re
import subprocess
import sys

import pytest
from IPython.core.formatters import DisplayFormatter

from kommunalvalg import ElectionError, data, dhondt, elect_council
from kommunalvalg.report import notebook
from kommunalvalg.results import KINDS, ResultKind

FRESH = "import sys, json; {before}\nfrom kommunalvalg import dhondt\nresult = dhondt({{'A': 2, 'B': 1}}, 3)\n{then}"


def run(before: str, then: str) -> str:
    """Run code in a fresh Python, with something done before this library is imported, and return what it prints."""
    code = FRESH.format(before=before, then=then)
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own code


def test_ipython_shows_a_table() -> None:
    """What IPython takes for display is HTML and Markdown beside the text."""
    shown, _metadata = DisplayFormatter().format(dhondt({"A": 11, "B": 8}, 3))  # type: ignore[no-untyped-call]
    assert "<table" in shown["text/html"]
    assert "| A " in shown["text/markdown"]
    assert shown["text/plain"].startswith("Allocation(")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_result_shows_itself(kind: ResultKind) -> None:
    """All the kinds of results have the method that notebooks ask for."""
    assert callable(kind.result_class._repr_html_)  # type: ignore[attr-defined]  # every result has it


def test_the_html_fits_light_and_dark_pages() -> None:
    """The HTML has no script, no style sheet and no colour of its own, and names its tables, rows and columns."""
    page = notebook.shown(elect_council(data.council("kv2025", "Fanø")), "fragment") or ""
    assert not re.search(r"<script|<style|color|background", page)
    tables = page.count("<table")
    assert len(re.findall(r"<table aria-label=|<caption>", page)) == tables
    assert page.count('scope="col"') > tables
    assert page.count('scope="row"') > 11


def test_the_language_can_be_chosen() -> None:
    """Results show themselves in Danish, or in English when that is asked for."""
    result = dhondt({"A": 11, "B": 8}, 3)
    try:
        notebook.show_in("en")
        assert "Votes" in (result._repr_html_() or "")
        with pytest.raises(ElectionError, match="'sv'; the languages are da, en"):
            notebook.show_in("sv")
    finally:
        notebook.show_in()
    assert "Stemmer" in (result._repr_html_() or "")


def test_it_comes_by_itself_where_ipython_runs() -> None:
    """A result can show itself at once, and nothing is brought in before it does."""
    then = "print(json.dumps([hasattr(result, '_repr_html_'), 'babel' in sys.modules]))"
    assert json.loads(run("", then)) == [True, False]


@pytest.mark.parametrize("missing", ["babel", "tabulate"])
def test_a_missing_library_breaks_nothing(missing: str) -> None:
    """Where a library of the reports is missing, a result shows itself as text."""
    before = f"sys.modules['{missing}'] = None"
    assert json.loads(run(before, "print(json.dumps([result._repr_html_(), result.seats]))")) == [
        None,
        {"A": 2, "B": 1},
    ]
