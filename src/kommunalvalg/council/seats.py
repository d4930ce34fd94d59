"""KRVL §§ 81-83: how many seats each list has, and which.

Section by section: the units (§ 81, stk. 1), their quotients (stk. 2), seats beyond the number of candidates
(stk. 3), and the distribution inside a valgforbund (§ 82) and a listeforbund (§ 83).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import attrs

from kommunalvalg.council.election import CouncilElection
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Tie, Urn
from kommunalvalg.methods.alliances import AllianceContest, ProportionalElection, UnitAward, every_alliance
from kommunalvalg.methods.allocation import Allocation

if TYPE_CHECKING:
    from kommunalvalg.methods.divisor import DivisorContest

__all__ = [
    "Surplus",
    "capacities",
    "distribute_seats",
    "most_seats",
    "place_of",
    "placed",
    "provision_of",
    "seats_won",
    "surpluses",
]

FIRST_LEVEL = "KRVL § 81, stk. 2"
INSIDE_VALGFORBUND = "KRVL § 82"
INSIDE_LISTEFORBUND = "KRVL § 83"


def distribute_seats(election: CouncilElection, urn: Urn) -> ProportionalElection:
    """Give the seats to the units and to the lists inside them, KRVL § 81, stk. 1-3, §§ 82 and 83.

    The units of the first distribution are each valgforbund, each listeforbund outside one, and each other list
    (KRVL-81-1). Each unit's votes are divided by 1, 2, 3, ...; the largest quotients take the seats, and equal
    ones draw lots (KRVL-81-2). Inside a valgforbund (KRVL-82) and a listeforbund (KRVL-83) the same is done with
    the members' votes. Evidence: text, data 98/98.

    Args:
        election: what was counted.
        urn: where draws come from.

    Returns:
        Seats by key, the distribution at every level, and the lots that are open.

    Raises:
        LotError: a draw does not fit the lot that is open.

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> lists = [
    ...     CandidateList(letter, letter, [Candidate(f"{letter}-{n}", 0) for n in range(5)], votes)
    ...     for letter, votes in {"A": 40, "C": 34, "F": 26}.items()
    ... ]
    >>> distribute_seats(CouncilElection("Nyby", 5, lists, [["A", "F"]]), Urn()).seats
    {'A': 2, 'C': 2, 'F': 1}
    """
    votes = election.votes
    return AllianceContest(votes, election.seats, election.units, capacities(election), FIRST_LEVEL).hold(urn)


def capacities(election: CouncilElection) -> FrozenDict[str, int]:
    """Say how many seats each list can have: as many as it has candidates, KRVL § 81, stk. 3 (KRVL-81-3, KRVL-81-ONE).

    A surplus seat goes to the unit next entitled; inside a valgforbund or listeforbund it stays there as long as
    one of its lists has candidates left. Evidence: text, data (Lolland 2025).

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> capacities(CouncilElection("Nyby", 5, [CandidateList("A", "Alfa", [Candidate("A-1", 9)])]))
    {'A': 1}
    """
    return FrozenDict({a_list.key: len(a_list.candidates) for a_list in election.lists})


def provision_of(election: CouncilElection, within: str) -> str:
    """Say which section a distribution is under: § 81 among the units, § 82 or 83 inside one (KRVL-82, KRVL-83).

    Args:
        election: what was counted.
        within: the name of the alliance whose seats are distributed; empty for the distribution to the units.

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> lists = [CandidateList(letter, letter, [Candidate(letter, 9)]) for letter in "ACF"]
    >>> provision_of(CouncilElection("Nyby", 2, lists, [["A", "F"]]), "A+F")
    'KRVL § 82'
    """
    if not within:
        return FIRST_LEVEL
    listeforbund = [set(member) for unit in election.alliances for member in unit if not isinstance(member, str)]
    alliances = every_alliance(election.units)
    inside = any(alliance.name == within and set(alliance.lists) in listeforbund for alliance in alliances)
    return INSIDE_LISTEFORBUND if inside else INSIDE_VALGFORBUND


def place_of(election: CouncilElection, within: str) -> str:
    """Say in words where a lot between quotients stands: the council, and the alliance whose seats are distributed.

    Args:
        election: what was counted.
        within: the name of the alliance; empty for the distribution to the units.

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> lists = [CandidateList(letter, letter, [Candidate(f"{letter}-1", 9)]) for letter in "ACF"]
    >>> place_of(CouncilElection("Nyby", 3, lists, [["A", "F"]]), "A+F")
    'Nyby, valgforbund A+F'
    """
    if not within:
        return election.name
    kind = "listeforbund" if provision_of(election, within) == INSIDE_LISTEFORBUND else "valgforbund"
    return f"{election.name}, {kind} {within}"


def placed(election: CouncilElection, tie: Tie) -> Tie:
    """Give a lot between quotients with its section, and with where it stands in words (KRVL-81-2).

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> lists = [CandidateList(letter, letter, [Candidate(letter, 9)]) for letter in "ACF"]
    >>> election = CouncilElection("Nyby", 2, lists, [["A", "F"]])
    >>> for tie in distribute_seats(election, Urn()).ties:
    ...     print(placed(election, tie), "-", placed(election, tie).provision)
    1 place among A+F, C within Nyby - KRVL § 81, stk. 2
    """
    return attrs.evolve(tie, provision=provision_of(election, tie.within), within=place_of(election, tie.within))


@attrs.frozen
class Surplus:
    """Seats that a unit or list was entitled to by its votes, and has no candidates for.

    Attributes:
        within: the alliance whose seats are distributed; empty for the distribution to the units.
        name: the unit or list.
        entitled: the seats that its votes alone would have given it.
        candidates: its candidates, and so the seats that it has.
        to: who has more seats than its votes alone would have given it, with how many more.
    """

    within: str
    name: str
    entitled: int
    candidates: int
    to: Mapping[str, int]


def surpluses(proportional: ProportionalElection) -> tuple[Surplus, ...]:
    """Say which seats went on for want of candidates, and to whom, KRVL § 81, stk. 3 (KRVL-81-3).

    It is found by distributing each level's seats again without regard to the candidates. Levels where a lot is
    open either way are left out.

    >>> from kommunalvalg import proportional_election
    >>> surpluses(proportional_election({"A": 60, "B": 40}, 5, capacity={"A": 2, "B": 4}))
    (Surplus(within='', name='A', entitled=3, candidates=2, to={'B': 1}),)
    """
    found = []
    for within, allocation in (("", proportional.units), *proportional.inner.items()):
        contest = cast("DivisorContest", allocation.contest)
        free = attrs.evolve(contest, capacity=None).hold(Urn())
        if not contest.capacity or not allocation.complete or not free.complete:
            continue
        gained = {name: seats - free.seats[name] for name, seats in allocation.seats.items()}
        to = FrozenDict({name: more for name, more in gained.items() if more > 0})
        found += [
            Surplus(within, name, free.seats[name], allocation.seats[name], to)
            for name, more in gained.items()
            if more < 0
        ]
    return tuple(found)


def seats_won(proportional: ProportionalElection) -> Mapping[str, tuple[UnitAward, ...]]:
    """Number the seats in the order of the units' quotients, and say which each list has (KRVL-81-2).

    A valgforbund's k-th seat is the k-th of its inner distribution. Where equal quotients both win a seat, no
    place depends on which comes first, and the numbers follow the ballot (inferred). Evidence: data 98/98.

    Returns:
        Key -> how the list's seats were won, by their numbers, as far as no open lot can change them.

    >>> from kommunalvalg import proportional_election
    >>> won = seats_won(proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]))
    >>> {key: [award.number for award in awards] for key, awards in won.items()}
    {'A': [1, 4], 'C': [2, 5], 'F': [3]}
    """
    won: dict[str, list[UnitAward]] = {key: [] for key in proportional.seats}
    for award in proportional.awards:
        won[award.winner].append(award)
    return {key: tuple(awards) for key, awards in won.items()}


def most_seats(proportional: ProportionalElection) -> Mapping[str, int]:
    """Say how many seats each list can come to have, however the open lots fall.

    Where equal quotients compete for the last seat of a level, each can win one seat more; a valgforbund that
    does passes it on to the list that is next inside it, or to those that draw lots there. A lot that was drawn
    is settled.

    >>> from kommunalvalg import Draw, proportional_election
    >>> votes, valgforbund = {"A": 1, "B": 1, "C": 1, "D": 1}, [["A", "B"], ["C", "D"]]
    >>> most_seats(proportional_election(votes, 2, alliances=valgforbund, lots=[Draw(["A", "B"], ["A"])]))
    {'A': 1, 'B': 0, 'C': 1, 'D': 1}
    """
    if proportional.complete:
        return proportional.seats
    most: dict[str, int] = {}
    _most(proportional.units, proportional.inner, most)
    return {key: most[key] for key in proportional.seats}


def _most(allocation: Allocation, inner: Mapping[str, Allocation], most: dict[str, int]) -> None:
    for name, certain in allocation.seats.items():
        possible = certain + (allocation.tie is not None and name in allocation.tie.among)
        if name not in inner:
            most[name] = possible
            continue
        within = inner[name]
        contest = cast("DivisorContest", within.contest)
        if contest.seats != possible:  # else it stands as it was distributed, with the lots that were drawn in it
            within = attrs.evolve(contest, seats=possible).hold(Urn())
        _most(within, inner, most)
