"""An audit from the manifest to the decision: what is drawn, what is read, and what follows."""

import csv
import doctest
import inspect
from collections.abc import Callable, Mapping
from fractions import Fraction
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    DataError,
    audit,
    data,
    proportional_election,
)
from kommunalvalg.audit import (
    BLANK,
    MISSING,
    UNREADABLE,
    Bundle,
    Decision,
    Evaluation,
    Manifest,
    Plan,
    Reading,
    Readings,
    Sample,
    evaluate,
    packages,
    plan,
    read_manifest,
    read_readings,
    sample,
    sample_of,
    ticket,
    write_manifest,
    write_sheet,
)
from kommunalvalg.audit.ballots import ballot_said

Refused = Callable[..., str]
SEED = "2025-11-20 6 1 4 3 5 2"

SMALL = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000)
WHERE = Manifest(
    [Bundle("1", "A", 400, area="Nord"), Bundle("2", "A", 200), Bundle("3", "B", 350), Bundle("4", "", 50)]
)


@pytest.fixture(scope="module")
def lolland() -> Plan:
    """Plan the audit of Lolland."""
    return plan(data.council("kv2025", "Lolland"))


def as_reported(drawn: Sample) -> dict[tuple[str, int], Reading | str]:
    """Read every ballot as it was reported."""
    return {each.ballot: each.reported for each in drawn.drawn}


def read(drawn: Sample, otherwise: Mapping[int, Reading | str]) -> Evaluation:
    """Read every ballot as it was reported, but for those of some draws."""
    readings = as_reported(drawn) | {drawn.drawn[at - 1].ballot: what for at, what in otherwise.items()}
    return evaluate(drawn.plan, drawn, readings)


# The draw


def test_anybody_can_repeat_a_ticket() -> None:
    """15 hexadecimal digits of a digest, divided by the number of ballots: what is left, and one."""
    digest = sha256(b"2025-11-20 6 1 4 3 5 2:1").hexdigest()
    assert digest.startswith("d3a998828db12d1")
    assert int(digest[:15], 16) % 21_418 + 1 == ticket(SEED, 1, 21_418) == 21_384


def test_tickets_fall_everywhere() -> None:
    """Each ballot is drawn about as often as any other."""
    times = [0] * 10
    for number in range(1, 10_001):
        times[ticket("even", number, 10) - 1] += 1
    assert max(abs(count - 1000) for count in times) < 100


def test_a_sample_is_the_same_each_time_and_grows_at_its_end(lolland: Plan) -> None:
    """The first draws do not depend on how many there are, so that an audit can go on."""
    manifest = packages(lolland)
    first, more = sample(manifest, lolland, SEED), sample(manifest, lolland, SEED, size=1500)
    assert len(first.drawn) == 1096
    assert more.drawn[:1096] == first.drawn
    assert first.code == more.code
    assert sample(manifest, lolland, "another").drawn != first.drawn


def test_with_replacement_a_ballot_comes_twice_and_counts_twice() -> None:
    """Kaplan-Wald draws from all ballots each time; a misread ballot that comes twice is two misread draws."""
    drawn = sample(WHERE, SMALL, 1, size=400)
    twice = {ballot: draws for ballot, draws in drawn.ballots.items() if len(draws) > 1}
    assert twice
    assert sum(map(len, drawn.ballots.values())) == 400 > len(drawn.ballots)
    ballot, draws = next((ballot, draws) for ballot, draws in twice.items() if ballot[0] == "1")
    found = evaluate(SMALL, drawn, as_reported(drawn) | {ballot: "B"})
    assert [each.number for each in found.differences] == list(draws)
    (check,) = [each for each in found.checks if each.assertion.winner.name == "A"]
    assert check.overstated == len(draws) * check.assertion.worst


def test_without_replacement_no_ballot_comes_twice() -> None:
    """ALPHA leaves out the tickets of ballots that were drawn, and can draw them all."""
    alpha = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000, method="alpha")
    drawn = sample(WHERE, alpha, 1, size=1000)
    assert len(drawn.ballots) == 1000
    tickets = [each.ticket or 0 for each in drawn.drawn]
    assert tickets == sorted(tickets)
    assert tickets[-1] > 1000


