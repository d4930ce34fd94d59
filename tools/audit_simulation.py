"""Hold the audits against their promise: that a wrong result is confirmed with at most the risk limit.

For each method, some councils and three shapes of the smallest error that changes the result, many audits are drawn,
and those counted that stop all the same. It prints the table of the documentation:

    python tools/audit_simulation.py > docs/examples/audit/wrong.txt

With ``--right`` the result is right and some ballots are misread, and the ballots drawn are held against the plan; that
is ``docs/examples/audit/right.txt``. With the same seed it prints the same. The exit status tells whether every promise
was kept.
"""

import argparse
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import ceil, log, log1p, sqrt
from random import Random

import attrs

from kommunalvalg import data, elect_council, proportional_election
from kommunalvalg.audit import BLANK, Manifest, Plan, Reading, evaluate, packages, plan, sample
from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.sampling import Ballot
from kommunalvalg.audit.statistics import METHODS, confirmed_at
from kommunalvalg.audit.terms import misread_ballots

COUNCILS = ("Lolland", "Fanø")
RISK = Fraction(1, 20)
RUNS, RIGHT_RUNS = 10_000, 2_000
SEED = 20251118
MISREAD = (("any", "0.001"), ("any", "0.005"), ("worst", "0.0002"))


@attrs.frozen
class Shape:
    """A kind of error: ballots that were reported as one thing and are another.

    Attributes:
        name: what it is called.
        reported: what they were reported as.
        really: what they are.
        ballots: how many are just enough to make the costliest assertion false.
    """

    name: str
    reported: Reading
    really: Reading
    ballots: int


def shapes(planned: Plan) -> Iterator[Shape]:
    """Give three shapes of the smallest error that makes the costliest assertion false."""
    costliest = planned.assertions[0]
    winner, loser, another = (_largest(planned, lists) for lists in _sides(planned, costliest))
    for name, reported, really in (
        ("the loser's, reported as the winner's", winner, loser),
        ("nobody's, reported as the winner's", winner, BLANK),
        ("the loser's, reported as another's", another, loser),
    ):
        ballots = ceil(Fraction(costliest.lead, costliest.overstated(reported, really)))
        if ballots > planned.tally[reported]:
            raise ValueError(f"{planned.count.name} has too few ballots that are {name}")
        yield Shape(name, reported, really, ballots)


def _sides(planned: Plan, assertion: Assertion) -> tuple[tuple[str, ...], ...]:
    winner = assertion.winner.lists
    loser = assertion.loser.lists if assertion.loser else ()
    return winner, loser, tuple(key for key in planned.count.votes if key not in winner + loser)


def _largest(planned: Plan, lists: tuple[str, ...]) -> Reading:
    return max((Reading(key) for key in lists), key=planned.tally.__getitem__)


def changes_the_seats(name: str, shape: Shape) -> bool:
    """Tell whether an error makes the seats others than they really are, or leaves them to a lot."""
    council = data.council("kv2025", name)
    votes = dict(council.votes)
    votes[shape.reported.list] -= shape.ballots
    if shape.really.list:
        votes[shape.really.list] += shape.ballots
    room = {a_list.key: len(a_list.candidates) for a_list in council.lists}
    really = proportional_election(votes, council.seats, alliances=council.alliances, capacity=room)
    return not really.complete or really.seats != elect_council(council).seats


def draws_of(shape: Shape, planned: Plan, rng: Random) -> list[int]:
    """Draw as many ballots as there are, and give the draws that are of misread ones."""
    cast = planned.case.ballots
    if not planned.case.terms.statistic.replacement:
        return sorted(rng.sample(range(1, cast + 1), shape.ballots))
    found, number, between = [], 0, log1p(-shape.ballots / cast)
    while (number := number + 1 + int(log(1 - rng.random()) / between)) <= cast:
        found.append(number)
    return found


def stops(shape: Shape, planned: Plan, rng: Random) -> bool:
    """Hold one audit of a wrong result; tell whether it stops before it has drawn as many ballots as there are."""
    draws = draws_of(shape, planned, rng)
    return all(_confirms(assertion, shape, planned, draws) for assertion in planned.assertions)


def _confirms(assertion: Assertion, shape: Shape, planned: Plan, draws: list[int]) -> bool:
    """Tell whether an audit confirms an assertion, looking no further than at as many misread ballots as decide it."""
    overstated = assertion.overstated(shape.reported, shape.really)
    first = 2 if overstated > 0 else len(draws)  # where misread ballots help, all are looked at
    while True:
        differences = [(number, overstated) for number in draws[:first]] if overstated else []
        at = confirmed_at(planned.case.terms.statistic, planned.stake(assertion), planned.case.terms.risk, differences)
        if at is None or at > planned.case.ballots:
            return False  # the others come on top
        if not differences or first >= len(draws) or at < draws[first]:
            return True
        first *= 2


def wrong_stops(shape: Shape, planned: Plan, runs: int, seed: int) -> float:
    """Give the share of the audits of a wrong result that stop and confirm it."""
    rng = Random(f"{seed}:{planned.count.name}:{planned.case.terms.statistic.name}:{shape.name}")  # noqa: S311 - a simulation, which can be repeated
    return sum(stops(shape, planned, rng) for _ in range(runs)) / runs


def bound(risk: Fraction, runs: int) -> float:
    """Give the risk limit and three standard errors: what a share of so many audits can come to by chance."""
    return float(risk) + 3 * sqrt(float(risk * (1 - risk)) / runs)


