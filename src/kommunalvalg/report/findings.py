"""What is said of findings that are no elections: who convenes, who votes, what is in time, what a slate lacks."""

from collections.abc import Iterable

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.chairs import Chairs
from kommunalvalg.constitution.order import PickingOrder
from kommunalvalg.constitution.outside import Body, Polling
from kommunalvalg.constitution.posts import Convener
from kommunalvalg.constitution.slates import Balance, BoardCheck
from kommunalvalg.constitution.vacant import FilledPlace, NoConfidence, Refill
from kommunalvalg.kkr.chairs import KKRConstitution
from kommunalvalg.kkr.composition import KKRSize
from kommunalvalg.kkr.meeting import Consequence, FirstMeeting, KKRConvener, KKRVoter, Notice, Quorum
from kommunalvalg.kkr.plan import MeetingPlan
from kommunalvalg.report.chairs import chairs
from kommunalvalg.report.distribution import undecided, warned
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Kind, Part, Table, cite
from kommunalvalg.report.kkr import composition_explained, size_of
from kommunalvalg.report.quotients import drawn
from kommunalvalg.text import N_, Names, Texts, Word
from kommunalvalg.text import text as _

__all__ = [
    "balance",
    "board",
    "body",
    "chairs_picked",
    "consequence",
    "convener",
    "filled_place",
    "first_meeting",
    "kkr_constitution",
    "kkr_convener",
    "kkr_size",
    "meeting_plan",
    "no_confidence",
    "notice",
    "picking",
    "polling",
    "quorum",
    "refill",
    "voter",
]


def _told(title: Word, table: Table, *parts: Part) -> Document:
    return Document(title, (table, *(part for part in parts if part)))


def _one(key: str, **cells: tuple[Word, Cell] | tuple[Word, Cell, Kind]) -> Table:
    """Tabulate one finding: each column with its heading, its cell and what kind of figure it is.

    In a table of one row an empty cell does not say no.
    """
    columns = tuple(Column(name, cell[0], *cell[2:]) for name, cell in cells.items())
    row = tuple(cell[1] for cell in cells.values())
    table = Table(key, "", columns, (row,))
    if not any(cell is False for cell in row):
        return table
    return attrs.evolve(table, rows=(tuple(_("no") if cell is False else cell for cell in row),), flat=table)


# Who convenes


def convener(result: Convener) -> Document:
    """Say who convenes the first meeting of a council."""
    rule = result.case.rule
    if result.name is None:
        message = (
            N_("{names} are equally old; a lot decides who of them convenes ({provision}).")
            if rule == "OL-61"
            else N_(
                "{names} have served equally long and are equally old; no text that was found says who of them "
                "convenes ({provision})."
            )
        )
    else:
        message = (
            N_("{name} convenes and leads the first meeting until the mayor is elected ({provision}).")
            if rule == "KSL-6-1"
            else N_(
                "{name} convenes and leads the first meeting until the chair of the council is elected ({provision})."
            )
        )
    said = _(message, name=result.name, names=Names(result.among), provision=cite(rule, result.case.day))
    return _told(_("Who convenes the first meeting"), _convening(result.among, result.length), said)


def _convening(among: Iterable[str], length: int | None) -> Table:
    return Table(
        "convener",
        "",
        (Column("name", _("Name")), Column("length", _("Length of service"), Kind.NUMBER)),
        tuple((name, length) for name in among),
    )


def kkr_convener(result: KKRConvener) -> Document:
    """Say who convenes the first meeting of a KKR."""
    said: Part = (
        warned(result.question)
        if result.question
        else _(
            "{name} convenes the first meeting and leads it until the chair is elected ({provision}).",
            name=result.name,
            provision=Cited(result.provision),
        )
    )
    return Document(_("Who convenes the first meeting"), (_convening(result.among, result.length), said))


# §§ 24 and 65: who chooses in which order


def picking(result: PickingOrder) -> Document:
    """Report the order in which groups choose, with the lots over it."""
    return _told(_("The order in which the groups choose"), _order(result), *_order_said(result))


def _order(result: PickingOrder) -> Table:
    rows = tuple((number, group) for number, group in enumerate(result.order, start=1))
    return Table("order", "", (Column("number", _("No."), Kind.NUMBER), Column("group", _("Group"))), rows)


def _order_said(result: PickingOrder) -> list[Part]:
    case = result.case
    seats = result.seats
    groups = Table(
        "groups",
        _("Groups"),
        (
            Column("group", _("Group")),
            Column("members", _("Taking part"), Kind.NUMBER),
            Column("held", _("Held before"), Kind.NUMBER),
            Column("posts", _("Posts"), Kind.NUMBER),
        ),
        tuple((group, members, case.held.get(group, 0), seats[group]) for group, members in case.groups.items()),
    )
    rule = _(
        "The members of each group are divided by 1, 2, 3 and so on; the largest quotient chooses first, and a lot "
        "decides between equal ones ({provision}).",
        provision=cite(case.rule, case.day),
    )
    return [*undecided(result.ties, 0), *drawn(result.draws), groups, rule]


