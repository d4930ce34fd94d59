"""The commands margins, whatif and simulate: what they print, and with which exit status."""

import re
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from commands import ENGLISH, Run

from kommunalvalg import data, proportional_election
from kommunalvalg.analysis.cases import Standing, distribution_of
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.what_if import merge_lists, with_alliances, without_alliances
from kommunalvalg.report import explain
from kommunalvalg.simulation import Poll, simulate


def test_the_last_seat_of_glostrup_hung_on_three_votes(capsys: pytest.CaptureFixture[str]) -> None:
    """With three votes more, U would have had a seat more and A one fewer; with two a lot would have decided."""
    run = Run(capsys, "margins", "kv2025", "Glostrup", "--format", "json")
    (row,) = [row for row in run.json["margins"] if row["list"] == "U"]
    assert (row["to_lot"], row["to_win"], row["wins_from"]) == (2, 3, "A")
    assert run.status == 0


def test_margins_are_said_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    """The last seat and the next in line stand first."""
    out = Run(capsys, "margins", "kv2025", "Glostrup").out
    assert "Mandat nr. 19, det sidste, gik til A på kvotienten 548,5. Næste er U med 547,5." in " ".join(out.split())


def test_margins_are_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --plot the votes that the seats hang on are drawn."""
    assert Run(capsys, "margins", "kv2025", "Fanø", "--plot", str(tmp_path / "m.svg"), "--lang", "en").status == 0
    assert "Bars of the votes fewer that lose each list a seat" in (tmp_path / "m.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        (["--without-alliances"], {"B": 1, "Å": -1}),
        (["--alliance", "A+F+Å"], {}),
        (["--alliance", "A+F+Å", "--alliance", "B+L+Ø"], {}),
        (["--merge", "B+L"], {}),
        (["--seats", "12"], {"B": 1}),
        (["--method", "sainte_lague"], {"A": 1, "C": -1}),
    ],
)
def test_what_if_shows_who_would_have_more_and_fewer(
    capsys: pytest.CaptureFixture[str], question: list[str], changed: dict[str, int]
) -> None:
    """Each question is answered with the seats as they are and as they would be."""
    run = Run(capsys, "whatif", "kv2025", "Fanø", *question, "--format", "json")
    rows = run.json["what_if"]
    assert {row["list"]: row["change"] for row in rows if row["change"]} == changed
    assert run.status == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["--seats", "9"], "C (1) og V (1) ville have færre mandater."),
        (["--seats", "13"], "A (1) og B (1) ville have flere mandater."),
        (["--all-among", "A+B"], "2 måder at indgå valgforbund på (A og B) fører til ét og samme resultat."),
        (["--all-among", "A"], "Alene har A kun én måde: uden for ethvert valgforbund."),
    ],
)
def test_what_if_says_no_half_of_a_sentence(capsys: pytest.CaptureFixture[str], question: list[str], said: str) -> None:
    """Where nobody gains, nobody pays, or nothing differs, that half of the sentence is left out."""
    assert said in Run(capsys, "whatif", "kv2025", "Fanø", *question).out


def test_one_vote_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The seats of Stevns hang on one vote, and it is told in the singular."""
    assert "hænger på 1 stemme:" in Run(capsys, "margins", "kv2025", "Stevns").out


def test_the_best_example_stands_where_there_is_a_better(capsys: pytest.CaptureFixture[str]) -> None:
    """Who has the same seats however the lists ally has no example of how to get most."""
    run = Run(capsys, "whatif", "kv2025", "Fanø", "--all-among", "A+F+V+Ø+Å", "--format", "json")
    rows = run.json["partitions"]
    assert {row["worst"] < row["best"] for row in rows} == {True, False}
    assert all((row["example"] is not None) == (row["worst"] < row["best"]) for row in rows)


