"""The official JSON export of results: a folder or an archive of files, put together to council elections.

The export has three kinds of files. *Kandidatdata* say who stands, on which lists, in which valgforbund, one file for
each council. *Valgresultater* say what was counted, one file for each polling area. *Mandatfordelinger* say who was
elected, one file for each council. They belong together by the identifiers of lists and candidates: names are spelt
in several ways, and a test file may bear the name of a real council.

What is left out is left out by one of the rules in :class:`Left`, and reported. What does not add up is refused.
"""

import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from kommunalvalg.council.election import Candidate, CandidateList, CouncilElection
from kommunalvalg.elections.figures import CouncilCounts, Published, PublishedMandate
from kommunalvalg.elections.parties import party_of
from kommunalvalg.errors import DataError, VoteError, shown
from kommunalvalg.files.paths import checked_path
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.text import N_
from kommunalvalg.votes import checked_count, listed

__all__ = ["Export", "Left", "LeftOut", "read_valgdk"]

Json: TypeAlias = dict[str, Any]

FINAL, PRELIMINARY = "Fintælling", "ForeløbigOptælling"


class Left(StrEnum):
    """Why a file of the export is left out."""

    NOT_JSON = "not a JSON file"
    OTHER_ELECTION = "another kind of election"
    OTHER_DAY = "another election day"
    BEFORE_ELECTION = "released before the election day"
    REPLACED = "a preliminary count that the final count replaces"


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
    reason: str


@attrs.frozen(eq=False)
class Export(Mapping[str, CouncilElection]):
    """An export as it was read: a mapping of council to its election, and what belongs to it.

    Attributes:
        elections: council -> election, by name.
        published: council -> what the authorities published, where the export has it.
        counts: council -> what was counted besides the lists' votes. The region is not in the export: it is "".
        left_out: the files that were left out.
        preliminary: whether preliminary counts were read.
    """

    elections: FrozenDict[str, CouncilElection]
    published: FrozenDict[str, Published]
    counts: FrozenDict[str, CouncilCounts]
    left_out: tuple[LeftOut, ...]
    preliminary: bool

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
    seats: Mapping[str, int] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Export:
    """Read the official JSON export of an election: every council, with all its figures checked.

    Args:
        folder: a folder with the files at any depth, or a .zip or .tar archive of them (compressed or not), which is
            read without unpacking it.
        kind: the kind of election (Valgart) to read.
        preliminary: whether preliminary counts are read where there is no final one; they are refused otherwise.
        seats: council -> its seats, where the export has no mandatfordeling to count them in.
        progress: called after each file with how many were read.

    Returns:
        A mapping of council name to election, with what was published and which files were left out by which rule.

    Raises:
        DataError: there is no export there; a file is broken or lacks a field; an area is there twice, is missing or
            has other lists than stand; figures do not add up (cast = valid + blank + invalid, list = list votes +
            personal votes, valid = the lists together); two files give the mandates of one council; counts are
            preliminary, or an area is not counted; the seats of a council are not known. The file is named.

    >>> read_valgdk("no-such-folder")
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.DataError: no-such-folder is neither a folder nor a .zip or .tar archive
    """
    pile = _Pile(kind, preliminary=preliminary)
    for number, (name, content) in enumerate(_files(checked_path(folder)), start=1):
        pile.add(name, content)
        if progress is not None:
            progress(number)
    return pile.export(folder, dict(seats or {}))


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file's name and content, in the order of the names where that costs nothing."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                yield file.relative_to(path).as_posix(), file.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    yield entry.filename, archive.read(entry)
    elif path.is_file() and tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, content.read()
    else:
        raise DataError(f"{path} is neither a folder nor a .zip or .tar archive")


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
            raise DataError(f"{self.name}: {key} is {shown(value)}; the file lacks a field or has another meaning")
        return value

    def count(self, key: str, inside: Json | None = None) -> int:
        """Give a field that is a count."""
        try:
            return checked_count(key, (self.says if inside is None else inside).get(key), what=N_("a vote count"))
        except VoteError as error:
            raise DataError(f"{self.name}: {error}") from error

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
            raise DataError(f"{self.name}: {key} is {shown(text)}; a date is written dd-mm-yyyy") from None


