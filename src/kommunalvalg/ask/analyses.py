"""Questions about an election: how firm its seats are, what would have been, what may come."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from kommunalvalg.analysis.cases import Contested, distribution_of, standing_of
from kommunalvalg.analysis.margins import last_seat, margin_of, margins
from kommunalvalg.analysis.partitions import MOST_LISTS, Partitions, all_partitions, number_of_partitions
from kommunalvalg.analysis.what_if import (
    best_partner,
    merge_lists,
    other_method,
    other_size,
    other_votes,
    with_alliances,
    without_alliances,
)
from kommunalvalg.ask.answers import Answer, Request
from kommunalvalg.errors import ElectionError
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.registry import method_named
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.report.analysis import (
    alliance_effects,
    as_it_is,
    last_told,
    margins_report,
    partitions_report,
    partners_report,
    what_if_report,
    what_stands,
)
from kommunalvalg.report.documents import Document
from kommunalvalg.report.results import rows
from kommunalvalg.text import N_, Figure, Kind, Names, Texts, Word, composed
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_known, checked_names, listed

__all__ = ["firmness", "last_seat_told", "lists_in_lots", "simulated", "what_if"]


def _called(request: Request, contested: Contested) -> Word:
    """Give what an election is called: as the question says, else by its own name."""
    return request.name or getattr(contested, "name", "") or _("The election")


def firmness(request: Request) -> Answer:
    """Say how many votes the seats hang on."""
    request.hold("of", "name")
    contested: Contested = request.of  # type: ignore[assignment]  # what is none is refused with its name
    name, firm = _called(request, contested), margins(contested)
    return Answer(
        result=firm,
        title=_("{council}: how firm the seats are", council=name),
        preface=what_stands(distribution_of(contested)),
        tell=lambda _full: margins_report(firm),
        caption=name,
    )


def lists_in_lots(result: Any) -> frozenset[str]:  # noqa: ANN401 - whatever has lots
    """Give the names that wait for a lot: those in one, and those whose seats an open lot may change."""
    among = {name for tie in result.ties for name in tie.among}
    if isinstance(result, ProportionalElection) and among:
        standing = standing_of(result.case)
        among |= {name for name, certain in standing.certain.items() if certain < standing.possible[name]}
    return frozenset(among)


def last_seat_told(result: object) -> Word:
    """Say who has the last seat of a distribution, who was next, and how many votes were missing; else nothing."""
    if not isinstance(result, ProportionalElection) or not result.case.seats:
        return None
    last = last_seat(result)
    standing = standing_of(result.case)
    among = tuple(key for key in last.holders if standing.certain[key] < standing.possible[key])
    if result.draws and among:
        return _(
            "Seat {number}, the last, was decided by a lot between {names}, on the quotient {quotient}.",
            number=last.number,
            names=Names(among),
            quotient=last.quotient,
        )
    said = last_told(last, among)
    missing = None if len(last.next) != 1 else margin_of(result, last.next[0]).to_win
    if missing is None:
        return said
    one = N_("{name} was 1 vote from one seat more.")
    more = N_("{name} was {votes} votes from one seat more.")
    return Texts([said, _(one if missing == 1 else more, name=last.next[0], votes=missing)])


# What would have been


def _names(request: Request, field: str) -> tuple[str, ...]:
    return checked_names(field, request.get(field))


def _alliances(request: Request) -> list[tuple[str, ...]]:
    return [checked_names("alliances", lists) for lists in request.listed("alliances")]


def _partitions(request: Request, contested: Contested) -> Partitions:
    """Follow every way in which some lists could have allied, with a bar where it takes long."""
    among = _names(request, "among")
    # More lists than are followed are refused, with the number of ways, before anything is counted.
    total = number_of_partitions(len(among)) if len(among) <= MOST_LISTS else None
    with request.progress(_("Following the ways to ally"), total) as advance:
        return all_partitions(contested, among=among, progress=advance)


def _changed(change: Any) -> list[str]:  # noqa: ANN401 - a question's, which was answered
    return [f"{name} {'−' if more < 0 else '+'}{abs(more)}" for name, more in change.items()]


_ASKS: dict[str, tuple[Callable[[Request, Contested], Any], Callable[[Request], Word], Callable[..., Document]]] = {
    "without_alliances": (
        lambda _request, of: without_alliances(of),
        lambda _request: _("What if there were no alliances?"),
        alliance_effects,
    ),
    "alliances": (
        lambda request, of: with_alliances(of, _alliances(request)),
        lambda request: _(
            "What if the alliances were these and no others: {alliances}?",
            alliances=Names("+".join(names) for names in _alliances(request)),
        ),
        what_if_report,
    ),
    "partner_for": (
        lambda request, of: best_partner(of, request.get("partner_for")),
        lambda request: _("With which partner would {list} have had most seats?", list=request.get("partner_for")),
        partners_report,
    ),
    "among": (
        _partitions,
        lambda request: _(
            "What if these lists had allied in another way: {lists}?", lists=Names(_names(request, "among"))
        ),
        partitions_report,
    ),
    "merge": (
        lambda request, of: merge_lists(of, _names(request, "merge")),
        lambda request: _("What if these were one list: {lists}?", lists=Names(_names(request, "merge"))),
        what_if_report,
    ),
    "change": (
        lambda request, of: other_votes(of, change=request.get("change")),
        lambda request: _("What if the votes were others: {changes}?", changes=Names(_changed(request.get("change")))),
        what_if_report,
    ),
    "seats": (
        lambda request, of: other_size(of, request.get("seats")),
        lambda request: _("What if the number of seats were {seats}?", seats=request.get("seats")),
        what_if_report,
    ),
    "method": (
        lambda request, of: other_method(of, request.get("method")),
        lambda request: _(
            "What if the method were another: {method}?", method=_(method_named(request.get("method")).title)
        ),
        what_if_report,
    ),
}
"""What can be asked: the field of the question -> what answers it, what is said of it, and what tells the answer."""


def what_if(request: Request) -> Answer:
    """Say what the seats would be, were one thing another way."""
    request.hold("of", "name", *_ASKS)
    questions = [each for each in _ASKS if request.get(each) is not None and request.get(each) is not False]
    if len(questions) != 1:
        raise ElectionError("ask one question at a time: {questions}", questions=listed(_ASKS))
    contested: Contested = request.of  # type: ignore[assignment]  # what is none is refused with its name
    answers, says, tells = _ASKS[questions[0]]
    result = answers(request, contested)
    return Answer(
        result=result,
        title=_("{council}: what if", council=_called(request, contested)),
        preface=Texts([says(request), as_it_is(distribution_of(contested))]),
        tell=lambda _full: tells(result),
    )


# What may come


def simulated(request: Request) -> Answer:
    """Simulate elections around a result or a poll."""
    from kommunalvalg.report.simulation import simulation_report  # noqa: PLC0415 - as above
    from kommunalvalg.simulation import CountedAreas, Poll, UniformSwing, simulate  # noqa: PLC0415 - they need numpy

    request.hold("of", "name", "poll", "swing", "areas", "left", "n", "majorities")
    if sum(request.get(field) is not None for field in ("poll", "swing", "areas")) != 1:
        raise ElectionError("say what is uncertain, by one of poll, swing and areas")
    contested: Contested = request.of  # type: ignore[assignment]  # what is none is refused with its name
    contest = distribution_of(contested)
    majorities = [checked_names("majorities", lists) for lists in request.listed("majorities")]
    for lists in majorities:
        for key in lists:
            checked_known("majorities", key, contest.votes, "lists")
    model: Poll | UniformSwing | CountedAreas
    if request.get("areas") is not None:
        model = CountedAreas(request.get("areas"), request.get("left"))
        said = _("the {left} areas that are not counted, each like one that is", left=model.left)
    elif request.get("poll") is not None:
        model = Poll(request.get("poll"))
        said = _(
            "the shares of all voters, the votes being those of a poll of {size} of them", size=request.get("poll")
        )
    else:
        deviation = checked_share(request.get("swing"), "swing")
        model = UniformSwing(deviation)
        said = _(
            "the shares of the votes, after a swing with a standard deviation of {swing} percentage points",
            swing=Figure(deviation, Kind.ERROR),
        )
    seed = request.get("seed") if request.get("seed") is not None else 1
    times = request.get("n") if request.get("n") is not None else 10_000
    with request.progress(_("Simulating"), times if isinstance(times, int) else None) as advance:
        result = simulate(contested, model, times, _number(seed), progress=advance)
    return Answer(
        result=result,
        title=_("{council}: simulated elections", council=_called(request, contested)),
        preface=what_stands(contest),
        tell=lambda _full: simulation_report(result, model=said, seed=seed, majorities=majorities),
        facts={"n": result.n, "seats": rows(result)},
    )


def _number(seed: object) -> Any:  # noqa: ANN401 - what is no seed is refused where it is used
    """Make a number of a seed that is a text: the number that it writes, else the first digits of its checksum."""
    if not isinstance(seed, str):
        return seed
    number = seed.isascii() and seed.isdecimal() and len(seed) <= _MOST_DIGITS
    return int(seed) if number else int(sha256(composed(seed).encode()).hexdigest()[:16], 16)


_MOST_DIGITS = 100
"""The digits of a number as a seed; a longer text is one as a text is."""
