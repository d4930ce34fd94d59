"""The first meeting of a council: every election of the evening, one after another, in the order of business.

KSL § 6 (who convenes, the mayor, the deputies), § 65 (the chairs, where they are chosen first), §§ 17-19 and 24-27
(økonomiudvalget and the standing committees, with one declaration of groups) and § 17, stk. 2 (the other bodies).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.bodies import CommitteeCase
from kommunalvalg.constitution.chairs import Chairs, ChairsCase
from kommunalvalg.constitution.committees import Claim, Committees, CommitteesCase, Transfer
from kommunalvalg.constitution.groups import check_quorum, voting_groups
from kommunalvalg.constitution.order import PickingCase
from kommunalvalg.constitution.outside import Body, BodyCase, PlaceKind
from kommunalvalg.constitution.posts import ConvenerCase, PostCase, Service
from kommunalvalg.constitution.slates import Balance, BalanceCase
from kommunalvalg.dates import day_of
from kommunalvalg.errors import DataError, Warned, shown
from kommunalvalg.evening.given import (
    BodyPlan,
    ChairPick,
    ClaimPlan,
    CommitteePlan,
    Declaration,
    DeputiesPlan,
    Event,
    Happening,
    LotDrawn,
    Member,
    Model,
    Named,
    PostPlan,
    Sex,
    distinct,
    key,
    minutes,
    misnamed,
    placed,
    within_places,
)
from kommunalvalg.evening.items import Item, Role, Seat, Step
from kommunalvalg.evening.lots import ItemUrn, Lots, LotTaken
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Tie, Urn
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection
from kommunalvalg.results import Result
from kommunalvalg.text import Text
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed
from kommunalvalg.votes import checked_name, listed

__all__ = ["Course", "Evening", "EveningCase", "hold"]


_MAYOR, _DEPUTY = PostPlan(name="borgmester"), PostPlan(name="viceborgmester")


def _day(day: object) -> str:
    text = day if isinstance(day, str) else getattr(day, "isoformat", str)()
    if not isinstance(text, str) or day_of(text) is None:
        raise DataError("{field} is {value}; a day is written year first, '2029-12-04'", field="dato", value=day)
    return text


@attrs.frozen(kw_only=True, field_transformer=typed)
class EveningCase:
    """Everything that is given of a council's first meeting; checked as far as no lot and no ballot decides.

    Args:
        name: the municipality.
        day: the day of the meeting, year first.
        members: the members of the council.
        model: how the municipality is governed.
        declarations: who votes together: the first declaration, and what was given later the same evening.
        mayor: the mayor's election.
        deputy: the deputy's; None where there are two.
        deputies: the two deputies; None where there is one.
        magistrat: the members of the magistrat, the mayor included; None where there is none.
        magistrat_persons: group -> whom it names to the magistrat.
        picks: the chairs in the order in which the groups chose them, by § 65.
        committees: økonomiudvalget and the standing committees.
        economy: which of them is økonomiudvalget; None for the one whose name begins with "Økonomi".
        bodies: the bodies beside them, in the order in which they are elected.
        claims: the seats that pass by § 27.
        restore: the committees in which a lost majority is restored.
        accept_second: the groups that take a second seat in a committee.
        lots: the lots that were drawn, by the names of their places.
        substitutes: list -> its substitutes, in the order in which they enter (KRVL § 91).
        events: what happens in the term after the meeting.
        title: what the meeting is called; empty for its own words.

    Raises:
        DataError: a name is none that there is, or stands twice; a day or a time is none; the groups do not add up.
    """

    name: str
    day: str = attrs.field(converter=_day)
    members: tuple[Member, ...] = attrs.field(repr=shown)
    model: Model = Model.COMMITTEES
    declarations: tuple[Declaration, ...] = ()
    mayor: PostPlan = attrs.field(default=_MAYOR, repr=shown)
    deputy: PostPlan | None = _DEPUTY
    deputies: DeputiesPlan | None = None
    magistrat: int | None = attrs.field(default=None, validator=within_places)
    magistrat_persons: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    picks: tuple[ChairPick, ...] = ()
    committees: tuple[CommitteePlan, ...] = attrs.field(default=(), repr=shown)
    economy: str | None = None
    bodies: tuple[BodyPlan, ...] = attrs.field(default=(), repr=shown)
    claims: tuple[ClaimPlan, ...] = attrs.field(default=(), repr=shown)
    restore: tuple[str, ...] = ()
    accept_second: tuple[str, ...] = ()
    lots: tuple[LotDrawn, ...] = attrs.field(default=(), repr=shown)
    substitutes: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    events: tuple[Event, ...] = ()
    title: str = ""

    def __attrs_post_init__(self) -> None:
        checked_name("kommune", self.name)
        if not self.members:
            raise DataError("{field} is empty; the council has members", field="medlemmer", value=[])
        distinct((member.name for member in self.members), "medlemmer")
        deputies = self.deputies or self.deputy
        posts = [self.mayor.name, *([deputies.name] if deputies else [])]
        committees, bodies = ([plan.name for plan in plans] for plans in (self.committees, self.bodies))
        distinct([*posts, *committees, *bodies], "udvalg, organ")
        for declaration in self.declarations:
            self.groups(declaration)
        self._check_substitutes()
        self._check_model()
        self._check_events()

    def _check_substitutes(self) -> None:
        lists = dict.fromkeys(self.home.values())
        for name, substitutes in self.substitutes.items():
            if name not in lists:
                misnamed("stedfortraedere", name, lists, _("the lists"))
            for person in substitutes:
                if person in self.home:
                    raise DataError(
                        "{field} names {value}, who is a member already",
                        field=key("stedfortraedere", name),
                        value=person,
                    )
        distinct((person for each in self.substitutes.values() for person in each), "stedfortraedere")

    def _check_model(self) -> None:
        """Hold what is given against the model (KSL §§ 64-65 a)."""
        if self.model is Model.NONE and self.committees:
            raise DataError(
                "{field} names {value}; with {model} as styreform there is neither økonomiudvalg nor a standing "
                "committee",
                field="udvalg",
                model=self.model.value,
                value=listed(each.name for each in self.committees),
            )
        if self.picks and not self.model.chairs_first:
            raise DataError(
                "{field} are given; the chairs are chosen first only where styreform says so, else a committee elects "
                "its own",
                field="formandsvalg",
                value=len(self.picks),
                rule="KSL-65",
            )
        if self.magistrat is not None and self.model is not Model.MAGISTRAT:
            raise DataError(
                "{field} is {value}; there is a magistrat only with {model} as styreform",
                field="magistrat",
                value=self.magistrat,
                model=Model.MAGISTRAT.value,
            )

    def _check_events(self) -> None:
        """Hold what happens after the meeting against the term, and against those who are or can become members."""
        first, last = self.term
        known = [*self.home, *(person for each in self.substitutes.values() for person in each)]
        for number, event in enumerate(self.events, start=1):
            if not self.day <= event.day <= last:
                raise DataError(
                    "{field} is {value}; the term is from {first} to {last}",
                    field=f"haendelse[{number}].dato",
                    value=event.day,
                    first=date.fromisoformat(first),
                    last=date.fromisoformat(last),
                )
            if event.what is not Happening.NAMED and event.person not in known:
                misnamed(f"haendelse[{number}].hvem", event.person, known, _("the members of the council"))

    @property
    def term(self) -> tuple[str, str]:
        """The first and the last day of the term that the meeting is of (KRVL-6)."""
        year = date.fromisoformat(self.day).year
        first = law.value("KRVL-6", None, "first")
        years = law.whole("KRVL-6", None, "years")
        begun = year - (year - int(str(first))) % years
        return f"{begun + 1}-01-01", f"{begun + years}-12-31"

    @property
    def law(self) -> str:
        """The day whose law it is: that of the meeting, or the last that this release knows."""
        day = day_of(self.day)
        return self.day if day is not None and day <= law.KNOWN else law.KNOWN.isoformat()

    @property
    def council(self) -> Text:
        """What the council is called."""
        return _("the council")

    @property
    def leads(self) -> tuple[str, str]:
        """The rule by which the mayor leads økonomiudvalget, and the name of its place."""
        return "KSL-18", ""

    @property
    def size(self) -> int:
        """The members of the council."""
        return len(self.members)

    @property
    def present(self) -> int:
        """The members who take part, or for whom a substitute does."""
        return sum(member.takes_part for member in self.members)

    @cached_property
    def names(self) -> FrozenDict[str, Member]:
        """Name -> member."""
        return FrozenDict({member.name: member for member in self.members})

    @cached_property
    def home(self) -> FrozenDict[str, str]:
        """Member -> the list that elected them."""
        return FrozenDict({member.name: member.list for member in self.members})

    def joined(self, declaration: Declaration) -> dict[str, tuple[str, ...]]:
        """Give the members of each declared group."""
        lists = dict.fromkeys(self.home.values())
        named = {name for each in declaration.groups.values() for name in each if name in self.home}
        groups = {}
        for group, parts in declaration.groups.items():
            found: list[str] = []
            for part in parts:
                if part in self.home:
                    found.append(part)
                elif part in lists:
                    found += [name for name, its in self.home.items() if its == part and name not in named]
                else:
                    misnamed(key("grupper", group), part, [*lists, *self.home], _("the lists and members"))
            groups[group] = tuple(found)
        return groups

    def groups(self, declaration: Declaration) -> FrozenDict[str, int]:
        """Count the members of each group who take part (KSL § 24, stk. 3).

        Raises:
            DataError: somebody is in two groups, or a group has not as many members as it was said to have.
        """
        absent = [member.name for member in self.members if not member.takes_part]
        with placed("grupper"):
            groups = voting_groups(self.home, self.joined(declaration), absent=absent)
        for group, size in declaration.sizes.items():
            if groups.get(group, 0) != size:
                raise DataError(
                    "{field} is {value}; by the lists {count} members of {group} take part",
                    field=key("grupper", group, "antal"),
                    value=size,
                    count=groups.get(group, 0),
                    group=group,
                )
        return groups

    def group_of(self, person: str, declaration: Declaration) -> str:
        """Give the group of a member by a declaration; that of their own list where they are in none declared."""
        for group, members in self.joined(declaration).items():
            if person in members:
                return group
        return self.home.get(person, "")

    def declared_at(self, time: str, where: str) -> Declaration:
        """Give the declaration that holds at a time.

        Raises:
            DataError: there are several, and the election has no time that says which of them holds.
        """
        first = next((each for each in self.declarations if not each.time), Declaration())
        later = sorted((each for each in self.declarations if each.time), key=lambda each: minutes(each.time))
        if not later:
            return first
        if not time:
            raise DataError(
                "{field} is missing; the groups changed at {time}, which moves nothing that was elected before: when "
                "was this elected?",
                field=f"{where}.kl",
                value="",
                time=later[0].time,
            )
        return [first, *(each for each in later if minutes(each.time) <= minutes(time))][-1]

    def course(self, lots: Lots, *, strict: bool) -> "Course":
        """Give the course of the meeting, by lov om kommunernes styrelse."""
        return Course(self, lots, strict=strict)

    def settled(self, urn: Urn) -> "Evening":
        """Hold the meeting, with the lots of the file and then those from ``urn``."""
        return hold(self, urn)


@attrs.frozen(kw_only=True)
class Evening(Result):
    """A meeting, as far as it has come.

    Attributes:
        items: its items, in the order of business.
        lots: the lots that were drawn, with who drew them.
        draws: those of them that came from elsewhere than the case.
        fallen: what of the case no longer holds, where it was not to be refused: lots and claims.
        case: everything that was given.
    """

    items: tuple[Item, ...] = attrs.field(repr=shown)
    lots: tuple[LotTaken, ...] = attrs.field(default=(), repr=shown)
    draws: tuple[Draw, ...] = ()
    fallen: tuple[Text, ...] = ()
    case: EveningCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open."""
        return tuple(dict.fromkeys(tie for item in self.items for tie in item.ties))

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every place, in the order of business."""
        return tuple(seat for item in self.items for seat in item.seats)

    @property
    def decided(self) -> bool:
        """Whether every election is decided and every place has a person."""
        return all(item.decided and not item.unnamed for item in self.items)

    @property
    def committees(self) -> Committees | None:
        """Økonomiudvalget and the standing committees; None while they wait, and where there are none."""
        found = self.item(Step.COMMITTEES)
        return found.result if found and isinstance(found.result, Committees) else None

    @property
    def mayor(self) -> str:
        """Who is mayor; empty while nobody is."""
        item = self.item(Step.MAYOR)
        return item.seats[0].person if item and item.seats else ""

    def item(self, step: Step, name: str = "") -> Item | None:
        """Give an item by what it elects, and its name."""
        return next((item for item in self.items if item.step is step and name in ("", item.name)), None)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What departs from a rule, told and not refused."""
        said = (each for item in self.items for each in getattr(item.result, "warnings", ()))
        return tuple(dict.fromkeys([*_day_warned(self.case), *said]))


