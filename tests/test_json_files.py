"""A council election goes to JSON and comes back, and nothing is lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    DataError,
    ProportionalElection,
    data,
    proportional_election,
)


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


def in_election(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    """Change the election of a file."""
    return lambda contents: change(contents["case"])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda contents: contents.update(version=3), "version 3; CouncilElection is read from"),
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
