"""Every result as a document, a text and rows: which words belong to which kind of result.

The computation knows nothing of how it is told. Here each kind of result meets the module of this package that tells
it; another kind is made known with ``document.register``, and with ``summary.register`` where there is less to
show at a glance than to explain.
"""

import sys
from fractions import Fraction
from functools import singledispatch
from importlib import import_module
from typing import TypeAlias

import attrs

from kommunalvalg.analysis.cases import Comparison as WhatIf
from kommunalvalg.analysis.margins import Margins
from kommunalvalg.analysis.what_if import AllianceEffects, Partners
from kommunalvalg.constitution.committees import Committees
from kommunalvalg.council.result import CouncilResult
from kommunalvalg.council.vacancies import Sitting
from kommunalvalg.elections.comparison import Comparison
from kommunalvalg.errors import ElectionError, shown
from kommunalvalg.kkr.chairs import KKRChairs
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.methods.alliances import ProportionalElection
from kommunalvalg.methods.allocation import Allocation
from kommunalvalg.methods.majority import MajorityElection
from kommunalvalg.methods.threshold import Threshold
from kommunalvalg.report import council
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.analysis import (
    alliance_effects,
    as_it_would_be,
    margins_report,
    partners_report,
    what_if_report,
)
from kommunalvalg.report.chairs import chairs
from kommunalvalg.report.comparison import comparisons
from kommunalvalg.report.constitution import committee_seats, flertalsvalg, flertalsvalg_explained
from kommunalvalg.report.distribution import distribution, explained, forholdstalsvalg, line
from kommunalvalg.report.documents import Document, Part, Table, once
from kommunalvalg.report.kkr import composition, composition_explained
from kommunalvalg.report.language import Language, language
from kommunalvalg.report.quotients import Level, won_at
from kommunalvalg.report.render import Plain, records, render
from kommunalvalg.report.vacancies import sitting
from kommunalvalg.text import Names, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["Row", "committees_explained", "document", "explain", "rows", "summary", "table_of"]

Row: TypeAlias = dict[str, str | int | float | None]
"""A row of plain values by column, as data frames and spreadsheets take it."""


def explain(result: object, lang: str = "da", format: str = "text") -> str:  # noqa: A002 - it is what it is called
    """Explain a result: the votes, the quotients with the seats they won, each step with its provision, open lots.

    Args:
        result: what a method of this library returned.
        lang: "da" or "en".
        format: "text", "markdown", "html" (a page of its own), "fragment" (HTML to stand inside another page), or
            another format that a document is written in.

    Raises:
        ElectionError: it is no result, or there is no such language or format.

    >>> from kommunalvalg import dhondt
    >>> said = explain(dhondt({"A": 11, "B": 8, "C": 2}, 9, provision="KRVL § 81, stk. 2"), "en")
    >>> print(said.split("Quotients")[0])
    Distribution of 9 seats by d'Hondt
    ==================================
    <BLANKLINE>
    Name      Votes    Share    Seats
    ------  -------  -------  -------
    A            11   52.38%        5
    B             8   38.10%        3
    C             2    9.52%        0
    Total        21        –        8
    <BLANKLINE>
    Open lot: 1 place among B and C, KRVL § 81, stk. 2.
    <BLANKLINE>
    The seats in the order in which they were won
    <BLANKLINE>
      Seat  To      Votes    Divisor    Quotient  By lot
    ------  ----  -------  ---------  ----------  --------
         1  A          11          1          11
         2  B           8          1           8
         3  A          11          2         5.5
         4  B           8          2           4
         5  A          11          3       3.667
         6  A          11          4        2.75
         7  B           8          3       2.667
         8  A          11          5         2.2
    <BLANKLINE>
    The votes are divided by 1, 2, 3 and so on; the largest quotients win the seats.
    <BLANKLINE>
    """
    return render(document(result), format, lang)


def rows(result: object, table: str | None = None, *, lang: str = "da") -> list[Row]:
    """Give a table of a result as rows of plain values: text, whole numbers, floats, True and False, None.

    What is no whole number, such as a share or a quotient, comes as the nearest float, since that is what frames and
    spreadsheets compute with; the exact Fraction stands in the result. A column never mixes the two. Sums are left out.

    Args:
        result: what a method of this library returned; what has ``rows()`` of its own, as an analysis has, gives those.
        table: which of its tables, by key (default: the main one, which has the seats).
        lang: the language of the texts in the rows; the keys are the same in both.

    Raises:
        ElectionError: it is no result, or has no such table.

    >>> from kommunalvalg import dhondt
    >>> rows(dhondt({"A": 11, "B": 8}, 2))[1]
    {'name': 'B', 'votes': 8, 'share': 0.42105263157894735, 'seats': 1}
    >>> [row["quotient"] for row in rows(dhondt({"A": 11, "B": 8}, 2), "awards")]
    [11.0, 8.0]
    """
    own = getattr(result, "rows", None)
    if table is None and callable(own):
        return [dict(row) for row in own()]
    return plain_rows(table_of(result, table), language(lang))


def plain_rows(table: Table, say: Language) -> list[Row]:
    """Give the rows of a table with a float for each number that is not whole, in all of its column."""
    found = records(table, say)
    floats = {key for record in found for key, value in record.items() if isinstance(value, Fraction)}
    return [{key: _plain(value, key in floats) for key, value in record.items()} for record in found]


