"""How firm a distribution of seats is: the votes that it hangs on, list by list and from list to list.

All numbers are exact. They ask for the fewest votes with which something is another way *for certain*, and apart
from that for the number with which a *lot* decides. Where a lot is open as things stand, "has" means what is
certain however it falls.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from operator import lt

import attrs

from kommunalvalg.analysis.cases import (
    AboutElection,
    Contested,
    Row,
    Standing,
    checked_key,
    distribution_of,
    standing_of,
)
from kommunalvalg.analysis.ladder import Ladder, Ladders
from kommunalvalg.errors import shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.methods.units import Path, Unit, paths_of
from kommunalvalg.results import Result

__all__ = [
    "LastSeat",
    "ListMargin",
    "Margin",
    "Margins",
    "MarginsCase",
    "Move",
    "SeatMargin",
    "last_seat",
    "margin_of",
    "margins",
]


@attrs.frozen(kw_only=True)
class Margin:
    """The votes between what is and what could be; None where no number of votes leads there.

    Attributes:
        to_lot: the fewest votes more with which a lot decides on one more; 0 while such a lot is open. None
            where the votes pass from no to yes without a lot between.
        to_win: the fewest votes more with which one more is won for certain.
        to_risk: the fewest votes fewer with which a lot decides whether one is lost; None as for ``to_lot``.
        to_lose: the fewest votes fewer with which one is lost for certain.
    """

    to_lot: int | None
    to_win: int | None
    to_risk: int | None
    to_lose: int | None


@attrs.frozen(kw_only=True)
class ListMargin(Margin):
    """How many votes a list is from one seat more and from one fewer, all other lists keeping their votes.

    Attributes:
        key: the list.
        votes: its votes.
        seats: its seats, as far as they are certain; the margins are from these to one more and one fewer.
        most: the seats that it can come to have.
        wins_from: the lists that have fewer seats for certain, when it has ``to_win`` votes more; of several, a lot
            decides which of them loses.
        loses_to: the lists that can have more seats, when it has ``to_lose`` votes fewer.
    """

    key: str
    votes: int
    seats: int
    most: int
    wins_from: tuple[str, ...]
    loses_to: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Move:
    """Votes that were cast for one list and are cast for another.

    Attributes:
        source: the list that has fewer.
        target: the list that has more.
        to_lot: the fewest votes with which a lot decides somebody's seats; 0 while a lot between quotients is
            open, and None where none comes before ``to_change``.
        to_change: the fewest votes with which the seats are others for certain than they are, or can be as an
            open lot falls; None where all the votes of the source do not suffice.
    """

    source: str
    target: str
    to_lot: int | None
    to_change: int | None


@attrs.frozen
class LastSeat:
    """Who took the last seat, and who is next.

    Attributes:
        number: the seat's number; smaller than the seats to award, where seats are vacant.
        holders: the list that has it; several where a lot decides, or where they hold it and the seats before it
            on equal quotients.
        quotient: what the holder, or its alliance, won it on; None where nobody has a seat.
        next: the list that would have had one seat more; several where that would have been by lot, or is by
            the lot that is open; none where nobody has room.
        next_quotient: the quotient of the next list, or of its alliance.
    """

    number: int
    holders: tuple[str, ...]
    quotient: Fraction | None
    next: tuple[str, ...]
    next_quotient: Fraction | None


@attrs.frozen
class SeatMargin:
    """One seat, and the votes that it hangs on.

    Attributes:
        number: the seat's number, in the order in which the units won the seats.
        key: the list that has it.
        place: which of the list's seats it is, from 1.
        quotient: the list's quotient where it won the seat.
        to_risk: the fewest votes fewer for the list with which a lot decides whether it still has so many seats.
        to_lose: the fewest votes fewer with which it has not; None where no number of votes leads there.
    """

    number: int
    key: str
    place: int
    quotient: Fraction | None
    to_risk: int | None
    to_lose: int | None


@attrs.frozen(kw_only=True)
class MarginsCase(AboutElection):
    """The question what a distribution of seats hangs on.

    Args:
        election: the election, or its result.

    Raises:
        VoteError: it is none.
    """

    def settled(self, _urn: Urn) -> "Margins":
        """Compute the margins; a question has no lots."""
        case = self.election
        standing, ladders = standing_of(case), Ladders(case)
        lists = {key: _list_margin(case, standing, ladders.of(key), key) for key in case.votes}
        return Margins(lists=FrozenDict(lists), moves=tuple(_moves(case, standing)), last=_last_seat(case), case=self)


@attrs.frozen(kw_only=True)
class Margins(Result):
    """What a distribution of seats hangs on.

    Attributes:
        lists: key -> how far the list is from one seat more and one fewer, in the order of the votes.
        moves: for each two lists the fewest votes that change the seats, when cast for the one and not the other.
        last: who took the last seat, and who is next.
        case: what was asked about.
    """

    lists: Mapping[str, ListMargin] = attrs.field(repr=shown)
    moves: tuple[Move, ...] = attrs.field(repr=False)
    last: LastSeat
    case: MarginsCase = attrs.field(repr=False)

    @property
    def seats(self) -> tuple[SeatMargin, ...]:
        """Every seat that is certain, by its number, and the votes that it hangs on.

        >>> from kommunalvalg import proportional_election
        >>> for seat in margins(proportional_election({"A": 40, "C": 34, "F": 26}, 5)).seats[-2:]:
        ...     print(seat.number, seat.key, seat.place, seat.to_lose)
        4 A 2 15
        5 C 2 8
        """
        election = self.case.election
        ladders = Ladders(election)
        own = {key: ladders.of(key) for key in election.votes}
        places = dict.fromkeys(election.votes, 0)
        seats = []
        for award in election.settled(Urn()).awards:
            key, votes = award.winner, election.votes[award.winner]
            places[key] += 1
            risk, lose = own[key].certain(places[key]), own[key].possible(places[key])
            seats.append(
                SeatMargin(
                    number=award.number,
                    key=key,
                    place=places[key],
                    quotient=award.quotient,
                    to_risk=votes + 1 - risk if risk and risk != lose else None,
                    to_lose=votes + 1 - lose if lose else None,
                )
            )
        return tuple(seats)

    def seat_rows(self) -> tuple[Row, ...]:
        """Give a line for each seat that is certain; what no number of votes leads to is None."""
        return tuple(
            {
                "number": seat.number,
                "list": seat.key,
                "place": seat.place,
                "quotient": None if seat.quotient is None else float(seat.quotient),
                "to_risk": seat.to_risk,
                "to_lose": seat.to_lose,
            }
            for seat in self.seats
        )

    @property
    def fewest_moved(self) -> tuple[Move, ...]:
        """The moves that change the seats with the fewest votes."""
        fewest = min((move.to_change for move in self.moves if move.to_change is not None), default=None)
        return tuple(move for move in self.moves if move.to_change is not None and move.to_change == fewest)

    @property
    def closest(self) -> tuple[ListMargin, ...]:
        """The lists that need the fewest votes more for one more seat."""
        fewest = min((margin.to_win for margin in self.lists.values() if margin.to_win is not None), default=None)
        return tuple(margin for margin in self.lists.values() if margin.to_win == fewest and fewest is not None)

    def of(self, key: str) -> ListMargin:
        """Give the margins of one list.

        Raises:
            VoteError: no such list stands.
        """
        return self.lists[checked_key(key, self.lists)]

    def move(self, source: str, target: str) -> Move:
        """Give the fewest votes that change the seats, moved from one list to another.

        Raises:
            VoteError: no such list stands, or both are one.
        """
        source = checked_key(source, self.lists, "source")
        others = [key for key in self.lists if key != source]
        target = checked_key(target, dict.fromkeys(others), "target")
        return next(move for move in self.moves if (move.source, move.target) == (source, target))

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list; what no number of votes leads to is None."""
        return tuple(
            {
                "list": margin.key,
                "votes": margin.votes,
                "seats": margin.seats,
                "most": margin.most,
                "to_lot": margin.to_lot,
                "to_win": margin.to_win,
                "wins_from": ", ".join(margin.wins_from),
                "to_risk": margin.to_risk,
                "to_lose": margin.to_lose,
                "loses_to": ", ".join(margin.loses_to),
            }
            for margin in self.lists.values()
        )


