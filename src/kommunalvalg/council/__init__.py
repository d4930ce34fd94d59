"""Kommunal- og regionalvalgloven (KRVL): a whole council election, from counted votes to candidates.

The modules come in the order of the statute: :mod:`.law` (the dated rules), :mod:`.lists` (§§ 21-24, with what was
counted), :mod:`.alliances` (§§ 37-42), :mod:`.seats` (§§ 81-83), :mod:`.candidates` (§§ 85-86 and 91), :mod:`.result`
(all of it together), :mod:`.election` (the case) and :mod:`.vacancies` (§ 91 when somebody leaves).
"""

from kommunalvalg.council.alliances import StandingAlliances, standing_alliances
from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.council.lists import Candidate, CandidateList, Form
from kommunalvalg.council.result import CouncilResult, ListResult, Mandate
from kommunalvalg.council.vacancies import Change, Event, Sitting, fill_vacancies

__all__ = [
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
    "elect_council",
    "fill_vacancies",
    "standing_alliances",
]
