"""Names in two spellings: one name or refused, wherever a public function takes names."""

import doctest
import enum
import inspect
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any
from unicodedata import normalize

import pytest
from test_public import PUBLIC, ROOMS

from kommunalvalg import (
    Candidate,
    CandidateList,
    ElectionError,
    VoteError,
    dhondt,
    elect_committees,
    proportional_election,
    voting_groups,
)
from kommunalvalg.analysis.cases import standing_of
from kommunalvalg.ask import ask
from kommunalvalg.audit.evaluation import Readings
from kommunalvalg.audit.planning import plan
from kommunalvalg.audit.sampling import Bundle, Manifest, SampleCase, ticket
from kommunalvalg.elections.polling import Count, PollingArea
from kommunalvalg.evening.files import evening_of
from kommunalvalg.evening.given import CommitteePlan
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.chairs import elect_kkr_chairs
from kommunalvalg.methods.units import Alliance
from kommunalvalg.votes import checked_by_name, checked_known

ONE, TWO = "\u00e5", "a\u030a"
"""An å as one code point and as two, which nobody can tell apart."""

NOT_HERE = ("kommunalvalg.data", "kommunalvalg.files", "kommunalvalg.report.pictures", "kommunalvalg.testing")
"""Files, pictures and strategies: no door for names."""

NO_NAMES = {"day", "lang", "lots", "progress", "question", "reason", "rule", "rule_id", "title", "wording"}
"""Parameters that take texts which are no names: what is said is said as it was given."""


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every public function once."""
    known: set[object] = set()
    rooms = ["constitution.bodies", "constitution.chairs", "constitution.committees", "constitution.vacant", *ROOMS]
    for module in (import_module("kommunalvalg"), *(import_module(f"kommunalvalg.{room}") for room in rooms)):
        for name in PUBLIC if module.__name__ == "kommunalvalg" else module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value) and value not in known and not value.__module__.startswith(NOT_HERE):
                known.add(value)
                yield f"{value.__module__.removeprefix('kommunalvalg.')}.{name}", value


def calls_of(function: Callable[..., Any]) -> list[inspect.BoundArguments]:
    """Give the calls that a function's own example makes of it."""
    made: list[inspect.BoundArguments] = []
    signature = inspect.signature(function)

    def recorded(*args: object, **kwargs: object) -> object:
        made.append(signature.bind(*args, **kwargs))
        return function(*args, **kwargs)

    (test,) = doctest.DocTestFinder(recurse=False).find(function, "example")
    test.globs[function.__name__] = recorded
    doctest.DocTestRunner().run(test, out=lambda _text: None)
    return made[:2]


def spelled(value: object, end: str) -> Any:  # noqa: ANN401 - of the kind that was given
    """Give a value with every name in it ending in some letter."""
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        return value + end
    if isinstance(value, Mapping):
        return {spelled(key, end): spelled(each, end) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(each, end) for each in value] if isinstance(value, list) else tuple(spelled(list(value), end))
    return value


def doubled(value: object) -> object:
    """Give a value whose first name is there twice, in two spellings; None where there is none."""
    if isinstance(value, Mapping) and value:
        first = next(iter(value))
        return spelled(value, ONE) | {first + TWO: spelled(value[first], ONE)} if isinstance(first, str) else None
    if isinstance(value, list | tuple) and value and all(type(each) is str for each in value):
        return [*spelled(list(value), ONE), value[0] + TWO]
    return None


def outcome(function: Callable[..., Any], call: inspect.BoundArguments, **given: object) -> tuple[str, str]:
    """Say what a call comes to: its result to the letter, or what was refused, in composed letters."""
    again = inspect.BoundArguments(call.signature, call.arguments | given)
    try:
        found = function(*again.args, **again.kwargs)
        return "result", repr(list(found) if inspect.isgenerator(found) else found)
    except ElectionError as error:
        return "refused", normalize("NFC", f"{type(error).__name__}: {error}")


