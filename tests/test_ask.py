"""Questions and answers as plain JSON: what the command line, a local server and the browser all call."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import pytest
from exports import export, made, write

from kommunalvalg import Draw, data, dhondt, elect_committees, proportional_election, report, text
from kommunalvalg.ask import answer, answered, ask, case_of, cases
from kommunalvalg.ask.analyses import last_seat_told, lists_in_lots
from kommunalvalg.ask.questions import ASKED
from kommunalvalg.audit.evaluation import Readings
from kommunalvalg.audit.sampling import Bundle, Manifest
from kommunalvalg.elections import compositions, embedded, figures
from kommunalvalg.errors import DataError, ElectionError
from kommunalvalg.files.valgdk import read_valgdk
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.report.documents import Document, Said, Table
from kommunalvalg.results import KINDS

FANOE = {"election": "kv2025", "council": "Fanø"}
GROUPS = {"a": 16, "b": 15}

QUESTIONS: dict[str, dict[str, Any]] = {
    "allocation": {"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8}, "seats": 3},
    "proportional-election": {"case": "proportional", "votes": {"A": 40, "C": 34, "F": 26}, "seats": 5},
    "majority-election": {"case": "majority", "present": 21, "ballots": [{"A": 11}]},
    "council-result": FANOE,
    "sitting": {"case": "vacancies", "of": FANOE, "changes": [{"event": "leaves", "candidate": "B-1"}]},
    "kkr-composition": {"kkr": "hovedstaden-2026"},
    "kkr-chairs": {"case": "kkr-chairs", "of": {"kkr": "hovedstaden-2026"}, "alliances": [["A", "F"]]},
    "kkr-constitution": {"case": "kkr-constitution", "of": {"kkr": "nordjylland-2026"}, "meeting": "2026-01-26"},
    "committees": {"case": "committees", "groups": GROUPS, "committees": {"Økonomiudvalget": 9}, "sizes": [7, 7]},
    "several": {"case": "committees", "groups": GROUPS, "sizes": [7], "bodies": {"Havnen": 2}},
    "picking-order": {"case": "deputies", "groups": GROUPS},
    "chairs": {"case": "chairs", "groups": GROUPS, "committees": 4, "mayors_group": "a", "picks": [["Kultur", "m"]]},
    "balance": {"case": "balance", "women": 3, "men": 4},
    "margins": {"case": "margins", "of": FANOE},
    "what-if": {"case": "what-if", "of": FANOE, "method": "adams"},
    "regrouping": {"case": "what-if", "of": FANOE, "merge": ["A", "F"]},
    "alliance-effects": {"case": "what-if", "of": FANOE, "without_alliances": True},
    "partners": {"case": "what-if", "of": FANOE, "partner_for": "B"},
    "partitions": {"case": "what-if", "of": FANOE, "among": ["A", "F"]},
    "simulated-seats": {"case": "simulation", "of": FANOE, "poll": 800, "n": 50, "seed": "Fanø"},
}

AT_A_GLANCE = {"balance", "margins", "what-if", "regrouping", "alliance-effects", "partners", "partitions"}
"""Kinds whose answer has no steps to explain; a simulation is the last of them."""


@pytest.mark.parametrize(("kind", "question"), QUESTIONS.items())
@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_question_is_answered_in_plain_json(kind: str, question: dict[str, Any], lang: str) -> None:
    """The answer says of what kind it is, is JSON, tells itself in the language, and can tell every step."""
    told = ask(json.loads(json.dumps(question)), lang)
    assert told["kind"] == kind
    assert json.loads(json.dumps(told)) == told
    assert told["html"].startswith(f'<div lang="{lang}">')
    explained = ask({**question, "explain": True}, lang)["html"]
    assert (len(explained) > len(told["html"])) == (kind not in {*AT_A_GLANCE, "simulated-seats"})


def test_an_alliance_is_a_list_of_its_members() -> None:
    """Alliances need no names, at any depth."""
    question = {"case": "proportional", "votes": {"A": 5, "B": 10, "C": 10, "D": 13, "E": 13}, "seats": 2}
    units = answered({**question, "alliances": [["A", ["B", "C"]], ["D", "E"]]}).unit_seats
    assert dict(units) == {"A+B+C": 1, "D+E": 1}
    named = [{"name": "Rød", "members": ["A", "B"]}]
    assert "Rød" in answered({**question, "alliances": named}).unit_seats


def test_a_draw_is_addressed_by_a_place() -> None:
    """An open lot says by which name it is addressed; a draw of that name settles it without saying who took part."""
    question = {"case": "committees", "groups": {"a": 10, "b": 10}, "committees": {"Teknik": 3, "Kultur": 5}}
    lots = ask(question)["lots"]
    assert [(lot["place"], lot["where"]) for lot in lots] == [("Teknik", "Teknik"), ("Kultur", "Kultur")]
    draws = [{"place": lot["place"], "chosen": [lot["among"][0]], "among": []} for lot in reversed(lots)]
    assert ask({**question, "draws": draws})["complete"]


@pytest.mark.parametrize(
    "question",
    [
        FANOE,
        {"case": "deputies", "groups": GROUPS},
        {"case": "committees", "groups": GROUPS, "sizes": [7]},
        {"case": "vacancies", "of": FANOE, "changes": [{"event": "leaves", "candidate": "B-1"}]},
        {"case": "kkr-chairs", "of": {"kkr": "hovedstaden-2026"}},
        {"case": "kkr-constitution", "of": {"kkr": "hovedstaden-2026"}},
        {"case": "kkr-methods", "of": {"kkr": "hovedstaden-2026"}},
    ],
)
def test_a_draw_that_no_lot_is_open_for_is_refused(question: dict[str, Any]) -> None:
    """Nothing that was drawn is passed over."""
    refused = ask({**question, "draws": [{"among": ["m1", "m2"], "chosen": ["m1"]}]}, "en")["error"]
    assert refused["message"] == "draw 1, among m1, m2, is left over: no lot is open for it"


def test_an_answer_has_its_case_and_its_draws_as_files_have_them() -> None:
    """Mappings are lists of pairs, in their order, and what has its default is left out."""
    drawn = {"among": ["B", "C"], "chosen": ["C"]}
    question = {"case": "divisor", "divisors": "dhondt", "votes": {"B": 8, "A": 11, "C": 2}, "seats": 9}
    told = ask({**question, "draws": [drawn]})
    assert told["case"] == {**question, "votes": [["B", 8], ["A", 11], ["C", 2]]}
    assert told["draws"] == [{**drawn, "tie": {"places": 1, "among": ["B", "C"]}}]


def test_an_embedded_election_has_its_lots_as_they_fell() -> None:
    """What was published of an election may stand for the draws."""
    question = {"election": "kv2025", "council": "Læsø"}
    assert not ask(question)["complete"]
    assert answered({**question, "draws": "as published"}) == data.result("kv2025", "Læsø")


def test_a_value_may_stand_for_a_case() -> None:
    """A program in Python asks with the election that it has."""
    election = data.council("kv2025", "Fanø")
    assert answered({"case": election}) == answered(FANOE)
    assert answered({"case": "margins", "of": {"case": election}}) == answered({"case": "margins", "of": FANOE})
    asked = ask({"case": dhondt({"A": 2}, 1).case, "previous": {"votes": {"A": 3}}}, "en")
    assert asked["error"]["message"].endswith("; only the election of a council has one")
    assert answer(FANOE).document() == answer(FANOE).document(explain=False)


def test_names_that_are_left_out_are_of_the_language() -> None:
    """Committees without names are numbered in the language of the answer."""
    question = {"case": "committees", "groups": GROUPS, "sizes": [7, 5]}
    assert list(answer(question, "da").result.seats) == ["Udvalg 1", "Udvalg 2"]
    assert answer(question, "en").result == elect_committees(GROUPS, {"Committee 1": 7, "Committee 2": 5})


def test_a_picture_is_svg_where_there_is_one() -> None:
    """Request for, the picture comes as text; of what has none there is none."""
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    assert ask({**FANOE, "picture": True})["picture"].lstrip().startswith("<?xml")
    assert "picture" not in ask({"case": "balance", "women": 1, "men": 1, "picture": True})
    assert "picture" not in ask(FANOE)


def test_a_picture_is_drawn_for_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is called what the answer's picture is called, in the language; where none can be drawn there is none."""

    def saved(of: object, file: Path, *, title: str, lang: str) -> None:
        file.write_text(f"{type(of).__name__}, {title}, {lang}", encoding="utf-8")

    monkeypatch.setattr(report, "save", saved)
    question = {"case": "deputies", "groups": GROUPS, "picture": True}
    assert ask(question)["picture"] == "PickingOrder, Viceborgmestre, da"
    assert "picture" not in ask({**question, "picture": False})

    def none(*_of: object, **_how: object) -> None:
        raise ElectionError("there is no picture of this")

    monkeypatch.setattr(report, "save", none)
    assert "picture" not in ask(question)


