"""What is answered to the page: to each message one answer, both plain JSON.

>>> sheet = {"tab": "seats", "fields": {"seats": "9"}, "tables": {"lists": [["A", "11"], ["B", "8"], ["C", "2"]]}}
>>> answer = reply({"do": "answer", "sheet": sheet}, "en")
>>> [(row["name"], row["seats"]) for row in answer["rows"]], answer["lots"][0]["among"]
([('A', 5), ('B', 3), ('C', 0)], ['B', 'C'])
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from kommunalvalg.ask import answered
from kommunalvalg.ask.analyses import last_seat_told, lists_in_lots
from kommunalvalg.council.alliances import last_with_listeforbund
from kommunalvalg.errors import DataError, ElectionError, LotError
from kommunalvalg.files.fields import count_in, line_of, name_in
from kommunalvalg.files.plain import Plain, to_plain
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Tie
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.units import alliances_of
from kommunalvalg.report.documents import Document, Heading, Part, Table, without_empty
from kommunalvalg.report.half_circles import half_circle_svg, seats_shown
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.rendering import render, texts_of
from kommunalvalg.report.results import document, summary
from kommunalvalg.text import N_, Names, Text, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed
from kommunalvalg.web.sheets import MOST_ROWS, Sheet, hold_few, opened, question_of, read_sheet

__all__ = ["reply"]

_Answer = dict[str, Plain]


def reply(message: Plain, lang: str = "da") -> _Answer:
    """Answer a message of the page.

    Args:
        message: what is to be done, "do", and with what: "answer", "reasons", "alliances", "margins" and "minutes" are
            of a ``sheet``; "download" of a sheet too, in a ``format``; "open" gives the sheet of a ``name``; "read" a
            table's rows from ``text``.
        lang: "da" or "en".

    Returns:
        The answer; where something is wrong nothing but ``error``: the ``message``, where in the form it is, ``at``,
        and whether a lot that was entered does not fit, ``lot``.
    """
    say = language(lang)
    sheet: Sheet | None = None
    try:
        do = str(message.get("do")) if isinstance(message, Mapping) else ""
        if do not in _DONE:
            raise DataError(
                "{field} is {value}; it says what is to be done: {known}",
                field="message",
                value=message,
                known=listed(_DONE),
            )
        if "sheet" in message:
            sheet = read_sheet(message["sheet"])
        return _DONE[do](message, sheet or read_sheet({"tab": "seats"}), say)
    except ElectionError as error:
        return {"error": _refused(error, sheet, lang)}
    except RecursionError:
        return {"error": {"message": say(_("That is nested too deeply.")), "at": None, "lot": False}}


def _refused(error: ElectionError, sheet: Sheet | None, lang: str) -> Plain:
    """Say what is wrong, and where in the form it is; by the name that the form has for it."""
    place = None
    if sheet and error.field:
        about = getattr(error.value, "committee", error.value)  # a seat that passes, by its committee
        place = sheet.place(error.field) or sheet.place(f'{error.field}["{about}"]')
    field = error.text.values.get("field")
    line = field.values.get("line") if isinstance(field, Text) else None
    label: Word = place[1] if place else _("Line {number}", number=line) if line is not None else None
    if label is None and error.field in _NAMED:
        label = _(_NAMED[error.field])
    if label is not None and "field" in error.text.values:
        error.text = attrs.evolve(error.text, values=FrozenDict({**error.text.values, "field": label}))
    return {
        "message": error.said(lang),
        "at": place[0] if place else None,
        "lot": isinstance(error, LotError),
    }


_NAMED = {"council": N_("Council"), "text": N_("The table"), "table.csv": N_("The table")}
"""What people call that which stands in no form."""


def _result(sheet: Sheet) -> Any:  # noqa: ANN401 - a result of whatever was asked
    draws = [] if sheet.apart else to_plain(sheet.draws, ordered=True)
    return answered({**question_of(sheet), "draws": draws})


# The answer


def _answer(_message: Plain, sheet: Sheet, say: Language) -> _Answer:
    """Answer what stands in the form."""
    result = _result(sheet)
    seated = getattr(result, "composition", result)  # a KKR with its posts
    shows_seats = sheet.tab.key in {"seats", "kkr"}
    last = last_seat_told(seated)
    united = _united(result)
    return {
        "title": say(_title(sheet, result)),
        "rows": list(_rows(seated)) if shows_seats else [],
        "picture": half_circle_svg(seated, say.code) if shows_seats else "",
        "html": "" if sheet.tab.key == "seats" else "".join(_told(result, say)),
        "last": say(last) if last else "",
        "lots": [_lot(tie, say, last) for tie in result.ties],
        "drawn": [_drawn(draw, say) for draw in sheet.draws],
        "warnings": [say(warning) for warning in (*getattr(result, "warnings", ()), *_nested(result))],
        "complete": result.complete,
        "status": say(_status(result, sheet)),
        "folds": list(_folds(sheet, result)),
        "alliances": "" if united is None else say(united),
        "united": any(
            "alliance" in row.cells and row.cells["alliance"] for rows in sheet.rows.values() for row in rows
        ),
    }


def _told(result: Any, say: Language) -> Iterator[str]:  # noqa: ANN401 - as above
    """Write what came out, at a glance."""
    return (render(each, "fragment", say.code) for each in _at_a_glance(result))


def _at_a_glance(result: Any) -> Iterator[Document]:  # noqa: ANN401 - as above
    """Give what came out; of a KKR the members and the posts, and the steps are left to the reasons."""
    several = hasattr(result, "composition")
    for each in (result.composition, result.chairs) if several else (result,):
        told = summary(each)
        most = 1 if several else len(told.tables)
        yield attrs.evolve(told, parts=tuple(_filled(told.parts, told.tables[:most])))


def _filled(parts: Iterable[Part], tables: Sequence[Table]) -> Iterator[Part]:
    """Give the parts with some of the tables, without what is empty in these."""
    for part in parts:
        if not isinstance(part, Table):
            yield part
        elif part in tables and (table := without_empty(part)).columns:
            yield table


def _title(sheet: Sheet, result: object) -> Word:
    name = sheet.fields.get("name", "")
    if sheet.tab.key != "seats":
        title = summary(result).title
        return Texts([name, title], ": ") if name else title
    seats = sheet.needed("seats")
    said = _("{count} seats", count=seats)
    if sheet.apart:
        return Texts([name, said, _("without alliances")], ", ")
    return Texts([name, said], ", ")


def _status(result: Any, sheet: Sheet) -> Word:  # noqa: ANN401 - as above
    """Say briefly what came out, for who hears the page."""
    told: list[Word] = []
    if sheet.tab.key == "seats":
        told.append(f"{_counts(result.seats)}.")
    if not result.complete:
        told.append(_("A lot is open."))
    elif sheet.tab.key == "committees":
        told.append(f"{_counts(result.totals)}.")
        told += [_("{group} may claim {count}.", group=group, count=count) for group, count in result.claims.items()]
    elif sheet.tab.key == "majority" and result.winner is not None:
        told.append(_("{winner} is elected.", winner=result.winner))
    return Texts(told) if told else _("The answer is there.")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _rows(result: Any) -> Iterator[Plain]:  # noqa: ANN401 - a distribution, or a KKR
    """Give what each list has, and how it is drawn."""
    shown = seats_shown(result)
    votes: Mapping[str, int] = result.case.votes
    waiting = lists_in_lots(result)
    for name, seats in shown.seats.items():
        yield {
            "name": name,
            "votes": votes.get(name),
            "seats": seats,
            "lot": name in waiting,
            "colour": shown.looks[name].colour,
        }


def _lot(tie: Tie, say: Language, last: Word) -> Plain:
    """Give an open lot: why, among whom, how many, where it stands; and how it is addressed."""
    why: list[Word] = []
    if last is not None and tie.place and tie.place.where == "units":
        why.append(last)
    else:
        one = N_("1 place is left, and {names} have the same claim to it.")
        more = N_("{places} places are left, and {names} have the same claim to them.")
        why.append(_(one if tie.places == 1 else more, places=tie.places, names=Names(tie.among)))
    if tie.provision:
        law = N_("A lot decides ({provision}).")
        inferred = N_("A lot decides; no text was found that says so, and it is concluded from others ({provision}).")
        why.append(_(inferred if tie.inferred else law, provision=tie.provision))
    else:
        why.append(_("A lot decides."))
    return {
        "where": say(tie.place.text) if tie.place else "",
        "place": tie.place.address if tie.place else None,
        "places": tie.places,
        "among": list(tie.among),
        "why": [say(each) for each in why],
    }


def _drawn(draw: Draw, say: Language) -> str:
    said = _drawn_word(draw)
    place = draw.place if isinstance(draw.place, str) else None
    return say(Texts([place, said], ", ") if place else said)


def _folds(sheet: Sheet, result: object) -> Iterator[str]:
    """Say what else can be asked for."""
    yield "reasons"
    if isinstance(result, ProportionalElection):
        if sheet.together("lists"):
            yield "alliances"
        yield "margins"
    yield "minutes"


# What is asked for apart


def _reasons(_message: Plain, sheet: Sheet, say: Language) -> _Answer:
    return {"html": render(document(_result(sheet)), "fragment", say.code)}


def _alliances(_message: Plain, sheet: Sheet, say: Language) -> _Answer:
    effects = answered({"case": "what-if", "of": question_of(sheet), "without_alliances": True})
    return {"html": render(document(effects), "fragment", say.code)}


def _margins(_message: Plain, sheet: Sheet, say: Language) -> _Answer:
    return {"html": render(document(answered({"case": "margins", "of": question_of(sheet)})), "fragment", say.code)}


def _minutes(_message: Plain, sheet: Sheet, say: Language) -> _Answer:
    """Give the words for the minutes: what was distributed, by whose votes, what came of it, and the lots."""
    return {"text": "\n\n".join(filter(None, _words(sheet, say)))}


def _words(sheet: Sheet, say: Language) -> Iterator[str]:
    result = _result(sheet)
    yield say(_title(sheet, result))
    distributed = isinstance(result, ProportionalElection)
    if distributed:
        yield from map(say, _seats_in_words(result))
    yield from (say(_drawn_word(draw)) for draw in result.draws)
    for part in dict.fromkeys(part for told in _at_a_glance(result) for part in told.shown):
        if isinstance(part, Table):
            if not distributed and part.key != "draws":  # which are told above
                yield _in_words(part, say)
        elif not isinstance(part, Heading):
            yield say(part)
    last = last_seat_told(result)
    if last is not None:
        yield say(last)


def _in_words(table: Table, say: Language) -> str:
    """Write a table as lines that can stand in a text: "Teknik: A 4, V 3, members 7"."""
    headings, rows = texts_of(table, say)
    labels = [
        heading if isinstance(column.heading, str) or not at else f"{heading[:1].lower()}{heading[1:]}"
        for at, (column, heading) in enumerate(zip(table.columns, headings, strict=True))
    ]
    lines = [f"{say(table.title)}:"] if table.title else []
    for row, cells in zip(rows, table.lines, strict=True):
        labelled = [f"{label} {text}" for label, text in zip(labels, row, strict=True)]
        there = [text for text, cell in zip(labelled, cells, strict=True) if cell is not None]
        lines.append(", ".join(there) if len(rows) == 1 else f"{row[0]}: {', '.join(there[1:])}")
    return "\n".join(lines)


def _seats_in_words(result: ProportionalElection) -> Iterator[Word]:
    case = result.case
    yield _("Votes: {votes}.", votes=_counts(case.votes))
    united = _united(result)
    if united is not None:
        yield united
    yield _("Seats by d'Hondt's method: {seats}.", seats=_counts(result.seats))


def _united(result: object) -> Text | None:
    """Tell the alliances, one inside another in brackets."""
    alliances = result.case.alliances if isinstance(result, ProportionalElection) else ()
    return _("Alliances: {names}.", names=", ".join(each.written for each in alliances)) if alliances else None


def _nested(result: object) -> Iterator[Text]:
    """Say of an alliance inside an alliance until when the law had it."""
    units = result.case.units if isinstance(result, ProportionalElection) else ()
    if any(alliances_of(alliance.members) for alliance in alliances_of(units)):
        year = last_with_listeforbund()
        yield _(
            "An alliance stands inside an alliance; the law had that, as listeforbund, up to {year}.", year=str(year)
        )


def _drawn_word(draw: Draw) -> Text:
    return _("Lot between {names}: {winners} won.", names=Names(draw.among), winners=Names(draw.chosen))


# Sheets and files


def _open(message: Plain, _sheet: Sheet, _say: Language) -> _Answer:
    name = message.get("name")
    if not isinstance(name, str):
        raise DataError("{field} is {value}; it is an election and a council", field="name", value=name)
    return {"sheet": opened(name)}


_COUNTS = (*VOTES, "members", "medlemmer", "mandater", "seats")
_LINE = re.compile(r"(?P<count>[\d.]*\d)[\s;,]+(?P<name>\S.*)")
"""A line from its end to its beginning; from its beginning it would take the square of the signs that it has."""

_MOST_TEXT = 5_000_000
_HALF = re.compile("[\ud800-\udfff]")
"""Half a letter, which no file can hold."""


def _read(message: Plain, _sheet: Sheet, say: Language) -> _Answer:
    """Read a table that was pasted or dropped: with a heading as files have it, or a name and a number on each line."""
    text = message.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > _MOST_TEXT or _HALF.search(text):
        raise DataError(
            "{field} is {value}; paste a table with a name and a number on each line", field="text", value=text
        )
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    plain = {number: _LINE.fullmatch(line.strip()[::-1]) for number, line in lines}
    warnings: list[str] = []
    if plain[lines[0][0]]:
        counts = dict(_plain_line(number, line, plain[number]) for number, line in lines)
        if len(counts) < len(lines):
            raise DataError("a name stands on two lines; each list stands once")
    else:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "table.csv"
            file.write_text(text, encoding="utf-8")
            table = read_table(file, _COUNTS, thousands=True)
        counts = dict(table)
        warnings = [warning.said(say.code) for warning in table.warnings]
    hold_few("lines", len(counts), MOST_ROWS)
    return {"rows": [[name, str(count)] for name, count in counts.items()], "warnings": warnings}


def _plain_line(number: int, line: str, found: "re.Match[str] | None") -> tuple[str, int]:
    place = Path("table")
    if not found:
        raise DataError(
            "{field} is {value}; it is a name and a number", field=line_of(place, number), value=line.strip()
        )
    name, count = (found[each][::-1] for each in ("name", "count"))
    return name_in(place, number, name.strip("\"'")), count_in(place, number, count, thousands=True)


def _download(message: Plain, sheet: Sheet, say: Language) -> _Answer:
    form = message.get("format")
    result = _result(sheet)
    told = getattr(result, "composition", result)  # a KKR with its posts
    called = sheet.fields.get("name") or sheet.fields.get("post") or say(_(sheet.tab.label))
    name = re.sub(r"\W+", "-", called).strip("-").lower()
    if form == "csv":
        # A spreadsheet takes a file for UTF-8 where this mark stands first.
        return _file(name, "csv", "text/csv", "\ufeff" + render(next(_at_a_glance(result)), "csv", say.code))
    if form == "json":
        from kommunalvalg.files.json_files import to_json  # noqa: PLC0415 - as above

        return _file(name, "json", "application/json", dumps(to_json(result), ensure_ascii=False, indent=1) + "\n")
    if form == "html":
        return _file(name, "html", "text/html", render(document(result), "html", say.code))
    if form == "xlsx":
        from kommunalvalg.report.spreadsheets import workbook  # noqa: PLC0415 - as above

        content = b64encode(workbook(document(told), say.code)).decode("ascii")
        return {"name": f"{name}.xlsx", "type": _WORKBOOK, "base64": content}
    raise DataError("{field} is {value}; it is csv, html, json or xlsx", field="format", value=form)


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(name: str, suffix: str, kind: str, text: str) -> _Answer:
    return {"name": f"{name}.{suffix}", "type": kind, "text": text}


_DONE: Mapping[str, Callable[[Plain, Sheet, Language], _Answer]] = {
    "answer": _answer,
    "reasons": _reasons,
    "alliances": _alliances,
    "margins": _margins,
    "minutes": _minutes,
    "open": _open,
    "read": _read,
    "download": _download,
}
"""What can be asked for."""
