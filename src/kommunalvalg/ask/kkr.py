"""Questions about a KKR: one that is embedded, one of a region with mayors of one's own, or one from figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from kommunalvalg.ask.answers import Answer, Request, told
from kommunalvalg.ask.questions import hold_only
from kommunalvalg.dates import day_of
from kommunalvalg.elections.area import AreaVotes, area_mayors, area_votes, municipalities_of
from kommunalvalg.elections.compositions import kkr as embedded
from kommunalvalg.errors import DataError, VoteError, Warned
from kommunalvalg.files.plain import from_plain
from kommunalvalg.kkr.chairs import KKRChairs, KKRConstitutionCase, elect_kkr_chairs
from kommunalvalg.kkr.composition import METHODS, KKRCase, KKRComposition
from kommunalvalg.kkr.dated import checked_day
from kommunalvalg.kkr.meeting import FirstMeetingCase, notice_deadline
from kommunalvalg.lots import settle
from kommunalvalg.methods.quotients import DIVISORS
from kommunalvalg.report.chairs import chairs, notice
from kommunalvalg.report.distribution import explained, nested
from kommunalvalg.report.documents import Column, Document, Kind, Said, Table
from kommunalvalg.text import Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["ELECTION", "by_every_method", "case_of_kkr", "chaired", "composed", "constituted"]

ELECTION = "kv2025"
"""The embedded election whose votes a region's are, where none is named."""


def case_of_kkr(question: Mapping[str, Any]) -> tuple[KKRCase, tuple[Warned, ...]]:
    """Give what a KKR is composed from, and what is to be known of the figures.

    Raises:
        ElectionError: what is wrong with the question.
    """
    if "kkr" in question:
        hold_only(question, {"kkr", "method", "year"})
        known = embedded(question["kkr"])
        changes = {field: question[field] for field in ("method", "year") if question.get(field) is not None}
        return attrs.evolve(known.case, **changes), known.warnings
    if "region" in question:
        return _of_region(question), ()
    return _of_figures(question)


def _of_region(question: Mapping[str, Any]) -> KKRCase:
    """Take the votes of a region from an embedded election; the mayors are those of the question."""
    hold_only(question, {"region", "election", "mayors", "listesamarbejder", "method", "name", "year"})
    election = question.get("election", ELECTION)
    cooperations = question.get("listesamarbejder")
    municipalities = municipalities_of(election, question["region"])
    area = area_votes(election, municipalities, listesamarbejder=cooperations)
    mayors = from_plain(question.get("mayors"), Mapping[str, int | str], "mayors")
    if mayors and all(isinstance(each, str) for each in mayors.values()):
        mayors = area_mayors(election, municipalities, mayors, listesamarbejder=cooperations)
    elif unknown := [name for name in mayors if name not in area.votes and name not in _local(area)]:
        raise DataError(
            "{field} names {value}, which did not stand in the area; a local list is named by its letter and "
            "municipality, such as {example}; the parties are {known}",
            field="mayors",
            value=unknown[0],
            known=listed(area.votes, unknown[0]),
            example=next(iter(_local(area)), "L (Fanø)"),
        )
    fields = {field: question[field] for field in ("method", "name", "year") if question.get(field) is not None}
    return KKRCase(
        votes=area.votes,
        mayors=mayors,
        municipalities=len(area.municipalities),
        total_votes=area.valid,
        cast_votes=area.cast,
        represented=area.represented,
        **fields,
    )


def _local(area: AreaVotes) -> tuple[str, ...]:
    return tuple(f"{letter} ({municipality})" for municipality, letter in area.local_lists)


def _of_figures(question: Mapping[str, Any]) -> tuple[KKRCase, tuple[Warned, ...]]:
    """Take the figures of the question; a sum that is taken for the area's valid votes is told."""
    fields = {key: value for key, value in question.items() if key not in {"case", "draws", "seed", *_TOLD}}
    assumed = fields.get("total_votes") is None
    if assumed:
        votes = from_plain(fields.get("votes"), Mapping[str, int], "votes")
        fields["total_votes"] = sum(count for count in votes.values() if isinstance(count, int))
    case: KKRCase = from_plain(fields, KKRCase, "question")
    if not assumed:
        return case, ()
    message = _(
        "It was not given how many valid votes the area has, those for local lists included; the {total} of "
        "the file were taken for all.",
        total=case.total_votes,
    )
    return case, (Warned(message, "KKR-SEATS"),)


_TOLD = ("explain", "picture", "title")


def _titled(case: KKRCase) -> Word:
    return case.name or _("Composition of a KKR")


