"""A regional council's meeting in one file: forretningsudvalg and sundhedsråd, and who may lead what."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kommunalvalg import report
from kommunalvalg.constitution.posts import Convener
from kommunalvalg.errors import DataError, ElectionError
from kommunalvalg.evening.changes import compare_evenings
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.files import evening_of
from kommunalvalg.evening.items import Role, Step
from kommunalvalg.evening.term import Term, places_on
from kommunalvalg.lots import settle

FILE = Path(__file__).parent.parent / "docs" / "examples" / "region-2025.toml"


def held(**more: Any) -> Evening:  # noqa: ANN401 - tables of a file
    """Hold the meeting of the documentation's file, with more in it."""
    return settle(evening_of({**tomllib.loads(FILE.read_text(encoding="utf-8")), **more}))


def test_a_regional_council_elects_in_its_order() -> None:
    """Forretningsudvalget's vice chair and members before the chairs and members of sundhedsråd (OL §§ 18-22)."""
    evening = held()
    assert [item.step for item in evening.items] == [
        Step.MAYOR,
        Step.DEPUTIES,
        Step.VICE_CHAIR,
        Step.EXECUTIVE,
        *[Step.HEALTH_CHAIR] * 4,
        Step.HEALTH,
        Step.BODY,
    ]
    executive = [seat for seat in evening.seats if seat.body == "Forretningsudvalget"]
    assert [(seat.group, seat.person) for seat in executive if seat.by_office] == [("A", "A 1"), ("V", "V 1")]
    assert next(seat.person for seat in executive if seat.role is Role.CHAIR) == "A 1"
    assert len(executive) == 9


def test_chairs_of_sundhedsraad_sit_there_by_office() -> None:
    """Their places count as their groups' (RL § 14 g, stk. 3)."""
    health = [seat for seat in held().seats if seat.body == "Sundhedsråd Horsens"]
    assert len(health) == 7
    assert {seat.person for seat in health if seat.by_office} == {"A 6", "V 4"}


def test_the_lot_under_et_is_among_the_sundhedsraad() -> None:
    """The sundhedsråd are taken together by themselves (RL § 14 g, stk. 4), and a lot there has a place."""
    assert [tie.place.address for tie in held().ties if tie.place] == ["under ét"]
    assert held(lodtraekninger={"under ét": "V"}).ties == ()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"dato": "2025-12-20"}, "dato: .*the meeting is from 2025-12-01 to 2025-12-15"),
        ({"region": "Midtjyland"}, "region is 'Midtjyland'"),
        (
            {"sundhedsraad": {"Horsens": {"pladser": 7, "kommunale": 8}}},
            "sundhedsraad.Horsens.pladser is 7; the regional members are one more",
        ),
        (
            {"udvalg": {"Forretningsudvalget": {"pladser": 8}}},
            "has an odd number of members, 9 to 15|executive committee",
        ),
        ({"formand": {"afstemninger": [{"X": 16}]}}, r"formand.afstemninger\[1\] names 'X'"),
    ],
)
def test_what_does_not_fit_the_meeting(more: dict[str, Any], message: str) -> None:
    """A day, a region, a size and a name that are none."""
    with pytest.raises(ElectionError, match=message):
        held(**more)


