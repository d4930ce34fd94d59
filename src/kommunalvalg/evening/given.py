"""What is given of a meeting: who is there, who votes together, what is elected, and what was said and drawn so far.

Everything is checked by itself when it is made: each field takes what its type says, and refuses the rest by its name.
Every other error names the place as the file of a meeting does (:mod:`kommunalvalg.evening.files`), in the words of
that file: ``organ."Havnen".pladser``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

import attrs

from kommunalvalg.dates import day_of
from kommunalvalg.errors import DataError, ElectionError, LotError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import Entry, Field, Text, Word, like
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed
from kommunalvalg.votes import checked_choice, checked_name, checked_names, hold_unlike, listed, twice

__all__ = [
    "PLACES",
    "BodyPlan",
    "ChairPick",
    "ClaimPlan",
    "CommitteePlan",
    "Declaration",
    "DeputiesPlan",
    "Event",
    "Happening",
    "LotDrawn",
    "Member",
    "Model",
    "Named",
    "PostPlan",
    "Sex",
    "checked_date",
    "checked_time",
    "distinct",
    "first_time",
    "key",
    "minutes",
    "misnamed",
    "placed",
    "refuse_mayor",
    "within_places",
]

Named = Mapping[str, tuple[str, ...]]
"""Group -> the persons it names; those under "" are of their own groups."""


def key(*parts: str) -> str:
    """Name a place in the file of a meeting.

    >>> key("organ", "Nyby Havn", "pladser")
    'organ."Nyby Havn".pladser'
    """
    return ".".join(part if re.fullmatch(r"[A-Za-z0-9_-]+(\[\d+\])?", part) else f'"{part}"' for part in parts)


_OF_ONE = {
    "committees": "pladser",
    "members": "pladser",
    "others": "andre",
    "by_office": "embede",
    "picks": "raekkefoelge",
    "seated": "embede",
    "agreed": "enighed",
    "renounced": "afkald",
    "takers": "modtagere",
}
_OF_ALL = {
    "placement": "overtagelser",
    "claims": "overtagelser",
    "restore": "genvundet_flertal",
    "accept_second": "modtager_to",
    "economy": "oekonomiudvalg",
    "region": "region",
    "present": "til_stede",
}
"""What the rooms of the law call a field -> what the file calls it, of one committee or body and of the whole file."""
_AMONG = {"groups": _("the groups"), "committees": _("the committees")}


@contextmanager
def placed(where: str, tables: Mapping[str, str] = FrozenDict()) -> Iterator[None]:
    """Say of what a room of the law refuses where it stands in the file.

    Args:
        where: the table that it is of; "udvalg" for all committees together.
        tables: committee -> the table that it stands in, where that is another than ``where``.
    """
    try:
        yield
    except (DataError, LotError):  # which say so themselves
        raise
    except ElectionError as error:
        field = _in_file(error.text.values.get("field"), where, tables)
        if field is None or "{field}" not in error.text.message:
            raise DataError(
                "{field}: {problem}",
                field=field or where,
                value=error.value,
                problem=error.text,
                rule=error.rule,
                when=error.when,
                figure=error.figure,
            ) from error
        words: dict[str, Any] = {
            name: word for name, word in error.text.values.items() if name not in {"field", "value"}
        }
        message = error.text.message
        if words.get("among") in _AMONG:
            message = "{field} names {value}, who or which is not among {what}; these are {names}"
            words = {"what": _AMONG[str(words["among"])], "names": words["known"]}
        raise DataError(
            message, field=field, value=error.value, rule=error.rule, when=error.when, figure=error.figure, **words
        ) from error


def _in_file(field: Word, where: str, tables: Mapping[str, str]) -> str | None:
    """Give the place in the file of what a room of the law calls a field; None where it is none of the file's."""
    name, *inside = map(str, field.path) if isinstance(field, Entry) else (str(field),)
    if name in _OF_ALL:
        return key(_OF_ALL[name])
    if name not in _OF_ONE:
        return None
    if where == "udvalg" and inside:
        return key(tables.get(inside[0], where), inside[0], _OF_ONE[name], *inside[1:])
    return ".".join([where, key(_OF_ONE[name], *inside[1:])])


def refuse_mayor(field: str, person: str, deputies: str) -> NoReturn:
    """Refuse a mayor who is to be deputy too (KSL-6).

    Args:
        field: where the person stands.
        person: the mayor.
        deputies: "one" or "two", by what the law map calls the place that says so.

    Raises:
        DataError: always.
    """
    raise DataError(
        "{field} is {value}, who is mayor; a deputy is somebody else",
        field=field,
        value=person,
        rule="KSL-6",
        figure=deputies,
    )


