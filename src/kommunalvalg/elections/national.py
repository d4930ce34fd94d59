"""The votes of the whole country, as KL's board and KL's repræsentantskab count them."""

from collections.abc import Iterable, Mapping

from kommunalvalg.elections.area import AreaVotes, area_votes
from kommunalvalg.elections.embedded import rows

__all__ = ["national_votes"]


def national_votes(
    election: str, *, listesamarbejder: Mapping[str, Iterable[tuple[str | int, str]]] | None = None
) -> AreaVotes:
    """Add up the votes of all councils by party and listesamarbejde (KL-6: KL's vedtægter, § 6).

    Args:
        election: the name of an embedded election.
        listesamarbejder: name -> its local lists, each as (municipality, letter); None when there are none.

    Raises:
        DataError, RuleError, VoteError: as for :func:`~kommunalvalg.data.area_votes`.

    >>> from kommunalvalg.kkr.board import elect_kl_board
    >>> country = national_votes("kv2025")
    >>> len(country.municipalities), country.valid
    (98, 3256070)
    >>> elect_kl_board(country.votes).seats["A"]
    5
    """
    return area_votes(election, (council.name for council in rows(election)), listesamarbejder=listesamarbejder)
