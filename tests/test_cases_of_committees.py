"""The cases of the law that are written down in files: what is given, what comes out, and which provision says so."""

import tomllib
from collections.abc import Callable, Mapping
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from kommunalvalg import regions
from kommunalvalg.constitution.bodies import elect_committee
from kommunalvalg.constitution.chairs import elect_chairs, elect_mayor_and_chairs
from kommunalvalg.constitution.claims import placements
from kommunalvalg.constitution.committees import Committees, elect_committees
from kommunalvalg.constitution.order import picking_order
from kommunalvalg.constitution.outside import BodyPlace, elect_body, elect_polling_officers
from kommunalvalg.constitution.posts import Service, elect_deputy_mayors
from kommunalvalg.constitution.vacant import refill_post
from kommunalvalg.errors import ElectionError, Warned
from kommunalvalg.law import provision, rules
from kommunalvalg.lots import Draw, settle

CASES = Path(__file__).parent / "cases"
FILES = sorted(chain.from_iterable((CASES / room).glob("*.toml") for room in ("constitution", "regions")))


def convener(members: Mapping[str, Any], **given: Any) -> object:  # noqa: ANN401 - what the file has
    """Find the convener of members whose service stands as a list."""
    return regions.first_convener({name: Service(*service) for name, service in members.items()}, **given)


COMPUTE: dict[str, Callable[..., Any]] = {
    "committee": elect_committee,
    "committees": elect_committees,
    "order": picking_order,
    "chairs": elect_chairs,
    "mayor and chairs": elect_mayor_and_chairs,
    "deputies": elect_deputy_mayors,
    "refill": refill_post,
    "body": elect_body,
    "polling officers": elect_polling_officers,
    "regional committees": regions.elect_committees,
    "regional deputies": regions.elect_deputies,
    "health council sizes": regions.health_council_sizes,
    "health offices": regions.check_health_offices,
    "meeting": regions.check_meeting,
    "convener": convener,
}


def every() -> list[Any]:
    """Give every case, named by its file and what it is about."""
    return [
        pytest.param(case, id=f"{path.parent.name}/{path.stem}: {case['about']}")
        for path in FILES
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def lots_of(result: Any) -> list[str]:  # noqa: ANN401 - any result
    """Write the open lots as the files have them."""
    return [f"{tie.places} af {', '.join(tie.among)}: {tie.place.address if tie.place else ''}" for tie in result.ties]


def plain(value: Any) -> Any:  # noqa: ANN401 - any part of a result
    """Give a part of a result as a file can have it."""
    if isinstance(value, BodyPlace):
        return f"{value.group} {value.kind}"
    if isinstance(value, Warned):
        return value.rule
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def told(result: Any, key: str) -> Any:  # noqa: ANN401 - as above
    """Give what a result says under a key of a file."""
    if key == "lots":
        return lots_of(result)
    if key == "number_of_lots":
        return len(result.ties)
    if key == "placements":
        return sum(1 for _way in placements(result))
    if key == "restorable":
        return sum(len(way.restores) for way in placements(result))
    return plain(getattr(result, "warnings" if key == "warned" else key))


def check(result: Any, expected: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    """Hold a result against what is expected of it, part by part."""
    for key, value in expected.items():
        part = told(result, key)
        if isinstance(value, dict) and not isinstance(part, Mapping):
            check(part, value)
        elif key == "seats" and isinstance(result, Committees | regions.committees.RegionalCommittees):
            for committee, seats in value.items():
                assert part[committee] == seats, committee
        else:
            assert part == value, key


@pytest.mark.parametrize("case", every())
def test_a_case_of_the_law(case: dict[str, Any]) -> None:
    """What is given in a file of cases comes out as it says, or is refused by the rule that it names."""
    given = dict(case["given"])
    draws = [Draw(each["among"], each["chosen"], place=each.get("place")) for each in given.pop("draws", [])]
    compute, expected = COMPUTE[case["compute"]], case["expected"]
    if "refused" in expected:
        with pytest.raises(ElectionError) as caught:
            compute(**given)
        assert caught.value.rule == expected["refused"]
        assert caught.value.field
        assert caught.value.said("da")
        return
    result = compute(**given, lots=draws) if draws else compute(**given)
    check(result, expected)
    assert settle(result.case, result.draws) == result


def test_cases_are_whole() -> None:
    """Each case says what it is about, its provision and its source, and refuses by a rule of the law map."""
    assert FILES
    for parameter in every():
        (case,) = parameter.values
        assert case.keys() == {"about", "provision", "source", "compute", "given", "expected"}, case["about"]
        refused = case["expected"].get("refused")
        assert refused is None or (refused in rules() and provision(refused))
