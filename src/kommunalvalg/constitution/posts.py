"""Posts: mayor and deputies, chairs of committees, and who convenes the first meeting.

The mayor and a single deputy are elected by flertalsvalg, two deputies by forholdstalsvalg (lov om kommunernes
styrelse, §§ 6 and 24). Under § 65 the groups also pick the chairs of the committees, in the order in which they
earned them. A regional council elects as a municipal council does, but without the claims of § 27 (regionsloven).
"""

from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg.constitution.committees import (
    FORHOLDSTALSVALG,
    Committees,
    checked_groups,
    elect_committees,
    known_groups,
)
from kommunalvalg.constitution.law import DEPUTIES, REGIONAL_DEPUTIES
from kommunalvalg.dates import day_of
from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Tie, Urn
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection, majority_election
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_name, checked_votes, listed

__all__ = [
    "Chair",
    "Chairs",
    "Convener",
    "PickingOrder",
    "Service",
    "elect_chairs",
    "elect_deputy_mayor",
    "elect_deputy_mayors",
    "elect_mayor",
    "elect_regional_chair",
    "elect_regional_committees",
    "elect_regional_deputies",
    "first_convener",
    "pick_chairs",
    "picking_order",
]

_CHAIRS = "KSL § 65, stk. 3"
_MAYOR = f"{DEPUTIES.provision}, jf. {FLERTALSVALG}"
_DEPUTIES = f"{DEPUTIES.provision}, jf. {FORHOLDSTALSVALG}"
_REGIONAL_CHAIR = f"{REGIONAL_DEPUTIES.provision}, jf. {FLERTALSVALG}"
_REGIONAL_DEPUTIES = f"{REGIONAL_DEPUTIES.provision}, jf. {FORHOLDSTALSVALG}"
_PAIR = 2


# § 6: who leads the council


def _length(length: int) -> int:
    return checked_count("length", length, what=N_("a length of service"))


def _date(born: str) -> str:
    if isinstance(born, str) and day_of(born) is not None:
        return born
    raise VoteError(f"born is {shown(born)}; a date of birth is a day, year first, for example '1961-04-12'")


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


@attrs.frozen
class Convener:
    """Who convenes and leads the first meeting until the mayor is elected.

    Attributes:
        name: who it is, or None where several are equal in everything the rule looks at.
        among: everybody with the longest service and, among them, the highest age.
        length: that length of service.
    """

    name: str | None
    among: tuple[str, ...]
    length: int


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
    if not isinstance(members, Mapping) or not members:
        raise VoteError(f"members is {shown(members)}; give a mapping of member to Service, with at least one member")
    for name, service in members.items():
        checked_name("members", name)
        if not isinstance(service, Service):
            raise VoteError(f'members["{name}"] is {shown(service)}; give a Service(length, born)')
    longest = max(service.length for service in members.values())
    oldest = min(service.born for service in members.values() if service.length == longest)
    among = tuple(name for name, service in members.items() if service == Service(longest, oldest))
    return Convener(among[0] if len(among) == 1 else None, among, longest)


def elect_mayor(ballots: Iterable[Mapping[str, int]], *, present: int, lots: Lots = None) -> MajorityElection:
    """Elect the mayor by flertalsvalg (KSL-6, KSL-24-1).

    Arguments, result and errors are those of :func:`~kommunalvalg.majority_election`.

    KSL § 6 and § 24, stk. 1.

    >>> elect_mayor([{"m1": 16, "m2": 15}], present=31).winner
    'm1'
    """
    return majority_election(ballots, present=present, lots=lots, provision=_MAYOR)


def elect_deputy_mayor(ballots: Iterable[Mapping[str, int]], *, present: int, lots: Lots = None) -> MajorityElection:
    """Elect the deputy mayor by flertalsvalg, where the council has one (KSL-6, KSL-24-1).

    Arguments, result and errors are those of :func:`~kommunalvalg.majority_election`.

    KSL § 6 and § 24, stk. 1.

    >>> elect_deputy_mayor([{"m3": 12, "m4": 9}], present=31).next_ballot
    2
    """
    return majority_election(ballots, present=present, lots=lots, provision=_MAYOR)


# § 24, stk. 3: several posts, in the order in which the groups earn them


