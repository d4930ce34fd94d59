"""Who enters when a member leaves or is absent: KRVL § 91."""

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import Draw, data, seeded
from kommunalvalg.council import (
    Candidate,
    CandidateList,
    Change,
    CouncilElection,
    CouncilResult,
    Event,
    Sitting,
    elect_council,
    fill_vacancies,
)
from kommunalvalg.council.vacancies import Vacancies
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Place, Where, settle

Refused = Callable[..., str]


def a_list(key: str, *personal: int, list_votes: int = 0, form: str = "sideordnet") -> CandidateList:
    """A list whose candidates are named by key and place."""
    candidates = [Candidate(f"{key}{place}", votes) for place, votes in enumerate(personal, start=1)]
    return CandidateList(key, key, candidates, list_votes, form)


def result_of(seats: int, *lists: CandidateList, alliances: list[list[str]] | None = None) -> CouncilResult:
    """The election of a council of Nyby."""
    return elect_council(CouncilElection("Nyby", seats, lists, alliances or []))


def changes(*said: str) -> list[Change]:
    """Changes written as "A1 leaves"; the list is the first letter."""
    return [Change(event, name[0], name) for name, event in (text.split(" ", 1) for text in said)]


def sits(sitting: Sitting) -> str:
    """Who sits, in the order of the seats; a dash for an empty one."""
    return " ".join(seat.sits or "-" for seat in sitting.seats)


# A has two seats (1 and 2) and three substitutes, B has one seat and none.
TOWN = result_of(3, a_list("A", 50, 40, 30, 20, 10), a_list("B", 60))


@pytest.mark.rule("KRVL-91-1")
@pytest.mark.parametrize(
    ("said", "members"),
    [
        ([], "A1 A2 B1"),
        (["A1 leaves"], "A3 A2 B1"),
        (["A1 leaves", "A2 leaves"], "A3 A4 B1"),
        (["A2 leaves", "A1 leaves"], "A4 A3 B1"),
        (["A1 leaves", "A3 leaves"], "A4 A2 B1"),
        (["A1 absent"], "A3 A2 B1"),
        (["A1 absent", "A1 returns"], "A1 A2 B1"),
        # Who stands in is called again when the member has left, being the highest.
        (["A1 absent", "A1 leaves"], "A3 A2 B1"),
        # The highest who is free is called, and who sits for a time is not.
        (["A1 absent", "A2 leaves"], "A3 A4 B1"),
        # Who becomes free displaces a lower one: for good in a vacant seat, for a time in an absent member's.
        (["A1 absent", "A2 leaves", "A1 returns"], "A1 A3 B1"),
        (["A1 absent", "A2 absent", "A1 returns"], "A1 A3 B1"),
        (["A1 absent", "A2 absent", "A2 returns"], "A3 A2 B1"),
        # A substitute who is prevented keeps the place in the order, and takes the seat when free.
        (["A1 leaves", "A3 absent"], "A4 A2 B1"),
        (["A1 leaves", "A3 absent", "A3 returns"], "A3 A2 B1"),
        (["A1 absent", "A3 absent", "A1 returns", "A3 returns"], "A1 A2 B1"),
        # Who moved away is passed over, and displaces nobody by moving back, but is in the old place.
        (["A3 moves away", "A1 leaves"], "A4 A2 B1"),
        (["A3 moves away", "A1 leaves", "A3 moves back"], "A4 A2 B1"),
        (["A3 moves away", "A1 leaves", "A3 moves back", "A2 leaves"], "A4 A3 B1"),
        (["A1 absent", "A3 moves away"], "A4 A2 B1"),
        (["A3 moves away", "A1 absent", "A3 moves back", "A1 leaves"], "A3 A2 B1"),
        (["A1 absent", "A3 absent", "A3 moves away", "A3 moves back"], "A4 A2 B1"),
        # Who stood in and is prevented is a substitute still, and may go off the list.
        (["A1 absent", "A3 absent", "A3 off the list"], "A4 A2 B1"),
        # The election of an absent member may be declared invalid, and an exemption given.
        (["A1 absent", "A1 election invalid"], "A3 A2 B1"),
        (["A1 absent", "A1 exempted", "A3 leaves"], "A4 A2 B1"),
        # Nobody left: an absent member's seat stands empty.
        (["B1 absent"], "A1 A2 -"),
        (["B1 absent", "B1 returns"], "A1 A2 B1"),
        (["A3 moves away", "A4 moves away", "A5 moves away", "A1 absent", "A4 moves back"], "A4 A2 B1"),
        # Nobody left for good: the seat passes to the other list.
        (["B1 leaves"], "A1 A2 A3"),
        (["B1 absent", "B1 leaves"], "A1 A2 A3"),
        (["B1 leaves", "A3 leaves"], "A1 A2 A4"),
        # A substitute who sits for a time is still the list's: a seat vacant for good waits for her.
        (["A4 moves away", "A5 moves away", "A1 absent", "A2 leaves"], "A3 - B1"),
        (["A4 moves away", "A5 moves away", "A1 absent", "A2 leaves", "A1 returns"], "A1 A3 B1"),
        # Nobody left anywhere.
        (["A3 moves away", "A4 moves away", "A5 moves away", "A1 leaves"], "- A2 B1"),
        (["A3 moves away", "A4 moves away", "A5 moves away", "A1 leaves", "A5 moves back"], "A5 A2 B1"),
    ],
)
def test_who_sits_after_some_changes(said: list[str], members: str) -> None:
    """The order of substitutes decides who sits, after vacancies and absences in any order."""
    mandates = [(mandate.number, mandate.candidate) for mandate in TOWN.mandates]
    assert mandates == [(1, "A1"), (2, "A2"), (3, "B1")]
    sitting = fill_vacancies(TOWN, changes(*said))
    assert (sits(sitting), sitting.complete, sitting.pending) == (members, True, ())
    assert len(sitting.members) == len(members.replace("-", "").split())


