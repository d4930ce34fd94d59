"""What several commands take: votes, names that stand together, lots."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kommunalvalg import data
from kommunalvalg.analysis.cases import Contested
from kommunalvalg.cli.output import NewFile
from kommunalvalg.errors import VoteError
from kommunalvalg.files.fields import whole_number
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.lots import Draw, Lots, seeded
from kommunalvalg.methods.alliances import proportional_election

__all__ = [
    "Allied",
    "Count",
    "allied",
    "election_of",
    "encoding_option",
    "explain_option",
    "lots_of",
    "plot_option",
    "thousands_option",
    "votes_option",
    "with_election",
    "with_lots",
    "with_size",
]

_F = TypeVar("_F", bound=Callable[..., Any])


class Count(click.ParamType):  # type: ignore[type-arg]  # older releases of click take none
    """A whole number, 0 or more; with --thousands, 1.234 too."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's
        """Read the number."""
        try:
            return whole_number(str(value), thousands=bool(ctx and ctx.params.get("thousands")))
        except VoteError as error:
            self.fail(str(error), param, ctx)


class Allied(click.ParamType):  # type: ignore[type-arg]  # older releases of click take none
    """Names that stand together: "A+F", or "A + F"; a name with a plus in it stands in quotation marks."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401 - click's
        """Take the names apart; names between commas are refused with how they are written."""
        names = allied(str(value))
        if len(names) == 1 and "," in names[0]:
            joined = "+".join(name.strip() for name in names[0].split(","))
            self.fail(f"{value!r} is one name; a plus joins names that stand together: {joined}", param, ctx)
        return names


def allied(text: str) -> tuple[str, ...]:
    """Take names that stand together apart.

    >>> allied("A + F"), allied('"Pro+Contra"+F')
    (('A', 'F'), ('Pro+Contra', 'F'))
    """
    return tuple(unquoted(name) for name in apart(text, "+"))


def apart(text: str, sign: str) -> list[str]:
    """Take a text apart at each of a sign that stands outside double quotation marks.

    >>> apart('"Venstre, Danmarks Liberale Parti",K', ",")
    ['"Venstre, Danmarks Liberale Parti"', 'K']
    """
    return re.split(rf'{re.escape(sign)}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def unquoted(name: str) -> str:
    """Give a name without the blanks and the double quotation marks around it; two of them inside are one.

    >>> unquoted(' "Venstre, Danmarks Liberale Parti" '), unquoted('"Den ""nye"" liste"')
    ('Venstre, Danmarks Liberale Parti', 'Den "nye" liste')
    """
    name = name.strip()
    quoted = len(name) > 1 and name.startswith('"') and name.endswith('"')
    return name[1:-1].replace('""', '"') if quoted else name


def with_lots(command: _F) -> _F:
    """Add the options by which lots come in."""
    for option in (
        click.option("--seed", help="Draw open lots by the published procedure, from this seed."),
        click.option(
            "--draw",
            "draws",
            multiple=True,
            metavar="A,B:B",
            help="A lot that was drawn: who took part, a colon, who won; names with a comma or colon in double "
            "quotation marks. Repeat it for the next lot, in order.",
        ),
    ):
        command = option(command)
    return command


votes_option = click.option("--votes", "votes_file", type=click.Path(path_type=Path), help="A CSV file: party, votes.")
encoding_option = click.option("--encoding", default="utf-8", show_default=True, help="The encoding of the files.")
thousands_option = click.option("--thousands", is_flag=True, is_eager=True, help="Read 1.234 as 1234.")
explain_option = click.option(
    "--explain", is_flag=True, help="Show every step: the quotients, the provisions, what is next."
)
plot_option = click.option(
    "--plot",
    type=NewFile(),
    metavar="FILE.svg",
    help="Draw a picture into this file: SVG, PNG or PDF.",
)


def with_election(command: _F) -> _F:
    """Add what says which election is asked about: a council's, or votes from a file."""
    for option in (thousands_option, encoding_option, votes_option):
        command = option(command)
    for name in ("council", "election"):
        command = click.argument(name, required=False)(command)
    return command


def with_size(command: _F) -> _F:
    """Add the seats and the alliances of an election whose votes come from a file."""
    for option in (
        click.option(
            "--alliance",
            "alliances",
            type=Allied(),
            multiple=True,
            metavar="A+F",
            help="With --votes: who stand together; repeatable.",
        ),
        click.option("--seats", type=int, help="With --votes: how many seats there are."),
    ):
        command = option(command)
    return command


def election_of(
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


def lots_of(seed: str | None, draws: tuple[str, ...]) -> Lots:
    """Give where lots come from: a seed, the draws as they are written, or nowhere.

    >>> lots_of(None, ("A,B:B",))
    [Draw(among=('A', 'B'), chosen=('B',))]
    >>> lots_of(None, ('"Ja, tak: nu",K:K',))[0].among
    ('Ja, tak: nu', 'K')
    """
    if seed is not None and draws:
        raise click.UsageError("--seed and --draw: lots come from one of them")
    if seed is not None:
        return seeded(seed)
    return [_draw(text) for text in draws]


def _draw(text: str) -> Draw:
    sides = apart(text, ":")
    if len(sides) != len(("among", "chosen")):
        raise click.UsageError(
            f"--draw is {text!r}; write who took part, a colon, and who won: A,B:B; "
            'a name with a comma or a colon in it stands in quotation marks: "Ja, tak",B:B'
        )
    among, chosen = ([unquoted(name) for name in apart(side, ",")] for side in sides)
    return Draw(among, chosen)
