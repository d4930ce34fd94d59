"""``night``: a page, JSON and CSV of a night that is not over, written anew at each change."""

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import attrs
import click

from kommunalvalg.cli.elections import warn_of_earlier
from kommunalvalg.cli.language import Command, argument, option, said
from kommunalvalg.cli.options import FILE, LANG, Allied, Whole, encoding_option, majority_option
from kommunalvalg.cli.output import DONE, FAILED, NewFile, complain, file_name
from kommunalvalg.errors import DataError, ElectionError, Warned
from kommunalvalg.files.archives import files_of
from kommunalvalg.files.night import CouncilOfTable, Reading, Watched, chosen
from kommunalvalg.files.previous import previous_reader
from kommunalvalg.files.writing import write_whole, writing
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Names, Text
from kommunalvalg.text import said as word_said
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from kommunalvalg.council.election import CouncilElection
    from kommunalvalg.elections.polling import PollingAreas
    from kommunalvalg.elections.previous import Earlier
    from kommunalvalg.report.documents import Document
    from kommunalvalg.simulation.night import CouncilNight

__all__ = ["night_command"]


@attrs.define(kw_only=True)
class _Night:
    """What is known of a night, and where it is written.

    Attributes:
        folder: where the files are written.
        lang: the language.
        every: after how many seconds the page reads itself again.
        majorities: lists whose chance of a majority together is asked for.
        before: what reads the election before, by council; None for none.
        n: how many ways the rest is drawn in.
        seed: the same seed draws the same.
        reading: what was read last.
        nights: council -> what was computed of it, with what it was computed of.
        warned: what was said of the file of the election before.
    """

    folder: Path
    lang: str
    every: int
    majorities: tuple[tuple[str, ...], ...]
    before: "Callable[[str], Earlier] | None"
    n: int
    seed: int
    reading: Reading | None = None
    nights: "dict[str, tuple[CouncilElection, PollingAreas, CouncilNight]]" = attrs.Factory(dict)
    warned: list[Warned] = attrs.Factory(list)

    def take(self, reading: Reading) -> None:
        """Compute the councils that are other than they were.

        Raises:
            VoteError: the lists of all councils are known, and one whose majority is asked for stands in none.
        """
        from kommunalvalg.simulation.night import the_night  # noqa: PLC0415 - it needs numpy

        if self.reading is None and set(reading.areas) <= set(reading.elections):
            standing = dict.fromkeys(key for election in reading.elections.values() for key in election.votes)
            for key in chain(*self.majorities):
                checked_known("--majority", key, standing, "lists")
        for name, counted in reading.elections.items():
            areas = reading.areas[name]
            known = self.nights.get(name)
            if known is not None and known[:2] == (counted, areas):
                continue
            election, before = counted, None
            if self.before is not None:
                earlier = self.before(name)
                if known is None:
                    warn_of_earlier(earlier, name, areas, self.warned)
                election, before = earlier.before(counted), earlier.by_lists_of(counted).areas
            found = the_night(election, areas, before, n=self.n, seed=self.seed)
            self.nights[name] = counted, areas, found
        self.reading = reading

    def write(self, trouble: Mapping[str, ElectionError]) -> None:
        """Write the page, JSON and CSV, each whole; with what is wrong, where something is."""
        from kommunalvalg.report.documents import Document  # noqa: PLC0415 - as above
        from kommunalvalg.report.night import all_lists, council_night  # noqa: PLC0415 - as above
        from kommunalvalg.report.rendering import render  # noqa: PLC0415 - as above

        at = datetime.now().astimezone()
        words = [_warned(error) for error in trouble.values()]
        reading = self.reading or Reading(elections=FrozenDict(), areas=FrozenDict())
        nights = {name: self.nights[name][2] for name in reading.elections}
        told = {name: council_night(night, self.majorities, words) for name, night in nights.items()}
        waiting = [name for name in reading.areas if name not in nights]
        self._write_pages(nights, told, waiting, words, _("Read at {time}.", time=at.strftime("%H:%M:%S")))
        plain: dict[str, Any] = {
            "read": at.isoformat(timespec="seconds"),
            "warnings": [error.said(self.lang) for error in trouble.values()],
            "councils": {
                name: {
                    "counted": night.areas.counted,
                    "of": night.areas.number,
                    "share": None if night.areas.share is None else str(night.areas.share),
                    **json.loads(render(told[name], "json", self.lang)),
                }
                for name, night in nights.items()
            },
            "not_counted": waiting,
        }
        self._write("night.json", json.dumps(plain, ensure_ascii=False, indent=1))
        self._write("night.csv", render(Document("", (all_lists(nights),)), "csv", self.lang), "utf-8-sig")

    def _write_pages(
        self,
        nights: "Mapping[str, CouncilNight]",
        told: "Mapping[str, Document]",
        waiting: list[str],
        words: list[Text],
        read: Text,
    ) -> None:
        """Write a page of all councils, and one of each; of one council alone, its own."""
        from kommunalvalg.report.half_circles import half_circle_svg  # noqa: PLC0415 - what a report needs
        from kommunalvalg.report.night import every_night  # noqa: PLC0415 - as above
        from kommunalvalg.report.rendering import page  # noqa: PLC0415 - as above

        every = every_night(nights, waiting, words)
        alone = len(nights) == 1 and not waiting
        back = {} if alone else {word_said(every.title, self.lang): "index.html"}
        links = {name: f"{file_name(name)}.html" for name in told}
        pages = {}
        for name, document in told.items():
            whole = attrs.evolve(document, parts=(*document.parts, read))
            picture = half_circle_svg(nights[name].result, self.lang)
            file = "index.html" if alone else links[name]
            pages[file] = page(whole, self.lang, refresh=self.every, picture=picture, links=back)
        if not alone:
            every = attrs.evolve(every, parts=(*every.parts, read))
            pages["index.html"] = page(every, self.lang, refresh=self.every, links=links)
        for file, text in pages.items():
            self._write(file, text)

    def _write(self, name: str, text: str, encoding: str = "utf-8") -> None:
        file = self.folder / name
        with writing(file):
            self.folder.mkdir(exist_ok=True)
            write_whole(file, text.encode(encoding))


