"""What is said of the election of a KKR's chair and vice chair."""

from datetime import date

from kommunalvalg import law
from kommunalvalg.kkr.chairs import KKRChairs, KKRPost
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.report.distribution import explained, forholdstalsvalg, nested, warned
from kommunalvalg.report.documents import Cell, Column, Document, Part, Table, cite, paragraphs
from kommunalvalg.report.kkr import excluded
from kommunalvalg.report.quotients import open_lot
from kommunalvalg.text import Text, Word
from kommunalvalg.text import text as _

__all__ = ["chairs", "chairs_in_full", "notice"]


def chairs(result: KKRChairs, *, deadline: Word = None, kkr: KKRComposition | None = None) -> Document:
    """Report chair and vice chair, and the forholdstalsvalg that they come from.

    Args:
        result: the election.
        deadline: by when a valgforbund is to be notified, in words (see :func:`notice`).
        kkr: the composition that says who takes part, by which line.
    """
    parts: list[Part] = [
        Table(
            "posts",
            "",
            (Column("post", _("Post")), Column("unit", _("Unit")), Column("list", _("Party"))),
            (_post(_("Chair"), result.chair), _post(_("Vice chair"), result.vice_chair)),
        )
    ]
    order = result.ties[len(result.election.ties) :]
    parts += [open_lot(tie, _("It decides who has the chair.")) for tie in order]
    parts += paragraphs(
        [
            _(
                "The posts are filled by forholdstalsvalg on the votes of the municipal election ({provision}); the "
                "party names the person among the members. That the method is d'Hondt's, that the larger quotient has "
                "the chair, and that a lot decides between equal ones, is inferred.",
                provision=cite("KL-15-3", result.case.year),
            ),
            deadline,
        ]
    )
    parts += [warned(warning) for warning in (kkr.warnings if kkr else ())]
    parts += forholdstalsvalg(result.election, draws=result.draws).parts
    if kkr:
        parts += excluded(kkr)
    elif result.excluded:
        rows: tuple[tuple[Cell, ...], ...] = tuple((party, _(str(why))) for party, why in result.excluded.items())
        columns = (Column("party", _("Party")), Column("reason", _("Reason")))
        parts.append(Table("excluded", _("Not taking part"), columns, rows))
    return Document(_("Chair and vice chair of a KKR"), tuple(parts))


def chairs_in_full(result: KKRChairs) -> Document:
    """Explain chair and vice chair: the forholdstalsvalg with its quotients."""
    return explained(result.election, chairs(result), nested(result.election))


def _post(name: Word, post: KKRPost | None) -> tuple[Cell, ...]:
    return (name, post.unit if post else None, post.list if post else None)


def notice(meeting: date, deadline: date) -> Text:
    """Say by when a valgforbund is to be notified."""
    return _(
        "A valgforbund is notified by {deadline}, {days} weekdays (hverdage) before the meeting of {meeting} "
        "({provision}). Saturdays and holidays are not counted; that Saturdays are not is inferred.",
        deadline=deadline,
        days=law.whole("FO-4-2"),
        meeting=meeting,
        provision=cite("FO-4-2"),
    )
