"""§§ 6 and 65: who convenes the first meeting, mayor and deputies, and the chairs of committees.

The mayor and a single deputy are elected by flertalsvalg, two deputies by forholdstalsvalg. Under § 65 the groups also
pick the chairs of the committees, in the order in which they earned them.
"""

from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG, checked_groups, counts_by_group
from kommunalvalg.constitution.order import PickingCase, PickingOrder
from kommunalvalg.dates import day_of
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Tie, Urn, settle
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityCase, MajorityElection
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_known, checked_name

__all__ = [
    "Chair",
    "Chairs",
    "ChairsCase",
    "Convener",
    "ConvenerCase",
    "Service",
    "elect_chairs",
    "elect_deputy_mayor",
    "elect_deputy_mayors",
    "elect_mayor",
    "first_convener",
]

_FIRST_MEETING = "KSL-6"
_CHAIRS = "KSL-65"
_COMMITTEES = N_("a number of committees")
_PAIR = 2


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
    services = {}
    for name, service in members.items():
        if not isinstance(service, Service):
            raise VoteError(
                "{field} is {value}; give a Service(length, born)", field=f'members["{name}"]', value=service
            )
        services[checked_name("members", name)] = service
    return FrozenDict(services)


@attrs.frozen(kw_only=True)
class ConvenerCase:
    """The members of a new council who can attend its first meeting; checked when it is made.

    Args:
        members: member -> service.
    """

    members: FrozenDict[str, Service] = attrs.field(converter=_services)

    def settled(self, urn: Urn) -> "Convener":  # noqa: ARG002 - every case takes an urn; no text calls for a lot here
        """Find who convenes (KSL-6)."""
        longest = max(service.length for service in self.members.values())
        oldest = min(service.born for service in self.members.values() if service.length == longest)
        among = tuple(name for name, service in self.members.items() if service == Service(longest, oldest))
        return Convener(name=among[0] if len(among) == 1 else None, among=among, length=longest, case=self)


@attrs.frozen(kw_only=True)
class Convener(Result):
    """Who convenes and leads the first meeting until the mayor is elected.

    Attributes:
        name: who it is, or None where several are equal in everything the rule looks at.
        among: everybody with the longest service and, among them, the highest age.
        length: that length of service.
        case: the members.
    """

    name: str | None
    among: tuple[str, ...]
    length: int
    case: ConvenerCase = attrs.field(repr=False)


def first_convener(members: Mapping[str, Service]) -> Convener:
    """Find who convenes the first meeting: the longest-serving member, among equals the oldest (KSL-6-1).

    Args:
        members: member -> service, for those who can attend.

    Returns:
        The convener; two who are equal in both are both named, and no text that was found decides between them.

    Raises:
        VoteError: nobody is given, or a name or a service is not one.

    KSL § 6.

    >>> service = {"m1": Service(8, "1950-01-01"), "m2": Service(16, "1970-05-01"), "m3": Service(16, "1958-09-30")}
    >>> first_convener(service)
    Convener(name='m3', among=('m3',), length=16)
    """
    return settle(ConvenerCase(members=members))


def elect_mayor(
    ballots: Iterable[Mapping[str, int]], *, present: int, post: str = "borgmester", lots: Lots = None
) -> MajorityElection:
    """Elect the mayor by flertalsvalg (KSL-6, KSL-24-1).

    Arguments, result and errors are those of :func:`~kommunalvalg.majority_election`.

    KSL § 6 and § 24, stk. 1.

    >>> elect_mayor([{"m1": 16, "m2": 15}], present=31).winner
    'm1'
    """
    return settle(MajorityCase(ballots=ballots, present=present, rule=FLERTALSVALG, post=post), lots)


def elect_deputy_mayor(
    ballots: Iterable[Mapping[str, int]], *, present: int, post: str = "viceborgmester", lots: Lots = None
) -> MajorityElection:
    """Elect the deputy mayor as the mayor, where the council has one (KSL-6, KSL-24-1).

    >>> elect_deputy_mayor([{"m3": 12, "m4": 9}], present=31).next_ballot
    2
    """
    return elect_mayor(ballots, present=present, post=post, lots=lots)


