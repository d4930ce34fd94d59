"""What would have been: other alliances, lists split or merged, another size, another method, another line.

Each function asks one question with the votes as they were cast, and answers with both distributions side by side.
That people might have voted otherwise is left aside. A question about a council election is asked of its votes,
alliances and numbers of candidates; the rules of the year for who may ally are not tested again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import comb
from numbers import Integral

import attrs

from kommunalvalg.analysis.cases import (
    AboutElection,
    Contested,
    Nested,
    Row,
    Standing,
    allied,
    checked_key,
    distribution_of,
    nested_of,
    standing_of,
    with_votes,
    without,
)
from kommunalvalg.errors import ElectionError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRCase, KKRComposition
from kommunalvalg.law import When
from kommunalvalg.lots import Urn, settle
from kommunalvalg.methods.alliances import Alliance, Alliances, ProportionalCase, every_alliance
from kommunalvalg.methods.registry import method_named
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry
from kommunalvalg.votes import checked_count, checked_name, checked_names, checked_votes

__all__ = [
    "AllianceEffect",
    "AllianceEffects",
    "AllianceEffectsCase",
    "OtherLine",
    "OtherLineCase",
    "Partner",
    "Partners",
    "PartnersCase",
    "Regrouping",
    "RegroupingCase",
    "WhatIf",
    "WhatIfCase",
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


@attrs.frozen(kw_only=True)
class WhatIfCase:
    """An election as it was, and as it would have been.

    Args:
        before: the election, or its result.
        after: the other election.
        method: the method of the other, by its name; d'Hondt's is the law's.

    Raises:
        VoteError: one of them is no election, or there is no such method.
    """

    before: ProportionalCase = attrs.field(converter=distribution_of, repr=shown)
    after: ProportionalCase = attrs.field(converter=distribution_of, repr=shown)
    method: str = "dhondt"

    def __attrs_post_init__(self) -> None:
        method_named(self.method)

    @property
    def distribution(self) -> ProportionalCase:
        """The other election, for a further question."""
        return self.after

    @property
    def law(self) -> When:
        """The election year or the day whose law the election was by; None where it was by none."""
        return self.before.when

    def settled(self, _urn: Urn) -> "WhatIf":
        """Distribute the seats of both; a question has no lots."""
        return WhatIf(
            before=standing_of(self.before), after=standing_of(self.after, method_named(self.method)), case=self
        )


@attrs.frozen(kw_only=True)
class WhatIf(Result):
    """Two distributions side by side.

    Attributes:
        before: what each list has in the one.
        after: what each list has in the other.
        case: both elections. A further question that is given this answer is asked of the other one.
    """

    before: Standing
    after: Standing
    case: WhatIfCase = attrs.field(repr=False)

    @property
    def gained(self) -> Mapping[str, int]:
        """Key -> how many seats more, for those who have more after for certain."""
        return self._more(self.before, self.after)

    @property
    def paid(self) -> Mapping[str, int]:
        """Key -> how many seats fewer, for those who have fewer after for certain."""
        return self._more(self.after, self.before)

    @property
    def changed(self) -> bool:
        """Whether the seats of somebody are others for certain."""
        return bool(self.gained or self.paid)

    def rows(self) -> tuple[Row, ...]:
        """Give a line for each list: its certain and possible seats before and after."""
        return tuple(
            {
                "list": key,
                "before": self.before.certain.get(key, 0),
                "before_possible": self.before.possible.get(key, 0),
                "after": self.after.certain.get(key, 0),
                "after_possible": self.after.possible.get(key, 0),
            }
            for key in self._keys()
        )

    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.before.certain, *self.after.certain)))

    def _more(self, less: Standing, more: Standing) -> Mapping[str, int]:
        certain_gains = {key: more.certain.get(key, 0) - less.possible.get(key, 0) for key in self._keys()}
        return FrozenDict({key: seats for key, seats in certain_gains.items() if seats > 0})

    def __str__(self) -> str:
        different = [key for key in self._keys() if self.before.text(key) != self.after.text(key)]
        return ", ".join(f"{key} {self.before.text(key)} → {self.after.text(key)}" for key in different) or "no change"


def _what_if(before: ProportionalCase, after: ProportionalCase, method: str = "dhondt") -> WhatIf:
    return settle(WhatIfCase(before=before, after=after, method=method))


# Alliances


@attrs.frozen(kw_only=True)
class AllianceEffect(WhatIf):
    """What an alliance did: the seats without it (before) and with it (after).

    ``gained`` says who owes it seats, and ``paid`` who lost them.

    Attributes:
        alliances: the lists of the alliance; of each, where it is the effect of all of them.
    """

    alliances: tuple[tuple[str, ...], ...]


@attrs.frozen(kw_only=True)
class AllianceEffectsCase(AboutElection):
    """The question what the alliances of an election did.

    Args:
        election: the election, or its result.

    Raises:
        VoteError: it is none.
    """

    def settled(self, _urn: Urn) -> "AllianceEffects":
        """Take all alliances away, and each by itself."""
        case = self.election
        after = standing_of(case)

        def effect(alone: ProportionalCase, alliances: Iterable[Alliance]) -> AllianceEffect:
            return AllianceEffect(
                before=standing_of(alone),
                after=after,
                case=WhatIfCase(before=alone, after=case),
                alliances=tuple(alliance.lists for alliance in alliances),
            )

        return AllianceEffects(
            together=effect(allied(case, []), case.alliances),
            each=tuple(
                effect(allied(case, _dissolved(case.units, alliance)), [alliance])
                for alliance in every_alliance(case.units)
            ),
            case=self,
        )


@attrs.frozen(kw_only=True)
class AllianceEffects(Result):
    """What the alliances of an election did.

    Attributes:
        together: all of them, against every list standing alone.
        each: each by itself, the others standing as they do.
        case: what was asked about.
    """

    together: AllianceEffect = attrs.field(repr=shown)
    each: tuple[AllianceEffect, ...] = attrs.field(repr=shown)
    case: AllianceEffectsCase = attrs.field(repr=False)

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


def without_alliances(election: Contested) -> AllianceEffects:
    """Say what the alliances did: who gained seats by them, and who paid.

    An alliance taken away leaves its members where it stood; an alliance inside it stands on.

    Args:
        election: the election.

    Raises:
        VoteError: it is none.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5, alliances=[["F", "V"]])
    >>> effects = without_alliances(election)
    >>> effects.together.gained, effects.together.paid
    ({'F': 1}, {'A': 1})
    """
    return settle(AllianceEffectsCase(election=election))


def _dissolved(members: Iterable[str | Alliance], gone: Alliance) -> Nested:
    """Take an alliance away and leave its members where it stood."""
    left: Nested = []
    for member in members:
        if isinstance(member, str):
            left.append(member)
        elif member == gone:
            left += nested_of(member.members)
        else:
            left.append(_dissolved(member.members, gone))
    return left


def with_alliances(election: Contested, alliances: Alliances) -> WhatIf:
    """Say what other alliances than those that stood would have given.

    Args:
        election: the election.
        alliances: all alliances that are to stand, as for ``proportional_election``.

    Raises:
        VoteError: they are none (see :func:`.checked_units`).

    >>> from kommunalvalg import proportional_election
    >>> print(with_alliances(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), [["F", "V"]]))
    A 3 → 2, F 0 → 1
    """
    case = distribution_of(election)
    return _what_if(case, attrs.evolve(case, alliances=alliances))


def form_alliance(election: Contested, keys: Iterable[str]) -> WhatIf:
    """Say what a new alliance would have given, whose lists leave those that they were in.

    Args:
        election: the election.
        keys: the lists that ally, at least two.

    Raises:
        VoteError: a list does not stand, or is named twice; or fewer than two are named.

    >>> from kommunalvalg import proportional_election
    >>> print(form_alliance(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), ["F", "V"]))
    A 3 → 2, F 0 → 1
    """
    case = distribution_of(election)
    lists = _checked_keys(case, keys)
    return _what_if(case, allied(case, [*without(nested_of(case.units), lists), list(lists)]))


def _checked_keys(case: ProportionalCase, keys: Iterable[str]) -> tuple[str, ...]:
    lists = tuple(checked_key(key, case.votes, "lists") for key in checked_names("lists", keys))
    if len(lists) < 2:  # noqa: PLR2004 - one list allies with nobody
        raise VoteError("{field} is {value}; give at least {least}", field="lists", value=list(lists), least=2)
    return lists


def join_alliance(election: Contested, key: str, partner: str) -> WhatIf:
    """Say what it would have given if a list had joined another, in the alliance that this one is in, if any.

    Args:
        election: the election.
        key: the list that joins; it leaves the alliance that it was in.
        partner: the list that it joins.

    Raises:
        VoteError: a list does not stand, or both are one.

    >>> from kommunalvalg import proportional_election
    >>> print(join_alliance(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), "V", "F"))
    A 3 → 2, F 0 → 1
    """
    case = distribution_of(election)
    key, partner = _checked_keys(case, (key, partner))
    return _what_if(case, allied(case, _joined(without(nested_of(case.units), (key,)), key, partner)))


def _joined(members: Nested, key: str, partner: str) -> Nested:
    """Put a list beside its partner: in the partner's alliance, or in a new one of the two."""
    joined: Nested = []
    for member in members:
        if member == partner:
            joined.append([partner, key])
        elif isinstance(member, str):
            joined.append(member)
        elif partner in member:
            joined.append([*member, key])
        else:
            joined.append(_joined(member, key, partner))
    return joined


