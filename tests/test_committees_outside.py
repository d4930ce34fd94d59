"""Bodies beside the committees: one election each, members and others, and the bodies of other acts."""

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.outside import BodyCase, BodyPlace, PlaceKind, elect_body, elect_polling_officers
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.report import explain

TWO = {"a": 13, "b": 12}
THREE = {"a": 16, "b": 10, "c": 5}


@pytest.mark.rule("KSL-25-1")
@pytest.mark.rule("KSL-17-2")
@pytest.mark.parametrize(
    ("places", "seats"),
    [(2, {"a": 1, "b": 1}), (3, {"a": 2, "b": 1}), (4, {"a": 2, "b": 2}), (20, {"a": 10, "b": 10})],
)
def test_each_body_is_elected_by_itself(places: int, seats: dict[str, int]) -> None:
    """A body has an election of its own, in any size, odd or even, and nothing is said of half the council."""
    body = elect_body("Havnen", TWO, places)
    assert (body.seats, body.next, body.places, body.complete) == (seats, None, (), True)
    assert settle(body.case) == body
    assert repr(body) == f"<Body Havnen: {seats}>"


@pytest.mark.rule("KSL-25-1")
def test_equal_groups_draw_lots_under_the_name_of_the_body() -> None:
    """A lot over a body's last place stands under its name, and a draw is addressed to it."""
    assert elect_body("Havnen", {"a": 5, "b": 5}, 3).tie == Tie(
        1, ("a", "b"), "KSL-24-3", Place(Where.COMMITTEE, "Havnen")
    )
    drawn = elect_body("Havnen", {"a": 5, "b": 5}, 3, lots=[Draw(["a", "b"], ["b"], place="Havnen")])
    assert (drawn.seats, len(drawn.draws)) == ({"a": 1, "b": 2}, 1)


@pytest.mark.rule("KSL-26")
def test_groups_take_places_of_two_kinds_in_their_order() -> None:
    """Each group in its order takes a member's place or another's, until one kind is used up; the rest follow."""
    start = elect_body("Fonden", TWO, 3, others=2)
    assert (start.order, start.next, start.places) == (tuple("ababa"), "a", ())
    body = elect_body("Fonden", TWO, 3, others=2, picks=["other", "member", ("other", "Karen")])
    assert body.places[2] == BodyPlace("a", PlaceKind.OTHER, "Karen")
    assert [(place.group, str(place.kind)) for place in body.places[3:]] == [("b", "member"), ("a", "member")]
    assert (body.next, body.seats) == (None, {"a": 3, "b": 2})
    members_first = settle(attrs.evolve(body.case, picks=["member"] * 3))
    assert [place.group + place.kind[0] for place in members_first.places] == ["am", "bm", "am", "bo", "ao"]
    two = elect_body("Fonden", TWO, 1, others=1, picks=["member"])
    assert two.places == (BodyPlace("a", PlaceKind.MEMBER), BodyPlace("b", PlaceKind.OTHER))
    assert settle(BodyCase(name="Fonden", groups=TWO, members=2)).order == ()
    with pytest.raises(RuleError, match=r"pick 4 is 'other'; the places of that kind are used up \(KSL § 26\)"):
        settle(attrs.evolve(body.case, picks=["other", "member", "other", "other"]))


@pytest.mark.rule("KSL-26")
def test_the_order_is_a_lot_also_where_each_has_a_place() -> None:
    """Equal quotients leave a lot over who chooses first; the seats are certain where each of the equal has one."""
    five, six = elect_body("Fonden", THREE, 3, others=2), elect_body("Fonden", THREE, 4, others=2)
    for body, seats in ((five, {"a": 3, "b": 1, "c": 0}), (six, {"a": 3, "b": 2, "c": 1})):
        assert body.order == tuple("abaa")
        assert body.tie == Tie(1, ("b", "c"), "KSL-24-3", Place(Where.ORDER, "Fonden"))
        assert body.seats == seats
    picks = ["member", "member", "member", "other"]
    drawn = settle(attrs.evolve(six.case, picks=picks), [Draw(["b", "c"], ["c"])])
    assert (drawn.order, drawn.next) == (tuple("abaacb"), "c")
    last = settle(attrs.evolve(six.case, picks=[*picks, "other"]), [Draw(["b", "c"], ["c"])])
    assert last.draws == (Draw(["b", "c"], ["c"]),)
    assert [place.group + place.kind[0] for place in last.places] == ["am", "bm", "am", "ao", "co", "bm"]
    with pytest.raises(
        RuleError, match="pick 5 is 'other'; a lot is open over who takes that place: 1 place among b, c"
    ):
        settle(attrs.evolve(six.case, picks=[*picks, "other"]))


