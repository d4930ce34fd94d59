"""What the README and the documentation show, under strict type checkers; run too, so that it is true.

mypy reads it with the other tests, basedpyright by itself (``.ci/run``); ``assert_type`` says what they are to find.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_type

import attrs

import kommunalvalg
from kommunalvalg import (
    Allocation,
    Award,
    Candidate,
    CandidateList,
    CouncilElection,
    CouncilResult,
    Draw,
    ElectionError,
    MajorityElection,
    ProportionalElection,
    Tie,
    analysis,
    apply_threshold,
    ask,
    compose_kkr,
    data,
    dhondt,
    elect_committee,
    elect_committees,
    elect_council,
    elect_kkr_chairs,
    largest_shortfall,
    majority_election,
    plurality_election,
    proportional_election,
    report,
    seeded,
    settle,
)
from kommunalvalg.analysis.margins import Margins, margins
from kommunalvalg.analysis.what_if import AllianceEffects, Regrouping, WhatIf, merge_lists, without_alliances
from kommunalvalg.constitution.bodies import CommitteeCase
from kommunalvalg.constitution.committees import Committees
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.divisor import DivisorCase
from kommunalvalg.methods.majority import MajorityCase, PluralityCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.methods.threshold import Threshold

VOTES = {"A": 40, "C": 34, "F": 26}


def test_a_distribution() -> None:
    """Seats, awards, lots and every outcome have their types."""
    result = dhondt(VOTES, 5, lots=seeded(20251118))
    assert_type(result, Allocation[DivisorCase])
    assert_type(result.seats, Mapping[str, int])
    assert_type(result.awards, tuple[Award, ...])
    assert_type(result.tie, Tie | None)
    for seats, probability in dhondt({"A": 100, "B": 100}, 3).outcomes():
        assert_type(seats, Mapping[str, int])
        assert_type(probability, Fraction)
        assert sum(seats.values()) == 3
    of_any_method: Allocation = result
    of_any_method = largest_shortfall(VOTES, 5)
    assert of_any_method.complete


def test_a_case_is_varied() -> None:
    """``attrs.evolve(result.case, ...)`` is settled to the same kind of result, for each usual kind."""
    assert_type(settle(attrs.evolve(dhondt(VOTES, 5).case, seats=6, votes=VOTES)), Allocation[DivisorCase])
    assert_type(settle(attrs.evolve(largest_shortfall(VOTES, 5).case, seats=6)), Allocation[ShortfallCase])
    assert_type(settle(attrs.evolve(elect_committee(VOTES, 5).case, renounced={"A": 1})), Allocation[CommitteeCase])
    assert_type(settle(attrs.evolve(proportional_election(VOTES, 5).case, seats=6)), ProportionalElection)
    first = majority_election([{"m1": 3}], present=5)
    assert_type(settle(attrs.evolve(first.case, present=7)), MajorityElection[MajorityCase])
    assert_type(settle(attrs.evolve(plurality_election(VOTES).case, votes=VOTES)), MajorityElection[PluralityCase])
    assert_type(settle(attrs.evolve(apply_threshold(VOTES, "2%").case, share="30%")), Threshold)
    assert_type(settle(attrs.evolve(elect_committees(VOTES, {"Teknik": 7}).case, committees={"Kultur": 5})), Committees)
    assert_type(settle(attrs.evolve(elect_kkr_chairs(VOTES).case, alliances=[["C", "F"]])), KKRChairs)
    composition = data.kkr("hovedstaden-2026").compose()
    assert_type(settle(attrs.evolve(composition.case, line="1%")), KKRComposition)


def test_a_council() -> None:
    """An election comes with the package or is made by hand; its result is typed, and what hangs on it."""
    fanoe = elect_council(data.council("kv2025", "Fanø"))
    assert_type(fanoe, CouncilResult)
    assert_type(settle(attrs.evolve(fanoe.case, seats=13)), CouncilResult)
    lists = [CandidateList("A", "A", [Candidate("A-1", 3)]), CandidateList("B", "B", [Candidate("B-1", 2)])]
    by_hand = CouncilElection("Nyby", 1, lists, alliances=[["A", "B"]])
    assert elect_council(by_hand).seats == {"A": 1, "B": 0}
    assert_type(margins(fanoe), Margins)
    assert_type(without_alliances(fanoe), AllianceEffects)
    assert_type(merge_lists(fanoe, ["A", "F"]), Regrouping)
    assert_type(analysis.what_if.other_size(fanoe, 13), WhatIf)


def test_a_kkr() -> None:
    """A KKR by its figures."""
    kkr = compose_kkr({"A": 60, "B": 40}, {"A": 2}, municipalities=3, total_votes=100)
    assert_type(kkr, KKRComposition)
    assert_type(kkr.members, Mapping[str, int])


def test_lots_errors_and_reports() -> None:
    """A draw is recorded; what is refused says so in both languages; a report is text."""
    tie = dhondt({"A": 1, "B": 1}, 1).tie
    assert tie is not None
    assert dhondt({"A": 1, "B": 1}, 1, lots=[Draw(tie.among, tie.among[:1])]).complete
    try:
        dhondt({"A": -1}, 1)
    except ElectionError as error:
        assert_type(error.field, str | None)
        assert_type(error.said("da"), str)
    assert_type(report.explain(dhondt(VOTES, 5), "da"), str)
    assert_type(ask.ask({"case": "divisor", "divisors": "dhondt", "votes": VOTES, "seats": 5}), dict[str, Any])
    assert "dhondt" in dir(kommunalvalg)
