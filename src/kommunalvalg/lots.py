"""Lots (lodtrækning): what is open, what was drawn, and everything that may come of it.

A method never draws. Where places are left that equal claims compete for, it says so with a :class:`Tie` and
reports all that is certain. The lot is drawn outside, by people, and comes in as a :class:`Draw`; or it comes
from :func:`seeded`, a procedure that anybody can repeat by hand. Inside one computation an :class:`Urn` hands
the draws out one after another, and checks each against the tie that is open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from math import comb
from typing import Protocol, Self, TypeAlias, TypeVar

import attrs

from kommunalvalg import law
from kommunalvalg.errors import LotError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Text, Texts, Word, composed, like, text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_choice, checked_count, checked_name, checked_names, listed

__all__ = [
    "Case",
    "Draw",
    "Lots",
    "Outcome",
    "Place",
    "Seeded",
    "Tie",
    "Urn",
    "Where",
    "explore",
    "outcomes_of",
    "seeded",
    "settle",
]


class Where(StrEnum):
    """What a lot decides: the closed set of places where one can be open."""

    UNITS = "units"
    """The last seats of a distribution, among its units."""

    ALLIANCE = "alliance"
    """The last seats of an alliance, among its members."""

    LIST = "list"
    """The last seats of a list, among its candidates."""

    ELECTED = "elected"
    """The order of candidates who are elected on a list."""

    SUBSTITUTES = "substitutes"
    """The order of a list's substitutes."""

    CANDIDATES = "candidates"
    """The last candidates of a listeforbund that has too many, or the list that somebody is a candidate of."""

    VACANCY = "vacancy"
    """The list that a vacant seat passes to."""

    BALLOT = "ballot"
    """Who is elected to a post in an equal ballot."""

    PAIR = "pair"
    """Who ballot 3 is bound to."""

    COMMITTEE = "committee"
    """The last seats of a committee or another body, among the groups."""

    RENOUNCED = "renounced"
    """Seats of a body that groups have renounced."""

    UNDER_ET = "under ét"
    """The seats of several committees taken together."""

    ORDER = "order"
    """The order in which groups choose."""

    KKR = "kkr"
    """The last supplementary members of a KKR."""

    CONVENER = "convener"
    """Who convenes a first meeting."""

    POSTS = "posts"
    """Which of two has the chair."""


_SAID = {
    Where.UNITS: "",
    Where.ALLIANCE: N_("inside {name}"),
    Where.LIST: N_("list {name}"),
    Where.ELECTED: N_("list {name}, order of the elected"),
    Where.SUBSTITUTES: N_("list {name}, order of the substitutes"),
    Where.CANDIDATES: N_("candidates, {name}"),
    Where.VACANCY: N_("vacant seat"),
    Where.BALLOT: N_("equal votes"),
    Where.PAIR: N_("who ballot 3 is bound to"),
    Where.COMMITTEE: "",
    Where.RENOUNCED: N_("renounced seats"),
    Where.UNDER_ET: N_("taken together"),
    Where.ORDER: N_("order of choosing"),
    Where.KKR: "",
    Where.CONVENER: N_("who convenes"),
    Where.POSTS: N_("who has the chair"),
}
"""How a place is said; one of no words is said by its body and its name alone."""


def _where(where: str) -> Where:
    return where if isinstance(where, Where) else checked_choice("where", where, Where)


def _named(name: str) -> str:
    return "" if name == "" else checked_name("place", name)


@attrs.frozen
class Place:
    """Where a lot stands.

    Attributes:
        where: what it decides.
        name: the alliance, the list by key, the committee, the post; empty where there is but one.
        body: the council, the KKR or the meeting that it belongs to; empty where none was named.

    >>> print(Place(Where.LIST, "A", "Fanø").text, "-", Place(Where.COMMITTEE, "Teknik").text.said("da"))
    Fanø, list A - Teknik
    """

    where: Where = attrs.field(converter=_where)
    name: str = attrs.field(default="", converter=_named)
    body: str = attrs.field(default="", converter=_named)

    @property
    def text(self) -> Texts:
        """Where it stands, in words; empty where a distribution stands for itself."""
        words = _SAID[self.where]
        named = "" if "{name}" in words else self.name
        return Texts([self.body, named, text(words, name=self.name)], ", ")

    @property
    def address(self) -> str:
        """The name by which a draw is addressed to it, that of the committee, the alliance, the list, the post."""
        return self.name or self.body or str(self.where)

    def __bool__(self) -> bool:
        """Tell whether there is anything to say of it."""
        return bool(self.name or self.body or _SAID[self.where])


