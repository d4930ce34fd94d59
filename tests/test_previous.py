"""Earlier elections in whichever form people have them: each is the same votes, seats and areas of one council."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from exports import export, made, write

from kommunalvalg import Candidate, CandidateList, CouncilElection, DataError, data
from kommunalvalg.elections.embedded import on_day
from kommunalvalg.elections.polling import Count
from kommunalvalg.files.previous import is_by_area
from kommunalvalg.files.web_export import NATIONAL

Refused = Callable[..., str]
WIDE = "Gruppe;ValgstedId;KV2021 - A;KV2021 - Gyldige stemmer\n"
WEB = "Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal\n"


def folder_of(tmp_path: Path, *, without: str = "") -> Path:
    """Write a small export."""
    for name, content in export().items():
        if not without or without not in name:
            (tmp_path / "kv" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "kv" / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "kv"


def test_an_embedded_election_has_what_is_known_of_it() -> None:
    """Of 2013 the votes are known, of 2025 the seats that were published too."""
    before, now = data.read_previous("kv2013", "Fanø"), data.read_previous("kv2025", "Fanø")
    assert (before.name, before.votes["A"], before.seats) == ("kv2013", 262, None)
    assert (now.votes["A"], now.names["A"], now.seats) == (
        data.council("kv2025", "Fanø").votes["A"],
        "Socialdemokratiet",
        data.published("kv2025", "Fanø").seats,
    )


def test_a_table_may_have_seats(tmp_path: Path) -> None:
    """A table of votes is of the council that is asked about, whichever; its seats are known where it has them."""
    file = tmp_path / "before.csv"
    file.write_text("parti;stemmer\nA;11\nB;8\n", encoding="utf-8")
    before = data.read_previous(file, "Nyby")
    assert (before.name, before.votes, before.seats) == ("before.csv", {"A": 11, "B": 8}, None)
    file.write_text("parti;stemmer;mandater\nÅ;11;5\nB;8;4\n", encoding="cp1252")
    assert data.read_previous(file, "Nyby", encoding="cp1252").seats == {"Å": 5, "B": 4}


def test_an_election_in_json_has_the_seats_that_come_out(tmp_path: Path) -> None:
    """The seats of an election are computed; where a lot is open they are not known."""
    data.write_json(data.council("kv2025", "Fanø"), tmp_path / "fanø.json")
    before = data.read_previous(tmp_path / "fanø.json", "Fanø")
    assert (before.name, before.names["B"]) == ("fanø.json", "Radikale Venstre")
    assert before.seats == data.published("kv2025", "Fanø").seats
    tied = CouncilElection("Nyby", 1, [CandidateList(key, key, [Candidate(key, 5)]) for key in "AB"])
    data.write_json(tied, tmp_path / "nyby.json")
    assert data.read_previous(tmp_path / "nyby.json", "Nyby").seats is None


def test_an_election_of_somebody_else_is_not_compared_without_a_word(tmp_path: Path, refused: Refused) -> None:
    """A file that says that it is of another council is told of; one of an election to the Folketing is refused."""
    data.write_json(data.council("kv2025", "Fanø"), tmp_path / "before.json")
    assert data.read_previous(tmp_path / "before.json", "FANØ Kommune").warnings == ()
    (warned,) = data.read_previous(tmp_path / "before.json", "Ærø").warnings
    assert warned.said() == "before.json is of Fanø; it is compared with Ærø."
    (tmp_path / "fv.csv").write_text(f"{';'.join(NATIONAL)}\nFanø;Nord;A;Soc;Ane;5\n", encoding="utf-8")
    message = refused(data.read_previous, tmp_path / "fv.csv", "Fanø", error=DataError)
    assert message == "fv.csv is of an election to the Folketing; the election before is of the same council"


def test_an_export_has_areas_and_the_published_seats(tmp_path: Path, refused: Refused) -> None:
    """The council is found in any case; without its mandates the seats are not known, and another is not there."""
    folder = folder_of(tmp_path)
    before = data.read_previous(folder, "ØBY")
    assert (before.votes, before.names["A"]) == ({"A": 59, "B": 25, "C": 15}, "Liste A")
    assert (before.seats, before.areas and before.areas.number) == ({"A": 3, "B": 1, "C": 1}, 2)
    message = refused(data.read_previous, folder, "Nyby", error=DataError)
    assert message == f"COUNCIL is 'Nyby', which {folder} does not have; it has Øby"
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    read = data.previous_reader(archive.rename(tmp_path / "packed.ZIP"), several=True)
    assert (read("Øby Kommune").votes, read("øby").name, read("øby").warnings) == (before.votes, "packed.ZIP", ())
    assert refused(read, "Øbyy", error=DataError).endswith("does not have; was Øby meant?")


def test_an_unfinished_export_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """An area of it may be missing, and its mandates; its seats are then not known."""
    council = next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø")
    files = {name: content for name, content in made(council).items() if "mandat" not in name}
    before = data.read_previous(write(files, tmp_path / "kv"), "Fanø")
    assert (before.votes, before.seats) == (data.council("kv2025", "Fanø").votes, None)
    assert before.areas is not None
    assert not before.areas.complete


def test_the_wide_table_is_of_a_council_by_its_code(tmp_path: Path, refused: Refused) -> None:
    """Where there is one council it is that; of several the one that is asked about, by kommunekode."""
    file = tmp_path / "areas.csv"
    file.write_text(f"{WIDE}Nordby;563001;120;120\nSønderho;563002;4;4\n", encoding="utf-8")
    before = data.read_previous(file, "Anywhere")
    assert (before.name, before.votes, before.areas and before.areas.number) == ("KV2021", {"A": 124}, 2)
    file.write_text(f"{WIDE}Østerbro;101001;7;7\nNordby;563001;120;120\n", encoding="utf-8")
    read = data.previous_reader(file, several=True)
    assert [read(name).votes["A"] for name in ("København", "Fanø")] == [7, 120]
    message = refused(read, "Læsø", error=DataError)
    assert message == "COUNCIL is 'Læsø', which areas.csv does not have; it has 101, 563"


def test_what_is_of_one_council_is_not_read_for_several(tmp_path: Path, refused: Refused) -> None:
    """A table, a web export and a JSON file do not say whose votes they are."""
    table, web, plain = tmp_path / "a.csv", tmp_path / "web.csv", tmp_path / "a.json"
    table.write_text("parti;stemmer\nA;11\n", encoding="utf-8")
    web.write_text(f"{WEB}Nord;A;Soc;Ane;5\nSyd;A;Soc;Ane;2\nSyd;;Nye;Bo;1\n", encoding="utf-8")
    data.write_json(data.council("kv2025", "Fanø"), plain)
    for file in (table, web, plain):
        message = refused(data.previous_reader, file, several=True, error=DataError)
        assert message == f"{file.name} is of one council, and several are asked about"
    before = data.read_previous(web, "Nyby")
    assert (before.votes, before.names) == ({"A": 7, "Nye": 1}, {"A": "Soc", "Nye": "Nye"})
    assert before.areas is not None
    assert [str(each.text) for each in before.warnings] == [
        "The letter of Nye is empty in 1 rows; the list is called by its name."
    ]
    assert [(area.name, area.count) for area in before.areas.areas] == [("Nord", Count.FINAL), ("Syd", Count.FINAL)]
    assert (before.areas.number, before.areas.complete, before.seats) == (2, True, None)
    assert [area.votes for area in before.areas.areas] == [{"A": 5}, {"A": 2, "Nye": 1}]
    assert (is_by_area(web), is_by_area(table)) == (True, False)


def test_a_regional_election_and_one_of_a_wide_table_with_local_lists(tmp_path: Path) -> None:
    """What was published of a region is known; and of lists that stand together it is told that they do."""
    north = data.read_previous("rv2025", "Nordjylland")
    assert north.seats == data.published("rv2025", "Nordjylland").seats
    file = tmp_path / "areas.csv"
    file.write_text(
        "Gruppe;ValgstedId;KV2021 - A;KV2021 - Lokallister;KV2017 - A;KV2021 - Gyldige stemmer\n"
        "Nordby;563001;120;3;1;123\n",
        encoding="utf-8",
    )
    before = data.read_previous(file, "Fanø")
    assert (before.name, before.votes) == ("KV2021", {"A": 120, "Lokallister": 3})
    assert [str(each.text)[:11] for each in before.warnings] == ["Lokallister"]


@pytest.mark.parametrize("content", ["", "\n"], ids=["empty", "blank"])
def test_an_empty_table_is_no_earlier_election(tmp_path: Path, refused: Refused, content: str) -> None:
    """It has no headings, which is told with its name and line."""
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    assert refused(data.read_previous, tmp_path / "a.csv", "Nyby", error=DataError).startswith("a.csv, line 1: ")