def right_plan(name: str, method: str, misread_as: str, share: str) -> Plan:
    """Plan the audit of a right result, of which a whole number of ballots is misread."""
    council = data.council("kv2025", name)
    cast = plan(council).case.ballots
    ballots = ceil(Fraction(share) * cast)
    return plan(council, RISK, method=method, misread=Fraction(ballots, cast), misread_as=misread_as)


@attrs.frozen
class Packages:
    """The packages of an election, and the ballots by what they were reported as."""

    manifest: Manifest
    ballots: dict[Reading, list[Ballot]]

    @classmethod
    def of(cls, planned: Plan) -> "Packages":
        """Give those of a plan."""
        manifest = packages(planned)
        ballots: dict[Reading, list[Ballot]] = {}
        for ballot in map(manifest.place, range(1, manifest.ballots + 1)):
            ballots.setdefault(planned.told(manifest.reported(ballot)), []).append(ballot)
        return cls(manifest, ballots)

    def misread(self, planned: Plan, rng: Random) -> dict[Ballot, Reading]:
        """Choose the ballots that are misread, as was assumed, and give what each really is."""
        terms = planned.case.terms
        misread = misread_ballots(terms, planned.tally, planned.assertions[0], rng)
        really: dict[Ballot, Reading] = {}
        for _, reported, read in islice(misread, int(terms.misread_share * self.manifest.ballots)):
            ballot = rng.choice(self.ballots[reported])
            while ballot in really:
                ballot = rng.choice(self.ballots[reported])
            really[ballot] = read
        return really


def right_stop(planned: Plan, where: Packages, rng: Random) -> int:
    """Hold one audit of a right result, ballot by ballot, with ballots misread as planned; say with which it stops."""
    size, seed, really = planned.size, rng.getrandbits(64), where.misread(planned, rng)
    while True:
        drawn = sample(where.manifest, planned, seed, size=size)
        reported = {each.ballot: each.reported for each in drawn.drawn}
        found = evaluate(planned, drawn, {ballot: really.get(ballot, was) for ballot, was in reported.items()})
        at = [check.confirmed for check in found.checks]
        if None not in at:
            return max(number for number in at if number is not None)
        if size == planned.case.ballots:
            return size
        size = min(planned.case.ballots, 2 * size)


def wrong_table(runs: int, seed: int) -> bool:
    """Print the table of wrong results; return whether no share is larger than it may be."""
    kept = True
    for name in COUNCILS:
        for method in METHODS:
            planned = plan(data.council("kv2025", name), RISK, method=method)
            tried = list(shapes(planned))
            if not all(changes_the_seats(name, shape) for shape in tried):
                raise ValueError(f"an error in {name} changes nothing")
            if name == COUNCILS[0] and method == next(iter(METHODS)):
                say(
                    f"| Council | Method | {' | '.join(shape.name for shape in tried)} |",
                    "| --- | --- | --: | --: | --: |",
                )
            shares = [wrong_stops(shape, planned, runs, seed) for shape in tried]
            kept = kept and max(shares) <= bound(RISK, runs)
            each = (f"{shape.ballots} ballots: {share:.2%}" for shape, share in zip(tried, shares, strict=True))
            say(f"| {name} | `{method}` | {' | '.join(each)} |")
    return kept


def right_table(runs: int, seed: int) -> None:
    """Print the table of right results: what was planned, and what was drawn."""
    say("| Council | Method | Misread | Planned | Drawn | Planned for 9 of 10 | Enough in |")
    say("| --- | --- | --- | --: | --: | --: | --: |")
    for name in COUNCILS:
        for method in METHODS:
            for misread_as, share in MISREAD:
                planned = right_plan(name, method, misread_as, share)
                rng = Random(f"{seed}:{name}:{method}:{share}")  # noqa: S311 - a simulation, which can be repeated
                where = Packages.of(planned)
                drawn = [min(planned.case.ballots, right_stop(planned, where, rng)) for _ in range(runs)]
                enough = sum(number <= planned.size for number in drawn) / runs
                misread = ceil(Fraction(share) * planned.case.ballots)
                say(
                    f"| {name} | `{method}` | {misread}, {misread_as} | {planned.expected:,} | "
                    f"{sum(drawn) / runs:,.0f} | {planned.likely:,} | {enough:.1%} |"
                )


def say(*lines: str) -> None:
    """Print lines as they come, for it takes long."""
    print(*lines, sep="\n", flush=True)


def main() -> int:
    """Print the tables; return whether a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=RUNS, help="audits of each wrong result (%(default)s)")
    parser.add_argument("--right-runs", type=int, default=RIGHT_RUNS, help="audits of each right result (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="what chance comes from (%(default)s)")
    parser.add_argument("--right", action="store_true", help="audit right results instead")
    given = parser.parse_args()
    if given.right:
        say(f"{given.right_runs:,} audits of each right result, with some ballots misread:\n")
        right_table(given.right_runs, given.seed)
        return 0
    say(
        f"{given.runs:,} audits of each wrong result, with a risk limit of {float(RISK):.0%}; at most "
        f"{bound(RISK, given.runs):.2%} may stop, which is the limit and three standard errors:\n"
    )
    return not wrong_table(given.runs, given.seed)


if __name__ == "__main__":
    sys.exit(main())
