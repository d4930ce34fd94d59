"""Coalitions, power, majorities of seats without one of votes, disproportionality."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import combinations, permutations
from math import comb, isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    Draw,
    ElectionError,
    LotError,
    data,
    elect_council,
    proportional_election,
)
from kommunalvalg.analysis.majorities import CoalitionsCase, PowersCase, power, seat_majorities, winning_coalitions
from kommunalvalg.analysis.methods import DisproportionalityCase, EveryMethodCase, disproportionality, every_method
from kommunalvalg.methods.registry import METHODS

COUNCILS = data.councils("kv2025")
Refused = Callable[..., str]

chambers = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 6), min_size=1).filter(
    lambda seats: any(seats.values())
)
"""Seats of up to six names, some of them without any."""


def majorities(seats: dict[str, int], choice: st.DataObject) -> int:
    """Choose how many seats a majority takes: more than half at least."""
    total = sum(seats.values())
    return choice.draw(st.integers(total // 2 + 1, total))


# Coalitions


@given(chambers, st.data())
def test_minimal_coalitions_are_all_that_can_spare_nobody(seats: dict[str, int], choice: st.DataObject) -> None:
    """Listed are exactly the sets of names that win and lose without any one of them."""
    needed = majorities(seats, choice)
    found = winning_coalitions(seats, needed=needed)
    expected = {
        members
        for size in range(1, len(seats) + 1)
        for members in combinations(seats, size)
        if all(sum(seats[name] for name in members) - seats[one] < needed for one in members)
        and sum(seats[name] for name in members) >= needed
    }
    assert {each.members for each in found.minimal} == expected
    assert len(found.minimal) == len(expected)
    assert all(each.seats == sum(seats[name] for name in each.members) for each in found.minimal)


def test_the_smallest_coalitions_come_first() -> None:
    """Coalitions come by the number of members, then by their seats."""
    found = winning_coalitions({"A": 3, "B": 5, "C": 1, "D": 2})
    assert [each.members for each in found.minimal] == [("B", "C"), ("B", "D"), ("A", "B"), ("A", "C", "D")]
    assert found.rows()[0] == {"coalition": "B+C", "members": 2, "seats": 6}
    assert (found.seats, found.needed) == ({"A": 3, "B": 5, "C": 1, "D": 2}, 6)


def test_equal_coalitions_stand_in_the_order_of_the_seats() -> None:
    """Of as many members and as many seats, those come first whose members do."""
    found = winning_coalitions({"X": 4, "C": 3, "D": 4, "A": 2, "B": 5})
    equal = [each.members for each in found.minimal if (len(each.members), each.seats) == (3, 11)]
    assert equal == [("X", "C", "D"), ("X", "A", "B"), ("D", "A", "B")]


def test_coalitions_are_listed_of_twenty() -> None:
    """Twenty may hold seats, and of those who hold none there may be more."""
    seats = {"A": 20, **{f"name {number}": 1 for number in range(19)}, "nobody": 0}
    assert winning_coalitions(seats).minimal[0].members == ("A",)


# Power


@given(chambers, st.data())
def test_power_is_what_counting_gives(seats: dict[str, int], choice: st.DataObject) -> None:
    """Swings are counted over all coalitions, and the one who completes a majority over all orders."""
    needed = majorities(seats, choice)
    found = power(seats, needed=needed)
    assert list(found.of) == list(seats)
    pivots = dict.fromkeys(seats, 0)
    orders = list(permutations(seats))
    for order in orders:
        so_far = 0
        for name in order:
            so_far += seats[name]
            if so_far >= needed:
                pivots[name] += 1
                break
    for name, its in found.of.items():
        others = [other for other in seats if other != name]
        swings = sum(
            needed - seats[name] <= sum(seats[other] for other in members) < needed
            for size in range(len(others) + 1)
            for members in combinations(others, size)
        )
        assert its.swings == swings
        assert its.absolute == Fraction(swings, 2 ** len(others))
        assert its.shapley_shubik == Fraction(pivots[name], len(orders))


@given(chambers)
def test_shares_of_power_add_up(seats: dict[str, int]) -> None:
    """Both indices sum to one; equal seats are equal power, and more seats never less."""
    of = power(seats).of
    assert sum(its.banzhaf for its in of.values()) == sum(its.shapley_shubik for its in of.values()) == Fraction(1)
    for one, other in permutations(of.values(), 2):
        if one.seats >= other.seats:
            assert one.banzhaf >= other.banzhaf
            assert one.shapley_shubik >= other.shapley_shubik


@pytest.mark.parametrize(
    ("seats", "needed", "banzhaf", "shapley"),
    [
        ({"A": 50, "B": 49, "C": 1}, 51, ["3/5", "1/5", "1/5"], ["2/3", "1/6", "1/6"]),
        ({"A": 3, "B": 2, "C": 1, "D": 1}, 4, ["1/2", "1/6", "1/6", "1/6"], ["1/2", "1/6", "1/6", "1/6"]),
        ({"A": 5, "B": 4}, 5, ["1", "0"], ["1", "0"]),
        ({"A": 4, "B": 4, "C": 1}, 5, ["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"]),
    ],
)
def test_power_of_known_cases(seats: dict[str, int], needed: int, banzhaf: list[str], shapley: list[str]) -> None:
    """The indices are those of the textbooks' cases."""
    of = power(seats, needed=needed).of.values()
    assert [str(its.banzhaf) for its in of] == banzhaf
    assert [str(its.shapley_shubik) for its in of] == shapley


