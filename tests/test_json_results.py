"""Results go to JSON and come back as they were, and a document that states something else is refused."""

import copy
import json
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Allocation,
    Candidate,
    CandidateList,
    Change,
    Committees,
    CouncilElection,
    CouncilResult,
    DataError,
    Draw,
    KKRChairs,
    KKRComposition,
    MajorityElection,
    Sitting,
    Threshold,
    adams,
    apply_claims,
    apply_threshold,
    check_balance,
    check_quorum,
    compose_kkr,
    data,
    dhondt,
    elect_chairs,
    elect_committee,
    elect_committees,
    elect_council,
    elect_deputy_mayors,
    elect_kkr_chairs,
    elect_kl_board,
    elect_mayor,
    fill_vacancies,
    largest_shortfall,
    majority_election,
    placements,
    plurality_election,
    proportional_election,
    report,
    sainte_lague,
    seeded,
    testing,
)
from kommunalvalg.analysis.what_if import without_alliances
from kommunalvalg.constitution.chairs import Chairs
from kommunalvalg.constitution.committees import Transfer
from kommunalvalg.errors import MissingExtraError
from kommunalvalg.files import json_files
from kommunalvalg.files.first_version import stated
from kommunalvalg.files.json_files import told
from kommunalvalg.kkr.chairs import constitute_kkr
from kommunalvalg.results import KINDS as DECLARED

NAESTVED = elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, **dict.fromkeys("123456", 7)}, council_size=31)
HOVEDSTADEN = data.kkr("hovedstaden-2026").compose()
EQUALS = [Candidate(f"E-{n}", 30) for n in range(1, 4)]
NYBY = CouncilElection(
    "Nyby",
    5,
    [
        CandidateList("A", "Alfa", [Candidate("A-1", 60), Candidate("A-2", 50), Candidate("A-3", 50)]),
        CandidateList("B", "Beta", [Candidate("B-1", 40), Candidate("B-2", 20)], 30, "partiliste"),
        CandidateList("E", "Epsilon", EQUALS),
    ],
    [["B", "E"]],
)

Result: TypeAlias = Any
"""A result of one of the kinds, and what only that kind has."""

RESULTS: dict[str, Result] = {
    "open tie": dhondt({"A": 11, "B": 8, "C": 2}, 9),
    "drawn tie": dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=[Draw(["C", "B"], ["C"])]),
    "held and capacity": sainte_lague({"A": 200, "B": 100}, 4, held={"B": 1}, capacity={"A": 2}),
    "a divisor of 0": adams({"A": 11, "B": 8}, 3),
    "shortfall": largest_shortfall({"A": 60, "B": 30, "C": 10}, 5, total=110, held={"A": 5}),
    "renounced": elect_committee({"a": 20, "b": 8, "c": 8}, 7, renounced={"a": 2}),
    "agreed": elect_committee({"a": 20, "b": 8}, 7, agreed={"b": 7}),
    "KL's board": elect_kl_board(dict(data.national_votes("kv2025").votes)),
    "alliances of depth 3": proportional_election(
        dict.fromkeys("ABCDEF", 10), 4, alliances=[["A", ["B", ["C", "D"]]], ["E", "F"]]
    ),
    "named alliances": proportional_election(
        {"A": 40, "B": 3, "C": 34, "F": 26}, 5, alliances={"red": ["A", "inner"], "one": ["C"], "inner": ["B", "F"]}
    ),
    "threshold": apply_threshold({"A": 970, "B": 20, "C": 10}, "1/3"),
    "threshold and seats": apply_threshold({"A": 970, "B": 20, "C": 10}, "2%", total=2000, represented=["A", "B"]),
    "two ballots": elect_mayor([{"m1": 10, "m2": 8, "m3": 8}, {"m1": 10, "m2": 8, "m3": 8}], present=31),
    "votes cast": majority_election([{"m1": 10, "m2": 8}], present=31, base="cast"),
    "no ballot": majority_election([], present=31),
    "plurality": plurality_election({"m1": 8, "m2": 8}, post="formand"),
    "council": elect_council(NYBY, lots=seeded(1)),
    "council with open lots": elect_council(NYBY),
    "sitting": fill_vacancies(
        elect_council(NYBY, lots=seeded(1)),
        [Change("leaves", "B", "B-1"), Change("moves away", "B", "B-2"), Change("leaves", "A", "A-1")],
    ),
    "KKR": HOVEDSTADEN,
    "KKR by another method": data.kkr("hovedstaden-2026").compose(method="dhondt"),
    "KKR with a tie": compose_kkr({"A": 5, "B": 5, "C": 1}, {"C": 1, "D": 1}, municipalities=2, total_votes=11),
    "chairs": elect_kkr_chairs({"A": 40, "C": 34, "F": 26}, alliances=[["A", "F"]], eligible=["F", "A"]),
    "chairs of a KKR": elect_kkr_chairs(HOVEDSTADEN, alliances={"red": ["A", "F"]}),
    "chairs with a tie": elect_kkr_chairs({"A": 40, "C": 40}),
    "committees": NAESTVED,
    "committees after claims": apply_claims(
        apply_claims(NAESTVED, [Transfer("1", "a", "b")], restore=["1"]),
        [Transfer("1", "a", "b")],
        accept_second=["b"],
    ),
    "committees agreed and seated": elect_committees(
        {"a": 5, "b": 5},
        {"1": 3, "2": 4},
        agreed={"1": {"a": 3}},
        seated={"1": {"a": 3, "b": 0}, "2": {"b": 1}},
        outside=(),
    ),
    "deputies": elect_deputy_mayors({"a": 10, "b": 10}),
    "chairs of committees": elect_chairs({"a": 10, "b": 9}, 3, mayors_group="a"),
    "balance": check_balance(1, 3),
    "quorum": check_quorum(30, members=58),
    "constitution of a KKR": constitute_kkr(HOVEDSTADEN.case, alliances=[["A", "F"]]),
}
ALL = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)


