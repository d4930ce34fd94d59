"""A whole council election: seats, seat numbers, the elected, the substitutes, and the lots that are open."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kommunalvalg import Draw, data, dhondt, proportional_election, seeded, testing
from kommunalvalg.council import Candidate, CandidateList, CouncilElection, CouncilResult, elect_council
from kommunalvalg.council.candidates import ElectedBy
from kommunalvalg.council.seats import surpluses
from kommunalvalg.errors import LotError, VoteError
from kommunalvalg.lots import Place, Where, settle
from kommunalvalg.methods.alliances import ProportionalElection, alliances_of
from kommunalvalg.report import explain

Refused = Callable[..., str]


def a_list(key: str, *personal: int, list_votes: int = 0, form: str = "sideordnet") -> CandidateList:
    """A list whose letter is the first of its key, and whose candidates are named by key and place."""
    candidates = [Candidate(f"{key}-{place}", votes) for place, votes in enumerate(personal, start=1)]
    return CandidateList(key[0], key, candidates, list_votes, form, key=key)


def long_list(key: str, votes: int, candidates: int = 20) -> CandidateList:
    """A list whose candidates have different personal votes, so that only quotients draw lots."""
    return a_list(key, *range(candidates, 0, -1), list_votes=votes - candidates * (candidates + 1) // 2)


KEYS = ("A1", "A2", "A3", "B", "C", "D")
PERSONAL = st.lists(st.integers(0, 3) | st.integers(0, 40), min_size=1, max_size=5)
ALLIANCES: list[Any] = [
    [],
    [["A1", "B"]],
    [["A1", "B"], ["C", "D"]],
    [["B"], ["A2", "C", "D"]],
    [[["A1", "A2", "A3"], "B", "C", "D"]],
    [["B", ["A1", "A2"]], ["C", "D"]],
    [[["A1", "A2", "A3"]], ["B", "C"]],
    [["B", "C", ["A1", "A2", "A3"]]],
    [[["A1"]], ["B", ["A2", "A3"]]],
]


@st.composite
def elections(draw: st.DrawFn) -> CouncilElection:
    """Elections of 2021 with few votes, so that lots of every kind and surplus seats come often."""
    form = st.sampled_from(["sideordnet", "partiliste"])
    common = draw(st.none() | PERSONAL)
    lists = [
        a_list(key, *(common or draw(PERSONAL)), list_votes=draw(st.integers(0, 5)), form=draw(form)) for key in KEYS
    ]
    return CouncilElection("Nyby", draw(st.integers(1, 12)), lists, draw(st.sampled_from(ALLIANCES)), 2021)


MANY = 60


def ends(result: CouncilResult) -> Iterator[CouncilResult]:
    """Follow every way in which the lots that decide a place can fall, if there are not too many."""
    waiting, ways = [result], 0
    while waiting:
        reached = waiting.pop()
        if reached.tie is None:
            yield reached
            continue
        draws = list(reached.tie.draws())
        ways += len(draws)
        assume(ways < MANY)
        waiting += [elect_council(result.case, lots=[*reached.draws, draw]) for draw in draws]


def elected(result: CouncilResult) -> set[tuple[str, str]]:
    """Who is certain to be elected, by key and name."""
    return {(mandate.key, mandate.candidate) for mandate in result.mandates}


# What always holds


@pytest.mark.rule("KRVL-81-3", "KRVL-81-ONE", "KRVL-91-1")
@given(elections())
def test_every_seat_is_accounted_for(election: CouncilElection) -> None:
    """Mandates, open seats and vacant seats are the council, with the lots open and with them drawn."""
    for result in (elect_council(election), elect_council(election, lots=seeded(7))):
        assert len(result.mandates) + result.open + result.vacant == election.seats
        assert (result.open == 0) == result.complete
        assert len({mandate.number for mandate in result.mandates}) == len(result.mandates)
        assert [mandate.number for mandate in result.mandates] == sorted(mandate.number for mandate in result.mandates)
        assert all(1 <= mandate.number <= election.seats - result.vacant for mandate in result.mandates)
    assert [mandate.number for mandate in result.mandates] == list(range(1, election.seats - result.vacant + 1))


@pytest.mark.rule("KRVL-91-1")
@given(elections())
def test_elected_and_substitutes_of_a_list_are_the_list(election: CouncilElection) -> None:
    """With every lot drawn, a list with seats consists of its elected and its substitutes, and one without has none."""
    result = elect_council(election, lots=seeded(7))
    assert (result.ties, result.rank_ties, result.substitute_ties) == ((), (), ())
    for key, its in result.lists.items():
        names = [each.candidate for each in its.elected]
        assert len(names) == result.seats[key]
        assert [each.rank for each in its.elected] == list(range(1, len(names) + 1))
        everybody = {candidate.name for candidate in election.by_key[key].candidates} if names else set()
        assert {*names, *its.substitutes} == everybody
        assert len(names) + len(its.substitutes) == len(everybody)


@pytest.mark.rule("KRVL-81-2", "KRVL-85")
@settings(max_examples=60)
@given(elections())
def test_what_is_certain_is_what_no_lot_can_change(election: CouncilElection) -> None:
    """Those elected while lots are open are exactly those elected however the lots fall; substitutes stay such."""
    result = elect_council(election)
    finals = list(ends(result))
    assert elected(result) == set.intersection(*(elected(final) for final in finals))
    for key, its in result.lists.items():
        assert all(set(its.substitutes) <= set(final.substitutes[key]) for final in finals)
        assert its.seats == min(final.seats[key] for final in finals)
        assert its.most == max(final.seats[key] for final in finals)
        assert its.settled == (its.most == its.seats)
    for mandate in result.mandates:
        numbers = {other.number for final in finals for other in final.mandates if other.candidate == mandate.candidate}
        assert mandate.rank_open or numbers == {mandate.number}


@given(elections())
def test_outcomes_are_those_of_the_seats(election: CouncilElection) -> None:
    """The outcomes of a council are the possible seats of its lists, and their probabilities sum to one."""
    outcomes = elect_council(election).outcomes()
    assert sum(outcome.probability for outcome in outcomes) == 1
    assert all(sum(outcome.seats.values()) <= election.seats for outcome in outcomes)


@given(elections(), st.data())
def test_recorded_draws_are_replayed(election: CouncilElection, data: st.DataObject) -> None:
    """The draws of a result give the same result again, and one more draw than that is refused."""
    drawn = data.draw(testing.lots(lambda lots: elect_council(election, lots=lots)))
    result = elect_council(election, lots=drawn)
    assert elect_council(election, lots=result.draws) == result
    everything = elect_council(election, lots=seeded(3))
    assert elect_council(election, lots=everything.draws) == everything
    with pytest.raises(LotError, match=f"^draw {len(everything.draws) + 1}, among X, Y, is left over"):
        elect_council(election, lots=[*everything.draws, Draw(["X", "Y"], ["X"])])


@pytest.mark.rule("KRVL-74")
@given(elections())
def test_without_candidates_to_run_out_alliances_or_not_the_units_are_dhondts(election: CouncilElection) -> None:
    """The units' seats are d'Hondt's on their votes and number of candidates."""
    result = elect_council(election)
    units = result.proportional.units
    votes = dict.fromkeys(units.seats, 0)
    room = dict.fromkeys(units.seats, 0)
    allied = {alliance.name: alliance.lists for alliance in alliances_of(election.units)}
    for unit in units.seats:
        for key in allied.get(unit, (unit,)):
            votes[unit] += election.by_key[key].votes
            room[unit] += len(election.by_key[key].candidates) if election.by_key[key].votes else 0
    assert units.seats == dhondt(votes, election.seats, capacity=room).seats


