"""The term after a meeting: who enters, which places stand empty, which group fills them, and what does not change."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from kommunalvalg import report
from kommunalvalg.errors import DataError
from kommunalvalg.evening.files import evening_of, read_evening
from kommunalvalg.evening.term import Term, places_on

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
FILE = EXAMPLES / "nyby-2029-periode.toml"


def document() -> dict[str, Any]:
    """Read the documentation's file of a term."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def on(day: str, *events: dict[str, Any], keep: bool = True) -> Term:
    """Give the places on a day, with more events."""
    tables = document()
    tables["haendelse"] = [*(tables["haendelse"] if keep else []), *events]
    return places_on(evening_of(tables), day)


def who(term: Term, body: str) -> list[str]:
    """Give who sits in a body."""
    return [each.person for each in term.holdings if each.body == body]


def test_on_the_day_of_the_meeting_nothing_has_happened() -> None:
    """The register of the first day is that of the meeting."""
    term = on("2029-12-04")
    assert term.steps == ()
    assert term.vacant == ()
    assert who(term, "Økonomiudvalget") == ["V 1", "A 1", "A 2"]
    assert len(term.sitting) == 9


def test_an_absence_calls_the_substitute_and_lets_the_group_send_another() -> None:
    """The substitute sits in the council, and whom the group sends in the committee, until the member is back."""
    term = on("2030-05-01")
    assert [each.name for each in term.sitting if each.for_a_time] == ["A 6"]
    assert who(term, "Teknik") == ["C 1", "A 3", "A 5"]
    assert [(each.body, each.person) for each in term.holdings if each.away] == [("Kultur", "A 4")]
    back = on("2030-07-01")
    assert len(back.sitting) == 9
    assert who(back, "Teknik") == ["C 1", "A 3", "A 4"]


def test_a_change_of_party_moves_nothing() -> None:
    """Every place stays with who has it and with its group (the ministry's 91.1.6)."""
    before, after = on("2030-09-14"), on("2030-09-15")
    assert before.holdings == after.holdings
    assert [each.rule for each in after.steps[-1].consequences] == ["KSL-17-1", "KSL-28"]


def test_a_mayor_who_leaves_is_elected_anew_and_leaves_other_places_to_the_group() -> None:
    """KSL § 7, stk. 3: by flertalsvalg. The place in økonomiudvalget goes with the office."""
    gone = on("2030-11-01")
    assert [each.body for each in gone.vacant] == ["borgmester", "Økonomiudvalget"]
    assert [each.name for each in gone.sitting][-1] == "A 6"
    elected = on("2030-11-12")
    assert who(elected, "borgmester") == ["A 2"]
    assert sorted(who(elected, "Økonomiudvalget")) == ["", "A 2", "V 1"]
    assert [(each.body, each.group) for each in elected.vacant] == [("Økonomiudvalget", "A")]


@pytest.mark.parametrize(
    ("months", "rule", "said"),
    [
        (1, "KSL-15", "borgmester: nobody is elected for so short an absence."),
        (2, "KSL-15", "borgmester: the council elects an acting one by flertalsvalg."),
    ],
)
def test_a_mayor_who_is_away_is_replaced_for_a_time(months: int, rule: str, said: str) -> None:
    """KSL § 15, stk. 5: an acting mayor for two months or more, and never a new one for the rest of the term."""
    term = on("2030-01-12", {"dato": "2030-01-10", "hvem": "A 1", "hvad": "forfald", "maaneder": months}, keep=False)
    (post,) = [each for each in term.steps[-1].consequences if str(each.text).startswith("borgmester")]
    assert (post.rule, post.provision, str(post.text)) == (rule, "KSL § 15, stk. 5", said)


def test_a_vacated_place_stays_the_group_s() -> None:
    """The group that elected the member fills the place, and no other (KSL § 28, stk. 1)."""
    term = on("2031-03-01", {"dato": "2031-02-10", "hvem": "V 1", "hvad": "udpeges", "sted": "Havnen"})
    assert who(term, "Havnen") == ["V 1", "A 5"]
    with pytest.raises(DataError, match=r"haendelse\[8\].gruppe is 'A'; the vacant place in Havnen is filled by V\+C"):
        on("2031-03-01", {"dato": "2031-02-10", "hvem": "A 3", "hvad": "udpeges", "sted": "Havnen", "gruppe": "A"})


