"""``audit``: how many ballots, which ones, and what they said."""

from pathlib import Path
from typing import Any

import click

from kommunalvalg import data
from kommunalvalg.audit.evaluation import Decision, evaluate
from kommunalvalg.audit.planning import Plan, plan
from kommunalvalg.audit.sampling import packages, sample
from kommunalvalg.audit.sheets import read_manifest, read_readings, write_manifest, write_sheet
from kommunalvalg.audit.statistics import METHODS
from kommunalvalg.cli.options import (
    election_of,
    encoding_option,
    plot_option,
    thousands_option,
    votes_option,
    with_size,
)
from kommunalvalg.cli.output import DONE, FAILED, NewFile, draw_picture, show, with_output
from kommunalvalg.report.audit import evaluation_told, plan_told, plans_told, sample_told
from kommunalvalg.report.progress import progress
from kommunalvalg.text import text as _

__all__ = ["audit_command"]


@click.command("audit", short_help="Plan an audit, draw its ballots, and say what they showed.")
@click.argument("election", required=False)
@click.argument("council", required=False)
@click.option("--all", "everywhere", is_flag=True, help="Every council of the election, in one table.")
@click.option("--risk", default="5%", show_default=True, help="The risk limit.")
@click.option("--method", type=click.Choice(list(METHODS)), default="kaplan_wald", show_default=True, help="The test.")
@click.option("--gamma", help="Of kaplan_wald  [default: 0.95]")
@click.option("--inflator", help="Of kaplan_markov  [default: 1.03905]")
@click.option("--overstated", help="Of alpha: the share of worst misreads that it is best for  [default: 0.01%]")
@click.option("--misread", default="0", help="The share of ballots that are assumed to be misread.")
@click.option("--misread-as", type=click.Choice(["any", "worst"]), default="any", help="What they are taken to be.")
@click.option("--candidates", is_flag=True, help="Test who is elected on the sideordnet lists, too.")
@click.option("--ballots", type=int, help="All ballots cast, where the package does not know.")
@click.option(
    "--packages", "packages_file", type=NewFile(), metavar="FILE.csv", help="Write the packages to begin with."
)
@click.option("--manifest", type=click.Path(path_type=Path), help="Draw from these bundles: a CSV file.")
@click.option("--seed", help="Draw by this seed, which was thrown after the manifest was made.")
@click.option("--size", type=int, help="Draw so many  [default: as many as are planned]")
@click.option("--sheet", type=NewFile(), metavar="FILE.csv", help="Write which ballots are to be read.")
@click.option("--readings", multiple=True, type=click.Path(path_type=Path), help="What was read: the sheet, filled in.")
@thousands_option
@encoding_option
@votes_option
@with_size
@plot_option
@with_output
def audit_command(
    election: str | None,
    council: str | None,
    everywhere: bool,  # noqa: FBT001 - click calls it by name
    packages_file: Path | None,
    manifest: Path | None,
    seed: str | None,
    size: int | None,
    sheet: Path | None,
    readings: tuple[Path, ...],
    votes_file: Path | None,
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    thousands: bool,  # noqa: FBT001 - click calls it by name
    encoding: str,
    plot: Path | None,
    format_: str,
    lang: str,
    output: Path | None,
    **terms: Any,  # noqa: ANN401 - what plan takes
) -> None:
    """Say how many ballots the audit of a COUNCIL draws; draw them; and say what they showed.

    \b
    kommunalvalg audit kv2025 Lolland --risk 5% --packages manifest.csv
    kommunalvalg audit kv2025 Lolland --manifest manifest.csv --seed "6 1 4 3 5 2" --sheet sheet.csv
    kommunalvalg audit kv2025 Lolland --manifest manifest.csv --seed "6 1 4 3 5 2" --readings sheet.csv
    kommunalvalg audit kv2025 --all --plot audits.svg
    kommunalvalg audit --votes votes.csv --seats 19 --alliance A+F --ballots 12091

    Exit status 1 tells that the ballots did not confirm the result.
    """  # noqa: D301 - click's mark for lines to be left as they are
    if everywhere:
        if election is None or council is not None or manifest is not None or votes_file is not None:
            raise click.UsageError("--all takes an ELECTION and the terms of the audits, as in: audit kv2025 --all")
        plans = _plans(election, terms, lang)
        draw_picture(plans, plot, lang, title=election)
        title = _("{election}: how many ballots audits draw", election=election)
        show(plans_told(plans, title=title), format_, lang, output)
    name, asked = election_of(
        election, council, votes_file, seats=seats, alliances=alliances, thousands=thousands, encoding=encoding
    )
    planned = plan(asked, **terms)
    if packages_file is not None:
        write_manifest(packages_file, packages(planned), lang=lang)
    if manifest is None or seed is None:
        if manifest is not None or seed is not None or size is not None or sheet is not None or readings:
            raise click.UsageError(
                "ballots are drawn from a manifest and by a seed: --manifest FILE (--packages writes one) and --seed, "
                "thrown after the manifest was made"
            )
        draw_picture(planned, plot, lang, title=name)
        show(plan_told(planned), format_, lang, output, complete=planned.complete)
        return
    bundles = read_manifest(manifest, thousands=thousands, encoding=encoding)
    drawn = sample(bundles, planned, seed, size=size)
    read = read_readings(*readings, encoding=encoding)
    if sheet is not None:
        write_sheet(sheet, drawn, read=read, lang=lang)
    if sheet is not None or not readings:
        show(sample_told(drawn), format_, lang, output)
    found = evaluate(planned, drawn, read)
    status = DONE if found.decision is Decision.STOP else FAILED
    show(evaluation_told(found), format_, lang, output, status=status)


def _plans(election: str, terms: dict[str, Any], lang: str) -> dict[str, Plan]:
    councils = data.councils(election)
    plans = {}
    with progress(_("Planning the audits").said(lang), len(councils)) as advance:
        for number, (name, council) in enumerate(councils.items(), start=1):
            plans[name] = plan(council, **terms)
            advance(number)
    return plans
