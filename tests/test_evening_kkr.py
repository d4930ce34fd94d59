"""A KKR's first meeting in one file: what the agenda says, what is warned of, and what is refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from kommunalvalg import data, report
from kommunalvalg.errors import DataError
from kommunalvalg.evening.files import meeting_of, read_meeting
from kommunalvalg.evening.kkr_meeting import KKRMeeting, KKRMeetingCase
from kommunalvalg.lots import settle

FILE = Path(__file__).parent.parent / "docs" / "examples" / "kkr-hovedstaden-2026.toml"


def held(**more: Any) -> KKRMeeting:  # noqa: ANN401 - tables of a file
    """Hold the meeting of the documentation's file, with more in it."""
    case = meeting_of({**tomllib.loads(FILE.read_text(encoding="utf-8")), **more})
    assert isinstance(case, KKRMeetingCase)
    return settle(case)


def test_the_meeting_of_january_2026_comes_out_with_the_published_table() -> None:
    """58 members, 29 of them mayors, party by party as the agenda has them; held in time; no warning."""
    meeting = held()
    published = data.kkr("hovedstaden-2026").published
    assert published is not None
    assert {party: count for party, count in meeting.composition.members.items() if count} == {
        party: count for party, count in published.members.items() if count
    }
    assert (meeting.composition.size, meeting.first.ok, meeting.warnings) == (58, True, ())
    assert meeting.chairs.chair is not None
    assert (meeting.chairs.chair.list, meeting.case.held) == ("A", False)


def test_a_valgforbund_moves_the_posts_and_its_notice_is_looked_at() -> None:
    """A+F+Ø and C+V+I: chair A, vice chair C; a notice of the 22nd is too late."""
    forbund = [
        {"partier": ["A", "F", "Ø"], "anmeldt": "2026-01-21"},
        {"partier": ["C", "V", "I"], "anmeldt": "2026-01-22"},
    ]
    meeting = held(valgforbund=forbund)
    assert [notice.ok for notice in meeting.notices] == [True, False]
    (warned,) = meeting.warnings
    assert str(warned.text) == "The valgforbund was notified on 2026-01-22; the last day was 2026-01-21."


def test_a_late_meeting_on_a_sunday_is_warned_of() -> None:
    """After the last day, and on a Sunday."""
    said = [str(warned) for warned in held(dato="2026-02-01", moedeplan=[]).warnings]
    assert any(each.startswith("The first meeting is on 2026-02-01") for each in said)
    assert any(each.startswith("The meeting is not on a weekday") for each in said)


def test_a_plan_is_held_against_the_calendar() -> None:
    """A weekday that is another day's, a holiday, and the next term's first meeting."""
    meeting = held(moedeplan=["mandag 2026-01-26", "tirsdag 2026-06-17", "2026-05-14"])
    assert meeting.plan is not None
    assert str(meeting.plan.next_term) == "2030-01-31"
    said = [str(warned.text) for warned in meeting.warnings]
    assert "The plan says Tuesday, but the day is a Wednesday: 2026-06-17." in said
    assert "The day is a public holiday, Kristi himmelfartsdag: 2026-05-14." in said


MEMBERS = {
    "Medlem 1": {"parti": "A", "borgmester": True, "stedfortraeder": "Viceborgmester 1"},
    "Medlem 2": {"parti": "C", "borgmester": True},
    "Medlem 3": {"parti": "Ø"},
}


def test_the_minutes_say_who_is_elected_and_who_votes_for_whom() -> None:
    """After the meeting: quorum, substitutes, posts, appointments."""
    meeting = held(
        medlemmer=MEMBERS,
        til_stede=["Viceborgmester 1", "Medlem 2", "Medlem 3"],
        formandskab={"formand": "Medlem 1", "naestformand": "Medlem 2"},
        udpegning={
            "EU-kontor": {"pladser": 1, "personer": ["Medlem 3"]},
            "Trafikråd": {"pladser": 3, "grupper": {"A+F+Ø": 24, "C+V+I": 20}},
        },
    )
    assert meeting.case.held
    assert meeting.quorum is not None
    assert not meeting.quorum.ok
    assert [each.name for each in meeting.voters] == ["Viceborgmester 1", "Medlem 2", "Medlem 3"]
    said = " ".join(report.explain(meeting).split())
    for sentence in (
        "Referat af konstituerende møde, KKR Hovedstaden 2026-2030",
        "Medlem 1 er valgt som formand.",
        "3 af 58 medlemmer er til stede, og der kræves 29: det kan ikke træffe beslutning",
        "Valgt: Medlem 3.",
        "3 repræsentanter vælges ved forholdstalsvalg",
    ):
        assert sentence in said