def test_a_list_without_substitutes_is_said_so() -> None:
    """The seat then passes by KRVL § 91, stk. 3, and a group of which nobody is left fills nothing."""
    leaves = [{"dato": f"2030-01-0{number}", "hvem": f"V {number}", "hvad": "dør"} for number in (1, 2, 3)]
    term = on("", *leaves, {"dato": "2030-01-05", "hvem": "C 1", "hvad": "udtræder"}, keep=False)
    said = [str(each.text) for step in term.steps for each in step.consequences]
    assert "V 4 enters the council for V 1." in said
    assert "V has no substitute left for V 2." in said
    assert "C has no substitute left for C 1." in said
    assert "Teknik: the place is filled by V+C, which elected C 1." in said  # V 4 sits for one of them


def test_a_group_without_members_left_is_named() -> None:
    """Nobody is left of the group, and nobody entered for one of it."""
    tables = document()
    tables["stedfortraedere"] = {"V": [], "C": []}
    gone = [{"dato": "2030-01-01", "hvem": name, "hvad": "udtræder"} for name in ("V 1", "V 2", "V 3", "C 1")]
    tables["haendelse"] = gone
    term = places_on(evening_of(tables))
    said = [str(each.text) for step in term.steps for each in step.consequences]
    assert "Teknik: V+C, which is to fill the place, has no members left." in said


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"dato": "2035-01-01", "hvem": "A 2", "hvad": "dør"}, "the term is from 2030-01-01 to 2033-12-31"),
        ({"dato": "2032-01-01", "hvem": "A 1", "hvad": "dør"}, r"haendelse\[8\].hvem names 'A 1'"),
        ({"dato": "2032-01-01", "hvem": "A 2", "hvad": "tilbage"}, "who is not away"),
        ({"dato": "2032-01-01", "hvem": "A 2", "hvad": "forfald"}, r"haendelse\[8\].maaneder is missing"),
        ({"dato": "2032-01-01", "hvem": "A 5", "hvad": "udpeges", "sted": "Havnen"}, "who sits in Havnen already"),
        ({"dato": "2032-01-01", "hvem": "A 2", "hvad": "udpeges", "sted": "Havn"}, "was Havnen meant"),
        ({"dato": "2032-01-01", "hvem": "A 2", "hvad": "udpeges", "sted": "Kultur"}, "where no place is vacant"),
        ({"dato": "2032-01-01", "hvem": "A 3", "hvad": "vælges", "sted": "borgmester"}, "A 2 has that post"),
        ({"dato": "2032-01-01", "hvem": "A 3", "hvad": "fritages", "sted": "borgmester"}, "who is not borgmester"),
        ({"dato": "2032-01-01", "hvem": "A 3", "hvad": "forlader", "sted": "Kultur"}, "names 'Kultur'"),
        ({"dato": "2032-01-01", "hvem": "A 3", "hvad": "udtraeder"}, "was udtræder meant"),
    ],
)
def test_what_cannot_happen(event: dict[str, Any], message: str) -> None:
    """An event of somebody who does not sit, at a place that is not vacant, outside the term: one line each."""
    with pytest.raises(DataError, match=message):
        on("", event)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            'dato = 2035-01-01\nhvem = "A 2"',
            "haendelse[8].dato er '2035-01-01'; funktionsperioden går fra 1. januar 2030 til 31. december 2033",
        ),
        (
            'dato = 2031-01-01\nhvem = "A 22"',
            "haendelse[8].hvem nævner 'A 22', som ikke er blandt medlemmerne; mentes A 2?",
        ),
    ],
)
def test_an_event_that_cannot_be_is_refused_without_a_day_too(event: str, said: str, tmp_path: Path) -> None:
    """Who writes a wrong day or name hears of it from the protocol, not only when the register is asked for."""
    file = tmp_path / "nyby.toml"
    file.write_text(
        f'{FILE.read_text(encoding="utf-8")}\n[[haendelse]]\n{event}\nhvad = "udtræder"\n', encoding="utf-8"
    )
    with pytest.raises(DataError) as refused:
        read_evening(file)
    assert refused.value.said("da") == said


