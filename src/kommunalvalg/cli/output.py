"""What every command has in common at its end: the format, the file, the picture, the exit status."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kommunalvalg.report.documents import Document
from kommunalvalg.report.language import LANGUAGES, language
from kommunalvalg.report.pictures import save
from kommunalvalg.report.rendering import FORMATS, render
from kommunalvalg.report.spreadsheets import workbook
from kommunalvalg.text import Word

__all__ = ["BAD_INPUT", "DONE", "FAILED", "LOT_OPEN", "NewFile", "draw_picture", "show", "with_output"]

DONE, FAILED, BAD_INPUT, LOT_OPEN = range(4)
"""The exit statuses."""

WORKBOOK = "xlsx"
"""The format that is no text: an Excel workbook, which goes to a file."""


SUFFIXES = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    f".{WORKBOOK}": WORKBOOK,
}
"""What a file is, by its name; any text may be called .txt, or what is not here."""


_F = TypeVar("_F", bound=Callable[..., Any])


class NewFile(click.Path):
    """A file to write, in a folder that is there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - click's
        """Take the file, unless its folder is missing."""
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
    if given is None and suffix and suffix not in SUFFIXES:
        # Nobody is to find a plain text in a file that is called .pdf or .xls.
        raise click.UsageError(
            f"--output is {output}, and {suffix} is no format; the formats are {', '.join(SUFFIXES)} "
            "(for a text under another name add --format; a picture comes from --plot, where there is one)"
        )
    form = given or SUFFIXES.get(suffix, "table")
    if form == WORKBOOK and output is None:
        raise click.UsageError("--format xlsx is no text for the screen; give a file: --output FILE.xlsx")
    if SUFFIXES.get(suffix, form) != form and (suffix != ".txt" or form == WORKBOOK):
        raise click.UsageError(
            f"--format is {form}, and --output {output} is {SUFFIXES[suffix]}; leave one of them out"
        )
    return form


def with_output(command: _F) -> _F:
    """Add the options that every command has: the format, the language, the file to write to."""
    for option in (
        click.option("--output", "-o", type=NewFile(), is_eager=True, help="Write to this file."),
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


def show(
    document: Document,
    format_: str,
    lang: str,
    output: Path | None,
    *,
    complete: bool = True,
    status: int | None = None,
) -> None:
    """Write a document, and end with an exit status.

    Args:
        document: what to write; its warnings stand in it.
        format_: how.
        lang: in which language.
        output: where to, or None: standard output.
        complete: whether no lot is open that decides what was asked.
        status: the exit status (default: the one that tells whether a lot is open).
    """
    if output is None:
        click.echo(render(document, format_, lang), nl=False)
    elif format_ == WORKBOOK:
        with _writing(output):
            output.write_bytes(workbook(document, lang))
    else:
        # The byte order mark is what makes a spreadsheet read the Danish letters of a CSV file.
        encoding = "utf-8-sig" if format_ == "csv" else "utf-8"
        with _writing(output):
            output.write_text(render(document, format_, lang), encoding=encoding)
    if format_ == "csv":
        # A CSV file is one table, which has no place for what is open, nor for warnings.
        for said in document.said:
            click.echo(f"kommunalvalg: {language(lang)(said)}", err=True)
    raise click.exceptions.Exit(status if status is not None else DONE if complete else LOT_OPEN)


def draw_picture(result: object, file: Path | None, lang: str, *, title: Word = "") -> None:
    """Draw the picture that suits a result, where one is asked for."""
    if file is not None:
        with _writing(file):
            save(result, file, title=language(lang)(title), lang=lang)
