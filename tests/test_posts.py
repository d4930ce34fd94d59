"""Posts: mayor and deputies, chairs under § 65, the first meeting, and posts that fall vacant."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.chairs import Chair, Chairs, ChairsCase, elect_chairs, elect_mayor_and_chairs
from kommunalvalg.constitution.committees import elect_committees
from kommunalvalg.constitution.order import picking_order
from kommunalvalg.constitution.posts import (
    ConvenerCase,
    Service,
    elect_deputy_mayor,
    elect_deputy_mayors,
    elect_mayor,
    first_convener,
)
from kommunalvalg.constitution.vacant import (
    Post,
    PostVacancyCase,
    Refilling,
    VacatedPlaceCase,
    fill_place,
    no_confidence,
    refill_post,
)
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.methods.divisor import dhondt
from kommunalvalg.report import explain

TWO = {"a": 16, "b": 15}
EQUAL = {"a": 10, "b": 10}
TIED = [{}, {"m1": 5, "m2": 5}, {"m1": 5, "m2": 5}]


@pytest.mark.rule("KSL-6")
@pytest.mark.parametrize(("elect", "post"), [(elect_mayor, "borgmester"), (elect_deputy_mayor, "viceborgmester")])
def test_a_single_post_is_filled_by_flertalsvalg(elect: Callable[..., object], post: str) -> None:
    """Mayor and single deputy are elected by flertalsvalg, and a lot says for which post it is."""
    assert getattr(elect([{"m1": 16, "m2": 15}], present=31), "winner", None) == "m1"
    assert getattr(elect(TIED, present=31), "tie", None) == Tie(1, ("m1", "m2"), "KSL-24-1", Place(Where.BALLOT, post))
    assert getattr(elect(TIED, present=31, lots=[Draw(["m1", "m2"], ["m2"])]), "winner", None) == "m2"


@pytest.mark.rule("KSL-6")
@pytest.mark.parametrize(
    ("groups", "order"), [(TWO, ("a", "b")), ({"a": 21, "b": 10}, ("a", "a")), ({"a": 9, "b": 16}, ("b", "a"))]
)
def test_two_deputies_go_by_forholdstalsvalg(groups: dict[str, int], order: tuple[str, str]) -> None:
    """Two deputies are elected by forholdstalsvalg; the larger quotient has the first of them."""
    assert elect_deputy_mayors(groups).order == order


@pytest.mark.rule("KSL-6-1")
def test_equal_groups_draw_lots_over_the_first_deputy() -> None:
    """Two equal groups have one deputy each, and a lot says who has the first."""
    deputies = elect_deputy_mayors(EQUAL)
    assert (deputies.order, deputies.complete) == ((), False)
    assert deputies.tie == Tie(1, ("a", "b"), "KSL-24-3", Place(Where.ORDER, "viceborgmestre"))
    assert deputies.seats == {"a": 1, "b": 1}
    drawn = elect_deputy_mayors(EQUAL, lots=[Draw(["a", "b"], ["b"])])
    assert (drawn.order, drawn.seats, drawn.complete) == (("b", "a"), {"b": 1, "a": 1}, True)


@pytest.mark.rule("KSL-65")
def test_the_order_of_picking() -> None:
    """The mayor's post counts as the first of the mayor's group, so that the other group picks first."""
    assert elect_chairs(TWO, 6, mayors_group="a").order == ("b", "a", "b", "a", "b", "a")
    assert elect_chairs(TWO, 6, mayors_group="b").order == ("a", "a", "b", "a", "b", "a")
    assert elect_chairs({"a": 20, "b": 8, "c": 3}, 4, mayors_group="a").order == ("a", "b", "a", "a")
    assert elect_chairs(TWO, 1, mayors_group="a").order == ("b",)
    assert elect_chairs({"\u00c5": 16, "b": 15}, 2, mayors_group="A\u030a").mayors_group == "\u00c5"


@pytest.mark.rule("KSL-65")
def test_the_groups_pick_in_their_order() -> None:
    """Each group picks a committee and a chair in turn, and the result says who is next."""
    start = chosen([])
    assert (start.next, start.chairs) == ("b", ())
    picks = [("Kultur", "m7"), ("Teknik", "m2")]
    chairs = chosen(picks)
    assert chairs.chairs == (Chair("b", "Kultur", "m7"), Chair("a", "Teknik", "m2"))
    assert chairs.next is None
    assert settle(chairs.case) == chairs


@pytest.mark.rule("KSL-65")
def test_a_chairs_seat_is_the_groups_first() -> None:
    """The chairs' seats count as their groups' first in the committees, and in økonomiudvalget with the mayor's."""
    groups = {"a": 19, "b": 10, "c": 2}
    picks = [(f"U{number}", f"m{number + 1}") for number in range(1, 7)]
    chairs = elect_chairs(groups, 6, mayors_group="a", mayor="m1", picks=picks)
    assert chairs.order == ("b", "a", "a", "b", "a", "a")
    assert chairs.seated() == {f"U{n}": {group: 1} for n, group in enumerate(chairs.order, start=1)}
    assert chairs.seated("Økonomiudvalget")["Økonomiudvalget"] == {"a": 5, "b": 2}
    charter = {"Økonomiudvalget": 9, **dict.fromkeys(chairs.seated(), 3)}
    committees = elect_committees(groups, charter, seated=chairs.seated("Økonomiudvalget"))
    assert committees.seats["Økonomiudvalget"] == {"a": 6, "b": 3, "c": 0}
    assert committees.seats["U1"] == committees.seats["U2"] == {"a": 2, "b": 1, "c": 0}