def misnamed(field: str, name: object, known: Iterable[str], what: Text | str) -> NoReturn:
    """Refuse a name that is none of those that are known, and say which may be meant.

    Args:
        field: where it stands.
        name: the name.
        known: those that there are.
        what: what they are, in the plural.

    Raises:
        DataError: always.

    >>> misnamed("grupper", "Medlm 1", ["Medlem 1"], "the members")  # a Text, in the code
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: grupper names 'Medlm 1', who or which is not among the members; was Medlem 1 meant?
    """
    names = list(known)
    near = like(str(name), names, 1)
    if near:
        raise DataError(
            "{field} names {value}, who or which is not among {what}; was {near} meant?",
            field=field,
            value=name,
            what=what,
            near=near[0],
        )
    raise DataError(
        "{field} names {value}, who or which is not among {what}; these are {names}",
        field=field,
        value=name,
        what=what,
        names=listed(names) or "–",
    )


# When


_TIME = re.compile(r"(\d{1,2})[.:](\d{2})")
_MORNING = 6
_HOURS, _MINUTES = 24, 60


def checked_date(field: Field, day: object, example: str = "2029-12-04") -> str:
    """Return a day as a text, year first.

    Raises:
        DataError: it is none, or is written in another way.

    >>> checked_date("dato", "2029-12-04")
    '2029-12-04'
    """
    text = day.isoformat()[:10] if isinstance(day, date) else day
    if not isinstance(text, str) or day_of(text) is None:
        raise DataError(
            "{field} is {value}; a day is written year first, '{example}'", field=field, value=day, example=example
        )
    return text


def checked_time(field: str, time: object) -> str:
    """Return a time of the day as it is written in minutes, "22.40"; empty where none is given.

    Raises:
        DataError: it is no time.

    >>> checked_time("kl", "9:05")
    '09.05'
    """
    if time in ("", None):
        return ""
    match = _TIME.fullmatch(time.strip()) if isinstance(time, str) else None
    if not match or int(match[1]) >= _HOURS or int(match[2]) >= _MINUTES:
        raise DataError("{field} is {value}; a time is a text such as '22.40'", field=field, value=time)
    return f"{int(match[1]):02}.{match[2]}"


def minutes(time: str) -> int:
    """Count the minutes of a meeting's day until a time; one before six in the morning is of the night after.

    >>> minutes("22.40") < minutes("00.15")
    True
    """
    hour, minute = map(int, time.split("."))
    return (hour + (_HOURS if hour < _MORNING else 0)) * _MINUTES + minute


def _time(time: str) -> str:
    return checked_time("kl", time)


# Who


class Sex(StrEnum):
    """What the balance of a slate looks at."""

    WOMAN = "k"
    MAN = "m"


def _sex(sex: object) -> Sex | None:
    return None if sex in ("", None) else checked_choice("koen", sex, Sex)


def _born(born: str) -> str:
    return checked_date("foedt", born, "1961-04-12") if born else born


@attrs.frozen(kw_only=True, field_transformer=typed)
class Member:
    """A member of the council.

    Args:
        name: who it is; the name is in the user's file alone.
        list: the list that the member was elected on.
        sex: "k" or "m", where a balance is to be looked at; else None.
        served: for how long the member has been one, in whole years; None where nobody asks.
        born: the date of birth; empty where nobody asks.
        present: whether the member is at the meeting.
        substitute: who takes part for a member who is not; empty where nobody does.
    """

    name: str
    list: str
    sex: Sex | None = attrs.field(default=None, converter=_sex)
    served: int | None = None
    born: str = attrs.field(default="", converter=_born)
    present: bool = True
    substitute: str = ""

    def __attrs_post_init__(self) -> None:
        checked_name("medlemmer", self.name)
        checked_name(key("medlemmer", self.name, "liste"), self.list)
        if self.substitute and self.present:
            raise DataError(
                "{field} is {value}, and {member} is present; a substitute takes part for one who is not",
                field=key("medlemmer", self.name, "stedfortraeder"),
                value=self.substitute,
                member=self.name,
            )

    @property
    def takes_part(self) -> bool:
        """Whether the member, or somebody for the member, is at the meeting."""
        return self.present or bool(self.substitute)


