"""Votes, names and counts as they come in: what is taken, what is refused, and how that is said."""

import copy
import pickle
from collections import OrderedDict
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType
from unicodedata import normalize

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from kommunalvalg import (
    ElectionError,
    VoteError,
    adams,
    apply_threshold,
    dhondt,
    largest_shortfall,
    merge_alliances,
    proportional_election,
    sainte_lague,
    testing,
)
from kommunalvalg.errors import DataError, LotError, RuleError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.votes import (
    checked_by_name,
    checked_count,
    checked_known,
    checked_name,
    checked_names,
    checked_votes,
    listed,
)

Call = Callable[..., object]
Refused = Callable[..., str]

METHODS: dict[str, Call] = {
    "dhondt": dhondt,
    "sainte_lague": sainte_lague,
    "adams": adams,
    "largest_shortfall": largest_shortfall,
    "proportional_election": proportional_election,
}
TAKES_VOTES: dict[str, Call] = {
    **{name: lambda votes, method=method: method(votes, 3) for name, method in METHODS.items()},
    "apply_threshold": lambda votes: apply_threshold(votes, "2%"),
    "merge_alliances": lambda votes: merge_alliances(votes, ()),
}

NOT_COUNTS = [
    pytest.param(True, id="true"),
    pytest.param(False, id="false"),
    pytest.param(2.0, id="float"),
    pytest.param(float("nan"), id="nan"),
    pytest.param(float("inf"), id="infinity"),
    pytest.param(-1, id="negative"),
    pytest.param(-(10**30), id="very negative"),
    pytest.param("12", id="text"),
    pytest.param(b"12", id="bytes"),
    pytest.param(None, id="none"),
    pytest.param([12], id="list"),
    pytest.param(Fraction(12), id="fraction"),
    pytest.param(12 + 0j, id="complex"),
]


# Errors


@pytest.mark.parametrize("error", [DataError, LotError, RuleError, VoteError])
def test_every_error_is_an_election_error_and_a_value_error(error: type[Exception]) -> None:
    """A program may catch everything that is refused at once, as ElectionError or as ValueError."""
    assert issubclass(error, ElectionError)
    assert issubclass(error, ValueError)


def test_refused_value_is_shown_on_one_short_line() -> None:
    """A value of several lines, of any length, or that cannot be written at all, fits into a message."""

    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError

    assert shown("A\nB") == r"'A\nB'"
    assert len(shown("A" * 10_000)) < 70
    assert shown(Broken()) == "a Broken"
    assert shown(10**5000) == "a int"


# Counts


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("value", NOT_COUNTS)
def test_seats_that_are_no_count_are_refused(refused: Refused, method: Call, value: object) -> None:
    """Seats that are no whole number, 0 or more, are named with their value, by every method."""
    expected = f"seats is {shown(value)}; a number of seats is a whole number, 0 or more"
    assert refused(method, {"A": 1}, value) == expected


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
@pytest.mark.parametrize("value", NOT_COUNTS)
def test_votes_that_are_no_count_are_refused(refused: Refused, call: Call, value: object) -> None:
    """A vote count that is none is named with its list and its value, wherever votes are taken."""
    expected = f'votes["B"] is {shown(value)}; a vote count is a whole number, 0 or more'
    assert refused(call, {"A": 1, "B": value, "C": 3}) == expected


@pytest.mark.parametrize(
    ("call", "kwargs"),
    [
        pytest.param(dhondt, {"held": {"B": None}}, id="dhondt held"),
        pytest.param(dhondt, {"capacity": {"B": None}}, id="dhondt capacity"),
        pytest.param(adams, {"held": {"B": None}}, id="adams held"),
        pytest.param(sainte_lague, {"capacity": {"B": None}}, id="sainte_lague capacity"),
        pytest.param(largest_shortfall, {"held": {"B": None}}, id="largest_shortfall held"),
        pytest.param(proportional_election, {"capacity": {"B": None}}, id="proportional_election capacity"),
    ],
)
@pytest.mark.parametrize("value", NOT_COUNTS)
def test_seats_held_and_capacities_that_are_no_count_are_refused(
    refused: Refused, call: Call, kwargs: dict[str, dict[str, object]], value: object
) -> None:
    """A count of seats held or of capacity that is none is named with its field, its list and its value."""
    ((field, counts),) = kwargs.items()
    given_counts = {field: dict.fromkeys(counts, value)}
    expected = f'{field}["B"] is {shown(value)}; a count is a whole number, 0 or more'
    assert refused(call, {"A": 1, "B": 2}, 3, **given_counts) == expected


