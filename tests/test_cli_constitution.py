"""The command line of the elections inside a council and of a KKR's chairs."""

import re
from pathlib import Path
from typing import Any

import pytest
from commands import ENGLISH, Run

from kommunalvalg.lots import Draw
from kommunalvalg.methods.majority import MajorityElection, majority_election, plurality_election
from kommunalvalg.report.constitution import flertalsvalg
from kommunalvalg.report.results import explain
from kommunalvalg.text import Text, Texts

THIRDS = ("--ballot", "A=10 B=8 C=3")
NAESTVED = ("committees", "--groups", "a=16", "b=15", "--seats", "7", "7", "7", "7", "7", "7", "--economy", "9")
BOTH = ("--valgforbund", "A+F+Ø", "--valgforbund", "C+V+I+O")


# majority


@pytest.mark.rule("KSL-24-1")
@pytest.mark.parametrize(
    ("options", "result"),
    [
        ((), (None, None, 1, "whoever can be elected", 11)),
        (THIRDS, (None, None, 2, "whoever can be elected", 11)),
        ((*THIRDS, *THIRDS), (None, None, 3, "A and B", None)),
        ((*THIRDS, *THIRDS, "--ballot", "A=10 B=8"), ("A", 3, None, None, None)),
        (("--ballot", "A=11 B=10"), ("A", 1, None, None, None)),
        (("--ballot", "", "--ballot", "A=1"), ("A", 2, None, None, None)),
        (("--ballot", "A=10 B=8", "--base", "cast"), ("A", 1, None, None, None)),
        (("--ballot", "A=9 B=9", "--base", "cast"), (None, None, 2, "whoever can be elected", None)),
    ],
)
def test_majority_says_how_far_it_is(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], result: tuple[object, ...]
) -> None:
    """It tells who is elected in which ballot, or the next ballot, who may stand and how many votes elect."""
    run = Run(capsys, "majority", "--present", "21", *options, "--format", "json", "--lang", "en")
    assert (run.status, tuple(run.json["result"][0].values())) == (0, result)


@pytest.mark.rule("KSL-24-1x")
def test_the_ministrys_case_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    """The ministry's case is written with its votes, its reason and the provision."""
    run = Run(capsys, "majority", "--present", "21", *THIRDS, *THIRDS, "--ballot", "A=10 B=8")
    assert "A er valgt ved 3. afstemning: 10 af de 18 afgivne stemmer, det højeste stemmetal (KSL § 24" in run.out


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ((*THIRDS, "--ballot", "A=9 B=9", "--ballot", "A=9 B=9"), 3, "It decides who is elected."),
        ((*THIRDS, "--ballot", "A=7 B=7 C=7"), 3, "It decides who ballot 3 is bound to."),
        ((*THIRDS, "--ballot", "A=9 B=9", "--ballot", "A=9 B=9", "--draw", "A,B:B"), 0, "decided by lot"),
        ((*THIRDS, "--ballot", "A=7 B=7 C=7", "--draw", "A,B,C:A,C"), 0, "bound to A and C"),
        (("--ballot", "", "--ballot", "A=1"), 0, "votes were cast for nobody else"),
        (("--ballot", "A=12"), 0, "12 of the 21 members present, more than half"),
        (("--ballot", "A=9 B=8", "--base", "cast"), 0, "9 of the 17 votes cast, more than half"),
        (("--ballot", "A=9 B=9", "--base", "cast"), 0, "more than half of the votes cast elect."),
        (
            (
                "--ballot",
                "",
            ),
            0,
            "the only one to be voted for in ballot 2",
        ),
    ],
)
def test_majority_says_why_and_what_comes_next(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], status: int, said: str
) -> None:
    """The sentence below the tables gives the reason or the next step; the exit status is 3 where a lot is open."""
    run = Run(capsys, "majority", "--present", "21", *options, "--lang", "en")
    assert said in " ".join(run.out.split())
    assert run.status == status


def test_names_may_have_spaces(capsys: pytest.CaptureFixture[str]) -> None:
    """A name of several words needs no quotes of its own."""
    run = Run(capsys, "majority", "--present", "9", "--ballot", "Anna Ø. Holm = 5 Bo Lind=4", "--format", "json")
    assert run.json["result"][0]["winner"] == "Anna Ø. Holm"