def test_seats_and_changes_are_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In a workbook and in CSV seats and changes can be computed with; on the screen a change has its sign."""
    question = ("whatif", "kv2025", "Fanø", "--merge", "A+F")
    assert "+1" in (shown := Run(capsys, *question).out)
    assert "−1" in shown
    assert "Å;1;1;0;0;-1" in Run(capsys, *question, "--format", "csv").out
    Run(capsys, *question, "-o", str(tmp_path / "w.xlsx"))
    read, data_sheet = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets
    assert ["Å", 1, 1, 0, 0, -1] in [[cell.value for cell in row] for row in data_sheet.rows]
    assert ["Å", 1, 0, -1] in [[cell.value for cell in row][:4] for row in read.rows]


def test_an_open_lot_is_a_range_to_people_and_two_numbers_to_programs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """While a lot is open people read "0-1", and programs the certain and the possible seats."""
    (tmp_path / "v.csv").write_text("party,votes\nA,11\nB,8\nC,2\n", encoding="utf-8")
    question = ("whatif", "--votes", str(tmp_path / "v.csv"), "--seats", "9", "--merge", "A+C")
    assert "0-1" in Run(capsys, "whatif", "--votes", str(tmp_path / "v.csv"), "--seats", "9", "--alliance", "A+B").out
    row = {row["list"]: row for row in Run(capsys, *question, "--format", "json").json["what_if"]}["B"]
    assert (row["before"], row["before_possible"], row["change"]) == (3, 4, 0)


def test_votes_are_given_and_moved(capsys: pytest.CaptureFixture[str]) -> None:
    """Fifty votes from A to U are fifty fewer and fifty more; what is told together is added up."""
    moved = Run(capsys, "whatif", "kv2025", "Glostrup", "--move", "A:U=50", "--format", "json")
    seats = {row["list"]: row["change"] for row in moved.json["what_if"]}
    assert {key: change for key, change in seats.items() if change} == {"A": -1, "U": 1}
    told = ("--change", "A=-60", "--change", "A=+10", "--change", '"U"=50', "--format", "json")
    assert Run(capsys, "whatif", "kv2025", "Glostrup", *told).json == moved.json


def test_every_seat_says_what_it_hangs_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of margins has each seat by its number; of all councils it is put together."""
    seats = Run(capsys, "margins", "kv2025", "Glostrup", "--format", "json").json["seats"]
    assert len(seats) == 19
    assert (seats[-1]["list"], seats[-1]["to_risk"], seats[-1]["to_lose"]) == ("A", 8, 9)
    every = Run(capsys, "margins", "rv2025", "--all", "--table", "seats", "--format", "csv", "--lang", "en")
    assert every.out.startswith("Region,Seat,List,")
    assert every.out.count("\n") == 1 + 134