def _warned(error: ElectionError) -> Text:
    return _(
        "{error}. The figures that this file does not give are those of the last time it was whole.", error=error.text
    )


def _look(watched: Watched, night: _Night, councils: tuple[str, ...]) -> Mapping[str, ElectionError]:
    """Read, compute and write; give what was wrong."""
    trouble: Mapping[str, ElectionError]
    try:
        reading = chosen(watched.read(), councils)
        night.take(reading)
        trouble = reading.damaged
    except DataError as error:
        if night.reading is None:
            raise
        trouble = {"": error}
    night.write(trouble)
    for wrong in trouble.values():
        complain(wrong.said(night.lang))
    return trouble


@click.command(
    "night",
    cls=Command,
    help=N_(
        "Watch the FOLDER of an export (or one table by polling area) through election night, and write a page that "
        "reads itself again, JSON and CSV into a folder at each change: seats so far, what the areas that are not "
        "counted may bring, and the chances of last seats and majorities. Ctrl-C stops it."
    ),
    examples=(
        "kommunalvalg night valgdk --council Glostrup --previous kv2021.csv -o aften",
        "kommunalvalg night valgdk -o aften",
        "kommunalvalg night nyby.csv --council Nyby --year 2029 --seats 19 --alliance A+F --areas 6 -o aften",
    ),
)
@argument("folder", metavar=N_("FOLDER"), type=FILE)
@option("--council", "councils", multiple=True, metavar=N_("NAME"), help=N_("This council alone; repeatable."))
@option(
    "--previous",
    type=FILE,
    metavar=N_("FILE"),
    help=N_("The election before; by polling area, the rest is forecast by the swing since then."),
)
@majority_option
@option("--seats", type=Whole(1), help=N_("How many seats there are, where the files do not say it."))
@option("--areas", type=Whole(1), help=N_("How many polling areas there are, where the files do not say it."))
@option(
    "--alliance",
    "alliances",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help=N_("With a table: who stand together; repeatable."),
)
@option("--year", type=Whole(1), help=N_("With a table: the year of the election, whose law it is; an export says it."))
@option("--every", type=Whole(1), default=5, show_default=True, help=N_("Look for changes after so many seconds."))
@option("--once", is_flag=True, help=N_("Read and write once, and do not watch."))
@option("-n", "times", type=Whole(1), default=2_000, show_default=True, help=N_("How many elections to draw."))
@option("--seed", type=Whole(), default=1, show_default=True, help=N_("The same seed draws the same elections."))
@encoding_option
@option("--lang", **LANG)
@option("--output", "-o", type=NewFile(), required=True, metavar=N_("FOLDER"), help=N_("Write into this folder."))
def night_command(
    *,
    folder: Path,
    councils: tuple[str, ...],
    previous: Path | None,
    majorities: tuple[tuple[str, ...], ...],
    seats: int | None,
    areas: int | None,
    alliances: tuple[tuple[str, ...], ...],
    year: int | None,
    every: int,
    once: bool,
    times: int,
    seed: int,
    encoding: str,
    lang: str,
    output: Path,
) -> int:
    """Watch a night until it is stopped."""
    watched = _watched(folder, councils, seats, areas, alliances, year)
    before = None if previous is None else previous_reader(previous, encoding=encoding, several=len(councils) != 1)
    night = _Night(folder=output, lang=lang, every=every, majorities=majorities, before=before, n=times, seed=seed)
    watched.changed()
    trouble = _look(watched, night, councils)
    _told(night)
    if once:
        return FAILED if trouble else DONE
    click.echo(f"{output / 'index.html'}  ({said(N_('Ctrl-C stops it'))})")
    try:
        while True:
            sleep(every)
            if watched.changed():
                _look(watched, night, councils)
                _told(night)
    except KeyboardInterrupt:
        click.echo()
        return DONE


