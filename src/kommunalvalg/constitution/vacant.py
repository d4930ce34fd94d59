"""§§ 7, 15, 28, 64 a, 65 and 66-66 c: a post or a place falls vacant, or its holder is away."""

from collections.abc import Iterable
from enum import StrEnum
from math import ceil

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import MEMBERS, Dated
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.lots import Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_choice, checked_count, checked_name

__all__ = [
    "Cause",
    "FilledPlace",
    "Ground",
    "NoConfidence",
    "NoConfidenceCase",
    "Post",
    "PostVacancyCase",
    "Refill",
    "Refilling",
    "VacatedPlaceCase",
    "fill_place",
    "no_confidence",
    "refill_post",
]

_DEPUTIES = "KSL-6"
_PLACE = "KSL-28"
_NO_CONFIDENCE = "KSL-66c"
_READINGS = 2


# §§ 7, 15 and 65: a post falls vacant, or its holder is away


class Post(StrEnum):
    """A post that a council, or a group in it, fills."""

    MAYOR = "mayor"
    DEPUTY = "deputy"
    CHAIR = "chair"
    """The chair of a standing committee who leads its administration (KSL § 64 a)."""
    MAGISTRAT = "magistrat"
    """A member of a magistrat (KSL § 64)."""


class Cause(StrEnum):
    """Why a post is to be filled."""

    LEFT = "left"
    """Its holder is exempted, dies or leaves the council."""
    AWAY = "away"
    """Its holder is away for a time, the substitute sitting meanwhile."""
    TASK = "task"
    """Its holder has neglected a duty, for which another is named."""
    SUSPENDED = "suspended"
    """Its holder is suspended."""
    DISMISSED = "dismissed"
    """Its holder is dismissed."""
    NO_CONFIDENCE = "no confidence"
    """Its holder has lost the council's confidence."""


_FAULTS = {
    Cause.TASK: "KSL-66",
    Cause.DISMISSED: "KSL-66a",
    Cause.SUSPENDED: "KSL-66b",
    Cause.NO_CONFIDENCE: "KSL-66c",
}
"""What the act says of a mayor, of members of a magistrat, and of chairs under §§ 64 a and 65 both."""


class Refilling(StrEnum):
    """How a post is filled that fell vacant."""

    FLERTALSVALG = "flertalsvalg"
    """By a new election, of one."""
    GROUP = "group"
    """By the group that elected or named who held it."""
    COMMITTEE = "committee"
    """By the committee, which elects its own chair."""
    CHARTER = "charter"
    """As the charter says."""
    NOBODY = "nobody"
    """Nobody is elected: the deputy acts meanwhile."""


