"""The wide table of Danmarks Statistik: votes by polling area, summed to councils, refused where they do not add up."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from kommunalvalg import DataError, data
from kommunalvalg.data import read_valgdatabase
from kommunalvalg.files.valgdatabase import election_in

Refused = Callable[..., str]
Written = Callable[[str], Path]

HEAD = (
    "Gruppe;ValgstedId;KredsNr;StorKredsNr;LandsdelsNr;KV2017 - A;KV2017 - Gyldige stemmer;"
    "KV2021 - A. Socialdemokratiet;KV2021 - SF - Socialistisk Folkeparti;KV2021 - Venstre, Danmarks Liberale Parti;"
    "KV2021 - Lokallister;KV2021 - Gyldige stemmer;KV2021 - Afgivne stemmer;KV2021 - Blanke stemmer;"
    "KV2021 - Andre ugyldige stemmer;KV2021 - Stemmeberettigede\n"
)
NORDBY = "Nordby;563001;1;2;3;90;90;100;20;30;8;158;163;4;1;300\n"
SOENDERHO = "Sønderho;563002;1;2;3;-;-;10;2,0;3;-;15;15;-;-;40\n"
OESTERBRO = "Østerbro;101001;1;2;3;70;70;50;20;30;0;100;110;7;3;250\n"


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a file called areas.csv."""

    def write(content: str) -> Path:
        path = tmp_path / "areas.csv"
        path.write_text(content, encoding="utf-8-sig")
        return path

    return write


def test_one_election_is_read_by_area_and_by_council(written: Written) -> None:
    """The parties are called by their letters, the areas are summed to councils by the kommunekode."""
    table = read_valgdatabase(written(HEAD + NORDBY + SOENDERHO + OESTERBRO), "kv2021")
    assert list(table.areas) == [101, 563]
    assert table.votes[563] == {"A": 110, "F": 22, "V": 33, "Lokallister": 8}
    assert table.votes[101] == {"A": 50, "F": 20, "V": 30}  # who had no vote there did not stand there
    fanoe = table.areas[563]
    assert [(area.name, area.valid, area.cast) for area in fanoe.areas] == [("Nordby", 158, 163), ("Sønderho", 15, 15)]
    assert (str(fanoe), fanoe.complete, fanoe.eligible, fanoe.share) == ("2 of 2 areas", True, 340, Fraction(1))
    assert [warned.text.values for warned in table.warnings] == [{"lists": "Lokallister"}]


def test_a_column_of_an_election_without_a_party_is_let_be(written: Written) -> None:
    """A heading that is nothing but an election's name is no party's, and makes no election."""
    wide = HEAD.replace("\n", ";KV2021;KV2013\n") + NORDBY.replace("\n", ";x;x\n")
    assert read_valgdatabase(written(wide), "KV2021").votes[563]["A"] == 100
    with pytest.raises(DataError, match=r"^election is 'KV2013'; areas.csv has the elections KV2017, KV2021$"):
        read_valgdatabase(written(wide), "KV2013")


def test_a_name_may_have_a_dash_in_it(written: Written) -> None:
    """What stands before the first is the election, and all that stands behind it the party."""
    wide = HEAD.replace("Lokallister", "Borgerlisten - Nord") + NORDBY
    assert read_valgdatabase(written(wide), "KV2021").votes[563]["Borgerlisten - Nord"] == 8


def test_an_area_without_valid_votes_is_not_counted(written: Written) -> None:
    """Sønderho has no figures of 2017: the area is missing there, and not one of 0 votes."""
    table = read_valgdatabase(written(HEAD + NORDBY + SOENDERHO), "KV2017")
    assert (table.areas[563].missing, table.votes[563]) == (("Sønderho",), {"A": 90})


