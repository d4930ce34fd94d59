"""RL §§ 14 a, 14 b, 14 d and 14 g: the executive committee, the standing committees and the sundhedsråd of a region.

The claims of KSL § 27 apply to the standing committees together and, apart from them, to the sundhedsråd together. The
executive committee (forretningsudvalg) is in neither.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.bodies import CommitteeCase
from kommunalvalg.constitution.claims import Placement
from kommunalvalg.constitution.committees import (
    BY_OFFICE,
    Claim,
    Committees,
    CommitteesCase,
    CommitteeSeats,
    ExtraMembers,
    Transfer,
    checked_claims,
)
from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    MEMBERS,
    SEATS,
    Dated,
    by_committee,
    check_quorum,
    checked_groups,
    counts_given,
    least_and_most,
)
from kommunalvalg.errors import RuleError, VoteError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.regions.councils import council_size as size_of_council
from kommunalvalg.results import Result
from kommunalvalg.text import Entry
from kommunalvalg.votes import (
    checked_count,
    checked_counts,
    checked_known,
    checked_name,
    checked_names,
    checked_votes,
    listed,
)

__all__ = ["RegionalCommittees", "RegionalCommitteesCase", "apply_claims", "elect_committees"]

_EXECUTIVE = "RL-14"
_VICE_CHAIR = "RL-14a-3"
_CLAIMS = "RL-14b"
_HEALTH_CLAIMS = "RL-14g-4"
_HEALTH_OFFICES = "RL-14g-3"
_SIZES = "RL-14b-2"
_HEALTH = "RL-14d"
_ONE_MORE = "RL-14d-4"
_IS_EXECUTIVE = ("forretningsudvalg", "forberedende forretningsudvalg")
_IS_HEALTH = ("sundhedsråd", "forberedende sundhedsråd")


def _charter(committees: object) -> FrozenDict[str, int]:
    return checked_votes(committees, "committees", what=SEATS, least=1)


def _given(seats: object) -> FrozenDict[str, FrozenDict[str, int]]:
    """Take committee -> group -> seats; the cases of each kind check them."""
    return FrozenDict() if seats is None else seats  # type: ignore[return-value]  # as the case checks it


def _names(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else checked_names("health", names)


@attrs.frozen(kw_only=True)
class RegionalCommitteesCase(Dated):
    """The committees of a regional council, and the groups that their seats go to; checked when it is made.

    Args:
        groups: group -> members who take part in the meeting; the same for all.
        committees: committee -> seats; of a sundhedsråd those of its regional members.
        region: the region's name, so that sizes are held against its own; empty where it was not given.
        executive: the executive committee; None for the one whose name begins with "Forretningsudvalg", "" for none.
        health: the sundhedsråd among them; None for those whose names begin with "Sundhedsråd".
        chair: the group of the regional chair, who sits in the executive committee by office.
        vice_chair: the group of its vice chair, who sits there by office too.
        seated: committee -> group -> seats that are taken beforehand, by office: of a sundhedsråd its chair's and vice
            chair's.
        agreed: committee -> group -> seats that everybody agreed on instead.
        renounced: committee -> group -> seats that it renounces, once the numbers are fixed.
        municipal: sundhedsråd -> its municipal members, where they are known.
        council_size: the members of the regional council; None for those that the region has.
        claims: the claims that are carried out, in their order.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups or committees.
        RuleError: a size is none that the act allows; a place by office is in a committee that has none; fewer than
            half of the council take part; or there were no such committees then.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    committees: FrozenDict[str, int] = attrs.field(converter=_charter)
    region: str = ""
    executive: str | None = None
    health: tuple[str, ...] | None = attrs.field(default=None, converter=_names)
    chair: str | None = None
    vice_chair: str | None = None
    seated: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_given)
    agreed: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_given)
    renounced: FrozenDict[str, FrozenDict[str, int]] = attrs.field(default=None, converter=_given)
    municipal: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    council_size: int | None = None
    claims: tuple[Claim, ...] = attrs.field(default=(), converter=checked_claims)
    day: law.When = None
    contests: "FrozenDict[str, CommitteeCase | CommitteesCase]" = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        checked_names("health", self.health or (), known=self.committees, among="committees")
        municipal = checked_counts(self.municipal, "municipal", known=self.committees, among="committees", what=MEMBERS)
        object.__setattr__(self, "municipal", municipal)
        for field in ("seated", "agreed", "renounced"):
            object.__setattr__(self, field, by_committee(getattr(self, field), field, self.committees))
        for field in ("region", "executive", "chair", "vice_chair"):
            if (name := getattr(self, field)) is not None:
                object.__setattr__(self, field, name if name == "" else checked_name(field, name))
        self._check_council()
        self._check_executive()
        self._check_health()
        object.__setattr__(self, "contests", FrozenDict(self._contests()))

    def _check_council(self) -> None:
        if self.size is None:
            return
        present = sum(self.groups.values())
        if checked_count("council_size", self.size, what=MEMBERS, least=1) < present:
            raise VoteError(
                "{field} is {value}; {present} members take part, by the groups",
                field="council_size",
                value=self.size,
                present=present,
            )
        check_quorum("groups", present, self.size, self.day)

    def _check_executive(self) -> None:
        """Hold the size of the executive committee against the act (RL-14)."""
        name = self.executive_committee
        if self.vice_chair is not None:
            law.provision(_VICE_CHAIR, self.day)
        for field in ("chair", "vice_chair"):
            group = getattr(self, field)
            if group is None:
                continue
            if group not in self.groups:
                raise VoteError(
                    "{field} is {value}, which is no group; the groups are {groups}",
                    field=field,
                    value=group,
                    rule=BY_OFFICE,
                    when=self.day,
                    groups=listed(self.groups, group),
                )
            if name is None:
                raise RuleError(
                    "{field} is {value}, and there is no executive committee in which its place would be",
                    field=field,
                    value=group,
                    rule=_EXECUTIVE,
                    when=self.day,
                )
        if name is None or not self.region:
            return
        least, most = least_and_most(_EXECUTIVE, self.day, self.region)
        size = self.committees[name]
        if not least <= size <= most or size % 2 == 0:
            raise RuleError(
                "{field} is {value}; the executive committee of {region} has {least} members"
                if least == most
                else "{field} is {value}; the executive committee of {region} has an odd number of members, "
                "{least} to {most}",
                field=Entry("committees", name),
                value=size,
                rule=_EXECUTIVE,
                when=self.day,
                figure=self.region,
                region=self.region,
                least=least,
                most=most,
            )

    def _check_health(self) -> None:
        """Hold the sundhedsråd against the act: that there are such, and that their regional members are one more."""
        if self.health_councils:
            law.provision(_HEALTH, self.day)
        for name, municipal in self.municipal.items():
            if self.committees[name] != municipal + 1:
                raise RuleError(
                    "{field} is {value}; the regional members are one more than the {municipal} municipal ones",
                    field=Entry("committees", name),
                    value=self.committees[name],
                    rule=_ONE_MORE,
                    when=self.day,
                    municipal=municipal,
                )

    @property
    def size(self) -> int | None:
        """The members of the regional council, as given or as its region has."""
        if self.council_size is not None or not self.region:
            return self.council_size
        return size_of_council(self.region, self.day)

    @property
    def executive_committee(self) -> str | None:
        """The executive committee, by its name or as it was named; None where there is none."""
        if self.executive is not None:
            name = self.executive and checked_known("executive", self.executive, self.committees, "committees")
            return name or None
        return next((name for name in self.committees if name.casefold().startswith(_IS_EXECUTIVE)), None)

    @property
    def health_councils(self) -> tuple[str, ...]:
        """The sundhedsråd."""
        if self.health is not None:
            return self.health
        return tuple(name for name in self.committees if name.casefold().startswith(_IS_HEALTH))

    @property
    def standing(self) -> tuple[str, ...]:
        """The standing committees."""
        apart = {self.executive_committee, *self.health_councils}
        return tuple(name for name in self.committees if name not in apart)

    def _contests(self) -> "dict[str, CommitteeCase | CommitteesCase]":
        """Give the elections of each kind that there is, in the order in which they are held."""
        contests: dict[str, CommitteeCase | CommitteesCase] = {}
        name = self.executive_committee
        if name is not None:
            contests["executive"] = CommitteeCase(
                groups=self.groups,
                seats=self.committees[name],
                seated=self._by_office(name),
                renounced=self.renounced.get(name),
                agreed=self.agreed.get(name),
                name=name,
                rule=FORHOLDSTALSVALG,
                day=self.day,
            )
        kinds = {"health": self.health_councils, "standing": self.standing}
        for kind, names in kinds.items():
            if names:
                contests[kind] = self._together(names, fixed=kind == "health")
        return contests

    def _by_office(self, name: str) -> Mapping[str, int]:
        """Give the seats of the executive committee that are taken by office: its chair's and its vice chair's."""
        seated = Counter(self.seated.get(name, {}))
        seated.update(group for group in (self.chair, self.vice_chair) if group is not None)
        return seated

    def _together(self, names: tuple[str, ...], *, fixed: bool) -> CommitteesCase:
        def of_these(seats: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
            return {name: each for name, each in seats.items() if name in names}

        seated = of_these(self.seated)
        for name, by_office in seated.items():
            if by_office and not fixed:
                raise RuleError(
                    "{field} is {value}; a standing committee of a region has no places by office",
                    field=Entry("seated", name),
                    value=dict(by_office),
                    rule=BY_OFFICE,
                    when=self.day,
                )
        return CommitteesCase(
            groups=self.groups,
            committees={name: self.committees[name] for name in names},
            economy="",
            council_size=self.size,
            agreed=of_these(self.agreed),
            seated=seated,
            renounced=of_these(self.renounced),
            others={name: self.municipal.get(name, self.committees[name] - 1) for name in names} if fixed else None,
            fixed=fixed,
            claims=[claim for claim in self.claims if self._is_of(claim, names)],
            supplement=_HEALTH_CLAIMS if fixed else _CLAIMS,
            sizes="" if fixed else _SIZES,
            offices=_HEALTH_OFFICES if fixed else BY_OFFICE,
            day=self.day,
        )

    @staticmethod
    def _is_of(claim: Claim, names: tuple[str, ...]) -> bool:
        """Tell whether a claim is of committees of one kind."""
        return any(name in names for name in (*(transfer.committee for transfer in claim.transfers), *claim.restore))

    def settled(self, urn: Urn) -> "RegionalCommittees":
        """Distribute the seats of the executive committee, of the sundhedsråd and of the standing committees."""
        for claim in self.claims:
            self._check_claim(claim)
        executive, health, standing = (self.contests.get(kind) for kind in ("executive", "health", "standing"))
        return RegionalCommittees(
            executive=executive.settled(urn) if isinstance(executive, CommitteeCase) else None,
            health=health.settled(urn) if isinstance(health, CommitteesCase) else None,
            standing=standing.settled(urn) if isinstance(standing, CommitteesCase) else None,
            case=self,
        )

    def _check_claim(self, claim: Claim) -> None:
        """Hold that claims which are made together are of committees of one kind."""
        kinds = (self.health_councils, self.standing)
        if sum(self._is_of(claim, names) for names in kinds) != 1 or any(
            transfer.committee == self.executive_committee for transfer in claim.transfers
        ):
            raise RuleError(
                "{field} are {value}; seats are claimed among standing committees, or among sundhedsråd, each by "
                "themselves",
                field="claims",
                value=claim.transfers,
                rule=_CLAIMS,
                when=self.day,
            )
        if self._is_of(Claim((), claim.restore), self.health_councils):
            raise RuleError(
                "{field} names {value}; a sundhedsråd has one regional member more than municipal ones, and no others",
                field="restore",
                value=listed(claim.restore),
                rule="RL-14g",
                when=self.day,
            )


@attrs.frozen(kw_only=True, repr=False)
class RegionalCommittees(Result):
    """The seats of the groups in the committees of a regional council.

    Attributes:
        executive: the distribution of the executive committee's seats that are not taken by office; None without one.
        health: the sundhedsråd, with the claims among them; None where there are none.
        standing: the standing committees, with the claims among them; None where there are none.
        case: everything that was given.
    """

    executive: Allocation | None
    health: Committees | None
    standing: Committees | None
    case: RegionalCommitteesCase

    def __repr__(self) -> str:
        groups, number = listed(self.case.groups), len(self.case.committees)
        return f"<RegionalCommittees of {groups}: {number}, claims {dict(self.claims)}>"

    @property
    def _kinds(self) -> tuple[Committees, ...]:
        return tuple(each for each in (self.health, self.standing) if each is not None)

    @property
    def seats(self) -> FrozenDict[str, FrozenDict[str, int]]:
        """Committee -> group -> seats, those by office and claims included; only what no open lot can change."""
        seats = {name: each for kind in self._kinds for name, each in kind.seats.items()}
        if self.executive is not None:
            name = self.executive.case.name
            by_office = self.executive.case.seated
            seats[name] = FrozenDict({g: n + by_office.get(g, 0) for g, n in self.executive.seats.items()})
        return FrozenDict({name: seats[name] for name in self.case.committees})

    @property
    def claims(self) -> FrozenDict[str, int]:
        """Group -> seats that it may still claim, of both kinds; ``standing`` and ``health`` say of which."""
        claims: Counter[str] = Counter()
        for kind in self._kinds:
            claims.update(kind.claims)
        return FrozenDict(claims)

    @property
    def lost(self) -> tuple[ExtraMembers, ...]:
        """The majorities that groups lost by the claims, and how many members restore each."""
        return tuple(extra for kind in self._kinds for extra in kind.lost)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What departs from a rule, told and not refused, such as the sizes of standing committees."""
        return self.standing.warnings if self.standing else ()

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open, in the order of the elections."""
        first = self.executive.ties if self.executive else ()
        return (*first, *(tie for kind in self._kinds for tie in kind.ties))

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        first = self.executive.draws if self.executive else ()
        return (*first, *(draw for kind in self._kinds for draw in kind.draws))


def elect_committees(
    groups: Mapping[str, int],
    committees: Mapping[str, int],
    *,
    region: str = "",
    executive: str | None = None,
    health: Iterable[str] | None = None,
    chair: str | None = None,
    vice_chair: str | None = None,
    seated: CommitteeSeats | None = None,
    agreed: CommitteeSeats | None = None,
    renounced: CommitteeSeats | None = None,
    municipal: Mapping[str, int] | None = None,
    council_size: int | None = None,
    lots: Lots = None,
    day: law.When = None,
) -> RegionalCommittees:
    """Distribute the seats of a regional council's committees, with the claims of each kind (RL-14, RL-14b, RL-14g-4).

    The elections are those of RL-15-3. The sizes are held against RL-14, RL-14b-2 and RL-14d; places by office are
    their groups' (RL-14a-3, RL-14g-3), and no extra members come into a sundhedsråd (RL-14g).

    Args:
        groups: group -> members who take part in the meeting; the same for all.
        committees: committee -> seats; of a sundhedsråd those of its regional members.
        region: the region's name, so that sizes are held against its own.
        executive: the executive committee (default: the one whose name begins with "Forretningsudvalg"); "" for none.
        health: the sundhedsråd among them (default: those whose names begin with "Sundhedsråd").
        chair: the group of the regional chair, who sits in the executive committee by office.
        vice_chair: the group of its vice chair, who sits there by office too.
        seated: committee -> group -> seats taken by office: of a sundhedsråd its chair's and vice chair's.
        agreed: committee -> group -> seats that everybody has agreed on instead.
        renounced: committee -> group -> seats that it renounces, once the numbers are fixed.
        municipal: sundhedsråd -> its municipal members, of which the regional ones are one more.
        council_size: the members of the regional council (default: those that the region has).
        lots: where draws come from: in the executive committee, then in the sundhedsråd one by one and under ét, then
            in the standing committees one by one and under ét.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The seats, and the claims among standing committees and, apart from them, among sundhedsråd.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups or committees.
        RuleError: a size is none that the act allows; a place by office is in a committee that has none; fewer than
            half of the council take part; or there were no such committees then.
        LotError: a draw does not fit the lot that is open, or is left over.

    Regionsloven §§ 14 a, 14 b, 14 d, 14 g and 15, which refer to KSL §§ 24-27; overgangsloven §§ 13, 19-21 and 48.

    >>> result = elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7))
    >>> result.seats["1"], result.claims
    ({'a': 4, 'b': 3}, {'b': 2})
    >>> elect_committees({"a": 16, "b": 15}, {"Forretningsudvalget": 8}, region="Midtjylland")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: committees["Forretningsudvalget"] is 8; the executive committee of Midtjylland has an
    odd number of members, 9 to 15 (OL § 13, stk. 2)
    """
    case = RegionalCommitteesCase(
        groups=groups,
        committees=committees,
        region=region,
        executive=executive,
        health=health,
        chair=chair,
        vice_chair=vice_chair,
        seated=seated,
        agreed=agreed,
        renounced=renounced,
        municipal=municipal,
        council_size=council_size,
        day=day,
    )
    return settle(case, lots)


def apply_claims(
    committees: RegionalCommittees,
    placement: Placement | Iterable[Transfer],
    *,
    restore: Iterable[str] = (),
    accept_second: Iterable[str] = (),
) -> RegionalCommittees:
    """Carry out claims among the standing committees, or among the sundhedsråd, of a region (RL-14b, RL-14g-4).

    Args:
        committees: the committees, with no lot open where the claims are.
        placement: a placement, from :func:`~kommunalvalg.placements` of ``standing`` or ``health``, or the seats that
            pass, one by one; all of one kind.
        restore: the standing committees in which a group that loses its majority adds the members that restore it.
        accept_second: the receivers that take a second seat in one committee.

    Raises:
        VoteError: something else is given than transfers, or a name is not one.
        RuleError: as for :func:`~kommunalvalg.apply_claims`; or the seats are of both kinds, or a majority is to be
            restored in a sundhedsråd.

    >>> from kommunalvalg import placements
    >>> result = elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7))
    >>> apply_claims(result, next(placements(result.standing))).claims
    {}
    """
    claim = Claim(placement, restore, accept_second)
    if not claim.transfers and not claim.restore:
        return committees
    case = attrs.evolve(committees.case, claims=(*committees.case.claims, claim))
    return settle(case, committees.draws)
