"""What is refused and how it is said: field, value and rule, in both languages; and cases that nobody could give."""

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest

from kommunalvalg import (
    Draw,
    ElectionError,
    LotError,
    RuleError,
    VoteError,
    apply_threshold,
    dhondt,
    largest_shortfall,
    majority_election,
    plurality_election,
    proportional_election,
)
from kommunalvalg.errors import DataError, MissingExtraError, Warned
from kommunalvalg.lots import Case, settle
from kommunalvalg.methods.alliances import Alliance, ProportionalCase
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.methods.majority import MajorityCase, PluralityCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.methods.threshold import ThresholdCase
from kommunalvalg.text import text

VOTES = {"A": 11, "B": 8}

Refusal = tuple[Callable[[], object], type[ElectionError], str, object, str | None]

REFUSALS: list[Refusal] = [
    (lambda: dhondt({"A": 1, "B": -3}, 2), VoteError, 'votes["B"]', -3, None),
    (lambda: dhondt(VOTES, 2.5), VoteError, "seats", 2.5, None),  # type: ignore[arg-type]
    (lambda: dhondt(VOTES, 2, held={"C": 1}), VoteError, "held", "C", None),
    (lambda: dhondt(VOTES, 2, held={"A": 2}, capacity={"A": 1}), VoteError, 'held["A"]', 2, None),
    (lambda: largest_shortfall(VOTES, 2, total=5), VoteError, "total", 5, None),
    (lambda: proportional_election(VOTES, 2, alliances=[["A", "X"]]), VoteError, "alliance 1", "X", None),
    (lambda: apply_threshold(VOTES, 0.02), VoteError, "share", 0.02, None),  # type: ignore[arg-type]
    (lambda: majority_election([{"A": 22}], present=21), VoteError, "ballot 1", 22, None),
    (lambda: majority_election([{"A": 11}, {"A": 11}], present=21), RuleError, "ballot 2", {"A": 11}, "KSL-24-1"),
    (lambda: dhondt(VOTES, 1, lots=[Draw("AB", ["A"])]), VoteError, "among", "AB", None),
    (lambda: dhondt(VOTES, 1, lots=[Draw(["A", "B"], ["C"])]), LotError, "chosen", "C", None),
    (lambda: Alliance("A+B", None), VoteError, "alliance A+B", None, None),  # type: ignore[arg-type]
    (lambda: Alliance("A+B", ("A", ["B"])), VoteError, "alliance A+B", ["B"], None),  # type: ignore[arg-type]
    (lambda: Alliance(5, ("A", "B")), VoteError, "alliance", 5, None),  # type: ignore[arg-type]
    (lambda: settle("a case"), VoteError, "case", "a case", None),  # type: ignore[arg-type]
]


