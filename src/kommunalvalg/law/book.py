"""What the law map is made of, and how it is read."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

import attrs

from kommunalvalg.dates import day_of
from kommunalvalg.errors import DataError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Figure, Kind, Texts, like
from kommunalvalg.text import text as _

__all__ = [
    "EVIDENCE",
    "Evidence",
    "LawRule",
    "LawSource",
    "Provision",
    "Value",
    "read_law_map",
    "rule",
    "rules",
    "sources",
    "statutes",
]

EVIDENCE: FrozenDict[str, str] = FrozenDict(
    {
        "text": "the words of the statute were read",
        "ministry": "a published opinion of the ministry says so",
        "data": "it gives the official results",
        "agenda": "the agenda of KKR Hovedstaden of 26 January 2026 says so",
        "practice": "a municipality, or KL, does so in a published document",
        "inferred": "our conclusion; no text was found",
    }
)
"""The kinds of evidence, the firmest first, and what each means."""

NO_TEXT = N_("no text found")

Value: TypeAlias = "int | Fraction | tuple[Value, ...] | FrozenDict[str, Value]"
"""A figure of the law: a number, a share, numbers from and to, or figures by name."""


@attrs.frozen
class Evidence:
    """What shows that a rule is as it is told.

    Attributes:
        kind: "text", "ministry", "data", "agenda", "practice" or "inferred"; ``EVIDENCE`` says what each means.
        note: what of it, such as "98/98 councils of 2025"; empty when the kind says all.

    >>> print(Evidence("data", "98/98 councils of 2025"))
    data (98/98 councils of 2025)
    """

    kind: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.kind} ({self.note})" if self.note else self.kind


@attrs.frozen
class LawSource:
    """Something that was read.

    Attributes:
        publisher: who published it.
        title: what it is called.
        about: what it is, or what it shows here.
        url: where it can be read, for several sections of an act one of them; None where no page was found.
    """

    publisher: str
    title: str
    about: str
    url: str | None = None


@attrs.frozen
class Provision:
    """A place where a rule stands, and the days in which it stands there.

    Attributes:
        text: the place, such as "KRVL § 21, stk. 1".
        says: what it says there; empty where the rule's wording says it.
        since: the first day; None for as far back as this library goes.
        until: the last day; None for a provision that holds still.
        value: the figure that it sets, if it sets one.
        name: what tells it from the rule's other places, such as "away"; empty where nobody asks for it by itself.

    >>> print(Provision("KRVL § 83", until=date(2023, 12, 31)))
    KRVL § 83 until 2023
    """

    text: str
    says: str = ""
    since: date | None = None
    until: date | None = None
    value: "Value | None" = None
    name: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def placed(self) -> Texts:
        """The place and the days in which it holds, whole years as years, in words."""
        since = self.since and _("from {day}", day=_whole_year(self.since, "since"))
        until = self.until and _("until {day}", day=_whole_year(self.until, "until"))
        return Texts((self.text, since or "", until or ""))

    def __str__(self) -> str:
        return str(self.placed)


_ENDS = {"since": (1, 1), "until": (12, 31)}


def _whole_year(day: date, end: str) -> str | Figure:
    return str(day.year) if (day.month, day.day) == _ENDS[end] else Figure(day, Kind.DAY)


@attrs.frozen
class LawRule:
    """A rule of the law that the library carries out, in our words.

    Attributes:
        id: its name, which docstrings cite, such as "KRVL-86-1".
        title: what it is about.
        danish: the same in Danish.
        wording: the rule, in our words.
        danish_wording: the same in Danish.
        provisions: where it stands and when, the one that says most first; none where no text was found.
        evidence: what shows it.
        sources: where that was read, as keys of ``law.sources()``.
        open: what is not known for certain; empty when nothing is.
        settles: the documents that would settle that, or some of it.
        was: ids that it was called by before, which :func:`rule` still knows.
    """

    id: str
    title: str
    danish: str
    wording: str
    danish_wording: str
    provisions: tuple[Provision, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]
    open: str = ""
    settles: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def statute(self) -> str:
        """The short name of its statute, with which the id begins."""
        return self.id.partition("-")[0]

    @property
    def provision(self) -> str:
        """Where it stands in the first place, or "no text found"."""
        return self.provisions[0].text if self.provisions else NO_TEXT


class _Map(NamedTuple):
    statutes: FrozenDict[str, str]
    rules: FrozenDict[str, LawRule]
    sources: FrozenDict[str, LawSource]


def rules() -> Mapping[str, LawRule]:
    """Give every rule of the law map by its id, in the order of the statutes and their sections.

    >>> quota = rules()["KRVL-86-1"]
    >>> print(quota.provision, quota.evidence[1], sep="; ")
    KRVL § 86, stk. 1, nr. 1; data (157/157 party lists with a seat in 2025)
    >>> [law_rule.id for law_rule in rules().values() if not law_rule.provisions]
    ['KRVL-FEW', 'KKR-SIZE']
    """
    return _read().rules


def rule(rule_id: str) -> LawRule:
    """Give one rule of the law map.

    Args:
        rule_id: its id, or one that it had before; case makes no difference.

    Raises:
        DataError: there is no such rule.

    >>> print(rule("RL-8").provisions[2])
    RL § 8 from 2027
    >>> rule("KRVL-76").id  # as it was called in version 0.1.0
    'KRVL-74'
    >>> rule("KRVL-86-5")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: the rule is 'KRVL-86-5', which the law map does not have; ids like it: KRVL-86-4,
    KRVL-86-3, KRVL-86-2
    """
    known = rules()
    if isinstance(rule_id, str) and rule_id in known:
        return known[rule_id]
    by_name = {name.casefold(): known_id for known_id, law_rule in known.items() for name in (known_id, *law_rule.was)}
    name = rule_id.strip().casefold() if isinstance(rule_id, str) else ""
    if name in by_name:
        return known[by_name[name]]
    begun = [spelling for spelling in by_name if name and spelling.startswith(name)]
    near = list(dict.fromkeys(by_name[spelling] for spelling in begun or like(name, by_name)))
    raise DataError(
        "the {field} is {value}, which the law map does not have; {hint}",
        field="rule",
        value=rule_id,
        hint=_("ids like it: {near}", near=", ".join(near)) if near else _("an id is such as 'KRVL-86-1'"),
    )


def sources() -> Mapping[str, LawSource]:
    """Give the sources of the law map by their keys.

    >>> sources()["opinion-13.1.5"].title
    'Opinion 13.1.5 of 2 December 2013'
    >>> print(sources()["krvl-2025"].url, sources()["opinion-97.1.4"].url)
    https://www.retsinformation.dk/eli/lta/2025/1135 None
    """
    return _read().sources


def statutes() -> Mapping[str, str]:
    """Give the statutes of the law map by the short names that ids begin with, in their order.

    >>> list(statutes())
    ['KRVL', 'KSL', 'RL', 'OL', 'RSL', 'BRL', 'KL', 'FO', 'KKR', 'LIGE', 'ERH', 'GCP']
    """
    return _read().statutes


@cache
def _read() -> _Map:
    return read_law_map((files(__package__) / "rules.toml").read_text(encoding="utf-8"))


def read_law_map(toml: str) -> _Map:
    r"""Read and check a law map.

    Raises:
        DataError: it is no TOML, or a rule lacks something, has something unknown, or names a source or a kind of
            evidence that there is not.

    >>> read_law_map('statutes.X = "An act"\nsources = {}\n[rules.X-1]\nwording = "All win."')
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: rules.toml, X-1: title is missing
    """
    import tomllib  # noqa: PLC0415 - the map is read when somebody first asks it

    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise DataError("{field} is no TOML: {error}", field=_FILE, error=str(error)) from None
    named = {key: tables.get(key) for key in ("statutes", "rules", "sources")}
    for key, table in named.items():
        if not isinstance(table, dict):
            raise DataError("{field} is {value}; it is a table", field=f"{_FILE}: {key}", value=table)
    known = FrozenDict({key: LawSource(**_fields(key, table, LawSource)) for key, table in tables["sources"].items()})
    law_rules = {rule_id: _rule(rule_id, table, known) for rule_id, table in tables["rules"].items()}
    order = list(tables["statutes"])
    for rule_id, law_rule in law_rules.items():
        if law_rule.statute not in order:
            raise DataError(
                "{field}: {statute} is no statute; the statutes are {known}",
                field=f"{_FILE}, {rule_id}",
                statute=law_rule.statute,
                known=", ".join(order),
            )
    if sorted(law_rules.values(), key=lambda each: order.index(each.statute)) != list(law_rules.values()):
        raise DataError(
            "{field} has its rules in another order than that of the statutes, {known}",
            field=_FILE,
            known=", ".join(order),
        )
    return _Map(FrozenDict(tables["statutes"]), FrozenDict(law_rules), known)


_FILE = "rules.toml"
_LISTS = {"provisions", "evidence", "sources", "settles", "was"}


def _fields(name: str, table: Any, kind: type) -> dict[str, Any]:  # noqa: ANN401 - what stands in the file
    """Hold a table against the attributes of a class: none unknown, none missing, each a text or a list."""
    if not isinstance(table, dict):
        raise DataError("{field} is {value}; it is a table", field=f"{_FILE}, {name}", value=table)
    known = {field.name: field for field in attrs.fields(kind) if field.name != "id"}
    for key, entry in table.items():
        if key not in known:
            raise DataError(
                "{field}: {value} is unknown; a table has {known}",
                field=f"{_FILE}, {name}",
                value=key,
                known=", ".join(known),
            )
        right = list if key in _LISTS else str
        if not isinstance(entry, right) or not entry:
            raise DataError(
                "{field} is {value}; it is a {kind} that is not empty",
                field=f"{_FILE}, {name}: {key}",
                value=entry,
                kind=right.__name__,
            )
    for key, field in known.items():
        if key not in table and field.default is attrs.NOTHING and key != "provisions":
            raise DataError("{field} is missing", field=f"{_FILE}, {name}: {key}")
    return table


def _rule(rule_id: str, table: object, known: Mapping[str, LawSource]) -> LawRule:
    fields = _fields(rule_id, table, LawRule)
    if ("open" in fields) != ("settles" in fields):
        raise DataError(
            "{field}: open and settles go together, a question and what would settle it", field=f"{_FILE}, {rule_id}"
        )
    for key in fields["sources"]:
        if key not in known:
            raise DataError(
                "{field}: {value} is no source; the sources are {known}",
                field=f"{_FILE}, {rule_id}",
                value=key,
                known=", ".join(known),
            )
    return LawRule(
        rule_id,
        **{
            **fields,
            "provisions": tuple(_provision(rule_id, table) for table in fields.get("provisions", [])),
            "evidence": tuple(_evidence(rule_id, words) for words in fields["evidence"]),
            "sources": tuple(fields["sources"]),
            "settles": tuple(fields.get("settles", ())),
            "was": tuple(fields.get("was", ())),
        },
    )


def _provision(rule_id: str, table: object) -> Provision:
    known = [field.name for field in attrs.fields(Provision)]
    if not isinstance(table, dict) or not table.get("text") or not set(table) <= set(known):
        raise DataError(
            "{field}: a provision is {value}; it is a table of {known}",
            field=f"{_FILE}, {rule_id}",
            value=table,
            known=", ".join(known),
        )
    convert: dict[str, Callable[[object], Any]] = {
        "since": partial(_end, rule_id, "since"),
        "until": partial(_end, rule_id, "until"),
        "value": partial(_value, rule_id),
    }
    return Provision(**{key: convert.get(key, str)(entry) for key, entry in table.items()})


def _end(rule_id: str, end: str, written: object) -> date:
    """Give the first or the last day of a provision; of a year, the first or the last day of that."""
    if isinstance(written, int):
        return date(written, *_ENDS[end])
    day = day_of(written) if isinstance(written, str) else None
    if day is None:
        raise DataError(
            '{field} is {value}; it is a year or a day such as "2026-04-01"',
            field=f"{_FILE}, {rule_id}: {end}",
            value=written,
        )
    return day


def _value(rule_id: str, written: object) -> Value:
    """Give a figure: a whole number, a share written "1/2" or "2%", a list of them, or a table of them by name."""
    if isinstance(written, list):
        return tuple(_value(rule_id, each) for each in written)
    if isinstance(written, dict):
        return FrozenDict({name: _value(rule_id, each) for name, each in written.items()})
    if isinstance(written, str):
        number, percent, rest = written.partition("%")
        try:
            return Fraction(number) / (100 if percent else 1) if not rest else Fraction(written)
        except (ValueError, ZeroDivisionError):
            pass
    elif isinstance(written, int) and not isinstance(written, bool):
        return written
    raise DataError(
        '{field} is {value}; a figure is such as 4, "1/2", "2%" or [9, 31]',
        field=f"{_FILE}, {rule_id}: value",
        value=written,
    )


def _evidence(rule_id: str, written: object) -> Evidence:
    kind, _, note = written.partition(": ") if isinstance(written, str) else ("", "", "")
    if kind not in EVIDENCE:
        raise DataError(
            "{field} has {value}; it begins with one of {known}",
            field=f"{_FILE}, {rule_id}: evidence",
            value=written,
            known=", ".join(EVIDENCE),
        )
    return Evidence(kind, note)
