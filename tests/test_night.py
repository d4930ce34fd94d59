"""A night that is not over: what is said of it everywhere, what is expected of the rest, and the page that is kept."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, cast
from unicodedata import normalize
from zipfile import ZipFile

import numpy as np
import pytest
from attrs import evolve
from commands import ENGLISH, Run
from exports import made
from hypothesis import given
from hypothesis import strategies as st
from nights import NORDBY, SOENDERHO, half_counted, web_table, write

from kommunalvalg import data, elect_council, report
from kommunalvalg.analysis.majorities import power
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.what_if import without_alliances
from kommunalvalg.elections.embedded import on_day
from kommunalvalg.elections.forecast import forecast, matched
from kommunalvalg.elections.polling import Count, PollingArea, PollingAreas
from kommunalvalg.errors import DataError
from kommunalvalg.files.night import CouncilOfTable, Watched, chosen
from kommunalvalg.files.plain import from_plain, to_plain
from kommunalvalg.files.valgdk import export_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.counted import Counted
from kommunalvalg.report.counted import as_counted
from kommunalvalg.report.documents import Column, Document, Table
from kommunalvalg.report.half_circles import half_circle_svg
from kommunalvalg.report.night import council_night
from kommunalvalg.simulation import CountedAreas, Poll, SwungAreas, simulate
from kommunalvalg.simulation.night import the_night
from kommunalvalg.text import Word, said

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
SHARED = Path(os.environ.get("KOMMUNALVALG_SHARED_DATA", "no folder is named"))
SAID = "Foreløbig: 1 af 2 afstemningsområder, 50 % af de stemmeberettigede"
PARTIAL = evolve(data.council("kv2025", "Fanø"), counted=Counted(areas=2, of=6, share=Fraction(41, 100)))
FANOE = "Foreløbig: 2 af 6 afstemningsområder, 41 % af de stemmeberettigede"


def _area(name: str, **votes: int) -> PollingArea:
    return PollingArea(name, Count.FINAL, FrozenDict(votes))


# What is said of it


@pytest.mark.parametrize(
    "result",
    [
        elect_council(PARTIAL),
        margins(PARTIAL),
        power(PARTIAL),
        without_alliances(PARTIAL),
        simulate(PARTIAL, Poll(400), 50, seed=1),
        elect_council(PARTIAL).proportional,
    ],
    ids=lambda result: type(result).__name__,
)
def test_whatever_is_computed_of_an_unfinished_count_says_so(result: object) -> None:
    """The head of the document, every table of it, and every row that a program takes say how far the count is."""
    told = report.document(result)
    assert said(told.said[0], "da") == FANOE
    for table in told.tables[1:]:
        assert said(table.title, "da").endswith(FANOE)
    for table in told.data:
        assert {said(cast("Word", row[-1]), "da") for row in table.rows} <= {FANOE}
    assert FANOE in report.explain(result, "da", "html")


def test_rows_and_frames_of_an_unfinished_count_say_so() -> None:
    """Each row of a table of values says that it is preliminary; of a final count there is no such column."""
    assert {row["preliminary"] for row in report.rows(elect_council(PARTIAL))} == {FANOE}
    assert "preliminary" not in report.rows(elect_council(data.council("kv2025", "Fanø")))[0]


def test_pictures_of_an_unfinished_count_say_so() -> None:
    """The title, the words for who does not see the picture, and the drawing for pages say it."""
    result = elect_council(PARTIAL)
    drawn: list[tuple[Any, Any]] = [
        (report.half_circle, result),
        (report.quotient_race, result),
        (report.margins_plot, margins(PARTIAL)),
    ]
    for draw, of in drawn:
        assert FANOE in draw(of).get_title()
        assert report.alt_text(draw, of).startswith(FANOE)
    assert FANOE in half_circle_svg(result)
    assert FANOE not in half_circle_svg(elect_council(data.council("kv2025", "Fanø")))


def test_how_far_the_count_is_stands_once_above_the_first_table() -> None:
    """The head of a document is the caption of its first table, where that has none, also with a paragraph between."""
    tables = [Table(name, title, (Column("n", "N"),), ((1,),)) for name, title in (("a", ""), ("b", ""), ("c", "C"))]
    told = as_counted(Document("Fanø", ("In words.", *tables)), PARTIAL)
    titles = [said(table.title, "da") for table in told.tables]
    assert (said(told.said[0], "da"), titles) == (FANOE, ["", FANOE, f"C – {FANOE}"])


def test_how_far_a_count_is_goes_through_files() -> None:
    """A case that is written and read is the same, with how far it is counted."""
    plain = json.loads(json.dumps(to_plain(PARTIAL, ordered=True)))
    assert from_plain(plain, type(PARTIAL)) == PARTIAL


def test_a_whole_count_is_no_longer_preliminary(tmp_path: Path, refused: Callable[..., str]) -> None:
    """The share is never rounded up to all, and nothing is said of a count that is final."""
    assert Counted(areas=5, of=6, share=Fraction(999, 1000)).text.values["percent"] == 99
    assert "is 7" in refused(Counted, areas=7, of=6)
    assert "from 0 to 1" in refused(Counted, areas=1, of=6, share=Fraction(3, 2))
    night = data.read_valgdk(write(half_counted(), tmp_path), partial=True, seats={"Øby": 5})
    assert night["Øby"].counted == Counted(areas=1, of=2, share=Fraction(1, 2))


# What the rest may bring


def test_new_and_vanished_lists_are_part_of_the_swing() -> None:
    """A new list gets in the rest what it has in the counted areas, and one that is gone gets nothing."""
    now = PollingAreas((_area("Nord", A=50, N=50),), 2)
    then = PollingAreas((_area("Nord", A=60, G=40), _area("Syd", A=80, G=20)), 2)
    found = forecast(now, ["A", "N"], then)
    assert found.expected == ({"A": 58, "N": 42},)  # A 80 % − 10, N 50 %, G 20 % − 40 → 0: 70 and 50 of 120
    assert found.by_swing


def test_areas_find_each_other_by_name_and_the_rest_by_what_is_left() -> None:
    """A number before the name is no part of it; a new area is compared with none, and expected as one in the mean."""
    now = PollingAreas(
        (_area("1. Nord", A=10), _area("Ny", A=5), PollingArea("Vest", Count.MISSING, FrozenDict({}))), 4
    )
    then = PollingAreas((_area("4. 1. Nord", A=8), _area("2. Syd", A=4), _area("3. Vest", A=6)), 3)
    found = matched(now, then)
    assert found.counted == (({"A": 10}, {"A": 8}),)
    assert (found.alone, found.left) == (({"A": 5},), ({"A": 6}, {"A": 4}))
    assert matched(now, PollingAreas((_area("Ø", A=8),), 1)).left == ({"A": 8}, {"A": 8})


def test_without_a_comparable_area_the_election_before_is_not_used() -> None:
    """Where no counted area has one before, the rest is expected to vote as the counted ones do."""
    now = PollingAreas((_area("Nord", A=30, B=10),), 2)
    found = forecast(now, ["A", "B"], PollingAreas((_area("Syd", A=1),), 1))
    assert (found.by_swing, found.votes) == (False, {"A": 60, "B": 20})


def test_an_area_counts_by_who_may_vote_there() -> None:
    """Without an election before, an area with twice as many voters is expected to give twice as many votes."""
    nord = PollingArea("Nord", Count.FINAL, FrozenDict({"A": 30}), 30, 100)
    syd = PollingArea("Syd", Count.MISSING, FrozenDict({}), eligible=200)
    assert forecast(PollingAreas((nord, syd), 2, 300), ["A"]).votes == {"A": 90}
    assert forecast(PollingAreas((nord,), 3, 400), ["A"]).expected == ({"A": 45}, {"A": 45})


@given(st.lists(st.tuples(*[st.integers(0, 500)] * 6), min_size=2, max_size=6), st.data())
def test_nobody_loses_what_is_counted(areas: list[tuple[int, ...]], draws: st.DataObject) -> None:
    """What is expected of the rest is never below zero, and comes on top of what is counted."""
    then = PollingAreas(tuple(_area(str(n), A=a, B=b, C=c) for n, (a, b, c, *_) in enumerate(areas)), len(areas))
    number = draws.draw(st.integers(1, len(areas)))
    now = tuple(_area(str(n), A=a, B=b, D=d) for n, (*_, a, b, d) in enumerate(areas[:number]))
    found = forecast(PollingAreas(now, len(areas)), ["A", "B", "D"], then)
    assert len(found.expected) == len(areas) - number
    for key in "ABD":
        assert found.votes[key] >= sum(area.votes[key] for area in now)


def test_a_swing_without_spread_is_drawn_as_it_is_expected() -> None:
    """Where all counted areas moved alike, every drawing gives the forecast."""
    before = ({"A": 50, "B": 50}, {"A": 30, "B": 70})
    now = ({"A": 60, "B": 40}, {"A": 40, "B": 60})
    model = SwungAreas(list(zip(now, before, strict=True)), [{"A": 20, "B": 80}], [{"A": 7}])
    case = evolve(PARTIAL.distribution, votes={"A": 1, "B": 1}, alliances=(), capacity=None)
    (drawn,) = model.draw([case], 20, np.random.default_rng(1))
    assert drawn.tolist() == [[137, 170]] * 20


def test_models_of_the_rest_are_of_one_council(refused: Callable[..., str]) -> None:
    """What is no pair of votes now and before is refused, and so are several councils."""
    assert "votes now and before" in refused(SwungAreas, "A", [])
    assert "at least one" in refused(SwungAreas, [({"A": 1}, {"A": 0})], [])


def test_the_chances_come_of_the_rest_alone() -> None:
    """When everything is counted nothing is drawn; before, what is expected is among what comes out."""
    fanoe = data.council("kv2025", "Fanø")
    nordby = PollingArea("Nordby", Count.FINAL, fanoe.votes)
    assert the_night(fanoe, PollingAreas((nordby,), 1)).simulated is None
    night = the_night(fanoe, PollingAreas((nordby,), 2), n=200)
    assert night.simulated is not None
    assert night.simulated.at_least("B", night.standing.certain["B"]).value == 1


# The page that is kept


def _export(folder: Path) -> Path:
    return write(half_counted(), folder / "valgdk")


def test_one_reading_gives_a_page_json_and_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --once the three files are written, and each says that the count is not over."""
    folder, out = _export(tmp_path), tmp_path / "aften"
    run = Run(
        capsys, "night", str(folder), "--council", "Øby", "--seats", "5", "--majority", "A+B", "--once", "-o", str(out)
    )
    assert (run.status, run.err) == (0, "")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count(SAID) > 3
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "<figure><svg xmlns" in page
    night = json.loads((out / "night.json").read_text(encoding="utf-8"))
    oeby = night["councils"]["Øby"]
    assert (oeby["counted"], oeby["of"], oeby["share"], night["warnings"]) == (1, 2, "1/2", [])
    assert [(row["key"], row["votes"], row["seats"]) for row in oeby["lists"]] == [
        ("A", 47, 3),
        ("B", 16, 1),
        ("C", 10, 1),
    ]
    assert oeby["majorities"][-1]["lists"] == "A+B"
    lines = (out / "night.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("Øby;1;2;0,5;A;")


def test_a_night_says_what_changed_since_the_election_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the election before by polling area the rest is forecast by the swing, and lists that are gone are told."""
    before = web_table(tmp_path, "kv2021.csv", {"Nordby": {"A": 40, "B": 30, "G": 10}, "Sønderho": {"A": 10, "B": 12}})
    out = tmp_path / "aften"
    called = ("night", str(_export(tmp_path)), "--council", "Øby", "--seats", "5", "--previous", str(before))
    assert Run(capsys, *called, "--once", "-o", str(out), *ENGLISH).status == 0
    told = json.loads((out / "night.json").read_text(encoding="utf-8"))["councils"]["Øby"]
    assert any(text.startswith("Each area that is not counted is expected to have moved") for text in told["text"])
    assert any(text.endswith("seldom move them by more than 2.24 percentage points.") for text in told["text"])
    assert {"key": "G", "name": "no longer stands"}.items() <= told["lists"][-1].items()


def test_the_election_before_of_another_council_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no polling area is one of those before, the file is hardly the council's, which is said."""
    export = str(EXAMPLES / "glostrup-2-of-6.zip")
    own = web_table(tmp_path, "own.csv", {"Ejbyhallen": {"A": 40}, "Vesterhavet": {"A": 10}})
    other = web_table(tmp_path, "other.csv", {"Nordby": {"A": 40}, "Sønderho": {"A": 10}})
    said = (
        "kommunalvalg: Intet afstemningsområde i other.csv er et af dem i Glostrup; den kan være en anden kommunes.\n"
    )
    for called in (
        ("night", export, "--council", "Glostrup", "--once", "-n", "20", "-o", str(tmp_path / "aften")),
        ("council", "Glostrup", "--export", export, "--partial"),
    ):
        for before in (own, other):
            assert (said in Run(capsys, *called, "--previous", str(before)).err) is (before == other)


def test_a_majority_is_told_where_its_lists_stand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that stands nowhere is refused by its option; a council that lacks one is not told of its majority."""
    export, out = _export(tmp_path), tmp_path / "aften"
    called = ("night", str(export), "--council", "Øby", "--seats", "5", "--once", "-o", str(out))
    refused = Run(capsys, *called, "--majority", "A+X")
    assert (refused.status, out.exists()) == (2, False)
    assert refused.err == "kommunalvalg: --majority nævner 'X', som ikke er i listerne; listerne har A, B, C\n"
    fanoe = data.council("kv2025", "Fanø")
    night = the_night(fanoe, PollingAreas((_area("Nordby", **fanoe.votes),), 2), n=50)
    (told,) = (table for table in council_night(night, [("A", "O"), ("A", "B")]).data if table.key == "majorities")
    assert [row[0] for row in told.rows][-1:] == ["A+B"]
    assert "A+O" not in [row[0] for row in told.rows]


def test_the_pages_of_several_councils_lead_to_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The names in the table of all lead to the councils' pages, and those back."""
    fanoe = made(next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø"))
    glostrup = made(next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Glostrup"))
    folder, out = write({**fanoe, **glostrup}, tmp_path / "valgdk"), tmp_path / "aften"
    assert Run(capsys, "night", str(folder), "--once", "-o", str(out), *ENGLISH).status == 0
    every = (out / "index.html").read_text(encoding="utf-8")
    assert (every.count('<a href="Fanø.html">Fanø</a>'), every.count("<nav>")) == (1, 0)
    assert '<a href="index.html">Election night: all councils</a>' in (out / "Fanø.html").read_text(encoding="utf-8")


def test_a_damaged_file_keeps_the_last_good_answer(tmp_path: Path) -> None:
    """A file that is cut off or does not add up stands as it was when it was whole, and the reading names it."""
    files = half_counted()
    folder = write(files, tmp_path)
    watched = Watched(folder, seats={"Øby": 5})
    good = watched.read()
    assert (watched.changed(), watched.changed()) == (True, False)
    (folder / NORDBY).write_bytes((folder / NORDBY).read_bytes()[:200])
    assert watched.changed()
    damaged = watched.read()
    assert (damaged.elections, list(damaged.damaged)) == (good.elections, [NORDBY])
    wrong = {**files[NORDBY], "AfgivneStemmer": 1}
    write({NORDBY: wrong}, folder)
    assert list(watched.read().damaged) == [NORDBY]
    write({NORDBY: files[NORDBY]}, folder)
    assert (watched.read().elections, watched.read().damaged) == (good.elections, {})
    fresh = Watched(write({**files, NORDBY: b"{"}, tmp_path / "fresh"), seats={"Øby": 5})
    assert (fresh.read().elections, fresh.read().areas["Øby"].counted) == ({}, 0)


def test_what_comes_of_a_damaged_file_is_not_told(tmp_path: Path) -> None:
    """Where it cannot be read who stands, the results of the council are nobody's; the one file is named, in one go."""
    fanoe = made(next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø"))
    files = {**half_counted(), **fanoe}
    stands = next(name for name in files if name.startswith("kandidat") and "Øby" in name)
    reading = Watched(write({**files, stands: b"{"}, tmp_path / "fresh")).read()
    assert (list(reading.damaged), list(reading.elections), list(reading.areas)) == ([stands], ["Fanø"], ["Fanø"])
    both = {**files, NORDBY: b"{", SOENDERHO: b"["}
    reading = Watched(write(both, tmp_path / "both"), seats={"Øby": 5}).read()
    assert (list(reading.damaged), reading.areas["Øby"].counted) == ([NORDBY, SOENDERHO], 0)


def test_what_nothing_can_stand_in_for_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there, a table of which nothing is said, another council: one clear line, and no page."""
    out = str(tmp_path / "aften")
    assert "is not there" in Run(capsys, "night", str(tmp_path / "no"), "--once", "-o", out, *ENGLISH).error
    table = web_table(tmp_path, "nyby.csv", {"Nord": {"A": 5}})
    named = ("night", str(table), "--once", "-o", out, *ENGLISH)
    assert "add --council NAME (whose votes they are), --seats N (how" in Run(capsys, *named).error
    assert "alone; add --year YEAR (of" in Run(capsys, *named, "--council", "Nyby", "--seats", "5").error
    folder = str(_export(tmp_path))
    called = ("night", folder, "--once", "-o", out, *ENGLISH)
    assert "add --council" in Run(capsys, *called, "--seats", "5").error
    assert "--alliance goes with a table" in Run(capsys, *called, "--alliance", "A+B").error
    assert "--year goes with a table" in Run(capsys, *called, "--year", "2029").error
    assert "give its seats" in Run(capsys, *called).error
    error = Run(capsys, *called, "--council", "Nyby", "--previous", "kv2013", "--seats", "5").error
    assert "seats names 'Nyby'; the councils are Øby" in error
    with pytest.raises(DataError, match=r"nyby\.csv is a table and says no council, seats and alliances; give them$"):
        Watched(table)


def test_one_growing_table_is_watched_as_an_export_is(tmp_path: Path) -> None:
    """A table with a row for each candidate in each area gives a council, when its seats and alliances are said."""
    council = CouncilOfTable(name="Nyby", seats=5, alliances=(("A", "B"), ("X",)), areas=3, year=2029)
    table = web_table(tmp_path, "nyby.csv", {"Nord": {"A": 40, "B": 30, "C": 20}})
    read = Watched(table, table=council).read()
    assert read.elections["Nyby"].votes == {"A": 40, "B": 30, "C": 20}
    assert (read.elections["Nyby"].alliances, read.elections["Nyby"].year) == ((("A", "B"),), 2029)
    assert read.elections["Nyby"].counted == Counted(areas=1, of=3)


def test_a_table_may_spell_its_letters_as_two_code_points(tmp_path: Path) -> None:
    """Headings, areas and lists of a table are the same with å as one code point or as two."""
    council = CouncilOfTable(name="Nyby", seats=5, alliances=(("A", "Å"),), areas=2, year=2029)
    table = web_table(tmp_path, "nyby.csv", {"Åby": {"A": 40, "Å": 30}, "Syd": {"A": 1, "Å": 2}})
    whole = Watched(table, table=council).read()
    text = table.read_text(encoding="utf-8-sig")
    assert normalize("NFD", text) != text
    table.write_text(normalize("NFD", text), encoding="utf-8")
    assert Watched(table, table=council).read() == whole


def test_the_council_of_a_table_has_what_the_table_says(tmp_path: Path) -> None:
    """The lists have their names and as many candidates as there are seats, and the areas are those of the table."""
    council = CouncilOfTable(name="Nyby", seats=2, year=2029)
    table = web_table(tmp_path, "nyby.TXT", {"Nord": {"A": 40, "B": 30}, "Syd": {"A": 1, "B": 2}})
    watched = Watched(table, table=council)
    assert watched.is_table
    reading = watched.read()
    first = reading.elections["Nyby"].lists[0]
    assert (first.key, first.name, first.votes, first.list_votes) == ("A", "Liste A", 41, 41)
    assert [(each.name, each.votes) for each in first.candidates] == [("A-1", 0), ("A-2", 0)]
    assert (reading.areas["Nyby"].number, reading.elections["Nyby"].counted, reading.damaged) == (2, None, {})
    fewer = Watched(table, table=evolve(council, areas=1)).read()
    assert fewer.areas["Nyby"].number == 2


def test_a_table_of_another_kind_is_not_watched(tmp_path: Path, refused: Callable[..., str]) -> None:
    """A table without polling areas is refused by its name; a folder is an export, whatever is said of a table."""
    council = CouncilOfTable(name="Øby", seats=5, year=2025)
    (tmp_path / "votes.csv").write_text("parti;stemmer\nA;5\n", encoding="utf-8")
    message = refused(Watched(tmp_path / "votes.csv", table=council).read, error=DataError)
    begins = "votes.csv is no table with a row for each candidate in each polling area: such a table has the columns "
    columns = ("afstemningsområde", "bogstavbetegnelse", "listenavn", "navn", "stemmetal")
    found = "here are parti, stemmer, and not afstemningsområde, bogstavbetegnelse, listenavn, navn, and stemmetal"
    assert message == f"{begins}{', '.join(columns)}; {found} (nearest: stemmer)"
    (tmp_path / "votes.csv").write_text(";".join(reversed(columns)), encoding="utf-8")
    said = refused(Watched(tmp_path / "votes.csv", table=council).read, error=DataError)
    assert said.endswith(
        "they stand in another order here: stemmetal, navn, listenavn, bogstavbetegnelse, " + columns[0]
    )
    (tmp_path / "votes.csv").write_text("", encoding="utf-8")
    said = refused(Watched(tmp_path / "votes.csv", table=council).read, error=DataError)
    assert "; here are none, and not afstemningsområde, " in said
    (tmp_path / "votes.csv").write_text("l;st;s;afstemningsområde;bogstavbetegnelse;navn", encoding="utf-8")
    said = refused(Watched(tmp_path / "votes.csv", table=council).read, error=DataError)
    assert said.endswith("and not listenavn and stemmetal (nearest: st)")
    (tmp_path / "votes.csv").write_text("afstemningsområde;bogstav;navn;b;A", encoding="utf-8")
    said = refused(Watched(tmp_path / "votes.csv", table=council).read, error=DataError)
    assert said.endswith("and not bogstavbetegnelse (nearest: bogstav), listenavn, and stemmetal")
    watched = Watched(_export(tmp_path), table=council, seats={"Øby": 5}, areas={"Øby": 7})
    assert not watched.is_table
    assert watched.read().areas["Øby"].number == 7
    folder = watched.path.rename(tmp_path / "kv.csv")
    assert Watched(folder, table=council, seats={"Øby": 5}).read().areas["Øby"].number == 2
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    assert Watched(packed, seats={"Øby": 5}).read().areas["Øby"].number == 2


def test_some_councils_of_a_reading_are_kept(tmp_path: Path, refused: Callable[..., str]) -> None:
    """By any of their spellings; none named is all of them, and one that is not there is refused with the councils."""
    council = next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø")
    reading = Watched(write({**half_counted(), **made(council)}, tmp_path), seats={"Øby": 5}).read()
    assert sorted(reading.elections) == sorted(reading.areas) == ["Fanø", "Øby"]
    assert chosen(reading, ()) is reading
    fanoe = chosen(reading, ("fanø kommune",))
    assert (list(fanoe.elections), list(fanoe.areas)) == (["Fanø"], ["Fanø"])
    said = refused(chosen, reading, ("Øby", "Fnø"), error=DataError)
    assert said == "--council is 'Fnø'; was Fanø meant?"
    assert "; the councils are " in refused(chosen, reading, ("Xxxxxxx",), error=DataError)


def test_a_file_that_nothing_stands_in_for_ends_the_reading(tmp_path: Path, refused: Callable[..., str]) -> None:
    """What is wrong at first is told, not what came of leaving the file out; what is of no file is told as it is."""
    lone = {name: b"{" for name in half_counted() if name.startswith("kandidat")}
    folder = write({**half_counted(), **lone}, tmp_path / "lone")
    with pytest.raises(DataError, match=f"^{re.escape(next(iter(lone)))} is not whole JSON"):
        Watched(folder).read()
    watched = Watched(write(half_counted(), tmp_path / "good"), seats={"Øby": 5})
    watched.read()
    others = json.dumps(half_counted()[next(iter(lone))]).replace("list-", "other-")
    write({next(iter(lone)): others.encode()}, tmp_path / "good")
    assert "Nordby.json: none of its lists is in any kandidatdata" in refused(watched.read, error=DataError)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "has no kandidatdata" in refused(Watched(empty).read, error=DataError)


_PROGRAM = "from kommunalvalg.cli import main; main()"


@pytest.mark.usefixtures("interruptible")
def test_a_night_is_followed_until_ctrl_c(tmp_path: Path) -> None:
    """The page is written anew when a file changes, a damaged one is named on it, and Ctrl-C ends with status 0."""
    files, out = half_counted(), tmp_path / "aften"
    folder = write(files, tmp_path / "valgdk")
    called = ["night", str(folder), "--council", "Øby", "--seats", "5", "--every", "1", "-n", "50", "-o", str(out)]
    with subprocess.Popen([sys.executable, "-c", _PROGRAM, *called], stderr=subprocess.PIPE) as night:  # noqa: S603 - ours
        try:
            _wait_for(out / "night.json", '"counted": 1')
            (folder / NORDBY).write_bytes(b'{"Valgart"')
            _wait_for(out / "night.json", "Nordby.json")
            _wait_for(out / "index.html", "sidste gang, den var hel")
        finally:
            night.send_signal(signal.SIGINT)
        assert night.wait(20) == 0


def _wait_for(file: Path, text: str) -> None:
    for _ in range(200):
        if file.is_file() and text in file.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    raise AssertionError(f"{file.name} never had {text}")


# On the command line


def test_commands_read_an_unfinished_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--partial reads what is counted; simulate says what the rest may bring, without being told how."""
    files = half_counted()
    files["mandatfordeling.json"] = {
        **files[SOENDERHO],
        "PersonligeMandater": [],
        "ListeMandater": [{}] * 5,
        "Kandidatliste": [],
    }
    del files["mandatfordeling.json"]
    folder = str(write(files, tmp_path))
    assert "seats" in Run(capsys, "council", "Øby", "--export", folder, "--partial", *ENGLISH).error
    assert "add it" in Run(capsys, "council", "kv2025", "Fanø", "--partial", *ENGLISH).error
    assert "not counted yet" in Run(capsys, "simulate", "kv2025", "Fanø", *ENGLISH).error


@pytest.mark.parametrize("words", [["dhondt"], ["margins"], ["whatif", "--merge", "A+B"]])
def test_what_is_to_be_known_of_a_file_is_said(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list without a letter is called by its name, and a line on standard error says so, whatever is computed."""
    rows = ("Nord;A;Alfa;Listestemmer;9", "Nord;B;Beta;Listestemmer;5", "Nord;;Gamma;Listestemmer;2")
    heading = "Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal"
    file = tmp_path / "nyby.csv"
    file.write_text("\n".join((heading, *rows)), encoding="utf-8-sig")
    run = Run(capsys, *words, "--votes", str(file), "--seats", "3", *ENGLISH)
    assert "The letter of Gamma is empty in 1 rows" in run.err


# Real files


def _example(name: str) -> Any:  # noqa: ANN401 - a module
    spec = spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_night_of_the_documentation_is_written_by_its_program() -> None:
    """The archive holds what the program beside it makes of Glostrup's figures; all six areas give the election."""
    example = _example("make_night")
    with ZipFile(EXAMPLES / "glostrup-2-of-6.zip") as archive:
        held = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert held == example.make_night(2)
    contents = {name: json.dumps(says).encode() for name, says in example.make_night(6).items()}
    assert export_of(contents, "glostrup")["Glostrup"].votes == data.council("kv2025", "Glostrup").votes


def test_koebenhavn_2021_reads_with_a_list_without_a_letter(tmp_path: Path) -> None:
    """The web export of 53 areas gives 27 lists and 307,190 votes; the list of the empty letter goes by its name."""
    rows = ["Afstemningsområde;Bogstavbetegnelse;Listenavn;Navn;Stemmetal"]
    for area in _koebenhavn_2021():
        for letter, count in list(area.items())[1:]:
            name = "Det Demokratiske Parti" if letter == "Ë" else f"Liste {letter}"
            rows.append(f"{area['area']};{letter.replace('Ë', '')};{name};Listestemmer;{count}")
    file = tmp_path / "kv2021.csv"
    file.write_text("\n".join(rows), encoding="utf-8-sig")
    votes, before = data.read_csv(file), data.read_previous(file, "København")
    assert (len(votes), sum(votes.values())) == (27, 307_190)
    assert "Det Demokratiske Parti" in str(votes.warnings[0])
    assert before.areas is not None
    assert (before.areas.number, before.votes) == (53, votes)


def _koebenhavn_2021() -> list[dict[str, str]]:
    with (Path(__file__).parent / "kv2021-koebenhavn.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_figures_of_koebenhavn_2021_are_those_of_the_lists() -> None:
    """By polling area they add up to what each list had."""
    official = SHARED / "kv2021" / "lists.csv"
    if not official.is_file():
        pytest.skip("KOMMUNALVALG_SHARED_DATA has no København 2021")
    with official.open(encoding="utf-8", newline="") as file:
        lists = {row["letter"]: int(row["votes"]) for row in csv.DictReader(file) if row["council"] == "København"}
    areas = _koebenhavn_2021()
    assert {letter: sum(int(area[letter]) for area in areas) for letter in lists} == lists


@pytest.fixture(scope="session")
def glostrup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official export of Glostrup 2025, cut down to its two smallest areas of six."""
    packed = SHARED / "official/valgdk-kv2025.tar.xz"
    if not packed.is_file():
        pytest.skip("KOMMUNALVALG_SHARED_DATA has no official export")
    files = {}
    with tarfile.open(packed) as archive:
        for member in archive:
            if "Kommunalvalg-Glostrup" in member.name and "mandatfordeling" not in member.name:
                content = archive.extractfile(member)
                assert content is not None
                files[member.name] = json.loads(content.read().decode("utf-8-sig"))
    areas = sorted((name for name in files if "valgresultater" in name), key=lambda name: files[name]["AfgivneStemmer"])
    for name in areas[2:]:
        counted = files[name]
        kept = {key: value for key, value in counted.items() if isinstance(value, str | int) and "temmer" not in key}
        files[name] = {**kept, "Resultatart": "IngenResultater", "Kandidatlister": []}
    return write(files, tmp_path_factory.mktemp("glostrup"))


def test_a_real_night_of_two_of_six_areas(glostrup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Council, margins, simulation and night read it, and every table says how far it is."""
    export = ("--export", str(glostrup))
    status = "Foreløbig: 2 af 6 afstemningsområder"
    run = Run(capsys, "council", "Glostrup", *export, "--partial", "--format", "csv")
    assert (run.status, run.out.count(status)) == (0, 13)
    assert status in run.err
    assert status in Run(capsys, "margins", "Glostrup", *export, "--partial").out
    run = Run(capsys, "simulate", "Glostrup", *export, "-n", "200", "--majority", "A+C", "--format", "json")
    assert {"likely", "last"} <= set(run.json["simulated"][0])
    called = ("night", str(glostrup), "-n", "100", "--previous", "kv2013", "--once", "-o", str(tmp_path))
    assert Run(capsys, *called).status == 0
    night = data.read_valgdk(glostrup, partial=True)
    assert half_circle_svg(elect_council(night["Glostrup"])).count("<circle") == 19
    assert CountedAreas(night.areas["Glostrup"].votes, left=4).left == 4
