"""The posts in the term: how one is filled that is vacant, who acts meanwhile, and who may have it.

KSL § 7, stk. 3 and § 65, stk. 6 (mayor and deputy), § 66 c (a mayor whom the council has no confidence in), § 24 (who
was elected by flertalsvalg), and the posts of a region's council (RL §§ 14-14 g).
"""

from collections.abc import Generator, Iterator
from datetime import date

from kommunalvalg import law
from kommunalvalg.constitution.vacant import NoConfidenceCase, PostVacancyCase, Refilling
from kommunalvalg.errors import DataError
from kommunalvalg.evening.consequences import Consequence, follows
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.given import Event, Model, misnamed, refuse_mayor
from kommunalvalg.evening.items import Role, Step
from kommunalvalg.evening.places import Holding, Places
from kommunalvalg.lots import settle
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["Posts"]

_ANOTHER = N_("{post}: {council} elects another by flertalsvalg, for the rest of the term.")
_ACTING = "acting"


class Posts:
    """The posts that one person has, among the places that the meeting filled."""

    def __init__(self, evening: Evening, places: Places) -> None:
        self._evening, self._case, self._places = evening, evening.case, places
        self._deputies = [each for item in evening.items if item.step is Step.DEPUTIES for each in item.seats]

    def place_of(self, event: Event, post: str, where: str) -> int:
        """Find a post, which the person of an event has."""
        place = self._find(post, where)
        holding = self._places.holdings[place]
        if event.person not in (holding.person, holding.instead_of):
            raise DataError(
                "{field} is {value}, who is not {post}", field=f"{where}.hvem", value=event.person, post=post
            )
        return place

    def _find(self, post: str, where: str) -> int:
        holdings = self._places.holdings
        posts = [place for place, each in enumerate(holdings) if each.role is Role.HOLDER]
        found = next((place for place in posts if holdings[place].body == post), None)
        if found is None:
            misnamed(f"{where}.sted", post, [holdings[place].body for place in posts], _("the posts"))
        return found

    # How a post is filled that is vacant, or whose holder is away

    def vacant(self, holding: Holding, months: int | None = None) -> Iterator[Consequence]:
        """Say how a post is filled that is vacant, or whose holder is away."""
        item = next((each for each in self._evening.items if each.name == holding.body), None)
        mayor = item is not None and item.step in {Step.MAYOR, Step.CHAIRS}
        deputy = (item is not None and item.step is Step.DEPUTY) or any(
            each.body == holding.body for each in self._deputies
        )
        acting = N_("{post}: {council} elects an acting one by flertalsvalg.")
        nobody = N_("{post}: nobody is elected for so short an absence.")
        post, council = holding.body, self._case.council
        if not mayor and not deputy:
            office = self._case.offices.get(post)
            if months is None:
                rule = (office.post, office.post_point) if office else ("KSL-24-1", "")
                yield follows(self._case, N_("{body}: another is elected by flertalsvalg."), *rule, body=post)
            elif office:  # of others whom the council elected by flertalsvalg no text says who comes meanwhile
                long = months >= law.whole(office.post, self._case.law, _ACTING)
                yield follows(self._case, acting if long else nobody, office.post, _ACTING, post=post, council=council)
            return
        case = PostVacancyCase(
            post="mayor" if mayor else "deputy",  # type: ignore[arg-type]  # a text that the class takes
            cause="left" if months is None else "away",  # type: ignore[arg-type]  # as above
            deputies=len(self._deputies) or 1,
            together=self._case.model is Model.TOGETHER,
            group=holding.group,
            months=months,
            day=self._case.law,
        )
        refill = settle(case)
        if refill.how is Refilling.GROUP:
            message = N_("{post}: filled by {group}, which elected the one who goes.")
            yield follows(self._case, message, case.rule, case.point, post=post, group=refill.group or "")
        elif refill.how is Refilling.NOBODY:
            yield follows(self._case, nobody, case.rule, case.point, post=post)
        else:
            message = acting if refill.acting else _ANOTHER
            yield follows(self._case, message, case.rule, case.point, post=post, council=council)

    def _acts_by(self, post: str) -> str:
        """Give the rule by which somebody acts in a post."""
        office = self._case.offices.get(post)
        return (office.post if office else "") or "KSL-15"

    # A mayor whom the council has no confidence in (KSL § 66 c)

    def motion(self, event: Event, where: str) -> Generator[Consequence, None, int | None]:
        """Say whether a mayor goes whom the council has no confidence in (KSL § 66 c).

        Returns:
            The mayor's post, where it is vacant by that; None where the mayor stays.
        """
        place = self.place_of(event, self._case.mayor.name, where)
        self._check_readings(event, where)
        motion = settle(NoConfidenceCase(council_size=self._case.size, votes=event.votes))
        if motion.removed is None:
            yield follows(
                self._case,
                N_("{needed} of the {size} members are needed at both of two readings, {least} to {most} days apart."),
                "KSL-66c",
                needed=motion.needed,
                size=self._case.size,
                least=self._between["least"],
                most=self._between["most"],
            )
            return None
        if not motion.removed:
            yield follows(
                self._case,
                N_("{person} stays {post}: {needed} votes were needed at both readings."),
                "KSL-66c",
                person=event.person,
                post=self._case.mayor.name,
                needed=motion.needed,
            )
            return None
        yield follows(
            self._case,
            N_("{person} is excused as {post} by that."),
            "KSL-66c",
            person=event.person,
            post=self._case.mayor.name,
        )
        yield follows(
            self._case, _ANOTHER, "KSL-66c", "another", post=self._case.mayor.name, council=self._case.council
        )
        return place

    @property
    def _between(self) -> dict[str, int]:
        """Give the least and the most days between the readings."""
        least, most = map(int, law.value("KSL-66c", self._case.law, "readings"))  # type: ignore[arg-type]  # of days
        return {"least": least, "most": most}

    def _check_readings(self, event: Event, where: str) -> None:
        if not event.first:
            return
        days = (date.fromisoformat(event.day) - date.fromisoformat(event.first)).days
        if not self._between["least"] <= days <= self._between["most"]:
            raise DataError(
                "{field} is {value}, {days} days before the second reading; there are {least} to {most} days between "
                "them",
                field=f"{where}.foerste",
                value=event.first,
                rule="KSL-66c",
                figure="readings",
                days=days,
                least=self._between["least"],
                most=self._between["most"],
            )

    # Who is elected to a post

    def elected(self, event: Event, where: str) -> Generator[Consequence, None, str]:
        """Let somebody have a post that is vacant, or whose holder is away.

        Returns:
            For whom, where the holder is away; else empty.
        """
        place = self._find(event.body, where)
        holding = self._places.holdings[place]
        if holding.person and (not holding.away or holding.person == event.person):
            raise DataError(
                "{field} is {value}; {person} has that post",
                field=f"{where}.sted",
                value=event.body,
                person=holding.person,
            )
        self._check_one_post(event, f"{where}.hvem")
        away = holding.person if holding.away else ""
        self._places.take(place, event.person, event.day, instead_of=away)
        if away:
            yield follows(
                self._case,
                N_("{person} acts as {post} while {away} is away."),
                self._acts_by(event.body),
                _ACTING,
                person=event.person,
                post=event.body,
                away=away,
            )
        else:
            one_place = any(item.name == event.body and item.step is Step.BODY for item in self._evening.items)
            message = N_("{person} is elected to {post}.") if one_place else N_("{person} is {post}.")
            yield follows(self._case, message, person=event.person, post=event.body)
        return away

    def _check_one_post(self, event: Event, field: str) -> None:
        """Hold that a deputy is not the mayor, and who leads a sundhedsråd no chair of the region or of another."""
        holders = {each.body: each.person for each in self._places.holdings if each.role is Role.HOLDER}
        mayor = holders.get(self._case.mayor.name)
        one = {item.name for item in self._evening.items if item.step is Step.DEPUTY}
        if event.person == mayor and event.body in one | {each.body for each in self._deputies}:
            refuse_mayor(field, event.person, "one" if event.body in one else "two")
        led = {post for post in self._places.offices if self._acts_by(post) == "RL-14e" and self._leads(post)}
        if event.body in led and event.person in {mayor, *(holders[post] for post in led - {event.body})}:
            raise DataError(
                "{field} is {value}, who is the chair of the regional council or of another sundhedsråd",
                field=field,
                value=event.person,
                rule="RL-14e",
                when=self._case.law,
            )

    def _leads(self, post: str) -> bool:
        """Tell whether the holder of a post leads the body in which the place is that belongs to it."""
        return self._places.holdings[self._places.offices[post]].role is Role.CHAIR

    # The place by office that belongs to a post

    def _office_of(self, place: int, otherwise: tuple[str, str]) -> tuple[str, str]:
        """Give the rule by which a place belongs to a post, and the name of its place; a rule for another one."""
        post = next((post for post, at in self._places.offices.items() if at == place), "")
        office = self._case.offices.get(post)
        return (office.rule, office.point) if office else otherwise

    def office_vacant(self, place: int) -> Consequence:
        """Say that a place by office goes with the office that it belongs to."""
        follows_office = N_("{body}: the place follows the office that it belongs to.")
        rule = self._office_of(place, ("KSL-25-2", ""))
        return follows(self._case, follows_office, *rule, body=self._places.holdings[place].body)

    def sits_by_office(self, event: Event) -> Consequence:
        """Say that the holder of a post has the place that belongs to it."""
        at = self._places.offices[event.body]
        place = self._places.holdings[at]
        leads = N_("{person} sits in {body} and leads it by office.")
        sits = N_("{person} sits in {body} by office.")
        message = leads if place.role is Role.CHAIR else sits
        return follows(self._case, message, *self._office_of(at, ("", "")), person=event.person, body=place.body)

    def back_by(self, place: int) -> tuple[str, str]:
        """Give the rule by which a place is the holder's again, and the name of its place in the law."""
        holding = self._places.holdings[place]
        if holding.role is Role.HOLDER:
            return self._acts_by(holding.body), _ACTING
        return self._office_of(place, ("KSL-28", "away"))
