"""Other alliances, lists split or merged, another size, another method, another line."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    ElectionError,
    ProportionalElection,
    adams,
    compose_kkr,
    data,
    dhondt,
    elect_council,
    largest_shortfall,
    proportional_election,
    sainte_lague,
    testing,
)
from kommunalvalg.analysis.cases import Standing, standing_of
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.partitions import PartitionsCase, all_partitions, number_of_partitions
from kommunalvalg.analysis.what_if import (
    OtherLineCase,
    PartnersCase,
    RegroupingCase,
    WhatIf,
    WhatIfCase,
    best_partner,
    form_alliance,
    join_alliance,
    leave_alliance,
    merge_lists,
    other_line,
    other_method,
    other_size,
    other_votes,
    split_list,
    with_alliances,
    without_alliances,
)
from kommunalvalg.errors import shown
from kommunalvalg.lots import settle
from kommunalvalg.methods.alliances import ProportionalCase, every_alliance
from kommunalvalg.testing import Nested

COUNCILS = data.councils("kv2025")
Counts = dict[str, int]
Refused = Callable[..., str]
FOUR = {"A": 43, "C": 31, "F": 14, "V": 12}


def four(*alliances: Any, **kwargs: Any) -> ProportionalElection:  # noqa: ANN401 - handed on
    """Four lists and five seats, of which F and V have one only together."""
    return proportional_election(FOUR, 5, alliances=alliances, **kwargs)


@attrs.frozen
class Case:
    """What a forholdstalsvalg is given; the alliances are lists of lists, to any depth."""

    votes: Counts
    seats: int
    alliances: Any
    capacity: Counts | None

    def hold(self) -> ProportionalElection:
        """Distribute the seats."""
        return proportional_election(self.votes, self.seats, alliances=self.alliances, capacity=self.capacity)


@st.composite
def cases(draw: st.DrawFn, *, most: int = 5) -> Case:
    """Give small elections with alliances of any depth, with and without capacities."""
    lists = "ABCDE"[: draw(st.integers(2, most))]
    votes = draw(testing.votes(lists, most_votes=100))
    capacity = draw(st.none() | testing.capacity(lists, most=4))
    return Case(votes, draw(st.integers(0, 7)), draw(testing.alliances(lists)), capacity)


def ends(election: ProportionalElection) -> Standing:
    """Give the fewest and the most seats of each list, by following every lot."""
    found = [outcome.seats for outcome in election.outcomes()]
    return Standing(*({key: pick(each[key] for each in found) for key in found[0]} for pick in (min, max)))


def same(one: Standing, other: Standing) -> bool:
    """Compare without regard to the kind of mapping."""
    return dict(one.certain) == dict(other.certain) and dict(one.possible) == dict(other.possible)


# Alliances


@given(cases())
def test_without_alliances_every_list_stands_alone(case: Case) -> None:
    """Together, the effect is that of the same votes with no alliance at all."""
    effects = without_alliances(case.hold())
    assert same(effects.together.before, ends(attrs.evolve(case, alliances=[]).hold()))
    assert same(effects.together.after, ends(case.hold()))


@given(cases())
def test_each_alliance_is_taken_away_by_itself(case: Case) -> None:
    """An alliance taken away leaves its members where it stood, inner alliances and all; so for each of any depth."""
    expected: dict[tuple[str, ...], list[Standing]] = {}
    alliances = whole(case.alliances)
    for path in paths(alliances):
        left = [member for member in without(alliances, path) if not isinstance(member, str)]
        lists = tuple(sorted(flat(at(alliances, path))))
        expected.setdefault(lists, []).append(ends(attrs.evolve(case, alliances=left).hold()))
    found: dict[tuple[str, ...], list[Standing]] = {}
    for effect in without_alliances(case.hold()).each:
        found.setdefault(tuple(sorted(*effect.alliances)), []).append(effect.before)
    assert found.keys() == expected.keys()
    assert all(same(*pair) for lists in found for pair in zip(found[lists], expected[lists], strict=True))


def test_an_inner_alliance_taken_away_leaves_the_outer_one() -> None:
    """A and B stand in the outer alliance with C when theirs is taken away."""
    votes = {"A": 36, "B": 15, "C": 23, "D": 15, "E": 44}
    election = proportional_election(votes, 4, alliances=[[["A", "B"], "C"], ["D", "E"]])
    effects = {effect.alliances: (effect.gained, effect.paid) for effect in without_alliances(election).each}
    assert list(effects) == [(("A", "B", "C"),), (("A", "B"),), (("D", "E"),)]
    assert effects[("A", "B"),] == ({"A": 1}, {"C": 1})


def whole(members: Nested) -> Nested:
    """Take an alliance of one member for that member."""
    inner = [member if isinstance(member, str) else whole(member) for member in members]
    return [member[0] if len(member) == 1 else member for member in inner]


def paths(members: Nested, before: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Give where the alliances of any depth stand, each before those inside it."""
    for place, member in enumerate(members):
        if not isinstance(member, str):
            yield (*before, place)
            yield from paths(member, (*before, place))


def at(members: Nested, path: tuple[int, ...]) -> Nested:
    """Give the alliance that stands somewhere."""
    for place in path:
        members = members[place]  # type: ignore[assignment]  # a path leads through alliances
    return members


def without(members: Nested, path: tuple[int, ...]) -> Nested:
    """Put an alliance's members in its place."""
    place, *rest = path
    inner = at(members, (place,))
    return [*members[:place], *([without(inner, tuple(rest))] if rest else inner), *members[place + 1 :]]


def flat(members: Nested) -> Iterator[str]:
    """Give the lists in an alliance."""
    for member in members:
        if isinstance(member, str):
            yield member
        else:
            yield from flat(member)