def test_the_best_partner_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Standing alone B would have had no seat in Glostrup, and with any of four others one."""
    run = Run(capsys, "whatif", "kv2025", "Glostrup", "--partner-for", "B", "--format", "json", "--lang", "en")
    rows = run.json["partners"]
    assert [row["seats"] for row in rows] == sorted((row["seats"] for row in rows), reverse=True)
    assert {row["partners"]: row["seats"] for row in rows}["nobody"] == 0


def test_every_way_to_ally_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the 52 ways in which five lists of Fanø could have allied, the best for each list is shown with its allies."""
    run = Run(capsys, "whatif", "kv2025", "Fanø", "--all-among", "A+F+V+Ø+Å", "--format", "json", "--lang", "en")
    assert run.json["text"][1].startswith("52 ways to ally (A, F, V, Ø, and Å) lead to")
    rows = {row["list"]: row for row in run.json["partitions"]}
    assert all(row["worst"] <= row["now"] <= row["best"] or row["list"] in "BL" for row in rows.values())
    assert (rows["A"]["worst"], rows["A"]["best"]) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["margins", "kv2025", "Glostrup By"], "Glostrup"),
        (["whatif", "kv2025", "Fanø"], "ask one question at a time"),
        (["whatif", "kv2025", "Fanø", "--seats", "9", "--method", "adams"], "ask one question at a time"),
        (["whatif", "kv2025", "Fanø", "--seats", "0"], "seats"),
        (["margins", "--votes", "votes.csv", "--seats", "0"], "'--seats': '0'"),
        (["whatif", "kv2025", "Fanø", "--merge", "B+X"], "--merge is 'X'"),
        (["whatif", "kv2025", "Fanø", "--merge", "B"], "--merge is ['B']; give at least 2"),
        (["whatif", "kv2025", "Fanø", "--merge", "B,V"], "a plus joins names that stand together: B+V"),
        (["whatif", "kv2025", "Fanø", "--alliance", "B+X"], "X"),
        (["whatif", "kv2025", "Fanø", "--partner-for", "X"], "--partner-for is 'X'"),
        (["whatif", "kv2025", "Fanø", "--method", "hare"], "hare"),
        (["whatif", "kv2025", "Fanø", "--change", "V50"], "--change is 'V50'; write a list, an equals sign"),
        (["whatif", "kv2025", "Fanø", "--change", "X=50"], "--change is 'X'"),
        (["whatif", "kv2025", "Fanø", "--move", "X:V=50"], "--move is 'X'"),
        (["whatif", "kv2025", "Fanø", "--move", "X:V=50", "--change", "V=2"], "--change, --move is 'X'"),
        (["whatif", "kv2025", "Fanø", "--move", "V=50"], "such as A:U=50"),
        (["whatif", "kv2025", "Fanø", "--move", "V:B=9999"], "cannot have fewer than none"),
        (["whatif", "kv2025", "Fanø", "--all-among", "A+X"], "--all-among is 'X'"),
        (
            ["whatif", "kv2025", "Glostrup", "--all-among", "A+B+C+D+F+I+M+O+U+V+Æ"],
            "678570 ways; at most 10 lists, in 115975 ways, are computed: give --all-among",
        ),
    ],
)
def test_a_wrong_question_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """What is wrong is said on one line on standard error, with exit status 2 and nothing printed."""
    assert said in Run(capsys, *arguments, *ENGLISH).error


@pytest.fixture
def fanoe(tmp_path: Path) -> tuple[str, ...]:
    """Fanø's votes and seats as a newsroom has them: a file in Windows-1252 with points, and a number."""
    votes = {"A": 219, "B": 1997, "C": 1466, "F": 130, "V": 1312, "Ø": 1153, "Å": 1151}
    rows = "".join(f"{letter};{count:,}\n" for letter, count in votes.items()).replace(",", ".")
    (tmp_path / "fanø.csv").write_text("Parti;Stemmer\n" + rows, encoding="cp1252")
    return ("--votes", str(tmp_path / "fanø.csv"), "--encoding", "cp1252", "--thousands", "--seats", "11")


STOOD = distribution_of(
    proportional_election(
        {"A": 219, "B": 1997, "C": 1466, "F": 130, "V": 1312, "Ø": 1153, "Å": 1151}, 11, alliances=[["A", "F", "Å"]]
    )
)


def test_margins_of_votes_from_a_file(capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...]) -> None:
    """The seats, and the votes that they hang on, are those of the file's votes and of the alliances that are named."""
    run = Run(capsys, "margins", *fanoe, "--alliance", "A+F+Å", "--format", "json")
    rows = {row["list"]: (row["seats"], row["to_win"], row["to_lose"]) for row in run.json["margins"]}
    assert rows == {key: (its.seats, its.to_win, its.to_lose) for key, its in margins(STOOD).lists.items()}
    assert (run.status, run.json["title"]) == (0, "fanø.csv: hvor sikre mandaterne er")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (("--alliance", "A+F+Å", "--without-alliances"), without_alliances(STOOD).together.before),
        (("--alliance", "A+F+Å", "--merge", "B+V"), merge_lists(STOOD, ["B", "V"]).after),
        (("--alliance", "A+B"), with_alliances(STOOD, [["A", "B"]]).after),
    ],
)
def test_what_if_of_votes_from_a_file(
    capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...], question: tuple[str, ...], found: Standing
) -> None:
    """With a file --seats says how many seats there are, --allied who stood together, and the rest asks as ever."""
    run = Run(capsys, "whatif", *fanoe, *question, "--format", "json")
    seats = {row["list"]: row["after"] for row in run.json["what_if"]}
    assert seats == found.certain
    assert sum(seats.values()) == 11
    assert run.status == 0