def elect_deputy_mayors(groups: Mapping[str, int], *, name: str = "viceborgmestre", lots: Lots = None) -> PickingOrder:
    """Elect two deputy mayors by forholdstalsvalg: first the group of the first, then of the second (KSL-6, KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        name: what is elected, for the place of the lots.
        lots: where draws come from.

    Raises:
        VoteError: a name or a number is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 6 and § 24, stk. 3.

    >>> elect_deputy_mayors({"a": 16, "b": 15}).order
    ('a', 'b')
    """
    posts = law.whole(_FIRST_MEETING)
    return settle(PickingCase(groups=groups, posts=posts, name=name, rule=FORHOLDSTALSVALG), lots)


# § 65: the chairs of the committees are chosen first


@attrs.frozen
class Chair:
    """Somebody who is to lead a committee.

    Attributes:
        group: the group that picked.
        committee: the committee it picked.
        member: who leads it.
    """

    group: str
    committee: str
    member: str


def _picks(picks: object) -> tuple[tuple[str, str], ...]:
    """Check the picks one by one: each of a committee and a member."""
    if isinstance(picks, str) or not isinstance(picks, Iterable):
        raise VoteError(
            "{field} is {value}; give each pick as (committee, member)", field="picks", value=picks, rule=_CHAIRS
        )
    checked = []
    for number, pick in enumerate(picks, start=1):
        if not isinstance(pick, tuple) or len(pick) != _PAIR:
            raise VoteError("{field} is {value}; a pick is (committee, member)", field=f"pick {number}", value=pick)
        committee, member = (checked_name(f"pick {number}", name) for name in pick)
        checked.append((committee, member))
    return tuple(checked)


def _committees(number: int) -> int:
    return checked_count("committees", number, what=_COMMITTEES, least=1)


