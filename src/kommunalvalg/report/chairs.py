"""What is said of the election of a KKR's chair and vice chair."""

from datetime import date

from babel.dates import format_date

from kommunalvalg.kkr.chairs import KKRChairs, KKRPost
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.kkr.law import CHAIRS, NOTICE
from kommunalvalg.report.distribution import forholdstalsvalg, warned
from kommunalvalg.report.document import Cell, Column, Document, Part, Table, paragraphs
from kommunalvalg.report.kkr import excluded
from kommunalvalg.report.language import Language
from kommunalvalg.report.quotients import open_lot

__all__ = ["chairs", "notice"]


def chairs(
    result: KKRChairs, _: Language, *, title: str, deadline: str | None = None, kkr: KKRComposition | None = None
) -> Document:
    """Report chair and vice chair, and the forholdstalsvalg that they come from.

    Args:
        result: the election.
        title: what the report is called.
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
    parts += [open_lot(tie, _, _("It decides who has the chair.")) for tie in order]
    parts += paragraphs(
        [
            _(
                "The posts are filled by forholdstalsvalg on the votes of the municipal election ({provision}); the "
                "party names the person among the members. That the method is d'Hondt's, that the larger quotient has "
                "the chair, and that a lot decides between equal ones, is inferred.",
                provision=CHAIRS.provision,
            ),
            deadline,
        ]
    )
    parts += [warned(warning, _) for warning in (kkr.warnings if kkr else ())]
    parts += forholdstalsvalg(result.election, _, draws=result.draws).parts
    if kkr:
        parts += excluded(kkr, _)
    elif result.excluded:
        rows: tuple[tuple[Cell, ...], ...] = tuple((party, _(str(why))) for party, why in result.excluded.items())
        columns = (Column("party", _("Party")), Column("reason", _("Reason")))
        parts.append(Table("excluded", _("Not taking part"), columns, rows))
    return Document(title, _.code, tuple(parts))


def _post(name: str, post: KKRPost | None) -> tuple[Cell, ...]:
    return (name, post.unit if post else None, post.list if post else None)


def notice(meeting: date, deadline: date, _: Language) -> str:
    """Say by when a valgforbund is to be notified."""
    locale = "en_GB" if _.code == "en" else _.code
    return _(
        "A valgforbund is notified by {deadline}, {days} weekdays (hverdage) before the meeting of {meeting} "
        "({provision}). Saturdays and holidays are not counted; that Saturdays are not is inferred.",
        deadline=format_date(deadline, "full", locale=locale),
        days=NOTICE.value,
        meeting=format_date(meeting, "full", locale=locale),
        provision=NOTICE.provision,
    )