def test_a_poll_from_a_file_is_simulated(capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...]) -> None:
    """The elections drawn are those of the file's votes, seats and alliances."""
    run = Run(capsys, "simulate", *fanoe, "--alliance", "A+F+Å", "--poll", "800", "-n", "500", "--format", "json")
    found = simulate(STOOD, Poll(800), 500, seed=1)
    expected = {row["list"]: float(Fraction(row["expected"])) for row in run.json["simulated"]}
    assert expected == pytest.approx({key: its.value for key, its in found.expected.items()}, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["margins"], "name an ELECTION and a COUNCIL"),
        (["margins", "kv2025"], "name a COUNCIL of kv2025"),
        (["margins", "kv2025", "Fanø", "--seats", "9"], "Fanø has its own seats"),
        (["simulate", "kv2025", "Fanø", "--poll", "800", "--alliance", "A+F"], "Fanø has its own seats"),
        (["whatif", "kv2025", "Fanø", "--merge", "A+F", "--alliance", "A+F"], "ask one question at a time"),
        (["whatif", "kv2025", "Fanø", "--alliance", "A+F", "--instead", "A+F"], "ask one thing"),
        (["margins", "--votes", "no.csv"], "add --seats N"),
        (["margins", "kv2025", "--votes", "no.csv", "--seats", "9"], "not both"),
        (["margins", "--votes", "no.csv", "--seats", "9"], "no.csv cannot be read"),
        (["whatif", "--votes", "no.csv", "--merge", "A+F"], "add --seats N"),
        (["dhondt", "--seats", "9"], "NAME=VOTES, for example A=11 B=8, or as --votes FILE"),
        (
            ["dhondt", "A=1", "--votes", "no.csv", "--seats", "9"],
            "NAME=VOTES, for example A=11 B=8, or as --votes FILE",
        ),
    ],
)
def test_an_election_is_named_or_read(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """An election comes from one place, and votes of a file need their seats."""
    assert said in Run(capsys, *arguments, *ENGLISH).error


def test_the_seats_of_a_file_are_no_question(capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...]) -> None:
    """With a file, --seats asks nothing, and is not offered as a question."""
    said = Run(capsys, "whatif", *fanoe).error
    assert "--move, --method" in said


