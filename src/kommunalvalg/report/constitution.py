"""What is said of the elections inside a council: flertalsvalg, and the seats of the committees."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

import attrs

from kommunalvalg.constitution.claims import Placement, placements
from kommunalvalg.constitution.committees import MAJORITY, Committees
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG
from kommunalvalg.lots import Tie
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection
from kommunalvalg.report.distribution import undecided, warned
from kommunalvalg.report.documents import Column, Document, Kind, Part, Table, cite, once, paragraphs
from kommunalvalg.report.quotients import Level, drawn, open_lot, won_at
from kommunalvalg.text import Names, Texts, Word
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from kommunalvalg.methods.allocation import Allocation

__all__ = [
    "by_committee",
    "committee_seats",
    "committees_explained",
    "committees_in_full",
    "flertalsvalg",
    "flertalsvalg_in_full",
    "placements_table",
]

_DISAGREE, _FIXED = "KSL-27-2", "RL-14g"
"""The rules of what claims cost, and of who settles where they fall."""
_FREE_BALLOTS = 2
_BOUND = 3
_MOST_WAYS = 10_000
"""So many ways to place the claims are counted, and no more."""
_MOST_SHOWN = 1_000
"""So many of them stand in a table, and no more."""


# § 24, stk. 1: one post


def flertalsvalg(election: MajorityElection) -> Document:
    """Report how far an election to one post has come: who is elected, or what comes next.

    One by the most votes in one ballot, of which the law knows nothing, is told as such.
    """
    parts: list[Part] = [_state(election)]
    if election.ballots:
        parts.append(_ballots(election))
    parts += [*drawn(election.draws), *_decided(election), *_next(election)]
    law = election.present is not None
    title = _("Election to one post by flertalsvalg") if law else _("Election to one post by the most votes")
    return Document(title, tuple(parts))


def flertalsvalg_in_full(election: MajorityElection) -> Document:
    """Explain an election to one post: what came out, how each ballot went, and the rules."""
    report = flertalsvalg(election)
    held: list[Part] = [_held(election)] if election.ballots else []
    rules: list[Part] = []
    if election.base == "present":
        rules.append(
            _(
                "Ballots 1 and 2 are free: whoever can be elected may be voted for, and more than half of the "
                "{present} members present elect, those who abstain counted ({provision}).",
                present=election.present,
                provision=cite(FLERTALSVALG),
            )
        )
    elif election.base == "cast":
        rules.append(
            _(
                "Ballots 1 and 2 are free: whoever can be elected may be voted for; more than half of the votes cast "
                "elect."
            )
        )
    if election.present is not None:
        rules += [
            _("Who is the only one to be voted for in ballot 2 is elected too."),
            _(
                "Ballot 3 is bound to the two with the most votes in ballot 2: who has most of the votes cast is "
                "elected, and a lot decides equal votes ({provision}).",
                provision=cite(FLERTALSVALG),
            ),
        ]
    return attrs.evolve(report, parts=(*report.parts, *held, *rules))


def _held(election: MajorityElection) -> Table:
    """Tabulate the ballots: the votes cast, who abstained, the votes that elected, and who had the most."""
    rows = []
    for number, votes in enumerate(election.ballots, start=1):
        cast, most = sum(votes.values()), max(votes.values(), default=0)
        base = {"present": election.present, "cast": cast}.get(election.base or "")
        rows.append(
            (
                number,
                cast,
                None if election.present is None else election.present - cast,
                base // 2 + 1 if base is not None and number != _BOUND else None,
                Names([name for name, count in votes.items() if most and count == most]),
                election.winner if number == election.ballot else None,
            )
        )
    return Table(
        "held",
        _("Ballot by ballot"),
        (
            Column("ballot", _("Ballot"), Kind.NUMBER),
            Column("cast", _("Votes cast"), Kind.NUMBER),
            Column("abstained", _("Voted for nobody"), Kind.NUMBER),
            Column("needed", _("Votes that elect"), Kind.NUMBER),
            Column("most", _("Most votes")),
            Column("winner", _("Who is elected")),
        ),
        tuple(rows),
    )


def _state(election: MajorityElection) -> Table:
    return Table(
        "result",
        "",
        (
            Column("winner", _("Who is elected")),
            Column("ballot", _("In ballot"), Kind.NUMBER),
            Column("next_ballot", _("Next ballot"), Kind.NUMBER),
            Column("candidates", _("Who may stand")),
            Column("needed", _("Votes that elect"), Kind.NUMBER),
        ),
        ((election.winner, election.ballot, election.next_ballot, _may_stand(election), election.needed),),
    )


def _may_stand(election: MajorityElection) -> Word:
    if election.next_ballot is None or (election.next_ballot == _BOUND and not election.candidates):
        return None
    return Names(election.candidates) if election.candidates else _("whoever can be elected")


def _ballots(election: MajorityElection) -> Table:
    names = dict.fromkeys(name for votes in election.ballots for name in votes)
    cast = [sum(votes.values()) for votes in election.ballots]
    return Table(
        "ballots",
        _("Votes"),
        (
            Column("candidate", _("Candidate")),
            *(
                Column(f"ballot_{number}", _("Ballot {number}", number=number), Kind.NUMBER)
                for number in range(1, len(election.ballots) + 1)
            ),
        ),
        tuple((name, *(votes.get(name) for votes in election.ballots)) for name in names),
        (_("Total"), *cast),
    )


def _decided(election: MajorityElection) -> Iterable[Word]:
    name, number, present = election.winner, election.ballot, election.present
    if name is None or number is None:
        return
    ballot = election.ballots[number - 1]
    votes, cast = ballot.get(name, 0), sum(ballot.values())
    if number == _BOUND or present is None:
        level = [rival for rival in election.candidates or ballot if ballot.get(rival, 0) == votes]
        if len(level) > 1:
            why = _("equal votes, decided by lot")
        else:
            why = _("{votes} of the {cast} votes cast, the most", votes=votes, cast=cast)
    elif election.base == "cast" and 2 * votes > cast:
        why = _("{votes} of the {cast} votes cast, more than half", votes=votes, cast=cast)
    elif election.base == "present" and 2 * votes > present:
        why = _("{votes} of the {present} members present, more than half", votes=votes, present=present)
    else:
        why = _("votes were cast for nobody else")
    elected = _("{name} is elected in ballot {number}: {why}", name=name, number=number, why=why)
    cited = () if present is None else (" (", cite(FLERTALSVALG), ")")
    yield Texts([elected, *cited, "."], between="")


def _next(election: MajorityElection) -> Iterable[Part]:
    """Say what comes next: a lot, a ballot, or nothing."""
    number = election.next_ballot
    if election.tie:
        yield open_lot(election.tie, *_at_stake(election.tie, number))
    elif number == _BOUND:
        yield _(
            "Nobody is elected. Ballot 3 is next, and it is bound to {names}: who has most of the votes cast is "
            "elected, and a lot decides equal votes ({provision}).",
            names=Names(election.candidates or ()),
            provision=cite(FLERTALSVALG),
        )
    elif number is not None and election.present is None:
        yield _("Nobody is elected, since nobody was voted for; the ballot is held again.")
    elif number is not None:
        yield Texts(_free_ballot(election, number))


def _at_stake(tie: Tie, number: int | None) -> Iterable[Word]:
    """Say what a lot decides."""
    if number != _BOUND:
        yield _("It decides who is elected.")
        return
    yield _("It decides who ballot 3 is bound to.")
    if tie.places == 1:
        yield _("That only who is equal in the second place takes part in it is inferred.")


def _free_ballot(election: MajorityElection, number: int) -> Iterable[Word]:
    if election.ballots:
        yield _("Nobody is elected.")
    if election.base == "present":
        yield _(
            "Ballot {number} is next. Whoever can be elected may be voted for; {needed} votes elect, more than half of "
            "the {present} members present, those who abstain counted ({provision}).",
            number=number,
            needed=election.needed,
            present=election.present,
            provision=cite(FLERTALSVALG),
        )
    else:
        yield _(
            "Ballot {number} is next. Whoever can be elected may be voted for; more than half of the votes cast elect.",
            number=number,
        )
    if number == _FREE_BALLOTS:
        yield _("Who is the only one to be voted for in ballot 2 is elected too.")


# §§ 24, 25 and 27: the committees


def committee_seats(result: Committees, *, accept_second: Iterable[str] = ()) -> Document:
    """Report the seats of the committees, what each group has under ét, and what may be claimed.

    Args:
        result: the committees, before or after claims.
        accept_second: the receivers that take a second seat in one committee, beside those that the claims name.
    """
    parts: list[Part] = [
        by_committee(result.seats, result.groups, result.sizes),
        *_by_office(result),
        *undecided(result.ties, 0),
        *drawn(result.draws),
    ]
    parts += [warned(warning) for warning in result.warnings]
    if result.standing:
        parts += [_by_group(result), *_carried_out(result)]
        parts += paragraphs([_outside(result), *_lost(result), *_claims(result, accept_second)])
    parts.append(
        _(
            "Each committee's seats are distributed by d'Hondt on the members who take part ({provision}).",
            provision=cite(FORHOLDSTALSVALG, result.case.day),
        )
    )
    return Document(_("Seats of the committees"), tuple(parts))


def by_committee(seats: Mapping[str, Mapping[str, int]], groups: Iterable[str], sizes: Mapping[str, int]) -> Table:
    """Tabulate the seats of each group in each committee, and how many members that has."""
    names = tuple(groups)
    return Table(
        "seats",
        "",
        (
            Column("committee", _("Committee")),
            *(Column(group, group, Kind.NUMBER) for group in names),
            Column("members", _("Members"), Kind.NUMBER),
        ),
        tuple((name, *(held.get(group, 0) for group in names), sizes[name]) for name, held in seats.items()),
    )


def _by_office(result: Committees) -> Iterable[Word]:
    """Say which of the seats were taken beforehand, the mayor's in økonomiudvalget among them (KSL § 25, stk. 2)."""
    mayor, economy = result.case.mayor, result.case.economy_committee
    cited = cite(result.case.offices, result.case.day)
    for committee, contest in result.case.contests.items():
        others = dict(contest.seated)
        if mayor is not None and committee == economy:
            others[mayor] -= 1
            yield _(
                "{committee}: of these the mayor, of {group} ({provision}).",
                committee=committee,
                group=mayor,
                provision=cited,
            )
        names = [f"{group} {count}" for group, count in others.items() if count]
        if names:
            yield _(
                "{committee}: of these by office {seats} ({provision}).",
                committee=committee,
                seats=Names(names),
                provision=cited,
            )


