"""Look at the built documentation as those who read it do: every page, in a real browser, on a phone and at a desk.

Each page is opened in headless Chromium at two widths and in both colour schemes. Nothing may fail to load or come
from another host; no page may scroll sideways; axe may find nothing serious; each link and anchor must lead somewhere.
The search must find what people look for, and the keyboard alone must do. Run it after Sphinx has built the pages;
the exit status tells whether anything is wrong.

Playwright drives a Chromium that is there already, such as Debian's, over that browser's own protocol: it waits for
what it clicks, speaks of colour schemes and failed requests, and needs no driver of the browser's very version, as
Selenium does. axe-core, the engine, comes within axe-playwright-python.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import sys
import time
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import attrs
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, BrowserContext, FloatRect, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from kommunalvalg.web.answers import reply

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PHONE, DESK = 390, 1440
HEIGHT = 900

SEARCHES = {
    "fordelingstal": "fordelingstal",
    "quota": "fordelingstal|quota",
    "§ 24": "KSL § 24|mayor",
    "§24": "KSL § 24|mayor",
    "valgforbund": "valgforbund",
    "dhondt": r"dhondt\(|d.Hondt",
    "lodtrækning": r"lodtrækning|\b[Ll]ots?\b",
    "KKR": "KKR|kommunekontaktråd",
    "Aarhus": "Aarhus",
    "borgmestervalg": "[Mm]ayor",
    "udvalgsposter": "committees",
    "beregner": "[Bb]eregner",
    "calculator": "[Cc]alculator",
    "excel": "konstituering|sekretariat|files|data",
    "lodtraekning": r"lodtrækning|\b[Ll]ots?\b|beregner",
}
"""What people look for, and what the heading of one of the first places that are found must say."""

FIRST = 3
"""The results that everybody looks at."""

FOREMOST = {"Aarhus", "beregner", "borgmestervalg", "calculator", "lodtraekning", "udvalgsposter"}
"""What people look for of which the very first place must be about it."""

SAMPLE = 4
"""So many of the pages that are made alike are looked at, the largest."""

ANSWER = 120_000
"""Milliseconds that the calculator may take until its first answer, on a machine that does other things too."""

GRAVE = {"serious", "critical"}
"""The impacts, by axe's word, that bar somebody from reading."""

STOPS = 400
"""More presses of the Tab key than it takes to come through a page's navigation."""

LINKS = """() => {
  const found = new Set();
  const all = (names, read) => document.querySelectorAll(names).forEach((node) => read(node).forEach((to) => {
    try { found.add(new URL(to, document.baseURI).href); } catch { found.add(to); }
  }));
  all("[href]", (node) => [node.getAttribute("href")]);
  all("[src]", (node) => [node.getAttribute("src")]);
  all("[srcset]", (node) => node.getAttribute("srcset").split(",").map((part) => part.trim().split(/\\s/)[0]));
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const names = [...document.querySelectorAll("a[name]")].map((node) => node.name);
  return { links: [...found], anchors: [...ids, ...names] };
}"""
"""Every address that a page names, and every place in it that an address may name."""

TOO_WIDE = """() => {
  const main = document.querySelector("[role=main], main") ?? document.body;
  const scrolls = (node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX);
  const name = (node) => [node.localName, ...node.classList].join(".");
  const describe = (node) => `<${name(node)}> ${node.textContent.trim().slice(0, 40)}`;
  const found = [];
  for (let node = main; node; node = node.parentElement)
    if (scrolls(node) && node.scrollWidth > node.clientWidth + 1) found.push(describe(node));
  for (const node of main.querySelectorAll("*")) {
    const box = node.getBoundingClientRect();
    if (!box.width || box.right <= innerWidth + 1) continue;
    let around = node.parentElement;
    while (around !== main && !scrolls(around)) around = around.parentElement;
    if (around === main) found.push(describe(node));
  }
  return found.slice(-1);
}"""
"""The innermost part of a page that is wider than the window and is not in a box that scrolls by itself.

The theme hides what sticks out of the page, and lets its column of text scroll as a whole; so the boxes around the
text are asked, and each part of it.
"""

PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

ENGLISH = """() => {
  if (document.documentElement.lang !== "da" || !document.querySelector(".sidebar-drawer")) return [];
  const names = [...document.querySelectorAll("[aria-label], [placeholder]")].map((node) =>
    `${node.ariaLabel ?? ""} ${node.getAttribute("placeholder") ?? ""}`);
  const around = [...document.querySelectorAll(".skip-to-content, .back-to-top, .toc-title, .page-info .context")];
  const said = [...names, ...around.map((node) => node.textContent)].join(" ");
  return said.match(/\\b(Search|On this page|Skip to|Back to|Toggle|Next|Previous|All pages)\\b/g) ?? [];
}"""
"""The theme's own words that stand in English around a Danish text."""

BROKEN_IMAGES = "() => [...document.images].filter((image) => image.complete && !image.naturalWidth).map((i) => i.src)"

AXE = """async (rules) => {
  const options = { resultTypes: ["violations"], preload: false };
  const colours = ["color-contrast", "link-in-text-block"];
  const others = Object.fromEntries(colours.map((rule) => [rule, { enabled: false }]));
  const some = rules ? { runOnly: rules } : { rules: others };
  const seen = new Map();
  const grounds = new Map();
  const ground = (node) => {
    if (!node) return "";
    if (!grounds.has(node)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(node);
      grounds.set(node, [ground(node.parentElement), backgroundColor, backgroundImage, opacity].join(" "));
    }
    return grounds.get(node);
  };
  for (const node of document.body.querySelectorAll("*")) {
    if (![...node.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim())) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(node);
    const parent = getComputedStyle(node.parentElement).color;
    const looks = [color, fontSize, fontWeight, textDecorationLine, node.localName, parent, ground(node)].join(" ");
    if (!seen.has(looks)) seen.set(looks, node);
  }
  const found = await axe.run(document, { ...options, ...some });
  const faint = seen.size
    ? await axe.run({ include: [...seen.values()] }, { ...options, runOnly: colours })
    : { violations: [] };
  return [...found.violations, ...faint.violations].map(
    ({ id, impact, nodes }) => ({ id, impact, times: nodes.length, html: nodes[0].html }),
  );
}"""
"""What axe finds, against some of its rules or against all.

What colours can do wrong is asked once of each look that text has on the page - colours, grounds, size -, since axe
takes a time for it that grows with the square of the page.
"""

HEADING = """(id) => {
  const place = id ? document.getElementById(id) : document.body;
  const heading = place?.matches("dt") ? place : place?.querySelector("h1, h2, h3, h4, h5, h6");
  return (heading ?? place)?.innerText.replace("¶", "").slice(0, 200) ?? "";
}"""
"""What the place that a link leads to is about: the term, or the heading, that stands there."""

FOCUSED = """() => {
  const node = document.activeElement;
  const inside = (names) => Boolean(node.closest(names));
  const kind = node === document.body ? "nothing"
    : node.name === "q" ? "search"
    : inside("[role=main], main") ? "content"
    : inside(".sidebar-drawer") && node.matches("a") && !inside(".sidebar-brand") ? "navigation"
    : node.matches("a[href^='#']") && inside(".skip-to-content") ? "skip"
    : node.id === "__navigation" ? "menu" : "other";
  return { kind, text: `<${node.localName}> ${(node.ariaLabel || node.textContent || node.name || "").trim()}` };
}"""
"""Which part of the page has the focus, and how to name it to a person."""


@attrs.frozen
class View:
    """A window that a page is seen in.

    Attributes:
        width: in CSS pixels.
        scheme: the colours that the reader prefers.
    """

    width: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        """Name it in a fault."""
        return f"{self.width} px {self.scheme}"


