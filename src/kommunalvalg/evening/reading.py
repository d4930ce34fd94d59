"""What the files of all meetings have in common: ballots, and lots by the names of their places."""

from collections.abc import Mapping

from kommunalvalg.evening.fields import Fields
from kommunalvalg.evening.given import LotDrawn
from kommunalvalg.frozen import FrozenDict

__all__ = ["ballots_of", "lots_of"]


def ballots_of(fields: Fields) -> tuple[FrozenDict[str, int], ...]:
    """Read the ballots: candidate = votes, for each."""
    ballots = []
    value = fields.take("afstemninger")
    if value is not None and not isinstance(value, list):
        fields.refuse("{field} is {value}; it is a list with a table for each ballot", "afstemninger", value)
    for number, each in enumerate(value or [], start=1):
        ballot = Fields(each, *fields.where, f"afstemninger[{number}]", names=True)
        ballots.append(FrozenDict({name: _votes(ballot, name) for name in ballot}))
    return tuple(ballots)


def _votes(ballot: Fields, name: str) -> int:
    votes = ballot.count(name)
    if votes is None:  # an empty cell of a workbook, or a sum that was never worked out
        ballot.refuse("{field} has no number of votes; write 0 where there is none", name, None)
    return votes


def lots_of(fields: Fields) -> tuple[LotDrawn, ...]:
    """Read the lots by place: who won; or { vinder, blandt, trukket_af }, or a list of these, one after another."""
    lots: list[LotDrawn] = []
    inside = fields.inside("lodtraekninger")
    for place in inside:
        given = inside.take(place)
        if isinstance(given, Mapping):
            given = [given]
        if isinstance(given, list) and given and all(isinstance(each, Mapping) for each in given):
            lots += [_lot(place, Fields(each, *inside.where, place)) for each in given]
        else:
            lots.append(LotDrawn(place=place, chosen=inside.names(place)))
    return tuple(lots)


def _lot(place: str, fields: Fields) -> LotDrawn:
    lot = LotDrawn(
        place=place, chosen=fields.names("vinder"), among=fields.names("blandt"), by=fields.text("trukket_af")
    )
    fields.close()
    return lot
