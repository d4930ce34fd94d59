"""§§ 17, stk. 2, 25 and 26: the bodies beside the council's own committees, one election each.

Each has its own declaration of groups. There is no talk of odd numbers, of half the council or of § 27, which are of
økonomiudvalget and the standing committees. Other acts say how many members some of them have.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.bodies import CommitteeCase, check_several
from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    SEATS,
    Dated,
    checked_groups,
    counts_given,
    known_groups,
    least_and_most,
)
from kommunalvalg.constitution.order import PickingCase, PickingOrder
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Tie, Urn, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_choice, checked_count, checked_name, checked_votes

__all__ = [
    "Body",
    "BodyCase",
    "BodyPlace",
    "PlaceKind",
    "Polling",
    "PollingCase",
    "elect_body",
    "elect_polling_officers",
]

_ONE_EACH = "KSL-25-1"
_BY_OFFICE = "KSL-25-2"
_MIXED = "KSL-26"
_POLLING = "KRVL-16"
_NO_OFFICE = ("RSL-19", "KRVL-17")
"""The bodies of which nobody is a member by office."""
_WITH_SUBSTITUTES = ("KRVL-14", "RSL-19")
"""The bodies in which a group that elects a member names a substitute too."""
_WHOLE_IS_ODD = ("BRL-9",)
"""The bodies that have an odd number of members in all, most of them elected by the council."""


class PlaceKind(StrEnum):
    """Who can have a place in a body (KSL-26)."""

    MEMBER = "member"
    """A member of the council."""
    OTHER = "other"
    """Somebody who is none."""


@attrs.frozen
class BodyPlace:
    """A place in a body that a group has taken.

    Attributes:
        group: the group.
        kind: whether a member of the council has it, or somebody else.
        person: who has it; empty where nobody was named.
    """

    group: str
    kind: PlaceKind
    person: str = ""


def _name(name: str) -> str:
    return checked_name("name", name)


def _number(seats: int) -> int:
    return checked_count("members", seats, what=SEATS)


def _others(seats: int) -> int:
    return checked_count("others", seats, what=SEATS)


def _is_pair(pick: object) -> bool:
    return isinstance(pick, tuple | list) and len(pick) == len(("kind", "person"))


def _picks(picks: object) -> tuple[tuple[PlaceKind, str], ...]:
    if isinstance(picks, str) or not isinstance(picks, Iterable):
        raise VoteError(
            "{field} is {value}; give each pick as a kind of place, or as (kind, person)", field="picks", value=picks
        )
    checked = []
    for number, pick in enumerate(picks, start=1):
        field = _("pick {number}", number=number)
        kind, person = pick if _is_pair(pick) else (pick, "")
        checked.append((checked_choice(field, kind, PlaceKind), checked_name(field, person) if person else ""))
    return tuple(checked)


@attrs.frozen(kw_only=True)
class BodyCase(Dated):
    """A body beside the committees, and the groups that elect to it; everything is checked when it is made.

    Args:
        name: the body.
        groups: group -> members who take part in the meeting, as declared for this election.
        members: the places that members of the council have, those by office included.
        others: the places of people who are no members of the council.
        by_office: group -> places that its people have by office, which are its first and are not elected.
        picks: the kinds of places that the groups have taken so far in their order, each with the person who is named
            or "", where there are places of both kinds.
        whole: the members of the body in all, those whom nobody elects here included; None where it does not matter.
        rule: the rule of the law map that the body is elected by: KSL-25-1, or that of another act, such as KRVL-14.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: the council elects but one member; the body has not so many places, or no places by office; or a
            kind of place is taken that is used up, or by one person twice.
    """

    name: str = attrs.field(converter=_name)
    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    members: int = attrs.field(converter=_number)
    others: int = attrs.field(default=0, converter=_others)
    by_office: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    picks: tuple[tuple[PlaceKind, str], ...] = attrs.field(default=(), converter=_picks)
    whole: int | None = None
    rule: str = _ONE_EACH
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "by_office", known_groups(self.by_office, "by_office", self.groups))
        check_several("members", self.members + self.others)
        self._check_places()
        offices = sum(self.by_office.values())
        if offices > self.members or (offices and self.rule in _NO_OFFICE):
            raise RuleError(
                "{field} has {value} places; {body} has {places} for members of the council, and {offices} by office",
                field="by_office",
                value=offices,
                rule=_BY_OFFICE if offices > self.members else self.rule,
                when=self.day,
                body=self.name,
                places=self.members,
                offices=0 if self.rule in _NO_OFFICE else self.members,
            )
        self._check_picks()

    def _check_places(self) -> None:
        """Hold the places against the act that sets how many there are."""
        if (
            self.rule in _WHOLE_IS_ODD
            and self.whole is not None
            and not (self.whole % 2 and self.elected * 2 > self.whole)
        ):
            raise RuleError(
                "{field} is {value}; {body} has an odd number of members, most of them elected by the council",
                field="whole",
                value=self.whole,
                rule=self.rule,
                when=self.day,
                body=self.name,
            )
        if self.rule not in ("KRVL-14", "RSL-19"):
            return
        least, most = least_and_most(self.rule, self.day)
        if self.others or not least <= self.members <= most:
            raise RuleError(
                "{field} is {value}; {body} has {least} to {most}, members of the council",
                field="others" if self.others else "members",
                value=self.others or self.members,
                rule=self.rule,
                when=self.day,
                body=self.name,
                least=least,
                most=most,
            )

    def _check_picks(self) -> None:
        left, people = self.left(0), set()
        if self.picks and not self.mixed:
            raise RuleError(
                "{field} are {value}; groups take places of two kinds where others than members are elected too",
                field="picks",
                value=[str(kind) for kind, _person in self.picks],
                rule=_MIXED,
                when=self.day,
            )
        for number, (kind, person) in enumerate(self.picks, start=1):
            if not left[kind]:
                raise RuleError(
                    "{field} is {value}; the places of that kind are used up",
                    field=_("pick {number}", number=number),
                    value=str(kind),
                    rule=_MIXED,
                    when=self.day,
                )
            if person and person in people:
                raise RuleError(
                    "{field} is {value}, who has a place already",
                    field=_("pick {number}", number=number),
                    value=person,
                    rule=_MIXED,
                    when=self.day,
                )
            left[kind] -= 1
            people.add(person)

    @property
    def mixed(self) -> bool:
        """Whether places of two kinds are elected, so that the groups choose between them."""
        return all(self.left(0).values())

    @property
    def elected(self) -> int:
        """How many places are elected: all but those by office."""
        return self.members + self.others - sum(self.by_office.values())

    def left(self, picks: int) -> dict[PlaceKind, int]:
        """Give the places of either kind that are left after so many picks."""
        taken = [kind for kind, _person in self.picks[:picks]]
        members = self.members - sum(self.by_office.values())
        return {
            PlaceKind.MEMBER: members - taken.count(PlaceKind.MEMBER),
            PlaceKind.OTHER: self.others - taken.count(PlaceKind.OTHER),
        }

    def settled(self, urn: Urn) -> "Body":
        """Distribute the places; with places of both kinds, in the order in which the groups choose (KSL-26)."""
        if not self.mixed:
            allocation = CommitteeCase(
                groups=self.groups,
                seats=self.members + self.others,
                seated=self.by_office,
                name=self.name,
                rule=FORHOLDSTALSVALG,
                day=self.day,
            ).settled(urn)
            return Body(allocation=allocation, case=self)
        picking = PickingCase(
            groups=self.groups, posts=self.elected, held=self.by_office, name=self.name, day=self.day
        ).settled(urn)
        if len(self.picks) > len(picking.order) and picking.tie:
            raise RuleError(
                "{field} is {value}; a lot is open over who takes that place: {tie}",
                field=_("pick {number}", number=len(picking.order) + 1),
                value=str(self.picks[len(picking.order)][0]),
                rule=_MIXED,
                tie=picking.tie.text,
            )
        return Body(picking=picking, case=self)


@attrs.frozen(kw_only=True, repr=False)
class Body(Result):
    """The places of the groups in a body beside the committees.

    Attributes:
        allocation: the distribution of the places, where those that are elected are of one kind; else None.
        picking: the order in which the groups take places, where there are two kinds of them; else None.
        case: the body, the groups and the picks.
    """

    allocation: Allocation | None = None
    picking: PickingOrder | None = None
    case: BodyCase

    def __repr__(self) -> str:
        return f"<Body {self.case.name}: {dict(self.seats)}>"

    @property
    def _elected(self) -> Allocation | PickingOrder:
        """The election of the places, of one kind or of two."""
        return self.allocation or self.picking  # type: ignore[return-value]  # one of them is there

    @property
    def seats(self) -> FrozenDict[str, int]:
        """Group -> places, those by office included; only what no open lot can change."""
        elected = self._elected.seats.items()
        return FrozenDict({group: count + self.case.by_office.get(group, 0) for group, count in elected})

    @property
    def order(self) -> tuple[str, ...]:
        """The group of each place, in the order in which they take them, where there are two kinds of places."""
        return self.picking.order if self.picking else ()

    @property
    def places(self) -> tuple[BodyPlace, ...]:
        """The places that the groups have taken; when one kind is used up, the others follow of themselves."""
        picks = [*self.case.picks]
        left = [kind for kind, count in self.case.left(len(picks)).items() if count]
        if len(left) == 1:
            picks += [(left[0], "")] * len(self.order)  # of which no more are taken than there are
        return tuple(BodyPlace(group, kind, person) for group, (kind, person) in zip(self.order, picks, strict=False))

    @property
    def next(self) -> str | None:
        """The group that takes a place next and chooses of which kind; None where there is nothing to choose."""
        taken = len(self.places)
        return self.order[taken] if taken < len(self.order) else None

    @property
    def substitutes(self) -> bool:
        """Whether a group that elects a member names a substitute as well, by the act that the body has."""
        return self.case.rule in _WITH_SUBSTITUTES

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return self._elected.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return self._elected.draws


def elect_body(
    name: str,
    groups: Mapping[str, int],
    members: int,
    *,
    others: int = 0,
    by_office: Mapping[str, int] | None = None,
    picks: Iterable[str | tuple[str, str]] = (),
    whole: int | None = None,
    rule: str = _ONE_EACH,
    lots: Lots = None,
    day: law.When = None,
) -> Body:
    """Elect a council's members of one body beside its committees (KSL-25-1, KSL-26, KSL-17-2).

    Args:
        name: the body.
        groups: group -> members who take part in the meeting, as declared for this election.
        members: the places that members of the council have, those by office included.
        others: the places of people who are no members of the council.
        by_office: group -> places that its people have by office (KSL-25-2).
        picks: the kinds of places that the groups take in their order, "member" or "other", each alone or with the
            person who is named, where there are places of both kinds.
        whole: the members of the body in all, where its act asks for an odd number of them (BRL-9).
        rule: the rule of the body: KSL-25-1, or that of another act: KRVL-14 (valgbestyrelse), KRVL-17 (tilforordnede),
            RSL-19 (børne- og ungeudvalg), BRL-9 (beredskabskommission).
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        RuleError: the council elects but one member; the body has not so many places, or no places by office; or a
            kind of place is taken that is used up.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL §§ 25 and 26. That a place by office is the first of its group's is *inferred*.

    >>> elect_body("Havnen", {"a": 13, "b": 12}, 2).seats
    {'a': 1, 'b': 1}
    >>> mixed = elect_body("Fonden", {"a": 13, "b": 12}, 3, others=2, picks=["other", "member"])
    >>> mixed.order, mixed.next
    (('a', 'b', 'a', 'b', 'a'), 'a')
    """
    case = BodyCase(
        name=name,
        groups=groups,
        members=members,
        others=others,
        by_office=by_office,
        picks=picks,
        whole=whole,
        rule=rule,
        day=day,
    )
    return settle(case, lots)


# KRVL § 16: those who lead the voting


def _areas(areas: object) -> FrozenDict[str, int]:
    return checked_votes(areas, "areas", what=N_("a number of polling officers"), least=1)


@attrs.frozen(kw_only=True)
class PollingCase(Dated):
    """The polling areas of a municipality, and the groups that elect their officers; checked when it is made.

    Args:
        groups: group -> members who take part in the meeting.
        areas: polling area -> its officers (valgstyrere).
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one.
        RuleError: an area has fewer or more officers than the act has.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    areas: FrozenDict[str, int] = attrs.field(converter=_areas)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        least, most = least_and_most(_POLLING, self.day)
        for area, number in self.areas.items():
            if not least <= number <= most:
                raise RuleError(
                    "{field} is {value}; a polling area has {least} to {most} officers",
                    field=Entry("areas", area),
                    value=number,
                    rule=_POLLING,
                    when=self.day,
                    figure="officers",
                    least=least,
                    most=most,
                )

    def settled(self, urn: Urn) -> "Polling":
        """Distribute the officers of all areas together, then the chairs (KRVL-16)."""
        officers = CommitteeCase(
            groups=self.groups, seats=sum(self.areas.values()), name="valgstyrere", rule=_POLLING, day=self.day
        ).settled(urn)
        chairs = None
        if len(self.areas) > 1:
            chairs = CommitteeCase(
                groups=self.groups, seats=len(self.areas), name="valgstyrerformænd", rule=_POLLING, day=self.day
            ).settled(urn)
        return Polling(officers=officers, chairs=chairs, case=self)


