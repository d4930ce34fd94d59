"""The wide table of Danmarks Statistik: votes by polling area, summed to councils, refused where they do not add up."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from kommunalvalg import DataError, data
from kommunalvalg.data import read_valgdatabase

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
    fanoe = table.areas[563]
    assert [(area.name, area.valid, area.cast) for area in fanoe.areas] == [("Nordby", 158, 163), ("Sønderho", 15, 15)]
    assert (str(fanoe), fanoe.complete, fanoe.eligible, fanoe.share) == ("2 of 2 areas", True, 340, Fraction(1))
    assert [warned.text.values for warned in table.warnings] == [{"lists": "Lokallister"}]


def test_an_area_without_valid_votes_is_not_counted(written: Written) -> None:
    """Sønderho has no figures of 2017: the area is missing there, and not one of 0 votes."""
    table = read_valgdatabase(written(HEAD + NORDBY + SOENDERHO), "KV2017")
    assert (table.areas[563].missing, table.votes[563]) == (("Sønderho",), {"A": 90})


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
