"""Every method by which votes become seats, by its name: declared once, and seen by whatever lets people choose.

A divisor method is a line of :data:`~.quotients.DIVISORS`, a quota method one of :data:`~.quota.QUOTAS`. Programs that
bring a method of their own call :func:`declare`.
"""

from collections import ChainMap
from collections.abc import Mapping
from typing import TypeVar

from kommunalvalg.errors import VoteError
from kommunalvalg.lots import Lots, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import DivisorCase, LimitedCase
from kommunalvalg.methods.quota import QUOTAS, Quota, QuotaCase
from kommunalvalg.methods.quotients import DIVISORS, Divisors
from kommunalvalg.votes import listed

__all__ = ["METHODS", "Method", "case_by", "declare", "distribute", "method_named"]

Method = Divisors | Quota
"""A method: its ``name``, its ``title``, and how it divides seats."""

MethodT = TypeVar("MethodT", Divisors, Quota)

METHODS: Mapping[str, Method] = ChainMap(QUOTAS, DIVISORS)  # type: ignore[arg-type]  # it is only read
"""Name -> method, of all that there are."""


def declare(method: MethodT) -> MethodT:
    """Make a method known everywhere: in what-if questions, on the command line, in files.

    Raises:
        VoteError: there is another method of this name.

    >>> declare(DIVISORS["dhondt"]).title
    "d'Hondt"
    """
    if METHODS.get(method.name, method) is not method:
        raise VoteError("two methods have the name {value}", field="method", value=method.name)
    if isinstance(method, Quota):
        QUOTAS[method.name] = method
    else:
        DIVISORS[method.name] = method
    return method


def method_named(name: object) -> Method:
    """Give a method by its name.

    Raises:
        VoteError: there is none.

    >>> method_named("dean").title
    'Dean'
    >>> method_named("dHondt")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: method is 'dHondt'; the methods are dhondt, sainte_lague, ...
    """
    if not isinstance(name, str) or name not in METHODS:
        raise VoteError(
            "{field} is {value}; the methods are {known}", field="method", value=name, known=listed(METHODS, name)
        )
    return METHODS[str(name)]


def case_by(
    method: str,
    *,
    votes: Mapping[str, int],
    seats: int,
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    rule: str = "",
) -> LimitedCase:
    """Give the case of a distribution by a method, by the method's name.

    Raises:
        VoteError: there is no such method, or a name or a count is not one.

    >>> case_by("droop", votes={"A": 55, "B": 31, "C": 14}, seats=5).method
    'droop'
    """
    registered = method_named(method)
    if isinstance(registered, Quota):
        return QuotaCase(quota=registered.name, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule)
    return DivisorCase(divisors=registered, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule)


def distribute(
    votes: Mapping[str, int],
    seats: int,
    *,
    method: str = "dhondt",
    held: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    lots: Lots = None,
    rule: str = "",
) -> Allocation:
    """Distribute seats by any method, by its name.

    Args:
        votes: name -> votes. A name with no votes never wins a seat.
        seats: how many seats to award now.
        method: one of ``METHODS``.
        held: name -> seats already held, which are not awarded again.
        capacity: name -> the most it may hold in all; a name that is not there has no limit.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.

    Raises:
        VoteError: there is no such method, a name or a count is not one, a name is not among the votes, or more is
            held than there is capacity for.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> votes = {"A": 460, "B": 100, "C": 40, "D": 20}
    >>> for method in ("dhondt", "sainte_lague", "modified_sainte_lague", "danish", "huntington_hill", "droop"):
    ...     print(method, list(distribute(votes, 9, method=method).seats.values()))
    dhondt [8, 1, 0, 0]
    sainte_lague [7, 1, 1, 0]
    modified_sainte_lague [7, 2, 0, 0]
    danish [6, 2, 1, 0]
    huntington_hill [6, 1, 1, 1]
    droop [7, 1, 1, 0]
    """
    return settle(case_by(method, votes=votes, seats=seats, held=held, capacity=capacity, rule=rule), lots)
