"""Alliances: merging lists into units, and distributing a unit's seats to its lists, to any depth."""

import copy
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import inf
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunalvalg import (
    Draw,
    LotError,
    ProportionalElection,
    Tie,
    data,
    dhondt,
    merge_alliances,
    proportional_election,
    seeded,
    testing,
)
from kommunalvalg.elections import figures
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Place, Where, settle
from kommunalvalg.methods.alliances import (
    Alliance,
    Alliances,
    Members,
    ProportionalCase,
    alliances_of,
    checked_units,
)
from kommunalvalg.methods.units import every_alliance, tree_of
from kommunalvalg.testing import Nested

Counts = dict[str, int]
Refused = Callable[..., str]


@attrs.frozen
class Case:
    """What a forholdstalsvalg is given."""

    votes: Counts
    seats: int
    alliances: list[Nested]
    capacity: Counts | None

    def hold(self, **kwargs: Any) -> ProportionalElection:  # noqa: ANN401 - handed on
        """Distribute the seats."""
        return proportional_election(
            self.votes, self.seats, **{"alliances": self.alliances, "capacity": self.capacity, **kwargs}
        )


@st.composite
def cases(draw: st.DrawFn, *, least: int = 1, names: int = 30, seats: int = 60, votes: int = 10**30) -> Case:
    """Give what a forholdstalsvalg is given: with alliances of any depth, with and without capacities."""
    counts = draw(testing.votes(least_names=least, most_names=names, most_votes=votes))
    capacity = draw(st.none() | testing.capacity(counts, most=2) | testing.capacity(counts))
    return Case(counts, draw(testing.seats(most=seats)), draw(testing.alliances(counts)), capacity)


few = cases(least=4, names=6, seats=7, votes=4)
"""Cases small enough that every way in which the lots fall can be followed, and in which most need a lot."""


# The slow way: every end, by enumeration


Ends = dict[frozenset[tuple[str, int]], Fraction]
"""Final seats by list -> probability."""


@attrs.frozen
class Slow:
    """Everything that can come of a forholdstalsvalg, found by following every lot."""

    case: Case

    def lists(self, member: str | Nested) -> list[str]:
        """Give the lists of a member."""
        return [member] if isinstance(member, str) else [name for inner in member for name in self.lists(inner)]

    def votes(self, member: str | Nested) -> int:
        """Give the votes of a member."""
        return sum(self.case.votes[name] for name in self.lists(member))

    def room(self, member: str | Nested) -> float:
        """Give how many seats a member can take."""
        limits = self.case.capacity or {}
        return sum(limits.get(name, inf) for name in self.lists(member) if self.case.votes[name])

    def units(self) -> Nested:
        """Give the members of the first distribution."""
        allied = {name for alliance in self.case.alliances for name in self.lists(alliance)}
        return [*self.case.alliances, *(name for name in self.case.votes if name not in allied)]

    def in_order(self, members: Nested) -> Nested:
        """Give members in the order of the votes."""
        order = list(self.case.votes)
        return sorted(members, key=lambda member: min(order.index(name) for name in self.lists(member)))

    def level(self, members: Nested, seats: int) -> tuple[list[int], int, list[int]]:
        """Award seat by seat: the seats of each member, the places left, and who they are open among."""
        won = [0] * len(members)
        for places in range(seats, 0, -1):
            claims = {
                at: Fraction(self.votes(member), won[at] + 1)
                for at, member in enumerate(members)
                if self.votes(member) and won[at] < self.room(member)
            }
            if not claims:
                return won, 0, []
            level = [at for at, claim in claims.items() if claim == max(claims.values())]
            if len(level) > places:
                return won, places, level
            won[level[0]] += 1
        return won, 0, []

    def ends(self, members: Nested, seats: int) -> Ends:
        """Give every end of the distribution of some seats to some members."""
        certain, places, level = self.level(members, seats)
        chosen = list(combinations(level, places))
        found: Ends = {}
        for winners in chosen:
            ways: Ends = {frozenset(): Fraction(1, len(chosen))}
            for at, member in enumerate(members):
                won = certain[at] + (at in winners)
                inner = {frozenset({(member, won)}): Fraction(1)} if isinstance(member, str) else self.ends(member, won)
                ways = {
                    end | more: chance * chance_of_more
                    for end, chance in ways.items()
                    for more, chance_of_more in inner.items()
                }
            for end, chance in ways.items():
                found[end] = found.get(end, Fraction(0)) + chance
        return found

    def ties(self, members: Nested, seats: int) -> Iterator[tuple[int, tuple[frozenset[str], ...]]]:
        """Give the lots that are open now, outermost first: places, and the lists of each who takes part."""
        members = self.in_order(members)
        certain, places, level = self.level(members, seats)
        if places:
            yield places, tuple(frozenset(self.lists(members[at])) for at in level)
        for at, member in enumerate(members):
            if at not in level and not isinstance(member, str):
                yield from self.ties(member, certain[at])


def as_lists(tie: Tie) -> tuple[int, tuple[frozenset[str], ...]]:
    """Write a tie as the slow way does: a unit by its lists."""
    return tie.places, tuple(frozenset(name.split("+")) for name in tie.among)


def lot(places: int, among: tuple[str, ...], alliance: str = "") -> Tie:
    """Give an open lot among the units, or inside an alliance."""
    return Tie(places, among, "", Place(Where.ALLIANCE, alliance) if alliance else Place(Where.UNITS))


# By hand


