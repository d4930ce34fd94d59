"""KRVL § 91: who enters when a member leaves the council or is absent.

The evidence is the ministry's opinions 98.1.5 of 21 October 1998 (a seat passes to another list only when it is
vacant for good), 99.1.2 of 30 June 1999 and 21.1.1 of 11 February 2021 (the order of substitutes, who moves away,
who displaces whom) and 22.1.6 of 28 November 2022 (a higher substitute who becomes free enters for good). What
they leave open is *inferred* and said where it is done.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeAlias

import attrs

from kommunalvalg.council.candidates import BY_PERSONAL_VOTES, ORDER_OF_SUBSTITUTES, draw_order, elect_by_quota
from kommunalvalg.council.election import CandidateList, Form
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.council.seats import place_of
from kommunalvalg.errors import LotError, RuleError, VoteError, shown
from kommunalvalg.lots import Draw, Lots, Tie, Urn
from kommunalvalg.methods.alliances import Alliance, alliances_of
from kommunalvalg.methods.divisor import dhondt
from kommunalvalg.votes import checked_choice, checked_name, listed

__all__ = ["Change", "Event", "Seat", "Sitting", "Step", "fill_vacancies"]

Person: TypeAlias = tuple[str, str]
"""The key of a list, and the name of a candidate on it."""

SEAT_PASSES_ON = "KRVL § 91, stk. 3"
TEMPORARY = "KSL § 15"


class Event(StrEnum):
    """What happened to somebody."""

    LEAVES = "leaves"
    """Somebody who sits, or is absent, leaves the council for good."""

    ABSENT = "absent"
    """Somebody who sits is prevented for a time."""

    RETURNS = "returns"
    """Somebody who was absent can sit again."""

    MOVES_AWAY = "moves away"
    """A substitute leaves the municipality."""

    MOVES_BACK = "moves back"
    """A substitute who left the municipality lives there again."""


def _event(event: str) -> Event:
    return checked_choice("event", event, Event)


def _key(key: str) -> str:
    return checked_name("key", key)


def _candidate(name: str) -> str:
    return checked_name("candidate", name)


@attrs.frozen
class Change:
    """One thing that happened after the election.

    Args:
        event: "leaves", "absent", "returns", "moves away" or "moves back".
        key: the key of the person's list.
        candidate: the person's name on it.

    Raises:
        VoteError: the event is unknown, or a name is not one.

    >>> Change("leaves", "A", "A-1").event
    <Event.LEAVES: 'leaves'>
    """

    event: Event = attrs.field(converter=_event)
    key: str = attrs.field(converter=_key)
    candidate: str = attrs.field(converter=_candidate)

    def __str__(self) -> str:
        return f"{self.candidate} (list {self.key}) {self.event}"


@attrs.frozen
class Seat:
    """A seat in the council, and who is in it.

    Attributes:
        number: the seat's number.
        key: the list that has it.
        member: who was elected to it and has not left; None when that person left for good.
        sits: who sits in it: the member, a substitute, or None when it stands empty.
    """

    number: int
    key: str
    member: str | None
    sits: str | None


@attrs.frozen
class Step:
    """What a change did to one seat.

    Attributes:
        change: what had happened.
        number: the seat's number.
        key: the list that has the seat after it.
        entered: who entered, or None when the seat stands empty.
        displaced: the substitute who had to go for it, or None.
        passed_from: the list that had the seat before, when it passed to another; or None.
        provision: under what.
    """

    change: Change
    number: int
    key: str
    entered: str | None
    displaced: str | None
    passed_from: str | None
    provision: str


@attrs.frozen
class Sitting:
    """A council as it sits after some changes.

    Attributes:
        result: the election.
        seats: the seats in the order of their numbers.
        steps: what the changes did, one seat after another.
        tie: the lot that must be drawn before the rest can be said, or None.
        pending: the changes that wait for it.
        draws: the lots that were drawn.
        changes: all that happened, in order, the pending changes included.
    """

    result: CouncilResult = attrs.field(repr=False)
    seats: tuple[Seat, ...]
    steps: tuple[Step, ...]
    tie: Tie | None
    pending: tuple[Change, ...]
    draws: tuple[Draw, ...]
    changes: tuple[Change, ...] = attrs.field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return self.tie is None

    @property
    def members(self) -> tuple[Person, ...]:
        """Who sits, as (key, name), in the order of the seats; a seat that stands empty is left out."""
        return tuple((seat.key, seat.sits) for seat in self.seats if seat.sits is not None)


def fill_vacancies(result: CouncilResult, changes: Iterable[Change], *, lots: Lots = None) -> Sitting:
    """Say who sits after some changes, in their order, KRVL §§ 91 and 104 (KRVL-91-1, KRVL-91-3, KRVL-104).

    A member who leaves for good, or is absent for a time, gives place to the highest substitute of the list who
    is free. Substitutes keep their order: who becomes free again displaces a lower one who sits, first from a
    seat that is vacant for good (which of several is inferred). A substitute who moved away is passed over, and
    who moves back is in the old place but displaces nobody then. When a list has no substitute left, an absent
    member's seat stands empty, and a seat vacant for good passes to the list next entitled: inside the
    listeforbund and the valgforbund first, then by the units' ranking. Evidence: ministry; the ranking (d'Hondt
    on the seats that the lists hold), and that a list without a seat sends its first candidate, is inferred.

    Args:
        result: the election, with no open lot on who is elected.
        changes: what happened, in order.
        lots: where draws come from. There are lots between substitutes with equal votes whose order was not drawn
            at the election, and between equal quotients.

    Returns:
        The council as it sits. Where a lot is open it stops, and the changes after that are pending.

    Raises:
        VoteError: a change is not one, or its list or candidate is unknown.
        RuleError: a change cannot be: who leaves does not sit, leaves twice, returns without having been absent.
        LotError: the election has an open lot on who is elected, or a draw does not fit or is left over.

    >>> from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
    >>> from kommunalvalg.council.result import elect_council
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
        raise VoteError(f"result is {shown(result)}; give what elect_council returns")
    if result.tie is not None:
        raise LotError(f"the election has an open lot, {result.tie}; draw it before anybody can be replaced")
    if isinstance(changes, Change) or not isinstance(changes, Iterable):
        raise VoteError(f"changes is {shown(changes)}; give the changes one by one, as Change(...)")
    happened = tuple(changes)
    waiting = list(happened)
    chamber = _Chamber(result, Urn(lots))
    tie = None
    while waiting and tie is None:
        change = waiting.pop(0)
        if not isinstance(change, Change):
            raise VoteError(f"changes has {shown(change)}; a change is Change(event, key, candidate)")
        try:
            chamber.follow(change)
        except _LotOpen as stopped:
            tie = stopped.tie
    chamber.urn.close()
    seats = tuple(Seat(place.number, place.key, place.member, place.sits) for place in chamber.places)
    return Sitting(result, seats, tuple(chamber.steps), tie, tuple(waiting), chamber.urn.drawn, happened)


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


