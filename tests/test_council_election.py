"""What was counted: what is taken, what is refused, and how that is said."""

import copy
import pickle
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import pytest

import kommunalvalg
from kommunalvalg import data, elect_council
from kommunalvalg.council import Candidate, CandidateList, CouncilElection, Form
from kommunalvalg.errors import RuleError, VoteError

Refused = Callable[..., str]

ONE = [Candidate("A-1", 5)]


def lists(*keys: str) -> list[CandidateList]:
    """Lists whose letter is the first of their key."""
    return [CandidateList(key[0], key, [Candidate(f"{key}-1", 5)], key=key) for key in keys]


# Candidates and lists


@pytest.mark.parametrize(
    ("name", "votes", "message"),
    [
        ("", 5, "candidate has the name ''; a name is text that is not blank"),
        (" ", 5, "candidate has the name ' '; a name is text that is not blank"),
        (7, 5, "candidate has the name 7; a name is text"),
        ("A-1", -1, "votes of candidate 'A-1' is -1; a vote count is a whole number, 0 or more"),
        ("A-1", True, "votes of candidate 'A-1' is True; a vote count is a whole number, 0 or more"),
        ("A-1", 2.0, "votes of candidate 'A-1' is 2.0; a vote count is a whole number, 0 or more"),
        ("A-1", None, "votes of candidate 'A-1' is None; a vote count is a whole number, 0 or more"),
    ],
)
def test_a_candidate_that_is_none_is_refused(name: object, votes: object, message: str, refused: Refused) -> None:
    """A candidate has a name that is not blank and whole personal votes, 0 or more."""
    assert refused(Candidate, name, votes) == message


def test_whole_numbers_of_other_types_become_plain_ones() -> None:
    """Votes may be any whole number, such as another library's, and are kept as int."""
    whole = IntEnum("whole", {"FIVE": 5})
    assert type(Candidate("A-1", whole.FIVE).votes) is int
    assert type(CandidateList("A", "Alfa", ONE, whole.FIVE).list_votes) is int


def test_names_are_composed() -> None:
    """A name typed as two code points is the name typed as one."""
    decomposed = "A\u030a"
    a_list = CandidateList(decomposed, decomposed, [Candidate(decomposed, 1)])
    assert (a_list.letter, a_list.name, a_list.key, a_list.candidates[0].name) == ("Å",) * 4
    election = CouncilElection(decomposed, 1, [a_list, *lists("B")], [[decomposed, "B"]])
    assert (election.name, election.alliances) == ("Å", (("Å", "B"),))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"letter": ""}, "letter has the name ''; a name is text that is not blank"),
        ({"name": None}, "list has the name None; a name is text"),
        ({"key": " "}, "key has the name ' '; a name is text that is not blank"),
        ({"candidates": []}, "list A has no candidates; a list has at least one (KRVL § 19, stk. 1)"),
        ({"candidates": "A-1"}, "candidates is 'A-1'; give the candidates of the list one by one"),
        ({"candidates": 3}, "candidates is 3; give the candidates of the list one by one"),
        ({"candidates": ["A-1"]}, "list A has the candidate 'A-1'; a candidate is Candidate(name, votes)"),
        (
            {"candidates": ONE * 2},
            (
                "list A has two candidates with the name 'A-1'; "
                "give each a name of its own, such as one with the place on the ballot"
            ),
        ),
        ({"list_votes": -1}, "list votes of list A is -1; a vote count is a whole number, 0 or more"),
        ({"list_votes": 1.5}, "list votes of list A is 1.5; a vote count is a whole number, 0 or more"),
        ({"form": "x"}, "form is 'x'; it is one of 'sideordnet', 'partiliste'"),
        ({"form": None}, "form is None; it is one of 'sideordnet', 'partiliste'"),
    ],
)
@pytest.mark.rule("KRVL-19", "KRVL-24")
def test_a_list_that_is_none_is_refused(change: dict[str, Any], message: str, refused: Refused) -> None:
    """A list has a letter, a name, candidates with different names, whole list votes, and one of two forms."""
    good: dict[str, Any] = {"letter": "A", "name": "Alfa", "candidates": ONE}
    assert refused(CandidateList, **good | change) == message


@pytest.mark.rule("KRVL-74")
def test_the_votes_of_a_list_are_its_list_votes_and_personal_votes() -> None:
    """A list's total is counted together from what was given to it and to its candidates."""
    assert CandidateList("A", "Alfa", [Candidate("A-1", 5), Candidate("A-2", 7)], 100).votes == 112
    assert CandidateList("A", "Alfa", [Candidate("A-1", 5), Candidate("A-2", 7)]).votes == 12


