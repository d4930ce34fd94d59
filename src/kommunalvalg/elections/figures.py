"""The embedded elections of councils as values: what was counted, and what the authorities published."""

import attrs

from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
from kommunalvalg.elections.embedded import CouncilRow, ListRow, row, rows, year
from kommunalvalg.errors import DataError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.typed import typed

__all__ = [
    "CouncilCounts",
    "Published",
    "PublishedMandate",
    "council",
    "councils",
    "counts",
    "is_regional",
    "published",
    "votes",
]

_FORMS = {"s": "sideordnet", "p": "partiliste"}


@attrs.frozen(field_transformer=typed)
class PublishedMandate:
    """A seat as it was published: its number in the council, the list, the candidate, the rank on the list."""

    number: int
    letter: str
    candidate: str
    rank: int


@attrs.frozen(field_transformer=typed)
class Published:
    """What the authorities published for one council.

    Attributes:
        name: the council's name.
        seats: letter -> seats, for every list in ballot order.
        mandates: the elected, in seat-number order.
        substitutes: letter -> candidates in order, for every list in ballot order; a list without a seat has none.
    """

    name: str
    seats: FrozenDict[str, int]
    mandates: tuple[PublishedMandate, ...] = attrs.field(repr=False)
    substitutes: FrozenDict[str, tuple[str, ...]] = attrs.field(repr=False)


@attrs.frozen
class CouncilCounts:
    """What was counted in one municipality besides the lists' votes.

    Attributes:
        code: the municipality's code (kommunekode); None for a region.
        name: the council's name.
        region: the region it was part of on election day; a region is its own.
        eligible: those who had the right to vote.
        cast: all votes cast; valid + blank + invalid.
        valid: the votes of all lists.
        blank: blank votes.
        invalid: other invalid votes.
        polling_areas: the number of polling areas (afstemningsområder).
        parties: letter -> letter of the national party, or None for a local list, for every list in ballot order.

    The regional elections tell the valid votes only; the other figures of theirs are None.
    """

    code: int | None
    name: str
    region: str
    eligible: int | None
    cast: int | None
    valid: int
    blank: int | None
    invalid: int | None
    polling_areas: int | None
    parties: FrozenDict[str, str | None]


def council(election: str, municipality: str | int) -> CouncilElection:
    """Return the counted election of one council.

    Candidates are named by list and place on the ballot: "A-3" is the third on list A. People's names are not part
    of the package, and a list that is named after a person is called by its letter.

    Args:
        election: the name of an embedded election: "kv2025", or "rv2025" for regional councils.
        municipality: the council's name, with or without "Kommune" or "Region", or its kommunekode as a number or as
            text.

    Raises:
        DataError: there is no such election, it is embedded as votes only, or there is no such council in it.

    >>> fanoe = council("kv2025", "Fanø")
    >>> fanoe.name, fanoe.seats, [a_list.letter for a_list in fanoe.lists]
    ('Fanø', 11, ['A', 'B', 'C', 'F', 'L', 'V', 'Ø', 'Å'])
    >>> council("rv2025", "Midtjylland").seats
    31
    >>> council("kv2025", 563) == council("kv2025", "fanø kommune") == fanoe
    True
    >>> council("kv2025", "Fano")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: council is 'Fano', which kv2025 does not have; was Fanø meant?
    """
    return _election(election, row(election, municipality))


def councils(election: str) -> FrozenDict[str, CouncilElection]:
    """Return the counted elections of all councils, by name, in the order of the municipality codes.

    Raises:
        DataError: there is no such election, or it is embedded as votes only.

    >>> everywhere = councils("kv2025")
    >>> len(everywhere), sum(council.seats for council in everywhere.values())
    (98, 2432)
    """
    return FrozenDict({figures.name: _election(election, figures) for figures in rows(election)})


