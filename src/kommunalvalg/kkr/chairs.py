"""Chair and vice chair of a KKR: two posts by forholdstalsvalg, with valgforbund between parties that take part."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from kommunalvalg.errors import RuleError, shown
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.kkr.law import CHAIRS
from kommunalvalg.lots import Draw, Lots, Tie, Urn
from kommunalvalg.methods.alliances import Alliance, ProportionalCase, ProportionalElection, checked_units
from kommunalvalg.votes import checked_names, checked_votes, listed

__all__ = ["NOT_ELIGIBLE", "KKRChairs", "KKRPost", "elect_chairs_of", "elect_kkr_chairs", "elect_posts"]

Valgforbund: TypeAlias = Mapping[str, Iterable[str]] | Iterable[Iterable[str]]
"""Valgforbund as they come in: name -> parties, or parties without a name of their own."""

NOT_ELIGIBLE = "not eligible"
"""Why a party takes no part that is not among those named as eligible; a composition has reasons of its own."""

_PROVISION = CHAIRS.provision


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


@attrs.frozen
class KKRChairs:
    """The election of chair and vice chair.

    Attributes:
        chair: who has the chair; None while a lot over it is open, or where nobody can take it.
        vice_chair: who has the vice chair, likewise.
        election: the forholdstalsvalg of the two posts, with the quotients.
        ties: every lot that is open: those of the forholdstalsvalg, then the one over who of two is the chair.
        draws: the lots that were drawn.
        excluded: party -> why it takes no part, for the parties that do not.
        votes: party -> votes, of all parties.
    """

    chair: KKRPost | None
    vice_chair: KKRPost | None
    election: ProportionalElection
    ties: tuple[Tie, ...]
    draws: tuple[Draw, ...]
    excluded: Mapping[str, str]
    votes: Mapping[str, int] = attrs.field(repr=False)

    @property
    def tie(self) -> Tie | None:
        """The lot that is to be drawn next, or None."""
        return self.ties[0] if self.ties else None

    @property
    def complete(self) -> bool:
        """Whether no lot is open."""
        return not self.ties


def elect_kkr_chairs(
    votes: Mapping[str, int],
    *,
    alliances: Valgforbund = (),
    eligible: Iterable[str] | None = None,
    lots: Lots = None,
) -> KKRChairs:
    """Elect chair and vice chair by forholdstalsvalg on the parties' votes at the municipal election (KL-15-3).

    Args:
        votes: party or listesamarbejde -> votes in the area.
        alliances: the valgforbund: mapping name -> parties, or an iterable of iterables of parties.
        eligible: the parties that take part (default: all in ``votes``). The votes of the others do not count.
        lots: where draws come from: None leaves lots open, recorded draws are replayed, ``seeded(...)`` draws. The
            lots of the forholdstalsvalg come first, then the one over who of two is the chair.

    Raises:
        VoteError: a name or a count is not one, a name of ``eligible`` is not in the votes, or the alliances are
            none (see :func:`.checked_units`).
        RuleError: a valgforbund has a party that takes no part, or nobody takes part.
        LotError: a draw does not fit the lot that is open, or is left over.

    KL's vedtægter § 15, stk. 3. That the method is d'Hondt's, that the larger quotient has the chair, and that a lot
    decides it where the quotients are equal (KL-15-LOT), is *inferred*.

    >>> votes = {"A": 40, "C": 34, "F": 26, "V": 20}
    >>> elect_kkr_chairs(votes).vice_chair
    KKRPost(unit='C', list='C')
    >>> chairs = elect_kkr_chairs(votes, alliances=[["A", "F"], ["C", "V"]])
    >>> chairs.chair, chairs.vice_chair
    (KKRPost(unit='A+F', list='A'), KKRPost(unit='C+V', list='C'))
    """
    checked = checked_votes(votes)
    taking = tuple(checked) if eligible is None else checked_names("eligible", eligible, known=checked)
    excluded = {name: NOT_ELIGIBLE for name in checked if name not in taking}
    return elect_posts(checked, excluded, alliances=alliances, lots=lots)


def elect_chairs_of(composition: KKRComposition, *, alliances: Valgforbund = (), lots: Lots = None) -> KKRChairs:
    """Elect chair and vice chair of a KKR that was composed; who takes part is read from it (KL-15-2b, KL-15-3).

    A party below the line takes no part, nor do its votes; its mayor is a member all the same.

    Args:
        composition: the KKR.
        alliances: the valgforbund, as for :func:`~kommunalvalg.elect_kkr_chairs`.
        lots: where draws come from.

    Raises:
        VoteError: the alliances are none.
        RuleError: a valgforbund has a party that takes no part, with the reason; or nobody takes part.
        LotError: a draw does not fit the lot that is open, or is left over.

    >>> from kommunalvalg.kkr.composition import compose_kkr
    >>> kkr = compose_kkr({"A": 600, "C": 390, "D": 10}, {"A": 3, "D": 1}, municipalities=4, total_votes=1000)
    >>> elect_chairs_of(kkr).chair.list
    'A'
    >>> elect_chairs_of(kkr, alliances=[["C", "D"]])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.RuleError: the valgforbund of C, D has 'D', which takes no part (below the line); a valgforbund
    is between parties that do: A, C (KL's vedtægter § 15, stk. 3)
    """
    votes = FrozenDict({row.party: row.votes for row in composition.parties})
    excluded = {party: str(reason) for party, reason in composition.excluded.items()}
    return elect_posts(votes, excluded, alliances=alliances, lots=lots)


def elect_posts(
    votes: FrozenDict[str, int], excluded: Mapping[str, str], *, alliances: Valgforbund, lots: Lots
) -> KKRChairs:
    """Elect chair and vice chair among the parties that are not excluded.

    Args:
        votes: party -> votes, checked.
        excluded: party -> why it takes no part.
        alliances: the valgforbund, as for :func:`~kommunalvalg.elect_kkr_chairs`.
        lots: where draws come from.

    Raises:
        VoteError, RuleError, LotError: as for :func:`~kommunalvalg.elect_kkr_chairs`.

    >>> elect_posts(FrozenDict({"A": 40, "C": 34, "F": 26}), {"C": NOT_ELIGIBLE}, alliances=(), lots=None).vice_chair
    KKRPost(unit='F', list='F')
    """
    taking = FrozenDict({party: count for party, count in votes.items() if party not in excluded})
    if not taking:
        raise RuleError(f"none of {listed(votes)} takes part; the posts are elected by parties that do ({_PROVISION})")
    contest = ProportionalCase(taking, CHAIRS.value, _units(alliances, taking, excluded), provision=_PROVISION)
    urn = Urn(lots)
    election = contest.settled(urn)
    (chair, vice_chair), order = _posts(election, urn)
    urn.close()
    ties = (*election.ties, order) if order else election.ties
    return KKRChairs(chair, vice_chair, election, ties, urn.drawn, FrozenDict(excluded), votes)


def _units(
    alliances: Valgforbund, taking: FrozenDict[str, int], excluded: Mapping[str, str]
) -> tuple[str | Alliance, ...]:
    """Read the valgforbund, which are between parties that take part and never inside each other, into the units."""
    if isinstance(alliances, str) or not isinstance(alliances, Iterable):
        return checked_units(alliances, taking)  # which says how they are given
    if isinstance(alliances, Mapping):
        given = {name: checked_names(f"alliances[{name!r}]", members) for name, members in alliances.items()}
    else:
        given = {str(n): checked_names(f"alliance {n}", members) for n, members in enumerate(alliances, start=1)}
    for members in given.values():
        for party in members:
            if party not in taking:
                raise RuleError(
                    f"the valgforbund of {listed(members)} has {shown(party)}, which takes no part "
                    f"({excluded.get(party, 'it is not in votes')}); a valgforbund is between parties that do: "
                    f"{listed(taking)} ({_PROVISION})"
                )
    return checked_units(given if isinstance(alliances, Mapping) else given.values(), taking)


def _posts(election: ProportionalElection, urn: Urn) -> tuple[list[KKRPost | None], Tie | None]:
    """Give who has the chair and the vice chair, and the lot that is open over who of two has which.

    The posts go by the order of the quotients. Where the two that have a post, units or parties within one unit, have
    equal quotients, a lot decides who has the chair.
    """
    lists = {award.number: award.winner for award in election.awards}
    awards, unit = election.units.awards, ""
    posts: list[KKRPost | None] = [KKRPost(award.winner, lists.get(award.number)) for award in awards]
    posts += [None] * (CHAIRS.value - len(posts))
    if len({award.winner for award in awards}) == 1 and awards[0].winner in election.inner:
        unit = awards[0].winner
        awards = election.inner[unit].awards
    among = tuple(dict.fromkeys(award.winner for award in awards))
    if len(among) < CHAIRS.value or len({award.quotient for award in awards}) > 1:
        return posts, None
    tie = Tie(1, among, _PROVISION, unit)
    draw = urn.draw(tie)
    if draw is None:
        return [KKRPost(unit, None) if unit else None] * CHAIRS.value, tie
    return posts if draw.chosen == among[:1] else posts[::-1], None
