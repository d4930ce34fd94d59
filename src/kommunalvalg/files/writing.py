"""Files that are written whole or not at all, and the same to the byte whenever they are."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from stat import S_IMODE
from uuid import uuid4

from kommunalvalg.errors import DataError
from kommunalvalg.files.paths import reason
from kommunalvalg.text import N_

__all__ = ["undated", "write_whole", "writing"]


@contextmanager
def writing(file: str | Path) -> Iterator[None]:
    """Say in one line that a file cannot be written.

    Raises:
        DataError: it cannot.
    """
    try:
        yield
    except OSError as error:
        message = N_("{file} cannot be written: {why}")
        if isinstance(error, PermissionError):  # Windows says so of a file that Excel has open
            message = N_("{file} cannot be written: {why}; if it is open in another program, close it there")
        raise DataError(message, field=str(file), file=str(file), why=reason(error)) from error


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
    if place.exists() and not (place.is_file() and os.access(place.parent, os.W_OK)):
        place.write_bytes(content)
        return
    beside = place.with_name(f".{uuid4().hex}.part")
    try:
        with beside.open("xb") as out:
            out.write(content)
        with suppress(OSError):  # there may be none yet, and a system without such rights
            beside.chmod(S_IMODE(place.stat().st_mode))
        beside.replace(place)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            error.filename = os.fspath(path)  # and not the one beside it, which nobody knows of
        raise


def undated(file: bytes) -> bytes:
    """Leave out of a Word file or a workbook when it was made, so that the same content is the same to the byte.

    >>> from io import BytesIO
    >>> from zipfile import ZipFile
    >>> with ZipFile(made := BytesIO(), "w") as archive:
    ...     archive.writestr("docProps/core.xml", "<a><dcterms:created>2026-11-28T22:30:28Z</dcterms:created></a>")
    >>> with ZipFile(BytesIO(undated(made.getvalue()))) as archive:
    ...     archive.read("docProps/core.xml"), archive.infolist()[0].date_time
    (b'<a></a>', (1980, 1, 1, 0, 0, 0))
    """
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - for who writes such a file alone

    out = BytesIO()
    with ZipFile(BytesIO(file)) as made, ZipFile(out, "w") as written:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", content)
            written.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()
