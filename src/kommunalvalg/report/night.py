"""What is said of a night that is not over: council by council, and of all councils together.

It stands apart from the other reports, since it needs numpy.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import sqrt

from kommunalvalg.council.previous import changes
from kommunalvalg.elections.polling import Count
from kommunalvalg.methods.alliances import alliances_of
from kommunalvalg.report.counted import as_counted
from kommunalvalg.report.distribution import undecided
from kommunalvalg.report.documents import Cell, Column, Document, Kind, Part, Said, Table, without_empty
from kommunalvalg.report.simulation import figure, majorities_table, spread
from kommunalvalg.simulation.night import CouncilNight
from kommunalvalg.simulation.outcomes import Estimate
from kommunalvalg.text import N_, Figure, Word
from kommunalvalg.text import text as _

__all__ = ["all_lists", "council_night", "every_night"]

_COUNTS = {
    Count.FINAL: N_("final"),
    Count.PRELIMINARY: N_("preliminary"),
    Count.MISSING: N_("not counted"),
}


def council_night(night: CouncilNight, majorities: Iterable[Sequence[str]] = (), said: Iterable[Word] = ()) -> Document:
    """Tell of one council on a night: seats so far, what is expected, the chances, the areas.

    Args:
        night: the council.
        majorities: lists whose chance of a majority together is asked for, besides the alliances; where all of them
            stand in this council.
        said: what is to be said at the head, such as a file that could not be read.
    """
    election = night.result.case
    title = _(
        "{council}, election night of {year}: {seats} seats",
        council=night.name,
        year=str(election.year),
        seats=election.seats,
    )
    parts: list[Part] = [_lists(night), *undecided(night.result.proportional.ties, night.result.vacant), _how(night)]
    if night.simulated is not None:
        united = (alliance.lists for alliance in alliances_of(election.units))
        sets_of_lists = [lists for lists in united if night.simulated.majority(lists).value]
        sets_of_lists += [tuple(lists) for lists in majorities if set(lists) <= set(night.simulated.lists)]
        parts += [majorities_table(night.simulated, sets_of_lists)] if sets_of_lists else []
    parts += [_areas(night)] if night.areas.areas else []
    told = as_counted(Document(title, tuple(parts)), night.result)
    return Document(told.title, (*(Said(each) for each in said), *told.parts))


def _lists(night: CouncilNight) -> Table:
    result, total = night.result, night.result.case.valid_votes
    expected, whole = night.expected.votes, sum(night.expected.votes.values())
    known = changes(result) if result.case.previous is not None else {}
    columns = (
        Column("key", _("List")),
        Column("name", _("Name")),
        Column("votes", _("Votes"), Kind.NUMBER),
        Column("share", _("Share"), Kind.SHARE),
        Column("seats", _("Seats by what is counted"), Kind.NUMBER),
        Column("expected", _("Expected seats"), Kind.NUMBER),
        Column("from", _("Nine in ten: from"), Kind.NUMBER),
        Column("to", _("to"), Kind.NUMBER),
        Column("last", _("Chance of the last of them"), Kind.SHARE),
        Column("more", _("of one more"), Kind.SHARE),
        Column("expected_share", _("Expected share"), Kind.SHARE),
        Column("change", _("Share: percentage points"), Kind.POINTS),
    )
    before, chances = result.case.previous, night.simulated.distribution if night.simulated else {}
    rows = []
    for key, list_result in result.lists.items():
        seats = night.standing.certain[key]
        share = Fraction(expected[key], whole) if whole else None
        then = Fraction(before.votes.get(key, 0), before.total) if before is not None and before.total else None
        rows.append(
            (
                key,
                list_result.list.name,
                list_result.list.votes,
                Fraction(list_result.list.votes, total) if total else None,
                list_result.seats,
                seats,
                *_chances(night, key, seats, chances.get(key, {})),
                share,
                None if share is None or then is None else share - then,
            )
        )
    gone = [change for change in known.values() if change.gone]
    rows += [(change.key, _("no longer stands"), *([None] * 9), change.share) for change in gone]
    return without_empty(Table("lists", "", columns, tuple(rows)))


def _chances(night: CouncilNight, key: str, seats: int, chances: Mapping[int, Estimate]) -> tuple[Cell, ...]:
    """Give from and to how many seats a list comes in nine of ten, and the chances of its last seat and of one more."""
    simulation = night.simulated
    if simulation is None:
        return seats, seats, None, None
    last = figure(simulation.at_least(key, seats).value) if seats else None
    return *spread(chances.items()), last, figure(simulation.at_least(key, seats + 1).value)


def _how(night: CouncilNight) -> Word:
    if night.simulated is None:
        return _("Every area is counted.")
    n, error = night.simulated.n, Figure(figure(1 / sqrt(night.simulated.n)), Kind.ERROR)
    if night.expected.by_swing:
        return _(
            "Each area that is not counted is expected to have moved since the last election as the counted ones did "
            "on the whole; {unmatched} counted areas have none to compare with. The chances are of {n} ways in which "
            "the rest may go, each area following a counted one; another drawing would seldom move them by more than "
            "{error} percentage points.",
            unmatched=night.expected.unmatched,
            n=n,
            error=error,
        )
    return _(
        "Each area that is not counted is expected to vote as the counted ones did together. The chances are of {n} "
        "ways in which the rest may go, each area being like a counted one; another drawing would seldom move them by "
        "more than {error} percentage points. Areas that are counted early often vote otherwise than the rest.",
        n=n,
        error=error,
    )


def _areas(night: CouncilNight) -> Table:
    columns = (
        Column("area", _("Polling area")),
        Column("count", _("Counted")),
        Column("cast", _("Votes cast"), Kind.NUMBER),
        Column("eligible", _("With the right to vote"), Kind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = [
        (area.name, _(_COUNTS[area.count]), area.cast if area.count is not Count.MISSING else None, area.eligible)
        for area in night.areas.areas
    ]
    unnamed = night.areas.number - len(rows)
    rows += [(_("and {count} more", count=unnamed), _(_COUNTS[Count.MISSING]), None, None)] if unnamed else []
    return without_empty(Table("areas", _("Polling areas"), columns, tuple(rows)))


def every_night(nights: Mapping[str, CouncilNight], waiting: Sequence[str] = (), said: Iterable[Word] = ()) -> Document:
    """Tell of all councils on a night, a line for each.

    Args:
        nights: council -> what is known of it.
        waiting: the councils of which nothing is counted.
        said: what is to be said at the head.
    """
    columns = (
        Column("council", _("Council")),
        Column("areas", _("Areas counted"), Kind.NUMBER),
        Column("of", _("Of"), Kind.NUMBER),
        Column("eligible", _("Share of those with the right to vote"), Kind.SHARE),
        Column("seats", _("Seats by what is counted")),
        Column("expected", _("Expected seats")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            night.areas.counted,
            night.areas.number,
            night.areas.share,
            _seats(night.result.seats),
            _seats(night.standing.certain),
        )
        for name, night in nights.items()
    ]
    rows += [(name, 0, None, None, "", "") for name in waiting]
    counted = sum(night.areas.status is None for night in nights.values())
    status = _(
        "{final} of {councils} councils are finally counted.", final=counted, councils=len(nights) + len(waiting)
    )
    parts: list[Part] = [*(Said(each) for each in said), Said(status), Table("councils", "", columns, tuple(rows))]
    return Document(_("Election night: all councils"), tuple(parts))


def _seats(seats: Mapping[str, int]) -> str:
    return ", ".join(f"{key}\N{NO-BREAK SPACE}{number}" for key, number in seats.items() if number)


def all_lists(nights: Mapping[str, CouncilNight]) -> Table:
    """Give the lists of all councils in one table, as programs take it; each row says how far its council is."""
    columns = (
        Column("council", _("Council")),
        Column("areas", _("Areas counted"), Kind.NUMBER),
        Column("of", _("Of"), Kind.NUMBER),
        Column("eligible", _("Share of those with the right to vote"), Kind.SHARE),
    )
    rows: list[tuple[Cell, ...]] = []
    every: dict[str, Column] = {}
    told = {name: _lists(night) for name, night in nights.items()}
    flat = {name: table.flat or table for name, table in told.items()}
    for table in flat.values():
        every.update({column.key: column for column in table.columns})
    for name, night in nights.items():
        own = [column.key for column in flat[name].columns]
        for row in flat[name].rows:
            cells = dict(zip(own, row, strict=True))
            areas = night.areas
            rows.append((name, areas.counted, areas.number, areas.share, *(cells.get(key) for key in every)))
    return Table("lists", "", (*columns, *every.values()), tuple(rows))
