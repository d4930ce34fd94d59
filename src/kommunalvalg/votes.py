"""Checking and normalising what comes in: whole counts, names in one spelling.

A count is an ``int``, 0 or more. ``True`` is not a count and neither is ``2.0``. A name is text that is not
blank; it is brought to Unicode's composed form (NFC), so that an "Å" typed as two code points is the same list
as an "Å" typed as one.
"""

from collections.abc import Iterable, Mapping
from numbers import Integral
from unicodedata import category, normalize

from kommunalvalg.errors import VoteError, shown
from kommunalvalg.frozen import FrozenDict

__all__ = ["checked_count", "checked_counts", "checked_name", "checked_names", "checked_votes"]


def checked_count(field: str, value: object, *, what: str = "count", least: int = 0) -> int:
    """Return ``value`` as an ``int`` when it is a whole number of at least ``least``.

    Whole numbers of other libraries (numpy's, for one) are taken; ``bool`` and every float are not.

    Args:
        field: what the number was given as, for the message.
        value: the number.
        what: what such a number is called, for the message.
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
    raise VoteError(f"{field} is {shown(value)}; a {what} is a whole number, {least} or more")


def checked_name(field: str, value: object) -> str:
    r"""Return a name in composed form (NFC).

    Raises:
        VoteError: it is not text, or blank, or holds a line end or another control character.

    >>> checked_name("list", "A\u030a") == "Å"
    True
    """
    if not isinstance(value, str):
        raise VoteError(f"{field} has the name {shown(value)}; a name is text")
    name = normalize("NFC", value)
    if not name.strip():
        raise VoteError(f"{field} has the name {shown(value)}; a name is text that is not blank")
    if not name.isprintable() and any(category(letter) in _UNWRITABLE for letter in name):
        raise VoteError(f"{field} has the name {shown(value)}; a name is text on one line, without control characters")
    return name


_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of what cannot stand in a line of text: control characters, halves of letters, line ends."""


def checked_names(field: str, names: object) -> tuple[str, ...]:
    """Return some names, composed and each once, in their order.

    Raises:
        VoteError: ``names`` is one text or no collection at all, or a name is not a name or is there twice.

    >>> checked_names("represented", ["A", "B"])
    ('A', 'B')
    >>> checked_names("represented", "AB")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: represented is 'AB'; give the names one by one, for example ['A', 'B']
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise VoteError(f"{field} is {shown(names)}; give the names one by one, for example ['A', 'B']")
    found = tuple(checked_name(field, name) for name in names)
    if len(set(found)) != len(found):
        twice = next(name for name in found if found.count(name) > 1)
        raise VoteError(f"{field} names {shown(twice)} twice; each name stands once")
    return found


def checked_votes(votes: object, field: str = "votes") -> FrozenDict[str, int]:
    """Return a mapping of name to votes with every name composed and every count checked, in its order.

    Args:
        votes: mapping of name to votes, with at least one name.
        field: what it was given as, for the message.

    Raises:
        VoteError: it is no mapping or empty, a name or a count is not one, or two names are the same name.

    >>> checked_votes({"A": 1200, "B": 340})
    {'A': 1200, 'B': 340}
    >>> checked_votes({"A": 1200, "B": -3})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: votes["B"] is -3; a vote count is a whole number, 0 or more
    """
    counts = checked_counts(votes, field, what="vote count")
    if not counts:
        raise VoteError(f"{field} is empty; at least one name is needed")
    return counts


def checked_counts(
    counts: object, field: str, *, known: Mapping[str, int] | None = None, what: str = "count"
) -> FrozenDict[str, int]:
    """Return a mapping of name to count, which may be empty; with ``known``, of those names only.

    Raises:
        VoteError: it is no mapping, a name or a count is not one, two names are the same name, or a name is
            not among ``known``.
    """
    if not isinstance(counts, Mapping):
        raise VoteError(f"{field} is {shown(counts)}; give a mapping of name to {what}, such as {{'A': 12}}")
    found = {}
    for name, value in counts.items():
        # The two tests decide the ordinary case quickly; the functions decide every case and say why not.
        if type(name) is not str or not name.isalnum() or not name.isascii():
            name = checked_name(field, name)  # noqa: PLW2901 - the checked name takes the place of the raw one
        if type(value) is not int or value < 0:
            value = checked_count(f'{field}["{name}"]', value, what=what)  # noqa: PLW2901 - as above
        found[name] = value
    if len(found) != len(counts):
        names = [normalize("NFC", name) for name in counts]
        twice = next(name for name in names if names.count(name) > 1)
        raise VoteError(f"{field} names {shown(twice)} twice, in two spellings of the same letters")
    if known is not None and not found.keys() <= known.keys():
        unknown = next(name for name in found if name not in known)
        raise VoteError(f"{field} names {shown(unknown)}, which is not in votes; votes has {listed(known)}")
    return FrozenDict(found)


_MOST_LISTED = 12


def listed(names: Iterable[str]) -> str:
    """Write some names one after another, the first dozen of them.

    >>> listed("ABC")
    'A, B, C'
    """
    names = list(names)
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