KINDS: tuple[Any, ...] = (CouncilElection, *(kind.result_class for kind in DECLARED.values() if kind.cases))
SCHEMAS = {kind: jsonschema.Draft202012Validator(data.json_schema(kind)) for kind in KINDS}


def kept(result: Result) -> Result:
    """Send a result through JSON and back, hold that it is the same, and return it."""
    document = data.to_json(result)
    SCHEMAS[type(result)].validate(document)
    again = json.loads(json.dumps(document))
    assert again == document
    made = data.from_json(again, type(result))
    assert made == result
    assert getattr(made, "awards", ()) == getattr(result, "awards", ())
    return made


@ALL
def test_a_result_comes_back(result: Result) -> None:
    """It is equal, its document fits the schema of its kind, and what it can say is the same."""
    made = kept(result)
    assert hash(made) == hash(result)
    if hasattr(result, "outcomes"):
        assert made.outcomes() == result.outcomes()
    assert report.explain(made) == report.explain(result)


@pytest.mark.parametrize("name", data.councils("kv2025"))
def test_every_council_of_2025_comes_back(name: str) -> None:
    """All 98 councils are the same after JSON, with every lot open and with every lot drawn."""
    election = data.council("kv2025", name)
    kept(elect_council(election, lots=seeded(20251118)))
    undrawn = elect_council(election)
    assert data.from_json(data.to_json(undrawn), CouncilResult) == undrawn


def test_parts_of_a_result_come_back() -> None:
    """The distributions inside an election are results, and know where they stand."""
    election = RESULTS["alliances of depth 3"]
    for part in (election.units, *election.inner.values()):
        assert kept(part).case.place == part.case.place
    for part in (*RESULTS["committees agreed and seated"].allocations.values(), NAESTVED.together):
        kept(part)
    kept(HOVEDSTADEN.allocation)
    kept(HOVEDSTADEN.threshold)
    kept(RESULTS["council"].proportional)


# Random elections


@st.composite
def drawn(draw: st.DrawFn, hold: Callable[[Sequence[Draw]], Result]) -> Result:
    """Hold an election with some of its lots drawn, the others open."""
    draws = draw(testing.lots(hold))
    return hold(draws[: draw(st.integers(0, len(draws)))])


@st.composite
def allocations(draw: st.DrawFn) -> Result:
    """Give distributions by each method."""
    votes, seats = draw(testing.votes()), draw(testing.seats())
    held = draw(st.none() | testing.held(votes))
    method = draw(st.sampled_from([dhondt, sainte_lague, adams]))
    capacity = draw(st.none() | testing.capacity(votes, held=held))
    if draw(st.booleans()):
        return draw(drawn(lambda lots: largest_shortfall(votes, seats, held=held, lots=lots)))
    return draw(drawn(lambda lots: method(votes, seats, held=held, capacity=capacity, lots=lots)))