def test_a_sum_that_is_taken_for_all_votes_is_told() -> None:
    """Figures that the question leaves out are taken as the command line takes them, with the warning."""
    question = {"case": "kkr", "votes": {"A": 600, "C": 400}, "mayors": {"A": 2}, "municipalities": 2}
    assert "the 1000 of the file were taken for all" in ask(question, "en")["warnings"][-1]["text"]
    assert len(ask({**question, "total_votes": 1000}, "en")["warnings"]) == len(ask(question, "en")["warnings"]) - 1


@pytest.mark.parametrize(
    ("question", "field", "said"),
    [
        ([], "question", "et spørgsmål er et objekt"),
        ({"case": "margin", "of": FANOE}, "case", "mentes"),
        ({"case": "margins", "of": 3}, "of", "det er det spørgsmål, som dette handler om"),
        ({"case": "margins", "of": FANOE, "seats": 3}, "seats", "seats er ukendt"),
        ({"case": "audit", "of": FANOE, "size": 3}, None, "stemmesedler trækkes fra en fortegnelse"),
        ({"case": "audit", "of": FANOE, "risk": "0"}, "risk", "risk er '0'"),
        ({"case": "audits", "of": {"Fanø": 3}}, "Fanø", "et spørgsmål er et objekt"),
        ({"case": "what-if", "of": FANOE}, None, "stil ét spørgsmål ad gangen"),
        ({"case": "what-if", "of": FANOE, "merge": ["A", "X"]}, "lists", "'X', som ikke er opstillet"),
        ({"case": "what-if", "of": FANOE, "alliances": "AB"}, "alliances", "det er en liste"),
        ({"case": "what-if", "of": FANOE, "method": "nej"}, "method", "'nej'"),
        ({"case": "simulation", "of": FANOE}, None, "med ét af poll, swing og areas"),
        ({"case": "kkr-chairs", "of": {"kkr": "hovedstaden-2026"}, "meeting": 3}, "meeting", "skriv ÅÅÅÅ-MM-DD"),
        (
            {"case": "vacancies", "of": FANOE, "changes": [{"event": "leaves", "candidate": "Q"}]},
            "candidate",
            "ingen af det navn er opstillet i Fanø",
        ),
        ({**FANOE, "seats": 3}, "seats", "kendte er council, election"),
        ({"kkr": "hovedstaden-2026", "region": "x"}, "region", "er ukendt"),
    ],
)
def test_what_is_wrong_is_said_in_danish_with_its_field(question: object, field: str | None, said: str) -> None:
    """The answer to a wrong question is its error, with the field."""
    told = ask(question, "da")["error"]
    assert said in told["message"]
    assert told["field"] == field


@pytest.mark.parametrize(
    "question",
    [
        *({"case": name, "of": FANOE, "votes": {"A": 1}} for name in ASKED),
        {"case": "kkr", "region": "Nordjylland"},
        {"kkr": "hovedstaden-2026"},
        {"case": data.council("kv2025", "Fanø")},
        FANOE,
        {"case": "margins", "of": {"xyz": 1, **FANOE}},
    ],
)
def test_a_field_that_nobody_knows_is_refused(question: dict[str, Any]) -> None:
    """Whatever is asked, a field that is misspelt is not passed over."""
    asked = question if "xyz" in question.get("of", ()) else {"xyz": 1, **question}
    refused = ask(asked, "en")["error"]
    assert "xyz is unknown; known are " in refused["message"]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_question_that_is_nested_too_deeply_is_refused(lang: str) -> None:
    """A question in a question in a question, without end, ends in an error."""
    question: dict[str, Any] = FANOE
    for _ in range(3000):
        question = {"case": "margins", "of": question}
    said = {"da": "spørgsmålet er indlejret for dybt; så dybt er intet valg", "en": "the question is nested too deeply"}
    assert said[lang] in ask(question, lang)["error"]["message"]


def test_there_are_two_languages() -> None:
    """Another language is the caller's mistake, and no answer."""
    with pytest.raises(DataError, match="lang is 'sv'"):
        ask(FANOE, "sv")


