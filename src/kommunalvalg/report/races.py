"""The race of the quotients: from left to right they fall, those that won a seat with its number."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, log10
from typing import TYPE_CHECKING

import attrs

from kommunalvalg.council.result import CouncilResult
from kommunalvalg.errors import ElectionError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.shortfall import RemainderCase
from kommunalvalg.report.axes import LITERAL, beside, canvas, lanes, open_at, titled
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.looks import COLOURS, INK, NEUTRAL, Look, parties_of
from kommunalvalg.report.quotients import levels, quotients_at
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.report.wording import numbered
from kommunalvalg.text import Names, Text
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["quotient_race", "race_text"]


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
    axes = canvas(ax, (9, 1.7 + 0.45 * len(names)), style)
    begin, end = _track(runners, line)
    party_of_list = parties_of(result)
    for runner in runners:
        lane = names.index(runner.name)
        if runner.at <= end:
            party = party_of_list(runner.name)
            colour = style.colours.get(runner.name, COLOURS.get(party or ""))
            _draw_runner(axes, runner, lane, Look(colour) if colour else NEUTRAL)
        elif runner.at == min(other.at for other in runners if other.name == runner.name):
            axes.plot([float(end)], [lane], marker=">", color=INK, markersize=6, clip_on=False)
            beside(axes, say.cell(runner.value), float(end), lane, -8, ha="right")
    axes.axvline(float(line.at), color=INK, linewidth=1, linestyle="--", zorder=0)
    axes.set_xlim(float(begin), float(end))
    lanes(axes, names)
    open_at(axes, "left")
    axes.grid(axis="y", linewidth=0.5, alpha=0.5)
    axes.set_axisbelow(True)
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
        _("won the seat of that number"): ("o", NEUTRAL.colour, any(runner.seat for runner in runners)),
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


def race_text(result: object) -> Text:
    """Say in words what a race shows."""
    runners = _runners(result)
    won: Counter[str] = Counter()
    for runner in runners:
        won[runner.name] += runner.seat is not None
    line = _last(runners)
    level = (runner.name for runner in runners if runner.at == line.at and (runner.seat or runner.lot))
    who = Names(dict.fromkeys(level))
    return _(
        "The figures on which seats were won, from the largest to the last, {last} of {who}; seats won: {seats}.",
        last=line.value,
        who=who,
        seats=numbered(won),
    )