def ways(call: inspect.BoundArguments, parameter: inspect.Parameter) -> Iterator[object]:
    """Give what may stand for a parameter: what the example gives, and its names in all sorts of values."""
    if parameter.name in call.arguments:
        yield call.arguments[parameter.name]
    mappings = [each for each in call.arguments.values() if isinstance(each, Mapping) and each]
    for name in dict.fromkeys(next(iter(each)) for each in mappings):
        if isinstance(name, str):
            yield from (name, [name], {name: 1}, {name: name}, {name: [name]}, {name: {name: 1}}, [[name]])


EVERY = dict(public_functions())


@pytest.mark.parametrize("name", EVERY)
def test_a_name_in_another_spelling_is_the_same_name(name: str) -> None:
    """In every parameter of every public function another spelling changes nothing, and both at once are refused."""
    function = EVERY[name]
    for call in calls_of(function):
        given = spelled(dict(call.arguments), ONE)
        given = {key.removesuffix(ONE): value for key, value in given.items()}
        for parameter in call.signature.parameters.values():
            if parameter.name in NO_NAMES or "str" not in str(parameter.annotation):
                continue
            for value in ways(call, parameter):
                one, two = (
                    outcome(function, call, **given | {parameter.name: spelled(value, end)}) for end in (ONE, TWO)
                )
                assert two == one, parameter.name
                if "[" in str(parameter.annotation) and (both := doubled(value)) is not None:
                    kind, said = outcome(function, call, **given | {parameter.name: both})
                    assert kind == "refused", (parameter.name, said)


def _read_twice() -> object:
    return Readings({(ONE, 1): "A", (TWO, 1): "B"})


def test_what_is_made_by_hand_has_one_spelling() -> None:
    """Cases and results that somebody makes or asks by hand take a name in either spelling."""
    election = proportional_election({ONE: 60, "B": 35}, 3).case
    assert (election.votes_of(TWO), standing_of(election).text(TWO)) == (60, "2")
    with pytest.raises(VoteError, match=r"^unit names 'zz', which is not in votes"):
        election.votes_of("zz")
    chairs = elect_kkr_chairs({ONE: 40, "B": 30}, alliances=[Alliance("", (TWO, "B"))])
    assert chairs.case.alliances[0].lists == (ONE, "B")
    assert PollingArea(TWO, Count.FINAL, FrozenDict({TWO: 4})) == PollingArea(ONE, Count.FINAL, FrozenDict({ONE: 4}))
    with pytest.raises(VoteError, match=f"^votes names '{ONE}' twice, in two spellings of the same letters$"):
        PollingArea("Nord", Count.FINAL, FrozenDict({ONE: 4, TWO: 5}))
    assert ticket(ONE, 1, 1000) == ticket(TWO, 1, 1000)
    simulated = {"case": "simulation", "of": {"election": "kv2025", "council": "Fanø"}, "n": 5, "poll": 100}
    one, two = (ask(simulated | {"seed": seed}) for seed in (ONE, TWO))
    assert "error" not in one
    assert one["result"] == two["result"]


