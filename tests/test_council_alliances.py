"""Which lists stand together: KRVL §§ 37-42, and votes for a listeforbund itself."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunalvalg import Change, fill_vacancies, report
from kommunalvalg.analysis.majorities import seat_majorities
from kommunalvalg.analysis.margins import margins
from kommunalvalg.analysis.partitions import all_partitions
from kommunalvalg.analysis.what_if import without_alliances
from kommunalvalg.council import Candidate, CandidateList, CouncilElection, elect_council, standing_alliances
from kommunalvalg.council.alliances import RegisteredAlliances
from kommunalvalg.errors import RuleError, VoteError
from kommunalvalg.lots import settle
from kommunalvalg.simulation import UniformSwing, simulate

Refused = Callable[..., str]

VOTES = {"L.1": 300, "L.2": 250, "L.3": 200, "L.4": 150, "V": 900, "A": 800, "C": 310}
OPEN: Any = [["V", ["L.1", "L.3"]]]


def lists(**votes: int) -> list[CandidateList]:
    """Lists with enough candidates, all votes list votes; the letter is the key."""
    return [
        CandidateList(key, key, [Candidate(f"{key}-{n}", 0) for n in range(13)], count)
        for key, count in (votes or VOTES).items()
    ]


def seats(alliances: Any, **common: int) -> dict[str, int]:  # noqa: ANN401 - of any form
    """The seats of a council of nine, elected in 2021."""
    return dict(elect_council(CouncilElection("Nyby", 9, lists(), alliances, 2021, common_votes=common)).seats)


# §§ 37 and 38


@pytest.mark.rule("KRVL-37", "KRVL-38", "KRVL-34")
def test_lists_of_one_letter_are_told_apart_by_a_number() -> None:
    """L.1 and L.3 have the letter L, and may form a listeforbund, which counts as one list in a valgforbund."""
    assert seats(OPEN) == {"L.1": 1, "L.2": 0, "L.3": 1, "L.4": 0, "V": 3, "A": 3, "C": 1}


@pytest.mark.rule("KRVL-34")
@pytest.mark.parametrize(
    ("letter", "shared"),
    [
        ("L.1", "L"),
        ("L. 12", "L"),
        ("L", "L"),
        ("L.", "L."),
        (".1", ".1"),
        (" .1", " .1"),
        ("L.x", "L.x"),
        ("L1", "L1"),
    ],
)
def test_a_letter_with_a_number_is_the_letter(letter: str, shared: str) -> None:
    """The number after the point tells lists of one letter apart; what has no letter or no number is as it is."""
    assert CandidateList(letter, "Nyby", [Candidate("N. N.", 1)]).shared_letter == shared


SEVERAL = "valgforbund {} has a listeforbund of the letter 'L', and so has valgforbund 1; lists of one letter form one"
NOT_ONE = (
    "valgforbund 1 has the lists {} of the letter 'L'; "
    "lists of one letter are in a valgforbund as one listeforbund, [{}], or not at all"
)


@pytest.mark.rule("KRVL-37", "KRVL-38")
@pytest.mark.parametrize(
    ("alliances", "message"),
    [
        ([[["L.1", "L.2"]], [["L.3", "L.4"]]], SEVERAL.format(2) + " (KRVL § 37)"),
        ([["V", ["L.1", "L.2"]], ["A", ["L.3", "L.4"]]], SEVERAL.format(2) + " (KRVL § 37)"),
        ([["V", ["L.1", "L.2"], ["L.3", "L.4"]]], SEVERAL.format(1) + " (KRVL § 37)"),
        ([["V", "L.1", "L.3"]], NOT_ONE.format("L.1, L.3", "'L.1', 'L.3'") + " (KRVL § 38)"),
        ([["L.1", "L.2"]], NOT_ONE.format("L.1, L.2", "'L.1', 'L.2'") + " (KRVL § 38)"),
        ([["V", ["L.1", "L.2"], "L.3"]], NOT_ONE.format("L.1, L.2, L.3", "'L.1', 'L.2', 'L.3'") + " (KRVL § 38)"),
    ],
)
def test_alliances_that_the_law_does_not_have_are_refused(alliances: Any, message: str, refused: Refused) -> None:  # noqa: ANN401
    """Two listeforbund of one letter, and lists of one letter in a valgforbund without being one, are refused."""
    assert refused(CouncilElection, "Nyby", 9, lists(), alliances, 2021, error=RuleError) == message


@pytest.mark.rule("KRVL-38")
def test_lists_of_one_letter_may_be_in_a_valgforbund_today() -> None:
    """Since listeforbund were abolished a valgforbund is of lists, whatever their letters."""
    assert CouncilElection("Nyby", 9, lists(), [["L.1", "L.2"]], 2025).units[0] != "L.1"


# § 78, votes for a listeforbund itself


@pytest.mark.rule("KRVL-78-L", "KRVL-83")
def test_votes_for_a_listeforbund_count_for_it_and_for_none_of_its_lists() -> None:
    """300 common votes give the unit a seat more, and inside it the lists' own votes decide."""
    without, with_common = seats([[["L.1", "L.2"]]]), seats([[["L.1", "L.2"]]], L=300)
    # 550 / 1, 550 / 2 = 275 against C 310, L.3 200, V 300, A 266; with them 850 / 3 = 283.
    assert (without["L.1"], without["L.2"]) == (1, 1)
    assert (with_common["L.1"], with_common["L.2"]) == (2, 1)
    election = CouncilElection("Nyby", 9, lists(), [["V", ["L.1", "L.2"]]], 2021, common_votes={"L": 300})
    shares = elect_council(election).proportional
    votes = {award.winner: award.votes for level in (shares.units, *shares.inner.values()) for award in level.awards}
    assert (votes["L.1+L.2+V"], votes["L.1+L.2"], votes["V"], votes["L.1"]) == (1750, 850, 900, 300)