@attrs.frozen(kw_only=True, field_transformer=typed)
class Declaration:
    """Who votes together: a declaration of groups (valggrupper), from a time on.

    Args:
        groups: group -> the lists and the members in it. Who is in none stands with their list.
        sizes: group -> how many members it has, where that was said and is to be held against the lists.
        time: when it was given to the chair; empty for the one that the meeting begins with.
    """

    groups: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    sizes: Mapping[str, int] = attrs.field(factory=FrozenDict)
    time: str = attrs.field(default="", converter=_time)


# What is elected


PLACES = 999
"""The most places or members that anything of a meeting has: more is no meeting, and would never end."""


def within_places(_plan: object, field: "attrs.Attribute[Any]", number: Any) -> None:  # noqa: ANN401 - a count or None
    """Hold that a plan, of which it is a field, has no more places than a meeting fills.

    Raises:
        DataError: it has.
    """
    if number is not None and number > PLACES:
        raise DataError(
            "{field} is {value}; a meeting counts {most} at most", field=field.name, value=number, most=PLACES
        )


class Model(StrEnum):
    """How a municipality is governed, which decides what its first meeting elects."""

    COMMITTEES = "udvalgsstyre"
    """Standing committees, which elect their own chairs (KSL § 22)."""
    CHAIRS = "§ 65"
    """The chairs are chosen first, and are økonomiudvalget with the mayor (stk. 1-4)."""
    TOGETHER = "§ 65, stk. 5"
    """The same, the mayor and the chairs under ét."""
    NONE = "§ 65 a"
    """Neither økonomiudvalg nor standing committees."""
    MAGISTRAT = "§ 64"
    """A magistrat, by charter."""
    ADMINISTRATION = "§ 64 a"
    """The chairs lead the administration; each committee elects its own."""
    ADMINISTRATION_CHAIRS = "§ 64 a og § 65"
    """The chairs lead the administration, and are chosen first."""

    @property
    def chairs_first(self) -> bool:
        """Whether the groups choose the chairs before the committees."""
        return self in {Model.CHAIRS, Model.TOGETHER, Model.ADMINISTRATION_CHAIRS}


@attrs.frozen(kw_only=True, field_transformer=typed)
class PostPlan:
    """A post that one person is elected to, by flertalsvalg: the mayor, a deputy, a representative.

    Args:
        name: the post, by which its lots are called.
        ballots: candidate -> votes, for each ballot held so far.
        person: who has it, where a group names them instead (KSL § 65, stk. 5), or everybody agreed; else empty.
        title: how the item of the agenda is called; empty for its own words.
        time: when it was held.
    """

    name: str
    ballots: tuple[Mapping[str, int], ...] = ()
    person: str = ""
    title: str = ""
    time: str = attrs.field(default="", converter=_time)


@attrs.frozen(kw_only=True, field_transformer=typed)
class DeputiesPlan:
    """Two deputies, by one forholdstalsvalg (KSL § 6, stk. 5).

    Args:
        name: what they are called, by which their lot is called.
        persons: who is named, the first deputy first.
        groups: the declaration for this election, where it is another than for the committees; else None.
        title: how the item of the agenda is called; empty for its own words.
        time: when it was held.
    """

    name: str
    persons: tuple[str, ...] = ()
    groups: Declaration | None = None
    title: str = ""
    time: str = attrs.field(default="", converter=_time)


@attrs.frozen(kw_only=True, field_transformer=typed)
class ChairPick:
    """A post of chair as a group chose it, in its turn (KSL § 65, stk. 3)."""

    committee: str
    person: str


@attrs.frozen(kw_only=True, field_transformer=typed)
class CommitteePlan:
    """Økonomiudvalget or a standing committee.

    Args:
        name: the committee, by which its lots are called.
        seats: its members, as the charter has it.
        persons: group -> whom it names.
        chair: who leads it, once it has elected one; empty before.
        agreed: group -> seats that everybody agreed on instead of an election; None where nobody did.
        renounced: group -> seats that it renounces.
        takers: the groups that take renounced seats; empty for all others.
        time: when it was elected.
    """

    name: str
    seats: int = attrs.field(validator=within_places)
    persons: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    chair: str = ""
    agreed: Mapping[str, int] | None = None
    renounced: Mapping[str, int] = attrs.field(factory=FrozenDict)
    takers: tuple[str, ...] = ()
    time: str = attrs.field(default="", converter=_time)