def test_power_in_the_largest_council() -> None:
    """København has 55 seats: exact all the same, and of lists with seats nobody is powerless."""
    found = power(COUNCILS["København"])
    assert found.needed == 28
    assert sum(its.shapley_shubik for its in found.of.values()) == 1
    assert {its.swings > 0 for its in found.of.values() if its.seats} == {True}
    assert {its.swings for its in found.of.values() if not its.seats} == {0}


def test_power_of_many_is_quick() -> None:
    """Two hundred names are counted by their seats, and not one coalition after another."""
    found = power({f"name {number}": 1 + number % 3 for number in range(200)})
    assert sum(its.banzhaf for its in found.of.values()) == 1
    equal = power({f"name {number}": 10 for number in range(150)}).of["name 7"]
    assert (equal.banzhaf, equal.shapley_shubik) == (Fraction(1, 150), Fraction(1, 150))
    assert equal.swings == comb(149, 75)  # coalitions of 75 others, who have half of the seats and not more
    assert power({"A": 1}).of["A"].swings == power({"A": 7, "B": 0}, needed=7).of["A"].absolute == 1


# Majorities of seats and of votes


def test_three_lists_of_2025_have_a_majority_of_seats_and_none_of_votes() -> None:
    """In Dragør, Gentofte and on Læsø C has more than half of the seats with less than half of the votes."""
    found = {
        name: [(unit.name, unit.seats, f"{unit.votes / result.votes:.1%}") for unit in result.without_votes]
        for name, council in COUNCILS.items()
        for result in [seat_majorities(council)]
    }
    lists = {name: [unit for unit in units if "+" not in unit[0]] for name, units in found.items()}
    assert {name: units for name, units in lists.items() if units} == {
        "Dragør": [("C", 8, "43.8%")],
        "Gentofte": [("C", 10, "47.3%")],
        "Læsø": [("C", 5, "45.6%")],
    }


def test_no_list_of_2025_has_a_majority_of_votes_and_none_of_seats() -> None:
    """Nowhere in 2025 did more than half of the votes give a list half of the seats or fewer."""
    assert not any("+" not in unit.name for each in COUNCILS.values() for unit in seat_majorities(each).without_seats)


