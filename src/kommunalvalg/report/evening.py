"""What is said of a council's first meeting: a protocol in the order of business, as minutes have it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from itertools import islice

import attrs

from kommunalvalg.constitution.chairs import Chairs
from kommunalvalg.constitution.claims import placements
from kommunalvalg.constitution.committees import Committees
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG
from kommunalvalg.constitution.outside import Body
from kommunalvalg.constitution.posts import Convener
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.given import BodyPlan, CommitteePlan, Member
from kommunalvalg.evening.items import Item, Role, Seat, Step
from kommunalvalg.evening.region import RegionalEveningCase
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection
from kommunalvalg.regions.committees import RegionalCommittees
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.constitution import committee_seats
from kommunalvalg.report.distribution import warned
from kommunalvalg.report.documents import (
    Cell,
    Cited,
    Column,
    Document,
    Heading,
    Kind,
    Part,
    Said,
    Table,
    cite,
    without_empty,
)
from kommunalvalg.report.findings import convener
from kommunalvalg.report.quotients import open_lot
from kommunalvalg.report.regions import committees as regional_committees
from kommunalvalg.report.wording import numbered
from kommunalvalg.text import N_, Names, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["ROLES", "at_a_glance", "places_of", "protocol", "who_sits_where"]

_BOUND = 3
_MOST_WAYS = 60
"""So many ways to place the claims of § 27 are laid out as a table; more are counted."""


def protocol(evening: Evening) -> Document:
    """Tell a meeting in the order of business, so that it can stand in minutes."""
    parts: list[Part] = [_opened(evening), _in_short(evening), *_next_steps(evening)]
    parts += [Heading(_("Who takes part")), *_attendance(evening)]
    parts += [Heading(_("Groups")), *_declared(evening)]
    for number, (title, items) in enumerate(_agenda(evening), start=1):
        parts += [Heading(Texts([f"{number}.", title])), *_told(evening, items)]
    parts += _drawn(evening)
    parts += _departures(evening)
    parts += [Heading(_("Who sits where")), who_sits_where(evening)]
    parts.append(_("Made with kommunalvalg {version}.", version=version("kommunalvalg")))
    return with_acts(Document(_title(evening), tuple(parts)))


def at_a_glance(evening: Evening) -> Document:
    """Tell a meeting at a glance: what was elected, what comes next, and who sits where."""
    warnings = [warned(each) for each in evening.warnings]
    parts = [_opened(evening), *warnings, _in_short(evening), *_next_steps(evening), who_sits_where(evening)]
    return with_acts(Document(_title(evening), tuple(parts)))


def _title(evening: Evening) -> Word:
    if _regional(evening):
        return evening.case.title or _("Meeting of the regional council, Region {name}", name=evening.case.name)
    return evening.case.title or _("First meeting of the council of {name}", name=evening.case.name)


def _regional(evening: Evening) -> bool:
    return isinstance(evening.case, RegionalEveningCase)


def _opened(evening: Evening) -> Word:
    case = evening.case
    return _(
        "Day of the meeting: {day}. {present} of the {size} members take part.",
        day=date.fromisoformat(case.day),
        present=case.present,
        size=case.size,
    )


# The agenda


def _agenda(evening: Evening) -> Iterator[tuple[Word, list[Item]]]:
    """Give the items of the agenda: each election its own, the bodies beside the committees together."""
    bodies = [item for item in evening.items if item.step is Step.BODY]
    for item in evening.items:
        if item.step is not Step.BODY:
            yield _item_title(evening, item), [item]
    if bodies:
        yield _("Other committees, commissions, boards and the like"), bodies


def _item_title(evening: Evening, item: Item) -> Word:
    steps = _STEPS | (_REGIONAL if _regional(evening) else {})
    return item.title or steps.get(item.step) or _("Election of {post}", post=item.name)


_STEPS: dict[Step, Text] = {
    Step.CONVENER: _("The meeting is convened and led"),
    Step.MAYOR: _("Election of the mayor"),
    Step.DEPUTY: _("Election of the deputy mayor"),
    Step.DEPUTIES: _("Election of two deputy mayors"),
    Step.CHAIRS: _("Choice of the chairs of the standing committees"),
    Step.MAGISTRAT: _("Election of the magistrat"),
    Step.COMMITTEES: _("Election of økonomiudvalget and the standing committees"),
}


_REGIONAL: dict[Step, Text] = {
    Step.MAYOR: _("Election of the chair of the regional council"),
    Step.DEPUTIES: _("Election of the first and the second deputy"),
    Step.VICE_CHAIR: _("Election of the vice chair of forretningsudvalget"),
    Step.EXECUTIVE: _("Election of the other members of forretningsudvalget"),
    Step.HEALTH: _("Election of the other members of the sundhedsråd"),
    Step.COMMITTEES: _("Election of the standing committees"),
}


def _in_short(evening: Evening) -> Table:
    rows = []
    for number, (title, items) in enumerate(_agenda(evening), start=1):
        rows.append((number, title, Texts(_outcomes(items), "; ")))
    columns = (
        Column("number", _("Item"), Kind.NUMBER),
        Column("title", _("What"), Kind.TEXT),
        Column("outcome", _("Outcome")),
    )
    return Table("agenda", _("In short"), columns, tuple(rows))


def _outcomes(items: list[Item]) -> Iterator[Word]:
    if len(items) > 1 or items[0].step is Step.BODY:
        done = sum(item.decided and not item.unnamed for item in items)
        yield _("{done} of {all} elected", done=done, all=len(items))
        return
    item = items[0]
    if item.waits:
        yield _("waits for: {what}", what=item.waits)
    elif item.ties:
        yield _("open lots: {count}", count=len(item.ties))
    elif isinstance(item.result, Convener):
        yield Names(item.result.among)
    elif item.together:
        yield _committees_outcome(item, item.together)
    elif item.seats and len({(seat.body, seat.role) for seat in item.seats}) < len(item.seats):
        yield numbered(Counter(seat.group for seat in item.seats))
    elif item.seats:
        yield Texts([_holder(seat) for seat in item.seats], ", ")


def _committees_outcome(item: Item, result: Committees) -> Word:
    health, totals = item.step is Step.HEALTH, numbered(result.totals)
    if not result.claims:
        return _(N_("sundhedsråd: {totals}") if health else N_("standing committees: {totals}"), totals=totals)
    return _(
        N_("sundhedsråd: {totals}; may claim: {claims}")
        if health
        else N_("standing committees: {totals}; may claim: {claims}"),
        totals=totals,
        claims=numbered(result.claims),
    )


def _holder(seat: Seat) -> Word:
    return seat.person or (Texts([seat.group, _("(nobody named)")]) if seat.group else _("nobody yet"))


# What comes next


def _next_steps(evening: Evening) -> list[Part]:
    steps = [step for item in evening.items for step in _next_of(evening, item)]
    if not steps:
        return []
    columns = (Column("where", _("Where")), Column("next", _("What comes next")))
    return [Table("next", _("What comes next"), columns, tuple(steps))]


def _next_of(evening: Evening, item: Item) -> Iterator[tuple[Word, Word]]:
    where = item.title or (_post(item.name) if item.name else _item_title(evening, item))
    if item.waits:
        yield where, _("waits for: {what}", what=item.waits)
        return
    for tie in item.ties:
        place = tie.place.address if tie.place else where
        names = Names(tie.among)
        yield (
            place,
            _("a lot is to be drawn: 1 place among {names}", names=names)
            if tie.places == 1
            else _("a lot is to be drawn: {places} places among {names}", places=tie.places, names=names),
        )
    result = item.result
    if isinstance(result, MajorityElection) and not result.winner and not result.tie:
        yield where, _ballot_next(result)
        return
    if isinstance(result, Chairs) and result.next:
        yield where, _("{group} chooses a committee and its chair", group=result.next)
    if item.together:
        for group, count in item.together.claims.items():
            yield (
                where,
                _(
                    "{group} may claim {count} places ({provision})",
                    group=group,
                    count=count,
                    provision=cite(item.together.case.supplement, evening.case.law),
                ),
            )
    for body in dict.fromkeys(seat.body for seat in item.unnamed if seat.body):
        groups = Counter(seat.group for seat in item.unnamed if seat.body == body)
        missing = [
            _("{group} is to name {count}", group=group, count=count) for group, count in groups.items() if group
        ]
        if missing:
            yield _post(body), Texts(missing, ", ")


def _ballot_next(election: MajorityElection) -> Word:
    number = election.next_ballot or 1
    if election.candidates:
        return _(
            "ballot {number}, bound to {names}: who has most votes is elected, equal votes by lot",
            number=number,
            names=Names(election.candidates),
        )
    return _(
        "ballot {number}: every member can be voted for; {needed} votes are needed",
        number=number,
        needed=election.needed,
    )


# Who takes part, and who votes together


def _attendance(evening: Evening) -> Iterator[Part]:
    yield _by_list(evening)
    yield from (_absent(evening, member) for member in evening.case.members if not member.present)
    yield _can_decide(evening)


def _by_list(evening: Evening) -> Table:
    case = evening.case
    members = Counter(member.list for member in case.members)
    taking_part = Counter(member.list for member in case.members if member.takes_part)
    columns = (
        Column("list", _("List")),
        Column("members", _("Members"), Kind.NUMBER),
        Column("taking_part", _("Taking part"), Kind.NUMBER),
    )
    rows = tuple((name, count, taking_part[name]) for name, count in members.items())
    return Table("attendance", "", columns, rows, (_("Total"), case.size, case.present))


def _absent(evening: Evening, member: Member) -> Text:
    return _(
        N_("{member} (list {list}) is absent; {substitute} takes part in the member's place ({provision}).")
        if member.substitute
        else N_("{member} (list {list}) is absent, and nobody takes part instead."),
        member=member.name,
        list=member.list,
        substitute=member.substitute,
        provision=cite("KSL-15", evening.case.law, "one meeting") if member.substitute else "",
    )


def _can_decide(evening: Evening) -> Text:
    case, quorum = evening.case, cite("KSL-11", evening.case.law)
    return _(
        N_("The regional council can decide: {needed} of {size} members are needed ({provision}).")
        if _regional(evening)
        else N_("The council can decide: {needed} of {size} members are needed ({provision})."),
        needed=-(-case.size // 2),
        size=case.size,
        provision=Names([cite("RL-9", case.law, "meetings"), quorum]) if _regional(evening) else quorum,
    )


def _declared(evening: Evening) -> Iterator[Part]:
    case = evening.case
    declarations = case.declarations or ()
    for declaration in declarations:
        groups = case.groups(declaration)
        members = {group: declaration.groups.get(group, ()) for group in groups}
        rows = tuple((group, Names(members[group] or (group,)), count) for group, count in groups.items())
        columns = (
            Column("group", _("Group")),
            Column("of", _("Lists and members")),
            Column("taking_part", _("Taking part"), Kind.NUMBER),
        )
        title = _("Declared at {time}", time=declaration.time) if declaration.time else ""
        yield Table("declared", title, columns, rows)
    if _regional(evening):
        yield _(
            "One declaration holds for forretningsudvalget, the sundhedsråd and the standing committees ({provision}).",
            provision=cite("RL-15-3", evening.case.law, "declaration"),
        )
        return
    yield _(
        "One declaration holds for økonomiudvalget and all standing committees; each other body may have one of its "
        "own ({provision}).",
        provision=cite(FORHOLDSTALSVALG, evening.case.law),
    )
    if any(declaration.time for declaration in declarations):
        yield _(
            "What was elected before a later declaration stays as it was elected ({stays}); the later one counts for "
            "the elections after it, but not between økonomiudvalget and the standing committees.",
            stays=Names([cite("KSL-17-1", evening.case.law, "when"), cite("KSL-28", evening.case.law, "left")]),
        )


# The items


def _told(evening: Evening, items: list[Item]) -> Iterator[Part]:
    if items[0].step is Step.BODY:
        yield from _bodies(evening, items)
        return
    item = items[0]
    if item.time:
        yield _("Held at {time}.", time=item.time)
    if item.waits:
        yield _("This election waits for: {what}.", what=item.waits)
    elif isinstance(item.result, Convener):
        yield from _convened(evening, item.result)
    elif isinstance(item.result, MajorityElection):
        yield from _ballots(evening, item, item.result)
    elif isinstance(item.result, Committees):
        yield from _committees(evening, item, item.result)
    elif isinstance(item.result, RegionalCommittees):
        told = _committees(evening, item, item.together) if item.together else _executive(evening, item, item.result)
        yield from told
    else:
        yield from _by_group(evening, item)


def _convened(evening: Evening, result: Convener) -> Iterator[Part]:
    if _regional(evening):
        yield convener(result).parts[-1]
    elif result.name:
        yield _(
            "{name} has been a member longest, convened the meeting and leads it until the mayor is elected "
            "({provision}).",
            name=result.name,
            provision=cite("KSL-6-1", evening.case.law),
        )
    else:
        yield _(
            "{names} have been members equally long and are equally old; no text that was found decides between them.",
            names=Names(result.among),
        )


def _ballots(evening: Evening, item: Item, election: MajorityElection) -> Iterator[Part]:
    if election.ballots:
        yield _votes(item, election)
    for number, votes in enumerate(election.ballots, start=1):
        yield _ballot_said(evening, election, number, sum(votes.values()))
    for tie in election.ties:
        yield open_lot(tie)
    if election.winner:
        elected = (
            N_("{name} is elected to {post} in ballot {number} ({provision}).")
            if item.step is Step.BODY
            else N_("{name} is elected {post} in ballot {number} ({provision}).")
        )
        yield _(
            elected,
            name=election.winner,
            post=_post(item.name),
            number=election.ballot,
            provision=cite(FLERTALSVALG, evening.case.law),
        )
    elif not election.tie:
        yield Texts([_("Next:"), Texts([_ballot_next(election), "."], between="")])


def _post(name: str) -> Word:
    return _(_POSTS[name]) if name in _POSTS else name


_POSTS = {"borgmester": N_("mayor"), "viceborgmester": N_("deputy mayor")}


def _votes(item: Item, election: MajorityElection) -> Table:
    names = dict.fromkeys(name for votes in election.ballots for name in votes)
    numbers = range(1, len(election.ballots) + 1)
    present = election.present or 0
    rows: list[tuple[Cell, ...]] = [(name, *(votes.get(name, 0) for votes in election.ballots)) for name in names]
    rows.append((_("Blank, or not voted"), *(present - sum(votes.values()) for votes in election.ballots)))
    columns = (
        Column("candidate", _("Candidate")),
        *(Column(f"ballot_{number}", _("Ballot {number}", number=number), Kind.NUMBER) for number in numbers),
    )
    flat = Table(
        "votes",
        _("Votes"),
        (
            Column("post", _("Post")),
            Column("ballot", _("Ballot"), Kind.NUMBER),
            Column("candidate", _("Candidate")),
            Column("votes", _("Votes"), Kind.NUMBER),
        ),
        tuple(
            (item.name, number, name, count)
            for number, votes in enumerate(election.ballots, start=1)
            for name, count in votes.items()
        ),
    )
    title = item.name if item.step is Step.BODY else ""
    return Table("votes", title, columns, tuple(rows), (_("Present"), *(present for _number in numbers)), flat=flat)


def _ballot_said(evening: Evening, election: MajorityElection, number: int, cast: int) -> Word:
    present = election.present or 0
    if number == _BOUND:
        names = Names(election.candidates or ())
        return _("Ballot 3 is bound to {names}; most of the {cast} votes cast elect.", names=names, cast=cast)
    return _(
        N_("Ballot {number}: {needed} votes are needed, more than half of {present} present ({provision}).")
        if election.ballot == number
        else N_(
            "Ballot {number}: {needed} votes are needed, more than half of {present} present ({provision}). "
            "Nobody has them."
        ),
        number=number,
        needed=present // 2 + 1,
        present=present,
        provision=cite(FLERTALSVALG, evening.case.law),
    )


def _by_group(evening: Evening, item: Item) -> Iterator[Part]:
    """Tell posts that groups fill in their order: two deputies, chairs, a magistrat."""
    rows = tuple(
        (number, seat.group, seat.body, seat.person or _("nobody named"))
        for number, seat in enumerate(item.seats, start=1)
    )
    columns = (
        Column("number", _("No."), Kind.NUMBER),
        Column("group", _("Group")),
        Column("post", _("Post")),
        Column("person", _("Name")),
    )
    yield Table("chosen", "", columns, rows)
    for tie in item.ties:
        yield open_lot(tie)
    rule = "RL-9" if _regional(evening) else _RULES.get(item.step, FORHOLDSTALSVALG)
    yield _(
        "The groups choose in the order of their quotients ({provision}).",
        provision=Names(dict.fromkeys([cite(rule, evening.case.law, "two"), cite(FORHOLDSTALSVALG, evening.case.law)])),
    )


_RULES = {Step.CHAIRS: "KSL-65", Step.MAGISTRAT: "KSL-64", Step.DEPUTIES: "KSL-6"}


def _executive(evening: Evening, item: Item, result: RegionalCommittees) -> Iterator[Part]:
    """Tell the members of a region's executive committee: its chair and vice chair by office, the others by group."""
    yield from (part for part in regional_committees(result).parts[:1])
    for tie in item.ties:
        yield open_lot(tie)
    rule = "RL-14a-3" if result.case.vice_chair else "RL-14"
    yield _(
        "The places of the chair and the vice chair count as their groups'; the others are distributed by d'Hondt on "
        "the members who take part ({provision}).",
        provision=Names([cite(rule, evening.case.law), cite(FORHOLDSTALSVALG, evening.case.law)]),
    )
    yield _named_to(item.seats, _("The members of forretningsudvalget"))


