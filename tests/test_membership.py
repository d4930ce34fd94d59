"""Membership and meetings of a KKR: dates, notice, who convenes, quorum, who votes, who leaves, appointments."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg.errors import ElectionError, LotError, RuleError, VoteError
from kommunalvalg.files.plain import from_plain, to_plain
from kommunalvalg.kkr.appointments import AppointmentCase, appoint_one, appoint_several, check_appointable
from kommunalvalg.kkr.days import is_hverdag
from kommunalvalg.kkr.meeting import (
    KKRChange,
    KKRMember,
    NoticeCase,
    Successor,
    VoterReason,
    check_first_meeting,
    check_notice,
    check_quorum,
    kkr_consequence,
    kkr_convener,
    kkr_voter,
    notice_deadline,
)
from kommunalvalg.law import KNOWN
from kommunalvalg.lots import Draw, Place, Tie, Where, settle

NOTICE = "Forretningsorden for KKR § 4, stk. 2"
MAYOR = KKRMember("m1", "V", mayor=True, substitute="d1")
ELECTED = KKRMember("m2", "Ø", mayor=False, substitute="s2")


# Weekdays and notice


@pytest.mark.rule("FO-4-2")
@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        ("2026-01-26", True),  # a Monday
        ("2026-01-25", False),  # a Sunday
        ("2026-01-24", False),  # a Saturday
        ("2026-01-01", False),  # nytårsdag
        ("2026-04-02", False),  # skærtorsdag
        ("2026-04-06", False),  # 2. påskedag
        ("2026-05-14", False),  # Kristi himmelfartsdag
        ("2023-05-05", False),  # store bededag, a holiday for the last time
        ("2024-04-26", True),  # the day that would have been store bededag
        ("2026-06-05", True),  # Grundlovsdag is no public holiday
        ("2025-12-24", True),
        ("2025-12-25", False),
    ],
)
def test_what_a_weekday_is(day: str, weekday: bool) -> None:  # noqa: FBT001 - a table
    """A weekday is no Sunday, no holiday and, unless it is asked for, no Saturday."""
    assert is_hverdag(day) is is_hverdag(date.fromisoformat(day)) is weekday


def test_days_that_are_closed_do_not_count() -> None:
    """Days on which nobody receives a notice can be named."""
    assert not is_hverdag("2026-06-05", closed=["2026-06-05"])
    assert not is_hverdag("2025-12-24", closed=[date(2025, 12, 24)])


@pytest.mark.rule("FO-4-2")
@pytest.mark.parametrize(
    ("meeting", "deadline", "with_saturdays", "clear"),
    [
        ("2026-01-26", "2026-01-21", "2026-01-22", "2026-01-20"),  # Monday: Friday, Thursday, Wednesday
        ("2026-01-30", "2026-01-27", "2026-01-27", "2026-01-26"),  # Friday: no weekend between
        ("2026-01-22", "2026-01-19", "2026-01-19", "2026-01-18"),  # Thursday; a whole Monday between means Sunday
        ("2026-01-05", "2025-12-30", "2025-12-31", "2025-12-29"),  # over the New Year
        ("2026-04-07", "2026-03-30", "2026-03-31", "2026-03-29"),  # the Tuesday after Easter
    ],
)
def test_the_deadline_of_a_notice(meeting: str, deadline: str, with_saturdays: str, clear: str) -> None:
    """The deadline is the third weekday before the meeting; the readings of the word are parameters."""
    assert notice_deadline(meeting) == date.fromisoformat(deadline)
    assert notice_deadline(meeting, saturdays=True) == date.fromisoformat(with_saturdays)
    assert notice_deadline(meeting, clear=True) == date.fromisoformat(clear)


@pytest.mark.rule("FO-4-2")
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_three_weekdays_lie_from_the_deadline_to_the_meeting(meeting: date) -> None:
    """From the deadline until the day before the meeting there are exactly three weekdays, the deadline one of them."""
    deadline = notice_deadline(meeting)
    days = [deadline + timedelta(days=more) for more in range((meeting - deadline).days)]
    assert sum(map(is_hverdag, days)) == 3
    assert is_hverdag(deadline)
    assert deadline <= notice_deadline(meeting, saturdays=True)
    assert notice_deadline(meeting, clear=True) < deadline


@pytest.mark.rule("FO-4-2")
@pytest.mark.parametrize(("given_on", "in_time"), [("2026-01-20", True), ("2026-01-21", True), ("2026-01-22", False)])
def test_a_notice_is_in_time_or_late(given_on: str, in_time: bool) -> None:  # noqa: FBT001 - a table
    """A valgforbund that is notified by the deadline is in time; the result says by when it had to be."""
    notice = check_notice(given_on, meeting="2026-01-26")
    assert notice.ok is in_time
    assert (notice.latest, notice.provision) == (date(2026, 1, 21), "Forretningsorden for KKR § 4, stk. 2")
    assert (notice.given, notice.meeting) == (date.fromisoformat(given_on), date(2026, 1, 26))
    assert not check_notice("2026-01-26", meeting="2026-01-26").ok
    assert settle(NoticeCase(given=given_on, meeting="2026-01-26")) == notice


def test_a_missing_calendar_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the holiday library the error names the extra that installs it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ImportError, match=r"install kommunalvalg\[calendar\]"):
        notice_deadline("2026-01-26")


# The first meeting


@pytest.mark.rule("FO-4-1")
@pytest.mark.parametrize(("meeting", "in_time"), [("2026-01-26", True), ("2026-01-31", True), ("2026-02-01", False)])
def test_the_first_meeting_is_in_january(meeting: str, in_time: bool) -> None:  # noqa: FBT001 - a table
    """The first meeting is held by 31 January of the year after the election."""
    first = check_first_meeting(meeting, election="2025-11-18")
    assert (first.ok, first.latest) == (in_time, date(2026, 1, 31))
    assert ("FO-4-1" in [warned.rule for warned in first.warnings]) is not in_time


@pytest.mark.rule("FO-4-1")
@pytest.mark.parametrize(
    ("absent", "name", "among"),
    [([], "m1", ("m1",)), (["m1"], None, ("m2", "m3")), (["m1", "m3"], "m2", ("m2",))],
)
def test_who_convenes(absent: list[str], name: str | None, among: tuple[str, ...]) -> None:
    """The longest-serving mayor who can attend convenes; equal length is a question that the result shows."""
    convener = kkr_convener({"m1": 17, "m2": 8, "m3": 8, "m4": 0}, absent=absent)
    assert (convener.name, convener.among) == (name, among)
    assert (convener.question is None) is (name is not None)
    if convener.question:
        assert "m2, m3 have served equally long" in convener.question.said()


# The quorum


@pytest.mark.rule("FO-5")
@pytest.mark.parametrize(
    ("present", "members", "ok", "needed"),
    [(29, 58, True, 29), (28, 58, False, 29), (6, 11, True, 6), (5, 11, False, 6), (1, 1, True, 1), (0, 1, False, 1)],
)
def test_the_quorum_is_at_least_half(present: int, members: int, ok: bool, needed: int) -> None:  # noqa: FBT001 - a table
    """Exactly half of the members is enough, and of an odd number the larger half is needed."""
    quorum = check_quorum(present, members=members)
    assert (quorum.ok, quorum.needed) == (ok, needed)
    assert (quorum.present, quorum.members) == (present, members)
    counted = check_quorum(np.int64(present), members=np.int64(members)).case  # type: ignore[arg-type]
    assert [type(number) for number in (counted.present, counted.members)] == [int, int]


# Who votes


@pytest.mark.rule("KL-15-1")
@pytest.mark.rule("FO-3")
@pytest.mark.parametrize(
    ("member", "present", "name", "reason", "provision"),
    [
        (MAYOR, ["m1", "d1"], "m1", VoterReason.ATTENDS, "KL's vedtægter § 15, stk. 1"),
        (MAYOR, ["d1"], "d1", VoterReason.DEPUTY_MAYOR, "KL's vedtægter § 15, stk. 1"),
        (MAYOR, ["s2"], None, VoterReason.NOBODY, "KL's vedtægter § 15, stk. 1"),
        (ELECTED, ["m2"], "m2", VoterReason.ATTENDS, "Forretningsorden for KKR § 3"),
        (ELECTED, ["s2", "d1"], "s2", VoterReason.SUBSTITUTE, "Forretningsorden for KKR § 3"),
        (ELECTED, ["d1"], None, VoterReason.NOBODY, "Forretningsorden for KKR § 3"),
        (KKRMember("m3", "A", mayor=False), ["m1"], None, VoterReason.NOBODY, "Forretningsorden for KKR § 3"),
    ],
)
def test_who_votes_for_a_member(
    member: KKRMember, present: list[str], name: str | None, reason: VoterReason, provision: str
) -> None:
    """A mayor's deputy mayor, an elected member's personal substitute, and nobody else, votes for who is absent."""
    voter = kkr_voter(member, present)
    assert (voter.name, voter.reason, voter.provision) == (name, reason, provision)


# Who leaves


@pytest.mark.rule("FO-3")
@pytest.mark.parametrize(
    ("member", "change", "stays", "successor", "counted_for"),
    [
        (ELECTED, KKRChange.LEAVES_COUNCIL, False, Successor.PARTYS_CHOICE, "Ø"),
        (ELECTED, KKRChange.LEAVES_PARTY, False, Successor.PARTYS_CHOICE, "Ø"),
        (MAYOR, KKRChange.LEAVES_PARTY, True, None, "V"),
        (MAYOR, KKRChange.LEAVES_COUNCIL, False, Successor.NEW_MAYOR, None),
        (MAYOR, KKRChange.NO_LONGER_MAYOR, False, Successor.NEW_MAYOR, None),
        (MAYOR, "is no longer mayor", False, Successor.NEW_MAYOR, None),
    ],
)
def test_who_leaves_and_who_stays(
    member: KKRMember,
    change: KKRChange | str,
    stays: bool,  # noqa: FBT001 - a table
    successor: Successor | None,
    counted_for: str | None,
) -> None:
    """An elected member leaves with the council or the party; a mayor who leaves the party stays, counted as before."""
    found = kkr_consequence(member, change)
    assert (found.stays, found.successor, found.counted_for) == (stays, successor, counted_for)
    assert bool(found.inferred) is not stays
    assert found.provision


# Appointments


@pytest.mark.rule("FO-4-4")
def test_one_representative_is_appointed_by_flertalsvalg() -> None:
    """One representative is elected by flertalsvalg, and a lot stands under the KKR's own provision."""
    councillors = ["m1", "m2", "m3"]
    assert appoint_one([{"m1": 30, "m2": 20}], present=58, councillors=councillors).winner == "m1"
    assert appoint_one([{"m1": 29, "m2": 20}], present=58, councillors=councillors).next_ballot == 2
    tied = appoint_one([{}, {"m1": 2, "m2": 1}, {"m1": 2, "m2": 2}], present=58, councillors=councillors)
    assert tied.tie == Tie(1, ("m1", "m2"), "FO-4-4", Place(Where.BALLOT))


