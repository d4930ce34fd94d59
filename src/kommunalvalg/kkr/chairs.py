"""Chair and vice chair of a KKR: two posts by forholdstalsvalg, with valgforbund between parties that take part."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg import law
from kommunalvalg.errors import RuleError, VoteError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRCase, KKRComposition
from kommunalvalg.kkr.dated import OfYear, checked_year
from kommunalvalg.lots import Draw, Lots, Place, Tie, Urn, Where, settle
from kommunalvalg.methods.alliances import Alliance, ProportionalCase, ProportionalElection, checked_units
from kommunalvalg.results import Result
from kommunalvalg.text import N_, Entry, Text, composed
from kommunalvalg.text import text as _
from kommunalvalg.typed import checked_kind
from kommunalvalg.votes import checked_by_name, checked_names, checked_votes, listed

__all__ = [
    "NOT_ELIGIBLE",
    "KKRChairs",
    "KKRChairsCase",
    "KKRConstitution",
    "KKRConstitutionCase",
    "KKRPost",
    "constitute_kkr",
    "elect_kkr_chairs",
]

Valgforbund: TypeAlias = Mapping[str, Iterable[str]] | Iterable[Iterable[str] | Alliance]
"""Valgforbund as they come in: name -> parties, or parties without a name of their own."""

NOT_ELIGIBLE = N_("not eligible")
"""Why a party takes no part that is not among those named as eligible; a composition has reasons of its own."""

_NOT_IN_VOTES = N_("it is not in votes")


@attrs.frozen
class KKRPost:
    """Who has one of the two posts; it unpacks into ``unit`` and ``list``.

    Attributes:
        unit: the valgforbund, or the party outside every valgforbund, that has the post.
        list: the party that has it within the unit, which names the person; None while a lot over it is open.
    """

    unit: str
    list: str | None

    def __iter__(self) -> Iterator[str | None]:
        return iter((self.unit, self.list))


def _valgforbund(alliances: Valgforbund) -> tuple[Alliance, ...]:
    """Read valgforbund, which are of parties and never inside each other."""
    if isinstance(alliances, str) or not isinstance(alliances, Iterable):
        checked_units(alliances, {})  # which says how they are given
    if isinstance(alliances, Mapping):
        return tuple(
            Alliance(name, checked_names(Entry("alliances", name), parties))
            for name, parties in checked_by_name(alliances, "alliances").items()
        )
    return tuple(
        _in_one_spelling(each)
        if isinstance(each, Alliance)
        else Alliance("", checked_names(_("alliance {number}", number=number), each))
        for number, each in enumerate(alliances, start=1)
    )


def _in_one_spelling(alliance: Alliance) -> Alliance:
    """Bring the names of a valgforbund to composed form."""
    parties = (composed(each) if isinstance(each, str) else each for each in alliance.members)
    return Alliance(composed(alliance.name), tuple(parties))


def _excluded(excluded: Mapping[str, str]) -> FrozenDict[str, str]:
    reasons: FrozenDict[str, str] = checked_by_name(excluded, "excluded")
    for party, why in reasons.items():
        if not isinstance(why, str):
            raise VoteError(
                "{field} is {value}; why a party takes no part is a text", field=Entry("excluded", party), value=why
            )
    return reasons


@attrs.frozen(kw_only=True)
class KKRChairsCase(OfYear):
    """What chair and vice chair of a KKR are elected from; everything is checked when it is made.

    Args:
        votes: party or listesamarbejde -> votes in the area, of all.
        excluded: party -> why it takes no part.
        alliances: the valgforbund, as for :func:`~kommunalvalg.elect_kkr_chairs`.
        year: the election year whose law it is; None for the law as this release knows it.
        name: which KKR it is, for the places of lots.

    Raises:
        VoteError, RuleError: as for :func:`~kommunalvalg.elect_kkr_chairs`.

    >>> case = KKRChairsCase(votes={"A": 40, "C": 34, "F": 26}, excluded={"C": NOT_ELIGIBLE})
    >>> settle(case).vice_chair
    KKRPost(unit='F', list='F')
    """

    votes: FrozenDict[str, int] = attrs.field(converter=checked_votes)
    excluded: FrozenDict[str, str] = attrs.field(factory=FrozenDict, converter=_excluded)
    alliances: tuple[Alliance, ...] = attrs.field(default=(), converter=_valgforbund)
    year: int | None = attrs.field(default=None, converter=checked_year)
    name: str = ""
    election: ProportionalCase = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        taking = FrozenDict({party: count for party, count in self.votes.items() if party not in self.excluded})
        if not taking:
            raise RuleError(
                "none of {parties} takes part; the posts are elected by parties that do",
                field="votes",
                value=dict(self.votes),
                rule="KL-15-3",
                when=self.year,
                parties=listed(self.votes),
            )
        for valgforbund in self.alliances:
            self._check_taking_part(valgforbund.lists, taking)
        election = ProportionalCase(
            votes=taking,
            seats=law.whole("KL-15-3", self.year),
            alliances=self.alliances,
            rule="KL-15-LOT",
            body=self.name,
            when=self.year,
        )
        object.__setattr__(self, "alliances", election.alliances)
        object.__setattr__(self, "election", election)

    def _check_taking_part(self, parties: tuple[str, ...], taking: Mapping[str, int]) -> None:
        for party in parties:
            if party not in taking:
                raise RuleError(
                    "the valgforbund of {parties} has {value}, which takes no part ({why}); a valgforbund is between "
                    "parties that do: {taking}",
                    field="alliances",
                    value=party,
                    rule="KL-15-3",
                    when=self.year,
                    parties=listed(parties),
                    why=Text(str(self.excluded.get(party, _NOT_IN_VOTES))),
                    taking=listed(taking, party),
                )

    def settled(self, urn: Urn) -> "KKRChairs":
        """Fill the two posts, with the lots from ``urn``."""
        before = len(urn.drawn)
        # Lots of the composition come first, which are none of this election.
        election = attrs.evolve(self.election.settled(urn), draws=urn.drawn[before:])
        (chair, vice_chair), order = self._posts(election, urn)
        return KKRChairs(
            chair=chair,
            vice_chair=vice_chair,
            election=election,
            ties=(*election.ties, order) if order else election.ties,
            draws=urn.drawn[before:],
            case=self,
        )

    def _posts(self, election: ProportionalElection, urn: Urn) -> tuple[list[KKRPost | None], Tie | None]:
        """Give who has the chair and the vice chair, and the lot that is open over who of two has which.

        The posts go by the order of the quotients. Where the two that have a post, units or parties within one unit,
        have equal quotients, a lot decides who has the chair.
        """
        lists = {award.number: award.winner for award in election.awards}
        awards, unit = election.units.awards, ""
        posts: list[KKRPost | None] = [KKRPost(award.winner, lists.get(award.number)) for award in awards]
        posts += [None] * (self.election.seats - len(posts))
        if len({award.winner for award in awards}) == 1 and awards[0].winner in election.inner:
            unit = awards[0].winner
            awards = election.inner[unit].awards
        among = tuple(dict.fromkeys(award.winner for award in awards))
        if len(among) < self.election.seats or len({award.quotient for award in awards}) > 1:
            return posts, None
        tie = Tie(1, among, "KL-15-LOT", Place(Where.POSTS, unit, self.name), self.year)
        draw = urn.draw(tie)
        if draw is None:
            return [KKRPost(unit, None) if unit else None] * self.election.seats, tie
        return posts if draw.chosen == among[:1] else posts[::-1], None


@attrs.frozen(kw_only=True)
class KKRChairs(Result):
    """The election of chair and vice chair.

    Attributes:
        chair: who has the chair; None while a lot over it is open, or where nobody can take it.
        vice_chair: who has the vice chair, likewise.
        election: the forholdstalsvalg of the two posts, with the quotients.
        ties: every lot that is open: those of the forholdstalsvalg, then the one over who of two is the chair.
        draws: the lots that were drawn.
        case: the votes, who takes no part, and the valgforbund.
    """

    chair: KKRPost | None
    vice_chair: KKRPost | None
    election: ProportionalElection = attrs.field(repr=False)
    ties: tuple[Tie, ...]
    draws: tuple[Draw, ...] = attrs.field(repr=False)
    case: KKRChairsCase = attrs.field(repr=False)

    @property
    def excluded(self) -> Mapping[str, str]:
        """Party -> why it takes no part, for the parties that do not."""
        return self.case.excluded

    @property
    def votes(self) -> Mapping[str, int]:
        """Party -> votes, of all parties."""
        return self.case.votes


def elect_kkr_chairs(
    votes: Mapping[str, int] | KKRComposition,
    *,
    alliances: Valgforbund = (),
    eligible: Iterable[str] | None = None,
    year: int | None = None,
    name: str = "",
    lots: Lots = None,
) -> KKRChairs:
    """Elect chair and vice chair by forholdstalsvalg on the parties' votes at the municipal election (KL-15-3).

    A party below the line takes no part, nor do its votes; its mayor is a member all the same (KL-15-2b).

    Args:
        votes: party or listesamarbejde -> votes in the area; or the KKR that was composed, from which the votes, who
            takes part, the year and the name are read.
        alliances: the valgforbund: mapping name -> parties, or an iterable of iterables of parties.
        eligible: the parties that take part (default: all in ``votes``). The votes of the others do not count.
        year: the election year whose law it is (default: the law as this release knows it).
        name: which KKR it is.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws. The
            lots of the forholdstalsvalg come first, then the one over who of two is the chair.

    Raises:
        VoteError: a name or a count is not one, a name of ``eligible`` is not in the votes, who takes part is given
            beside a composition, or the alliances are none (see :func:`.checked_units`).
        RuleError: a valgforbund has a party that takes no part, with the reason; or nobody takes part.
        LotError: a draw does not fit the lot that is open, or is left over.

    KL's vedtægter § 15, stk. 3. That the method is d'Hondt's, that the larger quotient has the chair, and that a lot
    decides it where the quotients are equal (KL-15-LOT), is *inferred*.

    >>> votes = {"A": 40, "C": 34, "F": 26, "V": 20}
    >>> elect_kkr_chairs(votes).vice_chair
    KKRPost(unit='C', list='C')
    >>> chairs = elect_kkr_chairs(votes, alliances=[["A", "F"], ["C", "V"]])
    >>> chairs.chair, chairs.vice_chair
    (KKRPost(unit='A+F', list='A'), KKRPost(unit='C+V', list='C'))
    >>> from kommunalvalg.kkr.composition import compose_kkr
    >>> kkr = compose_kkr({"A": 600, "C": 390, "D": 10}, {"A": 3, "D": 1}, municipalities=4, total_votes=1000)
    >>> elect_kkr_chairs(kkr, alliances=[["C", "D"]])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: the valgforbund of C, D has 'D', which takes no part (below the line); a valgforbund
    is between parties that do: A, C (KL's vedtægter § 15, stk. 3)
    """
    if isinstance(votes, KKRComposition):
        for field, extra in (("eligible", eligible), ("year", year), ("name", name or None)):
            if extra is not None:
                raise VoteError(
                    "{field} is {value}; of a KKR that was composed it is read from the composition",
                    field=field,
                    value=extra,
                )
        return settle(_case_of(votes.case, alliances), lots)
    checked = checked_votes(votes)
    taking = checked if eligible is None else checked_names("eligible", eligible, known=checked)
    excluded = {party: NOT_ELIGIBLE for party in checked if party not in taking}
    case = KKRChairsCase(votes=checked, excluded=excluded, alliances=alliances, year=year, name=name)
    return settle(case, lots)


def _case_of(kkr: KKRCase, alliances: Valgforbund) -> KKRChairsCase:
    """Give the election of the chairs of a KKR: whoever takes part in its composition takes part in that too."""
    return KKRChairsCase(votes=kkr.votes, excluded=kkr.excluded, alliances=alliances, year=kkr.year, name=kkr.name)


# Composition and chairs in one run


@attrs.frozen(kw_only=True)
class KKRConstitutionCase:
    """What :func:`constitute_kkr` takes, as a value that is checked when it is made."""

    kkr: KKRCase = attrs.field(repr=shown)
    alliances: tuple[Alliance, ...] = attrs.field(default=(), converter=_valgforbund)
    chairs: KKRChairsCase = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        checked_kind("kkr", self.kkr, KKRCase)
        chairs = _case_of(self.kkr, self.alliances)
        object.__setattr__(self, "alliances", chairs.alliances)
        object.__setattr__(self, "chairs", chairs)

    @property
    def law(self) -> int | str:
        """The election year whose law is used; without one, the day of the law as this release knows it."""
        return self.kkr.law

    def settled(self, urn: Urn) -> "KKRConstitution":
        """Compose the KKR, then elect its chairs, with the lots from ``urn``."""
        return KKRConstitution(composition=self.kkr.settled(urn), chairs=self.chairs.settled(urn), case=self)


@attrs.frozen(kw_only=True)
class KKRConstitution(Result):
    """A KKR with its members, its chair and its vice chair.

    Attributes:
        composition: who sits in it.
        chairs: who has the posts; no lot of the composition bears on that.
        case: what both rest on.
    """

    composition: KKRComposition = attrs.field(repr=shown)
    chairs: KKRChairs = attrs.field(repr=shown)
    case: KKRConstitutionCase = attrs.field(repr=False)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every lot that is open; that of the composition, then those of the posts."""
        return (*self.composition.ties, *self.chairs.ties)

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn, likewise."""
        return (*self.composition.draws, *self.chairs.draws)


def constitute_kkr(kkr: KKRCase | KKRComposition, *, alliances: Valgforbund = (), lots: Lots = None) -> KKRConstitution:
    """Compose a KKR and elect its chair and vice chair, in one run with the lots in one series.

    Args:
        kkr: what it is composed from, or a composition of which the case is composed again.
        alliances: the valgforbund, as for :func:`~kommunalvalg.elect_kkr_chairs`.
        lots: where draws come from; the lot of the composition comes before those of the posts.

    Raises:
        VoteError, RuleError, LotError: as for :func:`~kommunalvalg.elect_kkr_chairs`.

    >>> kkr = KKRCase(votes={"A": 500, "B": 250, "C": 250}, mayors={"A": 3}, municipalities=3, total_votes=1000)
    >>> evening = constitute_kkr(kkr, lots=[Draw(["B", "C"], ["C"]), Draw(["A", "B", "C"], ["B"])])
    >>> evening.composition.members, evening.chairs.chair.list, evening.chairs.vice_chair.list
    ({'A': 3, 'B': 1, 'C': 2}, 'A', 'B')
    """
    case = kkr.case if isinstance(kkr, KKRComposition) else kkr
    return settle(KKRConstitutionCase(kkr=case, alliances=alliances), lots)
