"""Chair and vice chair of a KKR."""

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import data
from kommunalvalg.errors import ElectionError, LotError, RuleError, VoteError
from kommunalvalg.files.plain import from_plain, to_plain
from kommunalvalg.kkr.chairs import KKRChairsCase, KKRPost, constitute_kkr, elect_kkr_chairs
from kommunalvalg.kkr.composition import KKRCase, compose_kkr
from kommunalvalg.law import KNOWN
from kommunalvalg.lots import Draw, Place, Tie, Where, seeded, settle
from kommunalvalg.methods.alliances import Alliance, proportional_election

RULE = "KL-15-LOT"
UNITS, POSTS = Place(Where.UNITS), Place(Where.POSTS)
INSIDE, POSTS_IN = Place(Where.ALLIANCE, "A+F"), Place(Where.POSTS, "A+F")
HOVEDSTADEN = {
    "A": 189397, "B": 83669, "C": 188278, "F": 137641, "I": 54255, "O": 59009, "V": 89433, "Ø": 128149, "Å": 21359,
}  # fmt: skip


@pytest.mark.rule("KL-15-3")
@pytest.mark.parametrize(
    ("alliances", "chair", "vice_chair"),
    [
        # A 189,397 and C 188,278 are the largest; A's second quotient is 94,698.5.
        ([], ("A", "A"), ("C", "C")),
        # A+F+Ø has 189,397 + 137,641 + 128,149 = 455,187, halved 227,593.5, which is more than C's 188,278: both
        # posts. Within it A's 189,397 comes first, and then F's 137,641 before A's half, 94,698.5.
        ([["A", "F", "Ø"]], ("A+F+Ø", "A"), ("A+F+Ø", "F")),
        # C+I+O+V has 188,278 + 54,255 + 59,009 + 89,433 = 390,975, which is more than 227,593.5.
        ([["A", "F", "Ø"], ["C", "V", "I", "O"]], ("A+F+Ø", "A"), ("C+I+O+V", "C")),
        # F+Ø+B+Å has 137,641 + 128,149 + 83,669 + 21,359 = 370,818, halved 185,409, which is less than A's 189,397.
        ([["F", "Ø", "B", "Å"]], ("B+F+Ø+Å", "F"), ("A", "A")),
    ],
)
def test_hovedstaden_by_hand(alliances: list[list[str]], chair: tuple[str, str], vice_chair: tuple[str, str]) -> None:
    """On the votes of KKR Hovedstaden the two posts are those that the quotients give by hand."""
    composition = data.kkr("hovedstaden-2026").compose()
    for result in (
        elect_kkr_chairs(composition, alliances=alliances),
        elect_kkr_chairs(HOVEDSTADEN, alliances=alliances),
    ):
        assert (result.chair, result.vice_chair) == (KKRPost(*chair), KKRPost(*vice_chair))
        assert result.complete


@pytest.mark.rule("KL-15-2b")
def test_a_party_below_the_line_takes_no_part() -> None:
    """A party below the line has no say in the posts, though its mayor is a member."""
    kkr = compose_kkr({"A": 590, "B": 400, "D": 10}, {"D": 4}, municipalities=4, total_votes=1000)
    assert kkr.members["D"] == 4
    result = elect_kkr_chairs(kkr)
    assert dict(result.election.seats) == {"A": 1, "B": 1}
    assert result.excluded == {"D": "below the line"}


