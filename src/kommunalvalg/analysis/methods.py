"""All methods side by side, and how far seats are from the votes: indices that research compares methods by.

Everything is exact; where a root has to be taken, its square is given too.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import sqrt

import attrs

from kommunalvalg.analysis.cases import AboutElection, Contested, Row, Standing, standing_of
from kommunalvalg.analysis.majorities import settled_seats
from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.registry import METHODS, method_named
from kommunalvalg.results import Result
from kommunalvalg.votes import checked_names

__all__ = [
    "Disproportionality",
    "DisproportionalityCase",
    "EveryMethod",
    "EveryMethodCase",
    "disproportionality",
    "every_method",
]


@attrs.frozen(kw_only=True)
class DisproportionalityCase(AboutElection):
    """The question how far seats are from proportional to votes.

    Args:
        election: the election, or its result.
        method: the name of another method by which its seats are distributed; d'Hondt's is the law's.

    Raises:
        VoteError: it is none, or there is no such method.
    """

    method: str = "dhondt"

    def __attrs_post_init__(self) -> None:
        method_named(self.method)

    def settled(self, _urn: Urn) -> "Disproportionality":
        """Measure it; a question has no lots.

        Raises:
            VoteError: there are no seats.
            LotError: a lot that is open decides who has them.
        """
        seats = settled_seats(self.election, method_named(self.method))
        if not sum(seats.values()):
            raise VoteError("{field} are {value} in all; shares of them need at least 1", field="seats", value=0)
        return Disproportionality(seats=seats, case=self)


@attrs.frozen(kw_only=True)
class Disproportionality(Result):
    """How far the shares of the seats are from those of the votes, over all lists.

    Attributes:
        seats: list -> seats.
        case: what was asked about.
    """

    seats: Mapping[str, int]
    case: DisproportionalityCase = attrs.field(repr=False)

    @property
    def differences(self) -> Mapping[str, Fraction]:
        """List -> its share of the seats less its share of the votes."""
        return FrozenDict({key: own - votes for key, (own, votes) in self._shares().items()})

    @property
    def loosemore_hanby(self) -> Fraction:
        """Half the sum of the differences, the seats that stand with others than the votes have them, as a share."""
        return self._sum(abs(more) for more in self.differences.values()) / 2

    @property
    def gallagher_squared(self) -> Fraction:
        """Half the sum of the squared differences, of shares from 0 to 1."""
        return self._sum(more * more for more in self.differences.values()) / 2

    @property
    def gallagher(self) -> float:
        """The least squares index of Gallagher in percentage points, as it is usually given."""
        return 100 * sqrt(self.gallagher_squared)

    @property
    def sainte_lague(self) -> Fraction:
        """The sum of the squared differences, each as a part of the list's share of the votes (Sainte-Laguë)."""
        return self._sum((own - votes) ** 2 / votes for own, votes in self._shares().values() if votes)

    @property
    def rae(self) -> Fraction:
        """The mean difference of the lists that have votes (Rae's index)."""
        voted = [abs(own - votes) for own, votes in self._shares().values() if votes]
        return self._sum(voted) / len(voted)

    @property
    def effective_lists_by_votes(self) -> Fraction:
        """The effective number of parties by votes, 1 over the sum of the squared shares (Laakso and Taagepera)."""
        return 1 / self._sum(votes * votes for _, votes in self._shares().values())

    @property
    def effective_lists_by_seats(self) -> Fraction:
        """The effective number of parties by seats."""
        return 1 / self._sum(own * own for own, _ in self._shares().values())

    def _shares(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Give the share of the seats and the share of the votes of each list."""
        counts = self.case.election.votes
        awarded, cast = sum(self.seats.values()), sum(counts.values())
        return {key: (Fraction(own, awarded), Fraction(counts[key], cast)) for key, own in self.seats.items()}

    @staticmethod
    def _sum(shares: Iterable[Fraction]) -> Fraction:
        return sum(shares, Fraction())

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: the difference in percentage points, as a decimal."""
        return tuple({"list": key, "difference": float(100 * more)} for key, more in self.differences.items())

    def indices(self) -> Row:
        """Give all indices by their names, as decimals: differences in percentage points, the others as they are."""
        return {
            "gallagher": self.gallagher,
            "loosemore_hanby": float(100 * self.loosemore_hanby),
            "sainte_lague": float(100 * self.sainte_lague),
            "rae": float(100 * self.rae),
            "effective_lists_by_votes": float(self.effective_lists_by_votes),
            "effective_lists_by_seats": float(self.effective_lists_by_seats),
        }


def disproportionality(election: Contested, *, method: str = "dhondt") -> Disproportionality:
    """Measure how far the seats are from proportional to the votes.

    Args:
        election: a council election or its result, or a ``proportional_election``.
        method: the name of another method by which its seats are distributed.

    Raises:
        VoteError: it is something else, there is no such method, or there are no seats.
        LotError: a lot that is open decides who has the seats.

    >>> from kommunalvalg import proportional_election
    >>> found = disproportionality(proportional_election({"A": 46, "B": 30, "C": 24}, 5))
    >>> str(found.loosemore_hanby), str(found.gallagher_squared), round(found.gallagher, 2)
    ('7/50', '39/2500', 12.49)
    >>> str(found.sainte_lague), str(found.rae)
    ('19/230', '7/75')
    >>> str(found.effective_lists_by_votes), str(found.effective_lists_by_seats)
    ('1250/449', '25/11')
    """
    return settle(DisproportionalityCase(election=election, method=method))


def _methods(methods: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(METHODS) if methods is None else checked_names("methods", methods)


@attrs.frozen(kw_only=True)
class EveryMethodCase(AboutElection):
    """The question what each of several methods would have given.

    Args:
        election: the election, or its result.
        methods: the names of the methods; None for all that there are.

    Raises:
        VoteError: it is none, or there is no such method.
    """

    methods: tuple[str, ...] = attrs.field(default=None, converter=_methods, repr=shown)

    def __attrs_post_init__(self) -> None:
        for name in self.methods:
            method_named(name)

    def settled(self, _urn: Urn) -> "EveryMethod":
        """Distribute by each method; a question has no lots."""
        standings = {name: standing_of(self.election, method_named(name)) for name in self.methods}
        return EveryMethod(standings=FrozenDict(standings), case=self)


@attrs.frozen(kw_only=True)
class EveryMethod(Result):
    """What each method would have given, used among the units and inside the alliances alike.

    Attributes:
        standings: method -> what each list would have had.
        case: what was asked about.
    """

    standings: Mapping[str, Standing] = attrs.field(repr=shown)
    case: EveryMethodCase = attrs.field(repr=False)

    @property
    def disproportionality(self) -> Mapping[str, Disproportionality]:
        """Method -> how far its seats are from the votes, for those that need no lot and award a seat."""
        return FrozenDict(
            {
                name: Disproportionality(
                    seats=standing.certain, case=DisproportionalityCase(election=self.case.election, method=name)
                )
                for name, standing in self.standings.items()
                if standing.complete and any(standing.certain.values())
            }
        )

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: its votes, and its certain seats by each method; possible ones where lots are."""
        open_lots = [name for name, standing in self.standings.items() if not standing.complete]
        return tuple(
            {
                "list": key,
                "votes": votes,
                **{name: standing.certain[key] for name, standing in self.standings.items()},
                **{f"{name}_possible": self.standings[name].possible[key] for name in open_lots},
            }
            for key, votes in self.case.election.votes.items()
        )

    def index_rows(self) -> tuple[Row, ...]:
        """Give a line for each method that needs no lot: its indices of disproportionality, as decimals."""
        return tuple({"method": name, **measured.indices()} for name, measured in self.disproportionality.items())


def every_method(election: Contested, *, methods: Iterable[str] | None = None) -> EveryMethod:
    """Say what each method would have given, side by side.

    Args:
        election: the election.
        methods: the names of the methods (default: all that there are).

    Raises:
        VoteError: it is no election, or there is no such method.

    >>> from kommunalvalg import proportional_election
    >>> found = every_method(proportional_election({"A": 460, "B": 100, "C": 40, "D": 20}, 9))
    >>> {name: "-".join(map(standing.text, "ABCD")) for name, standing in found.standings.items()}["droop"]
    '7-1-1-0'
    >>> {row["method"]: round(row["gallagher"], 1) for row in found.index_rows()}["dhondt"]
    12.1
    """
    return settle(EveryMethodCase(election=election, methods=methods))
