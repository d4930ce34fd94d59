"""KRVL § 91: who enters when a member leaves the council or is absent.

The evidence is the ministry's opinions 98.1.5 of 21 October 1998 (a seat passes to another list only when it is
vacant for good), 99.1.2 of 30 June 1999 and 21.1.1 of 11 February 2021 (the order of substitutes, who moves away,
who displaces whom) and 22.1.6 of 28 November 2022 (a higher substitute who becomes free enters for good). What
they leave open is *inferred* and said where it is done.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

import attrs

from kommunalvalg import law
from kommunalvalg.council.calendar import election_day
from kommunalvalg.council.candidates import draw_order
from kommunalvalg.council.changes import Change, Event
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.law import is_ordinary
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.dates import months_after
from kommunalvalg.errors import LotError, RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.alliances import Alliance, alliances_of
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.methods.units import name_of
from kommunalvalg.results import Result
from kommunalvalg.text import Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["Change", "Event", "Seat", "Sitting", "Step", "Vacancies", "fill_vacancies"]

Person: TypeAlias = tuple[str, str]
"""The key of a list, and the name of a candidate on it."""


TEMPORARY = "KSL-15"
"""The rule by which a substitute sits for a time."""


@attrs.frozen(kw_only=True)
class Seat:
    """A seat in the council, and who is in it.

    Attributes:
        number: the seat's number.
        key: the list that has it.
        member: who was elected to it and has not left; None when that person left for good. A substitute who entered
            for good is named here while hindered for a time.
        sits: who sits in it: the member, a substitute, or None when it stands empty.
        called: whether who sits is a substitute who was called for a time and is no member (KSL § 15), and not one who
            entered for good (KRVL § 91).
    """

    number: int
    key: str
    member: str | None
    sits: str | None

    @property
    def called(self) -> bool:  # noqa: D102 - told with the attributes
        return self.sits is not None and self.member is not None and self.sits != self.member


@attrs.frozen(kw_only=True)
class Step:
    """What a change did to one seat.

    Attributes:
        change: what had happened.
        number: the seat's number.
        key: the list that has the seat after it.
        entered: who entered, or None when the seat stands empty.
        displaced: the substitute who had to go for it, or None.
        passed_from: the list that had the seat before, when it passed to another; or None.
        rule: the rule of the law map by which the seat was filled: a substitute enters for good (KRVL-91-1), the seat
            passes on (KRVL-91-3), a substitute is called for a time (KSL-15), or a member enters again (KRVL-101,
            KRVL-102). The rule that is the ground of the change is ``change.ground``.
        when: the election year, or the day of the change where it is known, whose law it is.
    """

    change: Change
    number: int
    key: str
    entered: str | None
    displaced: str | None = None
    passed_from: str | None = None
    rule: str
    when: int | str | None = attrs.field(default=None, repr=False)

    @property
    def provision(self) -> str:
        """Under what it happened."""
        back = self.rule == TEMPORARY and self.entered == self.change.candidate
        return law.provision(self.rule, self.when, self.change.point if back else "")


def _happened(changes: Iterable[Change]) -> tuple[Change, ...]:
    if not isinstance(changes, Iterable):
        raise VoteError(
            "{field} is {value}; give the changes one by one, as Change(...)", field="changes", value=changes
        )
    return tuple(changes)


def _drawn(draws: Iterable[Draw]) -> tuple[Draw, ...]:
    if not isinstance(draws, Iterable):
        raise LotError("{field} is {value}; give a list of draws", field="draws", value=draws)
    return tuple(draws)


@attrs.frozen(kw_only=True)
class Vacancies:
    """A council election, and what happened after it.

    Args:
        election: what was counted.
        draws: the lots that were drawn at the election; none on who is elected may be left open.
        changes: what happened, in order.

    Raises:
        VoteError: the election or a change is not one, or a change is dated before the one before it or the election.
    """

    election: CouncilElection = attrs.field(repr=lambda election: repr(election.name))
    draws: tuple[Draw, ...] = attrs.field(default=(), converter=_drawn, repr=False)
    changes: tuple[Change, ...] = attrs.field(converter=_happened)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.election, CouncilElection):
            raise VoteError("{field} is {value}; give a CouncilElection", field="election", value=self.election)
        for change in self.changes:
            if not isinstance(change, Change):
                raise VoteError(
                    "{field} has {value}; a change is Change(event, key, candidate)", field="changes", value=change
                )
        self._check_days()

    def _check_days(self) -> None:
        """Hold that the changes come one after another, and after the election."""
        year = self.election.year
        before = election_day(year) if is_ordinary(year) else date(year, 1, 1)
        for change in self.changes:
            if change.date is None:
                continue
            if change.date < before:
                raise VoteError(
                    "{change}: {field} is {value}; it is not before {before}, the day of the election or of the change "
                    "before it",
                    field="day",
                    value=change.day,
                    change=change.text,
                    before=before,
                )
            before = change.date

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.election.law

    def settled(self, urn: Urn) -> "Sitting":
        """Follow the changes, with the lots from ``urn``; the first lot that stays open ends it."""
        result = settle(self.election, self.draws)
        if result.tie is not None:
            raise LotError(
                "the election has an open lot, {tie}; draw it before anybody can be replaced",
                field="draws",
                value=self.draws,
                tie=result.tie.text,
            )
        chamber = _Chamber(result, urn)
        waiting = list(self.changes)
        tie = None
        while waiting and tie is None:
            try:
                chamber.follow(waiting.pop(0))
            except _LotOpen as stopped:
                tie = stopped.tie
        return Sitting(
            case=self,
            result=result,
            seats=tuple(
                Seat(number=seat.number, key=seat.key, member=seat.member, sits=seat.sits) for seat in chamber.places
            ),
            steps=tuple(chamber.steps),
            tie=tie,
            pending=tuple(waiting),
            draws=urn.drawn,
        )


@attrs.frozen(kw_only=True)
class Sitting(Result):
    """A council as it sits after some changes.

    Attributes:
        case: the election, and what happened after it.
        result: the result of the election.
        seats: the seats in the order of their numbers.
        steps: what the changes did, one seat after another.
        tie: the lot that must be drawn before the rest can be said, or None.
        pending: the changes that wait for it.
        draws: the lots that were drawn, those of the election apart.
    """

    case: Vacancies
    result: CouncilResult = attrs.field(repr=False, eq=False)  # the case says all of it
    seats: tuple[Seat, ...] = attrs.field(repr=False)
    steps: tuple[Step, ...] = attrs.field(repr=lambda steps: str(len(steps)))
    tie: Tie | None = None
    pending: tuple[Change, ...] = ()
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that happened, in order, the pending changes included."""
        return self.case.changes

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return (self.tie,) if self.tie else ()

    @property
    def members(self) -> tuple[Person, ...]:
        """Who sits, as (key, name), in the order of the seats; a seat that stands empty is left out."""
        return tuple((seat.key, seat.sits) for seat in self.seats if seat.sits is not None)


