"""Write the package's votes of the municipal elections of 19 November 2013 from two tables.

Usage::

    python tools/build_kv2013.py --source FOLDER --out src/kommunalvalg/elections/kv2013.jsonl

The folder holds the public results of the final count (fintælling) on kmdvalg.dk as ``municipalities.csv`` and
``lists.csv``: votes by list, without seats, valgforbund and candidates. The format that is written is described in
``kommunalvalg.elections.embedded``. The same tables give the same bytes; what does not add up is refused by name.
"""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from build_kv2025 import JsonArray, Row, by, grouped, in_order, main, table, whole

from kommunalvalg.elections.embedded import FORMAT, VERSION, CouncilRow, rows
from kommunalvalg.elections.parties import party_of

HEADER = {
    "format": FORMAT,
    "version": VERSION,
    "election": "kv2013",
    "day": "2013-11-19",
    "source": "kmdvalg.dk, public results of the municipal elections of 19 November 2013, final count (fintælling)",
}

TOTALS = {"councils": 98, "lists": 1042, "eligible": 4_409_252, "cast": 3_172_336, "valid": 3_116_089}

# Local lists whose own name is, or contains, the name of a person; see build_kv2025.
NAMED_AFTER_A_PERSON: frozenset[tuple[str, str]] = frozenset(
    {
        ("Aalborg", "M"),
        ("Aarhus", "P"),
        ("Albertslund", "L"),
        ("Allerød", "P"),
        ("Gladsaxe", "R"),
        ("Helsingør", "J"),
        ("Hillerød", "P"),
        ("Horsens", "M"),
        ("København", "03"),
        ("København", "Q"),
        ("Lyngby-Taarbæk", "Å"),
        ("Odder", "J"),
        ("Roskilde", "M"),
        ("Slagelse", "L"),
        ("Vallensbæk", "G"),
    }
)

COUNTS = ("eligible", "cast", "valid", "blank", "invalid", "areas")


def list_array(row: Row, withheld: Collection[tuple[str, str]]) -> JsonArray:
    """Return the array of one list."""
    letter, name = row.text("letter"), row.text("name")
    party = party_of(letter, name) or ""
    if (row.text("municipality"), letter) in withheld:
        row.must(not party, "a list named after a person is not a party's")
        name = f"Liste {letter}"
    return [letter, name, party, "", row.count("votes")]


def council_array(
    row: Row, own_lists: list[Row], council: CouncilRow, withheld: Collection[tuple[str, str]]
) -> JsonArray:
    """Return the array of one council, checked."""
    eligible, cast, valid, blank, invalid, areas = (row.count(column) for column in COUNTS)
    row.must(valid + blank + invalid == cast, f"cast is {cast}; the votes make {valid + blank + invalid}")
    row.must(cast <= eligible, f"cast is {cast}, more than {eligible} eligible")
    own_lists = in_order(own_lists, by("row"), "row")
    letters = {a_list.text("letter") for a_list in own_lists}
    row.must(len(letters) == len(own_lists) == row.count("lists"), "its lists are others, or one stands twice")
    votes = sum(a_list.count("votes") for a_list in own_lists)
    row.must(votes == valid, f"valid is {valid}; the votes of its lists make {votes}")
    arrays = [list_array(a_list, withheld) for a_list in own_lists]
    return [council.code, council.name, council.region, None, eligible, cast, valid, blank, invalid, areas, arrays]


def build(
    folder: Path,
    *,
    totals: Mapping[str, int] = TOTALS,
    withheld: Collection[tuple[str, str]] = NAMED_AFTER_A_PERSON,
) -> str:
    """Return the file's text.

    Raises:
        DataError: a table is missing or does not add up; the message names the file and the line.
    """
    councils = table(folder / "municipalities.csv", ("name", *COUNTS, "lists"))
    all_lists = table(folder / "lists.csv", ("municipality", "row", "letter", "name", "votes"))
    own_lists, by_name = grouped(all_lists, "municipality"), grouped(councils, "name")
    # The municipalities, their codes and regions were the same in 2013 and 2025.
    known = {council.name: council for council in rows("kv2025")}
    for row in councils:
        row.must(row.text("name") in known, f"{row.text('name')} is no municipality")
    for (name,), lines in own_lists.items():
        lines[0].must((name,) in by_name, f"{name} is not in municipalities.csv")
    found = {
        "councils": len(by_name),
        "lists": len(all_lists),
        **{what: sum(row.count(what) for row in councils) for what in ("eligible", "cast", "valid")},
    }
    ordered = [(by_name[name,][0], council) for name, council in known.items() if (name,) in by_name]
    return whole(
        HEADER,
        totals,
        found,
        (council_array(row, own_lists.get((council.name,), []), council, withheld) for row, council in ordered),
    )


if __name__ == "__main__":
    sys.exit(main(built=build, description=(__doc__ or "").partition("\n")[0]))
