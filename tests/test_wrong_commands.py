"""The command line called wrongly: one line in the run's language, status 2, and nothing else."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import check_commands

from kommunalvalg.cli import COMMANDS

CALLS = list(check_commands.wrong_calls())
SAMPLE = CALLS[::12]


def test_there_are_wrong_calls_of_every_command() -> None:
    """The calls are of all commands and of every kind of mistake, a thousand of them."""
    assert len(CALLS) > 1_000
    assert {words[0] for _kind, words in CALLS} >= COMMANDS.keys()
    assert len({kind for kind, _words in CALLS}) == 9


@pytest.mark.parametrize("part", range(4))
def test_a_wrong_call_is_told_in_one_line(part: int) -> None:
    """A sample of them ends with status 2 and one line in each language; `tools/check_commands.py` makes them all."""
    found = {" ".join(words)[:100]: list(check_commands.faults(words)) for _kind, words in SAMPLE[part::4]}
    assert {words: faults for words, faults in found.items() if faults} == {}