def leave_alliance(election: Contested, key: str) -> WhatIf:
    """Say what it would have given if a list had stood alone.

    Args:
        election: the election.
        key: the list, which leaves every alliance that it is in.

    Raises:
        VoteError: no such list stands, or it is in no alliance.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5, alliances=[["F", "V"]])
    >>> print(leave_alliance(election, "V"))
    A 2 → 3, F 1 → 0
    """
    case = distribution_of(election)
    key = checked_key(key, case.votes)
    if key in case.units:
        raise VoteError("{field} is {value}, which is in no alliance that it could leave", field="list", value=key)
    return _what_if(case, allied(case, [*without(nested_of(case.units), (key,)), key]))


LISTEFORBUND = "KRVL-83"
"""The rule of distributions inside a listeforbund, whose lists count as one (KRVL-37)."""

_MOST_CHOICES = 10_000
"""How many choices of partners are tried."""


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


def _partners(partners: int) -> int:
    return checked_count("partners", partners, what=N_("a number of partners"), least=1)


@attrs.frozen(kw_only=True)
class PartnersCase(AboutElection):
    """The question which partners would have served a list best.

    Args:
        election: the election, or its result.
        key: the list.
        partners: up to how many units it allies with at once.

    Raises:
        VoteError: as for :func:`best_partner`.
        ElectionError: as for :func:`best_partner`.
    """

    key: str
    partners: int = attrs.field(default=1, converter=_partners)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "key", checked_key(self.key, self.election.votes))
        units = len(self.others)
        choices = sum(comb(units, count) for count in range(min(self.partners, units) + 1))
        if choices > _MOST_CHOICES:
            raise ElectionError(
                "up to {value} partners among {units} units are {choices} choices; at most {most} are tried",
                field="partners",
                value=self.partners,
                units=units,
                choices=choices,
                most=_MOST_CHOICES,
            )

    @property
    def others(self) -> tuple[str | Alliance, ...]:
        """The units that there are when the list has left the alliance that it was in."""
        alone = allied(self.election, without(nested_of(self.election.units), (self.key,)))
        return tuple(unit for unit in alone.units if unit != self.key)

    def settled(self, _urn: Urn) -> "Partners":
        """Try every choice of partners; a question has no lots."""
        case, key, others = self.election, self.key, self.others
        as_one = {unit.lists for unit in every_alliance(case.units) if case.inner_rules.get(unit.name) == LISTEFORBUND}
        options = []
        for count in range(min(self.partners, len(others)) + 1):
            for chosen in combinations(others, count):
                alone = nested_of(unit for unit in others if unit not in chosen)
                together = [member for unit in chosen for member in _beside(unit, as_one)]
                standing = standing_of(allied(case, [*alone, [key, *together]]))
                lists = tuple((unit,) if isinstance(unit, str) else unit.lists for unit in chosen)
                options.append(Partner(lists, standing.certain[key], standing.possible[key]))
        options.sort(key=lambda option: (-option.certain, -option.possible, len(option.partners)))
        now = standing_of(case)
        return Partners(certain=now.certain[key], possible=now.possible[key], options=tuple(options), case=self)