@given(cases())
def test_who_gains_is_paid_by_somebody(case: Case) -> None:
    """Without lots and with no seat vacant, as many seats are gained as paid; nobody does both."""
    effect = without_alliances(case.hold()).together
    assert not effect.gained.keys() & effect.paid.keys()
    assert effect.changed == bool(effect.gained or effect.paid)
    if effect.before.complete and effect.after.complete:
        assert sum(effect.gained.values()) == sum(effect.paid.values())
        assert effect.changed == (effect.before != effect.after)


def test_an_inner_alliance_stands_on() -> None:
    """Taken away, the outer alliance leaves the inner one; the inner one leaves its lists in the outer."""
    effects = without_alliances(four(["C", ["F", "V"]]))
    assert [effect.alliances for effect in effects.each] == [(("C", "F", "V"),), (("F", "V"),)]
    assert same(effects.each[0].before, ends(four(["F", "V"])))
    assert same(effects.each[1].before, ends(four(["C", "F", "V"])))
    assert [row["alliance"] for row in effects.rows()] == ["C+F+V", "F+V", "C+F+V"]


def test_alliances_are_joined_left_and_formed() -> None:
    """Each way of changing alliances gives what the changed alliances give."""
    election = four(["C", "V"])
    for found, alliances in (
        (form_alliance(election, ["F", "V"]), [["F", "V"]]),
        (form_alliance(election, ["A", "F"]), [["A", "F"], ["C", "V"]]),
        (join_alliance(election, "F", "V"), [["C", "F", "V"]]),
        (join_alliance(election, "V", "F"), [["F", "V"]]),
        (join_alliance(election, "A", "F"), [["A", "F"], ["C", "V"]]),
        (leave_alliance(election, "V"), []),
        (leave_alliance(four(["C", "F", "V"]), "V"), [["C", "F"]]),
        (join_alliance(four(["A", ["C", "V"]]), "F", "V"), [["A", ["C", "F", "V"]]]),
        (with_alliances(election, {"blue": ["A", "V"]}), [["A", "V"]]),
    ):
        assert same(found.after, ends(four(*alliances)))


@given(cases())
def test_an_answer_can_be_asked_again(case: Case) -> None:
    """The contest of an answer is what gave it."""
    election = case.hold()
    answers: list[WhatIf] = [
        form_alliance(election, ["A", "B"]),
        other_size(election, 3),
        split_list(election, "A", {"A1": case.votes["A"], "A2": 0}),
        merge_lists(election, ["A", "B"]),
    ]
    for answer in answers[:2]:
        assert same(standing_of(answer.case.after), answer.after)
        assert same(without_alliances(answer).together.after, answer.after)
    for answer in answers[2:]:
        assert answer.case.after.alliances is not None
        assert sum(answer.case.after.votes.values()) == sum(case.votes.values())


def test_the_alliances_changed_74_results_of_2025() -> None:
    """In 74 of the 98 councils the seats are others than if every list had stood alone; no lot is open either way."""
    effects = {name: without_alliances(council).together for name, council in COUNCILS.items()}
    assert sum(effect.changed for effect in effects.values()) == 74
    assert all(effect.before.complete and effect.after.complete for effect in effects.values())
    assert all(effect.alliances for effect in effects.values())
    assert sum(sum(effect.gained.values()) for effect in effects.values()) == 90


@pytest.mark.parametrize("name", COUNCILS)
def test_the_alliances_of_2025_did_what_a_computation_without_them_says(name: str) -> None:
    """Against the same council, elected without alliances as a whole."""
    council = COUNCILS[name]
    alone = elect_council(attrs.evolve(council, alliances=())).seats
    effect = without_alliances(council).together
    assert effect.before.certain == alone
    assert effect.after.certain == data.published("kv2025", name).seats


# The best partner


@given(cases(most=4), st.integers(1, 3))
def test_no_partner_serves_better_than_the_best(case: Case, most: int) -> None:
    """Every choice of partners is what the alliances give, the best ones first; standing alone is one of them."""
    plain = attrs.evolve(case, alliances=[])
    found = best_partner(plain.hold(), "A", partners=most)
    for option in found.options:
        together = ["A", *(key for lists in option.partners for key in lists)]
        seats = ends(attrs.evolve(plain, alliances=[together] if option.partners else []).hold())
        assert (option.certain, option.possible) == (seats.certain["A"], seats.possible["A"])
    assert () in [option.partners for option in found.options]
    ranks = [(option.certain, option.possible, -len(option.partners)) for option in found.options]
    assert ranks == sorted(ranks, reverse=True)
    assert {(each.certain, each.possible) for each in found.best} == {ranks[0][:2]}


def test_a_list_joins_an_alliance_that_stands() -> None:
    """The partners are the other units: who is in an alliance comes with all of it."""
    found = best_partner(four(["C", "V"]), "F")
    assert {option.partners for option in found.options} == {(), (("A",),), (("C", "V"),)}
    assert found.rows()[0] == {"partners": "C+V", "seats": 1, "possible": 1}
    assert found.key == "F"


@pytest.mark.rule("KRVL-37", "KRVL-83")
@pytest.mark.parametrize(
    ("year", "letter", "alliances", "seats"), [(2025, "", [["A", "B"]], 1), (2021, "Q", [["K", ["A", "B"]]], 0)]
)
def test_a_partner_of_a_listeforbund_stands_beside_it(year: int, letter: str, alliances: Nested, seats: int) -> None:
    """Who joins a valgforbund stands beside each of its lists; the lists of a listeforbund stay one."""
    lists = [
        CandidateList(letter if letter and key in "AB" else key, key, [Candidate(f"{key}-1", votes)], key=key)
        for key, votes in {"K": 10, "A": 6, "B": 6, "C": 15}.items()
    ]
    found = best_partner(CouncilElection("Nyby", 2, lists, alliances, year), "K")  # type: ignore[arg-type]
    assert {option.partners: option.certain for option in found.options}[("A", "B"),] == seats


