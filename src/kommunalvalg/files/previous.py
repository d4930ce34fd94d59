"""Earlier elections to compare with and to forecast from, in whichever form people have them."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.elections.embedded import names_like, row, spelt
from kommunalvalg.elections.figures import published
from kommunalvalg.elections.polling import Count, PollingArea, PollingAreas
from kommunalvalg.elections.previous import Earlier
from kommunalvalg.errors import DataError, Warned
from kommunalvalg.files.fields import count_in, name_in
from kommunalvalg.files.json_files import read_json
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.files.text_files import heading_of, rows_of
from kommunalvalg.files.valgdatabase import Valgdatabase, election_in, read_valgdatabase
from kommunalvalg.files.valgdk import Export, read_valgdk
from kommunalvalg.files.web_export import MUNICIPAL, NATIONAL, Rows, web_export
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed, look

__all__ = ["headings_of", "is_by_area", "previous_reader", "read_areas", "read_previous"]

_EMBEDDED = ("kv2013", "kv2025", "rv2025")
_SEATS = ("seats", "mandater")


def read_previous(source: str | Path, council: str, *, encoding: str = "utf-8") -> Earlier:
    """Read an earlier election of one council; :func:`previous_reader` reads several without reading the file again.

    Args:
        source: the name of an embedded election, such as "kv2013"; an official export (a folder or an archive); a JSON
            file of an election; the web export of older elections, or the wide table of Danmarks Statistik, which have
            polling areas, of which the latest municipal election is taken; or a table of votes, which may have a column
            of seats (mandater) too.
        council: the council's name.
        encoding: how a table is encoded.

    Raises:
        DataError: it cannot be read, or has no such council.

    >>> read_previous("kv2013", "Fanø").votes["A"]
    262
    """
    return previous_reader(source, encoding=encoding)(council)


def previous_reader(source: str | Path, *, encoding: str = "utf-8", several: bool = False) -> Callable[[str], Earlier]:
    """Give what reads an earlier election: council -> its earlier election. A file is read once, when it is needed.

    Args:
        source: as for :func:`read_previous`.
        encoding: how a table is encoded.
        several: whether it is read for several councils, and so has to say whose votes are whose.

    Raises:
        DataError: there is no such file, its headings are not to be read, it is of an election to the Folketing, or of
            one council and read for several.

    >>> before = previous_reader("kv2013", several=True)
    >>> before("Fanø").votes["A"], before("Ærø").seats
    (262, None)
    """
    if str(source) in _EMBEDDED:
        return partial(_of_embedded, str(source))
    path = checked_path(source)
    if path.is_dir() or path.suffix.lower() in _ARCHIVES:
        return partial(_of_export, cache(partial(read_valgdk, path, partial=True)), path)
    headings = () if path.suffix.lower() == ".json" else headings_of(path, encoding)
    if tuple(headings) == NATIONAL:
        raise DataError(
            "{field} is of an election to the Folketing; the election before is of the same council", field=path.name
        )
    if several and "valgstedid" not in headings:
        raise DataError("{field} is of one council, and several are asked about", field=path.name)
    if path.suffix.lower() == ".json":
        election = read_json(path)
        return partial(_of_election, path.name, election)
    if tuple(headings) == MUNICIPAL:
        by_area = read_areas(path, encoding=encoding)
        return lambda _council: by_area
    if "valgstedid" in headings:
        name = election_in(path, encoding=encoding)
        return partial(_of_valgdatabase, cache(partial(read_valgdatabase, path, name, encoding=encoding)), path)
    table = _of_table(path, not set(_SEATS).isdisjoint(headings), encoding)
    return lambda _council: table


_ARCHIVES = {".zip", ".tar", ".xz", ".gz", ".tgz", ".bz2"}


def _of_table(path: Path, with_seats: bool, encoding: str) -> Earlier:  # noqa: FBT001 - a table's, not a caller's
    votes = read_table(path, VOTES, encoding=encoding)
    seats = FrozenDict(read_table(path, _SEATS, encoding=encoding)) if with_seats else None
    return Earlier(name=path.name, votes=FrozenDict(votes), seats=seats, warnings=votes.warnings)


def is_by_area(path: Path, encoding: str = "utf-8") -> bool:
    """Tell whether a table is the web export, which has a row for each candidate in each polling area."""
    return tuple(headings_of(path, encoding)) == MUNICIPAL


def read_areas(path: Path, *, encoding: str = "utf-8") -> Earlier:
    """Read the web export of one municipality, by polling area.

    Raises:
        DataError: as for :func:`.read_csv`.
    """
    rows = rows_of(path, encoding)
    next(rows, None)
    areas, names, warnings = _areas_in(path, rows)
    votes: dict[str, int] = {}
    for area in areas:
        for key, count in area.votes.items():
            votes[key] = votes.get(key, 0) + count
    return Earlier(
        name=path.name,
        votes=FrozenDict(votes),
        names=FrozenDict(names),
        areas=PollingAreas(areas, len(areas)),
        warnings=tuple(warnings),
    )


def _areas_in(file: Path, rows: Rows) -> tuple[tuple[PollingArea, ...], dict[str, str], list[Warned]]:
    """Read each polling area of the export of a municipal election by itself, with the lists' names by key.

    Raises:
        DataError: as for :func:`web_export`.
    """
    kept = list(rows)
    _votes, warnings = web_export(file, kept)
    areas: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for line, (area, letter, a_list, _person, number) in kept:
        key = name_in(file, line, letter if letter.strip() else a_list)
        names.setdefault(key, a_list.strip())
        votes = areas.setdefault(name_in(file, line, area), {})
        votes[key] = votes.get(key, 0) + count_in(file, line, number)
    counted = (PollingArea(name, Count.FINAL, FrozenDict(votes)) for name, votes in areas.items())
    return tuple(counted), names, warnings


def headings_of(path: Path, encoding: str = "utf-8") -> Sequence[str]:
    """Give the headings of a table as they are compared: as they look, in small letters."""
    return [look(heading).casefold() for heading in heading_of(path, encoding)]


def _of_embedded(name: str, council: str) -> Earlier:
    figures = row(name, council)
    return Earlier(
        name=name,
        votes=FrozenDict({a_list.letter: a_list.votes for a_list in figures.lists}),
        names=FrozenDict({a_list.letter: a_list.name for a_list in figures.lists}),
        seats=None if figures.seats is None else published(name, council).seats,
    )


def _of_export(read: Callable[[], Export], path: Path, council: str) -> Earlier:
    export = read()
    name = next((name for name in export if spelt(name) == spelt(council)), None)
    if name is None:
        raise DataError(
            "{field} is {value}, which {folder} does not have; {hint}",
            field="COUNCIL",
            value=council,
            folder=str(path),
            hint=names_like(council, export) or _("it has {known}", known=listed(export)),
        )
    election = export[name]
    return Earlier(
        name=path.name,
        votes=election.votes,
        names=FrozenDict({a_list.key: a_list.name for a_list in election.lists}),
        seats=export.published[name].seats if name in export.published else None,
        areas=export.areas[name],
        warnings=export.warnings.get(name, ()),
    )


def _of_election(name: str, election: CouncilElection, council: str) -> Earlier:
    result = elect_council(election)
    another = () if spelt(election.name) == spelt(council) else (_of_another(name, election.name, council),)
    return Earlier(
        name=name,
        votes=election.votes,
        names=FrozenDict({a_list.key: a_list.name for a_list in election.lists}),
        seats=None if result.proportional.open else FrozenDict(result.seats),
        warnings=another,
    )


def _of_another(file: str, other: str, council: str) -> Warned:
    return Warned(_("{file} is of {other}; it is compared with {council}.", file=file, other=other, council=council))


def _of_valgdatabase(read: Callable[[], Valgdatabase], path: Path, council: str) -> Earlier:
    table = read()
    codes = list(table.areas)
    code = codes[0] if len(codes) == 1 else row("kv2025", council).code
    if code is None or code not in table.areas:
        raise DataError(
            "{field} is {value}, which {folder} does not have; it has {known}",
            field="COUNCIL",
            value=council,
            folder=path.name,
            known=listed(map(str, codes)),
        )
    return Earlier(name=table.election, votes=table.votes[code], areas=table.areas[code], warnings=table.warnings)
