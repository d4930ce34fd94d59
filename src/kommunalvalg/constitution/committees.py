"""Committees: the seats of the groups in each committee, §§ 24, stk. 3, 25, 27 and 28 of lov om kommunernes styrelse.

The members of the council form groups (valggrupper). Each committee's seats are distributed by d'Hondt's method on
the number of members of each group who take part. Committee by committee a small group may end with fewer seats
than the standing committees' seats taken together (*under ét*) would give it; then it may claim the missing seats
from the groups that have too many (*suppleringsreglen*, § 27).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg.constitution.law import LARGEST_COMMITTEE
from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import Warned
from kommunalvalg.lots import Draw, Lots, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.methods.divisor import DHONDT, DivisorContest
from kommunalvalg.votes import (
    checked_count,
    checked_counts,
    checked_known,
    checked_name,
    checked_names,
    checked_votes,
    listed,
)

__all__ = [
    "FORHOLDSTALSVALG",
    "SUPPLEMENT",
    "UNDER_ET",
    "Agreement",
    "Claimed",
    "Committees",
    "ExtraMembers",
    "GroupContest",
    "Place",
    "Transfer",
    "agreement",
    "checked_groups",
    "elect_committee",
    "elect_committees",
    "fill_vacancy",
    "known_groups",
    "voting_groups",
]

FORHOLDSTALSVALG = "KSL § 24, stk. 3"
"""The provision of forholdstalsvalg between groups, which other laws and rules refer to."""

UNDER_ET = "under ét"
"""Where the lot stands that is drawn in the distribution of all the standing committees' seats together."""

SUPPLEMENT = "KSL § 27"
"""The provision of suppleringsreglen."""

_ECONOMY = ("økonomi", "okonomi")

GroupSeats: TypeAlias = Mapping[str, int]
CommitteeSeats: TypeAlias = Mapping[str, GroupSeats]


# § 24, stk. 3: the groups, and the seats of one committee


def voting_groups(
    members: Mapping[str, str],
    declared: Mapping[str, Iterable[str]] | None = None,
    *,
    absent: Iterable[str] = (),
) -> FrozenDict[str, int]:
    """Count the members of each group who take part in the meeting (KSL-24-3).

    Args:
        members: member -> the list that elected them, for everybody in the council. Where a substitute takes part
            in a member's place, the substitute stands here.
        declared: group -> the members who declared to vote together. Who declared nothing stands with the
            others of their own list who did not.
        absent: the members who do not take part; nobody stands in for them.

    Returns:
        Group -> members taking part, the declared groups first. A group of which nobody takes part is left out.

    Raises:
        VoteError: a name is not one, is not among the members, or is in two groups; or a declared group has the
            name of a list that still has members of its own.

    KSL § 24, stk. 3; the ministry's opinion 79.1.3 (only who takes part counts).

    >>> members = {"m1": "A", "m2": "A", "m3": "F", "m4": "V", "m5": "V"}
    >>> voting_groups(members, {"A+F": ["m1", "m2", "m3"]}, absent=["m5"])
    {'A+F': 3, 'V': 1}
    """
    if not isinstance(members, Mapping) or not members:
        raise VoteError(f"members is {shown(members)}; give a mapping of member to list, with at least one member")
    lists = {
        checked_name("members", member): checked_name(f"members[{member!r}]", name) for member, name in members.items()
    }
    away = checked_names("absent", absent, known=lists, among="members")
    counts: dict[str, int] = {}
    home: dict[str, str] = {}
    for group, joined in (declared or {}).items():
        name = checked_name("declared", group)
        counts[name] = 0
        for member in checked_names(f"declared[{group!r}]", joined, known=lists, among="members"):
            if member in home:
                raise VoteError(f"{shown(member)} is in the groups {home[member]} and {name}; a member is in one")
            home[member] = name
            counts[name] += member not in away
    for member, name in lists.items():
        if member in home:
            continue
        if name in (declared or {}):
            raise VoteError(
                f"declared has a group {shown(name)}, and {shown(member)} of the list {name} is not in it; "
                "give the group a name of its own, or every member of the list"
            )
        counts[name] = counts.get(name, 0) + (member not in away)
    return FrozenDict({name: count for name, count in counts.items() if count})


