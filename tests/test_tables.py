"""Counts from files that people write: what is read, and what is refused with the file's name and the line."""

import csv
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommunalvalg import DataError, VoteError, data, testing
from kommunalvalg.data import read_csv
from kommunalvalg.elections.area import municipalities_of
from kommunalvalg.files.fields import column_of, whole_number
from kommunalvalg.files.mayors import is_by_municipality, read_mayors
from kommunalvalg.files.tables import counted, is_total, read_table
from kommunalvalg.votes import look

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
        pytest.param("sep=\t\nparty\tvotes\nA\t1200\nÅ\t340\n", id="Excel's separator, a tab"),
        pytest.param("\ufeffsep=;\nparty;votes\nA;1200\nÅ;340\n", id="Excel's separator after a byte order mark"),
        pytest.param("Liste;Navn;Antal stemmer;Pct\nA;Alfa;1200;78\nÅ;Århus;340;22\n", id="list and its name"),
        pytest.param("parti,antal_stemmer\nA,1200\nÅ,340\n", id="a line between words"),
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


def test_excels_separator_stands_first_and_nowhere_else(written: Written) -> None:
    """Further down it is a list's name, if anybody has such a one."""
    assert read_csv(written("sep=;\nparty;votes\nA;7\nsep=;5\n")) == {"A": 7, "sep=": 5}


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


def test_counts_may_be_of_other_things(refused: Refused, written: Written) -> None:
    """Mayors are read as votes are, under their own heading."""
    headings = ("mayors", "borgmestre")
    assert read_table(written("parti;borgmestre\nA;10\n"), headings) == {"A": 10}
    table = written("parti;borgmestre\nA;1.000\n")
    assert "the number is '1.000'" in refused(read_table, table, headings, error=DataError)
    assert read_table(table, headings, thousands=True) == {"A": 1000}


def test_path_may_be_text(written: Written) -> None:
    """A file may be given by its name as text."""
    assert read_csv(str(written("party,votes\nA,5\n"))) == {"A": 5}


def test_web_export_is_added_up_by_letter(written: Written) -> None:
    """In the official web export the rows of a letter, from all polling areas, are one list."""
    rows = "Nord;A;Socialdemokratiet;;5\r\nNord;A;Socialdemokratiet;Ane;7\r\nSyd;A;Socialdemokratiet;Ane;2\r\n"
    assert read_csv(written("\ufeff" + WEB + rows + "Syd;Å;Alternativet;;1\r\n")) == {"A": 14, "Å": 1}


