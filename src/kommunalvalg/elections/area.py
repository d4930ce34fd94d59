"""From councils to an area: the votes of the parties over several municipalities, as KL's bodies count them."""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg.elections.embedded import CouncilRow, ListRow, row, rows
from kommunalvalg.elections.parties import PARTIES
from kommunalvalg.errors import DataError, RuleError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, checked_name, listed

__all__ = ["AreaVotes", "area_mayors", "area_votes", "mayors_list", "municipalities_of"]


@attrs.frozen
class AreaVotes:
    """The votes of a municipal election in an area.

    Attributes:
        municipalities: the councils' names, as they were given.
        votes: party letter or name of a listesamarbejde -> votes; the parties that stood, in the order of the
            ballot, then each listesamarbejde.
        local_lists: (municipality, letter) -> votes, of the local lists outside every listesamarbejde.
        valid: all valid votes.
        cast: all votes cast, blank and invalid ones included.
        represented: the names of ``votes`` that won a seat in at least one of the councils; None where the election is
            embedded as votes only.
    """

    municipalities: tuple[str, ...] = attrs.field(repr=lambda names: str(len(names)))
    votes: FrozenDict[str, int] = attrs.field(repr=False)
    local_lists: FrozenDict[tuple[str, str], int] = attrs.field(repr=False)
    valid: int
    cast: int
    represented: tuple[str, ...] | None = attrs.field(repr=False)

    @property
    def local(self) -> int:
        """The votes of the local lists outside every listesamarbejde; with ``votes`` they make ``valid``.

        >>> area_votes("kv2025", ["Fanø"]).local
        82
        """
        return sum(self.local_lists.values())


def municipalities_of(election: str, region: str) -> tuple[str, ...]:
    """Return the names of a region's municipalities, in the order of their codes.

    Args:
        election: the name of an embedded election.
        region: the region on election day, with or without the word "Region"; in 2025 there were five.

    Raises:
        DataError: there is no such election, or no such region in it.
        VoteError: ``region`` is not text, or blank.

    >>> len(municipalities_of("kv2025", "Hovedstaden"))
    29
    >>> municipalities_of("kv2025", "Østdanmark")  # begins on 1 January 2027
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: region is 'Østdanmark'; kv2025 has the regions Hovedstaden, Sjælland, Syddanmark,
    Midtjylland, Nordjylland; was Syddanmark meant?
    """
    regions: dict[str, list[str]] = {}
    for council in rows(election):
        if council.code is None:
            raise DataError(
                "{field} is {value}, of regional councils; it has no municipalities", field="election", value=election
            )
        regions.setdefault(council.region, []).append(council.name)
    folded = checked_name("region", region).strip().casefold().removeprefix("region ")
    municipalities = next((names for name, names in regions.items() if name.casefold() == folded), None)
    if municipalities is None:
        raise DataError(
            "{field} is {value}; {election} has the regions {known}",
            field="region",
            value=region,
            election=election,
            known=listed(regions, region),
        )
    return tuple(municipalities)


def area_votes(
    election: str,
    municipalities: Iterable[str | int],
    *,
    listesamarbejder: Mapping[str, Iterable[tuple[str | int, str]]] | None = None,
) -> AreaVotes:
    """Add up the votes of an area by party and listesamarbejde (KL-6: KL's vedtægter, § 6).

    A list is a party's by letter and name (:func:`~kommunalvalg.data.party_of`). A *listesamarbejde* is a
    cooperation of local lists, which counts like a party.

    Args:
        election: the name of an embedded election.
        municipalities: the area's councils, by name or kommunekode.
        listesamarbejder: name -> its local lists, each as (municipality, letter); None when there are none.

    Raises:
        DataError: there is no such election, council or list, the election is of regional councils, or a list is
            outside the area.
        RuleError: a list is a party's or in two listesamarbejder, or a listesamarbejde has the name of a party.
        VoteError: ``municipalities`` or ``listesamarbejder`` is not of the kind described, or is empty.

    >>> islands = area_votes("kv2025", ["Ærø", "Langeland"], listesamarbejder={
    ...     "Øerne": [("Ærø", "L"), ("Langeland", "L")]})
    >>> islands.votes["Øerne"], islands.local, sum(islands.votes.values()) + islands.local == islands.valid
    (754, 427, True)
    """
    area = _area(election, municipalities)
    belongs = _listesamarbejder(election, area, listesamarbejder)
    votes = dict.fromkeys((*PARTIES, *belongs.values()), 0)
    stood, represented, local_lists = set(belongs.values()), set(), {}
    for council in area.values():
        for a_list in council.lists:
            name = a_list.party or belongs.get((council.name, a_list.letter))
            if name is None:
                local_lists[council.name, a_list.letter] = a_list.votes
                continue
            votes[name] += a_list.votes
            stood.add(name)
            if a_list.seats:
                represented.add(name)
    known = all(council.seats is not None for council in area.values())
    return AreaVotes(
        municipalities=tuple(area),
        votes=FrozenDict({name: number for name, number in votes.items() if name in stood}),
        local_lists=FrozenDict(local_lists),
        valid=sum(council.valid for council in area.values()),
        cast=sum(council.cast or 0 for council in area.values()),
        represented=tuple(name for name in votes if name in represented) if known else None,
    )


