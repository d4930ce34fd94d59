"""How many ballots an audit has to draw: the plan, made before anything is drawn."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from itertools import takewhile
from math import ceil, log
from random import Random

import attrs

from kommunalvalg.analysis.cases import Contested, distribution_of
from kommunalvalg.audit.assertions import About, Assertion, Count, assertions_of, counted
from kommunalvalg.audit.ballots import BLANK, WORDS, Reading, ballot_said
from kommunalvalg.audit.statistics import Stake, ballots_needed, confirmed_at
from kommunalvalg.audit.terms import Misread, MisreadBallot, Terms, misread_ballots
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections import embedded, figures
from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.methods.alliances import ProportionalCase, ProportionalElection
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.typed import checked_kind
from kommunalvalg.votes import checked_count, listed

__all__ = ["AuditCase", "CouncilAuditCase", "Plan", "Why", "plan", "polling_draws"]


class Why(StrEnum):
    """Why only a full recount will do."""

    LOT = "lot"
    """A lot decided, or is open; with one ballot more or less there had been none."""

    NO_VOTES = "no votes"
    """A list without votes would take a seat with its first, since it has candidates for it and others have not."""

    BALLOTS = "ballots"
    """As many ballots would be drawn as there are."""


@attrs.frozen(kw_only=True)
class AuditCase:
    """The audit of a forholdstalsvalg, before it is planned: everything that was given.

    Args:
        audited: the forholdstalsvalg.
        ballots: all ballots cast, blank and invalid ones included.
        terms: the risk limit, the test, and what is assumed of misread ballots.

    Raises:
        VoteError: there are fewer ballots than votes, or many times more.
    """

    audited: ProportionalCase = attrs.field(repr=False)
    ballots: int
    terms: Terms = attrs.field(factory=Terms, repr=shown)

    def __attrs_post_init__(self) -> None:
        _check_ballots(self, checked_kind("audited", self.audited, ProportionalCase))

    @property
    def candidates(self) -> bool:
        """Whether it is tested too who is elected; of a forholdstalsvalg there is nobody to test."""
        return False

    def settled(self, urn: Urn) -> "Plan":
        """Say how many ballots are needed, with the lots from ``urn``."""
        return _planned(self, self.audited.settled(urn))


@attrs.frozen(kw_only=True)
class CouncilAuditCase:
    """The audit of a council election, before it is planned: everything that was given.

    Args:
        audited: the council election.
        ballots: all ballots cast, blank and invalid ones included.
        terms: the risk limit, the test, and what is assumed of misread ballots.
        candidates: whether it is tested too who is elected on each sideordnet list.

    Raises:
        VoteError: there are fewer ballots than votes, or many times more.
    """

    audited: CouncilElection = attrs.field(repr=lambda election: repr(election.name))
    ballots: int
    terms: Terms = attrs.field(factory=Terms, repr=shown)
    candidates: bool = False

    def __attrs_post_init__(self) -> None:
        _check_ballots(self, checked_kind("audited", self.audited, CouncilElection).distribution)

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.audited.year

    def settled(self, urn: Urn) -> "Plan":
        """Say how many ballots are needed, with the lots from ``urn``."""
        return _planned(self, self.audited.settled(urn))


def _check_ballots(case: AuditCase | CouncilAuditCase, election: ProportionalCase) -> None:
    checked_kind("terms", case.terms, Terms)
    ballots = checked_count("ballots", case.ballots, what=N_("a number of ballots"), least=1)
    object.__setattr__(case, "ballots", ballots)
    valid = sum(election.votes.values()) + sum(election.own_votes.values())
    if ballots < valid:
        raise VoteError(
            "{field} is {value}; {valid} votes were counted, and each is a ballot",
            field="ballots",
            value=ballots,
            valid=valid,
        )
    if ballots > max(_FEW, _MOST_A_VOTE * valid):
        raise VoteError(
            "{field} is {value}; {valid} of them would be votes, and the others blank or invalid",
            field="ballots",
            value=ballots,
            valid=valid,
        )


_FEW, _MOST_A_VOTE = 1_000, 10
"""Ballots that may always be cast, and how many to a vote; in elections one in twenty is no vote.

