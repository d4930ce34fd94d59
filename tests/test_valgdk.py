"""The official JSON export is read right or refused by name."""

import json
import os
import re
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import attrs
import pytest
from exports import Files, export, made, write

from kommunalvalg import DataError, data, elect_council
from kommunalvalg.data import Export, Left, compare, read_valgdk
from kommunalvalg.elections import embedded
from kommunalvalg.files import archives, valgdk
from kommunalvalg.simulation import CountedAreas, simulate

SHARED = os.environ.get("KOMMUNALVALG_SHARED_DATA", "")
official = pytest.mark.skipif(not SHARED, reason="the official export is not here: KOMMUNALVALG_SHARED_DATA is not set")

STANDS = "kandidat-data/kandidat-data-Kommunalvalg-Øby.json"
NORDBY = "valgresultater/valgresultater-Kommunalvalg-Øby_Kommune-Nordby.json"
SOENDERHO = "valgresultater/valgresultater-Kommunalvalg-Øby_Kommune-Sønderho.json"
MANDATES = "mandatfordeling/mandatfordeling-Kommunalvalg-Øby.json"


@cache
def official_export() -> Export:
    """The official export of 2025, from its archive."""
    return read_valgdk(Path(SHARED) / "official" / "valgdk-kv2025.tar.xz")


@official
def test_the_official_export_holds_the_embedded_figures() -> None:
    """Every vote, form, valgforbund, mandate and substitute of the export is the embedded one."""
    read = official_export()
    assert list(read) == list(data.councils("kv2025"))
    for name, election in read.items():
        embedded = data.council("kv2025", name)
        places = {
            (a_list.key, candidate.name): f"{a_list.key}-{place}"
            for a_list in election.lists
            for place, candidate in enumerate(a_list.candidates, start=1)
        }
        assert (election.seats, election.year) == (embedded.seats, embedded.year)
        assert sorted(map(sorted, election.alliances)) == sorted(map(sorted, embedded.alliances))
        for ours, theirs in zip(embedded.lists, election.lists, strict=True):
            assert (ours.letter, ours.form, ours.list_votes) == (theirs.letter, theirs.form, theirs.list_votes)
            assert [each.votes for each in ours.candidates] == [each.votes for each in theirs.candidates]
        published, known = read.published[name], data.published("kv2025", name)
        assert published.seats == known.seats
        assert [
            attrs.evolve(each, candidate=places[each.letter, each.candidate]) for each in published.mandates
        ] == list(known.mandates)
        assert known.substitutes == {
            key: tuple(places[key, who] for who in names) for key, names in published.substitutes.items()
        }
        counts = data.counts("kv2025", name)
        assert attrs.evolve(read.counts[name], region=counts.region) == counts


def test_an_export_made_of_the_package_holds_its_figures(tmp_path: Path) -> None:
    """Whatever the order in the files, all 98 councils come out as the package has them, to the last substitute."""
    for council in embedded.rows("kv2025"):
        write(made(council), tmp_path)
    read = read_valgdk(tmp_path)
    assert list(read) == list(data.councils("kv2025"))
    for name, election in read.items():
        known, published = data.council("kv2025", name), data.published("kv2025", name)
        assert sorted(map(sorted, election.alliances)) == sorted(map(sorted, known.alliances))
        for ours, theirs in zip(known.lists, election.lists, strict=True):
            assert attrs.evolve(theirs, name=ours.name) == ours
        assert read.published[name].seats == published.seats
        assert read.published[name].mandates == published.mandates
        assert read.published[name].substitutes == published.substitutes
        counts = data.counts("kv2025", name)
        assert attrs.evolve(read.counts[name], region=counts.region, polling_areas=counts.polling_areas) == counts


@official
def test_all_98_councils_of_the_official_export_agree_with_what_was_published() -> None:
    """Seats, order, elected and substitutes computed from the export are those that the export publishes."""
    read = official_export()
    compared = [compare(election, read.published[name]) for name, election in read.items()]
    assert [comparison.differences for comparison in compared] == [()] * 98
    assert sum(len(comparison.lots) for comparison in compared) == 6


@official
def test_the_traps_of_the_official_export_are_left_out_by_rule() -> None:
    """The test file of August and the early mandates of København are left out, each by its rule, and nothing else."""
    assert [(Path(left.file).name, left.rule) for left in official_export().left_out] == [
        ("valgresultater-Kommunalvalg-Fanø_Kommune-Nordby-010820251217.json", Left.OTHER_DAY),
        ("mandatfordeling-Kommunalvalg-Københavns-190820250643.json", Left.BEFORE_ELECTION),
    ]


def test_a_folder_becomes_an_election(tmp_path: Path) -> None:
    """Lists and candidates stand in ballot order, votes are summed over the areas, forms and valgforbund are kept."""
    read = read_valgdk(write(export(), tmp_path))
    election = read["Øby"]
    assert (election.seats, election.year, election.alliances) == (5, 2025, (("C", "B"),))
    assert [(each.letter, str(each.form), each.list_votes) for each in election.lists] == [
        ("A", "sideordnet", 13),
        ("B", "partiliste", 6),
        ("C", "sideordnet", 1),
    ]
    assert [(who.name, who.votes) for who in election.lists[0].candidates] == [
        ("Navn a1", 38),
        ("Navn a2", 6),
        ("Navn a3", 2),
    ]
    counts = read.counts["Øby"]
    assert (counts.code, counts.cast, counts.valid, counts.blank, counts.invalid) == (999, 111, 99, 10, 2)
    assert (counts.eligible, counts.polling_areas) == (400, 2)
    assert read.published["Øby"].substitutes == {"A": (), "B": ("Navn b2",), "C": ()}
    assert (read.left_out, read.preliminary, len(read)) == ((), False, 1)
    assert compare(election, read.published["Øby"]).differences == ()


