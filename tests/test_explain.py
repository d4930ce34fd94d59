"""Explanations: every result tells its votes, quotients, provisions and open lots, in Danish and in English."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from fractions import Fraction
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    Candidate,
    CandidateList,
    Change,
    CouncilElection,
    Draw,
    ElectionError,
    adams,
    apply_threshold,
    compose_kkr,
    data,
    dhondt,
    elect_committee,
    elect_committees,
    elect_council,
    elect_kkr_chairs,
    fill_vacancies,
    largest_shortfall,
    majority_election,
    proportional_election,
    report,
    sainte_lague,
    seeded,
)
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.what_if import best_partner, other_size, without_alliances
from kommunalvalg.methods.alliances import alliances_of
from kommunalvalg.report.documents import Document, Heading, Table
from kommunalvalg.report.language import language
from kommunalvalg.report.rendering import render
from kommunalvalg.report.results import document, summary
from kommunalvalg.simulation import Poll, simulate, simulate_kkr
from kommunalvalg.text import LANGUAGES, Text
from kommunalvalg.votes import look

RULE = "KRVL-81-2"
RESULTS = {
    "dhondt": dhondt({"A": 11, "B": 8, "C": 2}, 9, rule=RULE),
    "adams": compose_kkr({"A": 3, "B": 2}, {"A": 2}, municipalities=3, total_votes=5, method="adams"),
    "shortfall": largest_shortfall({"A": 60, "B": 30, "C": 10}, 5, held={"A": 5}),
    "alliances": proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]]),
    "line": apply_threshold({"A": 970, "B": 20, "C": 10}, "2%"),
    "kkr": data.kkr("hovedstaden-2026").compose(),
    "council": elect_council(data.council("kv2025", "Læsø")),
    "majority": majority_election([{"A": 10, "B": 8}], present=21),
    "committee": elect_committee({"a": 20, "b": 8, "c": 3}, 7, renounced={"a": 1}),
    "agreed": elect_committee({"a": 2, "b": 1}, 3, agreed={"b": 3}),
    "committees": elect_committees({"a": 16, "b": 15}, {"Økonomiudvalget": 9, "Kultur": 7, "Teknik": 7}),
    "comparison": data.compare(data.council("kv2025", "Læsø"), data.published("kv2025", "Læsø")),
    "sitting": fill_vacancies(elect_council(data.council("kv2025", "Fanø")), [Change("leaves", "B", "B-1")]),
    "margins": margins(data.council("kv2025", "Fanø")),
    "what if": other_size(data.council("kv2025", "Fanø"), 13),
    "alliance effects": without_alliances(data.council("kv2025", "Fanø")),
    "partners": best_partner(data.council("kv2025", "Fanø"), "V"),
    "chairs": elect_kkr_chairs({"A": 40, "C": 34, "F": 26}, alliances=[["A", "F"]]),
}
EVERY = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)

names = st.text(min_size=1, max_size=12).filter(lambda name: name.strip() and name.isprintable())
votes = st.dictionaries(names, st.integers(0, 500), min_size=1, max_size=5).filter(
    lambda found: any(found.values()) and len({look(normalize("NFC", name)) for name in found}) == len(found)
)


def flat(text: str) -> str:
    """Give a text without its line breaks."""
    return " ".join(text.split())


@EVERY
@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_result_explains_itself(result: object, lang: str, form: str) -> None:
    """Each kind of result is told in both languages, as text, Markdown and HTML, and all open lots with it."""
    said = report.explain(result, lang, form)
    assert language(lang)(document(result).title) in said.replace("&#x27;", "'")
    ties = [getattr(result, "tie", None), *getattr(result, "ties", ())]
    for tie in filter(None, ties):
        assert ("lodtrækning" if lang == "da" else "Open lot") in said
        assert tie.provision in said


def test_an_open_lot_in_danish_words() -> None:
    """An open lot names its places, who is in it and the provision, as an election board says it."""
    said = report.explain(dhondt({"A": 10, "B": 10, "C": 10}, 2, rule=RULE))
    assert "2 pladser mellem A, B og C: lodtrækning, KRVL § 81, stk. 2." in said


def test_the_table_of_quotients_numbers_the_seats() -> None:
    """Each quotient that won has its seat's number, those that wait for a lot say so, and the rest are plain."""
    said = report.explain(RESULTS["dhondt"], "en")
    lines = [line.split("  ") for line in said.split("\nQuotients\n")[1].splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert ["1", "[1] 11.00", "[2] 8.00", "[lot] 2.00"] in cells
    assert ["4", "[6] 2.75", "[lot] 2.00", "0.50"] in cells
    assert ["6", "1.83", "1.33", "0.33"] in cells


def test_a_lot_that_was_drawn_is_told() -> None:
    """Who took part in a lot and who won stands in the explanation, and the seat is marked."""
    said = report.explain(dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=[Draw(["B", "C"], ["C"])]), "en")
    assert "[9, lot] 2.00" in said
    assert "B and C" in said.split("Lots that were drawn")[1]
    assert "B had the same quotient; a lot decided." in said


