"""Where the chunks of a simulation are computed: in this process, or by an executor."""

import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, contextmanager
from itertools import islice
from queue import SimpleQueue
from threading import current_thread, main_thread
from typing import Any, Protocol, TypeAlias

from kommunalvalg.errors import ElectionError
from kommunalvalg.simulation.outcomes import Tally
from kommunalvalg.text import Figure, Kind
from kommunalvalg.text import text as _

__all__ = ["MakesExecutor", "Progress", "SimulationStopped", "Work", "run"]


class SimulationStopped(KeyboardInterrupt):
    """Ctrl-C was pressed; it says what was done by then.

    Attributes:
        done: how many simulations were done.
        n: how many were wanted.
        text: both, in a sentence that has no language yet.

    >>> print(SimulationStopped(30_000, 100_000))
    stopped after 30,000 of 100,000 simulations; nothing is kept of them
    """

    def __init__(self, done: int, n: int) -> None:
        super().__init__(f"stopped after {done:,} of {n:,} simulations; nothing is kept of them")
        self.done = done
        self.n = n
        self.text = _(
            "stopped after {done} of {n} simulations; nothing is kept of them",
            done=Figure(done, Kind.NUMBER),
            n=Figure(n, Kind.NUMBER),
        )


MakesExecutor: TypeAlias = Callable[[], Executor]
Progress: TypeAlias = Callable[[int], object]


class Work(Protocol):
    """Simulations that are cut into chunks, each of which can be computed anywhere."""

    @property
    def n(self) -> int:
        """How many simulations there are."""

    @property
    def chunks(self) -> int:
        """How many chunks there are."""

    def size(self, number: int) -> int:
        """How many simulations a chunk has."""

    def __call__(self, number: int) -> tuple[Tally, ...]:
        """Compute a chunk: what came out, election by election."""


_WINDOW = 64
"""The most chunks that wait in an executor at a time."""

_FEW = 200_000
"""The most results that are kept twice before they are added up, unless there are as many that differ."""


def run(work: Work, executor: Executor | MakesExecutor | None, progress: Progress | None) -> tuple[Tally, ...]:
    """Compute all chunks, and add up what came out.

    Args:
        work: the simulations.
        executor: where they are computed; None for this process. One that a function makes is shut down at the end.
        progress: called with the number of simulations done, each time some are.

    Raises:
        ElectionError: the executor is none, has shut down, or lost a worker that it cannot do without.
        SimulationStopped: Ctrl-C was pressed.

    >>> from kommunalvalg import proportional_election
    >>> from kommunalvalg.simulation import Poll, SimulationCase
    >>> from kommunalvalg.simulation.councils import CouncilChunks
    >>> case = SimulationCase(elections={"Nyby": proportional_election({"A": 1}, 9)}, model=Poll(9), n=20, seed=1)
    >>> run(CouncilChunks.of(case), None, None)[0].rows.tolist()
    [[9]]
    """
    counted: list[tuple[Tally, ...]] = []
    different = unmerged = done = 0
    try:
        with closing(_results(work, executor)) as results:
            for size, tallies in results:
                counted.append(tallies)
                done += size
                unmerged += _rows(tallies)
                if unmerged > max(_FEW, different):
                    counted = [_added(counted)]
                    different, unmerged = _rows(counted[0]), 0
                if progress is not None:
                    progress(done)
    except KeyboardInterrupt:
        raise SimulationStopped(done, work.n) from None
    return _added(counted)


def _rows(tallies: tuple[Tally, ...]) -> int:
    return sum(len(tally.rows) for tally in tallies)


def _added(counted: Sequence[tuple[Tally, ...]]) -> tuple[Tally, ...]:
    return tuple(Tally.merged(parts) for parts in zip(*counted, strict=True))


Results: TypeAlias = Generator[tuple[int, tuple[Tally, ...]], None, None]
"""The size of each chunk and what came out, in the order in which they are done."""


def _results(work: Work, executor: object) -> Results:
    if executor is None:
        yield from ((work.size(number), work(number)) for number in range(work.chunks))
    elif isinstance(executor, Executor):
        yield from _computed(work, executor)
    elif callable(executor):
        with _checked(executor()) as made:
            yield from _computed(work, made)
    else:
        _checked(executor)


def _computed(work: Work, executor: Executor) -> Results:
    """Submit the chunks, a few at a time; what waits when something goes wrong is cancelled.

    Each future tells when it is done: who waits for several takes the locks of all, and one that Ctrl-C leaves locked
    keeps the executor from ever ending.
    """
    numbers = iter(range(work.chunks))
    running: dict[Future[tuple[Tally, ...]], int] = {}
    done: SimpleQueue[Future[tuple[Tally, ...]]] = SimpleQueue()
    try:
        while True:
            for number in islice(numbers, _WINDOW - len(running)):
                with _interrupt_held():
                    future = _submitted(work, number, executor)
                    running[future] = work.size(number)
                    future.add_done_callback(done.put)
            if not running:
                return
            future = done.get()
            yield running.pop(future), future.result()
    except BrokenExecutor as error:
        raise ElectionError(
            "the executor lost a worker ({error}); with the same seed the simulation can be run again",
            error=str(error) or type(error).__name__,
        ) from error
    finally:
        with _interrupt_held():
            for future in running:
                future.cancel()


def _submitted(work: Work, number: int, executor: Executor) -> "Future[tuple[Tally, ...]]":
    try:
        return executor.submit(work, number)
    except BrokenExecutor:
        raise
    except RuntimeError as error:
        raise ElectionError(
            "executor takes no work ({error}); give one that has not shut down", error=str(error)
        ) from error


def _checked(executor: object) -> Executor:
    if not isinstance(executor, Executor):
        raise ElectionError(
            "{field} is {value}; give a concurrent.futures.Executor, or what makes one",
            field="executor",
            value=executor,
        )
    return executor


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Keep Ctrl-C back for a moment; processes that are started in it never get it.

    The terminal sends Ctrl-C to the workers too. One that is stopped while it takes the lock of the pool's queue never
    gives it back, and then the pool never ends; so the interrupt is left to the process that called. There it is noted,
    and answered afterwards: another thread may get it, and Python answers in the main thread all the same.
    """
    came: list[tuple[Any, ...]] = []
    answer = signal.getsignal(signal.SIGINT)
    noted = callable(answer) and current_thread() is main_thread()
    if noted:
        signal.signal(signal.SIGINT, lambda *interrupt: came.append(interrupt))
    masks = hasattr(signal, "pthread_sigmask")  # not on Windows
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if noted:
            signal.signal(signal.SIGINT, answer)
        if callable(answer) and came:
            answer(*came[0])