def test_substitutes_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """Whatever their order in the file, the first substitute is number 1; so are mandates and candidates by theirs."""
    files = export()
    substitutes = [
        {"Nummer": 3, "KandidatId": "a1"},
        {"Nummer": 1, "KandidatId": "a3"},
        {"Nummer": 2, "KandidatId": "a2"},
    ]
    files[MANDATES]["Kandidatliste"].append({"KandidatlisteId": "list-a", "Stedfortrædere": substitutes})
    for part in ("ListeMandater", "PersonligeMandater"):
        files[MANDATES][part].reverse()
    read = read_valgdk(write(files, tmp_path))
    published = read.published["Øby"]
    assert published.substitutes["A"] == ("Navn a3", "Navn a2", "Navn a1")
    assert [(each.number, each.candidate) for each in published.mandates] == list(
        enumerate(("Navn a1", "Navn b1", "Navn a2", "Navn c1", "Navn a3"), start=1)
    )
    assert [who.name for who in read["Øby"].by_key["A"].candidates] == ["Navn a1", "Navn a2", "Navn a3"]


@pytest.mark.parametrize("value", [True, False, 1.0, "1"])
def test_a_truth_is_no_number(tmp_path: Path, value: object) -> None:
    """JSON's true is no 1, and neither are 1.0 and a text."""
    files = export()
    files[NORDBY]["Kandidatlister"][0]["Listestemmer"] = value
    with pytest.raises(DataError, match=f"Listestemmer is {value!r}; "):
        read_valgdk(write(files, tmp_path))


def test_a_truth_is_no_code_of_a_council(tmp_path: Path) -> None:
    """What is read as it stands is a number of its own too: true is not the council with the code 1."""
    files = export()
    files[NORDBY]["Kommunekode"] = True
    with pytest.raises(DataError, match="Kommunekode is True; the file lacks a field or has another meaning"):
        read_valgdk(write(files, tmp_path))


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz"])
def test_an_archive_is_read_without_unpacking(tmp_path: Path, kind: str) -> None:
    """An archive holds the same as the folder."""
    folder = write(export(), tmp_path / "export")
    archive = tmp_path / f"export.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as pack:
            for file in folder.rglob("*"):
                pack.write(file, file.relative_to(folder))
    else:
        with tarfile.open(archive, f"w:{kind.partition('.')[2]}") as tar:  # type: ignore[call-overload]  # by the name
            tar.add(folder, "kv")
    assert dict(read_valgdk(archive)) == dict(read_valgdk(folder))
    assert {path.name for path in tmp_path.iterdir()} == {"export", archive.name}


def test_every_file_counts_for_the_progress(tmp_path: Path) -> None:
    """Who asks for it is told after each file how many were read."""
    told: list[int] = []
    read_valgdk(write(export(), tmp_path), progress=told.append)
    assert told == [1, 2, 3, 4]


@pytest.mark.parametrize("part", ["kandidat-data", "Sønderho", "Nordby", "mandatfordeling", ""])
def test_a_file_may_spell_its_letters_as_two_code_points(tmp_path: Path, part: str) -> None:
    """A file of the export, or each, that has å as two code points, in its fields and its name too, is the same."""
    files = {
        name: json.loads(json.dumps(each, ensure_ascii=False).replace("Øby", "Ålø")) for name, each in export().items()
    }
    whole = read_valgdk(write(files, tmp_path / "whole"))
    spelt = {
        normalize("NFD", name): normalize("NFD", json.dumps(each, ensure_ascii=False)).encode()
        if part in name
        else each
        for name, each in files.items()
    }
    read = read_valgdk(write(spelt, tmp_path / "spelt"))
    assert (dict(read), read.published) == (dict(whole), whole.published)
    assert list(read) == ["Ålø"]


def changed(file: str, **fields: Any) -> Callable[[Files], object]:  # noqa: ANN401 - JSON
    """Change fields of one file."""
    return lambda files: files[file].update(fields)


def added(name: str, like: str, **fields: Any) -> Callable[[Files], object]:  # noqa: ANN401 - JSON
    """Add a file like another."""
    return lambda files: files.update({name: {**files[like], **fields}})


@pytest.mark.parametrize(
    ("spoil", "file", "rule"),
    [
        (lambda files: files.update({"x.hash": b"\x00\xff"}), "x.hash", Left.NOT_JSON),
        (added("test.json", NORDBY, Valgdag="06-08-2025"), "test.json", Left.OTHER_DAY),
        (
            added("early.json", MANDATES, FrigivelsesTidspunktUTC="19-08-2025 06:43:34"),
            "early.json",
            Left.BEFORE_ELECTION,
        ),
        (added("region.json", STANDS, Valgart="Regionsrådsvalg"), "region.json", Left.OTHER_ELECTION),
        (added("first.json", NORDBY, Resultatart="ForeløbigOptælling"), "first.json", Left.REPLACED),
    ],
)
def test_what_is_left_out_is_left_out_by_rule(
    tmp_path: Path, spoil: Callable[[Files], object], file: str, rule: Left
) -> None:
    """A file that is not of the election changes no figure, and is reported with its rule."""
    whole = read_valgdk(write(export(), tmp_path / "whole"))
    files = export()
    spoil(files)
    read = read_valgdk(write(files, tmp_path / "spoilt"))
    assert [(left.file, left.rule) for left in read.left_out] == [(file, rule)]
    assert dict(read) == dict(whole)
    assert read.published == whole.published


def fanoe() -> Files:
    """Give the export of Fanø in 2025, as the package has it."""
    return made(next(council for council in embedded.on_day("2025-11-18", "kv").values() if council.name == "Fanø"))


