"""What would have been: other alliances, lists split or merged, another size, another method, another line.

Each function asks one question with the votes as they were cast, and answers with both distributions side by side.
That people might have voted otherwise is left aside. A question about a council election is asked of its votes,
alliances and numbers of candidates; the rules of the year for who may ally are not tested again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import comb

import attrs

from kommunalvalg.analysis.cases import (
    Comparison,
    Contested,
    Method,
    Nested,
    Row,
    Standing,
    Unit,
    allied,
    checked_key,
    distribution_of,
    standing_of,
    tree_of,
    with_votes,
    without,
)
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.errors import ElectionError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRComposition, compose_kkr
from kommunalvalg.lots import Urn
from kommunalvalg.methods.alliances import Alliances, ProportionalCase
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_choice, checked_count, checked_name, checked_names, checked_votes

__all__ = [
    "AllianceEffect",
    "AllianceEffects",
    "OtherLine",
    "Partner",
    "Partners",
    "Regrouping",
    "best_partner",
    "form_alliance",
    "join_alliance",
    "leave_alliance",
    "merge_lists",
    "other_line",
    "other_method",
    "other_size",
    "other_votes",
    "split_list",
    "with_alliances",
    "without_alliances",
]


def _compared(before: ProportionalCase, after: ProportionalCase) -> Comparison:
    return Comparison(standing_of(before), standing_of(after), after)


# Alliances


@attrs.frozen
class AllianceEffect(Comparison):
    """What an alliance did: the seats without it (before) and with it (after).

    ``gained`` says who owes it seats, and ``paid`` who lost them.

    Attributes:
        alliances: the lists of the alliance; of each, where it is the effect of all of them.
    """

    alliances: tuple[tuple[str, ...], ...]


@attrs.frozen
class AllianceEffects:
    """What the alliances of an election did.

    Attributes:
        together: all of them, against every list standing alone.
        each: each by itself, the others standing as they do.
    """

    together: AllianceEffect
    each: tuple[AllianceEffect, ...]

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each alliance, and one for all together."""
        return tuple(
            {
                "alliance": "; ".join("+".join(lists) for lists in effect.alliances),
                "gained": _seats(effect.gained),
                "paid": _seats(effect.paid),
            }
            for effect in (*self.each, self.together)
        )


def _seats(seats: Mapping[str, int]) -> str:
    return ", ".join(f"{key} {count}" for key, count in seats.items())


def without_alliances(asked: Contested) -> AllianceEffects:
    """Say what the alliances did: who gained seats by them, and who paid.

    An alliance taken away leaves its members where it stood; an alliance inside it stands on.

    Args:
        asked: the election.

    Raises:
        VoteError: it is none.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5, alliances=[["F", "V"]])
    >>> effects = without_alliances(election)
    >>> effects.together.gained, effects.together.paid
    ({'F': 1}, {'A': 1})
    """
    contest = distribution_of(asked)
    tree, after = tree_of(contest), standing_of(contest)
    outermost = tuple(unit.lists for unit in tree.members if unit.members)

    def effect(without: ProportionalCase, alliances: tuple[tuple[str, ...], ...]) -> AllianceEffect:
        return AllianceEffect(standing_of(without), after, contest, alliances)

    return AllianceEffects(
        effect(allied(contest, []), outermost),
        tuple(effect(allied(contest, _dissolved(tree, unit)), (unit.lists,)) for unit in tree.alliances()),
    )


def _dissolved(unit: Unit, gone: Unit) -> Nested:
    """Take an alliance away and leave its members where it stood."""
    members: Nested = []
    for member in unit.members:
        if member is gone:
            members += member.nested()
        elif member.members:
            members.append(_dissolved(member, gone))
        else:
            members.append(member.name)
    return members


def with_alliances(asked: Contested, alliances: Alliances) -> Comparison:
    """Say what other alliances than those that stood would have given.

    Args:
        asked: the election.
        alliances: all alliances that are to stand, as for ``proportional_election``.

    Raises:
        VoteError: they are none (see :func:`.checked_units`).

    >>> from kommunalvalg import proportional_election
    >>> print(with_alliances(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), [["F", "V"]]))
    A 3 → 2, F 0 → 1
    """
    contest = distribution_of(asked)
    return _compared(contest, attrs.evolve(contest, alliances=alliances))


