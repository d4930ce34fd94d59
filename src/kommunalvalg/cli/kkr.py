"""``kkr``: the composition of a kommunekontaktråd, and its chairs."""

from pathlib import Path
from typing import Any

from kommunalvalg.ask.kkr import ELECTION
from kommunalvalg.cli.language import argument, option
from kommunalvalg.cli.options import (
    FILE,
    Allied,
    Choice,
    Count,
    Whole,
    apart,
    encoding_option,
    pairs,
    thousands_option,
    unquoted,
    votes_option,
)
from kommunalvalg.cli.output import Question, Questions, command, warn
from kommunalvalg.elections.compositions import kkrs
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.files.mayors import is_by_municipality, read_mayors
from kommunalvalg.files.tables import VOTES, read_table
from kommunalvalg.kkr.composition import METHODS
from kommunalvalg.text import N_
from kommunalvalg.text import text as _

__all__ = ["kkr_command"]

_MAYORS = ("mayors", "borgmestre")


@command(
    "kkr",
    does=N_(
        "Compose a kommunekontaktråd, or elect its chairs: an embedded one by NAME, one of a region with mayors from a "
        "file, or one from files."
    ),
    examples=(
        "kommunalvalg kkr hovedstaden-2026",
        "kommunalvalg kkr hovedstaden-2026 --chairs --valgforbund A+F+Ø --valgforbund C+V+I+O",
        "kommunalvalg kkr --all",
        'kommunalvalg kkr --region Nordjylland --mayors mayors.csv --name "KKR Nordjylland"',
        "kommunalvalg kkr --votes votes.csv --mayors mayors.csv --municipalities 29",
    ),
    fields={"alliances": "--valgforbund", "mayors": "--mayors", "listesamarbejder": "--listesamarbejde"},
    explain=True,
    plot=True,
    lots=True,
    table=True,
)
@argument("kkr", required=False, metavar=N_("[NAME]"))
@option("--all", "everywhere", is_flag=True, help=N_("All embedded KKR, and what each method would give."))
@option("--region", metavar=N_("REGION"), help=N_("The votes are those of 2025 in this region."))
@option("--name", metavar=N_("TEXT"), help=N_("What the KKR is called."))
@option(
    "--listesamarbejde",
    "cooperations",
    multiple=True,
    metavar=N_('"NAME=MUNICIPALITY:LETTER,..."'),
    help=N_("With --region: local lists that count like a party; repeatable."),
)
@votes_option
@option(
    "--mayors",
    "mayors_file",
    type=FILE,
    metavar=N_("FILE"),
    help=N_("A CSV file: party, mayors; with --region also municipality, party."),
)
@option("--municipalities", type=Whole(), help=N_("How many municipalities the area has."))
@option("--total-votes", type=Count(), help=N_("All valid votes of the area; without it, the sum of the file."))
@option(
    "--cast-votes",
    type=Count(),
    help=N_("All votes cast, blank and invalid included; without it, the valid votes."),
)
@option(
    "--represented",
    multiple=True,
    metavar=N_("PARTY"),
    help=N_("A party that holds a seat; repeatable, or A,B,C."),
)
@option("--method", type=Choice(METHODS), default=METHODS[0], show_default=True, help=N_("How to find the seats."))
@encoding_option
@option("--mayors-encoding", metavar=N_("TEXT"), help=N_("The encoding of the mayors' file, where it is another."))
@option("--chairs", "with_chairs", is_flag=True, help=N_("Elect chair and vice chair; the next two imply it."))
@option(
    "--valgforbund", type=Allied(), multiple=True, metavar="A+F", help=N_("Parties that stand together; repeatable.")
)
@option(
    "--meeting",
    metavar=N_("YYYY-MM-DD"),
    help=N_("The day of the meeting, to tell by when a valgforbund is to be notified."),
)
@option("--composition", is_flag=True, help=N_("With --chairs: the composition as well, in one report."))
@thousands_option
def kkr_command(
    kkr: str | None,
    everywhere: bool,  # noqa: FBT001 - click calls it by name
    method: str,
    with_chairs: bool,  # noqa: FBT001 - click calls it by name
    valgforbund: tuple[tuple[str, ...], ...],
    meeting: str | None,
    composition: bool,  # noqa: FBT001 - click calls it by name
    **given: Any,  # noqa: ANN401 - what click has read
) -> Question | Questions:
    """Ask for the composition of a KKR, or for its chairs."""
    if everywhere:
        if kkr is not None or any(given[name] is not None for name in ("region", "votes_file", "mayors_file")):
            raise ElectionError("--all is all embedded KKR; a KKR is named, or given by files, without it")
        each = {name: {"case": "kkr-methods", "of": {"kkr": name}} for name in kkrs()}
        return Questions(each, _("All embedded KKR, by each method"), "KKR")
    question = {**_of_which(kkr, **given), "method": method}
    if not (with_chairs or valgforbund or meeting is not None):
        return question
    return {
        "case": "kkr-constitution" if composition else "kkr-chairs",
        "of": question,
        "alliances": [list(parties) for parties in valgforbund],
        "meeting": meeting,
    }