def test_a_list_that_does_not_stand_has_no_seats() -> None:
    """In a text it is told with none, beside one that has a seat and one that waits for a lot."""
    standing = Standing({"A": 5, "B": 0}, {"A": 5, "B": 1})
    assert [standing.text(key) for key in "ABC"] == ["5", "0-1", "0"]


# Lists


def test_a_merged_list_stands_where_its_parts_stood() -> None:
    """Parts side by side in an alliance leave their list in it; others leave it alone."""
    inside = merge_lists(four(["A", "F", "V"]), ["F", "V"], name="N")
    assert [alliance.lists for alliance in inside.case.after.alliances] == [("A", "N")]
    all_of_one = merge_lists(four(["A", ["F", "V"]]), ["F", "V"], name="N")
    assert [alliance.lists for alliance in every_alliance(all_of_one.case.after.units)] == [("A", "N")]
    outside = merge_lists(four(["A", "F"]), ["F", "V"])
    assert outside.one == "F+V"
    assert not outside.case.after.alliances
    assert list(outside.case.after.votes.items()) == [("A", 43), ("C", 31), ("F+V", 26)]
    named = merge_lists(four(), ["A", "F"], name="F").case.after
    assert list(named.votes.items()) == [("F", 57), ("C", 31), ("V", 12)]
    assert (outside.parts.certain, outside.gained, outside.paid) == ({"F": 0, "V": 0}, {"F+V": 1}, {"A": 1})


def test_capacities_follow_the_lists() -> None:
    """A merged list has room for all candidates of its parts, a part for as many as the list."""
    election = four(capacity={"A": 1, "C": 2, "F": 3})
    assert merge_lists(election, ["A", "C"], name="N").case.after.capacity == {"N": 3, "F": 3}
    assert merge_lists(election, ["A", "V"], name="N").case.after.capacity == {"C": 2, "F": 3}
    assert split_list(election, "A", {"A": 40, "B": 3}).case.after.capacity == {"A": 1, "B": 1, "C": 2, "F": 3}
    assert split_list(election, "V", {"V1": 8, "V2": 4}).case.after.capacity == {"A": 1, "C": 2, "F": 3}
    assert merge_lists(four(capacity={"A": 1}), ["A", "V"]).case.after.capacity is None
    assert merge_lists(four(), ["A", "V"]).case.after.capacity is None


@given(cases(), st.data())
def test_a_split_list_that_is_merged_again_is_the_list(case: Case, choice: st.DataObject) -> None:
    """Splitting and merging cancel, in alliances too, and the parts' seats are those of the votes apart."""
    case = attrs.evolve(case, capacity=None)
    share = choice.draw(st.integers(0, case.votes["A"]))
    split = split_list(case.hold(), "A", {"A1": share, "A2": case.votes["A"] - share})
    merged = merge_lists(split, ["A1", "A2"], name="A")
    assert same(merged.after, ends(case.hold()))
    assert same(merged.before, split.after)
    assert same(merged.parts, split.parts)


@given(cases())
def test_together_the_parts_have_what_their_ends_say(case: Case) -> None:
    """The seats of some lists together are the fewest and the most over all ends."""
    sums = [outcome.seats["A"] + outcome.seats["B"] for outcome in case.hold().outcomes()]
    before = merge_lists(case.hold(), ["A", "B"], name="N").before
    assert (before.certain["N"], before.possible["N"]) == (min(sums), max(sums))


@given(cases(most=4))
def test_two_lists_win_no_seat_by_splitting(case: Case) -> None:
    """By d'Hondt, lists that stand alone and have room never lose a seat for certain by merging."""
    merged = merge_lists(proportional_election(case.votes, case.seats), ["A", "B"], name="N")
    assert "N" not in merged.paid


# Votes, size, method


@given(cases(), st.integers(0, 9))
def test_another_size_is_another_election(case: Case, seats: int) -> None:
    """The answer is what the same votes give with that number of seats."""
    assert same(other_size(case.hold(), seats).after, ends(attrs.evolve(case, seats=seats).hold()))


def test_other_votes_show_what_a_margin_means() -> None:
    """At its margin U takes the last seat of Glostrup from A, and two votes moved do too."""
    council = COUNCILS["Glostrup"]
    u = margins(council).of("U")
    assert str(other_votes(council, {"U": u.votes + 3})) == "A 8 → 7, U 1 → 2"
    assert str(other_votes(council, {"U": u.votes + 2})) == "A 8 → 7-8, U 1 → 1-2"
    assert str(other_votes(council, {"A": 4263 - 2, "U": u.votes + 2})) == "A 8 → 7, U 1 → 2"
    assert str(other_votes(council, {"A": 4263 - 1, "U": u.votes + 1})) == "no change"


@pytest.mark.parametrize(
    ("method", "compute"),
    [("dhondt", dhondt), ("sainte_lague", sainte_lague), ("adams", adams), ("largest_remainder", largest_shortfall)],
)
@given(votes=testing.votes("ABCD", most_votes=50), seats=st.integers(0, 9))
def test_another_method_is_the_method(method: str, compute: Callable[..., object], votes: Counts, seats: int) -> None:
    """Without alliances and capacities, the answer is what the method gives."""
    found = other_method(proportional_election(votes, seats), method).after
    election = compute(votes, seats)
    each = [outcome.seats for outcome in election.outcomes()]  # type: ignore[attr-defined]
    assert found.certain == {key: min(end[key] for end in each) for key in votes}
    assert found.possible == {key: max(end[key] for end in each) for key in votes}


