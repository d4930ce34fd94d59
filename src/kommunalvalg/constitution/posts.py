"""§ 6: who convenes the first meeting, the mayor by flertalsvalg, and one deputy so or two by forholdstalsvalg."""

from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    MEMBERS,
    Dated,
    check_quorum,
)
from kommunalvalg.constitution.order import PickingCase, PickingOrder
from kommunalvalg.dates import day_of
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityCase, MajorityElection
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, checked_count, checked_names

__all__ = [
    "Convener",
    "ConvenerCase",
    "PostCase",
    "Service",
    "elect_deputy_mayor",
    "elect_deputy_mayors",
    "elect_mayor",
    "first_convener",
]

_FIRST_MEETING = "KSL-6"
_CONVENER = "KSL-6-1"
_OLDEST = "OL-61"
_OLDEST_YEAR = 2025
_ELIGIBLE = "KSL-29"


# § 6: who leads the council


def _length(length: int) -> int:
    return checked_count("length", length, what=N_("a length of service"))


def _date(born: str) -> str:
    if isinstance(born, str) and day_of(born) is not None:
        return born
    raise VoteError(
        "{field} is {value}; a date of birth is a day, year first, for example '1961-04-12'", field="born", value=born
    )


@attrs.frozen
class Service:
    """How long somebody has served, and when they were born.

    Args:
        length: how long they have been a member of the council, a whole number; the same unit for everybody.
        born: the date of birth, year first: "1961-04-12".

    Raises:
        VoteError: the length is not a count, or the date is no day or not written so.

    >>> Service(16, "1961-04-12")
    Service(length=16, born='1961-04-12')
    """

    length: int = attrs.field(converter=_length)
    born: str = attrs.field(converter=_date)


def _services(members: object) -> FrozenDict[str, Service]:
    if not isinstance(members, Mapping) or not members:
        raise VoteError(
            "{field} is {value}; give a mapping of member to Service, with at least one member",
            field="members",
            value=members,
        )
    services = checked_by_name(members, "members")
    for name, service in services.items():
        if not isinstance(service, Service):
            raise VoteError(
                "{field} is {value}; give a Service(length, born)", field=Entry("members", name), value=service
            )
    return services  # type: ignore[no-any-return]  # every one of them is looked at above


@attrs.frozen(kw_only=True)
class ConvenerCase(Dated):
    """The members of a new council who can attend its first meeting; checked when it is made.

    Args:
        members: member -> service.
        rule: the rule of the law map that says who convenes: KSL-6-1 and RL-9-1 name the longest-serving, among equals
            the oldest; OL-61 the oldest.
        day: the election year or day whose law it is; None for the law as this release knows it.
    """

    members: FrozenDict[str, Service] = attrs.field(converter=_services)
    rule: str = _CONVENER
    day: law.When = None

    def settled(self, urn: Urn) -> "Convener":
        """Find who convenes (KSL-6-1, RL-9-1, OL-61), by the lot from ``urn`` where several are equal."""
        every, length = self.members, None
        if self.rule != _OLDEST:
            length = max(service.length for service in every.values())
        longest = {name: service for name, service in every.items() if length is None or service.length == length}
        oldest = min(service.born for service in longest.values())
        among = tuple(name for name, service in longest.items() if service.born == oldest)
        if len(among) == 1:
            return Convener(name=among[0], among=among, length=every[among[0]].length, case=self)
        when = self.day or (_OLDEST_YEAR if self.rule == _OLDEST else None)
        tie = Tie(1, among, self.rule, Place(Where.CONVENER), when)
        draw = urn.draw(tie)
        if draw is None:
            return Convener(name=None, among=among, length=length, tie=tie, case=self)
        name = draw.chosen[0]
        return Convener(name=name, among=among, length=every[name].length, draws=(draw,), case=self)


@attrs.frozen(kw_only=True)
class Convener(Result):
    """Who convenes and leads the first meeting until the mayor is elected.

    Attributes:
        name: who it is, or None where several are equal in everything the rule looks at.
        among: everybody with the longest service and, among them, the highest age.
        length: that length of service; None while it is not known who it is.
        tie: the lot that is open, where several are equal; or None.
        draws: the lot that was drawn.
        case: the members, and the rule.
    """

    name: str | None
    among: tuple[str, ...]
    length: int | None
    tie: Tie | None = attrs.field(default=None, repr=False)
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)
    case: ConvenerCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return (self.tie,) if self.tie else ()


