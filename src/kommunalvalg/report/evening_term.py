"""What is said of the term after a meeting: what happened and what followed, and who sits where on a day."""

from datetime import date

from kommunalvalg.evening.given import Happening
from kommunalvalg.evening.term import Consequence, Holding, Sitting, Term, TermStep
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Heading, Part, Said, Table, without_empty
from kommunalvalg.report.evening import ROLES
from kommunalvalg.text import N_, Grounded, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["register"]


def register(term: Term) -> Document:
    """Tell who sits where on a day, which places stand empty, and what led there."""
    case = term.case
    title = (
        _("Register of places, {name}, {day}", name=case.evening.name, day=date.fromisoformat(case.day))
        if case.day
        else _("Register of places, {name}", name=case.evening.name)
    )
    parts: list[Part] = []
    if term.vacant:
        parts += [Heading(_("Places that stand empty")), _vacant(term)]
    parts += [Heading(_("The members")), _members(term.sitting)]
    parts += [Heading(_("Posts, committees and bodies")), _places(term)]
    if term.steps:
        parts += [Heading(_("What happened, and what followed"))]
        for step in term.steps:
            parts += _step(step, term.case.evening.council)
    else:
        parts.append(_("Nothing has happened since the meeting."))
    return with_acts(Document(title, tuple(parts)))


def _vacant(term: Term) -> Table:
    columns = (Column("body", _("Body")), Column("group", _("To be filled by")), Column("since", _("Since")))
    rows = tuple((each.body, _fills(term, each), _day(each.since)) for each in term.vacant)
    return Table("vacant", "", columns, rows)


def _fills(term: Term, vacant: Holding) -> Word:
    """Say who fills a place that stands empty."""
    if vacant.group in term.dissolved:
        return _("nobody: {group} has no members left", group=vacant.group)
    return vacant.group or term.case.evening.council


def _day(day: str) -> Word:
    return date.fromisoformat(day) if day else ""


def _members(sitting: tuple[Sitting, ...]) -> Table:
    columns = (
        Column("name", _("Name")),
        Column("list", _("List")),
        Column("entered_for", _("Entered for")),
        Column("since", _("Since")),
        Column("note", _("Note")),
    )
    rows = tuple((each.name, each.list, each.entered_for, _day(each.since), _noted(each)) for each in sitting)
    return without_empty(Table("members", "", columns, rows))


def _noted(member: Sitting) -> Cell:
    if member.away:
        return _("away")
    return _("for a time") if member.for_a_time else ""


def _places(term: Term) -> Table:
    met = term.case.evening.day
    columns = (
        Column("body", _("Body")),
        Column("group", _("Group")),
        Column("person", _("Name")),
        Column("role", _("As")),
        Column("since", _("Since")),
        Column("note", _("Note")),
    )
    rows = tuple(
        (
            each.body,
            each.group,
            each.person or _("(vacant)"),
            _(ROLES[each.role]),
            _day(each.since) if each.since != met else "",
            _note(each),
        )
        for each in term.holdings
    )
    return without_empty(Table("places", "", columns, rows))


def _note(holding: Holding) -> Cell:
    if holding.instead_of:
        return _("while {name} is away", name=holding.instead_of)
    return _("away") if holding.away else ""


def _step(step: TermStep, council: Text) -> list[Part]:
    event = step.event
    about: Word = _(_HAPPENED[event.what], council=council)
    body = event.body or event.to
    if event.what in {Happening.PARTY, Happening.GROUP} and body:
        about = Texts([about, ":"], "")
    said = Texts([Texts([date.fromisoformat(event.day), ":"], ""), event.person, about, *([body] if body else [])])
    return [Said(said), *(_follows(each) for each in step.consequences)]


_HAPPENED: dict[Happening, str] = {
    Happening.LEAVES: N_("leaves {council}"),
    Happening.DIES: N_("has died"),
    Happening.ABSENT: N_("is away for a month or more"),
    Happening.RETURNS: N_("is back"),
    Happening.LEAVES_BODY: N_("leaves"),
    Happening.NAMED: N_("is named to"),
    Happening.ONE_MEETING: N_("is hindered from a meeting"),
    Happening.DISQUALIFIED: N_("will be disqualified in a matter of"),
    Happening.REMOVED: N_("has a motion of no confidence put against them"),
    Happening.PARTY: N_("changes party"),
    Happening.GROUP: N_("changes group"),
    Happening.EXCUSED: N_("is excused as"),
    Happening.ELECTED: N_("is elected"),
}


def _follows(consequence: Consequence) -> Text | Texts:
    if not consequence.rule:
        return consequence.text
    return Grounded([consequence.text, Cited(consequence.provision)])
