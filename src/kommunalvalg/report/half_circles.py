"""The council as a half circle, a disc for each seat: by matplotlib, and as SVG without a library that draws."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, singledispatch
from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs

from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.parties import PARTIES
from kommunalvalg.errors import ElectionError
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.report.axes import LITERAL, canvas, titled
from kommunalvalg.report.counted import as_far_as_counted, counted_of
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.looks import INK, Look, coloured, looks_of, parties_of, party_letter
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.report.wording import council_title, numbered
from kommunalvalg.text import N_, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_counts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "SeatsShown",
    "half_circle",
    "half_circle_svg",
    "half_circle_text",
    "seat_places",
    "seats_shown",
    "seats_styled",
    "unfilled",
]

# What it shows


@attrs.frozen
class SeatsShown:
    """What a half circle shows: seats by name, names in full, looks, and what is not filled."""

    title: Word
    seats: Mapping[str, int]
    names: Mapping[str, str]
    looks: Mapping[str, Look]
    open: int = 0
    vacant: int = 0

    @property
    def total(self) -> int:
        """All seats, those that are not filled too."""
        return sum(self.seats.values()) + self.open + self.vacant

    @property
    def discs(self) -> list[tuple[str, Look | None]]:
        """What stands in each disc from left to right, and its look; None for a seat that is not filled."""
        filled = [(name, self.looks[name]) for name, number in self.seats.items() for _place in range(number)]
        return [*filled, *[("?", None)] * self.open, *[("–", None)] * self.vacant]


def seats_styled(seats: SeatsShown, style: Style) -> SeatsShown:
    """Give seats the order and the colours that are asked for."""
    order = style.ordered(seats.seats)
    shown = {name: seats.seats[name] for name in order}
    return attrs.evolve(seats, seats=shown, looks=coloured(seats.looks, style))


def _party_names(names: Iterable[str]) -> dict[str, str]:
    return {name: PARTIES[name].name if name in PARTIES else "" for name in names}


@singledispatch
def seats_shown(result: object) -> SeatsShown:
    """Say what a half circle shows of a result.

    Raises:
        ElectionError: it has no seats.
    """
    if not isinstance(result, Mapping):
        raise ElectionError(
            "{value} has no seats; give a result of this library, or a mapping of name to seats",
            field="result",
            value=result,
        )
    seats = checked_counts(result, "seats", what=N_("a number of seats"))
    return SeatsShown("", seats, {}, looks_of(seats, party_letter))


@seats_shown.register
def _council_seats(result: CouncilResult) -> SeatsShown:
    election = result.election
    names = {key: a_list.name for key, a_list in election.by_key.items()}
    title = council_title(election)
    open_seats = result.proportional.open
    return SeatsShown(title, result.seats, names, looks_of(names, parties_of(result)), open_seats, result.vacant)


@seats_shown.register
def _kkr_seats(result: KKRComposition) -> SeatsShown:
    looks = looks_of(result.members, party_letter)
    places = result.tie.places if result.tie else 0
    names = _party_names(result.members)
    return SeatsShown(_("Composition of a KKR"), result.members, names, looks, places, result.vacant)


@seats_shown.register
def _allocation_seats(result: Allocation) -> SeatsShown:
    places = result.tie.places if result.tie else 0
    return SeatsShown("", result.seats, {}, looks_of(result.seats, party_letter), places, result.vacant)


@seats_shown.register
def _proportional_seats(result: ProportionalElection) -> SeatsShown:
    return SeatsShown("", result.seats, {}, looks_of(result.seats, party_letter), result.open, result.vacant)


# By matplotlib


def half_circle(
    result_or_seats: object, ax: "Axes | Figure | None" = None, *, lang: str = "da", style: Style = PLAIN
) -> "Axes":
    """Draw a council as a half circle, a disc for each seat with its list's letter, in the order of the ballot.

    Args:
        result_or_seats: a council, a KKR, a distribution of seats, or a mapping of name to seats, whose order is then
            the order from left to right.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        lang: "da" or "en".
        style: how it is to look.

    Raises:
        ElectionError: it has no seats.
        VoteError: the order names a list that is not there.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> ax = half_circle({"A": 5, "B": 4}, lang="en")
    >>> len(ax.patches)
    9
    """
    say = language(lang)
    seats = seats_styled(seats_shown(result_or_seats), style)
    axes = canvas(ax, (8, 5.4), style)
    if not seats.total:
        raise ElectionError("there are no seats to draw; a half circle shows at least one")
    radius, places = seat_places(seats.total)
    axes.set_xlim(-1.17, 1.17)
    axes.set_ylim(-0.17, 1.17)
    axes.set_aspect("equal")
    axes.set_axis_off()
    size = radius * axes.get_window_extent().width / 2.34 * 72 / axes.figure.dpi
    for place, (name, look) in zip(places, seats.discs, strict=True):
        _draw_disc(axes, place, radius, look)
        _letter_disc(axes, place, name, size, look or _HOLLOW)
    axes.text(0, 0.04, str(seats.total), ha="center", va="bottom", fontsize=26, fontweight="bold")
    axes.text(0, 0.02, say(_("seats")), ha="center", va="top", fontsize=10)
    _legend_of_lists(axes, seats, say)
    if title := say(titled(result_or_seats, seats.title)):
        axes.set_title(title, **LITERAL)
    return axes


_HOLLOW = Look("#FFFFFF")


def _draw_disc(axes: "Axes", place: tuple[float, float], radius: float, look: Look | None) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415 - an optional library

    if look is None:
        disc = Circle(place, radius, facecolor=_HOLLOW.colour, edgecolor=INK, linestyle="--", linewidth=0.6)
    else:
        edge = INK if look.hatch else look.colour
        disc = Circle(place, radius, facecolor=look.colour, edgecolor=edge, hatch=look.hatch, linewidth=0.6)
    axes.add_patch(disc)


def _letter_disc(axes: "Axes", place: tuple[float, float], name: str, size: float, look: Look) -> None:
    box = {"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"} if look.hatch else None
    size *= _lettering(name)
    axes.text(*place, name, ha="center", va="center_baseline", fontsize=size, color=look.ink, bbox=box, **LITERAL)


def _lettering(name: str) -> float:
    """Say how large the letters in a disc are, as a part of its radius."""
    return min(1.0, 2.2 / max(len(name), 1))


def _legend_of_lists(axes: "Axes", seats: SeatsShown, say: Language) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - an optional library

    entries = [
        (f"{name} {seats.names.get(name, '')}".strip() + f": {number}", seats.looks[name])
        for name, number in seats.seats.items()
        if number
    ]
    entries += [(say(_("decided by lot: {count}", count=seats.open)), _HOLLOW)] if seats.open else []
    entries += [(say(_("vacant: {count}", count=seats.vacant)), _HOLLOW)] if seats.vacant else []
    handles = [Patch(facecolor=look.colour, edgecolor=INK, hatch=look.hatch, linewidth=0.6) for _label, look in entries]
    longest = max(len(label) for label, _look in entries)
    legend = axes.legend(
        handles,
        [label for label, _look in entries],
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=2 if longest > 24 else 4,  # noqa: PLR2004 - so many signs fit thrice
        frameon=False,
        fontsize=9,
    )
    for label in legend.get_texts():
        label.set(**LITERAL)


# Where the discs stand


_WIDEST = 0.3
"""No disc is wider than this, the half circle's radius being 1."""