@pytest.mark.rule("KRVL-91-1", "KRVL-91-LEAVES", "KRVL-104")
def test_three_substitutes_move_up_one_after_another() -> None:
    """Who becomes free takes the seat vacant for good, and who had it takes the absent member's from the lowest."""
    town = result_of(3, a_list("A", 60, 50, 40, 30, 20, 10))
    before = fill_vacancies(town, changes("A1 absent", "A2 leaves", "A3 absent"))
    assert sits(before) == "A4 A5 A6"
    after = fill_vacancies(town, changes("A1 absent", "A2 leaves", "A3 absent", "A1 returns"))
    assert sits(after) == "A1 A4 A5"
    assert [(step.number, step.entered, step.displaced) for step in after.steps[-3:]] == [
        (1, "A1", "A4"),
        (2, "A4", "A5"),
        (3, "A5", "A6"),
    ]


@pytest.mark.rule("KRVL-91-3")
def test_every_step_says_under_which_provision() -> None:
    """A temporary absence, a vacancy, and a seat that passes on each have their provision."""
    steps = fill_vacancies(TOWN, changes("A1 absent", "A2 leaves", "B1 leaves")).steps
    assert [(step.entered, step.passed_from, step.provision) for step in steps] == [
        ("A3", None, "KSL § 15, stk. 2"),
        ("A4", None, "KRVL § 91, stk. 2"),
        ("A5", "B", "KRVL § 91, stk. 3"),
    ]
    assert str(steps[0].change) == "A1 (list A) is absent"
    back = fill_vacancies(TOWN, changes("A1 absent", "A2 leaves", "A1 returns")).steps[-2:]
    assert [(step.entered, step.provision) for step in back] == [
        ("A1", "KSL § 15, stk. 3-4"),
        ("A3", "KRVL § 91, stk. 2"),
    ]
    # A return is cited of who returns to a seat alone: not of the substitute who is free by it, or of one who enters.
    moved = fill_vacancies(TOWN, changes("A1 absent", "A2 absent", "A1 returns")).steps[-2:]
    assert [(step.entered, step.provision) for step in moved] == [
        ("A1", "KSL § 15, stk. 3-4"),
        ("A3", "KSL § 15, stk. 2"),
    ]
    enters = fill_vacancies(TOWN, changes("A1 absent", "A3 absent", "A2 leaves", "A3 returns")).steps[-1]
    assert (enters.entered, enters.provision) == ("A3", "KRVL § 91, stk. 2")
    assert [step.change.ground for step in steps] == ["KSL-15", "KRVL-104", "KRVL-104"]


@pytest.mark.rule("KRVL-91-3")
def test_a_seat_passes_inside_the_valgforbund_first() -> None:
    """When a list has nobody left its seat stays inside the valgforbund, though another unit has a larger quotient."""
    lists = a_list("A", 100), a_list("B", 300, 200, 5, 2, 1), a_list("C", 3, 2, 1)
    town = result_of(5, *lists, alliances=[["A", "C"]])
    assert town.seats == {"A": 1, "B": 4, "C": 0}
    step = fill_vacancies(town, changes("A1 leaves")).steps[-1]
    assert (step.entered, step.key, step.passed_from) == ("C1", "C", "A")


@pytest.mark.rule("KRVL-91-3")
def test_a_seat_passes_by_the_units_ranking_when_the_valgforbund_has_nobody() -> None:
    """Outside the valgforbund the unit with the largest next quotient has the seat, and inside it the list that has."""
    lists = (
        a_list("A", 100),
        a_list("B", 90),
        a_list("C", 150, 80, 25, 15),
        a_list("D", 50, 9, 1),
        a_list("E", 99, 30, 15),
    )
    town = result_of(6, *lists, alliances=[["A", "B"], ["C", "D"]])
    assert town.seats == {"A": 1, "B": 1, "C": 3, "D": 0, "E": 1}
    # C+D: 330 / 4 = 82.5 against E: 144 / 2 = 72; inside, C: 270 / 4 = 67.5 against D: 60.
    assert fill_vacancies(town, changes("A1 leaves")).steps[-1].entered == "C4"
    # Then C has nobody left, and the next seat of C that is vacant goes to D, which had none.
    assert fill_vacancies(town, changes("A1 leaves", "C4 leaves")).steps[-1].entered == "D1"


@pytest.mark.rule("KRVL-91-3", "KRVL-81-NONE")
@pytest.mark.parametrize("leaves", ["A1", "D1"])
def test_a_list_without_votes_keeps_no_seat_from_the_next(leaves: str) -> None:
    """A list without votes takes no seat that passes on, and its candidates hold none open for its alliance."""
    lists = a_list("A", 50), a_list("B", 0, 0, 0), a_list("C", 20, 1), a_list("D", 45)
    town = result_of(3, *lists, alliances=[["A", "B"]])
    assert town.seats == {"A": 1, "B": 0, "C": 1, "D": 1}
    # A+B has 50 / 2 for the seat of D, against 21 / 2 of C; but A has nobody, and B has no votes.
    step = fill_vacancies(town, changes(f"{leaves} leaves")).steps[-1]
    assert (step.entered, step.key, step.passed_from) == ("C2", "C", leaves[0])


@pytest.mark.rule("KRVL-91-3")
def test_lolland_a_seat_of_danmarksdemokraterne_would_stay_in_the_valgforbund() -> None:
    """Æ has no substitute in Lolland: a member on leave is not replaced; who leaves is, by list I (493 to 1177 / 3)."""
    lolland = elect_council(data.council("kv2025", "Lolland"))
    member = next(mandate.candidate for mandate in lolland.mandates if mandate.key == "Æ")
    absent = fill_vacancies(lolland, [Change("absent", "Æ", member)])
    assert (absent.steps[-1].entered, len(absent.members)) == (None, 24)
    step = fill_vacancies(lolland, [Change("leaves", "Æ", member)]).steps[-1]
    candidates = lolland.case.by_key["I"].candidates
    assert (step.key, step.passed_from) == ("I", "Æ")
    assert step.entered == max(candidates, key=lambda candidate: candidate.votes).name