def _lost(result: Committees) -> Iterable[Word]:
    """Say which majorities the claims cost, and how many members restore each (KSL § 27, stk. 3)."""
    for lost in result.lost:
        if lost.members:
            yield _(
                "{group} has lost its majority in {committee} by the claims; {count} members more restore it "
                "({provision}).",
                group=lost.group,
                committee=lost.committee,
                count=lost.members,
                provision=cite(MAJORITY, result.case.day),
            )
        else:
            yield _(
                "{group} has lost its majority in {committee} by the claims; no members can be added there "
                "({provision}).",
                group=lost.group,
                committee=lost.committee,
                provision=cite(_FIXED, result.case.day),
            )


def _by_group(result: Committees) -> Table:
    """Tabulate what each group has in all; where seats were claimed, before the claims and after them."""
    elected = {group: sum(result.elected[committee][group] for committee in result.standing) for group in result.groups}
    columns: list[tuple[Column, Mapping[str, int]]] = [
        (Column("taking_part", _("Taking part"), Kind.NUMBER), result.groups),
        (Column("totals", _("Committee by committee"), Kind.NUMBER), result.totals),
        (Column("under_et", _("Taken together"), Kind.NUMBER), result.under_et),
        (Column("claims", _("May claim"), Kind.NUMBER), result.claims),
        (Column("excess", _("Has too many"), Kind.NUMBER), result.excess),
    ]
    if result.transfers:
        columns[1:2] = [
            (Column("elected", _("Committee by committee"), Kind.NUMBER), elected),
            (Column("totals", _("After the claims"), Kind.NUMBER), result.totals),
        ]
    unknown = {"claims", "excess"} if result.undecided else set()
    return Table(
        "groups",
        _("The sundhedsråd taken together") if result.case.fixed else _("The standing committees taken together"),
        (Column("group", _("Group")), *(column for column, _counts in columns)),
        tuple(
            (group, *(None if column.key in unknown else counts.get(group, 0) for column, counts in columns))
            for group in result.groups
        ),
    )


