"""``committees``, ``deputies``, ``chairs``, ``balance``: what a council elects, and whether a slate is balanced."""

from collections.abc import Iterable
from typing import Any

import click

from kommunalvalg.cli.language import Command, option
from kommunalvalg.cli.options import Whole, apart, pairs, unquoted
from kommunalvalg.cli.output import Question, command
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.files.tables import counted
from kommunalvalg.text import N_
from kommunalvalg.votes import twice

__all__ = ["balance_command", "chairs_command", "committees_command", "deputies_command"]

ECONOMY = "Økonomiudvalget"
"""What økonomiudvalget is called, in every language."""


class _Spread(Command):
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


_GROUPS = option(
    "--groups",
    multiple=True,
    required=True,
    metavar=N_("NAME=MEMBERS..."),
    help=N_("The groups' members who take part."),
)


@command(
    "committees",
    cls=_Spread,
    does=N_("Distribute the seats of a council's committees, and say what may be claimed ({KSL-27})."),
    examples=(
        "kommunalvalg committees --groups a=16 b=15 --seats 7 7 7 7 7 7 --economy 9 --mayor a",
        "kommunalvalg committees --groups a=16 b=15 --seats 7 7 --names Kultur Teknik --claim Kultur:a:b",
        'kommunalvalg committees --groups a=10 b=10 --seats 3 --names Teknik --draw "Teknik: a"',
    ),
    fields={"placement": "--claim", "committees": "--names", "sizes": "--seats", "bodies": "--outside"},
    explain=True,
    lots=True,
)
@_GROUPS
@option("--seats", type=Whole(), multiple=True, metavar="N...", help=N_("The seats of each standing committee."))
@option("--names", multiple=True, metavar=N_("NAME..."), help=N_("The standing committees' names."))
@option("--economy", type=Whole(), help=N_("The seats of økonomiudvalget, which is outside the total."))
@option("--economy-inside", is_flag=True, help=N_("Count økonomiudvalget in the total."))
@option("--mayor", metavar=N_("GROUP"), help=N_("The mayor's group, which has the mayor's place in økonomiudvalget."))
@option(
    "--council-size",
    type=Whole(),
    help=N_("The members of the council, which the sizes are held against ({KSL-17-1})."),
)
@option(
    "--agreed",
    multiple=True,
    metavar=N_('"COMMITTEE: NAME=SEATS NAME=SEATS"'),
    help=N_("The seats of a committee that everybody agreed on instead of an election."),
)
@option(
    "--claim",
    "claims",
    multiple=True,
    metavar=N_("COMMITTEE:FROM:TO..."),
    help=N_("A seat that passes from one group to another ({KSL-27})."),
)
@option("--restore", multiple=True, metavar=N_("COMMITTEE..."), help=N_("Where a majority that is lost is restored."))
@option(
    "--accept-second",
    multiple=True,
    metavar=N_("NAME..."),
    help=N_("Who takes a second seat in one committee."),
)
@option("--placements", is_flag=True, help=N_("Show every way to place the seats that may be claimed."))
@option(
    "--outside",
    multiple=True,
    metavar=N_("BODY=SEATS..."),
    help=N_("A body beside the committees, elected by itself by the same groups."),
)
def committees_command(
    groups: tuple[str, ...],
    seats: tuple[int, ...],
    names: tuple[str, ...],
    economy: int | None,
    economy_inside: bool,  # noqa: FBT001 - click calls it by name
    mayor: str | None,
    council_size: int | None,
    agreed: tuple[str, ...],
    claims: tuple[str, ...],
    restore: tuple[str, ...],
    accept_second: tuple[str, ...],
    placements: bool,  # noqa: FBT001 - click calls it by name
    outside: tuple[str, ...],
) -> Question:
    """Ask for the seats of the committees."""
    if not seats and economy is None and not outside:
        raise ElectionError("--seats has no committee; give the seats of each, for example --seats 7 7 5")
    if names and len(names) != len(seats):
        raise ElectionError(
            "--names has {names} and --seats {seats}; each committee has one of both",
            names=len(names),
            seats=len(seats),
        )
    named = {ECONOMY: economy} if economy is not None else {}
    if (again := twice([*named, *names])) is not None:
        raise ElectionError("--names has {name}, which is another's; each committee has a name of its own", name=again)
    question: dict[str, Any] = {
        "case": "committees",
        "groups": pairs(counted("--groups", groups)),
        "committees": pairs({**named, **dict(zip(names, seats, strict=False))}),
        "sizes": [] if names else list(seats),
        "accept_second": list(accept_second),
        "placements": placements,
        "bodies": dict(counted("--outside", outside)),
        "agreed": dict(map(_agreed, agreed)),
    }
    optional: dict[str, Any] = {"mayor": mayor, "council_size": council_size, "outside": [] if economy_inside else None}
    question |= {field: value for field, value in optional.items() if value is not None}
    if claims or restore:
        transfers = [_transfer(claim) for claim in claims]
        question["claims"] = [{"transfers": transfers, "restore": list(restore), "accept_second": list(accept_second)}]
    return question


