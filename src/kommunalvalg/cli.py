"""The command line: ``kommunalvalg``.

Exit status: 0 done, 1 a comparison failed, 2 bad input (one clear line on standard error), 3 a lot is open.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import attrs
import click

from kommunalvalg import data
from kommunalvalg.analysis.contests import Contested, Method, contest_of
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.partitions import MOST_LISTS, all_partitions, number_of_partitions
from kommunalvalg.analysis.what_if import (
    best_partner,
    merge_lists,
    other_method,
    other_size,
    with_alliances,
    without_alliances,
)
from kommunalvalg.constitution.claims import apply_claims
from kommunalvalg.constitution.committees import Transfer, elect_committees
from kommunalvalg.council.result import elect_council
from kommunalvalg.data.tables import VOTES, counted, read_table, whole_number
from kommunalvalg.dates import day_of
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.kkr import law as kkr_law
from kommunalvalg.kkr.chairs import elect_chairs_of
from kommunalvalg.kkr.composition import METHODS, compose_kkr
from kommunalvalg.kkr.meeting import notice_deadline
from kommunalvalg.law import Warned
from kommunalvalg.lots import Draw, Lots, seeded
from kommunalvalg.methods.alliances import proportional_election
from kommunalvalg.methods.divisor import adams, dhondt, sainte_lague
from kommunalvalg.methods.majority import Base, majority_election
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.report.analysis import (
    alliance_effects,
    margins_report,
    partitions_report,
    partners_report,
    what_if_report,
)
from kommunalvalg.report.chairs import chairs, notice
from kommunalvalg.report.comparison import comparisons
from kommunalvalg.report.constitution import committee_seats, flertalsvalg, flertalsvalg_explained
from kommunalvalg.report.council import protocol, summary
from kommunalvalg.report.distribution import distribution, explained, forholdstalsvalg
from kommunalvalg.report.document import Document, Kind
from kommunalvalg.report.kkr import composition, composition_explained
from kommunalvalg.report.language import LANGUAGES, Language, language
from kommunalvalg.report.pictures import save
from kommunalvalg.report.progress import progress
from kommunalvalg.report.render import FORMATS, render
from kommunalvalg.report.results import committees_explained
from kommunalvalg.report.spreadsheets import workbook
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from kommunalvalg.council.election import CouncilElection

__all__ = ["main"]

DONE, FAILED, BAD_INPUT, LOT_OPEN = range(4)
"""The exit statuses."""

WORKBOOK = "xlsx"
"""The format that is no text: an Excel workbook, which goes to a file."""

OPTIONS = {
    "accept_second": "--accept-second",
    "among": "--all-among",
    "capacity": "--capacity",
    "cast_votes": "--cast-votes",
    "council_size": "--council-size",
    "encoding": "--encoding",
    "groups": "--groups",
    "held": "--held",
    "list": "--partner-for",
    "lists": "--merge",
    "meeting": "--meeting",
    "municipalities": "--municipalities",
    "n": "-n",
    "present": "--present",
    "represented": "--represented",
    "restore": "--restore",
    "sample": "--poll",
    "seats": "--seats",
    "seed": "--seed",
    "total_votes": "--total-votes",
}
"""Argument of a function, as its errors name it -> the option that it comes from."""

SUFFIXES = {
    ".txt": "table",
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".csv": "csv",
    f".{WORKBOOK}": WORKBOOK,
}
"""What a file is, by its name; any text may be called .txt, and a name that is not here says nothing."""

ECONOMY = "Økonomiudvalget"
"""What økonomiudvalget is called, in every language."""

DIVISORS = {"dhondt": dhondt, "sainte_lague": sainte_lague, "adams": adams}
"""The methods of ``dhondt``, named as everywhere."""

HYPHENED = "sainte-lague"
"""A second spelling that is understood."""

_F = TypeVar("_F", bound=Callable[..., Any])


class _Count(click.ParamType):  # type: ignore[type-arg]  # older releases of click take none
    """A whole number, 0 or more; with --thousands, 1.234 too."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's
        try:
            return whole_number(str(value), thousands=bool(ctx and ctx.params.get("thousands")))
        except VoteError as error:
            self.fail(str(error), param, ctx)


