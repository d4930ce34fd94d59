"""The counted election of one council: the case that everything else rests on, and how it is settled."""

from collections.abc import Iterator, Mapping

import attrs

from kommunalvalg.council.alliances import (
    Valgforbund,
    checked_alliances,
    has_listeforbund,
    last_with_listeforbund,
    read_alliances,
)
from kommunalvalg.council.law import is_ordinary, ordinary_year, size_warnings
from kommunalvalg.council.lists import Candidate, CandidateList, Form, letter_of, read_lists
from kommunalvalg.council.nomination import candidates_who_may_stand, stays_on_one
from kommunalvalg.council.previous import Previous
from kommunalvalg.council.result import CouncilResult, mandates_of, results_of_lists
from kommunalvalg.council.seats import distribution, rules_inside
from kommunalvalg.errors import RuleError, VoteError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Lots, Urn, settle
from kommunalvalg.methods.alliances import Alliance, ProportionalCase
from kommunalvalg.methods.counted import Counted
from kommunalvalg.text import N_, Text, Word
from kommunalvalg.votes import alike, checked_count, checked_counts, checked_name, listed, twice

__all__ = ["Candidate", "CandidateList", "CouncilElection", "Form", "Valgforbund", "elect_council"]


def _common_votes(votes: Mapping[str, int]) -> FrozenDict[str, int]:
    counts = checked_counts(votes, "common_votes", what=N_("a vote count"))
    return FrozenDict({letter_of(letter): count for letter, count in counts.items()})


def _council(name: str) -> str:
    return checked_name("council", name)


_EARLIEST = 1909
"""Since the first general municipal elections by proportional representation."""


