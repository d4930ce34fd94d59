"""How many ballots an audit draws: the figures that must come out, and what a plan assumes."""

from collections.abc import Callable
from fractions import Fraction
from statistics import median

import attrs
import pytest

from kommunalvalg import CouncilElection, data, elect_council, proportional_election
from kommunalvalg.audit import plan
from kommunalvalg.audit.assertions import About
from kommunalvalg.audit.planning import Plan, polling_draws

COUNCILS = data.councils("kv2025")
COUNTS = {name: data.counts("kv2025", name) for name in COUNCILS}
Refused = Callable[..., str]

DENMARK_2014 = {
    "A": 435_245,
    "B": 148_949,
    "C": 208_262,
    "F": 249_305,
    "I": 65_480,
    "N": 183_724,
    "O": 605_889,
    "V": 379_840,
}


@pytest.fixture(scope="module")
def everywhere() -> dict[str, Plan]:
    """Give the plans of all councils, by the default method at 5 %."""
    return {name: plan(council) for name, council in COUNCILS.items()}


def test_denmark_2014() -> None:
    """The European election, as Stark and Teague have it: 1,903 ballots, for O's fourth seat over C and V's fourth."""
    election = proportional_election(DENMARK_2014, 13, alliances=[["A", "B", "F"], ["C", "V"]])
    assert list(election.seats.values()) == [3, 1, 1, 1, 0, 1, 4, 2]
    found = plan(election, "0.1%", gamma="0.95", ballots=2_332_217)
    costliest = found.assertions[0]
    assert costliest.loser is not None
    assert (costliest.winner.name, costliest.winner.divisor) == ("O", 4)
    assert (costliest.loser.name, costliest.loser.divisor, costliest.lead) == ("C+V", 4, 71_148)
    assert costliest.cost is not None
    assert round(float(found.case.ballots * costliest.cost), 2) == 262.24
    assert (found.expected, found.likely, found.recount) == (1903, 1903, False)
    assert max(found.ballots(each) or 0 for each in found.assertions if each.about is About.ALLIANCE) == 1044
    assert plan(election, "0.1%", ballots=sum(DENMARK_2014.values())).expected == 1858


@pytest.mark.parametrize(
    ("name", "method", "needed"),
    [
        ("Lolland", "kaplan_wald", 1096),
        ("Skive", "kaplan_wald", 630),
        ("Glostrup", "kaplan_wald", 23_829),
        ("Lolland", "alpha", 1052),
        ("Fanø", "alpha", 1093),
        ("Aarhus", "alpha", 2134),
    ],
)
def test_ballots_of_some_councils(name: str, method: str, needed: int) -> None:
    """At 5 %, Kaplan-Wald with gamma 0.95, and ALPHA for one worst misread in 10,000."""
    assert plan(COUNCILS[name], "5%", method=method).expected == needed


def test_ballots_of_all_councils(everywhere: dict[str, Plan]) -> None:
    """The median is near 2,000, 8 % of the ballots; 15 councils need over half, and 7 all of them."""
    needed = {name: found.expected for name, found in everywhere.items()}
    shares = [Fraction(number, everywhere[name].case.ballots) for name, number in needed.items() if number]
    assert len(shares) == 98
    assert median(number for number in needed.values() if number) == 1990.5
    assert round(float(median(shares)), 2) == 0.08
    assert sum(share > Fraction(1, 2) for share in shares) == 15
    assert [name for name, found in everywhere.items() if found.recount] == [
        "Glostrup",
        "Solrød",
        "Kalundborg",
        "Stevns",
        "Ærø",
        "Odder",
        "Læsø",
    ]


def test_a_recount_is_no_error(everywhere: dict[str, Plan]) -> None:
    """Glostrup's last seat hangs on two ballots: there is a plan, and it says that all are to be counted again."""
    glostrup = everywhere["Glostrup"]
    assert (glostrup.why, glostrup.case.ballots, glostrup.expected, glostrup.size) == (
        "ballots",
        12_091,
        23_829,
        12_091,
    )
    assert glostrup.assertions[0].fewest == 2


