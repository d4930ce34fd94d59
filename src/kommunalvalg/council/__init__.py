"""Kommunal- og regionalvalgloven (KRVL): a whole council election, from counted votes to candidates.

The modules come in the order of the statute: :mod:`.law` (the dated rules), :mod:`.lists` (§§ 21-24, with what was
counted), :mod:`.nomination` (§§ 30-31), :mod:`.alliances` (§§ 37-42), :mod:`.books` (§§ 77-80, of a region),
:mod:`.seats` (§§ 81-83), :mod:`.candidates` (§§ 85-86 and 91), :mod:`.result` (all of it together), :mod:`.election`
(the case), :mod:`.changes` and :mod:`.vacancies` (§§ 91-104, when somebody leaves), and :mod:`.calendar` (the days of
an election).
"""

from kommunalvalg.council.alliances import StandingAlliances, standing_alliances
from kommunalvalg.council.books import regional_election
from kommunalvalg.council.calendar import dates
from kommunalvalg.council.changes import Change, Event
from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.council.lists import Candidate, CandidateList, Form
from kommunalvalg.council.nomination import ApprovedCandidates, approved_candidates
from kommunalvalg.council.result import CouncilResult, ListResult, Mandate
from kommunalvalg.council.vacancies import Sitting, fill_vacancies

__all__ = [
    "ApprovedCandidates",
    "Candidate",
    "CandidateList",
    "Change",
    "CouncilElection",
    "CouncilResult",
    "Event",
    "Form",
    "ListResult",
    "Mandate",
    "Sitting",
    "StandingAlliances",
    "approved_candidates",
    "dates",
    "elect_council",
    "fill_vacancies",
    "regional_election",
    "standing_alliances",
]
__dir__ = __all__.copy
