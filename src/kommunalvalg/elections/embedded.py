"""The elections that come with the package: their format, and finding one council in it.

An election is one file of this folder, ``<election>.jsonl``, in UTF-8 with one JSON value per line and figures
only; a candidate is the place on the ballot. The first line is an object that describes the file:

``format``, ``version``
    ``"kommunalvalg-council-election"`` and 1.
``election``, ``day``, ``source``
    the election's name, the polling day and where the figures were published.
``totals``
    how many councils, lists, candidates, valid votes and seats the file has.
``sha256``
    the checksum of all that follows the first line.

Each other line is the array of one council, in the order of the municipality codes (kommunekode), regional councils
by name::

    [code, name, region, seats, eligible, cast, valid, blank, invalid, polling areas, lists]

and each of its lists is an array, in ballot order::

    [letter, name, party, form, votes, list votes, valgforbund, seats, personal votes, elected, substitutes]

``party`` is the letter of the national party, or ``""``; ``form`` is ``"s"`` (sideordnet) or ``"p"`` (partiliste);
``valgforbund`` is its number in the council, 0 for none; ``seats``, ``elected`` and ``substitutes`` are as the
authorities published them. ``personal votes`` has a number for each candidate in ballot order; ``elected`` has a
pair ``[place on the ballot, seat number in the council]`` for each elected in the order of election;
``substitutes`` has the places on the ballot in the order of the substitutes.

What the source does not say is ``null``: a regional council's code and the votes it does not give. Of an election that
is embedded as votes only, ``seats`` of the council is ``null``, and its lists are arrays of the first five figures.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from numbers import Integral
from typing import NamedTuple

from kommunalvalg.errors import DataError
from kommunalvalg.text import Text, Texts, composed, like
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed, meant

__all__ = ["FORMAT", "VERSION", "CouncilRow", "ListRow", "elections", "on_day", "row", "rows", "spelt", "year"]

FORMAT = "kommunalvalg-council-election"
VERSION = 1

_COMPLETE = ("kv2025", "rv2025")
_VOTES_ONLY = ("kv2013",)


class ListRow(NamedTuple):
    """The array of one list."""

    letter: str
    name: str
    party: str
    form: str
    votes: int
    list_votes: int = 0
    alliance: int = 0
    seats: int = 0
    personal: Sequence[int] = ()
    elected: Sequence[Sequence[int]] = ()
    substitutes: Sequence[int] = ()


class CouncilRow(NamedTuple):
    """The array of one council."""

    code: int | None
    name: str
    region: str
    seats: int | None
    eligible: int | None
    cast: int | None
    valid: int
    blank: int | None
    invalid: int | None
    polling_areas: int | None
    lists: list[ListRow]


class _Election(NamedTuple):
    """One file, of which only the code and the name at the start of each line have been read."""

    day: str
    lines: dict[str, str]
    names: dict[str, str]  # as they are looked up -> as they are written
    codes: dict[str, str]


def elections() -> tuple[str, ...]:
    """Return the names of the elections that come with the package, of which every council can be elected.

    Besides them there are the votes of earlier ones (:func:`~kommunalvalg.data.votes`).

    >>> elections()
    ('kv2025', 'rv2025')
    """
    return _COMPLETE


def year(election: str) -> int:
    """Return the year of an embedded election, by whose rules it is computed.

    Raises:
        DataError: there is no such election.

    >>> year("kv2025")
    2025
    """
    return int(_opened(election).day[:4])


def on_day(day: str, kind: str) -> dict[str, CouncilRow]:
    """Return the councils of the embedded election of a day, by name as :func:`spelt`; none where there is none.

    Args:
        day: the polling day, as YYYY-MM-DD.
        kind: "kv" for municipal councils, "rv" for regional ones.

    >>> len(on_day("2025-11-18", "kv")), on_day("2021-11-16", "kv")
    (98, {})
    """
    elections = (election for election in _COMPLETE if election.startswith(kind) and _opened(election).day == day)
    return {spelt(council.name): council for election in elections for council in rows(election)}


def row(election: str, municipality: str | int) -> CouncilRow:
    """Return the figures of one council as they stand in the file.

    Args:
        election: the name of an embedded election.
        municipality: the council's name, or its kommunekode as a number or as text.

    Raises:
        DataError: there is no such election, or no such council in it.

    >>> row("kv2025", "Fanø Kommune").code, row("rv2025", "Region Midtjylland").seats
    (563, 31)
    """
    opened = _opened(election)
    return _parsed(opened.lines[_name(election, opened, municipality)])


def rows(election: str) -> Iterable[CouncilRow]:
    """Yield the figures of every council, in the order of the municipality codes.

    Raises:
        DataError: there is no such election.

    >>> [council.name for council in rows("kv2025")][:2]
    ['København', 'Frederiksberg']
    """
    return map(_parsed, _opened(election).lines.values())


@cache
def _parsed(line: str) -> CouncilRow:
    figures = json.loads(line)
    figures[-1] = [ListRow(*a_list) for a_list in figures[-1]]
    return CouncilRow(*figures)


def _opened(election: str) -> _Election:
    if election not in (*_COMPLETE, *_VOTES_ONLY):
        raise DataError(
            "{field} is {value}; the embedded elections are {known}",
            field="election",
            value=election,
            known=meant(
                _("{known}, and {votes_only} as votes only", known=listed(_COMPLETE), votes_only=listed(_VOTES_ONLY)),
                f"kv{election}" if str(election).isdecimal() else election,
                (*_COMPLETE, *_VOTES_ONLY),
            ),
        )
    return _read(f"{election}.jsonl")


@cache
def _read(name: str) -> _Election:
    # Text, not bytes: line ends that a version control system changed do not change the figures.
    return _indexed(name, (files(__package__) / name).read_text(encoding="utf-8"))


def _indexed(file: str, text: str) -> _Election:
    """Check a file against its first line, and index the others by name and by code."""
    first, _newline, rest = text.partition("\n")
    try:
        header = json.loads(first)
        written_as = (header["format"], header["version"])
        checksum, day = header["sha256"], str(date.fromisoformat(header["day"]))
    except (ValueError, LookupError, TypeError):
        raise DataError(
            "{field} is {value}; it should describe the file",
            field=_("{file}, line {line}", file=str(file), line=1),
            value=first,
        ) from None
    if written_as != (FORMAT, VERSION):
        raise DataError(
            "{field} has the format {value}; this version reads {known}",
            field=_("{file}, line {line}", file=str(file), line=1),
            value=written_as,
            known=repr((FORMAT, VERSION)),
        )
    if sha256(rest.encode()).hexdigest() != checksum:
        raise DataError(
            "{field} does not have the checksum of its first line; install the package again", field=str(file)
        )
    opened = _Election(day, {}, {}, {})
    for line in rest.splitlines():
        code, quoted, _rest = line[1:].split(",", 2)
        name = quoted.strip('"')
        opened.lines[name] = line
        opened.names[spelt(name)] = name
        if code.isdigit():
            opened.codes[code] = name
    return opened


def _name(election: str, opened: _Election, municipality: object) -> str:
    """Find a council by code or by name."""
    if isinstance(municipality, Integral) and not isinstance(municipality, bool):
        folded = ""
        name = opened.codes.get(str(municipality)) if 0 < int(municipality) <= _HIGHEST_CODE else None
    elif isinstance(municipality, str) and municipality.strip():
        folded = spelt(municipality)
        # "0563" is looked up as written: turning text of any length into a number is not safe.
        name = opened.codes.get(folded.lstrip("0"), opened.names.get(folded))
        name = name or opened.names.get(folded.removesuffix("s"))
    else:
        raise DataError("{field} is {value}; {hint}", field="council", value=municipality, hint=_example(opened))
    if name is not None:
        return name
    hint = names_like(folded, opened.names.values()) or _example(opened)
    raise DataError(
        "{field} is {value}, which {election} does not have; {hint}",
        field="council",
        value=municipality,
        election=election,
        hint=hint,
    )


def _example(opened: _Election) -> Text:
    """Say how a council is named."""
    if len(opened.lines) <= _FEW:
        return _("give one of {names}", names=listed(opened.lines))
    return _("give a name or a kommunekode, such as 'Fanø' or 563")


_FEW = 5
_HIGHEST_CODE = 9999
_DASHES = re.compile("[-‐‑‒–—]")
_COMMUNE = re.compile(r"\s(regions)?kommune$")


def names_like(name: str, known: Iterable[str]) -> Text | None:
    """Say which of the known names may have been meant; nothing where none is like it."""
    spellings = {spelt(each): each for each in known}
    near = [spellings[each] for each in like(spelt(name), spellings)]
    return _("was {near} meant?", near=Texts(near, " / ")) if near else None


def spelt(name: str) -> str:
    """Write a name so that its spellings are one: no case, no dashes, "aa" for "å", no "Kommune" or "Region"."""
    name = " ".join(_DASHES.sub(" ", composed(name).casefold()).split())
    return _COMMUNE.sub("", name).removeprefix("region ").replace("å", "aa")