def lists_of(files: Files, file: str) -> list[dict[str, Any]]:
    """The lists of one file."""
    found: list[dict[str, Any]] = files[file]["Kandidatlister"]
    return found


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda files: files.update({"x.json": b"{"}), "x.json is not whole JSON: it ends too early"),
        (lambda files: files.update({"x.json": b"\xff"}), "x.json is not JSON"),
        (lambda files: files.update({"x.json": b"[" * 1_000_000}), "x.json is nested too deeply; no election is"),
        (
            lambda files: files.update({"x.json": b'{"Valgart": "A", "Valgart": "Kommunalvalg"}'}),
            "x.json is not JSON: the key 'Valgart' stands twice in one object",
        ),
        (lambda files: files.update({"x.json": b'{"Valgart": NaN}'}), "x.json is not JSON: NaN is no number of JSON"),
        (
            lambda files: files[STANDS]["Kandidatlister"].append("x"),
            "Kandidatlister holds 'x'; each of them is an object",
        ),
        (
            lambda files: files[NORDBY]["Kandidatlister"].append("x"),
            "Kandidatlister holds 'x'; each of them is an object",
        ),
        (changed(NORDBY, Resultatart="Skøn"), "Resultatart is 'Skøn'; it is one of Fintælling"),
        (lambda files: files.update({"x.json": b"[1]"}), "x.json holds [1]"),
        (lambda files: files.update({"x.json": b"{}"}), "x.json: Valgart is None"),
        (lambda files: files.update({"x.json": b'{"Valgart": "Kommunalvalg"}'}), "x.json is neither kandidatdata"),
        (lambda files: files.pop(STANDS), "no kandidatdata of a Kommunalvalg"),
        (lambda files: [files.pop(NORDBY), files.pop(SOENDERHO)], "Kommunekode is 999, of a council without results"),
        (lambda files: files.pop(NORDBY), "rests on 2 areas of Øby, 1 were read (missing: 702962"),
        (
            changed(MANDATES, BaseretPåOptællinger=[{"AfstemningsområdeDagiId": number} for number in (8, 1)]),
            "rests on 2 areas of Øby, 2 were read (missing: 1, 8; more: 702962, 710532)",
        ),
        (
            lambda files: [
                files[MANDATES].update(BaseretPåOptællinger=[]),
                files[NORDBY].update(AfstemningsområdeDagiId=8),
                files[SOENDERHO].update(AfstemningsområdeDagiId=1),
            ],
            "rests on 0 areas of Øby, 2 were read (missing: none; more: 1, 8)",
        ),
        (added("again.json", NORDBY), "the same area as in"),
        (added("again.json", MANDATES), "the mandates of Øby are in"),
        (added("again.json", STANDS), "Øby stands in"),
        (
            added("other.json", STANDS, Kommune="Vestby", Valgdag="16-11-2021"),
            "2021-11-16 in other.json, 2025-11-18 in kandidat",
        ),
        (
            lambda files: files[NORDBY].pop("Afstemningsområde"),
            "Nordby.json: Afstemningsområde is None; the file lacks",
        ),
        (changed(NORDBY, Valgdag="2025-11-18"), "Valgdag is '2025-11-18'; a date is written dd-mm-yyyy"),
        (changed(NORDBY, Valgdag=""), "Nordby.json: Valgdag is ''; a date is written dd-mm-yyyy"),
        (changed(NORDBY, AfgivneStemmer=1), "Nordby.json: 1 votes cast are not valid"),
        (changed(NORDBY, AfgivneStemmer=True), "AfgivneStemmer is True"),
        (changed(NORDBY, AfgivneStemmer=None), "AfgivneStemmer is None"),
        (changed(NORDBY, Resultatart="IngenResultater"), "Resultatart is 'IngenResultater'; the area is not counted"),
        (
            changed(NORDBY, Resultatart="ForeløbigOptælling"),
            "is a preliminary count; they are read only when asked",
        ),
        (changed(NORDBY, Kommunekode=101), "its lists are of"),
        (changed(MANDATES, Kommunekode=101), "Kommunekode is 101, of a council without results"),
        (changed(NORDBY, Kandidatlister=[]), "none of its lists is in any kandidatdata"),
        (lambda files: lists_of(files, NORDBY).pop(), "Nordby.json: 2 lists; in Øby stand 3"),
        (lambda files: lists_of(files, NORDBY).append(lists_of(files, NORDBY)[0]), "4 lists; in Øby stand 3 others"),
        (lambda files: [files.pop(each) for each in (NORDBY, SOENDERHO, MANDATES)], "no results of Øby are in the"),
        (
            changed(MANDATES, BaseretPåOptællinger=[]),
            "rests on 0 areas of Øby, 2 were read (missing: none; more: 70296",
        ),
        (lambda files: lists_of(files, NORDBY)[0].update(Kandidater=[]), "list A has other candidates than stand"),
        (lambda files: lists_of(files, NORDBY)[0].update(Stemmer=1), "the 1 votes of list A are not list votes 10 +"),
        (lambda files: lists_of(files, NORDBY)[0]["Kandidater"].pop(), "list A has other candidates than stand"),
        (lambda files: lists_of(files, NORDBY)[0].update(Listestemmer=-10), "Listestemmer is -10"),
        (
            lambda files: lists_of(files, NORDBY)[0].update(Listestemmer=11, Stemmer=48),
            "Nordby.json: 73 valid votes; the lists have 74 together",
        ),
        (lambda files: lists_of(files, STANDS).append(lists_of(files, STANDS)[0]), "the list list-c is there twice"),
        (lambda files: lists_of(files, STANDS)[0].update(Bogstavbetegnelse="A"), "two lists with the key 'A'"),
        (lambda files: lists_of(files, STANDS)[0].update(Opstillingsform="Åben"), "form is 'åben'"),
        (
            lambda files: files[STANDS]["Valgforbund"].append({"KandidatlisteId": ["list-b"]}),
            "the list 'B' is in valgforbund 1 and in valgforbund 2",
        ),
        (
            lambda files: files[STANDS]["Valgforbund"].append({"KandidatlisteId": ["list-x"]}),
            "a valgforbund has the list 'list-x', which does not stand",
        ),
        (
            lambda files: files[STANDS]["Valgforbund"].append({"KandidatlisteId": [{"KandidatlisteId": "list-b"}]}),
            "a valgforbund has the list {'KandidatlisteId': 'list-b'}, which does not stand",
        ),
        (
            lambda files: files[MANDATES]["ListeMandater"].append({"Nummer": 6, "KandidatlisteId": "list-x"}),
            "the list 'list-x' does not stand in Øby",
        ),
        (
            lambda files: files[MANDATES]["PersonligeMandater"][0].update(KandidatId="c1"),
            "the candidate 'c1' does not stand on list A",
        ),
        (lambda files: files.pop(MANDATES), "no mandatfordeling of Øby is in the export; give its seats"),
    ],
)
def test_what_is_wrong_is_refused_by_name(tmp_path: Path, spoil: Callable[[Files], object], said: str) -> None:
    """A wrong file is refused on one line that names it."""
    files = export()
    spoil(files)
    with pytest.raises(DataError) as refused:
        read_valgdk(write(files, tmp_path))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_preliminary_count_is_read_when_asked_for(tmp_path: Path) -> None:
    """Preliminary counts stand in where there is no final one, and the export says so."""
    files = export()
    files[NORDBY]["Resultatart"] = "ForeløbigOptælling"
    read = read_valgdk(write(files, tmp_path), preliminary=True)
    assert read.preliminary
    assert sum(each.votes for each in read["Øby"].lists) == 99


