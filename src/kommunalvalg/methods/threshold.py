"""Shares and lines: who has enough votes to take part."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import attrs

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.votes import checked_names, checked_total, checked_votes

__all__ = ["Reason", "Threshold", "apply_threshold", "checked_share"]

_MOST_DIGITS = 100
"""No share is written with more digits; a longer text is a mistake."""


class Reason(StrEnum):
    """Why somebody does not take part."""

    BELOW = "below the line"
    UNREPRESENTED = "holds no seat"
    BOTH = "below the line and holds no seat"
    NO_VOTES = "no votes were given for it"


@attrs.frozen
class Threshold:
    """Who is over a line and who is not.

    Attributes:
        line: the share that was required.
        total: the votes that the shares are taken of.
        passed: name -> votes of those who reach it, in their order.
        excluded: name -> the reason, a :class:`~kommunalvalg.methods.threshold.Reason`, which is also a text.
        shares: name -> share of the total, for every name.
        votes: name -> votes, for every name.
        represented: the names that hold a seat, where that was required too; or None.
    """

    line: Fraction
    total: int
    passed: Mapping[str, int]
    excluded: Mapping[str, Reason]
    shares: Mapping[str, Fraction]
    votes: Mapping[str, int]
    represented: tuple[str, ...] | None


def apply_threshold(
    votes: Mapping[str, int],
    share: Fraction | str,
    *,
    total: int | None = None,
    represented: Iterable[str] | None = None,
) -> Threshold:
    """Separate who reaches a share of the votes from who does not; reaching it exactly is enough.

    Args:
        votes: name -> votes.
        share: the line, a Fraction or a text such as "2%" or "0.02", from 0 to 1.
        total: the votes the share is taken of (default: the sum of the votes).
        represented: the names that hold a seat somewhere, when that is required too.

    Raises:
        VoteError: a name or a count is not one, the share is a float or no share, the total is smaller than the
            sum of the votes, or a name in ``represented`` is not among the votes.

    >>> line = apply_threshold({"A": 970, "B": 20, "C": 10}, "2%")
    >>> line.passed
    {'A': 970, 'B': 20}
    >>> print(line.excluded["C"], line.shares["C"])
    below the line 1/100
    """
    checked = checked_votes(votes)
    line = checked_share(share)
    everybody = sum(checked.values()) if total is None else checked_total(total, checked)
    named = None if represented is None else checked_names("represented", represented, known=checked)
    seated = checked if named is None else dict.fromkeys(named)
    passed, excluded = {}, {}
    least, scale = everybody * line.numerator, line.denominator
    for name, count in checked.items():
        reached = count * scale >= least
        if reached and name in seated:
            passed[name] = count
        elif name in seated:
            excluded[name] = Reason.BELOW
        else:
            excluded[name] = Reason.UNREPRESENTED if reached else Reason.BOTH
    shares = {name: Fraction(count, everybody) if everybody else Fraction(0) for name, count in checked.items()}
    return Threshold(line, everybody, FrozenDict(passed), FrozenDict(excluded), FrozenDict(shares), checked, named)


def checked_share(share: object, field: str = "share") -> Fraction:
    """Return a share of a whole as an exact Fraction.

    Args:
        share: a Fraction, or a text: a percentage ("2%", "2.5 %", "2,5 %"), a decimal ("0.02") or a fraction
            ("1/50").
        field: what it was given as, for the message.

    Raises:
        VoteError: it is a float or something else, or not from 0 to 1.

    >>> checked_share("2%")
    Fraction(1, 50)
    >>> checked_share(0.02)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: share is 0.02; a share is exact: a Fraction or a text such as "2%" or "0.02"
    """
    found: Fraction | None = None
    if isinstance(share, Fraction | int) and not isinstance(share, bool):
        found = Fraction(share)
    elif isinstance(share, str):
        found = _read_share(share)
    if found is None:
        raise VoteError(f'{field} is {shown(share)}; a share is exact: a Fraction or a text such as "2%" or "0.02"')
    if not 0 <= found <= 1:
        raise VoteError(f"{field} is {shown(share)}; a share is from 0 to 1, or from 0% to 100%")
    return found


@lru_cache(maxsize=64)
def _read_share(text: str) -> Fraction | None:
    """Read "2%", "0,02" or "1/50"; None where it is none of these."""
    number = text.strip().removesuffix("%")
    top, slash, bottom = number.partition("/")
    value, divisor = _read_decimal(top), _read_decimal(bottom) if slash else Fraction(1)
    if value is None or not divisor:
        return None
    return value / divisor / (100 if "%" in text else 1)


def _read_decimal(text: str) -> Fraction | None:
    whole, _, part = text.strip().replace(",", ".").partition(".")
    sign, digits = (-1, whole[1:] + part) if whole.startswith("-") else (1, whole + part)
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    return Fraction(sign * int(digits), 10 ** len(part))