@pytest.mark.rule("KSL-6-1")
@pytest.mark.parametrize(
    ("members", "name", "among"),
    [
        ({"m1": Service(8, "1950-01-01"), "m2": Service(16, "1980-01-01")}, "m2", ("m2",)),
        ({"m1": Service(16, "1960-01-02"), "m2": Service(16, "1960-01-01")}, "m2", ("m2",)),
        ({"m1": Service(4, "1960-01-01"), "m2": Service(4, "1960-01-01")}, None, ("m1", "m2")),
        ({"m1": Service(0, "1960-01-01")}, "m1", ("m1",)),
    ],
)
def test_who_convenes_the_first_meeting(members: dict[str, Service], name: str | None, among: tuple[str, ...]) -> None:
    """The longest-serving member convenes, among equals the oldest; equal in both, the result names them all."""
    convener = first_convener(members)
    assert (convener.name, convener.among) == (name, among)
    assert convener.length == max(service.length for service in members.values())
    assert convener.complete == (name is not None)
    if name is None:
        assert convener.tie == Tie(1, among, "KSL-6-1", Place(Where.CONVENER))
        assert first_convener(members, day=2021).tie == Tie(1, among, "KSL-6-1", Place(Where.CONVENER), 2021)
        assert first_convener(members, lots=[Draw(among, among[:1])]).name == among[0]


@pytest.mark.rule("OL-61")
def test_the_oldest_is_found_by_the_law_of_the_year_of_that_election() -> None:
    """OL § 61 is of the council of 2025 alone, and so is the lot between two who are equally old."""
    members = {"m1": Service(4, "1950-01-01"), "m2": Service(16, "1950-01-01"), "m3": Service(20, "1950-01-02")}
    convener = settle(ConvenerCase(members=members, rule="OL-61"))
    assert convener.ties == (Tie(1, ("m1", "m2"), "OL-61", Place(Where.CONVENER), 2025),)
    assert (convener.name, convener.length) == (None, None)
    drawn = settle(convener.case, [Draw(["m1", "m2"], ["m2"])])
    assert (drawn.name, drawn.length, drawn.ties) == ("m2", 16, ())


@pytest.mark.rule("KSL-65")
def test_the_order_of_chairs_begins_with_a_lot_where_the_mayor_is_of_neither() -> None:
    """With a mayor of a third group its one post is the mayor's, and a lot decides which of two equal groups begins."""
    chairs = elect_chairs({"A": 12, "V": 12, "L": 1}, 6, mayors_group="L")
    assert (chairs.order, chairs.tie) == ((), Tie(1, ("A", "V"), "KSL-24-3", Place(Where.ORDER, "udvalgsformænd")))
    drawn = elect_chairs({"A": 12, "V": 12, "L": 1}, 6, mayors_group="L", lots=seeded(1))
    assert drawn.picking.seats == {"A": 3, "V": 3, "L": 0}


