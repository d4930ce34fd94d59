"""The embedded figures of the municipal elections of 18 November 2025, and the script that builds them."""

import csv
import importlib.util
import json
import os
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from unicodedata import normalize

import attrs
import pytest

from kommunalvalg import data
from kommunalvalg.elections import embedded, figures
from kommunalvalg.errors import DataError, VoteError

PACKAGED = files("kommunalvalg.elections") / "kv2025.jsonl"
SCRIPT = Path(__file__).parents[1] / "tools" / "build_kv2025.py"

Table = list[dict[str, str]]
Tables = dict[str, Table]


# What is in the package


def test_file_has_the_checksum_that_its_first_line_states() -> None:
    """The figures are, to the byte, those that the build script wrote."""
    first, _, rest = PACKAGED.read_bytes().partition(b"\n")
    assert json.loads(first)["sha256"] == sha256(rest).hexdigest()


def test_totals_are_the_official_ones() -> None:
    """98 councils, 1,165 lists, 9,217 candidates, 3,256,070 valid votes and 2,432 seats come out as values."""
    everywhere = data.councils("kv2025")
    lists = [a_list for council in everywhere.values() for a_list in council.lists]
    assert len(everywhere) == 98
    assert len(lists) == 1165
    assert sum(len(a_list.candidates) for a_list in lists) == 9217
    assert sum(a_list.votes for a_list in lists) == 3_256_070
    assert sum(council.seats for council in everywhere.values()) == 2432


def test_cast_votes_are_valid_blank_and_invalid_ones_in_every_council() -> None:
    """The figures of each council add up (KRVL-74), and the lists' votes are the valid votes."""
    for name, council in data.councils("kv2025").items():
        counts = data.counts("kv2025", name)
        figures = (counts.blank, counts.invalid, counts.cast, counts.eligible)
        blank, invalid, cast, eligible = (figure for figure in figures if figure is not None)
        assert counts.valid + blank + invalid == cast <= eligible
        assert sum(a_list.votes for a_list in council.lists) == counts.valid
        assert list(counts.parties) == [a_list.letter for a_list in council.lists]


def test_every_list_votes_sum_is_the_one_in_the_file() -> None:
    """A list's votes, computed from its list votes and personal votes, are the votes that were published."""
    for row in embedded.rows("kv2025"):
        computed = [a_list.votes for a_list in data.council("kv2025", row.name).lists]
        assert computed == [a_list.votes for a_list in row.lists]


def test_party_of_every_embedded_list_follows_from_letter_and_name() -> None:
    """The party table gives the party of each of the 1,165 lists from the names in the package alone."""
    lists = [a_list for council in embedded.rows("kv2025") for a_list in council.lists]
    wrong = [a_list[:3] for a_list in lists if (data.party_of(a_list.letter, a_list.name) or "") != a_list.party]
    assert not wrong
    stood = Counter(a_list.party for a_list in lists)
    assert (stood["A"], stood["B"], stood["K"], stood["Å"], stood[""]) == (98, 85, 28, 41, 199)


def test_lists_named_after_a_person_are_called_by_their_letter(script: ModuleType) -> None:
    """The names of the withheld lists are "Liste" and the letter, and no party's name goes on with a person's."""
    names = {
        (council.code, a_list.letter): a_list.name for council in embedded.rows("kv2025") for a_list in council.lists
    }
    assert {names[key] for key in script.NAMED_AFTER_A_PERSON if names[key] != f"Liste {key[1]}"} == set()
    assert {name for (_, letter), name in names.items() if letter == "Æ"} == {"Danmarksdemokraterne"}


def test_candidates_are_named_by_list_and_place_on_the_ballot() -> None:
    """A candidate is "A-3", the third on list A, and never a person's name."""
    for council in data.councils("kv2025").values():
        for a_list in council.lists:
            expected = [f"{a_list.letter}-{place}" for place in range(1, len(a_list.candidates) + 1)]
            assert [candidate.name for candidate in a_list.candidates] == expected


