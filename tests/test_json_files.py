"""A council election goes to JSON and comes back, and nothing is lost."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    DataError,
    Draw,
    ProportionalElection,
    data,
    dhondt,
    proportional_election,
)
from kommunalvalg.audit.planning import AuditCase, CouncilAuditCase
from kommunalvalg.council.election import Form
from kommunalvalg.files.plain import from_plain, schema_of, seats_above, to_plain
from kommunalvalg.methods.alliances import Alliance
from kommunalvalg.methods.quotients import DIVISORS, Divisors


def test_every_council_comes_back_as_it_was(tmp_path: Path) -> None:
    """All 98 councils of 2025 are the same after they were written and read, and the files fit the schema."""
    schema = jsonschema.Draft202012Validator(data.json_schema())
    for name, election in data.councils("kv2025").items():
        file = tmp_path / f"{name}.json"
        data.write_json(election, file)
        schema.validate(json.loads(file.read_text(encoding="utf-8")))
        assert data.read_json(file) == election


def test_a_listeforbund_comes_back(tmp_path: Path) -> None:
    """Keys, three levels and the year are kept."""
    lists = [CandidateList(key[0], key, [Candidate("N. N.", 5)], key=key) for key in ("A1", "A2", "Å")]
    election = CouncilElection("Øby", 3, lists, [[["A1", "A2"], "Å"]], 2021)
    data.write_json(election, tmp_path / "øby.json")
    assert data.read_json(tmp_path / "øby.json") == election


def test_an_election_is_written_as_people_read_it(tmp_path: Path) -> None:
    """Letters are letters, and what has its default is left out."""
    election = CouncilElection("Øby", 3, [CandidateList("Å", "Åen", [Candidate("N. N.", 5)])])
    data.write_json(election, tmp_path / "øby.json")
    written = (tmp_path / "øby.json").read_text(encoding="utf-8")
    assert written.startswith('{\n "format": "kommunalvalg/council-election",\n "version"')
    assert '"name": "Øby"' in written
    lists = [{"letter": "Å", "name": "Åen", "candidates": [{"name": "N. N.", "votes": 5}], "key": "Å"}]
    assert json.loads(written)["case"] == {"name": "Øby", "seats": 3, "lists": lists}


def in_election(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    """Change the election of a file."""
    return lambda contents: change(contents["case"])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda contents: contents.update(version=3), "version 3; CouncilElection is read from"),
        (lambda contents: contents.update(version=0), "version 0; CouncilElection is read from"),
        (lambda contents: contents.update(format="other"), "format 'other'"),
        (lambda contents: contents.update(case=None), "case is None; it is an object"),
        (in_election(lambda election: election.update(seats="9")), "seats is '9'"),
        (in_election(lambda election: election.update(seats=True)), "seats is True"),
        (in_election(lambda election: election.pop("seats")), "case.seats is missing"),
        (in_election(lambda election: election.update(more=1)), "case.more is unknown"),
        (in_election(lambda election: election.update(lists=5)), "lists is 5"),
        (in_election(lambda election: election["lists"][0].update(form="open")), "form is 'open'"),
        (in_election(lambda election: election["lists"][0].update(list_votes=2.0)), "is 2.0"),
        (in_election(lambda election: election["lists"][0]["candidates"][0].update(name=None)), "name None"),
        (in_election(lambda election: election.update(alliances=[["A", "X"]])), "names 'X'"),
        (in_election(lambda election: election.update(alliances=[["A", ["F"]]])), "listeforbund"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, spoil: Callable[[dict[str, Any]], object], said: str) -> None:
    """What is wrong is said on one line with the file's name."""
    file = tmp_path / "fanø.json"
    data.write_json(data.council("kv2025", "Fanø"), file)
    contents = json.loads(file.read_text(encoding="utf-8"))
    spoil(contents)
    file.write_text(json.dumps(contents), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        data.read_json(file)
    assert str(refused.value).startswith("fanø.json")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    """A missing file, a folder, a broken file and something that is no election are refused."""
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.json is not whole JSON: it ends too early$"):
        data.read_json(tmp_path / "broken.json")
    with pytest.raises(DataError, match=r"nothing\.json cannot be read: "):
        data.read_json(tmp_path / "nothing.json")
    with pytest.raises(DataError, match=f"^{re.escape(str(tmp_path))} cannot be written: "):
        data.write_json(data.council("kv2025", "Fanø"), tmp_path)
    with pytest.raises(DataError, match="kind is <class 'str'>; files hold council-election, "):
        data.write_json("Fanø", tmp_path / "x.json")


def test_a_document_of_a_later_version_is_refused_in_danish_too() -> None:
    """It says which versions are read, in the language of who reads it."""
    with pytest.raises(DataError) as refused:
        data.from_json({**data.to_json(data.council("kv2025", "Fanø")), "version": 9})
    assert refused.value.said("da").startswith("dokumentet har formatet 'kommunalvalg/council-election' og version 9")
    assert refused.value.said("en").startswith("the document has format")


def test_a_key_that_stands_twice_is_told_in_danish_too(tmp_path: Path) -> None:
    """What is wrong with a text of JSON is said in the language of who reads it."""
    (tmp_path / "x.json").write_text('{"version": 1, "version": 1}', encoding="utf-8")
    with pytest.raises(DataError) as refused:
        data.read_json(tmp_path / "x.json")
    assert refused.value.said("da") == "x.json er ikke JSON: nøglen 'version' står to gange i ét objekt"


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (b"", "is not whole JSON: it ends too early"),
        (b'{"format": "kommunalvalg/council-election", "version": 1, "elec', "is not whole JSON: it ends too early"),
        (b'{"version": 1,, 2}', "is not JSON: line 1, sign 15: "),
        (b'{"version": NaN}', "is not JSON: NaN is no number of JSON"),
        (b'{"version": -Infinity}', "is not JSON: -Infinity is no number"),
        (b'{"version": 1, "version": 1}', "is not JSON: the key 'version' stands twice in one object"),
        ('{"format": "x"}'.encode("utf-16"), "is not JSON: byte 1 is not UTF-8"),
        (b"[" * 1_000_000, "is nested too deeply; no election is"),
        (b"[1]", "holds [1]; the whole is one JSON object"),
        (b'"x"', "holds 'x'; the whole is one JSON object"),
        (b"{}", "has format None and version None; CouncilElection is read from"),
        (b"1" * 5000, "is not JSON: Exceeds the limit"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_json_is_refused_by_name(tmp_path: Path, contents: bytes, said: str) -> None:
    """A file that is cut off, of another encoding, with a key twice or without end has one line with its name."""
    file = tmp_path / "fanø.json"
    file.write_bytes(contents)
    with pytest.raises(DataError) as refused:
        data.read_json(file)
    assert str(refused.value).startswith("fanø.json ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_deep_alliances_are_refused() -> None:
    """Alliances inside each other without end are refused, by their number or before they end Python."""
    result = proportional_election({"A": 2, "B": 1}, 1, alliances=[["A", "B"]])
    document = data.to_json(result)
    inner: Any = "A"
    for depth in range(60):
        inner = {"name": f"x{depth}", "members": [inner]}
    document["case"]["alliances"] = [inner]
    with pytest.raises(DataError, match="alliances stand more than 50 deep inside each other"):
        data.from_json(document, ProportionalElection)
    for depth in range(3000):
        inner = {"name": f"y{depth}", "members": [inner]}
    document["case"]["alliances"] = [inner]
    with pytest.raises(DataError, match=r"^the document is nested too deeply; no election is$"):
        data.from_json(document, ProportionalElection)


def test_a_byte_order_mark_may_stand_first(tmp_path: Path) -> None:
    """A file that an editor wrote with a byte order mark is read."""
    file = tmp_path / "fanø.json"
    data.write_json(data.council("kv2025", "Fanø"), file)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert data.read_json(file) == data.council("kv2025", "Fanø")


# Values of plain JSON


@attrs.frozen
class Round:
    """What is of one of two classes, and has a whole number."""

    radius: int
    name: str = ""


@attrs.frozen
class Oblong:
    """The other, with lists of any length and of one."""

    sides: tuple[int, ...] = ()
    corner: tuple[str, int] = ("", 0)
    shares: Mapping[str, Fraction] | None = None


@attrs.frozen
class Drawing:
    """What has one of them."""

    part: Round | Oblong
    form: Form = Form.SIDEORDNET
    more: list[Any] = attrs.field(factory=list)
    day: date | None = None
    width: int | None = None
    weights: Mapping[str, int] = attrs.field(factory=lambda: {"A": 1})
    level: int = attrs.field(default=0, converter=int)
    note: Round | Oblong | str = ""
    number: int = attrs.field(default=7, init=False)


def read_plain(value: object, shape: object) -> object:
    """Make a value of plain JSON, or give what it is refused with."""
    try:
        return from_plain(value, shape, "field")
    except DataError as error:
        return str(error)


@pytest.mark.parametrize(
    ("text", "share"),
    [("1/50", Fraction(1, 50)), ("-3/6", Fraction(-1, 2)), ("7", Fraction(7)), ("0/5", Fraction(0))],
)
def test_a_share_is_two_whole_numbers(text: str, share: Fraction) -> None:
    """A share is exact, above and below the line whole, and the sign stands above."""
    assert read_plain(text, Fraction) == read_plain(text, Fraction | None) == share
    assert read_plain("9" * 4000 + "/3", Fraction) == Fraction(int("9" * 4000), 3)


@pytest.mark.parametrize(
    "text", ["1/0", "1/", "/2", "1/-2", "--1", "1/2/3", "²", "1/²", "1.5", "", "-", " 1", "9" * 4001, "1/" + "9" * 4001]
)
def test_what_is_no_share_is_refused(text: str) -> None:
    """Also where it has more digits than Python reads."""
    assert str(read_plain(text, Fraction)).endswith('; a share is a text such as "1/50"')


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"A": 1}, {"A": 1}),
        ([["A", 1], ["B", 2]], {"A": 1, "B": 2}),
        ([], {}),
        ([["A", 1], ["A", 2]], "field names 'A' twice"),
        ([["A", 1], [1, 2]], "field is [['A', 1], [1, 2]]; the first of each pair is a name"),
        ([["A"]], "field is [['A']]; it is an object, or a list of pairs such as [['A', 12]]"),
        ([["A", 1], "AB"], "field is [['A', 1], 'AB']; it is an object, or a list of pairs such as [['A', 12]]"),
        (None, "field is None; it is an object, or a list of pairs such as [['A', 12]]"),
    ],
)
def test_a_mapping_is_an_object_or_a_list_of_pairs(value: object, read: object) -> None:
    """The order of pairs is kept, and a name stands once."""
    assert read_plain(value, Mapping[str, int]) == read
    if isinstance(read, dict):
        assert list(read_plain(value, Mapping[str, int])) == list(read)  # type: ignore[call-overload]  # a mapping


