"""A meeting's file, read: TOML, JSON, or a workbook with sheets; the keys are Danish, for a secretary writes it.

The documentation shows the keys in examples; :mod:`kommunalvalg.evening.fields` refuses those that it does not know.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from kommunalvalg.errors import DataError, RuleError
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.fields import Fields
from kommunalvalg.evening.given import (
    PLACES,
    BodyPlan,
    ChairPick,
    ClaimPlan,
    CommitteePlan,
    Declaration,
    DeputiesPlan,
    Event,
    Happening,
    Member,
    Model,
    PostPlan,
)
from kommunalvalg.evening.kkr_files import kkr_meeting
from kommunalvalg.evening.kkr_meeting import KKRMeetingCase
from kommunalvalg.evening.reading import ballots_of, lots_of
from kommunalvalg.evening.region import HealthPlan, RegionalEveningCase
from kommunalvalg.files.json_text import parsed
from kommunalvalg.files.paths import content_of
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import text as _

__all__ = ["MeetingCase", "evening_of", "meeting_of", "read_evening", "read_meeting"]

MeetingCase: TypeAlias = EveningCase | KKRMeetingCase
"""What a file of a meeting may hold."""


def read_meeting(path: str | Path) -> MeetingCase:
    """Read the file of a meeting: TOML, JSON, or a workbook, by the file's name.

    Args:
        path: the file.

    Raises:
        DataError: it cannot be read, is none of these, or something in it is not as it should be; the message says
            where it stands, and what was meant for a misspelt key.
        MissingExtraError: a workbook needs ``kommunalvalg[xlsx]``.
    """
    return meeting_of(_document(Path(path)))


def read_evening(path: str | Path) -> EveningCase:
    """Read the file of a council's meeting, as :func:`read_meeting` does.

    Raises:
        DataError: as there, or it is the file of another meeting.
    """
    return evening_of(_document(Path(path)))


_DEEPEST = 1_000


def _hold_shallow(text: str) -> None:
    """Refuse keys in keys in keys, for which tomllib takes the square of their number."""
    if any(line.count(".") > _DEEPEST for line in text.splitlines()):
        raise RecursionError


def _document(path: Path) -> Mapping[str, Any]:
    """Read a file as tables, lists and texts; an error about the file itself has its name as the field."""
    if path.suffix.lower() in _OTHERS:
        raise DataError("{field} is neither TOML, JSON nor a workbook (.xlsx); save it as one of them", field=path.name)
    content = content_of(path)
    if path.suffix.lower() == ".xlsx":
        from kommunalvalg.evening.sheets import read_sheets  # noqa: PLC0415 - a library that only workbooks need

        return read_sheets(content, path.name)
    if path.suffix.lower() == ".json":
        document = parsed(content, path.name)
        if not isinstance(document, dict):
            raise DataError("{field} holds {value}; a meeting is an object", field=path.name, value=document)
        return document
    try:
        text = content.decode("utf-8-sig")
        _hold_shallow(text)
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise DataError(
            "{field} is no TOML: byte {byte} is not UTF-8; save it as UTF-8", field=path.name, byte=error.start + 1
        ) from error
    except RecursionError:
        raise DataError("{field} is nested too deeply; no election is", field=path.name) from None
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(path, str(error)) from None
    except ValueError as error:  # a day that there is not, a number of thousands of digits
        raise DataError("{field} is no TOML: {error}", field=path.name, error=str(error)) from None


_OTHERS = (".ods", ".xls", ".docx", ".doc", ".odt", ".pdf", ".csv")
_TOML = {
    "Cannot overwrite": _("a name stands twice"),
    "Cannot declare": _("a table stands twice"),
    "Illegal character": _("a quotation mark is missing"),
    "Unterminated": _("a quotation mark is missing"),
    "Invalid value": _("the value is none; a text stands in quotation marks"),
    "Expected newline": _("there is more on the line than one value, or a day that is none"),
    "Unclosed": _("a comma or a bracket is missing"),
    "Expected '='": _("after the name there is no ="),
}
"""How a problem begins in the words of Python's reader -> in ours."""
_AT = re.compile(r"\(at line (\d+),")


