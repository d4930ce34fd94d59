"""What speaks for the rules of a KKR that stand in no text: the one published table, and the nearest statute.

The figures of the Folketing are official ones of Danmarks Statistik; the constituency seats of 2022, which its files of
that week did not hold yet, are computed here from the votes and the seats of bekendtgørelse 203 of 3 March 2020.
All seats of 2022 are those of the published result (en.wikipedia.org, 2022 Danish general election).
"""

import csv
import os
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from kommunalvalg import Allocation, adams, apply_threshold, data, dhondt, largest_shortfall, sainte_lague
from kommunalvalg.kkr.composition import kkr_size
from kommunalvalg.lots import settle
from kommunalvalg.methods.shortfall import ShortfallCase

HOVEDSTADEN = data.kkr("hovedstaden-2026")

# year -> party -> votes, constituency seats, all seats; the parties that reach 2 % of the valid votes.
FOLKETING: dict[int, tuple[int, dict[str, tuple[int, int, int]]]] = {
    2011: (3_545_368, {
        "A": (879_615, 38, 44), "B": (336_698, 12, 17), "C": (175_047, 3, 8), "F": (326_192, 11, 16),
        "I": (176_585, 5, 9), "O": (436_726, 17, 22), "V": (947_725, 42, 47), "Ø": (236_860, 7, 12),
    }),
    2015: (3_518_987, {
        "A": (924_940, 43, 47), "B": (161_009, 2, 8), "C": (118_003, 0, 6), "F": (147_578, 2, 7),
        "I": (265_129, 9, 13), "O": (741_746, 33, 37), "V": (685_188, 33, 34), "Ø": (274_463, 10, 14),
        "Å": (168_788, 3, 9),
    }),
    2019: (3_531_720, {
        "A": (914_882, 44, 48), "B": (304_714, 12, 16), "C": (233_865, 9, 12), "D": (83_201, 0, 4),
        "F": (272_304, 12, 14), "I": (82_270, 0, 4), "O": (308_513, 11, 16), "V": (826_161, 39, 43),
        "Ø": (245_100, 7, 13), "Å": (104_278, 1, 5),
    }),
    2022: (3_533_951, {
        "A": (971_995, 50, 50), "B": (133_931, 2, 7), "C": (194_820, 7, 10), "D": (129_524, 2, 6),
        "F": (293_186, 12, 15), "I": (278_656, 10, 14), "M": (327_699, 13, 16), "O": (93_428, 1, 5),
        "V": (470_546, 21, 23), "Æ": (286_796, 11, 14), "Ø": (181_452, 4, 9), "Å": (117_567, 2, 6),
    }),
}  # fmt: skip
METHODS: dict[str, Callable[..., Allocation]] = {
    "largest shortfall": largest_shortfall,
    "Adams": adams,
    "Sainte-Laguë": sainte_lague,
    "d'Hondt": dhondt,
}
STORKREDSE_2022 = {
    "Københavns": 17, "Københavns Omegns": 11, "Nordsjællands": 10, "Bornholms": 2, "Sjællands": 20, "Fyns": 12,
    "Sydjyllands": 17, "Østjyllands": 18, "Vestjyllands": 13, "Nordjyllands": 15,
}  # fmt: skip


@pytest.mark.rule("KKR-SEATS")
@pytest.mark.parametrize(
    ("method", "exact"),
    [
        ("largest shortfall", [2011, 2015, 2019, 2022]),
        ("Adams", []),
        ("Sainte-Laguë", [2019, 2022]),
        ("d'Hondt", [2019]),
    ],
)
def test_the_supplementary_seats_of_the_folketing(method: str, exact: list[int]) -> None:
    """The nearest statute to a KKR, 40 seats on top of 135, is the largest shortfall's four times, Adams' never."""
    right = []
    for year, (_, parties) in FOLKETING.items():
        votes = {party: row[0] for party, row in parties.items()}
        held = {party: row[1] for party, row in parties.items()}
        assert (sum(held.values()), sum(row[2] for row in parties.values())) == (135, 175)
        result = METHODS[method](votes, 40, held=held)
        assert result.tie is None
        if all(held[party] + result.seats[party] == row[2] for party, row in parties.items()):
            right.append(year)
    assert right == exact


@pytest.mark.rule("KKR-SEATS")
def test_the_folketing_counts_only_who_takes_part() -> None:
    """Shares of all valid votes give the Folketing of 2022 alone: there the statute's base is another than a KKR's."""
    right = []
    for year, (valid, parties) in FOLKETING.items():
        votes, held = ({party: row[at] for party, row in parties.items()} for at in (0, 1))
        seats = largest_shortfall(votes, 40, held=held, total=valid).seats
        right += [year] * all(held[party] + seats[party] == row[2] for party, row in parties.items())
    assert right == [2022]


