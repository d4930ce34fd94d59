"""What is said of a regional council's elections among its members."""

import attrs

from kommunalvalg.regions.committees import RegionalCommittees
from kommunalvalg.regions.councils import HealthCouncils
from kommunalvalg.regions.meetings import Meeting, MeetingKind, Office
from kommunalvalg.regions.posts import HealthOffices
from kommunalvalg.report.constitution import by_committee, committee_seats
from kommunalvalg.report.distribution import distribution, warned
from kommunalvalg.report.documents import Cited, Column, Document, Heading, Kind, Part, Table, cite
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["committees", "health_councils", "health_offices", "meeting"]


def committees(result: RegionalCommittees) -> Document:
    """Report the seats of forretningsudvalg, sundhedsråd and standing committees, § 27 for each kind together."""
    seats = by_committee(result.seats, result.case.groups, result.case.committees)
    parts: list[Part] = [seats, *(warned(each) for each in result.warnings)]
    if result.executive is not None:
        parts += [Heading(_("Forretningsudvalget")), *_apart("executive", distribution(result.executive))]
    if result.health is not None:
        parts += [Heading(_("Sundhedsråd")), *_apart("health", committee_seats(result.health))]
    if result.standing is not None:
        parts += [Heading(_("Standing committees")), *_apart("standing", committee_seats(result.standing))]
    return Document(_("Committees of a regional council"), tuple(parts))


def _apart(key: str, document: Document) -> list[Part]:
    """Give the parts of a document inside another, whose table of seats is another one."""
    return [
        attrs.evolve(part, key=key) if isinstance(part, Table) and part.key == "seats" else part
        for part in document.parts
    ]


def health_councils(result: HealthCouncils) -> Document:
    """Report how many members each sundhedsråd has, municipality by municipality."""
    table = Table(
        "sundhedsraad",
        "",
        (
            Column("council", _("Sundhedsråd")),
            Column("municipal", _("Municipal members"), Kind.NUMBER),
            Column("regional", _("Regional members"), Kind.NUMBER),
            Column("members", _("Members"), Kind.NUMBER),
        ),
        tuple(
            (name, count, result.regional[name], count + result.regional[name])
            for name, count in result.municipal.items()
        ),
    )
    by_municipality = Table(
        "municipalities",
        _("Municipal members"),
        (
            Column("council", _("Sundhedsråd")),
            Column("municipality", _("Municipality")),
            Column("members", _("Members"), Kind.NUMBER),
        ),
        tuple((name, each, count) for name, members in result.members.items() for each, count in members.items()),
    )
    said = _(
        "A municipality has one, two or three members by its inhabitants; the region has one more than the "
        "municipalities together ({provision}).",
        provision=cite("RL-14d", result.case.day),
    )
    return Document(_("Members of sundhedsråd"), (table, by_municipality, said))


def health_offices(result: HealthOffices) -> Document:
    """Report who leads which sundhedsråd."""
    table = Table(
        "chairs",
        "",
        (Column("council", _("Sundhedsråd")), Column("chair", _("Chair"))),
        tuple(result.chairs.items()),
    )
    said = _("Nothing in {provision} forbids it.", provision=cite("RL-14e", result.case.day))
    return Document(_("Chairs of sundhedsråd"), (table, said))


def meeting(result: Meeting) -> Document:
    """Report what kind of meeting it is, who calls it, and whom it elects in which order."""
    table = Table(
        "order",
        "",
        (Column("number", _("No."), Kind.NUMBER), Column("office", _("Election"))),
        tuple((number, _(_OFFICES[office])) for number, office in enumerate(result.order, start=1)),
    )
    said = _(
        "{kind}, called and led by {caller} ({provision}).",
        kind=_(_KINDS[result.kind]),
        caller=_(str(result.caller)),
        provision=Cited(result.provision),
    )
    return Document(_("A meeting of a regional council"), (table, said))


_OFFICES = {
    Office.CHAIR: N_("the regional chair"),
    Office.DEPUTIES: N_("first and second deputy"),
    Office.VICE_CHAIR: N_("vice chair of forretningsudvalget"),
    Office.EXECUTIVE: N_("forretningsudvalget's other members"),
    Office.HEALTH_CHAIRS: N_("chairs and vice chairs of the sundhedsråd"),
    Office.HEALTH: N_("the other regional members of the sundhedsråd"),
    Office.STANDING: N_("the standing committees"),
    Office.BODIES: N_("members of other committees, commissions and boards"),
}
_KINDS = {MeetingKind.CONSTITUTING: N_("Constituting meeting"), MeetingKind.SUPPLEMENTARY: N_("Supplementary meeting")}