def mayors_list(election: str, municipality: str | int, named: str) -> tuple[CouncilRow, ListRow]:
    """Find the list of a mayor: the one of that letter, or of that name, which stood in the municipality.

    Args:
        election: the name of an embedded election.
        municipality: the municipality's name or kommunekode.
        named: the list's letter or name, or the plain name of its party.

    Raises:
        DataError: there is no such election, municipality or list.
        VoteError: ``named`` is not text, or blank.

    >>> mayors_list("kv2025", "Læsø Kommune", "Venstre")[1].letter
    'V'
    """
    council = row(election, municipality)
    name = checked_name("party", named).strip()
    stood = {a_list.letter: a_list for a_list in council.lists}
    found = stood.get(name)
    if found is None:  # a letter is what it is; names are written in many ways
        alike = [a_list for a_list in council.lists if _is_called(a_list, name)]
        found = alike[0] if len(alike) == 1 else None
    if found is None:
        raise DataError(
            "{field} is {value}, which did not stand in {council}; the lists there are {known}",
            field="party",
            value=named,
            council=council.name,
            known=listed(stood, named),
        )
    return council, found


def _is_called(a_list: ListRow, name: str) -> bool:
    party = PARTIES.get(a_list.party)
    return a_list.name.casefold() == name.casefold() or (party is not None and party.named(name))


def area_mayors(
    election: str,
    municipalities: Iterable[str | int],
    mayors: Mapping[str, str],
    *,
    listesamarbejder: Mapping[str, Iterable[tuple[str | int, str]]] | None = None,
) -> FrozenDict[str, int]:
    """Add up the mayors of an area by party and listesamarbejde, as :func:`area_votes` does the votes.

    The mayor of a local list outside every listesamarbejde is told by its letter and the municipality.

    Args:
        election: the name of an embedded election.
        municipalities: the area's councils, by name or kommunekode.
        mayors: municipality -> the letter or name of the mayor's list; every municipality of the area.
        listesamarbejder: as for :func:`area_votes`.

    Raises:
        DataError: there is no such council or list, a municipality is outside the area, or one has no mayor.
        VoteError: the mayors are no mapping by names, or a municipality is there twice, in two spellings.

    >>> area_mayors("kv2025", ["Lolland", "Køge"], {"Lolland": "J", "Køge": "V"})
    {'V': 1, 'J (Lolland)': 1}
    """
    area = _area(election, municipalities)
    belongs = _listesamarbejder(election, area, listesamarbejder)
    parties: dict[str, str] = {}
    for municipality, named in checked_by_name(mayors, "mayors").items():
        council, found = mayors_list(election, municipality, named)
        if council.name not in area:
            raise DataError(
                "{field} has {value}, outside the area; the area has {known}",
                field="mayors",
                value=council.name,
                known=listed(area),
            )
        if council.name in parties:
            raise VoteError(
                "{field} names {council} twice; each municipality stands once", field="mayors", council=council.name
            )
        local = belongs.get((council.name, found.letter)) or f"{found.letter} ({council.name})"
        parties[council.name] = found.party or local
    if missing := [name for name in area if name not in parties]:
        raise DataError(
            "{field} says nothing of {missing}; each municipality of the area has a mayor",
            field="mayors",
            missing=listed(missing),
        )
    order = (*PARTIES, *belongs.values(), *parties.values())
    counts = Counter(parties.values())
    return FrozenDict({name: counts[name] for name in dict.fromkeys(order) if name in counts})