def chairs_picked(result: Chairs) -> Document:
    """Report which group picks the chair of which committee, and who picks next."""
    picked = Table(
        "chairs",
        "",
        (
            Column("number", _("No."), Kind.NUMBER),
            Column("group", _("Group")),
            Column("committee", _("Committee")),
            Column("member", _("Chair")),
        ),
        tuple(
            (number, group, *((chair.committee, chair.member) if chair else (None, None)))
            for number, group in enumerate(result.order, start=1)
            for chair in [result.chairs[number - 1] if number <= len(result.chairs) else None]
        ),
    )
    nobody_yet = _("{group} picks next.", group=result.next) if result.next else None
    said = [nobody_yet] if nobody_yet else []
    group, day = result.mayors_group or _("the mayor's group"), result.case.day
    if result.case.mayors_group is None and result.mayors_group:
        said.append(
            _(
                "{group} has the largest quotient and names the mayor, and the deputy too unless there are two "
                "({provision}).",
                group=group,
                provision=cite("KSL-65-5", day),
            )
        )
    first = _(
        "The mayor's post counts as the first of {group}; a chair's place counts as the group's first in that "
        "committee ({provision}).",
        group=group,
        provision=cite("KSL-65", day),
    )
    warnings = [warned(each) for each in result.warnings]
    return _told(_("Chairs of the standing committees"), picked, *said, first, *warnings, *_order_said(result.picking))


# §§ 25 and 26: bodies beside the committees


def body(result: Body) -> Document:
    """Report the places of the groups in a body beside the committees, and who takes which."""
    case = result.case
    seats = Table(
        "seats",
        "",
        (
            Column("group", _("Group")),
            Column("members", _("Taking part"), Kind.NUMBER),
            Column("by_office", _("By office"), Kind.NUMBER),
            Column("seats", _("Seats"), Kind.NUMBER),
        ),
        tuple(
            (group, members, case.by_office.get(group, 0), result.seats.get(group, 0))
            for group, members in case.groups.items()
        ),
    )
    places = Table(
        "places",
        _("Places in the order in which they are taken"),
        (Column("number", _("No."), Kind.NUMBER), Column("group", _("Group")), Column("kind", _("Kind of seat"))),
        tuple(
            (number, group, _(_KINDS[result.places[number - 1].kind]) if number <= len(result.places) else None)
            for number, group in enumerate(result.order, start=1)
        ),
    )
    parts: list[Part] = [*undecided(result.ties, 0), *drawn(result.draws), *([places] if result.order else [])]
    if result.next:
        parts.append(_("{group} picks next.", group=result.next))
    if case.mixed:
        parts.append(
            _(
                "In the order in which the places fall to them the groups name a member of the council or somebody "
                "else, until one kind of place is used up ({provision}).",
                provision=cite("KSL-26", case.day),
            )
        )
    if case.by_office:
        parts.append(
            _(
                "A place by office is one of those of the group that the person declared to belong to ({provision}).",
                provision=cite("KSL-25-2", case.day),
            )
        )
    if result.substitutes:
        parts.append(_("The group that elects a member names a substitute too."))
    provision = cite(case.rule, case.day)
    parts.append(_("One forholdstalsvalg for this body by itself ({provision}).", provision=provision))
    return _told(case.name, seats, *parts)


_KINDS = {"member": N_("member of the council"), "other": N_("not a member of the council")}


def polling(result: Polling) -> Document:
    """Report the groups' polling officers, and how many of the chairs each group has."""
    chairs = result.chairs.seats if result.chairs else {}
    table = Table(
        "seats",
        "",
        (
            Column("group", _("Group")),
            Column("members", _("Taking part"), Kind.NUMBER),
            Column("officers", _("Polling officers"), Kind.NUMBER),
            Column("chairs", _("Chairs"), Kind.NUMBER),
        ),
        tuple(
            (group, members, result.officers.seats[group], chairs.get(group))
            for group, members in result.case.groups.items()
        ),
    )
    provision = cite("KRVL-16", result.case.day)
    said = _(
        "The officers of all areas are elected together, the chairs by themselves ({provision}).", provision=provision
    )
    return _told(_("Polling officers"), table, *undecided(result.ties, 0), *drawn(result.draws), said)


