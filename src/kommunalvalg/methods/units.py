"""The units of an election: lists, alliances of lists to any depth, and the one tree that they make.

Alliances are read once, into :class:`Alliance` values. With the votes and the limits of an election they make a tree of
:class:`Unit`: whoever distributes seats in it, or asks what they hang on, walks that tree and awards them by
:meth:`Unit.award`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple, TypeAlias

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.methods.quotients import DHONDT, Divides, Division
from kommunalvalg.text import Field
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, checked_known, checked_name

__all__ = [
    "Alliance",
    "Alliances",
    "Members",
    "Path",
    "Unit",
    "alliances_of",
    "attained",
    "checked_units",
    "every_alliance",
    "name_of",
    "paths_of",
    "tree_of",
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

    Raises:
        VoteError: the name is no text, or a member is neither; texts are held to be names when the alliances of an
            election are read.
    """

    name: str
    members: "tuple[str | Alliance, ...]"

    def __attrs_post_init__(self) -> None:
        # The test decides the ordinary case quickly.
        if type(self.name) is str and type(self.members) is tuple and _MEMBERS.issuperset(map(type, self.members)):
            return
        object.__setattr__(self, "name", checked_name("alliance", self.name))
        if isinstance(self.members, str) or not isinstance(self.members, Iterable):
            raise VoteError(
                "{field} is {value}; give its lists one by one, for example ['A', 'B']",
                field=f"alliance {self.name}",
                value=self.members,
            )
        members = tuple(self.members)
        for member in members:
            if not isinstance(member, str | Alliance):
                raise VoteError(
                    "{field} has the member {value}; a member is a list's name, or an alliance",
                    field=f"alliance {self.name}",
                    value=member,
                )
        object.__setattr__(self, "members", members)

    @property
    def lists(self) -> tuple[str, ...]:
        """All its lists, those of its inner alliances included, in their order."""
        return tuple(_lists(self.members))

    @property
    def written(self) -> str:
        """Its lists, those of an alliance inside it in brackets.

        >>> Alliance("A+B+C", ("A", Alliance("B+C", ("B", "C")))).written
        'A+(B+C)'
        """
        return "+".join(each if isinstance(each, str) else f"({each.written})" for each in self.members)


_MEMBERS = {str, Alliance}


def _lists(members: "Iterable[str | Alliance]") -> list[str]:
    keys: list[str] = []
    for member in members:
        if isinstance(member, str):
            keys.append(member)
        else:
            keys += _lists(member.members)
    return keys


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
    return _flat(alliances, lists) or _AllianceReader(alliances, lists).read()


def _flat(alliances: Alliances, lists: Mapping[str, object]) -> "tuple[str | Alliance, ...] | None":
    """Read what mostly comes, lists of names that stand once each, in half the time; else give None."""
    together: dict[object, list[str]] = {}
    if not isinstance(alliances, _PLAIN) or "+" in "".join(lists):  # by which two alliances may come to have one name
        return None
    for alliance in alliances:
        if not isinstance(alliance, _PLAIN) or len(alliance) < 2:  # noqa: PLR2004 - an alliance of one is that one
            return None
        same: list[str] = []
        try:
            together |= dict.fromkeys(alliance, same)
        except TypeError:  # a member that cannot be a name, such as an alliance inside
            return None
    if len(together) != sum(map(len, alliances)):
        return None
    outer: list[str | list[str]] = []
    for name in lists:
        members = together.pop(name, None)
        if members is None:
            outer.append(name)
            continue
        if not members:
            outer.append(members)
        members.append(name)
    if together:  # a list that does not stand
        return None
    return tuple([unit if isinstance(unit, str) else Alliance("+".join(unit), tuple(unit)) for unit in outer])


_PLAIN = (list, tuple)

_DEEPEST = 50
"""How deep alliances may stand inside each other; the law had two levels, and three up to 2021."""