@st.composite
def proportional(draw: st.DrawFn) -> Result:
    """Give elections with alliances up to three deep."""
    votes, seats = draw(testing.votes()), draw(testing.seats(most=20))
    alliances = draw(testing.alliances(votes, depth=3))
    capacity = draw(st.none() | testing.capacity(votes))
    return draw(
        drawn(lambda lots: proportional_election(votes, seats, alliances=alliances, capacity=capacity, lots=lots))
    )


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Give lines."""
    votes = draw(testing.votes())
    share = draw(st.fractions(0, 1, max_denominator=1000))
    represented = draw(st.none() | st.lists(st.sampled_from([*votes]), unique=True))
    return apply_threshold(votes, share, represented=represented, total=sum(votes.values()) + draw(st.integers(0, 9)))


@st.composite
def majorities(draw: st.DrawFn) -> MajorityElection:
    """Give elections to one post, with two ballots of equal candidates at times."""
    votes = draw(testing.votes(most_names=5, most_votes=6))
    if draw(st.booleans()):
        return draw(lots_over_a_post(lambda lots: plurality_election(votes, lots=lots)))
    present = 2 * max(votes.values()) + sum(votes.values()) + 1
    ballots = [votes] * draw(st.integers(0, 2))
    base: Any = "cast" if not ballots and draw(st.booleans()) else "present"
    return draw(lots_over_a_post(lambda lots: majority_election(ballots, present=present, base=base, lots=lots)))


@st.composite
def lots_over_a_post(draw: st.DrawFn, hold: Callable[[Sequence[Draw]], MajorityElection]) -> MajorityElection:
    """Draw the lot that is open, or leave it."""
    found = hold([])
    return hold([draw(testing.draws(found.tie))]) if found.tie and draw(st.booleans()) else found


@st.composite
def compositions(draw: st.DrawFn) -> Result:
    """Give KKR, of parties with and without votes, and chairs of some."""
    votes = draw(testing.votes(most_names=6, most_votes=500))
    born = draw(testing.held([*votes, "only a mayor"], most=3))
    represented = draw(st.none() | st.lists(st.sampled_from([*votes]), unique=True))
    method = draw(st.sampled_from(["largest_shortfall", "dhondt", "adams"]))
    municipalities = sum(born.values()) + draw(st.integers(1, 3))
    total = sum(votes.values()) + draw(st.integers(0, 20))
    cast = total + draw(st.integers(0, 20))

    def hold(lots: Sequence[Draw]) -> KKRComposition:
        return compose_kkr(
            votes,
            born,
            municipalities=municipalities,
            total_votes=total,
            cast_votes=cast,
            represented=represented,
            method=method,
            line="3%",
            lots=lots,
        )

    return draw(drawn(hold))


@st.composite
def kkr_chairs(draw: st.DrawFn) -> KKRChairs:
    """Give chairs of KKR, all lots drawn or none."""
    votes = draw(testing.votes(most_names=6))
    eligible = draw(st.lists(st.sampled_from([*votes]), min_size=1, unique=True))
    alliances: Any = draw(testing.alliances(eligible, depth=1))
    return elect_kkr_chairs(
        votes, alliances=alliances, eligible=eligible, lots=draw(st.none() | st.builds(seeded, st.integers(0, 99)))
    )


@st.composite
def committees(draw: st.DrawFn) -> Committees:
    """Give committees, all lots drawn, with some of the claims carried out one time after another."""
    groups = {name: count + 1 for name, count in draw(testing.votes(most_names=4, most_votes=12)).items()}
    sizes = draw(st.dictionaries(st.sampled_from(["Økonomi", *"123456"]), st.integers(2, 9), min_size=1))
    first = next(iter(sizes))
    seated = draw(st.none() | st.just({first: {next(iter(groups)): 1}}))
    agreed = draw(st.none() | st.just({first: {next(iter(groups)): sizes[first]}}))
    lots = draw(st.none() | st.builds(seeded, st.integers(0, 99)))
    result = elect_committees(groups, sizes, seated=seated, agreed=agreed, lots=lots)
    if not result.complete or not result.claims:
        return result
    way = next(placements(result, accept_second=groups), None)
    for transfer in way.transfers if way else ():
        lost = next((each.transfers == (transfer,) and each.restores for each in placements(result)), ())
        restore = [each.committee for each in lost or ()] if draw(st.booleans()) else []
        result = apply_claims(result, [transfer], restore=restore, accept_second=groups)
    return result


@st.composite
def councils(draw: st.DrawFn) -> CouncilResult:
    """Give councils with sideordnede lists and party lists, with valgforbund, lots open or drawn."""
    keys = draw(testing.names(most=5))
    personal = st.lists(st.integers(0, 3), min_size=1, max_size=5)
    lists = [
        CandidateList(
            key,
            key,
            [Candidate(f"{key}-{n}", votes) for n, votes in enumerate(draw(personal))],
            draw(st.integers(0, 5)),
            draw(st.sampled_from(["sideordnet", "partiliste"])),
        )
        for key in keys
    ]
    alliances: Any = draw(testing.alliances(keys, depth=1))
    election = CouncilElection("Nyby", draw(st.integers(1, 9)), lists, alliances)
    return elect_council(election, lots=draw(st.none() | st.builds(seeded, st.integers(0, 99))))


@st.composite
def sittings(draw: st.DrawFn) -> Sitting | CouncilResult:
    """Give councils after some members and substitutes left."""
    council = draw(councils())
    changes: list[Change] = []
    if council.tie is not None:
        return council
    lots = draw(st.none() | st.builds(seeded, st.integers(0, 99)))
    sitting = fill_vacancies(council, changes, lots=lots)
    for _ in range(draw(st.integers(0, 4))):
        if not sitting.members or sitting.tie is not None:
            break
        key, name = draw(st.sampled_from(sitting.members))
        changes.append(Change(draw(st.sampled_from(["leaves", "absent"])), key, name))
        sitting = fill_vacancies(council, changes, lots=lots)
    return sitting


@st.composite
def orders(draw: st.DrawFn) -> Chairs:
    """Give the chairs of committees, in the order in which the groups pick them."""
    groups = {name: count + 1 for name, count in draw(testing.votes(most_names=4, most_votes=12)).items()}
    lots = draw(st.none() | st.builds(seeded, st.integers(0, 99)))
    return elect_chairs(groups, draw(st.integers(1, 9)), mayors_group=next(iter(groups)), lots=lots)


RANDOM = {
    "allocations": allocations(),
    "proportional elections": proportional(),
    "thresholds": thresholds(),
    "majority elections": majorities(),
    "compositions": compositions(),
    "chairs": kkr_chairs(),
    "committees": committees(),
    "councils": councils(),
    "sittings": sittings(),
    "orders": orders(),
}


@pytest.mark.parametrize("strategy", RANDOM.values(), ids=RANDOM)
@given(st.data())
def test_a_random_result_comes_back(strategy: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Whatever the votes, alliances, capacities, draws and open lots are, the result is the same after JSON."""
    kept(data.draw(strategy))


