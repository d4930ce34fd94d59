"""All committees at once: under ét, the claims of § 27, and how they are carried out."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations_with_replacement, islice, product

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kommunalvalg.constitution.claims import Placement, apply_claims, placements
from kommunalvalg.constitution.committees import (
    Claim,
    Committees,
    CommitteesCase,
    ExtraMembers,
    Transfer,
    elect_committees,
)
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG
from kommunalvalg.errors import LotError, RuleError, VoteError, Warned
from kommunalvalg.lots import Draw, Place, Seeded, Tie, Where, seeded, settle
from kommunalvalg.report import explain

TWO = {"a": 16, "b": 15}
SIX = dict.fromkeys("123456", 7)
NAESTVED = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, **SIX}, council_size=31)
TWO_GIVE = elect_committees({"a": 11, "b": 11, "c": 6, "d": 3}, dict.fromkeys("12345", 5))


def passed(*committees: str, giver: str = "a", receiver: str = "b") -> list[Transfer]:
    """Let a seat pass in each of the committees."""
    return [Transfer(committee, giver, receiver) for committee in committees]


@pytest.mark.rule("KSL-27")
def test_naestved() -> None:
    """Næstved's council of 2025 comes out as its minutes have it: 24:18 by committee, 22:20 under ét, two claims."""
    assert NAESTVED.seats["Økonomiudvalget"] == {"a": 5, "b": 4}
    assert all(NAESTVED.seats[committee] == {"a": 4, "b": 3} for committee in SIX)
    assert NAESTVED.totals == {"a": 24, "b": 18}
    assert NAESTVED.under_et == {"a": 22, "b": 20}
    assert (NAESTVED.claims, NAESTVED.excess) == ({"b": 2}, {"a": 2})
    assert (NAESTVED.outside, NAESTVED.warnings, NAESTVED.complete) == (("Økonomiudvalget",), (), True)


@pytest.mark.rule("KSL-27")
@pytest.mark.parametrize(
    ("outside", "claims"),
    [
        (None, {"b": 2}),
        (["Økonomiudvalget"], {"b": 2}),
        ((), {"b": 3}),
        ([*SIX], {}),
        (["Økonomiudvalget", *"12345"], {}),
    ],
)
def test_which_committees_are_in_the_total(outside: list[str] | None, claims: dict[str, int]) -> None:
    """The total is of the committees that are not outside; one committee alone gives no claims."""
    committees = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, **SIX}, outside=outside)
    assert sum(committees.under_et.values()) == sum(committees.charter[name] for name in committees.standing)
    assert committees.claims == claims


@pytest.mark.rule("KSL-27")
@pytest.mark.parametrize("name", ["Økonomiudvalget", "økonomiudvalg", "Økonomi- og Planudvalget", "okonomiudvalg"])
def test_the_economy_committee_is_known_by_its_name(name: str) -> None:
    """A committee whose name begins with Økonomi is outside the total unless the caller says otherwise."""
    assert elect_committees({"a": 16, "b": 15}, {name: 9, **SIX}).outside == (name,)
    assert elect_committees({"a": 16, "b": 15}, {name: 9, **SIX}, outside=()).outside == ()


@pytest.mark.rule("KSL-27")
def test_a_single_committee_is_its_own_total() -> None:
    """With one committee in the total its own lot decides, and nothing can be claimed."""
    committees = elect_committees({"a": 5, "b": 5}, {"1": 3}, lots=[Draw(["a", "b"], ["a"])])
    assert (committees.together, committees.under_et, committees.claims) == (None, {"a": 2, "b": 1}, {})
    assert committees.outside == ()
    assert elect_committees({"a": 1}, {"1": 3}, council_size=1).seats == {"1": {"a": 3}}


@pytest.mark.rule("KSL-27", "KSL-27-2")
def test_the_placements_of_naestved() -> None:
    """Group a chooses two of six committees, or one twice where b accepts; either loses it the majority there."""
    found = list(placements(NAESTVED))
    assert len(found) == len({frozenset(placement.transfers) for placement in found}) == 15
    assert found[0] == Placement(tuple(passed("1", "2")), (ExtraMembers("1", "a", 2), ExtraMembers("2", "a", 2)))
    second = list(placements(NAESTVED, accept_second=["b"]))
    assert len(second) == 21
    assert Placement(tuple(passed("1", "1")), (ExtraMembers("1", "a", 4),)) in second


@pytest.mark.rule("KSL-27-3")
def test_a_majority_is_restored() -> None:
    """A group that gives from 4:3 to 3:4 may add two members, which makes it 5:4 of nine; another it may leave."""
    after = apply_claims(NAESTVED, passed("1", "2"), restore=["1"])
    assert (after.seats["1"], after.sizes["1"]) == ({"a": 5, "b": 4}, 9)
    assert (after.seats["2"], after.sizes["2"]) == ({"a": 3, "b": 4}, 7)
    assert (after.claims, after.excess, after.totals) == ({}, {}, {"a": 22, "b": 20})
    assert NAESTVED.seats["1"] == {"a": 4, "b": 3}


