"""All councils in one call, elections of one's own, and the commands of a council's meeting."""

from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from commands import ENGLISH, Run
from exports import export, made, write

from kommunalvalg import ask, data, report
from kommunalvalg.cli.elections import Source
from kommunalvalg.cli.output import Questions, warn_of_each
from kommunalvalg.elections.embedded import on_day
from kommunalvalg.errors import Warned
from kommunalvalg.text import text


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """An official export of one council."""
    return str(write(export(), tmp_path / "export"))


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Fanø's election as a JSON file."""
    data.write_json(data.council("kv2025", "Fanø"), tmp_path / "fanø.json")
    return str(tmp_path / "fanø.json")


# All at once


def test_all_councils_are_one_table_with_the_lots_as_they_fell(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Every list of every council is a row; together they have all seats, and nothing is left to say."""
    target = tmp_path / "kv2025.csv"
    run = Run(capsys, "council", "kv2025", "--all", "-o", str(target), *ENGLISH)
    assert (run.status, run.err) == (0, "")
    frame = import_module("pandas").read_csv(target)
    assert (frame["Council"].nunique(), frame["Seats"].sum()) == (98, 2432)


@pytest.mark.parametrize("name", ["rv2025.xlsx", "rv2025.parquet"])
def test_all_councils_are_read_by_other_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    """A workbook and a Parquet file have numbers where numbers belong; another table can be asked for."""
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")
    words = ("council", "rv2025", "--all", "--table", "mandates", "-o", str(tmp_path / name))
    assert Run(capsys, *words).status == 0
    if name.endswith("xlsx"):
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / name).worksheets[-1].rows]
        assert (len(rows), rows[1][:2]) == (135, ["Midtjylland", 1])
    else:
        frame = import_module("pandas").read_parquet(tmp_path / name)
        assert (len(frame), frame["number"].dtype.kind, frame["council"].iloc[0]) == (134, "i", "Midtjylland")


def test_parquet_of_all_councils_is_the_tidy_frame(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What R and DuckDB read has the columns of the frame; a council that fails has a row with what is wrong."""
    pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")
    read, frames = import_module("pandas").read_parquet, report.to_frame(data.results("rv2025"), "pandas")
    assert Run(capsys, "council", "rv2025", "--all", "-o", str(tmp_path / "rv2025.parquet")).status == 0
    import_module("pandas").testing.assert_frame_equal(read(tmp_path / "rv2025.parquet"), frames)
    fanoe = made(next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø"))
    files = {**export(), **fanoe, "v-Kommunalvalg-Øby_Kommune-Nord.json": b"{"}
    words = ("council", "--export", str(write(files, tmp_path / "export")), "--all", "-o", str(tmp_path / "x.parquet"))
    assert Run(capsys, *words).status == 1
    frame = read(tmp_path / "x.parquet").set_index("council")
    assert frame["error"].notna().sum() == 1
    assert "Nord.json" in frame.loc["Øby", "error"]
    assert (frame.loc["Øby", "election"], frame["code"].dtype) == ("2025", "Int64")
    area = next(name for name in fanoe if name.startswith("valgresultater"))
    other = str(write({**export(), **fanoe, area: b"{"}, tmp_path / "other"))
    assert Run(capsys, "council", "--export", other, "--all", "-o", str(tmp_path / "x.parquet")).status == 1
    damaged = read(tmp_path / "x.parquet").set_index("council").loc["Fanø"]
    assert tuple(damaged[["election", "code", "region"]]) == ("kv2025", 563, "Syddanmark")
    assert area in damaged["error"]


def test_what_many_councils_say_is_said_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Open lots of many councils are one line, with how many more there are; the table of them has each, by council."""
    names = {"Allerød", "Dragør", "Furesø", "Herlev", "Vallensbæk"}
    councils = [row for row in on_day("2025-11-18", "kv").values() if row.name in names]
    files = {name: content for row in councils for name, content in made(row).items()}
    export_ = ("--export", str(write(files, tmp_path / "export")), "--all")
    run = Run(capsys, "council", *export_, "-o", str(tmp_path / "x.csv"), *ENGLISH)
    said = [line for line in run.err.splitlines() if "Substitutes with equal votes" in line]
    assert len(said) == 1
    assert "Likewise of 4 more: " in said[0]
    assert said[0].endswith("--table open_lots writes them all.")
    assert "kommunalvalg: Allerød, list A: " in run.err
    lots = Run(capsys, "council", *export_, "--table", "open_lots", "--format", "csv", *ENGLISH)
    assert {line.split(",")[0] for line in lots.out.splitlines()[1:]} == names
    assert "Substitutes with equal votes" not in lots.err


def test_warnings_of_many_files_are_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Three of a kind are told one by one; of more the first, with how many others; of other kinds nothing is lost."""
    message = "{number} candidates of list {list} have the name {name}; their places tell them apart."
    alike = [Warned(text(message, number=2, list="A", name=f"N. N. {number}"), "KRVL-21") for number in range(5)]
    other = Warned(text("{kkr}: chair and vice chair", kkr="Nyby"))
    names = ["Fanø", "Læsø", "Morsø", "Samsø", "Ærø"]
    for number, lines in ((3, 4), (5, 2)):
        each = dict(zip(names[:number], ([warning] for warning in alike), strict=False))
        warn_of_each({**each, "Nyby": [other]})
        said = capsys.readouterr().err.splitlines()
        assert (len(said), said[-1]) == (lines, "kommunalvalg: Nyby: Nyby: chair and vice chair")
    assert "N. N. 0" in said[0]
    assert said[0].endswith("Likewise of 4 more: Læsø, Morsø, Samsø, Ærø.")
    warn_of_each({"Fanø": alike})
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_each_council_goes_to_a_file_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Where the output is a folder, each council is written as by itself."""
    words = ("margins", "rv2025", "--all", "-o", str(tmp_path / "margins"), "--format", "html")
    assert (Run(capsys, *words).status, len(list((tmp_path / "margins").iterdir()))) == (0, 4)
    assert "Nordjylland" in (tmp_path / "margins" / "Nordjylland.html").read_text(encoding="utf-8")


def test_one_that_fails_stops_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A council that the question does not fit is named on standard error, the others are answered; the status is 1."""
    run = Run(capsys, "whatif", "rv2025", "--all", "--merge", "A+Y", "--format", "csv", *ENGLISH)
    assert run.status == 1
    assert "kommunalvalg: Nordjylland: --merge is 'Y', which does not stand" in run.err
    assert "Midtjylland,A+Y" in run.out


def test_a_damaged_council_of_an_export_stops_no_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The one is named with its file on standard error and in what is written, the other is there; the status is 1."""
    fanoe = made(next(council for council in on_day("2025-11-18", "kv").values() if council.name == "Fanø"))
    files = export()
    area = next(name for name in files if "Nordby" in name)
    export_ = ("--export", str(write({**files, area: b"{", **fanoe}, tmp_path / "export")))
    for command in (["council"], ["margins"], ["whatif", "--without-alliances"]):
        run = Run(capsys, *command, *export_, "--all", "--format", "csv", *ENGLISH)
        assert (run.status, f"Øby: {area} is not whole JSON" in run.err) == (1, True)
        assert run.out.splitlines()[0].endswith(",What is wrong")
        assert run.out.splitlines()[-1].startswith("Øby,,")
        assert run.out.count("\nFanø,A,") == 1
    run = Run(capsys, "council", *export_, "--all", "-o", str(tmp_path / "out"), *ENGLISH)
    assert (run.status, sorted(file.name for file in (tmp_path / "out").iterdir())) == (1, ["Fanø.txt", "Øby.txt"])
    assert "not whole JSON" in (tmp_path / "out" / "Øby.txt").read_text(encoding="utf-8")
    run = Run(capsys, "check", "kv2025", *export_, *ENGLISH)
    assert (run.status, "Øby" in run.out, [line.split()[-2:] for line in run.out.splitlines()[5:6]]) == (
        1,
        True,
        [["1", "2"]],
    )
    # one sample of ballots is drawn of all councils together
    assert "not whole JSON" in Run(capsys, "audit", *export_, "--all", "--risk", "5%", *ENGLISH).error
    assert "Fanø" in Run(capsys, "council", "Fanø", *export_, *ENGLISH).out
    assert "not whole JSON" in Run(capsys, "council", "Øby", *export_, *ENGLISH).error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["council", "--all"], "--all is all councils of an ELECTION"),
        (["council", "rv2025", "--all", "--seed", "1"], "--draw and --seed draw the lots of one council"),
        (["council", "rv2025", "--all", "--plot", "{}/p.svg"], "--plot draws one council"),
        (["council", "rv2025", "--all", "--table", "none"], "--table is 'none'; the tables of this result are lists"),
        (["council", "rv2025", "Midtjylland", "-o", "{}"], "is a folder, and a file is needed"),
        (["council", "rv2025", "Midtjylland", "--table", "none"], "the tables of this result are lists"),
        (["kkr", "hovedstaden-2026", "--all"], "--all is all embedded KKR"),
        (["kkr", "sjaelland-2026", "--listesamarbejde", "Lokal=Lolland:L"], "--listesamarbejde goes with --region"),
        (
            ["council", "--export", "{}", "--election", "{}/e.json"],
            "--export and --election: an election comes from one",
        ),
        (["council", "kv2025", "Fanø", "--election", "{}/e.json"], "named, or given by a file; not both"),
        (["council", "Øby", "Nyby", "--export", "{}"], "named, or given by a file; not both"),
        (["council", "--election", "{}/none.json"], "none.json cannot be read"),
    ],
)
def test_what_cannot_be_asked_of_all_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], said: str
) -> None:
    """What does not go together is refused before anything is computed."""
    assert said in Run(capsys, *(word.format(tmp_path) for word in arguments), *ENGLISH).error


def test_every_kkr_by_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    """The five embedded KKR stand in one table, with what each method would give."""
    run = Run(capsys, "kkr", "--all", "--format", "json", *ENGLISH)
    rows = run.json["methods"]
    assert len({row["council"] for row in rows}) == 5
    row = next(row for row in rows if (row["council"], row["party"]) == ("hovedstaden-2026", "F"))
    assert (row["mayors"], row["largest_shortfall"], row["dhondt"]) == (3, 8, 9)
    assert run.status == 0
    danish = Run(capsys, "kkr", "--all", "--format", "csv").out.splitlines()[0]
    assert "modificeret Sainte-Laguë;den danske metode;" in danish


# Elections of one's own


@pytest.mark.parametrize(
    "command", [["council"], ["margins"], ["whatif", "--without-alliances"], ["simulate", "--poll", "9"]]
)
def test_an_election_of_ones_own_is_asked_about_like_any(
    capsys: pytest.CaptureFixture[str], folder: str, file: str, command: list[str]
) -> None:
    """An export and a JSON file go wherever an embedded election does."""
    name, *options = command
    if name == "simulate":
        options += ["-n", "50"]
    exported = Run(capsys, name, "øby kommune", "--export", folder, *options)
    assert (exported.status, "Øby" in exported.out) == (0, True)
    read = Run(capsys, name, "--election", file, *options)
    assert read.out == Run(capsys, name, "kv2025", "Fanø", *options).out
    assert Run(capsys, name, "--all", "--export", folder, *options).status == 0
    assert "COUNCIL is 'Nyby', which" in Run(capsys, name, "Nyby", "--export", folder, *options, *ENGLISH).error


def test_a_question_about_all_is_one_for_each() -> None:
    """Whoever asks for all councils of an election asks a question of each, with the lots as they fell."""
    source = Source(election="rv2025", council=None, folder=None, file=None, everywhere=True)
    asked = source.asked(lambda question, _name: question, "")
    assert isinstance(asked, Questions)
    answers = {name: ask.answered(question) for name, question in asked.each.items()}
    assert all(answer.complete for answer in answers.values())


def test_a_kkr_of_a_region_with_mayors_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The votes of a region are those of 2025; the mayors, and their file's encoding, are the user's."""
    (tmp_path / "mayors.csv").write_text("parti;borgmestre\nA;4\nV;6\nÆ;1\n", encoding="cp1252")
    words = ("kkr", "--region", "Nordjylland", "--mayors", str(tmp_path / "mayors.csv"), "--mayors-encoding", "cp1252")
    run = Run(capsys, *words, "--name", "KKR Nordjylland", "--format", "json")
    assert (run.status, run.json["title"]) == (0, "KKR Nordjylland")
    assert {row["party"]: row["mayors"] for row in run.json["members"] if row["mayors"]} == {"A": 4, "V": 6, "Æ": 1}
    cooperation = ("--listesamarbejde", "Lokallisterne=Hjørring:L")
    assert "--listesamarbejde" in Run(capsys, *words, "--listesamarbejde", "Lokallisterne", *ENGLISH).error
    assert Run(capsys, *words, *cooperation).status == 0


NORDJYLLAND = {
    "Morsø": "V", "Thisted": "V", "Brønderslev": "V", "Frederikshavn": "A", "Vesthimmerlands": "V", "Læsø": "Venstre",
    "Rebild": "C", "Mariagerfjord": "V", "Jammerbugt": "V", "Aalborg Kommune": "A", "Hjørring": "v",
}  # fmt: skip
"""Whose the mayors are, the list by letter or name, the municipality in any spelling."""


def _mayors(folder: Path, mayors: list[tuple[str, ...]]) -> tuple[str, ...]:
    rows = [("kommune", "parti", "område"), *mayors]
    text = "".join(",".join(row) + "\n" for row in rows)
    (folder / "borgmestre.csv").write_text(text, encoding="utf-8")
    return ("kkr", "--region", "Nordjylland", "--mayors", str(folder / "borgmestre.csv"))


def test_mayors_are_told_by_municipality(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """They are summed by party, as those of the embedded KKR are; rows of other regions are left aside, and said so."""
    mayors = [(*each, "Nordjylland") for each in {**NORDJYLLAND, "Hjørring": "Venstre"}.items()]
    run = Run(capsys, *_mayors(tmp_path, [("Fanø", "B", "Syddanmark"), *mayors]), "--format", "json", *ENGLISH)
    known = Run(capsys, "kkr", "nordjylland-2026", "--format", "json", *ENGLISH)
    assert (run.json["members"], run.status) == (known.json["members"], 0)
    assert "borgmestre.csv: rows of other regions that are left aside: 1." in run.err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Læsø", "Q")], "borgmestre.csv, line 2: party is 'Q', which did not stand in Læsø; the lists there are"),
        ([("Læsø", "V"), ("Fanø", "B")], "borgmestre.csv, line 3: 'Fanø' is in the region Syddanmark, and not in"),
        ([("Læs", "V")], "borgmestre.csv, line 2: "),
        ([("Læsø", "V"), ("Læsø Kommune", "V")], "borgmestre.csv, line 3: 'Læsø' stands in line 2 already"),
        ([("Læsø", "V")], "borgmestre.csv says nothing of Morsø, Thisted"),
    ],
)
def test_a_mayor_that_cannot_be_is_refused_by_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rows: list[tuple[str, str]], said: str
) -> None:
    """A list that did not stand, a municipality of another region or twice, and one that is missing."""
    assert said in Run(capsys, *_mayors(tmp_path, [(*row, "Nordjylland") for row in rows]), *ENGLISH).error