@pytest.mark.parametrize("tell", [document, summary])
def test_each_lot_that_was_drawn_stands_in_every_report(tell: Callable[..., Document]) -> None:
    """Where it was drawn, among whom, who won and under which provision, once and in the short report too."""
    lots = [Draw(["a", "b"], ["a"]), Draw(["a", "b"], ["b"])]
    result = elect_committees({"a": 10, "b": 10}, {"Kultur": 5, "Teknik": 5}, lots=lots)
    (table,) = [table for table in tell(result).tables if table.key == "draws"]
    cited = "KSL § 24, stk. 3"
    rows = [tuple(map(language("en").cell, row)) for row in table.rows]
    assert rows == [("1", "Kultur", "a and b", "a", cited), ("2", "Teknik", "a and b", "b", cited)]


@pytest.mark.parametrize(
    ("result", "acts"),
    [
        (elect_council(data.council("kv2025", "Fanø")), ["KRVL: lov om kommunale og regionale valg."]),
        (elect_committees({"a": 16, "b": 15}, {"Kultur": 7, "Teknik": 7}), ["KSL: lov om kommunernes styrelse."]),
        (majority_election([{"A": 11}], present=21), ["KSL: lov om kommunernes styrelse."]),
        (elect_committee({"a": 10, "b": 10}, 3), ["KSL: lov om kommunernes styrelse."]),
        (dhondt({"A": 3, "B": 2}, 3), []),
        (dhondt({"KSL": 3, "KRVL § 1": 2}, 3), []),
        (dhondt({"A": 1, "B": 1}, 1, rule="KRVL-81-2"), ["KRVL: lov om kommunale og regionale valg."]),
    ],
)
def test_an_explanation_names_the_acts_that_it_cites(result: object, acts: list[str]) -> None:
    """A short form such as KSL is spelled out once, at the end, and no act that is not cited."""
    texts = [language("da")(part) for part in document(result).shown if not isinstance(part, Heading | Table)]
    assert [text for text in texts if text.startswith(("KRVL:", "KSL:"))] == acts
    assert texts[-1:] == acts or not acts


def test_a_table_of_lots_has_no_empty_column() -> None:
    """A plain distribution has no place and no provision; people read neither column, and programs find both."""
    result = dhondt({"A": 11, "B": 8, "C": 2}, 9, lots=[Draw(["B", "C"], ["C"])])
    (table,) = [table for table in summary(result).tables if table.key == "draws"]
    assert [str(column.heading) for column in table.columns] == ["No.", "Among", "Won by"]
    assert list(report.rows(result, "draws")[0]) == ["number", "within", "among", "chosen", "provision"]


def test_the_place_of_a_lot_is_told_in_the_language() -> None:
    """An English report says of which list a lot is; what a Danish one says of the elected is Danish."""
    council = data.council("kv2025", "Læsø")
    drawn = elect_council(council, lots=seeded(7))
    assert "Læsø, list C" in report.explain(drawn, "en")
    assert "liste" not in report.explain(drawn, "en").replace("partiliste", "").replace("Borgerliste", "")
    assert "Læsø, liste C" in report.explain(drawn, "da")
    ties = elect_committees({"a": 10, "b": 10, "c": 5}, {"Kultur": 5, "Teknik": 4})
    assert "under ét: 2 pladser mellem a, b og c" in report.explain(ties, "da")
    assert "under ét" not in report.explain(ties, "en").lower()


