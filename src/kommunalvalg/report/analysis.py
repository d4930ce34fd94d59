"""What is said of how firm a result is, and of what would have been."""

from collections.abc import Mapping

import attrs

from kommunalvalg.analysis.cases import Standing
from kommunalvalg.analysis.margins import LastSeat, Margins
from kommunalvalg.analysis.partitions import PartitionOutcome, Partitions
from kommunalvalg.analysis.what_if import AllianceEffect, AllianceEffects, OtherLine, Partners, WhatIf, WhatIfCase
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.report.documents import Column, Document, Kind, Part, Table
from kommunalvalg.text import N_, Figure, Names, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = [
    "alliance_effects",
    "as_it_is",
    "as_it_would_be",
    "last_told",
    "margins_report",
    "other_line",
    "partitions_report",
    "partners_report",
    "what_if_report",
    "what_stands",
]


def what_stands(contest: ProportionalCase) -> Text:
    """Say of which seats and alliances an election is; its votes are told list by list."""
    return _("Number of seats {seats}, alliances {alliances}.", seats=contest.seats, alliances=_united(contest))


def as_it_is(contest: ProportionalCase) -> Text:
    """Say of which seats and alliances an election is that is about to be changed."""
    return _(
        "As it is: number of seats {seats}, alliances {alliances}.",
        seats=contest.seats,
        alliances=_united(contest),
    )


def as_it_would_be(contest: ProportionalCase) -> Text:
    """Say of which seats and alliances an election is that was changed."""
    return _(
        "As it would be: number of seats {seats}, alliances {alliances}.",
        seats=contest.seats,
        alliances=_united(contest),
    )


def _united(contest: ProportionalCase) -> Word:
    alliances = [alliance.written for alliance in contest.alliances]
    return Names(alliances) if alliances else _("none")


def margins_report(margins: Margins) -> Document:
    """Report the margins of an election: the last seat, each list's votes to gain and to lose, the closest moves."""
    among = tuple(key for key in margins.last.holders if margins.lists[key].seats < margins.lists[key].most)
    parts: list[Part] = [last_told(margins.last, among)]
    fewest = margins.fewest_moved
    if fewest and fewest[0].to_change is not None:
        moves = Names([f"{move.source} → {move.target}" for move in fewest])
        parts.append(
            _(
                "The seats hang on 1 vote: cast for the second list and not for the first, it changes them: {moves}.",
                moves=moves,
            )
            if fewest[0].to_change == 1
            else _(
                "The seats hang on {votes} votes: so many, cast for the second list and not for the first, "
                "change them: {moves}.",
                votes=fewest[0].to_change,
                moves=moves,
            )
        )
    parts.append(_lists(margins))
    parts.append(
        _(
            "Votes more or fewer for one list, all others keeping theirs. At the first number a lot decides; at the "
            "second it is certain. A dash: no number of votes leads there."
        )
    )
    parts.append(_seats_hang(margins))
    return Document(_("How firm the seats are"), tuple(parts))


def _seats_hang(margins: Margins) -> Table:
    """Give every seat, and how many votes fewer for its list it hangs on."""
    return Table(
        "seats",
        _("The votes that each seat hangs on"),
        (
            Column("number", _("Seat"), Kind.NUMBER),
            Column("list", _("List")),
            Column("place", _("The list's no."), Kind.NUMBER),
            Column("quotient", _("Quotient"), Kind.QUOTIENT),
            Column("to_risk", _("Fewer: lot"), Kind.NUMBER),
            Column("to_lose", _("Fewer: certain"), Kind.NUMBER),
        ),
        tuple((seat.number, seat.key, seat.place, seat.quotient, seat.to_risk, seat.to_lose) for seat in margins.seats),
    )