def test_lists_are_read_by_the_shape_that_they_have() -> None:
    """Of any length, of a length, or as they stand where the class is to refuse them."""
    assert read_plain([["A", 1], ["B", 2]], tuple[tuple[str, int], ...]) == (("A", 1), ("B", 2))
    assert (read_plain([1, 2], tuple[int, int]), read_plain([1, 2, 3], tuple[int, int])) == ((1, 2), [1, 2, 3])
    assert read_plain("ab", tuple[str, ...]) == "ab"
    assert read_plain([[{"among": 5}]], tuple[tuple[Draw, ...], ...]) == "field[0][0].chosen is missing"
    assert read_plain(["1/2", ["1/2"]], tuple[Fraction, Any]) == (Fraction(1, 2), ["1/2"])
    assert read_plain(["1/2"], tuple[Fraction, ...] | None) == (Fraction(1, 2),)
    assert (read_plain([1], list[int]), read_plain(5, Fraction), read_plain(5, Fraction | None)) == ([1], 5, 5)
    assert read_plain("1/2", tuple[str, ...] | Fraction) == Fraction(1, 2)
    assert read_plain([["A", "1/2"]], int | Mapping[str, Fraction]) == {"A": Fraction(1, 2)}
    assert read_plain({"A": "1/2"}, tuple[str, ...] | Mapping[str, Fraction]) == {"A": Fraction(1, 2)}
    assert read_plain([["A", "1/2"]], Mapping[str, Fraction] | None) == {"A": Fraction(1, 2)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amon": ["A"], "chosen": ["A"]}, "field.amon is unknown; was among meant?"),
        ({"among": ["A"], "chosen": ["A"], "x": 1}, "field.x is unknown; known are among, chosen, place, tie, seed"),
        ({"among": ["A"]}, "field.chosen is missing"),
        ({"among": ["A", "B"], "chosen": ["A"], "place": 5}, "field.place is 5; it is an object"),
        (5, "field is 5; it is an object"),
        ("x", "field is 'x'; it is an object"),
        (None, "field is None; it is an object"),
    ],
)
def test_an_object_has_the_fields_of_its_class(fields: object, said: str) -> None:
    """What is unknown, missing or of another kind is told by where it stands."""
    assert read_plain(fields, Draw) == said


