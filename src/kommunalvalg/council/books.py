"""KRVL §§ 77-80: the election of a regional council, added up from the books of its municipalities."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg import law
from kommunalvalg.council.alliances import Members
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.lists import Candidate, CandidateList, checked_lists
from kommunalvalg.errors import VoteError
from kommunalvalg.text import Entry
from kommunalvalg.votes import checked_by_name, checked_known, checked_name, listed

__all__ = ["regional_election"]

Book: TypeAlias = Iterable[CandidateList] | CouncilElection
"""What was counted in one municipality: the region's lists with the votes that they had there."""

_BOOKS = "KRVL-79"


def regional_election(
    name: str,
    books: Mapping[str, Book],
    alliances: Iterable[Members] = (),
    year: int = 2025,
    *,
    recounts: Mapping[str, Book] | None = None,
    seats: int | None = None,
) -> CouncilElection:
    """Add up the books of a region's municipalities to the election of its council (KRVL-79).

    Args:
        name: the region's name, without "Region".
        books: municipality -> the region's lists, with the votes counted there (valgbog).
        alliances: the valgforbund, as for :class:`.CouncilElection`.
        year: the election year.
        recounts: municipality -> the lists with the votes of a new final count by the region (fornyet fintælling),
            which stand in place of those of its book.
        seats: the members of the council (default: those that the region has by law).

    Raises:
        VoteError: there is no book, two books have other lists or candidates, or a recount is of a municipality without
            a book.
        RuleError: the law has no size of that region's council that year.

    KRVL § 79, stk. 1-2, and § 80.

    >>> there = [CandidateList("A", "Alfa", [Candidate("A-1", 30), Candidate("A-2", 10)], 5)]
    >>> here = [CandidateList("A", "Alfa", [Candidate("A-1", 12), Candidate("A-2", 40)], 8)]
    >>> election = regional_election("Nordjylland", {"Aalborg": there, "Rebild": here})
    >>> election.seats, election.votes, [each.votes for each in election.lists[0].candidates]
    (25, {'A': 105}, [42, 50])
    >>> regional_election("Nordjylland", {"Aalborg": there, "Rebild": here}, recounts={"Rebild": there}).votes
    {'A': 90}
    """
    name = checked_name("name", name)
    if not isinstance(books, Mapping) or not books:
        raise VoteError(
            "{field} is {value}; give a mapping of municipality to the lists with their votes there",
            field="books",
            value=books,
            rule=_BOOKS,
        )
    counted = {checked_name("books", municipality): _lists(book) for municipality, book in books.items()}
    for municipality, book in checked_by_name(recounts, "recounts").items():
        counted[checked_known("recounts", municipality, counted, "books")] = _lists(book)
    first, *others = counted
    for other in others:
        _check_same(first, counted[first], other, counted[other])
    lists = [_sum(each) for each in zip(*counted.values(), strict=True)]
    return CouncilElection(name, law.whole("RL-8", year, name) if seats is None else seats, lists, alliances, year)


def _lists(book: Book) -> tuple[CandidateList, ...]:
    return book.lists if isinstance(book, CouncilElection) else checked_lists(book)


def _check_same(first: str, lists: tuple[CandidateList, ...], other: str, book: tuple[CandidateList, ...]) -> None:
    """Hold that two municipalities counted for the same lists with the same candidates, in the same order."""
    ours, theirs = ([_standing(each) for each in every] for every in (lists, book))
    if ours == theirs:
        return
    wrong = next((each.key for each, a, b in zip(lists, ours, theirs, strict=False) if a != b), "")
    raise VoteError(
        "{field} has the lists {value}; in {first} stand {lists}, and every municipality of a region counts for the "
        "same lists with the same candidates{where}",
        field=Entry("books", other),
        value=[each.key for each in book],
        rule=_BOOKS,
        first=first,
        lists=listed(each.key for each in lists),
        where=f" ({wrong})" if wrong else "",
    )


def _standing(a_list: CandidateList) -> tuple[object, ...]:
    names = tuple(candidate.name for candidate in a_list.candidates)
    return a_list.key, a_list.letter, a_list.name, a_list.form, names


def _sum(counted: tuple[CandidateList, ...]) -> CandidateList:
    """Add up the votes of one list."""
    first = counted[0]
    candidates = tuple(
        Candidate(each[0].name, sum(candidate.votes for candidate in each))
        for each in zip(*(a_list.candidates for a_list in counted), strict=True)
    )
    return attrs.evolve(first, candidates=candidates, list_votes=sum(a_list.list_votes for a_list in counted))
