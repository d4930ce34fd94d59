"""What other programs' own tests say of a distribution: 944 cases of theirs, of which one follows another rule."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest

from kommunalvalg import apply_threshold, proportional_election
from kommunalvalg.methods.registry import distribute
from kommunalvalg.report.comparison import IN_THE_TESTS

CASES: Final = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "other-programs.jsonl").read_text("utf-8").splitlines()
]
"""Source, name there, method, seats, votes, seats of each; and, where they matter: capacity, line and votes that it is
of, alliances by position from 1, order of the seats, vacant, lot (places, and positions), why another rule differs."""

BY_SOURCE: Final = defaultdict(list)
for _case in CASES:
    BY_SOURCE[_case[0]].append(_case)


def by_name(counts: list[Any]) -> dict[str, Any]:
    """Call the lists by their positions from 1."""
    return {str(place): count for place, count in enumerate(counts, start=1)}


def named(positions: Any) -> Any:  # noqa: ANN401 - lists of any depth
    """Turn positions in lists of any depth into names."""
    return [named(each) for each in positions] if isinstance(positions, list) else str(positions)


def distributed(method: str, seats: int, votes: list[int], more: dict[str, Any]) -> Any:  # noqa: ANN401 - by the method
    """Distribute the seats of a case among those that reach the line."""
    names = by_name(votes)
    if "line" in more:
        names = dict(apply_threshold(names, more["line"], total=more["of"]).passed)
    if "alliances" in more:
        return proportional_election(names, seats, alliances=named(more["alliances"]))
    return distribute(names, seats, method=method, capacity=by_name(more["capacity"]) if "capacity" in more else None)


def test_there_are_944_cases_of_16_sources() -> None:
    """So many are run, as the documentation says."""
    assert (len(CASES), len(BY_SOURCE)) == (IN_THE_TESTS["other programs"][1], 16)


@pytest.mark.parametrize("source", BY_SOURCE)
def test_what_others_tests_expect_comes_out(source: str) -> None:
    """Seats, order and vacancies are the other program's; where it draws, it draws one of our ways."""
    for _, name, method, seats, votes, won, more in BY_SOURCE[source]:
        result = distributed(method, seats, votes, more)
        places, among = (result.tie.places, result.tie.among) if result.tie else (0, ())
        ours = {place: result.seats.get(place, 0) for place in by_name(votes)}
        assert sum(ours.values()) + places + result.vacant == seats, name
        if "lot" in more:
            assert (places, list(among)) == (more["lot"][0], named(more["lot"][1])), name
        if "order" in more:
            assert [award.winner for award in result.awards] == named(more["order"]), name
        if won is None or "differs" in more:
            continue
        assert result.vacant == seats - sum(won) == more.get("vacant", result.vacant), name
        drawn = [place for place, count in by_name(won).items() for _ in range(count - ours[place])]
        assert len(drawn) == len(set(drawn)) == places, name
        assert set(drawn) <= set(among), name


def test_the_one_that_differs_follows_a_rule_that_danish_law_does_not_have() -> None:
    """In the Netherlands a list with more than half of the votes has more than half of the seats (Kieswet P 9)."""
    ((_, _, method, seats, votes, won, more),) = [case for case in CASES if "differs" in case[-1]]
    assert 2 * votes[0] > sum(votes)
    ours = list(distributed(method, seats, votes, more).seats.values())
    assert (ours[0], won[0], won[6] - ours[6]) == (12, 13, -1)
