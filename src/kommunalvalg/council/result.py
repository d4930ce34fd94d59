"""What comes of a council election: what became of each list, and who has which seat."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import attrs

from kommunalvalg.council.candidates import (
    Choice,
    ElectedBy,
    certain_by_quota,
    draw_order,
    elect_by_personal_votes,
    elect_by_quota,
    substitutes,
)
from kommunalvalg.council.lists import Candidate, CandidateList, Form
from kommunalvalg.errors import LotError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Outcome, Place, Tie, Urn, Where
from kommunalvalg.methods.alliances import ProportionalElection, Turn
from kommunalvalg.methods.allocation import MOST_WAYS
from kommunalvalg.results import Result

if TYPE_CHECKING:
    from kommunalvalg.council.election import CouncilElection

__all__ = ["CouncilResult", "Elected", "ListResult", "Mandate", "mandates_of", "results_of_lists"]


@attrs.frozen(kw_only=True)
class Elected:
    """Somebody who is certain to be elected on a list.

    Attributes:
        candidate: the candidate's name.
        rank: the place among the list's elected, from 1.
        by: what the candidate was elected on.
        votes: personal votes.
        given: list votes given, on a party list.
        by_lot: whether a lot between candidates decided it.
        rank_open: whether the rank waits for a lot; until then it is as on the ballot.
    """

    candidate: str
    rank: int
    by: ElectedBy
    votes: int
    given: int
    by_lot: bool
    rank_open: bool


@attrs.frozen(kw_only=True)
class ListResult:
    """What became of one list.

    Attributes:
        list: the list as it was counted, with its votes.
        seats: its seats, as far as they are certain.
        most: the seats it can come to have, however the open lots between quotients fall.
        fordelingstal: a party list's quota in votes; None for a sideordnet list, for one without a seat, and
            while the number of seats waits for a lot.
        given: candidate -> list votes given, for those of a party list who got any.
        elected: those certain to be elected, by rank.
        substitutes: those certain to be substitutes, in order. A list without a seat has its own apart, and one whose
            number of seats waits for a lot has none yet.
        waiting: of a list without a seat, its candidates in the order in which they enter for a seat that passes to the
            list (§ 91, stk. 1, 2. pkt.).
        tie: the lot between its candidates that is open, or None.
        rank_ties: lots on the order among its elected that are open.
        substitute_ties: lots on the order among its substitutes that are open.
        waiting_ties: lots on the order of those waiting that are open.
    """

    list: CandidateList
    seats: int
    most: int
    fordelingstal: int | None
    given: Mapping[str, int]
    elected: tuple[Elected, ...]
    substitutes: tuple[str, ...]
    tie: Tie | None
    rank_ties: tuple[Tie, ...]
    substitute_ties: tuple[Tie, ...]
    waiting: tuple[str, ...] = ()
    waiting_ties: tuple[Tie, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether no open lot can change the number of its seats."""
        return self.seats == self.most


def results_of_lists(
    lists: Mapping[str, CandidateList],
    seats: Mapping[str, int],
    most: Mapping[str, int],
    urn: Urn,
    *,
    council: str,
    year: int,
) -> FrozenDict[str, ListResult]:
    """Give the seats of the lists to their candidates, and put the others in the order of substitutes, KRVL §§ 84-91.

    The lots between candidates for a seat come first, list by list in ballot order; then, list by list, those on the
    order among the elected and among the substitutes, one place at a time; and last those on the order in lists without
    a seat. Lots on an order decide nobody's election, and draws may leave them out: they are drawn at the count (§ 85;
    § 91, stk. 2 and 4), and open here until they are given.

    Args:
        lists: key -> list.
        seats: key -> the seats that are certain.
        most: key -> the seats that the list can come to have, however the open lots between quotients fall.
        urn: where draws come from.
        council: the council's name, for the places of lots.
        year: the election year.

    Raises:
        LotError: a draw does not fit the lot that is open.
    """
    choices = {
        key: _choice(a_list, seats[key], most[key], urn, council=council, year=year)
        for key, a_list in lists.items()
        if most[key]
    }
    results = {
        key: _list_result(lists[key], choice, urn, seats[key], most[key], council=council, year=year)
        for key, choice in choices.items()
    }
    waiting = {
        key: _waiting_result(a_list, urn, council=council, year=year)
        for key, a_list in lists.items()
        if key not in choices
    }
    every = results | waiting
    return FrozenDict({key: every[key] for key in lists})


def _place(where: Where, a_list: CandidateList, council: str, candidates: Sequence[Candidate]) -> Place | None:
    """Say where the lots on an order stand; where nobody is equal there is none, and no place is made."""
    equals = len({candidate.votes for candidate in candidates}) < len(candidates)
    return Place(where, a_list.key, council) if equals else None


