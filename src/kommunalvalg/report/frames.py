"""The tables of a result in other libraries' hands: pandas and polars."""

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from kommunalvalg.errors import ElectionError, MissingExtraError
from kommunalvalg.report.results import rows, table_of

__all__ = ["to_frame"]

_LIBRARIES = ("pandas", "polars")


_PANDAS = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}
_POLARS = {str: "String", int: "Int64", float: "Float64", bool: "Boolean"}


def to_frame(result: object, library: str | None = None, table: str | None = None, *, lang: str = "da") -> Any:  # noqa: ANN401 - the frame of whichever library the user has
    """Give a table of a result, as :func:`.rows` has it, as a data frame; counts are whole where some are missing, too.

    Results of several councils by name make one tidy frame: of the lists, or with ``table="mandates"`` of the seats,
    with election, code, council and region in columns of their own, and always the same columns of the same kinds
    (``kommunalvalg.report.tidy.COLUMNS``).

    Args:
        result: what a method of this library returned; or name -> result of a council.
        library: "pandas" or "polars" (default: the one that is in use; else the one that is installed, pandas first).
        table: which of its tables, by key (default: the main one, which has the seats).
        lang: the language of the texts in the rows.

    Raises:
        ElectionError: it is no result, has no such table, or another library is asked for.
        MissingExtraError: the library, or neither, is installed.

    >>> from kommunalvalg import dhondt
    >>> to_frame(dhondt({"A": 11, "B": 8}, 2), "polars")["seats"].to_list()  # doctest: +SKIP
    [1, 1]
    """
    if isinstance(result, Mapping):
        return _tidy(result, library, table or "lists")
    records = rows(result, table, lang=lang)
    columns = list(records[0]) if records else [column.key for column in table_of(result, table).columns]
    series: dict[str, Any] = {key: [record[key] for record in records] for key in columns}
    frames = import_module(_library(library))
    if frames.__name__ == "pandas":
        series = {
            key: frames.array(cells, dtype="Int64") if _is_count_with_gaps(cells) else cells
            for key, cells in series.items()
        }
    return frames.DataFrame(series)


def _tidy(results: Mapping[str, object], library: str | None, table: str) -> Any:  # noqa: ANN401 - as above
    from kommunalvalg.report.tidy import COLUMNS, tidy_rows  # noqa: PLC0415 - councils, which other frames need not

    records, frames = tidy_rows(results, table), import_module(_library(library))
    columns = {key: [record[key] for record in records] for key in COLUMNS[table]}
    if frames.__name__ == "pandas":
        return frames.DataFrame(
            {key: frames.array(cells, dtype=_PANDAS[COLUMNS[table][key]]) for key, cells in columns.items()}
        )
    return frames.DataFrame(columns, schema={key: getattr(frames, _POLARS[of]) for key, of in COLUMNS[table].items()})


def _is_count_with_gaps(cells: list[object]) -> bool:
    """Say whether a column is of whole numbers of which some are missing; pandas would make floats of them."""
    return {int, type(None)} == set(map(type, cells))


def _library(library: str | None) -> str:
    if library is not None and library not in _LIBRARIES:
        raise ElectionError("{field} is {value}; a frame is of pandas or polars", field="library", value=library)
    usable = [name for name in _LIBRARIES if library in {None, name}]
    for name in sorted(usable, key=lambda name: name not in sys.modules):
        if find_spec(name):
            return name
    raise MissingExtraError("frames", " or ".join(usable), usable[0])