def test_people_may_draw() -> None:
    """Ballots drawn with dice are taken as they come."""
    drawn = sample_of(WHERE, SMALL, [("2", 7), ("4", 1)])
    assert [(each.number, each.ticket, each.reported) for each in drawn.drawn] == [
        (1, None, Reading("A")),
        (2, None, BLANK),
    ]


def test_a_manifest_knows_where_each_ballot_is() -> None:
    """Ballots are numbered through, bundle by bundle."""
    assert [WHERE.place(number) for number in (1, 400, 401, 951, 1000)] == [
        ("1", 1),
        ("1", 400),
        ("2", 1),
        ("4", 1),
        ("4", 50),
    ]


def test_packages_are_those_of_the_law(lolland: Plan) -> None:
    """Each candidate's personal votes, each list's list votes, and the blank and invalid ones in one (KRVL § 88)."""
    manifest = packages(lolland)
    assert manifest.ballots == 21_418
    assert [each.ballots for each in manifest.bundles if not each.list] == [21_418 - lolland.count.valid]
    one_name = CandidateList("A", "Alfa", [Candidate("Kim", 30)], 9), CandidateList("B", "Beta", [Candidate("Kim", 20)])
    names = [each.name for each in packages(plan(CouncilElection("Nyby", 1, one_name), ballots=60)).bundles]
    assert names == ["A", "A Kim", "B Kim", "blank"]


@pytest.mark.parametrize(
    ("bundles", "message"),
    [
        (
            [Bundle("1", "A", 600), Bundle("2", "B", 351), Bundle("3", "", 49)],
            "the bundles of B have 351 ballots, and 350 were reported",
        ),
        ([Bundle("1", "A", 600), Bundle("2", "B", 350)], "the bundles of blank have 0 ballots, and 50 were reported"),
        ([Bundle("1", "C", 600)], "bundle '1' is of 'C', which does not stand; there are A, B, blank"),
        ([], "the bundles of A have 0 ballots, and 600 were reported"),
    ],
    ids=str,
)
def test_a_manifest_adds_up(refused: Refused, bundles: list[Bundle], message: str) -> None:
    """Without a label that is right in sum, no ballot can be compared with what it was reported as."""
    assert refused(sample, Manifest(bundles), SMALL, 1) == message


def test_where_candidates_are_tested_bundles_are_by_candidate(refused: Refused) -> None:
    """The label is the reported reading: for candidates of a sideordnet list it names them."""
    alfa = CandidateList("A", "Alfa", [Candidate("A-1", 300), Candidate("A-2", 100)], 90)
    beta = CandidateList("B", "Beta", [Candidate("B-1", 70)], 20, "partiliste")
    tested = plan(CouncilElection("Nyby", 1, [alfa, beta]), ballots=600, candidates=True)
    by_list = Manifest([Bundle("1", "A", 490), Bundle("2", "B", 90), Bundle("3", "", 20)])
    assert refused(sample, by_list, tested, 1) == "the bundles of A have 490 ballots, and 90 were reported"
    drawn = sample(packages(tested), tested, 1)
    assert Reading("B") in {each.reported for each in drawn.drawn}
    ballot = next(each.ballot for each in drawn.drawn if each.reported == Reading("A", "A-1"))
    found = evaluate(tested, drawn, as_reported(drawn) | {ballot: Reading("A", "A-2")})
    assert {each.read for each in found.differences} == {Reading("A", "A-2")}
    assert "which does not stand" in refused(
        evaluate, tested, drawn, as_reported(drawn) | {ballot: Reading("A", "A-9")}
    )


def test_a_recount_is_not_drawn(refused: Refused) -> None:
    """Where only a full recount will do, no sample is drawn that could be taken for an audit."""
    glostrup = plan(data.council("kv2025", "Glostrup"))
    assert refused(sample, packages(glostrup), glostrup, 1) == (
        "the plan calls for a full recount; there is nothing to draw"
    )


