"""A progress bar is shown where a person waits, and nowhere else."""

import io

import pytest
from rich.console import Console

from kommunalvalg.report import progress as module
from kommunalvalg.report.progress import progress


def test_nothing_is_written_for_what_is_quick() -> None:
    """Work of less than two seconds, or that nobody looks at, leaves no trace."""
    for terminal in (True, False):
        out = io.StringIO()
        with progress("Counting", 2, console=Console(file=out, force_terminal=terminal)) as advance:
            advance(1)
            advance(2)
        assert not out.getvalue()


def test_a_bar_is_shown_for_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """After two seconds a bar says what is done and how far it is."""
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    out = io.StringIO()
    with progress("Counting", 2, console=Console(file=out, force_terminal=True, width=80)) as advance:
        advance(1)
        advance(2)
    assert "Counting" in out.getvalue()
    assert "2/2" in out.getvalue()


def test_nothing_is_written_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file gets no bar, however long the work takes."""
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    out = io.StringIO()
    with progress("Counting", 1, console=Console(file=out, force_terminal=False)) as advance:
        advance(1)
    assert not out.getvalue()