def test_official_web_export_of_fanoe_2021(written: Written) -> None:
    """The export of a whole municipality is read, with all its letters: a made one, and the official where it is."""
    votes = {"A": 190, "B": 666, "C": 496, "F": 148, "L": 61, "O": 32, "V": 428, "Ø": 201, "Å": 79}
    rows = [(area, letter, count // 2 + part * (count % 2)) for letter, count in votes.items() for part, area in FANOE]
    people = [(area, letter, person, count) for area, letter, half in rows for person, count in parted(half)]
    table = "".join(f"{area};{letter};Liste {letter};{person};{count}\r\n" for area, letter, person, count in people)
    assert read_csv(written("\ufeff" + WEB + table)) == votes
    path = Path(os.environ.get("KOMMUNALVALG_SHARED_DATA", "")) / "official" / "valgdk-export-kv2021-fanø.csv"
    if path.is_file():
        assert read_csv(path) == votes


FANOE = ((0, "1. Nordby"), (1, "2. Sønderho"))


def parted(votes: int) -> list[tuple[str, int]]:
    """Part the votes of a list among its list votes and two people."""
    return [("Listestemmer", votes // 3), ("Ane", votes - 2 * (votes // 3)), ("Bo", votes // 3)]


@given(votes=testing.votes(), delimiter=st.sampled_from(";,\t"))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, votes: dict[str, int], delimiter: str
) -> None:
    """Any names and votes that are written as a table come back as they look, but for totals."""
    *others, last = votes.values()
    assume(not any(is_total(name) for name in votes) and not (len(others) > 1 and last == sum(others) > 0))
    path = tmp_path_factory.getbasetemp() / "round.csv"
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in votes}
    lines = [f"party{delimiter}votes", *(f"{quoted[name]}{delimiter}{count}" for name, count in votes.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert list(read_csv(path).items()) == [(look(name), count) for name, count in votes.items()]


TOTAL_NAMES = """
I alt; I ALT; i alt:; Ialt; Sum; Total:; Totalt; Hovedtotal; Tilsammen; Stemmer i alt; Antal stemmer i alt; Alle
lister i alt; Gyldige stemmer; I alt gyldige stemmer; Gyldige stemmer i alt; Blanke; Blanke stemmer; Blanke
stemmesedler; Ugyldige stemmer; Andre ugyldige stemmer; Ugyldige stemmer i øvrigt; Ugyldige stemmer udover blanke; I
alt ugyldige stemmer; Afgivne stemmer; I alt afgivne stemmer; Afgivne stemmer i alt; Optalte stemmer;
Stemmeberettigede; Antal stemmeberettigede; Stemmeberettigede vælgere; Valgdeltagelse; København i alt; I alt på Fanø;
Total votes; Valid votes; Votes cast; Eligible voters
"""
LISTS = "Venstre; Det Samlede Venstre; Andre; Øvrige; Alle for Alle; Blank & Co.; Total Fornyelse; Summerlisten; I"


@pytest.mark.parametrize("name", [" ".join(name.split()) for name in TOTAL_NAMES.split(";")])
def test_a_total_in_any_official_wording_is_refused(refused: Refused, written: Written, name: str) -> None:
    """Every wording of the official tables is a total, whatever stands in the row."""
    content = f"Parti;Stemmer\nA;1100\nB;800\n{name};7\n"
    assert refused(read_csv, written(content), error=DataError).endswith("is no list; take the row out")


@pytest.mark.parametrize("name", LISTS.split("; "))
def test_the_name_of_a_list_is_no_total(written: Written, name: str) -> None:
    """A list is not taken for a total by one word of its name."""
    assert read_csv(written(f"Parti;Stemmer\nA;1100\nB;800\n{name};7\n"))[name] == 7


def test_a_last_row_that_is_the_sum_of_the_others_is_refused(refused: Refused, written: Written) -> None:
    """A total by any name is one; two lists with as many votes are not, nor a sum that stands elsewhere."""
    message = refused(read_csv, written("Parti;Stemmer\nA;1100\nB;800\nSkema 7;1900\n"), error=DataError)
    assert message == (
        "votes.csv, line 4: 'Skema 7' has 1900, the sum of all rows above it; a total is taken out, a list that "
        "happens to have as many is put in another place"
    )
    assert read_csv(written("Parti;Stemmer\nA;800\nB;800\n")) == {"A": 800, "B": 800}
    assert read_csv(written("Parti;Stemmer\nC;1900\nA;1100\nB;800\n")) == {"C": 1900, "A": 1100, "B": 800}
    assert read_csv(written("Parti;Stemmer\nA;0\nB;0\nC;0\n")) == {"A": 0, "B": 0, "C": 0}
    assert "line 4: 'C' has 1" in refused(read_csv, written("Parti;Stemmer\nA;1\nB;0\nC;1\n"), error=DataError)
    assert read_table(written("Parti;Borgmestre\nA;1\nB;1\nC;2\n"), ("borgmestre",)) == {"A": 1, "B": 1, "C": 2}


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_signs_that_cannot_be_seen_make_no_other_list(refused: Refused, written: Written, sign: str) -> None:
    """A blank, a soft hyphen or a mark from a file that was put on the end of another: the name is as it looks."""
    assert list(read_csv(written(f"parti;stemmer\n{sign}A{sign};11\nB;9\n"))) == ["A", "B"]
    message = refused(read_csv, written(f"parti;stemmer\nA;11\n{sign}A;9\n"), error=DataError)
    assert message == "votes.csv, line 3: 'A' stands in line 2 already"


# The web exports


@cache
def koebenhavn_2021() -> str:
    """København 2021 as the web export has it, in one area: the letter of one list is empty, names are places."""
    shared = os.environ.get("KOMMUNALVALG_SHARED_DATA", "")
    folder = Path(shared) / "kv2021"
    if not shared or not folder.is_dir():
        pytest.skip("KOMMUNALVALG_SHARED_DATA names no folder with kv2021/")
    rows = []
    with (folder / "lists.csv").open(encoding="utf-8-sig", newline="") as file:
        lists = {row["letter"]: row for row in csv.DictReader(file) if row["council"] == "København"}
    for letter, row in lists.items():
        rows.append(("" if letter == "Ë" else letter, row["name"], "Listestemmer", row["list_votes"]))
    with (folder / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["council"] == "København":
                letter = row["letter"]
                rows.append(("" if letter == "Ë" else letter, lists[letter]["name"], row["place"], row["votes"]))
    return WEB + "".join(f"1. Byen;{letter};{name};{person};{count}\r\n" for letter, name, person, count in rows)


def test_plain_ascii_may_be_read_in_any_encoding(written: Written) -> None:
    """A table of which every sign is the same in all encodings is read in the one that is named."""
    assert read_csv(written("party;votes\nA;5\n"), encoding="cp1252") == {"A": 5}


def test_a_list_without_a_letter_is_called_by_its_name(written: Written) -> None:
    """A warning says of which rows the letter is empty; the others keep their letters."""
    rows = "Nord;A;Soc;Ane;5\r\nNord;;Det Nye;Bo;2\r\nSyd;;Det Nye;Bo;1\r\n"
    votes = read_csv(written("\ufeff" + WEB + rows))
    assert votes == {"A": 5, "Det Nye": 3}
    assert [str(warned.text) for warned in votes.warnings] == [
        "The letter of Det Nye is empty in 2 rows; the list is called by its name."
    ]
    again = pickle.loads(pickle.dumps(votes))  # noqa: S301 - made here
    assert (again, again.warnings, type(again)) == (votes, votes.warnings, type(votes))


def test_koebenhavn_2021_has_27_lists_and_307190_votes(written: Written) -> None:
    """The list whose letter the export leaves empty is called by its name, and a warning says so."""
    votes = read_csv(written("\ufeff" + koebenhavn_2021()))
    assert (len(votes), sum(votes.values())) == (27, 307_190)
    assert votes["Det Demokratiske Parti"] == 144
    assert [str(warned.text) for warned in votes.warnings] == [
        "The letter of Det Demokratiske Parti is empty in 3 rows; the list is called by its name."
    ]


def test_the_export_of_an_election_to_the_folketing_is_added_up_by_letter(written: Written) -> None:
    """List votes stand under "Partiliste" there, and are votes like the others."""
    head = "Opstillingskreds;Afstemningsområde;Partibogstav;Partinavn;Navn;Stemmetal\n"
    rows = "Nørrebro;5. Nord;A;Soc;Partiliste;512\nNørrebro;5. Nord;A;Soc;Ane;37\nValby;1. Syd;A;Soc;Ane;3\n"
    assert read_csv(written(head + rows + "Valby;1. Syd;;Uden for partierne;Bo;8\n")) == {
        "A": 552,
        "Uden for partierne": 8,
    }


def test_two_candidates_of_one_name_are_told_where_every_area_has_both(refused: Refused, written: Written) -> None:
    """Two Anes in every area are two people, and a warning says so; twice in one area only is a row too many."""
    area = "{0};A;Soc;Listestemmer;1\n{0};A;Soc;Ane;5\n{0};A;Soc;Ane;2\n"
    votes = read_csv(written(WEB + area.format("Nord") + area.format("Syd")))
    assert votes == {"A": 16}
    assert [str(warned.text) for warned in votes.warnings] == [
        "2 candidates of list A have the name Ane; their places tell them apart."
    ]
    one = WEB + area.format("Nord") + "Syd;A;Soc;Listestemmer;1\nSyd;A;Soc;Ane;5\n"
    assert "line 4: the row of line 3 stands here again" in refused(read_csv, written(one), error=DataError)
    withheld = WEB + area.format("Nord").replace("Ane", "NN")
    assert read_csv(written(withheld)).warnings == ()


def test_lists_that_share_a_letter_are_added_up_and_it_is_said(written: Written) -> None:
    """Until 2021 two lists could have one letter: their votes are one number, which nobody should take for a list's."""
    votes = read_csv(written(WEB + "Nord;A;Alfa;Ane;5\nNord;A;Beta;Bo;6\n"))
    assert votes == {"A": 11}
    assert [str(warned.text) for warned in votes.warnings] == [
        "Alfa, Beta have the letter A; their votes are added up."
    ]


# What is refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "line 1: no column headed letter / bogstav", id="empty file"),
        pytest.param("\n \n", "line 1: no column headed letter", id="blank file"),
        pytest.param("party,votes\n", "votes.csv has a heading and no rows; at least one row is needed", id="no rows"),
        pytest.param(
            "party;stem\nA;5\n",
            "line 1: no column headed votes / stemmer / stemmetal / antal stemmer; the headings are party, stem",
            id="no votes",
        ),
        pytest.param("A,5\nB,6\n", "line 1: no column headed letter", id="no heading"),
        pytest.param('party,"vo\ntes"\nA,5\n', "line 2: no column headed votes / stem", id="heading on two lines"),
        pytest.param("\n\nparty,vote\nA,5\n", "line 3: no column headed votes / stem", id="heading after empty lines"),
        pytest.param("party,votes,stemmer\nA,5,6\n", "line 1: 2 columns headed votes / stemmer", id="two columns"),
        pytest.param("party,liste,votes\nA,B,6\n", "line 1: 2 columns headed party", id="two names"),
        pytest.param("parti;stemmer\nA;5\nI alt;5\n", "line 3: 'I alt' is no list; take the row out", id="total"),
        pytest.param("parti;stemmer\nA;5\nTOTAL:;5\n", "line 3: 'TOTAL:' is no list", id="total, shouted"),
        pytest.param("sep=;\n", "line 1: no column headed", id="a separator and nothing else"),
        pytest.param("sep=;votes\nparty;votes\nA;5\n", "line 1: no column headed letter", id="no separator"),
        pytest.param("party,votes\nA,5\nB\n", "line 3: 1 fields; the heading has 2", id="short row"),
        pytest.param("party,votes\nA,1,234\n", "line 2: 3 fields; the heading has 2", id="long row"),
        pytest.param("party,votes\nA,5\n\nB,6\nA,7\n", "line 5: 'A' stands in line 2 already", id="duplicate row"),
        pytest.param("party,votes\nÅ,5\nA\u030a,6\n", "line 3: 'Å' stands in line 2 already", id="duplicate letter"),
        pytest.param("party,votes\nA,5\n,6\n", "line 3: the row has the name ''; a name is text", id="no name"),
        pytest.param(
            'party,votes\n"A\nB",6\n', "line 3: the row has the name 'A\\nB'; a name is", id="name of two lines"
        ),
        pytest.param(
            'party,votes\nA,"5\n', "line 2: a quotation mark is opened and not closed", id="open quotation mark"
        ),
        pytest.param('party,votes\n"A"B,5\n', "line 2: behind a closing quotation mark", id="broken quotation mark"),
        pytest.param(f"party,votes\n{'A' * 200_000},5\n", "line 2: a field has more than 131072 s", id="endless field"),
        pytest.param("party\x0bvotes\nA,5\n", "line 1: no column headed letter", id="strange separator"),
        pytest.param(WEB + "Nord;A;Alfa;Ane;1.234\n", "line 2: the number is '1.234'", id="thousands"),
    ],
)
def test_broken_tables_are_refused(refused: Refused, written: Written, content: str, message: str) -> None:
    """What is wrong with a table is told with the file's name and the line's number."""
    found = refused(read_csv, written(content), error=DataError)
    assert found.startswith("votes.csv")
    assert message in found


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["navn", "stemme"], "the headings are navn, stemme; was stemmer meant?"),
        (["navn", "parti"], "the headings are navn, parti"),
        ([*(f"x{number}" for number in range(99)), "stemme"], "and 88 more; was stemmer meant?"),
        ([*(f"x{number}" for number in range(100)), "stemme"], "and 89 more"),
        ([], "the headings are none"),
    ],
)
def test_a_heading_that_was_meant_is_told(refused: Refused, headings: list[str], said: str) -> None:
    """Where one of the first hundred is like what is wanted; no table of people has more of them."""
    message = refused(column_of, Path("votes.csv"), 1, headings, ("stemmer", "votes"), error=DataError)
    assert message.endswith(said)


