"""Questions about councils: whether an election comes out as published, and who enters when somebody leaves."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from kommunalvalg.ask.answers import Answer, Request, Several
from kommunalvalg.council.election import CouncilElection
from kommunalvalg.council.vacancies import Change, Vacancies
from kommunalvalg.elections import compositions, embedded, figures
from kommunalvalg.elections.comparison import Comparison, compare, recorded_draws
from kommunalvalg.errors import DataError, VoteError
from kommunalvalg.files.plain import from_plain
from kommunalvalg.files.valgdk import Export
from kommunalvalg.lots import Urn
from kommunalvalg.report.comparison import comparisons, official
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed, meant

__all__ = ["check", "vacancies"]


def check(request: Request) -> Answer:
    """Compute every council of an election, or of an export that was read, and compare it with what was published.

    Where no election is named, everything official that the package has is computed, and the rest is told.
    """
    request.hold("election", "export")
    election, export = request.get("election"), request.get("export")
    if election is None and export is None:
        return _everything(request)
    compared = _compared(request, _of_export(export) if isinstance(export, Export) else _embedded(election))
    title = _("{election}: computed and published", election=election)
    regional = not isinstance(export, Export) and figures.is_regional(election)
    left_out, failed = (export.left_out, export.failed) if isinstance(export, Export) else ((), {})
    return Answer(
        result=Several({"councils": compared}),
        title=title,
        tell=lambda _full: comparisons(compared, title=title, left_out=left_out, regional=regional, failed=failed),
        failed=bool(failed) or any(comparison.differences for comparison in compared.values()),
    )


_Elections: TypeAlias = tuple[Mapping[str, CouncilElection], Mapping[str, Any]]


def _compared(request: Request, of: _Elections) -> dict[str, Comparison]:
    elections, published = of
    compared = {}
    with request.progress(_("Computing the councils"), len(elections)) as advance:
        for number, (name, counted) in enumerate(elections.items(), start=1):
            compared[name] = compare(counted, published[name])
            advance(number)
    return compared


def _everything(request: Request) -> Answer:
    """Compute all that is embedded with what was published of it."""
    compared = {election: _compared(request, _embedded(election)) for election in embedded.elections()}
    every = map(compositions.kkr, compositions.kkrs())
    kkr = {each.name: (each, each.compose()) for each in every if each.published is not None}
    differ = [each.differences for of in compared.values() for each in of.values()]
    wrong = any(differ) or not all(published.agrees(found) for published, found in kkr.values())
    return Answer(
        result=Several({**compared, "kkr": {name: found for name, (_kkr, found) in kkr.items()}}),
        title=_("Official results: computed and published"),
        tell=lambda _full: official(compared, kkr),
        failed=wrong,
    )


def _embedded(election: Any) -> _Elections:  # noqa: ANN401 - a question's
    councils = figures.councils(election)
    return councils, {name: figures.published(election, name) for name in councils}


def _of_export(export: Export) -> _Elections:
    if missing := [name for name in export if name not in export.published]:
        raise DataError(
            "the export has no mandatfordeling of {councils}; there is nothing to compare with",
            councils=listed(missing),
        )
    return export, export.published


def vacancies(request: Request) -> Answer:
    """Say who enters a council after some changes, each with its event, its candidate and, unless plain, the list.

    The lots of an embedded election are taken as they fell, unless the question has lots; those of another election
    come before those of the vacancies.
    """
    request.hold("of", "changes")
    election = request.of
    if not isinstance(election, CouncilElection):
        raise VoteError("{field} is {value}; give the election of a council", field="of", value=election)
    changes = [_change(each, election) for each in request.listed("changes")]
    urn = Urn(request.lots)
    if "election" in request.inner and not request.get("draws") and request.get("seed") is None:
        draws = recorded_draws(election, figures.published(request.inner["election"], election.name))
    else:
        draws = election.settled(urn).draws
    result = Vacancies(election=election, draws=draws, changes=changes).settled(urn)
    urn.close()
    return Answer(result=result)


def _change(plain: Any, election: CouncilElection) -> Change:  # noqa: ANN401 - a question's
    """Read a change; the list of a candidate whose name stands on one list alone need not be said."""
    fields = dict(plain) if isinstance(plain, Mapping) else {"change": plain}
    name = fields.get("candidate")
    if "key" not in fields:
        lists = [each.key for each in election.lists for candidate in each.candidates if candidate.name == name]
        if not lists:
            names = [candidate.name for each in election.lists for candidate in each.candidates]
            raise VoteError(
                "{field} is {value}; {hint}",
                field="candidate",
                value=name,
                hint=meant(_("nobody of that name stands in {council}", council=election.name), name, names),
            )
        if len(lists) > 1:
            raise VoteError(
                "{field} is {value}, who stands on {number} lists; name the list as well",
                field="candidate",
                value=name,
                number=len(lists),
            )
        fields["key"] = lists[0]
    change: Change = from_plain(fields, Change, "change")
    return change