@pytest.mark.rule("KRVL-81-1", "KRVL-82")
@pytest.mark.parametrize(
    ("votes", "seats", "alliances", "units", "won"),
    [
        pytest.param({"A": 40, "C": 34, "F": 26}, 5, [["A", "F"]], {"A+F": 3, "C": 2}, [2, 2, 1], id="two of three"),
        pytest.param({"A": 40, "C": 34, "F": 26}, 5, [], {"A": 2, "C": 2, "F": 1}, [2, 2, 1], id="no alliance"),
        pytest.param(
            {"A": 30, "B": 9, "C": 40, "F": 21},
            6,
            [["A", "B"], ["C", "F"]],
            {"A+B": 2, "C+F": 4},
            [2, 0, 3, 1],
            id="two",
        ),
        pytest.param(
            {"A": 30, "B": 9, "C": 8, "D": 53}, 7, [["A", ["B", "C"]]], {"A+B+C": 3, "D": 4}, [2, 1, 0, 4], id="inner"
        ),
        pytest.param({"A": 5, "B": 0}, 3, [["A", "B"]], {"A+B": 3}, [3, 0], id="all in one, one without votes"),
    ],
)
def test_seats_go_to_units_and_inside_them_to_lists(
    votes: Counts, seats: int, alliances: list[Nested], units: Counts, won: list[int]
) -> None:
    """An alliance competes with the sum of its votes and distributes its seats inside by the same method."""
    election = proportional_election(votes, seats, alliances=alliances)
    assert election.complete
    assert (election.unit_seats, list(election.seats.values())) == (units, won)


@pytest.mark.rule("KRVL-81-3", "KRVL-82")
@pytest.mark.parametrize(
    ("capacity", "units", "won", "vacant"),
    [
        pytest.param({}, {"A+B": 4, "C": 1}, [3, 1, 1], 0, id="no limits"),
        pytest.param({"A": 2}, {"A+B": 4, "C": 1}, [2, 2, 1], 0, id="the surplus stays in the alliance"),
        pytest.param({"A": 2, "B": 1}, {"A+B": 3, "C": 2}, [2, 1, 2], 0, id="what nobody there has room for does not"),
        pytest.param({"A": 0, "B": 0}, {"A+B": 0, "C": 5}, [0, 0, 5], 0, id="an alliance without room"),
        pytest.param({"A": 1, "B": 1, "C": 1}, {"A+B": 1 + 1, "C": 1}, [1, 1, 1], 2, id="nobody has room"),
    ],
)
def test_surplus_stays_in_its_alliance_while_it_can(
    capacity: Counts, units: Counts, won: list[int], vacant: int
) -> None:
    """A seat that a list has no candidate for goes to its allies, then to the other units, then stays vacant."""
    election = proportional_election({"A": 60, "B": 20, "C": 20}, 5, alliances=[["A", "B"]], capacity=capacity)
    assert (election.unit_seats, list(election.seats.values()), election.vacant) == (units, won, vacant)


@pytest.mark.rule("KRVL-37", "KRVL-83")
def test_lot_decides_what_opens_at_the_next_levels() -> None:
    """Three levels: only when a lot gives an alliance the seat is the lot inside it open, and so on inward."""
    votes = {"A": 1, "B": 1, "C": 2, "D": 4}
    alliances = {"ABC": ["AB", "C"], "AB": ["A", "B"]}
    outer, middle, inner = lot(1, ("ABC", "D")), lot(1, ("AB", "C"), "ABC"), lot(1, ("A", "B"), "AB")

    def hold(*lots: Draw) -> ProportionalElection:
        return proportional_election(votes, 1, alliances=alliances, lots=lots)

    assert (hold().ties, hold().open, hold().seats) == ((outer,), 1, dict.fromkeys("ABCD", 0))
    lost, won = Draw(["ABC", "D"], ["D"]), Draw(["ABC", "D"], ["ABC"])
    assert (hold(lost).ties, hold(lost).seats) == ((), {"A": 0, "B": 0, "C": 0, "D": 1})
    assert (hold(won).ties, hold(won).open) == ((middle,), 1)
    further = Draw(["AB", "C"], ["AB"])
    assert hold(won, further).ties == (inner,)
    last = hold(won, further, Draw(["A", "B"], ["B"]))
    assert (last.ties, last.seats) == ((), {"A": 0, "B": 1, "C": 0, "D": 0})
    assert [award.by_lot for award in last.awards] == [True]
    assert [step.winner for step in last.awards[0].steps] == ["ABC", "AB", "B"]
    chances = {max(seats, key=seats.__getitem__): chance for seats, chance in _pairs(hold())}
    assert chances == {"A": Fraction(1, 8), "B": Fraction(1, 8), "C": Fraction(1, 4), "D": Fraction(1, 2)}


@pytest.mark.rule("KRVL-81-2", "KRVL-82")
def test_lot_outside_can_make_the_one_inside_needless() -> None:
    """Two equal allies share two seats without a lot, and need one where the lot outside leaves them one seat."""

    def hold(*lots: Draw) -> ProportionalElection:
        return proportional_election({"A": 2, "B": 2, "C": 2}, 2, alliances=[["A", "B"]], lots=lots)

    outer, inner = lot(1, ("A+B", "C")), lot(1, ("A", "B"), "A+B")
    assert (hold().ties, hold().open, hold().seats) == ((outer,), 2, {"A": 0, "B": 0, "C": 0})
    won, lost = hold(Draw(["A+B", "C"], ["A+B"])), hold(Draw(["A+B", "C"], ["C"]))
    assert (won.ties, won.seats) == ((), {"A": 1, "B": 1, "C": 0})
    assert [award.by_lot for award in won.awards] == [False, True]
    assert (lost.ties, lost.open, lost.seats) == ((inner,), 1, {"A": 0, "B": 0, "C": 1})
    assert sorted(chance for _, chance in _pairs(hold())) == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]


@pytest.mark.parametrize("capacity", [{"A": 1}, {"A": 1, "B": 9}])
def test_list_without_votes_makes_no_room(capacity: Counts) -> None:
    """A list that nobody voted for takes no surplus of its allies: it goes to the other units."""
    election = proportional_election({"A": 5, "B": 0, "C": 1}, 3, alliances=[["A", "B"]], capacity=capacity)
    assert (election.unit_seats, election.seats) == ({"A+B": 1, "C": 2}, {"A": 1, "B": 0, "C": 2})


def _pairs(election: ProportionalElection) -> list[tuple[Mapping[str, int], Fraction]]:
    return [(outcome.seats, outcome.probability) for outcome in election.outcomes()]