@pytest.mark.rule("KRVL-91-3", "KRVL-91-LIST", "KRVL-86-2")
def test_a_party_list_without_a_seat_sends_who_it_would_elect() -> None:
    """A seat that passes to a party list without one goes to the candidate whom one seat would elect (inferred)."""
    town = result_of(1, a_list("A", 100), a_list("P", 0, 30, 9, list_votes=40, form="partiliste"))
    assert fill_vacancies(town, changes("A1 leaves")).members == (("P", "P1"),)
    assert fill_vacancies(town, changes("A1 leaves", "P1 leaves")).members == (("P", "P2"),)


@pytest.mark.rule("KRVL-91-1", "KRVL-91-3")
@pytest.mark.parametrize("order", ["AB", "BA"])
def test_a_list_fills_its_own_vacancy_before_an_old_one_passes_on(order: str) -> None:
    """B2 has the seat of her own list, and not A's that stood empty, whichever list is first on the ballot."""
    lists = {"A": a_list("A", 150), "B": a_list("B", 100, 66)}
    town = result_of(2, *(lists[key] for key in order))
    sitting = fill_vacancies(town, changes("B1 absent", "A1 leaves", "B1 leaves"))
    assert {seat.key: seat.sits for seat in sitting.seats} == {"A": None, "B": "B2"}
    assert (sitting.steps[-1].entered, sitting.steps[-1].rule) == ("B2", "KRVL-91-1")


def test_a_sitting_rests_on_a_case() -> None:
    """The case is the election, its draws and the changes, and gives the same sitting again."""
    town = elect_council(result_of(2, a_list("A", 9, 5, 5)).case, lots=[Draw(["A2", "A3"], ["A3"])])
    sitting = fill_vacancies(town, changes("A1 leaves"))
    assert (sitting.case.election, sitting.case.draws, sitting.law) == (town.case, town.draws, 2025)
    assert (sitting.changes, sitting.pending) == (tuple(changes("A1 leaves")), ())
    assert settle(sitting.case) == sitting
    assert settle(attrs.evolve(sitting.case, changes=())).members == (("A", "A1"), ("A", "A3"))
    assert len(repr(fill_vacancies(TOWN, changes("A1 leaves")))) < 250


def test_a_case_built_by_hand_from_nonsense_is_refused(refused: Refused) -> None:
    """The case of vacancies takes an election and changes, and says so."""
    assert refused(Vacancies, election=3, changes=()) == "election is 3; give a CouncilElection"
    for draws in (5, Draw(["A", "B"], ["A"])):
        message = refused(Vacancies, election=TOWN.case, draws=draws, changes=(), error=LotError)
        assert message.startswith("draws is ")
        assert message.endswith("; give a list of draws")
    message = refused(Vacancies, election=TOWN.case, changes=["A1"])
    assert message == "changes has 'A1'; a change is Change(event, key, candidate)"


# Lots


@pytest.mark.rule("KRVL-91-1")
def test_an_order_that_was_not_drawn_is_drawn_when_it_matters() -> None:
    """Where equal substitutes stand next, the lot on their order is open, and the later changes wait for it."""
    town = result_of(2, a_list("A", 9, 8, 5, 5))
    sitting = fill_vacancies(town, changes("A1 leaves", "A2 leaves"))
    assert (sits(sitting), sitting.complete) == ("- A2", False)
    assert str(sitting.tie) == "1 place among A3, A4 (Nyby, list A, order of the substitutes)"
    assert sitting.pending == tuple(changes("A2 leaves"))
    drawn = fill_vacancies(town, changes("A1 leaves", "A2 leaves"), lots=[Draw(["A3", "A4"], ["A4"])])
    assert (sits(drawn), drawn.pending, len(drawn.draws)) == ("A4 A3", (), 1)
    # Drawn at the election, it is not drawn again.
    known = elect_council(town.election, lots=[Draw(["A3", "A4"], ["A4"])])
    assert sits(fill_vacancies(known, changes("A1 leaves"))) == "A4 A2"


@pytest.mark.rule("KRVL-91-3")
def test_equal_quotients_for_a_seat_that_passes_draw_lots() -> None:
    """Two lists equally entitled to the seat draw lots under § 91, stk. 3."""
    town = result_of(1, a_list("A", 9), a_list("B", 5), a_list("C", 5))
    sitting = fill_vacancies(town, changes("A1 leaves"))
    assert sitting.tie is not None
    assert (sitting.tie.among, sitting.tie.provision) == (("B", "C"), "KRVL § 91, stk. 3")
    drawn = fill_vacancies(town, changes("A1 leaves"), lots=[Draw(["B", "C"], ["C"])])
    assert drawn.members == (("C", "C1"),)


@pytest.mark.rule("KRVL-91-3")
@pytest.mark.parametrize(
    ("alliances", "year", "within"),
    [
        ([], 2025, ""),
        ([["A", "B", "C"]], 2025, "A+B+C"),
        ([["A", ["B", "C"]]], 2021, "B+C"),
    ],
)
def test_a_lot_over_a_seat_that_passes_says_where_it_stands(alliances: list[Any], year: int, within: str) -> None:
    """The lot names the valgforbund or listeforbund that it stands in, as one at the election does."""
    lists = [a_list("A", 9), a_list("B", 4), attrs.evolve(a_list("C", 4), letter="B")]
    town = elect_council(CouncilElection("Nyby", 1, lists, alliances, year))
    tie = fill_vacancies(town, changes("A1 leaves")).tie
    assert tie is not None
    assert (tie.among, tie.place) == (("B", "C"), Place(Where.VACANCY, within, "Nyby"))


def test_a_draw_that_no_lot_is_open_for_is_refused(refused: Refused) -> None:
    """A recorded draw that is left over is an error."""
    refused(fill_vacancies, TOWN, changes("A1 leaves"), lots=[Draw(["A3", "A4"], ["A4"])], error=LotError)


