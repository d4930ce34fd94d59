"""From councils to an area: the votes that KL's bodies are composed of."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from unicodedata import normalize

import pytest

from kommunalvalg import data
from kommunalvalg.errors import DataError, RuleError, VoteError


def represented(area: Iterable[str]) -> tuple[str, ...]:
    """Who is represented in an area of 2025, of which all seats are known."""
    names = data.area_votes("kv2025", area).represented
    assert names is not None
    return names


HOVEDSTADEN = {
    "A": 189_397,
    "B": 83_669,
    "C": 188_278,
    "F": 137_641,
    "I": 54_255,
    "M": 18_830,
    "O": 59_009,
    "V": 89_433,
    "Æ": 10_383,
    "Ø": 128_149,
    "Å": 21_359,
}


def test_hovedstaden_is_the_table_of_the_agenda() -> None:
    """The 29 municipalities add up, party by party, to the votes that KKR Hovedstaden was composed of in 2026."""
    area = data.area_votes("kv2025", data.municipalities_of("kv2025", "Hovedstaden"))
    assert {party: votes for party, votes in area.votes.items() if party != "K"} == HOVEDSTADEN
    assert (area.valid, area.cast, len(area.municipalities)) == (1_019_648, 1_036_023, 29)
    assert sum(area.votes.values()) + area.local == area.valid


def test_parties_come_in_the_order_of_the_ballot_and_only_those_that_stood() -> None:
    """On Fanø no list of I, K, M, O or Æ stood; the others come as on the ballot, with Ø before Å."""
    area = data.area_votes("kv2025", ["Fanø"])
    assert list(area.votes.items()) == [
        ("A", 106),
        ("B", 997),
        ("C", 555),
        ("F", 95),
        ("V", 186),
        ("Ø", 182),
        ("Å", 142),
    ]
    assert dict(area.local_lists) == {("Fanø", "L"): 82}
    assert area.represented == ("B", "C", "V", "Ø", "Å")


def test_represented_is_a_seat_in_at_least_one_of_the_councils() -> None:
    """A party counts as represented with one seat anywhere in the area (KL-15-2a), in the order of the ballot."""
    region = data.municipalities_of("kv2025", "Hovedstaden")
    somewhere = {
        party
        for name in region
        for letter, party in data.counts("kv2025", name).parties.items()
        if party is not None and data.published("kv2025", name).seats[letter]
    }
    area = data.area_votes("kv2025", region)
    assert area.represented == tuple(party for party in area.votes if party in somewhere)
    assert "K" in somewhere  # by one seat on Bornholm
    assert "K" not in represented([name for name in region if name != "Bornholm"])


def test_a_letter_is_not_a_party() -> None:
    """In Hillerød and Struer K was a local list's letter, so its votes are local ones."""
    for name, votes in (("Hillerød", 23), ("Struer", 25)):
        area = data.area_votes("kv2025", [name])
        assert "K" not in area.votes
        assert area.local_lists[name, "K"] == votes


def test_the_five_regions_are_the_country() -> None:
    """Each municipality is in one region, and the regions' votes are all the votes."""
    regions = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland")
    names = [data.municipalities_of("kv2025", region) for region in regions]
    assert [len(some) for some in names] == [29, 17, 22, 19, 11]
    assert sorted(sum(names, ())) == sorted(data.councils("kv2025"))
    assert sum(data.area_votes("kv2025", some).valid for some in names) == 3_256_070


@pytest.mark.parametrize("region", ["region hovedstaden", "HOVEDSTADEN ", "Hovedstaden"])
def test_a_region_is_found_by_its_name_in_any_case(region: str) -> None:
    """The word "Region" before the name and its case make no difference."""
    assert len(data.municipalities_of("kv2025", region)) == 29


@pytest.mark.parametrize(("region", "error"), [("Østdanmark", DataError), ("", VoteError), (None, VoteError)])
def test_an_unknown_region_is_refused(region: str, error: type[Exception]) -> None:
    """A region that election day did not know is an error, with the regions there are."""
    with pytest.raises(error, match=f"^region (is|has the name) {region!r}; "):
        data.municipalities_of("kv2025", region)