_FIRST_MEETING = "KSL-6-1"
_SUNDAY = 6


def _day_warned(case: EveningCase) -> Iterator[Warned]:
    """Warn of a meeting outside its days or its years, or on a Sunday (KSL § 6, stk. 1)."""
    day = day_of(case.day)
    first, last = law.value(_FIRST_MEETING, case.law)  # type: ignore[misc]  # two days, as month and day
    if day and not tuple(first) <= (day.month, day.day) <= tuple(last):  # type: ignore[arg-type]
        words = {"first": date(day.year, *first), "last": date(day.year, *last)}  # type: ignore[misc]
        yield Warned(
            _("The meeting is on {day}; a first meeting is held from {first} to {last}.", day=day, **words),
            _FIRST_MEETING,
            case.law,
        )
    if day and not law.is_ordinary(day.year):
        yield Warned(
            _("There are no ordinary elections in {year}, the year of the meeting.", year=str(day.year)), "KRVL-6"
        )
    if day and day.weekday() == _SUNDAY:
        yield Warned(_("The meeting is not on a weekday: {day}.", day=day))


# The order of business


def hold(case: EveningCase, urn: Urn, *, strict: bool = True) -> Evening:
    """Hold a meeting.

    Args:
        case: everything that is given.
        urn: where lots come from that the case has not.
        strict: whether lots and claims that do not hold are refused; else they are told as fallen.

    Raises:
        DataError: something in the case does not fit what was elected; the message says where it stands.
        LotError: a lot is none that is open.
    """
    before = len(urn.drawn)
    meeting = case.course(Lots(case.lots, urn, strict=strict), strict=strict)
    items = tuple(meeting.items())
    meeting.lots.close()
    return Evening(
        items=items,
        lots=tuple(meeting.lots.taken),
        draws=urn.drawn[before:],
        fallen=(*meeting.lots.fallen, *meeting.fallen),
        case=case,
    )