def _no_toml(path: Path, problem: str) -> DataError:
    """Say in which line of a file something is no TOML, and what is wrong."""
    why = next((words for begin, words in _TOML.items() if problem.startswith(begin)), _("it cannot be read"))
    at = _AT.search(problem)
    line = _("line {line}", line=at[1]) if at else _("the last line")
    return DataError("{field} is no TOML, {line}: {why}", field=path.name, line=line, why=why)


def meeting_of(document: Mapping[str, Any]) -> MeetingCase:
    """Make the case of a meeting of the tables of a file.

    Raises:
        DataError: as for :func:`read_meeting`.
    """
    return kkr_meeting(Fields(document)) if "kkr" in document else evening_of(document)


def evening_of(document: Mapping[str, Any]) -> EveningCase:
    """Make the case of a council's meeting of the tables of a file.

    Raises:
        DataError: as for :func:`read_meeting`.

    >>> case = evening_of({"kommune": "Nyby", "dato": "2029-12-04", "medlemmer": {"A": 5, "V": 4}})
    >>> case.size, case.members[0].name
    (9, 'A 1')
    """
    if "kkr" in document:
        raise DataError("{field} makes it the file of a KKR's meeting; this is asked of a council's", field="kkr")
    fields = Fields(document)
    if "region" in fields:
        return _regional(fields)
    if not document:
        raise DataError("the file is empty; it says whose meeting it is: kommune, region or kkr")
    given = _council(fields)
    fields.needs("kommune", "dato", "medlemmer")
    fields.close()
    return EveningCase(**given)


_MODELS = {
    **{each.value: each for each in Model},
    "§ 65, stk. 1-4": Model.CHAIRS,
    "§ 65 stk. 5": Model.TOGETHER,
    "§§ 64 a og 65": Model.ADMINISTRATION_CHAIRS,
}


def _meeting(fields: Fields) -> dict[str, Any]:
    """Read what the meetings of a council and of a regional council have in common."""
    return {
        "day": fields.day("dato"),
        "title": fields.text("titel"),
        "members": _members(fields),
        "declarations": _declarations(fields),
        "committees": tuple(_committee(name, each) for name, each in fields.tables("udvalg")),
        "bodies": tuple(_body(name, each) for name, each in fields.tables("organ")),
        "claims": tuple(_claim(row) for row in fields.rows("overtagelser")),
        "restore": fields.names("genvundet_flertal"),
        "accept_second": fields.names("modtager_to"),
        "lots": lots_of(fields),
        "substitutes": FrozenDict(fields.lists("stedfortraedere")),
        "events": tuple(_event(row) for row in fields.rows("haendelse")),
    }


def _council(fields: Fields) -> dict[str, Any]:
    deputies = fields.table("viceborgmestre")
    if deputies and "viceborgmester" in fields:
        fields.refuse("{field} stands beside viceborgmestre; there is one deputy or two", "viceborgmester", None)
    return dict(
        name=fields.text("kommune"),
        **_meeting(fields),
        model=fields.choice("styreform", _MODELS, Model.COMMITTEES),
        mayor=_post(fields.table("borgmester"), "borgmester"),
        deputy=None if deputies else _post(fields.table("viceborgmester"), "viceborgmester"),
        deputies=_deputies(deputies) if deputies else None,
        picks=tuple(_pick(row) for row in fields.rows("formandsvalg")),
        economy=fields.text("oekonomiudvalg") or None,
        **_magistrat(fields),
    )


