"""What is assumed of misread ballots when an audit is planned; the audit itself assumes nothing."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from math import log, log1p
from random import Random
from typing import Generic, TypeAlias, TypeVar

import attrs

from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.ballots import BLANK, Reading
from kommunalvalg.errors import VoteError, shown
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.votes import checked_choice, listed

__all__ = ["Misread", "MisreadAs", "Misreads", "checked_misreads", "series"]

Misread: TypeAlias = tuple[int, Reading, Reading]
"""A misread ballot among those drawn: the number of the draw, what was reported, and what it is."""


class MisreadAs(StrEnum):
    """What a misread ballot is, where no more than their share is given."""

    ANY = "any"
    """Any other thing, each as often as it was read in all."""

    WORST = "worst"
    """A vote for the loser of the costliest assertion, counted for its winner."""


@attrs.frozen
class Misreads:
    """How many ballots are misread, and what for what.

    Attributes:
        share: the share of the ballots that are misread.
        pairs: what was reported, what the ballot is, and the share of all ballots of which that is so; empty where a
            misread ballot may be any other thing, each as often as it was read in all.
    """

    share: Fraction = Fraction(0)
    pairs: tuple[tuple[Reading, Reading, Fraction], ...] = ()


def checked_misreads(
    misread: object, misread_as: object, tally: Mapping[Reading, int], costliest: Assertion
) -> Misreads:
    """Return what is assumed of misread ballots.

    Args:
        misread: their share, a Fraction or a text such as "0.1%"; or a mapping of pairs of lists, what was reported and
            what the ballot is, to shares, where an empty text stands for no valid vote.
        misread_as: "any" or "worst"; of a mapping it says nothing.
        tally: how often each thing was read, blank and invalid included.
        costliest: the costliest assertion.

    Raises:
        VoteError: a share is none or they are 1 or more together, a list does not stand, a pair is no pair of different
            things, or ``misread_as`` is neither.
    """
    choice = checked_choice("misread_as", misread_as, MisreadAs)
    if isinstance(misread, Mapping):
        pairs = tuple(_pair(pair, share, tally) for pair, share in misread.items())
        share = sum((each for _, _, each in pairs), Fraction(0))
    else:
        share, pairs = checked_share(misread, "misread"), ()
    if not share < 1:
        raise VoteError(f"misread is {shown(misread)}; less than all ballots are misread")
    if not share:
        return Misreads()
    if not pairs and choice is MisreadAs.WORST:
        pairs = ((*_worst(costliest, tally), share),)
    return Misreads(share, pairs)


def _pair(pair: object, share: object, tally: Mapping[Reading, int]) -> tuple[Reading, Reading, Fraction]:
    lists = dict.fromkeys(reading.list for reading in tally if reading.list)
    if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] == pair[1]:  # noqa: PLR2004 - a pair has two
        raise VoteError(f"misread has {shown(pair)}; give what was reported and what the ballot is, such as ('A', 'B')")
    for name in pair:
        if name != "" and name not in lists:
            raise VoteError(f"misread names {shown(name)}, which does not stand; the lists are {listed(lists)}")
    was, read = (Reading(name) if name else BLANK for name in pair)
    return was, read, checked_share(share, f"misread[{pair[0]!r}, {pair[1]!r}]")


def _worst(costliest: Assertion, tally: Mapping[Reading, int]) -> tuple[Reading, Reading]:
    """Give the pair of things that, read for each other, overstate the assertion most."""
    was = next(reading for reading, votes in tally.items() if votes and costliest.winner.has(reading))
    loser = costliest.loser
    return was, BLANK if loser is None else next(reading for reading in tally if loser.has(reading))


def series(misreads: Misreads, tally: Mapping[Reading, int], most: int, rng: Random) -> Iterator[Misread]:
    """Give the misread ballots of one audit, of which so many ballots are drawn at most."""
    if not misreads.share:
        return
    kinds = _Chance({(was, read): share for was, read, share in misreads.pairs}, rng) if misreads.pairs else None
    single = _Chance({reading: Fraction(count) for reading, count in tally.items() if count}, rng)
    between = log1p(-float(misreads.share))
    number = 0
    while True:
        number += 1 + int(log(1 - rng.random()) / between)
        if number > most:
            return
        yield (number, *(kinds.draw() if kinds else single.pair()))


T = TypeVar("T")


class _Chance(Generic[T]):
    """Things that are drawn, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, Fraction], rng: Random) -> None:
        self.things = tuple(weights)
        self.ends = [float(end) for end in accumulate(weights.values())]
        self.rng = rng

    def draw(self) -> T:
        return self.things[bisect_right(self.ends, self.rng.random() * self.ends[-1])]

    def pair(self) -> tuple[T, T]:
        """Draw two different things."""
        first, second = self.draw(), self.draw()
        while second == first:
            second = self.draw()
        return first, second