@pytest.mark.parametrize(
    "result",
    [
        dhondt({"A": 10, "B": 10}, 1, lots=seeded(7)),
        proportional_election({"A": 10, "B": 5, "C": 5}, 3, alliances=[["B", "C"]], lots=seeded(7)),
        elect_committees({"a": 10, "b": 10}, {"Kultur": 5}, lots=seeded(7)),
        majority_election([{"A": 9, "B": 9}] * 3, present=21, lots=seeded(7)),
        elect_kkr_chairs({"A": 10, "B": 10}, lots=seeded(7)),
        compose_kkr({"A": 34, "B": 33, "C": 33}, {"A": 1}, municipalities=1, total_votes=100, lots=seeded(7)),
        elect_council(data.council("kv2025", "Læsø"), lots=seeded(7)),
    ],
    ids=lambda result: type(result).__name__,
)
def test_a_report_says_that_a_machine_drew(result: Any) -> None:  # noqa: ANN401 - a result of any kind
    """Lots that come from a seed are told as such, also when they are replayed; lots that people drew are not."""
    said = "Drawn by machine, from the seed 7 by the published procedure: no. 1"
    assert result.draws
    told = summary(result)
    assert sum(said in str(part) for part in told.shown if isinstance(part, Text)) == 1
    assert said in flat(report.explain(data.from_json(data.to_json(result), type(result)), "en"))


def test_a_draw_of_people_is_not_told_as_a_machines() -> None:
    """Without a seed no report says that a machine drew."""
    drawn = dhondt({"A": 10, "B": 10}, 1, lots=[Draw(["A", "B"], ["B"])])
    assert "machine" not in report.explain(drawn, "en")


def test_open_lots_are_rows_too() -> None:
    """What a sentence says of an open lot stands as a row for programs: where, places, among, provision."""
    council = elect_council(data.council("kv2025", "Læsø"), lots=[Draw(["C-4", "C-7"], ["C-7"])])
    (row,) = report.rows(council, "open_lots", lang="en")
    assert row == {"within": "Læsø, list V", "places": 1, "among": "V-2 and V-5", "provision": "KRVL § 85"}


@pytest.mark.rule("KSL-24-3")
@pytest.mark.rule("KL-15-3")
@pytest.mark.parametrize(
    ("result", "said"),
    [
        (elect_committee({"a": 10, "b": 10}, 3), "KSL § 24, stk. 3."),
        (elect_kkr_chairs({"A": 10, "B": 5, "C": 5}), "KL's vedtægter § 15, stk. 3 (inferred)."),
        (dhondt({"A": 10, "B": 10}, 1, rule="KRVL-81-2"), "KRVL § 81, stk. 2."),
    ],
)
def test_a_lot_that_no_text_calls_for_is_told_as_inferred(result: object, said: str) -> None:
    """The provision of an open lot stands alone only where its words call for the lot."""
    assert said in flat(report.explain(result, "en"))


def test_seats_held_and_capacities_are_seen_in_the_table() -> None:
    """Divisors used up by seats held are empty; what was large enough but had no room is marked."""
    said = report.explain(dhondt({"A": 110, "B": 80, "C": 20}, 5, held={"A": 2}, capacity={"B": 2}), "en")
    assert "1          –  [1] 80.00  20.00" in said
    assert "[×] 26.67" in said
    assert "there is nobody left to take it" in said


def test_seats_inside_an_alliance_have_their_number_in_the_whole() -> None:
    """The table inside an alliance numbers its seats as they are numbered in the election."""
    records = report.rows(RESULTS["alliances"], "quotients")
    inner = {record["seat"] for record in records if record["within"] == "A+F"}
    outer = {record["seat"] for record in records if record["within"] == "" and record["name"] == "A+F"}
    assert inner == outer == {1, 3, 4, None}


@pytest.mark.parametrize("council", ["Fanø", "Lolland", "Læsø", "København"])
def test_a_protocol_has_every_part(council: str) -> None:
    """The protocol of a council has votes, quotients of each level, the elected, substitutes and provisions."""
    election = data.council("kv2025", council)
    said = report.explain(elect_council(election))
    for part in (
        "Stemmer og mandater",
        "KRVL § 81, stk. 2",
        "Valgte kandidater",
        "Stedfortrædere",
        "KRVL § 91, stk. 2",
    ):
        assert part in said
    for unit in alliances_of(election.units):
        assert f"Mandater inden for {unit.name} (KRVL § 82)" in said


