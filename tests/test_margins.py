"""How many votes a result hangs on: lists, moves between lists, the last seat, candidates."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    Draw,
    ElectionError,
    analysis,
    data,
    elect_council,
    proportional_election,
    testing,
)
from kommunalvalg.analysis.candidates import CandidateMargin, candidate_margins
from kommunalvalg.analysis.cases import standing_of
from kommunalvalg.analysis.ladder import Ladders
from kommunalvalg.analysis.margins import Margin, Margins, last_seat, margin_of, margins
from kommunalvalg.council.candidates import elect_by_quota
from kommunalvalg.lots import Urn
from kommunalvalg.testing import Nested

COUNCILS = data.councils("kv2025")
Counts = dict[str, int]
Refused = Callable[..., str]
Ends = frozenset[frozenset[tuple[str, int]]]


@attrs.frozen
class Case:
    """What a forholdstalsvalg is given."""

    votes: Counts
    seats: int
    alliances: list[Nested]
    capacity: Counts | None

    def with_votes(self, **votes: int) -> "Case":
        """Give some lists other votes."""
        return attrs.evolve(self, votes={**self.votes, **votes})

    def margins(self) -> Margins:
        """Compute the margins."""
        return margins(proportional_election(self.votes, self.seats, alliances=self.alliances, capacity=self.capacity))

    def ends(self) -> Ends:
        """Give every distribution that the lots can lead to."""
        election = proportional_election(self.votes, self.seats, alliances=self.alliances, capacity=self.capacity)
        return frozenset(frozenset(outcome.seats.items()) for outcome in election.outcomes())

    def certain(self, key: str) -> int:
        """Give the fewest seats that the list can come to have."""
        return min(dict(end)[key] for end in self.ends())

    def possible(self, key: str) -> int:
        """Give the most seats that the list can come to have."""
        return max(dict(end)[key] for end in self.ends())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Give elections small enough to try every number of votes, most of them with a lot somewhere near."""
    lists = "ABCDE"[: draw(st.integers(1, 5))]
    votes = draw(st.fixed_dictionaries({key: st.integers(0, 7) for key in lists}))
    capacity = draw(st.none() | testing.capacity(lists, most=3))
    return Case(votes, draw(st.integers(0, 5)), draw(testing.alliances(lists)), capacity)


def first(numbers: range, holds: Callable[[int], bool]) -> int | None:
    """Try one number after another."""
    return next((number for number in numbers if holds(number)), None)


def unless(number: int | None, same: int | None) -> int | None:
    """Leave out the number of a lot where there is none."""
    return None if number == same else number


# Lists


@given(cases(), st.data())
def test_the_margins_of_a_list_are_those_found_by_trying(case: Case, choice: st.DataObject) -> None:
    """Each margin of a list is the first number of votes with which every end, or one, has the seat or not."""
    key = choice.draw(st.sampled_from(list(case.votes)))
    its = case.margins().lists[key]
    seats, votes = case.certain(key), case.votes[key]
    most = (seats + 1) * (sum(case.votes.values()) + 1)
    win = first(range(1, most + 1), lambda more: case.with_votes(**{key: votes + more}).certain(key) > seats)
    lot = first(range(most + 1), lambda more: case.with_votes(**{key: votes + more}).possible(key) > seats)
    lose = first(range(1, votes + 1), lambda fewer: case.with_votes(**{key: votes - fewer}).possible(key) < seats)
    risk = first(range(1, votes + 1), lambda fewer: case.with_votes(**{key: votes - fewer}).certain(key) < seats)
    assert (its.seats, its.most, its.votes) == (seats, case.possible(key), votes)
    assert (its.to_win, its.to_lot) == (win, unless(lot, win))
    assert (its.to_lose, its.to_risk) == (lose, unless(risk, lose))
    assert its.wins_from == others(
        case, lambda one: case.with_votes(**{key: votes + (win or 0)}).certain(one) < case.certain(one)
    )
    assert its.loses_to == others(
        case, lambda one: case.with_votes(**{key: votes - (lose or 0)}).possible(one) > case.possible(one)
    )
    assert margin_of(case.margins().case.election, key) == its