def test_fanoe_is_as_it_was_counted() -> None:
    """One small council, figure by figure: lists, forms, alliances, votes of the first candidates."""
    fanoe = data.council("kv2025", "Fanø")
    assert (fanoe.name, fanoe.seats, fanoe.year) == ("Fanø", 11, 2025)
    assert [(a_list.letter, a_list.votes, a_list.list_votes, a_list.form) for a_list in fanoe.lists] == [
        ("A", 106, 34, "partiliste"),
        ("B", 997, 45, "sideordnet"),
        ("C", 555, 49, "sideordnet"),
        ("F", 95, 22, "sideordnet"),
        ("L", 82, 4, "partiliste"),
        ("V", 186, 14, "sideordnet"),
        ("Ø", 182, 55, "partiliste"),
        ("Å", 142, 8, "partiliste"),
    ]
    assert fanoe.alliances == (("A", "F", "Å"), ("B", "L", "Ø"))
    assert [candidate.votes for candidate in fanoe.lists[0].candidates] == [26, 8, 7, 9, 6, 1, 5, 4, 3, 3]


def test_an_alliance_of_one_list_is_kept() -> None:
    """A valgforbund that only one list has joined is still there, as a tuple of one (KRVL-38)."""
    line = '[1,"Ved","Vand",1,9,3,3,0,0,1,[["A","A","","s",1,0,2,1,[1],[[1,1]],[]],["B","B","","s",2,0,1,0,[2],[],[]]]]'
    election = figures._election("kv2025", embedded._parsed(line))
    assert election.alliances == (("B",), ("A",))


# What the authorities published


def test_published_fanoe() -> None:
    """Seats, mandates in seat-number order and substitutes are those that were published for Fanø."""
    fanoe = data.published("kv2025", "Fanø")
    assert fanoe.seats == {"A": 0, "B": 5, "C": 3, "F": 0, "L": 0, "V": 1, "Ø": 1, "Å": 1}
    assert [(mandate.number, mandate.candidate, mandate.rank) for mandate in fanoe.mandates] == [
        (1, "B-1", 1),
        (2, "B-8", 2),
        (3, "C-4", 1),
        (4, "B-2", 3),
        (5, "Å-1", 1),
        (6, "B-4", 4),
        (7, "C-2", 2),
        (8, "B-5", 5),
        (9, "Ø-1", 1),
        (10, "V-1", 1),
        (11, "C-1", 3),
    ]
    assert fanoe.substitutes["V"] == ("V-3", "V-2", "V-4", "V-5")
    assert fanoe.substitutes["A"] == ()


def test_published_seats_mandates_and_substitutes_agree_everywhere() -> None:
    """In every council the numbers run from 1, each list has its seats, and its other candidates are substitutes."""
    for name, council in data.councils("kv2025").items():
        result = data.published("kv2025", name)
        assert [mandate.number for mandate in result.mandates] == list(range(1, council.seats + 1))
        elected = Counter(mandate.letter for mandate in result.mandates)
        assert {letter: elected[letter] for letter in result.seats} == result.seats
        for a_list in council.lists:
            chosen = {mandate.candidate for mandate in result.mandates if mandate.letter == a_list.letter}
            others = {candidate.name for candidate in a_list.candidates} - chosen
            assert set(result.substitutes[a_list.letter]) == (others if chosen else set())


def test_lolland_ae_ran_out_of_candidates() -> None:
    """On Lolland list Æ had four candidates and got four seats: the case of § 81 (3) and § 82 in the data."""
    lists = {a_list.letter: a_list for a_list in data.council("kv2025", "Lolland").lists}
    assert len(lists["Æ"].candidates) == data.published("kv2025", "Lolland").seats["Æ"] == 4


