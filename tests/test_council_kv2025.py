"""All 98 councils elected on 18 November 2025, computed and compared with what the authorities published."""

from functools import cache

import pytest

from kommunalvalg import Draw, data
from kommunalvalg.council import CouncilResult, elect_council
from kommunalvalg.data import Published

COUNCILS = data.councils("kv2025")


def draws_of(published: Published, result: CouncilResult) -> list[Draw]:
    """Read off what was published how every open lot between candidates fell."""
    has_seat = {mandate.candidate for mandate in published.mandates}
    draws = [Draw(tie.among, [name for name in tie.among if name in has_seat]) for tie in result.ties]
    order = [mandate.candidate for mandate in published.mandates]
    order += [name for names in published.substitutes.values() for name in names]
    for its in elect_council(result.election, lots=draws).lists.values():
        for tie in (*its.rank_ties, *its.substitute_ties):
            level = sorted(tie.among, key=order.index)
            draws += [Draw(level[first:], [level[first]]) for first in range(len(level) - 1)]
    return draws


@cache
def drawn(name: str) -> CouncilResult:
    """The result with the lots as they fell."""
    result = elect_council(COUNCILS[name])
    return elect_council(result.election, lots=draws_of(data.published("kv2025", name), result))


@pytest.mark.rule("KRVL-81-1", "KRVL-81-2", "KRVL-81-3", "KRVL-82", "KRVL-74")
@pytest.mark.parametrize("name", COUNCILS)
def test_seats_are_the_published_ones(name: str) -> None:
    """The seats of every list are those that were published, without any lot."""
    assert elect_council(COUNCILS[name]).seats == data.published("kv2025", name).seats


@pytest.mark.rule("KRVL-81-2", "KRVL-85", "KRVL-86-1", "KRVL-86-2", "KRVL-86-3", "KRVL-86-4")
@pytest.mark.parametrize("name", COUNCILS)
def test_mandates_are_the_published_ones(name: str) -> None:
    """Every seat number, its list, the elected and the rank are those that were published, the lots as they fell."""
    found = [(each.number, each.letter, each.candidate, each.rank) for each in drawn(name).mandates]
    official = data.published("kv2025", name).mandates
    assert found == [(each.number, each.letter, each.candidate, each.rank) for each in official]


@pytest.mark.rule("KRVL-91-1")
@pytest.mark.parametrize("name", COUNCILS)
def test_substitutes_are_the_published_ones(name: str) -> None:
    """The substitutes of every list come in the published order, the lots as they fell."""
    assert drawn(name).substitutes == data.published("kv2025", name).substitutes


@pytest.mark.rule("KRVL-85")
def test_the_open_lots_are_the_six_that_were_drawn() -> None:
    """In 2025 a lot decided the last seat of six lists in five councils, and nothing else waits for one."""
    ties = [tie for council in COUNCILS.values() for tie in elect_council(council).ties]
    assert [(str(tie.place.text) if tie.place else "", tie.among, tie.places, tie.provision) for tie in ties] == [
        ("Allerød, list A", ("A-2", "A-3"), 1, "KRVL § 85"),
        ("Nordfyns, list A", ("A-8", "A-12"), 1, "KRVL § 85"),
        ("Langeland, list A", ("A-4", "A-5"), 1, "KRVL § 85"),
        ("Hedensted, list O", ("O-2", "O-3"), 1, "KRVL § 85"),
        ("Læsø, list C", ("C-4", "C-7"), 1, "KRVL § 85"),
        ("Læsø, list V", ("V-2", "V-5"), 1, "KRVL § 85"),
    ]


@pytest.mark.rule("KRVL-85", "KRVL-91-1")
def test_lists_with_seats_and_lots_on_an_order_are_counted() -> None:
    """783 lists have seats; 8 lots on the order of elected and 118 on that of substitutes cannot be derived."""
    results = [elect_council(council) for council in COUNCILS.values()]
    assert sum(seats > 0 for result in results for seats in result.seats.values()) == 783
    assert sum(len(result.rank_ties) for result in results) == 8
    assert sum(len(result.substitute_ties) for result in results) == 118


@pytest.mark.rule("KRVL-85")
def test_laesoe_with_its_two_lots_is_complete() -> None:
    """The two draws of Læsø settle who is elected, and the losers are the first substitutes."""
    lots = [Draw(["C-4", "C-7"], ["C-7"]), Draw(["V-2", "V-5"], ["V-5"])]
    result = elect_council(COUNCILS["Læsø"], lots=lots)
    assert (result.complete, result.open, result.draws) == (True, 0, tuple(lots))
    assert (result.substitutes["C"][0], result.substitutes["V"][0]) == ("C-4", "V-2")
    assert [mandate.candidate for mandate in result.mandates if mandate.by_lot] == ["V-5", "C-7"]