class Course:
    """The items of a meeting, one after another; each may rest on those before it."""

    def __init__(self, case: EveningCase, lots: Lots, *, strict: bool) -> None:
        self.case = case
        self.lots, self._strict = lots, strict
        self.fallen: list[Text] = []
        self._mayor = ""
        self._deputies: list[str] = []
        with placed("medlemmer"):
            check_quorum("til_stede", case.present, case.size, case.law)

    def items(self) -> Iterator[Item]:
        """Hold the elections, one after another, in the order of business."""
        case = self.case
        if any(member.served is not None for member in case.members):
            yield self._convener()
        if case.model is Model.TOGETHER:
            yield from self._together()
        else:
            mayor = self._post(Step.MAYOR, case.mayor, "borgmester")
            self._mayor = mayor.seats[0].person
            yield mayor
            yield from self._deputy()
        if case.magistrat is not None:
            yield self._magistrat(case.magistrat)
        chairs = None
        if case.model.chairs_first and case.model is not Model.TOGETHER:
            item = self._chairs()
            chairs = item.result if isinstance(item.result, Chairs) else None
            yield item
        elif case.model is Model.TOGETHER:
            chairs = self._chairs_together
        if case.committees:
            yield self._committees(chairs)
        for body in case.bodies:
            yield self._body(body)

    def _urn(self) -> Urn:
        return ItemUrn(self.lots)

    # § 6

    def _services(self) -> dict[str, Service]:
        """Give who has been a member for how long, of those who are present."""
        return {
            member.name: Service(member.served, member.born or "1900-01-01")
            for member in self.case.members
            if member.present and member.served is not None
        }

    def _convener(self) -> Item:
        with placed("medlemmer"):
            convener = ConvenerCase(members=self._services(), day=self.case.law).settled(self._urn())
        return Item(step=Step.CONVENER, result=convener)

    def _post(self, step: Step, plan: PostPlan, where: str) -> Item:
        case = self.case
        for number, ballot in enumerate(plan.ballots, start=1):
            for name in ballot:
                if name not in case.names:
                    misnamed(f"{where}.afstemninger[{number}]", name, case.names, _("the members of the council"))
        with placed(where):
            election = PostCase(
                ballots=plan.ballots,
                present=case.present,
                council_size=case.size,
                rule=FLERTALSVALG,
                post=plan.name,
                day=case.law,
            ).settled(self._urn())
        return Item(
            step=step,
            name=plan.name,
            result=election,
            title=plan.title,
            time=plan.time,
            seats=(Seat(body=plan.name, person=election.winner or "", role=Role.HOLDER),),
        )

    def _deputy(self) -> Iterator[Item]:
        case = self.case
        if case.deputies:
            yield self._two_deputies(case.deputies)
        elif case.deputy:
            item = self._post(Step.DEPUTY, case.deputy, "viceborgmester")
            if item.seats[0].person and item.seats[0].person == self._mayor:
                self._is_mayor("viceborgmester", self._mayor)
            yield item

    def _is_mayor(self, field: str, person: str) -> None:
        raise DataError(
            "{field} is {value}, who is mayor; a deputy is somebody else", field=field, value=person, rule="KSL-6"
        )

    def _two_deputies(self, plan: DeputiesPlan, where: str = "viceborgmestre") -> Item:
        declaration = plan.groups or self.case.declared_at(plan.time, where)
        groups = self.case.groups(declaration)
        with placed(where):
            posts = law.whole("KSL-6", self.case.law)
            order = PickingCase(groups=groups, posts=posts, name=plan.name, day=self.case.law).settled(self._urn())
        self._check_members(f"{where}.navne", plan.persons)
        if len(plan.persons) > len(order.order):
            raise DataError(
                "{field} names {value}; only {count} of the posts are known so far",
                field=f"{where}.navne",
                value=listed(plan.persons),
                count=len(order.order),
            )
        if self._mayor and self._mayor in plan.persons:
            self._is_mayor(f"{where}.navne", self._mayor)
        named = [*plan.persons, "", ""]
        seats = tuple(
            Seat(body=f"{number}. {plan.name}", group=group, person=person, role=Role.HOLDER)
            for number, (group, person) in enumerate(zip(order.order, named, strict=False), start=1)
        )
        return Item(
            step=Step.DEPUTIES,
            name=plan.name,
            result=order,
            title=plan.title,
            time=plan.time,
            groups=groups,
            seats=seats,
        )

    # §§ 64 and 65

    def _magistrat(self, seats: int) -> Item:
        declaration = self._shared()
        groups = self.case.groups(declaration)
        if not self._mayor:
            return Item(step=Step.MAGISTRAT, name="magistrat", groups=groups, waits=_("the mayor's election"))
        group = self.case.group_of(self._mayor, declaration)
        with placed("magistrat"):
            allocation = CommitteeCase(
                groups=groups, seats=seats, seated={group: 1}, name="magistrat", rule="KSL-64", day=self.case.law
            ).settled(self._urn())
        counts = {name: count + (name == group) for name, count in allocation.seats.items()}
        places = self._named(
            "magistrat", "magistrat", counts, self.case.magistrat_persons, declaration, {self._mayor: group}
        )
        return Item(step=Step.MAGISTRAT, name="magistrat", result=allocation, groups=groups, seats=tuple(places))

    @property
    def _standing(self) -> int:
        economy = self._economy
        return sum(plan.name != economy for plan in self.case.committees)

    @property
    def _economy(self) -> str | None:
        if not self.case.committees:
            return None
        with placed("udvalg"):
            return CommitteesCase(
                groups={"-": 1},
                committees={plan.name: max(plan.seats, 2) for plan in self.case.committees},
                economy=self.case.economy,
            ).economy_committee

    def _chairs(self) -> Item:
        declaration = self._shared()
        groups = self.case.groups(declaration)
        if not self._mayor:
            return Item(step=Step.CHAIRS, groups=groups, waits=_("the mayor's election"))
        return self._picked(groups, self.case.group_of(self._mayor, declaration))

    def _picked(self, groups: Mapping[str, int], mayors_group: str | None) -> Item:
        economy = self._economy
        standing = [plan.name for plan in self.case.committees if plan.name != economy]
        for pick in self.case.picks:
            if pick.committee not in standing:
                misnamed("formandsvalg", pick.committee, standing, _("the standing committees"))
        self._check_members("formandsvalg", [pick.person for pick in self.case.picks])
        with placed("formandsvalg"):
            chairs = ChairsCase(
                groups=groups,
                committees=len(standing),
                mayors_group=mayors_group,
                mayor=self._mayor,
                picks=[(pick.committee, pick.person) for pick in self.case.picks],
                day=self.case.law,
            ).settled(self._urn())
        named = [*chairs.chairs, *([None] * len(chairs.order))]
        seats = tuple(
            Seat(
                body=chair.committee if chair else "",
                group=group,
                person=chair.member if chair else "",
                role=Role.CHAIR,
            )
            for group, chair in zip(chairs.order, named, strict=False)
        )
        return Item(step=Step.CHAIRS, result=chairs, groups=FrozenDict(groups), seats=seats)

    def _together(self) -> Iterator[Item]:
        """Elect the mayor and the chairs under ét; the group of the mayor names one deputy too (KSL § 65, stk. 5)."""
        case = self.case
        declaration = self._shared()
        groups = case.groups(declaration)
        self._mayor = case.mayor.person
        self._check_members("borgmester.navn", [self._mayor] if self._mayor else [])
        item = self._picked(groups, None)
        chairs = item.result
        self._chairs_together = chairs if isinstance(chairs, Chairs) else None
        group = chairs.mayors_group or "" if isinstance(chairs, Chairs) else ""
        seat = Seat(body=case.mayor.name, group=group, person=self._mayor, role=Role.HOLDER)
        yield attrs.evolve(item, name=case.mayor.name, title=case.mayor.title, seats=(seat, *item.seats))
        if case.deputies:
            yield self._two_deputies(case.deputies)
        elif case.deputy:
            person = case.deputy.person
            self._check_members("viceborgmester.navn", [person] if person else [])
            if person and person == self._mayor:
                self._is_mayor("viceborgmester.navn", person)
            seat = Seat(body=case.deputy.name, group=group, person=person, role=Role.HOLDER)
            yield Item(step=Step.DEPUTY, name=case.deputy.name, result=chairs, title=case.deputy.title, seats=(seat,))

    # §§ 17-19 and 24-27

    def _shared(self) -> Declaration:
        """Give the declaration of økonomiudvalget and the standing committees: one, that of the first of them."""
        times = [plan.time for plan in self.case.committees if plan.time]
        first = min(times, key=minutes) if times else ""
        return self.case.declared_at(
            first, key("udvalg", self.case.committees[0].name) if self.case.committees else "udvalg"
        )

    def _committees(self, chairs: Chairs | None) -> Item:
        case = self.case
        declaration = self._shared()
        groups = case.groups(declaration)
        time = min((plan.time for plan in case.committees if plan.time), key=minutes, default="")
        if case.model.chairs_first and (chairs is None or len(chairs.chairs) < self._standing or not self._mayor):
            return Item(step=Step.COMMITTEES, groups=groups, time=time, waits=_("the choice of all chairs"))
        economy = self._economy
        seated = chairs.seated(economy) if chairs else {}
        plans = {plan.name: plan for plan in case.committees}
        alone = economy if chairs and economy and plans[economy].seats == self._standing + 1 else None
        distributed = {name: plan for name, plan in plans.items() if name != alone}
        mayors_group = case.group_of(self._mayor, declaration) if self._mayor else ""
        with placed("udvalg"):
            result = CommitteesCase(
                groups=groups,
                committees={name: plan.seats for name, plan in distributed.items()},
                economy="" if alone else case.economy,
                mayor=mayors_group if mayors_group and economy and not alone else None,
                council_size=case.size,
                agreed={name: plan.agreed for name, plan in distributed.items() if plan.agreed is not None},
                seated={name: counts for name, counts in seated.items() if name in distributed},
                renounced={name: plan.renounced for name, plan in distributed.items() if plan.renounced},
                takers={name: plan.takers for name, plan in distributed.items() if plan.takers},
                day=case.law,
            ).settled(self._urn())
        result = self._claimed(result)
        seats: list[Seat] = []
        if alone and chairs:
            seats += self._of_chairs(alone, chairs, mayors_group)
        for plan in distributed.values():
            seats += self._committee_seats(plan, result, declaration, chairs, economy)
        return Item(step=Step.COMMITTEES, result=result, groups=groups, time=time, seats=tuple(seats))

    def _of_chairs(self, economy: str, chairs: Chairs, mayors_group: str) -> Iterator[Seat]:
        yield Seat(body=economy, group=mayors_group, person=self._mayor, role=Role.CHAIR, by_office=True)
        for chair in chairs.chairs:
            yield Seat(body=economy, group=chair.group, person=chair.member, by_office=True)

    def _claimed(self, committees: Committees) -> Committees:
        """Carry the claims out (KSL § 27)."""
        case = self.case
        if not case.claims and not case.restore:
            return committees
        for claim in case.claims if self._strict else ():
            for name, known, what in (
                (claim.committee, committees.charter, _("the committees")),
                (claim.giver, committees.groups, _("the groups")),
                (claim.receiver, committees.groups, _("the groups")),
            ):
                if name not in known:
                    misnamed("overtagelser", name, known, what)
        transfers = [Transfer(claim.committee, claim.giver, claim.receiver) for claim in case.claims]
        carried = Claim(transfers, case.restore, case.accept_second)
        with self._or_fallen(), placed("overtagelser"):
            after = committees.with_claim(carried)
            return attrs.evolve(after, case=attrs.evolve(committees.case, claims=(carried,)))
        return committees

    def _committee_seats(
        self,
        plan: CommitteePlan,
        result: Committees,
        declaration: Declaration,
        chairs: Chairs | None,
        economy: str | None,
    ) -> list[Seat]:
        where = key("udvalg", plan.name)
        offices: dict[str, str] = {}
        chair = plan.chair
        if plan.name == economy and self._mayor:
            offices[self._mayor] = self.case.group_of(self._mayor, declaration)
            offices |= {each.member: each.group for each in chairs.chairs} if chairs else {}
            chair = self._mayor
        elif chairs:
            led = next((each for each in chairs.chairs if each.committee == plan.name), None)
            if led:
                offices[led.member] = led.group
                chair = led.member
        seats = self._named(
            where, plan.name, result.seats[plan.name], plan.persons, declaration, offices, tie=bool(result.ties)
        )
        if chair and plan.chair and plan.chair != chair:
            raise DataError(
                "{field} is {value}; {chair} leads {committee}",
                field=f"{where}.formand",
                value=plan.chair,
                chair=chair,
                committee=plan.name,
            )
        persons = [seat.person for seat in seats]
        if plan.chair and plan.chair not in persons:
            misnamed(f"{where}.formand", plan.chair, filter(None, persons), _("the members of the committee"))
        return [attrs.evolve(seat, role=Role.CHAIR) if seat.person and seat.person == chair else seat for seat in seats]

    # § 17, stk. 2

    def _body(self, plan: BodyPlan) -> Item:
        where = key("organ", plan.name)
        if plan.members + plan.others == 1 and not plan.by_office:
            return self._representative(plan, where)
        if plan.ballots:
            raise DataError(
                "{field} is given; several members are elected by forholdstalsvalg, and personer says whom each group "
                "names",
                field=f"{where}.afstemninger",
                value=len(plan.ballots),
                rule="KSL-24-1",
            )
        case = self.case
        declaration = plan.groups or case.declared_at(plan.time, where)
        groups = case.groups(declaration)
        self._check_members(f"{where}.embede", plan.by_office)
        offices = {person: case.group_of(person, declaration) for person in plan.by_office}
        seated: dict[str, int] = {}
        for group in offices.values():
            seated[group] = seated.get(group, 0) + 1
        result: Result
        counts: Mapping[str, int]
        persons: Named = plan.persons
        with placed(where):
            body = BodyCase(
                name=plan.name,
                groups=groups,
                members=plan.members,
                others=plan.others,
                by_office=seated,
                picks=[(PlaceKind.MEMBER if each in case.names else PlaceKind.OTHER, each) for each in plan.order],
                rule=plan.rule,
                day=case.law,
            )
            if plan.others and plan.members:
                filled = body.settled(self._urn())
                result, counts = filled, filled.seats
                persons = self._in_order(plan, filled, where)
            else:
                allocation = CommitteeCase(
                    groups=groups,
                    seats=plan.members + plan.others,
                    seated=seated,
                    renounced=plan.renounced,
                    takers=plan.takers or None,
                    agreed=plan.agreed,
                    name=plan.name,
                    day=case.law,
                ).settled(self._urn())
                result = allocation
                counts = {name: count + seated.get(name, 0) for name, count in allocation.seats.items()}
        seats = self._named(
            where,
            plan.name,
            counts,
            persons,
            declaration,
            offices,
            anybody=plan.anybody or bool(plan.others),
            tie=bool(result.ties),
        )
        return Item(
            step=Step.BODY,
            name=plan.name,
            result=result,
            title=plan.title,
            time=plan.time,
            groups=groups,
            seats=tuple(seats),
            balance=self._balance(plan, seats),
        )

    def _in_order(self, plan: BodyPlan, body: Body, where: str) -> Named:
        """Give whom each group chose, of those who are named in order, or as the groups name them (KSL § 26)."""
        if plan.order and plan.persons:
            raise DataError(
                "{field} stands beside raekkefoelge, which says it in order; one of them does",
                field=f"{where}.personer",
                value=listed(name for names in plan.persons.values() for name in names),
            )
        named = [*plan.by_office, *(name for names in plan.persons.values() for name in names)]
        members = [name for name in dict.fromkeys(named) if name in self.case.names]
        others = [name for name in named if name not in self.case.names]
        for kind, names, places in (
            (_("members of the council"), members, plan.members),
            (_("others"), others, plan.others),
        ):
            if len(names) > places:
                raise DataError(
                    "{field} names {value}; {body} has {places} for {kind}",
                    field=f"{where}.personer",
                    value=listed(names),
                    body=plan.name,
                    places=places,
                    kind=kind,
                )
        if not plan.order:
            return plan.persons
        chosen: dict[str, list[str]] = {}
        for group, person in zip(body.order, plan.order, strict=False):
            chosen.setdefault(group, []).append(person)
        return {group: tuple(people) for group, people in chosen.items()}

    def _representative(self, plan: BodyPlan, where: str) -> Item:
        """Elect one person to a body, by flertalsvalg (KSL § 24, stk. 1)."""
        people = [name for names in plan.persons.values() for name in names]
        if len(people) > 1:
            raise DataError(
                "{field} has {value}; {body} has one place",
                field=f"{where}.personer",
                value=listed(people),
                body=plan.name,
            )
        if not (plan.anybody or plan.others):
            post = PostPlan(name=plan.name, ballots=plan.ballots, title=plan.title, time=plan.time)
            item = self._post(Step.BODY, post, where)
            self._check_members(f"{where}.personer", people)
        else:
            with placed(where):
                election = PostCase(
                    ballots=plan.ballots,
                    present=self.case.present,
                    council_size=self.case.size,
                    rule=FLERTALSVALG,
                    post=plan.name,
                    day=self.case.law,
                ).settled(self._urn())
            seat = Seat(body=plan.name, person=election.winner or "", role=Role.HOLDER)
            item = Item(
                step=Step.BODY, name=plan.name, result=election, title=plan.title, time=plan.time, seats=(seat,)
            )
        winner = item.seats[0].person
        if people and winner not in {"", people[0]}:
            raise DataError(
                "{field} is {value}; {winner} is elected", field=f"{where}.personer", value=people[0], winner=winner
            )
        if people and not plan.ballots:
            # Everybody agreed on the one, without a ballot.
            agreed = _agreed(self.case.present, people[0], plan.name, self.case.law)
            return attrs.evolve(item, result=agreed, seats=(attrs.evolve(item.seats[0], person=people[0]),))
        return item

    def _balance(self, plan: BodyPlan, seats: Iterable[Seat]) -> Balance | None:
        sexes = [self.case.names[seat.person].sex for seat in seats if seat.person in self.case.names]
        if not plan.balance or not all(sexes) or not sexes:
            return None
        women = sexes.count(Sex.WOMAN)
        return BalanceCase(women=women, men=len(sexes) - women, day=self.case.law).settled(Urn())

    # Who is named

    @contextmanager
    def _or_fallen(self) -> Iterator[None]:
        """Refuse what does not hold, or tell it as fallen."""
        try:
            yield
        except DataError as error:
            if self._strict:
                raise
            self.fallen.append(error.text)

    def _check_members(self, field: str, persons: Iterable[str]) -> None:
        """Hold that persons are members of the council, each once."""
        names = list(persons)
        for person in names:
            if person not in self.case.names:
                misnamed(field, person, self.case.names, _("the members of the council"))
        distinct(names, field)

    def _named(
        self,
        where: str,
        body: str,
        counts: Mapping[str, int],
        persons: Named,
        declaration: Declaration,
        offices: Mapping[str, str],
        *,
        anybody: bool = False,
        tie: bool = False,
    ) -> list[Seat]:
        """Give the places of a body with who has them: those by office first, then those whom the groups name."""
        field = f"{where}.personer"
        named: dict[str, list[str]] = {group: [] for group in counts}
        for group, names in persons.items():
            with self._or_fallen():
                if group and group not in counts:
                    misnamed(field, group, counts, _("the groups"))
                for person in names:
                    if person not in self.case.names and not anybody:
                        misnamed(field, person, self.case.names, _("the members of the council"))
                    if person not in self.case.names and not group:
                        raise DataError(
                            "{field} names {value}, who is no member; say under its name which group names them",
                            field=field,
                            value=person,
                        )
                    own = group or self.case.group_of(person, declaration)
                    if own not in named:
                        misnamed(field, person, self.case.names, _("the members of the council"))
                    if person not in offices:
                        named[own].append(person)
        distinct([person for names in named.values() for person in names], field)
        seats = []
        for group, count in counts.items():
            here = [person for person, its in offices.items() if its == group]
            people = [*here, *named[group]]
            if len(people) > count and not tie:
                with self._or_fallen():
                    raise DataError(
                        "{field} has {value} for {group}; {group} has {count} of the places in {body}",
                        field=field,
                        value=listed(people),
                        group=group,
                        count=count,
                        body=body,
                    )
                people = people[:count]
            seats += [
                Seat(body=body, group=group, person=person, by_office=person in offices)
                for person in [*people, *[""] * (count - len(people))]
            ]
        return seats


def _agreed(present: int, person: str, post: str, day: str) -> MajorityElection:
    """Give the election of one whom nobody stood against: everybody's vote."""
    case = PostCase(ballots=[{person: present}], present=present, rule=FLERTALSVALG, post=post, day=day)
    return case.settled(Urn())