VIEWS = (View(DESK, "light"), View(DESK, "dark"), View(PHONE, "dark"), View(PHONE, "light"))

RULES: dict[View, list[str] | None] = {
    View(DESK, "light"): None,
    View(PHONE, "dark"): ["scrollable-region-focusable", "target-size"],
}
"""Where axe is asked, and which of its rules: all of them once, and once those for what the view changes.

What colours can do wrong is asked in both.
"""


@attrs.frozen
class Site:
    """The built pages, served on this computer.

    Attributes:
        folder: where they lie.
        address: where they are served, with the slash.
        faults: what is wrong, with the views in which it is.
        links: by page, the addresses that it names.
        anchors: by page, the places in it.
    """

    folder: Path
    address: str
    faults: dict[str, list[str]] = attrs.field(factory=dict)
    links: dict[str, list[str]] = attrs.field(factory=dict)
    anchors: dict[str, set[str]] = attrs.field(factory=dict)

    def pages(self) -> list[str]:
        """Give the pages, the largest first, since they take longest."""
        files = sorted(self.folder.rglob("*.html"), key=lambda file: (-file.stat().st_size, file))
        return [file.relative_to(self.folder).as_posix() for file in files]

    def fault(self, page: str, text: str, view: View | None = None) -> None:
        """Note what is wrong with a page."""
        views = self.faults.setdefault(f"{page}: {' '.join(text.split())}", [])
        if view is not None and str(view) not in views:
            views.append(str(view))


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Patient(ThreadingHTTPServer):
    """Serve files, and mind it not when a browser leaves before a file is sent whole."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Show an error, unless it is of the browser's leaving."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # whatever socketserver gave


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder on a free port of this computer."""
    with Patient(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@asynccontextmanager
async def opened(browser: Browser, view: View, *, scripts: bool = True) -> AsyncIterator[Page]:
    """Open a page in a browser that remembers nothing of the others."""
    context = await browser.new_context(
        viewport={"width": view.width, "height": HEIGHT}, color_scheme=view.scheme, java_script_enabled=scripts
    )
    yield await context.new_page()
    await context.close()


async def go(page: Page, address: str) -> None:
    """Open an address and wait until the page has been painted, its scripts run."""
    await page.goto(address)
    await page.evaluate(PAINTED)


# Every page


async def look(site: Site, name: str, context: BrowserContext, pictures: Path | None) -> None:
    """Open one page, and note what is wrong with it in each view."""
    page = await context.new_page()
    now = VIEWS[0]

    def note(text: str) -> None:
        site.fault(name, text, now)

    page.on("console", lambda said: note(f"{said.text} {said.location['url']}") if said.type == "error" else None)
    page.on("pageerror", lambda error: note(f"a script fails: {error}"))
    page.on("requestfailed", lambda request: note(f"{request.url} cannot be loaded"))
    page.on("request", lambda request: None if is_own(site, request.url) else note(f"{request.url} is fetched"))
    # The calculator is used apart; what computes in it takes seconds to start.
    await page.route("**/worker.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    for now in VIEWS:
        await page.set_viewport_size({"width": now.width, "height": HEIGHT})
        await page.emulate_media(color_scheme=now.scheme, reduced_motion="reduce")
        if now == VIEWS[0]:
            await go(page, site.address + quote(name))
            for image in await page.evaluate(BROKEN_IMAGES):
                note(f"the image {image} shows nothing")
            for word in await page.evaluate(ENGLISH):
                note(f"around a Danish text stands {word!r}")
        else:
            await page.evaluate(PAINTED)
        for wide in await page.evaluate(TOO_WIDE):
            note(f"wider than the window: {wide}")
        for found in await grave(page, now):
            note(found)
        if pictures is not None:
            await photograph(page, pictures / f"{name[:-5].replace('/', '-')}-{now.width}-{now.scheme}.png")
    named = await page.evaluate(LINKS)
    site.links[name], site.anchors[name] = named["links"], set(named["anchors"])
    await page.close()


def looked_at(site: Site) -> list[str]:
    """Give the pages that are opened: all, but of the councils' pages, which are made alike, a sample."""
    alike = [page for page in site.pages() if page.startswith("kommuner/") and not page.endswith("/index.html")]
    return [page for page in site.pages() if page not in alike[SAMPLE:]]


def is_own(site: Site, address: str) -> bool:
    """Tell whether an address is on the site, or within the page itself."""
    return address.startswith((site.address, "data:", "blob:"))


async def photograph(page: Page, file: Path, tallest: int = 6000) -> None:
    """Take a picture of a page, of its upper part where it is very long."""
    width, height = await page.evaluate("() => [innerWidth, document.documentElement.scrollHeight]")
    clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, tallest)}
    await page.screenshot(path=file, full_page=True, clip=clip)