@pytest.mark.rule("KRVL-81-2")
def test_tie_inside_that_decides_no_place_asks_for_no_lot() -> None:
    """Two equal allies with two seats have one each, and equal allies with no seat need no lot."""
    election = proportional_election({"A": 3, "B": 3, "C": 1, "D": 1}, 2, alliances=[["A", "B"], ["C", "D"]])
    assert (election.complete, election.seats) == (True, {"A": 1, "B": 1, "C": 0, "D": 0})


def test_lots_come_outermost_first_then_unit_by_unit() -> None:
    """Where several lots are open, draws are taken in the order of the ties: from outside, in the votes' order."""
    votes = {"A": 1, "B": 1, "C": 1, "D": 1}
    alliances = [["C", "D"], ["A", "B"]]
    first, second = lot(1, ("A", "B"), "A+B"), lot(1, ("C", "D"), "C+D")
    assert proportional_election(votes, 2, alliances=alliances).ties == (first, second)
    drawn = proportional_election(votes, 2, alliances=alliances, lots=[Draw(["A", "B"], ["B"])])
    assert (drawn.ties, drawn.seats) == ((second,), {"A": 0, "B": 1, "C": 0, "D": 0})


@pytest.mark.rule("KRVL-81-2")
def test_seat_of_a_unit_is_the_same_seat_of_its_inner_distribution() -> None:
    """Seats are numbered by the units' quotients; the k-th seat of an alliance is the k-th inside it."""
    election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances={"Rød": ["A", "F"]})
    explained = [
        f"{award.number} {award.unit} {award.steps[0].quotient}: {award.winner} {award.quotient}"
        for award in election.awards
    ]
    assert explained == [
        "1 Rød 66: A 40",
        "2 C 34: C 34",
        "3 Rød 33: F 26",
        "4 Rød 22: A 20",
        "5 C 17: C 17",
    ]


@pytest.mark.rule("KRVL-81-3", "KRVL-82")
def test_lolland_2025() -> None:
    """Æ in Lolland was entitled to five seats of its valgforbund and had four candidates: the fifth went to C."""
    lolland = data.council("kv2025", "Lolland")
    votes = {a_list.letter: a_list.votes for a_list in lolland.lists}
    candidates = {a_list.letter: len(a_list.candidates) for a_list in lolland.lists}
    entitled = proportional_election(votes, lolland.seats, alliances=lolland.alliances).seats
    elected = proportional_election(votes, lolland.seats, alliances=lolland.alliances, capacity=candidates).seats
    assert (candidates["Æ"], entitled["Æ"], elected["Æ"]) == (4, 5, 4)
    assert elected["C"] == entitled["C"] + 1
    assert elected == data.published("kv2025", "Lolland").seats


@pytest.mark.rule("KRVL-81-1", "KRVL-81-2", "KRVL-81-3", "KRVL-82")
def test_list_seats_of_all_councils_are_the_official_ones() -> None:
    """The seats of every list of the 98 councils elected in 2025 come out, and no quotients tie at a last seat."""
    for name, council in figures.councils("kv2025").items():
        election = proportional_election(
            {a_list.letter: a_list.votes for a_list in council.lists},
            council.seats,
            alliances=council.alliances,
            capacity={a_list.letter: len(a_list.candidates) for a_list in council.lists},
        )
        assert election.seats == data.published("kv2025", name).seats, name
        assert (election.ties, election.vacant) == ((), 0), name


@pytest.mark.rule("KRVL-81-2")
def test_seat_numbers_of_all_councils_are_the_official_ones() -> None:
    """Each seat of the 98 councils elected in 2025 has the number under which it was published."""
    for name, council in figures.councils("kv2025").items():
        election = proportional_election(
            {a_list.letter: a_list.votes for a_list in council.lists},
            council.seats,
            alliances=council.alliances,
            capacity={a_list.letter: len(a_list.candidates) for a_list in council.lists},
        )
        numbered = {award.number: award.winner for award in election.awards}
        assert numbered == {seat.number: seat.letter for seat in data.published("kv2025", name).mandates}, name


def test_only_alliances_have_an_inner_distribution() -> None:
    """The distribution to the units stands by itself."""
    election = proportional_election({"A": 2, "B": 1, "C": 1}, 2, alliances=[["A", "B"]])
    assert (list(election.units.seats), list(election.inner)) == (["A+B", "C"], ["A+B"])


# Equal to the slow way


@settings(max_examples=300)
@given(case=few)
def test_outcomes_are_those_of_following_every_lot(case: Case) -> None:
    """Every final distribution and its probability are those that come out by drawing every lot in every way."""
    slow = Slow(case)
    expected = slow.ends(slow.units(), case.seats)
    outcomes = case.hold().outcomes()
    assert {frozenset(outcome.seats.items()): outcome.probability for outcome in outcomes} == expected
    assert sum(outcome.probability for outcome in outcomes) == 1
    assert len(outcomes) == len(expected)


@settings(max_examples=300)
@given(case=few)
def test_certain_seats_and_open_lots_are_those_of_the_slow_way(case: Case) -> None:
    """A seat is reported when no lot can take it away; a lot is open when nothing else must be drawn before it."""
    slow, election = Slow(case), case.hold()
    ends = [dict(end) for end in slow.ends(slow.units(), case.seats)]
    assert election.seats == {name: min(end[name] for end in ends) for name in case.votes}
    assert Counter(as_lists(tie) for tie in election.ties) == Counter(slow.ties(slow.units(), case.seats))
    assert election.tie == next(iter(election.ties), None)
    assert election.complete == (len(ends) == 1 and not election.open)
    assert election.vacant == case.seats - sum(ends[0].values())


@given(case=few)
def test_replaying_the_draws_of_an_outcome_gives_that_outcome(case: Case) -> None:
    """The draws that are told with an outcome lead there, one for each lot on the way."""
    for outcome in case.hold().outcomes():
        replayed = case.hold(lots=outcome.draws)
        assert (replayed.seats, replayed.complete, replayed.draws) == (outcome.seats, True, outcome.draws)
        assert _pairs(replayed) == [(outcome.seats, Fraction(1))]