def margins(election: Contested) -> Margins:
    """Say how many votes the seats of an election hang on.

    The margins are on the lists' own votes: whether a vote is given to the list or to one of its candidates makes
    no difference here (KRVL-74), but does for who is elected: :mod:`.candidates`.

    Args:
        election: a council election or its result; or a ``proportional_election``, for plain votes with alliances of
            any depth and capacities.

    Raises:
        VoteError: it is something else.
        LotError: so many lots are open that not every way they can fall is followed.

    >>> from kommunalvalg import proportional_election
    >>> found = margins(proportional_election({"A": 40, "C": 34, "F": 26}, 5))
    >>> found.last
    LastSeat(number=5, holders=('C',), quotient=Fraction(17, 1), next=('A',), next_quotient=Fraction(40, 3))
    """
    return settle(MarginsCase(election=election))


def margin_of(election: Contested, key: str) -> ListMargin:
    """Give the margins of one list, without those of the others.

    Raises:
        VoteError: it is no election, or no such list stands.

    >>> from kommunalvalg import proportional_election
    >>> margin_of(proportional_election({"A": 40, "C": 34, "F": 26}, 5), "A").to_win
    12
    """
    case = distribution_of(election)
    key = checked_key(key, case.votes)
    return _list_margin(case, standing_of(case), Ladders(case).of(key), key)


