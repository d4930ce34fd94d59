"""Slates: whether the people proposed for a body are composed as its rules ask.

A check says what is missing and refuses nothing: who proposes may have grounds for departing from a rule, and is to
state them.
"""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from kommunalvalg.constitution.law import ERHVERVSHUS_BOARD, LONE_PERSON_MORE
from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import in_force
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, listed

__all__ = ["Balance", "BoardCheck", "BoardSeat", "check_balance", "check_board"]


@attrs.frozen
class Balance:
    """Whether as many women as men are proposed.

    Attributes:
        women: the women proposed.
        men: the men proposed.
        missing: "women" or "men" -> how many more of them would make the slate balanced; empty when it is.
        provision: the provision that asks for it.
    """

    women: int
    men: int
    missing: Mapping[str, int]
    provision: str

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def check_balance(women: int, men: int, *, year: int = 2025) -> Balance:
    """Check that as many women as men are proposed for a body (LIGE-10a).

    Args:
        women: how many women are proposed.
        men: how many men are proposed.
        year: the year of the election that the body follows. Up to 2008 an odd number might have one more of
            one sex; since then an odd number is never balanced, and who is asked for one member proposes two.

    Returns:
        What is missing. Who proposes may depart from the rule for special reasons and is to state them (stk. 2).

    Raises:
        VoteError: a number is not a count, or nobody is proposed.

    Ligestillingsloven § 10 a, stk. 1, as worded in 2006 and amended with effect from 1 September 2009. It speaks of
    who proposes members of bodies that a municipal or regional council appoints; that it is the measure for what a
    KKR proposes is practice.

    >>> check_balance(2, 2).ok
    True
    >>> check_balance(1, 3).missing
    {'women': 2}
    >>> check_balance(2, 1).ok, check_balance(2, 1, year=2005).ok
    (False, True)
    """
    counts = {"women": checked_count("women", women), "men": checked_count("men", men)}
    if not any(counts.values()):
        raise VoteError("women is 0 and men is 0; a slate has at least one person")
    rule = in_force(LONE_PERSON_MORE, checked_count("year", year, what=N_("a year")))
    fewer, more = sorted(counts, key=counts.__getitem__)
    missing = max(0, counts[more] - counts[fewer] - rule.value)
    return Balance(counts["women"], counts["men"], FrozenDict({fewer: missing} if missing else {}), rule.provision)


class BoardSeat(StrEnum):
    """What somebody sits on the board of an Erhvervshus as (ERH-13)."""

    CHAIR = "chair"
    """The chair, an elected politician, appointed by the KKR."""
    POLITICIAN = "politician"
    """A municipal politician, appointed by the KKR."""
    BUSINESS = "business"
    """Somebody from business."""
    KNOWLEDGE = "knowledge"
    """Somebody from a knowledge institution."""
    EMPLOYEES = "employees"
    """Somebody from the employees' organisations."""


@attrs.frozen
class BoardCheck:
    """Whether a board has those it should have.

    Attributes:
        members: kind of seat -> how many there are, for every kind.
        missing: kind of seat -> how many more there should be; empty when none.
        surplus: kind of seat -> how many too many there are; empty when none.
        provision: the provision that asks for it.
    """

    members: Mapping[BoardSeat, int]
    missing: Mapping[BoardSeat, int]
    surplus: Mapping[BoardSeat, int]
    provision: str

    @property
    def ok(self) -> bool:
        """Whether nobody is missing and nobody too many."""
        return not self.missing and not self.surplus


def check_board(members: Mapping[str, int]) -> BoardCheck:
    """Check that the board of an Erhvervshus has the composition it should (ERH-13).

    Args:
        members: kind of seat -> how many; the kinds are those of :class:`BoardSeat`, by value. A kind that is not
            there has nobody.

    Returns:
        What is missing and what is too many, of ten members. They are the chair and three municipal politicians
        appointed by the KKR, four from business, one from a knowledge institution, one from the employees'
        organisations.

    Raises:
        VoteError: a kind or a number is not one.

    KKR Hovedstaden's agenda of 26 January 2026.

    >>> board = check_board({"chair": 1, "politician": 3, "business": 3, "knowledge": 2, "employees": 1})
    >>> board.ok, board.missing[BoardSeat.BUSINESS], board.surplus[BoardSeat.KNOWLEDGE]
    (False, 1, 1)
    """
    counts = checked_counts(members, "members", what=N_("a number of members"))
    for kind in counts:
        if kind not in ERHVERVSHUS_BOARD.value:
            raise VoteError(f"members names {shown(kind)}; the kinds of seat are {listed(BoardSeat)}")
    have = {kind: counts.get(kind, 0) for kind in BoardSeat}
    short = {kind: ERHVERVSHUS_BOARD.value[kind] - count for kind, count in have.items()}
    return BoardCheck(
        FrozenDict(have),
        FrozenDict({kind: lack for kind, lack in short.items() if lack > 0}),
        FrozenDict({kind: -lack for kind, lack in short.items() if lack < 0}),
        ERHVERVSHUS_BOARD.provision,
    )