def form_alliance(asked: Contested, keys: Iterable[str]) -> Comparison:
    """Say what a new alliance would have given, whose lists leave those that they were in.

    Args:
        asked: the election.
        keys: the lists that ally, at least two.

    Raises:
        VoteError: a list does not stand, or is named twice; or fewer than two are named.

    >>> from kommunalvalg import proportional_election
    >>> print(form_alliance(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), ["F", "V"]))
    A 3 → 2, F 0 → 1
    """
    contest = distribution_of(asked)
    lists = _checked_keys(contest, keys)
    return _compared(contest, allied(contest, [*without(tree_of(contest).nested(), lists), list(lists)]))


def _checked_keys(contest: ProportionalCase, keys: Iterable[str], least: int = 2) -> tuple[str, ...]:
    lists = tuple(checked_key(key, contest.votes, "lists") for key in checked_names("lists", keys))
    if len(lists) < least:
        raise VoteError("{field} is {value}; give at least {least}", field="lists", value=list(lists), least=least)
    return lists


def join_alliance(asked: Contested, key: str, partner: str) -> Comparison:
    """Say what it would have given if a list had joined another, in the alliance that this one is in, if any.

    Args:
        asked: the election.
        key: the list that joins; it leaves the alliance that it was in.
        partner: the list that it joins.

    Raises:
        VoteError: a list does not stand, or both are one.

    >>> from kommunalvalg import proportional_election
    >>> print(join_alliance(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), "V", "F"))
    A 3 → 2, F 0 → 1
    """
    contest = distribution_of(asked)
    key, partner = _checked_keys(contest, (key, partner))
    return _compared(contest, allied(contest, _joined(without(tree_of(contest).nested(), (key,)), key, partner)))


def _joined(members: Nested, key: str, partner: str) -> Nested:
    """Put a list beside its partner: in the partner's alliance, or in a new one of the two."""
    found: Nested = []
    for member in members:
        if member == partner:
            found.append([partner, key])
        elif isinstance(member, str):
            found.append(member)
        elif partner in member:
            found.append([*member, key])
        else:
            found.append(_joined(member, key, partner))
    return found


def leave_alliance(asked: Contested, key: str) -> Comparison:
    """Say what it would have given if a list had stood alone.

    Args:
        asked: the election.
        key: the list, which leaves every alliance that it is in.

    Raises:
        VoteError: no such list stands, or it is in no alliance.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5, alliances=[["F", "V"]])
    >>> print(leave_alliance(election, "V"))
    A 2 → 3, F 1 → 0
    """
    contest = distribution_of(asked)
    tree = tree_of(contest)
    key = checked_key(key, contest.votes)
    if key in [unit.name for unit in tree.members]:
        raise VoteError(f"list is {shown(key)}, which is in no alliance that it could leave")
    return _compared(contest, allied(contest, [*without(tree.nested(), (key,)), key]))


@attrs.frozen
class Partner:
    """What a list would have had with some partners.

    Attributes:
        partners: the units that it allies with, by the keys of their lists; none where it stands alone.
        certain: the seats that it would have had for certain.
        possible: the seats that it could have come to have.
    """

    partners: tuple[tuple[str, ...], ...]
    certain: int
    possible: int