# Finding a council


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (563, "Fanø"),
        ("563", "Fanø"),
        ("0563", "Fanø"),
        ("fanø", "Fanø"),
        (" FANØ  KOMMUNE ", "Fanø"),
        ("Københavns", "København"),
        ("Københavns Kommune", "København"),
        ("0101", "København"),
        ("Bornholms Regionskommune", "Bornholm"),
        ("Nordfyns", "Nordfyns"),
        ("Nordfyns Kommune", "Nordfyns"),
        ("Vesthimmerlands Kommune", "Vesthimmerlands"),
        ("Randers", "Randers"),
        ("Høje–Taastrup", "Høje-Taastrup"),
        ("Faaborg - Midtfyn", "Faaborg-Midtfyn"),
        ("Høje Taastrup", "Høje-Taastrup"),
        ("lyngby tårbæk kommune", "Lyngby-Taarbæk"),
        ("Århus", "Aarhus"),
        (normalize("NFD", "Tårnby"), "Tårnby"),
        (normalize("NFD", "Åbenrå Kommune"), "Aabenraa"),
    ],
)
def test_a_council_is_found_by_code_and_by_every_official_spelling(asked: str | int, name: str) -> None:
    """Case, composition, dashes, "Kommune", the genitive and the old "å" make no difference; codes may be text."""
    assert data.council("kv2025", asked).name == name


def test_every_council_is_found_by_its_name_its_code_and_with_kommune() -> None:
    """No two councils are taken for each other under any spelling that is allowed."""
    for row in embedded.rows("kv2025"):
        assert row.code is not None
        for asked in (
            row.code,
            f"{row.code:04}",
            row.name,
            f"{row.name}s Kommune",
            row.name.upper(),
        ):
            assert data.counts("kv2025", asked).code == row.code


@pytest.mark.parametrize("function", [data.council, data.published, data.counts])
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("Fano", "council is 'Fano', which kv2025 does not have; was Fanø meant?"),
        ("Hostebro", "was Holstebro meant?"),
        ("Atlantis", "council is 'Atlantis', which kv2025 does not have; give a name or a kommunekode"),
        (999, "council is 999, which kv2025 does not have"),
        (-563, "council is -563, which kv2025 does not have"),
        ("9" * 5000, "which kv2025 does not have"),
        ("x" * 10**6, "which kv2025 does not have"),
        ("", "council is ''; give a name or a kommunekode, such as 'Fanø' or 563"),
        ("Kommune", "council is 'Kommune', which kv2025 does not have"),
        (True, "council is True; give a name or a kommunekode"),
        (563.0, "council is 563.0; give a name or a kommunekode"),
        (None, "council is None; give a name or a kommunekode"),
    ],
)
def test_an_unknown_council_is_refused_with_the_names_like_it(
    function: Callable[[str, str | int], object], asked: str | int, message: str
) -> None:
    """What names no council is a DataError of one line that says what was asked and what there is."""
    with pytest.raises(DataError) as caught:
        function("kv2025", asked)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("asked", ["kv2021", "", None, 2025, ["kv2025"]])
def test_an_unknown_election_is_refused_with_those_there_are(asked: str) -> None:
    """An election that is not in the package is a DataError that lists those that are."""
    for function in (data.council, data.published, data.counts):
        with pytest.raises(DataError, match=f"^election is {re.escape(repr(asked))}; the embedded elections are kv"):
            function(asked, "Fanø")
    with pytest.raises(DataError, match=f"^election is {re.escape(repr(asked))}; the embedded elections are kv"):
        data.councils(asked)


def test_a_year_alone_asks_after_the_municipal_election() -> None:
    """Who writes 2025 means the election of the councils, and not that of the regions."""
    with pytest.raises(DataError, match=r"was kv2025 meant\?$"):
        data.council("2025", "Fanø")


def test_councils_come_in_the_order_of_their_codes() -> None:
    """The mapping of all councils is keyed by name, in kommunekode order, with the values council() gives."""
    everywhere = data.councils("kv2025")
    codes = [data.counts("kv2025", name).code or 0 for name in everywhere]
    assert codes == sorted(codes)
    assert all(council == data.council("kv2025", name) for name, council in everywhere.items())


def test_one_council_reads_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for one council parses no other council's line, which keeps it quick."""
    read = []
    parsed = embedded._parsed

    def watched(line: str) -> embedded.CouncilRow:
        read.append(line)
        return parsed(line)

    monkeypatch.setattr(embedded, "_parsed", watched)
    data.council("kv2025", "Fanø")
    assert len(read) == 1