@pytest.mark.rule("KSL-65")
def test_a_mayor_and_an_odd_number_of_chairs_need_others() -> None:
    """Five committees make an økonomiudvalg of six, which is even, so that others are needed; six make seven."""
    warnings = elect_chairs(TWO, 5, mayors_group="a").warnings
    assert [warning.rule for warning in warnings] == ["KSL-17-1"]
    assert elect_chairs(TWO, 6, mayors_group="a").warnings == ()
    (seven,) = elect_chairs(TWO, 7, mayors_group="a").warnings
    assert str(seven.text) == (
        "The mayor and 7 chairs are 8; økonomiudvalget has an odd number of members and so needs others."
    )


@pytest.mark.rule("KSL-65-5")
@pytest.mark.parametrize(
    ("groups", "mayors_group", "order"),
    [
        ({"a": 13, "b": 12}, "a", "bababa"),
        ({"a": 10, "b": 8, "c": 7}, "a", "bcabca"),
    ],
)
def test_mayor_and_chairs_together(groups: dict[str, int], mayors_group: str, order: str) -> None:
    """The group of the largest quotient names the mayor, and the groups pick the chairs after it."""
    chairs = elect_mayor_and_chairs(groups, 6)
    assert (chairs.mayors_group, chairs.order) == (mayors_group, tuple(order))
    picked = elect_mayor_and_chairs(groups, 6, mayor="m1", picks=[("Kultur", "m7")])
    assert picked.seated("Økonomiudvalget") == {"Kultur": {"b": 1}, "Økonomiudvalget": {"a": 1, "b": 1}}
    with pytest.raises(RuleError, match="pick 1 is 'm1', who leads a committee already"):
        elect_mayor_and_chairs(groups, 6, mayor="m1", picks=[("Kultur", "m1")])


@pytest.mark.rule("KSL-65-5")
def test_a_charter_for_this_term_is_of_a_day_before_the_election() -> None:
    """A charter decided on election day is too late to elect mayor and chairs together, and of no matter otherwise."""
    election = "2029-11-20"
    assert elect_mayor_and_chairs(TWO, 2, charter="2029-11-19", election=election).mayors_group == "a"
    with pytest.raises(RuleError, match=r"^charter is '2029-11-20'; .* before election day, 2029-11-20 \(KSL § 65"):
        elect_mayor_and_chairs(TWO, 2, charter=election, election=election)
    assert elect_mayor_and_chairs(TWO, 2, charter="2029-11-21").order == elect_mayor_and_chairs(TWO, 2).order
    assert elect_mayor_and_chairs(TWO, 2, election=election).order == elect_mayor_and_chairs(TWO, 2).order
    one_by_one = ChairsCase(groups=TWO, committees=2, mayors_group="a", charter="2029-11-21", election=election)
    assert settle(one_by_one).order == ("b", "a")


@pytest.mark.rule("KSL-65-5")
def test_a_lot_decides_who_names_the_mayor() -> None:
    """Of two equal groups a lot decides which names the mayor, and the small one has no chair."""
    open_ = elect_mayor_and_chairs({"A": 12, "V": 12, "L": 1}, 6)
    assert (open_.mayors_group, open_.order) == (None, ())
    assert open_.seated("Økonomiudvalget") == {"Økonomiudvalget": {}}
    drawn = elect_mayor_and_chairs({"A": 12, "V": 12, "L": 1}, 6, lots=[Draw(["A", "V"], ["V"])])
    assert (drawn.mayors_group, drawn.order[:1]) == ("V", ("A",))


