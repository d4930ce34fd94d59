"""Flertalsvalg and plurality: the paragraph's cases, what comes next, and what is refused."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection, majority_election, plurality_election

Ballot = Mapping[str, int]
AGAIN = {"A": 10, "B": 8, "C": 3}


@pytest.mark.rule("KSL-24-1x")
def test_the_ministrys_case() -> None:
    """Ten of 21 elect nobody in two ballots, and ten against eight elect in the third (opinion 13.1.5)."""
    first, second, third = (majority_election([AGAIN, AGAIN, {"A": 10, "B": 8}][:n], present=21) for n in (1, 2, 3))
    assert (first.winner, first.next_ballot, first.candidates, first.needed) == (None, 2, None, 11)
    assert (second.winner, second.next_ballot, second.candidates, second.needed) == (None, 3, ("A", "B"), None)
    assert (third.winner, third.ballot, third.next_ballot, third.draws) == ("A", 3, None, ())


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize(
    ("ballots", "present", "winner", "ballot", "next_ballot", "candidates"),
    [
        pytest.param([], 21, None, None, 1, None, id="nothing held"),
        pytest.param([{"A": 11, "B": 10}], 21, "A", 1, None, None, id="more than half in ballot 1"),
        pytest.param([{"A": 10}], 20, None, None, 2, None, id="half is not more than half"),
        pytest.param([{"A": 10, "B": 2}], 21, None, None, 2, None, id="who abstains counts in the base"),
        pytest.param([{"A": 1}], 21, None, None, 2, None, id="alone in ballot 1 is not enough"),
        pytest.param([{}], 21, None, None, 2, None, id="everybody abstains"),
        pytest.param([AGAIN, {"B": 11, "A": 10}], 21, "B", 2, None, None, id="more than half in ballot 2"),
        pytest.param([AGAIN, {"D": 11}], 21, "D", 2, None, None, id="somebody new in ballot 2"),
        pytest.param([AGAIN, {"A": 1}], 21, "A", 2, None, None, id="the only one voted for in ballot 2"),
        pytest.param([AGAIN, {"A": 1, "B": 0}], 21, "A", 2, None, None, id="0 votes are no votes"),
        pytest.param([AGAIN, {}], 21, None, None, 2, None, id="nobody voted for in ballot 2: it is held again"),
        pytest.param([AGAIN, {"A": 5, "B": 5}], 21, None, None, 3, ("A", "B"), id="two with equal votes"),
        pytest.param([AGAIN, {"C": 7, "A": 2, "B": 8}], 21, None, None, 3, ("C", "B"), id="the order of the ballot"),
        pytest.param([AGAIN, AGAIN, {"A": 1, "B": 2}], 21, "B", 3, None, ("A", "B"), id="most of the votes cast"),
        pytest.param([AGAIN, AGAIN, {"B": 1}], 21, "B", 3, None, ("A", "B"), id="one vote is the most"),
        pytest.param([AGAIN, AGAIN, {"B": 1, "C": 0}], 21, "B", 3, None, ("A", "B"), id="0 votes for an outsider"),
    ],
)
def test_what_a_series_of_ballots_comes_to(
    ballots: Sequence[Ballot],
    present: int,
    winner: str | None,
    ballot: int | None,
    next_ballot: int | None,
    candidates: tuple[str, str] | None,
) -> None:
    """A series of ballots elects, or says which ballot comes next and who may stand, without any lot."""
    election = majority_election(ballots, present=present)
    assert (election.winner, election.ballot) == (winner, ballot)
    assert (election.next_ballot, election.candidates) == (next_ballot, candidates)
    assert election.complete
    assert election.ballots == tuple(ballots)


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize(
    ("second", "places", "among"),
    [
        ({"A": 9, "B": 4, "C": 4, "D": 1}, 1, ("B", "C")),
        ({"A": 9, "B": 4, "C": 4, "D": 4}, 1, ("B", "C", "D")),
        ({"A": 5, "B": 5, "C": 5}, 2, ("A", "B", "C")),
        ({"A": 1, "B": 5, "C": 5, "D": 5}, 2, ("B", "C", "D")),
    ],
)
def test_a_lot_says_who_the_two_are(second: Ballot, places: int, among: tuple[str, ...]) -> None:
    """Those who tie for the second place, or for both, draw lots for it, and ballot 3 waits for that."""
    election = majority_election([AGAIN, second], present=21)
    assert election.tie == Tie(places, among, FLERTALSVALG, Place(Where.PAIR))
    assert (election.complete, election.winner, election.next_ballot, election.candidates) == (False, None, 3, None)
    for draw in election.tie.draws():
        drawn = majority_election([AGAIN, second], present=21, lots=[draw])
        sure = () if places == 2 else ("A",)
        assert drawn.candidates == (*sure, *draw.chosen)
        assert drawn.draws == (draw,)


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize("third", [{"A": 6, "B": 6}, {"A": 0, "B": 0}, {}])
def test_an_equal_third_ballot_is_decided_by_lot(third: Ballot) -> None:
    """Equal votes in ballot 3 leave a lot between the two, also where nobody votes."""
    election = majority_election([AGAIN, AGAIN, third], present=21)
    assert election.tie == Tie(1, ("A", "B"), FLERTALSVALG, Place(Where.BALLOT))
    assert (election.winner, election.ballot, election.next_ballot) == (None, None, None)
    drawn = majority_election([AGAIN, AGAIN, third], present=21, lots=[Draw([*"AB"], [*"B"])])
    assert (drawn.winner, drawn.ballot) == ("B", 3)


@pytest.mark.rule("KSL-24-1")
def test_both_lots_are_replayed_in_order() -> None:
    """The lot over who the two are comes before the lot of an equal ballot 3."""
    ballots = [AGAIN, {"A": 5, "B": 5, "C": 5}, {"A": 6, "C": 6}]
    lots = [Draw([*"ABC"], [*"AC"]), Draw([*"AC"], [*"C"])]
    assert majority_election(ballots, present=21, lots=lots).winner == "C"
    assert majority_election(ballots, present=21, lots=lots[:1]).tie == Tie(
        1, ("A", "C"), FLERTALSVALG, Place(Where.BALLOT)
    )
    with pytest.raises(LotError, match="draw 1 picks 1 among A, C; the lot that is open is 2 places among A, B, C"):
        majority_election(ballots, present=21, lots=lots[::-1])


def test_a_base_of_votes_cast() -> None:
    """Where a body's own rules take the majority of the votes cast, abstentions do not count."""
    ballots = [{"A": 10, "B": 8}]
    assert majority_election(ballots, present=21).winner is None
    assert majority_election(ballots, present=21, base="cast").winner == "A"
    assert majority_election([{"A": 9, "B": 9}], present=21, base="cast").needed is None