def test_the_latest_municipal_election_is_the_one_that_is_taken(refused: Refused, written: Written) -> None:
    """Wherever its columns stand, and whatever other elections the table has; where there is none that is said."""
    for names, latest in ((("KV2021", "KV2017", "FV2022"), "KV2021"), (("kv2009", "RV2021", "KV2005"), "KV2009")):
        heading = ";".join(("Gruppe", "ValgstedId", *(f"{name} - Gyldige stemmer" for name in names)))
        assert election_in(written(f"{heading}\nNordby;563001;1;1;1\n")) == latest
    message = refused(election_in, written("Gruppe;ValgstedId;RV2021 - A;FV2022 - A\n"), error=DataError)
    assert message == "election is 'KV'; areas.csv has the elections FV2022, RV2021"
    message = refused(election_in, written("Gruppe;ValgstedId;KV2021\n"), error=DataError)
    assert message == "election is 'KV'; areas.csv has the elections none"


def test_a_figure_that_is_not_told_is_none(written: Written) -> None:
    """Without votes cast these are the valid ones; without those who may vote in one area there is no sum of them."""
    nordby = NORDBY.replace(";163;4;1;300", ";-;4;1;-")
    fanoe = read_valgdatabase(written(HEAD + nordby + SOENDERHO), "KV2021").areas[563]
    assert [(area.cast, area.eligible) for area in fanoe.areas] == [(158, None), (15, 40)]
    assert fanoe.eligible is None
    (missing,) = (area for area in read_valgdatabase(written(HEAD + SOENDERHO), "KV2017").areas[563].areas)
    assert (missing.votes, missing.cast) == ({}, 0)


def test_votes_cast_are_held_where_all_of_them_are_told(refused: Refused, written: Written) -> None:
    """Valid, blank and other invalid votes are the votes cast, also where one of them is none at all."""
    for blank, invalid, cast in ((0, 1, 159), (4, 0, 162), (0, 0, 158)):
        row = NORDBY.replace(";163;4;1;", f";{cast};{blank};{invalid};")
        assert read_valgdatabase(written(HEAD + row), "KV2021").areas[563].areas[0].cast == cast
        wrong = NORDBY.replace(";163;4;1;", f";{cast + 1};{blank};{invalid};")
        message = refused(read_valgdatabase, written(HEAD + wrong), "KV2021", error=DataError)
        assert message == (
            f"areas.csv, line 2: {cast + 1} votes cast are not valid 158 + blank {blank} + invalid {invalid}"
        )


@pytest.mark.parametrize(
    ("content", "election", "said"),
    [
        (HEAD + NORDBY, "KV2013", "election is 'KV2013'; areas.csv has the elections KV2017, KV2021"),
        (HEAD + NORDBY, None, "election is None; areas.csv has the elections"),
        ("Gruppe;ValgstedId\nNordby;563001\n", "KV2021", "areas.csv has the elections none"),
        (HEAD.replace("ValgstedId", "Id") + NORDBY, "KV2021", "line 1: 0 columns headed valgstedid"),
        (HEAD.replace("KV2017 - Gyldige", "KV2017 - x") + NORDBY, "KV2017", "has no column 'KV2017 - Gyldige stemmer'"),
        (HEAD.replace("KV2021 - Lokallister", "KV2021 - V. Venstre") + NORDBY, "KV2021", "are both of V"),
        (HEAD + NORDBY + NORDBY, "KV2021", "line 3: ValgstedId 563001 stands in line 2 already"),
        (
            HEAD + NORDBY.replace("563001", "Fanø"),
            "KV2021",
            "line 2: ValgstedId is 'Fanø'; it begins with a kommunekode",
        ),
        (HEAD + NORDBY.replace(";158;", ";159;"), "KV2021", "line 2: 159 valid votes; the parties have 158 together"),
        (HEAD + NORDBY.replace(";163;", ";164;"), "KV2021", "line 2: 164 votes cast are not valid 158 + blank 4"),
        (HEAD + NORDBY.replace(";8;", ";8,5;"), "KV2021", "line 2: Lokallister: the number is '8,5'"),
        (HEAD, "KV2021", "areas.csv has a heading and no rows"),
    ],
)
def test_what_does_not_add_up_is_refused(
    refused: Refused, written: Written, content: str, election: str, said: str
) -> None:
    """What is wrong is told with the file's name, and with the line where there is one."""
    assert said in refused(data.read_valgdatabase, written(content), election, error=DataError)
