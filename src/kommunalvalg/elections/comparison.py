"""Computed and published results side by side: are we right?"""

from collections.abc import Iterator
from functools import partial

import attrs

from kommunalvalg.council.election import CouncilElection, elect_council
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.figures import Published
from kommunalvalg.errors import DataError
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.results import Result

__all__ = ["Comparison", "ComparisonCase", "Difference", "compare", "recorded_draws"]

PARTS = ("seats", "order", "elected", "substitutes")
"""What is compared: the seats of the lists, their numbers, the elected with their ranks, the substitutes."""


@attrs.frozen
class Difference:
    """One place where the computed and the published result differ.

    Attributes:
        part: "seats", "order", "elected" or "substitutes".
        where: the list's key, or the seat's number.
        computed: what was computed.
        published: what was published.
    """

    part: str
    where: str
    computed: str
    published: str


@attrs.frozen(kw_only=True)
class ComparisonCase:
    """What was counted, and what was published of the same election; lots fall as they did there.

    Args:
        election: what was counted.
        published: what the authorities published.

    Raises:
        DataError: the two are of different councils, or are no election and published result.
    """

    election: CouncilElection
    published: Published = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        election, published = self.election, self.published
        if not isinstance(election, CouncilElection) or not isinstance(published, Published):
            given = election if not isinstance(election, CouncilElection) else published
            raise DataError(
                "{field} is {value}; give a CouncilElection and what was Published of it", field="compared", value=given
            )
        told_of = (published.seats.keys(), published.substitutes.keys())
        if election.name != published.name or any(keys != election.by_key.keys() for keys in told_of):
            raise DataError(
                "the election is of {election}, the published result of {published}",
                field="published",
                value=published.name,
                election=election.name,
                published=published.name,
            )

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.election.year

    def settled(self, _urn: Urn) -> "Comparison":
        """Compute the election, with the lots as they fell, and hold it against what was published."""
        open_lots = elect_council(self.election)
        draws = recorded_draws(self.election, self.published)
        result = elect_council(self.election, lots=draws)
        return Comparison(
            result=result,
            lots=draws[: len(open_lots.ties)],
            order_lots=len(open_lots.rank_ties) + len(open_lots.substitute_ties),
            differences=tuple(_differences(result, self.published)),
            case=self,
        )


@attrs.frozen(kw_only=True)
class Comparison(Result):
    """A council election computed, and held against what was published.

    Attributes:
        result: what was computed, with the lots as they fell.
        lots: the lots that decided who is elected, as they fell according to what was published.
        order_lots: how many lots decided an order only, among the elected or the substitutes of a list.
        differences: where the two differ.
        case: what was counted, and what was published.
    """

    result: CouncilResult
    lots: tuple[Draw, ...]
    order_lots: int
    differences: tuple[Difference, ...]
    case: ComparisonCase = attrs.field(repr=False)

    def agrees(self, part: str) -> bool:
        """Say whether there is no difference in one part."""
        return all(difference.part != part for difference in self.differences)


def compare(election: CouncilElection, published: Published) -> Comparison:
    """Compute a council election and compare it with what was published, to the last substitute.

    Where the law draws a lot, the published result shows how it fell; only among those who were in it.

    Args:
        election: what was counted.
        published: what the authorities published of the same election.

    Raises:
        DataError: the two are of different councils, or are no election and published result.

    >>> from kommunalvalg import data
    >>> laesoe = compare(data.council("kv2025", "Læsø"), data.published("kv2025", "Læsø"))
    >>> laesoe.differences, [draw.among for draw in laesoe.lots]
    ((), [('C-4', 'C-7'), ('V-2', 'V-5')])
    """
    return settle(ComparisonCase(election=election, published=published))


def recorded_draws(election: CouncilElection, published: Published) -> tuple[Draw, ...]:
    """Read off a published result how the lots fell, in the order in which they are replayed.

    A lot between quotients is read off the seats of the lists, one between candidates off who was elected, one on
    an order off that order. Where the published result fits no way in which a lot can fall, the draws end.

    >>> from kommunalvalg import data
    >>> recorded_draws(data.council("kv2025", "Langeland"), data.published("kv2025", "Langeland"))[0]
    Draw(among=('A-4', 'A-5'), chosen=('A-5',))
    """
    draws: list[Draw] = []
    result = elect_council(election)
    while result.tie is not None:
        fallen = _fallen(result, result.tie, published, draws)
        if fallen is None:
            return tuple(draws)
        draws.append(fallen)
        result = elect_council(election, lots=draws)
    for key, list_result in result.lists.items():
        order = [mandate.candidate for mandate in published.mandates if mandate.letter == key]
        order += published.substitutes[key]
        for tie in (*list_result.rank_ties, *list_result.substitute_ties):
            level = sorted(tie.among, key=partial(_place, order))
            draws += [Draw(level[first:], [level[first]]) for first in range(len(level) - 1)]
    return tuple(draws)


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _fallen(result: CouncilResult, tie: Tie, published: Published, draws: list[Draw]) -> Draw | None:
    """Say how an open lot fell."""
    key = next((key for key, list_result in result.lists.items() if list_result.tie == tie), None)
    if key is not None:
        elected = {mandate.candidate for mandate in published.mandates if mandate.letter == key}
        chosen = [name for name in tie.among if name in elected]
        return Draw(tie.among, chosen) if len(chosen) == tie.places else None
    for draw in tie.draws():
        seats = elect_council(result.election, lots=[*draws, draw]).seats
        if all(count <= published.seats[key] for key, count in seats.items()):
            return draw
    return None


def _differences(result: CouncilResult, published: Published) -> Iterator[Difference]:
    for key, seats in published.seats.items():
        if result.seats[key] != seats:
            yield Difference("seats", key, str(result.seats[key]), str(seats))
    computed = {mandate.number: mandate for mandate in result.mandates}
    official = {mandate.number: mandate for mandate in published.mandates}
    for number in sorted(computed.keys() | official.keys()):
        ours, theirs = computed.get(number), official.get(number)
        if (ours and ours.letter) != (theirs and theirs.letter):
            yield Difference("order", str(number), ours.letter if ours else "–", theirs.letter if theirs else "–")
        ranked = f"{ours.candidate} ({ours.rank})" if ours else "–"
        official_rank = f"{theirs.candidate} ({theirs.rank})" if theirs else "–"
        if ranked != official_rank:
            yield Difference("elected", str(number), ranked, official_rank)
    for key, names in published.substitutes.items():
        if result.substitutes[key] != names:
            yield Difference("substitutes", key, ", ".join(result.substitutes[key]), ", ".join(names))