# What cannot be


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2026-03-01", "2026-02-01"], "moves back: day is '2026-02-01'; it is not before 2026-03-01"),
        (["2025-11-17", None], "moves away: day is '2025-11-17'; it is not before 2025-11-18"),
    ],
)
def test_changes_are_dated_one_after_another(days: list[str | None], said: str, refused: Refused) -> None:
    """Nobody moves back before moving away, or leaves before being elected; on one day several things may happen."""
    events = zip(("moves away", "moves back"), days, strict=True)
    message = refused(fill_vacancies, TOWN, [Change(event, "A", "A1", day=day) for event, day in events])
    assert message == f"A1 (list A) {said}, the day of the election or of the change before it"
    same = [Change(event, "A", "A1", day="2025-11-18") for event in ("moves away", "moves back")]
    assert sits(fill_vacancies(TOWN, same)) == "A1 A2 B1"
    between = [*same[:1], Change("leaves", "B", "B1"), Change("moves back", "A", "A1", day="2025-11-17")]
    refused(fill_vacancies, TOWN, between)


def test_a_change_after_another_election_is_dated_from_the_first_day_of_its_year(refused: Refused) -> None:
    """The day of an election outside the ordinary years is not known: a day is held to its year."""
    town = elect_council(attrs.evolve(TOWN.case, year=2026))
    assert sits(fill_vacancies(town, [Change("moves away", "A", "A3", day="2026-01-01")])) == "A1 A2 B1"
    refused(fill_vacancies, town, [Change("moves away", "A", "A3", day="2025-12-31")])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["X1 leaves"], "X1 (list X) leaves: there is no list 'X'; Nyby has A, B"),
        (["A9 leaves"], "A9 (list A) leaves: list A has no candidate 'A9'; it has A1, A2, A3, A4, A5"),
    ],
)
def test_an_unknown_person_is_refused(said: list[str], message: str, refused: Refused) -> None:
    """A change of somebody who did not stand is refused, with those who did."""
    assert refused(fill_vacancies, TOWN, changes(*said), error=VoteError) == message


@pytest.mark.rule("KRVL-104", "KSL-15", "KRVL-92", "KRVL-102", "KRVL-101")
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (["A3 leaves"], "A3 does not sit in the council, so cannot leave it (KRVL § 104)"),
        (["A3 absent"], "A3 does not sit in the council, so cannot be absent from it (KSL § 15, stk. 2)"),
        (["A1 leaves", "A1 leaves"], "A1 has left the council for good already (KRVL § 104)"),
        (["A1 leaves", "A1 absent"], "A1 has left the council for good already (KSL § 15, stk. 2)"),
        (["A1 absent", "A1 absent"], "A1 is absent already (KSL § 15, stk. 2)"),
        (["A1 returns"], "A1 is not absent, so cannot return (KSL § 15, stk. 3-4)"),
        (["A1 absent", "A1 returns", "A1 returns"], "A1 is not absent, so cannot return (KSL § 15, stk. 3-4)"),
        # Who moves away or leaves is absent no longer.
        (
            ["A1 absent", "A3 absent", "A3 moves away", "A3 returns"],
            "A3 is not absent, so cannot return (KSL § 15, stk. 3-4)",
        ),
        (
            ["A1 absent", "A1 moves away", "A1 leaves"],
            "A1 does not sit in the council, so cannot leave it (KRVL § 104)",
        ),
        (["A3 moves away", "A3 moves away"], "A3 has moved away already (KRVL § 102)"),
        (["A3 moves back"], "A3 has not moved away, so cannot move back (KRVL § 102)"),
        (["A3 exempted"], "A3 was not elected (KRVL § 92, stk. 5)"),
        (["A1 leaves", "A3 election invalid"], "A3 was not elected (KRVL § 96)"),
        (["A1 loses eligibility", "A1 loses eligibility"], "A1 is not eligible already (KRVL § 100)"),
        (["A1 regains eligibility"], "A1 is eligible, so cannot become so again (KRVL § 101, stk. 5-6)"),
        (["A1 off the list"], "A1 is a member or sits, so 'leaves' the council (KRVL § 91, stk. 2)"),
        (["A1 absent", "A1 off the list"], "A1 is a member or sits, so 'leaves' the council (KRVL § 91, stk. 2)"),
        (["A1 absent", "A3 off the list"], "A3 is a member or sits, so 'leaves' the council (KRVL § 91, stk. 2)"),
        (["A3 off the list", "A3 off the list"], "A3 has left the council for good already (KRVL § 91, stk. 2)"),
    ],
)
def test_what_cannot_have_happened_is_refused(said: list[str], wrong: str, refused: Refused) -> None:
    """A change that does not fit the one before is refused, and the message says what is wrong."""
    message = refused(fill_vacancies, TOWN, changes(*said), error=RuleError)
    assert message.endswith(f": {wrong}")


@pytest.mark.rule("KSL-15")
def test_who_is_called_for_a_time_keeps_the_seat_in_the_list() -> None:
    """A seat vacant for good waits for the only substitute, who sits for somebody absent; it does not pass on."""
    town = result_of(3, a_list("A", 50, 40, 30), a_list("B", 60, 9))
    assert sits(fill_vacancies(town, changes("A1 absent"))) == "A3 B1 A2"
    later = fill_vacancies(town, changes("A1 absent", "A2 leaves"))
    assert ([seat.key for seat in later.seats], sits(later)) == (["A", "B", "A"], "A3 B1 -")


@pytest.mark.rule("KRVL-91-LEAVES")
def test_who_is_free_again_goes_first_to_the_seat_vacant_for_good() -> None:
    """The lowest who entered for good gives place, and takes an absent member's seat from the lowest there."""
    town = result_of(3, a_list("A", 50, 40, 30, 20, 10, 5))
    back = fill_vacancies(town, changes("A1 absent", "A2 leaves", "A4 absent", "A4 returns"))
    assert sits(back) == "A5 A4 A3"
    assert [(step.number, step.entered, step.displaced, step.rule) for step in back.steps[-2:]] == [
        (2, "A4", "A5", "KRVL-91-1"),
        (1, "A5", "A6", "KSL-15"),
    ]
    moved = fill_vacancies(
        result_of(2, a_list("A", 50, 40, 30)), changes("A3 moves away", "A1 absent", "A2 leaves", "A3 moves back")
    )
    assert sits(moved) == "- A3"


