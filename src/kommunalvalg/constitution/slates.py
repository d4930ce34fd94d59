"""Slates: whether the people proposed for a body are composed as its rules ask.

A check says what is missing and refuses nothing: who proposes may have grounds for departing from a rule, and is to
state them.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import Dated
from kommunalvalg.dates import day_of
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, listed

__all__ = [
    "NAMERS",
    "Balance",
    "BalanceCase",
    "Board",
    "BoardCase",
    "BoardCheck",
    "BoardPlace",
    "boards",
    "check_balance",
    "check_board",
]


# As many women as men


@attrs.frozen(kw_only=True)
class BalanceCase(Dated):
    """How many women and men are proposed for a body; checked when it is made.

    Args:
        women: how many women are proposed.
        men: how many men are proposed.
        reason: the special reason for departing from the rule that is stated; empty where there is none.
        rule: the rule of the law map that asks for a balance.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a number is not a count, or nobody is proposed.
        RuleError: the rule said nothing then.
    """

    women: int
    men: int
    reason: str = ""
    rule: str = "LIGE-10a"
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        for field in ("women", "men"):
            checked_count(field, getattr(self, field))
        if not self.women + self.men:
            raise VoteError("{field} is {value} and men is 0; a slate has at least one person", field="women", value=0)
        law.whole(self.rule, self.day)

    def settled(self, urn: Urn) -> "Balance":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say who is missing (LIGE-10a, LIGE-9, LIGE-12)."""
        counts = {"women": self.women, "men": self.men}
        fewer, more = sorted(counts, key=counts.__getitem__)
        missing = max(0, counts[more] - counts[fewer] - law.whole(self.rule, self.day))
        return Balance(missing=FrozenDict({fewer: missing} if missing else {}), case=self)


@attrs.frozen(kw_only=True)
class Balance(Result):
    """Whether as many women as men are proposed.

    Attributes:
        missing: "women" or "men" -> how many more of them would make the slate balanced; empty when it is.
        case: who is proposed, by which rule, and the reason for departing from it.
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

    @property
    def may_stand(self) -> bool:
        """Whether nothing is missing, or a special reason for departing from the rule is stated; not whether it holds.

        >>> check_balance(1, 3).may_stand, check_balance(1, 3, reason="Only one woman has the expertise.").may_stand
        (False, True)
        """
        return self.ok or bool(self.case.reason)


def check_balance(women: int, men: int, *, reason: str = "", day: law.When = None, rule: str = "LIGE-10a") -> Balance:
    """Check that as many women as men are proposed for a body (LIGE-10a, LIGE-9, LIGE-12).

    Args:
        women: how many women are proposed.
        men: how many men are proposed.
        reason: the special reason that is stated for departing from the rule, if there is one.
        day: the election year or day whose law it is (default: the law as this release knows it). Until a change an
            odd number might have one more of one sex; since then an odd number is never balanced, and who is asked
            for one member proposes two.
        rule: the rule that asks for it: "LIGE-10a" for a body that a municipal or regional council appoints, "LIGE-9"
            for a minister's committee, "LIGE-12" for a board. None of them is of the groups of a council.

    Returns:
        What is missing, and whether the slate may stand, since who proposes may depart from it for a special reason.

    Raises:
        VoteError: a number is not a count, or nobody is proposed.
        RuleError: the rule said nothing then.

    Ligestillingsloven §§ 9, 10 a and 12. That they are the measure for what a KKR names is practice.

    >>> check_balance(2, 2).ok
    True
    >>> check_balance(1, 3).missing
    {'women': 2}
    >>> check_balance(2, 1).ok, check_balance(2, 1, day=2005).ok
    (False, True)
    """
    return settle(BalanceCase(women=women, men=men, reason=reason, rule=rule, day=day))


# Boards whose members several name

NAMERS: FrozenDict[str, str] = FrozenDict(
    {
        "kkr": N_("the KKR"),
        "regions": N_("the regional councils"),
        "ministers": N_("ministers"),
        "council": N_("the council"),
        "knowledge": N_("the knowledge institutions"),
        "business": N_("the organisations of business"),
        "employees": N_("the employees' organisations"),
        "parties": N_("the parties and listesamarbejder"),
    }
)
"""Who names or proposes members of boards, with what they are called."""


def _day(day: str | None) -> str | None:
    if day is not None and day_of(day) is None:
        raise VoteError('{field} is {value}; a day is such as "2026-04-01"', field="since", value=day)
    return day


@attrs.frozen(kw_only=True)
class BoardPlace:
    """Some places on a board that are alike.

    Attributes:
        kind: what one sits there as.
        title: the same in words.
        danish: the same in Danish.
        count: how many there are.
        named_by: who names them, one of :data:`NAMERS`.
        proposed_by: on whose proposal; empty where nobody proposes.
        votes: whether they have a vote.
        since: the first day on which they are; None for as long as the board is known.
        until: the last day.
    """

    kind: str
    title: str
    danish: str
    count: int
    named_by: str
    proposed_by: str = ""
    votes: bool = True
    since: str | None = attrs.field(default=None, converter=_day)
    until: str | None = attrs.field(default=None, converter=_day)

    def is_there(self, day: law.When = None) -> bool:
        """Tell whether there are such places on a day."""
        when = law.day_of_law(day).isoformat()
        return (self.since is None or self.since <= when) and (self.until is None or when <= self.until)


@attrs.frozen(kw_only=True)
class Board:
    """A board of which several name members.

    Attributes:
        name: how it is asked for.
        title: what it is called in English.
        danish: what it is called in Danish.
        rule: the rule of the law map that says who sits there.
        balance: the rule of as many women as men; empty where none was found.
        places: its places, those of other days among them.
    """

    name: str
    title: str
    danish: str
    rule: str
    balance: str = ""
    places: tuple[BoardPlace, ...] = attrs.field(repr=False)

    def on(self, day: law.When = None) -> tuple[BoardPlace, ...]:
        """Give its places on a day.

        Raises:
            RuleError: its rule said nothing then.

        >>> sum(place.count for place in boards()["erhvervshus"].on("2026-04-01") if place.votes)
        10
        """
        law.provision(self.rule, day)
        return tuple(place for place in self.places if place.is_there(day))


@cache
def boards() -> Mapping[str, Board]:
    """Give the boards that are known, by name (ERH-10, ERH-13, GCP-1.7, KL-6).

    >>> list(boards())
    ['erhvervshus', 'eu-kontor', 'erhvervsfremmebestyrelse', 'kl']
    """
    import tomllib  # noqa: PLC0415 - the boards are read when somebody first asks for one

    tables = tomllib.loads((files(__package__) / "boards.toml").read_text(encoding="utf-8"))
    return FrozenDict(
        {
            name: Board(name=name, places=tuple(BoardPlace(**place) for place in places), **rest)
            for name, table in tables.items()
            for places, rest in [(table["places"], {key: each for key, each in table.items() if key != "places"})]
        }
    )


def _members(members: object) -> FrozenDict[str, int]:
    return checked_counts(members, "members", what=N_("a number of members"))


@attrs.frozen(kw_only=True)
class BoardCase(Dated):
    """Who sits on a board; checked when it is made.

    Args:
        board: the board, one of :func:`~kommunalvalg.constitution.slates.boards`.
        members: kind of place -> how many; a kind that is not there has nobody.
        day: the day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: there is no such board, or a kind or a number is not one.
        RuleError: the rule of the board said nothing then.
    """

    board: str
    members: FrozenDict[str, int] = attrs.field(converter=_members)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.board, str) or self.board not in boards():
            raise VoteError(
                "{field} is {value}; the boards are {boards}",
                field="board",
                value=self.board,
                boards=listed(boards(), self.board),
            )
        kinds = [place.kind for place in self.places]
        for kind in self.members:
            if kind not in kinds:
                raise VoteError(
                    "{field} names {value}; the kinds of place are {kinds}",
                    field="members",
                    value=kind,
                    rule=boards()[self.board].rule,
                    when=self.day,
                    kinds=listed(kinds, kind),
                )

    @property
    def places(self) -> tuple[BoardPlace, ...]:
        """The places of the board."""
        return boards()[self.board].on(self.day)

    def settled(self, urn: Urn) -> "BoardCheck":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say who is missing of those who have a vote, and who is too many."""
        short = {place: place.count - self.members.get(place.kind, 0) for place in self.places}
        return BoardCheck(
            missing=FrozenDict({place.kind: lack for place, lack in short.items() if lack > 0 and place.votes}),
            surplus=FrozenDict({place.kind: -lack for place, lack in short.items() if lack < 0}),
            case=self,
        )