@pytest.mark.rule("KSL-7-3")
@pytest.mark.rule("KSL-15")
@pytest.mark.rule("KSL-64", "KSL-64a")
@pytest.mark.rule("KSL-65-5")
@pytest.mark.rule("KSL-66", "KSL-66a", "KSL-66b", "KSL-66c")
@pytest.mark.rule("RL-38")
@pytest.mark.parametrize(
    ("post", "given_", "how", "group", "provision"),
    [
        ("mayor", {"cause": "dismissed"}, "flertalsvalg", None, "KSL § 66 a, stk. 4"),
        ("mayor", {"cause": "suspended", "together": True}, "flertalsvalg", None, "KSL § 66 b, stk. 3"),
        ("mayor", {"cause": "no confidence"}, "flertalsvalg", None, "KSL § 66 c, stk. 2"),
        ("mayor", {"cause": "task"}, "flertalsvalg", None, "KSL § 66, stk. 1"),
        ("magistrat", {"cause": "dismissed", "group": "a"}, "group", "a", "KSL § 66 a, stk. 4"),
        ("magistrat", {"cause": "task"}, "flertalsvalg", None, "KSL § 66, stk. 1"),
        ("magistrat", {"cause": "away", "months": 1}, "charter", None, "KSL § 64, stk. 3"),
        ("chair", {}, "committee", None, "KSL § 64 a"),
        ("chair", {"chairs_first": True, "group": "b"}, "group", "b", "KSL § 64 a"),
        ("chair", {"cause": "away", "months": 1}, "committee", None, "KSL § 64 a"),
        ("chair", {"cause": "away", "months": 0}, "nobody", None, "KSL § 64 a"),
        ("chair", {"cause": "away", "months": 1, "chairs_first": True, "group": "b"}, "group", "b", "KSL § 64 a"),
        ("mayor", {}, "flertalsvalg", None, "KSL § 7, stk. 3"),
        ("mayor", {"deputies": 2}, "flertalsvalg", None, "KSL § 7, stk. 3"),
        ("deputy", {"deputies": 2, "cause": "away", "months": 2}, "flertalsvalg", None, "KSL § 15, stk. 5"),
        ("deputy", {"deputies": 2, "group": "A\u030a"}, "group", "\u00c5", "KSL § 7, stk. 3"),
        ("deputy", {}, "flertalsvalg", None, "KSL § 7, stk. 3"),
        ("deputy", {"deputies": 2, "group": "a"}, "group", "a", "KSL § 7, stk. 3"),
        ("mayor", {"cause": "away", "months": 2}, "flertalsvalg", None, "KSL § 15, stk. 5"),
        ("mayor", {"cause": "away", "months": 1}, "nobody", None, "KSL § 15, stk. 5"),
        ("mayor", {"together": True, "group": "a"}, "group", "a", "KSL § 65, stk. 5"),
        ("mayor", {"together": True, "group": "a", "cause": "away", "months": 3}, "group", "a", "KSL § 65, stk. 5"),
        ("mayor", {"together": True, "deputies": 2, "group": "a"}, "group", "a", "KSL § 65, stk. 5"),
        ("deputy", {"together": True, "group": "a"}, "group", "a", "KSL § 65, stk. 5"),
        ("deputy", {"together": True, "deputies": 2, "group": "b"}, "group", "b", "KSL § 7, stk. 3"),
    ],
)
def test_who_fills_a_post(post: str, given_: dict[str, Any], how: str, group: str | None, provision: str) -> None:
    """A mayor is elected anew, one of two deputies by the group, who was named under ét by the naming group."""
    refill = refill_post(post, **given_)
    assert (refill.how, refill.group, refill.provision) == (Refilling(how), group, provision)
    assert refill.acting == (given_.get("cause") in {"away", "task", "suspended"})
    assert provision in explain(refill)


def test_a_post_is_one_of_a_single_deputy_and_committees_that_choose_their_chairs_unless_said() -> None:
    """What the charter or the council has beside the ordinary is said, and nothing of it is taken for granted."""
    cases = [PostVacancyCase(post=Post(post)) for post in ("mayor", "deputy", "chair")]
    assert [case.how for case in cases] == [Refilling.FLERTALSVALG, Refilling.FLERTALSVALG, Refilling.COMMITTEE]
    with pytest.raises(RuleError, match="where the charter says so"):
        VacatedPlaceCase(
            committee="K",
            member="m1",
            group="a",
            successor="m2",
            by="a",
            ground="disqualified",  # type: ignore[arg-type]
        )


@pytest.mark.rule("KSL-66c")
@pytest.mark.parametrize(("size", "needed"), [(9, 8), (19, 18), (21, 19), (25, 23), (31, 28), (55, 50)])
def test_what_it_takes_to_remove_a_mayor(size: int, needed: int) -> None:
    """Nine tenths of all members, or all but the mayor, at both readings."""
    assert no_confidence(size).needed == needed
    assert [no_confidence(size, votes).removed for votes in ([], [needed], [needed - 1], [needed, needed - 1])] == [
        None,
        None,
        False,
        False,
    ]
    assert no_confidence(size, [needed, needed]).removed is True
    assert no_confidence(size, [size, size]).removed is True


