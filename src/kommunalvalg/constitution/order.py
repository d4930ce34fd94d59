"""§ 24, stk. 3: the order in which the groups choose, quotient by quotient, and a lot where quotients are equal."""

from collections.abc import Mapping

import attrs

from kommunalvalg.constitution.groups import (
    FORHOLDSTALSVALG,
    Dated,
    checked_groups,
    counts_by_group,
    counts_given,
    known_groups,
)
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import When
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.divisor import DHONDT, DivisorCase
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count

__all__ = ["PickingCase", "PickingOrder", "picking_order"]

_POSTS = N_("a number of posts")


def _posts(posts: int) -> int:
    return checked_count("posts", posts, what=_POSTS, least=1)


@attrs.frozen(kw_only=True)
class PickingCase(Dated):
    """Some posts or places that groups choose one after another; everything is checked when it is made.

    Args:
        groups: group -> members who take part in the meeting.
        posts: how many posts there are.
        held: group -> posts it has beforehand, which count as its first; None for none.
        rule: the rule of the law map that a lot is drawn under.
        name: what is chosen, for the place of the lots.
        day: the election year or day whose law it is; None for the law as this release knows it.

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
    """

    groups: FrozenDict[str, int] = attrs.field(converter=checked_groups)
    posts: int = attrs.field(converter=_posts)
    held: FrozenDict[str, int] = attrs.field(default=None, converter=counts_given)
    rule: str = FORHOLDSTALSVALG
    name: str = ""
    day: When = None

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "held", known_groups(self.held, "held", self.groups, what=_POSTS))

    def settled(self, urn: Urn) -> "PickingOrder":
        """Find the order post by post, with the lots from ``urn``."""
        have = dict.fromkeys(self.groups, 0) | self.held
        order: list[str] = []
        draws: list[Draw] = []
        tie = None
        while len(order) < self.posts and not tie:
            won = self._next(1, have).settled(urn)
            tie = won.tie
            draws += won.draws
            for group, count in won.seats.items():
                have[group] += count
                order += [group] * count
        return PickingOrder(order=tuple(order), tie=tie, draws=tuple(draws), case=self)

    def certain(self, order: tuple[str, ...]) -> FrozenDict[str, int]:
        """Give the posts that are certain, whatever lots decide, when an order is known so far."""
        have = dict.fromkeys(self.groups, 0) | self.held
        counts = dict(counts_by_group(order))
        for group, count in counts.items():
            have[group] += count
        more = self._next(self.posts - len(order), have).settled(Urn()).seats
        return FrozenDict({group: count + counts.get(group, 0) for group, count in more.items()})

    def _next(self, posts: int, have: Mapping[str, int]) -> DivisorCase:
        place = Place(Where.ORDER, self.name)
        return DivisorCase(
            divisors=DHONDT,
            votes=self.groups,
            seats=posts,
            held=FrozenDict(have),
            rule=self.rule,
            place=place,
            when=self.day,
        )


@attrs.frozen(kw_only=True)
class PickingOrder(Result):
    """The groups in the order in which they choose.

    Attributes:
        order: the group of each post, first post first, as far as no open lot decides.
        tie: the lot that is open, over who has the next post; or None.
        draws: the lots that were drawn.
        case: the groups and the posts.
    """

    order: tuple[str, ...]
    tie: Tie | None = None
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)
    case: PickingCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lot that is open, if any."""
        return (self.tie,) if self.tie else ()

    @property
    def seats(self) -> FrozenDict[str, int]:
        """Group -> posts, as far as they are certain, for every group; a lot may decide their order alone.

        >>> picking_order({"a": 10, "b": 10}, 2).seats
        {'a': 1, 'b': 1}
        """
        return self.case.certain(self.order)


def picking_order(
    groups: Mapping[str, int],
    posts: int,
    *,
    held: Mapping[str, int] | None = None,
    name: str = "",
    lots: Lots = None,
    rule: str = FORHOLDSTALSVALG,
    day: When = None,
) -> PickingOrder:
    """Find the order in which the groups choose, by forholdstalsvalg (KSL-24-3).

    Args:
        groups: group -> members who take part in the meeting.
        posts: how many posts or places there are.
        held: group -> posts it has beforehand, which count as its first.
        name: what is chosen, for the place of the lots.
        lots: where draws come from. Equal quotients are drawn one post at a time, also when there is a post for each
            of them: the order is a lot of its own.
        rule: the rule that a lot is drawn under.
        day: the election year or day whose law it is (default: the law as this release knows it).

    Raises:
        VoteError: a name or a number is not one, or a name is not among the groups.
        LotError: a draw does not fit the lot that is open, or is left over.

    KSL § 24, stk. 3: the quotients give the order in which the groups choose, and a lot decides between equal ones.

    >>> picking_order({"a": 16, "b": 10, "c": 5}, 4).order
    ('a', 'b', 'a', 'a')
    >>> picking_order({"a": 10, "b": 10}, 2).tie.places
    1
    """
    return settle(PickingCase(groups=groups, posts=posts, held=held, name=name, rule=rule, day=day), lots)
