"""§ 28: a place in a committee falls vacant."""

import attrs

from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.votes import checked_name

__all__ = ["FilledPlace", "VacatedPlaceCase", "fill_place"]

_RULE = "KSL-28"


@attrs.frozen(kw_only=True)
class VacatedPlaceCase:
    """A place in a committee that somebody leaves, and who is to have it; checked when it is made.

    Args:
        committee: the committee.
        member: who leaves it.
        group: the group that elected them, whatever party they belong to since.
        successor: who is to have it.
        by: the group that elects the successor.

    Raises:
        VoteError: a name is not one, or the successor is the one who leaves.
        RuleError: another group elects.
    """

    committee: str
    member: str
    group: str
    successor: str
    by: str

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields_dict(type(self)):
            object.__setattr__(self, field, checked_name(field, getattr(self, field)))
        if self.successor == self.member:
            raise VoteError(
                "{field} is {value}, who leaves the place; another member fills it",
                field="successor",
                value=self.successor,
                rule=_RULE,
            )
        if self.by != self.group:
            raise RuleError(
                "{field} is {value}; the place in {committee} is filled by {group}, the group that elected {member}",
                field="by",
                value=self.by,
                rule=_RULE,
                committee=self.committee,
                group=self.group,
                member=self.member,
            )

    def settled(self, urn: Urn) -> "FilledPlace":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Give the place with its new member."""
        return FilledPlace(committee=self.committee, member=self.successor, group=self.group, case=self)


@attrs.frozen(kw_only=True)
class FilledPlace(Result):
    """A place in a committee that was vacant and is filled.

    Attributes:
        committee: the committee.
        member: who has the place now.
        group: the group whose place it stays.
        case: who left it.
    """

    committee: str
    member: str
    group: str
    case: VacatedPlaceCase = attrs.field(repr=False)


def fill_place(committee: str, member: str, *, group: str, successor: str, by: str) -> FilledPlace:
    """Fill a committee place that has fallen vacant; the group that elected the member elects the next (KSL-28).

    Args:
        committee: the committee.
        member: who leaves the place.
        group: the group that elected them.
        successor: who is to have it.
        by: the group that elects the successor.

    Returns:
        The place with its new member; it stays the group's.

    Raises:
        VoteError: a name is not one, or the new member is the one who leaves.
        RuleError: another group elects.

    KSL § 28; the ministry's opinion 91.1.6: party switches since the election change nothing.

    >>> fill_place("Kulturudvalget", "m1", group="a", successor="m2", by="a")
    FilledPlace(committee='Kulturudvalget', member='m2', group='a')
    """
    return settle(VacatedPlaceCase(committee=committee, member=member, group=group, successor=successor, by=by))