def test_the_command_prints_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    """The places on a day, in Danish, with the provisions."""
    done = Run(capsys, "constitute", str(FILE), "--as-of", "2031-03-01")
    assert done.status == 0
    said = " ".join(done.out.split())
    assert "Fortegnelse over hverv, Nyby, lørdag den 1. marts 2031" in said
    assert "C 1 beholder alle sine pladser, og det samme gør grupperne: intet vælges om (KSL § 17, stk. 3)." in said
    assert "borgmester: kommunalbestyrelsen vælger en ny ved flertalsvalg for resten af funktionstiden (" in said
    assert Run(capsys, "constitute", str(FILE), "--as-of", "2040-01-01").status == 2


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_register_is_in_one_language(lang: str) -> None:
    """No sentence of the other language stands in it."""
    said = report.explain(on("2031-03-01"), lang)
    assert not any(word in said for word in ([" the ", " is "] if lang == "da" else [" er ", " af "]))


def said_of(term: Term) -> list[tuple[str, str]]:
    """Give what followed from the last event, and by which provision."""
    return [(str(each.text), each.provision) for each in term.steps[-1].consequences]


def test_a_single_meeting_calls_a_substitute_and_moves_nothing() -> None:
    """KSL § 15, stk. 1: the members of the list may demand the next substitute called; nobody loses a place."""
    before = on("2029-12-20")
    after = on("2029-12-20", {"dato": "2029-12-18", "hvem": "A 2", "hvad": "forfald til møde"}, keep=False)
    ((text, provision), _keeps) = said_of(after)
    assert "on A may demand that A 6 be called to this meeting" in text
    assert provision == "KSL § 15, stk. 1"
    assert (after.holdings, after.sitting) == (before.holdings, before.sitting)


@pytest.mark.parametrize(
    ("substitutes", "said"),
    [
        ({"C": ["C 2"]}, "No other member elected on C can demand it, so C 2 may demand to be called to this meeting"),
        ({"C": []}, "C has no substitute left for C 1."),
        ({}, "so the next substitute may demand to be called"),
    ],
)
def test_a_substitute_demands_it_where_no_member_can(substitutes: dict[str, list[str]], said: str) -> None:
    """KSL § 15, stk. 1, last sentence: C has one member, who is the one that is hindered."""
    tables = document()
    tables["stedfortraedere"] = substitutes
    tables["haendelse"] = [{"dato": "2029-12-18", "hvem": "C 1", "hvad": "forfald til møde"}]
    assert said in str(places_on(evening_of(tables)).steps[-1].consequences[0].text)


def test_a_matter_in_which_somebody_is_disqualified_moves_nothing() -> None:
    """KSL § 28, stk. 3: the group may let another take part in it, who is named or not."""
    event = {"dato": "2030-01-10", "hvem": "A 3", "hvad": "inhabil", "sted": "Teknik"}
    assert [provision for _text, provision in said_of(on("2030-01-10", event, keep=False))] == ["KSL § 28, stk. 3"]
    named = on("2030-01-10", {**event, "til": "A 5"}, keep=False)
    assert said_of(named)[0][0].startswith("Teknik: A 5 takes part in that matter instead of A 3")
    assert named.holdings == on("2029-12-04").holdings


