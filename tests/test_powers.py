"""What is said of majorities, power, candidates' margins and methods side by side."""

import pytest

from kommunalvalg import data, elect_council, proportional_election, report
from kommunalvalg.analysis.candidates import candidate_margins
from kommunalvalg.analysis.majorities import power, seat_majorities, winning_coalitions
from kommunalvalg.analysis.methods import disproportionality, every_method
from kommunalvalg.results import Result

FANOE = elect_council(data.council("kv2025", "Fanø"))
THREE = proportional_election({"A": 46, "B": 30, "C": 24}, 5)

SAID = [
    (winning_coalitions(FANOE), "C+V+Ø+Å            4        6", "Et flertal kræver 6 mandater"),
    (power(FANOE), "B             5                           112     63.64%            60.00%", "Et flertal kræver 6"),
    (seat_majorities(THREE), "A                         3  yes                           46  –", "5 mandater og 100"),
    (
        candidate_margins(FANOE.case, "B"),
        "25  –                    1          2",
        "B-3",
    ),
    (every_method(THREE), "A            46          3               2", "Mandaterne efter hver metode"),
    (disproportionality(THREE), "index, half the sum of the differences: 14.00%", "14,00\u00a0%"),
]


@pytest.mark.parametrize(("result", "english", "danish"), SAID, ids=lambda value: type(value).__name__)
def test_every_analysis_is_told_and_written(result: Result, english: str, danish: str) -> None:
    """In both languages, with its numbers; and it comes back from a file as it was."""
    assert english in report.explain(result, "en")
    assert danish in report.explain(result, "da")
    assert data.from_json(data.to_json(result), type(result)) == result