@attrs.frozen
class Partners:
    """The partners of one list, those who would have served it best first.

    Attributes:
        key: the list.
        certain: the seats that it has for certain, as things stand.
        possible: the seats that it can come to have, as things stand.
        options: every choice of partners, standing alone among them: most seats first; of equal ones fewest
            partners first, then in the order of the votes.
    """

    key: str
    certain: int
    possible: int
    options: tuple[Partner, ...]

    @property
    def best(self) -> tuple[Partner, ...]:
        """The choices with the most seats that need the fewest partners."""
        first = self.options[0]
        rank = (first.certain, first.possible, len(first.partners))
        return tuple(each for each in self.options if (each.certain, each.possible, len(each.partners)) == rank)

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each choice of partners."""
        return tuple(
            {
                "partners": ", ".join("+".join(lists) for lists in option.partners),
                "seats": option.certain,
                "possible": option.possible,
            }
            for option in self.options
        )


_MOST_CHOICES = 10_000
"""How many choices of partners are tried."""


def best_partner(asked: Contested, key: str, *, partners: int = 1) -> Partners:
    """Say which partner in an alliance would have served a list best.

    The list leaves the alliance that it was in, and allies with one of the other units: a list that stands alone,
    or an alliance, which it joins. All others stay where they are.

    Args:
        asked: the election.
        key: the list.
        partners: up to how many units it allies with at once.

    Raises:
        VoteError: no such list stands, or the number is none.
        ElectionError: that would be more than 10,000 choices.

    >>> from kommunalvalg import proportional_election
    >>> found = best_partner(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), "F")
    >>> found.certain, found.best
    (0, (Partner(partners=(('C',),), certain=1, possible=1), Partner(partners=(('V',),), certain=1, possible=1)))
    """
    contest = distribution_of(asked)
    key = checked_key(key, contest.votes)
    most = checked_count("partners", partners, what=N_("a number of partners"), least=1)
    others = tree_of(allied(contest, without(tree_of(contest).nested(), (key,)))).members
    others = tuple(unit for unit in others if unit.name != key)
    choices = sum(comb(len(others), count) for count in range(min(most, len(others)) + 1))
    if choices > _MOST_CHOICES:
        raise ElectionError(
            f"up to {most} partners among {len(others)} units are {choices:,} choices; "
            f"at most {_MOST_CHOICES:,} are tried"
        )
    as_one = _listeforbund(asked)
    options = []
    for count in range(min(most, len(others)) + 1):
        for chosen in combinations(others, count):
            alone = [unit.nested() if unit.members else unit.name for unit in others if unit not in chosen]
            together = [member for unit in chosen for member in _beside(unit, as_one)]
            standing = standing_of(allied(contest, [*alone, [key, *together]]))
            lists = tuple(unit.lists for unit in chosen)
            options.append(Partner(lists, standing.certain[key], standing.possible[key]))
    options.sort(key=lambda option: (-option.certain, -option.possible, len(option.partners)))
    now = standing_of(contest)
    return Partners(key, now.certain[key], now.possible[key], tuple(options))


def _beside(unit: Unit, as_one: Collection[tuple[str, ...]]) -> Nested:
    """Give the members that a unit brings into an alliance: a listeforbund is one, a valgforbund joins with its own."""
    if not unit.members:
        return [unit.name]
    return [unit.nested()] if unit.lists in as_one else unit.nested()


def _listeforbund(asked: Contested) -> set[tuple[str, ...]]:
    """Give the listeforbund of a council's election, which count as one list (KRVL-37), by the keys of their lists."""
    election = getattr(asked, "case", asked)
    if not isinstance(election, CouncilElection):
        return set()
    inner = [keys for members in election.alliances for keys in members if not isinstance(keys, str)]
    return {tuple(key for key in election.by_key if key in keys) for keys in inner}


# Lists


@attrs.frozen
class Regrouping(Comparison):
    """One list in the place of several, or several in the place of one; the seats before and after.

    In ``before`` and ``after`` the several are counted together, under the name of the one.

    Attributes:
        one: the list that is whole.
        parts: the seats of the several, one by one.
    """

    one: str
    parts: Standing


def merge_lists(asked: Contested, keys: Iterable[str], *, name: str | None = None) -> Regrouping:
    """Say what it would have given if some lists had stood as one.

    The new list stands in the place of the first, with the votes of all. It is in an alliance when all of them
    stand side by side in it, and stands alone otherwise. It has room for as many as they have together (inferred).

    Args:
        asked: the election.
        keys: the lists, at least two.
        name: the key of the new list (default: "A+F").

    Raises:
        VoteError: a list does not stand, or another list has the name.

    >>> from kommunalvalg import proportional_election
    >>> print(merge_lists(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), ["F", "V"], name="N"))
    A 3 → 2, N 0 → 1
    """
    contest = distribution_of(asked)
    parts = _checked_keys(contest, keys)
    rest = [key for key in contest.votes if key not in parts]
    one = _new_key("+".join(parts) if name is None else name, rest)
    votes, capacity = {}, None if contest.capacity is None else dict(contest.capacity)
    for key, count in contest.votes.items():
        if key not in parts:
            votes[key] = count
        elif one not in votes:
            votes[one] = sum(contest.votes[part] for part in parts)
    if capacity is not None:
        rooms = [capacity.pop(part, None) for part in parts]
        if None not in rooms:
            capacity[one] = sum(room for room in rooms if room is not None)
    merged = allied(contest, _merged(tree_of(contest).nested(), parts, one), votes=votes, capacity=capacity)
    before, after = standing_of(contest), standing_of(merged)
    return Regrouping(_together(contest, before, one, parts), after, merged, one, _parts(before, parts))