@attrs.frozen(kw_only=True)
class Partners(Result):
    """The partners of one list, those who would have served it best first.

    Attributes:
        certain: the seats that it has for certain, as things stand.
        possible: the seats that it can come to have, as things stand.
        options: every choice of partners, standing alone among them: most seats first; of equal ones fewest
            partners first, then in the order of the votes.
        case: what was asked about.
    """

    certain: int
    possible: int
    options: tuple[Partner, ...]
    case: PartnersCase = attrs.field(repr=False)

    @property
    def key(self) -> str:
        """The list."""
        return self.case.key

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


def best_partner(election: Contested, key: str, *, partners: int = 1) -> Partners:
    """Say which partner in an alliance would have served a list best.

    The list leaves the alliance that it was in, and allies with one of the other units: a list that stands alone,
    or an alliance, which it joins. All others stay where they are.

    Args:
        election: the election.
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
    return settle(PartnersCase(election=election, key=key, partners=partners))


def _beside(unit: str | Alliance, as_one: Collection[tuple[str, ...]]) -> Nested:
    """Give the members that a unit brings into an alliance: a listeforbund is one, a valgforbund joins with its own."""
    if isinstance(unit, str):
        return [unit]
    nested = nested_of(unit.members)
    return [nested] if unit.lists in as_one else nested


# Lists


def _one(name: str) -> str:
    return checked_name("one", name)


def _parts_of(parts: Iterable[str]) -> tuple[str, ...]:
    return checked_names("parts", parts)


@attrs.frozen(kw_only=True)
class RegroupingCase(WhatIfCase):
    """An election in which one list stands in the place of several, or several in the place of one.

    Args:
        before: the election, or its result.
        after: the other election.
        one: the list that is whole.
        parts: the several.

    Raises:
        VoteError: one of them is no election, the several stand in neither, or the method is another than d'Hondt's.
    """

    one: str = attrs.field(converter=_one)
    parts: tuple[str, ...] = attrs.field(converter=_parts_of)

    def __attrs_post_init__(self) -> None:
        if self.method != "dhondt":
            raise VoteError(
                "{field} is {value}; lists are merged and split by d'Hondt's", field="method", value=self.method
            )
        stood = all(part in self.before.votes for part in self.parts)
        checked_names("parts", self.parts, known=(self.before if stood else self.after).votes)

    def settled(self, _urn: Urn) -> "Regrouping":
        """Distribute the seats of both, and count the parts together where there are several."""
        before, after = standing_of(self.before), standing_of(self.after)
        merged = all(part in self.before.votes for part in self.parts)
        apart = before if merged else after
        together = _together(self.before if merged else self.after, apart, self.one, self.parts)
        return Regrouping(
            before=together if merged else before,
            after=after if merged else together,
            parts=Standing.of({part: {apart.certain[part], apart.possible[part]} for part in self.parts}, self.parts),
            case=self,
        )


@attrs.frozen(kw_only=True)
class Regrouping(WhatIf):
    """One list in the place of several, or several in the place of one; the seats before and after.

    In ``before`` and ``after`` the several are counted together, under the name of the one.

    Attributes:
        parts: the seats of the several, one by one.
    """

    parts: Standing
    case: RegroupingCase = attrs.field(repr=False)

    @property
    def one(self) -> str:
        """The list that is whole."""
        return self.case.one


def merge_lists(election: Contested, keys: Iterable[str], *, name: str | None = None) -> Regrouping:
    """Say what it would have given if some lists had stood as one.

    The new list stands in the place of the first, with the votes of all. It is in an alliance when all of them
    stand side by side in it, and stands alone otherwise. It has room for as many as they have together (inferred).

    Args:
        election: the election.
        keys: the lists, at least two.
        name: the key of the new list (default: "A+F").

    Raises:
        VoteError: a list does not stand, or another list has the name.

    >>> from kommunalvalg import proportional_election
    >>> print(merge_lists(proportional_election({"A": 43, "C": 31, "F": 14, "V": 12}, 5), ["F", "V"], name="N"))
    A 3 → 2, N 0 → 1
    """
    case = distribution_of(election)
    parts = _checked_keys(case, keys)
    rest = [key for key in case.votes if key not in parts]
    one = _new_key("+".join(parts) if name is None else name, rest)
    votes: dict[str, int] = {}
    for key, count in case.votes.items():
        stands = one if key in parts else key
        votes[stands] = votes.get(stands, 0) + count
    capacity = None if case.capacity is None else dict(case.capacity)
    if capacity is not None:
        rooms = [capacity.pop(part) for part in parts if part in capacity]
        if len(rooms) == len(parts):
            capacity[one] = sum(rooms)
    merged = allied(case, _merged(nested_of(case.units), parts, one), votes=votes, capacity=capacity)
    return settle(RegroupingCase(before=case, after=merged, one=one, parts=parts))


def _new_key(name: str, taken: Iterable[str]) -> str:
    key = checked_name("list", name)
    if key in taken:
        raise VoteError(
            "the new list has the name {value}, which another list has; give it one of its own",
            field="list",
            value=key,
        )
    return key


def _merged(members: Nested, parts: tuple[str, ...], one: str) -> Nested:
    """Put the one list where all its parts stand side by side."""
    merged: Nested = [one] if set(parts) <= {member for member in members if isinstance(member, str)} else []
    for member in members:
        if isinstance(member, str):
            merged += [] if member in parts else [member]
        elif inner := _merged(member, parts, one):
            merged.append(inner)
    return merged


def split_list(election: Contested, key: str, parts: Mapping[str, int]) -> Regrouping:
    """Say what it would have given if a list had stood as several.

    They stand side by side where the list stood: in its alliance, or alone; to let them ally, ask
    :func:`with_alliances` of the answer. Each has as much room as the list (inferred).

    Args:
        election: the election.
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
    case = distribution_of(election)
    key = checked_key(key, case.votes)
    counts = checked_votes(parts, "parts")
    for name in counts:
        _new_key(name, [other for other in case.votes if other != key])
    if sum(counts.values()) != case.votes[key]:
        raise VoteError(
            "{field} have {value} votes; list {list} has {votes}, and its parts together as many",
            field="parts",
            value=sum(counts.values()),
            list=key,
            votes=case.votes[key],
        )
    votes: dict[str, int] = {}
    for other, count in case.votes.items():
        votes.update(counts if other == key else {other: count})
    capacity = None if case.capacity is None else dict(case.capacity)
    if capacity and (room := capacity.pop(key, None)) is not None:
        capacity.update(dict.fromkeys(counts, room))
    nested = _split(nested_of(case.units), key, tuple(counts))
    apart = allied(case, nested, votes=votes, capacity=capacity)
    return settle(RegroupingCase(before=case, after=apart, one=key, parts=tuple(counts)))