@pytest.mark.parametrize(
    ("votes", "mayor", "said"),
    [
        ([], "A 1", "8 of the 9 members are needed at both of two readings, 6 to 12 days apart."),
        ([8], "A 1", "8 of the 9 members are needed at both of two readings, 6 to 12 days apart."),
        ([8, 7], "A 1", "A 1 stays borgmester: 8 votes were needed at both readings."),
        ([8, 9], "", "A 1 is excused as borgmester by that."),
    ],
)
def test_no_confidence_in_a_mayor(votes: list[int], mayor: str, said: str) -> None:
    """KSL § 66 c: all of nine but the mayor, at both readings; then the post is vacant, and the place with it."""
    event = {"dato": "2031-01-20", "hvem": "A 1", "hvad": "afsættes", "stemmer": votes, "foerste": "2031-01-10"}
    term = on("2031-01-20", event, keep=False)
    assert said_of(term)[0][0] == said
    assert who(term, "borgmester") == [mayor]
    assert who(term, "Økonomiudvalget") == ["V 1", mayor, "A 2"]
    assert (said_of(term)[1:2] == []) == bool(mayor)
    assert {provision for _text, provision in said_of(term)[1:2]} <= {"KSL § 66 c, stk. 5"}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"hvem": "A 2", "hvad": "afsættes"}, "who is not borgmester"),
        ({"hvem": "A 1", "hvad": "afsættes", "foerste": "2031-01-19"}, "1 days before the second reading.*6 to 12"),
        ({"hvem": "A 1", "hvad": "afsættes", "stemmer": [10]}, "has 10 votes; the council has 9"),
        ({"hvem": "A 1", "hvad": "afsættes", "stemmer": "otte"}, "it is a whole number, 0 or more"),
        ({"hvem": "A 3", "hvad": "inhabil", "sted": "Kultur"}, "names 'Kultur'.*the places of that person"),
        ({"hvem": "A 3", "hvad": "inhabil", "sted": "Teknik", "til": "A 4"}, "A 4', who sits in Teknik already"),
        ({"hvem": "A 3", "hvad": "inhabil", "sted": "Teknik", "til": "A 6"}, "names 'A 6'"),
    ],
)
def test_what_no_meeting_and_no_matter_can_have(more: dict[str, Any], message: str) -> None:
    """One line with its place for each."""
    with pytest.raises(DataError, match=message):
        on("2031-01-20", {"dato": "2031-01-20", **more}, keep=False)


def test_a_group_without_members_left_fills_no_place() -> None:
    """The register says of the place that nobody fills it, and of nobody that they entered."""
    tables = document()
    tables["grupper"], tables["udvalg"]["Teknik"]["personer"] = {}, ["A 3", "A 4", "V 1"]
    tables["stedfortraedere"]["V"] = []
    tables["haendelse"] = [{"dato": "2030-02-01", "hvem": f"V {number}", "hvad": "udtræder"} for number in (1, 2, 3)]
    term = places_on(evening_of(tables))
    assert term.dissolved == ("V",)
    said = report.explain(term)
    assert "ingen: V har ingen medlemmer tilbage" in said
    assert "Den, der indtræder" not in said


AWAY = {"hvad": "forfald", "maaneder": 3}


def happening(*said: str, substitutes: str = "A 6,A 7,A 8") -> Term:
    """Let things happen a month apart, each written as "A 2: forfald" or "A 5: udpeges Teknik"."""
    tables = document()
    tables["stedfortraedere"]["A"] = [name for name in substitutes.split(",") if name]
    tables["haendelse"] = []
    for month, text in enumerate(said, start=1):
        person, what = text.split(": ")
        what, _space, body = what.partition(" ")
        tables["haendelse"].append(
            {"dato": f"2030-{month:02}-10", "hvem": person, "hvad": what}
            | (AWAY if what == "forfald" else {})
            | ({"sted": body} if body else {})
        )
    return places_on(evening_of(tables))


def seats(term: Term) -> dict[str, str]:
    """Give the substitutes of A who sit -> for whom, those who sit for a time in brackets."""
    return {
        each.name: f"({each.entered_for})" if each.for_a_time else each.entered_for
        for each in term.sitting
        if each.entered_for and not each.away
    }


