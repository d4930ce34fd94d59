"""Pictures of results: which suits best, in words, and as a file.

Each function that draws, of :mod:`.half_circles`, :mod:`.races`, :mod:`.bars` and :mod:`.charts`, draws on the axes
that are given, or on new ones, and returns them. :func:`alt_text` says in words what a picture shows.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from inspect import signature
from io import BytesIO
from pathlib import Path
from textwrap import fill
from threading import Lock
from typing import TYPE_CHECKING, Any

from kommunalvalg.errors import ElectionError
from kommunalvalg.files.writing import write_whole
from kommunalvalg.report.axes import matplotlib
from kommunalvalg.report.bars import (
    kkr_members,
    kkr_text,
    margins_plot,
    margins_text,
    simulated_bars,
    simulated_text,
    votes_bars,
    votes_text,
)
from kommunalvalg.report.charts import are_plans, audit_plot, audit_text, tile_map, tiles_text
from kommunalvalg.report.counted import as_far_as_counted
from kommunalvalg.report.half_circles import half_circle, half_circle_text, seats_shown, seats_styled
from kommunalvalg.report.language import language
from kommunalvalg.report.looks import COLOURS
from kommunalvalg.report.races import quotient_race, race_text
from kommunalvalg.report.style import PLAIN, Style
from kommunalvalg.results import Result, kind_of
from kommunalvalg.text import Word
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "alt_text", "drawn", "parliament", "save"]

ALT_TEXTS: dict[Callable[..., Any], Callable[[Any], Word]] = {
    half_circle: half_circle_text,
    quotient_race: race_text,
    kkr_members: kkr_text,
    margins_plot: margins_text,
    audit_plot: audit_text,
    votes_bars: votes_text,
    simulated_bars: simulated_text,
    tile_map: tiles_text,
}
"""The functions that draw -> what says in words what each shows."""


def alt_text(picture: Callable[..., Any], result: Any, *, lang: str = "da") -> str:  # noqa: ANN401 - what it takes
    """Say in words what a picture shows, for who does not see it.

    Args:
        picture: one of the functions that draw, such as :func:`half_circle`.
        result: what it was drawn of.
        lang: "da" or "en".

    Raises:
        ElectionError: there is no such picture, or it cannot be drawn of that.

    >>> alt_text(half_circle, {"A": 5, "B": 4}, lang="en")
    'A half circle of 9 seats: A 5, B 4.'
    """
    if picture not in ALT_TEXTS:
        names = listed(each.__name__ for each in ALT_TEXTS)
        raise ElectionError("{field} is {value}; the pictures are {names}", field="picture", value=picture, names=names)
    return language(lang)(as_far_as_counted(result, ALT_TEXTS[picture](result)))


def _suits(result: object) -> Callable[..., Any]:
    """Choose the picture that suits a result best: that of its kind, where it has one."""
    if are_plans(result):
        return audit_plot
    if isinstance(result, Mapping):
        return half_circle
    picture = kind_of(result).drawer if isinstance(result, Result) else None
    return picture or quotient_race


def save(
    result: object,
    path: str | Path,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
    picture: Callable[..., Any] | None = None,
) -> None:
    """Draw a picture of a result into a file: SVG, PNG or PDF, by its name; with the alternative text.

    A council is drawn as a half circle, a KKR by its members, a distribution of seats as a race, margins as bars,
    simulated seats as ranges, where no other picture is asked for. A file called .json has the seats with their
    colours, as parliament-svg and its kin take them.

    Args:
        result: what to draw.
        path: the file.
        title: what it is a picture of; a half circle has a title of its own.
        lang: "da" or "en".
        style: how it is to look.
        picture: the function that draws it, such as ``votes_bars``; None for the one that suits best.

    Raises:
        ElectionError: there is no picture of that, or not in that format.
        VoteError: the style names a list that is not there.
        MissingExtraError: the extra ``plot`` is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save({"A": 5, "B": 4}, Path(folder) / "council.svg")
    ...     save({"A": 5, "B": 4}, Path(folder) / "council.json")
    ...     print((Path(folder) / "council.json").read_text())
    {
     "A": {"seats": 5, "colour": "#D4004E"},
     "B": {"seats": 4, "colour": "#6B3F8A"}
    }
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        write_whole(Path(path), parliament(result, style).encode())
        return
    if suffix not in _METADATA:
        raise ElectionError(
            "the picture's file is {value}; it ends with one of {kinds}",
            field="path",
            value=str(path),
            kinds=", ".join(_METADATA),
        )
    write_whole(Path(path), drawn(result, suffix[1:], title=title, lang=lang, style=style, picture=picture))


