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
from kommunalvalg.ask.answers import Answer, Asked
from kommunalvalg.errors import ElectionError, VoteError
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
from kommunalvalg.text import N_, Figure, Kind, Names, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_known, checked_names, listed

__all__ = ["firmness", "last_seat_told", "lists_in_lots", "simulated", "what_if"]


def _called(asked: Asked, contested: Contested) -> Word:
    """Give what an election is called: as the question says, else by its own name."""
    return asked.get("name") or getattr(contested, "name", "") or _("The election")


def firmness(asked: Asked) -> Answer:
    """Say how many votes the seats hang on."""
    asked.hold("of", "name")
    contested: Contested = asked.of  # type: ignore[assignment]  # what is none is refused with its name
    name, found = _called(asked, contested), margins(contested)
    return Answer(
        result=found,
        title=_("{council}: how firm the seats are", council=name),
        preface=what_stands(distribution_of(contested)),
        tell=lambda _full: margins_report(found, title=""),
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
    missing = None if among or len(last.next) != 1 else margin_of(result, last.next[0]).to_win
    if missing is None:
        return said
    one = N_("{name} was 1 vote from one seat more.")
    more = N_("{name} was {votes} votes from one seat more.")
    return Texts([said, _(one if missing == 1 else more, name=last.next[0], votes=missing)])


# What would have been


def _names(asked: Asked, field: str) -> tuple[str, ...]:
    return checked_names(field, asked.get(field))


def _alliances(asked: Asked) -> list[tuple[str, ...]]:
    alliances = asked.get("alliances")
    if not isinstance(alliances, list | tuple):
        raise VoteError("{field} is {value}; give a list of alliances", field="alliances", value=alliances)
    return [checked_names("alliances", lists) for lists in alliances]


def _partitions(asked: Asked, contested: Contested) -> Partitions:
    """Follow every way in which some lists could have allied, with a bar where it takes long."""
    among = _names(asked, "among")
    # More lists than are followed are refused, with the number of ways, before anything is counted.
    total = number_of_partitions(len(among)) if len(among) <= MOST_LISTS else None
    with asked.progress(_("Following the ways to ally"), total) as advance:
        return all_partitions(contested, among=among, progress=advance)


def _changed(change: Any) -> list[str]:  # noqa: ANN401 - a question's, which was answered
    return [f"{name} {'+' if more > 0 else '−'}{abs(more)}" for name, more in change.items()]


_ASKS: dict[str, tuple[Callable[[Asked, Contested], Any], Callable[[Asked], Word], Callable[..., Document]]] = {
    "without_alliances": (
        lambda _asked, of: without_alliances(of),
        lambda _asked: _("What if there were no alliances?"),
        alliance_effects,
    ),
    "alliances": (
        lambda asked, of: with_alliances(of, _alliances(asked)),
        lambda asked: _(
            "What if the alliances were these and no others: {alliances}?",
            alliances=Names("+".join(names) for names in _alliances(asked)),
        ),
        what_if_report,
    ),
    "partner_for": (
        lambda asked, of: best_partner(of, asked.get("partner_for")),
        lambda asked: _("With which partner would {list} have had most seats?", list=asked.get("partner_for")),
        partners_report,
    ),
    "among": (
        _partitions,
        lambda asked: _("What if these lists had allied in another way: {lists}?", lists=Names(_names(asked, "among"))),
        partitions_report,
    ),
    "merge": (
        lambda asked, of: merge_lists(of, _names(asked, "merge")),
        lambda asked: _("What if these were one list: {lists}?", lists=Names(_names(asked, "merge"))),
        what_if_report,
    ),
    "change": (
        lambda asked, of: other_votes(of, change=asked.get("change")),
        lambda asked: _("What if the votes were others: {changes}?", changes=Names(_changed(asked.get("change")))),
        what_if_report,
    ),
    "seats": (
        lambda asked, of: other_size(of, asked.get("seats")),
        lambda asked: _("What if the number of seats were {seats}?", seats=asked.get("seats")),
        what_if_report,
    ),
    "method": (
        lambda asked, of: other_method(of, asked.get("method")),
        lambda asked: _(
            "What if the method were another: {method}?", method=_(method_named(asked.get("method")).title)
        ),
        what_if_report,
    ),
}
"""What can be asked: the field of the question -> what answers it, what is said of it, and what tells the answer."""


def what_if(asked: Asked) -> Answer:
    """Say what the seats would be, were one thing another way."""
    asked.hold("of", "name", *_ASKS)
    questions = [each for each in _ASKS if asked.get(each) is not None and asked.get(each) is not False]
    if len(questions) != 1:
        raise ElectionError("ask one question at a time: {questions}", questions=listed(_ASKS))
    contested: Contested = asked.of  # type: ignore[assignment]  # what is none is refused with its name
    answers, says, tells = _ASKS[questions[0]]
    found = answers(asked, contested)
    return Answer(
        result=found,
        title=_("{council}: what if", council=_called(asked, contested)),
        preface=Texts([says(asked), as_it_is(distribution_of(contested))]),
        tell=lambda _full: tells(found, title=""),
    )


# What may come


def simulated(asked: Asked) -> Answer:
    """Simulate elections around a result or a poll."""
    from kommunalvalg.report.simulation import simulation_report  # noqa: PLC0415 - as above
    from kommunalvalg.simulation import CountedAreas, Poll, UniformSwing, simulate  # noqa: PLC0415 - they need numpy

    asked.hold("of", "name", "poll", "swing", "areas", "left", "n", "majorities")
    if sum(asked.get(field) is not None for field in ("poll", "swing", "areas")) != 1:
        raise ElectionError("say what is uncertain, by one of poll, swing and areas")
    contested: Contested = asked.of  # type: ignore[assignment]  # what is none is refused with its name
    contest = distribution_of(contested)
    majorities = [checked_names("majorities", lists) for lists in asked.get("majorities") or ()]
    for lists in majorities:
        for key in lists:
            checked_known("majorities", key, contest.votes, "lists")
    model: Poll | UniformSwing | CountedAreas
    if asked.get("areas") is not None:
        model = CountedAreas(asked.get("areas"), asked.get("left"))
        said = _("the {left} areas that are not counted, each like one that is", left=model.left)
    elif asked.get("poll") is not None:
        model = Poll(asked.get("poll"))
        said = _("the shares of all voters, the votes being those of a poll of {size} of them", size=asked.get("poll"))
    else:
        deviation = checked_share(asked.get("swing"), "swing")
        model = UniformSwing(deviation)
        said = _(
            "the shares of the votes, after a swing with a standard deviation of {swing}",
            swing=Figure(deviation, Kind.SHARE),
        )
    seed = asked.get("seed") if asked.get("seed") is not None else 1
    times = asked.get("n") if asked.get("n") is not None else 10_000
    with asked.progress(_("Simulating"), times if isinstance(times, int) else None) as advance:
        found = simulate(contested, model, times, _number(seed), progress=advance)
    return Answer(
        result=found,
        title=_("{council}: simulated elections", council=_called(asked, contested)),
        preface=what_stands(contest),
        tell=lambda _full: simulation_report(found, title="", model=said, seed=seed, majorities=majorities),
        facts={"n": found.n, "seats": rows(found)},
    )


def _number(seed: object) -> Any:  # noqa: ANN401 - what is no seed is refused where it is used
    """Make a number of a seed that is a text: the number that it writes, else the first digits of its checksum."""
    if not isinstance(seed, str):
        return seed
    return int(seed) if seed.isascii() and seed.isdecimal() else int(sha256(seed.encode()).hexdigest()[:16], 16)
