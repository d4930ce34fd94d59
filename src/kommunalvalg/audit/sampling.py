"""Which ballots are drawn: the packages of a fintælling as a manifest, and a draw that anybody can repeat.

After the fintælling the ballots lie in sealed packages by list and candidate, the blank and invalid ones in one of
their own (KRVL § 88). So each ballot has a place: a bundle, and its number there, counted from the top. The list that
the bundle is of is what its ballots were reported as.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import accumulate, count
from typing import TypeAlias

import attrs

from kommunalvalg.audit.ballots import BLANK, Reading, ballot_said
from kommunalvalg.audit.planning import AuditCase, CouncilAuditCase, Plan
from kommunalvalg.errors import VoteError
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.lots import Draw, Urn, seeded
from kommunalvalg.results import Result
from kommunalvalg.text import N_, composed
from kommunalvalg.text import text as _
from kommunalvalg.typed import checked_kind
from kommunalvalg.votes import checked_count, checked_name, hold_unlike, listed, twice

__all__ = ["Ballot", "Bundle", "Drawn", "Manifest", "Sample", "SampleCase", "packages", "sample", "sample_of", "ticket"]

Ballot: TypeAlias = tuple[str, int]
"""A ballot: the name of its bundle, and its number there, counted from 1 at the top."""


def _name(name: str) -> str:
    return checked_name("bundle", name)


def _text(text: str) -> str:
    return "" if text == "" else checked_name("bundle", text)


@attrs.frozen
class Bundle:
    """Some ballots that lie together and were all reported as the same thing.

    Args:
        name: what it is called, unlike every other.
        list: the list that its ballots were reported for; empty for blank and invalid ones.
        ballots: how many they are.
        candidate: the candidate, where they are personal votes for one; empty for list votes, and where bundles are by
            list alone.
        area: the polling area, where that is known.

    Raises:
        VoteError: a name is not one, there are fewer than 0 ballots, or a candidate stands on no list.

    >>> print(Bundle("Pakke 7", "A", 412, "A-3", "Rødby").reading, Bundle("Pakke 9", "", 12).reading)
    A-3 blank
    """

    name: str = attrs.field(converter=_name)
    list: str = attrs.field(converter=_text)
    ballots: int
    candidate: str = attrs.field(default="", converter=_text)
    area: str = attrs.field(default="", converter=_text)

    def __attrs_post_init__(self) -> None:
        checked_count(_("ballots of bundle {name}", name=repr(self.name)), self.ballots, what=N_("a number of ballots"))
        if self.candidate and not self.list:
            raise VoteError(
                "bundle {bundle} is of the candidate {value} and of no list; give the list",
                field="candidate",
                value=self.candidate,
                bundle=repr(self.name),
            )

    @property
    def reading(self) -> Reading:
        """What its ballots were reported as."""
        return Reading(self.list, self.candidate) if self.list else BLANK


def _bundles(bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
    if isinstance(bundles, str) or not isinstance(bundles, Iterable):
        raise VoteError(
            "{field} is {value}; give them one by one, as Bundle(name, list, ballots)", field="bundles", value=bundles
        )
    every = tuple(bundles)
    for bundle in every:
        if not isinstance(bundle, Bundle):
            raise VoteError("a bundle is {value}; give it as Bundle(name, list, ballots)", field="bundle", value=bundle)
    return every


@attrs.frozen
class Manifest:
    """Where the ballots are: all of them, bundle by bundle.

    Args:
        bundles: the bundles, in the order in which their ballots are numbered for the draw.

    Raises:
        VoteError: one is no bundle, or two have one name or names that look the same.

    >>> manifest = Manifest([Bundle("1", "A", 60), Bundle("2", "B", 35), Bundle("3", "", 5)])
    >>> manifest.ballots, manifest.place(61)
    (100, ('2', 1))
    """

    bundles: tuple[Bundle, ...] = attrs.field(converter=_bundles)
    by_name: Mapping[str, Bundle] = attrs.field(init=False, eq=False, repr=False)
    _ends: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if (again := twice([bundle.name for bundle in self.bundles])) is not None:
            raise VoteError(
                "two bundles have the name {value}; give each a name of its own", field="bundles", value=again
            )
        hold_unlike("bundles", [bundle.name for bundle in self.bundles])
        object.__setattr__(self, "by_name", FrozenDict({bundle.name: bundle for bundle in self.bundles}))
        object.__setattr__(self, "_ends", tuple(accumulate(bundle.ballots for bundle in self.bundles)))

    @property
    def ballots(self) -> int:
        """How many ballots there are."""
        return self._ends[-1] if self._ends else 0

    def place(self, number: int) -> Ballot:
        """Say where a ballot is, by its number among all, from 1."""
        at = bisect_left(self._ends, number)
        bundle = self.bundles[at]
        return bundle.name, number - self._ends[at] + bundle.ballots

    def reported(self, ballot: Ballot) -> Reading:
        """Say what a ballot was reported as.

        Raises:
            VoteError: there is no such ballot.
        """
        name, number = as_ballot(ballot)
        bundle = self.by_name.get(name)
        if bundle is None:
            raise VoteError(
                "{ballot} is in none of the bundles {bundles}",
                field="ballot",
                value=ballot,
                ballot=ballot_said(ballot),
                bundles=listed(self.by_name),
            )
        if not isinstance(number, int) or not 1 <= number <= bundle.ballots:
            raise VoteError(
                "{ballot} is not in the manifest; bundle {bundle} has {ballots}",
                field="ballot",
                value=ballot,
                ballot=ballot_said(ballot),
                bundle=repr(name),
                ballots=bundle.ballots,
            )
        return bundle.reading

    def check(self, plan: Plan) -> None:
        """Hold the bundles against what was reported: they add up for each list, and for each candidate tested.

        Raises:
            VoteError: they do not, or a bundle is of a list or candidate that does not stand.

        >>> from kommunalvalg import proportional_election
        >>> from kommunalvalg.audit.planning import plan
        >>> whole = plan(proportional_election({"A": 60, "B": 35}, 3), ballots=100)
        >>> Manifest([Bundle("1", "A", 60), Bundle("2", "B", 36), Bundle("3", "", 4)]).check(whole)
        Traceback (most recent call last):
        ...
        kommunalvalg.errors.VoteError: the bundles of B have 36 ballots, and 35 were reported
        """
        ballots_of = dict.fromkeys(plan.tally, 0)
        for bundle in self.bundles:
            reading = plan.told(bundle.reading)
            if reading not in ballots_of:
                raise VoteError(
                    "bundle {bundle} is of {value}, which does not stand; there are {known}",
                    field="list",
                    bundle=repr(bundle.name),
                    value=str(reading),
                    known=listed(map(str, ballots_of)),
                )
            ballots_of[reading] += bundle.ballots
        for reading, reported in plan.tally.items():
            if ballots_of[reading] != reported:
                raise VoteError(
                    "the bundles of {list} have {value} ballots, and {reported} were reported",
                    field="bundles",
                    value=ballots_of[reading],
                    list=str(reading),
                    reported=reported,
                )


def packages(plan: Plan) -> Manifest:
    """Give the packages of KRVL § 88 as they follow from the count: a manifest to begin with.

    There is one for the personal votes of each candidate, one for the list votes of each list, and one for all that is
    blank or invalid; where no candidates were counted, one for each list. Whoever divides a package into bundles that
    can be counted through divides its row.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.audit.planning import plan
    >>> for bundle in packages(plan(data.council("kv2025", "Fanø"))).bundles[:3]:
    ...     print(bundle.name, bundle.ballots)
    A 34
    A-1 26
    A-2 8
    """
    tally = {**plan.count.tally(plan.count.votes), BLANK: plan.tally[BLANK]}
    names = Counter(map(str, tally))
    return Manifest(
        Bundle(
            str(reading) if names[str(reading)] == 1 else f"{reading.list} {reading}",
            reading.list,
            votes,
            reading.candidate,
        )
        for reading, votes in tally.items()
        if votes
    )


def ticket(seed: int | str, number: int, ballots: int) -> int:
    """Draw the number of a ballot by a procedure that anybody can repeat.

    The SHA-256 digest of the text ``seed:number`` (UTF-8, letters in composed form) is written in hexadecimal. Its
    first 15 digits are a number; what is left when that is divided by the ballots, and one, is the ballot.

    Args:
        seed: the seed, which was made public before the draw and could not be known when the manifest was made.
        number: the number of the ticket, from 1.
        ballots: how many ballots there are.

    >>> ticket("2025-11-20 6 1 4 3 5 2", 1, 21_418)
    21384
    """
    return int(sha256(composed(f"{seed}:{number}").encode()).hexdigest()[:15], 16) % ballots + 1


@attrs.frozen(kw_only=True)
class Drawn:
    """A ballot that was drawn.

    Attributes:
        number: the number of the draw, from 1.
        ticket: the number of the ticket; the same, unless tickets were left out, as they named a ballot again that was
            drawn. None where people drew.
        ballot: the ballot.
        reported: what it was reported as.
    """

    number: int
    ticket: int | None
    ballot: Ballot
    reported: Reading


def _seed(seed: int | str | None) -> int | str | None:
    return None if seed is None else seeded(seed).seed


def _as_drawn(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    if isinstance(ballots, str) or not isinstance(ballots, Iterable):
        raise VoteError("{field} is {value}; it is a list", field="ballots", value=ballots)
    chosen = tuple(ballots)
    for ballot in chosen:
        if not isinstance(ballot, tuple) or len(ballot) != 2 or not isinstance(ballot[0], str):  # noqa: PLR2004 - a pair
            raise VoteError(
                "{field} has {value}; give the bundle and the number in it, such as ('A-1', 26)",
                field="ballots",
                value=ballot,
            )
    return tuple(map(as_ballot, chosen))


def as_ballot(ballot: Ballot) -> Ballot:
    r"""Give a ballot with the name of its bundle in composed form (NFC); what is no ballot, as it is.

    >>> as_ballot(("A\u030a", 1)) == ("Å", 1)
    True
    """
    if isinstance(ballot, tuple) and len(ballot) == 2 and isinstance(ballot[0], str):  # noqa: PLR2004 - a pair
        return composed(ballot[0]), ballot[1]
    return ballot


@attrs.frozen(kw_only=True)
class SampleCase:
    """The draw of an audit's ballots: everything that was given.

    Args:
        plan: what they are drawn for.
        manifest: where the ballots are.
        seed: what they are drawn by, as for :func:`sample`; None where people drew.
        size: how many are drawn by the seed; None for as many as the plan says.
        ballots: those that people drew, the bundle and the number in it of each; where there is no seed.

    Raises:
        VoteError: one of these is none, or ballots are given beside a seed.
    """

    plan: AuditCase | CouncilAuditCase = attrs.field(repr=False)
    manifest: Manifest = attrs.field(repr=False)
    seed: int | str | None = attrs.field(default=None, converter=_seed)
    size: int | None = None
    ballots: tuple[tuple[str, int], ...] = attrs.field(default=(), converter=_as_drawn, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.plan, CouncilAuditCase):
            checked_kind("plan", self.plan, AuditCase)
        checked_kind("manifest", self.manifest, Manifest)
        if self.size is not None:
            size = checked_count("size", self.size, what=N_("a number of ballots"), least=1)
            object.__setattr__(self, "size", size)
        if self.seed is not None and self.ballots:
            raise VoteError(
                "{field} are given beside a seed; people drew them, or the seed does",
                field="ballots",
                value=self.ballots,
            )

    @property
    def law(self) -> int | None:
        """The election year, whose law was used; None for a forholdstalsvalg outside any."""
        return getattr(self.plan, "law", None)

    def settled(self, urn: Urn) -> "Sample":
        """Draw them, with the lots of the election from ``urn``."""
        plan = self.plan.settled(urn)
        _check(self.manifest, plan)
        return _drawn(self, plan)


@attrs.frozen(kw_only=True)
class Sample(Result):
    """The ballots that are to be read, in the order in which they were drawn.

    Attributes:
        plan: what they were drawn for.
        drawn: the draws. With replacement a ballot can be among them twice, and then counts twice.
        case: everything that was given.
    """

    plan: Plan = attrs.field(repr=False)
    drawn: tuple[Drawn, ...] = attrs.field(repr=False)
    case: SampleCase
    _ballots: Mapping[Ballot, tuple[int, ...]] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        numbers: dict[Ballot, tuple[int, ...]] = {}
        for drawn in self.drawn:
            numbers[drawn.ballot] = (*numbers.get(drawn.ballot, ()), drawn.number)
        order = {bundle.name: place for place, bundle in enumerate(self.manifest.bundles)}
        ballots = sorted(numbers, key=lambda ballot: (order[ballot[0]], ballot[1]))
        object.__setattr__(self, "_ballots", FrozenDict({ballot: numbers[ballot] for ballot in ballots}))

    @property
    def ballots(self) -> Mapping[Ballot, tuple[int, ...]]:
        """Each ballot that is to be read, bundle by bundle, with the numbers of the draws that it is."""
        return self._ballots

    @property
    def manifest(self) -> Manifest:
        """What they were drawn from."""
        return self.case.manifest

    @property
    def seed(self) -> int | str | None:
        """What they were drawn by; None where people drew."""
        return self.case.seed

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The lots that were drawn in the election that is audited."""
        return self.plan.draws

    @property
    def code(self) -> str:
        """Nine signs by which the sample is known again, also when it has been made larger; S and eight others."""
        bundles = [(each.name, each.list, each.candidate, each.ballots) for each in self.manifest.bundles]
        text = repr((self.plan.code, self.seed, bundles))
        return "S" + sha256(text.encode()).hexdigest()[:8]