@attrs.frozen(kw_only=True, field_transformer=typed)
class BodyPlan:
    """Another body to which the council elects (KSL § 17, stk. 2).

    Args:
        name: the body, by which its lots are called.
        members: the places that members of the council have, those by office included.
        others: the places of people who are no members of the council (KSL § 26).
        anybody: whether the persons may be others than members of the council, without places of their own.
        by_office: members of the council who sit in it by office; their places count as their groups'.
        persons: group -> whom it names.
        order: who was chosen, in the order in which the groups chose, where others than members are elected too.
        ballots: candidate -> votes for each ballot, where there is but one place.
        groups: the declaration for this election; None for that of the committees.
        agreed: group -> seats that everybody agreed on instead; None where nobody did.
        renounced: group -> seats that it renounces.
        takers: the groups that take renounced seats; empty for all others.
        rule: the rule of the law map that it is elected by, where another act says more of it.
        balance: whether as many women as men are to be proposed.
        title: how the item of the agenda is called; empty for the body's name.
        time: when it was elected.
    """

    name: str
    members: int = attrs.field(validator=within_places)
    others: int = attrs.field(default=0, validator=within_places)
    anybody: bool = False
    by_office: tuple[str, ...] = ()
    persons: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    order: tuple[str, ...] = ()
    ballots: tuple[Mapping[str, int], ...] = ()
    groups: Declaration | None = None
    agreed: Mapping[str, int] | None = None
    renounced: Mapping[str, int] = attrs.field(factory=FrozenDict)
    takers: tuple[str, ...] = ()
    rule: str = "KSL-25-1"
    balance: bool = False
    title: str = ""
    time: str = attrs.field(default="", converter=_time)


def first_time(plans: Iterable[CommitteePlan]) -> str:
    """Give when the first of some committees was elected; empty where that was not written down of any."""
    return min((plan.time for plan in plans if plan.time), key=minutes, default="")


# What was drawn and claimed


@attrs.frozen(kw_only=True, field_transformer=typed)
class LotDrawn:
    """A lot that was drawn, by the name of its place.

    Args:
        place: the committee, the body or the post.
        chosen: who won it.
        among: who took part, to be held against the lot that is open; empty where that was not written down.
        by: who drew; empty where that was not written down.
    """

    place: str
    chosen: tuple[str, ...]
    among: tuple[str, ...] = ()
    by: str = ""

    def __attrs_post_init__(self) -> None:
        checked_names(key("lodtraekninger", self.place), self.chosen)


@attrs.frozen(kw_only=True, field_transformer=typed)
class ClaimPlan:
    """A seat that passes to a group that has too few in the standing committees (KSL § 27).

    Args:
        committee: where.
        giver: the group that has too many.
        receiver: the group that claims it.
    """

    committee: str
    giver: str
    receiver: str


# What happens in the term after it


class Happening(StrEnum):
    """What happens to somebody in the term after the meeting, as the file says it."""

    LEAVES = "udtræder"
    """Leaves the council."""
    DIES = "dør"
    ABSENT = "forfald"
    """Is hindered, for a month or more."""
    RETURNS = "tilbage"
    """Is back."""
    LEAVES_BODY = "forlader"
    """Leaves a committee or another body."""
    NAMED = "udpeges"
    """Is named to a place that is vacant, or whose holder is away."""
    PARTY = "skifter parti"
    GROUP = "skifter gruppe"
    ONE_MEETING = "forfald til møde"
    """Is hindered from a single meeting of the council."""
    DISQUALIFIED = "inhabil"
    """Will be disqualified in a matter of a committee."""
    REMOVED = "afsættes"
    """Is mayor, and a motion is put that the mayor has lost the council's confidence."""
    EXCUSED = "fritages"
    """Is excused from a post of mayor or deputy."""
    ELECTED = "vælges"
    """Is elected to a post that is vacant."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Event:
    """Something that happens in the term after the meeting.

    Args:
        day: the day of it, year first.
        person: to whom.
        what: what happens.
        body: the committee, the body or the post; empty where it is the council.
        group: the group that names somebody, where several could.
        to: the party or group that somebody changes to, or who takes the place in a matter.
        months: for how many months somebody is expected to be away; None where that is not said.
        votes: the votes for a motion of no confidence, at each of its readings.
        first: the day of its first reading; empty where that is not said.
    """

    day: str
    person: str
    what: Happening
    body: str = ""
    group: str = ""
    to: str = ""
    months: int | None = None
    votes: tuple[int, ...] = ()
    first: str = ""


def distinct(names: Iterable[str], field: str) -> None:
    """Hold that no name stands twice, and that no two look the same.

    Raises:
        DataError: one does.
        VoteError: two do.
    """
    given = list(names)
    again = twice(given)
    if again is not None:
        raise DataError("{field} names {value} twice", field=field, value=again)
    hold_unlike(field, given)
