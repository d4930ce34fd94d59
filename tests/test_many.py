"""Many elections at once give what one at a time gives."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kommunalvalg import dhondt, proportional_election, testing
from kommunalvalg.methods.alliances import every_alliance
from kommunalvalg.simulation import many
from kommunalvalg.simulation.many import BOUND, Columns, ManyAllocations, dhondt_many


def _expected(
    votes: list[int], seats: int, alliances: list[testing.Nested], capacity: list[int] | None
) -> tuple[list[int], list[bool], int, int]:
    names = [str(column) for column in range(len(votes))]
    election = proportional_election(
        dict(zip(names, votes, strict=True)),
        seats,
        alliances=alliances,
        capacity=None if capacity is None else dict(zip(names, capacity, strict=True)),
    )
    units = {alliance.name: alliance.lists for alliance in every_alliance(election.case.units)}
    drawing = {name for tie in election.ties for unit in tie.among for name in units.get(unit, (unit,))}
    return list(election.seats.values()), [name in drawing for name in names], election.open, election.units.vacant


def _columns(members: testing.Nested) -> "list[Columns | int]":
    return [int(member) if isinstance(member, str) else _columns(member) for member in members]


def _given(result: ManyAllocations, at: int) -> tuple[list[int], list[bool], int, int]:
    return result.seats[at].tolist(), result.tied[at].tolist(), int(result.open[at]), int(result.vacant[at])


def test_a_hundred_thousand_elections_are_distributed_as_one_by_one() -> None:
    """A hundred thousand elections of ten lists: every tenth as in dhondt, all certain by their quotients."""
    votes = np.random.default_rng(20251118).integers(0, 2_000, size=(100_000, 10))
    seats = np.random.default_rng(1).integers(0, 60, size=100_000)
    result = dhondt_many(votes, seats)
    names = [str(column) for column in range(10)]
    for at in range(0, 100_000, 10):
        one = dhondt(dict(zip(names, votes[at].tolist(), strict=True)), int(seats[at]))
        among = one.tie.among if one.tie else ()
        assert result.seats[at].tolist() == list(one.seats.values())
        assert result.open[at] == (one.tie.places if one.tie else 0)
        assert [name in among for name in names] == result.tied[at].tolist()
    # Those that were not compared are still certain: nobody's last quotient is below what another is waiting with.
    with np.errstate(divide="ignore", invalid="ignore"):
        last = np.where(result.seats > 0, votes / result.seats, np.inf).min(axis=1)
    waiting = (votes / (result.seats + 1)).max(axis=1)
    certain = result.complete & (result.vacant == 0)
    assert (last > waiting)[certain].all()
    assert (result.seats.sum(axis=1) + result.open + result.vacant == seats).all()


def test_every_small_election_is_distributed_as_one_by_one() -> None:
    """All elections of three lists with up to seven votes, from no seats to nine: ties and zeros of every kind."""
    votes = list(product(range(8), repeat=3))
    for seats in range(10):
        result = dhondt_many(votes, seats)
        for at, counts in enumerate(votes):
            assert _given(result, at) == _expected(list(counts), seats, [], None)


@st.composite
def _elections(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[testing.Nested], list[list[int]] | None]:
    names = [str(column) for column in range(draw(st.integers(1, 7)))]
    most = draw(st.sampled_from([12, 10**6, BOUND // 100, BOUND, 2**62]))
    votes = draw(st.lists(testing.votes(names, most_votes=most), min_size=1, max_size=4))
    seats = draw(st.lists(testing.seats(), min_size=len(votes), max_size=len(votes)))
    capacity = st.lists(st.integers(0, 12) | st.integers(0, 60), min_size=len(names), max_size=len(names))
    limits = draw(st.none() | st.lists(capacity, min_size=len(votes), max_size=len(votes)))
    return [list(counts.values()) for counts in votes], seats, draw(testing.alliances(names)), limits


@given(_elections())
@example(([[4, 2, 1]], [5], [], [[1, 9, 0]]))
@example(([[3, 3, 3, 0]], [4], [["0", ["1", "3"]]], None))
@example(([[2**62, 2**62 - 1]], [3], [["0", "1"]], [[1, 1]]))
def test_alliances_and_capacities_are_as_one_by_one(
    elections: tuple[list[list[int]], list[int], list[testing.Nested], list[list[int]] | None],
) -> None:
    """Seats, lots at every level, open and vacant seats are as in proportional_election, below the bound and above."""
    votes, seats, alliances, capacity = elections
    result = dhondt_many(votes, seats, alliances=[_columns(alliance) for alliance in alliances], capacity=capacity)
    for at, counts in enumerate(votes):
        limits = None if capacity is None else capacity[at]
        assert _given(result, at) == _expected(counts, seats[at], alliances, limits)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-2, 2))
def test_quotients_that_differ_by_the_least_are_told_apart_at_the_bound(first: int, second: int, more: int) -> None:
    """Two lists whose next quotients are equal, or differ by a vote, with as many votes as the bound allows."""
    seats = first + second - 1
    scale = BOUND // ((2 * seats + 2) * (first + second)) - 1
    votes = [first * scale, second * scale + more]
    assert sum(votes) * (2 * seats + 2) <= BOUND
    assert _given(dhondt_many([votes], seats), 0) == _expected(votes, seats, [], None)


def test_the_bound_is_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to votes * (2 * seats + lists) = BOUND the fast way is used, and beyond it the exact one."""
    asked = []
    exact = many._exact

    def watched(counts: many._Whole, *rest: object) -> object:
        asked.append(counts.tolist())
        return exact(counts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "_exact", watched)
    at_bound = BOUND // 4
    votes = [[at_bound, 0], [at_bound, 1], [at_bound - 5, 5], [2**63 - 1, 2**63 - 1]]
    result = dhondt_many(votes, 1)
    assert asked == [votes[1], votes[3]]
    assert result.seats.tolist() == [[1, 0], [1, 0], [1, 0], [0, 0]]
    assert result.open.tolist() == [0, 0, 0, 1]


