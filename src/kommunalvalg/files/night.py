"""A folder or a file that grows during a night: read when it changes, with the last good content of what is damaged."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
from kommunalvalg.elections.embedded import names_like, spelt
from kommunalvalg.elections.polling import PollingAreas
from kommunalvalg.errors import DataError
from kommunalvalg.files.archives import files_of, stamps
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.previous import headings_of, is_by_area, read_areas
from kommunalvalg.files.valgdk import export_of
from kommunalvalg.files.web_export import MUNICIPAL
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import Names, Text, like
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = ["CouncilOfTable", "Reading", "Watched", "chosen"]


@attrs.frozen(kw_only=True)
class Reading:
    """What was read at one time.

    Attributes:
        elections: council -> what is counted of it.
        areas: council -> its polling areas; also of a council of which nothing is counted.
        damaged: what is wrong with each file that was not read, by its name; its last good content stands in for it.
    """

    elections: Mapping[str, CouncilElection]
    areas: Mapping[str, PollingAreas]
    damaged: Mapping[str, DataError] = FrozenDict()


@attrs.frozen(kw_only=True)
class CouncilOfTable:
    """What a table of votes by polling area does not say of its council.

    Attributes:
        name: its name.
        seats: its seats.
        alliances: each as the letters of its lists.
        areas: how many polling areas there are; None for those that the table has.
        year: the year of the election.
    """

    name: str
    seats: int
    alliances: tuple[tuple[str, ...], ...] = ()
    areas: int | None = None
    year: int


class Watched:
    """An export, or the web export of one municipality as it grows.

    Args:
        path: a folder or an archive, or a table with a row for each candidate in each polling area.
        table: what a table does not say; None for an export.
        seats: council -> its seats, where the export does not say them.
        areas: council -> how many polling areas it has, where the export does not say it.

    Raises:
        DataError: there is no such file, or it is a table and nothing is said of its council.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        table: CouncilOfTable | None = None,
        seats: Mapping[str, int] = FrozenDict(),
        areas: Mapping[str, int] = FrozenDict(),
    ) -> None:
        self.path = checked_path(path)
        if not self.path.exists():
            raise DataError("{field} is not there", field=str(path))
        self._table, self._seats, self._areas = table, dict(seats), dict(areas)
        self._good: dict[str, bytes] = {}
        self._seen: object = None
        if self.is_table and table is None:
            raise DataError(
                "{field} is a table and says no council, seats and alliances; give them", field=self.path.name
            )

    @property
    def is_table(self) -> bool:
        """Whether it is a table, and no export."""
        return self.path.is_file() and self.path.suffix.lower() in {".csv", ".txt"}

    def changed(self) -> bool:
        """Tell whether anything is another than when this was asked before."""
        now = stamps(self.path)
        before, self._seen = self._seen, now
        return now != before

    def read(self) -> Reading:
        """Read everything. A damaged file of an export is as it was when it was last whole, or as if not there yet.

        Raises:
            DataError: it cannot be read, and nothing can stand in for what is wrong.
        """
        return self._of_table(self._table) if self._table is not None and self.is_table else self._of_export()

    def _of_export(self) -> Reading:
        contents = dict(files_of(self.path))
        damaged: dict[str, DataError] = {}
        replaced: set[str] = set()
        while True:
            followed: tuple[DataError, ...] = ()
            try:
                export = export_of(contents, str(self.path), seats=self._seats, areas=self._areas)
                errors, followed = export.damaged, export.followed
            except DataError as error:
                errors = (error,)
            if not errors:
                self._good = contents
                return Reading(elections=export.elections, areas=export.areas, damaged=FrozenDict(damaged))
            for wrong in (*errors, *followed):
                name = next((name for name in contents if str(wrong.field).startswith(name)), None)
                if name is None or name in replaced:  # what was wrong at first says more than what came of it
                    raise next(iter(damaged.values()), wrong)
                if wrong in errors:
                    damaged[name] = wrong
                replaced.add(name)
                if name in self._good:
                    contents[name] = self._good[name]
                else:
                    del contents[name]

    def _of_table(self, council: CouncilOfTable) -> Reading:
        if not is_by_area(self.path):
            raise DataError(
                "{field} is no table with a row for each candidate in each polling area: such a table has the columns "
                "{wanted}; {why}",
                field=self.path.name,
                wanted=", ".join(MUNICIPAL),
                why=_unlike(headings_of(self.path)),
            )
        read = read_areas(self.path)
        if read.areas is None:
            raise AssertionError("such a table has areas")
        areas = attrs.evolve(read.areas, number=max(read.areas.number, council.areas or read.areas.number))
        lists = [
            CandidateList(
                key,
                read.names.get(key, key),
                [Candidate(f"{key}-{place}", 0) for place in range(1, council.seats + 1)],
                votes,
            )
            for key, votes in read.votes.items()
        ]
        alliances = [[key for key in lists_ if key in read.votes] for lists_ in council.alliances]
        stand_together = [each for each in alliances if each]
        election = CouncilElection(
            council.name, council.seats, lists, stand_together, council.year, counted=areas.status
        )
        return Reading(elections=FrozenDict({council.name: election}), areas=FrozenDict({council.name: areas}))


def _unlike(headings: Sequence[str]) -> Text:
    """Say which columns are missing in a table, with the heading that is nearest to each."""
    missing = [
        _("{heading} (nearest: {near})", heading=wanted, near=near[0]) if near else wanted
        for wanted in MUNICIPAL
        if wanted not in headings
        for others in [[each for each in headings if each not in MUNICIPAL]]
        for near in [[each for each in others if each[1:] and wanted.startswith(each)] or like(wanted, others)]
    ]
    found = listed(headings) or _("none")
    if not missing:
        return _("they stand in another order here: {found}", found=found)
    return _("here are {found}, and not {missing}", found=found, missing=Names(missing))


def chosen(reading: Reading, councils: tuple[str, ...]) -> Reading:
    """Keep some councils of a reading.

    Raises:
        DataError: it has not one of them.
    """
    wanted = {spelt(name): name for name in councils}
    there = {spelt(name) for name in reading.areas}
    for key, name in wanted.items():
        if key not in there:
            raise DataError(
                "{field} is {value}; {hint}",
                field="--council",
                value=name,
                hint=names_like(name, reading.areas) or _("the councils are {known}", known=listed(reading.areas)),
            )
    if not wanted:
        return reading
    return attrs.evolve(
        reading,
        elections=FrozenDict({name: each for name, each in reading.elections.items() if spelt(name) in wanted}),
        areas=FrozenDict({name: each for name, each in reading.areas.items() if spelt(name) in wanted}),
    )
