"""What has to be true for the seats to be right, as comparisons of two sums of votes.

By d'Hondt the seats are right when no next quotient is as large as a last one: among the units and inside each
alliance, for every member w with seats and every other member l that could take one more,
``votes of w / seats of w > votes of l / (seats of l + 1)``. Each of these is an :class:`Assertion`, and together they
are the result: an audit (:mod:`.statistics`) tests them one by one on ballots, and computes no election.

A member that is full is nobody's loser, and that is all that capacities add. Full it is only when all its lists are,
those without votes too: one misread ballot may be the first vote of such a list.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import permutations
from math import ceil

import attrs

from kommunalvalg.audit.ballots import Reading
from kommunalvalg.council.lists import Form
from kommunalvalg.council.result import CouncilResult, ListResult
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.alliances import ProportionalCase, ProportionalElection
from kommunalvalg.methods.units import Unit, paths_of

__all__ = ["About", "Assertion", "Count", "Level", "Member", "Side", "assertions_of", "counted"]


class About(StrEnum):
    """What an assertion compares."""

    UNITS = "units"
    """The units of the first distribution, KRVL § 81."""

    ALLIANCE = "alliance"
    """The members of an alliance, KRVL §§ 82 and 83."""

    CANDIDATES = "candidates"
    """Candidates of a sideordnet list, KRVL § 85."""


@attrs.frozen
class Side:
    """One side of a comparison.

    Attributes:
        name: the list, alliance or candidate.
        votes: its votes.
        divisor: what they are divided by: the winner's seats, the loser's seats and one.
        lists: the readings that count for it, by list; a listeforbund's own name is among them.
        candidate: the candidate, where only personal votes for one count.
    """

    name: str
    votes: int
    divisor: int
    lists: tuple[str, ...] = attrs.field(repr=False)
    candidate: str = attrs.field(default="", repr=False)

    def has(self, reading: Reading) -> bool:
        """Tell whether a ballot that says so is one of its votes."""
        return reading.list in self.lists and (not self.candidate or reading.candidate == self.candidate)


@attrs.frozen
class Assertion:
    """That the last quotient of a winner is larger than the next one of a loser; or that a winner has a vote.

    Attributes:
        about: what is compared.
        within: the alliance or list inside which it is; empty among the units.
        winner: who has seats.
        loser: who would have had one more; None where nobody has room for one, and all there is to say is that the
            winner has votes, and so can fill its seats.
        lead: the winner's votes times the loser's divisor, less the loser's votes times the winner's: more than 0
            where the assertion is true.
        worst: the most by which one misread ballot can have raised the lead.

    >>> whole = Assertion(About.UNITS, "", Side("A", 60, 3, ("A",)), Side("B", 35, 2, ("B",)))
    >>> whole.lead, whole.worst, whole.cost, whole.fewest
    (15, 5, Fraction(1, 3), 3)
    >>> whole.overstated(Reading("A"), Reading("B")), whole.overstated(Reading("A"), Reading("C"))
    (5, 2)
    """

    about: About
    within: str
    winner: Side
    loser: Side | None
    lead: int = attrs.field(init=False)
    worst: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        gain, loss = self._weights()
        beaten = 0 if self.loser is None else self.loser.votes
        object.__setattr__(self, "lead", gain * self.winner.votes - loss * beaten)
        object.__setattr__(self, "worst", gain + loss)

    def _weights(self) -> tuple[int, int]:
        """Say what a vote for the winner adds to the lead, and what one for the loser takes from it."""
        return (1, 0) if self.loser is None else (self.loser.divisor, self.winner.divisor)

    @property
    def cost(self) -> Fraction | None:
        """The share of the lead that one misread ballot can make up at most; None where there is no lead."""
        return Fraction(self.worst, self.lead) if self.lead > 0 else None

    @property
    def fewest(self) -> int:
        """The fewest misread ballots with which the assertion can be false; 0 where it is not true as it stands."""
        return max(0, ceil(Fraction(self.lead, self.worst)))

    def score(self, reading: Reading) -> int:
        """Say what a ballot adds to the lead; one that nobody can read takes the most from it."""
        gain, loss = self._weights()
        if self.winner.has(reading):
            return gain
        if not reading.known or (self.loser is not None and self.loser.has(reading)):
            return -loss
        return 0

    def overstated(self, reported: Reading, read: Reading) -> int:
        """Say by how much the lead was reported too large, when a ballot was counted as one thing and is another."""
        return self.score(reported) - self.score(read)


@attrs.frozen
class Member:
    """A list or alliance in one distribution of seats.

    Attributes:
        name: its name.
        votes: its votes.
        seats: its seats.
        room: the seats that it can have when each of its lists has a vote; None where there is no limit.
        lists: the readings that count for it.
    """

    name: str
    votes: int
    seats: int
    room: int | None
    lists: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it can take no more seats, whatever votes it had."""
        return self.room is not None and self.seats >= self.room


@attrs.frozen
class Level:
    """One distribution of seats: that to the units, or that inside an alliance.

    Attributes:
        within: the alliance; empty for the distribution to the units.
        members: who took part.
    """

    within: str
    members: tuple[Member, ...]

    def assertions(self) -> Iterator[Assertion]:
        """Give what has to be true for its members to have the seats that they have."""
        about = About.ALLIANCE if self.within else About.UNITS
        for winner in self.members:
            if not winner.seats:
                continue
            side = Side(winner.name, winner.votes, winner.seats, winner.lists)
            losers = [loser for loser in self.members if loser is not winner and not loser.full]
            for loser in losers:
                yield Assertion(about, self.within, side, Side(loser.name, loser.votes, loser.seats + 1, loser.lists))
            if not losers:
                yield Assertion(about, self.within, side, None)


