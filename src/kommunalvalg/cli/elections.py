"""Which election is asked about: an embedded one, one from an export or a file, or votes from a table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from kommunalvalg.ask.questions import AS_PUBLISHED
from kommunalvalg.cli.language import argument, option, speaking
from kommunalvalg.cli.options import FILE, Allied, Whole, encoding_option, pairs, thousands_option, votes_option
from kommunalvalg.cli.output import Question, Questions, progress, warn, warn_of_each
from kommunalvalg.elections.embedded import elections, names_like, spelt
from kommunalvalg.elections.figures import councils, is_regional
from kommunalvalg.elections.forecast import elsewhere
from kommunalvalg.elections.polling import PollingAreas
from kommunalvalg.elections.previous import Earlier
from kommunalvalg.errors import ElectionError, Warned
from kommunalvalg.files.json_files import read_json
from kommunalvalg.files.previous import previous_reader
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.files.valgdk import Export, read_valgdk
from kommunalvalg.text import N_, Word
from kommunalvalg.text import text as _
from kommunalvalg.votes import listed

__all__ = [
    "Source",
    "everywhere_option",
    "export_option",
    "read_export",
    "warn_of_earlier",
    "with_council",
    "with_election",
    "with_seats",
]

_F = TypeVar("_F", bound=Callable[..., Any])

export_option = option(
    "--export",
    "folder",
    type=FILE,
    metavar=N_("FOLDER"),
    help=N_("Read the election from the official export instead: a folder, or a .zip or .tar archive."),
)


partial_option = option(
    "--partial", is_flag=True, help=N_("With --export: what is counted so far, on a night that is not over.")
)


previous_option = option(
    "--previous",
    type=FILE,
    metavar=N_("FILE"),
    help=N_(
        "The election before, to say what changed: kv2013, an export, the web export of older elections, the table of "
        "Danmarks Statistik, a table of votes or a JSON file."
    ),
)


def warn_of_earlier(earlier: Earlier, council: str, areas: PollingAreas | None, told: list[Warned]) -> None:
    """Say what is to be known of an election before, and whether it may be of another council.

    Args:
        earlier: the election before.
        council: the council that it is compared with.
        areas: the council's polling areas; None where they are not known.
        told: what was said of its file already, to which this is added: a table of all councils warns of its columns
            once.
    """
    other = elsewhere(areas, earlier.areas, file=earlier.name, council=council) if areas else ()
    warn(each for each in (*earlier.warnings, *other) if each not in told)
    told.extend(earlier.warnings)


everywhere_option = option(
    "--all", "everywhere", is_flag=True, help=N_("All councils: one table, or a file for each in a folder.")
)


def with_council(command: _F) -> _F:
    """Add what says which council's election is asked about."""
    for add in (
        option("--election", "file", type=FILE, metavar=N_("FILE.json"), help=N_("Read one election from JSON.")),
        previous_option,
        partial_option,
        export_option,
        argument("council", required=False, metavar=N_("[COUNCIL]")),
        argument("election", required=False, metavar=N_("[ELECTION]")),
    ):
        command = add(command)
    return command


def with_election(command: _F) -> _F:
    """Add what says which election is asked about: a council's, or votes from a file with seats and alliances."""
    for add in (thousands_option, encoding_option, votes_option, everywhere_option):
        command = add(command)
    return with_council(command)


def with_seats(command: _F) -> _F:
    """Add what votes from a file do not say: how many seats there are, and who stand together."""
    alliances = option(
        "--alliance",
        "alliances",
        type=Allied(),
        multiple=True,
        metavar="A+F",
        help=N_("With --votes: who stand together; repeatable."),
    )
    for add in (alliances, option("--seats", type=Whole(1), help=N_("With --votes: how many seats there are."))):
        command = add(command)
    return command