@pytest.mark.rule("KRVL-91-1", "KRVL-91-LEAVES", "KSL-15")
@pytest.mark.parametrize(
    ("seats", "candidates", "said", "members"),
    [
        # Of several who sit for a time the lowest gives place, and of several seats those vacant for good first.
        (3, 6, ["A1 absent", "A2 absent", "A4 absent", "A4 returns"], "A4 A5 A3"),
        # Who is free takes a seat that stands empty before a lower one's.
        (3, 6, ["A1 absent", "A2 leaves", "A4 absent", "A3 leaves", "A4 returns"], "A6 A5 A4"),
        # Who stood in for a member who leaves gives place to a higher one, and displaces a lower one elsewhere.
        (2, 5, ["A3 moves away", "A1 absent", "A2 absent", "A3 moves back", "A1 leaves"], "A3 A4"),
        # An empty seat has nobody who gives place, whoever returns.
        (2, 3, ["A1 absent", "A2 absent", "A1 returns"], "A1 A3"),
        (2, 3, ["A1 absent", "A2 absent", "A2 returns"], "A3 A2"),
        # Who moves away while absent is not absent on moving back.
        (2, 5, ["A1 absent", "A3 absent", "A3 moves away", "A3 moves back", "A4 absent"], "A3 A2"),
    ],
)
def test_who_gives_place_to_whom(seats: int, candidates: int, said: list[str], members: str) -> None:
    """In a council of one list, with fewer votes from one candidate to the next."""
    assert (
        sits(fill_vacancies(result_of(seats, a_list("A", *range(60, 60 - candidates, -1))), changes(*said))) == members
    )


def test_a_seat_that_stays_empty_is_no_step_and_one_that_is_filled_is() -> None:
    """A step is told for the seat that a change empties or fills, and for no other."""
    steps = fill_vacancies(result_of(2, a_list("A", 50, 40)), changes("A1 absent", "A2 absent")).steps
    assert [(step.number, step.entered) for step in steps] == [(1, None), (2, None)]
    steps = fill_vacancies(
        result_of(1, a_list("A", 50, 40)), changes("A2 moves away", "A1 absent", "A2 moves back")
    ).steps
    assert [(step.number, step.entered) for step in steps] == [(1, None), (1, "A2")]


@pytest.mark.rule("KRVL-91-1")
def test_a_lot_on_the_order_is_of_those_level_and_leaves_the_others() -> None:
    """Only the lot that matters is drawn; who has more votes stays before the level ones, and who has fewer after."""
    town, lots = result_of(1, a_list("A", 9, 6, 5, 5, 1)), [Draw(["A3", "A4"], ["A4"])]
    assert sits(fill_vacancies(town, changes("A1 leaves", "A2 leaves"), lots=lots)) == "A4"
    back = fill_vacancies(town, changes("A1 leaves", "A2 absent", "A2 returns"), lots=lots)
    assert (sits(back), back.tie) == ("A2", None)
    last = fill_vacancies(town, changes("A1 leaves", "A2 leaves", "A4 leaves", "A3 leaves"), lots=lots)
    assert sits(last) == "A5"
    two = result_of(1, a_list("A", 9, 5, 5, 3, 3))
    first = fill_vacancies(two, changes("A1 leaves"), lots=[Draw(["A2", "A3"], ["A3"])])
    assert (sits(first), first.tie) == ("A3", None)
    lower = fill_vacancies(two, changes("A1 leaves", "A3 leaves", "A2 leaves"), lots=[Draw(["A2", "A3"], ["A3"])])
    assert lower.tie is not None
    assert lower.tie.among == ("A4", "A5")


@pytest.mark.rule("KRVL-91-LIST")
def test_a_list_without_a_seat_sends_who_one_seat_would_elect() -> None:
    """A sideordnet list sends the most personal votes, whatever its list votes; a party list by its quota of one."""
    sideordnet = result_of(1, a_list("A", 99), a_list("B", 1, 9, list_votes=50))
    assert fill_vacancies(sideordnet, changes("A1 leaves")).members == (("B", "B2"),)
    party = result_of(1, a_list("A", 99), a_list("P", 0, 30, list_votes=26, form="partiliste"))
    assert fill_vacancies(party, changes("A1 leaves")).members == (("P", "P2"),)


@pytest.mark.rule("KRVL-91-3")
def test_a_seat_won_by_lot_stays_in_the_valgforbund_without_another_lot() -> None:
    """The valgforbund that won the lot keeps the seat while one of its lists has somebody."""
    election = result_of(1, a_list("A", 6), a_list("B", 4), a_list("C", 10, 0), alliances=[["A", "B"]]).case
    town = elect_council(election, lots=[Draw(["A+B", "C"], ["A+B"])])
    sitting = fill_vacancies(town, changes("A1 leaves"))
    assert (sitting.tie, sits(sitting)) == (None, "B1")


@pytest.mark.rule("KRVL-91-1")
def test_a_lot_on_the_order_leaves_the_lower_ones_in_it() -> None:
    """After the equals who drew lots comes who has fewer votes."""
    town = result_of(2, a_list("A", 9, 5, 5, 3, 2, 1), a_list("B", 20))
    said = ["A1 leaves", "A3 leaves", "A2 leaves", "A4 leaves", "A5 leaves", "A6 leaves"]
    lots = [Draw(["A2", "A3"], ["A3"])]
    assert [sits(fill_vacancies(town, changes(*said[:n]), lots=lots)) for n in range(1, 7)] == [
        *("A3 B1", "A2 B1", "A4 B1", "A5 B1", "A6 B1", "- B1")
    ]


# Who comes back


