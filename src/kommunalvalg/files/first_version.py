"""Files of the first version (0.1), read as cases of today.

They say under ``given`` what now stands under ``case``, and the provision of a lot where now its rule stands.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kommunalvalg.errors import DataError
from kommunalvalg.votes import listed

__all__ = ["as_of_today", "stated"]

_RULES = {
    "KSL § 24, stk. 1": "KSL-24-1",
    "KSL § 24, stk. 3": "KSL-24-3",
    "KSL § 6, jf. KSL § 24, stk. 1": "KSL-24-1",
    "KSL § 6, jf. KSL § 24, stk. 3": "KSL-24-3",
    "KSL § 65, stk. 3": "KSL-65",
    "KL's vedtægter § 6": "KL-6",
    "KL's vedtægter § 15, stk. 2": "KKR-SEATS",
    "KL's vedtægter § 15, stk. 3": "KL-15-3",
}
"""Provision of a lot -> its rule; another one, which a user wrote, is left out."""


def _counts(rows: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Read rows of a name and a count as pairs."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) and set(row) == {"name", "count"} for row in rows):
        raise DataError("{field} is {value}; it is a list of names and counts", field="given", value=rows)
    return [[row["name"], row["count"]] for row in rows]


def _fields(entries: Mapping[str, Any], *plain: str, **other: str) -> dict[str, Any]:
    """Take fields as they are, and those that now have another name."""
    return {**{name: entries.get(name) for name in plain}, **{new: entries.get(old) for new, old in other.items()}}


def _rule(entries: Mapping[str, Any], usual: str = "") -> dict[str, str]:
    return {"rule": _RULES.get(str(entries.get("provision")), usual)}


def _list(entries: Mapping[str, Any], name: str) -> list[Any]:
    value = entries.get(name) or []
    if not isinstance(value, list):
        raise DataError("{field} is {value}; it is a list", field=f"given.{name}", value=value)
    return value


def _divisor(entries: Mapping[str, Any]) -> dict[str, Any]:
    fields = _fields(entries, "seats", "held", "capacity", divisors="method")
    return {"case": "divisor", "votes": _counts(entries.get("votes")), **fields, **_rule(entries)}


def _shortfall(entries: Mapping[str, Any]) -> dict[str, Any]:
    fields = _fields(entries, "seats", "total", "held", "size")
    return {"case": "shortfall", "votes": _counts(entries.get("votes")), **fields, **_rule(entries)}


def _committee(entries: Mapping[str, Any]) -> dict[str, Any]:
    fields = {key: value for key, value in entries.items() if key in {"seats", "renounced", "takers", "agreed"}}
    return {"case": "committee", "groups": _counts(entries.get("groups")), **fields}


def _ballots(entries: Mapping[str, Any]) -> dict[str, Any]:
    ballots = [_counts(ballot) for ballot in _list(entries, "ballots")]
    return {"case": "majority", "ballots": ballots, **_fields(entries, "present", "base"), **_rule(entries, "KSL-24-1")}


def _votes(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": "plurality", "votes": _counts(entries.get("votes")), **_rule(entries)}


_BY_METHOD: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "dhondt": _divisor,
    "sainte_lague": _divisor,
    "adams": _divisor,
    "largest_shortfall": _shortfall,
    "elect_committee": _committee,
    "agreement": _committee,
    "majority_election": _ballots,
    "plurality_election": _votes,
}


def _proportional(entries: Mapping[str, Any]) -> dict[str, Any]:
    fields = _fields(entries, "seats", "alliances", "capacity")
    return {"case": "proportional", "votes": _counts(entries.get("votes")), **fields, **_rule(entries)}


def _threshold(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"votes": _counts(entries.get("votes")), **_fields(entries, "share", "total", "represented")}


def _council(entries: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever stands in the file
    return entries.get("election")


def _sitting(entries: Mapping[str, Any]) -> dict[str, Any]:
    return _fields(entries, "election", "changes", draws="election_draws")


def _composition(entries: Mapping[str, Any]) -> dict[str, Any]:
    counts = {name: _counts(entries.get(name)) for name in ("votes", "mayors")}
    fields = _fields(entries, "municipalities", "total_votes", "cast_votes", "represented", "method", "line")
    return {**counts, **fields}


def _chairs(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"votes": _counts(entries.get("votes")), **_fields(entries, "excluded", "alliances")}


def _committees(entries: Mapping[str, Any]) -> dict[str, Any]:
    counts = {name: _counts(entries.get(name)) for name in ("groups", "committees")}
    # That a second seat passed says that its receiver did not refuse it.
    groups = [name for name, _count in counts["groups"]]
    claims = []
    for claimed in _list(entries, "claimed"):
        if not isinstance(claimed, dict):
            raise DataError("{field} is {value}; it is an object", field="given.claimed", value=claimed)
        claims.append({**claimed, "accept_second": groups})
    return {**counts, **_fields(entries, "outside", "council_size", "agreed", "seated"), "claims": claims}


def _posts(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"groups": _counts(entries.get("groups")), **_fields(entries, "posts", "held"), **_rule(entries, "KSL-24-3")}


_BY_KIND: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "proportional-election": _proportional,
    "threshold": _threshold,
    "council-result": _council,
    "sitting": _sitting,
    "kkr-composition": _composition,
    "kkr-chairs": _chairs,
    "committees": _committees,
    "picking-order": _posts,
}


def as_of_today(document: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Give a document of the first version with its case as it is written today.

    Raises:
        DataError: it has no such case.

    >>> given = {"method": "dhondt", "votes": [{"name": "A", "count": 11}], "seats": 3, "held": None, "capacity": None}
    >>> as_of_today({"given": given, "draws": []}, "allocation")["case"]["votes"]
    [['A', 11]]
    """
    if kind == "council-election":
        return {"case": document.get("election")}
    entries = document.get("given")
    if not isinstance(entries, dict):
        raise DataError("{field} is {value}; it is an object", field="given", value=entries)
    if kind in _BY_KIND:
        return {"case": _BY_KIND[kind](entries), "draws": document.get("draws")}
    method = entries.get("method")
    if not isinstance(method, str) or method not in _BY_METHOD:
        raise DataError(
            "{field} is {value}; the methods are {known}",
            field="given.method",
            value=method,
            known=listed(_BY_METHOD),
        )
    return {"case": _BY_METHOD[method](entries), "draws": document.get("draws")}


def stated(document: Mapping[str, Any], computed: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give what a document of the first version states of the result in the form of today, with what comes out.

    Only counts by name, single values and lists of texts are written now as then.
    """
    result = document.get("result")
    for name, value in (result if isinstance(result, dict) else {}).items():
        if name in computed and _alike(value) and _alike(computed[name]):
            comes = computed[name]
            if isinstance(value, dict) and isinstance(comes, dict):  # names of which nothing was stated are let be
                comes = {key: comes.get(key) for key in value}
            yield name, value, comes


def _alike(value: object) -> bool:
    """Tell whether a value is written now as in the first version."""
    plain = (int, str, type(None))
    if isinstance(value, dict):
        return all(isinstance(each, plain) for each in value.values())
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, plain) for each in value)
    return isinstance(value, plain)