@attrs.frozen
class Count:
    """A counted election, as an audit sees it.

    Attributes:
        name: the council; empty for a bare forholdstalsvalg.
        votes: list, or listeforbund for votes of its own -> votes.
        personal: list -> candidate -> personal votes; empty for a bare forholdstalsvalg.
        levels: the distributions of seats, the outermost first.
        elected: sideordnet list with seats -> the candidates that are elected.
        open_seats: whether a lot between quotients is open.
        open_candidates: whether a lot between candidates for a seat is.
        drawn: whether a lot between quotients was drawn.
        fillable: whether seats are vacant that a list without votes could fill.
    """

    name: str
    votes: FrozenDict[str, int]
    personal: FrozenDict[str, FrozenDict[str, int]] = attrs.field(repr=False)
    levels: tuple[Level, ...] = attrs.field(repr=False)
    elected: FrozenDict[str, tuple[str, ...]] = attrs.field(repr=False)
    open_seats: bool
    open_candidates: bool
    drawn: bool
    fillable: bool

    @property
    def valid(self) -> int:
        """The valid votes."""
        return sum(self.votes.values())

    def tally(self, apart: Collection[str] = ()) -> FrozenDict[Reading, int]:
        """Give the votes by what the ballots say; of the lists that are named, each candidate apart."""
        votes_by_reading: dict[Reading, int] = {}
        for name, votes in self.votes.items():
            each: Mapping[str, int] = self.personal.get(name, {}) if name in apart else {}
            votes_by_reading[Reading(name)] = votes - sum(each.values())
            votes_by_reading.update({Reading(name, candidate): count for candidate, count in each.items()})
        return FrozenDict(votes_by_reading)


def counted(result: CouncilResult | ProportionalElection) -> Count:
    """Read a result: the one place that knows where results have what an audit needs.

    Args:
        result: a council's, or a forholdstalsvalg's.

    >>> from kommunalvalg import proportional_election
    >>> count = counted(proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]))
    >>> [(level.within, [(each.name, each.seats) for each in level.members]) for level in count.levels]
    [('', [('A+F', 3), ('C', 2)]), ('A+F', [('A', 2), ('F', 1)])]
    """
    distributed = result.proportional if isinstance(result, CouncilResult) else result
    lists: Mapping[str, ListResult] = result.lists if isinstance(result, CouncilResult) else {}
    case = distributed.case
    levels = tuple(_level(unit, distributed) for unit in case.tree.walk())
    return Count(
        name=case.body,
        votes=FrozenDict({**case.votes, **_own_votes(case)}),
        personal=FrozenDict(
            {
                key: FrozenDict({each.name: each.votes for each in list_result.list.candidates})
                for key, list_result in lists.items()
            }
        ),
        levels=levels,
        elected=FrozenDict(
            {
                key: tuple(each.candidate for each in list_result.elected)
                for key, list_result in lists.items()
                if list_result.list.form is Form.SIDEORDNET and list_result.most
            }
        ),
        open_seats=not distributed.complete,
        open_candidates=any(list_result.tie is not None for list_result in lists.values()),
        drawn=bool(distributed.draws),
        fillable=bool(distributed.vacant) and not all(member.full for member in levels[0].members),
    )


def _own_votes(case: ProportionalCase) -> dict[str, int]:
    """Give the votes for each alliance itself, which can be none; until 2021 a listeforbund could have some."""
    listeforbund = [name for name, rule in case.inner_rules.items() if rule == "KRVL-83"]
    return {name: case.own_votes.get(name, 0) for name in (*listeforbund, *case.own_votes)}


def _level(unit: Unit, distributed: ProportionalElection) -> Level:
    """Give the distribution to the members of a unit."""
    capacity: Mapping[str, int] = distributed.case.capacity or {}
    own_votes = _own_votes(distributed.case)
    members = []
    for name, votes in zip(unit.members, unit.votes, strict=True):
        inside = [each.name for each in unit.inner[name].walk()] if name in unit.inner else []
        keys = tuple(paths_of(unit.inner[name])) if inside else (name,)
        rooms = [capacity.get(key) for key in keys]
        room = None if None in rooms else sum(room for room in rooms if room is not None)
        seats = sum(distributed.seats[key] for key in keys)
        members.append(Member(name, votes, seats, room, (*keys, *(each for each in own_votes if each in inside))))
    return Level(unit.name, tuple(members))


def assertions_of(count: Count, *, candidates: bool = False) -> tuple[Assertion, ...]:
    """Give what has to be true for a result to be right, the costliest to test first.

    Args:
        count: the counted election, without an open lot.
        candidates: whether it is to be true too who is elected on each sideordnet list.

    >>> from kommunalvalg import proportional_election
    >>> count = counted(proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]))
    >>> for each in assertions_of(count):
    ...     print(each.within or "units", each.winner.name, each.loser.name, each.lead)
    units C A+F 4
    A+F A F 28
    A+F F A 38
    units A+F C 96
    """
    assertions = [assertion for level in count.levels for assertion in level.assertions()]
    if candidates:
        assertions += _between_candidates(count)
    return tuple(sorted(assertions, key=lambda each: Fraction(each.lead, each.worst)))


def _between_candidates(count: Count) -> Iterator[Assertion]:
    """Give, for each sideordnet list, that each of the elected has more personal votes than each of the others."""
    for key, elected in count.elected.items():
        lists = (key,)
        sides = {name: Side(name, votes, 1, lists, name) for name, votes in count.personal[key].items()}
        for winner, loser in permutations(sides, 2):
            if winner in elected and loser not in elected:
                yield Assertion(About.CANDIDATES, key, sides[winner], sides[loser])