def test_half_is_no_majority() -> None:
    """Exactly half of the votes or of the seats is no majority."""
    found = seat_majorities(proportional_election({"A": 50, "B": 26, "C": 24}, 3))
    assert [(unit.name, unit.of_seats, unit.of_votes) for unit in found.units] == [("A", True, False)]
    assert not seat_majorities(proportional_election({"A": 50, "B": 50}, 2)).units
    votes_alone = seat_majorities(proportional_election({"A": 51, "B": 49}, 2))
    assert [(unit.name, unit.seats, unit.of_seats) for unit in votes_alone.without_seats] == [("A", 1, False)]
    assert (votes_alone.without_votes, found.without_seats) == ((), ())


def test_an_alliance_can_have_a_majority() -> None:
    """An alliance is looked at like a list, and named as such."""
    found = seat_majorities(proportional_election({"A": 45, "B": 28, "C": 27}, 5, alliances=[["B", "C"]]))
    assert [(unit.name, unit.lists, unit.seats) for unit in found.units] == [("B+C", ("B", "C"), 3)]
    assert [row["of_votes"] for row in found.rows()] == [True]


# Disproportionality


def test_proportional_seats_have_no_disproportionality() -> None:
    """Where seats are as votes, every index is 0."""
    found = disproportionality(proportional_election({"A": 60, "B": 40}, 5))
    assert found.loosemore_hanby == found.gallagher_squared == found.gallagher == 0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.integers(1, 20))
def test_the_indices_are_between_none_and_all(votes: list[int], seats: int) -> None:
    """The indices are the sums of their definitions, and Gallagher's is never above Loosemore and Hanby's."""
    counts = {chr(ord("A") + place): count for place, count in enumerate(votes)}
    election = proportional_election(counts, seats)
    assume(election.complete and not election.vacant)
    found = disproportionality(election)
    differences = [Fraction(election.seats[key], seats) - Fraction(counts[key], sum(votes)) for key in counts]
    assert list(found.differences.values()) == differences
    assert found.loosemore_hanby * 2 == sum(abs(each) for each in differences)
    assert found.gallagher_squared * 2 == sum(each**2 for each in differences)
    assert isclose((found.gallagher / 100) ** 2, found.gallagher_squared, abs_tol=1e-12)
    assert found.gallagher_squared <= found.loosemore_hanby**2 <= 1


# What is refused


def test_what_is_no_majority_is_refused(refused: Refused) -> None:
    """Seats, a majority and names that are none are refused with what would be right."""
    assert refused(power, {"A": 0}) == "seats are 0 in all; a majority needs at least 1"
    assert refused(power, {"A": -1}) == 'seats["A"] is -1; a number of seats is a whole number, 0 or more'
    assert refused(power, 7).startswith("election is 7; give a council election")
    seats = {"A": 5, "B": 4}
    assert refused(power, seats, needed=4) == "needed is 4; a number of seats is a whole number, 5 or more"
    assert refused(winning_coalitions, seats, needed=10) == "needed is 10; there are 9 seats"
    many = {f"name {number}": 1 for number in range(21)}
    message = "21 hold seats; coalitions are listed of at most 20"
    assert refused(winning_coalitions, many, error=ElectionError) == message
    assert refused(disproportionality, proportional_election({"A": 1}, 0)).startswith("seats are 0 in all")


def test_an_open_lot_is_refused(refused: Refused) -> None:
    """While a lot is open nobody knows who has a majority: it is said among whom it is."""
    election = proportional_election({"A": 11, "B": 8, "C": 2}, 9)
    message = "a lot among B, C is open; draw it, and give the seats that come of it as a mapping"
    for question in (power, winning_coalitions, seat_majorities, disproportionality):
        assert refused(question, election, error=LotError) == message