def _waiting_result(a_list: CandidateList, urn: Urn, *, council: str, year: int) -> ListResult:
    """Put the candidates of a list without a seat in the order in which they would enter."""
    choice = _without_seat(a_list)
    place = _place(Where.SUBSTITUTES, a_list, council, choice.others)
    names, ties = substitutes(choice, partial(_offered, urn), place=place, year=year)
    return ListResult(
        list=a_list,
        seats=0,
        most=0,
        fordelingstal=None,
        given=FrozenDict(),
        elected=(),
        substitutes=(),
        tie=None,
        rank_ties=(),
        substitute_ties=(),
        waiting=names,
        waiting_ties=ties,
    )


def _without_seat(a_list: CandidateList) -> Choice:
    """Rank the candidates of a list without a seat: on a party list by the quota of one seat (KRVL-91-LIST)."""
    if a_list.form is Form.PARTILISTE:
        choice = elect_by_quota(a_list, 1)
        return attrs.evolve(choice, elected=(), others=(*choice.elected, *choice.others))
    return elect_by_personal_votes(a_list, 0, Urn())


def _offered(urn: Urn, tie: Tie) -> Draw | None:
    """Settle a lot that may be left out: the next draw is taken when it is of this lot."""
    try:
        return urn.draw(tie)
    except LotError:
        return None


_NOBODY = Choice(elected=(), others=())


def _choice(a_list: CandidateList, seats: int, most: int, urn: Urn, *, council: str, year: int) -> Choice:
    """Give the seats of a list to its candidates; while the number of seats waits for a lot, those certain."""
    if not seats:
        return _NOBODY
    if a_list.form is Form.PARTILISTE:
        return elect_by_quota(a_list, seats) if seats == most else certain_by_quota(a_list, seats, most)
    if seats == most:
        return elect_by_personal_votes(a_list, seats, urn, council=council, year=year)
    # Who is elected with fewer seats is elected with more; who is not may yet be.
    return Choice(elected=elect_by_personal_votes(a_list, seats, Urn()).elected, others=())


def _list_result(
    a_list: CandidateList, choice: Choice, urn: Urn, seats: int, most: int, *, council: str, year: int
) -> ListResult:
    """Put the elected and the substitutes of a list in order, and say how each was elected."""
    offered = partial(_offered, urn)
    elected = choice.elected
    rank_ties: tuple[Tie, ...] = ()
    if a_list.form is Form.SIDEORDNET:
        place = _place(Where.ELECTED, a_list, council, elected)
        elected, rank_ties = draw_order(elected, offered, "KRVL-85", place, year)
    place = _place(Where.SUBSTITUTES, a_list, council, choice.others)
    stand_by, substitute_ties = substitutes(choice, offered, place=place, year=year)
    unranked = choice.unranked.union(*(tie.among for tie in rank_ties))
    given = FrozenDict(choice.given)
    by_lot = choice.draw.chosen if choice.draw else ()
    return ListResult(
        list=a_list,
        seats=seats,
        most=most,
        fordelingstal=choice.fordelingstal,
        given=given,
        elected=tuple(
            [
                Elected(
                    candidate=candidate.name,
                    rank=rank,
                    by=_elected_by(a_list, choice, rank),
                    votes=candidate.votes,
                    given=given.get(candidate.name, 0),
                    by_lot=candidate.name in by_lot,
                    rank_open=candidate.name in unranked,
                )
                for rank, candidate in enumerate(elected, start=1)
            ]
        ),
        substitutes=stand_by,
        tie=choice.tie,
        rank_ties=rank_ties,
        substitute_ties=substitute_ties,
    )


def _elected_by(a_list: CandidateList, choice: Choice, rank: int) -> ElectedBy:
    if a_list.form is Form.SIDEORDNET:
        return ElectedBy.PERSONAL_VOTES
    if choice.fordelingstal is None:
        return ElectedBy.EITHER_WAY
    return ElectedBy.QUOTA if rank <= choice.by_quota else ElectedBy.TOTAL


@attrs.frozen(kw_only=True)
class Mandate:
    """A seat in the council and who is elected to it.

    Attributes:
        number: the seat's number, from 1, in the order in which the units won the seats.
        letter: the list's letter.
        candidate: the candidate's name.
        rank: the candidate's place among the list's elected, from 1.
        key: the list's key; its letter, unless lists share one.
        elected_by: what the candidate was elected on.
        votes: the candidate's personal votes.
        given: list votes given to the candidate, on a party list.
        fordelingstal: the list's quota in votes, on a party list.
        by_lot: whether a lot decided which list has the seat, or which candidate.
        rank_open: whether rank and number wait for a lot between candidates elected with equal votes, or for the
            number of the list's seats; nobody's election depends on it, and until then the ballot's order holds.
    """

    number: int
    letter: str
    candidate: str
    rank: int
    key: str
    elected_by: ElectedBy
    votes: int
    given: int
    fordelingstal: int | None
    by_lot: bool
    rank_open: bool


