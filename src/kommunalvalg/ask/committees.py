"""Questions about the bodies of a council: its committees with what may be claimed, its deputies, its chairs."""

from collections.abc import Mapping
from typing import Any

import attrs

from kommunalvalg import law
from kommunalvalg.ask.answers import Answer, Request, Several
from kommunalvalg.constitution.committees import CommitteesCase
from kommunalvalg.constitution.order import PickingCase
from kommunalvalg.constitution.outside import Body, BodyCase
from kommunalvalg.errors import VoteError
from kommunalvalg.files.plain import from_plain
from kommunalvalg.lots import Urn
from kommunalvalg.report.constitution import committee_seats, committees_explained, placements_table
from kommunalvalg.report.distribution import undecided
from kommunalvalg.report.documents import Column, Document, Kind, Table
from kommunalvalg.report.quotients import drawn
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_names, twice

__all__ = ["committees", "deputies"]


def committees(request: Request) -> Answer:
    """Distribute the seats of the committees, and of the bodies beside them.

    Beside the fields of the case a question has ``sizes`` for standing committees without names, ``accept_second`` for
    the count of ways to place the claims, ``placements`` to have them in a table, and ``bodies``, body -> places.
    """
    extra = {"sizes", "accept_second", "placements", "bodies", "case", "draws", "seed", "explain", "picture", "title"}
    fields = {key: value for key, value in request.question.items() if key not in extra}
    named = from_plain(fields.get("committees") or {}, Mapping[str, int], "committees")
    fields["committees"] = list(map(list, _with_defaults(dict(named), request).items()))
    case: CommitteesCase = from_plain(fields, CommitteesCase, "question")
    bodies = [
        BodyCase(name=name, groups=case.groups, members=seats)
        for name, seats in from_plain(request.get("bodies") or {}, Mapping[str, int], "bodies").items()
    ]
    urn = Urn(request.lots)
    result = case.settled(urn)
    beside = {body.name: body.settled(urn) for body in bodies}
    urn.close()
    accepting = checked_names("accept_second", request.listed("accept_second"), known=case.groups, among="groups")

    def tell(full: bool) -> Document:  # noqa: FBT001 - as Answer.tell is called
        report = committee_seats(result, accept_second=accepting)
        if request.get("placements"):
            report = attrs.evolve(report, parts=(*report.parts, placements_table(result, accepting)))
        report = committees_explained(result, report) if full else report
        return attrs.evolve(report, parts=(*report.parts, *_bodies(case, beside))) if beside else report

    both = Several({"committees": {"": result}, "bodies": beside}) if beside else result
    return Answer(result=both, tell=tell)


def _with_defaults(named: dict[str, int], request: Request) -> dict[str, int]:
    """Name the committees that have no name: committee 1, committee 2 and so on."""
    sizes = request.listed("sizes")
    defaults = [_("Committee {number}", number=number).said(request.lang) for number in range(1, len(sizes) + 1)]
    if (again := twice([*named, *defaults])) is not None:
        raise VoteError(
            "{field} has {value}, which is another's; each committee has a name of its own",
            field="committees",
            value=again,
        )
    return {**named, **dict(zip(defaults, sizes, strict=True))}


def _bodies(case: CommitteesCase, bodies: Mapping[str, Body]) -> list[Any]:
    """Tell the bodies beside the committees, each an election by itself."""
    table = Table(
        "bodies",
        _("Bodies beside the committees, each elected by itself"),
        (
            Column("body", _("Body")),
            *(Column(group, group, Kind.NUMBER) for group in case.groups),
            Column("members", _("Members"), Kind.NUMBER),
        ),
        tuple(
            (name, *(body.seats[group] for group in case.groups), sum(body.seats.values()))
            for name, body in bodies.items()
        ),
    )
    ties = [tie for body in bodies.values() for tie in body.ties]
    return [table, *undecided(ties, 0), *drawn([draw for body in bodies.values() for draw in body.draws])]


def deputies(request: Request) -> Answer:
    """Elect the mayor's deputies by forholdstalsvalg: two, unless the question says how many."""
    request.hold("groups", "posts", "name")
    case = PickingCase(
        groups=from_plain(request.get("groups"), Mapping[str, int], "groups"),
        posts=law.whole("KSL-6") if request.get("posts") is None else request.get("posts"),
        name=request.name or "viceborgmestre",
        rule="KSL-24-3",
    )
    urn = Urn(request.lots)
    result = case.settled(urn)
    urn.close()
    return Answer(result=result, title=_("Deputy mayors"))
