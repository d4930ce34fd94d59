"""What every command has in common: it asks a question, and the answer is written, drawn and told by an exit status."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import attrs
import click

from kommunalvalg.ask import Answer, answer
from kommunalvalg.cli.language import Command, Option, speaking
from kommunalvalg.cli.options import LANG, Choice, Whole, lots_of
from kommunalvalg.errors import ElectionError, MissingExtraError, Warned
from kommunalvalg.files.writing import write_whole, writing
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import LANGUAGES, N_, Text, Texts, Word
from kommunalvalg.text import said as word_said
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from kommunalvalg.report.documents import Document, Said, Table

__all__ = [
    "BAD_INPUT",
    "DONE",
    "FAILED",
    "LOT_OPEN",
    "NewFile",
    "Questions",
    "command",
    "complain",
    "file_name",
    "progress",
    "warn",
    "warn_of_each",
]

DONE, FAILED, BAD_INPUT, LOT_OPEN = range(4)
"""The exit statuses."""

FORMATS = ("table", "text", "markdown", "html", "fragment", "json", "csv", "xlsx", "docx", "parquet")
BINARY = ("xlsx", "docx", "parquet")
"""The formats that are no text, and go to a file: an Excel workbook, a Word file, and the main table for programs."""

SUFFIXES = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".parquet": "parquet",
}
"""What a file is, by its name; any text may be called .txt, or what is not here."""

Question = Mapping[str, Any]


@attrs.frozen
class Questions:
    """Several questions that are answered one by one, such as one for each council.

    Attributes:
        each: what each is about -> the question; or what is wrong with it, where it cannot be asked.
        title: what the report of all is called.
        heading: what they are about, as the heading of a column.
    """

    each: Mapping[str, Question | ElectionError]
    title: Word
    heading: Word


class NewFile(click.Path):
    """A file to write, or a folder where the command writes several."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401, ARG002 - click's
        """Take the file, unless its folder is missing."""
        file = Path(str(value))
        field = param.opts[0] if param else "--output"
        if not file.parent.is_dir():
            raise ElectionError(
                "{field}: there is no folder {folder} for {value}; make it first",
                field=field,
                value=str(file),
                folder=repr(str(file.parent)),
            )
        return file


def complain(message: str) -> None:
    """Say something on standard error, on one line; on a terminal the name of the program stands out."""
    name = click.style("kommunalvalg:", fg="red", bold=True) if _colours(sys.stderr) else "kommunalvalg:"
    click.echo(f"{name} {' '.join(message.split())}", err=True)


def warn(warnings: Iterable[Warned]) -> None:
    """Say on standard error what is to be known of how a file was read."""
    for each in warnings:
        complain(each.said(speaking()))


def warn_of_each(warnings: Mapping[str, Iterable[Warned]]) -> None:
    """Say the same of several, by name, and what many have in common once."""
    from kommunalvalg.report.distribution import warned  # noqa: PLC0415 - what a report needs
    from kommunalvalg.report.documents import Said  # noqa: PLC0415 - as above

    told = [
        Said(Texts([name, warned(each).text], ": "), about=name) for name, of_one in warnings.items() for each in of_one
    ]
    for word in said_once(told, where=""):
        complain(word_said(word, speaking()))


_MANY = 3
"""How many times the like is said one by one."""


def said_once(said: Iterable["Said"], *, where: Word = None) -> "list[Word]":
    """Give what is said; and of what is said of many in the same sentences, the first and of how many more it is said.

    Args:
        said: what is said, and of whom.
        where: where all of it stands; None for a table of it, or a file of another kind.
    """
    alike: dict[object, list[Said]] = {}
    for part in said:
        alike.setdefault((_wording(part.text), part.about != ""), []).append(part)
    words: list[Word] = []
    for first, *others in alike.values():
        about = dict.fromkeys(part.about for part in others if part.about != first.about)
        if len(others) < _MANY or not about:
            words += [first.text, *(part.text for part in others)]
            continue
        likewise = _("Likewise of {count} more: {names}.", count=len(about), names=listed(about))
        words.append(Texts([first.text, likewise, _where(first) if where is None else where]))
    return words


def _where(said: "Said") -> Word:
    if said.table is not None:
        return _("--table {table} writes them all.", table=said.table.key)
    return _("A text or a workbook has them all: -o FILE.txt or -o FILE.xlsx.")


def _wording(word: Word) -> tuple[str, ...]:
    """Give the sentences of a word without the values in them, by which the like of several is known."""
    if isinstance(word, Texts):
        return tuple(each for part in word.parts for each in _wording(part))
    return (word.message,) if isinstance(word, Text) else ()


