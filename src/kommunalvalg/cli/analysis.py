"""``margins``, ``whatif`` and ``simulate``: how firm seats are, and what they would be."""

import re
from typing import Any

import click

from kommunalvalg.cli.elections import Source, with_election, with_seats
from kommunalvalg.cli.language import Command, option
from kommunalvalg.cli.options import Allied, Choice, Whole, apart, majority_option, unquoted
from kommunalvalg.cli.output import Question, Questions, command
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.methods.registry import METHODS
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["margins_command", "simulate_command", "whatif_command"]


@command(
    "margins",
    does=N_("Say how many votes the seats of a COUNCIL hang on, list by list."),
    examples=(
        "kommunalvalg margins kv2025 Glostrup --plot glostrup.svg",
        "kommunalvalg margins kv2025 --all -o margins.csv",
        "kommunalvalg margins --votes votes.csv --seats 19 --alliance A+F",
    ),
    plot=True,
    table=True,
)
@with_election
@with_seats
def margins_command(**given: Any) -> Question | Questions:  # noqa: ANN401 - what click has read
    """Ask how firm the seats are."""
    return Source.taken_from(given).asked(
        lambda question, name: {"case": "margins", "of": question, "name": name}, _("How firm the seats are")
    )


class _WhatIf(Command):
    """Votes that are moved are votes changed, and errors name the option that was written."""

    @property
    def option_of(self) -> dict[str, str]:
        """Argument of a function -> the option that it comes from."""
        context = click.get_current_context(silent=True)
        given = context.params if context else {}
        written = [name for name, words in (("--change", "changes"), ("--move", "moves")) if given.get(words)]
        return {**super().option_of, "change": ", ".join(written) or "--change"}


@command(
    "whatif",
    cls=_WhatIf,
    does=N_("Say what the seats of a COUNCIL would be, were one thing another way."),
    examples=(
        "kommunalvalg whatif kv2025 Glostrup --without-alliances",
        "kommunalvalg whatif kv2025 Glostrup --alliance A+F+Ø --alliance C+V",
        "kommunalvalg whatif kv2025 Glostrup --partner-for B",
        "kommunalvalg whatif kv2025 Glostrup --change U=50",
        "kommunalvalg whatif kv2025 Glostrup --move A:U=50",
        "kommunalvalg whatif kv2025 Glostrup --all-among A+B+C+F+I+O+U+V",
        "kommunalvalg whatif kv2025 --all --without-alliances -o without.csv",
        "kommunalvalg whatif --votes votes.csv --seats 19 --alliance A+F --without-alliances",
    ),
    fields={"lists": "--merge", "list": "--partner-for", "among": "--all-among"},
    table=True,
)
@with_election
@option(
    "--alliance",
    "alliances",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help=N_(
        "The alliances: with --votes those that stand, where another question is asked of them; else these alliances "
        "and no others in place of those that stand. Repeatable."
    ),
)
@option("--without-alliances", "without", is_flag=True, help=N_("Every list by itself, and what each alliance did."))
@option("--instead", type=Allied(), multiple=True, metavar="A+F", help=N_("These alliances, no others; repeatable."))
@option("--partner-for", metavar=N_("LIST"), help=N_("Which partner would have served a list best."))
@option(
    "--all-among",
    type=Allied(),
    metavar="A+F+V",
    help=N_("Every way in which these lists, at most ten, could have allied."),
)
@option("--merge", type=Allied(), metavar="A+F", help=N_("These lists as one."))
@option(
    "--change",
    "changes",
    multiple=True,
    metavar="U=50",
    help=N_("So many votes more for a list, or fewer, as A=-50; repeatable."),
)
@option(
    "--move", "moves", multiple=True, metavar="A:U=50", help=N_("So many votes from one list to another; repeatable.")
)
@option("--seats", type=Whole(1), help=N_("Another number of seats; with --votes: how many there are."))
@option(
    "--method",
    type=Choice([*METHODS]),
    metavar=N_("METHOD"),
    help=N_("Another method."),
)
def whatif_command(
    without: bool,  # noqa: FBT001 - click calls it by name
    alliances: tuple[tuple[str, ...], ...],
    instead: tuple[tuple[str, ...], ...],
    partner_for: str | None,
    all_among: tuple[str, ...] | None,
    merge: tuple[str, ...] | None,
    changes: tuple[str, ...],
    moves: tuple[str, ...],
    seats: int | None,
    method: str | None,
    **given: Any,  # noqa: ANN401 - what click has read
) -> Question | Questions:
    """Ask what would have been."""
    of_votes = given["votes_file"] is not None
    asked: dict[str, Any] = {
        "without_alliances": without or None,
        "alliances": instead or None,
        "partner_for": partner_for,
        "among": all_among,
        "merge": merge,
        "change": _change(changes, moves) or None,
        "seats": None if of_votes else seats,
        "method": method,
    }
    questions = {name: value for name, value in asked.items() if value is not None}
    standing = alliances if of_votes and questions else ()
    if alliances and not standing:
        if "alliances" in questions:
            raise ElectionError("--alliance and --instead ask one thing; leave one of them out")
        questions["alliances"] = alliances
    if len(questions) != 1:
        options = [name for name in _QUESTIONS if not of_votes or name not in {"--seats", "--alliance"}]
        raise ElectionError("ask one question at a time: {questions}", questions=", ".join(options))
    (name,) = questions
    plain: dict[str, Any] = {name: list(questions[name]) if isinstance(questions[name], tuple) else questions[name]}
    source = Source.taken_from({**given, "seats": seats if of_votes else None, "alliances": standing})
    return source.asked(
        lambda question, called: {"case": "what-if", "of": question, "name": called, **plain}, _("What if")
    )


