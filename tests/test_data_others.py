"""The embedded regional elections of 2025, the votes of 2013, and the scripts that build them."""

import csv
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from kommunalvalg import data
from kommunalvalg.elections import embedded
from kommunalvalg.errors import DataError

Refused = Callable[..., str]

TOOLS = Path(__file__).parents[1] / "tools"
SHARED = os.environ.get("KOMMUNALVALG_SHARED_DATA", "")
REGIONS = {"Midtjylland": 31, "Nordjylland": 25, "Syddanmark": 31, "Østdanmark": 47}


@pytest.mark.parametrize("election", ["kv2025", "rv2025", "kv2013"])
def test_each_file_has_the_checksum_that_its_first_line_states(election: str) -> None:
    """The figures are, to the byte, those that the build script wrote."""
    first, _, rest = (files("kommunalvalg.elections") / f"{election}.jsonl").read_bytes().partition(b"\n")
    assert json.loads(first)["sha256"] == sha256(rest).hexdigest()
    assert json.loads(first)["election"] == election


def tables_of(election: str, folder: Path) -> Path:
    """Write the tables that an election of the package was built from, as far as they can be told from it."""
    tables: dict[str, list[dict[str, object]]] = {"lists": [], "candidates": [], "municipalities": []}
    for council in embedded.rows(election):
        counts = dict(zip(("eligible", "cast", "valid", "blank", "invalid", "areas"), council[4:10], strict=True))
        tables["municipalities"].append({"name": council.name, **counts, "lists": len(council.lists)})
        for row, its in enumerate(council.lists, start=1):
            tables["lists"].append(
                {
                    "municipality": council.name,
                    "row": row,
                    "name": its.name,
                    "region": council.name,
                    "seats_total": council.seats,
                    "letter": its.letter,
                    "list_name": its.name,
                    "form": {"s": "Sideordnet", "p": "Partiliste"}.get(its.form),
                    "n_candidates": len(its.personal),
                    "alliance_no": its.alliance or "",
                    "votes": its.votes,
                    "list_votes": its.list_votes,
                    "official_seats": its.seats,
                }
            )
            ranks = {place: (rank, number) for rank, (place, number) in enumerate(its.elected, start=1)}
            for place, votes in enumerate(its.personal, start=1):
                rank, number = ranks.get(place, ("", ""))
                after = its.substitutes.index(place) + 1 if place in its.substitutes else ""
                cells = (council.name, its.letter, place, votes, rank, number, after)
                tables["candidates"].append(dict(zip(CANDIDATES, cells, strict=True)))
    tables["candidates"].reverse()
    for name, rows in tables.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder


CANDIDATES = ("region", "letter", "ballot_pos", "personal_votes", "rank_on_list", "mandate_no", "substitute_no")