def test_what_is_of_several_classes_says_which() -> None:
    """By a text that is one of their names."""
    shape = AuditCase | CouncilAuditCase
    for other in ([5], None, "divisor"):
        assert read_plain({"case": other}, shape) == f"field.case is {other!r}; it is one of audit, council-audit"
    assert read_plain(5, shape) == "field is 5; it is an object"
    assert read_plain({"case": "round", "radius": 5}, Round | Oblong) == Round(5)
    assert read_plain({"radius": 5}, Round | None) == Round(5)
    assert (read_plain(None, Round | None), read_plain("x", Round | str)) == (None, "x")
    assert (read_plain(None, Round | str), read_plain(2.5, int | str)) == (None, 2.5)  # which a class refuses
    level = read_plain({"part": {"case": "round", "radius": 5}, "level": "5"}, Drawing)
    assert level == Drawing(Round(5), level=5)  # as it makes it of what it is given


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sides": [1, 2]}, None),
        ({"sides": [1, "2"]}, "field.sides is [1, '2']; it does not belong there"),
        ({"sides": ["1", 2]}, "field.sides is ['1', 2]; it does not belong there"),
        ({"sides": [True]}, "field.sides is [True]; it does not belong there"),
        ({"sides": 5}, "field.sides is 5; it does not belong there"),
        ({"sides": None}, "field.sides is None; it does not belong there"),
        ({"corner": ["x", 2]}, None),
        ({"corner": "ab"}, "field.corner is 'ab'; it does not belong there"),
        ({"corner": ["x", 2, 3]}, "field.corner is ['x', 2, 3]; it does not belong there"),
        ({"shares": None}, None),
        ({"shares": {"A": "1/2"}}, None),
    ],
)
def test_a_value_of_another_type_than_its_field_is_refused(fields: dict[str, Any], said: str | None) -> None:
    """Where the class does not look itself, each of a list of any length is looked at."""
    read = read_plain(fields, Oblong)
    assert read == said if said else isinstance(read, Oblong)


