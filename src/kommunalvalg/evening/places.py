"""Who has which place in the term: the register of places, and those of the groups in committees and other bodies.

KSL § 28 (the group that elected somebody fills the place) and § 17 (the election holds for the whole term).
"""

from collections.abc import Generator, Iterator

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.vacant import VacatedPlaceCase
from kommunalvalg.errors import DataError
from kommunalvalg.evening.consequences import Consequence, follows
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.given import Event, misnamed
from kommunalvalg.evening.items import Role, Seat, Step
from kommunalvalg.evening.members import Members
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["Holding", "Places"]

_AWAY, _MATTER = "away", "disqualified"


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


class Places:
    """The places that the meeting filled, posts included, as events change them."""

    def __init__(self, evening: Evening, members: Members) -> None:
        self._case, self._members = evening.case, members
        self.holdings = [_holding(seat, self._case.day) for seat in _places(evening)]
        self.offices = dict(self._of_posts())
        """Post -> the place by office that belongs to it."""

    def _of_posts(self) -> Iterator[tuple[str, int]]:
        """Give post -> the place by office that belongs to it, as the meeting filled both."""
        for post, office in self._case.offices.items():
            holder = next((each.person for each in self.holdings if each.body == post and each.person), None)
            for at, each in enumerate(self.holdings):
                there = each.body == office.body if office.body else each.role is Role.CHAIR
                if each.by_office and each.person == holder and there:
                    yield post, at

    def of(self, person: str) -> list[int]:
        """Give the places that somebody has now."""
        return [place for place, each in enumerate(self.holdings) if each.person == person]

    def place_of(self, event: Event, where: str) -> int:
        """Find the place that an event names, among those of its person, away from it or not."""
        own = self._own(event.person)
        found = next((place for place in own if self.holdings[place].body == event.body), None)
        if found is None:
            bodies = [self.holdings[place].body for place in own]
            misnamed(f"{where}.sted", event.body, bodies, _("the places of that person"))
        return found

    def _own(self, person: str) -> list[int]:
        return [place for place, each in enumerate(self.holdings) if person in (each.person, each.instead_of)]

    @property
    def dissolved(self) -> tuple[str, ...]:
        """The groups with places that have no members left."""
        groups = dict.fromkeys(each.group for each in self.holdings if each.group)
        return tuple(group for group in groups if not self._members.any_left(group))

    # How a place changes hands

    def take(self, place: int, person: str, day: str, instead_of: str = "") -> None:
        """Let somebody have a place, for good or instead of one who is away."""
        self.holdings[place] = attrs.evolve(
            self.holdings[place], person=person, since=day, away=False, instead_of=instead_of
        )

    def lose(self, place: int, person: str, day: str) -> bool:
        """Let a place of somebody be vacant; one that was taken for somebody who is away is that one's again.

        Returns:
            Whether it is vacant.
        """
        holding = self.holdings[place]
        if holding.instead_of and holding.person == person:
            self.holdings[place] = attrs.evolve(holding, person=holding.instead_of, instead_of="", away=True, since=day)
            return False
        self.holdings[place] = attrs.evolve(holding, person="", since=day, instead_of="", away=False)
        return True

    def goes_away(self, place: int) -> None:
        """Let the holder of a place be away."""
        self.holdings[place] = attrs.evolve(self.holdings[place], away=True)

    def comes_back(self, person: str, day: str) -> Iterator[tuple[int, str]]:
        """Let somebody have every place again, and give those that a substitute had, with who that was."""
        for place, holding in enumerate(self.holdings):
            if holding.instead_of == person:
                self.take(place, person, day)
                yield place, holding.person
            elif holding.person == person:
                self.holdings[place] = attrs.evolve(holding, away=False)

    # What leaving the council means for the places, and what a change of party does not (KSL § 17)

    def lost_with_seat(self, person: str, *, dead: bool) -> Generator[Consequence, None, list[int]]:
        """Say which places somebody keeps who leaves the council alive (inferred, KSL § 17, stk. 3).

        Returns:
            The places that go: all that only members of the council may have, or that come with an office.
        """
        places = self._own(person)
        open_ = {plan.name for plan in self._case.bodies if plan.anybody and not dead}
        kept = [at for at in places if self.holdings[at].body in open_ and not self.holdings[at].by_office]
        for place in kept:
            places.remove(place)
            yield follows(
                self._case,
                N_("{body}: {person} keeps the place, which others than members of the council may have too."),
                "KSL-17-1",
                "when",
                body=self.holdings[place].body,
                person=person,
            )
        return places

    def changes(self, event: Event, _where: str) -> Iterator[Consequence]:
        """Say that nothing is elected again because somebody changes party or group (KSL-17-1)."""
        yield follows(
            self._case,
            N_("{person} keeps every place, and so do the groups: nothing is elected again."),
            "KSL-17-1",
            "when",
            person=event.person,
        )
        groups = dict.fromkeys(
            self.holdings[place].group for place in self.of(event.person) if self.holdings[place].group
        )
        if groups:
            yield follows(
                self._case,
                N_("What {person} leaves later is filled by {groups}, whatever party or group that is of."),
                "KSL-28",
                person=event.person,
                groups=", ".join(groups),
            )

    # Whose a vacant place is, and who is named to it (KSL § 28)

    def vacant(self, place: int, person: str) -> Consequence:
        """Say who fills a place that somebody left (KSL-28)."""
        holding = self.holdings[place]
        filled = N_("{body}: the place is filled by {group}, which elected {person}.")
        nobody = N_("{body}: {group}, which is to fill the place, has no members left.")
        message = filled if self._members.any_left(holding.group) else nobody
        return follows(self._case, message, "KSL-28", body=holding.body, group=holding.group, person=person)

    def away(self, place: int) -> Consequence:
        """Say who may have a place while its holder is away (KSL-28)."""
        holding = self.holdings[place]
        return follows(
            self._case,
            N_("{body}: {group} may send another while {person} is away."),
            "KSL-28",
            _AWAY,
            body=holding.body,
            group=holding.group,
            person=holding.person,
        )

    def disqualified(self, event: Event, where: str) -> Iterator[Consequence]:
        """Say who may take part in a committee's matter instead of somebody (KSL § 28, stk. 3)."""
        holding = self.holdings[self.place_of(event, where)]
        if not event.to:
            yield follows(
                self._case,
                N_("{body}: {group} may let another take part in that matter, where the charter says so."),
                "KSL-28",
                _MATTER,
                body=event.body,
                group=holding.group,
            )
            return
        self._members.check_sits(event.to, f"{where}.til")
        self._check_new(event.to, event, f"{where}.til")
        yield follows(
            self._case,
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

    def named(self, event: Event, where: str) -> Iterator[Consequence]:
        """Let somebody have a place that is vacant, or whose holder is away, for the group that fills it (KSL-28)."""
        bodies = dict.fromkeys(each.body for each in self.holdings)
        if event.body not in bodies:
            misnamed(f"{where}.sted", event.body, bodies, _("the committees and bodies"))
        plan = next((each for each in self._case.bodies if each.name == event.body), None)
        if not (plan and (plan.anybody or plan.others)):
            self._members.check_sits(event.person, f"{where}.hvem")
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
            self.take(place, event.person, event.day, instead_of=holding.person)
            yield follows(
                self._case,
                N_("{body}: {person} takes the place of {away} meanwhile; it stays the place of {group}."),
                "KSL-28",
                _AWAY,
                body=event.body,
                person=event.person,
                away=holding.person,
                group=holding.group,
            )
            return
        self.take(place, event.person, event.day)
        yield follows(
            self._case,
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
            if each.body == event.body and place not in self.offices.values()
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

    def _check_new(self, person: str, event: Event, field: str) -> None:
        """Hold that somebody who is to sit in a body does not sit in it already."""
        if any(self.holdings[place].body == event.body for place in self.of(person)):
            raise DataError(
                "{field} is {value}, who sits in {body} already", field=field, value=person, body=event.body
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
