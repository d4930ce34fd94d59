"""Pictures without lanes: how many ballots audits draw, as points, and all municipalities, as tiles."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any

import attrs

from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.planning import Plan
from kommunalvalg.elections.embedded import spelt
from kommunalvalg.elections.tiles import TILES
from kommunalvalg.errors import ElectionError
from kommunalvalg.report.axes import LITERAL, canvas, matplotlib, open_at, titled
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.looks import INK, NEUTRAL, Look, coloured, looks_of, party_letter
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.text import Entry, Text, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["are_plans", "audit_plot", "audit_text", "tile_map", "tiles_text"]

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
    for recount, marker, colour in ((False, "o", NEUTRAL.colour), (True, "^", "white")):
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
    ticker = matplotlib("ticker")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axis.set_minor_locator(ticker.NullLocator())
        axis.set_major_formatter(partial(_on_a_scale, say))
    axes.set_xlabel(say(_("Fewest misread ballots that could change it, of 10,000")))
    axes.set_ylabel(say(_("Ballots to draw")))
    axes.set_title(say(titled(plans, title, _("The smaller the margin, the more ballots"))), **LITERAL)
    axes.legend(frameon=False, fontsize=9)
    open_at(axes, "top", "right")
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
    elif isinstance(plans, Mapping) and are_plans(plans):
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


def are_plans(result: object) -> bool:
    """Tell whether something is plans by the names of councils."""
    return isinstance(result, Mapping) and bool(result) and all(isinstance(each, Plan) for each in result.values())


def _point(name: str, assertion: Assertion, plan: Plan) -> _Audited | None:
    ballots = plan.ballots(assertion)
    if not ballots:
        return None
    margin = Fraction(10_000 * assertion.lead, assertion.worst * plan.case.ballots)
    return _Audited(name, margin, ballots, recount=plan.all_of_them(ballots))


def audit_text(plans: object) -> Text:
    """Say in words what points of audits show."""
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


# All municipalities


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
            known=listed(TILES, unknown[0]),
        )
    figures = {by_name[spelt(name)]: _figure(name, value) for name, value in values.items()}
    numbers = [float(value) for value in figures.values() if value is not None and not isinstance(value, str)]
    parties = coloured(looks_of(dict.fromkeys(v for v in figures.values() if isinstance(v, str)), party_letter), style)
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    say = language(lang)
    axes = canvas(ax, (9, 7), style)
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


def tiles_text(values: Mapping[str, object]) -> Word:
    """Say in words what a map of tiles shows."""
    return _("A map of the 98 municipalities as tiles, {count} of them with a figure.", count=len(values))
