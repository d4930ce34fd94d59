"""What a simulation draws votes from: a poll, a swing with an error, the areas that are counted so far.

A model is any value with a method ``draw`` that yields whole votes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeAlias, runtime_checkable

import attrs
import numpy as np
import numpy.typing as npt

from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.text import N_
from kommunalvalg.votes import (
    checked_by_name,
    checked_choice,
    checked_count,
    checked_counts,
    checked_names,
    checked_votes,
    listed,
)

__all__ = ["ByName", "CountedAreas", "Model", "Poll", "PollDraw", "SwungAreas", "UniformSwing", "model_of"]

_Whole: TypeAlias = npt.NDArray[np.int64]
_Float: TypeAlias = npt.NDArray[np.float64]


@runtime_checkable
class Model(Protocol):
    """What a simulation draws votes from: any value with this method, which can be pickled for use with an executor."""

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield, for each election in its turn, ``n`` elections by lists in whole votes.

        The cases belong together: the n-th election of each is drawn in the same simulation.
        """


class PollDraw(StrEnum):
    """What is drawn from a poll."""

    ELECTION = "election"
    """The election that the poll says something about, Dirichlet shares, and multinomial votes from these."""

    POLL = "poll"
    """Another poll of the same size, a multinomial sample. Its answers are counted as votes."""


def _poll_draw(what: str) -> PollDraw:
    return checked_choice("what", what, PollDraw)


def _sample(sample: object) -> int:
    return checked_count("sample", sample, what=N_("a sample"), least=1)


@attrs.frozen
class Poll:
    """A poll: the shares of the votes that are given were found by asking a sample of voters.

    Drawing the election, the shares of all voters are Dirichlet distributed with ``sample`` times the share found
    for each list: as uncertain as a random sample of that size leaves them. A list that nobody named gets no votes.
    The votes in all are as given. Polls are seldom plain random samples; state a smaller sample for one that is less
    certain. In several elections at once, each is drawn by itself.

    Args:
        sample: how many were asked and answered, at least 1.
        what: "election", or "poll" for another poll of the same size (:class:`PollDraw`).

    Raises:
        VoteError: the sample is no whole number, 1 or more, or ``what`` is neither.

    >>> Poll(1000)
    Poll(sample=1000, what='election')
    """

    sample: int = attrs.field(converter=_sample)
    what: PollDraw = attrs.field(default=PollDraw.ELECTION, converter=_poll_draw, repr=lambda what: repr(str(what)))

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of each election."""
        for case in cases:
            shares = _shares(case)
            if self.what is PollDraw.POLL:
                _hold_countable("sample", self.sample)
                yield rng.multinomial(self.sample, shares, n)
                continue
            named = shares > 0
            drawn = np.zeros((n, len(shares)))
            drawn[:, named] = rng.dirichlet(shares[named] * self.sample, n)
            yield rng.multinomial(_votes_of(case), drawn)


def _shares(case: ProportionalCase) -> _Float:
    votes = np.array(list(case.votes.values()), np.float64)
    if not votes.any():
        raise VoteError("{field} are {value} in all; a share of the votes needs at least 1", field="votes", value=0)
    return np.asarray(votes / votes.sum(), np.float64)


def _error(share: object) -> Fraction:
    return checked_share(share, "error")


def _local(share: object) -> Fraction:
    return checked_share(share, "local")


def _together(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else checked_names("together", names)


@attrs.frozen
class UniformSwing:
    """A swing of as many percentage points for a list everywhere, with an error.

    To a list's share is added a normally distributed error; a share that falls below 0 is 0, all are brought to sum
    to 1, and taken of the votes in all, rounded to whole votes. In several elections at once, lists with the same
    key swing together. A list without votes does not stand, and stays without.

    Args:
        error: the standard deviation of the swing, as a share: a Fraction, or a text such as "2%".
        local: the standard deviation of what comes on top in each council by itself.
        together: the keys that swing together; None for all. Name the parties, where local lists of several councils
            happen to have the same letter.

    Raises:
        VoteError: a share is a float or no share, or a name is no name.

    >>> UniformSwing("2%", local="1%", together="AV").error
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: together is 'AV'; give the names one by one, for example ['A', 'B']
    >>> UniformSwing("2%", local="1%", together=["A", "V"]).error
    Fraction(1, 50)
    """

    error: Fraction = attrs.field(converter=_error)
    local: Fraction = attrs.field(default=Fraction(0), converter=_local, kw_only=True)
    together: tuple[str, ...] | None = attrs.field(default=None, converter=_together, kw_only=True)

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of each election."""
        keys = dict.fromkeys(key for case in cases for key in case.votes)
        common = {
            key: rng.normal(0, float(self.error), n) for key in keys if self.together is None or key in self.together
        }
        for case in cases:
            shares = _shares(case)
            swings = [common[key] if key in common else rng.normal(0, float(self.error), n) for key in case.votes]
            drawn = np.stack(swings, axis=1) + shares
            if self.local:
                drawn += rng.normal(0, float(self.local), drawn.shape)
            drawn[:, shares == 0] = 0
            np.maximum(drawn, 0, out=drawn)
            total = drawn.sum(axis=1, keepdims=True)
            drawn = np.where(total > 0, drawn / np.where(total > 0, total, 1), shares)
            yield np.rint(drawn * _votes_of(case)).astype(np.int64)


