"""§ 65: the chairs of the committees are chosen first, by the groups in the order in which they earned them."""

from collections.abc import Iterable, Mapping

import attrs

from kommunalvalg.constitution.committees import SIZES
from kommunalvalg.constitution.groups import FORHOLDSTALSVALG, Dated, checked_groups, counts_by_group
from kommunalvalg.constitution.order import PickingCase, PickingOrder
from kommunalvalg.errors import RuleError, VoteError, Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When, day_of_law
from kommunalvalg.lots import Draw, Lots, Tie, Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, checked_known, checked_name

__all__ = ["Chair", "Chairs", "ChairsCase", "elect_chairs", "elect_mayor_and_chairs"]

_CHAIRS = "KSL-65"
_TOGETHER = "KSL-65-5"
_COMMITTEES = N_("a number of committees")
_PAIR = 2


@attrs.frozen
class Chair:
    """Somebody who is to lead a committee.

    Attributes:
        group: the group that picked.
        committee: the committee it picked.
        member: who leads it.
    """

    group: str
    committee: str
    member: str


def _picks(picks: object) -> tuple[tuple[str, str], ...]:
    """Check the picks one by one: each of a committee and a member."""
    if isinstance(picks, str) or not isinstance(picks, Iterable):
        raise VoteError(
            "{field} is {value}; give each pick as (committee, member)", field="picks", value=picks, rule=_CHAIRS
        )
    checked = []
    for number, pick in enumerate(picks, start=1):
        if not isinstance(pick, tuple) or len(pick) != _PAIR:
            raise VoteError(
                "{field} is {value}; a pick is (committee, member)", field=_("pick {number}", number=number), value=pick
            )
        committee, member = (checked_name(_("pick {number}", number=number), name) for name in pick)
        checked.append((committee, member))
    return tuple(checked)


def _committees(number: int) -> int:
    return checked_count("committees", number, what=_COMMITTEES, least=1)