def fill_vacancies(result: CouncilResult, changes: Iterable[Change], *, lots: Lots = None) -> Sitting:
    """Say who sits after some changes, in the order in which they happened, KRVL § 91 (KRVL-91-1, KRVL-91-3).

    When a member leaves (KRVL-104), is exempted before the council takes office (KRVL-92), was not validly elected
    (KRVL-96) or is not eligible any longer (KRVL-100), the highest substitute of the list who is free enters for good,
    and is a member in all that follows (KRVL § 101, stk. 9); for one who is hindered for a time the substitute is
    called and goes when the member is back (KSL-15). Substitutes keep their order: who becomes free again displaces a
    lower one who sits, first from a seat that is vacant for good (which of several is inferred, KRVL-91-LEAVES). A
    substitute who moved away or is not eligible is passed over, and is in the old place on coming back, but displaces
    nobody then.

    When a list has no substitute left, an absent member's seat stands empty, and a seat vacant for good passes to the
    list next entitled by d'Hondt on the seats that the lists hold, also one without a seat: inside the listeforbund and
    the valgforbund first, then by the units' ranking. Each list fills its own seats before one passes on to it, and of
    several that pass on the one vacant longest goes first (inferred, KRVL-91-FIRST). A list without votes takes none
    (inferred, KRVL-81-NONE).

    A member who moved away for a time, having told the council, enters again on moving back within six months
    (KRVL-102), and so does one who is eligible again (KRVL-101): into the old seat, wherever it went meanwhile, and
    whoever sits in it stands down (inferred).

    Args:
        result: the election, with no open lot on who is elected.
        changes: what happened, in order.
        lots: where draws come from. There are lots between substitutes with equal votes whose order was not drawn
            at the election, and between equal quotients.

    Returns:
        The council as it sits. Where a lot is open it stops, and the changes after that are pending.

    Raises:
        VoteError: a change is not one, its list or candidate is unknown, or its day is before that of the one before it
            or of the election.
        RuleError: a change cannot be: who leaves does not sit, leaves twice, returns without having been absent or too
            late.
        LotError: the election has an open lot on who is elected, or a draw does not fit or is left over.

    >>> from kommunalvalg.council import Candidate, CandidateList, CouncilElection, elect_council
    >>> alfa = CandidateList("A", "Alfa", [Candidate("A-1", 60), Candidate("A-2", 50), Candidate("A-3", 10)])
    >>> beta = CandidateList("B", "Beta", [Candidate("B-1", 40), Candidate("B-2", 20)])
    >>> result = elect_council(CouncilElection("Nyby", 3, [alfa, beta]))
    >>> sitting = fill_vacancies(result, [Change("leaves", "A", "A-1"), Change("leaves", "A", "A-2")])
    >>> for step in sitting.steps:
    ...     print(step.number, step.key, step.entered, step.passed_from)
    1 A A-3 None
    2 B B-2 A
    """
    if not isinstance(result, CouncilResult):
        raise VoteError("{field} is {value}; give what elect_council returns", field="result", value=result)
    return settle(Vacancies(election=result.case, draws=result.draws, changes=changes), lots)