_MOST_VOTES = 10**18
"""The most votes that are drawn, which whole numbers of 64 bits hold."""


def _hold_countable(field: str, votes: int) -> None:
    if votes > _MOST_VOTES:
        raise VoteError(
            "{field} are {value} in all; at most {most} are drawn", field=field, value=votes, most=_MOST_VOTES
        )


def _votes_of(case: ProportionalCase) -> int:
    votes = sum(case.votes.values())
    _hold_countable("votes", votes)
    return votes


def _areas(areas: object) -> tuple[FrozenDict[str, int], ...]:
    if isinstance(areas, str | Mapping) or not isinstance(areas, Iterable):
        raise VoteError(
            "{field} is {value}; give the votes of each counted area, such as [{{'A': 12, 'B': 7}}]",
            field="areas",
            value=areas,
        )
    counted = tuple(checked_votes(area, f"areas[{number}]") for number, area in enumerate(areas))
    if not counted:
        raise VoteError("{field} is empty; at least one area is counted", field="areas", value=areas)
    return counted


def _left(left: object) -> int:
    return checked_count("left", left, what=N_("a number of areas"))


_BLOCK = 1_000
"""How many simulations are drawn at a time, where a number is kept for each of the areas."""


@attrs.frozen
class CountedAreas:
    """The areas (afstemningsområder) that are counted so far, as a sample of all.

    The areas that are left are drawn from those that are counted, by a Pólya urn: each counted area is in it once,
    and one that is drawn is put back with another like it. So the less is counted, the less is certain. It supposes
    that the areas are counted in no particular order; small ones, which are first as a rule, often vote otherwise
    than large ones. The votes that the election has are not used, but its lists are.

    Args:
        areas: for each counted area, list -> votes; a list that is not there has none.
        left: how many areas are not counted.

    Raises:
        VoteError: an area is no mapping of name to votes, or none is counted; in a simulation, an area names a list
            that does not stand.
        ElectionError: it is to draw several councils at once.

    >>> CountedAreas([{"A": 120, "B": 80}, {"A": 40, "B": 90}], left=3).left
    3
    """

    areas: tuple[FrozenDict[str, int], ...] = attrs.field(converter=_areas)
    left: int = attrs.field(converter=_left)

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of the case; for several of them, give a model for each.

        Raises:
            ElectionError: there are several cases.
            VoteError: an area names a list that does not stand.
        """
        keys = _of_one(self, cases)
        for number, area in enumerate(self.areas):
            checked_counts(area, f"areas[{number}]", known=cases[0].votes)
        largest = max(sum(area.values()) for area in self.areas)
        _hold_countable("areas", largest * (self.left + len(self.areas)))
        counted = np.array([[area.get(key, 0) for key in keys] for area in self.areas], np.int64)
        drawn = np.empty((n, len(keys)), np.int64)
        for begin in range(0, n, _BLOCK):
            size = min(_BLOCK, n - begin)
            times = rng.multinomial(self.left, rng.dirichlet(np.ones(len(counted)), size))
            drawn[begin : begin + size] = counted.sum(axis=0) + times @ counted
        yield drawn


def _of_one(model: object, cases: Sequence[ProportionalCase]) -> list[str]:
    """Give the lists of the one council that areas are of; several are refused."""
    if len(cases) != 1:
        raise ElectionError(
            "{model} is of one council, not of {value}; give a model for each by name",
            field="elections",
            value=len(cases),
            model=type(model).__name__,
        )
    return list(cases[0].votes)


def _pairs(pairs: object) -> tuple[tuple[FrozenDict[str, int], FrozenDict[str, int]], ...]:
    if isinstance(pairs, str | Mapping) or not isinstance(pairs, Iterable):
        raise VoteError(
            "{field} is {value}; give votes now and before of each counted area", field="areas", value=pairs
        )
    read = tuple(
        (checked_votes(now, f"areas[{number}]"), checked_votes(before, f"areas[{number}]"))
        for number, (now, before) in enumerate(pairs)
    )
    if not any(sum(now.values()) and sum(before.values()) for now, before in read):
        raise VoteError("{field} is empty; at least one area is counted", field="areas", value=pairs)
    return read


def _many(areas: Iterable[Mapping[str, int]]) -> tuple[FrozenDict[str, int], ...]:
    return tuple(checked_votes(area, f"left[{number}]") for number, area in enumerate(areas))


@attrs.frozen
class SwungAreas:
    """The areas that are counted so far with what they voted before, as a sample of how all areas moved.

    An area that is left moves as a counted one did: what each list's share rose by there is added to its share before,
    what falls below 0 is 0, and as many more or fewer vote. Which counted area it follows is drawn as by
    :class:`CountedAreas`; so the less is counted, and the more unlike the counted areas moved, the less is certain.

    Args:
        areas: for each counted area its votes now and its votes before; lists that are not there have none.
        left: for each area that is not counted, its votes before.
        alone: the votes of counted areas that had none before.

    Raises:
        VoteError: votes are none, or no area has votes now and before.
        ElectionError: it is to draw several councils at once.

    >>> len(SwungAreas([({"A": 60, "B": 40}, {"A": 50, "B": 50})], [{"A": 30, "B": 70}]).left)
    1
    """

    areas: tuple[tuple[FrozenDict[str, int], FrozenDict[str, int]], ...] = attrs.field(converter=_pairs)
    left: tuple[FrozenDict[str, int], ...] = attrs.field(converter=_many)
    alone: tuple[FrozenDict[str, int], ...] = attrs.field(default=(), converter=_many)

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of the case; for several of them, give a model for each.

        Raises:
            ElectionError: there are several cases.
        """
        keys = _of_one(self, cases)
        now, before = (_array([pair[at] for pair in self.areas], keys) for at in (0, 1))
        totals = [np.array([sum(pair[at].values()) for pair in self.areas], np.float64) for at in (0, 1)]
        tell = (totals[0] > 0) & (totals[1] > 0)
        swing = now[tell] / totals[0][tell][:, None] - before[tell] / totals[1][tell][:, None]
        turnout = totals[0][tell] / totals[1][tell]
        moved = [_moved(area, keys, swing, turnout) for area in self.left]
        sure = now.sum(axis=0) + _array(self.alone, keys).sum(axis=0)
        drawn = np.empty((n, len(keys)), np.int64)
        for begin in range(0, n, _BLOCK):
            size = min(_BLOCK, n - begin)
            until = rng.dirichlet(np.ones(len(swing)), size).cumsum(axis=1)
            block = np.tile(sure.astype(np.int64), (size, 1))
            for votes in moved:
                follows = (rng.random((size, 1)) > until[:, :-1]).sum(axis=1)
                block += votes[follows]
            drawn[begin : begin + size] = block
        yield drawn


