"""Who of a list is elected, and who are its substitutes: KRVL §§ 85, 86 and 91."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow import paragraph_86

from kommunalvalg import Draw, Tie, seeded
from kommunalvalg.council.candidates import (
    certain_by_quota,
    elect_by_personal_votes,
    elect_by_quota,
    fordelingstal,
    give_list_votes,
    substitutes,
)
from kommunalvalg.council.lists import Candidate, CandidateList
from kommunalvalg.errors import LotError, RuleError
from kommunalvalg.lots import Place, Urn, Where

Refused = Callable[..., str]
Names = list[str]

HERE = Place(Where.SUBSTITUTES, "A")


def a_list(*personal: int, list_votes: int = 0, form: str = "sideordnet") -> CandidateList:
    """A list whose candidates are named by their place."""
    candidates = [Candidate(str(place), votes) for place, votes in enumerate(personal, start=1)]
    return CandidateList("A", "Alfa", candidates, list_votes, form)


def named(candidates: tuple[Candidate, ...]) -> Names:
    """The names of some candidates."""
    return [candidate.name for candidate in candidates]


personal_votes = st.lists(st.integers(0, 12) | st.integers(0, 400), min_size=1, max_size=12)


# § 85


@pytest.mark.rule("KRVL-85")
def test_sideordnet_elects_by_personal_votes_and_not_by_list_votes() -> None:
    """The seats go to the most personal votes, wherever on the ballot and however many list votes there are."""
    choice = elect_by_personal_votes(a_list(5, 40, 0, 41, list_votes=1000), 2, Urn())
    assert (named(choice.elected), named(choice.others)) == (["4", "2"], ["1", "3"])
    assert (choice.fordelingstal, choice.given, choice.by_quota) == (None, (), 0)


@pytest.mark.rule("KRVL-85")
@pytest.mark.parametrize(
    ("personal", "seats", "elected", "tie"),
    [
        ((9, 5, 5), 2, ["1"], (1, ("2", "3"))),
        ((5, 9, 5, 5), 3, ["2"], (2, ("1", "3", "4"))),
        ((5, 5), 1, [], (1, ("1", "2"))),
        ((5, 5), 2, ["1", "2"], None),
        ((9, 9, 5), 2, ["1", "2"], None),
        ((0, 0, 0), 1, [], (1, ("1", "2", "3"))),
        ((9, 5, 5), 1, ["1"], None),
    ],
)
def test_a_lot_is_open_only_where_it_decides_a_seat(
    personal: tuple[int, ...], seats: int, elected: Names, tie: tuple[int, tuple[str, ...]] | None
) -> None:
    """Equal candidates draw lots when some of them are elected and some are not."""
    choice = elect_by_personal_votes(a_list(*personal), seats, Urn(), council="Nyby", year=2025)
    assert named(choice.elected) == elected
    assert choice.tie == (Tie(*tie, "KRVL-85", Place(Where.LIST, "A", "Nyby"), 2025) if tie else None)


@pytest.mark.rule("KRVL-85")
def test_a_drawn_lot_decides_the_seat() -> None:
    """The winner of the lot is elected, and the loser is the first of the others."""
    choice = elect_by_personal_votes(a_list(9, 5, 5, 1), 2, Urn([Draw(["2", "3"], ["3"])]))
    assert (named(choice.elected), named(choice.others)) == (["1", "3"], ["2", "4"])


@pytest.mark.rule("KRVL-85")
def test_a_lot_among_others_is_refused(refused: Refused) -> None:
    """A recorded draw between other candidates than those who are equal is an error that names both."""
    urn = Urn([Draw(["1", "2"], ["1"])])
    message = refused(elect_by_personal_votes, a_list(9, 5, 5), 2, urn, error=LotError)
    assert message == "draw 1 picks 1 among 1, 2; the lot that is open is 1 place among 2, 3 (list A)"


@pytest.mark.rule("KRVL-85")
@given(personal_votes, st.data())
def test_more_personal_votes_never_lose_a_seat(personal: list[int], data: st.DataObject) -> None:
    """A sideordnet candidate who is certain of a seat is so too with more personal votes and all else equal."""
    seats = data.draw(st.integers(1, len(personal)))
    place = data.draw(st.integers(0, len(personal) - 1))
    more = [*personal]
    more[place] += data.draw(st.integers(1, 20))
    name = str(place + 1)
    before, after = (elect_by_personal_votes(a_list(*votes), seats, Urn()) for votes in (personal, more))
    assert name in named(after.elected) or name not in named(before.elected)
    assert name not in named(after.others) or name in named(before.others)


# § 86


@pytest.mark.rule("KRVL-86-1")
@pytest.mark.parametrize(
    ("votes", "seats", "quota"),
    [(999, 2, 334), (900, 2, 301), (901, 2, 301), (0, 3, 1), (1, 1, 1), (2, 1, 2), (10**30, 9, 10**29 + 1)],
)
def test_fordelingstal_is_raised_also_when_the_division_is_exact(votes: int, seats: int, quota: int) -> None:
    """The quota is the next whole number above votes / (seats + 1)."""
    assert fordelingstal(votes, seats) == quota


@pytest.mark.rule("KRVL-86-1")
def test_a_ceiling_would_elect_too_many() -> None:
    """Three candidates with 100 votes each do not all reach the quota of two seats, which they would by rounding."""
    choice = elect_by_quota(a_list(100, 100, 100, form="partiliste"), 2)
    assert (choice.fordelingstal, choice.by_quota, named(choice.elected)) == (101, 0, ["1", "2"])


@pytest.mark.rule("KRVL-86-2")
@pytest.mark.parametrize(
    ("personal", "list_votes", "quota", "given"),
    [
        ((40, 130, 10), 120, 101, {"1": 61, "3": 59}),
        ((101, 101), 50, 101, {}),
        ((0, 0, 0), 101, 101, {"1": 101}),
        ((0, 0, 0), 102, 101, {"1": 101, "2": 1}),
        ((50, 60), 0, 101, {}),
        ((50, 60), 1000, 101, {"1": 51, "2": 41}),
    ],
)
def test_list_votes_fill_up_from_the_top(
    personal: tuple[int, ...], list_votes: int, quota: int, given: dict[str, int]
) -> None:
    """Each candidate below the quota is filled up to it in the list's order, and the last may get a part."""
    assert dict(give_list_votes(a_list(*personal, list_votes=list_votes), quota)) == given