@pytest.mark.parametrize(
    "number",
    [
        *["", " ", "-3", "+3", "3.0", "1.234", "1,5", "1 234", "1e3", "0x1F", "twelve", "nan", "inf", "5%", "²", "٣"],
        *["1_000", "9" * 101],
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
    [
        ("0", 0),
        ("12", 12),
        (" 12 ", 12),
        ("1.234", 1234),
        ("12.345.678", 12345678),
        ("123.456", 123456),
        ("1" * 30, int("1" * 30)),
        ("9" * 100, 10**100 - 1),
    ],
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
    early = refused(read_csv, written("\nparti;Ørsted;stemmer\n".encode("cp1252")), error=DataError)
    assert early.startswith("votes.csv, line 2: not utf-8; ")
    other = refused(read_csv, written(b"\n.xn--zzzz..a"), encoding="idna", error=DataError)
    assert other.startswith(("votes.csv, line 1: not idna; ", "votes.csv, line 2: not idna; "))  # as Python counts
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


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('\ufeff<?xml version="1.0"?>\n<Data/>', "XML"),
        ("  \n<!DOCTYPE html>\n", "a web page (HTML)"),
        ("<HTML>", "a web page (HTML)"),
        ('{"A": 5}', "JSON"),
        ('[["A", 5]]', "JSON"),
        ('{"name": "Fanø"}'.encode("cp1252"), "JSON"),
    ],
)
def test_other_texts_are_refused_by_what_they_are(
    refused: Refused, written: Written, content: str | bytes, what: str
) -> None:
    """XML, JSON and a web page are told from a table."""
    assert refused(read_csv, written(content), error=DataError).startswith(f"votes.csv is {what}; a table in CSV")