# Documents that state something else


Document: TypeAlias = Any
"""Plain JSON values, and those inside them."""

Keys: TypeAlias = tuple[Any, ...]


def places(value: Document, path: Keys = ()) -> Iterator[Keys]:
    """Give the path to every value inside a document."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(each, (*path, key))


def parent(document: Document, path: Keys) -> Document:
    """Give the object or array that a path ends in."""
    for key in path[:-1]:
        document = document[key]
    return document


def others(value: Document) -> list[Document]:
    """Give values that are near another one, and are not it."""
    if isinstance(value, bool):
        return [not value, int(value), None]
    if isinstance(value, int):
        return [value + 1, value - 1, float(value), str(value), None, 10**30, bool(value), -1]
    if isinstance(value, str):
        return [value + " ", "", None, 5, [value], {value: value}]
    if value is None:
        return [0, "", [], {}, False]
    return [None, {} if isinstance(value, list) else [], 5, "A", [[[[value]]]]]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[type[Any], Document]:
    """Give a document of a result in which one thing was changed, taken away, added or moved."""
    result = draw(st.sampled_from([*RESULTS.values()]))
    document = data.to_json(result)
    path = draw(st.sampled_from([path for path in places(document) if path != ("written_by",)]))
    within = parent(document, path)
    ways = ["change", "remove", "add", *(["swap"] if isinstance(within, list) and len(within) > 1 else [])]
    way = draw(st.sampled_from(ways))
    if way == "change":
        within[path[-1]] = draw(st.sampled_from(others(within[path[-1]])))
    elif way == "remove":
        del within[path[-1]]
    elif way == "swap":
        within[path[-1]], within[path[-1] - 1] = within[path[-1] - 1], within[path[-1]]
    elif isinstance(within, dict):
        within["more"] = 1
    else:
        within.append(copy.deepcopy(within[-1]))
    return type(result), document


@given(spoilt())
def test_a_spoilt_document_is_refused(found: tuple[type[Any], Document]) -> None:
    """It is refused on one line; else it is the document of another election, as the library itself writes it."""
    kind, document = found
    refused = ""
    try:
        made = data.from_json(document, kind)
    except DataError as error:
        refused = str(error)
    if refused:
        assert refused.startswith("the document")
        assert len(refused.splitlines()) == 1
    else:
        written = data.to_json(made)
        if "law" not in document:  # which need not be said
            written.pop("law", None)
        assert written == document
        SCHEMAS[kind].validate(document)


@ALL
def test_the_schema_is_strict(result: Result) -> None:
    """A field less or more at the outer levels is refused by the schema and by the library."""
    document = data.to_json(result)
    for part in ((), ("case",)):
        fields = [*parent(document, (*part, None))]
        required = [key for key in fields if part or key != "law"]
        for key in (*(required if not part else ()), "more"):
            changed = copy.deepcopy(document)
            within = parent(changed, (*part, None))
            if key in within:
                del within[key]
            else:
                within[key] = 1
            assert not SCHEMAS[type(result)].is_valid(changed)
            with pytest.raises(DataError):
                data.from_json(changed, type(result))


def test_every_object_of_the_schema_is_closed() -> None:
    """The schema of every kind is one, and no object of a case may have fields that it does not say."""
    for found in (data.json_schema(kind) for kind in KINDS):
        jsonschema.Draft202012Validator.check_schema(found)
        for path in places(found["$defs"]):
            each = parent(found["$defs"], (*path, None))
            if isinstance(each, dict) and each.get("type") == "object":
                assert "additionalProperties" in each


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda found: found["result"]["seats"].update(B=6), "result.seats.B is 6; computed is 3"),
        (lambda found: found["result"]["seats"].update({"A+F": 6}), "result.seats['A+F'] is 6; computed is nothing"),
        (lambda found: found["result"].pop("vacant"), "result.vacant is missing; computed is 0"),
        (lambda found: found["result"]["awards"][3].update(quotient="8/2"), "awards[3].quotient is '8/2'; computed"),
        (lambda found: found["result"]["awards"].pop(), "result.awards[7] is missing; computed is {'number': 8"),
        (lambda found: found["case"].update(votes=5), "case.votes is 5; it is an object, or a list of pairs"),
        (lambda found: found["case"].update(votes=[["A", 11, 1]]), "case.votes is [['A', 11, 1]]; it is an object, or"),
        (
            lambda found: found["case"].update(votes={"A": 11, "B": 8, "C": 2}),
            "case.votes is {'A': 11, 'B': 8, 'C': 2}",
        ),
        (lambda found: found["case"]["votes"].append(["A", 1]), "case.votes names 'A' twice"),
        (lambda found: found["case"].pop("votes"), "case.votes is missing"),
        (lambda found: found["case"].update(seats=True), "seats is True; a number of seats is a whole number"),
        (lambda found: found["case"].update(seats=10**9), "seats is 1000000000; a file holds at most 100000"),
        (lambda found: found["case"].update(held={}), "case.held is {}; computed is nothing"),
        (lambda found: found["case"].update(rule=5), "rule is 5; it is a text"),
        (lambda found: found["case"].update(divisors="hare!"), "method is 'hare!'; the divisor methods are dhondt,"),
        (lambda found: found["case"].update(case="hare"), "case.case is 'hare'; it is one of divisor, "),
        (lambda found: found["case"].update(case=["hare"]), "case.case is ['hare']; it is one of divisor, "),
        (lambda found: found["result"].update(vacant=[0]), "result.vacant is [0]; computed is 0"),
        (lambda found: found["result"].update(vacant=False), "result.vacant is False; computed is 0"),
        (lambda found: found["case"].update(vote=1), "case.vote is unknown; was votes meant?"),
        (lambda found: found.pop("case"), "case.case is None"),
        (lambda found: found.update(draws=[{"among": ["A", "C"], "chosen": ["C"]}]), "draw 1 picks 1 among A, C"),
        (lambda found: found.update(draws=[{"among": ["A"], "chosen": ["A"]}]), "was won by 1 of 1"),
        (lambda found: found.update(more=1), "more is 1; computed is nothing"),
        (lambda found: found.update(version=True), "has format 'kommunalvalg/allocation' and version True"),
        (lambda found: found.update(written_by="me"), "written_by is 'me'; computed is 'kommunalvalg"),
    ],
)
def test_what_is_wrong_is_said(spoil: Callable[[Any], object], said: str) -> None:
    """The message names the field and both values."""
    document = data.to_json(RESULTS["open tie"])
    spoil(document)
    with pytest.raises(DataError) as refused:
        data.from_json(document, Allocation)
    assert said in str(refused.value)


def test_a_file_says_who_wrote_it() -> None:
    """A document of another version is read where it agrees; where it does not, the message names both versions."""
    document = data.to_json(RESULTS["open tie"])
    document["written_by"] = "kommunalvalg 0.0.9"
    assert data.from_json(document, Allocation) == RESULTS["open tie"]
    document["result"]["vacant"] = 1
    with pytest.raises(DataError, match=r"is 1; computed is 0 \(written by 'kommunalvalg 0.0.9', read by 'kommunalv"):
        data.from_json(document, Allocation)


def test_a_changed_result_is_not_written() -> None:
    """What was changed by hand is no result of its method, and no file can record it."""
    with pytest.raises(DataError, match=r"result.seats.A is 9; computed is 5"):
        data.to_json(attrs.evolve(RESULTS["open tie"], seats={"A": 9, "B": 3, "C": 0}))
    both = RESULTS["constitution of a KKR"]
    other = attrs.evolve(both.composition, case=attrs.evolve(both.composition.case, name="another"))
    with pytest.raises(DataError, match=r"it is not what its method gives, so no file can record it$"):
        data.to_json(attrs.evolve(both, composition=other))


# What a file says


def test_a_document_can_be_read_by_any_program() -> None:
    """What was given, what was drawn and what came out stand in it as plain values, exact numbers as texts."""
    document = data.to_json(RESULTS["drawn tie"])
    assert document["format"] == "kommunalvalg/allocation"
    assert document["case"]["votes"] == [["A", 11], ["B", 8], ["C", 2]]
    assert document["draws"] == [{"among": ["B", "C"], "chosen": ["C"]}]
    assert document["result"]["seats"] == {"A": 5, "B": 3, "C": 1}
    assert (
        sum(
            Fraction(award["quotient"]) == Fraction(award["votes"]) / Fraction(award["divisor"])
            for award in document["result"]["awards"]
        )
        == 9
    )
    assert [award["winner"] for award in document["result"]["awards"] if award["by_lot"]] == ["C"]
    assert data.to_json(HOVEDSTADEN)["result"]["members"]["A"] == 11
    both = told(RESULTS["constitution of a KKR"])
    assert (both["composition"]["members"]["A"], list(both["chairs"])) == (11, list(told(RESULTS["chairs of a KKR"])))
    assert {*told(NAESTVED)["allocations"]["1"]} == {*document["result"]}
    assert [*told(without_alliances(RESULTS["named alliances"]))["each"][0]] == ["before", "after", "alliances"]
    names = {name for result in RESULTS.values() for name in told(result)}
    assert not [name for name in names if name.startswith("_") or name in {"case", "draws", "warnings"}]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([*RESULTS]), st.sampled_from(["case", "draws", "result", "written_by"]), json_values)
def test_any_json_is_read_or_refused(name: str, field: str, value: Document) -> None:
    """Whatever stands in a field, it is read as what it is or refused by an error of ours."""
    document = data.to_json(RESULTS[name])
    if json.dumps(document.get(field)) != json.dumps(value):
        with pytest.raises(DataError, match=r"^the document"):
            data.from_json({**document, field: value}, type(RESULTS[name]))
    with pytest.raises(DataError, match="the document"):
        data.from_json(value)


def test_votes_of_any_size_survive(tmp_path: Path) -> None:
    """Votes beyond 64 bits are exact; a number that Python itself will not write is refused in our words."""
    votes = {"A": 2**64 + 1, "B": 10**40, "C": 2**53 + 1}
    result = dhondt(votes, 3)
    data.write_json(result, tmp_path / "large.json")
    assert data.read_json(tmp_path / "large.json", Allocation).case.first.votes == votes
    assert str(10**40) in (tmp_path / "large.json").read_text(encoding="utf-8")
    with pytest.raises(DataError, match="value cannot be written as JSON: 'utf-8' codec can't encode"):
        data.to_json(dhondt({"A": 1}, 1, rule="\ud800"))
    with pytest.raises(DataError, match="value cannot be written as JSON: Exceeds the limit"):
        data.to_json(dhondt({"A": 10**5000}, 1))


def test_letters_are_composed() -> None:
    """An Å that was typed as two code points anywhere in a document is the same list."""
    result = dhondt({"Å": 3, "B": 2}, 2, held={"Å": 1})
    written = json.dumps(data.to_json(result), ensure_ascii=False)
    assert data.from_json(json.loads(written.replace("Å", "A\u030a")), Allocation) == result
    document = data.to_json(result)
    document["result"]["seats"]["A\u030a"] = 1
    with pytest.raises(DataError, match=r"^the document: Å, B, .*: two of these are one name in two spellings$"):
        data.from_json(document, Allocation)


def test_the_kinds_are_those_that_are_declared(tmp_path: Path) -> None:
    """Each kind that a case makes can be asked for; anything else is refused with the kinds."""
    assert set(KINDS) >= {type(result) for result in RESULTS.values()}
    formats = {data.json_schema(kind)["properties"]["format"]["const"] for kind in KINDS}
    assert len(formats) == len(KINDS)
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    other: Any = dict
    for call in (data.json_schema, lambda kind: data.read_json(tmp_path / "x.json", kind)):
        with pytest.raises(DataError, match=r"kind is <class 'dict'>; files hold council-election, allocation, "):
            call(other)
    with pytest.raises(DataError, match="kind is 5; files hold council-election") as refused:
        data.json_schema(5)  # type: ignore[arg-type]  # what is no class
    assert "simulated-seats" not in str(refused.value)
    with pytest.raises(DataError, match="no file holds 'simulated-seats': what it rests on can be of any program"):
        data.json_schema(DECLARED["simulated-seats"].result_class)
    with pytest.raises(DataError, match="kind is <class 'int'>; files hold council-election"):
        data.to_json(5)


FIRST = sorted(Path(__file__).with_name("first_version").glob("*.json"))


@pytest.mark.parametrize("file", FIRST, ids=lambda file: file.stem)
def test_a_file_of_the_first_version_is_read(file: Path) -> None:
    """What version 0.1 wrote is the same result today, and is written again in today's form."""
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["version"] == 1
    name = document["format"].removeprefix("kommunalvalg/")
    kind: Any = CouncilElection if name == "council-election" else DECLARED[name].result_class
    value = data.read_json(file, kind)
    assert data.from_json(data.to_json(value), kind) == value