def sample(manifest: Manifest, plan: Plan, seed: int | str, *, size: int | None = None) -> Sample:
    """Draw the ballots of an audit, from a seed, by the procedure of :func:`ticket`.

    The first draws are the same whatever the size: an audit goes on with a larger one.

    Args:
        manifest: where the ballots are.
        plan: the plan.
        seed: a whole number, 0 or more, or a text of one line: thrown with dice in public, after the manifest was made.
        size: how many are drawn; as many as the plan says where it is not given.

    Raises:
        VoteError: the manifest does not add up, the plan is for a recount, the seed or the size is none, or more are
            drawn than there are, where none is drawn twice.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.audit.planning import plan
    >>> lolland = plan(data.council("kv2025", "Lolland"))
    >>> drawn = sample(packages(lolland), lolland, "2025-11-20 6 1 4 3 5 2").drawn
    >>> len(drawn), drawn[0].ballot
    (1096, ('blank', 359))
    """
    _check(manifest, plan)
    return _drawn(SampleCase(plan=plan.case, manifest=manifest, seed=seeded(seed).seed, size=size), plan)


def _drawn(case: SampleCase, plan: Plan) -> Sample:
    """Draw the ballots for a plan, by the seed or as people did."""
    if case.seed is None:
        return Sample(plan=plan, drawn=tuple(_by_people(case, plan)), case=case)
    manifest, size = case.manifest, plan.size if case.size is None else case.size
    once = not plan.case.terms.statistic.replacement
    if once and size > manifest.ballots:
        raise VoteError(
            "{field} is {value}; there are {ballots} ballots, and none is drawn twice",
            field="size",
            value=size,
            ballots=manifest.ballots,
        )
    tickets = _tickets(manifest, case.seed, once=once)
    drawn = []
    for number in range(1, size + 1):
        at, ballot = next(tickets)
        reported = plan.told(manifest.reported(ballot))
        drawn.append(Drawn(number=number, ticket=at, ballot=ballot, reported=reported))
    return Sample(plan=plan, drawn=tuple(drawn), case=case)