def last_seat(election: Contested) -> LastSeat:
    """Say who took the last seat, and who is next, without the margins.

    Raises:
        VoteError: it is no election.

    >>> from kommunalvalg import proportional_election
    >>> last_seat(proportional_election({"A": 40, "C": 34, "F": 26}, 5)).holders
    ('C',)
    """
    return _last_seat(distribution_of(election))


def _list_margin(case: ProportionalCase, standing: Standing, ladder: Ladder, key: str) -> ListMargin:
    votes, seats = case.votes[key], standing.certain[key]
    lot, win = ladder.possible(seats + 1), ladder.certain(seats + 1)
    risk, lose = ladder.certain(seats), ladder.possible(seats)
    wins_from: list[str] = []
    loses_to: list[str] = []
    if win is not None:
        then = standing_of(case, votes={key: win}).certain
        wins_from = [other for other, before in standing.certain.items() if then[other] < before]
    if lose:
        then = standing_of(case, votes={key: lose - 1}).possible
        loses_to = [other for other, before in standing.possible.items() if then[other] > before]
    return ListMargin(
        to_lot=None if lot is None or lot == win else max(0, lot - votes),
        to_win=None if win is None else win - votes,
        to_risk=votes + 1 - risk if risk and risk != lose else None,
        to_lose=votes + 1 - lose if lose else None,
        key=key,
        votes=votes,
        seats=seats,
        most=standing.possible[key],
        wins_from=tuple(wins_from),
        loses_to=tuple(loses_to),
    )


def _last_seat(case: ProportionalCase) -> LastSeat:
    tree = case.tree
    number = case.seats - tree.award(case.seats)[3]
    return LastSeat(number, *_seat(tree, number), *_seat(tree, number + 1))


def _seat(unit: Unit, number: int) -> tuple[tuple[str, ...], Fraction | None]:
    """Say which lists have, or by lot may have, a seat of a unit by its number, and on which quotient."""
    if not number:
        return (), None
    before, (after, among, _, _) = unit.award(number - 1)[0], unit.award(number)
    lists: list[str] = []
    quotient = None
    for at, member in enumerate(unit.members):
        own = after[at] + (at in among)
        if own > before[at]:
            lists += _seat(unit.inner[member], own)[0] if member in unit.inner else (member,)
            quotient = Fraction(unit.votes[at], own)
    return tuple(lists), quotient


def _moves(case: ProportionalCase, standing: Standing) -> Iterator[Move]:
    """Find for each two lists the fewest votes that change the seats, when moved from one to the other."""
    if standing.complete:
        outcomes: list[Mapping[str, int]] = [standing.certain]
    else:
        outcomes = [outcome.seats for outcome in case.settled(Urn()).outcomes()]
    tree = case.tree
    paths = paths_of(tree)
    cones = [_Cone(case, tree, paths, outcome) for outcome in outcomes]
    for source, target in permutations(case.votes, 2):
        ends = [cone.ends(source, target) for cone in cones]
        changes = [change for _, change in ends if change is not None]
        change = max(changes) if len(changes) == len(ends) else None
        lot = 0 if len(cones) > 1 else ends[0][0]
        before = None if lot is None or lot == change else lot
        yield Move(source=source, target=target, to_lot=before, to_change=change)


