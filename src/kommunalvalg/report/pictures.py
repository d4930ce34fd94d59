"""Pictures by matplotlib: the council as a half circle, the race of the quotients, who sits in a KKR.

Each function draws on the axes that are given, or on new ones, and returns them. The colours are those the parties are
known by, moved so far apart that any two differ for who sees all colours and for who lacks one kind of colour vision;
lists that are no national party's are grey and hatched. No picture says anything by colour alone: letters and numbers
say the same. :func:`alt_text` says in words what a picture shows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache, partial, singledispatch
from html import escape
from importlib import import_module
from io import BytesIO
from itertools import count, pairwise
from math import ceil, cos, floor, inf, log10, pi, sin
from pathlib import Path
from textwrap import fill
from threading import Lock
from typing import TYPE_CHECKING, Any

import attrs

from kommunalvalg.analysis.margins import ListMargin, Margins
from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.planning import Plan
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.parties import PARTIES, party_of
from kommunalvalg.errors import ElectionError, MissingExtraError
from kommunalvalg.files.writing import write_whole
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.shortfall import RemainderCase
from kommunalvalg.report.counted import counted_of
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.quotients import levels, quotients_at
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.text import N_, Names, Text, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_counts, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "ALT_TEXTS",
    "COLOURS",
    "INK",
    "LITERAL",
    "Look",
    "SeatsShown",
    "alt_text",
    "audit_plot",
    "canvas",
    "coloured",
    "drawn",
    "half_circle",
    "kkr_members",
    "looks_of",
    "margins_plot",
    "parliament",
    "party_letter",
    "quotient_race",
    "save",
    "seat_places",
    "seats_shown",
    "titled",
]

COLOURS = {party.letter: party.colour for party in PARTIES.values()}
"""Party -> colour."""

_GREYS = ("#9E9E9E", "#C4C4C4", "#E4E4E4")
_HATCHES = ("///", "...", "xxx", "\\\\\\", "|||", "ooo")
INK = "#1A1A1A"
LITERAL: dict[str, Any] = {"parse_math": False}
"""How names are drawn: what stands between two dollars is no mathematics."""


@attrs.frozen
class Look:
    """How a list is drawn."""

    colour: str
    hatch: str = ""

    @property
    def ink(self) -> str:
        """What can be read on its colour."""
        red, green, blue = (int(self.colour[at : at + 2], 16) for at in (1, 3, 5))
        return "white" if 2 * red + 5 * green + blue < 1000 and not self.hatch else INK  # noqa: PLR2004 - half of white


def looks_of(names: Iterable[str], party: Callable[[str], str | None]) -> dict[str, Look]:
    """Give each list its party's colour, and the others greys and hatches, each its own for as long as there are."""
    number = count()
    looks = {}
    for name in names:
        letter = party(name)
        if letter in COLOURS:
            looks[name] = Look(COLOURS[letter])
        else:
            n = next(number)
            looks[name] = Look(_GREYS[n % len(_GREYS)], _HATCHES[n % len(_HATCHES)])
    return looks


def coloured(looks: Mapping[str, Look], style: Style) -> dict[str, Look]:
    """Give lists the colours that are asked for."""
    return {name: Look(style.colours[name]) if name in style.colours else look for name, look in looks.items()}


def _seats_styled(seats: "SeatsShown", style: Style) -> "SeatsShown":
    order = style.ordered(seats.seats)
    shown = {name: seats.seats[name] for name in order}
    return attrs.evolve(seats, seats=shown, looks=coloured(seats.looks, style))


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


def party_letter(name: str) -> str | None:
    """Take a name for a party's letter, where there is nothing more to tell it by."""
    return name


def _parties_of(result: object) -> Callable[[str], str | None]:
    """Say how the party of a list is told: in a council by letter and name together."""
    if not isinstance(result, CouncilResult):
        return party_letter
    lists = result.election.by_key
    return lambda key: party_of(lists[key].letter, lists[key].name) if key in lists else None


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
    title = _(
        "{council}, election of {year}: {seats} seats",
        council=election.name,
        year=str(election.year),
        seats=election.seats,
    )
    open_seats = result.proportional.open
    return SeatsShown(title, result.seats, names, looks_of(names, _parties_of(result)), open_seats, result.vacant)


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