@pytest.mark.parametrize("field", ["total", "size"])
@pytest.mark.parametrize("value", [value for value in NOT_COUNTS if value.id != "none"])
def test_total_and_size_of_a_shortfall_that_are_no_count_are_refused(
    refused: Refused, field: str, value: object
) -> None:
    """The figures that shares are taken of are whole numbers, 0 or more."""
    assert refused(largest_shortfall, {"A": 1}, 3, **{field: value}).startswith(f"{field} is {shown(value)}; ")


def test_whole_numbers_of_other_libraries_are_counts(refused: Refused) -> None:
    """A whole number that is no int, such as numpy's, is taken as the int it is; its floats and truths are not."""
    numpy = pytest.importorskip("numpy")
    votes = dict(zip("AB", numpy.array([200, 100]), strict=True))
    result = dhondt(votes, numpy.int64(2), held={"A": numpy.uint8(0)})
    assert result == dhondt({"A": 200, "B": 100}, 2, held={"A": 0})
    assert {type(count) for count in result.seats.values()} == {int}
    for value in (numpy.float64(2), numpy.bool_(True), numpy.float64("nan"), numpy.int32(-1)):  # noqa: FBT003 - the value is the point
        refused(dhondt, votes, value)
        refused(dhondt, {"A": value}, 1)


def test_whole_numbers_stay_as_large_as_they_are(refused: Refused) -> None:
    """A count beyond any fixed width is kept exactly, and a refused one too long to write is refused all the same."""
    assert checked_count("votes", 10**30) == 10**30
    assert checked_votes({"A": 10**5000})["A"] == 10**5000
    refused(checked_count, "votes", -(10**5000))
    refused(largest_shortfall, {"A": 10**5000}, 1, total=10**4999)
    refused(dhondt, {"A": 1}, 1, held={"A": 10**5000}, capacity={"A": 0})


# Votes as a whole


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
@pytest.mark.parametrize(
    "votes",
    [None, 5, 5.0, True, "AB", b"AB", [], [("A", 1)], {"A", "B"}, ("A", 1), iter([("A", 1)]), object, {"A": 1}.items()],
    ids=lambda value: type(value).__name__,
)
def test_votes_that_are_no_mapping_are_refused(refused: Refused, call: Call, votes: object) -> None:
    """Votes come as a mapping of name to votes, and the message shows one."""
    message = refused(call, votes)
    assert message == f"votes is {shown(votes)}; give a mapping of name to number, such as {{'A': 12}}"


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
def test_no_votes_at_all_are_refused(refused: Refused, call: Call) -> None:
    """An election has at least one name."""
    assert refused(call, {}) == "votes is empty; at least one name is needed"


@pytest.mark.parametrize("kind", [dict, OrderedDict, MappingProxyType, FrozenDict])
def test_any_mapping_is_taken(kind: Callable[[dict[str, int]], dict[str, int]]) -> None:
    """Votes may come in any kind of mapping."""
    assert dhondt(kind({"A": 2, "B": 1}), 3).seats == {"A": 2, "B": 1}


