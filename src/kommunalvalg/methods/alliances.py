"""Alliances: merging lists into units, and distributing a unit's seats to its lists, to any depth.

An alliance counts as one unit with the votes of its lists together. Its seats are distributed inside it by the
same method, and so on inward. A list outside every alliance is a unit of its own. What an alliance has room for
is what its lists have room for together, so that a surplus stays inside the alliance while it can.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import repeat
from typing import NamedTuple, TypeAlias

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Draw, Lots, Outcome, Place, Tie, Urn, Where, outcomes_of, settle
from kommunalvalg.methods.allocation import MOST_WAYS, Allocation, Award
from kommunalvalg.methods.divisor import DivisorCase, settle_last
from kommunalvalg.methods.quotients import DHONDT, distribute
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import as_given, checked_count, checked_counts, checked_known, checked_name, checked_votes

__all__ = [
    "Alliance",
    "Alliances",
    "ProportionalCase",
    "ProportionalElection",
    "UnitAward",
    "alliances_of",
    "checked_units",
    "every_alliance",
    "merge_alliances",
    "proportional_election",
]

Members: TypeAlias = "Alliance | Iterable[str | Members]"
Alliances: TypeAlias = Mapping[str, Members] | Iterable[Members]
"""Alliances as they come in: name -> lists, or lists of lists; an inner one is an alliance inside the outer."""


@attrs.frozen
class Alliance:
    """An alliance whose members are lists and alliances.

    Attributes:
        name: its name; without one of its own, the names of its lists joined by "+".
        members: lists by name, and alliances, in their order.
    """

    name: str
    members: "tuple[str | Alliance, ...]"

    @property
    def lists(self) -> tuple[str, ...]:
        """All its lists, those of its inner alliances included, in their order."""
        return tuple(_lists(self.members))


def _lists(members: "Iterable[str | Alliance]") -> list[str]:
    found: list[str] = []
    for member in members:
        if isinstance(member, str):
            found.append(member)
        else:
            found += _lists(member.members)
    return found


def checked_units(alliances: Alliances, lists: Mapping[str, object]) -> "tuple[str | Alliance, ...]":
    """Return the units of an election: the alliances, checked, and the lists that are in none.

    Args:
        alliances: mapping of name to members, or an iterable of iterables of members. A member is a list's
            name; or an iterable of members, which is an alliance inside the alliance; or, in a mapping, the name
            of another of its alliances.
        lists: the lists that stand, by name.

    Returns:
        Each unit where its first list stands. An alliance of one list is that list.

    Raises:
        VoteError: an alliance is empty, contains itself, has a list's name, or names a list that does not
            stand; a list is in two alliances; two alliances have one name; an alliance is given as a text.

    >>> units = checked_units([["B", ["C", "D"]]], {"A": 1, "B": 1, "C": 1, "D": 1})
    >>> for unit in units:
    ...     print(unit)
    A
    Alliance(name='B+C+D', members=('B', Alliance(name='C+D', members=('C', 'D'))))
    """
    plain = _plain_units(alliances, lists)
    return _AllianceReader(alliances, lists).read() if plain is None else plain


def _plain_units(alliances: Alliances, lists: Mapping[str, object]) -> "tuple[str | Alliance, ...] | None":
    """Read alliances that come as lists of names, by name or not, each known and there once; else give None.

    This decides the ordinary case quickly; :class:`_AllianceReader` decides every case and says why not.
    """
    each = _plainly_named(alliances, lists)
    if each is None:
        return None
    home: dict[object, tuple[str, list[str]]] = {}
    named = 0
    for title, given in each:
        if not isinstance(given, _PLAIN) or len(given) < 2:  # noqa: PLR2004 - an alliance of one is that one
            return None
        try:
            home.update(dict.fromkeys(given, (title, [])))
        except TypeError:  # a member that cannot be a name, such as an alliance inside
            return None
        named += len(given)
    units: list[str | tuple[str, list[str]]] = []
    for name in lists:
        if name not in home:
            units.append(name)
            continue
        unit = home[name]
        if not unit[1]:
            units.append(unit)
        unit[1].append(name)
        named -= 1
    if named:  # a name that is there twice, or not as it is written
        return None
    return tuple(
        [unit if isinstance(unit, str) else Alliance(unit[0] or "+".join(unit[1]), tuple(unit[1])) for unit in units]
    )


def _plainly_named(alliances: Alliances, lists: Mapping[str, object]) -> "Iterable[tuple[str, Members]] | None":
    """Give each alliance with its name, or "" where it has none; None where two may come to have one name."""
    if isinstance(alliances, dict):
        names = [checked_name("alliances", name) for name in alliances]
        if len(set(names)) == len(names) and lists.keys().isdisjoint(names):
            return zip(names, alliances.values(), strict=True)
    elif isinstance(alliances, _PLAIN) and "+" not in "".join(lists):
        return zip(repeat(""), alliances)
    return None


_PLAIN = (list, tuple)

_DEEPEST = 50
"""How deep alliances may stand inside each other; the law had two levels, and three up to 2021."""


class _AllianceReader:
    """Reads alliances from what was given; it remembers where it is and what it has met."""

    def __init__(self, alliances: Alliances, lists: Mapping[str, object]) -> None:
        self.lists = lists
        self.place = {name: place for place, name in enumerate(lists)}
        self.given: dict[str, object] = {}
        self.unnamed: list[object] = []
        if isinstance(alliances, Mapping):
            self.given = {checked_name("alliances", name): given for name, given in alliances.items()}
            if len(self.given) != len(alliances):
                raise VoteError(
                    "{field} names one alliance twice, in two spellings of the same letters",
                    field="alliances",
                    value=alliances,
                )
        elif isinstance(alliances, str) or not isinstance(alliances, Iterable):
            raise VoteError(
                "{field} is {value}; give each alliance as its lists, for example [['A', 'B']]",
                field="alliances",
                value=alliances,
            )
        else:
            self.unnamed = list(alliances)
        self.named: dict[str, str | Alliance] = {}
        self.inner: set[str] = set()
        self.open: list[object] = []
        self.names: set[str] = set()
        self.home: dict[str, str] = {}

    def read(self) -> tuple[str | Alliance, ...]:
        named = {name: self._named(name) for name in self.given}
        outer = [unit for name, unit in named.items() if name not in self.inner]
        outer += [self._alliance(f"alliance {n}", given) for n, given in enumerate(self.unnamed, start=1)]
        for unit in outer:
            self._check_once(unit, _name(unit))
        units: dict[str, str | Alliance] = {name: name for name in self.lists}
        for unit in outer:
            first, *others = _lists([unit])
            units[first] = unit
            for name in others:
                del units[name]
        return tuple(units.values())

    def _named(self, name: str) -> str | Alliance:
        if name not in self.named:
            self.named[name] = self._alliance(f"alliances[{name!r}]", self.given[name], name)
        return self.named[name]

    def _alliance(self, called: str, given: object, name: str = "") -> str | Alliance:
        if isinstance(given, Alliance):
            name = name or given.name
            given = given.members
        if not isinstance(given, _PLAIN) and (isinstance(given, str) or not isinstance(given, Iterable)):
            raise VoteError(
                "{field} is {value}; give its lists one by one, for example ['A', 'B']", field=called, value=given
            )
        if any(given is outer for outer in self.open):
            raise VoteError(
                "{field} is a member of itself; an alliance is never inside itself", field=called, value=given
            )
        if len(self.open) == _DEEPEST:
            raise VoteError(
                "{field} stand more than {most} deep inside each other; so deep are none",
                field="alliances",
                value=given,
                most=_DEEPEST,
            )
        self.open.append(given)
        members = [self._member(called, member) for member in given]
        self.open.pop()
        if not members:
            raise VoteError("{field} has no lists; an alliance has at least one", field=called, value=given)
        if len(members) == 1 and name in {"", members[0]}:
            return members[0]  # an alliance of one is that one (KRVL-38), unless it has a name of its own
        members.sort(key=lambda member: self.place[_lists([member])[0]])
        return Alliance(name or "+".join(_lists(members)), tuple(members))

    def _member(self, called: str, given: object) -> str | Alliance:
        if isinstance(given, str) and given in self.lists:  # the ordinary case, quickly
            return given
        if not isinstance(given, str | Alliance | Iterable):
            raise VoteError(
                "{field} has the member {value}; a member is a list's name, or an alliance", field=called, value=given
            )
        if not isinstance(given, str):
            return self._alliance(f"an alliance in {called}", given)
        name = checked_name(called, given)
        if name in self.lists:
            return name
        if name in self.inner:
            raise VoteError(
                "{field} names {value}, which is in an alliance already; it is in at most one", field=called, value=name
            )
        if name in self.given:
            self.inner.add(name)
            return self._named(name)
        checked_known(called, name, self.lists)
        raise AssertionError("a name is known or refused")

    def _check_once(self, unit: str | Alliance, within: str) -> None:
        """Hold that every name stands for one thing and every list is in one alliance."""
        if isinstance(unit, Alliance):
            for member in unit.members:
                self._check_once(member, unit.name)
            if unit.name in self.names or unit.name in self.lists:
                raise VoteError(
                    "two units have the name {value}; give the alliance a name of its own",
                    field="alliances",
                    value=unit.name,
                )
            self.names.add(unit.name)
        elif unit in self.home:
            home = self.home[unit]
            where = (
                _("twice in {name}", name=home)
                if home == within
                else _("in {first} and in {second}", first=home, second=within)
            )
            raise VoteError(
                "the list {value} is {where}; a list is in at most one alliance, once",
                field="alliances",
                value=unit,
                where=where,
            )
        else:
            self.home[unit] = within


def merge_alliances(votes: Mapping[str, int], alliances: Alliances) -> dict[str, int]:
    """Add up the votes of each alliance, so that it counts as one.

    Args:
        votes: name -> votes.
        alliances: mapping of name to lists, or an iterable of iterables of lists; an alliance without a name of
            its own is called by its lists, "A+F".

    Returns:
        Unit -> votes, for each alliance and each list outside every alliance. A unit stands where its first list
        stood.

    Raises:
        VoteError: a name or a count is not one, or the alliances are none (see :func:`.checked_units`).

    >>> merge_alliances({"A": 40, "C": 30, "F": 20, "V": 10}, [["A", "F"]])
    {'A+F': 60, 'C': 30, 'V': 10}
    """
    checked = checked_votes(votes)
    return {_name(unit): sum(checked[name] for name in _lists([unit])) for unit in checked_units(alliances, checked)}


def alliances_of(members: "Iterable[str | Alliance]") -> tuple[Alliance, ...]:
    """Give the members of an alliance, or the units of an election, that are alliances.

    >>> [alliance.name for alliance in alliances_of(["A", Alliance("B+C", ("B", "C"))])]
    ['B+C']
    """
    return tuple(member for member in members if isinstance(member, Alliance))


def every_alliance(members: "Iterable[str | Alliance]") -> Iterator[Alliance]:
    """Give the alliances among some members, and those inside them, each before those that are inside it.

    >>> inner = Alliance("B+C", ("B", "C"))
    >>> [alliance.name for alliance in every_alliance([Alliance("A+B+C", ("A", inner)), "D"])]
    ['A+B+C', 'B+C']
    """
    for alliance in alliances_of(members):
        yield alliance
        yield from every_alliance(alliance.members)


def _name(unit: "str | Alliance") -> str:
    return unit.name if isinstance(unit, Alliance) else unit


def _tally(
    unit: Alliance, of_lists: Mapping[str, int], found: dict[str, list[int]], own: Mapping[str, int] | None = None
) -> int:
    """Add up what belongs to lists: put into ``found`` what each member of a unit has, and give their sum.

    What is an alliance's ``own`` is in the sum, and in none of its members'.
    """
    counts = [
        of_lists[member] if isinstance(member, str) else _tally(member, of_lists, found, own) for member in unit.members
    ]
    found[unit.name] = counts
    return sum(counts) + (own.get(unit.name, 0) if own else 0)


def proportional_election(
    votes: Mapping[str, int],
    seats: int,
    *,
    alliances: Alliances = (),
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> "ProportionalElection":
    """Distribute seats by forholdstalsvalg: d'Hondt on the units, and inside each alliance on its members.

    Args:
        votes: list -> votes.
        seats: how many seats to award.
        alliances: mapping of name to lists, or an iterable of iterables of lists, of any depth.
        capacity: list -> the most seats it may have; a list that is not there has no limit. A surplus seat goes
            to the alliance's other members while they have room, then to the other units.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.
            Lots come level by level from outside, and on a level unit by unit in the order of the votes.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.

    Raises:
        VoteError: a name or a count is not one, or the alliances are none (see :func:`.checked_units`).
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
    >>> election.unit_seats
    {'A+F': 3, 'C': 2}
    >>> election.seats
    {'A': 2, 'C': 2, 'F': 1}
    """
    case = ProportionalCase(votes=votes, seats=seats, alliances=alliances, capacity=capacity, rule=rule)
    return settle(case, lots)


class UnitAward(NamedTuple):
    """How one seat was won by a unit, and inside it by a list.

    Winner, votes, divisor and quotient are those of the list in the distribution where it won the seat; for a
    list that stands alone that is the distribution to the units.

    Attributes:
        number: the seat's number, from 1, in the order in which the units won the seats.
        winner: the list that won it.
        votes: the list's votes.
        divisor: what they were divided by.
        quotient: the list's quotient.
        by_lot: whether a lot decided the seat, at any level.
        unit: the alliance or single list that won the seat in the distribution to the units.
        steps: the award at each level, from the unit to the list.
    """

    number: int
    winner: str
    votes: int
    divisor: int | Fraction
    quotient: Fraction | None
    by_lot: bool
    unit: str
    steps: tuple[Award, ...]


Level: TypeAlias = tuple[Alliance, list[int], int, list[int] | None, list[int], int, Tie | None, tuple[Draw, ...]]
"""The distribution of one unit's seats to its members, as it was computed; few ask for more than the seats.