@given(testing.votes("ABC", most_votes=30), testing.capacity("ABC", most=4), st.integers(0, 9))
def test_remainders_respect_capacities(votes: Counts, capacity: Counts, seats: int) -> None:
    """With capacities the seats go one by one to the largest shortfall of those with room."""
    total, won = sum(votes.values()), dict.fromkeys(votes, 0)
    for _ in range(seats):
        open_ = [key for key in votes if votes[key] and won[key] < capacity.get(key, seats)]
        if not open_:
            break
        short = {key: Fraction(votes[key] * seats, total) - won[key] for key in open_}
        best = [key for key in open_ if short[key] == max(short.values())]
        won[best[0]] += 1
    found = other_method(proportional_election(votes, seats, capacity=capacity), "largest_remainder").after
    assert all(found.certain[key] <= won[key] <= found.possible[key] for key in votes)
    assert sum(found.certain.values()) <= sum(won.values()) <= sum(found.possible.values())
    if found.complete:
        assert found.certain == won


def test_another_method_is_used_inside_alliances() -> None:
    """Sainte-Laguë gives the alliance's seats to its lists by its own divisors."""
    election = proportional_election({"A": 50, "B": 12, "C": 38}, 5, alliances=[["A", "B"]])
    found = other_method(election, "sainte_lague")
    assert (found.before.certain, found.after.certain) == ({"A": 3, "B": 0, "C": 2}, {"A": 2, "B": 1, "C": 2})


# Every division


def divisions(lists: str) -> Iterator[list[list[str]]]:
    """Give every division of some lists, one list after another."""
    if not lists:
        yield []
        return
    for division in divisions(lists[1:]):
        yield [[lists[0]], *division]
        for place in range(len(division)):
            yield [*division[:place], [lists[0], *division[place]], *division[place + 1 :]]


@given(cases())
def test_every_division_is_computed(case: Case) -> None:
    """The outcomes, with how many divisions lead to each, are those of one election after another."""
    found = all_partitions(case.hold())
    expected: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for division in divisions("".join(case.votes)):
        its = ends(attrs.evolve(case, alliances=division).hold())
        seats = tuple(its.certain.values()), tuple(its.possible.values())
        expected[seats] = expected.get(seats, 0) + 1
    assert expected == {
        (tuple(each.standing.certain.values()), tuple(each.standing.possible.values())): each.count
        for each in found.outcomes
    }
    assert found.count == number_of_partitions(len(case.votes))
    for each in found.outcomes:
        assert same(each.standing, ends(attrs.evolve(case, alliances=list(each.example)).hold()))
    for key in case.votes:
        assert found.best(key).standing.certain[key] == max(each.standing.certain[key] for each in found.outcomes)
        assert found.worst(key).standing.certain[key] == min(each.standing.certain[key] for each in found.outcomes)


@given(cases())
def test_lists_that_are_not_divided_stay_where_they_are(case: Case) -> None:
    """Only the lists that are named leave their alliances."""
    found = all_partitions(case.hold(), among=["A", "B"])
    kept = [[member for member in flat(alliance) if member not in "AB"] for alliance in case.alliances]
    if any(not isinstance(member, str) for alliance in case.alliances for member in alliance):
        return
    kept = [alliance for alliance in kept if alliance]
    expected = [ends(attrs.evolve(case, alliances=[*kept, *new]).hold()) for new in ([["A", "B"]], [["A"], ["B"]])]
    assert found.count == 2
    assert all(any(same(each.standing, other) for other in expected) for each in found.outcomes)


def test_an_alliance_that_is_not_divided_stays_as_it_is() -> None:
    """With the alliance inside it too, by which A has two seats and C none; and nobody to divide is one way."""
    votes = {"A": 36, "B": 15, "C": 23, "D": 15, "E": 44}
    election = proportional_election(votes, 4, alliances=[[["A", "B"], "C"], ["D", "E"]])
    told: list[int] = []
    for among in ([], ["D", "E"]):
        found = all_partitions(election, among=among, progress=told.append)
        assert [each.standing for each in found.outcomes][:1] == [found.now]
    assert (told, found.now.text("A"), found.now.text("C")) == ([1, 2], "2", "0")


def test_ten_lists_are_divided_in_115975_ways() -> None:
    """Brøndby's ten lists: every division, told on the way; the real one is among them."""
    told: list[int] = []
    council = COUNCILS["Brøndby"]
    found = all_partitions(council, progress=told.append)
    assert (len(found.lists), found.count, told[0], told[-1]) == (10, 115_975, 1000, 115_975)
    assert all(one < other for one, other in pairwise(told))
    assert found.now in [each.standing for each in found.outcomes]
    assert found.rows()[0].keys() == {"list", "now", "worst", "best"}


def test_quotients_that_differ_by_little_are_no_lot() -> None:
    """34 / 9 is more than 15 / 4 by a 36th: the last of twelve seats is A's, whichever way the two are divided."""
    (found,) = all_partitions(proportional_election({"A": 34, "B": 15}, 12)).outcomes
    assert (found.standing.text("A"), found.standing.text("B"), found.count) == ("9", "3", 2)


@pytest.mark.rule("KRVL-78-L")
def test_votes_for_an_alliance_itself_stay_with_it(refused: Refused) -> None:
    """They count where it stands as it stood, among other alliances too, and go with it nowhere else."""
    votes = {"A": 240, "L.1": 50, "L.2": 15, "B": 150}
    case = ProportionalCase(votes=votes, seats=4, alliances=[["L.1", "L.2"]], own_votes={"L.1+L.2": 300})  # type: ignore[arg-type]
    allied = form_alliance(case, ["A", "B"])
    assert allied.case.after.own_votes == {"L.1+L.2": 300}
    assert lines(allied) == [("A", 1, 1, 1, 1), ("L.1", 2, 2, 2, 2), ("L.2", 0, 0, 0, 0), ("B", 1, 1, 1, 1)]
    assert refused(leave_alliance, case, "L.1").startswith("L.1+L.2 has 300 votes for itself, which nobody has where")