async def grave(page: Page, view: View) -> list[str]:
    """Say what axe finds that bars somebody from reading, against the rules for a view."""
    if view not in RULES:
        return []
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(Axe().axe_script)
    violations = await page.evaluate(AXE, RULES[view])
    return [
        f"axe, {found['impact']}, {found['id']}, {found['times']} times: {found['html'][:120]}"
        for found in violations
        if found["impact"] in GRAVE
    ]


# Links


def check_links(site: Site) -> int:
    """Note each link that leads nowhere on the site; give how many there are."""
    for name, links in site.links.items():
        for link in links:
            if link.startswith(site.address):
                parts = urlsplit(link)
                file = site.folder / unquote(parts.path).lstrip("/")
                to = (file / "index.html" if file.is_dir() else file).relative_to(site.folder).as_posix()
                if not (site.folder / to).is_file():
                    site.fault(name, f"links to {to}, which is not there")
                elif (
                    parts.fragment
                    and to in site.anchors
                    and not to.startswith("beregner/")  # where it is a question
                    and unquote(parts.fragment) not in site.anchors[to]
                ):
                    site.fault(
                        name, f"links to {to}#{unquote(parts.fragment)}, and there is no such place on that page"
                    )
            elif not re.match("(https?|mailto|data):", link):
                site.fault(name, f"links to {link}, which no browser can open")
    return sum(map(len, site.links.values()))


# The search


async def search(site: Site, query: str, context: BrowserContext) -> None:
    """Search as a reader does, and follow the first results to see what they are about."""
    wanted = SEARCHES[query]
    page = await context.new_page()
    await go(page, f"{site.address}search.html?q={quote(query)}")
    await page.wait_for_function("() => document.querySelector('.search-summary')?.textContent")
    hits = await page.locator("#search-results li > a").evaluate_all("(links) => links.map((link) => link.href)")
    if "Glossary" in await page.locator("#search-results li.kind-index > a").all_inner_texts():
        site.fault("search.html", f"a result for {query!r} says no more than Glossary")
    headings = []
    for hit in hits[:FIRST]:
        await go(page, hit)
        headings.append(await page.evaluate(HEADING, unquote(urlsplit(hit).fragment)))
    await page.close()
    first = 1 if query in FOREMOST else FIRST
    if not any(re.search(wanted, heading.replace("\u00a0", " ")) for heading in headings[:first]):
        heads = "; ".join(headings) or "nothing"
        site.fault(
            "search.html",
            f"the first results for {query!r} are {heads}; one of the first {first} should be about {wanted!r}",
        )


# The keyboard