def test_a_board_is_held_against_its_places_and_its_balance() -> None:
    """Ten from 1 April 2026; who is missing and who is too many, and as many women as men."""
    slate = {
        "virkning": "2026-04-01",
        "kvinder": 4,
        "maend": 6,
        "personer": {
            "formand, folkevalgt": ["Medlem 1"],
            "politician": ["Medlem 2", "Medlem 3", "Medlem 4"],
            "business": ["P 1", "P 2", "P 3"],
            "knowledge": ["P 4", "P 5"],
            "employees": ["P 6"],
        },
    }
    (checked,) = held(bestyrelse={"erhvervshus": slate}).slates
    assert (checked.check.missing, checked.check.surplus) == ({"business": 1}, {"knowledge": 1})
    assert checked.balance is not None
    assert checked.balance.missing == {"women": 2}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"kkr": "hovedstaden"}, "the KKR is 'hovedstaden'; the embedded ones are"),
        ({"datoo": 1}, "datoo is unknown"),
        ({"dato": "2025-11-01", "moedeplan": []}, "dato: meeting is 2025-11-01 and election is 2025-11-18"),
        (
            {"valgforbund": [{"partier": ["A", "K"]}]},
            "valgforbund: the valgforbund of A, K has 'K', which takes no part",
        ),
        ({"medlemmer": {f"M {n}": {"parti": "Å"} for n in range(3)}}, "medlemmer names 3 members of Å; it has 2"),
        ({"medlemmer": MEMBERS, "formandskab": {"formand": "Medlem 4"}}, "formandskab.formand names 'Medlem 4'"),
        (
            {"medlemmer": MEMBERS, "formandskab": {"formand": "Medlem 2"}},
            "formand is 'Medlem 2' of C; the post is of A",
        ),
        ({"medlemmer": MEMBERS, "til_stede": ["Medlm 2"]}, "til_stede names 'Medlm 2'.*was Medlem 2 meant"),
        ({"medlemmer": MEMBERS, "udpegning": {"EU": {"personer": ["Ukendt"]}}}, "udpegning.EU.personer names 'Ukendt'"),
        ({"udpegning": {"EU": {"pladser": 2, "personer": ["A", "B", "C"]}}}, "EU has 2 places"),
        ({"bestyrelse": {"erhvervshuset": {}}}, "was erhvervshus meant"),
        ({"bestyrelse": {"erhvervshus": {"personer": {"polititian": ["A"]}}}}, "was politician meant"),
    ],
)
def test_what_does_not_fit_the_meeting(more: dict[str, Any], message: str) -> None:
    """One line each, with the place in the file."""
    with pytest.raises(DataError, match=message):
        held(**more)


def test_figures_of_one_s_own_are_composed() -> None:
    """A KKR that is not embedded: its votes, its mayors and its municipalities."""
    case = meeting_of(
        {
            "kkr": {
                "navn": "KKR Nyby",
                "stemmer": {"A": 500, "B": 250, "C": 250},
                "borgmestre": {"A": 3},
                "kommuner": 3,
                "gyldige": 1000,
                "valgaar": 2025,
            },
            "dato": "2026-01-26",
            "lodtraekninger": {"KKR Nyby": [{"vinder": "C"}, {"vinder": "B"}]},
        }
    )
    assert isinstance(case, KKRMeetingCase)
    meeting = settle(case)
    assert meeting.composition.size == 6
    assert case.election == "2025-11-18"
    assert len(meeting.lots) == 2


def test_the_command_tells_it_in_danish(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One file, one command; the annex to the agenda as a Word file too."""
    done = Run(capsys, "constitute", str(FILE))
    assert done.status == 0
    assert done.out.startswith("Bilag til dagsordenen for konstituerende møde, KKR Hovedstaden 2026-2030")
    assert "Det første møde holdes rettidigt; den sidste dag er lørdag den 31. januar 2026" in " ".join(
        done.out.split()
    )
    assert Run(capsys, "constitute", str(FILE), "-o", str(tmp_path / "bilag.docx")).status == 0
    assert isinstance(read_meeting(FILE), KKRMeetingCase)
    assert Run(capsys, "constitute", str(FILE), "--as-of", "2026-02-01").status == 2
