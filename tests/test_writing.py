"""Files are written whole or not at all, whatever comes between."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from commands import ENGLISH, Run

from kommunalvalg import DataError, ElectionError, data, dhondt, report
from kommunalvalg.evening import new
from kommunalvalg.files.writing import write_whole
from kommunalvalg.report import spreadsheets, word

RESULT = dhondt({"A": 11, "B": 8, "C": 2}, 8)
BEFORE = b"what stood here before"
RUN = [sys.executable, "-c", "from kommunalvalg.cli import main; main()"]
SUFFIXES = ["txt", "md", "html", "json", "csv", "xlsx", "docx", "parquet"]


def command(*words: str, folder: Path, lang: str = "en") -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder."""
    return subprocess.run(  # noqa: S603 - our own command
        [*RUN, *words, "--lang", lang], cwd=folder, capture_output=True, text=True, check=False
    )


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full after the first bytes of any file."""

    class Full(io.BytesIO):
        def write(self, *_: Any) -> int:  # noqa: ANN401 - bytes of some kind
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Path.open
        if "x" in mode or "w" in mode:
            io.FileIO(os.fspath(path), mode.replace("b", "")).close()
            return Full()
        return io.open(path, mode, *args, **kwargs)  # noqa: UP020 - what Path.open calls

    monkeypatch.setattr(Path, "open", opened)


WRITERS: dict[str, Callable[[Path], object]] = {
    "a.json": lambda file: data.write_json(RESULT, file),
    "a.svg": lambda file: report.save(RESULT, file),
    "a.png": lambda file: report.save(RESULT, file),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_what_was_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, the file of before stays as it was, and nothing is left beside it."""
    file = tmp_path / name
    file.write_bytes(BEFORE)
    full(monkeypatch)
    with pytest.raises((DataError, OSError), match=r"No space left|cannot be written"):
        WRITERS[name](file)
    monkeypatch.undo()
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(name, BEFORE)]


def test_a_full_disk_leaves_nothing_where_nothing_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first file is written beside its place too, and what hinders it is told without a guess at another program."""
    full(monkeypatch)
    with pytest.raises(DataError, match=r"a[.]json cannot be written: No space left on device$"):
        data.write_json(RESULT, tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_writer_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between the first byte and the last leaves the file of before, and nothing beside it."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "a.json"
    file.write_bytes(BEFORE)
    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt) as ended:
        data.write_json(RESULT, file)
    assert not hasattr(ended.value, "filename")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.json", BEFORE)]


def test_two_who_write_one_file_leave_it_whole(tmp_path: Path) -> None:
    """Whoever reads while sixteen threads write one file always finds the whole of one of them."""
    file, contents = tmp_path / "a.txt", [bytes([65 + number]) * 100_000 for number in range(16)]
    write_whole(file, contents[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(file.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda content: write_whole(file, content), contents * 5))
    done.set()
    reader.join()
    assert seen <= set(contents)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


_WRITES = """
import sys
from kommunalvalg import data, dhondt
result = dhondt({"A": int(sys.argv[1]), "B": 8}, 8)
sys.stdin.readline()
for _ in range(200):
    data.write_json(result, "a.json")
"""


def test_two_programs_that_write_one_file_leave_it_whole(tmp_path: Path) -> None:
    """Whoever reads while two programs write one file finds the whole answer of one of them, and so it stays."""
    file, answers = tmp_path / "a.json", set()
    for votes in (11, 1_000_000):
        data.write_json(dhondt({"A": votes, "B": 8}, 8), file)
        answers.add(file.read_bytes())
    programs = [
        subprocess.Popen([sys.executable, "-c", _WRITES, votes], stdin=subprocess.PIPE, cwd=tmp_path)  # noqa: S603 - ours
        for votes in ("11", "1000000")
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"\n")
        program.stdin.close()
    seen = set()
    while any(program.poll() is None for program in programs):
        seen.add(file.read_bytes())
    assert [program.returncode for program in programs] == [0, 0]
    assert seen <= answers
    assert file.read_bytes() in answers
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Give a folder that takes no new file; root, who may write in every folder of disks, is given the kernel's own."""
    if os.geteuid() == 0:
        if not Path("/sys").is_mount():
            pytest.skip("root writes in every folder, and there is no /sys of the kernel, in which nobody makes a file")
        yield Path("/sys")
        return
    tmp_path.chmod(0o500)
    yield tmp_path
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_takes_no_file_is_one_line(
    suffix: str, read_only: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no file may be made, each format ends in one line with the file's name and status 2; nothing is written."""
    before, file = set(read_only.iterdir()), read_only / f"seats.{suffix}"
    said = Run(capsys, "dhondt", "A=11", "B=8", "--seats", "8", "-o", str(file), *ENGLISH).error
    assert said.startswith(f"kommunalvalg: {file} cannot be written: ")
    assert set(read_only.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("dhondt", "A=11", "B=8", "--seats", "8", "--plot"), "seats.svg"),
        (("council", "kv2025", "--all", "--format", "json", "-o"), "councils"),
        (("constitute", "--council", "Fanø", "--new"), "meeting.toml"),
    ],
    ids=["picture", "many", "new"],
)
def test_a_folder_that_takes_no_picture_and_no_folder_is_one_line(
    words: tuple[str, ...], name: str, read_only: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same holds of a picture, of a folder for all councils, and of a file for a meeting."""
    before, file = set(read_only.iterdir()), read_only / name
    said = Run(capsys, *words, str(file), *ENGLISH).error
    assert str(file) in said
    assert "cannot be written: " in said
    assert set(read_only.iterdir()) == before


def test_a_link_and_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    """A link to a file stays a link, and a file that others may read stays one."""
    file, link = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_bytes(BEFORE)
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_file_is_written_where_its_folder_takes_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be written itself, and nothing beside it, is written as it is."""
    monkeypatch.setattr(os, "access", lambda path, _way: path != tmp_path)
    monkeypatch.setattr(Path, "replace", lambda *_: pytest.fail("it was written beside its place"))
    file = tmp_path / "a.txt"
    file.write_bytes(BEFORE)
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"


def test_what_is_no_file_is_written_as_it_is(tmp_path: Path) -> None:
    """A pipe takes what is written, and stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        write_whole(pipe, b"A 5")
        assert read.result() == b"A 5"
    assert pipe.is_fifo()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_written_whole(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format of the command goes through the one door: a failure in it leaves the file of before."""
    from click.testing import CliRunner  # noqa: PLC0415 - an optional library

    from kommunalvalg.cli import cli  # noqa: PLC0415 - as above

    file = tmp_path / f"a.{suffix}"
    file.write_bytes(BEFORE)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    words = ["dhondt", "A=11", "B=8", "--seats", "8", "-o", str(file), "--lang", "en"]
    run = CliRunner().invoke(cli, words)
    assert isinstance(run.exception, ElectionError | SystemExit)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(file.name, BEFORE)]