def test_without_replacement_as_good_as_all_is_all() -> None:
    """ALPHA never draws more ballots than there are: 12,082 of Glostrup's 12,091 is a recount too."""
    found = plan(COUNCILS["Glostrup"], method="alpha")
    assert (found.expected, found.why) == (12_082, "ballots")


def test_the_ballots_cast_are_those_embedded() -> None:
    """Of an embedded council it is known how many voted, whether it comes as election or as result."""
    fanoe = COUNCILS["Fanø"]
    assert plan(fanoe).case.ballots == plan(elect_council(fanoe)).case.ballots == COUNTS["Fanø"].cast == 2387
    assert plan(fanoe, ballots=2400).case.ballots == 2400


def test_ballot_polling_needs_more_draws_than_ballots_in_87_councils(everywhere: dict[str, Plan]) -> None:
    """Without comparing ballots with what they were reported as, an audit is no shorter than a recount."""
    assert sum((found.polling or 0) >= found.case.ballots for found in everywhere.values()) == 87


def test_ballot_polling_by_hand() -> None:
    """One ballot in two for A and one in four for B: the divergence of 2/3 from the 1/2 at which they were equal."""
    (only,) = [
        each
        for each in plan(proportional_election({"A": 50, "B": 25}, 1), ballots=100).assertions
        if each.winner.name == "A"
    ]
    # 0.75 * (2/3 ln(4/3) + 1/3 ln(2/3)) = 0.0425; ln(20) / 0.0425 = 70.5
    assert polling_draws(only, 100, Fraction(1, 20)) == 71
    alone = plan(proportional_election({"A": 50}, 1), ballots=100)
    assert alone.polling == 2


def test_one_area_can_hold_a_miscount_that_overturns_the_costliest(everywhere: dict[str, Plan]) -> None:
    """In every council an average polling area has more ballots than need be misread: so batches do not help."""
    for name, found in everywhere.items():
        assert Fraction(found.case.ballots, COUNTS[name].polling_areas) >= found.assertions[0].fewest


def test_misread_ballots_cost_more() -> None:
    """The more ballots are assumed to be misread, and the worse, the more the plan expects to draw."""
    lolland = COUNCILS["Lolland"]
    plans = [
        plan(lolland),
        plan(lolland, misread="0.01%"),
        plan(lolland, misread="0.1%"),
        plan(lolland, misread="0.1%", misread_as="worst"),
        plan(lolland, misread="1%", misread_as="worst"),
    ]
    expected = [found.expected or 0 for found in plans]
    assert expected == sorted(expected)
    assert [found.recount for found in plans] == [False, False, False, False, True]
    assert all((found.likely or 0) >= 1096 for found in plans)


def test_misread_ballots_may_be_named() -> None:
    """What is read for what: L for C costs Lolland a whole sample each time, A for B nothing."""
    lolland = COUNCILS["Lolland"]
    harmless = plan(lolland, misread={("B", "A"): "0.1%", ("", "B"): "0.05%"})
    assert harmless.case.terms.misread_share == Fraction(15, 10_000)
    assert harmless.expected == 1096
    named = plan(lolland, misread={("L", "C"): "0.1%"})
    assert named.expected == plan(lolland, misread="0.1%", misread_as="worst").expected


def test_a_plan_is_the_same_each_time() -> None:
    """The plan tries audits with misread ballots, always the same ones; and has a code of its own."""
    lolland, again = (plan(COUNCILS["Lolland"], misread="0.1%") for _ in range(2))
    assert lolland == again
    assert lolland.code == again.code
    others = [
        plan(COUNCILS["Lolland"], risk="10%"),
        plan(COUNCILS["Lolland"], gamma="0.9"),
        plan(COUNCILS["Lolland"], method="alpha"),
        plan(COUNCILS["Lolland"], ballots=21_419),
        plan(COUNCILS["Skive"]),
    ]
    assert len({each.code for each in [lolland, *others]}) == 6


