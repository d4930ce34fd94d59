"""The language of a run: what it says when something is wrong, its help, Danish words, colours, and what it loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ENGLISH, Run

from kommunalvalg import law
from kommunalvalg.cli import COMMANDS, DANISH
from kommunalvalg.errors import RuleError

FANOE = ("kv2025", "Fanø")


@pytest.mark.parametrize(
    ("arguments", "danish", "english"),
    [
        (["dhondt", "A=1", "--seats", "-3"], "--seats er -3; et antal mandater er et helt tal", "--seats is -3"),
        (["dhondt", "A=1"], "Der mangler valgmuligheden '--seats'.", "Missing option '--seats'."),
        (["dhondt", "A=1", "--seats", "1", "--nope"], "Der er ingen valgmulighed '--nope'", "No such option"),
        (["dhondt", "A=1", "--seats", "x"], "'x' er ikke et helt tal", "'x' is no whole number"),
        (["dhondt", "A=1", "--seats", "1", "--format", "odt"], "'odt' er ikke en af 'table'", "is not one of 'table'"),
        (["dhondt", "A=1", "--seats", "1", "--draw"], "kræver en værdi", "requires an argument"),
        (["check", "kv2025", "igen"], "Der er et argument for meget (igen)", "Got unexpected extra argument (igen)"),
        (
            ["borgmestr"],
            "der er ingen kommando 'borgmestr'; mentes borgmester? Kommandoerne er dhondt",
            "did you mean borgmester?",
        ),
        (["elect"], "der er ingen kommando 'elect'", "there is no command 'elect'"),
        (["council", *FANOE, "--all"], "--all er alle kommunalbestyrelser, og Fanø er én", "and Fanø is one"),
        (["margins"], "nævn et VALG og en KOMMUNE", "name an ELECTION and a COUNCIL"),
        (["margins"], "; eller angiv --votes FIL og --seats N, --export MAPPE", "; or give --votes FILE and"),
        (
            ["council"],
            "; eller angiv --export MAPPE eller --election FIL.json",
            "; or give --export FOLDER or",
        ),
        (
            ["committees", "--groups", "a=9", "b=9", "--seats", "3", "--names", "Teknik", "--draw", "Teknk: a"],
            "der er ingen åben lodtrækning dér; mentes Teknik? Åbne er Teknik",
            "no lot is open there; did you mean Teknik? Lots are open for Teknik",
        ),
        (["majority", "--present", "0"], "--present er 0; et antal tilstedeværende", "--present is 0"),
        (
            ["kkr", "hovedstaden-2026", "--meeting", "snart"],
            "--meeting er 'snart'; skriv ÅÅÅÅ-MM-DD",
            "write YYYY-MM-DD",
        ),
        (["dhondt", "A=1", "B=1", "--seats", "2", "--draw", "A,B:A"], "er tilovers", "is left over"),
        (["beregner", "--port", "70000"], "'70000' er ikke et helt tal fra 0 til 65535", "from 0 to 65535"),
        (["constitute", "nej.toml"], "nej.toml kan ikke læses: filen eller mappen findes ikke", "No such file"),
        (["margins", "kv2025", "Fan"], "KOMMUNE er 'Fan', som kv2025 ikke har", "COUNCIL is 'Fan', which"),
        (["check", "kv2022"], "VALG er 'kv2022'; de indbyggede valg er", "ELECTION is 'kv2022'"),
        (
            ["whatif", "--votes", "x.csv", "--seats", "9"],
            "--without-alliances, --instead, --partner-for",
            "--without-alliances, --instead, --partner-for",
        ),
        (
            ["night", "t.csv", "-o", "x"],
            "tilføj --council NAVN (hvis stemmer det er), --seats N (hvor mange mandater der er) og --year ÅR (valgets",
            "add --council NAME (whose votes they are), --seats N (how many seats there are), and --year YEAR (of the",
        ),
        (
            ["night", "t.csv", "--council", "Nyby", "--seats", "5", "-o", "x"],
            "t.csv er en tabel, som kun har stemmerne; tilføj --year ÅR (valgets, hvis lov det er)",
            "t.csv is a table, which has the votes alone; add --year YEAR (of the election, whose law it is)",
        ),
        (["night", "t.csv", "--council", "A", "--council", "B", "-o", "x"], "for én kommune", "of one council"),
        (
            ["night", __file__, "--year", "2025", "-o", "x"],
            "hverken en mappe eller et .zip",
            "neither a folder nor a .zip",
        ),
        (
            ["council", "kv2025"],
            "nævn en KOMMUNE i kv2025, for eksempel København, eller tilføj --all",
            "name a COUNCIL of kv2025, such as København, or add --all",
        ),
        (["vacancies", "kv2025", "--change", "leaves: B-1"], "for eksempel København\n", "such as København\n"),
        (["council", "Fanø", "kv2025"], "VALG står først: kv2025 Fanø", "the ELECTION comes first: kv2025 Fanø"),
        (["council", *FANOE, "--draw", "B: B-1"], "hverken dér eller andre steder", "there, nor anywhere else"),
        (
            ["dhondt", "A=1,B=2", "--seats", "3"],
            "stemmerne har 'A=1,B=2'; skriv hvert",
            "votes has 'A=1,B=2'; write each",
        ),
        (
            ["dhondt", "A=1", "--seats", "3", "--plot", "x.gif"],
            "den ender på en af .svg, .png, .pdf",
            "it ends with one of .svg, .png, .pdf",
        ),
        (
            ["chairs", "--groups", "a=9", "--committees", "2"],
            "angiv --mayors-group eller --together",
            "give --mayors-group, or --together",
        ),
        (["kkr", "--region", "Nordjylland"], "tilføj --mayors FIL", "add --mayors FILE"),
        (["whatif", *FANOE], "stil ét spørgsmål ad gangen", "ask one question at a time"),
    ],
)
def test_an_error_is_in_the_language_of_the_run(
    capsys: pytest.CaptureFixture[str], arguments: list[str], danish: str, english: str
) -> None:
    """What is wrong is said in Danish unless another language is asked for, whoever finds it."""
    assert danish in Run(capsys, *arguments).error
    assert english in Run(capsys, *ENGLISH, *arguments).error


NEAR = {
    ("kkr", "hovedstadn-2026"): "hovedstaden-2026",
    ("kkr", "hovedstaden-2026", "--method", "hondt"): "dhondt",
    ("kkr", "--region", "Nordjyland", "--mayors", "{mayors}"): "Nordjylland",
    ("council", "kv2052", "Fanø"): "kv2025",
    ("council", "kv213", "Fanø"): "kv2013",
    ("council", "kv2025", "Fano"): "Fanø",
    ("council", "kv2025", "Fanø", "--table", "mandats"): "mandates",
    ("council", "kv2025", "Fanø", "--format", "tabel"): "table",
    ("council", "kv2025", "Fanø", "--plot", "x.svg", "--plot-kind", "seat"): "seats",
    ("council", "kv2025", "Fanø", "--plot", "x.svg", "--plot-order", "å"): "Å",
    ("vacancies", "kv2025", "Fanø", "--change", "leavs: B-1"): "leaves",
    ("vacancies", "kv2025", "Fanø", "--change", "leaves: b-1"): "B-1",
    ("vacancies", "kv2025", "Fanø", "--change", "leaves: B: b-1"): "B-1",
    ("whatif", "kv2025", "Fanø", "--merge", "a+f"): "A",
    ("whatif", "kv2025", "Fanø", "--partner-for", "ø"): "Ø",
    ("whatif", "kv2025", "Fanø", "--method", "adam"): "adams",
    ("simulate", "kv2025", "Fanø", "--poll", "9", "--majority", "a"): "A",
    ("audit", "kv2025", "Fanø", "--method", "kaplan-wald"): "kaplan_wald",
    ("dhondt", "A=1", "--seats", "1", "--method", "adam"): "adams",
    ("dhondt", "A=1", "--seats", "1", "--held", "a=1"): "A",
    ("committees", "--groups", "aa=9", "b=9", "--seats", "3", "--mayor", "aaa"): "aa",
    ("committees", "--groups", "a=9", "b=8", "--seats", "3", "--names", "Teknik", "--claim", "Tknik:a:b"): "Teknik",
    ("chairs", "--groups", "Rød=9", "b=9", "--committees", "2", "--mayors-group", "Rod"): "Rød",
    ("constitute", "--new", "x.toml", "--council", "Fano"): "Fanø",
    ("majority", "--present", "9", "--base", "presnt"): "present",
}
"""A call with a name that there is not -> the one that was meant."""


@pytest.mark.parametrize(("words", "near"), NEAR.items())
def test_a_name_that_is_like_another_is_asked_after(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    near: str,
) -> None:
    """Wherever a word of a call is one of some that are known, the one that is like it is named."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mayors.csv").write_text("kommune;parti\nLæsø;V\n", encoding="utf-8")
    assert f"mentes {near}?" in Run(capsys, *(word.format(mayors="mayors.csv") for word in words)).error