@cache
def seat_places(total: int) -> tuple[float, tuple[tuple[float, float], ...]]:
    """Place so many discs in rows of a half circle, from left to right, as large as they can be; give their radius.

    The rows and the innermost radius are those that leave the discs most room, the fewest rows first.
    """
    ways = [(rows, Fraction(inner, 20)) for rows in range(1, 10) for inner in range(15, 6, -1)]
    width, _rows, radii, taken = max(
        (
            (min(_room(radii, taken), _WIDEST), -rows, radii, taken)
            for rows, inner in ways
            for radii in [[float(inner + (1 - inner) * row / (rows - 1)) if rows > 1 else 1.0 for row in range(rows)]]
            for taken in [_shared(total, radii)]
        ),
        key=lambda way: way[:2],
    )
    placed = [
        (pi * (1 - (n / (number - 1) if number > 1 else 0.5)), radius)
        for radius, number in zip(radii, taken, strict=True)
        for n in range(number)
    ]
    placed.sort(key=lambda place: (-round(place[0], 6), place[1]))
    return 0.45 * width, tuple([(radius * cos(angle), radius * sin(angle)) for angle, radius in placed])


def _shared(total: int, radii: Sequence[float]) -> list[int]:
    """Share the discs between the rows by their lengths."""
    exact = [total * radius / sum(radii) for radius in radii]
    taken = [int(number) for number in exact]
    for row in sorted(range(len(radii)), key=lambda row: taken[row] - exact[row])[: total - sum(taken)]:
        taken[row] += 1
    return taken


