"""Who distributes seats by d'Hondt, and over what: the bare computation, this library, and others that are exact.

All are given the same votes, made from a fixed seed so that no lot is needed, and must give the same seats.
"""

import random
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeAlias

import attrs
import bare
import pytest

from kommunalvalg import dhondt

Votes: TypeAlias = dict[str, int]
Call: TypeAlias = Callable[[], object]


@attrs.frozen
class Contender:
    """Something that distributes seats.

    Attributes:
        prepare: makes, of votes and seats, the call that is measured; what it only needs once is done before.
        seats: reads the seats off what the call returns.
    """

    prepare: Callable[[Votes, int], Call]
    seats: Callable[[object, Votes], Mapping[str, int]]


def votes_of(lists: int, seed: int) -> Votes:
    """Make the votes of so many lists, the same every time."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return {f"L{number}": chance.randint(1_000, 200_000) for number in range(lists)}


def in_order(won: object, votes: Votes) -> Mapping[str, int]:
    """Read seats that come as a list, in the order of the votes."""
    return dict(zip(votes, won, strict=True))  # type: ignore[call-overload]


def computed_bare() -> Contender:
    """Return the bare computation on two lists."""

    def prepare(votes: Votes, seats: int) -> Call:
        counts = list(votes.values())
        return lambda: bare.dhondt(counts, seats)

    return Contender(prepare, in_order)


def ours() -> Contender:
    """Return this library."""
    return Contender(lambda votes, seats: lambda: dhondt(votes, seats), lambda won, _: won.seats)  # type: ignore[attr-defined]


def with_awards() -> Contender:
    """Return this library, asked for the award of each seat too."""

    def prepare(votes: Votes, seats: int) -> Call:
        def call() -> object:
            won = dhondt(votes, seats)
            assert len(won.awards) == seats
            return won

        return call

    return Contender(prepare, ours().seats)


def votelib() -> Contender:
    """Return votelib, which awards seat by seat with Fractions."""
    evaluator = import_module("votelib.evaluate.proportional").HighestAverages("d_hondt")

    def read(won: object, votes: Votes) -> Mapping[str, int]:
        return {name: won.get(name, 0) for name in votes}  # type: ignore[attr-defined]

    return Contender(lambda votes, seats: lambda: evaluator.evaluate(votes, seats), read)


def apportionment() -> Contender:
    """Return apportionment with Fractions, since with floats it is not exact; it sorts every quotient."""
    compute = import_module("apportionment.methods").compute

    def prepare(votes: Votes, seats: int) -> Call:
        names, counts = list(votes), list(votes.values())
        return lambda: compute("dhondt", counts, seats, fractions=True, parties=names)

    return Contender(prepare, in_order)


def interregnum() -> Contender:
    """Return interregnum, which awards seat by seat and logs each."""
    allocator = import_module("interregnum.methods.singlevote.highest_averages").HighestAveragesAllocator("dhondt")

    def prepare(votes: Votes, seats: int) -> Call:
        pairs = list(votes.items())
        return lambda: allocator.calc(pairs, seats)

    def read(won: object, _: Votes) -> Mapping[str, int]:
        return {candidate.name: candidate.seats for candidate in won.allocation}  # type: ignore[attr-defined]

    return Contender(prepare, read)


MAKERS = {
    "bare": computed_bare,
    "seats": ours,
    "with awards": with_awards,
    "votelib": votelib,
    "apportionment": apportionment,
    "interregnum": interregnum,
}


def contender(name: str) -> Contender:
    """Return a contender; a library that is not installed skips the benchmark that asks for it."""
    try:
        return MAKERS[name]()
    except ImportError:
        pytest.skip("not installed")
