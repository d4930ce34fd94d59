"""Whole computations against references written from the rules, on small cases: a sample of what the nightly run does.

``tools/nightly.py`` runs all small cases, and random ones by the million.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import pytest
from slow import Ballot, Nested, claimed, councils, distributions, every_way, passing, sits_in_turn, successions

from kommunalvalg import RuleError, dhondt, proportional_election, seeded
from kommunalvalg.constitution.claims import placements
from kommunalvalg.constitution.committees import Committees, elect_committees
from kommunalvalg.council import (
    Candidate,
    CandidateList,
    Change,
    CouncilElection,
    CouncilResult,
    elect_council,
    fill_vacancies,
)
from kommunalvalg.lots import Where

ALLIANCES: list[list[Nested]] = [
    [],
    [["A", "B"]],
    [["A", "D"], ["B", "C"]],
    [["A", "B", "C"]],
    [[["A", "B"], "C"]],
    [[["A", "B"], "C", "D"]],
    [["A"], ["B", "D"]],
    [[["A", "B"]], ["C", "D"]],
]


def units_of(names: list[str], alliances: list[Nested]) -> Nested:
    """Give the units: the alliances, and the lists in none."""
    kept: Nested = [part for each in alliances if (part := _only(each, names))]
    allied = str(kept)
    return [*kept, *(name for name in names if f"'{name}'" not in allied)]


def _only(members: Nested, names: list[str]) -> Nested:
    inner: list[Any] = [each if isinstance(each, str) else _only(each, names) for each in members]
    return [each for each in inner if (each in names if isinstance(each, str) else each)]


def small(share: int, shares: int) -> Iterator[tuple[dict[str, int], Nested, int, dict[str, int]]]:
    """Give one share of all votes, units, seats and room of up to four lists, twelve votes and eight seats."""
    counts = [each for number in range(1, 5) for each in product(range(13), repeat=number) if sum(each) <= 12]
    for each in counts[share::shares]:
        names = list("ABCD"[: len(each)])
        for alliances in ALLIANCES[: 1 if len(each) == 1 else None]:
            for seats, most in product(range(9), (1, 2, 8)):
                units = units_of(names, alliances)
                yield dict(zip(names, each, strict=True)), units, seats, dict.fromkeys(names, most)


def check_distribution(votes: dict[str, int], units: Nested, seats: int, room: dict[str, int]) -> None:
    """Hold a distribution against the slow way, the lots every way."""
    alliances = [unit for unit in units if not isinstance(unit, str)]
    ends = distributions(votes, units, seats, room)
    result = proportional_election(votes, seats, alliances=alliances, capacity=room)
    assert {frozenset(end.seats.items()) for end in result.outcomes()} == ends
    if not alliances:
        alone = dhondt(votes, seats, capacity=room)
        assert {frozenset(end.seats.items()) for end in alone.outcomes()} == ends


def some(cases: Iterator[Any], every: int, offset: int = 0) -> Iterator[Any]:
    """Give each so many-th of some cases."""
    return islice(cases, offset, None, every)


@pytest.mark.rule("KRVL-81-2", "KRVL-81-3", "KRVL-82")
def test_small_distributions_are_those_of_the_rule() -> None:
    """Every way in which seats of few votes can come out is found, with alliances and without room for all."""
    rng = random.Random(81)  # noqa: S311 - the same cases every time
    names = list("ABCD")
    for _ in range(150):
        votes = dict.fromkeys(names, 0)
        votes.update(Counter(rng.choices(names, weights=[3, 2, 2, 1], k=rng.randint(1, 12))))
        units = units_of(names, rng.choice(ALLIANCES))
        check_distribution(votes, units, rng.randint(0, 8), dict.fromkeys(names, rng.choice([1, 2, 8])))


# Councils


def council(rng: random.Random) -> tuple[dict[str, Ballot], list[Nested], int]:
    """Make up a council with few votes, in which lots of every kind are usual."""
    high = rng.choice([2, 4, 9, 60])
    lists = {
        key: Ballot(
            tuple(rng.randint(0, high) for _ in range(rng.randint(1, 4))),
            rng.randint(0, high),
            party=rng.random() < 0.4,
        )
        for key in "ABCD"[: rng.randint(2, 4)]
    }
    alliances = [part for each in rng.choice(ALLIANCES) if (part := _only(each, list(lists)))]
    return lists, alliances, rng.randint(1, 7)


def own_votes(lists: dict[str, Ballot], alliances: list[Any]) -> dict[frozenset[str], int]:
    """Give each listeforbund as many votes for itself as the first of its lists has list votes."""
    inner = [part for each in alliances for part in each if not isinstance(part, str) and len(part) > 1]
    return {frozenset(part): lists[part[0]].list_votes for part in inner}


def held_as(lists: dict[str, Ballot], alliances: list[Any], seats: int) -> CouncilElection:
    """Make an election of the library of it; an alliance inside another is a listeforbund, and so is of one letter."""
    inner = {key: str(part[0]) for each in alliances for part in each if not isinstance(part, str) for key in part}
    return CouncilElection(
        "Nyby",
        seats,
        [
            CandidateList(
                inner.get(key, key),
                key,
                [Candidate(f"{key}-{at}", votes) for at, votes in enumerate(its.personal)],
                its.list_votes,
                "partiliste" if its.party else "sideordnet",
                key=key,
            )
            for key, its in lists.items()
        ],
        alliances,
        2021,
        common_votes={min(keys): count for keys, count in own_votes(lists, alliances).items()},
    )


def check_council(lists: dict[str, Ballot], alliances: list[Nested], seats: int) -> int:
    """Hold a council against the slow way, the lots every way; give how many ways there were."""
    election = held_as(lists, alliances, seats)
    expected = councils(lists, units_of(list(lists), alliances), seats, own_votes(lists, alliances))

    def who(result: CouncilResult) -> frozenset[tuple[str, int]]:
        return frozenset((each.key, int(each.candidate.partition("-")[2])) for each in result.mandates)

    certain = frozenset.intersection(*expected)
    assert who(elect_council(election)) == certain
    if len(expected) <= 24:
        assert {who(end) for end in every_way(lambda draws: elect_council(election, lots=draws))} == expected
    return len(expected)


@pytest.mark.rule("KRVL-81-2", "KRVL-82", "KRVL-83", "KRVL-85", "KRVL-86-2")
def test_small_councils_are_those_of_the_rule() -> None:
    """Who is certain, and who can be elected together when the lots fall, is what following every lot gives."""
    rng = random.Random(20251118)  # noqa: S311 - the same cases every time
    ways = [check_council(*council(rng)) for _ in range(150)]
    assert sum(each > 1 for each in ways) > 25


# Vacancies


ORDERS = {Where.ELECTED, Where.SUBSTITUTES}
"""Lots on an order, which can wait until it matters."""


def check_successions(rng: random.Random) -> int:
    """Let elected members of a council leave, and hold who sits against the slow way, the lots every way."""
    lists, alliances, seats = council(rng)
    election = held_as(lists, alliances, seats)
    town = elect_council(election, lots=seeded(1))
    draws = [
        draw for draw in town.draws if draw.tie is None or draw.tie.place is None or draw.tie.place.where not in ORDERS
    ]
    town = elect_council(election, lots=draws)
    first = frozenset((each.key, int(each.candidate.partition("-")[2])) for each in town.mandates)
    leave = rng.sample(sorted(first), min(len(first), rng.randint(1, 3)))
    happened = [Change("leaves", key, f"{key}-{at}") for key, at in leave]
    expected = successions(lists, units_of(list(lists), alliances), first, leave, own_votes(lists, alliances))
    found = {
        (
            frozenset((key, int(name.partition("-")[2])) for key, name in end.members),
            frozenset(Counter(seat.key for seat in end.seats).items()),
        )
        for end in every_way(lambda draws: fill_vacancies(town, happened, lots=draws))
    }
    assert found == expected
    return len(expected)


@pytest.mark.rule("KRVL-91-1", "KRVL-91-3", "KRVL-91-LIST")
def test_who_enters_is_who_the_rule_calls() -> None:
    """Members leave one after another: whoever can sit then, and the seats that pass on, are what the rule gives."""
    rng = random.Random(91)  # noqa: S311 - the same cases every time
    ways = [check_successions(rng) for _ in range(150)]
    assert sum(each > 1 for each in ways) > 10


ONE = elect_council(
    CouncilElection("Nyby", 2, [CandidateList("A", "A", [Candidate(name, 60 - ord(name[0])) for name in "12345"])])
)


def check_turns(happened: list[tuple[str, str]]) -> bool:
    """Hold who sits after absences and vacancies of a list against the slow way; tell whether it can have happened."""
    changes = [Change(event, "A", person) for event, person in happened]
    expected = sits_in_turn("12345", 2, happened)
    if expected is None:
        with pytest.raises(RuleError):
            fill_vacancies(ONE, changes)
        return False
    assert {name for _, name in fill_vacancies(ONE, changes).members} == expected
    return True


def turns(length: int, before: tuple[tuple[str, str], ...] = ()) -> Iterator[list[tuple[str, str]]]:
    """Give everything that can be tried in a list of five, the last of it perhaps impossible."""
    for step in product(("leaves", "absent", "returns"), "12345"):
        happened = [*before, step]
        yield happened
        if length > 1 and sits_in_turn("12345", 2, happened) is not None:
            yield from turns(length - 1, tuple(happened))


@pytest.mark.rule("KRVL-91-1", "KRVL-104", "KSL-15")
def test_the_highest_substitutes_who_can_sit_do() -> None:
    """After any vacancies and absences the members who are there sit, and the highest substitutes."""
    assert sum(check_turns(happened) for happened in some(turns(4), 5)) > 100


# Committees


def committees(rng: random.Random) -> tuple[dict[str, int], dict[str, int]]:
    """Make up a council's groups and some committees."""
    groups = {group: rng.randint(1, 7) for group in "abcd"[: rng.randint(2, 4)]}
    return groups, {str(number): rng.choice([2, 3, 3, 5]) for number in range(1, rng.randint(2, 4) + 1)}


