"""KRVL §§ 21, 30 and 31: which of the candidates that were submitted stand."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from kommunalvalg import law
from kommunalvalg.council.alliances import Members, Valgforbund, checked_alliances, read_alliances
from kommunalvalg.council.lists import CandidateList, checked_lists
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.results import Result
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_by_name, checked_count, checked_known, checked_name, checked_names, listed

__all__ = [
    "ApprovedCandidates",
    "Struck",
    "SubmittedLists",
    "approved_candidates",
    "candidates_who_may_stand",
    "stays_on_one",
]


def most_candidates(seats: int, year: int) -> int:
    """Say how many candidates a list may have, KRVL § 21, stk. 1 (KRVL-21).

    >>> most_candidates(9, 2025)
    13
    """
    return seats + law.whole("KRVL-21", year)


def most_candidates_together(seats: int, year: int) -> int:
    """Say how many candidates the lists of a listeforbund may have together, § 21, stk. 2, until 2021 (KRVL-21-L).

    >>> most_candidates_together(9, 2021)
    17
    """
    return seats + law.whole("KRVL-21-L", year)


def stays_on_one(year: int) -> bool:
    """Tell whether who signed several lists stands on one of them, and not on none, KRVL § 30 (KRVL-30).

    >>> stays_on_one(2013), stays_on_one(2017)
    (True, False)
    """
    return law.whole("KRVL-30", year) > 0


@attrs.frozen(kw_only=True)
class Struck:
    """A candidate who was submitted and does not stand.

    Attributes:
        key: the list, by key.
        candidate: the candidate's name.
        rule: the rule of the law map by which the candidate is struck.
    """

    key: str
    candidate: str
    rule: str


@attrs.frozen(kw_only=True)
class ApprovedCandidates(Result):
    """The candidates that stand.

    Attributes:
        lists: the lists with the candidates who are certain to stand, in ballot order; one that is left without is
            not among them.
        struck: who is certain not to stand, list by list, in the order in which they are struck.
        ties: the lots that are open: over the last places of a listeforbund, and over whose candidate somebody is.
        draws: the lots that were drawn.
        case: what was submitted.
    """

    lists: tuple[CandidateList, ...] = attrs.field(
        repr=lambda lists: f"<{', '.join(f'{each.key} {len(each.candidates)}' for each in lists)}>"
    )
    struck: tuple[Struck, ...] = attrs.field(repr=lambda struck: str(len(struck)))
    ties: tuple[Tie, ...] = ()
    draws: tuple[Draw, ...] = attrs.field(default=(), repr=False)
    case: "SubmittedLists" = attrs.field(repr=False)


def _several(several: Iterable[str] | Mapping[str, str | None]) -> FrozenDict[str, str | None]:
    preferred = several if isinstance(several, Mapping) else dict.fromkeys(checked_names("several", several))
    names: FrozenDict[str, str | None] = checked_by_name(preferred, "several")
    return FrozenDict({name: key and checked_name("several", key) for name, key in names.items()})


@attrs.frozen(kw_only=True)
class SubmittedLists:
    """The lists that were submitted (indleveret) for an election.

    Args:
        lists: the lists, with all their candidates.
        seats: how many members are elected.
        alliances: those that stand, as of :class:`.CouncilElection`.
        several: the names of those who signed several lists; until the election of 2013 with the list, by key, that
            each prefers, or None for one who did not say.
        year: the election year.

    Raises:
        VoteError: a name or a count is not one, or an alliance or a preferred list does not stand.
        RuleError: alliances that the law does not have, or a preferred list where none can be preferred.
    """

    lists: tuple[CandidateList, ...] = attrs.field(converter=checked_lists, repr=lambda lists: str(len(lists)))
    seats: int
    alliances: tuple[Valgforbund, ...] = attrs.field(default=(), converter=read_alliances)
    several: FrozenDict[str, str | None] = attrs.field(factory=FrozenDict, converter=_several)
    year: int = 2025

    def __attrs_post_init__(self) -> None:
        checked_count("seats", self.seats, what=N_("a number of seats"), least=1)
        law.known_election(checked_count("year", self.year, what=N_("a year")))
        by_key = {a_list.key: a_list for a_list in self.lists}
        checked_alliances(self.alliances, by_key, council=N_("the council"), year=self.year)
        for name, key in self.several.items():
            if key is None:
                continue
            if not stays_on_one(self.year):
                raise RuleError(
                    "{field} says that {name} prefers the list {value}; who signed several lists stands on none",
                    field="several",
                    value=key,
                    rule="KRVL-30",
                    when=self.year,
                    name=name,
                )
            checked_known("several", key, by_key, "lists")

    @property
    def law(self) -> int:
        """The election year, whose law was used."""
        return self.year

    def settled(self, urn: Urn) -> ApprovedCandidates:
        """Strike who does not stand, with the lots from ``urn``."""
        board = _Board(self, urn)
        for name, preferred in self.several.items():
            board.signed_several(name, preferred)
        for key in board.names:
            board.cut(key, most_candidates(self.seats, self.year), "KRVL-21")
        for valgforbund in self.alliances:
            for member in valgforbund:
                if not isinstance(member, str):
                    board.cut_together(member)
        lists = tuple(
            attrs.evolve(
                a_list, candidates=[each for each in a_list.candidates if each.name in board.names[a_list.key]]
            )
            for a_list in self.lists
            if board.names[a_list.key]
        )
        return ApprovedCandidates(
            lists=lists, struck=tuple(board.struck), ties=tuple(board.ties), draws=urn.drawn, case=self
        )


def approved_candidates(
    lists: Iterable[CandidateList],
    seats: int,
    *,
    alliances: Iterable[Members] = (),
    several: Iterable[str] | Mapping[str, str | None] = (),
    year: int = 2025,
    lots: Lots = None,
) -> ApprovedCandidates:
    """Strike the candidates who do not stand, KRVL §§ 30 and 31 (KRVL-30, KRVL-21, KRVL-21-L).

    Who signed several lists stands on none; until the election of 2013 the candidate was asked, and who did not answer
    had the list that a lot chose. Then the candidates above the number of seats and four are struck, the lowest on the
    list first. Until 2021 a listeforbund with more candidates than seats and eight was cut in proportion: fractions
    are dropped, the largest raised, and equal ones draw lots. That a list of a listeforbund is first held to its own
    limit is *inferred*. Nobody withdraws from a list that was handed in (KRVL-26).

    Args:
        lists: the lists, with all their candidates.
        seats: how many members are elected.
        alliances: those that stand, as of :class:`.CouncilElection`.
        several: the names of those who signed several lists; until 2013 with the preferred list of each, or None.
        year: the election year.
        lots: where draws come from.

    Raises:
        VoteError: a name or a count is not one, or an alliance or a preferred list does not stand.
        RuleError: alliances that the law does not have, or a preferred list where none can be preferred.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> from kommunalvalg.council import Candidate
    >>> alfa = CandidateList("A", "Alfa", [Candidate(f"A-{n}", 0) for n in range(1, 16)])
    >>> result = approved_candidates([alfa], 9)
    >>> len(result.lists[0].candidates), [struck.candidate for struck in result.struck]
    (13, ['A-15', 'A-14'])
    """
    case = SubmittedLists(lists=lists, seats=seats, alliances=alliances, several=several, year=year)
    return settle(case, lots)


class _Board:
    """The lists while the election board strikes candidates."""

    def __init__(self, case: SubmittedLists, urn: Urn) -> None:
        self.case = case
        self.urn = urn
        self.names = {a_list.key: [candidate.name for candidate in a_list.candidates] for a_list in case.lists}
        self.struck: list[Struck] = []
        self.ties: list[Tie] = []

    def strike(self, key: str, name: str, rule: str) -> None:
        """Strike a candidate of a list."""
        self.names[key].remove(name)
        self.struck.append(Struck(key=key, candidate=name, rule=rule))

    def signed_several(self, name: str, preferred: str | None) -> None:
        """Strike who signed several lists, § 30."""
        keys = [key for key, names in self.names.items() if name in names]
        if len(keys) < 2:  # noqa: PLR2004 - one list is not several
            raise VoteError(
                "{field} names {value}, who is on {number} of the lists {lists}; several are two or more",
                field="several",
                value=name,
                number=len(keys),
                lists=listed(self.names),
            )
        stays = {preferred} if preferred in keys else set[str | None]()
        if stays_on_one(self.case.year) and not stays:
            tie = Tie(1, tuple(keys), "KRVL-30", Place(Where.CANDIDATES, name), self.case.year)
            draw = self.urn.draw(tie)
            if draw is None:
                self.ties.append(tie)
                for key in keys:  # a candidate of one of them, it is not known of which
                    self.names[key].remove(name)
                return
            stays = set(draw.chosen)
        for key in keys:
            if key not in stays:
                self.strike(key, name, "KRVL-30")

    def cut(self, key: str, most: int, rule: str) -> None:
        """Strike the lowest candidates of a list that has too many, § 31, stk. 1."""
        for name in reversed(self.names[key][most:]):
            self.strike(key, name, rule)

    def cut_together(self, keys: tuple[str, ...]) -> None:
        """Cut the lists of a listeforbund in proportion, § 31, stk. 2 and 3."""
        have = {key: len(self.names[key]) for key in keys}
        places, left, level = _cut_in_proportion(have, most_candidates_together(self.case.seats, self.case.year))
        waiting: list[str] = []
        if level:
            tie = Tie(left, tuple(level), "KRVL-21-L", Place(Where.CANDIDATES, "+".join(keys)), self.case.year)
            draw = self.urn.draw(tie)
            if draw is None:
                self.ties.append(tie)
                waiting = level
            else:
                places |= {key: places[key] + 1 for key in draw.chosen}
        for key in keys:
            if key in waiting:  # the last of its candidates stands or not by the lot
                self.cut(key, places[key] + 1, "KRVL-21-L")
                del self.names[key][places[key] :]
            else:
                self.cut(key, places[key], "KRVL-21-L")


def _cut_in_proportion(have: Mapping[str, int], most: int) -> tuple[dict[str, int], int, list[str]]:
    """Cut the candidates of the lists of a listeforbund to ``most``, § 31, stk. 3.

    Returns:
        How many of each list stand for certain; how many more of them do by lot; and of which lists, none where no lot
        is needed.
    """
    together = sum(have.values())
    if together <= most:
        return dict(have), 0, []
    shares = {key: Fraction(count * most, together) for key, count in have.items()}
    places = {key: int(share) for key, share in shares.items()}
    left = most - sum(places.values())
    if not left:
        return places, 0, []
    by_fraction = sorted(have, key=lambda key: places[key] - shares[key])  # the largest fraction first
    last = shares[by_fraction[left - 1]] - places[by_fraction[left - 1]]
    raised = [key for key in have if shares[key] - places[key] > last]
    level = [key for key in have if shares[key] - places[key] == last]
    if len(raised) + len(level) == left:
        raised, level = raised + level, []
    places |= {key: places[key] + 1 for key in raised}
    return places, left - len(raised), level


def candidates_who_may_stand(
    lists: Mapping[str, CandidateList], seats: int, listeforbund: Iterable[tuple[str, ...]], year: int
) -> dict[str, int]:
    """Say of each list how many of its candidates may stand, however a lot fell, KRVL § 31 (KRVL-21, KRVL-21-L).

    Args:
        lists: key -> list.
        seats: how many members are elected.
        listeforbund: those that stand, each as the keys of its lists.
        year: the election year.

    >>> from kommunalvalg.council import Candidate
    >>> alfa = CandidateList("A", "Alfa", [Candidate(f"A-{n}", 0) for n in range(1, 16)])
    >>> candidates_who_may_stand({"A": alfa}, 9, [], 2025)
    {'A': 13}
    """
    most = most_candidates(seats, year)
    may = {key: min(len(a_list.candidates), most) for key, a_list in lists.items()}
    for keys in listeforbund:
        places, _, level = _cut_in_proportion({key: may[key] for key in keys}, most_candidates_together(seats, year))
        may |= {key: count + (key in level) for key, count in places.items()}
    return may
