"""The mayors of municipalities from a file that a person wrote: one row for each, with the party of its mayor."""

from pathlib import Path

from kommunalvalg.elections.area import mayors_list, municipalities_of
from kommunalvalg.elections.embedded import spelt
from kommunalvalg.errors import DataError, ElectionError, Warned
from kommunalvalg.files.fields import column_of, line_of, name_in
from kommunalvalg.files.text_files import heading_of, rows_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed, look

__all__ = ["is_by_municipality", "read_mayors"]

_MUNICIPALITY = ("municipality", "kommune")
_PARTY = ("party", "parti", "letter", "bogstav", "list", "liste")
_REGION = ("region", "area", "område")


def is_by_municipality(path: Path, *, encoding: str = "utf-8") -> bool:
    """Tell whether a table has a row for each municipality, by its headings.

    Raises:
        DataError: the file cannot be read.
    """
    return not set(_MUNICIPALITY).isdisjoint(map(_heading, heading_of(path, encoding)))


def read_mayors(
    path: Path, election: str, region: str, *, encoding: str = "utf-8"
) -> tuple[FrozenDict[str, str], tuple[Warned, ...]]:
    """Read whose the mayors of a region's municipalities are.

    Args:
        path: a CSV file with a municipality and the letter or name of the mayor's list in each row. Where it has a
            column of regions as well, rows of other regions are left aside, and a warning says how many.
        election: the embedded election in which the lists stood.
        region: the region whose municipalities are read.
        encoding: how the file is encoded.

    Returns:
        Municipality -> the letter of the mayor's list; and what is to be known of how it was read.

    Raises:
        DataError: a column is missing; a municipality is unknown, of another region or there twice, or a list did not
            stand there, with the file's name and the line's number; or a municipality has no row.
    """
    wanted = municipalities_of(election, region)
    rows = rows_of(path, encoding)
    line, header = next(rows, (1, []))
    headings = list(map(_heading, header))
    at, party_at = (column_of(path, line, headings, kind) for kind in (_MUNICIPALITY, _PARTY))
    region_at = None if set(_REGION).isdisjoint(headings) else column_of(path, line, headings, _REGION)
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    aside = 0
    for line, row in rows:
        if region_at is not None and spelt(row[region_at]) != spelt(region):
            aside += 1
            continue
        name = name_in(path, line, row[at])
        try:
            council, a_list = mayors_list(election, name, row[party_at])
        except ElectionError as error:
            raise DataError("{field}: {error}", field=line_of(path, line), error=error.text) from error
        if council.name not in wanted:
            raise DataError(
                "{field}: {value} is in the region {other}, and not in {region}; take the row out",
                field=line_of(path, line),
                value=council.name,
                other=council.region,
                region=region,
            )
        if council.name in found:
            raise DataError(
                "{field}: {value} stands in line {before} already",
                field=line_of(path, line),
                value=council.name,
                before=lines[council.name],
            )
        found[council.name], lines[council.name] = a_list.letter, line
    if missing := [name for name in wanted if name not in found]:
        raise DataError(
            "{field} says nothing of {missing}; each municipality of the area has a mayor",
            field=path.name,
            missing=listed(missing),
        )
    told = _("{file}: rows of other regions that are left aside: {number}.", file=path.name, number=aside)
    return FrozenDict(found), (Warned(told),) if aside else ()


def _heading(heading: str) -> str:
    return look(heading.replace("_", " ")).casefold()