def test_a_listeforbund_stands_under_its_valgforbund() -> None:
    """The alliances of an election of 2021 are told at every level, each with the seats of its own members."""
    votes = {"A1": 420, "A2": 380, "B": 700, "C1": 360, "C2": 270, "D": 490}
    lists = [
        CandidateList(key[0], key, [Candidate(f"{key}-{n}", 0) for n in range(9)], votes[key], key=key) for key in votes
    ]
    result = elect_council(CouncilElection("Nyby", 9, lists, [["B", ["A1", "A2"]], [["C1", "C2"]]], 2021))
    rows = [tuple(row.values()) for row in report.rows(result, "units")]
    assert rows == [
        ("A1+A2+B", 1500, 6, "A1+A2 3, B 3"),
        ("A1+A2", 800, 3, "A1 2, A2 1"),
        ("C1+C2", 630, 2, "C1 1, C2 1"),
    ]


def test_why_fanoe_has_no_twelfth_seat() -> None:
    """The protocol says how many seats there are, who took the last, and what was next."""
    said = " ".join(report.explain(elect_council(data.council("kv2025", "Fanø"))).split())
    assert "Fanø, valget 2025: 11 mandater" in said
    assert "Den sidste plads, nr. 11, gik til C på kvotienten 185." in said
    assert "Den største kvotient uden plads var 180,143 (B+L+Ø)." in said


def test_a_majority_is_of_what_the_election_takes_it_of() -> None:
    """An election by the votes cast is told by the votes cast, decided or not, and one by those present by them."""
    undecided = majority_election([{"A": 9, "B": 9}], present=31, base="cast")
    text = flat(report.explain(undecided, lang="en"))
    assert "more than half of the votes cast elect" in text
    assert "members present" not in text
    elected = majority_election([{"A": 10, "B": 8}], present=31, base="cast")
    assert "10 of the 18 votes cast, more than half" in flat(report.explain(elected, lang="en"))
    by_law = majority_election([{"A": 16, "B": 8}], present=31)
    assert "16 of the 31 members present, more than half" in flat(report.explain(by_law, lang="en"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "at least 2.00% of the 1,010 votes cast are needed (KL's vedtægter § 15, stk. 2)"),
        (
            {"represented": ["A", "B"]},
            "at least 2.00% of the 1,010 votes cast and a seat in a council are needed (KL's",
        ),
        ({"line": "5%"}, "at least 5.00% of the 1,010 votes cast are needed (in place of 2.00%, KL's vedtægter § 15"),
    ],
)
def test_a_kkr_says_what_its_own_line_asks(given: dict[str, Any], said: str) -> None:
    """Who is left out is told by the line and the conditions that the composition was made with, the law's or not."""
    kkr = compose_kkr({"A": 960, "B": 40, "C": 10}, {"A": 2}, municipalities=2, total_votes=1010, **given)
    assert said in flat(report.explain(kkr, lang="en"))


def test_why_kkr_hovedstaden_has_58_members() -> None:
    """The explanation has the size that the shares call for, the limit, and that the size is inferred."""
    said = " ".join(report.explain(RESULTS["kkr"]).split())
    assert "For at andelene skulle dække borgmestrene fra C, krævedes 65 medlemmer." in said
    assert "Grænsen er 58, 2 for hver af de 29 kommuner" in said
    assert "C 12 188.278 64,99" in said
    assert "Metoden og størrelsen er udledt" in said


def test_a_surplus_stands_with_the_level_it_is_of() -> None:
    """Lolland's surplus seat is explained inside its alliance, after the quotients there."""
    said = report.explain(elect_council(data.council("kv2025", "Lolland")), "en")
    inside = said.split("Seats inside C+I+Æ")[1].split("Seats inside D+Ø")[0]
    assert "[×] 683.00" in inside
    assert "Æ was entitled to 5 seats and can fill 4" in inside


def test_a_wide_table_goes_on_below() -> None:
    """A table of quotients with more units than fit on a line repeats its divisors below; no line is longer."""
    many = dhondt({f"Liste {n}": 1000 + n for n in range(20)}, 30)
    table = report.explain(many, "en").split("\nQuotients\n")[1]
    assert table.count("Divisor") > 1
    assert max(map(len, table.splitlines())) <= 100
    assert all(f"Liste {n}" in table for n in range(20))