@pytest.mark.rule("FO-4-4")
def test_a_name_without_votes_need_not_be_a_councillor() -> None:
    """Who is on the ballot and got no vote was voted for by nobody."""
    assert appoint_one([{"m1": 5, "x": 0}], present=6, councillors=["m1"]).winner == "m1"
    with pytest.raises(RuleError) as caught:
        appoint_one([{"m1": 3, "x": 0}, {"m1": 5, "x": 1}], present=6, councillors=["m1"])
    assert (caught.value.field, caught.value.value) == ("ballot 2", "x")


@pytest.mark.rule("FO-4-4")
def test_a_group_of_one_takes_part_in_an_appointment() -> None:
    """A group of one member is a group, and a group of nobody is none."""
    assert appoint_several({"a": 1, "b": 5}, 2).seats == {"a": 0, "b": 2}
    assert appoint_several({"a": 1, "b": 1}, 2).seats == {"a": 1, "b": 1}


def test_the_first_and_the_last_year_of_days_are_taken() -> None:
    """Days are of the years 1970 to 2100, those two included."""
    assert is_hverdag("1970-06-02")
    assert is_hverdag("2100-06-02")


@pytest.mark.rule("FO-4-4")
def test_several_representatives_are_appointed_by_forholdstalsvalg() -> None:
    """Several to one body are elected by d'Hondt on the members who take part; a group names council members."""
    assert appoint_several({"a": 30, "b": 28}, 4).seats == {"a": 2, "b": 2}
    tied = appoint_several({"a": 29, "b": 29}, 3)
    assert tied.tie == Tie(1, ("a", "b"), "FO-4-4", Place(Where.UNITS))
    drawn = appoint_several({"a": 29, "b": 29}, 3, lots=[Draw(["a", "b"], ["b"])])
    assert drawn.seats == {"a": 1, "b": 2}
    assert check_appointable(["m1", "m3"], councillors=["m1", "m2", "m3"]) == ("m1", "m3")