@pytest.mark.parametrize("encoding", ["windows-1252", "1252", "latin-1", "mac_roman", "cp850"])
def test_utf8_is_not_read_as_anything_else(refused: Refused, written: Written, encoding: str) -> None:
    """A file in UTF-8 is refused in every encoding of one byte a letter, by whichever of its names."""
    message = refused(read_csv, written("parti;stemmer\nØ;6\n"), encoding=encoding, error=DataError)
    assert message == f"votes.csv is UTF-8, and not {encoding}; leave the encoding out"


@pytest.mark.parametrize("encoding", ["utf-99", "", "rot13", "hex", "undefined", None])
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
        ("Nord;;;Ane;5\r\n", "line 2: the row has the name ''; a name is text that is not blank"),
        ("Nord;A;Soc;Ane;5\r\nNord;;A;Bo;5\r\n", "line 3: A is the letter of one list and the name of another"),
        (
            "Nord;A;Soc;Ane;5\r\nNord;A;Soc;Ane;5\r\n",
            "line 3: the row of line 2 stands here again",
        ),
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


# Mayors by municipality

NORTH = municipalities_of("kv2025", "Nordjylland")
ALL_V = "".join(f"{name};V\n" for name in NORTH)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("kommune;parti\n" + ALL_V, id="as they are called"),
        pytest.param("Municipality,List\n" + ALL_V.replace(";", ","), id="in English"),
        pytest.param("kommune;bogstav\n" + ALL_V.replace(";V", ";Venstre"), id="the party by its name"),
        pytest.param("kommune;parti\n" + ALL_V.replace(";V", " Kommune; V "), id="the municipality in full"),
        pytest.param(
            "område;kommune;parti\n" + "".join(f"NORDJYLLAND;{name};V\n" for name in NORTH), id="with their region"
        ),
    ],
)
def test_a_mayor_stands_in_each_row(written: Written, content: str) -> None:
    """A table with a row for each municipality gives the letter of each mayor's list, in the order of the file."""
    assert is_by_municipality(written(content))
    mayors, warnings = read_mayors(written(content), "kv2025", "Nordjylland")
    assert list(mayors.items()) == [(name, "V") for name in NORTH]
    assert warnings == ()