@given(case=few)
def test_outcomes_after_a_draw_are_those_that_are_left(case: Case) -> None:
    """Over all ways in which the first lot can fall, what is left after each makes up all outcomes and chances."""
    election = case.hold()
    draws = list(election.tie.draws()) if election.tie else []
    chances: dict[Mapping[str, int], Fraction] = {}
    for draw in draws:
        for outcome in case.hold(lots=[draw]).outcomes():
            chances[outcome.seats] = chances.get(outcome.seats, Fraction(0)) + outcome.probability / len(draws)
            assert case.hold(lots=[draw, *outcome.draws]).seats == outcome.seats
    assert not draws or chances == dict(_pairs(election))


@given(case=few, random=st.data())
def test_any_draws_lead_to_an_outcome(case: Case, random: st.DataObject) -> None:
    """However the lots are drawn, the end is one of the outcomes."""
    drawn = random.draw(testing.lots(lambda lots: case.hold(lots=lots)))
    assert case.hold(lots=drawn).seats in [outcome.seats for outcome in case.hold().outcomes()]


# What always holds


@given(case=cases(seats=10**6))
def test_every_seat_is_accounted_for(case: Case) -> None:
    """Seats awarded + seats open + vacant = seats to award, at any size and before and after the lots."""
    for election in (case.hold(), case.hold(lots=seeded(1))):
        assert sum(election.seats.values()) + election.open + election.vacant == case.seats
        assert list(election.seats) == list(case.votes)
        assert (election.open == 0) == election.complete == (election.ties == ())


@given(case=cases())
def test_alliances_are_read_alike_however_they_are_given(case: Case) -> None:
    """The units are in ballot order, and the same from lists and an iterator, from a dict and another mapping."""
    units = checked_units(case.alliances, case.votes)
    assert checked_units(iter(case.alliances), case.votes) == units
    named: dict[str, Members] = {unit.name: unit.lists for unit in alliances_of(units)}
    other: Mapping[str, Members] = MappingProxyType(named)
    assert checked_units(named, case.votes) == checked_units(other, case.votes)
    firsts = [unit if isinstance(unit, str) else unit.lists[0] for unit in units]
    assert firsts == [name for name in case.votes if name in firsts]


@given(case=cases())
def test_units_get_exactly_their_seats(case: Case) -> None:
    """Inside every alliance, at every depth, its members get together what it won, and nothing there is vacant."""
    election = case.hold(lots=seeded(2))
    alliances = {alliance.name: alliance for alliance in alliances_of(checked_units(case.alliances, case.votes))}
    for unit, won in election.unit_seats.items():
        lists = alliances[unit].lists if unit in alliances else (unit,)
        assert sum(election.seats[name] for name in lists) == won
    for allocation in [election.units, *election.inner.values()]:
        for name, won in allocation.seats.items():
            if name in election.inner:
                assert sum(election.inner[name].seats.values()) == won
                assert election.inner[name].vacant == 0


@given(case=cases(), random=st.randoms(use_true_random=False))
def test_order_is_immaterial(case: Case, random: Any) -> None:  # noqa: ANN401 - as Hypothesis types it
    """Lists, alliances and members in another order get the same seats, the same lots and the same outcome of them."""

    def shuffled(members: Nested) -> Nested:
        turned: Nested = [member if isinstance(member, str) else shuffled(member) for member in members]
        random.shuffle(turned)
        return turned

    names = list(case.votes)
    random.shuffle(names)
    turned = attrs.evolve(
        case,
        votes={name: case.votes[name] for name in names},
        alliances=[member for member in shuffled([*case.alliances]) if not isinstance(member, str)],
    )
    election, other = case.hold(), turned.hold()
    assert election.seats == other.seats
    assert (election.open, election.vacant) == (other.open, other.vacant)

    def open_lots(held: ProportionalElection) -> list[tuple[int, frozenset[frozenset[str]]]]:
        ties = [as_lists(tie) for tie in held.ties]
        return sorted(((places, frozenset(among)) for places, among in ties), key=repr_sorted)

    if all("+" not in name for name in names):
        assert open_lots(election) == open_lots(other)


def repr_sorted(tie: tuple[int, frozenset[frozenset[str]]]) -> tuple[int, list[list[str]]]:
    """Give a key that puts ties, which have sets in them, into one order."""
    return tie[0], sorted(sorted(unit) for unit in tie[1])


@given(case=few, random=st.randoms(use_true_random=False))
def test_order_does_not_change_the_chances(case: Case, random: Any) -> None:  # noqa: ANN401 - as Hypothesis types it
    """Lists in another order have the same outcomes with the same probabilities."""
    names = list(case.votes)
    random.shuffle(names)
    turned = attrs.evolve(case, votes={name: case.votes[name] for name in names})
    assert dict(_pairs(case.hold())) == dict(_pairs(turned.hold()))


@given(case=cases(), factor=st.integers(2, 10**12))
def test_scale_of_the_votes_is_immaterial(case: Case, factor: int) -> None:
    """All votes times the same number change nothing."""
    scaled = attrs.evolve(case, votes={name: count * factor for name, count in case.votes.items()}).hold()
    election = case.hold()
    assert (election.seats, election.ties, election.vacant) == (scaled.seats, scaled.ties, scaled.vacant)


@given(case=cases())
def test_one_more_seat_takes_none_away(case: Case) -> None:
    """With one more seat to award every list and every unit has at least as many for certain."""
    election, larger = case.hold(), attrs.evolve(case, seats=case.seats + 1).hold()
    assert all(larger.seats[name] >= won for name, won in election.seats.items())
    assert all(larger.unit_seats[name] >= won for name, won in election.unit_seats.items())


