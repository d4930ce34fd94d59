"""Questions and answers as plain JSON: what the command line, a local server and the browser all call."""

import json
from typing import Any

import pytest

from kommunalvalg import data, elect_committees
from kommunalvalg.ask import answer, answered, ask, cases
from kommunalvalg.errors import DataError
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


@pytest.mark.parametrize(("kind", "question"), QUESTIONS.items())
@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_question_is_answered_in_plain_json(kind: str, question: dict[str, Any], lang: str) -> None:
    """The answer says of what kind it is, is JSON, tells itself in the language, and can tell every step."""
    told = ask(json.loads(json.dumps(question)), lang)
    assert told["kind"] == kind
    assert json.loads(json.dumps(told)) == told
    assert told["html"].startswith(f'<div lang="{lang}">')
    assert len(ask({**question, "explain": True}, lang)["html"]) >= len(told["html"])


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
    assert [lot["place"] for lot in lots] == ["Teknik", "Kultur"]
    draws = [{"place": lot["place"], "chosen": [lot["among"][0]], "among": []} for lot in reversed(lots)]
    assert ask({**question, "draws": draws})["complete"]


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
        ({"case": "what-if", "of": FANOE, "alliances": "AB"}, "alliances", "angiv en liste af valgforbund"),
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


def test_audits_of_several_stand_side_by_side() -> None:
    """One table, and each plan under its name."""
    told = ask({"case": "audits", "of": {"Fanø": FANOE, "Lolland": {**FANOE, "council": "Lolland"}}}, "en")
    assert (told["kind"], list(told["result"]["plans"])) == ("several", ["Fanø", "Lolland"])
    assert told["result"]["plans"]["Lolland"]["expected"] == 1096


def test_every_case_of_every_kind_can_be_asked_for() -> None:
    """The cases are named once each, with the kind of result that comes of them."""
    assert set(cases().values()) == {name for name, kind in KINDS.items() if kind.cases}


# What is held of a question before it is answered

D_HONDT = {"case": "divisor", "divisors": "dhondt", "votes": {"A": 11, "B": 8}}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**D_HONDT, "seats": 10_001}, "seats is 10001; a question is about 10000 at most"),
        ({"case": "margins", "of": {**D_HONDT, "seats": 10_001}}, "seats is 10001; a question is about 10000 at most"),
        (
            {"case": "committees", "groups": GROUPS, "committees": {"x": 10_001}},
            "committees is 10001; a question is about 10000 at most",
        ),
        ({**D_HONDT, "seats": 3, "previous": 5}, "question.previous is unknown; known are votes, seats, rule, place"),
        (
            {**D_HONDT, "seats": 3, "seed": 1, "draws": [{"among": ["A", "B"], "chosen": ["A"]}]},
            "seed and draws are both given; lots come from one of them",
        ),
        ({"case": "xyzzyq"}, "case is 'xyzzyq'; it is one of divisor, shortfall, "),
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
        ({"case": "vacancies", "of": FANOE, "changes": 5}, "changes is 5; give a list of changes"),
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
    ],
)
def test_a_question_that_cannot_be_is_refused_before_anything_is_computed(question: object, said: str) -> None:
    """Too many seats, fields that are another question's, and two answers to one question are told in one line."""
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