# The half circle


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
    seats = _seats_styled(seats_shown(result_or_seats), style)
    axes = canvas(ax, style.inches or (8, 5.4))
    from matplotlib.patches import Circle  # noqa: PLC0415 - an optional library

    if not seats.total:
        raise ElectionError("there are no seats to draw; a half circle shows at least one")
    looks = {**seats.looks, "?": Look("#FFFFFF"), "–": Look("#FFFFFF")}
    order = [name for name, number in seats.seats.items() for _place in range(number)]
    order += ["?"] * seats.open + ["–"] * seats.vacant
    radius, places = seat_places(seats.total)
    axes.set_xlim(-1.17, 1.17)
    axes.set_ylim(-0.17, 1.17)
    axes.set_aspect("equal")
    axes.set_axis_off()
    size = radius * axes.get_window_extent().width / 2.34 * 72 / axes.figure.dpi
    for (x, y), name in zip(places, order, strict=True):
        look = looks[name]
        hollow = name in "?–"
        axes.add_patch(
            Circle(
                (x, y),
                radius,
                facecolor=look.colour,
                edgecolor=INK if hollow or look.hatch else look.colour,
                hatch=look.hatch,
                linestyle="--" if hollow else "-",
                linewidth=0.6,
            )
        )
        size_here = size * min(1.0, 2.2 / max(len(name), 1))
        box = {"boxstyle": "round,pad=0.15", "facecolor": look.colour, "edgecolor": "none"} if look.hatch else None
        axes.text(
            x, y, name, ha="center", va="center_baseline", fontsize=size_here, color=look.ink, bbox=box, **LITERAL
        )
    axes.text(0, 0.04, str(seats.total), ha="center", va="bottom", fontsize=26, fontweight="bold")
    axes.text(0, 0.02, say(_("seats")), ha="center", va="top", fontsize=10)
    _legend_of_lists(axes, seats, say)
    if title := say(titled(result_or_seats, seats.title)):
        axes.set_title(title, **LITERAL)
    return axes


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


def _legend_of_lists(axes: "Axes", seats: SeatsShown, say: Language) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - an optional library

    entries = [
        (f"{name} {seats.names.get(name, '')}".strip() + f": {number}", seats.looks[name])
        for name, number in seats.seats.items()
        if number
    ]
    entries += [(say(_("decided by lot: {count}", count=seats.open)), Look("#FFFFFF"))] if seats.open else []
    entries += [(say(_("vacant: {count}", count=seats.vacant)), Look("#FFFFFF"))] if seats.vacant else []
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


# The race of the quotients


@attrs.frozen
class _Runner:
    """A quotient or a shortfall in the race.

    Attributes:
        name: whose it is.
        value: how large it is; None where it is beyond every number.
        at: where it stands, the largest first.
        seat: the seat that it won, or None.
        lot: whether a lot decided on it, or is to.
    """

    name: str
    value: Fraction | None
    at: Fraction
    seat: int | None
    lot: bool


_NEUTRAL = Look("#D9D9D9")
_BEYOND = Fraction(12, 10)
"""How far the picture goes beyond the line of the last seat."""


def quotient_race(
    result: object, ax: "Axes | Figure | None" = None, *, title: str = "", lang: str = "da", style: Style = PLAIN
) -> "Axes":
    """Draw the race for the seats: each quotient that won one, with its number, the line of the last, and who was next.

    From left to right the quotients fall, so that a unit's stand at equal distances and the seats in their order.

    Args:
        result: a distribution by a divisor method, a quota or the largest shortfall, a KKR, or a forholdstalsvalg, a
            council or the chairs of a KKR, of which the distribution to the units is drawn.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        title: what the seats are; it stands above the figure of the last one.
        lang: "da" or "en".
        style: how it is to look; the order is its own.

    Raises:
        ElectionError: it is no distribution with quotients.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import dhondt
    >>> ax = quotient_race(dhondt({"A": 11, "B": 8, "C": 2}, 8), lang="en")
    >>> ax.get_xlabel()
    'Quotient'
    """
    say = language(lang)
    runners = _runners(result)
    names = list(dict.fromkeys(runner.name for runner in sorted(runners, key=lambda runner: runner.at)))
    line = _last(runners)
    axes = canvas(ax, style.inches or (9, 1.7 + 0.45 * len(names)))
    begin, end = _track(runners, line)
    party_of_list = _parties_of(result)
    for runner in runners:
        lane = names.index(runner.name)
        if runner.at <= end:
            party = party_of_list(runner.name)
            colour = style.colours.get(runner.name, COLOURS.get(party or ""))
            _draw_runner(axes, runner, lane, Look(colour) if colour else _NEUTRAL)
        elif runner.at == min(other.at for other in runners if other.name == runner.name):
            axes.plot([float(end)], [lane], marker=">", color=INK, markersize=6, clip_on=False)
            text = say.cell(runner.value)
            axes.annotate(text, (float(end), lane), (-8, 0), textcoords="offset points", ha="right", va="center")
    axes.axvline(float(line.at), color=INK, linewidth=1, linestyle="--", zorder=0)
    axes.set_xlim(float(begin), float(end))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names, **LITERAL)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", linewidth=0.5, alpha=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    shortfall = isinstance(_allocation_of(result).case, RemainderCase)
    ticks = [_Tick(-value, value) for value in _whole(-end, -begin)] if shortfall else list(_round(begin, end))
    axes.set_xticks([float(tick.at) for tick in ticks], [say.cell(tick.value) for tick in ticks])
    axes.set_xlabel(say(_("Shortfall") if shortfall else _("Quotient")))
    last = _("The last seat: shortfall {value}", value=line.value)
    last = last if shortfall else _("The last seat: quotient {value}", value=line.value)
    axes.set_title(say(titled(result, title, last)), fontsize=11, **LITERAL)
    _legend_of_race(axes, [runner for runner in runners if runner.at <= end], say)
    return axes