def _regional(fields: Fields) -> RegionalEveningCase:
    """Make the case of a regional council's meeting."""
    deputies = fields.table("naestformaend")
    vice = fields.table("naestformand_fu")
    given: dict[str, Any] = {
        "name": fields.text("region"),
        **_meeting(fields),
        "mayor": _post(fields.table("formand"), "formand", "regionsrådsformand"),
        "deputies": _deputies(deputies or Fields({}, "naestformaend"), "næstformand"),
        "vice_chair": _post(vice, "naestformand_fu", "næstformand for forretningsudvalget") if vice else None,
        "health": tuple(_health(name, each) for name, each in fields.tables("sundhedsraad")),
        "charter": fields.day("styrelsesvedtaegt"),
    }
    fields.needs("region", "dato", "medlemmer")
    fields.close()
    return RegionalEveningCase(**given)


def _health(name: str, fields: Fields) -> HealthPlan:
    posts = {
        role: _post(fields.table(field), field, f"{role} for {name}")
        for field, role in (("formand", "formand"), ("naestformand", "næstformand"))
    }
    plan = HealthPlan(
        committee=CommitteePlan(
            name=name,
            seats=_seats(fields),
            persons=fields.lists("personer"),
            agreed=_agreement(fields),
            renounced=fields.counts("afkald"),
            time=fields.time("kl"),
        ),
        chair=posts["formand"],
        vice_chair=posts["næstformand"],
        municipal=fields.count("kommunale", most=PLACES),
    )
    fields.close()
    return plan


def _magistrat(fields: Fields) -> dict[str, Any]:
    table = fields.table("magistrat")
    if table is None:
        return {}
    given = {
        "magistrat": table.count("pladser", least=2, most=PLACES),
        "magistrat_persons": FrozenDict(table.lists("personer")),
    }
    table.close()
    return given


def _members(fields: Fields) -> tuple[Member, ...]:
    """Read the members: name = list, name = { liste, … }, or a list with how many it has."""
    if isinstance(fields.take("medlemmer"), list):
        rows = [(row.text("navn"), row) for row in fields.rows("medlemmer")]
        return tuple(_member(name, row) for name, row in rows)
    members = []
    inside = fields.inside("medlemmer")
    for name in inside:
        given = inside.take(name)
        if isinstance(given, int) and not isinstance(given, bool):
            count = inside.count(name, least=1, most=PLACES) or 0
            members += [Member(name=f"{name} {number}", list=name) for number in range(1, count + 1)]
        elif isinstance(given, str):
            members.append(Member(name=name, list=inside.text(name)))
        else:
            members.append(_member(name, Fields(given, "medlemmer", name)))
    return tuple(members)


def _member(name: str, fields: Fields) -> Member:
    substitute = fields.text("stedfortraeder")
    given: dict[str, Any] = {
        "list": fields.text("liste"),
        "sex": fields.choice("koen", {"k": "k", "m": "m", "kvinde": "k", "mand": "m"}, None),
        "served": fields.count("anciennitet"),
        "born": fields.day("foedt"),
        "present": fields.flag("til_stede", default=not substitute),
        "substitute": substitute,
    }
    fields.text("note")
    fields.needs("liste", *(["navn"] if not name else []))
    fields.close()
    return Member(name=name, **given)


def _declaration(fields: Fields, time: str = "") -> Declaration:
    """Read who votes together: group = lists and members, or group = { af = …, antal = … }."""
    groups, sizes = {}, {}
    inside = fields.inside("grupper")
    for group in inside:
        if isinstance(inside.take(group), Mapping):
            given = Fields(inside.take(group), *inside.where, group)
            groups[group] = given.names("af")
            size = given.count("antal")
            if size is not None:
                sizes[group] = size
            given.close()
        else:
            groups[group] = inside.names(group)
    return Declaration(groups=groups, sizes=sizes, time=time)


def _declarations(fields: Fields) -> tuple[Declaration, ...]:
    first = _declaration(fields)
    later = []
    for row in fields.rows("anmeldelse"):
        later.append(_declaration(row, row.time("kl")))
        row.needs("kl")
        row.close()
    return (first, *later)


