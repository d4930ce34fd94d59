"""The chart of one distribution's time, over the seats and over the lists, drawn from the numbers."""

from math import log2

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from measured import CHART, Numbers, alternative_text

INK = "#808080"
"""A grey that can be read on a white page and on a dark one; so can the two colours."""
BLUE, ORANGE = "#2a84d2", "#d9822b"


def draw(numbers: Numbers) -> None:
    """Draw it to where the documentation has it."""
    with mpl.rc_context(
        {
            "svg.fonttype": "none",  # letters, not their outlines
            "svg.hashsalt": "kommunalvalg",  # the same chart is the same file
            "axes.edgecolor": INK,
            "axes.labelcolor": INK,
            "axes.titlecolor": INK,
            "legend.frameon": False,
            "legend.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
        }
    ):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        left, right = figure.subplots(1, 2)
        _line(left, numbers.over_seats(10), "10 lists", BLUE)
        _line(left, numbers.over_seats(100), "100 lists", ORANGE)
        _label(left, "seats", "Flat in the number of seats")
        left.set_ylim(1, 1_000)
        by_lists = numbers.over_lists()
        _line(right, by_lists, "1,000 seats", BLUE)
        most = max(by_lists)
        scale = by_lists[most] / (most * log2(most))
        right.plot(list(by_lists), [scale * p * log2(p) * 1e6 for p in by_lists], "--", color=ORANGE, label="p log p")
        _label(right, "lists, p", "p log p in the number of lists")
        figure.savefig(CHART, transparent=True, metadata={"Date": None, "Description": alternative_text(numbers)})


def _line(axes: Axes, times: dict[int, float], label: str, colour: str) -> None:
    axes.plot(list(times), [time * 1e6 for time in times.values()], marker="o", color=colour, label=label)


def _label(axes: Axes, across: str, title: str) -> None:
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel="µs", title=title)
    axes.minorticks_off()
    axes.legend()