def others(case: Case, holds: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the lists of which something holds."""
    return tuple(key for key in case.votes if holds(key))


@given(cases(), st.data())
def test_more_votes_never_cost_a_list_a_seat(case: Case, choice: st.DataObject) -> None:
    """With one vote more, a list has at least as many seats for certain, and can have at least as many."""
    key = choice.draw(st.sampled_from(list(case.votes)))
    more = case.with_votes(**{key: case.votes[key] + 1})
    assert more.certain(key) >= case.certain(key)
    assert more.possible(key) >= case.possible(key)


@given(cases())
def test_every_seat_hangs_on_its_votes(case: Case) -> None:
    """With the first number of votes fewer that is found by trying, a list cannot have so many seats, or may not."""
    found = case.margins()
    awards = found.case.election.settled(Urn()).awards
    assert Counter(seat.key for seat in found.seats) == Counter(standing_of(found.case.election).certain)
    assert [(seat.number, seat.key, seat.quotient) for seat in found.seats] == [
        (award.number, award.winner, award.quotient) for award in awards
    ]
    assert found.seat_rows() == tuple(
        {
            "number": seat.number,
            "list": seat.key,
            "place": seat.place,
            "quotient": float(seat.quotient or 0),
            "to_risk": seat.to_risk,
            "to_lose": seat.to_lose,
        }
        for seat in found.seats
    )
    places: Counter[str] = Counter()
    for seat in found.seats:
        key, votes = seat.key, case.votes[seat.key]
        places[key] += 1
        fewer = [case.with_votes(**{key: votes - less}) for less in range(1, votes + 1)]
        lose = next((less for less, then in enumerate(fewer, start=1) if then.possible(key) < seat.place), None)
        risk = next((less for less, then in enumerate(fewer, start=1) if then.certain(key) < seat.place), None)
        assert (seat.place, seat.to_lose, seat.to_risk) == (places[key], lose, unless(risk, lose))


@given(cases())
def test_standing_is_what_the_lots_can_lead_to(case: Case) -> None:
    """Certain are the fewest seats over all ends, possible the most."""
    found = standing_of(case.margins().case.election)
    assert found.certain == {key: case.certain(key) for key in case.votes}
    assert found.possible == {key: case.possible(key) for key in case.votes}


# Moves


@given(cases(), st.data())
def test_the_fewest_moved_votes_are_those_found_by_trying(case: Case, choice: st.DataObject) -> None:
    """A move changes the seats with the first number of votes after which no end of before is left."""
    found = case.margins()
    if not found.moves:
        assert len(case.votes) == 1
        return
    move = choice.draw(st.sampled_from(found.moves))
    source, target = case.votes[move.source], case.votes[move.target]

    def ends(moved: int) -> Ends:
        return case.with_votes(**{move.source: source - moved, move.target: target + moved}).ends()

    before = ends(0)
    change = first(range(1, source + 1), lambda moved: not ends(moved) & before)
    lot = first(range(1, source + 1), lambda moved: ends(moved) != before)
    assert move.to_change == change
    assert move.to_lot == (0 if len(before) > 1 else unless(lot, change))


GIVEN = [
    Case({"A": 4, "B": 5, "C": 8, "D": 0}, 1, [["C", "D", "A"]], None),
    Case({"A": 2, "B": 6, "C": 1, "D": 2}, 4, [[["A", "B"], "C"]], {"A": 3, "B": 3, "D": 1}),
    Case({"A": 5, "B": 3, "C": 8}, 5, [[["B", "A"], "C"]], None),
    Case({"A": 0, "B": 7, "C": 8}, 4, [], {"A": 3, "B": 0, "C": 3}),
    Case({"A": 3, "B": 4, "C": 7, "D": 1}, 5, [["C", "A", "B"]], {"A": 3, "B": 3, "D": 3}),
    Case({"A": 0, "B": 4, "C": 8, "D": 0}, 3, [["C", "B", "D", "A"]], {"A": 0, "B": 1, "C": 3}),
    Case({"A": 4, "B": 4}, 1, [], None),
    Case({"A": 0, "B": 4}, 0, [], None),
    Case({"A": 2, "B": 3, "C": 2, "D": 0}, 1, [["C", "D"], ["A", "B"]], None),
    Case({"A": 2, "B": 6, "C": 0}, 1, [], {"A": 1, "B": 2}),
    Case({"A": 9, "B": 0, "C": 5}, 3, [["A", "B"]], {"A": 1, "B": 2}),
    Case({"A": 6, "B": 0, "C": 6}, 3, [["A", "B"]], {"A": 1, "B": 2}),
    Case({"A": 5, "B": 0, "C": 8}, 3, [["A", "B"]], {"A": 1, "B": 2}),
    Case({"A": 5, "B": 0, "C": 6}, 3, [["A", "B"]], {"A": 1, "B": 2}),
    Case({"A": 5, "B": 0, "C": 8}, 4, [["A", "B"]], {"A": 1, "B": 2}),
    Case({"A": 9, "B": 0, "C": 5}, 3, [], {"A": 1, "B": 2}),
    Case({"A": 20, "B": 8, "C": 5}, 4, [], {"A": 1}),
]
"""Elections in which something is full, without votes, equal or the last, which are seldom met by chance."""


@pytest.mark.parametrize("case", GIVEN, ids=str)
def test_every_margin_of_what_is_seldom_met_is_found_by_trying(case: Case) -> None:
    """The margins of each list, and the fewest votes moved between each two, are the first numbers that do it."""
    found, before = case.margins(), case.ends()
    for key, its in found.lists.items():
        seats, most, votes = case.certain(key), case.possible(key), case.votes[key]
        assert (its.seats, its.most) == (seats, most)
        if its.to_win is not None:
            at, less = (case.with_votes(**{key: votes + its.to_win - fewer}) for fewer in (0, 1))
            assert at.certain(key) > seats >= less.certain(key)
            assert (its.to_lot is not None) == (less.possible(key) > seats)
        if its.to_lose is not None:
            at, less = (case.with_votes(**{key: votes - its.to_lose + more}) for more in (0, 1))
            assert at.possible(key) < seats <= less.possible(key)
            assert (its.to_risk is not None) == (less.certain(key) < seats)
    for move in found.moves:
        source, target = case.votes[move.source], case.votes[move.target]
        moved = [
            case.with_votes(**{move.source: source - some, move.target: target + some}).ends()
            for some in range(1, source + 1)
        ]
        change = next((some for some, ends in enumerate(moved, start=1) if not ends & before), None)
        lot = next((some for some, ends in enumerate(moved, start=1) if ends != before), None)
        assert (move.to_change, move.to_lot) == (change, 0 if len(before) > 1 else unless(lot, change))


@given(cases())
def test_the_fewest_moved_are_the_fewest_of_all(case: Case) -> None:
    """The smallest move is the smallest of those for each two lists, of which every one is there."""
    found = case.margins()
    pairs = [(source, target) for source in case.votes for target in case.votes if source != target]
    assert [(move.source, move.target) for move in found.moves] == pairs
    fewest = min((move.to_change for move in found.moves if move.to_change is not None), default=None)
    assert {move.to_change for move in found.fewest_moved} == ({fewest} if fewest is not None else set())


# The last seat


@given(cases())
def test_last_and_next_are_who_has_a_seat_more(case: Case) -> None:
    """Without lots, the last seat is the one that one seat fewer leaves out, and next is who has one seat more."""
    last = case.margins().last
    assert last_seat(case.margins().case.election) == last
    number = last.number
    ends = [attrs.evolve(case, seats=seats).ends() for seats in (max(0, number - 1), number, number + 1)]
    assert number == max(sum(dict(end).values()) for end in case.ends())
    if any(len(each) > 1 for each in ends):
        return
    before, now, after = (dict(next(iter(each))) for each in ends)
    assert last.holders == tuple(key for key in now if now[key] > before[key])
    assert last.next == tuple(key for key in now if after[key] > now[key])


def test_an_open_lot_for_the_last_seat_names_all_in_it() -> None:
    """B and C draw lots for the ninth seat: both may hold it, and both are next."""
    last = margins(proportional_election({"A": 11, "B": 8, "C": 2}, 9)).last
    assert last.holders == last.next == ("B", "C")
    assert last.quotient == last.next_quotient == Fraction(2)


def test_a_vacant_seat_is_not_the_last() -> None:
    """With room for two of four seats B has the second, which is the last, and nobody is next."""
    last = last_seat(proportional_election({"A": 5, "B": 4}, 4, capacity={"A": 1, "B": 1}))
    assert (last.number, last.holders, last.quotient, last.next, last.next_quotient) == (
        2,
        ("B",),
        Fraction(4),
        (),
        None,
    )
    none = last_seat(proportional_election({"A": 5, "B": 4}, 0))
    assert (none.number, none.holders, none.quotient, none.next, none.next_quotient) == (
        0,
        (),
        None,
        ("A",),
        Fraction(5),
    )


def test_the_closest_are_those_who_can_win() -> None:
    """A list that has room for no more is not among them; where nobody can win a seat nobody is."""
    full = margins(proportional_election({"A": 5, "B": 4}, 3, capacity={"A": 1}))
    assert [(each.key, each.to_win) for each in full.closest] == [("B", 12)]
    assert margins(proportional_election({"A": 5}, 2)).closest == ()


def test_with_an_open_lot_one_vote_decides() -> None:
    """In a lot a list is 0 votes from the lot and 1 from the seat; no move of one vote is said to change anything."""
    found = margins(proportional_election({"A": 11, "B": 8, "C": 2}, 9))
    assert (found.of("C").to_lot, found.of("C").to_win, found.of("C").seats, found.of("C").most) == (0, 1, 0, 1)
    assert {move.to_lot for move in found.moves} == {0}


# The councils of 2025


@cache
def of_council(name: str) -> Margins:
    """The margins of a council."""
    return margins(COUNCILS[name])


def again(name: str, **more: int) -> list[Mapping[str, int]]:
    """Compute a council again with votes added to some lists: every distribution that lots can lead to."""
    council = COUNCILS[name]
    votes = {key: count + more.get(key, 0) for key, count in council.votes.items()}
    room = {a_list.key: len(a_list.candidates) for a_list in council.lists}
    election = proportional_election(votes, council.seats, alliances=council.alliances, capacity=room)
    return [election.seats] if election.complete else [outcome.seats for outcome in election.outcomes()]


@pytest.mark.parametrize("name", COUNCILS)
def test_lists_of_2025_turn_at_their_margins(name: str) -> None:
    """Computed again, every list has its seat at the margin, and not with one vote less or a lot's votes."""
    for key, its in of_council(name).lists.items():
        full = its.seats == len(COUNCILS[name].by_key[key].candidates)
        for sign, margin, lot in ((1, its.to_win, its.to_lot), (-1, its.to_lose, its.to_risk)):
            assert (margin is None) == (full if sign > 0 else not its.seats)
            if margin is not None:
                at, before = again(name, **{key: sign * margin}), again(name, **{key: sign * (margin - 1)})
                assert min(sign * (seats[key] - its.seats) for seats in at) == 1
                assert {seats[key] for seats in before} == {its.seats, its.seats + sign * (lot == margin - 1)}


@pytest.mark.parametrize("name", COUNCILS)
def test_moves_of_2025_turn_at_their_margins(name: str) -> None:
    """Computed again, the seats change with the fewest votes moved, and with one less they do not."""
    found = of_council(name)
    now = {key: its.seats for key, its in found.lists.items()}
    for move in {*found.fewest_moved, *found.moves[::7]}:
        if move.to_change is not None:
            assert now not in again(name, **{move.source: -move.to_change, move.target: move.to_change})
            before = again(name, **{move.source: 1 - move.to_change, move.target: move.to_change - 1})
            assert now in before
            assert (len(before) > 1) == (move.to_lot is not None)


@pytest.mark.parametrize("name", COUNCILS)
def test_the_last_seat_of_2025_is_the_last_award(name: str) -> None:
    """Who took the last seat is who won the last award."""
    award = elect_council(COUNCILS[name]).proportional.awards[-1]
    last = of_council(name).last
    assert (last.number, last.holders, last.quotient) == (award.number, (award.winner,), award.steps[0].quotient)


def test_the_last_seat_of_glostrup_hung_on_three_votes() -> None:
    """Three further votes for U win it A's eighth seat, two lead to a lot; and two votes from A to U suffice."""
    found = of_council("Glostrup")
    last = found.last
    assert (last.number, last.holders, last.quotient) == (19, ("A",), Fraction(4388, 8))
    assert (last.next, last.next_quotient) == (("U",), Fraction(839 + 256, 2))
    u = found.of("U")
    assert (u.to_lot, u.to_win, u.wins_from) == (2, 3, ("A",))
    assert found.closest == (u,)
    assert found.move("A", "U").to_change == 2
    assert (found.of("A").to_risk, found.of("A").to_lose, found.of("A").loses_to) == (8, 9, ("U",))


def test_a_list_without_votes_has_the_room_that_it_would_have() -> None:
    """With its first vote it takes part: without limit, or up to its own, beside what its alliance has room for."""
    alone, limited, together = (
        Ladders(proportional_election({"A": 0, "B": 10, "C": 6}, 3, alliances=allied, capacity=room).case).of("A")
        for allied, room in (([], None), ([], {"A": 1, "B": 3}), ([["A", "B"]], {"A": 1, "B": 1}))
    )
    assert [alone.certain(seats) for seats in range(5)] == [0, 6, 13, 31, None]
    assert [limited.certain(seats) for seats in range(3)] == [0, 6, None]
    assert [together.certain(seats) for seats in range(3)] == [0, 1, None]
    no_limit = Ladders(proportional_election({"A": 0, "B": 10}, 3, capacity={"B": 2}).case).of("A")
    assert [no_limit.certain(seats) for seats in range(5)] == [0, 1, 11, 31, None]
    alone = Ladders(proportional_election({"A": 3, "B": 0}, 2).case).of("A")
    assert [alone.possible(seats) for seats in range(4)] == [0, 1, 1, None]  # without a vote it can have none
    close = Ladders(proportional_election({"A": 7, "B": 11, "C": 1}, 16).case).of("C")
    assert (close.possible(5), close.certain(5)) == (7, 8)  # as much as 7 / 5, which is more than 11 / 8
    all_of_it = Ladders(proportional_election({"A": 1, "B": 1, "C": 1}, 2, alliances=[["A", "B"]]).case).of("A")
    assert all_of_it.certain(2) == 3


def test_who_has_no_seat_loses_none() -> None:
    """A list without votes or seats has nobody to lose to, whatever its alliance holds by a hair."""
    its = margin_of(proportional_election({"A": 0, "B": 11, "C": 5}, 2, alliances=[["A", "B"]]), "A")
    assert (its.seats, its.loses_to, its.to_lose, its.to_risk) == (0, (), None, None)


def test_a_capacity_cannot_be_passed() -> None:
    """Æ on Lolland has as many seats as candidates: no number of votes gives it one more."""
    its = of_council("Lolland").of("Æ")
    assert (its.seats, its.to_win, its.to_lot) == (4, None, None)


# Candidates


def slow(election: CouncilElection, key: str, name: str) -> tuple[bool, bool]:
    """Say whether a candidate is elected in every end, and in any, by following every lot that decides a place."""
    states = list(_ways(election, key, name, ()))
    return all(states), any(states)


def _ways(election: CouncilElection, key: str, name: str, draws: tuple[Draw, ...]) -> Iterator[bool]:
    result = elect_council(election, lots=draws)
    if result.complete:
        yield name in {each.candidate for each in result.lists[key].elected}
        return
    for draw in result.ties[0].draws():
        yield from _ways(election, key, name, (*draws, draw))


def changed(election: CouncilElection, key: str, place: int, more: int, list_votes: int) -> CouncilElection:
    """Give a candidate other personal votes, and the list other list votes."""
    a_list = election.by_key[key]
    candidates = list(a_list.candidates)
    its = candidates[place - 1]
    candidates[place - 1] = Candidate(its.name, its.votes + more)
    other = attrs.evolve(a_list, candidates=candidates, list_votes=a_list.list_votes + list_votes)
    return attrs.evolve(election, lists=[other if each.key == key else each for each in election.lists])


@st.composite
def elections(draw: st.DrawFn, *, lists: int = 3, votes: int = 5) -> CouncilElection:
    """Give small council elections of lists of both forms."""
    keys = "ABC"[: draw(st.integers(1, lists))]
    found = []
    for key in keys:
        counts = draw(st.lists(st.integers(0, votes), min_size=1, max_size=4))
        candidates = [Candidate(f"{key}-{place}", count) for place, count in enumerate(counts, start=1)]
        form = draw(st.sampled_from(["sideordnet", "partiliste"]))
        found.append(CandidateList(key, key, candidates, draw(st.integers(0, 2 * votes)), form))
    alliances = [["A", "B"]] if len(keys) > 1 and draw(st.booleans()) else []
    return CouncilElection("Nyby", draw(st.integers(1, 4)), found, alliances)


def hold_to_trying(
    its: CandidateMargin, found: Margin, states: Callable[[int], tuple[bool, bool]], up: int, down: int
) -> None:
    """Compare four numbers with the first ones that are found by trying."""
    win = lot = lose = risk = None
    if not its.elected:
        win = first(range(1, up + 1), lambda more: states(more)[0])
        lot = first(range(up + 1 if win is None else win), lambda more: states(more)[1])
    if its.possible:
        lose = first(range(1, down + 1), lambda fewer: not states(-fewer)[1])
    if its.elected:
        risk = first(range(1, (down if lose is None else lose) + 1), lambda fewer: not states(-fewer)[0])
    assert (found.to_win, found.to_lot) == (win, unless(lot, win))
    assert (found.to_lose, found.to_risk) == (lose, unless(risk, lose))


@given(elections(), st.data())
def test_the_margins_of_a_candidate_are_those_found_by_trying(election: CouncilElection, choice: st.DataObject) -> None:
    """Each margin of a candidate is the first number with which the whole election says so, whatever lots fall."""
    a_list = choice.draw(st.sampled_from(election.lists))
    found = candidate_margins(election, a_list.key)
    its = choice.draw(st.sampled_from(found.candidates))

    @cache
    def new(more: int) -> tuple[bool, bool]:
        return slow(changed(election, a_list.key, its.place, more, 0), a_list.key, its.candidate)

    @cache
    def within(more: int) -> tuple[bool, bool]:
        return slow(changed(election, a_list.key, its.place, more, -more), a_list.key, its.candidate)

    assert (its.elected, its.possible) == new(0)
    everybody = sum(election.votes.values())
    hold_to_trying(its, its.new, new, 4 * everybody + 5, its.votes)
    hold_to_trying(its, its.within, within, a_list.list_votes, its.votes)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6), st.integers(0, 180), st.data())
