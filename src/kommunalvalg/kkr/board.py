"""KL's board (bestyrelse): seventeen seats by the national votes of the municipal election."""

from collections.abc import Mapping

import attrs

from kommunalvalg import law
from kommunalvalg.kkr.dated import checked_year, law_used
from kommunalvalg.lots import Lots, settle
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import DHONDT, DivisorCase, Divisors

__all__ = ["KLBoardCase", "elect_kl_board"]


@attrs.frozen(kw_only=True)
class KLBoardCase(DivisorCase):
    """What :func:`~kommunalvalg.elect_kl_board` takes, as a value; ``when`` is the election year.

    >>> KLBoardCase(votes={"A": 300, "C": 140}, when=2025).seats
    17
    """

    divisors: Divisors = attrs.field(default=DHONDT, init=False, repr=False)
    seats: int = attrs.field(init=False)
    rule: str = attrs.field(default="KL-6-LOT", init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "seats", law.whole("KL-6", self.when))
        super().__attrs_post_init__()

    @property
    def law(self) -> law.When:
        """The election year whose law is used; without one, the day of the law as this release knows it."""
        return law_used(self.when)


def elect_kl_board(votes: Mapping[str, int], *, year: int | None = None, lots: Lots = None) -> Allocation[KLBoardCase]:
    """Distribute the seventeen seats of KL's board by d'Hondt on the national votes (KL-6).

    Args:
        votes: party or listesamarbejde -> votes in the whole country at the municipal election, such as the
            ``votes`` of ``data.national_votes("kv2025")``. Local lists outside every listesamarbejde take no part;
            leave them out.
        year: the election year whose law it is (default: the law as this release knows it).
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: a name or a count is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KL's vedtægter § 6. That the method is d'Hondt's is *inferred*; it agrees with the published boards of 2014, 2018
    and 2022. So is that a lot decides between equal quotients (KL-6-LOT).

    >>> elect_kl_board({"A": 300, "C": 140, "F": 110, "V": 180}).seats
    {'A': 8, 'C': 3, 'F': 2, 'V': 4}
    """
    return settle(KLBoardCase(votes=votes, when=checked_year(year)), lots)