def _carried_out(result: Committees) -> Iterable[Part]:
    committee = Column("committee", _("Committee"))
    if result.transfers:
        yield Table(
            "transfers",
            _("Seats claimed"),
            (committee, Column("giver", _("From")), Column("receiver", _("To"))),
            tuple((transfer.committee, transfer.giver, transfer.receiver) for transfer in result.transfers),
        )
    if result.extra:
        yield Table(
            "extra",
            _("Members added to keep a majority"),
            (committee, Column("group", _("Group")), Column("members", _("Members"), Kind.NUMBER)),
            tuple((added.committee, added.group, added.members) for added in result.extra),
        )


def _outside(result: Committees) -> Word:
    if not result.outside:
        return None
    return _("Outside the total of the standing committees: {names}.", names=Names(result.outside))


def _ways(result: Committees, accept_second: Iterable[str]) -> Iterator[Placement]:
    """Give the ways to place what may be claimed; who takes a second seat by its claim takes one in these too."""
    return placements(result, accept_second=dict.fromkeys([*accept_second, *result.case.accepting]))


def _claims(result: Committees, accept_second: Iterable[str]) -> Iterable[Word]:
    supplement = cite(result.case.supplement, result.case.day)
    if result.undecided:
        yield _(
            "What may be claimed is known when the lots are drawn ({provision}).",
            provision=supplement,
        )
        return
    if not result.claims:
        yield _("No group has a seat to claim ({provision}).", provision=supplement)
        return
    for receiver, count in result.claims.items():
        yield _(
            "Seats that {receiver} may claim: {count}, from {givers} ({provision}).",
            receiver=receiver,
            count=count,
            givers=Names(result.excess),
            provision=supplement,
        )
    if result.council_decides:
        yield _(
            "Where the groups that are to give disagree in which committees, the council decides ({provision}).",
            provision=cite(_DISAGREE, result.case.day),
        )
    else:
        yield _("{giver} chooses in which committees.", giver=next(iter(result.excess)))
    ways = sum(1 for _way in islice(_ways(result, accept_second), _MOST_WAYS + 1))
    if ways > _MOST_WAYS:
        yield _("There are more than {count} ways to place them.", count=_MOST_WAYS)
    else:
        yield _("Number of ways to place them: {count}.", count=ways)
    yield _(
        "The receiver may refuse a second seat in one committee, whoever gives it ({provision}).", provision=supplement
    )
    if not result.case.fixed:
        yield _(
            "Who loses the majority of a committee by it may add the members that restore it ({provision}).",
            provision=cite(MAJORITY, result.case.day),
        )


