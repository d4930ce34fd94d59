"""Pictures: what they show, that they look as they did, and that colour alone says nothing."""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text

from kommunalvalg import (
    Candidate,
    CandidateList,
    CouncilElection,
    ElectionError,
    MissingExtraError,
    apply_threshold,
    compose_kkr,
    data,
    dhondt,
    elect_council,
    largest_shortfall,
    proportional_election,
    report,
)
from kommunalvalg.analysis.margins import margins
from kommunalvalg.cli import main
from kommunalvalg.report import alt_text, half_circle, kkr_members, margins_plot, quotient_race
from kommunalvalg.report.pictures import COLOURS, save

mpl.use("Agg")

BASELINE = Path(__file__).parent / "baseline"
FANOE = elect_council(data.council("kv2025", "Fanø"))
KKR = data.kkr("hovedstaden-2026").compose()
OPEN = dhondt({"A": 11, "B": 8, "C": 2}, 9)
PICTURES: dict[str, tuple[Any, Any]] = {
    "half_circle_fanoe": (half_circle, FANOE),
    "half_circle_koebenhavn": (half_circle, elect_council(data.council("kv2025", "København"))),
    "half_circle_open": (half_circle, OPEN),
    "race_fanoe": (quotient_race, FANOE),
    "race_kkr": (quotient_race, KKR),
    "race_open": (quotient_race, OPEN),
    "kkr_members": (kkr_members, KKR),
    "margins_lolland": (margins_plot, margins(data.council("kv2025", "Lolland"))),
}
EVERY = pytest.mark.parametrize(("picture", "result"), PICTURES.values(), ids=PICTURES)


@pytest.fixture(autouse=True)
def plain_style() -> Any:  # noqa: ANN401 - a fixture that yields nothing
    """Draw in matplotlib's own style, with the fonts that it brings, and leave no figure open."""
    with mpl.style.context("default"):
        yield
    plt.close("all")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_looks_as_it_did(name: str, tmp_path: Path) -> None:
    """Each picture is the one that was looked at, but for small differences between versions of matplotlib."""
    picture, result = PICTURES[name]
    drawn = tmp_path / f"{name}.png"
    picture(result, lang="en").figure.savefig(drawn, dpi=50)
    assert compare_images(str(BASELINE / drawn.name), str(drawn), tol=12) is None


@EVERY
@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_picture_is_drawn_on_given_axes(picture: Any, result: object, lang: str) -> None:  # noqa: ANN401 - any of them
    """A picture is drawn on the axes that are given, which it returns, in either language."""
    _figure, axes = plt.subplots()
    assert picture(result, axes, lang=lang) is axes
    axes.figure.canvas.draw()


@EVERY
def test_every_picture_has_words(picture: Any, result: object) -> None:  # noqa: ANN401 - any of them
    """The alternative text says the numbers that the picture shows, in Danish and in English."""
    danish, english = alt_text(picture, result), alt_text(picture, result, lang="en")
    assert danish != english
    assert danish.endswith(".")


def test_the_words_of_a_half_circle_have_its_seats() -> None:
    """The alternative text has each list with its seats, and those that wait for a lot."""
    assert alt_text(half_circle, OPEN, lang="en") == "A half circle of 9 seats: A 5, B 3. 1 of them wait for a lot."