@pytest.mark.rule("KSL-25-2")
def test_a_place_by_office_is_the_groups_first() -> None:
    """The mayor's place by office is one of the group's, and the others take theirs in their order."""
    body = elect_body("Fonden", TWO, 3, others=2, by_office={"a": 1})
    assert (body.order, body.seats) == (tuple("baba"), {"a": 3, "b": 2})
    assert elect_body("Havnen", {"A": 12, "V": 12, "L": 1}, 3, by_office={"L": 1}).seats == {"A": 1, "V": 1, "L": 1}
    with pytest.raises(RuleError, match="pick 3 is 'member'; the places of that kind are used up"):
        settle(attrs.evolve(body.case, picks=["member"] * 3))
    others = elect_body("Fonden", TWO, 1, others=3, by_office={"a": 1})
    assert (others.order, others.seats) == ((), {"a": 2, "b": 2})


@pytest.mark.rule("KRVL-14")
def test_an_election_board() -> None:
    """A valgbestyrelse has five to seven members, also an even number, and each a substitute of the same group."""
    board = elect_body("Valgbestyrelsen", {"a": 16, "b": 15}, 6, by_office={"a": 1}, rule="KRVL-14")
    assert (board.seats, board.substitutes) == ({"a": 3, "b": 3}, True)
    with pytest.raises(RuleError, match=r"members is 8; Valgbestyrelsen has 5 to 7, .* \(KRVL § 14\)"):
        elect_body("Valgbestyrelsen", TWO, 8, rule="KRVL-14")


@pytest.mark.rule("RSL-19")
@pytest.mark.parametrize(
    ("groups", "seats"),
    [
        ({"a": 21, "b": 10}, {"a": 2, "b": 0}),
        ({"a": 20, "b": 11}, {"a": 1, "b": 1}),
        ({"a": 16, "b": 15}, {"a": 1, "b": 1}),
    ],
)
def test_two_members_for_children_and_young_people(groups: dict[str, int], seats: dict[str, int]) -> None:
    """Two members and their substitutes; nobody sits there by office."""
    body = elect_body("Børne- og ungeudvalget", groups, 2, rule="RSL-19")
    assert (body.seats, body.substitutes) == (seats, True)
    with pytest.raises(RuleError, match=r"by_office has 1 places; .* 0 by office \(retssikkerhedsloven § 19\)"):
        elect_body("Børne- og ungeudvalget", groups, 2, by_office={"a": 1}, rule="RSL-19")


@pytest.mark.rule("BRL-9")
def test_an_emergency_commission_is_odd_and_mostly_elected() -> None:
    """Seven members in all, the mayor and the chief of police among them, of whom the council elects most."""
    assert elect_body("Beredskabet", TWO, 6, by_office={"a": 1}, whole=7, rule="BRL-9").seats == {"a": 3, "b": 3}
    assert elect_body("Beredskabet", TWO, 6, by_office={"a": 1}, rule="BRL-9").seats == {"a": 3, "b": 3}
    for members, whole in ((6, 8), (4, 7)):
        with pytest.raises(RuleError, match="Beredskabet has an odd number of members, most of them elected"):
            elect_body("Beredskabet", TWO, members, by_office={"a": 1}, whole=whole, rule="BRL-9")
    assert elect_body("Fonden", TWO, 2, whole=4).seats == {"a": 1, "b": 1}  # which has no such act


@pytest.mark.rule("KRVL-16")
def test_polling_officers_are_elected_together() -> None:
    """The officers of ten areas are distributed as 70, and the ten chairs by themselves."""
    polling = elect_polling_officers({"a": 16, "b": 15}, dict.fromkeys("0123456789", 7))
    assert polling.officers.seats == {"a": 36, "b": 34}
    assert polling.chairs is not None
    assert (polling.chairs.seats, polling.complete) == ({"a": 5, "b": 5}, True)
    one = elect_polling_officers(TWO, {"Skolen": 5})
    assert (one.chairs, one.ties, one.draws) == (None, (), ())
    two = elect_polling_officers({"a": 5, "b": 2}, {"Skolen": 9, "Hallen": 5})
    assert two.chairs is not None
    assert (two.officers.seats, two.chairs.seats) == ({"a": 10, "b": 4}, {"a": 2, "b": 0})
    open_ = elect_polling_officers({"a": 5, "b": 5}, {"1": 5, "2": 5, "3": 5})
    assert [tie.place and tie.place.name for tie in open_.ties] == ["valgstyrere", "valgstyrerformænd"]
    equal = elect_polling_officers({"a": 5, "b": 5}, {"1": 5, "2": 5, "3": 5}, lots=seeded(1))
    assert [draw.tie.place.name for draw in equal.draws if draw.tie and draw.tie.place] == [
        "valgstyrere",
        "valgstyrerformænd",
    ]


