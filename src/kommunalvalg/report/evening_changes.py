"""What is said of what changed in a meeting: the elections before and after, lots and claims that fell."""

from collections.abc import Iterable, Iterator

from kommunalvalg.constitution.groups import FORHOLDSTALSVALG
from kommunalvalg.evening.changes import Change, EveningChanges
from kommunalvalg.report.acts import with_acts
from kommunalvalg.report.documents import Column, Document, Heading, Part, Said, Table, cite
from kommunalvalg.report.quotients import open_lot
from kommunalvalg.report.wording import numbered
from kommunalvalg.text import Names, Text, Texts
from kommunalvalg.text import text as _

__all__ = ["changes"]


def changes(result: EveningChanges) -> Document:
    """Tell what changed between two meetings, what did not, and why."""
    parts: list[Part] = [Said(result.asks)] if result.asks else []
    elections = result.elections
    moved = [each for each in elections if each.changed]
    spared = [each for each in elections if each.spared and not each.changed]
    same = [each for each in elections if not each.changed and not each.spared]
    parts.append(Heading(_("What changed")))
    parts += [_elections(moved)] if moved else [_("No election comes out otherwise.")]
    parts += _persons(result)
    parts += _lots_and_claims(result)
    parts.append(Heading(_("What did not change")))
    if spared:
        parts += [_spared(spared), _why(result)]
    if same:
        parts.append(_("Unchanged: {names}.", names=Names(dict.fromkeys(each.where for each in same))))
    title = _("What changed: {name}", name=result.case.after.name)
    return with_acts(Document(title, tuple(parts)))


def _elections(changed: Iterable[Change]) -> Table:
    columns = (
        Column("where", _("Where")),
        Column("time", _("Held at")),
        Column("before", _("Before")),
        Column("after", _("Now")),
    )
    rows = tuple((each.where, each.time, each.before, each.after) for each in changed)
    return Table("changed", "", columns, rows)


def _spared(spared: Iterable[Change]) -> Table:
    columns = (
        Column("where", _("Where")),
        Column("time", _("Held at")),
        Column("after", _("Stays")),
        Column("as_if", _("By the later declaration it would have been")),
    )
    rows = tuple((each.where, each.time, each.after, each.as_if) for each in spared)
    return Table("spared", _("Elected before the groups changed"), columns, rows)


def _why(result: EveningChanges) -> Text:
    times = [each.time for each in result.case.after.declarations if each.time]
    return _(
        "What was elected before {time} stays as it was elected, for the whole term; a place that is vacated later is "
        "filled by the group that elected its holder ({stays}). Økonomiudvalget and the standing committees share one "
        "declaration, the first of them ({shared}).",
        time=times[-1] if times else "",
        stays=Names(
            [
                cite("KSL-17-1", result.case.law, "when"),
                cite("KSL-28", result.case.law, "left"),
            ]
        ),
        shared=cite(FORHOLDSTALSVALG, result.case.law),
    )


def _persons(result: EveningChanges) -> Iterator[Part]:
    rows = tuple((body, Names(left), Names(came)) for body, left, came in result.persons)
    if rows:
        columns = (Column("body", _("Body")), Column("left", _("Out")), Column("came", _("In")))
        yield Table("persons", _("Persons"), columns, rows)


def _lots_and_claims(result: EveningChanges) -> Iterator[Part]:
    for lot in result.lots_fallen:
        yield Said(
            _(
                "The lot for {place}, won by {chosen}, no longer holds.",
                place=lot.place,
                chosen=Names(lot.draw.chosen),
            )
        )
    for tie in result.lots_open:
        yield open_lot(tie)
    before, after = result.claims
    if before != after:
        yield _(
            "Right to more places in the standing committees under ét: before {before}, now {after} ({provision}).",
            before=numbered(before) if before else _("none"),
            after=numbered(after) if after else _("none"),
            provision=cite("KSL-27", result.case.law),
        )
    for fallen in result.after.fallen:
        yield Said(Texts([_("No longer holds:"), fallen]))