def _legend_of_race(axes: "Axes", runners: Sequence[_Runner], say: Language) -> None:
    """Say below the race what a disc, a hollow one and a diamond are, as far as they are there."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an optional library
    from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415 - as above

    signs = {
        _("won the seat of that number"): ("o", _NEUTRAL.colour, any(runner.seat for runner in runners)),
        _("won no seat"): ("o", "white", not all(runner.seat or runner.lot for runner in runners)),
        _("a lot decides"): ("D", "white", any(runner.lot for runner in runners)),
    }
    handles = [
        Line2D([], [], marker=marker, markerfacecolor=colour, markeredgecolor=INK, linestyle="none", label=say(label))
        for label, (marker, colour, there) in signs.items()
        if there
    ]
    below = ScaledTranslation(0, -0.5, axes.figure.dpi_scale_trans)  # half an inch, whatever the number of lanes
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        bbox_transform=axes.transAxes + below,
        ncols=len(handles),
        frameon=False,
        fontsize=9,
    )


def _draw_runner(axes: "Axes", runner: _Runner, lane: int, look: Look) -> None:
    wins = runner.seat is not None
    axes.plot(
        [float(runner.at)],
        [lane],
        marker="D" if runner.lot else "o",
        markersize=14,
        markerfacecolor=look.colour if wins else "white",
        markeredgecolor=INK,
        markeredgewidth=0.7,
        linestyle="none",
        clip_on=False,
    )
    text = str(runner.seat) if wins else "?" if runner.lot else ""
    colour = look.ink if wins else INK
    axes.text(float(runner.at), lane, text, ha="center", va="center_baseline", fontsize=8, color=colour)


def _last(runners: Iterable[_Runner]) -> _Runner:
    """Give the last that won a seat, or waits for a lot over one."""
    return max((runner for runner in runners if runner.seat or runner.lot), key=lambda runner: runner.at)


def _track(runners: Iterable[_Runner], line: _Runner) -> tuple[Fraction, Fraction]:
    """Say where the picture begins and ends."""
    first = min(runner.at for runner in runners)
    if first < 0:  # shortfalls
        return first - Fraction(1, 3), line.at + Fraction(6, 10)
    return Fraction(0), line.at * _BEYOND


@attrs.frozen
class _Tick:
    at: Fraction
    value: Fraction


def _whole(low: Fraction, high: Fraction) -> Iterable[Fraction]:
    return map(Fraction, range(ceil(low), floor(high) + 1))


def _round(begin: Fraction, end: Fraction) -> Iterator[_Tick]:
    """Give round quotients to mark below the race, from the smallest, with room between them."""
    free = end
    power = floor(log10(1 / end))
    for exponent in range(power, power + 8):
        for digits in (10, 12, 15, 20, 25, 30, 40, 50, 70):
            value = Fraction(digits) * Fraction(10) ** (exponent - 1)
            if 1 / value <= free:
                yield _Tick(1 / value, value)
                free = 1 / value - (end - begin) / 9
        if free <= 0:
            return


def _allocation_of(result: object) -> Allocation:
    if isinstance(result, KKRComposition):
        return result.allocation
    if isinstance(result, CouncilResult):
        return result.proportional.units
    if isinstance(result, KKRChairs):
        return result.election.units
    if isinstance(result, ProportionalElection):
        return result.units
    if isinstance(result, Allocation):
        return result
    raise ElectionError(
        "{value} has no quotients; give a distribution of seats, a council or a KKR", field="result", value=result
    )


def _runners(result: object) -> list[_Runner]:
    allocation = _allocation_of(result)
    if isinstance(allocation.case, RemainderCase):
        runners = list(_shortfalls(allocation, allocation.case))
    else:
        runners = [
            _Runner(
                each.name,
                each.value,
                Fraction(0) if each.value is None else 1 / each.value,
                each.award.number if each.award else None,
                each.lot,
            )
            for each in quotients_at(next(levels(allocation)))
        ]
    if not any(runner.seat or runner.lot for runner in runners):
        raise ElectionError("there is no race to draw: no seat was won on a quotient, or there are too many")
    return runners


def _shortfalls(allocation: Allocation, contest: RemainderCase) -> Iterator[_Runner]:
    """Give the shortfalls or remainders that won a seat, and each name's next."""
    tie = allocation.tie.among if allocation.tie else ()
    (times, whole), held = contest.shares, contest.held or FrozenDict()
    for award in allocation.awards:
        value = award.quotient or Fraction(0)
        yield _Runner(award.winner, value, -value, award.number, award.by_lot)
    for name, votes in contest.votes.items():
        if votes:
            has = held.get(name, 0) + allocation.seats[name]
            value = Fraction(votes * times, whole) - has
            yield _Runner(name, value, -value, None, name in tie)