def votes(election: str, municipality: str | int) -> FrozenDict[str, int]:
    """Return the votes of a council's lists, also of an election that is embedded as votes only: "kv2013".

    Args:
        election: as in :func:`council`, or "kv2013".
        municipality: as in :func:`council`.

    Returns:
        Letter -> votes, for every list in ballot order.

    Raises:
        DataError: there is no such election, or no such council in it.

    >>> fanoe = votes("kv2013", "Fanø")
    >>> fanoe["A"], sum(fanoe.values()) == counts("kv2013", "Fanø").valid
    (262, True)
    """
    return FrozenDict({a_list.letter: a_list.votes for a_list in row(election, municipality).lists})


def published(election: str, municipality: str | int) -> Published:
    """Return what the authorities published for one council: seats, mandates and substitutes.

    Args:
        election: as in :func:`council`.
        municipality: as in :func:`council`.

    Raises:
        DataError: there is no such election, or no such council in it.

    >>> fanoe = published("kv2025", "Fanø")
    >>> fanoe.mandates[0]
    PublishedMandate(number=1, letter='B', candidate='B-1', rank=1)
    """
    figures = row(election, municipality)
    _ = _seats(election, figures)
    mandates = (
        PublishedMandate(number, a_list.letter, _candidate(a_list, place), rank)
        for a_list in figures.lists
        for rank, (place, number) in enumerate(a_list.elected, start=1)
    )
    return Published(
        figures.name,
        FrozenDict({a_list.letter: a_list.seats for a_list in figures.lists}),
        tuple(sorted(mandates, key=lambda mandate: mandate.number)),
        FrozenDict(
            {
                a_list.letter: tuple(_candidate(a_list, place) for place in a_list.substitutes)
                for a_list in figures.lists
            }
        ),
    )


def counts(election: str, municipality: str | int) -> CouncilCounts:
    """Return what was counted in one municipality besides the lists' votes.

    Args:
        election: as in :func:`council`.
        municipality: as in :func:`council`.

    Raises:
        DataError: there is no such election, or no such council in it.

    >>> fanoe = counts("kv2025", 563)
    >>> fanoe.region, fanoe.cast == fanoe.valid + fanoe.blank + fanoe.invalid
    ('Syddanmark', True)
    """
    figures = row(election, municipality)
    return CouncilCounts(
        code=figures.code,
        name=figures.name,
        region=figures.region,
        eligible=figures.eligible,
        cast=figures.cast,
        valid=figures.valid,
        blank=figures.blank,
        invalid=figures.invalid,
        polling_areas=figures.polling_areas,
        parties=FrozenDict({a_list.letter: a_list.party or None for a_list in figures.lists}),
    )


def is_regional(election: str) -> bool:
    """Tell whether an embedded election is of regional councils, which have no kommunekode.

    Raises:
        DataError: there is no such election.

    >>> is_regional("rv2025"), is_regional("kv2025")
    (True, False)
    """
    return next(iter(rows(election))).code is None


def _candidate(a_list: ListRow, place: int) -> str:
    return f"{a_list.letter}-{place}"


def _seats(election: str, figures: CouncilRow) -> int:
    if figures.seats is None:
        raise DataError(
            "{field} is {value}, embedded as votes only; data.votes has them, and no seats, "
            "alliances and candidates are known",
            field="election",
            value=election,
        )
    return figures.seats


def _election(election: str, figures: CouncilRow) -> CouncilElection:
    alliances: dict[int, list[str]] = {}
    for a_list in figures.lists:
        if a_list.alliance:
            alliances.setdefault(a_list.alliance, []).append(a_list.letter)
    return CouncilElection(
        name=figures.name,
        seats=_seats(election, figures),
        lists=tuple(_list(a_list) for a_list in figures.lists),
        alliances=tuple(tuple(alliances[number]) for number in sorted(alliances)),
        year=year(election),
    )


def _list(a_list: ListRow) -> CandidateList:
    candidates = tuple(
        Candidate(_candidate(a_list, place), votes) for place, votes in enumerate(a_list.personal, start=1)
    )
    return CandidateList(a_list.letter, a_list.name, candidates, a_list.list_votes, _FORMS[a_list.form])
