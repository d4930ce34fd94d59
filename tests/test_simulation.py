"""Simulations: the same for any number of workers, and true to what the models say."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import numpy as np
import pytest

from kommunalvalg import ElectionError, VoteError, data, elect_council, proportional_election, simulation
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.simulation import (
    CountedAreas,
    Estimate,
    Model,
    Poll,
    SimulationCase,
    SimulationStopped,
    UniformSwing,
    councils,
    simulate,
    simulate_kkr,
)
from kommunalvalg.simulation import kkr as area

NYBY = proportional_election(
    {"A": 4000, "C": 3400, "F": 2600, "V": 0}, 9, alliances=[["A", "F"]], capacity={"A": 12, "C": 3}
)
SPAWNED = partial(ProcessPoolExecutor, 2, get_context("spawn"))


@attrs.frozen
class Fixed:
    """Gives the same votes every time; or anything else, to be refused."""

    votes: object

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[Any]:
        """Yield the votes for each contest."""
        del rng
        for _ in cases:
            yield np.array([self.votes] * n) if isinstance(self.votes, list) else self.votes


@attrs.frozen
class Deadly:
    """Kills the process that draws, the first time that it is not the one that made it, as long as there is a file."""

    file: Path
    home: int = attrs.field(factory=os.getpid)

    def draw(self, cases: Sequence[ProportionalCase], n: int, rng: np.random.Generator) -> Iterator[Any]:
        """Die, or draw from a poll."""
        time.sleep(0.02)
        if self.file.exists() and os.getpid() != self.home:
            self.file.unlink(missing_ok=True)
            os.kill(os.getpid(), signal.SIGKILL)
        yield from Poll(200).draw(cases, n, rng)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the work small, so that few simulations make many chunks."""
    monkeypatch.setattr(councils, "CHUNK", 100)
    monkeypatch.setattr(area, "CHUNK", 10)


@pytest.mark.parametrize("make", [ThreadPoolExecutor, partial(ThreadPoolExecutor, 3), SPAWNED])
def test_the_result_is_the_same_with_any_workers(make: Callable[[], Executor]) -> None:
    """Without an executor, and with threads or processes, the same seed gives the same result."""
    alone = simulate(NYBY, Poll(200), 1_050, seed=7)
    assert simulate(NYBY, Poll(200), 1_050, 7, make) == alone
    with make() as executor:
        assert simulate(NYBY, Poll(200), 1_050, 7, executor) == alone
    assert simulate(NYBY, Poll(200), 1_050, seed=8) != alone


def test_the_order_of_arrival_does_not_matter() -> None:
    """Chunks that are done in the reverse order give the same result."""

    class Backward(Executor):
        """Computes what it was given last first, when there is enough of it."""

        def __init__(self) -> None:
            self.waiting: list[Callable[[], None]] = []

        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
            future: Future[object] = Future()
            self.waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
            if len(self.waiting) == 8:
                for work in reversed(self.waiting):
                    work()
            return future

    assert simulate(NYBY, Poll(200), 800, 7, Backward()) == simulate(NYBY, Poll(200), 800, 7)


@pytest.mark.parametrize("own", [True, False])
def test_a_pool_that_loses_a_worker_ends_the_run(tmp_path: Path, refused: Callable[..., str], *, own: bool) -> None:
    """A process pool is lost with one of its workers: the run ends and says so, and can be run again."""
    file = tmp_path / "deadly"
    file.touch()
    with SPAWNED() as pool:
        executor = SPAWNED if own else pool
        message = refused(simulate, NYBY, Deadly(file), 1_000, 7, executor, error=ElectionError)
    assert message.startswith("the executor lost a worker (A process in the process pool was terminated abruptly")
    assert message.endswith("; with the same seed the simulation can be run again")
    assert simulate(NYBY, Deadly(file), 1_000, 7, SPAWNED) == simulate(NYBY, Poll(200), 1_000, 7)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:(distributed|dask|tornado).*")