@pytest.mark.rule("KSL-27")
def test_a_claim_may_be_carried_out_in_part_and_later_in_full() -> None:
    """A group may claim less than it has a right to; what is left can be claimed and placed afterwards."""
    half = apply_claims(NAESTVED, passed("1"), restore=["1"])
    assert (half.claims, half.excess) == ({"b": 1}, {"a": 1})
    assert [placement.transfers for placement in placements(half)] == [(Transfer(c, "a", "b"),) for c in "23456"]
    assert len(list(placements(half, accept_second=["b"]))) == 6
    full = apply_claims(half, passed("6"), restore=["6"])
    assert (full.claims, full.sizes["1"], full.sizes["6"]) == ({}, 9, 9)
    again = apply_claims(half, passed("1"), restore=["1"], accept_second=["b"])
    assert (again.seats["1"], again.sizes["1"]) == ({"a": 6, "b": 5}, 11)
    with pytest.raises(RuleError, match="b would get a second seat in 1, which it may refuse, whoever gives it"):
        apply_claims(half, passed("1"))


@pytest.mark.rule("KSL-27")
def test_several_groups_give_and_claim() -> None:
    """With several groups each gives what it has too many and each receives what it lacks, in every way there is."""
    committees = TWO_GIVE
    assert committees.complete
    assert sum(committees.claims.values()) == sum(committees.excess.values()) > 0
    assert len(committees.excess) == 2
    found = list(placements(committees))
    assert len(set(found)) == len(found)
    for placement in found:
        assert Counter(transfer.giver for transfer in placement.transfers) == committees.excess
        assert Counter(transfer.receiver for transfer in placement.transfers) == committees.claims
        assert apply_claims(committees, placement).totals == committees.under_et


@pytest.mark.rule("KSL-27")
@pytest.mark.parametrize("accept", [(), ("b",), ("c", "d"), ("a", "b", "c", "d")])
@pytest.mark.parametrize(
    "members", [{"a": 16, "b": 15}, {"a": 11, "b": 11, "c": 6, "d": 3}, {"a": 10, "b": 9, "c": 3, "d": 3}]
)
def test_every_placement_is_found(members: dict[str, int], accept: tuple[str, ...]) -> None:
    """The placements are those sets of transfers that can be carried out and leave nothing to claim, and no others."""
    accept = tuple(name for name in accept if name in members)
    committees = elect_committees(members, {"1": 7, "2": 5, "3": 5, "4": 3}, lots=seeded(4))
    every = [Transfer(*cell) for cell in product(committees.standing, committees.excess, committees.claims)]
    can = set()
    for transfers in combinations_with_replacement(every, sum(committees.claims.values())):
        try:
            after = apply_claims(committees, transfers, accept_second=accept)
        except RuleError:
            continue
        if not after.claims:
            can.add(frozenset(Counter(transfers).items()))
    found = [
        frozenset(Counter(placement.transfers).items()) for placement in placements(committees, accept_second=accept)
    ]
    assert set(found) == can
    assert len(found) == len(can) > 0


@pytest.mark.rule("KSL-27")
def test_without_claims_nothing_passes() -> None:
    """Where nobody lacks a seat there is one placement, the empty one."""
    committees = elect_committees({"a": 9}, SIX)
    assert (committees.claims, list(placements(committees))) == ({}, [Placement((), ())])
    assert apply_claims(committees, []) == committees


@pytest.mark.rule("KSL-25-1")
def test_the_lots_come_committee_by_committee_then_under_et() -> None:
    """Each committee has its own lot and under ét another; while one is open nothing can be claimed."""
    groups, charter = {"a": 5, "b": 5}, {"1": 3, "2": 3, "3": 3}
    committees = elect_committees(groups, charter)
    among = ("a", "b")
    assert committees.ties == (
        *(Tie(1, among, FORHOLDSTALSVALG, Place(Where.COMMITTEE, committee)) for committee in charter),
        Tie(1, among, "KSL-27", Place(Where.UNDER_ET)),
    )
    assert (committees.tie, committees.complete, committees.claims) == (committees.ties[0], False, {})
    draws = [Draw(among, [winner]) for winner in ("a", "a", "a", "b")]
    drawn = elect_committees(groups, charter, lots=draws)
    assert (drawn.totals, drawn.under_et, drawn.claims) == ({"a": 6, "b": 3}, {"a": 4, "b": 5}, {"b": 2})
    assert drawn.draws == tuple(draws)
    with pytest.raises(RuleError, match=r"^a lot is open: 1 place among a, b"):
        placements(committees)
    with pytest.raises(RuleError, match=r"^a lot is open: 1 place among a, b"):
        apply_claims(committees, [])
    with pytest.raises(RuleError, match="a lot is open"):
        settle(attrs.evolve(committees.case, claims=[Claim(passed("1"))]))
    assert settle(attrs.evolve(committees.case, claims=[Claim([])])).ties == committees.ties


