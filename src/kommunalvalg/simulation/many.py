"""Many elections at once: d'Hondt on an array of elections by lists, exact, with alliances and capacities.

It is the method of :func:`~kommunalvalg.dhondt` and :func:`~kommunalvalg.proportional_election`, on columns of
numbers. It needs numpy, which the extra ``simulation`` brings.

How it goes, for one election with V votes, S seats and p lists that have votes:

1. Every list gets floor(v * (S + p/2) / V). Those are all the quotients v / d of at least V / (S + p/2), so no
   quotient that was left out is larger than one that was taken. About as often as not they number S; else they are
   a few too many or too few, most often one.
2. While there are too few, the largest quotient that was left out is taken, with all that equal it; while there are
   too many, the smallest that was taken is given back, with all that equal it. Where the equal ones are more than
   the places that are left for them, that is the lot: none of them is taken.

Why it is exact, although it divides in floating point. Let V * (2S + p) <= 2**52, p being all the lists. A float64
takes whole numbers up to 2**53, and a division gives the float64 next to the true quotient, at most 2**-53 of it away.

- Step 1 divides a = v * (2S + p) by b = 2V, both whole and exact. Where a / b is whole, so is what comes out. Else
  the next whole number k above is at least 1 / b away, and 1 / b >= k / (a + b) > k * 2**-53, more than the
  rounding can reach. So rounding down gives the true floor.
- Step 2 compares v / d with w / e, where d, e <= S and so v * e and w * d are at most 2**51. Equal quotients give the
  same float64, since that depends on the true quotient alone. Different ones differ by at least 1 / (d * e), which is
  at least 2**-51 of the larger; two numbers with the same float64 differ by less. So different quotients give
  different float64, in their order.

Inside an alliance there are fewer votes, seats and lists, so the bound holds there too. It is checked for each
election; one that is beyond it is answered by the exact whole-number path of :mod:`kommunalvalg.methods`.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn
from kommunalvalg.methods.alliances import Alliance, ProportionalCase, alliances_of, checked_units, every_alliance
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count

__all__ = ["BOUND", "Columns", "ManyAllocations", "dhondt_many"]

BOUND = 2**52
"""The most that votes * (2 * seats + lists) of an election may be to be answered by floating point, exactly."""

Columns: TypeAlias = "Iterable[int | Columns]"
"""An alliance, as the columns of its lists, counted from 0, and alliances inside it."""

_Named: TypeAlias = "str | list[_Named]"
_Unit: TypeAlias = "int | tuple[_Unit, ...]"
_Whole: TypeAlias = npt.NDArray[np.int64]
_Float: TypeAlias = npt.NDArray[np.float64]
_Mask: TypeAlias = npt.NDArray[np.bool_]

_CELLS = 1 << 15
"""How many votes are worked on at a time, so that they stay in the processor's cache."""

_AXES = 2
"""The axes of an array of elections: elections by lists."""

_LARGEST = int(np.iinfo(np.int64).max)


def fixed(array: "npt.NDArray[np.generic]") -> "npt.NDArray[np.generic]":
    """Return an array that cannot be changed from now on."""
    array.flags.writeable = False
    return array


def contents(array: "npt.NDArray[np.generic]") -> tuple[tuple[int, ...], str, bytes]:
    """Give what an array is equal by, and hashed by: its shape, type and bytes."""
    return array.shape, array.dtype.str, array.tobytes()


class Fixed:
    """A value that has arrays, and makes them fixed again when it is copied or comes out of a pickle."""

    __slots__ = ()

    def __reduce__(self) -> tuple["partial[Fixed]", tuple[()]]:
        return partial(type(self), **attrs.asdict(self, recurse=False)), ()  # type: ignore[arg-type]  # of classes of attrs


@attrs.frozen
class ManyAllocations(Fixed):
    """Seats of many elections; in each, seats awarded + open + vacant = seats to award. The arrays cannot be changed.

    Attributes:
        seats: elections by lists: the seats that no open lot can change.
        tied: elections by lists: whether the list is in an open lot, or in an alliance that is.
        open: by election: how many seats wait for lots; 0 where no lot is open.
        vacant: by election: seats that nobody can take.
    """

    seats: _Whole = attrs.field(converter=fixed, eq=contents)
    tied: _Mask = attrs.field(converter=fixed, eq=contents)
    open: _Whole = attrs.field(converter=fixed, eq=contents)
    vacant: _Whole = attrs.field(converter=fixed, eq=contents)

    @property
    def complete(self) -> _Mask:
        """By election, whether no lot is open."""
        return np.equal(self.open, 0)

    def __len__(self) -> int:
        return len(self.open)


