"""How the documentation is built; nothing here needs the network."""

import json
import logging
import os
import re
import sys
import sysconfig
from hashlib import sha256
from importlib.metadata import version as installed_version
from pathlib import Path

from jupyter_client.manager import KernelManager
from sphinx.application import Sphinx

from kommunalvalg.files.json_files import json_schema

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "tools")]

from kinds import file_of, held  # noqa: E402 - ours, in _ext

project = "kommunalvalg"
author = "the kommunalvalg authors"
release = installed_version("kommunalvalg")
language = "en"

extensions = [
    "myst_nb",  # which reads the Markdown too
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "matplotlib.sphinxext.plot_directive",
    "sphinx_design",
    "sphinxcontrib.programoutput",
    "findable",  # ours, in _ext
    "answers",
    "kinds",
    "api_names",
    "law_map",
    "calculator",
    "councils",
    "danish",
]
exclude_patterns = ["_build", "examples", "measured", "tested"]  # what pages include is none itself
nitpicky = True
# Named in signatures and docstrings and not on the pages: other libraries, whose pages would need the network, and
# the modules and types of the inside, which only those meet who read the code.
nitpick_ignore_regex = [
    ("py:class", r"(collections|concurrent|datetime|fractions|hypothesis|numpy|pathlib|random)\..*"),
    ("py:class", r"kommunalvalg\.\w+\..*|Axes|DrawnCase|Figure|Fraction|Members|Nested|Value"),
    ("py:class", "RegisteredAlliances|SubmittedLists"),
    ("py:mod", ".*"),
]

# The notebooks are stored without results and run afresh in each build. An error in a cell is a warning, with the
# traceback, and what a cell warns of is one too; so -W refuses both.
nb_execution_mode = "force"
nb_execution_show_tb = True
nb_execution_timeout = 60
nb_output_stderr = "warn"
nb_mime_priority_overrides = [("doctest", "text/plain", 0)]  # a builder that the extension does not know
logging.getLogger("traitlets").setLevel(logging.WARNING)  # -q is meant for the runner of notebooks too
if hasattr(KernelManager, "transport_encryption"):
    # Cells reach their kernel by a local port; newer kernels warn where that is not encrypted.
    KernelManager.transport_encryption.default_value = "auto"

plot_formats = ["svg"]
plot_html_show_formats = False
plot_html_show_source_link = False

html_theme = "furo"
html_title = "kommunalvalg"
html_logo = html_favicon = "_static/seats.svg"
html_static_path = ["_static", "notebooks/notebooks.css", "law/law.css"]
html_css_files = ["pages.css", "notebooks.css", "law.css"]
html_js_files = ["pages.js", ("run.js", {"type": "module"})]
html_search_scorer = str(HERE / "_ext" / "scorer.js")
templates_path = ["_templates"]
# A pair of styles for code whose every colour can be read on its ground; what a picture wears on a dark page.
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"
html_theme_options = {
    "light_css_variables": {"color-link-underline": "#a9bbe8", "picture-padding": "0", "picture-filter": "none"},
    "dark_css_variables": {"picture-padding": "0.5rem", "picture-filter": "brightness(0.9)"},
}
toc_object_entries_show_parents = "hide"  # they stand right above
html_domain_indices = False  # the index has all names; no page leads to one of the modules alone
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
maximum_signature_line_length = 88
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# The examples of the docstrings are run by pytest, with their module's names; here run those of the pages. An
# error's message is part of the promise, and so is compared too.
doctest_test_doctest_blocks = ""
doctest_default_flags = 0
doctest_global_setup = f"import os; _before = os.getcwd(); os.chdir({str(HERE / 'examples')!r})"
doctest_global_cleanup = "os.chdir(_before)"

# Pages show what this installation's commands print, in UTF-8 on every machine.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
os.environ["PYTHONUTF8"] = "1"


def setup(app: Sphinx) -> None:
    """Build every page again when the code has changed, since pages show what the code prints."""
    code = sha256()
    for file in sorted((HERE.parent / "src").rglob("*.*")):
        if file.suffix in {".json", ".jsonl", ".mo", ".py", ".toml"}:
            code.update(file.read_bytes())
    app.add_config_value("code_digest", code.hexdigest(), "env")
    app.connect("builder-inited", _write_schemas)
    app.connect("builder-inited", _forget_output, priority=900)
    app.connect("autodoc-process-docstring", _shorten_types, priority=900)
    app.connect("autodoc-process-signature", _leave_out_constructors)


def _write_schemas(_app: Sphinx) -> None:
    """Write the schema of each kind of file where the pages offer it for download."""
    folder = HERE / "_schema"
    folder.mkdir(exist_ok=True)
    for _, each, _ in held():
        text = json.dumps(json_schema(each), ensure_ascii=False, indent=1) + "\n"
        (folder / file_of(each)).write_text(text, encoding="utf-8")


def _forget_output(app: Sphinx) -> None:
    """Let go of the commands' output that an earlier build kept."""
    app.env.programoutput_cache.clear()  # type: ignore[attr-defined]  # sphinxcontrib-programoutput adds it


def _shorten_types(_app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]) -> None:
    """Write the types of attributes without their modules, as those in signatures are."""
    for number, line in enumerate(lines):
        if line.startswith(":vartype "):
            lines[number] = re.sub(r"[\w.]+\.\w+", r"~\g<0>", line)


def _leave_out_constructors(
    _app: Sphinx, what: str, _name: str, found: object, _options: object, signature: str, returns: str
) -> tuple[str, str]:
    """Show how a class is made only where its docstring tells of it; the others are made by the library."""
    made_by_users = what != "class" or "Args:" in (found.__doc__ or "")
    return (signature if made_by_users else "", returns)