def _committees(evening: Evening, item: Item, result: Committees) -> Iterator[Part]:
    told_elsewhere = [warned(each) for each in result.warnings]
    for part in committee_seats(result).parts:
        if not _draws(part) and not any(part == each for each in told_elsewhere):
            yield part
    yield from _ways(result)
    if item.step is Step.HEALTH:
        title = _("The regional members of the sundhedsråd")
    elif _regional(evening):
        title = _("The members of the standing committees")
    else:
        title = _("Members of økonomiudvalget and the standing committees")
    yield _named_to(item.seats, title)


def _draws(part: Part) -> bool:
    """Tell whether a part tabulates the lots that were drawn, which stand together in a protocol."""
    return isinstance(part, Table) and part.key == "draws"


def _ways(result: Committees) -> Iterator[Part]:
    """Lay the ways to place the claims out, each with the majorities that are lost by it."""
    if not result.claims:
        return
    ways = list(islice(placements(result), _MOST_WAYS + 1))
    if len(ways) > _MOST_WAYS:
        return
    rows = tuple(
        (
            number,
            Texts([Texts([each.committee, f"({each.giver} → {each.receiver})"]) for each in way.transfers], ", "),
            Texts(
                [
                    Texts([each.committee, _("({group}, {count} more)", group=each.group, count=each.members)])
                    for each in way.restores
                ],
                ", ",
            ),
        )
        for number, way in enumerate(ways, start=1)
    )
    columns = (
        Column("number", _("No."), Kind.NUMBER),
        Column("places", _("Places that pass")),
        Column("restores", _("Majorities lost, and the members that restore them")),
    )
    yield Table("placements", _("The ways to place what may be claimed"), columns, rows)


