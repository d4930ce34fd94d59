"""``dhondt`` and ``majority``: a distribution, and an election of one person."""

import re
from pathlib import Path
from typing import Any

from kommunalvalg.cli.language import argument, option
from kommunalvalg.cli.options import (
    Choice,
    Whole,
    alliance_option,
    apart,
    encoding_option,
    pairs,
    thousands_option,
    unquoted,
    votes_option,
)
from kommunalvalg.cli.output import Question, command, warn
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.files.tables import VOTES, counted, read_table
from kommunalvalg.methods.quotients import DIVISORS
from kommunalvalg.text import N_

__all__ = ["dhondt_command", "majority_command"]

HYPHENED = "sainte-lague"
"""A second spelling that is understood."""


@command(
    "dhondt",
    does=N_("Distribute seats among NAME=VOTES, or the votes of a file, by d'Hondt."),
    examples=(
        "kommunalvalg dhondt A=11 B=8 C=2 --seats 9",
        "kommunalvalg dhondt A=40 C=34 F=26 --seats 5 --alliance A+F",
        "kommunalvalg dhondt --votes votes.csv --seats 9",
    ),
    explain=True,
    plot=True,
    lots=True,
)
@argument("votes", nargs=-1, metavar=N_("[NAME=VOTES...]"))
@votes_option
@option("--seats", type=Whole(), required=True, help=N_("How many seats to award."))
@alliance_option
@option("--held", multiple=True, metavar=N_("NAME=SEATS"), help=N_("Seats that a name already holds; repeatable."))
@option("--capacity", multiple=True, metavar=N_("NAME=SEATS"), help=N_("The most that a name can hold; repeatable."))
@option(
    "--method",
    type=Choice([*DIVISORS, HYPHENED]),
    metavar=f"[{'|'.join(DIVISORS)}]",
    default="dhondt",
    show_default=True,
    help=N_("The divisors; the others are there for comparison."),
)
@encoding_option
@thousands_option
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
) -> Question:
    """Ask for a distribution by divisors, or for a forholdstalsvalg where names stand together."""
    if bool(votes) == (votes_file is not None):
        raise ElectionError("give the votes as NAME=VOTES, for example A=11 B=8, or as --votes FILE")
    if votes_file is None:
        counts = counted("votes", votes, thousands=thousands)
    else:
        counts = read_table(votes_file, VOTES, thousands=thousands, encoding=encoding)
        warn(counts.warnings)
    question: dict[str, Any] = {"votes": pairs(counts), "seats": seats}
    if capacity:
        question["capacity"] = dict(counted("--capacity", capacity))
    if not alliances:
        return {
            "case": "divisor",
            "divisors": method.replace("-", "_"),
            "held": dict(counted("--held", held)),
            **question,
        }
    if held or method != "dhondt":
        raise ElectionError("--alliance goes with d'Hondt and without --held")
    return {"case": "proportional", "alliances": [list(names) for names in alliances], **question}


@command(
    "majority",
    does=N_("Elect one person by flertalsvalg: say who is elected, or what comes next."),
    examples=(
        "kommunalvalg majority --present 21",
        'kommunalvalg majority --present 21 --ballot "Anna=10 Bo=8 Carl=3" --ballot "Anna=10 Bo=8 Carl=3"',
        """kommunalvalg majority --present 21 --ballot '"Navn, Et"=11 Bo=10' --title "Valg af borgmester\"""",
    ),
    fields={"ballot": "--ballot"},
    explain=True,
    lots=True,
)
@option("--present", type=Whole(), required=True, help=N_("The members present."))
@option(
    "--ballot",
    "ballots",
    multiple=True,
    metavar='"A=10 B=8"',
    help=N_(
        "The votes of one ballot, those of the first first; repeatable. A name with a comma stands in double quotation "
        "marks. An empty one: everybody abstained."
    ),
)
@option(
    "--base",
    type=Choice(("present", "cast")),
    default="present",
    show_default=True,
    help=N_("What ballots 1 and 2 need more than half of; by the law the members present."),
)
@option("--council-size", type=Whole(), help=N_("The members of the council, of whom at least half are to be present."))
def majority_command(present: int, ballots: tuple[str, ...], base: str, council_size: int | None) -> Question:
    """Ask who is elected to one post."""
    counts = [dict(counted(f"--ballot {number}", _pairs(number, text))) for number, text in enumerate(ballots, start=1)]
    question: Question = {"case": "majority", "present": present, "ballots": counts, "base": base}
    return question if council_size is None else {**question, "case": "post", "council_size": council_size}


def _pairs(number: int, text: str) -> list[str]:
    """Split "Anna Hansen=10 Bo=8" into its counts; a name may have spaces, and in quotation marks all signs."""
    if len(apart(text, ",")) > 1:
        raise VoteError(
            "{field} is {value}; a space and no comma stands between the counts, and a name with a comma in double "
            'quotation marks: "Navn, Et"=10 Bo=8',
            field=f"--ballot {number}",
            value=text,
        )
    pairs: list[str] = []
    words: list[str] = []
    for word in apart(re.sub(r"\s*=\s*", "=", text).strip(), " "):
        if word:
            words.append(word)
        if len(sides := apart(word, "=")) > 1:
            *names, count = sides
            pairs.append(f"{unquoted(' '.join([*words[:-1], '='.join(names)]))}={count}")
            words = []
    return [*pairs, " ".join(words)] if words else pairs
