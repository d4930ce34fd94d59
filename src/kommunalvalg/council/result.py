"""A council election from counted votes to the last substitute."""

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter

import attrs

from kommunalvalg.council.candidates import (
    BY_PERSONAL_VOTES,
    Choice,
    ElectedBy,
    certain_by_quota,
    draw_order,
    elect_by_personal_votes,
    elect_by_quota,
    substitutes,
)
from kommunalvalg.council.election import CandidateList, CouncilElection, Form
from kommunalvalg.council.seats import distribute_seats, most_seats, placed, seats_won
from kommunalvalg.errors import LotError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Outcome, Tie, Urn
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import MOST_WAYS

__all__ = ["CouncilResult", "Elected", "ListResult", "Mandate", "elect_council"]


@attrs.frozen
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
    given: int = 0
    by_lot: bool = False
    rank_open: bool = False


@attrs.frozen
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
        substitutes: those certain to be substitutes, in order. A list without a seat has none, and neither has
            one whose number of seats waits for a lot.
        tie: the lot between its candidates that is open, or None.
        rank_ties: lots on the order among its elected that are open.
        substitute_ties: lots on the order among its substitutes that are open.
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

    @property
    def settled(self) -> bool:
        """Whether no open lot can change the number of its seats."""
        return self.seats == self.most


@attrs.frozen
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


@attrs.frozen
class CouncilResult:
    """A council election, from seats to substitutes: mandates + open + vacant = seats.

    Attributes:
        election: what was counted.
        proportional: the distribution of seats to units and lists, at every level.
        lists: key -> what became of the list, in ballot order.
        mandates: the seats whose holder is certain, in the order of their numbers.
        ties: every open lot that decides a place: those between quotients first, then those between candidates,
            list by list.
        draws: the lots that were drawn.
    """

    election: CouncilElection = attrs.field(repr=lambda election: repr(election.name))
    proportional: ProportionalElection = attrs.field(repr=False)
    lists: Mapping[str, ListResult] = attrs.field(repr=False)
    mandates: tuple[Mandate, ...]
    ties: tuple[Tie, ...]
    draws: tuple[Draw, ...]

    @property
    def seats(self) -> Mapping[str, int]:
        """Key -> seats, for every list in ballot order; only what no open lot can change."""
        return self.proportional.seats

    @property
    def substitutes(self) -> Mapping[str, tuple[str, ...]]:
        """Key -> the names of the list's substitutes in order, for every list in ballot order."""
        return FrozenDict({key: its.substitutes for key, its in self.lists.items()})

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""
        return self.ties[0] if self.ties else None

    @property
    def complete(self) -> bool:
        """Whether it is settled who is elected; lots on an order among them or the substitutes may be open."""
        return not self.ties

    @property
    def rank_ties(self) -> tuple[Tie, ...]:
        """The open lots on the order among the elected of a list, which decides their seats' numbers only."""
        return tuple(tie for its in self.lists.values() for tie in its.rank_ties)

    @property
    def substitute_ties(self) -> tuple[Tie, ...]:
        """The open lots on the order among the substitutes of a list."""
        return tuple(tie for its in self.lists.values() for tie in its.substitute_ties)

    @property
    def vacant(self) -> int:
        """Seats that nobody can take, since there are too few candidates on lists with votes."""
        return self.proportional.vacant

    @property
    def open(self) -> int:
        """Seats whose holder waits for a lot."""
        return self.election.seats - self.vacant - len(self.mandates)

    def outcomes(self, *, most: int = MOST_WAYS) -> tuple[Outcome, ...]:
        """Give every possible number of seats for the lists, with its exact probability.

        Lots between candidates do not change it.

        Args:
            most: how many ways the lots may fall in before it is refused to follow them all.

        Raises:
            LotError: there are more.
        """
        return self.proportional.outcomes(most=most)