def test_municipalities_may_be_codes_and_variants() -> None:
    """An area is given as councils are asked for, and the result has their names, in the order given."""
    area = data.area_votes("kv2025", ["Københavns Kommune", "0563", 400])
    assert area.municipalities == ("København", "Fanø", "Bornholm")


def test_a_listesamarbejde_counts_like_a_party() -> None:
    """Its lists' votes are one name's votes (KL-6), it is represented by any of their seats, the rest stays local."""
    area = ["Ærø", "Langeland"]
    alone = data.area_votes("kv2025", area)
    together = data.area_votes(
        "kv2025", area, listesamarbejder={"Øerne": [("ærø kommune", "L"), ("482", "L")], "Tvær": [("Ærø", "T")]}
    )
    assert list(together.votes)[-2:] == ["Øerne", "Tvær"]
    assert (together.votes["Øerne"], together.votes["Tvær"]) == (186 + 568, 285)
    assert alone.local == 186 + 568 + 285 + 142
    assert dict(together.local_lists) == {("Ærø", "E"): 142}
    assert together.represented == (*represented(area), "Øerne", "Tvær")
    assert together.valid == alone.valid


def test_a_listesamarbejde_without_a_seat_is_not_represented() -> None:
    """List E on Ærø won no seat, and its listesamarbejde has none either."""
    area = data.area_votes("kv2025", ["Ærø"], listesamarbejder={"E": [("Ærø", "E")]})
    assert area.votes["E"] == 142
    assert area.represented == represented(["Ærø"])


def test_votes_only_say_nothing_of_who_is_represented() -> None:
    """Of 2013 no seats are known: who is represented is None, not nobody."""
    area = data.area_votes("kv2013", ["Fanø", "Esbjerg"])
    assert area.represented is None
    assert sum(area.votes.values()) + area.local == area.valid < area.cast


def test_a_region_is_no_municipality(refused: Callable[..., str]) -> None:
    """KL's bodies count the votes of municipal elections."""
    assert "'rv2025', of regional councils" in refused(data.municipalities_of, "rv2025", "Midtjylland", error=DataError)
    assert "'rv2025', of regional councils" in refused(data.area_votes, "rv2025", ["Midtjylland"], error=DataError)


def test_names_are_compared_in_composed_form() -> None:
    """A name or a municipality typed with separate accents is the same name."""
    area = data.area_votes(
        "kv2025", ["Tårnby"], listesamarbejder={normalize("NFD", "På øen"): [(normalize("NFD", "Tårnby"), "T")]}
    )
    assert "På øen" in area.votes


@pytest.mark.parametrize(
    ("listesamarbejder", "error", "message"),
    [
        ({"A": [("Ærø", "L")]}, RuleError, "names 'A', the letter of Socialdemokratiet"),
        ({"A\u030a": [("Ærø", "L")]}, RuleError, "names 'Å', the letter of Alternativet"),
        ({"Os": [("Ærø", "V")]}, RuleError, "list V in Ærø, a list of Venstre, Danmarks Liberale Parti"),
        ({"Os": [("Ærø", "L"), (492, "L")]}, RuleError, "list L in Ærø is in 'Os' and again in 'Os'"),
        ({"Os": [("Ærø", "L")], "Vi": [("Ærø", "L")]}, RuleError, "list L in Ærø is in 'Os' and again in 'Vi'"),
        ({"Os": [("Fanø", "L")]}, DataError, "a list in Fanø, outside the area; the area has Ærø"),
        ({"Os": [("Aero", "L")]}, DataError, "council is 'Aero'"),
        ({"Os": [("Ærø", "Z")]}, DataError, "list Z in Ærø; the local lists there are E, L, T"),
        ({"Os": [("Ærø", 7)]}, VoteError, "a name is text"),
        ({"Os": []}, VoteError, "listesamarbejder['Os'] is []; give its lists as pairs"),
        ({"Os": ["ÆL"]}, VoteError, "listesamarbejder['Os'] is ['ÆL']; give its lists as pairs"),
        ({"Os": [("Ærø", "L", 3)]}, VoteError, "give its lists as pairs"),
        ({"Os": "Ærø"}, VoteError, "listesamarbejder['Os'] is 'Ærø'; give its lists as pairs"),
        ({"": [("Ærø", "L")]}, VoteError, "a name is text that is not blank"),
        ({"På": [("Ærø", "L")], "Pa\u030a": [("Ærø", "E")]}, VoteError, "names 'På' twice"),
        ([("Ærø", "L")], VoteError, "listesamarbejder is [('Ærø', 'L')]; give a mapping"),
    ],
)
def test_a_listesamarbejde_that_cannot_be_is_refused(
    listesamarbejder: Mapping[str, Iterable[tuple[str | int, str]]], error: type[Exception], message: str
) -> None:
    """A party's list, a list in two, an unknown or outside list and a party's letter as name are errors (KL-6)."""
    with pytest.raises(error) as caught:
        data.area_votes("kv2025", ["Ærø"], listesamarbejder=listesamarbejder)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("municipalities", "error", "message"),
    [
        ([], VoteError, "municipalities is empty"),
        ("Fanø", VoteError, "municipalities is 'Fanø'; give the names one by one"),
        (563, VoteError, "municipalities is 563; give the names one by one"),
        (["Fanø", "0563"], VoteError, "municipalities names Fanø twice"),
        (["Fanø", "Mandø"], DataError, "council is 'Mandø'"),
    ],
)
def test_an_area_that_cannot_be_is_refused(municipalities: Iterable[str], error: type[Exception], message: str) -> None:
    """No municipality, one text, the same one twice and an unknown one are errors of one line."""
    with pytest.raises(error) as caught:
        data.area_votes("kv2025", municipalities)
    assert str(caught.value).startswith(message)


