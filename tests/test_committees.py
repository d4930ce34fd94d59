"""Committees: the groups' seats, renounced and agreed ones, and a vacant place."""

from collections import Counter
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.bodies import CommitteeCase, elect_committee
from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    counts_given,
    known_groups,
    least_and_most,
    voting_groups,
)
from kommunalvalg.constitution.vacant import fill_place
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import dhondt
from kommunalvalg.report import explain

SEATS, RENOUNCED = Place(Where.COMMITTEE), Place(Where.RENOUNCED)
MEMBERS = {"m1": "A", "m2": "A", "m3": "F", "m4": "V", "m5": "V", "m6": "V"}


@pytest.mark.rule("KSL-24-3")
@pytest.mark.parametrize(
    ("declared", "absent", "groups"),
    [
        (None, (), {"A": 2, "F": 1, "V": 3}),
        ({"red": ["m1", "m2", "m3"]}, (), {"red": 3, "V": 3}),
        ({"red": ["m1", "m3"]}, (), {"red": 2, "A": 1, "V": 3}),
        ({"red": ["m1", "m2", "m3"]}, ["m6", "m1"], {"red": 2, "V": 2}),
        ({"F": ["m1", "m2", "m3"]}, (), {"F": 3, "V": 3}),
        ({"red": ["m3"]}, ["m3"], {"A": 2, "V": 3}),
    ],
)
def test_who_stands_together(
    declared: dict[str, list[str]] | None, absent: tuple[str, ...], groups: dict[str, int]
) -> None:
    """Who declares a group counts there, the others with their list, and only those who take part."""
    assert voting_groups(MEMBERS, declared, absent=absent) == groups


@pytest.mark.rule("KSL-24-3")
@pytest.mark.parametrize(
    ("groups", "size", "seats"),
    [
        ({"a": 16, "b": 15}, 9, {"a": 5, "b": 4}),
        ({"a": 16, "b": 15}, 7, {"a": 4, "b": 3}),
        ({"a": 20, "b": 8, "c": 3}, 7, {"a": 5, "b": 2, "c": 0}),
        ({"a": 9}, 5, {"a": 5}),
    ],
)
def test_the_seats_of_a_committee(groups: dict[str, int], size: int, seats: dict[str, int]) -> None:
    """A committee's seats are distributed by d'Hondt on the members who take part."""
    assert elect_committee(groups, size).seats == seats


@pytest.mark.rule("KSL-24-3")
def test_equal_groups_draw_lots() -> None:
    """Equal quotients for the last seat leave a lot, under the provision."""
    assert elect_committee({"a": 5, "b": 5}, 3).tie == Tie(1, ("a", "b"), FORHOLDSTALSVALG, SEATS)
    assert elect_committee({"a": 5, "b": 5}, 3, lots=[Draw(["a", "b"], ["b"])]).seats == {"a": 1, "b": 2}


@pytest.mark.rule("KSL-24-3")
def test_a_renounced_seat_goes_on_by_the_ranking() -> None:
    """A renounced seat goes to the other group with the next quotient, and the awards say on which."""
    committee = elect_committee({"a": 20, "b": 8, "c": 3}, 7, renounced={"a": 1, "b": 0})
    assert committee.seats == {"a": 4, "b": 2, "c": 1}
    assert [(award.winner, float(award.quotient or 0)) for award in committee.awards][-2:] == [("b", 4), ("c", 3)]


@pytest.mark.rule("KSL-24-3")
def test_only_who_is_willing_takes_a_renounced_seat() -> None:
    """Where the takers are named a renounced seat goes to them alone."""
    groups = {"a": 20, "b": 8, "c": 3}
    assert elect_committee(groups, 7, renounced={"a": 2}).seats == {"a": 3, "b": 3, "c": 1}
    assert elect_committee(groups, 7, renounced={"a": 2}, takers=["b"]).seats == {"a": 3, "b": 4, "c": 0}


@pytest.mark.rule("KSL-24-3")
def test_the_lot_over_the_seats_comes_before_the_renounced_ones() -> None:
    """Nothing is renounced before the numbers are fixed; then the renounced seat may need a lot of its own."""
    groups = {"a": 9, "b": 3, "c": 3}
    first = elect_committee(groups, 3, renounced={"a": 1})
    assert (first.seats, first.tie) == ({"a": 2, "b": 0, "c": 0}, Tie(1, ("a", "b", "c"), FORHOLDSTALSVALG, SEATS))
    won = Draw(["a", "b", "c"], ["a"])
    second = elect_committee(groups, 3, renounced={"a": 1}, lots=[won])
    assert (second.seats, second.tie) == ({"a": 2, "b": 0, "c": 0}, Tie(1, ("b", "c"), FORHOLDSTALSVALG, RENOUNCED))
    third = elect_committee(groups, 3, renounced={"a": 1}, lots=[won, Draw(["b", "c"], ["c"])])
    assert (third.seats, third.complete, len(third.draws)) == ({"a": 2, "b": 0, "c": 1}, True, 2)
    assert sum(outcome.probability for outcome in first.outcomes()) == 1


