"""Who sits in a KKR: the mayors, the line, the size, and the supplementary members.

The mayors of the area's municipalities are born members. The parties then elect supplementary members, so that
the council as a whole becomes proportional to the votes of the municipal election, as far as its size allows.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from kommunalvalg.errors import ElectionError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr import law
from kommunalvalg.law import Warned
from kommunalvalg.lots import Draw, Lots, Outcome, Tie
from kommunalvalg.methods.allocation import MOST_WAYS, Allocation
from kommunalvalg.methods.divisor import adams, dhondt
from kommunalvalg.methods.shortfall import largest_shortfall
from kommunalvalg.methods.threshold import Reason, Threshold, apply_threshold, checked_share
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, checked_counts, checked_names, checked_total, checked_votes, listed

__all__ = ["METHODS", "KKRComposition", "KKRParty", "KKRSize", "compose_kkr", "kkr_size"]

METHODS = (law.SEATS.value, "dhondt", "adams")
"""The methods that :func:`compose_kkr` takes; the first is the default."""


@attrs.frozen
class KKRSize:
    """How many members a KKR has, and why.

    Attributes:
        size: the number of members.
        mayors: the born members, those of parties that do not take part included.
        needed: the smallest size at which every party's share covers its mayors.
        decisive: the parties whose mayors call for that size; empty where the number of mayors decides.
        limit: the most members that the area may have.
    """

    size: int
    mayors: int
    needed: int
    decisive: tuple[str, ...]
    limit: int


def kkr_size(votes: Mapping[str, int], mayors: Mapping[str, int], *, municipalities: int, total_votes: int) -> KKRSize:
    """Find the size: the smallest at which every taking-part party's share covers its mayors, within the limit.

    KKR-SIZE, *inferred*: no text was found that says how the size is chosen. Known is the limit of twice the
    municipalities (FO-3-2), and that the sizes of several KKR agree with this reading.

    Args:
        votes: party -> votes, of the parties that take part.
        mayors: party -> mayors, of all parties; each is a born member (KL-15-1).
        municipalities: how many municipalities the area has.
        total_votes: all valid votes of the area, which the shares are taken of.

    >>> kkr_size({"A": 400, "C": 300}, {"A": 2, "C": 4}, municipalities=6, total_votes=1000)
    KKRSize(size=12, mayors=6, needed=14, decisive=('C',), limit=12)
    """
    limit = law.LIMIT.value * municipalities
    born = sum(mayors.values())
    # The share votes * size / total_votes covers the mayors from ceil(mayors * total_votes / votes) on.
    covers = {party: -(-mayors.get(party, 0) * total_votes // count) for party, count in votes.items() if count}
    needed = max(born, *covers.values(), 0)
    decisive = tuple(party for party, size in covers.items() if size == needed > born)
    return KKRSize(max(born, min(needed, limit)), born, needed, decisive, limit)


@attrs.frozen
class KKRParty:
    """What a composition says of one party.

    Attributes:
        party: its name.
        votes: its votes in the area.
        share: its share of all valid votes.
        cast_share: its share of the votes cast, which the line is measured on.
        takes_part: whether it elects supplementary members and takes part in the election of chairs.
        reason: why it does not, a :class:`~kommunalvalg.methods.threshold.Reason`, or None.
        mayors: its born members.
        supplementary: the supplementary members that it elects for certain.
        members: both together.
    """

    party: str
    votes: int
    share: Fraction
    cast_share: Fraction
    takes_part: bool
    reason: Reason | None
    mayors: int
    supplementary: int
    members: int


@attrs.frozen
class KKRComposition:
    """The composition of a KKR: members + places of the tie + vacant = size.

    Attributes:
        parties: every party that votes or holds a mayor, in the order of the votes, with what is known of it.
        sizing: the size with its reason.
        threshold: the line, and who reaches it.
        allocation: the distribution of the supplementary members, with the award of each.
        total_votes: all valid votes of the area.
        cast_votes: the votes that the line is measured on.
        municipalities: how many municipalities the area has.
        method: the method by which the supplementary members were found.
        votes: party -> votes, as they were given; who only has a mayor is not among them.
        warnings: what departs from what one would expect, told and not refused.
    """

    parties: tuple[KKRParty, ...]
    sizing: KKRSize
    threshold: Threshold
    allocation: Allocation
    total_votes: int
    cast_votes: int
    municipalities: int
    method: str
    votes: Mapping[str, int] = attrs.field(repr=False)
    warnings: tuple[Warned, ...] = ()

    @property
    def members(self) -> Mapping[str, int]:
        """Party -> members that are certain, mayors included."""
        return FrozenDict({row.party: row.members for row in self.parties})

    @property
    def mayors(self) -> Mapping[str, int]:
        """Party -> mayors."""
        return FrozenDict({row.party: row.mayors for row in self.parties})

    @property
    def supplementary(self) -> Mapping[str, int]:
        """Party -> supplementary members that are certain."""
        return FrozenDict({row.party: row.supplementary for row in self.parties})

    @property
    def eligible(self) -> tuple[str, ...]:
        """The parties that take part."""
        return tuple(row.party for row in self.parties if row.takes_part)

    @property
    def excluded(self) -> Mapping[str, Reason]:
        """Party -> why it does not take part."""
        return FrozenDict({row.party: row.reason for row in self.parties if row.reason is not None})

    @property
    def size(self) -> int:
        """How many members the KKR has."""
        return self.sizing.size

    @property
    def limit(self) -> int:
        """The most members that it may have (FO-3-2)."""
        return self.sizing.limit

    @property
    def tie(self) -> Tie | None:
        """The lot that is open, or None."""
        return self.allocation.tie

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return self.allocation.complete

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return self.allocation.draws

    @property
    def vacant(self) -> int:
        """Supplementary seats that nobody can take."""
        return self.allocation.vacant

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible distribution of the supplementary members with its exact probability.

        Raises:
            LotError: there are more than ``most``.
        """
        return self.allocation.outcomes(most=most)