@pytest.mark.rule("KSL-17-1")
def test_sizes_that_depart_from_the_law_are_told() -> None:
    """An even size and a size over half the council are warnings with the provision, and are computed all the same."""
    committees = elect_committees({"a": 16, "b": 15}, {"1": 8, "2": 17, "3": 15}, council_size=31)
    assert [(warning.rule, warning.provision, str(warning.text)) for warning in committees.warnings] == [
        ("KSL-17-1", "KSL § 17, stk. 1", "1 has 8 members; a committee has an odd number."),
        ("KSL-17-1", "KSL § 17, stk. 1", "2 has 17 members; a committee has at most half the council's 31."),
    ]
    assert all(isinstance(warning, Warned) for warning in committees.warnings)
    assert elect_committees({"a": 16, "b": 15}, {"2": 17}).warnings == ()
    assert elect_committees({"a": 16, "b": 14}, {"2": 15}, council_size=30).warnings == ()


@pytest.mark.rule("KSL-27")
def test_a_majority_restored_may_go_over_half_the_council() -> None:
    """A committee that grows over half the council by § 27 is lawful and no warning (opinion 82.1.19)."""
    committees = elect_committees({"a": 8, "b": 7}, dict.fromkeys("123456", 7), council_size=15)
    (giver,) = committees.excess
    after = apply_claims(committees, passed("1", giver=giver), restore=["1"])
    assert (after.sizes["1"], after.warnings) == (9, ())


@pytest.mark.rule("KSL-24-3")
def test_an_agreed_committee_is_marked_and_counts() -> None:
    """What everybody agreed on for one committee is marked, counts in the total, and is not distributed."""
    committees = elect_committees({"a": 16, "b": 15}, SIX, agreed={"1": {"a": 3, "b": 4}})
    assert (committees.agreed, committees.seats["1"]) == (("1",), {"a": 3, "b": 4})
    assert (committees.totals, committees.claims) == ({"a": 23, "b": 19}, {"b": 1})


@pytest.mark.rule("KSL-25-1")
def test_a_seat_taken_beforehand_is_the_groups_first() -> None:
    """A seat taken beforehand changes nothing for a group that wins one, and is kept by one that does not."""
    groups = {"a": 21, "b": 8, "c": 3}
    plain, taken, kept = (
        elect_committees(groups, {"1": 7}, seated=seated).seats["1"]
        for seated in (None, {"1": {"b": 1}}, {"1": {"c": 1}})
    )
    assert plain == taken == {"a": 5, "b": 2, "c": 0}
    assert kept == {"a": 5, "b": 1, "c": 1}


@pytest.mark.rule("KSL-27")
def test_a_seat_taken_beforehand_is_not_given() -> None:
    """A chair's seat stays where it is when the group gives seats in that committee."""
    committees = elect_committees({"a": 16, "b": 15}, dict.fromkeys("12345", 3), seated={"1": {"a": 2}})
    assert (committees.seats["1"], committees.claims) == ({"a": 2, "b": 1}, {"b": 2})
    assert all("1" not in {transfer.committee for transfer in way.transfers} for way in placements(committees))
    with pytest.raises(RuleError, match="a has no seat to give in 1"):
        apply_claims(committees, passed("1"))


# Of all eight seats as one a would have 2, b 1 and c 5: of its seat in each committee a is to give one to each.
ONE_EACH = elect_committees({"a": 4, "b": 2, "c": 7}, dict.fromkeys("1234", 2))


@pytest.mark.rule("KSL-27")
def test_a_seat_that_has_passed_is_not_given_again() -> None:
    """A group may give its only seat in a committee, and has none to give there later."""
    assert (ONE_EACH.excess, ONE_EACH.claims) == ({"a": 2}, {"b": 1, "c": 1})
    assert ONE_EACH.seats["1"] == {"a": 1, "b": 0, "c": 1}
    assert len(list(placements(ONE_EACH, accept_second=["c"]))) == 4 * 3
    after = apply_claims(ONE_EACH, [Transfer("1", "a", "b")])
    assert after.claims == {"c": 1}
    left = list(placements(after, accept_second=["c"]))
    assert {transfer.committee for way in left for transfer in way.transfers} == {"2", "3", "4"}
    with pytest.raises(RuleError, match=r"^a has no seat to give in 1 "):
        apply_claims(after, [Transfer("1", "a", "c")])


@pytest.mark.rule("KSL-27")
def test_a_receiver_claims_no_more_than_it_lacks() -> None:
    """Two seats of one who gives two are too many for one who lacks one, though another lacks the other."""
    with pytest.raises(RuleError, match=r"^'b' has no seat to claim; it lacks 1 "):
        apply_claims(ONE_EACH, [Transfer("1", "a", "b"), Transfer("2", "a", "b")])


