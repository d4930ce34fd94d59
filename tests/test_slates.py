"""Slates: as many women as men, and the board of an Erhvervshus."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.constitution.slates import NAMERS, BalanceCase, BoardPlace, boards, check_balance, check_board
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.law import provision, value
from kommunalvalg.report import explain

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
    assert board.members["observer"] == 0


@pytest.mark.rule("ERH-13")
def test_a_board_says_what_is_missing_and_too_many() -> None:
    """A board with others than it should have says who is missing and who is too many."""
    board = check_board({"chair": 2, "politician": 3, "business": 3})
    assert not board.ok
    assert board.missing == {"business": 1, "knowledge": 1, "employees": 1}
    assert board.surplus == {"chair": 1}
    assert check_board({"chair": 1}).missing["politician"] == 3
    assert not check_board(BOARD | {"chair": 2}).ok


@pytest.mark.rule("ERH-13")
@pytest.mark.parametrize(("observers", "surplus"), [(0, {}), (1, {}), (2, {"observer": 1})])
def test_who_has_no_vote_is_missed_by_nobody(observers: int, surplus: dict[str, int]) -> None:
    """An observer, whom the ministry sends, has no vote: none is told as missing, counted or not; two are too many."""
    board = check_board(BOARD | {"observer": observers})
    assert (board.missing, board.surplus, board.ok) == ({}, surplus, not surplus)


def test_a_place_is_there_from_its_first_day_to_its_last() -> None:
    """A place on a board that came and went is there on both of these days and on none before or after."""
    place = BoardPlace(
        kind="chair", title="chair", danish="formand", count=1, named_by="kkr", since="2026-04-01", until="2026-04-30"
    )
    days = ("2026-03-31", "2026-04-01", "2026-04-15", "2026-04-30", "2026-05-01")
    assert [place.is_there(day) for day in days] == [False, True, True, True, False]


@pytest.mark.rule("ERH-13")
def test_the_board_of_an_erhvervshus_has_lost_its_regional_member() -> None:
    """Until 31 March 2026 the regional councils named an eleventh member; from 1 April there are ten."""
    before = check_board(BOARD, day="2026-03-31")
    assert (before.missing, before.provision) == ({"regional": 1}, "Erhvervsfremmeloven § 13, stk. 1-2")
    assert check_board(BOARD | {"regional": 1}, day="2026-03-31").ok
    assert check_board(BOARD, day="2026-04-01").ok
    with pytest.raises(VoteError, match="members names 'regional'"):
        check_board(BOARD | {"regional": 1}, day="2026-04-01")


@pytest.mark.rule("GCP-1.7")
@pytest.mark.rule("ERH-10")
@pytest.mark.parametrize(
    ("name", "voting", "named_by_kkr"), [("eu-kontor", 9, 2), ("erhvervsfremmebestyrelse", 17, 5), ("kl", 17, 0)]
)
def test_other_boards(name: str, voting: int, named_by_kkr: int) -> None:
    """The EU office has nine with a vote and two without; of the two boards of 17 the KKRs name five, and none."""
    places = [place for place in boards()[name].on() if place.votes]
    assert sum(place.count for place in places) == voting
    assert sum(place.count for place in places if place.named_by == "kkr") == named_by_kkr
    assert check_board({place.kind: place.count for place in places}, board=name).ok
    silent = sum(place.count for place in boards()[name].on() if not place.votes)
    assert silent == (2 if name == "eu-kontor" else 0)


@pytest.mark.rule("ERH-13")
@pytest.mark.rule("GCP-1.7")
def test_boards_have_the_figures_of_the_law_map() -> None:
    """How many sit on a board by whose choice is the same in the data of the boards and in the law map."""
    for day in ("2026-03-31", "2026-04-01"):
        voting = {place.kind: place.count for place in boards()["erhvervshus"].on(day) if place.votes}
        assert voting == value("ERH-13", day)
    office = {place.kind: place.count for place in boards()["eu-kontor"].on()}
    assert list(office.values()) == list(dict(value("GCP-1.7")).values())  # type: ignore[arg-type]
    assert value("ERH-10") == {"members": 17, "kkr": 5}
    assert sum(place.count for place in boards()["kl"].on()) == value("KL-6")


def test_boards_name_rules_and_namers_that_there_are() -> None:
    """Each board stands in the law map, and its places are named and proposed by somebody known."""
    for board in boards().values():
        assert all(provision(rule) for rule in (board.rule, board.balance) if rule)
        for place in board.places:
            assert place.named_by in NAMERS
            assert not place.proposed_by or place.proposed_by in NAMERS


@pytest.mark.rule("LIGE-9")
@pytest.mark.rule("LIGE-12")
@pytest.mark.parametrize(
    ("rule", "day", "missing"),
    [
        ("LIGE-10a", "2009-08-31", {}),
        ("LIGE-10a", "2009-09-01", {"men": 1}),
        ("LIGE-9", 2013, {"men": 1}),
        ("LIGE-12", 2013, {}),
        ("LIGE-12", 2025, {"men": 1}),
        ("LIGE-12", None, {"men": 1}),
    ],
)
def test_the_measure_of_a_balance_depends_on_body_and_day(
    rule: str, day: int | str | None, missing: dict[str, int]
) -> None:
    """Three people, two of them women, were balanced as long as an odd number might have one more."""
    assert check_balance(2, 1, rule=rule, day=day).missing == missing


@pytest.mark.rule("LIGE-10a")
def test_a_departure_has_a_reason() -> None:
    """Who proposes may depart from the rule with a reason that is stated; the result says both."""
    departing = check_balance(3, 1, reason="Kun én mand er indstillet")
    assert (departing.ok, departing.may_stand, departing.missing) == (False, True, {"men": 2})
    assert not check_balance(3, 1).may_stand
    assert check_balance(2, 2).may_stand
    assert (departing.law, check_balance(1, 1, day=2013).law) == ("2026-11-28", 2013)


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        lambda: BoardPlace(kind="chair", title="", danish="", count=1, named_by="kkr", since="1.4.2026"),
        "since is '1.4.2026'; a day is such as \"2026-04-01\"",
    ),
    (lambda: check_balance(0, 0), "women is 0 and men is 0; a slate has at least one person"),
    (lambda: check_balance(-1, 2), "women is -1; a count is a whole number, 0 or more"),
    (lambda: check_balance(1, 2.0), "men is 2.0; a count is a whole number, 0 or more"),  # type: ignore[arg-type]
    (lambda: check_balance(1, 1, day=True), 'when is True; it is an election year, or a day such as "2026-04-01"'),
    (
        lambda: check_board({"mayor": 1}),
        (
            "members names 'mayor'; the kinds of place are chair, politician, business, knowledge, "
            "employees, observer (Erhvervsfremmeloven § 13)"
        ),
    ),
    (lambda: check_board({"chair": -1}), 'members["chair"] is -1; a number of members is a whole number, 0 or more'),
    (lambda: check_board([]), "members is []; give a mapping of name to number, such as {'A': 12}"),  # type: ignore[arg-type]
    (
        lambda: check_board({}, board=["kl"]),  # type: ignore[arg-type]
        "board is ['kl']; the boards are erhvervshus, eu-kontor, erhvervsfremmebestyrelse, kl",
    ),
    (
        lambda: check_board({}, board="kkr"),
        "board is 'kkr'; the boards are erhvervshus, eu-kontor, erhvervsfremmebestyrelse, kl",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], message: str, refused: Refused) -> None:
    """What is no slate is refused, and the message says which field and why."""
    assert refused(call) == message


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
    assert {kind: count for kind, count in mended.items() if kind != "observer"} == BOARD
    assert board.ok == (board.members == BOARD | {"observer": 0})


def test_a_day_without_that_law_is_refused() -> None:
    """A board on a day before its rule is known is refused, with what is known."""
    with pytest.raises(RuleError, match=r"GCP-1\.7 is known here as: .* from 2026"):
        check_board({}, board="eu-kontor", day=2021)
    with pytest.raises(RuleError, match="KSL-24-3"):
        BalanceCase(women=1, men=1, rule="KSL-24-3")


@pytest.mark.rule("LIGE-10a", "LIGE-12")
@pytest.mark.parametrize(("rule", "where"), [("LIGE-10a", "§ 10 a, stk. 2"), ("LIGE-12", "§ 12, stk. 4")])
def test_a_stated_reason_is_told_with_its_section(rule: str, where: str) -> None:
    """A slate that is not balanced and has a special reason stated says it, with the stk. that lets it depart."""
    told = " ".join(explain(check_balance(1, 3, reason="Få med den fornødne viden.", rule=rule), "da").split())
    assert f"Få med den fornødne viden. (Ligestillingsloven {where})" in told
    assert "den fornødne viden" not in explain(check_balance(2, 2, reason="Få med den fornødne viden."), "da")
