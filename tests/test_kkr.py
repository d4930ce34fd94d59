"""Who sits in a kommunekontaktråd: mayors, the line, the size, the supplementary members."""

import copy
import json
import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import (
    DataError,
    Draw,
    KKRComposition,
    LotError,
    Tie,
    VoteError,
    compose_kkr,
    data,
    law,
    seeded,
    testing,
)
from kommunalvalg.errors import RuleError, shown
from kommunalvalg.files.plain import from_plain, to_plain
from kommunalvalg.kkr.composition import METHODS, KKRCase, kkr_size
from kommunalvalg.law import book, dated
from kommunalvalg.lots import Place, Where, settle
from kommunalvalg.methods.threshold import Reason
from kommunalvalg.votes import listed

Counts = dict[str, int]
Refused = Callable[..., str]

# The agenda of KKR Hovedstaden of 26 January 2026: party -> votes, mayors, supplementary members, members.
HOVEDSTADEN = {
    "A": (189_397, 10, 1, 11),
    "B": (83_669, 0, 5, 5),
    "C": (188_278, 12, 0, 12),
    "F": (137_641, 3, 5, 8),
    "I": (54_255, 0, 3, 3),
    "O": (59_009, 0, 4, 4),
    "V": (89_433, 4, 1, 5),
    "Æ": (10_383, 0, 0, 0),
    "Ø": (128_149, 0, 8, 8),
    "Å": (21_359, 0, 2, 2),
}
VALID, CAST, MUNICIPALITIES = 1_019_648, 1_036_023, 29
VOTES = {party: row[0] for party, row in HOVEDSTADEN.items()} | {"M": 18_830}
MAYORS = {party: row[1] for party, row in HOVEDSTADEN.items()}
SUPPLEMENTARY = {party: row[2] for party, row in HOVEDSTADEN.items()}
MEMBERS = {party: row[3] for party, row in HOVEDSTADEN.items()}


TIED: dict[str, Any] = {
    "votes": {"A": 500, "B": 250, "C": 250},
    "mayors": {"A": 3},
    "municipalities": 3,
    "total_votes": 1000,
}
"""B and C compete for the last of six members."""


def hovedstaden(**kwargs: Any) -> KKRComposition:  # noqa: ANN401 - handed on
    """Compose KKR Hovedstaden 2026-2030 from the figures of the agenda."""
    figures = {"municipalities": MUNICIPALITIES, "total_votes": VALID, "cast_votes": CAST}
    return compose_kkr(VOTES, MAYORS, **{**figures, **kwargs})


# KKR Hovedstaden 2026-2030


@pytest.mark.rule("KL-15-1", "KL-15-2", "KL-15-2a", "FO-3-2", "KKR-SIZE", "KKR-SEATS")
@pytest.mark.parametrize(
    "base",
    [
        pytest.param({}, id="shares of the valid votes"),
        pytest.param({"total_votes": CAST}, id="shares of the cast votes"),
        pytest.param({"cast_votes": None}, id="line on the valid votes"),
    ],
)
def test_hovedstaden_is_the_official_table(base: dict[str, int | None]) -> None:
    """From the votes of the agenda comes its table, seat for seat, with the valid and with the cast votes as base."""
    kkr = hovedstaden(**base)
    assert kkr.members == {**MEMBERS, "M": 0}
    assert kkr.supplementary == {**SUPPLEMENTARY, "M": 0}
    assert kkr.mayors == {**MAYORS, "M": 0}
    assert (kkr.size, kkr.tie, kkr.vacant) == (58, None, 0)
    assert kkr.excluded == {"Æ": Reason.BELOW, "M": Reason.BELOW}


@pytest.mark.rule("KKR-SEATS")
def test_embedded_hovedstaden_is_the_official_table() -> None:
    """From the votes of all 29 municipal elections comes the published composition."""
    known = data.kkr("hovedstaden-2026")
    kkr, published = known.compose(), known.published
    assert published is not None
    assert {party: known.mayors[party] for party in published.mayors} == published.mayors
    assert {party: kkr.members[party] for party in published.members} == published.members == MEMBERS
    assert {party: kkr.supplementary[party] for party in published.mayors} == published.supplementary
    assert (kkr.size, published.size, kkr.complete) == (58, 58, True)
    assert not sum(count for party, count in kkr.members.items() if party not in published.members)
    assert (known.area.valid, known.area.cast, len(known.area.municipalities)) == (VALID, CAST, MUNICIPALITIES)
    assert kkr.warnings == ()