def test_the_regional_chair_leads_no_sundhedsraad() -> None:
    """Nor does anybody lead two (RL § 14 e)."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tables["sundhedsraad"]["Sundhedsråd Horsens"]["formand"] = {"afstemninger": [{"A 1": 31}]}
    with pytest.raises(
        DataError, match=r'^sundhedsraad\."Sundhedsråd Horsens"\.formand is \'A 1\', who is the chair of'
    ):
        settle(evening_of(tables))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_protocol_is_in_one_language(lang: str) -> None:
    """No sentence of the other language stands in it."""
    said = report.explain(held(), lang)
    assert not any(word in said for word in ([" the ", " is "] if lang == "da" else [" er ", " til stede"]))


def test_the_protocol_speaks_of_a_region() -> None:
    """Regionsrådet, forretningsudvalget before the chairs of sundhedsråd, and the acts by their names."""
    said = " ".join(report.explain(held(lodtraekninger={"under ét": "V"})).split())
    for sentence in (
        "Regionsrådet er beslutningsdygtigt; mindst 16 af 31 medlemmer",
        "4. Valg af forretningsudvalgets øvrige medlemmer",
        "5. Valg af formand for Sundhedsråd Horsens",
        "Sundhedsrådene under ét",
        "RL: regionsloven.",
    ):
        assert sentence in said
    assert "Kommunalbestyrelsen er" not in said
    assert "De stående udvalg under ét" not in said


@pytest.mark.parametrize("committee", ["Forretningsudvalget", "Sundhedsråd Ukendt"])
def test_a_claim_of_no_kind_is_refused(committee: str) -> None:
    """Seats are claimed among sundhedsråd or among standing committees, and of nothing else (RL § 14 b)."""
    claim = {"udvalg": committee, "fra": "A", "til": "V"}
    with pytest.raises(
        DataError, match=rf"^overtagelser are \(Transfer\(committee='{committee}', .*\(RL § 14 b, stk. 3\)$"
    ):
        held(lodtraekninger={"under ét": "V"}, overtagelser=[claim])


def test_the_convener_is_told_by_the_act_on_the_regions() -> None:
    """The member who has served longest is told with regionsloven's section, and with no municipal one."""
    members = [{"navn": f"A {number}", "liste": "A", "anciennitet": 40 - number} for number in range(1, 32)]
    evening = settle(evening_of({"region": "Midtjylland", "dato": "2025-12-08", "medlemmer": members}))
    told = " ".join(report.explain(evening, "da").split())
    assert "A 1 indkalder og leder det konstituerende møde, til rådets formand er valgt (RL § 9, stk. 1)." in told
    assert "KSL § 6" not in told


@pytest.mark.rule("OL-61")
def test_where_the_oldest_convenes_every_age_is_asked_for() -> None:
    """Østdanmark is led by the oldest until the chair is elected, however long each has been a member."""
    members = [{"navn": "A 1", "liste": "A", "anciennitet": 20, "foedt": "1960-01-01"}]
    members.append({"navn": "A 2", "liste": "A", "anciennitet": 1})
    meeting = {"region": "Østdanmark", "dato": "2025-12-08", "medlemmer": members}
    with pytest.raises(DataError, match=r'^medlemmer."A 2".foedt is missing'):
        settle(evening_of(meeting))
    members[1]["foedt"] = "1950-01-01"
    convener = settle(evening_of(meeting)).items[0].result
    assert isinstance(convener, Convener)
    assert convener.name == "A 2"