def test_votes_are_not_changed_and_not_kept() -> None:
    """A result does not change with the mapping it came from, nor the mapping with the result."""
    votes = {"A": 2, "B": 1}
    result = dhondt(votes, 2)
    votes["A"] = 0
    assert votes == {"A": 0, "B": 1}
    assert result == dhondt({"A": 2, "B": 1}, 2)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (dhondt, "held"),
        (dhondt, "capacity"),
        (adams, "held"),
        (sainte_lague, "capacity"),
        (largest_shortfall, "held"),
        (proportional_election, "capacity"),
    ],
)
@pytest.mark.parametrize("value", [[], 0, "", "A", 3, [("A", 1)], ["A"]], ids=repr)
def test_seats_held_and_capacities_that_are_no_mapping_are_refused(
    refused: Refused, call: Call, field: str, value: object
) -> None:
    """Also an empty value of another kind is no mapping of name to count."""
    message = refused(call, {"A": 1}, 1, **{field: value})
    assert message == f"{field} is {shown(value)}; give a mapping of name to number, such as {{'A': 12}}"


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (dhondt, "held"),
        (dhondt, "capacity"),
        (adams, "capacity"),
        (sainte_lague, "held"),
        (largest_shortfall, "held"),
        (proportional_election, "capacity"),
    ],
)
def test_unknown_names_are_refused(refused: Refused, call: Call, field: str) -> None:
    """A name that has no votes entry is told, together with the names that have one."""
    message = refused(call, {"A": 1, "Å": 2}, 1, **{field: {"A": 1, "Q": 1}})
    assert message == f"{field} names 'Q', which is not in votes; votes has A, Å"


@pytest.mark.parametrize("method", [dhondt, sainte_lague, adams])
def test_more_held_than_there_is_capacity_for_is_refused(refused: Refused, method: Call) -> None:
    """Nobody holds more seats than it may have, and the message has both numbers."""
    message = refused(method, {"A": 1, "B": 1}, 1, held={"B": 3}, capacity={"B": 2})
    assert message == 'held["B"] is 3 and capacity["B"] is 2; nobody holds more than there is capacity for'


def test_names_are_listed_up_to_a_dozen() -> None:
    """A message does not grow with the number of lists."""
    assert listed("ABC") == "A, B, C"
    assert str(listed("ABCDEFGHIJKL")).endswith("K, L")
    assert str(listed("ABCDEFGHIJKLM")).endswith("K, L and 1 more")
    assert str(listed(str(n) for n in range(30))).endswith("11 and 18 more")


def test_a_known_name_comes_back_composed(refused: Refused) -> None:
    """Whoever asks whether a name is known gets it as the known ones are spelled; others are refused."""
    assert checked_known("list", DECOMPOSED, {COMPOSED: 1}) == COMPOSED
    assert checked_by_name({DECOMPOSED: 5}, "declared", {COMPOSED: 1}) == {COMPOSED: 5}
    message = refused(checked_by_name, {"A": 5, "Q": 5}, "declared", {"A": 1}, "groups")
    assert message == "declared names 'Q', which is not in groups; groups has A"


@pytest.mark.parametrize("other", ["A\u030a", "Å\u200b"], ids=ascii)
def test_anything_by_name_has_each_name_once(refused: Refused, other: str) -> None:
    """Of a mapping that begins with names nothing is lost because two of them are one, or look like one."""
    assert refused(checked_by_name, {COMPOSED: ["m1"], other: ["m2"]}, "declared").startswith("declared names ")


@pytest.mark.parametrize("rule", [5, None, True, ["KRVL-81"]], ids=repr)
def test_a_rule_is_a_text(refused: Refused, rule: object) -> None:
    """What is no id of a rule is refused before it stands in a result."""
    assert refused(dhondt, {"A": 1}, 1, rule=rule) == f"rule is {rule!r}; it is a text"


# Names


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
@pytest.mark.parametrize("name", [1, None, True, 1.5, b"A", ("A",), float("nan")], ids=repr)
def test_names_that_are_not_text_are_refused(refused: Refused, call: Call, name: object) -> None:
    """A name is text."""
    assert refused(call, {"A": 1, name: 2}) == f"votes has the name {shown(name)}; a name is text"


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
@pytest.mark.parametrize("name", ["", " ", "\t\n", "\u00a0", "\u2003"], ids=ascii)
def test_blank_names_are_refused(refused: Refused, call: Call, name: str) -> None:
    """A name that shows nothing is no name."""
    assert refused(call, {"A": 1, name: 2}) == f"votes has the name {shown(name)}; a name is text that is not blank"


@pytest.mark.parametrize("name", ["A\nB", "A\r", "\x00A", "A\tB", "\x7f", "A\x85B", "A\u2028B", "A\ud800"], ids=ascii)
def test_names_that_do_not_fit_on_a_line_are_refused(refused: Refused, name: str) -> None:
    """A line end, a control character or half a letter in a name would break every message and table it stands in."""
    expected = f"votes has the name {shown(name)}; a name is text on one line, without control characters"
    assert refused(dhondt, {name: -1}, 1) == expected


