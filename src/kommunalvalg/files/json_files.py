"""Elections and results as JSON files, and back, with nothing lost.

A file of a result is a record that can be checked: reading it holds the election again from what was given and the lots
that were drawn, and refuses the file where something else comes out than it states.
"""

import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar, overload
from unicodedata import normalize

from kommunalvalg.constitution.committees import Committees
from kommunalvalg.constitution.posts import PickingOrder
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.council.vacancies import Sitting
from kommunalvalg.errors import DataError, ElectionError, MissingExtraError, shown
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.records import KINDS, TOLD, Given, limited
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.lots import Draw
from kommunalvalg.methods.alliances import Alliance, ProportionalElection, UnitAward
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.methods.threshold import Threshold
from kommunalvalg.votes import listed, twice

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["from_json", "json_schema", "read_json", "to_json", "write_json"]

Record: TypeAlias = (
    CouncilElection
    | Allocation
    | ProportionalElection
    | Threshold
    | MajorityElection
    | CouncilResult
    | Sitting
    | KKRComposition
    | KKRChairs
    | Committees
    | PickingOrder
)
"""What a JSON file can hold."""

RecordT = TypeVar(
    "RecordT",
    CouncilElection,
    Allocation,
    ProportionalElection,
    Threshold,
    MajorityElection,
    CouncilResult,
    Sitting,
    KKRComposition,
    KKRChairs,
    Committees,
    PickingOrder,
)

_VERSION = 1
_NAMES: Mapping[type[object], str] = {
    CouncilElection: "council-election",
    **{result: kind.name for result, kind in KINDS.items()},
}
_SCHEMA = files(__package__) / "schema" / f"kommunalvalg-{_VERSION}.json"


