"""How a picture is to look, as the options of the command line say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kommunalvalg.cli.options import allied
from kommunalvalg.errors import DataError, VoteError
from kommunalvalg.files.fields import column_of, line_of, name_in
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.text_files import rows_of
from kommunalvalg.report.style import Style
from kommunalvalg.votes import look

__all__ = ["look_of"]

_LISTS = ("list", "liste", "party", "parti", "letter", "bogstav")
_COLOURS = ("colour", "color", "farve")


def look_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give what draws a picture, and in which style.

    Raises:
        ElectionError: an option, or the file of colours, cannot be read.
    """
    looks: dict[str, Any] = {"transparent": bool(options.get("plot_transparent"))}
    if options.get("plot_order"):
        looks["order"] = allied(options["plot_order"])
    if options.get("plot_colours"):
        looks["colours"] = _read_colours(checked_path(options["plot_colours"]))
    if options.get("plot_size"):
        looks["size"] = _size(options["plot_size"])
    if options.get("plot_dpi") is not None:
        looks["dpi"] = options["plot_dpi"]
    return {"style": Style(**looks), "picture": _drawing(options.get("plot_kind"))}


def _drawing(kind: str | None) -> Any:  # noqa: ANN401 - a function that draws
    if kind is None:
        return None
    from kommunalvalg.report import half_circle, quotient_race, votes_bars  # noqa: PLC0415 - an optional library

    return {"seats": half_circle, "bars": votes_bars, "race": quotient_race}[kind]


def _size(text: str) -> tuple[float, float]:
    sides = text.lower().replace("×", "x").replace(",", ".").split("x")
    try:
        width, height = map(float, sides)
    except ValueError:
        raise VoteError(
            "{field} is {value}; give width and height in centimetres, such as {example}",
            field="--plot-size",
            value=text,
            example="16x9",
        ) from None
    return width, height


def _read_colours(file: Path) -> dict[str, str]:
    """Read the colours of lists from a table with two columns."""
    rows = rows_of(file, "utf-8")
    line, header = next(rows, (1, []))
    headings = [look(heading).casefold() for heading in header]
    name_at, colour_at = column_of(file, line, headings, _LISTS), column_of(file, line, headings, _COLOURS)
    colours: dict[str, str] = {}
    for line, row in rows:
        name = name_in(file, line, row[name_at])
        if name in colours:
            raise DataError("{field}: {name} stands here again", field=line_of(file, line), name=name)
        colours[name] = row[colour_at].strip()
    return colours
