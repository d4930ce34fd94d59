"""What is said of a council after the election: who sits, and what each change did."""

from kommunalvalg.council.vacancies import Sitting, Step
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Kind, Part, Table, cite
from kommunalvalg.report.quotients import drawn, open_lot
from kommunalvalg.text import Texts
from kommunalvalg.text import text as _

__all__ = ["sitting"]


def sitting(council: Sitting) -> Document:
    """Report who sits after some changes, and seat by seat what they did, each with its provision."""
    number, key = Column("number", _("Seat"), Kind.NUMBER), Column("key", _("List"))
    parts: list[Part] = [
        Table(
            "sitting",
            "",
            (number, key, Column("sits", _("Sits")), Column("member", _("Elected member"))),
            tuple((seat.number, seat.key, seat.sits, seat.member) for seat in council.seats),
        )
    ]
    if council.tie:
        parts.append(open_lot(council.tie))
    if council.pending:
        changes = Texts((change.text for change in council.pending), "; ")
        parts.append(_("These changes wait for the lot: {changes}.", changes=changes))
    parts += drawn(council.draws)
    if council.steps:
        parts.append(
            Table(
                "steps",
                _("What the changes did"),
                (
                    Column("change", _("Change")),
                    Column("ground", _("Ground")),
                    number,
                    key,
                    Column("entered", _("Enters")),
                    Column("displaced", _("Gives place")),
                    Column("passed_from", _("Seat passes from")),
                    Column("provision", _("Provision")),
                ),
                tuple(_step(step) for step in council.steps),
            )
        )
    return Document(_("{council} after the changes", council=council.result.election.name), tuple(parts))


def _step(step: Step) -> tuple[Cell, ...]:
    changed, ground = step.change.text, cite(step.change.ground, step.when, step.change.point)
    return (
        changed,
        ground,
        step.number,
        step.key,
        step.entered,
        step.displaced,
        step.passed_from,
        Cited(step.provision),
    )