@attrs.frozen
class PickingOrder:
    """The groups in the order in which they earned posts.

    Attributes:
        order: the group of each post, first post first, as far as no open lot decides.
        posts: how many posts there are.
        tie: the lot that is open, over who has the next post; or None.
        draws: the lots that were drawn.
        groups: group -> members taking part.
        held: group -> posts that it had beforehand.
        provision: the provision that a lot is drawn under.
    """

    order: tuple[str, ...]
    posts: int
    tie: Tie | None
    draws: tuple[Draw, ...]
    groups: Mapping[str, int] = attrs.field(repr=False)
    held: Mapping[str, int] = attrs.field(repr=False)
    provision: str = attrs.field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return self.tie is None

    @property
    def seats(self) -> FrozenDict[str, int]:
        """Group -> posts, as far as they are certain, for the groups that have one."""
        return FrozenDict({group: self.order.count(group) for group in dict.fromkeys(self.order)})


def picking_order(
    groups: Mapping[str, int],
    posts: int,
    *,
    held: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = FORHOLDSTALSVALG,
) -> PickingOrder:
    """Find the order in which the groups earn some posts by forholdstalsvalg (KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        posts: how many posts there are.
        held: group -> posts it has beforehand, which count as its first.
        lots: where draws come from. Where the order decides who picks first, equal quotients are drawn one post at
            a time, also when there is a post for each of them.
        provision: the provision that a lot is drawn under.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 24, stk. 3. The order of the quotients, and the lot over it, are *inferred*.

    >>> picking_order({"a": 16, "b": 10, "c": 5}, 4).order
    ('a', 'b', 'a', 'a')
    >>> picking_order({"a": 10, "b": 10}, 2).tie.places
    1
    """
    members = checked_groups(groups)
    number = checked_count("posts", posts, what=N_("a number of posts"), least=1)
    had = known_groups(held or {}, "held", members, what=N_("a number of posts"))
    have = {**dict.fromkeys(members, 0), **had}
    urn = Urn(lots)
    order: list[str] = []
    tie = None
    while len(order) < number and not tie:
        allocation = DivisorCase(DHONDT, members, 1, FrozenDict(have), provision=provision).settled(urn)
        tie = allocation.tie
        for group, count in allocation.seats.items():
            if count:
                order.append(group)
                have[group] += 1
    urn.close()
    return PickingOrder(tuple(order), number, tie, urn.drawn, members, had, provision)


def elect_deputy_mayors(groups: Mapping[str, int], *, lots: Lots = None) -> PickingOrder:
    """Elect two deputy mayors by forholdstalsvalg: first the group of the first, then of the second (KSL-6, KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        lots: where draws come from.

    Raises:
        VoteError: a name or a number is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 6 and § 24, stk. 3. That the larger quotient has the first deputy is *inferred*.

    >>> elect_deputy_mayors({"a": 16, "b": 15}).order
    ('a', 'b')
    """
    return picking_order(groups, DEPUTIES.value, lots=lots, provision=_DEPUTIES)


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


@attrs.frozen
class Chairs:
    """The chairs that have been picked so far.

    Attributes:
        order: the groups in the order in which they pick.
        mayor: the mayor, who leads økonomiudvalget.
        mayors_group: the mayor's group.
        chairs: the chairs, in the order in which they were picked.
    """

    order: PickingOrder
    mayor: str
    mayors_group: str
    chairs: tuple[Chair, ...]

    @property
    def next(self) -> str | None:
        """The group that picks next; None when all have picked, and while a lot over it is open."""
        picked = len(self.chairs)
        return self.order.order[picked] if picked < len(self.order.order) else None

    def seated(self, economy: str | None = None) -> FrozenDict[str, FrozenDict[str, int]]:
        """Give the seats taken beforehand, for :func:`~kommunalvalg.elect_committees` (KSL-65).

        A chair's seat counts as the group's first in that committee.

        Args:
            economy: the name of økonomiudvalget, where the mayor and all the chairs sit and further members are
                elected; None where it is these alone.

        KSL § 65, stk. 3 and 4.

        >>> order = elect_chairs({"a": 16, "b": 15}, 2, mayors_group="a")
        >>> chairs = pick_chairs(order, [("Kultur", "m7"), ("Teknik", "m2")], mayor="m1", mayors_group="a")
        >>> chairs.seated("Økonomiudvalget")
        {'Kultur': {'b': 1}, 'Teknik': {'a': 1}, 'Økonomiudvalget': {'a': 2, 'b': 1}}
        """
        taken = {chair.committee: FrozenDict({chair.group: 1}) for chair in self.chairs}
        if economy is not None:
            groups = [self.mayors_group, *(chair.group for chair in self.chairs)]
            taken[economy] = FrozenDict({group: groups.count(group) for group in dict.fromkeys(groups)})
        return FrozenDict(taken)