def dhondt_many(
    votes: npt.ArrayLike,
    seats: npt.ArrayLike,
    *,
    alliances: Iterable[Columns] = (),
    capacity: npt.ArrayLike | None = None,
) -> ManyAllocations:
    """Distribute the seats of many elections by d'Hondt's method, exactly.

    Each election gets what ``proportional_election`` gives it, with its lots left open. Floating point is used up
    to :data:`BOUND`, where it is proven to be exact (:mod:`.many`); an election beyond it takes some thousand times
    as long. Beside the result, memory is used for a few thousand elections at a time.

    Args:
        votes: whole numbers, elections by lists. A list with no votes never wins a seat.
        seats: how many seats to award in every election, or a number for each.
        alliances: each as the columns of its lists, counted from 0, or alliances of them; the same in every election.
        capacity: the most seats of each list, by list or elections by lists. For no limit, give any number that is
            at least the seats.

    Raises:
        VoteError: an array has floats or negative numbers, or another shape; the alliances are none.

    >>> many = dhondt_many([[11, 8, 2], [100, 100, 50]], 8)
    >>> many.seats.tolist()
    [[5, 3, 0], [3, 3, 1]]
    >>> many.open.tolist(), many.tied.tolist()
    ([0, 1], [[False, False, False], [True, True, True]])
    >>> dhondt_many([[40, 34, 26]], [5], alliances=[[0, 2]]).seats.tolist()
    [[2, 2, 1]]
    >>> dhondt_many([[0.4, 0.6]], 5)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: votes is an array of float64; give whole numbers, such as [[40, 34], [38, 36]]
    """
    counts = _whole("votes", votes)
    if counts.ndim != _AXES or not counts.shape[1]:
        raise VoteError(
            "{field} has the shape {value}; give elections by lists, such as (1000, 10)",
            field="votes",
            value=counts.shape,
        )
    elections, lists = counts.shape
    to_award = _whole("seats", seats)
    if to_award.size and to_award.max() > _LARGEST:
        raise VoteError(
            "{field} is up to {value}; here they are at most {most}",
            field="seats",
            value=int(to_award.max()),
            most=_LARGEST,
        )
    if to_award.shape not in {(), (elections,)}:
        raise VoteError(
            "{field} has the shape {value}; give one number, or one for each election",
            field="seats",
            value=to_award.shape,
        )
    places = np.broadcast_to(to_award.astype(np.int64), elections)
    limits = None if capacity is None else _whole("capacity", capacity)
    if limits is not None:
        if limits.shape not in {(lists,), counts.shape}:
            raise VoteError(
                "{field} has the shape {value}; give {lists}, or {both}",
                field="capacity",
                value=limits.shape,
                lists=str((lists,)),
                both=str(counts.shape),
            )
        limits = np.broadcast_to(limits, counts.shape)
    named = _named_units(alliances, lists)
    units = tuple(map(_columns, named))
    won = np.zeros(counts.shape, np.int64)
    tied = np.zeros(counts.shape, np.bool_)
    vacant = np.zeros(elections, np.int64)
    step = max(1, _CELLS // lists)
    for begin in range(0, elections, step):
        part = slice(begin, begin + step)
        chunk = _Chunk.of(counts[part], places[part], None if limits is None else limits[part])
        vacant[part] = places[part] - chunk.distribute(units).astype(np.int64)
        won[part] = chunk.won.T
        tied[part] = chunk.tied.T
        for at in begin + np.flatnonzero(chunk.beyond):
            limit = None if limits is None else limits[at]
            won[at], tied[at], vacant[at] = _exact(counts[at], places[at], named, limit)
    return ManyAllocations(won, tied, places - vacant - won.sum(axis=1), vacant)


def _whole(field: str, numbers: npt.ArrayLike) -> _Whole:
    """Return an array of whole numbers, 0 or more.

    Numbers that no int64 has room for stay as they came; the exact path takes them.
    """
    if np.ma.is_masked(numbers):
        raise VoteError(
            "{field} has numbers that are missing (masked); fill them in, or leave those elections out", field=field
        )
    try:
        array = np.asarray(numbers)
    except ValueError:
        raise VoteError(
            "{field} has rows of different lengths; every election has the same lists", field=field
        ) from None
    if array.dtype.kind == "f" and not isinstance(numbers, np.ndarray):
        counts_or_none = np.asarray(numbers, np.object_)
        if all(
            isinstance(value, int) for value in counts_or_none.flat
        ):  # some beyond int64 and some not; numpy makes floats
            array = counts_or_none
    if array.dtype == np.object_:
        what = N_("a vote count") if field == "votes" else N_("a count")
        for at, value in np.ndenumerate(array):
            checked_count(_place(field, at), value, what=what)
        return array
    if array.size and array.dtype.kind not in "iu":
        raise VoteError(
            "{field} is an array of {dtype}; give whole numbers, such as {example}",
            field=field,
            dtype=str(array.dtype),
            example=_EXAMPLES[field],
        )
    if array.size and array.min() < 0:
        first = tuple(int(axis) for axis in np.argwhere(array < 0)[0])
        raise VoteError(
            "{field} is {value}; {what} is a whole number, {least} or more",
            field=_place(field, first),
            value=int(array[first]),
            what=_("a count"),
            least=0,
        )
    return array if array.size else array.astype(np.int64)


_EXAMPLES = {"votes": "[[40, 34], [38, 36]]", "seats": "31", "capacity": "[20, 18]"}


def _place(field: str, at: tuple[int, ...]) -> str:
    return f"{field}[{', '.join(map(str, at))}]" if at else field


def _named_units(alliances: Iterable[Columns], lists: int) -> tuple[str | Alliance, ...]:
    """Return the units by the names of their columns, checked."""
    if isinstance(alliances, str) or not isinstance(alliances, Iterable):
        raise VoteError(
            "{field} is {value}; give each as the columns of its lists, such as [[0, 2]]",
            field="alliances",
            value=alliances,
        )
    named = [_named(alliance) for alliance in alliances]
    return checked_units(named, {str(column): 0 for column in range(lists)})


def _named(member: object) -> "_Named":
    if isinstance(member, Iterable) and not isinstance(member, str):
        return [_named(inner) for inner in member]
    return str(checked_count(_("a member of an alliance"), member, what=N_("a column")))


def _columns(unit: str | Alliance) -> _Unit:
    return tuple(_columns(member) for member in unit.members) if isinstance(unit, Alliance) else int(unit)


def _leaves(unit: _Unit) -> Iterator[int]:
    if isinstance(unit, int):
        yield unit
        return
    for member in unit:
        yield from _leaves(member)


@attrs.frozen(eq=False)
class _Chunk:
    """Some elections, as columns: an array is lists by elections.

    Attributes:
        votes: the votes; 0 throughout where the election is beyond the bound.
        seats: by election, the seats to award.
        room: the most seats of each list, 0 where it has no votes; None where nothing has a limit.
        beyond: by election, whether it is beyond the bound.
        won: filled in: seats that are certain.
        tied: filled in: who is in a lot.
    """

    votes: _Float
    seats: _Float
    room: _Float | None
    beyond: _Mask
    won: _Float
    tied: _Mask

    @classmethod
    def of(cls, counts: _Whole, places: _Whole, limits: _Whole | None) -> "_Chunk":
        votes = _floats(counts)
        seats = places.astype(np.float64)
        # Sums and products of whole numbers are exact as long as they are at most 2**53; rounded ones stay above it.
        beyond = votes.sum(axis=0) * (2 * seats + len(votes)) > BOUND
        if beyond.any():
            votes[:, beyond] = 0
        room = None
        if limits is not None:
            room = np.minimum(_floats(limits), seats)
            room[votes == 0] = 0
        return cls(votes, seats, room, beyond, np.zeros(votes.shape), np.zeros(votes.shape, np.bool_))

    def distribute(self, units: tuple[_Unit, ...]) -> _Float:
        """Fill in seats and ties, and return how many seats can be taken at all by election."""
        if len(units) == len(self.votes):
            return _award(self.votes, self.seats, self.room, self.won, self.tied)
        return self._inward(units, self.seats)

    def _inward(self, members: tuple[_Unit, ...], seats: _Float) -> _Float:
        """Distribute the seats of one unit to its members, and so on inward."""
        lists = [list(_leaves(member)) for member in members]
        votes = np.stack([self.votes[columns].sum(axis=0) for columns in lists])
        room = None if self.room is None else np.stack([self.room[columns].sum(axis=0) for columns in lists])
        won, tied = np.zeros(votes.shape), np.zeros(votes.shape, np.bool_)
        places = _award(votes, seats, room, won, tied)
        for at, (member, columns) in enumerate(zip(members, lists, strict=True)):
            self.tied[columns] |= tied[at]
            if isinstance(member, int):
                self.won[member] = won[at]
            else:
                self._inward(member, won[at])
        return places


def _floats(counts: _Whole) -> _Float:
    """Return elections by lists as lists by elections, exact up to the bound and beyond it where it was."""
    if counts.dtype == np.object_:
        counts = np.minimum(counts, 2 * BOUND)
    return np.ascontiguousarray(counts.T, np.float64)


def _award(votes: _Float, seats: _Float, room: _Float | None, won: _Float, tied: _Mask) -> _Float:
    """Award the seats of one level, members by elections, into ``won`` and ``tied``; return those that can be taken."""
    total = votes.sum(axis=0)
    standing = np.count_nonzero(votes, axis=0)
    if room is None:
        places = np.where(total > 0, seats, 0)
        top, bottom = 2 * places + standing, 2 * total
    else:
        np.minimum(room, seats, out=room)
        places = np.minimum(room.sum(axis=0), seats)
        top, bottom = _common_factor(votes, places, room, 2 * places + standing, 2 * total)
    bottom[bottom == 0] = 1
    np.multiply(votes, top, out=won)
    won /= bottom
    np.floor(won, out=won)
    np.minimum(won, places if room is None else room, out=won)
    short = places - won.sum(axis=0)
    _take(votes, room, won, short, tied)
    _give_back(votes, won, short, tied)
    return places


def _take(votes: _Float, room: _Float | None, won: _Float, short: _Float, tied: _Mask) -> None:
    """Where seats are left, take the largest quotients that were left out."""
    at = np.flatnonzero(short > 0)
    while at.size:
        seats = won[:, at]
        quotients = votes[:, at] / (seats + 1)
        if room is not None:
            quotients[seats >= room[:, at]] = 0
        level = quotients == quotients.max(axis=0)
        count = np.count_nonzero(level, axis=0)
        fits = count <= short[at]
        if not fits.all():
            tied[:, at[~fits]] = level[:, ~fits]
            at, level, count, seats = at[fits], level[:, fits], count[fits], seats[:, fits]
        won[:, at] = seats + level
        short[at] -= count
        at = at[short[at] > 0]


def _give_back(votes: _Float, won: _Float, short: _Float, tied: _Mask) -> None:
    """Where too many seats were taken, give back the smallest quotients; who gives back too many draws lots."""
    at = np.flatnonzero(short < 0)
    while at.size:
        seats = won[:, at]
        with np.errstate(divide="ignore", invalid="ignore"):
            quotients = votes[:, at] / seats  # without a seat: infinite, or no number
        level = quotients == np.fmin.reduce(quotients, axis=0)
        won[:, at] = seats - level
        short[at] += np.count_nonzero(level, axis=0)
        over = short[at] > 0
        if over.any():
            tied[:, at[over]] = level[:, over]
        at = at[short[at] < 0]


def _common_factor(votes: _Float, places: _Float, room: _Float, top: _Float, bottom: _Float) -> tuple[_Float, _Float]:
    """Raise the factor, as (top, bottom), where lists that have no room for their share leave seats to the others.

    With any factor the result is the same, and exact; with this one it is soon there.
    """
    over = votes * top >= (room + 0.5) * bottom
    over &= votes > 0
    filled = room.sum(axis=0) <= places
    top[filled], bottom[filled] = places[filled], 1  # everybody gets all there is room for
    at = np.flatnonzero(over.any(axis=0) & ~filled)
    while at.size:
        full = over[:, at]
        free = (votes[:, at] > 0) & ~full
        top[at] = 2 * (places[at] - np.where(full, room[:, at], 0).sum(axis=0)) + np.count_nonzero(free, axis=0)
        bottom[at] = 2 * np.where(free, votes[:, at], 0).sum(axis=0)
        more = free & (votes[:, at] * top[at] >= (room[:, at] + 0.5) * bottom[at])
        over[:, at] |= more
        at = at[more.any(axis=0)]
    return top, bottom


def _exact(
    counts: _Whole, seats: np.int64, units: tuple[str | Alliance, ...], limits: _Whole | None
) -> tuple[list[int], list[bool], int]:
    """Answer one election by whole numbers of any size."""
    votes = FrozenDict({str(column): int(count) for column, count in enumerate(counts)})
    capacity = None if limits is None else FrozenDict({str(column): int(most) for column, most in enumerate(limits)})
    election = ProportionalCase(
        votes=votes, seats=int(seats), alliances=alliances_of(units), capacity=capacity
    ).settled(Urn())
    lists = {alliance.name: alliance.lists for alliance in every_alliance(units)}
    drawing = {name for tie in election.ties for unit in tie.among for name in lists.get(unit, (unit,))}
    return list(election.seats.values()), [name in drawing for name in votes], election.vacant
