"""How much evidence ballots are: the three tests, exactly, and that none confirms what is false too often."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import exp, factorial, inf, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommunalvalg.audit.statistics import (
    METHODS,
    Alpha,
    KaplanMarkov,
    KaplanWald,
    Stake,
    Statistic,
    ballots_needed,
    confirmed_at,
    measure,
)

Refused = Callable[..., str]
EVERY = [KaplanWald(), KaplanWald("0.5"), KaplanMarkov(), KaplanMarkov(1), Alpha(), Alpha("1%"), Alpha("10%")]
FIVE = Fraction(1, 20)


def number(statistic: Statistic, stake: Stake, overstated: int) -> Fraction | None:
    """Give what one ballot multiplies by, as its definition has it and exactly; None where that is without end."""
    part = Fraction(overstated, stake.worst)
    share = Fraction(stake.lead, stake.worst * stake.ballots)
    if isinstance(statistic, KaplanMarkov):
        below = 1 - share / statistic.inflator
        return max(Fraction(0), 1 - part / statistic.inflator) / below if below else None
    if isinstance(statistic, KaplanWald):
        return 1 - statistic.gamma + statistic.gamma * (1 - part) / (1 - share) if share < 1 else None
    assert isinstance(statistic, Alpha)
    return alpha(statistic, stake, overstated)


def alpha(statistic: Alpha, stake: Stake, overstated: int) -> Fraction | None:
    """Give ALPHA's factor by Stark's formula: of the overstatement assorter, eta fixed, between mean and bound."""
    assorted = Fraction(stake.worst * stake.ballots, stake.lead)
    bound = assorted / (assorted - 1)  # of the overstatement assorter: 2 / (2 - margin / u)
    rate = statistic.overstated
    eta = (1 - bound * (1 - rate)) / (2 - 2 * bound) + bound * (1 - rate) - Fraction(1, 2)
    value = (1 - Fraction(overstated, stake.worst)) * bound / 2
    drawn = (stake.drawn - Fraction(stake.taken, stake.worst)) * bound / 2
    mean = (stake.ballots * Fraction(1, 2) - drawn) / (stake.ballots - stake.drawn)
    eta = min(max(eta, mean), bound)
    return (value * (eta / mean) + (bound - value) * (bound - eta) / (bound - mean)) / bound


@st.composite
def stakes(draw: st.DrawFn) -> Stake:
    """Give what an assertion can have at stake."""
    gain, loss = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    ballots = draw(st.integers(2, 10**6))
    return Stake(draw(st.integers(1, gain * ballots - 1)), gain + loss, ballots)


@pytest.mark.parametrize("statistic", [KaplanWald(), KaplanMarkov(), KaplanMarkov(2)], ids=repr)
@given(stake=stakes(), overstated=st.integers(-60, 60), ballots=st.integers(0, 50))
def test_numbers_are_as_defined(statistic: Statistic, stake: Stake, overstated: int, ballots: int) -> None:
    """What is summed is the logarithm of what the definition multiplies."""
    assume(abs(overstated) <= stake.worst)
    one = number(statistic, stake, overstated)
    assert one is not None
    assert statistic.different(stake, overstated) == pytest.approx(log(one) if one else -inf, abs=1e-12)
    clean = number(statistic, stake, 0)
    assert clean is not None
    assert statistic.clean(stake, ballots) == pytest.approx(ballots * log(clean), abs=1e-12)


@given(
    stake=stakes(),
    rate=st.sampled_from(["0.0001", "0.001", "0.1"]),
    before=st.lists(st.tuples(st.integers(0, 300), st.integers(-9, 9)), max_size=4),
    ballots=st.integers(0, 50),
)
def test_alpha_is_as_defined(stake: Stake, rate: str, before: list[tuple[int, int]], ballots: int) -> None:
    """Step by step and without replacement: what is summed is the logarithm of Stark's factor, mean after mean."""
    statistic = Alpha(rate)
    for clean, overstated in [*before, (ballots, 0)]:
        left = stake.lead - stake.taken
        assume(
            stake.drawn + clean + 1 < stake.ballots
            and 0 < left < stake.worst * (stake.ballots - stake.drawn - clean - 1)
        )
        assume(abs(overstated) <= stake.worst)
        product_of_all, here = Fraction(1), stake
        for _ in range(clean):
            factor = alpha(statistic, here, 0)
            assert factor is not None
            product_of_all *= factor
            here = here.after(1)
        if statistic.overstated * (1 + Fraction(stake.worst * stake.ballots, stake.lead)) >= 1:
            assert statistic.clean(stake, clean) == 0
        else:
            doubt = statistic.doubt(stake.ballots)
            assert statistic.clean(stake, clean) == pytest.approx(log(product_of_all), abs=doubt + 1e-12)
            factor = alpha(statistic, here, overstated)
            assert factor
            assert statistic.different(here, overstated) == pytest.approx(log(factor), abs=1e-9)
        stake = here.after(1, overstated)


