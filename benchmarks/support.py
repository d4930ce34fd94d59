"""What the benchmarks measure with: pytest-benchmark's fixture, a limit on one call, and processes of their own."""

import gc
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Protocol, TypeVar

import alone
import pytest

__all__ = ["Benchmark", "at_most", "measured_alone", "measured_process", "timed_alone"]

T = TypeVar("T")


class Benchmark(Protocol):
    """What is used of pytest-benchmark's fixture, which has no types of its own."""

    extra_info: dict[str, Any]

    def __call__(self, work: Callable[..., T], /, *args: object) -> T:
        """Measure the work in as many rounds as there is time for, and return its result."""
        ...

    def pedantic(self, work: Callable[..., T], /, args: tuple[object, ...] = (), *, rounds: int) -> T:
        """Measure the work in so many rounds, and return its last result."""
        ...


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Skip the benchmark as too long when the block takes more of the processor's time.

    The block runs as it will be measured, without the garbage collector.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        pytest.skip("too long")

    before = signal.signal(signal.SIGPROF, stop)
    gc.disable()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.enable()
        signal.signal(signal.SIGPROF, before)


ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Clock:
    """A clock that shows the seconds that a process of its own has used of the processor, as it last told them."""

    seconds = 0.0

    def __call__(self) -> float:
        """Read the clock."""
        return self.seconds


CLOCK = Clock()
timed_alone = pytest.mark.benchmark(timer=CLOCK)
"""Marks what is measured by :func:`measured_alone` or :func:`measured_process`."""


def measured_alone(benchmark: Benchmark, work: str, *, rounds: int) -> None:
    """Measure work of a process of its own on one core, and keep the megabytes that it had before it and at most."""
    with subprocess.Popen(  # noqa: S603 - this Python, our own file
        [sys.executable, alone.__file__, work],
        env=os.environ | ONE_CORE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked
        assert answers

        def answer() -> float:
            CLOCK.seconds, megabytes = map(float, answers.readline().split())
            return megabytes

        def once() -> float:
            asked.write("\n")
            asked.flush()
            return answer()

        before = answer()
        benchmark.extra_info["megabytes"] = [before, benchmark.pedantic(once, rounds=rounds)]
    assert process.returncode == 0


COMPILED = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""An environment in which modules that were imported before are compiled, as they mostly are."""


def measured_process(benchmark: Benchmark, *arguments: str, rounds: int) -> None:
    """Measure a Python from its start to its end, which another one went before."""

    def once() -> None:
        subprocess.run(  # noqa: S603 - this Python
            [sys.executable, *arguments], env=COMPILED, stdout=subprocess.DEVNULL, check=True
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        CLOCK.seconds = used.ru_utime + used.ru_stime

    once()
    benchmark.pedantic(once, rounds=rounds)