def _split(members: Nested, key: str, parts: tuple[str, ...]) -> Nested:
    divided: Nested = []
    for member in members:
        if isinstance(member, str):
            divided += parts if member == key else (member,)
        else:
            divided.append(_split(member, key, parts))
    return divided


def _together(case: ProportionalCase, standing: Standing, one: str, parts: tuple[str, ...]) -> Standing:
    """Count some lists as one: the fewest and the most seats that they have together, as the lots may fall."""
    if standing.complete:
        sums = {sum(standing.certain[part] for part in parts)}
    else:
        sums = {sum(seats[part] for part in parts) for seats in _outcomes(case)}
    counts: list[dict[str, int]] = []
    for seats, own in ((standing.certain, min(sums)), (standing.possible, max(sums))):
        counted: dict[str, int] = {}
        for key, count in seats.items():
            counted[one if key in parts else key] = own if key in parts else count
        counts.append(counted)
    return Standing(FrozenDict(counts[0]), FrozenDict(counts[1]))


def _outcomes(case: ProportionalCase) -> Iterator[Mapping[str, int]]:
    return (outcome.seats for outcome in case.settled(Urn()).outcomes())


# Votes, size, method


def other_votes(
    election: Contested, votes: Mapping[str, int] | None = None, *, change: Mapping[str, int] | None = None
) -> WhatIf:
    """Say what other votes for some lists would have given.

    Args:
        election: the election.
        votes: list -> its votes instead; the other lists keep theirs.
        change: list -> votes more, or fewer: {"U": 50} for 50 new votes, {"A": -50, "U": 50} for 50 from A to U.

    Raises:
        VoteError: a list does not stand, a count is not one, or a list would have fewer than no votes; or neither is
            given.

    >>> from kommunalvalg import proportional_election
    >>> election = proportional_election({"A": 43, "C": 31, "F": 14}, 5)
    >>> print(other_votes(election, {"F": 15}))
    A 3 → 2, F 0 → 1
    >>> print(other_votes(election, change={"A": -1, "F": 1}))
    A 3 → 2, F 0 → 1
    """
    case = distribution_of(election)
    if votes is None and change is None:
        raise VoteError("{field} is {value}; give votes, or a change of them", field="votes", value=None)
    counts = {} if votes is None else dict(checked_votes(votes))
    for key in counts:
        checked_key(key, case.votes, "votes")
    for name, more in _changes(change).items():
        key = checked_key(name, case.votes, "change")
        now = counts.get(key, case.votes[key])
        if now + more < 0:
            raise VoteError(
                "{field} is {value}; the list has {votes} votes, and cannot have fewer than none",
                field=Entry("change", key),
                value=more,
                votes=now,
            )
        counts[key] = now + more
    return _what_if(case, with_votes(case, counts))


