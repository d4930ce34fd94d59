"""``kkr``: the composition of a kommunekontaktråd, and its chairs."""

from datetime import date
from pathlib import Path

import attrs
import click

from kommunalvalg import data
from kommunalvalg.cli.options import (
    Allied,
    Count,
    encoding_option,
    explain_option,
    lots_of,
    plot_option,
    thousands_option,
    votes_option,
    with_lots,
)
from kommunalvalg.cli.output import draw_picture, show, with_output
from kommunalvalg.dates import day_of
from kommunalvalg.errors import Warned
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.kkr.chairs import elect_kkr_chairs
from kommunalvalg.kkr.composition import METHODS, compose_kkr
from kommunalvalg.kkr.meeting import notice_deadline
from kommunalvalg.report.chairs import chairs, notice
from kommunalvalg.report.distribution import explained, nested
from kommunalvalg.report.kkr import composition, composition_explained
from kommunalvalg.text import Word
from kommunalvalg.text import text as _

__all__ = ["kkr_command"]


def _day(text: str) -> date:
    if (day := day_of(text)) is None:
        raise click.UsageError(f"--meeting is {text!r}; write YYYY-MM-DD, for example 2026-01-26")
    return day


@click.command("kkr", short_help="Compose a kommunekontaktråd, or elect its chairs.")
@click.argument("name", required=False)
@votes_option
@click.option("--mayors", "mayors_file", type=click.Path(path_type=Path), help="A CSV file: party, mayors.")
@click.option("--municipalities", type=int, help="How many municipalities the area has.")
@click.option("--total-votes", type=Count(), help="All valid votes of the area [default: the sum of the file].")
@click.option(
    "--cast-votes", type=Count(), help="All votes cast, blank and invalid included [default: the valid votes]."
)
@click.option("--represented", multiple=True, metavar="PARTY", help="A party that holds a seat; repeatable.")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How to find seats.")
@encoding_option
@click.option("--chairs", "with_chairs", is_flag=True, help="Elect chair and vice chair; the next two imply it.")
@click.option(
    "--valgforbund", type=Allied(), multiple=True, metavar="A+F", help="Parties that stand together; repeatable."
)
@click.option(
    "--meeting",
    metavar="YYYY-MM-DD",
    help="The day of the meeting, to tell by when a valgforbund is to be notified.",
)
@thousands_option
@explain_option
@plot_option
@with_lots
@with_output
def kkr_command(
    name: str | None,
    votes_file: Path | None,
    mayors_file: Path | None,
    municipalities: int | None,
    total_votes: int | None,
    cast_votes: int | None,
    represented: tuple[str, ...],
    method: str,
    encoding: str,
    with_chairs: bool,  # noqa: FBT001 - click calls it by name
    valgforbund: tuple[tuple[str, ...], ...],
    meeting: str | None,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    explain: bool,  # noqa: FBT001 - click calls it by name
    plot: Path | None,
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Compose a kommunekontaktråd, or elect its chairs: an embedded one by NAME, or one from files.

    \b
    kommunalvalg kkr hovedstaden-2026
    kommunalvalg kkr hovedstaden-2026 --chairs --valgforbund A+F+Ø --valgforbund C+V+I+O
    kommunalvalg kkr --votes votes.csv --mayors mayors.csv --municipalities 29
    """  # noqa: D301 - click's mark for lines to be left as they are
    elects = with_chairs or bool(valgforbund) or meeting is not None
    draws_in = lots_of(seed, draws)
    lots = None if elects else draws_in  # the chairs depend on no lot of the composition
    if name is not None:
        if votes_file or mayors_file or municipalities is not None:
            raise click.UsageError("a KKR is named, or given by --votes, --mayors and --municipalities; not both")
        known = data.kkr(name)
        title: Word = known.name
        kkr = known.compose(method=method, lots=lots)
    else:
        if votes_file is None or mayors_file is None or municipalities is None:
            known_names = ", ".join(data.kkrs())
            raise click.UsageError(
                f"name a KKR ({known_names}), or give --votes FILE, --mayors FILE and --municipalities N"
            )
        votes = read_table(votes_file, VOTES, thousands=thousands, encoding=encoding)
        mayors = read_table(mayors_file, ("mayors", "borgmestre"), thousands=thousands, encoding=encoding)
        title = _("Composition of a KKR")
        kkr = compose_kkr(
            votes,
            mayors,
            municipalities=municipalities,
            total_votes=sum(votes.values()) if total_votes is None else total_votes,
            cast_votes=cast_votes,
            represented=represented or None,
            method=method,
            lots=lots,
        )
        if total_votes is None:
            assumed = _(
                "It was not given how many valid votes the area has, those for local lists included; the {total} of "
                "the file were taken for all.",
                total=kkr.total_votes,
            )
            kkr = attrs.evolve(kkr, warnings=(*kkr.warnings, Warned(assumed, "KKR-SEATS")))
    if not elects:
        draw_picture(kkr, plot, lang, title=title)
        told = composition_explained if explain else composition
        show(told(kkr, title=title), format_, lang, output, complete=kkr.complete)
    posts = elect_kkr_chairs(kkr, alliances=valgforbund, lots=draws_in)
    deadline = None if meeting is None else notice(_day(meeting), notice_deadline(meeting))
    title = _("{kkr}: chair and vice chair", kkr=title)
    draw_picture(posts.election, plot, lang, title=title)
    document = chairs(posts, title=title, deadline=deadline, kkr=kkr)
    document = explained(posts.election, document, nested(posts.election)) if explain else document
    show(document, format_, lang, output, complete=posts.complete)