class _LotOpen(Exception):  # noqa: N818 - it is no error: it ends the computation at the open lot
    def __init__(self, tie: Tie) -> None:
        self.tie = tie
        super().__init__(str(tie))


@attrs.define(eq=False)
class _Place:
    """A seat while the changes are followed."""

    number: int
    key: str
    member: str | None
    sits: str | None
    emptied: int = 0
    """The number of the change that left it vacant for good."""

    @property
    def holder(self) -> str | None:
        """The member who has it: who was elected to it, or else the substitute who entered for good (KRVL § 104)."""
        return self.sits if self.member is None else self.member


@attrs.define(eq=False)
class _Former:
    """A member who has left, and may enter again where that was not for good."""

    place: _Place
    key: str


_FOR_GOOD = {Event.LEAVES, Event.EXEMPTED, Event.INVALID, Event.OFF}
_OUT = _FOR_GOOD | {Event.ABSENT, Event.MOVES_AWAY, Event.LOSES}


class _Chamber:
    """The council while the changes are followed, one after another."""

    def __init__(self, result: CouncilResult, urn: Urn) -> None:
        self.result = result
        self.urn = urn
        self.places = [
            _Place(number=each.number, key=each.key, member=each.candidate, sits=each.candidate)
            for each in result.mandates
        ]
        self.elected = {(each.key, each.candidate) for each in result.mandates}
        self.orders = {key: _Order(result, key) for key in result.lists}
        self.distribution = result.case.distribution
        self.absent: set[Person] = set()
        self.away: dict[Person, date | None] = {}  # since which day
        self.ineligible: set[Person] = set()
        self.gone: set[Person] = set()
        self.former: dict[Person, _Former] = {}
        self.followed = 0
        self.steps: list[Step] = []

    def follow(self, change: Change) -> None:
        """Let one change happen, and fill the seats that it empties."""
        self._check(change)
        self.followed += 1
        person = (change.key, change.candidate)
        before = {place.number: place.sits for place in self.places}
        if change.event in _OUT:
            self._note(change, person)
            self._stand_up(change, person)
        else:
            self.absent.discard(person)
            if change.event is Event.MOVES_BACK:
                del self.away[person]
            elif change.event is Event.REGAINS:
                self.ineligible.remove(person)
            if person in self.former and person not in self._unable:
                self._enter_again(change, person)
            elif change.event is Event.RETURNS:
                self._sit_again(change, person)
        self._call_in(change, before)

    def _note(self, change: Change, person: Person) -> None:
        """Note why somebody cannot sit any longer."""
        self.absent.discard(person)
        if change.event is Event.MOVES_AWAY:
            self.away[person] = change.date
        else:
            {Event.ABSENT: self.absent, Event.LOSES: self.ineligible}.get(change.event, self.gone).add(person)

    def _stand_up(self, change: Change, person: Person) -> None:
        """Empty the seat of somebody who cannot sit; that of a member who is gone, for whoever is to have it now."""
        for place in self._of(change.key):
            if place.holder == change.candidate and change.event is not Event.ABSENT:
                self.former[person] = _Former(place, place.key)
                place.member = place.sits = None
                place.emptied = self.followed
            elif place.sits == change.candidate:
                # Who entered for good is a member (KRVL § 101, stk. 9), for whom another is called for a time.
                place.member, place.sits = place.holder, None

    def _enter_again(self, change: Change, person: Person) -> None:
        """Let a member back into the old seat, wherever it went (inferred); who sits there stands down."""
        former = self.former.pop(person)
        place, had, freed = former.place, former.place.key, former.place.sits
        place.key, place.sits = former.key, change.candidate
        place.member = change.candidate if person in self.elected else None
        passed_from = had if had != former.key else None
        self._record(change, place, change.candidate, change.ground, displaced=freed, passed_from=passed_from)
        self._displace(change, had, freed)

    @property
    def _unable(self) -> set[Person]:
        return self.absent | self.away.keys() | self.ineligible | self.gone

    def _check(self, change: Change) -> None:
        """Refuse what cannot have happened."""
        election = self.result.case
        if change.key not in election.by_key:
            raise VoteError(
                "{change}: there is no list {value}; {council} has {lists}",
                field="changes",
                value=change.key,
                change=change.text,
                council=election.name,
                lists=listed(election.by_key, change.key),
            )
        names = [candidate.name for candidate in election.by_key[change.key].candidates]
        if change.candidate not in names:
            raise VoteError(
                "{change}: list {list} has no candidate {value}; it has {names}",
                field="changes",
                value=change.candidate,
                change=change.text,
                list=change.key,
                names=listed(names, change.candidate),
            )
        for wrong, why in self._refusals(change):
            if wrong:
                raise RuleError(
                    "{change}: {candidate} {why}",
                    field="changes",
                    value=str(change),
                    rule=change.ground,
                    when=self.result.case.law,
                    figure=change.point,
                    change=change.text,
                    candidate=change.candidate,
                    why=why,
                )

    def _refusals(self, change: Change) -> Iterator[tuple[bool, Text]]:
        """Say of a change what would refuse it, and whether it is so."""
        person = (change.key, change.candidate)
        sits = any(place.sits == change.candidate for place in self._of(change.key))
        member = any(place.holder == change.candidate for place in self._of(change.key))
        yield person in self.gone, _("has left the council for good already")
        match change.event:
            case Event.LEAVES:
                yield not sits and person not in self.absent, _("does not sit in the council, so cannot leave it")
            case Event.EXEMPTED | Event.INVALID:
                yield person not in self.elected, _("was not elected")
                yield not sits and person not in self.absent, _("does not sit in the council, so cannot leave it")
                late = change.event is Event.EXEMPTED and self._takes_office_before(change)
                yield late, _("is a member since the council took office; who is exempted then 'leaves'")
            case Event.ABSENT:
                yield person in self.absent, _("is absent already")
                yield not sits, _("does not sit in the council, so cannot be absent from it")
            case Event.RETURNS:
                yield person not in self.absent, _("is not absent, so cannot return")
            case Event.MOVES_AWAY:
                yield person in self.away, _("has moved away already")
            case Event.MOVES_BACK:
                yield person not in self.away, _("has not moved away, so cannot move back")
                yield self._too_late(change, person), _("moves back too late to enter again")
            case Event.LOSES:
                yield person in self.ineligible, _("is not eligible already")
            case Event.REGAINS:
                yield person not in self.ineligible, _("is eligible, so cannot become so again")
                since = change.day or self.result.case.law
                yield not law.value("KRVL-101", since), _("cannot enter again by the law of the time")
            case Event.OFF:
                yield sits or member, _("is a member or sits, so 'leaves' the council")

    def _takes_office_before(self, change: Change) -> bool:
        """Tell whether the council had taken office by then, KRVL § 97, on 1 January after the election year."""
        return change.date is not None and change.date.year > self.result.case.year

    def _too_late(self, change: Change, person: Person) -> bool:
        """Tell whether a member moves back too late, KRVL § 102."""
        moved = self.away.get(person)
        if person not in self.former or moved is None or change.date is None:
            return False
        return change.date > months_after(moved, law.whole("KRVL-102", change.day))

    def _of(self, key: str) -> Iterator[_Place]:
        return (place for place in self.places if place.key == key)

    def _free(self, key: str) -> list[str]:
        """Give a list's substitutes who can be called in, highest first."""
        busy = {place.sits for place in self._of(key)}
        unable = self._unable
        return [name for name in self.orders[key].names if name not in busy and (key, name) not in unable]

    def _left(self, key: str) -> bool:
        """Tell whether a list has a substitute left, if only one who sits for a time or is absent."""
        for_good = {place.holder for place in self._of(key)}
        unable = self.away.keys() | self.ineligible | self.gone
        return any(name not in for_good and (key, name) not in unable for name in self.orders[key].names)

    def _sit_again(self, change: Change, person: Person) -> None:
        """Let somebody who returns back into the seat, or a substitute where a lower one sits."""
        key, name = person
        for place in self._of(key):
            if place.member == name:
                freed, place.sits = place.sits, name
                place.member = name if person in self.elected else None
                self._record(change, place, name, TEMPORARY, displaced=freed)
                self._displace(change, key, freed)
                return
        self._displace(change, key, name)

    def _displace(self, change: Change, key: str, name: str | None) -> None:
        """Let a substitute who is free take the seat of a lower one, who then is free (opinions 99.1.2, 21.1.1)."""
        order = self.orders[key].names
        if name not in order or self._empty(key):
            return
        lower = [
            place
            for place in self._of(key)
            if place.sits != place.member and order.index(str(place.sits)) > order.index(name)
        ]
        if not lower:
            return
        place = min(lower, key=lambda place: (place.member is not None, -order.index(str(place.sits))))
        freed, place.sits = place.sits, name
        self._record(change, place, name, _rule_of(place), displaced=freed)
        self._displace(change, key, freed)

    def _empty(self, key: str) -> list[_Place]:
        """Give a list's seats that nobody sits in, those vacant for good first."""
        empty = [place for place in self._of(key) if place.sits is None]
        return sorted(empty, key=lambda place: place.member is not None)

    def _call_in(self, change: Change, before: dict[int, str | None]) -> None:
        """Fill the seats that nobody sits in, as far as that can be done; ``before`` says who sat.

        Each list fills its own seats before any seat passes on, so that no list loses a substitute to another's
        vacancy who is to have its own (KRVL-91-FIRST).
        """
        empty = [place for key in self.orders for place in self._empty(key)]
        for place in empty:
            place.sits = self._next_substitute(place.key)
            if place.sits is not None:
                self._entered(change, place, before)
        for place in sorted(empty, key=lambda place: place.emptied):
            if place.sits is not None:
                continue
            had = place.key
            if place.member is None and not self._left(had):
                place.key = self._next_entitled(place) or had
                place.sits = self._next_substitute(place.key)
            if place.key != had:
                self._record(change, place, place.sits, "KRVL-91-3", passed_from=had)
            elif before[place.number] is not None:  # else it stood empty, and does still
                self._record(change, place, None, _rule_of(place))

    def _entered(self, change: Change, place: _Place, before: dict[int, str | None]) -> None:
        """Record that a substitute entered; who stood in for a member who left gave place to a higher one."""
        self._record(change, place, place.sits, _rule_of(place))
        sat = before[place.number]
        if sat in self._free(place.key):
            self._displace(change, place.key, sat)

    def _record(
        self,
        change: Change,
        place: _Place,
        entered: str | None,
        rule: str,
        *,
        displaced: str | None = None,
        passed_from: str | None = None,
    ) -> None:
        step = Step(
            change=change,
            number=place.number,
            key=place.key,
            entered=entered,
            displaced=displaced,
            passed_from=passed_from,
            rule=rule,
            when=change.day or self.result.case.law,
        )
        self.steps.append(step)

    def _next_substitute(self, key: str) -> str | None:
        """Give the highest substitute of a list who is free; an order that was not drawn is drawn now."""
        free = self._free(key)
        if free:
            self.orders[key].draw(free[0], self._draw)
            free = self._free(key)
        return free[0] if free else None

    def _draw(self, tie: Tie) -> Draw:
        draw = self.urn.draw(tie)
        if draw is None:
            raise _LotOpen(tie)
        return draw

    def _next_entitled(self, vacant: _Place) -> str | None:
        """Give the list that a seat vacant for good passes to, KRVL § 91, stk. 3 (KRVL-91-3); None when no list can."""
        return self._entitled(self.result.case.units, vacant, "")

    def _entitled(self, members: "tuple[str | Alliance, ...]", vacant: _Place, within: str) -> str | None:
        """Find the list next entitled among the members of ``within``, first inside the alliance that had the seat."""
        election = self.result.case
        lists = {name_of(member): _lists(member) for member in members}
        alliances = {alliance.name: alliance for alliance in alliances_of(members)}
        for name, alliance in alliances.items():
            if vacant.key in lists[name]:
                found = self._entitled(alliance.members, vacant, name)
                if found is not None:
                    return found
        by_list = election.votes
        votes = {name_of(member): self.distribution.votes_of(member) for member in members}
        held = {
            name: sum(place is not vacant for key in keys for place in self._of(key)) for name, keys in lists.items()
        }
        # A list without votes takes no seat here either, not even one that comes to its alliance.
        room = {
            name: held[name] + sum(len(self._free(key)) for key in keys if by_list[key]) for name, keys in lists.items()
        }
        allocation = DivisorCase(
            divisors=DHONDT,
            votes=votes,
            seats=1,
            held=FrozenDict(held),
            capacity=FrozenDict(room),
            rule="KRVL-91-3",
            place=Place(Where.VACANCY, within, election.name),
            when=election.law,
        ).settled(self.urn)
        if allocation.tie is not None:
            raise _LotOpen(allocation.tie)
        winner = next((name for name, won in allocation.seats.items() if won), None)
        if winner in alliances:
            return self._entitled(alliances[winner].members, vacant, winner)
        return winner


