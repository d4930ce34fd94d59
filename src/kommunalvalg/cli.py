"""The command line: ``kommunalvalg``.

Exit status: 0 done, 1 a comparison failed, 2 bad input (one clear line on standard error), 3 a lot is open.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kommunalvalg import data
from kommunalvalg.council.result import elect_council
from kommunalvalg.data.tables import VOTES, counted, read_table
from kommunalvalg.errors import ElectionError
from kommunalvalg.kkr.composition import METHODS, compose_kkr
from kommunalvalg.lots import Draw, Lots, seeded
from kommunalvalg.methods.alliances import proportional_election
from kommunalvalg.methods.divisor import adams, dhondt, sainte_lague
from kommunalvalg.report.comparison import comparisons
from kommunalvalg.report.council import protocol
from kommunalvalg.report.distribution import distribution, forholdstalsvalg
from kommunalvalg.report.document import Document
from kommunalvalg.report.kkr import composition
from kommunalvalg.report.language import LANGUAGES, language
from kommunalvalg.report.progress import progress
from kommunalvalg.report.render import FORMATS, render
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from kommunalvalg.council.election import CouncilElection

__all__ = ["main"]

DONE, FAILED, BAD_INPUT, LOT_OPEN = range(4)
"""The exit statuses."""

_F = TypeVar("_F", bound=Callable[..., Any])


def _with_output(command: _F) -> _F:
    """Add the options that every command has: the format, the language, the file to write to."""
    for option in (
        click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."),
        click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="The language."),
        click.option(
            "--format",
            "format_",
            type=click.Choice(list(FORMATS)),
            default="table",
            show_default=True,
            help="How to write the result.",
        ),
    ):
        command = option(command)
    return command


def _with_lots(command: _F) -> _F:
    """Add the options by which lots come in."""
    for option in (
        click.option("--seed", help="Draw open lots by the published procedure, from this seed."),
        click.option(
            "--draw",
            "draws",
            multiple=True,
            metavar="A,B:B",
            help="A lot that was drawn: who took part, a colon, who won. Repeat it for the next lot, in order.",
        ),
    ):
        command = option(command)
    return command


_thousands = click.option("--thousands", is_flag=True, help="Read 1.234 as 1234.")


def _lots(seed: str | None, draws: tuple[str, ...]) -> Lots:
    if seed is not None and draws:
        raise click.UsageError("--seed and --draw: lots come from one of them")
    if seed is not None:
        return seeded(seed)
    return [_draw(text) for text in draws]


def _draw(text: str) -> Draw:
    among, sign, chosen = text.partition(":")
    if not sign:
        raise click.UsageError(f"--draw is {text!r}; write who took part, a colon, and who won: A,B:B")
    return Draw([name.strip() for name in among.split(",")], [name.strip() for name in chosen.split(",")])


def _show(
    document: Document, format_: str, output: Path | None, *, complete: bool = True, status: int | None = None
) -> None:
    """Write a document, and end with an exit status; unless given, the one that tells whether a lot is open."""
    text = render(document, format_)
    if output is None:
        click.echo(text, nl=False)
    else:
        # The byte order mark is what makes a spreadsheet read the Danish letters of a CSV file.
        output.write_text(text, encoding="utf-8-sig" if format_ == "csv" else "utf-8")
    raise click.exceptions.Exit(status if status is not None else DONE if complete else LOT_OPEN)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kommunalvalg")
def cli() -> None:
    """Danish municipal election methods: distribute seats, compose a KKR, and see why.

    Exit status: 0 done, 1 a comparison failed, 2 bad input, 3 a lot is open.
    """


@cli.command("dhondt")
@click.argument("votes", nargs=-1, required=True, metavar="NAME=VOTES...")
@click.option("--seats", type=int, required=True, help="How many seats to award.")
@click.option("--alliance", "alliances", multiple=True, metavar="A+F", help="Names that stand together; repeatable.")
@click.option("--held", multiple=True, metavar="NAME=SEATS", help="Seats that a name already holds; repeatable.")
@click.option("--capacity", multiple=True, metavar="NAME=SEATS", help="The most that a name can hold; repeatable.")
@click.option(
    "--method",
    type=click.Choice(["dhondt", "sainte-lague", "adams"]),
    default="dhondt",
    show_default=True,
    help="The divisors; the others are there for comparison.",
)
@_thousands
@_with_lots
@_with_output
def dhondt_command(
    votes: tuple[str, ...],
    seats: int,
    alliances: tuple[str, ...],
    held: tuple[str, ...],
    capacity: tuple[str, ...],
    method: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Distribute seats among NAME=VOTES by d'Hondt.

    \b
    kommunalvalg dhondt A=11 B=8 C=2 --seats 9
    kommunalvalg dhondt A=40 C=34 F=26 --seats 5 --alliance A+F
    """  # noqa: D301 - click's mark for lines to be left as they are
    counts = counted("votes", votes, thousands=thousands)
    limits = counted("capacity", capacity) or None
    lots = _lots(seed, draws)
    _ = language(lang)
    if alliances:
        if held or method != "dhondt":
            raise click.UsageError("--alliance goes with d'Hondt and without --held")
        members = [alliance.split("+") for alliance in alliances]
        election = proportional_election(counts, seats, alliances=members, capacity=limits, lots=lots)
        _show(forholdstalsvalg(election, _), format_, output, complete=election.complete)
    distribute = {"dhondt": dhondt, "sainte-lague": sainte_lague, "adams": adams}[method]
    allocation = distribute(counts, seats, held=counted("held", held), capacity=limits, lots=lots)
    _show(distribution(allocation, _), format_, output, complete=allocation.complete)


