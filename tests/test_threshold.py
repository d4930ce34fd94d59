"""Shares and lines: who takes part."""

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommunalvalg import apply_threshold, testing
from kommunalvalg.errors import shown
from kommunalvalg.methods.threshold import Reason, checked_share

Refused = Callable[..., str]


@pytest.mark.rule("KL-15-2a")
@pytest.mark.parametrize(
    ("votes", "passes"),
    [(20, True), (19, False), (21, True), (0, False)],
)
def test_reaching_the_line_exactly_is_enough(votes: int, passes: bool) -> None:  # noqa: FBT001 - a column of the table
    """Two per cent of 1,000 votes are 20: 20 pass and 19 do not."""
    line = apply_threshold({"A": 1000 - votes, "B": votes}, "2%")
    assert ("B" in line.passed) == passes
    assert line.excluded == ({} if passes else {"B": Reason.BELOW})


def test_line_may_be_of_more_votes_than_are_given() -> None:
    """With a larger total the shares are of that total."""
    line = apply_threshold({"A": 50, "B": 20}, "2%", total=1001)
    assert (line.passed, line.total, line.line) == ({"A": 50}, 1001, Fraction(1, 50))
    assert line.shares == {"A": Fraction(50, 1001), "B": Fraction(20, 1001)}


@pytest.mark.rule("KL-15-2a")
def test_both_conditions_are_required_and_told() -> None:
    """Who is below the line, holds no seat, or both, is left out with that reason."""
    line = apply_threshold({"A": 500, "B": 490, "C": 5, "D": 5}, "2%", represented=["A", "C"])
    assert line.passed == {"A": 500}
    assert line.excluded == {"B": "holds no seat", "C": "below the line", "D": "below the line and holds no seat"}
    assert (line.votes, line.represented) == ({"A": 500, "B": 490, "C": 5, "D": 5}, ("A", "C"))
    assert apply_threshold({"Å": 5}, "2%", represented=["A\u030a"]).represented == ("Å",)


def test_nobody_has_votes() -> None:
    """Without votes every share is nothing, which only a line of nothing lets pass."""
    assert apply_threshold({"A": 0}, "0%").passed == {"A": 0}
    assert apply_threshold({"A": 0}, "1").shares == {"A": 0}


@pytest.mark.parametrize(
    ("share", "exactly"),
    [
        ("2%", Fraction(1, 50)),
        ("2 %", Fraction(1, 50)),
        (" 2.5% ", Fraction(1, 40)),
        ("2,5 %", Fraction(1, 40)),
        ("0.02", Fraction(1, 50)),
        ("0,02", Fraction(1, 50)),
        (".02", Fraction(1, 50)),
        ("1/50", Fraction(1, 50)),
        ("1 / 50", Fraction(1, 50)),
        ("0", Fraction(0)),
        ("100%", Fraction(1)),
        (Fraction(1, 3), Fraction(1, 3)),
        (0, Fraction(0)),
        (1, Fraction(1)),
        ("0." + "3" * 50, Fraction(int("3" * 50), 10**50)),
    ],
)
def test_share_is_read_exactly(share: Fraction | str, exactly: Fraction) -> None:
    """A share as a person writes it is that number and no other."""
    assert checked_share(share) == exactly


@pytest.mark.parametrize(
    "share",
    [
        *[0.02, 0.0, 1.0, float("nan"), True, False, None, Decimal("0.02"), b"2%", [2], "", " ", "%", "two", "2%%"],
        *["2 % 3", "1e-2", "nan", "inf", "1/0", "1/2/3", "0x2", "2.5.1", "½", "--1", "+1", "2 0%", "1%/2"],
        "0." + "3" * 500,
    ],
    ids=shown,
)
def test_share_that_is_not_exact_is_refused(refused: Refused, share: object) -> None:
    """A float, or what is no number, is named with its value and with what would be right."""
    expected = f'share is {shown(share)}; a share is exact: a Fraction or a text such as "2%" or "0.02"'
    assert refused(apply_threshold, {"A": 1}, share) == expected


@pytest.mark.parametrize("share", ["-1%", "101%", "2", "-0.02", "3/2", "-1/2", Fraction(3, 2), Fraction(-1, 50), 2, -1])
def test_share_that_is_no_part_of_a_whole_is_refused(refused: Refused, share: object) -> None:
    """A share is from nothing to all; a forgotten per cent sign is found that way."""
    expected = f"share is {shown(share)}; a share is from 0 to 1, or from 0% to 100%"
    assert refused(apply_threshold, {"A": 1}, share) == expected


