"""On what terms an audit is planned: the risk limit, the test, and what is assumed of misread ballots."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from math import log, log1p
from random import Random
from typing import Generic, TypeAlias, TypeVar

import attrs

from kommunalvalg.audit.assertions import Assertion
from kommunalvalg.audit.ballots import BLANK, Reading
from kommunalvalg.audit.statistics import METHODS, Statistic
from kommunalvalg.errors import VoteError
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.votes import checked_choice, listed

__all__ = ["Misread", "MisreadAs", "MisreadBallot", "Terms", "misread_ballots"]


class MisreadAs(StrEnum):
    """What a misread ballot is, where no more than their share is given."""

    ANY = "any"
    """Any other thing, each as often as it was read in all."""

    WORST = "worst"
    """A vote for the loser of the costliest assertion, counted for its winner."""


def _list(name: str) -> str:
    if not isinstance(name, str):
        raise VoteError(
            "{field} is {value}; a misread ballot is of a list, or of none: ''", field="misread", value=name
        )
    return name


def _share(share: Fraction | str) -> Fraction:
    return checked_share(share, "misread")


@attrs.frozen
class Misread:
    """One way in which ballots are misread.

    Args:
        reported: the list that they were counted for; empty where as blank or invalid.
        really: the list that they are for; empty where blank or invalid.
        share: the share of all ballots of which that is so, a Fraction or a text such as "0.05%".

    Raises:
        VoteError: both are the same, one is no list, or the share is none.

    >>> Misread("A", "F", "0.05%").share
    Fraction(1, 2000)
    """

    reported: str = attrs.field(converter=_list)
    really: str = attrs.field(converter=_list)
    share: Fraction = attrs.field(converter=_share)

    def __attrs_post_init__(self) -> None:
        if self.reported == self.really:
            raise VoteError(
                "{field} has {value} twice; a misread ballot is not what it was counted as",
                field="misread",
                value=self.really,
            )


def _risk(risk: Fraction | str) -> Fraction:
    limit = checked_share(risk, "risk")
    if not 0 < limit < 1:
        raise VoteError("{field} is {value}; a risk limit is more than 0 and less than 1", field="risk", value=risk)
    return limit


def _misreads(misreads: Iterable[Misread]) -> tuple[Misread, ...]:
    if not isinstance(misreads, Iterable):
        raise VoteError("{field} is {value}; it is a list", field="misreads", value=misreads)
    every = tuple(misreads)
    for each in every:
        if not isinstance(each, Misread):
            raise VoteError("{field} has {value}; give Misread(reported, really, share)", field="misreads", value=each)
    return every


def _parameter(number: Fraction | str | int | None) -> Fraction | None:
    """Take a parameter as it comes; the test that it belongs to checks it."""
    return number  # type: ignore[return-value]  # it is a Fraction when it has been checked


def _misread_as(choice: str) -> MisreadAs:
    return checked_choice("misread_as", choice, MisreadAs)


@attrs.frozen(kw_only=True)
class Terms:
    """On what terms an audit is planned.

    Args:
        risk: the risk limit, a Fraction or a text such as "5%": the most that the probability may be that a wrong
            result is confirmed.
        method: "kaplan_wald", "kaplan_markov" or "alpha".
        gamma: of Kaplan-Wald; None for 0.95.
        inflator: of Kaplan-Markov; None for 1.03905.
        overstated: of ALPHA; None for 0.0001.
        misread: the share of ballots that are assumed to be misread.
        misread_as: what they are: "any" other thing, or the "worst".
        misreads: what is misread for what, in place of a share.

    Attributes:
        statistic: the test.

    Raises:
        VoteError: the risk is not between 0 and 1, a parameter is out of its range or of another method, or all ballots
            or more are misread.

    >>> Terms(risk="5%").statistic
    KaplanWald(gamma=Fraction(19, 20))
    """

    risk: Fraction = attrs.field(default=Fraction(1, 20), converter=_risk)
    method: str = "kaplan_wald"
    gamma: Fraction | None = attrs.field(default=None, converter=_parameter)
    inflator: Fraction | None = attrs.field(default=None, converter=_parameter)
    overstated: Fraction | None = attrs.field(default=None, converter=_parameter)
    misread: Fraction = attrs.field(default=Fraction(0), converter=_share)
    misread_as: MisreadAs = attrs.field(default=MisreadAs.ANY, converter=_misread_as)
    misreads: tuple[Misread, ...] = attrs.field(default=(), converter=_misreads)
    statistic: Statistic = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        kind = METHODS.get(self.method) if isinstance(self.method, str) else None
        if kind is None:
            raise VoteError(
                "{field} is {value}; it is one of {methods}",
                field="method",
                value=self.method,
                methods=listed(METHODS, self.method),
            )
        takes = attrs.fields_dict(kind)
        parameters = {name: getattr(self, name) for name in ("gamma", "inflator", "overstated")}
        parameters = {name: value for name, value in parameters.items() if value is not None}
        for name, value in parameters.items():
            if name not in takes:
                raise VoteError(
                    "{field} is {value}, and the method is {method}, which has {takes}",
                    field=name,
                    value=value,
                    method=kind.name,
                    takes=listed(takes),
                )
        statistic = kind(**parameters)
        object.__setattr__(self, "statistic", statistic)
        for name in parameters:
            object.__setattr__(self, name, getattr(statistic, name))
        if not self.misread_share < 1:
            raise VoteError(
                "{field} is {value}; less than all ballots are misread", field="misread", value=str(self.misread_share)
            )

    @property
    def misread_share(self) -> Fraction:
        """The share of the ballots that are assumed to be misread."""
        return sum((each.share for each in self.misreads), Fraction(0)) if self.misreads else self.misread

    def hold_known(self, lists: Collection[str]) -> None:
        """Hold that what is misread for what are lists that stand.

        Raises:
            VoteError: one does not.
        """
        for name in (name for each in self.misreads for name in (each.reported, each.really)):
            if name and name not in lists:
                raise VoteError(
                    "{field} names {value}, which does not stand; the lists are {lists}",
                    field="misread",
                    value=name,
                    lists=listed(lists, name),
                )


MisreadBallot: TypeAlias = tuple[int, Reading, Reading]
"""A misread ballot among those drawn: the number of the draw, what was reported, and what it is."""


def misread_ballots(
    terms: Terms, tally: Mapping[Reading, int], costliest: Assertion, rng: Random
) -> Iterator[MisreadBallot]:
    """Draw misread ballots by chance, as they are assumed, one after another and without end.

    Args:
        terms: what is assumed.
        tally: how often each thing was read, blank and invalid included.
        costliest: the costliest assertion.
        rng: where chance comes from.
    """
    kinds = _Chance(_pairs(terms, tally, costliest), rng)
    single = _Chance({reading: Fraction(count) for reading, count in tally.items() if count}, rng)
    if not terms.misread_share or not (kinds.things or len(single.things) > 1):
        return
    between = log1p(-float(terms.misread_share))
    number = 0
    while True:
        number += 1 + int(log(1 - rng.random()) / between)
        yield (number, *(kinds.draw() if kinds.things else single.pair()))


def _pairs(terms: Terms, tally: Mapping[Reading, int], costliest: Assertion) -> dict[tuple[Reading, Reading], Fraction]:
    """Give what is misread for what, with its share; nothing where it is any for any."""
    if terms.misreads:
        return {(_reading(each.reported), _reading(each.really)): each.share for each in terms.misreads}
    if terms.misread_as is MisreadAs.ANY:
        return {}
    reported = next(reading for reading, votes in tally.items() if votes and costliest.winner.has(reading))
    loser = costliest.loser
    really = BLANK if loser is None else next(reading for reading in tally if loser.has(reading))
    return {(reported, really): terms.misread}


def _reading(name: str) -> Reading:
    return Reading(name) if name else BLANK


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
