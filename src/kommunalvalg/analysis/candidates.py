"""How firm an election is within a list: the personal votes that each candidate is from being elected or not.

A personal vote counts for the candidate and for the list (KRVL-74). So there are two questions, and two answers:
with votes that come to the list or leave it, and with votes that stay on the list and are for the list or for the
candidate.
"""

from collections.abc import Callable, Iterable, Iterator

import attrs

from kommunalvalg.analysis.cases import Contested, Row, checked_key
from kommunalvalg.analysis.ladder import Ladder, Ladders
from kommunalvalg.analysis.margins import Margin
from kommunalvalg.council.candidates import elect_by_quota
from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection, Form
from kommunalvalg.errors import VoteError, shown
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.alliances import ProportionalCase
from kommunalvalg.results import Result

__all__ = ["CandidateMargin", "CandidateMargins", "CandidateMarginsCase", "candidate_margins"]


@attrs.frozen(kw_only=True)
class CandidateMargin:
    """How many personal votes a candidate is from being elected, or from not being.

    Attributes:
        candidate: the candidate's name.
        place: the place on the ballot, from 1.
        votes: the personal votes.
        elected: whether the candidate is certain of a seat.
        possible: whether the candidate has a seat or waits for a lot.
        new: with personal votes that are new, or that are not cast at all: the list's votes change with them, and
            so may its seats and its fordelingstal.
        within: with votes that stay on the list: list votes cast for the candidate instead, or personal votes cast
            for the list instead. The list's votes, seats and fordelingstal stay what they are.
    """

    candidate: str
    place: int
    votes: int
    elected: bool
    possible: bool
    new: Margin
    within: Margin


def _council(election: Contested) -> CouncilElection:
    case = getattr(election, "case", election)
    if not isinstance(case, CouncilElection):
        raise VoteError("{field} is {value}; give a council election, or its result", field="election", value=election)
    return case


@attrs.frozen(kw_only=True)
class CandidateMarginsCase:
    """The question how firm the candidates of one list are.

    Args:
        election: a council election, or its result; lots that were drawn are left aside.
        key: the list.

    Raises:
        VoteError: it is no council election, or no such list stands.
    """

    election: CouncilElection = attrs.field(converter=_council)
    key: str

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "key", checked_key(self.key, self.election.by_key))

    @property
    def distribution(self) -> ProportionalCase:
        """The distribution of the seats to the lists."""
        return self.election.distribution

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.election.law

    def settled(self, _urn: Urn) -> "CandidateMargins":
        """Look for the numbers of each candidate; a question has no lots."""
        a_list = self.election.by_key[self.key]
        ladder = Ladders(self.distribution).of(self.key)
        steps = tuple(_steps(ladder))
        now = next(step for step in reversed(steps) if step.votes <= a_list.votes)
        margins = (
            _Candidacy(a_list, place, candidate, steps, now).margin()
            for place, candidate in enumerate(a_list.candidates, 1)
        )
        return CandidateMargins(seats=now.certain, most=now.possible, candidates=tuple(margins), case=self)