@attrs.frozen(kw_only=True)
class PostVacancyCase(Dated):
    """A mayor, a deputy or a chair who goes or is away; checked when it is made.

    Args:
        post: which post it is.
        cause: why it is to be filled.
        deputies: how many deputies the council has.
        together: whether the charter has mayor and chairs elected together, by KSL § 65, stk. 5.
        chairs_first: whether the charter has the chairs chosen first, by KSL § 65.
        group: the group that elected or named who held the post; empty where a council elected them by flertalsvalg.
        months: for how many months the holder is expected to be away.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a post, a cause or a number is not one.
        RuleError: the group is missing that fills the post, there are more than two deputies, or the act has no such
            cause for the post.
    """

    post: Post
    cause: Cause = Cause.LEFT
    deputies: int = 1
    together: bool = False
    chairs_first: bool = False
    group: str = ""
    months: int | None = None
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "post", checked_choice("post", self.post, Post))
        object.__setattr__(self, "cause", checked_choice("cause", self.cause, Cause))
        deputies = checked_count("deputies", self.deputies, what=N_("a number of deputies"), least=1)
        if deputies > law.whole(_DEPUTIES, self.day):
            raise RuleError(
                "{field} is {value}; a council has one deputy or two",
                field="deputies",
                value=deputies,
                rule=_DEPUTIES,
                when=self.day,
            )
        alone = self.post is Post.CHAIR and not self.chairs_first
        if self.cause in _FAULTS and (alone or self.post is Post.DEPUTY):
            raise RuleError(
                "{field} is {value}; the act has that of a mayor, of a member of a magistrat, and of a chair where "
                "chairs both lead the administration and are chosen first",
                field="cause",
                value=str(self.cause),
                rule=self.rule,
                when=self.day,
            )
        if self.cause is Cause.AWAY:
            checked_count("months", self.months, what=N_("a number of months"))
        object.__setattr__(self, "group", self.group and checked_name("group", self.group))
        if self.how is Refilling.GROUP and not self.group:
            raise RuleError(
                "{field} is missing; the group that elected the one who held the post fills it",
                field="group",
                value=self.group,
                rule=self.rule,
                when=self.day,
            )

    @property
    def _named(self) -> bool:
        """Whether a group named the mayor, or the deputy; of two deputies none is named so, but elected."""
        return self.together and (self.post is Post.MAYOR or self.deputies == 1)

    @property
    def rule(self) -> str:
        """The rule that says how the post is filled."""
        if self.cause in _FAULTS:
            return _FAULTS[self.cause]
        if self.post in (Post.CHAIR, Post.MAGISTRAT):
            return "KSL-64a" if self.post is Post.CHAIR else "KSL-64"
        if self._named:
            return "KSL-65-5"
        return "KSL-15" if self.cause is Cause.AWAY else "KSL-7-3"

    @property
    def point(self) -> str:
        """Which of the rule's places says so, by its name; empty for the first."""
        return "acting" if self.rule == "KSL-15" else ""

    @property
    def how(self) -> Refilling:
        """How the post is filled (KSL-7-3, KSL-15, KSL-64, KSL-64a, KSL-65-5, KSL-66, KSL-66a, KSL-66b, KSL-66c)."""
        if self.cause is Cause.TASK:
            return Refilling.FLERTALSVALG
        if self.cause in _FAULTS:
            return Refilling.FLERTALSVALG if self.post is Post.MAYOR else Refilling.GROUP
        if self.post is Post.MAGISTRAT:
            return Refilling.CHARTER
        if self.cause is Cause.AWAY and (self.months or 0) < self._least:
            return Refilling.NOBODY
        if self.post is Post.CHAIR:
            return Refilling.GROUP if self.chairs_first else Refilling.COMMITTEE
        of_two = self.post is Post.DEPUTY and self.deputies > 1 and self.cause is Cause.LEFT
        return Refilling.GROUP if self._named or of_two else Refilling.FLERTALSVALG

    @property
    def _least(self) -> int:
        """The months for which an acting one is elected or named."""
        if self.post is Post.CHAIR:
            return law.whole("KSL-64a", self.day)
        return law.whole("KSL-65-5", self.day) if self._named else law.whole("KSL-15", self.day, "acting")

    def settled(self, urn: Urn) -> "Refill":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say how the post is filled."""
        return Refill(how=self.how, group=self.group if self.how is Refilling.GROUP else None, case=self)


@attrs.frozen(kw_only=True)
class Refill(Result):
    """How a post is filled for the rest of the term, or while its holder is away.

    Attributes:
        how: by flertalsvalg, by a group, by the committee, as the charter says, or not at all.
        group: the group that fills it, if one does.
        case: the post, and why it is vacant.
    """

    how: Refilling
    group: str | None = None
    case: PostVacancyCase = attrs.field(repr=False)

    @property
    def acting(self) -> bool:
        """Whether it is filled only while its holder is away or suspended, or for one task."""
        return self.case.cause in (Cause.AWAY, Cause.TASK, Cause.SUSPENDED)

    @property
    def provision(self) -> str:
        """The provision that says so."""
        return law.provision(self.case.rule, self.case.day, self.case.point)


def refill_post(
    post: str,
    cause: str = Cause.LEFT,
    *,
    deputies: int = 1,
    together: bool = False,
    chairs_first: bool = False,
    group: str = "",
    months: int | None = None,
    day: law.When = None,
) -> Refill:
    """Say who fills a post that falls vacant, or whose holder is away (KSL-7-3, KSL-15, KSL-64, KSL-64a, KSL-65-5).

    It says too who fills it after a fault (KSL-66, KSL-66a, KSL-66b, KSL-66c), and holds for the chair and the deputies
    of a regional council, as mayor and two deputies (RL-38).

    Args:
        post: "mayor", "deputy", "chair" of one who leads an administration (KSL § 64 a), or "magistrat".
        cause: "left" for one who is exempted, dies or leaves the council; "away", "task", "suspended", "dismissed",
            "no confidence".
        deputies: how many deputies the council has, one or two.
        together: whether the charter has mayor and chairs elected together (KSL-65-5).
        chairs_first: whether the charter has the chairs chosen first (KSL-65).
        group: the group that elected or named who held the post.
        months: for how many months the holder is expected to be away.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a post, a cause or a number is not one.
        RuleError: the group is missing that fills the post, there are more than two deputies, or the act has no such
            cause for the post.

    KSL § 7, stk. 3, § 15, stk. 5, § 64 a, stk. 4, § 65, stk. 6-7, and §§ 66-66 c. That the acting one of two deputies
    is elected by flertalsvalg is *inferred* of the reference to § 24, stk. 1; so is that the naming group names the
    next chair where one who was chosen first leaves.

    >>> refill_post("mayor")
    Refill(how=<Refilling.FLERTALSVALG: 'flertalsvalg'>, group=None)
    >>> refill_post("deputy", deputies=2, group="a").group, refill_post("mayor", "away", months=1).how
    ('a', <Refilling.NOBODY: 'nobody'>)
    """
    case = PostVacancyCase(
        post=post,  # type: ignore[arg-type]  # a text that the class takes
        cause=cause,  # type: ignore[arg-type]  # as above
        deputies=deputies,
        together=together,
        chairs_first=chairs_first,
        group=group,
        months=months,
        day=day,
    )
    return settle(case)


# § 28: a place in a committee falls vacant


class Ground(StrEnum):
    """Why a place is to be filled."""

    LEFT = "left"
    """Its holder has left the committee."""
    AWAY = "away"
    """Its holder is away for a time."""
    DISQUALIFIED = "disqualified"
    """Its holder will be disqualified in a matter."""


@attrs.frozen(kw_only=True)
class VacatedPlaceCase(Dated):
    """A place in a committee that somebody leaves, and who is to have it; checked when it is made.

    Args:
        committee: the committee.
        member: who leaves it.
        group: the group that elected them, whatever party they belong to since.
        successor: who is to have it.
        by: the group that elects the successor.
        ground: why: who has it left, is away for a time, or will be disqualified in a matter.
        months: for how many months an absence is expected.
        charter: whether the charter allows another for a shorter absence, or for a disqualification.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name is not one, or the successor is the one who leaves.
        RuleError: another group elects, the absence is too short, or the charter would have to allow it.
    """

    committee: str
    member: str
    group: str
    successor: str
    by: str
    ground: Ground = Ground.LEFT
    months: int | None = None
    charter: bool = False
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        for field in ("committee", "member", "group", "successor", "by"):
            object.__setattr__(self, field, checked_name(field, getattr(self, field)))
        object.__setattr__(self, "ground", checked_choice("ground", self.ground, Ground))
        if self.successor == self.member:
            raise VoteError(
                "{field} is {value}, who leaves the place; another member fills it",
                field="successor",
                value=self.successor,
                rule=_PLACE,
                when=self.day,
            )
        if self.by != self.group:
            raise RuleError(
                "{field} is {value}; the place in {committee} is filled by {group}, the group that elected {member}",
                field="by",
                value=self.by,
                rule=_PLACE,
                when=self.day,
                committee=self.committee,
                group=self.group,
                member=self.member,
            )
        self._check_ground()

    def _check_ground(self) -> None:
        if self.months is not None:
            checked_count("months", self.months, what=N_("a number of months"))
        least = law.whole(_PLACE, self.day)
        if self.ground is Ground.AWAY and not self.charter and (self.months is None or self.months < least):
            raise RuleError(
                "{field} is {value}; the group may send another for an absence of {least} month or more, or as the "
                "charter has it",
                field="months",
                value=self.months,
                rule=_PLACE,
                when=self.day,
                least=least,
            )
        if self.ground is Ground.DISQUALIFIED and not self.charter:
            raise RuleError(
                "{field} is {value}; the group may send another for that where the charter says so",
                field="ground",
                value=str(self.ground),
                rule=_PLACE,
                when=self.day,
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

    @property
    def for_a_time(self) -> bool:
        """Whether the new member has it only while the other is away or disqualified."""
        return self.case.ground is not Ground.LEFT


def fill_place(
    committee: str,
    member: str,
    *,
    group: str,
    successor: str,
    by: str,
    ground: str = Ground.LEFT,
    months: int | None = None,
    charter: bool = False,
    day: law.When = None,
) -> FilledPlace:
    """Fill a committee place that has fallen vacant; the group that elected the member elects the next (KSL-28).

    Args:
        committee: the committee.
        member: who leaves the place.
        group: the group that elected them.
        successor: who is to have it.
        by: the group that elects the successor.
        ground: "left", "away" or "disqualified".
        months: for how many months an absence is expected.
        charter: whether the charter allows another for a shorter absence, or for a disqualification.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The place with its new member; it stays the group's.

    Raises:
        VoteError: a name is not one, or the new member is the one who leaves.
        RuleError: another group elects, the absence is too short, or the charter would have to allow it.

    KSL § 28; the ministry's opinion 91.1.6: party switches since the election change nothing.

    >>> fill_place("Kulturudvalget", "m1", group="a", successor="m2", by="a")
    FilledPlace(committee='Kulturudvalget', member='m2', group='a')
    """
    return settle(
        VacatedPlaceCase(
            committee=committee,
            member=member,
            group=group,
            successor=successor,
            by=by,
            ground=ground,  # type: ignore[arg-type]  # a text that the class takes
            months=months,
            charter=charter,
            day=day,
        )
    )


# § 66 c: no confidence


def _readings(votes: object) -> tuple[int, ...]:
    if isinstance(votes, str) or not isinstance(votes, Iterable):
        raise VoteError(
            "{field} is {value}; give the votes at each reading, one after another", field="votes", value=votes
        )
    return tuple(votes)


@attrs.frozen(kw_only=True)
class NoConfidenceCase(Dated):
    """A motion that a mayor go, and the votes for it; checked when it is made.

    Args:
        council_size: the members of the council.
        votes: the votes for the motion, at each reading held so far.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a number is not one, or more vote than there are members.
        RuleError: there are more than two readings.
    """

    council_size: int
    votes: tuple[int, ...] = attrs.field(default=(), converter=_readings)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        size = checked_count("council_size", self.council_size, what=MEMBERS, least=2)
        for number, votes in enumerate(self.votes, start=1):
            if checked_count(_("reading {number}", number=number), votes, what=N_("a vote count")) > size:
                raise VoteError(
                    "{field} has {value} votes; the council has {size} members",
                    field=_("reading {number}", number=number),
                    value=votes,
                    size=size,
                )
        if len(self.votes) > _READINGS:
            raise RuleError(
                "{field} are {value}; there are two readings",
                field="votes",
                value=self.votes,
                rule=_NO_CONFIDENCE,
                when=self.day,
            )

    @property
    def needed(self) -> int:
        """The votes that are needed at each reading: nine tenths of all members, or all of them but the mayor."""
        return min(ceil(law.share(_NO_CONFIDENCE, self.day) * self.council_size), self.council_size - 1)

    def settled(self, urn: Urn) -> "NoConfidence":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Say whether the mayor goes (KSL-66c)."""
        failed = any(votes < self.needed for votes in self.votes)
        removed = False if failed else True if len(self.votes) == _READINGS else None
        return NoConfidence(needed=self.needed, removed=removed, case=self)


@attrs.frozen(kw_only=True)
class NoConfidence(Result):
    """What it takes to remove a mayor, and whether it has come to that.

    Attributes:
        needed: the votes that are needed at each of the two readings.
        removed: whether the mayor goes; None while a reading is to come.
        case: the council, and the votes.
    """

    needed: int
    removed: bool | None
    case: NoConfidenceCase = attrs.field(repr=False)


def no_confidence(council_size: int, votes: Iterable[int] = (), *, day: law.When = None) -> NoConfidence:
    """Say how many votes remove a mayor, and whether those given do (KSL-66c).

    Args:
        council_size: the members of the council.
        votes: the votes for the motion, at each of the two readings held so far.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a number is not one, or more vote than there are members.
        RuleError: there are more than two readings.

    KSL § 66 c, stk. 2-3. A new mayor is elected by flertalsvalg (stk. 5).

    >>> [no_confidence(size).needed for size in (9, 19, 21, 25, 31, 55)]
    [8, 18, 19, 23, 28, 50]
    """
    return settle(NoConfidenceCase(council_size=council_size, votes=votes, day=day))
