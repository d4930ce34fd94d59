"""A council's first meeting in one file: what it holds, what comes next, and what is refused."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kommunalvalg import report
from kommunalvalg.constitution.outside import Body
from kommunalvalg.constitution.posts import Convener
from kommunalvalg.errors import DataError, ElectionError, LotError
from kommunalvalg.evening.council import Evening
from kommunalvalg.evening.files import evening_of, read_evening
from kommunalvalg.evening.items import Role, Step
from kommunalvalg.lots import Draw, Lots, settle
from kommunalvalg.methods.majority import MajorityElection

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"

SMALL = """
kommune = "Nyby"
dato = 2029-12-04
medlemmer = { A = 5, V = 3, C = 1 }
[udvalg]
"Økonomiudvalget" = { pladser = 3 }
"Teknik" = { pladser = 3 }
"Kultur" = { pladser = 3 }
[organ]
"Havnen" = { pladser = 2 }
"""


def held(text: str, lots: Lots = None) -> Evening:
    """Hold the meeting of a file."""
    return settle(evening_of(tomllib.loads(text)), lots)


def example(name: str) -> Evening:
    """Hold the meeting of one of the documentation's files."""
    return settle(read_evening(EXAMPLES / f"{name}.toml"))


# The evenings of the documentation


def test_an_evening_of_thirteen_against_twelve_has_no_lot_and_three_claims() -> None:
    """A+F+Ø 13, V+C+L 12: økonomiudvalg and six committees 4-3, the five 3-2, under ét 24-23, and V+C+L claims 3."""
    evening = example("nyby-2029")
    committees = evening.committees
    assert committees is not None
    assert (evening.ties, evening.lots) == ((), ())
    for name, seats in committees.elected.items():
        assert tuple(seats.values()) == ((3, 2) if name == "Landdistrikter" else (4, 3))
    assert committees.under_et == {"A+F+Ø": 24, "V+C+L": 23}
    assert sum(transfer.receiver == "V+C+L" for transfer in committees.transfers) == 3
    assert committees.claims == {}
    assert committees.totals == committees.under_et
    assert evening.decided
    assert [item.step for item in evening.items[:4]] == [Step.CONVENER, Step.MAYOR, Step.DEPUTIES, Step.COMMITTEES]
    assert sum(item.step is Step.BODY for item in evening.items) == 12
    assert evening.mayor == "Medlem 1"


