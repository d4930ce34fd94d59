"""Elections and results as JSON files, and back, with nothing lost.

A file of a result is a record that can be checked: it has the case, the lots that were drawn and what came out.
Reading it settles the case again with those lots, and refuses the file where something else comes out than it states.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar, overload

import attrs

from kommunalvalg.council.election import CouncilElection
from kommunalvalg.errors import DataError, ElectionError, MissingExtraError, shown
from kommunalvalg.files import first_version
from kommunalvalg.files.json_text import parsed
from kommunalvalg.files.paths import checked_path, content_of
from kommunalvalg.files.plain import (
    Plain,
    case_name,
    from_plain,
    schema_of,
    seats_above,
    tagged_schemas,
    to_plain,
)
from kommunalvalg.files.writing import write_whole, writing
from kommunalvalg.lots import Draw, settle
from kommunalvalg.results import KINDS, Result, ResultKind, kind_of
from kommunalvalg.text import Field, Word, composed
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["from_json", "json_schema", "read_json", "to_json", "told", "write_json"]

RecordT = TypeVar("RecordT")

_VERSION = 2
_ELECTION = "council-election"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOST = 100_000
"""A file tells every seat. That it has no more of them keeps a reader from working without end."""


def json_schema(kind: type[Any] = CouncilElection) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the files that :func:`write_json` writes, made from the classes.

    Args:
        kind: the class of what is in the files.

    Raises:
        DataError: no file can hold that.

    >>> from kommunalvalg import Allocation
    >>> json_schema()["properties"]["version"]
    {'const': 2}
    >>> json_schema(Allocation)["properties"]["format"]
    {'const': 'kommunalvalg/allocation'}
    """
    definitions: dict[str, Plain] = {}
    properties: dict[str, Plain] = {
        "format": {"const": f"kommunalvalg/{_name_of(kind)}"},
        "version": {"const": _VERSION},
        "written_by": {"type": "string"},
    }
    if kind is CouncilElection:
        properties["case"] = schema_of(CouncilElection, definitions)
    else:
        ways = _kind(kind).case_classes
        cases = tagged_schemas(ways, definitions)
        properties |= {
            "case": cases[0] if len(cases) == 1 else {"oneOf": cases},
            "draws": schema_of(tuple[Draw, ...], definitions),
            "law": {"type": ["integer", "string", "null"]},
            "result": {"type": "object"},
        }
    return {
        "$schema": _DIALECT,
        "type": "object",
        "required": [name for name in properties if name != "law"],
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def to_json(value: object) -> dict[str, Any]:
    """Give an election or a result as plain JSON values, from which :func:`from_json` makes it again.

    Args:
        value: what was counted, or what a method of this library returned.

    Returns:
        The contents of the file that :func:`write_json` writes, as dicts, lists, texts, whole numbers, booleans and
        None.

    Raises:
        DataError: no file can contain it; or it is not what its method gives, as after a change by hand.

    >>> from kommunalvalg import dhondt
    >>> document = to_json(dhondt({"A": 11, "B": 8, "C": 2}, 9))
    >>> document["format"], document["result"]["tie"]["among"]
    ('kommunalvalg/allocation', ['B', 'C'])
    >>> document["result"]["awards"][2]
    {'number': 3, 'winner': 'A', 'votes': 11, 'divisor': 2, 'quotient': '11/2', 'by_lot': False}
    """
    document = _document(value)
    kind: Any = type(value)
    if _value(document, kind, _("the result")) != value:
        raise DataError(
            "{field} is {value}; it is not what its method gives, so no file can record it", field="value", value=value
        )
    return document


@overload
def from_json(document: object) -> CouncilElection: ...
@overload
def from_json(document: object, kind: type[RecordT]) -> RecordT: ...
def from_json(document: object, kind: type[Any] = CouncilElection) -> Any:
    """Make an election or a result of what :func:`to_json` gave.

    Args:
        document: plain JSON values.
        kind: the class of what is in them, such as ``Allocation``.

    Raises:
        DataError: as for :func:`read_json`.

    >>> from kommunalvalg import Allocation, dhondt
    >>> result = dhondt({"A": 11, "B": 8, "C": 2}, 9)
    >>> from_json(to_json(result), Allocation) == result
    True
    """
    return _value(document, kind, _("the document"))


def write_json(value: object, path: str | Path) -> None:
    """Write an election or a result to a JSON file, from which :func:`read_json` makes it again.

    Args:
        value: what was counted, or what a method of this library returned.
        path: the file, which is written anew.

    Raises:
        DataError: as for :func:`to_json`, or the file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import data
    >>> with TemporaryDirectory() as folder:
    ...     write_json(data.council("kv2025", "Fanø"), Path(folder) / "fanø.json")
    ...     read_json(Path(folder) / "fanø.json") == data.council("kv2025", "Fanø")
    True
    """
    text = json.dumps(to_json(value), ensure_ascii=False, indent=1) + "\n"
    with writing(path):
        write_whole(checked_path(path), text.encode())


@overload
def read_json(path: str | Path) -> CouncilElection: ...
@overload
def read_json(path: str | Path, kind: type[RecordT]) -> RecordT: ...
def read_json(path: str | Path, kind: type[Any] = CouncilElection) -> Any:
    """Read an election or a result from a JSON file of the published schema.

    A result is computed again from its case and the lots that were drawn, and held against what the file states. Files
    of the first version are read too.

    Args:
        path: the file.
        kind: the class of what is in it, such as ``Allocation``.

    Raises:
        DataError: the file cannot be read, is no JSON, of another format or a later version, lacks a field or has one
            more, has what cannot be an election, or states another result than comes out; with the file's name.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import Allocation, dhondt
    >>> with TemporaryDirectory() as folder:
    ...     write_json(dhondt({"A": 11, "B": 8, "C": 2}, 8), Path(folder) / "seats.json")
    ...     read_json(Path(folder) / "seats.json", Allocation).seats
    {'A': 5, 'B': 3, 'C': 0}
    """
    file = checked_path(path)
    return _value(parsed(content_of(file), file.name), kind, file.name)


# From a value to plain JSON values


def _kind(result_class: object) -> ResultKind:
    """Give the kind of a class of results."""
    for kind in KINDS.values():
        if isinstance(result_class, type) and kind.describes(result_class):
            if kind.cases:
                return kind
            raise DataError(
                "no file holds {value}: what it rests on can be of any program; report.rows and report.to_frame give "
                "its tables",
                field="kind",
                value=kind.name,
            )
    names = [case_name(CouncilElection), *(kind.name for kind in KINDS.values() if kind.cases)]
    raise DataError("{field} is {value}; files hold {names}", field="kind", value=result_class, names=", ".join(names))


def _name_of(kind: object) -> str:
    return _ELECTION if kind is CouncilElection else _kind(kind).name


@cache
def _writer() -> str:
    return f"kommunalvalg {version('kommunalvalg')}"


def told(result: Result) -> dict[str, Any]:
    """Give what a result says as plain JSON: its fields without what it rests on, and the facts that its kind names.

    >>> from kommunalvalg import dhondt
    >>> told(dhondt({"A": 11, "B": 8}, 2))["seats"]
    {'A': 1, 'B': 1}
    """
    names = [field.name for field in attrs.fields(_class(result)) if not field.name.startswith("_")]
    names = [name for name in (*names, *kind_of(result).facts) if name not in {"case", "draws", "warnings"}]
    return {name: _plain_fact(getattr(result, name)) for name in names}


def _class(result: Result) -> type[attrs.AttrsInstance]:
    return type(result)  # type: ignore[return-value]  # every kind of result is a class of attrs


def _plain_fact(value: object) -> Plain:
    """Give one thing that a result says; a result in it says its own."""
    if isinstance(value, Result):
        return told(value)
    if isinstance(value, Mapping):
        return {str(key): _plain_fact(each) for key, each in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_asdict"):
        return [_plain_fact(each) for each in value]
    return to_plain(value)


def _document(value: Any) -> dict[str, Any]:  # noqa: ANN401 - an election or a result
    """Give a value as plain JSON values, without asking whether it is what its method gives."""
    name = _name_of(type(value))
    contents: dict[str, object] = {"format": f"kommunalvalg/{name}", "version": _VERSION, "written_by": _writer()}
    try:
        contents |= _parts(value)
        plain: dict[str, Any] = json.loads(json.dumps(contents, ensure_ascii=False).encode())
    except ElectionError:
        raise
    except ValueError as error:  # a number of thousands of digits, or half a letter
        raise DataError("{field} cannot be written as JSON: {why}", field="value", why=str(error)) from error
    return plain


def _parts(value: Any) -> dict[str, object]:  # noqa: ANN401 - an election or a result
    """Give the case, the draws, the law and what came out."""
    if isinstance(value, CouncilElection):
        return {"case": to_plain(value, ordered=True)}
    case = to_plain(value.case, ordered=True)
    _hold_small(case)
    if len(_kind(type(value)).cases) > 1:
        case = {"case": case_name(type(value.case)), **case}
    law = {} if value.law is None else {"law": to_plain(value.law)}
    return {"case": case, "draws": [_drawn(draw) for draw in value.draws], **law, "result": told(value)}


def _drawn(draw: Draw) -> Plain:
    """Give a draw; what it settled is computed again, and is in no file."""
    return to_plain(attrs.evolve(draw, tie=None), ordered=True)


def _hold_small(case: Plain) -> None:
    """Hold that a file does not hold more seats than anybody elects, before they are written or distributed."""
    if found := seats_above(case, _MOST):
        raise DataError("{field} is {value}; a file holds at most {most}", field=found[0], value=found[1], most=_MOST)


# And back


def _value(document: object, kind: type[Any], name: Field) -> Any:  # noqa: ANN401 - what the kind says
    """Make the value that a document holds, and hold it against the document."""
    wanted = f"kommunalvalg/{_name_of(kind)}"
    if not isinstance(document, dict):
        raise DataError("{field} holds {value}; the whole is one JSON object", field=name, value=document)
    form, number = document.get("format"), document.get("version")
    of = KINDS.get(form.removeprefix("kommunalvalg/")) if isinstance(form, str) and form != wanted else None
    if of is not None:
        raise DataError(
            "{field} has format {form}, which is read as {other}; {kind} is read from format {wanted}",
            field=name,
            value=form,
            form=shown(form),
            other=of.result_class.__name__,
            kind=kind.__name__,
            wanted=repr(wanted),
        )
    if form != wanted or type(number) is not int or not 1 <= number <= _VERSION:
        raise DataError(
            "{field} has format {form} and version {number}; {kind} is read from format {wanted}, versions 1 to {last}",
            field=name,
            value=number,
            form=shown(form),
            number=shown(number),
            kind=kind.__name__,
            wanted=repr(wanted),
            last=_VERSION,
        )
    try:
        stated = _composed(document)
        if number == 1:
            value = _settled(first_version.as_of_today(stated, _name_of(kind)), kind)
            _hold_first(stated, value, name)
            return value
        value = _settled(stated, kind)
        computed = _composed(_document(value))
    except MissingExtraError:
        raise
    except RecursionError:
        raise DataError("{field} is nested too deeply; no election is", field=name) from None
    except ElectionError as error:
        raise DataError("{field}: {error}{by}", field=name, error=error.text, by=_by(document)) from error
    written_by = stated.get("written_by")
    if isinstance(written_by, str) and re.fullmatch(r"kommunalvalg \S+", written_by):
        computed["written_by"] = written_by
    if "law" not in stated:  # not everything that rests on dated law always said so
        computed.pop("law", None)
    _hold_same(stated, computed, name, _by(document))
    return value


def _hold_first(document: Mapping[str, Any], value: Any, name: Field) -> None:  # noqa: ANN401 - a result
    """Hold a result against what a file of the first version states of it."""
    if isinstance(value, Result):
        for field, states, comes in first_version.stated(document, told(value)):
            _hold_same({field: states}, {field: comes}, name, _by(document))


def _hold_same(stated: object, computed: object, name: Field, by: Word) -> None:
    """Refuse a file that states something else than comes out."""
    difference = next(iter(_differences(stated, computed, "")), None)
    if difference is None:
        return
    field, states, comes = difference
    raise DataError(
        "{field}: {where} is {states}; computed is {comes}{by}",
        field=name,
        where=field,
        states=_("missing") if states is _NOTHING else shown(states),
        comes=_("nothing") if comes is _NOTHING else shown(comes),
        by=by,
    )


def _settled(document: Mapping[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401 - what the kind says
    """Settle the case of a document again; an election that was only counted is taken as it is."""
    if kind is CouncilElection:
        return from_plain(document.get("case"), CouncilElection)
    classes = _kind(kind).case_classes
    case: Any = document.get("case")
    _hold_small(case)
    if len(classes) > 1:
        named = {case_name(each): each for each in classes}
        tag = case.get("case") if isinstance(case, dict) else None
        if not isinstance(tag, str) or tag not in named:
            raise DataError(
                "{field} is {value}; it is one of {names}", field="case.case", value=tag, names=listed(named, tag)
            )
        case, classes = {key: each for key, each in case.items() if key != "case"}, (named[tag],)
    return settle(from_plain(case, classes[0]), from_plain(document.get("draws"), tuple[Draw, ...], "draws"))


def _composed(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Bring every text to composed form (NFC), as names are when they are read."""
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, dict):
        made = {_composed(key): _composed(each) for key, each in value.items()}
        if len(made) != len(value):
            raise DataError("{names}: two of these are one name in two spellings", names=listed(map(str, value)))
        return made
    return [_composed(each) for each in value] if isinstance(value, list) else value


_NOTHING = object()


def _differences(stated: object, computed: object, field: str) -> Iterable[tuple[str, object, object]]:
    """Give where two JSON values differ, each with the field, and what the one and the other say."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        for key in dict.fromkeys([*computed, *stated]):
            name = f"{field}.{key}" if str(key).isidentifier() else f"{field}[{key!r}]"
            yield from _differences(stated.get(key, _NOTHING), computed.get(key, _NOTHING), name.removeprefix("."))
    elif isinstance(stated, list) and isinstance(computed, list):
        for at, (one, other) in enumerate(zip_longest(stated, computed, fillvalue=_NOTHING)):
            yield from _differences(one, other, f"{field}[{at}]")
    elif type(stated) is not type(computed) or stated != computed:
        yield field, stated, computed


def _by(document: Mapping[str, Any]) -> Word:
    """Say which version wrote the file, where it is another than this."""
    writer = document.get("written_by")
    if writer in (None, _writer()):
        return ""
    return _(" (written by {writer}, read by {reader})", writer=shown(writer), reader=repr(_writer()))
