"""Posts: mayor and deputies, chairs under § 65, the first meeting, and regional councils."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.committees import elect_committees
from kommunalvalg.constitution.order import picking_order
from kommunalvalg.constitution.posts import (
    Chair,
    Chairs,
    Service,
    elect_chairs,
    elect_deputy_mayor,
    elect_deputy_mayors,
    elect_mayor,
    first_convener,
)
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.methods.divisor import dhondt

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


@pytest.mark.rule("KSL-6")
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


def chosen(picks: list[tuple[str, str]], mayors_group: str = "a", groups: dict[str, int] = TWO) -> Chairs:
    """Let the groups pick the chairs of two committees."""
    return elect_chairs(groups, 2, mayors_group=mayors_group, mayor="m1", picks=picks)


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
        lambda: chosen([("K", "m7"), ("K", "m2")]),
        RuleError,
        "pick 2 is 'K', whose chair is picked already",
    ),
    (
        lambda: chosen([("K", "m7"), ("T", "m7")]),
        RuleError,
        "pick 2 is 'm7', who leads a committee already",
    ),
    (lambda: chosen([("K", "m1")]), RuleError, "pick 1 is 'm1', who leads"),
    (
        lambda: chosen([("K", "m7"), ("T", "m8"), ("S", "m9")]),
        RuleError,
        "pick 3 is one too many; there are 2 chairs",
    ),
    (
        lambda: elect_chairs({"a": 10, "b": 10, "c": 2}, 2, mayors_group="c", picks=[("K", "m7")]),
        RuleError,
        "pick 1 is one too many; a lot is open: 1 place among a, b",
    ),
    (lambda: chosen(["K"]), VoteError, "a pick is"),  # type: ignore[list-item]
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
        assert order.seats == dhondt(groups, posts).seats
    assert len(picking_order(groups, posts, lots=seeded(1)).order) == posts
