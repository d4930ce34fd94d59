"""A progress bar, for what takes longer than two seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["PATIENCE", "progress"]

PATIENCE = 2.0
"""Seconds before a bar is shown."""


@contextmanager
def progress(description: str, total: int | None, *, console: Console | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error once the work has gone on for two seconds, where a person is looking.

    Args:
        description: what is being done.
        total: how many steps there are, or None when that is not known.
        console: where to show it (default: standard error).

    Yields:
        A function to call with the number of steps done.

    >>> with progress("Counting", 3) as advance:
    ...     for step in range(3):
    ...         advance(step + 1)
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console or Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(description, total=total)
    begun = time.monotonic()
    shown = False

    def advance(done: int) -> None:
        nonlocal shown
        bar.update(task, completed=done)
        if not shown and bar.console.is_terminal and time.monotonic() - begun > PATIENCE:
            bar.start()
            shown = True

    try:
        yield advance
    finally:
        if shown:  # a bar that was never shown would still end a line
            bar.stop()