@pytest.mark.rule("KL-15-LOT")
@pytest.mark.parametrize(
    ("votes", "alliances", "chair", "vice_chair", "ties"),
    [
        # Equal quotients for both posts: a lot over who is the chair.
        ({"A": 10, "B": 10}, [], None, None, [Tie(1, ("A", "B"), RULE, POSTS)]),
        # The second post is open; the first is certain.
        ({"A": 10, "B": 6, "C": 6}, [], ("A", "A"), None, [Tie(1, ("B", "C"), RULE, UNITS)]),
        ({"A": 12, "B": 6}, [], ("A", "A"), None, [Tie(1, ("A", "B"), RULE, UNITS)]),
        # The same beside a valgforbund, which has the first.
        (
            {"A": 40, "F": 10, "C": 30, "V": 30},
            [["A", "F"]],
            ("A+F", "A"),
            None,
            [Tie(1, ("C", "V"), RULE, UNITS)],
        ),
        # Three for two posts: first a lot over who has one.
        ({"A": 6, "B": 6, "C": 6}, [], None, None, [Tie(2, ("A", "B", "C"), RULE, UNITS)]),
        # Within a valgforbund with one post: the unit is certain, the party is not.
        ({"A": 5, "F": 5, "C": 8}, [["A", "F"]], ("A+F", None), ("C", "C"), [Tie(1, ("A", "F"), RULE, INSIDE)]),
        # Within a valgforbund with both posts: who of the two has the chair.
        (
            {"A": 9, "F": 9, "C": 8},
            [["A", "F"]],
            ("A+F", None),
            ("A+F", None),
            [Tie(1, ("A", "F"), RULE, POSTS_IN)],
        ),
        # Both at once: who has the post inside, and which post it is.
        (
            {"A": 5, "F": 5, "C": 10},
            [["A", "F"]],
            None,
            None,
            [Tie(1, ("A", "F"), RULE, INSIDE), Tie(1, ("A+F", "C"), RULE, POSTS)],
        ),
    ],
)
def test_equal_quotients_are_a_lot(
    votes: dict[str, int],
    alliances: list[list[str]],
    chair: tuple[str, str | None] | None,
    vice_chair: tuple[str, str | None] | None,
    ties: list[Tie],
) -> None:
    """Where quotients are equal every open lot is named, and what is certain is told all the same."""
    result = elect_kkr_chairs(votes, alliances=alliances)
    assert result.chair == (KKRPost(*chair) if chair else None)
    assert result.vice_chair == (KKRPost(*vice_chair) if vice_chair else None)
    assert list(result.ties) == ties
    assert (result.tie, result.complete, result.votes) == (ties[0], False, votes)


@pytest.mark.rule("KL-15-LOT")
@pytest.mark.parametrize(
    ("votes", "alliances", "lots", "chair", "vice_chair"),
    [
        ({"A": 10, "B": 10}, [], [("AB", "B")], ("B", "B"), ("A", "A")),
        ({"A": 10, "B": 10}, [], [("AB", "A")], ("A", "A"), ("B", "B")),
        ({"A": 6, "B": 6, "C": 6}, [], [("ABC", "AC"), ("AC", "C")], ("C", "C"), ("A", "A")),
        ({"A": 9, "F": 9, "C": 8}, [["A", "F"]], [("AF", "F")], ("A+F", "F"), ("A+F", "A")),
    ],
)
def test_a_lot_that_was_drawn_fills_the_posts(
    votes: dict[str, int],
    alliances: list[list[str]],
    lots: list[tuple[str, str]],
    chair: tuple[str, str],
    vice_chair: tuple[str, str],
) -> None:
    """With the lots drawn, those of the seats first, both posts are filled and the draws are kept."""
    draws = [Draw(list(among), list(chosen)) for among, chosen in lots]
    result = elect_kkr_chairs(votes, alliances=alliances, lots=draws)
    assert (result.chair, result.vice_chair) == (KKRPost(*chair), KKRPost(*vice_chair))
    assert (result.ties, list(result.draws)) == ((), draws)


@pytest.mark.parametrize(
    ("alliances", "name"), [([["A", "F"]], "A+F"), ({"rød": ["A", "F"]}, "rød"), ([["A", "F"], ["C"]], "A+F")]
)
def test_a_valgforbund_has_a_name_in_the_case(alliances: Any, name: str) -> None:  # noqa: ANN401 - of all kinds
    """However valgforbund are given, the case has them by their names, which are their parties' where none is given."""
    chairs = elect_kkr_chairs({"A": 4, "F": 3, "C": 2}, alliances=alliances).case
    kkr = KKRCase(votes={"A": 4, "F": 3, "C": 2}, mayors={"A": 1}, municipalities=1, total_votes=9)
    constitution = constitute_kkr(kkr, alliances=alliances).case
    assert chairs.alliances[0] == constitution.alliances[0] == Alliance(name, ("A", "F"))


def test_a_post_unpacks() -> None:
    """A post unpacks into the unit and the party within it."""
    post = elect_kkr_chairs({"A": 4, "F": 3, "C": 2}, alliances={"rød": ["A", "F"]}).chair
    assert post is not None
    unit, party = post
    assert (unit, party) == ("rød", "A")