# The line of a KKR


def test_another_line_is_another_composition() -> None:
    """With a line of 1.5 %, M would take part in KKR Hovedstaden; with 1 % Æ too."""
    kkr = data.kkr("hovedstaden-2026").compose()
    same = other_line(kkr, "2%").after
    assert (same.parties, same.sizing, same.allocation) == (kkr.parties, kkr.sizing, kkr.allocation)
    assert other_line(kkr, "1.5%").entered == ("M",)
    assert other_line(kkr, "1%").entered == ("M", "Æ")
    assert other_line(kkr, "10%").left == ("B", "I", "O", "V", "Å")
    found = other_line(kkr, Fraction(1, 100))
    assert sum(found.changes.values()) == found.after.size - kkr.size
    assert [row["party"] for row in found.rows()] == [party.party for party in kkr.parties]


def test_a_moved_line_leaves_the_other_condition() -> None:
    """Who holds no seat takes part with no line at all; and what was left out is left out again."""
    votes, mayors = {"A": 500, "B": 300, "C": 190, "D": 10}, {"A": 3, "C": 1, "X": 1}
    figures = {"municipalities": 5, "total_votes": 1000}
    seated = compose_kkr(votes, mayors, represented=["A", "B"], **figures)  # type: ignore[arg-type]
    assert other_line(seated, "0%").after.eligible == ("A", "B", "C")
    unknown = compose_kkr(votes, mayors, **figures)  # type: ignore[arg-type]
    assert other_line(unknown, "0%").after.eligible == ("A", "B", "C", "D")
    same_line = other_line(unknown, "2%").after
    assert (same_line.parties, same_line.warnings) == (unknown.parties, unknown.warnings)


# What is refused, and how it is shown


def test_what_does_not_stand_is_refused(refused: Refused) -> None:
    """Unknown lists, alliances that are none and impossible numbers are refused with what would be right."""
    election = four(["C", "V"])
    unknown = "is 'X', which does not stand; the lists are A, C, F, V"
    assert refused(leave_alliance, election, "X") == f"list {unknown}"
    assert refused(leave_alliance, election, "A") == "list is 'A', which is in no alliance that it could leave"
    assert refused(join_alliance, election, "A", "X") == f"lists {unknown}"
    assert refused(join_alliance, election, "A", "A") == "lists names 'A' twice; each name stands once"
    assert refused(form_alliance, election, ["A"]) == "lists is ['A']; give at least 2"
    assert refused(form_alliance, election, "AC").startswith("lists is 'AC'; give the names one by one")
    assert "'C' is in" in refused(with_alliances, election, [["A", "C"], ["C", "F"]])
    assert "'X'" in refused(with_alliances, election, [["A", "X"]])
    assert refused(best_partner, election, "X") == f"list {unknown}"
    assert refused(best_partner, election, "A", partners=0).startswith("partners is 0; a number of partners")
    assert refused(merge_lists, election, ["A", "C"], name="F").startswith("the new list has the name 'F'")
    assert refused(split_list, election, "A", {"C": 43}).startswith("the new list has the name 'C'")
    wrong = "parts have 42 votes; list A has 43, and its parts together as many"
    assert refused(split_list, election, "A", {"A1": 40, "A2": 2}) == wrong
    assert refused(other_votes, election, {"X": 1}) == f"votes {unknown}"
    assert refused(other_size, election, -1).startswith("seats is -1")
    assert refused(other_method, election, "hare").startswith("method is 'hare'; the methods are dhondt, sainte_lague")
    assert refused(other_line, 7, "1%") == "composition is 7; give what compose_kkr returns"
    kkr = data.kkr("hovedstaden-2026").compose()
    assert refused(other_line, kkr, 0.02).startswith("line is 0.02; a share is exact")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(
            lambda: WhatIfCase(before=four(), after=four(), method="hare"),
            "method is 'hare'; the methods are",
            id="method",
        ),
        pytest.param(
            lambda: RegroupingCase(before=four(), after=four(), one="N", parts=["A", "X"]),
            "parts names 'X', which is not in votes",
            id="parts that stand in neither",
        ),
        pytest.param(
            lambda: RegroupingCase(before=four(), after=four(), one="N", parts=["A", "C"], method="adams"),
            "method is 'adams'; lists are merged and split by d'Hondt's",
            id="parts by another method",
        ),
        pytest.param(
            lambda: RegroupingCase(before=four(), after=four(), one="", parts=["A"]),
            "one has the name ''",
            id="no name",
        ),
        pytest.param(lambda: PartnersCase(election=four(), key="X"), "list is 'X', which does not stand", id="a list"),
        pytest.param(
            lambda: PartitionsCase(election=four(), among=["X"]), "among is 'X', which does", id="of divisions"
        ),
        pytest.param(
            lambda: OtherLineCase(composition=None, line="1%"),  # type: ignore[arg-type]
            "composition is None; give what compose_kkr returns",
            id="no KKR",
        ),
    ],
)
def test_a_question_is_checked_when_it_is_put(ask: Callable[[], object], message: str, refused: Refused) -> None:
    """Whoever makes the case, and asks later or never, is told at once."""
    assert refused(ask).startswith(message)