def compose_kkr(
    votes: Mapping[str, int],
    mayors: Mapping[str, int],
    *,
    municipalities: int,
    total_votes: int,
    cast_votes: int | None = None,
    represented: Iterable[str] | None = None,
    method: str = METHODS[0],
    line: Fraction | str | None = None,
    lots: Lots = None,
) -> KKRComposition:
    """Compose a KKR from the votes of the municipal election and the mayors of the area.

    A party takes part with at least 2 % of the votes cast and a seat in a council of the area (KL-15-2a). The
    mayor of one that does not is a member all the same, and counts in the size (KL-15-1, KL-15-2b). The council
    as a whole is to be proportional to the votes (KL-15-2). How that is computed stands in no text that was
    found: the size (KKR-SIZE) and the method of the largest shortfall (KKR-SEATS) are *inferred*; they give the
    official table of KKR Hovedstaden 2026-2030 exactly. The methods "dhondt" and "adams" are there for comparison.

    Args:
        votes: party or listesamarbejde -> votes in the area (KL-6).
        mayors: party -> mayors; a name that is not in ``votes`` is a party that does not take part.
        municipalities: how many municipalities the area has.
        total_votes: all valid votes of the area, the base of the shares.
        cast_votes: the votes cast, blank and invalid ones included, the base of the line (default: total_votes).
        represented: the parties that hold a seat in a council of the area; None leaves that condition out and
            says so among the warnings.
        method: "largest_shortfall", "dhondt" or "adams".
        line: another line than 2 %, to see what it would do: a Fraction or a text such as "1.5%".
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: a name or a count is not one; there are more mayors than municipalities, fewer votes in all
            than the parties', or fewer cast than valid; ``represented`` names somebody unknown; the line is a
            float or no share.
        ElectionError: the method is unknown.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> kkr = compose_kkr(
    ...     {"A": 500, "B": 300, "C": 190, "D": 10}, {"A": 3, "C": 1}, municipalities=4, total_votes=1000
    ... )
    >>> kkr.members, kkr.size
    ({'A': 3, 'B': 2, 'C': 1, 'D': 0}, 6)
    >>> print(kkr.excluded["D"])
    below the line
    """
    counted = checked_votes(votes)
    born = checked_counts(mayors, "mayors")
    area = checked_count("municipalities", municipalities, what=N_("a number of municipalities"), least=1)
    if sum(born.values()) > area:
        raise VoteError(
            f"mayors are {shown(sum(born.values()))} and municipalities {shown(area)}; each municipality has one mayor"
        )
    total = checked_total(total_votes, counted, "total_votes")
    cast = total if cast_votes is None else checked_count("cast_votes", cast_votes, what=N_("a vote count"))
    if cast < total:
        raise VoteError(f"cast_votes is {shown(cast)}; it is at least the valid votes, total_votes, {shown(total)}")
    if method not in METHODS:
        raise ElectionError(f"method is {shown(method)}; the methods are {listed(METHODS)}")
    everybody = FrozenDict({**counted, **{party: 0 for party in born if party not in counted}})
    seated = None if represented is None else _seated(represented, born)
    share = law.LINE.value if line is None else checked_share(line, "line")
    threshold = apply_threshold(everybody, share, total=cast, represented=seated)
    passed = {party: count for party, count in threshold.passed.items() if count}
    sizing = kkr_size(passed, born, municipalities=area, total_votes=total)
    allocation = _supplementary(method, passed or counted, born, sizing, total, lots)
    rows = []
    for party, count in everybody.items():
        held, won = born.get(party, 0), allocation.seats.get(party, 0)
        reason = threshold.excluded.get(party, Reason.NO_VOTES) if party in counted else Reason.NO_VOTES
        rows.append(
            KKRParty(
                party,
                count,
                Fraction(count, total) if total else Fraction(0),
                threshold.shares[party],
                party in passed,
                reason if party not in passed else None,
                held,
                won,
                held + won,
            )
        )
    warnings = tuple(_warnings(born, area, represented=seated is not None))
    return KKRComposition(tuple(rows), sizing, threshold, allocation, total, cast, area, method, counted, warnings)