def _post(fields: Fields | None, field: str, name: str = "") -> PostPlan:
    if fields is None:
        return PostPlan(name=name or field)
    post = PostPlan(
        name=name or field,
        ballots=ballots_of(fields),
        person=fields.text("navn"),
        title=fields.text("titel"),
        time=fields.time("kl"),
    )
    fields.close()
    return post


def _own_groups(fields: Fields) -> Declaration | None:
    return _declaration(fields) if "grupper" in fields else None


def _deputies(fields: Fields, name: str = "viceborgmester") -> DeputiesPlan:
    plan = DeputiesPlan(
        name=name,
        persons=fields.names("navne"),
        groups=_own_groups(fields),
        title=fields.text("titel"),
        time=fields.time("kl"),
    )
    fields.close()
    return plan


def _pick(fields: Fields) -> ChairPick:
    pick = ChairPick(committee=fields.text("udvalg"), person=fields.text("medlem"))
    fields.needs("udvalg", "medlem")
    fields.close()
    return pick


def _agreement(fields: Fields) -> FrozenDict[str, int] | None:
    return FrozenDict(fields.counts("enighed")) if "enighed" in fields else None


def _seats(fields: Fields) -> int:
    fields.needs("pladser")
    return fields.count("pladser", 0, least=1, most=PLACES) or 0


def _committee(name: str, fields: Fields) -> CommitteePlan:
    own = _own_groups(fields)
    if own is not None:
        raise RuleError(
            "{field} is given; the committees share one declaration of groups, that of [grupper]",
            field=fields.at("grupper"),
            value=dict(own.groups),
            rule="KSL-24-3",
        )
    plan = CommitteePlan(
        name=name,
        seats=_seats(fields),
        persons=fields.lists("personer"),
        chair=fields.text("formand"),
        agreed=_agreement(fields),
        renounced=fields.counts("afkald"),
        takers=fields.names("modtagere"),
        time=fields.time("kl"),
    )
    fields.close()
    return plan


_RULES = {
    "valgbestyrelse": "KRVL-14",
    "børne- og ungeudvalg": "RSL-19",
    "beredskabskommission": "BRL-9",
    "særligt udvalg": "KSL-17-2",
}
"""What a body is, where another act or section says more of it."""


def _body(name: str, fields: Fields) -> BodyPlan:
    others = fields.count("andre", 0, most=PLACES) or 0
    seats = _seats(fields)
    if seats and others > seats:
        fields.refuse("{field} is {value}; the body has {seats} places", "andre", others, seats=seats)
    plan = BodyPlan(
        name=name,
        members=max(seats - others, 0),
        others=others,
        anybody=fields.flag("ogsaa_andre"),
        by_office=fields.names("embede"),
        persons=fields.lists("personer"),
        order=fields.names("raekkefoelge"),
        ballots=ballots_of(fields),
        groups=_own_groups(fields),
        agreed=_agreement(fields),
        renounced=fields.counts("afkald"),
        takers=fields.names("modtagere"),
        rule=fields.choice("art", _RULES, "KSL-25-1"),
        balance=fields.flag("koensbalance"),
        title=fields.text("titel"),
        time=fields.time("kl"),
    )
    fields.close()
    return plan


def _claim(fields: Fields) -> ClaimPlan:
    claim = ClaimPlan(committee=fields.text("udvalg"), giver=fields.text("fra"), receiver=fields.text("til"))
    fields.needs("udvalg", "fra", "til")
    fields.close()
    return claim


_HAPPENS = {each.value: each for each in Happening}


def _event(fields: Fields) -> Event:
    event = Event(
        day=fields.day("dato"),
        person=fields.text("hvem"),
        what=fields.choice("hvad", _HAPPENS, Happening.LEAVES),
        body=fields.text("sted"),
        group=fields.text("gruppe"),
        to=fields.text("til"),
        months=fields.count("maaneder"),
        votes=fields.numbers("stemmer"),
        first=fields.day("foerste"),
    )
    fields.text("note")
    fields.needs("dato", "hvem", "hvad")
    fields.close()
    return event