def test_a_dask_worker_that_is_killed_costs_its_chunks_and_not_the_run(tmp_path: Path) -> None:
    """One of two workers of a Dask cluster is killed in the middle, and the result is what it would have been."""
    distributed = pytest.importorskip(
        "distributed", reason="Dask (distributed) is not installed; the extra test has it"
    )
    file = tmp_path / "deadly"
    expected = simulate(NYBY, Deadly(file), 1_000, seed=7)
    file.touch()
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            local_directory=str(tmp_path),
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert simulate(NYBY, Deadly(file), 1_000, 7, client.get_executor()) == expected
    assert not file.exists()


INTERRUPTED = """
    import sys
    from concurrent.futures import ProcessPoolExecutor
    from kommunalvalg import proportional_election
    from kommunalvalg import simulation

    def main():
        election = proportional_election({"A": 40, "C": 34}, 9)
        def tell(done):
            print("begun", flush=True)
        simulation.simulate(election, simulation.Poll(9), 10**9, 1, MAKE, progress=tell)

    if __name__ == "__main__":
        main()
"""


def lives(group: int) -> bool:
    """Say whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("make", ["None", "lambda: ProcessPoolExecutor(2)"])
@pytest.mark.parametrize("everybody", [True, False])
def test_ctrl_c_says_what_was_done_and_leaves_no_process(tmp_path: Path, make: str, *, everybody: bool) -> None:
    """Interrupted, by the terminal or alone, the run ends soon with what was done, and its workers are gone."""
    script = tmp_path / "long.py"
    script.write_text(textwrap.dedent(INTERRUPTED).replace("MAKE", make), encoding="utf-8")
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        (os.killpg if everybody else os.kill)(process.pid, signal.SIGINT)
        # Workers hold the other ends of the pipes: when these are closed, nobody is left.
        try:
            _, errors = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode != 0
    assert "SimulationStopped: stopped after " in errors
    assert " of 1,000,000,000 simulations; nothing is kept of them" in errors
    for _ in range(100):  # who has ended may not have been taken note of yet
        if not lives(process.pid):
            return
        time.sleep(0.1)
    raise AssertionError("a process is left")


def kept(pool: Executor) -> list[Future[object]]:
    """Give the list of all futures that a pool is going to give."""
    submitted: list[Future[object]] = []
    submit = pool.submit
    pool.submit = lambda *args: submitted.append(submit(*args)) or submitted[-1]  # type: ignore[method-assign, assignment, func-returns-value]
    return submitted


def interrupting(line: int) -> Callable[[FrameType, str, object], Any]:
    """Give what presses Ctrl-C at one of the lines of futures that the main thread comes to."""
    lines = itertools.count()

    def trace(frame: FrameType, event: str, _: object) -> object:
        if frame.f_code.co_filename != Future.result.__code__.co_filename:
            return None
        if event == "line" and next(lines) == line:
            signal.raise_signal(signal.SIGINT)
        return trace

    return trace


def is_free(future: Future[object]) -> bool:
    """Say whether this thread can have the lock of a future."""
    free = future._condition.acquire(blocking=False)
    if free:
        future._condition.release()
    return free


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_at_any_line_leaves_no_future_locked() -> None:
    """Whichever line it comes at, the executor can have every future that is not done, and so can end."""
    stopped = True
    tried = 0
    before = sys.gettrace()
    with ThreadPoolExecutor(1) as aside:
        while stopped:
            with ThreadPoolExecutor(1, initializer=partial(time.sleep, 0.03)) as pool:
                futures = kept(pool)
                try:
                    sys.settrace(interrupting(tried))
                    simulate(NYBY, Poll(200), 300, 7, pool)
                    stopped = False
                except SimulationStopped:
                    tried += 1
                finally:
                    sys.settrace(before)
                locked = [each for each in futures if not aside.submit(is_free, each).result()]
                for each in locked:
                    each._condition.release()
            assert all(each.done() and not each.cancelled() for each in locked), f"line {tried}"
    assert tried > 10


def test_what_waits_is_cancelled_at_ctrl_c() -> None:
    """Interrupted between two chunks, the chunks that wait in the caller's executor are cancelled."""
    with ThreadPoolExecutor(1) as pool:
        submitted = kept(pool)

        def interrupt(done: int) -> None:
            assert done == 100
            raise KeyboardInterrupt

        with pytest.raises(SimulationStopped) as caught:
            simulate(NYBY, Poll(200), 10_000, 7, pool, progress=interrupt)
    assert (caught.value.done, caught.value.n) == (100, 10_000)
    assert all(future.done() for future in submitted)
    assert any(future.cancelled() for future in submitted)


