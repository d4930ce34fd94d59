"""Who sits in a KKR: the mayors, the line, the size, and the supplementary members.

The mayors of the area's municipalities are born members. The parties then elect supplementary members, so that
the council as a whole becomes proportional to the votes of the municipal election, as far as its size allows.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from kommunalvalg import law
from kommunalvalg.errors import VoteError, Warned, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.dated import OfYear, checked_year
from kommunalvalg.lots import Draw, Lots, Outcome, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.allocation import MOST_WAYS, Allocation
from kommunalvalg.methods.divisor import DIVISORS, DivisorCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.methods.threshold import Reason, Threshold, ThresholdCase, checked_share
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import (
    checked_count,
    checked_counts,
    checked_name,
    checked_names,
    checked_total,
    checked_votes,
    listed,
)

__all__ = ["METHODS", "KKRCase", "KKRComposition", "KKRParty", "KKRSize", "KKRSizeCase", "compose_kkr", "kkr_size"]

METHODS = (ShortfallCase.method, *DIVISORS)
"""The methods that :func:`compose_kkr` takes; the first is the default, the others are there for comparison."""


def _votes(votes: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_counts(votes, "votes", what=N_("a vote count"))


def _mayors(mayors: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_counts(mayors, "mayors")


def _municipalities(municipalities: int) -> int:
    return checked_count("municipalities", municipalities, what=N_("a number of municipalities"), least=1)


def _check_mayors(mayors: Mapping[str, int], municipalities: int) -> None:
    if (together := sum(mayors.values())) > municipalities:
        raise VoteError(
            "{field} are {value} and municipalities {municipalities}; each municipality has one mayor",
            field="mayors",
            value=together,
            municipalities=municipalities,
        )


# FO-3-2 and KKR-SIZE: the size


@attrs.frozen(kw_only=True)
class KKRSizeCase(OfYear):
    """What :func:`kkr_size` takes, as a value that is checked when it is made."""

    votes: FrozenDict[str, int] = attrs.field(converter=_votes)
    mayors: FrozenDict[str, int] = attrs.field(converter=_mayors)
    municipalities: int = attrs.field(converter=_municipalities)
    total_votes: int
    year: int | None = attrs.field(default=None, converter=checked_year)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "total_votes", checked_total(self.total_votes, self.votes, "total_votes"))
        _check_mayors(self.mayors, self.municipalities)

    def settled(self, _urn: Urn) -> "KKRSize":
        """Find the size; it has no lots."""
        limit = law.whole("FO-3-2", self.year) * self.municipalities
        born = sum(self.mayors.values())
        # The share votes * size / total covers the mayors from ceil(mayors * total / votes) on.
        covers = {
            party: -(-self.mayors.get(party, 0) * self.total_votes // count)
            for party, count in self.votes.items()
            if count
        }
        needed = max(born, *covers.values(), 0)
        decisive = tuple(party for party, size in covers.items() if size == needed > born)
        size = max(born, min(needed, limit))
        return KKRSize(size=size, mayors=born, needed=needed, decisive=decisive, limit=limit, case=self)


@attrs.frozen(kw_only=True)
class KKRSize(Result):
    """How many members a KKR has, and why.

    Attributes:
        size: the number of members.
        mayors: the born members, those of parties that do not take part included.
        needed: the smallest size at which every party's share covers its mayors.
        decisive: the parties whose mayors call for that size; empty where the number of mayors decides.
        limit: the most members that the area may have (FO-3-2).
        case: what it rests on.
    """

    size: int
    mayors: int
    needed: int
    decisive: tuple[str, ...]
    limit: int
    case: KKRSizeCase = attrs.field(repr=False)


def kkr_size(
    votes: Mapping[str, int],
    mayors: Mapping[str, int],
    *,
    municipalities: int,
    total_votes: int,
    year: int | None = None,
) -> KKRSize:
    """Find the size: the smallest at which every taking-part party's share covers its mayors, within the limit.

    KKR-SIZE, *inferred*: no text was found that says how the size is chosen. Known is the limit of twice the
    municipalities (FO-3-2), and that the sizes of several KKR agree with this reading.

    Args:
        votes: party -> votes, of the parties that take part.
        mayors: party -> mayors, of all parties; each is a born member (KL-15-1).
        municipalities: how many municipalities the area has.
        total_votes: all valid votes of the area, which the shares are taken of.
        year: the election year whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a count is not one, there are more mayors than municipalities, or fewer votes in all than
            the parties'.

    >>> kkr_size({"A": 400, "C": 300}, {"A": 2, "C": 4}, municipalities=6, total_votes=1000)
    KKRSize(size=12, mayors=6, needed=14, decisive=('C',), limit=12)
    """
    case = KKRSizeCase(votes=votes, mayors=mayors, municipalities=municipalities, total_votes=total_votes, year=year)
    return settle(case)


# KL-15-1, KL-15-2 and KKR-SEATS: the composition


def _represented(represented: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if represented is None else checked_names("represented", represented)


def _line(line: Fraction | str | None) -> Fraction | None:
    return None if line is None else checked_share(line, "line")


def _name(name: str) -> str:
    return checked_name("name", name) if name else ""


def _published(members: Mapping[str, int] | None) -> FrozenDict[str, int] | None:
    return None if members is None else checked_counts(members, "published")


@attrs.frozen(kw_only=True)
class KKRCase(OfYear):
    """What :func:`~kommunalvalg.compose_kkr` takes, as a value that is checked when it is made."""

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes, repr=shown)
    mayors: FrozenDict[str, int] = attrs.field(converter=_mayors, repr=shown)
    municipalities: int = attrs.field(converter=_municipalities)
    total_votes: int
    cast_votes: int | None = None
    represented: tuple[str, ...] | None = attrs.field(default=None, converter=_represented)
    method: str = METHODS[0]
    line: Fraction | None = attrs.field(default=None, converter=_line)
    year: int | None = attrs.field(default=None, converter=checked_year)
    name: str = attrs.field(default="", converter=_name)
    published: FrozenDict[str, int] | None = attrs.field(default=None, converter=_published, repr=shown)

    def __attrs_post_init__(self) -> None:
        _check_mayors(self.mayors, self.municipalities)
        total = checked_total(self.total_votes, self.votes, "total_votes")
        object.__setattr__(self, "total_votes", total)
        if self.cast_votes is not None:
            cast = checked_count("cast_votes", self.cast_votes, what=N_("a vote count"))
            if cast < total:
                raise VoteError(
                    "{field} is {value}; it is at least the valid votes, total_votes, {total}",
                    field="cast_votes",
                    value=cast,
                    total=total,
                )
            object.__setattr__(self, "cast_votes", cast)
        if not isinstance(self.method, str) or self.method not in {METHODS[0], *DIVISORS}:
            raise VoteError(
                "{field} is {value}; the methods are {methods}",
                field="method",
                value=self.method,
                methods=listed((METHODS[0], *DIVISORS), self.method),
            )
        everybody = checked_names("mayors", self._everybody())  # none of whom looks like another
        checked_names("represented", self.represented or (), known=everybody)

    @property
    def threshold(self) -> Threshold:
        """The line of the votes cast, and which of the parties that vote reach it (KL-15-2a)."""
        with_mayor = [party for party in self.votes if self.mayors.get(party)]
        seated = None if self.represented is None else {*self.represented, *with_mayor}
        case = ThresholdCase(
            votes=self.votes,
            share=law.share("KL-15-2a", self.year) if self.line is None else self.line,
            total=self.total_votes if self.cast_votes is None else self.cast_votes,
            represented=None if seated is None else tuple(party for party in self.votes if party in seated),
        )
        return case.settled(Urn())

    @property
    def excluded(self) -> FrozenDict[str, Reason]:
        """Party -> why it takes no part (KL-15-2a, KL-15-2b)."""
        return self._excluded(self.threshold)

    def _excluded(self, threshold: Threshold) -> FrozenDict[str, Reason]:
        silent = [party for party in self._everybody() if not self.votes.get(party)]
        return FrozenDict({**dict.fromkeys(silent, Reason.NO_VOTES), **threshold.excluded})

    def settled(self, urn: Urn) -> "KKRComposition":
        """Compose the KKR, with the lot from ``urn``."""
        threshold = self.threshold
        excluded = self._excluded(threshold)
        passed = FrozenDict({party: count for party, count in self.votes.items() if party not in excluded})
        sizing = KKRSizeCase(
            votes=passed,
            mayors=self.mayors,
            municipalities=self.municipalities,
            total_votes=self.total_votes,
            year=self.year,
        ).settled(urn)
        # Where nobody takes part no seats are left beside the mayors'.
        allocation = self._supplementary(passed or self.votes, sizing).settled(urn)
        shares = threshold.shares
        parties = tuple(
            self._party(party, shares.get(party), allocation, excluded.get(party)) for party in self._everybody()
        )
        return KKRComposition(
            parties=parties,
            sizing=sizing,
            threshold=threshold,
            allocation=allocation,
            warnings=tuple(self._warnings()),
            case=self,
        )

    def _everybody(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.votes, *self.mayors]))

    def _supplementary(self, passed: FrozenDict[str, int], sizing: KKRSize) -> ShortfallCase | DivisorCase:
        """Say how the seats that the mayors leave are distributed (KKR-SEATS, inferred)."""
        seats = sizing.size - sizing.mayors
        held = FrozenDict({party: count for party, count in self.mayors.items() if count and party in passed})
        place = Place(Where.KKR, "", self.name)
        if self.method != ShortfallCase.method:
            return DivisorCase(
                divisors=DIVISORS[self.method],
                votes=passed,
                seats=seats,
                held=held,
                rule="KKR-SEATS",
                place=place,
                when=self.year,
            )
        return ShortfallCase(
            votes=passed,
            seats=seats,
            total=self.total_votes,
            size=sizing.size,
            held=held,
            rule="KKR-SEATS",
            place=place,
            when=self.year,
        )

    def _party(
        self, party: str, cast_share: Fraction | None, allocation: Allocation, reason: Reason | None
    ) -> "KKRParty":
        votes = self.votes.get(party)
        share = None if votes is None else Fraction(votes, self.total_votes) if self.total_votes else Fraction(0)
        return KKRParty(
            party=party,
            votes=votes,
            share=share,
            cast_share=cast_share,
            reason=reason,
            mayors=self.mayors.get(party, 0),
            supplementary=allocation.seats.get(party, 0),
        )

    def _warnings(self) -> Iterator[Warned]:
        mayors = sum(self.mayors.values())
        if mayors < self.municipalities:
            yield Warned(
                _(
                    "Mayors are given for {given} of {municipalities} municipalities; all mayors are members.",
                    given=mayors,
                    municipalities=self.municipalities,
                ),
                "KL-15-1",
                self.year,
            )
        if self.cast_votes is None:
            yield Warned(
                _(
                    "It was not given how many votes were cast, blank and invalid ones included; the {total} valid "
                    "votes were taken for them.",
                    total=self.total_votes,
                ),
                "KL-15-2a",
                self.year,
            )
        if self.represented is None:
            yield Warned(
                _("It was not given who holds a seat in a council of the area; that condition was left out."),
                "KL-15-2a",
                self.year,
            )
            return
        with_mayor = [party for party in self.votes if self.mayors.get(party) and party not in self.represented]
        if with_mayor:
            yield Warned(
                _(
                    "Who has a mayor holds a seat in a council of the area. That was not given of {parties} and is "
                    "counted.",
                    parties=listed(with_mayor),
                ),
                "KL-15-2a",
                self.year,
            )


@attrs.frozen(kw_only=True)
class KKRParty:
    """What a composition says of one party, or of a local list with a mayor.

    Attributes:
        party: its name.
        votes: its votes in the area; None where it only has a mayor, as a local list may, and does not vote here.
        share: its share of all valid votes; None likewise.
        cast_share: its share of the votes cast, which the line is measured on; None likewise.
        reason: why it takes no part, a :class:`~kommunalvalg.methods.threshold.Reason`; None where it does.
        mayors: its born members.
        supplementary: its supplementary members that are certain.
    """

    party: str
    votes: int | None
    share: Fraction | None
    cast_share: Fraction | None
    reason: Reason | None
    mayors: int
    supplementary: int

    @property
    def takes_part(self) -> bool:
        """Whether it elects supplementary members and takes part in the election of chairs."""
        return self.reason is None

    @property
    def members(self) -> int:
        """Its members that are certain, mayors and supplementary ones."""
        return self.mayors + self.supplementary


@attrs.frozen(kw_only=True, repr=False)
class KKRComposition(Result):
    """The composition of a KKR: members + places of the tie + vacant = size.

    Attributes:
        parties: every party that votes or has a mayor, in the order of the votes, with what is known of it.
        sizing: the size with its reason.
        threshold: the line, and which of the parties that vote reach it.
        allocation: the distribution of the supplementary members, with the award of each.
        warnings: what departs from what one would expect, told and not refused.
        case: what it was composed from.
    """

    parties: tuple[KKRParty, ...]
    sizing: KKRSize
    threshold: Threshold
    allocation: Allocation
    warnings: tuple[Warned, ...] = attrs.field(default=(), repr=False, eq=False)  # the case says what departs
    case: KKRCase

    def __repr__(self) -> str:
        members = {party: count for party, count in self.members.items() if count}
        return f"KKRComposition(size={self.size}, members={members}, tie={self.tie})"

    @property
    def votes(self) -> Mapping[str, int]:
        """Party -> votes, as they were given; who only has a mayor is not among them."""
        return self.case.votes

    @property
    def total_votes(self) -> int:
        """All valid votes of the area."""
        return self.case.total_votes

    @property
    def cast_votes(self) -> int:
        """The votes that the line is measured on."""
        return self.threshold.total

    @property
    def municipalities(self) -> int:
        """How many municipalities the area has."""
        return self.case.municipalities

    @property
    def method(self) -> str:
        """The method by which the supplementary members were found."""
        return self.case.method

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
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return self.allocation.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return self.allocation.draws

    @property
    def vacant(self) -> int:
        """Supplementary seats that nobody can take."""
        return self.allocation.vacant

    @property
    def departures(self) -> Mapping[str, tuple[int, int]] | None:
        """Party -> members computed and published, where they differ; None where nothing was published."""
        if self.case.published is None:
            return None
        both = {
            party: (self.members.get(party, 0), self.case.published.get(party, 0))
            for party in dict.fromkeys([*self.members, *self.case.published])
        }
        return FrozenDict({party: counts for party, counts in both.items() if counts[0] != counts[1]})

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
    year: int | None = None,
    name: str = "",
    published: Mapping[str, int] | None = None,
    lots: Lots = None,
) -> KKRComposition:
    """Compose a KKR from the votes of the municipal election and the mayors of the area.

    A party takes part with at least 2 % of the votes cast and a seat in a council of the area (KL-15-2a). The
    mayor of one that does not is a member all the same, and counts in the size (KL-15-1, KL-15-2b). The council
    as a whole is to be proportional to the votes (KL-15-2). How that is computed stands in no text that was
    found: the size (KKR-SIZE) and the method of the largest shortfall (KKR-SEATS) are *inferred*; they give the
    official table of KKR Hovedstaden 2026-2030 exactly. The divisor methods are there for comparison.

    Args:
        votes: party or listesamarbejde -> votes in the area (KL-6).
        mayors: party -> mayors; a name that is not in ``votes`` is a list that does not vote here, as a local one.
        municipalities: how many municipalities the area has.
        total_votes: all valid votes of the area, the base of the shares.
        cast_votes: the votes cast, blank and invalid ones included, the base of the line. None takes ``total_votes``
            and says so among the warnings.
        represented: the parties that hold a seat in a council of the area; who has a mayor there holds one. None
            leaves that condition out and says so among the warnings.
        method: "largest_shortfall", "dhondt", "adams" or another divisor method.
        line: another line than the law's, to see what it would do: a Fraction or a text such as "1.5%".
        year: the election year whose law it is (default: the law as this release knows it).
        name: which KKR it is, such as "KKR Hovedstaden 2026-2030".
        published: party -> members as they were published, which the result is compared with.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: a name or a count is not one; there are more mayors than municipalities, fewer votes in all
            than the parties', or fewer cast than valid; ``represented`` names somebody unknown; the line is a
            float or no share; the method is unknown.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> kkr = compose_kkr(
    ...     {"A": 500, "B": 300, "C": 190, "D": 10}, {"A": 3, "C": 1}, municipalities=4, total_votes=1000
    ... )
    >>> kkr
    KKRComposition(size=6, members={'A': 3, 'B': 2, 'C': 1}, tie=None)
    >>> print(kkr.excluded["D"])
    below the line
    """
    case = KKRCase(
        votes=votes,
        mayors=mayors,
        municipalities=municipalities,
        total_votes=total_votes,
        cast_votes=cast_votes,
        represented=represented,
        method=method,
        line=line,
        year=year,
        name=name,
        published=published,
    )
    return settle(case, lots)