def _room(radii: Sequence[float], taken: Sequence[int]) -> float:
    """Say how wide discs can be: no wider than the way to the next in the row, nor than to the next row."""
    along = [pi * radius / max(number - 1, 1) for radius, number in zip(radii, taken, strict=True)]
    across = [outer - inner for inner, outer in pairwise(radii)]
    return min(along + across)


# As SVG

_WIDTH = 480
_LINE = 16
_FREE = {"fill": "none", "stroke": "currentColor", "stroke-dasharray": "3 3"}


def half_circle_svg(result: object, lang: str = "da") -> str:
    """Draw a council as a half circle, a disc for each seat with its list's letter, in the order of the ballot.

    The discs stand where :func:`.half_circle` has them. What is written on no disc takes the colour of the text around.

    Args:
        result: a council, a KKR, a distribution of seats, or a mapping of name to seats.
        lang: "da" or "en".

    Returns:
        The picture, with words for who does not see it; empty where there is no seat.

    Raises:
        ElectionError: it has no seats.

    >>> half_circle_svg({"A": 5, "B": 4}, "en").count("<circle")
    9
    """
    say, seats = language(lang), seats_shown(result)
    if not seats.total:
        return ""
    radius, places = seat_places(seats.total)
    counted = counted_of(result)
    height = round(_WIDTH * 1.34 / 2.34) + (_LINE if counted else 0)
    words = say(as_far_as_counted(result, half_circle_text(result)))
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "role": "img",
            "aria-label": words,
            "font-family": "system-ui, sans-serif",
            "text-anchor": "middle",
        },
    )
    ET.SubElement(root, "title").text = words
    scale = _WIDTH / 2.34
    for (x, y), (name, look) in zip(places, seats.discs, strict=True):
        at = {"x": f"{_WIDTH / 2 + x * scale:.1f}", "y": f"{(1.17 - y) * scale:.1f}"}
        disc = {"cx": at["x"], "cy": at["y"], "r": f"{radius * scale:.1f}"}
        paint = {"fill": look.colour, **({"stroke": INK} if look.hatch else {})} if look else _FREE
        ET.SubElement(root, "circle", {**disc, **paint})
        size = radius * scale * _lettering(name)
        ink = look.ink if look else "currentColor"
        ET.SubElement(root, "text", {**at, "dy": "0.35em", "font-size": f"{size:.1f}", "fill": ink}).text = name
    foot = 1.17 * scale
    middle = f"{_WIDTH / 2:.0f}"
    number = {"x": middle, "y": f"{foot - 8:.0f}", "font-size": "34", "font-weight": "bold", "fill": "currentColor"}
    ET.SubElement(root, "text", number).text = str(seats.total)
    unit = {"x": middle, "y": f"{foot + 10:.0f}", "font-size": "14", "fill": "currentColor"}
    ET.SubElement(root, "text", unit).text = say(_("seats"))
    if counted is not None:
        below = {"x": middle, "y": f"{height - 4}", "font-size": "13", "fill": "currentColor"}
        ET.SubElement(root, "text", below).text = say(counted.text)
    return ET.tostring(root, encoding="unicode")


# In words


def half_circle_text(result: object) -> Texts:
    """Say in words what a half circle shows."""
    seats = seats_shown(result)
    each = numbered({name: number for name, number in seats.seats.items() if number})
    said = _("A half circle of {total} seats: {seats}.", total=seats.total, seats=each)
    return Texts([said, unfilled(seats.open, seats.vacant)])


def unfilled(waiting: int, vacant: int) -> Texts:
    """Say how many seats wait for a lot, and how many nobody can take; nothing where there are none."""
    said = [_("{count} of them wait for a lot.", count=waiting)] if waiting else []
    said += [_("{count} of them are vacant.", count=vacant)] if vacant else []
    return Texts(said)