def test_the_first_step_on_a_party_list_is_found(votes: list[int], list_votes: int, choice: st.DataObject) -> None:
    """Where the fordelingstal moves with every vote, halving finds the first step that trying finds."""
    seats = choice.draw(st.integers(1, len(votes) - 1))
    candidates = [Candidate(f"A-{place}", count) for place, count in enumerate(votes, start=1)]
    election = CouncilElection("Nyby", seats, [CandidateList("A", "Alfa", candidates, list_votes, "partiliste")])
    its = choice.draw(st.sampled_from(candidate_margins(election, "A").candidates))

    def new(more: int) -> tuple[bool, bool]:
        a_list = changed(election, "A", its.place, more, 0).lists[0]
        elected = a_list.votes > 0 and a_list.candidates[its.place - 1] in elect_by_quota(a_list, seats).elected
        return elected, elected

    hold_to_trying(its, its.new, new, 2 * election.lists[0].votes + 5, its.votes)


def test_on_a_party_list_a_further_vote_can_cost_the_seat() -> None:
    """One more vote elects the third candidate; a second raises the fordelingstal, and those above take the rest."""
    votes = [4, 2, 0, 3, 1]
    candidates = [Candidate(f"A-{place}", count) for place, count in enumerate(votes, start=1)]
    election = CouncilElection("Nyby", 3, [CandidateList("A", "Alfa", candidates, 4, "partiliste")])
    assert candidate_margins(election, "A").of("A-3").new.to_win == 1
    states = [elect_council(changed(election, "A", 3, more, 0)).lists["A"] for more in range(4)]
    assert ["A-3" in {each.candidate for each in its.elected} for its in states] == [False, True, False, True]
    assert [its.fordelingstal for its in states] == [4, 4, 5, 5]


