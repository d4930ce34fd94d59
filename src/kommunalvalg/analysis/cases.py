"""What is asked about, as one value, and what each list stands to have.

Every question here starts from votes, seats, alliances and capacities. A council election holds them, its result
does, and so does a forholdstalsvalg: :func:`distribution_of` takes any of them. Draws that were made are left aside:
with other votes the lot would have been another, or none.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Protocol, TypeAlias
from unicodedata import normalize

import attrs

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn
from kommunalvalg.methods.alliances import (
    Alliance,
    Alliances,
    ProportionalCase,
    every_alliance,
)
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import ADAMS, DHONDT, SAINTE_LAGUE, DivisorCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.votes import listed

__all__ = [
    "Comparison",
    "Contested",
    "Method",
    "Nested",
    "Row",
    "Standing",
    "Unit",
    "allied",
    "checked_key",
    "distribute",
    "distribution_of",
    "standing_of",
    "standing_within",
    "tree_of",
    "with_votes",
    "without",
]


class Distributes(Protocol):
    """A case whose seats go to lists in proportion to their votes."""

    @property
    def distribution(self) -> ProportionalCase:
        """The distribution of its seats to units and lists."""


class Distributed(Protocol):
    """The result of such a case."""

    @property
    def case(self) -> Distributes:
        """What it rests on."""


Contested: TypeAlias = Distributes | Distributed
"""What can be asked about: a council election, a forholdstalsvalg, or the result of one."""

Nested: TypeAlias = list["str | Nested"]
"""The members of an alliance: lists by key, and alliances inside it."""

Row: TypeAlias = dict[str, str | int | float | bool | None]
"""A line of a table: plain values by heading."""


def distribution_of(election: Contested) -> ProportionalCase:
    """Return the votes, seats, alliances and capacities of an election or a result, as a case.

    Args:
        election: a case that has a distribution, such as a council election or a forholdstalsvalg, or its result.

    Raises:
        VoteError: it is something else.

    >>> from kommunalvalg import proportional_election
    >>> distribution_of(proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])).seats
    5
    >>> distribution_of({"A": 40})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: election is {'A': 40}; give a council election, its result, or
    proportional_election(votes, seats)
    """
    found = getattr(getattr(election, "case", election), "distribution", None)
    if not isinstance(found, ProportionalCase):
        raise VoteError(
            "{field} is {value}; give a council election, its result, or proportional_election(votes, seats)",
            field="election",
            value=election,
        )
    return found


def checked_key(key: object, lists: Mapping[str, object], field: str = "list") -> str:
    """Return the key of a list that stands, in composed form (NFC).

    Raises:
        VoteError: no list has it.

    >>> checked_key("X", {"A": 40, "C": 34})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: list is 'X', which does not stand; the lists are A, C
    """
    found = normalize("NFC", key) if isinstance(key, str) else None
    if found is None or found not in lists:
        raise VoteError(
            "{field} is {value}, which does not stand; the lists are {lists}",
            field=field,
            value=key,
            lists=listed(lists),
        )
    return found


@attrs.frozen
class Unit:
    """A place in the tree of a contest: a list, an alliance, or the whole.

    Attributes:
        name: the list's key, the alliance's name; empty for the whole.
        members: what it is made of; empty for a list.
        lists: the keys of all its lists.
    """

    name: str
    members: "tuple[Unit, ...]"
    lists: tuple[str, ...]

    def votes(self, contest: ProportionalCase) -> int:
        """Give the votes of its lists together."""
        return sum([contest.votes[key] for key in self.lists])

    def room(self, contest: ProportionalCase) -> int | None:
        """Give the most seats that it can take, lists without votes taking none; None where there is no limit."""
        if contest.capacity is None:
            return None
        rooms = [contest.capacity.get(key) for key in self.lists if contest.votes[key]]
        return None if None in rooms else sum(room for room in rooms if room is not None)

    def nested(self) -> Nested:
        """Give the members as keys, and those that are alliances as lists of their members."""
        return [member.nested() if member.members else member.name for member in self.members]

    def alliances(self) -> "Iterator[Unit]":
        """Give the alliances in it, the outermost first."""
        for member in self.members:
            if member.members:
                yield member
                yield from member.alliances()


def tree_of(contest: ProportionalCase) -> Unit:
    """Return the tree of a contest: the whole, its units where their first lists stand, and so on inward.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
    >>> [unit.name for unit in tree_of(election.case).members]
    ['A+F', 'C']
    """
    return Unit("", tuple(_unit(unit) for unit in contest.units), tuple(contest.votes))


def _unit(member: str | Alliance) -> Unit:
    if isinstance(member, str):
        return Unit(member, (), (member,))
    return Unit(member.name, tuple(_unit(inner) for inner in member.members), member.lists)


def without(members: Nested, gone: Collection[str]) -> Nested:
    """Take some lists out of alliances; an alliance that is left with nobody is none.

    >>> without([["A", ["B", "C"]], "D"], ["B", "C"])
    [['A'], 'D']
    """
    left: Nested = []
    for member in members:
        if isinstance(member, str):
            left += [] if member in gone else [member]
        elif inner := without(member, gone):
            left.append(inner)
    return left


def allied(
    contest: ProportionalCase,
    members: Nested,
    *,
    votes: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
) -> ProportionalCase:
    """Return the contest with other alliances, and where they are given with other lists.

    An alliance of the same lists as before keeps its name.

    Args:
        contest: the election.
        members: the alliances; members that are lists stand alone.
        votes: list -> votes of the lists that stand instead, which are not checked here.
        capacity: list -> the most seats it may have, instead of those before; empty for no limit.

    Raises:
        VoteError: the alliances are none (see :func:`.checked_units`).

    >>> from kommunalvalg import proportional_election
    >>> contest = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).case
    >>> allied(contest, ["A", ["C", "F"]]).units
    ('A', Alliance(name='C+F', members=('C', 'F')))
    """
    alliances: Alliances = [member for member in members if not isinstance(member, str)]
    stand = contest.votes if votes is None else FrozenDict(votes)
    limits = contest.capacity if capacity is None else FrozenDict(capacity) or None
    names = {unit.lists: unit.name for unit in every_alliance(contest.units) if unit.name != "+".join(unit.lists)}
    if names:
        found: dict[str, list[str]] = {}
        for member in members:
            _call(member, names, stand, found)
        alliances = found
    return attrs.evolve(contest, votes=stand, alliances=alliances, capacity=limits)


def _call(
    member: str | Nested, names: Mapping[tuple[str, ...], str], stand: Mapping[str, int], found: dict[str, list[str]]
) -> str:
    """Give the name of a member; put an alliance into ``found`` by its name, with the names of its members."""
    if isinstance(member, str):
        return member
    inside = set(_keys(member))
    lists = tuple(key for key in stand if key in inside)
    if len(member) == 1 and not (isinstance(member[0], str) and lists in names):  # an alliance of one is that one
        return _call(member[0], names, stand, found)
    name = names.get(lists, "+".join(lists))
    if name in found:
        raise VoteError(f"two alliances have the name {shown(name)}; give them names of their own")
    found[name] = [_call(each, names, stand, found) for each in member]
    return name


def _keys(members: Nested) -> Iterator[str]:
    for member in members:
        if isinstance(member, str):
            yield member
        else:
            yield from _keys(member)


def with_votes(contest: ProportionalCase, votes: Mapping[str, int]) -> ProportionalCase:
    """Return the contest with other votes for some lists, which are not checked here.

    >>> from kommunalvalg import proportional_election
    >>> with_votes(proportional_election({"A": 40, "C": 34, "F": 26}, 5).case, {"F": 27}).votes
    {'A': 40, 'C': 34, 'F': 27}
    """
    return attrs.evolve(contest, votes=FrozenDict({**contest.votes, **votes}))


class Method(StrEnum):
    """A method by which the seats of every level are distributed."""

    DHONDT = "dhondt"
    """The law's (KRVL § 81)."""

    SAINTE_LAGUE = "sainte_lague"
    ADAMS = "adams"

    LARGEST_REMAINDER = "largest_remainder"
    """Each list's share of the seats rounded down; the seats left to the largest remainders (Hare's quota)."""