def _of_which(
    kkr: str | None,
    *,
    region: str | None,
    name: str | None,
    cooperations: tuple[str, ...],
    votes_file: Path | None,
    mayors_file: Path | None,
    municipalities: int | None,
    total_votes: int | None,
    cast_votes: int | None,
    represented: tuple[str, ...],
    encoding: str,
    mayors_encoding: str | None,
    thousands: bool,
) -> dict[str, Any]:
    """Give the question of the KKR that is meant: a named one, a region's, or one from files."""
    if kkr is not None:
        if any(each is not None for each in (votes_file, mayors_file, municipalities, region)):
            raise ElectionError("a KKR is named, or given by --votes, --mayors and --municipalities; not both")
        if cooperations:
            raise ElectionError("--listesamarbejde goes with --region; an embedded KKR has its own")
        return {"kkr": kkr}
    if region is not None and mayors_file is None:
        raise ElectionError("--region says nothing of the mayors; add --mayors FILE")
    if mayors_file is None or (region is None and (votes_file is None or municipalities is None)):
        raise ElectionError(
            "name a KKR ({names}), or give --votes FILE, --mayors FILE and --municipalities N, or --region REGION and "
            "--mayors FILE",
            names=", ".join(kkrs()),
        )
    mayors = _mayors(mayors_file, region, encoding=mayors_encoding or encoding, thousands=thousands)
    called = {} if name is None else {"name": name}
    if region is not None:
        if votes_file is not None or municipalities is not None:
            raise ElectionError("--region has its own votes and municipalities; others go without it")
        return {
            "case": "kkr",
            "region": region,
            "election": ELECTION,
            "mayors": mayors,
            "listesamarbejder": dict(map(_cooperation, cooperations)),
            **called,
        }
    votes = read_table(str(votes_file), VOTES, thousands=thousands, encoding=encoding)
    warn(votes.warnings)
    parties = [unquoted(party) for text in represented for party in apart(text, ",")]
    optional = {"total_votes": total_votes, "cast_votes": cast_votes, "represented": parties or None}
    return {
        "case": "kkr",
        "votes": pairs(votes),
        "mayors": mayors,
        "municipalities": municipalities,
        **called,
        **{field: value for field, value in optional.items() if value is not None},
    }


def _mayors(file: Path, region: str | None, *, encoding: str, thousands: bool) -> dict[str, int | str]:
    """Read the mayors of each party, or the party of the mayor of each municipality of a region."""
    if not is_by_municipality(file, encoding=encoding):
        return dict(read_table(file, _MAYORS, thousands=thousands, encoding=encoding))
    if region is None:
        raise ElectionError(
            "{file} has the mayor of each municipality, and whose lists those are is known of the regions alone; add "
            "--region, or write party and mayors",
            file=file.name,
        )
    mayors, warnings = read_mayors(file, ELECTION, region, encoding=encoding)
    warn(warnings)
    return dict(mayors)


def _cooperation(text: str) -> tuple[str, list[list[str]]]:
    name, *lists = apart(text, "=")
    members = [[unquoted(part) for part in apart(each, ":")] for each in apart("".join(lists), ",")]
    if len(lists) != 1 or any(len(member) != len(("municipality", "letter")) for member in members):
        raise VoteError(
            "{field} is {value}; write its name and its local lists: {example}",
            field="--listesamarbejde",
            value=text,
            example='"Lokallisterne=Guldborgsund:L,Lolland:L"',
        )
    return unquoted(name), members