def test_the_term_after_it_speaks_of_a_region() -> None:
    """Who enters enters regionsrådet, which elects a new chair, who leads forretningsudvalget by RL § 14."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tables["stedfortraedere"] = {"A": ["A 17"]}
    tables["haendelse"] = [
        {"dato": "2026-03-01", "hvem": "A 1", "hvad": "udtræder"},
        {"dato": "2026-03-10", "hvem": "A 4", "hvad": "vælges", "sted": "regionsrådsformand"},
    ]
    said = " ".join(report.explain(places_on(evening_of(tables))).split())
    for sentence in (
        "A 1 udtræder af regionsrådet",
        "A 17 indtræder i regionsrådet for A 1 (KRVL § 91, stk. 2).",
        "regionsrådsformand: regionsrådet vælger en ny ved flertalsvalg",
        "A 4 er født medlem af og formand for Forretningsudvalget (RL § 14).",
    ):
        assert sentence in said
    assert "kommunalbestyrelsen" not in said


FU = "næstformand for forretningsudvalget"
HEALTH = "formand for Sundhedsråd Horsens"


@pytest.mark.rule("RL-14", "RL-14e", "RL-14a-3", "RL-14g-3")
@pytest.mark.parametrize(
    ("events", "post", "said"),
    [
        (
            [{"hvem": "V 1", "hvad": "forfald", "maaneder": 1}],
            FU,
            ["nobody is elected for so short an absence. RL § 14, stk. 5"],
        ),
        (
            [{"hvem": "V 1", "hvad": "forfald", "maaneder": 2}],
            FU,
            ["the regional council elects an acting one by flertalsvalg. RL § 14, stk. 5"],
        ),
        ([{"hvem": "V 1", "hvad": "udtræder"}], FU, ["another is elected by flertalsvalg. RL § 14"]),
        (
            [{"hvem": "A 6", "hvad": "forfald", "maaneder": 1}],
            HEALTH,
            ["nobody is elected for so short an absence. RL § 14 f"],
        ),
        (
            [{"hvem": "A 6", "hvad": "forfald", "maaneder": 2}],
            HEALTH,
            ["the regional council elects an acting one by flertalsvalg. RL § 14 f"],
        ),
        (
            [{"hvem": "A 6", "hvad": "fritages", "sted": HEALTH}],
            HEALTH,
            ["another is elected by flertalsvalg. RL § 14 e"],
        ),
    ],
)
def test_who_leads_a_body_of_a_region_is_replaced_by_its_act(
    events: list[dict[str, Any]], post: str, said: list[str]
) -> None:
    """For two months or more an acting one is elected, and another for the rest of the term only where one goes."""
    told = [
        f"{str(each.text).removeprefix(f'{post}: ')} {each.provision}"
        for step in term_of(events).steps
        for each in step.consequences
        if str(each.text).startswith(post)
    ]
    assert told == said


@pytest.mark.rule("RL-14a-3", "RL-14g-3")
@pytest.mark.parametrize(
    ("who", "post", "body", "next_", "rule"),
    [
        ("V 1", FU, "Forretningsudvalget", "V 2", "RL § 14 a, stk. 3"),
        ("A 6", HEALTH, "Sundhedsråd Horsens", "A 9", "RL § 14 g, stk. 3"),
    ],
)
def test_the_place_of_who_leads_a_body_goes_with_the_post(
    who: str, post: str, body: str, next_: str, rule: str
) -> None:
    """The next one has the place by office, and leaves an own one to the group."""
    events = [{"hvem": who, "hvad": "fritages", "sted": post}, {"hvem": next_, "hvad": "vælges", "sted": post}]
    before, after = term_of([]), term_of(events)
    there = [each.person for each in after.holdings if each.body == body]
    assert (there.count(next_), who in there) == (1, False)
    assert len(there) == sum(each.body == body for each in before.holdings)
    said = {str(each.text): each.provision for step in after.steps for each in step.consequences}
    assert said[f"{body}: the place follows the office that it belongs to."] == rule
    assert any(text.startswith(f"{next_} sits in {body}") and where == rule for text, where in said.items())


@pytest.mark.rule("RL-14e")
@pytest.mark.parametrize("who", ["A 1", "V 5"])
def test_nobody_leads_two_bodies_later_either(who: str) -> None:
    """Neither the regional chair nor the chair of another sundhedsråd is elected in the term; a vice chair can be."""
    excused = {"hvem": "A 6", "hvad": "fritages", "sted": HEALTH}
    with pytest.raises(DataError, match=r"chair of the regional council or of another sundhedsråd \(RL § 14 e\)"):
        term_of([excused, {"hvem": who, "hvad": "vælges", "sted": HEALTH}])
    term = term_of([excused, {"hvem": "A 7", "hvad": "vælges", "sted": HEALTH}])
    assert [each.person for each in term.holdings if each.body == HEALTH] == ["A 7"]


def term_of(events: list[dict[str, Any]]) -> Term:
    """Give the term after the example's meeting with some events, a month apart."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tables["haendelse"] = [{"dato": f"2026-{month:02}-10", **event} for month, event in enumerate(events, start=1)]
    return places_on(evening_of(tables))


def test_what_changed_counts_the_claims_of_the_sundhedsraad() -> None:
    """Another outcome of the lot under ét gives another group the right to a place (RL § 14 g, stk. 4)."""
    before, after = held(lodtraekninger={"under ét": "A"}).case, held(lodtraekninger={"under ét": "V"}).case
    assert compare_evenings(before, after).claims == ({}, {"V": 1})
