"""What an audit tests: that the assertions are the result, with alliances, capacities and lists without votes."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    data,
    elect_council,
    proportional_election,
    seeded,
    testing,
)
from kommunalvalg.analysis.margins import margins
from kommunalvalg.audit.assertions import About, Assertion, Count, assertions_of, counted
from kommunalvalg.audit.ballots import BLANK, MISSING, UNREADABLE, Reading
from kommunalvalg.audit.planning import AuditCase, plan
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import settle
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.testing import Nested

COUNCILS = data.councils("kv2025")
Votes = Mapping[str, int]
Refused = Callable[..., str]


def lead(assertion: Assertion, votes: Votes) -> int:
    """Give an assertion's lead with other votes, ballot by ballot."""
    return sum(count * assertion.score(Reading(key)) for key, count in votes.items())


def seats(votes: Votes, places: int, alliances: list[Nested], capacity: Votes | None) -> dict[str, int] | None:
    """Give the seats by list; None where a lot decides."""
    election = proportional_election(votes, places, alliances=alliances, capacity=capacity)
    return dict(election.seats) if election.complete else None


def audited(votes: Votes, places: int, alliances: list[Nested], capacity: Votes | None) -> tuple[Assertion, ...] | None:
    """Give the assertions of a result; None where it needs a full recount."""
    election = proportional_election(votes, places, alliances=alliances, capacity=capacity)
    found = plan(election, ballots=max(1, sum(votes.values())))
    return None if found.why in {"lot", "no votes"} else found.assertions


CAPACITIES = [None, {"A": 1}, {"A": 1, "B": 1}, {"A": 1, "B": 2, "C": 1}, {"A": 2, "C": 0}, {"A": 1, "B": 1, "C": 1}]


@pytest.mark.parametrize("capacity", CAPACITIES, ids=str)
@pytest.mark.parametrize("alliances", [[], [["A", "B"]]], ids=str)
@pytest.mark.parametrize("places", [1, 2, 3])
def test_they_are_the_result_in_every_small_election(
    places: int, alliances: list[Nested], capacity: Votes | None
) -> None:
    """Whatever the ballots really say, the seats are right where all assertions are true.

    And where the seats are right, all are true, as long as every list really has a vote.
    """
    grid = [dict(zip("ABC", counts, strict=True)) for counts in product(range(5), repeat=3)]
    outcomes = [(votes, seats(votes, places, alliances, capacity)) for votes in grid]
    for reported, stated in outcomes:
        assertions = audited(reported, places, alliances, capacity)
        if assertions is None:
            continue
        for votes, right in outcomes:
            holds = all(lead(each, votes) > 0 for each in assertions)
            assert right == stated or not holds
            assert holds or right != stated or not all(votes.values())


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Votes, Votes, int, list[Nested], Votes | None]:
    """Give two counts of one election, the second often near the first, with alliances of any depth."""
    lists = "ABCDEF"[: draw(st.integers(1, 6))]
    votes = draw(st.fixed_dictionaries({key: st.integers(0, 30) for key in lists}))
    moved = draw(st.fixed_dictionaries({key: st.integers(-3, 3) | st.integers(-30, 30) for key in lists}))
    really = {key: max(0, votes[key] + moved[key]) for key in lists}
    capacity = draw(st.none() | testing.capacity(lists, most=4))
    return votes, really, draw(st.integers(0, 9)), draw(testing.alliances(lists)), capacity


@given(pairs())
def test_they_are_the_result_at_any_depth(case: tuple[Votes, Votes, int, list[Nested], Votes | None]) -> None:
    """With alliances inside alliances, capacities and lists without votes, the same holds."""
    votes, really, places, alliances, capacity = case
    assertions = audited(votes, places, alliances, capacity)
    if assertions is None:
        return
    stated, right = (seats(each, places, alliances, capacity) for each in (votes, really))
    holds = all(lead(each, really) > 0 for each in assertions)
    assert right == stated or not holds
    assert holds or right != stated or not all(really.values())