def test_what_is_loaded_is_a_value() -> None:
    """Published results and counts are equal when loaded twice, can be hashed, and cannot be changed."""
    for function in (data.published, data.counts):
        value = function("kv2025", "Fanø")
        assert value == function("kv2025", 563)
        assert len({value, function("kv2025", 563)}) == 1
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            value.name = "Mandø"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("997", "998", 1), "f.jsonl does not have the checksum of its first line"),
        (lambda text: text[:-1], "f.jsonl does not have the checksum of its first line"),
        (lambda text: text.replace('"version":1', '"version":2', 1), "f.jsonl, line 1 has the format"),
        (lambda text: text.partition("\n")[2], "f.jsonl, line 1 is"),
        (lambda _: "", "f.jsonl, line 1 is ''"),
        (lambda _: "[]\n", "f.jsonl, line 1 is '[]'"),
        (lambda _: "{}\n", "f.jsonl, line 1 is '{}'"),
    ],
)
def test_a_damaged_file_is_refused(change: Callable[[str], str], message: str) -> None:
    """A file that is not, to the byte, what its first line says gives no figures."""
    with pytest.raises(DataError) as caught:
        embedded._indexed("f.jsonl", change(PACKAGED.read_text(encoding="utf-8")))
    assert str(caught.value).startswith(message)


# Parties


@pytest.mark.parametrize(
    ("letter", "name", "party"),
    [
        ("A", "Socialdemokratiet", "A"),
        ("B", "Det Radikale Venstre", "B"),
        ("C", "DET KONSERVATIVE FOLKEPARTI", "C"),
        ("F", "SF – Socialistisk  Folkeparti", "F"),
        ("F", "Socialistisk Folkeparti - SF", "F"),
        ("K", "KD - KristenDemokraterne", "K"),
        ("O", "Dansk Folkeparti i Glostrup", "O"),
        ("V", "Venstre", "V"),
        ("V", "Venstre Danmarks Liberale Parti", "V"),
        ("V", "Venstre på Mors", "V"),
        ("Ø", "Enhedslisten Køge", "Ø"),
        ("Ø", "Enhedslisten — De Rød/Grønne", "Ø"),
        ("A\u030a", "Alternativet", "Å"),
        # Another list's letter, or a party's letter on another list.
        ("K", "DKP - Danmarks Kommunistiske Parti", None),
        ("L", "Venstre", None),
        ("A", "Venstre", None),
        ("V", "Radikale Venstre", None),
        ("B", "Venstre", None),
        # Near the name of a party, and not it.
        ("V", "Venstresocialisterne", None),
        ("V", "Venstre om åen", None),
        ("Å", "Alternativet til byrådet", None),
        ("C", "Konservativ Borgerliste", None),
        ("O", "Dansk Folkepartis Venner", None),
        ("D", "Nye Borgerlige", None),
        ("a", "Socialdemokratiet", None),
        ("A", "-", None),
    ],
)
def test_a_list_is_a_partys_by_letter_and_name(letter: str, name: str, party: str | None) -> None:
    """Spelling makes no difference, a wrong letter or an unknown name does, and nothing is guessed."""
    assert data.party_of(letter, name) == party


def test_every_party_is_found_by_its_own_official_name() -> None:
    """The name that reports print is a name that the table knows; the letters are in the order of the ballot."""
    assert [data.party_of(party.letter, party.name) for party in data.PARTIES.values()] == list(data.PARTIES)
    assert "".join(data.PARTIES) == "ABCFIKMOVÆØÅ"


@pytest.mark.parametrize(
    ("letter", "name", "field"),
    [("", "Venstre", "letter"), ("V", " ", "list"), (None, "Venstre", "letter"), ("V", 7, "list")],
)
def test_what_is_no_letter_or_no_name_is_refused(letter: str, name: str, field: str) -> None:
    """Blank or other than text is a VoteError, not a local list."""
    value = letter if field == "letter" else name
    with pytest.raises(VoteError, match=f"^{field} has the name {value!r}; a name is text"):
        data.party_of(letter, name)


# The build script


