"""The web export of official results up to 2024: a row for each candidate in each polling area, votes only."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kommunalvalg.errors import DataError, Warned
from kommunalvalg.files.fields import count_in, line_of, name_in
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["MUNICIPAL", "NATIONAL", "Rows", "web_export"]

MUNICIPAL = ("afstemningsområde", "bogstavbetegnelse", "listenavn", "navn", "stemmetal")
"""The headings of the export of a municipal election, which end in letter, list, person and votes."""

NATIONAL = ("opstillingskreds", "afstemningsområde", "partibogstav", "partinavn", "navn", "stemmetal")
"""The headings of the export of an election to the Folketing, which end in the same."""

_WITHHELD = ("NN", "N.N.")
"""What stands where a file goes without people's names."""

Rows = Iterable[tuple[int, list[str]]]
Names = dict[tuple[str, ...], list[tuple[str, int]]]  # the area -> the names of one list there, each with its line


def web_export(file: Path, rows: Rows) -> tuple[dict[str, int], list[Warned]]:
    """Add up the rows of each letter, and where a letter is empty those of each name of a list.

    Raises:
        DataError: the row of a person or of a list stands in an area twice, a list is named as a letter is, or a number
            is broken; with the file's name and the line's number.
    """
    votes: dict[str, int] = {}
    called: dict[str, dict[str, int]] = {}  # letter or name -> the lists' names, each with how many rows of no letter
    names: dict[str, Names] = {}
    for line, (*area, letter, a_list, person, number) in rows:
        key = name_in(file, line, letter if letter.strip() else a_list)
        lists = called.setdefault(key, {})
        unlettered = not letter.strip()
        if lists and unlettered != any(lists.values()):
            raise DataError(
                "{field}: {name} is the letter of one list and the name of another",
                field=line_of(file, line),
                name=key,
            )
        lists[a_list.strip()] = lists.get(a_list.strip(), 0) + unlettered
        votes[key] = votes.get(key, 0) + count_in(file, line, number)
        names.setdefault(key, {}).setdefault((*area, a_list), []).append((person.strip(), line))
    if not votes:
        raise DataError("{field} has a heading and no rows; at least one row is needed", field=file.name)
    return votes, [*_unusual(called), *(warned for key in names for warned in _namesakes(file, key, names[key]))]


def _unusual(called: Mapping[str, Mapping[str, int]]) -> Iterator[Warned]:
    """Tell which lists have no letter, and which letters several lists have."""
    for key, lists in called.items():
        if rows := sum(lists.values()):
            yield Warned(
                _("The letter of {list} is empty in {rows} rows; the list is called by its name.", list=key, rows=rows),
                "KRVL-34",
            )
        elif len(lists) > 1:
            yield Warned(
                _("{lists} have the letter {letter}; their votes are added up.", lists=listed(lists), letter=key),
                "KRVL-34",
            )


def _namesakes(file: Path, key: str, areas: Names) -> Iterator[Warned]:
    """Tell who have one name on a list: they do when every area has the same names in the same order.

    In one area alone a row that stands there twice looks the same, and is refused; but not where names are withheld.
    """
    orders = {tuple(name for name, _ in people) for people in areas.values()}
    for people in areas.values():
        lines: dict[str, int] = {}
        for name, line in people:
            if name in lines and (len(orders) > 1 or (len(areas) == 1 and name not in _WITHHELD)):
                raise DataError(
                    "{field}: the row of line {before} stands here again",
                    field=line_of(file, line),
                    before=lines[name],
                )
            lines.setdefault(name, line)
    order = next(iter(orders))
    for name in dict.fromkeys(order):
        if (number := order.count(name)) > 1 and name not in _WITHHELD:
            yield Warned(
                _(
                    "{number} candidates of list {list} have the name {name}; their places tell them apart.",
                    number=number,
                    list=key,
                    name=name,
                ),
                "KRVL-21",
            )