@pytest.mark.rule("KSL-27")
def test_a_group_may_have_to_give_all_that_it_has() -> None:
    """Who got every seat by agreement and would have none under ét gives them: one way, where b takes second ones."""
    every = elect_committees({"a": 1, "b": 20}, {"1": 2, "2": 2}, agreed={"1": {"a": 2}, "2": {"a": 2}})
    assert (every.excess, every.claims) == ({"a": 4}, {"b": 4})
    assert list(placements(every)) == []
    assert [way.transfers for way in placements(every, accept_second=["b"])] == [tuple(passed("1", "1", "2", "2"))]


@pytest.mark.rule("KSL-27-3", "RL-14")
def test_where_the_sizes_are_fixed_by_law_no_members_are_added() -> None:
    """A majority that a claim costs is told, and nobody can add members where the law fixes how many there are."""
    fixed = settle(attrs.evolve(NAESTVED.case, fixed=True))
    assert {way.restores for way in placements(fixed)} == {()}
    after = apply_claims(fixed, passed("1"))
    assert after.lost == (ExtraMembers("1", "a", 0),)
    with pytest.raises(RuleError, match="restore names '1', where no group loses a majority by the claims"):
        apply_claims(fixed, passed("1"), restore=["1"])


@pytest.mark.rule("KSL-27-3")
def test_members_whom_others_elect_count_in_a_majority() -> None:
    """With two of nine elected by others 5 is a majority and 4 is none, so that two more make it 6 of 11."""
    case = attrs.evolve(NAESTVED.case, others={"1": 2}, agreed={"1": {"a": 5, "b": 2}})
    assert apply_claims(settle(case), passed("1", "2")).lost == (ExtraMembers("1", "a", 2), ExtraMembers("2", "a", 2))
    with_four = attrs.evolve(case, agreed={"1": {"a": 4, "b": 3}})
    assert apply_claims(settle(with_four), passed("1")).lost == ()
    assert hash(case) == hash(attrs.evolve(case, others={"1": 2}))


@pytest.mark.rule("KSL-27-3")
def test_a_majority_may_be_restored_later() -> None:
    """The group adds its members in a decision after that on the claims, and once."""
    after = apply_claims(NAESTVED, passed("1", "2"))
    restored = apply_claims(after, [], restore=["1"])
    assert (restored.seats["1"], restored.sizes["1"]) == ({"a": 5, "b": 4}, 9)
    assert (restored.seats["2"], restored.lost) == ({"a": 3, "b": 4}, (ExtraMembers("2", "a", 2),))
    with pytest.raises(RuleError, match="one is lost in 2 "):
        apply_claims(restored, [], restore=["1"])


@pytest.mark.rule("KSL-25-2")
def test_the_mayors_place_is_the_groups() -> None:
    """The mayor sits in økonomiudvalget by office, which is one of the group's places: 3, 3 and 1, and no lot."""
    groups = {"A": 12, "V": 12, "L": 1}
    committees = elect_committees(groups, {"Økonomiudvalget": 7}, mayor="L")
    assert (committees.seats["Økonomiudvalget"], committees.complete) == ({"A": 3, "V": 3, "L": 1}, True)
    assert elect_committees(groups, {"Økonomiudvalget": 7}).tie is not None
    by_chairs = {"Økonomiudvalget": {"L": 1, "A": 1}}
    assert elect_committees(groups, {"Økonomiudvalget": 7}, mayor="L", seated=by_chairs).seats == committees.seats


@pytest.mark.rule("KSL-18")
def test_okonomiudvalget_under_another_name() -> None:
    """Økonomiudvalget stays outside the total under another name, which is told where it may be one."""
    charter = {"Plan- og Økonomiudvalget": 9, **SIX}
    named = elect_committees(TWO, charter, economy="Plan- og Økonomiudvalget")
    assert (named.claims, len(list(placements(named))), named.warnings) == ({"b": 2}, 15, ())
    unnamed = elect_committees(TWO, charter)
    assert (unnamed.claims, [warning.rule for warning in unnamed.warnings]) == ({"b": 3}, ["KSL-18"])
    assert elect_committees(TWO, charter, economy="").warnings == ()


@pytest.mark.rule("KSL-65c")
def test_only_a_charter_with_leave_counts_otherwise() -> None:
    """Who takes økonomiudvalget into the total, or a standing committee out, is told that the ministry allows it."""
    charter = {"Økonomiudvalget": 9, **SIX}
    for outside, count in (((), 1), (["1"], 1), (["Økonomiudvalget"], 0)):
        warnings = elect_committees(TWO, charter, outside=outside).warnings
        assert [warning.rule for warning in warnings] == ["KSL-65c"] * count