@attrs.frozen(kw_only=True)
class Polling(Result):
    """The groups' polling officers, and those among them who are chairs.

    Attributes:
        officers: the officers of all areas, distributed together.
        chairs: the chairs of the areas; None where there is but one area, whose chair is elected by flertalsvalg.
        case: the groups and the areas.
    """

    officers: Allocation
    chairs: Allocation | None
    case: PollingCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lots that are open."""
        return (*self.officers.ties, *(self.chairs.ties if self.chairs else ()))

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return (*self.officers.draws, *(self.chairs.draws if self.chairs else ()))


def elect_polling_officers(
    groups: Mapping[str, int], areas: Mapping[str, int], *, lots: Lots = None, day: law.When = None
) -> Polling:
    """Elect the polling officers (valgstyrere) of all areas together, and the areas' chairs (KRVL-16).

    Args:
        groups: group -> members who take part in the meeting.
        areas: polling area -> its officers, five to nine.
        lots: where draws come from: over the officers, then over the chairs.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one.
        RuleError: an area has fewer or more officers than the act has.
        LotError: a draw does not fit the lot that is open, or is left over.

    KRVL § 16, stk. 1, 2 and 4. That the one chair of a single area is elected by flertalsvalg is *inferred*.

    >>> polling = elect_polling_officers({"a": 16, "b": 15}, dict.fromkeys("0123456789", 7))
    >>> polling.officers.seats, polling.chairs.seats
    ({'a': 36, 'b': 34}, {'a': 5, 'b': 5})
    """
    return settle(PollingCase(groups=groups, areas=areas, day=day), lots)