@pytest.mark.rule("KRVL-102", "KRVL-101")
@pytest.mark.parametrize(("out", "back"), [("moves away", "moves back"), ("loses eligibility", "regains eligibility")])
def test_a_member_enters_again_into_the_old_seat(out: str, back: str) -> None:
    """The substitute who entered stands down and displaces a lower one; a seat that passed on comes back (inferred)."""
    assert sits(fill_vacancies(TOWN, changes(f"A1 {out}"))) == "A3 A2 B1"
    again = fill_vacancies(TOWN, changes(f"A1 {out}", f"A1 {back}"))
    assert sits(again) == "A1 A2 B1"
    step = again.steps[-1]
    assert (step.entered, step.displaced, step.rule) == ("A1", "A3", "KRVL-102" if out == "moves away" else "KRVL-101")
    assert (step.passed_from, [seat.key for seat in again.seats]) == (None, ["A", "A", "B"])
    moved = fill_vacancies(TOWN, changes(f"A1 {out}", "A2 leaves", f"A1 {back}"))
    assert sits(moved) == "A1 A3 B1"
    passed = fill_vacancies(TOWN, changes(f"B1 {out}", f"B1 {back}"))
    assert (sits(passed), passed.steps[-1].passed_from) == ("A1 A2 B1", "A")


@pytest.mark.rule("KRVL-102", "KRVL-101")
@pytest.mark.parametrize(
    "said",
    [
        ["A1 moves away", "A1 loses eligibility", "A1 moves back", "A1 regains eligibility"],
        ["A1 moves away", "A1 loses eligibility", "A1 regains eligibility", "A1 moves back"],
        ["A1 loses eligibility", "A1 moves away", "A1 moves back", "A1 regains eligibility"],
        ["A1 loses eligibility", "A1 moves away", "A1 regains eligibility", "A1 moves back"],
    ],
)
def test_a_member_enters_again_when_nothing_hinders_any_longer(said: list[str]) -> None:
    """Who moved away and is not eligible is back when living there and eligible, and not at the first of the two."""
    assert [sits(fill_vacancies(TOWN, changes(*said[:n]))) for n in range(1, 5)] == ["A3 A2 B1"] * 3 + ["A1 A2 B1"]


@pytest.mark.rule("KRVL-102")
@pytest.mark.parametrize(("back", "late"), [("2026-09-01", False), ("2026-09-02", True)])
def test_a_member_moves_back_within_six_months(back: str, late: bool, refused: Refused) -> None:  # noqa: FBT001
    """Where the days are known, six months and a day are too late."""
    moves = [Change("moves away", "A", "A1", day="2026-03-01"), Change("moves back", "A", "A1", day=back)]
    if late:
        message = refused(fill_vacancies, TOWN, moves, error=RuleError)
        assert message == "A1 (list A) moves back: A1 moves back too late to enter again (KRVL § 102)"
    else:
        assert sits(fill_vacancies(TOWN, moves)) == "A1 A2 B1"


@pytest.mark.rule("KRVL-102")
def test_the_six_months_are_those_of_a_member_since_moving_away() -> None:
    """They are not counted from losing eligibility before, nor for a substitute, who enters by no right of return."""
    said = [
        Change("loses eligibility", "A", "A1", day="2026-01-01"),
        Change("moves away", "A", "A1", day="2026-05-01"),
        Change("moves back", "A", "A1", day="2026-11-01"),
        Change("regains eligibility", "A", "A1", day="2027-02-01"),
    ]
    assert [sits(fill_vacancies(TOWN, said[:n])) for n in range(1, 5)] == ["A3 A2 B1"] * 3 + ["A1 A2 B1"]
    substitute = [
        Change("moves away", "A", "A3", day="2026-01-01"),
        Change("moves back", "A", "A3", day="2027-01-01"),
        Change("leaves", "A", "A1", day="2027-02-01"),
    ]
    assert sits(fill_vacancies(TOWN, substitute)) == "A3 A2 B1"


@pytest.mark.rule("KRVL-102")
@pytest.mark.parametrize(("away", "back"), [("2026-03-01", None), (None, "2027-03-01"), (None, None)])
def test_where_a_day_is_not_known_nobody_is_too_late(away: str | None, back: str | None) -> None:
    """Six months are counted where both days are known."""
    moves = [Change("moves away", "A", "A1", day=away), Change("moves back", "A", "A1", day=back)]
    assert sits(fill_vacancies(TOWN, moves)) == "A1 A2 B1"


@pytest.mark.rule("KRVL-101")
def test_before_2020_nobody_entered_again_by_being_eligible_again(refused: Refused) -> None:
    """The return is of LBK 13/2020; the day of the change decides, and else the year of the election."""
    town = elect_council(attrs.evolve(TOWN.case, year=2017))
    refused(fill_vacancies, town, changes("A1 loses eligibility", "A1 regains eligibility"), error=RuleError)
    later = [Change("loses eligibility", "A", "A1"), Change("regains eligibility", "A", "A1", day="2020-02-01")]
    assert sits(fill_vacancies(town, later)) == "A1 A2 B1"


@pytest.mark.rule("KRVL-91-1", "KRVL-100", "KRVL-101")
def test_a_substitute_goes_off_the_list_and_may_come_back() -> None:
    """Who died, or is not eligible, is passed over; who is eligible again is in the old place, and displaces nobody."""
    assert sits(fill_vacancies(TOWN, changes("A3 off the list", "A1 leaves"))) == "A4 A2 B1"
    assert sits(fill_vacancies(TOWN, changes("A3 loses eligibility", "A1 leaves"))) == "A4 A2 B1"
    said = "A3 loses eligibility", "A1 leaves", "A3 regains eligibility"
    assert sits(fill_vacancies(TOWN, changes(*said))) == "A4 A2 B1"
    assert sits(fill_vacancies(TOWN, changes(*said, "A2 leaves"))) == "A4 A3 B1"