def refill(result: Refill) -> Document:
    """Say how a post that falls vacant is filled."""
    table = _one(
        "refill",
        post=(_("Post"), _(_POSTS[result.case.post])),
        how=(_("Filled by"), _(_REFILLED[result.how])),
        group=(_("Group"), result.group),
        acting=(_("For a time"), result.acting),
        provision=(_("Provision"), Cited(result.provision)),
    )
    return _told(_("A vacant post"), table)


_POSTS = {
    "mayor": N_("mayor"),
    "deputy": N_("deputy mayor"),
    "chair": N_("chair who leads the administration"),
    "magistrat": N_("member of the magistrat"),
}
_REFILLED = {
    "flertalsvalg": N_("flertalsvalg"),
    "group": N_("the group"),
    "committee": N_("the committee"),
    "charter": N_("the charter's rule"),
    "nobody": N_("nobody"),
}


def no_confidence(result: NoConfidence) -> Document:
    """Say what it takes to remove a mayor."""
    table = _one(
        "no_confidence",
        members=(_("Members"), result.case.council_size, Kind.NUMBER),
        needed=(_("Votes needed at each reading"), result.needed, Kind.NUMBER),
        votes=(_("Votes"), Texts(result.case.votes, ", ")),
        removed=(_("The mayor goes"), result.removed),
    )
    provision = cite("KSL-66c", result.case.day, "readings")
    return _told(_("A motion that the mayor go"), table, _("Two readings ({provision}).", provision=provision))


# § 28 and LIGE § 10 a: who has a place, and who is proposed


def filled_place(result: FilledPlace) -> Document:
    """Say who has a place that was vacant."""
    said = _(
        _MEANWHILE
        if result.for_a_time
        else N_(
            "{member} takes the place of {left} in {committee}; it stays the place of {group}, which elected both "
            "({provision})."
        ),
        member=result.member,
        left=result.case.member,
        committee=result.committee,
        group=result.group,
        provision=cite("KSL-28", result.case.day, result.case.ground),
    )
    table = _one(
        "place",
        committee=(_("Committee"), result.committee),
        member=(_("Member"), result.member),
        group=(_("Group"), result.group),
        left=(_("In place of"), result.case.member),
    )
    return _told(_("A vacant place"), table, said)


_MEANWHILE = N_(
    "{member} sits in {committee} in place of {left} meanwhile; the place is that of {group}, which sends both "
    "({provision})."
)


def balance(result: Balance) -> Document:
    """Say whether a slate has as many of one sex as the law asks for."""
    table = _one(
        "balance",
        women=(_("Women"), result.case.women, Kind.NUMBER),
        men=(_("Men"), result.case.men, Kind.NUMBER),
        ok=(_("In order"), result.ok),
    )
    provision = Cited(result.provision)
    if result.ok:
        said = _("The slate is balanced ({provision}).", provision=provision)
    else:
        people = {sex: _ONE[sex] if number == 1 else _SEX[sex] for sex, number in result.missing.items()}
        lacks = Texts([Texts([result.missing[sex], _(word)]) for sex, word in people.items()], ", ")
        said = _("The slate lacks: {missing} ({provision}).", missing=lacks, provision=provision)
    return _told(_("Balance of a slate"), table, said, *_departed(result))


def _departed(result: Balance) -> Iterable[Part]:
    """Name the special reason for which a slate may stand that is not balanced."""
    if not result.ok and result.case.reason:
        day = law.day_of_law(result.case.day)
        places = [place for place in law.rule(result.case.rule).provisions if place.holds_on(day)]
        where = next((place.text for place in places if place.says == "special reasons"), result.provision)
        yield _(
            "The reason that is stated for departing from it: {reason} ({provision})",
            reason=result.case.reason,
            provision=Cited(where),
        )


_SEX = {"women": N_("women"), "men": N_("men")}
_ONE = {"women": N_("woman"), "men": N_("man")}


def board(result: BoardCheck) -> Document:
    """Say which seats of a board a slate leaves empty, and where it has too many."""
    table = Table(
        "board",
        "",
        (
            Column("kind", _("Kind of seat")),
            Column("seats", _("Seats"), Kind.NUMBER),
            Column("named", _("Named"), Kind.NUMBER),
            Column("missing", _("Missing"), Kind.NUMBER),
            Column("surplus", _("Too many"), Kind.NUMBER),
        ),
        tuple(
            (
                place.danish,
                place.count,
                result.members.get(place.kind, 0),
                result.missing.get(place.kind, 0),
                result.surplus.get(place.kind, 0),
            )
            for place in result.case.places
        ),
    )
    said = _(
        N_("The slate fills the board ({provision}).")
        if result.ok
        else N_("The slate does not fill the board as it is composed ({provision})."),
        provision=Cited(result.provision),
    )
    return _told(_("A slate for a board"), table, said)


# The meetings of a KKR