def test_an_audit_is_planned_drawn_and_evaluated() -> None:
    """The same question goes on: with a manifest and a seed it draws, with readings it says what they mean."""
    votes = {"case": "proportional", "votes": {"A": 600, "B": 350}, "seats": 3}
    question = {"case": "audit", "of": votes, "ballots": 1000, "risk": "5%"}
    plan = ask(question, "en")
    assert (plan["kind"], plan["result"]["expected"]) == ("audit-plan", 27)
    bundles = [{"name": "1", "list": "A", "ballots": 600}, {"name": "2", "list": "B", "ballots": 350}]
    question |= {"manifest": [*bundles, {"name": "3", "list": "", "ballots": 50}], "seed": "6 1 4"}
    sample = ask(question, "en")
    assert (sample["kind"], len(sample["result"]["ballots"]), sample["result"]["seed"]) == ("audit-sample", 27, "6 1 4")
    says = {"1": "A", "2": "B", "3": "blank"}
    readings = [[each["bundle"], each["number"], says[each["bundle"]]] for each in sample["result"]["ballots"]]
    found = ask({**question, "readings": readings}, "en")
    assert (found["kind"], found["result"]["decision"]) == ("audit-evaluation", "stop")
    assert "The audit stops" in found["html"]
    refused = ask({**question, "readings": [["1", "2"]]}, "en")["error"]
    assert refused["message"].startswith("readings has ['1', '2']; it is the bundle")
    manifest = Manifest([Bundle("1", "A", 600), Bundle("2", "B", 350), Bundle("3", "", 50)])
    values = {"manifest": manifest, "readings": Readings({(name, at): read for name, at, read in readings})}
    assert answered({**question, **values}) == answered({**question, "readings": readings})


def test_audits_of_several_stand_side_by_side() -> None:
    """One table, and each plan under its name."""
    told = ask({"case": "audits", "of": {"Fanø": FANOE, "Lolland": {**FANOE, "council": "Lolland"}}}, "en")
    assert (told["kind"], list(told["result"]["plans"])) == ("several", ["Fanø", "Lolland"])
    assert told["result"]["plans"]["Lolland"]["expected"] == 1096


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ({"case": "audits", "of": {"a": FANOE, "b": FANOE}}, [("Planning the audits", 2), 1, 2]),
        ({"case": "check", "election": "rv2025"}, [("Computing the councils", 4), 1, 2, 3, 4]),
        ({"case": "what-if", "of": FANOE, "among": ["A", "B", "C"]}, [("Following the ways to ally", 5), 5]),
        ({"case": "what-if", "of": FANOE, "among": list("0123456789")}, [("Following the ways to ally", 115_975)]),
        ({"case": "what-if", "of": FANOE, "among": list("0123456789x")}, [("Following the ways to ally", None)]),
        ({"case": "simulation", "of": FANOE, "poll": 800, "n": 20}, [("Simulating", 20), 20]),
        ({"case": "simulation", "of": FANOE, "poll": 800, "n": "x"}, [("Simulating", None)]),
    ],
)
def test_what_takes_long_says_how_far_it_has_come(question: dict[str, Any], shown: list[object]) -> None:
    """What is done and in how many steps, where the question says so, and then how many are done."""
    if question["case"] == "simulation":
        pytest.importorskip("numpy", reason="simulations need numpy")
    seen: list[object] = []

    @contextmanager
    def progress(what: text.Word, steps: int | None) -> Iterator[Callable[[int], object]]:
        seen.append((text.said(what, "en"), steps))
        yield seen.append

    with suppress(ElectionError):  # the steps are shown before anything is refused
        answer(question, progress=progress)
    assert seen == shown


def test_every_case_of_every_kind_can_be_asked_for() -> None:
    """The cases are named once each, with the kind of result that comes of them."""
    assert set(cases().values()) == {name for name, kind in KINDS.items() if kind.cases}


# What is held of a question before it is answered

