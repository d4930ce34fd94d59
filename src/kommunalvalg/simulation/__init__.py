"""Uncertain votes: what seats come of a poll, of a swing with error, or of the areas that are counted so far.

A model draws whole votes (:mod:`.models`); every election drawn is distributed exactly (:mod:`.many`), and the results
are counted (:mod:`.outcomes`). Nothing is decided silently: where a drawn election needs a lot, every way in which it
can fall is counted with its exact chance; an election whose lots can fall in more than 1 000 ways stays undecided, is
in no chance, and is reported.

The work is cut into chunks, each with a seed of its own (:mod:`.chunks`). So the result is the same without an executor
and with any, with any number of workers, and in whatever order they answer (:mod:`.running`). numpy may change how it
draws from one of its versions to another; then other elections are drawn.
"""

from importlib.util import find_spec

from kommunalvalg.errors import MissingExtraError

if find_spec("numpy") is None:
    raise MissingExtraError("simulations", "numpy", "simulation")

from kommunalvalg.simulation.councils import SimulationCase, simulate
from kommunalvalg.simulation.kkr import KKRSimulationCase, simulate_kkr
from kommunalvalg.simulation.many import ManyAllocations, dhondt_many
from kommunalvalg.simulation.models import CountedAreas, Model, Poll, PollDraw, SwungAreas, UniformSwing
from kommunalvalg.simulation.outcomes import Estimate, SimulatedSeats
from kommunalvalg.simulation.running import SimulationStopped

__all__ = [
    "CountedAreas",
    "Estimate",
    "KKRSimulationCase",
    "ManyAllocations",
    "Model",
    "Poll",
    "PollDraw",
    "SimulatedSeats",
    "SimulationCase",
    "SimulationStopped",
    "SwungAreas",
    "UniformSwing",
    "dhondt_many",
    "simulate",
    "simulate_kkr",
]
__dir__ = __all__.copy
