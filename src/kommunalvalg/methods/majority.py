"""Flertalsvalg: one post, by an absolute majority in up to three ballots; and plurality, in one.

In ballots 1 and 2 whoever can be elected may be voted for, and more than half of the members present must vote for the
winner: who abstains counts in the base. Ballot 2 also elects the only person that votes are cast for. Ballot 3 is bound
to the two with the most votes in ballot 2 and is decided by the votes cast. A lot decides who the two are where votes
are equal, and an equal ballot 3.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Self, TypeAlias

import attrs

from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, checked_counts, checked_rule, checked_votes, listed

__all__ = [
    "FLERTALSVALG",
    "Base",
    "MajorityCase",
    "MajorityElection",
    "PluralityCase",
    "majority_election",
    "plurality_election",
]

FLERTALSVALG = "KSL-24-1"
"""The rule of flertalsvalg, which other laws and rules refer to."""

Base: TypeAlias = Literal["present", "cast"]
"""What the majority of ballots 1 and 2 is taken of: the members present, or the votes cast for somebody."""

_FREE_BALLOTS = 2
_BOUND = 3
_PAIR = 2


if TYPE_CHECKING:  # type checkers have it; Python has the default from 3.13 on
    from typing_extensions import TypeVar

    Case_co = TypeVar("Case_co", bound="MajorityCase | PluralityCase", default=Any, covariant=True)
else:
    from typing import TypeVar

    Case_co = TypeVar("Case_co", covariant=True)


@attrs.frozen(kw_only=True)
class MajorityElection(Result, Generic[Case_co]):
    """How far an election to one post has come; undecided while ``winner`` is None.

    Attributes:
        winner: who is elected, or None.
        ballot: the ballot that decided, counted from 1, or None.
        next_ballot: the ballot to be held next, counted from 1. None when somebody is elected, and when the lot
            that is open decides the election.
        candidates: the two that ballot 3 is bound to, in the order of ballot 2, as soon as they are known; None
            while whoever can be elected may be voted for, and while the lot over who the two are is open.
        needed: the votes that elect in the next ballot; None where that depends on the votes cast.
        tie: the lot that is open, or None.
        draws: the lots that were drawn.
        case: the ballots, and who was present.
    """

    winner: str | None = None
    ballot: int | None = None
    next_ballot: int | None = None
    candidates: tuple[str, str] | None = None
    needed: int | None = None
    tie: Tie | None = None
    draws: tuple[Draw, ...] = ()
    case: Case_co = attrs.field(repr=False)

    @property
    def ballots(self) -> tuple[Mapping[str, int], ...]:
        """Candidate -> votes, for each ballot held."""
        return self.case.ballots

    @property
    def present(self) -> int | None:
        """The members present, or None where only votes count."""
        return self.case.present

    @property
    def base(self) -> Base | None:
        """What the majority of ballots 1 and 2 is taken of, or None where only votes count."""
        return self.case.base

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any; where there is none another ballot may still be needed.

        >>> first = majority_election([{"A": 10, "B": 8}], present=21)
        >>> first.complete, first.winner, first.next_ballot
        (True, None, 2)
        """
        return (self.tie,) if self.tie else ()


def majority_election(
    ballots: Iterable[Mapping[str, int]],
    *,
    present: int,
    base: Base = "present",
    lots: Lots = None,
    rule: str = FLERTALSVALG,
    post: str = "",
) -> "MajorityElection[MajorityCase]":
    """Fill one post by flertalsvalg, with the ballots that have been held so far (KSL-24-1).

    Args:
        ballots: candidate -> votes, for each ballot held, at most three. An empty mapping is a ballot in which
            everybody abstained. A candidate with 0 votes is one nobody voted for, in every ballot.
        present: the members present, at least 1.
        base: what ballots 1 and 2 need more than half of: the members "present" (the law), or the votes "cast"
            for somebody, as some bodies' own rules have it.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
            The lot over who the two are comes before the lot of an equal ballot 3.
        rule: the rule of the law map that a lot is drawn under.
        post: what is elected, for the places of lots: "borgmester".

    Returns:
        Who is elected, or what comes next, that is which ballot, who may stand, and how many votes are needed.

    Raises:
        VoteError: a name or a count is not one, or a ballot has more votes than members are present.
        RuleError: a ballot follows the decision, ballot 3 has a vote for somebody else than the two or is held
            before it is known who they are, or there are more than three ballots. Also a ballot 3 after a ballot 2
            in which nobody was voted for: no text says who it would be bound to, so ballot 2 is held again and
            given in place of the empty one (*inferred*).
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 24, stk. 1; the ministry's opinion 13.1.5, whose case (KSL-24-1x) is the example below. That who is tied for
    the last of the two places draws lots for that place alone, and that a ballot 3 in which nobody votes is an equal
    one, is *inferred*.

    >>> held = [{"A": 10, "B": 8, "C": 3}, {"A": 10, "B": 8, "C": 3}]
    >>> second = majority_election(held, present=21)
    >>> second.winner, second.next_ballot, second.candidates
    (None, 3, ('A', 'B'))
    >>> third = majority_election([*held, {"A": 10, "B": 8}], present=21)
    >>> third.winner, third.ballot
    ('A', 3)
    """
    return settle(MajorityCase(ballots=ballots, present=present, base=base, rule=rule, post=post), lots)