@pytest.mark.rule("KSL-24-3")
def test_renounced_seats_of_several_committees() -> None:
    """A group renounces seats in a committee of several, and they pass on there by the same ranking."""
    committees = elect_committees(TWO, SIX, renounced={"1": {"a": 2}})
    assert (committees.seats["1"], committees.seats["2"]) == ({"a": 2, "b": 5}, {"a": 4, "b": 3})
    assert committees.totals == {"a": 22, "b": 20}
    assert (committees.claims, committees.warnings) == ({}, ())
    back = elect_committees(TWO, SIX, renounced={"1": {"b": 1}})
    assert (back.claims, [warning.rule for warning in back.warnings]) == ({"b": 3}, ["KSL-27"])
    third = elect_committees({"a": 16, "b": 10, "c": 5}, SIX, renounced={"1": {"a": 1}}, takers={"1": ["c"]})
    assert third.seats["1"] == {"a": 3, "b": 2, "c": 2}


@pytest.mark.rule("KSL-27-2")
def test_the_council_decides_between_givers() -> None:
    """Where several groups are to give seats the council decides what they disagree on."""
    assert (NAESTVED.council_decides, TWO_GIVE.council_decides) == (False, True)


@pytest.mark.rule("KSL-27-3")
def test_a_majority_that_is_lost_is_named() -> None:
    """After claims the result says who lost which majority, and how many members restore it."""
    after = apply_claims(NAESTVED, passed("1", "2"))
    assert after.lost == (ExtraMembers("1", "a", 2), ExtraMembers("2", "a", 2))
    fixed = attrs.evolve(NAESTVED.case, fixed=True, claims=[Claim(passed("1", "2"))])
    assert settle(fixed).lost == (ExtraMembers("1", "a", 0), ExtraMembers("2", "a", 0))
    with_others = attrs.evolve(NAESTVED.case, others=dict.fromkeys(SIX, 6), claims=[Claim(passed("1", "2"))])
    assert settle(with_others).lost == ()


