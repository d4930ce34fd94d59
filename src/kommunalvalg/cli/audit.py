"""``audit``: how many ballots, which ones, and what they said."""

from typing import Any

import click

from kommunalvalg.ask import Answer
from kommunalvalg.audit.sampling import packages
from kommunalvalg.audit.sheets import read_manifest, read_readings, write_manifest, write_sheet
from kommunalvalg.audit.statistics import METHODS
from kommunalvalg.cli.elections import Source, with_election
from kommunalvalg.cli.language import option, speaking
from kommunalvalg.cli.options import Allied, Whole
from kommunalvalg.cli.output import NewFile, Question, Questions, Then, command
from kommunalvalg.errors import ElectionError
from kommunalvalg.text import N_

__all__ = ["audit_command"]


@command(
    "audit",
    does=N_(
        "Say how many ballots the audit of a COUNCIL draws; draw them; and say what they showed. Exit status 1 tells "
        "that the ballots did not confirm the result."
    ),
    examples=(
        "kommunalvalg audit kv2025 Lolland --risk 5% --packages manifest.csv",
        'kommunalvalg audit kv2025 Lolland --manifest manifest.csv --seed "6 1 4 3 5 2" --sheet sheet.csv',
        'kommunalvalg audit kv2025 Lolland --manifest manifest.csv --seed "6 1 4 3 5 2" --readings sheet.csv',
        "kommunalvalg audit kv2025 --all --plot audits.svg",
        "kommunalvalg audit --votes votes.csv --seats 19 --alliance A+F --ballots 12091",
    ),
    plot=True,
)
@with_election
@option("--seats", type=Whole(), help=N_("With --votes: how many seats there are."))
@option(
    "--alliance",
    "alliances",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help=N_("With --votes: who stand together; repeatable."),
)
@option("--risk", default="5%", show_default=True, help=N_("The risk limit."))
@option("--method", type=click.Choice(list(METHODS)), default="kaplan_wald", show_default=True, help=N_("The test."))
@option("--gamma", metavar="0.95", help=N_("Of kaplan_wald."))
@option("--inflator", metavar="1.03905", help=N_("Of kaplan_markov."))
@option("--overstated", metavar="0.01%", help=N_("Of alpha: the share of worst misreads that it is best for."))
@option("--misread", default="0", metavar="1%", help=N_("The share of ballots that are assumed to be misread."))
@option("--misread-as", type=click.Choice(["any", "worst"]), default="any", help=N_("What they are taken to be."))
@option("--candidates", is_flag=True, help=N_("Test who is elected on the sideordnet lists, too."))
@option("--ballots", type=Whole(), help=N_("All ballots cast, where the package does not know."))
@option(
    "--packages", "packages_file", type=NewFile(), metavar=N_("FILE.csv"), help=N_("Write the packages to begin with.")
)
@option("--manifest", type=click.Path(), metavar=N_("FILE.csv"), help=N_("Draw from these bundles: a CSV file."))
@option("--seed", metavar=N_("TEXT"), help=N_("Draw by this seed, which was thrown after the manifest was made."))
@option("--size", type=Whole(), help=N_("Draw so many; without it, as many as are planned."))
@option("--sheet", type=NewFile(), metavar=N_("FILE.csv"), help=N_("Write which ballots are to be read."))
@option(
    "--readings",
    multiple=True,
    type=click.Path(),
    metavar=N_("FILE.csv"),
    help=N_("What was read: the sheet, filled in."),
)
def audit_command(
    packages_file: Any,  # noqa: ANN401 - a Path, or None
    manifest: str | None,
    seed: str | None,
    size: int | None,
    sheet: Any,  # noqa: ANN401 - a Path, or None
    readings: tuple[str, ...],
    **given: Any,  # noqa: ANN401 - what click has read
) -> Question | Questions | Then:
    """Ask for the plan of an audit, for its ballots, or for what they said."""
    source = Source.taken_from(given)
    terms = {name: value for name, value in given.items() if value is not None}
    if source.everywhere:
        if source.council is not None or manifest or source.votes_file or source.folder or source.file:
            raise ElectionError("--all takes an ELECTION and the terms of the audits, as in: audit kv2025 --all")
        return {"case": "audit-plans", "election": source.election, **terms}
    name, of = source.one()
    question = {"of": of, "name": name, **terms}
    if manifest is None or seed is None:
        if any(each is not None for each in (manifest, seed, size, sheet)) or readings:
            raise ElectionError(
                "ballots are drawn from a manifest and by a seed: --manifest FILE (--packages writes one) and --seed, "
                "thrown after the manifest was made"
            )
        return Then({"case": "audit-plan", **question}, lambda answer: _write_packages(answer, packages_file))
    bundles = read_manifest(manifest, thousands=source.thousands, encoding=source.encoding)
    read = read_readings(*readings, encoding=source.encoding)
    question |= {"manifest": bundles, "seed": seed, "size": size}
    if sheet is None and readings:
        return {"case": "audit-evaluation", "readings": read, **question}

    def write(answer: Answer) -> None:
        if sheet is not None:
            write_sheet(sheet, answer.result, read=read, lang=speaking())

    return Then({"case": "audit-sample", **question}, write)


def _write_packages(answer: Answer, file: Any) -> None:  # noqa: ANN401 - a Path, or None
    if file is not None:
        write_manifest(file, packages(answer.result), lang=speaking())
