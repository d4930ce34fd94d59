"""The language of a run: what it says when something is wrong, its help, Danish words, colours, and what it loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ENGLISH, Run

from kommunalvalg.cli import COMMANDS, DANISH

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
        (["margins", "kv2025"], "nævn et VALG og en KOMMUNE", "name an ELECTION and a COUNCIL"),
        (["margins", "kv2025"], "; eller angiv --votes FIL og --seats N, --export MAPPE", "; or give --votes FILE and"),
        (
            ["council", "kv2025"],
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
        (["whatif", *FANOE], "stil ét spørgsmål ad gangen", "ask one question at a time"),
    ],
)
def test_an_error_is_in_the_language_of_the_run(
    capsys: pytest.CaptureFixture[str], arguments: list[str], danish: str, english: str
) -> None:
    """What is wrong is said in Danish unless another language is asked for, whoever finds it."""
    assert danish in Run(capsys, *arguments).error
    assert english in Run(capsys, *ENGLISH, *arguments).error


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