# §§ 81-83


@pytest.mark.rule("KRVL-81-2")
def test_equal_quotients_at_the_last_seat_draw_lots() -> None:
    """200 / 2 against 100 / 1 is a lot, and both lists have their certain seats until it is drawn."""
    election = CouncilElection("Nyby", 2, [a_list("A", 120, 80), a_list("B", 60, 40)])
    result = elect_council(election)
    assert (result.seats, result.open, result.complete) == ({"A": 1, "B": 0}, 1, False)
    tie = result.ties[0]
    assert (tie.places, tie.among, tie.provision) == (1, ("A", "B"), "KRVL § 81, stk. 2")
    assert tie.place == Place(Where.UNITS, "", "Nyby")
    assert [(mandate.number, mandate.candidate) for mandate in result.mandates] == [(1, "A-1")]
    drawn = elect_council(election, lots=[Draw(["A", "B"], ["B"])])
    assert [(each.number, each.candidate, each.by_lot) for each in drawn.mandates] == [
        (1, "A-1", False),
        (2, "B-1", True),
    ]
    assert [(dict(seats), str(chance)) for seats, chance in ((o.seats, o.probability) for o in result.outcomes())] == [
        ({"A": 2, "B": 0}, "1/2"),
        ({"A": 1, "B": 1}, "1/2"),
    ]


