"""The items of a meeting: what each elects, what came out, and the places that it fills."""

from enum import StrEnum

import attrs

from kommunalvalg.constitution.committees import Committees
from kommunalvalg.constitution.slates import Balance
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Tie
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.regions.committees import RegionalCommittees
from kommunalvalg.results import Result
from kommunalvalg.text import Text

__all__ = ["Item", "PlaceOfPost", "Role", "Seat", "Step"]


class Step(StrEnum):
    """What an item of the meeting elects."""

    CONVENER = "convener"
    MAYOR = "mayor"
    DEPUTY = "deputy"
    DEPUTIES = "deputies"
    CHAIRS = "chairs"
    VICE_CHAIR = "vice chair"
    """Of a region's executive committee."""
    HEALTH_CHAIR = "health chair"
    """The chair or the vice chair of a sundhedsråd."""
    MAGISTRAT = "magistrat"
    EXECUTIVE = "executive"
    """The other members of a region's executive committee."""
    HEALTH = "health"
    """The other regional members of the sundhedsråd."""
    COMMITTEES = "committees"
    BODY = "body"


class Role(StrEnum):
    """As what somebody has a place."""

    MEMBER = "member"
    CHAIR = "chair"
    HOLDER = "holder"
    """Of a post that one person has: mayor, deputy, representative."""


@attrs.frozen(kw_only=True)
class Seat:
    """A place that the meeting filled, or is to fill.

    Attributes:
        body: the committee, the body or the post.
        group: whose place it is; empty where no group has it.
        person: who has it; empty while nobody is named.
        role: as what.
        by_office: whether the person sits there by office.
    """

    body: str
    group: str = ""
    person: str = ""
    role: Role = Role.MEMBER
    by_office: bool = False


@attrs.frozen(kw_only=True)
class PlaceOfPost:
    """The place by office that belongs to a post.

    Attributes:
        body: where it is; empty for the body that the holder of the post leads.
        rule: the rule of the law map by which the holder sits there.
        point: which of the rule's places, by the name that the law map has for it.
        post: the rule by which the post is filled when it is vacant; empty for mayor and deputies, whose own rules do.
        post_point: which of its places.
    """

    body: str = ""
    rule: str
    point: str = ""
    post: str = ""
    post_point: str = ""


@attrs.frozen(kw_only=True)
class Item:
    """An item of the meeting.

    Attributes:
        step: what it elects.
        name: the post or the body; empty for the committees.
        result: what came out, as the rooms of the law have it; None while ``waits`` says what is to be known first.
        title: how the agenda calls it; empty for its own words.
        time: when it was held; empty where that was not written down.
        groups: group -> members who took part; empty where no groups elect.
        seats: the places that it fills.
        balance: whether the persons are as many women as men, where that is asked for.
        waits: what is to be decided before it; None where nothing is.
    """

    step: Step
    name: str = ""
    result: Result | None = None
    title: str = ""
    time: str = ""
    groups: FrozenDict[str, int] = attrs.field(factory=FrozenDict)
    seats: tuple[Seat, ...] = ()
    balance: Balance | None = None
    waits: Text | None = None

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lots that are open in it."""
        return self.result.ties if self.result else ()

    @property
    def together(self) -> Committees | None:
        """The committees that § 27 takes together, of a council's election or a region's; None where there are none."""
        if isinstance(self.result, RegionalCommittees):
            return self.result.health or self.result.standing
        return self.result if isinstance(self.result, Committees) else None

    @property
    def decided(self) -> bool:
        """Whether everything in it is known but who is named."""
        if self.result is None or self.result.ties:
            return False
        return not isinstance(self.result, MajorityElection) or self.result.winner is not None

    @property
    def unnamed(self) -> tuple[Seat, ...]:
        """The places that nobody is named to."""
        return tuple(seat for seat in self.seats if not seat.person)