@pytest.mark.rule("KRVL-92", "KRVL-96", "KRVL-97")
def test_who_is_exempted_or_not_validly_elected_is_replaced(refused: Refused) -> None:
    """The substitute enters, and the ground is said; an exemption is before the council takes office on 1 January."""
    sitting = fill_vacancies(TOWN, [Change("exempted", "A", "A1", day="2025-12-31"), *changes("B1 election invalid")])
    assert sits(sitting) == "A3 A2 A4"
    assert [step.change.ground for step in sitting.steps] == ["KRVL-92", "KRVL-96"]
    late = [Change("exempted", "A", "A1", day="2026-01-01")]
    # A complaint may be decided on later than that (KRVL §§ 94 and 98).
    assert sits(fill_vacancies(TOWN, [Change("election invalid", "A", "A1", day="2026-02-01")])) == "A3 A2 B1"
    message = refused(fill_vacancies, TOWN, late, error=RuleError)
    assert "is a member since the council took office; who is exempted then 'leaves'" in message


@pytest.mark.rule("KSL-15")
def test_a_substitute_who_is_called_is_no_member() -> None:
    """A seat says whether who sits was called for a time, or entered for good."""
    sitting = fill_vacancies(TOWN, changes("A1 absent", "A2 leaves"))
    assert [(seat.sits, seat.called) for seat in sitting.seats] == [("A3", True), ("A4", False), ("B1", False)]
    empty = fill_vacancies(TOWN, changes("B1 absent"))
    assert [(seat.sits, seat.called) for seat in empty.seats] == [("A1", False), ("A2", False), (None, False)]


@pytest.mark.rule("KRVL-104", "KSL-15", "KRVL-91-LEAVES")
def test_a_substitute_who_entered_for_good_is_named_while_hindered() -> None:
    """Back in the seat she has a seat vacant for good again, from which a higher substitute who is free displaces."""
    (seat, *_) = fill_vacancies(TOWN, changes("A1 leaves", "A3 absent")).seats
    assert (seat.member, seat.sits, seat.called) == ("A3", "A4", True)
    (seat, *_) = fill_vacancies(TOWN, changes("A1 leaves", "A3 absent", "A3 returns")).seats
    assert (seat.member, seat.sits, seat.called) == (None, "A3", False)
    for out, back in (("moves away", "moves back"), ("loses eligibility", "regains eligibility")):
        (seat, *_) = fill_vacancies(TOWN, changes("A1 leaves", f"A3 {out}", f"A3 {back}")).seats
        assert (seat.member, seat.sits) == (None, "A3")
        (seat, *_) = fill_vacancies(TOWN, changes(f"A1 {out}", f"A1 {back}")).seats
        assert (seat.member, seat.sits) == ("A1", "A1")
    said = "A3 moves away", "A1 leaves", "A3 moves back", "A4 absent"
    assert sits(fill_vacancies(TOWN, changes(*said))) == "A3 A2 B1"
    # A3 stood in for A4; who returns makes A3 free, who is higher on the list.
    (seat, *_) = fill_vacancies(TOWN, changes(*said, "A4 returns")).seats
    assert (seat.member, seat.sits, seat.called) == (None, "A3", False)


@pytest.mark.rule("KRVL-91-FIRST")
def test_of_several_seats_that_pass_on_the_one_vacant_longest_goes_first() -> None:
    """Two seats stand empty, and when somebody can take one it is the older one (inferred)."""
    town = result_of(3, a_list("A", 50), a_list("B", 40), a_list("C", 30, 5))
    said = "C2 moves away", "B1 leaves", "A1 leaves", "C2 moves back"
    assert sits(fill_vacancies(town, changes(*said))) == "- C2 C1"


@pytest.mark.rule("KRVL-91-FIRST")
def test_a_seat_is_vacant_since_the_last_who_sat_in_it_left() -> None:
    """B's seat stands empty before A's, from which the substitute left later, and so goes first (inferred)."""
    town = result_of(3, a_list("A", 50, 5), a_list("B", 40), a_list("C", 30, 5))
    said = "C2 moves away", "A1 leaves", "B1 leaves", "A2 leaves", "C2 moves back"
    assert sits(fill_vacancies(town, changes(*said[:4]))) == "- - C1"
    assert sits(fill_vacancies(town, changes(*said))) == "- C2 C1"


@pytest.mark.rule("KRVL-91-1", "KRVL-91-3")
def test_two_seats_wait_for_one_substitute_who_takes_one_and_the_other_passes_on() -> None:
    """Who sits for a time keeps both in the list; free, she enters for good in the first, and the list has nobody."""
    town = result_of(4, a_list("A", 50, 40, 30, 20), a_list("B", 60, 5))
    said = "A1 absent", "A2 leaves", "A3 leaves"
    assert sits(fill_vacancies(town, changes(*said))) == "A4 - B1 -"
    after = fill_vacancies(town, changes(*said, "A1 returns"))
    assert sits(after) == "A1 A4 B1 B2"
    assert [(step.number, step.entered, step.passed_from, step.rule) for step in after.steps[-3:]] == [
        (1, "A1", None, "KSL-15"),
        (2, "A4", None, "KRVL-91-1"),
        (4, "B2", "A", "KRVL-91-3"),
    ]


@pytest.mark.rule("KRVL-91-3")
@pytest.mark.parametrize("why", ["moves away", "loses eligibility", "off the list"])
def test_a_substitute_who_cannot_sit_keeps_no_seat_in_the_list(why: str) -> None:
    """The seat passes on when the only substitute cannot sit; who is absent for a time keeps it."""
    town = result_of(2, a_list("A", 50, 40), a_list("B", 60, 9))
    assert sits(fill_vacancies(town, changes(f"A2 {why}", "A1 leaves"))) == "B2 B1"
    assert sits(fill_vacancies(town, changes("A1 absent", "A2 absent", "A1 leaves"))) == "- B1"


def test_arguments_of_other_kinds_are_refused(refused: Refused) -> None:
    """The result, the changes and their events are what they should be."""
    assert refused(fill_vacancies, None, []) == "result is None; give what elect_council returns"
    assert refused(fill_vacancies, TOWN, 5) == "changes is 5; give the changes one by one, as Change(...)"
    message = refused(fill_vacancies, TOWN, Change("leaves", "A", "A1"))
    assert message.endswith("; give the changes one by one, as Change(...)")
    assert refused(fill_vacancies, TOWN, ["A1"]) == ("changes has 'A1'; a change is Change(event, key, candidate)")
    assert refused(Change, "dies", "A", "A1").startswith("event is 'dies'; it is one of 'leaves', 'exempted', ")
    message = refused(Change, "leaves", "A", "A1", day="1 May 2026")
    assert message == "day is '1 May 2026'; a day is such as \"2026-01-26\""
    assert refused(Change, "leaves", "A", "A1", day=date(2026, 5, 1)).startswith("day is ")
    assert refused(Change, "leaves", "A", "") == "candidate has the name ''; a name is text that is not blank"


