"""Pictures of votes, of simulated seats and of all councils: bars with what changed, ranges, a map of tiles."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kommunalvalg.council.previous import changes
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.embedded import spelt
from kommunalvalg.elections.tiles import TILES
from kommunalvalg.errors import ElectionError
from kommunalvalg.report.language import language
from kommunalvalg.report.pictures import (
    ALT_TEXTS,
    INK,
    LITERAL,
    Look,
    canvas,
    coloured,
    looks_of,
    party_letter,
    seats_shown,
    titled,
)
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.text import Entry, Kind, Texts, Word
from kommunalvalg.text import Figure as Number
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kommunalvalg.simulation import SimulatedSeats

__all__ = ["simulated_bars", "tile_map", "votes_bars"]


def votes_bars(
    result: CouncilResult, ax: "Axes | Figure | None" = None, *, lang: str = "da", style: Style = PLAIN
) -> "Axes":
    """Draw each list's share of the votes as a bar, with its seats, and what changed since the election before.

    The election before is marked on the bar, where the election has one (``previous``).

    Args:
        result: a council.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        lang: "da" or "en".
        style: how it is to look.

    Raises:
        ElectionError: it is no council's result.
        VoteError: the order names a list that is not there.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> axes = votes_bars(data.result("kv2025", "Fanø"), lang="en")
    >>> axes.texts[1].get_text()
    '42.52% · 5'
    """
    if not isinstance(result, CouncilResult):
        raise ElectionError("{field} is {value}; give the result of a council", field="result", value=result)
    say, shown = language(lang), seats_shown(result)
    votes, total = result.case.votes, result.case.valid_votes
    previous = result.case.previous
    known = changes(result) if previous is not None else {}
    names = style.ordered(votes)
    axes = canvas(ax, style.inches or (8, 1.4 + 0.38 * len(names)))
    looks = coloured(shown.looks, style)
    width, furthest = axes.get_window_extent().width / axes.figure.dpi / _OF_FIGURE, 1.0
    for lane, name in enumerate(names):
        share, change = Fraction(votes[name], total or 1), known.get(name)
        _bar(axes, lane, 100 * float(share), looks[name])
        said = f"{say.cell(share, Kind.SHARE)} · {result.seats[name]}"
        if change is not None and not change.new:
            before = 100 * float(share - change.share)
            axes.plot([before, before], [lane - 0.45, lane + 0.45], color=INK, linewidth=2)
        if change is not None:
            said += f" ({say(_('new')) if change.new else _points(change.share, lang)})"
        at = max(100 * float(share), 100 * float(share - change.share) if change else 0)
        furthest = max(furthest, at)
        axes.annotate(said, (at, lane), (6, 0), textcoords="offset points", va="center", fontsize=9)
    narrow = width < _NARROW
    _lanes(axes, [name if narrow else f"{name} {shown.names[name]}"[:40] for name in names])
    room = width * (0.9 if narrow else 0.58)  # the rest is for the names of the lists
    axes.set_xlim(0, furthest * room / max(room - _WORDS, 1))
    axes.set_xlabel(say(_("Share of the votes in per cent, and seats")))
    since = _("The mark is the share in {election}.", election=previous.name) if previous else ""
    axes.set_title(say(titled(result, shown.title, since)), fontsize=11, **LITERAL)
    return axes


_OF_FIGURE = 0.775
"""The part of a figure's width that its axes have before anything is written beside them."""
_NARROW, _WORDS = 6, 1.5
"""The inches below which lists go by their letters, and those of the words at a bar."""


def _points(change: Fraction, lang: str) -> str:
    """Write a change of a share in percentage points."""
    text = f"{100 * float(change):+.2f}".replace("-", "−")
    return text.replace(".", ",") if lang == "da" else text


def _bar(axes: "Axes", lane: int, width: float, look: Look, begin: float = 0) -> None:
    axes.barh(lane, width, left=begin, color=look.colour, edgecolor=INK, hatch=look.hatch, linewidth=0.6, height=0.7)


def _lanes(axes: "Axes", names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names, **LITERAL)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def simulated_bars(
    simulation: "SimulatedSeats", ax: "Axes | Figure | None" = None, *, lang: str = "da", style: Style = PLAIN
) -> "Axes":
    """Draw the seats of simulated elections: for each list the range of nine in ten, and the mean.

    Args:
        simulation: simulated seats of one council.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        lang: "da" or "en".
        style: how it is to look.

    Raises:
        ElectionError: it is no simulation.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.simulation import Poll, simulate
    >>> axes = simulated_bars(simulate(data.council("kv2025", "Fanø"), Poll(800), 200, seed=1), lang="en")
    >>> [label.get_text() for label in axes.get_yticklabels()][:3]
    ['A', 'B', 'C']
    """
    if not hasattr(simulation, "distribution") or not hasattr(simulation, "expected"):
        raise ElectionError("{field} is {value}; give what simulate(...) returns", field="simulation", value=simulation)
    from kommunalvalg.report.simulation import spread  # noqa: PLC0415 - it needs numpy

    say, names = language(lang), style.ordered(simulation.lists)
    axes = canvas(ax, style.inches or (8, 1.4 + 0.38 * len(names)))
    looks = coloured(looks_of(simulation.lists, party_letter), style)
    means, chances = simulation.expected, simulation.distribution
    for lane, name in enumerate(names):
        low, high = spread(chances[name].items())
        if low is None or high is None:
            continue
        _bar(axes, lane, high - low + 0.3, looks[name], low - 0.15)
        mean = means[name].value
        axes.plot([mean], [lane], marker="D", color="white", markeredgecolor=INK, markersize=6)
        said = str(low) if low == high else f"{low}–{high}"
        axes.annotate(said, (high + 0.15, lane), (6, 0), textcoords="offset points", va="center", fontsize=9)
    _lanes(axes, names)
    axes.set_xlim(left=-0.5)
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel(say(_("Seats: nine in ten simulations, and the mean")))
    axes.set_title(say(titled(simulation, simulation.name)), **LITERAL)
    return axes


