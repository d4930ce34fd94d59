"""The term after a council's first meeting: who enters, which places stand empty, and which group fills them.

KRVL § 91 (who enters the council), KSL § 15 (who is away for a time), § 7, stk. 3 and § 65, stk. 6 (mayor and deputy),
and § 28 (places in committees and bodies). Nothing is elected again because somebody changes party or group.
"""

from collections.abc import Generator, Iterator
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


_POINT = {"KSL-17-1": "when"}
"""The place that is meant, of rules that stand at several."""
_ANOTHER = N_("{post}: {council} elects another by flertalsvalg, for the rest of the term.")
_AWAY, _BACK, _MATTER, _ACTING = "away", "return", "disqualified", "acting"


class _Course:
    """The places and the members, as events change them."""

    def __init__(self, evening: Evening) -> None:
        self._evening, self._case = evening, evening.case
        self.holdings = [_holding(seat, self._case.day) for seat in _places(evening)]
        self.sitting = [Sitting(name=member.name, list=member.list) for member in self._case.members]
        self._gone: set[str] = set()
        self._hindered: set[str] = set()  # substitutes who were called for a time, and are away themselves
        self._vacant: list[Sitting] = []  # who left a seat that no substitute has entered yet
        self._entered_for: dict[str, str] = {}
        self._months: dict[str, int] = {}
        self._offices = dict(self._of_posts())
        self._deputies = [each for item in evening.items if item.step is Step.DEPUTIES for each in item.seats]

    def _of_posts(self) -> Iterator[tuple[str, int]]:
        """Give post -> the place by office that belongs to it, as the meeting filled both."""
        for post, office in self._case.offices.items():
            holder = next((each.person for each in self.holdings if each.body == post and each.person), None)
            for at, each in enumerate(self.holdings):
                there = each.body == office.body if office.body else each.role is Role.CHAIR
                if each.by_office and each.person == holder and there:
                    yield post, at

    def happens(self, event: Event, where: str) -> Iterator[Consequence]:
        """Let an event happen, and give what follows."""
        back = event.what is Happening.RETURNS and event.person in self._hindered
        outside = event.what in {Happening.DIES, Happening.LEAVES_BODY} and self._of(event.person)
        if event.what is not Happening.NAMED and not back and not outside:
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
        if person not in [each.name for each in self.sitting]:  # who has a place that is open to others, and dies
            yield from self._vacated(person, event.day, entered=False, dead=True)
            return
        seat = self._seat_of(person)
        self._gone.add(person)
        self.sitting.remove(seat)
        called = self._called_for(person)
        if called is not None:  # is free by that, and the first to enter
            self.sitting.remove(called)
        before = len(self.sitting)
        instead_of = self._seat_of(seat.entered_for) if seat.for_a_time else seat
        yield self._enters(instead_of, event.day, for_a_time=seat.for_a_time)
        entered = len(self.sitting) > before or seat.list not in self._case.substitutes
        yield from self._vacated(person, event.day, entered=entered, dead=event.what is Happening.DIES)

    def _called_for(self, person: str) -> Sitting | None:
        """Give the substitute who sits while somebody is away."""
        return next((each for each in self.sitting if each.for_a_time and each.entered_for == person), None)

    def _next_substitute(self, seat: Sitting) -> str | None:
        taken = self._gone | self._hindered | {each.name for each in self.sitting}
        return next((name for name in self._case.substitutes.get(seat.list, ()) if name not in taken), None)

    def _has_substitute(self, list_: str) -> bool:
        """Tell whether a list has a substitute left, if only one who sits for a time or is away."""
        for_good = {each.name for each in self.sitting if not each.for_a_time}
        return any(name not in self._gone | for_good for name in self._case.substitutes[list_])

    def _enters(self, seat: Sitting, day: str, *, for_a_time: bool) -> Consequence:
        """Let the list's next substitute enter."""
        found = self._next_substitute(seat)
        rule = "KSL-15" if for_a_time else "KRVL-91-1"
        if found is None:
            return self._nobody_enters(seat, rule, for_a_time=for_a_time)
        self._entered_for[found] = seat.name
        self.sitting.append(
            Sitting(name=found, list=seat.list, entered_for=seat.name, since=day, for_a_time=for_a_time)
        )
        called = N_("{substitute} is called to {council} while {person} is away.")
        enters = N_("{substitute} enters {council} for {person}.")
        return self._say(
            called if for_a_time else enters, rule, substitute=found, person=seat.name, council=self._case.council
        )

    def _nobody_enters(self, seat: Sitting, rule: str, *, for_a_time: bool) -> Consequence:
        """Say why no substitute enters; a seat that is vacant for good waits for one who is not free (KRVL-91-3)."""
        if seat.list not in self._case.substitutes:
            unnamed = N_("The next substitute of {list} enters for {person}; the file names none.")
            return self._say(unnamed, rule, list=seat.list, person=seat.name)
        if not for_a_time and self._has_substitute(seat.list):
            self._vacant.append(seat)
            waits = N_("{list} has no substitute who is free; the seat of {person} stands empty until one is.")
            return self._say(waits, rule, list=seat.list, person=seat.name)
        none_left = N_("{list} has no substitute left for {person}.")
        return self._say(none_left, rule if for_a_time else "KRVL-91-3", list=seat.list, person=seat.name)

    def _free_again(self, name: str, list_: str, day: str) -> Generator[Consequence, None, str]:
        """Let a substitute who is free take an empty seat, or that of a lower one, who is free then (KRVL-91-LEAVES).

        Returns:
            Who is free at the end and sits nowhere; empty where nobody is.
        """
        empty = next((each for each in self._vacant if each.list == list_), None)
        if empty is not None:
            self._vacant.remove(empty)
            yield self._enters(empty, day, for_a_time=False)
            return ""
        away = [each for each in self.sitting if each.list == list_ and each.away]
        alone = next((each for each in away if self._called_for(each.name) is None), None)
        if alone is not None:
            yield self._enters(alone, day, for_a_time=True)
            return ""
        order = self._case.substitutes[list_]
        lower = [
            each
            for each in self.sitting
            if each.list == list_ and each.entered_for and not each.away and order.index(each.name) > order.index(name)
        ]
        if not lower:
            return name
        seat = min(lower, key=lambda each: (each.for_a_time, -order.index(each.name)))
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, name=name, since=day)
        self._entered_for[name] = seat.entered_for
        yield self._say(
            N_("{substitute} is free again, and takes the seat that {lower}, who is lower on the list, has."),
            "KRVL-91-LEAVES",
            substitute=name,
            lower=seat.name,
        )
        return (yield from self._free_again(seat.name, list_, day))

    def _sits_no_longer(self, substitute: str, rule: str, point: str, day: str) -> Iterator[Consequence]:
        """Say that a substitute leaves the council again, and let the places that came with it be vacant."""
        leaves = N_("{substitute} leaves {council} again.")
        yield self._say(leaves, rule, point, substitute=substitute, council=self._case.council)
        yield from self._vacated(substitute, day, entered=False)

    def _vacated(self, person: str, day: str, *, entered: bool, dead: bool = False) -> Iterator[Consequence]:
        """Let the places of a person be vacant; one that was taken for somebody who is away is that one's again.

        Who leaves the council alive keeps a place that others than its members may have (inferred, KSL § 17, stk. 3).
        """
        places = [place for place, each in enumerate(self.holdings) if person in (each.person, each.instead_of)]
        open_ = {plan.name for plan in self._case.bodies if plan.anybody and not dead}
        kept = [at for at in places if self.holdings[at].body in open_ and not self.holdings[at].by_office]
        for place in kept:
            places.remove(place)
            yield self._say(
                N_("{body}: {person} keeps the place, which others than members of the council may have too."),
                "KSL-17-1",
                body=self.holdings[place].body,
                person=person,
            )
        for place in places:
            yield from self._vacate(place, person, day)
        if entered and any(self.holdings[place].role is not Role.HOLDER for place in places):
            yield self._say(
                N_("Who enters {council} for {person} has none of these places by that."),
                "KSL-28",
                person=person,
                council=self._case.council,
            )

    def _vacate(self, place: int, person: str, day: str) -> Iterator[Consequence]:
        """Let a place of somebody be vacant, for whoever fills it."""
        holding = self.holdings[place]
        if holding.instead_of and holding.person == person:
            self.holdings[place] = attrs.evolve(holding, person=holding.instead_of, instead_of="", away=True, since=day)
            yield from self._for_a_time(self.holdings[place])
            return
        self.holdings[place] = attrs.evolve(holding, person="", since=day, instead_of="", away=False)
        if holding.role is Role.HOLDER:
            yield from self._post_vacant(holding, None)
        elif holding.by_office:
            follows = N_("{body}: the place follows the office that it belongs to.")
            yield self._say(follows, *self._office_of(place, ("KSL-25-2", "")), body=holding.body)
        else:
            filled = N_("{body}: the place is filled by {group}, which elected {person}.")
            nobody = N_("{body}: {group}, which is to fill the place, has no members left.")
            message = filled if self._left(holding.group) else nobody
            yield self._say(message, "KSL-28", body=holding.body, group=holding.group, person=person)

    def _for_a_time(self, holding: Holding) -> Iterator[Consequence]:
        """Say who may have a place while its holder is away."""
        if holding.role is Role.HOLDER:
            yield from self._post_vacant(holding, self._months[holding.person])
        elif not holding.by_office:
            yield self._say(
                N_("{body}: {group} may send another while {person} is away."),
                "KSL-28",
                _AWAY,
                body=holding.body,
                group=holding.group,
                person=holding.person,
            )

    @property
    def dissolved(self) -> tuple[str, ...]:
        """The groups with places that have no members left."""
        groups = dict.fromkeys(each.group for each in self.holdings if each.group)
        return tuple(group for group in groups if not self._left(group))

    def _left(self, group: str) -> bool:
        """Tell whether anybody of a group sits in the council, or somebody who entered for one of its members."""
        sat = {each.name for each in self.sitting}
        while before := {self._entered_for[name] for name in sat if name in self._entered_for} - sat:
            sat |= before
        declarations = self._case.declarations
        for declaration in declarations:
            joined = self._case.joined(declaration)
            if group in joined:
                return bool(sat & set(joined[group]))
        return any(each.list == group for each in self.sitting)

    def _office_of(self, place: int, otherwise: tuple[str, str]) -> tuple[str, str]:
        """Give the rule by which a place belongs to a post, and the name of its place; a rule for another one."""
        post = next((post for post, at in self._offices.items() if at == place), "")
        office = self._case.offices.get(post)
        return (office.rule, office.point) if office else otherwise

    def _post_vacant(self, holding: Holding, months: int | None) -> Iterator[Consequence]:
        """Say how a post is filled that is vacant, or whose holder is away."""
        item = next((each for each in self._evening.items if each.name == holding.body), None)
        mayor = item is not None and item.step in {Step.MAYOR, Step.CHAIRS}
        deputy = (item is not None and item.step is Step.DEPUTY) or any(
            each.body == holding.body for each in self._deputies
        )
        acting = N_("{post}: {council} elects an acting one by flertalsvalg.")
        nobody = N_("{post}: nobody is elected for so short an absence.")
        post, council = holding.body, self._case.council
        if not mayor and not deputy:
            office = self._case.offices.get(post)
            if months is None:
                rule = (office.post, office.post_point) if office else ("KSL-24-1", "")
                yield self._say(N_("{body}: another is elected by flertalsvalg."), *rule, body=post)
            elif office:  # of others whom the council elected by flertalsvalg no text says who comes meanwhile
                long = months >= law.whole(office.post, self._case.law, _ACTING)
                yield self._say(acting if long else nobody, office.post, _ACTING, post=post, council=council)
            return
        case = PostVacancyCase(
            post="mayor" if mayor else "deputy",  # type: ignore[arg-type]  # a text that the class takes
            cause="left" if months is None else "away",  # type: ignore[arg-type]  # as above
            deputies=len(self._deputies) or 1,
            together=self._case.model is Model.TOGETHER,
            group=holding.group,
            months=months,
            day=self._case.law,
        )
        refill = settle(case)
        if refill.how is Refilling.GROUP:
            message = N_("{post}: filled by {group}, which elected the one who goes.")
            yield self._say(message, case.rule, case.point, post=post, group=refill.group or "")
        elif refill.how is Refilling.NOBODY:
            yield self._say(nobody, case.rule, case.point, post=post)
        else:
            message = acting if refill.acting else _ANOTHER
            yield self._say(message, case.rule, case.point, post=post, council=council)

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
        if seat.away:
            raise DataError("{field} is {value}, who is away already", field=f"{where}.hvem", value=event.person)
        self._months[event.person] = event.months
        if seat.for_a_time:  # who is called instead sits for the same member
            self.sitting.remove(seat)
            self._hindered.add(event.person)
            yield self._enters(self._seat_of(seat.entered_for), event.day, for_a_time=True)
            yield from self._vacated(event.person, event.day, entered=False)
            return
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, away=True)
        yield self._enters(seat, event.day, for_a_time=True)
        for place in self._of(event.person):
            if self.holdings[place].instead_of:
                yield from self._vacate(place, event.person, event.day)
            else:
                self.holdings[place] = attrs.evolve(self.holdings[place], away=True)
                yield from self._for_a_time(self.holdings[place])

    def _returns(self, event: Event, where: str) -> Iterator[Consequence]:
        if event.person in self._hindered:
            self._hindered.remove(event.person)
            list_ = next(key for key, names in self._case.substitutes.items() if event.person in names)
            out = yield from self._free_again(event.person, list_, event.day)
            if out not in ("", event.person):
                yield from self._sits_no_longer(out, "KRVL-91-LEAVES", "", event.day)
            return
        seat = self._seat_of(event.person)
        if not seat.away:
            raise DataError("{field} is {value}, who is not away", field=f"{where}.hvem", value=event.person)
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, away=False)
        for place, holding in enumerate(self.holdings):
            if holding.instead_of == event.person:
                self.holdings[place] = attrs.evolve(holding, person=event.person, instead_of="", since=event.day)
                yield self._say(
                    N_("{body}: {person} is back in the place of {substitute}."),
                    *self._back_by(place),
                    body=holding.body,
                    person=event.person,
                    substitute=holding.person,
                )
            elif holding.person == event.person:
                self.holdings[place] = attrs.evolve(holding, away=False)
        called = self._called_for(event.person)
        if called is not None:
            self.sitting.remove(called)
            out = yield from self._free_again(called.name, called.list, event.day)
            if out:
                rule = ("KSL-15", _BACK) if out == called.name else ("KRVL-91-LEAVES", "")
                yield from self._sits_no_longer(out, *rule, event.day)

    def _back_by(self, place: int) -> tuple[str, str]:
        """Give the rule by which a place is the holder's again, and the name of its place."""
        holding = self.holdings[place]
        if holding.role is Role.HOLDER:
            return self._acts_by(holding.body), _ACTING
        return self._office_of(place, ("KSL-28", _AWAY))

    def _acts_by(self, post: str) -> str:
        """Give the rule by which somebody acts in a post."""
        office = self._case.offices.get(post)
        return (office.post if office else "") or "KSL-15"

    def _one_meeting(self, event: Event, _where: str) -> Iterator[Consequence]:
        """Say who may take part in one meeting of the council instead of somebody (KSL § 15, stk. 1)."""
        seat = self._seat_of(event.person)
        found = self._next_substitute(seat)
        if found is None and seat.list in self._case.substitutes:
            yield self._nobody_enters(seat, "KSL-15", for_a_time=True)
        else:
            members = N_(
                "The members elected on {list} may demand that {substitute} be called to this meeting, where {person} "
                "is hindered by illness; to the first meeting and the second reading of the budget for any reason."
            )
            nobody = N_(
                "No other member elected on {list} can demand it, so {substitute} may demand to be called to this "
                "meeting, where {person} is hindered by illness; to the first meeting and the second reading of the "
                "budget for any reason."
            )
            others = any(each.list == seat.list and each is not seat and not each.away for each in self.sitting)
            yield self._say(
                members if others else nobody,
                "KSL-15",
                "one meeting",
                list=seat.list,
                substitute=found or _("the next substitute"),
                person=event.person,
            )
        yield self._say(N_("{person} keeps every place."), person=event.person)

    # Committees, posts, and what changes nothing

    def _place_of(self, event: Event, where: str) -> Holding:
        held = [each for each in self.holdings if event.person in (each.person, each.instead_of)]
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
        _vacant, *others = self._goes(place, event)
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
                figure="readings",
                days=days,
                least=self._between["least"],
                most=self._between["most"],
            )

    def _leaves_body(self, event: Event, where: str) -> Iterator[Consequence]:
        yield from self._goes(self.holdings.index(self._place_of(event, where)), event)

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
        here = [
            place
            for place, each in enumerate(self.holdings)
            if each.body == event.body and place not in self._offices.values()
        ]
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
        if event.person not in (self.holdings[place].person, self.holdings[place].instead_of):
            raise DataError(
                "{field} is {value}, who is not {post}", field=f"{where}.hvem", value=event.person, post=post
            )
        return place

    def _excused(self, event: Event, where: str) -> Iterator[Consequence]:
        place = self._own_post(event, event.body, where)
        yield from self._goes(place, event)

    def _goes(self, place: int, event: Event) -> Iterator[Consequence]:
        """Let a place or a post be vacant, and the place by office that belongs to the post."""
        yield from self._vacate(place, event.person, event.day)
        at = self._offices.get(self.holdings[place].body)
        if at not in (None, place) and self.holdings[place].role is Role.HOLDER:
            holding = self.holdings[at]
            if event.person in (holding.person, holding.instead_of):
                yield from self._vacate(at, event.person, event.day)

    def _elected(self, event: Event, where: str) -> Iterator[Consequence]:
        place = self._post_of(event.body, where)
        holding = self.holdings[place]
        if holding.person and (not holding.away or holding.person == event.person):
            raise DataError(
                "{field} is {value}; {person} has that post",
                field=f"{where}.sted",
                value=event.body,
                person=holding.person,
            )
        self._check_one_post(event, f"{where}.hvem")
        self.holdings[place] = attrs.evolve(
            holding, person=event.person, since=event.day, away=False, instead_of=holding.person if holding.away else ""
        )
        if holding.away:
            yield self._say(
                N_("{person} acts as {post} while {away} is away."),
                self._acts_by(event.body),
                _ACTING,
                person=event.person,
                post=event.body,
                away=holding.person,
            )
        else:
            one_place = any(item.name == event.body and item.step is Step.BODY for item in self._evening.items)
            message = N_("{person} is elected to {post}.") if one_place else N_("{person} is {post}.")
            yield self._say(message, person=event.person, post=event.body)
        if event.body in self._offices:
            yield from self._sits_by_office(event, holding.person if holding.away else "")

    def _check_one_post(self, event: Event, field: str) -> None:
        """Hold that a deputy is not the mayor, and who leads a sundhedsråd no chair of the region or of another."""
        holders = {each.body: each.person for each in self.holdings if each.role is Role.HOLDER}
        mayor = holders.get(self._case.mayor.name)
        one = {item.name for item in self._evening.items if item.step is Step.DEPUTY}
        if event.person == mayor and event.body in one | {each.body for each in self._deputies}:
            raise DataError(
                "{field} is {value}, who is mayor; a deputy is somebody else",
                field=field,
                value=event.person,
                rule="KSL-6",
                figure="one" if event.body in one else "two",
            )
        led = {post for post in self._offices if self._acts_by(post) == "RL-14e" and self._leads(post)}
        if event.body in led and event.person in {mayor, *(holders[post] for post in led - {event.body})}:
            raise DataError(
                "{field} is {value}, who is the chair of the regional council or of another sundhedsråd",
                field=field,
                value=event.person,
                rule="RL-14e",
                when=self._case.law,
            )

    def _leads(self, post: str) -> bool:
        """Tell whether the holder of a post leads the body in which the place is that belongs to it."""
        return self.holdings[self._offices[post]].role is Role.CHAIR

    def _sits_by_office(self, event: Event, away: str) -> Iterator[Consequence]:
        """Let the holder of a post have the place that belongs to it; an acting one keeps an own one (inferred)."""
        at = self._offices[event.body]
        place = self.holdings[at]
        own = [
            other
            for other, each in enumerate(self.holdings)
            if each.body == place.body and each.person == event.person and other != at
        ]
        if not away:
            for other in own:
                yield from self._vacate(other, event.person, event.day)
        if not (away and own):
            self.holdings[at] = attrs.evolve(place, person=event.person, since=event.day, away=False, instead_of=away)
        leads = N_("{person} sits in {body} and leads it by office.")
        sits = N_("{person} sits in {body} by office.")
        yield self._say(
            leads if place.role is Role.CHAIR else sits,
            *self._office_of(at, ("", "")),
            person=event.person,
            body=place.body,
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
