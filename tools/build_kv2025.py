"""Write the package's figures of the municipal elections of 18 November 2025 from three tables.

Usage::

    python tools/build_kv2025.py --source FOLDER --out src/kommunalvalg/elections/kv2025.jsonl

The folder holds the public results of the final count (fintælling) on valg.dk as ``municipalities.csv``,
``lists.csv`` and ``candidates.csv``. The format that is written is described in ``kommunalvalg.elections.embedded``.
The same tables give the same bytes. Tables that do not add up are refused by name, and nothing is written.
"""

import argparse
import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from kommunalvalg.elections.embedded import FORMAT, VERSION
from kommunalvalg.elections.parties import PARTIES, party_of
from kommunalvalg.errors import DataError, ElectionError, shown

HEADER = {
    "format": FORMAT,
    "version": VERSION,
    "election": "kv2025",
    "day": "2025-11-18",
    "source": "valg.dk, public results of the municipal elections of 18 November 2025, final count (fintælling)",
}

TOTALS = {"councils": 98, "lists": 1165, "candidates": 9217, "valid": 3_256_070, "seats": 2432}

# Local lists whose own name is, or contains, the name of a person, mostly that of the only candidate. The package
# carries figures and no people's names, so these are called "Liste" and their letter. A list is in the table by
# code and letter, so that no name stands here either; whoever adds a year looks through its local lists by eye.
NAMED_AFTER_A_PERSON = frozenset(
    {
        (147, "J"),
        (155, "G"),
        (173, "Z"),  # a family name only
        (217, "Y"),
        (219, "K"),
        (223, "E"),
        (223, "L"),
        (250, "W"),
        (253, "U"),
        (376, "E"),
        (450, "Q"),
        (540, "E"),
        (580, "E"),  # a first name only
        (615, "T"),
        (671, "U"),
        (730, "J"),
        (740, "L"),
        (791, "T"),
        (791, "U"),
    }
)

FORMS = {"sideordnet": "s", "partiliste": "p"}

JsonArray = list[object]