def test_mandates_that_were_released_on_the_day_itself_are_read(tmp_path: Path) -> None:
    """Only what was released before the election day is no result of it."""
    files = export()
    files[MANDATES]["FrigivelsesTidspunktUTC"] = "18-11-2025 23:59:00"
    read = read_valgdk(write(files, tmp_path))
    assert (list(read.published), read.left_out) == (["Øby"], ())


def test_mandates_may_leave_out_what_they_rest_on(tmp_path: Path) -> None:
    """Then the areas that were read are all of them."""
    files = export()
    del files[MANDATES]["BaseretPåOptællinger"]
    assert str(read_valgdk(write(files, tmp_path)).areas["Øby"]) == "2 of 2 areas"


def test_councils_stand_in_the_order_of_their_codes(tmp_path: Path) -> None:
    """Fanø (563) comes before Øby (999), whatever the files are called, and each has its own mandates."""
    read = read_valgdk(write({**export(), **fanoe()}, tmp_path))
    assert (list(read), list(read.areas), len(read)) == (["Fanø", "Øby"], ["Fanø", "Øby"], 2)
    assert [sum(each.seats.values()) for each in read.published.values()] == [11, 5]
    assert (read.counts["Fanø"].code, read.counts["Øby"].code) == (563, 999)


def test_a_region_is_counted_in_several_municipalities(tmp_path: Path) -> None:
    """It has the kommunekode of none of them, and is known by its name in the mandatfordeling."""
    files = export()
    for content in files.values():
        content["Valgart"] = "Regionsrådsvalg"
    files[SOENDERHO]["Kommunekode"], files[MANDATES]["Kommunekode"] = 998, 1084
    read = read_valgdk(write(files, tmp_path), kind="Regionsrådsvalg")
    assert (read["Øby"].seats, sum(read.published["Øby"].seats.values())) == (5, 5)
    assert (read.counts["Øby"].code, read.areas["Øby"].number) == (None, 2)


def test_seats_that_are_given_are_those_of_the_council(tmp_path: Path) -> None:
    """They stand in the place of those that were distributed; and nobody gives those of a council that is not there."""
    folder = write(export(), tmp_path)
    assert read_valgdk(folder, seats={"Øby": 7})["Øby"].seats == 7
    with pytest.raises(DataError, match="areas names 'Vestby'; the councils are Øby"):
        read_valgdk(folder, areas={"Vestby": 2})


# An unfinished night


def test_of_a_known_council_seats_and_areas_are_known_on_the_night(tmp_path: Path) -> None:
    """Of the day of an embedded election nothing need be given; of another council the seats have to be."""
    files = fanoe()
    del files[next(name for name in files if name.startswith("mandat"))]
    read = read_valgdk(write(files, tmp_path / "fanø"), partial=True)
    areas, counts = read.areas["Fanø"], data.counts("kv2025", "Fanø")
    assert (read["Fanø"].seats, areas.number, areas.eligible) == (11, counts.polling_areas, counts.eligible)
    with pytest.raises(DataError, match="no mandatfordeling of Fanø is in the export; give its seats"):
        read_valgdk(tmp_path / "fanø")
    elected = fanoe()
    mandates = next(content for name, content in elected.items() if name.startswith("mandat"))
    mandates["ListeMandater"].pop()  # what was distributed goes before what is known
    assert read_valgdk(write(elected, tmp_path / "elected"), partial=True)["Fanø"].seats == 10
    assert read_valgdk(tmp_path / "fanø", partial=True, seats={"Fanø": 9})["Fanø"].seats == 9
    more = areas.number + 3
    assert read_valgdk(tmp_path / "fanø", partial=True, areas={"Fanø": more}).areas["Fanø"].number == more
    other = export()
    del other[MANDATES]
    with pytest.raises(DataError, match="no mandatfordeling of Øby is in the export; give its seats"):
        read_valgdk(write(other, tmp_path / "øby"), partial=True)


def test_mandates_alone_tell_how_many_areas_there_are(tmp_path: Path) -> None:
    """On the night they find their council by its name, where no area of it is there yet."""
    files = export()
    del files[NORDBY], files[SOENDERHO]
    assert str(read_valgdk(write(files, tmp_path), partial=True).areas["Øby"]) == "0 of 2 areas"


def test_an_area_that_the_mandates_do_not_rest_on_is_refused_on_the_night_too(tmp_path: Path) -> None:
    """An area may be missing then, but none too many."""
    files = export()
    files[MANDATES]["BaseretPåOptællinger"].pop()
    with pytest.raises(DataError, match=r"it rests on 1 areas of Øby, 2 were read \(missing: none; more: 710532\)"):
        read_valgdk(write(files, tmp_path), partial=True)


def test_a_preliminary_count_has_all_candidates_or_none(tmp_path: Path) -> None:
    """Some of those who stand are none of what may be told on the night."""
    files = export()
    files[NORDBY]["Resultatart"] = "ForeløbigOptælling"
    lists_of(files, NORDBY)[0]["Kandidater"].pop()
    with pytest.raises(DataError, match="list A has other candidates than stand"):
        read_valgdk(write(files, tmp_path), partial=True)


def test_an_area_that_is_not_counted_may_lack_its_counts(tmp_path: Path) -> None:
    """It is known as a result by the area that it is of."""
    files = export()
    uncounted(files, SOENDERHO)
    del files[SOENDERHO]["AfgivneStemmer"]
    assert read_valgdk(write(files, tmp_path), partial=True).areas["Øby"].missing == ("Sønderho",)


