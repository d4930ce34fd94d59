"""The meeting of a regional council: RL §§ 9, 14-14 g and 15; OL §§ 18-22 and 48 for those of 2025 and 2026."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from kommunalvalg.constitution.committees import Claim, Transfer
from kommunalvalg.errors import DataError, shown
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.course import Course
from kommunalvalg.evening.given import (
    CommitteePlan,
    Declaration,
    DeputiesPlan,
    PostPlan,
    first_time,
    key,
    placed,
    within_places,
)
from kommunalvalg.evening.items import Item, PlaceOfPost, Seat, Step
from kommunalvalg.evening.lots import Lots
from kommunalvalg.regions.committees import RegionalCommitteesCase
from kommunalvalg.regions.meetings import Caller, Meeting, MeetingCase, Office
from kommunalvalg.text import Text
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed

__all__ = ["HealthPlan", "RegionalEveningCase"]

_CHAIR = PostPlan(name="regionsrådsformand")
_DEPUTIES = DeputiesPlan(name="næstformand")


@attrs.frozen(kw_only=True, field_transformer=typed)
class HealthPlan:
    """A sundhedsråd, as far as the regional council elects it.

    Args:
        committee: its regional members.
        chair: the election of its chair.
        vice_chair: the election of its vice chair.
        municipal: its municipal members, against whom the regional ones are held; None where that is not given.
    """

    committee: CommitteePlan
    chair: PostPlan
    vice_chair: PostPlan
    municipal: int | None = attrs.field(default=None, validator=within_places)


@attrs.frozen(kw_only=True, field_transformer=typed)
class RegionalEveningCase(EveningCase):
    """Everything that is given of a regional council's meeting.

    Args:
        vice_chair: the election of the executive committee's vice chair; None where it is not elected then.
        health: the sundhedsråd.
        charter: the day on which the charter was decided that has the standing committees from 2027; empty for none.
    """

    mayor: PostPlan = _CHAIR
    deputies: DeputiesPlan | None = _DEPUTIES
    vice_chair: PostPlan | None = None
    health: tuple[HealthPlan, ...] = attrs.field(default=(), repr=shown)
    charter: str = ""

    @property
    def council(self) -> Text:
        """What the council is called."""
        return _("the regional council")

    @property
    def executive(self) -> str | None:
        """The executive committee; None where there is none among the committees."""
        names = [plan.name for plan in self.committees]
        return next((name for name in names if name.casefold().startswith("forretningsudvalg")), None)

    @property
    def offices(self) -> Mapping[str, PlaceOfPost]:
        """Post -> the place by office that belongs to it, in forretningsudvalget or in a sundhedsråd."""
        posts = {self.mayor.name: PlaceOfPost(rule="RL-14", point="leads")}
        if self.vice_chair:
            posts[self.vice_chair.name] = PlaceOfPost(
                body=self.executive or "", rule="RL-14a-3", post="RL-14", post_point="leads"
            )
        for plan in self.health:
            place = PlaceOfPost(body=plan.committee.name, rule="RL-14g-3", post="RL-14e")
            posts |= {plan.chair.name: place, plan.vice_chair.name: place}
        return posts

    @property
    def elections(self) -> tuple[Office, ...]:
        """Whom the meeting is to elect, in the order of the act."""
        supplementary = self.day.startswith("2026")
        standing = any(plan.name != self.executive for plan in self.committees)
        planned = {
            Office.CHAIR: not supplementary,
            Office.DEPUTIES: not supplementary,
            Office.VICE_CHAIR: self.vice_chair is not None,
            Office.EXECUTIVE: self.executive is not None,
            Office.HEALTH_CHAIRS: bool(self.health),
            Office.HEALTH: bool(self.health),
            Office.STANDING: standing,
            Office.BODIES: bool(self.bodies),
        }
        return tuple(office for office, is_planned in planned.items() if is_planned)

    def course(self, lots: Lots, *, strict: bool) -> Course:
        """Give the course of the meeting, by regionsloven."""
        return _RegionalCourse(self, lots, strict=strict)


class _RegionalCourse(Course):
    """The items of a regional council's meeting."""

    case: RegionalEveningCase

    def items(self) -> Iterator[Item]:
        """Hold the elections, one after another, in the order of business."""
        case = self.case
        meeting = self._meeting()
        if any(member.served is not None for member in case.members) and meeting.caller is not Caller.CHAIR:
            yield self._convener("OL-61" if meeting.caller is Caller.OLDEST else "RL-9-1")
        if Office.CHAIR in case.elections:
            chair = self._post(Step.MAYOR, case.mayor, "formand")
            self._mayor = chair.seats[0].person
            yield chair
            if case.deputies:
                yield self._two_deputies(case.deputies, where="naestformaend")
        vice = ""
        if case.vice_chair:
            item = self._post(Step.VICE_CHAIR, case.vice_chair, "naestformand_fu")
            vice = item.seats[0].person
            yield item
        executive = [plan for plan in case.committees if plan.name == case.executive]
        if executive:
            yield self._kind(Step.EXECUTIVE, executive, self._of_executive(vice))
        if case.health:
            yield from self._health()
        standing = [plan for plan in case.committees if plan.name != case.executive]
        if standing:
            yield self._kind(Step.COMMITTEES, standing, {})
        for body in case.bodies:
            yield self._body(body)

    def _health(self) -> Iterator[Item]:
        """Elect the chair and the vice chair of each sundhedsråd, then the other members of all of them."""
        case = self.case
        offices: dict[str, dict[str, str]] = {}
        for plan in case.health:
            where = key("sundhedsraad", plan.committee.name)
            led = offices.setdefault(plan.committee.name, {})
            for role, post in (("formand", plan.chair), ("naestformand", plan.vice_chair)):
                item = self._post(Step.HEALTH_CHAIR, post, f"{where}.{role}")
                led[role] = item.seats[0].person
                yield item
            self._check_health(where, led, offices)
        yield self._kind(Step.HEALTH, [each.committee for each in case.health], offices)

    def _meeting(self) -> Meeting:
        case = self.case
        with placed("dato"):
            return MeetingCase(
                region=case.name, day=case.day, elections=case.elections, charter=case.charter or None
            ).settled(self._urn())

    def _check_health(self, where: str, led: Mapping[str, str], offices: Mapping[str, Mapping[str, str]]) -> None:
        """Hold that the regional chair leads no sundhedsråd, and nobody two (RL § 14 e, stk. 2-3)."""
        chair = led["formand"]
        others = [each["formand"] for each in offices.values() if each is not led]
        if chair and (chair == self._mayor or chair in others):
            raise DataError(
                "{field} is {value}, who is the chair of the regional council or of another sundhedsråd",
                field=f"{where}.formand",
                value=chair,
                rule="RL-14e",
                when=self.case.law,
            )

    def _of_executive(self, vice: str) -> dict[str, dict[str, str]]:
        """Give who sits in the executive committee by office: its chair, who is the council's, and its vice chair."""
        return {self.case.executive or "": {"formand": self._mayor, "naestformand": vice}}

    def _kind(self, step: Step, plans: Sequence[CommitteePlan], offices: Mapping[str, Mapping[str, str]]) -> Item:
        """Elect the committees of one kind, which § 27 takes together (RL §§ 14 a, 14 b and 14 g)."""
        case = self.case
        declaration = self._shared()
        groups = case.groups(declaration)
        names = [plan.name for plan in plans]
        health = names if step is Step.HEALTH else []
        seated: dict[str, dict[str, str]] = {
            name: {person: case.group_of(person, declaration) for person in led.values() if person}
            for name, led in offices.items()
        }
        claims = self._claims(step, names)
        with placed("udvalg", dict.fromkeys(health, "sundhedsraad")):
            result = RegionalCommitteesCase(
                groups=groups,
                committees={plan.name: plan.seats for plan in plans},
                region=case.name,
                executive=names[0] if step is Step.EXECUTIVE else "",
                health=health,
                seated={name: Counter(people.values()) for name, people in seated.items() if people},
                agreed={plan.name: plan.agreed for plan in plans if plan.agreed is not None},
                renounced={plan.name: plan.renounced for plan in plans if plan.renounced},
                municipal={
                    each.committee.name: each.municipal
                    for each in case.health
                    if each.committee.name in health and each.municipal is not None
                },
                council_size=case.size,
                claims=claims,
                day=case.law,
            ).settled(self._urn())
        seats: list[Seat] = []
        for plan in plans:
            where = key("sundhedsraad" if plan.name in health else "udvalg", plan.name)
            people = seated.get(plan.name, {})
            here = self._named(
                where, plan.name, result.seats[plan.name], plan.persons, declaration, people, tie=bool(result.ties)
            )
            seats += self._led(here, offices.get(plan.name, {}).get("formand", plan.chair))
        time = next((plan.time for plan in plans if plan.time), "")
        return Item(step=step, result=result, groups=groups, time=time, seats=tuple(seats))

    def _claims(self, step: Step, names: Sequence[str]) -> tuple[Claim, ...]:
        """Give the claims among the committees of one kind; what is of no kind is refused with the last."""
        case = self.case
        health = {each.committee.name for each in case.health}
        standing = {plan.name for plan in case.committees} - {case.executive}
        last = step is (Step.COMMITTEES if standing else Step.HEALTH if health else Step.EXECUTIVE)
        others = (health | standing) - set(names)
        transfers = [
            Transfer(each.committee, each.giver, each.receiver)
            for each in case.claims
            if each.committee in names or (last and each.committee not in others)
        ]
        restore = [name for name in case.restore if name in names or (last and name not in others)]
        return (Claim(transfers, restore, case.accept_second),) if transfers or restore else ()

    def _shared(self) -> Declaration:
        plans = (*self.case.committees, *(each.committee for each in self.case.health))
        return self.case.declared_at(first_time(plans), "udvalg")
