"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from kommunalvalg.errors import DataError
from kommunalvalg.files.paths import reason

__all__ = ["write_whole", "writing"]


@contextmanager
def writing(file: str | Path) -> Iterator[None]:
    """Say in one line that a file cannot be written.

    Raises:
        DataError: it cannot.
    """
    try:
        yield
    except OSError as error:
        raise DataError(
            "{file} cannot be written: {why}", field=str(file), file=str(file), why=reason(error)
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    r"""Write a file beside its place and then put it there, so that nobody ever meets half of it.

    What was there stays as it was when the disk is full, the program is stopped, or two write at once; of these the
    last one's file is there, whole. What is no file, such as a pipe, is written as it is; so is a file in a folder
    that takes no new one.

    Args:
        path: the file.
        content: what is to stand in it.

    Raises:
        OSError: it cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "seats.txt", b"A 5\\n")
    ...     [file.name for file in Path(folder).iterdir()]
    ['seats.txt']
    """
    place = Path(os.path.realpath(path))  # a link stays one
    there = place.exists()
    if there and not (place.is_file() and os.access(place.parent, os.W_OK)):
        place.write_bytes(content)
        return
    beside = place.with_name(f".{uuid4().hex}.part")
    try:
        with beside.open("xb") as out:
            out.write(content)
        if there:
            with suppress(OSError):
                beside.chmod(place.stat().st_mode & 0o7777)
        beside.replace(place)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            error.filename = os.fspath(path)  # and not the one beside it, which nobody knows of
        raise
