"""``council`` and ``check``: whole elections, and whether they come out as published."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunalvalg import data
from kommunalvalg.cli.options import explain_option, lots_of, plot_option, with_lots
from kommunalvalg.cli.output import DONE, FAILED, draw_picture, show, with_output
from kommunalvalg.council.election import elect_council
from kommunalvalg.errors import ElectionError
from kommunalvalg.report.comparison import comparisons
from kommunalvalg.report.council import protocol, summary
from kommunalvalg.report.progress import progress
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kommunalvalg.council.election import CouncilElection

__all__ = ["check_command", "council_command"]


@click.command("council", short_help="Print the result of one council.")
@click.argument("election")
@click.argument("council")
@explain_option
@plot_option
@with_lots
@with_output
def council_command(
    election: str,
    council: str,
    explain: bool,  # noqa: FBT001 - click calls it by name
    plot: Path | None,
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Print the result of one COUNCIL of an ELECTION: seats, elected, substitutes, open lots; or its protocol.

    \b
    kommunalvalg council kv2025 Fanø
    kommunalvalg council kv2025 Fanø --explain --plot fanø.svg
    kommunalvalg council kv2025 Læsø --draw C-4,C-7:C-7 --draw V-2,V-5:V-5
    """  # noqa: D301 - click's mark for lines to be left as they are
    result = elect_council(data.council(election, council), lots=lots_of(seed, draws))
    draw_picture(result, plot, lang)
    told = protocol if explain else summary
    document = told(result)
    show(document, format_, lang, output, complete=result.complete)


@click.command("check", short_help="Compare computed with published results.")
@click.argument("election")
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path),
    help="Read the election from the official export instead: a folder, or a .zip or .tar archive.",
)
@with_output
def check_command(election: str, folder: Path | None, format_: str, lang: str, output: Path | None) -> None:
    """Compute every council of an ELECTION and compare it with what was published.

    \b
    kommunalvalg check kv2025
    kommunalvalg check kv2025 --export valgdk.zip

    Exit status 1 tells that something differs.
    """  # noqa: D301 - click's mark for lines to be left as they are
    embedded = data.councils(election)
    if folder is None:
        elections: Mapping[str, CouncilElection] = embedded
        published = {name: data.published(election, name) for name in embedded}
        left_out: tuple[data.LeftOut, ...] = ()
    else:
        with progress(_("Reading the export").said(lang), None) as advance:
            export = data.read_valgdk(folder, progress=advance)
        elections, published, left_out = export, dict(export.published), export.left_out
        if missing := [name for name in elections if name not in published]:
            raise ElectionError(
                f"{folder} has no mandatfordeling of {listed(missing)}; there is nothing to compare with"
            )
    compared = {}
    with progress(_("Computing the councils").said(lang), len(elections)) as advance:
        for number, (name, counted_election) in enumerate(elections.items(), start=1):
            compared[name] = data.compare(counted_election, published[name])
            advance(number)
    title = _("{election}: computed and published", election=election)
    agree = not any(comparison.differences for comparison in compared.values())
    show(comparisons(compared, title=title, left_out=left_out), format_, lang, output, status=DONE if agree else FAILED)