class Row(NamedTuple):
    """One line of a table, and where it stands, for messages."""

    where: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a cell in composed form, without blanks around it."""
        return normalize("NFC", self.cells[column]).strip()

    def count(self, column: str) -> int:
        """Return a cell as a whole number, 0 or more."""
        cell = self.text(column)
        if not (cell.isascii() and cell.isdigit()):
            raise DataError(f"{self.where}: {column} is {shown(cell)}; it is a whole number, 0 or more")
        return int(cell)

    def number(self, column: str) -> int:
        """Return a cell as a whole number, with 0 for an empty one."""
        return self.count(column) if self.text(column) else 0

    def must(self, holds: bool, what: str) -> None:  # noqa: FBT001 - the condition is what is said
        """Refuse the table, naming the line, when something does not hold."""
        if not holds:
            raise DataError(f"{self.where}: {what}")


def table(path: Path, columns: Iterable[str]) -> list[Row]:
    """Read a table that must have certain columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        rows = [Row(f"{path.name}, line {reader.line_num}", cells) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{path.name}, line {reader.reader.line_num} cannot be read: {error}") from None
    if missing:
        raise DataError(f"{path.name} has no column {', '.join(missing)}")
    for row in rows:
        whole = None not in row.cells and None not in row.cells.values()
        row.must(whole, "has more or fewer cells than the first line")
    return rows


def municipalities(folder: Path) -> list[Row]:
    """Read the councils."""
    figures = ("seats", "eligible", "cast", "valid", "blank", "invalid", "polling_areas")
    return table(folder / "municipalities.csv", ("code", "name", "region", *figures))


def lists(folder: Path) -> list[Row]:
    """Read the lists."""
    about = ("code", "letter", "name", "national_party", "ballot_pos", "form", "candidates", "alliance")
    return table(folder / "lists.csv", (*about, "votes", "list_votes", "seats"))


def candidates(folder: Path) -> list[Row]:
    """Read the candidates, who have no names."""
    about = ("code", "letter", "ballot_pos", "personal_votes")
    return table(folder / "candidates.csv", (*about, "rank", "mandate", "substitute"))


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Group lines by some columns, in their order."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row.text(column) for column in columns), []).append(row)
    return groups


def in_order(rows: Iterable[Row], number: Callable[[Row], int], what: str) -> list[Row]:
    """Sort lines by a number that must run 1, 2, 3, … without a gap."""
    found = sorted(rows, key=number)
    for expected, row in enumerate(found, start=1):
        row.must(number(row) == expected, f"{what} is {number(row)} where {expected} is next")
    return found


def by(column: str) -> Callable[[Row], int]:
    """Return a reader of one column's number."""
    return lambda row: row.number(column)


def candidate_arrays(members: list[Row], seats: int) -> tuple[list[int], list[list[int]], list[int]]:
    """Return a list's personal votes, its elected and its substitutes, each in its order."""
    members = in_order(members, by("ballot_pos"), "ballot_pos")
    elected = in_order((row for row in members if row.number("rank")), by("rank"), "rank")
    substitutes = in_order((row for row in members if row.number("substitute")), by("substitute"), "substitute")
    members[0].must(len(elected) == seats, f"its list has {len(elected)} elected and {seats} seats")
    for row in members:
        row.must(bool(row.number("rank")) == bool(row.number("mandate")), "rank and mandate go together")
        row.must(not (row.number("rank") and row.number("substitute")), "is both elected and a substitute")
    return (
        [row.count("personal_votes") for row in members],
        [[row.count("ballot_pos"), row.count("mandate")] for row in elected],
        [row.count("ballot_pos") for row in substitutes],
    )


def list_array(row: Row, members: list[Row], *, named_after_a_person: bool = False) -> JsonArray:
    """Return the array of one list, checked; the name of a person is not carried."""
    letter, name, form = row.text("letter"), row.text("name"), row.text("form")
    row.must(letter.isalpha() and letter.isupper(), f"letter is {shown(letter)}; it is a capital letter")
    party = party_of(letter, name) or ""
    row.must(
        party == row.text("national_party"),
        f"national_party is {shown(row.text('national_party'))}, but "
        f"the list {letter} {shown(name)} is taken for {shown(party)}",
    )
    row.must(form in FORMS, f"form is {shown(form)}; it is sideordnet or partiliste")
    row.must(
        len(members) == row.count("candidates") > 0,
        f"candidates is {row.count('candidates')}; candidates.csv has {len(members)} for {row.text('code')} {letter}",
    )
    personal, elected, substitutes = candidate_arrays(members, row.count("seats"))
    votes, list_votes = row.count("votes"), row.count("list_votes")
    row.must(
        sum(personal) + list_votes == votes,
        f"votes is {votes}; personal votes {sum(personal)} + list votes {list_votes} make another sum",
    )
    if named_after_a_person:
        row.must(not party, "a list named after a person is not a party's")
        name = f"Liste {letter}"
    elif party == "Æ":
        # On most ballots the party's name goes on with its leader's.
        name = PARTIES[party].name
    figures = [votes, list_votes, row.number("alliance"), row.count("seats")]
    return [letter, name, party, FORMS[form], *figures, personal, elected, substitutes]


def council_array(
    row: Row, own_lists: list[Row], people: Mapping[tuple[str, ...], list[Row]], withheld: Collection[tuple[int, str]]
) -> JsonArray:
    """Return the array of one council, checked."""
    row.must(
        not set(row.text("name")) & set(',"'), f'name is {shown(row.text("name"))}; the format allows no , and no "'
    )
    cast, valid, blank, invalid = (row.count(column) for column in ("cast", "valid", "blank", "invalid"))
    row.must(
        valid + blank + invalid == cast,
        f"cast is {cast}; {valid} valid + {blank} blank + {invalid} invalid votes make another sum",
    )
    row.must(cast <= row.count("eligible"), f"cast is {cast}, more than {row.count('eligible')} eligible")
    own_lists = in_order(own_lists, by("ballot_pos"), "ballot_pos")
    arrays = [
        list_array(
            a_list,
            people.get((row.text("code"), a_list.text("letter")), []),
            named_after_a_person=(row.count("code"), a_list.text("letter")) in withheld,
        )
        for a_list in own_lists
    ]
    votes = sum(a_list.count("votes") for a_list in own_lists)
    row.must(votes == valid, f"valid is {valid}; the votes of its lists make {votes}")
    seats = sum(a_list.count("seats") for a_list in own_lists)
    row.must(seats == row.count("seats"), f"seats is {row.count('seats')}; its lists have {seats}")
    check_mandates(people[row.text("code"), a_list.text("letter")] for a_list in own_lists)
    figures = [
        row.count(column) for column in ("seats", "eligible", "cast", "valid", "blank", "invalid", "polling_areas")
    ]
    return [row.count("code"), row.text("name"), row.text("region"), *figures, arrays]


def check_mandates(lists_of_people: Iterable[Iterable[Row]]) -> None:
    """Refuse seat numbers of a council that do not run 1, 2, 3, …."""
    in_order(
        (person for people in lists_of_people for person in people if person.number("mandate")),
        by("mandate"),
        "mandate",
    )


def build(
    folder: Path, *, totals: Mapping[str, int] = TOTALS, withheld: Collection[tuple[int, str]] = NAMED_AFTER_A_PERSON
) -> str:
    """Return the file's text.

    Args:
        folder: where the three tables are.
        totals: what the tables must amount to.
        withheld: the lists, by code and letter, whose names are not carried.

    Raises:
        DataError: a table is missing or does not add up; the message names the file and the line.
    """
    councils = sorted(municipalities(folder), key=lambda row: row.count("code"))
    all_lists, everybody = lists(folder), candidates(folder)
    own_lists, people = grouped(all_lists, "code"), grouped(everybody, "code", "letter")
    refuse_strays(councils, all_lists, everybody, withheld)
    found = {
        "councils": len(councils),
        "lists": len(all_lists),
        "candidates": len(everybody),
        "valid": sum(row.count("valid") for row in councils),
        "seats": sum(row.count("seats") for row in councils),
    }
    return whole(
        HEADER,
        totals,
        found,
        (council_array(row, own_lists.get((row.text("code"),), []), people, withheld) for row in councils),
    )


def whole(
    header: Mapping[str, object], totals: Mapping[str, int], found: Mapping[str, int], councils: Iterable[JsonArray]
) -> str:
    """Return the file's text: the first line, which describes it, and a line for each council."""
    rest = "".join(map(compact, councils))
    for what, number in found.items():
        if number != totals[what]:
            raise DataError(f"{header['election']} has {what} {number} in all; it should be {totals[what]}")
    return compact({**header, "totals": dict(found), "sha256": sha256(rest.encode()).hexdigest()}) + rest


def refuse_strays(
    councils: list[Row], all_lists: list[Row], everybody: list[Row], withheld: Collection[tuple[int, str]]
) -> None:
    """Refuse a line that belongs to nothing, and a council or a withheld list that is not there once."""
    codes = Counter(row.text("code") for row in councils)
    for row in councils:
        row.must(codes[row.text("code")] == 1, f"code {row.text('code')} stands twice")
    known = Counter((row.text("code"), row.text("letter")) for row in all_lists)
    for row in all_lists:
        key = (row.text("code"), row.text("letter"))
        row.must(key[0] in codes, f"code {key[0]} is not in municipalities.csv")
        row.must(known[key] == 1, f"list {' '.join(key)} stands twice")
    for row in everybody:
        key = (row.text("code"), row.text("letter"))
        row.must(key in known, f"list {' '.join(key)} is not in lists.csv")
    missing = sorted({(str(code), letter) for code, letter in withheld} - known.keys())
    if missing:
        raise DataError(f"lists.csv has no list {' '.join(missing[0])}, whose name is to be withheld")


def compact(value: object) -> str:
    """Write one line of JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def main(
    arguments: list[str] | None = None,
    *,
    built: Callable[[Path], str] = build,
    description: str = (__doc__ or "").partition("\n")[0],
) -> int:
    """Build the file; 0 when it is written, 2 with one line on standard error when the tables are refused."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--source", type=Path, required=True, metavar="FOLDER", help="folder of the tables")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    options = parser.parse_args(arguments)
    try:
        text = built(options.source)
        options.out.write_text(text, encoding="utf-8", newline="\n")
    except (ElectionError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{options.out}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