def test_each_method_has_its_parameter() -> None:
    """gamma, inflator and overstated go with one method each, and change what is drawn."""
    lolland = COUNCILS["Lolland"]
    assert plan(lolland, gamma="0.5").expected == 2081
    assert plan(lolland, method="kaplan_markov", inflator="1.5").expected == 1563
    assert plan(lolland, method="alpha", overstated="0.00001").expected == 1020


def test_an_assertion_that_was_assumed_false_is_never_confirmed() -> None:
    """With more worst misreads assumed than the lead can bear, ALPHA draws all ballots."""
    found = plan(COUNCILS["Lolland"], method="alpha", overstated="1%")
    assert found.why == "ballots"


def test_an_election_without_seats_has_nothing_to_test() -> None:
    """No seat, no assertion, no ballot."""
    found = plan(proportional_election({"A": 5}, 0), ballots=5)
    assert (found.assertions, found.expected, found.why) == ((), 0, None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"risk": "0"}, "risk is '0'; a risk limit is more than 0 and less than 1"),
        ({"risk": "100%"}, "risk is '100%'; a risk limit is more than 0 and less than 1"),
        ({"risk": 0.05}, "risk is 0.05"),
        ({"gamma": "1"}, "gamma is '1'; the gamma of Kaplan-Wald is more than 0 and less than 1"),
        ({"gamma": "0"}, "gamma is '0'; the gamma of Kaplan-Wald is more than 0 and less than 1"),
        ({"method": "kaplan_markov", "inflator": "0.95"}, "inflator is '0.95'; that of Kaplan-Markov is"),
        (
            {"method": "kaplan_markov", "gamma": "0.95"},
            "gamma is '0.95', and the method is kaplan_markov, which has inflator",
        ),
        ({"inflator": "1.1"}, "inflator is '1.1', and the method is kaplan_wald, which has gamma"),
        ({"method": "bravo"}, "method is 'bravo'; it is one of kaplan_wald, kaplan_markov, alpha"),
        ({"method": None}, "method is None; it is one of"),
        ({"ballots": 2000}, "ballots is 2000; 2345 votes were counted, and each is a ballot"),
        ({"ballots": 23451}, "ballots is 23451; 2345 of them would be votes, and the others blank or invalid"),
        ({"ballots": -1}, "ballots is -1; a number of ballots is a whole number, 1 or more"),
        ({"misread": "100%"}, "misread is '1'; less than all ballots are misread"),
        ({"misread": "1%", "misread_as": "some"}, "misread_as is 'some'; it is one of 'any', 'worst'"),
        ({"misread": {("A", "X"): "1%"}}, "misread names 'X', which does not stand; the lists are A, B, C"),
        ({"misread": {"AB": "1%"}}, "misread has 'AB'; give what was reported and what the ballot is"),
        ({"misread": {("A", "A"): "1%"}}, "misread has 'A' twice; a misread ballot is not what it was counted as"),
    ],
    ids=str,
)
def test_bad_input_is_refused(refused: Refused, given: dict[str, object], message: str) -> None:
    """What cannot be planned is refused by what it is."""
    assert message in refused(plan, COUNCILS["Fanø"], **given)


def test_an_unknown_number_of_ballots_is_asked_for(refused: Refused) -> None:
    """Votes alone do not say how many ballots there are; nothing is assumed of them."""
    assert "ballots is not known; give all ballots cast" in refused(plan, proportional_election({"A": 5, "B": 2}, 1))
    fanoe = COUNCILS["Fanø"]
    other: CouncilElection = attrs.evolve(fanoe, name="Nyby")
    assert "give all ballots cast" in refused(plan, other)