class _Chamber:
    """The council while the changes are followed, one after another."""

    def __init__(self, result: CouncilResult, urn: Urn) -> None:
        self.result = result
        self.urn = urn
        self.places = [_Place(each.number, each.key, each.candidate, each.candidate) for each in result.mandates]
        self.elected = {(each.key, each.candidate) for each in result.mandates}
        self.orders = {key: _Order(result, key) for key in result.lists}
        self.absent: set[Person] = set()
        self.away: set[Person] = set()
        self.gone: set[Person] = set()
        self.steps: list[Step] = []

    def follow(self, change: Change) -> None:
        """Let one change happen, and fill the seats that it empties."""
        self._check(change)
        person = (change.key, change.candidate)
        before = {place.number: place.sits for place in self.places}
        match change.event:
            case Event.RETURNS:
                self.absent.discard(person)
                self._sit_again(change, person)
            case Event.MOVES_BACK:
                self.away.discard(person)
            case Event.ABSENT:
                self.absent.add(person)
            case Event.LEAVES | Event.MOVES_AWAY:
                self.absent.discard(person)
                (self.gone if change.event is Event.LEAVES else self.away).add(person)
        if change.event in {Event.ABSENT, Event.LEAVES, Event.MOVES_AWAY}:
            self._stand_up(change)
        self._call_in(change, before)

    def _stand_up(self, change: Change) -> None:
        """Empty the seat of somebody who cannot sit; that of a member who is gone, for whoever is to have it now."""
        for place in self._of(change.key):
            if place.member == change.candidate and change.event is Event.LEAVES:
                place.member = place.sits = None
            elif place.sits == change.candidate:
                place.sits = None

    def _check(self, change: Change) -> None:
        """Refuse what cannot have happened."""
        election = self.result.election
        if change.key not in election.by_key:
            raise VoteError(
                f"{change}: there is no list {shown(change.key)}; {election.name} has {listed(election.by_key)}"
            )
        names = [candidate.name for candidate in election.by_key[change.key].candidates]
        if change.candidate not in names:
            raise VoteError(
                f"{change}: list {change.key} has no candidate {shown(change.candidate)}; it has {listed(names)}"
            )
        person = (change.key, change.candidate)
        sits = any(place.sits == change.candidate for place in self._of(change.key))
        refused = {
            Event.LEAVES: [(not sits and person not in self.absent, "does not sit in the council, so cannot leave it")],
            Event.ABSENT: [
                (person in self.absent, "is absent already"),
                (not sits, "does not sit in the council, so cannot be absent from it"),
            ],
            Event.RETURNS: [(person not in self.absent, "is not absent, so cannot return")],
            Event.MOVES_AWAY: [
                (person in self.elected, "is a member and no substitute; a member who moves away 'leaves'"),
                (person in self.away, "has moved away already"),
            ],
            Event.MOVES_BACK: [(person not in self.away, "has not moved away, so cannot move back")],
        }
        for wrong, text in ((person in self.gone, "has left the council for good already"), *refused[change.event]):
            if wrong:
                raise RuleError(f"{change}: {change.candidate} {text}")

    def _of(self, key: str) -> Iterator[_Place]:
        return (place for place in self.places if place.key == key)

    def _free(self, key: str) -> list[str]:
        """Give a list's substitutes who can be called in, highest first."""
        busy = {place.sits for place in self._of(key)}
        unable = self.absent | self.away | self.gone
        return [name for name in self.orders[key].names if name not in busy and (key, name) not in unable]

    def _left(self, key: str) -> bool:
        """Tell whether a list has a substitute left, if only one who sits for a time or is absent."""
        for_good = {place.sits for place in self._of(key) if place.member is None}
        unable = self.away | self.gone
        return any(name not in for_good and (key, name) not in unable for name in self.orders[key].names)

    def _sit_again(self, change: Change, person: Person) -> None:
        """Let somebody who returns back into the seat, or a substitute where a lower one sits."""
        key, name = person
        for place in self._of(key):
            if place.member == name:
                freed, place.sits = place.sits, name
                self.steps.append(Step(change, place.number, key, name, freed, None, TEMPORARY))
                if freed is not None:
                    self._displace(change, key, freed)
                return
        self._displace(change, key, name)

    def _displace(self, change: Change, key: str, name: str) -> None:
        """Let a substitute who is free take the seat of a lower one, who then is free (opinions 99.1.2, 21.1.1)."""
        order = self.orders[key].names
        lower = [
            place
            for place in self._of(key)
            if place.sits is not None and place.sits != place.member and order.index(place.sits) > order.index(name)
        ]
        if (key, name) in self.absent | self.away | self.gone or not lower or self._empty(key):
            return
        lower.sort(key=lambda place: (place.member is not None, -order.index(str(place.sits))))
        place = lower[0]
        freed, place.sits = str(place.sits), name
        provision = ORDER_OF_SUBSTITUTES if place.member is None else TEMPORARY
        self.steps.append(Step(change, place.number, key, name, freed, None, provision))
        self._displace(change, key, freed)

    def _empty(self, key: str) -> list[_Place]:
        """Give a list's seats that nobody sits in, those vacant for good first."""
        empty = [place for place in self._of(key) if place.sits is None]
        return sorted(empty, key=lambda place: place.member is not None)

    def _call_in(self, change: Change, before: dict[int, str | None]) -> None:
        """Fill the seats that nobody sits in, as far as that can be done; ``before`` says who sat."""
        for place in [place for key in self.orders for place in self._empty(key)]:
            had = place.key
            if place.member is None and not self._left(had):
                place.key = self._next_entitled(place) or had
            place.sits = self._next_substitute(place.key)
            if place.sits is None and before[place.number] is None:
                continue  # it stood empty, and does still
            provision = ORDER_OF_SUBSTITUTES if place.member is None else TEMPORARY
            passed_from = None
            if place.key != had:
                provision, passed_from = SEAT_PASSES_ON, had
            self.steps.append(Step(change, place.number, place.key, place.sits, None, passed_from, provision))
            sat = before[place.number]
            if place.key == had and sat is not None and sat in self._free(had):
                self._displace(change, had, sat)  # who stood in for a member who has left gave place to a higher one

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
        return self._entitled(self.result.election.units, vacant, "")

    def _entitled(self, members: "tuple[str | Alliance, ...]", vacant: _Place, within: str) -> str | None:
        """Find the list next entitled in ``within``, first inside the alliance that had the seat (KRVL-81-NONE)."""
        lists = {member if isinstance(member, str) else member.name: _lists(member) for member in members}
        alliances = {alliance.name: alliance for alliance in alliances_of(members)}
        for name, alliance in alliances.items():
            if vacant.key in lists[name]:
                found = self._entitled(alliance.members, vacant, name)
                if found is not None:
                    return found
        by_list = self.result.election.votes
        votes = {name: sum(by_list[key] for key in keys) for name, keys in lists.items()}
        held = {
            name: sum(place is not vacant for key in keys for place in self._of(key)) for name, keys in lists.items()
        }
        # A list without votes takes no seat here either, not even one that comes to its alliance.
        room = {
            name: held[name] + sum(len(self._free(key)) for key in keys if by_list[key]) for name, keys in lists.items()
        }
        allocation = dhondt(votes, 1, held=held, capacity=room, provision=SEAT_PASSES_ON)
        if allocation.vacant:
            return None
        if allocation.tie is not None:
            tie = attrs.evolve(allocation.tie, within=place_of(self.result.election, within))
            winner = self._draw(tie).chosen[0]
        else:
            winner = next(name for name, won in allocation.seats.items() if won)
        if winner in alliances:
            return self._entitled(alliances[winner].members, vacant, winner)
        return winner


