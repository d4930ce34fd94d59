"""``audit``: how many ballots, which ones, and what they said."""

from pathlib import Path
from typing import Any

from kommunalvalg.ask import Answer, answer
from kommunalvalg.audit.sampling import packages
from kommunalvalg.audit.sheets import read_manifest, read_readings, write_manifest, write_sheet
from kommunalvalg.audit.statistics import METHODS
from kommunalvalg.cli.elections import Source, with_election, with_seats
from kommunalvalg.cli.language import option, speaking
from kommunalvalg.cli.options import FILE, Choice, Whole
from kommunalvalg.cli.output import NewFile, Question, command
from kommunalvalg.errors import ElectionError
from kommunalvalg.text import N_

__all__ = ["audit_command"]


@command(
    "audit",
    does=N_("Say how many ballots the audit of a COUNCIL draws; draw them; and say what they showed."),
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
@with_seats
@option("--risk", default="5%", show_default=True, help=N_("The risk limit."))
@option("--method", type=Choice(list(METHODS)), default="kaplan_wald", show_default=True, help=N_("The test."))
@option("--gamma", help=N_("Of kaplan_wald; without it 0.95."))
@option("--inflator", help=N_("Of kaplan_markov; without it 1.03905."))
@option("--overstated", help=N_("Of alpha: the share of worst misreads that it is best for; without it 0.01%."))
@option("--misread", default="0", help=N_("The share of ballots that are assumed to be misread."))
@option("--misread-as", type=Choice(["any", "worst"]), default="any", help=N_("What they are taken to be."))
@option("--candidates", is_flag=True, help=N_("Test who is elected on the sideordnet lists, too."))
@option("--ballots", type=Whole(), help=N_("All ballots cast, where the package does not know."))
@option(
    "--packages",
    "packages_file",
    type=NewFile(),
    metavar=N_("FILE.csv"),
    help=N_("Write the packages to begin with."),
)
@option("--manifest", type=FILE, metavar=N_("FILE.csv"), help=N_("Draw from these bundles: a CSV file."))
@option("--seed", help=N_("Draw by this seed, which was thrown after the manifest was made."))
@option("--size", type=Whole(), help=N_("Draw so many; without it as many as are planned."))
@option("--sheet", type=NewFile(), metavar=N_("FILE.csv"), help=N_("Write which ballots are to be read."))
@option(
    "--readings",
    multiple=True,
    type=FILE,
    metavar=N_("FILE.csv"),
    help=N_("What was read: the sheet, filled in. Exit status 1 tells that it does not confirm the result."),
)
def audit_command(
    packages_file: Path | None,
    manifest: Path | None,
    seed: str | None,
    size: int | None,
    sheet: Path | None,
    readings: tuple[Path, ...],
    **options: Any,  # noqa: ANN401 - what click has read
) -> Question | Answer:
    """Ask for a plan, for the ballots, or for what they said; and write the lists that people fill in."""
    source, terms = Source.taken_from(options), options
    if source.everywhere:
        if source.council is not None or manifest is not None or source.votes_file is not None:
            raise ElectionError("--all takes an ELECTION and the terms of the audits, as in: audit kv2025 --all")
        every = source.every()
        for error in source.failed.values():  # one sample is drawn of all councils together
            raise error
        return {"case": "audits", "of": every, "name": source.election or str(source.folder), **terms}
    if (manifest is None or seed is None) and (manifest or seed is not None or size is not None or sheet or readings):
        raise ElectionError(
            "ballots are drawn from a manifest and by a seed: --manifest FILE (--packages writes one) and --seed, "
            "thrown after the manifest was made"
        )
    name, of = source.one()
    question = {"case": "audit", "of": of, "name": name, "seed": seed, "size": size, **terms}
    read = None
    if manifest is not None:
        question["manifest"] = read_manifest(manifest, thousands=source.thousands, encoding=source.encoding)
        read = read_readings(*readings, encoding=source.encoding)
        if readings and sheet is None:
            question["readings"] = read
    told = answer(question, speaking())
    if packages_file is not None:
        write_manifest(packages_file, packages(getattr(told.result, "plan", told.result)), lang=speaking())
    if sheet is not None:
        write_sheet(sheet, told.result, read=read, lang=speaking())
    return told
