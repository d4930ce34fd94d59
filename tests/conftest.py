"""How Hypothesis runs here, and what several tests share."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from kommunalvalg import ElectionError, VoteError

# A busy machine is not a broken test: neither the time of one example nor that of making it fails a run.
settings.register_profile("person", deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
# Where a change is decided on, the same examples come every time.
settings.register_profile("ci", settings.get_profile("person"), derandomize=True, database=None)
# Where the same tests have run on another interpreter before, fewer examples tell what differs.
settings.register_profile("brief", settings.get_profile("ci"), max_examples=15)
# Where only one thing is asked of a failure, that it is one, it is not made smaller (tools/mutants.py).
settings.register_profile("mutants", settings.get_profile("brief"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "person"))


def _refused(
    call: Callable[..., object], *args: object, error: type[ElectionError] = VoteError, **kwargs: object
) -> str:
    with pytest.raises(ElectionError) as caught:
        call(*args, **kwargs)
    assert type(caught.value) is error
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message == message.strip().removesuffix(".")
    return message


@pytest.fixture(scope="session")
def refused() -> Callable[..., str]:
    """Call something that must be refused with an error of ours on one line, and return the message."""
    return _refused


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach what a test starts, also where the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