async def keyboard(site: Site, view: View, browser: Browser) -> None:
    """Use the first page without a mouse: come to each part of it, see where one is, and search."""
    note = partial(site.fault, "index.html", view=view)
    async with opened(browser, view) as page:
        await go(page, site.address)
        if view.width == DESK:
            await tab_to(page, ["skip", "search", "navigation", "content"], note)
            await go(page, site.address)
            await page.keyboard.press("/")
            await page.keyboard.type("quota")
            await page.keyboard.press("Enter")
            await page.wait_for_selector("#search-results li > a")
        else:
            await tab_to(page, ["menu", "skip", "content"], note)
            await go(page, site.address)
            await tab_to(page, ["menu"], note)
            await page.keyboard.press("Space")
            await tab_to(page, ["search", "navigation"], note)
        await go(page, site.address)
        await tab_to(page, ["skip"], note)
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        if (after := (await page.evaluate(FOCUSED))["kind"]) != "content":
            note(f"the link that skips to the content leads to {after}")


async def tab_to(page: Page, wanted: list[str], note: Callable[[str], None]) -> None:
    """Press the Tab key until each wanted part has had the focus, to be seen; note what has not."""
    missing = list(wanted)
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        if focused["kind"] in missing:
            missing.remove(focused["kind"])
            if await is_unseen(page):
                note(f"nobody sees that this has the focus: {focused['text']}")
        if not missing or focused["kind"] == "nothing":
            break
    if missing:
        note(f"the Tab key does not come to: {', '.join(missing)}")


async def is_unseen(page: Page) -> bool:
    """Tell whether the page looks the same when what has the focus loses it; it then has it again."""
    having = await page.screenshot(animations="disabled")
    node = await page.evaluate_handle("() => document.activeElement")
    await node.evaluate("(node) => node.blur()")
    lacking = await page.screenshot(animations="disabled")
    await node.evaluate("(node) => node.focus({ focusVisible: true })")
    return having == lacking


# The calculator


async def calculate(site: Site, browser: Browser) -> None:
    """Use the calculator as people do, and hold each answer against the library's own."""
    name = "beregner/index.html"
    if not (site.folder / "beregner" / "packages.bin").is_file():
        print("The calculator was not used: it was built without what computes in the browser.")
        return
    note = partial(site.fault, name)
    async with opened(browser, VIEWS[0]) as page:
        page.set_default_timeout(ANSWER)
        page.on("pageerror", lambda error: note(f"a script fails: {error}"))
        page.on("request", lambda request: None if is_own(site, request.url) else note(f"{request.url} is fetched"))
        page.on("console", lambda said: note(said.text) if said.text.startswith(BEGINNING) else None)
        await page.goto(site.address + name)
        await page.select_option("#council", "kv2025/Fanø")
        await page.wait_for_url("**#1.*")
        await hold(page, note, "Fanø", [0, 5, 3, 0, 0, 1, 1, 1])
        await page.locator(CELL.format("votes")).nth(5).fill("184")
        await hold(page, note, "Fanø with 184 votes for V", None)
        await page.click("#empty")
        await page.fill("#seats-seats", "9")
        for row, (key, votes) in enumerate((("A", "11"), ("B", "8"), ("C", "2"))):
            await page.locator(CELL.format("name")).nth(row).fill(key)
            await page.locator(CELL.format("votes")).nth(row).fill(votes)
        await page.wait_for_selector(".lot")
        await hold(page, note, "11-8-2 on 9 seats", [5, 3, 0])
        await fit(page, note, "11-8-2 on 9 seats")
        await page.check(".lot input[value=B]")
        await page.click(".lot button")
        await page.wait_for_selector("#entered")
        await hold(page, note, "the lot that B won", [5, 4, 0])
        await elsewhere(page, note)
        await page.evaluate(PASTE, "A 30\nB 20\nC 10\n")
        await page.wait_for_selector(".bars td:text-is('30')")
        await hold(page, note, "three lines that were pasted", [5, 3, 1])
        await nest(page, note)
        await page.evaluate("() => { window.print = () => document.body.setAttribute('data-printed', ''); }")
        await page.click("#print")
        await page.wait_for_selector("body[data-printed]")
        if await page.locator("#folds details:not([open])").count():
            note("what is folded is not printed")
        await page.click("#tab-committees")
        await page.click("#answer button")  # where nothing is filled in, an example can be shown
        await page.wait_for_selector("#answer table")
        if "A 24, V 18." not in (brief := await page.locator("#glance").text_content() or ""):
            note(f"of six committees of seven between 16 and 15 the page says {brief}")
        await fit(page, note, "the committees")


