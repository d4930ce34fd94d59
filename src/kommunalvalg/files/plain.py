"""Values as plain JSON and back: cases, lots, and whatever a result says.

A case goes by the fields of its class, whose own checks decide what a value may be. A mapping whose order matters
stands as a list of pairs, for the members of a JSON object have no order; reading takes either.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from re import sub
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs

from kommunalvalg.errors import DataError
from kommunalvalg.methods.quotients import DIVISORS, Divisors
from kommunalvalg.text import Text, Texts, like
from kommunalvalg.votes import listed, twice

__all__ = ["Plain", "case_name", "from_plain", "schema_of", "seats_above", "tagged_schemas", "to_plain"]

Plain: TypeAlias = Any
"""What JSON has: None, booleans, whole numbers, texts, lists and dicts with texts as keys."""


def case_name(case: type) -> str:
    """Give the name by which files call the class of a case.

    >>> from kommunalvalg.methods.divisor import DivisorCase
    >>> case_name(DivisorCase)
    'divisor'
    """
    return sub(r"(?<=[a-z])(?=[A-Z])", "-", case.__name__.removesuffix("Case")).lower()


_OF_SEATS = {
    *("bodies", "by_office", "committees", "members", "municipalities"),
    *("others", "places", "posts", "seats", "size", "sizes"),
}
"""Fields that say how many seats there are: an answer tells each of them, and a file each quotient that won one."""


def seats_above(plain: Plain, most: int, field: str = "") -> tuple[str, int] | None:
    """Find a field that says of more seats than there may be, however deep it is; with its number.

    Args:
        plain: a question, or the case of a file.
        most: the most seats, posts or places.
        field: the field in which it stands, where that says how many seats there are.

    >>> seats_above({"committees": [["Teknik", 10**9]], "groups": {"a": 10**10}}, 100)
    ('committees', 1000000000)
    """
    if isinstance(plain, Mapping):
        found = (seats_above(each, most, key if key in _OF_SEATS else field) for key, each in plain.items())
    elif isinstance(plain, list | tuple):
        found = (seats_above(each, most, field) for each in plain)
    else:
        return (field, plain) if field and isinstance(plain, int) and plain > most else None
    return next(filter(None, found), None)


# From values to plain JSON


def to_plain(value: Any, *, ordered: bool = False) -> Plain:  # noqa: ANN401, PLR0911 - one line a kind of value
    """Give a value as plain JSON.

    Args:
        value: a case, a lot, or what a result says.
        ordered: whether the order of mappings is kept, so that they become lists of pairs.

    >>> from kommunalvalg.methods.divisor import DHONDT, DivisorCase
    >>> to_plain(DivisorCase(divisors=DHONDT, votes={"A": 11, "B": 8}, seats=3), ordered=True)
    {'votes': [['A', 11], ['B', 8]], 'seats': 3, 'divisors': 'dhondt'}
    """
    if isinstance(value, Mapping):
        if ordered:
            return [[str(key), to_plain(each, ordered=True)] for key, each in value.items()]
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, Divisors):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum | Fraction | Text | Texts):
        return str(value)
    if attrs.has(type(value)):
        return {name: _tagged(each, shape, ordered=ordered) for name, shape, each in _made_of(value, briefly=ordered)}
    if hasattr(value, "_asdict"):  # an award
        return {name: to_plain(each, ordered=ordered) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [to_plain(each, ordered=ordered) for each in value]
    return value


def _tagged(value: object, shape: Any, *, ordered: bool) -> Plain:  # noqa: ANN401 - what the shape says
    """Give the value of a field, which says what it is where it can be of several classes."""
    plain = to_plain(value, ordered=ordered)
    if ordered and isinstance(plain, dict) and len(_classes(get_args(shape))) > 1:
        return {"case": case_name(type(value)), **plain}
    return plain


def _made_of(value: Any, *, briefly: bool) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - a value of a class of attrs
    """Give the fields that a value was made of, and their types; briefly, without those that have their default."""
    kind: Any = type(value)
    for name, field in _fields(kind).items():
        each = getattr(value, field.name)
        if not (briefly and _by_itself(field, each)):
            yield name, field.type, each


def _by_itself(field: "attrs.Attribute[Any]", value: object) -> bool:
    """Tell whether a field has its default; no counts at all are as none given."""
    default = field.default
    made = getattr(default, "factory", None)
    if made is not None:
        default = made()
    return bool(value == default) or (default is None and isinstance(value, Mapping) and not value)


# And back


def from_plain(document: Plain, shape: Any, field: str = "case") -> Any:  # noqa: ANN401 - what the shape says
    """Make a value of plain JSON, whose class checks it.

    Args:
        document: what a file or a question has.
        shape: the class of the value, or another type that a field of a class may have.
        field: where it stands, for the message.

    Raises:
        DataError: something is missing, has no such field, or stands twice.
        ElectionError: what the classes refuse.

    >>> from kommunalvalg.methods.divisor import DivisorCase
    >>> from_plain({"divisors": "dhondt", "votes": {"A": 11, "B": 8}, "seats": 3}, DivisorCase).votes
    {'A': 11, 'B': 8}
    >>> from_plain({"divisors": "dhondt", "vote": {"A": 11}}, DivisorCase)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: case.vote is unknown; was votes meant?
    """
    origin, inside = get_origin(shape), get_args(shape)
    if origin in {Union, UnionType}:
        return _one_of(document, inside, field)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: from_plain(each, inside[1], f'{field}["{key}"]') for key, each in _pairs(document, field)}
    if origin is tuple and isinstance(document, list):
        shapes = inside[:1] * len(document) if inside[1:] == (...,) else inside
        if len(shapes) == len(document):
            return tuple(
                from_plain(each, one, f"{field}[{at}]")
                for at, (each, one) in enumerate(zip(document, shapes, strict=True))
            )
    if attrs.has(shape) and not (shape is Divisors and isinstance(document, str)):
        return _made(document, shape, field)
    if shape is Fraction and isinstance(document, str):
        return _fraction(document, field)
    return document


def _one_of(document: Plain, shapes: tuple[Any, ...], field: str) -> Any:  # noqa: ANN401 - what the shapes say
    """Read what may be of several types by what it looks like."""
    classes = _classes(shapes)
    if isinstance(document, dict) and classes:
        named = {case_name(each): each for each in classes}
        if len(classes) == 1:
            return _made(document, classes[0], field)
        tag = document.get("case")
        if not isinstance(tag, str) or tag not in named:
            raise DataError(
                "{field} is {value}; it is one of {names}", field=f"{field}.case", value=tag, names=listed(named, tag)
            )
        return _made({key: each for key, each in document.items() if key != "case"}, named[tag], field)
    for each in shapes:
        origin = get_origin(each)
        if isinstance(document, list) and origin is tuple:
            return from_plain(document, each, field)
        if isinstance(document, list | dict) and isinstance(origin, type) and issubclass(origin, Mapping):
            return from_plain(document, each, field)
    if isinstance(document, str) and Fraction in shapes:
        return _fraction(document, field)
    if classes and document is not None and type(document) not in shapes:
        raise DataError("{field} is {value}; it is an object", field=field, value=document)
    return document


def _classes(shapes: Iterable[Any]) -> list[type]:
    """Give the classes of attrs among some types."""
    return [each for each in shapes if attrs.has(each)]


def _pairs(document: Plain, field: str) -> list[tuple[str, Plain]]:
    """Read a mapping that stands as an object or as a list of pairs."""
    if isinstance(document, dict):
        return list(document.items())
    if not isinstance(document, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in document):  # noqa: PLR2004 - a pair
        raise DataError(
            "{field} is {value}; it is an object, or a list of pairs such as [['A', 12]]", field=field, value=document
        )
    names = [pair[0] for pair in document]
    if not all(isinstance(name, str) for name in names):
        raise DataError("{field} is {value}; the first of each pair is a name", field=field, value=document)
    if (again := twice(names)) is not None:
        raise DataError("{field} names {value} twice", field=field, value=again)
    return [(name, each) for name, each in document]


def _made(document: Plain, shape: type, field: str) -> Any:  # noqa: ANN401 - what the shape says
    """Make a value of a class from an object with its fields."""
    if not isinstance(document, dict):
        raise DataError("{field} is {value}; it is an object", field=field, value=document)
    fields = _fields(shape)
    for key in document:
        if key not in fields:
            near = like(str(key), fields)
            if near:
                raise DataError("{field} is unknown; was {near} meant?", field=f"{field}.{key}", near=near[0])
            raise DataError("{field} is unknown; known are {fields}", field=f"{field}.{key}", fields=listed(fields))
    for key, each in fields.items():
        if each.default is attrs.NOTHING and key not in document:
            raise DataError("{field} is missing", field=f"{field}.{key}")
    parts = {key: from_plain(each, fields[key].type, f"{field}.{key}") for key, each in document.items()}
    made = shape(**parts)  # which says best what is wrong, where it looks
    for key, value in parts.items():
        if fields[key].converter is None and not _is(value, fields[key].type):  # nobody else would see it
            raise DataError("{field} is {value}; it does not belong there", field=f"{field}.{key}", value=document[key])
    return made


def _is(value: object, shape: Any) -> bool:  # noqa: ANN401 - what the shape says
    """Tell whether a value is of a plain type, or of one of several; of others it is not said here."""
    origin, inside = get_origin(shape), get_args(shape)
    if origin in {Union, UnionType}:
        return any(_is(value, each) for each in inside)
    if origin is tuple:
        return isinstance(value, tuple) and all(_is(each, inside[0]) for each in value if inside[1:] == (...,))
    if shape in {int, str, bool}:
        return type(value) is shape
    return value is None if shape is type(None) else value is not None


@cache
def _fields(shape: type) -> dict[str, "attrs.Attribute[Any]"]:
    """Give the fields that a class is made of by what they are called then, with their types as types."""
    attrs.resolve_types(shape)
    return {str(each.alias): each for each in attrs.fields(shape) if each.init}


def _fraction(text: str, field: str) -> Fraction:
    top, slash, bottom = text.partition("/")
    digits = (top.removeprefix("-"), bottom if slash else "1")
    if not all(part.isascii() and part.isdigit() and len(part) <= 4000 for part in digits) or not int(digits[1]):  # noqa: PLR2004 - digits that Python reads
        raise DataError('{field} is {value}; a share is a text such as "1/50"', field=field, value=text)
    return Fraction(int(top), int(digits[1]))


# The schema


def schema_of(shape: Any, definitions: dict[str, Plain]) -> Plain:  # noqa: ANN401, PLR0911 - one line a kind of type
    """Give the JSON Schema of what :func:`from_plain` reads, made from the types of the class.

    Args:
        shape: the class of a value, or another type that a field may have.
        definitions: the schemas of the classes by name, to which those that are met are added.

    >>> schema_of(tuple[str, ...], {})
    {'type': 'array', 'items': {'type': 'string'}}
    """
    origin, inside = get_origin(shape), get_args(shape)
    if origin in {Union, UnionType}:
        classes = _classes(inside)
        others = [schema_of(each, definitions) for each in inside if each not in classes]
        return {"anyOf": [*tagged_schemas(classes, definitions), *others]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        value = schema_of(inside[1], definitions)
        pair = _of_length([{"type": "string"}, value])
        return {"anyOf": [{"type": "array", "items": pair}, {"type": "object", "additionalProperties": value}]}
    if origin is tuple:
        if inside[1:] != (...,):
            return _of_length([schema_of(each, definitions) for each in inside])
        return {"type": "array", "items": schema_of(inside[0], definitions)}
    if shape is Divisors:
        return {"enum": list(DIVISORS)}
    if attrs.has(shape):
        return _class_schema(shape, definitions)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return {"enum": [str(each.value) for each in shape]}
    return next(
        ({"type": name} for plain, name in _JSON.items() if shape is plain), {} if shape is Any else {"type": "string"}
    )


def tagged_schemas(classes: Sequence[type], definitions: dict[str, Plain]) -> list[Plain]:
    """Give the schemas of classes of which a value is one; of several, each says in "case" which it is."""
    schemas = [schema_of(each, definitions) for each in classes]
    if len(classes) == 1:
        return schemas
    plain = {case_name(each): definitions[case_name(each)] for each in classes}
    return [
        {
            **schema,
            "required": ["case", *schema["required"]],
            "properties": {"case": {"const": name}, **schema["properties"]},
        }
        for name, schema in plain.items()
    ]


def _of_length(items: list[Plain]) -> Plain:
    """Give the schema of a list with so many items, each of its own kind."""
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


_JSON = {str: "string", bool: "boolean", int: "integer", type(None): "null"}


def _class_schema(shape: type, definitions: dict[str, Plain]) -> Plain:
    name = case_name(shape)
    if name not in definitions:
        definitions[name] = {}  # a class may have values of its own kind
        fields = _fields(shape)
        definitions[name] = {
            "type": "object",
            "required": [key for key, each in fields.items() if each.default is attrs.NOTHING],
            "additionalProperties": False,
            "properties": {key: schema_of(each.type, definitions) for key, each in fields.items()},
        }
    return {"$ref": f"#/$defs/{name}"}
