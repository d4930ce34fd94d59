"""What is said of audits: how many ballots are drawn, which they are, and what they said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median

import attrs

from kommunalvalg.audit.assertions import About, Assertion
from kommunalvalg.audit.evaluation import Check, Decision, Discrepancy, Evaluation
from kommunalvalg.audit.planning import Plan, Why
from kommunalvalg.audit.sampling import Sample
from kommunalvalg.audit.terms import MisreadAs, Terms
from kommunalvalg.report.distribution import undecided
from kommunalvalg.report.documents import Cell, Column, Document, Kind, Part, Said, Table, paragraphs
from kommunalvalg.text import N_, Figure, Text, Word
from kommunalvalg.text import text as _

__all__ = ["evaluation_told", "plan_told", "plans_told", "sample_told"]

METHODS = {
    "kaplan_wald": N_("Kaplan-Wald with gamma {parameter}"),
    "kaplan_markov": N_("Kaplan-Markov with the inflator {parameter}"),
    "alpha": N_("ALPHA, for {parameter} of worst misreads"),
}
"""What the tests are called."""

WHY = {
    Why.LOT: N_("Only a full recount will do: a lot decides, and with one ballot more or less there had been none."),
    Why.NO_VOTES: N_(
        "Only a full recount will do: a list without votes has candidates for a seat that others have not, and its "
        "first vote would take it."
    ),
    Why.BALLOTS: N_("Only a full recount will do: an audit would draw as many ballots as there are, or nearly."),
}
"""Why only a full recount will do."""

_FIRST = 10
"""So many assertions people read; programs get all of them."""


def _share(share: Fraction) -> Figure:
    return Figure(share, Kind.SHARE)


def _titled(name: str, of_council: Text, otherwise: Text) -> Text:
    return of_council if name else otherwise


def _test(terms: Terms) -> Text:
    parameter = terms.statistic.parameter
    written = _share(parameter) if terms.method == "alpha" else parameter
    return _(METHODS[terms.method], parameter=written)


# The plan


def plan_told(plan: Plan) -> Document:
    """Tell a plan: how many ballots, what costs most, and what is tested."""
    name = plan.count.name
    title = _titled(
        name,
        _("{council}: how many ballots an audit draws", council=name),
        _("How many ballots an audit draws"),
    )
    parts: list[Part] = [_given(plan)]
    if plan.why is not None:
        parts.append(Said(_(WHY[plan.why])))
    parts += paragraphs([_needed(plan), _assumed(plan.case.terms) if plan.expected is not None else None])
    if plan.assertions:
        parts += paragraphs([_costliest(plan.assertions[0]), _polling(plan)])
        parts += [_assertions(plan), _explained(plan)]
    return Document(title, (*parts, *undecided(plan.ties, 0)))


def _given(plan: Plan) -> Text:
    return _(
        "{ballots} ballots were cast, blank and invalid ones included. Risk limit {risk}: where the result is wrong, "
        "the audit confirms it with that probability at most. The test: {method}.",
        ballots=plan.case.ballots,
        risk=_share(plan.case.terms.risk),
        method=_test(plan.case.terms),
    )


def _needed(plan: Plan) -> Text | None:
    if plan.expected is None or plan.likely is None:
        return None
    ballots = plan.case.ballots
    if not plan.case.terms.misread_share:
        return _(
            "Ballots to draw, if each reads as it was reported: {expected} ({share} of them all).",
            expected=plan.expected,
            share=_share(Fraction(plan.expected, ballots)),
        )
    return _(
        "Ballots to draw: {expected} on average ({share} of them all), and in nine of ten audits {likely} at most.",
        expected=plan.expected,
        share=_share(Fraction(plan.expected, ballots)),
        likely=plan.likely,
    )


def _assumed(terms: Terms) -> Text | None:
    share = _share(terms.misread_share)
    if not terms.misread_share:
        return None
    if terms.misreads:
        return _("Assumed: {share} of the ballots are misread, as was given.", share=share)
    if terms.misread_as is MisreadAs.WORST:
        return _("Assumed: {share} of the ballots are misread, each in the worst way for the result.", share=share)
    return _("Assumed: {share} of the ballots are misread, each for any other thing, by their numbers.", share=share)


def _costliest(assertion: Assertion) -> Text | None:
    if not assertion.fewest:
        return None
    return _(
        N_("What takes most ballots: {assertion}. 1 misread ballot could be enough to make it false.")
        if assertion.fewest == 1
        else N_("What takes most ballots: {assertion}. {fewest} misread ballots could be enough to make it false."),
        assertion=_said(assertion),
        fewest=assertion.fewest,
    )


def _said(assertion: Assertion) -> Text:
    """Say what an assertion claims."""
    winner, loser = assertion.winner, assertion.loser
    if loser is None:
        return _("{winner} has votes", winner=winner.name)
    if assertion.about is About.CANDIDATES:
        return _("{winner} is before {loser}", winner=winner.name, loser=loser.name)
    return _(
        "seat {seats} of {winner} comes before seat {more} of {loser}",
        seats=winner.divisor,
        winner=winner.name,
        more=loser.divisor,
        loser=loser.name,
    )


def _polling(plan: Plan) -> Text | None:
    if plan.polling is None:
        return None
    return _(
        "Without packages by list, where no ballot can be compared with what it was reported as, {draws} draws would "
        "be expected.",
        draws=plan.polling,
    )


def _within(assertion: Assertion) -> Word:
    return assertion.within or _("all")


def _assertions(plan: Plan) -> Table:
    columns = (
        *_SIDES,
        Column("fewest", _("Fewest misread"), Kind.NUMBER),
        Column("ballots", _("Ballots to draw"), Kind.NUMBER),
    )
    rows = tuple((*_sides(each), each.fewest, plan.ballots(each)) for each in plan.assertions)
    return _first(Table("assertions", _assertions_title(len(rows)), columns, rows))


def _assertions_title(number: int) -> Text:
    if number <= _FIRST:
        return _("What is tested")
    return _("What is tested: the {first} of {number} that take most ballots", first=_FIRST, number=number)


_SIDES = (
    Column("within", _("Inside")),
    Column("winner", _("Has the seat")),
    Column("seat", _("Its seat"), Kind.NUMBER),
    Column("loser", _("Has not")),
    Column("next", _("Its next"), Kind.NUMBER),
)
"""The columns of :func:`_sides`."""


def _sides(assertion: Assertion) -> tuple[Cell, ...]:
    winner, loser = assertion.winner, assertion.loser
    of_lists = assertion.about is not About.CANDIDATES
    return (
        _within(assertion),
        winner.name,
        winner.divisor if of_lists else None,
        loser.name if loser else None,
        loser.divisor if loser and of_lists else None,
    )


def _first(table: Table) -> Table:
    """Let people read the first rows, and programs all."""
    return attrs.evolve(table, rows=table.rows[:_FIRST], flat=table)


def _explained(plan: Plan) -> Text:
    if plan.case.candidates:
        return _(
            "If all of it is true, the seats of every list are right, and so are the elected of each sideordnet list; "
            "those of a partiliste are not tested."
        )
    return _("If all of it is true, the seats of every list are right. Who is elected on a list is not tested.")


# Many plans


def plans_told(plans: Mapping[str, Plan], *, title: Word) -> Document:
    """Tell how many ballots the audits of several councils draw, side by side.

    Args:
        plans: council -> plan, all on the same terms.
        title: what the report is called.
    """
    first = next(iter(plans.values()))
    columns = (
        Column("council", _("Council")),
        Column("cast", _("Ballots cast"), Kind.NUMBER),
        Column("expected", _("Ballots to draw"), Kind.NUMBER),
        Column("share", _("Share"), Kind.SHARE),
        Column("recount", _("Recount")),
        Column("fewest", _("Fewest misread"), Kind.NUMBER),
        Column("within", _("Inside")),
        Column("winner", _("Has the seat")),
        Column("loser", _("Has not")),
    )
    table = Table("audits", "", columns, tuple(_row(name, audit_plan) for name, audit_plan in plans.items()))
    terms = _(
        "Risk limit {risk}: where a result is wrong, its audit confirms it with that probability at most. The test: "
        "{method}.",
        risk=_share(first.case.terms.risk),
        method=_test(first.case.terms),
    )
    return Document(title, (*paragraphs([terms, _assumed(first.case.terms), _sums(plans.values())]), table))


def _row(name: str, plan: Plan) -> tuple[Cell, ...]:
    expected, ballots = plan.expected, plan.case.ballots
    costliest: tuple[Cell, ...] = (None, None, None, None)
    if plan.assertions:
        within, winner, _seat, loser, _next = _sides(plan.assertions[0])
        costliest = (plan.assertions[0].fewest, within, winner, loser)
    share = None if expected is None else Fraction(expected, ballots)
    return (name, ballots, expected, share, plan.recount, *costliest)


def _sums(plans: Iterable[Plan]) -> Text | None:
    known = [(each.expected, each.case.ballots) for each in plans if each.expected is not None]
    if not known:
        return None
    shares = [Fraction(expected, ballots) for expected, ballots in known]
    return _(
        "The median is {ballots} ballots, and {share} of them all. {half} of {number} draw more than half, and {all} "
        "call for a recount.",
        ballots=round(median(expected for expected, _ballots in known)),
        share=_share(median(shares)),
        half=sum(2 * share > 1 for share in shares),
        number=len(known),
        all=sum(each.recount for each in plans),
    )


# The sample


def sample_told(sample: Sample) -> Document:
    """Tell which bundles the drawn ballots lie in; the sheet names each ballot."""
    name = sample.plan.count.name
    title = _titled(name, _("{council}: the ballots that were drawn", council=name), _("The ballots that were drawn"))
    bundles = Counter(bundle for bundle, _number in sample.ballots)
    columns = (
        Column("bundle", _("Bundle")),
        Column("area", _("Polling area")),
        Column("drawn", _("Ballots to read"), Kind.NUMBER),
        Column("ballots", _("Ballots in it"), Kind.NUMBER),
    )
    by_name = sample.manifest.by_name
    rows = tuple((key, by_name[key].area, number, by_name[key].ballots) for key, number in bundles.items())
    return Document(title, (_drawn(sample), Table("bundles", _("Where they lie"), columns, rows)))


def _drawn(sample: Sample) -> Text:
    return _(
        "{draws} draws from {all}, which are {ballots} ballots to read. Seed: {seed}. Sample {code}, of plan {plan}.",
        draws=len(sample.drawn),
        all=sample.manifest.ballots,
        ballots=len(sample.ballots),
        seed=_("drawn by people") if sample.seed is None else str(sample.seed),
        code=sample.code,
        plan=sample.plan.code,
    )


# The evaluation

DECISIONS = {
    Decision.STOP: N_("The audit stops: the result is confirmed. Measured risk {risk}, limit {limit}."),
    Decision.GO_ON: N_(
        "The audit goes on: {more} ballots more, {total} in all, confirm the result if they all read as they were "
        "reported. Measured risk {risk}, limit {limit}."
    ),
    Decision.RECOUNT: N_(
        "All ballots are to be counted again: as many would be drawn as there are, or nearly. Measured risk {risk}, "
        "limit {limit}."
    ),
}
"""What is to be done."""


def evaluation_told(evaluation: Evaluation) -> Document:
    """Tell what the ballots said: whether to stop, to go on or to count all again, and why."""
    name = evaluation.plan.count.name
    title = _titled(name, _("{council}: what the audit found", council=name), _("What the audit found"))
    drawn = len(evaluation.sample.drawn)
    decided = _(
        DECISIONS[evaluation.decision],
        risk=_share(evaluation.risk),
        limit=_share(evaluation.plan.case.terms.risk),
        more=evaluation.more,
        total=drawn + (evaluation.more or 0),
    )
    read = _(
        N_("{differences} of {draws} draws read otherwise than they were reported.")
        if evaluation.differences
        else N_("All {draws} draws read as they were reported."),
        differences=len(evaluation.differences),
        draws=drawn,
    )
    parts: list[Part] = [
        decided if evaluation.decision is Decision.STOP else Said(decided),
        _drawn(evaluation.sample),
        read,
    ]
    parts += [_differences(evaluation.differences)] if evaluation.differences else []
    return Document(title, (*parts, _checks(evaluation.checks)))


_READ = {
    "blank": N_("blank or invalid"),
    "unreadable": N_("unreadable"),
    "missing": N_("missing"),
}


def _differences(differences: Sequence[Discrepancy]) -> Table:
    columns = (
        Column("draw", _("Draw"), Kind.NUMBER),
        Column("bundle", _("Bundle")),
        Column("ballot", _("Ballot"), Kind.NUMBER),
        Column("reported", _("Reported as")),
        Column("read", _("Read as")),
    )
    rows = tuple(
        (each.number, *each.ballot, *(_reading(str(one)) for one in (each.reported, each.read))) for each in differences
    )
    return Table("differences", _("Ballots that read otherwise than they were reported"), columns, rows)


def _reading(word: str) -> Word:
    return _(_READ[word]) if word in _READ else word


def _checks(checks: Sequence[Check]) -> Table:
    columns = (
        *_SIDES,
        Column("risk", _("Measured risk"), Kind.SHARE),
        Column("confirmed", _("Confirmed with draw"), Kind.NUMBER),
        Column("more", _("More ballots"), Kind.NUMBER),
    )
    ordered = sorted(checks, key=lambda check: -check.risk)  # stable: the costliest first among equals
    rows = tuple((*_sides(each.assertion), each.risk, each.confirmed, each.more) for each in ordered)
    title = _("What was tested") if len(rows) <= _FIRST else _("What was tested: where the risk is largest")
    return _first(Table("checks", title, columns, rows))