def test_mayors_of_a_party_that_did_not_stand_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """By party too; a local list is told by letter and municipality. Without a region, municipalities are refused."""
    (tmp_path / "mayors.csv").write_text("parti;borgmestre\nV;9\nQ;2\n", encoding="utf-8")
    words = ("kkr", "--region", "Nordjylland", "--mayors", str(tmp_path / "mayors.csv"), *ENGLISH)
    assert "--mayors names 'Q', which did not stand in the area" in Run(capsys, *words).error
    (tmp_path / "mayors.csv").write_text("parti;borgmestre\nV;9\nT (Thisted);2\n", encoding="utf-8")
    assert Run(capsys, *words).status == 0
    (tmp_path / "mayors.csv").write_text("parti;borgmestre\nV;9\n", encoding="utf-8")
    too_few = "Mayors are given for 9 of 11 municipalities; all mayors are members"
    assert too_few in Run(capsys, *words).out
    assert too_few in Run(capsys, *words, "-o", str(tmp_path / "kkr.csv")).err
    _mayors(tmp_path, [("Læsø", "V", "Nordjylland")])
    files = ("--votes", str(tmp_path / "mayors.csv"), "--mayors", str(tmp_path / "borgmestre.csv"))
    assert "add --region" in Run(capsys, "kkr", *files, "--municipalities", "11", *ENGLISH).error