def last_told(last: LastSeat, among: tuple[str, ...]) -> Word:
    """Say who took the last seat, and who is next.

    Args:
        last: the last seat.
        among: who takes part in a lot over it; nobody where it has fallen.
    """
    if last.quotient is None:
        return _("Nobody has a seat.")
    if among and last.next == among:
        return _(
            "Seat {number}, the last, is decided by a lot between {holders}, on the quotient {quotient}; next is "
            "whoever does not win it.",
            number=last.number,
            holders=Names(among),
            quotient=last.quotient,
        )
    holder = _(
        N_("Seat {number}, the last, is decided by a lot between {holders}, on the quotient {quotient}.")
        if among
        else N_("Seat {number}, the last, went to {holders} on the quotient {quotient}."),
        number=last.number,
        holders=Names(among or last.holders),
        quotient=last.quotient,
    )
    if not last.next:
        return Texts([holder, _("Nobody else has room for another.")])
    return Texts([holder, _("Next is {names}, on {quotient}.", names=Names(last.next), quotient=last.next_quotient)])


def _lists(margins: Margins) -> Table:
    return Table(
        "margins",
        _("Votes to one seat more, and to one fewer"),
        (
            Column("list", _("List")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("seats", _("Seats"), Kind.NUMBER),
            Column("to_lot", _("More: lot"), Kind.NUMBER),
            Column("to_win", _("More: certain"), Kind.NUMBER),
            Column("wins_from", _("From")),
            Column("to_risk", _("Fewer: lot"), Kind.NUMBER),
            Column("to_lose", _("Fewer: certain"), Kind.NUMBER),
            Column("loses_to", _("To")),
        ),
        tuple(
            (
                of_list.key,
                of_list.votes,
                of_list.seats,
                of_list.to_lot,
                of_list.to_win,
                ", ".join(of_list.wins_from),
                of_list.to_risk,
                of_list.to_lose,
                ", ".join(of_list.loses_to),
            )
            for of_list in margins.lists.values()
        ),
    )


def what_if_report(compared: WhatIf) -> Document:
    """Report the seats as they are and as they would be."""
    return Document(_("What if"), (_side_by_side(compared), _outcome(compared)))


def _side_by_side(compared: WhatIf) -> Table:
    """Tabulate both distributions; while a lot is open people read a range, and programs its two ends."""
    before, after = compared.before, compared.after
    keys = dict.fromkeys((*before.certain, *after.certain))
    key_column, change_column = Column("list", _("List")), Column("change", _("Change"), Kind.CHANGE)
    flat = Table(
        "what_if",
        "",
        (
            key_column,
            Column("before", _("As it is"), Kind.NUMBER),
            Column("before_possible", _("As it is, at most"), Kind.NUMBER),
            Column("after", _("As it would be"), Kind.NUMBER),
            Column("after_possible", _("As it would be, at most"), Kind.NUMBER),
            change_column,
        ),
        tuple(
            (
                key,
                before.certain.get(key, 0),
                before.possible.get(key, 0),
                after.certain.get(key, 0),
                after.possible.get(key, 0),
                _change(compared, key),
            )
            for key in keys
        ),
    )
    return Table(
        "what_if",
        "",
        (
            key_column,
            Column("before", _("As it is"), Kind.NUMBER),
            Column("after", _("As it would be"), Kind.NUMBER),
            change_column,
        ),
        tuple((key, _seats(before, key), _seats(after, key), _change(compared, key)) for key in keys),
        flat=flat,
    )


def _seats(standing: Standing, key: str) -> int | str:
    certain = standing.certain.get(key, 0)
    return certain if certain == standing.possible.get(key, 0) else standing.text(key)


def _change(compared: WhatIf, key: str) -> int:
    """Give how many seats more or fewer it would be for certain."""
    return compared.gained.get(key, 0) - compared.paid.get(key, 0)


def _outcome(compared: WhatIf) -> Text:
    gained, paid = _each(compared.gained), _each(compared.paid)
    if not compared.changed:
        return _("Nobody's seats would be others for certain.")
    if not compared.paid:
        return _("{gained} would have more seats.", gained=gained)
    if not compared.gained:
        return _("{paid} would have fewer seats.", paid=paid)
    return _("{gained} would have more seats, {paid} fewer.", gained=gained, paid=paid)


def _each(seats: Mapping[str, int]) -> Word:
    """Name who has seats more or fewer, and how many."""
    return Names([f"{key} ({count})" for key, count in seats.items()]) if seats else "–"


def alliance_effects(effects: AllianceEffects) -> Document:
    """Report what the alliances of an election did: who gained by each, and who paid."""
    title = _("What the alliances did")
    if not effects.each:
        return Document(title, (_("There are no alliances."),))
    rows: list[tuple[Word, AllianceEffect]] = [("+".join(effect.alliances[0]), effect) for effect in effects.each]
    table = Table(
        "effects",
        _("What the alliances did"),
        (Column("alliance", _("Alliance")), Column("gained", _("Gained")), Column("paid", _("Paid"))),
        tuple(
            (name, _each(effect.gained), _each(effect.paid))
            for name, effect in [*rows, (_("All together"), effects.together)]
        ),
    )
    without = what_if_report(_reversed(effects.together))
    return Document(title, (*without.parts, table))


def _reversed(effect: WhatIf) -> WhatIf:
    """An effect has the seats without the alliance first; what if it were gone has them last."""
    case = WhatIfCase(before=effect.case.after, after=effect.case.before)
    return WhatIf(before=effect.after, after=effect.before, case=case)


def partners_report(partners: Partners) -> Document:
    """Report what a list would have had with each partner, the best first."""
    table = Table(
        "partners",
        "",
        (
            Column("partners", _("Together with")),
            Column("seats", _("Seats"), Kind.NUMBER),
            Column("possible", _("At most, by lot"), Kind.NUMBER),
        ),
        tuple(
            (", ".join("+".join(lists) for lists in option.partners) or _("nobody"), option.certain, option.possible)
            for option in partners.options
        ),
    )
    said = _("Seats of {name} as things stand: {seats}.", name=partners.key, seats=partners.certain)
    return Document(_("The partners of {name}", name=partners.key), (said, table))


def partitions_report(partitions: Partitions) -> Document:
    """Report what every way to ally gives: for each list the fewest and the most seats, and how it gets the most."""
    table = Table(
        "partitions",
        "",
        (
            Column("list", _("List")),
            Column("now", _("As it is"), Kind.NUMBER),
            Column("worst", _("At least"), Kind.NUMBER),
            Column("best", _("At most"), Kind.NUMBER),
            Column("example", _("At most, for example with")),
        ),
        tuple(
            (
                key,
                partitions.now.certain[key],
                least := partitions.worst(key).standing.certain[key],
                best.standing.possible[key],
                _alliances(best) if best.standing.possible[key] > least else None,
            )
            for key, best in ((key, partitions.best(key)) for key in partitions.case.election.votes)
        ),
    )
    return Document(_("Ways to ally"), (_ways(partitions), table))


def _ways(partitions: Partitions) -> Text:
    lists = Names(partitions.lists)
    if partitions.count == 1:
        return _("Alone {lists} has one way: outside every alliance.", lists=lists)
    if len(partitions.outcomes) == 1:
        return _("{count} ways to ally ({lists}) lead to one and the same result.", count=partitions.count, lists=lists)
    return _(
        "{count} ways to ally ({lists}) lead to {outcomes} different results.",
        count=partitions.count,
        lists=lists,
        outcomes=len(partitions.outcomes),
    )


def _alliances(outcome: PartitionOutcome) -> Word:
    return ", ".join("+".join(lists) for lists in outcome.example if len(lists) > 1) or _("no alliances")


def what_if_told(comparison: WhatIf) -> Document:
    """Report what would have been, of which seats and alliances."""
    report = what_if_report(comparison)
    return attrs.evolve(report, parts=(as_it_would_be(comparison.case.after), *report.parts))


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
