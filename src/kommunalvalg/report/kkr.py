"""What is said of the composition of a KKR: the table of the agenda, and where every number in it comes from."""

from fractions import Fraction

import attrs

from kommunalvalg import law
from kommunalvalg.kkr.composition import METHODS, KKRComposition, KKRSize
from kommunalvalg.methods.quotients import DIVISORS
from kommunalvalg.report.distribution import divided, undecided, warned
from kommunalvalg.report.documents import Column, Document, Heading, Kind, Part, Table, cite
from kommunalvalg.report.quotients import awards, drawn, why
from kommunalvalg.report.wording import REASONS
from kommunalvalg.text import N_, Figure, Names, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["composition", "composition_explained", "excluded", "size_of"]


def composition(kkr: KKRComposition) -> Document:
    """Report a composition: the table, the size and its reason, who does not take part, each seat's reason."""
    parts = [_members(kkr), *_lots(kkr), _size(kkr), *excluded(kkr)]
    parts += [*(warned(warning) for warning in kkr.warnings), _method(kkr), _seats(kkr)]
    return Document(_("Composition of a KKR"), tuple(parts))


def composition_explained(kkr: KKRComposition) -> Document:
    """Report a composition step by step: who is a member and takes part, the size, the shares, each seat."""
    born = _(
        "The {mayors} mayors are members ({born}). The parties elect supplementary members, so that the council as "
        "a whole is proportional to the votes in the area ({elected}).",
        mayors=kkr.sizing.mayors,
        born=cite("KL-15-1", kkr.case.year),
        elected=cite("KKR-SEATS", kkr.case.year),
    )
    parts = [_members(kkr), *_lots(kkr)]
    parts += [Heading(_("Who is a member and who takes part")), born, *excluded(kkr)]
    parts += [*(warned(warning) for warning in kkr.warnings)]
    parts += [Heading(_("The size")), _size(kkr), *_sizes(kkr)]
    parts += [Heading(_("Supplementary members")), _method(kkr)]
    parts += [_shares(kkr)] if kkr.method == METHODS[0] else why(kkr.allocation)
    parts.append(_seats(kkr))
    return Document(_("Composition of a KKR"), tuple(parts))


def _lots(kkr: KKRComposition) -> list[Part]:
    return [*undecided([kkr.tie] if kkr.tie else [], kkr.vacant), *drawn(kkr.allocation.draws)]


def _method(kkr: KKRComposition) -> Word:
    """Say how the supplementary members are found."""
    if kkr.method != METHODS[0]:
        return _compared(kkr)
    return _(
        "Each supplementary seat goes to the party furthest below its share of the {size} seats: "
        "votes × {size} / {total} − seats so far, mayors counted. The method and the size are inferred: "
        "no text that sets them out was found.",
        size=kkr.size,
        total=kkr.total_votes,
    )


def _compared(kkr: KKRComposition) -> Word:
    """Say that the supplementary members are found by a method that is there for comparison."""
    said = _(
        "The supplementary members are found by {method}, for comparison, the mayors counted as seats held. The method "
        "of a KKR and its size are inferred: no text that sets them out was found.",
        method=_(DIVISORS[kkr.method].title),
    )
    parts: list[Word] = [said]
    if kkr.departures:
        parts.append(
            _("The published table of {name} does not come out by it.", name=kkr.case.name or _("this KKR")),
        )
    divisors = DIVISORS[kkr.method]
    parts.append(divided([divisors.divisor(had) for had in range(3)]))
    if not divisors.divisor(0):
        parts.append(_("A first seat, for which the votes are divided by 0, comes before every other."))
    return Texts(parts)


def _seats(kkr: KKRComposition) -> Table:
    return attrs.evolve(awards(kkr.allocation), title=_("Where each supplementary seat comes from"))


def _members(kkr: KKRComposition) -> Table:
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
            sum(row.votes or 0 for row in kkr.parties),
            sum((row.share or Fraction(0) for row in kkr.parties), start=Fraction(0)),
            *(sum(seats.values()) for seats in (kkr.mayors, kkr.supplementary, kkr.members)),
        ),
    )


def _size(kkr: KKRComposition) -> Word:
    return size_of(kkr.sizing)


def size_of(sizing: KKRSize) -> Word:
    """Say how many members a KKR has, and why."""
    if not sizing.decisive:
        return _("Size: {size} members, the number of mayors; every party's share covers its mayors.", size=sizing.size)
    needed = _(
        "For the shares to cover the mayors of {parties}, {needed} members would be needed.",
        parties=Names(sizing.decisive),
        needed=sizing.needed,
    )
    limit = _(
        "The limit is {limit}, {times} for each of the {municipalities} municipalities ({provision}).",
        limit=sizing.limit,
        times=law.whole("FO-3-2", sizing.case.year),
        municipalities=sizing.case.municipalities,
        provision=cite("FO-3-2", sizing.case.year),
    )
    return Texts([_("Size: {size} members.", size=sizing.size), needed, limit])


def _sizes(kkr: KKRComposition) -> list[Part]:
    """Tabulate the size at which each party's share covers its mayors."""
    rows = tuple(
        (row.party, row.mayors, row.votes, Fraction(row.mayors * kkr.total_votes, row.votes))
        for row in kkr.parties
        if row.takes_part and row.mayors and row.votes
    )
    return (
        [
            Table(
                "sizes",
                _("The size at which the share covers the mayors: mayors × {total} / votes", total=kkr.total_votes),
                (
                    Column("party", _("Party")),
                    Column("mayors", _("Mayors"), Kind.NUMBER),
                    Column("votes", _("Votes"), Kind.NUMBER),
                    Column("size", _("Size"), Kind.QUOTIENT),
                ),
                rows,
            )
        ]
        if rows
        else []
    )


def _shares(kkr: KKRComposition) -> Table:
    """Tabulate each party's share of the seats, and how far the mayors leave it short of that."""
    return Table(
        "shortfalls",
        _("Shares of the {size} seats: votes × {size} / {total}", size=kkr.size, total=kkr.total_votes),
        (
            Column("party", _("Party")),
            Column("share_of_size", _("Share of the seats"), Kind.NUMBER),
            Column("mayors", _("Mayors"), Kind.NUMBER),
            Column("shortfall", _("Shortfall"), Kind.NUMBER),
            Column("supplementary", _("Supplementary members"), Kind.NUMBER),
        ),
        tuple(
            (row.party, share * kkr.size, row.mayors, share * kkr.size - row.mayors, row.supplementary)
            for row in kkr.parties
            for share in [row.share or Fraction(0)]
            if row.takes_part
        ),
    )


def excluded(kkr: KKRComposition) -> list[Part]:
    """Tabulate who takes no part, with the votes and the reason, under what would have been needed."""
    if not kkr.excluded:
        return []
    return [
        Table(
            "excluded",
            _condition(kkr),
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


def _condition(kkr: KKRComposition) -> Text:
    """Say what a party needed in order to take part in this composition."""
    line = kkr.threshold.line
    provision: Word = cite("KL-15-2a", kkr.case.year)
    if line != (required := law.share("KL-15-2a", kkr.case.year)):
        lawful = Figure(required, Kind.SHARE)
        provision = _("in place of {line}, {provision}", line=lawful, provision=provision)
    return _(
        N_("Not taking part: at least {line} of the {cast} votes cast are needed ({provision})")
        if kkr.threshold.represented is None
        else N_(
            "Not taking part: at least {line} of the {cast} votes cast and a seat in a council are needed ({provision})"
        ),
        line=Figure(line, Kind.SHARE),
        cast=kkr.cast_votes,
        provision=provision,
    )
