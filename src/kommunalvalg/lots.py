"""Lots (lodtrækning): what is open, what was drawn, and everything that may come of it.

A method never draws. Where places are left that equal claims compete for, it says so with a :class:`Tie` and
reports all that is certain. The lot is drawn outside, by people, and comes in as a :class:`Draw`; or it comes
from :func:`seeded`, a procedure that anybody can repeat by hand. Inside one computation an :class:`Urn` hands
the draws out one after another, and checks each against the tie that is open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from math import comb
from typing import Protocol, TypeAlias, TypeVar
from unicodedata import normalize

import attrs

from kommunalvalg.errors import LotError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.votes import checked_count, checked_names, listed

__all__ = ["Draw", "Holdable", "Lots", "Outcome", "Seeded", "Tie", "Urn", "explore", "outcomes_of", "seeded", "settle"]


@attrs.frozen
class Tie:
    """An open lot: some places, and more names with the same claim to them.

    Attributes:
        places: how many places are open, at least one.
        among: the names that the lot is drawn among, more than there are places.
        provision: the provision that calls for the lot; empty where a method is used outside any law.
        within: where the lot stands, such as the alliance whose seats are distributed; empty at the first level.

    >>> Tie(1, ("A", "B"), "KRVL § 81, stk. 2")
    Tie(places=1, among=('A', 'B'), provision='KRVL § 81, stk. 2', within='')
    """

    places: int
    among: tuple[str, ...]
    provision: str = ""
    within: str = ""

    def draws(self) -> "Iterator[Draw]":
        """Give every way in which the lot can fall; each is as likely as any other.

        >>> [draw.chosen for draw in Tie(2, ("A", "B", "C")).draws()]
        [('A', 'B'), ('A', 'C'), ('B', 'C')]
        """
        return (Draw(self.among, chosen) for chosen in combinations(self.among, self.places))

    def __str__(self) -> str:
        places = "1 place" if self.places == 1 else f"{self.places} places"
        within = f" within {self.within}" if self.within else ""
        return f"{places} among {listed(self.among)}{within}"


def _among(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("among", names)


def _chosen(names: Iterable[str]) -> tuple[str, ...]:
    return checked_names("chosen", names)


def _seed(seed: int | str | None) -> int | str | None:
    return None if seed is None else seeded(seed).seed


@attrs.frozen
class Draw:
    """A lot that was drawn: who took part and who won.

    The draws of a result also know what they settled, and whether a machine drew them. Two draws are equal when the
    same names took part and won, wherever that was.

    Args:
        among: the names in the lot.
        chosen: the names that won, at least one and not all.
        tie: the lot that it settled, in a result; None in a draw that comes in.
        seed: the seed that :func:`seeded` drew it from; None where people drew.

    Raises:
        VoteError: a name is not a name or stands twice, or the seed is none.
        LotError: somebody won who took no part, nobody won or all did.

    >>> Draw(["A", "B"], ["B"])
    Draw(among=('A', 'B'), chosen=('B',))
    >>> Draw(["A", "B"], ["C"])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.LotError: the lot among A, B was won by 'C', who took no part in it
    """

    among: tuple[str, ...] = attrs.field(converter=_among)
    chosen: tuple[str, ...] = attrs.field(converter=_chosen)
    tie: Tie | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    seed: int | str | None = attrs.field(default=None, kw_only=True, eq=False, repr=False, converter=_seed)

    def __attrs_post_init__(self) -> None:
        for name in self.chosen:
            if name not in self.among:
                raise LotError(f"the lot among {listed(self.among)} was won by {shown(name)}, who took no part in it")
        if not 0 < len(self.chosen) < len(self.among):
            raise LotError(
                f"the lot among {listed(self.among) or 'nobody'} was won by {len(self.chosen)} of {len(self.among)}; "
                "a lot is won by at least one, and not by all"
            )

    def fits(self, tie: Tie) -> bool:
        """Say whether this draw settles that tie: the same names, in any order, and as many winners as places.

        >>> Draw(["B", "A"], ["B"]).fits(Tie(1, ("A", "B")))
        True
        """
        return len(self.chosen) == tie.places and set(self.among) == set(tie.among)


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
        return Seeded(checked_count("seed", seed, what="seed"))
    if not seed.strip() or not seed.isprintable():
        raise VoteError(f"seed is {shown(seed)}; a text as seed is one line that can be written down")
    return Seeded(normalize("NFC", seed))


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

    __slots__ = ("_drawn", "_recorded", "_seeded")

    def __init__(self, lots: Lots = None) -> None:
        self._drawn: list[Draw] = []
        self._seeded = lots if isinstance(lots, Seeded) else None
        self._recorded = () if lots is None or isinstance(lots, Seeded) else _recorded(lots)

    @property
    def drawn(self) -> tuple[Draw, ...]:
        """The draws that were made so far, in order."""
        return tuple(self._drawn)

    def draw(self, tie: Tie) -> Draw | None:
        """Settle a tie, or return None when no draw is left.

        Raises:
            LotError: the next draw is of another lot than this.
        """
        number = len(self._drawn) + 1
        if self._seeded is not None:
            draw = self._seeded.draw(tie, number)
        elif number <= len(self._recorded):
            draw = self._recorded[number - 1]
            if not draw.fits(tie):
                raise LotError(
                    f"draw {number} picks {len(draw.chosen)} among {listed(draw.among)}; the lot that is open is {tie}"
                )
            draw = Draw(tie.among, [name for name in tie.among if name in draw.chosen], tie=tie, seed=draw.seed)
        else:
            return None
        self._drawn.append(draw)
        return draw

    def close(self) -> None:
        """End the computation.

        Raises:
            LotError: a recorded draw is left over.
        """
        if len(self._drawn) < len(self._recorded):
            left = self._recorded[len(self._drawn)]
            raise LotError(
                f"draw {len(self._drawn) + 1}, among {listed(left.among)}, is left over: no lot is open for it"
            )


R_co = TypeVar("R_co", covariant=True)


class Holdable(Protocol[R_co]):
    """An election with everything it was given, which can be held with one series of draws or another."""

    def hold(self, urn: Urn) -> R_co:
        """Hold it, with the lots from ``urn``."""


def settle(contest: Holdable[R_co], lots: Lots) -> R_co:
    """Hold an election with draws that must all be used.

    Raises:
        LotError: a draw does not fit the lot that is open, or is left over.
    """
    urn = Urn(lots)
    result = contest.hold(urn)
    urn.close()
    return result


def _recorded(lots: object) -> tuple[Draw, ...]:
    if isinstance(lots, Draw) or not isinstance(lots, Iterable):
        raise LotError(f"lots is {shown(lots)}; give None, a list of draws, or seeded(...)")
    draws = tuple(lots)
    for number, draw in enumerate(draws, start=1):
        if not isinstance(draw, Draw):
            raise LotError(f"draw {number} is {shown(draw)}; a draw is Draw(among, chosen)")
    return draws


@attrs.frozen
class Outcome:
    """One possible end: the seats, how likely they are, and draws that lead there.

    It unpacks into seats and probability: ``for seats, probability in result.outcomes(): ...``.

    Attributes:
        seats: name -> seats, all lots drawn.
        probability: its exact chance, when each lot gives every set of winners the same chance.
        draws: one series of draws that ends here; there may be others.
    """

    seats: Mapping[str, int]
    probability: Fraction
    draws: tuple[Draw, ...]

    def __iter__(self) -> Iterator[Mapping[str, int] | Fraction]:
        return iter((self.seats, self.probability))


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
    most = checked_count("most", most, what="number of ways", least=1)
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
                f"the open lots can fall in at least {ways:,} ways, more than the {most:,} that are followed; "
                "a larger `most` allows it"
            )
        waiting.extend(reversed([((*draws, draw), chance / branches) for draw in tie.draws()]))
    return tuple(Outcome(seats, chance, first[seats]) for seats, chance in chances.items())


def outcomes_of(contest: Holdable[Drawn], drawn: tuple[Draw, ...], *, most: int) -> tuple[Outcome, ...]:
    """Follow every way in which the lots of an election can fall that are open after the draws made so far.

    Args:
        contest: the election.
        drawn: the draws made so far.
        most: how many ways to follow at most.

    Raises:
        LotError: there are more ways than ``most``.
    """
    return explore(lambda more: settle(contest, (*drawn, *more)), most=most)
