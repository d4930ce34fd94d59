"""What was counted: candidates, their lists, and the election of one council.

Everything is checked when it is made, so that what comes after can rely on it.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeAlias

import attrs

from kommunalvalg.council.law import (
    EXTRA_CANDIDATES,
    EXTRA_CANDIDATES_OF_LISTEFORBUND,
    LISTEFORBUND,
    council_sizes,
)
from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import Warned, in_force
from kommunalvalg.methods.alliances import Alliance, checked_units
from kommunalvalg.votes import alike, checked_choice, checked_count, checked_name, listed, twice

__all__ = ["Candidate", "CandidateList", "CouncilElection", "Form", "Valgforbund"]


class Form(StrEnum):
    """How a list's candidates stand (opstillingsform), KRVL § 24 (KRVL-24)."""

    SIDEORDNET = "sideordnet"
    """Side by side; the seats go by personal votes (§ 85)."""

    PARTILISTE = "partiliste"
    """In the party's order; list votes are given from the top (§ 86)."""


@attrs.frozen
class Candidate:
    """A person on a list, with the personal votes (personlige stemmer).

    Args:
        name: the candidate's name, which no other candidate on the list has.
        votes: the personal votes.

    Raises:
        VoteError: the name is not text or blank, or the votes are not a whole number, 0 or more.

    >>> Candidate("A-1", 120)
    Candidate(name='A-1', votes=120)
    >>> Candidate("A-1", -3)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: votes of candidate 'A-1' is -3; a vote count is a whole number, 0 or more
    """

    name: str
    votes: int

    def __attrs_post_init__(self) -> None:
        name = checked_name("candidate", self.name)
        if name is not self.name:
            object.__setattr__(self, "name", name)
        # The test decides the ordinary case quickly; the function decides every case and says why not.
        if type(self.votes) is not int or self.votes < 0:
            votes = checked_count(f"votes of candidate {name!r}", self.votes, what="vote count")
            object.__setattr__(self, "votes", votes)


def _letter(letter: str) -> str:
    return checked_name("letter", letter)


def _name(name: str) -> str:
    return checked_name("list", name)


def _candidates(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    if isinstance(candidates, str) or not isinstance(candidates, Iterable):
        raise VoteError(f"candidates is {shown(candidates)}; give the candidates of the list one by one")
    return tuple(candidates)


def _form(form: str) -> Form:
    return checked_choice("form", form, Form)


def _key(key: str | None) -> str:
    return "" if key is None else checked_name("key", key)


@attrs.frozen
class CandidateList:
    """A list (kandidatliste), KRVL §§ 21 and 24, with what was counted for it (KRVL-24, KRVL-76).

    Args:
        letter: the letter on the ballot.
        name: the list's name.
        candidates: the candidates in ballot order, at least one.
        list_votes: votes for the list and for no candidate (listestemmer).
        form: "sideordnet" or "partiliste".
        key: what results call the list; its letter, unless two lists share one.

    Attributes:
        votes: all the votes of the list: list votes and personal votes (KRVL-76).

    Raises:
        VoteError: a name or a count is not one, the form is unknown, there are no candidates, or two of them
            have one name.

    >>> a_list = CandidateList("A", "Alfa", [Candidate("A-1", 120), Candidate("A-2", 80)], 300)
    >>> a_list.key, a_list.votes, str(a_list.form)
    ('A', 500, 'sideordnet')
    """

    letter: str = attrs.field(converter=_letter)
    name: str = attrs.field(converter=_name)
    candidates: tuple[Candidate, ...] = attrs.field(converter=_candidates)
    list_votes: int = 0
    form: Form = attrs.field(default=Form.SIDEORDNET, converter=_form)
    key: str = attrs.field(default=None, kw_only=True, converter=_key)
    votes: int = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.letter)
        if not self.candidates:
            raise VoteError(f"list {self.key} has no candidates; a list has at least one (KRVL § 21)")
        for candidate in self.candidates:
            if not isinstance(candidate, Candidate):
                raise VoteError(
                    f"list {self.key} has the candidate {shown(candidate)}; a candidate is Candidate(name, votes)"
                )
        if again := twice([candidate.name for candidate in self.candidates]):
            raise VoteError(
                f"list {self.key} has two candidates with the name {shown(again)}; "
                "give each a name of its own, such as one with the place on the ballot"
            )
        list_votes = checked_count(f"list votes of list {self.key}", self.list_votes, what="vote count")
        object.__setattr__(self, "list_votes", list_votes)
        object.__setattr__(self, "votes", list_votes + sum([candidate.votes for candidate in self.candidates]))


