"""Every method by its name: those that are not quick against the slow way, quotas, and a method of one's own."""

import pickle
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from operator import itemgetter
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import Allocation, dhondt, elect_committee, largest_shortfall, testing
from kommunalvalg.lots import settle
from kommunalvalg.methods.counted import Counted
from kommunalvalg.methods.divisor import DivisorCase
from kommunalvalg.methods.quota import QUOTAS, Quota, QuotaCase
from kommunalvalg.methods.quotients import DIVISORS, Divisors, in_order
from kommunalvalg.methods.registry import METHODS, case_by, declare, distribute, method_named

Counts = dict[str, int]
Refused = Callable[..., str]

RANK: dict[str, Callable[[int, int], tuple[bool, Fraction]]] = {
    "dhondt": lambda votes, seats: (False, Fraction(votes, seats + 1)),
    "sainte_lague": lambda votes, seats: (False, Fraction(votes, 2 * seats + 1)),
    "modified_sainte_lague": lambda votes, seats: (False, Fraction(10 * votes, 10 * (2 * seats + 1) if seats else 14)),
    "danish": lambda votes, seats: (False, Fraction(votes, 3 * seats + 1)),
    "imperiali": lambda votes, seats: (False, Fraction(2 * votes, seats + 2)),
    "huntington_hill": lambda votes, seats: (
        (False, Fraction(votes * votes, seats * (seats + 1))) if seats else (True, Fraction(votes))
    ),
    "dean": lambda votes, seats: (
        (False, votes / (2 / (Fraction(1, seats) + Fraction(1, seats + 1)))) if seats else (True, Fraction(votes))
    ),
    "adams": lambda votes, seats: (False, Fraction(votes, seats)) if seats else (True, Fraction(votes)),
}
"""How a name's next seat ranks by each divisor method, written anew; Dean's divisor is the harmonic mean."""