@pytest.mark.rule("KSL-11")
@pytest.mark.rule("KSL-29")
def test_a_mayor_is_elected_by_a_council_that_can_and_among_its_members() -> None:
    """Fewer than half of the council elect nobody, and nobody is elected who cannot be."""
    assert elect_mayor([{"m1": 9}], present=16, council_size=31, members=["m1", "m2"]).winner == "m1"
    with pytest.raises(RuleError, match=r"present is 15; .* 16 are present \(KSL § 11, stk. 2\)"):
        elect_mayor([{"m1": 9}], present=15, council_size=31)
    with pytest.raises(VoteError, match=r"m9 is not among those who can be elected \(KSL § 6, stk. 3\)"):
        elect_mayor([{"m9": 9}], present=16, members=["m1", "m2"])
    assert elect_mayor([{"m1": 9, "m9": 0}], present=16, members=["m1", "m2"]).winner == "m1"
    first = elect_mayor([{"m1": 8}], present=16, council_size=31)
    assert settle(first.case) == first
    assert elect_mayor([{"m1": 31}], present=31, council_size=31).winner == "m1"
    assert elect_mayor([{"m1": 1}], present=1, council_size=1).winner == "m1"


@pytest.mark.rule("KSL-28")
def test_another_sits_for_a_time() -> None:
    """For a month's absence the group sends another; for less, or a disqualification, where the charter says so."""
    place: dict[str, Any] = {"group": "a", "successor": "m2", "by": "a"}
    assert fill_place("Kultur", "m1", ground="away", months=1, **place).for_a_time
    assert fill_place("Kultur", "m1", ground="away", months=0, charter=True, **place).for_a_time
    disqualified = fill_place("Kultur", "m1", ground="disqualified", charter=True, **place)
    assert disqualified.for_a_time
    assert "which sends both (KSL § 28, stk. 3)." in " ".join(explain(disqualified, "en").split())
    assert not fill_place("Kultur", "m1", **place).for_a_time


@pytest.mark.parametrize(
    "result",
    [
        first_convener({"m1": Service(8, "1950-01-01")}, day=2025),
        elect_mayor([{"m1": 9}], present=9, day=2025),
        elect_deputy_mayor([{"m1": 9}], present=9, day=2025),
        elect_deputy_mayors(TWO, day=2025),
        picking_order(TWO, 3, day=2025),
        elect_chairs(TWO, 2, mayors_group="a", day=2025),
        elect_mayor_and_chairs(TWO, 2, day=2025),
        refill_post("mayor", day=2025),
        fill_place("K", "m1", group="a", successor="m2", by="a", day=2025),
        no_confidence(31, day=2025),
    ],
    ids=lambda result: type(result.case).__name__,
)
def test_the_law_of_a_year_is_asked_for_and_told(result: Any) -> None:  # noqa: ANN401 - of all kinds
    """Each post is filled by the law of the year that was given, and its report says which."""
    assert result.law == 2025
    assert "Anvendt lov: 2025." in explain(result, "da")
    assert settle(result.case, result.draws) == result