def checked_groups(groups: object) -> FrozenDict[str, int]:
    """Return group -> members taking part, each at least one.

    Raises:
        VoteError: it is no mapping or empty, a name or a number is not one, or a group is of nobody.

    >>> checked_groups({"a": 16, "b": 0})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: groups["b"] is 0; a number of members is a whole number, 1 or more
    """
    return checked_votes(groups, "groups", what="number of members", least=1)


def elect_committee(
    groups: Mapping[str, int],
    seats: int,
    *,
    renounced: Mapping[str, int] | None = None,
    takers: Iterable[str] | None = None,
    agreed: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = FORHOLDSTALSVALG,
) -> Allocation:
    """Distribute two or more seats to the groups by forholdstalsvalg (KSL-24-3, KSL-25-1).

    Args:
        groups: group -> members who take part in the meeting, each at least one; the same for every committee.
        seats: the seats of the committee.
        renounced: group -> how many of its seats it renounces, once the numbers are fixed. They go to the other
            groups by the same ranking.
        takers: the groups that are willing to take a renounced seat (default: all that renounce none).
        agreed: group -> seats that everybody has agreed on instead. A majority may not: give it only where the
            agreement is unanimous. The result's ``contest`` is then an :class:`.Agreement`, and it has no awards.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
            A lot over the seats comes before a lot over renounced ones.
        provision: the provision that a lot is drawn under.

    Returns:
        The seats of each group; while the lot over the seats is open, nothing is renounced yet.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: a group renounces more seats than it has, no group takes a renounced seat, or what is agreed on
            does not sum to the seats or is combined with renounced seats.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 24, stk. 3 and § 25, stk. 1; the ministry's opinions 77.1.1, 79.1.3 and 12.1.5. A single post is filled by
    :func:`~kommunalvalg.majority_election`.

    >>> elect_committee({"a": 16, "b": 15}, 9).seats
    {'a': 5, 'b': 4}
    >>> elect_committee({"a": 20, "b": 8, "c": 3}, 7, renounced={"a": 1}).seats
    {'a': 4, 'b': 2, 'c': 1}
    """
    members = checked_groups(groups)
    size = checked_count("seats", seats, what="number of seats", least=1)
    given_up = _positive(renounced, "renounced", members)
    if agreed is not None:
        if given_up:
            raise RuleError("renounced and agreed are both given; what is agreed on says what everybody has")
        return settle(agreement(agreed, "agreed", size, members), lots)
    first = DivisorContest(DHONDT, members, size, provision=provision)
    if not given_up:
        return settle(first, lots)
    if takers is None:
        willing = tuple(name for name in members if name not in given_up)
    else:
        willing = checked_names("takers", takers, known=members, among="groups")
    return settle(GroupContest(first, given_up, willing), lots)


def _positive(counts: object, field: str, known: Mapping[str, int]) -> FrozenDict[str, int]:
    """Return name -> count without the zeros; None is nothing."""
    if counts is None:
        return FrozenDict()
    return FrozenDict({name: count for name, count in known_groups(counts, field, known).items() if count})


def known_groups(
    counts: object, field: str, known: Mapping[str, int], *, what: str = "number of seats"
) -> FrozenDict[str, int]:
    """Return group -> count with every group among the known.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.

    >>> known_groups({"c": 1}, "renounced", {"a": 16, "b": 15})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: renounced names 'c', which is not in groups; groups has a, b
    """
    return checked_counts(counts, field, known=known, among="groups", what=what)


def agreement(agreed: object, field: str, size: int, groups: FrozenDict[str, int]) -> "Agreement":
    """Return seats that were agreed on, checked against the groups and the size of the committee.

    Args:
        agreed: group -> seats; a group that is not there has none.
        field: what they were given as, for the message.
        size: the seats of the committee.
        groups: group -> members taking part, checked.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: the seats do not sum to the size.

    >>> agreement({"a": 3}, "agreed", 3, FrozenDict({"a": 16, "b": 15})).seats
    {'a': 3, 'b': 0}
    """
    seats = known_groups(agreed, field, groups)
    if sum(seats.values()) != size:
        raise RuleError(
            f"{field} has {sum(seats.values())} seats; the committee has {size}, and what is agreed on fills it "
            f"({FORHOLDSTALSVALG})"
        )
    return Agreement(FrozenDict({name: seats.get(name, 0) for name in groups}), groups)