def test_partners_are_counted_before_they_are_tried(refused: Refused) -> None:
    """10,000 choices are tried, and one more is not; one partner at once where no number is given."""
    votes = dict.fromkeys(map(str, range(10_000)), 1)
    assert PartnersCase(election=proportional_election(votes, 1), key="0").partners == 1
    more = proportional_election({**votes, "more": 1}, 1)
    choices = refused(PartnersCase, election=more, key="0", error=ElectionError)
    assert choices == "up to 1 partners among 10000 units are 10001 choices; at most 10000 are tried"
    assert best_partner(four(), "F", partners=10**18).options == best_partner(four(), "F", partners=3).options


def test_too_much_is_refused_with_the_number(refused: Refused) -> None:
    """More than ten lists to divide, and more than 10,000 choices of partners, are refused."""
    council = COUNCILS["København"]
    message = refused(all_partitions, council, error=ElectionError)
    assert message.startswith("24 lists (A, B, C, D, E, F,")
    assert "can be divided in 445958869294805289 ways" in message
    assert "at most 10 lists, in 115975 ways" in message
    assert refused(number_of_partitions, -1) == "lists is -1; a number of lists is a whole number, 0 or more"
    assert refused(all_partitions, four(), among=["A", "X"]).startswith("among is 'X', which does not stand")
    choices = refused(best_partner, proportional_election(dict.fromkeys(map(str, range(20)), 1), 3), "0",
                      partners=19, error=ElectionError)  # fmt: skip
    assert choices == "up to 19 partners among 19 units are 524288 choices; at most 10000 are tried"


def test_answers_are_values() -> None:
    """Every answer is equal to the same answer, can be hashed, and has rows of plain values."""
    election = four(["F", "V"])
    kkr = data.kkr("hovedstaden-2026").compose()
    questions: list[Callable[[], object]] = [
        lambda: without_alliances(election),
        lambda: form_alliance(election, ["A", "F"]),
        lambda: best_partner(election, "A"),
        lambda: merge_lists(election, ["A", "F"]),
        lambda: all_partitions(election),
        lambda: other_line(kkr, "1%"),
    ]
    for question in questions:
        assert question() == question()
        assert hash(question()) == hash(question())
        rows: tuple[Mapping[str, object], ...] = question().rows()  # type: ignore[attr-defined]
        assert {type(value) for row in rows for value in row.values()} <= {str, int, bool}


def test_an_answer_is_by_the_law_of_what_was_asked_about() -> None:
    """The year of a council, whatever is changed in it; none for a forholdstalsvalg; and that of a KKR."""
    council, kkr = COUNCILS["Fanø"], data.kkr("hovedstaden-2026").compose()
    answers = [without_alliances(council), best_partner(council, "A"), merge_lists(council, ["A", "B"])]
    assert {each.law for each in (other_size(council, 9), *answers)} == {2025}
    assert (other_size(four(), 9).law, other_line(kkr, "1%").law) == (None, kkr.law)


@pytest.mark.rule("KL-15-2a")
@pytest.mark.parametrize("represented", [None, ["A", "C"]])
def test_the_same_line_changes_nothing(represented: list[str] | None) -> None:
    """A KKR with the line where it is comes out the same, with a party of no votes that has a mayor too."""
    kkr = compose_kkr(
        {"B": 0, "A": 600, "C": 400}, {"B": 1, "D": 1}, municipalities=4, total_votes=1000, represented=represented
    )
    same = other_line(kkr, "2%").after
    assert (same.parties, same.sizing, same.allocation) == (kkr.parties, kkr.sizing, kkr.allocation)


# Votes by change


def test_votes_change_by_numbers_more_or_fewer() -> None:
    """50 votes more for a list, or 50 from one to another, are asked about as they are said."""
    election = proportional_election({"A": 432, "C": 310, "F": 140}, 5)
    assert str(other_votes(election, change={"F": 4})) == "A 3 → 2-3, F 0 → 0-1"
    assert str(other_votes(election, change={"F": 50})) == "A 3 → 2, F 0 → 1"
    moved = other_votes(election, change={"A": -50, "F": 50})
    assert moved.case.after.votes == {"A": 382, "C": 310, "F": 190}
    both = other_votes(election, {"A": 400}, change={"A": 10})
    assert both.case.after.votes["A"] == 410
    assert other_votes(election, change={"A": -432, "F": 0}).case.after.votes == {"A": 0, "C": 310, "F": 140}
    assert other_votes(election, change={"F": np.int64(-40)}).case.after.votes["F"] == 100  # type: ignore[dict-item]
    assert other_votes(election, change={}).changed is False


def test_a_change_that_cannot_be_is_refused(refused: Refused) -> None:
    """Nobody has fewer votes than none, and a change is whole votes of a list that stands."""
    election = proportional_election({"A": 43, "C": 31}, 5)
    message = refused(other_votes, election, change={"A": -44})
    assert message == 'change["A"] is -44; the list has 43 votes, and cannot have fewer than none'
    assert refused(other_votes, election, change={"X": 1}).startswith("change is 'X', which does not stand")
    for more in (1.5, -1.5, "5", True, None):
        message = f'change["A"] is {shown(more)}; give whole votes more or fewer, such as -50'
        assert refused(other_votes, election, change={"A": more}) == message
    assert refused(other_votes, election, change=[("A", 1)]).startswith("change is [('A', 1)]; give list -> votes more")
    assert refused(other_votes, election) == "votes is None; give votes, or a change of them"


# Names

