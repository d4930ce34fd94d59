"""Files that are made to hurt: each is refused in our words, quickly, and leaves nothing behind."""

import bz2
import gzip
import io
import json
import subprocess
import sys
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from exports import export

from kommunalvalg import DataError, ElectionError, data, settle
from kommunalvalg.ask import ask
from kommunalvalg.cli import main
from kommunalvalg.council.previous import Previous, changes
from kommunalvalg.evening.files import read_meeting
from kommunalvalg.evening.new import NewMeeting
from kommunalvalg.files import archives
from kommunalvalg.web.answers import reply

DEEP = "[" * 200_000
LONG = "9" * 20_000
"""A number of more digits than Python itself reads; one of a thousand million is refused at the same place."""

TWICE = '{"kommune": "Nyby", "kommune": "Andeby"}'


@pytest.fixture(autouse=True)
def quickly() -> Iterator[None]:
    """Hold that nothing takes more than some million calls, on the slowest machine too, and no call inside C hangs."""
    calls, before = 0, time.process_time()

    def count(_frame: object, _event: str, _called: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
    assert calls < 8_000_000  # a second's work, where nothing counts it
    if sys.platform != "emscripten":  # which tells the time on the wall
        assert time.process_time() - before < 30  # what hangs takes minutes


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """Pack files of any names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def exported() -> dict[str, bytes]:
    """Give the files of a small export."""
    return {name: json.dumps(content).encode() for name, content in export().items()}


# Archives


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, refused: Callable[..., str]) -> None:
    """An archive of some kilobytes that unpacks to a hundred million is refused by what it says of itself."""
    bomb = zipped(tmp_path / "bomb.zip", {"a.json": b"0" * (archives.LARGEST + 1)})
    assert bomb.stat().st_size < 200_000
    assert "unpacks to 100000001 bytes" in refused(data.read_valgdk, bomb, error=DataError)


def test_a_bomb_of_many_files_or_of_a_hole_in_a_tar_is_refused(
    tmp_path: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too large in all is refused, and so is a file of a tar that says it is of a hundred gigabytes."""
    monkeypatch.setattr(archives, "MOST", 5_000)
    many = zipped(tmp_path / "many.zip", {f"{number}.json": b"0" * 1000 for number in range(6)})
    assert "unpacks to 6000 bytes" in refused(data.read_valgdk, many, error=DataError)
    hole = tarfile.TarInfo("a.json")
    hole.size = 10**11
    (tmp_path / "hole.tar").write_bytes(hole.tobuf() + bytes(1024))
    assert "unpacks to 100000000000 bytes" in refused(data.read_valgdk, tmp_path / "hole.tar", error=DataError)


def test_the_largest_of_an_archive_counts_wherever_it_stands(tmp_path: Path, refused: Callable[..., str]) -> None:
    """A file that is too large is found among small ones; as much, and as many, as is allowed in all is allowed."""

    def held(*sizes: int) -> None:
        so_far = archives._Held(tmp_path)
        for size in sizes:
            so_far.add(size)

    message = refused(held, 1, archives.LARGEST + 1, 1, error=DataError)
    assert message.endswith("unpacks to 100000001 bytes; it may be 100000000 at most")
    held(*[archives.LARGEST] * 20)
    message = refused(held, *[archives.LARGEST] * 20, 1, error=DataError)
    assert message.endswith("unpacks to 2000000001 bytes; it may be 2000000000 at most")
    held(*[0] * 100_000)
    assert refused(held, *[0] * 100_001, error=DataError) == f"{tmp_path} has more than 100000 files"


def lying(content: bytes) -> bytes:
    """Let the last file of a zip archive say, where it is listed, that it unpacks to ten bytes."""
    spot = content.rindex(b"PK\x01\x02") + 24
    return content[:spot] + (10).to_bytes(4, "little") + content[spot + 4 :]


def weighed(read: Callable[[], object]) -> int:
    """Give the bytes of memory that a reader takes at most, which refuses what it reads."""
    tracemalloc.start()
    try:
        with pytest.raises(DataError):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_an_archive_that_lies_about_its_size_is_unpacked_no_further_than_it_says(tmp_path: Path) -> None:
    """Python's reader would unpack all of a file before it cuts off what it did not say that it has."""
    bomb = zipped(tmp_path / "kv.zip", exported() | {"z.json": bytes(40_000_000)})
    bomb.write_bytes(lying(bomb.read_bytes()))
    assert weighed(lambda: data.read_valgdk(bomb)) < 2_000_000
    book = spoiled(tmp_path / "a.xlsx", "xl/z.xml", "0" * 40_000_000)
    book.write_bytes(lying(book.read_bytes()))
    assert weighed(lambda: read_meeting(book)) < 2_000_000


def test_a_way_of_packing_in_which_a_little_unpacks_to_anything_is_not_read(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """Forty bytes of bzip2 are forty million: a zip archive is stored or deflated, as all official ones are."""
    with zipfile.ZipFile(tmp_path / "kv.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.json", "{}")
    message = refused(data.read_valgdk, tmp_path / "kv.zip", error=DataError)
    assert message.endswith("kv.zip is encrypted, or packed in an uncommon way; unpack it, and give the folder")


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE], ids=["GNU", "POSIX"])
def test_a_name_of_a_tar_that_has_no_end_is_not_read(tmp_path: Path, kind: bytes, refused: Callable[..., str]) -> None:
    """A name of twenty megabytes, which a few bytes unpack to, is refused before the first file and behind it."""
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, 20_000_000
    named = header.tobuf() + b"a" * header.size
    for begin in (b"", tarfile.TarInfo("a.txt").tobuf()):
        (tmp_path / "kv.tar.bz2").write_bytes(bz2.compress(begin + named))
        assert (tmp_path / "kv.tar.bz2").stat().st_size < 1_000
        assert weighed(lambda: data.read_valgdk(tmp_path / "kv.tar.bz2")) < 9_000_000
    message = refused(data.read_valgdk, tmp_path / "kv.tar.bz2", error=DataError)
    assert message.endswith("kv.tar.bz2 is broken or cut off, or no archive; get it again")


