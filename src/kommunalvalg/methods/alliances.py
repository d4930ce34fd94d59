"""Alliances: merging lists into units, and distributing a unit's seats to its lists, to any depth.

An alliance counts as one unit with the votes of its lists together. Its seats are distributed inside it by the
same method, and so on inward. A list outside every alliance is a unit of its own. What an alliance has room for
is what its lists have room for together, so that a surplus stays inside the alliance while it can.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import NamedTuple, TypeVar

import attrs

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Draw, Lots, Outcome, Place, Tie, Urn, Where, outcomes_of, settle
from kommunalvalg.methods.allocation import MOST_WAYS, Allocation, Award, settle_last, won_by_lot
from kommunalvalg.methods.counted import Counted
from kommunalvalg.methods.divisor import DivisorCase
from kommunalvalg.methods.quotients import DHONDT, Division, in_order
from kommunalvalg.methods.units import (
    Alliance,
    Alliances,
    Members,
    Unit,
    alliances_of,
    attained,
    checked_units,
    every_alliance,
    name_of,
    tree_of,
)
from kommunalvalg.results import Result
from kommunalvalg.votes import (
    checked_by_name,
    checked_counts,
    checked_known,
    checked_rule,
    checked_seats,
    checked_votes,
)

__all__ = [
    "FORHOLDSTALSVALG",
    "Alliance",
    "Alliances",
    "Level",
    "Members",
    "ProportionalCase",
    "ProportionalElection",
    "Turn",
    "Unit",
    "UnitAward",
    "alliances_of",
    "checked_units",
    "every_alliance",
    "merge_alliances",
    "proportional_election",
]


FORHOLDSTALSVALG = "KSL-24-3"
"""The rule of forholdstalsvalg between groups, which other laws and rules refer to."""


def merge_alliances(votes: Mapping[str, int], alliances: Alliances) -> dict[str, int]:
    """Add up the votes of each alliance, so that it counts as one.

    Args:
        votes: name -> votes.
        alliances: mapping of name to lists, or an iterable of iterables of lists; an alliance without a name of
            its own is called by its lists, "A+F".

    Returns:
        Unit -> votes, for each alliance and each list outside every alliance. A unit stands where its first list
        stood.

    Raises:
        VoteError: a name or a count is not one, or the alliances are none (see :func:`.checked_units`).

    >>> merge_alliances({"A": 40, "C": 30, "F": 20, "V": 10}, [["A", "F"]])
    {'A+F': 60, 'C': 30, 'V': 10}
    """
    checked = checked_votes(votes)
    return {
        name_of(unit): checked[unit] if isinstance(unit, str) else sum(checked[name] for name in unit.lists)
        for unit in checked_units(alliances, checked)
    }


def proportional_election(
    votes: Mapping[str, int],
    seats: int,
    *,
    alliances: Alliances = (),
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> "ProportionalElection":
    """Distribute seats by forholdstalsvalg: d'Hondt on the units, and inside each alliance on its members.

    Args:
        votes: list -> votes.
        seats: how many seats to award.
        alliances: mapping of name to lists, or an iterable of iterables of lists, of any depth.
        capacity: list -> the most seats it may have; a list that is not there has no limit. A surplus seat goes
            to the alliance's other members while they have room, then to the other units.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.
            Lots come level by level from outside, and on a level unit by unit in the order of the votes.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.

    Raises:
        VoteError: a name or a count is not one, or the alliances are none (see :func:`.checked_units`).
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
    >>> election.unit_seats
    {'A+F': 3, 'C': 2}
    >>> election.seats
    {'A': 2, 'C': 2, 'F': 1}
    """
    case = ProportionalCase(votes=votes, seats=seats, alliances=alliances, capacity=capacity, rule=rule)
    return settle(case, lots)


class UnitAward(NamedTuple):
    """How one seat was won by a unit, and inside it by a list.

    Winner, votes, divisor and quotient are those of the list in the distribution where it won the seat; for a
    list that stands alone that is the distribution to the units.

    Attributes:
        number: the seat's number, from 1, in the order in which the units won the seats.
        winner: the list that won it.
        votes: the list's votes.
        divisor: what they were divided by.
        quotient: the list's quotient.
        by_lot: whether a lot decided the seat, at any level.
        unit: the alliance or single list that won the seat in the distribution to the units.
        steps: the award at each level, from the unit to the list.
    """

    number: int
    winner: str
    votes: int
    divisor: int | Fraction
    quotient: Fraction | None
    by_lot: bool
    unit: str
    steps: tuple[Award, ...]


class Turn(NamedTuple):
    """Who won a seat, without the figures that it was won on.

    Attributes:
        number: the seat's number, from 1, in the order in which the units won the seats.
        winner: who won it.
        by_lot: whether a lot decided it.
    """

    number: int
    winner: str
    by_lot: bool


class Level(NamedTuple):
    """The distribution of one unit's seats to its members, as it was computed; few ask for more than the seats.

    Attributes:
        unit: the unit; the whole for the distribution to the units.
        places: the seats to award.
        won: the seats of each member, for certain.
        vacant: the seats that nobody can take.
        tie: the lot that is open, or None.
        draws: the lot that was drawn, if one was.
    """

    unit: Unit
    places: int
    won: list[int]
    vacant: int
    tie: Tie | None
    draws: tuple[Draw, ...]

    @property
    def turns(self) -> Iterator[Turn]:
        """Who of its members won which seat, in order."""
        names, drawn, left = self.unit.members, won_by_lot(self.draws), self.won.copy()
        for number, index in enumerate(in_order(DHONDT, self.unit.votes, [0] * len(left), self.won), start=1):
            left[index] -= 1
            yield Turn(number, names[index], not left[index] and names[index] in drawn)


def _given(alliances: Alliances) -> tuple[Alliance, ...]:
    """Take alliances as they come in, to be read when the lists are known."""
    return alliances  # type: ignore[return-value]  # they are when they are read


def _rules(rules: Mapping[str, str]) -> FrozenDict[str, str]:
    by_name: FrozenDict[str, str] = rules if isinstance(rules, FrozenDict) else checked_by_name(rules, "inner_rules")
    for rule in by_name.values():
        checked_rule(rule)
    return by_name


@attrs.frozen(kw_only=True)
class ProportionalCase:
    """A forholdstalsvalg with alliances; everything is checked when it is made.

    Args:
        votes: list -> votes.
        seats: the seats to award.
        alliances: as for :func:`proportional_election`; kept as :class:`Alliance` values, the outermost ones.
        capacity: list -> the most seats it may have, or None.
        own_votes: alliance -> votes for itself and for none of its lists, which count where it is a unit, but not
            inside it.
        rule: the rule of the law map under which a lot among the units would be drawn; empty outside any law.
        inner_rules: alliance -> the rule for lots inside it, where that is another.
        body: the council or the other body whose seats they are, for the places of lots.
        when: the election year or day whose law it is.
        counted: how far the votes are counted; None where they are final.

    Attributes:
        units: the alliances, and the lists that are in none, each where its first list stands.

    Raises:
        VoteError: as for :func:`proportional_election`.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    seats: int = attrs.field(converter=checked_seats)
    alliances: tuple[Alliance, ...] = attrs.field(default=(), converter=_given)
    capacity: Mapping[str, int] | None = None
    own_votes: FrozenDict[str, int] = attrs.field(default=FrozenDict())
    rule: str = attrs.field(default="", converter=checked_rule)
    inner_rules: FrozenDict[str, str] = attrs.field(default=FrozenDict(), converter=_rules)
    body: str = ""
    when: When = None
    counted: Counted | None = None
    units: "tuple[str | Alliance, ...]" = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        units = checked_units(self.alliances, self.votes) if self.alliances != () else tuple(self.votes)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "alliances", alliances_of(units))
        if self.capacity is not None:
            object.__setattr__(self, "capacity", checked_counts(self.capacity, "capacity", known=self.votes) or None)
        if self.own_votes:
            known = {alliance.name: 0 for alliance in every_alliance(units)}
            own = checked_counts(self.own_votes, "own_votes", known=known, among="alliances")
            object.__setattr__(self, "own_votes", own)

    @property
    def distribution(self) -> "ProportionalCase":
        """The distribution itself, as every case has it whose seats go to lists in proportion to their votes."""
        return self

    @property
    def tree(self) -> Unit:
        """The whole election with its votes and limits, and in it the units, and so on inward."""
        return tree_of(self.units, self.votes, self.capacity, self.seats, self.own_votes)

    def votes_of(self, unit: str | Alliance) -> int:
        """Give the votes that a list or an alliance has as a unit, those for itself and for none of its lists included.

        Raises:
            VoteError: no such list stands.

        >>> case = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).case
        >>> [case.votes_of(unit) for unit in case.units]
        [66, 34]
        """
        if isinstance(unit, str):
            return self.votes[checked_known("unit", unit, self.votes)]
        return sum(map(self.votes_of, unit.members)) + self.own_votes.get(unit.name, 0)

    def settled(self, urn: Urn) -> "ProportionalElection":
        """Distribute the seats to the units, then inside each, with the lots from ``urn``."""
        seats = dict.fromkeys(self.votes, 0)
        levels: list[Level] = []
        ties: list[Tie] = []
        uncertain = 0
        # Where a lot between some units is open, how many seats each of them gets is not known yet, and so no lot
        # inside them is open yet: they are distributed with what is certain, and without draws, from no urn.
        waiting: list[tuple[Unit, int, Urn | None]] = [(self.tree, self.seats, urn)]
        for unit, places, source in waiting:  # which grows as it goes, so that lots come outermost first
            name, members, votes, rooms, inner = unit  # at once, which is quicker than one by one
            won, equal, lot, vacant = DHONDT.division(votes, places, None, rooms)
            tie: Tie | None = None
            draws: tuple[Draw, ...] = ()
            if equal:
                full = _full(unit, won, equal[0])
                tie, draws = settle_last(members, won, equal, lot, source, partial(self._tie, name), full)
                if tie:
                    uncertain += tie.places
                    if source:
                        ties.append(tie)
            levels.append(Level(unit, places, won, vacant, tie, draws))
            for member, count in zip(members, won):  # noqa: B905 - as many by their making; to count them again costs time
                if member in inner:
                    waiting.append((inner[member], count, None if tie and member in tie.among else source))
                else:
                    seats[member] = count
        return ProportionalElection(
            seats=FrozenDict(seats), levels=tuple(levels), ties=tuple(ties), open=uncertain, draws=urn.drawn, case=self
        )

    def _tie(self, unit: str, places: int, among: tuple[str, ...]) -> Tie:
        return Tie(places, among, self._rule(unit), self._place(unit), self.when)

    def _rule(self, unit: str) -> str:
        return self.inner_rules.get(unit, self.rule)

    def _place(self, unit: str) -> Place:
        """Say where a lot stands."""
        return Place(Where.ALLIANCE, unit, self.body) if unit else Place(Where.UNITS, "", self.body)

    def allocation(self, level: Level) -> Allocation[DivisorCase]:
        """Give the distribution at one level as one by d'Hondt."""
        unit, places, won, vacant, tie, draws = level
        case = DivisorCase(
            divisors=DHONDT,
            votes=dict(zip(unit.members, unit.votes, strict=True)),
            seats=places,
            capacity={name: room for name, room in unit.limits() if room <= self.seats} or None,
            rule=self._rule(unit.name),
            place=self._place(unit.name),
            when=self.when,
        )
        seats = FrozenDict(zip(unit.members, won, strict=True))
        return Allocation(seats=seats, tie=tie, vacant=vacant, draws=draws, case=case)

    def awards(self, election: "ProportionalElection") -> tuple[UnitAward, ...]:
        """Give the seats in the order in which the units won them."""
        each = {"": election.units.awards} | {name: inner.awards for name, inner in election.inner.items()}
        return tuple(
            UnitAward(
                steps[0].number,
                last.winner,
                last.votes,
                last.divisor,
                last.quotient,
                any(map(_by_lot, steps)),
                steps[0].winner,
                steps,
            )
            for steps in _paths(self.tree, each)
            for last in steps[-1:]
        )