@pytest.mark.parametrize("name", COUNCILS)
def test_every_assertion_of_2025_is_true_as_reported(name: str) -> None:
    """In all 98 councils no lot decided a seat, and the reported votes make every assertion true."""
    council = COUNCILS[name]
    found = assertions_of(counted(elect_council(council)))
    assert found
    for each in found:
        assert each.lead == lead(each, council.votes) > 0


def test_a_full_list_is_nobodys_loser() -> None:
    """In Lolland the list that has as many seats as candidates could take no more, and is compared with as a winner."""
    lolland = assertions_of(counted(elect_council(COUNCILS["Lolland"])))
    lists = elect_council(COUNCILS["Lolland"]).lists.values()
    assert [its.list.key for its in lists if its.seats == len(its.list.candidates)] == ["Æ"]
    assert "Æ" in {each.winner.name for each in lolland}
    assert "Æ" not in {each.loser.name for each in lolland if each.loser}


def test_where_nobody_has_room_each_needs_a_vote() -> None:
    """Where all lists of an alliance are full there is nobody to lose to; that each has a vote is what is left."""
    count = counted(proportional_election({"A": 60, "B": 40}, 3, alliances=[], capacity={"A": 2, "B": 1}))
    assert [(each.winner.name, each.loser, each.lead, each.worst) for each in assertions_of(count)] == [
        ("B", None, 40, 1),
        ("A", None, 60, 1),
    ]


def test_a_list_without_votes_is_a_loser_too() -> None:
    """A list that was reported without votes may have some: it is compared with, by its first divisor."""
    count = counted(proportional_election({"A": 60, "B": 0}, 2))
    (only,) = assertions_of(count)
    assert (only.winner.name, only.loser and only.loser.name, only.lead, only.worst) == ("A", "B", 60, 3)


def test_a_list_without_votes_that_would_take_a_seat_calls_for_a_recount() -> None:
    """A and B are allied, A is full and B has no votes: with one ballot for B the alliance would have room again."""
    election = proportional_election(
        {"A": 60, "B": 0, "C": 10}, 3, alliances=[["A", "B"]], capacity={"A": 1, "B": 3, "C": 3}
    )
    assert dict(election.seats) == {"A": 1, "B": 0, "C": 2}
    found = plan(election, ballots=70)
    assert (found.why, found.recount, found.expected) == ("no votes", True, None)


def test_a_vacant_seat_that_a_list_without_votes_could_fill_calls_for_a_recount() -> None:
    """Seats that nobody can take are filled by the first vote of a list that has candidates and no votes."""
    election = proportional_election({"A": 60, "B": 0}, 3, capacity={"A": 1, "B": 3})
    assert (election.vacant, plan(election, ballots=60).why) == (2, "no votes")
    full = proportional_election({"A": 60, "B": 10}, 5, capacity={"A": 1, "B": 3})
    assert (full.vacant, plan(full, ballots=70).why) == (1, None)


@pytest.mark.parametrize("lots", [None, seeded(1)], ids=["open", "drawn"])
def test_a_lot_calls_for_a_recount(lots: object) -> None:
    """Where a lot is open, or decided, one ballot more or less and there had been none: only all of them can tell."""
    election = proportional_election({"A": 11, "B": 8, "C": 2}, 9, lots=lots)  # type: ignore[arg-type]  # of two kinds
    found = plan(election, ballots=30)
    assert (found.why, found.recount, found.expected, found.likely) == ("lot", True, None, None)