def _colours(stream: Any) -> bool:  # noqa: ANN401 - a stream
    """Tell whether a person looks at a stream who wants colours."""
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(what: Word, steps: int | None, *, lang: str = LANGUAGES[0]) -> Iterator[Callable[[int], object]]:
    """Show a bar where something takes long and a person is looking."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from kommunalvalg.report.progress import progress as bar  # noqa: PLC0415 - the library that draws it takes its time

    with bar(word_said(what, lang), steps) as advance:
        yield advance


@attrs.frozen(kw_only=True)
class How:
    """How an answer is to be written, as the options say."""

    form: str
    lang: str
    output: Path | None
    title: str | None
    explain: bool
    plot: Path | None
    look: Mapping[str, Any]
    table: str | None

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> "How":
        """Take the options out of what a command was called with."""
        return cls(
            form=options.pop("format_"),
            lang=options.pop("lang"),
            output=options.pop("output"),
            title=options.pop("title"),
            explain=options.pop("explain", False),
            plot=options.pop("plot", None),
            look={name: options.pop(name) for name in LOOK if name in options},
            table=options.pop("table", None),
        )

    def told(self, answered: Answer) -> "Document":
        """Tell an answer."""
        report = answered.document(explain=self.explain)
        return report if self.title is None else attrs.evolve(report, title=self.title)


def _form(ctx: click.Context, _option: click.Parameter, named: str | None) -> str:
    """Give the format: the one that is asked for, else the one that the file's name says."""
    output: Path | None = ctx.params.get("output")
    suffix = output.suffix.lower() if output else ""
    if named is None and suffix and suffix not in SUFFIXES:
        # Nobody is to find a plain text in a file that is called .pdf or .xls.
        raise ElectionError(
            "--output is {output}, and {suffix} is no format; the formats are {formats} (for a text under another name "
            "add --format; a picture comes from --plot, where there is one)",
            output=str(output),
            suffix=suffix,
            formats=", ".join(SUFFIXES),
        )
    form = named or SUFFIXES.get(suffix, "table")
    if form in BINARY and output is None:
        raise ElectionError("--format {form} is no text for the screen; give a file: --output FILE.{form}", form=form)
    if SUFFIXES.get(suffix, form) != form and (suffix != ".txt" or form in BINARY):
        raise ElectionError(
            "--format is {form}, and --output {output} is {other}; leave one of them out",
            form=form,
            output=str(output),
            other=SUFFIXES[suffix],
        )
    return form


EXPLAIN = Option(["--explain"], is_flag=True, help=N_("Show every step: the quotients, the provisions, what is next."))
PLOT = Option(
    ["--plot"],
    type=NewFile(),
    metavar=N_("FILE.svg"),
    help=N_(
        "Draw a picture into this file: SVG, PNG or PDF; as JSON the seats and colours, for charts of parliaments."
    ),
)
LOOKS = (
    Option(
        ["--plot-kind"],
        type=Choice(("seats", "bars", "race")),
        help=N_("With --plot: the seats, bars of the votes with what changed, or the race of the quotients."),
    ),
    Option(["--plot-order"], metavar="Ø+F+A", help=N_("The lists from left to right, or from the top.")),
    Option(["--plot-colours"], type=click.Path(), metavar=N_("FILE"), help=N_("A CSV file: list, colour (#D4004E).")),
    Option(["--plot-size"], metavar="16x9", help=N_("Width and height of the picture in centimetres.")),
    Option(["--plot-dpi"], type=Whole(1), help=N_("Dots an inch, of a PNG file.")),
    Option(["--plot-transparent"], is_flag=True, help=N_("Let the ground of the picture be seen through.")),
    Option(["--picture"], is_flag=True, help=N_("Put the picture into the HTML, to be embedded as it stands.")),
)
"""How a picture looks, and where it goes."""
_LOOK_FIELDS = {name: f"--plot-{name}" for name in ("order", "colours", "size", "dpi")}
LOOK = tuple(str(option_.name) for option_ in LOOKS)
TABLE = Option(
    ["--table"], metavar=N_("TABLE"), help=N_("Which table to write alone, such as mandates; with --all, of all.")
)
LOTS = (
    Option(
        ["--draw", "draws"],
        multiple=True,
        metavar="A,B:B",
        help=N_(
            "A lot that was drawn: who took part, a colon, who won; or the place of the lot, a colon, who won. Names "
            "with a comma or a colon in double quotation marks. Repeat it for the next lot, in order."
        ),
    ),
    Option(["--seed"], metavar=N_("TEXT"), help=N_("Draw open lots by the published procedure, from this seed.")),
)
OUTPUT = (
    Option(
        ["--format", "format_"],
        type=Choice(FORMATS),
        callback=_form,
        help=N_("How to write the result; without it, as the file's name says, else as a table."),
    ),
    Option(["--lang"], **LANG),
    Option(["--title"], metavar=N_("TEXT"), help=N_("What the report is called.")),
    Option(
        ["--output", "-o"], type=NewFile(), is_eager=True, metavar=N_("FILE"), help=N_("Write to this file, or folder.")
    ),
)