NAMED = proportional_election(
    {"A": 50, "B": 30, "A+B": 20, "C": 10, "D": 9}, 5, alliances={"Blue": ["A", "Inner"], "Inner": ["B", "C"]}
)
SOLO = proportional_election({"A": 5, "B": 4, "C": 3, "D": 2}, 3, alliances={"Solo": ["A"], "Duo": ["B", "C"]})


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        pytest.param(lambda: form_alliance(NAMED, ["D", "A+B"]), ["Blue", "Inner", "A+B+D"], id="another is formed"),
        pytest.param(lambda: join_alliance(NAMED, "D", "A"), ["A+B+C+D", "Inner"], id="one grows"),
        pytest.param(lambda: leave_alliance(NAMED, "A"), ["Inner"], id="one is left with the inner one"),
        pytest.param(lambda: leave_alliance(NAMED, "B"), ["A+C"], id="two lose a list"),
        pytest.param(lambda: split_list(NAMED, "D", {"D1": 5, "D2": 4}), ["Blue", "Inner"], id="a list is split"),
        pytest.param(lambda: merge_lists(NAMED, ["D", "A+B"]), ["Blue", "Inner"], id="lists are merged"),
        pytest.param(lambda: leave_alliance(SOLO, "C"), ["Solo"], id="one of one list, and none of the other"),
        pytest.param(lambda: form_alliance(SOLO, ["C", "D"]), ["Solo", "C+D"], id="one of one list beside a new one"),
        pytest.param(lambda: join_alliance(SOLO, "D", "A"), ["A+D", "Duo"], id="one of one list that is joined"),
    ],
)
def test_an_alliance_that_stays_as_it_was_keeps_its_name(ask: Callable[[], WhatIf], names: list[str]) -> None:
    """What became of one alliance changes no other's name, though a list has the name that it would have without."""
    assert [alliance.name for alliance in every_alliance(ask().case.after.units)] == names


def test_two_alliances_of_one_name_are_refused(refused: Refused) -> None:
    """Where two alliances without a name of their own would be called alike, that is said."""
    lists = {"A": 5, "B+C": 4, "A+B": 3, "C": 2, "D": 1, "E": 1}
    election = proportional_election(lists, 3, alliances={"X": ["A", "B+C"], "Y": ["D", "E"]})
    joined = join_alliance(election, "A", "B+C").case.after
    assert [alliance.name for alliance in every_alliance(joined.units)] == ["X", "Y"]
    apart = proportional_election(lists, 3, alliances={"X": ["A", "B+C", "D"], "Y": ["A+B", "C", "E"]})
    message = refused(leave_alliance, leave_alliance(apart, "D"), "E")
    assert message == "two alliances have the name 'A+B+C'; give them names of their own"


# Names in two spellings

TWICE = "A\u030a"
"""Å as two code points."""

NORDIC = proportional_election({"A": 43, "C": 31, "Å": 14, "V": 12}, 5, alliances=[["C", "Å"]])


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda key: form_alliance(NORDIC, [key, "V"]), id="form_alliance"),
        pytest.param(lambda key: join_alliance(NORDIC, "V", key), id="join_alliance, the partner"),
        pytest.param(lambda key: join_alliance(NORDIC, key, "V"), id="join_alliance"),
        pytest.param(lambda key: leave_alliance(NORDIC, key), id="leave_alliance"),
        pytest.param(lambda key: best_partner(NORDIC, key), id="best_partner"),
        pytest.param(lambda key: merge_lists(NORDIC, [key, "V"]), id="merge_lists"),
        pytest.param(lambda key: split_list(NORDIC, key, {"Å1": 7, "Å2": 7}), id="split_list"),
        pytest.param(lambda key: other_votes(NORDIC, {key: 20}), id="other_votes"),
        pytest.param(lambda key: margins(NORDIC).of(key), id="margins of"),
        pytest.param(lambda key: margins(NORDIC).move(key, "A"), id="margins move, from"),
        pytest.param(lambda key: margins(NORDIC).move("A", key), id="margins move, to"),
        pytest.param(lambda key: all_partitions(NORDIC, among=["A", key]), id="all_partitions"),
        pytest.param(lambda key: all_partitions(NORDIC).best(key), id="best of the partitions"),
        pytest.param(lambda key: all_partitions(NORDIC).worst(key), id="worst of the partitions"),
    ],
)
def test_a_name_of_two_code_points_is_the_same_list(ask: Callable[[str], object]) -> None:
    """An Å typed as two code points is the list that it names."""
    assert ask(TWICE) == ask("Å")


def test_a_listeforbund_is_one_partner() -> None:
    """A listeforbund counts as one list (KRVL-37) in an alliance with it, which here is the one that stands."""
    lists = [
        CandidateList(letter, key, [Candidate(f"{key}-{n}", 0) for n in range(9)], votes, key=key)
        for key, letter, votes in [("A", "A", 598), ("B1", "B", 83), ("B2", "B", 69)]
    ]
    election = CouncilElection("Nyby", 7, lists, [["A", ["B1", "B2"]]], year=2021)
    for asked in (election, elect_council(election)):
        found = best_partner(asked, "A")
        assert [(option.partners, option.certain) for option in found.options] == [((), 6), ((("B1", "B2"),), 6)]


# Tables

TIED = proportional_election({"A": 11, "B": 8, "C": 2}, 9)
"""A has five seats; a lot decides whether B has a fourth, or C its first."""


