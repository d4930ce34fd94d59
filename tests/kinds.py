"""A result of each kind, and of each class of cases that makes it, for tests that walk all kinds."""

from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve

from kommunalvalg import (
    Candidate,
    CandidateList,
    Change,
    CouncilElection,
    KKRMember,
    Service,
    apply_claims,
    apply_threshold,
    appoint_one,
    appoint_several,
    audit,
    check_balance,
    check_board,
    check_first_meeting,
    check_notice,
    check_quorum,
    data,
    dhondt,
    elect_chairs,
    elect_committee,
    elect_committees,
    elect_council,
    elect_kkr_chairs,
    elect_kl_board,
    elect_mayor,
    fill_place,
    fill_vacancies,
    first_convener,
    kkr_consequence,
    kkr_convener,
    kkr_voter,
    largest_shortfall,
    majority_election,
    placements,
    plurality_election,
    proportional_election,
    regions,
    seeded,
    settle,
)
from kommunalvalg.analysis import candidates, majorities, margins, methods, partitions, what_if
from kommunalvalg.constitution.order import PickingCase
from kommunalvalg.constitution.outside import elect_body, elect_polling_officers
from kommunalvalg.constitution.vacant import no_confidence, refill_post
from kommunalvalg.council.alliances import RegisteredAlliances
from kommunalvalg.council.nomination import SubmittedLists
from kommunalvalg.council.previous import Previous
from kommunalvalg.evening.changes import EveningChangesCase
from kommunalvalg.evening.files import evening_of, read_evening, read_meeting
from kommunalvalg.evening.kkr_meeting import Valgforbund
from kommunalvalg.evening.term import TermCase
from kommunalvalg.kkr.chairs import constitute_kkr
from kommunalvalg.kkr.composition import KKRSizeCase
from kommunalvalg.kkr.plan import plan_meetings
from kommunalvalg.methods.counted import Counted
from kommunalvalg.methods.registry import distribute
from kommunalvalg.results import Result
from kommunalvalg.simulation import Poll, simulate

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
VOTES = {"A": 40, "C": 34, "F": 26}
GROUPS = {"a": 16, "b": 15}
LISTS = [
    CandidateList("A", "Alfa", [Candidate(f"A-{n}", 30 + n % 2) for n in range(6)], 90),
    CandidateList("B", "Beta", [Candidate("B-1", 70), Candidate("B-2", 10)], 20, "partiliste"),
    CandidateList("Å", "Århus", [Candidate("Å-1", 40), Candidate("Å-2", 9)], 5),
]
CHAIRS_FIRST = {
    "kommune": "Nyby",
    "dato": "2029-12-04",
    "styreform": "§ 65",
    "medlemmer": {"A": 13, "V": 12},
    "borgmester": {"afstemninger": [{"A 1": 13}]},
    "viceborgmestre": {"navne": ["A 2", "V 1"]},
    "udvalg": {"Økonomiudvalget": {"pladser": 2}, "Teknik": {"pladser": 5}},
    "formandsvalg": [{"udvalg": "Teknik", "medlem": "V 2"}],
}
BOARD = {"chair": 1, "politician": 3, "business": 3, "knowledge": 2, "employees": 1}


def _meeting(name: str) -> Any:  # noqa: ANN401 - the case of a meeting of any kind
    return read_meeting(EXAMPLES / f"{name}.toml")