def test_one_party_with_votes_has_both_posts() -> None:
    """Where only one party has votes it has both posts; where none has, nobody has, and no lot is open."""
    result = elect_kkr_chairs({"A": 1, "B": 0})
    assert (result.chair, result.vice_chair) == (KKRPost("A", "A"), KKRPost("A", "A"))
    empty = elect_kkr_chairs({"A": 0})
    assert (empty.chair, empty.vice_chair, empty.complete, empty.election.vacant) == (None, None, True, 2)


REFUSED: list[tuple[Callable[[], object], type[ElectionError], str]] = [
    (
        lambda: elect_kkr_chairs(data.kkr("hovedstaden-2026").compose(), alliances=[["A", "M"]]),
        RuleError,
        "the valgforbund of A, M has 'M', which takes no part (below the line)",
    ),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[["A", "K"]]), RuleError, "(it is not in votes)"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[["B"]], eligible=["A"]), RuleError, "(not eligible)"),
    (lambda: elect_kkr_chairs({"A": 1}, eligible=[]), RuleError, "none of A takes part"),
    (lambda: elect_kkr_chairs({"A": 1}, eligible=["B"]), VoteError, "eligible names 'B', which is not in votes"),
    (lambda: elect_kkr_chairs({"A": 1}, eligible="A"), VoteError, "give the names one by one"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=["AB"]), VoteError, "alliance 1 is 'AB'"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances="AB"), VoteError, "alliances is 'AB'"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[[]]), VoteError, "has no lists"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[["A", "A"]]), VoteError, "names 'A' twice"),
    (lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[["A", "B"], ["B"]]), VoteError, "at most one alliance"),
    (
        lambda: elect_kkr_chairs({"A": 1, "B": 1}, alliances=[["A", ["B"]]]),  # type: ignore[list-item]
        VoteError,
        "a name is text",
    ),
    (lambda: elect_kkr_chairs({"A": -1}), VoteError, 'votes["A"] is -1'),
]


@pytest.mark.rule("KL-15-3")
@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[ElectionError], message: str) -> None:
    """A valgforbund with a party that takes no part is refused with the reason, and so is what is no election."""
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    assert message in str(caught.value)


@pytest.mark.parametrize("extra", [{"eligible": ["A"]}, {"year": 2025}, {"name": "KKR Nord"}], ids=str)
def test_a_composition_says_who_takes_part_and_when(extra: dict[str, Any]) -> None:
    """Beside a composition neither who takes part, nor the year, nor the name is given again."""
    kkr, (field,) = compose_kkr({"A": 6, "C": 4}, {"A": 1}, municipalities=1, total_votes=10), extra
    with pytest.raises(VoteError, match=f"^{field} is .*; of a KKR that was composed it is read from"):
        elect_kkr_chairs(kkr, **extra)


def test_the_case_of_chairs_is_settled_again() -> None:
    """The case of a result holds votes, who takes no part and valgforbund; by hand it is checked as by the function."""
    chairs = elect_kkr_chairs({"A": 10, "B": 10, "C": 5}, alliances={"blå": ["B", "C"]}, eligible=["A", "B", "C"])
    assert settle(chairs.case) == chairs
    assert settle(attrs.evolve(chairs.case, alliances=())).ties == (Tie(1, ("A", "B"), RULE, POSTS),)
    assert settle(attrs.evolve(chairs.case, alliances=[["A", "C"]])).chair == KKRPost("A+C", "A")
    with pytest.raises(RuleError, match=r"^the valgforbund of B, C has 'C', which takes no part \(not eligible\)"):
        attrs.evolve(chairs.case, excluded={"C": "not eligible"})
    assert from_plain(json.loads(json.dumps(to_plain(chairs.case, ordered=True))), KKRChairsCase) == chairs.case
    assert (chairs.law, attrs.evolve(chairs.case, year=2025).law) == (KNOWN.isoformat(), 2025)
    assert repr(chairs).startswith("KKRChairs(chair=KKRPost(unit='blå', list='B'), vice_chair=KKRPost(unit='A'")
    with pytest.raises(VoteError, match=r'excluded\["C"\] is None; why a party takes no part is a text'):
        attrs.evolve(chairs.case, excluded={"C": None})  # type: ignore[dict-item]