def tile_map(
    values: Mapping[str, float | Fraction | str | None],
    ax: "Axes | Figure | None" = None,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
) -> "Axes":
    """Draw the 98 municipalities as tiles of one size, each about where it lies, coloured by any figure or by party.

    Args:
        values: council -> a figure, the darker the larger; or a party's letter, in its colour. None, or no value, is
            white.
        ax: the axes to draw on, or a figure to fill (default: new ones).
        title: what the figures are.
        lang: "da" or "en".
        style: how it is to look; its colours are those of texts.

    Raises:
        ElectionError: there is no such municipality, or a value is neither a figure nor a letter.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from kommunalvalg import data
    >>> axes = tile_map({name: council.seats for name, council in data.councils("kv2025").items()}, title="Mandater")
    >>> len(axes.patches)
    98
    """
    by_name = {spelt(name): name for name in TILES}
    values = checked_by_name(values, "values")
    if unknown := [name for name in values if spelt(name) not in by_name]:
        raise ElectionError(
            "{field} names {value}; the municipalities are {known}",
            field="values",
            value=unknown[0],
            known=listed(TILES),
        )
    figures = {by_name[spelt(name)]: _figure(name, value) for name, value in values.items()}
    numbers = [float(value) for value in figures.values() if value is not None and not isinstance(value, str)]
    parties = coloured(looks_of(dict.fromkeys(v for v in figures.values() if isinstance(v, str)), party_letter), style)
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    say = language(lang)
    axes = canvas(ax, style.inches or (9, 7))
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an optional library

    for name, (column, row) in TILES.items():
        value = figures.get(name)
        look = _tile_look(value, low, high, parties)
        tile = Rectangle(
            (column, row), 0.94, 0.94, facecolor=look.colour, edgecolor=INK, hatch=look.hatch, linewidth=0.4
        )
        axes.add_patch(tile)
        box: dict[str, Any] = {"ha": "center", "va": "center", "color": look.ink, **LITERAL}
        axes.text(column + 0.47, row + 0.32, name[:4], fontsize=6.5, **box)
        if value is not None:
            said = value if isinstance(value, str) else say.cell(_rounded(value))
            axes.text(column + 0.47, row + 0.68, said, fontsize=6.5, **box)
    axes.set_xlim(-0.1, 1 + max(column for column, _row in TILES.values()))
    axes.set_ylim(1 + max(row for _column, row in TILES.values()), -0.1)
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_title(say(Texts([title])), **LITERAL)
    return axes


def _rounded(value: float | Fraction) -> int | Fraction:
    """Give a figure as it is written on a tile: whole, or with one decimal."""
    tenths = round(Fraction(value) * 10)
    return tenths // 10 if tenths % 10 == 0 else Fraction(tenths, 10)


_PALE, _DARK = (0xE8, 0xEE, 0xF5), (0x12, 0x3C, 0x69)


def _figure(name: str, value: object) -> float | Fraction | str | None:
    if value is None or isinstance(value, int | float | Fraction | str):
        return value
    raise ElectionError(
        "{field} is {value}; a tile shows a figure or the letter of a party", field=Entry("values", name), value=value
    )


def _tile_look(value: float | Fraction | str | None, low: float, high: float, parties: Mapping[str, Look]) -> Look:
    if value is None:
        return Look("#FFFFFF")
    if isinstance(value, str):
        return parties[value]
    part = (float(value) - low) / (high - low) if high > low else 0.5
    mixed = (round(pale + part * (dark - pale)) for pale, dark in zip(_PALE, _DARK, strict=True))
    return Look("#" + "".join(f"{each:02X}" for each in mixed))


# In words


def _votes_text(result: CouncilResult) -> Word:
    votes, total = result.case.votes, result.case.valid_votes or 1
    shares = [Texts([name, Number(Fraction(count, total), Kind.SHARE)]) for name, count in votes.items()]
    return _("Bars of the lists' shares of the votes: {shares}.", shares=Texts(shares, ", "))


def _simulated_text(simulation: "SimulatedSeats") -> Word:
    means = ", ".join(f"{name} {mean.value:.1f}" for name, mean in simulation.expected.items())
    return _("The ranges of seats in simulated elections; in the mean: {means}.", means=means)


def _tiles_text(values: Mapping[str, object]) -> Word:
    return _("A map of the 98 municipalities as tiles, {count} of them with a figure.", count=len(values))


ALT_TEXTS.update({votes_bars: _votes_text, simulated_bars: _simulated_text, tile_map: _tiles_text})