@attrs.frozen
class Tie:
    """An open lot: some places, and more names with the same claim to them.

    Attributes:
        places: how many places are open, at least one.
        among: the names that the lot is drawn among, more than there are places.
        rule: the rule of the law map that calls for the lot; empty where a method is used outside any law.
        place: where the lot stands; None where a method is used by itself.
        when: the election year or day whose law it is; None for the law as this release knows it.

    >>> Tie(1, ("A", "B"), "KRVL-81-2").provision
    'KRVL § 81, stk. 2'
    """

    places: int
    among: tuple[str, ...]
    rule: str = ""
    place: Place | None = None
    when: law.When = attrs.field(default=None, repr=False)

    @property
    def provision(self) -> str:
        """Where the law calls for the lot; empty outside any law."""
        return law.provision(self.rule, self.when) if self.rule else ""

    @property
    def inferred(self) -> bool:
        """Whether no text was found that calls for the lot, and it is concluded from others."""
        return bool(self.rule) and law.inferred(self.rule)

    def draws(self) -> "Iterator[Draw]":
        """Give every way in which the lot can fall; each is as likely as any other.

        >>> [draw.chosen for draw in Tie(2, ("A", "B", "C")).draws()]
        [('A', 'B'), ('A', 'C'), ('B', 'C')]
        """
        return (Draw(self.among, chosen) for chosen in combinations(self.among, self.places))

    @property
    def text(self) -> Text:
        """The lot in words, such as "1 place among B, C", and where it stands."""
        words: dict[str, Word] = {"places": self.places, "names": listed(self.among)}
        if self.place:
            words["place"] = self.place.text
        if self.places == 1:
            return text(N_("1 place among {names} ({place})") if self.place else N_("1 place among {names}"), **words)
        return text(
            N_("{places} places among {names} ({place})") if self.place else N_("{places} places among {names}"),
            **words,
        )

    def __str__(self) -> str:
        return self.text.said()