_DIVISORS = {Method.DHONDT: DHONDT, Method.SAINTE_LAGUE: SAINTE_LAGUE, Method.ADAMS: ADAMS}


@attrs.frozen
class Standing:
    """What each list has for certain, and what it can come to have, however the lots fall.

    Attributes:
        certain: key -> the seats that it has however the lots fall.
        possible: key -> the most seats that it can come to have; one more than is certain, where it is in a lot.
    """

    certain: Mapping[str, int]
    possible: Mapping[str, int]

    @property
    def complete(self) -> bool:
        """Whether no list waits for a lot."""
        return self.certain == self.possible

    def text(self, key: str) -> str:
        """Write the seats of one list: "5", or "5-6" while a lot is open; "0" for a list that does not stand.

        >>> Standing(FrozenDict({"A": 5}), FrozenDict({"A": 6})).text("A")
        '5-6'
        """
        certain, possible = self.certain.get(key, 0), self.possible.get(key, 0)
        return str(certain) if certain == possible else f"{certain}-{possible}"


def standing_of(contest: ProportionalCase, method: Method = Method.DHONDT) -> Standing:
    """Say what each list has for certain and what it can come to have.

    Each level is distributed for every number of seats that it can come to have; so the answer is exact whatever
    lots are open, and by which method.

    >>> from kommunalvalg import proportional_election
    >>> standing_of(proportional_election({"A": 6, "B": 4, "C": 10}, 1, alliances=[["A", "B"]]).case)
    Standing(certain={'A': 0, 'B': 0, 'C': 0}, possible={'A': 1, 'B': 0, 'C': 1})
    """
    return standing_within(tree_of(contest), {contest.seats}, contest, method)


