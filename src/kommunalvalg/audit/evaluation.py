"""What the ballots said: the measured risk of each assertion, and whether to stop, to go on, or to count all again."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

import attrs

from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.ballots import Reading, ballot_said
from kommunalvalg.audit.planning import Plan
from kommunalvalg.audit.sampling import Ballot, Sample, SampleCase, as_ballot
from kommunalvalg.audit.statistics import measure
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Urn
from kommunalvalg.results import Result
from kommunalvalg.typed import typed
from kommunalvalg.votes import twice

__all__ = ["Check", "Decision", "Discrepancy", "Evaluation", "EvaluationCase", "ReadBallot", "Readings", "evaluate"]


class Decision(StrEnum):
    """What to do after the ballots drawn so far."""

    STOP = "stop"
    """Every assertion is confirmed, and so the result, at the risk limit."""

    GO_ON = "go on"
    """More ballots are to be drawn."""

    RECOUNT = "recount"
    """As many ballots would be drawn as there are; all are to be counted again."""


def _frozen(readings: Mapping[Ballot, Reading | str]) -> FrozenDict[Ballot, Reading | str]:
    if not isinstance(readings, Mapping):
        raise VoteError(
            "{field} is {value}; give a mapping of (bundle, number) to what was read", field="readings", value=readings
        )
    by_ballot = {as_ballot(ballot): reading for ballot, reading in readings.items()}
    if (again := twice(list(map(as_ballot, readings)))) is not None:
        raise VoteError(
            "{field} names {value} twice, in two spellings of the same letters", field="readings", value=again
        )
    return FrozenDict(by_ballot)


@attrs.frozen
class Readings:
    """What people read off the ballots that were drawn.

    Attributes:
        readings: bundle and number in it -> what the ballot says, as a reading or as people write it.
        code: the code of the sample that they are of; empty where it is not known.
    """

    readings: Mapping[Ballot, Reading | str] = attrs.field(converter=_frozen)
    code: str = ""


@attrs.frozen(kw_only=True)
class Discrepancy:
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


@attrs.frozen(kw_only=True)
class Check:
    """What the ballots say of one assertion.

    Attributes:
        assertion: the assertion.
        risk: the measured risk, rounded up to a millionth: ballots that speak so well for a false assertion are drawn
            at most with this probability.
        confirmed: the number of the draw that confirmed it; None where it is not confirmed.
        more: how many more ballots confirm it, if all read as they were reported; None where no number does.
        overstated: by how much the ballots drawn overstated its lead.
    """

    assertion: Assertion
    risk: Fraction
    confirmed: int | None
    more: int | None
    overstated: int


@attrs.frozen(kw_only=True, field_transformer=typed)
class ReadBallot:
    """What people read off one ballot.

    Attributes:
        bundle: the bundle that it is in.
        number: its number there.
        reading: what it says.
    """

    bundle: str
    number: int
    reading: Reading


@attrs.frozen(kw_only=True, field_transformer=typed)
class EvaluationCase:
    """The ballots that were drawn, and what people read off them.

    Args:
        sample: what they were drawn by, and for.
        readings: what each ballot says; each that was drawn, and no other.
    """

    sample: SampleCase
    readings: tuple[ReadBallot, ...] = attrs.field(repr=False)

    @property
    def law(self) -> int | None:
        """The election year, whose law was used; None for a forholdstalsvalg outside any."""
        return self.sample.law

    def settled(self, urn: Urn) -> "Evaluation":
        """Measure what the ballots say, with the lots of the election from ``urn``.

        Raises:
            VoteError: a ballot that was drawn was not read, or one was read that was not drawn, or a ballot is read as
                what does not stand.
        """
        return _evaluated(
            self.sample.settled(urn), {(each.bundle, each.number): each.reading for each in self.readings}
        )


def _evaluated(sample: Sample, given: Mapping[Ballot, Reading | str]) -> "Evaluation":
    """Measure what the ballots of a sample say."""
    plan, drawn, readings = sample.plan, sample.drawn, dict(_checked(sample, given))
    differences = tuple(
        Discrepancy(number=each.number, ballot=each.ballot, reported=each.reported, read=read)
        for each in drawn
        if (read := readings[each.ballot]) != each.reported
    )
    checks = tuple(_check(plan, assertion, differences, len(drawn)) for assertion in plan.assertions)
    found = tuple(ReadBallot(bundle=bundle, number=at, reading=each) for (bundle, at), each in readings.items())
    case = EvaluationCase(sample=sample.case, readings=found)
    return Evaluation(case=case, sample=sample, checks=checks, differences=differences)


def _checked(sample: Sample, readings: Mapping[Ballot, Reading | str]) -> Iterator[tuple[Ballot, Reading]]:
    for ballot in readings:
        if ballot not in sample.ballots:
            raise VoteError(
                "{ballot} was read and not drawn; take it out",
                field="ballot",
                value=ballot,
                ballot=ballot_said(ballot),
            )
    for ballot, numbers in sample.ballots.items():
        if ballot not in readings:
            raise VoteError(
                "{ballot}, draw {number}, was not read; say what it is, or that it is missing",
                field="ballot",
                value=ballot,
                ballot=ballot_said(ballot),
                number=numbers[0],
            )
        yield ballot, sample.plan.checked(ballot, readings[ballot])


def _check(plan: Plan, assertion: Assertion, differences: tuple[Discrepancy, ...], drawn: int) -> Check:
    overstated = [(each.number, assertion.overstated(each.reported, each.read)) for each in differences]
    terms = plan.case.terms
    measured = measure(
        terms.statistic, plan.stake(assertion), terms.risk, [each for each in overstated if each[1]], drawn
    )
    return Check(
        assertion=assertion,
        risk=measured.risk,
        confirmed=measured.confirmed,
        more=measured.more,
        overstated=measured.taken,
    )


@attrs.frozen(kw_only=True)
class Evaluation(Result):
    """What an audit has found so far.

    Attributes:
        case: what the ballots were drawn by, and what was read off them.
        sample: the ballots that were drawn.
        checks: what they say of each assertion, in the order of the plan.
        differences: the draws of ballots that do not read as they were reported.
    """

    case: EvaluationCase = attrs.field(repr=False)
    sample: Sample = attrs.field(repr=False)
    checks: tuple[Check, ...] = attrs.field(repr=False)
    differences: tuple[Discrepancy, ...]

    @property
    def plan(self) -> Plan:
        """The plan that they were drawn for."""
        return self.sample.plan

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn in the election that is audited."""
        return self.plan.draws

    @property
    def risk(self) -> Fraction:
        """The largest measured risk of an assertion, which is the measured risk of the audit."""
        return max((check.risk for check in self.checks), default=Fraction(0))

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
    >>> str(found.decision), len(drawn.drawn), found.risk <= whole.case.terms.risk
    ('stop', 27, True)
    """
    if not isinstance(sample, Sample) or sample.plan != plan:
        raise VoteError("{field} is {value}; it was not drawn for this plan", field="sample", value=sample)
    readings: Any = interpretations
    if isinstance(interpretations, Readings):
        readings = interpretations.readings
        if interpretations.code and interpretations.code != sample.code:
            raise VoteError(
                "the readings are of sample {value}; this one is {code}",
                field="readings",
                value=interpretations.code,
                code=sample.code,
            )
    return _evaluated(sample, _frozen(readings))