def _new_key(name: str, taken: Iterable[str]) -> str:
    key = checked_name("list", name)
    if key in taken:
        raise VoteError(f"the new list has the name {shown(key)}, which another list has; give it one of its own")
    return key


def _merged(members: Nested, parts: tuple[str, ...], one: str) -> Nested:
    """Put the one list where all its parts stand side by side."""
    found: Nested = [one] if set(parts) <= {member for member in members if isinstance(member, str)} else []
    for member in members:
        if isinstance(member, str):
            found += [] if member in parts else [member]
        elif inner := _merged(member, parts, one):
            found.append(inner)
    return found


def split_list(asked: Contested, key: str, parts: Mapping[str, int]) -> Regrouping:
    """Say what it would have given if a list had stood as several.

    They stand side by side where the list stood: in its alliance, or alone; to let them ally, ask
    :func:`with_alliances` of the answer's ``contest``. Each has as much room as the list (inferred).

    Args:
        asked: the election.
        key: the list.
        parts: the new lists with their votes, which together are the list's.

    Raises:
        VoteError: no such list stands; a name or a count is not one, or another list has the name; or the votes
            are not the list's.

    >>> from kommunalvalg import proportional_election
    >>> effect = split_list(proportional_election({"A": 43, "C": 31, "F": 14}, 5), "A", {"A1": 25, "A2": 18})
    >>> print(effect, "-", effect.parts.certain)
    A 3 → 2, F 0 → 1 - {'A1': 1, 'A2': 1}
    """
    contest = distribution_of(asked)
    key = checked_key(key, contest.votes)
    counts = checked_votes(parts, "parts")
    for name in counts:
        _new_key(name, [other for other in contest.votes if other != key])
    if sum(counts.values()) != contest.votes[key]:
        raise VoteError(
            f"parts have {shown(sum(counts.values()))} votes; list {key} has {shown(contest.votes[key])}, "
            "and its parts together as many"
        )
    votes: dict[str, int] = {}
    for other, count in contest.votes.items():
        votes.update(counts if other == key else {other: count})
    capacity = None if contest.capacity is None else dict(contest.capacity)
    if capacity and (room := capacity.pop(key, None)) is not None:
        capacity.update(dict.fromkeys(counts, room))
    nested = _split(tree_of(contest).nested(), key, tuple(counts))
    apart = allied(contest, nested, votes=votes, capacity=capacity)
    after = standing_of(apart)
    return Regrouping(
        standing_of(contest), _together(apart, after, key, tuple(counts)), apart, key, _parts(after, tuple(counts))
    )


def _split(members: Nested, key: str, parts: tuple[str, ...]) -> Nested:
    found: Nested = []
    for member in members:
        if isinstance(member, str):
            found += parts if member == key else (member,)
        else:
            found.append(_split(member, key, parts))
    return found


def _parts(standing: Standing, parts: Iterable[str]) -> Standing:
    return Standing(
        FrozenDict({part: standing.certain[part] for part in parts}),
        FrozenDict({part: standing.possible[part] for part in parts}),
    )


def _together(contest: ProportionalCase, standing: Standing, one: str, parts: tuple[str, ...]) -> Standing:
    """Count some lists as one: the fewest and the most seats that they have together, as the lots may fall."""
    if standing.complete:
        sums = {sum(standing.certain[part] for part in parts)}
    else:
        sums = {sum(seats[part] for part in parts) for seats in _outcomes(contest)}
    found: list[dict[str, int]] = []
    for seats, own in ((standing.certain, min(sums)), (standing.possible, max(sums))):
        counted: dict[str, int] = {}
        for key, count in seats.items():
            counted[one if key in parts else key] = own if key in parts else count
        found.append(counted)
    return Standing(FrozenDict(found[0]), FrozenDict(found[1]))


def _outcomes(contest: ProportionalCase) -> Iterator[Mapping[str, int]]:
    return (outcome.seats for outcome in contest.settled(Urn()).outcomes())


# Votes, size, method


