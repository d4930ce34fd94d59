"""The worked cases of councils that stand in tests/cases: given, expected, provision, source."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kommunalvalg import Draw, council
from kommunalvalg.council import Candidate, CandidateList, Change, CouncilElection
from kommunalvalg.errors import ElectionError
from kommunalvalg.lots import Tie

CASES = Path(__file__).parent / "cases"
Given = Mapping[str, Any]
Found = dict[str, Any]


def cases() -> Iterator[Any]:
    """Every case, called by its file and name."""
    for file in sorted(CASES.glob("council-*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


def lists_of(given: Given) -> list[CandidateList]:
    """The lists of a case, in their order."""
    return [list_of(key, votes) for key, votes in given["lists"].items()]


def list_of(key: str, votes: Any) -> CandidateList:  # noqa: ANN401 - a list of votes, or a table
    """One list: personal votes; or a table of them, or of all votes and the number of candidates."""
    table: dict[str, Any] = {"personal": votes} if isinstance(votes, list) else votes
    personal = table.get("personal", [0] * table.get("candidates", 0))
    candidates = [Candidate(f"{key}-{place}", each) for place, each in enumerate(personal, start=1)]
    candidates += [Candidate(name, 0) for name in table.get("also", ())]
    list_votes = table.get("list_votes", table.get("votes", 0))
    return CandidateList(key, key, candidates, list_votes, table.get("form", "sideordnet"))


def draws_of(given: Given) -> list[Draw]:
    """Draws written as "A B: B"."""
    split = [text.split(": ") for text in given.get("draws", ())]
    return [Draw(among.split(), chosen.split()) for among, chosen in split]


def lots(ties: tuple[Tie, ...]) -> list[str]:
    """Open lots written as "1 of A B"."""
    return [f"{tie.places} of {' '.join(tie.among)}" for tie in ties]


def election_of(given: Given) -> CouncilElection:
    """The election of a case."""
    return CouncilElection(
        "Nyby",
        given["seats"],
        lists_of(given),
        given.get("alliances", ()),
        given.get("year", 2025),
        common_votes=given.get("common_votes", {}),
        inhabitants=given.get("inhabitants"),
    )


def of_council(given: Given) -> Found:
    """What comes of a council election."""
    election = election_of(given)
    result = council.elect_council(election, lots=draws_of(given))
    return {
        "seats": result.seats,
        "elected": [mandate.candidate for mandate in result.mandates],
        "substitutes": {key: list(names) for key, names in result.substitutes.items()},
        "waiting": {key: list(names) for key, names in result.waiting.items()},
        "lots": lots(result.ties),
        "equal_numbers": [list(numbers) for numbers in result.equal_numbers],
        "vacant": result.vacant,
        # The size of a made-up council is no matter unless the case is of its inhabitants.
        "warned": [each.rule for each in election.warnings if each.rule != "KSL-5" or election.inhabitants],
    }


def of_candidates(given: Given) -> Found:
    """Which candidates stand."""
    result = council.approved_candidates(
        lists_of(given),
        given["seats"],
        alliances=given.get("alliances", ()),
        several=given.get("several", ()),
        year=given.get("year", 2025),
    )
    return {
        "stand": {a_list.key: len(a_list.candidates) for a_list in result.lists},
        "struck": [struck.candidate for struck in result.struck],
        "lots": lots(result.ties),
    }


def of_alliances(given: Given) -> Found:
    """Which alliances stand."""
    withdrawals = [(int(number), key) for number, key in map(str.split, given.get("withdrawals", ()))]
    result = council.standing_alliances(
        lists_of(given), given["registered"], year=given.get("year", 2025), withdrawals=withdrawals
    )
    return {
        "stand": [
            [member if isinstance(member, str) else list(member) for member in each] for each in result.alliances
        ],
        "fallen": [f"{each.number} {' '.join(each.lists)}: {each.why.rule}" for each in result.fallen],
    }


def change_of(text: str) -> Change:
    """A change written as "A-1 leaves", with a day in front where one is known."""
    day, rest = text.split(" ", 1) if text[:2] == "20" else (None, text)
    name, event = rest.split(" ", 1)
    return Change(event, name.partition("-")[0], name, day=day)


def of_vacancies(given: Given) -> Found:
    """Who sits after some changes."""
    result = council.elect_council(election_of(given))
    sitting = council.fill_vacancies(result, map(change_of, given["changes"]), lots=draws_of(given))
    return {
        "sits": " ".join(seat.sits or "-" for seat in sitting.seats),
        "lots": lots(sitting.ties),
        "rules": [step.rule for step in sitting.steps],
    }


def of_days(given: Given) -> Found:
    """The days of an election, the last of each rule."""
    return {"days": {day.rule: str(day.last or day.first) for day in council.dates(given["year"])}}


ASKS: dict[str, Callable[[Given], Found]] = {
    "council": of_council,
    "candidates": of_candidates,
    "alliances": of_alliances,
    "vacancies": of_vacancies,
    "days": of_days,
}


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_of_the_law_comes_out_as_expected(case: Given) -> None:
    """What is given leads to what is expected, and the case says where the law says so."""
    assert set(case) == {"name", "asks", "provision", "source", "given", "expected"}
    expected = case["expected"]
    if "refused" in expected:
        with pytest.raises(ElectionError) as caught:
            ASKS[case["asks"]](case["given"])
        assert expected["refused"] in str(caught.value)
        return
    found = ASKS[case["asks"]](case["given"])
    assert expected == {key: found[key] for key in expected}
