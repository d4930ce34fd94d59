"""The README shows what the library does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommunalvalg import data, dhondt, elect_council, report
from kommunalvalg.cli import cli

README = Path(__file__).parent.parent / "README.md"


def test_the_table_in_the_readme_is_what_the_first_command_prints() -> None:
    """The README's table is the one on the screen, letter for letter."""
    block = re.search(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    printed = CliRunner().invoke(cli, ["kkr", "hovedstaden-2026"]).output
    assert block[1].replace("\xa0", " ") in printed.replace("\xa0", " ")


def test_the_python_in_the_readme_is_true() -> None:
    """Every line of Python in the README gives what its comment says."""
    block = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    imports, *lines = filter(None, block[1].splitlines())
    assert imports == "from kommunalvalg import data, dhondt, elect_council"
    assert len(lines) == 5
    for code, comment in (line.split("#") for line in lines):
        names = {"data": data, "dhondt": dhondt, "elect_council": elect_council}
        value = eval(code, names)  # noqa: S307 - our own README
        assert comment.strip().startswith(repr(value))


def test_the_picture_shows_what_its_alternative_text_says() -> None:
    """The README's picture is a file of this repository, and its text is the one that the library gives it."""
    image = re.search(r"!\[(.*?)\]\((.*?)\)", README.read_text(encoding="utf-8"))
    assert image
    said = report.alt_text(report.kkr_members, data.kkr("hovedstaden-2026").compose(), lang="en")
    assert image[1] == said
    assert said in (README.parent / image[2]).read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [1, 2])
def test_the_two_commands_are_one_line_each(number: int) -> None:
    """The README's first block holds the two commands, each on one line."""
    block = re.search(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    commands = block[1].splitlines()
    assert len(commands) == 2
    assert commands[number - 1].startswith("python3 -m venv .venv && ")
