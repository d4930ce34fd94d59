"""How many ballots an audit has to draw: the plan, made before anything is drawn."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from math import ceil, log
from random import Random

import attrs

from kommunalvalg import data
from kommunalvalg.analysis.contests import Contested
from kommunalvalg.audit.assertions import About, Assertion, Count, assertions_of, counted
from kommunalvalg.audit.ballots import BLANK, WORDS, Reading
from kommunalvalg.audit.misreads import Misread, Misreads, checked_misreads, series
from kommunalvalg.audit.statistics import METHODS, Stake, Statistic, ballots_needed, confirmed_at
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.votes import checked_count, listed

__all__ = ["AuditCase", "Plan", "Why", "plan", "polling_draws"]


class Why(StrEnum):
    """Why only a full recount will do."""

    LOT = "lot"
    """A lot decided, or is open: one ballot more or less and there had been none."""

    NO_VOTES = "no votes"
    """A list without votes would take a seat with its first, since it has candidates for seats that others lack."""

    BALLOTS = "ballots"
    """As many ballots would be drawn as there are."""


@attrs.frozen(kw_only=True)
class AuditCase:
    """An audit before it is planned: everything that was given.

    Attributes:
        election: the council election, its result, or a forholdstalsvalg.
        cast: all ballots cast, blank and invalid ones included.
        risk: the risk limit: the most that the probability may be that a wrong result is confirmed.
        statistic: the test.
        misreads: what is assumed of misread ballots.
        candidates: whether it is tested too who is elected on each sideordnet list.
    """

    election: Contested = attrs.field(repr=False)
    cast: int
    risk: Fraction
    statistic: Statistic
    misreads: Misreads
    candidates: bool


@attrs.frozen
class Plan:
    """How many ballots an audit has to draw, and what it tests on them.

    Attributes:
        case: everything that was given.
        count: the election as it was counted.
        assertions: what has to be true for the result to be right, the costliest first; none while a lot is open.
        why: why only a full recount will do, or None.
        expected: how many ballots are drawn on average, with the misread ballots that were assumed; None where no
            number suffices, as where a lot decided.
        likely: how many suffice in nine of ten audits.
        tally: what the ballots say -> how many say so, all that were cast; with candidates where they are tested.
    """

    case: AuditCase
    count: Count = attrs.field(repr=False)
    assertions: tuple[Assertion, ...] = attrs.field(repr=False)
    why: Why | None
    expected: int | None
    likely: int | None
    tally: Mapping[Reading, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        nobody = {BLANK: self.case.cast - self.count.valid}
        object.__setattr__(self, "tally", FrozenDict({**self.count.tally(self._apart), **nobody}))

    @property
    def recount(self) -> bool:
        """Whether only a full recount will do."""
        return self.why is not None

    @property
    def size(self) -> int:
        """The ballots to draw at first: enough in nine of ten audits, and never more than there are."""
        return min(self.case.cast, self.case.cast if self.likely is None else self.likely)

    @property
    def _apart(self) -> Collection[str]:
        """The lists whose candidates are tested."""
        return self.count.elected if self.case.candidates else ()

    def told(self, reading: Reading) -> Reading:
        """Give a reading without what the audit does not ask for: the candidate, where candidates are not tested."""
        return reading if reading.list in self._apart else attrs.evolve(reading, candidate="")

    def checked(self, called: str, value: object) -> Reading:
        """Return what a ballot was read as.

        Args:
            called: the ballot, for the message.
            value: a reading; or a text: a list, or one of :data:`.WORDS`.

        Raises:
            VoteError: it is neither, or a list or candidate that does not stand.
        """
        if isinstance(value, str):
            value = Reading(value) if value in self.count.votes else WORDS.get(value.casefold(), Reading(value))
        if not isinstance(value, Reading):
            raise VoteError(f"{called} was read as {shown(value)}; give a Reading, or a text such as 'A' or 'missing'")
        found = self.told(value)
        if found.known and found not in self.tally:
            raise VoteError(
                f"{called} was read as {shown(str(found) if found.list else '')}, which does not stand; "
                f"it is one of {listed(self.count.votes)}, blank, unreadable, missing"
            )
        return found

    def all_of_them(self, draws: int) -> bool:
        """Tell whether so many draws are a recount: as many as there are ballots, or all but one in a hundred of them.

        The latter is where none is drawn twice, so that more draws than ballots never are.
        """
        cast = self.case.cast
        return draws >= (cast if self.case.statistic.replacement else ceil(cast * Fraction(99, 100)))

    @property
    def code(self) -> str:
        """Nine signs by which the plan is known again: another plan has others."""
        each = [(one.within, one.winner.name, one.loser and one.loser.name, one.lead) for one in self.assertions]
        given = (self.count.name, self.case.cast, str(self.case.risk), self.case.statistic, self.case.candidates)
        text = repr((given, sorted(self.count.votes.items()), each))
        return "P" + sha256(text.encode()).hexdigest()[:8]

    def stake(self, assertion: Assertion) -> Stake:
        """Say what an assertion has at stake among the ballots cast."""
        return Stake(assertion.lead, assertion.worst, self.case.cast)

    def ballots(self, assertion: Assertion) -> int | None:
        """Say how many ballots confirm one assertion, if none is misread; None where no number does."""
        if assertion.lead <= 0:
            return None
        return ballots_needed(self.case.statistic, self.stake(assertion), self.case.risk)

    @property
    def polling(self) -> int | None:
        """The draws that are expected of ballot polling; None where nothing can be confirmed."""
        draws = [polling_draws(each, self.case.cast, self.case.risk) for each in self.assertions]
        found = [number for number in draws if number is not None]
        return max(found, default=0) if len(found) == len(draws) and not self.count.open_seats else None


def plan(
    election: Contested,
    risk: Fraction | str = "5%",
    *,
    method: str = "kaplan_wald",
    gamma: Fraction | str | None = None,
    inflator: Fraction | str | int | None = None,
    overstated: Fraction | str | None = None,
    ballots: int | None = None,
    misread: Fraction | str | Mapping[tuple[str, str], Fraction | str] = Fraction(0),
    misread_as: str = "any",
    candidates: bool = False,
) -> Plan:
    """Plan an audit: how many ballots have to be drawn, read and compared with what they were reported as.

    Args:
        election: a council election or its result, or a ``proportional_election``. Of a result the lots count as they
            were drawn; either way an audit cannot confirm them.
        risk: the risk limit, a Fraction or a text such as "5%".
        method: "kaplan_wald", "kaplan_markov" or "alpha" (:mod:`.statistics`).
        gamma: of Kaplan-Wald; 0.95 where it is not given.
        inflator: of Kaplan-Markov; 1.03905 where it is not given.
        overstated: of ALPHA, the share of worst misreads that its stakes are best for; 0.0001 where it is not given.
        ballots: all ballots cast, blank and invalid ones included. Without it those of an embedded election, where
            this is one.
        misread: the share of ballots that are assumed to be misread, or a mapping of what was reported and what the
            ballot is to shares, such as ``{("A", "F"): "0.05%"}``; an empty text stands for no valid vote. It changes
            ``expected`` and ``likely`` and nothing else.
        misread_as: what a misread ballot is, where ``misread`` is a share: "any" other thing, or the "worst".
        candidates: whether it is tested too who is elected on each sideordnet list.

    Raises:
        VoteError: the risk is not between 0 and 1, a parameter is out of its range or of another method, there are
            fewer ballots than votes, or it is not known how many were cast.

    >>> from kommunalvalg import data
    >>> lolland = plan(data.council("kv2025", "Lolland"), risk="5%")
    >>> lolland.case.cast, lolland.expected, lolland.recount
    (21418, 1096, False)
    >>> costliest = lolland.assertions[0]
    >>> costliest.winner.name, costliest.loser.name, costliest.fewest
    ('L', 'C+I+Æ', 62)
    >>> plan(data.council("kv2025", "Glostrup")).recount
    True
    """
    limit = checked_share(risk, "risk")
    if not 0 < limit < 1:
        raise VoteError(f"risk is {shown(risk)}; a risk limit is more than 0 and less than 1")
    statistic = _statistic(method, gamma=gamma, inflator=inflator, overstated=overstated)
    count = counted(election)
    cast = _cast(election, count, ballots)
    case = AuditCase(
        election=election, cast=cast, risk=limit, statistic=statistic, misreads=Misreads(), candidates=bool(candidates)
    )
    is_open = count.open_seats or (case.candidates and count.open_candidates)
    assertions = () if is_open else assertions_of(count, candidates=case.candidates)
    found = Plan(case, count, assertions, None, None, None)
    if assertions:
        misreads = checked_misreads(misread, misread_as, found.tally, assertions[0])
        found = attrs.evolve(found, case=attrs.evolve(case, misreads=misreads))
    return _planned(found)


def _statistic(method: object, **given: object) -> Statistic:
    kind = METHODS.get(method) if isinstance(method, str) else None
    if kind is None:
        raise VoteError(f"method is {shown(method)}; it is one of {listed(METHODS)}")
    takes = attrs.fields_dict(kind)
    for field, value in given.items():
        if value is not None and field not in takes:
            raise VoteError(f"{field} is {shown(value)}, and the method is {kind.name}, which has {listed(takes)}")
    return kind(**{field: value for field, value in given.items() if value is not None})


def _cast(election: object, count: Count, ballots: object) -> int:
    """Say how many ballots were cast: as given, or as is embedded for the election."""
    if ballots is None:
        council = election.election if isinstance(election, CouncilResult) else election
        ballots = _embedded(council) if isinstance(council, CouncilElection) else None
    if ballots is None:
        raise VoteError(
            "ballots is None; give all ballots cast, blank and invalid ones included: they are drawn from too"
        )
    cast = checked_count("ballots", ballots, what="number of ballots", least=1)
    if cast < count.valid:
        raise VoteError(f"ballots is {shown(ballots)}; the lists have {count.valid} votes, and each is a ballot")
    return cast


def _embedded(council: CouncilElection) -> int | None:
    for name in data.elections():
        try:
            known = data.council(name, council.name)
        except DataError:
            continue
        if known == council:
            return data.counts(name, council.name).cast
    return None


def _planned(found: Plan) -> Plan:
    """Say how many ballots a plan needs."""
    why = _why(found.count, found.assertions, candidates=found.case.candidates)
    if why is not None:
        return attrs.evolve(found, why=why)
    alone = [(found.ballots(each), each) for each in found.assertions]
    if any(number is None for number, _ in alone):
        return attrs.evolve(found, why=Why.BALLOTS)
    needed = sorted(((number or 0, each) for number, each in alone), key=lambda pair: -pair[0])
    most = needed[0][0] if needed else 0
    if not found.case.misreads.share:
        return attrs.evolve(found, why=Why.BALLOTS if found.all_of_them(most) else None, expected=most, likely=most)
    draws = _simulated(found, needed)
    return attrs.evolve(
        found,
        why=Why.BALLOTS if found.all_of_them(draws[_RUNS // 2]) else None,
        expected=ceil(Fraction(sum(draws), _RUNS)),
        likely=draws[_RUNS * 9 // 10 - 1],
    )


def _why(count: Count, assertions: tuple[Assertion, ...], *, candidates: bool) -> Why | None:
    """Say why only a full recount will do, whatever is drawn."""
    if count.open_seats or count.drawn or (candidates and count.open_candidates):
        return Why.LOT
    level = [each for each in assertions if each.lead <= 0]
    if any(each.about is About.CANDIDATES for each in level):
        return Why.LOT
    return Why.NO_VOTES if level or count.fillable else None


_RUNS = 1000
"""How many audits are tried where ballots are assumed to be misread."""

_WITHIN = 20
"""An assertion that needs so many times fewer ballots than the costliest is not what an audit waits for."""


def _simulated(found: Plan, needed: list[tuple[int, Assertion]]) -> list[int]:
    """Try audits with misread ballots: give how many ballots each draws, the fewest first; all, where that is less.

    The same series of misread ballots is read by every assertion; the audit ends with the last of them.
    """
    rng = Random("kommunalvalg.audit")  # noqa: S311 - a plan, which is the same each time
    close = [(number, each) for number, each in needed if number * _WITHIN > needed[0][0]]
    return sorted(_one_audit(found, close, rng) for _ in range(_RUNS))


def _one_audit(found: Plan, needed: list[tuple[int, Assertion]], rng: Random) -> int:
    case, drawn = found.case, 0
    misread = _Shared(series(case.misreads, found.tally, case.cast, rng))
    for number, assertion in needed:
        if number <= drawn and not any(assertion.overstated(was, read) > 0 for was, read in misread.upto(drawn)):
            continue
        differences = ((at, over) for at, was, read in misread if (over := assertion.overstated(was, read)))
        confirmed = confirmed_at(case.statistic, found.stake(assertion), case.risk, differences)
        drawn = max(drawn, case.cast if confirmed is None else min(confirmed, case.cast))
        if drawn == case.cast:
            break
    return drawn


class _Shared:
    """A series of misread ballots that is drawn once, as far as anybody looks, and read by many."""

    def __init__(self, source: Iterator[Misread]) -> None:
        self.source = source
        self.known: list[Misread] = []

    def __iter__(self) -> Iterator[Misread]:
        number = 0
        while number < len(self.known) or self._more():
            yield self.known[number]
            number += 1

    def upto(self, drawn: int) -> Iterator[tuple[Reading, Reading]]:
        """Give what was misread among the first ballots drawn."""
        for at, was, read in self:
            if at > drawn:
                return
            yield was, read

    def _more(self) -> bool:
        for misread in self.source:
            self.known.append(misread)
            return True
        return False


def polling_draws(assertion: Assertion, cast: int, risk: Fraction) -> int | None:
    """Say how many draws ballot polling is expected to need for an assertion, with replacement and the best stakes.

    Ballot polling compares no ballot with what it was reported as, and so needs no bundles by list. This is Wald's
    estimate for the stakes that are best if the votes are as reported: of the ballots for winner or loser, how far the
    winner's share is from the one at which their quotients are equal, as a divergence by Kullback and Leibler.

    Args:
        assertion: the assertion.
        cast: all ballots cast.
        risk: the risk limit.

    Returns:
        The number of draws; None where the assertion is not true as it stands.

    >>> from kommunalvalg import data
    >>> lolland = plan(data.council("kv2025", "Lolland"))
    >>> polling_draws(lolland.assertions[0], lolland.case.cast, lolland.case.risk)
    39115
    """
    if assertion.lead <= 0:
        return None
    winner, loser = assertion.winner, assertion.loser
    if loser is None:  # the first ballot for the winner says all
        return ceil(Fraction(cast, winner.votes))
    both = winner.votes + loser.votes
    growth = winner.votes * log(Fraction(winner.votes * assertion.worst, both * winner.divisor))
    if loser.votes:
        growth += loser.votes * log(Fraction(loser.votes * assertion.worst, both * loser.divisor))
    return ceil(log(1 / risk) * cast / growth)