def _lists(member: str | Alliance) -> tuple[str, ...]:
    return member.lists if isinstance(member, Alliance) else (member,)


class _Order:
    """The order of a list's substitutes, and what of it no lot has settled yet."""

    def __init__(self, result: CouncilResult, key: str) -> None:
        its = result.lists[key]
        self.candidates = {candidate.name: candidate for candidate in its.list.candidates}
        names, ties = its.substitutes, its.substitute_ties
        if not its.seats:
            names, ties = _order_without_seat(its.list, f"{result.election.name}, liste {key}")
        self.names = list(names)
        self.ties = list(ties)

    def draw(self, name: str, draw: Callable[[Tie], Draw]) -> None:
        """Settle the order of those who are level with ``name``, if no lot has yet."""
        for tie in [tie for tie in self.ties if name in tie.among]:
            first = min(self.names.index(each) for each in tie.among)
            level = [self.candidates[each] for each in tie.among]
            ordered, _ = draw_order(level, draw, tie.provision, tie.within)
            self.names[first : first + len(level)] = [candidate.name for candidate in ordered]
            self.ties.remove(tie)


def _order_without_seat(candidate_list: CandidateList, within: str) -> tuple[tuple[str, ...], tuple[Tie, ...]]:
    """Put the candidates of a list without a seat in the order in which they would enter (KRVL-91-LIST)."""
    candidates = candidate_list.candidates
    if candidate_list.form is Form.PARTILISTE:
        choice = elect_by_quota(candidate_list, 1)
        return tuple(candidate.name for candidate in (*choice.elected, *choice.others)), ()
    ranked = sorted(candidates, key=lambda candidate: candidate.votes, reverse=True)
    ordered, ties = draw_order(ranked, lambda _: None, BY_PERSONAL_VOTES, within)
    return tuple(candidate.name for candidate in ordered), ties