D_HONDT = {"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8}}
KKR = {"case": "kkr", "votes": {"A": 600, "C": 400}, "mayors": {"A": 2}, "municipalities": 2, "total_votes": 1000}
NORTH = {"case": "kkr", "region": "Nordjylland", "mayors": {"A": 5, "V": 4, "C": 2}}
PLAIN = {"case": "proportional", "votes": {"A": 43, "C": 31, "F": 14, "V": 12}, "seats": 5}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**D_HONDT, "seats": 10_001}, "seats is 10001; a question is about 10000 at most"),
        ({"case": "margins", "of": {**D_HONDT, "seats": 10_001}}, "seats is 10001; a question is about 10000 at most"),
        (
            {"case": "committees", "groups": GROUPS, "committees": {"x": 10_001}},
            "committees is 10001; a question is about 10000 at most",
        ),
        (
            {"case": "committees", "groups": GROUPS, "committees": [["x", 10_001]]},
            "committees is 10001; a question is about 10000 at most",
        ),
        ({"case": "committees", "groups": GROUPS, "sizes": [7, 10_001]}, "sizes is 10001; a question is about 10000"),
        (
            {"case": "committees", "groups": GROUPS, "sizes": [7], "bodies": {"Havnen": 10_001}},
            "bodies is 10001; a question is about 10000 at most",
        ),
        ({**D_HONDT, "seats": 3, "previous": 5}, "question.previous is unknown; known are votes, seats, rule, place"),
        (
            {**D_HONDT, "seats": 3, "seed": 1, "draws": [{"among": ["A", "B"], "chosen": ["A"]}]},
            "seed and draws are both given; lots come from one of them",
        ),
        ({"case": "xyzzyq"}, "case is 'xyzzyq'; it is one of divisor, shortfall, "),
        ({}, "case is None; it is one of divisor, shortfall, "),
        ({"case": 5}, "case is 5; it is one of divisor, shortfall, "),
        ({"case": "divisors"}, "case is 'divisors'; was divisor meant?"),
        ({"case": "simulations"}, "case is 'simulations'; was simulation meant?"),
        ({"case": "deputies", "groups": GROUPS, "size": 2}, "size is unknown; known are groups, name, posts"),
        (
            {"case": "committees", "groups": GROUPS, "committees": {"Committee 1": 5}, "sizes": [7]},
            "committees has 'Committee 1', which is another's; each committee has a name of its own",
        ),
        (
            {"case": "vacancies", "of": {**D_HONDT, "seats": 3}, "changes": []},
            "of is DivisorCase(votes={'A': 11, 'B': 8}, seats=3, rule='', place...; give the election of a council",
        ),
        ({"case": "vacancies", "of": FANOE, "changes": 5}, "changes is 5; it is a list"),
        (
            {"case": "vacancies", "of": FANOE, "changes": [5]},
            "candidate is None; nobody of that name stands in Fanø",
        ),
        (
            {"case": "simulation", "of": FANOE, "poll": 800, "swing": "2%"},
            "say what is uncertain, by one of poll, swing and areas",
        ),
        (
            {"case": "simulation", "of": FANOE, "poll": 800, "majorities": [["A", "X"]], "n": 10},
            "majorities names 'X', which is not in lists; lists has A, B, C, F, L, V, Ø, Å",
        ),
        ({"case": "what-if", "of": FANOE, "merge": ["A", "F"], "seats": 9}, "ask one question at a time: without_"),
        ({"case": "what-if", "of": FANOE, "without_alliances": False}, "ask one question at a time: without_"),
        ({"case": "audits", "of": {"Fanø": FANOE}, "size": 3}, "size is unknown; known are ballots, candidates, "),
        ({"case": "audit", "of": FANOE, "readings": []}, "ballots are drawn from a manifest and by a seed, thrown "),
        ({"case": "check", "election": "kv2025", "council": "Fanø"}, "council is unknown; known are election, export"),
        ({"case": "kkr-methods", "of": {"kkr": "x"}, "kkr": "y"}, "kkr is unknown; known are of"),
        ({**PLAIN, "alliances": 5}, "alliances is 5; give each alliance as its lists"),
        ({**NORTH, "mayors": {"A": 5, "V": "A"}}, "mayors[\"V\"] is 'A'; a count is a whole number"),
        ({**KKR, "votes": {"A": "x"}, "total_votes": None}, "votes[\"A\"] is 'x'; a vote count is a whole number"),
    ],
)
def test_a_question_that_cannot_be_is_refused_before_anything_is_computed(question: object, said: str) -> None:
    """Too many seats, fields that are another question's, and two answers to one question are told in one line."""
    assert ask(question, "en")["error"]["message"].startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**FANOE, "draws": 5}, "draws is 5; it is a list"),
        ({**D_HONDT, "seats": 3, "draws": "as published"}, "draws is 'as published'; it is a list"),
        ({"case": "committees", "groups": GROUPS, "sizes": 5}, "sizes is 5; it is a list"),
        (
            {"case": "committees", "groups": GROUPS, "sizes": [5], "accept_second": 5},
            "accept_second is 5; it is a list",
        ),
        (
            {"case": "committees", "groups": GROUPS, "sizes": [5], "accept_second": ["x"]},
            "accept_second names 'x', which is not in groups; groups has a, b",
        ),
        ({"case": "simulation", "of": PLAIN, "poll": 800, "majorities": 5}, "majorities is 5; it is a list"),
        (
            {"case": "simulation", "of": {**PLAIN, "votes": {"A": 10**18, "C": 1}}, "poll": 800, "n": 1},
            f"votes are {10**18 + 1} in all; at most {10**18} are drawn",
        ),
        (
            {"case": "simulation", "of": PLAIN, "areas": [{"A": 7}, {"A": 1, "C": 1}], "left": 10**18, "n": 1},
            f"areas are {7 * 10**18 + 14} in all; at most {10**18} are drawn",
        ),
        ({"case": "margins", "of": PLAIN, "name": ["x"]}, "name has the name ['x']; a name is text"),
        (
            {**NORTH, "listesamarbejder": {"X": [["Læsø"]]}},
            "listesamarbejder['X'] is [['Læsø']]; give its lists as pairs, such as",
        ),
        ({**NORTH, "listesamarbejder": {"X": [5]}}, "listesamarbejder['X'] is [5]; give its lists as pairs, such as"),
        ({**NORTH, "listesamarbejder": [1]}, "listesamarbejder is [1]; give a mapping of name to lists, such as"),
        (
            {"case": "kkr-chairs", "of": KKR, "meeting": "2026-13-01"},
            "meeting is '2026-13-01'; write YYYY-MM-DD, for example 2026-01-26",
        ),
        (
            {"case": "kkr-chairs", "of": KKR, "meeting": "0001-01-01"},
            "meeting is '0001-01-01'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
        ),
    ],
)
def test_a_field_of_another_form_is_told_by_its_name(question: object, said: str) -> None:
    """What is no list, no name, no day of our time or nobody's group is an error with its field, and no other."""
    assert ask(question, "en")["error"]["message"].startswith(said)


def test_as_many_seats_as_a_question_may_be_about() -> None:
    """Ten thousand are answered, in whichever field they stand."""
    assert sum(answered({**D_HONDT, "seats": 10_000}).seats.values()) == 10_000
    assert sum(answered({"case": "picking", "groups": GROUPS, "posts": 10_000}).seats.values()) == 10_000


def test_deputies_are_two_unless_it_is_said_how_many() -> None:
    """By the act there are two deputies; a lot among them is at the place that the question names."""
    two, three = ({"case": "deputies", "groups": GROUPS}, {"case": "deputies", "groups": GROUPS, "posts": 3})
    assert (answered(two).order, answered(three).order) == (("a", "b"), ("a", "b", "a"))
    equal = {"case": "deputies", "groups": {"a": 5, "b": 5}, "posts": 1}
    assert [lot["place"] for lot in ask(equal)["lots"]] == ["viceborgmestre"]
    (lot,) = ask({**equal, "name": "næstformænd"})["lots"]
    assert (lot["place"], lot["provision"]) == ("næstformænd", "KSL § 24, stk. 3")


def test_bodies_beside_the_committees_have_their_lots_after_theirs() -> None:
    """Each body is an election by itself; the lots of all are one series, and told together."""
    question = {"case": "committees", "groups": {"a": 5, "b": 5}, "committees": {"Teknik": 3}, "bodies": {"Havnen": 3}}
    told = ask(question, "en")
    assert [(lot["place"], lot["among"]) for lot in told["lots"]] == [("Teknik", ["a", "b"]), ("Havnen", ["a", "b"])]
    assert not told["complete"]
    draws = [{"among": ["a", "b"], "chosen": [who]} for who in "ab"]
    drawn = ask({**question, "draws": draws}, "en")
    assert (drawn["complete"], drawn["lots"], len(drawn["draws"])) == (True, [], 2)
    assert drawn["result"]["bodies"]["Havnen"]["seats"] == {"a": 1, "b": 2}
    assert "Bodies beside the committees" in drawn["html"]
    alone = ask({**question, "bodies": {}, "draws": draws[:1]}, "en")
    assert (alone["kind"], "Bodies beside" in alone["html"]) == ("committees", False)
    assert "nobody can take" not in drawn["html"] + alone["html"]


