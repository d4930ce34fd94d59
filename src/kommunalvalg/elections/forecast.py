"""What the polling areas that are not counted may bring: from those that are, and from the election before.

With the election before by polling area, an area that is not counted is taken to have moved as the counted ones did: to
each list's share there is added what the list's share rose by, on the whole, in the counted areas. A list that is new
has no share before, and what it has in the counted areas is what it rose by; one that no longer stands has none now. A
share below 0 is 0, and the shares are brought to sum to 1. As many vote there as before, times what the counted areas
have more or fewer. Without the election before, an area is taken to vote as the counted ones did together.

Everything is computed in fractions; only the votes that come out are rounded.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from kommunalvalg.elections.embedded import spelt
from kommunalvalg.elections.polling import Count, PollingAreas
from kommunalvalg.errors import VoteError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import text as _

__all__ = ["Forecast", "Matched", "elsewhere", "forecast", "matched"]

Votes = Mapping[str, int]


@attrs.frozen(kw_only=True)
class Matched:
    """The areas of a night beside those of the election before.

    Attributes:
        counted: the votes of each counted area that has one before, now and then.
        alone: the votes of each counted area that has none.
        left: what was voted before in each area that is not counted; where an area has none before, what an area had in
            the mean.
    """

    counted: tuple[tuple[FrozenDict[str, int], FrozenDict[str, int]], ...]
    alone: tuple[FrozenDict[str, int], ...]
    left: tuple[FrozenDict[str, int], ...]

    @property
    def tells(self) -> bool:
        """Whether the counted areas say anything of how the votes moved."""
        return any(sum(then.values()) and sum(now.values()) for now, then in self.counted)


def matched(areas: PollingAreas, before: PollingAreas) -> Matched:
    """Put the areas of a night beside those of the election before, by name.

    A number in front of the name is no part of it, as "1. " in "1. Nordby" of the web export. An area that is not
    counted and whose name is not known is one of those before that no other area is.

    >>> from kommunalvalg.elections.polling import PollingArea
    >>> now = PollingAreas((PollingArea("Nord", Count.FINAL, FrozenDict({"A": 60, "B": 40})),), 2)
    >>> nord, syd = (PollingArea(name, Count.FINAL, FrozenDict({"A": 90})) for name in ("1. Nord", "2. Syd"))
    >>> found = matched(now, PollingAreas((nord, syd), 2))
    >>> found.counted, found.left
    ((({'A': 60, 'B': 40}, {'A': 90}),), ({'A': 90},))
    """
    free = {name: area.votes for area in before.areas if area.count is not Count.MISSING for name in [area.name]}
    counted, alone, left = [], [], []
    for area in areas.areas:
        then = _taken(free, area.name)
        if area.count is Count.MISSING:
            left.append(then)
        elif then is None:
            alone.append(area.votes)
        else:
            counted.append((area.votes, then))
    unknown = areas.left - len(left)
    others = list(free.values())[:unknown] if len(free) <= unknown else _spread(list(free.values()), unknown)
    known = [*left, *others, *([None] * (areas.left - len(left) - len(others)))]
    mean = _mean([area.votes for area in before.areas if area.count is not Count.MISSING])
    return Matched(
        counted=tuple(counted), alone=tuple(alone), left=tuple(mean if votes is None else votes for votes in known)
    )


def elsewhere(areas: PollingAreas, before: PollingAreas | None, *, file: str, council: str) -> tuple[Warned, ...]:
    """Warn of an election before none of whose polling areas is an area of the council: it may be another's.

    >>> from kommunalvalg.elections.polling import PollingArea
    >>> nord, syd = (PollingAreas((PollingArea(name, Count.FINAL, {"A": 9}),), 1) for name in ("Nord", "2. Syd"))
    >>> print(*elsewhere(nord, syd, file="syd.csv", council="Nyby"))
    None of the polling areas in syd.csv is one of Nyby; it may be of another council.
    >>> elsewhere(syd, syd, file="syd.csv", council="Nyby")
    ()
    """
    now, then = ({_plain(area.name) for area in each.areas} if each else set[str]() for each in (areas, before))
    if not now or not then or now & then:
        return ()
    said = _(
        "None of the polling areas in {file} is one of {council}; it may be of another council.",
        file=file,
        council=council,
    )
    return (Warned(said),)


_NUMBER = re.compile(r"^\d+\s*\.\s*")


def _taken(free: dict[str, FrozenDict[str, int]], name: str) -> FrozenDict[str, int] | None:
    """Take the area of a name out of those that are free; the whole name goes before one without its number."""
    for read in (spelt, _plain):
        for other in free:
            if read(other) == spelt(name) or read(other) == read(name):
                return free.pop(other)
    return None


def _plain(name: str) -> str:
    return spelt(_NUMBER.sub("", name))


def _spread(votes: Sequence[FrozenDict[str, int]], number: int) -> list[FrozenDict[str, int]]:
    """Share the votes of more areas than are left among those that are: they were put together, or are named anew."""
    if not number:
        return []
    sums = _sum(votes)
    return [FrozenDict({key: round(Fraction(count, number)) for key, count in sums.items()})] * number


def _mean(votes: Sequence[FrozenDict[str, int]]) -> FrozenDict[str, int]:
    sums = _sum(votes)
    return FrozenDict({key: round(Fraction(count, len(votes))) for key, count in sums.items()})


def _sum(votes: Sequence[Votes]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for area in votes:
        sums.update(area)
    return sums


@attrs.frozen(kw_only=True)
class Forecast:
    """What the whole council may come to.

    Attributes:
        votes: key -> votes: those that are counted, and what is expected of the rest.
        expected: what is expected of each area that is not counted.
        by_swing: whether the election before was used.
        unmatched: how many counted areas have none before, and so say nothing of the swing.
    """

    votes: FrozenDict[str, int]
    expected: tuple[FrozenDict[str, int], ...]
    by_swing: bool
    unmatched: int = 0


def forecast(areas: PollingAreas, lists: Sequence[str], before: PollingAreas | None = None) -> Forecast:
    """Expect of the areas that are not counted what those that are say, with the election before or without.

    Where no counted area has one before, the election before says nothing, and is not used.

    Args:
        areas: what is counted.
        lists: the keys of the lists that stand.
        before: the areas of the election before, by the same keys.

    Raises:
        VoteError: no area is counted.

    >>> from kommunalvalg.elections.polling import PollingArea
    >>> nord, syd = (PollingArea(name, Count.FINAL, FrozenDict(votes)) for name, votes in {
    ...     "Nord": {"A": 60, "B": 40}, "Syd": {"A": 30, "B": 20}}.items())
    >>> then = [PollingArea(name, Count.FINAL, FrozenDict(votes)) for name, votes in {
    ...     "Nord": {"A": 50, "B": 50}, "Syd": {"A": 20, "B": 30}, "Vest": {"A": 80, "B": 20}}.items()]
    >>> night = PollingAreas((nord, syd), 3)
    >>> forecast(night, ["A", "B"]).expected
    ({'A': 45, 'B': 30},)
    >>> forecast(night, ["A", "B"], PollingAreas(tuple(then), 3)).expected      # 13.3 points more for A
    ({'A': 93, 'B': 7},)
    """
    counted = areas.votes
    if not counted:
        raise VoteError("{field} has no area that is counted; nothing can be expected of the others", field="areas")
    side = None if before is None else matched(areas, before)
    if side is None or not side.tells:
        expected = _as_counted(areas, lists)
        return Forecast(votes=_whole(lists, [*counted, *expected]), expected=expected, by_swing=False)
    now, then = _sum([now for now, _then in side.counted]), _sum([then for _, then in side.counted])
    expected = tuple(_swung(votes, lists, now, then) for votes in side.left)
    return Forecast(
        votes=_whole(lists, [*counted, *expected]), expected=expected, by_swing=True, unmatched=len(side.alone)
    )


def _whole(lists: Sequence[str], areas: Sequence[Votes]) -> FrozenDict[str, int]:
    sums = _sum(areas)
    return FrozenDict({key: sums[key] for key in lists})


def _as_counted(areas: PollingAreas, lists: Sequence[str]) -> tuple[FrozenDict[str, int], ...]:
    """Expect of each area what the counted ones have in the mean; where it is known who may vote, by their number."""
    sums, number = _sum(areas.votes), areas.counted
    voters = [area.eligible for area in areas.areas if area.count is not Count.MISSING]
    may_vote = sum(each or 0 for each in voters) if all(voters) else 0
    sizes = [area.eligible for area in areas.areas if area.count is Count.MISSING]
    if areas.eligible and may_vote:
        known = sum(each or 0 for each in sizes)
        unnamed = areas.left - sum(each is not None for each in sizes)
        each = Fraction(max(areas.eligible - may_vote - known, 0), unnamed) if unnamed else Fraction(0)
        weights = [Fraction(size or each) / may_vote for size in [*sizes, *([None] * (areas.left - len(sizes)))]]
    else:
        weights = [Fraction(1, number)] * areas.left
    return tuple(FrozenDict({key: round(sums[key] * weight) for key in lists}) for weight in weights)


def _swung(votes: Votes, lists: Sequence[str], now: Votes, then: Votes) -> FrozenDict[str, int]:
    """Let an area move as the counted ones did together."""
    before, after, own = sum(then.values()), sum(now.values()), sum(votes.values())
    shares = {
        key: max(
            Fraction(votes.get(key, 0), own or 1)
            + Fraction(now.get(key, 0), after)
            - Fraction(then.get(key, 0), before),
            Fraction(0),
        )
        for key in lists
    }
    total = sum(shares.values())
    cast = Fraction(own * after, before)
    return FrozenDict({key: round(cast * share / total) if total else 0 for key, share in shares.items()})