def test_represented_takes_several_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A,B,C are three parties, as they are when the option is repeated."""
    (tmp_path / "votes.csv").write_text("party,votes\nA,500\nB,300\nC,200\n", encoding="utf-8")
    (tmp_path / "mayors.csv").write_text("party,mayors\nA,2\nB,1\n", encoding="utf-8")
    files = ("--votes", str(tmp_path / "votes.csv"), "--mayors", str(tmp_path / "mayors.csv"), "--municipalities", "3")
    joined = Run(capsys, "kkr", *files, "--represented", "A,B")
    repeated = Run(capsys, "kkr", *files, "--represented", "A", "--represented", "B")
    assert (joined.status, joined.out) == (0, repeated.out)


@pytest.mark.rule("FO-4-1")
def test_composition_and_chairs_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    """Members and posts stand in one report; a first meeting that is late or on a Sunday is warned of."""
    words = ("kkr", "hovedstaden-2026", "--chairs", "--composition", "--format", "json", *ENGLISH)
    told = Run(capsys, *words, "--meeting", "2026-02-01").json
    assert told["members"][0]["members"] == 11
    assert [row["list"] for row in told["posts"]] == ["A", "C"]
    assert any("is to be held by" in text for text in told["text"])
    assert any("Sunday" in text for text in told["text"])
    assert not any("Sunday" in text for text in Run(capsys, *words, "--meeting", "2026-01-26").json["text"])


# A council's meeting


@pytest.mark.parametrize("draws", [["Kultur: b", "Teknik: a"], ["a,b:a", "a,b:b"]])
def test_a_lot_is_drawn_by_the_name_of_its_place(capsys: pytest.CaptureFixture[str], draws: list[str]) -> None:
    """Draws that name their committee may come in any order; those that name who took part come in that of the lots."""
    words = ["committees", "--groups", "a=10", "b=10", "--seats", "3", "5", "--names", "Teknik", "Kultur"]
    run = Run(capsys, *words, *(word for draw in draws for word in ("--draw", draw)), "--format", "json")
    assert [(row["a"], row["b"]) for row in run.json["seats"]] == [(2, 1), (2, 3)]
    assert run.status == 0


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        ("Havnen: a", "the draw for 'Havnen', among a, is left over: no lot is open there; lots are open for Teknik"),
        ("Teknk: a", "no lot is open there; did you mean Teknik? Lots are open for Teknik"),
        ("Teknik: c", "the draw for 'Teknik' picks c; the lot that is open there is 1 place among a, b (Teknik)"),
        ("Teknik", "write who took part, a colon, and who won: A,B:B; or the place of the lot"),
        ("Teknik:", "write who took part, a colon, and who won"),
        ("a:b:c", "write who took part, a colon, and who won"),
    ],
)
def test_a_lot_that_is_not_open_there_says_which_are(capsys: pytest.CaptureFixture[str], draw: str, said: str) -> None:
    """A draw for another place, or for somebody who took no part, is refused with the lot that is open."""
    words = ("committees", "--groups", "a=10", "b=10", "--seats", "3", "--names", "Teknik", "--draw", draw, *ENGLISH)
    assert said in Run(capsys, *words).error


def test_what_everybody_agreed_on_stands(capsys: pytest.CaptureFixture[str]) -> None:
    """A committee's seats may be agreed on instead of elected."""
    words = ("committees", "--groups", "a=16", "b=15", "--seats", "7", "7", "--names", "Teknik", "Kultur")
    run = Run(capsys, *words, "--agreed", "Teknik: a=3 b=4", "--format", "json")
    assert [(row["a"], row["b"]) for row in run.json["seats"]] == [(3, 4), (4, 3)]
    assert "--agreed is 'Teknik'; write the committee" in Run(capsys, *words, "--agreed", "Teknik", *ENGLISH).error