def command(
    name: str,
    *,
    does: str,
    examples: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    cls: type[Command] = Command,
    explain: bool = False,
    plot: bool = False,
    lots: bool = False,
    table: bool = False,
) -> Callable[[Callable[..., Question | Questions | Answer]], Command]:
    """Make a command of a function that gives the question which its arguments ask, or has its answer.

    The question is answered, the answer written and drawn, and the exit status returned.

    Args:
        name: what it is called.
        does: what it does, for its help.
        examples: calls of it.
        fields: argument of a function, as its errors name it -> the option that it comes from.
        cls: how it reads its words.
        explain: whether it can show every step.
        plot: whether there is a picture.
        lots: whether lots can be drawn.
        table: whether it can put a table of all councils together.
    """
    common = [
        *([EXPLAIN] if explain else []),
        *([PLOT, *LOOKS] if plot else []),
        *([TABLE] if table else []),
        *(LOTS if lots else []),
        *OUTPUT,
    ]

    def made(asks: Callable[..., Question | Questions | Answer]) -> Command:
        own = list(reversed(getattr(asks, "__click_params__", [])))

        @wraps(asks)
        def run(**options: Any) -> int:  # noqa: ANN401 - what click has read
            how = How.taken_from(options)
            drawn = lots_of(options.pop("seed"), options.pop("draws")) if lots else {}
            question = asks(**options)
            if isinstance(question, Questions):
                return _written_all(question, how, drawn)
            return _written(question if isinstance(question, Answer) else {**question, **drawn}, how)

        return cls(
            name,
            callback=run,
            params=[*own, *common],
            help=does,
            examples=examples,
            fields={**(_LOOK_FIELDS if plot else {}), **(fields or {})},
        )

    return made


def _answered(question: Question | ElectionError, how: How) -> Answer:
    if isinstance(question, ElectionError):
        raise question

    def bar(what: Word, steps: int | None) -> Any:  # noqa: ANN401 - what to enter
        return progress(what, steps, lang=how.lang)

    return answer(question, how.lang, progress=bar)


def _written(question: Question | Answer, how: How) -> int:
    """Answer a question, write the answer, and give the exit status."""
    for file in (how.output, how.plot):
        if file is not None and file.is_dir():
            raise ElectionError("{file} is a folder, and a file is needed", file=str(file))
    reply = question if isinstance(question, Answer) else _answered(question, how)
    if how.plot is None and any(value for name, value in how.look.items() if name != "picture"):
        raise ElectionError("--plot-order and its kin say how a picture looks; add --plot FILE.svg")
    if how.plot is not None:
        _drawn(reply, how)
    if how.look.get("picture"):
        return _embedded(reply, how)
    _write(_alone(how.told(reply), how.table), how, how.output)
    return _status(reply)


def _drawn(reply: Answer, how: How) -> None:
    """Draw the picture that suits an answer, or the one that is asked for."""
    from kommunalvalg.report.pictures import save  # noqa: PLC0415 - what a report needs

    if how.plot is not None:
        with writing(how.plot):
            save(reply.pictured, how.plot, **_picture(reply, how))


def _picture(reply: Answer, how: How) -> dict[str, Any]:
    """Say how the picture of an answer is to be drawn."""
    from kommunalvalg.cli.looks import look_of  # noqa: PLC0415 - what a picture needs
    from kommunalvalg.report.language import language  # noqa: PLC0415 - what a report needs

    return {"title": how.title or language(how.lang)(reply.caption), "lang": how.lang, **look_of(how.look)}


def _embedded(reply: Answer, how: How) -> int:
    """Write HTML with the picture in it."""
    from kommunalvalg.report.pictures import drawn  # noqa: PLC0415 - what a report needs
    from kommunalvalg.report.rendering import render, with_picture  # noqa: PLC0415 - as above

    if how.form not in {"html", "fragment"}:
        raise ElectionError("--picture goes into HTML; add --format html or fragment")
    html = render(how.told(reply), how.form, how.lang)
    text = with_picture(html, drawn(reply.pictured, "svg", **_picture(reply, how)).decode("utf-8"))
    if how.output is None:
        click.echo(text, nl=False)
    else:
        with writing(how.output):
            write_whole(how.output, text.encode())
    return _status(reply)


