"""What is said of a council election: the protocol, from the votes to the last substitute."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from kommunalvalg.council.lists import Form
from kommunalvalg.council.previous import changes
from kommunalvalg.council.result import CouncilResult, ListResult, Mandate
from kommunalvalg.council.seats import Surplus, surpluses
from kommunalvalg.methods.alliances import Alliance, ProportionalCase, alliances_of
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.report.distribution import divided, undecided, waiting_inside, warned
from kommunalvalg.report.documents import (
    Cell,
    Column,
    Document,
    Heading,
    Kind,
    Part,
    Said,
    Table,
    cite,
    filled,
    once,
    paragraphs,
    without_empty,
)
from kommunalvalg.report.quotients import Level, awards, drawn, levels, open_lots, won_at
from kommunalvalg.report.wording import ELECTED_BY, N_, council_title, numbered
from kommunalvalg.text import Figure, Names, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["protocol", "summary"]


def summary(result: CouncilResult) -> Document:
    """Report a council election: seats by list, units, surplus seats, lots, the elected, substitutes, quotients."""
    parts: list[Part] = [_lists(result), *_before(result), _units(result)]
    parts += [_surplus(surplus) for surplus in surpluses(result.proportional)]
    parts += [
        *undecided(result.ties, result.vacant),
        *waiting_inside(result.proportional),
        *drawn(result.draws),
    ]
    parts += [warned(warning) for warning in result.election.warnings]
    substitutes, waiting = _substitutes(result)
    parts += [_mandates(result), substitutes, *waiting, awards(result.proportional)]
    return _document(result, parts)


def protocol(result: CouncilResult) -> Document:
    """Report a council election section by section, as an election board sets it down.

    The votes; the alliances; the quotients of every level, with the seats that they won; the surplus; the quotas of
    the party lists; who is elected, by what and in which order; the substitutes; what is open, and what is inferred.
    """
    parts: list[Part] = [Heading(_("Votes and seats")), _lists(result), *_before(result)]
    parts += [*undecided(result.ties, result.vacant), *waiting_inside(result.proportional)]
    parts += drawn(result.draws)
    parts += [warned(warning) for warning in result.election.warnings]
    if alliances_of(result.election.units):
        said = _(
            "The lists of an alliance count as one unit ({provision}).", provision=cite("KRVL-81-1", result.case.year)
        )
        parts += [Heading(_("Alliances")), said, *_common(result), attrs.evolve(_units(result), title="")]
    moved = surpluses(result.proportional)
    for level in levels(result.proportional):
        parts += _level(level)
        parts += [_surplus(surplus) for surplus in moved if _within(surplus) == level.within]
    substitutes, waiting = _substitutes(result)
    parts += [
        Heading(_("The elected candidates")),
        *_rules(result),
        _quotas(result),
        _mandates(result),
        Heading(_("Substitutes")),
        _(
            "A list's substitutes are its candidates who were not elected, in this order ({provision}).",
            provision=cite("KRVL-91-1", result.case.year),
        ),
        attrs.evolve(substitutes, title=""),
        *waiting,
        _others(result),
    ]
    inferred = paragraphs(_inferred(result))
    parts += [Heading(_("What is inferred")), *inferred] if inferred else []
    return _document(result, once(parts))


def _document(result: CouncilResult, parts: list[Part]) -> Document:
    return Document(council_title(result.election), filled(parts))


def _common(result: CouncilResult) -> Iterator[Word]:
    """Say of each listeforbund how many votes are for itself, which no list has in its votes."""
    for unit, votes in result.proportional.case.own_votes.items():
        yield _(
            "{votes} votes are for {unit} itself; they count for it as a unit, and inside it for nobody ({provision}).",
            votes=Figure(votes, Kind.NUMBER),
            unit=unit,
            provision=cite("KRVL-78-L", result.case.year),
        )


def _within(surplus: Surplus) -> str:
    """Give the alliance inside which a surplus went on; nothing where it did among the units."""
    return surplus.place.name if surplus.place else ""


def _level(level: Level) -> list[Part]:
    """Set down one distribution: to the units, or inside an alliance."""
    case = level.allocation.case.first
    cited = cite(case.rule, case.when)
    heading = (
        _("Seats inside {unit} ({provision})", unit=level.within, provision=cited)
        if level.within
        else _("Seats of the units ({provision})", provision=cited)
    )
    said = [] if level.within else [divided((1, 2, 3))]
    return [Heading(heading), *said, *won_at(level)]


def _rules(result: CouncilResult) -> Iterator[Word]:
    """Say how the candidates of the lists that have seats are elected."""
    forms = {list_result.list.form for list_result in result.lists.values() if list_result.seats}
    if Form.SIDEORDNET in forms:
        yield _(
            "Sideordnet: the candidates with most personal votes are elected; equal votes draw lots ({provision}).",
            provision=cite("KRVL-85", result.case.year),
        )
    if Form.PARTILISTE in forms:
        yield _(
            "Partiliste: the list votes are given to the candidates from the top, up to the quota each; who reaches "
            "it is elected in the list's order, and seats left go to the largest totals ({provision}). The quota is "
            "the list's votes divided by its seats + 1, raised to the next whole number.",
            provision=cite("KRVL-86-1", result.case.year),
        )


def _quotas(result: CouncilResult) -> Table:
    return Table(
        "quotas",
        _("Quotas of the party lists"),
        (
            Column("key", _("List")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("list_votes", _("List votes"), Kind.NUMBER),
            Column("divisor", _("Seats + 1"), Kind.NUMBER),
            Column("quotient", _("Quotient"), Kind.QUOTIENT),
            Column("fordelingstal", _("Quota"), Kind.NUMBER),
        ),
        tuple(
            (
                key,
                list_result.list.votes,
                list_result.list.list_votes,
                list_result.seats + 1,
                Fraction(list_result.list.votes, list_result.seats + 1),
                list_result.fordelingstal,
            )
            for key, list_result in result.lists.items()
            if list_result.fordelingstal is not None
        ),
    )


def _others(result: CouncilResult) -> Table:
    return Table(
        "others",
        _("Candidates of the lists without a seat"),
        (
            Column("key", _("List")),
            Column("candidate", _("Candidate")),
            Column("votes", _("Personal votes"), Kind.NUMBER),
        ),
        tuple(
            (key, candidate.name, candidate.votes)
            for key, list_result in result.lists.items()
            if not list_result.most
            for candidate in list_result.list.candidates
        ),
    )


def _inferred(result: CouncilResult) -> Iterator[Word]:
    """Name the readings that no text was found for, where this result rests on one."""
    if result.equal_numbers:
        yield _(
            "Where equal quotients both win a seat, a lot decides which seat has the lower number, and nothing else "
            "({provision}). It is not drawn here: the numbers follow the ballot.",
            provision=cite("KRVL-81-NR", result.case.year),
        )
    if surpluses(result.proportional):
        yield _(
            "Seats beyond the number of candidates go on as they arise: who is full takes no part in a lot, and the "
            "numbers of the seats follow the order in which they are taken."
        )
    if result.vacant:
        yield _("No other election fills the seats that stand vacant, and a list without votes takes none of them.")


def _lists(result: CouncilResult) -> Table:
    """Give what each list has, and where an election before is given what changed since."""
    table = _standing(result)
    if result.case.previous is None:
        return table
    known = changes(result)
    rows = []
    for row in table.rows:
        change = known[str(row[0])]
        rows.append((*row, change.votes, change.share, change.seats, _("new") if change.new else ""))
    columns = (
        *table.columns,
        Column("votes_change", _("Votes: change"), Kind.CHANGE),
        Column("share_change", _("Share: percentage points"), Kind.POINTS),
        Column("seats_change", _("Seats: change"), Kind.CHANGE),
        Column("status", _("Since then")),
    )
    votes = [change.votes for change in known.values() if change.votes is not None]
    total = table.total and (*table.total, sum(votes) if votes else None, None, None, "")
    return attrs.evolve(table, columns=columns, rows=tuple(rows), total=total)


def _gone(result: CouncilResult) -> Table | None:
    """Give the lists that stood in the election before and no longer do; None where there are none."""
    previous = result.case.previous
    gone = [] if previous is None else [change.key for change in changes(result).values() if change.gone]
    if previous is None or not gone:
        return None
    return Table(
        "gone",
        _("Lists that no longer stand"),
        (
            Column("key", _("List")),
            Column("votes", _("Votes then"), Kind.NUMBER),
            Column("share", _("Share then"), Kind.SHARE),
            Column("seats", _("Seats then"), Kind.NUMBER),
        ),
        tuple(
            (
                key,
                previous.votes[key],
                Fraction(previous.votes[key], previous.total) if previous.total else None,
                None if previous.seats is None else previous.seats.get(key, 0),
            )
            for key in gone
        ),
    )


def _standing(result: CouncilResult) -> Table:
    total, valid = sum(result.case.votes.values()), result.case.valid_votes
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
                list_result.list.name,
                str(list_result.list.form),
                len(list_result.list.candidates),
                list_result.list.votes,
                Fraction(list_result.list.votes, valid) if valid else None,
                list_result.seats,
            )
            for key, list_result in result.lists.items()
        ),
        (
            _("Total"),
            "",
            "",
            sum(len(list_result.list.candidates) for list_result in result.lists.values()),
            total,
            None,
            seats,
        ),
    )


def _before(result: CouncilResult) -> Iterator[Part]:
    """Say what the election is compared with, where it is with any."""
    previous = result.case.previous
    if previous is None:
        return
    if previous.name:
        yield _("The changes are since {election}.", election=previous.name)
    gone = _gone(result)
    if gone is not None:
        yield without_empty(gone)


def _units(result: CouncilResult) -> Table:
    """Tabulate the alliances, those inside one after it, each with the seats of its members."""
    proportional = result.proportional
    return Table(
        "units",
        _("Alliances"),
        (
            Column("unit", _("Alliance")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("seats", _("Seats"), Kind.NUMBER),
            Column("lists", _("Seats inside it")),
        ),
        tuple(_unit_rows(result.election.units, proportional.unit_seats, proportional.case, proportional.inner)),
    )


def _unit_rows(
    members: Iterable[str | Alliance],
    seats: Mapping[str, int],
    case: ProportionalCase,
    inner: Mapping[str, Allocation],
) -> Iterator[tuple[Cell, ...]]:
    for unit in alliances_of(members):
        inside = inner[unit.name].seats
        yield (
            unit.name,
            case.votes_of(unit),
            seats[unit.name],
            numbered(inside),
        )
        yield from _unit_rows(unit.members, inside, case, inner)


def _surplus(surplus: Surplus) -> Text:
    to = Names([name if more == 1 else f"{name} ({more})" for name, more in surplus.to.items()])
    said = _(
        N_("{name} was entitled to {entitled} seats and can fill {candidates}; the surplus goes to {to} ({provision}).")
        if surplus.to
        else N_("{name} was entitled to {entitled} seats and can fill {candidates}; nobody can take the surplus."),
        name=surplus.name,
        entitled=surplus.entitled,
        candidates=surplus.candidates,
        to=to,
        provision=cite(surplus.rule),
    )
    return said if not _within(surplus) else _("Within {unit}: {said}", unit=_within(surplus), said=said)


def _mandates(result: CouncilResult) -> Table:
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
                _how(mandate),
            )
            for mandate in result.mandates
        ),
    )


def _how(mandate: Mandate) -> Texts:
    how = [_(ELECTED_BY[mandate.elected_by])]
    how += [_("by lot")] if mandate.by_lot else []
    how += [_("number and rank by lot")] if mandate.rank_open else []
    return Texts(how, ", ")


def _substitutes(result: CouncilResult) -> tuple[Table, list[Part]]:
    open_orders = [Names(tie.among) for tie in result.substitute_ties]
    table = Table(
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
            (key, number, name, votes[name], list_result.given.get(name, 0) if list_result.fordelingstal else None)
            for key, list_result in result.lists.items()
            for votes in [{candidate.name: candidate.votes for candidate in list_result.list.candidates}]
            for number, name in enumerate(list_result.substitutes, start=1 + _losers(list_result))
        ),
    )
    parts: list[Part] = [
        _(
            "Before the other substitutes of list {key} comes whoever does not win the lot between {names}.",
            key=key,
            names=Names(list_result.tie.among),
        )
        for key, list_result in result.lists.items()
        if list_result.tie
    ]
    if not open_orders:
        return table, parts
    said = _(
        "Substitutes with equal votes, whose order a lot at the count decides ({provision}): {groups}. Until the "
        "draw is given they stand as on the ballot.",
        provision=cite("KRVL-91-1", result.case.year),
        groups=Texts(open_orders, "; "),
    )
    return table, [*parts, Said(said, open_lots(result.substitute_ties))]


def _losers(list_result: ListResult) -> int:
    """Count those who will lose the lot that is open for a seat; they have more votes than all who have none."""
    return len(list_result.tie.among) - list_result.tie.places if list_result.tie else 0