def test_without_the_claims_of_the_file_three_are_open() -> None:
    """The first evening before § 27: V+C+L may claim three, from A+F+Ø."""
    text = (EXAMPLES / "nyby-2029.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    del document["overtagelser"]
    for plan in document["udvalg"].values():
        del plan["personer"]
    committees = settle(evening_of(document)).committees
    assert committees is not None
    assert (committees.claims, committees.excess) == ({"V+C+L": 3}, {"A+F+Ø": 3})


def test_an_evening_where_one_stands_alone_has_seven_lots() -> None:
    """A+F+Ø 13, V+L 9, C 3: a lot of V+L and C in økonomiudvalget and each committee of seven; under ét 25-17-5."""
    text = (EXAMPLES / "nyby-2029-lod.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    del document["lodtraekninger"]
    evening = settle(evening_of(document))
    committees = evening.committees
    assert committees is not None
    assert [tie.place.address for tie in evening.ties if tie.place] == [
        name for name, size in committees.charter.items() if size == 7
    ]
    assert {(tie.places, tie.among) for tie in evening.ties} == {(1, ("V+L", "C"))}
    assert {tuple(seats.values()) for name, seats in committees.elected.items() if committees.charter[name] == 7} == {
        (4, 2, 0)
    }
    assert tuple(committees.elected["Landdistrikter"].values()) == (3, 2, 0)
    assert committees.under_et == {"A+F+Ø": 25, "V+L": 17, "C": 5}


def test_lots_come_by_the_names_of_their_places() -> None:
    """The order in which a file has the lots changes nothing, and who drew is kept."""
    text = (EXAMPLES / "nyby-2029-lod.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    evening = settle(evening_of(document))
    document["lodtraekninger"] = dict(reversed(document["lodtraekninger"].items()))
    assert settle(evening_of(document)).seats == evening.seats
    assert len(evening.lots) == 7
    assert {lot.by for lot in evening.lots} == {"formanden"}


def test_a_split_between_two_items_counts_for_those_after_it_alone() -> None:
    """What was elected at 22.25 went by the first declaration, what was elected at 22.50 by the second."""
    evening = example("nyby-2029-delt")
    groups = {item.name: set(item.groups) for item in evening.items if item.step is Step.BODY}
    assert groups["Museumsrådet"] == {"A+F+Ø", "V+C+L"}
    assert groups["Bibliotekssamarbejdet"] == {"A+F+Ø", "V+L", "C"}
    assert evening.committees is not None
    assert set(evening.committees.groups) == {"A+F+Ø", "V+C+L"}


def test_naestved_gives_the_published_places() -> None:
    """Næstved 2025, by the minutes of 9 December: 5-4, six of 4-3, 24-18 but 22-20 under ét, two claims."""
    committees = example("naestved-2025").committees
    assert committees is not None
    assert tuple(committees.elected["Økonomiudvalget"].values()) == (5, 4)
    assert {tuple(committees.elected[name].values()) for name in committees.standing} == {(4, 3)}
    assert (tuple(committees.totals.values()), tuple(committees.under_et.values())) == ((24, 18), (22, 20))
    assert committees.claims == {"Valggruppe 2": 2}


# A half-filled file


def test_a_file_of_members_alone_says_what_comes_next() -> None:
    """Nothing was held: the first ballot is next, anybody may stand, and five of nine elect."""
    evening = held(SMALL)
    mayor = evening.item(Step.MAYOR)
    assert mayor is not None
    election = mayor.result
    assert isinstance(election, MajorityElection)
    assert (election.next_ballot, election.needed, election.candidates) == (1, 5, None)
    assert not evening.decided
    assert {seat.body for seat in evening.seats if not seat.person} >= {"borgmester", "Teknik", "Havnen"}


def test_a_ballot_between_two_binds_to_the_two() -> None:
    """After two ballots without a majority the third is bound to the two with the most votes."""
    evening = held(SMALL + '[borgmester]\nafstemninger = [{"A 1" = 4, "V 1" = 3}, {"A 1" = 4, "V 1" = 3, "C 1" = 2}]\n')
    mayor = evening.item(Step.MAYOR)
    assert mayor is not None
    assert isinstance(mayor.result, MajorityElection)
    assert mayor.result.candidates == ("A 1", "V 1")


def test_draws_from_outside_settle_what_the_file_leaves_open() -> None:
    """A lot that the file has not may come as a draw, and the meeting is the same when it is settled again."""
    text = SMALL.replace("A = 5, V = 3, C = 1", "A = 5, V = 5, C = 5")
    open_lots = held(text).ties
    assert len(open_lots) == 1  # the body of two
    evening = held(text, lots=[Draw(["A", "V", "C"], ["A", "V"], place="Havnen")])
    assert evening.ties == ()
    assert settle(evening.case, evening.draws) == evening


def test_the_mayor_sits_in_oekonomiudvalget_by_office() -> None:
    """The mayor's place counts as one of the group's, also of a group that would have none (KSL § 25, stk. 2)."""
    evening = held(SMALL + '[borgmester]\nafstemninger = [{"C 1" = 9}]\n')
    seat = next(seat for seat in evening.seats if seat.body == "Økonomiudvalget" and seat.person == "C 1")
    assert (seat.group, seat.role, seat.by_office) == ("C", Role.CHAIR, True)


def test_an_absent_member_without_a_substitute_does_not_count() -> None:
    """Forholdstalsvalg counts the members who take part (KSL § 24, stk. 3)."""
    text = SMALL.replace("{ A = 5, V = 3, C = 1 }", '{ A = 5, V = 3, "Medlem 9" = { liste = "C", til_stede = false } }')
    body = held(text).item(Step.BODY, "Havnen")
    assert body is not None
    assert body.groups == {"A": 5, "V": 3}


# The models


CHAIRS = """
kommune = "Nyby"
dato = 2029-12-04
styreform = "§ 65"
medlemmer = { A = 13, V = 12 }
borgmester = { afstemninger = [{ "A 1" = 13 }] }
viceborgmestre = { navne = ["A 2", "V 1"] }
[udvalg]
"Økonomiudvalget" = { pladser = 5 }
"Teknik" = { pladser = 5 }
"Kultur" = { pladser = 5 }
"Børn" = { pladser = 5 }
"Klima" = { pladser = 5 }
"""
PICKS = "".join(
    f'[[formandsvalg]]\nudvalg = "{committee}"\nmedlem = "{person}"\n'
    for committee, person in (("Teknik", "V 2"), ("Kultur", "A 3"), ("Børn", "V 3"), ("Klima", "A 4"))
)


def test_by_section_65_the_committees_wait_for_the_chairs() -> None:
    """The groups pick the chairs in turn, the mayor's post first; until all are picked the committees wait."""
    evening = held(CHAIRS + PICKS.split("[[")[0])
    chairs, committees = evening.item(Step.CHAIRS), evening.item(Step.COMMITTEES)
    assert chairs is not None
    assert [seat.group for seat in chairs.seats] == ["V", "A", "V", "A"]
    assert committees is not None
    assert committees.result is None
    assert committees.waits is not None


def test_by_section_65_oekonomiudvalget_is_the_mayor_and_the_chairs() -> None:
    """With as many places as the mayor and the chairs, nobody else is elected to it."""
    evening = held(CHAIRS + PICKS)
    economy = [seat for seat in evening.seats if seat.body == "Økonomiudvalget"]
    assert [seat.person for seat in economy] == ["A 1", "V 2", "A 3", "V 3", "A 4"]
    assert all(seat.by_office for seat in economy)
    teknik = [seat for seat in evening.seats if seat.body == "Teknik"]
    assert [(seat.person, seat.role) for seat in teknik if seat.person] == [("V 2", Role.CHAIR), ("V 2", Role.CHAIR)]


def test_by_section_65_stk_5_the_largest_quotient_names_the_mayor() -> None:
    """Mayor and chairs under ét; the mayor's group names the one deputy too."""
    text = CHAIRS.replace('"§ 65"', '"§ 65, stk. 5"').replace('{ afstemninger = [{ "A 1" = 13 }] }', '{ navn = "A 1" }')
    text = text.replace('viceborgmestre = { navne = ["A 2", "V 1"] }', 'viceborgmester = { navn = "A 2" }')
    evening = held(text + PICKS)
    assert [(seat.body, seat.group, seat.person) for seat in evening.seats[:6]] == [
        ("borgmester", "A", "A 1"),
        ("Teknik", "V", "V 2"),
        ("Kultur", "A", "A 3"),
        ("Børn", "V", "V 3"),
        ("Klima", "A", "A 4"),
        ("viceborgmester", "A", "A 2"),
    ]


def test_a_magistrat_counts_the_mayors_post() -> None:
    """Seven posts, the mayor's among them: 20 against 11 gives 5-2 (KSL § 64)."""
    text = """
kommune = "Nyby"
dato = 2029-12-04
styreform = "§ 64"
medlemmer = { A = 20, V = 11 }
borgmester = { afstemninger = [{ "A 1" = 20 }] }
magistrat = { pladser = 7 }
"""
    seats = [seat.group for seat in held(text).seats if seat.body == "magistrat"]
    assert (seats.count("A"), seats.count("V")) == (5, 2)


def test_by_section_65_a_there_are_no_committees() -> None:
    """A file by § 65 a that has committees is refused."""
    with pytest.raises(
        DataError, match=r"^udvalg names 'Økonomiudvalget, Teknik, Kultur'; with § 65 a as styreform there is"
    ):
        held(SMALL.replace('kommune = "Nyby"', 'kommune = "Nyby"\nstyreform = "§ 65 a"'))


# What is refused


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("dato =", "datto ="), "datto is unknown; was dato meant?"),
        (("pladser = 2", "plader = 2"), r"organ.Havnen.plader is unknown; was pladser meant\?"),
        (("2029-12-04", '"4.12.2029"'), "dato is '4.12.2029'; a day is written year first"),
        (("pladser = 2", 'pladser = 2, personer = ["A 9"]'), r"organ.Havnen.personer names 'A 9', .*was A \d meant\?"),
        (("pladser = 2", 'pladser = 2, personer = ["A 1", "A 1"]'), "organ.Havnen.personer names 'A 1' twice"),
        (("pladser = 2", 'pladser = 2, personer = ["C 1"]'), "personer has 'C 1' for C; C has 0 of the places"),
        (('kommune = "Nyby"', ""), "kommune is missing"),
        (("pladser = 2", 'pladser = 2, personer = { B = ["C 1"] }'), "organ.Havnen.personer names 'B', .*the groups"),
        (("pladser = 2", "pladser = 2, enighed = { A = 1 }"), "organ.Havnen.enighed has 1 seats; the committee has 2"),
        (("pladser = 2", "andre = 0"), "organ.Havnen.pladser is missing"),
        (
            ("pladser = 2", "pladser = 2, afkald = { B = 1 }"),
            "organ.Havnen.afkald names 'B', .*among the groups; these",
        ),
        (("pladser = 2", 'pladser = 2, afstemninger = [{ "A 1" = 5 }]'), "organ.Havnen.afstemninger is given; several"),
        (("pladser = 2", "pladser = 1, afstemninger = 3"), "organ.Havnen.afstemninger is 3; it is a list"),
        (
            ("pladser = 2", 'pladser = 1, personer = ["A 1", "A 2"]'),
            "organ.Havnen.personer has 'A 1, A 2'; Havnen has one",
        ),
        (
            ("pladser = 2", 'pladser = 1, personer = ["A 2"], afstemninger = [{ "A 1" = 9 }]'),
            "organ.Havnen.personer is 'A 2'; A 1 is elected",
        ),
        (("A = 5", "A = -5"), "medlemmer.A is -5; it is a whole number, 1 or more"),
        (
            ('"Teknik" = { pladser = 3 }', '"Teknik" = { pladser = 1 }'),
            "one member is elected by flertalsvalg",
        ),
    ],
)
def test_what_a_file_may_not_hold(change: tuple[str, str], message: str) -> None:
    """Each mistake is one line with its place in the file, and what was meant."""
    with pytest.raises(DataError, match=message) as refused:
        held(SMALL.replace(*change))
    assert "\n" not in refused.value.said("da")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[lodtraekninger]\n"Havnen" = "A"\n', "lodtraekninger.Havnen is a lot too many: no lot is open there"),
        ('[grupper]\n"A+C" = ["A", "C"]\n"V+C" = ["V", "C"]\n', "grupper: 'C 1' is in the groups A.C and V.C"),
        ('[grupper]\n"A+C" = { af = ["A", "C"], antal = 7 }\n', r'grupper."A\+C".antal is 7; by the lists 6 members'),
        ('[grupper]\n"A+K" = ["A", "K"]\n', r"""grupper."A\+K" names 'K', .*the lists and members"""),
        ('[borgmester]\nafstemninger = [{ "A 1" = 5 }, { "V 1" = 5 }]\n', "borgmester: ballot 2 cannot be held"),
        ('[borgmester]\nafstemninger = [{ "A 1" = 10 }]\n', "borgmester: ballot 1 has 10 votes; at most 9"),
        ('[borgmester]\nafstemninger = [{ "Q 1" = 5 }]\n', r"borgmester.afstemninger\[1\] names 'Q 1'"),
        ('[[formandsvalg]]\nudvalg = "Teknik"\nmedlem = "A 1"\n', r"formandsvalg are given; .* \(KSL § 65"),
        ('[[overtagelser]]\nudvalg = "Teknk"\nfra = "A"\ntil = "V"\n', "overtagelser names 'Teknk'.*was Teknik meant"),
        (
            '[[anmeldelse]]\nkl = "22.40"\ngrupper = { "V+C" = ["V", "C"] }\n',
            "kl is missing; the groups changed",
        ),
        ('[stedfortraedere]\nK = ["K 1"]\n', "stedfortraedere names 'K', .*the lists"),
        ('[stedfortraedere]\nA = ["A 3"]\n', "stedfortraedere.A names 'A 3', who is a member already"),
        ("[viceborgmestre]\n[viceborgmester]\n", "viceborgmester stands beside viceborgmestre"),
        ('[[anmeldelse]]\nkl = "25.40"\ngrupper = { "V+C" = ["V", "C"] }\n', "kl is '25.40'; a time is a text"),
    ],
)
def test_what_does_not_fit_the_meeting(more: str, message: str) -> None:
    """What was held, drawn and claimed is held against what was open then."""
    with pytest.raises(ElectionError, match=message):
        held(SMALL + more)