@pytest.mark.rule("KSL-24-3")
def test_the_awards_say_which_seat_a_lot_decided() -> None:
    """A seat won by lot is marked as such where it was kept, and not where it was renounced."""
    groups = {"a": 9, "b": 3, "c": 3}
    won = [Draw(["a", "b", "c"], ["a"])]
    before = elect_committee(groups, 3, lots=won)
    assert [(award.winner, award.by_lot) for award in before.awards] == [("a", False), ("a", False), ("a", True)]
    after = elect_committee(groups, 3, renounced={"a": 1}, lots=[*won, Draw(["b", "c"], ["c"])])
    assert [(award.winner, award.by_lot) for award in after.awards] == [("a", False), ("a", False), ("c", True)]
    assert elect_committee(groups, 3, renounced={"a": 1}).awards == before.awards[:2]


@pytest.mark.rule("KSL-24-3", "KSL-25-2")
def test_places_by_office_count_where_seats_pass_on_and_in_an_agreement() -> None:
    """A place by office is its group's first, so that c's 3 comes before b's third, and is part of what is agreed."""
    passed_on = elect_committee({"a": 20, "b": 8, "c": 3}, 7, seated={"b": 1}, renounced={"a": 1})
    assert passed_on.seats == {"a": 4, "b": 1, "c": 1}
    agreed = elect_committee({"a": 16, "b": 15}, 7, seated={"a": 2}, agreed={"a": 2, "b": 5})
    assert (agreed.seats, agreed.complete) == ({"a": 0, "b": 5}, True)
    filled = elect_committee({"a": 16, "b": 15}, 3, seated={"a": 3})
    assert (filled.seats, filled.complete) == ({"a": 0, "b": 0}, True)
    assert elect_committee({"a": 16, "b": 15}, 7, takers=[]).seats == {"a": 4, "b": 3}


@pytest.mark.rule("KSL-24-3")
def test_an_agreement_is_marked_as_one() -> None:
    """Seats that everybody agreed on are as agreed, and the result says that they were not won."""
    committee = elect_committee({"a": 20, "b": 8, "c": 3}, 7, agreed={"a": 4, "b": 2, "c": 1})
    assert committee.seats == {"a": 4, "b": 2, "c": 1}
    assert committee.case.method == "agreed"
    assert (committee.awards, committee.complete, committee.vacant) == ((), True, 0)
    assert elect_committee({"a": 9, "b": 1}, 3, agreed={"a": 3}).seats == {"a": 3, "b": 0}


@pytest.mark.rule("KSL-28")
def test_the_group_that_elected_fills_a_vacant_place() -> None:
    """A vacant place is filled by the group that elected the member, and by no other."""
    place = fill_place("Kultur", "m1", group="a", successor="m2", by="a")
    assert (place.committee, place.member, place.group) == ("Kultur", "m2", "a")
    with pytest.raises(RuleError, match=r"by is 'b'; the place in Kultur is filled by a, .* m1 \(KSL § 28, stk. 1\)"):
        fill_place("Kultur", "m1", group="a", successor="m2", by="b")


@pytest.mark.rule("KSL-24-3")
def test_a_case_says_what_gave_the_seats_and_asks_what_if() -> None:
    """Seats won, passed on and agreed are told apart by the name of the method, and a case can be varied."""
    groups = {"a": 20, "b": 8, "c": 3}
    won = elect_committee(groups, 7)
    assert isinstance(won.case, CommitteeCase)
    passed_on = settle(attrs.evolve(won.case, renounced={"a": 1}))
    assert (passed_on.seats, passed_on.case.method) == ({"a": 4, "b": 2, "c": 1}, "renounced")
    agreed = settle(attrs.evolve(won.case, agreed={"a": 7}))
    assert [result.case.method for result in (won, agreed)] == ["dhondt", "agreed"]
    assert settle(passed_on.case) == elect_committee(groups, 7, renounced={"a": 1})


