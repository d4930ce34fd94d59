"""What other libraries make of the same six cases: ``python benchmarks/peers.py`` prints it, case by case.

Each library is used as its documentation says, and where a rule is not in it, as near as it comes. The seats, names and
messages printed are what the calls gave; only the words in brackets are ours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from importlib import metadata
from textwrap import fill
from typing import Any

from apportionment.methods import TiesException, compute
from interregnum.methods.adapters.maxseats import MaxSeatsAdapter
from interregnum.methods.singlevote.highest_averages import HighestAveragesAllocator
from interregnum.methods.singlevote.largest_remainder import LargestRemainderAllocator
from votelib.evaluate.core import Tie
from votelib.evaluate.openlist import ThresholdOpenList
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

from kommunalvalg import (
    ElectionError,
    data,
    dhondt,
    elect_council,
    largest_shortfall,
    merge_alliances,
)

LIBRARIES = ("kommunalvalg", "votelib", "interregnum", "apportionment")
KKR = data.kkr("hovedstaden-2026")
LOLLAND = data.council("kv2025", "Lolland")


def told(seats: Mapping[object, int] | Iterable[tuple[object, int]]) -> str:
    """Write who has how many seats, leaving out those who have none."""
    pairs = seats.items() if isinstance(seats, Mapping) else seats
    return ", ".join(f"{tie(name)} {number}" for name, number in pairs if number)


def tie(name: object) -> str:
    """Write a name, or votelib's value for several who tie."""
    return f"Tie({', '.join(sorted(name))})" if isinstance(name, Tie) else str(name)


def allocated(allocator: Any, **given: object) -> dict[str, int]:  # noqa: ANN401 - any of theirs
    """Return the seats that an allocator of interregnum gives."""
    result = allocator.calc(**given)
    return {candidate.name: candidate.seats for candidate in result.allocation}


def with_criterion(allocator: Any, votes: Mapping[str, int], seats: int) -> str:  # noqa: ANN401 - any of theirs
    """Write the seats that an allocator of interregnum gives, and on what it gave the last."""
    theirs = allocator.calc(candidates=list(votes.items()), seats=seats)
    return f"{told((each.name, each.seats) for each in theirs.allocation)} ({theirs.data.log[-1].criterion})"


def a_tie() -> Iterator[tuple[str, str]]:
    """A tie for the last seat: A 11, B 8, C 2; nine seats by d'Hondt."""
    votes = {"A": 11, "B": 8, "C": 2}
    ours = dhondt(votes, 9)
    yield "kommunalvalg", f"{told(ours.seats)}; a lot is open: {ours.tie}"
    yield "votelib", told(HighestAverages("d_hondt").evaluate(votes, 9))
    yield "interregnum", with_criterion(HighestAveragesAllocator("dhondt"), votes, 9)
    won = compute("dhondt", list(votes.values()), 9, fractions=True)
    try:
        compute("dhondt", list(votes.values()), 9, fractions=True, tiesallowed=False)
    except TiesException as error:
        yield "apportionment", f"{told(zip(votes, won, strict=True))}; with tiesallowed=False the error: {error}"


def rounding() -> Iterator[tuple[str, str]]:
    """Equal remainders: A 1, B 1, C 7; three seats by the largest remainder, where each is short of 1/3."""
    votes = {"A": 1, "B": 1, "C": 7}
    ours = largest_shortfall(votes, 3)
    yield "kommunalvalg", f"{told(ours.seats)}; a lot is open: {ours.tie}"
    yield "votelib", told(LargestRemainder("hare").evaluate(votes, 3))
    yield "interregnum", with_criterion(LargestRemainderAllocator("hare"), votes, 3)
    won = compute("largest_remainder", list(votes.values()), 3)
    exact = compute("largest_remainder", list(votes.values()), 3, fractions=True)
    yield (
        "apportionment",
        f"{told(zip(votes, won, strict=True))}; with fractions=True {told(zip(votes, exact, strict=True))}",
    )


def in_two_steps(distribute: Callable[[dict[str, int], int, dict[str, int]], Mapping[str, int]]) -> str:
    """Put Lolland's result together by a call for the units and one for each alliance, and compare it."""
    votes = LOLLAND.votes
    room = {a_list.key: len(a_list.candidates) for a_list in LOLLAND.lists}
    units = merge_alliances(votes, LOLLAND.alliances)
    together = {"+".join(alliance): alliance for alliance in LOLLAND.alliances}
    won = distribute(units, LOLLAND.seats, {unit: sum(room[key] for key in unit.split("+")) for unit in units})
    seats = dict.fromkeys(votes, 0)
    for unit, number in won.items():
        keys = together.get(unit, (unit,))
        seats.update(distribute({key: votes[key] for key in keys}, number, {key: room[key] for key in keys}))
    return compared(seats, data.published("kv2025", "Lolland").seats)


def compared(seats: Mapping[str, int], published: Mapping[str, int]) -> str:
    """Say how seats differ from the published ones."""
    wrong = [
        f"{name} {seats.get(name, 0)} ({number})" for name, number in published.items() if seats.get(name, 0) != number
    ]
    return ", ".join(wrong) or "as published"