@pytest.mark.rule("KKR-SIZE", "FO-3-2")
def test_hovedstaden_has_its_size_for_the_mayors_of_c() -> None:
    """The twelve mayors of C call for 65 members; twice the 29 municipalities are the limit."""
    sizing = hovedstaden().sizing
    assert (sizing.size, sizing.mayors, sizing.needed, sizing.decisive, sizing.limit) == (58, 29, 65, ("C",), 58)
    assert Fraction(VOTES["C"] * 64, VALID) < 12 <= Fraction(VOTES["C"] * 65, VALID)


@pytest.mark.rule("KKR-SEATS")
def test_hovedstaden_explains_every_supplementary_seat() -> None:
    """Each of the 29 supplementary seats says who won it on which shortfall: share of 58 less the members so far."""
    kkr = hovedstaden()
    so_far = dict(MAYORS)
    for number, award in enumerate(kkr.allocation.awards, start=1):
        shortfalls = {party: Fraction(VOTES[party] * 58, VALID) - so_far[party] for party in kkr.eligible}
        assert (award.number, award.winner) == (number, max(shortfalls, key=shortfalls.__getitem__))
        assert award.quotient == shortfalls[award.winner]
        so_far[award.winner] += 1
    assert so_far == MEMBERS


@pytest.mark.rule("KKR-SEATS")
@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("largest_shortfall", MEMBERS),
        ("adams", MEMBERS),
        ("dhondt", {"A": 12, "B": 5, "C": 12, "F": 9, "I": 3, "O": 3, "V": 5, "Æ": 0, "Ø": 8, "Å": 1}),
    ],
)
def test_methods_on_hovedstaden(method: str, expected: Counts) -> None:
    """Adams gives the official table, too; d'Hondt does not: A 12, F 9, O 3, Å 1."""
    assert hovedstaden(method=method).members == {**expected, "M": 0}


# The rules, by hand


@pytest.mark.rule("KL-15-2a")
def test_line_is_on_the_cast_votes_and_reached_exactly() -> None:
    """Two per cent of the votes cast are enough, and one vote less is not."""

    def eligible(votes: int, cast: int | None) -> tuple[str, ...]:
        kkr = compose_kkr(
            {"A": 900, "B": votes},
            {"A": 2},
            municipalities=4,
            total_votes=1000,
            cast_votes=cast,
            represented=["A", "B"],
        )
        return kkr.eligible

    assert eligible(20, None) == eligible(21, 1050) == ("A", "B")
    assert eligible(19, None) == eligible(20, 1050) == eligible(20, 1001) == ("A",)