def test_a_name_of_a_tar_is_as_long_as_a_system_allows(tmp_path: Path, refused: Callable[..., str]) -> None:
    """Five thousand bytes are read with the file that they name, and one more is refused; a file may have more."""
    whole = tarfile.TarInfo("b.txt")
    whole.size = 6_144
    header = tarfile.TarInfo("x")
    header.type = tarfile.GNUTYPE_LONGNAME
    for length in (5_000, 5_001):
        header.size = length
        content = b"a" * (length - 1) + bytes(-(length - 1) % 512)
        file = tmp_path / f"{length}.tar"
        file.write_bytes(header.tobuf() + content + tarfile.TarInfo("a.txt").tobuf() + whole.tobuf() + bytes(7_168))
    assert list(archives.files_of(tmp_path / "5000.tar")) == [("a" * 4_999, b""), ("b.txt", bytes(6_144))]
    assert "5001.tar is broken or cut off" in refused(list, archives.files_of(tmp_path / "5001.tar"), error=DataError)


def test_a_tar_of_very_many_files_of_nothing_takes_no_time(tmp_path: Path, refused: Callable[..., str]) -> None:
    """Some kilobytes that are ten thousand files are counted one by one, and no list of them is kept."""
    (tmp_path / "kv.tar.gz").write_bytes(gzip.compress(tarfile.TarInfo("a.txt").tobuf() * 10_000, 1))
    assert "has no kandidatdata" in refused(data.read_valgdk, tmp_path / "kv.tar.gz", error=DataError)


def test_what_is_no_archive_or_cannot_be_opened_is_said(tmp_path: Path, refused: Callable[..., str]) -> None:
    """A file that is called an archive and is none, one that is encrypted, and one that is not there."""
    (tmp_path / "kv.tar.gz").write_bytes(b"no archive at all")
    message = refused(data.read_valgdk, tmp_path / "kv.tar.gz", error=DataError)
    assert message == f"{tmp_path / 'kv.tar.gz'} is broken or cut off, or no archive; get it again"
    message = refused(data.read_valgdk, tmp_path / "gone.zip", error=DataError)
    assert message == f"{tmp_path / 'gone.zip'} is neither a folder nor a .zip or .tar archive"
    with zipfile.ZipFile(tmp_path / "spoiled.zip", "w") as archive:
        archive.writestr("a.json", "{}")
    spoilt = (tmp_path / "spoiled.zip").read_bytes().replace(b"{}", b"[]")  # against its own checksum
    (tmp_path / "spoiled.zip").write_bytes(spoilt)
    message = refused(data.read_valgdk, tmp_path / "spoiled.zip", error=DataError)
    assert message.endswith("spoiled.zip is broken or cut off, or no archive; get it again")
    content = bytearray(zipped(tmp_path / "kv.zip", {"a.json": b"{}"}).read_bytes())
    content[6] |= 1  # the flag of encryption, where the file stands and where it is listed
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "kv.zip").write_bytes(content)
    message = refused(data.read_valgdk, tmp_path / "kv.zip", error=DataError)
    assert message.endswith("kv.zip is encrypted, or packed in an uncommon way; unpack it, and give the folder")


