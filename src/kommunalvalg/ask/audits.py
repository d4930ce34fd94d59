"""Questions about audits: how many ballots one draws, which, and what they said."""

from typing import Any

from kommunalvalg.ask.answers import Answer, Asked, Several
from kommunalvalg.audit.evaluation import Decision, evaluate
from kommunalvalg.audit.planning import Plan, plan
from kommunalvalg.audit.sampling import sample
from kommunalvalg.elections.figures import councils
from kommunalvalg.lots import settle
from kommunalvalg.report.audit import evaluation_told, plans_told, sample_told
from kommunalvalg.text import text as _

__all__ = ["drawn", "found", "planned", "planned_everywhere"]

_TERMS = ("risk", "method", "gamma", "inflator", "overstated", "ballots", "misread", "misread_as", "candidates")
"""What a question says of an audit beside the election: the arguments of ``plan``."""


def _terms(asked: Asked) -> dict[str, Any]:
    return {field: asked.get(field) for field in _TERMS if asked.get(field) is not None}


def _plan(asked: Asked) -> Plan:
    return plan(settle(asked.of), **_terms(asked))


def planned(asked: Asked) -> Answer:
    """Say how many ballots an audit draws."""
    asked.hold("of", "name", *_TERMS)
    return Answer(result=_plan(asked), caption=asked.get("name") or "")


def planned_everywhere(asked: Asked) -> Answer:
    """Say how many ballots the audits of all councils of an election draw."""
    asked.hold("election", *_TERMS)
    election, terms = asked.get("election"), _terms(asked)
    elections, plans = councils(election), {}
    with asked.progress(_("Planning the audits"), len(elections)) as advance:
        for number, (name, council) in enumerate(elections.items(), start=1):
            plans[name] = plan(council, **terms)
            advance(number)
    title = _("{election}: how many ballots audits draw", election=election)
    return Answer(
        result=Several({"councils": plans}),
        title=title,
        tell=lambda _full: plans_told(plans, title=title),
        pictured=plans,
        caption=election,
    )


def drawn(asked: Asked) -> Answer:
    """Draw the ballots of an audit from the bundles of a manifest, which is given as a value."""
    asked.hold("of", "name", "manifest", "size", *_TERMS)
    chosen = sample(asked.get("manifest"), _plan(asked), asked.get("seed"), size=asked.get("size"))
    return Answer(result=chosen, tell=lambda _full: sample_told(chosen))


def found(asked: Asked) -> Answer:
    """Say what the ballots of an audit showed; the readings are given as a value, as the manifest is."""
    asked.hold("of", "name", "manifest", "size", "readings", *_TERMS)
    terms = _plan(asked)
    chosen = sample(asked.get("manifest"), terms, asked.get("seed"), size=asked.get("size"))
    evaluation = evaluate(terms, chosen, asked.get("readings"))
    return Answer(
        result=evaluation,
        tell=lambda _full: evaluation_told(evaluation),
        failed=evaluation.decision is not Decision.STOP,
    )