@pytest.mark.rule("KL-15-2a")
def test_line_is_not_moved_by_a_single_vote_at_any_size() -> None:
    """With 10^30 votes cast the line is at exactly one fiftieth of them."""
    cast = 10**30
    for votes, passes in ((cast // 50, True), (cast // 50 - 1, False)):
        kkr = compose_kkr(
            {"A": cast // 2, "B": votes},
            {"A": 3},
            municipalities=3,
            total_votes=cast,
            represented=["A", "B"],
        )
        assert ("B" in kkr.eligible) == passes


@pytest.mark.rule("KL-15-2a")
def test_both_conditions_are_required() -> None:
    """A party without a seat in a council does not take part, however many its votes; one with a mayor has a seat."""
    kkr = compose_kkr(
        {"A": 500, "B": 300, "C": 190, "D": 10},
        {"B": 2},
        municipalities=4,
        total_votes=1000,
        represented=["A"],
    )
    assert kkr.eligible == ("A", "B")
    assert kkr.excluded == {"C": "holds no seat", "D": "below the line and holds no seat"}
    assert kkr.parties[2].share == Fraction(19, 100)


@pytest.mark.rule("KL-15-2b", "KL-15-1")
def test_mayor_of_a_party_below_the_line_stays() -> None:
    """Such a mayor is a member and counts in the size, and the party has no supplementary member."""
    kkr = compose_kkr({"A": 600, "B": 390, "D": 10}, {"A": 2, "D": 1}, municipalities=3, total_votes=1000)
    assert (kkr.members["D"], kkr.supplementary["D"], kkr.excluded["D"]) == (1, 0, Reason.BELOW)
    assert (kkr.sizing.mayors, kkr.size) == (3, 4)
    assert (kkr.members, kkr.tie) == ({"A": 2, "B": 1, "D": 1}, None)


@pytest.mark.rule("KL-15-1")
def test_mayor_of_a_party_without_votes_is_a_member() -> None:
    """A mayor whose list is not among the votes is a member; the list has no votes here, rather than none at all."""
    kkr = compose_kkr({"A": 600, "B": 400}, {"A": 1, "Lokal": 1}, municipalities=2, total_votes=1000)
    local = kkr.parties[-1]
    assert (local.party, local.votes, local.share, local.cast_share, local.mayors) == ("Lokal", None, None, None, 1)
    assert "Lokal" not in kkr.threshold.votes
    assert (kkr.members["Lokal"], kkr.excluded) == (1, {"Lokal": Reason.NO_VOTES})
    assert sum(kkr.members.values()) == kkr.size


@pytest.mark.rule("KKR-SIZE", "FO-3-2")
@pytest.mark.parametrize(
    ("votes", "mayors", "municipalities", "size", "needed", "decisive"),
    [
        pytest.param({"A": 400, "C": 300}, {"A": 2, "C": 4}, 6, 12, 14, ("C",), id="cut to the limit"),
        pytest.param({"A": 500, "C": 500}, {"A": 3, "C": 3}, 6, 6, 6, (), id="the mayors are proportional"),
        pytest.param({"A": 500, "C": 500}, {"A": 4, "C": 2}, 6, 8, 8, ("A",), id="one party has more"),
        pytest.param({"A": 500, "C": 500}, {"A": 6}, 6, 12, 12, ("A",), id="just the limit"),
        pytest.param({"A": 500, "C": 500}, {}, 6, 0, 0, (), id="no mayors are known"),
        pytest.param({"A": 250, "C": 250}, {"A": 2, "C": 2}, 9, 8, 8, ("A", "C"), id="both decide"),
        pytest.param({"A": 0, "C": 500}, {"A": 2, "C": 1}, 3, 3, 3, (), id="a party without votes"),
    ],
)
def test_size_is_the_smallest_that_covers_the_mayors(
    votes: Counts, mayors: Counts, municipalities: int, size: int, needed: int, decisive: tuple[str, ...]
) -> None:
    """At that size every party's share is at least its mayors, unless the limit or the mayors themselves decide."""
    sizing = kkr_size(votes, mayors, municipalities=municipalities, total_votes=1000)
    assert (sizing.size, sizing.needed, sizing.decisive, sizing.limit) == (size, needed, decisive, 2 * municipalities)


@pytest.mark.rule("KKR-SEATS")
def test_tie_is_open_and_drawn() -> None:
    """Parties with the same shortfall compete for the last member by lot, which comes in as any lot does."""

    def compose(**kwargs: Any) -> KKRComposition:  # noqa: ANN401 - handed on
        return compose_kkr(**TIED, **kwargs)

    kkr = compose()
    assert (kkr.size, kkr.members, kkr.complete) == (6, {"A": 3, "B": 1, "C": 1}, False)
    assert kkr.tie == Tie(1, ("B", "C"), "KKR-SEATS", Place(Where.KKR))
    drawn = compose(lots=[Draw(["B", "C"], ["C"])])
    assert (drawn.members, drawn.complete) == ({"A": 3, "B": 1, "C": 2}, True)
    assert [award.by_lot for award in drawn.allocation.awards] == [False, False, True]
    assert [outcome.probability for outcome in kkr.outcomes()] == [Fraction(1, 2), Fraction(1, 2)]


def test_words_of_a_composition() -> None:
    """Every row says of its party what the agenda's table says, and why it does not take part."""
    rows = {row.party: row for row in hovedstaden().parties}
    assert (rows["Ø"].votes, rows["Ø"].mayors, rows["Ø"].supplementary, rows["Ø"].members) == HOVEDSTADEN["Ø"]
    assert (rows["Ø"].takes_part, rows["Ø"].reason) == (True, None)
    assert (rows["M"].takes_part, rows["M"].reason) == (False, Reason.BELOW)
    assert rows["M"].share == Fraction(18_830, VALID)
    assert rows["M"].cast_share == Fraction(18_830, CAST)
    assert [str(Reason(reason)) for reason in hovedstaden().excluded.values()] == ["below the line"] * 2
    kkr = hovedstaden()
    assert (kkr.votes, kkr.total_votes, kkr.cast_votes, kkr.municipalities) == (VOTES, VALID, CAST, MUNICIPALITIES)
    nobody = compose_kkr({"A": 0}, {"A": 1}, municipalities=1, total_votes=0)
    assert (nobody.members, nobody.parties[0].share, nobody.cast_votes) == ({"A": 1}, Fraction(0), 0)


@pytest.mark.parametrize(
    ("kwargs", "rules"),
    [
        ({"represented": list("ABCFIOVMÆØÅ")}, []),
        ({"represented": list("ABCFIOVMÆØÅ"), "cast_votes": None}, ["KL-15-2a"]),
        ({"represented": list("BIOMÆØÅ")}, ["KL-15-2a"]),
        ({}, ["KL-15-2a"]),
        ({"municipalities": 30, "represented": list("ABCFIOVMÆØÅ")}, ["KL-15-1"]),
        ({"municipalities": 30}, ["KL-15-1", "KL-15-2a"]),
    ],
)
def test_what_was_left_out_is_told(kwargs: dict[str, Any], rules: list[str]) -> None:
    """Missing mayors, and a condition that could not be looked at, are warnings."""
    warnings = hovedstaden(**kwargs).warnings
    assert [warned.rule for warned in warnings] == rules
    assert all("{" not in warned.said(lang) for warned in warnings for lang in ("da", "en"))


def test_who_has_a_mayor_holds_a_seat_and_that_is_said() -> None:
    """With nobody named as represented the parties of the mayors take part all the same, and a warning names them."""
    kkr = hovedstaden(represented=[])
    assert kkr.eligible == ("A", "C", "F", "V")
    assert str(kkr.warnings[0]) == (
        "Who has a mayor holds a seat in a council of the area. That was not given of A, C, F, V and is counted "
        "(KL's vedtægter § 15, stk. 2)."
    )


# The case


@pytest.mark.rule("KL-15-2a")
def test_another_line_from_2029_is_a_change_of_the_law_map_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 3 % from 2029 in the law map an election of 2029 has that line and one of 2025 the old one."""
    written = (Path(book.__file__).parent / "rules.toml").read_text(encoding="utf-8")
    old = '{ text = "KL\'s vedtægter § 15, stk. 2", value = "2%" }'
    assert old in written
    new = old.replace(" }", ", until = 2028 }") + ", " + old.replace("2%", "3%").replace(" }", ", since = 2029 }")
    changed = book.read_law_map(written.replace(old, new))
    monkeypatch.setattr(book, "_read", lambda: changed)
    dated._value.cache_clear()
    try:
        figures: dict[str, Any] = {"mayors": {"A": 2}, "municipalities": 2, "total_votes": 1000}
        figures["votes"] = {"A": 975, "B": 25}
        assert [compose_kkr(**figures, year=year).eligible for year in (2025, 2029)] == [("A", "B"), ("A",)]
        assert compose_kkr(**figures).threshold.line == Fraction(2, 100)
        assert compose_kkr(**figures, year=2029).threshold.line == Fraction(3, 100)
    finally:
        dated._value.cache_clear()


def test_a_case_is_checked_when_it_is_made() -> None:
    """More mayors than municipalities are refused before anything is computed, and whole numbers are Python's."""
    with pytest.raises(VoteError, match="mayors are 3 and municipalities 2; each municipality has one mayor"):
        KKRCase(votes={"A": 10}, mayors={"A": 3}, municipalities=2, total_votes=10)
    with pytest.raises(VoteError, match="mayors are 3 and municipalities 2; each municipality has one mayor"):
        kkr_size({"A": 10}, {"A": 3}, municipalities=2, total_votes=10)
    with pytest.raises(VoteError, match="total_votes is 9; it is at least the sum of the votes, 10"):
        kkr_size({"A": 10}, {"A": 2}, municipalities=2, total_votes=9)
    whole: dict[str, Any] = {"total_votes": np.int64(10), "cast_votes": np.int64(11)}
    case = KKRCase(votes={"A": 10}, mayors={"A": 2}, municipalities=2, **whole)
    assert [type(count) for count in (case.total_votes, case.cast_votes)] == [int, int]


def test_the_law_that_was_used_is_said() -> None:
    """The result names the election year whose law it is; given none, the day of the law as this release knows it."""
    assert hovedstaden(year=2025).law == 2025
    assert hovedstaden().law == law.KNOWN.isoformat()
    assert hovedstaden().sizing.law == law.KNOWN.isoformat()


def test_a_composition_is_settled_again_with_something_else() -> None:
    """The case of a result holds all that was given: settled again it is the same, varied it is another KKR."""
    kkr = hovedstaden(represented=list("ABCFIOVMÆØÅ"), name="KKR Hovedstaden", year=2025)
    assert settle(kkr.case) == kkr
    assert settle(attrs.evolve(kkr.case, line="1%")).eligible == tuple("ABCFIOVÆØÅM")
    assert settle(attrs.evolve(kkr.case, method="dhondt")).members["A"] == 12
    with pytest.raises(TypeError):
        KKRCase(VOTES, MAYORS, MUNICIPALITIES, VALID)  # type: ignore[call-arg]
    with pytest.raises(VoteError, match="year is 1066; an election year is a whole number, 1970 or more"):
        attrs.evolve(kkr.case, year=1066)
    with pytest.raises(RuleError, match="year is 1990; the oldest election whose law is known here is that of 2009"):
        attrs.evolve(kkr.case, year=1990)
    with pytest.raises(VoteError, match=r"^name has the name '\\n'; a name is text that is not blank$"):
        attrs.evolve(kkr.case, name="\n")


def test_a_case_goes_through_plain_json() -> None:
    """A case is written by its fields and read again, and is the same case."""
    case = hovedstaden(represented=list("ABCFIOVMÆØÅ"), line="3/200", published=MEMBERS).case
    plain = json.loads(json.dumps(to_plain(case, ordered=True)))
    assert from_plain(plain, KKRCase) == case


def test_what_was_published_is_compared_with() -> None:
    """A composition knows where it departs from what was published; d'Hondt does in Hovedstaden, Adams does not."""
    assert hovedstaden().departures is None
    assert hovedstaden(published=MEMBERS).departures == {}
    assert hovedstaden(published=MEMBERS, method="adams").departures == {}
    assert hovedstaden(published=MEMBERS | {"Lokal": 1}).departures == {"Lokal": (0, 1)}
    departures = hovedstaden(published=MEMBERS, method="dhondt").departures
    assert departures == {"A": (12, 11), "F": (9, 8), "O": (3, 4), "Å": (1, 2)}


def test_a_lot_of_a_kkr_knows_where_it_stands() -> None:
    """The lot for the last member stands in the KKR that was named, and a draw can be addressed to it."""
    open_lot = compose_kkr(**TIED, name="KKR Nord").tie
    assert open_lot is not None
    assert open_lot.place == Place(Where.KKR, "", "KKR Nord")
    assert open_lot.inferred
    drawn = compose_kkr(**TIED, name="KKR Nord", lots=[Draw(["B", "C"], ["B"], place="KKR Nord")])
    assert drawn.members["B"] == 2


def test_a_composition_is_told_on_a_line() -> None:
    """What a composition shows of itself fits a line."""
    assert repr(hovedstaden()) == (
        "KKRComposition(size=58, members={'A': 11, 'B': 5, 'C': 12, 'F': 8, 'I': 3, 'O': 4, 'V': 5, 'Ø': 8, 'Å': 2}, "
        "tie=None)"
    )


# What always holds


@attrs.frozen
class Case:
    """What a composition is made from."""

    votes: Counts
    mayors: Counts
    municipalities: int
    total: int
    cast: int
    represented: tuple[str, ...] | None
    method: str

    def compose(self, **kwargs: Any) -> KKRComposition:  # noqa: ANN401 - handed on
        """Compose the KKR."""
        return compose_kkr(
            self.votes,
            self.mayors,
            municipalities=self.municipalities,
            total_votes=self.total,
            cast_votes=self.cast,
            represented=self.represented,
            method=self.method,
            **kwargs,
        )


@st.composite
def cases(draw: st.DrawFn, *, names: int = 12) -> Case:
    """Give what a composition is made from; some mayors are of parties that have no votes."""
    parties = draw(testing.names(most=names))
    standing = parties[: draw(st.integers(1, len(parties)))]
    votes = draw(testing.votes(standing))
    mayors = draw(testing.held(parties, most=5))
    others = draw(st.integers(0, 12) | st.integers(0, 10**30))
    invalid = draw(st.integers(0, 12) | st.integers(0, 10**30))
    total = sum(votes.values()) + others
    return Case(
        votes,
        mayors,
        max(1, sum(mayors.values()) + draw(st.integers(0, 3))),
        total,
        total + invalid,
        draw(st.none() | st.lists(st.sampled_from(standing), unique=True).map(tuple)),
        draw(st.sampled_from(METHODS)),
    )


@given(case=cases())
def test_every_member_is_accounted_for(case: Case) -> None:
    """Members + places open + vacant = size, mayors among them, and the size within its limits."""
    kkr = case.compose()
    places = kkr.tie.places if kkr.tie else 0
    assert sum(kkr.members.values()) + places + kkr.vacant == kkr.size
    assert sum(case.mayors.values()) <= kkr.size <= kkr.limit == 2 * case.municipalities
    assert all(kkr.members[party] == kkr.mayors[party] + kkr.supplementary[party] for party in kkr.members)
    assert {party: count for party, count in kkr.mayors.items() if count} == {
        party: count for party, count in case.mayors.items() if count
    }
    assert list(kkr.members) == [*case.votes, *(party for party in case.mayors if party not in case.votes)]


@given(case=cases())
def test_every_party_takes_part_or_has_a_reason(case: Case) -> None:
    """Who takes part has votes, two per cent of those cast, and a seat; nobody else elects anybody."""
    kkr = case.compose()
    assert set(kkr.eligible) | set(kkr.excluded) == set(kkr.members)
    assert not set(kkr.eligible) & set(kkr.excluded)
    for party in kkr.members:
        votes = case.votes.get(party, 0)
        seated = case.represented is None or party in case.represented or case.mayors.get(party, 0) > 0
        assert (party in kkr.eligible) == (votes > 0 and 50 * votes >= case.cast and seated)
        if party in kkr.excluded:
            assert kkr.supplementary[party] == 0
    assert not kkr.tie or set(kkr.tie.among) <= set(kkr.eligible)


@given(case=cases())
def test_size_is_needed_and_no_larger(case: Case) -> None:
    """At the needed size every share covers the party's mayors; one less would not do."""
    kkr = case.compose()
    sizing = kkr.sizing

    def covers(size: int) -> bool:
        return size >= sizing.mayors and all(
            case.votes[party] * size >= case.mayors.get(party, 0) * case.total for party in kkr.eligible
        )

    assert covers(sizing.needed)
    assert sizing.needed == 0 or not covers(sizing.needed - 1)
    assert sizing.size == max(sizing.mayors, min(sizing.needed, sizing.limit))
    assert bool(sizing.decisive) == (sizing.needed > sizing.mayors)


@given(case=cases(), random=st.randoms(use_true_random=False))
def test_order_of_the_parties_is_immaterial(case: Case, random: Any) -> None:  # noqa: ANN401 - as Hypothesis types it
    """The same parties in another order have the same members, and the same lot is open."""

    def shuffled(counts: Counts) -> Counts:
        names = list(counts)
        random.shuffle(names)
        return {name: counts[name] for name in names}

    kkr = case.compose()
    other = attrs.evolve(case, votes=shuffled(case.votes), mayors=shuffled(case.mayors)).compose()
    assert (kkr.members, kkr.sizing.size, set(kkr.eligible)) == (other.members, other.sizing.size, set(other.eligible))
    assert set(kkr.tie.among if kkr.tie else ()) == set(other.tie.among if other.tie else ())


@given(case=cases(), factor=st.integers(2, 10**9))
def test_scale_of_the_votes_is_immaterial(case: Case, factor: int) -> None:
    """All votes, valid and cast ones too, times the same number change nothing."""
    scaled = attrs.evolve(
        case,
        votes={party: count * factor for party, count in case.votes.items()},
        total=case.total * factor,
        cast=case.cast * factor,
    )
    kkr, other = case.compose(), scaled.compose()
    assert (kkr.members, kkr.tie, kkr.excluded) == (other.members, other.tie, other.excluded)
    assert attrs.evolve(kkr.sizing, case=other.sizing.case) == other.sizing


@given(case=cases(names=6))
def test_outcomes_are_the_ways_to_the_end(case: Case) -> None:
    """The draws of every outcome lead to it, and the probabilities sum to one."""
    kkr = case.compose()
    outcomes = kkr.outcomes()
    assert sum(outcome.probability for outcome in outcomes) == 1
    for outcome in outcomes:
        drawn = case.compose(lots=outcome.draws)
        assert drawn.complete
        assert {party: drawn.supplementary[party] for party in outcome.seats} == outcome.seats


@given(case=cases())
def test_drawn_lot_fills_the_body(case: Case) -> None:
    """With the lot drawn nobody loses a member, and no place is open."""
    kkr, drawn = case.compose(), case.compose(lots=seeded(20260126))
    assert drawn.complete
    assert all(drawn.members[party] >= count for party, count in kkr.members.items())
    assert sum(drawn.members.values()) + drawn.vacant == kkr.size


@given(case=cases())
def test_results_are_values(case: Case) -> None:
    """A composition equals the same composition, can be hashed, copied and pickled."""
    kkr, again = case.compose(), case.compose()
    restored = pickle.loads(pickle.dumps(kkr))  # noqa: S301 - made here
    assert kkr == again == restored == copy.deepcopy(kkr)
    assert len({kkr, again, restored}) == 1


# What is refused


FIGURES: dict[str, Any] = {
    "votes": {"A": 600, "B": 400},
    "mayors": {"A": 1, "B": 1},
    "municipalities": 3,
    "total_votes": 1000,
}


def composed(**kwargs: Any) -> KKRComposition:  # noqa: ANN401 - handed on
    """Compose a small KKR, with some figures changed."""
    return compose_kkr(**{**FIGURES, **kwargs})


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"votes": None}, "votes is None; give a mapping of name to number, such as {'A': 12}"),
        ({"votes": {}}, "votes is empty; at least one name is needed"),
        ({"votes": {"A": 600.0}}, 'votes["A"] is 600.0; a vote count is a whole number, 0 or more'),
        ({"mayors": None}, "mayors is None; give a mapping of name to number, such as {'A': 12}"),
        ({"mayors": []}, "mayors is []; give a mapping of name to number, such as {'A': 12}"),
        ({"mayors": ["A", "B"]}, "mayors is ['A', 'B']; give a mapping of name to number, such as {'A': 12}"),
        ({"mayors": {"A": True}}, 'mayors["A"] is True; a count is a whole number, 0 or more'),
        ({"mayors": {"A": -1}}, 'mayors["A"] is -1; a count is a whole number, 0 or more'),
        ({"mayors": {"": 1}}, "mayors has the name ''; a name is text that is not blank"),
        ({"mayors": {"Å": 1, "A\u030a": 1}}, "mayors names 'Å' twice, in two spellings of the same letters"),
        ({"mayors": {"A": 2, "B": 2}}, "mayors are 4 and municipalities 3; each municipality has one mayor"),
        ({"municipalities": 0}, "municipalities is 0; a number of municipalities is a whole number, 1 or more"),
        ({"municipalities": -2}, "municipalities is -2; a number of municipalities is a whole number, 1 or more"),
        ({"municipalities": None}, "municipalities is None; a number of municipalities is a whole number, 1 or more"),
        ({"municipalities": 3.0}, "municipalities is 3.0; a number of municipalities is a whole number, 1 or more"),
        (
            {"municipalities": ["Fanø"]},
            "municipalities is ['Fanø']; a number of municipalities is a whole number, 1 or",
        ),
        ({"total_votes": 999}, "total_votes is 999; it is at least the sum of the votes, 1000"),
        ({"total_votes": None}, "total_votes is None; a vote count is a whole number, 0 or more"),
        ({"total_votes": 1e3}, "total_votes is 1000.0; a vote count is a whole number, 0 or more"),
        ({"cast_votes": 999}, "cast_votes is 999; it is at least the valid votes, total_votes, 1000"),
        ({"cast_votes": "1000"}, "cast_votes is '1000'; a vote count is a whole number, 0 or more"),
        ({"represented": "AB"}, "represented is 'AB'; give the names one by one, for example ['A', 'B']"),
        ({"represented": ["A", "Q"]}, "represented names 'Q', which is not in votes; votes has A, B"),
        ({"represented": ["A", None]}, "represented has the name None; a name is text"),
        ({"published": {"A": -1}}, 'published["A"] is -1; a count is a whole number, 0 or more'),
        ({"year": "2025"}, "year is '2025'; an election year is a whole number, 1970 or more"),
        ({"represented": 5}, "represented is 5; give the names one by one, for example ['A', 'B']"),
    ],
    ids=lambda value: None if isinstance(value, str) else str(value).translate({0x30A: "°"}),
)
def test_figures_that_cannot_be_are_refused(refused: Refused, kwargs: dict[str, Any], message: str) -> None:
    """Every figure that cannot be one is named with its value and with what would be right."""
    assert refused(composed, **kwargs, error=VoteError).startswith(message)