def test_a_result_whose_lots_are_drawn_has_the_seats_as_they_fell(refused: Refused) -> None:
    """Coalitions and power are told of a drawn result, a council's too, and refused for a lot that is still open."""
    draw = Draw(["A", "B"], ["A"])
    drawn = proportional_election({"A": 10, "B": 10, "C": 3}, 3, lots=[draw])
    assert drawn.seats == {"A": 2, "B": 1, "C": 0}
    assert [each.members for each in winning_coalitions(drawn).minimal] == [("A",)]
    assert power(drawn).of["A"].shapley_shubik == 1
    votes, allied = {"A": 5, "B": 5, "C": 3, "D": 3}, [["A", "B"], ["C", "D"]]
    half = proportional_election(votes, 4, alliances=allied, lots=[draw])
    assert refused(power, half, error=LotError).endswith(
        "is open; draw it, and give the seats that come of it as a mapping"
    )
    lists = [CandidateList(key, key, [Candidate(f"{key}-{n}", 3 - n) for n in range(3)], 7) for key in "AB"]
    council = elect_council(CouncilElection("Nyby", 3, lists), lots=[draw])
    assert winning_coalitions(council).seats == {"A": 2, "B": 1}


def test_an_election_and_its_seats_are_one_question() -> None:
    """An election, its result and the mapping of its seats give the same, save that the mapping is by no law."""
    council = COUNCILS["Fanø"]
    result = elect_council(council)
    assert power(council) == power(result)
    assert power(result).of == power(result.seats).of
    assert winning_coalitions(council).minimal == winning_coalitions(result.seats).minimal
    assert (power(council).law, winning_coalitions(result).law, power(result.seats).law) == (2025, 2025, None)
    assert hash(power(council)) == hash(power(result))


@pytest.mark.parametrize("case", [PowersCase, CoalitionsCase])
def test_seats_that_are_given_may_say_by_whose_law(case: type[PowersCase], refused: Refused) -> None:
    """The law of a year, of a day, or none; and how far the votes are counted, in the words that there are for it."""
    seats = {"A": 5, "B": 4}
    days = {when: case(seats=seats, when=when).law for when in (None, 2025, date(2025, 11, 18), "2025-11-18")}
    assert days == {None: None, 2025: 2025, date(2025, 11, 18): "2025-11-18", "2025-11-18": "2025-11-18"}
    assert "5000" in refused(case, seats=seats, when="5000")
    assert refused(case, seats=seats, counted=5).startswith("counted is 5")


@pytest.mark.parametrize("name", ["Fanø", "Dragør"])
def test_rows_are_plain_values(name: str) -> None:
    """Every answer has rows of text, numbers and truth values."""
    council = COUNCILS[name]
    tables = [
        power(council).rows(),
        winning_coalitions(council).rows(),
        seat_majorities(council).rows(),
        disproportionality(council).rows(),
    ]
    values = {type(value) for rows in tables for row in rows for value in row.values()}
    assert values <= {str, int, float, bool}


def test_tables_of_power_and_of_majorities() -> None:
    """Shares as decimals beside the seats; and of a majority whether it is one of seats, and one of votes."""
    rows = power({"A": 4, "B": 3, "C": 2, "D": 0}).rows()
    assert tuple(rows[0]) == ("name", "seats", "swings", "banzhaf", "absolute", "shapley_shubik")
    assert [tuple(row.values())[:3] for row in rows] == [("A", 4, 4), ("B", 3, 4), ("C", 2, 4), ("D", 0, 0)]
    assert [row["absolute"] for row in rows] == [0.5, 0.5, 0.5, 0.0]
    assert [row["banzhaf"] for row in rows] == [row["shapley_shubik"] for row in rows] == [1 / 3] * 3 + [0.0]
    found = seat_majorities(proportional_election({"A": 46, "B": 30, "C": 24}, 5))
    assert found.rows() == ({"name": "A", "seats": 3, "of_seats": True, "votes": 46, "of_votes": False},)
    assert (found.seats, found.votes, [unit.lists for unit in found.units]) == (5, 100, [("A",)])


# All methods side by side