def json_schema(kind: type[Record] = CouncilElection) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the files that :func:`write_json` writes.

    Args:
        kind: the class of what the files hold.

    Raises:
        DataError: no file can hold that.

    >>> from kommunalvalg import Allocation
    >>> json_schema()["properties"]["version"]
    {'const': 1}
    >>> json_schema(Allocation)["properties"]["format"]
    {'const': 'kommunalvalg/allocation'}
    """
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    definitions, found = schema.pop("$defs"), {}
    wanted = [_name_of(kind)]
    for name in wanted:
        if name not in found:
            found[name] = definitions[name]
            wanted += re.findall(r'"#/\$defs/([^"]+)"', json.dumps(found[name]))
    return {"$schema": schema["$schema"], **found.pop(wanted[0]), **({"$defs": found} if found else {})}


def to_json(value: Record) -> dict[str, Any]:
    """Give an election or a result as plain JSON values, from which :func:`from_json` makes it again.

    Args:
        value: what was counted, or what a method of this library returned.

    Returns:
        The contents of the file that :func:`write_json` writes, as dicts, lists, texts, whole numbers, booleans and
        None.

    Raises:
        DataError: no file can hold it; or it is not what its method gives, as after a change by hand.
        MissingExtraError: the extra ``json`` is not installed.

    >>> from kommunalvalg import dhondt
    >>> document = to_json(dhondt({"A": 11, "B": 8, "C": 2}, 9))
    >>> document["format"], document["result"]["tie"]["among"]
    ('kommunalvalg/allocation', ['B', 'C'])
    >>> document["result"]["awards"][2]
    {'number': 3, 'winner': 'A', 'votes': 11, 'divisor': '2', 'quotient': '11/2', 'by_lot': False}
    """
    document = _document(value)
    kind: Any = type(value)
    if _value(document, kind, "the result") != value:
        raise DataError(f"value is {shown(value)}; it is not what its method gives, so no file can record it")
    return document


@overload
def from_json(document: object) -> CouncilElection: ...
@overload
def from_json(document: object, kind: type[RecordT]) -> RecordT: ...
def from_json(document: object, kind: type[Any] = CouncilElection) -> Any:
    """Make an election or a result of what :func:`to_json` gave.

    Args:
        document: plain JSON values.
        kind: the class of what they hold, such as ``Allocation``.

    Raises:
        DataError: as for :func:`read_json`.
        MissingExtraError: the extra ``json`` is not installed.

    >>> from kommunalvalg import Allocation, dhondt
    >>> result = dhondt({"A": 11, "B": 8, "C": 2}, 9)
    >>> from_json(to_json(result), Allocation) == result
    True
    """
    return _value(document, kind, "the document")


def write_json(value: Record, path: str | Path) -> None:
    """Write an election or a result to a JSON file, from which :func:`read_json` makes it again.

    Args:
        value: what was counted, or what a method of this library returned.
        path: the file, which is written anew.

    Raises:
        DataError: as for :func:`to_json`, or the file cannot be written.
        MissingExtraError: the extra ``json`` is not installed.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import data
    >>> with TemporaryDirectory() as folder:
    ...     write_json(data.council("kv2025", "Fanø"), Path(folder) / "fanø.json")
    ...     read_json(Path(folder) / "fanø.json") == data.council("kv2025", "Fanø")
    True
    """
    text = json.dumps(to_json(value), ensure_ascii=False, indent=1) + "\n"
    try:
        checked_path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}") from error


@overload
def read_json(path: str | Path) -> CouncilElection: ...
@overload
def read_json(path: str | Path, kind: type[RecordT]) -> RecordT: ...
def read_json(path: str | Path, kind: type[Any] = CouncilElection) -> Any:
    """Read an election or a result from a JSON file of the published schema.

    A result is computed again from what was given and the lots that were drawn, and held against what the file states.

    Args:
        path: the file.
        kind: the class of what it holds, such as ``Allocation``.

    Raises:
        DataError: the file cannot be read, is no JSON, of another format or version, lacks a field or has one more,
            holds what cannot be an election, or states another result than comes out; with the file's name.
        MissingExtraError: the extra ``json`` is not installed.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import Allocation, dhondt
    >>> with TemporaryDirectory() as folder:
    ...     write_json(dhondt({"A": 11, "B": 8, "C": 2}, 8), Path(folder) / "seats.json")
    ...     read_json(Path(folder) / "seats.json", Allocation).seats
    {'A': 5, 'B': 3, 'C': 0}
    """
    file = checked_path(path)
    try:
        document = json.loads(
            file.read_bytes().decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name} is not JSON: byte {error.start + 1} is not UTF-8") from error
    except ValueError as error:
        raise DataError(f"{file.name} is not JSON: {error}") from error
    except RecursionError:
        raise DataError(f"{file.name} is nested too deeply; no election is") from None
    return _value(document, kind, file.name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"the key {shown(twice([key for key, _ in pairs]))} stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


# From a value to plain JSON values


def _name_of(kind: object) -> str:
    if isinstance(kind, type) and kind in _NAMES:
        return _NAMES[kind]
    raise DataError(f"kind is {shown(kind)}; {_kinds()}")


def _kinds() -> str:
    return f"files hold {', '.join(kind.__name__ for kind in _NAMES)}"


@cache
def _writer() -> str:
    return f"kommunalvalg {version('kommunalvalg')}"


def _document(value: object) -> dict[str, Any]:
    """Give a value as plain JSON values, without asking whether it is what its method gives."""
    if type(value) not in _NAMES:
        raise DataError(f"value is {shown(value)}; {_kinds()}")
    contents: dict[str, object] = {"format": f"kommunalvalg/{_NAMES[type(value)]}", "version": _VERSION}
    if isinstance(value, CouncilElection):
        contents["election"] = value
    else:
        kind = KINDS[type(value)]
        contents |= {
            "written_by": _writer(),
            "given": kind.given(value),
            "draws": kind.draws(value),
            "result": value,
        }
    try:
        # What json makes of our mappings, tuples and enumerations are plain values.
        text = json.dumps(_converter().unstructure(contents), ensure_ascii=False)
        plain: dict[str, Any] = json.loads(text.encode())
    except ElectionError:
        raise
    except ValueError as error:  # a number of thousands of digits, or half a letter
        raise DataError(f"value cannot be written as JSON: {error}") from error
    return plain


# And back


def _value(document: object, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - what the kind says
    """Make the value that a document holds, and hold it against the document."""
    wanted = f"kommunalvalg/{_name_of(kind)}"
    if not isinstance(document, dict):
        raise DataError(f"{name} holds {shown(document)}; the whole is one JSON object")
    if document.get("format") != wanted or document.get("version") != _VERSION:
        raise DataError(
            f"{name} has format {shown(document.get('format'))} and version {shown(document.get('version'))}; "
            f"{kind.__name__} is read from format {wanted!r} of version {_VERSION}"
        )
    try:
        value = _held(document, kind)
        stated, computed = _composed(document), _composed(_document(value))
    except MissingExtraError:
        raise
    except RecursionError:
        raise DataError(f"{name} is nested too deeply; no election is") from None
    except ElectionError as error:
        raise DataError(f"{name}: {error}{_by(document)}") from error
    written_by = stated.get("written_by")
    if isinstance(written_by, str) and re.fullmatch(r"kommunalvalg \S+", written_by):
        computed["written_by"] = written_by
    difference = next(iter(_differences(stated, computed, "")), None)
    if difference is not None:
        field, states, comes = difference
        states = "missing" if states is _NOTHING else shown(states)
        comes = "nothing" if comes is _NOTHING else shown(comes)
        source = "computed is" if field.startswith("result") else "the library writes"
        raise DataError(f"{name}: {field} is {states}; {source} {comes}{_by(document)}")
    return value


def _held(document: dict[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401 - what the kind says
    """Hold the election of a document again; an election that was only counted is taken as it is."""
    if kind is CouncilElection:
        return _structured(document, "election", CouncilElection)
    its = KINDS[kind]
    shape = its.shape
    if isinstance(shape, Mapping):
        found = document.get("given")
        method = found.get("method") if isinstance(found, dict) else None
        if not isinstance(method, str) or method not in shape:
            raise DataError(f"given.method is {shown(method)}; the methods are {listed(shape)}")
        shape = shape[method]
    given: Given[Any] = _structured(document, "given", shape)
    return given.settled(_structured(document, "draws", tuple[Draw, ...]))


def _structured(document: dict[str, Any], field: str, shape: Any) -> Any:  # noqa: ANN401 - what the shape says
    """Read a field of a document into its class."""
    converter = _converter()
    from cattrs.v import format_exception, transform_error  # noqa: PLC0415 - an optional library

    def wrong(error: BaseException, type_: type | None) -> str:
        return "not an object" if isinstance(error, AttributeError) else format_exception(error, type_)

    try:
        return converter.structure(document.get(field), shape)
    except Exception as error:
        inner: BaseException = error
        while isinstance(inner, BaseExceptionGroup):
            inner = inner.exceptions[0]
        if isinstance(inner, ElectionError | RecursionError):  # ours says all; the other ends the reading
            raise inner from error
        raise DataError(transform_error(error, field, wrong)[0]) from error


def _composed(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Bring every text to composed form (NFC), as names are when they are read."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        found = {_composed(key): _composed(each) for key, each in value.items()}
        if len(found) != len(value):
            raise DataError(f"{listed(map(str, value))}: two of these are one name in two spellings")
        return found
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


def _by(document: dict[str, Any]) -> str:
    """Say which version wrote the file, where it is another than this."""
    writer = document.get("written_by")
    return "" if writer in (None, _writer()) else f" (written by {shown(writer)}, read by {_writer()!r})"


@cache
def _converter() -> "Converter":
    """Give cattrs' converter; our own classes and functions check the values, so it leaves them as they are."""
    try:
        from cattrs import Converter  # noqa: PLC0415 - an optional library
        from cattrs.gen import (  # noqa: PLC0415 - as above
            make_dict_structure_fn,
            make_dict_unstructure_fn,
            override,
        )
    except ImportError:
        raise MissingExtraError("JSON files of elections", "cattrs", "json") from None

    def as_it_is(value: object, _: object) -> Any:  # noqa: ANN401 - whatever stands in the file
        return value

    def fraction(value: object, _: object) -> Fraction:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4000}(/[1-9][0-9]{0,3999})?", value):
            return Fraction(value)
        raise DataError(f"a share is {shown(value)}; it is a text such as '1/50'")

    def member(value: object, _: object) -> Any:  # noqa: ANN401 - as above
        return converter.structure(value, Alliance) if isinstance(value, dict) else value

    def won(award: Any) -> Any:  # noqa: ANN401 - as above
        return converter.unstructure({**award._asdict(), "divisor": str(award.divisor)})

    converter = Converter(forbid_extra_keys=True)
    for plain in (int, str):
        converter.register_structure_hook(plain, as_it_is)
    converter.register_structure_hook(Fraction, fraction)
    converter.register_structure_hook(str | Alliance, member)
    converter.register_structure_hook(
        CouncilElection,
        make_dict_structure_fn(
            CouncilElection,
            converter,
            alliances=override(struct_hook=as_it_is),
            _cattrs_forbid_extra_keys=True,
        ),
    )
    # What a draw settled is computed again, and is in no file; the seed is.
    tie, seed = override(omit=True), override(struct_hook=as_it_is)
    converter.register_structure_hook(
        Draw, make_dict_structure_fn(Draw, converter, tie=tie, seed=seed, _cattrs_forbid_extra_keys=True)
    )
    converter.register_unstructure_hook(Draw, make_dict_unstructure_fn(Draw, converter, tie=tie, seed=seed))
    converter.register_unstructure_hook(Fraction, str)
    for award in (Award, UnitAward):
        converter.register_unstructure_hook(award, won)
    for result, names in TOLD.items():
        converter.register_unstructure_hook(result, _teller(converter, names))
    return converter


def _teller(converter: "Converter", names: tuple[str, ...]) -> Any:  # noqa: ANN401 - a hook of cattrs
    def tell(result: Any) -> dict[str, Any]:  # noqa: ANN401 - a class of TOLD
        if "awards" in names:
            limited("seats", sum(result.seats.values()))
        return {name: converter.unstructure(getattr(result, name)) for name in names}

    return tell