def uncounted(files: Files, area: str) -> None:
    """Make an area one that is not counted yet."""
    files[area].update(Resultatart="IngenResultater", AfgivneStemmer=0, GyldigeStemmer=0)


def test_an_unfinished_night_is_read_and_says_so(tmp_path: Path) -> None:
    """What is counted is read: which areas are final, preliminary and missing, and how many of those who may vote."""
    files = export()
    uncounted(files, SOENDERHO)
    files[NORDBY]["Resultatart"] = "ForeløbigOptælling"
    del files[MANDATES]
    read = read_valgdk(write(files, tmp_path), partial=True, seats={"Øby": 5}, areas={"Øby": 6})
    areas = read.areas["Øby"]
    assert (str(areas), areas.left, areas.complete) == ("1 of 6 areas", 5, False)
    assert (areas.final, areas.preliminary, areas.missing) == ((), ("Nordby",), ("Sønderho",))
    assert areas.votes == ({"A": 47, "B": 16, "C": 10},)
    assert [(area.cast, area.valid) for area in areas.areas] == [(79, 73), (0, 0)]
    assert read["Øby"].by_key["A"].votes == 47
    assert (read.preliminary, read.unfinished, read.counts["Øby"].polling_areas) == (True, ("Øby",), 1)


def test_the_share_of_those_who_may_vote_is_told_where_all_areas_are_known(tmp_path: Path) -> None:
    """200 of 200 + 600 may vote where it is counted; where an area tells nothing, the share is not known."""
    files = export()
    uncounted(files, SOENDERHO)
    files[SOENDERHO]["AntalStemmeberettigedeVælgere"] = 600
    assert read_valgdk(write(files, tmp_path), partial=True).areas["Øby"].share == Fraction(1, 4)
    files[SOENDERHO]["AntalStemmeberettigedeVælgere"] = None
    assert read_valgdk(write(files, tmp_path), partial=True).areas["Øby"].share is None


def test_an_area_without_a_file_is_missing(tmp_path: Path) -> None:
    """The mandatfordeling names the areas it rests on, so that one whose file is gone is counted as missing."""
    files = export()
    del files[SOENDERHO]
    areas = read_valgdk(write(files, tmp_path), partial=True).areas["Øby"]
    assert (str(areas), areas.missing, areas.share) == ("1 of 2 areas", (), None)


def test_an_area_that_is_not_counted_may_tell_nothing_at_all(tmp_path: Path) -> None:
    """Without lists it is known by the council's name, in whichever spelling."""
    files = export()
    uncounted(files, SOENDERHO)
    files[SOENDERHO]["Kandidatlister"] = []
    assert read_valgdk(write(files, tmp_path), partial=True).areas["Øby"].missing == ("Sønderho",)


def test_a_finished_night_is_read_the_same(tmp_path: Path) -> None:
    """With partial=True a whole export gives what it gives without, and nothing is missing."""
    folder, steps = write(export(), tmp_path), list[int]()
    whole, read = read_valgdk(folder), read_valgdk(folder, partial=True, progress=steps.append)
    assert steps == [1, 2, 3, 4]
    assert (dict(read), read.published, read.counts, read.areas) == (
        dict(whole),
        whole.published,
        whole.counts,
        whole.areas,
    )
    assert read.unfinished == ()
    assert (read.areas["Øby"].complete, read.areas["Øby"].share) == (True, Fraction(1))


def test_a_council_of_which_nothing_is_counted_is_not_elected(tmp_path: Path) -> None:
    """It is among the areas, with none of them counted, and no election of no votes is made of it."""
    files = export()
    uncounted(files, NORDBY)
    uncounted(files, SOENDERHO)
    read = read_valgdk(write(files, tmp_path / "named"), partial=True)
    assert (dict(read), str(read.areas["Øby"]), read.unfinished) == ({}, "0 of 2 areas", ("Øby",))
    del files[NORDBY], files[SOENDERHO]
    read = read_valgdk(write(files, tmp_path / "none"), partial=True, areas={"Øby": 2})
    assert (dict(read), str(read.areas["Øby"])) == ({}, "0 of 2 areas")


def test_before_anything_is_counted_nothing_need_be_known(tmp_path: Path) -> None:
    """Neither seats nor areas; and councils that are known stand in the order of their codes."""
    files = export()
    uncounted(files, NORDBY)
    uncounted(files, SOENDERHO)
    del files[MANDATES]
    read = read_valgdk(write(files, tmp_path / "uncounted"), partial=True)
    assert (dict(read), read.areas["Øby"].number, read.preliminary) == ({}, 2, False)
    alone = read_valgdk(write({STANDS: files[STANDS]}, tmp_path / "alone"), partial=True)
    assert (alone.areas["Øby"].number, alone.areas["Øby"].eligible) == (0, 0)
    stand = {STANDS: files[STANDS]}
    for council in embedded.on_day("2025-11-18", "kv").values():
        if council.name in {"Fanø", "Glostrup"}:
            stand |= {name: content for name, content in made(council).items() if name.startswith("kandidat")}
    read = read_valgdk(write(stand, tmp_path / "known"), partial=True)
    assert (dict(read), list(read.areas)) == ({}, ["Øby", "Glostrup", "Fanø"])


def test_an_area_of_nobody_knows_which_council_is_refused(tmp_path: Path) -> None:
    """Where it has no lists, its council has to be one of those in which somebody stands; its lists have to be too."""
    files = export()
    uncounted(files, SOENDERHO)
    others = [{"KandidatlisteId": "other"}]
    for council, lists in (("Vestby", []), ("Øby", others)):
        files[SOENDERHO].update(Kommune=council, Kandidatlister=lists)
        with pytest.raises(DataError, match=r"Sønderho\.json: none of its lists is in any kandidatdata$"):
            read_valgdk(write(files, tmp_path), partial=True)


def test_a_preliminary_count_may_be_of_lists_only(tmp_path: Path) -> None:
    """On the night the lists are counted; where no candidate is told of, all votes are the list's."""
    files = export()
    files[NORDBY]["Resultatart"] = "ForeløbigOptælling"
    for a_list in lists_of(files, NORDBY):
        a_list.update(Kandidater=[], Listestemmer=a_list["Stemmer"])
    read = read_valgdk(write(files, tmp_path), partial=True)
    assert read["Øby"].by_key["A"].list_votes == 47 + 3


