"""What is said of how seats were won: the table of quotients, and the seats one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import cast

import attrs

from kommunalvalg.lots import Draw, Tie
from kommunalvalg.methods.alliances import ProportionalElection, UnitAward
from kommunalvalg.methods.allocation import Allocation, Award
from kommunalvalg.methods.divisor import DIVISORS, DivisorCase
from kommunalvalg.methods.shortfall import ShortfallCase
from kommunalvalg.report.documents import (
    Cell,
    Cited,
    Column,
    Kind,
    Marked,
    Part,
    Said,
    Table,
    once,
    paragraphs,
    without_empty,
)
from kommunalvalg.text import Names, Texts, Word
from kommunalvalg.text import text as _

__all__ = [
    "Level",
    "Quotient",
    "awards",
    "drawn",
    "levels",
    "open_lot",
    "open_lots",
    "quotients_at",
    "why",
    "won_at",
]


def _by_quotients(method: str) -> bool:
    """Tell whether the seats of a method are won on quotients that can be laid out."""
    return method == "renounced" or (method in DIVISORS and not DIVISORS[method].squared)


_MOST_DIVISORS = 100
"""A longer table of quotients is left out: nobody reads it, and the seats one by one say the same."""


def open_lot(tie: Tie, *more: Word) -> Said:
    """Say in one sentence that a lot is open: where, how many places, among whom, under which provision.

    Args:
        tie: the lot.
        more: sentences on what it decides.
    """
    names = Names(tie.among)
    lot = (
        _("Open lot: 1 place among {names}", names=names)
        if tie.places == 1
        else _("Open lot: {places} places among {names}", places=tie.places, names=names)
    )
    where = (_place(tie), ": ") if tie.place else ()
    under = (", ", _cited(tie)) if tie.rule else ()
    return Said(Texts([Texts([*where, lot, *under, "."], between=""), *more]), open_lots([tie]))


def open_lots(ties: Iterable[Tie]) -> Table:
    """Tabulate lots that are open, for programs."""
    columns = (
        Column("within", _("Where")),
        Column("places", _("Places"), Kind.NUMBER),
        Column("among", _("Among")),
        Column("provision", _("Provision")),
    )
    rows = tuple((_place(tie), tie.places, Names(tie.among), _cited(tie)) for tie in ties)
    return Table("open_lots", _("Open lots"), columns, rows)


def drawn(draws: Sequence[Draw]) -> list[Part]:
    """Tabulate the lots that were drawn, if any, and say which of them a machine drew."""
    if not draws:
        return []
    columns = (
        Column("number", _("No."), Kind.NUMBER),
        Column("within", _("Where")),
        Column("among", _("Among")),
        Column("chosen", _("Won by")),
        Column("provision", _("Provision")),
    )
    rows = tuple(
        (
            number,
            _place(draw.tie) if draw.tie else "",
            Names(draw.among),
            Names(draw.chosen),
            _cited(draw.tie) if draw.tie else "",
        )
        for number, draw in enumerate(draws, start=1)
    )
    by_seed: dict[int | str, list[str]] = {}
    for number, draw in enumerate(draws, start=1):
        if draw.seed is not None:
            by_seed.setdefault(draw.seed, []).append(str(number))
    return [
        without_empty(Table("draws", _("Lots that were drawn"), columns, rows)),
        *(
            _(
                "Drawn by machine, from the seed {seed} by the published procedure: no. {numbers}.",
                seed=str(seed),
                numbers=Names(numbers),
            )
            for seed, numbers in by_seed.items()
        ),
    ]


def _place(tie: Tie) -> Word:
    """Write where a lot stands."""
    return tie.place.text if tie.place else ""


def _cited(tie: Tie) -> Word:
    """Write the provision of a lot, and whether that it is drawn is inferred."""
    provision = Cited(tie.provision)
    return _("{provision} (inferred)", provision=provision) if tie.inferred else provision


# The seats one by one


def awards(election: Allocation | ProportionalElection) -> Table:
    """Tabulate the seats in the order in which they were won."""
    if isinstance(election, Allocation) and election.case.method == ShortfallCase.method:
        return _shortfalls(election, cast("ShortfallCase", election.case))
    nested = isinstance(election, ProportionalElection) and bool(election.inner)
    columns = [
        Column("number", _("Seat"), Kind.NUMBER),
        Column("winner", _("To")),
        Column("votes", _("Votes"), Kind.NUMBER),
        Column("divisor", _("Divisor"), Kind.NUMBER),
        Column("quotient", _("Quotient"), Kind.NUMBER),
        Column("lot", _("By lot")),
    ]
    if nested:
        columns[1:1] = [Column("unit", _("Unit")), Column("unit_quotient", _("The unit's quotient"), Kind.NUMBER)]
    rows = []
    for award in election.awards:
        row: list[Cell] = [award.number, award.winner, award.votes, award.divisor, award.quotient]
        if nested and isinstance(award, UnitAward):
            row[1:1] = [award.unit, award.steps[0].quotient]
        rows.append((*row, award.by_lot))
    return Table("awards", _("The seats in the order in which they were won"), tuple(columns), tuple(rows))


def _shortfalls(allocation: Allocation, contest: ShortfallCase) -> Table:
    held = dict(contest.held)
    rows = []
    for award in allocation.awards:
        before = held.get(award.winner, 0)
        held[award.winner] = before + 1
        share = Fraction(award.votes * contest.size, contest.total)
        rows.append((award.number, award.winner, share, before, award.quotient, award.by_lot))
    return Table(
        "awards",
        _("The seats in the order in which they were won"),
        (
            Column("number", _("Seat"), Kind.NUMBER),
            Column("winner", _("To")),
            Column("share_of_size", _("Share of the seats"), Kind.NUMBER),
            Column("before", _("Seats so far"), Kind.NUMBER),
            Column("shortfall", _("Shortfall"), Kind.NUMBER),
            Column("lot", _("By lot")),
        ),
        tuple(rows),
    )


# The table of quotients


@attrs.frozen
class Level:
    """A distribution at one level: to the units, or inside an alliance.

    Attributes:
        within: the alliance; empty for the distribution to the units.
        allocation: the distribution.
        numbers: the number, in the whole election, of the first seat awarded here, the second, and so on.
    """

    within: str
    allocation: Allocation
    numbers: tuple[int, ...]

    @property
    def awards(self) -> Iterator[Award]:
        """The seats awarded here, under their numbers in the whole election."""
        return (
            award._replace(number=number) for award, number in zip(self.allocation.awards, self.numbers, strict=False)
        )


def levels(election: Allocation | ProportionalElection) -> Iterator[Level]:
    """Give the distributions of an election, the outermost first; a unit's k-th seat is the k-th inside it."""
    if isinstance(election, Allocation):
        yield Level("", election, tuple(range(1, len(election.awards) + 1)))
        return
    units, inside = election.units, election.inner
    waiting = [Level("", units, tuple(range(1, len(units.awards) + 1)))]
    while waiting:
        level = waiting.pop(0)
        yield level
        inner = [name for name in level.allocation.seats if name in inside]
        won = {name: tuple(award.number for award in level.awards if award.winner == name) for name in inner}
        waiting[:0] = [Level(name, inside[name], numbers) for name, numbers in won.items()]