@pytest.mark.rule("KRVL-81-2")
def test_candidate_lots_wait_for_the_seats_of_their_list() -> None:
    """While a list's number of seats is open, its candidates draw no lots, and it has no substitutes yet."""
    election = CouncilElection("Nyby", 2, [a_list("A", 100, 50, 50), a_list("B", 50, 50)])
    result = elect_council(election)
    assert [tie.among for tie in result.ties] == [("A", "B")]
    assert result.substitutes == {"A": (), "B": ()}
    drawn = elect_council(election, lots=[Draw(["A", "B"], ["A"])])
    assert [(tie.among, tie.place) for tie in drawn.ties] == [(("A-2", "A-3"), Place(Where.LIST, "A", "Nyby"))]


@pytest.mark.rule("KRVL-86-1")
def test_a_party_list_is_certain_only_of_who_is_elected_with_both_fordelingstal() -> None:
    """Another seat changes the quota, so figures of a party list wait for the lot on its seats."""
    lists = [a_list("A", 0, 0, 40, list_votes=60, form="partiliste"), a_list("B", 50)]
    result = elect_council(CouncilElection("Nyby", 2, lists))
    assert [tie.among for tie in result.ties] == [("A", "B")]
    assert (result.lists["A"].fordelingstal, result.lists["A"].settled) == (None, False)
    assert [(each.candidate, each.elected_by) for each in result.mandates] == [("A-1", ElectedBy.EITHER_WAY)]


@pytest.mark.rule("KRVL-81-ONE")
def test_a_recorded_lot_with_a_full_list_is_taken() -> None:
    """By the words A with no candidate left takes part in the lot, and what it wins is transferred by another."""
    election = CouncilElection("Nyby", 2, [a_list("A", 200), a_list("B", 60, 40), a_list("C", 55, 45)])
    (tie,) = elect_council(election).ties
    assert tie.among == ("B", "C")
    full, other = Draw(["A", "B", "C"], ["A"]), Draw(["B", "C"], ["C"])
    transferred = elect_council(election, lots=[full, other])
    assert (transferred.seats, transferred.draws) == ({"A": 1, "B": 0, "C": 1}, (full, other))
    assert [(each.candidate, each.by_lot) for each in transferred.mandates] == [("A-1", False), ("C-1", True)]
    assert elect_council(election, lots=transferred.draws) == transferred
    assert [each.among for each in elect_council(election, lots=[full]).ties] == [("B", "C")]
    assert elect_council(election, lots=[Draw(["C", "B", "A"], ["B"])]).seats == {"A": 1, "B": 1, "C": 0}
    with pytest.raises(LotError, match="the lot that is open is 1 place among B, C"):
        elect_council(election, lots=[Draw(["A", "B", "C", "D"], ["A"])])
    alone = CouncilElection("Nyby", 3, [a_list("A", 200), a_list("B", 60, 40), a_list("C", 55, 45)])
    assert elect_council(alone).complete