@given(case=cases(), random=st.data())
def test_more_votes_lose_no_seat(case: Case, random: st.DataObject) -> None:
    """A list that gets more votes, the others' being the same, has at least as many seats for certain."""
    name = random.draw(st.sampled_from(list(case.votes)))
    more = random.draw(st.integers(1, 12) | st.integers(1, 10**30))
    grown = attrs.evolve(case, votes={**case.votes, name: case.votes[name] + more}).hold()
    assert grown.seats[name] >= case.hold().seats[name]


@given(case=cases())
def test_without_alliances_it_is_dhondt(case: Case) -> None:
    """With every list on its own the distribution to the units is d'Hondt's."""
    election = attrs.evolve(case, alliances=[]).hold()
    plain = dhondt(case.votes, case.seats, capacity=case.capacity)
    assert (election.seats, election.vacant) == (plain.seats, plain.vacant)
    assert election.tie == (lot(plain.tie.places, plain.tie.among) if plain.tie else None)
    assert [award.steps for award in election.awards] == [(award,) for award in plain.awards]


@pytest.mark.rule("KRVL-38")
@given(case=cases(), random=st.data())
def test_alliance_of_one_list_is_none(case: Case, random: st.DataObject) -> None:
    """A list that is allied with nobody else behaves as alone, at every level, awards and lots included."""
    alone = random.draw(st.sets(st.sampled_from(list(case.votes))))

    def wrapped(members: Nested) -> Nested:
        return [wrapped(unit) if not isinstance(unit, str) else [unit] if unit in alone else unit for unit in members]

    allied = {name for alliance in case.alliances for name in Slow(case).lists(alliance)}
    units: list[Nested] = [wrapped(alliance) for alliance in case.alliances if not isinstance(alliance, str)]
    units += [[name] for name in case.votes if name in alone and name not in allied]
    election, other = case.hold(), attrs.evolve(case, alliances=units).hold()
    assert (election.seats, election.ties, election.open) == (other.seats, other.ties, other.open)
    assert [(award.winner, award.unit, award.quotient) for award in election.awards] == [
        (award.winner, award.unit, award.quotient) for award in other.awards
    ]
    assert case.hold(lots=seeded(4)).seats == attrs.evolve(case, alliances=units).hold(lots=seeded(4)).seats


@given(case=cases())
def test_alliances_by_name_are_those_in_brackets(case: Case) -> None:
    """A mapping in which alliances name each other says the same as lists in lists."""
    named: dict[str, list[str]] = {}

    def name_of(members: Nested) -> str:
        name = f"alliance {len(named)}"
        named[name] = []
        named[name] += [member if isinstance(member, str) else name_of(member) for member in members]
        return name

    for alliance in case.alliances:
        name_of(alliance)
    election, other = case.hold(), case.hold(alliances=named)
    assert (election.seats, election.open, election.vacant) == (other.seats, other.open, other.vacant)
    assert [tie.places for tie in election.ties] == [tie.places for tie in other.ties]
    assert case.hold(alliances=dict(reversed(named.items()))).ties == other.ties


@given(case=cases())
def test_awards_explain_every_seat(case: Case) -> None:
    """Awards are as many as the certain seats, in the order of the units' quotients, each from unit to list."""
    election = case.hold(lots=seeded(6))
    awards = election.awards
    assert [award.number for award in awards] == list(range(1, sum(election.seats.values()) + 1))
    assert Counter(award.winner for award in awards) == Counter(election.seats)
    assert Counter(award.unit for award in awards) == Counter(election.unit_seats)
    quotients = [award.steps[0].quotient or 0 for award in awards]
    assert quotients == sorted(quotients, reverse=True)
    for award in awards:
        last = award.steps[-1]
        assert (award.unit, award.number) == (award.steps[0].winner, award.steps[0].number)
        assert (award.winner, award.votes, award.quotient) == (last.winner, last.votes, last.quotient)
        assert award.votes == case.votes[award.winner]
        assert award.by_lot == any(step.by_lot for step in award.steps)
        assert all(step.quotient == Fraction(step.votes, step.divisor) for step in award.steps)


@given(case=cases())
def test_awards_before_the_lots_are_the_certain_ones(case: Case) -> None:
    """While a lot is open there is an award for every certain seat, and all of them stay when it is drawn."""
    before, after = case.hold(), case.hold(lots=seeded(6))
    assert Counter(award.winner for award in before.awards) == Counter(before.seats)
    assert not any(award.by_lot for award in before.awards)
    assert set(before.awards) <= set(after.awards)
    assert len(after.awards) == len(before.awards) + before.open


@given(votes=testing.votes(), data_=st.data())
def test_merging_keeps_every_vote(votes: Counts, data_: st.DataObject) -> None:
    """The units have all votes together, and are those that the election distributes to."""
    alliances = data_.draw(testing.alliances(votes))
    merged = merge_alliances(votes, alliances)
    assert sum(merged.values()) == sum(votes.values())
    assert list(proportional_election(votes, 3, alliances=alliances).unit_seats) == list(merged)
    assert type(merged) is dict


@given(case=cases())
def test_results_are_values(case: Case) -> None:
    """A result equals the same result, can be hashed, copied and pickled."""
    election, again = case.hold(lots=seeded(8)), case.hold(lots=seeded(8))
    restored = pickle.loads(pickle.dumps(election))  # noqa: S301 - made here
    assert election == again == restored == copy.deepcopy(election)
    assert len({election, again, restored}) == 1
    assert (restored.awards, restored.ties) == (election.awards, election.ties)


@given(case=cases())
def test_turns_are_the_awards_without_figures(case: Case) -> None:
    """Who asks for no figures gets the same seats, in the same order, with the same lots."""
    election = case.hold(lots=seeded(6))
    assert election.turns == tuple((award.number, award.winner, award.by_lot) for award in election.awards)


@given(case=cases())
def test_the_distribution_at_a_level_is_one_by_itself(case: Case) -> None:
    """What is told of one level is a distribution of its own: with its votes, its room and its draws it comes again."""
    election = case.hold(lots=seeded(6))
    for level in (election.units, *election.inner.values()):
        assert settle(level.case, level.draws) == level