More than that is another number, and its audit would be tried without end.
"""


@attrs.frozen(kw_only=True)
class Plan(Result):
    """How many ballots an audit has to draw, and what it tests on them.

    Attributes:
        case: everything that was given.
        assertions: what has to be true for the result to be right, the costliest first; none while a lot is open.
        why: why only a full recount will do, or None.
        expected: how many ballots are drawn on average, with the misread ballots that were assumed; None where no
            number suffices, as where a lot decided.
        likely: how many suffice in nine of ten audits.
        ties: the lots that are open and decide what is tested.
        draws: the lots that were drawn.
    """

    case: AuditCase | CouncilAuditCase = attrs.field(repr=shown)
    assertions: tuple[Assertion, ...] = attrs.field(repr=False)
    why: Why | None = None
    expected: int | None = None
    likely: int | None = None
    ties: tuple[Tie, ...] = ()
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)
    _count: Count = attrs.field(repr=False, eq=False)
    _tally: Mapping[Reading, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        nobody = {BLANK: self.case.ballots - self.count.valid}
        object.__setattr__(self, "_tally", FrozenDict({**self.count.tally(self._apart), **nobody}))

    @property
    def count(self) -> Count:
        """The election as it was counted."""
        return self._count

    @property
    def tally(self) -> Mapping[Reading, int]:
        """What the ballots say -> how many say so, all that were cast; with candidates where they are tested."""
        return self._tally

    @property
    def recount(self) -> bool:
        """Whether only a full recount will do."""
        return self.why is not None

    @property
    def size(self) -> int:
        """The ballots to draw at first, enough in nine of ten audits, and never more than there are."""
        return min(self.case.ballots, self.case.ballots if self.likely is None else self.likely)

    @property
    def _apart(self) -> Collection[str]:
        """The lists whose candidates are tested."""
        return self.count.elected if self.case.candidates else ()

    def told(self, reading: Reading) -> Reading:
        """Give a reading without what the audit does not ask for: the candidate, where candidates are not tested."""
        return reading if reading.list in self._apart else attrs.evolve(reading, candidate="")

    def checked(self, ballot: tuple[str, int], value: object) -> Reading:
        """Return what a ballot was read as.

        Args:
            ballot: its bundle and its number there, for the message.
            value: a reading; or a text: a list, or one of :data:`.WORDS`.

        Raises:
            VoteError: it is neither, or a list or candidate that does not stand.
        """
        if isinstance(value, str):
            value = Reading(value) if value in self.count.votes else WORDS.get(value.casefold(), Reading(value))
        if not isinstance(value, Reading):
            raise VoteError(
                "{ballot} was read as {value}; give a Reading, or a text such as 'A' or 'missing'",
                field="reading",
                value=value,
                ballot=ballot_said(ballot),
            )
        reading = self.told(value)
        if reading.known and reading not in self.tally:
            raise VoteError(
                "{ballot} was read as {value}, which does not stand; it is one of {lists}, blank, unreadable, missing",
                field="reading",
                value=reading.candidate or reading.list,
                ballot=ballot_said(ballot),
                lists=listed(self.count.votes),
            )
        return reading

    def all_of_them(self, draws: int) -> bool:
        """Tell whether so many draws are a recount: as many as there are ballots, or all but one in a hundred of them.

        The latter is where none is drawn twice, so that more draws than ballots never are.
        """
        ballots = self.case.ballots
        return draws >= (ballots if self.case.terms.statistic.replacement else ceil(ballots * Fraction(99, 100)))

    @property
    def code(self) -> str:
        """Nine signs by which the plan is known again; another plan has others."""
        each = [(one.within, one.winner.name, one.loser and one.loser.name, one.lead) for one in self.assertions]
        basis = (self.count.name, self.case.ballots, self.case.terms, self.case.candidates)
        return "P" + sha256(repr((basis, sorted(self.count.votes.items()), each)).encode()).hexdigest()[:8]

    def stake(self, assertion: Assertion) -> Stake:
        """Say what an assertion has at stake among the ballots cast."""
        return Stake(assertion.lead, assertion.worst, self.case.ballots)

    def ballots(self, assertion: Assertion) -> int | None:
        """Say how many ballots confirm one assertion, if none is misread; None where no number does."""
        if assertion.lead <= 0:
            return None
        return ballots_needed(self.case.terms.statistic, self.stake(assertion), self.case.terms.risk)

    @property
    def polling(self) -> int | None:
        """The draws that are expected of ballot polling; None where nothing can be confirmed."""
        draws = [polling_draws(each, self.case.ballots, self.case.terms.risk) for each in self.assertions]
        known_draws = [number for number in draws if number is not None]
        return max(known_draws, default=0) if len(known_draws) == len(draws) and not self.ties else None


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
    >>> lolland.case.ballots, lolland.expected, lolland.recount
    (21418, 1096, False)
    >>> costliest = lolland.assertions[0]
    >>> costliest.winner.name, costliest.loser.name, costliest.fewest
    ('L', 'C+I+Æ', 62)
    >>> plan(data.council("kv2025", "Glostrup")).recount
    True
    """
    share, misreads = (Fraction(0), _named(misread)) if isinstance(misread, Mapping) else (misread, ())
    terms = Terms(
        risk=risk,
        method=method,
        gamma=gamma,
        inflator=inflator,
        overstated=overstated,
        misread=share,
        misread_as=misread_as,
        misreads=misreads,
    )
    distribution = distribution_of(election)
    council = getattr(election, "case", election)
    case: AuditCase | CouncilAuditCase
    if isinstance(council, CouncilElection):
        cast = _embedded(council) if ballots is None else ballots
        case = CouncilAuditCase(audited=council, ballots=_known(cast), terms=terms, candidates=candidates)
    else:
        case = AuditCase(audited=distribution, ballots=_known(ballots), terms=terms)
    return settle(case, getattr(election, "draws", None))


