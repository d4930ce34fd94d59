"""Alliances: merging lists into units, and distributing a unit's seats to its lists, to any depth.

An alliance counts as one unit with the votes of its lists together. Its seats are distributed inside it by the
same method, and so on inward. A list outside every alliance is a unit of its own. What an alliance has room for
is what its lists have room for together, so that a surplus stays inside the alliance while it can.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import repeat
from typing import NamedTuple, TypeAlias

import attrs

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Outcome, Tie, Urn, outcomes_of, settle
from kommunalvalg.methods.allocation import MOST_WAYS, Allocation, Award
from kommunalvalg.methods.divisor import DivisorContest, settle_last
from kommunalvalg.methods.quotients import DHONDT, distribute
from kommunalvalg.votes import checked_count, checked_counts, checked_name, checked_votes, listed

__all__ = [
    "Alliance",
    "Alliances",
    "ProportionalElection",
    "UnitAward",
    "alliances_of",
    "checked_units",
    "every_alliance",
    "merge_alliances",
    "proportional_election",
]

Members: TypeAlias = "Iterable[str | Members]"
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
                raise VoteError("alliances names one alliance twice, in two spellings of the same letters")
        elif isinstance(alliances, str) or not isinstance(alliances, Iterable):
            raise VoteError(
                f"alliances is {shown(alliances)}; give each alliance as its lists, for example [['A', 'B']]"
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
        if not isinstance(given, _PLAIN) and (isinstance(given, str) or not isinstance(given, Iterable)):
            raise VoteError(f"{called} is {shown(given)}; give its lists one by one, for example ['A', 'B']")
        if any(given is outer for outer in self.open):
            raise VoteError(f"{called} is a member of itself; an alliance is never inside itself")
        if len(self.open) == _DEEPEST:
            raise VoteError(f"alliances stand more than {_DEEPEST} deep inside each other; so deep are none")
        self.open.append(given)
        members = [self._member(called, member) for member in given]
        self.open.pop()
        if not members:
            raise VoteError(f"{called} has no lists; an alliance has at least one")
        if len(members) == 1 and name in {"", members[0]}:
            return members[0]  # an alliance of one is that one (KRVL-38), unless it has a name of its own
        members.sort(key=lambda member: self.place[_lists([member])[0]])
        return Alliance(name or "+".join(_lists(members)), tuple(members))

    def _member(self, called: str, given: object) -> str | Alliance:
        if isinstance(given, str) and given in self.lists:  # the ordinary case, quickly
            return given
        if not isinstance(given, str | Iterable):
            raise VoteError(f"{called} has the member {shown(given)}; a member is a list's name, or an alliance")
        if not isinstance(given, str):
            return self._alliance(f"an alliance in {called}", given)
        name = checked_name(called, given)
        if name in self.lists:
            return name
        if name in self.inner:
            raise VoteError(f"{called} names {shown(name)}, which is in an alliance already; it is in at most one")
        if name in self.given:
            self.inner.add(name)
            return self._named(name)
        raise VoteError(f"{called} names {shown(name)}, which is not in votes; votes has {listed(self.lists)}")

    def _check_once(self, unit: str | Alliance, within: str) -> None:
        """Hold that every name stands for one thing and every list is in one alliance."""
        if isinstance(unit, Alliance):
            for member in unit.members:
                self._check_once(member, unit.name)
            if unit.name in self.names or unit.name in self.lists:
                raise VoteError(f"two units have the name {shown(unit.name)}; give the alliance a name of its own")
            self.names.add(unit.name)
        elif unit in self.home:
            home = self.home[unit]
            where = f"twice in {within}" if home == within else f"in {home} and in {within}"
            raise VoteError(f"the list {shown(unit)} is {where}; a list is in at most one alliance, once")
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


def _tally(unit: Alliance, of_lists: Mapping[str, int], found: dict[str, list[int]]) -> int:
    """Add up what belongs to lists: put into ``found`` what each member of a unit has, and give their sum."""
    counts = [
        of_lists[member] if isinstance(member, str) else _tally(member, of_lists, found) for member in unit.members
    ]
    found[unit.name] = counts
    return sum(counts)


def proportional_election(
    votes: Mapping[str, int],
    seats: int,
    *,
    alliances: Alliances = (),
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    provision: str = "",
) -> "ProportionalElection":
    """Distribute seats by forholdstalsvalg: d'Hondt on the units, and inside each alliance on its members.

    Args:
        votes: list -> votes.
        seats: how many seats to award.
        alliances: mapping of name to lists, or an iterable of iterables of lists, of any depth.
        capacity: list -> the most seats it may have; a list that is not there has no limit. A surplus seat goes
            to the alliance's other members while they have room, then to the other units.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.
            Lots come outermost first, then unit by unit in the order of the votes.
        provision: the provision under which a lot would be drawn.

    Raises:
        VoteError: a name or a count is not one, or the alliances are none (see :func:`.checked_units`).
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
    >>> election.unit_seats
    {'A+F': 3, 'C': 2}
    >>> election.seats
    {'A': 2, 'C': 2, 'F': 1}
    """
    checked = checked_votes(votes)
    seats = checked_count("seats", seats, what="number of seats")
    limits = None if capacity is None else checked_counts(capacity, "capacity", known=checked)
    contest = AllianceContest(checked, seats, checked_units(alliances, checked), limits or None, provision)
    return settle(contest, lots)


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


def _allocation(level: Level, provision: str) -> Allocation:
    """Give the distribution at one level as one by d'Hondt."""
    unit, counts, places, most, won, vacant, tie, draws = level
    names = list(map(_name, unit.members))
    votes, seats = FrozenDict(zip(names, counts, strict=True)), FrozenDict(zip(names, won, strict=True))
    room = None if most is None else FrozenDict(zip(names, most, strict=True))
    contest = DivisorContest(DHONDT, votes, places, None, room, provision, unit.name)
    return Allocation(seats, tie, vacant, draws, contest)


