"""The official JSON export of results: a folder or an archive of files, put together to council elections.

The export has three kinds of files. *Kandidatdata* say who stands, on which lists, in which valgforbund, one file for
each council. *Valgresultater* say what was counted, one file for each polling area. *Mandatfordelinger* say who was
elected, one file for each council. They belong together by the identifiers of lists and candidates: names are spelt
in several ways, and a test file may bear the name of a real council.

What is left out is left out by one of the rules in :class:`Left`, and reported. What does not add up is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from time import sleep
from typing import Any, TypeAlias

import attrs

from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
from kommunalvalg.elections.embedded import CouncilRow, on_day, spelt
from kommunalvalg.elections.figures import CouncilCounts, Published, PublishedMandate
from kommunalvalg.elections.parties import party_of
from kommunalvalg.elections.polling import Count, PollingArea, PollingAreas
from kommunalvalg.errors import DataError, VoteError, Warned
from kommunalvalg.files.archives import TIMES, WAIT, files_of, of_the_system
from kommunalvalg.files.json_text import CutOffError, parsed
from kommunalvalg.files.paths import checked_path
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_, Text, composed
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, listed

__all__ = ["Export", "Left", "LeftOut", "export_of", "read_valgdk"]

Json: TypeAlias = dict[str, Any]

_COUNTS = {"Fintælling": Count.FINAL, "ForeløbigOptælling": Count.PRELIMINARY, "IngenResultater": Count.MISSING}
"""What the export calls (Resultatart) how far an area is counted."""

_REGIONAL = "Regionsrådsvalg"
_KINDS = {"Kommunalvalg": "kv", _REGIONAL: "rv"}

_LONGEST = 255
"""How many letters the name of a file may have."""

_NAMED = re.compile(rf"(?P<what>.*)-(?P<kind>{'|'.join(_KINDS)})-(?P<council>.+?)(-[0-9]{{6,}})?\.json", re.DOTALL)
"""How the official files are called; a result has its polling area behind the council."""


class Left(StrEnum):
    """Why a file of the export is left out."""

    NOT_JSON = N_("not a JSON file")
    OTHER_ELECTION = N_("another kind of election")
    OTHER_DAY = N_("another election day")
    BEFORE_ELECTION = N_("released before the election day")
    REPLACED = N_("a preliminary count that the final count replaces")
    OF_THE_SYSTEM = N_("a file of the system that packed it")


@attrs.frozen
class LeftOut:
    """A file that was left out, and the rule by which.

    Attributes:
        file: its path inside the export.
        rule: the rule.
        reason: what about the file the rule is applied to.
    """

    file: str
    rule: Left
    reason: Text


@attrs.frozen(eq=False)
class Export(Mapping[str, CouncilElection]):
    """An export as it was read: a mapping of council to its election, and what belongs to it.

    Attributes:
        elections: council -> election, by name.
        published: council -> what the authorities published, where the export has it.
        counts: council -> what was counted besides the lists' votes. The region is not in the export: it is "".
        areas: council -> its polling areas: what was counted in each, and what is missing; also of a council of which
            nothing is counted, which the mapping does not have.
        left_out: the files that were left out.
        warnings: council -> what is to be known of how it was read, where there is something.
        preliminary: whether preliminary counts were read.
        failed: council -> what is wrong with its files, where a damaged council was to stop no other; the others know
            nothing of it.
        damaged: all that is wrong with the files of those; first what is wrong by itself.
        followed: what came of that with other files of theirs.
    """

    elections: FrozenDict[str, CouncilElection]
    published: FrozenDict[str, Published]
    counts: FrozenDict[str, CouncilCounts]
    areas: FrozenDict[str, PollingAreas]
    left_out: tuple[LeftOut, ...]
    warnings: FrozenDict[str, tuple[Warned, ...]]
    preliminary: bool
    failed: FrozenDict[str, DataError]
    damaged: tuple[DataError, ...]
    followed: tuple[DataError, ...]

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The councils of which not every area is finally counted."""
        return tuple(name for name, areas in self.areas.items() if not areas.complete)

    def __getitem__(self, name: str) -> CouncilElection:
        return self.elections[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.elections)

    def __len__(self) -> int:
        return len(self.elections)


