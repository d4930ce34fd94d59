"""Computations done the slow way, as the rule says it, and what of a real one they are held against.

Nothing of the library computes here: votes and names are plain values, and every lot is followed every way.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Generic, TypeAlias, TypeVar

import attrs

from kommunalvalg import Allocation, Draw
from kommunalvalg.results import Result

Figure = TypeVar("Figure", Fraction, tuple[bool, Fraction])


@attrs.frozen
class Slow(Generic[Figure]):
    """A distribution found seat by seat."""

    seats: dict[str, int]
    places: int
    among: frozenset[str]
    vacant: int
    winners: list[tuple[str, Figure]]


def places(result: Allocation) -> int:
    """Give how many places are open."""
    return result.tie.places if result.tie else 0


def among(result: Allocation) -> frozenset[str]:
    """Give who is in the open lot."""
    return frozenset(result.tie.among if result.tie else ())


# A distribution by quotients


Nested: TypeAlias = "list[str | Nested]"
"""Lists and alliances of lists, of any depth."""

Held: TypeAlias = frozenset[tuple[str, int]]
"""Seats by list."""

Own: TypeAlias = Mapping[frozenset[str], int]
"""Votes for a listeforbund itself, by its lists (KRVL § 78 until 2021)."""

NO_OWN: Own = {}


def lists_of(member: "str | Nested") -> list[str]:
    """Give the lists of a member."""
    return [member] if isinstance(member, str) else [name for inner in member for name in lists_of(inner)]


def total(votes: Mapping[str, int], member: "str | Nested", own: Own = NO_OWN) -> int:
    """Give the votes of a member, and those for the listeforbund that it is or has inside it."""
    lists = frozenset(lists_of(member))
    inside = sum(count for keys, count in own.items() if keys <= lists and not isinstance(member, str))
    return sum(votes[name] for name in lists) + inside


def distributions(
    votes: Mapping[str, int], units: Nested, seats: int, room: Mapping[str, int], own: Own = NO_OWN
) -> set[Held]:
    """Give every way in which seats can come out: one after another to the largest quotient, whichever of equal ones.

    Nobody has more seats than room, and who has no votes takes none (KRVL §§ 81-83).
    """

    def most(member: "str | Nested") -> int:
        return sum(room[name] for name in lists_of(member) if votes[name])

    ways = {(0,) * len(units)}
    for _ in range(seats):
        ways = {
            tuple(count + (at == winner) for at, count in enumerate(won))
            for won in ways
            for winner in _largest(
                {
                    at: Fraction(total(votes, unit, own), won[at] + 1)
                    for at, unit in enumerate(units)
                    if won[at] < most(unit)
                }
            )
            or [None]
        }
    ends: set[Held] = set()
    for won in ways:
        inside = [
            {frozenset({(unit, count)})} if isinstance(unit, str) else distributions(votes, unit, count, room, own)
            for unit, count in zip(units, won, strict=True)
        ]
        ends |= {frozenset().union(*parts) for parts in product(*inside)}
    return ends


def _largest(quotients: Mapping[int, Fraction]) -> list[int | None]:
    best = max(quotients.values(), default=Fraction(0))
    return [at for at, quotient in quotients.items() if quotient == best > 0]


# A council


@attrs.frozen
class Ballot:
    """A list: its candidates' personal votes in order, its list votes, and whether it is a party list."""

    personal: tuple[int, ...]
    list_votes: int
    party: bool


def councils(
    lists: Mapping[str, Ballot], units: Nested, seats: int, own: Own = NO_OWN
) -> set[frozenset[tuple[str, int]]]:
    """Give everybody who can be elected together, as list and place on it: KRVL §§ 81-86, each lot every way."""
    votes = {key: sum(its.personal) + its.list_votes for key, its in lists.items()}
    room = {key: len(its.personal) for key, its in lists.items()}
    ends: set[frozenset[tuple[str, int]]] = set()
    for won in distributions(votes, units, seats, room, own):
        chosen = [[{(key, at) for at in places} for places in elected(lists[key], count)] for key, count in won]
        ends |= {frozenset().union(*parts) for parts in product(*chosen)}
    return ends