@pytest.mark.rule("KRVL-91-1", "KRVL-91-3", "KRVL-91-LEAVES", "KSL-15")
@pytest.mark.parametrize(
    ("said", "substitutes", "sit"),
    [
        # Who stood in for a member who leaves then enters for good, and nobody sits beside.
        (["A 2: forfald", "A 2: udtræder"], "A 6,A 7", {"A 6": "A 2"}),
        (["A 2: forfald", "A 3: forfald", "A 2: dør"], "A 6,A 7", {"A 6": "A 2", "A 7": "(A 3)"}),
        # A higher substitute who becomes free takes the seat of a lower one (the ministry's 22.1.6).
        (["A 2: forfald", "A 3: udtræder", "A 2: tilbage"], "A 6,A 7", {"A 6": "A 3"}),
        (["A 2: forfald", "A 3: forfald", "A 2: tilbage"], "A 6,A 7", {"A 6": "(A 3)"}),
        (
            ["A 2: forfald", "A 3: udtræder", "A 4: forfald", "A 2: tilbage"],
            "A 6,A 7,A 8",
            {"A 6": "A 3", "A 7": "(A 4)"},
        ),
        # Who stands in and dies or is away is replaced for the same member.
        (["A 2: forfald", "A 6: dør"], "A 6,A 7", {"A 7": "(A 2)"}),
        (["A 2: forfald", "A 6: forfald"], "A 6,A 7", {"A 7": "(A 2)"}),
        (["A 2: forfald", "A 6: forfald", "A 2: tilbage"], "A 6,A 7", {}),
        (["A 2: forfald", "A 6: forfald", "A 6: tilbage"], "A 6,A 7", {"A 6": "(A 2)"}),
        (["A 2: forfald", "A 6: forfald", "A 2: tilbage", "A 6: tilbage"], "A 6,A 7", {}),
        # Who entered for good is a member, for whom another is called.
        (["A 2: udtræder", "A 6: forfald"], "A 6,A 7", {"A 7": "(A 6)"}),
        (["A 2: udtræder", "A 6: forfald", "A 6: tilbage"], "A 6,A 7", {"A 6": "A 2"}),
        # A seat that nobody is free for waits for whoever is, one vacant for good before an absent member's.
        (["A 2: forfald", "A 3: udtræder"], "A 6", {"A 6": "(A 2)"}),
        (["A 2: forfald", "A 3: udtræder", "A 2: tilbage"], "A 6", {"A 6": "A 3"}),
        (["A 2: forfald", "A 3: forfald", "A 2: tilbage"], "A 6", {"A 6": "(A 3)"}),
        (["A 2: forfald", "A 3: forfald", "A 4: udtræder", "A 2: tilbage"], "A 6", {"A 6": "A 4"}),
    ],
)
def test_substitutes_keep_their_order(said: list[str], substitutes: str, sit: dict[str, str]) -> None:
    """The register seats substitutes as ``fill_vacancies`` does, and never more members than there are seats."""
    term = happening(*said, substitutes=substitutes)
    assert seats(term) == sit
    assert sum(not each.away for each in term.sitting) <= 9


@pytest.mark.rule("KSL-28", "KSL-15", "KSL-7-3")
@pytest.mark.parametrize(
    ("said", "body", "people"),
    [
        # A member who leaves while another has the place for a time leaves it to the group.
        (["A 4: forfald", "A 5: udpeges Teknik", "A 4: udtræder"], "Teknik", ["C 1", "A 3", ""]),
        (["A 4: forfald", "A 5: udpeges Teknik", "A 4: forlader Teknik"], "Teknik", ["C 1", "A 3", ""]),
        # Who has it for a time gives it back to the member, by whatever way.
        (["A 4: forfald", "A 5: udpeges Teknik", "A 5: dør"], "Teknik", ["C 1", "A 3", "A 4"]),
        (["A 4: forfald", "A 5: udpeges Teknik", "A 5: forfald"], "Teknik", ["C 1", "A 3", "A 4"]),
        (["A 4: forfald", "A 5: udpeges Teknik", "A 5: forlader Teknik"], "Teknik", ["C 1", "A 3", "A 4"]),
        # A substitute who leaves the council again leaves the places that came with it.
        (["A 2: forfald", "A 3: forlader Teknik", "A 6: udpeges Teknik"], "Teknik", ["C 1", "A 6", "A 4"]),
        (
            ["A 2: forfald", "A 3: forlader Teknik", "A 6: udpeges Teknik", "A 2: tilbage"],
            "Teknik",
            ["C 1", "", "A 4"],
        ),
        # An acting mayor leads økonomiudvalget, and the mayor is back in both; own places stay.
        (["A 1: forfald", "A 3: vælges borgmester"], "borgmester", ["A 3"]),
        (["A 1: forfald", "A 3: vælges borgmester"], "Økonomiudvalget", ["V 1", "A 3", "A 2"]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 1: tilbage"], "borgmester", ["A 1"]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 1: tilbage"], "Økonomiudvalget", ["V 1", "A 1", "A 2"]),
        (["A 1: forfald", "A 2: vælges borgmester", "A 1: tilbage"], "Økonomiudvalget", ["V 1", "A 1", "A 2"]),
        # A mayor who leaves while another acts is elected anew, and so is one who is excused meanwhile.
        (["A 1: forfald", "A 3: vælges borgmester", "A 1: udtræder"], "borgmester", [""]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 1: udtræder"], "Økonomiudvalget", ["V 1", "", "A 2"]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 1: fritages borgmester"], "borgmester", [""]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 3: fritages borgmester"], "borgmester", ["A 1"]),
        (["A 1: forfald", "A 3: vælges borgmester", "A 3: dør"], "Økonomiudvalget", ["V 1", "A 1", "A 2"]),
        (
            ["A 1: forfald", "A 2: vælges borgmester", "A 1: udtræder", "A 2: vælges borgmester"],
            "Økonomiudvalget",
            ["V 1", "A 2", ""],
        ),
    ],
)
def test_a_place_for_a_time_is_the_members(said: list[str], body: str, people: list[str]) -> None:
    """Who has a place or a post while another is away has it no longer than that, and the other does not lose it."""
    assert sorted(who(happening(*said), body)) == sorted(people)