def _rule_of(place: _Place) -> str:
    """Give the rule by which a seat is filled: a substitute is called for a time, or enters for good."""
    return "KRVL-91-1" if place.member is None else TEMPORARY


def _lists(member: str | Alliance) -> tuple[str, ...]:
    return member.lists if isinstance(member, Alliance) else (member,)


class _Order:
    """The order of a list's substitutes, and what of it no lot has settled yet."""

    def __init__(self, result: CouncilResult, key: str) -> None:
        list_result = result.lists[key]
        self.year = result.case.law
        self.candidates = {candidate.name: candidate for candidate in list_result.list.candidates}
        self.names = [*list_result.substitutes, *list_result.waiting]
        self.ties = [*list_result.substitute_ties, *list_result.waiting_ties]

    def draw(self, name: str, draw: Callable[[Tie], Draw]) -> None:
        """Settle the order of those who are level with ``name``, if no lot has yet."""
        for tie in [tie for tie in self.ties if name in tie.among]:
            first = min(self.names.index(each) for each in tie.among)
            level = [self.candidates[each] for each in tie.among]
            ordered, _open = draw_order(level, draw, tie.rule, tie.place, self.year)
            self.names[first : first + len(level)] = [candidate.name for candidate in ordered]
            self.ties.remove(tie)