def test_a_device_that_is_full_is_one_line(tmp_path: Path) -> None:
    """Standard output on a full device ends in one line and status 2, and so does a file on one."""
    with Path("/dev/full").open("wb") as device:
        run = subprocess.run(  # noqa: S603 - our own command
            [*RUN, "dhondt", "A=11", "B=8", "--seats", "8", "--lang", "en"],
            stdout=device, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1), run.stderr
    run = command("dhondt", "A=11", "B=8", "--seats", "8", "-o", "/dev/full", "--format", "csv", folder=tmp_path)
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1), run.stderr


def test_a_pipe_that_is_closed_is_no_traceback(tmp_path: Path) -> None:
    """Who looks at the first line only, as with head, sees no traceback."""
    run = subprocess.Popen(  # noqa: S603 - our own command
        [*RUN, "council", "kv2025", "--all", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.readline()
    run.stdout.close()
    said = run.stderr.read().decode()
    run.stderr.close()
    assert run.wait() != 1
    assert "Traceback" not in said


_WRITES_ON = """
from itertools import cycle
from pathlib import Path
from kommunalvalg.files.writing import write_whole
for content in cycle([b"a" * 3_000_000, b"b" * 4_000_000]):
    write_whole(Path("a.txt"), content)
    print("written", flush=True)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_a_program_that_is_killed_while_it_writes_leaves_a_whole_file(name: str, tmp_path: Path) -> None:
    """Whenever it comes, the file is one of the two that were written; what was to become one is hidden beside it."""
    for chance in range(5):
        with subprocess.Popen([sys.executable, "-c", _WRITES_ON], stdout=subprocess.PIPE, cwd=tmp_path) as program:  # noqa: S603 - ours
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(chance / 300)
            program.send_signal(getattr(signal, name))
        content = (tmp_path / "a.txt").read_bytes()
        assert (content[:1], len(content)) in {(b"a", 3_000_000), (b"b", 4_000_000)}
        assert content.count(content[:1]) == len(content)
        assert [each.name for each in tmp_path.iterdir() if not each.match(".*.part")] == ["a.txt"]


def test_ctrl_c_while_many_files_are_written_leaves_whole_files(tmp_path: Path) -> None:
    """A signal in the middle of ninety-eight files leaves those that are done, each whole, and nothing else."""
    begin = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # which a shell's background is not
    )
    run = subprocess.Popen(  # noqa: S603 - our own command
        [*RUN[:2], f"{begin}; {RUN[2]}", "council", "kv2025", "--all", "--format", "json", "-o", "out"],
        stderr=subprocess.PIPE, cwd=tmp_path,
    )  # fmt: skip
    out = tmp_path / "out"
    while run.poll() is None and not any(out.glob("*.json")):  # one is there, and not only what will be one
        pass
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1].decode()
    assert run.returncode not in (0, 1)
    assert "Traceback" not in said

    files = list(out.iterdir())
    assert 0 < len(files) < 98
    assert [file for file in files if not json.loads(file.read_bytes())] == []


@pytest.mark.parametrize(
    "made",
    [
        lambda: word.docx(report.document(RESULT)),
        lambda: spreadsheets.workbook(report.document(RESULT)),
        lambda: new.NewMeeting(name="Nyby", members={"Ann": "A"}, year=2025).workbook(),
    ],
    ids=["a Word file", "a workbook", "a meeting's workbook"],
)
def test_an_office_file_is_the_same_whenever_it_is_made(
    made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same content is the same to the byte, and does not say when it was made."""
    first = made()
    with ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        said = archive.read("docProps/core.xml")
    assert b"created" not in said
    assert b"modified" not in said
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2**31 - 1))
    assert made() == first


def test_a_file_that_another_program_has_open_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows lets nobody replace a workbook that Excel has open; the one line says what to do, and the file stands."""
    file = tmp_path / "kkr.xlsx"
    file.write_bytes(BEFORE)

    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, denied)
        monkeypatch.setattr(Path, name, denied)
    run = Run(capsys, "kkr", "hovedstaden-2026", "-o", str(file))
    assert (run.status, file.read_bytes()) == (2, BEFORE)
    assert run.err == (
        f"kommunalvalg: {file} kan ikke skrives: der er ikke adgang til den; hvis den er åben i et andet program, luk "
        "den dér\n"
    )
