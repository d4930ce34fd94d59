"""Danish municipal election methods, written down so that they run.

>>> from kommunalvalg import dhondt, proportional_election, seeded
>>> dhondt({"A": 11, "B": 8, "C": 2}, 8).seats
{'A': 5, 'B': 3, 'C': 0}
>>> dhondt({"A": 11, "B": 8, "C": 2}, 9).tie  # B and C have the same quotient: a lot, which is not drawn here
Tie(places=1, among=('B', 'C'), provision='', within='')
>>> dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=seeded(20251118)).seats
{'A': 5, 'B': 4, 'C': 0}
>>> proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).seats
{'A': 2, 'C': 2, 'F': 1}
>>> from kommunalvalg import data
>>> data.kkr("hovedstaden-2026").compose().size
58
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kommunalvalg import data as data
    from kommunalvalg import testing as testing
    from kommunalvalg.council.election import Candidate as Candidate
    from kommunalvalg.council.election import CandidateList as CandidateList
    from kommunalvalg.council.election import CouncilElection as CouncilElection
    from kommunalvalg.council.result import CouncilResult as CouncilResult
    from kommunalvalg.council.result import elect_council as elect_council
    from kommunalvalg.council.vacancies import Change as Change
    from kommunalvalg.council.vacancies import fill_vacancies as fill_vacancies
    from kommunalvalg.errors import DataError as DataError
    from kommunalvalg.errors import ElectionError as ElectionError
    from kommunalvalg.errors import LotError as LotError
    from kommunalvalg.errors import RuleError as RuleError
    from kommunalvalg.errors import VoteError as VoteError
    from kommunalvalg.kkr.composition import KKRComposition as KKRComposition
    from kommunalvalg.kkr.composition import compose_kkr as compose_kkr
    from kommunalvalg.lots import Draw as Draw
    from kommunalvalg.lots import Tie as Tie
    from kommunalvalg.lots import seeded as seeded
    from kommunalvalg.methods.alliances import ProportionalElection as ProportionalElection
    from kommunalvalg.methods.alliances import merge_alliances as merge_alliances
    from kommunalvalg.methods.alliances import proportional_election as proportional_election
    from kommunalvalg.methods.allocation import Allocation as Allocation
    from kommunalvalg.methods.allocation import Award as Award
    from kommunalvalg.methods.divisor import adams as adams
    from kommunalvalg.methods.divisor import dhondt as dhondt
    from kommunalvalg.methods.divisor import sainte_lague as sainte_lague
    from kommunalvalg.methods.shortfall import largest_shortfall as largest_shortfall
    from kommunalvalg.methods.threshold import Threshold as Threshold
    from kommunalvalg.methods.threshold import apply_threshold as apply_threshold

_HOMES = {
    "council.election": ("Candidate", "CandidateList", "CouncilElection"),
    "council.result": ("CouncilResult", "elect_council"),
    "council.vacancies": ("Change", "fill_vacancies"),
    "errors": ("DataError", "ElectionError", "LotError", "RuleError", "VoteError"),
    "kkr.composition": ("KKRComposition", "compose_kkr"),
    "lots": ("Draw", "Tie", "seeded"),
    "methods.alliances": ("ProportionalElection", "merge_alliances", "proportional_election"),
    "methods.allocation": ("Allocation", "Award"),
    "methods.divisor": ("adams", "dhondt", "sainte_lague"),
    "methods.shortfall": ("largest_shortfall",),
    "methods.threshold": ("Threshold", "apply_threshold"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_ROOMS = ("data", "testing")

__all__ = [*sorted(_HOME), *_ROOMS]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the bare import costs next to nothing."""
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
