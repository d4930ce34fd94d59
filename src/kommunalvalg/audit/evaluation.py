"""What the ballots said: the measured risk of each assertion, and whether to stop, to go on, or to count all again."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias

import attrs

from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.ballots import Reading
from kommunalvalg.audit.planning import Plan
from kommunalvalg.audit.sampling import Ballot, Sample
from kommunalvalg.audit.statistics import measure
from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict

__all__ = ["Check", "Decision", "Difference", "Evaluation", "Readings", "evaluate"]


class Decision(StrEnum):
    """What to do after the ballots drawn so far."""

    STOP = "stop"
    """Every assertion is confirmed: the result stands, at the risk limit."""

    GO_ON = "go on"
    """More ballots are to be drawn."""

    RECOUNT = "recount"
    """As many ballots would be drawn as there are; all are to be counted again."""


def _frozen(readings: Mapping[Ballot, Reading | str]) -> FrozenDict[Ballot, Reading | str]:
    return FrozenDict(readings)


@attrs.frozen
class Readings:
    """What people read off the ballots that were drawn.

    Attributes:
        readings: bundle and number in it -> what the ballot says, as a reading or as people write it.
        code: the code of the sample that they are of; empty where it is not known.
    """

    readings: Mapping[Ballot, Reading | str] = attrs.field(converter=_frozen)
    code: str = ""


@attrs.frozen
class Difference:
    """A draw of a ballot that does not read as it was reported.

    Attributes:
        number: the number of the draw.
        ballot: the ballot.
        reported: what it was reported as.
        read: what it says.
    """

    number: int
    ballot: Ballot
    reported: Reading
    read: Reading


@attrs.frozen
class Check:
    """What the ballots say of one assertion.

    Attributes:
        assertion: the assertion.
        risk: the measured risk: so well, at most with this probability, do the ballots speak for it when it is false.
        confirmed: the number of the draw that confirmed it; None where it is not confirmed.
        more: how many more ballots confirm it, if all read as they were reported; None where no number does.
        overstated: by how much the ballots drawn overstated its lead.
    """

    assertion: Assertion
    risk: float
    confirmed: int | None
    more: int | None
    overstated: int


@attrs.frozen
class Evaluation:
    """What an audit has found so far.

    Attributes:
        sample: the ballots that were drawn, and the plan.
        checks: what they say of each assertion, in the order of the plan.
        differences: the draws of ballots that do not read as they were reported.
    """

    sample: Sample = attrs.field(repr=False)
    checks: tuple[Check, ...] = attrs.field(repr=False)
    differences: tuple[Difference, ...]

    @property
    def plan(self) -> Plan:
        """The plan that the ballots were drawn for."""
        return self.sample.plan

    @property
    def risk(self) -> float:
        """The largest measured risk of an assertion, which is the measured risk of the audit."""
        return max((check.risk for check in self.checks), default=0.0)

    @property
    def more(self) -> int | None:
        """How many more ballots the audit needs, if all read as they were reported; None where no number suffices."""
        each = [check.more for check in self.checks]
        return None if None in each else max((more for more in each if more is not None), default=0)

    @property
    def decision(self) -> Decision:
        """Whether to stop, to go on, or to count all ballots again."""
        if all(check.confirmed is not None for check in self.checks):
            return Decision.STOP
        if self.more is None or self.plan.all_of_them(len(self.sample.drawn) + self.more):
            return Decision.RECOUNT
        return Decision.GO_ON


Interpretations: TypeAlias = Readings | Mapping[Ballot, Reading | str]
"""What people read: from a file, or a mapping of bundle and number to a reading or to its text."""


def evaluate(plan: Plan, sample: Sample, interpretations: Interpretations) -> Evaluation:
    """Measure what the ballots that were drawn say of the result.

    They are taken in the order in which they were drawn, whatever order they were read in. A ballot that is missing, or
    that nobody can read, is taken by each assertion for what speaks most against it.

    Args:
        plan: the plan.
        sample: the ballots that were drawn for it.
        interpretations: what each of them says: a mapping of bundle and number in it to a :class:`.Reading`, or to a
            text: a list, "blank", "unreadable", "missing"; or what :func:`.read_readings` gave.

    Raises:
        VoteError: the sample or the readings are of another plan or sample; a ballot that was drawn was not read, or
            one was read that was not drawn; or a ballot is read as what does not stand.

    >>> from kommunalvalg import proportional_election
    >>> from kommunalvalg.audit.planning import plan
    >>> from kommunalvalg.audit.sampling import packages, sample
    >>> whole = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000)
    >>> drawn = sample(packages(whole), whole, 20251118)
    >>> found = evaluate(whole, drawn, {each.ballot: each.reported for each in drawn.drawn})
    >>> str(found.decision), len(drawn.drawn), found.risk <= 0.05
    ('stop', 27, True)
    """
    if not isinstance(sample, Sample) or sample.plan != plan:
        raise VoteError(f"sample is {shown(sample)}; it was not drawn for this plan")
    readings = _checked(sample, interpretations)
    differences = tuple(
        Difference(drawn.number, drawn.ballot, drawn.reported, read)
        for drawn in sample.drawn
        if (read := readings[drawn.ballot]) != drawn.reported
    )
    checks = tuple(_check(plan, assertion, differences, len(sample.drawn)) for assertion in plan.assertions)
    return Evaluation(sample, checks, differences)


def _check(plan: Plan, assertion: Assertion, differences: tuple[Difference, ...], drawn: int) -> Check:
    found = [(each.number, assertion.overstated(each.reported, each.read)) for each in differences]
    measured = measure(
        plan.case.statistic, plan.stake(assertion), plan.case.risk, [each for each in found if each[1]], drawn
    )
    return Check(assertion, measured.risk, measured.confirmed, measured.more, measured.taken)


def _checked(sample: Sample, interpretations: object) -> dict[Ballot, Reading]:
    """Return the readings of the ballots drawn, each of something that stands."""
    code = interpretations.code if isinstance(interpretations, Readings) else ""
    if code and code != sample.code:
        raise VoteError(f"the readings are of sample {shown(code)}; this one is {sample.code}")
    readings = interpretations.readings if isinstance(interpretations, Readings) else interpretations
    if not isinstance(readings, Mapping):
        raise VoteError(f"interpretations is {shown(readings)}; give a mapping of (bundle, number) to what was read")
    for ballot in readings:
        if ballot not in sample.ballots:
            raise VoteError(f"the ballot {shown(ballot)} was read and not drawn; take it out")
    return dict(_read(sample, readings))


def _read(sample: Sample, readings: Mapping[Ballot, object]) -> Iterator[tuple[Ballot, Reading]]:
    for ballot, numbers in sample.ballots.items():
        if ballot not in readings:
            raise VoteError(
                f"the ballot {shown(ballot)}, draw {numbers[0]}, was not read; say what it is, or that it is missing"
            )
        yield ballot, sample.plan.checked(f"the ballot {shown(ballot)}", readings[ballot])
