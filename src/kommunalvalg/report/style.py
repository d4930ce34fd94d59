"""How a picture is to look, where not as by itself: the order of the lists, colours, size, dots an inch, ground."""

import re
from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Entry
from kommunalvalg.votes import checked_count, checked_names

__all__ = ["PLAIN", "Style"]

CM = 2.54


def _order(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("order", names) if names else ()


def _colours(colours: Mapping[str, str]) -> FrozenDict[str, str]:
    for name, colour in colours.items():
        if not isinstance(colour, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            raise VoteError(
                "{field} is {value}; a colour is written as {example}",
                field=Entry("colours", name),
                value=colour,
                example="#D4004E",
            )
    return FrozenDict(colours)


def _dpi(dpi: int) -> int:
    return checked_count("dpi", dpi, what=N_("a number of dots"), least=1)


def _size(size: tuple[float, float] | None) -> tuple[float, float] | None:
    if size is None:
        return None
    sides = tuple(size)
    if len(sides) != 2 or not all(isinstance(side, int | float) and 1 <= side <= _WIDEST for side in sides):  # noqa: PLR2004 - width and height
        raise VoteError(
            "{field} is {value}; give width and height in centimetres, such as {example}",
            field="size",
            value=size,
            example="(16, 9)",
        )
    return sides


_WIDEST = 200


@attrs.frozen(kw_only=True)
class Style:
    """How a picture is to look.

    Args:
        order: the lists from left to right, or from the top; those that are not named come after, as they stand.
        colours: list -> colour, as "#D4004E"; the others keep theirs.
        size: width and height in centimetres; None for what suits the picture.
        dpi: dots an inch, of a picture of dots.
        transparent: whether the ground can be seen through.

    Raises:
        VoteError: a name or a colour is none, or a number will not do.

    >>> Style(order=["Ø", "A"], colours={"Ø": "#aa0000"}, size=(16, 9), dpi=300).inches
    (6.299212598425196, 3.543307086614173)
    >>> Style(colours={"A": "red"})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: colours["A"] is 'red'; a colour is written as #D4004E
    """

    order: tuple[str, ...] = attrs.field(default=(), converter=_order)
    colours: FrozenDict[str, str] = attrs.field(factory=FrozenDict, converter=_colours)
    size: tuple[float, float] | None = attrs.field(default=None, converter=_size)
    dpi: int = attrs.field(default=150, converter=_dpi)
    transparent: bool = False

    @property
    def inches(self) -> tuple[float, float] | None:
        """The size in inches, as the library that draws takes it."""
        return None if self.size is None else (self.size[0] / CM, self.size[1] / CM)

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Give names in the order that is asked for.

        Raises:
            VoteError: one that is asked for is not there.
        """
        there = list(names)
        first = checked_names("order", self.order, known=dict.fromkeys(there, 0), among="lists") if self.order else ()
        return [*first, *(name for name in there if name not in first)]


PLAIN = Style()
"""The look that pictures have by themselves."""
