"""Uncertain votes: what seats come of a poll, of a swing with error, or of the areas that are counted so far.

A model draws whole votes; every election drawn is distributed exactly (:mod:`.many`), and the results are counted.
Nothing is decided silently: where a drawn election needs a lot, every way in which it can fall is counted with its
exact chance; an election whose lots can fall in more than 1 000 ways stays undecided, is in no chance, and is
reported.

The work is cut into chunks, each with a seed of its own, spawned from the one that was given (numpy's
``SeedSequence``). So the result is the same without an executor and with any, with any number of workers, and in
whatever order they answer. numpy may change how it draws from one of its versions to another; then other elections
are drawn.
"""

import signal
from asyncio import CancelledError as TaskCancelledError
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import closing, contextmanager
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import Protocol, TypeAlias, cast, overload, runtime_checkable

import attrs

from kommunalvalg.analysis.cases import Contested, distribution_of
from kommunalvalg.errors import ElectionError, LotError, MissingExtraError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import METHODS, KKRComposition, compose_kkr
from kommunalvalg.lots import Outcome, Urn
from kommunalvalg.methods.alliances import Alliance, ProportionalCase
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import (
    checked_choice,
    checked_count,
    checked_counts,
    checked_name,
    checked_names,
    checked_votes,
    listed,
)

try:
    import numpy as np
    import numpy.typing as npt
except ImportError:
    raise MissingExtraError("simulations", "numpy", "simulation") from None

from kommunalvalg.analysis.many import Columns, Fixed, ManyAllocations, contents, dhondt_many, fixed

__all__ = [
    "CountedAreas",
    "Estimate",
    "Model",
    "Poll",
    "PollDraw",
    "SimulatedSeats",
    "SimulationStopped",
    "UniformSwing",
    "simulate",
    "simulate_kkr",
]

_Whole: TypeAlias = npt.NDArray[np.int64]
_Float: TypeAlias = npt.NDArray[np.float64]


