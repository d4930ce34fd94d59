"""Lots: what is open, what was drawn, the procedure that anybody can repeat, and all that may come of a lot."""

import copy
import pickle
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Allocation,
    Candidate,
    CandidateList,
    CouncilElection,
    Draw,
    LotError,
    Tie,
    VoteError,
    adams,
    apply_threshold,
    compose_kkr,
    dhondt,
    elect_council,
    largest_shortfall,
    proportional_election,
    seeded,
    testing,
)
from kommunalvalg.errors import shown
from kommunalvalg.lots import Outcome, Place, Urn, Where, explore, settle

Refused = Callable[..., str]


@st.composite
def ties(draw: st.DrawFn, *, names: int = 30) -> Tie:
    """Give open lots."""
    among = draw(testing.names(least=2, most=names))
    return Tie(draw(st.integers(1, len(among) - 1)), tuple(among))


# What was drawn


@pytest.mark.parametrize(
    ("among", "chosen", "error", "message"),
    [
        (["A", "B"], ["C"], LotError, "the lot among A, B was won by 'C', who took no part in it"),
        (
            ["A", "B"],
            [],
            LotError,
            "the lot among A, B was won by 0 of 2; a lot is won by at least one, and not by all",
        ),
        (
            ["A", "B"],
            ["A", "B"],
            LotError,
            "the lot among A, B was won by 2 of 2; a lot is won by at least one, and not",
        ),
        ([], ["B"], LotError, "the lot among nobody was won by 'B', who took no part in it"),
        ([], [], LotError, "the lot among nobody was won by 0 of 0; a lot is won by at least one, and not by all"),
        (["A", "B", "A"], ["B"], VoteError, "among names 'A' twice; each name stands once"),
        (["Å", "A\u030a"], ["Å"], VoteError, "among names 'Å' twice; each name stands once"),
        (["A", "B", "C"], ["B", "B"], VoteError, "chosen names 'B' twice; each name stands once"),
        ("AB", ["A"], VoteError, "among is 'AB'; give the names one by one, for example ['A', 'B']"),
        (["A", "B"], "A", VoteError, "chosen is 'A'; give the names one by one, for example ['A', 'B']"),
        (None, ["A"], VoteError, "among is None; give the names one by one, for example ['A', 'B']"),
        (["A", "B"], None, VoteError, "chosen is None; give the names one by one, for example ['A', 'B']"),
        (["A", 1], ["A"], VoteError, "among has the name 1; a name is text"),
        (["A", ""], ["A"], VoteError, "among has the name ''; a name is text that is not blank"),
    ],
)
def test_draw_that_cannot_be_is_refused(
    refused: Refused, among: object, chosen: object, error: type[Exception], message: str
) -> None:
    """A draw has names that took part, and among them at least one winner and one loser."""
    assert refused(Draw, among, chosen, error=error).startswith(message)


@pytest.mark.parametrize(("among", "chosen"), [([], []), (["A", "B"], ["C"]), (["A", "B"], ["A", "B"])])
def test_draw_for_a_place_that_cannot_be_is_refused(refused: Refused, among: list[str], chosen: list[str]) -> None:
    """A place says who took part where the draw does not; somebody won all the same, and of those who took part."""
    assert refused(Draw, among, chosen, place="Teknik", error=LotError).startswith("the lot among ")


def test_draw_keeps_the_seed_it_was_drawn_from(refused: Refused) -> None:
    """The seed of a draw is one that could have drawn it, as `seeded` takes it; none where people drew."""
    seeds = [Draw(["A", "B"], ["B"], seed=seed).seed for seed in (None, 7, "A\u030a")]
    assert seeds == [None, 7, "Å"]
    assert refused(Draw, ["A", "B"], ["B"], seed=-1) == "seed is -1; a seed is a whole number, 0 or more"


def test_draw_is_of_composed_names() -> None:
    """A winner whose letter is decomposed is the one that took part."""
    assert Draw(["Å", "B"], ["A\u030a"]) == Draw(["A\u030a", "B"], ["Å"])


@given(tie=ties(), data=st.data())
def test_draw_fits_its_tie_in_any_order(tie: Tie, data: st.DataObject) -> None:
    """A draw fits when the same names took part and as many won as places were open."""
    draw = data.draw(testing.draws(tie))
    assert draw.fits(tie)
    assert Draw(draw.among[::-1], draw.chosen[::-1]).fits(tie)
    assert not draw.fits(Tie(tie.places + 1, tie.among))
    assert not draw.fits(Tie(tie.places, (*tie.among[1:], "one who is not there")))
    assert not draw.fits(Tie(tie.places, (*tie.among, "one who is not there")))


