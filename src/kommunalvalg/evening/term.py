"""The term after a council's first meeting: who enters, which places stand empty, and which group fills them.

KRVL § 91 (who enters the council), KSL § 15 (who is away for a time), § 7, stk. 3 and § 65, stk. 6 (mayor and deputy),
and § 28 (places in committees and bodies). Nothing is elected again because somebody changes party or group.
"""

from collections.abc import Iterator
from datetime import date

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.vacant import NoConfidenceCase, PostVacancyCase, Refilling, VacatedPlaceCase
from kommunalvalg.errors import DataError, shown
from kommunalvalg.evening.council import Evening, EveningCase, hold
from kommunalvalg.evening.given import Event, Happening, Model, checked_date, misnamed, placed
from kommunalvalg.evening.items import Role, Seat, Step
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Text, Word
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed

__all__ = ["Consequence", "Holding", "Sitting", "Term", "TermCase", "TermStep", "places_on"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class TermCase:
    """The term after a meeting, until a day; checked when it is made.

    Args:
        evening: the meeting, with its substitutes and events.
        day: the day until which events are told, year first; empty for all of them.

    Raises:
        DataError: an event, or the day, is outside the term.
    """

    evening: EveningCase = attrs.field(repr=shown)
    day: str = ""

    def __attrs_post_init__(self) -> None:
        asked = _("the day asked for")
        if self.day:
            self.evening.check_in_term(asked, checked_date(asked, self.day))

    @property
    def law(self) -> str:
        """The day whose law it is."""
        return self.evening.law

    def settled(self, urn: Urn) -> "Term":
        """Hold the meeting, then let happen what happens until the day."""
        evening = hold(self.evening, urn)
        events = sorted(enumerate(self.evening.events, start=1), key=lambda pair: (pair[1].day, pair[0]))
        course = _Course(evening)
        steps = [
            TermStep(event=event, consequences=tuple(course.happens(event, f"haendelse[{number}]")))
            for number, event in events
            if not self.day or event.day <= self.day
        ]
        return Term(
            evening=evening,
            steps=tuple(steps),
            holdings=tuple(course.holdings),
            sitting=tuple(course.sitting),
            dissolved=course.dissolved,
            case=self,
        )


@attrs.frozen(kw_only=True)
class Holding:
    """A place, and who has it now.

    Attributes:
        body: the committee, the body or the post.
        group: the group whose place it is; empty where the council elected by flertalsvalg.
        person: who has it; empty while it is vacant.
        role: as what.
        by_office: whether it is a place by office.
        since: since when; the day of the meeting where nothing happened.
        instead_of: for whom, where the person has it only while that one is away; else empty.
        away: whether the person is away.
    """

    body: str
    group: str
    person: str
    role: Role
    by_office: bool = False
    since: str
    instead_of: str = ""
    away: bool = False


@attrs.frozen(kw_only=True)
class Sitting:
    """A member of the council.

    Attributes:
        name: who it is.
        list: the list.
        entered_for: whose seat it was; empty for one who was elected.
        since: since when; empty for one who was elected.
        for_a_time: whether the member sits only while another is away.
        away: whether the member is away.
    """

    name: str
    list: str
    entered_for: str = ""
    since: str = ""
    for_a_time: bool = False
    away: bool = False


@attrs.frozen(kw_only=True)
class Consequence:
    """What follows from an event, or does not.

    Attributes:
        text: what it is.
        rule: the rule of the law map that says so; empty where none does.
        point: which of its places, by the name that the law map has for it; empty for the first.
        when: the day whose law it is.
    """

    text: Text
    rule: str = ""
    point: str = ""
    when: str

    @property
    def provision(self) -> str:
        """Where the rule stands; empty where there is none."""
        return law.provision(self.rule, self.when, self.point) if self.rule else ""


@attrs.frozen(kw_only=True)
class TermStep:
    """An event, and what follows from it."""

    event: Event
    consequences: tuple[Consequence, ...]


@attrs.frozen(kw_only=True)
class Term(Result):
    """The places of a council's members on a day.

    Attributes:
        evening: the meeting that filled them.
        steps: what happened until then, and what followed.
        holdings: every place, with who has it.
        sitting: the members of the council.
        dissolved: the groups with places that have no members left, so that nobody fills those that are vacant.
        case: the meeting and the day.
    """

    evening: Evening = attrs.field(repr=shown)
    steps: tuple[TermStep, ...] = attrs.field(repr=shown)
    holdings: tuple[Holding, ...] = attrs.field(repr=shown)
    sitting: tuple[Sitting, ...] = attrs.field(repr=shown)
    dissolved: tuple[str, ...] = ()
    case: TermCase = attrs.field(repr=False)

    @property
    def vacant(self) -> tuple[Holding, ...]:
        """The places that stand empty."""
        return tuple(each for each in self.holdings if not each.person)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lots of the meeting that are open."""
        return self.evening.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn from elsewhere than the file."""
        return self.evening.draws


_POINT = {"KRVL-91-1": "who", "KSL-17-1": "when"}
"""The place that is meant, of rules that stand at several."""
_ANOTHER = N_("{post}: {council} elects another by flertalsvalg, for the rest of the term.")
_AWAY, _BACK, _MATTER = "away", "return", "disqualified"


class _Course:
    """The places and the members, as events change them."""

    def __init__(self, evening: Evening) -> None:
        self._evening, self._case = evening, evening.case
        self.holdings = [_holding(seat, self._case.day) for seat in _places(evening)]
        self.sitting = [Sitting(name=member.name, list=member.list) for member in self._case.members]
        self._gone: set[str] = set()
        self._economy = next((each.body for each in self.holdings if each.by_office and each.role is Role.CHAIR), "")
        self._deputies = [each for item in evening.items if item.step is Step.DEPUTIES for each in item.seats]

    def happens(self, event: Event, where: str) -> Iterator[Consequence]:
        """Let an event happen, and give what follows."""
        if event.what is not Happening.NAMED:
            self._check_sits(event.person, f"{where}.hvem")
        with placed(where):
            yield from {
                Happening.LEAVES: self._leaves,
                Happening.DIES: self._leaves,
                Happening.ABSENT: self._absent,
                Happening.RETURNS: self._returns,
                Happening.LEAVES_BODY: self._leaves_body,
                Happening.NAMED: self._named,
                Happening.PARTY: self._changes,
                Happening.GROUP: self._changes,
                Happening.ONE_MEETING: self._one_meeting,
                Happening.DISQUALIFIED: self._disqualified,
                Happening.REMOVED: self._removed,
                Happening.EXCUSED: self._excused,
                Happening.ELECTED: self._elected,
            }[event.what](event, where)

    def _say(self, message: str, rule: str = "", point: str = "", **values: Word) -> Consequence:
        point = point or _POINT.get(rule, "")
        return Consequence(text=_(message, **values), rule=rule, point=point, when=self._case.law)

    def _seat_of(self, person: str) -> Sitting:
        return next(each for each in self.sitting if each.name == person)

    def _check_sits(self, person: str, field: str) -> None:
        names = [each.name for each in self.sitting]
        if person not in names:
            misnamed(field, person, names, _("the members of the council"))

    def _check_new(self, person: str, event: Event, field: str) -> None:
        """Hold that somebody who is to sit in a body does not sit in it already."""
        if any(self.holdings[place].body == event.body for place in self._of(person)):
            raise DataError(
                "{field} is {value}, who sits in {body} already", field=field, value=person, body=event.body
            )

    def _of(self, person: str) -> list[int]:
        return [place for place, each in enumerate(self.holdings) if each.person == person]

    # Who leaves, dies, is away and comes back

    def _leaves(self, event: Event, _where: str) -> Iterator[Consequence]:
        person = event.person
        seat = self._seat_of(person)
        self._gone.add(person)
        self.sitting.remove(seat)
        before = len(self.sitting)
        yield self._enters(seat, event.day, for_a_time=False)
        entered = len(self.sitting) > before or seat.list not in self._case.substitutes
        yield from self._vacated(person, event.day, entered=entered)

    def _next_substitute(self, seat: Sitting) -> str | None:
        taken = self._gone | {each.name for each in self.sitting}
        return next((name for name in self._case.substitutes.get(seat.list, ()) if name not in taken), None)

    def _enters(self, seat: Sitting, day: str, *, for_a_time: bool) -> Consequence:
        """Let the list's next substitute enter."""
        found = self._next_substitute(seat)
        rule = "KSL-15" if for_a_time else "KRVL-91-1"
        if found is None:
            known = seat.list in self._case.substitutes
            none_left = N_("{list} has no substitute left for {person}.")
            unnamed = N_("The next substitute of {list} enters for {person}; the file names none.")
            rule = "KRVL-91-3" if known and not for_a_time else rule
            return self._say(none_left if known else unnamed, rule, list=seat.list, person=seat.name)
        self.sitting.append(
            Sitting(name=found, list=seat.list, entered_for=seat.name, since=day, for_a_time=for_a_time)
        )
        called = N_("{substitute} is called to {council} while {person} is away.")
        enters = N_("{substitute} enters {council} for {person}.")
        return self._say(
            called if for_a_time else enters, rule, substitute=found, person=seat.name, council=self._case.council
        )

    def _vacated(self, person: str, day: str, *, entered: bool) -> Iterator[Consequence]:
        """Let all places of a person be vacant."""
        places = self._of(person)
        for place in places:
            yield from self._vacate(place, day)
        if entered and any(self.holdings[place].role is not Role.HOLDER for place in places):
            yield self._say(
                N_("Who enters {council} for {person} has none of these places by that."),
                "KSL-28",
                person=person,
                council=self._case.council,
            )

    def _vacate(self, place: int, day: str) -> Iterator[Consequence]:
        holding = self.holdings[place]
        self.holdings[place] = attrs.evolve(holding, person="", since=day, instead_of="", away=False)
        if holding.role is Role.HOLDER:
            yield self._post_vacant(holding, None)
        elif holding.by_office:
            yield self._say(
                N_("{body}: the place follows the office that it belongs to."), "KSL-25-2", body=holding.body
            )
        else:
            filled = N_("{body}: the place is filled by {group}, which elected {person}.")
            nobody = N_("{body}: {group}, which is to fill the place, has no members left.")
            message = filled if self._left(holding.group) else nobody
            yield self._say(message, "KSL-28", body=holding.body, group=holding.group, person=holding.person)

    @property
    def dissolved(self) -> tuple[str, ...]:
        """The groups with places that have no members left."""
        groups = dict.fromkeys(each.group for each in self.holdings if each.group)
        return tuple(group for group in groups if not self._left(group))

    def _left(self, group: str) -> bool:
        """Tell whether anybody of a group sits in the council, or somebody who entered for one of its members."""
        sat = {each.name for each in self.sitting} | {each.entered_for for each in self.sitting}
        declarations = self._case.declarations
        for declaration in declarations:
            joined = self._case.joined(declaration)
            if group in joined:
                return bool(sat & set(joined[group]))
        return any(each.list == group for each in self.sitting)

    def _post_vacant(self, holding: Holding, months: int | None) -> Consequence:
        """Say how a post is filled that is vacant, or whose holder is away."""
        item = next((each for each in self._evening.items if each.name == holding.body), None)
        mayor = item is not None and item.step in {Step.MAYOR, Step.CHAIRS}
        deputy = (item is not None and item.step is Step.DEPUTY) or any(
            each.body == holding.body for each in self._deputies
        )
        if not mayor and not deputy:
            return self._say(N_("{body}: another is elected by flertalsvalg."), "KSL-24-1", body=holding.body)
        case = PostVacancyCase(
            post="mayor" if mayor else "deputy",  # type: ignore[arg-type]  # a text that the class takes
            cause="left" if months is None else "away",  # type: ignore[arg-type]  # as above
            deputies=len(self._deputies) or 1,
            together=self._case.model is Model.TOGETHER,
            group=holding.group,
            months=months,
            day=self._case.law,
        )
        refill, post, council = settle(case), holding.body, self._case.council
        if refill.how is Refilling.GROUP:
            message = N_("{post}: filled by {group}, which elected the one who goes.")
            return self._say(message, case.rule, case.point, post=post, group=refill.group or "")
        if refill.how is Refilling.NOBODY:
            return self._say(N_("{post}: nobody is elected for so short an absence."), case.rule, case.point, post=post)
        acting = N_("{post}: {council} elects an acting one by flertalsvalg.")
        return self._say(acting if refill.acting else _ANOTHER, case.rule, case.point, post=post, council=council)

    def _absent(self, event: Event, where: str) -> Iterator[Consequence]:
        if event.months is None:
            raise DataError("{field} is missing", field=f"{where}.maaneder", value=None)
        if event.months < law.whole("KSL-15", self._case.law, "substitute"):
            raise DataError(
                "{field} is {value}; an absence of a month or more changes who sits where",
                field=f"{where}.maaneder",
                value=event.months,
                rule="KSL-15",
            )
        seat = self._seat_of(event.person)
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, away=True)
        yield self._enters(seat, event.day, for_a_time=True)
        for place in self._of(event.person):
            holding = self.holdings[place]
            self.holdings[place] = attrs.evolve(holding, away=True)
            if holding.role is Role.HOLDER:
                yield self._post_vacant(holding, event.months)
            elif not holding.by_office:
                yield self._say(
                    N_("{body}: {group} may send another while {person} is away."),
                    "KSL-28",
                    _AWAY,
                    body=holding.body,
                    group=holding.group,
                    person=event.person,
                )

    def _returns(self, event: Event, where: str) -> Iterator[Consequence]:
        seat = self._seat_of(event.person)
        if not seat.away:
            raise DataError("{field} is {value}, who is not away", field=f"{where}.hvem", value=event.person)
        called = [each for each in self.sitting if each.for_a_time and each.entered_for == event.person]
        self.sitting = [
            attrs.evolve(each, away=False) if each is seat else each for each in self.sitting if each not in called
        ]
        for each in called:
            yield self._say(
                N_("{substitute} leaves {council} again."),
                "KSL-15",
                _BACK,
                substitute=each.name,
                council=self._case.council,
            )
        for place, holding in enumerate(self.holdings):
            if holding.instead_of == event.person:
                self.holdings[place] = attrs.evolve(holding, person=event.person, instead_of="", since=event.day)
                yield self._say(
                    N_("{body}: {person} is back in the place of {substitute}."),
                    "KSL-28",
                    _AWAY,
                    body=holding.body,
                    person=event.person,
                    substitute=holding.person,
                )
            elif holding.person == event.person:
                self.holdings[place] = attrs.evolve(holding, away=False)

    def _one_meeting(self, event: Event, _where: str) -> Iterator[Consequence]:
        """Say who may take part in one meeting of the council instead of somebody (KSL § 15, stk. 1)."""
        seat = self._seat_of(event.person)
        yield self._say(
            N_(
                "The members elected on {list} may demand that {substitute} be called to this meeting, where {person} "
                "is hindered by illness; to the first meeting and the second reading of the budget for any reason."
            ),
            "KSL-15",
            "one meeting",
            list=seat.list,
            substitute=self._next_substitute(seat) or _("the next substitute"),
            person=event.person,
        )
        yield self._say(N_("{person} keeps every place."), person=event.person)

    # Committees, posts, and what changes nothing

    def _place_of(self, event: Event, where: str) -> Holding:
        held = [self.holdings[place] for place in self._of(event.person)]
        found = next((each for each in held if each.body == event.body), None)
        if found is None:
            misnamed(f"{where}.sted", event.body, [each.body for each in held], _("the places of that person"))
        return found

    def _disqualified(self, event: Event, where: str) -> Iterator[Consequence]:
        """Say who may take part in a committee's matter instead of somebody (KSL § 28, stk. 3)."""
        holding = self._place_of(event, where)
        if not event.to:
            yield self._say(
                N_("{body}: {group} may let another take part in that matter, where the charter says so."),
                "KSL-28",
                _MATTER,
                body=event.body,
                group=holding.group,
            )
            return
        self._check_sits(event.to, f"{where}.til")
        self._check_new(event.to, event, f"{where}.til")
        yield self._say(
            N_(
                "{body}: {substitute} takes part in that matter instead of {person}, where the charter says so; the "
                "place stays with {person}."
            ),
            "KSL-28",
            _MATTER,
            body=event.body,
            substitute=event.to,
            person=event.person,
        )

    def _removed(self, event: Event, where: str) -> Iterator[Consequence]:
        """Say whether a mayor goes whom the council has no confidence in (KSL § 66 c)."""
        place = self._own_post(event, self._case.mayor.name, where)
        self._check_readings(event, where)
        motion = settle(NoConfidenceCase(council_size=self._case.size, votes=event.votes))
        if motion.removed is None:
            yield self._say(
                N_("{needed} of the {size} members are needed at both of two readings, {least} to {most} days apart."),
                "KSL-66c",
                needed=motion.needed,
                size=self._case.size,
                least=self._between["least"],
                most=self._between["most"],
            )
            return
        if not motion.removed:
            yield self._say(
                N_("{person} stays {post}: {needed} votes were needed at both readings."),
                "KSL-66c",
                person=event.person,
                post=self._case.mayor.name,
                needed=motion.needed,
            )
            return
        yield self._say(
            N_("{person} is excused as {post} by that."), "KSL-66c", person=event.person, post=self._case.mayor.name
        )
        _vacant, *others = self._mayor_goes(place, event.day)
        yield self._say(_ANOTHER, "KSL-66c", "another", post=self._case.mayor.name, council=self._case.council)
        yield from others

    @property
    def _between(self) -> dict[str, int]:
        """Give the least and the most days between the readings."""
        least, most = map(int, law.value("KSL-66c", self._case.law, "readings"))  # type: ignore[arg-type]  # of days
        return {"least": least, "most": most}

    def _check_readings(self, event: Event, where: str) -> None:
        if not event.first:
            return
        days = (date.fromisoformat(event.day) - date.fromisoformat(event.first)).days
        if not self._between["least"] <= days <= self._between["most"]:
            raise DataError(
                "{field} is {value}, {days} days before the second reading; there are {least} to {most} days between "
                "them",
                field=f"{where}.foerste",
                value=event.first,
                rule="KSL-66c",
                days=days,
                least=self._between["least"],
                most=self._between["most"],
            )

    def _leaves_body(self, event: Event, where: str) -> Iterator[Consequence]:
        yield from self._vacate(self.holdings.index(self._place_of(event, where)), event.day)

    def _named(self, event: Event, where: str) -> Iterator[Consequence]:
        bodies = dict.fromkeys(each.body for each in self.holdings)
        if event.body not in bodies:
            misnamed(f"{where}.sted", event.body, bodies, _("the committees and bodies"))
        plan = next((each for each in self._case.bodies if each.name == event.body), None)
        if not (plan and (plan.anybody or plan.others)):
            self._check_sits(event.person, f"{where}.hvem")
        self._check_new(event.person, event, f"{where}.hvem")
        place = self._open_place(event, where)
        holding = self.holdings[place]
        if holding.away:
            VacatedPlaceCase(
                committee=event.body,
                member=holding.person,
                group=holding.group,
                successor=event.person,
                by=event.group or holding.group,
                ground="away",  # type: ignore[arg-type]  # a text that the class takes
                months=law.whole("KSL-28", self._case.law),
                day=self._case.law,
            )
            self.holdings[place] = attrs.evolve(
                holding, person=event.person, since=event.day, away=False, instead_of=holding.person
            )
            yield self._say(
                N_("{body}: {person} takes the place of {away} meanwhile; it stays the place of {group}."),
                "KSL-28",
                _AWAY,
                body=event.body,
                person=event.person,
                away=holding.person,
                group=holding.group,
            )
            return
        self.holdings[place] = attrs.evolve(holding, person=event.person, since=event.day)
        yield self._say(
            N_("{body}: {person} has the place of {group} that stood empty."),
            "KSL-28",
            body=event.body,
            person=event.person,
            group=holding.group,
        )

    def _open_place(self, event: Event, where: str) -> int:
        """Find the place in a body that somebody may be named to."""
        here = [place for place, each in enumerate(self.holdings) if each.body == event.body]
        open_ = [place for place in here if not self.holdings[place].person] or [
            place for place in here if self.holdings[place].away
        ]
        groups = dict.fromkeys(self.holdings[place].group for place in open_)
        if not open_:
            raise DataError("{field} is {value}, where no place is vacant", field=f"{where}.sted", value=event.body)
        if event.group and event.group not in groups:
            raise DataError(
                "{field} is {value}; the vacant place in {body} is filled by {groups}, which elected its holder",
                field=f"{where}.gruppe",
                value=event.group,
                rule="KSL-28",
                body=event.body,
                groups=", ".join(groups),
            )
        if len(groups) > 1 and not event.group:
            raise DataError(
                "{field} is missing; places of several groups are vacant in {body}: {groups}",
                field=f"{where}.gruppe",
                value="",
                body=event.body,
                groups=", ".join(groups),
            )
        return next(place for place in open_ if not event.group or self.holdings[place].group == event.group)

    def _changes(self, event: Event, _where: str) -> Iterator[Consequence]:
        yield self._say(
            N_("{person} keeps every place, and so do the groups: nothing is elected again."),
            "KSL-17-1",
            person=event.person,
        )
        groups = dict.fromkeys(
            self.holdings[place].group for place in self._of(event.person) if self.holdings[place].group
        )
        if groups:
            yield self._say(
                N_("What {person} leaves later is filled by {groups}, whatever party or group that is of."),
                "KSL-28",
                person=event.person,
                groups=", ".join(groups),
            )

    def _post_of(self, post: str, where: str) -> int:
        posts = [place for place, each in enumerate(self.holdings) if each.role is Role.HOLDER]
        found = next((place for place in posts if self.holdings[place].body == post), None)
        if found is None:
            misnamed(f"{where}.sted", post, [self.holdings[place].body for place in posts], _("the posts"))
        return found

    def _own_post(self, event: Event, post: str, where: str) -> int:
        """Find a post, which the person of an event has."""
        place = self._post_of(post, where)
        if self.holdings[place].person != event.person:
            raise DataError(
                "{field} is {value}, who is not {post}", field=f"{where}.hvem", value=event.person, post=post
            )
        return place

    def _excused(self, event: Event, where: str) -> Iterator[Consequence]:
        place = self._own_post(event, event.body, where)
        if event.body == self._case.mayor.name:
            yield from self._mayor_goes(place, event.day)
        else:
            yield from self._vacate(place, event.day)

    def _mayor_goes(self, place: int, day: str) -> Iterator[Consequence]:
        """Let the mayor's post be vacant, and the place in økonomiudvalget that belongs to it."""
        yield from self._vacate(place, day)
        for at, holding in enumerate(self.holdings):
            if self._is_led_from(holding):
                yield from self._vacate(at, day)

    def _is_led_from(self, holding: Holding) -> bool:
        """Tell whether økonomiudvalget is led from a place, which belongs to the mayor's post."""
        return holding.body == self._economy and holding.by_office and holding.role is Role.CHAIR

    def _elected(self, event: Event, where: str) -> Iterator[Consequence]:
        place = self._post_of(event.body, where)
        holding = self.holdings[place]
        if holding.person and not holding.away:
            raise DataError(
                "{field} is {value}; {person} has that post",
                field=f"{where}.sted",
                value=event.body,
                person=holding.person,
            )
        self.holdings[place] = attrs.evolve(
            holding, person=event.person, since=event.day, away=False, instead_of=holding.person if holding.away else ""
        )
        yield self._say(N_("{person} is {post}."), person=event.person, post=event.body)
        if event.body != self._case.mayor.name or not self._economy:
            return
        for at, each in enumerate(self.holdings):
            if each.body == self._economy and each.person == event.person and not each.by_office:
                yield from self._vacate(at, event.day)
        for at, each in enumerate(self.holdings):
            if self._is_led_from(each) and each.person != event.person:
                self.holdings[at] = attrs.evolve(each, person=event.person, since=event.day)
                yield self._say(
                    N_("{person} sits in {body} and leads it by office."),
                    *self._case.leads,
                    person=event.person,
                    body=each.body,
                )


def _places(evening: Evening) -> Iterator[Seat]:
    """Give every place once: a chair who was chosen first has one, among the members of the committee."""
    among = {(seat.body, seat.person) for item in evening.items if item.step is Step.COMMITTEES for seat in item.seats}
    for item in evening.items:
        for seat in item.seats:
            chosen_first = item.step is Step.CHAIRS and seat.role is Role.CHAIR
            if seat.body and not (chosen_first and (seat.body, seat.person) in among):
                yield seat


def _holding(seat: Seat, day: str) -> Holding:
    return Holding(
        body=seat.body, group=seat.group, person=seat.person, role=seat.role, by_office=seat.by_office, since=day
    )


def places_on(evening: EveningCase, day: str = "") -> Term:
    """Give the register of places on a day of the term.

    Args:
        evening: the meeting, with its substitutes and events.
        day: the day, year first (default: after all events).

    Raises:
        DataError: an event is of somebody who does not sit, at a place that is not vacant, by a group that does not
            fill it, or outside the term.
    """
    return settle(TermCase(evening=evening, day=day))