class _Allied(click.ParamType):  # type: ignore[type-arg]  # older releases of click take none
    """Names that stand together: "A+F", or "A + F"."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401 - click's
        names = _allied(str(value))
        if len(names) == 1 and "," in names[0]:
            joined = "+".join(name.strip() for name in names[0].split(","))
            self.fail(f"{value!r} is one name; a plus joins names that stand together: {joined}", param, ctx)
        return names


def _allied(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("+"))


class _NewFile(click.Path):
    """A file to write, in a folder that is there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - click's
        file = Path(str(super().convert(value, param, ctx)))
        if not file.parent.is_dir():
            self.fail(f"there is no folder {str(file.parent)!r} for {str(file)!r}; make it first", param, ctx)
        return file


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Say in one line that a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error


def _format(ctx: click.Context, _option: click.Parameter, given: str | None) -> str:
    """Give the format: the one that is asked for, else the one that the file's name says."""
    output: Path | None = ctx.params.get("output")
    suffix = output.suffix.lower() if output else ""
    form = given or SUFFIXES.get(suffix, "table")
    if form == WORKBOOK and output is None:
        raise click.UsageError("--format xlsx is no text for the screen; give a file: --output FILE.xlsx")
    if SUFFIXES.get(suffix, form) != form and (suffix != ".txt" or form == WORKBOOK):
        raise click.UsageError(
            f"--format is {form}, and --output {output} is {SUFFIXES[suffix]}; leave one of them out"
        )
    return form


