"""Where a file is."""

from os import PathLike
from pathlib import Path

from kommunalvalg.errors import DataError

__all__ = ["checked_path"]


def checked_path(path: object) -> Path:
    """Return a path that a person gave.

    Raises:
        DataError: it is no path.

    >>> checked_path("votes.csv").suffix
    '.csv'
    >>> checked_path(None)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: path is None; give where the file is, as a text or a pathlib.Path
    """
    if isinstance(path, str | PathLike) and "\0" not in str(path):
        return Path(path)
    raise DataError("{field} is {value}; give where the file is, as a text or a pathlib.Path", field="path", value=path)