def elect_chairs(groups: Mapping[str, int], committees: int, *, mayors_group: str, lots: Lots = None) -> PickingOrder:
    """Find the order in which the groups pick the chairs of the standing committees (KSL-65).

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayors_group: the mayor's group, whose first post of chair is the mayor's.
        lots: where draws come from.

    Raises:
        VoteError: a name or a number is not one, or the mayor's group is not among the groups.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 65, stk. 2 and 3.

    >>> elect_chairs({"a": 16, "b": 15}, 4, mayors_group="a").order
    ('b', 'a', 'b', 'a')
    """
    held = {checked_name("mayors_group", mayors_group): 1}
    return picking_order(groups, committees, held=held, lots=lots, provision=_CHAIRS)


def pick_chairs(order: PickingOrder, picks: Iterable[tuple[str, str]], *, mayor: str, mayors_group: str) -> Chairs:
    """Let the groups pick committees and chairs, one after another in their order (KSL-65).

    Args:
        order: the order, from :func:`elect_chairs`.
        picks: (committee, member) for each pick made so far.
        mayor: the mayor, who leads økonomiudvalget.
        mayors_group: the mayor's group.

    Returns:
        The chairs so far; ``next`` says who picks now.

    Raises:
        VoteError: a pick is not two names.
        RuleError: a committee is picked twice, somebody would have two posts of chair, the mayor's included, there
            are more picks than the order reaches, or the order was made for another group with the mayor.

    KSL § 65, stk. 3.

    >>> order = elect_chairs({"a": 16, "b": 15}, 2, mayors_group="a")
    >>> pick_chairs(order, [("Kultur", "m7")], mayor="m1", mayors_group="a").next
    'a'
    """
    mayor = checked_name("mayor", mayor)
    chairs: list[Chair] = []
    for number, pick in enumerate(picks, start=1):
        if not isinstance(pick, tuple) or len(pick) != _PAIR:
            raise VoteError(f"pick {number} is {shown(pick)}; a pick is (committee, member)")
        committee, member = (checked_name(f"pick {number}", name) for name in pick)
        if number > len(order.order):
            why = f"a lot is open: {order.tie}" if order.tie else f"there are {order.posts} chairs"
            raise RuleError(f"pick {number} is one too many; {why} ({_CHAIRS})")
        if committee in {chair.committee for chair in chairs}:
            raise RuleError(f"pick {number} is {shown(committee)}, whose chair is picked already ({_CHAIRS})")
        if member in {mayor, *(chair.member for chair in chairs)}:
            raise RuleError(f"pick {number} is {shown(member)}, who leads a committee already; one each ({_CHAIRS})")
        chairs.append(Chair(order.order[number - 1], committee, member))
    group = checked_name("mayors_group", mayors_group)
    if group not in order.held:
        raise RuleError(
            f"mayors_group is {shown(group)}; the order was made for {listed(order.held) or 'nobody'} ({_CHAIRS})"
        )
    return Chairs(order, mayor, group, tuple(chairs))


# Regional councils


def elect_regional_chair(ballots: Iterable[Mapping[str, int]], *, present: int, lots: Lots = None) -> MajorityElection:
    """Elect the chair of a regional council by flertalsvalg (RL-9, KSL-24-1).

    Arguments, result and errors are those of :func:`~kommunalvalg.majority_election`.

    Regionsloven § 9, which refers to KSL § 24, stk. 1.

    >>> elect_regional_chair([{"m1": 20, "m2": 11}], present=31).winner
    'm1'
    """
    return majority_election(ballots, present=present, lots=lots, provision=_REGIONAL_CHAIR)


def elect_regional_deputies(groups: Mapping[str, int], *, lots: Lots = None) -> PickingOrder:
    """Elect the two deputy chairs of a regional council together, by forholdstalsvalg (RL-9, KSL-24-3).

    Arguments, result and errors are those of :func:`elect_deputy_mayors`.

    Regionsloven § 9, which refers to KSL § 24, stk. 3.

    >>> elect_regional_deputies({"a": 21, "b": 10}).order
    ('a', 'a')
    """
    return picking_order(groups, REGIONAL_DEPUTIES.value, lots=lots, provision=_REGIONAL_DEPUTIES)


def elect_regional_committees(
    groups: Mapping[str, int], committees: Mapping[str, int], *, council_size: int | None = None, lots: Lots = None
) -> Committees:
    """Distribute the seats of a regional council's committees; § 27 does not apply, so there are no claims (RL-14b).

    Arguments, result and errors are those of :func:`~kommunalvalg.elect_committees`, all committees being outside
    the total.

    Regionsloven § 15; that § 27 does not apply is *inferred*.

    >>> result = elect_regional_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7))
    >>> result.seats["1"], result.claims
    ({'a': 4, 'b': 3}, {})
    """
    charter = checked_votes(committees, "committees")
    return elect_committees(groups, charter, outside=charter, council_size=council_size, lots=lots)