def test_folders_and_what_a_system_puts_there_are_no_files(tmp_path: Path) -> None:
    """A folder that an archive lists is no file of it, and what macOS and Windows put beside is none of ours."""
    assert list(archives.files_of(zipped(tmp_path / "kv.zip", {"kv/": b"", "kv/a.json": b"{}"}))) == [
        ("kv/a.json", b"{}")
    ]
    names = (
        "__MACOSX/kv/a.json",
        "kv/._a.json",
        "kv/.DS_Store",
        "Thumbs.db",
        "a/desktop.ini",
        "kv/MACOSX.json",
        "a.json",
    )
    assert [name for name in names if not archives.of_the_system(name)] == ["kv/MACOSX.json", "a.json"]


@pytest.mark.parametrize("name", ["../../climbed.json", "/climbed.json", "C:\\climbed.json", "a/../../climbed.json"])
def test_a_name_that_climbs_out_of_an_archive_is_a_name(tmp_path: Path, name: str) -> None:
    """An archive is read and never unpacked: a path in it goes nowhere."""
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    zipped(home / "kv.zip", exported() | {name: b'{"Valgart": "Folketingsvalg"}'})
    assert list(data.read_valgdk(home / "kv.zip")) == ["Øby"]
    assert sorted(file.name for file in tmp_path.rglob("*.*")) == ["kv.zip"]
    assert not Path("/climbed.json").exists()


def test_a_link_in_a_tar_is_not_followed(tmp_path: Path) -> None:
    """A link in an archive, to a file of this machine or to itself, is no file of the export."""
    (tmp_path / "secret.json").write_text('{"Valgart": "Kommunalvalg"}')
    with tarfile.open(tmp_path / "kv.tar", "w") as archive:
        for name, content in exported().items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target, kind in (
            ("x.json", str(tmp_path / "secret.json"), tarfile.SYMTYPE),
            ("y.json", "y.json", tarfile.SYMTYPE),
            ("z.json", "/etc/passwd", tarfile.LNKTYPE),
        ):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, target
            archive.addfile(link)
    assert list(data.read_valgdk(tmp_path / "kv.tar")) == ["Øby"]


def test_a_link_in_a_folder_that_leads_round_and_round_ends(tmp_path: Path) -> None:
    """A link to the folder itself is not followed for ever."""
    for name, content in exported().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere.json").symlink_to(tmp_path / "gone.json")
    assert list(data.read_valgdk(tmp_path)) == ["Øby"]


# Text


@pytest.mark.parametrize(
    "content",
    [DEEP, f'{{"a": {DEEP}', f'{{"case": {LONG}}}', TWICE, '{"a": NaN}', '"\\ud800"', "\x00", ""],
    ids=["deep", "deep inside", "long number", "key twice", "no number", "half a letter", "nothing", "empty"],
)
@pytest.mark.parametrize("read", [data.read_json, read_meeting, data.read_valgdk], ids=lambda read: read.__name__)
def test_json_that_is_made_to_hurt_is_refused(tmp_path: Path, content: str, read: Callable[[Path], object]) -> None:
    """Nesting without an end, a number without an end, a key twice, no number, no letter: refused on one line."""
    file = tmp_path / "a.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(file if read is not data.read_valgdk else tmp_path)
    assert len(caught.value.said("da").splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        f"a = {DEEP}",
        f"a = {LONG}",
        "a = 2029-02-31",
        'kommune = "Nyby"\nkommune = "Andeby"',
        ".".join("a" * 20_000) + " = 1",
        "[medlemmer]\nA = 9223372036854775808",
        "[medlemmer]\nA = 5\n[udvalg]\nTeknik = 1000000000",
        "[medlemmer]\nA = 5\n[borgmester]\nafstemninger = 7",
    ],
    ids=["deep", "long number", "no day", "key twice", "keys in keys", "members", "places", "ballots"],
)
def test_a_meeting_in_toml_that_is_made_to_hurt_is_refused(tmp_path: Path, content: str) -> None:
    """A meeting of more members than there are people is refused, as what is no TOML."""
    file = tmp_path / "a.toml"
    file.write_text(content)
    with pytest.raises(ElectionError) as caught:
        settle(read_meeting(file))
    assert len(str(caught.value).splitlines()) == 1


# Tables


def test_a_table_of_a_million_columns_is_refused(tmp_path: Path, refused: Callable[..., str]) -> None:
    """A heading of a million fields is told by its first dozen."""
    file = tmp_path / "wide.csv"
    file.write_text(";" * 1_000_000 + "\nA;1\n")
    assert len(refused(data.read_csv, file, error=DataError)) < 500