@attrs.frozen
class AllianceContest:
    """A forholdstalsvalg with alliances, with everything checked.

    Attributes:
        votes: list -> votes.
        seats: the seats to award.
        units: the alliances, and the lists that are in none, each where its first list stands.
        capacity: list -> the most seats it may have, or None.
        provision: the provision under which a lot would be drawn.
    """

    votes: FrozenDict[str, int]
    seats: int
    units: tuple[str | Alliance, ...]
    capacity: FrozenDict[str, int] | None = None
    provision: str = ""

    @property
    def alliances(self) -> tuple[Alliance, ...]:
        """The outermost alliances."""
        return alliances_of(self.units)

    def hold(self, urn: Urn) -> "ProportionalElection":
        """Distribute the seats to the units, then inside each, with the lots from ``urn``."""
        whole = Alliance("", self.units)
        votes: dict[str, list[int]] = {}
        _tally(whole, self.votes, votes)
        rooms = self._rooms(whole) if self.capacity else {}
        seats = dict.fromkeys(self.votes, 0)
        levels: list[Level] = []
        ties: list[Tie] = []
        uncertain = 0
        # Where a lot between some units is open, how many seats each of them gets is not known yet, and so no lot
        # inside them is open yet: they are distributed with what is certain, and without draws, from no urn.
        waiting: list[tuple[Alliance, int, Urn | None]] = [(whole, self.seats, urn)]
        while waiting:
            unit, places, source = waiting.pop()
            counts, room = votes[unit.name], rooms.get(unit.name)
            won, equal, lot, vacant = distribute(DHONDT, counts, places, None, room)
            tie: Tie | None = None
            draws: tuple[Draw, ...] = ()
            if equal:
                names = list(map(_name, unit.members))
                tie, draws = settle_last(names, won, equal, lot, source, self.provision, unit.name)
                if tie:
                    uncertain += tie.places
                    if source:
                        ties.append(tie)
            levels.append((unit, counts, places, room, won, vacant, tie, draws))
            inner: list[tuple[Alliance, int, Urn | None]] = []
            for member, count in zip(unit.members, won, strict=True):
                if isinstance(member, str):
                    seats[member] = count
                else:
                    inner.append((member, count, None if tie and member.name in tie.among else source))
            waiting += reversed(inner)
        return ProportionalElection(FrozenDict(seats), tuple(levels), tuple(ties), uncertain, urn.drawn, self)

    def _rooms(self, whole: Alliance) -> dict[str, list[int]]:
        """Give the most seats that the members of each unit can take; who has no votes takes none."""
        rooms: dict[str, list[int]] = {}
        limits = {name: most for name, most in (self.capacity or {}).items() if most < self.seats}
        if limits:  # one that nobody can come to reach is none
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


@attrs.frozen
class ProportionalElection:
    """A forholdstalsvalg: seats awarded + places open + vacant = seats to award.

    Attributes:
        seats: list -> seats, for every list in the order of the votes; only what no open lot can change.
        ties: every lot that is open now, outermost first. A lot inside a unit whose own number of seats depends
            on an open lot is not open yet.
        open: how many seats are not certain, since they depend on lots that are or may come to be open.
        draws: the lots that were drawn for it.
        contest: what it was given.
    """

    seats: Mapping[str, int]
    _levels: tuple[Level, ...] = attrs.field(repr=False, eq=False)  # the contest and the draws say all of it
    ties: tuple[Tie, ...]
    open: int
    draws: tuple[Draw, ...]
    contest: AllianceContest = attrs.field(repr=False)

    @property
    def units(self) -> Allocation:
        """The distribution to the units."""
        return _allocation(self._levels[0], self.contest.provision)

    @property
    def inner(self) -> Mapping[str, Allocation]:
        """Alliance -> the distribution inside it."""
        return FrozenDict({level[0].name: _allocation(level, self.contest.provision) for level in self._levels[1:]})

    @property
    def unit_seats(self) -> Mapping[str, int]:
        """Alliance or single list -> seats in the distribution to the units."""
        return self.units.seats

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""
        return self.ties[0] if self.ties else None

    @property
    def vacant(self) -> int:
        """Seats that nobody can take."""
        return self.units.vacant

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return not self.ties

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
        return self.contest.awards(self)

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
        return outcomes_of(self.contest, self.draws, most=most)
