"""The first meeting of a KKR in one file: convener, notice, composition, chairs, appointments, boards, quorum, plan."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from kommunalvalg.constitution.slates import Balance, BalanceCase, BoardCase, BoardCheck, boards
from kommunalvalg.errors import DataError, Warned, shown
from kommunalvalg.evening.given import LotDrawn, Sex, key, misnamed, placed, within_places
from kommunalvalg.evening.lots import ItemUrn, Lots, LotTaken
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.appointments import AppointmentCase, AppointmentsCase
from kommunalvalg.kkr.chairs import KKRChairs, KKRChairsCase, KKRPost
from kommunalvalg.kkr.composition import KKRCase, KKRComposition
from kommunalvalg.kkr.dated import checked_day
from kommunalvalg.kkr.meeting import (
    FirstMeeting,
    FirstMeetingCase,
    KKRConvener,
    KKRConvenerCase,
    KKRMember,
    KKRVoter,
    KKRVoterCase,
    Notice,
    NoticeCase,
    Quorum,
    QuorumCase,
)
from kommunalvalg.kkr.plan import MeetingPlan, MeetingPlanCase
from kommunalvalg.lots import Draw, Tie, Urn
from kommunalvalg.results import Result
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed
from kommunalvalg.votes import listed

__all__ = [
    "Appointed",
    "Appointment",
    "KKRMeeting",
    "KKRMeetingCase",
    "Slate",
    "SlateChecked",
    "Valgforbund",
]


@attrs.frozen(kw_only=True, field_transformer=typed)
class Valgforbund:
    """Parties that stand together for chair and vice chair.

    Args:
        parties: the parties.
        given: the day on which it was notified; empty where that is not known.
    """

    parties: tuple[str, ...]
    given: str = ""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Appointment:
    """Representatives whom the KKR appoints to a body outside it (FO-4-4).

    Args:
        body: the body, by which its lots are called.
        posts: how many.
        ballots: candidate -> votes for each ballot, where it is one.
        groups: group -> members of the KKR who take part, where there are several; empty for those of the parties.
        persons: who is appointed.
    """

    body: str
    posts: int = attrs.field(default=1, validator=within_places)
    ballots: tuple[Mapping[str, int], ...] = ()
    groups: Mapping[str, int] = attrs.field(factory=FrozenDict)
    persons: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Slate:
    """Whom the KKR names to a board.

    Args:
        board: the board, one of :func:`~kommunalvalg.constitution.slates.boards`.
        persons: kind of place -> who has one.
        sexes: "k" and "m" -> how many, for the balance; empty where that is not looked at.
        reason: the special reason for departing from the balance; empty where there is none.
        day: the day from which they sit; empty for the day of the meeting.
    """

    board: str
    persons: Mapping[str, tuple[str, ...]] = attrs.field(factory=FrozenDict)
    sexes: Mapping[str, int] = attrs.field(factory=FrozenDict)
    reason: str = ""
    day: str = ""


@attrs.frozen(kw_only=True, field_transformer=typed)
class KKRMeetingCase:
    """Everything that is given of a KKR's first meeting.

    Args:
        kkr: what the KKR is composed from.
        day: the day of the meeting.
        election: the day of the municipal election.
        mayors: mayor -> length of service, for those of whom the convener is found; empty where nobody asks.
        absent: the mayors who cannot attend.
        alliances: the valgforbund.
        members: the members by name; empty where only numbers are known.
        councillors: other council members of the area, who can be appointed; members are too.
        present: who attends, or how many; None before the meeting.
        chair: who is chair, and vice_chair: who is vice chair; empty before.
        appointments: the representatives.
        slates: the boards.
        plan: the meetings of the term, "mandag 2026-01-26".
        closed: days on which nobody meets.
        lots: the lots that were drawn, by the names of their places.
        title: what the meeting is called; empty for its own words.

    Raises:
        DataError: a name is none that there is, or a party has more members named than places.
    """

    kkr: KKRCase = attrs.field(repr=shown)
    day: str
    election: str
    mayors: Mapping[str, int] = attrs.field(factory=FrozenDict)
    absent: tuple[str, ...] = ()
    alliances: tuple[Valgforbund, ...] = ()
    members: tuple[KKRMember, ...] = ()
    councillors: tuple[str, ...] = ()
    present: tuple[str, ...] | int | None = None
    chair: str = ""
    vice_chair: str = ""
    appointments: tuple[Appointment, ...] = ()
    slates: tuple[Slate, ...] = ()
    plan: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    lots: tuple[LotDrawn, ...] = ()
    title: str = ""

    @property
    def law(self) -> str:
        """The day whose law it is: that of the meeting."""
        return self.day

    @property
    def name(self) -> str:
        """Which KKR it is."""
        return self.kkr.name

    @property
    def held(self) -> bool:
        """Whether the meeting was held, so that it is told as minutes and not as an annex to the agenda."""
        return bool(self.chair or self.present is not None)

    @property
    def appointable(self) -> tuple[str, ...]:
        """Who can be appointed to bodies outside: members and other council members of the area."""
        return tuple(dict.fromkeys([*(member.name for member in self.members), *self.councillors]))

    def settled(self, urn: Urn) -> "KKRMeeting":
        """Hold the meeting, with the lots of the file and then those from ``urn``."""
        lots = Lots(self.lots, urn, strict=True)
        before = len(urn.drawn)
        with placed("kkr"):
            composition = self.kkr.settled(ItemUrn(lots))
        self._check_members(composition)
        with placed("valgforbund"):
            chairs = KKRChairsCase(
                votes=self.kkr.votes,
                excluded=self.kkr.excluded,
                alliances=[each.parties for each in self.alliances],
                year=self.kkr.year,
                name=self.kkr.name,
            ).settled(ItemUrn(lots))
        self._check_posts(chairs)
        result = KKRMeeting(
            first=self._first(),
            convener=self._convener(),
            notices=tuple(self._notices()),
            composition=composition,
            quorum=self._quorum(composition),
            voters=tuple(self._voters()),
            chairs=chairs,
            appointed=tuple(self._appointed(lots)),
            slates=tuple(self._slates()),
            plan=self._plan(),
            lots=tuple(lots.taken),
            draws=urn.drawn[before:],
            case=self,
        )
        lots.close()
        return result

    def _check_members(self, composition: KKRComposition) -> None:
        for party in dict.fromkeys(member.party for member in self.members):
            named = [member for member in self.members if member.party == party]
            for count, most, what in (
                (len(named), composition.members.get(party, 0), _("members")),
                (sum(member.mayor for member in named), composition.mayors.get(party, 0), _("mayors")),
            ):
                if count > most:
                    raise DataError(
                        "{field} names {value} {what} of {party}; it has {most}",
                        field="medlemmer",
                        value=count,
                        what=what,
                        party=party,
                        most=most,
                    )

    def _check_posts(self, chairs: KKRChairs) -> None:
        """Hold that chair and vice chair are members, of the party that has the post, and not one person."""
        if self.chair and self.chair == self.vice_chair:
            raise DataError(
                "{field} is {value}, who is chair; the vice chair is somebody else",
                field="formandskab.naestformand",
                value=self.chair,
            )
        posts: tuple[tuple[str, str, KKRPost | None], ...] = (
            ("formand", self.chair, chairs.chair),
            ("naestformand", self.vice_chair, chairs.vice_chair),
        )
        names = {member.name: member.party for member in self.members}
        for field, person, post in posts:
            if not person or not names:
                continue
            if person not in names:
                misnamed(f"formandskab.{field}", person, names, _("the members of the KKR"))
            if post is not None and post.list is not None and names[person] != post.list:
                raise DataError(
                    "{field} is {value} of {party}; the post is of {list}",
                    field=f"formandskab.{field}",
                    value=person,
                    party=names[person],
                    list=post.list,
                    rule="KL-15-3",
                    when=self.day,
                )

    def _first(self) -> FirstMeeting:
        with placed("dato"):
            return FirstMeetingCase(meeting=self.day, election=self.election).settled(Urn())

    def _convener(self) -> KKRConvener | None:
        if not self.mayors:
            return None
        with placed("borgmestre"):
            return KKRConvenerCase(mayors=self.mayors, absent=self.absent, day=self.day).settled(Urn())

    def _notices(self) -> Iterator[Notice]:
        for number, each in enumerate(self.alliances, start=1):
            if each.given:
                with placed(f"valgforbund[{number}].anmeldt"):
                    yield NoticeCase(given=each.given, meeting=self.day, closed=self.closed).settled(Urn())

    def _quorum(self, composition: KKRComposition) -> Quorum | None:
        if self.attending is None:
            return None
        with placed("til_stede"):
            return QuorumCase(present=self.attending, members=composition.size, day=self.day).settled(Urn())

    def _voters(self) -> Iterator[KKRVoter]:
        """Say who votes for each member, where it is known who attends."""
        if not isinstance(self.present, tuple):
            return
        known = {member.name for member in self.members} | {member.substitute for member in self.members}
        for person in self.present:
            if person not in known:
                misnamed("til_stede", person, sorted(filter(None, known)), _("the members and their substitutes"))
        for member in self.members:
            yield KKRVoterCase(member=member, present=self.present, day=self.day).settled(Urn())

    @property
    def attending(self) -> int | None:
        """How many attend; None before the meeting."""
        return len(self.present) if isinstance(self.present, tuple) else self.present

    def _appointed(self, lots: Lots) -> Iterator["Appointed"]:
        for each in self.appointments:
            where = key("udpegning", each.body)
            with placed(where):
                for person in each.persons:
                    if self.appointable and person not in self.appointable:
                        misnamed(f"{where}.personer", person, self.appointable, _("the council members of the area"))
                if len(each.persons) > each.posts:
                    raise DataError(
                        "{field} names {value}; {body} has {posts} places",
                        field=f"{where}.personer",
                        value=listed(each.persons),
                        body=each.body,
                        posts=each.posts,
                    )
                yield Appointed(plan=each, result=self._appoint(each, lots))

    def _appoint(self, each: Appointment, lots: Lots) -> Result | None:
        if each.posts == 1:
            if self.attending is None:
                return None
            votes = each.ballots or (({each.persons[0]: self.attending},) if each.persons else ())
            voted = dict.fromkeys(name for ballot in votes for name in ballot)
            return AppointmentCase(
                ballots=votes,
                present=self.attending,
                councillors=self.appointable or tuple(voted),
                post=each.body,
                when=self.day,
            ).settled(ItemUrn(lots))
        groups = each.groups or self._by_party()
        if not groups:
            return None
        return AppointmentsCase(votes=groups, seats=each.posts, body=each.body, when=self.day).settled(ItemUrn(lots))

    def _by_party(self) -> dict[str, int]:
        parties = dict.fromkeys(member.party for member in self.members)
        return {party: sum(member.party == party for member in self.members) for party in parties}

    def _slates(self) -> Iterator["SlateChecked"]:
        for each in self.slates:
            where = key("bestyrelse", each.board)
            if each.board not in boards():
                misnamed("bestyrelse", each.board, boards(), _("the boards that are known"))
            day = each.day or self.day
            with placed(where):
                counts = {kind: len(persons) for kind, persons in each.persons.items()}
                check = BoardCase(board=each.board, members=counts, day=day).settled(Urn())
                balance = None
                if each.sexes and boards()[each.board].balance:
                    balance = BalanceCase(
                        women=each.sexes.get(Sex.WOMAN, 0),
                        men=each.sexes.get(Sex.MAN, 0),
                        reason=each.reason,
                        rule=boards()[each.board].balance,
                        day=day,
                    ).settled(Urn())
                yield SlateChecked(plan=each, check=check, balance=balance)

    def _plan(self) -> MeetingPlan | None:
        if not self.plan:
            return None
        with placed("moedeplan"):
            return MeetingPlanCase(meetings=self.plan, election=self.election, closed=self.closed).settled(Urn())


@attrs.frozen(kw_only=True)
class Appointed:
    """Representatives, and how they were appointed; None before the meeting."""

    plan: Appointment
    result: Result | None


@attrs.frozen(kw_only=True)
class SlateChecked:
    """A board, whether its places are filled, and whether it is balanced."""

    plan: Slate
    check: BoardCheck
    balance: Balance | None


@attrs.frozen(kw_only=True)
class KKRMeeting(Result):
    """The first meeting of a KKR, as far as it has come.

    Attributes:
        first: whether it is held in time.
        convener: who convenes it; None where it was not given who serves how long.
        notices: whether the valgforbund were notified in time, for those whose day is known.
        composition: who sits in it.
        quorum: whether enough attend; None before the meeting.
        voters: who votes for each member, where it is known who attends.
        chairs: who has the two posts.
        appointed: the representatives.
        slates: the boards.
        plan: the meetings of the term; None where no plan was given.
        lots: the lots that were drawn, with who drew them.
        draws: those of them that came from elsewhere than the case.
        case: everything that was given.
    """

    first: FirstMeeting
    convener: KKRConvener | None
    notices: tuple[Notice, ...]
    composition: KKRComposition = attrs.field(repr=shown)
    quorum: Quorum | None
    voters: tuple[KKRVoter, ...]
    chairs: KKRChairs = attrs.field(repr=shown)
    appointed: tuple[Appointed, ...] = attrs.field(repr=shown)
    slates: tuple[SlateChecked, ...] = attrs.field(repr=shown)
    plan: MeetingPlan | None = attrs.field(repr=shown)
    lots: tuple[LotTaken, ...] = ()
    draws: tuple[Draw, ...] = ()
    case: KKRMeetingCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open."""
        appointed = (tie for each in self.appointed if each.result for tie in each.result.ties)
        return (*self.composition.ties, *self.chairs.ties, *appointed)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is to be thought of: a day that is too late, a Sunday, a notice that is too short."""
        asked = self.convener.question if self.convener else None
        every: Iterable[Warned] = [
            *self.first.warnings,
            *([asked] if asked else []),
            *(each for notice in self.notices for each in notice.warnings),
            *self.composition.warnings,
            *(self.plan.warnings if self.plan else ()),
        ]
        return tuple(dict.fromkeys(every))


def election_day(year: int) -> str:
    """Give the day of the municipal elections of a year: the third Tuesday of November (KRVL § 6, stk. 2).

    >>> election_day(2025)
    '2025-11-18'
    """
    tuesdays = [day for day in range(15, 22) if date(year, 11, day).weekday() == 1]
    return checked_day("valgdag", date(year, 11, tuesdays[0])).isoformat()