def _tickets(manifest: Manifest, seed: int | str, *, once: bool) -> Iterator[tuple[int, Ballot]]:
    """Give the numbers of the tickets and their ballots; with ``once`` no ballot twice."""
    had: set[int] = set()
    for number in count(1):
        place = ticket(seed, number, manifest.ballots)
        if not once or place not in had:
            had.add(place)
            yield number, manifest.place(place)


def sample_of(manifest: Manifest, plan: Plan, ballots: Iterable[Ballot]) -> Sample:
    """Take a sample that people drew, with dice or otherwise.

    Args:
        manifest: where the ballots are.
        plan: the plan.
        ballots: the bundle and the number in it of each ballot, in the order drawn.

    Raises:
        VoteError: as for :func:`sample`; or a ballot is not in the manifest, or is drawn twice where none is.

    >>> from kommunalvalg import data
    >>> from kommunalvalg.audit.planning import plan
    >>> lolland = plan(data.council("kv2025", "Lolland"))
    >>> sample_of(packages(lolland), lolland, [("A-1", 99_999)])
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: ballot 99999 of bundle 'A-1' is not in the manifest; bundle 'A-1' has 1200
    """
    _check(manifest, plan)
    return _drawn(SampleCase(plan=plan.case, manifest=manifest, ballots=ballots), plan)


def _by_people(case: SampleCase, plan: Plan) -> Iterator[Drawn]:
    chosen = case.ballots
    if not plan.case.terms.statistic.replacement and len(set(chosen)) < len(chosen):
        again = next(ballot for ballot in chosen if chosen.count(ballot) > 1)
        raise VoteError(
            "{ballot} is drawn twice; {method} draws each once at most",
            field="ballot",
            value=again,
            ballot=ballot_said(again),
            method=plan.case.terms.method,
        )
    for number, ballot in enumerate(chosen, start=1):
        reported = plan.told(case.manifest.reported(ballot))
        yield Drawn(number=number, ticket=None, ballot=ballot, reported=reported)


def _check(manifest: object, plan: object) -> None:
    if not isinstance(plan, Plan):
        raise VoteError("{field} is {value}; give what audit.plan(...) gave", field="plan", value=plan)
    if not isinstance(manifest, Manifest):
        raise VoteError(
            "{field} is {value}; give a Manifest, or read one with audit.read_manifest(...)",
            field="manifest",
            value=manifest,
        )
    if plan.recount:
        raise VoteError("the plan calls for a full recount; there is nothing to draw", field="plan", value=plan)
    manifest.check(plan)
