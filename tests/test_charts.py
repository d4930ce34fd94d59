"""How pictures look when it is said: order, colours, size, text; bars with what changed, simulated seats, tiles."""

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from commands import ENGLISH, Run
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from kommunalvalg import data, elect_council, report
from kommunalvalg.analysis.margins import margins
from kommunalvalg.council.previous import Previous
from kommunalvalg.elections.embedded import spelt
from kommunalvalg.elections.tiles import TILES
from kommunalvalg.errors import ElectionError, VoteError
from kommunalvalg.methods.counted import Counted
from kommunalvalg.report import simulated_bars, tile_map, votes_bars
from kommunalvalg.report.style import Style
from kommunalvalg.simulation import Poll, simulate

FANOE = data.result("kv2025", "Fanø")
SINCE = elect_council(
    evolve(data.council("kv2025", "Fanø"), previous=Previous(votes={"A": 190, "B": 666, "O": 32}, name="kv2021"))
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def no_figure_left() -> Iterator[None]:
    """Leave no figure open: matplotlib warns of more than twenty."""
    yield
    plt.close("all")


def test_lists_stand_in_the_order_that_is_asked_for() -> None:
    """Those that are named come first, from left to right; the others follow as they stood, in their own colours."""
    style = Style(order=["Ø", "C"], colours={"Ø": "#112233"})
    axes = report.half_circle(FANOE, style=style)
    letters = [text.get_text() for text in axes.texts[:11]]
    assert letters[:4] == ["Ø", "C", "C", "C"]
    assert axes.patches[0].get_facecolor()[:3] == pytest.approx((0x11 / 255, 0x22 / 255, 0x33 / 255))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colours": {"A": "red"}}, "colours[\"A\"] is 'red'"),
        ({"size": (16,)}, "size is (16,)"),
        ({"size": (0, 9)}, "in centimetres"),
        ({"dpi": 0}, "dpi is 0"),
        ({"order": ["A", "A"]}, "order"),
    ],
)
def test_a_look_that_cannot_be_is_refused(given: dict[str, object], said: str) -> None:
    """A colour, a size, an order that is none is named with its value."""
    with pytest.raises(VoteError) as error:
        Style(**given)  # type: ignore[arg-type]  # what is none
    assert said in str(error.value)


def test_an_order_names_lists_that_are_there() -> None:
    """A list that does not stand is refused by its name."""
    with pytest.raises(VoteError, match="'X'"):
        report.half_circle(FANOE, style=Style(order=["X"]))


def test_a_picture_has_the_size_and_the_ground_that_are_asked_for(tmp_path: Path) -> None:
    """Sixteen by nine centimetres at 254 dots an inch are 1600 by 900 dots; the ground can be seen through."""
    file = tmp_path / "fanø.png"
    report.save(FANOE, file, style=Style(size=(16, 9), dpi=254, transparent=True))
    with Image.open(file) as image:
        assert image.size == (1600, 900)
        assert image.convert("RGBA").getpixel((2, 2))[3] == 0  # type: ignore[index]  # of four numbers


NIGHT = elect_council(evolve(SINCE.case, counted=Counted(areas=2, of=6, share=Fraction(1, 4))))


@pytest.mark.parametrize("picture", [votes_bars, report.half_circle, report.quotient_race, report.margins_plot])
@pytest.mark.parametrize("size", [(12, 9), (16, 9), None])
def test_the_words_stay_in_a_picture_of_any_size(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, picture: Callable[..., Axes], size: tuple[int, int] | None
) -> None:
    """Titles, names and figures are inside the picture, on an unfinished night too."""
    figures: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, *_given, **_told: figures.append(figure))
    of = margins(NIGHT.case) if picture is report.margins_plot else NIGHT
    report.save(of, tmp_path / "night.png", picture=picture, style=Style(size=size))
    figures[0].draw_without_rendering()
    (axes,) = figures[0].axes
    beside = [*axes.get_yticklabels(), axes.xaxis.label] if axes.axison else []
    for text in (axes.title, *axes.texts, *beside):
        box = text.get_window_extent()
        assert not text.get_text() or -1 <= box.x0 <= box.x1 <= figures[0].bbox.width + 1, text.get_text()
    assert "6" in axes.get_title()


def test_svg_has_text_as_text_and_says_what_it_shows(tmp_path: Path) -> None:
    """Whoever edits the file finds the words, and whoever does not see it hears title and description."""
    file = tmp_path / "fanø.svg"
    report.save(FANOE, file)
    root = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - it was drawn here
    assert (root.get("role"), [child.tag for child in root][:2]) == ("img", [f"{SVG}title", f"{SVG}desc"])
    assert root[0].text == "Fanø, valget 2025: 11 mandater"
    assert root[1].text == report.alt_text(report.half_circle, FANOE)
    assert "mandater" in [text.text for text in root.iter(f"{SVG}text")]


