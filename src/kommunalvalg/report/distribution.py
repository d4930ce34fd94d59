"""What is said of a distribution of seats."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import attrs

from kommunalvalg.errors import Warned
from kommunalvalg.lots import Draw, Tie
from kommunalvalg.methods.alliances import FORHOLDSTALSVALG, ProportionalElection
from kommunalvalg.methods.allocation import Allocates, Allocation
from kommunalvalg.methods.quota import QUOTAS, QuotaCase
from kommunalvalg.methods.quotients import DIVISORS
from kommunalvalg.methods.registry import METHODS
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.methods.threshold import Threshold
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Kind, Part, Said, Table, cite, paragraphs
from kommunalvalg.report.quotients import awards, drawn, open_lot, why
from kommunalvalg.report.wording import REASONS
from kommunalvalg.text import Figure, Grounded, Names, Text, Texts, Word
from kommunalvalg.text import text as _

if TYPE_CHECKING:
    from kommunalvalg.constitution.bodies import CommitteeCase

__all__ = [
    "distribution",
    "divided",
    "explained",
    "explained_allocation",
    "explained_election",
    "forholdstalsvalg",
    "line",
    "nested",
    "undecided",
    "waiting_inside",
    "warned",
]


def warned(warning: Warned) -> Said:
    """Say what departs from a rule, with the provision."""
    if not warning.rule:
        return Said(warning.text)
    return Said(Grounded([warning.text, Cited(warning.provision)]))


def distribution(allocation: Allocation) -> Document:
    """Report distributed seats: votes, seats, open lots, and the seats in the order in which they were won."""
    case = allocation.case
    parts: list[Part] = [
        _seats(_votes(case), allocation.seats, held=getattr(case.first, "held", None)),
        *undecided(allocation.ties, allocation.vacant),
        *drawn(allocation.draws),
        *paragraphs(_HOW[case.method](allocation) if case.method in _HOW else ()),
    ]
    if allocation.awards:
        parts += [awards(allocation), *_order_waits(allocation)]
    return Document(_title(allocation), tuple(parts))


def _order_waits(allocation: Allocation) -> Iterator[Word]:
    """Name the seats of groups with equal quotients, whose order is a lot where groups choose one after another."""
    if allocation.case.first.rule != FORHOLDSTALSVALG:
        return
    numbers: dict[object, list[int]] = {}
    for award in allocation.awards:
        numbers.setdefault(award.quotient, []).append(award.number)
    for level in numbers.values():
        if len(level) > 1:
            yield _(
                "Nos. {numbers} have equal quotients. Where it matters which of the groups chooses first, a lot "
                "decides it ({provision}); it is not drawn here.",
                numbers=Names([str(number) for number in level]),
                provision=cite(FORHOLDSTALSVALG, allocation.case.first.when),
            )


def _agreed(_allocation: Allocation) -> Iterable[Word]:
    yield _(
        "Everybody agreed on these seats instead of an election ({provision}).",
        provision=cite(FORHOLDSTALSVALG),
    )


def _renounced(allocation: Allocation) -> Iterable[Word]:
    case = cast("CommitteeCase", allocation.case)
    for group, count in case.renounced.items():
        yield _(
            "{group} renounced {count} of its seats; they went on by the same ranking ({provision}).",
            group=group,
            count=count,
            provision=cite(case.rule, case.day),
        )


_HOW: Mapping[str, Callable[[Allocation], Iterable[Word]]] = {"agreed": _agreed, "renounced": _renounced}
"""Method -> what is said of seats that come otherwise than by votes alone."""


def explained_allocation(allocation: Allocation) -> Document:
    """Explain distributed seats: how the method works, and the table of quotients."""
    return explained(allocation, distribution(allocation), _method(allocation))


def explained_election(election: ProportionalElection) -> Document:
    """Explain a forholdstalsvalg: how the method works at each level, and its tables of quotients."""
    return explained(election, forholdstalsvalg(election), nested(election))


def explained(election: Allocation | ProportionalElection, report: Document, method: Iterable[Part]) -> Document:
    """Add to the report of a distribution how the method works, and the table of quotients."""
    return attrs.evolve(report, parts=(*report.parts, *method, *why(election)))


def nested(election: ProportionalElection) -> Iterator[Part]:
    """Say how d'Hondt's method works, among units and inside alliances."""
    yield divided((1, 2, 3))
    if election.inner:
        yield _("An alliance counts as one unit; its seats are distributed inside it in the same way.")


def _method(allocation: Allocation) -> Iterator[Part]:
    """Say how a method works."""
    if allocation.case.method == ShortfallCase.method:
        case = cast("ShortfallCase", allocation.case)
        yield _(
            "Each seat goes to whoever is furthest below its share of the {size} seats: votes × {size} / {total} − "
            "seats so far.",
            size=case.size,
            total=case.total,
        )
    elif allocation.case.method in DIVISORS:
        divisors = DIVISORS[allocation.case.method]
        yield divided([divisors.divisor(had) for had in range(3)])
    elif allocation.case.method in QUOTAS:
        times, whole = cast("QuotaCase", allocation.case).shares
        if whole:
            yield _(
                "Each whole quota of {quota} votes gives a seat; the seats that are left go to the largest remainders.",
                quota=Fraction(whole, times),
            )


def divided(series: Iterable[int | Fraction]) -> Text:
    """Say how a divisor method works."""
    return _(
        "The votes are divided by {series} and so on; the largest quotients win the seats.",
        series=Texts(series, ", "),
    )


def _title(allocation: Allocation) -> Text:
    case = allocation.case
    if case.method == "agreed":
        return _("Distribution of {count} seats", count=sum(allocation.seats.values()))
    if case.method == ShortfallCase.method:
        return _("Distribution of {count} seats by the largest shortfall", count=case.first.seats)
    return _by(_(METHODS[case.first.method].title), case.first.seats)


def _by(method: Word, count: int) -> Text:
    if count == 1:
        return _("Distribution of one seat by {method}", method=method)
    return _("Distribution of {count} seats by {method}", count=count, method=method)


def _votes(case: Allocates) -> Mapping[str, int] | None:
    return None if case.method == "agreed" else case.first.votes


def forholdstalsvalg(election: ProportionalElection, *, draws: Sequence[Draw] | None = None) -> Document:
    """Report a forholdstalsvalg: the seats of units and lists, open lots, the winning quotients in order.

    Args:
        election: the result.
        draws: the lots that were drawn, where there are more than those of the distribution.
    """
    contest = election.case
    parts: list[Part] = [_seats(contest.votes, election.seats)]
    if contest.alliances:
        unit_seats = election.unit_seats
        parts.append(
            Table(
                "units",
                _("Alliances"),
                (
                    Column("unit", _("Unit")),
                    Column("votes", _("Votes"), Kind.NUMBER),
                    Column("seats", _("Seats"), Kind.NUMBER),
                ),
                tuple((unit.name, contest.votes_of(unit), unit_seats[unit.name]) for unit in contest.alliances),
            )
        )
    parts += [*undecided(election.ties, election.vacant), *waiting_inside(election)]
    parts += drawn(election.draws if draws is None else draws)
    parts.append(awards(election))
    return Document(_by("d'Hondt", contest.seats), tuple(parts))


def _seats(
    votes: Mapping[str, int] | None,
    seats: Mapping[str, int],
    held: Mapping[str, int] | None = None,
) -> Table:
    """Tabulate what is known of each name: its votes and share where there are votes, its seats."""
    everybody = tuple(seats)
    total = sum(votes.values()) if votes else 0
    columns: list[tuple[Column, Mapping[str, Cell], Cell]] = []  # each with its cells by name, and their sum
    columns.append((Column("name", _("Name")), dict(zip(seats, seats, strict=True)), _("Total")))
    if votes is not None:
        share = {name: Fraction(count, total) if total else None for name, count in votes.items()}
        columns.append((Column("votes", _("Votes"), Kind.NUMBER), dict(votes), total))
        columns.append((Column("share", _("Share"), Kind.SHARE), dict(share), None))
    if held and any(held.values()):
        before = {name: held.get(name, 0) for name in everybody}
        columns.append((Column("held", _("Held before"), Kind.NUMBER), dict(before), sum(held.values())))
    columns.append((Column("seats", _("Seats"), Kind.NUMBER), dict(seats), sum(seats.values())))
    return Table(
        "seats",
        "",
        tuple(column for column, _cells, _sum in columns),
        tuple(tuple(cells[name] for _column, cells, _sum in columns) for name in everybody),
        tuple(its_sum for _column, _cells, its_sum in columns),
    )


def undecided(ties: Iterable[Tie], vacant: int) -> list[Part]:
    """Say what is not decided: the lots that are open, and the seats that nobody can take."""
    parts: list[Part] = [open_lot(tie) for tie in ties]
    return [*parts, _("{count} seats that nobody can take.", count=vacant)] if vacant else parts


def waiting_inside(election: ProportionalElection) -> list[Part]:
    """Say how many seats wait for lots inside alliances that are not open yet."""
    count = election.open - sum(tie.places for tie in election.ties)
    said = _(
        "A lot inside an alliance is open when it is known how many seats the alliance has. Seats that wait for that: "
        "{count}.",
        count=count,
    )
    return [said] if count else []


def line(threshold: Threshold) -> Document:
    """Report a line: the votes that it needs, and who reaches it."""
    needed = -(-threshold.total * threshold.line.numerator // threshold.line.denominator)
    share = Figure(threshold.line, Kind.SHARE)
    return Document(
        _("The line of {share}", share=share),
        (
            Table(
                "shares",
                "",
                (
                    Column("name", _("Name")),
                    Column("votes", _("Votes"), Kind.NUMBER),
                    Column("share", _("Share"), Kind.SHARE),
                    Column("passed", _("Taking part")),
                    Column("reason", _("Reason")),
                ),
                tuple(
                    (
                        name,
                        threshold.votes[name],
                        part,
                        name in threshold.passed,
                        _(REASONS[threshold.excluded[name]]) if name in threshold.excluded else "",
                    )
                    for name, part in threshold.shares.items()
                ),
            ),
            _(
                "{share} of {total} votes is {needed} votes or more; reaching it exactly is enough.",
                share=share,
                total=threshold.total,
                needed=needed,
            ),
        ),
    )