@attrs.frozen(kw_only=True)
class CandidateMargins(Result):
    """The margins of the candidates of one list.

    Attributes:
        seats: its seats, as far as they are certain.
        most: the seats that it can come to have.
        candidates: the candidates' margins, in ballot order.
        case: what was asked about.
    """

    seats: int
    most: int
    candidates: tuple[CandidateMargin, ...] = attrs.field(repr=shown)
    case: CandidateMarginsCase = attrs.field(repr=False)

    @property
    def key(self) -> str:
        """The list."""
        return self.case.key

    @property
    def form(self) -> Form:
        """How its candidates stand."""
        return self.case.election.by_key[self.key].form

    def of(self, candidate: str) -> CandidateMargin:
        """Give the margins of one candidate.

        Raises:
            VoteError: the list has no such candidate.
        """
        by_name = {margin.candidate: margin for margin in self.candidates}
        return by_name[checked_key(candidate, by_name, "candidate")]

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each candidate; what no number of votes leads to is None."""
        return tuple(
            {
                "candidate": margin.candidate,
                "place": margin.place,
                "votes": margin.votes,
                "elected": margin.elected,
                "possible": margin.possible,
                **{f"new_{name}": number for name, number in attrs.asdict(margin.new).items()},
                **{f"within_{name}": number for name, number in attrs.asdict(margin.within).items()},
            }
            for margin in self.candidates
        )


def candidate_margins(election: Contested, key: str) -> CandidateMargins:
    """Say how many personal votes each candidate of a list is from being elected, or from not being.

    In a :class:`.Margin` one seat more is here the candidate's own. On a sideordnet list more personal votes never
    harm a candidate (KRVL-85). On a party list they may: they raise the fordelingstal too, so that those above on
    the list take more of the list votes (KRVL-86-2). There the numbers are of the first step: the fewest votes
    with which the candidate is elected, or is not; a few more may turn it again.

    Args:
        election: a council election, or its result; lots that were drawn are left aside.
        key: the list.

    Raises:
        VoteError: it is no council election, or no such list stands.

    >>> alfa = CandidateList("A", "Alfa", [Candidate("A-1", 30), Candidate("A-2", 50), Candidate("A-3", 20)], 90)
    >>> beta = CandidateList("B", "Beta", [Candidate("B-1", 70), Candidate("B-2", 10)], 20)
    >>> found = candidate_margins(CouncilElection("Nyby", 3, [alfa, beta]), "A")
    >>> third = found.of("A-3")
    >>> third.new.to_lot, third.new.to_win
    (10, 11)
    """
    return settle(CandidateMarginsCase(election=election, key=key))


@attrs.frozen
class _Step:
    """The seats of a list from a number of votes on: those that are certain, and those that it can have."""

    votes: int
    certain: int
    possible: int


def _steps(ladder: Ladder) -> Iterator[_Step]:
    """Give the steps by which a list climbs from no votes, other lists' votes unchanged."""
    certain, possible = _climbed(ladder.certain), _climbed(ladder.possible)
    for votes in sorted({0, *certain, *possible}):
        yield _Step(votes, sum(least <= votes for least in certain), sum(least <= votes for least in possible))


def _climbed(least: Callable[[int], int | None]) -> list[int]:
    """Give the least votes for one seat, for two, and so on, as long as any votes give them."""
    found: list[int] = []
    while (votes := least(len(found) + 1)) is not None:
        found.append(votes)
    return found


@attrs.frozen
class _Span:
    """Numbers of personal votes, one after another, over which the list has the same seats.

    Attributes:
        votes: the numbers, in the order in which they are reached.
        step: the list's seats.
        moved: whether the votes stay on the list, as list votes.
        block: for how many numbers in a row the fordelingstal of a party list is the same.
        end: the remainder modulo ``block`` of the last number of each block.
    """

    votes: range
    step: _Step
    moved: bool
    block: int
    end: int

    def first(self, condition: Callable[[int], bool]) -> int | None:
        """Find the first number for which something holds that can turn only between two blocks.

        On a sideordnet list, and with votes that stay on the list, what holds goes on holding: any blocks do.

        On a party list with a given number of seats, a further personal vote never harms the candidate while the
        fordelingstal is the same: nobody else is given more list votes for it. The next block has a fordelingstal
        of one more. From a number to the one as far into the next block the candidate has seats + 1 personal
        votes more. Where list votes come down to the candidate, those above have all reached the fordelingstal,
        so are no more than the seats, and take one more each. So the candidate's total rises by at least one,
        and nobody else's by more. What holds at the end of a block therefore holds at the end of the next, and the
        first block that ends with it is found by halving.
        """
        if not self.votes:
            return None
        skipped = (self.end - self.votes[0]) * self.votes.step % self.block
        ends = self.votes[skipped :: self.block]
        at = _turning_point(ends, condition)
        start = skipped + (at - 1) * self.block + 1 if at else 0
        block = self.votes[start : start + self.block] if at else self.votes[: skipped + 1]
        within = _turning_point(block, condition)
        return block[within] if within < len(block) else None