# committees


@pytest.mark.rule("KSL-27")
def test_naestved_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The published case comes out: 5:4, six times 4:3, under ét 22:20, and two seats to claim."""
    run = Run(capsys, *NAESTVED, "--format", "json")
    seats = {row["committee"]: (row["a"], row["b"]) for row in run.json["seats"]}
    assert seats == {"Økonomiudvalget": (5, 4), **{f"Udvalg {number}": (4, 3) for number in range(1, 7)}}
    assert run.json["groups"] == [
        {"group": "a", "taking_part": 16, "totals": 24, "under_et": 22, "claims": 0, "excess": 2},
        {"group": "b", "taking_part": 15, "totals": 18, "under_et": 20, "claims": 2, "excess": 0},
    ]
    assert run.status == 0


@pytest.mark.parametrize(
    "given",
    [
        ("--groups", "a=16", "b=15", "--seats", "7", "5"),
        ("--groups", "a=16", "--groups", "b=15", "--seats", "7", "--seats", "5"),
        ("--seats=7", "5", "--groups=a=16", "b=15"),
        ("--seats", "7", "--groups", "a=16", "--seats", "5", "--groups", "b=15"),
    ],
)
def test_values_stand_after_one_option_or_each_after_its_own(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    """Several values may follow one option; the option may be repeated; both may be mixed."""
    run = Run(capsys, "committees", *given, "--names", "Kultur", "Teknik", "--format", "json")
    rows = [tuple(row.values()) for row in run.json["seats"]]
    assert rows == [("Kultur", 4, 3, 7), ("Teknik", 3, 2, 5)]


@pytest.mark.rule("KSL-27")
def test_claims_are_carried_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Two seats pass, a majority that is lost is restored, and nothing is left to claim."""
    claims = ("--claim", "Udvalg 1:a:b", "Udvalg 2:a:b", "--restore", "Udvalg 1")
    run = Run(capsys, *NAESTVED, *claims, "--format", "json")
    seats = {row["committee"]: (row["a"], row["b"], row["members"]) for row in run.json["seats"]}
    assert (seats["Udvalg 1"], seats["Udvalg 2"], seats["Udvalg 3"]) == ((5, 4, 9), (3, 4, 7), (4, 3, 7))
    assert run.json["transfers"] == [
        {"committee": "Udvalg 1", "giver": "a", "receiver": "b"},
        {"committee": "Udvalg 2", "giver": "a", "receiver": "b"},
    ]
    assert run.json["extra"] == [{"committee": "Udvalg 1", "group": "a", "members": 2}]
    assert "Ingen valggruppe har en plads at kræve (KSL § 27, stk. 1)." in run.json["text"]


@pytest.mark.rule("KSL-27")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Seats that b may claim: 2, from a (KSL § 27, stk. 1)."),
        ((), "a chooses in which committees."),
        ((), "Number of ways to place them: 15."),
        (("--accept-second", "b"), "Number of ways to place them: 21."),
        ((), "Outside the total of the standing committees: Økonomiudvalget."),
        (("--council-size", "31"), "Number of ways to place them: 15."),
    ],
)
def test_what_may_be_claimed_is_said(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str) -> None:
    """The receiver, the number, the giver and the number of ways to place the seats are said."""
    assert said in Run(capsys, *NAESTVED, *options, "--format", "json", "--lang", "en").json["text"]


