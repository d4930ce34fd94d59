"""A program that uses the library, as its users write them; type checkers hold that they can, strictly."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from kommunalvalg import Draw, ElectionError, ProportionalElection, Tie, data, elect_council, proportional_election


def distribute(file: Path, seats: int, drawn: list[Draw]) -> ProportionalElection:
    """Distribute the seats of a file of votes, with the lots that were drawn."""
    return proportional_election(data.read_csv(file), seats, alliances={"red": ["A", "F"]}, lots=drawn)


def first_of(tie: Tie) -> Draw:
    """Write down a lot as if the first names had won it; a real one is drawn by people."""
    return Draw(tie.among, tie.among[: tie.places])


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
    found: Mapping[str, int] = election.seats
    won = [(award.number, award.winner, str(award.quotient)) for award in election.awards]
    fanoe = elect_council(data.council("kv2025", "Fanø"))
    largest = max(fanoe.seats, key=fanoe.seats.__getitem__)
    json.dump({"seats": found, "awards": won, "largest on Fanø": largest}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
