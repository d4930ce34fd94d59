"""What is said of simulated elections: seats in the mean, how far they spread, and the chances of majorities.

It stands apart from the other reports, since it needs numpy.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kommunalvalg.report.documents import Column, Document, Kind, Part, Table
from kommunalvalg.report.wording import N_
from kommunalvalg.simulation import Estimate, SimulatedSeats
from kommunalvalg.text import Word
from kommunalvalg.text import text as _

__all__ = ["figure", "majorities_table", "simulated", "simulation_report", "spread"]

SPREAD = Fraction(1, 20)
"""What is left out at either end, so that nine in ten simulations lie between."""

_DIGITS = 6


def simulation_report(
    simulation: SimulatedSeats, *, model: Word, seed: int, majorities: Iterable[tuple[str, ...]] = ()
) -> Document:
    """Report simulated elections of one council, or compositions of one KKR, with what they were drawn from.

    Args:
        simulation: what came out.
        model: what the votes were drawn from, in words.
        seed: the seed, so that it can be repeated.
        majorities: sets of lists whose chance of a majority together is asked for.
    """
    drawn = _("{n} elections were drawn: {model}. Seed {seed}.", n=simulation.n, model=model, seed=str(seed))
    return _report(simulation, drawn, majorities)


def simulated(simulation: SimulatedSeats) -> Document:
    """Report what came out alone; the result does not know what it was drawn from."""
    return _report(simulation, _("{n} elections were drawn.", n=simulation.n))


_UNNAMED = {"the KKR": N_("the KKR"), "the election": N_("the election")}
"""What a result is called where it was given no name."""


def _report(simulation: SimulatedSeats, drawn: Word, majorities: Iterable[tuple[str, ...]] = ()) -> Document:
    name = _(_UNNAMED[simulation.name]) if simulation.name in _UNNAMED else simulation.name
    parts: list[Part] = [drawn, _seats(simulation)]
    sets_of_lists = tuple(majorities)
    if sets_of_lists:
        parts.append(majorities_table(simulation, sets_of_lists))
    if simulation.tied:
        parts.append(
            _(
                "In {tied} of them a lot was open; each counts in parts, by the chances of the lot.",
                tied=simulation.tied,
            )
        )
    if simulation.undecided:
        parts.append(
            _("{undecided} of these could fall in too many ways and count for nothing.", undecided=simulation.undecided)
        )
    parts.append(_("The errors say how much the numbers vary from seed to seed, and not whether the model is right."))
    return Document(_("{council}: simulated elections", council=name), tuple(parts))


def _seats(simulation: SimulatedSeats) -> Table:
    columns = (
        Column("list", _("List")),
        Column("expected", _("Seats in the mean"), Kind.NUMBER),
        Column("error", _("Error"), Kind.NUMBER),
        Column("from", _("Nine in ten: from"), Kind.NUMBER),
        Column("to", _("to"), Kind.NUMBER),
        Column("some", _("Chance of a seat"), Kind.SHARE),
        Column("likely", _("Likeliest"), Kind.NUMBER),
        Column("last", _("Chance of the last of them"), Kind.SHARE),
    )
    means, chances = simulation.expected, simulation.distribution
    rows = tuple(
        (
            key,
            figure(means[key].value),
            figure(means[key].error),
            *spread(chances[key].items()),
            figure(simulation.at_least(key, 1).value),
            *_last(simulation, key, chances[key]),
        )
        for key in simulation.lists
    )
    return Table("simulated", "", columns, rows)


def _last(simulation: SimulatedSeats, key: str, chances: Mapping[int, Estimate]) -> tuple[int | None, Fraction | None]:
    """Give how many seats a list has most often, and the chance that it has so many or more: that it has the last."""
    if not chances:
        return None, None
    likely = max(chances, key=lambda seats: chances[seats].value)
    return likely, figure(simulation.at_least(key, likely).value) if likely else None


def spread(chances: Iterable[tuple[int, Estimate]]) -> tuple[int | None, int | None]:
    """Give the fewest and the most seats that are left when the rare ends are cut off; None where nothing came out."""
    known = list(chances)
    whole = sum(chance.value for _, chance in known)
    low = high = None
    below = 0.0
    for seats, chance in known:
        if low is None and below + chance.value > whole * SPREAD:
            low = seats
        if below < whole * (1 - SPREAD):
            high = seats
        below += chance.value
    return low, high


def majorities_table(simulation: SimulatedSeats, sets_of_lists: Iterable[tuple[str, ...]]) -> Table:
    """Give the chance of each of some sets of lists to have more than half of the seats together."""
    columns = (
        Column("lists", _("Lists")),
        Column("chance", _("Chance of a majority"), Kind.SHARE),
        Column("error", _("Error: percentage points"), Kind.ERROR),
    )
    chances = [(names, simulation.majority(names)) for names in sets_of_lists]
    rows = tuple(("+".join(names), figure(chance.value), figure(chance.error)) for names, chance in chances)
    return Table("majorities", _("More than half of the seats"), columns, rows)


def figure(value: float) -> Fraction | None:
    """Give a measured number as a report takes it; None where there is none."""
    return None if value != value else Fraction(round(value * 10**_DIGITS), 10**_DIGITS)  # noqa: PLR0124 - NaN