def test_a_table_that_is_too_wide_breaks_its_headings_and_goes_on_below() -> None:
    """With the changes since an election before a council's table fits a terminal; a table that fits is as it was."""
    before = data.read_previous("kv2013", "Glostrup")
    text = report.explain(elect_council(before.before(data.council("kv2025", "Glostrup"))), "da")
    lists = text.split("\n\nÆndringerne")[0].splitlines()
    assert max(map(len, lists)) <= 100
    assert [line.split()[0] for line in lists if line].count("V") == 2
    assert [line for line in lists if line.startswith(("Liste ", "    "))][1:] == [
        "Liste      Mandater    Stemmer:          Andel:    Mandater:  Siden da",
        "                        ændring    procentpoint      ændring",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_of_tables_wrap_in_the_terminal(lang: str) -> None:
    """What stands above a table is no wider than what stands between two."""
    told = report.explain(data.kkr("hovedstaden-2026").compose(), lang)
    assert max(map(len, told.splitlines())) <= 100


def test_a_long_table_is_left_out() -> None:
    """Thousands of divisors are no table that anybody reads; the seats one by one stay."""
    told = document(dhondt({"A": 2, "B": 1}, 600))
    assert [table.key for table in told.data] == ["seats", "awards"]


def test_the_column_of_members_is_of_who_was_elected() -> None:
    """After a member left for good nobody stands as the elected member of the seat, and the substitute sits."""
    after = RESULTS["sitting"]
    (table,) = [table for table in document(after).tables if table.key == "sitting"]
    assert str(table.columns[3].heading) == "Elected member"
    (row,) = [row for row in table.rows if row[3] is None]
    assert row[2] is not None


def test_a_legend_is_said_once() -> None:
    """What the brackets mean stands once in a protocol with many tables."""
    said = " ".join(report.explain(RESULTS["council"]).split())
    assert said.count("I klammer:") == 1


@EVERY
def test_a_summary_is_no_longer_than_the_explanation(result: object) -> None:
    """What is seen at a glance is also in the full explanation, table for table."""
    brief = {table.key for table in summary(result).data} - {"awards"}
    assert brief <= {table.key for table in document(result).data}


@EVERY
def test_json_has_each_table_once(result: object) -> None:
    """As JSON every table stands under its own key, laid out for programs."""
    told = document(result)
    answer = json.loads(render(told, "json", "en"))
    assert set(answer) - {"title", "text"} == {table.key for table in told.data}
    for record in answer.get("quotients", []):
        assert list(record) == ["within", "name", "divisor", "quotient", "seat", "lot"]


@given(votes, st.integers(0, 12), st.sampled_from(["dhondt", "sainte_lague", "shortfall"]))
def test_html_is_well_formed_and_escaped_whatever_the_names(given_votes: dict[str, int], seats: int, how: str) -> None:
    """Any names at all give HTML that is well-formed, without script, with every name as text."""
    methods = {"dhondt": dhondt, "sainte_lague": sainte_lague, "shortfall": largest_shortfall}
    result = methods[how](given_votes, seats)  # type: ignore[operator]  # they are called alike
    tree = ET.fromstring(render(document(result), "fragment"))  # noqa: S314 - our own
    assert {element.tag for element in tree.iter()} <= {
        *("div", "p", "strong", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "h4")
    }
    written = {element.text for element in tree.iter("th")}
    assert set(result.seats) <= written


@given(votes)
def test_markdown_takes_no_name_for_markup(given_votes: dict[str, int]) -> None:
    """A name with signs of Markdown stays in its cell: each row has as many cells as the heading."""
    said = report.explain(dhondt(given_votes, 3), "en", "markdown")
    rows = [line for line in said.split("\n") if line.startswith("|")][: len(given_votes) + 3]
    assert len({line.replace("\\\\", "").replace("\\|", "").count("|") for line in rows}) == 1


@given(votes, st.integers(0, 12))
def test_rows_have_every_seat(given_votes: dict[str, int], seats: int) -> None:
    """The seats of the rows are those of the result, in its order."""
    result = dhondt(given_votes, seats)
    assert {row["name"]: row["seats"] for row in report.rows(result)} == result.seats


@given(votes, st.integers(1, 12))
def test_each_column_of_rows_has_one_type(given_votes: dict[str, int], seats: int) -> None:
    """A column is of text, whole numbers, floats or truths, never of two; so that frames take it."""
    for table in ("seats", "awards", "quotients"):
        rows = report.rows(dhondt(given_votes, seats, lots=seeded(1)), table)
        for key in rows[0] if rows else ():
            assert len({type(row[key]) for row in rows} - {type(None)}) <= 1


def test_rows_of_a_fraction_are_its_float() -> None:
    """A quotient comes as the nearest float; the exact one stands in the result."""
    result = dhondt({"A": 11, "B": 8}, 3)
    assert report.rows(result, "awards")[2]["quotient"] == float(result.awards[2].quotient or 0) == 5.5
    assert result.awards[2].quotient == Fraction(11, 2)


def test_rows_of_an_analysis_are_its_own() -> None:
    """What has rows of its own gives those."""

    class Own:
        def rows(self) -> tuple[dict[str, int], ...]:
            return ({"votes": 3},)

    assert report.rows(Own()) == [{"votes": 3}]


def test_simulated_seats_are_told_as_any_result() -> None:
    """A council's simulated seats and a KKR's are explained, are rows and are a frame, without being told the model."""
    council = simulate(data.council("kv2025", "Fanø"), Poll(800), 50, seed=1)
    assert "50 valg er trukket." in report.explain(council)
    assert report.explain(council).startswith("Fanø: simulerede valg")
    rows = report.rows(council)
    assert [row["list"] for row in rows] == list(council.lists)
    assert list(report.to_frame(council, "polars").columns) == list(rows[0])
    kkr = simulate_kkr({"Fanø": data.council("kv2025", "Fanø")}, Poll(800), 50, seed=1, mayors={"B": 1})
    assert report.explain(kkr).startswith("KKR: simulerede valg")
    assert [row["list"] for row in report.rows(kkr)] == list(kkr.lists)


def test_simulated_seats_are_told_by_who_imports_reports_alone() -> None:
    """What needs numpy is imported when such a result comes, and not before."""
    code = (
        "import sys; from kommunalvalg import report, dhondt; report.explain(dhondt({'A': 1}, 1)); "
        "assert 'numpy' not in sys.modules; "
        "from kommunalvalg.simulation import Poll, simulate; from kommunalvalg import data; "
        "report.explain(simulate(data.council('kv2025', 'Fanø'), Poll(800), 5, seed=1))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - the code above


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: report.explain(42), "42 is no result"),
        (lambda: report.explain({"A": 1}), "give what a method of this library returned"),
        (lambda: report.explain(RESULTS["dhondt"], "sv"), "the languages are da, en"),
        (lambda: report.explain(RESULTS["dhondt"], format="odt"), "the formats are table, text, markdown, html"),
        (lambda: report.rows(RESULTS["dhondt"], "mandates"), "the tables of this result are seats, awards, quotients"),
    ],
)
def test_what_cannot_be_told_is_refused(call: object, said: str) -> None:
    """A value that is no result, an unknown language, format or table are refused by name."""
    with pytest.raises(ElectionError, match=said):
        call()  # type: ignore[operator]  # the cases are functions


