"""KL's board (bestyrelse): seventeen seats by the national votes of the municipal election."""

from collections.abc import Mapping

from kommunalvalg.kkr.law import KL_BOARD
from kommunalvalg.lots import Lots
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.divisor import dhondt

__all__ = ["elect_kl_board"]


def elect_kl_board(votes: Mapping[str, int], *, lots: Lots = None) -> Allocation:
    """Distribute the seventeen seats of KL's board by d'Hondt on the national votes (KL-6, KL-6-LOT).

    Args:
        votes: party or listesamarbejde -> votes in the whole country at the municipal election, such as the
            ``votes`` of ``data.national_votes("kv2025")``. Local lists outside every listesamarbejde take no part;
            leave them out.
        lots: where draws come from: None leaves a lot open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: a name or a count is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    KL's vedtægter § 6. That the method is d'Hondt's is *inferred*; it agrees with the published boards of 2014 and
    2022.

    >>> elect_kl_board({"A": 300, "C": 140, "F": 110, "V": 180}).seats
    {'A': 8, 'C': 3, 'F': 2, 'V': 4}
    """
    return dhondt(votes, KL_BOARD.value, lots=lots, provision=KL_BOARD.provision)
