"""What changed in a meeting between two files, what did not, and what a later declaration would have moved.

A split of a group after an election moves nothing that was elected (KSL § 17, stk. 3, and § 28, stk. 1). It counts for
the elections after it, save between økonomiudvalget and the standing committees, which share one declaration (§ 24).
"""

from collections.abc import Iterator, Mapping

import attrs

from kommunalvalg.errors import shown
from kommunalvalg.evening.council import Evening, EveningCase, hold
from kommunalvalg.evening.given import Declaration, minutes
from kommunalvalg.evening.items import Item, Role, Seat, Step
from kommunalvalg.evening.lots import LotTaken
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.results import Result
from kommunalvalg.text import Names, Text, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed

__all__ = ["Change", "EveningChanges", "EveningChangesCase", "compare_evenings"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class EveningChangesCase:
    """Two meetings, the one before and the one after a change.

    Args:
        before: the meeting as it was.
        after: the meeting as it is now.
    """

    before: EveningCase = attrs.field(repr=shown)
    after: EveningCase = attrs.field(repr=shown)

    @property
    def law(self) -> str:
        """The day whose law was used."""
        return self.after.law

    def settled(self, urn: Urn) -> "EveningChanges":
        """Hold both; what of the second no longer holds is told, not refused."""
        before = hold(self.before, Urn(), strict=False)
        after = hold(self.after, urn, strict=False)
        later = self.later
        as_if = None
        if later is not None:
            # What the later declaration would have done to the elections that were held before it.
            first = attrs.evolve(later, time="")
            as_if = hold(attrs.evolve(self.after, declarations=(first,), lots=()), Urn(), strict=False)
        return EveningChanges(before=before, after=after, as_if=as_if, case=self)

    @property
    def later(self) -> Declaration | None:
        """The latest declaration of the meeting now; None where there is but the first."""
        timed = [each for each in self.after.declarations if each.time]
        return max(timed, key=lambda each: minutes(each.time)) if timed else None


@attrs.frozen(kw_only=True)
class Change:
    """An election, before and after.

    Attributes:
        where: the committee, the body or the post.
        time: when it was elected; empty where that was not written down.
        before: how it came out before; None where there was no such election.
        after: how it comes out now; None where there is none.
        as_if: how it would come out by the latest declaration; None where there is none.
        held_before: whether it was elected before the latest declaration, so that it stays as it was.
    """

    where: str
    time: str = ""
    before: Word = None
    after: Word = None
    as_if: Word = None
    held_before: bool = False

    @property
    def changed(self) -> bool:
        """Whether it comes out otherwise."""
        return self.before != self.after

    @property
    def spared(self) -> bool:
        """Whether it would come out otherwise by the latest declaration, and does not, since it was held before it."""
        return self.held_before and self.as_if is not None and self.as_if != self.after


@attrs.frozen(kw_only=True)
class EveningChanges(Result):
    """What changed between two meetings.

    Attributes:
        before: the meeting before.
        after: the meeting now.
        as_if: the meeting if the latest declaration had been the first; None where there is but one.
        case: both cases.
    """

    before: Evening = attrs.field(repr=shown)
    after: Evening = attrs.field(repr=shown)
    as_if: Evening | None = attrs.field(repr=shown)
    case: EveningChangesCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lots that are open in the meeting as it is now."""
        return self.after.ties

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn from elsewhere than the file."""
        return self.after.draws

    @property
    def asks(self) -> Text | None:
        """When the groups changed, where the file does not say; None where it does, or they did not."""
        first = [each for each in self.case.after.declarations if not each.time]
        was = [each for each in self.case.before.declarations if not each.time]
        if [each.groups for each in first] == [each.groups for each in was]:
            return None
        return _(
            "The groups differ, and the file does not say when they changed. What was elected before stays: put the "
            "new declaration under [[anmeldelse]] with its time, kl, and give each election its own. Here they count "
            "as if they had been declared from the beginning."
        )

    @property
    def elections(self) -> tuple[Change, ...]:
        """Each election of either meeting, in the order of the one now."""
        before, after = dict(_outcomes(self.before)), dict(_outcomes(self.after))
        as_if = dict(_outcomes(self.as_if)) if self.as_if else {}
        later = self.case.later
        changes = []
        for where in dict.fromkeys([*after, *before]):
            time, now = after.get(where, ("", None))
            held_before = bool(later and time and minutes(time) < minutes(later.time))
            changes.append(
                Change(
                    where=where,
                    time=time,
                    before=before.get(where, ("", None))[1],
                    after=now,
                    as_if=as_if.get(where, ("", None))[1],
                    held_before=held_before,
                )
            )
        return tuple(changes)

    @property
    def persons(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """Body -> who left it and who came into it, for the bodies in which somebody did."""
        before, after = _people(self.before), _people(self.after)
        found = []
        for body in dict.fromkeys([*before, *after]):
            was, now = before.get(body, ()), after.get(body, ())
            left = tuple(person for person in was if person not in now)
            came = tuple(person for person in now if person not in was)
            if left or came:
                found.append((body, left, came))
        return tuple(found)

    @property
    def lots_fallen(self) -> tuple[LotTaken, ...]:
        """The lots that were drawn before and are none now."""
        now = {_lot(lot) for lot in self.after.lots}
        return tuple(lot for lot in self.before.lots if _lot(lot) not in now)

    @property
    def lots_open(self) -> tuple[Tie, ...]:
        """The lots that are open now and were not before."""
        return tuple(tie for tie in self.after.ties if tie not in self.before.ties)

    @property
    def claims(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """What the groups had a right to claim by § 27, before and now, whether it was claimed or not."""
        return _rights(self.before), _rights(self.after)


def _lot(lot: LotTaken) -> tuple[object, ...]:
    return (lot.draw.tie.place if lot.draw.tie else None, frozenset(lot.draw.among), lot.draw.chosen)


def _rights(evening: Evening) -> Mapping[str, int]:
    rights: dict[str, int] = {}
    for item in evening.items:
        committees = item.together
        if committees is None or committees.together is None or committees.ties:
            continue
        for group, count in committees.under_et.items():
            missing = count - sum(committees.elected[name].get(group, 0) for name in committees.standing)
            if missing > 0:
                rights[group] = rights.get(group, 0) + missing
    return rights


def _people(evening: Evening) -> dict[str, tuple[str, ...]]:
    people: dict[str, list[str]] = {}
    for seat in evening.seats:
        if seat.body and seat.person:
            people.setdefault(seat.body, []).append(seat.person)
    return {body: tuple(dict.fromkeys(names)) for body, names in people.items()}


def _outcomes(evening: Evening) -> Iterator[tuple[str, tuple[str, Word]]]:
    """Give when each election was held and how it came out: who has a post, or the places of each group."""
    for item in evening.items:
        if item.step in {Step.CONVENER, Step.CHAIRS}:
            continue
        for body in dict.fromkeys(seat.body for seat in item.seats):
            seats = [seat for seat in item.seats if seat.body == body]
            yield body, (_time(evening, item, body), _outcome(item, seats))


def _time(evening: Evening, item: Item, body: str) -> str:
    """Give when an election was held: of a committee, that of the first of them, whose declaration is theirs."""
    return item.time or next((plan.time for plan in evening.case.committees if plan.name == body), "")


def _outcome(item: Item, seats: list[Seat]) -> Word:
    if seats[0].role is Role.HOLDER:
        return seats[0].person or seats[0].group or "–"
    groups = dict.fromkeys(seat.group for seat in seats)
    counted: list[Word] = [Texts([group, sum(seat.group == group for seat in seats)]) for group in groups]
    here = [tie for tie in item.ties if tie.place and tie.place.address == seats[0].body]
    for tie in here:
        lot = _("{places} by lot among {names}", places=tie.places, names=Names(tie.among))
        counted.append(lot)
    return Texts(counted, ", ")


def compare_evenings(before: EveningCase, after: EveningCase) -> EveningChanges:
    """Say what changed between two meetings, and what did not.

    Args:
        before: the meeting as it was.
        after: the meeting as it is now.

    Raises:
        DataError: the groups changed at a time and an election does not say whether it was held before it.
    """
    return settle(EveningChangesCase(before=before, after=after))