def _named_to(seats: Iterable[Seat], title: Word) -> Table:
    """Tabulate who is named to each body, group by group."""
    rows: dict[tuple[str, str], list[Seat]] = {}
    for seat in seats:
        rows.setdefault((seat.body, seat.group), []).append(seat)
    columns = (Column("body", _("Committee")), Column("group", _("Group")), Column("persons", _("Named")))
    return Table("named", title, columns, tuple((*key, _people(here)) for key, here in rows.items()))


def _people(seats: Iterable[Seat]) -> Texts:
    """Name those who have places, and count the places that nobody is named to."""
    places = list(seats)
    people = Texts([_person(seat) for seat in places if seat.person], ", ")
    missing = len(places) - len(people.parts)
    if not missing:
        return people
    return Texts([*([people] if people.parts else []), _("({count} to be named)", count=missing)])


def _person(seat: Seat) -> Word:
    if seat.role is Role.CHAIR:
        return Texts([seat.person, _("(chair)")])
    return Texts([seat.person, _("(by office)")]) if seat.by_office else seat.person


def _bodies(evening: Evening, items: list[Item]) -> Iterator[Part]:
    yield _by_body(items)
    plans = {plan.name: plan for plan in evening.case.bodies}
    for item in items:
        yield from _of_body(evening, item, plans[item.name])
        if isinstance(item.result, MajorityElection):
            yield from _by_ballot(evening, item, item.result, plans[item.name])
        else:
            yield from _by_choice(evening, item)
    yield _(
        "Each body by itself: one by flertalsvalg, several by forholdstalsvalg ({provision}).",
        provision=Names([cite(FLERTALSVALG, evening.case.law), cite("KSL-25-1", evening.case.law)]),
    )


