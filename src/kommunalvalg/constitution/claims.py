"""The claims of § 27 (suppleringsreglen): every way to place the seats that pass, and carrying one out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, combinations_with_replacement
from typing import NamedTuple

import attrs

from kommunalvalg.constitution.committees import Claim, Committees, ExtraMembers, Transfer
from kommunalvalg.lots import settle
from kommunalvalg.votes import checked_names

__all__ = ["Placement", "apply_claims", "placements"]


@attrs.frozen
class Placement:
    """One way to place all the seats that may be claimed (KSL-27).

    Attributes:
        transfers: the seats that pass, one by one.
        restores: who would lose a majority by it, and how many members they may add to keep it.
    """

    transfers: tuple[Transfer, ...]
    restores: tuple[ExtraMembers, ...]

    def __iter__(self) -> Iterator[Transfer]:
        return iter(self.transfers)


def placements(committees: Committees, *, accept_second: Iterable[str] = ()) -> Iterator[Placement]:
    """Enumerate every way to place all the seats that may be claimed (KSL-27, KSL-27-2).

    The giver chooses the committees among those where it has a seat that was not taken beforehand. The receiver may
    refuse a second seat in one committee, whoever gives it; who does not is named.

    Args:
        committees: the committees, with no lot open.
        accept_second: the receivers that take a second seat in one committee.

    Returns:
        The placements one by one, each once, the first committees first. There may be very many; they are found
        as they are asked for. Without claims there is one, in which nothing passes.

    Raises:
        VoteError: a name in ``accept_second`` is not a group.
        RuleError: a lot is open.

    KSL § 27; which giver gives to whom where there are several is *inferred*: any way in which each gives what it
    has too many and each receives what it lacks.

    >>> from kommunalvalg.constitution.committees import elect_committees
    >>> result = elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7))
    >>> first, *others = placements(result)
    >>> first.transfers
    (Transfer(committee='1', giver='a', receiver='b'), Transfer(committee='2', giver='a', receiver='b'))
    >>> first.restores[0]
    ExtraMembers(committee='1', group='a', members=2)
    >>> len(others), len(list(placements(result, accept_second=["b"])))
    (14, 21)
    """
    committees.check_complete()
    return _placements(
        committees, checked_names("accept_second", accept_second, known=committees.groups, among="groups")
    )


def _placements(committees: Committees, accepting: tuple[str, ...]) -> Iterator[Placement]:
    pairs = [
        _Pair(
            giver,
            receiver,
            tuple(Transfer(committee, giver, receiver) for committee in committees.standing),
            receiver in accepting,
        )
        for giver in committees.excess
        for receiver in committees.claims
    ]
    received = frozenset((transfer.committee, transfer.receiver) for transfer in committees.transfers)
    left = _Left(Counter(committees.excess), Counter(committees.claims), committees.free, received)
    for transfers in _choices(pairs, left):
        after = attrs.evolve(committees, transfers=(*committees.transfers, *transfers))
        yield Placement(transfers, tuple(extra for extra in after.lost if extra.members))


class _Pair(NamedTuple):
    """A giver and a receiver, the transfers that they may choose among, and whether one may be chosen again."""

    giver: str
    receiver: str
    ways: tuple[Transfer, ...]
    again: bool


class _Left(NamedTuple):
    """What is left while seats are placed: to give and to take, seats that can be given, and where whom has got one."""

    give: Counter[str]
    take: Counter[str]
    free: Counter[tuple[str, str]]
    received: frozenset[tuple[str, str]]

    def after(self, transfers: Sequence[Transfer]) -> "_Left | None":
        """Give what is left after some transfers; None where they cannot be."""
        given = Counter((transfer.committee, transfer.giver) for transfer in transfers)
        if not given <= self.free:
            return None
        give = self.give - Counter(transfer.giver for transfer in transfers)
        take = self.take - Counter(transfer.receiver for transfer in transfers)
        received = self.received.union((transfer.committee, transfer.receiver) for transfer in transfers)
        return _Left(give, take, self.free - given, received)


def _choices(pairs: Sequence[_Pair], left: _Left) -> Iterator[tuple[Transfer, ...]]:
    """Give the ways in which the first pair, and then the others, can place all that is to be given and taken."""
    if not pairs:
        yield ()
        return
    pair, later = pairs[0], pairs[1:]
    # What does not pass between these two must find a later receiver, and a later giver.
    least = max(
        left.give[pair.giver] - sum(left.take[other.receiver] for other in later if other.giver == pair.giver),
        left.take[pair.receiver] - sum(left.give[other.giver] for other in later if other.receiver == pair.receiver),
        0,
    )
    ways: Sequence[Transfer] = pair.ways
    choose: Callable[[Sequence[Transfer], int], Iterable[tuple[Transfer, ...]]] = combinations_with_replacement
    if not pair.again:
        ways = [way for way in pair.ways if (way.committee, way.receiver) not in left.received]
        choose = combinations
    for number in range(least, min(left.give[pair.giver], left.take[pair.receiver]) + 1):
        for transfers in choose(ways, number):
            after = left.after(transfers)
            if after is not None:
                for others in _choices(later, after):
                    yield transfers + others


def apply_claims(
    committees: Committees,
    placement: Placement | Iterable[Transfer],
    *,
    restore: Iterable[str] = (),
    accept_second: Iterable[str] = (),
) -> Committees:
    """Carry out claims under § 27, all of them or some, and check them (KSL-27).

    Args:
        committees: the committees, with no lot open.
        placement: one of :func:`placements`, or the seats that pass, one by one. A group may claim less than it
            has a right to.
        restore: the committees in which a group that loses its majority by the claims adds as many members as
            give it one again.
        accept_second: the receivers that take a second seat in one committee.

    Returns:
        The committees after it; ``claims`` says what is left to claim, ``lost`` which majorities are lost.

    Raises:
        VoteError: something else is given than transfers, or a name is not one.
        RuleError: a lot is open; a seat passes in a committee that does not exist, is outside the total or where
            the giver has no seat left; a giver gives more than it has too many or a receiver claims more than it
            lacks; a receiver would get a second seat that it may refuse; or a majority is restored that nobody lost.

    KSL § 27; the ministry's opinion 82.1.19: a committee may become larger than half the council by it.

    >>> from kommunalvalg.constitution.committees import elect_committees
    >>> result = elect_committees({"a": 16, "b": 15}, dict.fromkeys("123456", 7))
    >>> after = apply_claims(result, [Transfer("1", "a", "b"), Transfer("2", "a", "b")], restore=["1"])
    >>> after.seats["1"], after.seats["2"], after.claims
    ({'a': 5, 'b': 4}, {'a': 3, 'b': 4}, {})
    """
    committees.check_complete()
    claim = Claim(placement, restore, accept_second)
    if not claim.transfers and not claim.restore:
        return committees
    case = attrs.evolve(committees.case, claims=(*committees.case.claims, claim))
    return settle(case, committees.draws)
