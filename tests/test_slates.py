"""Slates: as many women as men, and the board of an Erhvervshus."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.slates import BoardSeat, check_balance, check_board
from kommunalvalg.errors import VoteError

BOARD = {"chair": 1, "politician": 3, "business": 4, "knowledge": 1, "employees": 1}


@pytest.mark.rule("LIGE-10a")
@pytest.mark.parametrize(
    ("women", "men", "missing"),
    [
        (1, 1, {}),
        (2, 2, {}),
        (1, 2, {"women": 1}),
        (3, 1, {"men": 2}),
        (0, 1, {"women": 1}),
        (4, 0, {"men": 4}),
    ],
)
def test_as_many_women_as_men(women: int, men: int, missing: dict[str, int]) -> None:
    """A slate has as many women as men, and the result says how many of whom are missing."""
    balance = check_balance(women, men)
    assert (balance.missing, balance.ok) == (missing, not missing)
    assert balance.provision == "Ligestillingsloven § 10 a, stk. 1"


@pytest.mark.rule("LIGE-10a")
@pytest.mark.parametrize(
    ("women", "men", "year", "missing"),
    [(2, 1, 2005, {}), (2, 1, 2009, {"men": 1}), (3, 1, 2005, {"men": 1}), (4, 1, 2005, {"men": 2})],
)
def test_an_odd_number_might_have_one_more_until_2009(women: int, men: int, year: int, missing: dict[str, int]) -> None:
    """Before the amendment of 2009 an odd number might have one more of one sex; since then it may not."""
    assert check_balance(women, men, day=year).missing == missing


@pytest.mark.rule("ERH-13")
def test_a_board_of_ten() -> None:
    """The board has its chair and nine others of four kinds, ten in all."""
    board = check_board(BOARD)
    assert (board.ok, board.missing, board.surplus) == (True, {}, {})
    assert sum(board.members.values()) == 10


@pytest.mark.rule("ERH-13")
def test_a_board_says_what_is_missing_and_too_many() -> None:
    """A board with others than it should have says who is missing and who is too many."""
    board = check_board({"chair": 2, "politician": 3, "business": 3})
    assert not board.ok
    assert board.missing == {BoardSeat.BUSINESS: 1, BoardSeat.KNOWLEDGE: 1, BoardSeat.EMPLOYEES: 1}
    assert board.surplus == {BoardSeat.CHAIR: 1}
    assert check_board({BoardSeat.CHAIR: 1}).missing["politician"] == 3


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: check_balance(0, 0), "women is 0 and men is 0"),
    (lambda: check_balance(-1, 2), "women is -1"),
    (lambda: check_balance(1, 2.0), "men is 2.0"),  # type: ignore[arg-type]
    (lambda: check_balance(1, 1, day=True), "when is True"),
    (lambda: check_board({"mayor": 1}), "members names 'mayor'; the kinds of seat are chair, politician, business"),
    (lambda: check_board({"chair": -1}), r'members\["chair"\] is -1'),
    (lambda: check_board([]), "members is"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], message: str) -> None:
    """What is no slate is refused, and the message says which field and why."""
    with pytest.raises(VoteError, match=message):
        call()


@pytest.mark.rule("LIGE-10a")
@given(st.integers(0, 30), st.integers(0, 30).filter(bool), st.integers(2000, 2040))
def test_adding_who_is_missing_balances_a_slate(women: int, men: int, year: int) -> None:
    """A slate to which those who are missing are added is balanced, and with one less it is not."""
    balance = check_balance(women, men, day=year)
    assert check_balance(women + balance.missing.get("women", 0), men + balance.missing.get("men", 0), day=year).ok
    for sex, count in balance.missing.items():
        short = {"women": women, "men": men}
        short[sex] += count - 1
        assert not check_balance(short["women"], short["men"], day=year).ok


@pytest.mark.rule("ERH-13")
@given(st.dictionaries(st.sampled_from(list(BOARD)), st.integers(0, 9)))
def test_a_board_with_what_it_lacks_and_without_what_it_has_too_many_is_right(members: dict[str, int]) -> None:
    """Adding the missing and taking away the surplus gives the board its composition."""
    board = check_board(members)
    mended = {
        kind: count + board.missing.get(kind, 0) - board.surplus.get(kind, 0) for kind, count in board.members.items()
    }
    assert mended == BOARD
    assert board.ok == (board.members == BOARD)
