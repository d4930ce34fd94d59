"""Law is dated: a rule's value, its provision, and the years in which it holds."""

from collections.abc import Iterable
from typing import Generic, TypeVar

import attrs

from kommunalvalg.errors import RuleError

__all__ = ["Rule", "in_force"]

V = TypeVar("V")


@attrs.frozen
class Rule(Generic[V]):
    """What the law says on one point, for as long as it says so.

    Attributes:
        id: the rule's name in the law map, such as "KRVL-21"; ``kommunalvalg.data.rule(id)`` says what it is.
        provision: where the law says it.
        value: what it says.
        since: the first election year in which it holds; None for as far back as this library goes.
        until: the last election year in which it held; None for a rule that holds still.

    >>> Rule("KRVL-21", "KRVL § 21, stk. 1", 4, since=2009).holds_in(2005)
    False
    """

    id: str
    provision: str
    value: V
    since: int | None = None
    until: int | None = None

    def holds_in(self, year: int) -> bool:
        """Tell whether the rule holds for an election of that year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def __str__(self) -> str:
        since = "" if self.since is None else f" from {self.since}"
        until = "" if self.until is None else f" until {self.until}"
        return f"{self.provision}{since}{until}"


def in_force(rules: Iterable[Rule[V]], year: int) -> Rule[V]:
    """Return the one of some rules that holds for an election of that year.

    Args:
        rules: what the law says and said on one point, for years that do not overlap.
        year: the election year.

    Raises:
        RuleError: none of them holds then.

    >>> size = (Rule("KSL-5", "regionsloven", 41, until=2024), Rule("KSL-5", "regionsloven", 31, since=2025))
    >>> in_force(size, 2025).value
    31
    >>> in_force(size[1:], 2021)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: year is 2021; the rule KSL-5 is known here as: regionsloven from 2025
    """
    rules = tuple(rules)
    for rule in rules:
        if rule.holds_in(year):
            return rule
    known = "; ".join(str(rule) for rule in rules)
    ids = ", ".join(dict.fromkeys(rule.id for rule in rules))
    raise RuleError(
        "{field} is {value}; the rule {rule_id} is known here as: {known}",
        field="year",
        value=year,
        rule_id=ids,
        known=known,
    )
