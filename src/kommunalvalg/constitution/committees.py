"""§§ 17, 25 and 27: all committees at once, and what a group may claim of their seats.

Each committee's seats are distributed by d'Hondt's method on the members of each group who take part. Committee by
committee a small group may end with fewer seats than the standing committees' seats taken together (*under ét*) would
give it; then it may claim the missing seats from the groups that have too many (*suppleringsreglen*, § 27).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.bodies import CommitteeCase, check_several
from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    MEMBERS,
    SEATS,
    Dated,
    by_committee,
    check_quorum,
    checked_groups,
    counts_given,
    voting_groups,
)
from kommunalvalg.errors import RuleError, VoteError, Warned, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.results import Result
from kommunalvalg.text import Entry
from kommunalvalg.text import text as _
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
    "MAJORITY",
    "SUPPLEMENT",
    "Claim",
    "CommitteeSeats",
    "Committees",
    "CommitteesCase",
    "ExtraMembers",
    "Transfer",
    "checked_claims",
    "elect_committees",
    "voting_groups",
]

SUPPLEMENT = "KSL-27"
"""The rule of suppleringsreglen."""

MAJORITY = "KSL-27-3"
"""The rule of the members that restore a majority."""

SIZES = "KSL-17-1"
"""The rule of the committees' sizes."""

BY_OFFICE = "KSL-25-2"
"""The rule of places by office."""

_ECONOMY = ("økonomi", "okonomi")

