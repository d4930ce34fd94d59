"""What is said of a council election: the protocol, from the votes to the last substitute."""

from fractions import Fraction

from kommunalvalg.council.result import CouncilResult, Mandate
from kommunalvalg.council.seats import Surplus, surpluses
from kommunalvalg.report.distribution import open_lot, quotients, warned
from kommunalvalg.report.document import Cell, Column, Document, Kind, Part, Table
from kommunalvalg.report.language import Language
from kommunalvalg.report.wording import ELECTED_BY

__all__ = ["protocol"]


def protocol(result: CouncilResult, _: Language) -> Document:
    """Report a council election: seats by list, units, quotients, surplus seats, the elected, substitutes, lots."""
    election = result.election
    parts: list[Part] = [_lists(result, _), _units(result, _)]
    parts += [_surplus(surplus, _) for surplus in surpluses(result.proportional)]
    parts += [open_lot(tie, _) for tie in result.ties]
    if result.vacant:
        parts.append(_("{count} seats that nobody can take.", count=result.vacant))
    parts += [warned(warning, _) for warning in election.warnings]
    parts += [_mandates(result, _), *_substitutes(result, _), quotients(result.proportional, _)]
    return Document(
        _(
            "{council}, election of {year}: {seats} seats",
            council=election.name,
            year=str(election.year),
            seats=election.seats,
        ),
        _.code,
        tuple(part for part in parts if not (isinstance(part, Table) and not part.rows)),
    )


def _lists(result: CouncilResult, _: Language) -> Table:
    total = sum(its.list.votes for its in result.lists.values())
    seats = sum(result.seats.values())
    return Table(
        "lists",
        "",
        (
            Column("key", _("List")),
            Column("name", _("Name")),
            Column("form", _("Form")),
            Column("candidates", _("Candidates"), Kind.NUMBER),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("share", _("Share"), Kind.SHARE),
            Column("seats", _("Seats"), Kind.NUMBER),
        ),
        tuple(
            (
                key,
                its.list.name,
                str(its.list.form),
                len(its.list.candidates),
                its.list.votes,
                Fraction(its.list.votes, total) if total else None,
                its.seats,
            )
            for key, its in result.lists.items()
        ),
        (_("Total"), "", "", sum(len(its.list.candidates) for its in result.lists.values()), total, None, seats),
    )


def _units(result: CouncilResult, _: Language) -> Table:
    """Tabulate the alliances, the outer before the inner."""
    election, proportional = result.election, result.proportional
    rows: list[tuple[Cell, ...]] = [
        (
            unit.name,
            sum(election.by_key[key].votes for key in unit.lists),
            proportional.unit_seats[unit.name],
            ", ".join(f"{key} {proportional.seats[key]}" for key in unit.lists),
        )
        for unit in election.units
    ]
    return Table(
        "units",
        _("Alliances"),
        (
            Column("unit", _("Alliance")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("seats", _("Seats"), Kind.NUMBER),
            Column("lists", _("Seats inside it")),
        ),
        tuple(rows),
    )


def _surplus(surplus: Surplus, _: Language) -> str:
    to = _.listing([name if more == 1 else f"{name} ({more})" for name, more in surplus.to.items()])
    said = _(
        "{name} was entitled to {entitled} seats and has {candidates} candidates; the surplus goes to {to} "
        "(KRVL § 81, stk. 3).",
        name=surplus.name,
        entitled=surplus.entitled,
        candidates=surplus.candidates,
        to=to,
    )
    return said if not surplus.within else _("Within {unit}: {said}", unit=surplus.within, said=said)


def _mandates(result: CouncilResult, _: Language) -> Table:
    return Table(
        "mandates",
        _("Elected"),
        (
            Column("number", _("Seat"), Kind.NUMBER),
            Column("key", _("List")),
            Column("rank", _("Rank"), Kind.NUMBER),
            Column("candidate", _("Candidate")),
            Column("votes", _("Personal votes"), Kind.NUMBER),
            Column("given", _("List votes given"), Kind.NUMBER),
            Column("fordelingstal", _("Quota"), Kind.NUMBER),
            Column("elected_by", _("Elected by")),
        ),
        tuple(
            (
                mandate.number,
                mandate.key,
                mandate.rank,
                mandate.candidate,
                mandate.votes,
                mandate.given if mandate.fordelingstal else None,
                mandate.fordelingstal,
                _how(mandate, _),
            )
            for mandate in result.mandates
        ),
    )


def _how(mandate: Mandate, _: Language) -> str:
    how = _(ELECTED_BY[mandate.elected_by])
    if mandate.by_lot:
        how += ", " + _("by lot")
    return how + (", " + _("number and rank by lot") if mandate.rank_open else "")


def _substitutes(result: CouncilResult, _: Language) -> list[Part]:
    open_orders = [_.listing(tie.among) for tie in result.substitute_ties]
    parts: list[Part] = [
        Table(
            "substitutes",
            _("Substitutes"),
            (
                Column("key", _("List")),
                Column("number", _("No."), Kind.NUMBER),
                Column("candidate", _("Candidate")),
                Column("votes", _("Personal votes"), Kind.NUMBER),
                Column("given", _("List votes given"), Kind.NUMBER),
            ),
            tuple(
                (key, number, name, votes[name], its.given.get(name, 0) if its.fordelingstal else None)
                for key, its in result.lists.items()
                for votes in [{candidate.name: candidate.votes for candidate in its.list.candidates}]
                for number, name in enumerate(its.substitutes, start=1)
            ),
        )
    ]
    if open_orders:
        parts.append(
            _(
                "Substitutes with equal votes, whose order a lot decides (KRVL § 91, stk. 1): {groups}. Until it is "
                "drawn they stand as on the ballot.",
                groups="; ".join(open_orders),
            )
        )
    return parts