def lines(result: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - of any question
    """Give the lines of a table without their headings."""
    return [tuple(row.values()) for row in result.rows()]


def test_tables_have_what_is_certain_and_what_is_possible() -> None:
    """A line for each list, or for each way, with the seats that it has for certain and at most."""
    fewer = other_size(TIED, 8)
    assert fewer.rows()[1] == {"list": "B", "before": 3, "before_possible": 4, "after": 3, "after_possible": 3}
    assert lines(fewer) == [("A", 5, 5, 5, 5), ("B", 3, 4, 3, 3), ("C", 0, 1, 0, 0)]
    assert (str(fewer), fewer.changed, fewer.gained, fewer.paid) == ("B 3-4 → 3, C 0-1 → 0", False, {}, {})
    assert str(other_size(TIED, 9)) == "no change"
    assert lines(merge_lists(four(), ["F", "V"])) == [("A", 3, 3, 2, 2), ("C", 2, 2, 2, 2), ("F+V", 0, 0, 1, 1)]
    two = without_alliances(four(["A", "C"], ["F", "V"]))
    assert two.rows()[0] == {"alliance": "A+C", "gained": "", "paid": ""}
    assert lines(two) == [("A+C", "", ""), ("F+V", "F 1", "A 1"), ("A+C; F+V", "F 1", "A 1")]


def test_partners_stand_in_the_order_of_the_seats_that_they_bring() -> None:
    """First those with most seats for certain, then at most, then with the fewest partners, then as the votes stand."""
    found = best_partner(TIED, "C")
    assert found.rows()[0] == {"partners": "A", "seats": 1, "possible": 1}
    assert lines(found) == [("A", 1, 1), ("", 0, 1), ("B", 0, 1)]
    assert (found.certain, found.possible, [each.partners for each in found.best]) == (0, 1, [(("A",),)])
    two = best_partner(four(), "F", partners=2)
    named = [("+".join(sum(each.partners, ())), each.certain) for each in two.options]
    assert named == [("C", 1), ("V", 1), ("A+V", 1), ("C+V", 1), ("", 0), ("A", 0), ("A+C", 0)]
    assert [each.partners for each in two.best] == [(("C",),), (("V",),)]


def test_lists_of_another_election_stand_in_the_table() -> None:
    """Whoever stands in only one of two elections has nothing in the other, gains all of it, or pays it."""
    before, after = (proportional_election(votes, 3) for votes in ({"A": 2, "B": 1, "D": 0}, {"A": 1, "C": 2}))
    found = settle(WhatIfCase(before=before, after=after))
    assert lines(found) == [("A", 2, 2, 1, 1), ("B", 1, 1, 0, 0), ("D", 0, 0, 0, 0), ("C", 0, 0, 2, 2)]
    assert (str(found), found.gained, found.paid) == ("A 2 → 1, B 1 → 0, C 0 → 2", {"C": 2}, {"A": 1, "B": 1})


@pytest.mark.parametrize(("seats", "gained", "paid"), [(4, {}, {"A": 1}), (6, {"F": 1}, {}), (5, {}, {})])
def test_a_seat_more_or_fewer_is_a_change(seats: int, gained: Counts, paid: Counts) -> None:
    """Whether somebody only gains, or only pays."""
    found = other_size(four(), seats)
    assert (found.gained, found.paid, found.changed) == (gained, paid, bool(gained or paid))


def test_divisions_are_told_by_what_comes_of_them() -> None:
    """The outcome of most divisions first, each with the first division that leads to it; and the ends of each list."""
    found = all_partitions(four())
    told = [(" ".join(map(each.standing.text, FOUR)), each.count, each.example) for each in found.outcomes]
    assert told == [
        ("3 2 0 0", 9, (("A", "C", "F", "V"),)),
        ("2 2 1 0", 4, (("A", "C"), ("F", "V"))),
        ("3 1 1 0", 1, (("A", "F", "V"), ("C",))),
        ("2-3 2 0 0-1", 1, (("A",), ("C", "V"), ("F",))),
    ]
    assert lines(found) == [("A", 3, 2, 3), ("C", 2, 1, 2), ("F", 0, 0, 1), ("V", 0, 0, 1)]
    assert (found.best("C").count, found.worst("C").count, found.best("F").count) == (9, 1, 4)
    three = all_partitions(proportional_election({"A": 8, "B": 9, "C": 10, "D": 12}, 2), among=["A", "B", "C"])
    assert [(each.count, each.example) for each in three.outcomes] == [
        (3, (("A", "C"), ("B",))),
        (1, (("A", "B", "C"),)),
        (1, (("A", "B"), ("C",))),
    ]
    in_lots = all_partitions(TIED)
    assert [(each.count, each.standing.text("B")) for each in in_lots.outcomes] == [(3, "3-4"), (1, "4"), (1, "3")]
    assert lines(in_lots) == [("A", 5, 5, 5), ("B", 3, 3, 4), ("C", 0, 0, 1)]
    assert (in_lots.best("B").standing.text("B"), in_lots.worst("B").standing.text("B")) == ("4", "3")
    assert in_lots.rows()[2] == {"list": "C", "now": 0, "worst": 0, "best": 1}


@pytest.mark.rule("KL-15-2a")
def test_a_moved_line_is_told_by_who_enters_and_who_leaves() -> None:
    """Each party with its members before and after, and whether it takes part."""
    votes = {"A": 500, "B": 300, "C": 185, "D": 15}
    kkr = compose_kkr(votes, {"A": 3, "C": 1}, municipalities=4, total_votes=1000)
    lower = other_line(kkr, "1%")
    assert (lower.entered, lower.left, lower.line) == (("D",), (), Fraction(1, 100))
    assert lower.rows()[3] == {
        "party": "D", "votes": 15, "before": 0, "took_part": False, "after": 0, "takes_part": True
    }  # fmt: skip
    assert lines(lower)[:2] == [("A", 500, 3, True, 3, True), ("B", 300, 2, True, 2, True)]
    back = other_line(lower.after, "2%")
    assert (back.entered, back.left, back.changes) == ((), ("D",), {})
    higher = other_line(compose_kkr(votes, {"A": 3, "C": 1}, municipalities=8, total_votes=1000), "40%")
    assert (higher.left, higher.changes["B"]) == (("B", "C"), -2)