def _agreed(text: str) -> tuple[str, dict[str, int]]:
    committee, *counts = apart(text, ":")
    if len(counts) != 1:
        raise VoteError(
            "{field} is {value}; write the committee, a colon, and the seats of each group: {example}",
            field="--agreed",
            value=text,
            example='"Teknik: a=4 b=3"',
        )
    return unquoted(committee), dict(counted("--agreed", [unquoted(word) for word in apart(counts[0], " ") if word]))


def _transfer(text: str) -> dict[str, str]:
    committee, *sides = map(unquoted, _last_two(apart(text, ":")))
    if len(sides) != len(("giver", "receiver")):
        raise VoteError(
            "{field} is {value}; write the committee, who gives and who receives: Kultur:a:b",
            field="--claim",
            value=text,
        )
    return {"committee": committee, "giver": sides[0], "receiver": sides[1]}


def _last_two(parts: list[str]) -> Iterable[str]:
    """Put a name with colons in it together again: the last two parts are the groups."""
    return [":".join(parts[:-2]), *parts[-2:]] if len(parts) > len(("giver", "receiver")) else parts


@command(
    "deputies",
    cls=_Spread,
    does=N_("Elect the mayor's two deputies by forholdstalsvalg ({KSL-24-3}): which group names each."),
    examples=("kommunalvalg deputies --groups a=16 b=15",),
    explain=True,
    lots=True,
)
@_GROUPS
@option("--posts", type=Whole(), help=N_("How many deputies, where the charter has another number than two."))
def deputies_command(groups: tuple[str, ...], posts: int | None) -> Question:
    """Ask which groups name the deputies."""
    return {"case": "deputies", "groups": pairs(counted("--groups", groups)), "posts": posts}


@command(
    "chairs",
    cls=_Spread,
    does=N_("Let the groups pick the chairs of the standing committees in their order ({KSL-65})."),
    examples=(
        "kommunalvalg chairs --groups a=16 b=15 --committees 4 --mayors-group a",
        'kommunalvalg chairs --groups a=16 b=15 --committees 4 --mayors-group a --pick "Kultur: Medlem 7"',
        "kommunalvalg chairs --groups a=16 b=15 --committees 4 --together",
    ),
    fields={"pick": "--pick"},
    explain=True,
    lots=True,
)
@_GROUPS
@option("--committees", type=Whole(), required=True, help=N_("How many standing committees there are."))
@option(
    "--mayors-group",
    metavar=N_("GROUP"),
    help=N_("The mayor's group, whose first post of chair is the mayor's."),
)
@option("--together", is_flag=True, help=N_("The charter has mayor and chairs elected together ({KSL-65-5})."))
@option("--mayor", default="", metavar=N_("NAME"), help=N_("The mayor, who leads no committee beside økonomiudvalget."))
@option(
    "--pick",
    "picks",
    multiple=True,
    metavar=N_('"COMMITTEE: MEMBER"'),
    help=N_("What the groups have picked so far, in their order."),
)
def chairs_command(
    *,
    groups: tuple[str, ...],
    committees: int,
    mayors_group: str | None,
    together: bool,
    mayor: str,
    picks: tuple[str, ...],
) -> Question:
    """Ask which group picks which chair."""
    if (mayors_group is None) is not together:
        message = N_("give {field}, or --together")
        if together:
            message = N_("{field} is {value}, and --together says that the chairs' election names it; give one of them")
        raise VoteError(message, field="--mayors-group", value=mayors_group)
    return {
        "case": "chairs",
        "groups": pairs(counted("--groups", groups)),
        "committees": committees,
        "mayors_group": mayors_group,
        "mayor": mayor,
        "picks": list(map(_pick, picks)),
    }


def _pick(text: str) -> list[str]:
    pick = [unquoted(part) for part in apart(text, ":")]
    if len(pick) != len(("committee", "member")):
        raise VoteError(
            "{field} is {value}; write the committee, a colon, and who leads it", field="--pick", value=text
        )
    return pick


@command(
    "balance",
    does=N_("Say whether as many women as men are proposed for a body ({LIGE-10a})."),
    examples=("kommunalvalg balance --women 3 --men 4",),
)
@option("--women", type=Whole(), required=True, help=N_("How many women are proposed."))
@option("--men", type=Whole(), required=True, help=N_("How many men are proposed."))
@option("--year", type=Whole(), help=N_("The year whose law it is; without it, the law as it is known."))
def balance_command(women: int, men: int, year: int | None) -> Question:
    """Ask whether a slate is balanced."""
    return {"case": "balance", "women": women, "men": men, **({} if year is None else {"day": year})}
