"""Shares and lines: who has enough votes to take part."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.votes import checked_names, checked_total, checked_votes

__all__ = ["Reason", "Threshold", "ThresholdCase", "apply_threshold", "checked_share"]

_MOST_DIGITS = 100
"""No share is written with more digits; a longer text is a mistake."""


class Reason(StrEnum):
    """Why somebody does not take part."""

    BELOW = "below the line"
    UNREPRESENTED = "holds no seat"
    BOTH = "below the line and holds no seat"
    NO_VOTES = "no votes were given for it"


def _share(share: Fraction | str) -> Fraction:
    return checked_share(share)


def _total(total: int | None) -> int:
    return total  # type: ignore[return-value]  # None stands for the sum


def _represented(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else checked_names("represented", names)


@attrs.frozen(kw_only=True)
class ThresholdCase:
    """A line and the votes that are held against it; everything is checked when it is made.

    Args:
        votes: name -> votes.
        share: the line, a Fraction or a text such as "2%".
        total: the votes the share is taken of; None for the sum.
        represented: the names that hold a seat somewhere, when that is required too; else None.

    Raises:
        VoteError: as for :func:`apply_threshold`.
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    share: Fraction = attrs.field(converter=_share)
    total: int = attrs.field(default=None, converter=_total)
    represented: tuple[str, ...] | None = attrs.field(default=None, converter=_represented)

    def __attrs_post_init__(self) -> None:
        total: object = self.total
        object.__setattr__(
            self, "total", sum(self.votes.values()) if total is None else checked_total(total, self.votes)
        )
        checked_names("represented", self.represented or (), known=self.votes)

    def settled(self, _urn: Urn) -> "Threshold":
        """Separate who reaches the line from who does not; a line has no lots."""
        seated = self.votes if self.represented is None else dict.fromkeys(self.represented)
        passed, excluded = {}, {}
        least, scale = self.total * self.share.numerator, self.share.denominator
        for name, count in self.votes.items():
            reached = count * scale >= least
            if reached and name in seated:
                passed[name] = count
            elif name in seated:
                excluded[name] = Reason.BELOW
            else:
                excluded[name] = Reason.UNREPRESENTED if reached else Reason.BOTH
        return Threshold(passed=FrozenDict(passed), excluded=FrozenDict(excluded), case=self)


@attrs.frozen(kw_only=True)
class Threshold(Result):
    """Who is over a line and who is not.

    Attributes:
        passed: name -> votes of those who reach it, in their order.
        excluded: name -> the reason, a :class:`~kommunalvalg.methods.threshold.Reason`, which is also a text.
        case: the line and the votes.
    """

    passed: Mapping[str, int]
    excluded: Mapping[str, Reason]
    case: ThresholdCase = attrs.field(repr=False)

    @property
    def line(self) -> Fraction:
        """The share that was required."""
        return self.case.share

    @property
    def total(self) -> int:
        """The votes that the shares are taken of."""
        return self.case.total

    @property
    def votes(self) -> Mapping[str, int]:
        """Name -> votes, for every name."""
        return self.case.votes

    @property
    def represented(self) -> tuple[str, ...] | None:
        """The names that hold a seat, where that was required too; or None."""
        return self.case.represented

    @property
    def shares(self) -> Mapping[str, Fraction]:
        """Name -> share of the total, for every name."""
        total = self.total
        return FrozenDict(
            {name: Fraction(count, total) if total else Fraction(0) for name, count in self.votes.items()}
        )


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
    return settle(ThresholdCase(votes=votes, share=share, total=total, represented=represented))


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
    exact: Fraction | None = None
    if isinstance(share, Fraction | int) and not isinstance(share, bool):
        exact = Fraction(share)
    elif isinstance(share, str):
        exact = _read_share(share)
    if exact is None:
        raise VoteError(
            '{field} is {value}; a share is exact: a Fraction or a text such as "2%" or "0.02"',
            field=field,
            value=share,
        )
    if not 0 <= exact <= 1:
        raise VoteError("{field} is {value}; a share is from 0 to 1, or from 0% to 100%", field=field, value=share)
    return exact


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
    digits = whole.removeprefix("-") + part
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    return Fraction(int(whole + part), 10 ** len(part))