def false_populations(ballots: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Give leads and what each ballot overstates them by, in parts of 3, so that nothing is left of the lead."""
    for overstated in product((-3, -2, -1, 0, 1, 2, 3), repeat=ballots):
        if tuple(sorted(overstated)) == overstated and sum(overstated) > 0:
            yield from ((lead, overstated) for lead in range(1, sum(overstated) + 1))


def stopped(statistic: Statistic, stake: Stake, risk: Fraction, drawn: Sequence[int]) -> bool:
    """Tell whether an audit that reads these ballots in this order confirms the assertion with one of them."""
    differences = [(at, over) for at, over in enumerate(drawn, start=1) if over]
    return measure(statistic, stake, risk, differences, len(drawn)).confirmed is not None


@pytest.mark.parametrize("risk", [Fraction(1, 2), Fraction(1, 3), Fraction(1, 10)], ids=str)
@pytest.mark.parametrize("statistic", [Alpha(), Alpha("1%"), Alpha("5%"), Alpha("20%")], ids=repr)
def test_without_replacement_every_order_is_tried(statistic: Alpha, risk: Fraction) -> None:
    """Of all orders in which a few ballots can be drawn, at most the share of the risk limit confirms what is false."""
    for lead, overstated in false_populations(4):
        stake = Stake(lead, 3, 4)
        wrong = sum(stopped(statistic, stake, risk, order) for order in permutations(overstated))
        assert Fraction(wrong, factorial(4)) <= risk


@pytest.mark.parametrize("statistic", [one for one in EVERY if one.replacement], ids=repr)
def test_with_replacement_every_series_is_tried(statistic: Statistic) -> None:
    """Of all series of five draws from three ballots, at most the share of the risk limit confirms what is false."""
    risk = Fraction(1, 3)
    for lead, overstated in false_populations(3):
        stake = Stake(lead, 3, 3)
        wrong = sum(stopped(statistic, stake, risk, series) for series in product(overstated, repeat=5))
        assert Fraction(wrong, 3**5) <= risk


@pytest.mark.parametrize("statistic", EVERY, ids=repr)
def test_what_was_planned_confirms(statistic: Statistic) -> None:
    """So many ballots as are planned confirm the assertion when none is misread, and one fewer do not."""
    for stake in (Stake(554, 9, 21_418), Stake(41, 8, 2387), Stake(16, 10, 12_091), Stake(3, 2, 8)):
        needed = ballots_needed(statistic, stake, FIVE)
        if needed is None:
            assert statistic in {Alpha("1%"), Alpha("10%")}
            continue
        assert measure(statistic, stake, FIVE, [], needed).confirmed == needed
        assert measure(statistic, stake, FIVE, [], needed).risk <= FIVE
        before = measure(statistic, stake, FIVE, [], needed - 1)
        assert (before.confirmed, before.more) == (None, 1)


def test_denmark_2014_by_hand() -> None:
    """The paper's test by its own formula: 1,903 of 2,332,217 ballots at 0.1 %, and 150 leave a risk of 58 %."""
    stake = Stake(71_148, 8, 2_332_217)
    assert ballots_needed(KaplanWald("0.95"), stake, Fraction(1, 1000)) == 1903
    by_hand = (1 / (1 + 0.95 / (2_332_217 * 8 / 71_148 - 1))) ** 150
    assert measure(KaplanWald("0.95"), stake, Fraction(1, 1000), [], 150).risk == pytest.approx(by_hand)
    assert round(by_hand, 2) == 0.58


def test_one_worst_misread_costs_another_whole_sample() -> None:
    """With gamma 0.95 at 5 % a worst misread divides by 20, which is what the whole sample had gained."""
    lolland = Stake(554, 9, 21_418)
    assert confirmed_at(KaplanWald("0.95"), lolland, FIVE, []) == 1096
    assert confirmed_at(KaplanWald("0.95"), lolland, FIVE, [(500, 9)]) == 2193
    assert confirmed_at(KaplanWald("0.95"), lolland, FIVE, [(500, 7)]) == 1096 + 491
    assert confirmed_at(KaplanWald("0.95"), lolland, FIVE, [(500, 2)]) == 1096 + 87
    assert confirmed_at(KaplanWald("0.95"), lolland, FIVE, [(500, -9)]) == 1096 - 244


def test_the_inflator_of_one_forgives_no_worst_misread() -> None:
    """Kaplan-Markov's product is nought for ever, and no number of further ballots helps."""
    lolland = Stake(554, 9, 21_418)
    found = measure(KaplanMarkov(1), lolland, FIVE, [(10, 9)], 10_000)
    assert (found.confirmed, found.more) == (None, None)
    assert confirmed_at(KaplanMarkov(1), lolland, FIVE, [(10, 9)]) is None


def test_a_confirmed_assertion_stays_confirmed() -> None:
    """A misread ballot after the assertion was confirmed changes nothing: it was tested, and the risk was kept."""
    lolland = Stake(554, 9, 21_418)
    found = measure(KaplanWald(), lolland, FIVE, [(1097, 9), (1098, 9)], 1100)
    assert (found.confirmed, found.more, found.taken) == (1096, 0, 18)
    assert found.risk <= FIVE


def test_alpha_is_certain_when_the_rest_cannot_change_it() -> None:
    """When more of the lead is left than the ballots that are not drawn could take, no chance is left."""
    stake = Stake(lead=16, worst=10, ballots=100)
    assert measure(Alpha("20%"), stake, FIVE, [], 98).confirmed is None
    certain = measure(Alpha("20%"), stake, FIVE, [], 99)
    assert (certain.risk, certain.confirmed) == (Fraction(0), 99)
    all_read = measure(Alpha("20%"), stake, FIVE, [(n, 1) for n in range(1, 16)], 100)
    assert (all_read.risk, all_read.confirmed, all_read.taken) == (Fraction(0), 100, 15)
    false = measure(Alpha("20%"), stake, FIVE, [(n, 1) for n in range(1, 17)], 100)
    assert (false.confirmed, false.more, false.taken) == (None, None, 16)


def test_alpha_stakes_nothing_while_no_lead_is_left() -> None:
    """Ballots that took the whole lead leave a product that does not move, until other ballots give some of it back."""
    stake = Stake(lead=16, worst=10, ballots=100, drawn=10, taken=20)
    assert Alpha().clean(stake, 50) == Alpha().different(stake, 10) == 0


def test_ballots_for_nobody_else_show_it_at_once() -> None:
    """Where every ballot was for the winner, the first that reads so proves that it has a vote."""
    alone = Stake(lead=70, worst=1, ballots=70)
    for statistic in (KaplanWald(), KaplanMarkov(1)):
        assert confirmed_at(statistic, alone, FIVE, []) == 1
        assert confirmed_at(statistic, alone, FIVE, [(1, 1)]) in {None, 2}


def test_the_measured_risk_is_what_the_product_says() -> None:
    """One over the largest product so far, and never more than 1."""
    lolland = Stake(554, 9, 21_418)
    assert measure(KaplanWald(), lolland, FIVE, [], 0).risk == 1
    assert measure(KaplanWald(), lolland, FIVE, [(1, 9)], 1).risk == 1
    height = KaplanWald().clean(lolland, 1000)
    assert measure(KaplanWald(), lolland, FIVE, [(1001, 9)], 1001).risk == pytest.approx(exp(-height), abs=1e-6)


def test_parameters_out_of_their_ranges_are_refused(refused: Refused) -> None:
    """Kaplan-Wald's gamma, Kaplan-Markov's inflator and ALPHA's share have ranges of their own."""
    for gamma in ("0", "1", Fraction(0), "100%"):
        assert "the gamma of Kaplan-Wald is more than 0 and less than 1" in refused(KaplanWald, gamma)
    assert "gamma is 0.95" in refused(KaplanWald, 0.95)
    for inflator in ("0.9", 0, 1.1, "x", None, True, "1/0", -1, 1001):
        assert "that of Kaplan-Markov is a Fraction or a text, 1 or more" in refused(KaplanMarkov, inflator)
    assert "overstated is '0'; it is more than 0 and less than 1" in refused(Alpha, "0")


def test_the_methods_have_their_names() -> None:
    """A method is asked for by the name that it has."""
    assert list(METHODS) == ["kaplan_wald", "kaplan_markov", "alpha"]
    assert [kind.replacement for kind in METHODS.values()] == [True, True, False]