@pytest.mark.rule("KSL-11")
def test_a_council_of_which_half_is_away_elects_nobody() -> None:
    """Of 31 members 15 cannot elect, and 16 can."""
    assert sum(elect_committees({"a": 8, "b": 8}, SIX, council_size=31).groups.values()) == 16
    with pytest.raises(RuleError, match=r"groups is 15; a council of 31 can elect when 16 are present"):
        elect_committees({"a": 8, "b": 7}, SIX, council_size=31)


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: elect_committees({"a": 16, "b": 0}, SIX),
        VoteError,
        'groups["b"] is 0; a number of members is a whole number, 1 or more',
    ),
    (lambda: elect_committees(TWO, {}), VoteError, "committees is empty; at least one name is needed"),
    (
        lambda: elect_committees(TWO, {"1": 1, "2": 3}),
        RuleError,
        (
            'committees["1"] is 1; one member is elected by flertalsvalg, two or more by forholdstalsvalg '
            "(KSL § 24, stk. 1)"
        ),
    ),
    (
        lambda: elect_committees(TWO, SIX, economy="7"),
        VoteError,
        "economy names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: elect_committees(TWO, SIX, mayor="c"),
        VoteError,
        "mayor is 'c', which is no group; the groups are a, b (KSL § 25, stk. 2)",
    ),
    (
        lambda: elect_committees(TWO, SIX, mayor="a"),
        RuleError,
        (
            "mayor is 'a', and there is no økonomiudvalg in which the mayor sits by office; economy names it "
            "(KSL § 25, stk. 2)"
        ),
    ),
    (
        lambda: elect_committees(TWO, {"Økonomiudvalget": 7}, mayor="a", seated={"Økonomiudvalget": {"b": 1}}),
        RuleError,
        'seated["Økonomiudvalget"] leaves the mayor out, who sits there by office and is of a (KSL § 25, stk. 2)',
    ),
    (
        lambda: elect_committees(TWO, {"Økonomiudvalget": 7, "Økonomi og plan": 5}),
        RuleError,
        (
            "committees begin with Økonomi: Økonomiudvalget, Økonomi og plan; economy says which of them is "
            "økonomiudvalget (KSL § 18, stk. 1)"
        ),
    ),
    (
        lambda: elect_committees(TWO, SIX, mayor=" "),
        VoteError,
        "mayor has the name ' '; a name is text that is not blank",
    ),
    (
        lambda: elect_committees(TWO, {"1": 0}),
        VoteError,
        'committees["1"] is 0; a number of seats is a whole number, 1 or more',
    ),
    (
        lambda: elect_committees(TWO, SIX, outside=["7"]),
        VoteError,
        "outside names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: elect_committees(TWO, SIX, outside="1"),
        VoteError,
        "outside is '1'; give the names one by one, for example ['A', 'B']",
    ),
    (
        lambda: elect_committees(TWO, SIX, council_size=30),
        VoteError,
        "council_size is 30; 31 members take part, by the groups",
    ),
    (
        lambda: elect_committees(TWO, SIX, agreed={"7": {}}),
        VoteError,
        "agreed names '7', which is not in committees; committees has 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: elect_committees(TWO, SIX, agreed=5),  # type: ignore[arg-type]
        VoteError,
        "agreed is 5; give a mapping of committee to its seats by group",
    ),
    (
        lambda: elect_committees(TWO, SIX, agreed={"1": {"a": 3}}),
        RuleError,
        'agreed["1"] has 3 seats; the committee has 7, and what is agreed on fills it (KSL § 24, stk. 3)',
    ),
    (
        lambda: elect_committees(TWO, SIX, seated={"1": {"c": 3}}),
        VoteError,
        "seated[\"1\"] names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: elect_committees(TWO, SIX, seated={"1": {"a": 8}}),
        RuleError,
        'seated["1"] has 8 seats; the committee has 7 (KSL § 24, stk. 3)',
    ),
    (
        lambda: elect_committees(TWO, SIX, seated={"1": {"b": 1}}, agreed={"1": {"a": 7}}),
        RuleError,
        'agreed["1"]["b"] is 0; 1 are taken beforehand by b (KSL § 24, stk. 3)',
    ),
    (
        lambda: elect_committees(TWO, SIX, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
    (
        lambda: placements(NAESTVED, accept_second=["c"]),
        VoteError,
        "accept_second names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1", "2", "3")),
        RuleError,
        "'a' has no seat to give; it has 2 too many (KSL § 27, stk. 1)",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1", "1")),
        RuleError,
        (
            "b would get a second seat in 1, which it may refuse, whoever gives it; accept_second says that "
            "it does not (KSL § 27, stk. 1)"
        ),
    ),
    (
        lambda: apply_claims(NAESTVED, passed("7")),
        RuleError,
        "'7' is no committee; the committees are Økonomiudvalget, 1, 2, 3, 4, 5, 6",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("Økonomiudvalget")),
        RuleError,
        "Økonomiudvalget is outside the total; no seat of it can be claimed (KSL § 27, stk. 1)",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1", giver="b")),
        RuleError,
        "'b' has no seat to give; it has 0 too many (KSL § 27, stk. 1)",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1", giver="c")),
        RuleError,
        "'c' has no seat to give; it has 0 too many (KSL § 27, stk. 1)",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1", receiver="a")),
        RuleError,
        "'a' has no seat to claim; it lacks 0 (KSL § 27, stk. 1)",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1"), restore=["2"]),
        RuleError,
        "restore names '2', where no group loses a majority by the claims; one is lost in 1 (KSL § 27, stk. 3)",
    ),
    (
        lambda: apply_claims(NAESTVED, [], restore=["1"]),
        RuleError,
        (
            "restore names '1', where no group loses a majority by the claims; one is lost in no committee "
            "(KSL § 27, stk. 3)"
        ),
    ),
    (
        lambda: apply_claims(NAESTVED, [("1", "a", "b")]),  # type: ignore[list-item]
        VoteError,
        "a transfer is ('1', 'a', 'b'); a transfer is Transfer(committee, giver, receiver)",
    ),
    (
        lambda: elect_committees(TWO, {"1": 0}),
        VoteError,
        'committees["1"] is 0; a number of seats is a whole number, 1 or more',
    ),
    (
        lambda: elect_committees(TWO, SIX, council_size=0),
        VoteError,
        "council_size is 0; a number of members is a whole number, 1 or more",
    ),
    (
        lambda: elect_committees(TWO, SIX, takers=5),  # type: ignore[arg-type]
        VoteError,
        "takers is 5; give a mapping of committee to its seats by group",
    ),
    (
        lambda: elect_committees(TWO, SIX, mayor="a", economy=""),
        RuleError,
        (
            "mayor is 'a', and there is no økonomiudvalg in which the mayor sits by office; economy names it "
            "(KSL § 25, stk. 2)"
        ),
    ),
    (
        lambda: apply_claims(NAESTVED, "ab"),  # type: ignore[arg-type]
        VoteError,
        "placement is 'ab'; give a Placement, or Transfer(committee, giver, receiver)s",
    ),
    (
        lambda: apply_claims(NAESTVED, passed("1"), accept_second=["c"]),
        VoteError,
        "accept_second names 'c', which is not in groups; groups has a, b",
    ),
    (
        lambda: elect_committees(TWO, SIX, agreed={"1": None}),  # type: ignore[dict-item]
        VoteError,
        "agreed[\"1\"] is None; give a mapping of name to number, such as {'A': 12}",
    ),
    (
        lambda: apply_claims(NAESTVED, 5),  # type: ignore[arg-type]
        VoteError,
        "placement is 5; give a Placement, or Transfer(committee, giver, receiver)s",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[Exception], message: str, refused: Refused) -> None:
    """Committees and claims that cannot be are refused, and the message says which and why."""
    assert refused(call, error=error) == message


@st.composite
def elected(draw: st.DrawFn, *, lots: tuple[Seeded | None, ...] = (None, seeded(1))) -> Committees:
    """Draw some committees of a council, with lots drawn or open."""
    members = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 16), min_size=1))
    charter = draw(st.dictionaries(st.sampled_from(["Økonomiudvalget", *"12345678"]), st.integers(2, 9), min_size=1))
    return elect_committees(members, charter, lots=draw(st.sampled_from(lots)))