@attrs.frozen(kw_only=True)
class Source:
    """Where an election comes from, as the options say."""

    election: str | None
    council: str | None
    folder: Path | None
    file: Path | None
    everywhere: bool = False
    partial: bool = False
    previous: Path | None = None
    votes_file: Path | None = None
    thousands: bool = False
    encoding: str = "utf-8"
    seats: int | None = None
    alliances: tuple[tuple[str, ...], ...] = ()
    _read: list[Export] = attrs.field(factory=list, init=False, eq=False, repr=False)

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> "Source":
        """Take the options out of what a command was called with."""
        fields = [each.name for each in attrs.fields(cls) if each.init]
        return cls(**{name: options.pop(name) for name in fields if name in options})

    def asked(self, about: Callable[[Question, str], Question], title: Word) -> Question | Questions:
        """Give the question about the election that is meant, or one about each.

        Args:
            about: what is asked of an election: the question that gives it, its name -> the question.
            title: what the report of all is called.
        """
        self._check_one()
        if not self.everywhere:
            name, question = self.one()
            return about(question, name)
        questions = {name: about(each, name) for name, each in self.every().items()}
        return Questions({**questions, **self.failed}, title, self._whose())

    @property
    def failed(self) -> Mapping[str, ElectionError]:
        """What is wrong with each council of the export that is damaged, and not among :meth:`every`."""
        return {} if self.folder is None else self._export().failed

    def _whose(self) -> Word:
        """Give the heading over the names of the councils."""
        regional = self.folder is None and self.election is not None and is_regional(self.election)
        return _("Region") if regional else _("Council")

    def _check_one(self) -> None:
        """Hold that the election comes from one place."""
        sources = {
            "--votes": self.votes_file,
            "--export": self.folder,
            "--election": self.file,
        }
        named = [name for name, value in sources.items() if value is not None]
        if len(named) > 1:
            raise ElectionError("{one} and {other}: an election comes from one of them", one=named[0], other=named[1])
        if self.partial and self.folder is None:
            raise ElectionError("--partial says how --export FOLDER is read; add it")
        if self.previous is not None and self.votes_file is not None:
            raise ElectionError("{one} and {other}: leave one of them out", one="--previous", other="--votes")
        if self.votes_file is not None and self.election is not None:
            raise ElectionError("an election is named, or given by --votes and --seats; not both")
        if self.votes_file is None and (self.seats is not None or self.alliances):
            raise ElectionError(
                "{council} has its own seats and alliances; others go with --votes FILE",
                council=self.council or self.election or _("The council"),
            )
        if (self.file is not None and self.election is not None) or (
            self.folder is not None and self.council is not None
        ):
            raise ElectionError("an election is named, or given by a file; not both")

    def one(self) -> tuple[str, Question]:
        """Give the name of the election that is meant, and the question that gives it."""
        if self.votes_file is not None:
            return self.votes_file.name, self._of_votes(self.votes_file)
        if self.file is not None:
            read = read_json(self.file)
            return read.name, {"case": read, **self._before()}
        if self.folder is not None:
            if self.election is None:
                raise ElectionError("name the COUNCIL of the export, or add --all")
            election = _of_export(self._export(), self.election, self.folder)
            warn(self._export().warnings.get(election.name, ()))
            return election.name, {"case": election, **self._before()}
        if self.election is not None and self.council is None and self.election in elections():
            raise ElectionError(
                N_("name a COUNCIL of {election}, such as {example}, or add --all")
                if any(each.name == "everywhere" for each in click.get_current_context().command.params)
                else N_("name a COUNCIL of {election}, such as {example}"),
                election=self.election,
                example=next(iter(councils(self.election))),
            )
        if self.council in elections() and self.election not in elections():
            raise ElectionError(
                "the ELECTION comes first: {election} {council}", election=self.council, council=self.election or ""
            )
        if self.election is None or self.council is None:
            of_votes = any(each.name == "votes_file" for each in click.get_current_context().command.params)
            raise ElectionError(
                N_(
                    "name an ELECTION and a COUNCIL, as in kv2025 Fanø; or give --votes FILE and --seats N, --export "
                    "FOLDER or --election FILE.json"
                )
                if of_votes
                else N_(
                    "name an ELECTION and a COUNCIL, as in kv2025 Fanø; or give --export FOLDER or --election FILE.json"
                )
            )
        from kommunalvalg.elections.figures import council  # noqa: PLC0415 - a name of a field here

        named = {"election": self.election, "council": self.council}
        return council(self.election, self.council).name, {**named, **self._before()}

    def _export(self) -> Export:
        """Read the export, once."""
        if not self._read and self.folder is not None:
            self._read.append(read_export(self.folder, partial=self.partial))
        return self._read[0]

    def left(self, name: str) -> Question:
        """Give the areas of a council of the export: those that are counted, and how many are not."""
        areas = self._export().areas[name]
        return {"areas": [dict(votes) for votes in areas.votes], "left": areas.left}

    def _before(self) -> Question:
        """Give what reads the election before, where one is asked for."""
        if self.previous is None:
            return {}
        reads = previous_reader(self.previous, encoding=self.encoding, several=self.everywhere)
        told: list[Warned] = []

        def read(council: str) -> Earlier:
            earlier = reads(council)
            warn_of_earlier(earlier, council, self._export().areas.get(council) if self.folder else None, told)
            return earlier

        return {"previous": read}

    def _of_votes(self, file: Path) -> Question:
        if self.seats is None:
            raise ElectionError("--votes FILE says nothing of the seats; add --seats N")
        votes = read_table(file, VOTES, thousands=self.thousands, encoding=self.encoding)
        warn(votes.warnings)
        return {
            "case": "proportional",
            "votes": pairs(votes),
            "seats": self.seats,
            "alliances": [list(names) for names in self.alliances],
        }

    def every(self) -> Mapping[str, Question]:
        """Give the questions that give each council's election, by name."""
        if self.council is not None or (self.folder is not None and self.election is not None):
            raise ElectionError("--all is all councils, and {council} is one", council=self.council or self.election)
        if self.folder is not None:
            export, before = self._export(), self._before()
            warn_of_each(export.warnings)
            return {name: {"case": each, **before} for name, each in export.items()}
        if self.election is None:
            raise ElectionError("--all is all councils of an ELECTION, as in kv2025 --all, or of --export FOLDER")
        # Without the lots as they fell, six of 2,432 seats of 2025 would be nobody's.
        embedded = {"election": self.election, "draws": AS_PUBLISHED, **self._before()}
        return {name: {"council": name, **embedded} for name in councils(self.election)}


def _of_export(export: Export, name: str, folder: Path) -> Any:  # noqa: ANN401 - a CouncilElection
    there = {**export, **export.failed}
    for known, found in there.items():
        if spelt(known) == spelt(name):
            if isinstance(found, ElectionError):
                raise found
            return found
    raise ElectionError(
        "{field} is {value}, which {folder} does not have; {hint}",
        field="council",
        value=name,
        folder=str(folder),
        hint=names_like(name, there) or _("it has {known}", known=listed(there)),
    )


def read_export(folder: Path, *, partial: bool = False) -> Export:
    """Read an export, with a bar where that takes long; a damaged council stops no other."""
    with progress(_("Reading the export"), None, lang=speaking()) as advance:
        return read_valgdk(folder, partial=partial, go_on=True, progress=advance)
