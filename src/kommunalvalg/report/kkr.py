"""What is said of the composition of a KKR: the table of the agenda, and where every number in it comes from."""

from fractions import Fraction

from kommunalvalg.kkr import law
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.shortfall import ShortfallContest
from kommunalvalg.report.distribution import open_lot, quotients, warned
from kommunalvalg.report.document import Column, Document, Kind, Part, Table
from kommunalvalg.report.language import Language
from kommunalvalg.report.wording import REASONS

__all__ = ["composition"]


def composition(kkr: KKRComposition, _: Language, *, title: str) -> Document:
    """Report a composition: the table, the size and its reason, who does not take part, each seat's reason."""
    parts: list[Part] = [_members(kkr, _)]
    if kkr.tie:
        parts.append(open_lot(kkr.tie, _))
    if kkr.vacant:
        parts.append(_("{count} seats that nobody can take.", count=kkr.vacant))
    parts += [_size(kkr, _), *_excluded(kkr, _), *(warned(warning, _) for warning in kkr.warnings)]
    if kkr.method == law.SEATS.value:
        parts += [
            _(
                "Each supplementary seat goes to the party furthest below its share of the {size} seats: "
                "votes × {size} / {total} − seats so far, mayors counted. The method and the size are inferred: "
                "no text that sets them out was found.",
                size=kkr.size,
                total=kkr.total_votes,
            ),
            _shortfalls(kkr, _),
        ]
    else:
        parts.append(quotients(kkr.allocation, _))
    return Document(title, _.code, tuple(parts))


def _members(kkr: KKRComposition, _: Language) -> Table:
    return Table(
        "members",
        "",
        (
            Column("party", _("Party")),
            Column("votes", _("Votes"), Kind.NUMBER),
            Column("share", _("Share"), Kind.SHARE),
            Column("mayors", _("Mayors"), Kind.NUMBER),
            Column("supplementary", _("Supplementary members"), Kind.NUMBER),
            Column("members", _("Members"), Kind.NUMBER),
        ),
        tuple((row.party, row.votes, row.share, row.mayors, row.supplementary, row.members) for row in kkr.parties),
        total=(
            _("Total"),
            sum(row.votes for row in kkr.parties),
            sum((row.share for row in kkr.parties), start=Fraction(0)),
            *(sum(seats.values()) for seats in (kkr.mayors, kkr.supplementary, kkr.members)),
        ),
    )


def _size(kkr: KKRComposition, _: Language) -> str:
    sizing = kkr.sizing
    if not sizing.decisive:
        return _("Size: {size} members, the number of mayors; every party's share covers its mayors.", size=sizing.size)
    needed = _(
        "For the shares to cover the mayors of {parties}, {needed} members would be needed.",
        parties=_.listing(sizing.decisive),
        needed=sizing.needed,
    )
    limit = _(
        "The limit is {limit}, twice the {municipalities} municipalities ({provision}).",
        limit=sizing.limit,
        municipalities=kkr.municipalities,
        provision=law.LIMIT.provision,
    )
    return _("Size: {size} members.", size=sizing.size) + " " + needed + " " + limit


def _excluded(kkr: KKRComposition, _: Language) -> list[Part]:
    if not kkr.excluded:
        return []
    return [
        Table(
            "excluded",
            _(
                "Not taking part: at least {line} of the {cast} votes cast and a seat in a council are needed "
                "({provision})",
                line=_.cell(law.LINE.value, Kind.SHARE),
                cast=kkr.cast_votes,
                provision=law.LINE.provision,
            ),
            (
                Column("party", _("Party")),
                Column("votes", _("Votes"), Kind.NUMBER),
                Column("cast_share", _("Share of the votes cast"), Kind.SHARE),
                Column("reason", _("Reason")),
            ),
            tuple(
                (row.party, row.votes, row.cast_share, _(REASONS[row.reason]))
                for row in kkr.parties
                if row.reason is not None
            ),
        )
    ]


def _shortfalls(kkr: KKRComposition, _: Language) -> Table:
    contest = kkr.allocation.contest
    held = dict(contest.held) if isinstance(contest, ShortfallContest) else {}
    rows = []
    for award in kkr.allocation.awards:
        share = Fraction(award.votes) / award.divisor
        before = held.get(award.winner, 0)
        held[award.winner] = before + 1
        rows.append((award.number, award.winner, share, before, award.quotient, _("yes") if award.by_lot else ""))
    return Table(
        "awards",
        _("Where each supplementary seat comes from"),
        (
            Column("number", _("Seat"), Kind.NUMBER),
            Column("winner", _("To")),
            Column("share_of_size", _("Share of the seats"), Kind.NUMBER),
            Column("before", _("Seats so far"), Kind.NUMBER),
            Column("shortfall", _("Shortfall"), Kind.NUMBER),
            Column("lot", _("By lot")),
        ),
        tuple(rows),
    )