def test_a_value_is_written_briefly_or_in_full() -> None:
    """Briefly without what has its default, and with what it is where it can be of two; in full with all."""
    for part, brief in (
        (Round(5), {"case": "round", "radius": 5}),
        (Round(5, "x"), {"case": "round", "radius": 5, "name": "x"}),
        (Oblong(), {"case": "oblong"}),
        (Oblong(shares={}), {"case": "oblong"}),
        (
            Oblong((1,), ("x", 2), {"A": Fraction(1, 2)}),
            {"case": "oblong", "sides": [1], "corner": ["x", 2], "shares": [["A", "1/2"]]},
        ),
    ):
        written = to_plain(Drawing(part), ordered=True)
        assert written == {"part": brief}
        if part != Oblong(shares={}):
            assert read_plain(written, Drawing) == Drawing(part)
    full: dict[str, Any] = {"form": "sideordnet", "more": [], "day": None, "width": None, "weights": {"A": 1}}
    assert to_plain(Drawing(Round(5))) == {"part": {"radius": 5, "name": ""}, **full, "level": 0, "note": ""}
    noted = {"part": {"case": "round", "radius": 5}, "note": "x"}
    assert to_plain(Drawing(Round(5), note="x"), ordered=True) == noted
    none = to_plain(Drawing(Round(5), width=0, weights={}), ordered=True)
    assert none == {"part": {"case": "round", "radius": 5}, "width": 0, "weights": []}
    assert to_plain(dhondt({"A": 11}, 1).awards[0])["quotient"] == "11"
    assert to_plain(Drawing(Round(5), more=[1], day=date(2026, 1, 26)), ordered=True) == {
        "part": {"case": "round", "radius": 5},
        "more": [1],
        "day": "2026-01-26",
    }


def test_a_divisor_method_is_a_name_or_an_object() -> None:
    """Nothing else stands for one."""
    assert read_plain("dhondt", Divisors) == "dhondt"
    assert read_plain(5, Divisors) == "field is 5; it is an object"
    assert str(read_plain({"name": "x"}, Divisors)).endswith(" is missing")


PAIR = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "maxItems": 2}