@pytest.mark.parametrize("method", [None, "", "d'Hondt", "hare", 5, ["dhondt"], {}], ids=repr)
def test_unknown_method_is_refused(refused: Refused, method: object) -> None:
    """The methods that there are are told."""
    message = refused(composed, method=method, error=VoteError)
    assert message == f"method is {shown(method)}; the methods are {listed(METHODS, method)}"


def test_lots_that_do_not_fit_are_refused(refused: Refused) -> None:
    """A lot of other parties than those that compete is refused."""
    message = refused(composed, lots=[Draw(["A", "B"], ["A"])], error=LotError)
    assert message.startswith("draw 1, among A, B, is left over")


COMPUTED = {
    "sjaelland-2026": (
        34,
        50,
        {"A": 8, "B": 1, "C": 3, "F": 3, "I": 2, "O": 3, "V": 9, "Æ": 2, "Ø": 2, "J (Lolland)": 1},
    ),
    "syddanmark-2026": (
        44,
        48,
        {"A": 11, "B": 2, "C": 4, "F": 4, "I": 3, "O": 3, "V": 12, "Æ": 2, "Ø": 2, "S (Tønder)": 1},
    ),
    "midtjylland-2026": (38, 48, {"A": 9, "B": 2, "C": 4, "F": 4, "I": 2, "O": 2, "V": 10, "Æ": 3, "Ø": 2}),
    "nordjylland-2026": (22, 35, {"A": 6, "C": 2, "F": 2, "I": 1, "O": 1, "V": 8, "Æ": 2}),
}
ADAMS = {
    "sjaelland-2026": {"A": 7, "B": 2},
    "syddanmark-2026": {"A": 10, "Æ": 3},
    "midtjylland-2026": {},
    "nordjylland-2026": {"A": 4, "B": 1, "Ø": 1},
}