def of_lists(seats: int, form: str, *lists: tuple[list[int], int]) -> CouncilElection:
    """Give an election of lists by their candidates' votes and their list votes."""
    made = [
        CandidateList(
            key, key, [Candidate(f"{key}-{place}", count) for place, count in enumerate(own, 1)], others, form
        )
        for key, (own, others) in zip("AB", lists, strict=False)
    ]
    return CouncilElection("Nyby", seats, made)


def test_a_list_in_a_lot_is_where_its_votes_are() -> None:
    """With just the votes of a lot a list has that seat possibly; without any votes it has none."""
    found = candidate_margins(of_lists(1, "sideordnet", ([5, 0], 0), ([0], 5)), "A")
    assert (found.seats, found.most, found.of("A-1").possible, found.of("A-1").elected) == (0, 1, True, False)
    assert found.of("A-1").new == Margin(to_lot=0, to_win=1, to_risk=None, to_lose=1)
    nobody = candidate_margins(of_lists(1, "sideordnet", ([0, 0], 0), ([0], 10)), "A")
    assert (nobody.seats, nobody.most) == (0, 0)
    assert nobody.of("A-1").new == Margin(to_lot=10, to_win=11, to_risk=None, to_lose=None)
    assert nobody.of("A-2").within == Margin(to_lot=None, to_win=None, to_risk=None, to_lose=None)


