# ruff: noqa: INP001 - a folder of extensions is no package
"""What a command answers, as tables that a page can show: directive ``answer``, with the command above them.

A terminal's lines are a hundred signs wide, and a phone's page cuts them off.
"""

import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

DONE = {0, 3}
"""The statuses of an answer; 3 says that a lot is open."""


class Answer(SphinxDirective):
    """Run a command of kommunalvalg, and show it and its answer."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"cwd": directives.path}  # noqa: RUF012 - docutils' own way

    def run(self) -> list[nodes.Node]:
        """Give the command as it is typed, and the answer."""
        command = self.arguments[0]
        folder = Path(self.env.srcdir, self.options.get("cwd", "."))
        asked = [*shlex.split(command), "--format", "fragment"]
        done = subprocess.run(asked, cwd=folder, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - ours
        if done.returncode not in DONE:
            raise self.error(f"{command}: status {done.returncode}\n{done.stderr}")
        typed = nodes.literal_block("", f"$ {command}", language="console")
        told = nodes.raw("", f'<div class="told">{in_page(done.stdout)}</div>', format="html")
        return [typed, told]


def in_page(html: str) -> str:
    """Put each table into the theme's box that scrolls, and say once how its cells look: the pages have many."""
    html = re.sub(r' style="[^"]*text-align: right[^"]*"', ' class="n"', html)
    html = re.sub(r">\s+<", "><", re.sub(r' style="[^"]*"', "", html))
    html = html.replace("<table", '<div class="table-wrapper docutils"><table class="docutils"')
    return html.replace("</table>", "</table></div>")


def setup(app: Sphinx) -> Mapping[str, object]:
    """Bring the directive into Sphinx."""
    app.add_directive("answer", Answer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