def test_a_day_in_a_danish_sentence_is_written_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The day of the law and of a meeting are words where people read; a file for programs keeps the day as it is."""
    words = ("balance", "--women", "3", "--men", "4")
    known = law.KNOWN
    assert f"Anvendt lov: {known.day}. november {known.year}." in Run(capsys, *words).out
    assert f"The law of {known.day} November {known.year} was used." in Run(capsys, *words, *ENGLISH).out
    meeting = ("kkr", "hovedstaden-2026", "--chairs", "--meeting", "2026-02-08", "-o", str(tmp_path / "x.csv"))
    assert "Det første møde er søndag den 8. februar 2026; det skal holdes senest" in Run(capsys, *meeting).err
    with pytest.raises(RuleError) as refused:
        law.provision("RL-8", "1990-01-31")
    assert "31. januar 1990" in refused.value.said("da")


IMPERATIVES = {
    "Beregn",
    "Fordel",
    "Følg",
    "Gør",
    "Lad",
    "Planlæg",
    "Sammenlign",
    "Sammensæt",
    "Simuler",
    "Spørg",
    "Vis",
    "Vælg",
    "Åbn",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_danish_help_tells_what_to_do(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The line of a command and its help begin with what it does, in one form."""
    lines = Run(capsys, "--help").out.splitlines()
    line = next(line.split(maxsplit=1)[1] for line in lines if line.split()[:1] == [name])
    told = next(line for line in Run(capsys, name, "--help").out.splitlines()[1:] if line.strip())
    assert {line.split()[0].strip(","), told.split()[0].strip(",")} <= IMPERATIVES