@attrs.frozen
class Agreement:
    """Seats that everybody agreed on instead of a forholdstalsvalg (KSL-24-3; the ministry's opinion 12.1.5).

    Attributes:
        seats: group -> seats, for every group.
        groups: group -> members taking part.
    """

    seats: Mapping[str, int]
    groups: Mapping[str, int]

    def hold(self, urn: Urn) -> Allocation:  # noqa: ARG002 - every contest takes an urn; an agreement needs no lot
        """Give the seats as agreed."""
        return Allocation(self.seats, None, 0, (), self)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:  # noqa: ARG002 - as above
        """Give no awards: nobody won these seats on a quotient."""
        return ()


@attrs.frozen
class GroupContest:
    """A forholdstalsvalg after which groups renounce seats, with everything checked but what depends on it.

    Attributes:
        first: the distribution of the seats.
        renounced: group -> how many of its seats it renounces.
        takers: the groups that are willing to take them.
    """

    first: DivisorContest
    renounced: FrozenDict[str, int]
    takers: tuple[str, ...]

    def hold(self, urn: Urn) -> Allocation:
        """Distribute the seats, then those that are renounced, with the lots from ``urn`` (KSL-24-3)."""
        won = self.first.hold(urn)
        if won.tie:
            return attrs.evolve(won, contest=self)
        more = self._taken(won).hold(urn)
        seats = {name: count - self.renounced.get(name, 0) + more.seats[name] for name, count in won.seats.items()}
        return Allocation(FrozenDict(seats), more.tie, 0, (*won.draws, *more.draws), self)

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats that were kept and those that were taken, in the order of their quotients."""
        urn = Urn(allocation.draws)
        won = self.first.hold(urn)
        if won.tie:
            return self.first.awards(won)
        left = {name: count - self.renounced.get(name, 0) for name, count in won.seats.items()}
        kept = []
        for award in self.first.awards(won):
            if left[award.winner]:
                left[award.winner] -= 1
                kept.append(award)
        kept += self._taken(won).hold(urn).awards
        kept.sort(key=lambda award: -(award.quotient or 0))  # stable: equal quotients stay in the order they were won
        return tuple(award._replace(number=number) for number, award in enumerate(kept, start=1))

    def _taken(self, won: Allocation) -> DivisorContest:
        """Give the distribution of the renounced seats, which goes on where the first one ended."""
        for name, count in self.renounced.items():
            if count > won.seats[name]:
                raise RuleError(
                    f'renounced["{name}"] is {shown(count)}; {name} has {won.seats[name]} to renounce '
                    f"({self.first.provision})"
                )
        if not self.takers or not self.renounced.keys().isdisjoint(self.takers):
            raise RuleError(
                f"the takers are {listed(self.takers) or 'nobody'}; a renounced seat needs another group that takes it "
                f"({self.first.provision})"
            )
        kept = FrozenDict({name: count - self.renounced.get(name, 0) for name, count in won.seats.items()})
        full = FrozenDict({name: count for name, count in kept.items() if name not in self.takers})
        return attrs.evolve(self.first, seats=sum(self.renounced.values()), held=kept, capacity=full)


# §§ 25 and 27: all committees, and what a group may claim


def _transferred(name: str) -> str:
    return checked_name("transfer", name)


@attrs.frozen
class Transfer:
    """A seat in a committee that passes from one group to another (KSL-27).

    Attributes:
        committee: the committee, which the giver chooses.
        giver: the group that has too many seats.
        receiver: the group that claims one.
    """

    committee: str = attrs.field(converter=_transferred)
    giver: str = attrs.field(converter=_transferred)
    receiver: str = attrs.field(converter=_transferred)


@attrs.frozen
class ExtraMembers:
    """Members that a group may add to a committee to keep its majority there (KSL-27-3).

    Attributes:
        committee: the committee.
        group: the group that had the majority.
        members: how many it may add.
    """

    committee: str
    group: str
    members: int


@attrs.frozen
class Claimed:
    """Claims that were carried out together (KSL-27).

    Attributes:
        transfers: the seats that passed.
        extra: the members that were added to keep a majority.
    """

    transfers: tuple[Transfer, ...]
    extra: tuple[ExtraMembers, ...] = ()


@attrs.frozen
class Committees:
    """The seats of the groups in all committees; as elected, and after the claims that were carried out.

    Attributes:
        groups: group -> members taking part.
        charter: committee -> seats, as the charter (styrelsesvedtægt) has them.
        elected: committee -> group -> seats as elected, before any claim; only what no open lot can change.
        allocations: committee -> the distribution of the seats that were not taken beforehand.
        together: the distribution under ét of the seats of the standing committees; None where there is but one
            such committee, which is then its own distribution, or none.
        outside: the committees that are not in the total, such as økonomiudvalget.
        agreed: the committees whose seats everybody agreed on instead.
        seated: committee -> group -> seats that were taken beforehand, for the committees that have such.
        council_size: the members of the council, or None where it was not given.
        warnings: sizes that depart from § 17, told and not refused.
        claimed: the claims that were carried out, in their order.
    """

    groups: Mapping[str, int]
    charter: Mapping[str, int]
    elected: CommitteeSeats
    allocations: Mapping[str, Allocation]
    together: Allocation | None
    outside: tuple[str, ...]
    agreed: tuple[str, ...]
    seated: CommitteeSeats
    council_size: int | None
    warnings: tuple[Warned, ...]
    claimed: tuple[Claimed, ...] = ()

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """The seats that have passed by claims."""
        return tuple(transfer for claimed in self.claimed for transfer in claimed.transfers)

    @property
    def extra(self) -> tuple[ExtraMembers, ...]:
        """The members that were added to keep a majority."""
        return tuple(added for claimed in self.claimed for added in claimed.extra)

    @property
    def seats(self) -> FrozenDict[str, FrozenDict[str, int]]:
        """Committee -> group -> seats, claims and extra members included."""
        seats = {committee: dict(held) for committee, held in self.elected.items()}
        for transfer in self.transfers:
            seats[transfer.committee][transfer.giver] -= 1
            seats[transfer.committee][transfer.receiver] += 1
        for added in self.extra:
            seats[added.committee][added.group] += added.members
        return FrozenDict({committee: FrozenDict(held) for committee, held in seats.items()})

    @property
    def sizes(self) -> FrozenDict[str, int]:
        """Committee -> members, extra members included."""
        sizes = dict(self.charter)
        for added in self.extra:
            sizes[added.committee] += added.members
        return FrozenDict(sizes)

    @property
    def standing(self) -> tuple[str, ...]:
        """The committees whose seats are in the total."""
        return tuple(committee for committee in self.charter if committee not in self.outside)

    @property
    def totals(self) -> FrozenDict[str, int]:
        """Group -> seats in the standing committees, committee by committee; extra members do not count."""
        totals = dict.fromkeys(self.groups, 0)
        for committee in self.standing:
            for group, count in self.elected[committee].items():
                totals[group] += count
        for transfer in self.transfers:
            totals[transfer.giver] -= 1
            totals[transfer.receiver] += 1
        return FrozenDict(totals)

    @property
    def under_et(self) -> Mapping[str, int]:
        """Group -> seats in the standing committees, distributed under ét."""
        return self.totals if self.together is None else self.together.seats

    @property
    def claims(self) -> FrozenDict[str, int]:
        """Group -> seats that it may still claim, for the groups that may; none while a lot is open (KSL-27)."""
        return self._difference(1)

    @property
    def excess(self) -> FrozenDict[str, int]:
        """Group -> seats that may be claimed from it, for the groups that have too many; see ``claims`` (KSL-27)."""
        return self._difference(-1)

    def _difference(self, sign: int) -> FrozenDict[str, int]:
        if not self.complete:
            return FrozenDict()
        totals = self.totals
        missing = {group: sign * (count - totals[group]) for group, count in self.under_et.items()}
        return FrozenDict({group: count for group, count in missing.items() if count > 0})

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open, committee by committee, then under ét; ``within`` says which."""
        return tuple(allocation.tie for allocation in self._allocations if allocation.tie)

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""
        return next(iter(self.ties), None)

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return not self.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return tuple(draw for allocation in self._allocations for draw in allocation.draws)

    @property
    def _allocations(self) -> tuple[Allocation, ...]:
        return (*self.allocations.values(), *([self.together] if self.together else []))