@pytest.mark.rule("KSL-27")
def test_one_place_in_each_committee_whoever_gives_it() -> None:
    """A receiver may refuse a second seat in a committee also when another group gives it: 20 ways, not 25."""
    committees = elect_committees({"a": 6, "b": 5, "c": 4}, dict.fromkeys("12345", 7))
    assert (committees.claims, committees.excess) == ({"b": 2}, {"a": 1, "c": 1})
    assert len(list(placements(committees))) == 20
    assert len(list(placements(committees, accept_second=["b"]))) == 25
    twice = [Transfer("1", "a", "b"), Transfer("1", "c", "b")]
    with pytest.raises(RuleError, match="a second seat in 1, which it may refuse, whoever gives it"):
        apply_claims(committees, twice)
    assert apply_claims(committees, twice, accept_second=["b"]).claims == {}


@pytest.mark.rule("KSL-27")
def test_claims_are_part_of_the_case() -> None:
    """The committees after claims are what their case gives, and a case with claims that cannot be is refused."""
    claim = Claim(passed("1", "2"), restore=["1"])
    after = apply_claims(NAESTVED, passed("1", "2"), restore=["1"])
    assert settle(after.case) == after
    assert settle(attrs.evolve(NAESTVED.case, claims=[claim])).seats == after.seats
    assert after.lost == (ExtraMembers("2", "a", 2),)
    with pytest.raises(RuleError, match="'a' has no seat to give"):
        settle(attrs.evolve(NAESTVED.case, claims=[Claim(passed("1", "2", "3"))]))
    for none in (5, [5]):
        with pytest.raises(VoteError, match=r"^a claim is 5; a claim is Claim\(transfers\)$"):
            CommitteesCase(groups=TWO, committees=SIX, claims=none)


@pytest.mark.rule("KSL-25-1")
def test_draws_are_addressed_to_committees() -> None:
    """Draws with the names of their places are taken there, in whatever order they come, also under ét."""
    draws = [Draw([*"ab"], ["b"], place="under ét"), *(Draw([*"ab"], ["a"], place=name) for name in "321")]
    committees = elect_committees({"a": 5, "b": 5}, dict.fromkeys("123", 3), lots=draws)
    assert (committees.totals, committees.under_et) == ({"a": 6, "b": 3}, {"a": 4, "b": 5})


def test_a_result_of_committees_fits_a_line() -> None:
    """However many committees there are, the result is shown in one line."""
    assert repr(NAESTVED) == "<Committees of a, b: 7, claims {'b': 2}>"


@given(elected())
def test_every_seat_is_accounted_for(committees: Committees) -> None:
    """In each committee, and under ét, the seats awarded and open make up all there are."""
    for committee, size in committees.charter.items():
        tie = committees.allocations[committee].tie
        assert sum(committees.seats[committee].values()) + (tie.places if tie else 0) == size
    together = committees.together
    if together:
        places = together.tie.places if together.tie else 0
        assert sum(committees.under_et.values()) + places == sum(committees.charter[c] for c in committees.standing)
    assert hash(committees) == hash(committees)


@given(elected())
@example(elect_committees({"a": 2, "b": 6}, {"Økonomiudvalget": 3, "1": 2, "2": 2}))
@example(elect_committees({"a": 2, "b": 6}, {"Økonomiudvalget": 3, "1": 3, "2": 2}))
def test_what_is_claimed_is_what_others_have_too_many(committees: Committees) -> None:
    """The claims sum to the shortages and to the excess, nobody is in both; an open lot that counts leaves none.

    What counts are the standing committees' lots and the one under ét: økonomiudvalget is no standing committee.
    """
    assert sum(committees.claims.values()) == sum(committees.excess.values())
    assert committees.claims.keys().isdisjoint(committees.excess)
    counted = [committees.allocations[name] for name in committees.standing]
    if any(each.tie for each in [*counted, *([committees.together] if committees.together else [])]):
        assert committees.claims == {}
        return
    for group in committees.groups:
        difference = committees.under_et[group] - committees.totals[group]
        assert difference == committees.claims.get(group, 0) - committees.excess.get(group, 0)


@given(elected(lots=(seeded(1),)), st.data())
def test_claims_carried_out_give_each_group_its_seats_under_et(committees: Committees, data: st.DataObject) -> None:
    """After any placement the totals are those under ét, nobody holds less than nothing, and majorities can stay."""
    ways = list(islice(placements(committees, accept_second=committees.groups), 20))
    assert ways
    placement = data.draw(st.sampled_from(ways))
    after = apply_claims(committees, placement, accept_second=committees.groups)
    assert after.totals == committees.under_et
    assert after.claims == {}
    assert all(count >= 0 for held in after.seats.values() for count in held.values())
    assert after.sizes == committees.sizes
    kept = apply_claims(
        committees,
        placement,
        restore=[extra.committee for extra in placement.restores],
        accept_second=committees.groups,
    )
    assert kept.totals == committees.under_et
    for committee in committees.standing:
        for group, before in committees.seats[committee].items():
            if 2 * before > committees.sizes[committee]:
                assert 2 * kept.seats[committee][group] > kept.sizes[committee]
    for extra in placement.restores:
        smaller = kept.seats[extra.committee][extra.group] - 1
        assert 2 * smaller <= kept.sizes[extra.committee] - 1