def test_the_figures_of_the_folketing_are_those_of_the_official_files() -> None:
    """Votes and seats are the sums of the ten storkredse; the constituency seats of 2022 are d'Hondt's in each."""
    shared = os.environ.get("KOMMUNALVALG_SHARED_DATA")
    if not shared:
        pytest.skip("KOMMUNALVALG_SHARED_DATA names no folder with folketing/fv_storkredse.csv")
    votes: dict[int, Counter[str]] = {year: Counter() for year in FOLKETING}
    seats: dict[int, Counter[str]] = {year: Counter() for year in FOLKETING}
    supplementary: dict[int, Counter[str]] = {year: Counter() for year in FOLKETING}
    in_2022: dict[str, dict[str, int]] = {}
    with (Path(shared) / "folketing" / "fv_storkredse.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, letter = int(row["year"]), row["letter"]
            votes[year][letter] += int(row["votes"])
            seats[year][letter] += int(row["kredsmandater"] or 0)
            supplementary[year][letter] += int(row["tillaegsmandater"] or 0)
            if year == 2022:
                in_2022.setdefault(row["storkreds"].removesuffix(" Storkreds"), {})[letter] = int(row["votes"])
    for storkreds, places in STORKREDSE_2022.items():
        seats[2022] += Counter(dhondt(in_2022[storkreds], places).seats)
    for year, (valid, parties) in FOLKETING.items():
        assert votes[year].total() == valid
        assert set(apply_threshold(votes[year], "2%").passed) == set(parties)
        assert {party: (votes[year][party], seats[year][party]) for party in parties} == {
            party: row[:2] for party, row in parties.items()
        }
        if year != 2022:
            assert {party: row[2] - row[1] for party, row in parties.items()} == {
                party: supplementary[year][party] for party in parties
            }


@pytest.mark.rule("KKR-SEATS")
@pytest.mark.parametrize(
    ("base", "departures"),
    [
        (982_645, {"V": 1, "Å": -1}),  # the votes of the parties alone
        (987_073, None),  # a lot between V and Å for the last member
        (987_074, {}),
        (1_019_648, {}),  # the valid votes
        (1_036_023, {}),  # the votes cast
        (1_071_462, {}),
        (1_071_463, None),  # a lot between I and Ø
        (1_071_464, {"I": 1, "Ø": -1}),
    ],
)
def test_the_bases_that_give_the_table_of_hovedstaden(base: int, departures: dict[str, int] | None) -> None:
    """Every base from 987,074 to 1,071,462 votes gives the table; the votes of the parties alone do not."""
    assert sum(HOVEDSTADEN.area.votes.values()) == 982_645
    assert HOVEDSTADEN.published is not None
    case = HOVEDSTADEN.compose().allocation.case
    assert isinstance(case, ShortfallCase)
    computed = settle(attrs.evolve(case, total=base))
    assert computed.complete == (departures is not None)
    if departures is not None:
        members = Counter(computed.seats)
        members.subtract(HOVEDSTADEN.published.supplementary)
        assert {party: count for party, count in members.items() if count} == departures


@pytest.mark.rule("KKR-SIZE")
@pytest.mark.parametrize(("base", "mayors"), [("valid", [48]), ("cast", []), ("parties", [])])
def test_the_181_of_2014_are_of_the_valid_votes(base: str, mayors: list[int]) -> None:
    """Of the valid votes 48 mayors of V call for 181 members; of those cast, or of the parties', no number does."""
    country = data.national_votes("kv2013")
    total = {"valid": country.valid, "cast": country.cast, "parties": country.valid - country.local}[base]

    def size(party: str, count: int) -> int:
        votes = {party: country.votes[party]}
        return kkr_size(votes, {party: count}, municipalities=98, total_votes=total).size

    assert [count for count in range(1, 99) if size("V", count) == 181] == mayors
    assert not [count for count in range(1, 99) if size("A", count) == 181]


@pytest.mark.rule("KKR-SEATS")
def test_the_methods_part_in_three_of_the_four_other_kkr() -> None:
    """Of the KKR whose tables were not found, all but Midtjylland would tell the largest shortfall from Adams."""
    parted = {
        name: {
            party
            for party, count in data.kkr(name).compose().members.items()
            if data.kkr(name).compose(method="adams").members[party] != count
        }
        for name in data.kkrs()
    }
    assert parted == {
        "hovedstaden-2026": set(),
        "sjaelland-2026": {"A", "B"},
        "syddanmark-2026": {"A", "Æ"},
        "midtjylland-2026": set(),
        "nordjylland-2026": {"A", "B", "Ø"},
    }


def test_shares_are_exact() -> None:
    """The bounds of the bases follow from the shares: V and Å are equal at 68,074 x 58 / 4 votes, I and Ø at 73,894."""
    votes = HOVEDSTADEN.area.votes
    assert Fraction((votes["V"] - votes["Å"]) * 58, 4) == 987_073
    assert Fraction((votes["Ø"] - votes["I"]) * 58, 4) == 1_071_463