def test_who_stands_with_no_others_for_as_many_seats_is_elected() -> None:
    """On a list with as many seats as candidates all are elected, also without a vote of their own."""
    found = candidate_margins(of_lists(2, "sideordnet", ([9, 0], 0)), "A")
    assert [(each.elected, each.within.to_lose) for each in found.candidates] == [(True, None), (True, None)]
    last = candidate_margins(of_lists(2, "sideordnet", ([9, 0, 0], 0)), "A").of("A-3")
    assert (last.elected, last.possible, last.new.to_lot, last.new.to_win) == (False, True, 0, 1)


def test_all_votes_of_a_candidate_can_be_taken_away() -> None:
    """Without the one personal vote that there is a lot decides between the two."""
    its = candidate_margins(of_lists(1, "sideordnet", ([1, 0], 5)), "A").of("A-1")
    assert its.new == its.within == Margin(to_lot=None, to_win=None, to_risk=1, to_lose=None)


def test_all_list_votes_can_be_cast_for_a_candidate() -> None:
    """With the last of the list votes the second candidate passes the first; were there one fewer, only by lot."""
    win, lot, none = (
        candidate_margins(of_lists(1, "sideordnet", ([5, 3], votes)), "A").of("A-2").within for votes in (3, 2, 1)
    )
    assert [(each.to_lot, each.to_win) for each in (win, lot, none)] == [(2, 3), (2, None), (None, None)]