def _by_body(items: list[Item]) -> Table:
    """Tabulate the bodies, with the columns in which something stands."""
    columns = (
        Column("body", _("Body")),
        Column("time", _("Held at")),
        Column("places", _("Places"), Kind.NUMBER),
        Column("groups", _("By group")),
        Column("persons", _("Elected")),
    )
    rows = tuple(
        (
            item.title or item.name,
            item.time,
            len(item.seats) or None,
            numbered(Counter(seat.group for seat in item.seats if seat.group)),
            _people(item.seats),
        )
        for item in items
    )
    return attrs.evolve(without_empty(Table("bodies", "", columns, rows)), flat=None)


def _by_ballot(evening: Evening, item: Item, election: MajorityElection, plan: BodyPlan) -> Iterator[Part]:
    """Tell the election of the one whom a body takes."""
    if plan.ballots:
        yield from _ballots(evening, item, election)
    elif election.winner:
        yield _("{name} is elected to {body} without a ballot.", name=election.winner, body=item.name)


def _by_choice(evening: Evening, item: Item) -> Iterator[Part]:
    """Tell what is to be said of a body that groups name several to: lots, the order of choosing, the balance."""
    for tie in item.ties:
        yield open_lot(tie)
    body = item.result
    if isinstance(body, Body) and body.order:
        yield _(
            "{body}: the groups choose members or others in the order {order} ({provision}).",
            body=item.name,
            order=Texts(body.order, ", "),
            provision=cite("KSL-26", evening.case.law),
        )
        if body.next and item.unnamed:
            yield _("{body}: {group} chooses next.", body=item.name, group=body.next)
    if item.balance and not item.balance.ok:
        cited = Cited(item.balance.provision)
        yield Said(_("{body}: not as many women as men ({provision}).", body=item.name, provision=cited))


