"""The largest shortfall: largest remainder, with seats held."""

import copy
import pickle
from collections import Counter
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow import Slow, among, places

from kommunalvalg import Allocation, Draw, Tie, largest_shortfall, seeded, testing
from kommunalvalg.methods.quotients import Division
from kommunalvalg.methods.shortfall import by_shortfall

Counts = dict[str, int]


@attrs.frozen
class Case:
    """What the method is given."""

    votes: Counts
    seats: int
    total: int | None
    held: Counts | None
    size: int | None

    def hold(self, **kwargs: Any) -> Allocation:  # noqa: ANN401 - handed on
        """Distribute the seats."""
        given_figures = {"total": self.total, "held": self.held, "size": self.size}
        return largest_shortfall(self.votes, self.seats, **{**given_figures, **kwargs})


@st.composite
def cases(draw: st.DrawFn, *, names: int = 30, seats: int = 60) -> Case:
    """Give what the method is given: with and without seats held, votes of others and a size of its own."""
    votes = draw(testing.votes(most_names=names))
    others = draw(st.none() | st.integers(0, 12) | st.integers(0, 10**30))
    return Case(
        votes,
        draw(testing.seats(most=seats)),
        None if others is None else sum(votes.values()) + others,
        draw(st.none() | testing.held(votes)),
        draw(st.none() | testing.seats(most=2 * seats)),
    )


def slowly(case: Case) -> Slow[Fraction]:
    """Give seat by seat to the largest shortfall, exactly, and stop at a tie: what the method must equal."""
    held = case.held or {}
    total = sum(case.votes.values()) if case.total is None else case.total
    size = case.seats + sum(held.values()) if case.size is None else case.size
    seats = dict.fromkeys(case.votes, 0)
    winners: list[tuple[str, Fraction]] = []
    for left in range(case.seats, 0, -1):
        shortfalls = {
            name: Fraction(votes * size, total) - held.get(name, 0) - seats[name]
            for name, votes in case.votes.items()
            if votes
        }
        if not shortfalls:
            return Slow(seats, 0, frozenset(), left, winners)
        largest = max(shortfalls.values())
        level = [name for name, shortfall in shortfalls.items() if shortfall == largest]
        if len(level) > left:
            return Slow(seats, left, frozenset(level), 0, winners)
        seats[level[0]] += 1
        winners.append((level[0], largest))
    return Slow(seats, 0, frozenset(), 0, winners)


# By hand


@pytest.mark.rule("KKR-SEATS")
@pytest.mark.parametrize(
    ("votes", "seats", "held", "won", "tie"),
    [
        pytest.param({"A": 60, "B": 30, "C": 10}, 10, {}, [6, 3, 1], None, id="whole shares"),
        pytest.param({"A": 55, "B": 35, "C": 10}, 5, {}, [3, 2, 0], None, id="remainders 75, 75 and 50"),
        pytest.param({"A": 55, "B": 35, "C": 10}, 4, {}, [2, 1, 0], Tie(1, ("B", "C")), id="remainders 20, 40 and 40"),
        pytest.param({"A": 1, "B": 1}, 3, {}, [1, 1], Tie(1, ("A", "B")), id="a tie for the last"),
        pytest.param({"A": 1, "B": 1}, 4, {}, [2, 2], None, id="both of an equal pair"),
        pytest.param({"A": 60, "B": 30, "C": 10}, 5, {"A": 5}, [1, 3, 1], None, id="seats held count"),
        pytest.param({"A": 60, "B": 30, "C": 10}, 2, {"C": 8}, [2, 0, 0], None, id="who holds too much keeps it"),
        pytest.param({"A": 60, "B": 0, "C": 40}, 5, {"A": 9}, [0, 0, 5], None, id="no votes, no seat"),
    ],
)
def test_by_hand(votes: Counts, seats: int, held: Counts, won: list[int], tie: Tie | None) -> None:
    """Each seat goes to who is furthest below its share, seats held included."""
    result = largest_shortfall(votes, seats, held=held)
    assert (list(result.seats.values()), result.tie, result.vacant) == (won, tie, 0)


def test_share_may_be_of_more_votes_and_of_another_size() -> None:
    """With votes of others in the base and the size of the whole body, the shares are those of the whole."""
    result = largest_shortfall({"A": 30, "B": 20}, 3, total=100, size=10, held={"A": 2})
    assert [f"{award.winner} {award.quotient}" for award in result.awards] == ["B 2", "A 1", "B 1"]
    assert {award.divisor for award in result.awards} == {Fraction(100, 10)}


def test_size_of_nothing_is_shared_equally() -> None:
    """Where nobody has a share, who has fewest seats is furthest below it."""
    votes, held = {"A": 5, "B": 1}, {"A": 1}
    result = largest_shortfall(votes, 3, size=0, held=held)
    assert result.seats == {"A": 1, "B": 2}
    assert [f"{award.winner} {award.quotient}" for award in result.awards] == ["B 0", "A -1", "B -1"]
    assert {award.divisor for award in result.awards} == {0}
    fewer = largest_shortfall(votes, 2, size=0, held=held)
    assert (fewer.seats, fewer.tie) == ({"A": 0, "B": 1}, Tie(1, ("A", "B")))