def test_votes_that_no_int64_holds_are_exact_too() -> None:
    """Whole numbers of any size are taken; the exact path answers them."""
    result = dhondt_many([[10**400, 10**400 - 1], [7, 5]], 1, capacity=[10**30, 5])
    assert result.seats.tolist() == [[1, 0], [1, 0]]
    between = dhondt_many([[5, 2**63], [2**64 - 1, 0]], 3, capacity=[2**63, 7])  # of which numpy would make floats
    assert between.seats.tolist() == [[0, 3], [3, 0]]


def test_memory_is_bounded_by_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No working array is larger than a chunk, however many elections there are."""
    sizes = []
    award = many._award

    def watched(votes: many._Float, *rest: many._Float) -> many._Float:
        sizes.append(votes.size)
        return award(votes, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(many, "_award", watched)
    dhondt_many(np.ones((50_000, 10), np.int64), 31)
    assert len(sizes) > 10
    assert max(sizes) <= many._CELLS


def test_no_elections_are_none() -> None:
    """An array of no elections gives a result of none."""
    assert len(dhondt_many(np.zeros((0, 3), np.int64), 5)) == 0


def test_a_result_is_a_value() -> None:
    """Results of the same votes are equal, those of others are not, and their arrays cannot be changed."""
    result = dhondt_many([[11, 8, 2]], 8)
    assert result == dhondt_many([[11, 8, 2]], 8)
    assert result != dhondt_many([[11, 8, 2]], 9)
    with pytest.raises(ValueError, match="read-only"):
        result.seats[0, 0] = 9


@pytest.mark.parametrize(
    ("votes", "seats", "options", "message"),
    [
        ([[0.5, 1]], 1, {}, "votes is an array of float64; give whole numbers, such as [[40, 34], [38, 36]]"),
        ([[0.5, 2**63]], 1, {}, "votes is an array of float64; give whole numbers, such as [[40, 34], [38, 36]]"),
        (
            np.array([[1, 2]], "m8[s]"),
            1,
            {},
            "votes is an array of timedelta64[s]; give whole numbers, such as [[40, 34], [38, 36]]",
        ),
        (
            np.ma.array([[1, 2]], mask=[[False, True]]),
            1,
            {},
            "votes has numbers that are missing (masked); fill them in, or leave those elections out",
        ),
        ([[True, False]], 1, {}, "votes is an array of bool; give whole numbers, such as [[40, 34], [38, 36]]"),
        (["AB"], 1, {}, "votes is an array of <U2; give whole numbers, such as [[40, 34], [38, 36]]"),
        ([[1, 2], [3, -4]], 1, {}, "votes[1, 1] is -4; a count is a whole number, 0 or more"),
        ([[10**30, -4]], 1, {}, "votes[0, 1] is -4; a vote count is a whole number, 0 or more"),
        ([[10**30, 0.5]], 1, {}, "votes[0, 1] is 0.5; a vote count is a whole number, 0 or more"),
        ([1, 2], 1, {}, "votes has the shape (2,); give elections by lists, such as (1000, 10)"),
        ([[], []], 1, {}, "votes has the shape (2, 0); give elections by lists, such as (1000, 10)"),
        ([[1, 2], [3]], 1, {}, "votes has rows of different lengths; every election has the same lists"),
        ([[1, 2]], [1, 2], {}, "seats has the shape (2,); give one number, or one for each election"),
        ([[1, 2]], 1.0, {}, "seats is an array of float64; give whole numbers, such as 31"),
        ([[1, 2]], -1, {}, "seats is -1; a count is a whole number, 0 or more"),
        ([[1, 2]], 2**70, {}, f"seats is up to {2**70}; here they are at most {2**63 - 1}"),
        ([[1, 2]], 1, {"capacity": [1]}, "capacity has the shape (1,); give (2,), or (1, 2)"),
        ([[1, 2]], 1, {"capacity": [1, -1]}, "capacity[1] is -1; a count is a whole number, 0 or more"),
        (
            [[1, 2]],
            1,
            {"alliances": "01"},
            "alliances is '01'; give each as the columns of its lists, such as [[0, 2]]",
        ),
        ([[1, 2]], 1, {"alliances": [["A"]]}, "a member of an alliance is 'A'; a column is a whole number, 0 or more"),
        ([[1, 2]], 1, {"alliances": [[0, 2]]}, "alliance 1 names '2', which is not in votes; votes has 0, 1"),
    ],
)
def test_what_is_no_election_is_refused(
    refused: Callable[..., str], votes: object, seats: object, options: dict[str, object], message: str
) -> None:
    """Each wrong input is refused with a line that names it and says what would be right."""
    assert refused(dhondt_many, votes, seats, **options) == message
