"""The law map: every rule that this library carries out, where it stands, and how sure it is.

The rules are data of the package, ``rules.toml``. What a rule computes with is elsewhere: a dated value, a
:class:`kommunalvalg.law.Rule`, beside the functions that use it. Both have one id, and a test holds their provisions
and years together.
"""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import attrs

from kommunalvalg.errors import DataError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import Rule
from kommunalvalg.votes import listed

__all__ = ["EVIDENCE", "Evidence", "LawRule", "LawSource", "law_sources", "read_law_map", "rule", "rules", "statutes"]

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

NO_TEXT = "no text found"


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
class LawRule:
    """A rule of the law that the library carries out, in our words.

    Not to be mistaken for :class:`kommunalvalg.law.Rule`, a value that functions compute with. Here that class says
    where a rule stands and when: its value is what the provision says then.

    Attributes:
        id: its name, which docstrings cite, such as "KRVL-86-1".
        title: what it is about.
        danish: the same in Danish.
        wording: the rule, in our words.
        provisions: where it stands, and from which election year to which; none where no text was found.
        evidence: what shows it.
        sources: where that was read, as keys of :func:`law_sources`.
        open: what is not known for certain; empty when nothing is.
        settles: the documents that would settle that, or some of it.
    """

    id: str
    title: str
    danish: str
    wording: str
    provisions: tuple[Rule[str], ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]
    open: str = ""
    settles: tuple[str, ...] = ()

    @property
    def statute(self) -> str:
        """The short name of its statute, with which the id begins."""
        return self.id.partition("-")[0]

    @property
    def provision(self) -> str:
        """Where it stands in the first place, or "no text found"."""
        return self.provisions[0].provision if self.provisions else NO_TEXT


class _Map(NamedTuple):
    statutes: FrozenDict[str, str]
    rules: FrozenDict[str, LawRule]
    sources: FrozenDict[str, LawSource]


def rules() -> Mapping[str, LawRule]:
    """Give every rule of the law map by its id, in the order of the statutes and their sections.

    >>> quota = rules()["KRVL-86-1"]
    >>> print(quota.provision, quota.evidence[1], sep="; ")
    KRVL § 86; data (157/157 party lists with a seat in 2025)
    >>> [law_rule.id for law_rule in rules().values() if not law_rule.provisions]
    ['KRVL-NR', 'KKR-SIZE']
    """
    return _read().rules


def rule(rule_id: str) -> LawRule:
    """Give one rule of the law map.

    Args:
        rule_id: its id; case makes no difference.

    Raises:
        DataError: there is no such rule.

    >>> print(rule("KSL-5").provisions[2])
    regionsloven from 2025
    >>> rule("KRVL-86-5")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: the rule is 'KRVL-86-5', which the law map does not have; ids like it: KRVL-86-4,
    KRVL-86-3, KRVL-86-2
    """
    known = rules()
    by_name = {found.casefold(): found for found in known}
    name = rule_id.strip().casefold() if isinstance(rule_id, str) else ""
    if name in by_name:
        return known[by_name[name]]
    begun = [found for found in by_name if name and found.startswith(name)]
    near = [by_name[found] for found in begun or get_close_matches(name[:_LONGEST], by_name)]
    hint = f"ids like it: {listed(near)}" if near else "an id is such as 'KRVL-86-1'"
    raise DataError(f"the rule is {shown(rule_id)}, which the law map does not have; {hint}")


def law_sources() -> Mapping[str, LawSource]:
    """Give the sources of the law map by their keys.

    >>> law_sources()["opinion-13.1.5"].title
    'Opinion 13.1.5 of 2 December 2013'
    >>> print(law_sources()["krvl"].url, law_sources()["opinion-97.1.4"].url)
    https://danskelove.dk/kommunal-og-regionalvalgloven/13 None
    """
    return _read().sources


def statutes() -> Mapping[str, str]:
    """Give the statutes of the law map by the short names that ids begin with, in their order.

    >>> list(statutes())
    ['KRVL', 'KSL', 'RL', 'KL', 'FO', 'KKR', 'LIGE', 'ERH']
    """
    return _read().statutes


_LONGEST = 40


