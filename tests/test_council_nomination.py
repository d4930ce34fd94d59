"""Which of the candidates that were submitted stand: KRVL §§ 21, 30 and 31."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import Draw, report, seeded
from kommunalvalg.council import (
    Candidate,
    CandidateList,
    Change,
    CouncilElection,
    approved_candidates,
    elect_council,
    fill_vacancies,
    standing_alliances,
)
from kommunalvalg.council.nomination import ApprovedCandidates, SubmittedLists
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.lots import Place, Where, settle

Refused = Callable[..., str]


def a_list(key: str, candidates: int, *more: str) -> CandidateList:
    """A list of some candidates named by key and place, and of more."""
    names = [*(f"{key}-{n}" for n in range(1, candidates + 1)), *more]
    return CandidateList(key, key, [Candidate(name, 0) for name in names])


def numbers(result: ApprovedCandidates) -> dict[str, int]:
    """How many candidates of each list stand."""
    return {a_list.key: len(a_list.candidates) for a_list in result.lists}


@pytest.mark.rule("KRVL-21")
def test_the_lowest_on_a_list_are_struck_first() -> None:
    """Fifteen candidates for nine seats are two too many: the last is struck, then the one before."""
    result = approved_candidates([a_list("A", 15), a_list("B", 13)], 9)
    assert numbers(result) == {"A": 13, "B": 13}
    assert [(struck.key, struck.candidate, struck.rule) for struck in result.struck] == [
        ("A", "A-15", "KRVL-21"),
        ("A", "A-14", "KRVL-21"),
    ]
    assert (result.law, settle(result.case)) == (2025, result)
    assert settle(SubmittedLists(lists=[a_list("A", 15), a_list("B", 13)], seats=9)) == result
    # In a valgforbund a list is held to its own number, whatever its key.
    allied = approved_candidates([a_list("L.1", 15), a_list("V", 13)], 9, alliances=[["L.1", "V"]])
    assert (numbers(allied), allied.complete) == ({"L.1": 13, "V": 13}, True)


@pytest.mark.rule("KRVL-21-L")
def test_a_listeforbund_is_cut_in_proportion() -> None:
    """12, 6 and 3 candidates for nine seats are cut to 17: 9.71, 4.86 and 2.43, so 10, 5 and 2."""
    lists = [a_list("L.1", 12), a_list("L.2", 6), a_list("L.3", 3), a_list("V", 13)]
    result = approved_candidates(lists, 9, alliances=[["V", ["L.1", "L.2", "L.3"]]], year=2021)
    assert (numbers(result), result.complete) == ({"L.1": 10, "L.2": 5, "L.3": 2, "V": 13}, True)
    assert [struck.candidate for struck in result.struck] == ["L.1-12", "L.1-11", "L.2-6", "L.3-3"]
    CouncilElection("Nyby", 9, result.lists, [["V", ["L.1", "L.2", "L.3"]]], 2021)


@pytest.mark.rule("KRVL-21-L")
def test_equal_fractions_draw_lots_for_the_last_candidate() -> None:
    """Nine and nine candidates for nine seats are 8.5 each of 17: one of the two lists keeps its ninth, by lot."""
    lists = [a_list("L.1", 9), a_list("L.2", 9)]
    result = approved_candidates(lists, 9, alliances=[[["L.1", "L.2"]]], year=2021)
    assert (numbers(result), result.struck) == ({"L.1": 8, "L.2": 8}, ())
    (tie,) = result.ties
    assert (tie.places, tie.among, tie.place) == (1, ("L.1", "L.2"), Place(Where.CANDIDATES, "L.1+L.2"))
    drawn = settle(result.case, [Draw(["L.1", "L.2"], ["L.2"])])
    assert (numbers(drawn), [struck.candidate for struck in drawn.struck]) == ({"L.1": 8, "L.2": 9}, ["L.1-9"])


@pytest.mark.rule("KRVL-21-L")
@pytest.mark.parametrize(
    ("have", "stand", "lot"),
    [
        # Whole numbers: 34 candidates are cut to 17, six, six and five.
        ((12, 12, 10), (6, 6, 5), None),
        # Twelve candidates are fewer than there may be, and 17 as many.
        ((4, 4, 4), (4, 4, 4), None),
        ((9, 5, 3), (9, 5, 3), None),
        # 18, of which 17 stand: 8.5, 5.67 and 2.83; the two largest fractions are raised, and not the half.
        ((9, 6, 3), (8, 6, 3), None),
        # 19, of which 17 stand: 6.26, 6.26 and 4.47: the largest fraction is raised.
        ((7, 7, 5), (6, 6, 5), None),
        # 20, of which 17 stand: 6.8, 5.95 and 4.25: two are raised.
        ((8, 7, 5), (7, 6, 4), None),
        # 21, of which 17 stand: 4.05, 5.67, 5.67 and 1.62: two fractions, equal ones, are raised without a lot.
        ((5, 7, 7, 2), (4, 6, 6, 1), None),
        # 24, of which 17 stand: 5.67 three times: two are raised by lot.
        ((8, 8, 8), (5, 5, 5), (2, ("L.1", "L.2", "L.3"))),
        # 22, of which 17 stand: 3.09, 4.64, 4.64 and 4.64: two of three by lot.
        ((4, 6, 6, 6), (3, 4, 4, 4), (2, ("L.2", "L.3", "L.4"))),
        # 30, of which 17 stand: 7.37, 6.23, 1.7 and 1.7: all those with the largest fractions are raised.
        ((13, 11, 3, 3), (7, 6, 2, 2), None),
    ],
)
def test_the_largest_fractions_are_raised_and_equal_ones_draw_lots(
    have: tuple[int, ...], stand: tuple[int, ...], lot: tuple[int, tuple[str, ...]] | None
) -> None:
    """A listeforbund in a council of nine has 17 candidates, in proportion to those of its lists (§ 31, stk. 3)."""
    lists = [a_list(f"L.{n}", count) for n, count in enumerate(have, start=1)]
    listeforbund = [a_list.key for a_list in lists]
    result = approved_candidates(lists, 9, alliances=[[listeforbund]], year=2021)
    assert tuple(numbers(result).values()) == stand
    assert [(tie.places, tie.among) for tie in result.ties] == ([lot] if lot else [])
    # Those who may stand by the lot are not struck, and may be elected where it was drawn before.
    may = tuple(count + (lot is not None and key in lot[1]) for key, count in zip(listeforbund, stand, strict=True))
    assert len(result.struck) == sum(have) - sum(may)
    election = CouncilElection("Nyby", 9, lists, [[listeforbund]], 2021)
    assert tuple(len(each.candidates) for each in election.by_key.values()) == may
    drawn = settle(result.case, seeded(1))
    assert (sum(numbers(drawn).values()), len(drawn.struck)) == (min(17, sum(have)), sum(have) - min(17, sum(have)))


@pytest.mark.rule("KRVL-26", "KRVL-104")
def test_who_dies_after_the_lists_were_handed_in_stays_on_the_ballot() -> None:
    """Nobody is struck for it; who is elected all the same leaves a seat to the substitute (inferred)."""
    assert approved_candidates([a_list("A", 3)], 9).struck == ()
    alfa = CandidateList("A", "Alfa", [Candidate("A-1", 9), Candidate("A-2", 5)])
    result = elect_council(CouncilElection("Nyby", 1, [alfa]))
    assert fill_vacancies(result, [Change("leaves", "A", "A-1")]).members == (("A", "A-2"),)


@pytest.mark.rule("KRVL-30")
def test_who_signed_several_lists_stands_on_none() -> None:
    """Since the election of 2017; a list that is left without candidates falls away."""
    result = approved_candidates([a_list("A", 2, "N. N."), a_list("B", 0, "N. N.")], 9, several=["N. N."])
    assert numbers(result) == {"A": 2}
    assert [(struck.key, struck.rule) for struck in result.struck] == [("A", "KRVL-30"), ("B", "KRVL-30")]


@pytest.mark.rule("KRVL-30")
def test_until_2013_who_stood_on_several_lists_was_asked_and_else_a_lot_decided() -> None:
    """The candidate stays on the list that is preferred, or on the one that the lot chose."""
    lists = [a_list("A", 2, "N. N."), a_list("B", 2, "N. N.")]
    asked = approved_candidates(lists, 9, several={"N. N.": "B"}, year=2013)
    assert numbers(asked) == {"A": 2, "B": 3}
    silent = approved_candidates(lists, 9, several=["N. N."], year=2013)
    assert (numbers(silent), [tie.among for tie in silent.ties], silent.struck) == ({"A": 2, "B": 2}, [("A", "B")], ())
    assert numbers(settle(silent.case, [Draw(["A", "B"], ["A"])])) == {"A": 3, "B": 2}


@pytest.mark.rule("KRVL-30")
def test_until_2013_a_lot_decided_too_where_the_preferred_list_has_not_the_candidate() -> None:
    """Who prefers a list without being on it has not answered; and each name is asked about for itself."""
    lists = [
        a_list("A", 2, "N. N.", "M. M."),
        a_list("B", 2, "N. N.", "M. M."),
        a_list("A\u030a", 2),
        a_list("C", 1, "N. N."),
    ]
    result = approved_candidates(lists, 9, several={"N. N.": "A\u030a", "M. M.": "B"}, year=2013)
    assert result.case.several == {"N. N.": "Å", "M. M.": "B"}
    assert [(tie.places, tie.among, tie.place) for tie in result.ties] == [
        (1, ("A", "B", "C"), Place(Where.CANDIDATES, "N. N."))
    ]
    assert [(struck.key, struck.candidate, struck.rule) for struck in result.struck] == [("A", "M. M.", "KRVL-30")]
    assert numbers(result) == {"A": 2, "B": 3, "Å": 2, "C": 1}
    drawn = settle(result.case, [Draw(["A", "B", "C"], ["C"])])
    assert (numbers(drawn), len(drawn.draws)) == ({"A": 2, "B": 3, "Å": 2, "C": 2}, 1)
    assert [(struck.key, struck.candidate) for struck in drawn.struck] == [
        ("A", "N. N."),
        ("B", "N. N."),
        ("A", "M. M."),
    ]


def test_what_stands_before_an_election_explains_itself() -> None:
    """Who is struck, and what falls of the alliances, is told in both languages with its provision."""
    approved = approved_candidates([a_list("A", 15), a_list("B", 0, "N. N.")], 9)
    assert "A-15         KRVL § 21, stk. 1" in report.explain(approved, "en")
    assert "Ingen kandidat slettes." in report.explain(approved_candidates([a_list("A", 3)], 9), "da")
    standing = standing_alliances({"A": "A", "B": "B", "C": "C"}, [["A", "C", "B"], ["B", "A"]], year=2025)
    told = report.explain(standing, "en")
    assert "No alliance stands." in told
    assert "A: not in alliance 1; registered in several." in told
    listeforbund = standing_alliances({"V": "V", "L.1": "L.1", "L.2": "L.2"}, [["V", ["L.1", "L.2"]]], year=2021)
    told = report.explain(listeforbund, "da")
    assert "V, (L.1, L.2)" in told
    assert "Alt, hvad der er anmeldt, består." in told


def test_what_was_not_submitted_is_refused(refused: Refused) -> None:
    """Somebody on one list, a preferred list today, one that does not stand, and no lists at all."""
    lists = [a_list("A", 2, "N. N."), a_list("B", 2, "N. N.")]
    message = refused(approved_candidates, lists, 9, several=["A-1"])
    assert message == "several names 'A-1', who is on 1 of the lists A, B; several are two or more"
    message = refused(approved_candidates, lists, 9, several={"N. N.": "A"}, error=RuleError)
    assert (
        message == "several says that N. N. prefers the list 'A'; who signed several lists stands on none (KRVL § 30)"
    )
    refused(approved_candidates, lists, 9, several={"N. N.": "X"}, year=2013)
    refused(approved_candidates, lists, 9, several={"M. M.": None, "N. N.": "A"}, error=RuleError)
    for several in ("N. N.", 5):
        message = refused(approved_candidates, lists, 9, several=several)
        assert message == f"several is {several!r}; give the names one by one, for example ['A', 'B']"
    refused(approved_candidates, "AB", 9)
    assert refused(approved_candidates, ["A"], 9) == "lists has 'A'; a list is CandidateList(...)"
    assert refused(approved_candidates, lists, 0) == "seats is 0; a number of seats is a whole number, 1 or more"
    with pytest.raises(VoteError):
        approved_candidates(lists, 9, alliances=[["A", "X"]])


@pytest.mark.rule("KRVL-21", "KRVL-21-L")
@given(st.lists(st.integers(1, 20), min_size=2, max_size=4), st.integers(1, 9))
def test_what_is_approved_can_be_elected(candidates: list[int], seats: int) -> None:
    """Once lots are drawn, a listeforbund has as many candidates as it may, and stands as an election."""
    lists = [a_list(f"L.{n}", count) for n, count in enumerate(candidates, start=1)]
    alliances = [[[a_list.key for a_list in lists]]]
    result = approved_candidates(lists, seats, alliances=alliances, year=2021, lots=seeded(1))
    assert sum(numbers(result).values()) == min(seats + 8, sum(min(count, seats + 4) for count in candidates))
    assert len(result.struck) == sum(candidates) - sum(numbers(result).values())
    keys = [list(numbers(result))]
    assert CouncilElection("Nyby", seats, result.lists, [keys], 2021).lists == result.lists