def _status(reply: Answer) -> int:
    return FAILED if reply.failed else DONE if reply.complete else LOT_OPEN


def _write(document: "Document", how: How, file: Path | None, results: Mapping[str, Any] = FrozenDict({})) -> None:
    """Write a document to a file, or to standard output; as Parquet the results of councils, where it is of several."""
    from kommunalvalg.report.language import language  # noqa: PLC0415 - what a report needs
    from kommunalvalg.report.rendering import render  # noqa: PLC0415 - as above

    say = language(how.lang)
    if file is None:
        text = render(document, how.form, how.lang)
        click.echo(_coloured(text, document, say) if how.form in {"table", "text"} else text, nl=False)
    elif how.form in BINARY:
        content = _binary(document, how, results)
        with writing(file):
            write_whole(file, content)
    else:
        # The byte order mark is what makes a spreadsheet read the Danish letters of a CSV file.
        encoding = "utf-8-sig" if how.form == "csv" else "utf-8"
        with writing(file):
            write_whole(file, render(document, how.form, how.lang).encode(encoding))
    if how.form in {"csv", "parquet"}:
        # One table has no place for what is open, nor for warnings.
        from kommunalvalg.report.documents import Said  # noqa: PLC0415 - as above

        for each in said_once([part for part in document.parts if isinstance(part, Said)]):
            complain(say(each))


def _binary(document: "Document", how: How, results: Mapping[str, Any]) -> bytes:
    if how.form == "xlsx":
        from kommunalvalg.report.spreadsheets import workbook  # noqa: PLC0415 - an optional library

        return workbook(document, how.lang)
    if how.form == "docx":
        from kommunalvalg.report.word import docx  # noqa: PLC0415 - an optional library

        return docx(document, how.lang)
    return _parquet(document, how, results)


def _parquet(document: "Document", how: How, results: Mapping[str, Any]) -> bytes:
    """Write the tidy frame of several councils as Parquet, or else the main table, by pandas."""
    from kommunalvalg.report.frames import to_frame  # noqa: PLC0415 - what a report needs
    from kommunalvalg.report.language import language  # noqa: PLC0415 - as above
    from kommunalvalg.report.results import plain_rows  # noqa: PLC0415 - as above
    from kommunalvalg.report.tidy import whose  # noqa: PLC0415 - as above

    try:
        pandas, _pyarrow = import_module("pandas"), import_module("pyarrow")
    except ImportError as error:
        raise MissingExtraError("Parquet files", str(error.name), "parquet") from None
    out = BytesIO()
    rows = plain_rows(document.data[0], language(how.lang)) if document.data else []
    frame = pandas.DataFrame(rows).convert_dtypes()
    if results:
        years = {result.case.year for result in results.values()}
        year = years.pop() if len(years) == 1 else None
        failed = [{**whose(str(row["council"]), year), "error": row["error"]} for row in rows if row.get("error")]
        frame = to_frame(results, "pandas", how.table)
        if failed:
            frame = pandas.concat([frame, pandas.DataFrame(failed).convert_dtypes()], ignore_index=True)
    frame.to_parquet(out, index=False)
    return out.getvalue()


_WIDTH = 100


def _coloured(text: str, document: "Document", say: Callable[[Word], str]) -> str:
    """Let open lots and warnings stand out on a terminal."""
    if not _colours(sys.stdout):
        return text
    loud = {fill(say(each), _WIDTH) for each in document.said}
    blocks = text.split("\n\n")
    return "\n\n".join(
        click.style(block, fg="yellow", bold=True) if block.strip("\n") in loud else block for block in blocks
    )


# Many at once


