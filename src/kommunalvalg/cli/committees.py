"""``committees``: the seats of a council's committees, and what may be claimed."""

from pathlib import Path

import click

from kommunalvalg.cli.options import explain_option, lots_of, with_lots
from kommunalvalg.cli.output import show, with_output
from kommunalvalg.constitution.claims import apply_claims
from kommunalvalg.constitution.committees import Transfer, elect_committees
from kommunalvalg.files.tables import counted
from kommunalvalg.report.constitution import committee_seats, committees_explained
from kommunalvalg.text import text as _
from kommunalvalg.votes import twice

__all__ = ["committees_command"]

ECONOMY = "Økonomiudvalget"
"""What økonomiudvalget is called, in every language."""


class _Spread(click.Command):
    """A command whose repeatable options also take several words at once: ``--seats 7 7 7``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        known = {name for option in options for name in option.opts}
        repeatable = {name for option in options if option.multiple for name in option.opts}
        spread: list[str] = []
        option, filled = "", True
        for word in args:
            name, sign, _rest = word.partition("=")
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


@click.command("committees", cls=_Spread, short_help="Distribute the seats of committees.")
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
@explain_option
@with_lots
@with_output
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
    if not seats and economy is None:
        raise click.UsageError("--seats has no committee; give the seats of each, for example --seats 7 7 5")
    if names and len(names) != len(seats):
        raise click.UsageError(f"--names has {len(names)} and --seats {len(seats)}; each committee has one of both")
    standing = names or tuple(_("Committee {number}", number=number).said(lang) for number in range(1, len(seats) + 1))
    named, sizes = ((ECONOMY, *standing), (economy, *seats)) if economy is not None else (standing, seats)
    if (again := twice(named)) is not None:
        raise click.UsageError(f"--names has {again}, which is another's; each committee has a name of its own")
    charter = dict(zip(named, sizes, strict=True))
    result = elect_committees(
        counted("groups", groups),
        charter,
        outside=() if economy_inside else None,
        council_size=council_size,
        lots=lots_of(seed, draws),
    )
    if claims or restore:
        transfers = [_transfer(claim) for claim in claims]
        result = apply_claims(result, transfers, restore=restore, accept_second=accept_second)
    document = committee_seats(result, accept_second=accept_second)
    document = committees_explained(result, document) if explain else document
    show(document, format_, lang, output, complete=result.complete)


def _transfer(text: str) -> Transfer:
    committee, *sides = text.rsplit(":", 2)
    if len(sides) != len(("giver", "receiver")):
        raise click.UsageError(f"--claim is {text!r}; write the committee, who gives and who receives: Kultur:a:b")
    return Transfer(committee, *sides)