MIXED = SMALL.replace("pladser = 2", "pladser = 4, andre = 2, {more}")


def test_groups_choose_members_and_others_in_their_order() -> None:
    """KSL § 26: the places go to the groups in the order of the quotients, until one kind of place is used up."""
    evening = held(MIXED.replace("{more}", 'raekkefoelge = ["A 1", "En anden", "A 2"]'))
    item = evening.items[-1]
    assert isinstance(item.result, Body)
    assert item.result.order == ("A", "V", "A", "A")
    assert {(seat.group, seat.person) for seat in item.seats} == {
        ("A", "A 1"),
        ("V", "En anden"),
        ("A", "A 2"),
        ("A", ""),
    }
    assert "Havnen: Valggrupperne udpeger medlemmer eller ikke-medlemmer i rækkefølgen A, V, A, A (KSL § 26)." in (
        " ".join(report.explain(evening).split())
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            'raekkefoelge = ["A 1", "V 1", "A 2"]',
            "organ.Havnen: pick 3 is 'member'; the places of that kind are used up",
        ),
        ('raekkefoelge = ["A 1"], personer = ["V 1"]', "organ.Havnen.personer stands beside raekkefoelge"),
        ('personer = { A = ["X", "Y", "Z"] }', "organ.Havnen.personer names 'X, Y, Z'; Havnen has 2 for others"),
        ('personer = ["A 1", "A 2", "V 1"]', "organ.Havnen.personer names 'A 1, A 2, V 1'; Havnen has 2 for members"),
        ('personer = ["En anden"]', "names 'En anden', who is no member; say under its name which group"),
        ('art = "valgbestyrelse"', "organ.Havnen.andre is 2; Havnen has 5 to 7, members of the council"),
    ],
)
def test_what_a_body_of_members_and_others_may_not_hold(more: str, message: str) -> None:
    """No more of a kind than there are places for, and one way of saying who."""
    with pytest.raises(DataError, match=message):
        held(MIXED.replace("{more}", more))


