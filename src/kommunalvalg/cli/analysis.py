"""``margins``, ``whatif`` and ``simulate``: how firm seats are, and what they would be."""

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from kommunalvalg.analysis.cases import Contested, distribution_of
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.partitions import MOST_LISTS, all_partitions, number_of_partitions
from kommunalvalg.analysis.what_if import (
    best_partner,
    merge_lists,
    other_method,
    other_size,
    with_alliances,
    without_alliances,
)
from kommunalvalg.cli.options import Allied, allied, election_of, plot_option, with_election, with_size
from kommunalvalg.cli.output import draw_picture, show, with_output
from kommunalvalg.methods.registry import METHODS
from kommunalvalg.methods.threshold import checked_share
from kommunalvalg.report.analysis import (
    alliance_effects,
    as_it_is,
    margins_report,
    partitions_report,
    partners_report,
    what_if_report,
    what_stands,
)
from kommunalvalg.report.documents import Document
from kommunalvalg.report.progress import progress
from kommunalvalg.text import Figure, Kind, Names, Texts, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["margins_command", "simulate_command", "whatif_command"]


def _all_partitions(asked: Contested, names: tuple[str, ...], title: Word, lang: str) -> Document:
    """Follow every way in which some lists could have allied, with a bar where it takes long."""
    # More lists than are followed are refused, with the number of ways, before anything is counted.
    total = number_of_partitions(len(names)) if len(names) <= MOST_LISTS else None
    with progress(_("Following the ways to ally").said(lang), total) as advance:
        found = all_partitions(asked, among=names, progress=advance)
    return partitions_report(found, title=title)


def _begun(document: Document, said: Word) -> Document:
    """Begin a report with what was asked, so that it can be read apart from the command."""
    return attrs.evolve(document, parts=(said, *document.parts))


@click.command("margins", short_help="Say how many votes the seats hang on.")
@with_election
@with_size
@plot_option
@with_output
def margins_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    plot: Path | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say how many votes the seats of a COUNCIL hang on, list by list.

    \b
    kommunalvalg margins kv2025 Glostrup --plot glostrup.svg
    kommunalvalg margins --votes votes.csv --seats 19 --alliance A+F
    """  # noqa: D301 - click's mark for lines to be left as they are
    name, asked = election_of(
        election, council, votes_file, seats=seats, alliances=alliances, thousands=thousands, encoding=encoding
    )
    title = _("{council}: how firm the seats are", council=name)
    found = margins(asked)
    draw_picture(found, plot, lang, title=name)
    document = _begun(margins_report(found, title=title), what_stands(distribution_of(asked)))
    show(document, format_, lang, output)


@click.command("whatif", short_help="Ask what would have been.")
@with_election
@click.option(
    "--allied", type=Allied(), multiple=True, metavar="A+F", help="With --votes: who stood together; repeatable."
)
@click.option("--without-alliances", "alone", is_flag=True, help="Every list by itself, and what each alliance did.")
@click.option(
    "--alliance",
    "alliances",
    type=Allied(),
    multiple=True,
    metavar="A+F",
    help="These alliances, no others; repeatable.",
)
@click.option("--partner-for", "partner_for", metavar="LIST", help="Which partner would have served a list best.")
@click.option(
    "--all-among",
    type=Allied(),
    metavar="A+F+V",
    help="Every way in which these lists, at most ten, could have allied.",
)
@click.option("--merge", type=Allied(), metavar="A+F", help="These lists as one.")
@click.option("--seats", type=click.IntRange(min=1), help="Another number of seats; with --votes: how many there are.")
@click.option("--method", type=click.Choice([*METHODS]), help="Another method.")
@with_output
def whatif_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    allied: tuple[tuple[str, ...], ...],
    alone: bool,  # noqa: FBT001 - click calls it by name
    alliances: tuple[tuple[str, ...], ...],
    partner_for: str | None,
    all_among: tuple[str, ...] | None,
    merge: tuple[str, ...] | None,
    seats: int | None,
    method: str | None,
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say what the seats of a COUNCIL would be, were one thing another way.

    \b
    kommunalvalg whatif kv2025 Glostrup --without-alliances
    kommunalvalg whatif kv2025 Glostrup --alliance A+F+Ø --alliance C+V
    kommunalvalg whatif kv2025 Glostrup --partner-for B
    kommunalvalg whatif kv2025 Glostrup --all-among A+B+C+F+I+O+U+V
    kommunalvalg whatif --votes votes.csv --seats 19 --allied A+F --without-alliances
    """  # noqa: D301 - click's mark for lines to be left as they are
    size, another = (None, seats) if votes_file is None else (seats, None)
    name, asked = election_of(
        election, council, votes_file, seats=size, alliances=allied, thousands=thousands, encoding=encoding
    )
    title = _("{council}: what if", council=name)
    questions: dict[str, Callable[[], Document]] = {
        "--without-alliances": lambda: alliance_effects(without_alliances(asked), title=title),
        "--alliance": lambda: what_if_report(with_alliances(asked, alliances), title=title),
        "--partner-for": lambda: partners_report(best_partner(asked, partner_for or ""), title=title),
        "--all-among": lambda: _all_partitions(asked, all_among or (), title, lang),
        "--merge": lambda: what_if_report(merge_lists(asked, merge or ()), title=title),
        "--seats": lambda: what_if_report(other_size(asked, another or 0), title=title),
        "--method": lambda: what_if_report(other_method(asked, method or ""), title=title),
    }
    said = {
        "--without-alliances": _("What if there were no alliances?"),
        "--alliance": _(
            "What if the alliances were these and no others: {alliances}?",
            alliances=Names("+".join(names) for names in alliances),
        ),
        "--partner-for": _("With which partner would {list} have had most seats?", list=partner_for),
        "--all-among": _("What if these lists had allied in another way: {lists}?", lists=Names(all_among or ())),
        "--merge": _("What if these were one list: {lists}?", lists=Names(merge or ())),
        "--seats": _("What if the number of seats were {seats}?", seats=another),
        "--method": _("What if the method were another: {method}?", method=_(METHODS[method or "dhondt"].title)),
    }
    options = (partner_for, all_among, merge, another, method)
    given = (alone, alliances, *(option is not None for option in options))
    chosen = [question for question, is_given in zip(questions, given, strict=True) if is_given]
    if len(chosen) != 1:
        possible = [question for question in questions if question != "--seats" or votes_file is None]
        raise click.UsageError(f"ask one question at a time: {', '.join(possible)}")
    (question,) = chosen
    document = _begun(questions[question](), Texts([said[question], as_it_is(distribution_of(asked))]))
    show(document, format_, lang, output)