def test_bad_samples_are_refused(refused: Refused) -> None:
    """Seeds, sizes, manifests and ballots are refused by what they are."""
    alpha = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000, method="alpha")
    assert "seed is ''" in refused(sample, WHERE, SMALL, "")
    assert "seed is 1.5" in refused(sample, WHERE, SMALL, 1.5)
    assert "size is 0" in refused(sample, WHERE, SMALL, 1, size=0)
    assert refused(sample, WHERE, alpha, 1, size=1001) == (
        "size is 1001; there are 1000 ballots, and none is drawn twice"
    )
    assert "manifest is [1]" in refused(sample, [1], SMALL, 1)
    assert "plan is 'Lolland'" in refused(sample, WHERE, "Lolland", 1)
    assert refused(sample_of, WHERE, alpha, [("1", 1), ("1", 1)]) == (
        "ballot 1 of bundle '1' is drawn twice; alpha draws each once at most"
    )
    assert refused(sample_of, WHERE, SMALL, [("9", 1)]) == "ballot 1 of bundle '9' is in none of the bundles 1, 2, 3, 4"
    assert (
        refused(sample_of, WHERE, SMALL, [("4", 51)])
        == "ballot 51 of bundle '4' is not in the manifest; bundle '4' has 50"
    )
    assert (
        refused(sample_of, WHERE, SMALL, [("4", 0)])
        == "ballot 0 of bundle '4' is not in the manifest; bundle '4' has 50"
    )
    assert refused(Manifest, [Bundle("1", "A", 1), Bundle("1", "B", 1)]) == (
        "two bundles have the name '1'; give each a name of its own"
    )
    assert "give them one by one" in refused(Manifest, "AB")
    assert "a bundle is ('1', 'A')" in refused(Manifest, [("1", "A")])
    assert "ballots of bundle '1' is -1" in refused(Bundle, "1", "A", -1)
    assert "is of the candidate 'A-1' and of no list" in refused(Bundle, "1", "", 5, "A-1")


# The decision


def test_an_audit_without_differences_stops(lolland: Plan) -> None:
    """Lolland: 1,096 draws that all read as they were reported, and the result is confirmed with the last of them."""
    found = read(sample(packages(lolland), lolland, SEED), {})
    assert (found.decision, found.more, found.differences) == (Decision.STOP, 0, ())
    assert found.checks[0].confirmed == 1096
    assert found.risk <= Fraction(5, 100)
    assert round(float(found.risk), 4) == 0.0499


def test_an_audit_goes_on_and_says_how_far(lolland: Plan) -> None:
    """After one vote of L that was another's the audit goes on; with as many more as it says it stops."""
    manifest = packages(lolland)
    drawn = sample(manifest, lolland, SEED)
    at = next(each.number for each in drawn.drawn if each.reported.list == "L")
    found = read(drawn, {at: "C"})
    assert (found.decision, found.more) == (Decision.GO_ON, 1097)
    assert found.checks[0].overstated == 9
    larger = sample(manifest, lolland, SEED, size=1096 + 1097)
    assert read(larger, {at: "C"}).decision is Decision.STOP
    assert read(sample(manifest, lolland, SEED, size=1096 + 1096), {at: "C"}).more == 1


def test_an_audit_ends_in_a_recount(lolland: Plan) -> None:
    """When more would be drawn than there are ballots, all of them are to be counted again."""
    drawn = sample(packages(lolland), lolland, SEED)
    of_l = [each.number for each in drawn.drawn if each.reported.list == "L"]
    assert read(drawn, dict.fromkeys(of_l[:40], "C")).decision is Decision.RECOUNT
    markov = plan(data.council("kv2025", "Lolland"), method="kaplan_markov", inflator=1)
    drawn = sample(packages(markov), markov, SEED)
    at = next(each.number for each in drawn.drawn if each.reported.list == "L")
    assert (read(drawn, {at: "C"}).decision, read(drawn, {at: "C"}).more) == (Decision.RECOUNT, None)