BEGINNING = "Python starts from the beginning"
"""What the browser's console says where Python could not resume from the memory that was built."""

CELL = "[data-grid=lists] [data-column={}]"
SEATS = "() => [...document.querySelectorAll('.bars tbody tr')].map((row) => Number(row.cells[2].innerText))"
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


async def hold(page: Page, note: Callable[[str], None], what: str, seats: list[int] | None) -> None:
    """Hold the seats that are shown against those that are expected, and against the library's own answer."""
    await page.wait_for_timeout(500)
    await page.wait_for_selector("#result[aria-busy=false]")
    shown = await page.evaluate(SEATS)
    signs = page.url.partition("#1.")[2]
    sheet = json.loads(urlsafe_b64decode(signs + "=" * (-len(signs) % 4)))
    own = [row["seats"] for row in reply({"do": "answer", "sheet": sheet}).get("rows", [])]
    if shown != own or (seats is not None and shown != seats):
        note(f"{what}: the seats are {shown}; the library has {own}, and {seats} are expected")


async def fit(page: Page, note: Callable[[str], None], what: str) -> None:
    """Look at an answer as on a phone: nothing may be wider than the window."""
    await page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    await page.evaluate(PAINTED)
    for wide in await page.evaluate(TOO_WIDE):
        note(f"{what}: wider than a phone's window: {wide}")
    await page.set_viewport_size({"width": DESK, "height": HEIGHT})


async def nest(page: Page, note: Callable[[str], None]) -> None:
    """Put alliances inside an alliance, by the keyboard alone: 40, 25 and 20 votes of which the last two are one."""
    await page.click("#empty")
    await page.focus("#seats-seats")
    rows = (("A", "40", "", "1"), ("B", "90", "", "2"), ("C", "25", "", "1.1"), ("D", "20", "", "1.1"))
    await page.keyboard.type("2")
    for row in rows:
        for cell in row:
            await page.keyboard.press("Tab")
            await page.keyboard.type(cell)
        await page.keyboard.press("Tab")  # over the button that takes the row out
    await hold(page, note, "A with C and D inside an alliance", [0, 1, 1, 0])
    if not await page.get_by_text("A+(C+D)").count():
        note("an alliance inside an alliance is not told as A+(C+D)")


async def elsewhere(page: Page, note: Callable[[str], None]) -> None:
    """Open the address in a new window: the same question, with the lot.

    At first what computes cannot be had there: the page says what is missing, and it can be started again; in the end
    without the memory of a Python that has started.
    """
    other = await page.context.new_page()
    other.set_default_timeout(ANSWER)
    trouble = other.locator("#trouble")
    await without(other, "packages.bin")
    await other.goto(page.url)
    await trouble.get_by_text("packages.bin").wait_for()
    await without(other, "pyodide.asm.wasm")
    await trouble.locator("button").click()
    await trouble.get_by_text("pyodide.asm.wasm").wait_for()
    await without(other, "memory.bin")
    async with other.expect_console_message(lambda said: said.text.startswith(BEGINNING)):
        await trouble.locator("button").click()
    await other.wait_for_selector("#entered")
    await hold(other, note, "the link in a new window", [5, 4, 0])
    await other.close()


async def without(page: Page, name: str) -> None:
    """Let a page have every file but one."""
    await page.unroute_all()
    await page.route(f"**/{name}", lambda route: route.abort())


# Examples

PRINTED = "(said) => document.querySelector('.running output')?.textContent.split('\\n').includes(said)"


