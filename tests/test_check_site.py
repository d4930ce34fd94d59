import asyncio
import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import check_calculator
import check_site
from playwright.async_api import async_playwright

BROWSER = next(filter(None, map(shutil.which, check_site.BROWSERS)), "")

PAGE = """<!doctype html>
<html lang="en">
<head><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1>{planted}</main></body>
</html>
"""

PLANTED = {
    "nothing": ("", None),
    "wide": ('<div style="width: 60em">wide</div>', "wider than the window: <div> wide (390 px dark, 390 px light)"),
    "hidden": (
        '<section style="overflow: hidden"><div style="width: 60em">wide</div></section>',
        "wider than the window: <div> wide (390 px dark, 390 px light)",
    ),
    "scrolling": ('<pre style="overflow: auto" tabindex="0"><b>' + 200 * "w" + "</b></pre>", None),
    "unreachable": ('<pre style="overflow: auto">' + 100 * "w" + "</pre>", "scrollable-region-focusable"),
    "faint": ('<p style="color: #bbb">faint</p>', "color-contrast"),
    "faint-in-the-dark": (
        "<style>@media (prefers-color-scheme: dark) { p { color: #bbb } }</style><p>faint</p>",
        "faint</p> (390 px dark)",
    ),
    "nameless": ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
    "elsewhere": ('<script src="http://example.org/script.js"></script>', "http://example.org/script.js is fetched"),
    "failing": ("<script>throw new Error('planted')</script>", "a script fails: planted"),
    "complaining": ("<script>console.error('planted')</script>", "planted"),
    "no-image": ('<img src="gone.png" alt="gone">', "gone.png shows nothing"),
    "no-page": ('<a href="gone.html">gone</a>', "links to gone.html, which is not there"),
    "no-place": ('<a href="nothing.html#gone">gone</a>', "links to nothing.html#gone, and there is no such place"),
    "linked": ('<a href="#here">here</a><p id="here">here</p><a href="nothing.html">a page</a>', None),
}


@pytest.mark.skipif(not BROWSER, reason="there is no Chromium")
def test_what_is_wrong_with_a_page_is_found(tmp_path: Path) -> None:
    """Each fault that is planted on a page is found there, and nothing is found where there is none."""
    for name, (planted, _) in PLANTED.items():
        (tmp_path / f"{name}.html").write_text(PAGE.format(planted=planted), "utf-8")

    async def look(site: check_site.Site) -> None:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=BROWSER)
            context = await browser.new_context()
            for page in site.pages():
                await check_site.look(site, page, context, None)
            await browser.close()

    with check_site.served(tmp_path) as site:
        asyncio.run(look(site))
        check_site.check_links(site)
    found = [f"{fault} ({', '.join(views)})" for fault, views in site.faults.items()]
    for name, (_, wanted) in PLANTED.items():
        here = [fault for fault in found if fault.startswith(f"{name}.html: ")]
        assert any(wanted in fault for fault in here) if wanted else here == [], (name, here)


def test_what_the_comparison_came_to_is_said_of_councils() -> None:
    """A council that is explained otherwise in one language counts once among those that are not the same."""
    assert "explains 102 of 102 councils" in check_calculator.sentence(204, [])
    different = ["kv2025/Fanø, da, fragment", "kv2025/Fanø, en, text"]
    assert "explains 101 of 102 councils" in check_calculator.sentence(204, different)
