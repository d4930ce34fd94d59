"""How much evidence ballots are: three tests of one assertion, ballot by ballot.

An assertion is false when the ballots, read again, leave no lead: when the lead was overstated by all of it. One
ballot can overstate it by ``worst`` at most; let T be what a drawn ballot overstates it by, in parts of that. If the
assertion is false, the mean of T over all ballots is at least ``q = lead / (worst · ballots)``, which is ``1 / U``.
Each test multiplies, for each ballot drawn, a number that is more than 1 where T is 0, and whose mean is at most 1
where the assertion is false. So the product is a martingale then, or falls on average, and that it ever reaches
``1 / risk`` has at most the probability ``risk`` (Ville's inequality). It may be looked at after each ballot.

=====================  ===============================================  =========================
test                   number for one ballot                            ballots
=====================  ===============================================  =========================
:class:`KaplanWald`    ``1 + gamma · (q − T) / (1 − q)``                drawn with replacement
:class:`KaplanMarkov`  ``(1 − q / inflator) ⁻¹ · (1 − T / inflator)``   drawn with replacement
:class:`Alpha`         as Kaplan-Wald, q and gamma new for each ballot  drawn without replacement
=====================  ===============================================  =========================

What decides is kept exactly: leads, overstatements and ballots are whole numbers. The product is kept as the sum of
its logarithms in floating point. To be confirmed, an assertion needs more than ``log(1 / risk)`` by a little that is
larger than every rounding (:meth:`Statistic.doubt`), so that rounding never stops an audit.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, exp, inf, lgamma, log, log1p
from typing import ClassVar

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.methods.threshold import checked_share

__all__ = [
    "METHODS",
    "Alpha",
    "KaplanMarkov",
    "KaplanWald",
    "Measured",
    "Stake",
    "Statistic",
    "ballots_needed",
    "confirmed_at",
    "measure",
]


@attrs.frozen
class Stake:
    """What an assertion has at stake, and how much of it is left after the ballots drawn so far.

    Attributes:
        lead: by how much the lead must have been overstated for the assertion to be false; more than 0 at first.
        worst: the most that one ballot can overstate it by.
        ballots: the ballots cast, blank and invalid ones included.
        drawn: how many were drawn so far.
        taken: by how much those overstated the lead.
    """

    lead: int
    worst: int
    ballots: int
    drawn: int = 0
    taken: int = 0

    def after(self, drawn: int, overstated: int = 0) -> "Stake":
        """Give what is at stake when further ballots are drawn, which overstated the lead by so much."""
        return Stake(self.lead, self.worst, self.ballots, self.drawn + drawn, self.taken + overstated)


class Statistic(ABC):
    """A test of an assertion, one drawn ballot after another.

    What it gives are logarithms of the numbers that are multiplied; see :mod:`.statistics`.
    """

    name: ClassVar[str]
    """What it is called in ``method``."""

    replacement: ClassVar[bool]
    """Whether a ballot that was drawn can be drawn again."""

    @property
    @abstractmethod
    def parameter(self) -> Fraction:
        """The one number that it takes."""

    @abstractmethod
    def clean(self, stake: Stake, ballots: int) -> float:
        """Measure so many ballots that read as they were reported."""

    @abstractmethod
    def different(self, stake: Stake, overstated: int) -> float:
        """Measure a ballot that was reported otherwise than it reads."""

    def certain(self, stake: Stake, ballots: int) -> bool:
        """Tell whether the assertion is true whatever the others are, after so many more that read as reported."""
        del stake, ballots
        return False

    def doubt(self, ballots: int) -> float:
        """Bound what rounding can have added to a sum of logarithms."""
        del ballots
        return 2.0**-40


def _gamma(gamma: object) -> Fraction:
    share = checked_share(gamma, "gamma")
    if not 0 < share < 1:
        raise VoteError(
            "{field} is {value}; the gamma of Kaplan-Wald is more than 0 and less than 1", field="gamma", value=gamma
        )
    return share


@attrs.frozen
class KaplanWald(Statistic):
    """The Kaplan-Wald test, as Stark and Teague (2014) use it for d'Hondt.

    Args:
        gamma: how much is staked on each ballot, a Fraction or a text such as "0.95". The nearer to 1, the fewer
            ballots where none is misread, and the more where one is: the worst misread divides by 1 / (1 - gamma).

    Raises:
        VoteError: gamma is not more than 0 and less than 1.

    >>> ballots_needed(KaplanWald("0.95"), Stake(lead=71_148, worst=8, ballots=2_332_217), Fraction(1, 1000))
    1903
    """

    name: ClassVar[str] = "kaplan_wald"
    replacement: ClassVar[bool] = True
    gamma: Fraction = attrs.field(default=Fraction(19, 20), converter=_gamma)

    @property
    def parameter(self) -> Fraction:
        """How much is staked on each ballot."""
        return self.gamma

    def clean(self, stake: Stake, ballots: int) -> float:
        """Measure so many ballots that read as they were reported."""
        rest = stake.worst * stake.ballots - stake.lead
        if not rest:  # every ballot is for the winner, and one that reads so shows it
            return inf if ballots else 0.0
        return ballots * log1p(self.gamma.numerator * stake.lead / (self.gamma.denominator * rest))

    def different(self, stake: Stake, overstated: int) -> float:
        """Measure a ballot that was reported otherwise than it reads."""
        rest = stake.worst * stake.ballots - stake.lead
        if not rest:
            return inf if overstated < stake.worst else log1p(-float(self.gamma))
        won = stake.lead - overstated * stake.ballots
        return log1p(self.gamma.numerator * won / (self.gamma.denominator * rest))


_LARGEST_INFLATOR = 1000


def _inflator(inflator: object) -> Fraction:
    try:
        number = Fraction(inflator) if isinstance(inflator, str | int | Fraction) else None
    except (ValueError, ZeroDivisionError):
        number = None
    if number is None or isinstance(inflator, bool) or not 1 <= number <= _LARGEST_INFLATOR:
        raise VoteError(
            "{field} is {value}; that of Kaplan-Markov is a Fraction or a text, 1 or more, such as '1.1'",
            field="inflator",
            value=inflator,
        )
    return number


@attrs.frozen
class KaplanMarkov(Statistic):
    """The Kaplan-Markov test.

    Args:
        inflator: by how much the largest overstatement is inflated, a Fraction or a text, 1 or more. Stark calls it
            gamma too, and it is another. With 1, a single worst misread calls for a full recount.

    Raises:
        VoteError: the inflator is less than 1.

    >>> ballots_needed(KaplanMarkov(), Stake(lead=71_148, worst=8, ballots=2_332_217), Fraction(1, 1000))
    1879
    """

    name: ClassVar[str] = "kaplan_markov"
    replacement: ClassVar[bool] = True
    inflator: Fraction = attrs.field(default=Fraction("1.03905"), converter=_inflator)

    @property
    def parameter(self) -> Fraction:
        """By how much the largest overstatement is inflated."""
        return self.inflator

    def clean(self, stake: Stake, ballots: int) -> float:
        """Measure so many ballots that read as they were reported."""
        part, whole = stake.lead * self.inflator.denominator, stake.worst * stake.ballots * self.inflator.numerator
        if part == whole:  # every ballot is for the winner, and one that reads so shows it
            return inf if ballots else 0.0
        return -ballots * log1p(-part / whole)

    def different(self, stake: Stake, overstated: int) -> float:
        """Measure a ballot that was reported otherwise than it reads."""
        part, whole = overstated * self.inflator.denominator, stake.worst * self.inflator.numerator
        return self.clean(stake, 1) + log1p(-part / whole) if part < whole else -inf


def _overstated(share: object) -> Fraction:
    fraction = checked_share(share, "overstated")
    if not 0 < fraction < 1:
        raise VoteError("{field} is {value}; it is more than 0 and less than 1", field="overstated", value=share)
    return fraction


@attrs.frozen
class Alpha(Statistic):
    """ALPHA for comparison audits (Stark 2023), without replacement.

    The bets are those of SHANGRLA's ``optimal_comparison``: the best when there are so many worst misreads and no
    others. Written as Kaplan-Wald's, gamma is ``1 − share · (U + 1) / (1 + q)``, and q is what is left of the lead over
    the ballots left. While no lead is left, nothing is staked.

    Args:
        overstated: the share of ballots that are assumed to be misread in the worst way, a Fraction or a text. An
            assertion that so many would make false is never confirmed.

    Raises:
        VoteError: the share is not more than 0 and less than 1.

    >>> ballots_needed(Alpha(), Stake(lead=554, worst=9, ballots=21_418), Fraction(1, 20))
    1052
    """

    name: ClassVar[str] = "alpha"
    replacement: ClassVar[bool] = False
    overstated: Fraction = attrs.field(default=Fraction(1, 10_000), converter=_overstated)

    @property
    def parameter(self) -> Fraction:
        """The share of worst misreads that the stakes are best for."""
        return self.overstated

    def _kept(self, stake: Stake) -> float:
        """Say what is kept of each stake: 2 - eta, where the largest that can be drawn is 2."""
        share = self.overstated
        return share.numerator * (stake.lead + stake.worst * stake.ballots) / (share.denominator * stake.lead)

    def clean(self, stake: Stake, ballots: int) -> float:
        """Measure so many ballots that read as they were reported.

        One of them, R being left and c of the lead, multiplies by ``(R + (1 - kept) c) R / ((R - c) (R + c))``; many
        of them by quotients of gamma functions.
        """
        kept = self._kept(stake)
        left = stake.ballots - stake.drawn
        at_stake = (stake.lead - stake.taken) / stake.worst
        if kept >= 1 or at_stake <= 0 or not ballots:
            return 0.0
        if left - ballots <= at_stake - 1:  # true whatever the others are: nothing left to measure
            return inf

        def total(balance: int) -> float:
            rising = lgamma(balance + 1 + (1 - kept) * at_stake) + lgamma(balance + 1)
            return rising - lgamma(balance + 1 - at_stake) - lgamma(balance + 1 + at_stake)

        return total(left) - total(left - ballots)

    def different(self, stake: Stake, overstated: int) -> float:
        """Measure a ballot that was reported otherwise than it reads."""
        kept = self._kept(stake)
        left = stake.ballots - stake.drawn
        at_stake, whole = stake.lead - stake.taken, stake.worst * left
        if kept >= 1 or at_stake <= 0:
            return 0.0
        gamma = 1 - kept * whole / (whole + at_stake)
        if at_stake >= whole:
            return inf if overstated < stake.worst else log1p(-gamma)
        return log1p(gamma * ((at_stake - overstated * left) / (whole - at_stake)))

    def certain(self, stake: Stake, ballots: int) -> bool:
        """Tell whether more of the lead is left than the ballots that are not drawn can take."""
        return stake.lead - stake.taken > stake.worst * (stake.ballots - stake.drawn - ballots)

    def doubt(self, ballots: int) -> float:
        """Bound what rounding can have added: logarithms of the gamma function are large numbers."""
        return 2.0**-42 * ballots * log(ballots + 2)


METHODS: dict[str, type[KaplanWald | KaplanMarkov | Alpha]] = {
    kind.name: kind for kind in (KaplanWald, KaplanMarkov, Alpha)
}
"""The tests by their names."""


@attrs.frozen
class Measured:
    """What the ballots drawn say of one assertion.

    Attributes:
        risk: the measured risk: the most that the probability can be of ballots that speak so well for an assertion
            that is false; rounded up to a millionth.
        confirmed: the number of the draw with which it was confirmed; None where it is not yet.
        more: how many more ballots confirm it, if they all read as they were reported; 0 where it is confirmed, None
            where no number does.
        taken: by how much the ballots drawn overstated the lead.
    """

    risk: Fraction
    confirmed: int | None
    more: int | None
    taken: int


def ballots_needed(statistic: Statistic, stake: Stake, risk: Fraction) -> int | None:
    """Say how many ballots confirm an assertion, if they all read as they were reported.

    Drawn with replacement they can be more than there are; None where no number suffices.
    """
    return _Run(statistic, stake, risk).more()


def measure(
    statistic: Statistic, stake: Stake, risk: Fraction, differences: Iterable[tuple[int, int]], drawn: int
) -> Measured:
    """Measure the risk that an assertion is false after some ballots were drawn and read.

    Args:
        statistic: the test.
        stake: what the assertion has at stake.
        risk: the risk limit.
        differences: the number of the draw and by how much that ballot overstated the lead, for those that did by more
            or less than nothing, in the order drawn.
        drawn: how many ballots were drawn.

    >>> lolland = Stake(lead=554, worst=9, ballots=21_418)
    >>> measure(KaplanWald(), lolland, Fraction(1, 20), [], 1_096).confirmed
    1096
    >>> measure(KaplanWald(), lolland, Fraction(1, 20), [(400, 9)], 1_096).more
    1097
    """
    run = _Run(statistic, stake, risk)
    for number, overstated in differences:
        run.clean(number - 1 - run.stake.drawn)
        run.different(overstated)
    run.clean(drawn - run.stake.drawn)
    return run.measured()


def confirmed_at(
    statistic: Statistic, stake: Stake, risk: Fraction, differences: Iterable[tuple[int, int]]
) -> int | None:
    """Say with which draw an assertion is confirmed; as :func:`measure`, of an audit that goes on until it is.

    >>> confirmed_at(KaplanWald(), Stake(lead=554, worst=9, ballots=21_418), Fraction(1, 20), [(400, 9)])
    2193
    """
    run = _Run(statistic, stake, risk)
    for number, overstated in differences:
        run.clean(number - 1 - run.stake.drawn)
        if run.confirmed is not None:
            return run.confirmed
        run.different(overstated)
    more = run.more()
    return None if more is None else run.stake.drawn + more


class _Run:
    """The test of one assertion as the ballots are read: what is at stake, and the product of the numbers so far."""

    def __init__(self, statistic: Statistic, stake: Stake, risk: Fraction) -> None:
        self.statistic = statistic
        self.stake = stake
        self.doubt = statistic.doubt(stake.ballots)
        self.target = log(1 / risk) + self.doubt
        self.height = self.highest = 0.0
        self.confirmed: int | None = None

    def clean(self, ballots: int) -> None:
        """Read so many ballots that are as they were reported."""
        if not ballots:
            return
        if self.confirmed is None and self._reached(ballots):
            self.confirmed = self.stake.drawn + bisect_left(range(ballots), True, key=self._reached)  # noqa: FBT003 - what is looked for
        self._climb(self.statistic.clean(self.stake, ballots), ballots, 0)

    def different(self, overstated: int) -> None:
        """Read a ballot that is not as it was reported."""
        self._climb(self.statistic.different(self.stake, overstated), 1, overstated)
        if self.confirmed is None and self._reached(0):
            self.confirmed = self.stake.drawn

    def _climb(self, step: float, drawn: int, overstated: int) -> None:
        self.stake = self.stake.after(drawn, overstated)
        if self.height < inf:  # else it is certain, and stays so
            self.height = inf if self.statistic.certain(self.stake, 0) else self.height + step
            self.highest = max(self.highest, self.height)

    def _reached(self, more: int) -> bool:
        """Tell whether the assertion is confirmed after so many more ballots that are as they were reported."""
        if self.height == inf or self.statistic.certain(self.stake, more):
            return True
        return self.height + self.statistic.clean(self.stake, more) >= self.target

    def more(self) -> int | None:
        """Say how many more ballots confirm the assertion, if they are all as they were reported."""
        if self.confirmed is not None:
            return 0
        most = self.stake.ballots - self.stake.drawn
        if self.statistic.replacement:
            most = 1
            while not self._reached(most):
                if most > _MOST:
                    return None
                most *= 2
        elif not self._reached(most):
            return None
        return bisect_left(range(most), True, key=self._reached)  # noqa: FBT003 - what is looked for

    def measured(self) -> Measured:
        """Give what was found."""
        millionths = ceil(1_000_000 * exp(self.doubt - self.highest)) if self.highest < inf else 0
        return Measured(
            min(Fraction(1), Fraction(millionths, 1_000_000)), self.confirmed, self.more(), self.stake.taken
        )


_MOST = 2**60
"""More ballots than anybody can draw; who needs more, needs another method."""
