"""``dhondt`` and ``majority``: a distribution, and an election of one person."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from kommunalvalg.cli.options import (
    Allied,
    encoding_option,
    explain_option,
    lots_of,
    plot_option,
    thousands_option,
    votes_option,
    with_lots,
)
from kommunalvalg.cli.output import draw_picture, show, with_output
from kommunalvalg.files.tables import VOTES, counted, read_table
from kommunalvalg.methods.alliances import proportional_election
from kommunalvalg.methods.divisor import adams, dhondt, sainte_lague
from kommunalvalg.methods.majority import Base, majority_election
from kommunalvalg.report.constitution import flertalsvalg, flertalsvalg_explained
from kommunalvalg.report.distribution import distribution, explained_allocation, explained_election, forholdstalsvalg

__all__ = ["dhondt_command", "majority_command"]

DIVISORS = {"dhondt": dhondt, "sainte_lague": sainte_lague, "adams": adams}
"""The methods of ``dhondt``, named as everywhere."""

HYPHENED = "sainte-lague"
"""A second spelling that is understood."""


@click.command("dhondt", short_help="Distribute seats by d'Hondt.")
@click.argument("votes", nargs=-1, metavar="[NAME=VOTES...]")
@votes_option
@click.option("--seats", type=int, required=True, help="How many seats to award.")
@click.option(
    "--alliance",
    "alliances",
    type=Allied(),
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
@encoding_option
@thousands_option
@explain_option
@plot_option
@with_lots
@with_output
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
    lots = lots_of(seed, draws)
    if alliances:
        if held or method != "dhondt":
            raise click.UsageError("--alliance goes with d'Hondt and without --held")
        members = alliances
        election = proportional_election(counts, seats, alliances=members, capacity=limits, lots=lots)
        draw_picture(election, plot, lang)
        document = explained_election(election) if explain else forholdstalsvalg(election)
        show(document, format_, lang, output, complete=election.complete)
    distribute = DIVISORS[method.replace("-", "_")]
    allocation = distribute(counts, seats, held=counted("held", held), capacity=limits, lots=lots)
    draw_picture(allocation, plot, lang)
    document = explained_allocation(allocation) if explain else distribution(allocation)
    show(document, format_, lang, output, complete=allocation.complete)


@click.command("majority", short_help="Elect one person by flertalsvalg.")
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
@explain_option
@with_lots
@with_output
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
    election = majority_election(held, present=present, base=base, lots=lots_of(seed, draws))
    document = flertalsvalg(election)
    document = flertalsvalg_explained(election, document) if explain else document
    show(document, format_, lang, output, complete=election.complete)


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