def _told(night: _Night) -> None:
    """Say on a line how far the night is."""
    reading = night.reading
    if reading is None:
        return
    counted = sum(areas.counted for areas in reading.areas.values())
    number = sum(areas.number for areas in reading.areas.values())
    line = _("{counted} of {number} polling areas are counted.", counted=counted, number=number)
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} {line.said(night.lang)}")


def _watched(
    folder: Path,
    councils: tuple[str, ...],
    seats: int | None,
    areas: int | None,
    alliances: tuple[tuple[str, ...], ...],
    year: int | None,
) -> Watched:
    """Say what is watched, and what it does not say itself."""
    if Path(folder).suffix.lower() in {".csv", ".txt"}:
        if len(councils) > 1:
            raise ElectionError("{file} is a table, of one council; give one --council", file=folder.name)
        missing = [
            told
            for value, told in (
                (councils, _("--council NAME (whose votes they are)")),
                (seats, _("--seats N (how many seats there are)")),
                (year, _("--year YEAR (of the election, whose law it is)")),
            )
            if not value
        ]
        if missing or seats is None or year is None:
            raise ElectionError(
                "{file} is a table, which has the votes alone; add {missing}", file=folder.name, missing=Names(missing)
            )
        table = CouncilOfTable(name=councils[0], seats=seats, alliances=alliances, areas=areas, year=year)
        return Watched(folder, table=table)
    if folder.is_file():
        next(files_of(folder), None)  # a file that is neither a table nor an archive is refused as what it is
    if alliances:
        raise ElectionError("an export says who stand together; --alliance goes with a table")
    if year is not None:
        raise ElectionError("an export says its year; --year goes with a table")
    if (seats is not None or areas is not None) and len(councils) != 1:
        raise ElectionError("--seats and --areas are of one council; add --council")
    return Watched(
        folder,
        seats={} if seats is None else {councils[0]: seats},
        areas={} if areas is None else {councils[0]: areas},
    )
