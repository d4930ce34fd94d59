"""Write the package's figures of the regional elections of 18 November 2025 from two tables.

Usage::

    python tools/build_rv2025.py --source FOLDER --out src/kommunalvalg/elections/rv2025.jsonl

The folder holds the public results of the final count (fintælling) on valg.dk as ``lists.csv`` and ``candidates.csv``.
They do not say how many votes were cast, blank and invalid ones included. The format that is written is described in
``kommunalvalg.elections.embedded``. The same tables give the same bytes; what does not add up is refused by name.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from build_kv2025 import (
    JsonArray,
    Row,
    check_mandates,
    grouped,
    list_array,
    main,
    table,
    whole,
)

from kommunalvalg.elections.embedded import FORMAT, VERSION
from kommunalvalg.elections.parties import party_of

HEADER = {
    "format": FORMAT,
    "version": VERSION,
    "election": "rv2025",
    "day": "2025-11-18",
    "source": "valg.dk, public results of the regional elections of 18 November 2025, final count (fintælling)",
}

TOTALS = {"councils": 4, "lists": 63, "candidates": 1148, "valid": 3_162_604, "seats": 134}

# The columns of these tables, by their names in those of the municipal elections.
LISTS = {
    "code": "region",
    "letter": "letter",
    "name": "list_name",
    "form": "form",
    "candidates": "n_candidates",
    "alliance": "alliance_no",
    "votes": "votes",
    "list_votes": "list_votes",
    "seats": "official_seats",
    "council_seats": "seats_total",
}
CANDIDATES = {
    "code": "region",
    "letter": "letter",
    "ballot_pos": "ballot_pos",
    "personal_votes": "personal_votes",
    "rank": "rank_on_list",
    "mandate": "mandate_no",
    "substitute": "substitute_no",
}


def renamed(path: Path, columns: Mapping[str, str]) -> list[Row]:
    """Read a table and give its columns the names that those of the municipal elections have."""
    return [
        Row(row.where, {new: row.cells[old] for new, old in columns.items()}) for row in table(path, columns.values())
    ]


def council_array(region: str, own_lists: list[Row], people: Mapping[tuple[str, ...], list[Row]]) -> JsonArray:
    """Return the array of one council, checked."""
    seats = own_lists[0].count("council_seats")
    arrays = []
    for row in own_lists:
        row.must(
            row.count("council_seats") == seats, f"its council has {row.count('council_seats')} seats, not {seats}"
        )
        party = party_of(row.text("letter"), row.text("name")) or ""
        cells = {**row.cells, "form": row.text("form").lower(), "national_party": party}
        arrays.append(list_array(Row(row.where, cells), people.get((region, row.text("letter")), [])))
    check_mandates(people[region, row.text("letter")] for row in own_lists)
    own_lists[0].must(sum(row.count("seats") for row in own_lists) == seats, f"the lists of {region} have other seats")
    valid = sum(row.count("votes") for row in own_lists)
    return [None, region, region, seats, None, None, valid, None, None, None, arrays]


def build(folder: Path, *, totals: Mapping[str, int] = TOTALS) -> str:
    """Return the file's text.

    Raises:
        DataError: a table is missing or does not add up; the message names the file and the line.
    """
    all_lists, everybody = renamed(folder / "lists.csv", LISTS), renamed(folder / "candidates.csv", CANDIDATES)
    own_lists, people = grouped(all_lists, "code"), grouped(everybody, "code", "letter")
    known = grouped(all_lists, "code", "letter")
    for (region, letter), rows in known.items():
        rows[-1].must(len(rows) == 1, f"list {letter} of {region} stands twice")
    for key, rows in people.items():
        rows[0].must(key in known, f"list {' '.join(key)} is not in lists.csv")
    found = {
        "councils": len(own_lists),
        "lists": len(all_lists),
        "candidates": len(everybody),
        "valid": sum(row.count("votes") for row in all_lists),
        "seats": sum(row.count("seats") for row in all_lists),
    }
    return whole(
        HEADER, totals, found, (council_array(region, rows, people) for (region,), rows in sorted(own_lists.items()))
    )


if __name__ == "__main__":
    sys.exit(main(built=build, description=(__doc__ or "").partition("\n")[0]))
