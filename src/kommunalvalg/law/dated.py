"""What the law map says on a day: provisions and figures in force."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from kommunalvalg.dates import day_of
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law.book import NO_TEXT, Provision, Value, rule
from kommunalvalg.text import Texts
from kommunalvalg.text import text as _

__all__ = [
    "KNOWN",
    "When",
    "cited",
    "day_of_law",
    "inferred",
    "is_ordinary",
    "known_election",
    "provision",
    "share",
    "value",
    "whole",
]

KNOWN = date(2026, 11, 28)
"""The day of the law as this release knows it, which is the law of whoever names no other."""

When: TypeAlias = int | date | str | None
"""A day whose law is asked for: an election year, a day, a day as text; None is ``KNOWN``."""

_ELECTION = (11, 15)
"""The day of an election year; elections are on the third Tuesday of November, the 15th at the earliest."""


def day_of_law(when: When = None) -> date:
    """Give the day that an election year, a day or a text says.

    Raises:
        VoteError: it says none.

    >>> day_of_law(2021), day_of_law("2026-04-01"), day_of_law() == KNOWN
    (datetime.date(2021, 11, 15), datetime.date(2026, 4, 1), True)
    >>> day_of_law("1 April 2026")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: when is '1 April 2026'; it is an election year, or a day such as "2026-04-01"
    """
    if when is None:
        return KNOWN
    day = day_of(when) if isinstance(when, str) else None
    if isinstance(when, date):
        day = date(when.year, when.month, when.day)
    elif isinstance(when, int) and not isinstance(when, bool) and date.min.year <= when <= date.max.year:
        day = date(when, *_ELECTION)
    if day is None:
        raise VoteError(
            '{field} is {value}; it is an election year, or a day such as "2026-04-01"', field="when", value=when
        )
    return day


def known_election(year: int) -> int:
    """Return the year of an election, if its law is known here (KRVL-6).

    Raises:
        RuleError: it is before the oldest election whose act was read.

    >>> known_election(2009)
    2009
    >>> known_election(1990)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: year is 1990; the oldest election whose law is known here is that of 2009 (KRVL ...)
    """
    first = whole("KRVL-6", name="first")
    if year < first:
        raise RuleError(
            "{field} is {value}; the oldest election whose law is known here is that of {first}",
            field="year",
            value=year,
            rule="KRVL-6",
            first=str(first),
        )
    return year


def is_ordinary(year: int) -> bool:
    """Tell whether elections are held in a year by themselves, KRVL § 6, stk. 2 (KRVL-6).

    >>> [year for year in range(2005, 2031) if is_ordinary(year)]
    [2009, 2013, 2017, 2021, 2025, 2029]
    """
    first, years = whole("KRVL-6", name="first"), whole("KRVL-6", name="years")
    return year >= first and (year - first) % years == 0


def provision(rule_id: str, when: When = None, name: str = "") -> str:
    """Give the place where a rule stands on a day: the first of those in force.

    Args:
        rule_id: the rule's id.
        when: an election year, a day, or a day as text (default: ``KNOWN``).
        name: which of the rule's places, by its name, or by that of a figure that stands there, such as a region's.

    Raises:
        RuleError: the rule stands nowhere on that day.

    >>> provision("KRVL-83", 2021)
    'KRVL § 83'
    >>> provision("RL-14", 2026), provision("RL-14", 2026, "Østdanmark")
    ('OL § 13, stk. 2', 'OL § 63, stk. 2')
    >>> provision("KSL-28"), provision("KSL-28", name="away")
    ('KSL § 28, stk. 1', 'KSL § 28, stk. 2')
    >>> provision("KRVL-83", 2025)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: year is 2025; the rule KRVL-83 is known here as: KRVL § 83 until 2024-01-07
    """
    law_rule = rule(rule_id)
    day = day_of_law(when)
    places = [place for place in law_rule.provisions if place.holds_on(day)]
    if places:
        return next((place for place in places if _is_named(place, name)), places[0]).text
    if law_rule.provisions:
        raise _outside(rule_id, when, law_rule.provisions)
    return NO_TEXT


_CITATION = re.compile(r"\{([A-Z]+-[\w-]+)(?::(\w+))?\}")


def cited(wording: str, when: When = None) -> str:
    """Write the provisions of a day into a wording, in place of the ids of their rules.

    Args:
        wording: a text with ids in braces, "{KSL-27}"; with a colon, the place of that name, "{KSL-28:away}".
        when: an election year, a day, or a day as text (default: ``KNOWN``).

    >>> cited("seats that may be claimed ({KSL-27})"), cited("who is away ({KSL-28:away}), {others}", 2025)
    ('seats that may be claimed (KSL § 27, stk. 1)', 'who is away (KSL § 28, stk. 2), {others}')
    """
    return _CITATION.sub(lambda citation: provision(citation[1], when, citation[2] or ""), wording)


def _is_named(place: Provision, name: str) -> bool:
    return name == place.name or (isinstance(place.value, FrozenDict) and name in place.value)


def value(rule_id: str, when: When = None, name: str = "") -> Value:
    """Give the figure that a rule sets on a day.

    Args:
        rule_id: the rule's id.
        when: an election year, a day, or a day as text (default: ``KNOWN``).
        name: which of several figures, such as a region's, or the one that stands at a place of that name; without
            it, all of them by their names.

    Raises:
        RuleError: the rule sets no figure on that day, or none of that name.

    >>> value("FO-4-1"), value("KRVL-21", 2025), value("RL-8", 2025, "Nordjylland")
    ((1, 31), 4, 25)
    >>> value("KSL-66c"), value("KSL-66c", name="readings")
    (Fraction(9, 10), (6, 12))
    """
    day = day_of_law(when)
    figure = _value(rule(rule_id).id, day)
    if figure is None:
        raise _outside(rule_id, when, [place for place in rule(rule_id).provisions if place.value is not None])
    if not name:
        return figure
    if isinstance(figure, FrozenDict) and name in figure:
        return figure[name]
    for place in rule(rule_id).provisions:
        if place.name == name and place.value is not None and place.holds_on(day):
            return place.value
    raise RuleError(
        "{field} is {value}; the rule {rule_id} has figures for: {names}",
        field="name",
        value=name,
        rule=rule_id,
        when=day,
        rule_id=rule_id,
        names=", ".join(figure) if isinstance(figure, FrozenDict) else _("no names"),
    )


@lru_cache(maxsize=1024)
def _value(rule_id: str, day: date) -> "Value | None":
    """Give the first figure that is in force; figures by name are put together from all places in force."""
    figures = [place.value for place in rule(rule_id).provisions if place.value is not None and place.holds_on(day)]
    if figures and isinstance(figures[0], FrozenDict):
        tables = [table for table in figures if isinstance(table, FrozenDict)]
        return FrozenDict({key: each for table in reversed(tables) for key, each in table.items()})
    return figures[0] if figures else None


def whole(rule_id: str, when: When = None, name: str = "") -> int:
    """Give the whole number that a rule sets on a day; see :func:`value`.

    >>> whole("FO-3-2")
    2
    """
    figure = value(rule_id, when, name)
    if not isinstance(figure, int):
        raise TypeError(f"{rule_id} sets no whole number: {figure!r}")
    return figure


def share(rule_id: str, when: When = None, name: str = "") -> Fraction:
    """Give the share that a rule sets on a day; see :func:`value`.

    >>> share("KL-15-2a", 2025)
    Fraction(1, 50)
    """
    figure = value(rule_id, when, name)
    if not isinstance(figure, Fraction):
        raise TypeError(f"{rule_id} sets no share: {figure!r}")
    return figure


def inferred(rule_id: str) -> bool:
    """Tell whether a rule is our conclusion; where only a part of it is, its evidence says which part, and it is not.

    >>> inferred("KKR-SIZE"), inferred("KRVL-86-1")
    (True, False)
    """
    return any(evidence.kind == "inferred" and not evidence.note for evidence in rule(rule_id).evidence)


def _outside(rule_id: str, when: When, places: Sequence[Provision]) -> RuleError:
    """Say that a rule says nothing on a day."""
    return RuleError(
        "{field} is {asked}; the rule {rule_id} is known here as: {known}",
        field="year" if isinstance(when, int) else "day",
        value=when,
        rule=rule_id,
        when=day_of_law(when),
        asked=str(when) if isinstance(when, int) else day_of_law(when),
        rule_id=rule_id,
        known=Texts([place.placed for place in places], "; ") if places else _("a rule without figures"),
    )
