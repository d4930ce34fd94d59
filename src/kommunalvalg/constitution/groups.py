"""§ 24, stk. 3: the groups (valggrupper) in which the members vote together, on which every forholdstalsvalg rests."""

from collections.abc import Collection, Iterable, Mapping
from math import ceil
from typing import Any

from kommunalvalg import law
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.methods.alliances import FORHOLDSTALSVALG
from kommunalvalg.text import N_, Entry, Field
from kommunalvalg.votes import checked_by_name, checked_counts, checked_name, checked_names, checked_votes

__all__ = [
    "FORHOLDSTALSVALG",
    "MEMBERS",
    "SEATS",
    "Dated",
    "by_committee",
    "check_quorum",
    "checked_groups",
    "counts_by_group",
    "counts_given",
    "known_groups",
    "least_and_most",
    "voting_groups",
]

_QUORUM = "KSL-11"


class Dated:
    """A case that rests on the law of a day: ``day``, or the day of the law as this release knows it."""

    __slots__ = ()

    @property
    def law(self) -> int | str:
        """The election year or day whose law it is."""
        day: law.When = getattr(self, "day", None)
        return day if isinstance(day, int | str) else law.day_of_law(day).isoformat()


MEMBERS = N_("a number of members")
SEATS = N_("a number of seats")


def voting_groups(
    members: Mapping[str, str],
    declared: Mapping[str, Iterable[str]] | None = None,
    *,
    absent: Iterable[str] = (),
) -> FrozenDict[str, int]:
    """Count the members of each group who take part in the meeting (KSL-24-3).

    Args:
        members: member -> the list that elected them, for everybody in the council. Where a substitute takes part
            in a member's place, the substitute stands here.
        declared: group -> the members who declared to vote together. Who declared nothing stands with the
            others of their own list who did not (*inferred*); by the words each of them stands alone.
        absent: the members who do not take part; nobody stands in for them.

    Returns:
        Group -> members taking part, the declared groups first. A group of which nobody takes part is left out.

    Raises:
        VoteError: a name is not one, is not among the members, or is in two groups; or a declared group has the
            name of a list that still has members of its own.

    KSL § 24, stk. 3; the ministry's opinion 79.1.3 (only who takes part counts).

    >>> members = {"m1": "A", "m2": "A", "m3": "F", "m4": "V", "m5": "V"}
    >>> voting_groups(members, {"A+F": ["m1", "m2", "m3"]}, absent=["m5"])
    {'A+F': 3, 'V': 1}
    """
    if not isinstance(members, Mapping) or not members:
        raise VoteError(
            "{field} is {value}; give a mapping of member to list, with at least one member",
            field="members",
            value=members,
        )
    lists = {
        member: checked_name(f"members[{member!r}]", name)
        for member, name in checked_by_name(members, "members").items()
    }
    away = checked_names("absent", absent, known=lists, among="members")
    counts: dict[str, int] = {}
    home: dict[str, str] = {}
    groups = checked_by_name(declared, "declared")
    for name, joined in groups.items():
        counts[name] = 0
        for member in checked_names(f"declared[{name!r}]", joined, known=lists, among="members"):
            if member in home:
                raise VoteError(
                    "{value} is in the groups {first} and {second}; a member is in one",
                    field="declared",
                    value=member,
                    rule=FORHOLDSTALSVALG,
                    first=home[member],
                    second=name,
                )
            home[member] = name
            counts[name] += member not in away
    for member, name in lists.items():
        if member in home:
            continue
        if name in groups:
            raise VoteError(
                "{field} has a group {value}, and {member} of the list {list} is not in it; "
                "give the group a name of its own, or every member of the list",
                field="declared",
                value=name,
                member=member,
                list=name,
            )
        counts[name] = counts.get(name, 0) + (member not in away)
    return FrozenDict({name: count for name, count in counts.items() if count})


def checked_groups(groups: object) -> FrozenDict[str, int]:
    """Return group -> members taking part, each at least one.

    Raises:
        VoteError: it is no mapping or empty, a name or a number is not one, or a group is of nobody.

    >>> checked_groups({"a": 16, "b": 0})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: groups["b"] is 0; a number of members is a whole number, 1 or more
    """
    return checked_votes(groups, "groups", what=MEMBERS, least=1)


def check_quorum(field: str, present: int, council_size: int, day: law.When = None) -> None:
    """Hold that at least half of a council is present, so that it can elect (KSL-11).

    Raises:
        RuleError: fewer are.

    >>> check_quorum("present", 15, 31)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: present is 15; a council of 31 can elect when 16 are present (KSL § 11, stk. 2)
    """
    needed = ceil(law.share(_QUORUM, day) * council_size)
    if present < needed:
        raise RuleError(
            "{field} is {value}; a council of {council_size} can elect when {needed} are present",
            field=field,
            value=present,
            rule=_QUORUM,
            when=day,
            council_size=council_size,
            needed=needed,
        )


def least_and_most(rule: str, day: law.When = None, name: str = "") -> tuple[int, int]:
    """Give the least and the most of something that a rule sets.

    >>> least_and_most("KRVL-14"), least_and_most("RSL-19")
    ((5, 7), (2, 2))
    """
    value = law.value(rule, day, name)
    match value if isinstance(value, tuple) else (value, value):
        case (int(least), int(most)):
            return least, most
    raise TypeError(f"{rule} sets no least and most: {value!r}")


def known_groups(counts: object, field: Field, known: Mapping[str, int], *, what: str = SEATS) -> FrozenDict[str, int]:
    """Return group -> count, without those that are 0, with every group among the known.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.

    >>> known_groups({"c": 1}, "renounced", {"a": 16, "b": 15})
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: renounced names 'c', which is not in groups; groups has a, b
    """
    checked = checked_counts(counts, field, known=known, among="groups", what=what)
    return FrozenDict({name: count for name, count in checked.items() if count})


def by_committee(given: object, field: str, committees: Collection[str]) -> FrozenDict[str, Any]:
    """Return committee -> group -> seats, or committee -> groups, composed and of committees that there are.

    Raises:
        VoteError: it is no mapping, a name is not one or there twice, or a committee is not among the known.

    >>> by_committee({"Teknik": {"a": 1}}, "seated", {"Teknik": 5})
    {'Teknik': {'a': 1}}
    """
    if not isinstance(given, Mapping):
        raise VoteError(
            "{field} is {value}; give a mapping of committee to its seats by group", field=field, value=given
        )
    return FrozenDict(
        {
            name: each if isinstance(each, tuple) else checked_counts(each, Entry(field, name), what=SEATS)
            for name, each in checked_by_name(given, field, committees, "committees").items()
        }
    )


def counts_given(counts: object) -> FrozenDict[str, int]:
    """Take counts by group as they come; None is none, and the class that takes them checks them against its groups.

    >>> counts_given(None)
    {}
    """
    return FrozenDict() if counts is None else counts  # type: ignore[return-value]  # as the class checks it


def counts_by_group(counts: Iterable[str]) -> FrozenDict[str, int]:
    """Count how often each group stands in an order, for those that do.

    >>> counts_by_group("abaa")
    {'a': 3, 'b': 1}
    """
    order = list(counts)
    return FrozenDict({group: order.count(group) for group in dict.fromkeys(order)})