@pytest.mark.parametrize("form", ["sideordnet", "partiliste"])
def test_the_margins_of_a_candidate_are_found_among_any_number_of_votes(form: str) -> None:
    """Also where there are more of them than 64 bits count, each step is found, and turns there."""
    found = candidate_margins(of_lists(1, form, ([5, 3], 10**30)), "A")
    if form == "sideordnet":
        few = candidate_margins(of_lists(1, form, ([5, 3], 10)), "A")
        assert [each.within for each in found.candidates] == [each.within for each in few.candidates]
        return
    win = found.of("A-2").within.to_win
    assert win is not None
    half = (10**30 + 8) // 2 + 1  # the fordelingstal: with it a candidate is elected by personal votes alone
    assert win == half - 3
    elected = [
        elect_by_quota(changed(found.case.election, "A", 2, more, -more).lists[0], 1).elected[0].name
        for more in (win - 1, win)
    ]
    assert elected == ["A-1", "A-2"]


@pytest.mark.parametrize(
    ("votes", "list_votes", "seats", "name", "new"),
    [
        pytest.param(
            [0, 0], 1, 1, "A-2", Margin(to_lot=None, to_win=2, to_risk=None, to_lose=None), id="up to the last"
        ),
        pytest.param(
            [3, 0, 3, 3, 3], 9, 3, "A-3", Margin(to_lot=None, to_win=None, to_risk=None, to_lose=1), id="down"
        ),
        pytest.param(
            [3, 4, 0, 2, 2], 5, 4, "A-4", Margin(to_lot=None, to_win=None, to_risk=None, to_lose=1), id="at once"
        ),
    ],
)
def test_the_fordelingstal_of_each_number_counts(
    votes: list[int], list_votes: int, seats: int, name: str, new: Margin
) -> None:
    """On a party list the first step is found where the fordelingstal turns, and trying every number finds no other."""
    election = of_lists(seats, "partiliste", (votes, list_votes))
    its = candidate_margins(election, "A").of(name)
    assert its.new == new

    def states(more: int) -> tuple[bool, bool]:
        a_list = changed(election, "A", its.place, more, 0).lists[0]
        elected = a_list.votes > 0 and a_list.candidates[its.place - 1] in elect_by_quota(a_list, seats).elected
        return elected, elected

    hold_to_trying(its, its.new, states, 30, its.votes)


