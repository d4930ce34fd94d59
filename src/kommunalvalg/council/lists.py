"""KRVL §§ 21 and 24: the lists that stand, and their candidates, with what was counted for each.

Everything is checked when it is made, so that what comes after can rely on it.
"""

from collections.abc import Iterable
from enum import StrEnum

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_choice, checked_count, checked_name, hold_unlike, twice

__all__ = ["Candidate", "CandidateList", "Form", "checked_lists", "letter_of", "read_lists"]


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
            votes = checked_count(_("votes of candidate {name}", name=repr(name)), self.votes, what=N_("a vote count"))
            object.__setattr__(self, "votes", votes)


def _letter(letter: str) -> str:
    return checked_name("letter", letter)


def letter_of(letter: str) -> str:
    """Return a letter without the number by which lists that share one were told apart, KRVL § 35 (KRVL-34).

    >>> letter_of("L.1"), letter_of("A. 2"), letter_of("B")
    ('L', 'A', 'B')
    """
    head, _dot, number = letter.partition(".")
    return head.strip() if head.strip() and number.strip().isdigit() else letter


def read_lists(lists: "Iterable[CandidateList]") -> "tuple[CandidateList, ...]":
    """Take lists as they come in, of any iterable.

    Raises:
        VoteError: they are none.
    """
    if isinstance(lists, str) or not isinstance(lists, Iterable):
        raise VoteError(
            "{field} is {value}; give the lists one by one, as CandidateList(...)", field="lists", value=lists
        )
    return tuple(lists)


def checked_lists(lists: "Iterable[CandidateList]") -> "tuple[CandidateList, ...]":
    """Take lists as they come in, each of which is one.

    Raises:
        VoteError: one is none.
    """
    every = read_lists(lists)
    for each in every:
        if not isinstance(each, CandidateList):
            raise VoteError("{field} has {value}; a list is CandidateList(...)", field="lists", value=each)
    return every


def _name(name: str) -> str:
    return checked_name("list", name)


def _candidates(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    if isinstance(candidates, str) or not isinstance(candidates, Iterable):
        raise VoteError(
            "{field} is {value}; give the candidates of the list one by one", field="candidates", value=candidates
        )
    return tuple(candidates)


def _form(form: str) -> Form:
    return checked_choice("form", form, Form)


def _key(key: str | None) -> str:
    return "" if key is None else checked_name("key", key)


@attrs.frozen
class CandidateList:
    """A list (kandidatliste), KRVL §§ 19 and 24, with what was counted for it (KRVL-19, KRVL-24, KRVL-74).

    Args:
        letter: the letter on the ballot.
        name: the list's name.
        candidates: the candidates in ballot order, at least one.
        list_votes: votes for the list and for no candidate (listestemmer).
        form: "sideordnet" or "partiliste".
        key: what results call the list; its letter, unless two lists share one.

    Attributes:
        votes: all the votes of the list: list votes and personal votes (KRVL-74).

    Raises:
        VoteError: a name or a count is not one, the form is unknown, there are no candidates, or two of them
            have one name.

    >>> a_list = CandidateList("A", "Alfa", [Candidate("A-1", 120), Candidate("A-2", 80)], 300)
    >>> a_list.key, a_list.votes, str(a_list.form)
    ('A', 500, 'sideordnet')
    """

    letter: str = attrs.field(converter=_letter)
    name: str = attrs.field(converter=_name)
    candidates: tuple[Candidate, ...] = attrs.field(converter=_candidates, repr=lambda candidates: str(len(candidates)))
    list_votes: int = 0
    form: Form = attrs.field(default=Form.SIDEORDNET, converter=_form, repr=lambda form: repr(str(form)))
    key: str = attrs.field(default=None, kw_only=True, converter=_key)
    votes: int = attrs.field(init=False, eq=False, repr=False)

    @property
    def shared_letter(self) -> str:
        """The letter without a number, as "L" of the list L.1."""
        return letter_of(self.letter)

    def __attrs_post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.letter)
        if not self.candidates:
            raise VoteError(
                "list {list} has no candidates; a list has at least one",
                field=f"lists[{self.key!r}].candidates",
                value=self.candidates,
                rule="KRVL-19",
                list=self.key,
            )
        for candidate in self.candidates:
            if not isinstance(candidate, Candidate):
                raise VoteError(
                    "list {list} has the candidate {value}; a candidate is Candidate(name, votes)",
                    field=f"lists[{self.key!r}].candidates",
                    value=candidate,
                    list=self.key,
                )
        if again := twice([candidate.name for candidate in self.candidates]):
            raise VoteError(
                "list {list} has two candidates with the name {value}; "
                "give each a name of its own, such as one with the place on the ballot",
                field=f"lists[{self.key!r}].candidates",
                value=again,
                list=self.key,
            )
        hold_unlike(f"lists[{self.key!r}].candidates", [candidate.name for candidate in self.candidates])
        list_votes = checked_count(
            _("list votes of list {list}", list=self.key), self.list_votes, what=N_("a vote count")
        )
        object.__setattr__(self, "list_votes", list_votes)
        object.__setattr__(self, "votes", list_votes + sum([candidate.votes for candidate in self.candidates]))
