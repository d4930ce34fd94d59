"""A council election goes to JSON and comes back, and nothing is lost."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kommunalvalg import Candidate, CandidateList, CouncilElection, DataError, MissingExtraError, data
from kommunalvalg.data import json_files


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
    return lambda contents: change(contents["election"])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda contents: contents.update(version=2), "version 2; read are"),
        (lambda contents: contents.update(format="other"), "format 'other'"),
        (lambda contents: contents.update(election=None), "election"),
        (in_election(lambda election: election.update(seats="9")), "seats is '9'"),
        (in_election(lambda election: election.update(seats=True)), "seats is True"),
        (in_election(lambda election: election.pop("seats")), "missing @ election.seats"),
        (in_election(lambda election: election.update(more=1)), "extra fields found (more)"),
        (in_election(lambda election: election.update(lists=5)), "election.lists"),
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
    with pytest.raises(DataError, match=r"broken.json is not JSON"):
        data.read_json(tmp_path / "broken.json")
    with pytest.raises(DataError, match="cannot be read"):
        data.read_json(tmp_path / "nothing.json")
    with pytest.raises(DataError, match="cannot be written"):
        data.write_json(data.council("kv2025", "Fanø"), tmp_path)
    with pytest.raises(DataError, match="election is 'Fanø'; give a CouncilElection"):
        data.write_json("Fanø", tmp_path / "x.json")  # type: ignore[arg-type]  # on purpose


def test_a_missing_cattrs_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the library the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "cattrs", None)
    json_files._converter.cache_clear()
    with pytest.raises(MissingExtraError, match=r"install kommunalvalg\[json\]"):
        data.write_json(data.council("kv2025", "Fanø"), tmp_path / "fanø.json")