@pytest.mark.rule("FO-4-4")
def test_an_appointment_knows_its_body_and_whom_it_may_be() -> None:
    """Lots stand at the body; the case keeps who may be appointed, so that no variation of it appoints another."""
    one = appoint_one([{"m1": 5, "x": 0}], present=6, councillors=["m1"], body="Trafikselskab")
    assert one.winner == "m1"  # nobody voted for x
    with pytest.raises(
        RuleError, match=r"^'x' cannot be appointed; only council members .* \(Forretningsorden for KKR § 4, s"
    ):
        AppointmentCase(ballots=[{"x": 5}], present=6, councillors=["m1"])
    tied = appoint_one([{}, {"m1": 2, "m2": 1}, {"m1": 2, "m2": 2}], present=9, councillors=["m1", "m2"], body="Havn")
    assert tied.tie is not None
    assert tied.tie.place == Place(Where.BALLOT, "Havn")
    several = appoint_several({"a": 1, "b": 5}, 2, body="Havn")
    assert several.seats == {"a": 0, "b": 2}
    with pytest.raises(RuleError, match=r"posts is 1; .* \(Forretningsorden for KKR § 4, stk. 4\)"):
        attrs.evolve(several.case, seats=1)


# What is warned of, and the cases


@pytest.mark.rule("FO-4-1", "FO-4-2")
def test_what_is_late_or_on_a_sunday_is_warned_of() -> None:
    """A first meeting after the last day, one on a Sunday, and a late notice are warnings with the rule."""
    rules = {
        day: [warned.rule for warned in check_first_meeting(day, election="2025-11-18").warnings]
        for day in ("2026-01-26", "2026-01-25", "2026-02-02", "2026-02-01")
    }
    assert rules == {"2026-01-26": [], "2026-01-25": [""], "2026-02-02": ["FO-4-1"], "2026-02-01": ["FO-4-1", ""]}
    assert [str(warned) for warned in check_notice("2026-01-22", meeting="2026-01-26").warnings] == [
        f"The valgforbund was notified on 2026-01-22; the last day was 2026-01-21 ({NOTICE})."
    ]
    assert check_notice("2026-01-21", meeting="2026-01-26").warnings == ()