def why(election: Allocation | ProportionalElection) -> list[Part]:
    """Tell how the seats were won: the table of quotients of each level with the last seat and the next in line."""
    return once(part for level in levels(election) for part in won_at(level))


def won_at(level: Level, within: Word = "") -> list[Part]:
    """Tell how the seats of a level were won: its quotients laid out, what the marks mean, the last seat and the next.

    Nothing where the method has no quotients, and where the table would be longer than anybody reads.

    Args:
        level: the level.
        within: what it is called (default: by the alliance that it is inside).
    """
    quotients = quotients_at(level)
    if not quotients:
        return []
    return [
        _quotient_table(within or level.within, quotients),
        *paragraphs([*_legend(quotients), _last_seat(level, quotients)]),
    ]


def quotients_at(level: Level) -> "list[Quotient]":
    """Give the quotients of a level name by name, each on to the first that no name won a seat on.

    None where the method has no quotients, and where there would be more than anybody reads.
    """
    if not _by_quotients(level.allocation.case.method):
        return []
    contest = cast("DivisorCase", level.allocation.case.first)
    names = [name for name, count in contest.votes.items() if count]
    held: Mapping[str, int] = contest.held or {}
    most = max((held.get(name, 0) + level.allocation.seats[name] for name in names), default=0)
    if most > _MOST_DIVISORS:
        return []
    return [quotient for name in names for quotient in _quotients_of(name, most, level, contest)]


