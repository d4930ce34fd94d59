"""Checking and normalising what comes in: whole counts, names in one spelling.

A count is an ``int``, 0 or more. ``True`` is not a count and neither is ``2.0``. A name is text that is not
blank; it is brought to Unicode's composed form (NFC), so that an "Å" typed as two code points is the same list
as an "Å" typed as one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from numbers import Integral
from typing import Any, TypeVar
from unicodedata import category, is_normalized

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Entry, Field, Text, composed, like
from kommunalvalg.text import text as _

__all__ = [
    "alike",
    "checked_by_name",
    "checked_choice",
    "checked_count",
    "checked_counts",
    "checked_known",
    "checked_name",
    "checked_names",
    "checked_rule",
    "checked_seats",
    "checked_total",
    "checked_votes",
    "hold_apart",
    "hold_unlike",
    "listed",
    "look",
    "twice",
]

_NameT = TypeVar("_NameT")


def checked_count(field: Field, value: object, *, what: str = N_("a count"), least: int = 0) -> int:
    """Return ``value`` as an ``int`` when it is a whole number of at least ``least``.

    Whole numbers of other libraries (numpy's, for one) are taken; ``bool`` and every float are not.

    Args:
        field: what the number was given as, for the message.
        value: the number.
        what: what such a number is called, for the message, marked for translation.
        least: the smallest number that is allowed.

    Raises:
        VoteError: it is something else.

    >>> checked_count("seats", 9)
    9
    >>> checked_count("seats", True)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: seats is True; a count is a whole number, 0 or more
    """
    if type(value) is int and value >= least:  # the ordinary case, quickly
        return value
    if isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least:
        return int(value)
    raise VoteError(
        "{field} is {value}; {what} is a whole number, {least} or more",
        field=field,
        value=value,
        what=Text(what),
        least=least,
    )


def checked_name(field: Field, value: object) -> str:
    r"""Return a name in composed form (NFC).

    Raises:
        VoteError: it is not text, or blank, or holds a line end or another control character.

    >>> checked_name("list", "A\u030a") == "Å"
    True
    """
    if not isinstance(value, str):
        raise VoteError("{field} has the name {value}; a name is text", field=field, value=value)
    name = composed(value)
    if not name.strip() or not (name.isprintable() or look(name)):
        raise VoteError("{field} has the name {value}; a name is text that is not blank", field=field, value=value)
    if not name.isprintable() and any(category(letter) in _UNWRITABLE for letter in name):
        raise VoteError(
            "{field} has the name {value}; a name is text on one line, without control characters",
            field=field,
            value=value,
        )
    return name


_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of what cannot stand in a line of text: control characters, halves of letters, line ends."""


def checked_names(
    field: Field, names: object, *, known: Collection[str] | None = None, among: str = "votes"
) -> tuple[str, ...]:
    """Return some names, composed and each once, in their order; with ``known``, of those names only.

    Args:
        field: what they were given as, for the message.
        names: the names.
        known: the names that there are, or None.
        among: what those were given as, for the message.

    Raises:
        VoteError: ``names`` is one text or no collection at all, or a name is not a name, is there twice, or is
            not among ``known``.

    >>> checked_names("represented", ["A", "B"])
    ('A', 'B')
    >>> checked_names("represented", "AB")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: represented is 'AB'; give the names one by one, for example ['A', 'B']
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise VoteError(
            "{field} is {value}; give the names one by one, for example ['A', 'B']", field=field, value=names
        )
    found = tuple(names)
    if not _plain(found):
        found = tuple(checked_name(field, name) for name in found)
    if (again := twice(found)) is not None:
        raise VoteError("{field} names {value} twice; each name stands once", field=field, value=again)
    hold_unlike(field, found)
    if known is not None:
        for name in found:
            checked_known(field, name, known, among)
    return found


def checked_by_name(given: object, field: Field, known: Collection[str] | None = None, among: str = "votes") -> Any:  # noqa: ANN401 - of whatever stands there by name
    r"""Return a mapping of name to anything, with every name composed and none there twice; None is an empty one.

    Args:
        given: the mapping, whose values are not looked at.
        field: what it was given as, for the message.
        known: the names that there are, or None.
        among: what those were given as, for the message.

    Raises:
        VoteError: it is no mapping, a name is not one, two names are the same name or look the same, or a name is not
            among ``known``.

    >>> checked_by_name({"A\u030arhus": ["m1"]}, "declared")
    {'Århus': ['m1']}
    """
    if given is None:
        return FrozenDict()
    if not isinstance(given, Mapping):
        raise VoteError("{field} is {value}; give a mapping that begins with names", field=field, value=given)
    found = {checked_name(field, name): value for name, value in given.items()}
    hold_apart(field, given, found)
    if known is not None:
        for name in found:
            checked_known(field, name, known, among)
    return FrozenDict(found)


def hold_apart(field: Field, given: Collection[str], found: Collection[str]) -> None:
    """Hold that no two names became one when they were composed, and that no two look the same.

    Args:
        field: what the names were given as, for the message.
        given: the names as they were given.
        found: the same names composed, each once.

    Raises:
        VoteError: two of them did, or do.
    """
    if len(found) != len(given):
        again = twice([composed(name) for name in given])
        raise VoteError("{field} names {value} twice, in two spellings of the same letters", field=field, value=again)
    hold_unlike(field, found)


def hold_unlike(field: Field, names: Collection[str]) -> None:
    """Hold that no two names look the same.

    Raises:
        VoteError: two of them do.
    """
    if pair := alike(names):
        raise VoteError(
            "{field} names {one} and {other}, which look the same; each name stands once",
            field=field,
            value=pair[1],
            one=ascii(pair[0]),
            other=ascii(pair[1]),
        )


def checked_known(field: Field, name: object, known: Collection[str], among: str = "votes") -> str:
    """Return a name, composed, that is among the known.

    Args:
        field: what the name was given as, for the message.
        name: the name.
        known: the names that there are.
        among: what those were given as, for the message.

    Raises:
        VoteError: it is no name, or not among them.

    >>> checked_known("takers", "c", {"a": 16, "b": 15}, "groups")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: takers names 'c', which is not in groups; groups has a, b
    """
    name = checked_name(field, name)
    if name not in known:
        raise VoteError(
            "{field} names {value}, which is not in {among}; {among} has {known}",
            field=field,
            value=name,
            among=among,
            known=listed(known, name),
        )
    return name


def _plain(names: Collection[str]) -> bool:
    """Tell quickly that names need no other look, which is the ordinary case: letters and digits in composed form.

    Such names look the same only where they are the same; and a part of a composed text is composed.
    """
    try:
        together = "".join(names)
    except TypeError:
        return False
    return together.isalnum() and is_normalized("NFC", together) and "" not in names


def twice(names: Sequence[_NameT]) -> _NameT | None:
    """Give the first name, or whatever else stands for one, that is there more than once, or None.

    >>> twice(["A", "B", "A"]), twice(["A", "B"])
    ('A', None)
    """
    if len(set(names)) == len(names):
        return None
    number = Counter(names)
    return next(name for name in names if number[name] > 1)


def look(name: str) -> str:
    r"""Give a name as it looks: without signs that cannot be seen, and with single blanks inside it only.

    >>> look("\ufeffNy\u00a0 Liste ") == look("Ny Li\u00adste") == "Ny Liste"
    True
    """
    if not name.isprintable():  # the signs that cannot be seen are not
        name = "".join(sign for sign in name if category(sign) != "Cf")
    return " ".join(name.split())


def alike(names: Collection[str]) -> tuple[str, str] | None:
    r"""Give the first two names that look the same and are not, or None.

    >>> alike(["A", "B", "A\u200b"]), alike(["A", "B"])
    (('A', 'A\u200b'), None)
    """
    if all(map(str.isalnum, names)) or _single_spaced(names):  # the ordinary cases, quickly
        return None
    looks: dict[str, str] = {}
    for name in names:
        if (other := looks.setdefault(look(name), name)) != name:
            return other, name
    return None


def _single_spaced(names: Collection[str]) -> bool:
    """Tell whether names have no sign that cannot be seen, and blanks only inside, one at a time."""
    together = f"|{'|'.join(names)}|"
    return together.isprintable() and not any(blank in together for blank in ("  ", "| ", " |"))


def checked_votes(
    votes: object, field: str = "votes", *, what: str = N_("a vote count"), least: int = 0
) -> FrozenDict[str, int]:
    """Return a mapping of name to votes with every name composed and every count checked, in its order.

    Args:
        votes: mapping of name to votes, or to members, with at least one name.
        field: what it was given as, for the message.
        what: what such a number is called, for the message, marked for translation.
        least: the smallest number that is allowed.

    Raises:
        VoteError: it is no mapping or empty, a name or a count is not one, or two names are the same name.

    >>> checked_votes({"A": 1200, "B": 340})
    {'A': 1200, 'B': 340}
    >>> checked_votes({"A": 1200, "B": -3})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: votes["B"] is -3; a vote count is a whole number, 0 or more
    """
    counts = checked_counts(votes, field, what=what, least=least)
    if not counts:
        raise VoteError("{field} is empty; at least one name is needed", field=field, value=votes)
    return counts


def checked_counts(
    counts: object,
    field: Field,
    *,
    known: Mapping[str, int] | None = None,
    among: str = "votes",
    what: str = N_("a count"),
    least: int = 0,
) -> FrozenDict[str, int]:
    """Return a mapping of name to count, which may be empty; with ``known``, of those names only.

    Args:
        counts: mapping of name to count.
        field: what it was given as, for the message.
        known: the names that there are, or None.
        among: what those were given as, for the message.
        what: what such a number is called, for the message, marked for translation.
        least: the smallest number that is allowed.

    Raises:
        VoteError: it is no mapping, a name or a count is not one, two names are the same name or look the same, or a
            name is not among ``known``.

    >>> checked_counts({"B": 2}, "held", known={"A": 40, "B": 30})
    {'B': 2}
    >>> checked_counts({"C": 2}, "held", known={"A": 40, "B": 30})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: held names 'C', which is not in votes; votes has A, B
    """
    if not isinstance(counts, (dict, Mapping)):  # a dict is told quicker
        counts = _by_name(counts, field)
    found = {}
    plain = _plain(counts)
    for name, value in counts.items():
        if not plain:
            name = checked_name(field, name)  # noqa: PLW2901 - the checked name takes the place of the raw one
        if type(value) is not int or value < least:
            value = checked_count(Entry(field, name), value, what=what, least=least)  # noqa: PLW2901 - as above
        found[name] = value
    if not plain:
        hold_apart(field, counts, found)
    if known is not None and not found.keys() <= known.keys():
        for name in found:
            checked_known(field, name, known, among)
    return FrozenDict(found)


def _by_name(counts: Any, field: Field) -> Mapping[Any, object]:  # noqa: ANN401 - what is no mapping
    """Take a series, such as one of pandas, as the mapping of its index that it is."""
    if hasattr(counts, "columns"):
        raise VoteError(
            "{field} is a table of {value}; give a mapping of name to number, such as dict(zip(table['name'], "
            "table['votes']))",
            field=field,
            value=[*counts.columns],
        )
    made = counts.to_dict() if hasattr(counts, "to_dict") and not isinstance(counts, type) else counts
    if not isinstance(made, Mapping):
        raise VoteError(
            "{field} is {value}; give a mapping of name to number, such as {{'A': 12}}", field=field, value=counts
        )
    if len(made) != len(counts):
        raise VoteError(
            "{field} has {value} numbers and {names} names", field=field, value=len(counts), names=len(made)
        )
    return made


def checked_rule(rule: str) -> str:
    """Return the id of a rule; whether the law map has it is known when somebody asks where it stands.

    Raises:
        VoteError: it is no text.
    """
    if not isinstance(rule, str):
        raise VoteError("{field} is {value}; it is a text", field="rule", value=rule)
    return rule


def checked_seats(seats: int) -> int:
    """Return a number of seats to award, 0 or more.

    Raises:
        VoteError: it is none.
    """
    return checked_count("seats", seats, what=_SEATS)


_SEATS = N_("a number of seats")


def checked_total(total: object, votes: Mapping[str, int], field: str = "total") -> int:
    """Return the votes that shares are taken of, which are at least the votes of the names together.

    Raises:
        VoteError: it is no count, or smaller.

    >>> checked_total(100, {"A": 60, "B": 50})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: total is 100; it is at least the sum of the votes, 110
    """
    number = checked_count(field, total, what=N_("a vote count"))
    if number < (least := sum(votes.values())):
        raise VoteError(
            "{field} is {value}; it is at least the sum of the votes, {least}", field=field, value=number, least=least
        )
    return number


Choice = TypeVar("Choice", bound=StrEnum)


def checked_choice(field: Field, value: object, choices: type[Choice]) -> Choice:
    """Return the member of an enumeration that a text names.

    Args:
        field: what it was given as, for the message.
        value: the text, or the member.
        choices: the enumeration.

    Raises:
        VoteError: it names none.

    >>> class Post(StrEnum):
    ...     CHAIR = "chair"
    ...     VICE_CHAIR = "vice chair"
    >>> checked_choice("post", "chair", Post) is Post.CHAIR
    True
    >>> checked_choice("post", "treasurer", Post)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: post is 'treasurer'; it is one of 'chair', 'vice chair'
    """
    try:
        return choices(value)  # type: ignore[arg-type]  # the enumeration refuses what is no text
    except ValueError:
        raise VoteError(
            "{field} is {value}; it is one of {choices}",
            field=field,
            value=value,
            choices=listed(map(repr, map(str, choices)), repr(value)),
        ) from None


_MOST_LISTED = 12


def listed(names: Iterable[str], instead: object = None) -> str | Text:
    """Write some names one after another, the first dozen of them.

    Args:
        names: the names.
        instead: what was given in place of one of them; the name that it is like is asked after.

    >>> listed("ABC")
    'A, B, C'
    >>> listed(["Teknik", "Kultur"], "Tekniik").said("da")
    'Teknik, Kultur; mentes Teknik?'
    """
    names = list(names)
    more = len(names) - _MOST_LISTED
    first = ", ".join(names[:_MOST_LISTED])
    known = _("{names} and {count} more", names=first, count=more) if more > 0 else first
    return meant(known, instead, names)


def meant(known: str | Text, instead: object, names: Iterable[str]) -> str | Text:
    """Ask after the name that is like what was given, behind the words that say which names there are.

    >>> meant("the first is A", "a", ["A", "B"]).said("en")
    'the first is A; was A meant?'
    """
    near = like(instead, names, 1) if isinstance(instead, str) else []
    return _("{known}; was {near} meant?", known=known, near=near[0]) if near else known