@pytest.mark.rule("KSL-24-3")
def test_a_draw_is_addressed_to_a_committee() -> None:
    """A draw with the committee's name is taken there, first over the seats and then over renounced ones."""
    draws = [Draw([*"abc"], ["a"], place="Teknik"), Draw([*"bc"], ["c"], place="Teknik")]
    teknik = elect_committee({"a": 9, "b": 3, "c": 3}, 3, renounced={"a": 1}, name="Teknik", lots=draws)
    assert teknik.seats == {"a": 2, "b": 0, "c": 1}
    assert [draw.tie.place for draw in teknik.draws if draw.tie] == [
        Place(Where.COMMITTEE, "Teknik"),
        Place(Where.RENOUNCED, "Teknik"),
    ]
    assert len(teknik.awards) == 3
    with pytest.raises(
        LotError, match=r"^the draw for 'Kultur', among a, b, is left over: .*; lots are open for Teknik$"
    ):
        elect_committee({"a": 5, "b": 5}, 3, name="Teknik", lots=[Draw([*"ab"], ["a"], place="Kultur")])


@pytest.mark.rule("KSL-64")
@pytest.mark.parametrize(("red", "blue", "posts"), [(20, 11, (5, 2)), (19, 12, (4, 3))])
def test_a_magistrat_of_seven(red: int, blue: int, posts: tuple[int, int]) -> None:
    """Seven posts, the mayor's of the red group among them, go 5 to 2 with 20 to 11, and 4 to 3 with 19 to 12."""
    magistrat = elect_committee({"red": red, "blue": blue}, 7, seated={"red": 1}, rule="KSL-64", name="Magistraten")
    assert (magistrat.seats["red"] + 1, magistrat.seats["blue"]) == posts


def test_an_error_names_field_value_and_rule_in_both_languages() -> None:
    """What is refused says the field, the value and the provision, in English and in Danish."""
    with pytest.raises(RuleError) as caught:
        elect_committee({"a": 16, "b": 15}, 7, renounced={"b": 4})
    error = caught.value
    assert (error.field, error.value, error.rule) == ('renounced["b"]', 4, FORHOLDSTALSVALG)
    assert all(error.said(lang).endswith("(KSL § 24, stk. 3)") for lang in ("da", "en"))


def test_counts_by_group_are_of_groups_that_there_are_and_more_than_none() -> None:
    """Counts by group come back without those that are 0; the groups are those that take part."""
    assert known_groups({"b": 0, "a": 2}, "seated", {"a": 16, "b": 15}) == {"a": 2}
    assert (counts_given(None), counts_given({"a": 1})) == ({}, {"a": 1})


