"""What stands in the calculator's form, and the question that it asks.

A sheet is plain JSON, all of it text as it was typed: the tab, its fields, the rows of its tables, the lots that were
entered, and whether alliances are left aside. Numbers are read here, so that what is wrong with one is said here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg.elections import figures
from kommunalvalg.errors import DataError, VoteError
from kommunalvalg.files.fields import whole_number
from kommunalvalg.files.plain import Plain, from_plain
from kommunalvalg.lots import Draw
from kommunalvalg.methods.units import checked_units, every_alliance
from kommunalvalg.text import Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed
from kommunalvalg.web.forms import TABS, Field, Grid, Tab

__all__ = [
    "MOST_ROWS",
    "MOST_SEATS",
    "MOST_SIGNS",
    "Sheet",
    "examples",
    "hold_few",
    "opened",
    "question_of",
    "read_sheet",
    "sheet_of",
]

MOST_SEATS = 999
MOST_ROWS = 100
MOST_SIGNS = 200
"""The most that is computed for a page; more is no election, and would keep whoever asks waiting."""

Address: TypeAlias = list[str | int]
"""A field by its key; a cell by its table, its row and its column."""

Nested: TypeAlias = "str | list[Nested]"
"""A list, or an alliance of lists and alliances."""

Question: TypeAlias = dict[str, Plain]
"""What is asked, as plain JSON."""


@attrs.frozen
class Row:
    """A row of a table that is not blank.

    Attributes:
        grid: the table.
        number: which of its rows, from 0.
        cells: column -> what stands there.
    """

    grid: Grid
    number: int
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name that it is about."""
        return self.cells["name"]

    def count(self, key: str) -> int | None:
        """Read a number; None where nothing stands.

        Raises:
            VoteError: it is no number.
        """
        field = self._column(key)
        return _count(self.cells[key], field.known_as.format_map(self.cells))

    def chosen(self, key: str) -> str:
        """Give a name that must be chosen.

        Raises:
            VoteError: none is.
        """
        if not self.cells[key]:
            raise VoteError("{field} is missing", field=self._column(key).known_as.format_map(self.cells), value="")
        return self.cells[key]

    def _column(self, key: str) -> Field:
        return next(column for column in self.grid.columns if column.key == key)


@attrs.frozen
class Sheet:
    """What stands in the form.

    Attributes:
        tab: which form.
        fields: field -> what stands there.
        rows: table -> its rows that are not blank.
        draws: the lots that were entered.
        apart: whether alliances are left aside.
    """

    tab: Tab
    fields: Mapping[str, str]
    rows: Mapping[str, tuple[Row, ...]]
    draws: tuple[Draw, ...] = ()
    apart: bool = False

    def count(self, key: str) -> int | None:
        """Read a number; None where nothing stands.

        Raises:
            VoteError: it is no number.
        """
        return _count(self.fields[key], key)

    def needed(self, key: str) -> int:
        """Read a number that must be there.

        Raises:
            VoteError: it is not, or is no number.
        """
        number = self.count(key)
        if number is None:
            raise VoteError("{field} is missing; it is a whole number, 0 or more", field=key, value="")
        return number

    def named(self, grid: str) -> dict[str, Row]:
        """Give the rows of a table by name.

        Raises:
            VoteError: a name is missing, or stands twice.
        """
        rows: dict[str, Row] = {}
        for row in self.rows[grid]:
            field = f"{grid}/{row.number}"
            if not row.name:
                raise VoteError("{field} is missing; every row has a name", field=field, value="")
            if row.name in rows:
                raise VoteError("{field} is {value}, which stands twice", field=field, value=row.name)
            rows[row.name] = row
        return rows

    def together(self, grid: str) -> list[Nested]:
        """Give those who stand together, by the number that they have in common; inside 1 stand 1.1 and 1.2."""
        groups: dict[tuple[str, ...], list[Nested]] = {(): []}
        for row in () if self.apart else self.rows[grid]:
            if not row.cells["alliance"]:
                continue
            path = tuple(row.cells["alliance"].split("."))
            for depth in range(1, len(path) + 1):
                if path[:depth] not in groups:
                    groups[path[:depth]] = []
                    groups[path[: depth - 1]].append(groups[path[:depth]])
            groups[path].append(row.name)
        return [each for each in map(_without_ones, groups[()]) if not isinstance(each, str)]

    def place(self, field: str) -> tuple[Address, Word] | None:
        """Say where the field stands that an error names, and what people call it."""
        for each in self.tab.fields:
            if field in {each.key, each.known_as}:
                return [each.key], _(each.label)
        for row in (row for rows in self.rows.values() for row in reversed(rows)):  # one too many is the last
            at: Address = [row.grid.key, row.number]
            if field == f"{row.grid.key}/{row.number}":
                return [*at, "name"], _(row.grid.columns[0].label)
            for column in row.grid.columns:
                if column.known_as and "{" in column.known_as and field == column.known_as.format_map(row.cells):
                    return [*at, column.key], Texts([_(column.label), row.name], ", ")
        return None