def test_simulated_elections_are_those_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what simulate finds with the same model and seed: means, nine in ten, chances, majorities."""
    arguments = ["--poll", "800", "-n", "4000", "--seed", "7", "--majority", "B", "--majority", "B+C"]
    run = Run(capsys, "simulate", "kv2025", "Fanø", *arguments, "--format", "json")
    found = simulate(data.council("kv2025", "Fanø"), Poll(800), 4000, seed=7)
    rows = {row["list"]: row for row in run.json["simulated"]}
    assert list(rows) == list(found.lists)
    for key, row in rows.items():
        assert float(Fraction(row["expected"])) == pytest.approx(found.expected[key].value, abs=1e-6)
        assert found.at_least(key, row["from"]).value >= 0.95
        assert found.at_least(key, row["from"] + 1).value < 0.95
        assert found.at_least(key, row["to"] + 1).value <= 0.05
        assert row["to"] == 0 or found.at_least(key, row["to"]).value > 0.05
    alone, together = run.json["majorities"]
    assert (alone["lists"], together["lists"]) == ("B", "B+C")
    assert float(Fraction(alone["chance"])) == pytest.approx(found.majority("B").value, abs=1e-6)
    assert run.status == 0


def test_a_swing_is_simulated_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    """The model, the seed and what the errors do not say stand in words, the seed under one name."""
    out = " ".join(Run(capsys, "simulate", "kv2025", "Fanø", "--swing", "2%", "-n", "200").out.split())
    model = "stemmernes andele efter et udsving med en standardafvigelse på 2,00 procentpoint"
    assert f"200 valg er trukket: {model}. Startpunkt (seed) 1." in out
    assert "fra startpunkt til startpunkt, og ikke om modellen er rigtig" in out


def test_a_poll_from_a_file_is_told_as_one(capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...]) -> None:
    """Votes that are a poll are told as a poll's, and as no election's."""
    out = " ".join(Run(capsys, "simulate", *fanoe, "--poll", "800", "-n", "200").out.split())
    assert "alle vælgeres andele, idet stemmerne er en måling blandt 800 af dem" in out
    assert "valgets" not in out


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["--without-alliances"], "Hvad nu hvis der ikke var valgforbund?"),
        (["--alliance", "A+F", "--alliance", "B+C"], "valgforbundene var disse og ingen andre: A+F og B+C?"),
        (["--partner-for", "B"], "Med hvilken partner ville B have fået flest mandater?"),
        (["--all-among", "A+B"], "indgået valgforbund på en anden måde: A og B?"),
        (["--merge", "A+F"], "Hvad nu hvis disse var én liste: A og F?"),
        (["--seats", "9"], "Hvad nu hvis antallet af mandater var 9?"),
        (["--method", "largest_remainder"], "Hvad nu hvis metoden var en anden: største brøks metode (Hares kvota)?"),
    ],
)
def test_what_if_begins_with_its_question(capsys: pytest.CaptureFixture[str], question: list[str], said: str) -> None:
    """A report that is kept can be read apart from the command: it says what was asked, and of what."""
    first = Run(capsys, "whatif", "kv2025", "Fanø", *question, "--format", "json").json["text"][0]
    assert said in first
    assert first.endswith("Som det er: antal mandater 11, valgforbund A+F+Å og B+L+Ø.")


@pytest.mark.parametrize("command", [["margins"], ["simulate", "--poll", "800", "-n", "50"]])
def test_what_was_given_with_a_file_is_told(
    capsys: pytest.CaptureFixture[str], fanoe: tuple[str, ...], command: list[str]
) -> None:
    """The seats and the alliances stand in the report, or that there are none."""
    allied = Run(capsys, *command, *fanoe, "--alliance", "A+F+Å", "--format", "json").json
    assert allied["text"][0] == "Antal mandater 11, valgforbund A+F+Å."
    alone = Run(capsys, *command, *fanoe, "--format", "json", "--lang", "en").json
    assert alone["text"][0] == "Number of seats 11, alliances none."


def test_an_alliance_inside_another_stands_in_brackets() -> None:
    """What an explanation says of the seats and the alliances as they would be has its levels."""
    votes = {"A": 43, "C": 31, "F": 14, "V": 12}
    said = explain(with_alliances(proportional_election(votes, 5), [["A", ["C", "F"]]]), "en")
    assert "As it would be: number of seats 5, alliances A+(C+F)." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say what is uncertain, by one of --poll N and --swing 2%"),
        (["--poll", "800", "--swing", "2%"], "say what is uncertain, by one of --poll N and --swing 2%"),
        (["--poll", "0"], "--poll is 0; a sample is a whole number, 1 or more"),
        (["--swing", "2"], "--swing is '2'; a share is from 0 to 1, or from 0% to 100%"),
        (["--poll", "800", "-n", "0"], "-n is 0; a number of simulations is a whole number, 1 or more"),
        (
            ["--poll", "800", "--majority", "B+X"],
            "--majority names 'X', which is not in lists; lists has A, B, C, F, L, V, Ø, Å",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """One line says what is wrong, before anything is drawn."""
    assert said in Run(capsys, "simulate", "kv2025", "Fanø", *arguments, *ENGLISH).error


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_says_how_many_were_done() -> None:
    """Who stops a long simulation is told how far it came, and gets the status of an interrupted program."""
    command = [
        sys.executable,
        "-c",
        "from kommunalvalg.cli import main; main()",
        "simulate",
        "kv2025",
        "København",
        "--poll",
        "800",
    ]
    told = r"kommunalvalg: afbrudt efter [\d.]+ af 900.000.000 simulationer; intet af dem gemmes"
    for seconds in (4, 12, 36):  # a machine that does much else has not begun when it is stopped too early
        running = subprocess.Popen(  # noqa: S603
            [*command, "-n", "900000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
        if re.search(told, err):
            break
    assert (running.returncode, out) == (130, "")
    assert re.search(told, err)
