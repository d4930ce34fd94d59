"""What is said of computed and published results side by side."""

from collections.abc import Iterable, Mapping

from kommunalvalg.elections.comparison import PARTS, Comparison
from kommunalvalg.elections.compositions import KKR
from kommunalvalg.elections.figures import is_regional
from kommunalvalg.errors import ElectionError
from kommunalvalg.files.valgdk import LeftOut
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.kkr.composition import KKRComposition
from kommunalvalg.report.documents import Cell, Column, Document, Kind, Part, Table, filled
from kommunalvalg.report.wording import COMPARED
from kommunalvalg.text import N_, Names, Word
from kommunalvalg.text import text as _

__all__ = ["IN_THE_TESTS", "comparisons", "official"]


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
    return Document(title, filled(parts))


IN_THE_TESTS = {
    "constituencies": (30, 30),
    "folketing": (4, 4),
    "other programs": (943, 944),
}
"""What the tests hold whose figures are not in the package: how many agree, of how many. The tests hold these too."""
_TESTED = {
    "constituencies": (
        N_("The Folketing 2011, 2015 and 2019: the 405 seats of the constituencies, by d'Hondt"),
        N_("Danmarks Statistik, final counts; tests/test_official.py"),
    ),
    "folketing": (
        N_("The Folketing 2011, 2015, 2019 and 2022: 175 seats, above a line of 2 %"),
        N_("Danmarks Statistik, and the ministry's final results; tests/test_official.py"),
    ),
    "other programs": (
        N_("What the tests of other programs expect, from 16 sources"),
        N_("their public repositories; tests/test_suites.py has the cases"),
    ),
}
"""What that is, and where it comes from."""


def official(
    compared: Mapping[str, Mapping[str, Comparison]], kkr: Mapping[str, tuple[KKR, KKRComposition]]
) -> Document:
    """Report everything official that is held against what was published: computed now, and by the tests.

    Args:
        compared: election -> council -> what was computed and published of it.
        kkr: KKR -> what was published of it, and its composition.
    """
    every = {name: each for councils in compared.values() for name, each in councils.items()}
    computed: list[tuple[Cell, ...]] = [
        (
            _(
                N_("{election}: regional councils, to the last substitute")
                if is_regional(election)
                else N_("{election}: municipal councils, to the last substitute"),
                election=election,
            ),
            sum(not each.differences for each in councils.values()),
            len(councils),
            _("valg.dk, final count of 18 November 2025"),
        )
        for election, councils in compared.items()
    ]
    computed += [
        (_("{kkr}: members of each party", kkr=name), int(published.agrees(found)), 1, _(published.published.source))
        for name, (published, found) in kkr.items()
        if published.published is not None
    ]
    parts: list[Part] = [
        _held("computed", _("Computed now, from the figures in the package"), computed),
        _differences(every, Column("council", _("Council or region"))),
        _held(
            "tests",
            _("Held by the tests of this version; the figures are not in the package, and are not computed now"),
            [(_(words), *IN_THE_TESTS[what], _(source)) for what, (words, source) in _TESTED.items()],
        ),
        _(
            "Of 2022 the source has no seats of the constituencies; they are computed, as many in each as in 2019. The "
            "one case that differs follows a rule of the Dutch act which Danish law has not: a list with more than "
            "half of the votes has more than half of the seats."
        ),
    ]
    return Document(_("Official results: computed and published"), filled(parts))


def _held(key: str, title: Word, rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(
        key,
        title,
        (
            Column("what", _("What")),
            Column("agree", _("Agree"), Kind.NUMBER),
            Column("of", _("Of"), Kind.NUMBER),
            Column("source", _("Source")),
        ),
        tuple(rows),
    )


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