def _without_ones(member: Nested) -> Nested:
    """Give a member of an alliance; of one that has but one member itself, that one."""
    if isinstance(member, str):
        return member
    members = [_without_ones(each) for each in member]
    return members[0] if len(members) == 1 else members


def _count(text: str, field: str) -> int | None:
    if not text.strip():
        return None
    try:
        return whole_number(text, thousands=True)
    except VoteError as error:
        raise VoteError(
            "{field} is {value}; a count is whole and written with digits only", field=field, value=text
        ) from error


def hold_few(field: str, number: int, most: int) -> None:
    """Hold that there is not more of something than is computed for a page.

    Raises:
        VoteError: there is.
    """
    if number > most:
        raise VoteError("{field} is {value}; the calculator takes at most {most}", field=field, value=number, most=most)


def _text(value: object, field: str) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or len(value) > MOST_SIGNS:
        raise DataError(
            "{field} is {value}; it is a text of at most {most} signs", field=field, value=value, most=MOST_SIGNS
        )
    return value.strip()


def read_sheet(document: Plain) -> Sheet:
    """Read a sheet as a page sends it.

    Raises:
        ElectionError: it is none.

    >>> sheet = read_sheet({"tab": "seats", "fields": {"seats": "9"}, "tables": {"lists": [["A", "11"], ["", ""]]}})
    >>> sheet.needed("seats"), [row.name for row in sheet.rows["lists"]]
    (9, ['A'])
    """
    tab = TABS.get(str(document.get("tab"))) if isinstance(document, Mapping) else None
    if tab is None:
        raise DataError(
            "{field} is {value}; it is a sheet of one of {tabs}",
            field="sheet",
            value=document,
            tabs=listed(TABS, document),
        )
    fields, tables = document.get("fields") or {}, document.get("tables") or {}
    if not isinstance(fields, Mapping) or not isinstance(tables, Mapping):
        raise DataError("{field} is {value}; it is an object", field="sheet", value=document)
    if not isinstance(document.get("draws") or [], list):
        raise DataError("{field} is {value}; it is a list", field="draws", value=document["draws"])
    return Sheet(
        tab=tab,
        fields={each.key: _text(fields.get(each.key, ""), each.key) for each in tab.fields},
        rows={grid.key: tuple(_rows(grid, tables.get(grid.key) or [])) for grid in tab.grids},
        draws=from_plain(document.get("draws") or [], tuple[Draw, ...], "draws"),
        apart=bool(document.get("apart")),
    )


