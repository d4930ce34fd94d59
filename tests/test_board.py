"""KL's board: seventeen seats by the national votes."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import data
from kommunalvalg.errors import DataError, VoteError
from kommunalvalg.kkr.board import KLBoardCase, elect_kl_board
from kommunalvalg.law import KNOWN
from kommunalvalg.lots import Tie, settle

COUNTRY = data.national_votes("kv2025")


@pytest.mark.rule("KL-6")
def test_the_national_votes_are_those_of_all_councils() -> None:
    """All 98 councils are in it; the parties and the local lists together have all valid votes."""
    assert len(COUNTRY.municipalities) == 98
    assert sum(COUNTRY.votes.values()) + COUNTRY.local == COUNTRY.valid == 3256070
    assert COUNTRY.votes["A"] == sum(
        data.area_votes("kv2025", data.municipalities_of("kv2025", region)).votes["A"]
        for region in ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland")
    )


@pytest.mark.rule("KL-6")
def test_the_board_by_the_votes_of_2025() -> None:
    """The seats are those of the seventeen largest quotients, the last of which is a fifth of A's 754,304 votes."""
    board = elect_kl_board(COUNTRY.votes)
    assert {party: seats for party, seats in board.seats.items() if seats} == {
        "A": 5, "B": 1, "C": 2, "F": 2, "I": 1, "O": 1, "V": 3, "Æ": 1, "Ø": 1,
    }  # fmt: skip
    last = board.awards[-1]
    assert (last.winner, last.number, last.divisor, float(last.quotient or 0)) == ("A", 17, 5, 150860.8)
    assert board.complete


@pytest.mark.rule("KL-6")
@pytest.mark.parametrize(
    ("votes", "published"),
    [
        # The votes of 19 November 2013; KL, 20 November 2013.
        (data.national_votes("kv2013").votes, {"A": 6, "B": 1, "C": 1, "F": 1, "O": 2, "V": 5, "Ø": 1}),
        # Shares of 21 November 2017, A, O and V by Børsen in hundredths of a per cent, the others by Wikipedia in
        # tenths; KL, KL's nye valgperiode.
        (
            {"A": 3245, "B": 460, "C": 880, "D": 90, "F": 570, "I": 260, "O": 875, "V": 2306, "Ø": 600, "Å": 300},
            {"A": 7, "B": 1, "C": 1, "F": 1, "O": 1, "V": 5, "Ø": 1},
        ),
        # Shares of 16 November 2021 in tenths of a per cent, by Wikipedia; KL, as Fredericia Avisen told it.
        (
            {"A": 284, "B": 56, "C": 152, "D": 36, "F": 76, "O": 41, "V": 212, "Ø": 73},
            {"A": 6, "B": 1, "C": 3, "F": 1, "V": 5, "Ø": 1},
        ),
    ],
    ids=["2014", "2018", "2022"],
)
def test_the_published_boards_come_out(votes: dict[str, int], published: dict[str, int]) -> None:
    """D'Hondt gives the boards of 2014, 2018 and 2022 as KL told them; for the last two the shares are enough."""
    board = elect_kl_board(votes)
    assert {party: seats for party, seats in board.seats.items() if seats} == published
    last, following = board.awards[-1], max(votes[party] / (seats + 1) for party, seats in board.seats.items())
    if votes["A"] < 10_000:  # shares: the last seat is further from the next in line than rounding could bring them
        assert float(last.quotient or 0) > following * 1.02


@pytest.mark.rule("KL-6")
def test_a_listesamarbejde_counts_like_a_party() -> None:
    """Local lists that work together take part under their name; alone they do not take part at all."""
    country = data.national_votes("kv2025", listesamarbejder={"Øerne": [("Ærø", "L"), ("Langeland", "L")]})
    assert country.votes["Øerne"] == 754
    assert elect_kl_board(country.votes).seats["Øerne"] == 0
    # Were all local lists of the country in one listesamarbejde, it would still be short of the last seat.
    assert elect_kl_board({**COUNTRY.votes, "all": COUNTRY.local}).seats["all"] == 0


@pytest.mark.rule("KL-6-LOT")
def test_equal_quotients_are_a_lot() -> None:
    """The last seat between equal quotients is an open lot under the vedtægter."""
    assert elect_kl_board({"A": 5, "B": 5}).tie == Tie(1, ("A", "B"), "KL-6-LOT")


def test_the_board_says_whose_law_it_is() -> None:
    """The case holds the votes and the year; the number of seats is the law's and cannot be given."""
    board = elect_kl_board({"A": 5, "B": 4}, year=2025)
    assert isinstance(board.case, KLBoardCase)
    assert (board.law, elect_kl_board({"A": 5}).law) == (2025, KNOWN.isoformat())
    assert settle(attrs.evolve(board.case, votes={"A": 5})).seats == {"A": 17}
    with pytest.raises(TypeError):
        KLBoardCase(votes={"A": 5}, seats=16)  # type: ignore[call-arg]
    with pytest.raises(VoteError, match="year is '2025'; an election year"):
        elect_kl_board({"A": 5}, year="2025")  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 10**6), min_size=1))
def test_the_board_has_seventeen_members(votes: dict[str, int]) -> None:
    """Seats and places of the open lot are always seventeen together."""
    board = elect_kl_board(votes)
    assert sum(board.seats.values()) + (board.tie.places if board.tie else 0) == 17


def test_what_is_refused() -> None:
    """Votes that are none and an election that is not embedded are refused by name."""
    with pytest.raises(VoteError, match=r'votes\["A"\] is -1'):
        elect_kl_board({"A": -1})
    with pytest.raises(DataError, match="kv1909"):
        data.national_votes("kv1909")