@pytest.mark.parametrize(
    "content", [f"parti;stemmer\nA;{LONG}\n", "parti;stemmer\n" + "A" * 200_000 + ";1\n", '"' * 99_999]
)
def test_a_field_without_an_end_is_refused(tmp_path: Path, content: str, refused: Callable[..., str]) -> None:
    """A number of twenty thousand digits, a name of as many letters, and quotation marks that never close."""
    file = tmp_path / "long.csv"
    file.write_text(content)
    assert len(refused(data.read_csv, file, error=DataError)) < 500


MARKS = "\u0301\u0323" * 50_000
"""Marks of which each should stand before all those of the other kind: to bring them there takes the square."""


@pytest.mark.parametrize(
    "name",
    [
        "A" + MARKS,
        " " * 200_000 + "x",
        "A" + ";" * 200_000 + "x",
        "-" * 200_000,
        "9" * 200_000,
        "Kommunalvalg-" * 9_000,
    ],
    ids=["marks", "blanks", "separators", "dashes", "digits", "kinds"],
)
@pytest.mark.parametrize("door", ["read", "open", "ask", "table", "meeting", "export", "json"])
def test_a_name_without_an_end_takes_no_time(tmp_path: Path, door: str, name: str) -> None:
    """However long a name is, and of whichever signs, every door has an answer at once."""
    doors: dict[str, Callable[[], object]] = {
        "read": lambda: reply({"do": "read", "text": name}, "da"),
        "open": lambda: reply({"do": "open", "name": name}, "da"),
        "ask": lambda: [
            ask({"case": "divisor", "divisors": "dhondt", "votes": {name: 1}, "seats": 1}),
            ask({"election": "kv2025", "council": name}),
        ],
        "table": lambda: data.read_csv(written(tmp_path / "a.csv", f"parti;stemmer\n{name};1\n")),
        "meeting": lambda: settle(read_meeting(written(tmp_path / "a.toml", f'kommune = "{name}"\n"{name}" = 1\n'))),
        "export": lambda: data.read_valgdk(
            zipped(tmp_path / "kv.zip", {**exported(), name[:30_000] + ".json": b"{"}), go_on=True
        ),
        "json": lambda: data.read_json(written(tmp_path / "a.json", json.dumps({"format": name, name: name}))),
    }
    with suppress(ElectionError):
        doors[door]()


def written(path: Path, text: str) -> Path:
    """Write a text to a file."""
    path.write_text(text, encoding="utf-8")
    return path


def test_the_last_of_very_many_names_that_stands_twice_is_found_at_once(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """An object of thirty thousand keys, of which the last is there twice."""
    keys = [*map(str, range(30_000)), "29999"]
    file = written(tmp_path / "a.json", f"{{{', '.join(f'{json.dumps(key)}: 0' for key in keys)}}}")
    assert "the key '29999' stands twice" in refused(data.read_json, file, error=DataError)


def test_half_a_letter_and_a_number_that_is_none_are_refused(tmp_path: Path, refused: Callable[..., str]) -> None:
    """Half a letter in a table that is pasted; ² and a thousand digits among the votes of a meeting."""
    assert set(reply({"do": "read", "text": "parti;stemmer\n\ud800;1"}, "da")) == {"error"}
    for number in ("²", LONG):
        meeting = 'kommune = "Nyby"\ndato = 2029-12-04\nmedlemmer = {A = 3}\n[[haendelse]]\ndato = 2030-01-01\n'
        file = written(tmp_path / "a.toml", f'{meeting}hvem = "A 1"\nhvad = "udtræder"\nstemmer = "{number}"\n')
        assert "it is a whole number" in refused(read_meeting, file, error=DataError)


# Workbooks


def spoiled(path: Path, part: str, content: str) -> Path:
    """Make a workbook of a meeting one of whose parts is something else."""
    book = NewMeeting(name="Nyby", members={"m1": "A"}, year=2025).workbook()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped(path, files | {part: content.encode()})


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (
            "xl/worksheets/sheet2.xml",
            f'<!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]>' + SHEET.format(TEXT.format("&a11;")),
        ),
        ("xl/workbook.xml", f'<!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]><x>&a11;</x>'),
        ("xl/worksheets/sheet2.xml", OUTSIDE + SHEET.format(TEXT.format("&a;"))),
        ("xl/workbook.xml", "<" * 100_000),
        ("xl/workbook.xml", "<a>" * 50_000),
        ("xl/worksheets/sheet2.xml", " " * 60_000_000),
        ("xl/worksheets/sheet2.xml", SHEET.format('<row r="99999999999"><c r="ZZZZZ9"><v>1</v></c></row>')),
    ],
    ids=["entities", "entities of the book", "a file from outside", "no XML", "deep", "bomb", "far cell"],
)
def test_a_workbook_that_is_made_to_hurt_is_refused(tmp_path: Path, part: str, content: str) -> None:
    """Entities that grow tenfold eleven times, one from outside, XML that is none, sixty megabytes of nothing."""
    with pytest.raises(DataError) as caught:
        settle(read_meeting(spoiled(tmp_path / "a.xlsx", part, content)))
    assert "root:" not in str(caught.value)