class _AllianceReader:
    """Reads alliances from what was given; it remembers where it is and what it has met."""

    def __init__(self, alliances: Alliances, lists: Mapping[str, object]) -> None:
        self.lists = lists
        self.place = dict(zip(lists, count(), strict=False))
        self.given: dict[str, object] = {}
        self.unnamed: list[object] = []
        if isinstance(alliances, Mapping):
            self.given = checked_by_name(alliances, "alliances")
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
        self.lists_of: dict[str, list[str]] = {}
        self.unclear = False

    def read(self) -> tuple[str | Alliance, ...]:
        named = {name: self._named(name) for name in self.given}
        outer = [unit for name, unit in named.items() if name not in self.inner]
        outer += [
            self._alliance(_("alliance {number}", number=n), alliance)
            for n, alliance in enumerate(self.unnamed, start=1)
        ]
        opened: dict[str, str | Alliance] = {}
        allied: list[str] = []
        for unit in outer:
            lists = self.lists_of[unit.name] if isinstance(unit, Alliance) else [unit]
            opened[lists[0]] = unit
            allied += lists
        others = set(allied)
        if self.unclear or len(others) != len(allied):
            names: set[str] = set(self.lists)
            home: dict[str, str] = {}
            for unit in outer:
                _check_once(unit, name_of(unit), names, home)
        return tuple([opened.get(name, name) for name in self.lists if name in opened or name not in others])

    def _named(self, name: str) -> str | Alliance:
        if name not in self.named:
            self.named[name] = self._alliance(f"alliances[{name!r}]", self.given[name], name)
        return self.named[name]

    def _alliance(self, called: Field, alliance: object, name: str = "") -> str | Alliance:
        if isinstance(alliance, Alliance):
            name = name or (alliance.name and checked_name(called, alliance.name))
            alliance = alliance.members
        if not isinstance(alliance, _PLAIN) and (isinstance(alliance, str) or not isinstance(alliance, Iterable)):
            raise VoteError(
                "{field} is {value}; give its lists one by one, for example ['A', 'B']", field=called, value=alliance
            )
        if self.open and any(alliance is outer for outer in self.open):
            raise VoteError(
                "{field} is a member of itself; an alliance is never inside itself", field=called, value=alliance
            )
        if len(self.open) == _DEEPEST:
            raise VoteError(
                "{field} stand more than {most} deep inside each other; so deep are none",
                field="alliances",
                value=alliance,
                most=_DEEPEST,
            )
        self.open.append(alliance)
        members = [
            member if type(member) is str and member in self.lists else self._member(called, member)
            for member in alliance
        ]
        self.open.pop()
        if not members:
            raise VoteError("{field} has no lists; an alliance has at least one", field=called, value=alliance)
        if len(members) == 1 and name in {"", members[0]}:
            return members[0]  # an alliance of one is that one (KRVL-38), unless it has a name of its own
        try:
            members.sort(key=self.place.__getitem__)  # type: ignore[arg-type]  # an alliance among them has no place
            lists: list[str] = members  # type: ignore[assignment]  # without one they are lists
        except KeyError:
            members.sort(key=lambda member: self.place[_lists([member])[0]])
            lists = _lists(members)
        name = name or "+".join(lists)
        if name in self.lists_of or name in self.lists:
            self.unclear = True
        self.lists_of[name] = lists
        return Alliance(name, tuple(members))

    def _member(self, called: Field, member: object) -> str | Alliance:
        if not isinstance(member, str | Alliance | Iterable):
            raise VoteError(
                "{field} has the member {value}; a member is a list's name, or an alliance", field=called, value=member
            )
        if not isinstance(member, str):
            return self._alliance(_("an alliance in {name}", name=called), member)
        name = checked_name(called, member)
        if name in self.lists:
            return name
        if name in self.inner:
            raise VoteError(
                "{field} names {value}, which is in an alliance already; it is in at most one", field=called, value=name
            )
        if name in self.given:
            self.inner.add(name)
            return self._named(name)
        return checked_known(called, name, self.lists)


def _check_once(unit: str | Alliance, within: str, names: set[str], home: dict[str, str]) -> None:
    """Hold that every name stands for one thing and every list is in one alliance; note what was met."""
    if isinstance(unit, Alliance):
        for member in unit.members:
            _check_once(member, unit.name, names, home)
        if unit.name in names:
            raise VoteError(
                "two units have the name {value}; give the alliance a name of its own",
                field="alliances",
                value=unit.name,
            )
        names.add(unit.name)
    elif unit in home:
        first = home[unit]
        where = (
            _("twice in {name}", name=first)
            if first == within
            else _("in {first} and in {second}", first=first, second=within)
        )
        raise VoteError(
            "the list {value} is {where}; a list is in at most one alliance, once",
            field="alliances",
            value=unit,
            where=where,
        )
    else:
        home[unit] = within


def alliances_of(members: "Iterable[str | Alliance]") -> tuple[Alliance, ...]:
    """Give the members of an alliance, or the units of an election, that are alliances.

    >>> [alliance.name for alliance in alliances_of(["A", Alliance("B+C", ("B", "C"))])]
    ['B+C']
    """
    return tuple([member for member in members if isinstance(member, Alliance)])


def every_alliance(members: "Iterable[str | Alliance]") -> Iterator[Alliance]:
    """Give the alliances among some members, and those inside them, each before those that are inside it.

    >>> inner = Alliance("B+C", ("B", "C"))
    >>> [alliance.name for alliance in every_alliance([Alliance("A+B+C", ("A", inner)), "D"])]
    ['A+B+C', 'B+C']
    """
    for alliance in alliances_of(members):
        yield alliance
        yield from every_alliance(alliance.members)


def name_of(unit: "str | Alliance") -> str:
    """Give the name of a list or an alliance.

    >>> name_of("A"), name_of(Alliance("B+C", ("B", "C")))
    ('A', 'B+C')
    """
    return unit if isinstance(unit, str) else unit.name