@pytest.mark.parametrize("election", ["rv2025", "kv2013"])
def test_the_script_builds_what_is_in_the_package(
    election: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables give the file of the package, to the byte: the published ones where they are, and made ones."""
    monkeypatch.setattr(sys, "path", [str(TOOLS), *sys.path])
    spec = importlib.util.spec_from_file_location(f"build_{election}", TOOLS / f"build_{election}.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    packaged = (files("kommunalvalg.elections") / f"{election}.jsonl").read_text(encoding="utf-8")
    for folder in (tables_of(election, tmp_path), *([Path(SHARED) / election] if SHARED else [])):
        assert script.build(folder) == packaged


# Regional councils


@pytest.mark.parametrize(("name", "seats"), REGIONS.items())
@pytest.mark.rule("KRVL-81-2", "KRVL-82", "KRVL-85", "KRVL-86-1", "RL-8")
def test_every_regional_council_of_2025_comes_out_as_published(name: str, seats: int) -> None:
    """Seats, their numbers, the elected and the substitutes of all four are the published ones, to the last."""
    election = data.council("rv2025", name)
    comparison = data.compare(election, data.published("rv2025", name))
    assert (election.seats, election.year) == (seats, 2025)
    assert comparison.differences == ()
    assert comparison.result.complete


def test_the_regional_councils_have_their_official_totals() -> None:
    """Four councils, 63 lists, 1,148 candidates, 3,162,604 valid votes and 134 seats."""
    everywhere = data.councils("rv2025")
    lists = [a_list for council in everywhere.values() for a_list in council.lists]
    assert {name: council.seats for name, council in everywhere.items()} == REGIONS
    assert (len(lists), sum(len(a_list.candidates) for a_list in lists)) == (63, 1148)
    assert sum(a_list.votes for a_list in lists) == 3_162_604
    assert not {candidate.name for a_list in lists for candidate in a_list.candidates if "-" not in candidate.name}


def test_a_regional_council_says_what_is_not_known_of_it() -> None:
    """Valid votes and parties are known; the code, the votes cast and the eligible are None, and never 0."""
    counts = data.counts("rv2025", "Region Midtjylland")
    assert (counts.name, counts.region, counts.valid) == ("Midtjylland", "Midtjylland", 744_161)
    assert (counts.code, counts.cast, counts.eligible, counts.blank, counts.invalid) == (None,) * 5
    assert counts.polling_areas is None
    assert (counts.parties["Æ"], counts.parties["P"]) == ("Æ", None)


@pytest.mark.parametrize("name", ["midtjylland", "Region Midtjylland", " REGION  MIDTJYLLAND "])
def test_a_regional_council_is_found_with_and_without_region(name: str) -> None:
    """Case and the word "Region" make no difference."""
    assert data.council("rv2025", name).name == "Midtjylland"


@pytest.mark.parametrize("name", ["Hovedstaden", "null", 0, 1082, "Fanø"])
def test_a_region_that_did_not_vote_is_refused_with_those_that_did(refused: Refused, name: str | int) -> None:
    """Region Hovedstaden elected no council in 2025: the four that did are told."""
    message = refused(data.council, "rv2025", name, error=DataError)
    assert message.endswith("give one of Midtjylland, Nordjylland, Syddanmark, Østdanmark")


# Results with the lots as they fell


@pytest.mark.parametrize(("election", "seats"), [("kv2025", 2432), ("rv2025", 134)])
def test_the_results_of_an_embedded_election_are_complete(election: str, seats: int) -> None:
    """Every council is elected with the lots as they fell: no lot is open, every seat has its person, as published."""
    results = data.results(election)
    assert list(results) == list(data.councils(election))
    assert sum(len(result.mandates) for result in results.values()) == seats
    for name, result in results.items():
        official = data.published(election, name)
        assert result.complete
        assert result.seats == official.seats
        assert [mandate.candidate for mandate in result.mandates] == [
            mandate.candidate for mandate in official.mandates
        ]
        assert result.substitutes == official.substitutes


def test_the_result_of_one_council_is_that_of_all() -> None:
    """One council, asked for by any of its names, is the same value."""
    assert data.result("kv2025", "fanø kommune") == data.results("kv2025")["Fanø"]


# Votes of 2013


def test_the_votes_of_2013_have_their_official_totals() -> None:
    """98 councils, 1,042 lists, 4,409,252 eligible, 3,172,336 votes cast, 3,116,089 valid ones."""
    rows = list(embedded.rows("kv2013"))
    assert (len(rows), sum(len(row.lists) for row in rows)) == (98, 1042)
    counts = [data.counts("kv2013", row.name) for row in rows]
    assert sum(each.eligible or 0 for each in counts) == 4_409_252
    assert sum(each.cast or 0 for each in counts) == 3_172_336
    assert sum(each.valid for each in counts) == 3_116_089
    assert all(each.cast == each.valid + (each.blank or 0) + (each.invalid or 0) for each in counts)


def test_the_votes_of_a_council_are_there_for_every_election() -> None:
    """Fanø in 2013 and 2025, Nordjylland: letter -> votes, in ballot order."""
    assert data.votes("kv2013", "Fanø") == {
        "A": 262,
        "C": 337,
        "D": 122,
        "F": 251,
        "I": 25,
        "L": 333,
        "M": 264,
        "O": 99,
        "V": 547,
    }
    assert data.votes("kv2025", 563)["B"] == 997
    assert data.votes("rv2025", "Nordjylland")["V"] == 86_063


def test_an_election_of_votes_only_cannot_be_held(refused: Refused) -> None:
    """Seats, alliances and candidates of 2013 are not known: each call that needs them says where the votes are."""
    assert "kv2013" not in data.elections()
    for call, *more in ((data.council, "Fanø"), (data.published, "Fanø"), (data.result, "Fanø"), (data.councils,)):
        assert "data.votes has them" in refused(call, "kv2013", *more, error=DataError)


def test_no_list_of_2013_bears_the_name_of_a_person() -> None:
    """Fifteen local lists are called by their letter."""
    lists = [a_list for row in embedded.rows("kv2013") for a_list in row.lists]
    assert sum(a_list.name == f"Liste {a_list.letter}" for a_list in lists) == 15
    wrong = [a_list[:3] for a_list in lists if (data.party_of(a_list.letter, a_list.name) or "") != a_list.party]
    assert not wrong