async def run_example(site: Site, browser: Browser) -> None:
    """Run the first page's example in the browser, change it, and run it again."""
    if not (site.folder / "beregner" / "packages.bin").is_file():
        return
    note = partial(site.fault, "index.html")
    async with opened(browser, VIEWS[2]) as page:
        page.set_default_timeout(ANSWER)
        page.on("request", lambda request: None if is_own(site, request.url) else note(f"{request.url} is fetched"))
        await page.goto(site.address)
        await page.locator("button.run").first.click()
        await page.wait_for_function(PRINTED, arg="('B', 'C')")
        await page.fill(".running textarea", 'from kommunalvalg import dhondt\ndhondt({"A": 11}, 7).seats')
        await page.click(".running button")
        await page.wait_for_function(PRINTED, arg="{'A': 7}")


# Without scripts


async def without_scripts(site: Site, view: View, browser: Browser) -> None:
    """Read with JavaScript off: a page's text, and the way from one page to another, are there all the same."""
    async with opened(browser, view, scripts=False) as page:
        await page.goto(site.address)
        if view.width == PHONE:
            await page.locator("label.nav-overlay-icon").click()
        await page.locator(".sidebar-drawer .sidebar-tree a").nth(1).click()
        await page.wait_for_url(lambda address: address.split("#")[0] != site.address)
        if not await page.locator("[role=main] h1").is_visible():
            site.fault("index.html", "without JavaScript the navigation does not lead to a page", view)


# All of it


async def check(site: Site, executable: str, pictures: Path | None) -> None:
    """Check the site, as many pages at a time as the computer has processors."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a page may name other hosts, not ask them
            ],
        )
        places = asyncio.Semaphore(os.cpu_count() or 1)

        async def in_turn(what: str, work: Awaitable[None]) -> None:
            async with places:
                try:
                    await work
                except PlaywrightError as error:
                    if browser.is_connected():
                        site.fault(what, f"not looked at to the end: {error.message.splitlines()[0]}")
                    else:
                        site.fault("the browser", "it ended before it had opened every page; run this again")

        # What pages have in common is fetched and read once.
        context = await browser.new_context()
        widths = [view for view in VIEWS if view.scheme == "light"]
        await asyncio.gather(
            in_turn("beregner/index.html", calculate(site, browser)),
            in_turn("the example of index.html", run_example(site, browser)),
            *(in_turn(name, look(site, name, context, pictures)) for name in looked_at(site)),
            *(in_turn(f"search for {query}", search(site, query, context)) for query in SEARCHES),
            *(in_turn(f"keyboard, {view}", keyboard(site, view, browser)) for view in widths),
            *(in_turn(f"no JavaScript, {view}", without_scripts(site, view, browser)) for view in widths),
        )
        await browser.close()


def main() -> int:
    """Check the pages; the exit status tells whether anything is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=ROOT / "docs" / "_build" / "html", help="the built pages"
    )
    parser.add_argument("--pictures", metavar="DIR", type=Path, help="write a picture of each page in each view there")
    parser.add_argument("--browser", default=next(filter(shutil.which, BROWSERS), None), help="the Chromium to use")
    given = parser.parse_args()
    if not (given.folder / "index.html").is_file():
        parser.error(f"{given.folder} has no index.html; build the pages first, with sphinx-build")
    if given.browser is None:
        parser.error(f"no browser is on the path: {', '.join(BROWSERS)}; name one with --browser")
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)

    start = time.monotonic()
    with served(given.folder.resolve()) as site:
        asyncio.run(check(site, shutil.which(given.browser) or given.browser, given.pictures))
    links = check_links(site)
    for fault, views in sorted(site.faults.items()):
        print(f"{fault} ({', '.join(views)})" if views else fault)
    print(
        f"{len(looked_at(site))} pages at {PHONE} and {DESK} px, light and dark; {links} links, "
        f"{len(SEARCHES)} searches: "
        f"{len(site.faults) or 'no'} fault{'s' * (len(site.faults) != 1)}, {time.monotonic() - start:.0f} s"
    )
    return int(bool(site.faults))


if __name__ == "__main__":
    sys.exit(main())