@attrs.frozen(kw_only=True)
class ChairsCase:
    """The chairs of the standing committees where they are chosen first; checked when it is made.

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayors_group: the mayor's group, whose first post of chair is the mayor's.
        mayor: the mayor, who leads økonomiudvalget; empty where the name does not matter.
        picks: (committee, member) for each pick made so far.
        name: what is chosen, for the place of the lots.

    Raises:
        VoteError: a name or a number is not one, the mayor's group is not among the groups, or a pick is not two names.
        RuleError: a committee is picked twice, or somebody would have two posts of chair, the mayor's included.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    committees: int = attrs.field(converter=_committees)
    mayors_group: str
    mayor: str = ""
    picks: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_picks)
    name: str = "udvalgsformænd"

    def __attrs_post_init__(self) -> None:
        group = checked_name("mayors_group", self.mayors_group)
        checked_known("mayors_group", group, self.groups, "groups")
        taken, leaders = set(), {checked_name("mayor", self.mayor)} if self.mayor else set()
        for number, (committee, member) in enumerate(self.picks, start=1):
            if committee in taken:
                raise RuleError(
                    "{field} is {value}, whose chair is picked already",
                    field=f"pick {number}",
                    value=committee,
                    rule=_CHAIRS,
                )
            if member in leaders:
                raise RuleError(
                    "{field} is {value}, who leads a committee already; one each",
                    field=f"pick {number}",
                    value=member,
                    rule=_CHAIRS,
                )
            taken.add(committee)
            leaders.add(member)

    def settled(self, urn: Urn) -> "Chairs":
        """Find the order in which the groups pick, with the lots from ``urn``, and let them pick (KSL-65)."""
        order = PickingCase(
            groups=self.groups,
            posts=self.committees,
            held={self.mayors_group: 1},
            rule=FORHOLDSTALSVALG,
            name=self.name,
        ).settled(urn)
        if len(self.picks) > len(order.order):
            number = len(order.order) + 1
            why: dict[str, object] = {"field": f"pick {number}", "value": self.picks[number - 1], "rule": _CHAIRS}
            if order.tie:
                raise RuleError("{field} is one too many; a lot is open: {tie}", tie=order.tie.text, **why)  # type: ignore[arg-type]
            raise RuleError("{field} is one too many; there are {posts} chairs", posts=self.committees, **why)  # type: ignore[arg-type]
        chairs = tuple(
            Chair(group, committee, member) for group, (committee, member) in zip(order.order, self.picks, strict=False)
        )
        return Chairs(picking=order, chairs=chairs, case=self)


@attrs.frozen(kw_only=True)
class Chairs(Result):
    """The order in which the groups pick the chairs, and those that have been picked so far.

    Attributes:
        picking: the order in which the groups pick, and its lots.
        chairs: the chairs, in the order in which they were picked.
        case: the groups, the mayor and the picks.
    """

    picking: PickingOrder = attrs.field(repr=False)
    chairs: tuple[Chair, ...]
    case: ChairsCase = attrs.field(repr=False)

    @property
    def order(self) -> tuple[str, ...]:
        """The group of each chair, in the order in which they pick, as far as no open lot decides."""
        return self.picking.order

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open over who picks next, if any."""
        return self.picking.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return self.picking.draws

    @property
    def next(self) -> str | None:
        """The group that picks next; None when all have picked, and while a lot over it is open."""
        picked = len(self.chairs)
        return self.order[picked] if picked < len(self.order) else None

    def seated(self, economy: str | None = None) -> FrozenDict[str, FrozenDict[str, int]]:
        """Give the seats taken beforehand, for :func:`~kommunalvalg.elect_committees` (KSL-65).

        A chair's seat counts as the group's first in that committee.

        Args:
            economy: the name of økonomiudvalget, where the mayor and all the chairs sit and further members are
                elected; None where it is these alone.

        KSL § 65, stk. 3 and 4.

        >>> picks = [("Kultur", "m7"), ("Teknik", "m2")]
        >>> chairs = elect_chairs({"a": 16, "b": 15}, 2, mayors_group="a", mayor="m1", picks=picks)
        >>> chairs.seated("Økonomiudvalget")
        {'Kultur': {'b': 1}, 'Teknik': {'a': 1}, 'Økonomiudvalget': {'a': 2, 'b': 1}}
        """
        taken = {chair.committee: FrozenDict({chair.group: 1}) for chair in self.chairs}
        if economy is not None:
            taken[economy] = counts_by_group([self.case.mayors_group, *(chair.group for chair in self.chairs)])
        return FrozenDict(taken)


def elect_chairs(
    groups: Mapping[str, int],
    committees: int,
    *,
    mayors_group: str,
    mayor: str = "",
    picks: Iterable[tuple[str, str]] = (),
    lots: Lots = None,
) -> Chairs:
    """Let the groups pick the chairs of the standing committees, one after another in their order (KSL-65).

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayors_group: the mayor's group, whose first post of chair is the mayor's.
        mayor: the mayor, who leads økonomiudvalget and no committee beside it.
        picks: (committee, member) for each pick made so far.
        lots: where draws come from.

    Returns:
        The order, and the chairs so far; ``next`` says who picks now.

    Raises:
        VoteError: a name or a number is not one, the mayor's group is not among the groups, or a pick is not two names.
        RuleError: a committee is picked twice, somebody would have two posts of chair, the mayor's included, or there
            are more picks than the order reaches.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 65, stk. 2 and 3.

    >>> chairs = elect_chairs({"a": 16, "b": 15}, 4, mayors_group="a", mayor="m1", picks=[("Kultur", "m7")])
    >>> chairs.order, chairs.next
    (('b', 'a', 'b', 'a'), 'a')
    """
    case = ChairsCase(groups=groups, committees=committees, mayors_group=mayors_group, mayor=mayor, picks=picks)
    return settle(case, lots)