def _plain(value: Plain, as_float: bool) -> str | int | float | None:  # noqa: FBT001 - a column's, not a caller's
    return float(value) if isinstance(value, Fraction) or (as_float and isinstance(value, int)) else value


def table_of(result: object, table: str | None = None) -> Table:
    """Give one of the tables of a result, as programs take them.

    Raises:
        ElectionError: it is no result, or has no such table.
    """
    tables = {each.key: each for each in document(result).data}
    found = next(iter(tables), None) if table is None else table
    if found not in tables:
        raise ElectionError(f"table is {shown(table)}; the tables of this result are {listed(tables) or 'none'}")
    return tables[found]


# What is said of each kind of result: at a glance, and in full.


@singledispatch
def document(result: object) -> Document:
    """Explain a result as a document, which can be written in every language and format.

    Raises:
        ElectionError: it is no result of this library.

    >>> from kommunalvalg import dhondt
    >>> told = document(dhondt({"A": 11, "B": 8}, 3))
    >>> told.title.said("en"), [table.key for table in told.tables]
    ("Distribution of 3 seats by d'Hondt", ['seats', 'awards', 'quotients'])
    """
    late = _LATE.get(type(result).__module__)
    if late and late not in sys.modules:
        import_module(late)
        return document(result)
    raise ElectionError(f"{shown(result)} is no result that can be told; give what a method of this library returned")


_LATE = {"kommunalvalg.analysis.simulation": "kommunalvalg.report.simulation"}
"""Where a result comes from -> what tells it, which is imported when such a result comes, since it needs numpy."""


@singledispatch
def summary(result: object) -> Document:
    """Tell a result at a glance: its tables and open lots, without every step.

    Raises:
        ElectionError: it is no result of this library.

    >>> from kommunalvalg import dhondt
    >>> [table.key for table in summary(dhondt({"A": 11, "B": 8}, 3)).tables]
    ['seats', 'awards']
    """
    return document(result)


@summary.register
def _allocation_summary(result: Allocation) -> Document:
    return distribution(result)


@document.register
def _allocation(result: Allocation) -> Document:
    return explained(result, distribution(result))


@summary.register
def _proportional_summary(result: ProportionalElection) -> Document:
    return forholdstalsvalg(result)


@document.register
def _proportional(result: ProportionalElection) -> Document:
    return explained(result, forholdstalsvalg(result))


@document.register
def _threshold(result: Threshold) -> Document:
    return line(result)


@summary.register
def _majority_summary(result: MajorityElection) -> Document:
    return flertalsvalg(result)


@document.register
def _majority(result: MajorityElection) -> Document:
    return flertalsvalg_explained(result, flertalsvalg(result))


@summary.register
def _council_summary(result: CouncilResult) -> Document:
    return council.summary(result)


@document.register
def _council(result: CouncilResult) -> Document:
    return council.protocol(result)


@document.register
def _sitting(result: Sitting) -> Document:
    return sitting(result)


@summary.register
def _composition_summary(result: KKRComposition) -> Document:
    return composition(result)


@document.register
def _composition(result: KKRComposition) -> Document:
    return composition_explained(result)


@summary.register
def _chairs_summary(result: KKRChairs) -> Document:
    return chairs(result, title=_("Chair and vice chair of a KKR"))


@document.register
def _chairs(result: KKRChairs) -> Document:
    return explained(result.election, summary(result))


@summary.register
def _committees_summary(result: Committees) -> Document:
    return committee_seats(result)


@document.register
def _committees(result: Committees) -> Document:
    return committees_explained(result, committee_seats(result))


def committees_explained(result: Committees, report: Document) -> Document:
    """Add to the report of the committees their quotients; committees that are distributed alike share a table."""
    alike: dict[object, list[str]] = {}
    for committee, allocation in result.allocations.items():
        alike.setdefault((allocation.seats, allocation.tie and allocation.tie.places, allocation.draws), []).append(
            committee
        )
    distributions: list[tuple[Word, Allocation]] = [
        (Names(names), result.allocations[names[0]]) for names in alike.values()
    ]
    if result.together:
        distributions.append((_("the standing committees taken together"), result.together))
    parts: list[Part] = []
    for within, allocation in distributions:
        parts += won_at(Level("", allocation, tuple(range(1, len(allocation.awards) + 1))), within)
    return with_acts(attrs.evolve(report, parts=(*report.parts, *once(parts))))


@document.register
def _comparison(result: Comparison) -> Document:
    name = result.result.election.name
    return comparisons({name: result}, title=_("{election}: computed and published", election=name))


@document.register
def _margins(result: Margins) -> Document:
    return margins_report(result, title=_("How firm the seats are"))


@document.register
def _what_if(result: WhatIf) -> Document:
    report = what_if_report(result, title=_("What if"))
    return attrs.evolve(report, parts=(as_it_would_be(result.case), *report.parts))


@document.register
def _alliance_effects(result: AllianceEffects) -> Document:
    return alliance_effects(result, title=_("What the alliances did"))


@document.register
def _partners(result: Partners) -> Document:
    return partners_report(result, title=_("The partners of {name}", name=result.key))