def _with_output(command: _F) -> _F:
    """Add the options that every command has: the format, the language, the file to write to."""
    for option in (
        click.option("--output", "-o", type=_NewFile(), is_eager=True, help="Write to this file."),
        click.option("--lang", type=click.Choice(LANGUAGES), default="da", show_default=True, help="The language."),
        click.option(
            "--format",
            "format_",
            type=click.Choice([*FORMATS, WORKBOOK]),
            callback=_format,
            help="How to write the result  [default: as the file's name says, else table]",
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


_votes_file = click.option("--votes", "votes_file", type=click.Path(path_type=Path), help="A CSV file: party, votes.")
_encoding = click.option("--encoding", default="utf-8", show_default=True, help="The encoding of the files.")
_thousands = click.option("--thousands", is_flag=True, is_eager=True, help="Read 1.234 as 1234.")
_explain = click.option("--explain", is_flag=True, help="Show every step: the quotients, the provisions, what is next.")
_plot = click.option(
    "--plot",
    type=_NewFile(),
    metavar="FILE.svg",
    help="Draw a picture into this file: SVG, PNG or PDF.",
)


def _with_election(command: _F) -> _F:
    """Add what says which election is asked about: a council's, or votes from a file."""
    for option in (_thousands, _encoding, _votes_file):
        command = option(command)
    for name in ("council", "election"):
        command = click.argument(name, required=False)(command)
    return command


def _with_size(command: _F) -> _F:
    """Add the seats and the alliances of an election whose votes come from a file."""
    for option in (
        click.option(
            "--alliance",
            "alliances",
            type=_Allied(),
            multiple=True,
            metavar="A+F",
            help="With --votes: who stand together; repeatable.",
        ),
        click.option("--seats", type=int, help="With --votes: how many seats there are."),
    ):
        command = option(command)
    return command


def _election(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    *,
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    thousands: bool,
    encoding: str,
) -> tuple[str, Contested]:
    """Give what is asked about, and what it is called: a council's election, or one of votes from a file."""
    if votes_file is None:
        if election is None or council is None:
            raise click.UsageError(
                "name an ELECTION and a COUNCIL, as in kv2025 Fanø; or give --votes FILE and --seats N"
            )
        if seats is not None or alliances:
            raise click.UsageError(f"{council} has its own seats and alliances; others go with --votes FILE")
        found = data.council(election, council)
        return found.name, found
    if election is not None:
        raise click.UsageError("an election is named, or given by --votes and --seats; not both")
    if seats is None:
        raise click.UsageError("--votes FILE says nothing of the seats; add --seats N")
    votes = read_table(votes_file, VOTES, thousands=thousands, encoding=encoding)
    return votes_file.name, proportional_election(votes, seats, alliances=alliances)


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


def _day(text: str) -> date:
    if (day := day_of(text)) is None:
        raise click.UsageError(f"--meeting is {text!r}; write YYYY-MM-DD, for example 2026-01-26")
    return day


def _show(
    document: Document, format_: str, output: Path | None, *, complete: bool = True, status: int | None = None
) -> None:
    """Write a document, and end with an exit status; unless given, the one that tells whether a lot is open."""
    if output is None:
        click.echo(render(document, format_), nl=False)
    elif format_ == WORKBOOK:
        with _writing(output):
            output.write_bytes(workbook(document))
    else:
        # The byte order mark is what makes a spreadsheet read the Danish letters of a CSV file.
        encoding = "utf-8-sig" if format_ == "csv" else "utf-8"
        with _writing(output):
            output.write_text(render(document, format_), encoding=encoding)
    if format_ == "csv" and not complete:
        # A CSV file is one table, which has no place for what is open.
        for said in document.said:
            click.echo(f"kommunalvalg: {said}", err=True)
    raise click.exceptions.Exit(status if status is not None else DONE if complete else LOT_OPEN)


def _draw_picture(result: object, file: Path | None, lang: str, *, title: str = "") -> None:
    """Draw the picture that suits a result, where one is asked for."""
    if file is not None:
        with _writing(file):
            save(result, file, title=title, lang=lang)


class _Spread(click.Command):
    """A command whose repeatable options also take several words at once: ``--seats 7 7 7``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        known = {name for option in options for name in option.opts}
        repeatable = {name for option in options if option.multiple for name in option.opts}
        spread: list[str] = []
        option, filled = "", True
        for word in args:
            name, sign, _ = word.partition("=")
            if name in known:
                if not filled:
                    break  # an option without its word: click says so
                option, filled = name, bool(sign) or name not in repeatable
            elif word.startswith("--"):
                option = ""  # an unknown option: click says so
            elif option in repeatable and filled:
                spread.append(option)
            else:
                filled = True
            spread.append(word)
        return super().parse_args(ctx, spread)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kommunalvalg")
def cli() -> None:
    """Danish municipal election methods: distribute seats, compose a KKR, and see why.

    Exit status: 0 done, 1 a comparison failed, 2 bad input, 3 a lot is open.
    """


@cli.command("dhondt")
@click.argument("votes", nargs=-1, metavar="[NAME=VOTES...]")
@_votes_file
@click.option("--seats", type=int, required=True, help="How many seats to award.")
@click.option(
    "--alliance",
    "alliances",
    type=_Allied(),
    multiple=True,
    metavar="A+F",
    help="Names that stand together; repeatable.",
)
@click.option("--held", multiple=True, metavar="NAME=SEATS", help="Seats that a name already holds; repeatable.")
@click.option("--capacity", multiple=True, metavar="NAME=SEATS", help="The most that a name can hold; repeatable.")
@click.option(
    "--method",
    type=click.Choice([*DIVISORS, HYPHENED]),
    metavar=f"[{'|'.join(DIVISORS)}]",
    default="dhondt",
    show_default=True,
    help="The divisors; the others are there for comparison.",
)
@_encoding
@_thousands
@_explain
@_plot
@_with_lots
@_with_output
def dhondt_command(
    votes: tuple[str, ...],
    votes_file: Path | None,
    seats: int,
    alliances: tuple[tuple[str, ...], ...],
    held: tuple[str, ...],
    capacity: tuple[str, ...],
    method: str,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    explain: bool,  # noqa: FBT001 - click calls it by name
    plot: Path | None,
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Distribute seats among NAME=VOTES, or the votes of a file, by d'Hondt.

    \b
    kommunalvalg dhondt A=11 B=8 C=2 --seats 9
    kommunalvalg dhondt A=40 C=34 F=26 --seats 5 --alliance A+F
    kommunalvalg dhondt --votes votes.csv --seats 9
    """  # noqa: D301 - click's mark for lines to be left as they are
    if bool(votes) == (votes_file is not None):
        raise click.UsageError("give the votes as NAME=VOTES, for example A=11 B=8, or as --votes FILE")
    if votes_file is None:
        counts = counted("votes", votes, thousands=thousands)
    else:
        counts = read_table(votes_file, VOTES, thousands=thousands, encoding=encoding)
    limits = counted("capacity", capacity) or None
    lots = _lots(seed, draws)
    _ = language(lang)
    if alliances:
        if held or method != "dhondt":
            raise click.UsageError("--alliance goes with d'Hondt and without --held")
        members = alliances
        election = proportional_election(counts, seats, alliances=members, capacity=limits, lots=lots)
        _draw_picture(election, plot, lang)
        document = forholdstalsvalg(election, _)
        document = explained(election, document, _) if explain else document
        _show(document, format_, output, complete=election.complete)
    distribute = DIVISORS[method.replace("-", "_")]
    allocation = distribute(counts, seats, held=counted("held", held), capacity=limits, lots=lots)
    _draw_picture(allocation, plot, lang)
    document = distribution(allocation, _)
    document = explained(allocation, document, _) if explain else document
    _show(document, format_, output, complete=allocation.complete)


@cli.command("kkr")
@click.argument("name", required=False)
@_votes_file
@click.option("--mayors", "mayors_file", type=click.Path(path_type=Path), help="A CSV file: party, mayors.")
@click.option("--municipalities", type=int, help="How many municipalities the area has.")
@click.option("--total-votes", type=_Count(), help="All valid votes of the area [default: the sum of the file].")
@click.option(
    "--cast-votes", type=_Count(), help="All votes cast, blank and invalid included [default: the valid votes]."
)
@click.option("--represented", multiple=True, metavar="PARTY", help="A party that holds a seat; repeatable.")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How to find seats.")
@_encoding
@click.option("--chairs", "with_chairs", is_flag=True, help="Elect chair and vice chair; the next two imply it.")
@click.option(
    "--valgforbund", type=_Allied(), multiple=True, metavar="A+F", help="Parties that stand together; repeatable."
)
@click.option(
    "--meeting",
    metavar="YYYY-MM-DD",
    help="The day of the meeting, to tell by when a valgforbund is to be notified.",
)
@_thousands
@_explain
@_plot
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
    draws_in = _lots(seed, draws)
    lots = None if elects else draws_in  # the chairs depend on no lot of the composition
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
        assumed = _assumed(kkr.total_votes, total_given=total_votes is not None, cast_given=cast_votes is not None)
        kkr = attrs.evolve(kkr, warnings=(*kkr.warnings, *assumed))
    if not elects:
        _draw_picture(kkr, plot, lang, title=title)
        told = composition_explained if explain else composition
        _show(told(kkr, _, title=title), format_, output, complete=kkr.complete)
    posts = elect_chairs_of(kkr, alliances=valgforbund, lots=draws_in)
    _draw_picture(posts.election, plot, lang)
    deadline = None if meeting is None else notice(_day(meeting), notice_deadline(meeting), _)
    title = _("{kkr}: chair and vice chair", kkr=title)
    document = chairs(posts, _, title=title, deadline=deadline, warnings=kkr.warnings)
    document = explained(posts.election, document, _) if explain else document
    _show(document, format_, output, complete=posts.complete)


def _assumed(total: int, *, total_given: bool, cast_given: bool) -> Iterator[Warned]:
    """Tell which of the area's figures were not given, and what was taken for them."""
    if not total_given:
        yield Warned(
            kkr_law.SEATS.id,
            kkr_law.SEATS.provision,
            "It was not given how many valid votes the area has, those for local lists included; the {total} of the "
            "file were taken for all.",
            {"total": total},
        )
    if not cast_given:
        yield Warned(
            kkr_law.LINE.id,
            kkr_law.LINE.provision,
            "It was not given how many votes were cast, blank and invalid ones included; the {total} valid votes were "
            "taken for them.",
            {"total": total},
        )


@cli.command("majority")
@click.option("--present", type=int, required=True, help="The members present.")
@click.option(
    "--ballot",
    "ballots",
    multiple=True,
    metavar='"A=10 B=8"',
    help="The votes of one ballot, those of the first first; repeatable. An empty one: everybody abstained.",
)
@click.option(
    "--base",
    type=click.Choice(get_args(Base)),
    default="present",
    show_default=True,
    help="What ballots 1 and 2 need more than half of; by the law the members present.",
)
@_explain
@_with_lots
@_with_output
def majority_command(
    present: int,
    ballots: tuple[str, ...],
    base: Base,
    explain: bool,  # noqa: FBT001 - click calls it by name
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Elect one person by flertalsvalg: say who is elected, or what comes next.

    \b
    kommunalvalg majority --present 21
    kommunalvalg majority --present 21 --ballot "Anna=10 Bo=8 Carl=3" --ballot "Anna=10 Bo=8 Carl=3"
    """  # noqa: D301 - click's mark for lines to be left as they are
    held = [counted(f"ballot {number}", _pairs(text)) for number, text in enumerate(ballots, start=1)]
    election = majority_election(held, present=present, base=base, lots=_lots(seed, draws))
    _ = language(lang)
    document = flertalsvalg(election, _)
    document = flertalsvalg_explained(election, document, _) if explain else document
    _show(document, format_, output, complete=election.complete)


def _pairs(text: str) -> Iterator[str]:
    """Split "Anna Hansen=10, Bo=8" into its counts; a name may have spaces."""
    words: list[str] = []
    for word in re.sub(r"\s*=\s*", "=", text).replace(",", " ").split():
        words.append(word)
        if "=" in word:
            yield " ".join(words)
            words = []
    if words:
        yield " ".join(words)


@cli.command("committees", cls=_Spread)
@click.option(
    "--groups", multiple=True, required=True, metavar="NAME=MEMBERS...", help="The groups' members who take part."
)
@click.option("--seats", type=int, multiple=True, metavar="N...", help="The seats of each standing committee.")
@click.option("--names", multiple=True, metavar="NAME...", help="The standing committees' names.")
@click.option("--economy", type=int, help="The seats of økonomiudvalget, which is outside the total.")
@click.option("--economy-inside", is_flag=True, help="Count økonomiudvalget in the total.")
@click.option("--council-size", type=int, help="The members of the council, to hold the sizes against § 17.")
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="COMMITTEE:FROM:TO...",
    help="A seat that passes from one group to another by § 27.",
)
@click.option("--restore", multiple=True, metavar="COMMITTEE...", help="Where a majority that is lost is restored.")
@click.option("--accept-second", multiple=True, metavar="NAME...", help="Who takes a second seat from the same group.")
@_explain
@_with_lots
@_with_output
def committees_command(
    groups: tuple[str, ...],
    seats: tuple[int, ...],
    names: tuple[str, ...],
    economy: int | None,
    economy_inside: bool,  # noqa: FBT001 - click calls it by name
    council_size: int | None,
    claims: tuple[str, ...],
    restore: tuple[str, ...],
    accept_second: tuple[str, ...],
    explain: bool,  # noqa: FBT001 - click calls it by name
    seed: str | None,
    draws: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Distribute the seats of a council's committees, and say what may be claimed under § 27.

    \b
    kommunalvalg committees --groups a=16 b=15 --seats 7 7 7 7 7 7 --economy 9
    kommunalvalg committees --groups a=16 b=15 --seats 7 7 --names Kultur Teknik --claim Kultur:a:b
    """  # noqa: D301 - click's mark for lines to be left as they are
    _ = language(lang)
    if not seats and economy is None:
        raise click.UsageError("--seats has no committee; give the seats of each, for example --seats 7 7 5")
    if names and len(names) != len(seats):
        raise click.UsageError(f"--names has {len(names)} and --seats {len(seats)}; each committee has one of both")
    standing = names or tuple(_("Committee {number}", number=number) for number in range(1, len(seats) + 1))
    named, sizes = ((ECONOMY, *standing), (economy, *seats)) if economy is not None else (standing, seats)
    if twice := [name for name in named if named.count(name) > 1]:
        raise click.UsageError(f"--names has {twice[0]}, which is another's; each committee has a name of its own")
    charter = dict(zip(named, sizes, strict=True))
    result = elect_committees(
        counted("groups", groups),
        charter,
        outside=() if economy_inside else None,
        council_size=council_size,
        lots=_lots(seed, draws),
    )
    if claims or restore:
        transfers = [_transfer(claim) for claim in claims]
        result = apply_claims(result, transfers, restore=restore, accept_second=accept_second)
    document = committee_seats(result, _, accept_second=accept_second)
    document = committees_explained(result, document, _) if explain else document
    _show(document, format_, output, complete=result.complete)


def _transfer(text: str) -> Transfer:
    committee, *sides = text.rsplit(":", 2)
    if len(sides) != len(("giver", "receiver")):
        raise click.UsageError(f"--claim is {text!r}; write the committee, who gives and who receives: Kultur:a:b")
    return Transfer(committee, *sides)


@cli.command("council")
@click.argument("election")
@click.argument("council")
@_explain
@_plot
@_with_lots
@_with_output
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
    result = elect_council(data.council(election, council), lots=_lots(seed, draws))
    _draw_picture(result, plot, lang)
    told = protocol if explain else summary
    _show(told(result, language(lang)), format_, output, complete=result.complete)


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


def _all_partitions(asked: Contested, names: tuple[str, ...], _: Language, title: str) -> Document:
    """Follow every way in which some lists could have allied, with a bar where it takes long."""
    # More lists than are followed are refused, with the number of ways, before anything is counted.
    total = number_of_partitions(len(names)) if len(names) <= MOST_LISTS else None
    with progress(_("Following the ways to ally"), total) as advance:
        found = all_partitions(asked, among=names, progress=advance)
    return partitions_report(found, _, title=title)


@cli.command("margins")
@_with_election
@_with_size
@_plot
@_with_output
def margins_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    plot: Path | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say how many votes the seats of a COUNCIL hang on, list by list.

    \b
    kommunalvalg margins kv2025 Glostrup --plot glostrup.svg
    kommunalvalg margins --votes votes.csv --seats 19 --alliance A+F
    """  # noqa: D301 - click's mark for lines to be left as they are
    _ = language(lang)
    name, asked = _election(
        election, council, votes_file, seats=seats, alliances=alliances, thousands=thousands, encoding=encoding
    )
    title = _("{council}: how firm the seats are", council=name)
    found = margins(asked)
    _draw_picture(found, plot, lang)
    _show(margins_report(found, _, title=title), format_, output)


@cli.command("whatif")
@_with_election
@click.option(
    "--allied", type=_Allied(), multiple=True, metavar="A+F", help="With --votes: who stood together; repeatable."
)
@click.option("--without-alliances", "alone", is_flag=True, help="Every list by itself, and what each alliance did.")
@click.option(
    "--alliance",
    "alliances",
    type=_Allied(),
    multiple=True,
    metavar="A+F",
    help="These alliances, no others; repeatable.",
)
@click.option("--partner-for", "partner_for", metavar="LIST", help="Which partner would have served a list best.")
@click.option(
    "--all-among",
    type=_Allied(),
    metavar="A+F+V",
    help="Every way in which these lists, at most ten, could have allied.",
)
@click.option("--merge", type=_Allied(), metavar="A+F", help="These lists as one.")
@click.option("--seats", type=click.IntRange(min=1), help="Another number of seats; with --votes: how many there are.")
@click.option("--method", type=click.Choice([str(method) for method in Method]), help="Another method.")
@_with_output
def whatif_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    allied: tuple[tuple[str, ...], ...],
    alone: bool,  # noqa: FBT001 - click calls it by name
    alliances: tuple[tuple[str, ...], ...],
    partner_for: str | None,
    all_among: tuple[str, ...] | None,
    merge: tuple[str, ...] | None,
    seats: int | None,
    method: str | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say what the seats of a COUNCIL would be, were one thing another way.

    \b
    kommunalvalg whatif kv2025 Glostrup --without-alliances
    kommunalvalg whatif kv2025 Glostrup --alliance A+F+Ø --alliance C+V
    kommunalvalg whatif kv2025 Glostrup --partner-for B
    kommunalvalg whatif kv2025 Glostrup --all-among A+B+C+F+I+O+U+V
    kommunalvalg whatif --votes votes.csv --seats 19 --allied A+F --without-alliances
    """  # noqa: D301 - click's mark for lines to be left as they are
    _ = language(lang)
    size, another = (None, seats) if votes_file is None else (seats, None)
    name, asked = _election(
        election, council, votes_file, seats=size, alliances=allied, thousands=thousands, encoding=encoding
    )
    title = _("{council}: what if", council=name)
    questions: dict[str, Callable[[], Document]] = {
        "--without-alliances": lambda: alliance_effects(without_alliances(asked), _, title=title),
        "--alliance": lambda: what_if_report(with_alliances(asked, alliances), _, title=title),
        "--partner-for": lambda: partners_report(best_partner(asked, partner_for or ""), _, title=title),
        "--all-among": lambda: _all_partitions(asked, all_among or (), _, title),
        "--merge": lambda: what_if_report(merge_lists(asked, merge or ()), _, title=title),
        "--seats": lambda: what_if_report(other_size(asked, another or 0), _, title=title),
        "--method": lambda: what_if_report(other_method(asked, method or ""), _, title=title),
    }
    options = (partner_for, all_among, merge, another, method)
    given = (alone, alliances, *(option is not None for option in options))
    chosen = [question for question, is_given in zip(questions, given, strict=True) if is_given]
    if len(chosen) != 1:
        possible = [question for question in questions if question != "--seats" or votes_file is None]
        raise click.UsageError(f"ask one question at a time: {', '.join(possible)}")
    _show(questions[chosen[0]](), format_, output)


@cli.command("simulate")
@_with_election
@_with_size
@click.option("--poll", type=int, metavar="N", help="The votes are a poll: a random sample of so many voters.")
@click.option("--swing", metavar="2%", help="The shares swing, with this standard deviation.")
@click.option("-n", "times", type=int, default=10_000, show_default=True, help="How many elections to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same elections.")
@click.option("--majority", "majorities", multiple=True, metavar="A+F", help="Have these lists a majority? Repeatable.")
@_with_output
def simulate_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    poll: int | None,
    swing: str | None,
    times: int,
    seed: int,
    majorities: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say what seats a COUNCIL may come to, were its votes a poll, or were they to swing.

    \b
    kommunalvalg simulate kv2025 Fanø --poll 800 --majority B --majority B+C
    kommunalvalg simulate kv2025 København --swing 2% -n 100000
    kommunalvalg simulate --votes poll.csv --seats 19 --poll 800
    """  # noqa: D301 - click's mark for lines to be left as they are
    from kommunalvalg.analysis.simulation import Poll, UniformSwing, simulate  # noqa: PLC0415 - they need numpy
    from kommunalvalg.report.simulation import simulation_report  # noqa: PLC0415 - as above

    _ = language(lang)
    if (poll is None) == (swing is None):
        raise click.UsageError("say what is uncertain, by one of --poll N and --swing 2%")
    name, asked = _election(
        election, council, votes_file, seats=seats, alliances=alliances, thousands=thousands, encoding=encoding
    )
    together, lists = [_allied(text) for text in majorities], contest_of(asked).votes
    for unknown in {key for keys in together for key in keys if key not in lists}:
        raise click.UsageError(f"--majority names {unknown!r}; the lists are {listed(lists)}")
    if poll is not None:
        model: Poll | UniformSwing = Poll(poll)
        said = _("the shares of all voters, after a poll of {size} gave those of the election", size=poll)
    else:
        deviation = checked_share(swing, "--swing")
        model = UniformSwing(deviation)
        said = _(
            "the shares of the election, after a swing with a standard deviation of {swing}",
            swing=_.cell(deviation, Kind.SHARE),
        )
    with progress(_("Simulating"), times) as advance:
        found = simulate(asked, model, times, seed, progress=advance)
    title = _("{council}: simulated elections", council=name)
    _show(simulation_report(found, _, title=title, model=said, seed=seed, majorities=together), format_, output)


def _lose_no_sign() -> None:
    """Write UTF-8 to a file or a pipe, whatever the code page; to a terminal, the names of the signs it has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="namereplace")


def _by_option(message: str) -> str:
    """Name in an error the options in place of the functions' arguments: in its first word, or where no word is one."""

    def option(argument: re.Match[str]) -> str:
        return OPTIONS.get(argument[0].strip("`"), argument[0])

    return re.sub(r'^\w+(?= is | names )|\w+(?=\[")|`\w+`|\w+_\w+', option, message)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: the words after the program's name (default: those it was called with); without any, the help.
    """
    _lose_no_sign()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        status = cli.main(words or ["--help"], prog_name="kommunalvalg", standalone_mode=False)
    except click.exceptions.Abort as stopped:
        click.echo(f"kommunalvalg: {str(stopped.__cause__ or '') or 'stopped'}", err=True)
        status = 130
    except (click.ClickException, ElectionError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else _by_option(str(error))
        click.echo("kommunalvalg: " + " ".join(message.split()), err=True)
        status = BAD_INPUT
    except BrokenPipeError:
        # Whoever read the output has had enough of it; Python must not complain of that on its way out.
        sys.stderr.close()
        status = DONE
    sys.exit(status if isinstance(status, int) else DONE)
