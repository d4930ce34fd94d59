"""An earlier election as it is found in files, and its lists told by those that stand now."""

from collections.abc import Mapping

import attrs

from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.previous import Previous
from kommunalvalg.elections.parties import party_of
from kommunalvalg.elections.polling import PollingArea, PollingAreas
from kommunalvalg.errors import Warned
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.votes import look

__all__ = ["Earlier"]


@attrs.frozen(kw_only=True)
class Earlier:
    """An earlier election of one council, by its own letters.

    Attributes:
        name: what it is called: the name of an embedded election, or of a file.
        votes: letter -> votes.
        names: letter -> name of the list, where the source says it.
        seats: letter -> seats; None where they are not known.
        areas: what was counted in each polling area; None where that is not known.
        warnings: what is to be known of how it was read.
    """

    name: str
    votes: FrozenDict[str, int]
    names: FrozenDict[str, str] = attrs.field(factory=FrozenDict)
    seats: FrozenDict[str, int] | None = None
    areas: PollingAreas | None = None
    warnings: tuple[Warned, ...] = ()

    def by_lists_of(self, election: CouncilElection) -> "Earlier":
        """Give it by the keys of the lists that stand in another election; the others by letter and name.

        A list is the same when letter and name are; spellings of a national party's name make no difference. Where the
        source says no name, the letter decides.
        """
        stand = {a_list.key: (a_list.letter, a_list.name) for a_list in election.lists}
        keys: dict[str, str] = {}
        for letter, name in ((letter, self.names.get(letter, "")) for letter in self.votes):
            same = (key for key, (now, called) in stand.items() if now == letter and _same(letter, called, name))
            keys[letter] = next(same, letter if letter not in stand else f"{letter} {name}")
        areas = self.areas
        if areas is not None:
            told = (attrs.evolve(area, votes=_keyed(area.votes, keys)) for area in areas.areas)
            areas = attrs.evolve(areas, areas=tuple[PollingArea, ...](told))
        seats = None if self.seats is None else _keyed(self.seats, keys)
        return attrs.evolve(self, votes=_keyed(self.votes, keys), names=FrozenDict(), seats=seats, areas=areas)

    def before(self, election: CouncilElection) -> CouncilElection:
        """Give an election with this one as the one before it.

        >>> from kommunalvalg import data
        >>> before = Earlier(name="kv2021", votes=FrozenDict({"A": 120, "Q": 30}))
        >>> before.before(data.council("kv2025", "Fanø")).previous.votes
        {'A': 120, 'Q': 30}
        """
        told = self.by_lists_of(election)
        return attrs.evolve(election, previous=Previous(votes=told.votes, seats=told.seats, name=self.name))


def _same(letter: str, now: str, before: str) -> bool:
    if not before or look(now).casefold() == look(before).casefold():
        return True
    party = party_of(letter, now)
    return party is not None and party == party_of(letter, before)


def _keyed(counts: Mapping[str, int], keys: Mapping[str, str]) -> FrozenDict[str, int]:
    return FrozenDict({keys.get(letter, letter): count for letter, count in counts.items()})