@pytest.fixture(name="script", scope="module")
def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_kv2025", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="tables")
def _tables() -> Tables:
    """Two made-up councils, the one with the higher code first."""

    def table(text: str) -> Table:
        return list(csv.DictReader(text.split()))

    return {
        "municipalities": table("""
            code,name,region,seats,eligible,cast,valid,blank,invalid,polling_areas
            802,Vesterby,Fjord,1,9,5,5,0,0,1
            801,Østerby,Fjord,3,90,62,60,1,1,2"""),
        "lists": table("""
            code,letter,name,national_party,ballot_pos,form,candidates,alliance,votes,list_votes,seats
            801,A,Socialdemokratiet,A,1,sideordnet,3,,40,10,2
            801,L,Hansens-Liste,,2,partiliste,2,1,15,9,1
            801,Æ,Danmarksdemokraterne-Hansen,Æ,3,sideordnet,1,1,5,0,0
            802,V,Venstre,V,1,sideordnet,2,,5,1,1"""),
        "candidates": table("""
            code,letter,ballot_pos,personal_votes,rank,mandate,substitute
            801,A,1,8,,,1
            801,A,2,12,1,1,
            801,A,3,10,2,3,
            801,L,1,2,1,2,
            801,L,2,4,,,1
            801,Æ,1,5,,,
            802,V,1,4,1,1,
            802,V,2,0,,,1"""),
    }


TOTALS = {"councils": 2, "lists": 4, "candidates": 8, "valid": 65, "seats": 4}
WITHHELD = {(801, "L")}


