"""``council``, ``check`` and ``vacancies``: whole elections, whether they come out as published, who enters later."""

from pathlib import Path
from typing import Any

from kommunalvalg.cli.elections import Source, everywhere_option, export_option, read_export, with_council
from kommunalvalg.cli.language import argument, option
from kommunalvalg.cli.options import apart, unquoted
from kommunalvalg.cli.output import Question, Questions, command
from kommunalvalg.dates import day_of
from kommunalvalg.errors import VoteError
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import meant

__all__ = ["check_command", "council_command", "vacancies_command"]


@command(
    "council",
    does=N_("Print the result of one COUNCIL of an ELECTION: seats, elected, substitutes, open lots; or its protocol."),
    examples=(
        "kommunalvalg council kv2025 Fanø",
        "kommunalvalg council kv2025 Fanø --explain --plot fanø.svg",
        "kommunalvalg council kv2025 Læsø --draw C-4,C-7:C-7 --draw V-2,V-5:V-5",
        "kommunalvalg council kv2025 --all -o councils.csv",
        "kommunalvalg council Nyby --export valgdk.zip",
    ),
    explain=True,
    plot=True,
    lots=True,
    table=True,
)
@with_council
@everywhere_option
def council_command(**given: Any) -> Question | Questions:  # noqa: ANN401 - what click has read
    """Ask for the result of a council, or of all."""
    return Source.taken_from(given).asked(lambda question, _name: question, _("The councils"))


@command(
    "check",
    does=N_(
        "Compute every council of an ELECTION and compare it with what was published; without one, everything official "
        "that is in the package, and what else the tests hold. Exit status 1 tells that something differs."
    ),
    examples=(
        "kommunalvalg check",
        "kommunalvalg check kv2025",
        "kommunalvalg check rv2025",
        "kommunalvalg check kv2025 --export valgdk.zip",
    ),
)
@argument("election", required=False, metavar=N_("[ELECTION]"))
@export_option
def check_command(election: str | None, folder: Path | None) -> Question:
    """Ask whether an election comes out, or all of them."""
    if folder is None:
        return {"case": "check", "election": election}
    return {"case": "check", "election": election or folder.name, "export": read_export(folder)}


_EVENTS = {
    "leaves": "leaves",
    "udtræder": "leaves",
    "dies": "leaves",
    "dør": "leaves",
    "absent": "absent",
    "fraværende": "absent",
    "forfald": "absent",
    "returns": "returns",
    "vender tilbage": "returns",
    "tilbage": "returns",
    "moves away": "moves away",
    "fraflytter": "moves away",
    "moves back": "moves back",
    "flytter tilbage": "moves back",
    "exempted": "exempted",
    "fritages": "exempted",
    "election invalid": "election invalid",
    "valget ugyldigt": "election invalid",
    "loses eligibility": "loses eligibility",
    "mister valgbarhed": "loses eligibility",
    "regains eligibility": "regains eligibility",
    "genvinder valgbarhed": "regains eligibility",
    "off the list": "off the list",
    "udgår af listen": "off the list",
}
"""What can happen, in words of either language, also those of a meeting's file -> what it is called."""


@command(
    "vacancies",
    does=N_("Say who enters a COUNCIL when members leave it or are absent, in the order of the changes."),
    examples=(
        'kommunalvalg vacancies kv2025 Fanø --change "udtræder: B-1"',
        'kommunalvalg vacancies kv2025 Fanø --change "fraværende: B-1" --change "vender tilbage: B-1"',
        'kommunalvalg vacancies kv2025 Fanø --change "2025-12-08 fritages: B-1"',
    ),
    explain=True,
    lots=True,
    fields={"candidate": "--change", "day": "--change"},
)
@with_council
@option(
    "--change",
    "changes",
    multiple=True,
    required=True,
    metavar=N_('"EVENT: CANDIDATE"'),
    help=N_(
        "What happened, repeatable and in order: leaves, absent, returns, moves away, moves back, exempted, election "
        "invalid, loses eligibility, regains eligibility, off the list; a day in front where one is known; EVENT: "
        "LIST: CANDIDATE where the name stands on several lists."
    ),
)
def vacancies_command(changes: tuple[str, ...], **given: Any) -> Question | Questions:  # noqa: ANN401 - as above
    """Ask who sits after some changes."""
    told = [_change(text) for text in changes]
    return Source.taken_from(given).asked(
        lambda question, _name: {"case": "vacancies", "of": question, "changes": told}, _("The councils")
    )


def _change(text: str) -> dict[str, str]:
    event, *who = (unquoted(part) for part in apart(text, ":"))
    day, _space, rest = event.partition(" ")
    dated = {"day": day} if day[:1].isdigit() else {}
    if dated and day_of(day) is None:
        raise VoteError(
            "{field} is {value}; a day is written year first, '{example}'",
            field="--change",
            value=text,
            example="2026-01-26",
        )
    event = rest.strip() if dated else event
    if event.casefold() not in _EVENTS or len(who) not in {1, 2}:
        raise VoteError(
            "{field} is {value}; write what happened, a colon, and to whom, such as {example}; it is one of {events}",
            field="--change",
            value=text,
            example=_('"leaves: B-1"'),
            events=meant(
                _(
                    "leaves, absent, returns, moves away, moves back, exempted, election invalid, loses eligibility, "
                    "regains eligibility, off the list"
                ),
                event.casefold(),
                _EVENTS,
            ),
        )
    names = dict(zip(("key", "candidate")[-len(who) :], who, strict=True))
    return {"event": _EVENTS[event.casefold()], **names, **dated}
