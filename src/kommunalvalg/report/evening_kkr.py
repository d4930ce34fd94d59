"""What is said of a KKR's first meeting, before it as an annex to the agenda, after it as minutes."""

from collections.abc import Iterator
from datetime import date

from kommunalvalg.constitution.slates import boards
from kommunalvalg.evening.kkr_meeting import Appointed, KKRMeeting, SlateChecked
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.chairs import chairs
from kommunalvalg.report.distribution import warned
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Heading, Kind, Part, Said, Table, cite
from kommunalvalg.report.findings import first_meeting, kkr_convener, meeting_plan, notice, quorum
from kommunalvalg.report.kkr import composition
from kommunalvalg.report.quotients import open_lot
from kommunalvalg.report.wording import numbered
from kommunalvalg.text import Names, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["kkr_protocol"]


def kkr_protocol(result: KKRMeeting) -> Document:
    """Tell a KKR's first meeting in the order of business."""
    case = result.case
    title = case.title or (
        _("Minutes of the first meeting, {name}", name=case.name)
        if case.held
        else _("Annex to the agenda of the first meeting, {name}", name=case.name)
    )
    parts: list[Part] = [_("Day of the meeting: {day}.", day=date.fromisoformat(case.day))]
    parts += [warned(each) for each in result.warnings]
    told = {*parts}
    for number, (heading, inside) in enumerate(_items(result), start=1):
        parts.append(Heading(Texts([f"{number}.", heading])))
        parts += [part for part in inside if not isinstance(part, Said) or part not in told]
    return with_acts(Document(title, tuple(parts)))


def _items(result: KKRMeeting) -> Iterator[tuple[Word, list[Part]]]:
    opened: list[Part] = [*first_meeting(result.first).parts[1:]]
    if result.convener:
        opened += kkr_convener(result.convener).parts
    yield _("The meeting is convened and led"), opened
    yield _("Composition"), [*composition(result.composition).parts]
    if result.quorum or result.voters:
        yield _("Who takes part"), [*(quorum(result.quorum).parts[1:] if result.quorum else ()), *_voters(result)]
    yield _("Chair and vice chair"), _posts(result)
    for each in result.appointed:
        yield _("Appointment to {body}", body=each.plan.body), [*_appointed(result, each)]
    for slate in result.slates:
        board = boards()[slate.plan.board]
        yield _("Naming to the board: {board}", board=board.danish), [*_slate(slate)]
    if result.plan:
        yield _("Plan of meetings"), [*meeting_plan(result.plan).parts]
    if result.lots:
        yield _("Lots that were drawn"), [_lots(result)]


def _voters(result: KKRMeeting) -> Iterator[Part]:
    """Tabulate the members who are away, and who votes for them."""
    away = [each for each in result.voters if each.name != each.case.member.name]
    if away:
        columns = (Column("member", _("Member")), Column("votes", _("Votes")), Column("reason", _("Reason")))
        rows = tuple((each.case.member.name, each.name, _(each.reason)) for each in away)
        yield Table("voters", _("Members who are absent"), columns, rows)


def _posts(result: KKRMeeting) -> list[Part]:
    case = result.case
    parts: list[Part] = []
    for alliance in case.alliances:
        names = Names(alliance.parties)
        parts.append(
            _("Valgforbund: {parties}, notified on {day}.", parties=names, day=date.fromisoformat(alliance.given))
            if alliance.given
            else _("Valgforbund: {parties}.", parties=names)
        )
    for each in result.notices:
        parts += notice(each).parts[1:]
    parts += chairs(result.chairs).parts
    for person, said in (
        (case.chair, _("{name} is elected chair.", name=case.chair)),
        (case.vice_chair, _("{name} is elected vice chair.", name=case.vice_chair)),
    ):
        if person:
            parts.append(said)
    return parts


def _appointed(result: KKRMeeting, each: Appointed) -> Iterator[Part]:
    cited = cite("FO-4-4", result.case.day)
    if each.plan.posts == 1:
        yield _("One representative is appointed by flertalsvalg ({provision}).", provision=cited)
    else:
        yield _(
            "{posts} representatives are appointed by forholdstalsvalg ({provision}).",
            posts=each.plan.posts,
            provision=cited,
        )
    outcome = each.result
    if isinstance(outcome, ProportionalElection):
        rows: tuple[tuple[Cell, ...], ...] = tuple(outcome.seats.items())
        yield Table("appointed", "", (Column("group", _("Group")), Column("posts", _("Posts"), Kind.NUMBER)), rows)
    if outcome is not None:
        for tie in outcome.ties:
            yield open_lot(tie)
    if isinstance(outcome, MajorityElection) and not outcome.winner and outcome.needed:
        yield _("{needed} votes are needed.", needed=outcome.needed)
    persons = each.plan.persons or (
        (outcome.winner,) if isinstance(outcome, MajorityElection) and outcome.winner else ()
    )
    missing = each.plan.posts - len(persons)
    if persons:
        yield _("Appointed: {names}.", names=Names(persons))
    if missing:
        yield _("Still to be named: {count}.", count=missing)


def _slate(slate: SlateChecked) -> Iterator[Part]:
    columns = (
        Column("kind", _("Kind of seat")),
        Column("seats", _("Places"), Kind.NUMBER),
        Column("persons", _("Named")),
    )
    rows = tuple(
        (place.danish, place.count, Names(slate.plan.persons.get(place.kind, ()))) for place in slate.check.case.places
    )
    yield Table("board", "", columns, rows)
    cited = Cited(slate.check.provision)
    for kinds, said in (
        (slate.check.missing, _("Places that nobody is named to: {kinds} ({provision}).")),
        (slate.check.surplus, _("More are named than there are places: {kinds} ({provision}).")),
    ):
        if kinds:
            words = {place.kind: place.danish for place in slate.check.case.places}
            counted = numbered({words[kind]: count for kind, count in kinds.items()})
            yield Said(_(said.message, kinds=counted, provision=cited))
    if slate.balance is not None and not slate.balance.ok:
        reason = Texts([_("Reason:"), slate.plan.reason]) if slate.plan.reason else ""
        yield Said(
            Texts(
                [
                    _(
                        "Not as many women as men: {women} and {men} ({provision}).",
                        women=slate.balance.case.women,
                        men=slate.balance.case.men,
                        provision=Cited(slate.balance.provision),
                    ),
                    reason,
                ]
            )
        )


def _lots(result: KKRMeeting) -> Table:
    columns = (
        Column("within", _("Where")),
        Column("among", _("Among")),
        Column("chosen", _("Won by")),
        Column("by", _("Drawn by")),
    )
    rows = tuple(
        (
            lot.place,
            Names(lot.draw.among),
            Names(lot.draw.chosen),
            lot.by,
        )
        for lot in result.lots
    )
    return Table("draws", "", columns, rows)
