"""Posts: mayor and deputies, chairs under § 65, the first meeting, and regional councils."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.committees import elect_committees
from kommunalvalg.constitution.posts import (
    Chair,
    Service,
    elect_chairs,
    elect_deputy_mayor,
    elect_deputy_mayors,
    elect_mayor,
    elect_regional_chair,
    elect_regional_committees,
    elect_regional_deputies,
    first_convener,
    pick_chairs,
    picking_order,
)
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Tie, seeded
from kommunalvalg.methods.divisor import dhondt

TWO = {"a": 16, "b": 15}
EQUAL = {"a": 10, "b": 10}
TIED = [{}, {"m1": 5, "m2": 5}, {"m1": 5, "m2": 5}]


@pytest.mark.rule("KSL-6")
@pytest.mark.parametrize(
    ("elect", "provision"),
    [
        (elect_mayor, "KSL § 6, jf. KSL § 24, stk. 1"),
        (elect_deputy_mayor, "KSL § 6, jf. KSL § 24, stk. 1"),
        pytest.param(elect_regional_chair, "RL § 9, jf. KSL § 24, stk. 1", marks=pytest.mark.rule("RL-9")),
    ],
)
def test_a_single_post_is_filled_by_flertalsvalg(elect: Callable[..., object], provision: str) -> None:
    """Mayor, single deputy and regional chair are elected by flertalsvalg, under their own provision."""
    assert getattr(elect([{"m1": 16, "m2": 15}], present=31), "winner", None) == "m1"
    assert getattr(elect(TIED, present=31), "tie", None) == Tie(1, ("m1", "m2"), provision)
    assert getattr(elect(TIED, present=31, lots=[Draw(["m1", "m2"], ["m2"])]), "winner", None) == "m2"


@pytest.mark.rule("KSL-6")
@pytest.mark.parametrize(
    ("groups", "order"), [(TWO, ("a", "b")), ({"a": 21, "b": 10}, ("a", "a")), ({"a": 9, "b": 16}, ("b", "a"))]
)
def test_two_deputies_go_by_forholdstalsvalg(groups: dict[str, int], order: tuple[str, str]) -> None:
    """Two deputies are elected by forholdstalsvalg; the larger quotient has the first of them."""
    assert elect_deputy_mayors(groups).order == order
    assert elect_regional_deputies(groups).order == order


@pytest.mark.rule("KSL-6")
@pytest.mark.rule("RL-9")
def test_equal_groups_draw_lots_over_the_first_deputy() -> None:
    """Two equal groups have one deputy each, and a lot says who has the first."""
    deputies = elect_deputy_mayors(EQUAL)
    assert (deputies.order, deputies.complete) == ((), False)
    assert deputies.tie == Tie(1, ("a", "b"), "KSL § 6, jf. KSL § 24, stk. 3")
    drawn = elect_deputy_mayors(EQUAL, lots=[Draw(["a", "b"], ["b"])])
    assert (drawn.order, drawn.seats, drawn.complete) == (("b", "a"), {"b": 1, "a": 1}, True)
    tie = elect_regional_deputies(EQUAL).tie
    assert tie is not None
    assert tie.provision == "RL § 9, jf. KSL § 24, stk. 3"


@pytest.mark.rule("KSL-65")
def test_the_order_of_picking() -> None:
    """The mayor's post counts as the first of the mayor's group, so that the other group picks first."""
    assert elect_chairs(TWO, 6, mayors_group="a").order == ("b", "a", "b", "a", "b", "a")
    assert elect_chairs(TWO, 6, mayors_group="b").order == ("a", "a", "b", "a", "b", "a")
    assert elect_chairs({"a": 20, "b": 8, "c": 3}, 4, mayors_group="a").order == ("a", "b", "a", "a")


@pytest.mark.rule("KSL-65")
def test_the_groups_pick_in_their_order() -> None:
    """Each group picks a committee and a chair in turn, and the result says who is next."""
    order = elect_chairs(TWO, 2, mayors_group="a")
    start = pick_chairs(order, [], mayor="m1", mayors_group="a")
    assert (start.next, start.chairs) == ("b", ())
    picks = [("Kultur", "m7"), ("Teknik", "m2")]
    chairs = pick_chairs(order, picks, mayor="m1", mayors_group="a")
    assert chairs.chairs == (Chair("b", "Kultur", "m7"), Chair("a", "Teknik", "m2"))
    assert chairs.next is None


@pytest.mark.rule("KSL-65")
def test_a_chairs_seat_is_the_groups_first() -> None:
    """The chairs' seats count as their groups' first in the committees, and in økonomiudvalget with the mayor's."""
    groups = {"a": 19, "b": 10, "c": 2}
    order = elect_chairs(groups, 6, mayors_group="a")
    assert order.order == ("b", "a", "a", "b", "a", "a")
    picks = [(f"U{number}", f"m{number + 1}") for number in range(1, 7)]
    chairs = pick_chairs(order, picks, mayor="m1", mayors_group="a")
    assert chairs.seated() == {f"U{n}": {group: 1} for n, group in enumerate(order.order, start=1)}
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