def test_a_level_tells_the_limits_that_can_matter() -> None:
    """A list that may have more seats than there are is not limited, and where nobody is nothing is told of limits."""
    votes, alliances = {"A": 60, "B": 20, "C": 20}, [["A", "B"]]
    election = proportional_election(votes, 5, alliances=alliances, capacity={"A": 5, "B": 0, "C": 6})
    assert (election.units.case.capacity, election.inner["A+B"].case.capacity) == ({"A+B": 5}, {"A": 5, "B": 0})
    free = proportional_election(votes, 5, alliances=alliances, capacity={})
    assert free.case == proportional_election(votes, 5, alliances=alliances).case
    assert (free.units.case.capacity, free.inner["A+B"].case.capacity) == (None, None)
    assert proportional_election({"A": 60, "B": 0}, 5).units.case.capacity is None


def test_a_tree_has_room_for_who_is_limited_and_more_than_all_the_seats_for_the_others() -> None:
    """A limit of all the seats is one, of more or without seats is none; nowhere is room where nothing is limited."""
    votes, units = {"A": 5, "B": 3, "C": 0}, (Alliance("A+B", ("A", "B")), "C")
    free = tree_of(units, votes)
    assert (free.rooms, free.inner["A+B"].rooms) == (None, None)
    for limits, seats in (({"A": 4, "B": 9}, 3), ({"A": 1}, 0)):
        assert tree_of(units, votes, limits, seats) == free
    assert tree_of(units, votes, {"A": 1}) == free
    limited = tree_of(units, votes, {"A": 3, "B": 9}, 3)
    assert (limited.rooms, limited.inner["A+B"].rooms) == ([7, 0], [3, 4])


# Lots that a full list took part in

FIVE = dict.fromkeys("ABCDE", 10)


@pytest.mark.rule("KRVL-81-ONE")
@pytest.mark.parametrize(
    ("votes", "seats", "capacity", "draws", "won", "left"),
    [
        (FIVE, 1, {"A": 0}, [], "", (1, "BCDE")),
        (FIVE, 1, {"A": 0}, [("ABCDE", "B")], "B", None),
        (FIVE, 1, {"A": 0}, [("ABCDE", "A")], "", (1, "BCDE")),
        (FIVE, 1, {"A": 0}, [("ABCDE", "A"), ("BCDE", "E")], "E", None),
        (FIVE, 2, {"A": 0}, [("ABCDE", "AC")], "C", (1, "BDE")),
        (FIVE, 2, {"A": 0, "B": 0}, [("ABCDE", "AB")], "", (2, "CDE")),
        (FIVE, 2, {"A": 0, "B": 0}, [("ABCDE", "BC")], "C", (1, "DE")),
        (FIVE, 2, {"A": 0, "B": 0}, [("ABCDE", "BC"), ("DE", "E")], "CE", None),
        ({"A": 20, "B": 10, "C": 10}, 2, {"A": 1}, [("ABC", "A")], "A", (1, "BC")),
        ({"A": 20, "B": 10, "C": 10}, 2, {"A": 1}, [("ABC", "A"), ("BC", "C")], "AC", None),
        ({"A": 30, "B": 20, "C": 20}, 5, {"A": 2}, [("ABC", "C")], "AABCC", None),
    ],
)
def test_a_full_list_takes_part_in_the_lot(
    votes: Counts, seats: int, capacity: Counts, draws: list[tuple[str, str]], won: str, left: tuple[int, str] | None
) -> None:
    """By the words of § 81 a list without room takes part, and what it wins goes to the others, by another lot."""
    lots = [Draw([*among], [*chosen]) for among, chosen in draws]
    election = proportional_election(votes, seats, capacity=capacity, lots=lots)
    assert election.seats == {name: won.count(name) for name in votes}
    assert election.ties == (() if left is None else (lot(left[0], tuple(left[1])),))
    assert election.draws == tuple(lots)
    assert not any(turn.by_lot for turn in election.turns if turn.winner in capacity)  # what it has it had before
    assert proportional_election(votes, seats, capacity=capacity, lots=election.draws) == election


@pytest.mark.rule("KRVL-81-ONE")
@pytest.mark.parametrize(
    ("votes", "seats", "room"),
    [
        ({"A": 19, "B": 10, "C": 10}, 2, 1),
        ({"A": 9, "B": 10, "C": 10}, 1, 0),
        ({"A": 11, "B": 10, "C": 10}, 1, 0),
        ({"A": 0, "B": 10, "C": 10}, 1, 0),
    ],
)
def test_who_is_not_equal_takes_no_part_in_the_lot(refused: Refused, votes: Counts, seats: int, room: int) -> None:
    """A draw with a full list that has another quotient is a draw of another lot."""
    lots = [Draw(["A", "B", "C"], ["B"])]
    message = refused(proportional_election, votes, seats, capacity={"A": room}, lots=lots, error=LotError)
    assert message == "draw 1 picks 1 among A, B, C; the lot that is open is 1 place among B, C"


@pytest.mark.rule("KRVL-81-2")
def test_a_lot_among_units_leaves_the_lots_of_other_alliances_open() -> None:
    """Where the seats of an alliance are certain, its own lot is drawn, whatever lot is open between others."""
    votes, alliances = {"A": 3, "B": 3, "C": 4, "D": 4}, [["A", "B"]]
    election = proportional_election(votes, 2, alliances=alliances)
    assert election.ties == (lot(1, ("C", "D")), lot(1, ("A", "B"), "A+B"))
    drawn = proportional_election(votes, 2, alliances=alliances, lots=[Draw([], ["B"], place="A+B")])
    assert (drawn.seats, drawn.ties) == ({"A": 0, "B": 1, "C": 0, "D": 0}, (lot(1, ("C", "D")),))