def test_mayors_are_summed_as_their_votes_are() -> None:
    """A mayor counts for a party, for a listesamarbejde, or for a local list by its letter and municipality."""
    mayors = {"Lolland": "J", "Køge": "Venstre", "Næstved Kommune": "V"}
    area = ["Lolland", "Køge", "Næstved"]
    assert data.area_mayors("kv2025", area, mayors) == {"V": 2, "J (Lolland)": 1}
    together = {"Lokallisterne": [("Lolland", "J")]}
    assert data.area_mayors("kv2025", area, mayors, listesamarbejder=together) == {"V": 2, "Lokallisterne": 1}
    spelt = data.area_mayors("kv2025", ["Aalborg"], {normalize("NFD", "Ålborg"): normalize("NFD", "Å")})
    assert spelt == data.area_mayors("kv2025", ["Aalborg"], {"Aalborg": "Å"}) == {"Å": 1}


NO_MAPPINGS: list[Any] = [True, 2.5, -1, "12", ["V"]]


@pytest.mark.parametrize("mayors", NO_MAPPINGS)
def test_mayors_that_are_no_mapping_are_refused(mayors: Any) -> None:  # noqa: ANN401 - what is none
    """Whose mayors there are is said by the names of the municipalities."""
    with pytest.raises(
        VoteError, match=f"^mayors is {re.escape(repr(mayors))}; give a mapping that begins with names$"
    ):
        data.area_mayors("kv2025", ["Lolland", "Køge"], mayors)


@pytest.mark.parametrize(
    ("mayors", "message"),
    [
        ({}, "mayors says nothing of Lolland, Køge; each municipality of the area has a mayor"),
        ({"Lolland": "J"}, "mayors says nothing of Køge; each municipality of the area has a mayor"),
        ({"Lolland": "J", "Fanø": "A"}, "mayors has 'Fanø', outside the area; the area has Lolland, Køge"),
        ({"Lolland": True, "Køge": "V"}, "party has the name True; a name is text"),
        ({"Lolland": "Å, by $"}, "party is 'Å, by $', which did not stand in Lolland; the lists there are "),
        ({"Køge": "V", "Køge Kommune": "V"}, "mayors names Køge twice; each municipality stands once"),
    ],
)
def test_mayors_that_cannot_be_are_refused(mayors: Mapping[str, str], message: str) -> None:
    """A municipality that is missing, outside or twice, and a list that did not stand."""
    with pytest.raises((DataError, VoteError), match=f"^{re.escape(message)}"):
        data.area_mayors("kv2025", ["Lolland", "Køge"], mayors)