def test_no_report_needs_matplotlib_or_frames() -> None:
    """The reports name what they have, and nothing else."""
    assert "explain" in dir(report)
    misspelt = "explane"
    with pytest.raises(AttributeError, match=f"no attribute '{misspelt}'"):
        getattr(report, misspelt)


def test_who_loses_an_open_lot_comes_before_the_other_substitutes() -> None:
    """While a lot for a seat is open, the substitutes that are known have the numbers that they will have after it."""
    laesoe = data.council("kv2025", "Læsø")
    result = elect_council(laesoe)
    known = [(row["key"], row["candidate"], row["number"]) for row in report.rows(result, "substitutes")]
    said = " ".join(report.explain(result, "en").split())
    for tie in result.ties:
        key = tie.among[0].split("-")[0]
        assert f"Before the other substitutes of list {key} comes whoever does not win the lot between" in said
        settled = elect_council(laesoe, lots=[Draw(each.among, each.among[: each.places]) for each in result.ties])
        after = [(row["key"], row["candidate"], row["number"]) for row in report.rows(settled, "substitutes")]
        assert set(known) <= set(after)


KKR = data.kkr("hovedstaden-2026")
assert KKR.published is not None
MEMBERS = KKR.published.members


@pytest.mark.parametrize(("method", "called"), [("dhondt", "d'Hondt"), ("adams", "Adams")])
def test_a_kkr_by_another_method_says_that_it_is_a_comparison(method: str, called: str) -> None:
    """Seats by another method than KL's are told with the method, as a comparison, and with what is inferred."""
    kkr = KKR.compose(method=method)
    for said in (report.explain(kkr, "en"), render(summary(kkr), "table", "en")):
        said = " ".join(said.split())  # noqa: PLW2901 - without the line ends
        assert f"found by {called}, for comparison" in said
        assert "The method of a KKR and its size are inferred" in said
        assert ("does not come out by it" in said) == any(
            kkr.members[party] != count for party, count in MEMBERS.items()
        )
        assert ("divided by 0, comes before every other" in said) == (method == "adams")