@given(tie=ties(names=7))
def test_tie_knows_every_way_it_can_fall(tie: Tie) -> None:
    """Every subset of the names that fills the places is one draw, and each once."""
    draws = list(tie.draws())
    assert len(draws) == comb(len(tie.among), tie.places) == len({frozenset(draw.chosen) for draw in draws})
    assert all(draw.fits(tie) for draw in draws)


# Draws handed in


TIED = {"A": 2, "B": 2, "C": 1}


@pytest.mark.parametrize(
    ("lots", "message"),
    [
        ([Draw(["A", "C"], ["A"])], "draw 1 picks 1 among A, C; the lot that is open is 1 place among A, B"),
        ([Draw(["A", "B", "C"], ["A"])], "draw 1 picks 1 among A, B, C; the lot that is open is 1 place among A, B"),
        ([Draw(["A", "B", "C"], ["A", "B"])], "draw 1 picks 2 among A, B, C; the lot that is open is 1 place among"),
        ([Draw(["A", "B"], ["A"])] * 2, "draw 2, among A, B, is left over: no lot is open for it"),
        ("AB", "draw 1 is 'A'; a draw is Draw(among, chosen)"),
        ([("A", "B")], "draw 1 is ('A', 'B'); a draw is Draw(among, chosen)"),
        ([Draw(["A", "B"], ["A"]), None], "draw 2 is None; a draw is Draw(among, chosen)"),
        ([seeded(1)], "draw 1 is Seeded(seed=1); a draw is Draw(among, chosen)"),
        (
            Draw(["A", "B"], ["A"]),
            "lots is Draw(among=('A', 'B'), chosen=('A',)); give None, a list of draws, or seeded",
        ),
        (5, "lots is 5; give None, a list of draws, or seeded(...)"),
        (20251118.0, "lots is 20251118.0; give None, a list of draws, or seeded(...)"),
        (True, "lots is True; give None, a list of draws, or seeded(...)"),
        (seeded, "lots is <function seeded at"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
@pytest.mark.parametrize(
    "hold",
    [
        lambda lots: dhondt(TIED, 1, lots=lots),
        lambda lots: adams(TIED, 1, lots=lots),
        lambda lots: largest_shortfall(TIED, 1, lots=lots),
        lambda lots: proportional_election(TIED, 1, lots=lots),
        lambda lots: proportional_election({**TIED, "D": 1}, 1, alliances=[["A", "B"], ["C", "D"]], lots=lots),
    ],
    ids=["dhondt", "adams", "largest_shortfall", "proportional_election", "alliances"],
)
def test_lots_that_do_not_fit_are_refused(
    refused: Refused, hold: Callable[[object], object], lots: object, message: str
) -> None:
    """A draw of another lot, one too many, or what is no draw, is named with its number and with what is open."""
    assert refused(hold, lots, error=LotError).startswith(message)


@pytest.mark.parametrize(
    "hold",
    [
        lambda lots: dhondt({"A": 2, "B": 1}, 1, lots=lots),
        lambda lots: largest_shortfall({"A": 2, "B": 1}, 1, lots=lots),
        lambda lots: proportional_election({"A": 2, "B": 1}, 1, lots=lots),
        lambda lots: compose_kkr({"A": 2, "B": 1}, {}, municipalities=1, total_votes=3, lots=lots),
    ],
)
def test_draw_where_no_lot_is_open_is_refused(refused: Refused, hold: Callable[[object], object]) -> None:
    """A draw that nothing asks for is not passed over."""
    message = refused(hold, [Draw(["A", "B"], ["A"])], error=LotError)
    assert message == "draw 1, among A, B, is left over: no lot is open for it"


@pytest.mark.parametrize("lots", [None, [], (), iter(())])
def test_no_draws_leave_the_lot_open(lots: list[Draw] | None) -> None:
    """Without draws the lot stays open, and what is certain is told."""
    result = dhondt(TIED, 1, lots=lots)
    assert (result.tie, result.draws) == (Tie(1, ("A", "B")), ())


def test_urn_hands_out_draws_in_the_order_of_the_tie() -> None:
    """What was drawn is kept in the order in which the names stand in the lot, however it was handed in."""
    urn = Urn([Draw(["C", "B", "A"], ["C", "A"])])
    assert urn.draw(Tie(2, ("A", "B", "C"))) == Draw(["A", "B", "C"], ["A", "C"])
    assert urn.drawn == (Draw(["A", "B", "C"], ["A", "C"]),)
    assert urn.draw(Tie(1, ("A", "B"))) is None
    urn.close()


# Places, and lots in words


@pytest.mark.parametrize(
    ("place", "said", "address"),
    [
        (Place(Where.UNITS), "", "units"),
        (Place(Where.UNITS, body="Fanø"), "Fanø", "Fanø"),
        (Place(Where.COMMITTEE, "Teknik", "Fanø"), "Fanø, Teknik", "Teknik"),
        (Place(Where.LIST, "A", "Fanø"), "Fanø, liste A", "A"),
        (Place(Where.BALLOT, "borgmester"), "borgmester, lige mange stemmer", "borgmester"),
        (Place(Where.BALLOT), "lige mange stemmer", "ballot"),
    ],
    ids=repr,
)
def test_a_place_is_said_and_addressed_by_what_it_has(place: Place, said: str, address: str) -> None:
    """A place is said by its body, its name and what is decided there, as far as it has them, and addressed by one."""
    assert (place.text.said("da"), place.address, bool(place)) == (said, address, bool(said))


@pytest.mark.parametrize(
    ("tie", "said"),
    [
        (Tie(1, ("A", "B")), "1 place among A, B"),
        (Tie(2, ("A", "B", "C")), "2 places among A, B, C"),
        (Tie(1, ("A", "B"), place=Place(Where.UNITS)), "1 place among A, B"),
        (Tie(1, ("A", "B"), place=Place(Where.COMMITTEE, "Teknik")), "1 place among A, B (Teknik)"),
        (Tie(2, ("A", "B", "C"), place=Place(Where.ALLIANCE, "A+B+C")), "2 places among A, B, C (inside A+B+C)"),
    ],
    ids=str,
)
def test_a_lot_is_said_with_its_places_and_where_it_stands(tie: Tie, said: str) -> None:
    """A lot in words says how many places are open, among whom, and where, if that is anything."""
    assert str(tie) == said


# Draws for a place by its name

ALLIED = ({"A": 1, "B": 1, "C": 1, "D": 1}, 2)
BETWEEN = [["A", "B"], ["C", "D"]]


@pytest.mark.parametrize("place", ["C+D", Place(Where.ALLIANCE, "C+D")], ids=str)
def test_draw_for_a_place_is_taken_there(place: str | Place) -> None:
    """A draw that is addressed to a place settles the lot there, whatever lots come before it."""
    election = proportional_election(
        *ALLIED, alliances=BETWEEN, lots=[Draw(["C", "D"], ["D"], place=place), Draw(["A", "B"], ["B"])]
    )
    assert election.seats == {"A": 0, "B": 1, "C": 0, "D": 1}
    only = proportional_election(*ALLIED, alliances=BETWEEN, lots=[Draw(["C", "D"], ["D"], place=place)])
    assert (only.seats, [tie.among for tie in only.ties]) == ({"A": 0, "B": 0, "C": 0, "D": 1}, [("A", "B")])
    assert [(draw.place, draw.tie and draw.tie.place) for draw in only.draws] == [(place, Place(Where.ALLIANCE, "C+D"))]


def test_draws_of_a_result_replay_it_also_where_some_are_for_a_place() -> None:
    """What was drawn gives the same again, and everything that may come of it, those for a place among them."""
    election = proportional_election(*ALLIED, alliances=BETWEEN, lots=[Draw(["C", "D"], ["D"], place="C+D")])
    assert settle(election.case, election.draws) == election
    assert [(outcome.seats["B"], outcome.seats["D"]) for outcome in election.outcomes()] == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("draws", "message"),
    [
        (
            [Draw(["A", "F"], ["F"], place="Teknik")],
            "the draw for 'Teknik', among A, F, is left over: no lot is open there; lots are open for A+B, C+D",
        ),
        (
            [Draw(["A", "B"], ["B"], place="A+B"), Draw(["A", "B"], ["A"], place="A+B")],
            "the draw for 'A+B', among A, B, is left over: no lot is open there; lots are open for C+D",
        ),
        (
            [Draw(["C", "D"], ["D"], place="A+B")],
            "draw 1 picks 1 among C, D; the lot that is open is 1 place among A, B (inside A+B)",
        ),
        (
            [Draw([], ["C"], place="A+B")],
            "the draw for 'A+B' picks C; the lot that is open there is 1 place among A, B (inside A+B)",
        ),
        (
            [
                Draw(["A", "B"], ["B"]),
                Draw(["C", "D"], ["D"]),
                Draw(["C", "D"], ["C"]),
                Draw([], ["C"], place="Teknik"),
            ],
            "the draw for 'Teknik', among C, is left over: no lot is open there, nor anywhere else",
        ),
        (
            [Draw(["C", "D"], ["D"], place="C-D")],
            (
                "the draw for 'C-D', among C, D, is left over: no lot is open there; did you mean C+D? "
                "Lots are open for A+B, C+D"
            ),
        ),
        (
            [Draw([], ["C"], place="A+D")],
            (
                "the draw for 'A+D', among C, is left over: no lot is open there; did you mean C+D? "
                "Lots are open for A+B, C+D"
            ),
        ),
        (
            [Draw([], ["C"], place=Place(Where.COMMITTEE, "Teknik"))],
            "the draw for 'Teknik', among C, is left over: no lot is open there; lots are open for A+B, C+D",
        ),
    ],
)
def test_draw_for_a_place_that_is_not_open_is_refused(refused: Refused, draws: list[Draw], message: str) -> None:
    """A draw for a place where no lot is open is refused with the places where one is; another lot's is no draw."""
    assert refused(proportional_election, *ALLIED, alliances=BETWEEN, lots=draws, error=LotError) == message


def test_draws_for_a_place_that_has_several_lots_come_in_any_order() -> None:
    """A list has lots on the order of its elected and of its substitutes; each is drawn among its own."""
    names = {"A-1": 10, "A-2": 10, "A-3": 5, "A-4": 5}
    a_list = CandidateList("A", "Alfa", [Candidate(name, votes) for name, votes in names.items()])
    first, second = Draw(["A-1", "A-2"], ["A-2"], place="A"), Draw(["A-3", "A-4"], ["A-4"], place="A")
    ends = [
        elect_council(CouncilElection("Nyby", 2, [a_list]), lots=lots) for lots in ([first, second], [second, first])
    ]
    assert [[mandate.candidate for mandate in end.mandates] for end in ends] == [["A-2", "A-1"]] * 2
    assert [end.substitutes["A"] for end in ends] == [("A-4", "A-3")] * 2


def test_draw_for_a_place_where_a_method_is_used_by_itself_is_refused(refused: Refused) -> None:
    """A bare distribution stands nowhere, so that a draw for a place is never its own; the error says which is open."""
    message = (
        "the draw for 'Teknik', among A, B, is left over: the lot that is open, 1 place among A, B, has no place; "
        "give its draw without one"
    )
    assert refused(dhondt, TIED, 1, lots=[Draw(["A", "B"], ["A"], place="Teknik")], error=LotError) == message
    assert not Draw(["A", "B"], ["A"], place=Place(Where.UNITS)).is_addressed_to(None)
    assert Draw(["A", "B"], ["A"]).address == ""


@pytest.mark.rule("KRVL-81-ONE")
@pytest.mark.parametrize("among", [["A", "B", "C", "D"], []], ids=["named", "unnamed"])
def test_draw_that_names_only_winners_may_name_one_without_room(among: list[str]) -> None:
    """A draw that only says who won says it of the same names as one that says who took part, the full list's too."""
    votes, alliances = {"A": 10, "B": 10, "C": 10, "D": 10, "E": 0}, [["A", "B", "C", "D"]]
    lots = [Draw(among, ["A", "B"], place="A+B+C+D")]
    election = proportional_election(votes, 2, alliances=alliances, capacity={"A": 0}, lots=lots)
    assert (election.seats["B"], election.tie and election.tie.among) == (1, ("C", "D"))
    assert [(set(draw.among), set(draw.chosen)) for draw in election.draws] == [(set("ABCD"), set("AB"))]


def test_draw_for_no_place_at_all_is_refused(refused: Refused) -> None:
    """A place is named by a text that is not blank, or is a place."""
    assert refused(Draw, ["A", "B"], ["A"], place="").startswith("place has the name ''")
    assert refused(Draw, ["A", "B"], ["A"], place=5).startswith("place has the name 5; a name is text")


# The published procedure


def by_hand(seed: int | str, number: int, tie: Tie) -> list[str]:
    """Draw as the docstring of `seeded` says: the smallest digests of "seed:number:name" win."""
    digests = sorted((sha256(f"{seed}:{number}:{name}".encode()).hexdigest(), name) for name in tie.among)
    return sorted(name for _, name in digests[: tie.places])


@pytest.mark.parametrize(
    ("seed", "number", "digests", "winner"),
    [
        (
            20251118,
            1,
            {
                "A": "c04926f79bf5b6e0",
                "B": "92fd7d89555fe958",
                "C": "9bb442cee90b8c45",
            },
            "B",
        ),
        (
            "2026-01-26 København",
            2,
            {
                "A": "05817cc8ea648a6a",
                "B": "29506918e3bda0ec",
                "Å": "5b62e9f7610d9dd9",
            },
            "A",
        ),
    ],
)
def test_worked_example(seed: int | str, number: int, digests: dict[str, str], winner: str) -> None:
    """The digests are those that `printf %s '20251118:1:A' | sha256sum` prints, and the smallest wins."""
    for name, digest in digests.items():
        assert sha256(f"{seed}:{number}:{name}".encode()).hexdigest().startswith(digest)
    assert min(digests, key=digests.__getitem__) == winner
    assert seeded(seed).draw(Tie(1, tuple(digests)), number).chosen == (winner,)


@given(
    tie=ties(),
    seed=st.integers(0, 10**30) | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
    number=st.integers(1, 99),
)
def test_seeded_draw_is_the_one_by_hand(tie: Tie, seed: int | str, number: int) -> None:
    """Whatever the seed, the names and the number of the lot, the procedure gives what it says."""
    lots = seeded(seed)
    draw = lots.draw(tie, number)
    assert draw.fits(tie)
    assert sorted(draw.chosen) == by_hand(lots.seed, number, tie)


@given(tie=ties(), seed=st.integers(0, 10**30), data=st.data())
def test_seeded_draw_does_not_depend_on_the_order_of_the_names(tie: Tie, seed: int, data: st.DataObject) -> None:
    """The same names in another order have the same winners."""
    turned = Tie(tie.places, tuple(data.draw(st.permutations(tie.among))))
    assert set(seeded(seed).draw(tie, 1).chosen) == set(seeded(seed).draw(turned, 1).chosen)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(("places", "among"), [(1, "AB"), (1, "ABC"), (2, "ABC"), (2, "ABCD"), (5, "ABCDEÆ")])
def test_seeded_draws_are_fair(places: int, among: str, number: int) -> None:
    """Over six thousand seeds every set of winners comes up about equally often: within five standard deviations."""
    tie = Tie(places, tuple(among))
    seeds, ways = 6000, comb(len(among), places)
    counted = Counter(seeded(seed).draw(tie, number).chosen for seed in range(seeds))
    expected = seeds / ways
    assert len(counted) == ways
    assert all(abs(count - expected) < 5 * (expected * (1 - 1 / ways)) ** 0.5 for count in counted.values())


def test_seeded_draws_number_the_lots_of_a_computation() -> None:
    """The second lot of a computation is drawn with number 2, so that equal lots do not fall equally by necessity."""
    votes = dict.fromkeys("ABCD", 1)
    alliances = [["A", "B"], ["C", "D"]]
    for seed in range(20):
        election = proportional_election(votes, 2, alliances=alliances, lots=seeded(seed))
        assert [list(draw.chosen) for draw in election.draws] == [
            by_hand(seed, 1, Tie(1, ("A", "B"))),
            by_hand(seed, 2, Tie(1, ("C", "D"))),
        ]


def test_seeded_draws_of_alliances_inside_each_other_come_outermost_first() -> None:
    """Lots are numbered level by level from outside, so that who follows the page by hand draws the same."""
    votes = {"A": 5, "B": 10, "C": 10, "D": 13, "E": 13}
    election = proportional_election(votes, 2, alliances=[["A", ["B", "C"]], ["D", "E"]], lots=seeded(0))
    assert [draw.among for draw in election.draws] == [("D", "E"), ("B", "C")]
    assert [list(draw.chosen) for draw in election.draws] == [
        by_hand(0, 1, Tie(1, ("D", "E"))),
        by_hand(0, 2, Tie(1, ("B", "C"))),
    ]
    assert [name for name, seats in election.seats.items() if seats] == ["C", "D"]


@given(seed=st.integers(0, 10**30))
def test_seeded_draws_can_be_recorded_and_replayed(seed: int) -> None:
    """The draws that a seed made are told with the result, and handed in as recorded draws they give it again."""
    votes = dict.fromkeys("ABCD", 1)
    alliances = [["A", "B"], ["C", "D"]]
    election = proportional_election(votes, 3, alliances=alliances, lots=seeded(seed))
    assert proportional_election(votes, 3, alliances=alliances, lots=election.draws) == election


def test_seed_as_number_and_as_text_is_the_same() -> None:
    """The seed enters the procedure as it is written."""
    tie = Tie(1, ("A", "B", "C"))
    assert seeded(7).draw(tie, 1) == seeded("7").draw(tie, 1)
    assert seeded("Å") == seeded("A\u030a")


@pytest.mark.parametrize("seed", [-1, 1.0, True, None, b"7", ["7"], float("nan")], ids=repr)
def test_seed_that_is_none_is_refused(refused: Refused, seed: object) -> None:
    """A seed that is no text is a whole number."""
    message = refused(seeded, seed)
    assert message == f"seed is {shown(seed)}; a seed is a whole number, 0 or more"


@pytest.mark.parametrize("seed", ["", " ", "a\nb", "\ud800"], ids=ascii)
def test_seed_that_cannot_be_published_is_refused(refused: Refused, seed: str) -> None:
    """A text is a seed when it can be written on one line, so that the procedure can be repeated by hand."""
    assert refused(seeded, seed) == f"seed is {shown(seed)}; a text as seed is one line that can be written down"


# All that may come of it


def test_explore_refuses_too_many_ways(refused: Refused) -> None:
    """Thirty equal names for fifteen seats can fall in 155,117,520 ways, which nobody wants listed by accident."""
    result = dhondt({f"L{n}": 1 for n in range(30)}, 15)
    message = refused(result.outcomes, error=LotError)
    assert message.startswith("the open lots can fall in at least 155117520 ways, more than the 100000 that are")
    assert refused(dhondt(TIED, 1).outcomes, most=1, error=LotError).startswith("the open lots can fall in at least 2")
    assert len(dhondt(TIED, 1).outcomes(most=2)) == 2


@pytest.mark.parametrize("most", [0, -1, 1.5, True, None, "9"], ids=repr)
def test_explore_refuses_a_limit_that_is_none(refused: Refused, most: object) -> None:
    """How many ways to follow is a whole number, at least one."""
    message = refused(dhondt(TIED, 1).outcomes, most=most)
    assert message == f"most is {shown(most)}; a number of ways is a whole number, 1 or more"


def test_explore_adds_up_ways_that_end_alike() -> None:
    """Two ways to the same seats are one outcome with their chances together."""

    def compute(draws: object) -> Allocation:
        return dhondt({"A": 1, "B": 1, "C": 1}, 1, lots=draws) if not draws else dhondt({"A": 1}, 1)  # type: ignore[arg-type]

    assert explore(compute, most=9) == (Outcome({"A": 1}, Fraction(1), (Draw(["A", "B", "C"], ["A"]),)),)


def test_outcome_unpacks_into_seats_and_probability() -> None:
    """An outcome reads as seats and probability."""
    assert [(seats, chance) for seats, chance in dhondt({"A": 1, "B": 1, "C": 0}, 1).outcomes()] == [
        ({"A": 1, "B": 0, "C": 0}, Fraction(1, 2)),
        ({"A": 0, "B": 1, "C": 0}, Fraction(1, 2)),
    ]


@pytest.mark.parametrize(
    "value",
    [
        Tie(1, ("A", "B"), "KRVL-81-2", Place(Where.ALLIANCE, "A+F")),
        Draw(["A", "B"], ["B"]),
        seeded(20251118),
        dhondt(TIED, 1).outcomes(),
        apply_threshold(TIED, "2%"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_lots_are_values(value: object) -> None:
    """A lot, a draw and an outcome can be compared, hashed, copied and pickled."""
    restored = pickle.loads(pickle.dumps(value))  # noqa: S301 - made here
    assert value == restored == copy.deepcopy(value)
    assert hash(value) == hash(restored)


def test_where_a_lot_stands_is_named_by_its_text() -> None:
    """A place may be given as it is written, and comes out as one of the closed set; any other is refused."""
    assert Place("list", "A").where is Where.LIST
    with pytest.raises(VoteError, match=r"^where is 'nowhere'; it is one of 'units', "):
        Place("nowhere")