def elects(council: CouncilElection, key: str, its: CandidateMargin, more: int, list_votes: int) -> bool | None:
    """Compute the whole election again: whether the candidate is elected; None where a lot on the list is open."""
    result = elect_council(changed(council, key, its.place, more, list_votes)).lists[key]
    if its.candidate in {each.candidate for each in result.elected}:
        return True
    return False if result.settled and result.tie is None else None


@pytest.mark.parametrize("name", COUNCILS)
def test_candidates_of_2025_turn_at_their_margins(name: str) -> None:
    """Computed again as a whole, the election turns for a candidate at the margin, and not with one vote less."""
    council = COUNCILS[name]
    largest = {a_list.form: a_list.key for a_list in sorted(council.lists, key=lambda each: each.votes)}
    for key in largest.values():
        for its in candidate_margins(council, key).candidates[::3]:
            for list_votes, found in ((0, its.new), (-1, its.within)):
                if (win := found.to_win) is not None:
                    assert elects(council, key, its, win, list_votes * win)
                    assert not elects(council, key, its, win - 1, list_votes * (win - 1))
                if (lose := found.to_lose) is not None:
                    assert not elects(council, key, its, -lose, -list_votes * lose)
                    assert elects(council, key, its, 1 - lose, list_votes * (1 - lose)) is not False


# What is refused, and how it is shown


def test_what_does_not_stand_is_refused(refused: Refused) -> None:
    """An unknown list, candidate or election is refused in one line that says what there is."""
    found = of_council("Fanø")
    assert refused(found.of, "Z") == "list is 'Z', which does not stand; the lists are A, B, C, F, L, V, Ø, Å"
    assert refused(found.of, 5).startswith("list is 5, which does not stand")
    assert refused(found.move, "A", "A").startswith("target is 'A', which does not stand; the lists are B, C,")
    assert refused(found.move, "Z", "A").startswith("source is 'Z'")
    assert refused(candidate_margins, COUNCILS["Fanø"], "Z").startswith("list is 'Z'")
    assert "candidate is 'A-99'" in refused(candidate_margins(COUNCILS["Fanø"], "A").of, "A-99")
    assert refused(margins, {"A": 40}).startswith("election is {'A': 40}; give a council election")
    assert refused(candidate_margins, {"A": 40}, "A").startswith("election is {'A': 40}; give a council election")
    assert issubclass(ElectionError, ValueError)