def test_the_seats_are_those_of_the_election() -> None:
    """A model that gives the votes of the election gives its seats, alliances and candidates included."""
    election = data.council("kv2025", "Lolland")
    found = simulate(election, Fixed(list(election.votes.values())), 150, seed=1)
    ((seats, chance),) = found.results()
    assert seats == elect_council(election).seats
    assert chance == Estimate(1.0, 0.0)
    assert found.name == "Lolland"


def test_a_lot_counts_with_its_exact_chances() -> None:
    """Every way in which a lot can fall is counted in parts, and the elections that need one are told."""
    found = simulate(proportional_election({"A": 1, "B": 1, "C": 1}, 4), Fixed([50, 50, 20]), 300, seed=1)
    assert found.tied == 0
    found = simulate(proportional_election({"A": 1, "B": 1, "C": 1}, 3), Fixed([60, 60, 30]), 300, seed=1)
    assert (found.tied, found.undecided) == (300, 0)
    assert {tuple(seats.values()): chance.value for seats, chance in found.results()} == {
        (1, 1, 1): pytest.approx(1 / 3),
        (1, 2, 0): pytest.approx(1 / 3),
        (2, 1, 0): pytest.approx(1 / 3),
    }


def test_lots_that_fall_in_too_many_ways_stay_undecided() -> None:
    """Such elections are in no chance, and reported."""
    names = [f"L{number}" for number in range(20)]
    found = simulate(proportional_election(dict.fromkeys(names, 1), 10), Fixed([5] * 20), 110, seed=1)
    assert (found.tied, found.undecided) == (110, 110)
    assert found.results() == ()
    assert found.majority(names).value == 0
    assert np.isnan(found.expected["L0"].value)


def test_a_poll_leaves_lists_as_uncertain_as_its_sample() -> None:
    """The shares drawn have the mean of the poll, and the standard deviation of a Dirichlet distribution."""
    (votes,) = Poll(400).draw([NYBY.case], 20_000, np.random.default_rng(1))
    assert (votes.sum(axis=1) == 10_000).all()
    assert (votes[:, 3] == 0).all()
    share = votes[:, 0] / 10_000
    assert share.mean() == pytest.approx(0.4, abs=0.001)
    assert share.std() == pytest.approx(np.sqrt(0.4 * 0.6 / 401 + 0.4 * 0.6 / 10_000), rel=0.03)


def test_another_poll_has_as_many_answers_as_the_first() -> None:
    """With what="poll", the votes are the answers of a sample."""
    (votes,) = Poll(400, "poll").draw([NYBY.case], 5_000, np.random.default_rng(1))
    assert (votes.sum(axis=1) == 400).all()
    assert votes[:, 0].std() == pytest.approx(np.sqrt(400 * 0.4 * 0.6), rel=0.05)


def test_a_uniform_swing_is_the_same_in_every_council() -> None:
    """A list's share moves by as many points in two councils; what is local comes on top, and lists can be left out."""
    other = proportional_election({"A": 5000, "C": 5000, "F": 5000, "V": 5000}, 9).case

    def shares(model: Model) -> tuple[np.ndarray, np.ndarray]:
        first, second = model.draw([NYBY.case, other], 4_000, np.random.default_rng(1))
        return first[:, 0] / first.sum(axis=1), second[:, 0] / second.sum(axis=1)

    first, second = shares(UniformSwing("1%"))
    assert first.mean() == pytest.approx(0.4, abs=0.001)
    assert 0.006 < first.std() < 0.011
    assert np.corrcoef(first, second)[0, 1] > 0.7
    first, second = shares(UniformSwing("1%", local="3%"))
    assert np.corrcoef(first, second)[0, 1] < 0.4
    first, second = shares(UniformSwing("1%", together=["C"]))
    assert np.corrcoef(first, second)[0, 1] < 0.3


def test_a_swing_never_gives_votes_to_a_list_that_has_none() -> None:
    """Votes are never negative, and a list without votes stays without, however large the swing."""
    (votes,) = UniformSwing("90%").draw([NYBY.case], 2_000, np.random.default_rng(1))
    assert votes.min() == 0
    assert (votes[:, 3] == 0).all()
    assert (votes.sum(axis=1) > 0).all()