@pytest.mark.rule("KSL-27")
def test_every_way_to_place_the_claims_is_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    """The placements are shown, and not only counted."""
    words = ("committees", "--groups", "a=16", "b=15", "--seats", "7", "7", "7", "--placements", "--format", "json")
    told = Run(capsys, *words, *ENGLISH).json
    assert [row["transfers"] for row in told["placements"]] == [f"Committee {n}: a → b" for n in (1, 2, 3)]
    assert "placements" not in Run(capsys, *[word for word in words if word != "--placements"], *ENGLISH).json


@pytest.mark.rule("KSL-17-2")
def test_bodies_beside_the_committees_are_elected_by_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    """Their seats are in no total, and their lots are drawn by their names."""
    words = ("committees", "--groups", "a=10", "b=10", "--seats", "4", "--outside", "Havnen=3", "Fonden=2")
    told = Run(capsys, *words, "--draw", "Havnen: a", "--format", "json").json
    assert [(row["body"], row["a"], row["b"]) for row in told["bodies"]] == [("Havnen", 2, 1), ("Fonden", 1, 1)]
    assert [row["totals"] for row in told["groups"]] == [2, 2]
    assert Run(capsys, *words).status == 3


@pytest.mark.rule("KSL-6")
def test_two_deputies_are_elected_by_the_groups(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a number there are two, and the groups name them in their order."""
    run = Run(capsys, "viceborgmestre", "--groups", "a=16", "b=15", "--format", "json")
    assert [row["group"] for row in run.json["order"]] == ["a", "b"]
    assert (
        len(Run(capsys, "deputies", "--groups", "a=16", "b=15", "--posts", "3", "--format", "json").json["order"]) == 3
    )
    assert Run(capsys, "deputies", "--groups", "a=10", "b=10").status == 3


@pytest.mark.rule("KSL-65")
def test_chairs_are_picked_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """The groups pick in their order, and who picks next is said."""
    words = ("chairs", "--groups", "a=16", "b=15", "--committees", "4", "--mayors-group", "a")
    assert "a vælger som den næste." in Run(capsys, *words, "--pick", "Kultur: Medlem 7").out
    assert "--pick is 'Kultur'; write the committee" in Run(capsys, *words, "--pick", "Kultur", *ENGLISH).error
    twice = ("--pick", "Kultur: m7", "Kultur: m8")
    assert "--pick 2 is 'Kultur', whose chair is picked already" in Run(capsys, *words, *twice, *ENGLISH).error


@pytest.mark.rule("LIGE-10a")
def test_a_slate_is_held_against_the_balance(capsys: pytest.CaptureFixture[str]) -> None:
    """Who is missing is said; by the law of another year nobody is."""
    told = Run(capsys, "balance", "--women", "3", "--men", "4")
    assert "mangler: 1 kvinde (" in told.out
    assert [line.split() for line in told.out.splitlines() if line.startswith("        3")] == [["3", "4", "nej"]]
    assert "er ligelig" in Run(capsys, "balance", "--women", "3", "--men", "4", "--year", "2005").out


@pytest.mark.rule("KRVL-91-1")
def test_who_enters_is_told(capsys: pytest.CaptureFixture[str], file: str) -> None:
    """Changes are followed in order, in words of either language; embedded elections have the lots as they fell."""
    words = ("vacancies", "kv2025", "Læsø", "--change", "udtræder: C-7", "--format", "json")
    assert [row["entered"] for row in Run(capsys, *words).json["steps"]] == ["C-4"]
    own = ("vacancies", "--election", file, "--change", "leaves: B: B-1", "--change", "vender tilbage: B-1", *ENGLISH)
    assert "has left the council for good already" in Run(capsys, *own).error or Run(capsys, *own).status == 2
    for change, said in (("B-1", "write what happened"), ("leaves: X-9", "nobody of that name stands in Fanø")):
        assert said in Run(capsys, "vacancies", "kv2025", "Fanø", "--change", change, *ENGLISH).error
    for change, said in (
        ("1. maj 2026 udtræder: B-1", "'1. maj 2026 udtræder: B-1'; en dag skrives med året først, '2026-01-26'"),
        ("udtrådt: B-1", 'for eksempel "udtræder: B-1"; det er en af udtræder, fraværende, vender tilbage, '),
        ("udtræder: B-99", "--change er 'B-99'; ingen af det navn er opstillet i Fanø"),
    ):
        told = Run(capsys, "vacancies", "kv2025", "Fanø", "--change", change).error
        assert said in told
        assert "leaves" not in told


@pytest.mark.parametrize(("file_s", "own"), [("dør", "udtræder"), ("forfald", "fraværende")])
def test_the_words_of_a_meeting_s_file_are_known(capsys: pytest.CaptureFixture[str], file_s: str, own: str) -> None:
    """What a file of a meeting calls an event is known here too."""
    said = [
        Run(capsys, "vacancies", "kv2025", "Fanø", "--change", f"{word}: B-1", "--format", "json").json["steps"]
        for word in (file_s, own)
    ]
    assert said[0] == said[1]


@pytest.mark.rule("KRVL-92", "KRVL-96", "KRVL-100", "KRVL-102")
def test_every_change_has_its_ground(capsys: pytest.CaptureFixture[str]) -> None:
    """What can happen is known in Danish too, with a day in front; the report names the section that is its ground."""
    for change, ground in (
        ("2025-12-08 fritages: B-1", "KRVL § 92, stk. 5"),
        ("valget ugyldigt: B-1", "KRVL § 96"),
        ("mister valgbarhed: B-1", "KRVL § 100"),
    ):
        steps = Run(capsys, "vacancies", "kv2025", "Fanø", "--change", change, "--format", "json").json["steps"]
        assert [(step["entered"], step["ground"]) for step in steps] == [("B-3", ground)]
    moved = ("--change", "2026-02-01 fraflytter: B-1", "--change", "2026-09-01 flytter tilbage: B-1")
    assert "flytter tilbage for sent" in Run(capsys, "vacancies", "kv2025", "Fanø", *moved).error


def test_a_ballot_takes_names_with_commas_in_quotation_marks(capsys: pytest.CaptureFixture[str]) -> None:
    """A comma between counts is refused; one in a name in quotation marks is the name's."""
    words = ("majority", "--present", "21", "--ballot")
    assert Run(capsys, *words, '"Navn, Et"=11 Bo Lind=10', "--format", "json").json["result"][0]["winner"] == "Navn, Et"
    said = Run(capsys, *words, "Navn, Et=10,5 Navn, To=10", *ENGLISH).error
    assert "--ballot 1 is 'Navn, Et=10,5 Navn, To=10'; a space and no comma stands between" in said
