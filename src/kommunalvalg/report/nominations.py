"""What is said of the lists and alliances before an election: who stands, and what of it does."""

from kommunalvalg.analysis.what_if import OtherLine
from kommunalvalg.council.alliances import StandingAlliances
from kommunalvalg.council.nomination import ApprovedCandidates
from kommunalvalg.law import provision
from kommunalvalg.report.distribution import undecided
from kommunalvalg.report.documents import Cited, Column, Document, Kind, Part, Table
from kommunalvalg.report.quotients import drawn
from kommunalvalg.text import Figure, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["approved", "other_line", "standing"]


def standing(result: StandingAlliances) -> Document:
    """Say what stands of the alliances that were registered, and why the rest does not."""
    stands = Table(
        "alliances",
        _("Alliances that stand"),
        (Column("number", _("No."), Kind.NUMBER), Column("lists", _("Lists"))),
        tuple((number, _joined(alliance)) for number, alliance in enumerate(result.alliances, start=1)),
    )
    fallen = Table(
        "fallen",
        _("What does not stand"),
        (Column("lists", _("Lists")), Column("reason", _("Reason")), Column("provision", _("Provision"))),
        tuple((", ".join(each.lists), each.why.text, Cited(each.why.provision)) for each in result.fallen),
    )
    parts: list[Part] = [table for table in (stands, fallen) if table.rows]
    return Document(_("Alliances as they stand"), tuple(parts) or (_("No alliance was registered."),))


def _joined(alliance: tuple[str | tuple[str, ...], ...]) -> str:
    return "+".join(member if isinstance(member, str) else f"({'+'.join(member)})" for member in alliance)


def approved(result: ApprovedCandidates) -> Document:
    """Say which candidates stand, and who is struck and why."""
    lists = Table(
        "lists",
        "",
        (Column("key", _("List")), Column("name", _("Name")), Column("candidates", _("Candidates"), Kind.NUMBER)),
        tuple((each.key, each.name, len(each.candidates)) for each in result.lists),
    )
    struck = Table(
        "struck",
        _("Candidates who are struck"),
        (
            Column("key", _("List")),
            Column("candidate", _("Candidate")),
            Column("provision", _("Provision")),
        ),
        tuple((each.key, each.candidate, Cited(provision(each.rule, result.case.year))) for each in result.struck),
    )
    parts: list[Part] = [lists, *([struck] if struck.rows else []), *undecided(result.ties, 0), *drawn(result.draws)]
    return Document(_("Candidates who stand"), tuple(parts))


def other_line(result: OtherLine) -> Document:
    """Report a KKR with the line where it was, and moved."""
    before = {row.party: row for row in result.before.parties}
    table = Table(
        "what_if",
        "",
        (
            Column("party", _("Party")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("before", _("As it is"), Kind.NUMBER),
            Column("after", _("As it would be"), Kind.NUMBER),
            Column("change", _("Change"), Kind.CHANGE),
        ),
        tuple(
            (row.party, row.votes, before[row.party].members, row.members, row.members - before[row.party].members)
            for row in result.after.parties
        ),
    )
    said: list[Word] = [
        _("{parties} would take part too.", parties=Texts(result.entered, ", ")) if result.entered else None,
        _("{parties} would no longer take part.", parties=Texts(result.left, ", ")) if result.left else None,
    ]
    title = _("What if the line were {line}", line=Figure(result.line, Kind.SHARE))
    return Document(title, (table, *(each for each in said if each is not None)))
