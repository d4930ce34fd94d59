"""Meetings are values: they are pickled, written as JSON and read back, and are as they were."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from kommunalvalg import data
from kommunalvalg.evening.changes import EveningChangesCase
from kommunalvalg.evening.files import read_evening, read_meeting
from kommunalvalg.evening.term import TermCase
from kommunalvalg.lots import settle

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


def read(name: str) -> Any:  # noqa: ANN401 - the case of a meeting of any kind
    """Read one of the documentation's files."""
    return read_meeting(EXAMPLES / f"{name}.toml")


CASES: dict[str, Any] = {
    **{name: read(name) for name in ("nyby-2029", "nyby-2029-lod", "nyby-2029-delt", "region-2025")},
    "kkr": read("kkr-hovedstaden-2026"),
    "term": TermCase(evening=read_evening(EXAMPLES / "nyby-2029-periode.toml"), day="2031-03-01"),
    "changes": EveningChangesCase(before=read("nyby-2029"), after=read("nyby-2029-delt")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_meeting_comes_back_from_json_and_pickle(name: str) -> None:
    """The same case, the same result, and a hash."""
    result = settle(CASES[name])
    assert data.from_json(data.to_json(result), type(result)) == result
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - it was pickled here
    assert hash(CASES[name]) == hash(pickle.loads(pickle.dumps(CASES[name])))  # noqa: S301 - as above