@pytest.mark.rule("KRVL-82")
def test_a_lot_inside_a_valgforbund_names_it() -> None:
    """Equal quotients inside a valgforbund draw lots under § 82, after those among the units."""
    lists = [long_list("A", 300), long_list("B", 300), long_list("C", 600)]
    result = elect_council(CouncilElection("Nyby", 2, lists, [["A", "B"]]))
    tie = result.ties[0]
    assert (tie.among, tie.provision) == (("A", "B"), "KRVL § 82")
    assert tie.place == Place(Where.ALLIANCE, "A+B", "Nyby")
    assert result.seats == {"A": 0, "B": 0, "C": 1}


@pytest.mark.rule("KRVL-38")
def test_a_valgforbund_of_one_list_behaves_as_the_list_alone() -> None:
    """An alliance of a single list changes nothing, in the seats as in the lots."""
    lists = [long_list("A", 600), long_list("B", 300)]
    alone, allied = (elect_council(CouncilElection("Nyby", 2, lists, alliances)) for alliances in ([], [["A"], ["B"]]))
    assert (alone.mandates, alone.ties) == (allied.mandates, allied.ties)


@pytest.mark.rule("KRVL-81-1", "KRVL-37", "KRVL-82", "KRVL-83")
def test_listeforbund_of_2021_three_levels() -> None:
    """In 2021 a listeforbund counts as one list inside a valgforbund, or as a unit of its own outside."""
    votes = {"A1": 420, "A2": 380, "B": 700, "C1": 360, "C2": 270, "D": 490}
    lists = [long_list(key, count) for key, count in votes.items()]
    election = CouncilElection("Nyby", 9, lists, [["B", ["A1", "A2"]], [["C1", "C2"]]], 2021)
    result = elect_council(election)
    # 1500 / 1, / 2, ... / 5 = 300 against 630 / 2 = 315; then 1500 / 6 = 250 against 490 / 2 = 245.
    assert result.proportional.unit_seats == {"A1+A2+B": 6, "C1+C2": 2, "D": 1}
    # Inside: 800 against 700, three each; then 420, 380, 210, and 360, 270.
    assert result.seats == {"A1": 2, "A2": 1, "B": 3, "C1": 1, "C2": 1, "D": 1}
    assert [(mandate.letter, mandate.key) for mandate in result.mandates[:3]] == [("A", "A1"), ("B", "B"), ("C", "C1")]


@pytest.mark.rule("KRVL-83")
@pytest.mark.parametrize("alliances", [[["B", ["A1", "A2"]]], [[["A1", "A2"]]]])
def test_a_lot_inside_a_listeforbund_names_it(alliances: list[Any]) -> None:
    """Equal quotients inside a listeforbund draw lots under § 83, whether or not it is in a valgforbund."""
    lists = [long_list("A1", 400), long_list("A2", 400), long_list("B", 300)]
    result = elect_council(CouncilElection("Nyby", 1, lists, alliances, 2021))
    tie = result.ties[0]
    assert (tie.among, tie.provision) == (("A1", "A2"), "KRVL § 83")
    assert tie.place == Place(Where.ALLIANCE, "A1+A2", "Nyby")


@pytest.mark.rule("KRVL-81-3", "KRVL-82")
def test_lolland_2025_the_fifth_seat_of_danmarksdemokraterne_goes_to_the_conservatives() -> None:
    """Æ is entitled to five of its valgforbund's six seats and has four candidates: the fifth stays inside, with C."""
    lolland = data.council("kv2025", "Lolland")
    votes = lolland.votes
    assert dhondt({key: votes[key] for key in "CIÆ"}, 6).seats == {"C": 1, "I": 0, "Æ": 5}
    result = elect_council(lolland)
    assert result.proportional.unit_seats["C+I+Æ"] == 6
    assert {key: result.seats[key] for key in "CIÆ"} == {"C": 2, "I": 0, "Æ": 4}
    assert result.substitutes["Æ"] == ()