@cache
def _read() -> _Map:
    return read_law_map((files(__package__) / "rules.toml").read_text(encoding="utf-8"))


def read_law_map(text: str) -> _Map:
    r"""Read and check a law map.

    Raises:
        DataError: it is no TOML, or a rule lacks something, has something unknown, or names a source or a kind of
            evidence that there is not.

    >>> read_law_map('statutes.X = "An act"\nsources = {}\n[rules.X-1]\nwording = "All win."')
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: rules.toml, X-1: title is missing
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"rules.toml is no TOML: {error}") from None
    named = {key: tables.get(key) for key in ("statutes", "rules", "sources")}
    for key, table in named.items():
        if not isinstance(table, dict):
            raise DataError(f"rules.toml: {key} is {shown(table)}; it is a table")
    sources = FrozenDict({key: LawSource(**_fields(key, table, LawSource)) for key, table in tables["sources"].items()})
    found = {rule_id: _rule(rule_id, table, sources) for rule_id, table in tables["rules"].items()}
    order = list(tables["statutes"])
    for rule_id, law_rule in found.items():
        if law_rule.statute not in order:
            raise DataError(
                f"rules.toml, {rule_id}: {law_rule.statute} is no statute; the statutes are {listed(order)}"
            )
    if sorted(found.values(), key=lambda each: order.index(each.statute)) != list(found.values()):
        raise DataError(f"rules.toml has its rules in another order than that of the statutes, {listed(order)}")
    return _Map(FrozenDict(tables["statutes"]), FrozenDict(found), sources)


_LISTS = {"provisions", "evidence", "sources", "settles"}


def _fields(name: str, table: Any, kind: type) -> dict[str, Any]:  # noqa: ANN401 - what stands in the file
    """Hold a table against the attributes of a class: none unknown, none missing, each a text or a list."""
    if not isinstance(table, dict):
        raise DataError(f"rules.toml, {name} is {shown(table)}; it is a table")
    known = {field.name: field for field in attrs.fields(kind) if field.name != "id"}
    for key, value in table.items():
        if key not in known:
            raise DataError(f"rules.toml, {name}: {shown(key)} is unknown; a table has {listed(known)}")
        right = list if key in _LISTS else str
        if not isinstance(value, right) or not value:
            raise DataError(f"rules.toml, {name}: {key} is {shown(value)}; it is a {right.__name__} that is not empty")
    for key, field in known.items():
        if key not in table and field.default is attrs.NOTHING and key != "provisions":
            raise DataError(f"rules.toml, {name}: {key} is missing")
    return table


def _rule(rule_id: str, table: object, sources: Mapping[str, LawSource]) -> LawRule:
    fields = _fields(rule_id, table, LawRule)
    if ("open" in fields) != ("settles" in fields):
        raise DataError(f"rules.toml, {rule_id}: open and settles go together, a question and what would settle it")
    for key in fields["sources"]:
        if key not in sources:
            raise DataError(f"rules.toml, {rule_id}: {shown(key)} is no source; the sources are {listed(sources)}")
    return LawRule(
        rule_id,
        **{
            **fields,
            "provisions": tuple(_provision(rule_id, found) for found in fields.get("provisions", [])),
            "evidence": tuple(_evidence(rule_id, found) for found in fields["evidence"]),
            "sources": tuple(fields["sources"]),
            "settles": tuple(fields.get("settles", ())),
        },
    )


def _provision(rule_id: str, table: object) -> Rule[str]:
    known = ("text", "says", "since", "until")
    if not isinstance(table, dict) or not table.get("text") or not set(table) <= set(known):
        raise DataError(f"rules.toml, {rule_id}: a provision is {shown(table)}; it is a table of {listed(known)}")
    return Rule(rule_id, table["text"], table.get("says", ""), table.get("since"), table.get("until"))


def _evidence(rule_id: str, text: object) -> Evidence:
    kind, _, note = text.partition(": ") if isinstance(text, str) else ("", "", "")
    if kind not in EVIDENCE:
        raise DataError(f"rules.toml, {rule_id}: evidence has {shown(text)}; it begins with one of {listed(EVIDENCE)}")
    return Evidence(kind, note)
