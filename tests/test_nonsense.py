"""A case that is built by hand of nonsense is refused as the functions refuse it, in every field of every class."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, get_args

import attrs
import pytest
from kinds import every_result

from kommunalvalg import DataError, ElectionError, VoteError, settle
from kommunalvalg.evening.given import CommitteePlan, Member
from kommunalvalg.methods.quotients import Divisors
from kommunalvalg.results import KINDS, Result

Path: TypeAlias = tuple[Any, ...]
"""The way to a value inside a case: the names of fields, keys of mappings, places in tuples."""

NONSENSE: tuple[object, ...] = (
    None,
    True,
    2.0,
    -3,
    10**30,
    "",
    "\n",
    b"x",
    (),
    {},
    object(),
    [None],
    [1],
    ["a", "a"],
    [["A", None]],
    {"A": -1},
    {"A": None},
    {1: 2},
    float("nan"),
)

AS_LONG_AS_ASKED = {("SimulationCase", "n"), ("SampleCase", "size"), ("Poll", "sample")}
"""Class and field of numbers of draws, which take as long as they say."""


def values(value: object, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give every value of a class of attrs that is in a case, with the way to it; a result in it made itself."""
    if isinstance(value, Result):
        return
    inner: list[tuple[Any, object]] = []
    if attrs.has(type(value)):
        yield path, value
        fields: Any = attrs.fields_dict(type(value))  # type: ignore[arg-type]  # a class of attrs
        inner = [(name, getattr(value, name)) for name, field in fields.items() if field.init]
    elif isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, tuple):
        inner = list(enumerate(value))
    for name, each in inner:
        yield from values(each, (*path, name))


def put(value: Any, path: Path, new: object) -> Any:  # noqa: ANN401 - a value of any kind
    """Give a value with another one inside it."""
    if not path:
        return new
    first, *rest = path
    if isinstance(value, Mapping):
        return {**value, first: put(value[first], tuple(rest), new)}
    if isinstance(value, tuple):
        return tuple(put(each, tuple(rest), new) if at == first else each for at, each in enumerate(value))
    alias = attrs.fields_dict(type(value))[first].alias or first
    return attrs.evolve(value, **{alias: put(getattr(value, first), tuple(rest), new)})


def found() -> dict[type, tuple[Any, Path, Any]]:
    """Give one value of each class that stands in a case, with the case and the way to it there."""
    first: dict[type, tuple[Any, Path, Any]] = {}
    for case in filter(None, (getattr(each, "case", None) for each in every_result())):
        for path, value in values(case):
            if type(value) not in first or not path:
                first[type(value)] = (case, path, value)
    return first


FOUND = found()


@pytest.mark.parametrize("kind", FOUND, ids=lambda kind: kind.__name__)
def test_nonsense_in_a_field_is_refused(kind: type) -> None:
    """Whatever stands in a field, a result comes of it, or an error of ours that says which field it is."""
    case, path, value = FOUND[kind]
    unsaid = []
    for field in attrs.fields(kind):
        for nonsense in NONSENSE if field.init else ():
            try:
                made = put(case, path, attrs.evolve(value, **{field.alias or field.name: nonsense}))
                if (kind.__name__, field.name) not in AS_LONG_AS_ASKED:
                    settle(made)
            except ElectionError as error:
                unsaid += [] if error.field else [(field.name, nonsense)]
    assert unsaid == []


def named(shape: object) -> Iterator[type]:
    """Give the classes of attrs that a type names."""
    if isinstance(shape, type) and attrs.has(shape):
        yield shape
    for each in get_args(shape):
        yield from named(each)


def test_every_class_of_every_case_is_tried() -> None:
    """No class of cases, and none of the values that cases hold, is left out."""
    waiting = [case for kind in KINDS.values() for case in kind.case_classes]
    met: set[type] = set()
    while waiting:
        each = waiting.pop()
        if each not in met:
            met.add(each)
            fields = attrs.fields(attrs.resolve_types(each))
            waiting += [kind for field in fields if field.init for kind in named(field.type)]
    assert {kind.__name__ for kind in met - FOUND.keys()} == set()


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (Member, {"name": "m1", "list": "A", "served": 2.0}, "served is 2.0; a count is a whole number, 0 or more"),
        (CommitteePlan, {"name": "1", "seats": 7, "takers": ["a", None]}, "takers 2 is None; it is a text"),
        (CommitteePlan, {"name": "1", "seats": 7, "takers": "ab"}, "takers is 'ab'; it is a list"),
        (CommitteePlan, {"name": "1", "seats": 7, "agreed": {"a": -1}}, 'agreed["a"] is -1; a count is a whole number'),
        (CommitteePlan, {"name": "1", "seats": 1000}, "seats is 1000; a meeting counts 999 at most"),
        (Divisors, {"name": "x", "title": "X", "step": 0}, "step is 0; a count is a whole number, 1 or more"),
        (Divisors, {"name": "x", "title": "X", "series": 2}, "series is 2; it is a function of seats"),
    ],
)
def test_an_error_says_what_would_be_right(kind: type, fields: dict[str, object], message: str) -> None:
    """It names the field, the place in it, and the value."""
    with pytest.raises((VoteError, DataError)) as caught:
        kind(**fields)
    assert str(caught.value).startswith(message)