@pytest.mark.parametrize("lost", [MISSING, UNREADABLE, "mangler", "missing", "ulæselig", "unreadable"], ids=str)
def test_a_lost_ballot_counts_against_the_result(lolland: Plan, lost: Reading | str) -> None:
    """What nobody can read is the worst that it could be; to find nothing never helps."""
    drawn = sample(packages(lolland), lolland, SEED)
    at = next(each.number for each in drawn.drawn if each.reported.list == "L")
    found = read(drawn, {at: lost})
    assert found.decision is Decision.GO_ON
    assert found.checks[0].overstated == found.checks[0].assertion.worst
    assert len(read(drawn, dict.fromkeys(range(1, 1097), lost)).checks) == len(lolland.assertions)
    assert read(drawn, dict.fromkeys(range(1, 1097), lost)).decision is Decision.RECOUNT


def test_blank_and_invalid_are_one(lolland: Plan) -> None:
    """A ballot in the package of the blank and invalid ones that is blank, or invalid, is as it was reported."""
    drawn = sample(packages(lolland), lolland, SEED)
    blanks = [each.number for each in drawn.drawn if each.reported == BLANK]
    assert blanks
    for word in ("blank", "ugyldig", "Invalid"):
        assert read(drawn, dict.fromkeys(blanks, word)).differences == ()


def test_ballots_count_in_the_order_in_which_they_were_drawn() -> None:
    """The order of what was read says nothing; the order of the draws does, for those who stop as soon as they can."""
    alpha = plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000, method="alpha")
    drawn = sample(WHERE, alpha, 3, size=60)
    readings = as_reported(drawn)
    first = next(each.ballot for each in drawn.drawn if each.reported.list == "A")
    last = [each.ballot for each in drawn.drawn if each.reported.list == "A"][-1]
    backwards = dict(reversed((readings | {last: "B"}).items()))
    assert evaluate(alpha, drawn, backwards) == evaluate(alpha, drawn, readings | {last: "B"})
    assert evaluate(alpha, drawn, readings | {last: "B"}).decision is Decision.STOP
    assert evaluate(alpha, drawn, readings | {first: "B"}).decision is Decision.GO_ON


@given(st.integers(0, 10**6), st.integers(0, 30))
def test_more_differences_never_help(seed: int, misread: int) -> None:
    """Each further vote for the winner that was not one leaves the risk at least as large."""
    drawn = sample(WHERE, SMALL, seed, size=60)
    of_a = [each.number for each in drawn.drawn if each.reported.list == "A"]
    Random(seed).shuffle(of_a)  # noqa: S311 - which ballots are tried
    less, more = (read(drawn, dict.fromkeys(of_a[:count], "B")) for count in (misread, misread + 1))
    before, after = (
        next(each.risk for each in found.checks if each.assertion.winner.name == "A") for found in (less, more)
    )
    assert before <= after


def test_bad_readings_are_refused(refused: Refused, lolland: Plan) -> None:
    """Readings of another plan or sample, missing, too many, or of what does not stand."""
    drawn = sample(WHERE, SMALL, 1, size=20)
    readings = as_reported(drawn)
    ballot = drawn.drawn[0].ballot
    assert "it was not drawn for this plan" in refused(evaluate, lolland, drawn, readings)
    assert "it was not drawn for this plan" in refused(evaluate, SMALL, None, readings)
    assert refused(evaluate, SMALL, drawn, Readings(readings, "S0")) == (
        f"the readings are of sample 'S0'; this one is {drawn.code}"
    )
    assert (
        refused(evaluate, SMALL, drawn, readings | {("4", 50): "A"})
        == "ballot 50 of bundle '4' was read and not drawn; take it out"
    )
    missing = {key: value for key, value in readings.items() if key != ballot}
    assert refused(evaluate, SMALL, drawn, missing) == (
        f"{ballot_said(ballot)}, draw 1, was not read; say what it is, or that it is missing"
    )
    assert refused(evaluate, SMALL, drawn, readings | {ballot: "X"}) == (
        f"{ballot_said(ballot)} was read as 'X', which does not stand; it is one of A, B, blank, unreadable, missing"
    )
    assert "was read as 7; give a Reading" in refused(evaluate, SMALL, drawn, readings | {ballot: 7})
    assert "readings is 'A'" in refused(evaluate, SMALL, drawn, "A")