_QUESTIONS = (
    "--without-alliances",
    "--alliance",
    "--instead",
    "--partner-for",
    "--all-among",
    "--merge",
    "--change",
    "--move",
    "--seats",
    "--method",
)


def _change(changes: tuple[str, ...], moves: tuple[str, ...]) -> dict[str, int]:
    """Put votes that are more, fewer or moved together: list -> votes more."""
    together: dict[str, int] = {}
    for text in changes:
        name, number = _counted("--change", text, "U=50")
        together[name] = together.get(name, 0) + number
    for text in moves:
        names, number = _counted("--move", text, "A:U=50")
        parties = [unquoted(name) for name in apart(names, ":")]
        if len(parties) != 2:  # noqa: PLR2004 - from one to another
            raise _unread("--move", text, "A:U=50")
        for name, more in zip(parties, (-number, number), strict=True):
            together[name] = together.get(name, 0) + more
    return together


def _counted(option_: str, text: str, example: str) -> tuple[str, int]:
    name, sign, number = text.rpartition("=")
    digits = number.strip().replace("−", "-")
    if not sign or not re.fullmatch(r"[+-]?[0-9]{1,18}", digits):
        raise _unread(option_, text, example)
    return (name if ":" in example else unquoted(name)), int(digits)


def _unread(option_: str, text: str, example: str) -> VoteError:
    return VoteError(
        "{field} is {value}; write a list, an equals sign and votes, such as {example}",
        field=option_,
        value=text,
        example=example,
    )


@command(
    "simulate",
    does=N_(
        "Say what seats a COUNCIL may come to, were its votes a poll, or were they to swing; or, of an export of a "
        "night that is not over, with the areas that are not counted."
    ),
    examples=(
        "kommunalvalg simulate kv2025 Fanø --poll 800 --majority B --majority B+C",
        "kommunalvalg simulate kv2025 København --swing 2% -n 100000",
        "kommunalvalg simulate --votes poll.csv --seats 19 --poll 800",
        "kommunalvalg simulate Glostrup --export valgdk --majority A+C",
    ),
    fields={"sample": "--poll", "n": "-n"},
    plot=True,
    table=True,
)
@with_election
@with_seats
@option("--poll", type=Whole(), help=N_("The votes are a poll: a random sample of so many voters."))
@option("--swing", metavar="2%", help=N_("The shares swing, with this standard deviation."))
@option("-n", "times", type=Whole(), default=10_000, show_default=True, help=N_("How many elections to draw."))
@option(
    "--seed", default="1", show_default=True, metavar=N_("TEXT"), help=N_("The same seed draws the same elections.")
)
@majority_option
def simulate_command(
    poll: int | None,
    swing: str | None,
    times: int,
    seed: str,
    majorities: tuple[tuple[str, ...], ...],
    **given: Any,  # noqa: ANN401 - what click has read
) -> Question | Questions:
    """Ask what may come."""
    counted = poll is None and swing is None and given["folder"] is not None
    if not counted and (poll is None) == (swing is None):
        raise ElectionError(
            "say what is uncertain, by one of --poll N and --swing 2%; with --export FOLDER it is what is not counted "
            "yet"
        )
    source = Source.taken_from({**given, "partial": True} if counted else given)
    model = {"poll": poll} if swing is None else {"swing": swing}
    asked = {"n": times, "seed": seed, "majorities": [list(names) for names in majorities]}
    return source.asked(
        lambda question, name: {
            "case": "simulation",
            "of": question,
            "name": name,
            **asked,
            **(source.left(name) if counted else model),
        },
        _("Simulated elections"),
    )