def _rows(grid: Grid, rows: Plain) -> Iterator[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise DataError("{field} is {value}; it is a list of rows", field=grid.key, value=rows)
    hold_few(grid.key, len(rows), MOST_ROWS)
    for number, row in enumerate(rows):
        texts = [_text(cell, grid.key) for cell in row[: len(grid.columns)]]
        texts += [""] * (len(grid.columns) - len(texts))
        if any(texts):
            yield Row(grid, number, dict(zip((column.key for column in grid.columns), texts, strict=True)))


# The questions


def question_of(sheet: Sheet) -> Question:
    """Give the question that a sheet asks, for :mod:`kommunalvalg.ask`.

    Raises:
        ElectionError: a number in it is none, or a name is missing or stands twice.

    >>> sheet = read_sheet({"tab": "seats", "fields": {"seats": "5"}, "tables": {"lists": [["A", "40"], ["B", "34"]]}})
    >>> question_of(sheet)["case"], question_of(sheet)["votes"]
    ('proportional', {'A': 40, 'B': 34})
    """
    return _ASKS[sheet.tab.key](sheet)


def _seats(sheet: Sheet) -> Question:
    """The seats of a council, KRVL §§ 81 and 82."""
    lists = sheet.named("lists")
    seats = sheet.needed("seats")
    hold_few("seats", seats, MOST_SEATS)
    alliances = sheet.together("lists")
    candidates = {name: row.count("candidates") for name, row in lists.items()}
    return {
        "case": "proportional",
        "votes": {name: row.count("votes") or 0 for name, row in lists.items()},
        "seats": seats,
        "alliances": alliances,
        "capacity": {name: count for name, count in candidates.items() if count is not None} or None,
        "rule": "KRVL-81-2",
        "inner_rules": {each.name: "KRVL-82" for each in every_alliance(checked_units(alliances, lists))},
        "body": sheet.fields["name"],
    }


def _kkr(sheet: Sheet) -> Question:
    """Who sits in a KKR, and its chairs."""
    parties = sheet.named("parties")
    municipalities = sheet.needed("municipalities")
    hold_few("municipalities", municipalities, MOST_SEATS)
    represented = [name for name, row in parties.items() if row.cells["represented"]]
    votes = {name: row.count("votes") for name, row in parties.items()}
    kkr = {
        "case": "kkr",
        "votes": {name: count for name, count in votes.items() if count is not None},
        "mayors": {name: row.count("mayors") or 0 for name, row in parties.items()},
        "municipalities": municipalities,
        "total_votes": sheet.needed("total_votes"),
        "cast_votes": sheet.count("cast_votes"),
        "represented": represented or None,
        "name": sheet.fields["name"],
    }
    return {"case": "kkr-constitution", "of": kkr, "alliances": sheet.together("parties")}


def _committees(sheet: Sheet) -> Question:
    """The committees of a council, KSL §§ 24, 25 and 27."""
    groups, committees = sheet.named("groups"), sheet.named("committees")
    sizes = {name: row.count("seats") or 0 for name, row in committees.items()}
    for name, size in sizes.items():
        hold_few(f'committees["{name}"]', size, MOST_SEATS)
    claims = [
        {"committee": row.chosen("name"), "giver": row.chosen("giver"), "receiver": row.chosen("receiver")}
        for row in sheet.rows["claims"]
    ]
    restored = [name for name, row in committees.items() if row.cells["restore"]]
    accepting = [name for name, row in groups.items() if row.cells["second"]]
    claimed = {"transfers": claims, "restore": restored, "accept_second": accepting}
    return {
        "case": "committees",
        "groups": {name: row.count("members") or 0 for name, row in groups.items()},
        "committees": sizes,
        "mayor": sheet.fields["mayor"] or None,
        "council_size": sheet.count("council_size"),
        "claims": [claimed] if any(claimed.values()) else [],
    }


def _majority(sheet: Sheet) -> Question:
    """The ballots for one post, KSL § 24."""
    candidates = sheet.named("candidates")
    ballots = []
    for column in sheet.tab.grids[0].columns[1:]:
        votes = {name: row.count(column.key) for name, row in candidates.items()}
        if all(count is None for count in votes.values()):
            break
        ballots.append({name: count for name, count in votes.items() if count is not None})
    return {
        "case": "post",
        "ballots": ballots,
        "present": sheet.needed("present"),
        "council_size": sheet.count("council_size"),
        "post": sheet.fields["post"],
    }


_ASKS: Mapping[str, Callable[[Sheet], Question]] = {
    "seats": _seats,
    "kkr": _kkr,
    "committees": _committees,
    "majority": _majority,
}


# Sheets of what comes with the package


def sheet_of(tab: str, fields: Mapping[str, object], **tables: list[list[object]]) -> dict[str, Plain]:
    """Give a sheet as a page takes it."""
    return {
        "tab": tab,
        "fields": {key: "" if value is None else str(value) for key, value in fields.items()},
        "tables": {
            grid: [["" if cell is None else str(cell) for cell in row] for row in rows] for grid, rows in tables.items()
        },
        "draws": [],
        "apart": False,
    }


def examples() -> dict[str, dict[str, Plain]]:
    """Give an example for the forms that nothing is opened in: tab -> sheet.

    >>> examples()["majority"]["fields"]
    {'present': '25'}
    """
    groups: list[list[object]] = [["A", 16], ["V", 15]]
    committees: list[list[object]] = [[name, 7] for name in ("Teknik", "Klima", "Social", "Børn", "Kultur", "Erhverv")]
    ballots: list[list[object]] = [["X", 11, 11, 12], ["Y", 9, 10, 13], ["Z", 5, 4]]
    return {
        "kkr": opened("kkr/sjaelland-2026"),
        "committees": sheet_of("committees", {}, groups=groups, committees=committees),
        "majority": sheet_of("majority", {"present": 25}, candidates=ballots),
    }


def opened(name: str) -> dict[str, Plain]:
    """Give the sheet of an election that comes with the package, by its name.

    Args:
        name: an election and a council, such as "kv2025/563" or "rv2025/Hovedstaden"; or "kkr/hovedstaden-2026".

    Raises:
        DataError: there is none of that name.

    >>> opened("kv2025/Fanø")["tables"]["lists"][0]
    ['A', '106', '10', '1']
    """
    found = re.fullmatch(r"(kkr|\w+)/(.{1,60})", name)
    if not found:
        raise DataError(
            "{field} is {value}; it is an election and a council, such as kv2025/563", field="name", value=name
        )
    return _opened_kkr(found[2]) if found[1] == "kkr" else _opened_council(found[1], found[2])


def _opened_council(election: str, name: str) -> dict[str, Plain]:
    council = figures.council(election, name)
    number = {key: at for at, each in enumerate(council.alliances, start=1) for key in map(str, each)}
    rows: list[list[object]] = [
        [key, a_list.votes, len(a_list.candidates), number.get(key, "")] for key, a_list in council.by_key.items()
    ]
    return sheet_of("seats", {"name": council.name, "seats": council.seats}, lists=rows)


def _opened_kkr(name: str) -> dict[str, Plain]:
    from kommunalvalg.elections import compositions  # noqa: PLC0415 - as above

    kkr = compositions.kkr(name).case
    rows: list[list[object]] = [
        [party, kkr.votes.get(party), kkr.mayors.get(party, 0), "1" if party in (kkr.represented or ()) else "", ""]
        for party in {**kkr.votes, **kkr.mayors}
    ]
    fields = {
        "name": kkr.name,
        "municipalities": kkr.municipalities,
        "total_votes": kkr.total_votes,
        "cast_votes": kkr.cast_votes,
    }
    return sheet_of("kkr", fields, parties=rows)