def elect_committees(
    groups: Mapping[str, int],
    committees: Mapping[str, int],
    *,
    outside: Iterable[str] | None = None,
    council_size: int | None = None,
    agreed: CommitteeSeats | None = None,
    seated: CommitteeSeats | None = None,
    lots: Lots = None,
) -> Committees:
    """Distribute the seats of all committees, and say which seats may be claimed under ét (KSL-25-1, KSL-27, KSL-17-1).

    Args:
        groups: group -> members who take part in the meeting; the same for all committees.
        committees: committee -> seats.
        outside: the committees whose seats are distributed but are not in the total (default: those whose name
            begins with "Økonomi"; ``()`` takes every committee into the total).
        council_size: the members of the council, for a warning where a committee is over half of it.
        agreed: committee -> group -> seats that everybody has agreed on instead. They count in the total.
        seated: committee -> group -> seats that are taken beforehand: the mayor's in økonomiudvalget, a chair's
            where chairs are chosen first. They count as the group's first.
        lots: where draws come from. The lots come committee by committee, then under ét.

    Returns:
        The seats in each committee, under ét, and the claims. Who claims has a right to the seats it lacks under
        ét, from the groups that have too many; where several give and several claim, each giver gives what it has
        too many in all, and which of them gives to whom is for them to settle (*inferred*).

    Raises:
        VoteError: a name or a number is not one, a name is not among the groups or committees, or more members
            take part than the council has.
        RuleError: what is agreed on or taken beforehand does not fit the committee.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL §§ 25 and 27; the ministry's opinions 95.1.6, 97.1.4 and 82.1.19; Næstved's minutes of 9 December 2025 (each
    committee on its own, then under ét). That an agreed committee counts in the total is *inferred*.

    >>> result = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, **dict.fromkeys("123456", 7)})
    >>> result.seats["Økonomiudvalget"], result.seats["1"]
    ({'a': 5, 'b': 4}, {'a': 4, 'b': 3})
    >>> result.totals, result.under_et, result.claims
    ({'a': 24, 'b': 18}, {'a': 22, 'b': 20}, {'b': 2})
    """
    members = checked_groups(groups)
    charter = checked_votes(committees, "committees", what="number of seats", least=1)
    if outside is None:
        left_out = tuple(committee for committee in charter if committee.casefold().startswith(_ECONOMY))
    else:
        left_out = checked_names("outside", outside, known=charter, among="committees")
    settled = _by_committee("agreed", agreed, charter)
    taken = _by_committee("seated", seated, charter)
    before = {c: known_groups(taken.get(c, {}), f'seated["{c}"]', members) for c in charter}
    council = _checked_council(council_size, members)
    urn = Urn(lots)
    allocations = {
        committee: _contest(committee, size, members, before[committee], settled.get(committee)).hold(urn)
        for committee, size in charter.items()
    }
    standing = [size for committee, size in charter.items() if committee not in left_out]
    together = None
    if len(standing) > 1:
        together = DivisorContest(DHONDT, members, sum(standing), provision=SUPPLEMENT, within=UNDER_ET).hold(urn)
    urn.close()
    elected = {
        committee: FrozenDict({group: n + before[committee].get(group, 0) for group, n in allocation.seats.items()})
        for committee, allocation in allocations.items()
    }
    return Committees(
        members,
        charter,
        FrozenDict(elected),
        FrozenDict(allocations),
        together,
        left_out,
        tuple(committee for committee in charter if committee in settled),
        FrozenDict({committee: seats for committee, seats in before.items() if seats}),
        council,
        tuple(_sizes_warned(charter, council)),
    )


