"""The wide table of Danmarks Statistik's valgdatabase: a row for a polling area, a column for a party and an election.

It is where earlier elections by polling area are found. Local lists are told together in some of its columns, as
"Andre" or "Lokallister"; no list can be told from another there.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from kommunalvalg.elections.parties import PARTIES, party_of
from kommunalvalg.elections.polling import Count, PollingArea, PollingAreas
from kommunalvalg.errors import DataError, VoteError, Warned
from kommunalvalg.files.fields import line_of, name_in, whole_number
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.text_files import heading_of, rows_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import Field
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed, look

__all__ = ["Valgdatabase", "election_in", "read_valgdatabase"]

_PLACE, _AREA = "valgstedid", "gruppe"
_FIGURES = {
    "gyldige stemmer": "valid",
    "afgivne stemmer": "cast",
    "blanke stemmer": "blank",
    "andre ugyldige stemmer": "invalid",
    "stemmeberettigede": "eligible",
}
_TOGETHER = re.compile(r"^(andre|øvrige|lokal\w*|andre (partier|lister)|øvrige (partier|lister))\b", re.IGNORECASE)
_LETTERED = re.compile(r"^([^\W\d_])[.:]\s*\S")


@attrs.frozen
class Valgdatabase:
    """One election of the table.

    Attributes:
        election: its name in the table, such as "KV2021".
        areas: kommunekode -> the polling areas of the council, with the votes of each party or list.
        warnings: what is to be known of the columns.
    """

    election: str
    areas: FrozenDict[int, PollingAreas]
    warnings: tuple[Warned, ...] = ()

    @property
    def votes(self) -> FrozenDict[int, FrozenDict[str, int]]:
        """Kommunekode -> the votes of each party or list in the whole council, of those that stood there."""
        return FrozenDict({code: _together(areas) for code, areas in self.areas.items()})


def _together(areas: PollingAreas) -> FrozenDict[str, int]:
    votes: dict[str, int] = {}
    for area in areas.votes:
        for name, count in area.items():
            votes[name] = votes.get(name, 0) + count
    return FrozenDict({name: count for name, count in votes.items() if count})


def read_valgdatabase(path: str | Path, election: str, *, encoding: str = "utf-8") -> Valgdatabase:
    r"""Read one election from the wide table of Danmarks Statistik's valgdatabase, by polling area.

    Columns are headed "KV2021 - A. Socialdemokratiet", "KV2021 - Gyldige stemmer" and so on. A party is called by its
    letter, where the heading has it or is the name of a party that is known; else by the heading. The first three
    digits of ValgstedId are the kommunekode. "-" stands for no figure; where no valid votes are told of an area, it is
    not counted.

    Args:
        path: the file.
        election: the election's name in the table, such as "KV2021".
        encoding: how the file is encoded.

    Raises:
        DataError: the file cannot be read, has no such election or no valid votes of it, a row is there twice, a number
            is broken, or a row does not add up: the parties to the valid votes, valid, blank and other invalid votes to
            the votes cast; with the file's name and the line's number.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "areas.csv"
    ...     _ = file.write_text(
    ...         "Gruppe;ValgstedId;KV2021 - A. Socialdemokratiet;KV2021 - Venstre;KV2021 - Gyldige stemmer\n"
    ...         "Nordby;563001;120;340;460\nSønderho;563002;-;44;44\n",
    ...         encoding="utf-8",
    ...     )
    ...     read_valgdatabase(file, "KV2021").votes
    {563: {'A': 120, 'V': 384}}
    """
    file = checked_path(path)
    rows = rows_of(file, encoding)
    line, header = next(rows, (1, []))
    headings = [look(heading) for heading in header]
    columns = _columns(file, headings, election)
    place_at, area_at = (_at(file, line, headings, heading) for heading in (_PLACE, _AREA))
    lines: dict[str, int] = {}
    councils: dict[int, list[PollingArea]] = {}
    for line, row in rows:
        place = row[place_at].strip()
        if not re.fullmatch(r"\d{4,9}", place):
            raise DataError(
                "{field}: ValgstedId is {value}; it begins with a kommunekode",
                field=line_of(file, line),
                value=place,
            )
        if place in lines:
            raise DataError(
                "{field}: ValgstedId {place} stands in line {before} already",
                field=line_of(file, line),
                place=place,
                before=lines[place],
            )
        lines[place] = line
        area = _area(line_of(file, line), name_in(file, line, row[area_at]), columns, row)
        councils.setdefault(int(place[:3]), []).append(area)
    if not councils:
        raise DataError("{field} has a heading and no rows; at least one row is needed", field=file.name)
    together = [name for name in columns if _TOGETHER.match(name)]
    warnings = [
        Warned(_("{lists} stand together in one column; which list had which votes cannot be told.", lists=name))
        for name in together
    ]
    areas = {
        code: PollingAreas(tuple(areas_of_one), len(areas_of_one), _eligible(areas_of_one))
        for code, areas_of_one in sorted(councils.items())
    }
    return Valgdatabase(election, FrozenDict(areas), tuple(warnings))


def election_in(path: str | Path, *, encoding: str = "utf-8") -> str:
    """Give the latest municipal election that a table has, such as "KV2021".

    Raises:
        DataError: it has none.
    """
    file = checked_path(path)
    headings = map(look, heading_of(file, encoding))
    elections = {parts[0].strip().upper() for parts in map(_split, headings) if len(parts) > 1}
    municipal = [name for name in elections if re.fullmatch(r"KV\d{4}", name)]
    if not municipal:
        raise DataError(
            "{field} is {value}; {file} has the elections {known}",
            field="election",
            value="KV",
            file=file.name,
            known=listed(sorted(elections)) or _("none"),
        )
    return max(municipal)


def _split(heading: str) -> list[str]:
    """Split a heading into the election and the party or figure."""
    return re.split(r"\s+[-–—]\s+", heading, maxsplit=1)


def _eligible(areas: Sequence[PollingArea]) -> int | None:
    known = [area.eligible for area in areas if area.eligible is not None]
    return sum(known) if len(known) == len(areas) else None


def _columns(file: Path, headings: Sequence[str], election: object) -> dict[str, int]:
    """Give where each party and each figure of an election stands: letter, name or figure -> column."""
    split = [_split(heading) for heading in headings]
    there = dict.fromkeys(parts[0].casefold() for parts in split if len(parts) == len(("election", "party")))
    wanted = election.strip().casefold() if isinstance(election, str) else ""
    if wanted not in there:
        known = listed(dict.fromkeys(parts[0] for parts in split if len(parts) > 1)) or _("none")
        raise DataError(
            "{field} is {value}; {file} has the elections {known}",
            field="election",
            value=election,
            file=file.name,
            known=known,
        )
    columns: dict[str, int] = {}
    for at, (begin, *rest) in enumerate(split):
        if rest and begin.casefold() == wanted:
            name = _FIGURES.get(rest[0].casefold()) or _party(rest[0])
            if name in columns:
                raise DataError(
                    "{field}: {value} and another column are both of {name}",
                    field=file.name,
                    value=headings[at],
                    name=name,
                )
            columns[name] = at
    if "valid" not in columns:
        raise DataError(
            "{field} has no column {value}; it shows what adds up",
            field=file.name,
            value=f"{election} - Gyldige stemmer",
        )
    return columns


def _party(heading: str) -> str:
    """Give the letter of a party, or the heading where there is none to be told."""
    if lettered := _LETTERED.match(heading):
        return lettered[1]
    known = (letter for letter in PARTIES if party_of(letter, heading))
    return next(known, heading)


def _area(where: Field, name: str, columns: Mapping[str, int], row: Sequence[str]) -> PollingArea:
    """Read one row, which is to add up."""
    figures = {key: _figure(where, key, row[at]) for key, at in columns.items()}
    known = {key: figures.pop(key, None) for key in _FIGURES.values()}
    votes = FrozenDict({key: count or 0 for key, count in figures.items()})
    valid, cast, blank, invalid = (known[key] for key in ("valid", "cast", "blank", "invalid"))
    if (together := sum(votes.values())) != (valid or 0):
        raise DataError(
            "{field}: {valid} valid votes; the parties have {together} together",
            field=where,
            valid=valid or 0,
            together=together,
        )
    if None not in (cast, blank, invalid) and cast != together + (blank or 0) + (invalid or 0):
        raise DataError(
            "{field}: {cast} votes cast are not valid {together} + blank {blank} + invalid {invalid}",
            field=where,
            cast=cast,
            together=together,
            blank=blank,
            invalid=invalid,
        )
    count = Count.MISSING if valid is None else Count.FINAL
    return PollingArea(
        name, count, votes if count is Count.FINAL else FrozenDict({}), cast or together, known["eligible"]
    )


def _figure(where: Field, key: str, text: str) -> int | None:
    """Read a whole number; "-" is none, and 12,0 is 12."""
    text = re.sub(r",0+$", "", text.strip())
    if text in {"", "-", "–", ".."}:
        return None
    try:
        return whole_number(text)
    except VoteError as error:
        raise DataError("{field}: {key}: {error}", field=where, key=key, error=error.text) from error


def _at(file: Path, line: int, headings: Sequence[str], wanted: str) -> int:
    columns = [at for at, heading in enumerate(headings) if heading.casefold() == wanted]
    if len(columns) != 1:
        raise DataError(
            "{field}: {number} columns headed {wanted}; one is needed",
            field=line_of(file, line),
            number=len(columns),
            wanted=wanted,
        )
    return columns[0]
