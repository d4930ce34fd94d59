"""The term after a council's first meeting: who enters, which places stand empty, and which group fills them.

Who sits in the council is told by :mod:`~kommunalvalg.evening.members`, who has a place in a committee or another body
by :mod:`~kommunalvalg.evening.places`, and who has a post by :mod:`~kommunalvalg.evening.posts`; here is what an event
means for each of them. Nothing is elected again because somebody changes party or group.
"""

from collections.abc import Iterator

import attrs

from kommunalvalg.errors import shown
from kommunalvalg.evening.consequences import Consequence, follows
from kommunalvalg.evening.council import Evening, EveningCase, hold
from kommunalvalg.evening.given import Event, Happening, checked_date, placed
from kommunalvalg.evening.items import Role
from kommunalvalg.evening.members import Members, Sitting
from kommunalvalg.evening.places import Holding, Places
from kommunalvalg.evening.posts import Posts
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
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
            holdings=tuple(course.places.holdings),
            sitting=tuple(course.members.sitting),
            dissolved=course.places.dissolved,
            case=self,
        )


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


class _Course:
    """The term as events happen: what each means for the council, then for the posts and places that came with it."""

    def __init__(self, evening: Evening) -> None:
        self._case = evening.case
        self.members = Members(evening.case)
        self.places = Places(evening, self.members)
        self._posts = Posts(evening, self.places)

    def happens(self, event: Event, where: str) -> Iterator[Consequence]:
        """Let an event happen, and give what follows."""
        back = event.what is Happening.RETURNS and self.members.hindered(event.person)
        outside = event.what in {Happening.DIES, Happening.LEAVES_BODY} and self.places.of(event.person)
        if event.what is not Happening.NAMED and not back and not outside:
            self.members.check_sits(event.person, f"{where}.hvem")
        with placed(where):
            yield from {
                Happening.LEAVES: self._leaves,
                Happening.DIES: self._leaves,
                Happening.ABSENT: self._absent,
                Happening.RETURNS: self._returns,
                Happening.LEAVES_BODY: self._leaves_body,
                Happening.NAMED: self.places.named,
                Happening.PARTY: self.places.changes,
                Happening.GROUP: self.places.changes,
                Happening.ONE_MEETING: self.members.one_meeting,
                Happening.DISQUALIFIED: self.places.disqualified,
                Happening.REMOVED: self._removed,
                Happening.EXCUSED: self._excused,
                Happening.ELECTED: self._elected,
            }[event.what](event, where)

    # Who leaves, dies, is away and comes back

    def _leaves(self, event: Event, _where: str) -> Iterator[Consequence]:
        dead = event.what is Happening.DIES
        if not self.members.sits(event.person):  # who has a place that is open to others, and dies
            yield from self._leaves_places(event.person, event.day, entered=False, dead=True)
            return
        entered = yield from self.members.leaves(event)
        yield from self._leaves_places(event.person, event.day, entered=entered, dead=dead)

    def _absent(self, event: Event, where: str) -> Iterator[Consequence]:
        yield from self.members.goes_away(event, where)
        if self.members.hindered(event.person):  # who was called for a time, and sits no longer
            yield from self._leaves_places(event.person, event.day, entered=False)
            return
        for place in self.places.of(event.person):
            if self.places.holdings[place].instead_of:
                yield from self._vacate(place, event.person, event.day)
            else:
                self.places.goes_away(place)
                yield from self._meanwhile(place)

    def _returns(self, event: Event, where: str) -> Iterator[Consequence]:
        if self.members.hindered(event.person):
            out = yield from self.members.hindered_no_longer(event.person, event.day)
        else:
            self.members.comes_back(event, where)
            yield from self._back_in_places(event)
            out = yield from self.members.released(event.person, event.day)
        if out:
            yield from self._leaves_places(out, event.day, entered=False)

    def _back_in_places(self, event: Event) -> Iterator[Consequence]:
        for place, substitute in self.places.comes_back(event.person, event.day):
            yield follows(
                self._case,
                N_("{body}: {person} is back in the place of {substitute}."),
                *self._posts.back_by(place),
                body=self.places.holdings[place].body,
                person=event.person,
                substitute=substitute,
            )

    # What becomes of a place that its holder leaves

    def _leaves_places(self, person: str, day: str, *, entered: bool, dead: bool = False) -> Iterator[Consequence]:
        """Let the places be vacant of somebody who leaves the council; who enters has none of them (KSL-28)."""
        places = yield from self.places.lost_with_seat(person, dead=dead)
        for place in places:
            yield from self._vacate(place, person, day)
        if entered and any(self.places.holdings[place].role is not Role.HOLDER for place in places):
            yield follows(
                self._case,
                N_("Who enters {council} for {person} has none of these places by that."),
                "KSL-28",
                person=person,
                council=self._case.council,
            )

    def _vacate(self, place: int, person: str, day: str) -> Iterator[Consequence]:
        """Let a place of somebody be vacant, for whoever fills it."""
        if not self.places.lose(place, person, day):
            yield from self._meanwhile(place)
            return
        holding = self.places.holdings[place]
        if holding.role is Role.HOLDER:
            yield from self._posts.vacant(holding)
        elif holding.by_office:
            yield self._posts.office_vacant(place)
        else:
            yield self.places.vacant(place, person)

    def _meanwhile(self, place: int) -> Iterator[Consequence]:
        """Say who may have a place while its holder is away."""
        holding = self.places.holdings[place]
        if holding.role is Role.HOLDER:
            yield from self._posts.vacant(holding, self.members.months[holding.person])
        elif not holding.by_office:
            yield self.places.away(place)

    def _goes(self, place: int, event: Event) -> Iterator[Consequence]:
        """Let a place or a post be vacant, and the place by office that belongs to the post."""
        yield from self._vacate(place, event.person, event.day)
        at = self.places.offices.get(self.places.holdings[place].body)
        if at not in (None, place) and self.places.holdings[place].role is Role.HOLDER:
            holding = self.places.holdings[at]
            if event.person in (holding.person, holding.instead_of):
                yield from self._vacate(at, event.person, event.day)

    # Who leaves one place or post, and who is elected to a post

    def _leaves_body(self, event: Event, where: str) -> Iterator[Consequence]:
        yield from self._goes(self.places.place_of(event, where), event)

    def _excused(self, event: Event, where: str) -> Iterator[Consequence]:
        yield from self._goes(self._posts.place_of(event, event.body, where), event)

    def _removed(self, event: Event, where: str) -> Iterator[Consequence]:
        place = yield from self._posts.motion(event, where)
        if place is not None:
            _vacant, *others = self._goes(place, event)  # the motion says itself how the post is filled
            yield from others

    def _elected(self, event: Event, where: str) -> Iterator[Consequence]:
        away = yield from self._posts.elected(event, where)
        if event.body in self.places.offices:
            yield from self._sits_by_office(event, away)

    def _sits_by_office(self, event: Event, away: str) -> Iterator[Consequence]:
        """Let the holder of a post have the place that belongs to it; an acting one keeps an own one (inferred)."""
        at = self.places.offices[event.body]
        holdings, own = self.places.holdings, self.places.of(event.person)
        own = [place for place in own if holdings[place].body == holdings[at].body and place != at]
        if not away:
            for place in own:
                yield from self._vacate(place, event.person, event.day)
        if not (away and own):
            self.places.take(at, event.person, event.day, instead_of=away)
        yield self._posts.sits_by_office(event)


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
