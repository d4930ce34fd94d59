"""How firm a distribution of seats is: the votes that it hangs on, list by list and from list to list.

All numbers are exact. They ask for the fewest votes with which something is another way *for certain*, and apart
from that for the number with which a *lot* decides. Where a lot is open as things stand, "has" means what is
certain however it falls.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations

import attrs

from kommunalvalg.analysis.cases import (
    Contested,
    Row,
    Standing,
    Unit,
    checked_key,
    distribute,
    distribution_of,
    standing_of,
    tree_of,
    with_votes,
)
from kommunalvalg.analysis.ladder import Ladder
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn
from kommunalvalg.methods.alliances import ProportionalCase

__all__ = ["LastSeat", "ListMargin", "Margin", "Margins", "Move", "margins"]


@attrs.frozen
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


@attrs.frozen
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


@attrs.frozen
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
class Margins:
    """What a distribution of seats hangs on.

    Attributes:
        lists: key -> how far the list is from one seat more and one fewer, in the order of the votes.
        moves: for each two lists the fewest votes that change the seats, when cast for the one and not the other.
        last: who took the last seat, and who is next.
        case: what was asked about.
    """

    lists: Mapping[str, ListMargin]
    moves: tuple[Move, ...]
    last: LastSeat
    case: ProportionalCase = attrs.field(repr=False)

    @property
    def fewest_moved(self) -> tuple[Move, ...]:
        """The moves that change the seats with the fewest votes."""
        fewest = min((move.to_change for move in self.moves if move.to_change is not None), default=None)
        return tuple(move for move in self.moves if move.to_change is not None and move.to_change == fewest)

    @property
    def closest(self) -> tuple[ListMargin, ...]:
        """The lists that need the fewest votes more for one more seat."""
        fewest = min((its.to_win for its in self.lists.values() if its.to_win is not None), default=None)
        return tuple(its for its in self.lists.values() if its.to_win is not None and its.to_win == fewest)

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
                "list": its.key,
                "votes": its.votes,
                "seats": its.seats,
                "most": its.most,
                "to_lot": its.to_lot,
                "to_win": its.to_win,
                "wins_from": ", ".join(its.wins_from),
                "to_risk": its.to_risk,
                "to_lose": its.to_lose,
                "loses_to": ", ".join(its.loses_to),
            }
            for its in self.lists.values()
        )


def margins(asked: Contested) -> Margins:
    """Say how many votes the seats of an election hang on.

    The margins are on the lists' own votes: whether a vote is given to the list or to one of its candidates makes
    no difference here (KRVL-74), but does for who is elected: :mod:`.candidates`.

    Args:
        asked: a council election or its result; or a ``proportional_election``, for plain votes with alliances of
            any depth and capacities.

    Raises:
        VoteError: it is something else.
        LotError: so many lots are open that not every way they can fall is followed.

    >>> from kommunalvalg import proportional_election
    >>> found = margins(proportional_election({"A": 40, "C": 34, "F": 26}, 5))
    >>> found.last
    LastSeat(number=5, holders=('C',), quotient=Fraction(17, 1), next=('A',), next_quotient=Fraction(40, 3))
    """
    contest = distribution_of(asked)
    standing = standing_of(contest)
    lists = {key: _list_margin(contest, standing, key) for key in contest.votes}
    return Margins(FrozenDict(lists), tuple(_moves(contest, standing)), _last_seat(contest), contest)


def _list_margin(contest: ProportionalCase, standing: Standing, key: str) -> ListMargin:
    ladder = Ladder(contest, key)
    votes, seats = contest.votes[key], standing.certain[key]
    lot, win = ladder.possible(seats + 1), ladder.certain(seats + 1)
    risk, lose = ladder.certain(seats), ladder.possible(seats)
    wins_from: list[str] = []
    loses_to: list[str] = []
    if win is not None:
        then = standing_of(with_votes(contest, {key: win})).certain
        wins_from = [other for other, before in standing.certain.items() if then[other] < before]
    if lose:
        then = standing_of(with_votes(contest, {key: lose - 1})).possible
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


def _last_seat(contest: ProportionalCase) -> LastSeat:
    tree = tree_of(contest)
    number = contest.seats - distribute(tree, contest.seats, contest).vacant
    return LastSeat(number, *_seat(tree, number, contest), *_seat(tree, number + 1, contest))


def _seat(unit: Unit, number: int, contest: ProportionalCase) -> tuple[tuple[str, ...], Fraction | None]:
    """Say which lists have, or by lot may have, a seat of a unit by its number, and on which quotient."""
    if not unit.members:
        return (unit.name,), None
    if not number:
        return (), None
    before, after = distribute(unit, number - 1, contest), distribute(unit, number, contest)
    among = after.tie.among if after.tie else ()
    lists: list[str] = []
    quotient = None
    for member in unit.members:
        own = after.seats[member.name] + (member.name in among)
        if own > before.seats[member.name]:
            lists += _seat(member, own, contest)[0]
            quotient = Fraction(member.votes(contest), own)
    return tuple(lists), quotient


def _moves(contest: ProportionalCase, standing: Standing) -> Iterator[Move]:
    """Find for each two lists the fewest votes that change the seats, when moved from one to the other."""
    if standing.complete:
        outcomes: list[Mapping[str, int]] = [standing.certain]
    else:
        outcomes = [outcome.seats for outcome in contest.settled(Urn()).outcomes()]
    cones = [_Cone(contest, outcome) for outcome in outcomes]
    for source, target in permutations(contest.votes, 2):
        ends = [cone.ends(source, target) for cone in cones]
        changes = [change for _, change in ends if change is not None]
        change = max(changes) if len(changes) == len(ends) else None
        votes = contest.votes[source]
        if change is None and votes:
            # The last vote takes the source out of the contest.
            after = with_votes(contest, {source: 0, target: contest.votes[target] + votes})
            last = [_Cone(after, cone.outcome).holds() for cone in cones]
            if all(state is False for state in last):
                change = votes
            if last == [None]:
                ends = [(min(votes, lot or votes), None) for lot, _ in ends]
        lot = 0 if len(cones) > 1 else ends[0][0]
        yield Move(source, target, None if lot is None or lot == change else lot, change)


class _Cone:
    """The votes that lead to one distribution of the seats.

    A distribution is d'Hondt's as long as, among the members of each unit, no next quotient is larger than a last
    one: votes_i / seats_i >= votes_j / (seats_j + 1), where j has room. That is linear in the votes. So along a
    straight line it is one up to the first vote at which one of these fails; where two sides are equal, a lot
    decides. Only a list that comes to have votes, or to have none, changes who has room, and so the cone.
    """

    def __init__(self, contest: ProportionalCase, outcome: Mapping[str, int]) -> None:
        self.case = contest
        self.outcome = outcome
        tree = tree_of(contest)
        self.units = (tree, *tree.alliances())
        self.seats = {unit.name: sum(outcome[key] for key in unit.lists) for unit in self._all()}
        self.votes = {unit.name: unit.votes(contest) for unit in self._all()}
        self.rooms = {unit.name: unit.room(contest) for unit in self._all()}

    def _all(self) -> Iterator[Unit]:
        yield self.units[0]
        for unit in self.units:
            yield from unit.members

    def holds(self) -> bool | None:
        """Say whether the votes lead to the distribution: True, False, or None where a lot decides."""
        if any(seats and not self.votes[name] for name, seats in self.seats.items()) or self._vacant(self.rooms):
            return False
        least = min(
            (
                self.votes[one.name] * (self.seats[other.name] + 1) - self.votes[other.name] * self.seats[one.name]
                for unit in self.units
                for one, other in permutations(unit.members, 2)
                if self.seats[one.name] and self._has_room(other, self.rooms)
            ),
            default=1,
        )
        return None if least == 0 else least > 0

    def ends(self, source: str, target: str) -> tuple[int | None, int | None]:
        """Give the fewest moved votes with which a lot decides, or the distribution is another for certain.

        Only moves are looked at that leave the source a vote.
        """
        most = self.case.votes[source]
        rooms = self.rooms
        if not self.case.votes[target]:
            voting = with_votes(self.case, {target: 1})
            rooms = {unit.name: unit.room(voting) for unit in self._all()}
        if self._vacant(rooms):
            lot = change = 1
        else:
            steps = [self._steps(one, other, rooms, source, target) for one, other in self._touched(source, target)]
            lot = min((lot for lot, _ in steps), default=most)
            change = min((change for _, change in steps), default=most)
        return lot if lot < most else None, change if change < most else None

    def _vacant(self, rooms: Mapping[str, int | None]) -> bool:
        """Tell whether seats are vacant that somebody has room for."""
        whole = self.units[0]
        return self.seats[whole.name] < self.case.seats and self._has_room(whole, rooms)

    def _has_room(self, unit: Unit, rooms: Mapping[str, int | None]) -> bool:
        room = rooms[unit.name]
        return room is None or self.seats[unit.name] < room

    def _touched(self, source: str, target: str) -> Iterator[tuple[Unit, Unit]]:
        """Give the pairs of a unit's members of which one is concerned by the move."""
        for unit in self.units:
            if source in unit.lists or target in unit.lists:
                for one, other in permutations(unit.members, 2):
                    if not {source, target}.isdisjoint((*one.lists, *other.lists)):
                        yield one, other

    def _steps(
        self, one: Unit, other: Unit, rooms: Mapping[str, int | None], source: str, target: str
    ) -> tuple[int, int]:
        """Give the fewest votes with which the next quotient of the other reaches, and passes, the last of the one.

        As many votes as the source has, where it does not.
        """
        never = self.case.votes[source]
        seats, further = self.seats[one.name], self.seats[other.name] + 1
        if not seats or not self._has_room(other, rooms):
            return never, never
        ahead = self.votes[one.name] * further - self.votes[other.name] * seats
        falls = ((source in one.lists) - (target in one.lists)) * further
        falls += ((target in other.lists) - (source in other.lists)) * seats
        if falls <= 0:
            return (1 if ahead <= falls else never), (1 if ahead < falls else never)
        return max(1, -(-ahead // falls)), max(1, ahead // falls + 1)