@pytest.mark.rule("KRVL-81-3", "KRVL-82")
def test_a_surplus_says_where_it_stands_and_by_which_rule() -> None:
    """Of Lolland: inside the valgforbund, under § 82; and of a unit, under § 81, stk. 3."""
    (surplus,) = surpluses(elect_council(data.council("kv2025", "Lolland")).proportional)
    assert (surplus.name, surplus.entitled, surplus.candidates, surplus.to) == ("Æ", 5, 4, {"C": 1})
    assert (surplus.place, surplus.rule) == (Place(Where.ALLIANCE, "C+I+Æ", "Lolland"), "KRVL-82")
    alone = elect_council(CouncilElection("Nyby", 4, [a_list("A", 900), a_list("B", 30, 20, 10)]))
    assert [each.rule for each in surpluses(alone.proportional)] == ["KRVL-81-3"]


@pytest.mark.rule("KRVL-81-3")
def test_surpluses_are_told_level_by_level() -> None:
    """A level with an open lot, with or without the limits, is left out, the others are told; and only who gains."""
    assert surpluses(proportional_election({"A": 10, "B": 2, "C": 2}, 5, capacity={"A": 1})) == ()
    assert surpluses(proportional_election({"A": 10, "B": 2, "C": 2}, 4, capacity={"A": 3})) == ()
    votes = {"A": 5, "B": 5, "C": 9, "D": 1}
    found = surpluses(proportional_election(votes, 6, alliances=[["A", "B"], ["C", "D"]], capacity={"C": 1, "D": 9}))
    assert [(each.name, each.to) for each in found] == [("C", {"D": 2})]
    (found_one,) = surpluses(proportional_election({"A": 60, "B": 40, "C": 1}, 5, capacity={"A": 2}))
    assert (found_one.name, found_one.to, found_one.rule) == ("A", {"B": 1}, "")


@pytest.mark.rule("KRVL-82", "KRVL-83")
def test_beside_a_listeforbund_a_valgforbund_is_under_82() -> None:
    """Each alliance has its section: § 83 inside a listeforbund, § 82 inside a valgforbund, whatever the keys."""
    lists = [a_list("B1", 5), a_list("B2", 5), *(a_list(key, 5) for key in "ACD")]
    election = CouncilElection("Nyby", 2, lists, [["A", ["B1", "B2"]], ["C", "D"]], 2021)
    assert election.distribution.inner_rules == {"B1+B2+A": "KRVL-82", "B1+B2": "KRVL-83", "C+D": "KRVL-82"}
    named = [CandidateList(key, key, [Candidate(key, 5)]) for key in ("A", "B", "AB", "C")]
    rules = CouncilElection("Nyby", 2, named, [["A", "B"], ["AB", "C"]]).distribution.inner_rules
    assert set(rules.values()) == {"KRVL-82"}
    # Since 2025 lists of one letter are lists like others.
    assert CouncilElection("Nyby", 2, lists, [["B1", "B2"]], 2025).distribution.inner_rules == {"B1+B2": "KRVL-82"}


@pytest.mark.rule("KRVL-81-3")
def test_a_surplus_seat_goes_to_the_unit_next_entitled() -> None:
    """A list alone that has too few candidates leaves its seats to the others in the order of their quotients."""
    election = CouncilElection("Nyby", 4, [a_list("A", 900), a_list("B", 30, 20, 10), a_list("C", 25, 15, 1)])
    assert elect_council(election).seats == {"A": 1, "B": 2, "C": 1}


@pytest.mark.rule("KRVL-81-3")
def test_too_few_candidates_leave_seats_vacant_and_said() -> None:
    """A council with fewer candidates than seats has vacant seats; a list without votes takes none."""
    result = elect_council(CouncilElection("Nyby", 9, [a_list("A", 9, 8), a_list("B", 5), a_list("C", 0, 0)]))
    assert (result.vacant, len(result.mandates), result.open, result.complete) == (6, 3, 0, True)
    nobody = elect_council(CouncilElection("Nyby", 9, [a_list("A", 0)]))
    assert (nobody.vacant, nobody.mandates, nobody.substitutes) == (9, (), {"A": ()})


