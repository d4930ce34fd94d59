"""What is asked about, and what each list stands to have.

Every question here starts from votes, seats, alliances and capacities. A council election has them, its result
does, and so does a forholdstalsvalg: :func:`distribution_of` takes any of them. Draws that were made are left aside:
with other votes the lot would have been another, or none.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias

import attrs

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.methods.alliances import Alliance, Alliances, ProportionalCase, every_alliance
from kommunalvalg.methods.quotients import DHONDT, Divides
from kommunalvalg.methods.units import attained, tree_of
from kommunalvalg.text import composed
from kommunalvalg.votes import listed

__all__ = [
    "AboutElection",
    "Contested",
    "Distributed",
    "Distributes",
    "Nested",
    "Row",
    "Standing",
    "allied",
    "checked_key",
    "distribution_of",
    "nested_of",
    "standing_of",
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
"""What can be asked about: a council election, a forholdstalsvalg, a what-if question, or the result of one."""

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
    distribution = getattr(getattr(election, "case", election), "distribution", None)
    if not isinstance(distribution, ProportionalCase):
        raise VoteError(
            "{field} is {value}; give a council election, its result, or proportional_election(votes, seats)",
            field="election",
            value=election,
        )
    return distribution


@attrs.frozen(kw_only=True)
class AboutElection:
    """A question about the distribution of an election's seats.

    Args:
        election: the election, or its result.

    Raises:
        VoteError: it is none.
    """

    election: ProportionalCase = attrs.field(converter=distribution_of, repr=shown)

    @property
    def distribution(self) -> ProportionalCase:
        """The election that is asked about."""
        return self.election

    @property
    def law(self) -> When:
        """The election year or the day whose law the election was by; None where it was by none."""
        return self.election.when


def checked_key(key: object, lists: Mapping[str, object], field: str = "list") -> str:
    """Return the key of a list that stands, in composed form (NFC).

    Raises:
        VoteError: no list has it.

    >>> checked_key("X", {"A": 40, "C": 34})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: list is 'X', which does not stand; the lists are A, C
    """
    name = composed(key) if isinstance(key, str) else ""
    if name not in lists:
        raise VoteError(
            "{field} is {value}, which does not stand; the lists are {lists}",
            field=field,
            value=key,
            lists=listed(lists, key),
        )
    return name


# Alliances that are moved about


def nested_of(members: Iterable[str | Alliance]) -> Nested:
    """Give members as keys, and those that are alliances as lists of their members.

    >>> nested_of(["A", Alliance("B+C", ("B", "C"))])
    ['A', ['B', 'C']]
    """
    return [member if isinstance(member, str) else nested_of(member.members) for member in members]


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
    case: ProportionalCase,
    members: Nested,
    *,
    votes: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
) -> ProportionalCase:
    """Return the election with other alliances, and where they are given with other lists.

    An alliance of the same lists as before keeps its name.

    Args:
        case: the election.
        members: the alliances; members that are lists stand alone.
        votes: list -> votes of the lists that stand instead.
        capacity: list -> the most seats it may have, instead of those before; empty for no limit.

    Raises:
        VoteError: the alliances are none (see :func:`.checked_units`).

    >>> from kommunalvalg import proportional_election
    >>> case = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).case
    >>> allied(case, ["A", ["C", "F"]]).units
    ('A', Alliance(name='C+F', members=('C', 'F')))
    """
    alliances: Alliances = [member for member in members if not isinstance(member, str)]
    stand = case.votes if votes is None else votes
    names = {unit.lists: unit.name for unit in every_alliance(case.units) if unit.name != "+".join(unit.lists)}
    if names:
        named: dict[str, list[str]] = {}
        for member in members:
            _call(member, names, stand, named)
        alliances = named
    limits = case.capacity if capacity is None else capacity
    if not case.own_votes:
        return attrs.evolve(case, votes=stand, alliances=alliances, capacity=limits)
    other = attrs.evolve(case, votes=stand, alliances=alliances, capacity=limits, own_votes=FrozenDict())
    left = {alliance.name for alliance in every_alliance(other.units)}
    for name, count in case.own_votes.items():
        if name not in left:
            raise VoteError(
                "{field} has {value} votes for itself, which nobody has where it does not stand",
                field=name,
                value=count,
                rule="KRVL-78-L",
                when=case.when,
            )
    return attrs.evolve(other, own_votes=case.own_votes)


def _call(
    member: str | Nested, names: Mapping[tuple[str, ...], str], stand: Mapping[str, int], named: dict[str, list[str]]
) -> str:
    """Give the name of a member; put an alliance into ``named`` by its name, with the names of its members."""
    if isinstance(member, str):
        return member
    inside = set(_keys(member))
    lists = tuple(key for key in stand if key in inside)
    if len(member) == 1 and not (isinstance(member[0], str) and lists in names):  # an alliance of one is that one
        return _call(member[0], names, stand, named)
    name = names.get(lists, "+".join(lists))
    if name in named:
        raise VoteError(
            "two alliances have the name {value}; give them names of their own", field="alliances", value=name
        )
    named[name] = [_call(each, names, stand, named) for each in member]
    return name


def _keys(members: Nested) -> Iterator[str]:
    for member in members:
        if isinstance(member, str):
            yield member
        else:
            yield from _keys(member)


def with_votes(case: ProportionalCase, votes: Mapping[str, int]) -> ProportionalCase:
    """Return the election with other votes for some lists.

    >>> from kommunalvalg import proportional_election
    >>> with_votes(proportional_election({"A": 40, "C": 34, "F": 26}, 5).case, {"F": 27}).votes
    {'A': 40, 'C': 34, 'F': 27}
    """
    return attrs.evolve(case, votes={**case.votes, **votes})


# What each list stands to have


@attrs.frozen
class Standing:
    """What each list has for certain, and what it can come to have, however the lots fall.

    Attributes:
        certain: key -> the seats that it has however the lots fall.
        possible: key -> the most seats that it can come to have; one more than is certain, where it is in a lot.
    """

    certain: Mapping[str, int]
    possible: Mapping[str, int]

    @classmethod
    def of(cls, reached: Mapping[str, Collection[int]], lists: Iterable[str]) -> "Standing":
        """Give what some lists have by the numbers of seats that they can come to have."""
        pairs = [(key, reached[key]) for key in lists]
        return cls(
            FrozenDict({key: min(seats) for key, seats in pairs}), FrozenDict({key: max(seats) for key, seats in pairs})
        )

    @property
    def complete(self) -> bool:
        """Whether no list waits for a lot."""
        return self.certain == self.possible

    def text(self, key: str) -> str:
        """Write the seats of one list: "5", or "5-6" while a lot is open; "0" for a list that does not stand.

        >>> Standing(FrozenDict({"A": 5}), FrozenDict({"A": 6})).text("A")
        '5-6'
        """
        name = composed(key)
        certain, possible = self.certain.get(name, 0), self.possible.get(name, 0)
        return str(certain) if certain == possible else f"{certain}-{possible}"


def standing_of(
    case: ProportionalCase, method: Divides = DHONDT, *, votes: Mapping[str, int] | None = None
) -> Standing:
    """Say what each list has for certain and what it can come to have.

    Each level is distributed for every number of seats that it can come to have; so the answer is exact whatever
    lots are open, and by which method.

    Args:
        case: the election.
        method: the method, used on every level.
        votes: list -> its votes instead, for some lists.

    >>> from kommunalvalg import proportional_election
    >>> standing_of(proportional_election({"A": 6, "B": 4, "C": 10}, 1, alliances=[["A", "B"]]).case)
    Standing(certain={'A': 0, 'B': 0, 'C': 0}, possible={'A': 1, 'B': 0, 'C': 1})
    """
    tree = tree_of(case.units, {**case.votes, **(votes or {})}, case.capacity, case.seats, case.own_votes)
    return Standing.of(attained(tree, {case.seats}, lambda unit, places: unit.award(places, method)), case.votes)