@pytest.mark.rule("KRVL-86-2", "KRVL-86-3", "KRVL-86-4")
@pytest.mark.parametrize(
    ("personal", "list_votes", "seats", "quota", "elected", "by_quota", "others"),
    [
        # The third is over the quota by herself, but comes after the first, who is filled up to it.
        ((0, 0, 60), 60, 2, 41, ["1", "3"], 2, ["2"]),
        ((0, 5, 20), 60, 2, 29, ["1", "2"], 2, ["3"]),
        # The part that the last receiver got counts for the seat left: 21 given before 20 personal, 19 after.
        ((0, 0, 20, 0), 43, 2, 22, ["1", "2"], 1, ["3", "4"]),
        ((0, 0, 20, 0), 40, 2, 21, ["1", "3"], 1, ["2", "4"]),
        # Equal totals: the higher on the list, without a lot.
        ((7, 7, 7), 0, 1, 11, ["1"], 0, ["2", "3"]),
        ((0, 50, 50, 0), 0, 1, 51, ["2"], 0, ["3", "1", "4"]),
        # Nobody has a vote.
        ((0, 0), 0, 1, 1, ["1"], 0, ["2"]),
    ],
)
def test_partiliste_cases(
    personal: tuple[int, ...],
    list_votes: int,
    seats: int,
    quota: int,
    elected: Names,
    by_quota: int,
    others: Names,
) -> None:
    """The quota first and in list order, then the largest totals, and of equal ones the higher on the list."""
    choice = elect_by_quota(a_list(*personal, list_votes=list_votes, form="partiliste"), seats)
    found = (choice.fordelingstal, named(choice.elected), choice.by_quota, named(choice.others))
    assert found == (quota, elected, by_quota, others)


@pytest.mark.rule("KRVL-86-1")
def test_a_party_list_without_a_seat_has_no_quota(refused: Refused) -> None:
    """Electing nobody by the quota is refused, since there is none."""
    message = refused(elect_by_quota, a_list(5, form="partiliste"), 0, error=RuleError)
    assert message == "seats is 0; list A needs a seat to have a fordelingstal (KRVL § 86, stk. 1, nr. 1)"