def test_many_ways_are_not_all_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there are very many ways to place the claims the command stops counting."""
    groups = ("committees", "--groups", "a=30", "b=20", "c=5", "d=4", "e=2")
    run = Run(capsys, *groups, "--seats", *["7"] * 12, "--format", "json", "--lang", "en")
    assert "There are more than 10,000 ways to place them." in run.json["text"]


def test_okonomiudvalget_in_the_total(capsys: pytest.CaptureFixture[str]) -> None:
    """Økonomiudvalget counts in the total when that is asked for."""
    inside = Run(capsys, *NAESTVED, "--economy-inside", "--format", "json").json["groups"]
    assert [(row["totals"], row["under_et"]) for row in inside] == [(29, 26), (22, 25)]


@pytest.mark.rule("KSL-17-1")
def test_sizes_are_held_against_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    """A committee of even size, or of over half the council, is told and not refused."""
    run = Run(capsys, "committees", "--groups", "a=5", "b=4", "--seats", "4", "5", "--council-size", "9")
    text = " ".join(run.out.split())
    assert run.status == 0
    assert "Udvalg 1 har 4 medlemmer; et udvalg har et ulige antal (KSL § 17, stk. 1)." in text
    assert (
        "Udvalg 2 har 5 medlemmer; et udvalg har højst halvt så mange som kommunalbestyrelsens 9 (KSL § 17, stk. 1)."
        in text
    )
    csv = Run(capsys, "committees", "--groups", "a=5", "b=4", "--seats", "4", "5", "--format", "csv")
    assert csv.err == "kommunalvalg: Udvalg 1 har 4 medlemmer; et udvalg har et ulige antal (KSL § 17, stk. 1).\n"


def test_a_claim_is_seen_in_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    """What each group had before the claim stands beside what it has after it; without a claim there is one column."""
    given = ("committees", "--groups", "a=16", "b=15", "--seats", "7", "7", "--names", "Kultur", "Teknik")
    rows = Run(capsys, *given, "--claim", "Kultur:a:b", "--format", "json").json["groups"]
    assert [(row["elected"], row["totals"], row["under_et"]) for row in rows] == [(8, 7, 7), (6, 7, 7)]
    assert "Efter krav" in Run(capsys, *given, "--claim", "Kultur:a:b").out
    assert "Efter krav" not in Run(capsys, *given).out


def test_open_lots_in_committees(capsys: pytest.CaptureFixture[str]) -> None:
    """Open lots are named committee by committee; drawn, they settle the seats; the exit status tells."""
    given = ("committees", "--groups", "a=10", "b=10", "--seats", "3", "5", "--lang", "en", "--format", "json")
    run = Run(capsys, *given)
    assert run.status == 3
    assert any("Committee 1" in text for text in run.json["text"])
    assert [row["claims"] for row in run.json["groups"]] == [None, None]
    drawn = Run(capsys, *given, "--draw", "a,b:a", "--draw", "a,b:a")
    assert (drawn.status, [row["claims"] for row in drawn.json["groups"]]) == (0, [0, 1])


@pytest.mark.rule("KSL-11")
def test_a_council_that_cannot_elect_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Fifteen of 31 are too few to elect anybody (§ 11, stk. 2), sixteen are not."""
    few, enough = (
        Run(capsys, "majority", "--present", present, "--council-size", "31", "--ballot", "A=9")
        for present in ("15", "16")
    )
    assert (few.status, enough.status) == (2, 0)
    assert "--present er 15; et råd på 31 kan vælge, når 16 er til stede (KSL § 11, stk. 2)" in few.err
    assert "A er valgt" in enough.out


@pytest.mark.rule("KSL-65-5")
def test_mayor_and_chairs_are_elected_together(capsys: pytest.CaptureFixture[str]) -> None:
    """The largest quotient names the mayor; who is asked for chairs says whose the mayor is, or that it is so found."""
    asked = ("chairs", "--groups", "a=10", "b=8", "c=7", "--committees", "6")
    run = Run(capsys, *asked, "--together")
    assert "a har den største kvotient og udpeger borgmesteren" in " ".join(run.out.split())
    assert Run(capsys, *asked).err == "kommunalvalg: angiv --mayors-group eller --together\n"
    both = Run(capsys, *asked, "--together", "--mayors-group", "a").err
    assert "--mayors-group er 'a', og med --together udpeger valget af formænd den; angiv én af dem" in both


# the chairs of a KKR


@pytest.mark.rule("KL-15-3")
@pytest.mark.parametrize(
    ("options", "posts"),
    [
        (("--chairs",), [("A", "A"), ("C", "C")]),
        (("--chairs", "--valgforbund", "A+F+Ø"), [("A+F+Ø", "A"), ("A+F+Ø", "F")]),
        (BOTH, [("A+F+Ø", "A"), ("C+I+O+V", "C")]),
    ],
)
def test_the_chairs_of_hovedstaden(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], posts: list[tuple[str, str]]
) -> None:
    """Chair and vice chair come with their unit and their party, and who takes no part with the reason."""
    run = Run(capsys, "kkr", "hovedstaden-2026", *options, "--format", "json", "--lang", "en")
    assert run.json["posts"] == [
        {"post": post, "unit": unit, "list": party}
        for post, (unit, party) in zip(["Chair", "Vice chair"], posts, strict=True)
    ]
    assert [(row["party"], row["reason"]) for row in run.json["excluded"]] == [(key, "below the line") for key in "KMÆ"]
    assert run.status == 0