def test_rules_and_own_votes_are_of_alliances_by_their_names(refused: Refused) -> None:
    """A rule inside an alliance is the id of one; votes for the alliance itself come under its name, composed."""
    votes, allied = FrozenDict({"Å": 10, "B": 10, "C": 25}), [["Å", "B"]]
    own = ProportionalCase(votes=votes, seats=1, alliances=allied, own_votes={"A\u030a+B": 6})  # type: ignore[arg-type]
    assert own.own_votes == {"Å+B": 6}
    assert settle(own).unit_seats == {"Å+B": 1, "C": 0}
    inner = ProportionalCase(votes=votes, seats=3, alliances=allied, inner_rules={"A\u030a+B": "KRVL-82"})
    assert [(tie.among, tie.rule) for tie in settle(inner).ties] == [(("Å", "B"), "KRVL-82")]
    message = refused(ProportionalCase, votes=votes, seats=1, alliances=allied, inner_rules={"Å+B": 5})
    assert message == "rule is 5; it is a text"
    message = refused(ProportionalCase, votes=votes, seats=1, alliances=allied, own_votes={"C": 5})
    assert message == "own_votes names 'C', which is not in alliances; alliances has Å+B"


def test_an_alliance_that_is_made_by_hand_is_read_as_the_others(refused: Refused) -> None:
    """Its name is composed, or refused where it is none, and its members are lists that stand."""
    votes = {"Å": 10, "B": 10, "C": 25}
    made = Alliance("A\u030a og B", ("B", "A\u030a"))
    assert proportional_election(votes, 3, alliances=[made]).unit_seats == {"Å og B": 1, "C": 2}
    assert checked_units({"Å": ["A\u030a"]}, votes) == ("Å", "B", "C")
    assert refused(proportional_election, votes, 3, alliances=[Alliance(" ", ("Å", "B"))]) == (
        "alliance 1 has the name ' '; a name is text that is not blank"
    )
    assert refused(Alliance, 5, ("Å", "B")) == "alliance has the name 5; a name is text"
    assert refused(Alliance, "AB", "AB").startswith("alliance AB is 'AB'; give its lists one by one")
    assert refused(Alliance, "AB", 5).startswith("alliance AB is 5; give its lists one by one")
    assert refused(Alliance, "AB", ("A", 5)).startswith("alliance AB has the member 5; a member is a list's name")
    assert refused(Alliance, "AB", ["A", 5]).startswith("alliance AB has the member 5; a member is a list's name")
    assert Alliance("AB", iter(["A", "B"])) == Alliance("AB", ("A", "B"))  # type: ignore[arg-type]


def test_a_unit_stands_where_its_first_list_stands() -> None:
    """Alliances come in the order of the votes, each once, and one of a single list is that list."""
    votes = dict.fromkeys("ABCDE", 1)
    for alliances in ([["D", "B"], ["C", "A", "E"]], iter([["C", "A", "E"], ["D", "B"]])):
        units = checked_units(alliances, votes)
        assert units == (Alliance("A+C+E", ("A", "C", "E")), Alliance("B+D", ("B", "D")))
    assert checked_units([["A"], ("B",)], votes) == ("A", "B", "C", "D", "E")


def test_names_that_are_given_go_before_others() -> None:
    """A name in a mapping goes before the alliance's own, and one without a name has its lists'."""
    votes = dict.fromkeys("ABCD", 1)
    assert merge_alliances(votes, {"X": Alliance("Y", ("A", "B"))}) == {"X": 2, "C": 1, "D": 1}
    assert merge_alliances(votes, [Alliance("Y", ("A", "B"))]) == {"Y": 2, "C": 1, "D": 1}
    assert merge_alliances(votes, [Alliance("", ("A", "B"))]) == {"A+B": 2, "C": 1, "D": 1}
    inward = {"X": ["Y", "D"], "Y": ["Z", "C"], "Z": ["A", "B"]}
    assert merge_alliances(votes, inward) == {"X": 4}


def test_alliances_beside_each_other_are_not_deep() -> None:
    """There may be any number of them, and only those inside each other are counted as deep."""
    votes = {f"L{number:03}": 1 for number in range(120)}
    names = list(votes)
    pairs: dict[str, Members] = {f"alliance {at}": names[at : at + 2] for at in range(0, 120, 2)}
    assert merge_alliances(votes, pairs) == dict.fromkeys(pairs, 2)
    assert merge_alliances(votes, pairs | {"all": list(pairs)}) == {"all": 120}


# What is refused


SELF: list[Any] = ["A"]
SELF.append(SELF)
DEEP: Any = ["A"]
for _ in range(5000):
    DEEP = ["B", DEEP]


