"""What is said of who can decide, what candidates' places hang on, and what other methods would have given."""

from kommunalvalg.analysis.candidates import CandidateMargins
from kommunalvalg.analysis.majorities import Coalitions, Majorities, Powers
from kommunalvalg.analysis.methods import Disproportionality, EveryMethod
from kommunalvalg.methods.registry import method_named
from kommunalvalg.report.documents import Column, Document, Kind, Table
from kommunalvalg.text import Figure
from kommunalvalg.text import text as _

__all__ = ["candidate_margins", "coalitions", "disproportionality", "every_method", "majorities", "powers"]


def coalitions(result: Coalitions) -> Document:
    """Report which lists have a majority together, none of whom can be spared."""
    columns = (
        Column("coalition", _("Coalition")),
        Column("members", _("Lists"), Kind.NUMBER),
        Column("seats", _("Seats"), Kind.NUMBER),
    )
    rows = tuple(("+".join(each.members), len(each.members), each.seats) for each in result.minimal)
    said = _("A majority takes {needed} seats. None in a coalition can be spared.", needed=result.needed)
    return Document(_("Who has a majority together"), (said, Table("coalitions", "", columns, rows)))


def powers(result: Powers) -> Document:
    """Report how often each list decides."""
    columns = (
        Column("name", _("List")),
        Column("seats", _("Seats"), Kind.NUMBER),
        Column("swings", _("Coalitions that it decides"), Kind.NUMBER),
        Column("banzhaf", _("Banzhaf"), Kind.SHARE),
        Column("shapley_shubik", _("Shapley-Shubik"), Kind.SHARE),
    )
    rows = tuple((each.name, each.seats, each.swings, each.banzhaf, each.shapley_shubik) for each in result.of.values())
    said = _("A majority takes {needed} seats.", needed=result.needed)
    return Document(_("How often each list decides"), (said, Table("powers", "", columns, rows)))


def majorities(result: Majorities) -> Document:
    """Report which lists and alliances have more than half of the seats or of the votes."""
    columns = (
        Column("name", _("List or alliance")),
        Column("seats", _("Seats"), Kind.NUMBER),
        Column("of_seats", _("Majority of the seats")),
        Column("votes", _("Votes"), Kind.NUMBER),
        Column("of_votes", _("Majority of the votes")),
    )
    rows = tuple(
        (each.name, each.seats, each.of_seats or None, each.votes, each.of_votes or None) for each in result.units
    )
    said = _("{seats} seats and {votes} votes in all.", seats=result.seats, votes=result.votes)
    return Document(_("Majorities of seats and of votes"), (said, Table("majorities", "", columns, rows)))


def candidate_margins(result: CandidateMargins) -> Document:
    """Report how many personal votes each candidate's place hangs on."""
    columns = (
        Column("candidate", _("Candidate")),
        Column("votes", _("Personal votes"), Kind.NUMBER),
        Column("elected", _("Elected")),
        Column("to_lot", _("More: lot"), Kind.NUMBER),
        Column("to_win", _("More: certain"), Kind.NUMBER),
        Column("to_risk", _("Fewer: lot"), Kind.NUMBER),
        Column("to_lose", _("Fewer: certain"), Kind.NUMBER),
    )
    rows = tuple(
        (
            each.candidate,
            each.votes,
            each.elected or None,
            each.new.to_lot,
            each.new.to_win,
            each.new.to_risk,
            each.new.to_lose,
        )
        for each in result.candidates
    )
    title = _("List {list}: how firm the candidates' places are", list=result.key)
    return Document(title, (Table("candidates", "", columns, rows),))


def every_method(result: EveryMethod) -> Document:
    """Report the seats by every method side by side."""
    methods = tuple(result.standings)
    columns = (
        Column("list", _("List")),
        Column("votes", _("Votes"), Kind.NUMBER),
        *(Column(name, _(method_named(name).title), Kind.NUMBER) for name in methods),
    )
    standings = result.standings.values()
    rows = tuple(
        (key, votes, *(each.certain[key] if each.certain == each.possible else each.text(key) for each in standings))
        for key, votes in result.case.distribution.votes.items()
    )
    return Document(_("The seats by every method"), (Table("methods", "", columns, rows),))


def disproportionality(result: Disproportionality) -> Document:
    """Report how far the shares of the seats are from those of the votes."""
    columns = (
        Column("list", _("List")),
        Column("seats", _("Seats"), Kind.NUMBER),
        Column("difference", _("Share of seats less share of votes: percentage points"), Kind.POINTS),
    )
    rows = tuple((key, result.seats[key], difference) for key, difference in result.differences.items())
    said = _(
        "Loosemore and Hanby's index, half the sum of the differences: {index}.",
        index=Figure(result.loosemore_hanby, Kind.SHARE),
    )
    return Document(_("Shares of seats and of votes"), (Table("differences", "", columns, rows), said))
