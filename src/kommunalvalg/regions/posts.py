"""RL §§ 9, 14 and 14 e: who convenes a regional council, its chair and deputies, and who leads what."""

from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg import law
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG, Dated
from kommunalvalg.constitution.order import PickingCase, PickingOrder
from kommunalvalg.constitution.posts import Convener, ConvenerCase, PostCase, Service, elect_mayor
from kommunalvalg.errors import RuleError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Lots, Urn, settle
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.regions.councils import health_councils
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry
from kommunalvalg.votes import checked_by_name, checked_name, checked_names

__all__ = [
    "HealthOffices",
    "HealthOfficesCase",
    "check_health_offices",
    "elect_chair",
    "elect_deputies",
    "first_convener",
]

_DEPUTIES = "RL-9"
_CONVENER = "RL-9-1"
_HEALTH = "RL-14e"
_NOT_BOTH = "RL-14g-2"
_MERGED = "Østdanmark"
_OLDEST = "OL-61"
_FIRST_YEAR = 2025


def first_convener(
    members: Mapping[str, Service], *, region: str = "", day: law.When = None, lots: Lots = None
) -> Convener:
    """Find who convenes the first meeting of a regional council (RL-9-1, OL-61).

    Args:
        members: member -> service, for those who can attend.
        region: the region's name. For the first meeting of Østdanmark, in December 2025, it is the oldest member, by
            lot among several of the same age; for any other meeting the longest-serving, among equals the oldest.
        day: the election year or day whose law it is (default: the law as this release knows it).
        lots: where draws come from.

    Raises:
        VoteError: nobody is given, or a name or a service is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> service = {"m1": Service(20, "1970-05-01"), "m2": Service(0, "1950-01-01"), "m3": Service(0, "1950-01-01")}
    >>> first_convener(service, region="Midtjylland").name
    'm1'
    >>> first_convener(service, region="Østdanmark", day=2025).tie.among
    ('m2', 'm3')
    """
    merged = region == _MERGED and law.day_of_law(day).year == _FIRST_YEAR
    return settle(ConvenerCase(members=members, rule=_OLDEST if merged else _CONVENER, day=day), lots)


def elect_chair(
    ballots: Iterable[Mapping[str, int]],
    *,
    present: int,
    council_size: int | None = None,
    members: Iterable[str] = (),
    post: str = "regionsrådsformand",
    lots: Lots = None,
    day: law.When = None,
) -> MajorityElection[PostCase]:
    """Elect the chair of a regional council, or another whom it elects by flertalsvalg (RL-9, RL-14, RL-14e, RL-14m).

    Args:
        ballots: candidate -> votes, for each ballot held so far.
        present: the members present.
        council_size: the members of the council, so that fewer than half of them are refused.
        members: the members who can be elected, so that others are refused.
        post: what is elected, for the places of lots: also "næstformand for forretningsudvalget", or a chair or vice
            chair of a sundhedsråd; or by a municipality its observer in another sundhedsråd.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Result and other errors are those of :func:`~kommunalvalg.majority_election`.

    Regionsloven §§ 9, 14 and 14 e, which refer to KSL § 24, stk. 1.

    >>> elect_chair([{"m1": 20, "m2": 11}], present=31).winner
    'm1'
    """
    return elect_mayor(
        ballots, present=present, council_size=council_size, members=members, post=post, day=day, lots=lots
    )


def elect_deputies(groups: Mapping[str, int], *, lots: Lots = None, day: law.When = None) -> PickingOrder:
    """Elect the first and the second deputy of a regional council together, by forholdstalsvalg (RL-9, KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one.
        LotError: a draw does not fit the lot that is open, or is left over.

    Regionsloven § 9, stk. 4, which refers to KSL § 24, stk. 3.

    >>> elect_deputies({"a": 16, "b": 10, "c": 5}).order
    ('a', 'b')
    """
    case = PickingCase(
        groups=groups, posts=law.whole(_DEPUTIES, day), name="næstformænd", rule=FORHOLDSTALSVALG, day=day
    )
    return settle(case, lots)


# § 14 e and § 14 g, stk. 2: who can lead a sundhedsråd, and who can be a member of one


def _people(people: object) -> FrozenDict[str, tuple[str, ...]]:
    return FrozenDict(
        {name: checked_names(Entry("people", name), each) for name, each in checked_by_name(people, "people").items()}
    )