class _Pile:
    """The files of an export, sorted by kind."""

    def __init__(self, kind: str, *, preliminary: bool) -> None:
        self.kind = kind
        self.preliminary = preliminary
        self.has_preliminary = False
        self.left_out: list[LeftOut] = []
        self.candidates: list[_File] = []
        self.results: list[_File] = []
        self.mandates: list[_File] = []

    def leave_out(self, name: str, rule: Left, reason: str) -> None:
        self.left_out.append(LeftOut(name, rule, reason))

    def add(self, name: str, content: bytes) -> None:
        """Put a file on its pile, or leave it out."""
        if not name.lower().endswith(".json"):
            self.leave_out(name, Left.NOT_JSON, f"the name ends in {Path(name).suffix or 'nothing'}")
            return
        try:
            says = json.loads(content.decode("utf-8-sig"))
        except ValueError as error:
            raise DataError(f"{name} is not JSON: {error}") from error
        if not isinstance(says, dict):
            raise DataError(f"{name} holds {shown(says)}; a file of the export holds named fields")
        file = _File(name, says)
        if (kind := file.get("Valgart", str)) != self.kind:
            self.leave_out(name, Left.OTHER_ELECTION, f"Valgart is {kind}")
        elif "PersonligeMandater" in says:
            self.mandates.append(file)
        elif "AfgivneStemmer" in says:
            self.results.append(file)
        elif "Valgforbund" in says:
            self.candidates.append(file)
        else:
            raise DataError(f"{name} is neither kandidatdata, valgresultater nor mandatfordeling")

    def export(self, source: str | Path, seats: dict[str, int]) -> Export:
        """Put the files together."""
        day = self._election_day(source)
        councils = self._councils()
        self._hand_out_results(councils, day)
        self._hand_out_mandates(councils, day)
        names = [council.name for council in councils]
        if unknown := [name for name in seats if name not in names]:
            raise DataError(f"seats names {shown(unknown[0])}; the councils are {listed(names)}")
        councils.sort(key=lambda council: council.code)
        for council in councils:
            council.settle(self)
        return Export(
            FrozenDict({council.name: council.election(day.year, seats.get(council.name)) for council in councils}),
            FrozenDict({council.name: council.published() for council in councils if council.mandates}),
            FrozenDict({council.name: council.counts() for council in councils}),
            tuple(self.left_out),
            self.has_preliminary,
        )

    def _election_day(self, source: str | Path) -> date:
        """Give the one day on which the lists stand."""
        if not self.candidates:
            raise DataError(f"{source} has no kandidatdata of a {self.kind}; they say which lists stand")
        first, *others = sorted(self.candidates, key=lambda file: (file.day(), file.name))
        for file in others:
            if file.day() != first.day():
                raise DataError(
                    f"{source} mixes election days: {first.day()} in {first.name}, {file.day()} in {file.name}; "
                    "read one election at a time"
                )
        return first.day()

    def _councils(self) -> list["_Council"]:
        councils: dict[str, _Council] = {}
        for file in self.candidates:
            council = _Council(file)
            if council.name in councils:
                raise DataError(f"{file.name}: {council.name} stands in {councils[council.name].file.name} already")
            councils[council.name] = council
        return list(councils.values())

    def _hand_out_results(self, councils: list["_Council"], day: date) -> None:
        """Give each area's results to the council whose lists they count; names are spelt too differently."""
        home = {key: council for council in councils for key in council.lists}
        for file in self._of_the_day(self.results, day):
            ids = [file.get("KandidatlisteId", str, inside=a_list) for a_list in file.get("Kandidatlister", list)]
            known = next((home[key] for key in ids if key in home), None)
            if known is None:
                raise DataError(f"{file.name}: none of its lists is in any kandidatdata")
            known.add_area(file, ids)

    def _hand_out_mandates(self, councils: list["_Council"], day: date) -> None:
        """Give the published mandates to their councils; nobody is elected before the election day."""
        by_code = {council.code: council for council in councils if council.areas}
        for file in self._of_the_day(self.mandates, day):
            if file.released() < day:
                self.leave_out(file.name, Left.BEFORE_ELECTION, f"released {file.released()}, election day {day}")
                continue
            code = file.get("Kommunekode", int)
            if code not in by_code:
                raise DataError(f"{file.name}: Kommunekode is {code}, of a council without results")
            by_code[code].add_mandates(file)

    def _of_the_day(self, files: list[_File], day: date) -> Iterator[_File]:
        for file in files:
            if file.day() == day:
                yield file
            else:
                self.leave_out(file.name, Left.OTHER_DAY, f"Valgdag {file.day()}, where the lists stand on {day}")


