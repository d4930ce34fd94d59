"""What a program brings itself: a method and a kind of result of its own, each declared once and seen everywhere."""

from collections.abc import Iterator

import attrs
import pytest

from kommunalvalg import VoteError, ask, data, dhondt, report
from kommunalvalg.analysis.what_if import other_method
from kommunalvalg.lots import Draw, Tie, Urn, settle
from kommunalvalg.methods import registry
from kommunalvalg.methods.alliances import proportional_election
from kommunalvalg.methods.quotients import DIVISORS, Divisors
from kommunalvalg.report.documents import Column, Document, Kind, Table
from kommunalvalg.results import KINDS, Result, ResultKind, declare
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count, checked_names

# A divisor method: one line


@pytest.fixture
def fours() -> Iterator[Divisors]:
    """Declare the divisors 1, 5, 9 ..., which nobody uses."""
    yield registry.declare(Divisors("fours", "the method of fours", 4, 1))
    del DIVISORS["fours"]


def test_a_divisor_method_of_ones_own_is_distributed_asked_and_explained(fours: Divisors) -> None:
    """What is declared in one line distributes, answers questions, is written to files and told with its divisors."""
    votes = {"A": 46, "B": 30, "C": 24}
    result = registry.distribute(votes, 5, method=fours.name)
    assert [award.divisor for award in result.awards] == [1, 1, 1, 5, 5]
    assert result.seats == {"A": 2, "B": 2, "C": 1}
    answer = ask.ask({"case": "divisor", "divisors": "fours", "votes": votes, "seats": 5}, "en")
    assert answer["result"]["seats"] == result.seats
    assert answer["case"]["divisors"] == "fours"
    assert data.from_json(data.to_json(result), type(result)) == result
    assert "9.20" in report.explain(result, "en")  # 46 / 5
    assert other_method(proportional_election(votes, 5), "fours").after.certain == result.seats


def test_a_method_of_a_name_that_is_taken_is_refused() -> None:
    """The method d'Hondt stays d'Hondt."""
    with pytest.raises(VoteError, match="two methods have the name 'dhondt'"):
        registry.declare(Divisors("dhondt", "another", 2, 1))
    assert dhondt({"A": 11, "B": 8, "C": 2}, 8).seats == {"A": 5, "B": 3, "C": 0}


# A kind of result: a case, a result, what is told of it


def _names(names: object) -> tuple[str, ...]:
    return checked_names("names", names)


def _places(places: object) -> int:
    return checked_count("places", places, what="a number of places")


@attrs.frozen(kw_only=True)
class RaffleCase:
    """Some people of whom a lot chooses; checked when it is made."""

    names: tuple[str, ...] = attrs.field(converter=_names)
    places: int = attrs.field(converter=_places)

    def settled(self, urn: Urn) -> "Raffle":
        """Choose by a lot, unless there is a place for everybody."""
        if self.places >= len(self.names):
            return Raffle(chosen=self.names, case=self)
        tie = Tie(self.places, self.names)
        draw = urn.draw(tie)
        return Raffle(chosen=draw.chosen if draw else (), ties=() if draw else (tie,), draws=urn.drawn, case=self)


@attrs.frozen(kw_only=True)
class Raffle(Result):
    """Who was chosen."""

    chosen: tuple[str, ...]
    ties: tuple[Tie, ...] = ()
    draws: tuple[Draw, ...] = ()
    case: RaffleCase = attrs.field(repr=False)


def told(result: Raffle) -> Document:
    """Tell who was chosen."""
    rows = tuple((name, int(name in result.chosen)) for name in result.case.names)
    columns = (Column("name", _("Name")), Column("seats", _("Seats"), Kind.NUMBER))
    return Document(_("Number of seats {seats}", seats=result.case.places), (Table("raffle", "", columns, rows),))


@pytest.fixture
def raffle() -> Iterator[ResultKind]:
    """Declare it, once."""
    yield declare(ResultKind(name="raffle", result=Raffle, cases=(RaffleCase,), document=told))
    del KINDS["raffle"]


@pytest.mark.usefixtures("raffle")
def test_a_kind_of_result_of_ones_own_is_asked_written_explained_and_shown() -> None:
    """One declaration is seen in questions, files, explanations, rows and notebooks."""
    question = {"case": "raffle", "names": ["Bo", "Eva", "Ib"], "places": 1}
    open_lot = ask.ask(question, "en")
    assert (open_lot["kind"], open_lot["complete"]) == ("raffle", False)
    assert open_lot["lots"][0]["text"] == "1 place among Bo, Eva, Ib"
    answer = ask.ask({**question, "draws": [{"among": ["Bo", "Eva", "Ib"], "chosen": ["Eva"]}]}, "da")
    assert answer["result"]["chosen"] == ["Eva"]
    result = settle(RaffleCase(names=("Bo", "Eva", "Ib"), places=1), [Draw(["Bo", "Eva", "Ib"], ["Eva"])])
    assert data.from_json(data.to_json(result), Raffle) == result
    assert [*report.rows(result)] == [
        {"name": "Bo", "seats": 0},
        {"name": "Eva", "seats": 1},
        {"name": "Ib", "seats": 0},
    ]
    assert "Eva" in report.explain(result, "da", "html")
    assert "Eva" in (result._repr_html_() or "")
    refused = ask.ask({**question, "places": -1}, "en")
    assert refused["error"]["field"] == "places"
