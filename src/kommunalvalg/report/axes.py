"""What the pictures by matplotlib have in common: the axes to draw on, lanes with bars in them, what stands above."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kommunalvalg.errors import MissingExtraError
from kommunalvalg.report.counted import counted_of
from kommunalvalg.report.looks import INK, Look
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.text import Texts, Word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["LITERAL", "bar", "beside", "canvas", "lanes", "matplotlib", "open_at", "titled"]

LITERAL: dict[str, Any] = {"parse_math": False}
"""How names are drawn: what stands between two dollars is no mathematics."""


def canvas(ax: "Axes | Figure | None", size: tuple[float, float], style: Style = PLAIN) -> "Axes":
    """Give the axes to draw on; new ones have the size that is asked for, else the one that suits the picture."""
    if ax is None:
        ax = matplotlib("pyplot").figure(layout="constrained")
    from matplotlib.figure import Figure  # noqa: PLC0415 - an optional library

    if not isinstance(ax, Figure):
        return ax
    ax.set_size_inches(style.inches or size)
    return ax.subplots()


def matplotlib(module: str) -> Any:  # noqa: ANN401 - an optional library's module
    """Import a module of the library that draws.

    Raises:
        MissingExtraError: the extra ``plot`` is not installed.
    """
    try:
        return import_module(f"matplotlib.{module}")
    except ImportError:
        raise MissingExtraError("pictures", "matplotlib", "plot") from None


def titled(result: object, *lines: Word) -> Texts:
    """Give what stands above a picture, and how far the votes are counted, where they are not finally."""
    counted = counted_of(result)
    return Texts([*lines, "" if counted is None else counted.text], "\n")


def open_at(axes: "Axes", *sides: str) -> None:
    """Draw no frame at some sides."""
    for side in sides:
        axes.spines[side].set_visible(False)


def lanes(axes: "Axes", names: list[str]) -> None:
    """Lay out a lane for each name, the first above."""
    axes.set_yticks(range(len(names)), names, **LITERAL)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    open_at(axes, "top", "right")


def bar(axes: "Axes", lane: int, width: float, look: Look, begin: float = 0) -> None:
    """Draw a bar in a lane."""
    axes.barh(lane, width, left=begin, color=look.colour, edgecolor=INK, hatch=look.hatch, linewidth=0.6, height=0.7)


def beside(axes: "Axes", text: str, at: float, lane: int, dots: int = 6, **how: Any) -> None:  # noqa: ANN401 - matplotlib's
    """Write what stands beside a bar, so many dots from its end."""
    axes.annotate(text, (at, lane), (dots, 0), textcoords="offset points", va="center", **how)
