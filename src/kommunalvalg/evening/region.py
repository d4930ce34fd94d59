"""The meeting of a regional council: RL §§ 9, 14-14 g and 15; OL §§ 18-22 and 48 for those of 2025 and 2026."""

from collections.abc import Iterator, Mapping

import attrs

from kommunalvalg.constitution.committees import Claim, Transfer
from kommunalvalg.constitution.posts import ConvenerCase
from kommunalvalg.errors import DataError
from kommunalvalg.evening.council import Course, EveningCase
from kommunalvalg.evening.given import CommitteePlan, Declaration, DeputiesPlan, PostPlan, key, placed
from kommunalvalg.evening.items import Item, Role, Seat, Step
from kommunalvalg.evening.lots import Lots
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.regions.committees import RegionalCommitteesCase
from kommunalvalg.regions.meetings import Caller, Meeting, MeetingCase, Office

__all__ = ["HealthPlan", "RegionalEveningCase"]

_CHAIR = PostPlan(name="regionsrådsformand")
_DEPUTIES = DeputiesPlan(name="næstformand")


@attrs.frozen(kw_only=True)
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
    municipal: int | None = None


@attrs.frozen(kw_only=True)
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
    health: tuple[HealthPlan, ...] = ()
    charter: str = ""

    @property
    def executive(self) -> str | None:
        """The executive committee; None where there is none among the committees."""
        names = [plan.name for plan in self.committees]
        return next((name for name in names if name.casefold().startswith("forretningsudvalg")), None)

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
            yield self._convener(meeting)
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
        offices: dict[str, dict[str, str]] = {}
        for plan in case.health:
            where = key("sundhedsraad", plan.committee.name)
            led = offices.setdefault(plan.committee.name, {})
            for role, post in (("formand", plan.chair), ("naestformand", plan.vice_chair)):
                item = self._post(Step.HEALTH_CHAIR, post, f"{where}.{role}")
                led[role] = item.seats[0].person
                yield item
            self._check_health(where, led, offices)
        if case.committees or case.health:
            yield self._regional_committees(vice, offices)
        for body in case.bodies:
            yield self._body(body)

    def _meeting(self) -> Meeting:
        case = self.case
        with placed("dato"):
            return MeetingCase(
                region=case.name, day=case.day, elections=case.elections, charter=case.charter or None
            ).settled(self._urn())

    def _convener(self, meeting: Meeting | None = None) -> Item:
        rule = "OL-61" if meeting is not None and meeting.caller is Caller.OLDEST else "RL-9-1"
        with placed("medlemmer"):
            convener = ConvenerCase(members=self._services(), rule=rule, day=self.case.law).settled(self._urn())
        return Item(step=Step.CONVENER, result=convener)

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

    def _regional_committees(self, vice: str, offices: Mapping[str, Mapping[str, str]]) -> Item:
        case = self.case
        declaration = self._shared()
        groups = case.groups(declaration)
        plans = {plan.name: plan for plan in (*case.committees, *(each.committee for each in case.health))}
        health = [each.committee.name for each in case.health]
        executive = case.executive
        seats_of_office: dict[str, dict[str, str]] = {
            name: {person: case.group_of(person, declaration) for person in led.values() if person}
            for name, led in offices.items()
        }
        chair_group = case.group_of(self._mayor, declaration) if self._mayor and executive else None
        vice_group = case.group_of(vice, declaration) if vice and executive else None
        if executive:
            seats_of_office[executive] = {
                person: case.group_of(person, declaration) for person in dict.fromkeys([self._mayor, vice]) if person
            }
        claim = Claim(
            [Transfer(each.committee, each.giver, each.receiver) for each in case.claims],
            case.restore,
            case.accept_second,
        )
        with placed("udvalg"):
            result = RegionalCommitteesCase(
                groups=groups,
                committees={name: plan.seats for name, plan in plans.items()},
                region=case.name,
                executive=executive or "",
                health=health,
                chair=chair_group,
                vice_chair=vice_group if vice != self._mayor else None,
                seated={
                    name: _by_group(people) for name, people in seats_of_office.items() if name in health and people
                },
                agreed={name: plan.agreed for name, plan in plans.items() if plan.agreed is not None},
                renounced={name: plan.renounced for name, plan in plans.items() if plan.renounced},
                municipal={each.committee.name: each.municipal for each in case.health if each.municipal is not None},
                council_size=case.size,
                claims=(claim,) if case.claims else (),
                day=case.law,
            ).settled(self._urn())
        seats: list[Seat] = []
        for name, plan in plans.items():
            where = key("sundhedsraad" if name in health else "udvalg", name)
            people = seats_of_office.get(name, {})
            here = self._named(
                where, name, result.seats[name], plan.persons, declaration, people, tie=bool(result.ties)
            )
            leads = self._mayor if name == executive else offices.get(name, {}).get("formand", plan.chair)
            seats += [
                attrs.evolve(seat, role=Role.CHAIR) if seat.person and seat.person == leads else seat for seat in here
            ]
        time = next((plan.time for plan in plans.values() if plan.time), "")
        return Item(step=Step.COMMITTEES, result=result, groups=groups, time=time, seats=tuple(seats))

    def _shared(self) -> Declaration:
        times = [
            plan.time for plan in (*self.case.committees, *(each.committee for each in self.case.health)) if plan.time
        ]
        return self.case.declared_at(min(times, default=""), "udvalg")


def _by_group(people: Mapping[str, str]) -> FrozenDict[str, int]:
    groups = list(people.values())
    return FrozenDict({group: groups.count(group) for group in dict.fromkeys(groups)})