def _array(areas: Sequence[Mapping[str, int]], keys: Sequence[str]) -> _Float:
    return np.array([[area.get(key, 0) for key in keys] for area in areas], np.float64).reshape(-1, len(keys))


def _moved(area: Mapping[str, int], keys: Sequence[str], swing: _Float, turnout: _Float) -> _Whole:
    """Give the votes of an area, were it to move as each of the counted ones did."""
    own = sum(area.values())
    shares = np.maximum(_array([area], keys) / (own or 1) + swing, 0)
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    return np.asarray(np.rint(own * turnout[:, None] * shares), np.int64)


@attrs.frozen
class ByName:
    """A model for each election."""

    models: tuple[Model, ...]

    @property
    def called(self) -> str:
        """The names of the models."""
        return ", ".join(dict.fromkeys(type(model).__name__ for model in self.models))

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of each election, by the model that is its own."""
        for model, case in zip(self.models, cases, strict=True):
            yield from model.draw([case], n, rng)


def model_of(model: object, names: tuple[str, ...] | None = None) -> Model:
    """Return a model, checked; with the names of elections also one made of a model for each.

    Raises:
        ElectionError: it is none, or models and elections have different names.

    >>> model_of({"Fanø": Poll(800)}, ("Fanø",)).models
    (Poll(sample=800, what='election'),)
    """
    if isinstance(model, Mapping) and names is not None:
        models: FrozenDict[str, object] = checked_by_name(model, "model")
        names = checked_names("names", names)
        if set(models) != set(names):
            missing = [name for name in names if name not in models] or [name for name in models if name not in names]
            raise ElectionError(
                "models and elections have different names: {names}", field="model", names=listed(map(str, missing))
            )
        return ByName(tuple(model_of(models[name]) for name in names))
    if isinstance(model, type) or not isinstance(model, Model):
        raise ElectionError(
            "{field} is {value}; give a Poll(...), UniformSwing(...) or CountedAreas(...), "
            "or a value with draw(cases, n, rng)",
            field="model",
            value=model,
        )
    return model