@attrs.frozen
class CouncilElection:
    """The counted election of one municipal or regional council (KRVL-38, KRVL-37).

    Args:
        name: the council's name.
        seats: how many members are elected, at least one.
        lists: the lists in ballot order, at least one.
        alliances: each valgforbund as the keys of its lists. A listeforbund, of lists with one letter, is an
            inner iterable; they were abolished after the election of 2021.
        year: the year of the election; its rules hold, and for an omvalg those of the ordinary election before it.
        common_votes: letter -> the votes for its listeforbund itself, and for none of its lists (KRVL-78-L).
        inhabitants: the municipality's on 1 April of the election year, which decide the sizes that it may have; None
            where they are not known.
        counted: how far it is counted; None where the count is final.
        previous: the election before, to compare with; None for no comparison.

    Attributes:
        by_key: key -> list, in ballot order. Candidates above the number that a list or a listeforbund may have do not
            stand: they are left out, and votes for them are votes for the list (KRVL-21, KRVL-21-L).
        units: the alliances and the lists that are in none, each where its first list stands; an alliance of a
            single list is that list.
        rules_inside: alliance -> the rule of the distribution inside it (KRVL-82, KRVL-83).

    Raises:
        VoteError: a name or a count is not one, there are no lists or no seats, two lists have one key, an
            alliance has no lists or one that does not stand, or a list is in two of them.
        RuleError: alliances that the law does not have, votes for a listeforbund in a year without them, or a year
            whose law is not known here.

    >>> lists = [CandidateList(letter, letter, [Candidate(f"{letter}-1", 9)]) for letter in "ABC"]
    >>> CouncilElection("Nyby", 3, lists, [["A", "C"]]).units
    (Alliance(name='A+C', members=('A', 'C')), 'B')
    >>> CouncilElection("Nyby", 3, lists, [["A", "C"], ["B", "C"]])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: the list 'C' is in valgforbund 1 and in valgforbund 2; a list is in at most one
    (KRVL § 38)
    """

    name: str = attrs.field(converter=_council)
    seats: int
    lists: tuple[CandidateList, ...] = attrs.field(
        converter=read_lists, repr=lambda lists: f"<{listed(a_list.key for a_list in lists)}>"
    )
    alliances: tuple[Valgforbund, ...] = attrs.field(
        default=(), converter=read_alliances, repr=lambda alliances: str(len(alliances))
    )
    year: int = 2025
    common_votes: FrozenDict[str, int] = attrs.field(
        default=FrozenDict(), kw_only=True, converter=_common_votes, repr=False
    )
    inhabitants: int | None = attrs.field(default=None, kw_only=True, repr=False)
    counted: Counted | None = attrs.field(default=None, kw_only=True, repr=False)
    previous: Previous | None = attrs.field(default=None, kw_only=True, repr=False)
    by_key: FrozenDict[str, CandidateList] = attrs.field(init=False, eq=False, repr=False)
    units: tuple[str | Alliance, ...] = attrs.field(init=False, eq=False, repr=False)
    rules_inside: FrozenDict[str, str] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "seats", checked_count("seats", self.seats, what=N_("a number of seats"), least=1))
        object.__setattr__(self, "year", checked_count("year", self.year, what=N_("a year"), least=_EARLIEST))
        if self.inhabitants is not None:
            checked_count("inhabitants", self.inhabitants, what=N_("a number of inhabitants"), least=1)
        lists, law = self._keyed(), self.law
        units = checked_alliances(self.alliances, lists, council=self.name, year=law)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "rules_inside", rules_inside(units, lists, law))
        may_stand = candidates_who_may_stand(lists, self.seats, self._listeforbund(), law)
        standing = {key: _standing(a_list, may_stand[key]) for key, a_list in lists.items()}
        object.__setattr__(self, "by_key", FrozenDict(standing))
        self._check_common_votes()

    def _keyed(self) -> dict[str, CandidateList]:
        if not self.lists:
            raise VoteError(
                "{council} has no lists; an election has at least one", field="lists", value=(), council=self.name
            )
        for a_list in self.lists:
            if not isinstance(a_list, CandidateList):
                raise VoteError(
                    "{council} has the list {value}; a list is CandidateList(...)",
                    field="lists",
                    value=a_list,
                    council=self.name,
                )
        if pair := alike([a_list.key for a_list in self.lists]):
            raise VoteError(
                "{council} has lists with the keys {one} and {other}, which look the same; each name stands once",
                field="lists",
                value=pair[1],
                council=self.name,
                one=ascii(pair[0]),
                other=ascii(pair[1]),
            )
        if again := twice([a_list.key for a_list in self.lists]):
            raise VoteError(
                "{council} has two lists with the key {value}; where lists share a letter, "
                "give each a key of its own: CandidateList(..., key={example})",
                field="lists",
                value=again,
                council=self.name,
                example=repr(f"{again}1"),
            )
        return {a_list.key: a_list for a_list in self.lists}

    def _listeforbund(self) -> list[tuple[str, ...]]:
        """Give the listeforbund of more than one list."""
        inner = [member for each in self.alliances for member in each if not isinstance(member, str)]
        return [keys for keys in inner if len(keys) > 1]

    def _check_common_votes(self) -> None:
        """Hold the votes for listeforbund against those that there are (KRVL-78-L)."""
        if self.common_votes and not has_listeforbund(self.law):
            raise RuleError(
                "{field} is {value}, and the election is of {year}; no vote is for a listeforbund then",
                field="common_votes",
                value=dict(self.common_votes),
                rule="KRVL-78-L",
                when=last_with_listeforbund(),
                year=str(self.year),
            )
        letters = {self.by_key[key].shared_letter for keys in self._listeforbund() for key in keys}
        for letter in self.common_votes:
            if letter not in letters:
                raise VoteError(
                    "{field} names {value}, and no listeforbund has that letter",
                    field="common_votes",
                    value=letter,
                    rule="KRVL-78-L",
                    when=self.law,
                )

    @property
    def law(self) -> int:
        """The ordinary election whose rules hold, that of the year, or the one that an omvalg stands in for (KRVL-95).

        >>> a_list = CandidateList("A", "Alfa", [Candidate("A-1", 9)])
        >>> CouncilElection("Nyby", 1, [a_list], year=2022).law
        2021
        """
        return ordinary_year(self.year)

    @property
    def votes(self) -> FrozenDict[str, int]:
        """Key -> votes of the list, list votes and personal votes together (KRVL-74).

        The votes for a listeforbund itself are in none of them.

        >>> CouncilElection("Nyby", 1, [CandidateList("A", "Alfa", [Candidate("A-1", 9)], 20)]).votes
        {'A': 29}
        """
        return FrozenDict({a_list.key: a_list.votes for a_list in self.lists})

    @property
    def valid_votes(self) -> int:
        """All valid votes, of which the lists have their shares; those for a listeforbund itself are among them.

        >>> CouncilElection("Nyby", 1, [CandidateList("A", "Alfa", [Candidate("A-1", 9)], 20)]).valid_votes
        29
        """
        return sum(self.votes.values()) + sum(self.common_votes.values())

    @property
    def distribution(self) -> ProportionalCase:
        """The distribution of the seats to the units and lists, as a case of its own.

        >>> lists = [CandidateList(letter, letter, [Candidate(f"{letter}-1", 9)]) for letter in "ABC"]
        >>> settle(CouncilElection("Nyby", 2, lists, [["A", "C"]]).distribution).unit_seats
        {'A+C': 1, 'B': 0}
        """
        return distribution(
            self.by_key,
            self.units,
            self.seats,
            rules=self.rules_inside,
            common_votes=self.common_votes,
            council=self.name,
            year=self.law,
            counted=self.counted,
        )

    def settled(self, urn: Urn) -> CouncilResult:
        """Give the seats to the lists, and theirs to the candidates, with the lots from ``urn``."""
        proportional = self.distribution.settled(urn)
        seats, most, turns = proportional.seats, proportional.possible, proportional.turns
        lists = results_of_lists(self.by_key, seats, most, urn, council=self.name, year=self.law)
        mandates = mandates_of(lists, turns)
        return CouncilResult(case=self, proportional=proportional, lists=lists, mandates=mandates, draws=urn.drawn)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is against a rule, yet can be computed (KRVL-6, KSL-5, RL-8, KRVL-21, KRVL-FEW, KRVL-30).

        A year without an ordinary election, a council of a size that it may not have, candidates above the number that
        a list may have, who do not stand, fewer candidates than seats, and candidates of one name on two lists, who may
        be one person.

        >>> a_list = CandidateList("A", "Alfa", [Candidate(f"A-{n}", n) for n in range(1, 16)])
        >>> for warning in CouncilElection("Nyby", 10, [a_list]).warnings:
        ...     print(warning)
        Nyby has 10 seats; the law has an odd number from 9 to 31 (KSL § 5, stk. 1).
        List A has 15 candidates for 10 seats; these do not stand: A-15 (KRVL § 21, stk. 1).
        """
        return (
            *self._year_warnings(),
            *self._size_warnings(),
            *self._length_warnings(),
            *self._few_warnings(),
            *self._name_warnings(),
        )

    def _warned(self, rule: str, message: str, **values: Word) -> Warned:
        return Warned(Text(message, FrozenDict(values)), rule, self.law)

    def _year_warnings(self) -> Iterator[Warned]:
        if not is_ordinary(self.year):
            said = N_("There is no ordinary election in {year}; the rules are those of the election of {law}.")
            yield self._warned("KRVL-6", said, year=str(self.year), law=str(self.law))

    def _size_warnings(self) -> Iterator[Warned]:
        return size_warnings(self.name, self.seats, self.law, self.inhabitants, when=self.year)

    def _length_warnings(self) -> Iterator[Warned]:
        together = {key: "+".join(keys) for keys in self._listeforbund() for key in keys}
        for a_list in self.lists:
            stand = len(self.by_key[a_list.key].candidates)
            if len(a_list.candidates) > stand:
                said = N_("List {list} has {candidates} candidates for {seats} seats; these do not stand: {struck}.")
                yield self._warned(
                    "KRVL-21-L" if a_list.key in together else "KRVL-21",
                    said,
                    list=a_list.key,
                    candidates=len(a_list.candidates),
                    seats=self.seats,
                    struck=listed(candidate.name for candidate in a_list.candidates[stand:]),
                )

    def _few_warnings(self) -> Iterator[Warned]:
        candidates = sum(len(a_list.candidates) for a_list in self.by_key.values())
        if candidates < self.seats:
            said = N_("{candidates} candidates stand for {seats} seats; the act fills the others by no other election.")
            yield self._warned("KRVL-FEW", said, candidates=candidates, seats=self.seats)

    def _name_warnings(self) -> Iterator[Warned]:
        stands: dict[str, list[str]] = {}
        for a_list in self.lists:
            for candidate in a_list.candidates:
                stands.setdefault(candidate.name, []).append(a_list.key)
        said = N_("{name} stands on the lists {lists}; two may share a name, but a person stands on one.")
        if not stays_on_one(self.law):
            said = N_(
                "{name} stands on the lists {lists}; two may share a name, but who signed several stands on none."
            )
        for name, keys in stands.items():
            if len(keys) > 1:
                yield self._warned("KRVL-30", said, name=name, lists=listed(keys))


def _standing(a_list: CandidateList, most: int) -> CandidateList:
    """Leave out the candidates of a list who do not stand, § 31, stk. 1 (KRVL-21)."""
    if len(a_list.candidates) <= most:
        return a_list
    votes = sum(candidate.votes for candidate in a_list.candidates[most:])
    return attrs.evolve(a_list, candidates=a_list.candidates[:most], list_votes=a_list.list_votes + votes)


def elect_council(election: CouncilElection, *, lots: Lots = None) -> CouncilResult:
    """Elect a municipal or regional council: seats, seat numbers, the elected and the substitutes.

    The rules are those of KRVL §§ 81-83 (:mod:`.seats`), 85, 86 and 91 (:mod:`.candidates`). Lots come in this
    order: those between quotients, outermost first; those between candidates for a seat, list by list in ballot
    order; and then, list by list, those on the order among the elected and among the substitutes, one place at a
    time. The last decide nobody's election: they are not among ``ties``, and recorded draws may leave them out.

    Args:
        election: what was counted.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: ``election`` is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> from kommunalvalg import Draw
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
    1 place among A-1, A-3 (Nyby, list A) - KRVL § 85
    >>> elect_council(result.case, lots=[Draw(["A-1", "A-3"], ["A-3"])]).mandates[1].candidate
    'A-3'
    """
    if not isinstance(election, CouncilElection):
        raise VoteError("{field} is {value}; give a CouncilElection", field="election", value=election)
    return settle(election, lots)