def test_an_overstatement_has_two_sizes_and_their_sum() -> None:
    """A vote too many for the winner, a vote too few for the loser, and both at once."""
    assertion = plan(COUNCILS["Lolland"]).assertions[0]
    winner, loser = Reading("L"), Reading("C")
    assert (assertion.winner.divisor, assertion.loser and assertion.loser.divisor) == (2, 7)
    assert assertion.overstated(winner, BLANK) == 7
    assert assertion.overstated(BLANK, loser) == 2
    assert assertion.overstated(winner, loser) == assertion.worst == 9
    assert assertion.overstated(loser, winner) == -9
    assert assertion.overstated(Reading("A"), Reading("B")) == assertion.overstated(Reading("A"), BLANK) == 0


@pytest.mark.parametrize("lost", [MISSING, UNREADABLE], ids=str)
def test_what_nobody_can_read_speaks_against_the_result(lost: Reading) -> None:
    """A ballot that is missing or unreadable is taken for a vote for the loser, by every assertion."""
    for each in plan(COUNCILS["Fanø"]).assertions:
        assert each.overstated(Reading("B"), lost) == each.score(Reading("B")) + each.winner.divisor
        assert each.overstated(BLANK, lost) == each.winner.divisor


def last_seat(name: str) -> tuple[str, str]:
    """Give the unit that took a council's last seat, and the unit that was next."""
    council = COUNCILS[name]
    units = elect_council(council).proportional.units
    inside = {key: unit for unit in units.seats for key in unit.split("+")}
    last = margins(council).last
    return units.awards[-1].winner, inside[last.next[0]]


def test_the_costliest_is_seldom_that_of_the_last_seat() -> None:
    """In 65 of the 98 councils it is another, and in 60 it is inside an alliance."""
    first = {name: assertions_of(counted(elect_council(council)))[0] for name, council in COUNCILS.items()}
    between_units = {
        name: (each.winner.name, each.loser.name) for name, each in first.items() if each.loser and not each.within
    }
    assert len(COUNCILS) - len(between_units) == 60
    assert sum(between_units.get(name) != last_seat(name) for name in COUNCILS) == 65


def test_neither_the_smallest_lead_nor_the_smallest_gap_is_the_costliest() -> None:
    """What one ballot can make up depends on the divisors too: a smaller lead can be cheaper to test."""
    lists = [assertions_of(counted(elect_council(council))) for council in COUNCILS.values()]
    assert any(min(found, key=lambda each: each.lead) is not found[0] for found in lists)

    def gap(each: Assertion) -> Fraction:
        beaten = Fraction(each.loser.votes, each.loser.divisor) if each.loser else Fraction(0)
        return Fraction(each.winner.votes, each.winner.divisor) - beaten

    assert any(min(found, key=gap) is not found[0] for found in lists)


ALFA = CandidateList("A", "Alfa", [Candidate("A-1", 30), Candidate("A-2", 50), Candidate("A-3", 20)], 90)
BETA = CandidateList("B", "Beta", [Candidate("B-1", 70), Candidate("B-2", 10)], 20, "partiliste")


def test_candidates_of_a_sideordnet_list_are_compared_on_request() -> None:
    """Each of the elected has more personal votes than each of the others; on a party list nothing is compared."""
    count = counted(elect_council(CouncilElection("Nyby", 3, [ALFA, BETA])))
    assert not [each for each in assertions_of(count) if each.about is About.CANDIDATES]
    found = [each for each in assertions_of(count, candidates=True) if each.about is About.CANDIDATES]
    assert [(each.within, each.winner.name, each.loser and each.loser.name, each.lead) for each in found] == [
        ("A", "A-1", "A-3", 10),
        ("A", "A-2", "A-3", 30),
    ]
    first = found[0]
    assert (first.worst, first.overstated(Reading("A", "A-1"), Reading("A"))) == (2, 1)
    assert first.overstated(Reading("A", "A-1"), Reading("A", "A-3")) == 2
    assert first.overstated(Reading("A"), Reading("B", "A-3")) == 0