def _by_committee(field: str, given: CommitteeSeats | None, charter: Mapping[str, int]) -> CommitteeSeats:
    if given is not None and not isinstance(given, Mapping):
        raise VoteError(f"{field} is {shown(given)}; give a mapping of committee to its seats by group")
    return {
        checked_known(field, checked_name(field, committee), charter, "committees"): seats
        for committee, seats in (given or {}).items()
    }


def _contest(
    committee: str, size: int, groups: FrozenDict[str, int], seated: FrozenDict[str, int], agreed: GroupSeats | None
) -> DivisorContest | Agreement:
    """Give the distribution of the seats of a committee that are not taken beforehand."""
    taken = sum(seated.values())
    if taken > size:
        raise RuleError(f'seated["{committee}"] has {taken} seats; the committee has {size}')
    if agreed is None:
        return DivisorContest(DHONDT, groups, size - taken, seated or None, None, FORHOLDSTALSVALG, committee)
    field = f'agreed["{committee}"]'
    seats = agreement(agreed, field, size, groups).seats
    for group, count in seated.items():
        if count > seats[group]:
            raise RuleError(f'{field}["{group}"] is {seats[group]}; {count} are taken beforehand by {group}')
    return Agreement(FrozenDict({group: count - seated.get(group, 0) for group, count in seats.items()}), groups)


