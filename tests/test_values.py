"""Results are values: they are pickled, copied, hashed and sent to other processes, and stay what they are."""

import copy
import multiprocessing
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from kinds import LISTS, every_result

from kommunalvalg import (
    CouncilElection,
    Draw,
    KKRMember,
    Service,
    adams,
    apply_claims,
    data,
    dhondt,
    elect_committees,
    elect_council,
    elect_kkr_chairs,
    largest_shortfall,
    majority_election,
    placements,
    plurality_election,
    proportional_election,
    regions,
    report,
    seeded,
    simulation,
)
from kommunalvalg.analysis import (
    candidates,
    majorities,
    margins,
    methods,
    partitions,
    what_if,
)
from kommunalvalg.constitution.outside import elect_body
from kommunalvalg.council.candidates import elect_by_quota
from kommunalvalg.council.seats import surpluses
from kommunalvalg.files.valgdk import Left, LeftOut
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.results import KINDS, Result
from kommunalvalg.text import Figure, Kind, Names, Texts, text

ELECTION = CouncilElection("Nyby", 5, LISTS, [["B", "Å"]])
COUNCIL = elect_council(ELECTION, lots=seeded(1))
UNITED = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
KKR = data.kkr("hovedstaden-2026")
COMMITTEES = elect_committees({"a": 16, "b": 15}, {**dict.fromkeys("123456", 7), "Seks": 6}, seated={"1": {"a": 1}})
SWING = simulation.UniformSwing("3%")
MAYOR = KKRMember("m1", "A", mayor=True, substitute="m2")

VALUES: tuple[Any, ...] = (
    *every_result(),
    # methods
    dhondt({"A": 11, "B": 8, "C": 2}, 9),
    dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=[Draw(["B", "C"], ["C"])]),
    dhondt({"A": 11, "B": 8, "C": 2}, 9).outcomes()[0],
    adams({"A": 11, "B": 8}, 3, held={"A": 1}, capacity={"B": 9}).awards[0],
    largest_shortfall({"A": 11, "B": 8, "C": 2}, 9, held={"A": 1}),
    seeded("Nyby 2025"),
    UNITED.awards[2],
    proportional_election({"A": 1, "B": 1, "C": 1}, 1, alliances={"x": ["A", "y"], "y": ["B", "C"]}),
    majority_election([{"m1": 8, "m2": 8, "m3": 8}, {"m1": 8, "m2": 8, "m3": 8}], present=24),
    plurality_election({"m1": 8, "m2": 8}),
    # a council
    elect_council(ELECTION),
    elect_by_quota(LISTS[1], 1),
    ELECTION.warnings,
    surpluses(proportional_election({"A": 60, "B": 40}, 5, capacity={"A": 2, "B": 4})),
    # inside it
    COMMITTEES,
    apply_claims(COMMITTEES, next(placements(COMMITTEES))),
    next(placements(COMMITTEES)),
    elect_committees({"a": 16, "b": 15}, {"1": 3}, agreed={"1": {"a": 3}}),
    Service(8, "1950-01-01"),
    elect_body("Havnen", {"a": 13, "b": 12}, 2),
    elect_body("Fonden", {"a": 13, "b": 12}, 3, others=2, picks=["other"]),
    # a KKR
    KKR,
    elect_kkr_chairs(KKR.compose()),
    KKRMember("m1", "A", mayor=True, substitute="m2"),
    # analysis
    candidates.candidate_margins(ELECTION, "A"),
    simulation.dhondt_many([[11, 8, 2]], 9),
    simulation.Poll(1000),
    simulation.CountedAreas([{"A": 9, "B": 3}], left=2),
    SWING,
    simulation.simulate({"Nyby": UNITED}, SWING, 50, seed=1)["Nyby"].expected["A"],
    what_if.with_alliances(UNITED, []),
    # data
    data.counts("kv2025", "Fanø"),
    data.published("kv2025", "Fanø"),
    data.kkr("nordjylland-2026"),
    data.Valgdatabase(
        "KV2021",
        FrozenDict({563: data.PollingAreas((data.PollingArea("Nordby", data.Count.FINAL, FrozenDict({"A": 5})),), 2)}),
    ),
    data.compare(attrs.evolve(data.council("kv2025", "Fanø"), seats=9), data.published("kv2025", "Fanø")),
    data.rule("KSL-27"),
    data.law_sources()["krvl-2025"],
    data.PARTIES["A"],
    LeftOut("x.hash", Left.NOT_JSON, text("the name ends in .hash")),
    Texts([text("The line of {share}", share=Figure(Fraction(1, 50), Kind.SHARE)), Names(["A", "B"])]),
)
"""Every kind of result, what else comes of a call, and what stands in them."""