def first_convener(members: Mapping[str, Service], *, lots: Lots = None, day: law.When = None) -> Convener:
    """Find who convenes the first meeting: the longest-serving member, among equals the oldest (KSL-6-1).

    Args:
        members: member -> service, for those who can attend.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The convener; two who are equal in both are both named.

    Raises:
        VoteError: nobody is given, or a name or a service is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 6, stk. 1. That a lot decides between two who are equal in both is *inferred*.

    >>> service = {"m1": Service(8, "1950-01-01"), "m2": Service(16, "1970-05-01"), "m3": Service(16, "1958-09-30")}
    >>> first_convener(service)
    Convener(name='m3', among=('m3',), length=16)
    """
    return settle(ConvenerCase(members=members, day=day), lots)


def _electable(members: Iterable[str]) -> tuple[str, ...]:
    return checked_names("members", members)


@attrs.frozen(kw_only=True)
class PostCase(Dated, MajorityCase):
    """The ballots for one post that a council fills among its members by flertalsvalg; checked when it is made.

    Args:
        ballots: candidate -> votes, for each ballot held.
        present: the members present.
        council_size: the members of the council; None where it was not given.
        members: who can be elected; empty where it was not given.
        post: what is elected, for the places of lots.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a count is not one, a ballot has more votes than members are present, or somebody is voted
            for who cannot be elected.
        RuleError: fewer than half of the council are present.
    """

    council_size: int | None = None
    members: tuple[str, ...] = attrs.field(default=(), converter=_electable)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.council_size is not None:
            size = checked_count("council_size", self.council_size, what=MEMBERS, least=1)
            if size < self.present:
                raise VoteError(
                    "{field} is {value}; {present} members are present",
                    field="council_size",
                    value=size,
                    present=self.present,
                )
            check_quorum("present", self.present, size, self.day)
        for number, votes in enumerate(self.ballots, start=1):
            for name, count in votes.items():
                if count and self.members and name not in self.members:
                    raise VoteError(
                        "{field} is {value}; {name} is not among those who can be elected",
                        field=_('ballot {number}["{name}"]', number=number, name=name),
                        value=count,
                        rule=_ELIGIBLE,
                        when=self.day,
                        name=name,
                    )


def elect_mayor(
    ballots: Iterable[Mapping[str, int]],
    *,
    present: int,
    council_size: int | None = None,
    members: Iterable[str] = (),
    post: str = "borgmester",
    lots: Lots = None,
    day: law.When = None,
) -> MajorityElection[PostCase]:
    """Elect the mayor by flertalsvalg (KSL-6, KSL-24-1, KSL-11, KSL-29).

    Args:
        ballots: candidate -> votes, for each ballot held so far.
        present: the members present.
        council_size: the members of the council, so that fewer than half of them are refused.
        members: the members who can be elected, so that others are refused: members of the council whom it does not
            employ, and who do not lead a region.
        post: what is elected, for the places of lots.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Result and other errors are those of :func:`~kommunalvalg.majority_election`.

    KSL § 6, § 11, stk. 2 and § 24, stk. 1.

    >>> elect_mayor([{"m1": 16, "m2": 15}], present=31).winner
    'm1'
    >>> elect_mayor([{"m1": 6}], present=11, council_size=31)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: present is 11; a council of 31 can elect when 16 are present (KSL § 11, stk. 2)
    """
    case = PostCase(
        ballots=ballots,
        present=present,
        council_size=council_size,
        members=members,
        rule=FLERTALSVALG,
        post=post,
        day=day,
    )
    return settle(case, lots)


def elect_deputy_mayor(
    ballots: Iterable[Mapping[str, int]],
    *,
    present: int,
    council_size: int | None = None,
    members: Iterable[str] = (),
    post: str = "viceborgmester",
    lots: Lots = None,
    day: law.When = None,
) -> MajorityElection[PostCase]:
    """Elect the deputy mayor as the mayor, where the council has one (KSL-6, KSL-24-1).

    >>> elect_deputy_mayor([{"m3": 12, "m4": 9}], present=31).next_ballot
    2
    """
    return elect_mayor(
        ballots, present=present, council_size=council_size, members=members, post=post, lots=lots, day=day
    )


def elect_deputy_mayors(
    groups: Mapping[str, int], *, name: str = "viceborgmestre", lots: Lots = None, day: law.When = None
) -> PickingOrder:
    """Elect two deputy mayors by forholdstalsvalg: first the group of the first, then of the second (KSL-6, KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        name: what is elected, for the place of the lots.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 6 and § 24, stk. 3.

    >>> elect_deputy_mayors({"a": 16, "b": 15}).order
    ('a', 'b')
    """
    posts = law.whole(_FIRST_MEETING, day)
    return settle(PickingCase(groups=groups, posts=posts, name=name, rule=FORHOLDSTALSVALG, day=day), lots)