def _checked_council(council_size: object, groups: Mapping[str, int]) -> int | None:
    if council_size is None:
        return None
    size = checked_count("council_size", council_size, what="number of members", least=1)
    if size < sum(groups.values()):
        raise VoteError(f"council_size is {size}; {sum(groups.values())} members take part, by the groups")
    return size


def _sizes_warned(charter: Mapping[str, int], council_size: int | None) -> Iterator[Warned]:
    """Tell which sizes depart from § 17 (KSL-17-1; the ministry's opinion 12.1.5); practice sometimes does."""
    rule = LARGEST_COMMITTEE
    for committee, size in charter.items():
        values: dict[str, str | int] = {"committee": committee, "size": size}
        if size % 2 == 0:
            yield Warned(
                rule.id, rule.provision, "{committee} has {size} members; a committee has an odd number.", values
            )
        if council_size is not None and size > rule.value * council_size:
            yield Warned(
                rule.id,
                rule.provision,
                "{committee} has {size} members; a committee has at most half the council's {council_size}.",
                values | {"council_size": council_size},
            )


# § 28: a place falls vacant


def _placed(name: str) -> str:
    return checked_name("place", name)


@attrs.frozen
class Place:
    """A place in a committee.

    Attributes:
        committee: the committee.
        member: who has the place.
        group: the group that elected them, whatever party they belong to since.
    """

    committee: str = attrs.field(converter=_placed)
    member: str = attrs.field(converter=_placed)
    group: str = attrs.field(converter=_placed)


def fill_vacancy(place: Place, member: str, *, by: str) -> Place:
    """Fill a committee place that has fallen vacant; the group that elected the member elects the next (KSL-28).

    Args:
        place: the place, with who leaves it.
        member: who is to have it.
        by: the group that elects them.

    Returns:
        The place with its new member; it stays the group's.

    Raises:
        VoteError: a name is not one, or the new member is the one who leaves.
        RuleError: another group elects.

    KSL § 28; the ministry's opinion 91.1.6: party switches since the election change nothing.

    >>> fill_vacancy(Place("Kulturudvalget", "m1", "a"), "m2", by="a")
    Place(committee='Kulturudvalget', member='m2', group='a')
    """
    successor = checked_name("member", member)
    if successor == place.member:
        raise VoteError(f"member is {shown(successor)}, who leaves the place; another member fills it")
    if checked_name("by", by) != place.group:
        raise RuleError(
            f"by is {shown(by)}; the place in {place.committee} is filled by {place.group}, the group that elected "
            f"{place.member} (KSL § 28)"
        )
    return attrs.evolve(place, member=successor)