def test_the_indices_of_2025_are_those_by_hand() -> None:
    """Each index is what its formula gives on the figures, with every list that has votes in it."""
    election = elect_council(COUNCILS["Fanø"])
    measured = disproportionality(election)
    votes, seats = election.case.votes, election.seats
    cast, awarded = sum(votes.values()), sum(seats.values())
    shares = [(seats[key] / awarded, votes[key] / cast) for key in votes]
    by_hand = {
        "gallagher": 100 * (sum((own - cast) ** 2 for own, cast in shares) / 2) ** 0.5,
        "loosemore_hanby": 100 * sum(abs(own - cast) for own, cast in shares) / 2,
        "sainte_lague": 100 * sum((own - cast) ** 2 / cast for own, cast in shares),
        "rae": 100 * sum(abs(own - cast) for own, cast in shares) / len(shares),
        "effective_lists_by_votes": 1 / sum(cast**2 for _, cast in shares),
        "effective_lists_by_seats": 1 / sum(own**2 for own, _ in shares),
    }
    assert measured.indices() == pytest.approx(by_hand)


def test_a_list_without_votes_is_in_no_index() -> None:
    """The indices are those of the lists that have votes, however many others stand."""
    votes = {"A": 46, "B": 30, "C": 24}
    alone, beside = (disproportionality(proportional_election(each, 5)) for each in (votes, {**votes, "D": 0}))
    assert (beside.sainte_lague, beside.rae) == (alone.sainte_lague, alone.rae) == (Fraction(19, 230), Fraction(7, 75))
    assert [row["difference"] for row in beside.rows()] == [14.0, -10.0, -4.0, 0.0]


def test_where_no_seat_is_awarded_there_is_no_index() -> None:
    """Every method gives nobody a seat where there is none, and no share of none is taken."""
    found = every_method(proportional_election({"A": 1, "B": 1}, 0))
    assert (found.disproportionality, found.index_rows()) == ({}, ())


def test_every_method_is_side_by_side() -> None:
    """A table has the seats of each list by every method, and one of indices; d'Hondt's are the council's."""
    election = elect_council(COUNCILS["København"])
    side_by_side = every_method(election)
    assert set(side_by_side.standings) == set(METHODS)
    rows = side_by_side.rows()
    assert [row["dhondt"] for row in rows] == list(election.seats.values())
    assert {sum(int(str(row[name])) for row in rows) for name in METHODS} == {election.case.seats}
    free = every_method(proportional_election(election.case.votes, election.case.seats))
    index = {str(row["method"]): row for row in free.index_rows()}
    assert index["sainte_lague"]["sainte_lague"] == min(float(str(row["sainte_lague"])) for row in index.values())
    assert index["largest_remainder"]["gallagher"] == min(float(str(row["gallagher"])) for row in index.values())


def test_methods_that_need_a_lot_show_what_is_possible() -> None:
    """While a lot is open by a method its column of possible seats stands beside, and it has no index."""
    side_by_side = every_method(proportional_election({"A": 2, "B": 1, "C": 1}, 3), methods=["dhondt", "dean"])
    assert side_by_side.rows()[1] == {"list": "B", "votes": 1, "dhondt": 0, "dean": 1, "dhondt_possible": 1}
    assert list(side_by_side.disproportionality) == ["dean"]


def test_methods_that_there_are_not_are_refused(refused: Refused) -> None:
    """A method is asked for by its name, once."""
    election = proportional_election({"A": 2, "B": 1}, 3)
    assert refused(every_method, election, methods=["mine"]).startswith("method is 'mine'; the methods are dhondt")
    assert refused(every_method, election, methods="dhondt").startswith("methods is 'dhondt'; give the names one by")
    assert refused(disproportionality, election, method="mine").startswith("method is 'mine'")
    assert refused(DisproportionalityCase, election=election, method="mine").startswith("method is 'mine'")
    assert refused(EveryMethodCase, election=election, methods=["mine"]).startswith("method is 'mine'")
    assert refused(disproportionality, proportional_election({"A": 1}, 0)).startswith("seats are 0 in all")