def test_bars_say_what_changed(tmp_path: Path) -> None:
    """Share, seats and the change since then stand on each bar; a new list is called new; the picture has words."""
    axes = votes_bars(SINCE, lang="en")
    texts = {name: text.get_text() for name, text in zip("ABCFLVØÅ", axes.texts, strict=True)}
    assert texts["A"] == "4.52% · 0 (−16.88)"
    assert texts["C"].endswith("(new)")
    assert "kv2021" in axes.get_title()
    report.save(SINCE, tmp_path / "bars.svg", picture=votes_bars)
    assert report.alt_text(votes_bars, SINCE, lang="en").startswith("Bars of the lists' shares of the votes: A 4.52%")
    with pytest.raises(ElectionError, match=r"^result is {'A': 1}; give the result of a council$"):
        votes_bars({"A": 1})  # type: ignore[arg-type]  # no result


def test_simulated_seats_are_drawn_as_ranges(tmp_path: Path) -> None:
    """A simulation has a picture by itself, with the range of nine in ten on each bar."""
    found = simulate(data.council("kv2025", "Fanø"), Poll(800), 500, seed=1)
    axes = simulated_bars(found, style=Style(order=["B"]))
    assert axes.get_yticklabels()[0].get_text() == "B"
    assert axes.texts[0].get_text() == "5–6"
    report.save(found, tmp_path / "simulated.svg")
    assert "B 5." in report.alt_text(simulated_bars, found, lang="en")
    with pytest.raises(
        ElectionError, match=r"^simulation is CouncilResult\(case='Fanø', .*; give what simulate\(\.\.\.\) returns$"
    ):
        simulated_bars(FANOE)  # type: ignore[arg-type]  # no simulation


def test_every_municipality_has_a_tile_of_its_own() -> None:
    """The 98 of the election have one place each, and a figure in any spelling of the name."""
    assert {spelt(name) for name in TILES} == {spelt(name) for name in data.councils("kv2025")}
    assert len(set(TILES.values())) == 98
    axes = tile_map({"Aarhus Kommune": 31, "Århus": 31}, title="Seats") if spelt("Århus") == spelt("Aarhus") else None
    assert axes is not None
    assert axes.get_title() == "Seats"
    colours = tile_map({"Fanø": "B", "Læsø": None, "Ærø": 7.25}).patches
    assert len(colours) == 98
    assert "98 municipalities" in report.alt_text(tile_map, {"Fanø": 1}, lang="en")
    with pytest.raises(ElectionError, match="'Nyby'"):
        tile_map({"Nyby": 1})


def test_the_command_line_says_how_a_picture_looks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Order, colours from a table, size and kind; as JSON the seats and colours that charts of parliaments take."""
    colours = tmp_path / "farver.csv"
    colours.write_text("liste;farve\nB;#112233\n", encoding="utf-8")
    council = ("council", "kv2025", "Fanø", "--plot-colours", str(colours))
    Run(capsys, *council, "--plot", str(tmp_path / "f.json"), "--plot-order", "Ø+Å")
    seats = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert list(seats) == ["Ø", "Å", "B", "C", "V"]
    assert seats["B"] == {"seats": 5, "colour": "#112233"}
    bars = ("--plot-kind", "bars", "--plot-size", "16x9", "--plot-dpi", "50", "--plot-transparent")
    assert Run(capsys, *council, "--plot", str(tmp_path / "b.png"), *bars).status == 0


def test_a_page_is_embedded_with_its_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """HTML has the picture in it, between the title and the tables, as it stands."""
    fragment = Run(capsys, "council", "kv2025", "Fanø", "--format", "fragment", "--picture").out
    assert fragment.index("Fanø, valget 2025") < fragment.index("<svg ") < fragment.index("<table")
    page = tmp_path / "fanø.html"
    assert Run(capsys, "council", "kv2025", "Fanø", "--picture", "-o", str(page)).status == 0
    assert "</h1>\n<figure><svg " in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--plot-order", "B"], "add --plot FILE.svg"),
        (["--picture"], "add --format html or fragment"),
        (["--plot", "f.svg", "--plot-order", "X"], "--plot-order"),
        (["--plot", "f.svg", "--plot-size", "16"], "--plot-size is '16'"),
        (["--plot", "f.svg", "--plot-size", "0x9"], "--plot-size"),
        (["--plot", "f.svg", "--plot-dpi", "0"], "'--plot-dpi': '0' is no whole number of 1 or more"),
        (["--plot", "f.svg", "--plot-colours", "no.csv"], "no.csv"),
    ],
)
def test_a_look_that_cannot_be_is_one_clear_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    """The option is named, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert said in Run(capsys, "council", "kv2025", "Fanø", *options, *ENGLISH).error
    assert list(tmp_path.iterdir()) == []