@pytest.mark.parametrize("total", [1, 2, 3, 9, 11, 15, 31, 55, 58, 179])
def test_a_half_circle_has_a_disc_for_each_seat(total: int) -> None:
    """There are as many discs as seats, none touches another, and each has its letter."""
    axes = half_circle({"A": total - total // 3, "B": total // 3})
    discs = [patch for patch in axes.patches if isinstance(patch, Circle)]
    assert len(discs) == total
    for one, other in combinations(discs, 2):
        assert np.hypot(*np.subtract(one.center, other.center)) > 2 * one.radius
    assert [text.get_text() for text in axes.texts].count("A") == total - total // 3


def test_the_letters_stand_from_left_to_right() -> None:
    """The lists stand in their order, each in a wedge of its own."""
    axes = half_circle({"A": 10, "B": 10, "C": 9})
    angles = {
        name: [np.arctan2(*text.get_position()) for text in axes.texts if text.get_text() == name] for name in "ABC"
    }
    assert max(angles["A"]) <= min(angles["B"]) + 1e-6
    assert max(angles["B"]) <= min(angles["C"]) + 1e-6


def test_every_seat_is_in_the_race() -> None:
    """Each seat's number stands in the race of a distribution, of a council and of a KKR."""
    for result, seats in ((FANOE, 11), (KKR, 29), (largest_shortfall({"A": 3, "B": 1}, 4), 4)):
        found = {text.get_text() for text in quotient_race(result).texts}
        assert {str(number) for number in range(1, seats + 1)} <= found


def test_a_lot_is_seen_in_the_race() -> None:
    """The quotients between which a lot decides are marked with a question mark."""
    assert [text.get_text() for text in quotient_race(OPEN).texts].count("?") == 2


def test_the_signs_of_a_race_are_explained() -> None:
    """A legend says what a disc, a hollow one and a diamond are, and only of those that are there."""
    no_lot = dhondt({"A": 11, "B": 8, "C": 2}, 8)
    for result, signs in (
        (OPEN, ["won the seat of that number", "won no seat", "a lot decides"]),
        (no_lot, ["won the seat of that number", "won no seat"]),
    ):
        legend = quotient_race(result, lang="en").get_legend()
        assert legend is not None
        assert [text.get_text() for text in legend.texts] == signs


def test_the_title_of_a_race_is_no_seat_number() -> None:
    """The figure of the last seat is named as what it is: a quotient, or a shortfall."""
    assert quotient_race(OPEN).get_title() == "Den sidste plads: kvotient 2"
    assert "mangler" in quotient_race(KKR).get_title()


MARGINS = margins(data.council("kv2025", "Glostrup"))


@pytest.mark.parametrize(
    ("picture", "result"), [(quotient_race, OPEN), (quotient_race, KKR), (kkr_members, KKR), (margins_plot, MARGINS)]
)
def test_a_title_stands_above_what_the_picture_says_of_itself(picture: Any, result: object) -> None:  # noqa: ANN401 - as above
    """What a picture is called is its first line, and what it shows its second, which is alone without a title."""
    own = picture(result).get_title()
    assert picture(result, title="Nyby").get_title() == f"Nyby\n{own}"


@pytest.mark.parametrize(
    ("words", "title", "shown"),
    [
        (("margins", "kv2025", "Glostrup"), "Glostrup", "Hvor mange stemmer mandaterne hænger på"),
        (
            ("kkr", "hovedstaden-2026", "--chairs"),
            "KKR Hovedstaden 2026-2030: formand og næstformand",
            "Den sidste plads",
        ),
    ],
)
def test_a_picture_says_of_whom_it_is(tmp_path: Path, words: tuple[str, ...], title: str, shown: str) -> None:
    """On the command line a council's margins and the race for the posts of a KKR have the name, in words as well."""
    with pytest.raises(SystemExit):
        main([*words, "--plot", str(tmp_path / "picture.svg")])
    drawn = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert f">{title}</text>" in drawn
    assert f">{shown}" in drawn
    assert f">{title}. " in drawn


def test_margins_are_those_of_mandater() -> None:
    """In Danish the picture calls the seats of a council what the report does."""
    axes = margins_plot(MARGINS)
    said = [axes.get_title(), axes.get_xlabel(), alt_text(margins_plot, MARGINS)]
    assert all("mandat" in text and "plads" not in text for text in said)


def test_a_kkr_that_has_a_name_is_drawn_under_it(tmp_path: Path) -> None:
    """What the KKR is called stands above its members, in a file and on the command line too."""
    assert kkr_members(KKR, title="KKR Nord", lang="en").get_title().startswith("KKR Nord\n58 members")
    assert kkr_members(KKR, lang="en").get_title().startswith("58 members")
    with pytest.raises(SystemExit):
        main(["kkr", "hovedstaden-2026", "--plot", str(tmp_path / "kkr.svg")])
    assert "KKR Hovedstaden" in (tmp_path / "kkr.svg").read_text(encoding="utf-8")


# How colours are seen: all of them, and without one of the three kinds of cones (Machado, Oliveira, Fernandes 2009).
VISIONS = {
    "all": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_TO_CONES = np.array(
    [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.68069955, 0.10739696], [0.08830246, 0.28171884, 0.6299787]]
)
_TO_LAB = np.array(
    [[0.21045426, 0.79361779, -0.00407205], [1.9779985, -2.42859221, 0.45059371], [0.0259040, 0.78277177, -0.80867577]]
)


def oklab(colour: str, vision: str) -> Any:  # noqa: ANN401 - an array
    """Place a colour as somebody sees it in a space where equal steps look alike (Oklab)."""
    shares = np.array(mpl.colors.to_rgb(colour))
    light = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ light, 0, 1)
    return _TO_LAB @ np.cbrt(_TO_CONES @ seen)


@pytest.mark.parametrize("vision", VISIONS)
def test_party_colours_differ_for_everybody(vision: str) -> None:
    """Any two parties' colours are well apart, with all colours and with one kind of colour vision missing."""
    for one, other in combinations(COLOURS, 2):
        distance = np.linalg.norm(oklab(COLOURS[one], vision) - oklab(COLOURS[other], vision))
        assert distance > 0.1, (one, other)


def test_a_local_list_is_no_national_party() -> None:
    """A local list with a party's letter has no party's colour, and is hatched."""
    axes = half_circle(elect_council(data.council("kv2025", "Lolland")))
    local = [patch for patch in axes.patches if patch.get_hatch()]
    assert len(local) == 5  # J has three seats, L two


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_a_file_has_the_alternative_text(suffix: str, tmp_path: Path) -> None:
    """A picture that is saved says in its file what it shows, and is the same file every time."""
    files = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for file in files:
        save(FANOE, file, lang="en")
    assert files[0].read_bytes() == files[1].read_bytes()
    if suffix != ".pdf":
        assert b"A half circle of 11 seats" in files[0].read_bytes()


def test_plot_on_the_command_line(tmp_path: Path) -> None:
    """--plot draws the picture that suits the command, beside what is printed."""
    for number, words in enumerate(
        (["council", "kv2025", "Fanø"], ["kkr", "hovedstaden-2026"], ["dhondt", "A=2", "--seats", "1"])
    ):
        target = tmp_path / f"{number}.svg"
        with pytest.raises(SystemExit) as end:
            main([*words, "--plot", str(target), "--explain"])
        assert end.value.code == 0
        assert target.read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: half_circle(42), "42 has no seats"),
        (lambda: half_circle({"A": 0}), "there are no seats to draw"),
        (lambda: half_circle({"A": -1}), 'seats\\["A"\\] is -1'),
        (lambda: quotient_race({"A": 3}), "has no quotients"),
        (lambda: quotient_race(dhondt({"A": 3}, 0)), "no race to draw"),
        (lambda: kkr_members(PICTURES["race_fanoe"][1]), "give what compose_kkr returns"),
        (lambda: margins_plot(PICTURES["race_fanoe"][1]), r"give what margins\(...\) returns"),
        (lambda: alt_text(print, FANOE), "the pictures are half_circle, quotient_race, kkr_members, margins_plot"),
        (lambda: save(FANOE, "fanoe.bmp"), "it ends with one of .svg, .png, .pdf"),
        (lambda: save(apply_threshold({"A": 1}, "2%"), "line.svg"), "has no quotients"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call: Any, said: str) -> None:  # noqa: ANN401 - a function
    """A value that has no such picture is refused by name."""
    with pytest.raises(ElectionError, match=said):
        call()