def test_only_the_last_seat_is_won_by_a_lot() -> None:
    """Who wins a lot has the seats before it without one."""
    result = largest_shortfall({"A": 1, "B": 1}, 3, lots=[Draw(["A", "B"], ["A"])])
    awards = [(award.winner, award.quotient, award.by_lot) for award in result.awards]
    assert awards == [("A", Fraction(3, 2), False), ("B", Fraction(3, 2), False), ("A", Fraction(1, 2), True)]


@pytest.mark.parametrize(
    ("claims", "seats", "room", "division"),
    [
        pytest.param([10, 10], 1, [1, 1], ([0, 0], [0, 1], 1, 0), id="equal, with room for the seat"),
        pytest.param([10, 10], 2, [1, 1], ([1, 1], [], 0, 0), id="just the room there is"),
        pytest.param([10, 10], 3, [1, 1], ([1, 1], [], 0, 1), id="no room for one"),
        pytest.param([10, 10, 10], 2, [0, 1, 1], ([0, 1, 1], [], 0, 0), id="equal, and one without room"),
        pytest.param([10, 10, 10], 1, [0, 1, 1], ([0, 0, 0], [1, 2], 1, 0), id="a lot of those with room"),
        pytest.param([47, 34, 9], 3, [1, 9, 9], ([1, 2, 0], [], 0, 0), id="the rest goes by the next claims"),
        pytest.param([47, None, 9], 3, [1, 9, 1], ([1, 0, 1], [], 0, 1), id="no claim, no seat"),
        pytest.param([109, 108, 107, 106, 105, 50], 15, [9] * 6, ([3, 3, 3, 3, 3, 0], [], 0, 0), id="three levels"),
        pytest.param([50, 30, 10], 6, [2, 4, 4], ([2, 3, 1], [], 0, 0), id="whole claims"),
    ],
)
def test_nobody_wins_more_than_it_has_room_for(
    claims: list[int | None], seats: int, room: list[int], division: Division
) -> None:
    """Seat by seat to the largest claim of those with room, of ten to a seat."""
    assert by_shortfall(claims, 10, seats, room) == division


def test_nobody_has_votes() -> None:
    """Without a vote no seat can be awarded, and all stay vacant."""
    result = largest_shortfall({"A": 0, "B": 0}, 5)
    assert (result.seats, result.tie, result.vacant, result.awards) == ({"A": 0, "B": 0}, None, 5, ())
    assert largest_shortfall({"A": 0}, 0).vacant == 0


def test_larger_body_can_cost_a_seat() -> None:
    """When the size moves all shares move, and a name can lose a seat to one more: the Alabama paradox."""
    votes = {"A": 6, "B": 6, "C": 2}
    assert largest_shortfall(votes, 10).seats == {"A": 4, "B": 4, "C": 2}
    assert largest_shortfall(votes, 11).seats == {"A": 5, "B": 5, "C": 1}


def test_smaller_total_is_refused(refused: Any) -> None:  # noqa: ANN401 - a fixture
    """The votes that shares are taken of are at least those of the names."""
    message = refused(largest_shortfall, {"A": 3, "B": 4}, 1, total=6)
    assert message == "total is 6; it is at least the sum of the votes, 7"


# What always holds


@given(case=cases())
def test_equals_the_slow_way(case: Case) -> None:
    """Seats, open lot, vacancies and the order of the awards are those that come out seat by seat."""
    result, slow = case.hold(), slowly(case)
    assert result.seats == slow.seats
    assert (places(result), among(result), result.vacant) == (slow.places, slow.among, slow.vacant)
    assert [(award.winner, award.quotient) for award in result.awards] == slow.winners


@given(case=cases(seats=10**6))
def test_every_seat_is_accounted_for(case: Case) -> None:
    """Seats awarded + places open + vacant = seats to award, at any size."""
    result = case.hold()
    assert sum(result.seats.values()) + places(result) + result.vacant == case.seats
    assert list(result.seats) == list(case.votes)


@given(case=cases(seats=10**6))
def test_no_seat_is_better_deserved_by_another(case: Case) -> None:
    """At any size, whoever won had before its last seat a shortfall of at least everybody's now."""
    result = case.hold()
    held = case.held or {}
    total = sum(case.votes.values()) if case.total is None else case.total
    size = case.seats + sum(held.values()) if case.size is None else case.size
    after = {
        name: votes * size - (held.get(name, 0) + result.seats[name]) * total
        for name, votes in case.votes.items()
        if votes
    }
    before = [after[name] + total for name, won in result.seats.items() if won]
    if before:
        assert min(before) >= max(after.values())
    if result.tie is not None:
        assert among(result) == {name for name, shortfall in after.items() if shortfall == max(after.values())}