@pytest.mark.rule("KRVL-86-1", "KRVL-86-2", "KRVL-86-3", "KRVL-86-4", "KRVL-91-1")
@given(personal_votes, st.integers(0, 12) | st.integers(0, 800), st.data())
def test_partiliste_agrees_with_the_paragraph_word_by_word(
    personal: list[int], list_votes: int, data: st.DataObject
) -> None:
    """Elected and substitutes come in the order that a slow second implementation gives."""
    seats = data.draw(st.integers(1, len(personal)))
    choice = elect_by_quota(a_list(*personal, list_votes=list_votes, form="partiliste"), seats)
    elected, ranked = paragraph_86(personal, list_votes, seats)
    assert [int(name) - 1 for name in named(choice.elected)] == elected
    assert [int(name) - 1 for name in substitutes(choice, Urn().draw)[0]] == ranked
    assert len(choice.elected) == seats
    assert sum(part for _, part in choice.given) <= list_votes


@pytest.mark.rule("KRVL-86-1")
@given(personal_votes.filter(lambda personal: len(personal) > 1), st.integers(0, 400), st.data())
def test_certain_on_a_party_list_is_who_is_elected_with_either_number(
    personal: list[int], list_votes: int, data: st.DataObject
) -> None:
    """While a lot decides the number of seats, those elected with both are certain, ranked where both agree."""
    seats = data.draw(st.integers(1, len(personal) - 1))
    the_list = a_list(*personal, list_votes=list_votes, form="partiliste")
    fewer, more = (named(elect_by_quota(the_list, number).elected) for number in (seats, seats + 1))
    choice = certain_by_quota(the_list, seats, seats + 1)
    assert set(named(choice.elected)) == set(fewer) & set(more)
    for rank, name in enumerate(named(choice.elected)):
        assert (name in choice.unranked) == (not fewer[rank] == more[rank] == name)


@pytest.mark.rule("KRVL-86-1")
def test_another_seat_may_cost_a_candidate_of_a_party_list_the_election() -> None:
    """The fourth is elected of two by 7 votes; of three the list votes lift the third to 7, who is higher up."""
    the_list = a_list(7, 6, 6, 7, list_votes=4, form="partiliste")
    assert [named(elect_by_quota(the_list, seats).elected) for seats in (2, 3)] == [["1", "4"], ["1", "2", "3"]]
    choice = certain_by_quota(the_list, 2, 3)
    assert (named(choice.elected), choice.others, choice.fordelingstal) == (["1"], (), None)


# § 91, stk. 1


@pytest.mark.rule("KRVL-91-1")
def test_equal_substitutes_are_put_in_order_by_lot_one_place_at_a_time() -> None:
    """Of three equals the first is drawn among three, the second among two."""
    choice = elect_by_personal_votes(a_list(9, 5, 5, 1, 5), 1, Urn())
    names, ties = substitutes(choice, Urn().draw, place=HERE)
    assert (names, ties) == (("2", "3", "5", "4"), (Tie(1, ("2", "3", "5"), "KRVL-91-1", HERE),))
    urn = Urn([Draw(["2", "3", "5"], ["5"]), Draw(["2", "3"], ["3"])])
    assert substitutes(choice, urn.draw) == (("5", "3", "2", "4"), ())


@pytest.mark.rule("KRVL-91-1")
@given(personal_votes, st.sampled_from(["sideordnet", "partiliste"]), st.data())
def test_elected_and_substitutes_are_the_list(personal: list[int], form: str, data: st.DataObject) -> None:
    """Once lots are drawn, every candidate is either elected or a substitute, and none is both."""
    seats = data.draw(st.integers(1, len(personal)))
    the_list = a_list(*personal, form=form)
    urn = Urn(seeded(1))
    by_votes = form == "sideordnet"
    choice = elect_by_personal_votes(the_list, seats, urn) if by_votes else elect_by_quota(the_list, seats)
    names, ties = substitutes(choice, urn.draw)
    assert sorted([*named(choice.elected), *names], key=int) == named(the_list.candidates)
    assert (len(choice.elected), ties) == (seats, ())