def _changes(change: Mapping[str, int] | None) -> dict[str, int]:
    """Check votes more or fewer by list."""
    if change is None:
        return {}
    if not isinstance(change, Mapping):
        raise VoteError(
            "{field} is {value}; give list -> votes more or fewer, such as {{'A': -50, 'U': 50}}",
            field="change",
            value=change,
        )
    changes: dict[str, int] = {}
    for name, more in change.items():
        if not isinstance(more, Integral) or isinstance(more, bool):
            raise VoteError(
                "{field} is {value}; give whole votes more or fewer, such as {example}",
                field=Entry("change", name),
                value=more,
                example=-50,
            )
        changes[checked_name("change", name)] = int(more)
    return changes


def other_size(election: Contested, seats: int) -> WhatIf:
    """Say what another number of seats would have given; every list has room for as many as it had.

    Args:
        election: the election.
        seats: how many are awarded instead.

    Raises:
        VoteError: the number is no whole number, 0 or more.

    >>> from kommunalvalg import proportional_election
    >>> print(other_size(proportional_election({"A": 40, "C": 34, "F": 26}, 5), 7))
    A 2 → 3, F 1 → 2
    """
    case = distribution_of(election)
    return _what_if(case, attrs.evolve(case, seats=checked_count("seats", seats, what=N_("a number of seats"))))