@runtime_checkable
class Model(Protocol):
    """What a simulation draws votes from: any value with this method, which can be pickled for use with an executor."""

    def draw(self, contests: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield, for each contest in its turn, ``n`` elections by lists in whole votes.

        The contests belong together: the n-th election of each is drawn in the same simulation.
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

    def draw(self, contests: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of each contest."""
        for contest in contests:
            shares = _shares(contest)
            if self.what is PollDraw.POLL:
                yield rng.multinomial(self.sample, shares, n)
                continue
            named = shares > 0
            drawn = np.zeros((n, len(shares)))
            drawn[:, named] = rng.dirichlet(shares[named] * self.sample, n)
            yield rng.multinomial(sum(contest.votes.values()), drawn)


def _shares(contest: ProportionalCase) -> _Float:
    votes = np.array(list(contest.votes.values()), np.float64)
    if not votes.any():
        raise VoteError("votes are 0 in all; a share of the votes needs at least 1")
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

    def draw(self, contests: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of each contest."""
        keys = dict.fromkeys(key for contest in contests for key in contest.votes)
        common = {
            key: rng.normal(0, float(self.error), n) for key in keys if self.together is None or key in self.together
        }
        for contest in contests:
            shares = _shares(contest)
            swings = [common[key] if key in common else rng.normal(0, float(self.error), n) for key in contest.votes]
            drawn = np.stack(swings, axis=1) + shares
            if self.local:
                drawn += rng.normal(0, float(self.local), drawn.shape)
            drawn[:, shares == 0] = 0
            np.maximum(drawn, 0, out=drawn)
            total = drawn.sum(axis=1, keepdims=True)
            drawn = np.where(total > 0, drawn / np.where(total > 0, total, 1), shares)
            yield np.rint(drawn * sum(contest.votes.values())).astype(np.int64)


def _areas(areas: object) -> tuple[FrozenDict[str, int], ...]:
    if isinstance(areas, str | Mapping) or not isinstance(areas, Iterable):
        raise VoteError(f"areas is {shown(areas)}; give the votes of each counted area, such as [{{'A': 12, 'B': 7}}]")
    counted = tuple(checked_votes(area, f"areas[{number}]") for number, area in enumerate(areas))
    if not counted:
        raise VoteError("areas is empty; at least one area is counted")
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
    than large ones. The votes that the election holds are not used, but its lists are.

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

    def draw(self, contests: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        """Yield the votes of the contest; for several of them, give a model for each.

        Raises:
            ElectionError: there are several contests.
            VoteError: an area names a list that does not stand.
        """
        if len(contests) != 1:
            raise ElectionError(
                f"CountedAreas is of one council, not of {len(contests)}; give a model for each by name"
            )
        keys = list(contests[0].votes)
        for number, area in enumerate(self.areas):
            checked_counts(area, f"areas[{number}]", known=contests[0].votes)
        counted = np.array([[area.get(key, 0) for key in keys] for area in self.areas], np.int64)
        drawn = np.empty((n, len(keys)), np.int64)
        for begin in range(0, n, _BLOCK):
            size = min(_BLOCK, n - begin)
            times = rng.multinomial(self.left, rng.dirichlet(np.ones(len(counted)), size))
            drawn[begin : begin + size] = counted.sum(axis=0) + times @ counted
        yield drawn


@attrs.frozen
class _ByName:
    """A model for each contest."""

    models: tuple[Model, ...]

    def draw(self, contests: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[_Whole]:
        for model, contest in zip(self.models, contests, strict=True):
            yield from model.draw([contest], n, rng)


@attrs.frozen
class Estimate:
    """What a simulation found, with its Monte Carlo standard error: how much it varies from seed to seed.

    The error says nothing about whether the model is right. Where none of n simulations, or all of them, had it, the
    error is 0, and the chance can still be up to about 3 / n.

    >>> print(Estimate(0.25, 0.0043))
    0.2500 ± 0.0043
    """

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.4f} ± {self.error:.4f}"

    def __float__(self) -> float:
        return self.value


@attrs.frozen
class SimulatedSeats(Fixed, Result):
    """The seats in many simulated elections of one council, or the members in many compositions of one KKR.

    Attributes:
        name: the council's name.
        lists: the keys of the lists, or the parties.
        n: how many elections were simulated.
        tied: in how many of them a lot was open; each was counted in parts, by the chances of the lot.
        undecided: how many of these are in no chance, since their lots can fall in too many ways.
        seats: results by lists: the seats in every result that came out, each result once.
        weights: by result, how many simulations ended in it.
    """

    name: str
    lists: tuple[str, ...]
    n: int
    tied: int
    undecided: int
    seats: npt.NDArray[np.unsignedinteger] = attrs.field(repr=False, converter=fixed, eq=contents)
    weights: _Float = attrs.field(repr=False, converter=fixed, eq=contents)

    @property
    def expected(self) -> Mapping[str, Estimate]:
        """Key -> seats in the mean."""
        return FrozenDict({key: self._mean(self.seats[:, at]) for at, key in enumerate(self.lists)})

    @property
    def distribution(self) -> Mapping[str, Mapping[int, Estimate]]:
        """Key -> seats -> chance, of the numbers of seats that came out, from the fewest to the most."""
        found = {}
        for at, key in enumerate(self.lists):
            seats = self.seats[:, at]
            found[key] = FrozenDict({int(number): self._chance(seats == number) for number in np.unique(seats)})
        return FrozenDict(found)

    def results(self, most: int = 10) -> tuple[tuple[Mapping[str, int], Estimate], ...]:
        """Give the results that came out most often, at most so many, each with its chance."""
        most = checked_count("most", most, what=N_("a number of results"))
        order = np.argsort(-self.weights, kind="stable")[:most]
        return tuple(
            (
                FrozenDict(dict(zip(self.lists, self.seats[at].tolist(), strict=True))),
                _share(float(self.weights[at]), self.n),
            )
            for at in order
        )

    def majority(self, lists: str | Iterable[str]) -> Estimate:
        """Give the chance that these lists together have more than half of the seats.

        Args:
            lists: a key, or several.

        Raises:
            VoteError: one of them does not stand.
        """
        return self._chance(2 * self._together(lists) > self.seats.sum(axis=1, dtype=np.int64))

    def at_least(self, lists: str | Iterable[str], seats: int) -> Estimate:
        """Give the chance that these lists together have at least so many seats.

        Args:
            lists: a key, or several.
            seats: the fewest seats.

        Raises:
            VoteError: one of them does not stand, or ``seats`` is no whole number, 0 or more.
        """
        return self._chance(self._together(lists) >= checked_count("seats", seats, what=N_("a number of seats")))

    def _together(self, lists: str | Iterable[str]) -> _Whole:
        asked = [lists] if isinstance(lists, str) else lists
        names = checked_names("lists", asked, known=self.lists, among=self.name)
        columns = [self.lists.index(name) for name in names]
        return np.asarray(self.seats[:, columns].sum(axis=1, dtype=np.int64))

    def _chance(self, where: npt.NDArray[np.bool_]) -> Estimate:
        return _share(float(self.weights[where].sum()), self.n)

    def _mean(self, seats: "npt.NDArray[np.unsignedinteger]") -> Estimate:
        decided = self.weights.sum()
        if not decided:
            return Estimate(float("nan"), float("nan"))
        mean = float((seats * self.weights).sum() / decided)
        spread = float((self.weights * (seats - mean) ** 2).sum() / decided)
        return Estimate(mean, sqrt(spread / decided))


def _share(weight: float, n: int) -> Estimate:
    chance = min(1.0, weight / n)
    return Estimate(chance, sqrt(chance * (1 - chance) / n))


class SimulationStopped(KeyboardInterrupt):
    """Ctrl-C was pressed; it says what was done by then.

    Attributes:
        done: how many simulations were done.
        n: how many were wanted.

    >>> print(SimulationStopped(30_000, 100_000))
    stopped after 30,000 of 100,000 simulations; nothing is kept of them
    """

    def __init__(self, done: int, n: int) -> None:
        super().__init__(f"stopped after {done:,} of {n:,} simulations; nothing is kept of them")
        self.done = done
        self.n = n


MakesExecutor: TypeAlias = Callable[[], Executor]
Progress: TypeAlias = Callable[[int], object]


@overload
def simulate(
    election: Contested,
    model: Model,
    n: int,
    seed: int,
    executor: Executor | MakesExecutor | None = None,
    *,
    progress: Progress | None = None,
) -> SimulatedSeats: ...


@overload
def simulate(
    election: Mapping[str, Contested],
    model: Model | Mapping[str, Model],
    n: int,
    seed: int,
    executor: Executor | MakesExecutor | None = None,
    *,
    progress: Progress | None = None,
) -> Mapping[str, SimulatedSeats]: ...


def simulate(
    election: Contested | Mapping[str, Contested],
    model: Model | Mapping[str, Model],
    n: int,
    seed: int,
    executor: Executor | MakesExecutor | None = None,
    *,
    progress: Progress | None = None,
) -> SimulatedSeats | Mapping[str, SimulatedSeats]:
    """Draw the votes of an election many times, and count what seats come of them.

    A worker that is lost costs the chunks it had in hand: they are computed again, with the same seeds. A process
    pool is lost with one of its workers; where a function was given that makes the pool, it makes another, else the
    rest is computed in this process. A chunk that is lost four times ends the simulation.

    Args:
        election: a council election, its result, or a ``proportional_election``; or a mapping of name to these, which
            are drawn together, such as all 98 councils.
        model: what the votes are drawn from (:class:`Poll`, :class:`UniformSwing`, :class:`CountedAreas`, or any
            :class:`Model`); for a mapping of elections also a mapping of the same names to models.
        n: how many elections to draw.
        seed: a whole number; with the same one, the same elections are drawn.
        executor: where the chunks are computed: None for this process; any ``concurrent.futures.Executor``, which
            stays open; or a function that makes one, such as ``ProcessPoolExecutor``, which is shut down at the end.
        progress: called with the number of simulations done, each time some are.

    Returns:
        The seats that came out; for a mapping, by name.

    Raises:
        VoteError: ``election`` is not one, or ``n`` or ``seed`` not a number that will do.
        ElectionError: the model is none or gives no whole votes, the executor is none or has shut down, or a chunk
            was lost too often.
        SimulationStopped: Ctrl-C was pressed. What waited in the executor is cancelled.

    >>> from kommunalvalg import data
    >>> fanoe = simulate(data.council("kv2025", "Fanø"), Poll(800), 2000, seed=1)
    >>> fanoe.n, fanoe.lists[:3], 4 < fanoe.expected["B"].value < 6
    (2000, ('A', 'B', 'C'), True)
    """
    if isinstance(election, Mapping):
        contests = _named_contests(election)
        task = _CouncilsTask.of(tuple(contests.values()), _model(model, tuple(contests)), n, seed)
        tallies = _run(task, executor, progress)
        return FrozenDict(
            {
                name: tally.seats(name, tuple(contest.votes), task.n)
                for (name, contest), tally in zip(contests.items(), tallies, strict=True)
            }
        )
    contest = distribution_of(election)
    task = _CouncilsTask.of((contest,), _model(model), n, seed)
    (tally,) = _run(task, executor, progress)
    case = getattr(election, "case", election)
    return tally.seats(getattr(case, "name", "the election"), tuple(contest.votes), task.n)


def simulate_kkr(
    elections: Mapping[str, Contested],
    model: Model | Mapping[str, Model],
    n: int,
    seed: int,
    executor: Executor | MakesExecutor | None = None,
    *,
    mayors: Mapping[str, int],
    parties: Mapping[str, Mapping[str, str]] | None = None,
    blank: int = 0,
    method: str = METHODS[0],
    progress: Progress | None = None,
) -> SimulatedSeats:
    """Draw the votes of an area's councils many times, and count the compositions of its KKR that come of them.

    In each simulation the parties' votes are added up, those with a seat in one of the councils are found, and the
    KKR is composed of them (:func:`~kommunalvalg.compose_kkr`). The mayors stay as they are given. A seat that waits
    for a lot does not count as held. Workers, seeds, errors and Ctrl-C are as with :func:`simulate`.

    Args:
        elections: name -> the election of each of the area's councils.
        model: what the votes are drawn from.
        n: how many elections to draw.
        seed: a whole number; with the same one, the same elections are drawn.
        executor: where the chunks are computed, as with :func:`simulate`.
        mayors: party -> mayors.
        parties: name of the council -> key -> party, of the lists that count for a party; None where each key is the
            party's name in every council. Other lists count in the votes of the area only.
        blank: blank and invalid votes of the area, which count in the 2 % line; they stay as they are given.
        method: the method of :func:`~kommunalvalg.compose_kkr`.
        progress: called with the number of simulations done, each time some are.

    Returns:
        Members by party, mayors included.

    Raises:
        VoteError: an election is not one, a council or list that ``parties`` names does not stand, or a number will
            not do.
        ElectionError: as with :func:`simulate`, or the method is unknown.

    >>> from kommunalvalg import proportional_election
    >>> area = {"Nyby": proportional_election({"A": 900, "B": 500}, 9), "Ø": proportional_election({"A": 400}, 9)}
    >>> kkr = simulate_kkr(area, UniformSwing("3%"), 100, seed=1, mayors={"A": 1, "B": 1})
    >>> kkr.lists, kkr.n, sum(chance.value for _, chance in kkr.results()) > 0.99
    (('A', 'B'), 100, True)
    """
    contests = _named_contests(elections)
    belongs = _parties(contests, parties)
    names = tuple(dict.fromkeys(party for council in belongs for party in council if party is not None))
    if not names:
        raise VoteError("parties names no list; at least one list counts for a party")
    born = checked_counts(mayors, "mayors")
    task = _KKRTask(
        tuple(contests.values()),
        _model(model, tuple(contests)),
        _simulations(n),
        checked_count("seed", seed, what=N_("a seed")),
        _KKR_CHUNK,
        names,
        belongs,
        born,
        checked_count("blank", blank, what=N_("a vote count")),
        method,
    )
    # What no simulation can change is refused before the first.
    compose_kkr(dict.fromkeys(names, 1), born, municipalities=len(contests), total_votes=len(names), method=method)
    (tally,) = _run(task, executor, progress)
    return tally.seats("the KKR", task.everybody, task.n)


def _named_contests(elections: object) -> dict[str, ProportionalCase]:
    if not isinstance(elections, Mapping):
        raise VoteError(f"elections is {shown(elections)}; give a mapping of name to council election")
    contests = {checked_name("elections", name): distribution_of(election) for name, election in elections.items()}
    if not contests:
        raise VoteError("elections is empty; at least one election is needed")
    return contests


def _model(model: object, names: tuple[str, ...] | None = None) -> Model:
    if isinstance(model, Mapping) and names is not None:
        if set(model) != set(names):
            missing = [name for name in names if name not in model] or [name for name in model if name not in names]
            raise ElectionError(f"models and elections have different names: {listed(map(str, missing))}")
        return _ByName(tuple(_model(model[name]) for name in names))
    if isinstance(model, type) or not isinstance(model, Model):
        raise ElectionError(
            f"model is {shown(model)}; give a Poll(...), UniformSwing(...) or CountedAreas(...), "
            "or a value with draw(contests, n, rng)"
        )
    return model


def _simulations(n: object) -> int:
    return checked_count("n", n, what=N_("a number of simulations"), least=1)


def _parties(contests: Mapping[str, ProportionalCase], parties: object) -> tuple[tuple[str | None, ...], ...]:
    """Return for each council the party of each list, None for a local list."""
    if parties is None:
        return tuple(tuple(contest.votes) for contest in contests.values())
    if not isinstance(parties, Mapping):
        raise VoteError(f"parties is {shown(parties)}; give council -> key -> party, such as {{'Fanø': {{'A': 'A'}}}}")
    for council, belongs in parties.items():
        if council not in contests:
            raise VoteError(f"parties names {shown(council)}; the councils are {listed(contests)}")
        if not isinstance(belongs, Mapping):
            raise VoteError(f"parties[{shown(council)}] is {shown(belongs)}; give key -> party, such as {{'A': 'A'}}")
        for key, party in belongs.items():
            checked_name(f"parties[{shown(council)}]", party)
            if key not in contests[council].votes:
                raise VoteError(
                    f"parties[{shown(council)}] names {shown(key)}; the lists are {listed(contests[council].votes)}"
                )
    return tuple(tuple(parties.get(name, {}).get(key) for key in contest.votes) for name, contest in contests.items())


# What is counted of the simulations ---------------------------------------------------------------------------------

_MOST_WAYS = 1_000
"""How many ways the lots of a simulated election may fall in, to be followed."""


@attrs.frozen(eq=False)
class _Tally:
    """What came out of some simulations of one council: every result once, with how often.

    Attributes:
        rows: results by lists.
        counts: by result, how often it came out without a lot.
        shared: what came out by lot: result -> its chances, added up.
        tied: how many simulations needed a lot.
        undecided: how many of these are not in ``shared``.
    """

    rows: npt.NDArray[np.unsignedinteger]
    counts: _Whole
    shared: Mapping[tuple[int, ...], Fraction]
    tied: int
    undecided: int

    @classmethod
    def of(cls, rows: npt.NDArray[np.integer], most: int, lots: Iterable[tuple[Outcome, ...] | None]) -> "_Tally":
        """Count the results without a lot, and the outcomes of those with one; None where there are too many."""
        found, counts = _distinct(rows.astype(_smallest(most)))
        shared: dict[tuple[int, ...], Fraction] = {}
        tied = undecided = 0
        for outcomes in lots:
            tied += 1
            undecided += outcomes is None
            for outcome in outcomes or ():
                row = tuple(outcome.seats.values())
                shared[row] = shared.get(row, Fraction(0)) + outcome.probability
        return cls(found, counts, shared, tied, undecided)

    @classmethod
    def merged(cls, parts: Sequence["_Tally"]) -> "_Tally":
        """Add tallies up; the result does not depend on their order."""
        rows, counts = _distinct(
            np.concatenate([part.rows for part in parts]), np.concatenate([part.counts for part in parts])
        )
        shared: dict[tuple[int, ...], Fraction] = {}
        for part in parts:
            for row, chance in part.shared.items():
                shared[row] = shared.get(row, Fraction(0)) + chance
        return cls(rows, counts, shared, sum(part.tied for part in parts), sum(part.undecided for part in parts))

    def seats(self, name: str, lists: tuple[str, ...], n: int) -> SimulatedSeats:
        """Give what came out as seats of the lists."""
        by_lot = np.array(sorted(self.shared), self.rows.dtype).reshape(-1, len(lists))
        chances = [self.shared[row] for row in sorted(self.shared)]
        rows, first = _numbered(np.concatenate([self.rows, by_lot]))
        weights = np.bincount(first, [*self.counts.tolist(), *map(float, chances)], len(rows)).astype(np.float64)
        return SimulatedSeats(name, lists, n, self.tied, self.undecided, rows, weights)


def _smallest(most: int) -> "np.dtype[np.unsignedinteger]":
    """Give the smallest kind of number that holds the seats, big end first, so that bytes are in its order."""
    return np.min_scalar_type(most).newbyteorder(">")


def _numbered(rows: "npt.NDArray[np.unsignedinteger]") -> "tuple[npt.NDArray[np.unsignedinteger], _Whole]":
    """Give the different rows, in their order, and for each row the number of the one that it is."""
    packed = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).reshape(-1)
    different, number = np.unique(packed, return_inverse=True)
    return different.view(rows.dtype).reshape(-1, rows.shape[1]), number


def _distinct(
    rows: "npt.NDArray[np.unsignedinteger]", counts: _Whole | None = None
) -> "tuple[npt.NDArray[np.unsignedinteger], _Whole]":
    """Give the different rows, each with how often it is there, or with its counts added up."""
    different, number = _numbered(rows)
    sums = np.zeros(len(different), np.int64)
    np.add.at(sums, number, 1 if counts is None else counts)
    return different, sums


# The work of one chunk ----------------------------------------------------------------------------------------------

_CHUNK = 10_000
"""The most simulations in a chunk."""

_KKR_CHUNK = 1_000
"""The same, of a KKR, which takes longer."""

_CELLS = 1_000_000
"""The most votes of one council in a chunk."""


@attrs.frozen
class _Task:
    """The work, all of it: what is simulated, and how it is cut."""

    cases: tuple[ProportionalCase, ...]
    model: Model
    n: int
    seed: int
    chunk: int

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.n // self.chunk)

    def size(self, number: int) -> int:
        """How many simulations the chunk has."""
        return min(self.chunk, self.n - number * self.chunk)

    def drawn(self, number: int) -> Iterator[tuple[ProportionalCase, _Whole, ManyAllocations]]:
        """Yield each contest with its votes in this chunk, and the seats."""
        size = self.size(number)
        rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(number,)))
        given = self.model.draw(self.cases, size, rng)
        for at, (contest, votes) in enumerate(zip(self.cases, given, strict=True)):
            _check_drawn(self.model, votes, (size, len(contest.votes)), at)
            yield contest, votes, _allocations(contest, votes)

    def __call__(self, number: int, tries: int = 0) -> tuple[_Tally, ...]:
        """Compute a chunk; ``tries`` tells Dask that it is computed again, and is not an answer it has."""
        raise NotImplementedError