def _of_body(evening: Evening, item: Item, plan: BodyPlan) -> Iterator[Part]:
    """Tell what another act says of a body, and a balance that nobody can look at."""
    if plan.rule in _NAMES_SUBSTITUTES:
        yield _(
            "{body}: each group names a substitute for each of its members too ({provision}).",
            body=item.name,
            provision=cite(plan.rule, evening.case.law),
        )
    if plan.balance and item.balance is None and not item.unnamed:
        yield Said(_("{body}: not everybody's sex is given, so that the balance is not looked at.", body=item.name))


_NAMES_SUBSTITUTES = ("KRVL-14", "RSL-19")


# Lots, departures, and who sits where


def _drawn(evening: Evening) -> Iterator[Part]:
    if not evening.lots:
        return
    rows = tuple(
        (
            lot.place,
            Names(lot.draw.among),
            Names(lot.draw.chosen),
            lot.by or (_("by machine, seed {seed}", seed=str(lot.draw.seed)) if lot.draw.seed is not None else ""),
            Cited(lot.draw.tie.provision) if lot.draw.tie else "",
        )
        for lot in evening.lots
    )
    columns = (
        Column("within", _("Where")),
        Column("among", _("Among")),
        Column("chosen", _("Won by")),
        Column("by", _("Drawn by")),
        Column("provision", _("Provision")),
    )
    yield Heading(_("Lots that were drawn"))
    yield Table("draws", "", columns, rows)


