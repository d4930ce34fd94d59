"""The mayors after an embedded municipal election: whose they are, and how sure that is. Parties only, no names."""

import csv
from functools import cache
from importlib.resources import files

import attrs

from kommunalvalg.elections.embedded import row
from kommunalvalg.frozen import FrozenDict

__all__ = ["Mayor", "mayors"]

_SOURCE = "list of mayors as published on 22 November 2025"


@attrs.frozen
class Mayor:
    """Whose the mayor of a municipality is.

    Attributes:
        municipality: the municipality's name.
        party: the letter of the national party; of a local list its letter and the municipality, as "J (Lolland)".
        sources: how many sources say so.
        otherwise: the letter that another source gives; empty where no other was found.
        source: where it stands.

    >>> mayors("kv2025")["Lolland"].party, mayors("kv2025")["Læsø"].otherwise
    ('J (Lolland)', 'A')
    """

    municipality: str
    party: str
    sources: int
    otherwise: str
    source: str


@cache
def mayors(election: str) -> FrozenDict[str, Mayor]:
    """Return the mayor of every municipality after an embedded election, by name, in the order of the codes.

    What is known of the mayors is told in ``mayors-<election>.csv`` beside this module, a file written by hand.

    Args:
        election: "kv2025".
    """
    text = (files(__package__) / f"mayors-{election}.csv").read_text(encoding="utf-8")
    return FrozenDict({line["municipality"]: _mayor(election, line) for line in csv.DictReader(text.splitlines())})


def _mayor(election: str, line: dict[str, str]) -> Mayor:
    council = row(election, line["municipality"])
    party = next(a_list.party for a_list in council.lists if a_list.letter == line["letter"])
    return Mayor(
        council.name,
        party or f"{line['letter']} ({council.name})",
        int(line["sources"]),
        line["otherwise"],
        line["source"] or _SOURCE,
    )