def _check_drawn(model: Model, votes: object, shape: tuple[int, int], at: int) -> None:
    kind = type(model.models[at] if isinstance(model, _ByName) else model).__name__
    if not isinstance(votes, np.ndarray) or not np.issubdtype(votes.dtype, np.integer):
        what = f"an array of {votes.dtype}" if isinstance(votes, np.ndarray) else shown(votes)
        raise ElectionError(f"the model {kind} gives {what}; a model gives whole votes, an array of int64")
    if votes.shape != shape:
        raise ElectionError(f"the model {kind} gives votes of the shape {votes.shape}; elections by lists are {shape}")
    if votes.size and votes.min() < 0:
        raise ElectionError(f"the model {kind} gives {votes.min()} votes; a vote count is a whole number, 0 or more")


def _allocations(contest: ProportionalCase, votes: _Whole) -> ManyAllocations:
    column = {key: number for number, key in enumerate(contest.votes)}
    limits = contest.capacity
    capacity = None if limits is None else [limits.get(key, contest.seats) for key in contest.votes]
    alliances = [[_columns(member, column) for member in alliance.members] for alliance in contest.alliances]
    return dhondt_many(votes, contest.seats, alliances=cast("list[Columns]", alliances), capacity=capacity)


def _columns(member: str | Alliance, column: Mapping[str, int]) -> "int | list[object]":
    return [_columns(inner, column) for inner in member.members] if isinstance(member, Alliance) else column[member]