def committees_in_full(result: Committees) -> Document:
    """Explain the seats of the committees."""
    return committees_explained(result, committee_seats(result))


def committees_explained(result: Committees, report: Document) -> Document:
    """Add to the report of the committees their quotients; committees that are distributed alike share a table."""
    alike: dict[object, list[str]] = {}
    for committee, allocation in result.allocations.items():
        alike.setdefault((allocation.seats, allocation.tie and allocation.tie.places, allocation.draws), []).append(
            committee
        )
    distributions: list[tuple[Word, Allocation]] = [
        (Names(names), result.allocations[names[0]]) for names in alike.values()
    ]
    if result.together:
        together = (
            _("the sundhedsråd taken together") if result.case.fixed else _("the standing committees taken together")
        )
        distributions.append((together, result.together))
    parts: list[Part] = []
    for within, allocation in distributions:
        parts += won_at(Level("", allocation, tuple(range(1, len(allocation.awards) + 1))), within)
    return attrs.evolve(report, parts=(*report.parts, *once(parts)))


def placements_table(result: Committees, accept_second: Iterable[str] = ()) -> Table:
    """Tabulate the ways to place all the claims, one in a row, and what each would cost and restore."""
    claimed = result.claims
    ways = islice(_ways(result, accept_second), _MOST_SHOWN) if claimed else ()
    return Table(
        "placements",
        _("Ways to place the claims"),
        (
            Column("way", _("Way"), Kind.NUMBER),
            Column("transfers", _("Seats that pass")),
            Column("restores", _("Members that may be added")),
        ),
        tuple(
            (
                number,
                "; ".join(f"{each.committee}: {each.giver} → {each.receiver}" for each in way.transfers),
                "; ".join(f"{each.committee}: {each.group} {each.members}" for each in way.restores),
            )
            for number, way in enumerate(ways, start=1)
        ),
    )