Valgforbund: TypeAlias = "tuple[str | tuple[str, ...], ...]"
"""An alliance (valgforbund): keys of lists, and listeforbund, each a tuple of keys."""

Members: TypeAlias = "Iterable[str | Iterable[str]]"


def _alliances(alliances: Iterable[Members]) -> tuple[Valgforbund, ...]:
    """Take alliances as they come in, of any iterables, and make them values."""
    if isinstance(alliances, str) or not isinstance(alliances, Iterable):
        raise VoteError(
            f"alliances is {shown(alliances)}; give each valgforbund as the keys of its lists, such as [['A', 'B']]"
        )
    return tuple(
        tuple(
            _member(f"valgforbund {number}", member, ())
            for member in _iterated(f"valgforbund {number}", valgforbund, "'A', 'B'")
        )
        for number, valgforbund in enumerate(alliances, start=1)
    )


def _member(called: str, member: object, around: tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(member, str):
        return checked_name(called, member)
    if around:
        raise RuleError(
            f"{called} has a third level; a listeforbund has lists only, "
            "and a valgforbund is never inside another (KRVL §§ 37 and 38)"
        )
    inner = _iterated(f"a listeforbund in {called}", member, "'A1', 'A2'")
    return tuple(str(_member(called, key, (called,))) for key in inner)


def _iterated(called: str, members: object, example: str) -> tuple[object, ...]:
    if isinstance(members, str) or not isinstance(members, Iterable):
        raise VoteError(f"{called} is {shown(members)}; give its lists one by one, such as [{example}]")
    found = tuple(members)
    if not found:
        raise VoteError(f"{called} has no lists; it has at least one")
    return found


def _lists(lists: "Iterable[CandidateList]") -> tuple[CandidateList, ...]:
    if isinstance(lists, str) or not isinstance(lists, Iterable):
        raise VoteError(f"lists is {shown(lists)}; give the lists one by one, as CandidateList(...)")
    return tuple(lists)


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
        year: the election year, whose rules hold.

    Attributes:
        by_key: key -> list, in ballot order.
        units: the alliances and the lists that are in none, each where its first list stands; an alliance of a
            single list is that list.

    Raises:
        VoteError: a name or a count is not one, there are no lists or no seats, two lists have one key, an
            alliance has no lists or one that does not stand, or a list is in two of them.
        RuleError: a listeforbund in a year that does not have them or of lists with different letters, or
            alliances of more levels than the law has.

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
    lists: tuple[CandidateList, ...] = attrs.field(converter=_lists)
    alliances: tuple[Valgforbund, ...] = attrs.field(default=(), converter=_alliances)
    year: int = 2025
    by_key: FrozenDict[str, CandidateList] = attrs.field(init=False, eq=False, repr=False)
    units: tuple[str | Alliance, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "seats", checked_count("seats", self.seats, what="number of seats", least=1))
        object.__setattr__(self, "year", checked_count("year", self.year, what="year", least=_EARLIEST))
        object.__setattr__(self, "by_key", self._keyed())
        object.__setattr__(self, "units", self._units())

    def _keyed(self) -> FrozenDict[str, CandidateList]:
        if not self.lists:
            raise VoteError(f"{self.name} has no lists; an election has at least one")
        for a_list in self.lists:
            if not isinstance(a_list, CandidateList):
                raise VoteError(f"{self.name} has the list {shown(a_list)}; a list is CandidateList(...)")
        if pair := alike([a_list.key for a_list in self.lists]):
            raise VoteError(f"{self.name} has lists with the keys {pair[0]!a} and {pair[1]!a}, which look the same")
        if again := twice([a_list.key for a_list in self.lists]):
            raise VoteError(
                f"{self.name} has two lists with the key {shown(again)}; where lists share a letter, "
                f"give each a key of its own: CandidateList(..., key={again + '1'!r})"
            )
        return FrozenDict({a_list.key: a_list for a_list in self.lists})

    def _units(self) -> tuple[str | Alliance, ...]:
        """Hold the alliances against the lists and the year, and make them ready for the distribution."""
        home: dict[str, str] = {}
        for number, valgforbund in enumerate(self.alliances, start=1):
            called = f"valgforbund {number}"
            for member in valgforbund:
                if not isinstance(member, str):
                    self._check_listeforbund(called, member)
                for key in (member,) if isinstance(member, str) else member:
                    self._check_member(called, key, home)
        return checked_units(self.alliances, self.by_key)

    def _check_member(self, called: str, key: str, home: dict[str, str]) -> None:
        """Hold one list of an alliance against the lists that stand, and the alliances before."""
        if key not in self.by_key:
            raise VoteError(f"{called} names {shown(key)}; the lists of {self.name} are {listed(self.by_key)}")
        if home.get(key) == called:
            raise VoteError(f"{called} names the list {shown(key)} twice; each list stands once")
        if key in home:
            raise VoteError(
                f"the list {shown(key)} is in {home[key]} and in {called}; a list is in at most one (KRVL § 38)"
            )
        home[key] = called

    def _check_listeforbund(self, called: str, keys: tuple[str, ...]) -> None:
        """Hold a listeforbund against the law of the year, KRVL § 37 (KRVL-37)."""
        rule = in_force(LISTEFORBUND, self.year)
        if not rule.value:
            raise RuleError(
                f"{called} has a listeforbund ({listed(keys)}), and the election is of {self.year}; "
                f"listeforbund were abolished by {rule.provision}: "
                f"the last election with them was that of {LISTEFORBUND[0].until}"
            )
        letters = dict.fromkeys(self.by_key[key].letter for key in keys if key in self.by_key)
        if len(letters) > 1:
            raise RuleError(
                f"{called} has a listeforbund ({listed(keys)}) of lists with the letters {listed(letters)}; "
                f"the lists of a listeforbund have one letter ({rule.provision})"
            )

    @property
    def votes(self) -> FrozenDict[str, int]:
        """Key -> votes of the list, list votes and personal votes together (KRVL-76).

        >>> CouncilElection("Nyby", 1, [CandidateList("A", "Alfa", [Candidate("A-1", 9)], 20)]).votes
        {'A': 29}
        """
        return FrozenDict({a_list.key: a_list.votes for a_list in self.lists})

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is against a dated rule, yet can be computed (KRVL-21, KSL-5).

        A council of a size that it may not have, a list with more candidates than seats + 4 (a listeforbund:
        seats + 8), and candidates of one name on two lists, who may be one person.

        >>> a_list = CandidateList("A", "Alfa", [Candidate(f"A-{n}", n) for n in range(1, 16)])
        >>> for warning in CouncilElection("Nyby", 10, [a_list]).warnings:
        ...     print(warning.rule, warning.text)
        KSL-5 Nyby has 10 seats; the law has an odd number from 9 to 31.
        KRVL-21 List A has 15 candidates; with 10 seats it may have 14.
        """
        return (*self._size_warnings(), *self._length_warnings(), *self._name_warnings())

    def _size_warnings(self) -> Iterator[Warned]:
        try:
            rule = council_sizes(self.name, self.year)
        except RuleError:
            yield Warned(
                "KSL-5",
                "regionsloven",
                "No council of {council} was elected in {year}.",
                {"council": self.name, "year": str(self.year)},
            )
            return
        if not rule.value.allow(self.seats):
            yield Warned(
                rule.id,
                rule.provision,
                "{council} has {seats} seats; the law has an odd number from {least} to {most}.",
                {"council": self.name, "seats": self.seats, "least": rule.value.least, "most": rule.value.most},
            )

    def _length_warnings(self) -> Iterator[Warned]:
        rule = in_force(EXTRA_CANDIDATES, self.year)
        groups = [(rule, a_list.key, len(a_list.candidates)) for a_list in self.lists]
        for keys in (member for valgforbund in self.alliances for member in valgforbund if not isinstance(member, str)):
            together = in_force(EXTRA_CANDIDATES_OF_LISTEFORBUND, self.year)
            groups.append((together, "+".join(keys), sum(len(self.by_key[key].candidates) for key in keys)))
        for rule, called, candidates in groups:
            if candidates > self.seats + rule.value:
                yield Warned(
                    rule.id,
                    rule.provision,
                    "List {list} has {candidates} candidates; with {seats} seats it may have {most}.",
                    {
                        "list": called,
                        "candidates": candidates,
                        "seats": self.seats,
                        "most": self.seats + rule.value,
                    },
                )

    def _name_warnings(self) -> Iterator[Warned]:
        stands: dict[str, list[str]] = {}
        for a_list in self.lists:
            for candidate in a_list.candidates:
                stands.setdefault(candidate.name, []).append(a_list.key)
        for name, keys in stands.items():
            if len(keys) > 1:
                yield Warned(
                    "KRVL-21",
                    "KRVL § 21, stk. 3",
                    "{name} stands on the lists {lists}; a person stands on one, but two may share a name.",
                    {"name": name, "lists": listed(keys)},
                )