@pytest.mark.rule("KRVL-24")
def test_a_form_may_be_given_as_plain_text() -> None:
    """A form is the text that names it, and the other way round."""
    assert CandidateList("A", "Alfa", ONE, 0, "partiliste") == CandidateList("A", "Alfa", ONE, 0, Form.PARTILISTE)
    assert str(Form.SIDEORDNET) == "sideordnet" == CandidateList("A", "Alfa", ONE).form


def test_a_list_is_known_by_its_letter_unless_it_has_a_key() -> None:
    """Results call a list by its letter, or by a key of its own where lists share a letter."""
    assert CandidateList("A", "Alfa", ONE).key == CandidateList("A", "Alfa", ONE, key=None).key == "A"
    assert CandidateList("A", "Alfa", ONE, key="A1").key == "A1"


# Elections


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "council has the name ''; a name is text that is not blank"),
        ({"seats": 0}, "seats is 0; a number of seats is a whole number, 1 or more"),
        ({"seats": "9"}, "seats is '9'; a number of seats is a whole number, 1 or more"),
        ({"year": 25}, "year is 25; a year is a whole number, 1909 or more"),
        ({"year": "2025"}, "year is '2025'; a year is a whole number, 1909 or more"),
        ({"year": 2025.0}, "year is 2025.0; a year is a whole number, 1909 or more"),
        ({"lists": []}, "Nyby has no lists; an election has at least one"),
        ({"lists": None}, "lists is None; give the lists one by one, as CandidateList(...)"),
        ({"lists": "AB"}, "lists is 'AB'; give the lists one by one, as CandidateList(...)"),
        ({"lists": ["A"]}, "Nyby has the list 'A'; a list is CandidateList(...)"),
        (
            {"lists": lists("A", "A", "B")},
            (
                "Nyby has two lists with the key 'A'; where lists share a letter, "
                "give each a key of its own: CandidateList(..., key='A1')"
            ),
        ),
        (
            {"alliances": "AB"},
            "alliances is 'AB'; give each valgforbund as the keys of its lists, such as [['A', 'B']]",
        ),
        (
            {"alliances": 2},
            "alliances is 2; give each valgforbund as the keys of its lists, such as [['A', 'B']]",
        ),
        ({"alliances": ["AB"]}, "valgforbund 1 is 'AB'; give its lists one by one, such as ['A', 'B']"),
        ({"alliances": [["A", "B"], None]}, "valgforbund 2 is None; give its lists one by one, such as ['A', 'B']"),
        ({"alliances": [[]]}, "valgforbund 1 has no lists; it has at least one"),
        ({"alliances": [["A", ""]]}, "valgforbund 1 has the name ''; a name is text that is not blank"),
        ({"alliances": [["A", "X"]]}, "valgforbund 1 names 'X'; the lists of Nyby are A, B, C"),
        (
            {"alliances": [["A", "B"], ["B", "C"]]},
            "the list 'B' is in valgforbund 1 and in valgforbund 2; a list is in at most one (KRVL § 38)",
        ),
        (
            {"alliances": [["B"], ["B", "C"]]},
            "the list 'B' is in valgforbund 1 and in valgforbund 2; a list is in at most one (KRVL § 38)",
        ),
        ({"alliances": [["A", "B", "A"]]}, "valgforbund 1 names the list 'A' twice; each list stands once"),
        (
            {"lists": lists("A", "A\u200b")},
            "Nyby has lists with the keys 'A' and 'A\\u200b', which look the same; each name stands once",
        ),
    ],
)
@pytest.mark.rule("KRVL-38")
def test_an_election_that_is_none_is_refused(change: dict[str, Any], message: str, refused: Refused) -> None:
    """An election has a name, seats, lists with different keys, and alliances of lists that stand, each in one."""
    good: dict[str, Any] = {"name": "Nyby", "seats": 9, "lists": lists("A", "B", "C")}
    assert refused(CouncilElection, **good | change) == message


@pytest.mark.rule("KRVL-37")
@pytest.mark.parametrize("alliances", [[["A1", ["A1", "A2"]]], [["A1"], [["A1", "A2"]]], [[["A1", "A2", "A1"]]]])
def test_a_list_is_in_one_listeforbund(alliances: list[Any], refused: Refused) -> None:
    """A list cannot be in a listeforbund and beside it, nor in one twice."""
    assert "'A1'" in refused(CouncilElection, "Nyby", 9, lists("A1", "A2", "B"), alliances, 2021)