def test_what_follows_an_absence_has_its_own_provision() -> None:
    """An acting mayor is elected and leaves by KSL § 15, stk. 5, and a substitute enters by KRVL § 91, stk. 2."""
    term = happening("A 1: forfald", "A 2: vælges borgmester", "A 1: tilbage", "A 3: udtræder")
    said = {str(each.text): each.provision for step in term.steps for each in step.consequences}
    assert said["borgmester: the council elects an acting one by flertalsvalg."] == "KSL § 15, stk. 5"
    assert said["A 2 acts as borgmester while A 1 is away."] == "KSL § 15, stk. 5"
    assert said["borgmester: A 1 is back in the place of A 2."] == "KSL § 15, stk. 5"
    assert said["A 6 leaves the council again."] == "KSL § 15, stk. 3-4"
    assert said["A 6 enters the council for A 3."] == "KRVL § 91, stk. 2"
    term = happening("A 2: forfald", "A 3: udtræder", "A 2: tilbage")
    last = {str(each.text): each.provision for each in term.steps[-1].consequences}
    assert last == {
        "A 6 is free again, and takes the seat that A 7, who is lower on the list, has.": "KRVL § 91, stk. 2",
        "A 7 leaves the council again.": "KRVL § 91, stk. 2",
    }


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (["A 2: forfald", "A 2: forfald"], r"haendelse\[2\].hvem is 'A 2', who is away already"),
        (["A 1: udtræder", "A 5: udpeges Økonomiudvalget"], "where no place is vacant"),  # it is the mayor's
        (["A 1: forfald", "A 1: vælges borgmester"], "A 1 has that post"),
        (
            ["V 1: fritages viceborgmester", "A 1: vælges viceborgmester"],
            r"who is mayor; a deputy is somebody else \(KSL § 6, stk. 4\)",
        ),
    ],
)
def test_an_absence_and_the_mayors_place_are_one(said: list[str], wrong: str) -> None:
    """Nobody is away twice at a time, and the place in økonomiudvalget that belongs to the mayor is no group's."""
    with pytest.raises(DataError, match=wrong):
        happening(*said)


def test_a_group_lives_on_in_whoever_entered_last() -> None:
    """V 5 entered for V 4, who had entered for a member of the group."""
    tables = document()
    tables["stedfortraedere"]["V"] = ["V 4", "V 5"]
    leaves = ["V 2", "V 3", "V 1", "V 4", "C 1"]
    tables["haendelse"] = [{"dato": f"2030-0{at}-10", "hvem": name, "hvad": "dør"} for at, name in enumerate(leaves, 1)]
    assert places_on(evening_of(tables)).dissolved == ()


def test_a_refusal_in_a_file_names_the_stk() -> None:
    """What the rooms of the law cite is cited where a file is refused too: of two readings § 66 c, stk. 3."""
    event = {"dato": "2031-01-20", "hvem": "A 1", "hvad": "afsættes", "stemmer": [8, 8, 8]}
    with pytest.raises(DataError, match=r"there are two readings \(KSL § 66 c, stk. 3\)"):
        on("2031-01-20", event, keep=False)
    with pytest.raises(DataError, match=r"6 to 12 days between them \(KSL § 66 c, stk. 3\)"):
        on("2031-01-20", {**event, "stemmer": [8, 8], "foerste": "2031-01-19"}, keep=False)


