"""KRVL §§ 37-42: which lists stand together, and what stands of what was registered.

A valgforbund is an alliance of lists. Until the election of 2021 lists with one letter could form a listeforbund,
which counts as one list, also inside a valgforbund.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg import law
from kommunalvalg.council.law import ordinary_year
from kommunalvalg.council.lists import CandidateList, checked_lists, letter_of
from kommunalvalg.errors import RuleError, VoteError, Warned, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.alliances import Alliance, checked_units
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Field, Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_by_name, checked_count, checked_name, listed

__all__ = [
    "Fallen",
    "Members",
    "RegisteredAlliances",
    "StandingAlliances",
    "Valgforbund",
    "checked_alliances",
    "has_listeforbund",
    "last_with_listeforbund",
    "read_alliances",
    "standing_alliances",
]

Listeforbund: TypeAlias = tuple[str, ...]
Valgforbund: TypeAlias = tuple[str | Listeforbund, ...]
"""An alliance (valgforbund): keys of lists, and listeforbund, each a tuple of keys."""

Members: TypeAlias = Iterable[str | Iterable[str]]


def has_listeforbund(year: int) -> bool:
    """Tell whether lists with one letter may form a listeforbund, KRVL § 37 (KRVL-37).

    >>> has_listeforbund(2021), has_listeforbund(2025)
    (True, False)
    """
    return law.whole("KRVL-37", year) > 0


def last_with_listeforbund() -> int:
    """Give the year of the last election that had listeforbund (KRVL-37).

    >>> last_with_listeforbund()
    2021
    """
    (end,) = [provision.until for provision in law.rule("KRVL-37").provisions if provision.until]
    return ordinary_year(end.year)


def read_alliances(alliances: Iterable[Members]) -> tuple[Valgforbund, ...]:
    """Take alliances as they come in, of any iterables, and make them values.

    Raises:
        VoteError: they are none.
        RuleError: they have more levels than the law has.

    >>> read_alliances([["V", ["L.1", "L.2"]]])
    (('V', ('L.1', 'L.2')),)
    """
    if isinstance(alliances, str) or not isinstance(alliances, Iterable):
        raise VoteError(
            "{field} is {value}; give each valgforbund as the keys of its lists, such as [['A', 'B']]",
            field="alliances",
            value=alliances,
        )
    return tuple(
        tuple(_member(called, member) for member in _iterated(called, valgforbund, "'A', 'B'"))
        for called, valgforbund in _numbered(alliances)
    )


def _numbered(alliances: Iterable[Members]) -> Iterator[tuple[str, Members]]:
    return ((f"valgforbund {number}", each) for number, each in enumerate(alliances, start=1))


def _member(called: Field, member: object) -> str | Listeforbund:
    if isinstance(member, str):
        return checked_name(called, member)
    return tuple(
        _key_inside(called, key) for key in _iterated(_("a listeforbund in {name}", name=called), member, "'A1', 'A2'")
    )


def _key_inside(called: Field, key: object) -> str:
    if not isinstance(key, str):
        raise RuleError(
            "{field} has a third level; a listeforbund has lists only, and a valgforbund is never inside another",
            field=called,
            value=key,
            rule="KRVL-38",
        )
    return checked_name(called, key)


def _iterated(called: Field, members: object, example: str) -> tuple[object, ...]:
    if isinstance(members, str) or not isinstance(members, Iterable):
        raise VoteError(
            "{field} is {value}; give its lists one by one, such as [{example}]",
            field=called,
            value=members,
            example=example,
        )
    keys = tuple(members)
    if not keys:
        raise VoteError("{field} has no lists; it has at least one", field=called, value=members)
    return keys


def _keys(member: str | Listeforbund) -> Listeforbund:
    return (member,) if isinstance(member, str) else member


def checked_alliances(
    alliances: tuple[Valgforbund, ...], lists: Mapping[str, CandidateList], *, council: str, year: int
) -> tuple[str | Alliance, ...]:
    """Hold the alliances of an election against the law of its year, KRVL §§ 37 and 38 (KRVL-37, KRVL-38).

    Lists with one letter are in an alliance as one listeforbund, or not at all, and have one listeforbund between
    them. After the election of 2021 there is none, and the letters of lists in a valgforbund are as they are.

    Args:
        alliances: the alliances.
        lists: key -> list.
        council: the council's name, for messages.
        year: the election year.

    Returns:
        The units of the first distribution: alliances, and the lists that are in none.

    Raises:
        VoteError: an alliance names a list that does not stand, or a list is in two of them, or twice in one.
        RuleError: a listeforbund in a year without them or of lists with different letters, two listeforbund of one
            letter, or a valgforbund of lists with one letter that are no listeforbund.
    """
    home: dict[str, str] = {}
    listeforbund: dict[str, str] = {}
    for number, valgforbund in enumerate(alliances, start=1):
        called = f"valgforbund {number}"
        for member in valgforbund:
            for key in _keys(member):
                _check_key(called, key, home, lists, council, year)
            if not isinstance(member, str):
                _check_listeforbund(called, member, listeforbund, lists, year)
        if has_listeforbund(year):
            _check_letters(called, valgforbund, lists, year)
    return checked_units(alliances, lists)


def _check_key(
    called: str, key: str, home: dict[str, str], lists: Mapping[str, CandidateList], council: str, year: int
) -> None:
    """Hold one list of an alliance against the lists that stand, and the alliances before."""
    if key not in lists:
        raise VoteError(
            "{field} names {value}; the lists of {council} are {lists}",
            field=called,
            value=key,
            council=council,
            lists=listed(lists, key),
        )
    if home.get(key) == called:
        raise VoteError("{field} names the list {value} twice; each list stands once", field=called, value=key)
    if key in home:
        raise VoteError(
            "the list {value} is in {other} and in {field}; a list is in at most one",
            field=called,
            value=key,
            rule="KRVL-38",
            when=year,
            other=home[key],
        )
    home[key] = called


def _check_listeforbund(
    called: str, keys: Listeforbund, others: dict[str, str], lists: Mapping[str, CandidateList], year: int
) -> None:
    """Hold a listeforbund against § 37: one letter, and one listeforbund of that letter (KRVL-37)."""
    if not has_listeforbund(year):
        raise RuleError(
            "{field} has a listeforbund ({lists}), and the election is of {year}; "
            "the last election with listeforbund was that of {last}",
            field=called,
            value=keys,
            rule="KRVL-37",
            when=last_with_listeforbund(),
            lists=listed(keys),
            year=str(year),
            last=str(last_with_listeforbund()),
        )
    letters = dict.fromkeys(lists[key].shared_letter for key in keys)
    if len(letters) > 1:
        raise RuleError(
            "{field} has a listeforbund ({lists}) of lists with the letters {letters}; "
            "the lists of a listeforbund have one letter",
            field=called,
            value=keys,
            rule="KRVL-37",
            when=year,
            lists=listed(keys),
            letters=listed(letters),
        )
    if len(keys) == 1:
        return  # a listeforbund of one list is that list
    letter = next(iter(letters))
    if letter in others:
        raise RuleError(
            "{field} has a listeforbund of the letter {value}, and so has {other}; lists of one letter form one",
            field=called,
            value=letter,
            rule="KRVL-37",
            when=year,
            other=others[letter],
        )
    others[letter] = called


def _check_letters(called: str, valgforbund: Valgforbund, lists: Mapping[str, CandidateList], year: int) -> None:
    """Hold a valgforbund against § 38: its lists and listeforbund have different letters (KRVL-38)."""
    first: dict[str, str | Listeforbund] = {}
    for member in valgforbund:
        letter = lists[_keys(member)[0]].shared_letter
        if letter in first:
            both = (*_keys(first[letter]), *_keys(member))
            raise RuleError(
                "{field} has the lists {lists} of the letter {value}; "
                "lists of one letter are in a valgforbund as one listeforbund, [{example}], or not at all",
                field=called,
                value=letter,
                rule="KRVL-38",
                when=year,
                lists=listed(both),
                example=", ".join(map(repr, both)),
            )
        first[letter] = member


@attrs.frozen(kw_only=True)
class Fallen:
    """What was registered and does not stand.

    Attributes:
        lists: the lists that are not in what was registered, by key.
        number: the number of the registration, from 1.
        why: why not, with the rule.
    """

    lists: tuple[str, ...]
    number: int
    why: Warned


@attrs.frozen(kw_only=True)
class StandingAlliances(Result):
    """What stands of the alliances that were registered.

    Attributes:
        alliances: what stands, as :class:`.CouncilElection` takes it.
        fallen: what does not, in the order of the registrations.
        case: what was registered.
    """

    alliances: tuple[Valgforbund, ...]
    fallen: tuple[Fallen, ...] = attrs.field(repr=shown)
    case: "RegisteredAlliances" = attrs.field(repr=False)


def _letters(lists: "Mapping[str, str] | Iterable[CandidateList]") -> FrozenDict[str, str]:
    """Take lists, or their letters by key."""
    if isinstance(lists, Mapping):
        return FrozenDict(
            {key: letter_of(checked_name("letter", letter)) for key, letter in checked_by_name(lists, "lists").items()}
        )
    return FrozenDict({a_list.key: a_list.shared_letter for a_list in checked_lists(lists)})


def _withdrawals(withdrawals: object) -> tuple[tuple[int, str], ...]:
    given = tuple(withdrawals) if isinstance(withdrawals, Iterable) else (withdrawals,)
    for each in given:
        if not isinstance(each, tuple | list) or len(each) != len(("number", "key")):
            raise VoteError(
                "{field} has {value}; a withdrawal is (number of the registration, list)",
                field="withdrawals",
                value=each,
            )
    return tuple(
        (checked_count("withdrawals", number, what=N_("a registration's number"), least=1), checked_name("list", key))
        for number, key in given
    )


@attrs.frozen(kw_only=True)
class RegisteredAlliances:
    """The alliances that were registered (anmeldt) for an election.

    Args:
        lists: the lists that stand, or the letter of each by its key.
        registered: the registrations in their order, each as an alliance of :class:`.CouncilElection`.
        withdrawals: the number of a registration, from 1, and a list whose part in it was withdrawn or defective.
        year: the election year.

    Raises:
        VoteError: a name, a number or an alliance is not one.
        RuleError: a listeforbund in a year that does not have them, or a year whose law is not known here.
    """

    lists: FrozenDict[str, str] = attrs.field(converter=_letters)
    registered: tuple[Valgforbund, ...] = attrs.field(converter=read_alliances)
    withdrawals: tuple[tuple[int, str], ...] = attrs.field(default=(), converter=_withdrawals)
    year: int

    def __attrs_post_init__(self) -> None:
        law.known_election(checked_count("year", self.year, what=N_("a year")))
        for number, valgforbund in enumerate(self.registered, start=1):
            if any(not isinstance(member, str) for member in valgforbund) and not has_listeforbund(self.year):
                raise RuleError(
                    "{field} has a listeforbund, and the election is of {year}; "
                    "the last election with listeforbund was that of {last}",
                    field=_("registered {number}", number=number),
                    value=valgforbund,
                    rule="KRVL-37",
                    when=last_with_listeforbund(),
                    year=str(self.year),
                    last=str(last_with_listeforbund()),
                )
        for number, key in self.withdrawals:
            if number > len(self.registered) or key not in self._named(number):
                raise VoteError(
                    "{field} has the list {value}, which is not in registration {number}",
                    field="withdrawals",
                    value=key,
                    number=number,
                )

    def _named(self, number: int) -> list[str]:
        return [key for member in self.registered[number - 1] for key in _keys(member)]

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.year

    def settled(self, urn: Urn) -> StandingAlliances:  # noqa: ARG002 - nothing here is drawn
        """Say what stands."""
        registry = _Registry(self)
        alliances = registry.standing()
        return StandingAlliances(alliances=alliances, fallen=tuple(registry.fallen), case=self)


def standing_alliances(
    lists: "Mapping[str, str] | Iterable[CandidateList]",
    registered: Iterable[Members],
    *,
    year: int,
    withdrawals: Iterable[tuple[int, str]] = (),
) -> StandingAlliances:
    """Say what stands of the alliances that were registered, and why the rest does not, KRVL §§ 41 and 42.

    A list that was withdrawn, whose registration was defective, or that does not stand itself is in no alliance,
    which stands for the others (KRVL-41). Several listeforbund of one letter: none of them stands. A list or a
    listeforbund in several valgforbund is in none. Several lists of one letter in a valgforbund that are not one
    listeforbund: none of them is in it (KRVL-42). What falls takes nothing else with it.

    The three are applied in this order; that a listeforbund of lists with different letters does not stand, and
    that a list of a listeforbund is in a valgforbund only if all its lists are, is *inferred* from §§ 37 and 38.

    Args:
        lists: the lists that stand, or the letter of each by its key.
        registered: the registrations, each as an alliance of :class:`.CouncilElection`.
        year: the election year.
        withdrawals: the number of a registration, from 1, and a list whose part in it was withdrawn or defective.

    Raises:
        VoteError: a name, a number or an alliance is not one.
        RuleError: a listeforbund in a year that does not have them, or a year whose law is not known here.

    >>> letters = {"V": "V", "C": "C", "L.1": "L.1", "L.2": "L.2"}
    >>> result = standing_alliances(letters, [["V", "C", "L.1", "L.2"]], year=2021)
    >>> result.alliances
    (('V', 'C'),)
    >>> for fallen in result.fallen:
    ...     print(fallen.why)
    L.1, L.2: not in alliance 1; several lists of one letter, not one listeforbund (KRVL § 42).
    """
    return settle(RegisteredAlliances(lists=lists, registered=registered, year=year, withdrawals=withdrawals))


class _Registry:
    """The registrations while § 42 is applied to them."""

    def __init__(self, case: RegisteredAlliances) -> None:
        self.case = case
        self.letters = case.lists
        self.fallen: list[Fallen] = []

    def falls(self, keys: Iterable[str], number: int, message: str, rule: str) -> None:
        """Note that some lists are not in what was registered."""
        keys = tuple(keys)
        text = Text(message, FrozenDict({"lists": listed(keys), "number": number}))
        self.fallen.append(Fallen(lists=keys, number=number, why=Warned(text, rule, self.case.year)))

    def standing(self) -> tuple[Valgforbund, ...]:
        """Apply §§ 41 and 42."""
        members = {number: self._present(number, each) for number, each in enumerate(self.case.registered, start=1)}
        home = self._listeforbund(members)
        # What registered a listeforbund alone registered no valgforbund.
        joined = {number: each for number, each in members.items() if len(self.case.registered[number - 1]) > 1}
        units = {number: self._units(number, each, home) for number, each in joined.items()}
        self._in_several(units)
        if has_listeforbund(self.case.year):
            for number, each in units.items():
                self._one_letter(number, each)
        standing = [each for each in units.values() if len(each) > 1]
        allied = {unit for each in standing for unit in each}
        alone = [(unit,) for unit in dict.fromkeys(home.values()) if unit not in allied]
        self.fallen.sort(key=lambda fallen: fallen.number)
        return (*(tuple(self._written(unit) for unit in each) for each in standing), *alone)

    @staticmethod
    def _written(unit: Listeforbund) -> str | Listeforbund:
        return unit if len(unit) > 1 else unit[0]

    def _present(self, number: int, valgforbund: Valgforbund) -> list[Listeforbund]:
        """Leave out the lists that do not stand or were withdrawn, § 41, stk. 2."""
        named = [key for member in valgforbund for key in _keys(member)]
        absent = [key for key in named if key not in self.letters]
        withdrawn = [key for key in named if (number, key) in self.case.withdrawals and key not in absent]
        if absent:
            self.falls(absent, number, N_("{lists}: not in alliance {number}; no such list stands."), "KRVL-41")
        if withdrawn:
            said = N_("{lists}: not in alliance {number}; withdrawn, or the registration defective.")
            self.falls(withdrawn, number, said, "KRVL-41")
        out = {*absent, *withdrawn}
        return [tuple(dict.fromkeys(key for key in _keys(member) if key not in out)) for member in valgforbund]

    def _listeforbund(self, members: Mapping[int, list[Listeforbund]]) -> dict[str, Listeforbund]:
        """Give the listeforbund that each list is in, where it stands, § 37 and § 42, nr. 1."""
        registered = [(number, keys) for number, each in members.items() for keys in each if len(keys) > 1]
        of_letter: dict[str, list[tuple[int, Listeforbund]]] = {}
        for number, keys in registered:
            letters = {self.letters[key] for key in keys}
            if len(letters) > 1:
                said = N_("{lists}: no listeforbund in alliance {number}; the letters differ.")
                self.falls(keys, number, said, "KRVL-37")
            else:
                of_letter.setdefault(letters.pop(), []).append((number, keys))
        home: dict[str, Listeforbund] = {}
        for each in of_letter.values():
            if len({frozenset(keys) for _, keys in each}) == 1:
                home |= dict.fromkeys(each[0][1], each[0][1])
                continue
            for number, keys in each:
                said = N_("{lists}: no listeforbund in alliance {number}; the letter has several.")
                self.falls(keys, number, said, "KRVL-42")
        return home

    def _units(self, number: int, members: list[Listeforbund], home: Mapping[str, Listeforbund]) -> list[Listeforbund]:
        """Give the lists and the standing listeforbund that registered a valgforbund, § 38, stk. 2."""
        named = list(dict.fromkeys(key for keys in members for key in keys))
        units = dict.fromkeys(home.get(key, (key,)) for key in named)
        for unit in list(units):
            if not set(unit) <= set(named):
                del units[unit]
                part = [key for key in unit if key in named]
                said = N_("{lists}: not in alliance {number}; the others of the listeforbund are not.")
                self.falls(part, number, said, "KRVL-38")
        return list(units)

    def _in_several(self, units: dict[int, list[Listeforbund]]) -> None:
        """Leave out of all valgforbund what is in several, § 42, nr. 2."""
        joined = {number: each for number, each in units.items() if len(each) > 1}
        for unit in dict.fromkeys(unit for each in joined.values() for unit in each):
            numbers = [number for number, each in joined.items() if unit in each]
            if len(numbers) > 1:
                for number in numbers:
                    said = N_("{lists}: not in alliance {number}; registered in several.")
                    self.falls(unit, number, said, "KRVL-42")
        several = [
            unit for each in joined.values() for unit in each if sum(unit in other for other in joined.values()) > 1
        ]
        for number, each in units.items():
            units[number] = [unit for unit in each if unit not in several]

    def _one_letter(self, number: int, units: list[Listeforbund]) -> None:
        """Leave out lists of one letter that are not one listeforbund, § 42, nr. 3."""
        letters = [self.letters[unit[0]] for unit in units]
        for letter in dict.fromkeys(letters):
            if letters.count(letter) > 1:
                same = [unit for unit in units if self.letters[unit[0]] == letter]
                said = N_("{lists}: not in alliance {number}; several lists of one letter, not one listeforbund.")
                self.falls([key for unit in same for key in unit], number, said, "KRVL-42")
                units[:] = [unit for unit in units if unit not in same]
