"""The command line: what it prints, in which form, and with which exit status."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import click
import pytest
from commands import ENGLISH, Run

from kommunalvalg import data
from kommunalvalg.cli import COMMANDS, cli
from kommunalvalg.cli.language import Command
from kommunalvalg.elections import compositions, figures
from kommunalvalg.frozen import FrozenDict
from kommunalvalg.report.comparison import IN_THE_TESTS

OFFICIAL = {"A": 11, "B": 5, "C": 12, "F": 8, "I": 3, "O": 4, "V": 5, "Æ": 0, "Ø": 8, "Å": 2}


def test_kkr_is_the_official_composition(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the official members of KKR Hovedstaden, and ends well."""
    run = Run(capsys, "kkr", "hovedstaden-2026", "--format", "json")
    members = {row["party"]: row["members"] for row in run.json["members"]}
    assert {party: members[party] for party in OFFICIAL} == OFFICIAL
    assert run.status == 0


def test_the_danish_table_reads_as_the_agenda(capsys: pytest.CaptureFixture[str]) -> None:
    """The Danish headings are those of the agenda, and the sums stand last."""
    lines = Run(capsys, "kkr", "hovedstaden-2026").out.splitlines()
    heading = next(line for line in lines if line.startswith("Parti"))
    assert [word for word in ("Borgmestre", "Supplerende valg", "Antal medlemmer") if word in heading] == [
        "Borgmestre",
        "Supplerende valg",
        "Antal medlemmer",
    ]
    total = next(line for line in lines if line.startswith("I alt"))
    assert total.split()[-3:] == ["29", "29", "58"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_format_holds_every_seat(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Markdown, HTML, CSV and text each show the members of each party."""
    tables = {}
    for form in ("table", "markdown", "html", "csv"):
        run = Run(capsys, "kkr", "hovedstaden-2026", "--format", form, "--lang", language)
        assert run.status == 0
        tables[form] = run.out
    separator = ";" if language == "da" else ","
    rows = list(csv.reader(io.StringIO(tables["csv"]), delimiter=separator))[1:]
    lines = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", line) for line in tables["html"].split("<tr>")]
    cells = {(line[0], line[-1]) for line in lines if line}
    for party, members in OFFICIAL.items():
        assert [row[-1] for row in rows if row[0] == party] == [str(members)]
        assert (party, str(members)) in cells
        for form in ("table", "markdown"):
            found = [line.strip("|").replace("|", " ").split() for line in tables[form].splitlines()]
            assert any(line[:1] == [party] and line[-1:] == [str(members)] for line in found)


def test_html_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    """A name with signs of HTML in it is text on the page and nothing else."""
    page = Run(capsys, "dhondt", "<b>A&B</b>=3", "B=1", "--seats", "2", "--format", "html").out
    assert "<b>" not in page
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in page


def test_dhondt_shows_an_open_lot_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A tie is named with its places and who is in it; the exit status is 3."""
    run = Run(capsys, "dhondt", "A=11", "B=8", "C=2", "--seats", "9")
    assert "1 plads mellem B og C: lodtrækning" in run.out
    assert run.status == 3


@pytest.mark.parametrize("how", [("--draw", "B,C:C"), ("--seed", "20251118")])
def test_a_lot_that_was_drawn_settles_it(capsys: pytest.CaptureFixture[str], how: tuple[str, str]) -> None:
    """With the draw, or with a seed, every seat is awarded and the exit status is 0."""
    run = Run(capsys, "dhondt", "A=11", "B=8", "C=2", "--seats", "9", "--format", "json", *how)
    assert sum(row["seats"] for row in run.json["seats"]) == 9
    assert run.status == 0


def test_alliances_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Lists that stand together are given as A+F, and both levels are shown."""
    run = Run(capsys, "dhondt", "A=40", "C=34", "F=26", "--seats", "5", "--alliance", "A+F", "--format", "json")
    answer = run.json
    assert {row["name"]: row["seats"] for row in answer["seats"]} == {"A": 2, "C": 2, "F": 1}
    assert answer["units"] == [{"unit": "A+F", "votes": 66, "seats": 3}]


@pytest.mark.parametrize(
    ("words", "option", "names"),
    [
        (["dhondt", "A=40", "C=34", "F=26", "--seats", "5"], "--alliance", "A+F"),
        (["kkr", "hovedstaden-2026"], "--valgforbund", "A+F"),
        (["whatif", "kv2025", "Fanø"], "--alliance", "A+V"),
        (["whatif", "kv2025", "Fanø"], "--all-among", "A+V"),
        (["whatif", "kv2025", "Fanø"], "--merge", "A+V"),
        (["simulate", "kv2025", "Fanø", "--poll", "800", "-n", "10"], "--majority", "A+V"),
    ],
)
def test_names_that_stand_together_may_have_space_between(
    capsys: pytest.CaptureFixture[str], words: list[str], option: str, names: str
) -> None:
    """Wherever names are joined by a plus, "A + F" is "A+F"."""
    close, apart = (Run(capsys, *words, option, text) for text in (names, names.replace("+", " + ")))
    assert (apart.status, apart.out, apart.err) == (close.status, close.out, close.err)
    assert close.status == 0


@pytest.mark.parametrize(
    ("method", "seats"),
    [("dhondt", [2, 1]), ("sainte_lague", [1, 2]), ("sainte-lague", [1, 2]), ("adams", [1, 2])],
)
def test_methods_held_and_capacity(capsys: pytest.CaptureFixture[str], method: str, seats: list[int]) -> None:
    """The methods are there to compare, with seats held and capacities."""
    options = ["--held", "A=2", "--capacity", "A=4", "--capacity", "C=0"]
    run = Run(
        capsys, "dhondt", "A=60", "B=29", "C=40", "--seats", "3", "--method", method, *options, "--format", "json"
    )
    assert [row["seats"] for row in run.json["seats"]] == [*seats, 0]


def test_a_council_by_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Fanø's seats of 2025 come out by list."""
    run = Run(capsys, "council", "kv2025", "fanø kommune", "--format", "json")
    seats = {row["key"]: row["seats"] for row in run.json["lists"]}
    assert seats == {"A": 0, "B": 5, "C": 3, "F": 0, "L": 0, "V": 1, "Ø": 1, "Å": 1}


def test_a_csv_file_hides_no_open_lot(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Its one table has no place for an open lot; standard error names each, and standard output is the table alone."""
    given = ("council", "kv2025", "Læsø", "--draw", "C-4,C-7:C-7", "--format", "csv")
    run = Run(capsys, *given)
    assert run.err == "kommunalvalg: Læsø, liste V: 1 plads mellem V-2 og V-5: lodtrækning, KRVL § 85.\n"
    assert "lodtrækning" not in run.out
    assert Run(capsys, *given, "--output", str(tmp_path / "l.csv")).err == run.err
    assert Run(capsys, *given, "--draw", "V-2,V-5:V-2").err == ""


@pytest.mark.rule("KRVL-91-1")
@pytest.mark.parametrize("more", [(), ("--explain",)])
def test_a_csv_file_hides_no_lot_on_the_order_of_substitutes(
    capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    """A lot that decides the order of substitutes, and no seat, is named on standard error; the exit status is 0."""
    run = Run(capsys, "council", "kv2025", "Aarhus", "--format", "csv", *more)
    assert "V-10 og V-11" in run.err
    assert (run.err.count("\n"), run.status) == (1, 0)


def test_a_protocol_says_who_is_elected_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    """Lolland's protocol has every seat with its holder, and the surplus seat of Æ with its reason."""
    run = Run(capsys, "council", "kv2025", "Lolland", "--lang", "en", "--format", "json")
    answer = run.json
    assert [row["number"] for row in answer["mandates"]] == list(range(1, 26))
    assert any("Æ was entitled to 5 seats and can fill 4; the surplus goes to C" in t for t in answer["text"])
    (eighth,) = [row for row in answer["mandates"] if row["number"] == 8]
    assert (eighth["candidate"], eighth["given"], eighth["fordelingstal"]) == ("O-1", 29, 627)
    assert run.status == 0


@pytest.mark.rule("KRVL-85")
def test_the_open_lots_of_a_council_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Læsø has two open lots; with the draws there is none, and the exit status tells which it is."""
    run = Run(capsys, "council", "kv2025", "Læsø")
    assert run.out.count("lodtrækning, KRVL § 85.") == 2
    assert run.status == 3
    run = Run(capsys, "council", "kv2025", "Læsø", "--draw", "C-4,C-7:C-7", "--draw", "V-2,V-5:V-5")
    assert "lodtrækning, KRVL § 85." not in run.out
    assert run.status == 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_all_98_councils_agree_with_what_was_published(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Seats, order, elected and substitutes of every council are the published ones."""
    run = Run(capsys, "check", "kv2025", "--format", "json", "--lang", language)
    answer = run.json
    assert [(row["agree"], row["councils"]) for row in answer["agreement"]] == [(98, 98)] * 4
    assert len(answer["lots"]) == 6
    assert "differences" not in answer
    assert run.status == 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_official_is_one_page(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """Without an election all that is embedded is computed, and what the tests hold is told as just that."""
    run = Run(capsys, "check", "--format", "json", "--lang", language)
    assert [(row["agree"], row["of"]) for row in run.json["computed"]] == [(98, 98), (4, 4), (1, 1)]
    assert [(row["agree"], row["of"]) for row in run.json["tests"]] == [*IN_THE_TESTS.values()]
    assert all(row["source"] for part in ("computed", "tests") for row in run.json[part])
    assert ("differences" in run.json, run.status) == (False, 0)


def test_a_kkr_that_does_not_come_out_fails_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One party's member more than was published is one KKR of none, and the exit status is 1."""
    real = compositions.kkr("hovedstaden-2026")
    assert real.published is not None
    more = FrozenDict({**real.published.supplementary, "V": real.published.supplementary["V"] + 1})
    wrong = attrs.evolve(real, published=attrs.evolve(real.published, supplementary=more))
    monkeypatch.setattr(compositions, "kkrs", lambda: ("hovedstaden-2026",))
    monkeypatch.setattr(compositions, "kkr", lambda _name: wrong)
    run = Run(capsys, "check", "--format", "json")
    assert ([(row["agree"], row["of"]) for row in run.json["computed"]][2], run.status) == ((0, 1), 1)


def test_a_difference_is_shown_and_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the published result is another, the table says where, and the exit status is 1."""
    real = figures.published("kv2025", "Fanø")
    wrong = attrs.evolve(real, seats=FrozenDict({**real.seats, "B": 4, "C": 4}))
    monkeypatch.setattr(
        figures, "published", lambda _, name, take=figures.published: wrong if name == "Fanø" else take(_, name)
    )
    run = Run(capsys, "check", "kv2025", "--format", "json")
    answer = run.json
    assert [(row["council"], row["where"], row["computed"], row["published"]) for row in answer["differences"]] == [
        ("Fanø", "B", "5", "4"),
        ("Fanø", "C", "3", "4"),
    ]
    assert answer["agreement"][0]["agree"] == 97
    assert run.status == 1


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The votes and the mayors of Hovedstaden as a person might save them, semicolons and byte order mark."""
    votes = {
        "A": 189397, "B": 83669, "C": 188278, "F": 137641, "I": 54255, "O": 59009, "V": 89433, "Æ": 10383,
        "Ø": 128149, "Å": 21359,
    }  # fmt: skip
    (tmp_path / "votes.csv").write_text(
        "Parti;Stemmer\n" + "".join(f"{party};{count:,}\n" for party, count in votes.items()).replace(",", "."),
        encoding="utf-8-sig",
    )
    (tmp_path / "mayors.csv").write_text("party,mayors\nA,10\nC,12\nF,3\nV,4\n", encoding="utf-8")
    return str(tmp_path / "votes.csv"), str(tmp_path / "mayors.csv")


def test_kkr_from_files(capsys: pytest.CaptureFixture[str], files: tuple[str, str]) -> None:
    """A KKR is composed from two files and three numbers, and is the official one."""
    votes, mayors = files
    given = ["--votes", votes, "--mayors", mayors, "--municipalities", "29", "--total-votes", "1019648"]
    run = Run(capsys, "kkr", *given, "--cast-votes", "1036023", "--thousands", "--format", "json")
    answer = run.json
    assert {row["party"]: row["members"] for row in answer["members"]} == OFFICIAL
    assert any("repræsenteret" in text for text in answer["text"])
    assert run.status == 0


def test_danish_thousands_in_the_options_too(capsys: pytest.CaptureFixture[str], files: tuple[str, str]) -> None:
    """With --thousands the figures of the area may be written as those of the file, wherever it stands."""
    votes, mayors = files
    words = ["kkr", "--votes", votes, "--mayors", mayors, "--municipalities", "29", "--format", "json"]
    points = Run(capsys, *words, "--total-votes", "1.019.648", "--cast-votes", "1.036.023", "--thousands")
    digits = Run(capsys, *words, "--thousands", "--total-votes", "1019648", "--cast-votes", "1036023")
    assert (points.status, points.json) == (0, digits.json)
    assert (
        "'--total-votes': the number is '1.019.648'"
        in Run(capsys, *words, "--total-votes", "1.019.648", *ENGLISH).error
    )


@pytest.mark.rule("KL-15-2a")
@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ((), {"valid": True, "cast": True}),
        (("--total-votes", "1019648"), {"valid": False, "cast": True}),
        (("--cast-votes", "1036023"), {"valid": True, "cast": False}),
        (("--total-votes", "1019648", "--cast-votes", "1036023"), {"valid": False, "cast": False}),
    ],
)
def test_a_sum_that_was_taken_for_an_official_figure_is_told(
    capsys: pytest.CaptureFixture[str], files: tuple[str, str], given: tuple[str, ...], taken: dict[str, bool]
) -> None:
    """What was not given of the area is warned of, with the figure that was taken; what was given is not."""
    votes, mayors = files
    words = ["kkr", "--votes", votes, "--mayors", mayors, "--municipalities", "29", "--thousands", *given]
    text = " ".join(Run(capsys, *words, "--lang", "en", "--format", "json").json["text"])
    total = "1,019,648" if "--total-votes" in given else "961,573"
    assert (f"those for local lists included; the {total} of the file were taken for all" in text) is taken["valid"]
    assert (f"blank and invalid ones included; the {total} valid votes were taken" in text) is taken["cast"]


@pytest.mark.parametrize("more", [(), ("--chairs",), ("--explain",), ("-o", "{}/kkr.csv")])
def test_a_csv_file_hides_no_warning(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, files: tuple[str, str], more: tuple[str, ...]
) -> None:
    """Its one table has no place for what was taken for the area's figures; standard error tells it."""
    votes, mayors = files
    words = ["kkr", "--votes", votes, "--mayors", mayors, "--municipalities", "29", "--thousands", "--format", "csv"]
    run = Run(capsys, *words, *(word.format(tmp_path) for word in more))
    assert "kommunalvalg: Det er ikke angivet, hvor mange gyldige stemmer" in run.err
    assert "(KL's vedtægter § 15, stk. 2).\n" in run.err
    assert "961.573" not in run.out
    assert run.status == 0
    totals = ("--total-votes", "1019648", "--cast-votes", "1036023", "--represented", "A")
    assert "Det er ikke angivet, hvor" not in Run(capsys, *words, *totals).err


def test_votes_of_a_file_are_distributed(capsys: pytest.CaptureFixture[str], files: tuple[str, str]) -> None:
    """The votes may stand in a file, and are distributed as those on the command line, alliances included."""
    options = ["--seats", "9", "--alliance", "A+F", "--format", "json"]
    read = Run(capsys, "dhondt", "--votes", files[0], "--thousands", *options)
    pairs = [f"{party}={votes}" for party, votes in data.read_csv(files[0], thousands=True).items()]
    assert read.json == Run(capsys, "dhondt", *pairs, *options).json
    assert read.status == 0


def test_danish_thousands_only_when_asked_for(capsys: pytest.CaptureFixture[str], files: tuple[str, str]) -> None:
    """1.234 is refused with file and line, and with the option that reads it."""
    votes, mayors = files
    error = Run(capsys, "kkr", "--votes", votes, "--mayors", mayors, "--municipalities", "29").error
    assert "votes.csv, linje 2" in error
    assert "'189.397'" in error


def test_the_output_goes_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A CSV file opens in a spreadsheet: it begins with a byte order mark."""
    target = tmp_path / "kkr.csv"
    run = Run(capsys, "kkr", "hovedstaden-2026", "--format", "csv", "--output", str(target))
    assert (run.status, run.out) == (0, "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfParti;Stemmer;")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("kkr.txt", b"KKR Hovedstaden 2026-2030\n="),
        ("kkr.md", b"# KKR Hovedstaden"),
        ("kkr.markdown", b"# KKR Hovedstaden"),
        ("KKR.HTML", b"<!"),
        ("kkr.htm", b"<!"),
        ("kkr.json", b"{"),
        ("kkr.csv", b"\xef\xbb\xbfParti;"),
        ("kkr.xlsx", b"PK\x03\x04"),
        ("kkr", b"KKR Hovedstaden 2026-2030\n="),
    ],
)
def test_a_file_is_what_its_name_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, begins: bytes
) -> None:
    """Without --format the suffix chooses it; a name without one is the table."""
    run = Run(capsys, "kkr", "hovedstaden-2026", "-o", str(tmp_path / name))
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".PDF", ".svg", ".xml", ".dat"])
def test_a_file_is_not_called_what_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    """Without --format a suffix of no format is refused, with those that there are; no plain text is called a PDF."""
    error = Run(capsys, "kkr", "hovedstaden-2026", "-o", str(tmp_path / f"kkr{suffix}"), *ENGLISH).error
    assert f"kkr{suffix}, and {suffix.lower()} is no format; the formats are .txt, .md, .markdown, .html" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["kkr.txt", "kkr.csv", "kkr", "kkr.dat"])
def test_a_file_may_be_called_what_holds_any_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    """CSV may be called .csv, .txt or anything that is no other format's name."""
    run = Run(capsys, "kkr", "hovedstaden-2026", "--format", "csv", "-o", str(tmp_path / name))
    assert (run.status, run.err) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbfParti;")


@pytest.mark.parametrize(("form", "name"), [("html", "kkr.xlsx"), ("xlsx", "kkr.txt"), ("table", "kkr.csv")])
def test_a_file_is_not_called_another_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str, name: str
) -> None:
    """A format under another's suffix is refused before anything is written."""
    error = Run(capsys, "kkr", "hovedstaden-2026", "-o", str(tmp_path / name), "--format", form, *ENGLISH).error
    assert f"--format is {form}, and --output" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "{}/no/k.html"), "no'"),
        (("--plot", "{}/no/k.png"), "no'"),
        (("-o", "{}/k.html", "--plot", "{}/no/k.png"), "no'"),
        (("-o", "{}"), "er en mappe"),
        (("-o", "/dev/full"), "/dev/full kan ikke skrives: der er ikke mere plads"),
        (("--plot", "{}/k.bmp"), "den ender på en af .svg, .png, .pdf"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    """A missing folder, a full disk or a wrong name is said on one line; nothing else is written."""
    if "/dev/full" in options and not Path("/dev/full").exists():
        pytest.skip("only Linux has a disk that is always full")
    error = Run(capsys, "dhondt", "A=3", "B=2", "--seats", "3", *(word.format(tmp_path) for word in options)).error
    assert said in error
    assert list(tmp_path.iterdir()) == []


AS_A_PROGRAM = [sys.executable, "-c", "from kommunalvalg.cli import main; main()"]


@pytest.mark.parametrize(
    ("code_page", "words", "sign"),
    [
        ("cp1252", ["kkr", "hovedstaden-2026"], "−"),
        ("cp1252", ["whatif", "kv2025", "Fanø", "--merge", "A+F"], "−"),
        ("cp850", ["margins", "kv2025", "Fanø"], "→"),
    ],
)
def test_redirected_output_is_utf8(code_page: str, words: list[str], sign: str) -> None:
    """Whatever the code page of the system, every sign reaches a file or a pipe, and it is UTF-8."""
    environment = {**os.environ, "PYTHONIOENCODING": code_page}
    ran = subprocess.run([*AS_A_PROGRAM, *words], env=environment, capture_output=True, check=False)  # noqa: S603
    assert sign in ran.stdout.decode("utf-8")
    assert "Traceback" not in ran.stderr.decode("utf-8")


def test_a_terminal_names_the_signs_that_it_has_not() -> None:
    """On a terminal without a minus sign no figure loses its sign, and the terminal's own letters stay."""
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    ours, theirs = pty.openpty()
    words = ["whatif", "kv2025", "Fanø", "--merge", "A+F"]
    with os.fdopen(ours, "rb", buffering=0) as screen:
        ran = subprocess.run([*AS_A_PROGRAM, *words], env=environment, stdout=theirs, check=False)  # noqa: S603
        os.close(theirs)
        written = screen.read(10_000).decode("cp1252")
    assert ran.returncode == 0
    assert "Fanø" in written
    assert "\\N{MINUS SIGN}1" in written


V = "Venstre, Danmarks Liberale Parti"


@pytest.mark.parametrize(
    ("name", "draw"),
    [(V, f'"{V}",K:K'), (V, f'"{V}", K : "{V}"'), ("Ja: nu", '"Ja: nu",K:K'), ("A+F", "A+F,K:K"), ("A+F", '"A+F",K:K')],
)
def test_a_lot_among_names_with_a_comma_or_a_colon(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, draw: str
) -> None:
    """A name in quotation marks is one name, whatever signs it has."""
    votes = tmp_path / "votes.csv"
    votes.write_text(f"parti;stemmer\n{name};8\nS;11\nK;8\n", encoding="utf-8")
    run = Run(capsys, "dhondt", "--votes", str(votes), "--seats", "2", "--draw", draw)
    assert (run.status, run.err) == (0, "")


def test_an_alliance_of_names_with_a_plus(capsys: pytest.CaptureFixture[str]) -> None:
    """A plus in quotation marks joins nobody."""
    run = Run(capsys, "dhondt", "Pro+Contra=5", "F=4", "C=6", "--seats", "3", "--alliance", '"Pro+Contra"+F')
    assert (run.status, run.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kkr", "jylland-1970"], "'jylland-1970'; the embedded ones are hovedstaden-2026"),
        (["kkr"], "nordjylland-2026), or give --votes"),
        (["kkr", "hovedstaden-2026", "--municipalities", "3"], "not both"),
        (["kkr", "--votes", "no.csv", "--mayors", "no.csv", "--municipalities", "1"], "no.csv cannot be read"),
        (["council", "kv2025", "Fanøe"], "Fanø"),
        (["council", "kv1909", "Fanø"], "kv1909"),
        (["dhondt", "A", "--seats", "3"], "'A'; write it as NAME=COUNT"),
        (["dhondt", "A=1", "A=2", "--seats", "3"], "'A' twice"),
        (["dhondt", "A=10,B=8", "C=3", "--seats", "3"], "votes has 'A=10,B=8'; write each count by itself"),
        (["dhondt", "A=1", "B=1", "--seats", "3", "--held", "A=1,B=1"], "--held has 'A=1,B=1'; write each count"),
        (["dhondt", "A=1.5", "--seats", "3"], "'1.5'"),
        (["dhondt", "A=-1", "--seats", "3"], "'-1'"),
        (["dhondt", "A=1", "--seats", "many"], "many"),
        (["dhondt", "A=1", "--seats", "-3"], "--seats is -3"),
        (["dhondt", "A=1"], "--seats"),
        (["dhondt", "A=1", "--seats", "1", "--held", "B=1"], "--held names 'B'"),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--alliance", "A+C"], "'C', which is not in votes"),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--alliance", "A+B", "--held", "A=1"], "--held"),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--draw", "A,B"], "A,B:B"),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--draw", "A,B:A", "--seed", "1"], "one of them"),
        (["dhondt", "A=1", "B=1", "--seats", "2", "--draw", "A,B:A"], "left over"),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--draw", "A,C:A"], "the lot that is open is"),
        (["dhondt", "A=1", "--seats", "1", "--format", "odt"], "odt"),
        (["elect"], "elect"),
        (
            ["dhondt", "A=1", "--seats", "1", "--held", "A=5", "--capacity", "A=2"],
            '--held["A"] is 5 and',
        ),
        (["dhondt", "A=1", "B=1", "--seats", "1", "--alliance", "A,B"], "a plus joins names that stand together: A+B"),
    ],
)
def test_bad_input_is_one_clear_line(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """What is wrong is said on one line on standard error, with exit status 2 and nothing printed."""
    assert said in Run(capsys, *arguments, *ENGLISH).error


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_that_errors_name_is_one(name: str) -> None:
    """What stands for an argument in an error is an option of the command."""
    called = command_of(name)
    assert set(called.option_of.values()) <= {opt for param in called.params for opt in param.opts}


def command_of(name: str) -> Command:
    """Give a command by its name."""
    called = cli.get_command(click.Context(cli), name)
    assert isinstance(called, Command)
    return called


def test_the_page_says_which_command_has_which_option() -> None:
    """The table of the documentation is what the commands have."""
    page = (Path(__file__).parent.parent / "docs" / "cli.md").read_text(encoding="utf-8")
    heading, _line, *rows = re.search(r"(?m)(^\| Command .*\n(?:\|.*\n)+)", page)[1].splitlines()  # type: ignore[index]
    options = re.findall(r"`(--\w+)`", heading)
    told = {}
    for row in rows:
        command, *cells = [cell.strip() for cell in row.strip("|").split("|")]
        told[command.strip("`")] = {option for option, cell in zip(options, cells, strict=True) if cell}
    has = {
        name: {option for param in command_of(name).params for option in param.opts if option in options}
        for name in COMMANDS
    }
    assert told == has
    everywhere = {"--format", "--lang", "--output", "--title"}
    writing = [name for name in COMMANDS if name not in {"beregner", "night"}]  # whose answers stand on pages
    assert all(everywhere <= {o for param in command_of(name).params for o in param.opts} for name in writing)


def test_without_a_word_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Who types the program's name alone reads its help, line by line."""
    run, help_ = Run(capsys), Run(capsys, "--help")
    assert (run.status, run.out, run.err) == (0, help_.out, "")
    assert re.search(r"^  dhondt ", run.out, re.MULTILINE)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_there(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """Every command explains itself, in the language of the run."""
    for lang, usage in (("da", "Brug: kommunalvalg"), ("en", "Usage: kommunalvalg")):
        run = Run(capsys, *command, "--help", "--lang", lang)
        assert run.status == 0
        assert usage in run.out