def elected(its: Ballot, seats: int) -> list[set[int]]:
    """Give every set of places that a list's seats can go to."""
    if its.party:
        return [set(paragraph_86(list(its.personal), its.list_votes, seats)[0])] if seats else [set()]
    for least in sorted({*its.personal, 0}, reverse=True):
        above = {at for at, votes in enumerate(its.personal) if votes > least}
        level = {at for at, votes in enumerate(its.personal) if votes == least}
        if len(above) <= seats <= len(above | level):
            return [above | set(drawn) for drawn in combinations(sorted(level), seats - len(above))]
    raise AssertionError


def paragraph_86(personal: list[int], list_votes: int, seats: int) -> tuple[list[int], list[int]]:
    """Elect on a party list slowly, vote by vote and sentence by sentence as the paragraph goes."""
    # The list's votes are divided by one more than its seats; the result is raised to the next whole number.
    share = Fraction(sum(personal) + list_votes, seats + 1)
    quota = 0
    while not quota > share:
        quota += 1
    # List votes are given in the order of the list, to those who have fewer personal votes than the quota.
    total = dict(enumerate(personal))
    for place in range(len(personal)):
        while list_votes > 0 and total[place] < quota:
            total[place] += 1
            list_votes -= 1
    # Who has the quota is elected, in the order of the list.
    elected = [place for place in total if total[place] >= quota]
    others = [place for place in total if total[place] < quota]
    # The others stand by their totals; of equal ones the first on the list is first.
    ranked = []
    while others:
        best = others[0]
        for place in others:
            if total[place] > total[best]:
                best = place
        ranked.append(best)
        others.remove(best)
    while len(elected) < seats:
        elected.append(ranked.pop(0))
    return elected, ranked


# Vacancies


def order_of(its: Ballot, seats: int) -> list[list[int]]:
    """Give a list's candidates by rank, those who draw lots with each other together: KRVL § 91, stk. 2.

    A party list without a seat sends first whom one seat would elect (inferred).
    """
    if its.party:
        first, others = paragraph_86(list(its.personal), its.list_votes, max(seats, 1))
        return [[at] for at in first + others]
    ranks = sorted(set(its.personal), reverse=True)
    return [[at for at, votes in enumerate(its.personal) if votes == rank] for rank in ranks]


def entitled(
    votes: Mapping[str, int],
    members: Nested,
    held: Mapping[str, int],
    free: Mapping[str, int],
    vacant: str | None,
    own: Own = NO_OWN,
) -> set[str]:
    """Give the lists that can be next entitled to a seat: KRVL § 91, stk. 3, inside the alliance that had it first."""
    for member in members:
        if not isinstance(member, str) and vacant in lists_of(member):
            inside = entitled(votes, member, held, free, vacant, own)
            if inside:
                return inside
    quotients = {
        at: Fraction(total(votes, members[at], own), 1 + sum(held[key] for key in keys))
        for at, keys in enumerate(map(lists_of, members))
        if any(free[key] and votes[key] for key in keys)
    }
    found: set[str] = set()
    for winner in _largest(quotients):
        member = members[winner or 0]
        found |= {member} if isinstance(member, str) else entitled(votes, member, held, free, None, own)
    return found


Sits: TypeAlias = frozenset[tuple[str, int]]
"""Who sits: list, and place on it."""