class _CouncilsTask(_Task):
    """Councils: the seats of each."""

    @classmethod
    def of(cls, contests: tuple[ProportionalCase, ...], model: Model, n: object, seed: object) -> "_CouncilsTask":
        """Cut the work so that a chunk's votes fit in little memory."""
        lists = max(len(contest.votes) for contest in contests)
        chunk = max(1, min(_CHUNK, _CELLS // lists))
        return cls(contests, model, _simulations(n), checked_count("seed", seed, what=N_("a seed")), chunk)

    def __call__(self, number: int, tries: int = 0) -> tuple[_Tally, ...]:  # noqa: ARG002 - see the base
        return tuple(
            _Tally.of(
                many.seats[many.complete],
                contest.seats,
                (_outcomes(contest, votes[at]) for at in np.flatnonzero(~many.complete)),
            )
            for contest, votes, many in self.drawn(number)
        )


def _outcomes(contest: ProportionalCase, votes: _Whole) -> tuple[Outcome, ...] | None:
    """Follow the lots of one simulated election; None where they can fall in too many ways."""
    drawn = FrozenDict(dict(zip(contest.votes, votes.tolist(), strict=True)))
    try:
        return attrs.evolve(contest, votes=drawn).settled(Urn()).outcomes(most=_MOST_WAYS)
    except LotError:
        return None


@attrs.frozen
class _KKRTask(_Task):
    """A KKR: its members."""

    parties: tuple[str, ...]
    belongs: tuple[tuple[str | None, ...], ...]
    mayors: FrozenDict[str, int]
    blank: int
    method: str

    @property
    def everybody(self) -> tuple[str, ...]:
        """The parties, and after them those who only have a mayor."""
        return (*self.parties, *(party for party in self.mayors if party not in self.parties))

    def __call__(self, number: int, tries: int = 0) -> tuple[_Tally, ...]:  # noqa: ARG002 - see the base
        size = self.size(number)
        column = {party: at for at, party in enumerate(self.parties)}
        votes = np.zeros((size, len(self.parties)), np.int64)
        seated = np.zeros(votes.shape, np.bool_)
        total = np.full(size, 0, np.int64)
        for (_, counts, many), belongs in zip(self.drawn(number), self.belongs, strict=True):
            total += counts.sum(axis=1)
            for at, party in enumerate(belongs):
                if party is not None:
                    votes[:, column[party]] += counts[:, at]
                    seated[:, column[party]] |= many.seats[:, at] > 0
        settled: list[tuple[int, ...]] = []
        lots: list[tuple[Outcome, ...] | None] = []
        for at in range(size):
            kkr = compose_kkr(
                dict(zip(self.parties, votes[at].tolist(), strict=True)),
                self.mayors,
                municipalities=len(self.cases),
                total_votes=int(total[at]),
                cast_votes=int(total[at]) + self.blank,
                represented=[party for party, seat in zip(self.parties, seated[at], strict=True) if seat],
                method=self.method,
            )
            if kkr.complete:
                settled.append(tuple(kkr.members.values()))
                continue
            try:
                outcomes = kkr.outcomes(most=_MOST_WAYS)
            except LotError:
                lots.append(None)
                continue
            lots.append(
                tuple([Outcome(_members(kkr, outcome), outcome.probability, outcome.draws) for outcome in outcomes])
            )
        rows = np.array(settled, np.int64).reshape(-1, len(self.everybody))
        return (_Tally.of(rows, 2 * len(self.cases), lots),)


def _members(kkr: KKRComposition, outcome: Outcome) -> FrozenDict[str, int]:
    return FrozenDict({row.party: row.mayors + outcome.seats.get(row.party, 0) for row in kkr.parties})


# Where the chunks are computed --------------------------------------------------------------------------------------

_TRIES = 4
"""How often a chunk is computed at most, when workers are lost."""

_WINDOW = 64
"""The most chunks that wait in an executor at a time."""

_FEW = 200_000
"""The most results that are kept twice before they are added up, unless there are as many that differ."""

_LOST = (BrokenExecutor, CancelledError, TaskCancelledError, OSError)
"""What a lost worker looks like, beside Dask's KilledWorker, which is known by its name."""


def _run(task: _Task, executor: object, progress: Progress | None) -> tuple[_Tally, ...]:
    """Compute all chunks, and add up what came out."""
    found: list[tuple[_Tally, ...]] = []
    different = unmerged = done = 0
    try:
        with closing(_results(task, executor)) as results:
            for number, tallies in results:
                found.append(tallies)
                done += task.size(number)
                unmerged += _rows(tallies)
                if unmerged > max(_FEW, different):
                    found = [_added(found)]
                    different, unmerged = _rows(found[0]), 0
                if progress is not None:
                    progress(done)
    except KeyboardInterrupt:
        raise SimulationStopped(done, task.n) from None
    return _added(found)


def _rows(tallies: tuple[_Tally, ...]) -> int:
    return sum(len(tally.rows) for tally in tallies)


def _added(found: list[tuple[_Tally, ...]]) -> tuple[_Tally, ...]:
    return tuple(_Tally.merged(parts) for parts in zip(*found, strict=True))


def _results(task: _Task, executor: object) -> Generator[tuple[int, tuple[_Tally, ...]], None, None]:
    """Yield each chunk's number and what came out, in the order in which they are done."""
    if executor is None:
        for number in range(task.chunks):
            yield number, task(number)
        return
    make = None if isinstance(executor, Executor) or not callable(executor) else executor
    work = _Work(task, executor if make is None else make(), make)
    try:
        yield from work.results()
    finally:
        work.end()


class _Work:
    """The chunks that are computed by an executor: those in hand, those that wait, and those that were lost."""

    def __init__(self, task: _Task, executor: object, make: MakesExecutor | None) -> None:
        self.task = task
        self.make = make
        self.executor: Executor | None = _executor(executor)
        self.waiting = iter(range(task.chunks))
        self.lost: list[tuple[int, int]] = []
        self.running: dict[Future[tuple[_Tally, ...]], tuple[int, int]] = {}

    def results(self) -> Iterator[tuple[int, tuple[_Tally, ...]]]:
        """Yield each chunk's number and what came out, in the order in which they are done."""
        while True:
            while len(self.running) < _WINDOW and (chunk := self._next()):
                if self.executor is None:
                    yield chunk[0], self.task(*chunk)
                else:
                    self._submit(chunk)
            if not self.running and not self.lost:
                return
            finished, _ = wait(self.running, return_when=FIRST_COMPLETED)
            for future in finished:
                number, tries = self.running.pop(future)
                error = _error_of(future)
                if error is None:
                    yield number, future.result()
                elif _is_loss(error):
                    self._lose(number, tries, error)
                else:
                    raise error

    def end(self) -> None:
        """Cancel what waits, and shut down an executor that was made here."""
        for future in self.running:
            future.cancel()
        if self.make is not None and self.executor is not None:
            self.executor.shutdown()

    def _next(self) -> tuple[int, int] | None:
        if self.lost:
            return self.lost.pop()
        number = next(self.waiting, None)
        return None if number is None else (number, 0)

    def _submit(self, chunk: tuple[int, int]) -> None:
        executor = cast("Executor", self.executor)
        try:
            with _interrupt_held():
                self.running[executor.submit(self.task, *chunk)] = chunk
        except BrokenExecutor:
            self.lost.append(chunk)
            self.executor = None
            if self.make is not None:
                executor.shutdown()
                self.executor = _executor(self.make())
        except RuntimeError as error:
            raise ElectionError(f"executor takes no work ({error}); give one that has not shut down") from error

    def _lose(self, number: int, tries: int, error: BaseException) -> None:
        if tries + 1 >= _TRIES:
            raise ElectionError(
                f"chunk {number + 1} of {self.task.chunks} was lost {_TRIES} times, the last time with "
                f"{type(error).__name__}: {error}"
            ) from error
        self.lost.append((number, tries + 1))


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; processes that are started in it never get it.

    The terminal sends Ctrl-C to the workers too. One that is stopped while it takes the lock of the pool's queue never
    gives it back, and then the pool never ends; so the interrupt is left to the process that called.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _executor(executor: object) -> Executor:
    if not isinstance(executor, Executor):
        raise ElectionError(f"executor is {shown(executor)}; give a concurrent.futures.Executor, or what makes one")
    return executor


def _error_of(future: "Future[tuple[_Tally, ...]]") -> BaseException | None:
    return CancelledError("the chunk was cancelled") if future.cancelled() else future.exception()


def _is_loss(error: BaseException) -> bool:
    return isinstance(error, _LOST) or any(kind.__name__ == "KilledWorker" for kind in type(error).__mro__)
