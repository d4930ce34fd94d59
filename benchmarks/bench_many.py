"""Millions of elections: how long they take, and in how much memory, each kind of work in a process of its own."""

import pytest
from alone import MANY
from support import Benchmark, measured_alone, timed_alone


@timed_alone
@pytest.mark.parametrize("work", MANY)
def test_many(benchmark: Benchmark, work: str) -> None:
    """A million elections come to an end, the first of them as they are one by one."""
    measured_alone(benchmark, work, rounds=1 if "simulated" in work else 3)