@pytest.mark.parametrize(("present", "needed"), [(1, 1), (2, 2), (20, 11), (21, 11), (31, 16)])
def test_how_many_votes_are_needed(present: int, needed: int) -> None:
    """More than half of those present are needed: 11 of 20 and of 21."""
    assert majority_election([], present=present).needed == needed
    assert majority_election([{"A": needed}], present=present).winner == "A"
    assert majority_election([{"A": needed - 1}], present=present).winner is None


def test_the_rule_and_the_post_are_the_callers() -> None:
    """A lot is drawn under the rule, and for the post, that the caller names; outside any law under none."""
    tied = {"A": 5, "B": 5, "C": 5}
    among = ("A", "B", "C")
    mayor = majority_election([{}, tied], present=21, rule="KSL-24-1", post="borgmester").tie
    assert mayor == Tie(2, among, "KSL-24-1", Place(Where.PAIR, "borgmester"))
    chair = plurality_election(tied, post="formand").tie
    assert chair == Tie(1, among, "", Place(Where.BALLOT, "formand"))
    assert [tie.provision for tie in (mayor, chair) if tie] == ["KSL § 24, stk. 1", ""]


def test_names_are_composed() -> None:
    """A name typed in two ways over the ballots is one candidate."""
    ballots = [{}, {"A\u030a": 5, "B": 4, "C": 1}, {"Å": 6}]
    assert majority_election(ballots, present=21).winner == "Å"


