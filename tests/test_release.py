"""What the release and the documentation say of how they were made."""

import json
import re
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import fuzz

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")


def test_the_lock_names_no_address_and_pins_everything() -> None:
    """Every package of the lock has one version and hashes, and nothing says where somebody fetched it."""
    assert "://" not in LOCK
    assert not re.search(r"^-|@ ", LOCK, re.MULTILINE)
    entries = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 150
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_lock_has_every_dependency() -> None:
    """What pyproject.toml asks for, the lock has; `tools/lock` writes it again."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    names = {re.split(r"[\[<>=; ]", each)[0].lower().replace("_", "-") for each in asked} - {"kommunalvalg"}
    assert sorted(names - set(re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE))) == []


def test_the_counts_of_spoiled_inputs_are_those_of_the_command() -> None:
    """The page shows what was counted, of every kind of input, and no fault is left."""
    known = json.loads(fuzz.MEASURED.read_text(encoding="utf-8"))
    assert fuzz.MEASURED.with_suffix(".md").read_text(encoding="utf-8") == fuzz.table(known)
    assert known.keys() == fuzz.TARGETS.keys()
    assert {each["faults"] for each in known.values()} == {0}
    assert all(each["slowest"] < fuzz.SLOW for each in known.values())