@click.command("simulate", short_help="Simulate elections around a result or a poll.")
@with_election
@with_size
@click.option("--poll", type=int, metavar="N", help="The votes are a poll: a random sample of so many voters.")
@click.option("--swing", metavar="2%", help="The shares swing, with this standard deviation.")
@click.option("-n", "times", type=int, default=10_000, show_default=True, help="How many elections to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same elections.")
@click.option("--majority", "majorities", multiple=True, metavar="A+F", help="Have these lists a majority? Repeatable.")
@with_output
def simulate_command(
    election: str | None,
    council: str | None,
    votes_file: Path | None,
    encoding: str,
    thousands: bool,  # noqa: FBT001 - click calls it by name
    seats: int | None,
    alliances: tuple[tuple[str, ...], ...],
    poll: int | None,
    swing: str | None,
    times: int,
    seed: int,
    majorities: tuple[str, ...],
    format_: str,
    lang: str,
    output: Path | None,
) -> None:
    """Say what seats a COUNCIL may come to, were its votes a poll, or were they to swing.

    \b
    kommunalvalg simulate kv2025 Fanø --poll 800 --majority B --majority B+C
    kommunalvalg simulate kv2025 København --swing 2% -n 100000
    kommunalvalg simulate --votes poll.csv --seats 19 --poll 800
    """  # noqa: D301 - click's mark for lines to be left as they are
    from kommunalvalg.report.simulation import simulation_report  # noqa: PLC0415 - as above
    from kommunalvalg.simulation import Poll, UniformSwing, simulate  # noqa: PLC0415 - they need numpy

    if (poll is None) == (swing is None):
        raise click.UsageError("say what is uncertain, by one of --poll N and --swing 2%")
    name, asked = election_of(
        election, council, votes_file, seats=seats, alliances=alliances, thousands=thousands, encoding=encoding
    )
    together, lists = [allied(text) for text in majorities], distribution_of(asked).votes
    for unknown in {key for keys in together for key in keys if key not in lists}:
        raise click.UsageError(f"--majority names {unknown!r}; the lists are {listed(lists)}")
    if poll is not None:
        model: Poll | UniformSwing = Poll(poll)
        said = _("the shares of all voters, the votes being those of a poll of {size} of them", size=poll)
    else:
        deviation = checked_share(swing, "--swing")
        model = UniformSwing(deviation)
        said = _(
            "the shares of the votes, after a swing with a standard deviation of {swing}",
            swing=Figure(deviation, Kind.SHARE),
        )
    with progress(_("Simulating").said(lang), times) as advance:
        found = simulate(asked, model, times, seed, progress=advance)
    title = _("{council}: simulated elections", council=name)
    document = simulation_report(found, title=title, model=said, seed=seed, majorities=together)
    show(_begun(document, what_stands(distribution_of(asked))), format_, lang, output)