def _full(unit: Unit, won: list[int], equal: int) -> list[str]:
    """Give the members who have no room left, and a next quotient that is equal to that of another (KRVL-81-ONE).

    By the words of KRVL § 81 they take part in the lot, and what they win is transferred; see :func:`.settle_last`.
    """
    votes, divisor = unit.votes[equal], won[equal] + 1
    return [
        name
        for name, count, seats, room in zip(unit.members, unit.votes, won, unit.rooms or (), strict=False)
        if seats == room and count * divisor == votes * (seats + 1)
    ]


Step = TypeVar("Step", bound=Award | Turn)

_by_lot = attrgetter("by_lot")


def _paths(unit: Unit, steps: Mapping[str, Iterable[Step]]) -> Iterator[tuple[Step, ...]]:
    """Give, for each seat, who won it from this level inward; seats whose list is not certain are left out.

    The k-th seat of a unit is the k-th seat of its inner distribution (KRVL-81-2).
    """
    within: dict[str, dict[int, tuple[Step, ...]]] = {
        name: {path[0].number: path for path in _paths(inner, steps)} for name, inner in unit.inner.items()
    }
    won: dict[str, int] = {}
    for step in steps[unit.name]:
        name = step.winner
        if name not in within:
            yield (step,)
            continue
        won[name] = won.get(name, 0) + 1
        if won[name] in within[name]:
            yield (step, *within[name][won[name]])


