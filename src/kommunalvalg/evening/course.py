"""The course of a council's first meeting: every election of the evening, one after another, in the order of business.

KSL § 6 (who convenes, the mayor, the deputies), § 65 (the chairs, where they are chosen first), §§ 17-19 and 24-27
(økonomiudvalget and the standing committees, with one declaration of groups) and § 17, stk. 2 (the other bodies).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.bodies import CommitteeCase
from kommunalvalg.constitution.chairs import Chairs, ChairsCase
from kommunalvalg.constitution.committees import Claim, Committees, CommitteesCase, Transfer
from kommunalvalg.constitution.groups import check_quorum
from kommunalvalg.constitution.order import PickingCase
from kommunalvalg.constitution.outside import Body, BodyCase, PlaceKind
from kommunalvalg.constitution.posts import ConvenerCase, PostCase, Service
from kommunalvalg.constitution.slates import Balance, BalanceCase
from kommunalvalg.errors import DataError
from kommunalvalg.evening.given import (
    BodyPlan,
    CommitteePlan,
    Declaration,
    DeputiesPlan,
    Model,
    Named,
    PostPlan,
    Sex,
    distinct,
    first_time,
    key,
    misnamed,
    placed,
    refuse_mayor,
)
from kommunalvalg.evening.items import Item, Role, Seat, Step
from kommunalvalg.evening.lots import ItemUrn, Lots
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection
from kommunalvalg.results import Result
from kommunalvalg.text import Names, Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from kommunalvalg.evening.council import EveningCase

__all__ = ["Course"]

_UNASKED = "1900-01-01"
"""A day of birth where none decides."""


class Course:
    """The items of a meeting, one after another; each may rest on those before it."""

    def __init__(self, case: "EveningCase", lots: Lots, *, strict: bool) -> None:
        self.case = case
        self.lots, self._strict = lots, strict
        self.fallen: list[Text] = []
        self._mayor = ""
        self._chosen: Chairs | None = None
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
        if case.model.chairs_first and case.model is not Model.TOGETHER:
            yield self._chairs()
        if case.committees:
            yield self._committees()
        for body in case.bodies:
            yield self._body(body)

    def _urn(self) -> Urn:
        return ItemUrn(self.lots)

    # § 6

    def _services(self, *, oldest: bool) -> dict[str, Service]:
        """Give who has been a member for how long, of those who are present and of whom the file says so.

        Args:
            oldest: whether the oldest convenes, however long the others have been members.

        Raises:
            DataError: age decides between several, and of one the file does not say it.
        """
        asked = [member for member in self.case.members if member.present and member.served is not None]
        longest = max((member.served or 0 for member in asked), default=0)
        equal = [member for member in asked if oldest or member.served == longest]
        for member in equal:
            if len(equal) > 1 and not member.born:
                raise DataError(
                    "{field} is missing; between {names} it is the oldest who convenes",
                    field=key("medlemmer", member.name, "foedt"),
                    value="",
                    names=Names(tuple(each.name for each in equal)),
                )
        return {member.name: Service(member.served or 0, member.born or _UNASKED) for member in asked}

    def _convener(self, rule: str = "KSL-6-1") -> Item:
        with placed("medlemmer"):
            services = self._services(oldest=rule == "OL-61")
            convener = ConvenerCase(members=services, rule=rule, day=self.case.law).settled(self._urn())
        return Item(step=Step.CONVENER, result=convener)

    def _post(self, step: Step, plan: PostPlan, where: str, *, anybody: bool = False) -> Item:
        """Elect one person by flertalsvalg, a member of the council unless anybody will do."""
        case = self.case
        for number, ballot in enumerate(plan.ballots, start=1):
            for name in ballot:
                if name not in case.names and not anybody:
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
                refuse_mayor("viceborgmester", self._mayor, "one")
            yield item

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
            refuse_mayor(f"{where}.navne", self._mayor, "two")
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
            self._chosen = chairs = ChairsCase(
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
        group = (self._chosen and self._chosen.mayors_group) or ""
        seat = Seat(body=case.mayor.name, group=group, person=self._mayor, role=Role.HOLDER)
        yield attrs.evolve(item, name=case.mayor.name, title=case.mayor.title, seats=(seat, *item.seats))
        if case.deputies:
            yield self._two_deputies(case.deputies)
        elif case.deputy:
            person = case.deputy.person
            self._check_members("viceborgmester.navn", [person] if person else [])
            if person and person == self._mayor:
                refuse_mayor("viceborgmester.navn", person, "one")
            seat = Seat(body=case.deputy.name, group=group, person=person, role=Role.HOLDER)
            yield Item(
                step=Step.DEPUTY, name=case.deputy.name, result=item.result, title=case.deputy.title, seats=(seat,)
            )

    # §§ 17-19 and 24-27

    def _shared(self) -> Declaration:
        """Give the declaration of økonomiudvalget and the standing committees: one, that of the first of them."""
        where = key("udvalg", self.case.committees[0].name) if self.case.committees else "udvalg"
        return self.case.declared_at(first_time(self.case.committees), where)

    def _committees(self) -> Item:
        case, chairs = self.case, self._chosen
        declaration = self._shared()
        groups = case.groups(declaration)
        time = first_time(case.committees)
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
            seats += self._committee_seats(plan, result, declaration, economy)
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
        economy: str | None,
    ) -> list[Seat]:
        where, chairs = key("udvalg", plan.name), self._chosen
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
        return self._led(seats, chair)

    @staticmethod
    def _led(seats: Iterable[Seat], chair: str) -> list[Seat]:
        """Let somebody lead the body in which they have a place."""
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
        result, counts, persons = self._distributed(plan, groups, Counter(offices.values()), where)
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

    def _distributed(
        self, plan: BodyPlan, groups: Mapping[str, int], seated: Mapping[str, int], where: str
    ) -> tuple[Result, Mapping[str, int], Named]:
        """Distribute the places of a body, and say whom each group names to how many (KSL §§ 25 and 26)."""
        case = self.case
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
                return filled, filled.seats, self._in_order(plan, filled, where)
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
            counts = {name: count + seated.get(name, 0) for name, count in allocation.seats.items()}
            return allocation, counts, plan.persons

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
        anybody = plan.anybody or plan.others > 0
        post = PostPlan(name=plan.name, ballots=plan.ballots, title=plan.title, time=plan.time)
        item = self._post(Step.BODY, post, where, anybody=anybody)
        if not anybody:
            self._check_members(f"{where}.personer", people)
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
                    own = self._group_that_names(field, person, group, declaration, anybody=anybody)
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

    def _group_that_names(self, field: str, person: str, group: str, declaration: Declaration, *, anybody: bool) -> str:
        """Give the group that names somebody: the one that they stand under, else a member's own."""
        if person not in self.case.names and not anybody:
            misnamed(field, person, self.case.names, _("the members of the council"))
        if person not in self.case.names and not group:
            raise DataError(
                "{field} names {value}, who is no member; say under its name which group names them",
                field=field,
                value=person,
            )
        return group or self.case.group_of(person, declaration)


def _agreed(present: int, person: str, post: str, day: str) -> MajorityElection:
    """Give the election of one whom nobody stood against: everybody's vote."""
    case = PostCase(ballots=[{person: present}], present=present, rule=FLERTALSVALG, post=post, day=day)
    return case.settled(Urn())