@attrs.frozen(kw_only=True)
class BoardCheck(Result):
    """Whether a board has those it should have.

    Attributes:
        missing: kind of place -> how many more there should be; empty when none.
        surplus: kind of place -> how many too many there are; empty when none.
        case: the board, and who sits there.
    """

    missing: FrozenDict[str, int]
    surplus: FrozenDict[str, int]
    case: BoardCase = attrs.field(repr=False)

    @property
    def board(self) -> Board:
        """The board."""
        return boards()[self.case.board]

    @property
    def members(self) -> FrozenDict[str, int]:
        """Kind of place -> how many there are, for every kind."""
        return FrozenDict({place.kind: self.case.members.get(place.kind, 0) for place in self.case.places})

    @property
    def provision(self) -> str:
        """The provision that asks for it."""
        return law.provision(self.board.rule, self.case.day)

    @property
    def ok(self) -> bool:
        """Whether nobody is missing and nobody too many."""
        return not self.missing and not self.surplus


def check_board(members: Mapping[str, int], *, board: str = "erhvervshus", day: law.When = None) -> BoardCheck:
    """Check that a board has the composition it should (ERH-13, ERH-10, GCP-1.7).

    Args:
        members: kind of place -> how many. A kind that is not there has nobody.
        board: the board, one of :func:`~kommunalvalg.constitution.slates.boards`.
        day: the day whose law it is (default: the law as this release knows it).

    Returns:
        Who is missing, of those who have a vote, and who is too many.

    Raises:
        VoteError: there is no such board, or a kind or a number is not one.
        RuleError: the rule of the board said nothing then.

    >>> ten = {"chair": 1, "politician": 3, "business": 3, "knowledge": 2, "employees": 1}
    >>> board = check_board(ten)
    >>> board.ok, board.missing, board.surplus
    (False, {'business': 1}, {'knowledge': 1})
    >>> check_board(ten, day="2026-03-31").missing
    {'business': 1, 'regional': 1}
    """
    return settle(BoardCase(board=board, members=members, day=day))
