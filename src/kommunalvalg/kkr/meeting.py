"""The meetings of a KKR: who convenes, by when, who may vote and who stays a member; rules that are no elections.

Each has a case and a result as an election has, and in the order of the sections: KL's vedtægter § 15, then the
forretningsorden for KKR §§ 3-5.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

import attrs

from kommunalvalg import law
from kommunalvalg.errors import RuleError, VoteError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.dated import Day, OfDay, Ruled, checked_day, checked_law_day
from kommunalvalg.kkr.days import checked_closed, is_hverdag
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_choice, checked_count, checked_counts, checked_name, checked_names, listed

__all__ = [
    "Consequence",
    "ConsequenceCase",
    "FirstMeeting",
    "FirstMeetingCase",
    "KKRChange",
    "KKRConvener",
    "KKRConvenerCase",
    "KKRMember",
    "KKRVoter",
    "KKRVoterCase",
    "Notice",
    "NoticeCase",
    "Quorum",
    "QuorumCase",
    "Successor",
    "VoterReason",
    "check_first_meeting",
    "check_notice",
    "check_quorum",
    "first_meeting_by",
    "kkr_consequence",
    "kkr_convener",
    "kkr_voter",
    "notice_deadline",
    "warned_of_day",
    "warned_of_year",
]

_ONE_DAY = timedelta(days=1)
_SUNDAY = 6


# KL-15-1 and FO-3: members, and who votes for them


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
            raise VoteError(
                "{field} is {value}; it is True for a mayor and False for an elected member",
                field="mayor",
                value=self.mayor,
            )
        if self.substitute == self.name:
            raise VoteError(
                "{field} is {value}, the member; somebody else stands in", field="substitute", value=self.name
            )


def _member(member: KKRMember) -> KKRMember:
    if not isinstance(member, KKRMember):
        raise VoteError("{field} is {value}; give a KKRMember", field="member", value=member)
    return member


def _present(present: Iterable[str]) -> tuple[str, ...]:
    return checked_names("present", present)


class VoterReason(StrEnum):
    """Why somebody votes, or nobody does."""

    ATTENDS = N_("the member attends")
    DEPUTY_MAYOR = N_("the mayor is absent; the deputy mayor stands in")
    SUBSTITUTE = N_("the member is absent; the personal substitute stands in")
    NOBODY = N_("the member is absent, and so is who would stand in")


@attrs.frozen(kw_only=True)
class KKRVoterCase(OfDay):
    """What :func:`~kommunalvalg.kkr_voter` takes, as a value that is checked when it is made."""

    member: KKRMember = attrs.field(converter=_member)
    present: tuple[str, ...] = attrs.field(converter=_present)
    day: date | None = attrs.field(default=None, converter=checked_law_day)

    def settled(self, _urn: Urn) -> "KKRVoter":
        """Say who votes; there are no lots."""
        if self.member.name in self.present:
            return KKRVoter(name=self.member.name, reason=VoterReason.ATTENDS, case=self)
        if self.member.substitute in self.present:
            reason = VoterReason.DEPUTY_MAYOR if self.member.mayor else VoterReason.SUBSTITUTE
            return KKRVoter(name=self.member.substitute, reason=reason, case=self)
        return KKRVoter(name=None, reason=VoterReason.NOBODY, case=self)


@attrs.frozen(kw_only=True)
class KKRVoter(Ruled, Result):
    """Who votes for a member at a meeting.

    Attributes:
        name: who it is; None when nobody does.
        reason: why.
        case: the member, and who attends.
    """

    name: str | None
    reason: VoterReason
    case: KKRVoterCase = attrs.field(repr=False)

    @property
    def rule(self) -> str:  # type: ignore[override]  # it depends on the member
        """The rule of the law map that says so."""
        return "KL-15-1" if self.case.member.mayor else "FO-3"


def kkr_voter(member: KKRMember, present: Iterable[str], *, day: Day | None = None) -> KKRVoter:
    """Find who votes for a member: a mayor's deputy mayor, an elected member's personal substitute (KL-15-1, FO-3).

    Args:
        member: the member.
        present: everybody who attends the meeting, deputies and substitutes included.
        day: the day of the meeting, whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: it is no member, or a name is not one or is there twice.

    KL's vedtægter § 15, stk. 1; Forretningsorden for KKR § 3. A substitute votes only while the member is absent.

    >>> mayor = KKRMember("m1", "A", mayor=True, substitute="m2")
    >>> kkr_voter(mayor, ["m2", "m7"]).name
    'm2'
    >>> print(kkr_voter(mayor, ["m7"]).reason)
    the member is absent, and so is who would stand in
    """
    return settle(KKRVoterCase(member=member, present=present, day=day))


# FO-3: who leaves and who stays


class KKRChange(StrEnum):
    """What happens to a member."""

    LEAVES_COUNCIL = N_("is no longer a member of the council")
    LEAVES_PARTY = N_("has left the party")
    NO_LONGER_MAYOR = N_("is no longer mayor")


class Successor(StrEnum):
    """Who takes the place of a member that leaves."""

    NEW_MAYOR = N_("the municipality's new mayor")
    PARTYS_CHOICE = N_("whom the party elects")


def _change(change: "KKRChange | str") -> KKRChange:
    return checked_choice("change", change, KKRChange)


@attrs.frozen(kw_only=True)
class ConsequenceCase(OfDay):
    """What :func:`~kommunalvalg.kkr_consequence` takes, as a value that is checked when it is made."""

    member: KKRMember = attrs.field(converter=_member)
    change: KKRChange = attrs.field(converter=_change)
    day: date | None = attrs.field(default=None, converter=checked_law_day)

    def __attrs_post_init__(self) -> None:
        if not self.member.mayor and self.change is KKRChange.NO_LONGER_MAYOR:
            raise RuleError(
                "{field} is {value}; {name} is an elected member, no mayor",
                field="change",
                value=str(self.change),
                rule="FO-3",
                when=self.day,
                name=self.member.name,
            )

    def settled(self, _urn: Urn) -> "Consequence":
        """Say what follows; there are no lots."""
        if not self.member.mayor:
            return Consequence(
                stays=False,
                successor=Successor.PARTYS_CHOICE,
                counted_for=self.member.party,
                rule="FO-3",
                inferred=_("that the party elects another"),
                case=self,
            )
        if self.change is KKRChange.LEAVES_PARTY:
            return Consequence(stays=True, counted_for=self.member.party, rule="FO-3", case=self)
        return Consequence(
            stays=False,
            successor=Successor.NEW_MAYOR,
            rule="KL-15-1",
            inferred=_("that the place is the new mayor's, and that nothing is computed again"),
            case=self,
        )


@attrs.frozen(kw_only=True)
class Consequence(Ruled, Result):
    """What follows from a change; the composition of the KKR is never computed again.

    Attributes:
        stays: whether the member stays a member.
        successor: who takes the place; None when it is not vacant.
        counted_for: the party or listesamarbejde that the place is counted for, before and after; None where the
            place is a new mayor's, whatever party that is of.
        rule: the rule of the law map that says so.
        inferred: the part of the answer that no text was found for; None when all of it is in the text.
        case: what happened to whom.
    """

    stays: bool
    successor: Successor | None = None
    counted_for: str | None = None
    rule: str = attrs.field(repr=False)
    inferred: Text | None = attrs.field(default=None, repr=False)
    case: ConsequenceCase = attrs.field(repr=False)


def kkr_consequence(member: KKRMember, change: KKRChange | str, *, day: Day | None = None) -> Consequence:
    """Say what follows when a member leaves the council or the party, or is no longer mayor (FO-3).

    An elected member leaves the KKR on leaving the council, and on leaving the party that elected them. A mayor who
    leaves the party stays, and nothing is computed again.

    Args:
        member: the member.
        change: what happened, a :class:`KKRChange` or its text.
        day: the day of it, whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: it is no member, or the change is none.
        RuleError: an elected member, who is no mayor, is said to be mayor no longer.

    Forretningsorden for KKR § 3; KL's vedtægter § 15, stk. 1 and 2. That a former mayor's place is the new mayor's
    follows from mayors being born members, and that the party elects another in a vacated place from its having
    elected the first: both are *inferred*.

    >>> mayor, elected = KKRMember("m1", "V", mayor=True), KKRMember("m2", "V", mayor=False)
    >>> kkr_consequence(mayor, KKRChange.LEAVES_PARTY)
    Consequence(stays=True, successor=None, counted_for='V')
    >>> kkr_consequence(elected, KKRChange.LEAVES_PARTY).stays
    False
    """
    return settle(ConsequenceCase(member=member, change=change, day=day))


# FO-4-1: the first meeting


def first_meeting_by(election_year: int, day: date) -> date:
    """Give the last day of the first meeting after an election, by the law of a day (FO-4-1).

    >>> first_meeting_by(2025, date(2026, 1, 26))
    datetime.date(2026, 1, 31)
    """
    month, last = law.value("FO-4-1", day)  # type: ignore[misc]  # a month and a day
    return date(election_year + 1, month, last)  # type: ignore[arg-type]


def _meeting(meeting: Day) -> date:
    return checked_day("meeting", meeting)


def _election(election: Day) -> date:
    return checked_day("election", election)


@attrs.frozen(kw_only=True)
class FirstMeetingCase:
    """What :func:`~kommunalvalg.check_first_meeting` takes, as a value that is checked when it is made."""

    meeting: date = attrs.field(converter=_meeting)
    election: date = attrs.field(converter=_election)

    def __attrs_post_init__(self) -> None:
        if self.meeting <= self.election:
            raise RuleError(
                "{field} is {meeting} and election is {election}; the first meeting comes after the election",
                field="meeting",
                value=self.meeting,
                rule="FO-4-1",
                when=self.meeting,
                meeting=self.meeting,
                election=self.election,
            )

    @property
    def law(self) -> str:
        """The day whose law is used: that of the meeting."""
        return self.meeting.isoformat()

    def settled(self, _urn: Urn) -> "FirstMeeting":
        """Say whether it is held in time; there are no lots."""
        latest = first_meeting_by(self.election.year, self.meeting)
        late = Warned(
            _(
                "The first meeting is on {meeting}; it is to be held by {latest}.",
                meeting=self.meeting,
                latest=latest,
            ),
            "FO-4-1",
            self.meeting,
        )
        warnings = (
            *(warned_of_year(self.meeting, self.election.year) or ([late] if self.meeting > latest else [])),
            *warned_of_day(self.meeting),
        )
        return FirstMeeting(latest=latest, warnings=warnings, case=self)


@attrs.frozen(kw_only=True)
class FirstMeeting(Ruled, Result):
    """Whether the first meeting is held in time (FO-4-1).

    Attributes:
        latest: the last day on which it may be held.
        warnings: what is to be thought of: that it is late, or on a Sunday.
        case: the days that were given.
    """

    rule = "FO-4-1"

    latest: date
    warnings: tuple[Warned, ...] = attrs.field(default=(), repr=False)
    case: FirstMeetingCase = attrs.field(repr=False)

    @property
    def meeting(self) -> date:
        """The day of the meeting."""
        return self.case.meeting

    @property
    def ok(self) -> bool:
        """Whether the meeting is held in time."""
        return self.meeting <= self.latest


def check_first_meeting(meeting: Day, *, election: Day) -> FirstMeeting:
    """Check that the first meeting is held by 31 January of the year after the election (FO-4-1).

    Args:
        meeting: the day of the first meeting.
        election: the day of the municipal election.

    Raises:
        VoteError: a day is not one.
        RuleError: the meeting is before the election, or on that day.

    Forretningsorden for KKR § 4, stk. 1.

    >>> check_first_meeting("2026-01-26", election="2025-11-18").ok
    True
    >>> for warned in check_first_meeting("2026-02-01", election="2025-11-18").warnings:
    ...     print(warned)
    The first meeting is on 2026-02-01; it is to be held by 2026-01-31 (Forretningsorden for KKR § 4, stk. 1).
    The meeting is not on a weekday: 2026-02-01.
    """
    return settle(FirstMeetingCase(meeting=meeting, election=election))


def warned_of_year(meeting: date, year: int) -> tuple[Warned, ...]:
    """Warn of a meeting after a year without elections: it may be a later one, but is no first one.

    >>> [str(warned) for warned in warned_of_year(date(2027, 12, 14), 2026)], warned_of_year(date(2026, 1, 26), 2025)
    (['There are no ordinary elections in 2026, so the meeting of 2027-12-14 is not the first one after an election
    (Forretningsorden for KKR § 4, stk. 1).'], ())
    """
    if law.is_ordinary(year):
        return ()
    words = _(
        "There are no ordinary elections in {year}, so the meeting of {day} is not the first one after an election.",
        year=str(year),
        day=meeting,
    )
    return (Warned(words, "FO-4-1", meeting),)


def warned_of_day(day: date) -> tuple[Warned, ...]:
    """Warn of a meeting on a Sunday; it is against no rule that was found.

    >>> [str(warned) for warned in warned_of_day(date(2026, 1, 25))], warned_of_day(date(2026, 1, 26))
    (['The meeting is not on a weekday: 2026-01-25.'], ())
    """
    return (Warned(_("The meeting is not on a weekday: {day}.", day=day)),) if day.weekday() == _SUNDAY else ()


def _absent(absent: Iterable[str]) -> tuple[str, ...]:
    return checked_names("absent", absent)


def _services(mayors: Mapping[str, int]) -> FrozenDict[str, int]:
    return checked_counts(mayors, "mayors", what=N_("a length of service"))


@attrs.frozen(kw_only=True)
class KKRConvenerCase(OfDay):
    """What :func:`~kommunalvalg.kkr_convener` takes, as a value that is checked when it is made."""

    mayors: FrozenDict[str, int] = attrs.field(converter=_services)
    absent: tuple[str, ...] = attrs.field(default=(), converter=_absent)
    day: date | None = attrs.field(default=None, converter=checked_law_day)

    def __attrs_post_init__(self) -> None:
        checked_names("absent", self.absent, known=self.mayors, among="mayors")
        if len(self.absent) == len(self.mayors):
            raise VoteError(
                "{field} has nobody who can attend; the meeting is convened by one who can",
                field="mayors",
                value=dict(self.mayors),
            )

    def settled(self, _urn: Urn) -> "KKRConvener":
        """Find who convenes; equal length of service is a question that no text answers, and no lot."""
        attending = {name: length for name, length in self.mayors.items() if name not in self.absent}
        longest = max(attending.values())
        among = tuple(name for name, length in attending.items() if length == longest)
        if len(among) == 1:
            return KKRConvener(name=among[0], among=among, length=longest, case=self)
        question = Warned(
            _(
                "{mayors} have served equally long; no text that was found says who of them convenes.",
                mayors=listed(among),
            ),
            "FO-4-1",
            self.day,
        )
        return KKRConvener(name=None, among=among, length=longest, question=question, case=self)


@attrs.frozen(kw_only=True)
class KKRConvener(Ruled, Result):
    """Who convenes the first meeting and leads it until the chair is elected (FO-4-1).

    Attributes:
        name: who it is; None where several have served equally long, which is an open question.
        among: everybody with the longest service.
        length: that length of service.
        question: what no text that was found answers, where several have served equally long; else None.
        case: the mayors and who is absent.
    """

    rule = "FO-4-1"

    name: str | None
    among: tuple[str, ...]
    length: int
    question: Warned | None = attrs.field(default=None, repr=False)
    case: KKRConvenerCase = attrs.field(repr=False)


def kkr_convener(mayors: Mapping[str, int], *, absent: Iterable[str] = (), day: Day | None = None) -> KKRConvener:
    """Find who convenes the first meeting: the longest-serving mayor of the area who can attend (FO-4-1).

    Args:
        mayors: mayor -> length of service as mayor, a whole number; the same unit for everybody.
        absent: the mayors who cannot attend.
        day: the day of the meeting, whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a length is not one, somebody absent is no mayor, or no mayor can attend.

    Forretningsorden for KKR § 4, stk. 1. It does not say who convenes where several have served equally long.

    >>> kkr_convener({"m1": 16, "m2": 12, "m3": 16}, absent=["m1"]).name
    'm3'
    >>> convener = kkr_convener({"m1": 16, "m2": 12, "m3": 16})
    >>> print(convener.name, convener.question.text)
    None m1, m3 have served equally long; no text that was found says who of them convenes.
    """
    return settle(KKRConvenerCase(mayors=mayors, absent=absent, day=day))


# FO-4-2: a valgforbund is notified


def notice_deadline(meeting: Day, *, saturdays: bool = False, clear: bool = False, closed: Iterable[Day] = ()) -> date:
    """Find the last day on which a valgforbund can be notified: three weekdays before the meeting (FO-4-2).

    The weekdays are counted back from the meeting, whose own day does not count.

    Args:
        meeting: the day of the meeting.
        saturdays: whether Saturdays count as weekdays; see :func:`~kommunalvalg.is_hverdag`.
        clear: whether three whole weekdays lie between, so that the day of the notice is not one of them.
        closed: further days that do not count.

    Raises:
        VoteError: a day is not one.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    Forretningsorden for KKR § 4, stk. 2. That the day of the notice is the third weekday is *inferred*, and so is that
    Saturdays do not count.

    >>> notice_deadline("2026-01-26")  # a Monday
    datetime.date(2026, 1, 21)
    >>> notice_deadline("2026-01-26", saturdays=True), notice_deadline("2026-01-26", clear=True)
    (datetime.date(2026, 1, 22), datetime.date(2026, 1, 20))
    """
    day = checked_day("meeting", meeting)
    shut = checked_closed(closed)
    left = law.whole("FO-4-2", day)
    while left:
        day -= _ONE_DAY
        left -= is_hverdag(day, saturdays=saturdays, closed=shut)
    return day - _ONE_DAY if clear else day


def _notified(notified: Day) -> date:
    return checked_day("given", notified)


@attrs.frozen(kw_only=True)
class NoticeCase:
    """What :func:`~kommunalvalg.check_notice` takes, as a value that is checked when it is made."""

    given: date = attrs.field(converter=_notified)
    meeting: date = attrs.field(converter=_meeting)
    saturdays: bool = False
    clear: bool = False
    closed: tuple[date, ...] = attrs.field(default=(), converter=checked_closed)

    def __attrs_post_init__(self) -> None:
        if self.meeting < self.given:
            raise RuleError(
                "{field} is {given} and meeting is {meeting}; a notice is given before the meeting",
                field="given",
                value=self.given,
                rule="FO-4-2",
                when=self.meeting,
                given=self.given,
                meeting=self.meeting,
            )

    @property
    def law(self) -> str:
        """The day whose law is used: that of the meeting."""
        return self.meeting.isoformat()

    def settled(self, _urn: Urn) -> "Notice":
        """Say whether it was in time; there are no lots."""
        latest = notice_deadline(self.meeting, saturdays=self.saturdays, clear=self.clear, closed=self.closed)
        late = Warned(
            _(
                "The valgforbund was notified on {given}; the last day was {latest}.",
                given=self.given,
                latest=latest,
            ),
            "FO-4-2",
            self.meeting,
        )
        return Notice(latest=latest, warnings=(late,) if self.given > latest else (), case=self)


@attrs.frozen(kw_only=True)
class Notice(Ruled, Result):
    """Whether a valgforbund was notified in time (FO-4-2).

    Attributes:
        latest: the last day on which it could be notified.
        warnings: that it was late.
        case: the days that were given.
    """

    rule = "FO-4-2"

    latest: date
    warnings: tuple[Warned, ...] = attrs.field(default=(), repr=False)
    case: NoticeCase = attrs.field(repr=False)

    @property
    def given(self) -> date:
        """The day on which it was notified."""
        return self.case.given

    @property
    def meeting(self) -> date:
        """The day of the meeting."""
        return self.case.meeting

    @property
    def ok(self) -> bool:
        """Whether it was notified in time."""
        return self.given <= self.latest


def check_notice(
    given: Day, *, meeting: Day, saturdays: bool = False, clear: bool = False, closed: Iterable[Day] = ()
) -> Notice:
    """Check that a valgforbund was notified three weekdays before the meeting (FO-4-2).

    Args:
        given: the day on which it was notified.
        meeting: the day of the meeting.
        saturdays: whether Saturdays count as weekdays; see :func:`~kommunalvalg.is_hverdag`.
        clear: whether three whole weekdays lie between.
        closed: further days that do not count.

    Raises:
        VoteError: a day is not one.
        RuleError: the meeting is before the notice.
        MissingExtraError: the library ``holidays`` is missing; ``kommunalvalg[calendar]`` installs it.

    Forretningsorden for KKR § 4, stk. 2.

    >>> check_notice("2026-01-21", meeting="2026-01-26").ok, check_notice("2026-01-22", meeting="2026-01-26").ok
    (True, False)
    """
    return settle(NoticeCase(given=given, meeting=meeting, saturdays=saturdays, clear=clear, closed=closed))


# FO-5: the quorum


@attrs.frozen(kw_only=True)
class QuorumCase(OfDay):
    """What :func:`~kommunalvalg.check_quorum` takes, as a value that is checked when it is made."""

    present: int
    members: int
    day: date | None = attrs.field(default=None, converter=checked_law_day)

    def __attrs_post_init__(self) -> None:
        present = checked_count("present", self.present, what=N_("a number of members"))
        members = checked_count("members", self.members, what=N_("a number of members"), least=1)
        if present > members:
            raise VoteError(
                "{field} is {value}; at most {members}, the members, can be present",
                field="present",
                value=present,
                members=members,
            )
        object.__setattr__(self, "present", present)
        object.__setattr__(self, "members", members)

    def settled(self, _urn: Urn) -> "Quorum":
        """Say whether they are enough; there are no lots."""
        share = law.share("FO-5", self.day)
        return Quorum(needed=-(-self.members * share.numerator // share.denominator), case=self)


@attrs.frozen(kw_only=True)
class Quorum(Ruled, Result):
    """Whether enough members are present (FO-5).

    Attributes:
        needed: the fewest that must be present.
        case: how many are present, of how many.
    """

    rule = "FO-5"

    needed: int
    case: QuorumCase = attrs.field(repr=False)

    @property
    def present(self) -> int:
        """The members present, substitutes who stand in for somebody included."""
        return self.case.present

    @property
    def members(self) -> int:
        """All members."""
        return self.case.members

    @property
    def ok(self) -> bool:
        """Whether the KKR can decide."""
        return self.present >= self.needed


def check_quorum(present: int, *, members: int, day: Day | None = None) -> Quorum:
    """Check that at least half of the members are present (FO-5).

    Args:
        present: the members present. That who stands in for a member counts as present is *inferred*.
        members: all members.
        day: the day of the meeting, whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a number is not a count, nobody is a member, or more are present than there are members.

    Forretningsorden for KKR § 5.

    >>> check_quorum(29, members=58).ok, check_quorum(28, members=58).ok, check_quorum(5, members=11).needed
    (True, False, 6)
    """
    return settle(QuorumCase(present=present, members=members, day=day))