def test_counted_areas_are_kept_and_the_rest_is_drawn_from_them() -> None:
    """With nothing left, the votes are those counted; else each area that is left is one of those counted."""
    areas = [{"A": 100, "C": 50}, {"A": 10, "C": 80, "F": 3}]
    (votes,) = CountedAreas(areas, 0).draw([NYBY.case], 3, np.random.default_rng(1))
    assert votes.tolist() == [[110, 130, 3, 0]] * 3
    (votes,) = CountedAreas(areas, 1).draw([NYBY.case], 3_000, np.random.default_rng(1))
    assert {tuple(row) for row in votes.tolist()} == {(210, 180, 3, 0), (120, 210, 6, 0)}
    (votes,) = CountedAreas(areas, 2).draw([NYBY.case], 30_000, np.random.default_rng(1))
    both_first = (votes[:, 0] == 310).mean()
    assert both_first == pytest.approx(1 / 2 * 2 / 3, abs=0.01)  # a Pólya urn: 1/2, then 2 of 3


def test_all_councils_are_drawn_together() -> None:
    """All 98 councils in one simulation, with a seat distribution for each that sums to one."""
    councils = data.councils("kv2025")
    found = simulate(councils, UniformSwing("2%", local="1%"), 20, seed=1)
    assert list(found) == list(councils)
    for name, seats in found.items():
        assert sum(chance.value for chance in seats.distribution[seats.lists[0]].values()) == pytest.approx(1)
        assert sum(mean.value for mean in seats.expected.values()) == pytest.approx(councils[name].seats)


def test_each_council_can_have_a_model_of_its_own() -> None:
    """A mapping of models by name is used for a mapping of elections."""
    areas = CountedAreas([{"A": 10, "C": 5, "F": 5}], 3)
    found = simulate({"Nyby": NYBY, "Ø": NYBY}, {"Ø": areas, "Nyby": Poll(50)}, 100, seed=1)
    assert len(found["Ø"].seats) == 1
    assert len(found["Nyby"].seats) > 1


def test_chances_agree_with_each_other_and_with_their_error() -> None:
    """Majorities, numbers of seats, means and errors are read off the same results."""
    found = simulate(NYBY, Poll(100), 2_000, seed=3)
    assert found.majority(["A", "F"]) == found.at_least(["A", "F"], 5)
    assert found.majority("A").value == pytest.approx(
        sum(chance.value for seats, chance in found.distribution["A"].items() if seats > 4)
    )
    assert found.majority(["A", "F"]).value + found.majority(["C", "V"]).value == pytest.approx(1)
    mean = sum(seats * chance.value for seats, chance in found.distribution["A"].items())
    assert found.expected["A"].value == pytest.approx(mean)
    chance = found.majority("A")
    assert chance.error == pytest.approx(np.sqrt(chance.value * (1 - chance.value) / 2_000))
    assert found.results(1)[0][1].value == max(chance.value for _, chance in found.results(10**6))
    others = [simulate(NYBY, Poll(100), 2_000, seed=seed).expected["A"].value for seed in range(30)]
    assert np.std(others) == pytest.approx(found.expected["A"].error, rel=0.5)


def test_the_mean_of_many_seeds_is_where_one_says_it_is() -> None:
    """The seats in the mean are within four standard errors of those of ten times as many simulations."""
    few, many = simulate(NYBY, Poll(100), 2_000, seed=1), simulate(NYBY, Poll(100), 20_000, seed=2)
    for name in few.lists:
        assert abs(few.expected[name].value - many.expected[name].value) <= 4 * few.expected[name].error


def test_progress_is_told_to_the_end() -> None:
    """The callback hears of every chunk, and last of all simulations."""
    told: list[int] = []
    simulate(NYBY, Poll(200), 250, 7, progress=told.append)
    assert told == [100, 200, 250]


def test_chunks_are_bounded_by_the_number_of_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """An election of many lists is cut into smaller chunks, so that memory stays within bounds."""
    monkeypatch.setattr(councils, "CHUNK", 10_000)
    wide = proportional_election({f"L{number}": 1 for number in range(1_000)}, 5).case
    few = SimulationCase(elections={"Nyby": NYBY}, model=Poll(9), n=10**6, seed=1)
    assert councils.CouncilChunks.of(few).chunk == 10_000
    both = attrs.evolve(few, elections={"Nyby": NYBY, "Wide": wide})
    assert councils.CouncilChunks.of(both).chunk == 1_000


