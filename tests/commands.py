"""A call of the command line, for several tests."""

import json
from typing import Any

import pytest

from kommunalvalg.cli import main

ENGLISH = ("--lang", "en")
"""What makes a call answer in English, errors included."""


class Run:
    """One call of the command line: its exit status, and what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        self.status = end.value.code
        self.out, self.err = capsys.readouterr()

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command wrote
        """What was written, as values."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The one line on standard error, nothing having been printed."""
        assert (self.status, self.out) == (2, "")
        assert self.err.count("\n") == 1
        return self.err