def test_a_file_of_the_first_version_that_is_wrong_is_refused(tmp_path: Path) -> None:
    """What the file states is held against what comes out, and what is missing in it is said."""
    document = json.loads(next(file for file in FIRST if file.stem == "open_tie").read_text(encoding="utf-8"))
    spoilt: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: document["result"]["seats"].update(B=9), r"seats.B is 9; computed is 3"),
        (lambda: document["given"].update(method="hare"), r"given.method is 'hare'"),
        (lambda: document["given"].update(method=["dhondt"]), r"given.method is \['dhondt'\]; the methods are dhondt"),
        (lambda: document.pop("given"), r"given is None; it is an object"),
    )
    for spoil, said in spoilt:
        spoil()
        (tmp_path / "x.json").write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(DataError, match=said):
            data.read_json(tmp_path / "x.json", Allocation)


@pytest.mark.parametrize(
    "votes",
    [5, None, [5], [{"name": "A"}], [{"name": "A", "count": 1, "x": 1}], [{"name": "A", "count": 1}, 5], {}],
    ids=repr,
)
def test_counts_of_the_first_version_are_names_and_counts(tmp_path: Path, votes: object) -> None:
    """What stands in the place of votes is refused where it is no list of names and counts."""
    document = json.loads(next(file for file in FIRST if file.stem == "open_tie").read_text(encoding="utf-8"))
    document["given"]["votes"] = votes
    (tmp_path / "x.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError, match=f"given is {re.escape(repr(votes))}; it is a list of names and counts"):
        data.read_json(tmp_path / "x.json", Allocation)


@pytest.mark.parametrize(
    ("stem", "field", "value", "said"),
    [
        ("committees_after_claims", "claimed", 5, r"given\.claimed is 5; it is a list$"),
        ("committees_after_claims", "claimed", ["x"], r"given\.claimed is \['x'\]; it is a list of objects"),
        ("two_ballots", "ballots", "x", r"given\.ballots is 'x'; it is a list$"),
    ],
)
def test_lists_of_the_first_version_are_lists(stem: str, field: str, value: object, said: str) -> None:
    """What stands in the place of claims or ballots is refused by its name; what is left out is none."""
    document = json.loads(next(file for file in FIRST if file.stem == stem).read_text(encoding="utf-8"))
    kind: Any = DECLARED[document["format"].removeprefix("kommunalvalg/")].result_class
    document["given"][field] = value
    with pytest.raises(DataError, match=said):
        data.from_json(document, kind)
    del document["given"][field], document["result"]
    assert isinstance(data.from_json(document, kind), kind)


def test_a_file_is_of_as_many_seats_as_anybody_elects() -> None:
    """More than 100,000 in any field are refused before they are distributed, read or written, in either version."""
    document = data.to_json(NAESTVED)
    document["case"]["committees"][0][1] = 10**30
    said = f"committees is {10**30}; a file holds at most 100000"
    with pytest.raises(DataError, match=said):
        data.from_json(document, Committees)
    first = json.loads(next(file for file in FIRST if file.stem == "committees_after_claims").read_text("utf-8"))
    first["given"]["committees"][0]["count"] = 10**30
    with pytest.raises(DataError, match=said):
        data.from_json(first, Committees)
    with pytest.raises(DataError, match=r"^seats is 100001; a file holds at most 100000$"):
        data.to_json(dhondt({"A": 10, "B": 7}, 100_001))


def test_what_needs_a_library_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is nothing that is wrong with the file."""
    document = data.to_json(RESULTS["open tie"])

    def without(*_settled: object) -> None:
        raise MissingExtraError("pictures", "matplotlib", "plot")

    monkeypatch.setattr(json_files, "settle", without)
    with pytest.raises(MissingExtraError, match=r"^pictures need matplotlib, which is not installed"):
        data.from_json(document, Allocation)


def test_the_law_is_told_where_a_result_rests_on_it() -> None:
    """A file need not say it, for not all always did; one that says another is refused."""
    assert "law" not in data.to_json(RESULTS["open tie"])
    document = data.to_json(RESULTS["council"])
    assert document["law"] == 2025
    with pytest.raises(DataError, match="law is 2021; computed is 2025"):
        data.from_json({**document, "law": 2021}, CouncilResult)
    del document["law"]
    assert data.from_json(document, CouncilResult) == RESULTS["council"]
    schema = data.json_schema(CouncilResult)
    assert schema["required"] == ["format", "version", "written_by", "case", "draws", "result"]
    assert schema["additionalProperties"] is False


def test_a_schema_says_of_which_cases_a_kind_is() -> None:
    """Of one case it is the case's, of several one of them, each with the name that it says."""
    assert data.json_schema(Threshold)["properties"]["case"] == {"$ref": "#/$defs/threshold"}
    cases = data.json_schema(Allocation)["properties"]["case"]["oneOf"]
    assert [case["properties"]["case"]["const"] for case in cases][:2] == ["divisor", "shortfall"]


def test_what_was_stated_otherwise_in_the_first_version_is_let_be() -> None:
    """Counts, single values and lists of texts are held against what comes out; what has another form now is not."""
    result = {"seats": {"A": 1}, "open": 5, "number": {"A": 1}, "order": ["a", None], "gone": 1}
    other: dict[str, Any] = {"ties": [{}], "none": [], "tie": None, "mixed": ["A", {}], "inner": {"A": {}}}
    comes = {
        "seats": {"A": 2, "B": 1},
        "open": {"A": 1},
        "number": 7,
        "order": ["b"],
        "ties": 1,
        "none": 1,
        "tie": [{"among": ["A"]}],
        "mixed": 1,
        "inner": 1,
    }
    assert list(stated({"result": {**result, **other}}, comes)) == [
        ("seats", {"A": 1}, {"A": 2}),
        ("open", 5, {"A": 1}),
        ("number", {"A": 1}, 7),
        ("order", ["a", None], ["b"]),
    ]
    assert list(stated({"result": 5}, comes)) == []


def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    """Who asks for another kind than the file holds is told which it holds."""
    data.write_json(HOVEDSTADEN, tmp_path / "kkr.json")
    assert data.read_json(tmp_path / "kkr.json", KKRComposition) == HOVEDSTADEN
    with pytest.raises(
        DataError, match=r"'kommunalvalg/kkr-composition', which is read as KKRComposition; Allocation is re"
    ):
        data.read_json(tmp_path / "kkr.json", Allocation)
    with pytest.raises(DataError, match=r"CouncilElection is read from format 'kommunalvalg/council-election'"):
        data.read_json(tmp_path / "kkr.json")
