"""Questions about audits: how many ballots are drawn, which they are, and what they said."""

from collections.abc import Mapping
from typing import Any

import attrs

from kommunalvalg.analysis.cases import Contested
from kommunalvalg.ask.answers import Answer, Request, Several
from kommunalvalg.ask.questions import case_of
from kommunalvalg.audit.evaluation import Decision, Readings, evaluate
from kommunalvalg.audit.planning import Plan, plan
from kommunalvalg.audit.sampling import Ballot, Bundle, Manifest, Sample, sample
from kommunalvalg.errors import DataError, ElectionError
from kommunalvalg.files.plain import from_plain
from kommunalvalg.report.audit import evaluation_told, plan_told, plans_told, sample_told
from kommunalvalg.text import text as _

__all__ = ["TERMS", "audited", "of_many"]

TERMS = (
    "risk",
    "method",
    "gamma",
    "inflator",
    "overstated",
    "ballots",
    "misread",
    "misread_as",
    "candidates",
)
"""On what terms an audit is planned, as the arguments of :func:`kommunalvalg.audit.plan` are called."""


def _planned(election: Contested, request: Request) -> Plan:
    return plan(election, **{term: request.get(term) for term in TERMS if request.get(term) is not None})


def audited(request: Request) -> Answer:
    """Plan an audit; with a manifest and a seed draw its ballots; with what was read off them say what it means.

    Beside the terms a question has ``manifest``, the bundles one by one; ``seed``, which here draws ballots; ``size``,
    to draw so many; and ``readings``, in each the bundle, the number in it and what the ballot says.
    """
    request.hold("of", "name", "manifest", "size", "readings", *TERMS)
    planned = _planned(request.of, request)  # type: ignore[arg-type]  # what is none is refused with its name
    if request.get("manifest") is None or request.get("seed") is None:
        if any(request.get(field) is not None for field in ("manifest", "seed", "size", "readings")):
            raise ElectionError("ballots are drawn from a manifest and by a seed, thrown after the manifest was made")
        return Answer(result=planned, tell=lambda _full: plan_told(planned), caption=request.name)
    drawn = sample(_manifest(request.get("manifest")), planned, request.get("seed"), size=request.get("size"))
    if request.get("readings") is None:
        return Answer(result=drawn, tell=lambda _full: sample_told(drawn), facts=_facts(drawn))
    evaluation = evaluate(planned, drawn, _readings(request.get("readings")))
    return Answer(
        result=evaluation,
        tell=lambda _full: evaluation_told(evaluation),
        failed=evaluation.decision is not Decision.STOP,
    )


def _manifest(plain: object) -> Manifest:
    return plain if isinstance(plain, Manifest) else Manifest(from_plain(plain, tuple[Bundle, ...], "manifest"))


def _readings(plain: Any) -> Readings:  # noqa: ANN401 - whatever a question has
    if isinstance(plain, Readings):
        return plain
    readings: dict[Ballot, str] = {}
    for each in plain if isinstance(plain, list | tuple) else [plain]:
        if not isinstance(each, list | tuple) or list(map(type, each)) != [str, int, str]:
            raise DataError(
                "{field} has {value}; it is the bundle, the number in it and what the ballot says",
                field="readings",
                value=each,
            )
        readings[each[0], each[1]] = each[2]
    return Readings(readings)


def _facts(drawn: Sample) -> dict[str, Any]:
    """Give the ballots that are to be read, each with the draws that it is."""
    ballots = [{"bundle": name, "number": at, "draws": [*draws]} for (name, at), draws in drawn.ballots.items()]
    return {"code": drawn.code, "plan": drawn.plan.code, "seed": drawn.seed, "ballots": ballots}


@attrs.frozen
class _Plans(Several):
    """Plans side by side; of a lot that is open each says itself that it calls for a recount."""

    @property
    def complete(self) -> bool:
        """Whether no lot is open that decides what was asked."""
        return True


def of_many(request: Request) -> Answer:
    """Plan the audits of several elections, each a question under its name, on the same terms."""
    request.hold("of", "name", *TERMS)
    elections, name = request.inner, request.name
    plans: dict[str, Plan] = {}
    with request.progress(_("Planning the audits"), len(elections)) as advance:
        for number, (council, question) in enumerate(elections.items(), start=1):
            if not isinstance(question, Mapping):
                raise DataError("{field} is {value}; a question is an object", field=council, value=question)
            plans[council] = _planned(case_of(question), request)  # type: ignore[arg-type]  # as above
            advance(number)
    title = _("{election}: how many ballots audits draw", election=name or _("The elections"))
    return Answer(
        result=_Plans({"plans": plans}),
        tell=lambda _full: plans_told(plans, title=title),
        pictured=plans,
        caption=name,
    )