QUOTA: dict[str, Callable[[int, int], Fraction]] = {
    "largest_remainder": Fraction,
    "droop": lambda votes, seats: Fraction(1 + votes // (seats + 1)),
}


@attrs.frozen
class Case:
    """What a method is given."""

    votes: Counts
    seats: int
    held: Counts
    capacity: Counts

    def by(self, method: str, **kwargs: Any) -> Allocation:  # noqa: ANN401 - handed on
        """Distribute the seats by a method."""
        return distribute(
            self.votes, self.seats, method=method, **{"held": self.held, "capacity": self.capacity, **kwargs}
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Give what a method is given: with and without seats held and capacities."""
    votes = draw(testing.votes(most_names=8))
    held = draw(st.just({}) | testing.held(votes, most=3))
    capacity = draw(st.just({}) | testing.capacity(votes, held=held, most=4))
    return Case(votes, draw(testing.seats(most=25)), held, capacity)


def slowly(case: Case, rank: Callable[[str, int], Any]) -> tuple[Counts, int, set[str], int]:
    """Award seat by seat to who ranks first: seats, open places, who they are among, and what nobody can take."""
    have = {name: case.held.get(name, 0) for name in case.votes}
    for left in range(case.seats, 0, -1):
        claims = {
            name: rank(name, have[name])
            for name, count in case.votes.items()
            if count and have[name] < case.capacity.get(name, have[name] + 1)
        }
        level = {name for name, claim in claims.items() if claim == max(claims.values())}
        if not level or len(level) > left:
            won = {name: count - case.held.get(name, 0) for name, count in have.items()}
            return won, left if level else 0, level, 0 if level else left
        have[min(level)] += 1
    return {name: count - case.held.get(name, 0) for name, count in have.items()}, 0, set(), 0


def parts(result: Allocation) -> tuple[Counts, int, set[str], int]:
    """Give what the slow way gives."""
    tie = result.tie
    return dict(result.seats), tie.places if tie else 0, set(tie.among) if tie else set(), result.vacant


def test_every_method_is_known_here() -> None:
    """No method goes without a second opinion."""
    assert set(METHODS) == {*RANK, *QUOTA}


@pytest.mark.parametrize("method", RANK)
@given(case=cases())
def test_divisor_methods_equal_the_slow_way(method: str, case: Case) -> None:
    """Seats, open lot and vacancies are those that come out seat by seat."""
    assert parts(case.by(method)) == slowly(case, lambda name, seats: RANK[method](case.votes[name], seats))


@pytest.mark.parametrize("method", QUOTA)
@given(case=cases())
def test_quota_methods_equal_the_slow_way(method: str, case: Case) -> None:
    """Each seat goes to whoever is furthest below its number of quotas."""
    size = case.seats + sum(case.held.values())
    quota = QUOTA[method](sum(case.votes.values()), size) if size else Fraction(1)

    def rank(name: str, seats: int) -> Fraction:
        return case.votes[name] / quota - seats

    assert parts(case.by(method)) == slowly(case, rank)


@pytest.mark.parametrize("method", QUOTA)
@pytest.mark.parametrize("seats", [0, 3])
def test_where_nobody_has_votes_a_quota_gives_no_seat(method: str, seats: int) -> None:
    """Without votes there is no quota to reach: every seat is vacant, and no lot is open."""
    result = distribute({"A": 0, "B": 0}, seats, method=method)
    assert (result.seats, result.tie, result.vacant, result.awards) == ({"A": 0, "B": 0}, None, seats, ())


@pytest.mark.parametrize("method", METHODS)
def test_who_has_no_votes_wins_no_seat(method: str) -> None:
    """Seats that nobody with votes has room for stay vacant."""
    result = distribute({"A": 10, "B": 0}, 3, method=method, capacity={"A": 1})
    assert (result.seats, result.tie, result.vacant) == ({"A": 1, "B": 0}, None, 2)


def test_a_quota_is_of_all_the_seats(refused: Refused) -> None:
    """The quota is of the seats to award and those held; without seats there is none, and another name is refused."""
    case = {"votes": {"A": 60, "B": 41}, "quota": "droop"}
    assert QuotaCase(**case, seats=4, held={"A": 1}).shares == (1, 101 // 6 + 1)  # type: ignore[arg-type]
    assert QuotaCase(**{**case, "quota": "largest_remainder"}, seats=4).shares == (4, 101)  # type: ignore[arg-type]
    assert QuotaCase(**case, seats=0).shares == (1, 0)  # type: ignore[arg-type]
    assert QuotaCase(**case, seats=0).claims() == [None, None]  # type: ignore[arg-type]
    message = refused(QuotaCase, **{**case, "quota": "hare"}, seats=4)
    assert message == "quota is 'hare'; the quota methods are largest_remainder, droop"
    message = refused(QuotaCase, **{**case, "quota": ["droop"]}, seats=4)
    assert message == "quota is ['droop']; the quota methods are largest_remainder, droop"


@pytest.mark.parametrize("method", METHODS)
@given(case=cases())
def test_awards_explain_every_seat(method: str, case: Case) -> None:
    """Awards are numbered, as many as the seats, their quotients never rise, and their lots are told."""
    result = case.by(method)
    for tie in [result.tie] if result.tie else []:
        draw = next(tie.draws())
        result = case.by(method, lots=[draw])
        assert {award.winner for award in result.awards if award.by_lot} == set(draw.chosen)
    awards = result.awards
    assert [award.number for award in awards] == list(range(1, sum(result.seats.values()) + 1))
    ranks = [(award.quotient is None, award.votes if award.quotient is None else award.quotient) for award in awards]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize("method", METHODS)
def test_a_result_of_every_method_is_a_value(method: str) -> None:
    """It equals the same result, can be hashed and pickled, and its case settles to it again."""
    result = distribute({"A": 53, "B": 24, "C": 23, "D": 23}, 5, method=method, held={"A": 1}, capacity={"A": 3})
    assert pickle.loads(pickle.dumps(result)) == result == settle(result.case)  # noqa: S301 - made here
    assert hash(result) == hash(settle(result.case))
    assert result.case.method == method


@given(votes=testing.votes(), seats=testing.seats())
def test_hares_quota_is_the_largest_shortfall(votes: Counts, seats: int) -> None:
    """With nothing held the largest remainder by Hare's quota is the largest shortfall of all votes."""
    assert parts(distribute(votes, seats, method="largest_remainder")) == parts(largest_shortfall(votes, seats))


def test_what_a_method_unknown_is_told(refused: Refused) -> None:
    """Whoever names a method that there is not is told which there are."""
    message = refused(distribute, {"A": 1}, 1, method="d'Hondt")
    assert message.startswith(
        'method is "d\'Hondt"; the methods are dhondt, sainte_lague, modified_sainte_lague, danish'
    )
    assert refused(method_named, None).startswith("method is None; the methods are dhondt")
    assert refused(method_named, ["dhondt"]).startswith("method is ['dhondt']; the methods are dhondt")
    assert refused(DivisorCase, divisors="droop", votes={"A": 1}, seats=1).startswith("method is 'droop'; the divisor")
    assert refused(DivisorCase, divisors=["dhondt"], votes={"A": 1}, seats=1).startswith(
        "method is ['dhondt']; the div"
    )


@pytest.mark.parametrize("method", ["dhondt", "sainte_lague", "danish", "imperiali", "adams"])
@pytest.mark.parametrize("seats", [2, 9, 30])
def test_quotients_that_lie_close_are_told_apart(method: str, seats: int) -> None:
    """Of two lists of any size up to thirty votes, with and without room for all, it is as seat by seat."""
    for votes, room in product(product(range(1, 31, 3), range(1, 30, 2)), ({}, {"B": 2, "A": seats})):
        counts = dict(zip("AB", votes, strict=True))
        result = distribute(counts, seats, method=method, capacity=room)
        rank = partial(_rank, RANK[method], counts)
        assert parts(result) == slowly(Case(counts, seats, {}, room), rank)
        quotients = [(award.quotient is None, award.quotient or award.votes) for award in result.awards]
        assert quotients == sorted(quotients, reverse=True)


def divisions() -> Iterator[tuple[list[int], int, list[int] | None, list[int] | None]]:
    """Give what a division is given, six hundred times: votes that are few, or close, or none; room for all or few."""
    chance = Random(2025)  # noqa: S311 - the same every time
    for _ in range(600):
        names = chance.randint(1, 5)
        votes = [chance.choice([chance.randint(0, 9), chance.randint(1, 99), 60, 2000, 2001]) for _ in range(names)]
        held = chance.choice([None, [chance.choice([0, 0, 1, 3]) for _ in range(names)]])
        room = chance.choice([None, [had + chance.choice([0, 1, 2, 4, 9]) for had in held or [0] * names]])
        yield votes, chance.choice([0, 1, 2, 3, 5, 8, 13]), held, room


@pytest.mark.parametrize("method", RANK)
def test_a_division_is_as_seat_by_seat(method: str) -> None:
    """With many lists for few seats and few for many, seats held, room for some and room for just all of the seats."""
    assert in_order(DIVISORS[method], [], [], []) == []
    for votes, seats, held, room in divisions():
        by_name = {"votes": votes, "held": held or [], "capacity": room or []}
        case = Case(seats=seats, **{field: dict(zip("ABCDE", each, strict=False)) for field, each in by_name.items()})
        won, places, among, vacant = slowly(case, partial(_rank, RANK[method], case.votes))
        got = DIVISORS[method].division(votes, seats, held, room)
        assert got == (list(won.values()), ["ABCDE".index(name) for name in sorted(among)], places, vacant), case
        before = held or [0] * len(votes)
        after = [had + count for had, count in zip(before, got[0], strict=True)]
        ranks = [
            (index, RANK[method](vote, own))
            for index, vote in enumerate(votes)
            for own in range(before[index], after[index])
        ]
        assert in_order(DIVISORS[method], votes, before, after) == [
            index for index, _rank in sorted(ranks, key=itemgetter(1), reverse=True)
        ], case


def test_who_would_have_far_more_than_its_room_has_its_room() -> None:
    """A list that by itself is as large as ten small ones has two seats more than its share, but for its room."""
    votes = {"A": 50, **{f"L{number}": 5 for number in range(10)}}
    result = distribute(votes, 10, capacity={"A": 7})
    assert (result.seats["A"], sum(result.seats.values())) == (7, 7)
    assert result.tie is not None
    assert (result.tie.places, len(result.tie.among)) == (3, 10)


def _rank(rank: Callable[[int, int], object], votes: Counts, name: str, seats: int) -> object:
    return rank(votes[name], seats)


# A method of one's own


@pytest.fixture
def declared() -> Iterator[str]:
    """Declare two methods in a line each, as a program would that brings its own."""
    own = declare(Divisors("cube", "Cube", series=lambda seats: (seats + 1) ** 3))
    declare(Quota("imperiali_quota", "Imperiali's quota", lambda votes, seats: Fraction(votes, seats + 2)))
    yield own.name
    del DIVISORS["cube"], QUOTAS["imperiali_quota"]


def test_a_method_of_ones_own_is_declared_in_a_line(declared: str) -> None:
    """It is distributed by, is known by its name in every case, and is pickled as the others are."""
    result = distribute({"A": 27, "B": 8, "C": 1}, 3, method=declared)
    assert (result.seats, result.tie) == ({"A": 2, "B": 1, "C": 0}, None)
    assert [(str(award.quotient), award.divisor) for award in result.awards] == [("27", 1), ("8", 1), ("27/8", 8)]
    assert pickle.loads(pickle.dumps(result.case)) == result.case  # noqa: S301 - made here
    assert settle(DivisorCase(divisors=declared, votes={"A": 27, "B": 8, "C": 1}, seats=3)) == result
    assert case_by("imperiali_quota", votes={"A": 5}, seats=3).method == "imperiali_quota"


def test_a_method_that_is_not_declared_is_pickled_whole() -> None:
    """Also one that has the name of another is the same when it comes back."""
    for own in (Divisors("own", "Own", 2, 3), Divisors("dhondt", "Mine", 2, 3, squared=True)):
        assert pickle.loads(pickle.dumps(own)) == own  # noqa: S301 - made here
    assert pickle.loads(pickle.dumps(DIVISORS["dean"])) is DIVISORS["dean"]  # noqa: S301 - as above


def test_two_methods_of_one_name_are_refused(refused: Refused) -> None:
    """A name stands for one method."""
    assert refused(declare, Divisors("dhondt", "Mine", 2, 2)) == "two methods have the name 'dhondt'"
    assert dhondt({"A": 3, "B": 1}, 2).seats == {"A": 2, "B": 0}
    assert refused(declare, Quota("adams", "Mine", Fraction)) == "two methods have the name 'adams'"


@pytest.mark.parametrize(
    ("given_as", "message"),
    [
        ((" ", "Mine"), "name has the name ' '; a name is text that is not blank"),
        ((5, "Mine"), "name has the name 5; a name is text"),
        (("own", "Mine", 0), "step is 0; a count is a whole number, 1 or more"),
        (("own", "Mine", 1, -1), "first is -1; a count is a whole number, 0 or more"),
        (("own", "Mine", 1, 1, 5), "series is 5; it is a function of seats"),
    ],
)
def test_a_method_that_cannot_be_is_refused(refused: Refused, given_as: tuple[Any, ...], message: str) -> None:
    """A divisor method has a name, grows by whole steps from a first divisor that is none or more, or has a series."""
    assert refused(Divisors, *given_as) == message


# How far votes are counted


@pytest.mark.parametrize(
    ("areas", "of", "share", "said"),
    [
        (0, 6, None, "Preliminary: 0 of 6 polling areas"),
        (6, 6, None, "Preliminary: 6 of 6 polling areas"),
        (0, 6, 0, "Preliminary: 0 of 6 polling areas, 0% of those with the right to vote"),
        (5, 6, Fraction(999, 1000), "Preliminary: 5 of 6 polling areas, 99% of those with the right to vote"),
        (6, 6, 1, "Preliminary: 6 of 6 polling areas, 100% of those with the right to vote"),
    ],
)
def test_it_is_said_how_far_votes_are_counted(areas: int, of: int, share: Fraction | None, said: str) -> None:
    """From no area to all of them, with the whole per cent of those with the right to vote where it is known."""
    assert Counted(areas=areas, of=of, share=share).text.said("en") == said


@pytest.mark.parametrize(
    ("areas", "of", "share", "message"),
    [
        (-1, 6, None, "areas is -1; a number of areas is a whole number, 0 or more"),
        (0, "6", None, "of is '6'; a number of areas is a whole number, 0 or more"),
        (7, 6, None, "areas is 7, and there are 6 areas"),
        (1, 6, Fraction(1001, 1000), "share is Fraction(1001, 1000); a share is from 0 to 1"),
        (1, 6, Fraction(-1, 1000), "share is Fraction(-1, 1000); a share is from 0 to 1"),
        (1, 6, 2, "share is 2; a share is from 0 to 1"),
        (1, 6, 0.5, "share is 0.5; a share is from 0 to 1"),
    ],
)
def test_votes_that_cannot_be_counted_so_far_are_refused(
    refused: Refused,
    areas: Any,  # noqa: ANN401 - as below
    of: Any,  # noqa: ANN401 - as below
    share: Any,  # noqa: ANN401 - one of the three is none
    message: str,
) -> None:
    """No more areas are counted than there are, and a share is exact, from none to all."""
    assert refused(Counted, areas=areas, of=of, share=share) == message


def test_what_is_agreed_leaves_nothing_vacant() -> None:
    """An allocation of which nothing else is said has no vacant seat and no lot."""
    agreed = elect_committee({"a": 3, "b": 2}, 5, agreed={"a": 1, "b": 4})
    assert (agreed.seats, agreed.vacant, agreed.ties) == ({"a": 1, "b": 4}, 0, ())