def test_an_election_with_an_open_lot_has_no_vacancies_yet(refused: Refused) -> None:
    """Nobody can be replaced before it is settled who is elected."""
    message = refused(fill_vacancies, result_of(1, a_list("A", 5, 5)), [], error=LotError)
    assert message.startswith("the election has an open lot, 1 place among A1, A2 (Nyby, list A); draw it")


# What always holds


@pytest.mark.rule("KRVL-91-1", "KRVL-91-3")
@given(st.data())
def test_whatever_happens_nobody_sits_twice_and_the_seats_are_the_same(data: st.DataObject) -> None:
    """After any changes nobody sits twice, nobody sits who cannot, and no seat is empty that its list could fill."""
    personal = st.lists(st.integers(0, 6), min_size=1, max_size=4)
    form = st.sampled_from(["sideordnet", "partiliste"])
    lists = [
        a_list(key, *data.draw(personal), list_votes=data.draw(st.integers(0, 9)), form=data.draw(form))
        for key in "ABCD"
    ]
    alliances = data.draw(st.sampled_from([[], [["A", "B"]], [["A", "D"], ["B", "C"]]]))
    election = CouncilElection("Nyby", data.draw(st.integers(1, 7)), lists, alliances)
    result = elect_council(election, lots=seeded(1))
    people = [(a_list.key, candidate.name) for a_list in lists for candidate in a_list.candidates]
    happened: list[Change] = []
    for _ in range(data.draw(st.integers(0, 8))):
        person = data.draw(st.sampled_from(people))
        change = Change(data.draw(st.sampled_from(Event)), *person)
        before = fill_vacancies(result, happened, lots=seeded(2))
        member = any((seat.key, seat.member) == person for seat in before.seats)
        if may_happen(change, happened, result, sits=person in before.members, member=member):
            happened.append(change)
        else:
            with pytest.raises(RuleError, match=r" \((KRVL|KSL) § "):
                fill_vacancies(result, [*happened, change], lots=seeded(2))
    sitting = fill_vacancies(result, happened, lots=seeded(2))
    assert [seat.number for seat in sitting.seats] == [mandate.number for mandate in result.mandates]
    assert len(set(sitting.members)) == len(sitting.members)
    unable = {person for person in people if hindrances(happened, person[1])}
    assert not unable & set(sitting.members)
    for seat in sitting.seats:
        if seat.sits is None:
            assert all(
                (seat.key, name) in unable or (seat.key, name) in sitting.members
                for name in result.substitutes[seat.key]
            )
    for key, order in result.substitutes.items():
        if order and not {change.event for change in happened if change.key == key} & PASSED_OVER:
            held = [each.candidate for each in result.lists[key].elected if (key, each.candidate) not in unable]
            free = [name for name in order if (key, name) not in unable]
            seats = sum(seat.key == key for seat in sitting.seats)
            assert {name for its, name in sitting.members if its == key} == {*held, *free[: seats - len(held)]}
    assert fill_vacancies(result, happened, lots=sitting.draws) == sitting


GONE = {Event.LEAVES, Event.EXEMPTED, Event.INVALID, Event.OFF}
PASSED_OVER = {Event.MOVES_AWAY, Event.LOSES}
"""What lets a lower substitute stay when a higher one comes back."""


def hindrances(happened: list[Change], candidate: str) -> set[Event]:
    """Say from what happened to somebody what keeps them from sitting; an absence ends by going for another reason."""
    found: set[Event] = set()
    for event in (each.event for each in happened if each.candidate == candidate):
        ends = {Event.RETURNS: Event.ABSENT, Event.MOVES_BACK: Event.MOVES_AWAY, Event.REGAINS: Event.LOSES}
        found = found - {ends[event]} if event in ends else found - {Event.ABSENT} | {event}
    return found


def test_who_entered_for_good_and_is_absent_does_not_go_off_the_list(refused: Refused) -> None:
    """A substitute who took a seat for good is a member while hindered too; one who was called for a time is none."""
    town = result_of(3, a_list("A", 60), a_list("B", 50, 49, 3, 2))
    assert sits(fill_vacancies(town, changes("A1 leaves", "B3 absent"))) == "B1 B4 B2"
    message = refused(fill_vacancies, town, changes("A1 leaves", "B3 absent", "B3 off the list"), error=RuleError)
    assert message.startswith("B3 (list B) goes off the list: B3 is a member or sits, so 'leaves' the council")
    town = result_of(3, a_list("A", 60), a_list("B", 50, 49, 3, 2))
    assert sits(fill_vacancies(town, changes("B1 absent", "B3 absent", "B3 off the list"))) == "B4 A1 B2"


def may_happen(change: Change, before: list[Change], result: CouncilResult, *, sits: bool, member: bool) -> bool:
    """Say from what happened to somebody whether a change can be, for who is elected or a substitute."""
    own = hindrances(before, change.candidate)
    elected = any(each.candidate == change.candidate for each in result.mandates)
    absent = Event.ABSENT in own
    return (
        not GONE & own
        and {
            Event.LEAVES: sits or absent,
            Event.EXEMPTED: elected and (sits or absent),
            Event.INVALID: elected and (sits or absent),
            Event.ABSENT: sits,
            Event.RETURNS: absent,
            Event.OFF: not sits and not member,
            Event.MOVES_AWAY: Event.MOVES_AWAY not in own,
            Event.MOVES_BACK: Event.MOVES_AWAY in own,
            Event.LOSES: Event.LOSES not in own,
            Event.REGAINS: Event.LOSES in own,
        }[change.event]
    )