def _seated(represented: Iterable[str], mayors: Mapping[str, int]) -> tuple[str, ...]:
    """Give who holds a seat; who has a mayor holds one."""
    with_mayor = [party for party, count in mayors.items() if count]
    return tuple(dict.fromkeys([*checked_names("represented", represented), *with_mayor]))


def _supplementary(
    method: str, votes: Mapping[str, int], mayors: Mapping[str, int], sizing: KKRSize, total: int, lots: Lots
) -> Allocation:
    """Distribute the seats that the mayors leave (KKR-SEATS, inferred)."""
    seats = sizing.size - sizing.mayors
    held = {party: count for party, count in mayors.items() if count and party in votes}
    provision = law.SEATS.provision
    if method == law.SEATS.value:
        return largest_shortfall(votes, seats, total=total, held=held, size=sizing.size, lots=lots, provision=provision)
    divide = dhondt if method == "dhondt" else adams
    return divide(votes, seats, held=held, lots=lots, provision=provision)


def _warnings(mayors: Mapping[str, int], municipalities: int, *, represented: bool) -> Iterable[Warned]:
    given = sum(mayors.values())
    if given < municipalities:
        yield Warned(
            law.DEPUTY.id,
            law.DEPUTY.provision,
            "Mayors are given for {given} of {municipalities} municipalities; all mayors are members.",
            {"given": given, "municipalities": municipalities},
        )
    if not represented:
        yield Warned(
            law.LINE.id,
            law.LINE.provision,
            "It was not given who holds a seat in a council of the area; that condition was left out.",
        )