@pytest.mark.rule("KRVL-81-3")
def test_more_seats_than_the_lot_can_change_are_none() -> None:
    """A list inside a unit that may win one more seat can have it only if it is next there."""
    lists = [long_list("A", 600), long_list("B", 400), long_list("C", 1000)]
    result = elect_council(CouncilElection("Nyby", 1, lists, [["A", "B"]]))
    assert result.proportional.possible == {"A": 1, "B": 0, "C": 1}


@given(
    testing.votes("ABCDEF", most_votes=3),
    testing.seats(most=8),
    st.none() | testing.capacity("ABCDEF", most=4),
    st.just([["A", "B"], ["C", "D"]]) | st.just([["A", ["B", "C"]], ["D", "E", "F"]]) | testing.alliances("ABCDEF"),
    st.data(),
)
def test_the_most_seats_are_those_of_the_best_end(
    votes: dict[str, int],
    seats: int,
    capacity: dict[str, int] | None,
    alliances: list[testing.Nested],
    choice: st.DataObject,
) -> None:
    """What a list can come to have is the most that it has at any end of the lots still open, some being drawn."""

    def hold(draws: Sequence[Draw]) -> ProportionalElection:
        return proportional_election(votes, seats, alliances=alliances, capacity=capacity, lots=draws)

    drawn = choice.draw(testing.lots(hold))
    found = hold(drawn[: choice.draw(st.integers(0, len(drawn)))])
    assert found.possible == {key: max(end.seats[key] for end in found.outcomes()) for key in votes}


def test_a_lot_that_was_drawn_is_not_open_beside_another() -> None:
    """A list that lost its lot waits for nothing, though a lot inside another valgforbund is still open."""
    lists = [long_list(key, 400) for key in "ABCD"]
    election = CouncilElection("Nyby", 2, lists, [["A", "B"], ["C", "D"]])
    result = elect_council(election, lots=[Draw(["A", "B"], ["A"])])
    assert (result.lists["B"].seats, result.lists["B"].most) == (0, 0)
    assert (result.lists["C"].seats, result.lists["C"].most) == (0, 1)


@pytest.mark.rule("KRVL-81-2")
def test_a_valgforbunds_seats_are_numbered_by_its_own_quotients() -> None:
    """The k-th seat of a valgforbund is the k-th of its inner distribution, whatever the list's own votes."""
    lists = [long_list("A", 400), long_list("C", 500), long_list("F", 260)]
    result = elect_council(CouncilElection("Nyby", 3, lists, [["A", "F"]]))
    assert [(mandate.number, mandate.letter) for mandate in result.mandates] == [(1, "A"), (2, "C"), (3, "F")]


def test_a_region_is_elected_by_the_same_rules() -> None:
    """A regional council, with more votes and seats, is the same computation."""
    votes = {"A": 61_234, "C": 30_011, "F": 28_870, "V": 70_519, "Æ": 31_007}
    lists = [long_list(letter, count, 25) for letter, count in votes.items()]
    region = CouncilElection("Region Nordjylland", 25, lists, [["A", "F"], ["C", "V"]])
    result = elect_council(region)
    assert (region.warnings, result.complete, len(result.mandates)) == ((), True, 25)
    assert result.seats == {"A": 7, "C": 3, "F": 3, "V": 9, "Æ": 3}


# Lots between candidates


@pytest.mark.rule("KRVL-85", "KRVL-91-1")
def test_lots_on_an_order_are_apart_and_decide_nobodys_election() -> None:
    """Equal elected and equal substitutes wait for a lot on their order; the result is complete without."""
    election = CouncilElection("Nyby", 2, [a_list("A", 9, 9, 5, 5)])
    result = elect_council(election)
    assert (result.complete, result.ties, result.open) == (True, (), 0)
    assert [(tie.among, tie.place) for tie in result.rank_ties] == [(("A-1", "A-2"), Place(Where.ELECTED, "A", "Nyby"))]
    assert [(tie.among, tie.place) for tie in result.substitute_ties] == [
        (("A-3", "A-4"), Place(Where.SUBSTITUTES, "A", "Nyby"))
    ]
    assert [(each.number, each.candidate, each.rank_open) for each in result.mandates] == [
        (1, "A-1", True),
        (2, "A-2", True),
    ]
    ranks, order = Draw(["A-1", "A-2"], ["A-2"]), Draw(["A-3", "A-4"], ["A-4"])
    drawn = elect_council(election, lots=[ranks, order])
    assert [(each.number, each.candidate, each.rank_open) for each in drawn.mandates] == [
        (1, "A-2", False),
        (2, "A-1", False),
    ]
    assert drawn.substitutes == {"A": ("A-4", "A-3")}
    # Either may be given without the other.
    assert elect_council(election, lots=[order]).substitutes == {"A": ("A-4", "A-3")}
    assert elect_council(election, lots=[order]).rank_ties == result.rank_ties