def alliances() -> Iterator[tuple[str, str]]:
    """Alliances and a list with too few candidates: Lolland 2025, 25 seats; what differs: computed (published)."""
    ours = elect_council(LOLLAND)
    yield "kommunalvalg", compared(ours.seats, data.published("kv2025", "Lolland").seats)

    def votelib(votes: dict[str, int], seats: int, room: dict[str, int]) -> Mapping[str, int]:
        return HighestAverages("d_hondt").evaluate(votes, seats, max_seats=room)

    def interregnum(votes: dict[str, int], seats: int, room: dict[str, int]) -> Mapping[str, int]:
        limits = [(number, [name]) for name, number in room.items()]
        allocator = MaxSeatsAdapter(HighestAveragesAllocator("dhondt"))
        return allocated(allocator, candidates=list(votes.items()), seats=seats, constraints=limits)

    def apportionment(votes: dict[str, int], seats: int, _: dict[str, int]) -> Mapping[str, int]:
        return dict(zip(votes, compute("dhondt", list(votes.values()), seats, fractions=True), strict=True))

    yield "votelib", f"{in_two_steps(votelib)} (put together by us)"
    yield "interregnum", f"{in_two_steps(interregnum)} (put together by us)"
    yield "apportionment", f"{in_two_steps(apportionment)} (put together by us; it has no limit to a list's seats)"


def a_kkr() -> Iterator[tuple[str, str]]:
    """A KKR with mayors as members: Hovedstaden 2026, who takes part and the 58 seats given; computed (published)."""
    composition = KKR.compose()
    votes = {party: KKR.area.votes[party] for party in composition.eligible}
    mayors = {party: KKR.mayors[party] for party in votes}
    published = {party: KKR.published.members[party] for party in votes}

    def members(seats: Mapping[str, int]) -> dict[str, int]:
        return {party: number + seats.get(party, 0) for party, number in mayors.items()}

    yield "kommunalvalg", compared(composition.members, KKR.published.members)
    plain = LargestRemainder("hare").evaluate(votes, 58, prev_gains=mayors)
    own = LargestRemainder(lambda _, seats: Fraction(KKR.area.valid, seats)).evaluate(votes, 58, prev_gains=mayors)
    with_own = compared(members(own), published)
    yield "votelib", f"{compared(members(plain), published)}; with a quota function of ours {with_own}"
    given = {"candidates": list(votes.items()), "seats": 29, "initial_seats": list(mayors.items())}
    hare = LargestRemainderAllocator("hare")
    with_total = compared(allocated(hare, **given, total_votes=KKR.area.valid), published)
    yield "interregnum", f"{compared(allocated(hare, **given), published)}; with the total of all votes {with_total}"
    remainder = compute("largest_remainder", list(votes.values()), 58, fractions=True)
    yield "apportionment", f"{compared(dict(zip(votes, remainder, strict=True)), published)} (it has no seats held)"


def party_lists() -> Iterator[tuple[str, str]]:
    """Candidates of party lists: for how many of those with seats in 2025 the published candidates are elected."""
    lists = right = near = 0
    for name, council in data.councils("kv2025").items():
        published = data.published("kv2025", name)
        result = elect_council(council)
        for key, its in result.lists.items():
            if its.list.form != "partiliste" or not its.seats:
                continue
            lists += 1
            elected = {mandate.candidate for mandate in published.mandates if mandate.letter == key}
            right += {each.candidate for each in its.elected} == elected
            personal = {candidate.name: candidate.votes for candidate in its.list.candidates}
            quota = its.fordelingstal
            select = ThresholdOpenList(quota_function=lambda _, __, quota=quota: quota, accept_equal=True)
            near += set(select.evaluate(personal, its.seats, list(personal))) == elected
    yield "kommunalvalg", f"{right} of {lists}"
    yield "votelib", f"{near} of {lists} (the nearest rule, with our fordelingstal; it gives no list votes on)"
    yield "interregnum", "(no candidates of lists)"
    yield "apportionment", "(no candidates of lists)"


def bad_input() -> Iterator[tuple[str, str]]:
    """A wrong count: A 11 and B -8, then B 8.5, then B True; three seats by d'Hondt."""
    calls: dict[str, Callable[[dict[str, int]], str]] = {
        "kommunalvalg": lambda votes: told(dhondt(votes, 3).seats),
        "votelib": lambda votes: told(HighestAverages("d_hondt").evaluate(votes, 3)),
        "interregnum": lambda votes: told(
            allocated(HighestAveragesAllocator("dhondt"), candidates=list(votes.items()), seats=3)
        ),
        "apportionment": lambda votes: told(zip(votes, compute("dhondt", list(votes.values()), 3), strict=True)),
    }
    for library, call in calls.items():
        answers = []
        for count in (-8, 8.5, True):
            try:
                answers.append(call({"A": 11, "B": count}))  # the wrong count is the case
            except (ElectionError, TypeError) as error:
                answers.append(f"{type(error).__name__}: {error}")
        yield library, " | ".join(answers)


def main() -> None:
    """Print every case."""
    for case in (a_tie, rounding, alliances, a_kkr, party_lists, bad_input):
        print(fill(case.__doc__ or "", width=100))
        for library, answer in case():
            print(fill(f"  {library:14} {answer}", width=100, subsequent_indent=" " * 17))
        print()
    print(", ".join(f"{library} {metadata.version(library)}" for library in LIBRARIES))


if __name__ == "__main__":
    main()