@pytest.mark.parametrize("name", ["A", "Å", "Liste L", "Det Lokale, Læsø", "A\u00a0B", "Ærø+", "§", "李"], ids=ascii)
def test_names_that_people_use_are_taken(name: str) -> None:
    """Letters of any script, spaces and signs make a name, which comes out as it came in."""
    assert list(dhondt({name: 1}, 1).seats) == [name]


COMPOSED, DECOMPOSED = "Å", "A\u030a"


def test_composed_and_decomposed_letters_are_one_name() -> None:
    """An Å typed as one code point or as two is the same list, in votes, held, capacity, alliances and lots."""
    assert COMPOSED != DECOMPOSED
    assert normalize("NFC", DECOMPOSED) == COMPOSED
    one = dhondt({DECOMPOSED: 3, "B": 2}, 3, held={COMPOSED: 1}, capacity={DECOMPOSED: 2})
    assert one == dhondt({COMPOSED: 3, "B": 2}, 3, held={DECOMPOSED: 1}, capacity={COMPOSED: 2})
    assert list(one.seats) == [COMPOSED, "B"]
    nested = proportional_election({COMPOSED: 3, "B": 2}, 3, alliances=[[DECOMPOSED, "B"]])
    assert list(nested.unit_seats) == ["Å+B"]
    assert apply_threshold({COMPOSED: 3}, "2%", represented=[DECOMPOSED]).passed == {COMPOSED: 3}


@pytest.mark.parametrize("call", TAKES_VOTES.values(), ids=TAKES_VOTES)
def test_names_equal_in_composed_form_are_refused(refused: Refused, call: Call) -> None:
    """Two spellings of one name would lose the votes of one: they are refused."""
    message = refused(call, {COMPOSED: 3, "B": 1, DECOMPOSED: 2})
    assert message == "votes names 'Å' twice, in two spellings of the same letters"


def test_a_letter_with_another_composed_form_is_composed(refused: Refused) -> None:
    """The sign of Ångström is one code point, and the letter Å; beside that letter it is refused."""
    assert dhondt({"\u212b": 2, "B": 1}, 1).seats == {"Å": 1, "B": 0}
    assert refused(dhondt, {"\u212b": 2, "Å": 1}, 1) == "votes names 'Å' twice, in two spellings of the same letters"


def test_who_stands_twice_is_who_is_named(refused: Refused) -> None:
    """The name that is repeated is told, and not the first one."""
    message = refused(proportional_election, {"A": 1, "B": 1}, 1, alliances=[["B", "A", "A"]])
    assert "'A'" in message
    assert "'B'" not in message
    assert refused(checked_names, "absent", ["B", "A", "A"]) == ("absent names 'A' twice; each name stands once")


def test_more_names_than_are_known_are_refused(refused: Refused) -> None:
    """All the known names and one more are not the known names."""
    assert refused(dhondt, {"A": 1}, 1, held={"A": 1, "B": 1}) == "held names 'B', which is not in votes; votes has A"


def test_names_equal_in_composed_form_are_refused_in_seats_held(refused: Refused) -> None:
    """What holds for votes holds for every mapping by name."""
    message = refused(dhondt, {COMPOSED: 3}, 1, held={COMPOSED: 3, DECOMPOSED: 2})
    assert message == "held names 'Å' twice, in two spellings of the same letters"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("AB", "names is 'AB'; give the names one by one, for example ['A', 'B']"),
        (5, "names is 5; give the names one by one, for example ['A', 'B']"),
        (None, "names is None; give the names one by one, for example ['A', 'B']"),
        (["A", 1], "names has the name 1; a name is text"),
        (["A", ""], "names has the name ''; a name is text that is not blank"),
        (["A", "B", "A"], "names names 'A' twice; each name stands once"),
        ([COMPOSED, DECOMPOSED], "names names 'Å' twice; each name stands once"),
    ],
)
def test_names_are_given_one_by_one(refused: Refused, names: object, message: str) -> None:
    """A collection of names is no text, and each name stands once in it."""
    assert refused(checked_names, "names", names) == message


