"""What a file of a result holds: what was given, what came out, and how the election is held again.

For each kind of result there is a class of what it was given, whose fields are called as the arguments of the function
that made the result. It is read from a file as it stands there, whatever the types here say; that function then checks
every value.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import attrs

from kommunalvalg.constitution.claims import apply_claims
from kommunalvalg.constitution.committees import (
    Agreement,
    Committees,
    GroupContest,
    Transfer,
    agreement,
    checked_groups,
    elect_committee,
    elect_committees,
)
from kommunalvalg.constitution.posts import PickingOrder, picking_order
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.result import CouncilResult, ListResult, elect_council
from kommunalvalg.council.vacancies import Change, Sitting, fill_vacancies
from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.kkr.chairs import NOT_ELIGIBLE, KKRChairs, elect_posts
from kommunalvalg.kkr.composition import KKRComposition, compose_kkr
from kommunalvalg.law import Warned
from kommunalvalg.lots import Draw, Urn, settle
from kommunalvalg.methods.alliances import Alliance, ProportionalElection, every_alliance, proportional_election
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import ADAMS, DHONDT, SAINTE_LAGUE, DivisorCase, divisor_contest
from kommunalvalg.methods.majority import MajorityElection, majority_election, plurality_election
from kommunalvalg.methods.shortfall import ShortfallCase, largest_shortfall
from kommunalvalg.methods.threshold import Reason, Threshold, apply_threshold
from kommunalvalg.votes import checked_name, checked_votes, listed, twice

__all__ = ["KINDS", "TOLD", "Given", "Kind", "limited"]

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Draws: TypeAlias = tuple[Draw, ...]


class Given(Protocol[R_co]):
    """What a result was given."""

    def hold(self, draws: Draws) -> R_co:
        """Hold the election again, with the lots that were drawn."""


@attrs.frozen
class Kind(Generic[R]):
    """A kind of result that files hold.

    Attributes:
        name: what its format is called.
        result: the class of the result.
        given: says what a result was given.
        shape: the class of that; where there are several, method -> class.
        draws: says which lots were drawn for a result.
    """

    name: str
    result: type[R]
    given: Callable[[R], Given[R]]
    shape: "type[Given[R]] | Mapping[str, type[Given[R]]]"
    draws: Callable[[Any], Draws] = attrgetter("draws")


# What is given in the same way to several


def _is_text(_: object, field: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str):
        raise DataError(f"{field.name} is {shown(value)}; it is a text")


def _row(name: object) -> str:
    return checked_name("a count", name)


@attrs.frozen
class Counted:
    """A name and a number. A list of them has an order, which ties keep; the members of a JSON object have none."""

    name: str = attrs.field(converter=_row)
    count: int


def _rows(counts: Mapping[str, int]) -> tuple[Counted, ...]:
    return tuple(Counted(name, count) for name, count in counts.items())


def _counts(field: str, rows: tuple[Counted, ...]) -> dict[str, int]:
    counts = {row.name: row.count for row in rows}
    if (again := twice([row.name for row in rows])) is not None:
        raise VoteError(f"{field} names {shown(again)} twice")
    return counts


def _named(alliances: Iterable[Alliance]) -> dict[str, list[str]]:
    """Give alliances as functions take them: name -> members, those inside another by their names."""
    found: dict[str, list[str]] = {}
    for alliance in every_alliance(alliances):
        name = checked_name("alliances", alliance.name)
        if name in found:
            raise VoteError(f"two alliances have the name {shown(name)}")
        found[name] = [member.name if isinstance(member, Alliance) else member for member in alliance.members]
    return found


# Allocation

_DIVISORS = {"dhondt": DHONDT, "sainte_lague": SAINTE_LAGUE, "adams": ADAMS}


@attrs.frozen
class _ByDivisors:
    """What a divisor method was given; ``within`` says where a part of a larger election stands."""

    method: str
    votes: tuple[Counted, ...]
    seats: int
    held: Any
    capacity: Any
    provision: str = attrs.field(validator=_is_text)
    within: str = attrs.field(validator=_is_text)

    def hold(self, draws: Draws) -> Allocation:
        votes, divisors = _counts("votes", self.votes), _DIVISORS[self.method]
        contest = divisor_contest(
            divisors, votes, self.seats, self.held, self.capacity, self.provision, within=self.within
        )
        return settle(contest, draws)


@attrs.frozen
class _ByShortfall:
    """What the largest shortfall was given."""

    method: str
    votes: tuple[Counted, ...]
    seats: int
    total: int
    held: Any
    size: int
    provision: str = attrs.field(validator=_is_text)

    def hold(self, draws: Draws) -> Allocation:
        return largest_shortfall(
            _counts("votes", self.votes),
            self.seats,
            total=self.total,
            held=self.held,
            size=self.size,
            lots=draws,
            provision=self.provision,
        )


@attrs.frozen
class _Renounced:
    """What a committee was given in which groups renounce seats."""

    method: str
    groups: tuple[Counted, ...]
    seats: int
    renounced: Any
    takers: Any
    provision: str = attrs.field(validator=_is_text)

    def hold(self, draws: Draws) -> Allocation:
        return elect_committee(
            _counts("groups", self.groups),
            self.seats,
            renounced=self.renounced,
            takers=self.takers,
            lots=draws,
            provision=self.provision,
        )


@attrs.frozen
class _Agreed:
    """What everybody agreed on for a committee."""

    method: str
    groups: tuple[Counted, ...]
    seats: int
    agreed: Any

    def hold(self, draws: Draws) -> Allocation:
        groups = checked_groups(_counts("groups", self.groups))
        return settle(agreement(self.agreed, "agreed", self.seats, groups), draws)


def _allocation(result: Allocation) -> Given[Allocation]:
    match result.case:
        case DivisorCase(divisors=divisors) as contest if divisors in _DIVISORS.values():
            method = next(name for name, each in _DIVISORS.items() if each == divisors)
            held, capacity = contest.held, contest.capacity
            return _ByDivisors(
                method, _rows(contest.votes), contest.seats, held, capacity, contest.provision, contest.within
            )
        case ShortfallCase() as contest:
            rows = _rows(contest.votes)
            return _ByShortfall(
                "largest_shortfall", rows, contest.seats, contest.total, contest.held, contest.size, contest.provision
            )
        case GroupContest(first=first) as contest:
            groups = _rows(first.votes)
            return _Renounced(
                "elect_committee", groups, first.seats, contest.renounced, contest.takers, first.provision
            )
        case Agreement() as contest:
            return _Agreed("agreement", _rows(contest.groups), sum(contest.seats.values()), contest.seats)
    raise DataError(f"the allocation was made by {shown(result.case)}, which no file can hold")


# One class for each other kind


@attrs.frozen
class _Proportional:
    votes: tuple[Counted, ...]
    seats: int
    alliances: tuple[Alliance, ...]
    capacity: Any
    provision: str = attrs.field(validator=_is_text)

    @classmethod
    def of(cls, result: ProportionalElection) -> "_Proportional":
        contest = result.case
        return cls(_rows(contest.votes), contest.seats, contest.alliances, contest.capacity, contest.provision)

    def hold(self, draws: Draws) -> ProportionalElection:
        return proportional_election(
            _counts("votes", self.votes),
            self.seats,
            alliances=_named(self.alliances),
            capacity=self.capacity,
            lots=draws,
            provision=self.provision,
        )


@attrs.frozen
class _Threshold:
    votes: tuple[Counted, ...]
    share: Fraction
    total: int
    represented: Any

    @classmethod
    def of(cls, result: Threshold) -> "_Threshold":
        return cls(_rows(result.votes), result.line, result.total, result.represented)

    def hold(self, draws: Draws) -> Threshold:
        Urn(draws).close()  # a line has no lots
        return apply_threshold(_counts("votes", self.votes), self.share, total=self.total, represented=self.represented)


@attrs.frozen
class _ByMajority:
    method: str
    ballots: tuple[tuple[Counted, ...], ...]
    present: int
    base: Any
    provision: str = attrs.field(validator=_is_text)

    def hold(self, draws: Draws) -> MajorityElection:
        ballots = [_counts(f"ballot {number}", ballot) for number, ballot in enumerate(self.ballots, start=1)]
        return majority_election(ballots, present=self.present, base=self.base, lots=draws, provision=self.provision)


@attrs.frozen
class _ByPlurality:
    method: str
    votes: tuple[Counted, ...]
    provision: str = attrs.field(validator=_is_text)

    def hold(self, draws: Draws) -> MajorityElection:
        return plurality_election(_counts("votes", self.votes), lots=draws, provision=self.provision)


def _majority(result: MajorityElection) -> Given[MajorityElection]:
    ballots = tuple(_rows(ballot) for ballot in result.ballots)
    if result.present is None:
        return _ByPlurality("plurality_election", ballots[0], result.provision)
    return _ByMajority("majority_election", ballots, result.present, result.base, result.provision)


@attrs.frozen
class _Council:
    election: CouncilElection

    @classmethod
    def of(cls, result: CouncilResult) -> "_Council":
        return cls(result.election)

    def hold(self, draws: Draws) -> CouncilResult:
        return elect_council(self.election, lots=draws)


@attrs.frozen
class _Sitting:
    election: CouncilElection
    election_draws: Draws
    changes: tuple[Change, ...]

    @classmethod
    def of(cls, result: Sitting) -> "_Sitting":
        return cls(result.result.election, result.result.draws, result.changes)

    def hold(self, draws: Draws) -> Sitting:
        return fill_vacancies(elect_council(self.election, lots=self.election_draws), self.changes, lots=draws)


@attrs.frozen
class _Composition:
    votes: tuple[Counted, ...]
    mayors: tuple[Counted, ...]
    municipalities: int
    total_votes: int
    cast_votes: int
    represented: Any
    method: Any
    line: Fraction

    @classmethod
    def of(cls, result: KKRComposition) -> "_Composition":
        return cls(
            _rows(result.votes),
            _rows(result.mayors),
            result.municipalities,
            result.total_votes,
            result.cast_votes,
            result.threshold.represented,
            result.method,
            result.threshold.line,
        )

    def hold(self, draws: Draws) -> KKRComposition:
        return compose_kkr(
            _counts("votes", self.votes),
            _counts("mayors", self.mayors),
            municipalities=self.municipalities,
            total_votes=self.total_votes,
            cast_votes=self.cast_votes,
            represented=self.represented,
            method=self.method,
            line=self.line,
            lots=draws,
        )


@attrs.frozen
class _Chairs:
    votes: tuple[Counted, ...]
    alliances: tuple[Alliance, ...]
    excluded: Any

    @classmethod
    def of(cls, result: KKRChairs) -> "_Chairs":
        return cls(_rows(result.votes), result.election.case.alliances, result.excluded)

    def hold(self, draws: Draws) -> KKRChairs:
        votes = checked_votes(_counts("votes", self.votes))
        return elect_posts(votes, self._excluded(votes), alliances=_named(self.alliances), lots=draws)

    def _excluded(self, votes: Mapping[str, int]) -> dict[str, str]:
        if not isinstance(self.excluded, Mapping):
            raise DataError(f"excluded is {shown(self.excluded)}; it is an object with a reason for each party")
        reasons = (NOT_ELIGIBLE, *map(str, Reason))
        found = {checked_name("excluded", party): reason for party, reason in self.excluded.items()}
        for party, reason in found.items():
            if party not in votes:
                raise DataError(f"excluded names {shown(party)}, which is not in votes; votes has {listed(votes)}")
            if reason not in reasons:
                raise DataError(f"excluded.{party} is {shown(reason)}; the reasons are {', '.join(reasons)}")
        return found


@attrs.frozen
class _Claimed:
    """The seats that passed by claims at one time, and the committees where a majority was restored."""

    transfers: tuple[Transfer, ...]
    restore: Any


@attrs.frozen
class _Committees:
    groups: tuple[Counted, ...]
    committees: tuple[Counted, ...]
    outside: Any
    council_size: Any
    agreed: Any
    seated: Any
    claimed: tuple[_Claimed, ...]

    @classmethod
    def of(cls, result: Committees) -> "_Committees":
        return cls(
            _rows(result.groups),
            _rows(result.charter),
            result.outside,
            result.council_size,
            {committee: result.elected[committee] for committee in result.agreed},
            result.seated,
            tuple(
                _Claimed(claimed.transfers, tuple(added.committee for added in claimed.extra))
                for claimed in result.claimed
            ),
        )

    def hold(self, draws: Draws) -> Committees:
        result = elect_committees(
            _counts("groups", self.groups),
            _counts("committees", self.committees),
            outside=self.outside,
            council_size=self.council_size,
            agreed=self.agreed,
            seated=self.seated,
            lots=draws,
        )
        for claimed in self.claimed:
            # That a second seat passed says that its receiver did not refuse it.
            result = apply_claims(result, claimed.transfers, restore=claimed.restore, accept_second=result.groups)
        return result


@attrs.frozen
class _Posts:
    groups: tuple[Counted, ...]
    posts: int
    held: Any
    provision: str = attrs.field(validator=_is_text)

    @classmethod
    def of(cls, result: PickingOrder) -> "_Posts":
        return cls(_rows(result.groups), result.posts, result.held, result.provision)

    def hold(self, draws: Draws) -> PickingOrder:
        limited("posts", self.posts)
        return picking_order(
            _counts("groups", self.groups), self.posts, held=self.held, lots=draws, provision=self.provision
        )


# The kinds of results

_BY_METHOD = {
    **dict.fromkeys(_DIVISORS, _ByDivisors),
    "largest_shortfall": _ByShortfall,
    "elect_committee": _Renounced,
    "agreement": _Agreed,
}
_BY_BALLOTS = {"majority_election": _ByMajority, "plurality_election": _ByPlurality}

KINDS: Mapping[type[object], Kind[Any]] = {
    kind.result: kind
    for kind in (
        Kind("allocation", Allocation, _allocation, _BY_METHOD),
        Kind("proportional-election", ProportionalElection, _Proportional.of, _Proportional),
        Kind("threshold", Threshold, _Threshold.of, _Threshold, draws=lambda _: ()),
        Kind("majority-election", MajorityElection, _majority, _BY_BALLOTS),
        Kind("council-result", CouncilResult, _Council.of, _Council),
        Kind("sitting", Sitting, _Sitting.of, _Sitting),
        Kind("kkr-composition", KKRComposition, _Composition.of, _Composition),
        Kind("kkr-chairs", KKRChairs, _Chairs.of, _Chairs),
        Kind("committees", Committees, _Committees.of, _Committees),
        Kind("picking-order", PickingOrder, _Posts.of, _Posts),
    )
}
"""Class of the result -> its kind."""

TOLD: Mapping[type[object], tuple[str, ...]] = {
    Allocation: ("seats", "awards", "tie", "vacant"),
    ProportionalElection: ("seats", "unit_seats", "awards", "ties", "open", "vacant"),
    Threshold: ("passed", "excluded", "shares"),
    MajorityElection: ("winner", "ballot", "next_ballot", "candidates", "needed", "tie"),
    CouncilResult: ("seats", "mandates", "lists", "proportional", "ties", "open", "vacant"),
    ListResult: tuple(field.name for field in attrs.fields(ListResult) if field.name != "list"),
    Sitting: ("seats", "steps", "tie", "pending"),
    KKRComposition: ("parties", "sizing", "allocation", "warnings"),
    KKRChairs: ("chair", "vice_chair", "election", "ties"),
    Committees: (
        "seats",
        "sizes",
        "totals",
        "under_et",
        "claims",
        "excess",
        "elected",
        "extra",
        "allocations",
        "together",
        "ties",
        "warnings",
    ),
    PickingOrder: ("order", "seats", "tie"),
    Warned: ("rule", "provision", "values"),
}
"""Class -> the attributes that say what came out; a class that is not here is told by all its attributes."""

_MOST = 100_000
"""A file tells every seat. That it has no more of them keeps a reader from working without end."""


def limited(field: str, number: object) -> None:
    """Hold that a file does not hold more seats than anybody elects.

    Raises:
        DataError: it does.
    """
    if isinstance(number, int) and number > _MOST:
        raise DataError(f"{field} is {shown(number)}; a file holds at most {_MOST:,}")
