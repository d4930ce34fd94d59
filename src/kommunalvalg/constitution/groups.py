"""§ 24, stk. 3: the groups (valggrupper) in which the members vote together, on which every forholdstalsvalg rests."""

from collections.abc import Iterable, Mapping

from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_counts, checked_name, checked_names, checked_votes

__all__ = [
    "FORHOLDSTALSVALG",
    "MEMBERS",
    "SEATS",
    "checked_groups",
    "counts_by_group",
    "counts_given",
    "known_groups",
    "voting_groups",
]

FORHOLDSTALSVALG = "KSL-24-3"
"""The rule of forholdstalsvalg between groups, which other laws and rules refer to."""

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
            others of their own list who did not.
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
        checked_name("members", member): checked_name(f"members[{member!r}]", name) for member, name in members.items()
    }
    away = checked_names("absent", absent, known=lists, among="members")
    counts: dict[str, int] = {}
    home: dict[str, str] = {}
    for group, joined in (declared or {}).items():
        name = checked_name("declared", group)
        counts[name] = 0
        for member in checked_names(f"declared[{group!r}]", joined, known=lists, among="members"):
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
        if name in (declared or {}):
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


def known_groups(counts: object, field: str, known: Mapping[str, int], *, what: str = SEATS) -> FrozenDict[str, int]:
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


def counts_given(counts: object) -> FrozenDict[str, int]:
    """Take counts by group as they come; None is none, and the class that takes them checks them against its groups.

    >>> counts_given(None)
    {}
    """
    if counts is None or isinstance(counts, Mapping):
        return FrozenDict(counts or {})
    return counts  # type: ignore[return-value]  # no mapping, which is refused with the name of its field


def counts_by_group(counts: Iterable[str]) -> FrozenDict[str, int]:
    """Count how often each group stands in an order, for those that do.

    >>> counts_by_group("abaa")
    {'a': 3, 'b': 1}
    """
    order = list(counts)
    return FrozenDict({group: order.count(group) for group in dict.fromkeys(order)})