def test_the_rest_of_a_night_can_be_simulated(tmp_path: Path) -> None:
    """The counted areas and how many are left are what the model of counted areas takes."""
    files = export()
    uncounted(files, SOENDERHO)
    read = read_valgdk(write(files, tmp_path), partial=True)
    areas = read.areas["Øby"]
    chances = simulate(read["Øby"], CountedAreas(areas.votes, areas.left), n=100, seed=1)
    assert sum(each.value for each in chances.expected.values()) == pytest.approx(5)


def half_written(folder: Path, monkeypatch: pytest.MonkeyPatch, *, finished_after: int) -> list[float]:
    """Cut a file off, and have it finished after some waits."""
    file = folder / NORDBY
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == finished_after:
            file.write_bytes(whole)

    monkeypatch.setattr(valgdk, "sleep", wait)
    return waits


def test_a_file_that_is_half_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that ends too early is waited for, a moment."""
    folder = write(export(), tmp_path)
    whole = read_valgdk(folder)
    waits = half_written(folder, monkeypatch, finished_after=2)
    assert dict(read_valgdk(folder, partial=True)) == dict(whole)
    assert len(waits) == 2


def test_a_file_that_stays_half_written_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the third time it is the file that is wrong; where nobody expects an unfinished night, at once."""
    folder = write(export(), tmp_path)
    waits = half_written(folder, monkeypatch, finished_after=9)
    with pytest.raises(DataError, match=r"Nordby\.json is not whole JSON: it ends too early"):
        read_valgdk(folder, partial=True)
    assert len(waits) == 2
    with pytest.raises(DataError, match=r"Nordby\.json is not whole JSON: it ends too early$"):
        read_valgdk(folder)
    assert len(waits) == 2


def test_a_folder_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of two moments are never mixed: a file that comes meanwhile has the whole read again, or refused."""
    files = export()
    late = files.pop(SOENDERHO)
    folder = write(files, tmp_path)
    stamps, comes = archives.stamps, [{SOENDERHO: late}]

    def stamped(path: Path) -> dict[str, tuple[int, int]]:
        found = stamps(path)
        if comes:
            write(comes.pop(), folder)
        return found

    monkeypatch.setattr(archives, "stamps", stamped)
    waits: list[float] = []
    monkeypatch.setattr(archives, "sleep", waits.append)
    assert read_valgdk(folder, partial=True).areas["Øby"].complete
    assert waits == [archives.WAIT]
    comes += [{SOENDERHO: {**late, "x": "x" * n}} for n in range(9)]
    with pytest.raises(DataError, match=f"^{re.escape(str(folder))} changes each time it is read; "):
        read_valgdk(folder, partial=True)
    assert waits == [archives.WAIT] * 3


def test_a_file_that_goes_while_its_folder_is_read_is_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was listed and is gone has the folder read again; what may not be read is told by its name."""
    folder = write(export(), tmp_path)
    stamps, gone = archives.stamps, [{"gone.json": (1, 1)}]
    monkeypatch.setattr(archives, "stamps", lambda path: {**stamps(path), **(gone.pop() if gone else {})})
    monkeypatch.setattr(archives, "sleep", lambda _: None)
    assert [name for name, _ in archives.files_of(folder)] == sorted(export())

    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(DataError, match=f"^{re.escape(str(folder))}/.*json cannot be read: Permission denied$"):
        read_valgdk(folder)


def test_a_file_has_a_stamp_as_a_folder_has(tmp_path: Path) -> None:
    """Of one file the size is told under no name, of a folder that of every file, in the order of the names."""
    (tmp_path / "b").mkdir()
    for name in ("z.json", *(f"b/{number}.json" for number in range(9, 0, -1)), "a.json"):
        (tmp_path / name).write_bytes(b"x" * len(name))
    found = archives.stamps(tmp_path)
    assert list(found) == ["a.json", *(f"b/{number}.json" for number in range(1, 10)), "z.json"]
    assert [size for size, _ in found.values()] == list(map(len, found))
    assert archives.stamps(tmp_path / "a.json") == {".": found["a.json"]}
    assert archives.stamps(tmp_path / "none.json") == {}