def test_rows_of_other_regions_are_left_aside(written: Written) -> None:
    """Where a column says the region, rows of others are not even read, and a warning says how many there are."""
    rows = "".join(f"Nordjylland;{name};V\n" for name in NORTH)
    file = written("region;kommune;parti\nHovedstaden;København;A\nSjælland;nowhere;?\n" + rows)
    mayors, (warning,) = read_mayors(file, "kv2025", "nordjylland")
    assert tuple(mayors) == NORTH
    assert warning.said("en") == "votes.csv: rows of other regions that are left aside: 2."


def test_votes_of_the_web_export_are_no_mayors(refused: Refused, written: Written) -> None:
    """The web export is votes, and nothing else is read from it."""
    file = written("Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal\nNord;A;Liste A;NN;5\n")
    assert read_csv(file) == {"A": 5}
    assert "no column headed mayors; the headings are" in refused(read_table, file, ("mayors",), error=DataError)


def test_a_table_of_parties_is_not_by_municipality(written: Written) -> None:
    """Its headings tell it: a table of parties, or an empty one, has none of municipalities."""
    assert not is_by_municipality(written("parti;borgmestre\nV;11\n"))
    assert not is_by_municipality(written(""))
    assert not is_by_municipality(written("parti;kommuner\nV;11\n"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "kommune;parti\nLæsø;Q\n",
            "votes.csv, line 2: party is 'Q', which did not stand in Læsø; the lists there are ",
        ),
        ("kommune;parti\n\nNowhere;V\n", "votes.csv, line 3: "),
        (
            "kommune;parti\nRoskilde;V\n" + ALL_V,
            "votes.csv, line 2: 'Roskilde' is in the region Sjælland, and not in Nordjylland; take the row out",
        ),
        ("kommune;parti\nLæsø;V\nMorsø;V\nLæsø;A\n", "votes.csv, line 4: 'Læsø' stands in line 2 already"),
        (
            "kommune;parti\n" + ALL_V.replace("Læsø;V\n", ""),
            "votes.csv says nothing of Læsø; each municipality of the area has a mayor",
        ),
        ("kommune;borgmester\nLæsø;V\n", "votes.csv, line 1: no column headed party / parti / "),
        ("kommune;kommune;parti\nLæsø;Læsø;V\n", "votes.csv, line 1: 2 columns headed municipality / kommune"),
        ("", "votes.csv, line 1: no column headed municipality / kommune; the headings are none"),
    ],
)
def test_a_table_of_mayors_that_cannot_be_is_refused(
    written: Written, refused: Refused, content: str, said: str
) -> None:
    """The file and the line are named, and what would be right."""
    assert refused(read_mayors, written(content), "kv2025", "Nordjylland", error=DataError).startswith(said)