class _Council:
    """One council: who stands there, and the files that belong to it."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.name: str = file.get("Kommune", str)
        self.areas: dict[int, list[_File]] = {}
        self.mandates: _File | None = None
        self.lists: dict[str, Json] = {}
        for a_list in sorted(file.get("Kandidatlister", list), key=self._place):
            key = file.get("KandidatlisteId", str, inside=a_list)
            if key in self.lists:
                raise DataError(f"{file.name}: the list {key} is there twice")
            self.lists[key] = a_list
        self.people = {
            key: {file.get("Id", str, inside=person): person for person in self._people(a_list)}
            for key, a_list in self.lists.items()
        }
        self.list_votes = dict.fromkeys(self.lists, 0)
        self.votes = {key: dict.fromkeys(people, 0) for key, people in self.people.items()}
        self.sums = dict.fromkeys(("eligible", "cast", "valid", "blank", "invalid"), 0)

    def _place(self, inside: Json) -> int:
        place: int = self.file.get("Stemmeseddelsplacering", int, inside=inside)
        return place

    def _people(self, a_list: Json) -> list[Json]:
        return sorted(self.file.get("Kandidater", list, inside=a_list), key=self._place)

    @property
    def code(self) -> int:
        """The kommunekode, which only the results give."""
        code: int = self._any_area().get("Kommunekode", int)
        return code

    def _any_area(self) -> _File:
        if not self.areas:
            raise DataError(f"{self.file.name}: no results of {self.name} are in the export")
        return next(iter(self.areas.values()))[0]

    def add_area(self, file: _File, ids: list[str]) -> None:
        """Take the results of one polling area."""
        if set(ids) != set(self.lists) or len(set(ids)) != len(ids):
            raise DataError(f"{file.name}: {len(ids)} lists; in {self.name} stand {len(self.lists)} others or more")
        if self.areas and file.get("Kommunekode", int) != self.code:
            raise DataError(f"{file.name}: Kommunekode is {file.says['Kommunekode']}; its lists are of {self.code}")
        self.areas.setdefault(file.get("AfstemningsområdeDagiId", int), []).append(file)

    def add_mandates(self, file: _File) -> None:
        """Take the published mandates."""
        if self.mandates is not None:
            raise DataError(f"{file.name}: the mandates of {self.name} are in {self.mandates.name} already")
        self.mandates = file

    def settle(self, pile: _Pile) -> None:
        """Choose one count for each area, and add them up."""
        self._any_area()
        for files in self.areas.values():
            final = [file for file in files if file.get("Resultatart", str) == FINAL]
            for file in files if final else []:
                if file.says["Resultatart"] == PRELIMINARY:
                    pile.leave_out(file.name, Left.REPLACED, f"{final[0].name} is the final count")
            chosen = final or [file for file in files if file.says["Resultatart"] == PRELIMINARY]
            if not chosen:
                raise DataError(
                    f"{files[0].name}: Resultatart is {shown(files[0].says['Resultatart'])}; the area is not counted"
                )
            if len(chosen) > 1:
                raise DataError(f"{chosen[1].name}: the same area as in {chosen[0].name}; each is counted once")
            if not final and not pile.preliminary:
                raise DataError(f"{chosen[0].name} is a preliminary count; they are read only when asked for")
            pile.has_preliminary |= not final
            self._add(chosen[0])
        self._check_areas()

    def _check_areas(self) -> None:
        """Hold the areas read against those that the published mandates rest on."""
        based_on = self.mandates.says.get("BaseretPåOptællinger") if self.mandates else None
        if not self.mandates or not isinstance(based_on, list):
            return
        areas = {self.mandates.get("AfstemningsområdeDagiId", int, inside=area) for area in based_on}
        if areas != set(self.areas):
            missing, more = sorted(areas - set(self.areas)), sorted(set(self.areas) - areas)
            raise DataError(
                f"{self.mandates.name}: it rests on {len(areas)} areas of {self.name}, {len(self.areas)} were read "
                f"(missing: {listed(map(str, missing)) or 'none'}; more: {listed(map(str, more)) or 'none'})"
            )

    def _add(self, file: _File) -> None:
        """Add the counts of one polling area, having checked that they add up."""
        cast, valid = file.count("AfgivneStemmer"), file.count("GyldigeStemmer")
        blank = file.count("BlankeUgyldigeFremmødteStemmer") + file.count("BlankeUgyldigeBrevstemmer")
        invalid = file.count("UgyldigeStemmerUdoverBlanke")
        if cast != valid + blank + invalid:
            raise DataError(f"{file.name}: {cast} votes cast are not valid {valid} + blank {blank} + invalid {invalid}")
        together = sum(self._add_list(file, a_list) for a_list in file.get("Kandidatlister", list))
        if together != valid:
            raise DataError(f"{file.name}: {valid} valid votes; the lists have {together} together")
        eligible = file.count("AntalStemmeberettigedeVælgere")
        for what, count in zip(self.sums, (eligible, cast, valid, blank, invalid), strict=True):
            self.sums[what] += count

    def _add_list(self, file: _File, a_list: Json) -> int:
        """Add the counts of one list in one polling area, and give its votes there."""
        key, letter = a_list["KandidatlisteId"], a_list.get("Bogstavbetegnelse")
        votes, list_votes = file.count("Stemmer", a_list), file.count("Listestemmer", a_list)
        personal = {
            file.get("Id", str, inside=person): file.count("Stemmer", person)
            for person in file.get("Kandidater", list, inside=a_list)
        }
        if personal.keys() != self.people[key].keys():
            raise DataError(f"{file.name}: list {letter} has other candidates than stand")
        if votes != list_votes + sum(personal.values()):
            raise DataError(
                f"{file.name}: the {votes} votes of list {letter} are not list votes {list_votes} + "
                f"personal votes {sum(personal.values())}"
            )
        self.list_votes[key] += list_votes
        for person, count in personal.items():
            self.votes[key][person] += count
        return votes

    def _names(self, key: str) -> dict[str, str]:
        """Give the candidates' names by identifier; two of one name are told apart by their place on the ballot."""
        names = {person: str(self.file.get("Navn", str, inside=says)) for person, says in self.people[key].items()}
        given = list(names.values())
        return {
            person: f"{name} ({self._place(self.people[key][person])})" if given.count(name) > 1 else name
            for person, name in names.items()
        }

    def _letter(self, key: str) -> str:
        letter: str = self.file.get("Bogstavbetegnelse", str, inside=self.lists[key])
        return letter

    def election(self, year: int, seats: int | None) -> CouncilElection:
        """Make the election; the seats are those that were distributed, unless they are given."""
        if seats is None:
            if self.mandates is None:
                raise DataError(f"{self.file.name}: no mandatfordeling of {self.name} is in the export; give its seats")
            seats = len(self.mandates.get("ListeMandater", list))
        alliances = []
        for valgforbund in self.file.get("Valgforbund", list):
            members = self.file.get("KandidatlisteId", list, inside=valgforbund)
            if unknown := [key for key in members if key not in self.lists]:
                raise DataError(
                    f"{self.file.name}: a valgforbund has the list {shown(unknown[0])}, which does not stand"
                )
            alliances.append([self._letter(key) for key in members])
        try:
            return CouncilElection(self.name, seats, map(self._list, self.lists), alliances, year)
        except VoteError as error:
            raise DataError(f"{self.file.name}: {error}") from error

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
        for mandate in file.get("ListeMandater", list):
            seats[self._letter(self._stands(file, mandate))] += 1
        mandates = []
        for mandate in file.get("PersonligeMandater", list):
            key = self._stands(file, mandate)
            person = self._person(file, key, mandate, names)
            number, rank = (file.count(field, mandate) for field in ("Nummer", "NummerAnførtPåListen"))
            mandates.append(PublishedMandate(number, self._letter(key), person, rank))
        substitutes: dict[str, tuple[str, ...]] = {self._letter(key): () for key in self.lists}
        for a_list in file.get("Kandidatliste", list):
            key = self._stands(file, a_list)
            order = sorted(file.get("Stedfortrædere", list, inside=a_list), key=lambda who: file.count("Nummer", who))
            substitutes[self._letter(key)] = tuple(self._person(file, key, who, names) for who in order)
        mandates.sort(key=lambda mandate: mandate.number)
        return Published(self.name, FrozenDict(seats), tuple(mandates), FrozenDict(substitutes))

    def _stands(self, file: _File, inside: Json) -> str:
        key: str = file.get("KandidatlisteId", str, inside=inside)
        if key not in self.lists:
            raise DataError(
                f"{file.name}: the list {shown(key)} does not stand in {self.name}; is it another council's?"
            )
        return key

    def _person(self, file: _File, key: str, inside: Json, names: Mapping[str, Mapping[str, str]]) -> str:
        person: str = file.get("KandidatId", str, inside=inside)
        if person not in names[key]:
            raise DataError(f"{file.name}: the candidate {shown(person)} does not stand on list {self._letter(key)}")
        return names[key][person]

    def counts(self) -> CouncilCounts:
        """Give what was counted besides the lists' votes."""
        parties = {self._letter(key): party_of(self._letter(key), a_list["Navn"]) for key, a_list in self.lists.items()}
        return CouncilCounts(
            code=self.code,
            name=self.name,
            region="",
            polling_areas=len(self.areas),
            parties=FrozenDict(parties),
            **self.sums,
        )
