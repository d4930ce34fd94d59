"""Whom a KKR appoints to bodies outside it: one by flertalsvalg, several by forholdstalsvalg (FO-4-4)."""

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from kommunalvalg.errors import RuleError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.dated import Day, checked_law_day, law_used
from kommunalvalg.lots import Lots, settle
from kommunalvalg.methods.alliances import ProportionalCase, ProportionalElection
from kommunalvalg.methods.majority import MajorityCase, MajorityElection
from kommunalvalg.text import N_, Field
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, checked_names, checked_votes

__all__ = ["AppointmentCase", "AppointmentsCase", "appoint_one", "appoint_several", "check_appointable"]

_RULE = "FO-4-4"


def check_appointable(people: Iterable[str], *, councillors: Iterable[str]) -> tuple[str, ...]:
    """Hold that the KKR can appoint some people: council members of the area's municipalities (FO-4-4).

    Args:
        people: those who are to be appointed.
        councillors: the members of the councils of the area's municipalities.

    Returns:
        The people, each once.

    Raises:
        VoteError: a name is not one or is there twice.
        RuleError: somebody is not a member of such a council.

    Forretningsorden for KKR § 4, stk. 4.

    >>> check_appointable(["m1"], councillors=["m1", "m2"])
    ('m1',)
    """
    names = checked_names("people", people)
    _check_councillors("people", names, checked_names("councillors", councillors))
    return names


def _check_councillors(
    field: Field, people: Iterable[str], councillors: tuple[str, ...], when: date | None = None
) -> None:
    for name in people:
        if name not in councillors:
            raise RuleError(
                "{value} cannot be appointed; only council members of the area's municipalities can",
                field=field,
                value=name,
                rule=_RULE,
                when=when,
            )


def _councillors(councillors: Iterable[str]) -> tuple[str, ...]:
    return checked_names("councillors", councillors)


@attrs.frozen(kw_only=True)
class AppointmentCase(MajorityCase):
    """What :func:`~kommunalvalg.appoint_one` takes, as a value that is checked when it is made."""

    councillors: tuple[str, ...] = attrs.field(converter=_councillors)
    rule: str = _RULE
    when: date | None = attrs.field(default=None, converter=checked_law_day)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        for number, votes in enumerate(self.ballots, start=1):
            voted_for = (name for name, count in votes.items() if count)
            _check_councillors(_("ballot {number}", number=number), voted_for, self.councillors, self.when)

    @property
    def law(self) -> int | str:
        """The day whose law is used; without one, the day of the law as this release knows it."""
        return law_used(self.when)


def appoint_one(
    ballots: Iterable[Mapping[str, int]],
    *,
    present: int,
    councillors: Iterable[str],
    body: str = "",
    day: Day | None = None,
    lots: Lots = None,
) -> MajorityElection[AppointmentCase]:
    """Appoint one representative to a body, by flertalsvalg (FO-4-4, KSL-24-1).

    Args:
        ballots: candidate -> votes, for each ballot held.
        present: the members of the KKR present.
        councillors: the members of the councils of the area's municipalities.
        body: the body, for the places of lots.
        day: the day of the meeting, whose law it is (default: the law as this release knows it).
        lots: where draws come from.

    Raises:
        VoteError, LotError: as for :func:`~kommunalvalg.majority_election`.
        RuleError: as there, or somebody voted for is not a member of such a council.

    Forretningsorden for KKR § 4, stk. 4, which refers to KSL § 24, stk. 1.

    >>> appoint_one([{"m1": 30, "m2": 20}], present=58, councillors=["m1", "m2"]).winner
    'm1'
    """
    case = AppointmentCase(ballots=ballots, present=present, councillors=councillors, post=body, when=day)
    return settle(case, lots)


def _groups(groups: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_votes(groups, "groups", what=N_("a number of members"), least=1)


@attrs.frozen(kw_only=True)
class AppointmentsCase(ProportionalCase):
    """What :func:`~kommunalvalg.appoint_several` takes, as a value that is checked when it is made."""

    votes: FrozenDict[str, int] = attrs.field(converter=_groups)
    rule: str = _RULE
    when: date | None = attrs.field(default=None, converter=checked_law_day)

    def __attrs_post_init__(self) -> None:
        posts = checked_count("posts", self.seats, what=N_("a number of posts"), least=1)
        if posts == 1:
            raise RuleError(
                "{field} is {value}; one representative is appointed by flertalsvalg",
                field="posts",
                value=posts,
                rule=_RULE,
                when=self.when,
            )
        super().__attrs_post_init__()

    @property
    def law(self) -> int | str:
        """The day whose law is used; without one, the day of the law as this release knows it."""
        return law_used(self.when)


def appoint_several(
    groups: Mapping[str, int], posts: int, *, body: str = "", day: Day | None = None, lots: Lots = None
) -> ProportionalElection:
    """Appoint several representatives to the same body, by forholdstalsvalg (FO-4-4, KSL-24-3).

    Args:
        groups: group -> members of the KKR who take part in the meeting.
        posts: how many representatives there are.
        body: the body, for the places of lots.
        day: the day of the meeting, whose law it is (default: the law as this release knows it).
        lots: where draws come from.

    Returns:
        The posts of each group, which then names people, whom :func:`check_appointable` checks.

    Raises:
        VoteError: a name or a number is not one, or a group is of nobody.
        RuleError: there is but one post, which is filled by :func:`appoint_one`.
        LotError: a draw does not fit the lot that is open, or is left over.

    Forretningsorden for KKR § 4, stk. 4, which refers to KSL § 24, stk. 3.

    >>> appoint_several({"a": 30, "b": 28}, 3).seats
    {'a': 2, 'b': 1}
    """
    return settle(AppointmentsCase(votes=groups, seats=posts, body=body, when=day), lots)
