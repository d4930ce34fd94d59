"""Fields that hold what their types say: whatever is put into one is brought to its type, or refused by its name.

A text is taken in composed form (NFC), so that a name has one spelling wherever it stands.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Entry, Field, Texts, composed
from kommunalvalg.votes import checked_choice, checked_count, hold_apart

__all__ = ["checked_kind", "typed"]

KindT = TypeVar("KindT")


def typed(_class: type, fields: list[Any]) -> list[Any]:
    r"""Hold every field of a class to its type; given to attrs as its ``field_transformer``.

    A converter that a field has goes before.

    >>> import attrs
    >>> @attrs.frozen(kw_only=True, field_transformer=typed)
    ... class Plan:
    ...     seats: int
    ...     persons: tuple[str, ...] = ()
    >>> Plan(seats=3, persons=["m1"])
    Plan(seats=3, persons=('m1',))
    >>> Plan(seats=3, persons=["m1", None])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: persons 2 is None; it is a text
    >>> Plan(seats=3, persons=["A\u030age"]).persons[0] == "Åge"
    True
    """
    return [each.evolve(converter=_of_type(each)) if each.init and not each.inherited else each for each in fields]


def _of_type(field: Any) -> Callable[[object], object]:  # noqa: ANN401 - an attribute of attrs
    name, first = field.alias or field.name, field.converter
    return lambda value: _taken(name, first(value) if first else value, field.type)


def checked_kind(field: Field, value: object, kind: type[KindT]) -> KindT:
    """Return a value of a class.

    Raises:
        VoteError: it is of another.

    >>> checked_kind("kkr", None, FrozenDict)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: kkr is None; give a FrozenDict
    """
    if not isinstance(value, kind):
        raise VoteError("{field} is {value}; give a {kind}", field=field, value=value, kind=kind.__name__)
    return value


def _taken(field: Field, value: Any, shape: Any) -> Any:  # noqa: ANN401, PLR0911 - one line a kind of type
    """Bring a value to a type, or refuse it."""
    origin, inside = get_origin(shape), get_args(shape)
    if origin in {Union, UnionType}:
        return _one_of(field, value, inside)
    if origin is tuple:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            raise VoteError("{field} is {value}; it is a list", field=field, value=value)
        return tuple(_taken(Texts([field, at]), each, inside[0]) for at, each in enumerate(value, start=1))
    if origin is not None:
        named = _by_name(field, value)
        return FrozenDict({name: _taken(Entry(field, name), each, inside[1]) for name, each in named.items()})
    if shape is int:
        return checked_count(field, value)
    if issubclass(shape, StrEnum):
        return checked_choice(field, value, shape)
    if shape not in _PLAIN:
        return checked_kind(field, value, shape)
    if not isinstance(value, shape):
        raise VoteError(_PLAIN[shape], field=field, value=value)
    return composed(value) if isinstance(value, str) else value


def _by_name(field: Field, value: object) -> Mapping[str, object]:
    """Return a mapping of name to anything, with every name composed and none there twice."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise VoteError("{field} is {value}; give a mapping that begins with names", field=field, value=value)
    named = {composed(name): each for name, each in value.items()}
    hold_apart(field, value, named)
    return named


_PLAIN = {str: N_("{field} is {value}; it is a text"), bool: N_("{field} is {value}; it is true or false")}


def _one_of(field: Field, value: object, shapes: tuple[Any, ...]) -> Any:  # noqa: ANN401 - what the types say
    """Bring a value to the first of several types that takes it, or refuse it as the last does."""
    if value is None and NoneType in shapes:
        return None
    *others, last = [shape for shape in shapes if shape is not NoneType]
    for shape in others:
        with suppress(ElectionError):
            return _taken(field, value, shape)
    return _taken(field, value, last)
