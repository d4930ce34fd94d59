"""Compositions of a KKR, drawn many times."""

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import cast

import attrs
import numpy as np

from kommunalvalg import law
from kommunalvalg.analysis.cases import Contested
from kommunalvalg.errors import LotError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import METHODS, KKRComposition, compose_kkr
from kommunalvalg.lots import Outcome, Urn
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.simulation.chunks import MOST_WAYS, Chunks, DrawnCase
from kommunalvalg.simulation.models import Model
from kommunalvalg.simulation.outcomes import SimulatedSeats, Tally
from kommunalvalg.simulation.running import MakesExecutor, Progress, run
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_by_name, checked_count, checked_counts, checked_name, listed

__all__ = ["CHUNK", "KKRSimulationCase", "simulate_kkr"]

CHUNK = 1_000
"""The most simulations in a chunk; a composition takes longer than a council's seats."""


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
    for a lot does not count as held. Workers, seeds, errors and Ctrl-C are as with :func:`.simulate`.

    Args:
        elections: name -> the election of each of the area's councils.
        model: what the votes are drawn from.
        n: how many elections to draw.
        seed: a whole number; with the same one, the same elections are drawn.
        executor: where the chunks are computed, as with :func:`.simulate`.
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
        ElectionError: as with :func:`.simulate`, or the method is unknown.

    >>> from kommunalvalg import proportional_election
    >>> from kommunalvalg.simulation import UniformSwing
    >>> area = {"Nyby": proportional_election({"A": 900, "B": 500}, 9), "Ø": proportional_election({"A": 400}, 9)}
    >>> kkr = simulate_kkr(area, UniformSwing("3%"), 100, seed=1, mayors={"A": 1, "B": 1})
    >>> kkr.lists, kkr.n, sum(chance.value for _, chance in kkr.results()) > 0.99
    (('A', 'B'), 100, True)
    """
    case = KKRSimulationCase(
        elections=elections,
        model=model,
        n=n,
        seed=seed,
        mayors=mayors,
        parties=parties,
        blank=blank,
        method=method,
    )
    return case.settled(Urn(), executor, progress)


def _mayors(mayors: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_counts(mayors, "mayors")


def _blank(blank: int) -> int:
    return checked_count("blank", blank, what=N_("a vote count"))


@attrs.frozen(kw_only=True)
class KKRSimulationCase(DrawnCase):
    """The elections of an area's councils that are drawn together, and the KKR that they give.

    Args:
        mayors: party -> mayors.
        parties: name of the council -> key -> party; None where each key is the party's name in every council.
        blank: blank and invalid votes of the area.
        method: the method of :func:`~kommunalvalg.compose_kkr`.

    Raises:
        VoteError: as for :func:`simulate_kkr`.
        ElectionError: as for :func:`simulate_kkr`.
    """

    mayors: FrozenDict[str, int] = attrs.field(converter=_mayors)
    parties: Mapping[str, Mapping[str, str]] | None = None
    blank: int = attrs.field(default=0, converter=_blank)
    method: str = METHODS[0]
    belongs: tuple[tuple[str | None, ...], ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        DrawnCase.__attrs_post_init__(self)
        object.__setattr__(self, "belongs", _parties(self.elections, self.parties))
        if not self.voting:
            raise VoteError("{field} names no list; at least one list counts for a party", field="parties", value=None)
        # What no simulation can change is refused before the first.
        votes = dict.fromkeys(self.voting, 1)
        compose_kkr(votes, self.mayors, municipalities=len(self.elections), total_votes=len(votes), method=self.method)

    @property
    def voting(self) -> tuple[str, ...]:
        """The parties that lists count for."""
        return tuple(dict.fromkeys(party for council in self.belongs for party in council if party is not None))

    @property
    def everybody(self) -> tuple[str, ...]:
        """The parties, and after them those who only have a mayor."""
        return (*self.voting, *(party for party in self.mayors if party not in self.voting))

    def settled(
        self, _urn: Urn, executor: Executor | MakesExecutor | None = None, progress: Progress | None = None
    ) -> SimulatedSeats:
        """Draw the elections, and count the members by party; every lot counts in all its ways."""
        (tally,) = run(_KKRChunks(self, CHUNK), executor, progress)
        return tally.seats("the KKR", self.everybody, self)


def _parties(cases: Mapping[str, ProportionalCase], parties: object) -> tuple[tuple[str | None, ...], ...]:
    """Return for each council the party of each list, None for a local list."""
    if parties is None:
        return tuple(tuple(case.votes) for case in cases.values())
    if not isinstance(parties, Mapping):
        raise VoteError(
            "{field} is {value}; give council -> key -> party, such as {{'Fanø': {{'A': 'A'}}}}",
            field="parties",
            value=parties,
        )
    known: dict[str, dict[str, str]] = {}
    for council, belongs in checked_by_name(parties, "parties").items():
        if council not in cases:
            raise VoteError(
                "{field} names {value}; the councils are {councils}",
                field="parties",
                value=council,
                councils=listed(cases, council),
            )
        if not isinstance(belongs, Mapping):
            raise VoteError(
                "{field} is {value}; give key -> party, such as {{'A': 'A'}}",
                field=f"parties[{council!r}]",
                value=belongs,
            )
        known[council] = {}
        for key, party in checked_by_name(belongs, f"parties[{council!r}]").items():
            known[council][key] = checked_name(f"parties[{council!r}]", party)
            if key not in cases[council].votes:
                raise VoteError(
                    "{field} names {value}; the lists are {lists}",
                    field=f"parties[{council!r}]",
                    value=key,
                    lists=listed(cases[council].votes, key),
                )
    return tuple(tuple(known.get(name, {}).get(key) for key in case.votes) for name, case in cases.items())


@attrs.frozen
class _KKRChunks(Chunks):
    """A KKR: its members."""

    def __call__(self, number: int) -> tuple[Tally, ...]:
        """Count the compositions in a chunk."""
        case = cast("KKRSimulationCase", self.case)
        parties = case.voting
        size = self.size(number)
        column = {party: at for at, party in enumerate(parties)}
        votes = np.zeros((size, len(parties)), np.int64)
        seated = np.zeros(votes.shape, np.bool_)
        total = np.full(size, 0, np.int64)
        for (_, counts, many), belongs in zip(self.drawn(number), case.belongs, strict=True):
            total += counts.sum(axis=1)
            for at, party in enumerate(belongs):
                if party is not None:
                    votes[:, column[party]] += counts[:, at]
                    seated[:, column[party]] |= many.seats[:, at] > 0
        settled: list[tuple[int, ...]] = []
        lots: list[tuple[Outcome, ...] | None] = []
        for at in range(size):
            kkr = compose_kkr(
                dict(zip(parties, votes[at].tolist(), strict=True)),
                case.mayors,
                municipalities=len(case.elections),
                total_votes=int(total[at]),
                cast_votes=int(total[at]) + case.blank,
                represented=[party for party, seat in zip(parties, seated[at], strict=True) if seat],
                method=case.method,
            )
            if kkr.complete:
                settled.append(tuple(kkr.members.values()))
                continue
            try:
                outcomes = kkr.outcomes(most=MOST_WAYS)
            except LotError:
                lots.append(None)
                continue
            lots.append(
                tuple([Outcome(_members(kkr, outcome), outcome.probability, outcome.draws) for outcome in outcomes])
            )
        rows = np.array(settled, np.int64).reshape(-1, len(case.everybody))
        return (Tally.of(rows, law.whole("FO-3-2") * len(case.elections), lots),)


def _members(kkr: KKRComposition, outcome: Outcome) -> FrozenDict[str, int]:
    return FrozenDict({row.party: row.mayors + outcome.seats.get(row.party, 0) for row in kkr.parties})