def write(folder: Path, tables: Tables) -> Path:
    """Write the tables as the files that the script reads."""
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_build_writes_the_format_that_is_described(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """Councils come by code, lists and candidates in ballot order, with what was published and without names."""
    first, *rest = script.build(write(tmp_path, tables), totals=TOTALS, withheld=WITHHELD).splitlines()
    assert json.loads(first)["totals"] == TOTALS
    oesterby = (
        '[801,"Østerby","Fjord",3,90,62,60,1,1,2,['
        '["A","Socialdemokratiet","A","s",40,10,0,2,[8,12,10],[[2,1],[3,3]],[1]],'
        '["L","Liste L","","p",15,9,1,1,[2,4],[[1,2]],[2]],'
        '["Æ","Danmarksdemokraterne","Æ","s",5,0,1,0,[5],[],[]]]]'
    )
    vesterby = '[802,"Vesterby","Fjord",1,9,5,5,0,0,1,[["V","Venstre","V","s",5,1,0,1,[4,0],[[1,1]],[2]]]]'
    assert rest == [oesterby, vesterby]


def test_what_was_built_can_be_read(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """The reader of the package accepts what the script writes, checksum and all."""
    opened = embedded._indexed("f", script.build(write(tmp_path, tables), totals=TOTALS, withheld=WITHHELD))
    assert (opened.day[:4], opened.codes) == ("2025", {"801": "Østerby", "802": "Vesterby"})


def test_build_does_not_depend_on_the_order_of_lines(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """The same figures give the same bytes, however the tables are sorted."""
    expected = script.build(write(tmp_path, tables), totals=TOTALS, withheld=WITHHELD)
    turned = {name: rows[::-1] for name, rows in tables.items()}
    assert script.build(write(tmp_path, turned), totals=TOTALS, withheld=WITHHELD) == expected


@pytest.mark.parametrize(
    ("table", "line", "column", "cell", "message"),
    [
        ("municipalities", 3, "blank", "2", "municipalities.csv, line 3: cast is 62; 60 valid + 2 blank + 1 invalid"),
        ("municipalities", 3, "eligible", "50", "municipalities.csv, line 3: cast is 62, more than 50 eligible"),
        ("municipalities", 2, "seats", "2", "municipalities.csv, line 2: seats is 2; its lists have 1"),
        ("municipalities", 2, "code", "801", "municipalities.csv, line 2: code 801 stands twice"),
        ("municipalities", 2, "code", "803", "lists.csv, line 5: code 802 is not in municipalities.csv"),
        ("municipalities", 2, "name", "Vester,by", "municipalities.csv, line 2: name is 'Vester,by'"),
        ("municipalities", 2, "cast", "5.0", "municipalities.csv, line 2: cast is '5.0'; it is a whole number"),
        ("lists", 2, "votes", "41", "lists.csv, line 2: votes is 41; personal votes 30 + list votes 10"),
        ("lists", 2, "national_party", "", "lists.csv, line 2: national_party is ''"),
        ("lists", 3, "national_party", "V", "lists.csv, line 3: national_party is 'V'"),
        ("lists", 3, "form", "fri", "lists.csv, line 3: form is 'fri'; it is sideordnet or partiliste"),
        ("lists", 3, "letter", "A", "lists.csv, line 2: list 801 A stands twice"),
        ("lists", 5, "letter", "v", "candidates.csv, line 8: list 802 V is not in lists.csv"),
        ("lists", 4, "candidates", "2", "lists.csv, line 4: candidates is 2; candidates.csv has 1 for 801 Æ"),
        ("lists", 4, "ballot_pos", "4", "lists.csv, line 4: ballot_pos is 4 where 3 is next"),
        ("lists", 4, "seats", "1", "candidates.csv, line 7: its list has 0 elected and 1 seats"),
        ("candidates", 4, "ballot_pos", "2", "candidates.csv, line 4: ballot_pos is 2 where 3 is next"),
        ("candidates", 4, "mandate", "4", "candidates.csv, line 4: mandate is 4 where 3 is next"),
        ("candidates", 4, "mandate", "", "candidates.csv, line 4: rank and mandate go together"),
        ("candidates", 4, "rank", "1", "candidates.csv, line 4: rank is 1 where 2 is next"),
        ("candidates", 4, "substitute", "2", "candidates.csv, line 4: is both elected and a substitute"),
        ("candidates", 2, "substitute", "2", "candidates.csv, line 2: substitute is 2 where 1 is next"),
        ("candidates", 2, "personal_votes", "-8", "candidates.csv, line 2: personal_votes is '-8'"),
        ("candidates", 2, "personal_votes", "", "candidates.csv, line 2: personal_votes is ''"),
        ("candidates", 2, "code", "809", "candidates.csv, line 2: list 809 A is not in lists.csv"),
    ],
)
def test_build_refuses_tables_that_do_not_add_up(
    script: ModuleType, tables: Tables, tmp_path: Path, table: str, line: int, column: str, cell: str, message: str
) -> None:
    """One wrong cell is enough, and the message names the file, the line and what is wrong."""
    tables[table][line - 2][column] = cell
    with pytest.raises(DataError) as caught:
        script.build(write(tmp_path, tables), totals=TOTALS, withheld=WITHHELD)
    assert str(caught.value).startswith(message)


def test_build_refuses_valid_votes_that_are_not_the_lists(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """A council whose lists have more or fewer votes than it has valid ones is refused."""
    tables["municipalities"][0] |= {"valid": "4", "blank": "1"}
    with pytest.raises(DataError, match=r"municipalities\.csv, line 2: valid is 4; the votes of its lists make 5"):
        script.build(write(tmp_path, tables), totals=TOTALS, withheld=WITHHELD)


@pytest.mark.parametrize("what", list(TOTALS))
def test_build_refuses_other_totals(script: ModuleType, tables: Tables, tmp_path: Path, what: str) -> None:
    """Tables that add up but are not the whole country are refused, with what they amount to."""
    with pytest.raises(DataError, match=f"has {what} {TOTALS[what]} in all; it should be 1,?000"):
        script.build(write(tmp_path, tables), totals={**TOTALS, what: 1000}, withheld=WITHHELD)


def test_build_refuses_a_withheld_list_that_is_not_there(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """A slip in the table of withheld names is found: it cannot leave a name in the package."""
    with pytest.raises(DataError, match=r"lists\.csv has no list 802 L, whose name is to be withheld"):
        script.build(write(tmp_path, tables), totals=TOTALS, withheld={(802, "L")})


def test_build_refuses_to_withhold_a_partys_name(script: ModuleType, tables: Tables, tmp_path: Path) -> None:
    """A party's list keeps its name, by which it is known as the party's."""
    with pytest.raises(DataError, match=r"^lists\.csv, line 5: a list named after a person is not a party's$"):
        script.build(write(tmp_path, tables), totals=TOTALS, withheld={(802, "V")})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "lists.csv cannot be read"),
        ("", "lists.csv has no column code, letter"),
        ("code,letter\n801,A\n", "lists.csv has no column name, national_party"),
        ('code,letter\n801,"A\n', "lists.csv, line 2 cannot be read"),
    ],
)
def test_build_refuses_a_file_that_is_no_table(
    script: ModuleType, tables: Tables, tmp_path: Path, text: str | None, message: str
) -> None:
    """A missing file, column or closing quote is named."""
    path = write(tmp_path, tables) / "lists.csv"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        script.build(tmp_path, totals=TOTALS, withheld=WITHHELD)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("line", ["802,V,2,0,,", "802,V,2,0,,,1,"])
def test_build_refuses_a_line_of_another_length(script: ModuleType, tables: Tables, tmp_path: Path, line: str) -> None:
    """A line with too few or too many cells is named, and not filled up."""
    path = write(tmp_path, tables) / "candidates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("802,V,2,0,,,1", line), encoding="utf-8")
    with pytest.raises(DataError, match=r"candidates\.csv, line 9: has more or fewer cells than the first line"):
        script.build(tmp_path, totals=TOTALS, withheld=WITHHELD)


def test_command_refuses_in_one_line_and_writes_nothing(
    script: ModuleType, tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad tables end with status 2, one line on standard error and no file."""
    out = tmp_path / "out.jsonl"
    assert script.main(["--source", str(write(tmp_path, tables)), "--out", str(out)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n"), out.exists()) == ("", 1, False)


def tables_of_the_package() -> Tables:
    """The tables as far as they can be told from the package: those that it was built from, without names withheld."""
    tables: Tables = {"municipalities": [], "lists": [], "candidates": []}
    for council in embedded.rows("kv2025"):
        code = str(council.code)
        figures = ("seats", "eligible", "cast", "valid", "blank", "invalid", "polling_areas")
        row = dict(zip(figures, map(str, council[3:10]), strict=True))
        tables["municipalities"].append({"code": code, "name": council.name, "region": council.region, **row})
        for number, its in enumerate(council.lists, start=1):
            tables["lists"].append(
                {
                    "code": code,
                    "letter": its.letter,
                    "name": its.name,
                    "national_party": its.party,
                    "ballot_pos": str(number),
                    "form": {"s": "sideordnet", "p": "partiliste"}[its.form],
                    "candidates": str(len(its.personal)),
                    "alliance": str(its.alliance or ""),
                    "votes": str(its.votes),
                    "list_votes": str(its.list_votes),
                    "seats": str(its.seats),
                }
            )
            seats = {place: (str(rank), str(seat)) for rank, (place, seat) in enumerate(its.elected, start=1)}
            order = {place: str(rank) for rank, place in enumerate(its.substitutes, start=1)}
            for place, votes in enumerate(its.personal, start=1):
                rank, mandate = seats.get(place, ("", ""))
                cells = (code, its.letter, str(place), str(votes), rank, mandate, order.get(place, ""))
                tables["candidates"].append(dict(zip(CANDIDATES, cells, strict=True)))
    return {name: rows[::-1] for name, rows in tables.items()}


CANDIDATES = ("code", "letter", "ballot_pos", "personal_votes", "rank", "mandate", "substitute")


def test_package_is_rebuilt_to_the_byte(script: ModuleType, tmp_path: Path) -> None:
    """The script writes exactly the file of the package, from made tables, and from the published where they are."""
    shared = os.environ.get("KOMMUNALVALG_SHARED_DATA")
    published = [Path(shared) / "kv2025"] if shared and (Path(shared) / "kv2025").is_dir() else []
    out = tmp_path / "kv2025.jsonl"
    for source in (write(tmp_path, tables_of_the_package()), *published):
        assert script.main(["--source", str(source), "--out", str(out)]) == 0
        assert out.read_bytes() == PACKAGED.read_bytes()