def _departures(evening: Evening) -> list[Part]:
    """Tell what departs from the law, and by which agreement; and what of the file no longer holds."""
    said: list[Part] = [warned(each) for each in evening.warnings]
    plans: tuple[CommitteePlan | BodyPlan, ...] = (*evening.case.committees, *evening.case.bodies)
    for plan in plans:
        said += _agreements(evening, plan)
    said += [Said(Texts([_("No longer holds:"), each])) for each in evening.fallen]
    return [Heading(_("What departs from the law, and agreements")), *said] if said else []


def _agreements(evening: Evening, plan: CommitteePlan | BodyPlan) -> Iterator[Part]:
    if plan.agreed is not None:
        yield _(
            "{body}: everybody agreed on {seats} instead of an election ({provision}).",
            body=plan.name,
            seats=numbered(plan.agreed),
            provision=cite(FORHOLDSTALSVALG, evening.case.law),
        )
    for group, count in plan.renounced.items():
        yield _("{body}: {group} renounced {count} of its places.", body=plan.name, group=group, count=count)


def who_sits_where(evening: Evening) -> Table:
    """Tabulate what each person was elected to, the members of the council first."""
    posts: dict[str, list[Word]] = {member.name: [] for member in evening.case.members}
    for seat in evening.seats:
        if seat.person and seat.body and not _again(seat, evening):
            posts.setdefault(seat.person, []).append(_as(seat))
    home = evening.case.home
    columns = (Column("person", _("Name")), Column("list", _("List")), Column("posts", _("Elected to")))
    rows = tuple((person, home.get(person, ""), Texts(elected_to, ", ")) for person, elected_to in posts.items())
    return Table("persons", "", columns, rows, flat=places_of(evening))


def _again(seat: Seat, evening: Evening) -> bool:
    """Tell whether a chair chosen first stands once more among the members of the committee."""
    return seat.role is Role.CHAIR and seat.by_office is False and seat in evening.seats[: evening.seats.index(seat)]


def _as(seat: Seat) -> Word:
    if seat.role is Role.HOLDER:
        return _post(seat.body)
    return Texts([seat.body, _("(chair)")]) if seat.role is Role.CHAIR else seat.body


ROLES = {Role.MEMBER: N_("member"), Role.CHAIR: N_("chair"), Role.HOLDER: N_("elected")}
"""As what somebody has a place."""


def places_of(evening: Evening) -> Table:
    """Tabulate every place: the body, the group that has it, who sits in it and as what."""
    columns = (
        Column("body", _("Body")),
        Column("group", _("Group")),
        Column("person", _("Name")),
        Column("role", _("As")),
    )
    rows = tuple(
        (seat.body, seat.group, seat.person or None, _(ROLES[seat.role])) for seat in evening.seats if seat.body
    )
    return Table("places", _("By body"), columns, rows)