def _named(misread: Mapping[tuple[str, str], Fraction | str]) -> tuple[Misread, ...]:
    for pair in misread:
        if not isinstance(pair, tuple) or len(pair) != 2:  # noqa: PLR2004 - a pair has two
            raise VoteError(
                "{field} has {value}; give what was reported and what the ballot is, such as ('A', 'B')",
                field="misread",
                value=pair,
            )
    return tuple(Misread(reported, really, share) for (reported, really), share in misread.items())


def _known(ballots: int | None) -> int:
    if ballots is None:
        raise VoteError(
            "{field} is not known; give all ballots cast, blank and invalid ones included: they are drawn from too",
            field="ballots",
        )
    return ballots


def _embedded(council: CouncilElection) -> int | None:
    """Give the ballots cast in an election that is embedded; None where it is none, or that is not known."""
    for name in embedded.elections():
        try:
            known = figures.council(name, council.name)
        except DataError:
            continue
        if known == council:
            return figures.counts(name, council.name).cast
    return None


def _planned(case: AuditCase | CouncilAuditCase, result: CouncilResult | ProportionalElection) -> Plan:
    """Say how many ballots an audit needs."""
    count = counted(result)
    case.terms.hold_known(count.votes)
    is_open = count.open_seats or (case.candidates and count.open_candidates)
    assertions = () if is_open else assertions_of(count, candidates=case.candidates)
    distributed = result if case.candidates else getattr(result, "proportional", result)
    ties: tuple[Tie, ...] = distributed.ties
    plan = Plan(case=case, count=count, assertions=assertions, ties=ties, draws=result.draws)
    why = Why.LOT if is_open else _why(count, assertions)
    if why is not None:
        return attrs.evolve(plan, why=why)
    alone = [(plan.ballots(each), each) for each in assertions]
    if any(number is None for number, _ in alone):
        return attrs.evolve(plan, why=Why.BALLOTS)
    needed = sorted(((number or 0, each) for number, each in alone), key=lambda pair: -pair[0])
    most = needed[0][0] if needed else 0
    if not needed or not case.terms.misread_share:
        return attrs.evolve(plan, why=Why.BALLOTS if plan.all_of_them(most) else None, expected=most, likely=most)
    draws = _simulated(plan, needed)
    return attrs.evolve(
        plan,
        why=Why.BALLOTS if plan.all_of_them(draws[_RUNS // 2]) else None,
        expected=ceil(Fraction(sum(draws), _RUNS)),
        likely=draws[_RUNS * 9 // 10 - 1],
    )


def _why(count: Count, assertions: tuple[Assertion, ...]) -> Why | None:
    """Say why only a full recount will do, whatever is drawn."""
    level = [each for each in assertions if each.lead <= 0]
    if count.drawn or any(each.about is About.CANDIDATES for each in level):
        return Why.LOT
    return Why.NO_VOTES if level or count.fillable else None


_RUNS = 1000
"""How many audits are tried where ballots are assumed to be misread."""

_WITHIN = 20
"""An assertion that needs so many times fewer ballots than the costliest is not what an audit waits for."""


def _simulated(plan: Plan, needed: list[tuple[int, Assertion]]) -> list[int]:
    """Try audits with misread ballots: give how many ballots each draws, the fewest first; all, where that is less.

    The same series of misread ballots is read by every assertion; the audit ends with the last of them.
    """
    rng = Random("kommunalvalg.audit")  # noqa: S311 - a plan, which is the same each time
    close = [(number, each) for number, each in needed if number * _WITHIN > needed[0][0]]
    return sorted(_one_audit(plan, close, rng) for _ in range(_RUNS))


def _one_audit(plan: Plan, needed: list[tuple[int, Assertion]], rng: Random) -> int:
    case, drawn = plan.case, 0
    terms = case.terms
    misread = _Shared(misread_ballots(terms, plan.tally, needed[0][1], rng))
    for number, assertion in needed:
        before = takewhile(lambda ballot: ballot[0] <= drawn, misread)  # noqa: B023 - it is read at once
        if number <= drawn and not any(assertion.overstated(was, really) > 0 for _, was, really in before):
            continue
        within = takewhile(lambda ballot: ballot[0] <= case.ballots, misread)
        differences = ((at, over) for at, was, really in within if (over := assertion.overstated(was, really)))
        confirmed = confirmed_at(terms.statistic, plan.stake(assertion), terms.risk, differences)
        drawn = max(drawn, case.ballots if confirmed is None else min(confirmed, case.ballots))
        if drawn == case.ballots:
            break
    return drawn


class _Shared:
    """A series of misread ballots that is drawn once, as far as anybody looks, and read by many."""

    def __init__(self, source: Iterator[MisreadBallot]) -> None:
        self.source = source
        self.known: list[MisreadBallot] = []

    def __iter__(self) -> Iterator[MisreadBallot]:
        number = 0
        while number < len(self.known) or self._more():
            yield self.known[number]
            number += 1

    def _more(self) -> bool:
        ballot = next(self.source, None)
        if ballot is not None:
            self.known.append(ballot)
        return ballot is not None


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
        The number of draws; None where the assertion is not true as it stands, or by too little to be told.

    >>> from kommunalvalg import data
    >>> lolland = plan(data.council("kv2025", "Lolland"))
    >>> polling_draws(lolland.assertions[0], lolland.case.ballots, lolland.case.terms.risk)
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
    return ceil(log(1 / risk) * cast / growth) if growth > 0 else None  # which is closer than such numbers tell