def _persons(people: object) -> FrozenDict[str, str]:
    return FrozenDict(
        {council: checked_name("chairs", person) for council, person in checked_by_name(people, "chairs").items()}
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("officials", names)


@attrs.frozen(kw_only=True)
class HealthOfficesCase(Dated):
    """Who is to lead sundhedsråd and to be a regional member of them; refused where the act forbids it.

    Args:
        chairs: sundhedsråd -> its chair.
        regional_chair: the chair of the regional council; empty where it does not matter.
        officials: mayors, members of a magistrat, and chairs in a municipality under KSL § 64 a.
        committee_chairs: municipality -> the chairs of its standing committees.
        councils: sundhedsråd -> its municipalities.
        members: sundhedsråd -> its regional members.
        municipal: sundhedsråd -> its municipal members.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name is not one.
        RuleError: somebody has two of these posts, or is a municipal and a regional member of one sundhedsråd; or there
            were no sundhedsråd then.
    """

    chairs: FrozenDict[str, str] = attrs.field(converter=_persons)
    regional_chair: str = ""
    officials: tuple[str, ...] = attrs.field(default=(), converter=_names)
    committee_chairs: FrozenDict[str, tuple[str, ...]] = attrs.field(default=None, converter=_people)
    councils: FrozenDict[str, tuple[str, ...]] = attrs.field(default=None, converter=_people, repr=shown)
    members: FrozenDict[str, tuple[str, ...]] = attrs.field(default=None, converter=_people)
    municipal: FrozenDict[str, tuple[str, ...]] = attrs.field(default=None, converter=_people)
    day: law.When = None

    def __attrs_post_init__(self) -> None:
        law.provision(_HEALTH, self.day)
        led: dict[str, str] = {}
        for council, person in self.chairs.items():
            self._check_chair(council, person, led)
            led[person] = council
        for council, members in self.members.items():
            both = [person for person in members if person in self.municipal.get(council, ())]
            if both:
                raise RuleError(
                    "{field} names {value}, who is a municipal member of that sundhedsråd",
                    field=Entry("members", council),
                    value=both[0],
                    rule=_NOT_BOTH,
                    when=self.day,
                )

    def _check_chair(self, council: str, person: str, led: Mapping[str, str]) -> None:
        def refuse(why: str, **values: str) -> RuleError:
            return RuleError(why, field=Entry("chairs", council), value=person, rule=_HEALTH, when=self.day, **values)

        if person == self.regional_chair:
            raise refuse(N_("{field} is {value}, who is the chair of the regional council"))
        if person in led:
            raise refuse(N_("{field} is {value}, who leads {other} already"), other=led[person])
        if person in self.officials:
            raise refuse(
                N_(
                    "{field} is {value}, who is a mayor, a member of a magistrat, or a chair who leads an "
                    "administration"
                )
            )
        for municipality in self.councils.get(council, ()):
            if person in self.committee_chairs.get(municipality, ()):
                raise refuse(
                    N_("{field} is {value}, who leads a standing committee in {municipality}"),
                    municipality=municipality,
                )

    def settled(self, urn: Urn) -> "HealthOffices":  # noqa: ARG002 - every case takes an urn; here nothing is drawn
        """Give the chairs, whom nothing forbids."""
        return HealthOffices(chairs=self.chairs, case=self)


@attrs.frozen(kw_only=True)
class HealthOffices(Result):
    """Who leads sundhedsråd, as nothing in the act forbids.

    Attributes:
        chairs: sundhedsråd -> its chair.
        case: who has which other posts.
    """

    chairs: FrozenDict[str, str]
    case: HealthOfficesCase = attrs.field(repr=False)


def check_health_offices(
    chairs: Mapping[str, str],
    *,
    regional_chair: str = "",
    officials: Iterable[str] = (),
    committee_chairs: Mapping[str, Iterable[str]] | None = None,
    councils: Mapping[str, Iterable[str]] | None = None,
    members: Mapping[str, Iterable[str]] | None = None,
    municipal: Mapping[str, Iterable[str]] | None = None,
    day: law.When = None,
) -> HealthOffices:
    """Hold that those who lead sundhedsråd, and their regional members, can be elected (RL-14e, RL-14g-2).

    Args:
        chairs: sundhedsråd -> its chair. Of vice chairs the act forbids none of this.
        regional_chair: the chair of the regional council.
        officials: mayors, members of a magistrat, and chairs in a municipality under KSL § 64 a.
        committee_chairs: municipality -> the chairs of its standing committees.
        councils: sundhedsråd -> its municipalities (default: those that there are).
        members: sundhedsråd -> its regional members.
        municipal: sundhedsråd -> its municipal members.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name is not one.
        RuleError: the regional chair leads one, somebody leads two or has one of the other posts, or a municipal member
            is elected regional member of the same sundhedsråd; or there were no sundhedsråd then.

    RL § 14 e, stk. 2-5, and § 14 g, stk. 2.

    >>> check_health_offices({"Fyn": "m2", "Lillebælt": "m2"}, regional_chair="m1")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: chairs["Lillebælt"] is 'm2', who leads Fyn already (RL § 14 e)
    """
    if councils is None:
        councils = {name: each.municipalities for name, each in health_councils().items()}
    case = HealthOfficesCase(
        chairs=chairs,
        regional_chair=regional_chair,
        officials=officials,
        committee_chairs=committee_chairs,
        councils=councils,
        members=members,
        municipal=municipal,
        day=day,
    )
    return settle(case)
