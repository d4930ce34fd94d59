"""What is said of a distribution of seats."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from kommunalvalg.constitution.committees import FORHOLDSTALSVALG, Agreement, GroupContest
from kommunalvalg.errors import Warned
from kommunalvalg.lots import Draw, Tie
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation, Contest
from kommunalvalg.methods.divisor import DivisorCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.methods.threshold import Threshold
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.documents import Cell, Cited, Column, Document, Kind, Part, Said, Table
from kommunalvalg.report.quotients import awards, drawn, open_lot, why
from kommunalvalg.report.wording import REASONS
from kommunalvalg.text import Figure, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["distribution", "explained", "forholdstalsvalg", "line", "undecided", "waiting_inside", "warned"]


def warned(warning: Warned) -> Said:
    """Say what departs from a rule, with the provision."""
    if not warning.rule:
        return Said(warning.text)
    return Said(Texts([warning.text, Texts(["(", Cited(warning.provision), ")"], between="")]))


def distribution(allocation: Allocation, *, title: Word = "") -> Document:
    """Report distributed seats: votes, seats, open lots, and the seats in the order in which they were won."""
    contest = allocation.case
    parts: list[Part] = [
        _seats(_votes(contest), allocation.seats, held=_held(contest)),
        *undecided([allocation.tie] if allocation.tie else [], allocation.vacant),
        *drawn(allocation.draws),
    ]
    if isinstance(contest, Agreement):
        parts.append(
            _(
                "Everybody agreed on these seats instead of an election ({provision}).",
                provision=Cited(FORHOLDSTALSVALG),
            )
        )
    if isinstance(contest, GroupContest):
        parts += [
            _(
                "{group} renounced {count} of its seats; they went on by the same ranking ({provision}).",
                group=group,
                count=count,
                provision=Cited(contest.first.provision),
            )
            for group, count in contest.renounced.items()
        ]
    if allocation.awards:
        parts.append(awards(allocation))
    return Document(title or _title(contest, allocation), tuple(parts))


def explained(election: Allocation | ProportionalElection, report: Document) -> Document:
    """Add to the report of a distribution how the method works, and the table of quotients."""
    contest = election.case
    method: list[Part] = []
    if isinstance(contest, ShortfallCase):
        method = [
            _(
                "Each seat goes to whoever is furthest below its share of the {size} seats: votes × {size} / {total} − "
                "seats so far.",
                size=contest.size,
                total=contest.total,
            )
        ]
    elif isinstance(contest, DivisorCase):
        series = [contest.divisors.step * had + contest.divisors.first for had in range(3)]
        method = [divided(series)]
    elif isinstance(election, ProportionalElection):
        method = [divided((1, 2, 3))]
        if election.inner:
            method.append(_("An alliance counts as one unit; its seats are distributed inside it in the same way."))
    return with_acts(attrs.evolve(report, parts=(*report.parts, *method, *why(election))))


def divided(series: Iterable[int]) -> Text:
    """Say how a divisor method works."""
    return _(
        "The votes are divided by {series} and so on; the largest quotients win the seats.",
        series=Texts(series, ", "),
    )


def _title(contest: Contest, allocation: Allocation) -> Text:
    while isinstance(contest, GroupContest):
        contest = contest.first
    if isinstance(contest, DivisorCase):
        return _("Distribution of {count} seats by {method}", count=contest.seats, method=contest.divisors.name)
    if isinstance(contest, ShortfallCase):
        return _("Distribution of {count} seats by the largest shortfall", count=contest.seats)
    return _("Distribution of {count} seats", count=sum(allocation.seats.values()))


def _votes(contest: Contest) -> Mapping[str, int] | None:
    while isinstance(contest, GroupContest):
        contest = contest.first
    return contest.votes if isinstance(contest, DivisorCase | ShortfallCase) else None


def _held(contest: Contest) -> Mapping[str, int]:
    return (contest.held or {}) if isinstance(contest, DivisorCase | ShortfallCase) else {}


def forholdstalsvalg(
    election: ProportionalElection, *, title: Word = "", draws: Sequence[Draw] | None = None
) -> Document:
    """Report a forholdstalsvalg: the seats of units and lists, open lots, the winning quotients in order.

    Args:
        election: the result.
        title: what the report is called (default: the number of seats and the method).
        draws: the lots that were drawn, where there are more than those of the distribution.
    """
    contest = election.case
    title = title or _("Distribution of {count} seats by {method}", count=contest.seats, method="d'Hondt")
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
                tuple(
                    (unit.name, sum(contest.votes[name] for name in unit.lists), unit_seats[unit.name])
                    for unit in contest.alliances
                ),
            )
        )
    parts += [*undecided(election.ties, election.vacant), *waiting_inside(election)]
    parts += drawn(election.draws if draws is None else draws)
    parts.append(awards(election))
    return Document(title, tuple(parts))


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