@pytest.mark.rule("KRVL-78-L")
def test_common_votes_alone_win_nothing_for_lists_without_votes() -> None:
    """Where none of its lists has a vote, no seat stays with a listeforbund, since nobody in it can take one."""
    some = lists(**{"L.1": 0, "L.2": 0, "A": 100})
    result = elect_council(CouncilElection("Nyby", 9, some, [[["L.1", "L.2"]]], 2021, common_votes={"L": 500}))
    assert (result.seats, result.vacant) == ({"L.1": 0, "L.2": 0, "A": 9}, 0)


@pytest.mark.rule("KRVL-78-L")
def test_common_votes_without_a_listeforbund_are_refused(refused: Refused) -> None:
    """Votes for a listeforbund that there is not, or in a year without any, are refused with the provision."""
    message = refused(CouncilElection, "Nyby", 9, lists(), OPEN, 2021, common_votes={"V": 3})
    assert message == "common_votes names 'V', and no listeforbund has that letter (KRVL § 78, stk. 2)"
    # A listeforbund of one list is that list.
    message = refused(CouncilElection, "Nyby", 9, lists(), [["V", ["L.1"]]], 2021, common_votes={"L": 3})
    assert message == "common_votes names 'L', and no listeforbund has that letter (KRVL § 78, stk. 2)"
    message = refused(CouncilElection, "Nyby", 9, lists(), (), 2025, common_votes={"L": 3}, error=RuleError)
    assert message.startswith("common_votes is {'L': 3}, and the election is of 2025; no vote is for a listeforbund")
    assert refused(CouncilElection, "Nyby", 9, lists(), OPEN, 2021, common_votes={"L": -1}) == (
        'common_votes["L"] is -1; a vote count is a whole number, 0 or more'
    )


def forbund() -> CouncilElection:
    """A listeforbund whose own votes are most of what it has: 365, 240 and 150 for four seats."""
    stand = [
        CandidateList(key, key, [Candidate(f"{key}-{n}", int(n == 1)) for n in range(1, most + 1)], votes - 1)
        for key, votes, most in (("A", 240, 3), ("L.1", 50, 2), ("L.2", 15, 2), ("B", 150, 1))
    ]
    return CouncilElection("Nyby", 4, stand, [[["L.1", "L.2"]]], 2017, common_votes={"L": 300})


@pytest.mark.rule("KRVL-78-L", "KRVL-91-3")
def test_votes_for_a_listeforbund_count_when_a_seat_passes_on() -> None:
    """A seat that B has nobody for goes to the listeforbund, which has 365 votes / 3, and not to A with 240 / 2."""
    result = elect_council(forbund())
    assert result.seats == {"A": 1, "L.1": 2, "L.2": 0, "B": 1}
    step = fill_vacancies(result, [Change("leaves", "B", "B-1")]).steps[-1]
    assert (step.key, step.passed_from) == ("L.2", "B")


