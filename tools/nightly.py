"""Hold random cases by the million, and all small ones, against references written from the rules.

    python tools/nightly.py                       # ten million distributions, a hundred thousand councils; hours
    python tools/nightly.py --minutes 10          # as far as it comes in ten minutes
    python tools/nightly.py --seed 20251118       # the same cases again
    python tools/nightly.py --write               # and the figures go into the documentation

The seed is printed, and with a case that differs its part and number: the same seed gives the same case. What is run is
counted as it is run. The references are those of ``tests/slow.py``, the checks those of ``tests/test_references.py``.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import secrets
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME / "tests"))

import test_references as references  # noqa: E402 - found by the line above

from kommunalvalg.methods.registry import distribute  # noqa: E402

FIGURES = HOME / "docs" / "tested" / "nightly.json"
TABLE = HOME / "docs" / "tested" / "nightly.md"

# What is run


def distribution(rng: random.Random) -> None:
    """Hold a distribution of a few to many seats against the table of all quotients, in whole numbers."""
    number = rng.randint(1, 9)
    high = 10 ** rng.randint(1, 6)
    votes = {f"L{at}": rng.randint(0, high) for at in range(number)}
    method = rng.choice(list(DIVISORS))
    seats = rng.randint(0, MOST_SEATS)
    result = distribute(votes, seats, method=method)
    # A divisor of 0 is before all others, by the votes; over the others' common multiple a quotient is a whole number.
    quotients = [
        ((True, count) if divisor == 0 else (False, count * (MULTIPLES[method] // divisor)), name)
        for name, count in votes.items()
        if count
        for divisor in DIVISORS[method][:seats]
    ]
    quotients.sort(reverse=True)
    won, tie, places = dict.fromkeys(votes, 0), set(), 0
    if len(quotients) > seats > 0 and quotients[seats - 1][0] == quotients[seats][0]:
        last = quotients[seats][0]
        places = sum(quotient == last for quotient, _ in quotients[:seats])
        tie = {name for quotient, name in quotients if quotient == last}
    for _, name in quotients[: seats - places]:
        won[name] += 1
    vacant = max(0, seats - len(quotients))
    found = result.tie.places if result.tie else 0, set(result.tie.among if result.tie else ())
    if (dict(result.seats), result.vacant, *found) != (won, vacant, places, tie):
        raise AssertionError(f"{method} of {seats} to {votes}")


MOST_SEATS = 40
DIVISORS = {
    method: range(first, first + step * MOST_SEATS, step)
    for method, (first, step) in {
        "dhondt": (1, 1),
        "sainte_lague": (1, 2),
        "adams": (0, 1),
        "danish": (1, 3),
        "imperiali": (2, 1),
    }.items()
}
"""Method -> its divisors, one for each seat."""
MULTIPLES = {method: math.lcm(*filter(None, divisors)) for method, divisors in DIVISORS.items()}


def allied(rng: random.Random) -> None:
    """Hold a distribution with alliances and few candidates against one that follows every lot every way."""
    names = list("ABCD")
    votes = dict.fromkeys(names, 0)
    votes.update(Counter(rng.choices(names, weights=[3, 2, 2, 1], k=rng.randint(1, 30))))
    units = references.units_of(names, rng.choice(references.ALLIANCES))
    references.check_distribution(votes, units, rng.randint(0, 8), {name: rng.choice([1, 2, 8]) for name in names})


def council(rng: random.Random) -> None:
    """Hold a council against one in which every lot is followed every way."""
    references.check_council(*references.council(rng))


def vacancies(rng: random.Random) -> None:
    """Let members leave, and hold who can sit against the rule."""
    references.check_successions(rng)


def committees(rng: random.Random) -> None:
    """Hold committees, claims and placements against the rule."""
    references.check_committees(*references.committees(rng))


def turn(rng: random.Random) -> None:
    """Let members and substitutes of a list of five leave, be absent and return, as long as that can be."""
    happened: list[tuple[str, str]] = []
    for _ in range(rng.randint(4, 14)):
        step = (rng.choice(["leaves", "absent", "returns"]), rng.choice("12345"))
        if references.check_turns([*happened, step]):
            happened.append(step)


Part = tuple[str, Callable[[random.Random], None], int]

RANDOM: dict[str, tuple[str, Callable[[random.Random], None], int]] = {
    "distributions": ("distributions by five methods", distribution, 10_000_000),
    "allied": ("distributions with alliances and few candidates, every lot every way", allied, 100_000),
    "councils": ("whole councils, every lot every way", council, 100_000),
    "vacancies": ("councils that members leave, every lot every way", vacancies, 100_000),
    "turns": ("lists whose members and substitutes come and go", turn, 100_000),
    "committees": ("committees with § 27, every lot and every placement", committees, 20_000),
}
"""Part -> what it is, what does one, and how many a night."""

CHUNK = {"distributions": 5000}


def small(number: int) -> Iterator[None]:
    """Check each of a part of all small distributions."""
    for votes, units, seats, room in references.small(number, SHARES["small"]):
        references.check_distribution(votes, units, seats, room)
        yield


def turns(number: int) -> Iterator[None]:
    """Check each of a part of everything that can happen to a list of five in five changes."""
    first = ("leaves", "absent", "returns")[number // 5], "12345"[number % 5]
    if references.check_turns([first]):
        for happened in references.turns(4, (first,)):
            references.check_turns(happened)
            yield


EXHAUSTIVE: dict[str, tuple[str, Callable[[int], Iterator[None]]]] = {
    "small": ("all distributions of up to 4 lists, 12 votes and 8 seats, with and without alliances", small),
    "all_turns": ("everything that can happen to a list of five in five changes", turns),
}
ALL = {"small": 511_407, "all_turns": 12_360}
"""How many there are."""
SHARES = {"small": 600, "all_turns": 15}
"""Parts that all small cases are run in."""


def work(task: tuple[str, int, int, int]) -> tuple[str, int, str]:
    """Run a chunk of a part; give how many were run, and what differs."""
    part, seed, chunk, count = task
    done = 0
    try:
        if part in EXHAUSTIVE:
            for _ in EXHAUSTIVE[part][1](chunk):
                done += 1
        else:
            for number in range(count):
                one = f"{seed} {part} {chunk} {number}"
                RANDOM[part][1](random.Random(one))  # noqa: S311 - the same case again for the same seed
                done += 1
    except BaseException:  # noqa: BLE001 - whatever it is, it is told with its case
        return part, done, f"seed {seed}, {part}, chunk {chunk}, number {done}\n{traceback.format_exc()}"
    return part, done, ""


def tasks(parts: list[str], seed: int, times: float) -> Iterator[tuple[str, int, int, int]]:
    """Give the chunks of the parts in turn, so that a run that is ended has some of each."""
    left = {
        part: SHARES[part] if part in EXHAUSTIVE else max(1, int(RANDOM[part][2] * times) // CHUNK.get(part, 50))
        for part in parts
    }
    most = max(left.values())
    for chunk in range(most):
        for part, chunks in left.items():
            if chunk * chunks // most != (chunk + 1) * chunks // most:
                yield part, seed, chunk * chunks // most, CHUNK.get(part, 50)


def run(parts: list[str], *, seed: int, times: float, minutes: float, jobs: int) -> Counter[str]:
    """Run the parts, and stop at the first case that differs."""
    print(f"seed {seed}", flush=True)
    start = time.monotonic()
    done: Counter[str] = Counter()
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for part, count, wrong in pool.imap_unordered(work, tasks(parts, seed, times)):
            done[part] += count
            if wrong:
                pool.terminate()
                raise SystemExit(f"{wrong}\nThis differs; until then were run: {dict(done)}")
            if minutes and time.monotonic() - start > 60 * minutes:
                pool.terminate()
                break
    for part in parts:
        print(f"{done[part]:>12,}  {said(part)}")
    return done


def said(part: str) -> str:
    """Say what a part is."""
    return EXHAUSTIVE[part][0] if part in EXHAUSTIVE else RANDOM[part][0]


def write(done: Counter[str], seed: int) -> None:
    """Put the figures into the documentation."""
    known: dict[str, Any] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    day = date.today().isoformat()  # noqa: DTZ011 - the day on this machine's calendar
    known |= {part: {"run": count, "seed": seed, "day": day} for part, count in done.items() if count}
    known = {part: known[part] for part in (*RANDOM, *EXHAUSTIVE) if part in known}
    FIGURES.write_text(json.dumps(known, indent=1) + "\n")
    TABLE.write_text(table(known))


def table(known: dict[str, dict[str, Any]]) -> str:
    """Write the table of the documentation."""
    rows = ["| What | Run | Seed | Day |", "|---|---:|---:|---|"]
    for part, its in known.items():
        of, seed = (f" of {ALL[part]:,}", "") if part in EXHAUSTIVE else ("", its["seed"])
        rows.append(f"| {said(part)} | {its['run']:,}{of} | {seed} | {its['day']} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"which of {', '.join((*RANDOM, *EXHAUSTIVE))}; without one all")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="the seed of the random cases")
    parser.add_argument("--times", type=float, default=1, help="so many times a night's cases, such as 0.01")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many; without it, when all is run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="processes at a time")
    parser.add_argument("--write", action="store_true", help="write the figures into the documentation")
    asked = parser.parse_args()
    parts = asked.parts or [*RANDOM, *EXHAUSTIVE]
    done = run(parts, seed=asked.seed, times=asked.times, minutes=asked.minutes, jobs=asked.jobs)
    if asked.write:
        write(done, asked.seed)


if __name__ == "__main__":
    main()