# The papers


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_secretary_audits_lolland_with_a_spreadsheet(tmp_path: Path, lolland: Plan, lang: str) -> None:
    """The manifest is written and read, the sheet is drawn and filled in, and the audit stops."""
    write_manifest(tmp_path / "manifest.csv", packages(lolland), lang=lang)
    manifest = read_manifest(tmp_path / "manifest.csv")
    assert manifest == packages(lolland)
    drawn = sample(manifest, lolland, SEED)
    write_sheet(tmp_path / "sheet.csv", drawn, lang=lang)
    fill_in(tmp_path / "sheet.csv", drawn)
    readings = read_readings(tmp_path / "sheet.csv")
    assert readings.code == drawn.code
    assert evaluate(lolland, drawn, readings).decision is Decision.STOP


def fill_in(file: Path, drawn: Sample) -> None:
    """Write into the sheet what each ballot is, as a spreadsheet would save it."""
    text = file.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    heading, *rows = csv.reader(text.splitlines(), delimiter=delimiter)
    for row in rows:
        reading = drawn.manifest.reported((row[1], int(row[2])))
        row[heading.index("liste" if "liste" in heading else "list")] = reading.list or "blank"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows([heading, *sorted(rows, key=lambda row: row[4])])


def test_the_sheet_that_goes_on_has_the_new_ballots_only(tmp_path: Path) -> None:
    """What was read is not fetched again; both sheets together are what was read."""
    first, larger = sample(WHERE, SMALL, 1, size=20), sample(WHERE, SMALL, 1, size=200)
    write_sheet(tmp_path / "1.csv", first)
    fill_in(tmp_path / "1.csv", larger)
    write_sheet(tmp_path / "2.csv", larger, read=read_readings(tmp_path / "1.csv"))
    fill_in(tmp_path / "2.csv", larger)
    both = read_readings(tmp_path / "1.csv", tmp_path / "2.csv")
    assert both.readings.keys() == larger.ballots.keys()
    assert evaluate(SMALL, larger, both).decision is Decision.STOP


def test_a_sheet_has_a_column_for_candidates_where_they_are_tested(tmp_path: Path) -> None:
    """Headed in the language asked for; a filled-in candidate is read."""
    alfa = CandidateList("A", "Alfa", [Candidate("A-1", 300), Candidate("A-2", 100)], 90)
    tested = plan(
        CouncilElection("Nyby", 1, [alfa, CandidateList("B", "Beta", [Candidate("B-1", 70)])]),
        ballots=600,
        candidates=True,
    )
    drawn = sample(packages(tested), tested, 1)
    write_sheet(tmp_path / "sheet.csv", drawn)
    assert (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").splitlines()[0] == (
        "udtræk;bundt;seddel;område;træk;liste;kandidat"
    )
    (tmp_path / "read.csv").write_text("bundle,ballot,list,candidate\nA-1,3,A,A-1\n", encoding="utf-8")
    assert read_readings(tmp_path / "read.csv").readings == {("A-1", 3): Reading("A", "A-1")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bundt;liste;antal\n1;A;x\n", "line 2: the number is 'x'"),
        ("bundt;liste;antal\n1;A;5\n1;B;5\n", "line 3: bundle '1' stands in line 2 already"),
        (
            "bundt;liste;antal\n1;;5\n",
            "line 2: the list is empty; blank and invalid ballots have the list blank/invalid / blank/ugyldig",
        ),
        ("bundt;liste;antal\n;A;5\n", "line 2: bundle has the name ''"),
        ("bundt;antal\n1;5\n", "line 1: no column headed list / liste"),
        ("bundt;liste;antal;sedler\n1;A;5;5\n", "line 1: 2 columns headed ballots / sedler / antal"),
    ],
    ids=str,
)
def test_a_bad_manifest_file_is_refused(refused: Refused, tmp_path: Path, text: str, message: str) -> None:
    """With the file's name and the line's number."""
    file = tmp_path / "manifest.csv"
    file.write_text(text, encoding="utf-8")
    assert refused(read_manifest, file, error=DataError).startswith(f"manifest.csv, {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("udtræk;bundt;seddel;liste\nS1;1;7;\n", "line 2: the ballot is not read; write what it is"),
        (
            "udtræk;bundt;seddel;liste\nS1;1;7;A\nS1;1;7;A\n",
            "line 3: ballot 7 of bundle '1' stands in read.csv, line 2 already",
        ),
        (
            "udtræk;bundt;seddel;liste\nS1;1;7;A\nS2;1;8;A\n",
            "line 3: the row is of sample 'S2', and those before of 'S1'",
        ),
        ("udtræk;bundt;seddel;liste\nS1;1;syv;A\n", "line 2: the number is 'syv'"),
        ("udtræk;bundt;liste\nS1;1;A\n", "line 1: no column headed ballot / seddel"),
    ],
    ids=str,
)
def test_a_bad_sheet_is_refused(refused: Refused, tmp_path: Path, text: str, message: str) -> None:
    """A ballot that was not read, one that was read twice, rows of two samples."""
    file = tmp_path / "read.csv"
    file.write_text(text, encoding="utf-8")
    assert refused(read_readings, file, error=DataError).startswith(f"read.csv, {message}")