def standing_within(
    unit: Unit, counts: set[int], contest: ProportionalCase, method: Method = Method.DHONDT
) -> Standing:
    """Say what the lists of a unit have for certain and can come to have, the unit having one of ``counts`` seats.

    >>> from kommunalvalg import proportional_election
    >>> contest = proportional_election({"A": 40, "C": 34, "F": 20}, 5, alliances=[["A", "F"]]).case
    >>> standing_within(tree_of(contest).members[0], {2}, contest)
    Standing(certain={'A': 1, 'F': 0}, possible={'A': 2, 'F': 1})
    """
    found: dict[str, set[int]] = {}
    _follow(unit, counts, contest, method, found)
    return Standing(
        FrozenDict({key: min(found[key]) for key in unit.lists}),
        FrozenDict({key: max(found[key]) for key in unit.lists}),
    )


def _follow(
    unit: Unit, counts: set[int], contest: ProportionalCase, method: Method, found: dict[str, set[int]]
) -> None:
    """Note every number of seats that each list inside a unit can come to have, ``counts`` being the unit's."""
    if not unit.members:
        found[unit.name] = counts
        return
    attained: dict[str, set[int]] = {member.name: set() for member in unit.members}
    for places in counts:
        allocation = distribute(unit, places, contest, method)
        among = allocation.tie.among if allocation.tie else ()
        for name, won in allocation.seats.items():
            attained[name] |= {won, won + 1} if name in among else {won}
    for member in unit.members:
        _follow(member, attained[member.name], contest, method, found)


def distribute(unit: Unit, places: int, contest: ProportionalCase, method: Method = Method.DHONDT) -> Allocation:
    """Distribute some seats to the members of a unit, leaving a lot open.

    >>> from kommunalvalg import proportional_election
    >>> contest = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).case
    >>> distribute(tree_of(contest), 5, contest).seats
    {'A+F': 3, 'C': 2}
    """
    votes = FrozenDict({member.name: member.votes(contest) for member in unit.members})
    rooms = {member.name: room for member in unit.members if (room := member.room(contest)) is not None}
    if method in _DIVISORS:
        limits = FrozenDict(rooms) if rooms else None
        case = DivisorCase(divisors=_DIVISORS[method], votes=votes, seats=places, capacity=limits)
        return case.settled(Urn())
    return _by_remainders(votes, places, rooms)


def _by_remainders(votes: FrozenDict[str, int], places: int, rooms: Mapping[str, int]) -> Allocation:
    """Distribute by the largest remainder; what a name has no room for goes to the next shortfalls (inferred).

    The shares stay those of all votes: whoever would pass its limit is held there, and the seats left go to the
    others in the order of their shortfalls, as they would if seats were given one by one.
    """
    total, seats = sum(votes.values()), dict.fromkeys(votes, 0)
    contest = ShortfallCase(votes=votes, seats=places, total=total, size=places)
    while True:
        allocation = contest.settled(Urn())
        among = allocation.tie.among if allocation.tie else ()
        full = [
            name
            for name, won in allocation.seats.items()
            if won + (name in among) > rooms.get(name, places) and contest.votes[name]
        ]
        if not full:
            break
        seats.update({name: rooms[name] for name in full})
        rest = FrozenDict({name: count for name, count in contest.votes.items() if name not in full})
        left = contest.seats - sum(rooms[name] for name in full)
        if not rest:
            return Allocation(seats=FrozenDict(seats), vacant=left, case=contest)
        contest = attrs.evolve(contest, votes=rest, seats=left)
    seats.update(allocation.seats)
    return Allocation(seats=FrozenDict(seats), tie=allocation.tie, vacant=allocation.vacant, case=contest)


@attrs.frozen
class Comparison:
    """Two distributions side by side.

    Attributes:
        before: what each list has in the one.
        after: what each list has in the other.
        case: the votes, seats, alliances and capacities of the other, for a further question.
    """

    before: Standing
    after: Standing
    case: ProportionalCase = attrs.field(repr=False)

    @property
    def gained(self) -> Mapping[str, int]:
        """Key -> how many seats more, for those who have more after for certain."""
        return self._more(self.before, self.after)

    @property
    def paid(self) -> Mapping[str, int]:
        """Key -> how many seats fewer, for those who have fewer after for certain."""
        return self._more(self.after, self.before)

    @property
    def changed(self) -> bool:
        """Whether the seats of somebody are others for certain."""
        return bool(self.gained or self.paid)

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: its certain and possible seats before and after."""
        return tuple(
            {
                "list": key,
                "before": self.before.certain.get(key, 0),
                "before_possible": self.before.possible.get(key, 0),
                "after": self.after.certain.get(key, 0),
                "after_possible": self.after.possible.get(key, 0),
            }
            for key in self._keys()
        )

    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.before.certain, *self.after.certain)))

    def _more(self, less: Standing, more: Standing) -> Mapping[str, int]:
        found = {key: more.certain.get(key, 0) - less.possible.get(key, 0) for key in self._keys()}
        return FrozenDict({key: seats for key, seats in found.items() if seats > 0})

    def __str__(self) -> str:
        different = [key for key in self._keys() if self.before.text(key) != self.after.text(key)]
        return ", ".join(f"{key} {self.before.text(key)} → {self.after.text(key)}" for key in different) or "no change"
