"""Quota methods: a seat for each whole quota of votes, and the seats left to the largest remainders."""

from collections.abc import Callable
from fractions import Fraction

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.methods.divisor import LimitedCase
from kommunalvalg.methods.quotients import Division
from kommunalvalg.methods.shortfall import RemainderCase, by_shortfall
from kommunalvalg.text import N_
from kommunalvalg.votes import listed

__all__ = ["QUOTAS", "Quota", "QuotaCase"]


@attrs.frozen
class Quota:
    """A quota method: what a seat costs in votes.

    Attributes:
        name: what programs call the method.
        title: what people call it.
        of: gives the quota for all votes and the seats.

    >>> QUOTAS["largest_remainder"].division([55, 31, 14], 5), QUOTAS["droop"].division([55, 31, 14], 5)
    (([3, 1, 1], [], 0, 0), ([3, 1, 0], [1, 2], 1, 0))
    """

    name: str
    title: str
    of: Callable[[int, int], Fraction] = attrs.field(eq=False, repr=False)

    def division(
        self, votes: list[int], seats: int, held: list[int] | None = None, room: list[int] | None = None
    ) -> Division:
        """Award seats by whole quotas and the largest remainders; see :meth:`.Divisors.division`."""
        before = held or [0] * len(votes)
        quota = self.of(sum(votes), seats + sum(before)) if seats else Fraction(1)
        claims = [
            count * quota.denominator - had * quota.numerator if count else None
            for count, had in zip(votes, before, strict=True)
        ]
        free = None if room is None else [most - had for most, had in zip(room, before, strict=True)]
        return by_shortfall(claims, quota.numerator, seats, free)


QUOTAS = {
    each.name: each
    for each in (
        Quota("largest_remainder", N_("largest remainder (Hare's quota)"), Fraction),
        Quota(
            "droop", N_("largest remainder (Droop's quota)"), lambda votes, seats: Fraction(votes // (seats + 1) + 1)
        ),
    )
}
"""The quota methods by name; another one is declared here."""


def _quota(quota: str) -> str:
    if not isinstance(quota, str) or quota not in QUOTAS:
        raise VoteError(
            "{field} is {value}; the quota methods are {known}", field="quota", value=quota, known=listed(QUOTAS, quota)
        )
    return quota


@attrs.frozen(kw_only=True)
class QuotaCase(LimitedCase, RemainderCase):
    """A quota method with what it is given; everything is checked when it is made.

    Args:
        quota: the method's name.
        votes: name -> votes.
        seats: how many seats to award.
        held: name -> seats held; None for none.
        capacity: name -> the most it may hold in all; None for no limits.
        rule: the rule of the law map under which a lot would be drawn; empty outside any law.
        place: where the distribution stands, for the lot.
        when: the election year or day whose law it is.

    Raises:
        VoteError: a name or a count is not one, or there is no such method.
    """

    quota: str = attrs.field(converter=_quota)

    @property
    def method(self) -> str:
        """The method's name in the registry of methods."""
        return self.quota

    @property
    def shares(self) -> tuple[int, int]:
        """The quota, as what votes are times and divided by."""
        size = self.seats + sum((self.held or {}).values())
        quota = QUOTAS[self.quota].of(sum(self.votes.values()), size) if size else Fraction(0)
        return quota.denominator, quota.numerator

    def division(self) -> Division:
        """Award seats by whole quotas and the largest remainders."""
        return self.divided(QUOTAS[self.quota])
