"""Values as plain JSON and back: cases, lots, and whatever a result says.

A case goes by the fields of its class, whose own checks decide what a value may be. A mapping whose order matters stands
as a list of pairs, for the members of a JSON object have no order.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from functools import cache
from re import sub
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from kommunalvalg.errors import DataError
from kommunalvalg.methods.quotients import Divisors
from kommunalvalg.results import KINDS, Kind
from kommunalvalg.text import Text, said
from kommunalvalg.votes import listed, twice

__all__ = ["case_name", "classes_of", "from_plain", "schema_of", "to_plain"]

Plain = Any
"""What JSON holds: None, booleans, whole numbers, texts, lists and dicts with texts as keys."""


def case_name(case: type) -> str:
    """Give the name by which files call the class of a case.

    >>> from kommunalvalg.methods.divisor import DivisorCase
    >>> case_name(DivisorCase)
    'divisor'
    """
    return sub(r"(?<=[a-z])(?=[A-Z])", "-", case.__name__.removesuffix("Case")).lower()


# From values to plain JSON


def to_plain(value: Any, *, ordered: bool = False) -> Plain:  # noqa: ANN401 - any value of this library
    """Give a value as plain JSON.

    Args:
        value: a case, a lot, or what a result says.
        ordered: whether the order of mappings is kept, so that they become lists of pairs.

    >>> from kommunalvalg.methods.divisor import DHONDT, DivisorCase
    >>> to_plain(DivisorCase(divisors=DHONDT, votes={"A": 11, "B": 8}, seats=3), ordered=True)
    {'divisors': 'dhondt', 'votes': [['A', 11], ['B', 8]], 'seats': 3}
    """
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, Enum | Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Divisors):
        return value.name
    if isinstance(value, Text):
        return said(value)
    if isinstance(value, Mapping):
        if ordered:
            return [[to_plain(key, ordered=True), to_plain(each, ordered=True)] for key, each in value.items()]
        return {str(key): to_plain(each) for key, each in value.items()}
    if attrs.has(type(value)):
        return {name: to_plain(each, ordered=ordered) for name, each in _fields_of(value)}
    if hasattr(value, "_asdict"):  # an award
        return {name: to_plain(each, ordered=ordered) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [to_plain(each, ordered=ordered) for each in value]
    return str(value)


def _fields_of(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a value of a class of attrs
    """Give what a value was made of, without what says nothing."""
    for field in attrs.fields(type(value)):
        each = getattr(value, field.name)
        if field.init and field.repr is not False | 0 and not (each is None or each == () or each == {} or each == ""):
            yield field.alias or field.name, each