def test_the_language_is_found_whatever_else_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """The language may stand before the command, and one that there is not is refused in Danish."""
    assert "Usage: kommunalvalg" in Run(capsys, "--lang", "en", "--help").out
    assert "'sv' er ikke en af 'da', 'en'" in Run(capsys, "dhondt", "A=1", "--seats", "1", "--lang", "sv").error


def test_a_party_is_not_taken_for_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the argument that is refused becomes its option; a party with an argument's name keeps it."""
    words = ("dhondt", "total_votes=11", "B=8", "--seats", "1", "--capacity", "X=1", *ENGLISH)
    said = Run(capsys, *words).error
    assert said == "kommunalvalg: --capacity names 'X', which is not in votes; votes has total_votes, B\n"


@pytest.mark.parametrize(("word", "command"), DANISH.items())
def test_danish_words_are_understood(capsys: pytest.CaptureFixture[str], word: str, command: str) -> None:
    """A Danish word for a command is that command."""
    danish, english = Run(capsys, word, "--help").out, Run(capsys, command, "--help").out
    assert danish.splitlines()[1:] == english.splitlines()[1:]
    assert command in COMMANDS


def test_help_is_danish(capsys: pytest.CaptureFixture[str]) -> None:
    """No English sentence of help is left where the run is Danish."""
    for name in COMMANDS:
        danish = Run(capsys, name, "--help").out
        english = Run(capsys, name, "--help", *ENGLISH).out
        # Words that are the same in both languages stand alone in a line; sentences do not.
        same = set(map(str.strip, danish.splitlines())) & set(map(str.strip, english.splitlines()))
        sentences = [line for line in same if line.endswith(".") and len(line.split()) > 1]
        assert not {"PATH", "TEXT", "FILE", "FOLDER"} & set(danish.replace(".", " ").split())
        assert [line for line in sentences if not line.startswith(("kommunalvalg", "(KSL"))] == []


def run_on_a_terminal(*words: str, **environment: str) -> str:
    """Give what a command writes to a terminal."""
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    ours, theirs = pty.openpty()
    call = [sys.executable, "-c", "from kommunalvalg.cli import main; main()", *words]
    with os.fdopen(ours, "rb", buffering=0) as screen:
        subprocess.run(call, env={**os.environ, **environment}, stdout=theirs, check=False)  # noqa: S603 - our own
        os.close(theirs)
        return bytes(screen.read(10_000)).decode()


def test_an_open_lot_stands_out_on_a_terminal_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A lot that is open is coloured where a person looks; not in a pipe, and not for who wants no colours."""
    words = ("dhondt", "A=11", "B=8", "C=2", "--seats", "9")
    assert "\x1b[33m\x1b[1m1 plads mellem B og C: lodtrækning.\x1b[0m" in run_on_a_terminal(*words, TERM="xterm")
    assert "\x1b[" not in run_on_a_terminal(*words, TERM="xterm", NO_COLOR="1")
    assert "\x1b[" not in Run(capsys, *words).out


def test_the_shell_can_complete() -> None:
    """The shell is told how, and of the commands."""
    call = [sys.executable, "-c", "from kommunalvalg.cli import main; main()"]
    asked = {
        **os.environ,
        "_KOMMUNALVALG_COMPLETE": "bash_complete",
        "COMP_WORDS": "kommunalvalg com",
        "COMP_CWORD": "1",
    }
    told = subprocess.run(call, env=asked, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert told.stdout.split() == ["plain,committees"]


def test_a_distribution_loads_nothing_that_it_does_not_need() -> None:
    """What draws, simulates, reads exports, or knows councils and KKR, is loaded by who asks for it."""
    words = ["dhondt", "A=11", "B=8", "--seats", "3"]
    program = (
        "import sys\nfrom kommunalvalg.cli import main\n"
        f"try: main({words})\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    loaded = set(ran.stdout.splitlines()[-1].split())
    rooms = {f"kommunalvalg.{room}" for room in ("analysis", "council", "elections", "kkr")}
    assert loaded.isdisjoint({"matplotlib", "numpy", "pandas", "rich", "holidays", *rooms})


def test_a_title_can_be_given(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The report is called what the minutes call it."""
    run = Run(capsys, "majority", "--present", "21", "--ballot", "A=11", "--title", "Valg af borgmester")
    assert run.out.startswith("Valg af borgmester\n=")
    words = ("dhondt", "A=1", "--seats", "1", "--title", "Havnen", "-o", str(tmp_path / "h.html"))
    assert Run(capsys, *words).status == 0
    assert "<title>Havnen</title>" in (tmp_path / "h.html").read_text(encoding="utf-8")
