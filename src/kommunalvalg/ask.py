"""A question in, an answer out, both plain JSON: what the command line, the local server and the browser call.

A question is a case by its fields, with its name under "case", or the name of an election that comes with the package;
and the lots that were drawn. Whatever can be computed can be asked for, and nobody else has to know how.

>>> from kommunalvalg.ask import ask
>>> answer = ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8, "C": 2}, "seats": 9}, "en")
>>> answer["result"]["seats"], answer["lots"][0]["among"]
({'A': 5, 'B': 3, 'C': 0}, ['B', 'C'])
>>> ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": -1}, "seats": 9}, "da")["error"]["field"]
'votes["A"]'
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from kommunalvalg.elections import compositions, figures
from kommunalvalg.errors import DataError, ElectionError, Warned
from kommunalvalg.files.json_files import told
from kommunalvalg.files.plain import Plain, case_name, from_plain, to_plain
from kommunalvalg.lots import Case, Draw, Lots, Tie, seeded, settle
from kommunalvalg.results import KINDS, Result, kind_of
from kommunalvalg.text import LANGUAGES, said
from kommunalvalg.votes import listed

__all__ = ["answered", "ask", "case_of", "cases", "lots_of"]

_OF_THE_QUESTION = {"case", "draws", "seed", "explain"}
"""What a question says beside the fields of its case."""


def ask(question: object, lang: str = "da") -> dict[str, Any]:
    """Answer a question.

    Args:
        question: the case by its fields and its name, with ``draws`` (each with ``among``, ``chosen`` and, to stand for
            one lot and no other, ``place``) or a ``seed``; or, in place of the fields, ``election`` and ``council``, or
            ``kkr``, by name. With ``explain`` the answer has every step.
        lang: "da" or "en".

    Returns:
        ``kind``, ``case``, ``draws``, ``result`` and ``law`` as files have them; ``complete``; ``lots``, those that are
        open, in words and as values; ``warnings``; ``html``, the result as a fragment of a page. Where something is
        wrong nothing but ``error``, with what to say, the field, the value and the provision.

    Raises:
        DataError: there is no such language.

    >>> answer = ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8, "C": 2}, "seats": 8})
    >>> answer["result"]["seats"], answer["complete"]
    ({'A': 5, 'B': 3, 'C': 0}, True)
    """
    if lang not in LANGUAGES:
        raise DataError(
            "{field} is {value}; the languages are {known}", field="lang", value=lang, known=listed(LANGUAGES)
        )
    try:
        return _answer(
            answered(question), lang, explain=isinstance(question, Mapping) and bool(question.get("explain"))
        )
    except ElectionError as error:
        return {"error": _refused(error, lang)}
    except RecursionError:
        return {"error": _refused(DataError("the question is nested too deeply; no election is"), lang)}


def answered(question: object) -> Any:  # noqa: ANN401 - a result of whatever was asked
    """Give the result that a question asks for, as a value.

    Raises:
        ElectionError: what is wrong with the question.

    >>> answered({"election": "kv2025", "council": "Fanø"}).seats["B"]
    5
    """
    if not isinstance(question, Mapping):
        raise DataError("{field} is {value}; a question is an object", field="question", value=question)
    return settle(case_of(question), lots_of(question))


def cases() -> dict[str, str]:
    """Give the cases that can be asked for: name -> the kind of result that comes of it.

    >>> cases()["divisor"]
    'allocation'
    """
    return {_name(case): kind.name for kind in KINDS.values() for case in kind.cases}


def _name(case: object) -> str:
    """Give the name of a case, without importing its class."""
    return case_name(type(case.rpartition(":")[2], (), {})) if isinstance(case, str) else case_name(case)  # type: ignore[arg-type]


def case_of(question: Mapping[str, Any]) -> Case[Any]:
    """Give the case that a question is about.

    Raises:
        ElectionError: there is no such case, or one of its fields is wrong.

    >>> case_of({"case": "plurality", "votes": {"m1": 5, "m2": 3}}).votes
    {'m1': 5, 'm2': 3}
    """
    if "election" in question or "council" in question:
        _hold_only(question, {"election", "council"})
        election: Case[Any] = figures.council(question.get("election"), question.get("council"))  # type: ignore[arg-type]
        return election
    if "kkr" in question:
        _hold_only(question, {"kkr"})
        kkr: Case[Any] = compositions.kkr(question["kkr"]).case
        return kkr
    name = question.get("case")
    for kind in KINDS.values():
        for case, found in zip(kind.cases, map(_name, kind.cases), strict=True):
            if found == name:
                fields = {key: value for key, value in question.items() if key not in _OF_THE_QUESTION}
                made: Case[Any] = from_plain(fields, kind.case_class(case), "question")
                return made
    known = cases()
    near = get_close_matches(str(name)[:40], known, n=1)
    if near:
        raise DataError("{field} is {value}; was {near} meant?", field="case", value=name, near=near[0])
    raise DataError("{field} is {value}; it is one of {known}", field="case", value=name, known=", ".join(known))


def _hold_only(question: Mapping[str, Any], fields: set[str]) -> None:
    for key in question:
        if key not in fields | _OF_THE_QUESTION:
            raise DataError("{field} is unknown; known are {fields}", field=str(key), fields=listed(sorted(fields)))


def lots_of(question: Mapping[str, Any]) -> Lots:
    """Give where the lots of a question come from.

    Raises:
        ElectionError: a draw or the seed is none, or both are given.

    >>> lots_of({"draws": [{"among": ["B", "C"], "chosen": ["C"]}]})
    (Draw(among=('B', 'C'), chosen=('C',)),)
    """
    if question.get("seed") is not None:
        if question.get("draws"):
            raise DataError("seed and draws are both given; lots come from one of them")
        return seeded(question["seed"])
    draws: Lots = from_plain(list(question.get("draws") or ()), tuple[Draw, ...], "draws")
    return draws


def _answer(result: Result, lang: str, *, explain: bool) -> dict[str, Any]:
    """Say what came out, as values and in words."""
    from kommunalvalg import report  # noqa: PLC0415 - a report needs libraries that a value does not

    case = result.case  # type: ignore[attr-defined]  # every kind of result has one
    return {
        "kind": kind_of(result).name,
        "case": {"case": case_name(type(case)), **to_plain(case, ordered=True)},
        "draws": to_plain(result.draws, ordered=True),
        "law": to_plain(result.law),
        "complete": result.complete,
        "lots": [_lot(tie, lang) for tie in result.ties],
        "warnings": [_warning(each, lang) for each in getattr(result, "warnings", ())],
        "result": told(result),
        "html": report.render(report.document(result) if explain else report.summary(result), "fragment", lang),
    }


def _lot(tie: Tie, lang: str) -> Plain:
    """Give an open lot: where it stands and how it is addressed, how many places, among whom, under what."""
    return {
        "text": said(tie.text, lang),
        "where": said(tie.place.text, lang) if tie.place else "",
        "place": tie.place.address if tie.place else "",
        "places": tie.places,
        "among": list(tie.among),
        "rule": tie.rule,
        "provision": tie.provision,
        "inferred": tie.inferred,
    }


def _warning(warning: Warned, lang: str) -> Plain:
    return {"text": warning.said(lang), "rule": warning.rule, "provision": warning.provision}


def _refused(error: ElectionError, lang: str) -> Plain:
    return {
        "message": error.said(lang),
        "field": error.field,
        "value": None if error.field is None else repr(error.value)[:200],
        "rule": error.rule,
        "kind": type(error).__name__,
    }
