"""The pages of the law map: a source is a link to where it can be read."""

import re
from html import unescape
from pathlib import Path

import pytest

from kommunalvalg import data

pytest.importorskip("sphinx")

ROOT = Path(__file__).parent.parent
LINK = re.compile(r'<a class="reference external" href="([^"]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    """The addresses and titles of the links of two pages: one with all sources, one with all rules."""
    from sphinx.application import Sphinx  # noqa: PLC0415 - an extra

    folder = tmp_path_factory.mktemp("law")
    pages = {"sources": "law-sources::", "rules": f"law-rules:: {' '.join(data.statutes())}"}
    for name, directive in pages.items():
        (folder / f"{name}.rst").write_text(f"Page\n====\n\n.. {directive}\n", encoding="utf-8")
    settings = {"root_doc": "sources", "extensions": ["sphinx.ext.autodoc", "law_map"], "smartquotes": False}
    built = folder / "built"
    with pytest.MonkeyPatch.context() as patch:
        for extensions in ("tools", "docs/_ext"):
            patch.syspath_prepend(ROOT / extensions)
        Sphinx(folder, None, built, built, "html", settings, status=None, warning=None).build()
    found = {name: LINK.findall((built / f"{name}.html").read_text(encoding="utf-8")) for name in pages}
    return {name: {(unescape(url), unescape(title)) for url, title in links} for name, links in found.items()}


@pytest.mark.parametrize("page", ["sources", "rules"])
def test_a_source_with_an_address_is_a_link(page: str, links: dict[str, set[tuple[str, str]]]) -> None:
    """The page of sources, and the rules that were read there, link the title of a source to its address."""
    cited = {key for rule in data.rules().values() for key in rule.sources}
    sources = [source for key, source in data.law_sources().items() if page == "sources" or key in cited]
    wanted = {(source.url, source.title) for source in sources if source.url}
    assert wanted
    assert links[page] >= wanted


def test_a_source_without_an_address_is_no_link(links: dict[str, set[tuple[str, str]]]) -> None:
    """The title of a source whose page was not found stands as text."""
    titles = {source.title for source in data.law_sources().values() if not source.url}
    assert titles
    assert not titles & {title for found in links.values() for _, title in found}
