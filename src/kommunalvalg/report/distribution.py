"""What is said of a distribution of seats."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kommunalvalg.law import Warned
from kommunalvalg.lots import Tie
from kommunalvalg.methods.alliances import ProportionalElection, UnitAward
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import DivisorContest
from kommunalvalg.report.document import Cell, Column, Document, Kind, Part, Table
from kommunalvalg.report.language import Language

__all__ = ["distribution", "forholdstalsvalg", "open_lot", "quotients", "warned"]


def open_lot(tie: Tie, _: Language) -> str:
    """Say in one sentence that a lot is open: where, how many places, among whom, under which provision."""
    names = _.listing(tie.among)
    lot = (
        _("Open lot: 1 place among {names}", names=names)
        if tie.places == 1
        else _("Open lot: {places} places among {names}", places=tie.places, names=names)
    )
    return (f"{tie.within}: " if tie.within else "") + lot + (f", {tie.provision}." if tie.provision else ".")


def warned(warning: Warned, _: Language) -> str:
    """Say what departs from a rule, with the provision."""
    return _(warning.message, **warning.values) + f" ({warning.provision})"


def distribution(allocation: Allocation, _: Language, *, title: str = "") -> Document:
    """Report seats distributed by a divisor method: votes, seats, open lots, the winning quotients in order."""
    contest = allocation.contest
    if not isinstance(contest, DivisorContest):
        raise TypeError("a report of quotients is of a divisor method")
    title = title or _("Distribution of {count} seats by {method}", count=contest.seats, method=contest.divisors.name)
    parts = [
        _seats(_, contest.votes, allocation.seats),
        *_open(_, [allocation.tie] if allocation.tie else [], allocation.vacant),
        quotients(allocation, _),
    ]
    return Document(title, _.code, tuple(parts))


def forholdstalsvalg(
    election: ProportionalElection, _: Language, *, title: str = "", names: Mapping[str, str] | None = None
) -> Document:
    """Report a forholdstalsvalg: the seats of units and lists, open lots, the winning quotients in order.

    Args:
        election: the result.
        title: what the report is called (default: the number of seats and the method).
        names: list -> its name, where it has one besides its letter.
    """
    contest = election.contest
    title = title or _("Distribution of {count} seats by {method}", count=contest.seats, method="d'Hondt")
    units = {name: unit for unit in contest.alliances for name in unit.lists}
    parts: list[Part] = [_seats(_, contest.votes, election.seats, names)]
    if units:
        parts.append(
            Table(
                "units",
                _("Alliances"),
                (
                    Column("unit", _("Unit")),
                    Column("votes", _("Votes"), Kind.NUMBER),
                    Column("seats", _("Seats"), Kind.NUMBER),
                ),
                tuple(
                    (unit.name, sum(contest.votes[name] for name in unit.lists), election.unit_seats[unit.name])
                    for unit in contest.alliances
                ),
            )
        )
    parts += [*_open(_, election.ties, election.vacant), quotients(election, _)]
    return Document(title, _.code, tuple(parts))


def _seats(
    _: Language, votes: Mapping[str, int], seats: Mapping[str, int], names: Mapping[str, str] | None = None
) -> Table:
    total = sum(votes.values())
    columns = [
        Column("name", _("Name")),
        Column("votes", _("Votes"), Kind.NUMBER),
        Column("share", _("Share"), Kind.SHARE),
        Column("seats", _("Seats"), Kind.NUMBER),
    ]
    rows: list[list[Cell]] = [
        [name, count, Fraction(count, total) if total else None, seats[name]] for name, count in votes.items()
    ]
    sums: list[Cell] = [_("Total"), total, None, sum(seats.values())]
    if names is not None:
        columns[0:1] = [Column("key", _("List")), Column("name", _("Name"))]
        for row in (*rows, sums):
            row.insert(1, names.get(str(row[0]), ""))
    return Table("seats", "", tuple(columns), tuple(map(tuple, rows)), tuple(sums))


def _open(_: Language, ties: Iterable[Tie], vacant: int) -> list[Part]:
    """Say what is not decided: the lots that are open, and the seats that nobody can take."""
    parts: list[Part] = [open_lot(tie, _) for tie in ties]
    return [*parts, _("{count} seats that nobody can take.", count=vacant)] if vacant else parts


def quotients(election: Allocation | ProportionalElection, _: Language) -> Table:
    """Tabulate the seats in the order in which they were won."""
    nested = isinstance(election, ProportionalElection) and bool(election.inner)
    columns = [
        Column("number", _("Seat"), Kind.NUMBER),
        Column("winner", _("To")),
        Column("votes", _("Votes"), Kind.NUMBER),
        Column("divisor", _("Divisor"), Kind.NUMBER),
        Column("quotient", _("Quotient"), Kind.NUMBER),
        Column("lot", _("By lot")),
    ]
    if nested:
        columns[1:1] = [Column("unit", _("Unit")), Column("unit_quotient", _("The unit's quotient"), Kind.NUMBER)]
    rows = []
    for award in election.awards:
        row: list[Cell] = [award.number, award.winner, award.votes, award.divisor, award.quotient]
        if nested and isinstance(award, UnitAward):
            row[1:1] = [award.unit, award.steps[0].quotient]
        rows.append((*row, _("yes") if award.by_lot else ""))
    return Table("awards", _("The seats in the order in which they were won"), tuple(columns), tuple(rows))