def check_committees(groups: dict[str, int], sizes: dict[str, int]) -> int:
    """Hold committees, what may be claimed, and all ways to place it against the slow way."""
    expected = claimed(groups, sizes)
    if len(expected) > 60:
        return 0
    found = set()
    claims = 0
    for end in every_way(lambda draws: elect_committees(groups, sizes, lots=draws)):
        found.add((*(frozenset(end.seats[name].items()) for name in sizes), frozenset(end.under_et.items())))
        claims += bool(end.claims)
        for second in ([], list(groups)):
            assert ways_of(end, second) == passing(end.seats, end.under_et, second)
    assert found == expected
    return claims


def ways_of(end: Committees, second: list[str]) -> set[frozenset[tuple[tuple[str, str, str], int]]]:
    """Give the placements in the words of the slow way."""
    return {
        frozenset(Counter((each.committee, each.giver, each.receiver) for each in way).items())
        for way in placements(end, accept_second=second)
    }


@pytest.mark.rule("KSL-24-3", "KSL-25-1", "KSL-27", "KSL-27-2")
def test_small_committees_and_their_claims_are_those_of_the_rule() -> None:
    """Seats, what each would have of all as one, and every way to place what is claimed, however the lots fall."""
    rng = random.Random(27)  # noqa: S311 - the same cases every time
    assert sum(check_committees(*committees(rng)) for _ in range(40)) > 20