def chosen(picks: list[tuple[str, str]], mayors_group: str = "a", groups: dict[str, int] = TWO) -> Chairs:
    """Let the groups pick the chairs of two committees."""
    return elect_chairs(groups, 2, mayors_group=mayors_group, mayor="m1", picks=picks)


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: first_convener({}),
        VoteError,
        "members is {}; give a mapping of member to Service, with at least one member",
    ),
    (lambda: first_convener({"m1": 16}), VoteError, 'members["m1"] is 16; give a Service(length, born)'),  # type: ignore[dict-item]
    (
        lambda: first_convener({"": Service(1, "1960-01-01")}),
        VoteError,
        "members has the name ''; a name is text that is not blank",
    ),
    (lambda: Service(-1, "1960-01-01"), VoteError, "length is -1; a length of service is a whole number, 0 or more"),
    (
        lambda: Service(1, "12-04-1961"),
        VoteError,
        "born is '12-04-1961'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "1961-13-01"),
        VoteError,
        "born is '1961-13-01'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "1961-02-31"),
        VoteError,
        "born is '1961-02-31'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "1961-02-29"),
        VoteError,
        "born is '1961-02-29'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "1961-04"),
        VoteError,
        "born is '1961-04'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "19610412"),
        VoteError,
        "born is '19610412'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, "1961-W15-3"),
        VoteError,
        "born is '1961-W15-3'; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: Service(1, 1961),  # type: ignore[arg-type]
        VoteError,
        "born is 1961; a date of birth is a day, year first, for example '1961-04-12'",
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m2", by="a", ground="away"),
        RuleError,
        (
            "months is None; the group may send another for an absence of 1 month or more, or as the charter "
            "has it (KSL § 28, stk. 1)"
        ),
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m2", by="a", ground="disqualified"),
        RuleError,
        ("ground is 'disqualified'; the group may send another for that where the charter says so (KSL § 28, stk. 1)"),
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m2", by="a", ground="ill"),
        VoteError,
        "ground is 'ill'; it is one of 'left', 'away', 'disqualified'",
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m2", by="a", ground="away", months=0),
        RuleError,
        (
            "months is 0; the group may send another for an absence of 1 month or more, or as the charter "
            "has it (KSL § 28, stk. 1)"
        ),
    ),
    (
        lambda: fill_place("K", "m1", group="a", successor="m2", by="a", months=-1),
        VoteError,
        "months is -1; a number of months is a whole number, 0 or more",
    ),
    (
        lambda: refill_post("mayor", "away"),
        VoteError,
        "months is None; a number of months is a whole number, 0 or more",
    ),
    (
        lambda: refill_post("deputy", deputies=2, group=" "),
        VoteError,
        "group has the name ' '; a name is text that is not blank",
    ),
    (
        lambda: refill_post("deputy", deputies=0),
        VoteError,
        "deputies is 0; a number of deputies is a whole number, 1 or more",
    ),
    (
        lambda: no_confidence(31, "ab"),  # type: ignore[arg-type]
        VoteError,
        "votes is 'ab'; give the votes at each reading, one after another",
    ),
    (
        lambda: no_confidence(31, 5),  # type: ignore[arg-type]
        VoteError,
        "votes is 5; give the votes at each reading, one after another",
    ),
    (lambda: refill_post("clerk"), VoteError, "post is 'clerk'; it is one of 'mayor', 'deputy', 'chair', 'magistrat'"),
    (
        lambda: refill_post("deputy", deputies=3),
        RuleError,
        "deputies is 3; a council has one deputy or two (KSL § 6, stk. 2)",
    ),
    (
        lambda: refill_post("deputy", deputies=2),
        RuleError,
        "group is missing; the group that elected the one who held the post fills it (KSL § 7, stk. 3)",
    ),
    (
        lambda: refill_post("deputy", "dismissed"),
        RuleError,
        (
            "cause is 'dismissed'; the act has that of a mayor, of a member of a magistrat, "
            "and of a chair where chairs both lead the administration and are chosen first (KSL § 66 a, stk. 4)"
        ),
    ),
    (
        lambda: refill_post("chair", "suspended", group="a"),
        RuleError,
        (
            "cause is 'suspended'; the act has that of a mayor, of a member of a magistrat, "
            "and of a chair where chairs both lead the administration and are chosen first (KSL § 66 b, stk. 3)"
        ),
    ),
    (lambda: no_confidence(1), VoteError, "council_size is 1; a number of members is a whole number, 2 or more"),
    (lambda: no_confidence(9, [10]), VoteError, "reading 1 has 10 votes; the council has 9 members"),
    (
        lambda: no_confidence(9, [8, 8, 8]),
        RuleError,
        "votes are (8, 8, 8); there are two readings (KSL § 66 c, stk. 2)",
    ),
    (
        lambda: elect_mayor([{"m1": 1}], present=9, council_size=8),
        VoteError,
        "council_size is 8; 9 members are present",
    ),
    (
        lambda: elect_mayor([{"m1": 1}], present=1, council_size=0),
        VoteError,
        "council_size is 0; a number of members is a whole number, 1 or more",
    ),
    (
        lambda: elect_mayor([{"m1": 8}, {"m1": 1, "m9": 9}], present=16, members=["m1"]),
        VoteError,
        'ballot 2["m9"] is 9; m9 is not among those who can be elected (KSL § 6, stk. 3)',
    ),
    (lambda: picking_order(TWO, 0), VoteError, "posts is 0; a number of posts is a whole number, 1 or more"),
    (
        lambda: picking_order({"a": 0}, 1),
        VoteError,
        'groups["a"] is 0; a number of members is a whole number, 1 or more',
    ),
    (
        lambda: picking_order(TWO, 1, held={"c": 1}),
        VoteError,
        "held names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: picking_order(TWO, 1, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
    (
        lambda: elect_chairs(TWO, 2, mayors_group="c"),
        VoteError,
        "mayors_group names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: chosen([("K", "m7"), ("K", "m2")]),
        RuleError,
        "pick 2 is 'K', whose chair is picked already (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: chosen([("K", "m7"), ("T", "m7")]),
        RuleError,
        "pick 2 is 'm7', who leads a committee already; one each (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: chosen([("K", "m1")]),
        RuleError,
        "pick 1 is 'm1', who leads a committee already; one each (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: chosen([("K", "m7"), ("T", "m8"), ("S", "m9")]),
        RuleError,
        "pick 3 is one too many; there are 2 chairs (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: elect_chairs({"a": 10, "b": 10, "c": 2}, 2, mayors_group="c", picks=[("K", "m7")]),
        RuleError,
        (
            "pick 1 is one too many; a lot is open: 1 place among a, b (udvalgsformænd, order of choosing) "
            "(KSL § 65, stk. 2-3)"
        ),
    ),
    (
        lambda: elect_chairs(TWO, 0, mayors_group="a"),
        VoteError,
        "committees is 0; a number of committees is a whole number, 1 or more",
    ),
    (
        lambda: elect_chairs(TWO, 2, mayors_group="a", picks="Km"),  # type: ignore[arg-type]
        VoteError,
        "picks is 'Km'; give each pick as (committee, member) (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: elect_chairs(TWO, 2, mayors_group="a", picks=5),  # type: ignore[arg-type]
        VoteError,
        "picks is 5; give each pick as (committee, member) (KSL § 65, stk. 2-3)",
    ),
    (lambda: chosen(["K"]), VoteError, "pick 1 is 'K'; a pick is (committee, member)"),  # type: ignore[list-item]
    (lambda: chosen(["Km"]), VoteError, "pick 1 is 'Km'; a pick is (committee, member)"),  # type: ignore[list-item]
    (
        lambda: chosen([("K", "m7", "m8")]),  # type: ignore[list-item]
        VoteError,
        "pick 1 is ('K', 'm7', 'm8'); a pick is (committee, member)",
    ),
    (
        lambda: elect_chairs(TWO, 2, mayors_group="a", mayor="A\u030a", picks=[("K", "\u00c5")]),
        RuleError,
        "pick 1 is 'Å', who leads a committee already; one each (KSL § 65, stk. 2-3)",
    ),
    (
        lambda: first_convener(["m1"]),  # type: ignore[arg-type]
        VoteError,
        "members is ['m1']; give a mapping of member to Service, with at least one member",
    ),
]


def test_the_pick_that_is_one_too_many_is_named() -> None:
    """The error has the pick that no chair is left for."""
    with pytest.raises(RuleError) as caught:
        chosen([("K", "m7"), ("T", "m8"), ("S", "m9"), ("U", "m3")])
    assert (caught.value.field, caught.value.value) == ("pick 3", ("S", "m9"))


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str, refused: Refused) -> None:
    """What cannot be is refused, and the message says which field and why."""
    assert refused(call, error=error) == message


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 16), min_size=1), st.integers(1, 12))
def test_the_posts_in_order_are_the_posts_of_dhondt(groups: dict[str, int], posts: int) -> None:
    """Post by post the groups earn the seats that d'Hondt gives them at once, where no lot decides."""
    order = picking_order(groups, posts)
    if order.complete:
        assert order.seats == dhondt(groups, posts).seats
    assert len(picking_order(groups, posts, lots=seeded(1)).order) == posts
