"""What is said of audits and drawn of them, in both languages and all formats, and the command `audit`."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import openpyxl
import pytest
from commands import Run

from kommunalvalg import ElectionError, data, elect_council, proportional_election, report, seeded
from kommunalvalg.audit import AuditCase, Plan, evaluate, packages, plan, sample
from kommunalvalg.lots import settle
from kommunalvalg.report.audit import plans_told, sample_told
from kommunalvalg.report.rendering import render

mpl.use("Agg")

LOLLAND = plan(data.council("kv2025", "Lolland"))
SMALL = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000)
SEED = "6 1 4 3 5 2"
Refused = Callable[..., str]
Capture = pytest.CaptureFixture[str]


def words(text: str) -> str:
    """Give a text on one line, with plain spaces."""
    return " ".join(text.replace("\xa0", " ").split())


# What is said


def test_a_plan_says_how_many_and_what_costs_most() -> None:
    """The ballots, their share, the risk limit, the test, and the assertion that takes most of them."""
    said = words(report.explain(LOLLAND, "en"))
    for sentence in (
        "21,418 ballots were cast, blank and invalid ones included. Risk limit 5.00%",
        "The test: Kaplan-Wald with gamma 0.95.",
        "Ballots to draw, if each reads as it was reported: 1,096 (5.12% of them all).",
        "What takes most ballots: seat 2 of L comes before seat 7 of C+I+Æ. 62 misread ballots could be enough",
        "39,115 draws would be expected.",
        "the 10 of 49 that take most ballots",
        "Who is elected on a list is not tested.",
    ):
        assert sentence in said


def test_a_plan_is_said_in_danish() -> None:
    """Every word of it."""
    said = words(report.explain(LOLLAND, "da"))
    assert "Stemmesedler, der skal trækkes, hvis alle er talt rigtigt: 1.096 (5,12 % af dem alle)." in said
    assert "mandat nr. 2 til L kommer før mandat nr. 7 til C+I+Æ" in said
    assert not re.search(r"\b(ballots?|draws?|seat|the)\b", said)


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(
    "made",
    [
        {"method": "alpha"},
        {"method": "kaplan_markov", "misread": "0.1%"},
        {"misread": "0.1%", "misread_as": "worst"},
        {"misread": {("A", "B"): "0.1%"}},
        {"candidates": True},
    ],
    ids=str,
)
def test_every_kind_of_plan_is_said(made: dict[str, object], lang: str) -> None:
    """Other tests, other assumptions, candidates too; in Danish without an English word."""
    said = words(report.explain(plan(data.council("kv2025", "Fanø"), **made), lang))  # type: ignore[arg-type]  # of several kinds
    assert said
    if lang == "da":
        assert not re.search(r"\b(ballots?|draws?|seats?|the)\b", said)


def test_a_recount_is_said_with_its_reason() -> None:
    """For want of ballots, for a lot, for a list without votes."""
    assert "Only a full recount will do: an audit would draw as many ballots as there are, or nearly." in words(
        report.explain(plan(data.council("kv2025", "Glostrup")), "en")
    )
    drawn = plan(proportional_election({"A": 11, "B": 8, "C": 2}, 9, lots=seeded(1)), ballots=30)
    assert "Only a full recount will do: a lot decides" in words(report.explain(drawn, "en"))
    still_open = plan(proportional_election({"A": 11, "B": 8, "C": 2}, 9), ballots=30)
    assert "Open lot: 1 place among B and C" in words(report.explain(still_open, "en"))
    allied = proportional_election(
        {"A": 60, "B": 0, "C": 10}, 3, alliances=[["A", "B"]], capacity={"A": 1, "B": 3, "C": 3}
    )
    assert "a list without votes has candidates" in words(report.explain(plan(allied, ballots=70), "en"))


def test_programs_get_every_assertion_and_people_the_first() -> None:
    """The rows of a plan are all of its assertions."""
    rows = report.rows(LOLLAND, lang="en")
    assert len(rows) == len(LOLLAND.assertions) == 49
    assert rows[0] == {
        "within": "all",
        "winner": "L",
        "seat": 2,
        "loser": "C+I+Æ",
        "next": 7,
        "fewest": 62,
        "ballots": 1096,
    }


def test_an_evaluation_is_said() -> None:
    """Stop, go on, or count all again; with the ballots that read otherwise."""
    drawn = sample(packages(LOLLAND), LOLLAND, SEED)
    readings: dict[tuple[str, int], object] = {each.ballot: each.reported for each in drawn.drawn}
    stopped = words(report.explain(evaluate(LOLLAND, drawn, readings), "en"))  # type: ignore[arg-type]  # as they are
    assert "The audit stops: the result is confirmed. Measured risk 4.99%, limit 5.00%." in stopped
    assert "All 1,096 draws read as they were reported." in stopped
    of_l = [each.ballot for each in drawn.drawn if each.reported.list == "L"]
    more = words(report.explain(evaluate(LOLLAND, drawn, readings | {of_l[0]: "missing"}), "en"))  # type: ignore[arg-type]  # as above
    assert "The audit goes on: 1,097 ballots more, 2,193 in all" in more
    assert "1 of 1,096 draws read otherwise than they were reported." in more
    recount = words(report.explain(evaluate(LOLLAND, drawn, readings | dict.fromkeys(of_l[:40], "C")), "da"))  # type: ignore[arg-type]  # as above
    assert "Alle stemmesedler skal tælles igen" in recount


def test_a_sample_is_said() -> None:
    """How many draws, from how many, by which seed, and in which bundles they lie."""
    drawn = sample(packages(LOLLAND), LOLLAND, SEED)
    said = words(render(sample_told(drawn), "text", "en"))
    assert f"1,096 draws from 21,418, which are {len(drawn.ballots):,} ballots to read. Seed: {SEED}." in said
    assert drawn.code in said


# As JSON, and drawn


@pytest.mark.parametrize(
    "found",
    [
        SMALL,
        LOLLAND,
        plan(data.council("kv2025", "Fanø"), method="alpha", misread="0.1%", candidates=True),
        plan(data.council("kv2025", "Fanø"), misread={("A", "B"): "0.1%", ("", "C"): "0.05%"}),
        plan(proportional_election({"A": 11, "B": 8, "C": 2}, 9), ballots=30),
        plan(elect_council(data.council("kv2025", "Læsø"), lots=seeded(1)), candidates=True),
    ],
    ids=lambda found: found.count.name or "votes",
)
def test_a_plan_is_written_and_read_again(found: Plan, tmp_path: Path) -> None:
    """With everything that was given and the lots that were drawn; reading computes it again."""
    data.write_json(found, tmp_path / "plan.json")
    assert data.read_json(tmp_path / "plan.json", Plan) == found
    assert settle(found.case, found.draws) == found
    stated = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert stated["case"]["case"] == ("audit" if isinstance(found.case, AuditCase) else "council-audit")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_plans_are_drawn(tmp_path: Path, lang: str) -> None:
    """One plan by its assertions, several by their costliest; the picture says in words what it shows."""
    several = {name: plan(data.council("kv2025", name)) for name in ("Lolland", "Glostrup", "Samsø")}
    for number, shown in enumerate((LOLLAND, several)):
        report.save(shown, tmp_path / f"{number}.svg", title="Prøve", lang=lang)
        text = (tmp_path / f"{number}.svg").read_text(encoding="utf-8")
        assert report.alt_text(report.audit_plot, shown, lang=lang) in text
    assert report.alt_text(report.audit_plot, several, lang="en") == (
        "Points for 3 margins: the smaller, the more ballots. From 23829 ballots for Glostrup to 115 for Samsø; "
        "1 call for a recount."
    ).replace("23829", "23,829")


def test_what_cannot_be_drawn_is_refused(refused: Refused) -> None:
    """No plan, or none with a ballot to draw."""
    assert "give what audit.plan(...) gave" in refused(report.audit_plot, {"A": 5}, error=ElectionError)
    lot = plan(proportional_election({"A": 11, "B": 8, "C": 2}, 9), ballots=30)
    assert "there are no ballots to draw" in refused(report.audit_plot, lot, error=ElectionError)


# The command


def test_the_command_plans(capsys: Capture) -> None:
    """One council, by risk and method; the exit status is that nothing is open."""
    run = Run(
        capsys, "audit", "kv2025", "Lolland", "--risk", "5%", "--method", "alpha", "--format", "json", "--lang", "en"
    )
    assert run.status == 0
    assert run.json["assertions"][0]["ballots"] == 1052


def test_the_command_plans_all_councils(capsys: Capture, tmp_path: Path) -> None:
    """98 rows, with 7 recounts; and their picture."""
    run = Run(capsys, "audit", "kv2025", "--all", "--format", "json", "--plot", str(tmp_path / "all.svg"))
    rows = run.json["audits"]
    assert len(rows) == 98
    assert next(row["council"] for row in rows if row["recount"]) == "Glostrup"
    assert sum(bool(row["recount"]) for row in rows) == 7
    assert (tmp_path / "all.svg").exists()


def test_the_command_writes_every_format(capsys: Capture, tmp_path: Path) -> None:
    """Text, Markdown, HTML, CSV and a workbook."""
    for suffix in ("txt", "md", "html", "csv", "xlsx"):
        file = tmp_path / f"plan.{suffix}"
        assert Run(capsys, "audit", "kv2025", "Fanø", "--output", str(file)).status == 0
        assert file.stat().st_size
    sheets = openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames
    assert len(sheets) == 2


def test_three_commands_and_a_spreadsheet(capsys: Capture, tmp_path: Path) -> None:
    """A secretary plans, draws and evaluates the audit of Lolland; a vote that was another's makes it go on."""
    manifest, sheet, more = (str(tmp_path / name) for name in ("manifest.csv", "sheet.csv", "more.csv"))
    lolland = ("audit", "kv2025", "Lolland", "--lang", "en")
    assert Run(capsys, *lolland, "--packages", manifest).status == 0
    drawn = Run(capsys, *lolland, "--manifest", manifest, "--seed", SEED, "--sheet", sheet)
    assert (drawn.status, "1,096 draws from 21,418" in drawn.out) == (0, True)
    unread = Run(capsys, *lolland, "--manifest", manifest, "--seed", SEED, "--readings", sheet)
    assert "sheet.csv, line 2: the ballot is not read" in unread.error
    fill_in(manifest, sheet)
    stopped = Run(capsys, *lolland, "--manifest", manifest, "--seed", SEED, "--readings", sheet)
    assert (stopped.status, "The audit stops" in stopped.out) == (0, True)
    fill_in(manifest, sheet, instead={"L": "C"})
    going_on = Run(capsys, *lolland, "--manifest", manifest, "--seed", SEED, "--readings", sheet)
    assert (going_on.status, "1,097 ballots more, 2,193 in all" in words(going_on.out)) == (1, True)
    larger = (*lolland, "--manifest", manifest, "--seed", SEED, "--size", "2193", "--readings", sheet)
    assert Run(capsys, *larger, "--sheet", more).status == 0
    fill_in(manifest, more)
    assert Run(capsys, *larger, "--readings", more).status == 0