def _area(election: str, municipalities: object) -> dict[str, CouncilRow]:
    """Find the area's councils, each once."""
    if isinstance(municipalities, str) or not isinstance(municipalities, Iterable):
        raise VoteError(
            "{field} is {value}; give the names one by one, for example ['Fanø', 'Esbjerg']",
            field="municipalities",
            value=municipalities,
        )
    area: dict[str, CouncilRow] = {}
    for municipality in municipalities:
        council = row(election, municipality)
        if council.code is None:
            raise DataError(
                "{field} is {value}, of regional councils; an area is made of municipalities",
                field="election",
                value=election,
            )
        if council.name in area:
            raise VoteError(
                "{field} names {council} twice; each municipality stands once",
                field="municipalities",
                council=council.name,
            )
        area[council.name] = council
    if not area:
        raise VoteError("{field} is empty; an area has at least one municipality", field="municipalities")
    return area


def _listesamarbejder(
    election: str, area: Mapping[str, CouncilRow], listesamarbejder: object
) -> dict[tuple[str, str], str]:
    """Return (municipality, letter) -> name of the listesamarbejde, checked."""
    if listesamarbejder is None:
        return {}
    if not isinstance(listesamarbejder, Mapping):
        raise VoteError(
            "{field} is {value}; give a mapping of name to lists, such as {{'Borgerlisterne': [('Fanø', 'L')]}}",
            field="listesamarbejder",
            value=listesamarbejder,
        )
    belongs: dict[tuple[str, str], str] = {}
    for name, members in checked_by_name(listesamarbejder, "listesamarbejder").items():
        if name in PARTIES:
            raise RuleError(
                "{field} names {value}, the letter of {name}; take another",
                field="listesamarbejder",
                value=name,
                name=PARTIES[name].name,
            )
        for municipality, letter in _members(name, members):
            council, a_list = _local_list(election, area, name, municipality, letter)
            key = (council.name, a_list.letter)
            if key in belongs:
                raise RuleError(
                    "list {letter} in {council} is in {value} and again in {name}; "
                    "a local list is in one listesamarbejde at most",
                    field="listesamarbejder",
                    rule="KL-6",
                    letter=a_list.letter,
                    council=council.name,
                    value=belongs[key],
                    name=shown(name),
                )
            belongs[key] = name
    return belongs


def _members(name: str, members: object) -> list[tuple[str | int, str]]:
    """Return the lists of one listesamarbejde, of which there must be some, as pairs."""
    if isinstance(members, Iterable) and not isinstance(members, str):
        pairs = list(members)
        if pairs and all(isinstance(pair, tuple | list) and len(pair) == len(("council", "letter")) for pair in pairs):
            return [(municipality, letter) for municipality, letter in pairs]
    raise VoteError(
        "{field} is {value}; give its lists as pairs, such as [('Fanø', 'L')]",
        field=f"listesamarbejder[{shown(name)}]",
        value=members,
    )


def _local_list(
    election: str, area: Mapping[str, CouncilRow], name: str, municipality: str | int, letter: str
) -> tuple[CouncilRow, ListRow]:
    """Find one list of a listesamarbejde in the area."""
    council = row(election, municipality)
    if council.name not in area:
        raise DataError(
            "{field} has a list in {council}, outside the area; the area has {known}",
            field=f"listesamarbejder[{shown(name)}]",
            council=council.name,
            known=listed(area),
        )
    letter = checked_name(f"listesamarbejder[{shown(name)}]", letter).strip()
    local_list = next((a_list for a_list in council.lists if a_list.letter == letter), None)
    local = [a_list.letter for a_list in council.lists if not a_list.party]
    if local_list is None:
        raise DataError(
            "{field} has list {letter} in {council}; the local lists there are {known}",
            field=f"listesamarbejder[{shown(name)}]",
            letter=letter,
            council=council.name,
            known=listed(local, letter) or _("none"),
        )
    if local_list.party:
        raise RuleError(
            "{field} has list {letter} in {council}, a list of {name}; a listesamarbejde is of local lists",
            rule="KL-6",
            field=f"listesamarbejder[{shown(name)}]",
            letter=letter,
            council=council.name,
            name=PARTIES[local_list.party].name,
        )
    return council, local_list