# Who sits in a KKR


def kkr_members(
    composition: KKRComposition,
    ax: "Axes | Figure | None" = None,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
) -> "Axes":
    """Draw a KKR's mayors and supplementary members party by party, with each party's share of the seats.

    Args:
        composition: the KKR.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        title: what the KKR is called, which stands above its members.
        lang: "da" or "en".
        style: how it is to look; the order is its own.

    Raises:
        ElectionError: it is no composition of a KKR.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> ax = kkr_members(data.kkr("hovedstaden-2026").compose(), lang="en")
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['A', 'B', 'C']
    """
    say = language(lang)
    rows = _kkr_rows(composition)
    axes = canvas(ax, style.inches or (8, 1.6 + 0.38 * len(rows)))
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an optional library
    from matplotlib.patches import Patch  # noqa: PLC0415 - as above

    looks = coloured(looks_of((row.party for row in rows), party_letter), style)
    for lane, row in enumerate(rows):
        look = looks[row.party]
        axes.barh(lane, row.mayors, color=look.colour, edgecolor=INK, linewidth=0.6, height=0.7)
        axes.barh(
            lane,
            row.supplementary,
            left=row.mayors,
            facecolor="white",
            edgecolor=look.colour,
            hatch="////",
            linewidth=0,
            height=0.7,
        )
        axes.barh(lane, row.supplementary, left=row.mayors, facecolor="none", edgecolor=INK, linewidth=0.6, height=0.7)
        if row.mayors:
            axes.text(row.mayors / 2, lane, str(row.mayors), ha="center", va="center", color=look.ink, fontsize=9)
        if row.supplementary:
            middle = row.mayors + row.supplementary / 2
            box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
            text = str(row.supplementary)
            axes.text(middle, lane, text, ha="center", va="center", color=INK, fontsize=9, bbox=box)
        axes.annotate(
            str(row.members),
            (max(row.members, float(row.share * composition.size) if row.takes_part else 0), lane),
            (7, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
        )
        if row.takes_part:
            share = float(row.share * composition.size)
            axes.plot([share, share], [lane - 0.45, lane + 0.45], color=INK, linewidth=2.2, solid_capstyle="butt")
    axes.set_yticks(range(len(rows)), [f"{row.party}" for row in rows], **LITERAL)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(max(row.members, float(row.share * composition.size)) for row in rows) + 1)
    axes.locator_params(axis="x", integer=True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say(_("Members")))
    numbers = _("{size} members: {mayors} mayors and {more} supplementary members", **_kkr_numbers(composition))
    axes.set_title(say(titled(composition, title, numbers, _open_members(composition))), **LITERAL)
    handles: list[Any] = [
        Patch(facecolor="#8C8C8C", edgecolor=INK, linewidth=0.6),
        Patch(facecolor="white", edgecolor="#8C8C8C", hatch="////", linewidth=0.6),
        Line2D([], [], color=INK, linewidth=2.2, marker="|", markersize=9, markeredgewidth=2.2, linestyle="none"),
    ]
    axes.legend(
        handles,
        [say(_("Mayors")), say(_("Supplementary members")), say(_("Share of the seats"))],
        frameon=False,
        loc="lower right",
        fontsize=9,
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _kkr_rows(composition: KKRComposition) -> list[Any]:
    if not isinstance(composition, KKRComposition):
        raise ElectionError("{field} is {value}; give what compose_kkr returns", field="composition", value=composition)
    return [row for row in composition.parties if row.takes_part or row.members]


def _kkr_numbers(composition: KKRComposition) -> dict[str, int]:
    return {
        "size": composition.size,
        "mayors": composition.sizing.mayors,
        "more": composition.size - composition.sizing.mayors,
    }


# How firm the seats are


def margins_plot(
    margins: Margins, ax: "Axes | Figure | None" = None, *, title: str = "", lang: str = "da", style: Style = PLAIN
) -> "Axes":
    """Draw how many votes fewer would have cost each list a seat, and how many more would have won it one.

    A list that cannot lose or win one by votes of its own has no bar on that side.

    Args:
        margins: the margins of a distribution or a council.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        title: whose they are; it stands above what the picture shows.
        lang: "da" or "en".
        style: how it is to look; the order is its own.

    Raises:
        ElectionError: these are no margins.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.analysis.margins import margins
    >>> ax = margins_plot(margins(data.council("kv2025", "Fanø")), lang="en")
    >>> [label.get_text()[0] for label in ax.get_yticklabels()]
    ['A', 'B', 'C', 'F', 'L', 'V', 'Ø', 'Å']
    """
    say = language(lang)
    lists = _margins_of(margins)
    axes = canvas(ax, style.inches or (8, 1.4 + 0.38 * len(lists)))
    looks = coloured(looks_of(lists, party_letter), style)
    longest = max((votes for each in lists.values() for votes in (each.to_lose, each.to_win) if votes), default=1)
    for lane, each in enumerate(lists.values()):
        for votes, sign, side in ((each.to_lose, -1, "right"), (each.to_win, 1, "left")):
            if votes is None:
                continue
            look = looks[each.key]
            width = sign * votes
            axes.barh(lane, width, color=look.colour, edgecolor=INK, hatch=look.hatch, linewidth=0.6, height=0.7)
            text = say.cell(votes)
            axes.annotate(text, (width, lane), (4 * sign, 0), textcoords="offset points", ha=side, va="center")
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(lists)), [f"{key} ({each.seats})" for key, each in lists.items()], **LITERAL)
    axes.set_ylim(len(lists) - 0.4, -0.6)
    axes.set_xlim(-1.18 * longest, 1.18 * longest)
    axes.xaxis.set_major_formatter(lambda value, _position: say.cell(abs(round(value))))
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say(_("← votes fewer that lose a seat          votes more that win one →")))
    axes.set_title(say(titled(margins, title, _("How many votes the seats hang on"))), **LITERAL)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return axes


