"""What a question is about: a case by its fields or as a value, an election by name, and where its lots come from."""

from collections.abc import Hashable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from attrs import evolve

from kommunalvalg.errors import DataError
from kommunalvalg.files.plain import case_name, from_plain, seats_above
from kommunalvalg.lots import Case, Draw, Lots, seeded
from kommunalvalg.results import KINDS
from kommunalvalg.text import like
from kommunalvalg.votes import listed

__all__ = [
    "ASKED",
    "AS_PUBLISHED",
    "BESIDE",
    "case_of",
    "cases",
    "checked_question",
    "hold_only",
    "listed_in",
    "lots_of",
]

BESIDE = frozenset({"case", "draws", "explain", "picture", "seed", "title"})
"""What a question may say beside the fields of what it is about."""

AS_PUBLISHED = "as published"
"""What stands for the lots of an embedded election as they fell, in place of draws."""

ASKED = {
    "audit": "audits:audited",
    "audits": "audits:of_many",
    "check": "councils:check",
    "committees": "committees:committees",
    "deputies": "committees:deputies",
    "kkr": "kkr:composed",
    "kkr-chairs": "kkr:chaired",
    "kkr-constitution": "kkr:constituted",
    "kkr-methods": "kkr:by_every_method",
    "margins": "analyses:firmness",
    "simulation": "analyses:simulated",
    "vacancies": "councils:vacancies",
    "what-if": "analyses:what_if",
}
"""The questions that are answered with more than what settles a case -> what answers them, imported when asked."""


def cases() -> dict[str, str]:
    """Give the cases that can be asked for by their fields: name -> the kind of result that comes of it.

    >>> cases()["divisor"]
    'allocation'
    """
    return {_name(case): kind.name for kind in KINDS.values() for case in kind.cases}


@cache
def _name(case: Hashable) -> str:
    """Give the name of a case, without importing its class."""
    return case_name(type(case.rpartition(":")[2], (), {})) if isinstance(case, str) else case_name(case)  # type: ignore[arg-type]


def case_of(question: Mapping[str, Any]) -> Case[Any]:
    """Give the case that a question is about.

    Raises:
        ElectionError: there is no such case, or one of its fields is wrong.

    >>> case_of({"case": "plurality", "votes": {"m1": 5, "m2": 3}}).votes
    {'m1': 5, 'm2': 3}
    """
    case = checked_question(question).get("case")
    if hasattr(case, "settled"):
        hold_only(question, {"previous"})
        value: Case[Any] = case  # type: ignore[assignment]
        return _compared(value, question.get("previous"))
    if case == "kkr" or ("kkr" in question and case is None):
        named: Case[Any] = import_module("kommunalvalg.ask.kkr").case_of_kkr(question)[0]
        return named
    if "election" in question and case is None:
        hold_only(question, {"election", "council", "previous"})
        figures = import_module("kommunalvalg.elections.figures")
        election: Case[Any] = figures.council(question["election"], question.get("council"))
        return _compared(election, question.get("previous"))
    return _by_fields(case, question)


def _compared(case: Case[Any], previous: Any) -> Case[Any]:  # noqa: ANN401 - a question's
    """Give an election with the one before it: by its fields, or as what reads it for a council."""
    if previous is None:
        return case
    if callable(previous):
        earlier: Case[Any] = previous(getattr(case, "name", "")).before(case)
        return earlier
    if not hasattr(case, "previous"):
        raise DataError("{field} is {value}; only the election of a council has one", field="previous", value=previous)
    read = from_plain(previous, import_module("kommunalvalg.council.previous").Previous, "previous")
    return evolve(case, previous=read)  # type: ignore[misc]  # a class with fields


def _by_fields(name: object, question: Mapping[str, Any]) -> Case[Any]:
    """Make a case of its fields."""
    for kind in KINDS.values():
        for case, each in zip(kind.cases, map(_name, kind.cases), strict=True):
            if each == name:
                fields = {key: value for key, value in question.items() if key not in BESIDE}
                if "alliances" in fields and name != _COUNCIL:
                    fields["alliances"] = _allied(fields["alliances"])
                made: Case[Any] = from_plain(fields, kind.case_class(case), "question")
                return made
    known = [*dict.fromkeys([*cases(), *ASKED])]
    near = like(name, known) if isinstance(name, str) else []
    if near:
        raise DataError("{field} is {value}; was {near} meant?", field="case", value=name, near=near[0])
    raise DataError("{field} is {value}; it is one of {known}", field="case", value=name, known=", ".join(known))


_COUNCIL = "council-election"
"""The case whose alliances are lists of keys; those of the others have names, where anybody gave them one."""


def _allied(alliances: object) -> object:
    """Let an alliance be a list of its members, where it needs no name."""
    if not isinstance(alliances, list | tuple):
        return alliances
    return [_alliance(each) for each in alliances]


def _alliance(member: object) -> object:
    if not isinstance(member, list | tuple):
        return member
    return {"name": "", "members": [_alliance(each) for each in member]}


def checked_question(question: object) -> Mapping[str, Any]:
    """Return a question, which is an object.

    Raises:
        DataError: it is something else.

    >>> checked_question({"election": "kv2025", "council": "Fanø"})["council"]
    'Fanø'
    """
    if isinstance(question, Mapping):
        if found := seats_above(question, MOST_SEATS):
            raise DataError(
                "{field} is {value}; a question is about {most} at most",
                field=found[0],
                value=found[1],
                most=MOST_SEATS,
            )
        return question
    raise DataError("{field} is {value}; a question is an object", field="question", value=question)


MOST_SEATS = 10_000
"""The most seats, posts or places that a question is about: an answer tells each of them, and no body has so many."""


def hold_only(question: Mapping[str, Any], fields: set[str]) -> None:
    """Hold that a question has no other fields than these, and those that every question may have.

    Raises:
        DataError: it has.
    """
    for key in question:
        if key not in fields | BESIDE:
            raise DataError("{field} is unknown; known are {fields}", field=str(key), fields=listed(sorted(fields)))


def lots_of(question: Mapping[str, Any]) -> Lots:
    """Give where the lots of a question come from.

    Raises:
        ElectionError: a draw or the seed is none, or both are given.

    >>> lots_of({"draws": [{"among": ["B", "C"], "chosen": ["C"]}]})
    (Draw(among=('B', 'C'), chosen=('C',)),)
    """
    if checked_question(question).get("seed") is not None:
        if question.get("draws"):
            raise DataError("seed and draws are both given; lots come from one of them")
        return seeded(question["seed"])
    if question.get("draws") == AS_PUBLISHED and "election" in question:
        figures = import_module("kommunalvalg.elections.figures")
        recorded = import_module("kommunalvalg.elections.comparison").recorded_draws
        fallen: Lots = recorded(case_of(question), figures.published(question["election"], question.get("council")))
        return fallen
    draws: Lots = from_plain(listed_in(question, "draws"), tuple[Draw, ...], "draws")
    return draws


def listed_in(question: Mapping[str, Any], field: str) -> list[Any]:
    """Give a field that is a list; none at all is an empty one.

    Raises:
        DataError: it is something else.

    >>> listed_in({"sizes": 7}, "sizes")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: sizes is 7; it is a list
    """
    value = question.get(field)
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return list(value)
    raise DataError("{field} is {value}; it is a list", field=field, value=value)
