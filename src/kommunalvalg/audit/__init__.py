"""Was it counted right? Risk-limiting audits of elections by d'Hondt, with alliances and capacities.

An audit draws ballots, compares each with what it was reported as, and stops when the ballots say that the result is
right; where it is wrong, the chance that it stops all the same is at most the risk limit. The order of the work is
:func:`.plan`, :func:`.sample`, :func:`.evaluate`. What is tested: :mod:`.assertions`; how: :mod:`.statistics`.
"""

from kommunalvalg.audit.assertions import About, Assertion, Side
from kommunalvalg.audit.ballots import BLANK, MISSING, UNREADABLE, Found, Reading
from kommunalvalg.audit.evaluation import (
    Check,
    Decision,
    Discrepancy,
    Evaluation,
    EvaluationCase,
    ReadBallot,
    Readings,
    evaluate,
)
from kommunalvalg.audit.planning import AuditCase, CouncilAuditCase, Plan, Why, plan, polling_draws
from kommunalvalg.audit.sampling import Bundle, Drawn, Manifest, Sample, SampleCase, packages, sample, sample_of, ticket
from kommunalvalg.audit.sheets import read_manifest, read_readings, write_manifest, write_sheet
from kommunalvalg.audit.statistics import Alpha, KaplanMarkov, KaplanWald
from kommunalvalg.audit.terms import Misread, Terms

__all__ = [
    "BLANK",
    "MISSING",
    "UNREADABLE",
    "About",
    "Alpha",
    "Assertion",
    "AuditCase",
    "Bundle",
    "Check",
    "CouncilAuditCase",
    "Decision",
    "Discrepancy",
    "Drawn",
    "Evaluation",
    "EvaluationCase",
    "Found",
    "KaplanMarkov",
    "KaplanWald",
    "Manifest",
    "Misread",
    "Plan",
    "ReadBallot",
    "Reading",
    "Readings",
    "Sample",
    "SampleCase",
    "Side",
    "Terms",
    "Why",
    "evaluate",
    "packages",
    "plan",
    "polling_draws",
    "read_manifest",
    "read_readings",
    "sample",
    "sample_of",
    "ticket",
    "write_manifest",
    "write_sheet",
]
__dir__ = __all__.copy
