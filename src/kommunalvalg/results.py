"""What every result has, and the one place where each kind of result is declared.

A result rests on a case, holds the lots that were drawn and those that are open, and shows itself in a notebook. Its
kind says once how it is called in files and questions, which cases make it, and what tells and draws it: command line,
notebook, JSON, workbook, web form and documentation read that one declaration.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, TypeAlias

import attrs

from kommunalvalg.errors import ElectionError
from kommunalvalg.lots import Draw, Tie
from kommunalvalg.votes import listed

__all__ = ["KINDS", "Kind", "Reference", "Result", "declare", "kind_named", "kind_of"]


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

    def _repr_html_(self) -> str:
        return _shown(self, "fragment")

    def _repr_markdown_(self) -> str:
        return _shown(self, "markdown")


def _shown(result: Result, form: str) -> str:
    shown: str = import_module("kommunalvalg.report.notebook").shown(result, form)
    return shown


Reference: TypeAlias = str | Callable[..., Any]
"""A class or a function, or where it is, as "module:name": it is imported when somebody asks for it."""


def _found(reference: Reference) -> Any:  # noqa: ANN401 - whatever is referred to
    if not isinstance(reference, str):
        return reference
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


@attrs.frozen(kw_only=True)
class Kind:
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
        found: type = _found(self.result)
        return found

    def case_class(self, case: Reference) -> type:
        """The class of one of the cases."""
        found: type = _found(case)
        return found

    @property
    def case_classes(self) -> tuple[type, ...]:
        """The classes of the cases that make it."""
        return tuple(map(_found, self.cases))

    def told(self, result: object, *, briefly: bool = False) -> Any:  # noqa: ANN401 - a Document, which is above
        """Tell a result as a document without a language, in full or at a glance."""
        return _found(self.summary if briefly and self.summary is not None else self.document)(result)

    def drawn(self, result: object, **options: Any) -> Any:  # noqa: ANN401 - a figure of the library that draws
        """Draw a result.

        Raises:
            ElectionError: this kind has no picture.
        """
        if self.picture is None:
            raise ElectionError("{value} has no picture", field="result", value=self.name)
        return _found(self.picture)(result, **options)


KINDS: dict[str, Kind] = {}
"""Name -> kind, of all results that are known."""


def declare(kind: Kind) -> Kind:
    """Make a kind of result known everywhere: in JSON, reports, rows, questions and notebooks.

    Raises:
        ElectionError: there is another kind of this name.
    """
    if KINDS.setdefault(kind.name, kind) is not kind:
        raise ElectionError("two kinds of result have the name {value}", field="name", value=kind.name)
    return kind


def kind_of(result: object) -> Kind:
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


def kind_named(name: str) -> Kind:
    """Give a kind of result by its name.

    Raises:
        ElectionError: there is none.
    """
    if name not in KINDS:
        raise ElectionError("{field} is {value}; the kinds are {kinds}", field="kind", value=name, kinds=listed(KINDS))
    return KINDS[name]


def _known() -> Iterator[Kind]:
    """Declare the kinds of results of this library."""
    methods, council, inside = "kommunalvalg.methods", "kommunalvalg.council", "kommunalvalg.constitution"
    kkr, analysis, tell = "kommunalvalg.kkr", "kommunalvalg.analysis", "kommunalvalg.report"
    yield Kind(
        name="allocation",
        result=f"{methods}.allocation:Allocation",
        cases=(
            f"{methods}.divisor:DivisorCase",
            f"{methods}.shortfall:ShortfallCase",
            f"{inside}.bodies:CommitteeCase",
            f"{kkr}.board:KLBoardCase",
        ),
        facts=("awards",),
        document=f"{tell}.distribution:explained_allocation",
        summary=f"{tell}.distribution:distribution",
        picture=f"{tell}.pictures:quotient_race",
    )
    yield Kind(
        name="proportional-election",
        result=f"{methods}.alliances:ProportionalElection",
        cases=(f"{methods}.alliances:ProportionalCase", f"{kkr}.appointments:AppointmentsCase"),
        facts=("unit_seats", "awards", "vacant"),
        document=f"{tell}.distribution:explained_election",
        summary=f"{tell}.distribution:forholdstalsvalg",
        picture=f"{tell}.pictures:quotient_race",
    )
    yield Kind(
        name="threshold",
        result=f"{methods}.threshold:Threshold",
        cases=(f"{methods}.threshold:ThresholdCase",),
        facts=("shares",),
        document=f"{tell}.distribution:line",
    )
    yield Kind(
        name="majority-election",
        result=f"{methods}.majority:MajorityElection",
        cases=(
            f"{methods}.majority:MajorityCase",
            f"{methods}.majority:PluralityCase",
            f"{kkr}.appointments:AppointmentCase",
            f"{inside}.posts:PostCase",
        ),
        document=f"{tell}.constitution:flertalsvalg_in_full",
        summary=f"{tell}.constitution:flertalsvalg",
    )
    yield Kind(
        name="council-result",
        result=f"{council}.result:CouncilResult",
        cases=(f"{council}.election:CouncilElection",),
        facts=("seats", "ties", "open", "vacant"),
        document=f"{tell}.council:protocol",
        summary=f"{tell}.council:summary",
        picture=f"{tell}.pictures:half_circle",
    )
    yield Kind(
        name="approved-candidates",
        result=f"{council}.nomination:ApprovedCandidates",
        cases=(f"{council}.nomination:SubmittedLists",),
        document=f"{tell}.nomination:candidates",
    )
    yield Kind(
        name="standing-alliances",
        result=f"{council}.alliances:StandingAlliances",
        cases=(f"{council}.alliances:RegisteredAlliances",),
        document=f"{tell}.nomination:alliances",
    )
    yield Kind(
        name="sitting",
        result=f"{council}.vacancies:Sitting",
        cases=(f"{council}.vacancies:Vacancies",),
        document=f"{tell}.vacancies:sitting",
    )
    yield Kind(
        name="committees",
        result=f"{inside}.committees:Committees",
        cases=(f"{inside}.committees:CommitteesCase",),
        facts=("seats", "sizes", "totals", "under_et", "claims", "excess", "ties"),
        document=f"{tell}.constitution:committees_in_full",
        summary=f"{tell}.constitution:committee_seats",
    )
    yield Kind(
        name="picking-order",
        result=f"{inside}.order:PickingOrder",
        cases=(f"{inside}.order:PickingCase",),
        facts=("seats",),
        document=f"{tell}.findings:picking",
    )
    yield Kind(
        name="chairs",
        result=f"{inside}.chairs:Chairs",
        cases=(f"{inside}.chairs:ChairsCase",),
        document=f"{tell}.findings:chairs_picked",
    )
    yield Kind(
        name="convener",
        result=f"{inside}.posts:Convener",
        cases=(f"{inside}.posts:ConvenerCase",),
        document=f"{tell}.findings:convener",
    )
    for name, result, case, teller in (
        ("body", "outside:Body", "outside:BodyCase", "body"),
        ("polling", "outside:Polling", "outside:PollingCase", "polling"),
        ("refill", "vacant:Refill", "vacant:PostVacancyCase", "refill"),
        ("no-confidence", "vacant:NoConfidence", "vacant:NoConfidenceCase", "no_confidence"),
    ):
        yield Kind(
            name=name,
            result=f"{inside}.{result}",
            cases=(f"{inside}.{case}",),
            facts=("seats",) if name == "body" else (),
            document=f"{tell}.findings:{teller}",
        )
    yield Kind(
        name="filled-place",
        result=f"{inside}.vacant:FilledPlace",
        cases=(f"{inside}.vacant:VacatedPlaceCase",),
        document=f"{tell}.findings:filled_place",
    )
    yield Kind(
        name="balance",
        result=f"{inside}.slates:Balance",
        cases=(f"{inside}.slates:BalanceCase",),
        facts=("ok",),
        document=f"{tell}.findings:balance",
    )
    yield Kind(
        name="board-check",
        result=f"{inside}.slates:BoardCheck",
        cases=(f"{inside}.slates:BoardCase",),
        facts=("ok",),
        document=f"{tell}.findings:board",
    )
    yield Kind(
        name="kkr-composition",
        result=f"{kkr}.composition:KKRComposition",
        cases=(f"{kkr}.composition:KKRCase",),
        facts=("size", "members", "mayors", "supplementary"),
        document=f"{tell}.kkr:composition_explained",
        summary=f"{tell}.kkr:composition",
        picture=f"{tell}.pictures:kkr_members",
    )
    yield Kind(
        name="kkr-size",
        result=f"{kkr}.composition:KKRSize",
        cases=(f"{kkr}.composition:KKRSizeCase",),
        document=f"{tell}.findings:kkr_size",
    )
    yield Kind(
        name="kkr-chairs",
        result=f"{kkr}.chairs:KKRChairs",
        cases=(f"{kkr}.chairs:KKRChairsCase",),
        document=f"{tell}.chairs:chairs_in_full",
        summary=f"{tell}.chairs:chairs",
        picture=f"{tell}.pictures:quotient_race",
    )
    yield Kind(
        name="kkr-constitution",
        result=f"{kkr}.chairs:KKRConstitution",
        cases=(f"{kkr}.chairs:KKRConstitutionCase",),
        document=f"{tell}.findings:kkr_constitution",
    )
    for name, result, case, teller in (
        ("kkr-voter", "KKRVoter", "KKRVoterCase", "voter"),
        ("kkr-consequence", "Consequence", "ConsequenceCase", "consequence"),
        ("kkr-convener", "KKRConvener", "KKRConvenerCase", "kkr_convener"),
        ("first-meeting", "FirstMeeting", "FirstMeetingCase", "first_meeting"),
        ("notice", "Notice", "NoticeCase", "notice"),
        ("quorum", "Quorum", "QuorumCase", "quorum"),
    ):
        yield Kind(
            name=name,
            result=f"{kkr}.meeting:{result}",
            cases=(f"{kkr}.meeting:{case}",),
            document=f"{tell}.findings:{teller}",
        )
    yield Kind(
        name="meeting-plan",
        result=f"{kkr}.plan:MeetingPlan",
        cases=(f"{kkr}.plan:MeetingPlanCase",),
        document=f"{tell}.findings:meeting_plan",
    )
    for name, where, result, teller in (
        ("margins", "margins", "Margins", "margins_told"),
        ("what-if", "what_if", "WhatIf", "what_if_told"),
        ("alliance-effects", "what_if", "AllianceEffects", "alliance_effects_told"),
        ("partners", "what_if", "Partners", "partners_told"),
        ("partitions", "partitions", "Partitions", "partitions_told"),
    ):
        yield Kind(
            name=name,
            result=f"{analysis}.{where}:{result}",
            cases=(f"{analysis}.{where}:{result}Case",),
            document=f"{tell}.analysis:{teller}",
            picture=f"{tell}.pictures:margins_plot" if name == "margins" else None,
        )
    for name, where, result in (
        ("coalitions", "majorities", "Coalitions"),
        ("powers", "majorities", "Powers"),
        ("majorities", "majorities", "Majorities"),
        ("candidate-margins", "candidates", "CandidateMargins"),
        ("every-method", "methods", "EveryMethod"),
        ("disproportionality", "methods", "Disproportionality"),
    ):
        yield Kind(
            name=name,
            result=f"{analysis}.{where}:{result}",
            cases=(f"{analysis}.{where}:{result}Case",),
            document=f"{tell}.powers:{name.replace('-', '_')}",
        )
    regions = "kommunalvalg.regions"
    for name, result, case, teller in (
        ("other-line", f"{analysis}.what_if:OtherLine", f"{analysis}.what_if:OtherLineCase", "analysis:other_line"),
        (
            "regional-committees",
            f"{regions}.committees:RegionalCommittees",
            f"{regions}.committees:RegionalCommitteesCase",
            "regions:committees",
        ),
        (
            "sundhedsraad",
            f"{regions}.councils:HealthCouncils",
            f"{regions}.councils:HealthCouncilsCase",
            "regions:health_councils",
        ),
        (
            "sundhedsraad-chairs",
            f"{regions}.posts:HealthOffices",
            f"{regions}.posts:HealthOfficesCase",
            "regions:health_offices",
        ),
        ("regional-meeting", f"{regions}.meetings:Meeting", f"{regions}.meetings:MeetingCase", "regions:meeting"),
    ):
        yield Kind(name=name, result=result, cases=(case,), document=f"{tell}.{teller}")
    yield Kind(
        name="audit-plan",
        result="kommunalvalg.audit.planning:Plan",
        cases=("kommunalvalg.audit.planning:AuditCase", "kommunalvalg.audit.planning:CouncilAuditCase"),
        facts=("recount", "size", "polling", "code"),
        document=f"{tell}.audit:plan_told",
        picture=f"{tell}.pictures:audit_plot",
    )
    yield Kind(
        name="audit-evaluation",
        result="kommunalvalg.audit.evaluation:Evaluation",
        facts=("decision", "risk", "more"),
        document=f"{tell}.audit:evaluation_told",
    )
    yield Kind(
        name="evening",
        result="kommunalvalg.evening.council:Evening",
        cases=("kommunalvalg.evening.council:EveningCase", "kommunalvalg.evening.region:RegionalEveningCase"),
        facts=("ties",),
        document=f"{tell}.evening:protocol",
        summary=f"{tell}.evening:at_a_glance",
    )
    yield Kind(
        name="kkr-meeting",
        result="kommunalvalg.evening.kkr_meeting:KKRMeeting",
        cases=("kommunalvalg.evening.kkr_meeting:KKRMeetingCase",),
        facts=("ties",),
        document=f"{tell}.evening_kkr:kkr_protocol",
    )
    yield Kind(
        name="term",
        result="kommunalvalg.evening.term:Term",
        cases=("kommunalvalg.evening.term:TermCase",),
        document=f"{tell}.evening_term:register",
    )
    yield Kind(
        name="evening-changes",
        result="kommunalvalg.evening.changes:EveningChanges",
        cases=("kommunalvalg.evening.changes:EveningChangesCase",),
        document=f"{tell}.evening_changes:changes",
    )
    yield Kind(
        name="simulated-seats",
        result="kommunalvalg.simulation.outcomes:SimulatedSeats",
        cases=("kommunalvalg.simulation.councils:SimulationCase", "kommunalvalg.simulation.kkr:KKRSimulationCase"),
        document=f"{tell}.simulation:simulated",
    )
    yield Kind(
        name="comparison",
        result="kommunalvalg.elections.comparison:Comparison",
        document=f"{tell}.comparison:comparison_told",
    )


for _kind in _known():
    declare(_kind)