That is: the unit, one without a name for the distribution to the units; the votes of its members; the seats to award;
the most that each member can have, or None; the seats of each for certain; those that nobody can take; the lot that is
open, or None; and the lot that was drawn, if one was.
"""


def _given(alliances: Alliances) -> Alliances:
    """Keep alliances as a value."""
    if isinstance(alliances, tuple | str) or not isinstance(alliances, Iterable):
        return alliances
    return dict(alliances) if isinstance(alliances, Mapping) else tuple(alliances)


def _rules(rules: Mapping[str, str]) -> FrozenDict[str, str]:
    return FrozenDict(rules)


@attrs.frozen(kw_only=True)
class ProportionalCase:
    """A forholdstalsvalg with alliances; everything is checked when it is made.

    Args:
        votes: list -> votes.
        seats: the seats to award.
        alliances: as for :func:`proportional_election`; kept as :class:`Alliance` values, the outermost ones.
        capacity: list -> the most seats it may have, or None.
        own_votes: alliance -> votes for itself and for none of its lists, which count where it is a unit, but not
            inside it.
        rule: the rule of the law map under which a lot among the units would be drawn; empty outside any law.
        inner_rules: alliance -> the rule for lots inside it, where that is another.
        body: the council or the other body whose seats they are, for the places of lots.
        when: the election year or day whose law it is.

    Attributes:
        units: the alliances, and the lists that are in none, each where its first list stands.

    Raises:
        VoteError: as for :func:`proportional_election`.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: int
    alliances: "tuple[Alliance, ...]" = attrs.field(default=(), converter=_given)
    capacity: FrozenDict[str, int] | None = attrs.field(default=None, converter=as_given)
    own_votes: FrozenDict[str, int] = attrs.field(factory=FrozenDict)
    rule: str = ""
    inner_rules: FrozenDict[str, str] = attrs.field(factory=FrozenDict, converter=_rules)
    body: str = ""
    when: When = None
    units: "tuple[str | Alliance, ...]" = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.seats) is not int or self.seats < 0:
            object.__setattr__(self, "seats", checked_count("seats", self.seats, what=N_("a number of seats")))
        units = checked_units(self.alliances, self.votes) if self.alliances != () else tuple(self.votes)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "alliances", alliances_of(units))
        if self.capacity is not None:
            object.__setattr__(self, "capacity", checked_counts(self.capacity, "capacity", known=self.votes) or None)
        if self.own_votes:
            known = {alliance.name: 0 for alliance in every_alliance(units)}
            own = checked_counts(self.own_votes, "own_votes", known=known, among="alliances")
            object.__setattr__(self, "own_votes", own)

    @property
    def distribution(self) -> "ProportionalCase":
        """The distribution itself, as every case has it whose seats go to lists in proportion to their votes."""
        return self

    def _place(self, unit: Alliance) -> Place:
        """Say where a lot stands."""
        return Place(Where.ALLIANCE, unit.name, self.body) if unit.name else Place(Where.UNITS, "", self.body)

    def allocation(self, level: "Level") -> Allocation:
        """Give the distribution at one level as one by d'Hondt."""
        unit, counts, places, most, won, vacant, tie, draws = level
        names = list(map(_name, unit.members))
        case = DivisorCase(
            divisors=DHONDT,
            votes=FrozenDict(zip(names, counts, strict=True)),
            seats=places,
            capacity=None if most is None else FrozenDict(zip(names, most, strict=True)),
            rule=self.inner_rules.get(unit.name, self.rule),
            place=self._place(unit),
            when=self.when,
        )
        return Allocation(
            seats=FrozenDict(zip(names, won, strict=True)), tie=tie, vacant=vacant, draws=draws, case=case
        )

    def settled(self, urn: Urn) -> "ProportionalElection":
        """Distribute the seats to the units, then inside each, with the lots from ``urn``."""
        whole = Alliance("", self.units)
        votes: dict[str, list[int]] = {}
        _tally(whole, self.votes, votes, self.own_votes)
        rooms = self._rooms(whole) if self.capacity or self.own_votes else {}
        seats = dict.fromkeys(self.votes, 0)
        levels: list[Level] = []
        ties: list[Tie] = []
        uncertain = 0
        # Where a lot between some units is open, how many seats each of them gets is not known yet, and so no lot
        # inside them is open yet: they are distributed with what is certain, and without draws, from no urn.
        waiting: list[tuple[Alliance, int, Urn | None]] = [(whole, self.seats, urn)]
        while waiting:
            unit, places, source = waiting.pop(0)
            counts, room = votes[unit.name], rooms.get(unit.name)
            won, equal, lot, vacant = distribute(DHONDT, counts, places, None, room)
            tie: Tie | None = None
            draws: tuple[Draw, ...] = ()
            if equal:
                names = list(map(_name, unit.members))
                tie, draws = settle_last(names, won, equal, lot, source, partial(self._tie, unit))
                if tie:
                    uncertain += tie.places
                    if source:
                        ties.append(tie)
            levels.append((unit, counts, places, room, won, vacant, tie, draws))
            for member, count in zip(unit.members, won, strict=True):
                if isinstance(member, str):
                    seats[member] = count
                else:
                    waiting.append((member, count, None if tie and member.name in tie.among else source))
        return ProportionalElection(
            seats=FrozenDict(seats), levels=tuple(levels), ties=tuple(ties), open=uncertain, draws=urn.drawn, case=self
        )

    def _tie(self, unit: Alliance, places: int, among: tuple[str, ...]) -> Tie:
        return Tie(places, among, self.inner_rules.get(unit.name, self.rule), self._place(unit), self.when)

    def _rooms(self, whole: Alliance) -> dict[str, list[int]]:
        """Give the most seats that the members of each unit can take; who has no votes takes none."""
        rooms: dict[str, list[int]] = {}
        limits = {name: most for name, most in (self.capacity or {}).items() if most < self.seats}
        if limits or self.own_votes:  # a limit that nobody can come to reach is none
            _tally(whole, {n: limits.get(n, self.seats) if count else 0 for n, count in self.votes.items()}, rooms)
        return rooms

    def awards(self, election: "ProportionalElection") -> tuple[UnitAward, ...]:
        """Give the seats in the order in which the units won them."""
        return tuple(
            UnitAward(
                steps[0].number,
                last.winner,
                last.votes,
                last.divisor,
                last.quotient,
                any(step.by_lot for step in steps),
                steps[0].winner,
                steps,
            )
            for steps in _paths(self.units, election.units, election.inner)
            for last in steps[-1:]
        )


