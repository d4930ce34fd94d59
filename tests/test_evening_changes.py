"""What changed in a meeting, what did not, and what is asked for: when."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from kommunalvalg import report
from kommunalvalg.errors import DataError
from kommunalvalg.evening.changes import EveningChanges, compare_evenings
from kommunalvalg.evening.files import evening_of, read_evening

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


def document(name: str) -> dict[str, Any]:
    """Read one of the documentation's files as tables."""
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def split() -> EveningChanges:
    """The evening on which V+C+L splits at 22.40, against the one on which it does not."""
    return compare_evenings(read_evening(EXAMPLES / "nyby-2029.toml"), read_evening(EXAMPLES / "nyby-2029-delt.toml"))


def test_a_split_moves_only_what_is_elected_after_it(split: EveningChanges) -> None:
    """The committees of 22.10 and the bodies of 22.25 stay; those of 22.50 go by the new groups."""
    changed = [each for each in split.elections if each.changed]
    assert {each.time for each in changed} == {"22.50"}
    assert len(changed) == 6
    spared = [each for each in split.elections if each.spared]
    assert {each.time for each in spared} == {"22.10", "22.25"}
    assert len(spared) == 8 + 6
    assert split.asks is None
    assert (split.lots_open, split.lots_fallen) == ((), ())
    assert split.claims[0] == split.claims[1] == {"V+C+L": 3}


def test_what_a_split_would_have_moved_is_told(split: EveningChanges) -> None:
    """Each committee of seven would have had a lot between V+L and C."""
    teknik = next(each for each in split.elections if each.where == "Teknik")
    assert str(teknik.as_if) == "A+F+Ø 4, V+L 2, 1 by lot among V+L and C"


def test_it_asks_when() -> None:
    """Groups that changed without a time are counted from the beginning, and the comparison says so."""
    before, after = document("nyby-2029"), document("nyby-2029")
    after["grupper"] = document("nyby-2029-lod")["grupper"]
    changes = compare_evenings(evening_of(before), evening_of(after))
    assert changes.asks is not None
    assert "[[anmeldelse]]" in changes.asks.said("da")
    assert len(changes.lots_open) == 7


def test_an_election_without_a_time_is_asked_about() -> None:
    """Where groups changed at a time, each election says when it was held."""
    after = document("nyby-2029-delt")
    del after["organ"]["Nyby Havn"]["kl"]
    with pytest.raises(DataError, match=r'organ."Nyby Havn".kl is missing; the groups changed at 22.40'):
        compare_evenings(evening_of(document("nyby-2029")), evening_of(after))


def test_claims_and_persons_that_fall_are_told() -> None:
    """What was claimed of a group that is no more falls, and so do the persons that it named."""
    after = document("nyby-2029")
    after["grupper"] = document("nyby-2029-lod")["grupper"]
    after["lodtraekninger"] = document("nyby-2029-lod")["lodtraekninger"]
    changes = compare_evenings(evening_of(document("nyby-2029")), evening_of(after))
    said = [str(each) for each in changes.after.fallen]
    assert any(each.startswith("overtagelser") for each in said)
    assert any("names 'V+C+L'" in each for each in said)
    assert changes.claims == ({"V+C+L": 3}, {"C": 3})


def test_lots_that_no_longer_hold_are_named() -> None:
    """Where two stand together again, the seven lots between them are none."""
    changes = compare_evenings(evening_of(document("nyby-2029-lod")), evening_of(document("nyby-2029")))
    assert [lot.draw.tie.place.address for lot in changes.lots_fallen if lot.draw.tie and lot.draw.tie.place] == [
        name for name, plan in document("nyby-2029-lod")["udvalg"].items() if plan["pladser"] == 7
    ]


def test_the_same_meeting_twice_is_unchanged() -> None:
    """Nothing changed where nothing did."""
    case = evening_of(document("nyby-2029"))
    changes = compare_evenings(case, case)
    assert not any(each.changed for each in changes.elections)
    assert "Intet valg falder anderledes ud." in report.explain(changes)


def test_the_command_compares(capsys: pytest.CaptureFixture[str]) -> None:
    """One command, in Danish."""
    done = Run(
        capsys,
        "constitute",
        str(EXAMPLES / "nyby-2029-delt.toml"),
        "--compare",
        str(EXAMPLES / "nyby-2029.toml"),
    )
    assert done.status == 0
    assert "Valgt, før valggrupperne blev ændret" in done.out
    assert "KSL § 17, stk. 3 og KSL § 28, stk. 1" in " ".join(done.out.split())
