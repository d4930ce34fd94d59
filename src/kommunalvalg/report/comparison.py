"""What is said of computed and published results side by side."""

from collections.abc import Iterable, Mapping

from kommunalvalg.elections.comparison import PARTS, Comparison
from kommunalvalg.errors import ElectionError
from kommunalvalg.files.valgdk import LeftOut
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.report.documents import Cell, Column, Document, Kind, Part, Table
from kommunalvalg.report.wording import COMPARED
from kommunalvalg.text import Names, Word
from kommunalvalg.text import text as _

__all__ = ["comparisons"]


def comparisons(
    compared: Mapping[str, Comparison],
    *,
    title: Word,
    left_out: Iterable[LeftOut] = (),
    regional: bool = False,
    failed: Mapping[str, ElectionError] = FrozenDict({}),
) -> Document:
    """Report how many councils agree with what was published, where they differ, which lots, which failed."""
    council = Column("council", _("Region") if regional else _("Council"))
    parts: list[Part] = [
        _agreement(compared, len(failed), regional=regional),
        Table(
            "failed",
            "",
            (council, Column("error", _("What is wrong"))),
            tuple((name, failed[name].text) for name in failed),
        ),
        _differences(compared, council),
        _lots(compared, council),
        _(
            "Besides these, {count} lots decided an order among the elected or the substitutes of a list. How a lot "
            "fell is read off the published result.",
            count=sum(comparison.order_lots for comparison in compared.values()),
        ),
        _left_out(left_out),
    ]
    return Document(title, tuple(part for part in parts if not isinstance(part, Table) or part.rows))


def _agreement(compared: Mapping[str, Comparison], failed: int, *, regional: bool) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            _(COMPARED[part]),
            sum(comparison.agrees(part) for comparison in compared.values()),
            len(compared) + failed,
        )
        for part in PARTS
    ]
    return Table(
        "agreement",
        "",
        (
            Column("part", _("Compared")),
            Column("agree", _("Regions that agree") if regional else _("Councils that agree"), Kind.NUMBER),
            Column("councils", _("Of"), Kind.NUMBER),
        ),
        tuple(rows),
    )


def _differences(compared: Mapping[str, Comparison], council: Column) -> Table:
    return Table(
        "differences",
        _("Differences"),
        (
            council,
            Column("part", _("Compared")),
            Column("where", _("List or seat")),
            Column("computed", _("Computed")),
            Column("published", _("Published")),
        ),
        tuple(
            (name, _(COMPARED[each.part]), each.where, each.computed, each.published)
            for name, comparison in compared.items()
            for each in comparison.differences
        ),
    )


def _lots(compared: Mapping[str, Comparison], council: Column) -> Table:
    return Table(
        "lots",
        _("Lots that decided who was elected"),
        (council, Column("among", _("Among")), Column("chosen", _("Won by"))),
        tuple(
            (name, Names(draw.among), Names(draw.chosen))
            for name, comparison in compared.items()
            for draw in comparison.lots
        ),
    )


def _left_out(left_out: Iterable[LeftOut]) -> Table:
    return Table(
        "left_out",
        _("Files left out"),
        (Column("file", _("File")), Column("rule", _("Rule")), Column("reason", _("Reason"))),
        tuple((left.file, _(left.rule.value), left.reason) for left in left_out),
    )


def comparison_told(comparison: Comparison) -> Document:
    """Report one computed election held against what was published."""
    name = comparison.result.election.name
    return comparisons({name: comparison}, title=_("{election}: computed and published", election=name))