@pytest.fixture(scope="session")
def official_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official export of 2025, unpacked, without the mandates: the night of 18 November."""
    folder = tmp_path_factory.mktemp("official")
    with tarfile.open(Path(SHARED) / "official" / "valgdk-kv2025.tar.xz") as tar:
        tar.extractall(folder, [member for member in tar if "mandatfordeling" not in member.name], filter="data")
    return folder


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda files: files[NORDBY].update(GyldigeStemmer=1), "Nordby.json: 79 votes cast are not valid 1"),
        (lambda files: files.update({NORDBY: b"{"}), "Nordby.json is not whole JSON"),
        (lambda files: files.update({STANDS: b"{}"}), "Øby.json: Valgart is None"),
        (lambda files: files.update({MANDATES: b"["}), "Øby.json is not whole JSON"),
        (lambda files: files.update({"b/b-Kommunalvalg-Øby.json": files[STANDS]}), "Øby stands in b/b-"),
        (lambda files: files.pop(STANDS), "Nordby.json: none of its lists is in any kandidatdata"),
        (lambda files: files.pop(NORDBY), "it rests on 2 areas of Øby, 1 were read"),
        (lambda files: lists_of(files, NORDBY).pop(), "Nordby.json: 2 lists; in Øby stand 3"),
        (lambda files: files[NORDBY].update(Resultatart="IngenResultater"), "Nordby.json: Resultatart is"),
        (lambda files: files[STANDS].pop("Valgdag"), "Øby.json: Valgdag is None"),
    ],
)
def test_a_damaged_council_stops_no_other_where_it_is_not_to(
    tmp_path: Path, spoil: Callable[[Files], object], said: str
) -> None:
    """What is wrong with one council is its alone, by its name and its file; the other is what it is without it."""
    other = fanoe()
    alone = read_valgdk(write(other, tmp_path / "alone"))
    files = export()
    spoil(files)
    folder = write({**files, **other}, tmp_path / "both")
    read = read_valgdk(folder, go_on=True)
    assert (dict(read), list(read.areas)) == (dict(alone), ["Fanø"])
    assert [name.removesuffix(" Kommune") for name in read.failed] == ["Øby"]
    assert said in str(*read.failed.values())
    with pytest.raises(DataError):
        read_valgdk(folder)


def test_a_damaged_file_is_of_the_council_with_the_longest_name_that_it_bears(tmp_path: Path) -> None:
    """Øby-Nord is no area of Øby, where such a council stands; and what is of no council by its name stops all."""
    text = json.dumps(export(), ensure_ascii=False)
    north = json.loads(text.replace("list-", "nord-").replace("999", "998").replace("Øby", "Øby-Nord"))
    for number, area in enumerate(each for each in north if "resultater" in each):
        north[area]["AfstemningsområdeDagiId"] = number
    del north[next(name for name in north if name.startswith("mandat"))]["BaseretPåOptællinger"]
    files = {**export(), **north}
    damaged = next(name for name in north if name.endswith("-Nordby.json"))
    whole = read_valgdk(write(files, tmp_path / "whole"))
    assert list(whole) == ["Øby-Nord", "Øby"]
    read = read_valgdk(write({**files, damaged: b"{"}, tmp_path / "damaged"), go_on=True)
    assert (list(read), list(read.failed)) == (["Øby"], ["Øby-Nord"])
    assert [str(error).split("/")[-1] for error in read.damaged] == [
        "valgresultater-Kommunalvalg-Øby-Nord_Kommune-Nordby.json is not whole JSON: it ends too early"
    ]
    stray = {**export(), **fanoe()}
    stray[NORDBY].update(Kommune=5, Kandidatlister=[])
    with pytest.raises(DataError, match="none of its lists is in any kandidatdata"):
        read_valgdk(write(stray, tmp_path / "stray"), go_on=True)


def test_a_damaged_council_is_waited_for_on_the_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that ends too early may be whole a moment later, also where it would stop no other council."""
    folder = write({**export(), **fanoe()}, tmp_path)
    waits = half_written(folder, monkeypatch, finished_after=2)
    assert (list(read_valgdk(folder, partial=True, go_on=True)), len(waits)) == (["Fanø", "Øby"], 2)
    waits = half_written(folder, monkeypatch, finished_after=9)
    read = read_valgdk(folder, partial=True, go_on=True)
    assert (list(read), list(read.failed), len(waits)) == (["Fanø"], ["Øby"], 2)
    (folder / SOENDERHO).write_bytes(b"[1]")  # which no time makes whole
    read_valgdk(folder, partial=True, go_on=True)
    assert len(waits) == 4


def test_a_damaged_file_of_nobody_knows_whom_stops_all(tmp_path: Path) -> None:
    """A file whose name tells no council that stands is refused; one of another election by its name is left out."""
    with pytest.raises(DataError, match=r"x[.]json is not whole JSON"):
        read_valgdk(write({**export(), "x.json": b"{"}, tmp_path / "x"), go_on=True)
    with pytest.raises(DataError, match=r"Ø_Kommune-Nord[.]json is not whole"):
        read_valgdk(write({**export(), "v-Kommunalvalg-Ø_Kommune-Nord.json": b"{"}, tmp_path / "y"), go_on=True)
    read = read_valgdk(write({**export(), "v-Regionsrådsvalg-Øby.json": b"{"}, tmp_path / "z"), go_on=True)
    assert (list(read), [left.rule for left in read.left_out]) == (["Øby"], [Left.OTHER_ELECTION])
    with pytest.raises(DataError, match=r"Nordby[.]json is not whole JSON"):
        read_valgdk(write({**export(), NORDBY: b"{"}, tmp_path / "all"), go_on=True)
    strange = {"v-Kommunalvalg-Vestby.json": b"{", "kandidat-Regionsrådsvalg-Vestby.json": b"{"}
    with pytest.raises(DataError, match=r"Kommunalvalg-Vestby[.]json is not whole JSON"):
        read_valgdk(write({**export(), **fanoe(), **strange}, tmp_path / "strange"), go_on=True)
    both = {**export(), **fanoe(), "a-Regionsrådsvalg-Øby.json": b"{", NORDBY: b"{"}
    read = read_valgdk(write(both, tmp_path / "both"), go_on=True)
    assert (list(read), list(read.failed), len(read.left_out)) == (["Fanø"], ["Øby"], 1)


def test_without_who_stands_there_is_no_election(tmp_path: Path) -> None:
    """Where the file of those who stand is damaged, that is what is wrong; else that it is not there."""
    files = {**export(), "a.json": b"{", STANDS: b"{"}
    with pytest.raises(DataError, match=r"^kandidat-data/.*Øby[.]json is not whole JSON"):
        read_valgdk(write(files, tmp_path / "damaged"), go_on=True)
    del files[STANDS]
    with pytest.raises(DataError, match="has no kandidatdata of a Kommunalvalg"):
        read_valgdk(write(files, tmp_path / "without"), go_on=True)


def test_what_comes_of_what_is_wrong_is_told_apart(tmp_path: Path) -> None:
    """Where it cannot be read who stands, that is what is wrong, and that nobody knows the lists comes of it."""
    files = {**export(), **fanoe()}
    files[NORDBY] = {**files[NORDBY], "AfgivneStemmer": 1}
    read = read_valgdk(write(files, tmp_path / "figure"), go_on=True)
    assert ([error.field for error in read.damaged], read.followed) == ([NORDBY], ())
    read = read_valgdk(write({**files, STANDS: b"{"}, tmp_path / "stands"), go_on=True)
    assert [error.field for error in read.damaged] == [STANDS]
    assert [str(error).split(": ")[1] for error in read.followed] == [
        "none of its lists is in any kandidatdata",
        "none of its lists is in any kandidatdata",
        "Kommunekode is 999, of a council without results",
    ]