def parts(value: object) -> Iterator[object]:
    """Give a value and all values inside it."""
    yield value
    if isinstance(value, Mapping):
        inner: list[object] = [*value.values()]
    elif attrs.has(kind := type(value)):
        inner = [getattr(value, field.name) for field in attrs.fields(kind)]
    else:
        inner = [*value] if isinstance(value, tuple) else []
    for each in inner:
        yield from parts(each)


def test_every_kind_of_result_is_held_here() -> None:
    """No kind of result is left out of these tests."""
    met = {type(part) for part in parts(VALUES)}
    assert {kind.name for kind in KINDS.values() if kind.result_class not in met} == set()


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_out_of_a_pickle_as_it_was(value: object, protocol: int) -> None:
    """By every protocol it is equal, has the same hash and says the same."""
    restored = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - made here
    assert restored == value
    assert hash(restored) == hash(value)
    assert repr(restored) == repr(value)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_copied_and_found(value: object) -> None:
    """Copies are equal to it, and it is found by them in a set and as a key."""
    for made in (copy.copy(value), copy.deepcopy(value)):
        assert made == value
        assert {value, made} == {made}
        assert {value: "found"}[made] == "found"


TOLD = {type(part).__name__: part for part in parts(VALUES) if isinstance(part, Result)}


@pytest.mark.parametrize("result", TOLD.values(), ids=TOLD)
def test_every_table_of_a_result_comes_as_rows(result: Result) -> None:
    """A table is found by its key, and each row of it has a value for each column."""
    for table in report.document(result).data:
        records = report.rows(result, table.key)
        assert len(records) == len(table.rows), table.key
    assert list(report.rows(result)) or result.complete


@pytest.mark.parametrize(
    "result",
    [
        candidates.candidate_margins(ELECTION, "A"),
        margins.margins(ELECTION),
        majorities.power(COUNCIL),
        majorities.seat_majorities(COUNCIL),
        majorities.winning_coalitions(COUNCIL),
        methods.disproportionality(COUNCIL),
        partitions.all_partitions(ELECTION),
        what_if.without_alliances(ELECTION),
        what_if.with_alliances(ELECTION, []),
        what_if.best_partner(ELECTION, "A"),
        what_if.other_line(KKR.compose(), "1%"),
    ],
    ids=lambda result: type(result).__name__,
)
def test_an_analysis_says_whose_law_its_election_was_by(result: Any) -> None:  # noqa: ANN401 - of any kind
    """The law of a council is that of what is asked about it; a file from before that was said is still read."""
    assert result.law == 2025
    assert "The law of 2025 was used." in report.explain(result, "en")
    document = data.to_json(result)
    assert document.pop("law") == 2025
    assert data.from_json(document, type(result)) == result


def test_the_committees_of_a_region_stand_apart() -> None:
    """Committees of all kinds are in one table, and each kind is in its own."""
    committees = {"Forretningsudvalget": 9, "Sundhedsråd 1": 7, "Miljø": 7}
    result = regions.elect_committees({"a": 16, "b": 15}, committees, chair="a")
    assert [row["committee"] for row in report.rows(result)] == list(committees)
    assert [row["committee"] for row in report.rows(result, "health")] == ["Sundhedsråd 1"]
    assert [row["seats"] for row in report.rows(result, "executive")] == [4, 4]


def test_arrays_stay_fixed() -> None:
    """The arrays of a result cannot be changed, also after it was copied or came out of a pickle."""
    result = simulation.dhondt_many([[11, 8, 2]], 9)
    for made in (result, copy.deepcopy(result), pickle.loads(pickle.dumps(result))):  # noqa: S301 - made here
        with pytest.raises(ValueError, match="read-only"):
            made.seats[0, 0] = 7
    assert result != simulation.dhondt_many([[11, 8, 3]], 9)
    assert isinstance(result.seats, np.ndarray)


def held_there(values: tuple[object, ...]) -> tuple[object, ...]:
    """Say in another process that values are those that are computed there, and send them back."""
    assert values == VALUES
    assert set(values) == set(VALUES)
    return values


def test_values_cross_to_another_process() -> None:
    """A process that was started afresh computes the same values, finds them by those it is sent, and returns them."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        returned = pool.submit(held_there, VALUES).result()
    assert returned == VALUES
    assert [hash(value) for value in returned] == [hash(value) for value in VALUES]
