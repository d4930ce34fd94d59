"""The files below a folder or in an archive, whole: what changes while it is read is read again or refused."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

from kommunalvalg.errors import DataError
from kommunalvalg.files.paths import reason

__all__ = ["WAIT", "files_of", "of_the_system", "stamps"]

WAIT = 0.2
"""How many seconds a folder that changes is left alone before it is read again."""

TIMES = 3
"""How many times a folder that changes is read."""

_BROKEN = (EOFError, OSError, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, NotImplementedError)


def of_the_system(name: str) -> bool:
    """Tell whether a file is one that macOS or Windows put there, and nobody else.

    >>> of_the_system("__MACOSX/kv/._a.json"), of_the_system("kv/a.json")
    (True, False)
    """
    *folders, last = name.split("/")
    return "__MACOSX" in folders or last.startswith("._") or last in {".DS_Store", "Thumbs.db", "desktop.ini"}


def files_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file's name and content: of a folder in the order of the names, of an archive in its own.

    Raises:
        DataError: it is neither a folder nor an archive, the archive is broken, cut or encrypted, or the folder changes
            each time it is read.
    """
    if path.is_dir():
        yield from _still(path).items()
        return
    try:
        yield from _packed(path)
    except RuntimeError as error:  # what zipfile says of one that is encrypted
        raise DataError(
            "{field} cannot be read: {error}; unpack it, and give the folder", field=str(path), error=str(error)
        ) from error
    except _BROKEN as error:
        raise DataError(
            "{field} is broken or cut off: {error}; get it again", field=str(path), error=str(error)
        ) from error


def _packed(path: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            every = archive.infolist()
            _hold_small(path, [entry.file_size for entry in every])
            for entry in every:
                if not entry.is_dir():
                    yield entry.filename, archive.read(entry)
    elif path.is_file() and tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            sizes: list[int] = []
            for member in tar:
                sizes.append(member.size)
                _hold_small(path, sizes)
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, content.read()
    elif path.is_file() and path.name.lower().endswith(_SUFFIXES):
        raise DataError("{field} is broken or cut off, or no archive; get it again", field=str(path))
    else:
        raise DataError("{field} is neither a folder nor a .zip or .tar archive", field=str(path))


LARGEST, MOST = 100_000_000, 2_000_000_000
"""The bytes that a file of an archive may unpack to, and all of them together; no official file has a tenth."""


def _hold_small(path: Path, sizes: list[int]) -> None:
    """Refuse an archive of a few bytes that unpacks to more than there is room for, before it is unpacked.

    Raises:
        DataError: one of its files, or all together, are too large.
    """
    for size, most in ((max(sizes, default=0), LARGEST), (sum(sizes), MOST)):
        if size > most:
            raise DataError(
                "{field} unpacks to {value} bytes; it may be {most} at most", field=str(path), value=size, most=most
            )


_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")


def _still(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder at one time: such that none came, went or changed meanwhile."""
    for attempt in range(TIMES):
        if attempt:
            sleep(WAIT)
        try:
            before = stamps(folder)
            contents = {name: (folder / name).read_bytes() for name in before}
            if stamps(folder) == before:
                return contents
        except FileNotFoundError:  # it went between being listed and being read
            pass
        except OSError as error:
            raise DataError("{field} cannot be read: {why}", field=error.filename, why=reason(error)) from error
    raise DataError(
        "{field} changes each time it is read; read a copy of it, or wait until it is written", field=str(folder)
    )


def stamps(path: Path) -> dict[str, tuple[int, int]]:
    """Give the size and the time of the last change of every file of a folder, by name, or of one file."""
    by_name = {}
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        with suppress(FileNotFoundError):  # it went between being listed and being looked at
            if file.is_file():
                stamp = file.stat()
                by_name[file.relative_to(path).as_posix()] = (stamp.st_size, stamp.st_mtime_ns)
    return by_name
