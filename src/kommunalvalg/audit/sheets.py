"""The papers of an audit as tables for a spreadsheet: where the ballots are, which to read, what was read.

They are written in UTF-8 with a byte order mark, with semicolons in Danish and commas in English, as spreadsheets in
the two languages open them. Either is read, with headings in either language.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from kommunalvalg.audit.ballots import BLANK, WORDS, Reading, ballot_said
from kommunalvalg.audit.evaluation import Readings
from kommunalvalg.audit.sampling import Ballot, Bundle, Manifest, Sample
from kommunalvalg.errors import DataError, VoteError
from kommunalvalg.files.fields import column_of, line_of, whole_number
from kommunalvalg.files.paths import checked_path
from kommunalvalg.files.text_files import rows_of
from kommunalvalg.files.writing import write_whole, writing
from kommunalvalg.text import LANGUAGES, Text
from kommunalvalg.votes import listed

__all__ = ["read_manifest", "read_readings", "write_manifest", "write_sheet"]

_HEADINGS = {
    "bundle": ("bundle", "bundt", "pakke"),
    "list": ("list", "liste"),
    "candidate": ("candidate", "kandidat"),
    "area": ("area", "område", "afstemningsområde"),
    "ballots": ("ballots", "sedler", "antal"),
    "ballot": ("ballot", "seddel"),
    "draws": ("draws", "træk"),
    "sample": ("sample", "udtræk"),
}
"""What each column is headed: in English, in Danish, and what else is read."""

_NO_VOTE = ("blank/invalid", "blank/ugyldig")


def write_manifest(path: str | Path, manifest: Manifest, *, lang: str = "da") -> None:
    r"""Write where the ballots are, a row for each bundle.

    Args:
        path: the file.
        manifest: the bundles; :func:`.packages` gives those that follow from the count.
        lang: "da" or "en".

    Raises:
        DataError: the file cannot be written.
        VoteError: the language is neither.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "manifest.csv"
    ...     write_manifest(file, Manifest([Bundle("1", "A", 60, area="Rødby"), Bundle("2", "", 5)]), lang="en")
    ...     print(file.read_text(encoding="utf-8-sig"))
    ...     read_manifest(file).ballots
    bundle,list,candidate,area,ballots
    1,A,,Rødby,60
    2,blank/invalid,,,5
    <BLANKLINE>
    65
    """
    nobody = _NO_VOTE[_language(lang)]
    rows = ((each.name, each.list or nobody, each.candidate, each.area, each.ballots) for each in manifest.bundles)
    _write(path, ("bundle", "list", "candidate", "area", "ballots"), rows, lang)


def read_manifest(path: str | Path, *, thousands: bool = False, encoding: str = "utf-8") -> Manifest:
    r"""Read where the ballots are: a table headed bundle, list and ballots, and candidate and area where known.

    In Danish that is bundt, liste, sedler or antal, kandidat, område. Blank and invalid ballots have the list
    "blank/ugyldig", "blank" or "ugyldig".

    Args:
        path: the file.
        thousands: whether a number may be written with thousands separated the Danish way, as 1.234.
        encoding: how the file is encoded.

    Raises:
        DataError: the file cannot be read or is none, a column is missing or there twice, or a bundle is none or there
            twice; with the file's name and the line's number.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "manifest.csv"
    ...     _ = file.write_text("bundt;liste;antal\nPakke 7;A;412\nPakke 9;ugyldig;12\n", encoding="utf-8")
    ...     [(each.name, each.list, each.ballots) for each in read_manifest(file).bundles]
    [('Pakke 7', 'A', 412), ('Pakke 9', '', 12)]
    """
    file = checked_path(path)
    lines: dict[str, int] = {}
    bundles = []
    for line, row in _table(file, encoding, ("bundle", "list", "ballots"), ("candidate", "area")):
        with _at(file, line):
            bundle = Bundle(
                row["bundle"],
                _list(row["list"]),
                whole_number(row["ballots"], thousands=thousands),
                row["candidate"],
                row["area"],
            )
            if bundle.name in lines:
                raise VoteError(
                    "bundle {value} stands in line {line} already",
                    field="bundle",
                    value=bundle.name,
                    line=lines[bundle.name],
                )
        lines[bundle.name] = line
        bundles.append(bundle)
    return Manifest(bundles)


def _list(text: str) -> str:
    if not text:
        raise VoteError(
            "the list is empty; blank and invalid ballots have the list {words}",
            field="list",
            value=text,
            words=" / ".join(_NO_VOTE),
        )
    return "" if text.casefold() in _NO_VOTE or WORDS.get(text.casefold()) is BLANK else text


def write_sheet(path: str | Path, sample: Sample, *, read: Readings | None = None, lang: str = "da") -> None:
    """Write which ballots are to be read, a row for each, bundle by bundle, with room for what they are.

    Args:
        path: the file.
        sample: the ballots that were drawn.
        read: what was read before; those ballots are left out.
        lang: "da" or "en".

    Raises:
        DataError: the file cannot be written.
        VoteError: the language is neither.

    >>> from tempfile import TemporaryDirectory
    >>> from kommunalvalg import proportional_election
    >>> from kommunalvalg.audit.planning import plan
    >>> from kommunalvalg.audit.sampling import packages, sample
    >>> whole = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000)
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "sheet.csv"
    ...     write_sheet(file, sample(packages(whole), whole, 20251118), lang="en")
    ...     print(file.read_text(encoding="utf-8-sig").splitlines()[0])
    sample,bundle,ballot,area,draws,list
    """
    rows = (
        (sample.code, bundle, number, sample.manifest.by_name[bundle].area, " ".join(map(str, draws)), "", "")
        for (bundle, number), draws in sample.ballots.items()
        if read is None or (bundle, number) not in read.readings
    )
    tested = sample.plan.case.candidates
    kinds = ("sample", "bundle", "ballot", "area", "draws", "list", "candidate")[: None if tested else -1]
    _write(path, kinds, (row[: len(kinds)] for row in rows), lang)


def read_readings(*paths: str | Path, encoding: str = "utf-8") -> Readings:
    r"""Read what people read off the ballots: the sheet, filled in, or several of them.

    In the column list (liste) stands the list that the vote is for, or blank, ugyldig (invalid), ulæselig (unreadable)
    or mangler (missing). The order of the rows says nothing: the sample knows in which order the ballots were drawn.

    Args:
        paths: the files.
        encoding: how they are encoded.

    Raises:
        DataError: a file cannot be read or is none, a column is missing or there twice, a ballot is not read or read
            twice, or the rows are of several samples; with the file's name and the line's number.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "sheet.csv"
    ...     _ = file.write_text("bundt;seddel;liste\nPakke 7;33;A\nPakke 7;48;mangler\n", encoding="utf-8")
    ...     read_readings(file).readings
    {('Pakke 7', 33): 'A', ('Pakke 7', 48): 'mangler'}
    """
    readings: dict[Ballot, Reading | str] = {}
    lines: dict[Ballot, Text] = {}
    code = ""
    for file in map(checked_path, paths):
        for line, row in _table(file, encoding, ("bundle", "ballot", "list"), ("candidate", "sample")):
            with _at(file, line):
                ballot = (row["bundle"], whole_number(row["ballot"]))
                if ballot in readings:
                    raise VoteError(
                        "{ballot} stands in {where} already",
                        field="ballot",
                        value=ballot,
                        ballot=ballot_said(ballot),
                        where=lines[ballot],
                    )
                if not row["list"]:
                    raise VoteError(
                        "the ballot is not read; write what it is, or mangler (missing) or ulæselig (unreadable)"
                    )
                code = code or row["sample"]
                if row["sample"] != code:
                    raise VoteError(
                        "the row is of sample {value}, and those before of {code}",
                        field="sample",
                        value=row["sample"],
                        code=repr(code),
                    )
            lines[ballot] = line_of(file, line)
            readings[ballot] = Reading(row["list"], row["candidate"]) if row["candidate"] else row["list"]
    return Readings(readings, code)


def _language(lang: object) -> bool:
    """Tell whether the language is Danish."""
    if lang not in LANGUAGES:
        raise VoteError(
            "{field} is {value}; it is one of {choices}",
            field="lang",
            value=lang,
            choices=listed(map(repr, LANGUAGES)),
        )
    return lang == "da"


def _write(path: str | Path, kinds: Iterable[str], rows: Iterable[Iterable[object]], lang: str) -> None:
    danish = _language(lang)
    file = checked_path(path)
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if danish else ",", lineterminator="\n")
    writer.writerow(_HEADINGS[kind][danish] for kind in kinds)
    writer.writerows(rows)
    with writing(file):
        write_whole(file, out.getvalue().encode("utf-8-sig"))


def _table(
    file: Path, encoding: str, needed: Iterable[str], known: Iterable[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the line number and the fields by kind of each row; what has no column is empty."""
    rows = rows_of(file, encoding)
    line, header = next(rows, (1, []))
    headings = [" ".join(heading.split()).casefold() for heading in header]
    columns = {kind: column_of(file, line, headings, _HEADINGS[kind]) for kind in needed}
    for kind in known:
        if not set(_HEADINGS[kind]).isdisjoint(headings):
            columns[kind] = column_of(file, line, headings, _HEADINGS[kind])
    none = dict.fromkeys(known, "")
    for line, row in rows:
        yield line, none | {kind: row[at].strip() for kind, at in columns.items()}


@contextmanager
def _at(file: Path, line: int) -> Iterator[None]:
    """Say of what is refused in which line it stands."""
    try:
        yield
    except VoteError as error:
        raise DataError("{field}: {error}", field=line_of(file, line), error=error.text) from error