def test_a_kkr_without_uncertainty_is_the_one_that_is_composed() -> None:
    """With no swing, every simulation gives the composition that was published, whoever computes it."""
    kkr = data.kkr("hovedstaden-2026")
    councils = {name: data.council("kv2025", name) for name in kkr.area.municipalities}
    parties = {
        name: {a_list.key: a_list.letter for a_list in council.lists if data.party_of(a_list.letter, a_list.name)}
        for name, council in councils.items()
    }
    blank = kkr.area.cast - kkr.area.valid

    def run(model: Model, n: int, executor: Executor | None = None) -> simulation.SimulatedSeats:
        return simulate_kkr(councils, model, n, 1, executor, mayors=kkr.mayors, parties=parties, blank=blank)

    ((members, chance),) = run(UniformSwing(0), 3).results()
    expected = kkr.compose()
    assert {party: count for party, count in members.items() if count} == {
        party: count for party, count in expected.members.items() if count
    }
    assert chance.value == 1
    swung = run(UniformSwing("1%"), 25)
    assert len(swung.results()) > 1
    with ThreadPoolExecutor(2) as pool:
        assert run(UniformSwing("1%"), 25, pool) == swung


UNTYPED: Any = simulation
"""For what a type checker would refuse before we do."""


def _shut() -> Executor:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    return pool


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 0, 1),
            VoteError,
            "n is 0; a number of simulations is a whole number, 1 or more",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 1.5, 1),
            VoteError,
            "n is 1.5; a number of simulations is a whole number, 1 or",
        ),
        (lambda: UNTYPED.simulate(NYBY, Poll(9), 1, -1), VoteError, "seed is -1; a seed is a whole number, 0 or more"),
        (
            lambda: UNTYPED.simulate({"A": 1}, Poll(9), 1, 1),
            VoteError,
            "election is 1; give a council election, its result",
        ),
        (lambda: UNTYPED.simulate({}, Poll(9), 1, 1), VoteError, "elections is empty; at least one election is needed"),
        (
            lambda: UNTYPED.simulate(NYBY, "poll", 1, 1),
            ElectionError,
            "model is 'poll'; give a Poll(...), UniformSwing(...)",
        ),
        (lambda: UNTYPED.simulate(NYBY, Poll, 1, 1), ElectionError, "model is <class "),
        (
            lambda: UNTYPED.simulate({"Ø": NYBY}, {"Fanø": Poll(9)}, 1, 1),
            ElectionError,
            "models and elections have different names: Ø",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Fixed([0.5, 0.5, 0.5, 0.5]), 1, 1),
            ElectionError,
            "the model Fixed gives an array of float64; a model gives whole votes, an array of int64",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Fixed("no"), 1, 1),
            ElectionError,
            "the model Fixed gives 'no'; a model gives whole votes",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Fixed([1, 2]), 3, 1),
            ElectionError,
            "the model Fixed gives votes of the shape (3, 2); elections by lists are (3, 4)",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Fixed([1, 2, 3, -4]), 1, 1),
            ElectionError,
            "the model Fixed gives -4 votes; a vote count",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 1, 1, _shut()),
            ElectionError,
            "executor takes no work (cannot schedule new futures after shutdown); give one that has not shut down",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 1, 1, 4),
            ElectionError,
            "executor is 4; give a concurrent.futures.Executor, or",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 1, 1, dict),
            ElectionError,
            "executor is {}; give a concurrent.futures.Executor",
        ),
        (lambda: UNTYPED.Poll(0), VoteError, "sample is 0; a sample is a whole number, 1 or more"),
        (lambda: UNTYPED.Poll(9, "guess"), VoteError, "what is 'guess'; it is one of 'election', 'poll'"),
        (lambda: UNTYPED.UniformSwing(0.02), VoteError, "error is 0.02; a share is exact"),
        (lambda: UNTYPED.UniformSwing("2%", local="x"), VoteError, "local is 'x'; a share is exact"),
        (lambda: UNTYPED.CountedAreas([], 3), VoteError, "areas is empty; at least one area is counted"),
        (
            lambda: UNTYPED.CountedAreas({"A": 1}, 3),
            VoteError,
            "areas is {'A': 1}; give the votes of each counted area",
        ),
        (
            lambda: UNTYPED.CountedAreas([{"A": -1}], 3),
            VoteError,
            'areas[0]["A"] is -1; a vote count is a whole number, 0 or more',
        ),
        (
            lambda: UNTYPED.CountedAreas([{"A": 1}], -1),
            VoteError,
            "left is -1; a number of areas is a whole number, 0 or more",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, CountedAreas([{"X": 1}], 3), 1, 1),
            VoteError,
            "areas[0] names 'X', which is not in votes; votes has A, C, F, V",
        ),
        (
            lambda: UNTYPED.simulate({"Nyby": NYBY, "Ø": NYBY}, CountedAreas([{"A": 1}], 3), 1, 1),
            ElectionError,
            "CountedAreas is of one council, not of 2; give a model for each by name",
        ),
        (
            lambda: UNTYPED.simulate(proportional_election({"A": 0}, 3), Poll(9), 1, 1),
            VoteError,
            "votes are 0 in all; a share of the votes needs at least 1",
        ),
        (
            lambda: UNTYPED.simulate(NYBY, Poll(9), 1, 1).majority(["A", "X"]),
            VoteError,
            "lists names 'X', which is not in the election; the election has A, C, F, V",
        ),
        (
            lambda: UNTYPED.simulate_kkr({"Nyby": NYBY}, Poll(9), 1, 1, mayors={}, parties={"Ø": {}}),
            VoteError,
            "parties names 'Ø'; the councils are Nyby",
        ),
        (
            lambda: UNTYPED.simulate_kkr({"Nyby": NYBY}, Poll(9), 1, 1, mayors={}, parties={"Nyby": {"X": "X"}}),
            VoteError,
            "parties['Nyby'] names 'X'; the lists are A, C, F, V",
        ),
        (
            lambda: UNTYPED.simulate_kkr({"Nyby": NYBY}, Poll(9), 1, 1, mayors={"A": 2}),
            VoteError,
            "mayors are 2 and municipalities 1; each municipality has one mayor",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    refused: Callable[..., str], call: Callable[[], object], error: type[ElectionError], message: str
) -> None:
    """Each wrong input is refused with a line that names it and says what would be right."""
    assert refused(call, error=error).startswith(message)


