"""§§ 24 and 25: the seats of one committee or body, by forholdstalsvalg between the groups."""

from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from kommunalvalg.constitution.groups import FORHOLDSTALSVALG, SEATS, Dated, checked_groups, counts_given, known_groups
from kommunalvalg.errors import RuleError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Lots, Place, Urn, Where, settle
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.methods.majority import FLERTALSVALG
from kommunalvalg.text import Entry, Field
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, checked_names, listed

__all__ = ["CommitteeCase", "check_several", "elect_committee"]


def check_several(field: Field, seats: int) -> int:
    """Return a number of places that is more than one.

    Raises:
        VoteError: it is no number.
        RuleError: it is one, and one member is elected by flertalsvalg (KSL-24-1, KSL-25-1).

    >>> check_several("seats", 1)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: seats is 1; one member is elected by flertalsvalg, two or more by forholdstalsvalg
    (KSL § 24, stk. 1)
    """
    if checked_count(field, seats, what=SEATS, least=1) == 1:
        raise RuleError(
            "{field} is {value}; one member is elected by flertalsvalg, two or more by forholdstalsvalg",
            field=field,
            value=1,
            rule=FLERTALSVALG,
        )
    return int(seats)


def _size(seats: int) -> int:
    return check_several("seats", seats)


def _takers(takers: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if takers is None else checked_names("takers", takers)


def _agreed(agreed: object) -> FrozenDict[str, int] | None:
    return None if agreed is None else counts_given(agreed)


@attrs.frozen(kw_only=True)
class CommitteeCase(Dated):
    """The seats of one committee and the groups that they go to; checked when it is made, save what only a lot decides.

    Args:
        groups: group -> members who take part in the meeting.
        seats: the seats of the committee.
        seated: group -> seats that are taken beforehand, by office, which count as its first; they are not awarded.
        renounced: group -> how many of its seats it renounces, once the numbers are fixed.
        takers: the groups that are willing to take a renounced seat; None for all that renounce none.
        agreed: group -> seats that everybody agreed on instead of an election; None where nobody did.
        name: the committee, for the places of lots.
        rule: the rule of the law map that a lot is drawn under.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: there is but one seat, what is agreed on or taken beforehand does not fit the committee, or no group
            takes a renounced seat.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    seats: int = attrs.field(converter=_size)
    seated: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    renounced: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    takers: tuple[str, ...] | None = attrs.field(default=None, converter=_takers)
    agreed: FrozenDict[str, int] | None = attrs.field(default=None, converter=_agreed)
    name: str = ""
    rule: str = FORHOLDSTALSVALG
    day: When = None

    def __attrs_post_init__(self) -> None:
        for field in ("seated", "renounced"):
            object.__setattr__(self, field, known_groups(getattr(self, field), self._field(field), self.groups))
        taken = sum(self.seated.values())
        if taken > self.seats:
            raise RuleError(
                "{field} has {value} seats; the committee has {seats}",
                field=self._field("seated"),
                value=taken,
                rule=self.rule,
                when=self.day,
                seats=self.seats,
            )
        if self.agreed is not None:
            self._check_agreed(self.agreed)
        if self.takers is not None:
            checked_names("takers", self.takers, known=self.groups, among="groups")
        if self.renounced and (not self.willing or not self.renounced.keys().isdisjoint(self.willing)):
            raise RuleError(
                "{field} are {willing}; a renounced seat needs another group that takes it",
                field=self._field("takers"),
                value=self.takers,
                rule=FORHOLDSTALSVALG,
                when=self.day,
                willing=listed(self.willing) or _("nobody"),
            )

    def _field(self, field: str) -> Field:
        return Entry(field, self.name) if self.name else field

    def _check_agreed(self, agreed: FrozenDict[str, int]) -> None:
        field = self._field("agreed")
        counts = known_groups(agreed, field, self.groups)
        if self.renounced:
            raise RuleError(
                "{field} and renounced are both given; what is agreed on says what everybody has",
                field=field,
                value=dict(counts),
                rule=FORHOLDSTALSVALG,
                when=self.day,
            )
        if sum(counts.values()) != self.seats:
            raise RuleError(
                "{field} has {value} seats; the committee has {seats}, and what is agreed on fills it",
                field=field,
                value=sum(counts.values()),
                rule=FORHOLDSTALSVALG,
                seats=self.seats,
            )
        seats = FrozenDict({group: counts.get(group, 0) for group in self.groups})
        for group, count in self.seated.items():
            if count > seats[group]:
                raise RuleError(
                    "{field} is {value}; {count} are taken beforehand by {group}",
                    field=Entry(field, group),
                    value=seats[group],
                    rule=self.rule,
                    when=self.day,
                    count=count,
                    group=group,
                )
        object.__setattr__(self, "agreed", seats)

    @property
    def method(self) -> str:
        """What gives the seats, one of "dhondt", "renounced" where renounced ones pass on after it, or "agreed"."""
        if self.agreed is not None:
            return "agreed"
        return "renounced" if self.renounced else "dhondt"

    @property
    def willing(self) -> tuple[str, ...]:
        """The groups that take a renounced seat."""
        if self.takers is not None:
            return self.takers
        return tuple(group for group in self.groups if group not in self.renounced)

    @property
    def first(self) -> DivisorCase:
        """The distribution of the seats that are not taken beforehand, before any is renounced."""
        return DivisorCase(
            divisors=DHONDT,
            votes=self.groups,
            seats=self.seats - sum(self.seated.values()),
            held=self.seated,
            rule=self.rule,
            place=Place(Where.COMMITTEE, self.name),
            when=self.day,
        )

    def settled(self, urn: Urn) -> Allocation[Self]:
        """Distribute the seats, then those that are renounced, with the lots from ``urn`` (KSL-24-3)."""
        if self.agreed is not None:
            seats = {group: count - self.seated.get(group, 0) for group, count in self.agreed.items()}
            return Allocation(seats=FrozenDict(seats), case=self)
        won: Allocation = self.first.settled(urn)
        if won.tie or not self.renounced:
            return attrs.evolve(won, case=self)
        more = self.passed_on(won).settled(urn)
        seats = {name: count - self.renounced.get(name, 0) + more.seats[name] for name, count in won.seats.items()}
        return Allocation(seats=FrozenDict(seats), tie=more.tie, draws=(*won.draws, *more.draws), case=self)

    def passed_on(self, won: Allocation) -> DivisorCase:
        """Give the distribution of the renounced seats, which goes on where the first one ended."""
        have = {}
        for name, count in won.seats.items():
            renounced = self.renounced.get(name, 0)
            if renounced > count:
                raise RuleError(
                    "{field} is {value}; {group} has {count} to renounce",
                    field=Entry(self._field("renounced"), name),
                    value=renounced,
                    rule=FORHOLDSTALSVALG,
                    when=self.day,
                    group=name,
                    count=count,
                )
            have[name] = count + self.seated.get(name, 0)
        return attrs.evolve(
            self.first,
            seats=sum(self.renounced.values()),
            held=FrozenDict(have),
            capacity=FrozenDict({name: count for name, count in have.items() if name not in self.willing}),
            place=Place(Where.RENOUNCED, self.name),
        )

    def awards(self, allocation: Allocation) -> tuple[Award, ...]:
        """Give the seats in the order of their quotients, those that were renounced left out; none where all agreed."""
        if self.agreed is not None:
            return ()
        urn = Urn([attrs.evolve(draw, place=None) for draw in allocation.draws])
        won: Allocation = self.first.settled(urn)
        if won.tie or not self.renounced:
            return self.first.awards(won)
        left = {name: count - self.renounced.get(name, 0) for name, count in won.seats.items()}
        kept = []
        for award in self.first.awards(won):
            if left[award.winner]:
                left[award.winner] -= 1
                kept.append(award)
        kept += self.passed_on(won).settled(urn).awards
        return tuple(award._replace(number=number) for number, award in enumerate(kept, start=1))


def elect_committee(
    groups: Mapping[str, int],
    seats: int,
    *,
    seated: Mapping[str, int] | None = None,
    renounced: Mapping[str, int] | None = None,
    takers: Iterable[str] | None = None,
    agreed: Mapping[str, int] | None = None,
    name: str = "",
    lots: Lots = None,
    rule: str = FORHOLDSTALSVALG,
    day: When = None,
) -> Allocation[CommitteeCase]:
    """Distribute two or more seats to the groups by forholdstalsvalg (KSL-24-3, KSL-25-1, KSL-64).

    Args:
        groups: group -> members who take part in the meeting, each at least one; the same for every committee.
        seats: the seats of the committee.
        seated: group -> seats that its people have by office, which count as its first and are not awarded.
        renounced: group -> how many of its seats it renounces, once the numbers are fixed. They go to the other
            groups by the same ranking.
        takers: the groups that are willing to take a renounced seat (default: all that renounce none).
        agreed: group -> seats that everybody has agreed on instead. A majority may not: give it only where the
            agreement is unanimous. The result's ``case.method`` is then "agreed", and it has no awards.
        name: the committee, for the places of lots.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
            A lot over the seats comes before a lot over renounced ones.
        rule: the rule that a lot is drawn under.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The seats of each group; while the lot over the seats is open, nothing is renounced yet.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: there is but one seat, a group renounces more seats than it has, no group takes a renounced seat, or
            what is agreed on does not sum to the seats or is combined with renounced seats.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 24, stk. 3 and § 25; the ministry's opinions 77.1.1, 79.1.3 and 12.1.5. A single post is filled by
    :func:`~kommunalvalg.majority_election`. A magistrat goes so too, the mayor's post ``seated`` (KSL-64).

    >>> elect_committee({"a": 16, "b": 15}, 9).seats
    {'a': 5, 'b': 4}
    >>> elect_committee({"a": 20, "b": 8, "c": 3}, 7, renounced={"a": 1}).seats
    {'a': 4, 'b': 2, 'c': 1}
    """
    case = CommitteeCase(
        groups=groups,
        seats=seats,
        seated=seated,
        renounced=renounced,
        takers=takers,
        agreed=agreed,
        name=name,
        rule=rule,
        day=day,
    )
    return settle(case, lots)