RESULTS: list[tuple[Any, str]] = [
    (check_first_meeting("2026-01-26", election="2025-11-18"), "2026-01-26"),
    (check_notice("2026-01-21", meeting="2026-01-26", closed=["2026-01-23"]), "2026-01-26"),
    (check_quorum(30, members=58, day="2026-01-26"), "2026-01-26"),
    (check_quorum(30, members=58), KNOWN.isoformat()),
    (kkr_convener({"m1": 16, "m2": 12}, absent=["m2"], day="2026-01-26"), "2026-01-26"),
    (kkr_voter(MAYOR, ["d1"], day="2026-01-26"), "2026-01-26"),
    (kkr_consequence(MAYOR, KKRChange.LEAVES_COUNCIL, day="2026-01-26"), "2026-01-26"),
    (appoint_one([{"m1": 30}], present=58, councillors=["m1"]), KNOWN.isoformat()),
    (appoint_several({"a": 30, "b": 28}, 3, day="2026-01-26"), "2026-01-26"),
]


@pytest.mark.parametrize(("result", "law"), RESULTS, ids=lambda value: type(value).__name__)
def test_every_result_has_a_case_that_makes_it_again(result: Any, law: str) -> None:  # noqa: ANN401 - of all kinds
    """The case of a result makes it again, also after it was written as plain JSON, and says whose law it is."""
    assert settle(result.case) == result
    plain = json.loads(json.dumps(to_plain(result.case, ordered=True)))
    assert from_plain(plain, type(result.case)) == result.case
    assert (result.law, result.complete, result.draws) == (law, True, ())
    assert len(repr(result)) < 160


