"""Hypothesis strategies for the tests of programs that use this library.

Votes are biased to small and round numbers, so that ties, which a test most needs to see, come often. This is the
only module that needs `Hypothesis <https://hypothesis.readthedocs.io>`_, and nothing else imports it.

>>> from hypothesis import given
>>> from kommunalvalg import dhondt, testing
>>> @given(testing.votes(), testing.seats())
... def test_every_seat_is_accounted_for(votes, seats):
...     result = dhondt(votes, seats)
...     places = result.tie.places if result.tie else 0
...     assert sum(result.seats.values()) + places + result.vacant == seats
>>> test_every_seat_is_accounted_for()
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias
from unicodedata import normalize

from hypothesis import strategies as st

from kommunalvalg.lots import Draw, Drawn, Tie

__all__ = ["Nested", "alliances", "capacity", "draws", "held", "lots", "names", "seats", "votes"]
__dir__ = __all__.copy

Nested: TypeAlias = list["str | Nested"]
"""The members of an alliance: lists by name, and alliances inside it."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
_MOST_NAMES = 30
_MOST_VOTES = 10**30
_MOST_SEATS = 60
_FEW = 12


def names(*, least: int = 1, most: int = _MOST_NAMES) -> st.SearchStrategy[list[str]]:
    """Give different names in composed form (NFC): mostly letters of the ballot, some of any text.

    No name has a "+", by which alliances without a name of their own are called.

    Args:
        least: the fewest names.
        most: the most names.

    >>> from hypothesis import find
    >>> find(names(), lambda found: "Å" in found and len(found) == 3).count("Å")
    1
    """
    letter = st.sampled_from(_LETTERS)
    text = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="+"), min_size=1, max_size=6)
    return st.lists(letter | text.map(_composed), min_size=least, max_size=most, unique=True)


def _composed(text: str) -> str:
    return normalize("NFC", text)


@st.composite
def votes(
    draw: st.DrawFn,
    among: Iterable[str] | None = None,
    *,
    least_names: int = 1,
    most_names: int = _MOST_NAMES,
    most_votes: int = _MOST_VOTES,
) -> dict[str, int]:
    """Give votes by name: nearly equal, few, these times a common number, or anything up to ``most_votes``.

    Args:
        draw: given by Hypothesis.
        among: the names (default: any names, from ``least_names`` to ``most_names``).
        least_names: the fewest names.
        most_names: the most names.
        most_votes: the most votes of a name.

    >>> from hypothesis import find
    >>> from kommunalvalg import dhondt
    >>> tied = find(votes(), lambda counts: dhondt(counts, 1).tie is not None)
    >>> sorted(tied.values())[-2:] == [max(tied.values())] * 2
    True
    """
    lists = list(among) if among is not None else draw(names(least=least_names, most=most_names))
    limits = draw(st.sampled_from([(1, 2), (0, _FEW), (0, most_votes)]))
    count = st.integers(*(min(limit, most_votes) for limit in limits))
    counts = draw(st.lists(count, min_size=len(lists), max_size=len(lists)))
    largest = max(counts, default=0)
    scale = draw(st.just(1) | st.integers(1, max(1, most_votes // max(1, largest))))
    return {name: count * scale for name, count in zip(lists, counts, strict=True)}


def seats(*, most: int = _MOST_SEATS) -> st.SearchStrategy[int]:
    """Give a number of seats, from none to ``most``.

    >>> from hypothesis import find
    >>> find(seats(most=9), lambda number: number > 8)
    9
    """
    return st.integers(0, min(_FEW, most)) | st.integers(0, most)


def held(among: Iterable[str], *, most: int = _FEW) -> st.SearchStrategy[dict[str, int]]:
    """Give seats held by some of the names, each up to ``most``.

    >>> from hypothesis import find
    >>> find(held("AB"), lambda had: had.get("B", 0) >= 2)["B"]
    2
    """
    return st.fixed_dictionaries({}, optional={name: st.integers(0, most) for name in among})


def capacity(
    among: Iterable[str], *, held: Mapping[str, int] | None = None, most: int = _FEW
) -> st.SearchStrategy[dict[str, int]]:
    """Give capacities of some of the names, each at least what it has and at most ``most`` more.

    >>> from hypothesis import find
    >>> find(capacity("AB", held={"B": 3}), lambda limits: "B" in limits)["B"]
    3
    """
    had = held or {}
    limits = {name: st.integers(had.get(name, 0), had.get(name, 0) + most) for name in among}
    return st.fixed_dictionaries({}, optional=limits)


@st.composite
def alliances(draw: st.DrawFn, among: Iterable[str], *, depth: int = 3) -> list[Nested]:
    """Give alliances between some of the names: lists of names, and of alliances inside, up to ``depth`` deep.

    Each name is in at most one. An alliance may be of one list, and there may be none at all.

    >>> from hypothesis import find
    >>> found = find(alliances("ABC"), lambda units: any(isinstance(unit[0], list) for unit in units))
    >>> isinstance(found[0], list)
    True
    """
    pool = draw(st.permutations(list(among)))
    return [member for member in _members(draw, pool, depth) if isinstance(member, list)]


def _members(draw: st.DrawFn, pool: Sequence[str], depth: int) -> Nested:
    """Cut names into groups, some of which become alliances."""
    members: Nested = []
    while pool:
        cut = draw(st.integers(1, len(pool)))
        group, pool = pool[:cut], pool[cut:]
        if depth and draw(st.booleans()):
            members.append(_members(draw, group, depth - 1))
        else:
            members.extend(group)
    return members


def draws(tie: Tie) -> st.SearchStrategy[Draw]:
    """Give the ways in which a lot can fall.

    >>> from hypothesis import find
    >>> find(draws(Tie(1, ("A", "B"))), lambda draw: "B" in draw.chosen)
    Draw(among=('A', 'B'), chosen=('B',))
    """
    return st.permutations(tie.among).map(
        lambda order: Draw(tie.among, [name for name in tie.among if name in order[: tie.places]])
    )


@st.composite
def lots(draw: st.DrawFn, compute: Callable[[Sequence[Draw]], Drawn]) -> list[Draw]:
    """Give draws that settle every lot of a computation, those that other lots open included.

    Args:
        draw: given by Hypothesis.
        compute: the result under given draws.

    >>> from hypothesis import find
    >>> from kommunalvalg import dhondt
    >>> def hold(drawn):
    ...     return dhondt({"A": 100, "B": 100}, 1, lots=drawn)
    >>> hold(find(lots(hold), lambda drawn: True)).complete
    True
    """
    drawn: list[Draw] = []
    while (tie := compute(drawn).tie) is not None:
        drawn.append(draw(draws(tie)))
    return drawn