@pytest.mark.parametrize(
    ("votes", "seats", "alliances", "said"),
    [
        (
            {"A": 10, "B": 10, "C": 10},
            2,
            [],
            "is decided by a lot between A, B, and C, on the quotient 10; next is whoever",
        ),
        (
            {"A": 10, "B": 10, "C": 5},
            1,
            [["A", "B"]],
            "is decided by a lot between A and B, on the quotient 20; next is whoever",
        ),
        (
            {"A": 5, "B": 8, "C": 5, "D": 2},
            2,
            [["A", "C"], ["B", "D"]],
            "is decided by a lot between A and C, on the quotient 10. Next",
        ),
        ({"A": 10, "B": 10, "C": 5}, 2, [], "went to A and B on the quotient 10. Next is A, B, and C, on 5."),
    ],
)
def test_margins_say_that_a_lot_decides_the_last_seat(
    votes: dict[str, int], seats: int, alliances: list[list[str]], said: str
) -> None:
    """The last seat went to nobody while a lot on it is open, among units or inside one."""
    found = margins(proportional_election(votes, seats, alliances=alliances))
    assert said in " ".join(report.explain(found, "en").split())


def test_seats_that_wait_for_lots_inside_an_alliance_are_counted() -> None:
    """Where a lot between alliances is open, the seats that depend on it inside them are told too."""
    election = proportional_election(dict.fromkeys("ACFV", 100), 3, alliances=[["A", "F"], ["C", "V"]])
    assert election.open == 3
    said = " ".join(report.explain(election, "en").split())
    assert "Open lot: 1 place among A+F and C+V" in said
    assert "Seats that wait for that: 2." in said


def test_a_surplus_that_nobody_can_take_is_told_so() -> None:
    """Where all lists have run out of candidates, the surplus goes to nobody, and that is said."""
    lists = [
        CandidateList(key, key, [Candidate(f"{key}-{n}", 10) for n in range(count)])
        for key, count in {"A": 2, "C": 4}.items()
    ]
    said = " ".join(report.explain(elect_council(CouncilElection("Nyby", 9, lists)), "en").split())
    assert "C was entitled to 6 seats and can fill 4; nobody can take the surplus." in said
    assert "goes to (" not in said


def test_a_council_tells_the_seats_that_wait_inside_its_alliances() -> None:
    """The protocol and the summary count the seats that wait for a lot inside a valgforbund."""
    lists = [CandidateList(key, key, [Candidate(f"{key}-{n}", 0) for n in range(3)], 1) for key in "ABC"]
    result = elect_council(CouncilElection("Nyby", 2, lists, [["A", "B"]]))
    assert result.proportional.open == 2
    for said in (report.explain(result, "en"), render(summary(result), "table", "en")):
        assert "Seats that wait for that: 1." in " ".join(said.split())


def test_adams_has_no_largest_quotient_beaten_while_a_first_seat_is_unserved() -> None:
    """A first seat that was not won comes before every quotient, so that none of these is called the next."""
    one, both = adams({"A": 5, "B": 3}, 1), adams({"A": 5, "B": 3}, 2)
    said = " ".join(report.explain(one, "en").split())
    assert "The largest quotient that won no seat" not in said
    assert "The largest quotient that won no seat was 5, of A." in " ".join(report.explain(both, "en").split())


def test_a_picture_of_a_kkr_counts_who_waits_for_a_lot() -> None:
    """The numbers of an alternative text add up: members, and those that wait for a lot."""
    kkr = compose_kkr({"A": 500, "B": 500, "C": 10}, {"A": 3, "B": 2}, municipalities=5, total_votes=1010)
    assert kkr.tie
    assert report.alt_text(report.kkr_members, kkr, lang="en").endswith("A 3 + 0, B 2 + 1. 1 of them wait for a lot.")