def test_the_ways_to_place_the_claims_are_told_to_who_asks_for_them() -> None:
    """They are a table of their own, which may be long."""
    question = {"case": "committees", "groups": GROUPS, "sizes": [7, 7, 7]}
    told = {asks: keys(answer({**question, "placements": asks}).document()) for asks in (False, True)}
    assert told[True] == [*told[False], "placements"]


def test_an_election_is_told_beside_the_one_before_it() -> None:
    """The election before is given by its fields, or as what reads it."""
    for previous in ({"votes": {"A": 500}}, data.previous_reader("kv2013")):
        election = answered({**FANOE, "previous": previous}).case
        assert election.previous.votes["A"] in {500, 262}
    assert answered({"case": data.council("kv2025", "Fanø"), "previous": {"votes": {"A": 500}}}).case.previous
    assert answered(FANOE).case.previous is None


def test_a_wrong_question_has_its_field_and_its_value() -> None:
    """The error is plain JSON: what is wrong, where, with what value, by which rule."""
    error = ask({**D_HONDT, "seats": "3" * 300}, "en")["error"]
    assert (error["field"], error["kind"], error["rule"]) == ("seats", "VoteError", None)
    assert error["value"].startswith("'333")
    assert len(error["value"]) == 200
    assert ask({"case": "what-if", "of": FANOE}, "en")["error"]["value"] is None


def test_the_title_of_a_question_is_that_of_its_answer() -> None:
    """What is said to be the title stands over the answer, which says its case by its fields."""
    told = ask({**D_HONDT, "seats": 3, "title": "Havnens bestyrelse"}, "en")
    assert "Havnens bestyrelse" in told["html"]
    assert (told["case"]["case"], told["case"]["seats"], told["law"]) == ("divisor", 3, None)
    about = ask({"case": "margins", "of": FANOE, "title": "x", "explain": True}, "en")
    assert about["case"] == {"case": "margins", "of": FANOE}
    assert about["warnings"] == []


# What is said of the last seat, and of lots