@pytest.mark.rule("KKR-SEATS", "KKR-SIZE", "FO-3-2")
@pytest.mark.parametrize("name", COMPUTED)
def test_the_four_other_kkr_are_computed_and_say_so(name: str) -> None:
    """From the votes of 2025 and the mayors come four compositions; nothing published is held against them."""
    size, needed, members = COMPUTED[name]
    known = data.kkr(name)
    kkr = known.compose()
    assert known.published is None
    assert (kkr.size, kkr.sizing.needed, kkr.limit, kkr.complete) == (size, needed, size, True)
    assert {party: count for party, count in kkr.members.items() if count} == members
    assert "computed, not published" in str(kkr.warnings[0])
    adams = known.compose(method="adams").members
    assert {party: count for party, count in adams.items() if count != members.get(party, 0)} == ADAMS[name]


def test_every_municipality_has_one_mayor_of_a_list_that_has_a_seat() -> None:
    """The mayor's list stands in the municipality and won a seat; the five areas have all 98 mayors, each once."""
    born = [mayor for name in data.kkrs() for mayor in data.kkr(name).born]
    assert sorted(mayor.municipality for mayor in born) == sorted(data.councils("kv2025"))
    for mayor in born:
        assert data.published("kv2025", mayor.municipality).seats[mayor.party[0]] > 0
        assert mayor.sources in {1, 2}


def test_a_mayor_of_whom_another_source_tells_otherwise_is_among_the_warnings() -> None:
    """Three mayors of Nordjylland are told in two ways; each is named, with what the other source says."""
    warnings = data.kkr("nordjylland-2026").compose().warnings
    assert [warning.text.values for warning in warnings[1:]] == [
        {"municipality": "Morsø", "party": "A", "otherwise": "V"},
        {"municipality": "Frederikshavn", "party": "V", "otherwise": "C"},
        {"municipality": "Læsø", "party": "C", "otherwise": "A"},
    ]


@pytest.mark.parametrize("name", ["hovedstaden", "", None, 5, ["hovedstaden-2026"]], ids=repr)
def test_unknown_kkr_is_refused(refused: Refused, name: object) -> None:
    """The KKR that are embedded are told."""
    message = refused(data.kkr, name, error=DataError)
    assert message == f"the KKR is {shown(name)}; the embedded ones are {listed(data.kkrs(), name)}"