# Questions


@pytest.mark.parametrize(
    "question",
    [
        {"case": "divisor", "divisors": "dhondt", "votes": {"A": 10**30, "B": 3}, "seats": 10**18},
        {"case": "divisor", "divisors": "dhondt", "votes": {"A": 10**30, "B": 3}, "seats": 10**9},
        {"case": "margins", "election": {"votes": [["A", 40], ["C", 34]], "seats": 2**63}},
        {"case": "margins", "of": {"case": "proportional", "votes": {"A": 40, "C": 34}, "seats": 2**63}},
        {"case": "committees", "groups": {"a": 3, "b": 2}, "committees": {"T": 10**12}},
        {"case": "vacancies", "of": {"election": "kv2025", "council": "Fanø"}, "changes": 2**63},
        {"case": []},
        {"case": {}, "of": 5},
        {"case": "divisor", "votes": [[[]]]},
    ],
)
def test_a_question_that_would_never_end_is_refused(question: dict[str, Any]) -> None:
    """A question about more seats than there are people, or that is none, is answered with what is wrong."""
    assert set(ask(question, "en")) == {"error"}


@pytest.mark.parametrize(
    "message",
    [
        None, [], "answer", {"do": []}, {"do": "open"}, {"do": "open", "name": "../../etc/passwd"},
        {"do": "open", "name": "kv2025/" + "A" * 100_000}, {"do": "read", "text": "A" * 100_000},
        {"do": "answer", "sheet": {"tab": "seats", "fields": {"seats": LONG}}},
        {"do": "answer", "sheet": {"tab": "seats", "votes": [["A", "1", ""]] * 10_000}},
        {"do": "download", "format": "exe", "sheet": {"tab": "seats"}},
    ],
)  # fmt: skip
def test_a_message_that_the_page_never_sends_is_refused(message: Any) -> None:  # noqa: ANN401 - JSON
    """What comes in a link, or from another program, is answered with what is wrong."""
    assert set(reply(message, "en")) == {"error"}


def test_a_cell_far_below_the_others_is_refused_before_all_between_are_made_up(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """A cell in row 30,000 or 10^11 of a sheet takes no second, nor do rows as wide as a sheet may be."""
    for number in (30_000, 10**11):
        row = f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>'
        file = spoiled(tmp_path / "a.xlsx", "xl/worksheets/sheet2.xml", SHEET.format(row))
        assert "Møde has rows below row 20000" in refused(read_meeting, file, error=DataError)
    wide = '<dimension ref="A1:XFD5000"/><sheetData>' + "<row><c/></row>" * 5_000
    file = spoiled(tmp_path / "a.xlsx", "xl/worksheets/sheet2.xml", SHEET.format("").replace("<sheetData>", wide))
    refused(read_meeting, file, error=DataError)


def test_an_election_before_of_thousands_of_lists_is_compared_at_once() -> None:
    """The votes of an election before are added up once, and not once a list."""
    votes = {f"L{number}": 1 for number in range(10_000)}
    changed = changes(settle(attrs.evolve(data.council("kv2025", "Fanø"), previous=Previous(votes=votes))))
    assert changed["L9999"].votes == -1


def test_a_night_that_cannot_be_read_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, as by any wrong call: the folder neither."""
    (tmp_path / "a.csv").write_text("parti;stemmer\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["night", "a.csv", "--council", "Nyby", "--year", "2025", "--seats", "9", "--once", "-o", "out"])
    assert ended.value.code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_hostile_file_ends_the_command_with_one_line(tmp_path: Path) -> None:
    """On the command line too: status 2, one line, nothing written."""
    (tmp_path / "deep.json").write_text(DEEP)
    run = subprocess.run(
        [sys.executable, "-c", "from kommunalvalg.cli import main; main()", "constitute", "deep.json", "-o", "a.html"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (2, "", 1)
    assert [file.name for file in tmp_path.iterdir()] == ["deep.json"]
