"""``constitute``: a whole meeting from one file, told as one protocol."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from kommunalvalg import data
from kommunalvalg.cli.options import lots_of
from kommunalvalg.cli.output import LOT_OPEN, NewFile, show, with_output
from kommunalvalg.errors import ElectionError
from kommunalvalg.evening.changes import EveningChangesCase
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.files import MeetingCase, read_evening, read_meeting
from kommunalvalg.evening.new import elected_members, new_file, new_workbook, substitutes_of
from kommunalvalg.evening.term import TermCase
from kommunalvalg.lots import Case, Lots, settle
from kommunalvalg.report.results import document, summary

__all__ = ["constitute_command"]

R = TypeVar("R")


@click.command("constitute", short_help="Tell a whole first meeting from one file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--brief", is_flag=True, help="Only what was elected, what comes next, and who sits where.")
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="BEFORE",
    help="Say what changed since this file, and what did not.",
)
@click.option(
    "--as-of",
    metavar="DAY",
    help="Print the register of places on this day of the term, 2027-03-01, after the events of the file.",
)
@click.option("--new", type=NewFile(), metavar="FILE", help="Write a file to begin with: .toml, .json or .xlsx.")
@click.option("--council", metavar="NAME", help="With --new: the council whose members were elected.")
@click.option("--election", default="kv2025", show_default=True, help="With --new: the election.")
@click.option("--seed", help="Draw the lots that are open by the published procedure, from this seed.")
@with_output
def constitute_command(
    file: Path | None,
    brief: bool,  # noqa: FBT001 - click calls it by name
    compare: Path | None,
    as_of: str | None,
    new: Path | None,
    council: str | None,
    election: str,
    seed: str | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Tell a whole meeting from one FILE (.toml, .json or .xlsx): a council's first, a region's, a KKR's.

    \b
    kommunalvalg constitute nyby.toml -o protokol.docx
    kommunalvalg constitute nyby.toml --brief
    kommunalvalg constitute nyby.toml --compare before.toml
    kommunalvalg constitute nyby.toml --as-of 2031-03-01
    kommunalvalg constitute --new nyby.toml --council Fanø
    """  # noqa: D301 - click's mark for lines to be left as they are
    if new is not None:
        _begin(new, council, election)
        return
    if file is None:
        raise click.UsageError("give the FILE of a meeting")
    if compare is not None:
        changes = EveningChangesCase(before=_evening(compare, lang), after=_evening(file, lang))
        show(document(_settled(changes, file, lang)), format_, lang, output)
    if as_of is not None:
        with _of(file, lang):
            term = TermCase(evening=read_evening(file), day=as_of)
        show(document(_settled(term, file, lang)), format_, lang, output)
    result = _settled(_read(file, lang), file, lang, lots_of(seed, ()))
    told = summary(result) if brief else document(result)
    show(told, format_, lang, output, status=None if result.complete else LOT_OPEN)


def _begin(file: Path, council: str | None, election: str) -> None:
    """Write a file to begin with, filled from an election where one is named."""
    if council is None:
        raise click.UsageError("--new needs --council NAME, whose members it begins with")
    elected = data.result(election, council)
    name, year, members = elected.case.name, elected.case.year, elected_members(elected)
    substitutes = substitutes_of(elected)
    if file.exists():
        raise click.UsageError(f"{file} is there already; give a new name")
    if file.suffix.lower() == ".xlsx":
        file.write_bytes(new_workbook(name, members, year=year, substitutes=substitutes))
        return
    text = new_file(name, members, year=year, substitutes=substitutes)
    if file.suffix.lower() == ".json":
        text = json.dumps(tomllib.loads(text), ensure_ascii=False, indent=2, default=str) + "\n"
    file.write_text(text, encoding="utf-8")


@contextmanager
def _of(file: Path, lang: str) -> Iterator[None]:
    """Say what is refused with the file's name, in the language of the run."""
    try:
        yield
    except ElectionError as error:
        raise click.UsageError(f"{file.name}: {error.said(lang)}") from error


def _read(file: Path, lang: str) -> MeetingCase:
    with _of(file, lang):
        return read_meeting(file)


def _evening(file: Path, lang: str) -> EveningCase:
    with _of(file, lang):
        return read_evening(file)


def _settled(case: Case[R], file: Path, lang: str, lots: Lots = None) -> R:
    with _of(file, lang):
        return settle(case, lots)
