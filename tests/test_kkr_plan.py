"""The plan of a KKR's meetings."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from kommunalvalg.errors import ElectionError, RuleError, VoteError
from kommunalvalg.files.plain import from_plain, to_plain
from kommunalvalg.kkr.plan import MeetingPlanCase, PlannedMeeting, Weekday, plan_meetings
from kommunalvalg.lots import settle

ELECTION = "2025-11-18"
FIRST = "Forretningsorden for KKR § 4, stk. 1"


@pytest.mark.rule("FO-4-1", "KRVL-6")
@pytest.mark.parametrize(
    ("meetings", "warnings"),
    [
        (["mandag 2026-01-26", "ons. 2026-06-17"], []),
        (["2026-01-26", "onsdag 2026-06-18"], ["The plan says Wednesday, but the day is a Thursday: 2026-06-18."]),
        (["2026-01-26", "2026-06-05"], ["The day is among those that are closed: 2026-06-05."]),
        (["2026-01-26", "2026-05-14"], ["The day is a public holiday, Kristi himmelfartsdag: 2026-05-14."]),
        (["2026-01-25"], ["The meeting is not on a weekday: 2026-01-25."]),
        (["2026-01-26", "2026-01-26"], ["Two meetings are planned for one day: 2026-01-26."]),
        (
            ["2026-02-02"],
            [f"The first meeting is on 2026-02-02; it is to be held by 2026-01-31 ({FIRST})."],
        ),
        (["2026-01-26", "2030-01-31"], []),
        (
            ["2026-01-26", "2030-02-01"],
            [f"The next term has met by 2030-01-31; this meeting is later: 2030-02-01 ({FIRST})."],
        ),
    ],
    ids=lambda value: None if isinstance(value, list) and "is" in str(value) else str(value),
)
def test_every_day_of_a_plan_is_looked_up(meetings: list[str], warnings: list[str]) -> None:
    """A weekday of another date, a Sunday, a holiday, a closed day, a day twice or too late is a warning, once."""
    plan = plan_meetings(meetings, election=ELECTION, closed=["2026-06-05"])
    assert [str(warned) for warned in plan.warnings] == warnings
    assert (plan.next_term, plan.law) == (date(2030, 1, 31), plan.days[0].day.isoformat())


def test_a_plan_is_a_value() -> None:
    """A plan is sorted, can be made of days, texts and meetings, and is settled again from its plain JSON."""
    plan = plan_meetings(
        [PlannedMeeting("2026-03-20", Weekday.FRIDAY), "fre 2026-06-19", date(2026, 1, 26)], election=ELECTION
    )
    assert [str(day.weekday) for day in plan.days] == ["Monday", "Friday", "Friday"]
    assert (plan.first.ok, plan.warnings, plan.provision) == (True, (), FIRST)
    assert settle(plan.case) == plan
    plain = json.loads(json.dumps(to_plain(plan.case, ordered=True)))
    assert from_plain(plain, MeetingPlanCase) == plan.case
    assert len(repr(plan)) < 160


REFUSED: list[tuple[Callable[[], object], type[ElectionError], str]] = [
    (lambda: plan_meetings([], election=ELECTION), VoteError, "meetings is empty"),
    (lambda: plan_meetings("2026-01-26", election=ELECTION), VoteError, "give the days one by one"),
    (lambda: plan_meetings(5, election=ELECTION), VoteError, "meetings is 5"),  # type: ignore[arg-type]
    (lambda: plan_meetings(["soon"], election=ELECTION), VoteError, "day is 'soon'"),
    (lambda: plan_meetings(["ma 2026-01-26"], election=ELECTION), VoteError, "weekday is 'ma'; a weekday is such as"),
    (lambda: plan_meetings(["xxx 2026-01-26"], election=ELECTION), VoteError, "weekday is 'xxx'"),
    (
        lambda: PlannedMeeting("2026-01-26", 5),  # type: ignore[arg-type]
        VoteError,
        "weekday is 5; a weekday is such as 'mandag' or 'man.'",
    ),
    (lambda: plan_meetings(["2025-11-18"], election=ELECTION), RuleError, "comes after the election"),
    (lambda: plan_meetings(["2026-01-26"], election=ELECTION, closed=["?"]), VoteError, "closed is '?'"),
]


@pytest.mark.parametrize(("call", "error", "message"), REFUSED)
def test_what_is_refused(call: Callable[[], object], error: type[ElectionError], message: str) -> None:
    """What is no plan is refused on one line that names the field and the value."""
    with pytest.raises(ElectionError) as caught:
        call()
    assert type(caught.value) is error
    assert message in str(caught.value)
