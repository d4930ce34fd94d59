"""Kommunekontaktråd that can be composed from the embedded elections, and what was published of them."""

from collections.abc import Mapping

import attrs

from kommunalvalg.elections.area import AreaVotes, area_votes, municipalities_of
from kommunalvalg.errors import DataError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import METHODS, KKRComposition, compose_kkr
from kommunalvalg.lots import Lots
from kommunalvalg.votes import listed

__all__ = ["KKR", "PublishedKKR", "kkr", "kkrs"]


@attrs.frozen
class PublishedKKR:
    """The composition of a KKR as it was published.

    Attributes:
        source: where it stands.
        mayors: party -> mayors.
        supplementary: party -> supplementary members.
    """

    source: str
    mayors: Mapping[str, int]
    supplementary: Mapping[str, int]

    @property
    def members(self) -> Mapping[str, int]:
        """Party -> members."""
        return FrozenDict({party: self.mayors[party] + self.supplementary[party] for party in self.mayors})

    @property
    def size(self) -> int:
        """How many members the KKR has."""
        return sum(self.members.values())


@attrs.frozen
class KKR:
    """All that :func:`~kommunalvalg.compose_kkr` takes for one KKR, as one value.

    Attributes:
        name: what it is called, with its period.
        area: the votes of its municipalities.
        mayors: party -> mayors.
        published: what was published, to compare with.
    """

    name: str
    area: AreaVotes
    mayors: Mapping[str, int]
    published: PublishedKKR

    def compose(self, *, method: str = METHODS[0], lots: Lots = None) -> KKRComposition:
        """Compose it, by the rules of :func:`~kommunalvalg.compose_kkr`.

        >>> composition = kkr("hovedstaden-2026").compose()
        >>> composition.size, composition.members["C"], composition.supplementary["Ø"]
        (58, 12, 8)
        """
        return compose_kkr(
            self.area.votes,
            self.mayors,
            municipalities=len(self.area.municipalities),
            total_votes=self.area.valid,
            cast_votes=self.area.cast,
            represented=self.area.represented,
            method=method,
            lots=lots,
        )


@attrs.frozen
class _Published:
    """What is embedded of a KKR: where its votes are found, and its published table."""

    name: str
    election: str
    region: str
    source: str
    table: Mapping[str, tuple[int, int]]  # party -> mayors, supplementary members


_EMBEDDED = {
    "hovedstaden-2026": _Published(
        name="KKR Hovedstaden 2026-2030",
        election="kv2025",
        region="Hovedstaden",
        source="KKR Hovedstaden, agenda of 26 January 2026",
        table={
            "A": (10, 1),
            "B": (0, 5),
            "C": (12, 0),
            "F": (3, 5),
            "I": (0, 3),
            "O": (0, 4),
            "V": (4, 1),
            "Æ": (0, 0),
            "Ø": (0, 8),
            "Å": (0, 2),
        },
    ),
}


def kkrs() -> tuple[str, ...]:
    """Give the names of the KKR that are embedded.

    >>> kkrs()
    ('hovedstaden-2026',)
    """
    return tuple(_EMBEDDED)


def kkr(name: str) -> KKR:
    """Give an embedded KKR: votes, mayors and what was published of it.

    Args:
        name: "hovedstaden-2026".

    Raises:
        DataError: no KKR of that name is embedded.

    >>> hovedstaden = kkr("hovedstaden-2026")
    >>> hovedstaden.area.valid, hovedstaden.published.size
    (1019648, 58)
    """
    key = name.strip().casefold() if isinstance(name, str) else ""
    if key not in _EMBEDDED:
        raise DataError(f"the KKR is {shown(name)}; the embedded ones are {listed(_EMBEDDED)}")
    found = _EMBEDDED[key]
    mayors = FrozenDict({party: born for party, (born, _) in found.table.items()})
    supplementary = FrozenDict({party: elected for party, (_, elected) in found.table.items()})
    area = area_votes(found.election, municipalities_of(found.election, found.region))
    return KKR(found.name, area, mayors, PublishedKKR(found.source, mayors, supplementary))
