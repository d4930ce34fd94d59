"""Elections of councils, drawn many times."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from typing import overload

import attrs
import numpy as np
import numpy.typing as npt

from kommunalvalg.analysis.cases import Contested, distribution_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Outcome, Urn
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.simulation.chunks import Chunks, DrawnCase, followed
from kommunalvalg.simulation.models import Model, model_of
from kommunalvalg.simulation.outcomes import SimulatedSeats, Tally
from kommunalvalg.simulation.running import MakesExecutor, Progress, run

__all__ = ["CHUNK", "CouncilChunks", "SimulationCase", "simulate"]

CHUNK = 10_000
"""The most simulations in a chunk."""

_CELLS = 1_000_000
"""The most votes of one council in a chunk."""


@attrs.frozen
class CouncilChunks(Chunks):
    """Councils: the seats of each."""

    @classmethod
    def of(cls, case: DrawnCase) -> "CouncilChunks":
        """Cut the work so that a chunk's votes fit in little memory."""
        lists = max(len(election.votes) for election in case.elections.values())
        return cls(case, max(1, min(CHUNK, _CELLS // lists)))

    def __call__(self, number: int) -> tuple[Tally, ...]:
        """Count the seats of each council in a chunk."""
        return tuple(
            Tally.of(
                many.seats[many.complete],
                case.seats,
                _each_followed(case, votes[~many.complete]),
            )
            for case, votes, many in self.drawn(number)
        )


def _each_followed(case: ProportionalCase, rows: npt.NDArray[np.int64]) -> Iterator[tuple[Outcome, ...] | None]:
    """Follow the lots of simulated elections; few polling areas give the same votes again and again."""
    known: dict[bytes, tuple[Outcome, ...] | None] = {}
    for votes in rows:
        key = votes.tobytes()
        if key not in known:
            known[key] = followed(case, votes)
        yield known[key]


@attrs.frozen(kw_only=True)
class SimulationCase(DrawnCase):
    """Elections of councils that are drawn together, as for :func:`simulate`."""

    def settled(
        self, _urn: Urn, executor: Executor | MakesExecutor | None = None, progress: Progress | None = None
    ) -> FrozenDict[str, SimulatedSeats]:
        """Draw them, and count the seats by the names of the elections; every lot counts in all its ways."""
        tallies = run(CouncilChunks.of(self), executor, progress)
        return FrozenDict(
            {
                name: tally.seats(name, tuple(election.votes), self)
                for (name, election), tally in zip(self.elections.items(), tallies, strict=True)
            }
        )


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

    Whether a worker that is lost is made up for is the executor's affair: Dask gives its chunks to others; a process
    pool is lost with one of its workers, and then the simulation ends with an error. With the same seed it can be run
    again.

    Args:
        election: a council election, its result, or a ``proportional_election``; or a mapping of name to these, which
            are drawn together, such as all 98 councils.
        model: what the votes are drawn from (:class:`.Poll`, :class:`.UniformSwing`, :class:`.CountedAreas`, or any
            :class:`.Model`); for a mapping of elections also a mapping of the same names to models.
        n: how many elections to draw.
        seed: a whole number; with the same one, the same elections are drawn.
        executor: where the chunks are computed: None for this process; any ``concurrent.futures.Executor``, which
            stays open; or a function that makes one, such as ``ProcessPoolExecutor``, which is shut down at the end.
        progress: called with the number of simulations done, each time some are.

    Returns:
        The seats that came out; for a mapping, by name.

    Raises:
        VoteError: ``election`` is not one, or ``n`` or ``seed`` not a number that will do.
        ElectionError: the model is none or gives no whole votes, the executor is none, has shut down, or was lost
            with a worker.
        SimulationStopped: Ctrl-C was pressed. What waited in the executor is cancelled.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.simulation import Poll
    >>> fanoe = simulate(data.council("kv2025", "Fanø"), Poll(800), 2000, seed=1)
    >>> fanoe.n, fanoe.lists[:3], 4 < fanoe.expected["B"].value < 6
    (2000, ('A', 'B', 'C'), True)
    """
    if isinstance(election, Mapping):
        case = SimulationCase(elections=election, model=model, n=n, seed=seed)
        return case.settled(Urn(), executor, progress)
    distribution = distribution_of(election)
    name = getattr(getattr(election, "case", election), "name", "") or "the election"
    case = SimulationCase(elections={name: distribution}, model=model_of(model), n=n, seed=seed)
    return case.settled(Urn(), executor, progress)[name]