def test_a_picture_without_matplotlib_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib the error says which extra to install, and the alternative text is there all the same."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match=r"pictures need matplotlib.*kommunalvalg\[plot\]"):
        report.half_circle(FANOE)
    assert "11" in alt_text(half_circle, FANOE)


def test_a_forholdstalsvalg_and_a_mapping_have_a_half_circle() -> None:
    """Whatever has seats can be drawn."""
    election = proportional_election({"A": 40, "C": 34, "F": 26}, 5, alliances=[["A", "F"]])
    assert alt_text(half_circle, election, lang="en") == "A half circle of 5 seats: A 2, C 2, F 1."
    assert len(half_circle(election).patches) == 5


@pytest.mark.parametrize("name", ["Ba$$e", "$Fri$ Liste", r"\$x$", "50 % $"])
def test_no_name_is_drawn_as_mathematics(name: str, tmp_path: Path) -> None:
    """What stands between dollars in a name is drawn as it is written, in every picture that names it."""
    lists = [CandidateList(key, called, [Candidate(f"{key}-1", 9)]) for key, called in (("A", name), ("B", "Borger"))]
    council = elect_council(CouncilElection(name, 1, lists))
    kkr = compose_kkr({name: 30, "B": 20}, {name: 1, "B": 1}, municipalities=2, total_votes=50)
    votes = dhondt({name: 11, "B": 8}, 5)
    drawn = [
        half_circle(council),
        half_circle(votes),
        quotient_race(votes, title=name),
        kkr_members(kkr, title=name),
        margins_plot(margins(proportional_election({name: 11, "B": 8}, 5)), title=name),
    ]
    for axes in drawn:
        texts = [text for text in axes.figure.findobj(Text) if name in text.get_text()]
        assert texts
        assert not any(text.get_parse_math() for text in texts)
    save(votes, tmp_path / "race.svg", title=name)


def test_pictures_of_many_threads_are_the_same() -> None:
    """The same picture is the same file, whichever threads draw at once, and no setting of matplotlib stays behind."""
    result = dhondt({"A": 11, "B": 8, "C": 2}, 9)

    def draw(_number: int) -> str:
        with TemporaryDirectory() as folder:
            save(result, Path(folder) / "race.svg")
            return (Path(folder) / "race.svg").read_text("utf-8")

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, range(12)))) == 1
    assert mpl.rcParams["svg.hashsalt"] is None


def test_saving_leaves_the_figures_of_the_caller_alone(tmp_path: Path) -> None:
    """A picture that goes to a file opens no window, and changes nothing of what is being drawn."""
    mine = plt.figure()
    with mpl.rc_context():
        mpl.rcParams["font.size"] = 7
        save(dhondt({"A": 11, "B": 8}, 5), tmp_path / "race.png")
        assert mpl.rcParams["font.size"] == 7
    assert plt.get_fignums() == [mine.number]
    assert plt.gcf() is mine


def test_a_picture_fills_a_figure() -> None:
    """A figure is given the size that suits the picture, and the axes on which it is drawn."""
    figure = Figure()
    axes = half_circle({"A": 5, "B": 4}, figure)
    assert axes.figure is figure
    assert tuple(figure.get_size_inches()) == (8, 5.4)
