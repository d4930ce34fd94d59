"""That audits keep their promise: few wrong results are confirmed, and right ones with about the ballots planned."""

import sys
from pathlib import Path
from random import Random

import pytest

from kommunalvalg import data
from kommunalvalg.audit import plan

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from audit_simulation import (
    RISK,
    Packages,
    Shape,
    bound,
    changes_the_seats,
    right_plan,
    right_stop,
    shapes,
    wrong_stops,
)

RUNS = 400


@pytest.mark.parametrize("shape", range(3))
@pytest.mark.parametrize("method", ["kaplan_wald", "kaplan_markov", "alpha"])
@pytest.mark.parametrize("name", ["Lolland", "Fanø"])
def test_a_wrong_result_is_seldom_confirmed(name: str, method: str, shape: int) -> None:
    """Whatever the smallest error is made of, no more audits stop than the risk limit and chance allow."""
    planned = plan(data.council("kv2025", name), RISK, method=method)
    error: Shape = list(shapes(planned))[shape]
    assert changes_the_seats(name, error)
    assert wrong_stops(error, planned, RUNS, seed=1) <= bound(RISK, RUNS)


@pytest.mark.parametrize("method", ["kaplan_wald", "alpha"])
@pytest.mark.parametrize(("misread_as", "share"), [("any", "0.001"), ("worst", "0.0002")])
def test_a_right_result_costs_what_was_planned(method: str, misread_as: str, share: str) -> None:
    """With ballots misread as assumed, the mean is near what was expected, and nine of ten audits end as planned."""
    planned = right_plan("Lolland", method, misread_as, share)
    rng = Random(1)  # noqa: S311 - a simulation, which can be repeated
    where = Packages.of(planned)
    drawn = [right_stop(planned, where, rng) for _ in range(60)]
    assert planned.expected
    assert abs(sum(drawn) / 60 / planned.expected - 1) < 0.15
    assert sum(number <= planned.size for number in drawn) >= 48


def test_the_bound_at_ten_thousand() -> None:
    """5.65 % at 5 %: the limit and three standard errors."""
    assert round(bound(RISK, 10_000), 4) == 0.0565
