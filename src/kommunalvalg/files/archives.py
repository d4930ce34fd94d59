"""The files below a folder or in an archive, whole: what changes while it is read is read again or refused."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import sleep

from kommunalvalg.errors import DataError
from kommunalvalg.files.paths import reason
from kommunalvalg.text import N_

__all__ = ["WAIT", "files_of", "of_the_system", "stamps", "unpacked"]

WAIT = 0.2
"""How many seconds a folder that changes is left alone before it is read again."""

TIMES = 3
"""How many times a folder that changes is read."""

_BROKEN = (EOFError, OSError, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)
_NO_ARCHIVE = N_("{field} is broken or cut off, or no archive; get it again")


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
    except RuntimeError as error:  # what zipfile raises, and unpacked
        raise DataError(
            "{field} is encrypted, or packed in an uncommon way; unpack it, and give the folder", field=str(path)
        ) from error
    except _BROKEN as error:
        if isinstance(error, OSError) and error.errno:  # of the system, and not of what is in the file
            raise DataError("{field} cannot be read: {why}", field=str(path), why=reason(error)) from error
        raise DataError(_NO_ARCHIVE, field=str(path)) from error


def _packed(path: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            every = archive.infolist()
            held = _Held(path)
            for entry in every:
                held.add(entry.file_size)
            for entry in every:
                if not entry.is_dir():
                    yield entry.filename, unpacked(archive, entry)
    elif path.is_file() and (tar := _tar(path)) is not None:
        with tar:
            held = _Held(path)
            while (member := tar.next()) is not None:
                tar.members = []  # type: ignore[attr-defined]  # which nobody asks for again, however many there are
                held.add(member.size)
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, content.read()
    elif path.is_file() and path.name.lower().endswith(_SUFFIXES):
        raise DataError(_NO_ARCHIVE, field=str(path))
    else:
        raise DataError("{field} is neither a folder nor a .zip or .tar archive", field=str(path))


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack a file of a zip archive as far as it says that it goes, a little at a time: one that lies fills no memory.

    Raises:
        RuntimeError: it is packed in a way in which a little may unpack to anything.
    """
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RuntimeError(f"compression method {entry.compress_type}")
    with archive.open(entry) as file:
        return b"".join(iter(partial(file.read, _AT_ONCE), b""))


_AT_ONCE = 64_000


class _Header(tarfile.TarInfo):
    """What stands before a file of a tar archive: its name too, where it is long, which tarfile reads at once."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:  # which every release asks, whichever reads it
        if self.type in _NAMES and self.size > LONGEST:
            raise tarfile.ReadError(f"a name of {self.size} bytes")
        return super()._proc_member(tar)  # type: ignore[misc, no-any-return]  # which the types of the library leave out


_NAMES = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


def _tar(path: Path) -> tarfile.TarFile | None:
    """Open a tar archive; None where it is none."""
    try:
        return tarfile.open(path, tarinfo=_Header)
    except tarfile.TarError:
        return None


LARGEST, MOST = 100_000_000, 2_000_000_000
"""The bytes that a file of an archive may unpack to, and all of them together; no official file has a tenth."""

MANY = 100_000
"""How many files an archive may have; an official one has some thousands."""

LONGEST = 5_000
"""The bytes of the longest path of a file in a tar archive, and what else is said of it; systems allow 4,096."""


class _Held:
    """What an archive's files unpack to, added up before they are unpacked.

    Raises:
        DataError: one of its files, or all together, are too large, or too many.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = self.total = 0

    def add(self, size: int) -> None:
        self.number += 1
        self.total += size
        for value, most in ((size, LARGEST), (self.total, MOST)):
            if value > most:
                raise DataError(
                    "{field} unpacks to {value} bytes; it may be {most} at most",
                    field=str(self.path),
                    value=value,
                    most=most,
                )
        if self.number > MANY:
            raise DataError("{field} has more than {most} files", field=str(self.path), most=MANY)


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
