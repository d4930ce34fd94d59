"""Hold the calculator of the built pages against this installation, and measure how soon it answers.

Run it after the documentation is built. All 102 councils are explained by the browser's Python, in Node, and by this
one; each text must be the same to the byte. Then the calculator is opened in Chromium, with nothing remembered and
again, and a figure is edited. ``--write`` puts what was found into the documentation: the times too, so that it wants
a machine that does nothing else, or with ``--same`` the comparison alone. The exit status tells whether a text differs
or a goal does not hold; what could not be looked at is said, and is no success.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

import check_site
from playwright.async_api import Browser, Page, async_playwright

from kommunalvalg import data, report
from kommunalvalg.text import LANGUAGES

ROOT = Path(__file__).parent.parent
GOALS = {"cold": 5.0, "warm": 3.0, "edit": 0.15}
"""Seconds until the first answer, until it in a browser that has been here, and from the last stroke to the answer."""

WORDS = {
    "cold": "First answer, nothing fetched before",
    "warm": "First answer, opened again",
    "edit": "One figure changed, answered without margins",
}

EDITS = 20

UNPACKED = """
import json, shutil, sys
shutil.unpack_archive("/built/packages.zip", "/packages")
sys.path.insert(0, "/packages")
"""
"""Let the browser's Python import what the page gives it."""

SUMS = """
from hashlib import sha256
from kommunalvalg import data, report
def sums():
    return {
        f"{election}/{name}, {lang}, {way}": sha256(report.explain(result, lang, way).encode()).hexdigest()
        for election in ("kv2025", "rv2025")
        for name, result in data.results(election).items()
        for lang, way in (("da", "fragment"), ("en", "text"))
    }
"""
"""The checksum of each council's explanation, in two languages and two formats; run here and there."""


def compared(folder: Path, node: str) -> tuple[int, list[str]]:
    """Give how many explanations there are, and those that the browser's Python writes otherwise than this one."""
    script = Path(__file__).with_name("browser_python.mjs")
    what = {"engine": f"{folder}/pyodide", "folders": {"/built": str(folder)}, "environment": {}}
    program = f"{UNPACKED}{SUMS}\njson.dumps(sums())"
    done = subprocess.run(  # noqa: S603 - ours
        [node, str(script), json.dumps(what)], input=program, capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout)
    names: dict[str, object] = {"sha256": sha256, "data": data, "report": report}
    exec(SUMS, names)  # noqa: S102 - the very lines that ran there
    ours = names["sums"]()  # type: ignore[operator]
    return len(ours), sorted(name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name))


def sentence(explanations: int, different: list[str]) -> str:
    """Say what the comparison came to, as the documentation has it."""
    councils = explanations // len(LANGUAGES)
    same = councils - len({name.partition(",")[0] for name in different})
    return (
        f"The browser's Python explains {same} of {councils} councils and regions as CPython {version()} does, "
        f"to the byte, in Danish and in English ({datetime.now(UTC):%Y-%m-%d}).\n"
    )


def version() -> str:
    """Give the version of this Python without its last part."""
    return ".".join(platform.python_version_tuple()[:2])


async def measured(site: check_site.Site, browser: Browser) -> dict[str, float]:
    """Give the seconds that the calculator takes."""
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(check_site.ANSWER)
    times = {"cold": await first(site, page), "warm": await first(site, page)}
    edits = [await page.evaluate(EDIT, str(4263 - number)) for number in range(1, EDITS)]
    await context.close()
    return {**times, "edit": median(edits)}


async def first(site: check_site.Site, page: Page) -> float:
    """Open a council by its address, and wait until what Python answered stands there."""
    await page.goto("about:blank")
    start = time.monotonic()
    await page.goto(f"{site.address}beregner/index.html#kv2025/Glostrup")
    await page.wait_for_function("() => document.querySelector('#title')?.textContent.startsWith('Glostrup')")
    return time.monotonic() - start


EDIT = """(votes) => new Promise((done) => {
  const field = document.querySelector("[data-grid=lists] [data-column=votes]");
  const result = document.querySelector("#answer");
  field.value = votes;
  const start = performance.now();
  new MutationObserver((_, watch) => {
    watch.disconnect();
    done((performance.now() - start) / 1000);
  }).observe(result, { childList: true });
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""
"""Change a figure as a stroke does; the time includes the page's wait for the next stroke."""


async def times(folder: Path, executable: str) -> dict[str, float]:
    """Open the calculator, and measure it."""
    with check_site.served(folder) as site:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=executable, args=["--disable-gpu"])
            found = await measured(site, browser)
            await browser.close()
    return found


def table(found: dict[str, float], load: float) -> str:
    """Write the times as the documentation has them."""
    rows = [f"| {WORDS[key]} | {seconds:.2f} s | {GOALS[key]:g} s |" for key, seconds in found.items()]
    head = ["| The calculator in the browser | Time | Goal |", "|---|--:|--:|"]
    note = f"Python in Chromium, on {os.cpu_count()} processors with {load:.1f} other programs at work."
    return "\n".join([*head, *rows, "", note, ""])


def main() -> int:
    """Compare and measure; the exit status tells whether all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    built = ROOT / "docs" / "_build" / "html"
    parser.add_argument("folder", nargs="?", type=Path, default=built, help="the built pages")
    parser.add_argument("--same", action="store_true", help="compare the explanations, and measure no times")
    parser.add_argument("--write", action="store_true", help="write what was found into the documentation")
    given = parser.parse_args()
    node = shutil.which("node")
    browser = next(filter(None, map(shutil.which, check_site.BROWSERS)), None)
    for what, is_there in (
        (f"{given.folder}/beregner/packages.zip", (given.folder / "beregner" / "packages.zip").is_file()),
        ("node", node),
        ("Chromium", browser or given.same),
    ):
        if not is_there:
            parser.error(f"{what} is not there; nothing was looked at")
    explanations, different = compared(given.folder.resolve() / "beregner", str(node))
    for name in different:
        print(f"{name}: explained otherwise in the browser")
    found: dict[str, float] = {}
    written = sentence(explanations, different)
    if not given.same:
        load = os.getloadavg()[0]
        found = asyncio.run(times(given.folder.resolve(), str(browser)))
        written += f"\n{table(found, load)}"
    print(written)
    if given.write:
        (ROOT / "docs" / "tested" / "calculator.md").write_text(written, encoding="utf-8")
    slow = [key for key, seconds in found.items() if seconds > GOALS[key]]
    for key in slow:
        print(f"{WORDS[key]}: {found[key]:.3f} s, and the goal is {GOALS[key]:g} s")
    return int(bool(different or slow))


if __name__ == "__main__":
    sys.exit(main())