CommitteeSeats: TypeAlias = Mapping[str, Mapping[str, int]]
"""Committee -> group -> seats."""


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
        members: how many it may add; 0 where the law fixes the number of members.
    """

    committee: str
    group: str
    members: int


def _transfers(transfers: object) -> tuple[Transfer, ...]:
    if isinstance(transfers, str) or not isinstance(transfers, Iterable):
        raise VoteError(
            "{field} is {value}; give a Placement, or Transfer(committee, giver, receiver)s",
            field="placement",
            value=transfers,
        )
    every = tuple(transfers)
    for transfer in every:
        if not isinstance(transfer, Transfer):
            raise VoteError(
                "{field} is {value}; a transfer is Transfer(committee, giver, receiver)",
                field="a transfer",
                value=transfer,
            )
    return every


def _restored(committees: Iterable[str]) -> tuple[str, ...]:
    return checked_names("restore", committees)


def _accepting(groups: Iterable[str]) -> tuple[str, ...]:
    return checked_names("accept_second", groups)


@attrs.frozen
class Claim:
    """Claims that are carried out together (KSL-27).

    Attributes:
        transfers: the seats that pass.
        restore: the committees in which a group that loses its majority by it adds the members that restore it.
        accept_second: the receivers that take a second seat in one committee.
    """

    transfers: tuple[Transfer, ...] = attrs.field(converter=_transfers)
    restore: tuple[str, ...] = attrs.field(default=(), converter=_restored)
    accept_second: tuple[str, ...] = attrs.field(default=(), converter=_accepting)


def checked_claims(claims: object) -> tuple[Claim, ...]:
    """Take claims of § 27 as they come in.

    Raises:
        VoteError: one is none.
    """
    every = tuple(claims) if isinstance(claims, Iterable) else (claims,)
    for claim in every:
        if not isinstance(claim, Claim):
            raise VoteError("{field} is {value}; a claim is Claim(transfers)", field="a claim", value=claim)
    return every


def _charter(committees: object) -> FrozenDict[str, int]:
    charter = checked_votes(committees, "committees", what=SEATS)
    for committee, size in charter.items():
        check_several(Entry("committees", committee), size)
    return charter


def _by_committee(seats: object) -> FrozenDict[str, FrozenDict[str, int]]:
    """Take committee -> group -> seats as it comes; the case checks it against its committees and groups."""
    return FrozenDict() if seats is None else seats  # type: ignore[return-value]  # as the case checks it


def _by_name(names: object) -> FrozenDict[str, tuple[str, ...]]:
    if names is None or isinstance(names, Mapping):
        return FrozenDict({name: checked_names("takers", each) for name, each in (names or {}).items()})
    return names  # type: ignore[return-value]  # no mapping, which is refused with the name of its field


def _outside(committees: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if committees is None else checked_names("outside", committees)


@attrs.frozen(kw_only=True)
class CommitteesCase(Dated):
    """All committees of a council, and the groups that their seats go to; everything is checked when it is made.

    Args:
        groups: group -> members who take part in the meeting; the same for all committees.
        committees: committee -> seats, as the charter (styrelsesvedtægt) has them.
        economy: økonomiudvalget, which is no standing committee; None for the one whose name begins with "Økonomi", ""
            where there is none among them.
        mayor: the mayor's group, which has a place by office in økonomiudvalget; None where it was not given.
        outside: the committees whose seats are not in the total, by a charter that departs from the act; None for
            økonomiudvalget alone.
        council_size: the members of the council; None where it was not given.
        agreed: committee -> group -> seats that everybody agreed on instead.
        seated: committee -> group -> seats that are taken beforehand, by office.
        renounced: committee -> group -> seats that it renounces, once the numbers are fixed.
        takers: committee -> the groups that take renounced seats; all that renounce none, where it is not there.
        others: committee -> its members who are elected by others, beside those that are distributed.
        fixed: whether the sizes are fixed by law, so that nobody can add members.
        claims: the claims of § 27 that are carried out, in their order.
        rule: the rule of the law map that a lot over a committee's seats is drawn under.
        supplement: the rule of the distribution under ét.
        sizes: the rule of the committees' sizes; empty where they are not held against one.
        offices: the rule by which a place by office is its group's.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, a name is not among the groups or committees, or more members take
            part than the council has.
        RuleError: a committee has one place; what is agreed on or taken beforehand does not fit the committee; the
            mayor is of no group, or there is no økonomiudvalg; or fewer than half of the council take part.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    committees: FrozenDict[str, int] = attrs.field(converter=_charter)
    economy: str | None = None
    mayor: str | None = None
    outside: tuple[str, ...] | None = attrs.field(default=None, converter=_outside)
    council_size: int | None = None
    agreed: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_by_committee)
    seated: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_by_committee)
    renounced: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_by_committee)
    takers: FrozenDict[str, tuple[str, ...]] = attrs.field(default=None, converter=_by_name)
    others: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    fixed: bool = False
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=checked_claims, repr=shown)
    rule: str = FORHOLDSTALSVALG
    supplement: str = SUPPLEMENT
    sizes: str = SIZES
    offices: str = BY_OFFICE
    day: law.When = None
    contests: FrozenDict[str, CommitteeCase] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        checked_names("outside", self.outside or (), known=self.committees, among="committees")
        self._check_council()
        for field in ("agreed", "seated", "renounced", "takers"):
            self._check_committees(field)
        others = checked_counts(self.others, "others", known=self.committees, among="committees", what=MEMBERS)
        object.__setattr__(self, "others", others)
        for field in ("mayor", "economy"):
            if (name := getattr(self, field)) is not None:
                object.__setattr__(self, field, name if name == "" else checked_name(field, name))
        by_office = self._with_mayor()
        contests = {
            committee: CommitteeCase(
                groups=self.groups,
                seats=size,
                seated=by_office.get(committee),
                renounced=self.renounced.get(committee),
                takers=self.takers.get(committee),
                agreed=self.agreed.get(committee),
                name=committee,
                rule=self.rule,
                day=self.day,
            )
            for committee, size in self.committees.items()
        }
        object.__setattr__(self, "contests", FrozenDict(contests))

    def _check_council(self) -> None:
        if self.council_size is None:
            return
        size = checked_count("council_size", self.council_size, what=MEMBERS, least=1)
        if size < (present := sum(self.groups.values())):
            raise VoteError(
                "{field} is {value}; {present} members take part, by the groups",
                field="council_size",
                value=size,
                present=present,
            )
        check_quorum("groups", present, size, self.day)

    def _with_mayor(self) -> Mapping[str, Mapping[str, int]]:
        """Give the seats taken beforehand, the mayor's in økonomiudvalget among them (KSL-25-2, KSL-18)."""
        economy = self.economy_committee
        if self.mayor is None:
            return self.seated
        if self.mayor not in self.groups:
            raise VoteError(
                "{field} is {value}, which is no group; the groups are {groups}",
                field="mayor",
                value=self.mayor,
                rule=BY_OFFICE,
                when=self.day,
                groups=listed(self.groups, self.mayor),
            )
        if economy is None:
            raise RuleError(
                "{field} is {value}, and there is no økonomiudvalg in which the mayor sits by office; economy names it",
                field="mayor",
                value=self.mayor,
                rule=BY_OFFICE,
                when=self.day,
            )
        seated = self.seated.get(economy) or FrozenDict({self.mayor: 1})
        if not seated.get(self.mayor):
            raise RuleError(
                "{field} leaves the mayor out, who sits there by office and is of {mayor}",
                field=Entry("seated", economy),
                value=dict(seated),
                rule=BY_OFFICE,
                when=self.day,
                mayor=self.mayor,
            )
        return self.seated | {economy: seated}

    def _check_committees(self, field: str) -> None:
        """Hold that seats are given by committee, for committees that there are."""
        object.__setattr__(self, field, by_committee(getattr(self, field), field, self.committees))

    @property
    def economy_committee(self) -> str | None:
        """Økonomiudvalget, by its name or as it was named; None where there is none (KSL-18)."""
        if self.economy is not None:
            name = self.economy and checked_known("economy", self.economy, self.committees, "committees")
            return name or None
        named = [committee for committee in self.committees if committee.casefold().startswith(_ECONOMY)]
        if len(named) > 1:
            raise RuleError(
                "{field} begin with Økonomi: {names}; economy says which of them is økonomiudvalget",
                field="committees",
                value=named,
                rule="KSL-18",
                when=self.day,
                names=listed(named),
            )
        return next(iter(named), None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The committees that are not in the total, such as økonomiudvalget."""
        if self.outside is not None:
            return self.outside
        return (self.economy_committee,) if self.economy_committee else ()

    @property
    def standing(self) -> tuple[str, ...]:
        """The committees whose seats are in the total."""
        return tuple(committee for committee in self.committees if committee not in self.left_out)

    @property
    def accepting(self) -> tuple[str, ...]:
        """The receivers that take a second seat in one committee, as the claims have it (KSL-27)."""
        return tuple(dict.fromkeys(receiver for claim in self.claims for receiver in claim.accept_second))

    @property
    def together(self) -> DivisorCase | None:
        """The distribution under ét; None where there is but one such committee, or none."""
        sizes = [self.committees[committee] for committee in self.standing]
        if len(sizes) <= 1:
            return None
        return DivisorCase(
            divisors=DHONDT,
            votes=self.groups,
            seats=sum(sizes),
            rule=self.supplement,
            place=Place(Where.UNDER_ET),
            when=self.day,
        )

    def settled(self, urn: Urn) -> "Committees":
        """Distribute the seats committee by committee, then under ét, and carry the claims out."""
        allocations = {committee: contest.settled(urn) for committee, contest in self.contests.items()}
        elected = {}
        for committee, allocation in allocations.items():
            seated = self.contests[committee].seated
            elected[committee] = FrozenDict({g: n + seated.get(g, 0) for g, n in allocation.seats.items()})
        result = Committees(
            elected=FrozenDict(elected),
            allocations=FrozenDict(allocations),
            together=self.together.settled(urn) if self.together else None,
            case=self,
        )
        for claim in self.claims:
            result = result.with_claim(claim)
        return result

    def warnings(self) -> Iterator[Warned]:
        """Tell what departs from a rule and is not refused: a charter may have leave to (KSL-17-1, KSL-18, KSL-65c)."""
        yield from self._economy_warned()
        if not self.sizes:
            return
        most = law.share(self.sizes, self.day)
        for committee, size in self.committees.items():
            if size % 2 == 0:
                message = _(
                    "{committee} has {size} members; a committee has an odd number.", committee=committee, size=size
                )
                yield Warned(message, self.sizes, self.day)
            if self.council_size is not None and size > most * self.council_size:
                message = _(
                    "{committee} has {size} members; a committee has at most half the council's {council_size}.",
                    committee=committee,
                    size=size,
                    council_size=self.council_size,
                )
                yield Warned(message, self.sizes, self.day)

    def _economy_warned(self) -> Iterator[Warned]:
        economy = self.economy_committee
        if self.outside is not None and set(self.outside) != {economy} - {None}:
            message = _(
                "Outside the total are: {names}. By the act it is økonomiudvalget alone; only a charter with the "
                "ministry's leave may depart from that.",
                names=listed(self.outside) or _("no committee"),
            )
            yield Warned(message, "KSL-65c", self.day)
        elif self.economy is None and economy is None:
            for committee in self.committees:
                if any(word in committee.casefold() for word in _ECONOMY):
                    message = _(
                        "{committee} is counted as a standing committee. If it is økonomiudvalget under another name, "
                        "economy says so.",
                        committee=committee,
                    )
                    yield Warned(message, "KSL-18", self.day)


@attrs.frozen(kw_only=True, repr=False)
class Committees(Result):
    """The seats of the groups in all committees; as elected, and after the claims that were carried out.

    Attributes:
        elected: committee -> group -> seats as elected, before any claim; only what no open lot can change.
        allocations: committee -> the distribution of the seats that were not taken beforehand.
        together: the distribution under ét of the seats of the standing committees; None where there is but one
            such committee, which is then its own distribution, or none.
        transfers: the seats that have passed by claims.
        extra: the members that were added to keep a majority.
        case: everything that was given.
    """

    elected: FrozenDict[str, FrozenDict[str, int]]
    allocations: FrozenDict[str, Allocation]
    together: Allocation | None
    transfers: tuple[Transfer, ...] = ()
    extra: tuple[ExtraMembers, ...] = ()
    case: CommitteesCase

    def __repr__(self) -> str:
        return f"<Committees of {listed(self.groups)}: {len(self.charter)}, claims {dict(self.claims)}>"

    @property
    def groups(self) -> FrozenDict[str, int]:
        """Group -> members taking part."""
        return self.case.groups

    @property
    def charter(self) -> FrozenDict[str, int]:
        """Committee -> seats, as the charter has them."""
        return self.case.committees

    @property
    def outside(self) -> tuple[str, ...]:
        """The committees that are not in the total, such as økonomiudvalget."""
        return self.case.left_out

    @property
    def standing(self) -> tuple[str, ...]:
        """The committees whose seats are in the total."""
        return self.case.standing

    @property
    def agreed(self) -> tuple[str, ...]:
        """The committees whose seats everybody agreed on instead."""
        return tuple(self.case.agreed)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What departs from a rule, or what no text settles, told and not refused."""
        return (*self.case.warnings(), *self._renounced_warned())

    def _renounced_warned(self) -> Iterator[Warned]:
        for committee, seats in self.case.renounced.items():
            for group in seats:
                if group in self.claims:
                    message = _(
                        "{group} renounced a seat in {committee} and lacks seats in the total; no text says whether it "
                        "may claim them back.",
                        group=group,
                        committee=committee,
                    )
                    yield Warned(message, self.case.supplement, self.case.day)

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
        """Group -> seats that it may still claim, for the groups that may; none while ``undecided`` (KSL-27)."""
        return self._difference(1)

    @property
    def excess(self) -> FrozenDict[str, int]:
        """Group -> seats that may be claimed from it, for the groups that have too many; see ``claims`` (KSL-27)."""
        return self._difference(-1)

    def _difference(self, sign: int) -> FrozenDict[str, int]:
        if self.undecided:
            return FrozenDict()
        totals = self.totals
        missing = {group: sign * (count - totals[group]) for group, count in self.under_et.items()}
        return FrozenDict({group: count for group, count in missing.items() if count > 0})

    @property
    def free(self) -> Counter[tuple[str, str]]:
        """(committee, group) -> seats that the group can give; none taken beforehand, no extra members (KSL-27)."""
        free = Counter(
            {
                (committee, group): count
                for committee in self.standing
                for group, count in self.allocations[committee].seats.items()
            }
        )
        free.subtract((transfer.committee, transfer.giver) for transfer in self.transfers)
        return free

    @property
    def lost(self) -> tuple[ExtraMembers, ...]:
        """The majorities that groups lost by the claims, and how many members restore each (KSL-27-3).

        Members whom others elect count in what a majority is of; where the sizes are fixed by law none can be added.
        """
        lost = []
        seats, sizes = self.seats, self.sizes
        for committee in self.standing:
            others = self.case.others.get(committee, 0)
            size = sizes[committee] + others
            for group, before in self.elected[committee].items():
                have = seats[committee][group]
                if 2 * before > self.charter[committee] + others and 2 * have <= size:
                    lost.append(ExtraMembers(committee, group, 0 if self.case.fixed else size - 2 * have + 1))
        return tuple(lost)

    @property
    def council_decides(self) -> bool:
        """Whether several groups are to give seats, so that the council decides where they disagree (KSL-27-2)."""
        return len(self.excess) > 1

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open, committee by committee, then under ét; its place says which."""
        return tuple(allocation.tie for allocation in self._allocations if allocation.tie)

    @property
    def undecided(self) -> tuple[Tie, ...]:
        """The open lots that claims wait for, of the committees in the total and under ét (KSL-27)."""
        counted = [*(self.allocations[committee] for committee in self.standing), self.together]
        return tuple(allocation.tie for allocation in counted if allocation and allocation.tie)

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return tuple(draw for allocation in self._allocations for draw in allocation.draws)

    @property
    def _allocations(self) -> tuple[Allocation, ...]:
        return (*self.allocations.values(), *([self.together] if self.together else []))

    def check_complete(self) -> None:
        """Hold that no lot is open that claims wait for.

        Raises:
            RuleError: one is, so that it is not known what may be claimed.
        """
        if self.undecided:
            raise RuleError(
                "a lot is open: {tie}; what may be claimed is known when it is drawn",
                rule=self.case.supplement,
                when=self.case.day,
                tie=self.undecided[0].text,
            )

    def with_claim(self, claim: Claim) -> "Committees":
        """Carry out claims that are made together, and check them (KSL-27).

        Raises:
            RuleError: as for :func:`~kommunalvalg.apply_claims`.
        """
        checked_names("accept_second", claim.accept_second, known=self.groups, among="groups")
        if not (claim.transfers or claim.restore):
            return self
        self.check_complete()
        rule = self.case.supplement
        give, take, free = Counter(self.excess), Counter(self.claims), self.free
        received = {(transfer.committee, transfer.receiver) for transfer in self.transfers}
        for transfer in claim.transfers:
            committee, giver, receiver = transfer.committee, transfer.giver, transfer.receiver
            self._check_transfer(transfer, give, take)
            if (committee, receiver) in received and receiver not in claim.accept_second:
                raise RuleError(
                    "{receiver} would get a second seat in {committee}, which it may refuse, whoever gives it; "
                    "{field} says that it does not",
                    field="accept_second",
                    value=receiver,
                    rule=rule,
                    when=self.case.day,
                    receiver=receiver,
                    committee=committee,
                )
            if not free[committee, giver]:
                raise RuleError(
                    "{giver} has no seat to give in {committee}",
                    field="placement",
                    value=transfer,
                    rule=rule,
                    when=self.case.day,
                    giver=giver,
                    committee=committee,
                )
            give[giver] -= 1
            take[receiver] -= 1
            received.add((committee, receiver))
            free[committee, giver] -= 1
        after = attrs.evolve(self, transfers=(*self.transfers, *claim.transfers))
        lost = {extra.committee: extra for extra in after.lost if extra.members}
        for committee in claim.restore:
            if committee not in lost:
                raise RuleError(
                    "{field} names {value}, where no group loses a majority by the claims; one is lost in {lost}",
                    field="restore",
                    value=committee,
                    rule=MAJORITY,
                    when=self.case.day,
                    lost=listed(lost, committee) or _("no committee"),
                )
        return attrs.evolve(after, extra=(*self.extra, *(lost[committee] for committee in claim.restore)))

    def _check_transfer(self, transfer: Transfer, give: Counter[str], take: Counter[str]) -> None:
        """Hold that the seat exists and that the two sides still have one to give and to claim."""
        committee, giver, receiver = transfer.committee, transfer.giver, transfer.receiver
        if committee not in self.charter:
            raise RuleError(
                "{value} is no committee; the committees are {committees}",
                field="placement",
                value=committee,
                committees=listed(self.charter, committee),
            )
        rule = self.case.supplement
        if committee in self.outside:
            raise RuleError(
                "{committee} is outside the total; no seat of it can be claimed",
                field="placement",
                value=committee,
                rule=rule,
                when=self.case.day,
                committee=committee,
            )
        if not give[giver]:
            raise RuleError(
                "{value} has no seat to give; it has {count} too many",
                field="placement",
                value=giver,
                rule=rule,
                when=self.case.day,
                count=self.excess.get(giver, 0),
            )
        if not take[receiver]:
            raise RuleError(
                "{value} has no seat to claim; it lacks {count}",
                field="placement",
                value=receiver,
                rule=rule,
                when=self.case.day,
                count=self.claims.get(receiver, 0),
            )


def elect_committees(
    groups: Mapping[str, int],
    committees: Mapping[str, int],
    *,
    economy: str | None = None,
    mayor: str | None = None,
    outside: Iterable[str] | None = None,
    council_size: int | None = None,
    agreed: CommitteeSeats | None = None,
    seated: CommitteeSeats | None = None,
    renounced: CommitteeSeats | None = None,
    takers: Mapping[str, Iterable[str]] | None = None,
    lots: Lots = None,
    day: law.When = None,
) -> Committees:
    """Distribute the seats of all committees, and say which seats may be claimed under ét (KSL-25-1, KSL-27, KSL-17-1).

    Args:
        groups: group -> members who take part in the meeting; the same for all committees.
        committees: committee -> seats.
        economy: økonomiudvalget, which is outside the total (default: the one whose name begins with "Økonomi"); ""
            where there is none among them.
        mayor: the mayor's group, which has a place by office in økonomiudvalget.
        outside: the committees that are outside the total instead, by a charter that the ministry gave leave to depart.
        council_size: the members of the council, for a warning where a committee is over half of it, and so that fewer
            than half of them are refused.
        agreed: committee -> group -> seats that everybody has agreed on instead. They count in the total.
        seated: committee -> group -> seats that are taken beforehand, by office, such as a chair's where chairs are
            chosen first. They count as the group's first.
        renounced: committee -> group -> seats that it renounces, once the numbers are fixed; they go to the others.
        takers: committee -> the groups that are willing to take them (default: all that renounce none).
        lots: where draws come from. The lots come committee by committee, then under ét.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The seats in each committee, under ét, and the claims. Who claims has a right to the seats it lacks under
        ét, from the groups that have too many; where several give and several claim, each giver gives what it has
        too many in all, and which of them gives to whom is for them to settle (*inferred*).

    Raises:
        VoteError: a name or a number is not one, a name is not among the groups or committees, or more members
            take part than the council has.
        RuleError: a committee has one place, what is agreed on or taken beforehand does not fit the committee, the
            mayor sits in none, or fewer than half of the council take part.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL §§ 18, 25 and 27; the ministry's opinions 95.1.6, 97.1.4 and 82.1.19; Næstved's minutes of 9 December 2025 (each
    committee on its own, then under ét). That an agreed committee counts in the total is *inferred*.

    >>> result = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, **dict.fromkeys("123456", 7)})
    >>> result.seats["Økonomiudvalget"], result.seats["1"]
    ({'a': 5, 'b': 4}, {'a': 4, 'b': 3})
    >>> result.totals, result.under_et, result.claims
    ({'a': 24, 'b': 18}, {'a': 22, 'b': 20}, {'b': 2})
    >>> elect_committees({"A": 12, "V": 12, "L": 1}, {"Økonomiudvalget": 7}, mayor="L").seats["Økonomiudvalget"]
    {'A': 3, 'V': 3, 'L': 1}
    """
    case = CommitteesCase(
        groups=groups,
        committees=committees,
        economy=economy,
        mayor=mayor,
        outside=outside,
        council_size=council_size,
        agreed=agreed,
        seated=seated,
        renounced=renounced,
        takers=takers,
        day=day,
    )
    return settle(case, lots)