def test_a_rule_without_a_least_and_a_most_is_no_rule_of_a_size() -> None:
    """Which figure a rule sets is known here; asking for a size where it sets a share is a mistake in the program."""
    with pytest.raises(TypeError, match=r"KSL-11 sets no least and most: Fraction\(1, 2\)"):
        least_and_most("KSL-11")


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: elect_committee({"a": 16, "b": 0}, 7),
        VoteError,
        'groups["b"] is 0; a number of members is a whole number, 1 or more',
    ),
    (lambda: elect_committee({}, 7), VoteError, "groups is empty; at least one name is needed"),
    (lambda: elect_committee({"a": 16}, 0), VoteError, "seats is 0; a number of seats is a whole number, 1 or more"),
    (
        lambda: elect_committee({"a": 16, "b": 15}, 1),
        RuleError,
        "seats is 1; one member is elected by flertalsvalg, two or more by forholdstalsvalg (KSL § 24, stk. 1)",
    ),
    (
        lambda: elect_committee({"a": 16, "b": 15}, 7, renounced={"c": 1}),
        VoteError,
        "renounced names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: elect_committee({"a": 16, "b": 15}, 7, seated=5),  # type: ignore[arg-type]
        VoteError,
        "seated is 5; give a mapping of name to number, such as {'A': 12}",
    ),
    (
        lambda: elect_committee({"a": 16, "b": 15}, 7, renounced={"b": 4}),
        RuleError,
        'renounced["b"] is 4; b has 3 to renounce (KSL § 24, stk. 3)',
    ),
    (
        lambda: elect_committee({"a": 16}, 7, renounced={"a": 1}),
        RuleError,
        "takers are nobody; a renounced seat needs another group that takes it (KSL § 24, stk. 3)",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, renounced={"a": 1}, takers=[]),
        RuleError,
        "takers are nobody; a renounced seat needs another group that takes it (KSL § 24, stk. 3)",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, renounced={"a": 1}, takers=["a"]),
        RuleError,
        "takers are a; a renounced seat needs another group that takes it (KSL § 24, stk. 3)",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, renounced={"a": 1}, takers=["c"]),
        VoteError,
        "takers names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, agreed={"a": 1, "b": 1}),
        RuleError,
        "agreed has 2 seats; the committee has 3, and what is agreed on fills it (KSL § 24, stk. 3)",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, agreed={"a": 3}, renounced={"a": 1}),
        RuleError,
        "agreed and renounced are both given; what is agreed on says what everybody has (KSL § 24, stk. 3)",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, agreed={"a": 3}, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
    (
        lambda: elect_committee({"a": 2, "b": 1}, 3, agreed={"a": 2, "c": 1}),
        VoteError,
        "agreed names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: voting_groups(["m1"]),  # type: ignore[arg-type]
        VoteError,
        "members is ['m1']; give a mapping of member to list, with at least one member",
    ),
    (lambda: voting_groups({}), VoteError, "members is {}; give a mapping of member to list, with at least one member"),
    (
        lambda: voting_groups(MEMBERS, {"x": ["m9"]}),
        VoteError,
        "declared['x'] names 'm9', which is not in members; members has m1, m2, m3, m4, m5, m6",
    ),
    (
        lambda: voting_groups(MEMBERS, {"x": "m1"}),
        VoteError,
        "declared['x'] is 'm1'; give the names one by one, for example ['A', 'B']",
    ),
    (
        lambda: voting_groups(MEMBERS, absent=["m9"]),
        VoteError,
        "absent names 'm9', which is not in members; members has m1, m2, m3, m4, m5, m6",
    ),
    (
        lambda: voting_groups(MEMBERS, {"x": ["m1"], "y": ["m1"]}),
        VoteError,
        "'m1' is in the groups x and y; a member is in one (KSL § 24, stk. 3)",
    ),
    (
        lambda: voting_groups(MEMBERS, {"A": ["m1"]}),
        VoteError,
        (
            "declared has a group 'A', and m2 of the list A is not in it; give the group a name of its own, "
            "or every member of the list"
        ),
    ),
    (lambda: voting_groups({"m1": ""}), VoteError, "members['m1'] has the name ''; a name is text that is not blank"),
    (
        lambda: fill_place("K", " ", group="a", successor="m2", by="a"),
        VoteError,
        "member has the name ' '; a name is text that is not blank",
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m1", by="a"),
        VoteError,
        "successor is 'm1', who leaves the place; another member fills it (KSL § 28, stk. 1)",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str, refused: Refused) -> None:
    """What cannot be is refused, and the message says which field and why."""
    assert refused(call, error=error) == message


def full(committee: Allocation) -> int:
    """Add up what is awarded, open and vacant."""
    return sum(committee.seats.values()) + (committee.tie.places if committee.tie else 0) + committee.vacant


groups_of_members = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 16), min_size=1)


@given(groups_of_members, st.integers(2, 21))
def test_every_seat_is_accounted_for(groups: dict[str, int], size: int) -> None:
    """Seats awarded, open and vacant make up the committee, which is the plain d'Hondt distribution."""
    committee = elect_committee(groups, size)
    assert full(committee) == size
    assert committee.seats == dhondt(groups, size).seats


@given(groups_of_members.filter(lambda groups: len(groups) > 1), st.integers(2, 21), st.data())
def test_a_renounced_seat_costs_only_the_group_that_renounces(
    groups: dict[str, int], size: int, data: st.DataObject
) -> None:
    """Renouncing takes just those seats from the group, no other group loses, and no seat is lost."""
    before = elect_committee(groups, size, lots=seeded(1))
    group = data.draw(st.sampled_from(sorted(groups)))
    count = data.draw(st.integers(0, before.seats[group]))
    after = elect_committee(groups, size, renounced={group: count}, lots=seeded(1))
    assert full(after) == size
    assert after.seats[group] == before.seats[group] - count
    assert all(after.seats[other] >= before.seats[other] for other in groups if other != group)
    assert Counter(award.winner for award in after.awards) == Counter(after.seats)
    assert [award.number for award in after.awards] == [*range(1, size + 1)]


@pytest.mark.rule("KSL-24-3")
@pytest.mark.parametrize("groups", [{"a": 16, "b": 10, "c": 5}, {"c": 5, "b": 10, "a": 16}])
def test_an_order_that_a_lot_decides_is_named(groups: dict[str, int]) -> None:
    """Places five and six of seven have equal quotients; the report says so, and that a lot gives their order."""
    told = " ".join(explain(elect_committee(groups, 7), "da").split())
    assert "Nr. 5 og 6 har lige store kvotienter." in told
    assert "afgør lodtrækning det (KSL § 24, stk. 3); den er ikke trukket her." in told
    assert "lige store kvotienter" not in explain(elect_committee({"a": 16, "b": 15}, 7), "da")
