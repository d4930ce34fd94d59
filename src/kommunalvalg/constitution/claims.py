"""The claims of § 27 carried out (suppleringsreglen): which seats pass from group to group, and what may be added."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, combinations_with_replacement

import attrs

from kommunalvalg.constitution.committees import SUPPLEMENT, Claimed, Committees, ExtraMembers, Transfer
from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.votes import checked_names, listed

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


def placements(committees: Committees, *, accept_second: Iterable[str] = ()) -> Iterator[Placement]:
    """Enumerate every way to place all the seats that may be claimed (KSL-27, KSL-27-2).

    The giver chooses the committees among those where it has a seat that was not taken beforehand. The receiver may
    refuse a second seat in one committee from the same giver; who does not is named.

    Args:
        committees: the committees, with no lot open.
        accept_second: the receivers that take a second seat in one committee from the same giver.

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
    _hold_complete(committees)
    accepting = checked_names("accept_second", accept_second, known=committees.groups, among="groups")
    return _placements(committees, accepting)


def _placements(committees: Committees, accepting: tuple[str, ...]) -> Iterator[Placement]:
    passed = set(committees.transfers)
    pairs = []
    for giver in committees.excess:
        for receiver in committees.claims:
            ways = [Transfer(committee, giver, receiver) for committee in committees.standing]
            twice = receiver in accepting
            pairs.append(_Pair(giver, receiver, ways if twice else [way for way in ways if way not in passed], twice))
    for transfers in _choices(pairs, Counter(committees.excess), Counter(committees.claims), _free(committees)):
        yield Placement(transfers, _restorable(_after(committees, Claimed(transfers))))


def _after(committees: Committees, claimed: Claimed) -> Committees:
    if not claimed.transfers and not claimed.extra:
        return committees
    return attrs.evolve(committees, claimed=(*committees.claimed, claimed))


def _free(committees: Committees) -> Counter[tuple[str, str]]:
    """Give (committee, group) -> seats that the group can give: not those taken beforehand, nor extra members."""
    free: Counter[tuple[str, str]] = Counter()
    for committee in committees.standing:
        for group, count in committees.allocations[committee].seats.items():
            free[committee, group] = count
    for transfer in committees.transfers:
        free[transfer.committee, transfer.giver] -= 1
    return free


@attrs.frozen
class _Pair:
    """A giver and a receiver, the transfers they may choose among, and whether they may choose one twice."""

    giver: str
    receiver: str
    ways: list[Transfer]
    twice: bool

    def chosen(self, number: int) -> Iterator[tuple[Transfer, ...]]:
        return (combinations_with_replacement if self.twice else combinations)(self.ways, number)


def _choices(
    pairs: Sequence[_Pair], give: Counter[str], take: Counter[str], free: Counter[tuple[str, str]]
) -> Iterator[tuple[Transfer, ...]]:
    """Give the ways in which the first pair, and then the others, can place all that is to be given and taken."""
    if not pairs:
        yield ()
        return
    pair, later = pairs[0], pairs[1:]
    # What does not pass between these two must find a later receiver, and a later giver.
    least = max(
        give[pair.giver] - sum(take[other.receiver] for other in later if other.giver == pair.giver),
        take[pair.receiver] - sum(give[other.giver] for other in later if other.receiver == pair.receiver),
        0,
    )
    for number in range(least, min(give[pair.giver], take[pair.receiver]) + 1):
        gives, takes = give - Counter({pair.giver: number}), take - Counter({pair.receiver: number})
        for transfers in pair.chosen(number):
            used = Counter((transfer.committee, transfer.giver) for transfer in transfers)
            if used <= free:
                for others in _choices(later, gives, takes, free - used):
                    yield transfers + others


def _restorable(committees: Committees) -> tuple[ExtraMembers, ...]:
    """Give what the groups that had a majority as elected, and have none by the claims, may add to have one."""
    found = []
    seats, sizes = committees.seats, committees.sizes
    for committee in committees.standing:
        for group, before in committees.elected[committee].items():
            have, size = seats[committee][group], sizes[committee]
            if 2 * before > committees.charter[committee] and 2 * have <= size:
                found.append(ExtraMembers(committee, group, size - 2 * have + 1))
    return tuple(found)


def _hold_complete(committees: Committees) -> None:
    if committees.tie:
        raise RuleError(
            f"a lot is open: {committees.tie}; what may be claimed is known when it is drawn ({SUPPLEMENT})"
        )


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
        accept_second: the receivers that take a second seat in one committee from the same giver.

    Returns:
        The committees after it; ``claims`` says what is left to claim.

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
    _hold_complete(committees)
    accepting = checked_names("accept_second", accept_second, known=committees.groups, among="groups")
    transfers = placement.transfers if isinstance(placement, Placement) else _checked_transfers(placement)
    give, take, free = Counter(committees.excess), Counter(committees.claims), _free(committees)
    passed = Counter(committees.transfers)
    for transfer in transfers:
        _hold_transfer(transfer, committees, give, take)
        if passed[transfer] and transfer.receiver not in accepting:
            raise RuleError(
                f"{transfer.receiver} would get a second seat in {transfer.committee} from {transfer.giver}, "
                f"which it may refuse; accept_second names who does not ({SUPPLEMENT})"
            )
        if not free[transfer.committee, transfer.giver]:
            raise RuleError(f"{transfer.giver} has no seat to give in {transfer.committee} ({SUPPLEMENT})")
        give[transfer.giver] -= 1
        take[transfer.receiver] -= 1
        passed[transfer] += 1
        free[transfer.committee, transfer.giver] -= 1
    lost = {extra.committee: extra for extra in _restorable(_after(committees, Claimed(transfers)))}
    restored = checked_names("restore", restore)
    for committee in restored:
        if committee not in lost:
            raise RuleError(
                f"restore names {shown(committee)}, where no group loses a majority by the claims; "
                f"one is lost in {listed(lost) or 'no committee'} ({SUPPLEMENT})"
            )
    return _after(committees, Claimed(transfers, tuple(lost[committee] for committee in restored)))


def _checked_transfers(transfers: object) -> tuple[Transfer, ...]:
    if not isinstance(transfers, Iterable):
        raise VoteError(f"placement is {shown(transfers)}; give a Placement, or Transfer(committee, giver, receiver)s")
    found = tuple(transfers)
    for transfer in found:
        if not isinstance(transfer, Transfer):
            raise VoteError(f"a transfer is {shown(transfer)}; a transfer is Transfer(committee, giver, receiver)")
    return found


def _hold_transfer(transfer: Transfer, committees: Committees, give: Counter[str], take: Counter[str]) -> None:
    """Hold that the seat exists and that the two sides still have one to give and to claim."""
    committee, giver, receiver = transfer.committee, transfer.giver, transfer.receiver
    if committee not in committees.charter:
        raise RuleError(f"{shown(committee)} is no committee; the committees are {listed(committees.charter)}")
    if committee in committees.outside:
        raise RuleError(f"{committee} is outside the total; no seat of it can be claimed ({SUPPLEMENT})")
    if not give[giver]:
        raise RuleError(
            f"{shown(giver)} has no seat to give; it has {committees.excess.get(giver, 0)} too many ({SUPPLEMENT})"
        )
    if not take[receiver]:
        raise RuleError(
            f"{shown(receiver)} has no seat to claim; it lacks {committees.claims.get(receiver, 0)} ({SUPPLEMENT})"
        )