@pytest.mark.rule("KL-15-2a")
def test_who_takes_no_part_in_the_posts_has_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The line, its provision, and the votes and share of each party that is below it stand with the chairs."""
    words = ("kkr", "hovedstaden-2026", "--lang", "en")
    out = " ".join(Run(capsys, *words, "--chairs").out.split())
    assert re.search(
        r"at least 2.00% of the [\d,]+ votes cast and a seat in a council are needed \(KL's vedtægter", out
    )
    chairs, composed = (Run(capsys, *words, *more, "--format", "json").json for more in (("--chairs",), ("--explain",)))
    assert chairs["excluded"] == composed["excluded"]


@pytest.mark.parametrize("day", ["2025-12-15", "2027-12-14", "2028-01-24"])
def test_a_meeting_in_another_year_than_after_an_election_is_warned_of(
    capsys: pytest.CaptureFixture[str], day: str
) -> None:
    """It is no first meeting; nor is one in December, whatever the year. In the year after one nothing is said."""
    words = ("kkr", "nordjylland-2026", "--chairs", *ENGLISH)
    assert "is not the first one after an election" in " ".join(Run(capsys, *words, "--meeting", day).out.split())
    assert "after an election" not in " ".join(Run(capsys, *words, "--meeting", "2026-01-26").out.split())


@pytest.mark.rule("FO-4-2")
def test_the_deadline_of_a_valgforbund(capsys: pytest.CaptureFixture[str]) -> None:
    """Given the day of the meeting, the command says by when a valgforbund is to be notified."""
    danish = Run(capsys, "kkr", "hovedstaden-2026", "--meeting", "2026-01-26")
    assert "senest onsdag den 21. januar 2026, 3 hverdage før mødet mandag den 26." in " ".join(danish.out.split())
    english = Run(capsys, "kkr", "hovedstaden-2026", "--meeting", "2026-01-26", "--lang", "en")
    assert "21 January 2026, 3 weekdays (hverdage) before the meeting of" in " ".join(english.out.split())


def test_a_lot_over_the_chair(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:  # noqa: ANN401 - a path
    """Equal quotients for both posts are an open lot with exit status 3; drawn, it says who has the chair."""
    (tmp_path / "votes.csv").write_text("party,votes\nA,500\nB,500\n", encoding="utf-8")
    (tmp_path / "mayors.csv").write_text("party,mayors\nA,1\nB,1\n", encoding="utf-8")
    files = ("--votes", str(tmp_path / "votes.csv"), "--mayors", str(tmp_path / "mayors.csv"))
    given = ("kkr", *files, "--municipalities", "2", "--chairs", "--lang", "en", "--format", "json")
    run = Run(capsys, *given)
    assert run.status == 3
    assert [row["unit"] for row in run.json["posts"]] == [None, None]
    assert any(text.endswith("It decides who has the chair.") for text in run.json["text"])
    assert any("holds a seat in a council" in text for text in run.json["text"])
    drawn = Run(capsys, *given, "--draw", "A,B:B")
    assert (drawn.status, [row["unit"] for row in drawn.json["posts"]]) == (0, ["B", "A"])


def test_the_picture_of_the_chairs_is_their_race(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --chairs the picture is that of the election, and not of the members."""
    words = ("kkr", "hovedstaden-2026", "--chairs", "--valgforbund", "A+F+Ø", "--lang", "en")
    assert Run(capsys, *words, "--plot", str(tmp_path / "chairs.svg")).status == 0
    drawn = (tmp_path / "chairs.svg").read_text(encoding="utf-8")
    assert "the last, 227,593.5 of A+F+Ø; seats won: A+F+Ø 2" in drawn
    assert "mayors" not in drawn


