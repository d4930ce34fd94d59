"""Danish municipal election methods, written down so that they run.

The methods: ``dhondt``, ``sainte_lague``, ``adams``, ``largest_shortfall``; ``proportional_election`` with alliances;
``apply_threshold``; ``majority_election`` and ``plurality_election``. The bodies: ``elect_council``,
``elect_committee``, ``elect_committees``, ``compose_kkr``, ``elect_kkr_chairs``. Every one of them settles a case
(``result.case``) and reports lots (``Tie``), which come from outside (``Draw``, ``seeded``).

The rooms: ``methods`` (the mathematics), ``council`` (KRVL), ``constitution`` (KSL), ``regions`` (regionsloven),
``kkr`` (KL's rules), ``law`` (every rule with its provision), ``data`` (elections and files), ``analysis`` (what a
result hangs on), ``audit`` (how many ballots to look at), ``report`` (on paper and screen), ``ask`` (plain JSON in and
out) and ``testing`` (strategies for Hypothesis). ``help(kommunalvalg.dhondt)`` and ``help(kommunalvalg.council)`` say
more of one of them.

>>> from kommunalvalg import dhondt, proportional_election, seeded
>>> dhondt({"A": 11, "B": 8, "C": 2}, 8).seats
{'A': 5, 'B': 3, 'C': 0}
>>> dhondt({"A": 11, "B": 8, "C": 2}, 9).tie  # B and C have the same quotient: a lot, which is not drawn here
Tie(places=1, among=('B', 'C'), rule='', place=None)
>>> dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=seeded(20251118)).seats
{'A': 5, 'B': 4, 'C': 0}
>>> proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]).seats
{'A': 2, 'C': 2, 'F': 1}
>>> from kommunalvalg import data
>>> data.kkr("hovedstaden-2026").compose().size
58
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kommunalvalg import analysis as analysis
    from kommunalvalg import ask as ask
    from kommunalvalg import audit as audit
    from kommunalvalg import constitution as constitution
    from kommunalvalg import council as council
    from kommunalvalg import data as data
    from kommunalvalg import kkr as kkr
    from kommunalvalg import law as law
    from kommunalvalg import methods as methods
    from kommunalvalg import regions as regions
    from kommunalvalg import report as report
    from kommunalvalg import testing as testing
    from kommunalvalg.constitution.bodies import elect_committee as elect_committee
    from kommunalvalg.constitution.chairs import elect_chairs as elect_chairs
    from kommunalvalg.constitution.claims import Placement as Placement
    from kommunalvalg.constitution.claims import apply_claims as apply_claims
    from kommunalvalg.constitution.claims import placements as placements
    from kommunalvalg.constitution.committees import Committees as Committees
    from kommunalvalg.constitution.committees import ExtraMembers as ExtraMembers
    from kommunalvalg.constitution.committees import Transfer as Transfer
    from kommunalvalg.constitution.committees import elect_committees as elect_committees
    from kommunalvalg.constitution.groups import voting_groups as voting_groups
    from kommunalvalg.constitution.order import PickingOrder as PickingOrder
    from kommunalvalg.constitution.posts import Service as Service
    from kommunalvalg.constitution.posts import elect_deputy_mayor as elect_deputy_mayor
    from kommunalvalg.constitution.posts import elect_deputy_mayors as elect_deputy_mayors
    from kommunalvalg.constitution.posts import elect_mayor as elect_mayor
    from kommunalvalg.constitution.posts import first_convener as first_convener
    from kommunalvalg.constitution.slates import check_balance as check_balance
    from kommunalvalg.constitution.slates import check_board as check_board
    from kommunalvalg.constitution.vacant import fill_place as fill_place
    from kommunalvalg.council.election import CouncilElection as CouncilElection
    from kommunalvalg.council.election import elect_council as elect_council
    from kommunalvalg.council.lists import Candidate as Candidate
    from kommunalvalg.council.lists import CandidateList as CandidateList
    from kommunalvalg.council.result import CouncilResult as CouncilResult
    from kommunalvalg.council.vacancies import Change as Change
    from kommunalvalg.council.vacancies import Sitting as Sitting
    from kommunalvalg.council.vacancies import fill_vacancies as fill_vacancies
    from kommunalvalg.errors import DataError as DataError
    from kommunalvalg.errors import ElectionError as ElectionError
    from kommunalvalg.errors import LotError as LotError
    from kommunalvalg.errors import MissingExtraError as MissingExtraError
    from kommunalvalg.errors import RuleError as RuleError
    from kommunalvalg.errors import VoteError as VoteError
    from kommunalvalg.kkr.appointments import appoint_one as appoint_one
    from kommunalvalg.kkr.appointments import appoint_several as appoint_several
    from kommunalvalg.kkr.appointments import check_appointable as check_appointable
    from kommunalvalg.kkr.board import elect_kl_board as elect_kl_board
    from kommunalvalg.kkr.chairs import KKRChairs as KKRChairs
    from kommunalvalg.kkr.chairs import KKRPost as KKRPost
    from kommunalvalg.kkr.chairs import elect_kkr_chairs as elect_kkr_chairs
    from kommunalvalg.kkr.composition import KKRComposition as KKRComposition
    from kommunalvalg.kkr.composition import compose_kkr as compose_kkr
    from kommunalvalg.kkr.days import is_hverdag as is_hverdag
    from kommunalvalg.kkr.meeting import KKRChange as KKRChange
    from kommunalvalg.kkr.meeting import KKRMember as KKRMember
    from kommunalvalg.kkr.meeting import check_first_meeting as check_first_meeting
    from kommunalvalg.kkr.meeting import check_notice as check_notice
    from kommunalvalg.kkr.meeting import check_quorum as check_quorum
    from kommunalvalg.kkr.meeting import kkr_consequence as kkr_consequence
    from kommunalvalg.kkr.meeting import kkr_convener as kkr_convener
    from kommunalvalg.kkr.meeting import kkr_voter as kkr_voter
    from kommunalvalg.kkr.meeting import notice_deadline as notice_deadline
    from kommunalvalg.lots import Draw as Draw
    from kommunalvalg.lots import Tie as Tie
    from kommunalvalg.lots import seeded as seeded
    from kommunalvalg.lots import settle as settle
    from kommunalvalg.methods.alliances import ProportionalElection as ProportionalElection
    from kommunalvalg.methods.alliances import merge_alliances as merge_alliances
    from kommunalvalg.methods.alliances import proportional_election as proportional_election
    from kommunalvalg.methods.allocation import Allocation as Allocation
    from kommunalvalg.methods.allocation import Award as Award
    from kommunalvalg.methods.divisor import adams as adams
    from kommunalvalg.methods.divisor import dhondt as dhondt
    from kommunalvalg.methods.divisor import sainte_lague as sainte_lague
    from kommunalvalg.methods.majority import MajorityElection as MajorityElection
    from kommunalvalg.methods.majority import majority_election as majority_election
    from kommunalvalg.methods.majority import plurality_election as plurality_election
    from kommunalvalg.methods.shortfall import largest_shortfall as largest_shortfall
    from kommunalvalg.methods.threshold import Threshold as Threshold
    from kommunalvalg.methods.threshold import apply_threshold as apply_threshold

_HOMES = {
    "constitution.bodies": ("elect_committee",),
    "constitution.chairs": ("elect_chairs",),
    "constitution.claims": ("Placement", "apply_claims", "placements"),
    "constitution.committees": ("Committees", "ExtraMembers", "Transfer", "elect_committees"),
    "constitution.groups": ("voting_groups",),
    "constitution.order": ("PickingOrder",),
    "constitution.posts": (
        "Service",
        "elect_deputy_mayor",
        "elect_deputy_mayors",
        "elect_mayor",
        "first_convener",
    ),
    "constitution.slates": ("check_balance", "check_board"),
    "constitution.vacant": ("fill_place",),
    "council.election": ("CouncilElection", "elect_council"),
    "council.lists": ("Candidate", "CandidateList"),
    "council.result": ("CouncilResult",),
    "council.vacancies": ("Change", "Sitting", "fill_vacancies"),
    "errors": ("DataError", "ElectionError", "LotError", "MissingExtraError", "RuleError", "VoteError"),
    "kkr.appointments": ("appoint_one", "appoint_several", "check_appointable"),
    "kkr.board": ("elect_kl_board",),
    "kkr.chairs": ("KKRChairs", "KKRPost", "elect_kkr_chairs"),
    "kkr.composition": ("KKRComposition", "compose_kkr"),
    "kkr.days": ("is_hverdag",),
    "kkr.meeting": (
        "KKRChange",
        "KKRMember",
        "check_first_meeting",
        "check_notice",
        "check_quorum",
        "kkr_consequence",
        "kkr_convener",
        "kkr_voter",
        "notice_deadline",
    ),
    "lots": ("Draw", "Tie", "seeded", "settle"),
    "methods.alliances": ("ProportionalElection", "merge_alliances", "proportional_election"),
    "methods.allocation": ("Allocation", "Award"),
    "methods.divisor": ("adams", "dhondt", "sainte_lague"),
    "methods.majority": ("MajorityElection", "majority_election", "plurality_election"),
    "methods.shortfall": ("largest_shortfall",),
    "methods.threshold": ("Threshold", "apply_threshold"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_ROOMS = (
    "analysis",
    "ask",
    "audit",
    "constitution",
    "council",
    "data",
    "kkr",
    "law",
    "methods",
    "regions",
    "report",
    "testing",
)

__all__ = [
    "Candidate",
    "CandidateList",
    "CouncilElection",
    "DataError",
    "Draw",
    "ElectionError",
    "LotError",
    "MissingExtraError",
    "RuleError",
    "Tie",
    "VoteError",
    "adams",
    "analysis",
    "apply_threshold",
    "ask",
    "audit",
    "compose_kkr",
    "constitution",
    "council",
    "data",
    "dhondt",
    "elect_committee",
    "elect_committees",
    "elect_council",
    "elect_kkr_chairs",
    "kkr",
    "largest_shortfall",
    "law",
    "majority_election",
    "methods",
    "plurality_election",
    "proportional_election",
    "regions",
    "report",
    "sainte_lague",
    "seeded",
    "settle",
]
"""The map that ``dir`` shows. ``testing`` is not in it, which needs Hypothesis; the other names of :data:`_HOMES` have
their place in a room, and stay importable from here for the programs that do."""


if not TYPE_CHECKING:  # a type checker reads the imports above, and so finds a name that there is not

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
    # pydoc writes out in full whatever stands both here and in __all__, and imports it: help(kommunalvalg) would have
    # 1,500 lines. It is given nothing, and so writes the page at the top; help(kommunalvalg.dhondt) writes another.
    asking = sys._getframe(1)  # noqa: SLF001 - there is no other way to see who asks
    while asking.f_globals.get("__name__") == "inspect" and asking.f_back is not None:
        asking = asking.f_back
    return [] if asking.f_globals.get("__name__") == "pydoc" else sorted({*__all__, "testing"})