def test_a_member_elected_by_flertalsvalg_has_no_group_that_sends_another() -> None:
    """Who is alone in a body is replaced when gone, and not because of an absence (KSL § 24, stk. 1)."""
    tables = document()
    tables["organ"]["Museet"] = {"pladser": 1, "afstemninger": [{"A 5": 9}]}
    away = {"dato": "2030-01-10", "hvem": "A 5", "hvad": "forfald", "maaneder": 3}
    leaves = {"dato": "2030-02-10", "hvem": "A 5", "hvad": "forlader", "sted": "Museet"}
    elected = {"dato": "2030-03-10", "hvem": "A 3", "hvad": "vælges", "sted": "Museet"}
    tables["haendelse"] = [away, leaves, elected]
    first, *later = places_on(evening_of(tables)).steps
    assert not any("Museet" in str(each.text) for each in first.consequences)
    assert [str(each.text) for step in later for each in step.consequences] == [
        "Museet: another is elected by flertalsvalg.",
        "A 3 is elected to Museet.",
    ]


def test_a_chair_who_becomes_mayor_has_one_place_in_oekonomiudvalget() -> None:
    """The place that belongs to the chair is vacant (KSL § 65), whatever committee the file has first."""
    tables = {
        "kommune": "Nyby",
        "dato": "2029-12-04",
        "styreform": "§ 65",
        "medlemmer": {"A": 5, "V": 4},
        "stedfortraedere": {"A": ["A 6"]},
        "borgmester": {"afstemninger": [{"A 1": 5, "V 1": 4}]},
        "viceborgmester": {"afstemninger": [{"V 1": 5}]},
        "formandsvalg": [{"udvalg": "Teknik", "medlem": "V 2"}, {"udvalg": "Kultur", "medlem": "A 2"}],
        "udvalg": {name: {"pladser": 3} for name in ("Teknik", "Kultur", "Økonomiudvalget")},
        "haendelse": [
            {"dato": "2030-01-10", "hvem": "A 1", "hvad": "udtræder"},
            {"dato": "2030-02-10", "hvem": "A 2", "hvad": "vælges", "sted": "borgmester"},
        ],
    }
    assert sorted(who(places_on(evening_of(tables)), "Økonomiudvalget")) == ["", "A 2", "V 2"]


@pytest.mark.rule("KSL-17-1", "KSL-28")
def test_a_place_that_others_may_have_is_kept_by_who_leaves_the_council() -> None:
    """It falls vacant when they leave the body or die, and so does that of somebody who never was a member."""
    tables = document()
    tables["organ"]["Museet"] = {"pladser": 3, "ogsaa_andre": True, "personer": {"A": ["A 5", "Else"], "V+C": ["V 1"]}}
    leaves = {"dato": "2030-01-10", "hvem": "A 5", "hvad": "udtræder"}
    dies = {"dato": "2030-02-10", "hvem": "Else", "hvad": "dør"}
    left = {"dato": "2030-03-10", "hvem": "A 5", "hvad": "forlader", "sted": "Museet"}
    tables["haendelse"] = [leaves, dies, left]
    term = evening_of(tables)
    assert who(places_on(term, "2030-01-31"), "Museet") == ["V 1", "A 5", "Else"]
    assert who(places_on(term, "2030-01-31"), "Kultur").count("") == 1
    assert who(places_on(term, "2030-02-28"), "Museet") == ["V 1", "A 5", ""]
    after = places_on(term)
    assert who(after, "Museet") == ["V 1", "", ""]
    assert [str(each.text) for step in after.steps[1:] for each in step.consequences] == [
        "Museet: the place is filled by A, which elected Else.",
        "Museet: the place is filled by A, which elected A 5.",
    ]
    tables["haendelse"] = [{**leaves, "hvad": "dør"}]
    assert who(places_on(evening_of(tables)), "Museet") == ["V 1", "", "Else"]
