"""A question in, an answer out, both plain JSON: what the command line, the local server and the browser call.

A question is a case by its fields, with its name under "case", or the name of an election or a KKR that comes with the
package; and the lots that were drawn. Some questions are about another, which stands under "of". Whatever can be
computed can be asked for, and nobody else has to know how.

>>> from kommunalvalg.ask import ask
>>> answer = ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8, "C": 2}, "seats": 9}, "en")
>>> answer["result"]["seats"], answer["lots"][0]["among"]
({'A': 5, 'B': 3, 'C': 0}, ['B', 'C'])
>>> ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": -1}, "seats": 9}, "da")["error"]["field"]
'votes["A"]'
>>> fanoe = {"election": "kv2025", "council": "Fanø"}
>>> ask({"case": "what-if", "of": fanoe, "merge": ["A", "F"]}, "en")["result"]["after"]["certain"]["A+F"]
1
"""

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from kommunalvalg.ask.answers import Answer, Progress, Request, Several, silent
from kommunalvalg.ask.questions import ASKED, BESIDE, case_of, cases, checked_question, lots_of
from kommunalvalg.errors import DataError, ElectionError, Warned
from kommunalvalg.files.plain import Plain, case_name, to_plain
from kommunalvalg.lots import Tie, settle
from kommunalvalg.results import kind_of
from kommunalvalg.text import LANGUAGES, said
from kommunalvalg.votes import listed

__all__ = ["Answer", "answer", "answered", "ask", "case_of", "cases", "lots_of"]
__dir__ = __all__.copy

_ABOUT_ANOTHER = {"audit", "kkr-chairs", "kkr-constitution", "margins", "vacancies", "what-if"}
"""Those that are cases of their own as well, where they are about no other question."""


def ask(question: object, lang: str = "da") -> dict[str, Any]:
    """Answer a question.

    Args:
        question: the case by its fields and its name, with ``draws`` (each with ``among``, ``chosen`` and, to stand for
            one lot and no other, ``place``, which lets ``among`` be empty) or a ``seed``; or, in place of the fields,
            ``election`` and ``council``, with ``previous`` (``votes``, ``seats`` by list) for what changed, or ``kkr``,
            by name, where ``draws`` may be "as published". "margins", "what-if", "simulation", "vacancies", "audit",
            "kkr-chairs" and "kkr-methods" are asked about another question, which stands under ``of``; "audits" about
            several, by name. With ``explain`` the answer has every step, with ``picture`` a picture; ``title`` is what
            it is called.
        lang: "da" or "en".

    Returns:
        ``kind``, ``case``, ``draws``, ``result`` and ``law`` as files have them; ``complete``; ``lots``, those that are
        open, in words and as values; ``warnings``; ``html``, the result as a fragment of a page; ``picture``, as SVG,
        where the library that draws is there. Where something is wrong nothing but ``error``, with what to say, the
        field, the value and the provision.

    Raises:
        DataError: there is no such language.

    >>> told = ask({"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8, "C": 2}, "seats": 8})
    >>> told["result"]["seats"], told["complete"]
    ({'A': 5, 'B': 3, 'C': 0}, True)
    """
    if lang not in LANGUAGES:
        raise DataError(
            "{field} is {value}; the languages are {known}", field="lang", value=lang, known=listed(LANGUAGES)
        )
    try:
        return _plain(answer(question, lang), question, lang)  # type: ignore[arg-type]  # an answer was asked for by one
    except ElectionError as error:
        return {"error": _refused(error, lang)}
    except RecursionError:
        return {"error": _refused(DataError("the question is nested too deeply; no election is"), lang)}


def answer(question: object, lang: str = "da", *, progress: Progress = silent) -> Answer:
    """Give what a question is answered with, as a value that can be told in every language and form.

    Args:
        question: as for :func:`ask`; an election may also be given as a value, under "case".
        lang: the language of the names that the question leaves out.
        progress: shows how far something long has come.

    Raises:
        ElectionError: what is wrong with the question.

    >>> answer({"election": "kv2025", "council": "Fanø"}).complete
    True
    """
    question = checked_question(question)
    name = "kkr" if "kkr" in question and "case" not in question else question.get("case")
    request = Request(question=question, lang=lang, progress=progress)
    if isinstance(name, str) and name in ASKED and ("of" in question or name not in _ABOUT_ANOTHER):
        module, _, teller = ASKED[name].partition(":")
        reply: Answer = getattr(import_module(f"{__name__}.{module}"), teller)(request)
        return reply
    return Answer(result=settle(case_of(question), request.lots))


def answered(question: object) -> Any:  # noqa: ANN401 - a result of whatever was asked
    """Give the result that a question asks for, as a value.

    Raises:
        ElectionError: what is wrong with the question.

    >>> answered({"election": "kv2025", "council": "Fanø"}).seats["B"]
    5
    """
    return answer(question).result


def _plain(reply: Answer, question: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Say what came out, as values and in words."""
    from kommunalvalg.report.rendering import render  # noqa: PLC0415 - a report needs libraries that a value does not

    result = reply.result
    document = reply.document(explain=bool(question.get("explain")))
    if isinstance(title := question.get("title"), str):
        document = attrs.evolve(document, title=title)
    plain = {
        "kind": "several" if isinstance(result, Several) else kind_of(result).name,
        "case": _case(result, question),
        "draws": to_plain(result.draws, ordered=True),
        "law": to_plain(result.law),
        "complete": reply.complete,
        "lots": [_lot(tie, lang) for tie in result.ties],
        "warnings": [_warning(each, lang) for each in getattr(result, "warnings", ())],
        "result": _told(result) if reply.facts is None else reply.facts,
        "html": render(document, "fragment", lang),
    }
    if question.get("picture"):
        with suppress(ElectionError):  # there is none of this result, or the library is not there
            plain["picture"] = _drawn(reply, lang)
    return plain


def _told(result: Any) -> Plain:  # noqa: ANN401 - whatever was computed
    """Give what a result says; of several together, what each of them says."""
    from kommunalvalg.files.json_files import told  # noqa: PLC0415 - reading and writing of files, for plain JSON alone

    if isinstance(result, Several):
        return {part: {name: told(each) for name, each in results.items()} for part, results in result.parts.items()}
    return told(result)


def _case(result: Any, question: Mapping[str, Any]) -> Plain:  # noqa: ANN401 - whatever was computed
    """Give the case of a result by its fields; of a question about another, the question itself."""
    if "of" in question or not hasattr(result, "case"):
        return {key: to_plain(value) for key, value in question.items() if key == "case" or key not in BESIDE}
    return {"case": case_name(type(result.case)), **to_plain(result.case, ordered=True)}


def _drawn(reply: Answer, lang: str) -> str:
    """Draw the picture of an answer as SVG."""
    from kommunalvalg import report  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder:
        file = Path(folder) / "picture.svg"
        report.save(reply.pictured, file, title=said(reply.caption, lang), lang=lang)
        return file.read_text(encoding="utf-8")


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
