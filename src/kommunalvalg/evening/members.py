"""Who sits in the council in the term: its members, and the substitutes who enter for them.

KRVL § 91 (who enters for good) and KSL § 15 (who is called while a member is away, or to a single meeting).
"""

from collections.abc import Generator, Iterator

import attrs

from kommunalvalg import law
from kommunalvalg.errors import DataError
from kommunalvalg.evening.consequences import Consequence, follows
from kommunalvalg.evening.council import EveningCase
from kommunalvalg.evening.given import Event, misnamed
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["Members", "Sitting"]


@attrs.frozen(kw_only=True)
class Sitting:
    """A member of the council.

    Attributes:
        name: who it is.
        list: the list.
        entered_for: whose seat it was; empty for one who was elected.
        since: since when; empty for one who was elected.
        for_a_time: whether the member sits only while another is away.
        away: whether the member is away.
    """

    name: str
    list: str
    entered_for: str = ""
    since: str = ""
    for_a_time: bool = False
    away: bool = False


class Members:
    """The seats of the council and the substitutes of its lists, as events change them."""

    def __init__(self, case: EveningCase) -> None:
        self._case = case
        self.sitting = [Sitting(name=member.name, list=member.list) for member in case.members]
        self.months: dict[str, int] = {}
        """Who was ever away for a time -> for how many months the absence was expected to last."""
        self._gone: set[str] = set()
        self._hindered: set[str] = set()  # substitutes who were called for a time, and are away themselves
        self._vacant: list[Sitting] = []  # who left a seat that no substitute has entered yet
        self._entered_for: dict[str, str] = {}

    def sits(self, person: str) -> bool:
        """Tell whether somebody is a member of the council, if only for a time."""
        return any(each.name == person for each in self.sitting)

    def check_sits(self, person: str, field: str) -> None:
        """Hold that somebody is a member of the council."""
        if not self.sits(person):
            misnamed(field, person, [each.name for each in self.sitting], _("the members of the council"))

    def hindered(self, person: str) -> bool:
        """Tell whether somebody is a substitute who was called for a time, and is away."""
        return person in self._hindered

    def any_left(self, group: str) -> bool:
        """Tell whether anybody of a group sits in the council, or somebody who entered for one of its members."""
        sat = {each.name for each in self.sitting}
        while before := {self._entered_for[name] for name in sat if name in self._entered_for} - sat:
            sat |= before
        declarations = self._case.declarations
        for declaration in declarations:
            joined = self._case.joined(declaration)
            if group in joined:
                return bool(sat & set(joined[group]))
        return any(each.list == group for each in self.sitting)

    # Who leaves for good, and who enters (KRVL § 91)

    def leaves(self, event: Event) -> Generator[Consequence, None, bool]:
        """Let a member leave the council, and the list's next substitute enter.

        Returns:
            Whether somebody enters, as far as the file tells the substitutes.
        """
        person = event.person
        seat = self._seat_of(person)
        self._gone.add(person)
        self.sitting.remove(seat)
        called = self._called_for(person)
        if called is not None:  # is free by that, and the first to enter
            self.sitting.remove(called)
        before = len(self.sitting)
        instead_of = self._seat_of(seat.entered_for) if seat.for_a_time else seat
        yield self._enters(instead_of, event.day, for_a_time=seat.for_a_time)
        return len(self.sitting) > before or seat.list not in self._case.substitutes

    def _seat_of(self, person: str) -> Sitting:
        return next(each for each in self.sitting if each.name == person)

    def _called_for(self, person: str) -> Sitting | None:
        """Give the substitute who sits while somebody is away."""
        return next((each for each in self.sitting if each.for_a_time and each.entered_for == person), None)

    def _next_substitute(self, seat: Sitting) -> str | None:
        taken = self._gone | self._hindered | {each.name for each in self.sitting}
        return next((name for name in self._case.substitutes.get(seat.list, ()) if name not in taken), None)

    def _has_substitute(self, list_: str) -> bool:
        """Tell whether a list has a substitute left, if only one who sits for a time or is away."""
        for_good = {each.name for each in self.sitting if not each.for_a_time}
        return any(name not in self._gone | for_good for name in self._case.substitutes[list_])

    def _enters(self, seat: Sitting, day: str, *, for_a_time: bool) -> Consequence:
        """Let the list's next substitute enter."""
        found = self._next_substitute(seat)
        rule = "KSL-15" if for_a_time else "KRVL-91-1"
        if found is None:
            return self._nobody_enters(seat, rule, for_a_time=for_a_time)
        self._entered_for[found] = seat.name
        self.sitting.append(
            Sitting(name=found, list=seat.list, entered_for=seat.name, since=day, for_a_time=for_a_time)
        )
        called = N_("{substitute} is called to {council} while {person} is away.")
        enters = N_("{substitute} enters {council} for {person}.")
        return follows(
            self._case,
            called if for_a_time else enters,
            rule,
            substitute=found,
            person=seat.name,
            council=self._case.council,
        )

    def _nobody_enters(self, seat: Sitting, rule: str, *, for_a_time: bool) -> Consequence:
        """Say why no substitute enters; a seat that is vacant for good waits for one who is not free (KRVL-91-3)."""
        if seat.list not in self._case.substitutes:
            unnamed = N_("The next substitute of {list} enters for {person}; the file names none.")
            return follows(self._case, unnamed, rule, list=seat.list, person=seat.name)
        if not for_a_time and self._has_substitute(seat.list):
            self._vacant.append(seat)
            waits = N_("{list} has no substitute who is free; the seat of {person} stands empty until one is.")
            return follows(self._case, waits, rule, list=seat.list, person=seat.name)
        none_left = N_("{list} has no substitute left for {person}.")
        return follows(self._case, none_left, rule if for_a_time else "KRVL-91-3", list=seat.list, person=seat.name)

    def _free_again(self, name: str, list_: str, day: str) -> Generator[Consequence, None, str]:
        """Let a substitute who is free take an empty seat, or that of a lower one, who is free then (KRVL-91-LEAVES).

        Returns:
            Who is free at the end and sits nowhere; empty where nobody is.
        """
        empty = next((each for each in self._vacant if each.list == list_), None)
        if empty is not None:
            self._vacant.remove(empty)
            yield self._enters(empty, day, for_a_time=False)
            return ""
        away = [each for each in self.sitting if each.list == list_ and each.away]
        alone = next((each for each in away if self._called_for(each.name) is None), None)
        if alone is not None:
            yield self._enters(alone, day, for_a_time=True)
            return ""
        order = self._case.substitutes[list_]
        lower = [
            each
            for each in self.sitting
            if each.list == list_ and each.entered_for and not each.away and order.index(each.name) > order.index(name)
        ]
        if not lower:
            return name
        seat = min(lower, key=lambda each: (each.for_a_time, -order.index(each.name)))
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, name=name, since=day)
        self._entered_for[name] = seat.entered_for
        yield follows(
            self._case,
            N_("{substitute} is free again, and takes the seat that {lower}, who is lower on the list, has."),
            "KRVL-91-LEAVES",
            substitute=name,
            lower=seat.name,
        )
        return (yield from self._free_again(seat.name, list_, day))

    # Who is away for a time, and who is called meanwhile (KSL § 15)

    def goes_away(self, event: Event, where: str) -> Iterator[Consequence]:
        """Let a member be away and the next substitute be called; one who was called sits no longer (KSL-15)."""
        seat = self._seat_of(event.person)
        months = self._checked_months(event, where)
        if seat.away:
            raise DataError("{field} is {value}, who is away already", field=f"{where}.hvem", value=event.person)
        self.months[event.person] = months
        if seat.for_a_time:  # who is called instead sits for the same member
            self.sitting.remove(seat)
            self._hindered.add(event.person)
            yield self._enters(self._seat_of(seat.entered_for), event.day, for_a_time=True)
            return
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, away=True)
        yield self._enters(seat, event.day, for_a_time=True)

    def _checked_months(self, event: Event, where: str) -> int:
        if event.months is None:
            raise DataError("{field} is missing", field=f"{where}.maaneder", value=None)
        if event.months < law.whole("KSL-15", self._case.law, "substitute"):
            raise DataError(
                "{field} is {value}; an absence of a month or more changes who sits where",
                field=f"{where}.maaneder",
                value=event.months,
                rule="KSL-15",
            )
        return event.months

    def comes_back(self, event: Event, where: str) -> None:
        """Let a member who is away sit in the council again."""
        seat = self._seat_of(event.person)
        if not seat.away:
            raise DataError("{field} is {value}, who is not away", field=f"{where}.hvem", value=event.person)
        self.sitting[self.sitting.index(seat)] = attrs.evolve(seat, away=False)

    def released(self, person: str, day: str) -> Generator[Consequence, None, str]:
        """Let the substitute who was called for somebody be free, as that one is back (KSL-15, KRVL-91-LEAVES).

        Returns:
            Who leaves the council by that; empty where nobody does.
        """
        called = self._called_for(person)
        if called is None:
            return ""
        self.sitting.remove(called)
        free = yield from self._free_again(called.name, called.list, day)
        if free:
            rule = ("KSL-15", "return") if free == called.name else ("KRVL-91-LEAVES", "")
            yield self._leaves_again(free, *rule)
        return free

    def hindered_no_longer(self, substitute: str, day: str) -> Generator[Consequence, None, str]:
        """Let a substitute be free who was away when called (KRVL-91-LEAVES).

        Returns:
            Who leaves the council by that; empty where nobody does.
        """
        self._hindered.remove(substitute)
        list_ = next(key for key, names in self._case.substitutes.items() if substitute in names)
        free = yield from self._free_again(substitute, list_, day)
        if free in ("", substitute):
            return ""
        yield self._leaves_again(free, "KRVL-91-LEAVES", "")
        return free

    def _leaves_again(self, substitute: str, rule: str, point: str) -> Consequence:
        leaves = N_("{substitute} leaves {council} again.")
        return follows(self._case, leaves, rule, point, substitute=substitute, council=self._case.council)

    def one_meeting(self, event: Event, _where: str) -> Iterator[Consequence]:
        """Say who may take part in one meeting of the council instead of somebody (KSL § 15, stk. 1)."""
        seat = self._seat_of(event.person)
        found = self._next_substitute(seat)
        if found is None and seat.list in self._case.substitutes:
            yield self._nobody_enters(seat, "KSL-15", for_a_time=True)
        else:
            members = N_(
                "The members elected on {list} may demand that {substitute} be called to this meeting, where {person} "
                "is hindered by illness; to the first meeting and the second reading of the budget for any reason."
            )
            nobody = N_(
                "No other member elected on {list} can demand it, so {substitute} may demand to be called to this "
                "meeting, where {person} is hindered by illness; to the first meeting and the second reading of the "
                "budget for any reason."
            )
            others = any(each.list == seat.list and each is not seat and not each.away for each in self.sitting)
            yield follows(
                self._case,
                members if others else nobody,
                "KSL-15",
                "one meeting",
                list=seat.list,
                substitute=found or _("the next substitute"),
                person=event.person,
            )
        yield follows(self._case, N_("{person} keeps every place."), person=event.person)
