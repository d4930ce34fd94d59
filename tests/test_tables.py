"""Counts from files that people write: what is read, and what is refused with the file's name and the line."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommunalvalg import DataError, VoteError, data, testing
from kommunalvalg.data import read_csv
from kommunalvalg.files.tables import TOTALS, counted, read_table, whole_number

Refused = Callable[..., str]
Written = Callable[[str | bytes], Path]
WEB = "Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal\r\n"


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a file called votes.csv."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "votes.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


# What is read


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("party,votes\nA,1200\nÅ,340\n", id="commas"),
        pytest.param("parti;stemmer\nA;1200\nÅ;340\n", id="semicolons"),
        pytest.param("liste\tstemmetal\nA\t1200\nÅ\t340\n", id="tabs"),
        pytest.param("\ufeffparty;votes\nA;1200\nÅ;340\n", id="byte order mark"),
        pytest.param("party;votes\r\nA;1200\r\nÅ;340\r\n", id="Windows line ends"),
        pytest.param("party;votes\rA;1200\rÅ;340\r", id="old Macintosh line ends"),
        pytest.param("party;votes\nA;1200\nÅ;340", id="no end of the last line"),
        pytest.param("\n\n  \nparty,votes\n\nA,1200\n,\nÅ,340\n\n", id="empty lines"),
        pytest.param(" Party , VOTES \n A , 1200 \n Å , 340 \n", id="spaces and capitals"),
        pytest.param('"party","votes"\n"A","1200"\n"Å","340"\n', id="quotation marks"),
        pytest.param("votes,share,name\n1200,78%,A\n340,22%,Å\n", id="other columns"),
        pytest.param("party;votes\nA;1200\nA\u030a;340\n", id="decomposed letters"),
        pytest.param("party;votes\nA;01200\nÅ;340\n", id="leading zero"),
        pytest.param("sep=;\r\nparty;votes\r\nA;1200\r\nÅ;340\r\n", id="Excel's separator"),
        pytest.param("sep=,\nparty,votes\nA,1200\nÅ,340\n", id="Excel's separator, a comma"),
        pytest.param("Liste;Navn;Antal stemmer;Pct\nA;Alfa;1200;78\nÅ;Århus;340;22\n", id="list and its name"),
        pytest.param("Parti;Bogstav;Stemmer\nAlfa;A;1200\nÅrhus;Å;340\n", id="party and its letter"),
    ],
)
def test_tables_of_many_hands_are_the_same_votes(written: Written, content: str) -> None:
    """However a spreadsheet saved the table, the votes are the same, in the order of the file."""
    assert list(read_csv(written(content)).items()) == [("A", 1200), ("Å", 340)]


@pytest.mark.parametrize("heading", ["party", "parti", "list", "liste", "letter", "bogstav", "name", "navn"])
@pytest.mark.parametrize("votes", ["votes", "stemmer", "stemmetal"])
def test_headings_in_danish_and_english(written: Written, heading: str, votes: str) -> None:
    """The columns may be headed in either language."""
    assert read_csv(written(f"{heading};{votes}\nA;5\n")) == {"A": 5}


def test_names_may_have_the_separator_in_quotation_marks(written: Written) -> None:
    """A name in quotation marks keeps its commas and its own quotation marks."""
    assert read_csv(written('navn,stemmer\n"Læsø, ""vores"" ø",12\n')) == {'Læsø, "vores" ø': 12}


def test_windows_1252_is_read_when_it_is_named(written: Written) -> None:
    """A file in Windows-1252 is read right when that is said."""
    content = "parti;stemmer\nÆ;5\nØ;6\nÅ;7\n".encode("cp1252")
    assert read_csv(written(content), encoding="cp1252") == {"Æ": 5, "Ø": 6, "Å": 7}


def test_thousands_are_read_when_they_are_asked_for(written: Written) -> None:
    """The Danish point of thousands is read only on request."""
    path = written("parti;stemmer\nA;1.234\nB;56\nC;1.234.567\n")
    assert read_csv(path, thousands=True) == {"A": 1234, "B": 56, "C": 1234567}


def test_counts_may_be_of_other_things(written: Written) -> None:
    """Mayors are read as votes are, under their own heading."""
    assert read_table(written("parti;borgmestre\nA;10\n"), ("mayors", "borgmestre")) == {"A": 10}


def test_path_may_be_text(written: Written) -> None:
    """A file may be given by its name as text."""
    assert read_csv(str(written("party,votes\nA,5\n"))) == {"A": 5}


def test_web_export_is_added_up_by_letter(written: Written) -> None:
    """In the official web export the rows of a letter, from all polling areas, are one list."""
    rows = "Nord;A;Socialdemokratiet;;5\r\nNord;A;Socialdemokratiet;Ane;7\r\nSyd;A;Socialdemokratiet;Ane;2\r\n"
    assert read_csv(written("\ufeff" + WEB + rows + "Syd;Å;Alternativet;;1\r\n")) == {"A": 14, "Å": 1}


def test_official_web_export_of_fanoe_2021() -> None:
    """The export of a whole municipality is read, with all its letters."""
    shared = os.environ.get("KOMMUNALVALG_SHARED_DATA")
    path = Path(shared or "") / "official" / "valgdk-export-kv2021-fanø.csv"
    if not shared or not path.is_file():
        pytest.skip("KOMMUNALVALG_SHARED_DATA names no folder with official/valgdk-export-kv2021-fanø.csv")
    votes = {"A": 190, "B": 666, "C": 496, "F": 148, "L": 61, "O": 32, "V": 428, "Ø": 201, "Å": 79}
    assert read_csv(path) == votes


@given(votes=testing.votes(), delimiter=st.sampled_from(";,\t"))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, votes: dict[str, int], delimiter: str
) -> None:
    """Any names and votes that are written as a table come back as they were, but for the names of totals."""
    assume(not any(name.rstrip(":").casefold() in TOTALS for name in votes))
    path = tmp_path_factory.getbasetemp() / "round.csv"
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in votes}
    lines = [f"party{delimiter}votes", *(f"{quoted[name]}{delimiter}{count}" for name, count in votes.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert list(read_csv(path).items()) == list(votes.items())


# What is refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "line 1: no column headed letter or bogstav", id="empty file"),
        pytest.param("\n \n", "line 1: no column headed letter", id="blank file"),
        pytest.param("party,votes\n", "votes.csv has a heading and no rows; at least one row is needed", id="no rows"),
        pytest.param(
            "party;stem\nA;5\n",
            "line 1: no column headed votes or stemmer or stemmetal or antal stemmer; the headings are party, stem",
            id="no votes",
        ),
        pytest.param("A,5\nB,6\n", "line 1: no column headed letter", id="no heading"),
        pytest.param('party,"vo\ntes"\nA,5\n', "line 2: no column headed votes or stem", id="heading on two lines"),
        pytest.param("\n\nparty,vote\nA,5\n", "line 3: no column headed votes or stem", id="heading after empty lines"),
        pytest.param("party,votes,stemmer\nA,5,6\n", "line 1: 2 columns headed votes or stemmer", id="two columns"),
        pytest.param("party,liste,votes\nA,B,6\n", "line 1: 2 columns headed party", id="two names"),
        pytest.param("parti;stemmer\nA;5\nI alt;5\n", "line 3: 'I alt' is no list; take the row out", id="total"),
        pytest.param("parti;stemmer\nA;5\nTOTAL:;5\n", "line 3: 'TOTAL:' is no list", id="total, shouted"),
        pytest.param("sep=;\n", "line 1: no column headed", id="a separator and nothing else"),
        pytest.param("party,votes\nA,5\nB\n", "line 3: 1 fields; the heading has 2", id="short row"),
        pytest.param("party,votes\nA,1,234\n", "line 2: 3 fields; the heading has 2", id="long row"),
        pytest.param("party,votes\nA,5\n\nB,6\nA,7\n", "line 5: 'A' stands in line 2 already", id="duplicate row"),
        pytest.param("party,votes\nÅ,5\nA\u030a,6\n", "line 3: 'Å' stands in line 2 already", id="duplicate letter"),
        pytest.param("party,votes\nA,5\n,6\n", "line 3: the row has the name ''; a name is text", id="no name"),
        pytest.param(
            'party,votes\n"A\nB",6\n', "line 3: the row has the name 'A\\nB'; a name is", id="name of two lines"
        ),
        pytest.param('party,votes\nA,"5\n', "line 2: unexpected end of data", id="open quotation mark"),
        pytest.param('party,votes\n"A"B,5\n', "line 2: ',' expected after '\"'", id="broken quotation mark"),
        pytest.param("party\x0bvotes\nA,5\n", "line 1: no column headed letter", id="strange separator"),
    ],
)
def test_broken_tables_are_refused(refused: Refused, written: Written, content: str, message: str) -> None:
    """What is wrong with a table is told with the file's name and the line's number."""
    found = refused(read_csv, written(content), error=DataError)
    assert found.startswith("votes.csv")
    assert message in found


@pytest.mark.parametrize(
    "number",
    [
        *["", " ", "-3", "+3", "3.0", "1.234", "1,5", "1 234", "1e3", "0x1F", "twelve", "nan", "inf", "5%", "²", "٣"],
        *["1_000", "9" * 200],
    ],
)
def test_broken_numbers_are_refused(refused: Refused, written: Written, number: str) -> None:
    """A number that is not whole digits is told with its line, and nothing is guessed."""
    found = refused(read_csv, written(f'party;votes\nA;5\nB;"{number}"\n'), error=DataError)
    assert found.startswith("votes.csv, line 3: the number is '" + number[:50])
    assert "a count is whole and written with digits only" in found
    assert ("is read as 1234 with thousands=True, on the command line with --thousands" in found) == ("." in number)


@pytest.mark.parametrize(
    "number", ["1.23", "1.2345", "1234.567", ".123", "1..234", "1.234.", "0.123", "01.234", "1.234,5"]
)
def test_broken_thousands_are_refused(refused: Refused, number: str) -> None:
    """Points that do not stand at thousands are no thousands, also where these are asked for."""
    message = refused(whole_number, number, thousands=True)
    assert message == f"the number is {number!r}; a count is whole and written with digits only"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("0", 0), ("12", 12), (" 12 ", 12), ("1.234", 1234), ("12.345.678", 12345678), ("1" * 30, int("1" * 30))],
)
def test_numbers_as_people_write_them(number: str, expected: int) -> None:
    """Digits, with the points of thousands where they are asked for, are that number."""
    assert whole_number(number, thousands=True) == expected


def test_other_encodings_are_refused_by_name(refused: Refused, written: Written) -> None:
    """A file in Windows-1252 or UTF-16 is refused with the line, and the message says what to do."""
    windows = refused(read_csv, written("parti;stemmer\nA;5\nØ;6\n".encode("cp1252")), error=DataError)
    assert windows == (
        "votes.csv, line 3: not utf-8; save it as CSV UTF-8, or say that it is Windows-1252 "
        "(encoding='cp1252', on the command line --encoding cp1252)"
    )
    wide = refused(read_csv, written("parti;stemmer\nA;5\n".encode("utf-16")), error=DataError)
    assert wide == "votes.csv is UTF-16, which Excel calls Unicode Text; save it as CSV UTF-8"
    assert read_csv(written("parti;stemmer\nÅ;5\n".encode("utf-16")), encoding="utf-16") == {"Å": 5}


@pytest.mark.parametrize("encoding", ["cp1252", "Windows-1252"])
def test_what_is_not_windows_1252_is_not_to_be_called_so_again(
    refused: Refused, written: Written, encoding: str
) -> None:
    """A file with a byte that Windows-1252 lacks is refused with another way out than the encoding that was given."""
    message = refused(
        read_csv, written("parti;stemmer\nA;5\nØ;6\n".encode("cp850")), encoding=encoding, error=DataError
    )
    assert message == (
        f"votes.csv, line 3: not {encoding}; save it as CSV UTF-8 and leave the encoding out, "
        "or give the one that it was saved in, such as 'cp850'"
    )
    assert read_csv(written("parti;stemmer\nØ;6\n".encode("cp850")), encoding="cp850") == {"Ø": 6}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf8_is_not_read_as_windows_1252(refused: Refused, written: Written, mark: str) -> None:
    """A file in UTF-8, with or without its mark, is refused where it is called Windows-1252: Ø would be Ã˜."""
    path = written(f"{mark}parti;stemmer\nØ;6\n")
    message = refused(read_csv, path, encoding="cp1252", error=DataError)
    assert message == "votes.csv is UTF-8, and not cp1252; leave the encoding out"


@pytest.mark.parametrize(
    ("begin", "what"),
    [("PK\x03\x04", "a workbook (.xlsx)"), ("\xd0\xcf\x11\xe0", "a workbook (.xls)"), ("%PDF-", "a PDF")],
)
def test_other_kinds_of_files_are_refused_by_what_they_are(
    refused: Refused, written: Written, begin: str, what: str
) -> None:
    """A workbook or a PDF is told from a table, whatever encoding is given."""
    path = written(begin.encode("latin-1") + bytes(range(256)))
    for encoding in ("utf-8", "cp1252"):
        assert refused(read_csv, path, encoding=encoding, error=DataError).startswith(f"votes.csv is {what}")


@pytest.mark.parametrize("encoding", ["utf-99", "", "rot13", "hex"])
def test_unknown_encoding_is_refused(refused: Refused, written: Written, encoding: str) -> None:
    """An encoding that there is not is told by its name."""
    message = refused(read_csv, written("party,votes\nA,5\n"), encoding=encoding, error=DataError)
    assert message == f"encoding is {encoding!r}; give one that Python knows, such as 'cp1252'"


def test_file_that_cannot_be_read_is_refused(refused: Refused, tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is told by its path."""
    missing = refused(read_csv, tmp_path / "missing.csv", error=DataError)
    assert missing == f"{tmp_path / 'missing.csv'} cannot be read: No such file or directory"
    assert refused(read_csv, tmp_path, error=DataError).startswith(f"{tmp_path} cannot be read: ")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Nord;A;Soc;Ane;5\r\nSyd;A;Soc;Ane;5\r\nNord;A;Soc;Ane;6\r\n", "line 4: the row of line 2 stands here again"),
        ("Nord;A;Soc;Ane;fem\r\n", "line 2: the number is 'fem'"),
        ("Nord;;Soc;Ane;5\r\n", "line 2: the row has the name ''; a name is text that is not blank"),
        ("Nord;A;Soc;5\r\n", "line 2: 4 fields; the heading has 5"),
        ("", "votes.csv has a heading and no rows"),
    ],
)
def test_broken_web_export_is_refused(refused: Refused, written: Written, rows: str, message: str) -> None:
    """The same row twice, which would count its votes twice, and other breaks are told with their line."""
    assert message in refused(read_csv, written(WEB + rows), error=DataError)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["A=11", "B"], "votes has 'B'; write it as NAME=COUNT, for example A=11"),
        (["A=11", "A=5"], "votes names 'A' twice; each name stands once"),
        (["=5"], "votes has the name ''; a name is text that is not blank"),
        (["A="], "votes[\"A\"]: the number is ''; a count is whole and written with digits only"),
        (["A=-5"], "votes[\"A\"]: the number is '-5'; a count is whole and written with digits only"),
        (
            ["A=1.234"],
            "votes[\"A\"]: the number is '1.234'; a count is whole and written with digits only (1.234 is read as",
        ),
        (
            ["A=11,B=8", "C=2"],
            "votes has 'A=11,B=8'; write each count by itself, with a space between and no comma: A=11 B=8",
        ),
        (["A==11"], "votes has 'A==11'; write each count by itself"),
    ],
)
def test_broken_pairs_are_refused(refused: Refused, pairs: list[str], message: str) -> None:
    """Counts from a command line are refused by name, too."""
    assert refused(counted, "votes", pairs, error=VoteError).startswith(message)


def test_pairs_are_counts() -> None:
    """A name may have spaces and commas in it, and a count a Danish thousands separator where that is asked for."""
    assert counted("votes", ["A=11", "Fælles, fri=1.000"], thousands=True) == {"A": 11, "Fælles, fri": 1000}


@pytest.mark.parametrize("path", [None, True, 2.5, {}, [], "a\0b"])
@pytest.mark.parametrize("read", [data.read_csv, data.read_valgdk, data.read_json])
def test_what_is_no_path_is_refused(read: Callable[[Any], object], path: object, refused: Callable[..., str]) -> None:
    """Where a file is must be said as a text or a path."""
    assert refused(read, path, error=DataError).startswith(f"path is {path!r}; give where the file is")
