"""The work of a simulation, cut into chunks that are the same wherever they are computed.

Each chunk has a seed of its own, spawned from the one that was given (numpy's ``SeedSequence``).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

import attrs
import numpy as np
import numpy.typing as npt

from kommunalvalg.analysis.cases import distribution_of
from kommunalvalg.errors import ElectionError, LotError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Outcome, Urn
from kommunalvalg.methods.alliances import Alliance, ProportionalCase
from kommunalvalg.simulation.many import Columns, ManyAllocations, dhondt_many
from kommunalvalg.simulation.models import Model, model_of
from kommunalvalg.simulation.outcomes import Tally
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, checked_count

__all__ = ["MOST_WAYS", "Chunks", "DrawnCase", "followed"]

_Whole: TypeAlias = npt.NDArray[np.int64]

MOST_WAYS = 1_000
"""How many ways the lots of a simulated election may fall in, to be followed."""


def _named(elections: object) -> FrozenDict[str, ProportionalCase]:
    if not isinstance(elections, Mapping):
        raise VoteError(
            "{field} is {value}; give a mapping of name to council election", field="elections", value=elections
        )
    by_name = checked_by_name(elections, "elections")
    cases = {name: distribution_of(election) for name, election in by_name.items()}
    if not cases:
        raise VoteError("{field} is empty; at least one election is needed", field="elections", value=elections)
    return FrozenDict(cases)


def _simulations(n: object) -> int:
    return checked_count("n", n, what=N_("a number of simulations"), least=1)


def _seed(seed: object) -> int:
    return checked_count("seed", seed, what=N_("a seed"))


def _given(model: Model | Mapping[str, Model]) -> Model:
    """Take a model, or one for each election, to be checked when these are known."""
    return model  # type: ignore[return-value]  # it is one when it is checked


@attrs.frozen(kw_only=True)
class DrawnCase:
    """Elections that are drawn together, many times.

    Args:
        elections: name -> election, or its result.
        model: what the votes are drawn from; or name -> model.
        n: how many times.
        seed: a whole number; with the same one, the same elections are drawn.

    Raises:
        VoteError: an election is not one, or a number will not do.
        ElectionError: a model is none, or models and elections have different names.
    """

    elections: FrozenDict[str, ProportionalCase] = attrs.field(converter=_named)
    model: Model = attrs.field(converter=_given)
    n: int = attrs.field(converter=_simulations)
    seed: int = attrs.field(converter=_seed)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "model", model_of(self.model, tuple(self.elections)))


@attrs.frozen
class Chunks(ABC):
    """The simulations of a case, cut into chunks; a chunk is computed by calling it with its number.

    Attributes:
        case: what is simulated.
        chunk: the most simulations in a chunk.
    """

    case: DrawnCase
    chunk: int

    @property
    def n(self) -> int:
        """How many simulations there are."""
        return self.case.n

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.n // self.chunk)

    def size(self, number: int) -> int:
        """How many simulations the chunk has."""
        return min(self.chunk, self.n - number * self.chunk)

    def drawn(self, number: int) -> Iterator[tuple[ProportionalCase, _Whole, ManyAllocations]]:
        """Yield each election with its votes in this chunk, and the seats.

        Raises:
            ElectionError: the model gives no whole votes.
        """
        size, cases = self.size(number), tuple(self.case.elections.values())
        rng = np.random.default_rng(np.random.SeedSequence(self.case.seed, spawn_key=(number,)))
        drawn = self.case.model.draw(cases, size, rng)
        for case, votes in zip(cases, drawn, strict=True):
            _check_drawn(votes, (size, len(case.votes)), self.case.model)
            yield case, votes, _allocations(case, votes)

    @abstractmethod
    def __call__(self, number: int) -> tuple[Tally, ...]:
        """Compute a chunk."""


def _check_drawn(votes: object, shape: tuple[int, int], model: Model) -> None:
    kind = str(getattr(model, "called", type(model).__name__))
    if not isinstance(votes, np.ndarray) or not np.issubdtype(votes.dtype, np.integer):
        what = _("an array of {dtype}", dtype=str(votes.dtype)) if isinstance(votes, np.ndarray) else shown(votes)
        raise ElectionError(
            "the model {model} gives {what}; a model gives whole votes, an array of int64", model=kind, what=what
        )
    if votes.shape != shape:
        raise ElectionError(
            "the model {model} gives votes of the shape {shape}; elections by lists are {right}",
            model=kind,
            shape=str(votes.shape),
            right=str(shape),
        )
    if votes.size and votes.min() < 0:
        raise ElectionError(
            "the model {model} gives {votes} votes; a vote count is a whole number, 0 or more",
            model=kind,
            votes=int(votes.min()),
        )


def _allocations(case: ProportionalCase, votes: _Whole) -> ManyAllocations:
    column = {key: number for number, key in enumerate(case.votes)}
    limits = case.capacity
    capacity = None if limits is None else [limits.get(key, case.seats) for key in case.votes]
    # Votes for an alliance itself, and for none of its lists, stand in a column that has no room for a seat.
    own, lists = list(case.own_votes.values()), len(column)
    if own:
        column |= {name: number for number, name in enumerate(case.own_votes, start=lists)}
        capacity = [*(capacity or [case.seats] * lists), *[0] * len(own)]
        votes = np.hstack([votes, np.full((len(votes), len(own)), own, votes.dtype)])
    alliances = [_columns(alliance, column) for alliance in case.alliances]
    many = dhondt_many(votes, case.seats, alliances=cast("list[Columns]", alliances), capacity=capacity)
    return attrs.evolve(many, seats=many.seats[:, :lists].copy(), tied=many.tied[:, :lists].copy()) if own else many


def _columns(member: str | Alliance, column: Mapping[str, int]) -> "int | list[object]":
    if not isinstance(member, Alliance):
        return column[member]
    own = [column[member.name]] if member.name in column else []
    return [*(_columns(inner, column) for inner in member.members), *own]


def followed(case: ProportionalCase, votes: _Whole) -> tuple[Outcome, ...] | None:
    """Follow the lots of one simulated election; None where they can fall in too many ways."""
    drawn = dict(zip(case.votes, votes.tolist(), strict=True))
    try:
        return attrs.evolve(case, votes=drawn).settled(Urn()).outcomes(most=MOST_WAYS)
    except LotError:
        return None