def _turning_point(numbers: range, condition: Callable[[int], bool]) -> int:
    """Give the place of the first number for which something holds, as bisect does, of however many numbers."""
    low, high = 0, -((numbers.start - numbers.stop) // numbers.step)
    while low < high:
        middle = (low + high) // 2
        if condition(numbers[middle]):
            high = middle
        else:
            low = middle + 1
    return low


@attrs.frozen
class _Candidacy:
    """A candidate of a list whose seats are known for every number of its votes."""

    a_list: CandidateList
    place: int
    candidate: Candidate
    steps: tuple[_Step, ...]
    now: _Step

    def margin(self) -> CandidateMargin:
        """Look for the candidate's four numbers, in both ways in which votes can change."""
        elected, possible = self._elected(self.candidate.votes, self.now, moved=True)
        margins = []
        for up, down in ((self._new_up(), self._new_down()), self._within()):
            lose = self._first(down, 1, elected=False) if possible else None
            risk = self._first(down, 0, elected=False) if elected else None
            win = None if elected else self._first(up, 0, elected=True)
            lot = None if elected else self._first(up, 1, elected=True)
            margins.append(
                Margin(
                    to_lot=None if lot == win else lot,
                    to_win=win,
                    to_risk=None if risk == lose else risk,
                    to_lose=lose,
                )
            )
        return CandidateMargin(
            candidate=self.candidate.name,
            place=self.place,
            votes=self.candidate.votes,
            elected=elected,
            possible=possible,
            new=margins[0],
            within=margins[1],
        )

    def _first(self, spans: Iterable[_Span], which: int, *, elected: bool) -> int | None:
        """Count the votes to the first number at which being elected, or possibly so, is or is not the case."""
        for span in spans:

            def so(votes: int, span: _Span = span) -> bool:
                return self._elected(votes, span.step, moved=span.moved)[which] is elected

            turning_point = span.first(so)
            if turning_point is not None:
                return abs(turning_point - self.candidate.votes)
        return None

    def _new_up(self) -> tuple[_Span, ...]:
        """Give the numbers of votes from the present one up to where the candidate is elected without doubt."""
        others = self.a_list.votes - self.candidate.votes
        spans = []
        for step, after in zip(self.steps, (*self.steps[1:], None), strict=True):
            start = max(self.candidate.votes, step.votes - others)
            # With a seat, one vote more than all others are more than anybody's, and reach the fordelingstal.
            end = after.votes - others if after else max(start, others + 1) + 1
            spans.append(self._span(range(start, end), step))
        return tuple(spans)

    def _new_down(self) -> tuple[_Span, ...]:
        """Give the numbers of votes below, with votes that are not cast."""
        others = self.a_list.votes - self.candidate.votes
        spans = []
        end = self.candidate.votes
        for step in reversed(self.steps):
            start = max(0, step.votes - others)
            spans.append(self._span(range(start, end)[::-1], step))
            end = min(end, start)
        return tuple(spans)

    def _within(self) -> tuple[tuple[_Span, ...], tuple[_Span, ...]]:
        """Give the numbers of votes from the present one up, and below it, with votes that stay on the list."""
        votes = self.candidate.votes
        above = range(votes, votes + self.a_list.list_votes + 1)
        below = range(votes)[::-1]
        return (self._span(above, self.now, moved=True),), (self._span(below, self.now, moved=True),)

    def _span(self, votes: range, step: _Step, *, moved: bool = False) -> _Span:
        """Divide the numbers into blocks with one fordelingstal, those in which the list's votes // (seats + 1) is one.

        While the list waits for a lot its votes are one number, a block of its own.
        """
        block = step.certain + 1
        others = self.a_list.votes - self.candidate.votes
        last = step.certain if votes.step > 0 else 0
        return _Span(votes, step, moved, block, (last - others) % block)

    def _elected(self, votes: int, step: _Step, *, moved: bool) -> tuple[bool, bool]:
        """Say whether the candidate is elected for certain, and whether possibly, with that many personal votes."""
        ways = [self._with(votes, seats, moved=moved) for seats in range(step.certain, step.possible + 1)]
        return all(certain for certain, _ in ways), any(possible for _, possible in ways)

    def _with(self, votes: int, seats: int, *, moved: bool) -> tuple[bool, bool]:
        if not seats:
            return False, False
        if self.a_list.form is Form.SIDEORDNET:
            others = sorted(other.votes for other in self.a_list.candidates if other is not self.candidate)
            if seats > len(others):
                return True, True
            return votes > others[-seats], votes >= others[-seats]
        candidates = list(self.a_list.candidates)
        candidates[self.place - 1] = changed = Candidate(self.candidate.name, votes)
        list_votes = self.a_list.list_votes - (votes - self.candidate.votes if moved else 0)
        a_list = attrs.evolve(self.a_list, candidates=candidates, list_votes=list_votes)
        elected = changed in elect_by_quota(a_list, seats).elected
        return elected, elected
