"""The README shows what the library does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommunalvalg import data, dhondt
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
    lines = [line.split("#") for line in block[1].splitlines() if "#" in line]
    assert len(lines) == 3
    for code, comment in lines:
        value = eval(code, {"data": data, "dhondt": dhondt})  # noqa: S307 - our own README
        assert comment.strip().startswith(repr(value))


@pytest.mark.parametrize("number", [1, 2])
def test_the_two_commands_are_one_line_each(number: int) -> None:
    """The README's first block holds the two commands, each on one line."""
    block = re.search(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    commands = block[1].splitlines()
    assert len(commands) == 2
    assert commands[number - 1].startswith("python3 -m venv .venv && ")