def composed(request: Request) -> Answer:
    """Compose a KKR."""
    case, warnings = case_of_kkr(request.question)
    kkr = _with_warnings(settle(case, request.lots), warnings)
    return Answer(result=kkr, title=_titled(case))


def _with_warnings(kkr: KKRComposition, warnings: tuple[Warned, ...]) -> KKRComposition:
    return attrs.evolve(kkr, warnings=(*kkr.warnings, *warnings))


def chaired(request: Request) -> Answer:
    """Elect the chairs of a KKR; no lot of its composition bears on that."""
    request.hold("of", "alliances", "meeting")
    case, warnings = case_of_kkr(request.inner)
    kkr = _with_warnings(settle(case), (*warnings, *_of_meeting(request)))
    posts = elect_kkr_chairs(kkr, alliances=request.get("alliances") or (), lots=request.lots)
    title = _("{kkr}: chair and vice chair", kkr=_titled(case))
    deadline = _deadline(request)

    def tell(full: bool) -> Document:  # noqa: FBT001 - as Answer.tell is called
        return _posts(posts, kkr, deadline, full=full)

    return Answer(result=posts, title=title, tell=tell, pictured=posts.election)


def _posts(posts: KKRChairs, kkr: KKRComposition | None, deadline: Word, *, full: bool) -> Document:
    report = chairs(posts, deadline=deadline, kkr=kkr)
    return explained(posts.election, report, nested(posts.election)) if full else report


def constituted(request: Request) -> Answer:
    """Compose a KKR and elect its chairs, with the lots in one series."""
    request.hold("of", "alliances", "meeting")
    case, warnings = case_of_kkr(request.inner)
    both = settle(KKRConstitutionCase(kkr=case, alliances=request.get("alliances") or ()), request.lots)
    kkr = _with_warnings(both.composition, (*warnings, *_of_meeting(request)))
    deadline = _deadline(request)

    def tell(full: bool) -> Document:  # noqa: FBT001 - as Answer.tell is called
        report, posts = told(kkr, full), _posts(both.chairs, None, deadline, full=full)
        # Each of the two elections has its seats; the table of the posts alone keeps its name for programs.
        renamed = (
            attrs.evolve(part, key=f"posts_{part.key}") if isinstance(part, Table) and part.key != "posts" else part
            for part in posts.parts
        )
        return attrs.evolve(report, parts=(*report.parts, *renamed))

    return Answer(result=both, title=_titled(case), tell=tell, pictured=kkr)


def _deadline(request: Request) -> Word:
    """Say by when a valgforbund is to be notified, where the day of the meeting is known."""
    day = _meeting(request)
    return None if day is None else notice(day, notice_deadline(day))


def _meeting(request: Request) -> date | None:
    """Give the day of the meeting, where it is known."""
    meeting = request.get("meeting")
    if meeting is None:
        return None
    if not isinstance(meeting, str) or day_of(meeting) is None:
        raise VoteError("{field} is {value}; write YYYY-MM-DD, for example 2026-01-26", field="meeting", value=meeting)
    return checked_day("meeting", meeting)


def _of_meeting(request: Request) -> tuple[Warned, ...]:
    """Warn of a meeting that is on a Sunday, late for the first one after an election, or in another year."""
    day = _meeting(request)
    if day is None:
        return ()
    return settle(FirstMeetingCase(meeting=day, election=date(day.year - 1, 11, 30))).warnings


def _title_of(method: str) -> Word:
    return _(DIVISORS[method].title) if method in DIVISORS else _("Largest shortfall")


def by_every_method(request: Request) -> Answer:
    """Compose a KKR by every method, side by side."""
    request.hold("of")
    case, warnings = case_of_kkr(request.inner)
    kkr = _with_warnings(settle(case, request.lots), warnings)
    others = [settle(attrs.evolve(case, method=method)) for method in METHODS[1:]]
    table = Table(
        "methods",
        "",
        (
            Column("party", _("Party")),
            Column("mayors", _("Mayors"), Kind.NUMBER),
            *(Column(each.method, _title_of(each.method), Kind.NUMBER) for each in (kkr, *others)),
        ),
        tuple((party, kkr.mayors[party], *(each.members[party] for each in (kkr, *others))) for party in kkr.members),
        total=(_("Total"), sum(kkr.mayors.values()), *(sum(each.members.values()) for each in (kkr, *others))),
    )
    lots = [each for each in told(kkr, full=False).parts if isinstance(each, Said)]
    return Answer(
        result=kkr,
        title=_titled(case),
        tell=lambda _full: Document("", (table, *lots)),
    )