def elect_council(election: CouncilElection, *, lots: Lots = None) -> CouncilResult:
    """Elect a municipal or regional council: seats, seat numbers, the elected and the substitutes.

    The rules are those of KRVL §§ 81-83 (:mod:`.seats`), 85, 86 and 91 (:mod:`.candidates`). Lots come in this
    order: those between quotients, outermost first; those between candidates for a seat, list by list in ballot
    order; and then, list by list, those on the order among the elected and among the substitutes, one place at a
    time. The last decide nobody's election (*inferred*: § 85 draws lots between equals whether or not it decides
    a seat): they are not among ``ties``, and recorded draws may leave them out.

    Args:
        election: what was counted.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: ``election`` is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> from kommunalvalg.council.election import Candidate, CandidateList
    >>> alfa = CandidateList("A", "Alfa", [Candidate("A-1", 30), Candidate("A-2", 50), Candidate("A-3", 30)], 90)
    >>> beta = CandidateList("B", "Beta", [Candidate("B-1", 70), Candidate("B-2", 10)], 20, "partiliste")
    >>> result = elect_council(CouncilElection("Nyby", 3, [alfa, beta]))
    >>> result.seats, result.substitutes["B"]
    ({'A': 2, 'B': 1}, ('B-2',))
    >>> for mandate in result.mandates:
    ...     print(mandate.number, mandate.letter, mandate.candidate, mandate.elected_by)
    1 A A-2 personal votes
    3 B B-1 quota
    >>> print(result.tie, "-", result.tie.provision)
    1 place among A-1, A-3 within Nyby, liste A - KRVL § 85
    >>> elect_council(result.election, lots=[Draw(["A-1", "A-3"], ["A-3"])]).mandates[1].candidate
    'A-3'
    """
    if not isinstance(election, CouncilElection):
        raise VoteError(f"election is {shown(election)}; give a CouncilElection")
    urn = Urn(lots)
    proportional = distribute_seats(election, urn)
    most = most_seats(proportional)
    choices = {
        key: _choice(a_list, proportional.seats[key], most[key], urn, f"{election.name}, liste {key}")
        for key, a_list in election.by_key.items()
    }
    order = partial(_offered, urn)
    lists = {
        key: _list_result(
            a_list, choices[key], order, proportional.seats[key], most[key], f"{election.name}, liste {key}"
        )
        for key, a_list in election.by_key.items()
    }
    try:
        urn.close()
    except LotError as error:
        raise LotError(
            f"{error}, at its turn; lots between quotients come first, then those between candidates for a seat, "
            "then those on the order of the elected and the substitutes of each list, in ballot order"
        ) from None
    between_quotients = tuple(placed(election, tie) for tie in proportional.ties)
    between_candidates = tuple(its.tie for its in lists.values() if its.tie)
    quotients_drawn = tuple(
        attrs.evolve(draw, tie=placed(election, draw.tie)) if draw.tie else draw for draw in proportional.draws
    )
    return CouncilResult(
        election,
        proportional,
        FrozenDict(lists),
        _mandates(proportional, lists),
        between_quotients + between_candidates,
        quotients_drawn + urn.drawn[len(quotients_drawn) :],
    )


_NOBODY = Choice((), ())


def _choice(a_list: CandidateList, seats: int, most: int, urn: Urn, within: str) -> Choice:
    """Give the seats of a list to its candidates; while the number of seats waits for a lot, those certain."""
    if not seats:
        return _NOBODY
    if a_list.form is Form.PARTILISTE:
        return elect_by_quota(a_list, seats) if seats == most else certain_by_quota(a_list, seats, most)
    if seats == most:
        return elect_by_personal_votes(a_list, seats, urn, within=within)
    # Who is elected with fewer seats is elected with more; who is not may yet be.
    return Choice(elect_by_personal_votes(a_list, seats, Urn()).elected, ())


def _offered(urn: Urn, tie: Tie) -> Draw | None:
    """Settle a lot that may be left out: the next draw is taken when it is of this lot."""
    try:
        return urn.draw(tie)
    except LotError:
        return None


def _list_result(
    a_list: CandidateList, choice: Choice, order: Callable[[Tie], Draw | None], seats: int, most: int, within: str
) -> ListResult:
    """Put the elected and the substitutes of a list in order, and say how each was elected."""
    elected = choice.elected
    rank_ties: tuple[Tie, ...] = ()
    if a_list.form is Form.SIDEORDNET:
        elected, rank_ties = draw_order(elected, order, BY_PERSONAL_VOTES, f"{within}, valgte")
    stand_by, substitute_ties = substitutes(choice, order, within=f"{within}, stedfortrædere")
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
                    candidate.name,
                    rank,
                    _elected_by(a_list, choice, rank),
                    candidate.votes,
                    given.get(candidate.name, 0),
                    candidate.name in by_lot,
                    candidate.name in unranked,
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


def _mandates(proportional: ProportionalElection, lists: Mapping[str, ListResult]) -> tuple[Mandate, ...]:
    """Give each list's seats to its elected, the first seat to the first of them (KRVL-81-2)."""
    mandates = []
    for key, awards in seats_won(proportional).items():
        its = lists[key]
        # Ranks run from 1 without a gap; the seats left over wait for a lot between candidates.
        mandates += [
            Mandate(
                award.number,
                its.list.letter,
                elected.candidate,
                elected.rank,
                key,
                elected.by,
                elected.votes,
                elected.given,
                its.fordelingstal,
                elected.by_lot or award.by_lot,
                elected.rank_open,
            )
            for elected, award in zip(its.elected, awards, strict=False)
        ]
    return tuple(sorted(mandates, key=attrgetter("number")))
