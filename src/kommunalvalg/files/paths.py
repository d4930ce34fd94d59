"""Where a file is, what is in it, and why it could not be read or written."""

from os import PathLike
from pathlib import Path

from kommunalvalg.errors import DataError
from kommunalvalg.text import N_, Text
from kommunalvalg.text import text as _

__all__ = ["checked_path", "content_of", "reason"]


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


def content_of(path: object) -> bytes:
    """Read a file.

    Raises:
        DataError: there is none, or it cannot be read.

    >>> content_of("none.csv")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: none.csv cannot be read: No such file or directory
    """
    try:
        return checked_path(path).read_bytes()
    except OSError as error:
        raise DataError("{field} cannot be read: {why}", field=str(path), why=reason(error)) from error


_REASONS = (
    N_("Address already in use"),
    N_("File name too long"),
    N_("Is a directory"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Permission denied"),
    N_("Read-only file system"),
)
"""What a machine says, so that the catalogue has it; what it says besides stays in its own words."""


def reason(error: OSError) -> Text:
    """Say why the machine could not do something, as a text that has a language.

    >>> reason(FileNotFoundError(2, "No such file or directory")).said("da")
    'filen eller mappen findes ikke'
    """
    return _(error.strerror or type(error).__name__)