def fill_in(manifest: str, sheet: str, instead: dict[str, str] | None = None) -> None:
    """Write into the sheet what each ballot is; the first of a list as another, where that is asked for."""
    with Path(manifest).open(encoding="utf-8-sig", newline="") as file:
        lists = {row["bundle"]: row["list"].replace("blank/invalid", "blank") for row in csv.DictReader(file)}
    with Path(sheet).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    swap = dict(instead or {})
    for row in rows:
        row["list"] = swap.pop(lists[row["bundle"]], lists[row["bundle"]])
    with Path(sheet).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_command_takes_votes_from_a_file(capsys: Capture, tmp_path: Path) -> None:
    """With seats, alliances, and how many ballots were cast."""
    (tmp_path / "votes.csv").write_text("liste;stemmer\nA;600\nB;350\n", encoding="utf-8")
    given = ("audit", "--votes", str(tmp_path / "votes.csv"), "--seats", "3", "--format", "json")
    assert Run(capsys, *given, "--ballots", "1000").json["assertions"][0]["ballots"] == 27
    assert "--ballots is not known" in Run(capsys, *given, "--lang", "en").error


def test_the_command_learns_glostrup_only_a_recount_will_do(capsys: Capture) -> None:
    """It is said, and is no error; to draw all the same is."""
    run = Run(capsys, "audit", "kv2025", "Glostrup")
    assert (run.status, "Kun en ny fuld optælling kan afgøre det" in words(run.out)) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kv2025", "Fanø", "--risk", "0"], "--risk is '0'; a risk limit is more than 0 and less than 1"),
        (["kv2025", "Fanø", "--method", "alpha", "--gamma", "0.9"], "--gamma is '0.9', and the method is alpha"),
        (["kv2025", "Fanø", "--seed", "1"], "ballots are drawn from a manifest and by a seed"),
        (["kv2025", "Fanø", "--manifest", "m.csv"], "ballots are drawn from a manifest and by a seed"),
        (["kv2025", "Fanø", "--all"], "--all takes an ELECTION and the terms of the audits"),
        (["kv2025"], "name a COUNCIL of kv2025, such as København, or add --all"),
        (["kv2025", "Fanø", "--manifest", "no.csv", "--seed", "1"], "no.csv cannot be read"),
    ],
    ids=str,
)
def test_bad_commands_are_refused(capsys: Capture, arguments: list[str], message: str) -> None:
    """On one line, by the names of the options."""
    assert message in Run(capsys, "audit", *arguments, "--lang", "en").error


def test_many_plans_side_by_side_need_no_costliest() -> None:
    """A council whose lot is open has no assertions, and a row all the same."""
    lot = plan(proportional_election({"A": 11, "B": 8, "C": 2}, 9), ballots=30)
    table = plans_told({"Nyby": lot, "Lolland": LOLLAND}, title="Two").tables[0]
    assert table.rows[0][:6] == ("Nyby", 30, None, None, True, None)