def test_a_deputy_is_somebody_else_than_the_mayor() -> None:
    """Nobody is mayor and deputy at once."""
    posts = '[borgmester]\nafstemninger = [{"A 1" = 5}]\n[viceborgmester]\nafstemninger = [{"A 1" = 5}]\n'
    with pytest.raises(DataError, match="viceborgmester is 'A 1', who is mayor"):
        held(SMALL + posts)


def test_a_lot_that_does_not_fit_names_its_place() -> None:
    """A lot won by somebody who took no part in it is refused with the place, and what is open there."""
    document = tomllib.loads((EXAMPLES / "nyby-2029-lod.toml").read_text(encoding="utf-8"))
    document["lodtraekninger"]["Teknik"] = "A+F+Ø"
    message = "lodtraekninger.Teknik was won by A+F+Ø; the lot that is open there is 1 place among V+L, C (Teknik)"
    with pytest.raises(LotError, match=re.escape(message)):
        settle(evening_of(document))


def test_a_council_that_is_no_quorum_elects_nobody() -> None:
    """Fewer than half of the members present cannot elect (KSL § 11, stk. 2)."""
    absent = ", ".join(f'"M{number}" = {{ liste = "V", til_stede = false }}' for number in range(6))
    with pytest.raises(DataError, match=r"^medlemmer: til_stede is 5; .* when 6 are present \(KSL § 11, stk. 2\)$"):
        held(f'kommune = "Nyby"\ndato = 2029-12-04\nmedlemmer = {{ A = 5, {absent} }}\n')