@pytest.mark.rule("KRVL-37")
@pytest.mark.parametrize("alliances", [[["B", ["A1", "A2"]]], [[["A1", "A2"]]], [[["A1"]]]])
def test_a_listeforbund_is_refused_in_2025_with_the_change(alliances: list[Any], refused: Refused) -> None:
    """An election after 2021 with a listeforbund is refused, and the message says what abolished them."""
    message = refused(CouncilElection, "Nyby", 9, lists("A1", "A2", "B"), alliances, error=RuleError)
    assert "and the election is of 2025; the last election with listeforbund was that of 2021" in message
    assert message.endswith(" (KRVL § 37)")
    assert CouncilElection("Nyby", 9, lists("A1", "A2", "B"), alliances, 2021).year == 2021


@pytest.mark.rule("KRVL-37")
def test_the_lists_of_a_listeforbund_have_one_letter(refused: Refused) -> None:
    """Lists with different letters could not form a listeforbund."""
    message = refused(CouncilElection, "Nyby", 9, lists("A1", "B1", "C"), [["C", ["A1", "B1"]]], 2021, error=RuleError)
    assert message == (
        "valgforbund 1 has a listeforbund (A1, B1) of lists with the letters A, B; "
        "the lists of a listeforbund have one letter (KRVL § 37)"
    )


@pytest.mark.rule("KRVL-37", "KRVL-38")
def test_more_than_three_levels_are_refused(refused: Refused) -> None:
    """A listeforbund has lists only, and a valgforbund is in none."""
    deep: list[Any] = [["B", [["A1", "A2"], "A3"]]]
    message = refused(CouncilElection, "Nyby", 9, lists("A1", "A2", "A3", "B"), deep, 2021, error=RuleError)
    assert message.startswith("valgforbund 1 has a third level; a listeforbund has lists only")
    endless: list[Any] = []
    endless.append(endless)
    refused(CouncilElection, "Nyby", 9, lists("A"), endless, 2021, error=RuleError)


def test_everything_may_come_from_iterators() -> None:
    """Candidates, lists and alliances are taken from any iterable, also one that can be read once."""
    once: Iterable[Iterable[str]] = iter([iter(["A", "B"])])
    election = CouncilElection("Nyby", 9, iter(lists("A", "B")), once)
    assert election == CouncilElection("Nyby", 9, tuple(lists("A", "B")), (("A", "B"),))


def test_an_election_is_a_value() -> None:
    """An election is equal to its copy, hashes like it, survives pickling, and cannot be changed."""
    fanoe = data.council("kv2025", "Fanø")
    pickled = pickle.loads(pickle.dumps(fanoe))  # noqa: S301 - it was pickled here
    for twin in (copy.deepcopy(fanoe), pickled, attrs.evolve(fanoe)):
        assert (twin, hash(twin), twin.units, twin.votes) == (fanoe, hash(fanoe), fanoe.units, fanoe.votes)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fanoe.seats = 13  # type: ignore[misc]


def test_vote_error_is_what_a_wrong_list_raises() -> None:
    """Whoever catches ValueError catches what is refused here."""
    with pytest.raises(ValueError, match=r"^Nyby has no lists; an election has at least one$") as caught:
        CouncilElection("Nyby", 9, [])
    assert isinstance(caught.value, VoteError)


# The way to the result

GROUND_FLOOR = {"frozen", "dates", "text", "errors", "law", "votes", "lots", "results"}


def rooms_on_the_way(work: Callable[[], object]) -> list[str]:
    """Name the rooms in which something is called, in order; a room again where another was called between."""
    rooms: list[str] = []
    package = Path(kommunalvalg.__file__).parent

    def note(frame: FrameType, event: str, _argument: object) -> None:
        file = Path(frame.f_code.co_filename)
        if event == "call" and package in file.parents:
            rooms.append(file.relative_to(package).parts[0].removesuffix(".py"))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return [room for room, _calls in groupby(room for room in rooms if room not in GROUND_FLOOR)]


@pytest.mark.parametrize("council", ["København", "Fanø"])
def test_an_election_walks_straight_to_its_result(council: str) -> None:
    """From ``elect_council`` to the result is three stays in two rooms, with one return.

    A room is a package or a module directly under ``kommunalvalg``; the ground floor, which every room stands on as it
    does on Python, is none. A stay is functions of one room called one after another; a return is a stay in a room
    where the election was before. Both councils have alliances, and no lot is open.
    """
    case = data.council("kv2025", council)
    assert case.alliances
    assert rooms_on_the_way(lambda: elect_council(case)) == ["council", "methods", "council"]