@cache
def every_result() -> tuple[Result, ...]:
    """Give the results; each class of cases of a kind has made one of them, at least."""
    united = proportional_election(VOTES, 5, alliances=[["A", "F"]])
    election = CouncilElection("Nyby", 5, LISTS, [["B", "Å"]], counted=Counted(areas=1, of=2))
    election = evolve(election, previous=Previous(votes={"A": 120, "B": 80}, seats={"A": 3, "B": 2}))
    council = elect_council(election, lots=seeded(1))
    kkr = data.kkr("hovedstaden-2026")
    member = KKRMember("m1", "A", mayor=True, substitute="m2")
    fanoe = data.council("kv2025", "Fanø")
    plan = audit.plan(proportional_election({"A": 600, "B": 350}, 3), ballots=1000, misread={("A", "B"): "0.1%"})
    drawn = audit.sample(audit.packages(plan), plan, "6 1 4 3 5 2")
    committees = elect_committees({"a": 16, "b": 15}, {"Økonomi": 9, **dict.fromkeys("123456", 7)})
    kkr_meeting = evolve(_meeting("kkr-hovedstaden-2026"), alliances=(Valgforbund(parties=("A", "F")),))
    nyby, later = _meeting("nyby-2029"), _meeting("nyby-2029-delt")
    return (
        dhondt(VOTES, 5),
        largest_shortfall(VOTES, 5),
        distribute(VOTES, 5, method="droop"),
        elect_committee({"a": 20, "b": 8, "c": 3}, 7, renounced={"a": 1}),
        elect_kl_board(VOTES),
        united,
        appoint_several({"A": 7, "B": 5}, 3),
        apply_threshold({"A": 97, "B": 2, "C": 1}, "2%", represented=["A", "C"]),
        majority_election([{"m1": 8, "m2": 8}, {"m1": 8, "m2": 7}], present=24),
        plurality_election({"m1": 8, "m2": 7}),
        appoint_one([{"m1": 10}], present=19, councillors=["m1", "m2"]),
        elect_mayor([{"m1": 16, "m2": 15}], present=31),
        council,
        settle(SubmittedLists(lists=LISTS, seats=5)),
        settle(
            RegisteredAlliances(lists=LISTS, registered=[["A", "B"], ["A", "Å"]], withdrawals=[(1, "A")], year=2025)
        ),
        fill_vacancies(council, [Change("leaves", "A", council.lists["A"].elected[0].candidate)]),
        elect_committees(GROUPS, {"Økonomi": 9, "1": 7, "2": 5}, seated={"1": {"a": 1}}, mayor="a"),
        apply_claims(committees, next(placements(committees))),
        settle(PickingCase(groups=GROUPS, posts=2)),
        elect_chairs(GROUPS, 2, mayors_group="a", mayor="m1", picks=[("1", "m7")]),
        first_convener({"m1": Service(8, "1950-01-01"), "m2": Service(4, "1960-01-01")}),
        elect_body("Fonden", GROUPS, 3, others=2, picks=["member"]),
        elect_polling_officers(GROUPS, {"1": 7, "2": 5}),
        refill_post("deputy", deputies=2, group="a"),
        no_confidence(31, [28]),
        fill_place("1", "m1", group="a", successor="m2", by="a"),
        check_balance(1, 3),
        check_board(BOARD),
        kkr.compose(),
        settle(KKRSizeCase(votes=VOTES, mayors={"A": 1}, municipalities=29, total_votes=110)),
        elect_kkr_chairs(VOTES, alliances=[["A", "F"]]),
        constitute_kkr(kkr.case),
        kkr_voter(member, ["m2"]),
        kkr_consequence(member, "has left the party"),
        kkr_convener({"m1": 900, "m2": 400}),
        check_first_meeting("2026-01-26", election="2025-11-18"),
        check_notice("2026-01-21", meeting="2026-01-26"),
        check_quorum(30, members=58),
        plan_meetings(["mandag 2026-01-26"], election="2025-11-18"),
        margins.margins(united),
        what_if.other_size(united, 7),
        what_if.merge_lists(united, ["A", "C"]),
        what_if.without_alliances(united),
        what_if.best_partner(united, "C"),
        partitions.all_partitions(united),
        majorities.winning_coalitions(council),
        majorities.power(council),
        majorities.seat_majorities(united),
        candidates.candidate_margins(council, "A"),
        methods.every_method(united),
        methods.disproportionality(united),
        what_if.other_line(kkr.compose(), "1%"),
        regions.elect_committees(GROUPS, {"Forretningsudvalget": 9, "Sundhedsråd 1": 7, "Miljø": 7}, chair="a"),
        regions.health_council_sizes({"Aarhus": 380_000}, councils={"Aarhus": ["Aarhus"]}),
        regions.check_health_offices({"Fyn": "m1"}),
        regions.check_meeting("Midtjylland", "2026-12-10"),
        plan,
        audit.plan(fanoe, ballots=2500),
        drawn,
        audit.evaluate(plan, drawn, {each.ballot: each.reported for each in drawn.drawn}),
        *map(settle, (nyby, _meeting("nyby-2029-lod"), evening_of(CHAIRS_FIRST), _meeting("region-2025"), kkr_meeting)),
        settle(TermCase(evening=read_evening(EXAMPLES / "nyby-2029-periode.toml"), day="2031-03-01")),
        settle(EveningChangesCase(before=nyby, after=later)),
        simulate({"Nyby": united}, Poll(1000), 50, seed=1)["Nyby"],
        data.compare(fanoe, data.published("kv2025", "Fanø")),
    )