def _margins_of(margins: Margins) -> Mapping[str, ListMargin]:
    if not isinstance(margins, Margins):
        raise ElectionError("{field} is {value}; give what margins(...) returns", field="margins", value=margins)
    return margins.lists


# How many ballots audits draw


@attrs.frozen
class _Audited:
    """A point in the picture of audits: what is tested, its margin, and the ballots that it takes."""

    name: str
    margin: Fraction
    ballots: int
    recount: bool


_NAMED = 8
"""Of so many points, those that take most ballots, names stand beside them where there is room."""


def audit_plot(
    plans: Plan | Mapping[str, Plan], ax: "Axes | Figure | None" = None, *, title: str = "", lang: str = "da"
) -> "Axes":
    """Draw how many ballots an audit draws against the margin, both on scales of powers of ten.

    The margin is the fewest misread ballots that could make false what is tested, of 10,000 ballots.

    Args:
        plans: a plan, each of whose assertions is a point; or council -> plan, of which each is a point.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        title: whose they are; it stands above what the picture shows.
        lang: "da" or "en".

    Raises:
        ElectionError: these are no plans, or a lot decides in all of them.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.audit import plan
    >>> ax = audit_plot(plan(data.council("kv2025", "Lolland")), lang="en")
    >>> ax.get_ylabel()
    'Ballots to draw'
    """
    say = language(lang)
    points = _audited(plans)
    axes = canvas(ax, (8, 5))
    for recount, marker, colour in ((False, "o", _NEUTRAL.colour), (True, "^", "white")):
        chosen = [point for point in points if point.recount is recount]
        if not chosen:
            continue
        axes.plot(
            [float(point.margin) for point in chosen],
            [point.ballots for point in chosen],
            linestyle="none",
            marker=marker,
            markerfacecolor=colour,
            markeredgecolor=INK,
            label=say(_("only a full recount will do") if recount else _("an audit will do")),
        )
    for point in _apart(points[:_NAMED]):
        axes.annotate(
            point.name,
            (float(point.margin), point.ballots),
            (6, 4),
            textcoords="offset points",
            fontsize=9,
            **LITERAL,
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticker = _matplotlib("ticker")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axis.set_minor_locator(ticker.NullLocator())
        axis.set_major_formatter(partial(_on_a_scale, say))
    axes.set_xlabel(say(_("Fewest misread ballots that could change it, of 10,000")))
    axes.set_ylabel(say(_("Ballots to draw")))
    axes.set_title(say(titled(plans, title, _("The smaller the margin, the more ballots"))), **LITERAL)
    axes.legend(frameon=False, fontsize=9)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


_ROOM = 1.3
"""How many times more ballots a point must take than the next, so that there is room for both names."""


def _apart(points: Iterable[_Audited]) -> Iterator[_Audited]:
    """Leave out points so near to the one before that their names would stand on each other."""
    before = inf
    for point in points:
        if before > _ROOM * point.ballots:
            before = point.ballots
            yield point


def _on_a_scale(say: Language, value: float, _position: int) -> str:
    """Write a number on a scale as reports write it."""
    return say.cell(Fraction(value).limit_denominator(1000) if value < 1 else round(value))


def _audited(plans: object) -> list[_Audited]:
    """Give the points, those that take most ballots first."""
    if isinstance(plans, Plan):
        points = [
            _point(f"{each.winner.name} – {each.loser.name if each.loser else ''}", each, plans)
            for each in plans.assertions
        ]
    elif isinstance(plans, Mapping) and _are_plans(plans):
        points = [_point(name, each.assertions[0], each) for name, each in plans.items() if each.assertions]
    else:
        raise ElectionError(
            "{field} is {value}; give what audit.plan(...) gave, or a mapping of council to that",
            field="plans",
            value=plans,
        )
    known = [point for point in points if point is not None]
    if not known:
        raise ElectionError("there are no ballots to draw: a lot decides, or nothing is tested")
    return sorted(known, key=lambda point: -point.ballots)


def _point(name: str, assertion: Assertion, plan: Plan) -> _Audited | None:
    ballots = plan.ballots(assertion)
    if not ballots:
        return None
    margin = Fraction(10_000 * assertion.lead, assertion.worst * plan.case.ballots)
    return _Audited(name, margin, ballots, recount=plan.all_of_them(ballots))


# In words, and to a file


def alt_text(picture: Callable[..., Any], result: Any, *, lang: str = "da") -> str:  # noqa: ANN401 - what it takes
    """Say in words what a picture shows, for who does not see it.

    Args:
        picture: one of :func:`half_circle`, :func:`quotient_race`, :func:`kkr_members`, :func:`margins_plot`,
            :func:`audit_plot`.
        result: what it was drawn of.
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such picture, or it cannot be drawn of that.

    >>> alt_text(half_circle, {"A": 5, "B": 4}, lang="en")
    'A half circle of 9 seats: A 5, B 4.'
    """
    if picture not in ALT_TEXTS:
        names = listed(each.__name__ for each in ALT_TEXTS)
        raise ElectionError("{field} is {value}; the pictures are {names}", field="picture", value=picture, names=names)
    counted = counted_of(result)
    said = ALT_TEXTS[picture](result)
    return language(lang)(said if counted is None else Texts([Texts([counted.text, "."], ""), said]))


def _half_circle_text(result: object) -> Texts:
    seats = seats_shown(result)
    each = ", ".join(f"{name} {number}" for name, number in seats.seats.items() if number)
    said = _("A half circle of {total} seats: {seats}.", total=seats.total, seats=each)
    return Texts([said, _unfilled(seats.open, seats.vacant)])


def _race_text(result: object) -> Text:
    runners = _runners(result)
    won: dict[str, int] = {}
    for runner in runners:
        won[runner.name] = won.get(runner.name, 0) + (runner.seat is not None)
    line = _last(runners)
    level = (runner.name for runner in runners if runner.at == line.at and (runner.seat or runner.lot))
    who = Names(dict.fromkeys(level))
    seats = ", ".join(f"{name} {number}" for name, number in won.items())
    return _(
        "The figures on which seats were won, from the largest to the last, {last} of {who}; seats won: {seats}.",
        last=line.value,
        who=who,
        seats=seats,
    )


def _kkr_text(composition: KKRComposition) -> Texts:
    rows = _kkr_rows(composition)
    each = ", ".join(f"{row.party} {row.mayors} + {row.supplementary}" for row in rows)
    said = _("{size} members: {mayors} mayors and {more} supplementary members", **_kkr_numbers(composition))
    told = _("Bars of the parties' members, mayors + supplementary members. {said}: {each}.", said=said, each=each)
    return Texts([told, _open_members(composition)])


def _open_members(composition: KKRComposition) -> Texts:
    return _unfilled(composition.tie.places if composition.tie else 0, composition.vacant)


def _unfilled(waiting: int, vacant: int) -> Texts:
    """Say how many seats wait for a lot, and how many nobody can take; nothing where there are none."""
    said = [_("{count} of them wait for a lot.", count=waiting)] if waiting else []
    said += [_("{count} of them are vacant.", count=vacant)] if vacant else []
    return Texts(said)


def _margins_text(margins: Margins) -> Text:
    each = [
        _(
            "{name} with {seats} seats: {lose} fewer, {win} more",
            name=name,
            seats=margin.seats,
            lose=margin.to_lose,
            win=margin.to_win,
        )
        for name, margin in _margins_of(margins).items()
    ]
    return _(
        "Bars of the votes fewer that lose each list a seat, and of the votes more that win one. {each}.",
        each=Texts(each, "; "),
    )


def _audit_text(plans: Any) -> Text:  # noqa: ANN401 - what the picture takes
    points = _audited(plans)
    first, last = points[0], points[-1]
    return _(
        "Points for {number} margins: the smaller, the more ballots. From {most} ballots for {first} to {least} for "
        "{last}; {recounts} call for a recount.",
        number=len(points),
        most=first.ballots,
        first=first.name,
        least=last.ballots,
        last=last.name,
        recounts=sum(point.recount for point in points),
    )


ALT_TEXTS: dict[Callable[..., Any], Callable[[Any], Word]] = {
    half_circle: _half_circle_text,
    quotient_race: _race_text,
    kkr_members: _kkr_text,
    margins_plot: _margins_text,
    audit_plot: _audit_text,
}


def save(
    result: object,
    path: str | Path,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
    picture: Callable[..., Any] | None = None,
) -> None:
    """Draw a picture of a result into a file: SVG, PNG or PDF, by its name; with the alternative text.

    A council is drawn as a half circle, a KKR by its members, a distribution of seats as a race, margins as bars,
    simulated seats as ranges, where no other picture is asked for. A file called .json has the seats with their
    colours, as parliament-svg and its kin take them.

    Args:
        result: what to draw.
        path: the file.
        title: what it is a picture of; a half circle has a title of its own.
        lang: "da" or "en".
        style: how it is to look.
        picture: the function that draws it, such as ``votes_bars``; None for the one that suits best.

    Raises:
        ElectionError: there is no picture of that, or not in that format.
        VoteError: the style names a list that is not there.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save({"A": 5, "B": 4}, Path(folder) / "council.svg")
    ...     save({"A": 5, "B": 4}, Path(folder) / "council.json")
    ...     print((Path(folder) / "council.json").read_text())
    {
     "A": {"seats": 5, "colour": "#D4004E"},
     "B": {"seats": 4, "colour": "#6B3F8A"}
    }
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        write_whole(Path(path), parliament(result, style).encode())
        return
    if suffix not in _METADATA:
        raise ElectionError(
            "the picture's file is {value}; it ends with one of {kinds}",
            field="path",
            value=str(path),
            kinds=", ".join(_METADATA),
        )
    write_whole(Path(path), drawn(result, suffix[1:], title=title, lang=lang, style=style, picture=picture))


def parliament(result: object, style: Style = PLAIN) -> str:
    """Give the seats and colours of a council as JSON, as parliament-svg takes them: name -> seats and colour."""
    shown = _seats_styled(seats_shown(result), style)
    lines = [
        f' {json.dumps(name, ensure_ascii=False)}: {{"seats": {number}, "colour": "{shown.looks[name].colour}"}}'
        for name, number in shown.seats.items()
        if number
    ]
    return "{\n" + ",\n".join(lines) + "\n}"


def drawn(
    result: object,
    form: str,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
    picture: Callable[..., Any] | None = None,
) -> bytes:
    """Draw a picture of a result, as :func:`save` does, and give it in a form: "svg", "png" or "pdf"."""
    draw = picture or _suits(result)
    named = {"title": title} if title and draw in {quotient_race, kkr_members, margins_plot, audit_plot} else {}
    text = ". ".join([*named.values(), alt_text(draw, result, lang=lang)])
    figure = _matplotlib("figure").Figure(layout="constrained")
    styled = {} if draw is audit_plot else {"style": style}
    told = {_METADATA[f".{form}"]: text, **_UNDATED.get(f".{form}", {})}
    out = BytesIO()
    with _DRAWING, _set():
        draw(result, figure, lang=lang, **named, **styled)
        _keep_inside(figure)
        figure.savefig(out, format=form, dpi=style.dpi, transparent=style.transparent, metadata=told)
    if form != "svg":
        return out.getvalue()
    shown = seats_shown(result).title if draw is half_circle else ""
    return _described(out.getvalue(), title or language(lang)(shown) or text, text)


def _keep_inside(figure: "Figure") -> None:
    """Break, shrink and move the words around the axes so that a small picture has them whole."""
    widest = figure.bbox.width - 2 * _EDGE
    for axes in figure.axes:
        for text in (axes.title, axes.xaxis.label):
            if (width := text.get_window_extent().width) > widest:
                lines = text.get_text().split("\n")
                signs = int(max(map(len, lines)) * widest / width)
                parts = [part for line in lines for part in line.split(_APART)]
                text.set_text("\n".join(fill(part, signs) for part in parts if part.strip()))
        if axes.title.get_window_extent().width < widest / 2 and axes.get_legend() is None:
            continue
        figure.draw_without_rendering()
        if (legend := axes.get_legend()) is not None and (width := legend.get_window_extent().width) > widest:
            for text in legend.get_texts():
                text.set_fontsize(text.get_fontsize() * widest / width)  # type: ignore[operator]  # points, once drawn
        box = axes.title.get_window_extent()
        beyond = max(box.x1 - figure.bbox.width + _EDGE, 0) + min(box.x0 - _EDGE, 0)
        axes.title.set_x(axes.title.get_position()[0] - beyond / axes.bbox.width)


_EDGE, _APART = 4, 3 * " "
"""The dots that words stay away from the edge, and the blanks between two sides of one line."""


def _suits(result: object) -> Callable[..., Any]:
    """Choose the picture that suits a result best."""
    if isinstance(result, Plan) or _are_plans(result):
        return audit_plot
    if isinstance(result, CouncilResult | Mapping):
        return half_circle
    if isinstance(result, KKRComposition):
        return kkr_members
    if isinstance(result, Margins):
        return margins_plot
    if type(result).__name__ == "SimulatedSeats":
        ranges: Callable[..., Any] = import_module("kommunalvalg.report.charts").simulated_bars
        return ranges
    return quotient_race


def _described(svg: bytes, title: str, text: str) -> bytes:
    """Let a picture say in words what it shows, to whoever does not see it."""
    begin = svg.index(b"<svg ")
    end = svg.index(b">", begin)
    words = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>".encode()
    return svg[:end] + b' role="img">' + words + svg[end + 1 :]


def _are_plans(result: object) -> bool:
    return isinstance(result, Mapping) and bool(result) and all(isinstance(each, Plan) for each in result.values())


_DRAWING = Lock()
"""matplotlib draws in one thread at a time: its fonts and its settings are everybody's."""


@contextmanager
def _set() -> Iterator[None]:
    """Let the same picture be the same file, and text be text; only these settings are changed, and put back."""
    from matplotlib import rcParams  # noqa: PLC0415 - an optional library

    settings: Any = rcParams
    wanted = {"svg.hashsalt": "kommunalvalg", "svg.fonttype": "none"}
    before = {name: settings[name] for name in wanted}
    settings.update(wanted)
    try:
        yield
    finally:
        settings.update(before)


_METADATA = {".svg": "Description", ".png": "Description", ".pdf": "Subject"}
_UNDATED: dict[str, dict[str, None]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


def _matplotlib(module: str) -> Any:  # noqa: ANN401 - an optional library's module
    try:
        return import_module(f"matplotlib.{module}")
    except ImportError:
        raise MissingExtraError("pictures", "matplotlib", "plot") from None


def titled(result: object, *lines: Word) -> Texts:
    """Give what stands above a picture, and how far the votes are counted, where they are not finally."""
    counted = counted_of(result)
    return Texts([*lines, "" if counted is None else counted.text], "\n")


def canvas(ax: "Axes | Figure | None", size: tuple[float, float]) -> "Axes":
    """Give the axes to draw on; new ones have the size that suits the picture."""
    if ax is None:
        ax = _matplotlib("pyplot").figure(layout="constrained")
    from matplotlib.figure import Figure  # noqa: PLC0415 - an optional library

    if not isinstance(ax, Figure):
        return ax
    ax.set_size_inches(size)
    return ax.subplots()
