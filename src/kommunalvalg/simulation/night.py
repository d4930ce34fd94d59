"""One council on a night that is not over: what is counted, what is expected of the rest, and the chances of both."""

import attrs

from kommunalvalg.analysis.cases import Standing, standing_of, with_votes
from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.forecast import Forecast, forecast, matched
from kommunalvalg.elections.polling import PollingAreas
from kommunalvalg.simulation.councils import simulate
from kommunalvalg.simulation.models import CountedAreas, Model, SwungAreas
from kommunalvalg.simulation.outcomes import SimulatedSeats

__all__ = ["CouncilNight", "rest_of", "the_night"]


@attrs.frozen(kw_only=True)
class CouncilNight:
    """One council on a night.

    Attributes:
        result: the seats by what is counted.
        areas: its polling areas.
        expected: what the whole council may come to.
        standing: what each list has for certain by that, and what it may come to have.
        simulated: what came of many ways in which the rest may go; None where everything is counted.
    """

    result: CouncilResult
    areas: PollingAreas
    expected: Forecast
    standing: Standing
    simulated: SimulatedSeats | None

    @property
    def name(self) -> str:
        """The council's name."""
        return self.result.case.name


def rest_of(areas: PollingAreas, before: PollingAreas | None = None) -> Model:
    """Give the model of what the areas that are not counted may bring, with the election before or without."""
    if before is not None:
        side = matched(areas, before)
        if side.tells:
            return SwungAreas(side.counted, side.left, side.alone)
    return CountedAreas(areas.votes, areas.left)


def the_night(
    election: CouncilElection, areas: PollingAreas, before: PollingAreas | None = None, *, n: int = 2_000, seed: int = 1
) -> CouncilNight:
    """Say where a council stands on a night, and what it may come to.

    Args:
        election: what is counted.
        areas: the polling areas of it, counted or not.
        before: those of the election before, by the same keys.
        n: how many ways the rest is drawn in.
        seed: the same seed draws the same.

    Raises:
        VoteError: no area is counted.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.elections.polling import Count, PollingArea
    >>> from kommunalvalg.frozen import FrozenDict
    >>> fanoe = data.council("kv2025", "Fanø")
    >>> night = the_night(fanoe, PollingAreas((PollingArea("Nordby", Count.FINAL, fanoe.votes),), 2), n=100)
    >>> night.standing.certain["B"], night.simulated.n
    (5, 100)
    """
    case = election.distribution
    expected = forecast(areas, list(case.votes), before)
    simulated = simulate(case, rest_of(areas, before), n, seed) if areas.left else None
    return CouncilNight(
        result=elect_council(election),
        areas=areas,
        expected=expected,
        standing=standing_of(with_votes(case, expected.votes)),
        simulated=simulated,
    )
