"""``constitute``: a whole meeting from one file, told as one protocol."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from kommunalvalg.ask import Answer, answer
from kommunalvalg.ask.answers import told
from kommunalvalg.cli.language import argument, option
from kommunalvalg.cli.options import FILE
from kommunalvalg.cli.output import DONE, NewFile, command
from kommunalvalg.errors import DataError, ElectionError
from kommunalvalg.files.writing import write_whole
from kommunalvalg.text import N_
from kommunalvalg.votes import listed

__all__ = ["constitute_command"]


@command(
    "constitute",
    does=N_(
        "Tell a whole meeting from one FILE (.toml, .json or .xlsx): a council's first meeting, a region's, a KKR's. A "
        "half-filled file says what comes next."
    ),
    examples=(
        "kommunalvalg constitute nyby.toml -o protokol.docx",
        "kommunalvalg constitute nyby.toml --brief",
        "kommunalvalg constitute nyby.toml --compare before.toml",
        "kommunalvalg constitute nyby.toml --as-of 2031-03-01",
        "kommunalvalg constitute --new nyby.toml --council Fanø",
    ),
)
@argument("file", type=FILE, required=False, metavar=N_("FILE"))
@option("--brief", is_flag=True, help=N_("Only what was elected, what comes next, and who sits where."))
@option("--compare", type=FILE, metavar=N_("FILE"), help=N_("Say what changed since this file, and what did not."))
@option(
    "--as-of", metavar=N_("DAY"), help=N_("Print the register of places on this day of the term, such as 2031-03-01.")
)
@option("--new", type=NewFile(), metavar=N_("FILE"), help=N_("Write a file to begin with: .toml, .json or .xlsx."))
@option("--council", metavar=N_("NAME"), help=N_("With --new: the council whose members were elected."))
@option("--election", default="kv2025", show_default=True, help=N_("With --new: the election."))
@option("--seed", metavar=N_("TEXT"), help=N_("Draw open lots by the published procedure, from this seed."))
def constitute_command(
    *,
    file: Path | None,
    brief: bool,
    compare: Path | None,
    as_of: str | None,
    new: Path | None,
    council: str | None,
    election: str,
    seed: str | None,
) -> Answer:
    """Hold the meeting of a file, and tell it, or what changed in it, or the term after it."""
    from kommunalvalg.evening.changes import EveningChangesCase  # noqa: PLC0415 - imported when it is called
    from kommunalvalg.evening.files import read_evening, read_meeting  # noqa: PLC0415
    from kommunalvalg.evening.term import TermCase  # noqa: PLC0415

    if new is not None:
        _begin(new, council, election)
        raise click.exceptions.Exit(DONE)
    if file is None:
        raise ElectionError("give the FILE of a meeting, or --new FILE to write one to begin with")
    if compare is not None:
        with _of(compare):
            before = read_evening(compare)
    with _of(file):
        case: object
        if compare is not None:
            case = EveningChangesCase(before=before, after=read_evening(file))
        elif as_of is not None:
            case = TermCase(evening=read_evening(file), day=as_of)
        else:
            case = read_meeting(file)
        reply = answer({"case": case, "seed": seed})
    return attrs.evolve(reply, tell=lambda _full: told(reply.result, not brief))


def _begin(file: Path, council: str | None, election: str) -> None:
    """Write a file to begin with, filled from an election."""
    from kommunalvalg import data  # noqa: PLC0415 - imported when it is called
    from kommunalvalg.elections.figures import is_regional  # noqa: PLC0415
    from kommunalvalg.evening.new import FORMS, NewMeeting  # noqa: PLC0415

    if council is None:
        raise ElectionError("--new needs --council NAME, whose members it begins with")
    suffix = file.suffix.lower()
    if suffix not in FORMS:
        raise ElectionError(
            "{file} ends with {value}; a file to begin with is {known}",
            field="--new",
            value=suffix,
            file=file.name,
            known=listed(FORMS, suffix),
        )
    if file.exists():
        raise ElectionError("{file} is there already; give a new name", file=str(file))
    elected = data.result(election, council)
    write_whole(file, FORMS[suffix](NewMeeting.of(elected, region=is_regional(election))))


@contextmanager
def _of(file: Path) -> Iterator[None]:
    """Say what is refused with the file's name, which an error about the file itself says."""
    try:
        yield
    except ElectionError as error:
        if error.field in {str(file), file.name}:
            raise
        raise DataError(
            "{file}: {problem}",
            file=file.name,
            problem=error.text,
            rule=error.rule,
            when=error.when,
            figure=error.figure,
        ) from error