@pytest.mark.rule("KRVL-38")
@pytest.mark.parametrize(
    ("alliances", "message"),
    [
        (None, "alliances is None; give each alliance as its lists, for example [['A', 'B']]"),
        (5, "alliances is 5; give each alliance as its lists, for example [['A', 'B']]"),
        ("AB", "alliances is 'AB'; give each alliance as its lists, for example [['A', 'B']]"),
        (["AB"], "alliance 1 is 'AB'; give its lists one by one, for example ['A', 'B']"),
        (["A", "B"], "alliance 1 is 'A'; give its lists one by one, for example ['A', 'B']"),
        ([["A", "B"], 5], "alliance 2 is 5; give its lists one by one, for example ['A', 'B']"),
        ([["A", 5]], "alliance 1 has the member 5; a member is a list's name, or an alliance"),
        ([["A", None]], "alliance 1 has the member None; a member is a list's name, or an alliance"),
        ([["A", ""]], "alliance 1 has the name ''; a name is text that is not blank"),
        ([[]], "alliance 1 has no lists; an alliance has at least one"),
        ([["A", []]], "an alliance in alliance 1 has no lists; an alliance has at least one"),
        ([["A", "Q"]], "alliance 1 names 'Q', which is not in votes; votes has A, B, C"),
        ([["A", "B", "Q"]], "alliance 1 names 'Q', which is not in votes; votes has A, B, C"),
        ([["A", "B", "A"]], "the list 'A' is twice in A+A+B; a list is in at most one alliance, once"),
        ([["A", "A"]], "the list 'A' is twice in A+A; a list is in at most one alliance, once"),
        ([["A", "B"], ["B", "C"]], "the list 'B' is in A+B and in B+C; a list is in at most one alliance, once"),
        ([["A", ["A", "B"]]], "the list 'A' is in A+A+B and in A+B; a list is in at most one alliance, once"),
        ([["A", "B"], ["A", "B"]], "the list 'A' is twice in A+B; a list is in at most one alliance, once"),
        ([SELF], "an alliance in alliance 1 is a member of itself; an alliance is never inside itself"),
        ([DEEP], "alliances stand more than 50 deep inside each other; so deep are none"),
        ({"Rød": ["A", "Rød"]}, "alliances['Rød'] is a member of itself; an alliance is never inside itself"),
        ({"X": ["Y"], "Y": ["X"]}, "alliances['X'] is a member of itself; an alliance is never inside itself"),
        ({"Rød": []}, "alliances['Rød'] has no lists; an alliance has at least one"),
        ({"Rød": "AB"}, "alliances['Rød'] is 'AB'; give its lists one by one, for example ['A', 'B']"),
        ({"Rød": None}, "alliances['Rød'] is None; give its lists one by one, for example ['A', 'B']"),
        ({"": ["A"]}, "alliances has the name ''; a name is text that is not blank"),
        ({1: ["A"]}, "alliances has the name 1; a name is text"),
        ({"Å": ["A"], "A\u030a": ["B"]}, "alliances names 'Å' twice, in two spellings of the same letters"),
        ({"C": ["A", "B"]}, "two units have the name 'C'; give the alliance a name of its own"),
        (
            {"X": ["A"], "Y": ["X", "B"], "Z": ["X", "C"]},
            "alliances['Z'] names 'X', which is in an alliance already; it is in at most one",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_alliances_that_cannot_be_are_refused(refused: Refused, alliances: Alliances, message: str) -> None:
    """What is no alliance, is in two, or is inside itself is named, wherever alliances are taken."""
    votes = {"A": 3, "B": 2, "C": 1}
    assert refused(proportional_election, votes, 1, alliances=alliances).startswith(message)
    assert refused(merge_alliances, votes, alliances).startswith(message)


def test_alliances_are_taken_from_whatever_gives_their_lists() -> None:
    """An alliance may be anything that can be gone through; one of a single list keeps the name that it was given."""
    votes = {"A": 10, "B": 10, "C": 25}
    for alliance in (iter(["A", "B"]), {"A": 1, "B": 2}.keys(), {"A", "B"}, ["A", "B"]):
        assert proportional_election(votes, 3, alliances=[alliance]).unit_seats == {"A+B": 1, "C": 2}
    nested = proportional_election(votes, 3, alliances=[["C", ["B", "A"]]]).case.alliances[0]
    assert (nested.lists, [*map(str, nested.members)][1]) == (("A", "B", "C"), "C")
    assert list(proportional_election(votes, 3, alliances={"Rød": ["A"]}).unit_seats) == ["Rød", "B", "C"]
    assert list(proportional_election(votes, 3, alliances=[["A"]]).unit_seats) == ["A", "B", "C"]


def test_names_of_alliances_are_of_one_and_of_lists_that_stand(refused: Refused) -> None:
    """Two alliances have two names, and one that has every list and one more is refused too."""
    votes = {"A": 1, "B": 1, "C": 1, "D": 1}
    beside = [Alliance("X", ("A", "B")), Alliance("X", ("C", "D"))]
    inside = [Alliance("X", ("A", Alliance("X", ("B", "C"))))]
    for two in (beside, inside):
        assert refused(proportional_election, votes, 1, alliances=two).startswith("two units have the name 'X'; ")
    assert "names 'Q', which is not in votes" in refused(proportional_election, votes, 1, alliances=[[*"ABCDQ"]])


def test_an_alliance_takes_no_seat_that_none_of_its_lists_can_take() -> None:
    """Votes for an alliance and for none of its lists give no seat to lists without votes."""
    case = ProportionalCase(
        votes=FrozenDict({"A": 0, "B": 0, "C": 5}), seats=3, alliances=(Alliance("A+B", ("A", "B")),),
        own_votes=FrozenDict({"A+B": 10}),
    )  # fmt: skip
    election = settle(case)
    assert (election.unit_seats, election.seats, election.vacant) == ({"A+B": 0, "C": 3}, {"A": 0, "B": 0, "C": 3}, 0)


def test_fifty_alliances_inside_each_other_are_taken(refused: Refused) -> None:
    """As deep as the limit, and no deeper."""
    votes: Counts = {f"L{number}": 1 for number in range(52)}
    nested: Any = ["L0", "L1"]
    for number in range(2, 51):
        nested = [nested, f"L{number}"]
    assert len(list(every_alliance(proportional_election(votes, 1, alliances=[nested]).case.units))) == 50
    assert "more than 50 deep" in refused(proportional_election, votes, 1, alliances=[[nested, "L51"]])


def test_list_named_as_two_others_joined_is_refused(refused: Refused) -> None:
    """An alliance without a name of its own cannot take the name of a list."""
    message = refused(merge_alliances, {"A": 1, "B": 1, "A+B": 1}, [["A", "B"]])
    assert message == "two units have the name 'A+B'; give the alliance a name of its own"


@given(case=cases(names=5), random=st.data())
def test_anything_is_taken_or_refused(refused: Refused, case: Case, random: st.DataObject) -> None:
    """Whatever is given as alliances makes an election or an error of ours."""
    junk = st.sampled_from([*case.votes, "Q", "", 5, None, 2.0])
    members = st.recursive(junk, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
    alliances = random.draw(st.lists(members, max_size=3) | st.dictionaries(st.sampled_from("XYA"), members))
    try:
        election = case.hold(alliances=alliances)
    except ValueError:
        refused(case.hold, alliances=alliances)
    else:
        assert sum(election.seats.values()) + election.open + election.vacant == case.seats