@pytest.mark.rule("KSL-6-1")
def test_who_convenes_of_two_of_equal_service_is_asked_for_by_age() -> None:
    """Between equals the oldest convenes; one whose birth the file does not say is not taken for the oldest."""

    def convening(*born: str, served: int = 12) -> str:
        members = {
            f"A {number}": {
                "liste": "A",
                "anciennitet": 12 if number == 1 else served,
                **({"foedt": day} if day else {}),
            }
            for number, day in enumerate(born, start=1)
        }
        evening = settle(evening_of({"kommune": "Nyby", "dato": "2029-12-04", "medlemmer": members}))
        convener = evening.items[0].result
        assert isinstance(convener, Convener)
        return str(convener.name)

    assert convening("1961-04-12", "1955-01-01") == "A 2"
    assert convening("", "", served=8) == "A 1"
    for born, missing in ((("1961-04-12", ""), "A 2"), (("", "1961-04-12"), "A 1"), (("", ""), "A 1")):
        with pytest.raises(DataError, match=rf'^medlemmer."{missing}".foedt is missing; between A 1 and A 2 it is the'):
            convening(*born)
    for late in ("2029-12-04", "2061-04-12"):
        with pytest.raises(DataError, match=rf'^medlemmer."A 2".foedt is \'{late}\', which is not before the meeting'):
            convening("1961-04-12", late)


