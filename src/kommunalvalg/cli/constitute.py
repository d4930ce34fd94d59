"""``constitute``: a whole meeting from one file, told as one protocol."""

from pathlib import Path

import click

from kommunalvalg.cli.options import lots_of
from kommunalvalg.cli.output import LOT_OPEN, show, with_output
from kommunalvalg.errors import ElectionError
from kommunalvalg.evening.files import MeetingCase, read_meeting
from kommunalvalg.lots import Lots, settle
from kommunalvalg.report.results import document, summary
from kommunalvalg.results import Result

__all__ = ["constitute_command"]


@click.command("constitute", short_help="Tell a whole first meeting from one file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--brief", is_flag=True, help="Only what was elected, what comes next, and who sits where.")
@click.option("--seed", help="Draw the lots that are open by the published procedure, from this seed.")
@with_output
def constitute_command(
    file: Path | None,
    brief: bool,  # noqa: FBT001 - click calls it by name
    seed: str | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Tell a whole meeting from one FILE (.toml, .json or .xlsx): a council's first, a region's, a KKR's.

    \b
    kommunalvalg constitute nyby.toml -o protokol.docx
    kommunalvalg constitute nyby.toml --brief
    """  # noqa: D301 - click's mark for lines to be left as they are
    if file is None:
        raise click.UsageError("give the FILE of a meeting")
    result = _held(file, lang, lots_of(seed, ()))
    told = summary(result) if brief else document(result)
    show(told, format_, lang, output, status=None if result.complete else LOT_OPEN)


def _held(file: Path, lang: str, lots: Lots = None) -> Result:
    """Hold the meeting of a file; what is refused is said with the file's name, in the language of the run."""
    try:
        case: MeetingCase = read_meeting(file)
        return settle(case, lots)
    except ElectionError as error:
        raise click.UsageError(f"{file.name}: {error.said(lang)}") from error