def test_a_file_that_cannot_be_written_is_named(refused: Refused, tmp_path: Path) -> None:
    """Where it is, and why not."""
    assert "cannot be written" in refused(write_manifest, tmp_path / "no" / "m.csv", WHERE, error=DataError)
    assert refused(write_manifest, tmp_path / "m.csv", WHERE, lang="de") == "lang is 'de'; it is one of 'da', 'en'"


def test_codes_tell_plans_and_samples_apart() -> None:
    """Another manifest or seed is another sample."""
    drawn = sample(WHERE, SMALL, 1, size=20)
    other = attrs.evolve(WHERE, bundles=WHERE.bundles[::-1])
    assert len({drawn.code, sample(WHERE, SMALL, 2, size=20).code, sample(other, SMALL, 1, size=20).code}) == 3


# The example of the pages


EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "audit"


def test_the_example_of_the_pages_is_what_comes_out(tmp_path: Path, lolland: Plan) -> None:
    """The packages, the sheet and the filled-in sheet of the documentation are those of today's Lolland."""
    write_manifest(tmp_path / "packages.csv", packages(lolland))
    drawn = sample(read_manifest(tmp_path / "packages.csv"), lolland, "6 1 4 3 5 2")
    write_sheet(tmp_path / "to-read.csv", drawn)
    for name in ("packages.csv", "to-read.csv"):
        assert (tmp_path / name).read_bytes() == (EXAMPLE / name).read_bytes()
    readings = read_readings(EXAMPLE / "read.csv")
    assert evaluate(lolland, drawn, readings).decision is Decision.STOP
    assert evaluate(lolland, drawn, readings).differences == ()


@pytest.mark.parametrize(
    "room", ["assertions", "ballots", "evaluation", "planning", "sampling", "sheets", "statistics", "terms"]
)
def test_every_name_of_the_room_is_explained(room: str) -> None:
    """Each class, method and property says what it is; what users call shows a call."""
    module = import_module(f"kommunalvalg.audit.{room}")
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value):
            each = [thing for key, thing in vars(value).items() if not key.startswith("_")]
            told = [thing for thing in each if inspect.isfunction(thing) or isinstance(thing, property)]
            assert inspect.getdoc(value)
            assert all(inspect.getdoc(thing) for thing in told)
        elif inspect.isfunction(value) and name in audit.__all__:
            assert doctest.DocTestFinder(recurse=False).find(value)[0].examples, name


def test_a_lead_that_floats_do_not_tell_has_no_number_of_polled_ballots() -> None:
    """Of votes that differ by one in 10**30 ballot polling says nothing; a comparison of ballots says what it takes."""
    close = plan(proportional_election({"A": 10**30, "B": 10**30 - 1}, 3), ballots=2 * 10**30)
    assert close.polling is None
    assert SMALL.polling
