"""Membership of a KKR: who votes for an absent member, who leaves and who stays, whom the KKR can appoint."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import attrs

from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.kkr.law import APPOINTMENTS, DEPUTY, MEMBERSHIP
from kommunalvalg.lots import Lots
from kommunalvalg.methods.alliances import ProportionalElection, proportional_election
from kommunalvalg.methods.majority import FLERTALSVALG, MajorityElection, majority_election
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_choice, checked_count, checked_name, checked_names, checked_votes

__all__ = [
    "Consequence",
    "KKRChange",
    "KKRMember",
    "KKRVoter",
    "Successor",
    "VoterReason",
    "appoint_one",
    "appoint_several",
    "check_appointable",
    "kkr_consequence",
    "kkr_voter",
]

_ONE = f"{APPOINTMENTS.provision}, jf. {FLERTALSVALG}"
_SEVERAL = f"{APPOINTMENTS.provision}, jf. KSL § 24, stk. 3"


def _name(name: str) -> str:
    return checked_name("name", name)


def _party(party: str) -> str:
    return checked_name("party", party)


def _substitute(name: str | None) -> str | None:
    return None if name is None else checked_name("substitute", name)


@attrs.frozen
class KKRMember:
    """A member of a KKR.

    Args:
        name: who it is.
        party: the party or listesamarbejde that elected the member; of a mayor, the one that the mayor was counted for
            when the KKR was composed.
        mayor: whether the member is one as a mayor.
        substitute: of a mayor, the deputy mayor; of an elected member, the personal substitute; None where there is
            nobody.

    Raises:
        VoteError: a name is not one, ``mayor`` is not True or False, or somebody is their own substitute.

    >>> KKRMember("m1", "A", mayor=True, substitute="m2")
    KKRMember(name='m1', party='A', mayor=True, substitute='m2')
    """

    name: str = attrs.field(converter=_name)
    party: str = attrs.field(converter=_party)
    mayor: bool = attrs.field(kw_only=True)
    substitute: str | None = attrs.field(default=None, converter=_substitute, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.mayor, bool):
            raise VoteError(f"mayor is {shown(self.mayor)}; it is True for a mayor and False for an elected member")
        if self.substitute == self.name:
            raise VoteError(f"substitute is {shown(self.name)}, the member; somebody else stands in")


# KL-15-1 and FO-3: who votes


class VoterReason(StrEnum):
    """Why somebody votes, or nobody does."""

    ATTENDS = "the member attends"
    DEPUTY_MAYOR = f"the mayor is absent; the {DEPUTY.value} stands in"
    SUBSTITUTE = f"the member is absent; the {MEMBERSHIP.value} stands in"
    NOBODY = "the member is absent, and so is who would stand in"


@attrs.frozen
class KKRVoter:
    """Who votes for a member at a meeting.

    Attributes:
        name: who it is; None when nobody does.
        reason: why.
        provision: the provision that says so.
    """

    name: str | None
    reason: VoterReason
    provision: str


def kkr_voter(member: KKRMember, present: Iterable[str]) -> KKRVoter:
    """Find who votes for a member: a mayor's deputy mayor, an elected member's personal substitute (KL-15-1, FO-3).

    Args:
        member: the member.
        present: everybody who attends the meeting, deputies and substitutes included.

    Raises:
        VoteError: a name is not one or is there twice.

    KL's vedtægter § 15, stk. 1; Forretningsorden for KKR § 3. A substitute votes only while the member is absent.

    >>> mayor = KKRMember("m1", "A", mayor=True, substitute="m2")
    >>> kkr_voter(mayor, ["m2", "m7"])
    KKRVoter(name='m2', reason=<VoterReason.DEPUTY_MAYOR: 'the mayor is absent; the deputy mayor stands in'>,
    provision="KL's vedtægter § 15, stk. 1")
    >>> print(kkr_voter(mayor, ["m7"]).reason)
    the member is absent, and so is who would stand in
    """
    there = checked_names("present", present)
    provision = DEPUTY.provision if member.mayor else MEMBERSHIP.provision
    if member.name in there:
        return KKRVoter(member.name, VoterReason.ATTENDS, provision)
    if member.substitute in there:
        reason = VoterReason.DEPUTY_MAYOR if member.mayor else VoterReason.SUBSTITUTE
        return KKRVoter(member.substitute, reason, provision)
    return KKRVoter(None, VoterReason.NOBODY, provision)


# FO-3: who leaves and who stays


class KKRChange(StrEnum):
    """What happens to a member."""

    LEAVES_COUNCIL = "is no longer a member of the council"
    LEAVES_PARTY = "has left the party"
    NO_LONGER_MAYOR = "is no longer mayor"


class Successor(StrEnum):
    """Who takes the place of a member that leaves."""

    NEW_MAYOR = "the municipality's new mayor"
    PARTYS_CHOICE = "whom the party elects"


@attrs.frozen
class Consequence:
    """What follows from a change; the composition of the KKR is never computed again.

    Attributes:
        stays: whether the member stays a member.
        successor: who takes the place; None when it is not vacant.
        counted_for: the party or listesamarbejde that the place is counted for, before and after; None where the
            place is a new mayor's, whatever party that is of.
        provision: the provision that says so.
        inferred: the part of the answer that no text was found for; empty when all of it is in the text.
    """

    stays: bool = attrs.field(kw_only=True)
    successor: Successor | None
    counted_for: str | None
    provision: str
    inferred: str = ""


def kkr_consequence(member: KKRMember, change: KKRChange | str) -> Consequence:
    """Say what follows when a member leaves the council or the party, or is no longer mayor (FO-3).

    An elected member leaves the KKR on leaving the council, and on leaving the party that elected them. A mayor who
    leaves the party stays, and nothing is computed again.

    Args:
        member: the member.
        change: what happened, a :class:`KKRChange` or its text.

    Raises:
        VoteError: the change is none.
        RuleError: an elected member, who is no mayor, is said to be mayor no longer.

    Forretningsorden for KKR § 3; KL's vedtægter § 15, stk. 1 and 2. That a former mayor's place is the new mayor's
    follows from mayors being born members, and that the party elects another in a vacated place from its having
    elected the first: both are *inferred*.

    >>> mayor, elected = KKRMember("m1", "V", mayor=True), KKRMember("m2", "V", mayor=False)
    >>> kkr_consequence(mayor, KKRChange.LEAVES_PARTY)
    Consequence(stays=True, successor=None, counted_for='V', provision='Forretningsorden for KKR § 3', inferred='')
    >>> kkr_consequence(elected, KKRChange.LEAVES_PARTY).stays
    False
    """
    happened = checked_choice("change", change, KKRChange)
    if not member.mayor and happened is KKRChange.NO_LONGER_MAYOR:
        raise RuleError(
            f"change is {shown(str(happened))}; {member.name} is an elected member, no mayor ({MEMBERSHIP.provision})"
        )
    if member.mayor and happened is KKRChange.LEAVES_PARTY:
        return Consequence(None, member.party, MEMBERSHIP.provision, stays=True)
    if member.mayor:
        successor, counted_for, provision = Successor.NEW_MAYOR, None, DEPUTY.provision
        inferred = "that the place is the new mayor's, and that nothing is computed again"
    else:
        successor, counted_for, provision = Successor.PARTYS_CHOICE, member.party, MEMBERSHIP.provision
        inferred = "that the party elects another"
    return Consequence(successor, counted_for, provision, inferred, stays=False)


# FO-4-4: appointments


def check_appointable(people: Iterable[str], *, councillors: Iterable[str]) -> tuple[str, ...]:
    """Hold that the KKR can appoint some people: council members of the area's municipalities (FO-4-4).

    Args:
        people: those who are to be appointed.
        councillors: the members of the councils of the area's municipalities.

    Returns:
        The people, each once.

    Raises:
        VoteError: a name is not one or is there twice.
        RuleError: somebody is not a member of such a council.

    Forretningsorden for KKR § 4, stk. 4.

    >>> check_appointable(["m1"], councillors=["m1", "m2"])
    ('m1',)
    """
    found = checked_names("people", people)
    _hold_councillors(found, checked_names("councillors", councillors))
    return found


def _hold_councillors(people: Iterable[str], councillors: tuple[str, ...]) -> None:
    for name in people:
        if name not in councillors:
            raise RuleError(
                f"{shown(name)} cannot be appointed; only {APPOINTMENTS.value} of the area's municipalities can "
                f"({APPOINTMENTS.provision})"
            )


def appoint_one(
    ballots: Iterable[Mapping[str, int]], *, present: int, councillors: Iterable[str], lots: Lots = None
) -> MajorityElection:
    """Appoint one representative to a body, by flertalsvalg (FO-4-4, KSL-24-1).

    Args:
        ballots: candidate -> votes, for each ballot held.
        present: the members of the KKR present.
        councillors: the members of the councils of the area's municipalities.
        lots: where draws come from.

    Raises:
        VoteError, LotError: as for :func:`~kommunalvalg.majority_election`.
        RuleError: as there, or somebody voted for is not a member of such a council.

    Forretningsorden for KKR § 4, stk. 4, which refers to KSL § 24, stk. 1.

    >>> appoint_one([{"m1": 30, "m2": 20}], present=58, councillors=["m1", "m2"]).winner
    'm1'
    """
    election = majority_election(ballots, present=present, lots=lots, provision=_ONE)
    known = checked_names("councillors", councillors)
    for votes in election.ballots:
        _hold_councillors((name for name, count in votes.items() if count), known)
    return election


def appoint_several(groups: Mapping[str, int], posts: int, *, lots: Lots = None) -> ProportionalElection:
    """Appoint several representatives to the same body, by forholdstalsvalg (FO-4-4, KSL-24-3).

    Args:
        groups: group -> members of the KKR who take part in the meeting.
        posts: how many representatives there are.
        lots: where draws come from.

    Returns:
        The posts of each group, which then names people, whom :func:`check_appointable` checks.

    Raises:
        VoteError: a name or a number is not one, or a group is of nobody.
        RuleError: there is but one post, which is filled by :func:`appoint_one`.
        LotError: a draw does not fit the lot that is open, or is left over.

    Forretningsorden for KKR § 4, stk. 4, which refers to KSL § 24, stk. 3.

    >>> appoint_several({"a": 30, "b": 28}, 3).seats
    {'a': 2, 'b': 1}
    """
    members = checked_votes(groups, "groups", what=N_("a number of members"), least=1)
    number = checked_count("posts", posts, what=N_("a number of posts"), least=1)
    if number == 1:
        raise RuleError(f"posts is 1; one representative is appointed by flertalsvalg ({_ONE})")
    return proportional_election(members, number, lots=lots, provision=_SEVERAL)