@given(case=cases(), random=st.randoms(use_true_random=False))
def test_order_of_the_names_is_immaterial(case: Case, random: Any) -> None:  # noqa: ANN401 - as Hypothesis types it
    """The same names in another order get the same seats, the same lot and the same draw of a seeded lot."""
    names = list(case.votes)
    random.shuffle(names)
    turned = attrs.evolve(case, votes={name: case.votes[name] for name in names})
    result, other = case.hold(), turned.hold()
    assert result.seats == other.seats
    assert (places(result), among(result)) == (places(other), among(other))
    assert case.hold(lots=seeded(1)).seats == turned.hold(lots=seeded(1)).seats


@given(case=cases(), factor=st.integers(2, 10**12))
def test_scale_of_the_votes_is_immaterial(case: Case, factor: int) -> None:
    """All votes and their total times the same number change nothing."""
    scaled = attrs.evolve(
        case,
        votes={name: count * factor for name, count in case.votes.items()},
        total=None if case.total is None else case.total * factor,
    )
    assert (case.hold().seats, case.hold().tie) == (scaled.hold().seats, scaled.hold().tie)


@given(case=cases(), size=testing.seats())
def test_one_more_seat_takes_none_away_while_the_size_stays(case: Case, size: int) -> None:
    """Of a body whose size is fixed, one more seat to award takes none away."""
    smaller = attrs.evolve(case, size=size).hold()
    larger = attrs.evolve(case, size=size, seats=case.seats + 1).hold()
    assert all(larger.seats[name] >= won for name, won in smaller.seats.items())


@given(case=cases(), data=st.data())
def test_more_votes_lose_no_seat(case: Case, data: st.DataObject) -> None:
    """Who gets more votes, the others' being the same, has at least as many seats."""
    name = data.draw(st.sampled_from(list(case.votes)))
    more = data.draw(st.integers(1, 12) | st.integers(1, 10**30))
    grown = attrs.evolve(
        case,
        votes={**case.votes, name: case.votes[name] + more},
        total=None if case.total is None else case.total + more,
    )
    before, after = case.hold(), grown.hold()
    assert after.seats[name] >= before.seats[name]
    assert after.seats[name] + (name in among(after)) >= before.seats[name] + (name in among(before))


@given(votes=testing.votes(), seats=testing.seats(most=10**6))
def test_share_is_missed_by_less_than_a_seat(votes: Counts, seats: int) -> None:
    """With nothing held everybody gets its share rounded down or up: both quotas."""
    result = largest_shortfall(votes, seats)
    total = max(1, sum(votes.values()))
    for name, count in votes.items():
        share = Fraction(count * seats, total)
        assert share - 1 < result.seats[name] <= result.seats[name] + (name in among(result)) < share + 1


@given(case=cases())
def test_awards_explain_every_seat(case: Case) -> None:
    """Awards are numbered from 1, as many as the seats by name, with shortfalls that never rise."""
    result = case.hold(lots=seeded(3))
    awards = result.awards
    assert [award.number for award in awards] == list(range(1, sum(result.seats.values()) + 1))
    assert Counter(award.winner for award in awards) == Counter(result.seats)
    quotients = [award.quotient for award in awards if award.quotient is not None]
    assert len(quotients) == len(awards)
    assert quotients == sorted(quotients, reverse=True)
    by_lot = sorted(award.winner for award in awards if award.by_lot)
    assert by_lot == sorted(name for draw in result.draws for name in draw.chosen)
    assert len(by_lot) == places(case.hold())


@given(case=cases(names=6, seats=12))
def test_outcomes_are_every_way_the_lot_can_fall(case: Case) -> None:
    """Outcomes are equally likely and sum to one, and the draws of each lead to it."""
    result = case.hold()
    outcomes = result.outcomes()
    assert sum(outcome.probability for outcome in outcomes) == 1
    assert len({outcome.probability for outcome in outcomes}) == 1
    for outcome in outcomes:
        replayed = case.hold(lots=outcome.draws)
        assert (replayed.seats, replayed.complete, replayed.draws) == (outcome.seats, True, outcome.draws)
    for name, count in result.seats.items():
        assert count == min(outcome.seats[name] for outcome in outcomes)


@given(case=cases(), data=st.data())
def test_recorded_draws_are_replayed(case: Case, data: st.DataObject) -> None:
    """A draw for the open lot gives its places to the winners."""
    drawn = data.draw(testing.lots(lambda lots: case.hold(lots=lots)))
    winners = [name for draw in drawn for name in draw.chosen]
    result = case.hold(lots=[Draw(draw.among[::-1], draw.chosen) for draw in drawn])
    assert result.seats == {name: won + (name in winners) for name, won in case.hold().seats.items()}


@given(case=cases())
def test_results_are_values(case: Case) -> None:
    """A result equals the same result, can be hashed, copied and pickled."""
    result, again = case.hold(lots=seeded(5)), case.hold(lots=seeded(5))
    restored = pickle.loads(pickle.dumps(result))  # noqa: S301 - made here
    assert result == again == restored == copy.deepcopy(result)
    assert len({result, again, restored}) == 1
    assert restored.awards == result.awards