def refusal(call: Callable[[], object]) -> ElectionError:
    """Give the error with which something is refused."""
    with pytest.raises(ElectionError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(("call", "kind", "field", "value", "rule"), REFUSALS)
def test_an_error_says_which_field_and_value(
    call: Callable[[], object], kind: type[ElectionError], field: str, value: object, rule: str | None
) -> None:
    """A program reads from an error what was refused and by which rule, and need not take its sentence apart."""
    error = refusal(call)
    assert (type(error), error.field, error.value, error.rule) == (kind, field, value, rule)
    assert str(error) == error.said("en") == error.said()


@pytest.mark.parametrize(("call", "kind", "field", "value", "rule"), REFUSALS)
def test_an_error_is_copied_and_pickled(
    call: Callable[[], object], kind: type[ElectionError], field: str, value: object, rule: str | None
) -> None:
    """An error of another process says the same, and knows as much."""
    error = refusal(call)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - made here
        assert (type(again), again.field, again.value, again.rule) == (kind, field, value, rule)
        assert (str(again), again.said("da"), again.args) == (str(error), error.said("da"), error.args)


def test_an_error_of_a_rule_ends_with_its_provision() -> None:
    """The law map says where the rule stands on the day that is asked for; a rule that did not hold is left out."""
    assert str(RuleError("no", rule="KRVL-21")) == "no (KRVL § 21, stk. 1)"
    assert RuleError("one", rule="KRVL-83", when=2021).said("da") == "one (KRVL § 83)"
    assert str(RuleError("no", rule="KRVL-83", when=2025)) == "no"
    assert str(Warned(text("so"), "KRVL-83", 2021)) == "so (KRVL § 83)"


@pytest.mark.parametrize("error", [DataError("line 3 is cut"), MissingExtraError("pictures", "matplotlib", "plot")])
def test_a_finished_sentence_is_an_error_too(error: ElectionError) -> None:
    """An error without a field is said as it is, and is a ValueError as all are."""
    assert (error.field, error.value, error.rule) == (None, None, None)
    assert isinstance(error, ValueError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - made here


CASES: list[tuple[Callable[..., Case[Any]], Callable[..., object], dict[str, object]]] = [
    (DivisorCase, dhondt, {"votes": VOTES, "seats": 3, "held": {"A": 1}, "capacity": {"A": 2}}),
    (ShortfallCase, largest_shortfall, {"votes": VOTES, "seats": 3, "held": {"A": 1}, "total": 20, "size": 4}),
    (ProportionalCase, proportional_election, {"votes": VOTES, "seats": 3, "alliances": [["A", "B"]], "capacity": {}}),
    (ThresholdCase, apply_threshold, {"votes": VOTES, "share": "2%", "total": 20, "represented": ["A"]}),
    (MajorityCase, majority_election, {"ballots": [VOTES], "present": 21, "base": "present"}),
    (PluralityCase, plurality_election, {"votes": VOTES}),
]

NONSENSE: list[object] = [None, -1, 2.5, True, "AB", "", float("nan"), [], ["A", "A"], {"A": -1}, {"": 1}, {"X": 1}, ()]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
@pytest.mark.parametrize(("case", "method", "given"), CASES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_case_of_nonsense_is_refused_as_the_function_refuses_it(
    case: Callable[..., Case[Any]], method: Callable[..., object], given: dict[str, object], nonsense: object
) -> None:
    """Whoever builds a case by hand, or varies one, is told what whoever calls the function is told."""
    fixed = {"divisors": DHONDT} if case is DivisorCase else {}
    whole = case(**fixed, **given)
    for field in given:
        answers = []
        for build in (
            lambda field=field: method(**given | {field: nonsense}),
            lambda field=field: settle(case(**fixed, **given | {field: nonsense})),
            lambda field=field: settle(attrs.evolve(whole, **{field: nonsense})),  # type: ignore[misc]  # whatever case it is
        ):
            try:
                answers.append(build())
            except ElectionError as error:
                answers.append((type(error), str(error), error.field, error.said("da")))
        assert answers[1:] == answers[:1] * 2, field


@pytest.mark.parametrize(("case", "method", "given"), CASES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_case_is_a_value_that_its_result_knows(
    case: Callable[..., Case[Any]], method: Callable[..., Any], given: dict[str, object]
) -> None:
    """A result rests on the case that it came of: equal, hashed, pickled, never changed, and settled again alike."""
    fixed = {"divisors": DHONDT} if case is DivisorCase else {}
    whole, result = case(**fixed, **given), method(**given)
    assert whole == result.case
    assert settle(result.case, result.draws) == result
    assert (hash(result.case), pickle.loads(pickle.dumps(result.case))) == (hash(result.case), result.case)  # noqa: S301
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        result.case.votes = {}
    with pytest.raises(TypeError):
        case(*given.values())


def test_a_varied_case_says_what_if() -> None:
    """The case of a result, varied in one field, is settled as the function would have done it."""
    result = dhondt({"A": 11, "B": 8, "C": 2}, 8)
    assert isinstance(result.case, DivisorCase)
    assert settle(attrs.evolve(result.case, seats=9)) == dhondt({"A": 11, "B": 8, "C": 2}, 9)
    election = proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5)
    allied = settle(attrs.evolve(election.case, alliances=[["F", "V"]]))
    assert allied.seats == {"A": 2, "C": 2, "F": 1, "V": 0}
    assert settle(attrs.evolve(allied.case, alliances=())).seats == election.seats


def test_outcomes_read_as_seats_and_chance() -> None:
    """Every end of the open lots is a pair of the seats and their chance, of these types also to a type checker."""
    names: list[str] = []
    chances: list[Fraction] = []
    for seats, chance in dhondt({"A": 1, "B": 1}, 1).outcomes():
        names += [name for name, count in seats.items() if count]
        chances.append(chance)
    assert (names, chances) == (["A", "B"], [Fraction(1, 2)] * 2)