@attrs.frozen
class _Level:
    """The members of one unit, as one distribution has them.

    A distribution is d'Hondt's as long as no next quotient, of a member that has room, is larger than a last one:
    votes_i / seats_i >= votes_j / (seats_j + 1). For another member than one's own, the largest of the next quotients
    decides, or the smallest of the last: so of each the first two are kept.

    Attributes:
        votes: the votes of each.
        seats: the seats of each.
        rooms: the most seats of each, or None.
        next: (votes, seats + 1, index) of the two largest next quotients of members with room.
        last: (votes, seats, index) of the two smallest last quotients.
    """

    votes: list[int]
    seats: list[int]
    rooms: list[int] | None
    next: list[tuple[int, int, int]]
    last: list[tuple[int, int, int]]

    @classmethod
    def of(cls, unit: Unit, seats: list[int]) -> "_Level":
        has_room = [True] * len(seats) if unit.rooms is None else list(map(lt, seats, unit.rooms))
        ahead = [(votes, own + 1, at) for at, (votes, own) in enumerate(zip(unit.votes, seats, strict=True))]
        following = [each for each in ahead if has_room[each[2]]]
        following.sort(key=lambda each: Fraction(each[0], each[1]), reverse=True)
        last = [(votes, own - 1, at) for votes, own, at in ahead if own > 1]
        last.sort(key=lambda each: Fraction(each[0], each[1]))
        return cls(unit.votes, seats, unit.rooms, following[:2], last[:2])

    def fall(self, one: int) -> Iterator[tuple[int, int]]:
        """Say how far the last quotient of a member is ahead of the others' next, and how fast that falls."""
        if self.seats[one]:
            for votes, further, _ in [each for each in self.next if each[2] != one][:1]:
                yield self.votes[one] * further - votes * self.seats[one], further

    def rise(self, other: int, more: int) -> Iterator[tuple[int, int]]:
        """Say how far the next quotient of a member, with so much more room, is behind the others' last."""
        if self.has_room(other, more):
            for votes, seats, _ in [each for each in self.last if each[2] != other][:1]:
                yield votes * (self.seats[other] + 1) - self.votes[other] * seats, seats

    def between(self, one: int, other: int, more: int) -> Iterator[tuple[int, int]]:
        """Say how far the last quotient of the one is ahead of the next of the other, when votes go between them."""
        if self.seats[one] and self.has_room(other, more):
            seats, further = self.seats[one], self.seats[other] + 1
            yield self.votes[one] * further - self.votes[other] * seats, seats + further

    def opened(self, member: int, more: int) -> Iterator[tuple[int, int]]:
        """Say whether the next quotient of a member, with so much more room, is as large as a last."""
        for ahead, _ in self.rise(member, more):
            if ahead <= 0:
                yield ahead, -ahead  # with the first vote, and where they are equal by lot

    def has_room(self, member: int, more: int) -> bool:
        """Tell whether a member, with so much more room, can have another seat."""
        return self.rooms is None or self.seats[member] < self.rooms[member] + more


class _Cone:
    """The votes that lead to one distribution of the seats.

    It is linear in the votes which distribution is d'Hondt's. So along a straight line it is one up to the first vote
    at which a next quotient is larger than a last one; where two are equal, a lot decides. Only a list that comes to
    have votes, or to have none, changes who has room, and so the cone.
    """

    def __init__(
        self, case: ProportionalCase, tree: Unit, paths: Mapping[str, Path], outcome: Mapping[str, int]
    ) -> None:
        self._case = case
        self._paths = paths
        self._outcome = outcome
        self._levels: dict[str, _Level] = {}
        self._seat(tree)
        self._vacant = sum(outcome.values()) < case.seats

    def _seat(self, unit: Unit) -> int:
        """Add up the seats of each member of a unit, and give their sum."""
        seats = [
            self._seat(unit.inner[member]) if member in unit.inner else self._outcome[member] for member in unit.members
        ]
        self._levels[unit.name] = _Level.of(unit, seats)
        return sum(seats)

    def ends(self, source: str, target: str) -> tuple[int | None, int | None]:
        """Give the fewest moved votes with which a lot decides, or the distribution is another for certain."""
        most, seated = self._case.votes[source], self._outcome[source]
        if not most:
            return None, None
        more = self._more_room(target)
        ahead = [(0, 1)] if more and self._vacant else list(self._ahead(source, target, more))
        lots = [max(1, -(-votes // falls)) for votes, falls in ahead if falls] + [1 for _, falls in ahead if not falls]
        changes = [max(1, votes // falls + 1) for votes, falls in ahead if falls]
        lot, change = min(lots, default=most + 1), min(changes, default=most + 1)
        if seated:  # the last vote takes the seats of the source, whatever the quotients are
            return lot if lot < most else None, min(change, most)
        return lot if lot <= most else None, change if change <= most else None

    def _more_room(self, target: str) -> int:
        """Give how many seats more its alliances have room for when a list that has no votes gets one."""
        limits: Mapping[str, int] = self._case.capacity or {}
        return 0 if self._case.votes[target] else limits.get(target, self._case.seats)

    def _ahead(self, source: str, target: str, more: int) -> Iterator[tuple[int, int]]:
        """Give how far the last quotients that fall are ahead of the next, and by how much with each vote moved."""
        own, others = self._paths[source], self._paths[target]
        apart = next(depth for depth, (one, other) in enumerate(zip(own, others, strict=False)) if one[1] != other[1])
        for unit, at in own[:apart]:
            yield from self._levels[unit.name].opened(at, more)
        unit, at = own[apart]
        yield from self._levels[unit.name].between(at, others[apart][1], more)
        for unit, at in own[apart:]:
            yield from self._levels[unit.name].fall(at)
        for unit, at in others[apart:]:
            yield from self._levels[unit.name].rise(at, more)