def test_composition_and_chairs_in_one_run() -> None:
    """A KKR is composed and elects its chairs with one series of lots, the composition's before those of the posts."""
    votes = {"A": 500, "B": 250, "C": 250}
    case = KKRCase(votes=votes, mayors={"A": 3}, municipalities=3, total_votes=1000, name="KKR Nord")
    sure = constitute_kkr(case)
    assert [tie.place for tie in sure.ties] == [Place(Where.KKR, "", "KKR Nord"), Place(Where.UNITS, "", "KKR Nord")]
    drawn = constitute_kkr(case, lots=[Draw(["B", "C"], ["C"]), Draw(["A", "B", "C"], ["B"])])
    assert (drawn.composition.members["C"], drawn.chairs.vice_chair) == (2, KKRPost("B", "B"))
    assert (drawn.complete, len(drawn.draws), drawn.chairs.election.draws) == (True, 2, drawn.draws[1:])
    assert drawn.chairs.election.outcomes()[0].probability == 1
    assert settle(drawn.case, drawn.draws) == drawn == constitute_kkr(drawn.composition, lots=drawn.draws)
    together = constitute_kkr(case, alliances=[["B", "C"]])
    assert together.chairs.ties[-1].place == Place(Where.POSTS, "", "KKR Nord")
    assert (together.law, together.case.alliances[0].lists) == (KNOWN.isoformat(), ("B", "C"))
    with pytest.raises(
        RuleError, match=r"^the valgforbund of A, D has 'D', which takes no part \(it is not in votes\)"
    ):
        constitute_kkr(case, alliances=[["A", "D"]])
    with pytest.raises(VoteError, match="kkr is 5; give a KKRCase"):
        constitute_kkr(5)  # type: ignore[arg-type]


def test_what_is_refused_is_said_in_danish() -> None:
    """A valgforbund with a party below the line is refused in Danish too, with the provision."""
    kkr = compose_kkr({"A": 60, "C": 39, "D": 1}, {"A": 1}, municipalities=1, total_votes=100)
    with pytest.raises(RuleError) as caught:
        elect_kkr_chairs(kkr, alliances=[["C", "D"]])
    assert (caught.value.field, caught.value.value, caught.value.rule) == ("alliances", "D", "KL-15-3")
    assert caught.value.said("da") == (
        "valgforbundet af C, D har 'D', som ikke deltager (under grænsen); et valgforbund er mellem partier, der "
        "deltager: A, C (KL's vedtægter § 15, stk. 3)"
    )


def test_a_draw_that_is_left_over_is_refused() -> None:
    """A draw for a lot that is not open is refused."""
    with pytest.raises(LotError, match=r"^draw 1, among A, B, is left over: no lot is open for it$"):
        elect_kkr_chairs({"A": 12, "B": 7}, lots=[Draw(["A", "B"], ["A"])])


def test_alliances_that_can_be_read_only_once_count() -> None:
    """Valgforbund may come from a generator."""
    alliances: Iterable[Iterable[str]] = (iter(names) for names in (["A", "F"],))
    assert elect_kkr_chairs({"A": 4, "F": 3, "C": 5}, alliances=alliances).chair == KKRPost("A+F", "A")


@pytest.mark.rule("KL-15-3")
@given(
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 9), min_size=1),
    st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=4),
    st.integers(0, 99),
)
def test_the_posts_are_the_two_seats_of_the_forholdstalsvalg(
    votes: dict[str, int], together: list[str], seed: int
) -> None:
    """The posts are the two seats, the larger quotient first; nothing is told as certain that a draw changes."""
    alliances = [[name for name in together if name in votes]]
    alliances = [names for names in alliances if names]
    drawn = elect_kkr_chairs(votes, alliances=alliances, lots=seeded(seed))
    assert drawn.complete
    posts = [post for post in (drawn.chair, drawn.vice_chair) if post]
    assert len(posts) == 2 * any(votes.values())
    assert {name: [post.list for post in posts].count(name) for name in votes} == drawn.election.seats
    unit_votes = {post.unit: sum(votes[name] for name in post.unit.split("+")) for post in posts}
    if len(unit_votes) == 2:
        first, second = (Fraction(unit_votes[post.unit]) for post in posts)
        assert first >= second
    sure = elect_kkr_chairs(votes, alliances=alliances)
    for certain, final in ((sure.chair, drawn.chair), (sure.vice_chair, drawn.vice_chair)):
        if certain and final:
            assert certain.unit == final.unit
            assert certain.list in {None, final.list}
    if not sure.ties:
        assert sure.election.seats == proportional_election(votes, 2, alliances=alliances).seats
