"""KRVL §§ 81-83: how many seats each list has, and which.

Section by section: the units (§ 81, stk. 1), their quotients (stk. 2), seats beyond the number of candidates
(stk. 3), and the distribution inside a valgforbund (§ 82) and a listeforbund (§ 83).
"""

from collections.abc import Mapping

import attrs

from kommunalvalg.council.alliances import has_listeforbund
from kommunalvalg.council.lists import CandidateList
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Place, Urn
from kommunalvalg.methods.alliances import (
    Alliance,
    ProportionalCase,
    ProportionalElection,
    every_alliance,
)
from kommunalvalg.methods.counted import Counted

__all__ = ["Surplus", "distribution", "rules_inside", "surpluses"]


def distribution(
    lists: Mapping[str, CandidateList],
    units: tuple[str | Alliance, ...],
    seats: int,
    *,
    rules: Mapping[str, str],
    common_votes: Mapping[str, int],
    council: str,
    year: int,
    counted: Counted | None = None,
) -> ProportionalCase:
    """Say how the seats go to the units and to the lists inside them, KRVL § 81, stk. 1-3, §§ 82 and 83.

    The units of the first distribution are each valgforbund, each listeforbund outside one, and each other list
    (KRVL-81-1). Each unit's votes are divided by 1, 2, 3, ...; the largest quotients take the seats, and equal
    ones draw lots (KRVL-81-2). Nobody has more seats than candidates: a surplus seat goes to the unit next entitled,
    and inside a valgforbund or listeforbund it stays there while one of its lists has candidates left (KRVL-81-3).
    Both are done as one step (KRVL-81-ONE), and a list without votes takes no seat (KRVL-81-NONE); both are *inferred*.
    Inside a valgforbund (KRVL-82) and a listeforbund (KRVL-83) the same is done with the members' votes; the votes for
    a listeforbund itself count for it as a unit, and inside it for nobody (KRVL-78-L).

    Args:
        lists: key -> list.
        units: the alliances, and the lists that are in none.
        seats: the seats of the council.
        rules: alliance -> the rule inside it, as :func:`rules_inside` gives them.
        common_votes: letter -> the votes for its listeforbund.
        council: its name, for the places of lots.
        year: the election year.
        counted: how far the votes are counted; None where they are final.

    Returns:
        The distribution, to be settled.

    >>> from kommunalvalg.lots import settle
    >>> from kommunalvalg.council.lists import Candidate
    >>> lists = {
    ...     letter: CandidateList(letter, letter, [Candidate(f"{letter}-{n}", 0) for n in range(5)], votes)
    ...     for letter, votes in {"A": 40, "C": 34, "F": 26}.items()
    ... }
    >>> units = Alliance("A+F", ("A", "F")), "C"
    >>> rules = rules_inside(units, lists, 2025)
    >>> settle(distribution(lists, units, 5, rules=rules, common_votes={}, council="Nyby", year=2025)).seats
    {'A': 2, 'C': 2, 'F': 1}
    """
    own_votes = _own_votes(lists, units, rules, common_votes) if common_votes else {}
    return ProportionalCase(
        votes={key: a_list.votes for key, a_list in lists.items()},
        seats=seats,
        alliances=tuple([unit for unit in units if isinstance(unit, Alliance)]),
        capacity=FrozenDict({key: len(a_list.candidates) for key, a_list in lists.items()}),
        rule="KRVL-81-2",
        own_votes=FrozenDict(own_votes),
        inner_rules=rules,
        body=council,
        when=year,
        counted=counted,
    )


def rules_inside(
    units: tuple[str | Alliance, ...], lists: Mapping[str, CandidateList], year: int
) -> FrozenDict[str, str]:
    """Give alliance -> the rule of the distribution inside it: § 83 in a listeforbund, whose lists have one letter.

    >>> from kommunalvalg.council.lists import Candidate
    >>> lists = {key: CandidateList(key, "A list", [Candidate("A person", 9)]) for key in ("A", "B.1", "B.2")}
    >>> units = (Alliance("A+B.1+B.2", ("A", Alliance("B.1+B.2", ("B.1", "B.2")))),)
    >>> rules_inside(units, lists, 2021)
    {'A+B.1+B.2': 'KRVL-82', 'B.1+B.2': 'KRVL-83'}
    """
    there_are = has_listeforbund(year)
    return FrozenDict(
        {
            alliance.name: "KRVL-83" if there_are and _have_one_letter(alliance, lists) else "KRVL-82"
            for alliance in every_alliance(units)
        }
    )


def _have_one_letter(alliance: Alliance, lists: Mapping[str, CandidateList]) -> bool:
    return len({lists[key].shared_letter for key in alliance.lists}) == 1


def _own_votes(
    lists: Mapping[str, CandidateList],
    units: tuple[str | Alliance, ...],
    rules: Mapping[str, str],
    common_votes: Mapping[str, int],
) -> dict[str, int]:
    """Give listeforbund -> the votes for itself and for none of its lists (KRVL-78-L)."""
    return {
        alliance.name: common_votes[letter]
        for alliance in every_alliance(units)
        if rules[alliance.name] == "KRVL-83" and (letter := lists[alliance.lists[0]].shared_letter) in common_votes
    }


@attrs.frozen(kw_only=True)
class Surplus:
    """Seats that a unit or list was entitled to by its votes, and has no candidates for.

    Attributes:
        name: the unit or list.
        entitled: the seats that its votes alone would have given it.
        candidates: its candidates, and so the seats that it has.
        to: who has more seats than its votes alone would have given it, with how many more.
        place: where the seats are distributed: to the units, or inside an alliance.
        rule: the rule by which they went on.
    """

    name: str
    entitled: int
    candidates: int
    to: Mapping[str, int]
    place: Place | None = None
    rule: str = ""


_GOES_ON = {"KRVL-81-2": "KRVL-81-3"}
"""The rule of a surplus where it is another than that of the distribution; §§ 82 and 83 each have both."""


def surpluses(proportional: ProportionalElection) -> tuple[Surplus, ...]:
    """Say which seats went on for want of candidates, and to whom, KRVL § 81, stk. 3 (KRVL-81-3).

    It is found by distributing each level's seats again without regard to the candidates. Levels where a lot is
    open either way are left out.

    >>> from kommunalvalg import proportional_election
    >>> for surplus in surpluses(proportional_election({"A": 60, "B": 40}, 5, capacity={"A": 2, "B": 4})):
    ...     print(surplus.name, surplus.entitled, surplus.candidates, surplus.to)
    A 3 2 {'B': 1}
    """
    surplus = []
    for allocation in (proportional.units, *proportional.inner.values()):
        case = allocation.case
        free = attrs.evolve(case, capacity=None).settled(Urn())
        if not allocation.complete or not free.complete:
            continue
        gained = {name: seats - free.seats[name] for name, seats in allocation.seats.items()}
        to = FrozenDict({name: more for name, more in gained.items() if more > 0})
        surplus += [
            Surplus(
                name=name,
                entitled=free.seats[name],
                candidates=allocation.seats[name],
                to=to,
                place=case.place,
                rule=_GOES_ON.get(case.rule, case.rule),
            )
            for name, more in gained.items()
            if more < 0
        ]
    return tuple(surplus)