@pytest.mark.rule("KRVL-85")
def test_a_draw_out_of_its_turn_is_refused(refused: Refused) -> None:
    """Recorded draws come in the order of the lots."""
    election = CouncilElection("Nyby", 2, [a_list("A", 9, 9, 5, 5)])
    lots = [Draw(["A-3", "A-4"], ["A-4"]), Draw(["A-1", "A-2"], ["A-2"])]
    message = refused(elect_council, election, lots=lots, error=LotError)
    assert message == "draw 2, among A-1, A-2, is left over: no lot is open for it"


@pytest.mark.rule("KRVL-85")
def test_a_draw_that_does_not_fit_is_refused(refused: Refused) -> None:
    """A draw among others than those whose lot is open names both."""
    election = CouncilElection("Nyby", 1, [a_list("A", 9, 9, 5)])
    message = refused(elect_council, election, lots=[Draw(["A-1", "A-3"], ["A-1"])], error=LotError)
    assert message == ("draw 1 picks 1 among A-1, A-3; the lot that is open is 1 place among A-1, A-2 (Nyby, list A)")


@pytest.mark.parametrize("key", ["Borger liste", "A, valgte"])
def test_a_list_may_be_called_whatever(key: str) -> None:
    """The place of a lot is a value, so that no name of a list is taken for something else."""
    candidates = [Candidate(name, 5) for name in ("N. N.", "M. M.")]
    result = elect_council(CouncilElection("Nyby", 1, [CandidateList("A", "Alfa", candidates, key=key)]))
    assert result.tie is not None
    assert result.tie.place == Place(Where.LIST, key, "Nyby")
    assert (str(result.tie.place.text), result.tie.place.text.said("da")) == (f"Nyby, list {key}", f"Nyby, liste {key}")


@pytest.mark.rule("KRVL-82", "KRVL-85")
def test_a_draw_may_be_addressed_to_its_place() -> None:
    """A lot inside a valgforbund, or between candidates, is settled by the name of its place, in any order."""
    lists = [a_list("A", 150, 150), a_list("B", 300), long_list("C", 600)]
    election = CouncilElection("Nyby", 2, lists, [["A", "B"]])
    lots = [Draw(["A-1", "A-2"], ["A-2"], place="A"), Draw(["A", "B"], ["A"], place="A+B")]
    assert [mandate.candidate for mandate in elect_council(election, lots=lots).mandates] == ["A-2", "C-1"]


def test_an_election_is_a_case() -> None:
    """A result has its case, which says what if, and which year's law it rests on."""
    election = CouncilElection("Nyby", 2, [a_list("A", 120, 80), a_list("B", 60, 41)])
    result = elect_council(election)
    assert (result.case, result.law, settle(election)) == (election, 2025, result)
    assert settle(attrs.evolve(result.case, seats=3)).seats == {"A": 2, "B": 1}


def test_a_result_fits_a_line() -> None:
    """What a person sees of København in a console is one line."""
    result = elect_council(data.council("kv2025", "København"))
    assert repr(result) == "CouncilResult(case='København', mandates=55, draws=0)"
    assert len(repr(result.case)) < 150


def test_only_an_election_is_elected(refused: Refused) -> None:
    """Anything but a CouncilElection is refused by name."""
    assert refused(elect_council, {"A": 5}, error=VoteError) == "election is {'A': 5}; give a CouncilElection"