@pytest.mark.rule("KRVL-78-L")
def test_votes_for_a_listeforbund_count_in_what_a_result_hangs_on(refused: Refused) -> None:
    """Whoever takes a seat from whom, other divisions, majorities and simulations reckon with them."""
    election = forbund()
    result = elect_council(election)
    first = margins(result).lists["L.1"]
    fewer = [attrs.evolve(each, list_votes=each.list_votes - 21 * (each.key == "L.1")) for each in election.lists]
    assert first.to_lose == 21
    assert elect_council(attrs.evolve(election, lists=fewer)).seats == {"A": 1, "L.1": 1, "L.2": 1, "B": 1}
    assert first.loses_to == ("L.2",)
    # Together A and B have 390, and two seats, as alone.
    divided = all_partitions(result, among=["A", "B"]).outcomes
    assert [outcome.standing.certain for outcome in divided] == [result.seats]
    assert (seat_majorities(result).votes, seat_majorities(result).units) == (755, ())
    assert refused(without_alliances, result) == (
        "L.1+L.2 has 300 votes for itself, which nobody has where it does not stand (KRVL § 78, stk. 2)"
    )
    simulated = simulate(result, UniformSwing("0.01%"), 100, seed=1)
    assert {key: round(float(mean.value), 1) for key, mean in simulated.expected.items()} == result.seats
    assert "L.1+L.2 | 365 | 2" in " ".join(report.explain(result, "en", "markdown").split())
    shares = [
        row["share"] for row in (*report.rows(result)[:1], *report.to_frame({"Nyby": result}).to_dict("records")[:1])
    ]
    assert shares == [240 / 755] * 2


# §§ 41 and 42

LETTERS = {key: key for key in [*VOTES, "M.1", "M.2", "M.3", "N.1", "N.2"]}


@pytest.mark.rule("KRVL-42", "KRVL-41")
@pytest.mark.parametrize(
    ("registered", "standing", "why"),
    [
        ([["V", "C"]], (("V", "C"),), []),
        (OPEN, (("V", ("L.1", "L.3")),), []),
        # Nr. 1: several listeforbund of one letter; their lists are then in no valgforbund either (nr. 3).
        (
            [["V", "C", ["L.1", "L.2"]], [["L.3", "L.4"]]],
            (("V", "C"),),
            [
                (1, "L.1, L.2: no listeforbund in alliance 1; the letter has several."),
                (
                    1,
                    "L.1, L.2: not in alliance 1; several lists of one letter, not one listeforbund.",
                ),
                (2, "L.3, L.4: no listeforbund in alliance 2; the letter has several."),
            ],
        ),
        # Nr. 2: a list, or a listeforbund, in several valgforbund is in none; the others are.
        (
            [["A", "C", "V"], ["V", "L.1"]],
            (("A", "C"),),
            [
                (1, "V: not in alliance 1; registered in several."),
                (2, "V: not in alliance 2; registered in several."),
            ],
        ),
        (
            [["V", "C", ["L.1", "L.2"]], ["A", ["L.1", "L.2"]]],
            (("V", "C"), (("L.1", "L.2"),)),
            [
                (1, "L.1, L.2: not in alliance 1; registered in several."),
                (2, "L.1, L.2: not in alliance 2; registered in several."),
            ],
        ),
        # Nr. 3: lists of one letter that are not one listeforbund; a listeforbund of some of them stands alone.
        (
            [["V", "C", ["L.1", "L.2"], "L.3"]],
            (("V", "C"), (("L.1", "L.2"),)),
            [
                (
                    1,
                    "L.1, L.2, L.3: not in alliance 1; several lists of one letter, not one listeforbund.",
                )
            ],
        ),
        # Registered apart, a listeforbund is in the valgforbund that all its lists registered.
        ([[["L.1", "L.3"]], ["V", "L.1", "L.3"]], (("V", ("L.1", "L.3")),), []),
        (
            [[["L.1", "L.3"]], ["V", "C", "L.1"]],
            (("V", "C"), (("L.1", "L.3"),)),
            [(2, "L.1: not in alliance 2; the others of the listeforbund are not.")],
        ),
        # Each letter for itself.
        (
            [["V", ["L.1", "L.2"]], [["M.1", "M.2"]], [["M.3", "M.2"]], [["N.1", "N.2"]]],
            (("V", ("L.1", "L.2")), (("N.1", "N.2"),)),
            [
                (2, "M.1, M.2: no listeforbund in alliance 2; the letter has several."),
                (3, "M.3, M.2: no listeforbund in alliance 3; the letter has several."),
            ],
        ),
        # A list that does not stand.
        ([["V", "X", "C"]], (("V", "C"),), [(1, "X: not in alliance 1; no such list stands.")]),
        ([["V", "X"]], (), [(1, "X: not in alliance 1; no such list stands.")]),
        (
            [[["L.1", "A"]]],
            (),
            [(1, "L.1, A: no listeforbund in alliance 1; the letters differ.")],
        ),
    ],
)
def test_what_stands_of_what_was_registered(registered: Any, standing: Any, why: list[tuple[int, str]]) -> None:  # noqa: ANN401
    """What was registered against §§ 37-38 does not fall altogether, and each part that does has its reason."""
    result = standing_alliances(LETTERS, registered, year=2021)
    assert (result.alliances, [(fallen.number, fallen.why.text.said()) for fallen in result.fallen]) == (standing, why)
    assert (result.law, result.complete, settle(result.case)) == (2021, True, result)