@given(testing.names())
def test_checked_names_stay_as_they_are(names: list[str]) -> None:
    """Checking a name a second time changes nothing."""
    assert checked_names("names", names) == tuple(names)
    assert [checked_name("name", name) for name in names] == names


@given(st.dictionaries(st.text() | st.none() | st.integers(), st.integers() | st.floats() | st.text() | st.booleans()))
def test_anything_is_taken_or_refused_in_one_line(votes: dict[object, object]) -> None:
    """Whatever is given as votes is either counted to the last vote or refused with an error of ours."""
    message = ""
    try:
        result = dhondt(votes, 3)  # type: ignore[arg-type]
    except VoteError as error:
        message = str(error)
        event("refused")
    assert len(message.splitlines()) <= 1
    if not message:
        assert result.case.votes == {normalize("NFC", str(name)): count for name, count in votes.items()}


# The frozen mapping


@given(st.dictionaries(st.text(), st.integers()))
def test_frozen_dict_is_a_value(contents: dict[str, int]) -> None:
    """It equals any mapping with the same contents, and can be hashed, copied and pickled."""
    frozen = FrozenDict(contents)
    turned = FrozenDict(reversed(contents.items()))
    assert frozen == contents == turned
    assert hash(frozen) == hash(turned)
    assert copy.copy(frozen) == copy.deepcopy(frozen) == pickle.loads(pickle.dumps(frozen)) == contents  # noqa: S301 - made here
    assert repr(frozen) == repr(contents)


@pytest.mark.parametrize(
    "change",
    [
        lambda frozen: frozen.__setitem__("A", 6),
        lambda frozen: frozen.__delitem__("A"),
        lambda frozen: frozen.__ior__({"A": 6}),
        lambda frozen: frozen.update(A=6),
        lambda frozen: frozen.setdefault("B", 6),
        lambda frozen: frozen.pop("A"),
        lambda frozen: frozen.popitem(),
        lambda frozen: frozen.clear(),
    ],
)
def test_frozen_dict_cannot_be_changed(change: Callable[[FrozenDict[str, int]], object]) -> None:
    """Every way to change a dict is refused."""
    frozen = FrozenDict({"A": 5})
    with pytest.raises(TypeError, match="cannot be changed"):
        change(frozen)
    assert frozen == {"A": 5}


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_names_that_look_the_same_are_refused(refused: Refused, sign: str) -> None:
    """Blanks around a name and signs that cannot be seen do not make a list of its own."""
    for name in (f"A{sign}", f"{sign}A"):
        message = refused(checked_votes, {"A": 11, "B": 15, name: 9})
        assert message == f"votes names 'A' and {name!a}, which look the same; each name stands once"
        assert "look the same" in refused(checked_names, "represented", ["A", name])
    assert checked_votes({"A A": 1, "AA": 2, f"B{sign}": 3}) == {"A A": 1, "AA": 2, f"B{sign}": 3}


@pytest.mark.parametrize("name", ["\u200b", " \u2060 ", "\ufeff"])
def test_a_name_that_cannot_be_seen_is_blank(refused: Refused, name: str) -> None:
    """A name is something that can be read."""
    assert refused(checked_name, "list", name).endswith("a name is text that is not blank")


def test_a_series_is_the_mapping_of_its_index(refused: Refused) -> None:
    """Votes may come as a series of pandas with the names as its index, each once."""
    pandas = import_module("pandas")
    assert checked_votes(pandas.Series({"A": 11, "B": 8})) == {"A": 11, "B": 8}
    twice = pandas.Series([11, 8], index=["A", "A"])
    assert refused(checked_votes, twice) == "votes has 2 numbers and 1 names"
    table = pandas.DataFrame({"list": ["A"], "votes": [11]})
    assert "votes is a table of ['list', 'votes']; give a mapping" in refused(checked_votes, table)
    assert "give a mapping of name to number" in refused(checked_votes, pandas.Series)
    assert checked_votes(dict(zip(table["list"], table["votes"], strict=True))) == {"A": 11}
    assert "a vote count is a whole number" in refused(checked_votes, pandas.Series({"A": 11.5}))
