"""What every result has, and the one place where each kind of result is declared.

A result rests on a case, has the lots that were drawn and those that are open, and shows itself in a notebook. Its
kind says once how it is called in files and questions, which cases make it, and what tells and draws it: command line,
notebook, JSON, workbook, web form and documentation read that one declaration.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import attrs

from kommunalvalg.errors import ElectionError
from kommunalvalg.lots import Draw, Tie
from kommunalvalg.votes import listed

__all__ = ["KINDS", "Reference", "Result", "ResultKind", "declare", "kind_named", "kind_of"]


class Result:
    """What all results have in common: the case they rest on, lots that are open and drawn, a display in notebooks.

    A kind of result derives from it, and overrides what it has more of.
    """

    __slots__ = ()

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return ()

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open."""
        return ()

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""
        return next(iter(self.ties), None)

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return not self.ties

    @property
    def law(self) -> int | str | None:
        """The election year or the day whose law was used; None where no dated law was."""
        law: int | str | None = getattr(getattr(self, "case", None), "law", None)
        return law

    def _repr_html_(self) -> str | None:
        return _shown(self, "fragment")

    def _repr_markdown_(self) -> str | None:
        return _shown(self, "markdown")


def _shown(result: Result, form: str) -> str | None:
    """Let a result show itself; as everywhere else where the libraries that reports need are missing."""
    try:
        shown: str = import_module("kommunalvalg.report.notebook").shown(result, form)
    except ImportError:
        return None
    return shown


Reference: TypeAlias = str | Callable[..., Any]
"""A class or a function, or where it is, as "module:name": it is imported when somebody asks for it."""


def _referred(reference: Reference) -> Any:  # noqa: ANN401 - whatever is referred to
    if not isinstance(reference, str):
        return reference
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


@attrs.frozen(kw_only=True)
class ResultKind:
    """A kind of result, declared once.

    Attributes:
        name: how files and questions call it, such as "kkr-composition".
        result: its class.
        cases: the classes of the cases that make it.
        facts: attributes beside its fields that files and answers state, such as "awards".
        document: tells it in full: result -> Document.
        summary: tells it at a glance, where that is less; else None.
        picture: draws it: (result, language, title) -> figure, where a picture makes sense; else None.
    """

    name: str
    result: Reference
    cases: tuple[Reference, ...] = ()
    facts: tuple[str, ...] = ()
    document: Reference
    summary: Reference | None = None
    picture: Reference | None = None

    def describes(self, result_class: type) -> bool:
        """Tell whether a class is that of this kind's results, without importing anything."""
        if isinstance(self.result, str):
            return self.result == f"{result_class.__module__}:{result_class.__qualname__}"
        return self.result is result_class

    @property
    def result_class(self) -> type:
        """The class of its results."""
        named_class: type = _referred(self.result)
        return named_class

    def case_class(self, case: Reference) -> type:
        """The class of one of the cases."""
        named_class: type = _referred(case)
        return named_class

    @property
    def case_classes(self) -> tuple[type, ...]:
        """The classes of the cases that make it."""
        return tuple(map(_referred, self.cases))

    def told(self, result: object, *, briefly: bool = False) -> Any:  # noqa: ANN401 - a Document, which is above
        """Tell a result as a document without a language, in full or at a glance."""
        return _referred(self.summary if briefly and self.summary is not None else self.document)(result)

    @property
    def drawer(self) -> Callable[..., Any] | None:
        """The function that draws it; None where it has no picture."""
        return None if self.picture is None else _referred(self.picture)

    def drawn(self, result: object, **options: Any) -> Any:  # noqa: ANN401 - a figure of the library that draws
        """Draw a result.

        Raises:
            ElectionError: this kind has no picture.
        """
        if self.drawer is None:
            raise ElectionError("{value} has no picture", field="result", value=self.name)
        return self.drawer(result, **options)


KINDS: dict[str, ResultKind] = {}
"""Name -> kind, of all results that are known."""


def declare(kind: ResultKind) -> ResultKind:
    """Make a kind of result known everywhere: in JSON, reports, rows, questions and notebooks.

    Raises:
        ElectionError: there is another kind of this name.
    """
    if KINDS.setdefault(kind.name, kind) is not kind:
        raise ElectionError("two kinds of result have the name {value}", field="name", value=kind.name)
    return kind