@pytest.mark.rule("KRVL-17")
def test_appointed_voters_are_elected_together() -> None:
    """Tilforordnede are voters, no members of the council, and elected under ét."""
    body = elect_body("Tilforordnede", TWO, 0, others=50, rule="KRVL-17")
    assert (body.seats, body.order) == ({"a": 26, "b": 24}, ())
    assert elect_body("Tilforordnede", {"a": 5, "b": 5}, 0, others=50, rule="KRVL-17").complete


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: elect_body("H", TWO, 1),
        RuleError,
        "members is 1; one member is elected by flertalsvalg, two or more by forholdstalsvalg (KSL § 24, stk. 1)",
    ),
    (lambda: elect_body("H", TWO, 0), VoteError, "members is 0; a number of seats is a whole number, 1 or more"),
    (lambda: elect_body(" ", TWO, 2), VoteError, "name has the name ' '; a name is text that is not blank"),
    (lambda: elect_body("H", TWO, -1), VoteError, "members is -1; a number of seats is a whole number, 0 or more"),
    (
        lambda: elect_body("H", TWO, 2, others=-1),
        VoteError,
        "others is -1; a number of seats is a whole number, 0 or more",
    ),
    (
        lambda: elect_body("H", TWO, 2, by_office={"c": 1}),
        VoteError,
        "by_office names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: elect_body("H", TWO, 2, by_office={"a": 3}),
        RuleError,
        "by_office has 3 places; H has 2 for members of the council, and 2 by office (KSL § 25, stk. 2)",
    ),
    (
        lambda: elect_body("H", TWO, 2, picks=["member"]),
        RuleError,
        ("picks are ['member']; groups take places of two kinds where others than members are elected too (KSL § 26)"),
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks="member"),
        VoteError,
        "picks is 'member'; give each pick as a kind of place, or as (kind, person)",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=5),  # type: ignore[arg-type]
        VoteError,
        "picks is 5; give each pick as a kind of place, or as (kind, person)",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=[5]),  # type: ignore[list-item]
        VoteError,
        "pick 1 is 5; it is one of 'member', 'other'",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=["mm"]),
        VoteError,
        "pick 1 is 'mm'; it is one of 'member', 'other'; was 'member' meant?",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=["mayor"]),
        VoteError,
        "pick 1 is 'mayor'; it is one of 'member', 'other'",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=[("member", "m1"), ("other", "m1")]),
        RuleError,
        "pick 2 is 'm1', who has a place already (KSL § 26)",
    ),
    (
        lambda: elect_body("H", TWO, 3, others=2, picks=["member"] * 3 + ["other"] * 3),
        RuleError,
        "pick 6 is 'other'; the places of that kind are used up (KSL § 26)",
    ),
    (
        lambda: elect_body("H", TWO, 2, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
    (
        lambda: elect_polling_officers(TWO, {"1": 4}),
        RuleError,
        'areas["1"] is 4; a polling area has 5 to 9 officers (KRVL § 16, stk. 1)',
    ),
    (
        lambda: elect_polling_officers(TWO, {"1": 1}),
        RuleError,
        'areas["1"] is 1; a polling area has 5 to 9 officers (KRVL § 16, stk. 1)',
    ),
    (
        lambda: elect_polling_officers(TWO, {"1": 10}),
        RuleError,
        'areas["1"] is 10; a polling area has 5 to 9 officers (KRVL § 16, stk. 1)',
    ),
    (
        lambda: elect_polling_officers(TWO, {"1": 0}),
        VoteError,
        'areas["1"] is 0; a number of polling officers is a whole number, 1 or more',
    ),
    (
        lambda: elect_body("Valgbestyrelsen", TWO, 5, others=2, rule="KRVL-14"),
        RuleError,
        "others is 2; Valgbestyrelsen has 5 to 7, members of the council (KRVL § 14)",
    ),
    (
        lambda: elect_body("H", TWO, 2, others=1, picks=[("member", "m1", "m2")]),  # type: ignore[list-item]
        VoteError,
        "pick 1 is ('member', 'm1', 'm2'); it is one of 'member', 'other'",
    ),
    (lambda: elect_polling_officers(TWO, {}), VoteError, "areas is empty; at least one name is needed"),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str, refused: Refused) -> None:
    """Bodies that cannot be are refused, and the message says which and why."""
    assert refused(call, error=error) == message


@pytest.mark.rule("KSL-26")
@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 16), min_size=1), st.integers(1, 6), st.integers(1, 6))
def test_places_of_both_kinds_are_as_many_as_those_of_one(groups: dict[str, int], members: int, others: int) -> None:
    """With every lot drawn the groups have as many places as the order says, which takes each place once."""
    mixed = elect_body("Fonden", groups, members, others=others, lots=seeded(3))
    assert sum(mixed.seats.values()) == members + others == len(mixed.order)
    open_ = elect_body("Fonden", groups, members, others=others)
    assert all(count <= mixed.seats[group] for group, count in open_.seats.items())


@pytest.mark.rule("KSL-26", "KSL-25-2")
def test_the_report_gives_the_order_of_the_groups() -> None:
    """Every place of the order stands in the report, those to come too, with the sections on kinds and on office."""
    told = explain(elect_body("Fonden", {"a": 13, "b": 12}, 3, others=2, by_office={"a": 1}, picks=["member"]), "da")
    assert [line.split()[:2] for line in told.splitlines() if line.strip()[:1] in set("1234")] == [
        ["1", "b"], ["2", "a"], ["3", "b"], ["4", "a"],
    ]  # fmt: skip
    joined = " ".join(told.split())
    assert "til den ene slags pladser er brugt op (KSL § 26)." in joined
    assert "vedkommende har anmeldt at tilhøre (KSL § 25, stk. 2)." in joined