def plurality_election(
    votes: Mapping[str, int], *, lots: Lots = None, rule: str = "", post: str = ""
) -> "MajorityElection[PluralityCase]":
    """Fill one post with whoever has the most votes in one ballot, for bodies whose own rules say so.

    Args:
        votes: candidate -> votes.
        lots: where draws come from; equal votes are decided by lot.
        rule: the rule of the law map that a lot is drawn under.
        post: what is elected, for the places of lots: "borgmester".

    Returns:
        The election. Where nobody was voted for nobody is elected, no lot is open, and the ballot is held again.

    Raises:
        VoteError: a name or a count is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> plurality_election({"A": 9, "B": 8, "C": 4}).winner
    'A'
    >>> plurality_election({"A": 8, "B": 8, "C": 4}).tie
    Tie(places=1, among=('A', 'B'), rule='', place=Place(where=<Where.BALLOT: 'ballot'>, name='', body=''))
    """
    return settle(PluralityCase(votes=votes, rule=rule, post=post), lots)


@attrs.frozen(kw_only=True)
class PluralityCase:
    """One ballot in which most votes elect; everything is checked when it is made.

    Args:
        votes: candidate -> votes.
        rule: the rule of the law map that a lot is drawn under; empty outside any law.
        post: what is elected, for the places of lots.

    Raises:
        VoteError: a name or a count is not one.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    rule: str = attrs.field(default="", converter=checked_rule)
    post: str = ""

    present: ClassVar[None] = None
    base: ClassVar[None] = None

    @property
    def ballots(self) -> tuple[FrozenDict[str, int]]:
        """The one ballot."""
        return (self.votes,)

    def settled(self, urn: Urn) -> MajorityElection[Self]:
        """Elect whoever has the most votes, with the lot from ``urn``."""
        most = max(self.votes.values())
        if not most:
            return MajorityElection(next_ballot=1, draws=urn.drawn, case=self)
        winner, tie = _drawn(_with(self.votes, most), urn, self)
        return MajorityElection(winner=winner, ballot=None if tie else 1, tie=tie, draws=urn.drawn, case=self)


def _checked_ballots(ballots: object) -> tuple[FrozenDict[str, int], ...]:
    if isinstance(ballots, str | Mapping) or not isinstance(ballots, Iterable):
        raise VoteError(
            "{field} is {value}; give the ballots in a list, each as candidate -> votes", field="ballots", value=ballots
        )
    return tuple(
        checked_counts(ballot, _("ballot {number}", number=number), what=N_("a vote count"))
        for number, ballot in enumerate(ballots, start=1)
    )


def _checked_present(present: object) -> int:
    return checked_count("present", present, what=N_("a number of members present"), least=1)


@attrs.frozen(kw_only=True)
class MajorityCase:
    """The ballots of a flertalsvalg as far as they were held; the counts are checked when it is made.

    Args:
        ballots: candidate -> votes, for each ballot held.
        present: the members present.
        base: what ballots 1 and 2 need more than half of, "present" or "cast".
        rule: the rule of the law map that a lot is drawn under.
        post: what is elected, for the places of lots.

    Raises:
        VoteError: a name or a count is not one, or a ballot has more votes than members are present.
    """

    ballots: tuple[FrozenDict[str, int], ...] = attrs.field(converter=_checked_ballots)
    present: int = attrs.field(converter=_checked_present)
    base: Base = "present"
    rule: str = attrs.field(default=FLERTALSVALG, converter=checked_rule)
    post: str = ""

    def __attrs_post_init__(self) -> None:
        if self.base not in ("present", "cast"):
            raise VoteError('{field} is {value}; the base is "present" or "cast"', field="base", value=self.base)
        for number, votes in enumerate(self.ballots, start=1):
            cast = sum(votes.values())
            if cast > self.present:
                raise VoteError(
                    "{field} has {value} votes; at most {present}, the members present, can vote",
                    field=_("ballot {number}", number=number),
                    value=cast,
                    present=self.present,
                )

    def settled(self, urn: Urn) -> MajorityElection[Self]:
        """Say who is elected or what comes next, with the lots from ``urn``."""
        for number, votes in enumerate(self.ballots[:_FREE_BALLOTS], start=1):
            winner = self._free(number, votes)
            if winner:
                self._is_last(number, _("ballot {number} elected {winner}", number=number, winner=winner))
                return MajorityElection(draws=urn.drawn, case=self, winner=winner, ballot=number)
        if len(self.ballots) < _FREE_BALLOTS:
            return self._again(len(self.ballots) + 1, urn)
        return self._bound(self.ballots[1], urn)

    def _free(self, number: int, votes: Mapping[str, int]) -> str | None:
        """Give the winner of ballot 1 or 2, if there is one."""
        named = [name for name, count in votes.items() if count]
        if number == _FREE_BALLOTS and len(named) == 1:
            return named[0]
        base = self.present if self.base == "present" else sum(votes.values())
        return next((name for name in named if 2 * votes[name] > base), None)

    def _again(self, number: int, urn: Urn) -> MajorityElection[Self]:
        """Call for ballot 1 or 2."""
        needed = self.present // 2 + 1 if self.base == "present" else None
        return MajorityElection(draws=urn.drawn, case=self, next_ballot=number, needed=needed)

    def _bound(self, second: Mapping[str, int], urn: Urn) -> MajorityElection[Self]:
        """Bind ballot 3 to the two with most votes in ballot 2, and hold it if it has been."""
        if not any(second.values()):
            self._is_last(
                _FREE_BALLOTS,
                _(
                    "nobody was voted for in ballot 2, so that ballot 3 has nobody to be bound to; "
                    "ballot 2 is held again and given in its place"
                ),
            )
            return self._again(_FREE_BALLOTS, urn)
        pair = self._pair(second, urn)
        if isinstance(pair, Tie):
            self._is_last(_FREE_BALLOTS, _("a lot over who the two of ballot 3 are comes first: {tie}", tie=pair.text))
            return MajorityElection(draws=urn.drawn, case=self, next_ballot=_BOUND, tie=pair)
        if len(self.ballots) == _FREE_BALLOTS:
            return MajorityElection(draws=urn.drawn, case=self, next_ballot=_BOUND, candidates=pair)
        self._is_last(_BOUND, _("there are at most three"))
        votes = self.ballots[_BOUND - 1]
        outsider = next((name for name, count in votes.items() if count and name not in pair), None)
        if outsider:
            raise RuleError(
                "{field} is {value}; only {pair}, who had most votes in ballot 2, can be voted for",
                field=_('ballot {number}["{name}"]', number=_BOUND, name=outsider),
                value=votes[outsider],
                rule=self.rule,
                pair=listed(pair),
            )
        cast = {name: votes.get(name, 0) for name in pair}
        winner, tie = _drawn(_with(cast, max(cast.values())), urn, self)
        return MajorityElection(
            draws=urn.drawn, case=self, winner=winner, ballot=None if tie else _BOUND, candidates=pair, tie=tie
        )

    def _pair(self, second: Mapping[str, int], urn: Urn) -> tuple[str, str] | Tie:
        """Give the two with most votes, or the open lot over who of those that tie are among them."""
        last = sorted(second.values(), reverse=True)[_PAIR - 1]
        sure = [name for name, count in second.items() if count > last]
        level = _with(second, last)
        places = _PAIR - len(sure)
        if len(level) > places:
            tie = Tie(places, level, self.rule, Place(Where.PAIR, self.post))
            draw = urn.draw(tie)
            if draw is None:
                return tie
            level = draw.chosen
        first, other = (name for name in second if name in sure or name in level)
        return first, other

    def _is_last(self, number: int, why: Text) -> None:
        """Hold that no ballot was held after this one."""
        if len(self.ballots) > number:
            raise RuleError(
                "{field} cannot be held: {why}",
                field=_("ballot {number}", number=number + 1),
                value=dict(self.ballots[number]),
                rule=self.rule,
                why=why,
            )


def _with(votes: Mapping[str, int], count: int) -> tuple[str, ...]:
    return tuple(name for name, votes_of in votes.items() if votes_of == count)


def _drawn(among: tuple[str, ...], urn: Urn, case: MajorityCase | PluralityCase) -> tuple[str | None, Tie | None]:
    """Give the one who is left, or the one a lot picks, or the lot that is open."""
    if len(among) == 1:
        return among[0], None
    tie = Tie(1, among, case.rule, Place(Where.BALLOT, case.post))
    draw = urn.draw(tie)
    return (draw.chosen[0], None) if draw else (None, tie)