@given(elected(lots=(seeded(1),)))
def test_placements_with_second_seats_refused_are_among_those_with_them(committees: Committees) -> None:
    """Refusing a second seat only takes placements away, and each that is left can be carried out; many claims too."""
    for placement in islice(placements(committees), 10):
        taken = Counter((transfer.committee, transfer.receiver) for transfer in placement.transfers)
        assert max(taken.values(), default=1) == 1
        assert apply_claims(committees, placement).claims == {}
    if sum(committees.claims.values()) <= 3:
        refused, accepted = set(placements(committees)), set(placements(committees, accept_second=committees.groups))
        assert refused <= accepted
        for placement in accepted - refused:
            taken = Counter((transfer.committee, transfer.receiver) for transfer in placement.transfers)
            assert max(taken.values()) > 1


def test_a_group_is_the_same_in_two_spellings() -> None:
    """A group whose Å was typed as two code points gives the seats that it has."""
    by_office = elect_committees({"\u00c5": 1, "b": 30}, {"R\u00e5d": 3, "1": 3}, mayor="A\u030a", economy="Ra\u030ad")
    assert by_office.seats["R\u00e5d"] == {"\u00c5": 1, "b": 2}
    committees = elect_committees({"Å": 16, "b": 15}, dict.fromkeys("123456", 7))
    assert apply_claims(committees, [Transfer("1", "A\u030a", "b")]).seats["1"] == {"Å": 3, "b": 4}


@pytest.mark.rule("KSL-27", "KSL-27-2", "KSL-27-3", "KSL-25-2")
@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            elect_committees({"A": 12, "V": 12, "L": 1}, {"Økonomiudvalget": 7}, mayor="L"),
            "Økonomiudvalget: heraf borgmesteren, L (KSL § 25, stk. 2).",
        ),
        (
            elect_committees({"a": 16, "b": 15}, {"Teknik": 7, "Miljø": 7}, seated={"Teknik": {"b": 1}}),
            "Teknik: heraf efter hverv b 1 (KSL § 25, stk. 2).",
        ),
        (
            elect_committees({"a": 6, "b": 5, "c": 4}, dict.fromkeys("12345", 7)),
            "uenige om i hvilke udvalg, afgør kommunalbestyrelsen det (KSL § 27, stk. 2).",
        ),
        (elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7)), "a vælger i hvilke udvalg."),
        (
            apply_claims(
                elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7)),
                [Transfer("1", "a", "b"), Transfer("2", "a", "b")],
                restore=["1"],
            ),
            "a har ved kravene mistet sit flertal i 2; 2 overtallige medlemmer genopretter det (KSL § 27, stk. 3).",
        ),
    ],
    ids=["mayor", "office", "council", "giver", "majority"],
)
def test_the_report_says_what_the_sections_say(result: Committees, said: str) -> None:
    """Places by office, who settles where claims fall, and the majorities they cost stand in the report."""
    told = " ".join(explain(result, "da").split())
    assert said in told
    assert "fra samme valggruppe" not in told


@pytest.mark.rule("KSL-27")
def test_claims_wait_for_no_lot_of_oekonomiudvalget() -> None:
    """A lot over økonomiudvalget, which is no standing committee, changes nothing that may be claimed (KSL § 27)."""
    charter = {"Økonomiudvalget": 7, **dict.fromkeys("1234", 5)}
    open_ = elect_committees({"a": 7, "b": 6, "c": 4}, charter)
    assert [tie.among for tie in open_.ties] == [("b", "c")]
    assert (open_.undecided, open_.claims, open_.excess) == ((), {"c": 1}, {"b": 1})
    after = apply_claims(open_, [Transfer("1", "b", "c")])
    assert (after.claims, after.ties, after.seats["1"]) == ({}, open_.ties, {"a": 2, "b": 1, "c": 2})
    drawn = elect_committees({"a": 7, "b": 6, "c": 4}, charter, lots=[Draw(["b", "c"], ["c"])])
    assert drawn.claims == open_.claims
    said = " ".join(explain(open_, "en").split())
    assert "Seats that c may claim: 1, from b" in said
    waits = elect_committees({"a": 6, "b": 6, "c": 5}, {"Økonomiudvalget": 5, **dict.fromkeys("1234", 7)})
    assert (len(waits.undecided), waits.claims) == (4, {})


def test_without_standing_committees_nothing_is_taken_together() -> None:
    """Of økonomiudvalget alone no table under ét is told, and no claim."""
    said = explain(elect_committees({"a": 5, "b": 5}, {"Økonomiudvalget": 5}), "en")
    assert "taken together" not in said
    assert "claim" not in said
