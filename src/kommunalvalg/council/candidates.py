"""KRVL §§ 85, 86 and 91: which candidates of a list are elected, and who are its substitutes.

The functions take one list and the number of its seats. Sideordnet lists elect by personal votes, and equal ones
draw lots (§ 85); party lists (partiliste) elect by the quota (fordelingstal), and the list's order decides between
equals (§ 86).
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

import attrs

from kommunalvalg.council.lists import Candidate, CandidateList
from kommunalvalg.errors import RuleError
from kommunalvalg.lots import Draw, Place, Tie, Urn, Where
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count

__all__ = [
    "Choice",
    "ElectedBy",
    "certain_by_quota",
    "draw_order",
    "elect_by_personal_votes",
    "elect_by_quota",
    "fordelingstal",
    "give_list_votes",
    "substitutes",
]

_votes = attrgetter("votes")


class ElectedBy(StrEnum):
    """What a candidate was elected on."""

    PERSONAL_VOTES = "personal votes"
    """Among the most personal votes of a sideordnet list (§ 85)."""

    QUOTA = "quota"
    """Personal votes, and list votes given on a party list, reached the fordelingstal (§ 86)."""

    TOTAL = "total"
    """Among the largest personal and given votes of a party list, for the seats left (§ 86)."""

    EITHER_WAY = "either way"
    """On whichever fordelingstal it comes to, on a party list whose number of seats waits for a lot (§ 86)."""


@attrs.frozen(kw_only=True)
class Choice:
    """The seats of one list, given to its candidates.

    Attributes:
        elected: who is certain of a seat, in the order of election.
        others: who is certain to have none, best first.
        fordelingstal: a party list's quota in votes; None for a sideordnet list and a list without a seat.
        given: candidate -> list votes given, for those of a party list who got any.
        by_quota: of a party list, how many of the elected reached the fordelingstal; they come first.
        tie: the lot that is open between candidates with equal votes, who are in neither ``elected`` nor
            ``others``; or None.
        draw: the lot that was drawn between such, or None.
        unranked: of a party list, those of the elected whose rank waits for the number of the list's seats.
    """

    elected: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    fordelingstal: int | None = None
    given: tuple[tuple[str, int], ...] = ()
    by_quota: int = 0
    tie: Tie | None = None
    draw: Draw | None = None
    unranked: frozenset[str] = frozenset()


def elect_by_personal_votes(
    candidate_list: CandidateList, seats: int, urn: Urn, *, council: str = "", year: int | None = None
) -> Choice:
    """Elect by personal votes on a sideordnet list, KRVL § 85 (KRVL-85).

    The seats go to the candidates in the order of their personal votes; list votes play no part. Equal candidates
    draw lots where not all of them can be elected. Evidence: text, data.

    Args:
        candidate_list: the list.
        seats: its seats, no more than it has candidates.
        urn: where draws come from.
        council: the council's name, for the place of the lot.
        year: the election year.

    Raises:
        LotError: a draw does not fit the lot that is open.

    >>> a_list = CandidateList("A", "Alfa", [Candidate("A-1", 5), Candidate("A-2", 9), Candidate("A-3", 5)], 100)
    >>> print(elect_by_personal_votes(a_list, 2, Urn()).tie)
    1 place among A-1, A-3 (list A)
    >>> elect_by_personal_votes(a_list, 2, Urn([Draw(["A-1", "A-3"], ["A-3"])])).elected
    (Candidate(name='A-2', votes=9), Candidate(name='A-3', votes=5))
    """
    ranked = sorted(candidate_list.candidates, key=_votes, reverse=True)  # stable: equals stay in ballot order
    if not 0 < seats < len(ranked) or ranked[seats - 1].votes != ranked[seats].votes:
        return Choice(elected=tuple(ranked[:seats]), others=tuple(ranked[seats:]))
    last = ranked[seats].votes
    above = tuple(candidate for candidate in ranked if candidate.votes > last)
    level = tuple(candidate for candidate in ranked if candidate.votes == last)
    below = tuple(candidate for candidate in ranked if candidate.votes < last)
    place = Place(Where.LIST, candidate_list.key, council)
    tie = Tie(seats - len(above), tuple(candidate.name for candidate in level), "KRVL-85", place, year)
    draw = urn.draw(tie)
    if draw is None:
        return Choice(elected=above, others=below, tie=tie)
    won = tuple(candidate for candidate in level if candidate.name in draw.chosen)
    lost = tuple(candidate for candidate in level if candidate.name not in draw.chosen)
    return Choice(elected=above + won, others=lost + below, draw=draw)


def fordelingstal(votes: int, seats: int) -> int:
    """Return the quota (fordelingstal) of a party list, KRVL § 86 (KRVL-86-1).

    The list's votes are divided by one more than its seats, and the result is raised to the next whole number,
    also where it is whole. Evidence: text, data 157/157.

    Args:
        votes: all votes of the list.
        seats: its seats.

    Raises:
        VoteError: one of them is not a whole number, 0 or more.

    >>> fordelingstal(999, 2), fordelingstal(900, 2)  # 333 exactly and 300 exactly: raised by one
    (334, 301)
    """
    votes = checked_count("votes", votes, what=N_("a vote count"))
    return votes // (checked_count("seats", seats, what=N_("a number of seats")) + 1) + 1


def give_list_votes(candidate_list: CandidateList, quota: int) -> tuple[tuple[str, int], ...]:
    """Give a party list's list votes to its candidates from the top, KRVL § 86 (KRVL-86-2).

    Who has fewer personal votes than the quota is filled up to it, as far as the list votes reach; the last may
    get a part. Evidence: text of the parallel act, data 157/157.

    Args:
        candidate_list: the list.
        quota: its fordelingstal in votes.

    Returns:
        The candidates who got list votes, each with how many, in the order of the list.

    >>> candidates = [Candidate("A-1", 40), Candidate("A-2", 130), Candidate("A-3", 10)]
    >>> give_list_votes(CandidateList("A", "Alfa", candidates, 120, "partiliste"), 101)
    (('A-1', 61), ('A-3', 59))
    """
    left = candidate_list.list_votes
    list_votes = []
    for candidate in candidate_list.candidates:
        part = min(quota - candidate.votes, left)
        if part > 0:
            list_votes.append((candidate.name, part))
            left -= part
    return tuple(list_votes)


def elect_by_quota(candidate_list: CandidateList, seats: int) -> Choice:
    """Elect by the quota on a party list (partiliste), KRVL § 86 (KRVL-86-2, KRVL-86-3, KRVL-86-4).

    Elected are those whose personal votes and given list votes reach the fordelingstal, in the order of the list.
    Seats still open go to the largest totals of personal and given votes, and of equal ones to the higher on the
    list: there is never a lot. Evidence: text, data 157/157.

    Args:
        candidate_list: the list.
        seats: its seats, no more than it has candidates.

    Raises:
        RuleError: there are no seats to give; without one there is no fordelingstal to reach.

    >>> candidates = [Candidate("A-1", 40), Candidate("A-2", 130), Candidate("A-3", 10), Candidate("A-4", 60)]
    >>> choice = elect_by_quota(CandidateList("A", "Alfa", candidates, 120, "partiliste"), 3)
    >>> choice.fordelingstal, choice.given
    (91, (('A-1', 51), ('A-3', 69)))
    >>> [candidate.name for candidate in choice.elected], choice.by_quota
    (['A-1', 'A-2', 'A-3'], 2)
    """
    if seats < 1:
        raise RuleError(
            "{field} is {value}; list {list} needs a seat to have a fordelingstal",
            field="seats",
            value=seats,
            rule="KRVL-86-1",
            list=candidate_list.key,
        )
    quota = fordelingstal(candidate_list.votes, seats)
    list_votes = give_list_votes(candidate_list, quota)
    total = {candidate.name: candidate.votes for candidate in candidate_list.candidates}
    for name, part in list_votes:
        total[name] += part
    reached = [candidate for candidate in candidate_list.candidates if total[candidate.name] >= quota]
    rest = [candidate for candidate in candidate_list.candidates if total[candidate.name] < quota]
    rest.sort(key=lambda candidate: total[candidate.name], reverse=True)  # stable: equals stay in the list's order
    places = seats - len(reached)
    return Choice(
        elected=(*reached, *rest[:places]),
        others=tuple(rest[places:]),
        fordelingstal=quota,
        given=list_votes,
        by_quota=len(reached),
    )


def certain_by_quota(candidate_list: CandidateList, fewest: int, most: int) -> Choice:
    """Say who is elected on a party list both with fewest and with most seats, while a lot decides (KRVL-86-1).

    Another number of seats is another fordelingstal, so that nobody's election with fewer seats carries over by
    itself.

    Args:
        candidate_list: the list.
        fewest: the seats it has for certain, at least one.
        most: one seat more, which waits for a lot between quotients.

    >>> candidates = [Candidate("A-1", 0), Candidate("A-2", 0), Candidate("A-3", 40)]
    >>> choice = certain_by_quota(CandidateList("A", "Alfa", candidates, 58, "partiliste"), 1, 2)
    >>> [candidate.name for candidate in choice.elected], choice.unranked
    (['A-1'], frozenset())
    """
    fewer, more = elect_by_quota(candidate_list, fewest).elected, elect_by_quota(candidate_list, most).elected
    certain = tuple(candidate for candidate in fewer if candidate in more)
    ranked = {candidate.name for candidate, *same in zip(certain, fewer, more, strict=False) if same == [candidate] * 2}
    unranked = frozenset(candidate.name for candidate in certain) - ranked
    return Choice(elected=certain, others=(), unranked=unranked)


def draw_order(
    candidates: Iterable[Candidate],
    draw: Callable[[Tie], Draw | None],
    rule: str,
    place: Place | None = None,
    year: int | None = None,
) -> tuple[tuple[Candidate, ...], tuple[Tie, ...]]:
    """Put candidates with equal votes in order by lot: the first of them, then the first of the rest, and so on.

    Args:
        candidates: the candidates by falling votes.
        draw: settles a lot, or leaves it open.
        rule: the rule of the law map that calls for the lot.
        place: where the lot stands.
        year: the election year.

    Returns:
        The candidates in order, those whose lot is open in ballot order; and for each group of those the lot on
        who is first among them.

    >>> equals = [Candidate("A-1", 5), Candidate("A-2", 5), Candidate("A-3", 5)]
    >>> ordered, ties = draw_order(equals, Urn([Draw(["A-1", "A-2", "A-3"], ["A-2"])]).draw, "KRVL-85")
    >>> [candidate.name for candidate in ordered], [str(tie) for tie in ties]
    (['A-2', 'A-1', 'A-3'], ['1 place among A-1, A-3'])
    """
    candidates = tuple(candidates)
    if len(set(map(_votes, candidates))) == len(candidates):  # the ordinary case, quickly
        return candidates, ()
    ordered: list[Candidate] = []
    ties: list[Tie] = []
    for _, level in groupby(candidates, key=_votes):
        rest = {candidate.name: candidate for candidate in level}
        while len(rest) > 1:
            tie = Tie(1, tuple(rest), rule, place, year)
            drawn = draw(tie)
            if drawn is None:
                ties.append(tie)
                break
            ordered.append(rest.pop(drawn.chosen[0]))
        ordered += rest.values()
    return tuple(ordered), tuple(ties)


def substitutes(
    choice: Choice, draw: Callable[[Tie], Draw | None], *, place: Place | None = None, year: int | None = None
) -> tuple[tuple[str, ...], tuple[Tie, ...]]:
    """Put those who were not elected in the order of substitutes (stedfortrædere), KRVL § 91, stk. 2 (KRVL-91-1).

    On a sideordnet list they come by personal votes, equal ones by lot; on a party list by personal and given
    votes, equal ones in the order of the list. Evidence: text, data 777/777.

    Args:
        choice: who was elected on the list, with everybody else.
        draw: settles a lot, or leaves it open.
        place: where the lot stands.
        year: the election year.

    Returns:
        The names in order, and the lots that are open.

    >>> a_list = CandidateList("A", "Alfa", [Candidate("A-1", 5), Candidate("A-2", 9), Candidate("A-3", 5)])
    >>> substitutes(elect_by_personal_votes(a_list, 1, Urn()), Urn().draw)
    (('A-1', 'A-3'), (Tie(places=1, among=('A-1', 'A-3'), rule='KRVL-91-1', place=None),))
    """
    if choice.fordelingstal is not None:
        return tuple([candidate.name for candidate in choice.others]), ()
    ordered, ties = draw_order(choice.others, draw, "KRVL-91-1", place, year)
    return tuple([candidate.name for candidate in ordered]), ties