def kind_of(result: object) -> ResultKind:
    """Give the kind of a result.

    Raises:
        ElectionError: it is no result that is known.

    >>> from kommunalvalg import dhondt
    >>> kind_of(dhondt({"A": 11, "B": 8}, 3)).name
    'allocation'
    """
    for each in type(result).__mro__:
        for kind in KINDS.values():
            if kind.describes(each):
                return kind
    raise ElectionError(
        "{value} is no result that can be told; give what a method of this library returned",
        field="result",
        value=result,
    )


def kind_named(name: str) -> ResultKind:
    """Give a kind of result by its name.

    Raises:
        ElectionError: there is none.
    """
    if name not in KINDS:
        raise ElectionError(
            "{field} is {value}; the kinds are {kinds}", field="kind", value=name, kinds=listed(KINDS, name)
        )
    return KINDS[name]


def _ours(
    name: str,
    result: str,
    document: str,
    *,
    cases: Sequence[str] | None = None,
    facts: tuple[str, ...] = (),
    summary: str | None = None,
    picture: str | None = None,
) -> None:
    """Declare a kind of this library's results, as :class:`ResultKind` says.

    Args:
        name: how files and questions call it.
        result: its class, as "room.module:name".
        document: what tells it, a function of the reports.
        cases: the classes of its cases; without them the one that is called as the result is, and Case.
        facts: attributes beside its fields.
        summary: what tells it at a glance, a function of the reports.
        picture: what draws it, a function of the reports.
    """
    house = __package__
    declare(
        ResultKind(
            name=name,
            result=f"{house}.{result}",
            cases=tuple(f"{house}.{case}" for case in ([f"{result}Case"] if cases is None else cases)),
            facts=facts,
            document=f"{house}.report.{document}",
            summary=summary and f"{house}.report.{summary}",
            picture=picture and f"{house}.report.{picture}",
        )
    )


