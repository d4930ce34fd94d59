"""All councils in one tidy table: a row for each list, or for each seat, with whose it is in columns of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from kommunalvalg.council.previous import ListChange, changes
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.embedded import CouncilRow, elections, rows, spelt, year
from kommunalvalg.elections.parties import PARTIES, party_of
from kommunalvalg.errors import ElectionError
from kommunalvalg.methods.alliances import alliances_of
from kommunalvalg.report.documents import named
from kommunalvalg.text import Entry
from kommunalvalg.votes import checked_by_name

__all__ = ["COLUMNS", "TIDY", "tidy_rows", "whose"]

Value: TypeAlias = str | int | float | bool | None

_WHOSE: dict[str, type] = {"election": str, "code": int, "council": str, "region": str}
_WHAT: dict[str, type] = {"list": str, "name": str, "party": str, "alliance": str}
_HOW_FAR: dict[str, type] = {"areas_counted": int, "areas": int, "eligible_counted": float}

COLUMNS: dict[str, dict[str, type]] = {
    "lists": {
        **_WHOSE,
        **_WHAT,
        "votes": int,
        "share": float,
        "seats": int,
        "votes_change": int,
        "share_change": float,
        "seats_change": int,
        "status": str,
        "colour": str,
        **_HOW_FAR,
    },
    "mandates": {
        **_WHOSE,
        "number": int,
        **_WHAT,
        "candidate": str,
        "place": int,
        "rank": int,
        "elected_by": str,
        "personal_votes": int,
        "list_votes_given": int,
        "quotient": float,
        "by_lot": bool,
        **_HOW_FAR,
    },
}
"""Table -> its columns, each with the kind of its values; any may be missing (None)."""


def tidy_rows(results: Mapping[str, object], table: str = "lists") -> list[dict[str, Value]]:
    """Give the lists or the mandates of several councils, each row with whose it is.

    Election, code and region are those of an embedded election of the same year that has a council of the name; of
    others ``election`` is the year alone. A list that no longer stands has a row with no votes and the status "gone".

    Args:
        results: name -> result of a council.
        table: "lists" or "mandates".

    Raises:
        ElectionError: there is no such table, or a value is no result of a council.

    >>> from kommunalvalg import data
    >>> rows = tidy_rows({"Fanø": data.result("kv2025", "Fanø")})
    >>> [rows[1][key] for key in ("election", "code", "council", "region", "list", "party", "alliance", "votes")]
    ['kv2025', 563, 'Fanø', 'Syddanmark', 'B', 'B', 'B+L+Ø', 997]
    """
    rows_of, rows_of_all, known = named(TIDY, table), [], _embedded()
    for name, result in checked_by_name(results, "results").items():
        if not isinstance(result, CouncilResult):
            raise ElectionError(
                "{field} is {value}; give results of councils", field=Entry("results", name), value=result
            )
        names, far = (name, result.case.name), _how_far(result)
        mine = _whose(names, result.case.year, known)
        for row in rows_of(result):
            whole = {**mine, **row, **far}
            rows_of_all.append({key: whole.get(key) for key in COLUMNS[table]})
    return rows_of_all


_Known: TypeAlias = dict[tuple[int, str], tuple[str, CouncilRow]]


def _embedded() -> _Known:
    """Give every council that is embedded: year and name as spelt -> election and figures."""
    return {(year(each), spelt(council.name)): (each, council) for each in elections() for council in rows(each)}


def whose(name: str, year: int | None) -> dict[str, Value]:
    """Say whose a row is of a council that has no result, as the rows of the others do.

    Args:
        name: the council's name.
        year: the year of the others' elections; None where they are of several.

    >>> whose("Fanø Kommune", 2025)["code"], whose("Nyby", 2025)
    (563, {'election': '2025', 'council': 'Nyby'})
    """
    return {"council": name} if year is None else _whose((name,), year, _embedded())


def _whose(names: tuple[str, ...], year_of: int, known: _Known) -> dict[str, Value]:
    keys = [(year_of, spelt(name)) for name in names]
    known_as = next((known[key] for key in keys if key in known), None)
    if known_as is None:
        return {"election": str(year_of), "council": names[0]}
    election, council = known_as
    return {"election": election, "code": council.code, "council": names[0], "region": council.region}


def _how_far(result: CouncilResult) -> dict[str, Value]:
    counted = result.case.counted
    if counted is None:
        return {}
    share = None if counted.share is None else float(counted.share)
    return {"areas_counted": counted.areas, "areas": counted.of, "eligible_counted": share}


def _what(result: CouncilResult) -> dict[str, dict[str, Value]]:
    """Give what each list is: its name, its national party and its alliance."""
    allied = {key: unit.name for unit in alliances_of(result.case.units) for key in unit.lists}
    return {
        key: {
            "list": key,
            "name": list_result.list.name,
            "party": party,
            "alliance": allied.get(key),
            "colour": PARTIES[party].colour if party else None,
        }
        for key, list_result in result.lists.items()
        for party in [party_of(list_result.list.letter, list_result.list.name)]
    }


def _lists(result: CouncilResult) -> Iterator[dict[str, Value]]:
    total, what = result.case.valid_votes, _what(result)
    changed = changes(result) if result.case.previous is not None else {}
    gone = [key for key, change in changed.items() if change.gone]
    for key in (*result.lists, *gone):
        votes, change = result.case.votes.get(key, 0), changed.get(key)
        yield {
            **what.get(key, {"list": key}),
            "votes": votes,
            "share": votes / total if total else None,
            "seats": result.seats.get(key, 0),
            **(_change(change) if change else {}),
        }


def _change(change: ListChange) -> dict[str, Value]:
    return {
        "votes_change": change.votes,
        "share_change": float(change.share),
        "seats_change": change.seats,
        "status": "gone" if change.gone else "new" if change.new else "stands",
    }


def _mandates(result: CouncilResult) -> Iterator[dict[str, Value]]:
    what = _what(result)
    quotients = {award.number: float(award.quotient or 0) for award in result.proportional.awards}
    places = {
        (key, candidate.name): place
        for key, list_result in result.lists.items()
        for place, candidate in enumerate(list_result.list.candidates, start=1)
    }
    for mandate in result.mandates:
        yield {
            **what[mandate.key],
            "number": mandate.number,
            "candidate": mandate.candidate,
            "place": places[mandate.key, mandate.candidate],
            "rank": mandate.rank,
            "elected_by": str(mandate.elected_by),
            "personal_votes": mandate.votes,
            "list_votes_given": mandate.given if mandate.fordelingstal else None,
            "quotient": quotients.get(mandate.number),
            "by_lot": mandate.by_lot,
        }


TIDY: dict[str, Callable[[CouncilResult], Iterator[dict[str, Value]]]] = {"lists": _lists, "mandates": _mandates}
"""Table -> what gives its rows of one council."""