REFUSED: list[tuple[Callable[[], MajorityElection], type[Exception], str]] = [
    (lambda: majority_election([{"A": 22}], present=21), VoteError, "ballot 1 has 22 votes; at most 21"),
    (lambda: majority_election([{}, {"A": 12, "B": 10}], present=21), VoteError, "ballot 2 has 22 votes"),
    (lambda: majority_election([AGAIN, AGAIN, {"A": 5, "C": 1}], present=21), RuleError, r'ballot 3\["C"\] is 1'),
    (lambda: majority_election([{"A": 11}, {"A": 11}], present=21), RuleError, "ballot 2 cannot .* elected A"),
    (lambda: majority_election([AGAIN, {"A": 1}, {"A": 1}], present=21), RuleError, "ballot 3 cannot .* elected A"),
    (lambda: majority_election([AGAIN, AGAIN, {"A": 1}, {}], present=21), RuleError, "at most three"),
    (lambda: majority_election([AGAIN, AGAIN, {}, {}], present=21), RuleError, "at most three"),
    (
        lambda: majority_election([AGAIN, {"A": 5, "B": 4, "C": 4}, {"A": 1}], present=21),
        RuleError,
        "a lot over who the two of ballot 3 are comes first: 1 place among B, C",
    ),
    (lambda: majority_election([AGAIN, {}, {"A": 1}], present=21), RuleError, "ballot 2 is held again"),
    (lambda: majority_election([], present=0), VoteError, "present is 0"),
    (lambda: majority_election([], present=True), VoteError, "present is True"),
    (lambda: majority_election([{"A": -1}], present=21), VoteError, r'ballot 1\["A"\] is -1'),
    (lambda: majority_election([{"A": 1.5}], present=21), VoteError, r'ballot 1\["A"\] is 1.5'),  # type: ignore[dict-item]
    (lambda: majority_election([{" ": 1}], present=21), VoteError, "ballot 1 has the name ' '"),
    (lambda: majority_election({"A": 5}, present=21), VoteError, "ballots in a list"),  # type: ignore[dict-item]
    (lambda: majority_election("A", present=21), VoteError, "give the ballots in a list"),  # type: ignore[arg-type]
    (lambda: majority_election(5, present=21), VoteError, "give the ballots in a list"),  # type: ignore[arg-type]
    (lambda: majority_election([5], present=21), VoteError, "ballot 1 is 5"),  # type: ignore[list-item]
    (lambda: majority_election([], present=21, base="all"), VoteError, "base is 'all'"),  # type: ignore[arg-type]
    (lambda: majority_election([{"A": 11}], present=21, lots=[Draw([*"AB"], [*"A"])]), LotError, "is left over"),
    (lambda: plurality_election({}), VoteError, "votes is empty"),
    (lambda: plurality_election({"A": -1}), VoteError, r'votes\["A"\] is -1'),
    (lambda: plurality_election({"A": 1}, lots=[Draw([*"AB"], [*"A"])]), LotError, "is left over"),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], MajorityElection], error: type[Exception], message: str) -> None:
    """Ballots that cannot be are refused, and the message says which and why."""
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    ("votes", "winner", "among"),
    [
        ({"A": 9, "B": 8}, "A", None),
        ({"A": 1, "B": 0}, "A", None),
        ({"A": 8, "B": 8, "C": 1}, None, ("A", "B")),
    ],
)
def test_plurality(votes: Ballot, winner: str | None, among: tuple[str, ...] | None) -> None:
    """The most votes in one ballot elect, and equal votes leave a lot."""
    election = plurality_election(votes)
    assert election.winner == winner
    assert (election.tie.among if election.tie else None) == among
    assert (election.ballot, election.next_ballot) == ((1, None) if winner else (None, None))


def test_a_result_tells_what_it_rests_on() -> None:
    """The ballots, and where a majority is needed, the members present and what it is taken of."""
    election = majority_election([{"A": 9, "B": 8}], present=21, base="cast")
    assert (election.ballots, election.present, election.base) == (({"A": 9, "B": 8},), 21, "cast")
    plurality = plurality_election({"A": 9, "B": 8})
    assert (plurality.ballots, plurality.present, plurality.base) == (({"A": 9, "B": 8},), None, None)


def test_a_drawn_plurality() -> None:
    """The lot of an equal plurality is replayed, or drawn by a published procedure."""
    assert plurality_election({"A": 8, "B": 8}, lots=[Draw([*"BA"], [*"B"])]).winner == "B"
    assert plurality_election({"A": 8, "B": 8}, lots=seeded(1)).winner in {"A", "B"}


def test_a_plurality_of_nothing() -> None:
    """Where nobody was voted for nobody is elected and no lot is drawn."""
    election = plurality_election({"A": 0, "B": 0})
    assert (election.winner, election.tie, election.ballot, election.next_ballot) == (None, None, None, 1)


ballots = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 7))


@given(ballots, ballots, st.data())
def test_a_lot_that_is_drawn_settles_the_election(first: Ballot, second: Ballot, data: st.DataObject) -> None:
    """With three ballots and drawn lots somebody who was voted for in ballot 2 at the latest is elected."""
    election = majority_election([first], present=30)
    if not election.winner:
        election = majority_election([first, second], present=30, lots=seeded(1))
    if election.candidates:
        third = data.draw(st.dictionaries(st.sampled_from(election.candidates), st.integers(0, 15)))
        election = majority_election([first, second, third], present=30, lots=seeded(1))
    assert election.complete
    if election.winner:
        assert any(ballot.get(election.winner) for ballot in election.ballots[:2])
        assert election.next_ballot is None
    else:
        assert not any(second.values())
        assert election.next_ballot == 2