def successions(
    lists: Mapping[str, Ballot], units: Nested, first: Sits, leave: Sequence[tuple[str, int]], own: Own = NO_OWN
) -> set[tuple[Sits, frozenset[tuple[str, int]]]]:
    """Give who can sit, and how many seats each list has, when members leave one after another: KRVL § 91."""
    votes = {key: sum(its.personal) + its.list_votes for key, its in lists.items()}
    seats = Counter(key for key, _ in first)
    order = {key: order_of(its, seats[key]) for key, its in lists.items()}
    ways = {(first, frozenset(first), frozenset(seats.items()))}  # who sits, who is no substitute now, seats of lists
    for person in leave:
        later = set()
        for sits, out, have in ways:
            left = sits - {person}
            free = {
                key: next((level for rank in ranks if (level := [at for at in rank if (key, at) not in out])), [])
                for key, ranks in order.items()
            }
            held = Counter(key for key, _ in left)
            vacant = person[0]
            to = (
                {vacant}
                if free[vacant]
                else entitled(votes, units, held, {key: len(level) for key, level in free.items()}, vacant, own)
            )
            later |= {
                (
                    left | {(key, at)},
                    out | {(key, at)},
                    frozenset((Counter(dict(have)) - Counter([vacant]) + Counter([key])).items()),
                )
                for key in to
                for at in free[key]
            } or {(left, out, have)}
        ways = later
    return {(sits, have) for sits, _, have in ways}


def sits_in_turn(order: Sequence[str], seats: int, happened: Sequence[tuple[str, str]]) -> set[str] | None:
    """Give who sits of a list after members and substitutes leave, are absent and return; None where that cannot be.

    Members who are there sit, and in the other seats the highest substitutes who are (KRVL § 91, KSL § 15).
    """
    gone: set[str] = set()
    absent: set[str] = set()
    sits = set(order[:seats])
    for event, person in happened:
        may = {"leaves": person in sits | absent, "absent": person in sits, "returns": person in absent}
        if not may[event]:
            return None
        absent.discard(person)
        if event != "returns":
            (gone if event == "leaves" else absent).add(person)
        there = [each for each in order if each not in gone | absent]
        members = [each for each in there if each in order[:seats]]
        sits = {*members, *[each for each in there if each not in members][: seats - len(members)]}
    return sits


# Committees


def claimed(groups: Mapping[str, int], sizes: Mapping[str, int]) -> set[tuple[Held, ...]]:
    """Give every way in which committees, and then all their seats as one, can come out: KSL §§ 24, 25 and 27."""
    room = dict.fromkeys(groups, sum(sizes.values()))
    each = [distributions(groups, list(groups), size, room) for size in sizes.values()]
    return set(product(*each, distributions(groups, list(groups), sum(sizes.values()), room)))


def passing(
    held: Mapping[str, Mapping[str, int]], under_et: Mapping[str, int], second: Sequence[str]
) -> set[frozenset[tuple[tuple[str, str, str], int]]]:
    """Give every way in which seats can pass so that each group has what it would have of all as one (KSL § 27).

    A group gives no seat that it has not, and has no second one in a committee unless it takes such.

    Args:
        held: committee -> group -> seats.
        under_et: group -> seats of all as one.
        second: the groups that take a second seat in a committee.

    Returns:
        For each way how often a committee, giver and receiver come together.
    """
    more = {group: seats - sum(its[group] for its in held.values()) for group, seats in under_et.items()}
    ways: set[tuple[tuple[str, str, str], ...]] = {()}
    for receiver, lacks in more.items():
        for _ in range(lacks):
            ways = {
                tuple(sorted((*way, (committee, giver, receiver))))
                for way in ways
                for committee, its in held.items()
                for giver, extra in more.items()
                if extra < 0
                and sum(each[1] == giver for each in way) < -extra
                and sum(each[:2] == (committee, giver) for each in way) < its[giver]
                and (receiver in second or not any((each[0], each[2]) == (committee, receiver) for each in way))
            }
    return {frozenset(Counter(way).items()) for way in ways}


# What is held against them


Settled = TypeVar("Settled", bound=Result)


def every_way(settled: Callable[[list[Draw]], Settled], most: int = 10**6) -> Iterator[Settled]:
    """Follow every way in which the open lots of a result can fall."""
    waiting: list[list[Draw]] = [[]]
    while waiting:
        result = settled(waiting.pop())
        if result.tie is None:
            yield result
            continue
        waiting += [[*result.draws, draw] for draw in result.tie.draws()]
        if len(waiting) > most:
            return