@pytest.mark.rule("KRVL-41")
def test_a_list_may_be_withdrawn_and_the_others_stay() -> None:
    """An alliance stands for those who are left, and a listeforbund of whom one is left is that list."""
    result = standing_alliances(LETTERS, OPEN, year=2021, withdrawals=[(1, "L.3")])
    assert result.alliances == (("V", "L.1"),)
    assert [str(fallen.why) for fallen in result.fallen] == [
        "L.3: not in alliance 1; withdrawn, or the registration defective (KRVL § 41, stk. 2)."
    ]
    assert standing_alliances(LETTERS, [["V", "C"]], year=2025, withdrawals=[(1, "C")]).alliances == ()
    # What is left of the first is no valgforbund, so that A is in one.
    two = [["A", "C"], ["A", "V"]]
    assert standing_alliances(LETTERS, two, year=2025, withdrawals=[(1, "C")]).alliances == (("A", "V"),)
    assert standing_alliances(LETTERS, two, year=2025, withdrawals=[(2, "A")]).alliances == (("A", "C"),)
    # A list that does not stand is not withdrawn besides.
    gone = standing_alliances(LETTERS, [["V", "X", "C"]], year=2025, withdrawals=[(1, "X")])
    assert [(each.lists, each.why.rule) for each in gone.fallen] == [(("X",), "KRVL-41")]


@pytest.mark.rule("KRVL-42")
def test_since_2024_a_list_in_several_valgforbund_is_in_none() -> None:
    """That is all that is left of § 42; a shared letter is no matter."""
    result = standing_alliances(lists(), [["A", "C", "V"], ["V", "L.1", "L.2"]], year=2025)
    assert result.alliances == (("A", "C"), ("L.1", "L.2"))


def test_registrations_that_are_none_are_refused(refused: Refused) -> None:
    """A listeforbund in 2025, a withdrawal of a list that is not in it, a year that is none."""
    message = refused(standing_alliances, LETTERS, OPEN, year=2025, error=RuleError)
    assert message.startswith("registered 1 has a listeforbund, and the election is of 2025; the last")
    message = refused(standing_alliances, LETTERS, [["V", "C"]], year=2021, withdrawals=[(1, "A")])
    assert message == "withdrawals has the list 'A', which is not in registration 1"
    refused(standing_alliances, LETTERS, [["V", "C"]], year=2021, withdrawals=[(2, "V")])
    refused(standing_alliances, LETTERS, [["V", "C"], ["A", "L.1"]], year=2021, withdrawals=[(1, "A")])
    message = refused(standing_alliances, LETTERS, [["V", "C"]], year=2021, withdrawals=[(0, "V")])
    assert message == "withdrawals is 0; a registration's number is a whole number, 1 or more"
    for withdrawals in (1, [1], ["VC"], [(1,)], [(1, "V", "C")]):
        message = refused(standing_alliances, LETTERS, [["V", "C"]], year=2021, withdrawals=withdrawals)
        assert message.startswith("withdrawals has ")
        assert message.endswith("; a withdrawal is (number of the registration, list)")
    refused(standing_alliances, "AB", [], year=2021)
    refused(standing_alliances, LETTERS, [["V", "C"]], year="2021")
    with pytest.raises(VoteError):
        RegisteredAlliances(lists=LETTERS, registered=3, year=2021)  # type: ignore[arg-type]


@pytest.mark.rule("KRVL-41", "KRVL-42")
@given(st.data())
def test_what_stands_is_an_election_that_is_taken(data: st.DataObject) -> None:
    """Whatever was registered, what stands of it can be elected, and what was lawful stands as it was."""
    keys = st.sampled_from([*VOTES, "X"])
    members = keys | st.lists(keys, min_size=1, max_size=3)
    registered = data.draw(st.lists(st.lists(members, min_size=1, max_size=4), max_size=4))
    result = standing_alliances(lists(), registered, year=2021)
    election = CouncilElection("Nyby", 9, lists(), result.alliances, 2021)
    assert standing_alliances(lists(), election.alliances, year=2021).alliances == election.alliances