def _written_all(questions: Questions, how: How, drawn: Question) -> int:
    """Answer many questions, each in a file of a folder or all in one table; one that fails stops none."""
    if drawn:
        raise ElectionError("--draw and --seed draw the lots of one council, and not of all")
    if how.plot is not None:
        raise ElectionError("--plot draws one council, and not all")
    folder = how.output if how.output is not None and (how.output.is_dir() or not how.output.suffix) else None
    if folder is not None:
        with writing(folder):
            folder.mkdir(exist_ok=True)
    documents: dict[str, Document] = {}
    results: dict[str, Any] = {}
    failed: dict[str, str] = {}
    status = DONE
    with progress(_("Answering"), len(questions.each), lang=how.lang) as advance:
        for number, (name, question) in enumerate(questions.each.items(), start=1):
            try:
                answered = _answered(question, how)
                documents[name], results[name] = how.told(answered), answered.result
                if folder is not None:
                    _write(_alone(documents[name], how.table), how, folder / f"{file_name(name)}{_suffix(how.form)}")
                status = status or (DONE if answered.complete else LOT_OPEN)
            except ElectionError as error:
                called = click.get_current_context().command
                if isinstance(called, Command):
                    called.name_options(error)
                failed[name] = error.said(how.lang)
                complain(f"{name}: {failed[name]}")
            advance(number)
    if folder is None:
        _write(_together(questions, documents, failed, how), how, how.output, _of_councils(results, how.table))
    else:  # a file of an earlier run is not to stand for what failed
        for name, why in failed.items():
            _write(_together(questions, {}, {name: why}, how), how, folder / f"{file_name(name)}{_suffix(how.form)}")
    return FAILED if failed else status


def _of_councils(results: Mapping[str, Any], table: str | None) -> Mapping[str, Any]:
    """Give the results that make a tidy frame: those of councils, where its table or none is asked for."""
    from kommunalvalg.council.result import CouncilResult  # noqa: PLC0415 - what some commands need not
    from kommunalvalg.report.tidy import TIDY  # noqa: PLC0415 - as above

    tidy = table in {None, *TIDY} and all(isinstance(each, CouncilResult) for each in results.values())
    return results if tidy else {}


def file_name(name: str) -> str:
    """Give a file a name that every system takes."""
    return "".join("-" if sign in '\\/:*?"<>|' else sign for sign in name)


def _suffix(form: str) -> str:
    return next(
        (suffix for suffix, known in SUFFIXES.items() if known == form), ".html" if form == "fragment" else ".txt"
    )


def _together(
    questions: Questions, documents: Mapping[str, "Document"], failed: Mapping[str, str], how: How
) -> "Document":
    """Put the main tables of many documents together, each row with what it is about; what they say comes after.

    What failed has a row as well, with what is wrong with it.
    """
    from kommunalvalg.report.documents import Column, Document, Said, Table  # noqa: PLC0415 - what a report needs

    tables = _chosen(documents, how.table)
    columns = {column.key: column for table in tables.values() for column in table.columns}
    rows = []
    for name, table in tables.items():
        places = {column.key: place for place, column in enumerate(table.columns)}
        rows += [(name, *(row[places[key]] if key in places else None for key in columns)) for row in table.rows]
    first = Column("about" if "council" in columns else "council", questions.heading)
    key = next((table.key for table in tables.values()), "all")

    def told(name: str, part: Said) -> Said:
        """Say of whom it is, where it does not begin with that; its table has another column for it."""
        text = part.text if word_said(part.text, how.lang).startswith(name) else Texts([name, part.text], ": ")
        if part.table is None:
            return Said(text, about=name)
        named = tuple((name, *row) for row in part.table.rows)
        return Said(text, attrs.evolve(part.table, columns=(first, *part.table.columns), rows=named), name)

    loud = [
        told(name, part)
        for name, document in documents.items()
        for part in document.parts
        if isinstance(part, Said) and (part.table is None or part.table.key != key)
    ]
    wrong = [Column("error", _("What is wrong"))] if failed else []
    if failed:
        rows = [(*row, None) for row in rows] + [(name, *[None] * len(columns), why) for name, why in failed.items()]
    parts: list[Any] = [Table(key, "", (first, *columns.values(), *wrong), tuple(rows)), *loud]
    return Document(how.title if how.title is not None else questions.title, tuple(parts))


def _alone(document: "Document", table: str | None) -> "Document":
    """Leave of a document the table that is asked for, and what is not to be missed."""
    from kommunalvalg.report.documents import Said  # noqa: PLC0415 - what a report needs

    if table is None:
        return document
    (chosen,) = _chosen({"": document}, table).values()
    said = (part for part in document.parts if isinstance(part, Said) and (not part.table or part.table.key != table))
    return attrs.evolve(document, parts=(chosen, *said))


def _chosen(documents: Mapping[str, "Document"], table: str | None) -> "dict[str, Table]":
    """Give the table of each that is asked for, or the main one; some may have none of the kind, such as open lots."""
    from kommunalvalg.report.documents import named  # noqa: PLC0415 - what a report needs

    if table is None:
        return {name: document.data[0] for name, document in documents.items()}
    known = {name: {each.key: each for each in document.data} for name, document in documents.items()}
    if documents:
        named({key: each for tables in known.values() for key, each in tables.items()}, table, "--table")
    return {name: tables[table] for name, tables in known.items() if table in tables}