def test_a_ballot_is_found_by_either_spelling_of_its_bundle() -> None:
    """A reading of a ballot belongs to it however its bundle is written, and one ballot is read once."""
    manifest = Manifest([Bundle(ONE, "A", 60), Bundle("2", "B", 35), Bundle("3", "", 5)])
    assert manifest.reported((TWO, 1)) == manifest.reported((ONE, 1))
    whole = plan(proportional_election({"A": 60, "B": 35}, 3), ballots=100)
    assert SampleCase(plan=whole.case, manifest=manifest, ballots=[(TWO, 5)]).ballots == ((ONE, 5),)
    assert Readings({(TWO, 1): "A"}) == Readings({(ONE, 1): "A"})
    with pytest.raises(VoteError, match=r"^readings names \('å', 1\) twice, in two spellings of the same letters$"):
        _read_twice()


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_nobody_stands_beside_a_name_that_looks_the_same(sign: str) -> None:
    """Candidates, bundles, and what a meeting names one by one: two that look the same are refused."""
    meeting: dict[str, Any] = {"kommune": "Nyby", "dato": "2025-12-09", "medlemmer": {"m1": "A", "m2": "A", "m3": "B"}}
    three = {"pladser": 3}
    calls: list[Callable[[], object]] = [
        lambda: CandidateList("A", "L", [Candidate("Bo", 9), Candidate("Bo" + sign, 8)]),
        lambda: Manifest([Bundle("Bo", "A", 60), Bundle("Bo" + sign, "B", 35)]),
        lambda: evening_of(meeting | {"organ": {"Bo": three, "Bo" + sign: three}}),
        lambda: evening_of(meeting | {"organ": {"Bo": three}, "udvalg": {"Bo" + sign: three}}),
        lambda: evening_of(meeting | {"stedfortraedere": {"A": ["Bo", "Bo" + sign]}}),
        lambda: evening_of(meeting | {"stedfortraedere": {"A": ["Bo"], "B": ["Bo" + sign]}}),
        lambda: evening_of(meeting | {"stedfortraedere": {"A": ["m1" + sign]}}),
        lambda: CommitteePlan(name="T", seats=3, persons={"Bo": ("m1",), "Bo" + sign: ("m2",)}),
    ]
    for call in calls:
        with pytest.raises(VoteError, match=r"which look the same; each name stands once$"):
            call()


def test_there_are_functions_to_look_at() -> None:
    """The walk above meets the functions in which names were lost."""
    assert len(EVERY) > 100
    assert {"constitution.groups.voting_groups", "constitution.posts.first_convener"} <= EVERY.keys()


@pytest.mark.parametrize(
    "call",
    [
        lambda: voting_groups({ONE: "X", TWO: "Y"}),
        lambda: voting_groups({"m1": "A", "m2": "B", "m3": "C"}, {ONE: ["m1"], TWO: ["m2"]}),
        lambda: voting_groups({"m1": ONE, "m2": ONE}, {TWO: ["m1"]}),
        lambda: elect_committees({"a": 3, "b": 2}, {ONE: 3}, agreed={ONE: {"a": 3}, TWO: {"b": 3}}),
        lambda: elect_committees({"a": 3, ONE: 2}, {"T": 3}, seated={"T": {ONE: 1, TWO: 1}}),
    ],
)
def test_nobody_is_lost_between_two_spellings(call: Callable[[], object]) -> None:
    """A member, a group or a committee that stands there in two spellings is refused, and not lost."""
    with pytest.raises(VoteError):
        call()


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u00a0", " "])
def test_a_sign_that_cannot_be_seen_makes_no_second_name(sign: str) -> None:
    """Two names that look the same are refused by every door: counts, names one by one, anything by name."""
    calls: list[tuple[str, Callable[[], object]]] = [
        ("A", lambda: dhondt({"A": 11, "A" + sign: 9}, 3)),
        ("A", lambda: checked_by_name({"A": [], "A" + sign: []}, "declared")),
        ("m1", lambda: voting_groups({"m1": "A", "m1" + sign: "B"})),
    ]
    for name, call in calls:
        with pytest.raises(
            VoteError, match=f"names '{name}' and {name + sign!a}, which look the same".replace("\\", r"\\")
        ):
            call()


def test_a_name_that_is_looked_up_is_composed_first() -> None:
    """A name is known in whichever spelling it is given, and comes back composed."""
    assert checked_known("takers", TWO, {ONE: 1}, "groups") == ONE


@pytest.mark.parametrize("value", [5, "AB", [["m1"]], [("A", ["m1"])]])
def test_what_is_no_mapping_is_refused(value: Any) -> None:  # noqa: ANN401 - what is wrong is the point
    """Groups that are no mapping are refused in our words."""
    with pytest.raises(VoteError, match=r"declared is .*; give a mapping that begins with names"):
        voting_groups({"m1": "A"}, value)