def test_shares_are_kept_exact() -> None:
    """A model is a value that says what it was given."""
    assert UniformSwing("2,5 %") == UniformSwing(Fraction(1, 40))


@pytest.mark.parametrize(
    ("votes", "model", "said"),
    [
        ({"A": 10**18, "C": 1}, Poll(800), f"votes are {10**18 + 1} in all; at most {10**18} are drawn"),
        ({"A": 10**18, "C": 1}, UniformSwing("1%"), f"votes are {10**18 + 1} in all; at most {10**18} are drawn"),
        ({"A": 2, "C": 1}, Poll(10**18 + 1, what="poll"), f"sample are {10**18 + 1} in all; at most {10**18} are"),
        ({"A": 2, "C": 1}, CountedAreas([{"A": 9}, {"C": 1}], 10**18), f"areas are {9 * 10**18 + 18} in all; at most"),
    ],
)
def test_more_votes_than_64_bits_hold_are_not_drawn(votes: dict[str, int], model: Model, said: str) -> None:
    """They are refused, and no figure of them is ever cut."""
    with pytest.raises(VoteError) as refused:
        simulate(proportional_election(votes, 3), model, 5, 1)
    assert str(refused.value).startswith(said)


def test_as_many_votes_as_may_be_are_drawn() -> None:
    """Of 10**18 votes the seats come out as of a thousandth of them."""
    drawn = simulate(proportional_election({"A": 10**18 - 10, "C": 10}, 3), Poll(10**6), 5, 1)
    assert drawn.expected["A"].value == 3
    left = simulate(proportional_election({"A": 2, "C": 1}, 3), CountedAreas([{"A": 10**17}], 9), 5, 1)
    assert left.expected["A"].value == 3