def other_method(election: Contested, method: str) -> WhatIf:
    """Say what another method would have given, used among the units and inside the alliances alike.

    A further question to the answer is d'Hondt's again; :func:`~kommunalvalg.analysis.methods.every_method` has all
    methods side by side.

    Args:
        election: the election.
        method: the name of a method, such as "sainte_lague"; "dhondt" is the law's.

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
    case = distribution_of(election)
    return _what_if(case, case, method)


# A KKR


def _line(line: Fraction | str) -> Fraction:
    return checked_share(line, "line")


def _composition(composition: KKRComposition | KKRCase) -> KKRCase:
    case = getattr(composition, "case", composition)
    if not isinstance(case, KKRCase):
        raise VoteError("{field} is {value}; give what compose_kkr returns", field="composition", value=composition)
    return case


@attrs.frozen(kw_only=True)
class OtherLineCase:
    """A KKR, and another line for it.

    Args:
        composition: what the KKR is composed from, or its composition.
        line: a share of the votes cast, a Fraction or a text such as "1.5%"; exactly that is enough.

    Raises:
        VoteError: it is no composition, or the share is a float or none.
    """

    composition: KKRCase = attrs.field(converter=_composition, repr=shown)
    line: Fraction = attrs.field(converter=_line)

    @property
    def law(self) -> When:
        """The election year or the day whose law was used."""
        return self.composition.law

    def settled(self, _urn: Urn) -> "OtherLine":
        """Compose the KKR with either line, lots left open."""
        before, after = (settle(case) for case in (self.composition, attrs.evolve(self.composition, line=self.line)))
        return OtherLine(before=before, after=after, case=self)


@attrs.frozen(kw_only=True)
class OtherLine(Result):
    """A KKR with the line where it was, and moved.

    Attributes:
        before: the composition as it was.
        after: the composition with that line.
        case: the KKR, and the line that was asked about.
    """

    before: KKRComposition = attrs.field(repr=shown)
    after: KKRComposition = attrs.field(repr=shown)
    case: OtherLineCase = attrs.field(repr=False)

    @property
    def line(self) -> Fraction:
        """The line that was asked about, as a share of the votes cast."""
        return self.case.line

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
        differences = {party: after[party] - members for party, members in self.before.members.items()}
        return FrozenDict({party: more for party, more in differences.items() if more})

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
    return settle(OtherLineCase(composition=composition, line=line))
