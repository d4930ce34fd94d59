"""The embedded elections held: every council with the lots as they fell."""

from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.comparison import recorded_draws
from kommunalvalg.elections.figures import council, councils, published
from kommunalvalg.frozen import FrozenDict

__all__ = ["result", "results"]


def result(election: str, municipality: str | int) -> CouncilResult:
    """Return the result of one council of an embedded election, with the lots as they fell.

    Args:
        election: the name of an embedded election, "kv2025" or "rv2025".
        municipality: the council's name, or its kommunekode as a number or as text.

    Raises:
        DataError: there is no such election, it is embedded as votes only, or there is no such council in it.

    >>> laesoe = result("kv2025", "Læsø")
    >>> laesoe.complete, laesoe.draws[0]
    (True, Draw(among=('C-4', 'C-7'), chosen=('C-7',)))
    """
    return _elected(election, council(election, municipality))


def results(election: str) -> FrozenDict[str, CouncilResult]:
    """Return the results of all councils of an embedded election, by name, with the lots as they fell.

    Raises:
        DataError: there is no such election, or it is embedded as votes only.

    >>> sum(len(elected.mandates) for elected in results("rv2025").values())
    134
    """
    return FrozenDict({name: _elected(election, counted) for name, counted in councils(election).items()})


def _elected(election: str, counted: CouncilElection) -> CouncilResult:
    return elect_council(counted, lots=recorded_draws(counted, published(election, counted.name)))