@official
def test_the_night_of_2025_is_read_as_far_as_it_goes(official_folder: Path, tmp_path: Path) -> None:
    """Of two counted areas of Fredericia's six, the votes, the seats, the areas left and the share are known."""
    shutil.copytree(official_folder, tmp_path / "night")
    name = next(name for name in data.councils("kv2025") if data.counts("kv2025", name).polling_areas == 6)
    files = sorted((tmp_path / "night").rglob(f"valgresultater-Kommunalvalg-{name}*.json"))
    assert len(files) == 6
    for file in files[2:4]:
        file.unlink()
    for file in files[4:]:
        says = json.loads(file.read_text(encoding="utf-8-sig"))
        file.write_text(json.dumps({**says, "Resultatart": "IngenResultater"}), encoding="utf-8")
    read = read_valgdk(tmp_path / "night", partial=True)
    areas, counts = read.areas[name], data.counts("kv2025", name)
    assert (str(areas), len(areas.final), len(areas.missing)) == ("2 of 6 areas", 2, 2)
    counted = [area.eligible or 0 for area in areas.areas if area.votes]
    assert areas.share == Fraction(sum(counted), counts.eligible or 0)
    assert (len(read), read.unfinished, read[name].seats) == (98, (name,), data.council("kv2025", name).seats)
    assert {council: election.seats for council, election in read.items()} == {
        council: election.seats for council, election in data.councils("kv2025").items()
    }


def test_every_council_is_known_by_its_spellings() -> None:
    """No two councils of the export have one name, whatever is left out of it."""
    names = {valgdk._spelt(name) for name in data.councils("kv2025")}
    assert len(names) == 98
    assert valgdk._spelt("Københavns Kommune") == valgdk._spelt("København")


# Archives and files from outside


@pytest.mark.parametrize("kind", ["cut.tar.gz", "cut.tar.xz", "cut.zip", "crc.zip", "encrypted.zip", "empty.zip"])
def test_a_broken_archive_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    """Cut off, damaged, encrypted: one line that names the archive."""
    folder, archive = write(export(), tmp_path / "export"), tmp_path / kind
    if ".tar." in kind:
        with tarfile.open(archive, f"w:{kind.rpartition('.')[2]}") as tar:  # type: ignore[call-overload]  # by the name
            tar.add(folder, "kv")
    else:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as pack:
            pack.write(folder / STANDS, "a.json")
    raw = bytearray(archive.read_bytes())
    if kind.startswith("cut"):
        raw = raw[: len(raw) // 2]
    elif kind.startswith("crc"):
        raw[200:210] = b"0" * 10
    elif kind.startswith("encrypted"):
        raw[6] |= 1
        raw[raw.find(b"PK\x01\x02") + 8] |= 1
    else:
        raw = bytearray()
    archive.write_bytes(raw)
    with pytest.raises(DataError) as refused:
        read_valgdk(archive)
    assert str(refused.value).startswith(str(archive))
    assert "\n" not in str(refused.value)


def test_what_a_mac_packs_beside_each_file_is_left_out(tmp_path: Path) -> None:
    """__MACOSX, ._NAME.json and .DS_Store change nothing, and are reported with their rule."""
    whole = write(export(), tmp_path / "export")
    archive = tmp_path / "mac.zip"
    sidecars = ["__MACOSX/kv/._a.json", "kv/._b.json", "kv/.DS_Store"]
    with zipfile.ZipFile(archive, "w") as pack:
        for file in whole.rglob("*.json"):
            pack.write(file, file.relative_to(whole))
        for name in sidecars:
            pack.writestr(name, b"\x00\x05\x16\x07Mac OS X\xb0\xff")
    read = read_valgdk(archive)
    assert dict(read) == dict(read_valgdk(whole))
    assert [(left.file, left.rule) for left in read.left_out] == [(name, Left.OF_THE_SYSTEM) for name in sidecars]


def test_seats_may_be_given_where_none_were_distributed(tmp_path: Path) -> None:
    """On election night there is no mandatfordeling yet: the seats are given, and nothing is published."""
    files = export()
    del files[MANDATES]
    folder = write(files, tmp_path)
    read = read_valgdk(folder, seats={"Øby": 5})
    assert elect_council(read["Øby"]).seats == {"A": 3, "B": 1, "C": 1}
    assert read.published == {}
    with pytest.raises(DataError, match="seats names 'Vestby'; the councils are Øby"):
        read_valgdk(folder, seats={"Vestby": 5})


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Candidates of one name on a list get their place on the ballot to their name."""
    files = export()
    for a_list in lists_of(files, STANDS):
        for person in a_list["Kandidater"]:
            person["Navn"] = "Samme Navn"
    read = read_valgdk(write(files, tmp_path))
    names = [who.name for who in read["Øby"].lists[0].candidates]
    assert names == ["Samme Navn (1)", "Samme Navn (2)", "Samme Navn (3)"]
    assert [str(warned.text) for warned in read.warnings["Øby"]] == [
        "3 candidates of list A have the name Samme Navn; their places tell them apart.",
        "2 candidates of list B have the name Samme Navn; their places tell them apart.",
    ]


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    """A file that is no archive is refused by name, and so is a path where nothing is."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for path in (tmp_path / "a.txt", tmp_path / "nothing"):
        with pytest.raises(DataError, match=f"{path.name} is neither a folder nor"):
            read_valgdk(path)


def test_results_of_another_council_are_not_compared() -> None:
    """A published result is held against its own council only."""
    with pytest.raises(DataError, match="the election is of Fanø, the published result of Læsø"):
        compare(data.council("kv2025", "Fanø"), data.published("kv2025", "Læsø"))


def test_what_cannot_be_compared_is_said() -> None:
    """A result in the place of an election, or of what was published, is refused."""
    election, published = data.council("kv2025", "Fanø"), data.published("kv2025", "Fanø")
    for given in ((elect_council(election), published), (election, elect_council(election))):
        with pytest.raises(
            DataError, match=r"^compared is CouncilResult\(.*; give a CouncilElection and what was Publ"
        ):
            compare(*given)


def test_an_export_is_a_mapping(tmp_path: Path) -> None:
    """An export is used as a mapping of council to election."""
    assert isinstance(read_valgdk(write(export(), tmp_path)), Mapping)