class Unit(NamedTuple):
    """An alliance of an election, or the whole of it, with the votes and the room of its members.

    Attributes:
        name: the alliance's name; empty for the whole.
        members: the names of its members, lists and alliances, in their order.
        votes: the votes of each.
        rooms: the most seats that each can take, one without votes taking none; where a list has no limit, one more
            than the seats of the election. None where nothing is limited.
        inner: those of its members that are alliances, by name.
    """

    name: str
    members: tuple[str, ...]
    votes: list[int]
    rooms: list[int] | None
    inner: "dict[str, Unit]"

    def limits(self) -> "Iterable[tuple[str, int]]":
        """Give the members with the most seats that they can take; none where nothing is limited."""
        return zip(self.members, self.rooms or (), strict=False)

    def award(self, places: int, method: Divides = DHONDT) -> Division:
        """Award some seats to its members, leaving a lot open.

        >>> tree_of(("A", "C", "F"), {"A": 11, "C": 8, "F": 2}).award(9)
        ([5, 3, 0], [1, 2], 1, 0)
        """
        return method.division(self.votes, places, room=self.rooms)

    def walk(self) -> "Iterator[Unit]":
        """Give itself and the alliances inside it, each before those that are inside it."""
        yield self
        for unit in self.inner.values():
            yield from unit.walk()


Path: TypeAlias = tuple[tuple[Unit, int], ...]
"""The units around a list, the whole first, each with the index of its member that the list is or is in."""


def paths_of(tree: Unit) -> dict[str, Path]:
    """Give the way from the whole to each list.

    >>> tree = tree_of([Alliance("A+B", ("A", "B")), "C"], {"A": 6, "B": 4, "C": 10})
    >>> [(unit.name, at) for unit, at in paths_of(tree)["B"]]
    [('', 0), ('A+B', 1)]
    """
    paths: dict[str, Path] = {}
    for at, member in enumerate(tree.members):
        if member in tree.inner:
            paths |= {key: ((tree, at), *path) for key, path in paths_of(tree.inner[member]).items()}
        else:
            paths[member] = ((tree, at),)
    return paths


def tree_of(
    units: "Iterable[str | Alliance]",
    votes: Mapping[str, int],
    limits: Mapping[str, int] | None = None,
    seats: int = 0,
    own: Mapping[str, int] | None = None,
) -> Unit:
    """Make the tree of an election: the whole, its units, and so on inward.

    Args:
        units: the units of the first distribution.
        votes: list -> votes.
        limits: list -> the most seats it may have; None for no limits.
        seats: the seats of the election; a limit that is more is none.
        own: alliance -> votes for itself and for none of its lists, which count where it is a unit, not inside it.

    >>> tree = tree_of(["A", Alliance("B+C", ("B", "C"))], {"A": 11, "B": 8, "C": 2}, {"B": 1}, 3)
    >>> tree.members, tree.votes, tree.rooms, tree.inner["B+C"].rooms
    (('A', 'B+C'), [11, 10], [4, 5], [1, 4])
    """
    binding = {name: most for name, most in limits.items() if most <= seats} if limits else {}
    # With votes of its own an alliance may have lists without, which take no seat.
    return _grown("", units, votes, binding if binding or own else None, seats + 1, own or {})


def _grown(
    name: str,
    members: "Iterable[str | Alliance]",
    votes: Mapping[str, int],
    limits: Mapping[str, int] | None,
    free: int,
    own: Mapping[str, int],
) -> Unit:
    """Make the tree of a unit; ``free`` is the room of a list that has no limit, and no limits at all are None."""
    names: list[str] = []
    counts: list[int] = []
    rooms: list[int] = []
    inner: dict[str, Unit] = {}
    for member in members:
        if isinstance(member, str):
            count = votes[member]
            names.append(member)
            counts.append(count)
            if limits is not None:
                rooms.append(limits.get(member, free) if count else 0)
        else:
            unit = inner[member.name] = _grown(member.name, member.members, votes, limits, free, own)
            names.append(unit.name)
            counts.append(sum(unit.votes) + own.get(unit.name, 0))
            if limits is not None:
                rooms.append(sum(unit.rooms or ()))
    return Unit(name, tuple(names), counts, None if limits is None else rooms, inner)


def attained(tree: Unit, places: set[int], award: Callable[[Unit, int], Division]) -> dict[str, set[int]]:
    """Follow every number of seats that a unit can come to have inward, however its lots fall.

    Args:
        tree: the unit.
        places: the numbers of seats that it can come to have.
        award: distributes a number of seats to the members of a unit.

    Returns:
        List -> the numbers of seats that it can come to have.

    >>> tree = tree_of([Alliance("A+B", ("A", "B")), "C"], {"A": 6, "B": 4, "C": 10})
    >>> attained(tree, {1}, Unit.award)
    {'A': {0, 1}, 'B': {0}, 'C': {0, 1}}
    """
    reached: list[set[int]] = [set() for _member in tree.members]
    for number in places:
        won, equal, _open, _vacant = award(tree, number)
        for seats, own in zip(reached, won, strict=True):
            seats.add(own)
        for index in equal:
            reached[index].add(won[index] + 1)
    lists: dict[str, set[int]] = {}
    for name, seats in zip(tree.members, reached, strict=True):
        if name in tree.inner:
            lists |= attained(tree.inner[name], seats, award)
        else:
            lists[name] = seats
    return lists
