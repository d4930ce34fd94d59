"""The first meeting of a council: everything that is given of it, and the meeting as far as it has come.

How it is held, election by election, is :mod:`kommunalvalg.evening.course`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.committees import Committees
from kommunalvalg.constitution.groups import voting_groups
from kommunalvalg.council.law import size_warnings
from kommunalvalg.dates import day_of
from kommunalvalg.errors import DataError, Warned, shown
from kommunalvalg.evening.course import Course
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
    PostPlan,
    checked_date,
    distinct,
    key,
    minutes,
    misnamed,
    placed,
    within_places,
)
from kommunalvalg.evening.items import Item, PlaceOfPost, Seat, Step
from kommunalvalg.evening.lots import Lots, LotTaken
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Tie, Urn
from kommunalvalg.results import Result
from kommunalvalg.text import Field, Text
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed
from kommunalvalg.votes import checked_name, hold_unlike, listed

__all__ = ["Evening", "EveningCase", "hold"]


_MAYOR, _DEPUTY = PostPlan(name="borgmester"), PostPlan(name="viceborgmester")


def _day(day: object) -> str:
    return checked_date("dato", day)


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
        self._check_day()
        for member in self.members:
            if member.born >= self.day:
                raise DataError(
                    "{field} is {value}, which is not before the meeting",
                    field=key("medlemmer", member.name, "foedt"),
                    value=member.born,
                )
        deputies = self.deputies or self.deputy
        posts = [self.mayor.name, *([deputies.name] if deputies else [])]
        committees, bodies = ([plan.name for plan in plans] for plans in (self.committees, self.bodies))
        distinct([*posts, *committees, *bodies], "udvalg, organ")
        for declaration in self.declarations:
            self.groups(declaration)
        self._check_substitutes()
        self._check_model()
        self._check_events()

    def _check_day(self) -> None:
        """Hold that the meeting is of a council whose election has a law that is known here (KRVL-6)."""
        first = law.whole("KRVL-6", name="first")
        if date.fromisoformat(self.day).year < first:
            raise DataError(
                "{field} is {value}; the oldest election whose law is known here is that of {first}",
                field="dato",
                value=self.day,
                rule="KRVL-6",
                first=str(first),
            )

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
        everybody = [person for each in self.substitutes.values() for person in each]
        distinct(everybody, "stedfortraedere")
        hold_unlike("stedfortraedere", [*self.home, *everybody])

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
        known = [*self.home, *(person for each in self.substitutes.values() for person in each)]
        others = {person for body in self.bodies for named in (*body.persons.values(), body.order) for person in named}
        for number, event in enumerate(self.events, start=1):
            self.check_in_term(f"haendelse[{number}].dato", event.day)
            if event.what is Happening.NAMED:
                others.add(event.person)
            elif event.what in {Happening.DIES, Happening.LEAVES_BODY} and event.person in others:
                continue  # who has a place in a body, and is no member of the council
            elif event.person not in known:
                misnamed(f"haendelse[{number}].hvem", event.person, known, _("the members of the council"))

    def check_in_term(self, field: Field, day: str) -> None:
        """Hold that a day is in the term, and not before the meeting.

        Raises:
            DataError: it is not.
        """
        first, last = self.term
        if not self.day <= day <= last:
            raise DataError(
                "{field} is {value}; the term is from {first} to {last}",
                field=field,
                value=day,
                first=date.fromisoformat(first),
                last=date.fromisoformat(last),
            )

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
    def offices(self) -> Mapping[str, PlaceOfPost]:
        """Post -> the place by office that belongs to it: the mayor's in økonomiudvalget."""
        return {self.mayor.name: PlaceOfPost(rule="KSL-18")}

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

    def course(self, lots: Lots, *, strict: bool) -> Course:
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
        return tuple(dict.fromkeys([*_day_warned(self.case), *_size_warned(self.case), *said]))


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


def _size_warned(case: EveningCase) -> Iterator[Warned]:
    """Warn of a number of members that the law does not have (KSL § 5, RL § 8)."""
    year = date.fromisoformat(case.day).year
    return size_warnings(case.name, case.size, year) if law.is_ordinary(year) else iter(())


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