@attrs.frozen
class Quotient:
    """A quotient, and what came of it.

    Attributes:
        name: whose it is.
        divisor: what the votes were divided by.
        value: the quotient; None where the divisor is 0.
        award: the seat that it won, or None.
        waits: whether a lot that is open decides on it.
        full: whether its name has no room for the seat.
        wins: whether it is at least as large as the smallest that won.
    """

    name: str
    divisor: int | Fraction
    value: Fraction | None
    award: Award | None
    waits: bool
    full: bool
    wins: bool

    @property
    def lot(self) -> bool:
        """Whether a lot decided on it, or is to."""
        return self.waits or bool(self.award and self.award.by_lot)

    @property
    def cell(self) -> Cell:
        """It, with its marks."""
        marks: list[Word] = [str(self.award.number)] if self.award else []
        marks += [_("lot")] if self.lot else []
        marks += ["×"] if self.full and self.wins else []
        return Marked(self.value, Texts(marks, ", ")) if marks else self.value


def _quotients_of(name: str, most: int, level: Level, contest: DivisorCase) -> Iterator[Quotient]:
    """Give the quotients of one name, on to the first that no name won a seat on."""
    allocation = level.allocation
    held: Mapping[str, int] = contest.held or {}
    room: Mapping[str, int] = contest.capacity or {}
    begin = held.get(name, 0)
    won = {award.divisor: award for award in level.awards if award.winner == name}
    last = min((award.quotient for award in allocation.awards if award.quotient is not None), default=None)
    for had in range(begin, max(most, begin) + 1):
        divisor = contest.divisors.divisor(had)
        value = Fraction(contest.votes[name], divisor) if divisor else None
        full = had >= room.get(name, had + 1)
        yield Quotient(
            name,
            divisor,
            value,
            award=won.get(divisor),
            waits=allocation.tie is not None and name in allocation.tie.among and had == begin + allocation.seats[name],
            full=full,
            wins=last is not None and (value is None or value >= last),
        )


def _quotient_table(within: Word, quotients: Sequence[Quotient]) -> Table:
    """Lay out quotients, the units beside each other, with those that won a seat marked with its number."""
    at = {(quotient.name, quotient.divisor): quotient.cell for quotient in quotients}
    names = tuple(dict.fromkeys(quotient.name for quotient in quotients))
    divisor = Column("divisor", _("Divisor"), Kind.NUMBER)
    flat = Table(
        "quotients",
        _("Quotients"),
        (
            Column("within", _("Inside")),
            Column("name", _("Unit")),
            divisor,
            Column("quotient", _("Quotient"), Kind.NUMBER),
            Column("seat", _("Seat"), Kind.NUMBER),
            Column("lot", _("By lot")),
        ),
        tuple(
            (within, each.name, each.divisor, each.value, each.award.number if each.award else None, each.lot)
            for each in quotients
        ),
    )
    return Table(
        "quotients",
        _("Quotients inside {unit}", unit=within) if within else _("Quotients"),
        (divisor, *(Column(name, name, Kind.QUOTIENT) for name in names)),
        tuple(
            (number, *(at.get((name, number)) for name in names))
            for number in sorted({quotient.divisor for quotient in quotients})
        ),
        flat=flat,
    )


def _legend(quotients: Sequence[Quotient]) -> Iterator[Word]:
    """Say what the marks mean that stand in a table, and how exact it is."""
    yield _(
        "In brackets: the number of the seat that the quotient won. Quotients are written with two decimals and were "
        "compared exactly."
    )
    if any(quotient.lot for quotient in quotients):
        yield _("[lot]: equal quotients, between which a lot decides.")
    if any(quotient.full and quotient.wins for quotient in quotients):
        yield _("[×]: large enough for a seat, but there is nobody left to take it.")


def _last_seat(level: Level, quotients: Sequence[Quotient]) -> Word:
    """Say who won the last seat of a level, and who would have won one more; None where that is not decided."""
    won = list(level.awards)
    if not won or level.allocation.tie or level.allocation.vacant:
        return None
    last = won[-1]
    said = _(
        "The last seat, no. {number}, went to {name} on the quotient {quotient}.",
        number=last.number,
        name=last.winner,
        quotient=last.quotient,
    )
    lost = [each for each in quotients if each.award is None and not each.full]
    beaten = [(each.value, each.name) for each in lost if each.value]
    if not beaten or any(each.value is None for each in lost):  # a first seat by Adams has no quotient, and won none
        return said
    most = max(value for value, _name in beaten)
    names = Names(dict.fromkeys(name for value, name in beaten if value == most))
    if most == last.quotient:
        return Texts([said, _("{names} had the same quotient; a lot decided.", names=names)])
    more = _("The largest quotient that won no seat was {quotient}, of {names}.", names=names, quotient=most)
    return Texts([said, more])