def _paths(
    members: "Iterable[str | Alliance]", allocation: Allocation, inner: Mapping[str, Allocation]
) -> Iterator[tuple[Award, ...]]:
    """Give, for each seat, the awards from this level inward; seats whose list is not certain are left out.

    The k-th seat of a unit is the k-th seat of its inner distribution (KRVL-81-2).
    """
    within = {
        unit.name: {steps[0].number: steps for steps in _paths(unit.members, inner[unit.name], inner)}
        for unit in members
        if isinstance(unit, Alliance)
    }
    won: dict[str, int] = {}
    for award in allocation.awards:
        name = award.winner
        won[name] = won.get(name, 0) + 1
        if name not in within:
            yield (award,)
        elif won[name] in within[name]:
            yield (award, *within[name][won[name]])


@attrs.frozen(kw_only=True)
class ProportionalElection(Result):
    """A forholdstalsvalg: seats awarded + places open + vacant = seats to award.

    Attributes:
        seats: list -> seats, for every list in the order of the votes; only what no open lot can change.
        ties: every lot that is open now, outermost first. A lot inside a unit whose own number of seats depends
            on an open lot is not open yet.
        open: how many seats are not certain, since they depend on lots that are or may come to be open.
        draws: the lots that were drawn for it.
        case: everything that was given.
    """

    seats: Mapping[str, int]
    _levels: tuple[Level, ...] = attrs.field(repr=False, eq=False)  # the case and the draws say all of it
    ties: tuple[Tie, ...]
    open: int
    draws: tuple[Draw, ...] = attrs.field(repr=False)
    case: ProportionalCase = attrs.field(repr=False)

    @property
    def units(self) -> Allocation:
        """The distribution to the units."""
        return self.case.allocation(self._levels[0])

    @property
    def inner(self) -> Mapping[str, Allocation]:
        """Alliance -> the distribution inside it."""
        return FrozenDict({level[0].name: self.case.allocation(level) for level in self._levels[1:]})

    @property
    def unit_seats(self) -> Mapping[str, int]:
        """Alliance or single list -> seats in the distribution to the units."""
        return self.units.seats

    @property
    def vacant(self) -> int:
        """Seats that nobody can take."""
        return self.units.vacant

    @property
    def awards(self) -> tuple[UnitAward, ...]:
        """The seats whose list is certain, in the order in which the units won them, each with its number.

        >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 3, alliances=[["A", "F"]])
        >>> for award in election.awards:
        ...     print(award.number, award.unit, award.winner, award.steps[0].quotient, award.quotient)
        1 A+F A 66 40
        2 C C 34 34
        3 A+F F 33 26
        """
        return self.case.awards(self)

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible final seats mapping with its exact probability, all lots drawn.

        Args:
            most: how many ways the lots may fall in before it is refused to follow them all.

        Raises:
            LotError: there are more.

        >>> election = proportional_election({"A": 1, "B": 1, "C": 2}, 1, alliances=[["A", "B"]])
        >>> for seats, probability in election.outcomes():
        ...     print(seats, probability)
        {'A': 1, 'B': 0, 'C': 0} 1/4
        {'A': 0, 'B': 1, 'C': 0} 1/4
        {'A': 0, 'B': 0, 'C': 1} 1/2
        """
        return outcomes_of(self.case, self.draws, most=most)