@pytest.mark.parametrize(
    ("shape", "schema"),
    [
        (int, {"type": "integer"}),
        (str, {"type": "string"}),
        (bool, {"type": "boolean"}),
        (None, {"type": "string"}),
        (date, {"type": "string"}),
        (Fraction, {"type": "string"}),
        (Any, {}),
        (Form, {"enum": ["sideordnet", "partiliste"]}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (tuple[str, int], PAIR),
        (
            Mapping[str, int],
            {
                "anyOf": [
                    {"type": "array", "items": PAIR},
                    {"type": "object", "additionalProperties": {"type": "integer"}},
                ]
            },
        ),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (Round | None, {"anyOf": [{"$ref": "#/$defs/round"}, {"type": "null"}]}),
        (
            Round | Oblong,
            {
                "anyOf": [
                    {
                        "type": "object",
                        "required": ["case", *required],
                        "additionalProperties": False,
                        "properties": {"case": {"const": name}, **properties},
                    }
                    for name, required, properties in (
                        ("round", ["radius"], {"radius": {"type": "integer"}, "name": {"type": "string"}}),
                        (
                            "oblong",
                            [],
                            {
                                "sides": {"type": "array", "items": {"type": "integer"}},
                                "corner": PAIR,
                                "shares": schema_of(Mapping[str, Fraction] | None, {}),
                            },
                        ),
                    )
                ]
            },
        ),
    ],
)
def test_a_type_has_a_schema(shape: object, schema: object) -> None:
    """What a field may be is told by its type, of one of several classes with the name that it says."""
    assert schema_of(shape, {}) == schema


def test_a_class_has_a_schema_of_its_fields() -> None:
    """The fields that it is made of, once, whoever has it."""
    definitions: dict[str, Any] = {}
    assert schema_of(tuple[Drawing, Drawing], definitions)["prefixItems"] == [{"$ref": "#/$defs/drawing"}] * 2
    assert list(definitions) == ["drawing", "round", "oblong"]
    assert definitions["drawing"]["required"] == ["part"]
    assert list(definitions["drawing"]["properties"]) == [
        *("part", "form", "more", "day"),
        *("width", "weights", "level", "note"),
    ]
    assert schema_of(Alliance, {}) == {"$ref": "#/$defs/alliance"}  # whose members may be alliances
    assert schema_of(Divisors, {}) == {"enum": list(DIVISORS)}


def test_a_place_is_a_name_or_an_object() -> None:
    """A draw stands for a lot by a text or by its fields, and is written as it was given."""
    for place in ("Teknik", {"where": "list", "name": "C", "body": "Læsø"}):
        fields = {"among": ["A", "B"], "chosen": ["A"], "place": place}
        assert to_plain(read_plain(fields, Draw), ordered=True) == fields
    wide = to_plain(read_plain({"among": ["A", "B"], "chosen": ["A"]}, Draw))
    assert wide == {"among": ["A", "B"], "chosen": ["A"], "place": None, "tie": None, "seed": None}


def test_values_are_plain_by_what_they_are() -> None:
    """Days, shares and members of an enumeration are texts, and sets lists; the order of a mapping is kept or not."""
    assert to_plain([date(2026, 1, 26), Fraction(1, 50), Form.PARTILISTE, ("a", 1), None, True, 2.5]) == [
        *("2026-01-26", "1/50", "partiliste", ["a", 1]),
        *(None, True, 2.5),
    ]
    assert to_plain(frozenset({"a"})) == to_plain({"a"}) == ["a"]
    assert (to_plain({"B": {"A": 1}}), to_plain({"B": {"A": 1}}, ordered=True)) == (
        {"B": {"A": 1}},
        [["B", [["A", 1]]]],
    )


@pytest.mark.parametrize(
    ("plain", "found"),
    [
        ({"seats": 100, "votes": {"A": 10**9}}, None),
        ({"seats": 101}, ("seats", 101)),
        ({"of": {"of": [{"posts": 101}]}}, ("posts", 101)),
        ({"committees": {"Teknik": 7, "Kultur": 101}}, ("committees", 101)),
        ({"committees": [["Teknik", 7], ["Kultur", 101]]}, ("committees", 101)),
        ({"committees": {"size": 101}}, ("size", 101)),
        ({"members": 100, "others": 101}, ("others", 101)),
        ({"by_office": [["mayor", 101]]}, ("by_office", 101)),
        ({"seats": "101", "places": 101.5, "members": [None, True]}, None),
        ([101, ["seats", 101]], None),
    ],
)
def test_more_seats_than_there_may_be_are_found_however_deep(plain: object, found: object) -> None:
    """Where a field says how many seats there are, each number in it counts, and no other number does."""
    assert seats_above(plain, 100) == found