def test_a_meeting_in_a_year_without_elections_is_warned_of() -> None:
    """The first meeting follows an ordinary election, or one that is repeated (KRVL § 6)."""
    assert [str(warned) for warned in held(SMALL.replace("2029-12-04", "2027-12-07")).warnings][:1] == [
        "There are no ordinary elections in 2027, the year of the meeting (KRVL § 6, stk. 2)."
    ]


def test_a_misspelt_place_of_a_lot_is_asked_about() -> None:
    """The open place that is spelt nearly so is named."""
    document = tomllib.loads((EXAMPLES / "nyby-2029-lod.toml").read_text(encoding="utf-8"))
    lots = document["lodtraekninger"]
    lots["Teknk"] = lots.pop("Teknik")
    with pytest.raises(LotError, match="did you mean Teknik"):
        settle(evening_of(document))


def test_a_meeting_outside_its_days_is_warned_of() -> None:
    """A first meeting is held from 1 to 15 December (KSL § 6, stk. 1)."""
    assert [str(warned) for warned in held(SMALL.replace("2029-12-04", "2029-12-16")).warnings][:2] == [
        "The meeting is on 2029-12-16; a first meeting is held from 2029-12-01 to 2029-12-15 (KSL § 6, stk. 1).",
        "The meeting is not on a weekday: 2029-12-16.",
    ]


@pytest.mark.rule("KSL-5", "RL-8")
@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"kommune": "Nyby", "medlemmer": {"A": 5, "V": 4}}, []),
        (
            {"kommune": "Nyby", "medlemmer": {"A": 5, "V": 5}},
            ["Nyby has 10 seats; the law has an odd number from 9 to 31 (KSL § 5, stk. 1)."],
        ),
        ({"region": "Midtjylland", "medlemmer": {"A": 31}}, []),
        (
            {"region": "Midtjylland", "medlemmer": {"A": 41}},
            ["Midtjylland has 41 seats; the law has 31 (OL § 15)."],
        ),
    ],
)
def test_a_meeting_of_a_council_of_no_lawful_size_is_warned_of(tables: dict[str, Any], said: list[str]) -> None:
    """A list that lacks a member, or has one too many, is told where the meeting begins."""
    evening = settle(evening_of({"dato": "2025-12-04", **tables}))
    assert [str(warned) for warned in evening.warnings] == said
