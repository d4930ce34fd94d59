"""Kommunekontaktråd that can be composed from the embedded elections, and what was published of them.

A KKR is declared here, once: its name, the election whose votes it has, its area. A new one is an entry of ``_KKRS``.
"""

from collections import Counter
from collections.abc import Mapping

import attrs

from kommunalvalg.elections.area import AreaVotes, area_votes, municipalities_of
from kommunalvalg.elections.embedded import year
from kommunalvalg.elections.mayors import Mayor, mayors
from kommunalvalg.errors import DataError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import METHODS, KKRCase, KKRComposition
from kommunalvalg.lots import Lots, settle
from kommunalvalg.text import N_, composed
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["KKR", "PublishedKKR", "kkr", "kkrs"]


def _frozen(counts: Mapping[str, int]) -> FrozenDict[str, int]:
    return FrozenDict(counts)


@attrs.frozen
class PublishedKKR:
    """The composition of a KKR as it was published.

    Attributes:
        source: where it stands.
        mayors: party -> mayors.
        supplementary: party -> supplementary members.
    """

    source: str
    mayors: Mapping[str, int] = attrs.field(converter=_frozen)
    supplementary: Mapping[str, int] = attrs.field(converter=_frozen)

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
        year: the election year, whose law it is.
        area: the votes of its municipalities.
        born: the mayors, one for each municipality, with how sure it is whose they are.
        published: what was published, to compare with; None where nothing was found.
    """

    name: str
    year: int
    area: AreaVotes = attrs.field(repr=False)
    born: tuple[Mayor, ...] = attrs.field(repr=False)
    published: PublishedKKR | None = attrs.field(repr=False)

    @property
    def mayors(self) -> Mapping[str, int]:
        """Party -> mayors, every party of the area and every local list that has one.

        >>> kkr("sjaelland-2026").mayors["J (Lolland)"]
        1
        """
        return FrozenDict({**dict.fromkeys(self.area.votes, 0), **Counter(mayor.party for mayor in self.born)})

    def compose(self, *, method: str = METHODS[0], lots: Lots = None) -> KKRComposition:
        """Compose it, by the rules of :func:`~kommunalvalg.compose_kkr`.

        A composition with which nothing published can be compared says so among its warnings, and whose mayors the
        sources tell in two ways.

        >>> composition = kkr("hovedstaden-2026").compose()
        >>> composition.size, composition.members["C"], composition.supplementary["Ø"]
        (58, 12, 8)
        >>> print(kkr("syddanmark-2026").compose().warnings[0].text)
        The composition is computed, not published; the mayors' parties are as the press told them.
        """
        composition = settle(self._case(method), lots)
        return attrs.evolve(composition, warnings=(*composition.warnings, *self.warnings))

    def agrees(self, composition: KKRComposition) -> bool:
        """Tell whether a composition is what was published, to each party's mayors and supplementary members.

        >>> hovedstaden = kkr("hovedstaden-2026")
        >>> hovedstaden.agrees(hovedstaden.compose()), hovedstaden.agrees(hovedstaden.compose(method="dhondt"))
        (True, False)
        """
        if self.published is None:
            return False
        pairs = (
            (composition.mayors, self.published.mayors),
            (composition.supplementary, self.published.supplementary),
        )
        return all(ours.get(party, 0) == theirs.get(party, 0) for ours, theirs in pairs for party in {*ours, *theirs})

    @property
    def case(self) -> KKRCase:
        """What it is composed from."""
        return self._case()

    def _case(self, method: str = METHODS[0]) -> KKRCase:
        return KKRCase(
            votes=self.area.votes,
            mayors=self.mayors,
            municipalities=len(self.area.municipalities),
            total_votes=self.area.valid,
            cast_votes=self.area.cast,
            represented=self.area.represented,
            year=self.year,
            name=self.name,
            published=None if self.published is None else self.published.members,
            method=method,
        )

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is to be known of figures with which nothing published can be compared."""
        if self.published is not None:
            return ()
        computed = _("The composition is computed, not published; the mayors' parties are as the press told them.")
        told_twice = [
            Warned(
                _(
                    "The mayor of {municipality} is counted for {party}; another source says {otherwise}.",
                    municipality=mayor.municipality,
                    party=mayor.party,
                    otherwise=mayor.otherwise,
                ),
                "KL-15-1",
                self.year,
            )
            for mayor in self.born
            if mayor.otherwise
        ]
        return (Warned(computed, "KKR-SEATS", self.year), *told_twice)


@attrs.frozen
class _Declared:
    """What is declared of a KKR."""

    name: str
    election: str
    region: str
    published: PublishedKKR | None = None


_KKRS = {
    "hovedstaden-2026": _Declared(
        "KKR Hovedstaden 2026-2030",
        "kv2025",
        "Hovedstaden",
        PublishedKKR(
            N_("KKR Hovedstaden, agenda of 26 January 2026"),
            mayors={"A": 10, "B": 0, "C": 12, "F": 3, "I": 0, "O": 0, "V": 4, "Æ": 0, "Ø": 0, "Å": 0},
            supplementary={"A": 1, "B": 5, "C": 0, "F": 5, "I": 3, "O": 4, "V": 1, "Æ": 0, "Ø": 8, "Å": 2},
        ),
    ),
    "sjaelland-2026": _Declared("KKR Sjælland 2026-2030", "kv2025", "Sjælland"),
    "syddanmark-2026": _Declared("KKR Syddanmark 2026-2030", "kv2025", "Syddanmark"),
    "midtjylland-2026": _Declared("KKR Midtjylland 2026-2030", "kv2025", "Midtjylland"),
    "nordjylland-2026": _Declared("KKR Nordjylland 2026-2030", "kv2025", "Nordjylland"),
}


def kkrs() -> tuple[str, ...]:
    """Give the names of the KKR that are embedded.

    >>> kkrs()
    ('hovedstaden-2026', 'sjaelland-2026', 'syddanmark-2026', 'midtjylland-2026', 'nordjylland-2026')
    """
    return tuple(_KKRS)


def kkr(name: str) -> KKR:
    """Give an embedded KKR: votes, mayors and what was published of it.

    Args:
        name: "hovedstaden-2026" or another of :func:`kkrs`; "sjælland-2026" is understood too.

    Raises:
        DataError: no KKR of that name is embedded.

    >>> hovedstaden = kkr("hovedstaden-2026")
    >>> hovedstaden.area.valid, hovedstaden.published.size
    (1019648, 58)
    >>> nordjylland = kkr("nordjylland-2026")
    >>> nordjylland.published, nordjylland.compose().members["V"]
    (None, 8)
    """
    key = composed(name).strip().casefold().replace("æ", "ae") if isinstance(name, str) else ""
    if key not in _KKRS:
        raise DataError(
            "the KKR is {value}; the embedded ones are {known}", field="name", value=name, known=listed(_KKRS, name)
        )
    declared = _KKRS[key]
    area = area_votes(declared.election, municipalities_of(declared.election, declared.region))
    born = tuple(mayors(declared.election)[municipality] for municipality in area.municipalities)
    return KKR(declared.name, year(declared.election), area, born, declared.published)