def test_a_kind_of_question_is_there_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room gives each of its modules by name, also one that nobody imported, and no other."""
    for name in analysis.__all__:
        module = getattr(analysis, name)
        monkeypatch.delattr(analysis, name)
        assert getattr(analysis, name) is module
    with pytest.raises(AttributeError, match=r"^module 'kommunalvalg\.analysis' has no attribute 'polls'$"):
        analysis.polls  # type: ignore[attr-defined]  # noqa: B018 - asking is what is tried


@pytest.mark.parametrize("name", ["Fanø", "Glostrup"])
def test_rows_are_plain_values(name: str) -> None:
    """A line for each list or candidate, of text, whole numbers and None."""
    tables = [of_council(name).rows(), candidate_margins(elect_council(COUNCILS[name]), "A").rows()]
    assert [len(rows) for rows in tables] == [len(COUNCILS[name].lists), len(COUNCILS[name].by_key["A"].candidates)]
    assert {type(value) for rows in tables for row in rows for value in row.values()} <= {str, int, bool, type(None)}


def test_tables_have_the_margins_of_each_line() -> None:
    """Of a lot, of what cannot be, and of the lists that would win or lose: each stands in its column."""
    tied, plain = (
        margins(proportional_election(votes, seats))
        for votes, seats in (({"A": 11, "B": 8, "C": 2}, 9), ({"A": 43, "C": 31, "F": 14, "V": 12}, 5))
    )
    headings = ("list", "votes", "seats", "most", "to_lot", "to_win", "wins_from", "to_risk", "to_lose", "loses_to")
    assert tuple(tied.rows()[0]) == headings
    assert [tuple(row.values()) for row in tied.rows()] == [
        ("A", 11, 5, 5, 1, 2, "", 1, 2, ""),
        ("B", 8, 3, 4, 0, 1, "", None, 3, "A"),
        ("C", 2, 0, 1, 0, 1, "", None, None, ""),
    ]
    assert [tuple(row.values()) for row in plain.rows()] == [
        ("A", 43, 3, 3, 19, 20, "C", 1, 2, "F"),
        ("C", 31, 2, 2, 12, 13, "A", 3, 4, "F"),
        ("F", 14, 0, 0, None, 1, "A", None, None, ""),
        ("V", 12, 0, 0, None, 3, "A", None, None, ""),
    ]
    assert tuple(tied.seat_rows()[0]) == ("number", "list", "place", "quotient", "to_risk", "to_lose")
    assert [tuple(row.values())[:3] + tuple(row.values())[4:] for row in tied.seat_rows()] == [
        (1, "A", 1, 10, 11),
        (2, "B", 1, None, 7),
        (3, "A", 2, None, 9),
        (4, "B", 2, None, 5),
        (5, "A", 3, 7, 8),
        (6, "A", 4, None, 5),
        (7, "B", 3, None, 3),
        (8, "A", 5, 1, 2),
    ]
    assert [row["quotient"] for row in tied.seat_rows()][:3] == [11.0, 8.0, 5.5]
    assert [margin.key for margin in tied.closest] == ["B", "C"]
    assert [(move.source, move.target) for move in plain.fewest_moved] == [("A", "F"), ("C", "F"), ("V", "F")]
    assert [(move.to_lot, move.to_change) for move in plain.moves] == [
        *((1, 2), (None, 1), (1, 2)),
        *((3, 4), (None, 1), (None, 3)),
        *((None, None), (12, 13), (None, 3)),
        *((None, None), (12, None), (None, 1)),
    ]


def test_the_table_of_candidates_has_both_ways_in_which_votes_change() -> None:
    """New votes, and votes that stay on the list, each with its four numbers."""
    election = of_lists(3, "sideordnet", ([30, 50, 20], 90), ([70, 10], 20))
    found = candidate_margins(election, "A")
    assert (found.key, found.form, found.law) == ("A", "sideordnet", 2025)
    rows = found.rows()
    assert rows[2] == {
        "candidate": "A-3",
        "place": 3,
        "votes": 20,
        "elected": False,
        "possible": False,
        "new_to_lot": 10,
        "new_to_win": 11,
        "new_to_risk": None,
        "new_to_lose": None,
        "within_to_lot": 10,
        "within_to_win": 11,
        "within_to_risk": None,
        "within_to_lose": None,
    }
    assert [(row["elected"], row["new_to_risk"], row["new_to_lose"]) for row in rows[:2]] == [
        (True, 10, 11),
        (True, 30, 31),
    ]


def test_the_same_election_gives_the_same_margins() -> None:
    """An election, its result and its votes, seats, alliances and capacities are one question."""
    council = COUNCILS["Fanø"]
    room = {a_list.key: len(a_list.candidates) for a_list in council.lists}
    plain = proportional_election(council.votes, council.seats, alliances=council.alliances, capacity=room)
    assert margins(council) == margins(elect_council(council)) == margins(margins(council))
    assert (margins(council).law, margins(plain).law) == (2025, None)
    assert margins(council).lists == margins(plain).lists
    assert hash(margins(council)) == hash(margins(elect_council(council)))