@pytest.mark.rule("KSL-24-1")
def test_an_election_to_one_post_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Each ballot tells the votes cast, who voted for nobody, what elected, and who had most; then lots and rules."""
    third = ("--ballot", "A=9 B=9", "--draw", "A,B:B", "--explain", "--lang", "en", "--format", "json")
    answer = Run(capsys, "majority", "--present", "21", *THIRDS, *THIRDS, *third).json
    assert [tuple(row.values()) for row in answer["held"]] == [
        (1, 21, 0, 11, "A", None),
        (2, 21, 0, 11, "A", None),
        (3, 18, 3, None, "A and B", "B"),
    ]
    assert [(row["among"], row["chosen"]) for row in answer["draws"]] == [("A and B", "B")]
    assert sum("(KSL § 24, stk. 1)" in text for text in answer["text"]) == 3


@pytest.mark.parametrize(
    ("options", "needed", "rule"),
    [((), 11, "of the 21 members present elect"), (("--base", "cast"), 10, "more than half of the votes cast elect")],
)
def test_what_half_is_taken_of_is_explained(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], needed: int, rule: str
) -> None:
    """The votes that elect are more than half of the members present, or of the votes cast where that is asked for."""
    words = ("--ballot", "A=9 B=9", "--explain", "--lang", "en", "--format", "json", *options)
    answer = Run(capsys, "majority", "--present", "21", *words).json
    assert [row["needed"] for row in answer["held"]] == [needed]
    assert any(rule in text for text in answer["text"])


def test_an_election_by_the_most_votes_is_explained() -> None:
    """Explained, a plurality has its ballot and its lot, and no rule of the law."""
    election = plurality_election({"A": 8, "B": 8}, lots=[Draw(["A", "B"], ["B"])])
    said = explain(election, "en")
    assert "Ballot by ballot" in said
    assert "Lots that were drawn" in said
    assert "KSL" not in said


# Formats and bad input


@pytest.mark.parametrize(
    "command", [("majority", "--present", "21", *THIRDS), NAESTVED, ("kkr", "hovedstaden-2026", *BOTH)]
)
@pytest.mark.parametrize("form", ["table", "markdown", "html", "json", "csv"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_format_in_both_languages(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], form: str, language: str
) -> None:
    """Each command writes every format in both languages."""
    run = Run(capsys, *command, "--format", form, "--lang", language)
    assert (run.status, run.err) == (0, "")
    assert run.out.endswith("\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["majority"], "--present"),
        (["majority", "--present", "0"], "--present is 0"),
        (["majority", "--present", "21", "--ballot", "A=22"], "ballot 1 has 22 votes; at most 21"),
        (["majority", "--present", "21", "--ballot", "A"], "ballot 1 has 'A'; write it as NAME=COUNT"),
        (["majority", "--present", "21", "--ballot", "A=1 A=2"], "ballot 1 names 'A' twice"),
        (["majority", "--present", "21", "--ballot", "A=x"], "'x'"),
        (["majority", "--present", "21", "--ballot", "A=11", "--ballot", "A=1"], "ballot 1 elected A"),
        (["majority", "--present", "21", *THIRDS, *THIRDS, "--ballot", "C=1"], 'ballot 3["C"] is 1; only A, B'),
        (["majority", "--present", "21", *THIRDS, "--draw", "A,B:A"], "left over"),
        (["majority", "--present", "21", "--base", "members"], "members"),
        (["committees"], "--groups"),
        (["committees", "--groups", "a=1"], "--seats has no committee"),
        (["committees", "--groups", "--seats", "3"], "'--groups' requires an argument"),
        (["committees", "--groups", "a=1", "--seats"], "'--seats' requires an argument"),
        (["committees", "--groups", "a", "--seats", "3"], "--groups has 'a'"),
        (["committees", "--groups", "a=10,b=10", "--seats", "5"], "--groups has 'a=10,b=10'; write each count"),
        (["committees", "--groups", "a=0", "--seats", "3"], '--groups["a"] is 0'),
        (["committees", "--groups", "a=1", "a=2", "--seats", "3"], "groups names 'a' twice"),
        (["committees", "--groups", "a=1", "--seats", "three"], "three"),
        (["committees", "--groups", "a=1", "--seats", "-3"], "is -3"),
        (["committees", "--groups", "a=1", "--seats", "0"], "is 0"),
        (["committees", "--groups", "a=1", "--seats", "3", "3", "--names", "K"], "--names has 1 and --seats 2"),
        (["committees", "--groups", "a=1", "--seats", "3", "3", "--names", "K", "K"], "--names has K"),
        ([*NAESTVED, "--names", "Økonomiudvalget", *"BCDEF"], "--names has Økonomiudvalget"),
        ([*NAESTVED, "--nope", "3"], "--nope"),
        ([*NAESTVED, "--council-size", "17"], "--council-size is 17; 31 members take part"),
        ([*NAESTVED, "--claim", "Committee 1"], "--claim is 'Committee 1'; write the committee"),
        ([*NAESTVED, "--claim", "Committee 9:a:b"], "'Committee 9' is no committee"),
        ([*NAESTVED, "--claim", "Økonomiudvalget:a:b"], "outside the total"),
        ([*NAESTVED, "--claim", "Committee 1:b:a"], "'b' has no seat to give"),
        ([*NAESTVED, "--claim", "Committee 1:a:b", "Committee 1:a:b"], "a second seat in Committee 1"),
        ([*NAESTVED, "--claim", *[f"Committee {n}:a:b" for n in (1, 2, 3)]], "'a' has no seat to give"),
        ([*NAESTVED, "--restore", "Committee 1"], "no group loses a majority"),
        (
            [*NAESTVED, "--accept-second", "c", "--claim", "Committee 1:a:b"],
            "--accept-second names 'c', which is not in --groups",
        ),
        (["kkr", "hovedstaden-2026", "--valgforbund", "A+M"], "'M', which takes no part (below the line)"),
        (["kkr", "hovedstaden-2026", "--valgforbund", "A+X"], "'X', which takes no part (it is not in votes)"),
        (["kkr", "hovedstaden-2026", "--valgforbund", "A++F"], "not blank"),
        (["kkr", "hovedstaden-2026", "--valgforbund", "A+F", "--valgforbund", "F+Ø"], "at most one alliance"),
        (["kkr", "hovedstaden-2026", "--chairs", "--draw", "A,C:A"], "left over"),
        (["kkr", "hovedstaden-2026", "--valgforbund", "A,F, Ø"], "a plus joins names that stand together: A+F+Ø"),
        (
            ["kkr", "hovedstaden-2026", "--meeting", "26-01-2026"],
            "--meeting is '26-01-2026'; write YYYY-MM-DD, for example 2026-01-26",
        ),
        (["kkr", "hovedstaden-2026", "--meeting", "2026-02-30"], "write YYYY-MM-DD"),
        (["kkr", "hovedstaden-2026", "--meeting", "1066-10-14"], "of the years 1970 to 2100"),
    ],
)
def test_bad_input_is_one_clear_line(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """What is wrong is said on one line on standard error, with exit status 2 and nothing printed."""
    run = Run(capsys, *arguments, *ENGLISH)
    assert (run.status, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert said in run.err


@pytest.mark.parametrize(
    ("election", "said"),
    [
        (plurality_election({"A": 9, "B": 8}), "A is elected in ballot 1: 9 of the 17 votes cast, the most."),
        (plurality_election({"A": 8, "B": 8}, lots=[Draw(["A", "B"], ["B"])]), "equal votes, decided by lot."),
        (plurality_election({"A": 8, "B": 8}), "It decides who is elected."),
        (plurality_election({"A": 0}), "the ballot is held again."),
        (majority_election([{}, {"A": 1, "B": 1}, {}], present=9, lots=[Draw(["A", "B"], ["A"])]), "by lot (KSL § 24"),
    ],
)
def test_an_election_by_the_most_votes_is_told_as_such(election: MajorityElection, said: str) -> None:
    """The report of a plurality names no provision of the law; that of a flertalsvalg does."""
    report = flertalsvalg(election)
    assert any(said in str(part) for part in report.shown if isinstance(part, Text | Texts))
    assert ("flertalsvalg" in str(report.title)) is (election.present is not None)


def test_a_group_may_be_named_like_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    """A group called committee loses no figure in JSON."""
    run = Run(capsys, "committees", "--groups", "committee=16", "b=15", "--seats", "7", "--format", "json")
    assert run.json["seats"] == [{"committee": "Udvalg 1", "committee (2)": 4, "b": 3, "members": 7}]