@pytest.mark.parametrize("total", [True, 7.0, "7", -1, [7]], ids=repr)
def test_total_that_is_no_count_is_refused(refused: Refused, total: object) -> None:
    """The total is a whole number of votes."""
    message = refused(apply_threshold, {"A": 3, "B": 4}, "2%", total=total)
    assert message == f"total is {shown(total)}; a vote count is a whole number, 0 or more"


def test_total_smaller_than_the_sum_is_refused(refused: Refused) -> None:
    """The total is at least the sum of the votes."""
    message = refused(apply_threshold, {"A": 3, "B": 4}, "2%", total=6)
    assert message == "total is 6; it is at least the sum of the votes, 7"


@pytest.mark.parametrize(
    ("represented", "message"),
    [
        ("A", "represented is 'A'; give the names one by one, for example ['A', 'B']"),
        (5, "represented is 5; give the names one by one, for example ['A', 'B']"),
        ([1], "represented has the name 1; a name is text"),
        (["A", "A"], "represented names 'A' twice; each name stands once"),
        (["A", "Q"], "represented names 'Q', which is not in votes; votes has A, B"),
    ],
)
def test_represented_that_are_no_names_are_refused(refused: Refused, represented: object, message: str) -> None:
    """Who holds a seat is given by names that have votes."""
    assert refused(apply_threshold, {"A": 3, "B": 4}, "2%", represented=represented) == message


@given(
    votes=testing.votes(),
    share=st.fractions(0, 1, max_denominator=50),
    others=st.integers(0, 10**30),
    data=st.data(),
)
def test_everybody_passes_or_is_excluded(
    votes: dict[str, int], share: Fraction, others: int, data: st.DataObject
) -> None:
    """Every name is on one side, by its exact share and by whether it holds a seat."""
    represented = data.draw(st.none() | st.lists(st.sampled_from(list(votes)), unique=True))
    total = sum(votes.values()) + others
    line = apply_threshold(votes, share, total=total, represented=represented)
    assert line.passed.keys() | line.excluded.keys() == votes.keys() == line.shares.keys()
    assert not line.passed.keys() & line.excluded.keys()
    for name, count in votes.items():
        reached = line.shares[name] >= share or total == 0
        seated = represented is None or name in represented
        assert line.shares[name] * total == count
        assert (name in line.passed) == (reached and seated)
        assert line.passed.get(name, count) == count
        if name in line.excluded:
            assert (line.excluded[name] in {Reason.BELOW, Reason.BOTH}) == (not reached)
            assert (line.excluded[name] in {Reason.UNREPRESENTED, Reason.BOTH}) == (not seated)


@given(votes=testing.votes(), line=st.integers(1, 100), data=st.data())
def test_one_vote_decides(votes: dict[str, int], line: int, data: st.DataObject) -> None:
    """Whoever has exactly the line passes, and with one vote less does not, however many the votes."""
    total = sum(votes.values()) * 100
    name = data.draw(st.sampled_from(list(votes)))
    exactly = total // 100 * line
    assume(exactly)
    on = apply_threshold({name: exactly}, f"{line}%", total=total)
    below = apply_threshold({name: exactly - 1}, f"{line}%", total=total)
    assert name in on.passed
    assert name in below.excluded


def test_a_share_has_at_most_100_digits(refused: Callable[..., str]) -> None:
    """Nobody writes more, and who does is told so before the number is made."""
    assert apply_threshold({"A": 1}, "0." + "0" * 98 + "1").passed == {"A": 1}
    assert refused(apply_threshold, {"A": 1}, "0." + "0" * 99 + "1").startswith("share is '0.000")


@given(votes=testing.votes())
def test_results_are_values(votes: dict[str, int]) -> None:
    """A result equals the same result, can be hashed, copied and pickled."""
    line, again = apply_threshold(votes, "2%"), apply_threshold(votes, Fraction(1, 50))
    restored = pickle.loads(pickle.dumps(line))  # noqa: S301 - made here
    assert line == again == restored == copy.deepcopy(line)
    assert len({line, again, restored}) == 1