def _among(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("among", names)


def _chosen(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("chosen", names)


def _addressed(place: "Place | str | None") -> "Place | str | None":
    return place if place is None or isinstance(place, Place) else checked_name("place", place)


def _seed(seed: int | str | None) -> int | str | None:
    return None if seed is None else seeded(seed).seed


@attrs.frozen
class Draw:
    """A lot that was drawn: who took part and who won.

    The draws of a result also know what they settled, and whether a machine drew them. Two draws are equal when the
    same names took part and won, wherever that was.

    Args:
        among: the names in the lot; empty where a place says which lot it is, and the names are those of the open one.
        chosen: the names that won, at least one and not all.
        place: where the lot stands, for one that is to be taken there and nowhere else: the name of the committee, the
            alliance, the list or the post, or a :class:`~kommunalvalg.lots.Place`; None for a draw that is taken at its
            turn.
        tie: the lot that it settled, in a result; None in a draw that comes in.
        seed: the seed that :func:`seeded` drew it from; None where people drew.

    Raises:
        VoteError: a name is not a name or stands twice, or the seed is none.
        LotError: somebody won who took no part, nobody won or all did.

    >>> Draw(["A", "B"], ["B"])
    Draw(among=('A', 'B'), chosen=('B',))
    >>> Draw([], ["B"], place="Teknik").fits(Tie(1, ("A", "B")))
    True
    >>> Draw(["A", "B"], ["C"])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.LotError: the lot among A, B was won by 'C', who took no part in it
    """

    among: tuple[str, ...] = attrs.field(converter=_among)
    chosen: tuple[str, ...] = attrs.field(converter=_chosen)
    place: Place | str | None = attrs.field(default=None, kw_only=True, eq=False, repr=False, converter=_addressed)
    tie: Tie | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    seed: int | str | None = attrs.field(default=None, kw_only=True, eq=False, repr=False, converter=_seed)

    def __attrs_post_init__(self) -> None:
        if self.place is not None and not self.among and self.chosen:
            return
        for name in self.chosen:
            if name not in self.among:
                raise LotError(
                    "the lot among {among} was won by {value}, who took no part in it",
                    field="chosen",
                    value=name,
                    among=listed(self.among) or text("nobody"),
                )
        if not 0 < len(self.chosen) < len(self.among):
            raise LotError(
                "the lot among {among} was won by {winners} of {number}; a lot is won by at least one, and not by all",
                field="chosen",
                value=self.chosen,
                among=listed(self.among) or text("nobody"),
                winners=len(self.chosen),
                number=len(self.among),
            )

    def fits(self, tie: Tie) -> bool:
        """Say whether this draw settles that tie: the same names, in any order, and as many winners as places.

        >>> Draw(["B", "A"], ["B"]).fits(Tie(1, ("A", "B")))
        True
        """
        among = self.among or tie.among
        return len(self.chosen) == tie.places and set(among) == set(tie.among) >= set(self.chosen)

    @property
    def address(self) -> str:
        """The name of the place that it is addressed to; empty where it is taken at its turn."""
        return self.place.address if isinstance(self.place, Place) else self.place or ""

    def is_addressed_to(self, place: Place | None) -> bool:
        """Tell whether this draw is addressed to a place, by its name or wholly.

        >>> Draw(["A", "B"], ["B"], place="Teknik").is_addressed_to(Place(Where.COMMITTEE, "Teknik"))
        True
        """
        if isinstance(self.place, Place):
            return self.place == place
        return place is not None and self.place == place.address


@attrs.frozen
class Seeded:
    """Draws by a published procedure; made by :func:`~kommunalvalg.seeded`."""

    seed: int | str

    def draw(self, tie: Tie, number: int) -> Draw:
        """Draw the lot that is the ``number``-th of a computation, counted from 1.

        >>> seeded(20251118).draw(Tie(1, ("A", "B", "C")), 1).chosen
        ('B',)
        """
        slips = {name: sha256(f"{self.seed}:{number}:{name}".encode()).hexdigest() for name in tie.among}
        chosen = sorted(tie.among, key=slips.__getitem__)[: tie.places]
        return Draw(tie.among, [name for name in tie.among if name in chosen], tie=tie, seed=self.seed)


def seeded(seed: int | str) -> Seeded:
    """Draw lots by a procedure that anybody can repeat by hand, from a seed that was published beforehand.

    For the *n*-th lot of a computation, each name in it gets the SHA-256 digest of the text
    ``seed:n:name`` (UTF-8), written in hexadecimal. The names with the smallest digests win. The result does
    not depend on the order of the names, and every set of winners is as likely as any other.

    Args:
        seed: a whole number, 0 or more, or a text of one line, which is taken in composed form (NFC).

    Raises:
        VoteError: the seed is neither.

    >>> seeded(20251118)
    Seeded(seed=20251118)
    """
    if not isinstance(seed, str):
        return Seeded(checked_count("seed", seed, what=N_("a seed")))
    if not seed.strip() or not seed.isprintable():
        raise VoteError(
            "{field} is {value}; a text as seed is one line that can be written down", field="seed", value=seed
        )
    return Seeded(composed(seed))


Lots: TypeAlias = Iterable[Draw] | Seeded | None
"""Where draws come from: None leaves lots open, recorded draws are replayed in order, :func:`seeded` draws."""


class Urn:
    """The draws of one computation, handed out in order and checked.

    >>> urn = Urn([Draw("A B".split(), ["B"])])
    >>> urn.draw(Tie(1, ("A", "B")))
    Draw(among=('A', 'B'), chosen=('B',))
    >>> urn.draw(Tie(1, ("A", "C"))) is None
    True
    >>> urn.close()
    """

    __slots__ = ("_drawn", "_left", "_open", "_seeded")

    def __init__(self, lots: Lots = None) -> None:
        self._drawn: list[Draw] = []
        self._open: list[Tie] = []
        self._seeded: Seeded | None = None
        self._left: list[Draw] = []
        if isinstance(lots, Seeded):
            self._seeded = lots
        elif lots is not None:
            self._left = _recorded(lots)

    @property
    def drawn(self) -> tuple[Draw, ...]:
        """The draws that were made so far, in order."""
        return tuple(self._drawn)

    def draw(self, tie: Tie, full: Sequence[str] = ()) -> Draw | None:
        """Settle a tie, or return None when no draw is left for it.

        A draw that is addressed to the place of the tie comes before those that are taken at their turn.

        Args:
            tie: the lot that is open.
            full: names with the same claim that have no room left; a recorded lot that they took part in is taken, and
                one of them may have won it.

        Raises:
            LotError: the draw is of another lot than this.
        """
        draw = self._next(tie, full)
        if draw is None:
            self._open.append(tie)
            return None
        self._drawn.append(draw)
        return draw

    def _next(self, tie: Tie, full: Sequence[str]) -> Draw | None:
        if self._seeded is not None:
            return self._seeded.draw(tie, len(self._drawn) + 1)
        left = list(enumerate(self._left))
        wider = attrs.evolve(tie, among=(*tie.among, *full)) if full else tie
        addressed = [at for at, draw in left if draw.is_addressed_to(tie.place)]
        # A list has a lot for its last seat and others on the order, all of which go by the list's name.
        fitting = [at for at in addressed if self._left[at].fits(tie) or self._left[at].fits(wider)]
        fitting = fitting or addressed or [at for at, draw in left if draw.place is None]
        if not fitting:
            return None
        recorded, among = self._left[fitting[0]], tie.among
        if not recorded.fits(tie) and recorded.fits(wider):
            among = recorded.among or wider.among
        elif not recorded.fits(tie) and not recorded.among:
            raise LotError(
                "the draw for {value} picks {picked}; the lot that is open there is {tie}",
                field="lots",
                value=recorded.address,
                picked=listed(recorded.chosen),
                tie=tie.text,
            )
        elif not recorded.fits(tie):
            raise LotError(
                "draw {number} picks {picked} among {among}; the lot that is open is {tie}",
                field="lots",
                value=recorded,
                number=len(self._drawn) + 1,
                picked=len(recorded.chosen),
                among=listed(recorded.among),
                tie=tie.text,
            )
        del self._left[fitting[0]]
        chosen = [name for name in among if name in recorded.chosen]
        return Draw(among, chosen, place=recorded.place, tie=tie, seed=recorded.seed)

    def close(self) -> None:
        """End the computation.

        Raises:
            LotError: a recorded draw is left over; where it was addressed to a place, the error says which are open.
        """
        if not self._left:
            return
        left = next((draw for draw in self._left if draw.place is not None), self._left[0])
        if left.place is not None:
            places = [tie.place.address for tie in self._open if tie.place]
            near = like(left.address, places, 1)
            message = N_(
                "the draw for {value}, among {among}, is left over: no lot is open there; lots are open for {places}"
            )
            if near:
                message = N_(
                    "the draw for {value}, among {among}, is left over: no lot is open there; did you mean {near}? "
                    "Lots are open for {places}"
                )
            elif not places and self._open:
                message = N_(
                    "the draw for {value}, among {among}, is left over: the lot that is open, {tie}, has no place; "
                    "give its draw without one"
                )
            elif not places:
                message = N_(
                    "the draw for {value}, among {among}, is left over: no lot is open there, nor anywhere else"
                )
            raise LotError(
                message,
                field="lots",
                value=left.address,
                among=listed(left.among or left.chosen),
                near="".join(near),
                places=listed(dict.fromkeys(places)),
                tie=self._open[0].text if self._open else "",
            )
        raise LotError(
            "draw {number}, among {among}, is left over: no lot is open for it",
            field="lots",
            value=left,
            number=len(self._drawn) + 1,
            among=listed(left.among),
        )


R_co = TypeVar("R_co", covariant=True)


class Case(Protocol[R_co]):
    """What a result rests on: everything that was given, as one frozen value that can be settled with any draws."""

    def settled(self, urn: Urn, /) -> R_co:
        """Compute the result, with the lots from ``urn``."""


def settle(case: Case[R_co], lots: Lots = None) -> R_co:
    """Compute the result of a case, with draws that must all be used.

    Args:
        case: everything that was given, such as the ``case`` of a result, or a variation of it.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws.

    Raises:
        VoteError: it is no case.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> import attrs
    >>> from kommunalvalg import dhondt
    >>> result = dhondt({"A": 11, "B": 8, "C": 2}, 8)
    >>> settle(attrs.evolve(result.case, seats=9)).tie.among
    ('B', 'C')
    """
    if not callable(getattr(case, "settled", None)):
        raise VoteError("{field} is {value}; give a case, such as the case of a result", field="case", value=case)
    urn = Urn(lots)
    result = case.settled(urn)
    urn.close()
    return result


def _recorded(lots: object) -> list[Draw]:
    if not isinstance(lots, Iterable):
        raise LotError("{field} is {value}; give None, a list of draws, or seeded(...)", field="lots", value=lots)
    draws = list(lots)
    for number, draw in enumerate(draws, start=1):
        if not isinstance(draw, Draw):
            raise LotError(
                "{field} is {value}; a draw is Draw(among, chosen)", field=_("draw {number}", number=number), value=draw
            )
    return draws


class Outcome(tuple[Mapping[str, int], Fraction]):  # noqa: SLOT001 - a pair that knows a third thing
    """One possible end, a pair of the seats and how likely they are, which also knows draws that lead there.

    >>> for seats, probability in [Outcome({"A": 1}, Fraction(1, 2))]:
    ...     print(seats, probability)
    {'A': 1} 1/2

    Attributes:
        draws: one series of draws that ends here; there may be others.
    """

    draws: tuple[Draw, ...]

    def __new__(cls, seats: Mapping[str, int], probability: Fraction, draws: tuple[Draw, ...] = ()) -> Self:
        """Make the pair."""
        outcome = super().__new__(cls, (seats, probability))
        outcome.draws = draws
        return outcome

    def __getnewargs__(self) -> tuple[Mapping[str, int], Fraction, tuple[Draw, ...]]:
        return (*self, self.draws)

    @property
    def seats(self) -> Mapping[str, int]:
        """Name -> seats, all lots drawn."""
        return self[0]

    @property
    def probability(self) -> Fraction:
        """The exact chance, when each lot gives every set of winners the same chance."""
        return self[1]


class Drawn(Protocol):
    """What :func:`explore` needs of a result: its seats, and the first lot that is open in it."""

    @property
    def seats(self) -> Mapping[str, int]:
        """Name -> seats that are certain."""

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""


def explore(compute: Callable[[Sequence[Draw]], Drawn], *, most: int) -> tuple[Outcome, ...]:
    """Follow every way in which the lots of a computation can fall.

    A lot that was drawn may open another: each is followed with the draws that led to it.

    Args:
        compute: the result under given draws.
        most: how many ways to follow at most.

    Returns:
        Every different final seats mapping once, in the order in which it was met. The probabilities sum to 1.

    Raises:
        LotError: there are more ways than ``most``.
        VoteError: ``most`` is no whole number, 1 or more.
    """
    most = checked_count("most", most, what=N_("a number of ways"), least=1)
    chances: dict[FrozenDict[str, int], Fraction] = {}
    first: dict[FrozenDict[str, int], tuple[Draw, ...]] = {}
    # The draws still to be followed, last first, so that they are met in their order.
    waiting: list[tuple[tuple[Draw, ...], Fraction]] = [((), Fraction(1))]
    ways = 1
    while waiting:
        draws, chance = waiting.pop()
        result = compute(draws)
        tie = result.tie
        if tie is None:
            seats = FrozenDict(result.seats)
            chances[seats] = chances.get(seats, Fraction(0)) + chance
            first.setdefault(seats, draws)
            continue
        branches = comb(len(tie.among), tie.places)
        ways += branches - 1
        if ways > most:
            raise LotError(
                "the open lots can fall in at least {ways} ways, more than the {value} that are followed; "
                "a larger {field} allows it",
                field="most",
                value=most,
                ways=ways,
            )
        waiting.extend(reversed([((*draws, draw), chance / branches) for draw in tie.draws()]))
    return tuple(Outcome(seats, chance, first[seats]) for seats, chance in chances.items())


def outcomes_of(case: Case[Drawn], drawn: tuple[Draw, ...], *, most: int) -> tuple[Outcome, ...]:
    """Follow every way in which the lots of an election can fall that are open after the draws made so far.

    Args:
        case: the election.
        drawn: the draws made so far.
        most: how many ways to follow at most.

    Raises:
        LotError: there are more ways than ``most``.
    """
    return explore(lambda more: settle(case, (*drawn, *more)), most=most)
