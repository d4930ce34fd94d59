"""Under load: many threads, other processes, workers that die, slow clients; and the same bytes everywhere."""

import inspect
import os
import socket
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import same_bytes
from test_names import EVERY, calls_of

from kommunalvalg import ElectionError, data, dhondt
from kommunalvalg.simulation import Poll, simulate
from kommunalvalg.web.server import serve

SLOW = ("simulation.", "report.", "analysis.", "testing.")
"""What is asked of by one thread after another, for time."""


# Threads


def told(call: Callable[[], object]) -> str:
    """Call a function as its own example does, and write what comes of it."""
    try:
        found = call()
        return repr(list(found) if inspect.isgenerator(found) else found)
    except ValueError as error:
        return str(error)


def test_sixteen_threads_have_what_one_has() -> None:
    """Every public function gives sixteen threads at once, four the same one, what it gave one."""
    calls = [
        partial(function, *call.args, **call.kwargs)
        for name, function in EVERY.items()
        if not name.startswith(SLOW)
        for call in calls_of(function)
    ]
    once = list(map(told, calls))

    begun = threading.Barrier(16)

    def some(start: int) -> list[str]:
        begun.wait()
        return [told(call) for call in calls[start::4]]

    with ThreadPoolExecutor(16) as pool:
        for number, found in enumerate(pool.map(some, [0, 1, 2, 3] * 4)):
            assert found == once[number % 4 :: 4]


# Processes


def counted(number: int) -> dict[str, int]:
    """Distribute seats in another process."""
    return dict(dhondt({"A": 11 + number, "B": 8, "C": 2}, 9).seats)


def dies(_number: int) -> None:
    """End the process as a machine does that is out of memory."""
    os._exit(9)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_other_processes_have_what_this_one_has(method: str) -> None:
    """However a process is made, it computes the same."""
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        assert list(pool.map(counted, range(4))) == [counted(number) for number in range(4)]


def test_a_worker_that_dies_is_no_wrong_result() -> None:
    """A worker that is killed ends the work with an error, and never with a part of it."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool, pytest.raises(BrokenProcessPool):
        list(pool.map(dies, range(2)))
    distribution = data.council("kv2025", "Fanø")

    class Dying(ProcessPoolExecutor):
        """A pool whose workers die."""

        def submit(self, *_: object, **__: object) -> "object":  # type: ignore[override]  # as the pool's
            return super().submit(dies, 1)

    with Dying(1, mp_context=get_context("fork")) as pool, pytest.raises(ElectionError, match="lost a worker"):
        simulate(distribution, Poll(800), 100, seed=1, executor=pool)


# The local server


@pytest.fixture
def server() -> Iterator[int]:
    """Serve the calculator, and give its port."""
    with serve() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield int(running.server_address[1])
        running.shutdown()


def test_two_hundred_slow_clients_keep_nobody_waiting(server: int) -> None:
    """While two hundred clients have sent half of a request, the next one is answered at once."""
    slow = []
    for _ in range(200):
        client = socket.create_connection(("127.0.0.1", server), timeout=5)
        client.sendall(b"POST /answer HTTP/1.1\r\nHost: 127.0.0.1")
        slow.append(client)
    with urllib.request.urlopen(f"http://127.0.0.1:{server}/", timeout=5) as page:
        assert page.status == 200
        assert len(page.read()) > 1000
    for client in slow:
        client.close()


# The same bytes


def test_the_main_reports_are_the_same_bytes_everywhere() -> None:
    """In any locale, time zone, hash seed and terminal the same question has the same answer, to the byte."""
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda place: same_bytes.digests(sys.executable, place), same_bytes.PLACES))
    assert len(found[0]) == 78
    assert all(each == found[0] for each in found)