@pytest.mark.rule("KRVL-81-2")
def test_a_draw_says_what_it_settled() -> None:
    """The draw of a result knows its lot, with place and provision, and stands there once."""
    lists = [a_list("A", 5), a_list("B", 5)]
    (draw,) = elect_council(CouncilElection("Nyby", 1, lists), lots=[Draw(["A", "B"], ["B"])]).draws
    assert draw.tie is not None
    assert (draw.tie.place, draw.tie.provision) == (Place(Where.UNITS, "", "Nyby"), "KRVL § 81, stk. 2")


@pytest.mark.rule("KRVL-86-4")
def test_the_elected_of_a_party_list_keep_their_order() -> None:
    """Those who reached the quota stand as on the list, whatever their personal votes."""
    result = elect_council(CouncilElection("Nyby", 3, [a_list("P", 1, 9, 5, list_votes=100, form="partiliste")]))
    assert result.mandates[0].elected_by == "quota"
    assert [each.candidate for each in result.mandates] == ["P-1", "P-2", "P-3"]


@pytest.mark.rule("KRVL-85", "KRVL-91-1")
def test_a_list_without_a_seat_has_its_candidates_in_order_too() -> None:
    """They wait for a seat that passes to the list, by personal votes, and equal ones for a lot on their order."""
    election = CouncilElection("Nyby", 1, [a_list("A", 90, 5), a_list("B", 3, 7, 3), a_list("C", 0)])
    result = elect_council(election)
    assert (result.mandates[0].elected_by, result.mandates[0].fordelingstal) == ("personal votes", None)
    assert (result.substitutes, result.substitute_ties) == ({"A": ("A-2",), "B": (), "C": ()}, ())
    assert result.waiting == {"B": ("B-2", "B-1", "B-3"), "C": ("C-1",)}
    (tie,) = result.waiting_ties
    assert (tie.places, tie.among, tie.place) == (1, ("B-1", "B-3"), Place(Where.SUBSTITUTES, "B", "Nyby"))
    drawn = elect_council(election, lots=[Draw(["B-1", "B-3"], ["B-3"])])
    assert (drawn.waiting["B"], drawn.waiting_ties, drawn.complete) == (("B-2", "B-3", "B-1"), (), True)


def test_a_mandate_of_a_party_list_says_how_it_was_won() -> None:
    """Each mandate of a party list has its quota, the list votes given, and whether it reached the quota."""
    beta = a_list("B", 10, 130, 60, 40, list_votes=60, form="partiliste")
    result = elect_council(CouncilElection("Nyby", 3, [beta]))
    assert [(m.candidate, m.elected_by, m.votes, m.given, m.fordelingstal) for m in result.mandates] == [
        ("B-2", "quota", 130, 0, 76),
        ("B-1", "total", 10, 60, 76),
        ("B-3", "total", 60, 0, 76),
    ]
    assert result.lists["B"].given == {"B-1": 60}


@pytest.mark.rule("KRVL-81-NR")
def test_a_lot_over_numbers_alone_is_told_and_leaves_nothing_open() -> None:
    """Equal quotients that all win a seat leave the election complete; the protocol names the lot and its section."""
    lists = [a_list("A", 31, 29), a_list("B", 32, 28)]
    result = elect_council(CouncilElection("Nyby", 2, lists))
    assert (result.complete, result.equal_numbers) == (True, ((1, 2),))
    assert "a lot decides which seat has the lower number, and nothing else (KRVL § 81, stk. 2)" in " ".join(
        explain(result, "en").split()
    )
    assert elect_council(CouncilElection("Nyby", 3, lists)).equal_numbers == ((1, 2),)


@pytest.mark.rule("KRVL-81-NR")
@pytest.mark.parametrize("election", data.elections())
def test_no_numbers_were_equal_between_units_in_2025(election: str) -> None:
    """In no council of 2025 did equal quotients of units both win a seat."""
    for council in data.councils(election).values():
        awards = elect_council(council).proportional.units.awards
        assert len({award.quotient for award in awards}) == len(awards)