@attrs.frozen(kw_only=True)
class ProportionalElection(Result):
    """A forholdstalsvalg: seats awarded + places open + vacant = seats to award.

    Attributes:
        seats: list -> seats, for every list in the order of the votes; only what no open lot can change.
        ties: every lot that is open now, outermost first. A lot inside a unit whose own number of seats depends
            on an open lot is not open yet.
        open: how many seats are not certain, since they depend on lots that are or may come to be open.
        draws: the lots that were drawn for it.
        case: everything that was given.
    """

    seats: Mapping[str, int]
    _levels: tuple[Level, ...] = attrs.field(repr=False, eq=False)  # the case and the draws say all of it
    ties: tuple[Tie, ...]
    open: int
    draws: tuple[Draw, ...] = attrs.field(repr=False)
    case: ProportionalCase = attrs.field(repr=False)

    @property
    def units(self) -> Allocation[DivisorCase]:
        """The distribution to the units."""
        return self.case.allocation(self._levels[0])

    @property
    def inner(self) -> Mapping[str, Allocation[DivisorCase]]:
        """Alliance -> the distribution inside it."""
        return FrozenDict({level.unit.name: self.case.allocation(level) for level in self._levels[1:]})

    @property
    def unit_seats(self) -> Mapping[str, int]:
        """Alliance or single list -> seats in the distribution to the units."""
        return self.units.seats

    @property
    def vacant(self) -> int:
        """Seats that nobody can take."""
        return self._levels[0].vacant

    @property
    def possible(self) -> Mapping[str, int]:
        """List -> the most seats that it can come to have, however the open lots fall; those drawn are settled.

        >>> votes, allied = {"A": 1, "B": 1, "C": 1, "D": 1}, [["A", "B"], ["C", "D"]]
        >>> proportional_election(votes, 2, alliances=allied, lots=[Draw(["A", "B"], ["A"])]).possible
        {'A': 1, 'B': 0, 'C': 1, 'D': 1}
        """
        if self.complete:
            return self.seats
        levels = {level.unit.name: level for level in self._levels}

        def award(unit: Unit, places: int) -> Division:
            """Give what was computed, with the lots that were drawn; another number of seats is distributed anew."""
            level = levels[unit.name]
            if level.places != places:
                return unit.award(places)
            among = level.tie.among if level.tie else ()
            return level.won, [at for at, name in enumerate(unit.members) if name in among], 0, 0

        reached = attained(self._levels[0].unit, {self.case.seats}, award)
        return FrozenDict({name: max(reached[name]) for name in self.seats})

    @property
    def awards(self) -> tuple[UnitAward, ...]:
        """The seats whose list is certain, in the order in which the units won them, each with its number.

        >>> election = proportional_election({"A": 40, "C": 34, "F": 26}, 3, alliances=[["A", "F"]])
        >>> for award in election.awards:
        ...     print(award.number, award.unit, award.winner, award.steps[0].quotient, award.quotient)
        1 A+F A 66 40
        2 C C 34 34
        3 A+F F 33 26
        """
        return self.case.awards(self)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The seats whose list is certain, in order, without the figures that they were won on.

        >>> proportional_election({"A": 40, "C": 34, "F": 26}, 3, alliances=[["A", "F"]]).turns[2]
        Turn(number=3, winner='F', by_lot=False)
        """
        each = {level.unit.name: level.turns for level in self._levels}
        return tuple(
            [
                Turn(steps[0].number, steps[-1].winner, any(map(_by_lot, steps)))
                for steps in _paths(self._levels[0].unit, each)
            ]
        )

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible final seats mapping with its exact probability, all lots drawn.

        Args:
            most: how many ways the lots may fall in before it is refused to follow them all.

        Raises:
            LotError: there are more.

        >>> election = proportional_election({"A": 1, "B": 1, "C": 2}, 1, alliances=[["A", "B"]])
        >>> for seats, probability in election.outcomes():
        ...     print(seats, probability)
        {'A': 1, 'B': 0, 'C': 0} 1/4
        {'A': 0, 'B': 1, 'C': 0} 1/4
        {'A': 0, 'B': 0, 'C': 1} 1/2
        """
        return outcomes_of(self.case, self.draws, most=most)
