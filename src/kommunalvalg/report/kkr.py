"""What is said of the composition of a KKR: the table of the agenda, and where every number in it comes from."""

from fractions import Fraction

import attrs

from kommunalvalg.analysis.cases import Method
from kommunalvalg.kkr import law
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.report.analysis import METHODS
from kommunalvalg.report.distribution import divided, undecided, warned
from kommunalvalg.report.documents import Cited, Column, Document, Heading, Kind, Part, Table
from kommunalvalg.report.quotients import awards, drawn, why
from kommunalvalg.report.wording import REASONS
from kommunalvalg.text import Figure, Names, Text, Texts, Word
from kommunalvalg.text import text as _

__all__ = ["composition", "composition_explained", "excluded"]


def composition(kkr: KKRComposition, *, title: Word = "") -> Document:
    """Report a composition: the table, the size and its reason, who does not take part, each seat's reason."""
    parts = [_members(kkr), *_lots(kkr), _size(kkr), *excluded(kkr)]
    parts += [*(warned(warning) for warning in kkr.warnings), _method(kkr), _seats(kkr)]
    return Document(title or _("Composition of a KKR"), tuple(parts))


def composition_explained(kkr: KKRComposition, *, title: Word = "") -> Document:
    """Report a composition step by step: who is a member and takes part, the size, the shares, each seat."""
    born = _(
        "The {mayors} mayors are members ({born}). The parties elect supplementary members, so that the council as "
        "a whole is proportional to the votes in the area ({elected}).",
        mayors=kkr.sizing.mayors,
        born=Cited(law.DEPUTY.provision),
        elected=Cited(law.SEATS.provision),
    )
    parts = [_members(kkr), *_lots(kkr)]
    parts += [Heading(_("Who is a member and who takes part")), born, *excluded(kkr)]
    parts += [*(warned(warning) for warning in kkr.warnings)]
    parts += [Heading(_("The size")), _size(kkr), *_sizes(kkr)]
    parts += [Heading(_("Supplementary members")), _method(kkr)]
    parts += [_shares(kkr)] if kkr.method == law.SEATS.value else why(kkr.allocation)
    parts.append(_seats(kkr))
    return Document(title or _("Composition of a KKR"), tuple(parts))


def _lots(kkr: KKRComposition) -> list[Part]:
    return [*undecided([kkr.tie] if kkr.tie else [], kkr.vacant), *drawn(kkr.allocation.draws)]


def _method(kkr: KKRComposition) -> Word:
    """Say how the supplementary members are found."""
    if kkr.method != law.SEATS.value:
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
        method=_(METHODS[Method(kkr.method)]),
    )
    if kkr.method == "dhondt":
        published = _("The published table of KKR Hovedstaden 2026-2030 does not come out by it.")
        return Texts([said, published, divided((1, 2, 3))])
    before = _("A first seat, for which the votes are divided by 0, comes before every other.")
    return Texts([said, divided((0, 1, 2)), before])


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
            sum(row.votes for row in kkr.parties),
            sum((row.share for row in kkr.parties), start=Fraction(0)),
            *(sum(seats.values()) for seats in (kkr.mayors, kkr.supplementary, kkr.members)),
        ),
    )


def _size(kkr: KKRComposition) -> Word:
    sizing = kkr.sizing
    if not sizing.decisive:
        return _("Size: {size} members, the number of mayors; every party's share covers its mayors.", size=sizing.size)
    needed = _(
        "For the shares to cover the mayors of {parties}, {needed} members would be needed.",
        parties=Names(sizing.decisive),
        needed=sizing.needed,
    )
    limit = _(
        "The limit is {limit}, twice the {municipalities} municipalities ({provision}).",
        limit=sizing.limit,
        municipalities=kkr.municipalities,
        provision=Cited(law.LIMIT.provision),
    )
    return Texts([_("Size: {size} members.", size=sizing.size), needed, limit])


def _sizes(kkr: KKRComposition) -> list[Part]:
    """Tabulate the size at which each party's share covers its mayors."""
    rows = tuple(
        (row.party, row.mayors, row.votes, Fraction(row.mayors * kkr.total_votes, row.votes))
        for row in kkr.parties
        if row.takes_part and row.mayors
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
            (row.party, row.share * kkr.size, row.mayors, row.share * kkr.size - row.mayors, row.supplementary)
            for row in kkr.parties
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
    provision: Word = Cited(law.LINE.provision)
    if line != law.LINE.value:
        lawful = Figure(law.LINE.value, Kind.SHARE)
        provision = _("in place of {line}, {provision}", line=lawful, provision=provision)
    values: dict[str, Word] = {"line": Figure(line, Kind.SHARE), "cast": kkr.cast_votes, "provision": provision}
    if kkr.threshold.represented is None:
        return _("Not taking part: at least {line} of the {cast} votes cast are needed ({provision})", **values)
    return _(
        "Not taking part: at least {line} of the {cast} votes cast and a seat in a council are needed ({provision})",
        **values,
    )