_ours(
    "allocation",
    "methods.allocation:Allocation",
    "distribution:explained_allocation",
    cases=(
        "methods.divisor:DivisorCase",
        "methods.shortfall:ShortfallCase",
        "methods.quota:QuotaCase",
        "constitution.bodies:CommitteeCase",
        "kkr.board:KLBoardCase",
    ),
    summary="distribution:distribution",
    picture="races:quotient_race",
    facts=("awards",),
)
_ours(
    "proportional-election",
    "methods.alliances:ProportionalElection",
    "distribution:explained_election",
    cases=("methods.alliances:ProportionalCase", "kkr.appointments:AppointmentsCase"),
    summary="distribution:forholdstalsvalg",
    picture="races:quotient_race",
    facts=("unit_seats", "awards", "vacant"),
)
_ours("threshold", "methods.threshold:Threshold", "distribution:line", facts=("shares",))
_ours(
    "majority-election",
    "methods.majority:MajorityElection",
    "constitution:flertalsvalg_in_full",
    cases=(
        "methods.majority:MajorityCase",
        "methods.majority:PluralityCase",
        "kkr.appointments:AppointmentCase",
        "constitution.posts:PostCase",
    ),
    summary="constitution:flertalsvalg",
)
_ours(
    "council-result",
    "council.result:CouncilResult",
    "council:protocol",
    cases=("council.election:CouncilElection",),
    summary="council:summary",
    picture="half_circles:half_circle",
    facts=("seats", "ties", "open", "vacant"),
)
_ours(
    "approved-candidates",
    "council.nomination:ApprovedCandidates",
    "nomination:candidates",
    cases=("council.nomination:SubmittedLists",),
)
_ours(
    "standing-alliances",
    "council.alliances:StandingAlliances",
    "nomination:alliances",
    cases=("council.alliances:RegisteredAlliances",),
)
_ours("sitting", "council.vacancies:Sitting", "vacancies:sitting", cases=("council.vacancies:Vacancies",))
_ours(
    "committees",
    "constitution.committees:Committees",
    "constitution:committees_in_full",
    summary="constitution:committee_seats",
    facts=("seats", "sizes", "totals", "under_et", "claims", "excess", "ties"),
)
_ours(
    "picking-order",
    "constitution.order:PickingOrder",
    "findings:picking",
    cases=("constitution.order:PickingCase",),
    facts=("seats",),
)
_ours("chairs", "constitution.chairs:Chairs", "findings:chairs_picked")
_ours("convener", "constitution.posts:Convener", "findings:convener")
_ours("body", "constitution.outside:Body", "findings:body", facts=("seats",))
_ours("polling", "constitution.outside:Polling", "findings:polling")
_ours("refill", "constitution.vacant:Refill", "findings:refill", cases=("constitution.vacant:PostVacancyCase",))
_ours("no-confidence", "constitution.vacant:NoConfidence", "findings:no_confidence")
_ours(
    "filled-place",
    "constitution.vacant:FilledPlace",
    "findings:filled_place",
    cases=("constitution.vacant:VacatedPlaceCase",),
)
_ours("balance", "constitution.slates:Balance", "findings:balance", facts=("ok",))
_ours(
    "board-check",
    "constitution.slates:BoardCheck",
    "findings:board",
    cases=("constitution.slates:BoardCase",),
    facts=("ok",),
)
_ours(
    "kkr-composition",
    "kkr.composition:KKRComposition",
    "kkr:composition_explained",
    cases=("kkr.composition:KKRCase",),
    summary="kkr:composition",
    picture="bars:kkr_members",
    facts=("size", "members", "mayors", "supplementary"),
)
_ours("kkr-size", "kkr.composition:KKRSize", "findings:kkr_size")
_ours(
    "kkr-chairs",
    "kkr.chairs:KKRChairs",
    "chairs:chairs_in_full",
    summary="chairs:chairs",
    picture="races:quotient_race",
)
_ours("kkr-constitution", "kkr.chairs:KKRConstitution", "findings:kkr_constitution")
_ours("kkr-voter", "kkr.meeting:KKRVoter", "findings:voter")
_ours("kkr-consequence", "kkr.meeting:Consequence", "findings:consequence")
_ours("kkr-convener", "kkr.meeting:KKRConvener", "findings:kkr_convener")
_ours("first-meeting", "kkr.meeting:FirstMeeting", "findings:first_meeting")
_ours("notice", "kkr.meeting:Notice", "findings:notice")
_ours("quorum", "kkr.meeting:Quorum", "findings:quorum")
_ours("meeting-plan", "kkr.plan:MeetingPlan", "findings:meeting_plan")
_ours("margins", "analysis.margins:Margins", "analysis:margins_report", picture="bars:margins_plot")
_ours("what-if", "analysis.what_if:WhatIf", "analysis:what_if_told")
_ours("regrouping", "analysis.what_if:Regrouping", "analysis:what_if_told")
_ours("alliance-effects", "analysis.what_if:AllianceEffects", "analysis:alliance_effects")
_ours("partners", "analysis.what_if:Partners", "analysis:partners_report")
_ours("partitions", "analysis.partitions:Partitions", "analysis:partitions_report")
_ours("coalitions", "analysis.majorities:Coalitions", "powers:coalitions")
_ours("powers", "analysis.majorities:Powers", "powers:powers")
_ours("majorities", "analysis.majorities:Majorities", "powers:majorities")
_ours("candidate-margins", "analysis.candidates:CandidateMargins", "powers:candidate_margins")
_ours("every-method", "analysis.methods:EveryMethod", "powers:every_method")
_ours("disproportionality", "analysis.methods:Disproportionality", "powers:disproportionality")
_ours("other-line", "analysis.what_if:OtherLine", "analysis:other_line")
_ours("regional-committees", "regions.committees:RegionalCommittees", "regions:committees")
_ours("sundhedsraad", "regions.councils:HealthCouncils", "regions:health_councils")
_ours("sundhedsraad-chairs", "regions.posts:HealthOffices", "regions:health_offices")
_ours("regional-meeting", "regions.meetings:Meeting", "regions:meeting")
_ours(
    "audit-plan",
    "audit.planning:Plan",
    "audit:plan_told",
    cases=("audit.planning:AuditCase", "audit.planning:CouncilAuditCase"),
    picture="charts:audit_plot",
    facts=("recount", "size", "polling", "code"),
)
_ours("audit-sample", "audit.sampling:Sample", "audit:sample_told")
_ours(
    "audit-evaluation",
    "audit.evaluation:Evaluation",
    "audit:evaluation_told",
    facts=("decision", "risk", "more"),
)
_ours(
    "evening",
    "evening.council:Evening",
    "evening:protocol",
    cases=("evening.council:EveningCase", "evening.region:RegionalEveningCase"),
    summary="evening:at_a_glance",
    facts=("ties",),
)
_ours("kkr-meeting", "evening.kkr_meeting:KKRMeeting", "evening_kkr:kkr_protocol", facts=("ties",))
_ours("term", "evening.term:Term", "evening_term:register")
_ours("evening-changes", "evening.changes:EveningChanges", "evening_changes:changes")
_ours(  # without cases: a file would have to contain the model, which may be any program's
    "simulated-seats",
    "simulation.outcomes:SimulatedSeats",
    "simulation:simulated",
    cases=(),
    picture="bars:simulated_bars",
)
_ours("comparison", "elections.comparison:Comparison", "comparison:comparison_told")
