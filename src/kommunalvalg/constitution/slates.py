"""Slates: whether the people proposed for a body are composed as its rules ask.

A check says what is missing and refuses nothing: who proposes may have grounds for departing from a rule, and is to
state them.
"""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from kommunalvalg import law
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, listed

__all__ = ["Balance", "BalanceCase", "BoardCase", "BoardCheck", "BoardSeat", "check_balance", "check_board"]


@attrs.frozen(kw_only=True)
class BalanceCase:
    """How many women and men are proposed for a body; checked when it is made.

    Args:
        women: how many women are proposed.
        men: how many men are proposed.
        rule: the rule of the law map that asks for a balance.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a number is not a count, or nobody is proposed.
        RuleError: the rule said nothing then.
    """

    women: int
    men: int
    rule: str = "LIGE-10a"
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        for field in ("women", "men"):
            checked_count(field, getattr(self, field))
        if not self.women + self.men:
            raise VoteError("{field} is {value} and men is 0; a slate has at least one person", field="women", value=0)
        law.whole(self.rule, self.day)

    @property
    def law(self) -> law.When:
        """The election year or day whose law it is."""
        return self.day or law.KNOWN.isoformat()

    def settled(self, urn: Urn) -> "Balance":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say who is missing."""
        counts = {"women": self.women, "men": self.men}
        fewer, more = sorted(counts, key=counts.__getitem__)
        missing = max(0, counts[more] - counts[fewer] - law.whole(self.rule, self.day))
        return Balance(missing=FrozenDict({fewer: missing} if missing else {}), case=self)


@attrs.frozen(kw_only=True)
class Balance(Result):
    """Whether as many women as men are proposed.

    Attributes:
        missing: "women" or "men" -> how many more of them would make the slate balanced; empty when it is.
        case: who is proposed, and by which rule.
    """

    missing: FrozenDict[str, int]
    case: BalanceCase = attrs.field(repr=False)

    @property
    def provision(self) -> str:
        """The provision that asks for it."""
        return law.provision(self.case.rule, self.case.day)

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def check_balance(women: int, men: int, *, day: law.When = None, rule: str = "LIGE-10a") -> Balance:
    """Check that as many women as men are proposed for a body (LIGE-10a).

    Args:
        women: how many women are proposed.
        men: how many men are proposed.
        day: the election year or day whose law it is (default: the law as this release knows it). Until the change
            of 2009 an odd number might have one more of one sex; since then an odd number is never balanced, and who
            is asked for one member proposes two.
        rule: the rule that asks for it.

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
    >>> check_balance(2, 1).ok, check_balance(2, 1, day=2005).ok
    (False, True)
    """
    return settle(BalanceCase(women=women, men=men, rule=rule, day=day))


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


def _members(members: object) -> FrozenDict[str, int]:
    return checked_counts(members, "members", what=N_("a number of members"))


@attrs.frozen(kw_only=True)
class BoardCase:
    """Who sits on a board; checked when it is made.

    Args:
        members: kind of seat -> how many; a kind that is not there has nobody.
        rule: the rule of the law map that says who sits there.
        day: the day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a kind or a number is not one.
        RuleError: the rule said nothing then.
    """

    members: FrozenDict[str, int] = attrs.field(converter=_members)
    rule: str = "ERH-13"
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        for kind in self.members:
            if kind not in self.seats:
                raise VoteError(
                    "{field} names {value}; the kinds of seat are {kinds}",
                    field="members",
                    value=kind,
                    rule=self.rule,
                    kinds=listed(self.seats),
                )

    @property
    def law(self) -> law.When:
        """The day whose law it is."""
        return self.day or law.KNOWN.isoformat()

    @property
    def seats(self) -> FrozenDict[str, int]:
        """Kind of seat -> how many there should be."""
        seats = law.value(self.rule, self.day)
        if not isinstance(seats, FrozenDict):
            raise TypeError(f"{self.rule} says of no board who sits there: {seats!r}")
        return FrozenDict({kind: law.whole(self.rule, self.day, kind) for kind in seats})

    def settled(self, urn: Urn) -> "BoardCheck":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say who is missing and who is too many."""
        short = {kind: count - self.members.get(kind, 0) for kind, count in self.seats.items()}
        return BoardCheck(
            missing=FrozenDict({kind: lack for kind, lack in short.items() if lack > 0}),
            surplus=FrozenDict({kind: -lack for kind, lack in short.items() if lack < 0}),
            case=self,
        )


@attrs.frozen(kw_only=True)
class BoardCheck(Result):
    """Whether a board has those it should have.

    Attributes:
        missing: kind of seat -> how many more there should be; empty when none.
        surplus: kind of seat -> how many too many there are; empty when none.
        case: who sits there, and by which rule.
    """

    missing: FrozenDict[str, int]
    surplus: FrozenDict[str, int]
    case: BoardCase = attrs.field(repr=False)

    @property
    def members(self) -> FrozenDict[str, int]:
        """Kind of seat -> how many there are, for every kind."""
        return FrozenDict({kind: self.case.members.get(kind, 0) for kind in self.case.seats})

    @property
    def provision(self) -> str:
        """The provision that asks for it."""
        return law.provision(self.case.rule, self.case.day)

    @property
    def ok(self) -> bool:
        """Whether nobody is missing and nobody too many."""
        return not self.missing and not self.surplus


def check_board(members: Mapping[str, int], *, rule: str = "ERH-13", day: law.When = None) -> BoardCheck:
    """Check that the board of an Erhvervshus has the composition it should (ERH-13).

    Args:
        members: kind of seat -> how many; the kinds are those of :class:`BoardSeat`, by value. A kind that is not
            there has nobody.
        rule: the rule that says who sits there.
        day: the day whose law it is (default: the law as this release knows it).

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
    return settle(BoardCase(members=members, rule=rule, day=day))
