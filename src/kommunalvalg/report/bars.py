"""Pictures of bars, a lane for each list: the votes, the margins, simulated seats, and who sits in a KKR."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kommunalvalg.analysis.margins import ListMargin, Margins
from kommunalvalg.council.previous import changes
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.errors import ElectionError
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.report.axes import LITERAL, bar, beside, canvas, lanes, open_at, titled
from kommunalvalg.report.half_circles import seats_shown, unfilled
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.looks import INK, Look, coloured, looks_of, party_letter
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.text import Figure as Number
from kommunalvalg.text import Kind, Text, Texts, Word
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kommunalvalg.simulation import SimulatedSeats

__all__ = [
    "kkr_members",
    "kkr_text",
    "margins_plot",
    "margins_text",
    "simulated_bars",
    "simulated_text",
    "votes_bars",
    "votes_text",
]

# The votes of a council


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
    axes = canvas(ax, (8, 1.4 + 0.38 * len(names)), style)
    looks = coloured(shown.looks, style)
    width, furthest = axes.get_window_extent().width / axes.figure.dpi / _OF_FIGURE, 1.0
    for lane, name in enumerate(names):
        share, change = Fraction(votes[name], total or 1), known.get(name)
        bar(axes, lane, 100 * float(share), looks[name])
        said = f"{say.cell(share, Kind.SHARE)} · {result.seats[name]}"
        if change is not None and not change.new:
            before = 100 * float(share - change.share)
            axes.plot([before, before], [lane - 0.45, lane + 0.45], color=INK, linewidth=2)
        if change is not None:
            said += f" ({say(_('new')) if change.new else _points(change.share, lang)})"
        at = max(100 * float(share), 100 * float(share - change.share) if change else 0)
        furthest = max(furthest, at)
        beside(axes, said, at, lane, fontsize=9)
    narrow = width < _NARROW
    lanes(axes, [name if narrow else f"{name} {shown.names[name]}"[:40] for name in names])
    open_at(axes, "left")
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


def votes_text(result: CouncilResult) -> Word:
    """Say in words what bars of votes show."""
    votes, total = result.case.votes, result.case.valid_votes or 1
    shares = [Texts([name, Number(Fraction(count, total), Kind.SHARE)]) for name, count in votes.items()]
    return _("Bars of the lists' shares of the votes: {shares}.", shares=Texts(shares, ", "))


# Simulated seats


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
    axes = canvas(ax, (8, 1.4 + 0.38 * len(names)), style)
    looks = coloured(looks_of(simulation.lists, party_letter), style)
    means, chances = simulation.expected, simulation.distribution
    for lane, name in enumerate(names):
        low, high = spread(chances[name].items())
        if low is None or high is None:
            continue
        bar(axes, lane, high - low + 0.3, looks[name], low - 0.15)
        mean = means[name].value
        axes.plot([mean], [lane], marker="D", color="white", markeredgecolor=INK, markersize=6)
        said = str(low) if low == high else f"{low}–{high}"
        beside(axes, said, high + 0.15, lane, fontsize=9)
    lanes(axes, names)
    open_at(axes, "left")
    axes.set_xlim(left=-0.5)
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel(say(_("Seats: nine in ten simulations, and the mean")))
    axes.set_title(say(titled(simulation, simulation.name)), **LITERAL)
    return axes


def simulated_text(simulation: "SimulatedSeats") -> Word:
    """Say in words what bars of simulated seats show."""
    means = ", ".join(f"{name} {mean.value:.1f}" for name, mean in simulation.expected.items())
    return _("The ranges of seats in simulated elections; in the mean: {means}.", means=means)


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
    axes = canvas(ax, (8, 1.6 + 0.38 * len(rows)), style)
    looks = coloured(looks_of((row.party for row in rows), party_letter), style)
    for lane, row in enumerate(rows):
        look = looks[row.party]
        share = float(row.share * composition.size) if row.takes_part else 0
        bar(axes, lane, row.mayors, Look(look.colour))
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
        bar(axes, lane, row.supplementary, Look("none"), row.mayors)
        if row.mayors:
            axes.text(row.mayors / 2, lane, str(row.mayors), ha="center", va="center", color=look.ink, fontsize=9)
        if row.supplementary:
            middle = row.mayors + row.supplementary / 2
            box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
            text = str(row.supplementary)
            axes.text(middle, lane, text, ha="center", va="center", color=INK, fontsize=9, bbox=box)
        beside(axes, str(row.members), max(row.members, share), lane, 7, fontweight="bold")
        if row.takes_part:
            axes.plot([share, share], [lane - 0.45, lane + 0.45], color=INK, linewidth=2.2, solid_capstyle="butt")
    lanes(axes, [row.party for row in rows])
    axes.set_xlim(0, max(max(row.members, float(row.share * composition.size)) for row in rows) + 1)
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel(say(_("Members")))
    told = titled(composition, title, _members(composition), _open_members(composition))
    axes.set_title(say(told), **LITERAL)
    _legend_of_members(axes, say)
    return axes


def _legend_of_members(axes: "Axes", say: Language) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an optional library
    from matplotlib.patches import Patch  # noqa: PLC0415 - as above

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


def _kkr_rows(composition: KKRComposition) -> list[Any]:
    if not isinstance(composition, KKRComposition):
        raise ElectionError("{field} is {value}; give what compose_kkr returns", field="composition", value=composition)
    return [row for row in composition.parties if row.takes_part or row.members]


def _members(composition: KKRComposition) -> Text:
    return _(
        "{size} members: {mayors} mayors and {more} supplementary members",
        size=composition.size,
        mayors=composition.sizing.mayors,
        more=composition.size - composition.sizing.mayors,
    )


def kkr_text(composition: KKRComposition) -> Texts:
    """Say in words what bars of members show."""
    rows = _kkr_rows(composition)
    each = ", ".join(f"{row.party} {row.mayors} + {row.supplementary}" for row in rows)
    told = _(
        "Bars of the parties' members, mayors + supplementary members. {said}: {each}.",
        said=_members(composition),
        each=each,
    )
    return Texts([told, _open_members(composition)])


def _open_members(composition: KKRComposition) -> Texts:
    return unfilled(composition.tie.places if composition.tie else 0, composition.vacant)


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
    axes = canvas(ax, (8, 1.4 + 0.38 * len(lists)), style)
    looks = coloured(looks_of(lists, party_letter), style)
    longest = max((votes for each in lists.values() for votes in (each.to_lose, each.to_win) if votes), default=1)
    for lane, each in enumerate(lists.values()):
        for votes, sign, side in ((each.to_lose, -1, "right"), (each.to_win, 1, "left")):
            if votes is None:
                continue
            bar(axes, lane, sign * votes, looks[each.key])
            beside(axes, say.cell(votes), sign * votes, lane, 4 * sign, ha=side)
    axes.axvline(0, color=INK, linewidth=1)
    lanes(axes, [f"{key} ({each.seats})" for key, each in lists.items()])
    open_at(axes, "left")
    axes.set_xlim(-1.18 * longest, 1.18 * longest)
    axes.xaxis.set_major_formatter(lambda value, _position: say.cell(abs(round(value))))
    axes.set_xlabel(say(_("← votes fewer that lose a seat          votes more that win one →")))
    axes.set_title(say(titled(margins, title, _("How many votes the seats hang on"))), **LITERAL)
    return axes


def _margins_of(margins: Margins) -> Mapping[str, ListMargin]:
    if not isinstance(margins, Margins):
        raise ElectionError("{field} is {value}; give what margins(...) returns", field="margins", value=margins)
    return margins.lists


def margins_text(margins: Margins) -> Text:
    """Say in words what bars of margins show."""
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
