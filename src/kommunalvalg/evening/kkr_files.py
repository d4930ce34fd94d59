"""The file of a KKR's meeting, read."""

from kommunalvalg.constitution.slates import boards
from kommunalvalg.elections.compositions import kkr
from kommunalvalg.evening.fields import Fields
from kommunalvalg.evening.given import PLACES, key, misnamed
from kommunalvalg.evening.kkr_meeting import Appointment, KKRMeetingCase, Slate, Valgforbund, election_day
from kommunalvalg.evening.reading import ballots_of, lots_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRCase
from kommunalvalg.kkr.meeting import KKRMember
from kommunalvalg.text import text as _

__all__ = ["kkr_meeting"]


def kkr_meeting(fields: Fields) -> KKRMeetingCase:
    """Make the case of a KKR's meeting of the tables of its file.

    Raises:
        DataError: something in it is not as it should be.
    """
    case = _kkr(fields)
    chairs = fields.table("formandskab") or Fields({}, "formandskab")
    services = fields.table("indkaldelse") or Fields({}, "indkaldelse")
    day = fields.day("dato")
    given = {
        "election": fields.day("valgdag") or election_day(case.year or int(day[:4] or 0) - 1),
        "mayors": FrozenDict(services.counts("borgmestre")),
        "absent": services.names("fravaerende"),
        "alliances": tuple(_valgforbund(row) for row in fields.rows("valgforbund")),
        "members": tuple(_member(name, each) for name, each in fields.tables("medlemmer")),
        "councillors": fields.names("kommunalbestyrelsesmedlemmer"),
        "present": _present(fields),
        "chair": chairs.text("formand"),
        "vice_chair": chairs.text("naestformand"),
        "appointments": tuple(_appointment(name, each) for name, each in fields.tables("udpegning")),
        "slates": tuple(_slate(name, each) for name, each in fields.tables("bestyrelse")),
        "plan": fields.names("moedeplan"),
        "closed": fields.names("lukket"),
        "lots": lots_of(fields),
        "title": fields.text("titel"),
    }
    for each in (chairs, services, fields):
        each.close()
    if not day:
        fields.refuse("{field} is missing", "dato", None)
    return KKRMeetingCase(kkr=case, day=day, **given)  # type: ignore[arg-type]  # each is of its field's type


def _kkr(fields: Fields) -> KKRCase:
    """Read what the KKR is composed from: one that is embedded, by name, or its figures."""
    table = fields.take("kkr")
    if isinstance(table, str):
        return kkr(table).case
    figures = Fields(table, "kkr")
    case = KKRCase(
        name=figures.text("navn"),
        votes=figures.counts("stemmer"),
        mayors=figures.counts("borgmestre"),
        municipalities=figures.count("kommuner", least=1, most=PLACES) or 0,
        total_votes=figures.count("gyldige") or 0,
        cast_votes=figures.count("afgivne"),
        represented=figures.names("repraesenteret") or None,
        year=figures.count("valgaar"),
    )
    figures.close()
    return case


def _present(fields: Fields) -> tuple[str, ...] | int | None:
    value = fields.take("til_stede")
    if value is None:
        return None
    return fields.names("til_stede") if isinstance(value, list) else fields.count("til_stede")


def _valgforbund(fields: Fields) -> Valgforbund:
    each = Valgforbund(parties=fields.names("partier"), given=fields.day("anmeldt"))
    fields.close()
    return each


def _member(name: str, fields: Fields) -> KKRMember:
    party = fields.text("parti")
    if not party:
        fields.refuse("{field} is missing", "parti", None)
    member = KKRMember(name, party, mayor=fields.flag("borgmester"), substitute=fields.text("stedfortraeder") or None)
    fields.text("kommune")
    fields.close()
    return member


def _appointment(name: str, fields: Fields) -> Appointment:
    each = Appointment(
        body=name,
        posts=fields.count("pladser", 1, least=1, most=PLACES) or 1,
        ballots=ballots_of(fields),
        groups=FrozenDict(fields.counts("grupper")),
        persons=fields.names("personer"),
    )
    fields.close()
    return each


def _slate(name: str, fields: Fields) -> Slate:
    if name not in boards():
        misnamed("bestyrelse", name, boards(), _("the boards that are known"))
    kinds = {place.danish.casefold(): place.kind for place in boards()[name].places}
    kinds |= {place.kind: place.kind for place in boards()[name].places}
    persons: dict[str, tuple[str, ...]] = {}
    for kind, people in fields.lists("personer").items():
        if kind.casefold() not in kinds:
            misnamed(key("bestyrelse", name, "personer"), kind, kinds, _("the kinds of place"))
        persons[kinds[kind.casefold()]] = people
    each = Slate(
        board=name,
        persons=FrozenDict(persons),
        sexes=FrozenDict(
            {
                sex: count
                for sex, field in (("k", "kvinder"), ("m", "maend"))
                if (count := fields.count(field)) is not None
            }
        ),
        reason=fields.text("begrundelse"),
        day=fields.day("virkning"),
    )
    fields.close()
    return each
