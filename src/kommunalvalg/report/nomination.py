"""What is said before an election: which candidates and which alliances stand."""

from kommunalvalg.council.alliances import StandingAlliances, Valgforbund
from kommunalvalg.council.nomination import ApprovedCandidates
from kommunalvalg.report.documents import Cited, Column, Document, Kind, Part, Table, cite
from kommunalvalg.report.quotients import drawn, open_lot
from kommunalvalg.text import text as _

__all__ = ["alliances", "candidates"]


def candidates(approved: ApprovedCandidates) -> Document:
    """Report which candidates stand, and by which provision the others do not."""
    standing = {a_list.key: len(a_list.candidates) for a_list in approved.lists}
    lists = Table(
        "lists",
        "",
        (
            Column("key", _("List")),
            Column("name", _("Name")),
            Column("submitted", _("Submitted"), Kind.NUMBER),
            Column("stand", _("Stand"), Kind.NUMBER),
        ),
        tuple((each.key, each.name, len(each.candidates), standing.get(each.key, 0)) for each in approved.case.lists),
    )
    parts: list[Part] = [lists, *map(open_lot, approved.ties), *drawn(approved.draws)]
    if approved.struck:
        columns = (Column("key", _("List")), Column("candidate", _("Candidate")), Column("provision", _("Provision")))
        rows = tuple((each.key, each.candidate, cite(each.rule, approved.case.year)) for each in approved.struck)
        parts.append(Table("struck", _("Struck"), columns, rows))
    elif not approved.ties:
        parts.append(_("No candidate is struck."))
    return Document(_("Who stands for election"), tuple(parts))


def alliances(standing: StandingAlliances) -> Document:
    """Report which alliances stand of those that were registered, and why the rest does not."""
    parts: list[Part] = [_("No alliance stands.")]
    if standing.alliances:
        number, lists = Column("number", _("No."), Kind.NUMBER), Column("lists", _("Lists"))
        rows = tuple((number, _written(each)) for number, each in enumerate(standing.alliances, start=1))
        parts = [Table("alliances", "", (number, lists), rows)]
    if standing.fallen:
        columns = (
            Column("number", _("Alliance"), Kind.NUMBER),
            Column("lists", _("Lists")),
            Column("why", _("Why")),
            Column("provision", _("Provision")),
        )
        fallen = tuple(
            (each.number, ", ".join(each.lists), each.why.text, Cited(each.why.provision)) for each in standing.fallen
        )
        parts.append(Table("fallen", _("What does not stand"), columns, fallen))
    else:
        parts.append(_("Everything that was registered stands."))
    return Document(_("Alliances that stand"), tuple(parts))


def _written(valgforbund: Valgforbund) -> str:
    """Write an alliance, a listeforbund in it in brackets."""
    return ", ".join(member if isinstance(member, str) else f"({', '.join(member)})" for member in valgforbund)