def first_meeting(result: FirstMeeting) -> Document:
    """Say whether the first meeting is held in time."""
    table = _one(
        "first_meeting",
        meeting=(_("Meeting"), result.meeting),
        latest=(_("At the latest"), result.latest),
        ok=(_("In time"), result.ok),
    )
    said = _(
        N_("The first meeting is held in time; the last day is {latest} ({provision}).")
        if result.ok
        else N_("The first meeting is held too late; the last day was {latest} ({provision})."),
        latest=result.latest,
        provision=Cited(result.provision),
    )
    return _told(_("The first meeting of a KKR"), table, said, *(warned(each) for each in result.warnings))


def meeting_plan(result: MeetingPlan) -> Document:
    """Tabulate a plan of meetings: each day with its weekday and the holiday that it is."""
    table = Table(
        "meetings",
        "",
        (
            Column("number", _("No."), Kind.NUMBER),
            Column("day", _("Meeting")),
            Column("weekday", _("Weekday")),
            Column("holiday", _("Holiday")),
        ),
        tuple((number, day.day, _(day.weekday), day.holiday) for number, day in enumerate(result.days, start=1)),
    )
    said = _(
        "The last day of the first meeting is {latest}, and of the next term's {next_term} ({provision}).",
        latest=result.first.latest,
        next_term=result.next_term,
        provision=Cited(result.provision),
    )
    return _told(_("The plan of meetings of a KKR"), table, said, *(warned(each) for each in result.warnings))


def notice(result: Notice) -> Document:
    """Say whether a valgforbund was notified in time."""
    table = _one(
        "notice",
        given=(_("Notified"), result.given),
        meeting=(_("Meeting"), result.meeting),
        latest=(_("At the latest"), result.latest),
        ok=(_("In time"), result.ok),
    )
    said = _(
        N_("The valgforbund was notified in time; the last day is {latest} ({provision}).")
        if result.ok
        else N_("The valgforbund was notified too late; the last day was {latest} ({provision})."),
        latest=result.latest,
        provision=Cited(result.provision),
    )
    return _told(_("Notice of a valgforbund"), table, said, *(warned(each) for each in result.warnings))


def quorum(result: Quorum) -> Document:
    """Say whether enough members are present."""
    table = _one(
        "quorum",
        present=(_("Present"), result.present, Kind.NUMBER),
        members=(_("Members"), result.members, Kind.NUMBER),
        needed=(_("Needed"), result.needed, Kind.NUMBER),
        ok=(_("Quorum"), result.ok),
    )
    said = _(
        N_("{present} of {members} members are present, and {needed} are needed: it can decide ({provision}).")
        if result.ok
        else N_("{present} of {members} members are present, and {needed} are needed: it cannot decide ({provision})."),
        present=result.present,
        members=result.members,
        needed=result.needed,
        provision=Cited(result.provision),
    )
    return _told(_("Quorum"), table, said)


def voter(result: KKRVoter) -> Document:
    """Say who votes for a member at a meeting."""
    table = _one(
        "voter",
        member=(_("Member"), result.case.member.name),
        votes=(_("Votes"), result.name),
        reason=(_("Reason"), _(result.reason)),
        provision=(_("Provision"), Cited(result.provision)),
    )
    return _told(_("Who votes for a member"), table)


def consequence(result: Consequence) -> Document:
    """Say what follows when something happens to a member."""
    table = _one(
        "consequence",
        member=(_("Member"), result.case.member.name),
        change=(_("Change"), _(result.case.change)),
        stays=(_("Stays"), result.stays),
        successor=(_("Takes the place"), _(result.successor) if result.successor else None),
        counted_for=(_("Counted for"), result.counted_for),
        provision=(_("Provision"), Cited(result.provision)),
    )
    inferred = _("Inferred: {what}.", what=result.inferred) if result.inferred else None
    never = _("The composition of the KKR is not computed again.")
    return _told(_("What follows"), table, never, inferred)


# The size of a KKR, and a KKR with its chairs


def kkr_size(result: KKRSize) -> Document:
    """Say how many members a KKR has, and why."""
    table = _one(
        "size",
        size=(_("Size"), result.size, Kind.NUMBER),
        mayors=(_("Mayors"), result.mayors, Kind.NUMBER),
        needed=(_("Needed"), result.needed, Kind.NUMBER),
        limit=(_("Limit"), result.limit, Kind.NUMBER),
    )
    return _told(_("The size of a KKR"), table, size_of(result))


def kkr_constitution(result: KKRConstitution) -> Document:
    """Report a KKR with its members, its chair and its vice chair."""
    posts = chairs(result.chairs)
    report = composition_explained(result.composition)
    return Document(report.title, (*report.parts, *posts.parts))