def mandates_of(lists: Mapping[str, ListResult], turns: Iterable[Turn]) -> tuple[Mandate, ...]:
    """Give each list's seats to its elected, the first seat to the first of them (KRVL-81-2).

    The seats are numbered in the order of the units' quotients; a valgforbund's k-th seat is the k-th of its inner
    distribution. Where equal quotients both win a seat, no place depends on which comes first, and the numbers follow
    the ballot (inferred). Evidence: data 98/98.

    Args:
        lists: key -> what became of the list.
        turns: the seats whose list is certain, in order.
    """
    # Ranks run from 1 without a gap; the seats left over wait for a lot between candidates.
    waiting = {key: iter(each.elected) for key, each in lists.items()}
    seated = [(turn, elected) for turn in turns for elected in islice(waiting[turn.winner], 1)]
    return tuple(
        [
            Mandate(
                number=turn.number,
                letter=lists[turn.winner].list.letter,
                candidate=elected.candidate,
                rank=elected.rank,
                key=turn.winner,
                elected_by=elected.by,
                votes=elected.votes,
                given=elected.given,
                fordelingstal=lists[turn.winner].fordelingstal,
                by_lot=elected.by_lot or turn.by_lot,
                rank_open=elected.rank_open,
            )
            for turn, elected in seated
        ]
    )


@attrs.frozen(kw_only=True)
class CouncilResult(Result):
    """A council election, from seats to substitutes: mandates + open + vacant = seats.

    Attributes:
        case: what was counted; also called ``election``.
        proportional: the distribution of seats to units and lists, at every level.
        lists: key -> what became of the list, in ballot order.
        mandates: the seats whose holder is certain, in the order of their numbers.
        draws: the lots that were drawn.
    """

    case: "CouncilElection" = attrs.field(repr=lambda case: repr(case.name))
    proportional: ProportionalElection = attrs.field(repr=False)
    lists: Mapping[str, ListResult] = attrs.field(repr=False)
    mandates: tuple[Mandate, ...] = attrs.field(repr=lambda mandates: str(len(mandates)))
    draws: tuple[Draw, ...] = attrs.field(repr=lambda draws: str(len(draws)))

    @property
    def election(self) -> "CouncilElection":
        """What was counted."""
        return self.case

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every open lot that decides a place; those between quotients first, then those between candidates."""
        return (*self.proportional.ties, *(each.tie for each in self.lists.values() if each.tie))

    @property
    def seats(self) -> Mapping[str, int]:
        """Key -> seats, for every list in ballot order; only what no open lot can change."""
        return self.proportional.seats

    @property
    def substitutes(self) -> Mapping[str, tuple[str, ...]]:
        """Key -> the names of the list's substitutes in order, for every list in ballot order; of one with a seat."""
        return FrozenDict({key: each.substitutes for key, each in self.lists.items()})

    @property
    def waiting(self) -> Mapping[str, tuple[str, ...]]:
        """Key -> the names in order of who enters for a seat that passes to it, for every list without a seat."""
        return FrozenDict({key: each.waiting for key, each in self.lists.items() if each.waiting})

    @property
    def complete(self) -> bool:
        """Whether it is settled who is elected; lots on an order among them or the substitutes may be open."""
        return not self.ties

    @property
    def rank_ties(self) -> tuple[Tie, ...]:
        """The open lots on the order among the elected of a list, which decides their seats' numbers only."""
        return tuple(tie for each in self.lists.values() for tie in each.rank_ties)

    @property
    def substitute_ties(self) -> tuple[Tie, ...]:
        """The open lots on the order among the substitutes of a list with a seat."""
        return tuple(tie for each in self.lists.values() for tie in each.substitute_ties)

    @property
    def waiting_ties(self) -> tuple[Tie, ...]:
        """The open lots on the order in lists without a seat."""
        return tuple(tie for each in self.lists.values() for tie in each.waiting_ties)

    @property
    def vacant(self) -> int:
        """Seats that nobody can take, since there are too few candidates on lists with votes."""
        return self.proportional.vacant

    @property
    def open(self) -> int:
        """Seats whose holder waits for a lot."""
        return self.case.seats - self.vacant - len(self.mandates)

    @property
    def equal_numbers(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of seats that equal quotients won, over whose order a lot is not drawn here (KRVL-81-NR).

        Nobody's election depends on it; they stand in the order of the ballot.
        """
        level: dict[tuple[tuple[str, ...], object], dict[str, int]] = {}
        for award in self.proportional.awards:
            within: tuple[str, ...] = ()
            for step in award.steps:
                level.setdefault((within, step.quotient), {})[step.winner] = award.number
                within = (*within, step.winner)
        return tuple(tuple(winners.values()) for winners in level.values() if len(winners) > 1)

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible number of seats for the lists, with its exact probability.

        Lots between candidates do not change it.

        Args:
            most: how many ways the lots may fall in before it is refused to follow them all.

        Raises:
            LotError: there are more.
        """
        return self.proportional.outcomes(most=most)
