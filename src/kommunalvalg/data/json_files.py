"""A council election as a JSON file, and back, with nothing lost."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kommunalvalg.council.election import CouncilElection
from kommunalvalg.data.paths import checked_path
from kommunalvalg.errors import DataError, ElectionError, MissingExtraError, shown

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["json_schema", "read_json", "write_json"]

_FORMAT = "kommunalvalg/council-election"
_VERSION = 1


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the files that :func:`write_json` writes.

    >>> json_schema()["properties"]["version"]
    {'const': 1}
    """
    text = (files("kommunalvalg.data") / "schema" / f"council-election-{_VERSION}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_json(election: CouncilElection, path: str | Path) -> None:
    """Write a council election to a JSON file, from which :func:`read_json` makes the same election again.

    Args:
        election: what was counted.
        path: the file, which is written anew.

    Raises:
        DataError: ``election`` is none, or the file cannot be written.
        MissingExtraError: the extra ``json`` is not installed.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import data
    >>> with TemporaryDirectory() as folder:
    ...     write_json(data.council("kv2025", "Fanø"), Path(folder) / "fanø.json")
    ...     read_json(Path(folder) / "fanø.json") == data.council("kv2025", "Fanø")
    True
    """
    if not isinstance(election, CouncilElection):
        raise DataError(f"election is {shown(election)}; give a CouncilElection")
    contents = {"format": _FORMAT, "version": _VERSION, "election": _converter().unstructure(election)}
    text = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    try:
        checked_path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}") from error


def read_json(path: str | Path) -> CouncilElection:
    """Read a council election from a JSON file of the published schema.

    Args:
        path: the file.

    Raises:
        DataError: the file cannot be read, is no JSON, of another format or version, lacks a field or has one more,
            or holds what cannot be an election; with the file's name.
        MissingExtraError: the extra ``json`` is not installed.
    """
    file = checked_path(path)
    try:
        contents = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataError(f"{file.name} is not JSON: {error}") from error
    says = contents if isinstance(contents, dict) else {}
    if (says.get("format"), says.get("version")) != (_FORMAT, _VERSION):
        raise DataError(
            f"{file.name} has format {shown(says.get('format'))} and version {shown(says.get('version'))}; "
            f"read are {_FORMAT!r} of version {_VERSION}"
        )
    try:
        return _converter().structure(says.get("election"), CouncilElection)
    except Exception as error:
        raise DataError(f"{file.name}: {_first(error)}") from error


def _first(error: Exception) -> str:
    """Say the first thing that is wrong: in our words where a value is, in those of cattrs where the shape is."""
    from cattrs import transform_error  # noqa: PLC0415 - an optional library

    inner: BaseException = error
    while isinstance(inner, BaseExceptionGroup):
        inner = inner.exceptions[0]
    return str(inner) if isinstance(inner, ElectionError) else transform_error(error, "election")[0]


@cache
def _converter() -> "Converter":
    """Give cattrs' converter for elections; our own classes check the values, so it leaves them as they are."""
    try:
        from cattrs import Converter  # noqa: PLC0415 - an optional library
        from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415 - as above
    except ImportError:
        raise MissingExtraError("JSON files of elections", "cattrs", "json") from None

    def as_it_is(value: object, _: object) -> Any:  # noqa: ANN401 - whatever stands in the file
        return value

    converter = Converter(forbid_extra_keys=True)
    for plain in (int, str):
        converter.register_structure_hook(plain, as_it_is)
    converter.register_structure_hook(
        CouncilElection,
        make_dict_structure_fn(
            CouncilElection,
            converter,
            alliances=override(struct_hook=as_it_is),
            _cattrs_forbid_extra_keys=True,
        ),
    )
    return converter
