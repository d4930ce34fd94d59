"""A program that uses the library, as its users write them; type checkers hold that they can, strictly."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kommunalvalg import (
    Allocation,
    Draw,
    ElectionError,
    ProportionalElection,
    Tie,
    data,
    elect_council,
    proportional_election,
)


def distribute(file: Path, seats: int, drawn: list[Draw]) -> ProportionalElection:
    """Distribute the seats of a file of votes, with the lots that were drawn."""
    return proportional_election(data.read_csv(file), seats, alliances={"red": ["A", "F"]}, lots=drawn)


def first_of(tie: Tie) -> Draw:
    """Write down a lot as if the first names had won it; a real one is drawn by people."""
    return Draw(tie.among, tie.among[: tie.places])


def kept(election: ProportionalElection, file: Path) -> ProportionalElection:
    """Write an election down, and read it as whoever checks it does."""
    data.write_json(election, file)
    return data.read_json(file, ProportionalElection)


def main(arguments: list[str]) -> int:
    """Print the seats and how they were won, as JSON."""
    file, seats = arguments
    drawn: list[Draw] = []
    try:
        election = distribute(Path(file), int(seats), drawn)
        while election.tie is not None:
            drawn.append(first_of(election.tie))
            election = distribute(Path(file), int(seats), drawn)
    except ElectionError as error:
        print(error, file=sys.stderr)
        return 2
    document: dict[str, Any] = data.to_json(election.units)
    units: Allocation = data.from_json(document, Allocation)
    found: Mapping[str, int] = kept(election, Path("election.json")).seats
    won = [(award.number, award.winner, str(award.quotient)) for award in election.awards]
    fanoe = elect_council(data.council("kv2025", "Fanø"))
    largest = max(fanoe.seats, key=fanoe.seats.__getitem__)
    json.dump({"seats": found, "units": units.seats, "awards": won, "largest on Fanø": largest}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