def other_votes(asked: Contested, votes: Mapping[str, int]) -> Comparison:
    """Say what other votes for some lists would have given.

    Args:
        asked: the election.
        votes: list -> its votes instead; the other lists keep theirs.

    Raises:
        VoteError: a list does not stand, or a count is not one.

    >>> from kommunalvalg import proportional_election
    >>> print(other_votes(proportional_election({"A": 43, "C": 31, "F": 14}, 5), {"F": 15}))
    A 3 → 2, F 0 → 1
    """
    contest = distribution_of(asked)
    counts = checked_votes(votes)
    for key in counts:
        checked_key(key, contest.votes, "votes")
    return _compared(contest, with_votes(contest, counts))


def other_size(asked: Contested, seats: int) -> Comparison:
    """Say what another number of seats would have given; every list has room for as many as it had.

    Args:
        asked: the election.
        seats: how many are awarded instead.

    Raises:
        VoteError: the number is no whole number, 0 or more.

    >>> from kommunalvalg import proportional_election
    >>> print(other_size(proportional_election({"A": 40, "C": 34, "F": 26}, 5), 7))
    A 2 → 3, F 1 → 2
    """
    contest = distribution_of(asked)
    return _compared(contest, attrs.evolve(contest, seats=checked_count("seats", seats, what=N_("a number of seats"))))


def other_method(asked: Contested, method: str) -> Comparison:
    """Say what another method would have given, used among the units and inside the alliances alike.

    The answer's ``contest`` holds no method: a further question to it is d'Hondt's again.

    Args:
        asked: the election.
        method: "sainte_lague", "adams" or "largest_remainder" (Hare's quota); "dhondt" is the law's.

    Raises:
        VoteError: there is no such method.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 55, "B": 31, "C": 14}, 5)
    >>> for method in ("sainte_lague", "adams", "largest_remainder"):
    ...     print(method, "-", other_method(election, method))
    sainte_lague - B 2 → 1, C 0 → 1
    adams - A 3 → 2, C 0 → 1
    largest_remainder - B 2 → 1, C 0 → 1
    """
    contest = distribution_of(asked)
    return Comparison(standing_of(contest), standing_of(contest, checked_choice("method", method, Method)), contest)


# A KKR


@attrs.frozen
class OtherLine:
    """A KKR with the line where it was, and moved.

    Attributes:
        line: the line that was asked about, as a share of the votes cast.
        before: the composition as it was.
        after: the composition with that line.
    """

    line: Fraction
    before: KKRComposition
    after: KKRComposition

    @property
    def entered(self) -> tuple[str, ...]:
        """The parties that take part and did not."""
        return tuple(party for party in self.after.eligible if party not in self.before.eligible)

    @property
    def left(self) -> tuple[str, ...]:
        """The parties that took part and do not."""
        return tuple(party for party in self.before.eligible if party not in self.after.eligible)

    @property
    def changes(self) -> Mapping[str, int]:
        """Party -> members more, or fewer, of those that are certain; parties without a change are left out."""
        after = self.after.members
        found = {party: after[party] - members for party, members in self.before.members.items()}
        return FrozenDict({party: more for party, more in found.items() if more})

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each party: its members before and after, and whether it takes part."""
        return tuple(
            {
                "party": before.party,
                "votes": before.votes,
                "before": before.members,
                "took_part": before.takes_part,
                "after": after.members,
                "takes_part": after.takes_part,
            }
            for before in self.before.parties
            for after in self.after.parties
            if after.party == before.party
        )


def other_line(composition: KKRComposition, line: Fraction | str) -> OtherLine:
    """Say how a KKR would be composed with another line than 2 % of the votes cast (KL-15-2a).

    Args:
        composition: the KKR as it is.
        line: a share of the votes cast, a Fraction or a text such as "1.5%"; exactly that is enough.

    Raises:
        VoteError: it is no composition, or the share is a float or none.

    >>> from kommunalvalg import compose_kkr
    >>> votes, mayors = {"A": 500, "B": 300, "C": 185, "D": 15}, {"A": 3, "C": 1}
    >>> kkr = compose_kkr(votes, mayors, municipalities=4, total_votes=1000)
    >>> other_line(kkr, "1%").entered
    ('D',)
    """
    if not isinstance(composition, KKRComposition):
        raise VoteError(f"composition is {shown(composition)}; give what compose_kkr returns")
    share = checked_share(line, "line")
    after = compose_kkr(
        composition.votes,
        composition.mayors,
        municipalities=composition.municipalities,
        total_votes=composition.total_votes,
        cast_votes=composition.cast_votes,
        represented=composition.threshold.represented,
        method=composition.method,
        line=share,
    )
    return OtherLine(share, composition, after)