def read_valgdk(
    folder: str | Path,
    *,
    kind: str = "Kommunalvalg",
    preliminary: bool = False,
    partial: bool = False,
    seats: Mapping[str, int] | None = None,
    areas: Mapping[str, int] | None = None,
    go_on: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Export:
    """Read the official JSON export of an election: every council, with all its figures checked.

    Args:
        folder: a folder with the files at any depth, or a .zip or .tar archive of them (compressed or not), which is
            read without unpacking it.
        kind: the kind of election (Valgart) to read.
        preliminary: whether preliminary counts are read where there is no final one; they are refused otherwise.
        partial: whether what is counted so far is read, preliminary or final, where other areas are not counted or not
            there yet. A file that ends too early, as one does that is being written, is then read again.
        seats: council -> its seats, where the export has no mandatfordeling to count them in.
        areas: council -> how many polling areas it has, where nothing in the export tells of those that are missing. Of
            the day of an embedded election, seats and areas are known.
        go_on: whether a council whose files are damaged stops no other; what is wrong with it stands in ``failed``.
        progress: called after each file with how many were read.

    Returns:
        A mapping of council name to election, with what was published and which files were left out by which rule.

    Raises:
        DataError: there is no export there; a file is broken or lacks a field; an area is there twice, is missing or
            has other lists than stand; figures do not add up (cast = valid + blank + invalid, list = list votes +
            personal votes, valid = the lists together); two files give the mandates of one council; counts are
            preliminary, or an area is not counted; the seats of a council are not known; an archive is broken or
            encrypted; a folder changes each time it is read. The file is named. With go_on, only what is wrong with
            all councils, or with a file of which nobody can tell whose it is.

    >>> read_valgdk("no-such-folder")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: no-such-folder is neither a folder nor a .zip or .tar archive
    """
    path = checked_path(folder)
    for again in reversed(range(TIMES if partial else 1)):
        pile = _Pile(kind, preliminary=preliminary or partial, partial=partial, go_on=go_on)
        try:
            for number, (name, content) in enumerate(files_of(path), start=1):
                pile.add(name, content)
                if progress is not None:
                    progress(number)
            if not (again and pile.cut_off):
                break
        except CutOffError:
            if not again:
                raise
        sleep(WAIT)
    return pile.export(folder, dict(seats or {}), dict(areas or {}))


def export_of(
    contents: Mapping[str, bytes],
    source: str,
    *,
    seats: Mapping[str, int] | None = None,
    areas: Mapping[str, int] | None = None,
) -> Export:
    """Put an unfinished export together from the contents of its files by name.

    As :func:`read_valgdk` with partial and go_on.

    Raises:
        DataError: as for :func:`read_valgdk`.
    """
    pile = _Pile("Kommunalvalg", preliminary=True, partial=True, go_on=True)
    for name, content in contents.items():
        pile.add(name, content)
    return pile.export(source, dict(seats or {}), dict(areas or {}))


@attrs.frozen
class _File:
    """One file of the export: its name, and what it says."""

    name: str
    says: Json

    def get(self, key: str, kind: type | tuple[type, ...], inside: Json | None = None) -> Any:  # noqa: ANN401 - JSON
        """Give a field.

        Raises:
            DataError: it is missing, or of another kind.
        """
        value = (self.says if inside is None else inside).get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise DataError(
                "{field}: {key} is {value}; the file lacks a field or has another meaning",
                field=self.name,
                key=key,
                value=value,
            )
        return value

    def objects(self, key: str, inside: Json | None = None) -> list[Json]:
        """Give a field that is a list of objects.

        Raises:
            DataError: it is missing, or of another kind.
        """
        values: list[Json] = self.get(key, list, inside=inside)
        for value in values:
            if not isinstance(value, dict):
                raise DataError(
                    "{field}: {key} holds {value}; each of them is an object with named fields",
                    field=self.name,
                    key=key,
                    value=value,
                )
        return values

    def counted(self) -> Count:
        """Say how far the area is counted."""
        kind = self.get("Resultatart", str)
        if kind not in _COUNTS:
            raise DataError(
                "{field}: Resultatart is {value}; it is one of {known}",
                field=self.name,
                value=kind,
                known=listed(_COUNTS, kind),
            )
        return _COUNTS[kind]

    def count(self, key: str, inside: Json | None = None) -> int:
        """Give a field that is a count."""
        try:
            return checked_count(key, (self.says if inside is None else inside).get(key), what=N_("a vote count"))
        except VoteError as error:
            raise DataError("{field}: {error}", field=self.name, error=error.text) from error

    def day(self) -> date:
        """Give the election day; dates are written dd-mm-yyyy."""
        return self._date("Valgdag").date()

    def released(self) -> date:
        """Give the day of release."""
        return self._date("FrigivelsesTidspunktUTC").date()

    def _date(self, key: str) -> datetime:
        text = self.get(key, str)
        try:
            return datetime.strptime(text.split()[0], "%d-%m-%Y").replace(tzinfo=UTC)
        except (ValueError, IndexError):
            raise DataError(
                "{field}: {key} is {value}; a date is written dd-mm-yyyy", field=self.name, key=key, value=text
            ) from None


class _Pile:
    """The files of an export, sorted by kind."""

    def __init__(self, kind: str, *, preliminary: bool, partial: bool, go_on: bool) -> None:
        self.kind = kind
        self.go_on = go_on
        self.unread: dict[str, DataError] = {}
        self.failed: dict[str, tuple[str, DataError]] = {}
        self.damaged: list[DataError] = []
        self.followed: list[DataError] = []
        self.preliminary = preliminary
        self.partial = partial
        self.has_preliminary = False
        self.left_out: list[LeftOut] = []
        self.candidates: list[_File] = []
        self.results: list[_File] = []
        self.mandates: list[_File] = []

    def leave_out(self, name: str, rule: Left, reason: Text) -> None:
        self.left_out.append(LeftOut(name, rule, reason))

    @property
    def cut_off(self) -> bool:
        """Whether a file ended too early."""
        return any(isinstance(error, CutOffError) for error in self.unread.values())

    def add(self, name: str, content: bytes) -> None:
        """Put a file on its pile, or leave it out; or, where one council stops no other, on that of the damaged."""
        try:
            self._add(name, content)
        except DataError as error:
            if not self.go_on:
                raise
            self.unread[name] = error

    @contextmanager
    def _of(self, council: object) -> Iterator[None]:
        """Let what is wrong with a council be its alone, where it is to stop no other and says its name."""
        try:
            yield
        except DataError as error:
            if not self.go_on or not isinstance(council, str):
                raise
            (self.followed if _spelt(council) in self.failed else self.damaged).append(error)
            self.failed.setdefault(_spelt(council), (council, error))

    def _blame_unread(self, councils: list["_Council"]) -> None:
        """Find whose the files are that could not be read: their names say the kind of election, and the council.

        Raises:
            DataError: what is wrong with a file of which nobody can tell whose it is.
        """
        known = {council.spelt: council.name for council in councils}
        named = {name: _NAMED.fullmatch(composed(name).rpartition("/")[2][-_LONGEST:]) for name in self.unread}
        for found in named.values():  # who stands in a council is in the file that is damaged, so its name has to do
            if found and found["what"].startswith("kandidat") and found["kind"] == self.kind:
                known.setdefault(_spelt(found["council"]), found["council"])
        for name, error in self.unread.items():
            found = named[name]
            if found is None:
                raise error
            if found["kind"] != self.kind:
                self.leave_out(name, Left.OTHER_ELECTION, _("the name says {kind}", kind=found["kind"]))
                continue
            called = _spelt(found["council"].replace("_", " "))
            among = [council for council in known if re.match(rf"{re.escape(council)}s?(\W|$)", called)]
            if not among:
                raise error
            council = max(among, key=len)
            self.damaged.append(error)
            self.failed.setdefault(council, (known[council], error))

    def _add(self, name: str, content: bytes) -> None:
        if of_the_system(name):
            self.leave_out(name, Left.OF_THE_SYSTEM, _("nothing of the export is in it"))
            return
        if not name.lower().endswith(".json"):
            self.leave_out(
                name, Left.NOT_JSON, _("the name ends in {suffix}", suffix=Path(name).suffix or _("nothing"))
            )
            return
        says = parsed(content, name)
        if not isinstance(says, dict):
            raise DataError("{field} holds {value}; a file of the export holds named fields", field=name, value=says)
        file = _File(name, says)
        if (kind := file.get("Valgart", str)) != self.kind:
            self.leave_out(name, Left.OTHER_ELECTION, _("Valgart is {kind}", kind=kind))
            return
        if "PersonligeMandater" in says:
            pile = self.mandates
        elif "AfgivneStemmer" in says or "Afstemningsområde" in says:
            pile = self.results
        elif "Valgforbund" in says:
            pile = self.candidates
        else:
            raise DataError("{field} is neither kandidatdata, valgresultater nor mandatfordeling", field=name)
        file.day()  # refused here, where the file is known
        pile.append(file)

    def export(self, source: str | Path, seats: dict[str, int], areas: dict[str, int]) -> Export:
        """Put the files together."""
        day = self._election_day(source)
        councils = self._councils()
        called = {council.spelt: council.name for council in councils}
        self._blame_unread(councils)
        self._hand_out_results(councils, day)
        self._hand_out_mandates(councils, day)
        names = list({**{key: name for key, (name, _error) in self.failed.items()}, **called}.values())
        for field, by_council in (("seats", seats), ("areas", areas)):
            if unknown := [name for name in by_council if name not in names]:
                raise DataError(
                    "{field} names {value}; the councils are {known}",
                    field=field,
                    value=unknown[0],
                    known=listed(names, unknown[0]),
                )
        known = (
            {_spelt(name): row for name, row in on_day(str(day), _KINDS.get(self.kind, "-")).items()}
            if self.partial
            else {}
        )
        whole = []
        for council in councils:
            if council.spelt in self.failed:
                continue
            council.known = known.get(council.spelt)
            with self._of(council.name):
                council.settle(self)
                council.put_together(day.year, seats.get(council.name), areas.get(council.name, 0))
                whole.append(council)
        if not whole:
            raise next(error for _name, error in self.failed.values())
        whole.sort(key=lambda council: council.code or 0)
        counted = [council for council in whole if council.counted]
        return Export(
            FrozenDict({council.name: council.elected for council in counted}),
            FrozenDict({council.name: council.results for council in counted if council.results}),
            FrozenDict({council.name: council.counts() for council in counted}),
            FrozenDict({council.name: council.polled for council in whole}),
            tuple(self.left_out),
            FrozenDict({council.name: warnings for council in counted if (warnings := tuple(council.warnings()))}),
            self.has_preliminary,
            FrozenDict({called.get(key, name): error for key, (name, error) in self.failed.items()}),
            tuple(self.damaged),
            tuple(self.followed),
        )

    def _election_day(self, source: str | Path) -> date:
        """Give the one day on which the lists stand."""
        if not self.candidates:
            for name, error in self.unread.items():
                if "kandidat" in name.casefold():
                    raise error
            raise DataError(
                "{field} has no kandidatdata of a {kind}; they say which lists stand", field=str(source), kind=self.kind
            )
        first, *others = sorted(self.candidates, key=lambda file: (file.day(), file.name))
        for file in others:
            if file.day() != first.day():
                raise DataError(
                    "{field} mixes election days: {one} in {first}, {other} in {file}; read one election at a time",
                    field=str(source),
                    one=first.day(),
                    first=first.name,
                    other=file.day(),
                    file=file.name,
                )
        return first.day()

    def _councils(self) -> list["_Council"]:
        councils: dict[str, _Council] = {}
        for file in self.candidates:
            with self._of(file.says.get("Kommune")):
                council = _Council(file)
                if council.name in councils:
                    raise DataError(
                        "{field}: {council} stands in {name} already",
                        field=file.name,
                        council=council.name,
                        name=councils[council.name].file.name,
                    )
                councils[council.name] = council
        return list(councils.values())

    def _hand_out_results(self, councils: list["_Council"], day: date) -> None:
        """Give each area's results to the council whose lists they count; names are spelt too differently."""
        home = {key: council for council in councils for key in council.lists}
        by_name = {council.spelt: council for council in councils}
        for file in self._of_the_day(self.results, day):
            with self._of(file.says.get("Kommune")):
                ids = [file.get("KandidatlisteId", str, inside=a_list) for a_list in file.objects("Kandidatlister")]
                known = next((home[key] for key in ids if key in home), None)
                if not ids and file.counted() is Count.MISSING:  # which may have no lists to tell by
                    known = by_name.get(_spelt(file.get("Kommune", str)))
                    ids = list(known.lists) if known else []
                if known is None:
                    raise DataError("{field}: none of its lists is in any kandidatdata", field=file.name)
                with self._of(known.name):
                    known.add_area(file, ids, several=self.kind == _REGIONAL)

    def _hand_out_mandates(self, councils: list["_Council"], day: date) -> None:
        """Give the published mandates to their councils; nobody is elected before the election day."""
        by_code = {council.code: council for council in councils}
        by_name = {council.spelt: council for council in councils if self.partial or self.kind == _REGIONAL}
        for file in self._of_the_day(self.mandates, day):
            with self._of(file.says.get("Kommune")):
                if file.released() < day:
                    self.leave_out(
                        file.name,
                        Left.BEFORE_ELECTION,
                        _("released {released}, election day {day}", released=file.released(), day=day),
                    )
                    continue
                code = file.get("Kommunekode", int)
                council = by_code.get(code) or by_name.get(_spelt(file.get("Kommune", str)))
                if council is None:
                    raise DataError(
                        "{field}: Kommunekode is {code}, of a council without results", field=file.name, code=code
                    )
                with self._of(council.name):
                    council.add_mandates(file)

    def _of_the_day(self, files: list[_File], day: date) -> Iterator[_File]:
        for file in files:
            if file.day() == day:
                yield file
            else:
                self.leave_out(
                    file.name,
                    Left.OTHER_DAY,
                    _("Valgdag {found}, where the lists stand on {day}", found=file.day(), day=day),
                )


class _Council:
    """One council: who stands there, and the files that belong to it."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.name: str = file.get("Kommune", str)
        self.spelt = _spelt(self.name)
        self.known: CouncilRow | None = None
        self.areas: dict[int, list[_File]] = {}
        self.codes: set[int] = set()
        self.chosen: list[PollingArea] = []
        self.mandates: _File | None = None
        self.lists: dict[str, Json] = {}
        for a_list in sorted(file.objects("Kandidatlister"), key=self._place):
            key = file.get("KandidatlisteId", str, inside=a_list)
            if key in self.lists:
                raise DataError("{field}: the list {key} is there twice", field=file.name, key=key)
            self.lists[key] = a_list
        self.people = {
            key: {file.get("Id", str, inside=person): person for person in self._people(a_list)}
            for key, a_list in self.lists.items()
        }
        self.list_votes = dict.fromkeys(self.lists, 0)
        self.votes = {key: dict.fromkeys(people, 0) for key, people in self.people.items()}
        self.sums = dict.fromkeys(("eligible", "cast", "valid", "blank", "invalid"), 0)
        self.polled: PollingAreas
        self.elected: CouncilElection
        self.results: Published | None = None

    def _place(self, inside: Json) -> int:
        place: int = self.file.get("Stemmeseddelsplacering", int, inside=inside)
        return place

    def _people(self, a_list: Json) -> list[Json]:
        return sorted(self.file.objects("Kandidater", inside=a_list), key=self._place)

    @property
    def code(self) -> int | None:
        """The kommunekode, which only the results give; None of a region, which has several."""
        if self.codes:
            return next(iter(self.codes)) if len(self.codes) == 1 else None
        return self.known.code if self.known else None

    @property
    def counted(self) -> bool:
        """Whether any area is counted."""
        return any(area.count is not Count.MISSING for area in self.chosen)

    def add_area(self, file: _File, ids: list[str], *, several: bool) -> None:
        """Take the results of one polling area; those of a region are counted in several municipalities (KRVL-79)."""
        if set(ids) != set(self.lists) or len(set(ids)) != len(ids):
            raise DataError(
                "{field}: {number} lists; in {council} stand {standing} others or more",
                field=file.name,
                number=len(ids),
                council=self.name,
                standing=len(self.lists),
            )
        code = file.get("Kommunekode", int)
        if self.codes and not several and code not in self.codes:
            raise DataError(
                "{field}: Kommunekode is {value}; its lists are of {code}",
                field=file.name,
                value=file.says["Kommunekode"],
                code=self.code,
            )
        self.codes.add(code)
        self.areas.setdefault(file.get("AfstemningsområdeDagiId", int), []).append(file)

    def add_mandates(self, file: _File) -> None:
        """Take the published mandates."""
        if self.mandates is not None:
            raise DataError(
                "{field}: the mandates of {council} are in {name} already",
                field=file.name,
                council=self.name,
                name=self.mandates.name,
            )
        self.mandates = file

    def settle(self, pile: _Pile) -> None:
        """Choose one count for each area, and add them up."""
        if not self.areas and not pile.partial:
            raise DataError(
                "{field}: no results of {council} are in the export", field=self.file.name, council=self.name
            )
        for files in self.areas.values():
            by_count = {count: [file for file in files if file.counted() is count] for count in Count}
            final, preliminary, missing = by_count.values()
            for file in preliminary if final else []:
                pile.leave_out(file.name, Left.REPLACED, _("{file} is the final count", file=final[0].name))
            chosen = final or preliminary or missing
            if chosen is missing and not pile.partial:
                raise DataError(
                    "{field}: Resultatart is {value}; the area is not counted (--partial reads what is)",
                    field=chosen[0].name,
                    value=chosen[0].says["Resultatart"],
                )
            if len(chosen) > 1:
                raise DataError(
                    "{field}: the same area as in {name}; each is counted once",
                    field=chosen[1].name,
                    name=chosen[0].name,
                )
            if chosen is preliminary and not pile.preliminary:
                raise DataError(
                    "{field} is a preliminary count; they are read only when asked for (on the command line by "
                    "--partial)",
                    field=chosen[0].name,
                )
            pile.has_preliminary |= chosen is preliminary
            self.chosen.append(self._missing(chosen[0]) if chosen is missing else self._added(chosen[0]))
        self._check_areas(partial=pile.partial)

    def _missing(self, file: _File) -> PollingArea:
        """Give an area that is not counted; who may vote there is told or not."""
        eligible = "AntalStemmeberettigedeVælgere"
        told = file.count(eligible) if file.says.get(eligible) else None
        return PollingArea(file.get("Afstemningsområde", str), Count.MISSING, FrozenDict({}), eligible=told)

    def _based_on(self) -> set[int] | None:
        """Give the areas that the published mandates rest on, where they say so."""
        if self.mandates is None or not isinstance(self.mandates.says.get("BaseretPåOptællinger"), list):
            return None
        based_on = self.mandates.objects("BaseretPåOptællinger")
        return {self.mandates.get("AfstemningsområdeDagiId", int, inside=area) for area in based_on}

    def _check_areas(self, *, partial: bool) -> None:
        """Hold the areas read against those that the published mandates rest on."""
        areas = self._based_on()
        if areas is None or self.mandates is None:
            return
        missing, more = sorted(areas - set(self.areas)), sorted(set(self.areas) - areas)
        if more or (missing and not partial):
            raise DataError(
                "{field}: it rests on {number} areas of {council}, {read} were read (missing: {missing}; more: {more})",
                field=self.mandates.name,
                number=len(areas),
                council=self.name,
                read=len(self.areas),
                missing=listed(map(str, missing)) or _("none"),
                more=listed(map(str, more)) or _("none"),
            )

    def put_together(self, year: int, seats: int | None, areas: int) -> None:
        """Make the election and what belongs to it, of what was settled."""
        self.polled = self.polling_areas(areas)
        if self.counted:
            self.elected = self.election(year, seats, self.polled)
            self.results = self.published() if self.mandates else None

    def polling_areas(self, told: int) -> PollingAreas:
        """Give the polling areas; there are as many as are told of by any who tells."""
        known = self.known.polling_areas if self.known else None
        number = max(len(self.areas), len(self._based_on() or ()), told, known or 0)
        eligible = [area.eligible for area in self.chosen]
        if len(self.areas) == number and None not in eligible:
            return PollingAreas(tuple(self.chosen), number, sum(each or 0 for each in eligible))
        return PollingAreas(tuple(self.chosen), number, self.known.eligible if self.known else None)

    def _added(self, file: _File) -> PollingArea:
        """Add the counts of one polling area, having checked that they add up."""
        cast, valid = file.count("AfgivneStemmer"), file.count("GyldigeStemmer")
        blank = file.count("BlankeUgyldigeFremmødteStemmer") + file.count("BlankeUgyldigeBrevstemmer")
        invalid = file.count("UgyldigeStemmerUdoverBlanke")
        if cast != valid + blank + invalid:
            raise DataError(
                "{field}: {cast} votes cast are not valid {valid} + blank {blank} + invalid {invalid}",
                field=file.name,
                cast=cast,
                valid=valid,
                blank=blank,
                invalid=invalid,
            )
        votes = {a_list["KandidatlisteId"]: self._add_list(file, a_list) for a_list in file.objects("Kandidatlister")}
        if (together := sum(votes.values())) != valid:
            raise DataError(
                "{field}: {valid} valid votes; the lists have {together} together",
                field=file.name,
                valid=valid,
                together=together,
            )
        eligible = file.count("AntalStemmeberettigedeVælgere")
        for what, count in zip(self.sums, (eligible, cast, valid, blank, invalid), strict=True):
            self.sums[what] += count
        by_letter = FrozenDict({self._letter(key): votes[key] for key in self.lists})
        return PollingArea(file.get("Afstemningsområde", str), file.counted(), by_letter, cast, eligible)

    def _add_list(self, file: _File, a_list: Json) -> int:
        """Add the counts of one list in one polling area, and give its votes there."""
        key, letter = a_list["KandidatlisteId"], a_list.get("Bogstavbetegnelse")
        votes, list_votes = file.count("Stemmer", a_list), file.count("Listestemmer", a_list)
        personal = {
            file.get("Id", str, inside=person): file.count("Stemmer", person)
            for person in file.objects("Kandidater", inside=a_list)
        }
        if personal.keys() != self.people[key].keys() and (personal or file.counted() is Count.FINAL):
            raise DataError("{field}: list {letter} has other candidates than stand", field=file.name, letter=letter)
        if votes != list_votes + sum(personal.values()):
            raise DataError(
                "{field}: the {votes} votes of list {letter} are not list votes {list_votes} + "
                "personal votes {personal}",
                field=file.name,
                votes=votes,
                letter=letter,
                list_votes=list_votes,
                personal=sum(personal.values()),
            )
        self.list_votes[key] += list_votes
        for person, count in personal.items():
            self.votes[key][person] += count
        return votes

    def _names(self, key: str) -> dict[str, str]:
        """Give the candidates' names by identifier; two of one name are told apart by their place on the ballot."""
        names = {person: str(self.file.get("Navn", str, inside=says)) for person, says in self.people[key].items()}
        every_name = list(names.values())
        return {
            person: f"{name} ({self._place(self.people[key][person])})" if every_name.count(name) > 1 else name
            for person, name in names.items()
        }

    def _letter(self, key: str) -> str:
        letter: str = self.file.get("Bogstavbetegnelse", str, inside=self.lists[key])
        return letter

    def election(self, year: int, seats: int | None, areas: PollingAreas) -> CouncilElection:
        """Make the election; the seats are those that were distributed, unless they are given."""
        if seats is None and self.mandates is None and self.known:
            seats = self.known.seats
        if seats is None:
            if self.mandates is None:
                raise DataError(
                    "{field}: no mandatfordeling of {council} is in the export; give its seats",
                    field=self.file.name,
                    council=self.name,
                )
            seats = len(self.mandates.objects("ListeMandater"))
        alliances = []
        for valgforbund in self.file.objects("Valgforbund"):
            members = self.file.get("KandidatlisteId", list, inside=valgforbund)
            if unknown := [key for key in members if not isinstance(key, str) or key not in self.lists]:
                raise DataError(
                    "{field}: a valgforbund has the list {value}, which does not stand",
                    field=self.file.name,
                    value=unknown[0],
                )
            alliances.append([self._letter(key) for key in members])
        try:
            lists = map(self._list, self.lists)
            return CouncilElection(self.name, seats, lists, alliances, year, counted=areas.status)
        except VoteError as error:
            raise DataError("{field}: {error}", field=self.file.name, error=error.text) from error

    def _list(self, key: str) -> CandidateList:
        return CandidateList(
            self._letter(key),
            self.file.get("Navn", str, inside=self.lists[key]),
            [Candidate(name, self.votes[key][person]) for person, name in self._names(key).items()],
            self.list_votes[key],
            self.file.get("Opstillingsform", str, inside=self.lists[key]).lower(),
        )

    def published(self) -> Published:
        """Give what the authorities published."""
        file = self.mandates
        if file is None:
            raise AssertionError("asked for only where there is one")
        names = {key: self._names(key) for key in self.lists}
        seats = {self._letter(key): 0 for key in self.lists}
        for mandate in file.objects("ListeMandater"):
            seats[self._letter(self._stands(file, mandate))] += 1
        mandates = []
        for mandate in file.objects("PersonligeMandater"):
            key = self._stands(file, mandate)
            person = self._person(file, key, mandate, names)
            number, rank = (file.count(field, mandate) for field in ("Nummer", "NummerAnførtPåListen"))
            mandates.append(PublishedMandate(number, self._letter(key), person, rank))
        substitutes: dict[str, tuple[str, ...]] = {self._letter(key): () for key in self.lists}
        for a_list in file.objects("Kandidatliste"):
            key = self._stands(file, a_list)
            order = sorted(file.objects("Stedfortrædere", inside=a_list), key=lambda who: file.count("Nummer", who))
            substitutes[self._letter(key)] = tuple(self._person(file, key, who, names) for who in order)
        mandates.sort(key=lambda mandate: mandate.number)
        return Published(self.name, FrozenDict(seats), tuple(mandates), FrozenDict(substitutes))

    def _stands(self, file: _File, inside: Json) -> str:
        key: str = file.get("KandidatlisteId", str, inside=inside)
        if key not in self.lists:
            raise DataError(
                "{field}: the list {value} does not stand in {council}; is it another council's?",
                field=file.name,
                value=key,
                council=self.name,
            )
        return key

    def _person(self, file: _File, key: str, inside: Json, names: Mapping[str, Mapping[str, str]]) -> str:
        person: str = file.get("KandidatId", str, inside=inside)
        if person not in names[key]:
            raise DataError(
                "{field}: the candidate {value} does not stand on list {letter}",
                field=file.name,
                value=person,
                letter=self._letter(key),
            )
        return names[key][person]

    def warnings(self) -> Iterator[Warned]:
        """Tell who have one name on a list."""
        for key, people in self.people.items():
            names = [self.file.get("Navn", str, inside=person) for person in people.values()]
            for name in dict.fromkeys(names):
                if (number := names.count(name)) > 1:
                    yield Warned(
                        _(
                            "{number} candidates of list {list} have the name {name}; their places tell them apart.",
                            number=number,
                            list=self._letter(key),
                            name=name,
                        ),
                        "KRVL-21",
                    )

    def counts(self) -> CouncilCounts:
        """Give what was counted besides the lists' votes."""
        parties = {self._letter(key): party_of(self._letter(key), a_list["Navn"]) for key, a_list in self.lists.items()}
        return CouncilCounts(
            code=self.code,
            name=self.name,
            region="",
            polling_areas=sum(area.count is not Count.MISSING for area in self.chosen),
            parties=FrozenDict(parties),
            **self.sums,
        )


def _spelt(name: str) -> str:
    """Write a council's name so that all its spellings in the export are one: Fanø Kommune, Københavns."""
    return spelt(name).removesuffix("s")