@pytest.mark.rule("RL-14b")
def test_a_regional_council_has_no_claims() -> None:
    """A regional council's committees are distributed as others are, but § 27 gives no claims."""
    charter = dict.fromkeys("123456", 7)
    committees = elect_regional_committees(TWO, charter, council_size=31)
    assert committees.seats == elect_committees(TWO, charter).seats
    assert (committees.claims, committees.standing, committees.warnings) == ({}, (), ())
    assert elect_regional_committees(TWO, {"1": 8}).warnings[0].rule == "KSL-17"


ORDER = elect_chairs(TWO, 2, mayors_group="a")
REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: first_convener({}), VoteError, "at least one member"),
    (lambda: first_convener({"m1": 16}), VoteError, r'members\["m1"\] is 16'),  # type: ignore[dict-item]
    (lambda: first_convener({"": Service(1, "1960-01-01")}), VoteError, "not blank"),
    (lambda: Service(-1, "1960-01-01"), VoteError, "length is -1"),
    (lambda: Service(1, "12-04-1961"), VoteError, "year first"),
    (lambda: Service(1, "1961-13-01"), VoteError, "year first"),
    (lambda: Service(1, "1961-02-31"), VoteError, "born is '1961-02-31'; a date of birth is a day"),
    (lambda: Service(1, "1961-02-29"), VoteError, "a day, year first"),
    (lambda: Service(1, "1961-04"), VoteError, "year first"),
    (lambda: Service(1, "19610412"), VoteError, "year first"),
    (lambda: Service(1, "1961-W15-3"), VoteError, "year first"),
    (lambda: Service(1, 1961), VoteError, "born is 1961"),  # type: ignore[arg-type]
    (lambda: picking_order(TWO, 0), VoteError, "posts is 0"),
    (lambda: picking_order({"a": 0}, 1), VoteError, r'groups\["a"\] is 0'),
    (lambda: picking_order(TWO, 1, held={"c": 1}), VoteError, "held names 'c', which is not in groups"),
    (lambda: picking_order(TWO, 1, lots=[Draw(["a", "b"], ["a"])]), LotError, "is left over"),
    (lambda: elect_chairs(TWO, 2, mayors_group="c"), VoteError, "names 'c', which is not in groups"),
    (
        lambda: pick_chairs(ORDER, [("K", "m7"), ("K", "m2")], mayor="m1", mayors_group="a"),
        RuleError,
        "pick 2 is 'K', whose chair is picked already",
    ),
    (
        lambda: pick_chairs(ORDER, [("K", "m7"), ("T", "m7")], mayor="m1", mayors_group="a"),
        RuleError,
        "pick 2 is 'm7', who leads a committee already",
    ),
    (lambda: pick_chairs(ORDER, [("K", "m1")], mayor="m1", mayors_group="a"), RuleError, "pick 1 is 'm1', who leads"),
    (
        lambda: pick_chairs(ORDER, [("K", "m7"), ("T", "m8"), ("S", "m9")], mayor="m1", mayors_group="a"),
        RuleError,
        "pick 3 is one too many; there are 2 chairs",
    ),
    (
        lambda: pick_chairs(picking_order(EQUAL, 2), [("K", "m7")], mayor="m1", mayors_group="a"),
        RuleError,
        "pick 1 is one too many; a lot is open: 1 place among a, b",
    ),
    (lambda: pick_chairs(ORDER, ["K"], mayor="m1", mayors_group="a"), VoteError, "a pick is"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str) -> None:
    """What cannot be is refused, and the message says which field and why."""
    with pytest.raises(error, match=message):
        call()


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 16), min_size=1), st.integers(1, 12))
def test_the_posts_in_order_are_the_posts_of_dhondt(groups: dict[str, int], posts: int) -> None:
    """Post by post the groups earn the seats that d'Hondt gives them at once, where no lot decides."""
    order = picking_order(groups, posts)
    if order.complete:
        assert dict.fromkeys(groups, 0) | order.seats == dhondt(groups, posts).seats
    assert len(picking_order(groups, posts, lots=seeded(1)).order) == posts