Refused = Callable[..., str]

REFUSED: list[tuple[Callable[[], object], type[ElectionError], str]] = [
    (
        lambda: is_hverdag("26-01-2026"),
        VoteError,
        "day is '26-01-2026'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag("20260126"),
        VoteError,
        "day is '20260126'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag(datetime(2026, 1, 26)),  # noqa: DTZ001 - that it is refused
        VoteError,
        (
            "day is datetime.datetime(2026, 1, 26, 0, 0); a day is a date, or a text such as '2026-01-26', "
            "of the years 1970 to 2100"
        ),
    ),
    (
        lambda: is_hverdag(20260126),  # type: ignore[arg-type]
        VoteError,
        "day is 20260126; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag("1969-12-31"),
        VoteError,
        "day is '1969-12-31'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag("2101-01-01"),
        VoteError,
        "day is '2101-01-01'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag("2026-01-26", closed=5),  # type: ignore[arg-type]
        VoteError,
        "closed is 5; give the days one by one, for example ['2026-06-05']",
    ),
    (lambda: kkr_voter("m1", ["m1"]), VoteError, "member is 'm1'; give a KKRMember"),  # type: ignore[arg-type]
    (
        lambda: check_quorum(1, members=2, day="soon"),
        VoteError,
        "day is 'soon'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (lambda: appoint_several({"a": 3}, 0), VoteError, "posts is 0; a number of posts is a whole number, 1 or more"),
    (
        lambda: is_hverdag("1066-10-14"),
        VoteError,
        "day is '1066-10-14'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: is_hverdag("2026-01-26", closed="2026-01-26"),
        VoteError,
        "closed is '2026-01-26'; give the days one by one, for example ['2026-06-05']",
    ),
    (
        lambda: is_hverdag("2026-01-26", closed=["?"]),
        VoteError,
        "closed is '?'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: check_notice("2026-01-27", meeting="2026-01-26"),
        RuleError,
        (
            "given is 2026-01-27 and meeting is 2026-01-26; a notice is given before the meeting "
            "(Forretningsorden for KKR § 4, stk. 2)"
        ),
    ),
    (
        lambda: check_first_meeting("2025-11-18", election="2025-11-18"),
        RuleError,
        (
            "meeting is 2025-11-18 and election is 2025-11-18; the first meeting comes after the election "
            "(Forretningsorden for KKR § 4, stk. 1)"
        ),
    ),
    (
        lambda: check_first_meeting("2025-01-26", election="2025-11-18"),
        RuleError,
        (
            "meeting is 2025-01-26 and election is 2025-11-18; the first meeting comes after the election "
            "(Forretningsorden for KKR § 4, stk. 1)"
        ),
    ),
    (
        lambda: check_first_meeting("soon", election="2025-11-18"),
        VoteError,
        "meeting is 'soon'; a day is a date, or a text such as '2026-01-26', of the years 1970 to 2100",
    ),
    (
        lambda: kkr_convener({"m1": 4}, absent=["m2"]),
        VoteError,
        "absent names 'm2', which is not in mayors; mayors has m1",
    ),
    (
        lambda: kkr_convener({"m1": 4}, absent=["m1"]),
        VoteError,
        "mayors has nobody who can attend; the meeting is convened by one who can",
    ),
    (lambda: kkr_convener({}), VoteError, "mayors has nobody who can attend; the meeting is convened by one who can"),
    (
        lambda: kkr_convener({"m1": -4}),
        VoteError,
        'mayors["m1"] is -4; a length of service is a whole number, 0 or more',
    ),
    (lambda: check_quorum(59, members=58), VoteError, "present is 59; at most 58, the members, can be present"),
    (lambda: check_quorum(0, members=0), VoteError, "members is 0; a number of members is a whole number, 1 or more"),
    (
        lambda: check_quorum(True, members=1),  # noqa: FBT003 - that it is refused
        VoteError,
        "present is True; a number of members is a whole number, 0 or more",
    ),
    (lambda: KKRMember("", "A", mayor=True), VoteError, "name has the name ''; a name is text that is not blank"),
    (
        lambda: KKRMember("m1", "A", mayor="no"),  # type: ignore[arg-type]
        VoteError,
        "mayor is 'no'; it is True for a mayor and False for an elected member",
    ),
    (
        lambda: KKRMember("m1", "A", mayor=True, substitute="m1"),
        VoteError,
        "substitute is 'm1', the member; somebody else stands in",
    ),
    (lambda: kkr_voter(MAYOR, "m1"), VoteError, "present is 'm1'; give the names one by one, for example ['A', 'B']"),
    (
        lambda: kkr_consequence(MAYOR, "is tired"),
        VoteError,
        (
            "change is 'is tired'; it is one of 'is no longer a member of the council', 'has left the "
            "party', 'is no longer mayor'"
        ),
    ),
    (
        lambda: kkr_consequence(ELECTED, KKRChange.NO_LONGER_MAYOR),
        RuleError,
        "change is 'is no longer mayor'; m2 is an elected member, no mayor (Forretningsorden for KKR § 3)",
    ),
    (
        lambda: appoint_one([{"m9": 30}], present=58, councillors=["m1"]),
        RuleError,
        (
            "'m9' cannot be appointed; only council members of the area's municipalities can "
            "(Forretningsorden for KKR § 4, stk. 4)"
        ),
    ),
    (
        lambda: appoint_one([{"m1": 59}], present=58, councillors=["m1"]),
        VoteError,
        "ballot 1 has 59 votes; at most 58, the members present, can vote",
    ),
    (
        lambda: check_appointable(["m1", "m9"], councillors=["m1"]),
        RuleError,
        (
            "'m9' cannot be appointed; only council members of the area's municipalities can "
            "(Forretningsorden for KKR § 4, stk. 4)"
        ),
    ),
    (
        lambda: appoint_several({"a": 30, "b": 28}, 1),
        RuleError,
        "posts is 1; one representative is appointed by flertalsvalg (Forretningsorden for KKR § 4, stk. 4)",
    ),
    (
        lambda: appoint_several({"a": 30, "b": 0}, 2),
        VoteError,
        'groups["b"] is 0; a number of members is a whole number, 1 or more',
    ),
    (
        lambda: appoint_several({"a": 30}, 2, lots=[Draw(["a", "b"], ["a"])]),
        LotError,
        "draw 1, among a, b, is left over: no lot is open for it",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(
    call: Callable[[], object], error: type[ElectionError], message: str, refused: Refused
) -> None:
    """What cannot be is refused on one line that names the field, the value and what would be right."""
    assert refused(call, error=error) == message