@attrs.frozen(kw_only=True)
class ChairsCase(Dated):
    """The chairs of the standing committees where they are chosen first; checked when it is made.

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayors_group: the mayor's group, whose first post of chair is the mayor's; None where the charter has the mayor
            and the chairs elected together, so that the largest quotient names the mayor (KSL-65-5).
        mayor: the mayor, who leads økonomiudvalget; empty where the name does not matter.
        picks: (committee, member) for each pick made so far.
        name: what is chosen, for the place of the lots.
        day: the election year or day whose law it is; None for the law as this release knows it.
        charter: the day on which the charter was decided that has mayor and chairs elected together; empty where it
            does not matter.
        election: election day, before which that has to be; empty where it does not matter.

    Raises:
        VoteError: a name, a number or a day is not one, the mayor's group is not among the groups, or a pick is not two
            names.
        RuleError: a committee is picked twice, somebody would have two posts of chair, the mayor's included, or the
            charter was decided too late for this term.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    committees: int = attrs.field(converter=_committees)
    mayors_group: str | None = None
    mayor: str = ""
    picks: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_picks)
    name: str = "udvalgsformænd"
    day: When = None
    charter: str = ""
    election: str = ""

    def __attrs_post_init__(self) -> None:
        self._check_charter()
        if self.mayors_group is not None:
            mayors_group = checked_known("mayors_group", self.mayors_group, self.groups, "groups")
            object.__setattr__(self, "mayors_group", mayors_group)
        object.__setattr__(self, "mayor", checked_name("mayor", self.mayor) if self.mayor != "" else "")
        taken, leaders = set(), {self.mayor}
        for number, (committee, member) in enumerate(self.picks, start=1):
            if committee in taken:
                raise RuleError(
                    "{field} is {value}, whose chair is picked already",
                    field=_("pick {number}", number=number),
                    value=committee,
                    rule=_CHAIRS,
                    when=self.day,
                )
            if member in leaders:
                raise RuleError(
                    "{field} is {value}, who leads a committee already; one each",
                    field=_("pick {number}", number=number),
                    value=member,
                    rule=_CHAIRS,
                    when=self.day,
                )
            taken.add(committee)
            leaders.add(member)

    def _check_charter(self) -> None:
        """Hold that a charter by which mayor and chairs are elected together was decided before election day."""
        if self.mayors_group is not None or not (self.charter and self.election):
            return
        if day_of_law(self.charter) >= day_of_law(self.election):
            raise RuleError(
                "{field} is {value}; a charter that has mayor and chairs elected together for this term was decided "
                "before election day, {election}",
                field="charter",
                value=self.charter,
                rule=_TOGETHER,
                when=self.day,
                election=self.election,
            )

    def settled(self, urn: Urn) -> "Chairs":
        """Find the order in which the groups pick, with the lots from ``urn``, and let them pick (KSL-65, KSL-65-5)."""
        together = self.mayors_group is None
        picking = PickingCase(
            groups=self.groups,
            posts=self.committees + together,
            held=None if self.mayors_group is None else {self.mayors_group: 1},
            rule=FORHOLDSTALSVALG,
            name=self.name,
            day=self.day,
        ).settled(urn)
        order = picking.order[together:]
        if len(self.picks) > len(order):
            number = len(order) + 1
            why: dict[str, object] = {
                "field": _("pick {number}", number=number),
                "value": self.picks[number - 1],
                "rule": _CHAIRS,
                "when": self.day,
            }
            if picking.tie:
                raise RuleError("{field} is one too many; a lot is open: {tie}", tie=picking.tie.text, **why)  # type: ignore[arg-type]
            raise RuleError("{field} is one too many; there are {posts} chairs", posts=self.committees, **why)  # type: ignore[arg-type]
        chairs = tuple(
            Chair(group, committee, member) for group, (committee, member) in zip(order, self.picks, strict=False)
        )
        return Chairs(picking=picking, chairs=chairs, case=self)


@attrs.frozen(kw_only=True)
class Chairs(Result):
    """The order in which the groups pick the chairs, and those that have been picked so far.

    Attributes:
        picking: the order in which the groups pick, and its lots.
        chairs: the chairs, in the order in which they were picked.
        case: the groups, the mayor and the picks.
    """

    picking: PickingOrder = attrs.field(repr=False)
    chairs: tuple[Chair, ...]
    case: ChairsCase = attrs.field(repr=False)

    @property
    def order(self) -> tuple[str, ...]:
        """The group of each chair, in the order in which they pick, as far as no open lot decides."""
        return self.picking.order[self.case.mayors_group is None :]

    @property
    def mayors_group(self) -> str | None:
        """The mayor's group; where mayor and chairs are elected together the one that names the mayor (KSL-65-5).

        It names the deputy mayor too then, unless there are two. None while a lot over it is open.
        """
        return self.case.mayors_group or next(iter(self.picking.order), None)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """An økonomiudvalg of the mayor and the chairs alone that would have an even number of members (KSL-17-1)."""
        size = self.case.committees + 1
        if size % 2:
            return ()
        message = _(
            "The mayor and {chairs} chairs are {size}; økonomiudvalget has an odd number of members and "
            "so needs others.",
            chairs=self.case.committees,
            size=size,
        )
        return (Warned(message, SIZES, self.case.day),)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open over who picks next, if any."""
        return self.picking.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn."""
        return self.picking.draws

    @property
    def next(self) -> str | None:
        """The group that picks next; None when all have picked, and while a lot over it is open."""
        picked = len(self.chairs)
        return self.order[picked] if picked < len(self.order) else None

    def seated(self, economy: str | None = None) -> FrozenDict[str, FrozenDict[str, int]]:
        """Give the seats taken beforehand, for :func:`~kommunalvalg.elect_committees` (KSL-65).

        A chair's seat counts as the group's first in that committee.

        Args:
            economy: the name of økonomiudvalget, where the mayor and all the chairs sit and further members are
                elected; None where it is these alone.

        KSL § 65, stk. 3 and 4.

        >>> picks = [("Kultur", "m7"), ("Teknik", "m2")]
        >>> chairs = elect_chairs({"a": 16, "b": 15}, 2, mayors_group="a", mayor="m1", picks=picks)
        >>> chairs.seated("Økonomiudvalget")
        {'Kultur': {'b': 1}, 'Teknik': {'a': 1}, 'Økonomiudvalget': {'a': 2, 'b': 1}}
        """
        taken = {chair.committee: FrozenDict({chair.group: 1}) for chair in self.chairs}
        if economy is not None:
            mayor = [self.mayors_group] if self.mayors_group else []
            taken[checked_name("economy", economy)] = counts_by_group([*mayor, *(chair.group for chair in self.chairs)])
        return FrozenDict(taken)


def elect_chairs(
    groups: Mapping[str, int],
    committees: int,
    *,
    mayors_group: str,
    mayor: str = "",
    picks: Iterable[tuple[str, str]] = (),
    lots: Lots = None,
    day: When = None,
) -> Chairs:
    """Let the groups pick the chairs of the standing committees, one after another in their order (KSL-65).

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayors_group: the mayor's group, whose first post of chair is the mayor's.
        mayor: the mayor, who leads økonomiudvalget and no committee beside it.
        picks: (committee, member) for each pick made so far.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        The order, and the chairs so far; ``next`` says who picks now.

    Raises:
        VoteError: a name or a number is not one, the mayor's group is not among the groups, or a pick is not two names.
        RuleError: a committee is picked twice, somebody would have two posts of chair, the mayor's included, or there
            are more picks than the order reaches.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 65, stk. 2 and 3.

    >>> chairs = elect_chairs({"a": 16, "b": 15}, 4, mayors_group="a", mayor="m1", picks=[("Kultur", "m7")])
    >>> chairs.order, chairs.next
    (('b', 'a', 'b', 'a'), 'a')
    """
    case = ChairsCase(
        groups=groups, committees=committees, mayors_group=mayors_group, mayor=mayor, picks=picks, day=day
    )
    return settle(case, lots)


def elect_mayor_and_chairs(
    groups: Mapping[str, int],
    committees: int,
    *,
    mayor: str = "",
    picks: Iterable[tuple[str, str]] = (),
    charter: str = "",
    election: str = "",
    lots: Lots = None,
    day: When = None,
) -> Chairs:
    """Elect the mayor and the chairs of the standing committees together, where the charter says so (KSL-65-5).

    Args:
        groups: group -> members who take part in the meeting; the same as for the committees.
        committees: how many standing committees there are.
        mayor: the mayor, when named.
        picks: (committee, member) for each pick of a chair made so far.
        charter: the day on which the charter was decided that says so, such as "2029-11-01".
        election: election day; a charter decided on it or later is for the next term.
        lots: where draws come from.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Returns:
        ``mayors_group``, of the largest quotient, names the mayor, and one deputy too; then the groups pick the chairs.

    Errors are those of :func:`~kommunalvalg.elect_chairs`. KSL § 65, stk. 5.

    >>> chairs = elect_mayor_and_chairs({"a": 13, "b": 12}, 6)
    >>> chairs.mayors_group, chairs.order
    ('a', ('b', 'a', 'b', 'a', 'b', 'a'))
    """
    case = ChairsCase(
        groups=groups, committees=committees, mayor=mayor, picks=picks, charter=charter, election=election, day=day
    )
    return settle(case, lots)