def test_a_lot_between_candidates_calls_for_a_recount_only_where_they_are_tested() -> None:
    """Who is elected hangs on a lot, and the seats of the lists do not."""
    level = CandidateList("A", "Alfa", [Candidate("A-1", 30), Candidate("A-2", 30)], 90)
    election = CouncilElection("Nyby", 2, [level, BETA])
    assert plan(election, ballots=300).why is None
    assert plan(election, ballots=300, candidates=True).why == "lot"
    assert plan(elect_council(election, lots=seeded(1)), ballots=300, candidates=True).why == "lot"


def test_candidates_need_a_recount_in_45_councils() -> None:
    """In 45 of 98 councils who is elected hangs on so few votes, or on a lot; with the seats, in 48."""
    plans = [plan(council, candidates=True) for council in COUNCILS.values()]
    assert sum(each.recount for each in plans) == 48
    assert sum(each.why == "lot" for each in plans) == 5
    by_candidates = [
        each.why == "lot"
        or any(
            (each.ballots(one) or 0) >= each.case.ballots for one in each.assertions if one.about is About.CANDIDATES
        )
        for each in plans
    ]
    assert sum(by_candidates) == 45


def test_anything_else_is_refused(refused: Refused) -> None:
    """What is no election is named."""
    assert refused(plan, {"A": 40}).startswith("election is {'A': 40}; give a council election, its result")


def test_a_count_says_what_the_ballots_say() -> None:
    """Votes by list, or by list and candidate, add up to the same."""
    count: Count = counted(elect_council(COUNCILS["Fanø"]))
    assert sum(count.tally().values()) == sum(count.tally(count.votes).values()) == count.valid == 2345


# Votes for a listeforbund itself


def lead_with_own(assertion: Assertion, votes: Votes, own: int) -> int:
    """Give an assertion's lead with other votes, those for the alliance AB itself included."""
    return lead(assertion, votes) + own * assertion.score(Reading("AB"))


@pytest.mark.parametrize("places", [1, 2, 3])
def test_own_votes_of_an_alliance_count_outside_and_not_inside(places: int) -> None:
    """With votes for the alliance itself the assertions are the result too: they are the unit's, and no list's."""
    outcomes = []
    for a, b, c, own in product(range(1, 5), range(1, 4), range(1, 6), range(3)):
        votes = {"A": a, "B": b, "C": c}
        allied = {"AB": ["A", "B"]}
        case = ProportionalCase(votes=votes, seats=places, alliances=allied, own_votes=FrozenDict({"AB": own}))
        result = settle(case)
        outcomes.append((case, votes, own, dict(result.seats) if result.complete else None))
    for case, _votes, _own, stated in outcomes[::3]:
        found = settle(AuditCase(election=case, ballots=100))
        if stated is None:
            assert found.why == "lot"
            continue
        for _case, votes, own, right in outcomes:
            assert all(lead_with_own(each, votes, own) > 0 for each in found.assertions) == (right == stated)


def test_a_ballot_for_a_listeforbund_itself_can_be_read() -> None:
    """Until 2021: it is a vote for the unit, and for none of its lists."""
    lists = [
        CandidateList("L", "Lokallisten Nord", [Candidate("N-1", 40)], 100, key="L1"),
        CandidateList("L", "Lokallisten Syd", [Candidate("S-1", 30)], 50, key="L2"),
        CandidateList("A", "Alfa", [Candidate("A-1", 90), Candidate("A-2", 20)], 60),
    ]
    election = CouncilElection("Nyby", 3, lists, [[["L1", "L2"]]], 2021, common_votes={"L": 25})
    found = plan(election, ballots=420)
    assert {str(reading): votes for reading, votes in found.tally.items()} == {
        "L1": 140,
        "L2": 80,
        "A": 170,
        "L1+L2": 25,
        "blank": 5,
    }
    itself = found.checked(("1", 1), "L1+L2")
    assert [each.score(itself) for each in found.assertions if not each.within and each.winner.name == "L1+L2"] == [2]
    assert {each.score(itself) for each in found.assertions if each.within == "L1+L2"} == {0}