def words(question: dict[str, Any], lang: str = "en") -> str:
    """Give what the answer says, without the signs of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", ask(question, lang)["html"]).split())


@pytest.mark.parametrize(
    ("votes", "seats", "alliances", "said", "waiting"),
    [
        ({"A": 59, "C": 29}, 2, [], "C was 1 vote from one seat more.", set()),
        ({"A": 40, "C": 34, "F": 26}, 5, [], "Next is A, on 40/3. A was 12 votes from one seat more.", set()),
        ({"A": 60, "B": 10, "C": 10}, 5, [], "went to A on the quotient 12. Next is A, B, and C, on 10.", set()),
        ({"A": 19, "B": 10, "C": 10}, 1, [], "Next is B and C, on 10.", set()),
        ({"A": 11, "B": 8}, 3, [], "Next is B, on 4. B was 4 votes from one seat more.", set()),
        (
            {"A": 11, "B": 8, "C": 2},
            9,
            [],
            "a lot between B and C, on the quotient 2; next is whoever does not win it.",
            {"B", "C"},
        ),
        (
            {"A": 6, "B": 4, "C": 10},
            1,
            [["A", "B"]],
            "a lot between A and C, on the quotient 10; next is whoever does not win it.",
            {"A", "A+B", "C"},
        ),
        ({"A": 59, "C": 29}, 0, [], "–", set()),
    ],
)
def test_the_last_seat_and_who_waits_for_it(
    votes: dict[str, int], seats: int, alliances: list[list[str]], said: str, waiting: set[str]
) -> None:
    """Who has the last seat, who is next and by how much; and of an alliance in a lot also the list that it is for."""
    election = proportional_election(votes, seats, alliances=alliances)
    assert text.said(last_seat_told(election), "en").endswith(said)
    assert lists_in_lots(election) == waiting
    assert last_seat_told(dhondt(votes, seats)) is None
    assert lists_in_lots(dhondt({"A": 11, "B": 8, "C": 2}, 9)) == {"B", "C"}
    assert lists_in_lots(elect_committees({"a": 5, "b": 5}, {"Teknik": 3})) == {"a", "b"}


def test_a_last_seat_that_was_drawn_is_told_so() -> None:
    """With the lot drawn it is said between whom it was, and nobody waits any more."""
    election = proportional_election({"A": 11, "B": 8, "C": 2}, 9, lots=[Draw(("B", "C"), ("C",))])
    told = text.said(last_seat_told(election), "en")
    assert told == "Seat 9, the last, was decided by a lot between B and C, on the quotient 2."
    assert lists_in_lots(election) == set()
    before = proportional_election(
        {"A": 20, "B": 20, "C": 31, "D": 29}, 3, alliances=[["A", "B"]], lots=[Draw(("A", "B"), ("A",))]
    )
    assert text.said(last_seat_told(before), "en").startswith("Seat 3, the last, went to D on the quotient 29.")


# What would have been, and what may come, in words


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"without_alliances": True}, "What if there were no alliances? As it is: number of seats 5, alliances none."),
        ({"alliances": [["F", "V"], ["A", "C"]]}, "these and no others: F+V and A+C? As it is"),
        ({"alliances": []}, "A 3 3 0 C 2 2 0"),
        ({"partner_for": "F"}, "With which partner would F have had most seats?"),
        ({"among": ["A", "F"]}, "in another way: A and F? As it is: number of seats 5, alliances none. 2 ways to ally"),
        ({"merge": ["F", "V"]}, "What if these were one list: F and V? As it is"),
        ({"change": {"A": -5, "F": 5}}, "What if the votes were others: A −5 and F +5? As it is"),
        ({"change": {"A": 0}}, "What if the votes were others: A +0? As it is"),
        ({"seats": 6}, "What if the number of seats were 6? As it is: number of seats 5"),
        ({"seats": 0}, "What if the number of seats were 0?"),
        ({"method": "adams"}, "What if the method were another: Adams? As it is"),
    ],
)
def test_what_if_says_what_was_asked(asked: dict[str, Any], said: str) -> None:
    """The question stands over its answer, which is called by what the question calls the election."""
    question = {"case": "what-if", "of": PLAIN, **asked}
    assert words(question).startswith("The election: what if W")
    assert said in words(question)
    assert words({**question, "name": "Havnen"}).startswith("Havnen: what if")


def test_an_election_is_called_by_its_name() -> None:
    """By what the question calls it, else by its own name, else it is the election."""
    assert words({"case": "margins", "of": PLAIN}).startswith("The election: how firm")
    assert words({"case": "margins", "of": PLAIN, "name": ""}).startswith("The election: how firm")
    assert words({"case": "margins", "of": FANOE}).startswith("Fanø: how firm")
    assert words({"case": "margins", "of": FANOE, "name": "Øen"}).startswith("Øen: how firm")
    assert answer({"case": "margins", "of": FANOE}).caption == "Fanø"
    assert "number of seats 11" in words({"case": "what-if", "of": FANOE, "seats": 9})


def test_a_question_about_none_but_itself_is_a_case_by_its_fields() -> None:
    """Margins, a what-if and vacancies may be asked of a case by its fields as well, with the same answer."""
    election = {key: PLAIN[key] for key in ("votes", "seats")}
    assert answered({"case": "margins", "election": election}) == answered({"case": "margins", "of": PLAIN})
    after = {**election, "seats": 6}
    by_fields = answered({"case": "what-if", "before": election, "after": after})
    assert by_fields == answered({"case": "what-if", "of": PLAIN, "seats": 6})
    kkr = {field: value for field, value in KKR.items() if field != "case"}
    both = answered({"case": "kkrconstitution", "kkr": kkr, "alliances": [["A", "C"]]})
    assert both.chairs == answered({"case": "kkr-constitution", "of": KKR, "alliances": [["A", "C"]]}).chairs


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ({"poll": 800}, "40 elections were drawn: the shares of all voters, the votes being those of a poll of 800"),
        ({"swing": "2%"}, "after a swing with a standard deviation of 2.00 percentage points. Seed 1."),
        ({"areas": [{"A": 10, "C": 5}, {"A": 7, "C": 8}], "left": 3}, "the 3 areas that are not counted, each like"),
    ],
)
def test_a_simulation_says_its_model_and_its_seed(model: dict[str, Any], said: str) -> None:
    """What was uncertain, by which seed, and how often some lists had a majority together."""
    pytest.importorskip("numpy", reason="simulations need numpy")
    question = {"case": "simulation", "of": PLAIN, **model, "n": 40}
    assert words(question).startswith("The election: simulated elections Number of seats 5, alliances none.")
    assert said in words(question)
    assert ask(question)["result"] == ask({**question, "seed": 1})["result"]
    told = words({**question, "majorities": [["A", "C"]]}).partition("Error: percentage points A+C ")[2]
    assert [figure.endswith("%") for figure in told.split()[:2]] == [True, False]
    assert ask({**question, "n": None})["result"]["n"] == 10_000


def test_a_seed_is_a_number_or_a_text() -> None:
    """A text of digits is its number, and any other is known by its checksum, however long it is."""
    pytest.importorskip("numpy", reason="simulations need numpy")

    def seeded(seed: object) -> object:
        return ask({"case": "simulation", "of": PLAIN, "poll": 800, "n": 20, "seed": seed})["result"]["seats"]

    assert seeded(None) == seeded(1) != seeded(2)
    assert seeded("007") == seeded(7)
    assert seeded("٧") != seeded(7)
    assert seeded("9" * 100) == seeded(int("9" * 100))
    checksum = sha256(b"x").hexdigest()
    assert seeded("x") == seeded(int(checksum[:16], 16))
    for digits in (101, 5000):
        long = sha256(b"9" * digits).hexdigest()
        assert seeded("9" * digits) == seeded(int(long[:16], 16))


# Audits


AUDIT = {"case": "audit", "of": {"case": "proportional", "votes": {"A": 600, "B": 350}, "seats": 3}, "ballots": 1000}
BUNDLES = [("1", "A", 600), ("2", "B", 350), ("3", "", 50)]
MANIFEST = [dict(zip(("name", "list", "ballots"), each, strict=True)) for each in BUNDLES]


def test_an_audit_goes_on_where_ballots_read_otherwise() -> None:
    """Readings that differ from what was reported stop nothing, and that is what the answer fails by."""
    drawn = {**AUDIT, "risk": "5%", "manifest": MANIFEST, "seed": "6 1 4"}
    sample = ask(drawn, "en")["result"]
    reported, otherwise = (
        [[each["bundle"], each["number"], says[each["bundle"]]] for each in sample["ballots"]]
        for says in ({"1": "A", "2": "B", "3": "blank"}, {"1": "B", "2": "B", "3": "blank"})
    )
    assert not answer({**drawn, "readings": reported}).failed
    found = answer({**drawn, "readings": otherwise})
    assert (found.failed, found.result.decision) == (True, "go on")
    assert not answer(drawn).failed
    assert sorted(at for each in sample["ballots"] for at in each["draws"]) == list(range(1, 28))
    fewer = ask({**drawn, "size": 3})["result"]
    assert sorted(at for each in fewer["ballots"] for at in each["draws"]) == [1, 2, 3]
    assert (fewer["plan"], fewer["seed"]) == (sample["plan"], "6 1 4")


@pytest.mark.parametrize("reading", [["1", True, "A"], ["1", 1], ["1", 1, 5], "x", [1, 1, "A"]])
def test_a_reading_is_a_bundle_a_number_and_what_the_ballot_says(reading: object) -> None:
    """Anything else is told as it stands there."""
    question = {**AUDIT, "manifest": MANIFEST, "seed": "6 1 4", "readings": [reading]}
    message = ask(question, "en")["error"]["message"]
    assert message == f"readings has {reading!r}; it is the bundle, the number in it and what the ballot says"


def test_the_terms_of_an_audit_are_those_of_the_question() -> None:
    """A plan is made on the terms that are given, and on the usual ones where none are."""
    assert answered(AUDIT) == answered({**AUDIT, "risk": None})
    assert answered({**AUDIT, "risk": "1%"}).expected > answered({**AUDIT, "risk": "10%"}).expected
    assert (answer({**AUDIT, "name": "Havnen"}).caption, answer(AUDIT).caption) == ("Havnen", "")
    laesoe = {**FANOE, "council": "Læsø"}
    many = {"case": "audits", "of": {"Fanø": FANOE, "Læsø": laesoe}}
    assert words(many).startswith("The elections: how many ballots audits draw")
    assert words({**many, "name": "2025"}).startswith("2025: how many ballots audits draw")
    assert answer(many).complete
    for field in ("manifest", "seed", "size", "readings"):
        assert (
            "from a manifest and by a seed"
            in ask({**AUDIT, field: [] if field != "size" else 3}, "en")["error"]["message"]
        )


# Councils and KKR


def test_the_lots_of_an_embedded_election_come_before_its_vacancies() -> None:
    """They are taken as they fell; where the question has lots of its own, these are drawn first."""
    laesoe = {**FANOE, "council": "Læsø"}
    question = {"case": "vacancies", "of": laesoe, "changes": [{"event": "leaves", "candidate": "C-3"}]}
    assert [step.entered for step in answered(question).steps] == ["C-4"]
    fallen, otherwise = (
        [{"among": ["C-4", "C-7"], "chosen": [c]}, {"among": ["V-2", "V-5"], "chosen": [v]}]
        for c, v in (("C-7", "V-5"), ("C-4", "V-2"))
    )
    assert [step.entered for step in answered({**question, "draws": otherwise}).steps] == ["C-7"]
    assert {seat.sits for seat in answered({**question, "seed": 1}).seats} >= {"C-4", "V-2"}
    election = {"case": data.council("kv2025", "Læsø")}
    asked = answered({**question, "of": election, "draws": fallen})
    assert [seat.sits for seat in asked.seats] == [seat.sits for seat in answered(question).seats]


def test_a_candidate_whose_name_is_on_two_lists_is_told_with_the_list() -> None:
    """Only a name that stands on one list alone says by itself who leaves."""
    names = {"A": ["m1", "m2"], "B": ["m1", "m3"]}
    lists = [
        {"letter": key, "name": key, "candidates": [{"name": name, "votes": 9 - at} for at, name in enumerate(its)]}
        for key, its in names.items()
    ]
    council = {"case": "council-election", "name": "Øby", "seats": 2, "lists": lists}
    assert answered({**council, "alliances": [["A", "B"]]}).election.alliances == (("A", "B"),)
    question = {"case": "vacancies", "of": council}
    asked = {**question, "changes": [{"event": "leaves", "candidate": "m1"}]}
    assert ask(asked, "en")["error"]["message"] == ("candidate is 'm1', who stands on 2 lists; name the list as well")
    named = {**question, "changes": [{"event": "leaves", "candidate": "m1", "key": "B"}]}
    assert [step.entered for step in answered(named).steps] == ["m3"]
    plain = {**question, "changes": [{"event": "leaves", "candidate": "m3"}]}
    assert ask(plain, "en")["error"]["message"].startswith("m3 (list B) leaves: m3 does not sit in the council")


def test_an_export_is_held_against_what_was_published_in_it(tmp_path: Path) -> None:
    """Where it has no published seats there is nothing to compare with; the election is what the export is called."""
    files = export()
    read = read_valgdk(write(files, tmp_path / "export"))
    checked = {"case": "check", "election": "efterår"}
    told = answer({**checked, "export": read})
    assert (told.failed, list(told.result.parts["councils"])) == (False, ["Øby"])
    assert text.said(told.title, "en") == "efterår: computed and published"
    assert "Councils that agree" in words({**checked, "export": read})
    assert list(answered({"case": "check", "export": read}).parts["councils"]) == ["Øby"]
    fanoe = made(next(council for council in embedded.on_day("2025-11-18", "kv").values() if council.name == "Fanø"))
    area = next(name for name in files if "Nordby" in name)
    damaged = write({**files, **fanoe, area: b"{", "x.hash": b""}, tmp_path / "damaged")
    asked = {**checked, "export": read_valgdk(damaged, go_on=True)}
    assert answer(asked).failed
    assert f"{area} is not whole JSON" in words(asked)
    assert "not a JSON file" in words(asked)
    without = write({name: file for name, file in files.items() if "mandat" not in name}, tmp_path / "without")
    refused = ask({**checked, "export": read_valgdk(without, seats={"Øby": 5})}, "en")["error"]
    assert refused["message"] == "the export has no mandatfordeling of Øby; there is nothing to compare with"


def test_a_check_names_regions_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    """An election of regional councils is counted in regions, any other in councils."""
    fanoe = {"Fanø": data.council("kv2025", "Fanø")}
    monkeypatch.setattr(
        figures, "councils", lambda name, take=figures.councils: fanoe if name == "kv2025" else take(name)
    )
    assert "Regions that agree" in words({"case": "check", "election": "rv2025"})
    assert "Councils that agree" in words({"case": "check", "election": "kv2025"})


@pytest.mark.parametrize(("council", "kkr"), [(False, False), (True, False), (False, True), (True, True)])
def test_all_that_is_official_fails_by_any_part(monkeypatch: pytest.MonkeyPatch, *, council: bool, kkr: bool) -> None:
    """One council of several, or one KKR of several, that is published otherwise is a failure."""
    names = ("Fanø", "Læsø")
    monkeypatch.setattr(embedded, "elections", lambda: ("kv2025",))
    monkeypatch.setattr(figures, "councils", lambda _name: {name: data.council("kv2025", name) for name in names})
    right = compositions.kkr("hovedstaden-2026")
    assert right.published is not None
    if council:
        real = figures.published("kv2025", "Fanø")
        wrong = attrs.evolve(real, seats=FrozenDict({**real.seats, "B": 4, "C": 4}))
        monkeypatch.setattr(
            figures, "published", lambda _, name, take=figures.published: wrong if name == "Fanø" else take(_, name)
        )
    more = FrozenDict({**right.published.supplementary, "V": 9})
    other = attrs.evolve(right, name="other", published=attrs.evolve(right.published, supplementary=more))
    unpublished = compositions.kkr("sjaelland-2026")
    monkeypatch.setattr(compositions, "kkrs", lambda: ("right", "none", "other") if kkr else ("right", "none"))
    monkeypatch.setattr(compositions, "kkr", {"right": right, "other": other, "none": unpublished}.__getitem__)
    told = answer({"case": "check"})
    assert (told.failed, unpublished.name in told.result.parts["kkr"]) == (council or kkr, False)
    assert answer({"case": "check", "election": "kv2025"}).failed == council


def test_a_kkr_that_is_named_is_the_embedded_one() -> None:
    """With or without the name of the case it has its own name and its own warnings."""
    for question in ({"kkr": "sjaelland-2026"}, {"case": "kkr", "kkr": "sjaelland-2026"}):
        told = answer(question)
        assert (told.title, case_of(question)) == ("KKR Sjælland 2026-2030", compositions.kkr("sjaelland-2026").case)
        assert told.result.warnings == compositions.kkr("sjaelland-2026").compose().warnings


def keys(document: Document) -> list[str]:
    """Give the keys of the tables of a document, and nothing of what else stands there but what must not be missed."""
    return [
        part.key if isinstance(part, Table) else "said" for part in document.parts if isinstance(part, Table | Said)
    ]


def test_the_tables_of_a_kkr_are_told_apart() -> None:
    """The posts beside a composition have tables of their own names; the methods side by side are one table."""
    of = {"case": "kkr", "votes": {"A": 600, "C": 400}, "mayors": {"A": 1, "C": 1}, "municipalities": 2}
    both = answer({"case": "kkr-constitution", "of": of}).document()
    assert keys(both) == ["members", "said", "said", "said", "awards", "posts", "posts_seats", "posts_awards"]
    methods = answer({"case": "kkr-methods", "of": of})
    for explain in (True, False):
        document = methods.document(explain=explain)
        assert (len(document.parts), keys(document)) == (4, ["methods", "said", "said", "said"])


def test_a_kkr_is_told_with_its_day_its_chairs_and_every_method() -> None:
    """The deadline of a valgforbund, the chairs in full, the warnings of the day, and the methods side by side."""
    chairs = {"case": "kkr-chairs", "of": KKR}
    assert "is notified by" not in words(chairs)
    assert "notified by Wednesday, 21 January 2026" in words({**chairs, "meeting": "2026-01-26"})
    days = [len(ask({**chairs, "meeting": day})["html"]) for day in ("2026-01-26", "2026-01-25")]
    assert days[0] < days[1]
    both = {"case": "kkr-constitution", "of": KKR}
    for question in (chairs, both):
        assert len(words({**question, "explain": True})) > len(words(question))
    table = words({"case": "kkr-methods", "of": {**KKR, "mayors": {"A": 1, "C": 1}}})
    assert table.startswith("Composition of a KKR Party Mayors Largest shortfall d'Hondt")


def test_a_kkr_of_a_region_has_the_votes_of_its_municipalities() -> None:
    """Mayors stand by party or by municipality, and a local list by its letter and where it stood."""
    by_party = answered({**NORTH, "mayors": {"A": 5, "V": 5, "C": 1}})
    assert (by_party.case.municipalities, by_party.case.mayors["A"]) == (11, 5)
    joined = answered({**NORTH, "mayors": {"A": 5, "V": 5, "X": 1}, "listesamarbejder": {"X": [["Læsø", "L"]]}})
    assert joined.case.votes["X"] == 47
    alone = answered({**NORTH, "mayors": {"A": 5, "V": 5, "L (Læsø)": 1}})
    assert alone.case.mayors["L (Læsø)"] == 1
    names = data.municipalities_of("kv2025", "Nordjylland")
    municipal = answered({**NORTH, "mayors": {**dict.fromkeys(names, "A"), "Læsø": "L"}})
    assert (municipal.case.mayors["A"], municipal.case.mayors["L (Læsø)"]) == (10, 1)
    unknown = ask({**NORTH, "mayors": {"A": 5, "QQ": 1}}, "en")["error"]["message"]
    assert unknown.startswith("mayors names 'QQ', which did not stand in the area; ")
    assert answered({**NORTH, "mayors": {"A": 11}, "name": "Nord", "method": "adams"}).case.name == "Nord"
    assert not any(answered({**NORTH, "mayors": {}}).mayors.values())
    assert answered({**KKR, "total_votes": 1200}).case.total_votes == 1200


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-26", ""),
        ("2026-01-25", "The meeting is not on a weekday: Sunday, 25 January 2026."),
        ("2026-02-02", "it is to be held by Saturday, 31 January 2026"),
        ("2027-01-12", "There are no ordinary elections in 2026"),
    ],
)
def test_the_day_of_a_meeting_is_warned_of(day: str, said: str) -> None:
    """The chairs are elected at the first meeting after an election, which is on a weekday and in January."""
    for case in ("kkr-chairs", "kkr-constitution"):
        told = words({"case": case, "of": KKR, "meeting": day})
        assert said in told
        assert any(each in told for each in ("not on a weekday", "is to be held by", "no ordinary")) == bool(said)


def test_the_parties_of_an_alliance_elect_the_chairs_of_a_kkr_together() -> None:
    """By whichever question they are elected."""
    for case in ("kkr-chairs", "kkr-constitution"):
        found = answered({"case": case, "of": KKR, "alliances": [["A", "C"]]})
        chairs = found if case == "kkr-chairs" else found.chairs
        assert [unit.lists for unit in chairs.election.case.alliances] == [("A", "C")]


FIELDS: dict[str, dict[str, Any]] = {
    **QUESTIONS,
    "of the last election": {**FANOE, "previous": {"votes": {"A": 500}}, "draws": [], "title": "Øen", "explain": True},
    "of figures": {**KKR, "cast_votes": 1010, "represented": ["A"], "method": "dhondt", "name": "Nord", "year": 2025},
    "of a region": {**NORTH, "election": "kv2025", "listesamarbejder": {"X": [["Læsø", "L"]]}},
    "of bodies": {**QUESTIONS["several"], "placements": True, "accept_second": ["a"]},
    "of a change": {"case": "what-if", "of": PLAIN, "change": {"A": -1}, "name": "Havnen"},
    "of other alliances": {"case": "what-if", "of": PLAIN, "alliances": [["A", "C"]]},
    "of areas": {"case": "simulation", "of": PLAIN, "areas": [{"A": 1, "C": 2}, {"A": 3}], "left": 1, "n": 9},
    "of a swing": {"case": "simulation", "of": PLAIN, "swing": "2%", "n": 9, "majorities": [["A"]]},
    "of ballots": {**AUDIT, "manifest": MANIFEST, "seed": "6", "size": 3, "readings": [["1", 5, "A"]], "risk": "5%"},
    "of deputies": {"case": "deputies", "groups": GROUPS, "posts": 3, "name": "næstformænd"},
}


@pytest.mark.parametrize("name", FIELDS)
def test_whatever_stands_in_a_field_is_answered_or_refused(name: str) -> None:
    """A field of another form than it has is an error of ours, or means something; no question ends the program."""
    if FIELDS[name].get("case") == "simulation":
        pytest.importorskip("numpy", reason="simulations need numpy")
    for field in FIELDS[name]:
        for other in (None, 5, "x", [[1]], {"a": 1}):
            told = ask({**FIELDS[name], field: other})
            assert "error" in told or told["kind"]
            assert "indlejret" not in told.get("error", {}).get("message", "")