@cli.command("kkr")
@click.argument("name", required=False)
@click.option("--votes", "votes_file", type=click.Path(path_type=Path), help="A CSV file: party, votes.")
@click.option("--mayors", "mayors_file", type=click.Path(path_type=Path), help="A CSV file: party, mayors.")
@click.option("--municipalities", type=int, help="How many municipalities the area has.")
@click.option("--total-votes", type=int, help="All valid votes of the area [default: the sum of the file].")
@click.option("--cast-votes", type=int, help="All votes cast, blank and invalid included [default: the valid votes].")
@click.option("--represented", multiple=True, metavar="PARTY", help="A party that holds a seat; repeatable.")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How to find seats.")
@click.option("--encoding", default="utf-8", show_default=True, help="The encoding of the files.")
@_thousands
@_with_lots
@_with_output
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
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Compose a kommunekontaktråd: an embedded one by NAME, or one from files.

    \b
    kommunalvalg kkr hovedstaden-2026
    kommunalvalg kkr --votes votes.csv --mayors mayors.csv --municipalities 29
    """  # noqa: D301 - click's mark for lines to be left as they are
    lots = _lots(seed, draws)
    _ = language(lang)
    if name is not None:
        if votes_file or mayors_file or municipalities is not None:
            raise click.UsageError("a KKR is named, or given by --votes, --mayors and --municipalities; not both")
        known = data.kkr(name)
        title, kkr = known.name, known.compose(method=method, lots=lots)
    else:
        if votes_file is None or mayors_file is None or municipalities is None:
            known_names = ", ".join(data.kkrs())
            raise click.UsageError(
                f"name a KKR ({known_names}), or give --votes FILE, --mayors FILE and --municipalities N"
            )
        votes = read_table(votes_file, VOTES, thousands=thousands, encoding=encoding)
        mayors = read_table(mayors_file, ("mayors", "borgmestre"), thousands=thousands, encoding=encoding)
        title, kkr = (
            _("Composition of a KKR"),
            compose_kkr(
                votes,
                mayors,
                municipalities=municipalities,
                total_votes=sum(votes.values()) if total_votes is None else total_votes,
                cast_votes=cast_votes,
                represented=represented or None,
                method=method,
                lots=lots,
            ),
        )
    _show(composition(kkr, _, title=title), format_, output, complete=kkr.complete)


@cli.command("council")
@click.argument("election")
@click.argument("council")
@_with_lots
@_with_output
def council_command(
    election: str,
    council: str,
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Print the protocol of one COUNCIL of an ELECTION: seats, elected, substitutes, open lots.

    \b
    kommunalvalg council kv2025 Fanø
    kommunalvalg council kv2025 Læsø --draw C-4,C-7:C-7 --draw V-2,V-5:V-5
    """  # noqa: D301 - click's mark for lines to be left as they are
    result = elect_council(data.council(election, council), lots=_lots(seed, draws))
    _show(protocol(result, language(lang)), format_, output, complete=result.complete)


@cli.command("check")
@click.argument("election")
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path),
    help="Read the election from the official export instead: a folder, or a .zip or .tar archive.",
)
@_with_output
def check_command(election: str, folder: Path | None, format_: str, lang: str, output: Path | None) -> None:
    """Compute every council of an ELECTION and compare it with what was published.

    \b
    kommunalvalg check kv2025
    kommunalvalg check kv2025 --export valgdk.zip

    Exit status 1 tells that something differs.
    """  # noqa: D301 - click's mark for lines to be left as they are
    _ = language(lang)
    embedded = data.councils(election)
    if folder is None:
        elections: Mapping[str, CouncilElection] = embedded
        published = {name: data.published(election, name) for name in embedded}
        left_out: tuple[data.LeftOut, ...] = ()
    else:
        with progress(_("Reading the export"), None) as advance:
            export = data.read_valgdk(folder, progress=advance)
        elections, published, left_out = export, dict(export.published), export.left_out
        if missing := [name for name in elections if name not in published]:
            raise ElectionError(
                f"{folder} has no mandatfordeling of {listed(missing)}; there is nothing to compare with"
            )
    compared = {}
    with progress(_("Computing the councils"), len(elections)) as advance:
        for number, (name, counted_election) in enumerate(elections.items(), start=1):
            compared[name] = data.compare(counted_election, published[name])
            advance(number)
    title = _("{election}: computed and published", election=election)
    agree = not any(comparison.differences for comparison in compared.values())
    _show(comparisons(compared, _, title=title, left_out=left_out), format_, output, status=DONE if agree else FAILED)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: the words after the program's name (default: those it was called with).
    """
    try:
        status = cli.main(arguments, prog_name="kommunalvalg", standalone_mode=False)
    except click.exceptions.Abort:
        status = 130
    except (click.ClickException, ElectionError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo("kommunalvalg: " + " ".join(message.split()), err=True)
        status = BAD_INPUT
    except BrokenPipeError:
        # Whoever read the output has had enough of it; Python must not complain of that on its way out.
        sys.stderr.close()
        status = DONE
    sys.exit(status if isinstance(status, int) else DONE)