def parliament(result: object, style: Style = PLAIN) -> str:
    """Give the seats and colours of a council as JSON, as parliament-svg takes them: name -> seats and colour."""
    shown = seats_styled(seats_shown(result), style)
    lines = [
        f' {json.dumps(name, ensure_ascii=False)}: {{"seats": {number}, "colour": "{shown.looks[name].colour}"}}'
        for name, number in shown.seats.items()
        if number
    ]
    return "{\n" + ",\n".join(lines) + "\n}"


def drawn(
    result: object,
    form: str,
    *,
    title: str = "",
    lang: str = "da",
    style: Style = PLAIN,
    picture: Callable[..., Any] | None = None,
) -> bytes:
    """Draw a picture of a result, as :func:`save` does, and give it in a form: "svg", "png" or "pdf"."""
    draw = picture or _suits(result)
    takes = signature(draw).parameters
    named = {"title": title} if title and "title" in takes else {}
    text = ". ".join([*named.values(), alt_text(draw, result, lang=lang)])
    figure = matplotlib("figure").Figure(layout="constrained")
    styled = {"style": style} if "style" in takes else {}
    told = {_METADATA[f".{form}"]: text, **_UNDATED.get(f".{form}", {})}
    out = BytesIO()
    with _DRAWING, _set():
        draw(result, figure, lang=lang, **named, **styled)
        _keep_inside(figure)
        figure.savefig(out, format=form, dpi=style.dpi, transparent=style.transparent, metadata=told)
    if form != "svg":
        return out.getvalue()
    shown = seats_shown(result).title if draw is half_circle else ""
    return _described(out.getvalue(), title or language(lang)(shown) or text, text)


def _keep_inside(figure: "Figure") -> None:
    """Break, shrink and move the words around the axes so that a small picture has them whole."""
    widest = figure.bbox.width - 2 * _EDGE
    for axes in figure.axes:
        for text in (axes.title, axes.xaxis.label):
            if (width := text.get_window_extent().width) > widest:
                lines = text.get_text().split("\n")
                signs = int(max(map(len, lines)) * widest / width)
                parts = [part for line in lines for part in line.split(_APART)]
                text.set_text("\n".join(fill(part, signs) for part in parts if part.strip()))
        if axes.title.get_window_extent().width < widest / 2 and axes.get_legend() is None:
            continue
        figure.draw_without_rendering()
        if (legend := axes.get_legend()) is not None and (width := legend.get_window_extent().width) > widest:
            for text in legend.get_texts():
                text.set_fontsize(text.get_fontsize() * widest / width)  # type: ignore[operator]  # points, once drawn
        box = axes.title.get_window_extent()
        beyond = max(box.x1 - figure.bbox.width + _EDGE, 0) + min(box.x0 - _EDGE, 0)
        axes.title.set_x(axes.title.get_position()[0] - beyond / axes.bbox.width)


_EDGE, _APART = 4, 3 * " "
"""The dots that words stay away from the edge, and the blanks between two sides of one line."""


def _described(svg: bytes, title: str, text: str) -> bytes:
    """Let a picture say in words what it shows, to whoever does not see it."""
    begin = svg.index(b"<svg ")
    end = svg.index(b">", begin)
    words = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>".encode()
    return svg[:end] + b' role="img">' + words + svg[end + 1 :]


_DRAWING = Lock()
"""matplotlib draws in one thread at a time: its fonts and its settings are everybody's."""


@contextmanager
def _set() -> Iterator[None]:
    """Let the same picture be the same file, and text be text; only these settings are changed, and put back."""
    from matplotlib import rcParams  # noqa: PLC0415 - an optional library

    settings: Any = rcParams
    wanted = {"svg.hashsalt": "kommunalvalg", "svg.fonttype": "none"}
    before = {name: settings[name] for name in wanted}
    settings.update(wanted)
    try:
        yield
    finally:
        settings.update(before)


_METADATA = {".svg": "Description", ".png": "Description", ".pdf": "Subject"}
_UNDATED: dict[str, dict[str, None]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
