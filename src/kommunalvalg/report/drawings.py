"""Pictures as SVG without a library that draws: for a page, and for a file."""

from xml.etree import ElementTree as ET

from kommunalvalg.report.counted import counted_of
from kommunalvalg.report.language import language
from kommunalvalg.report.pictures import alt_text, half_circle, seat_places, seats_shown
from kommunalvalg.text import text as _

__all__ = ["half_circle_svg"]

_WIDTH = 480
_LINE = 16
_FREE = {"fill": "none", "stroke": "currentColor", "stroke-dasharray": "3 3"}


def half_circle_svg(result: object, lang: str = "da") -> str:
    """Draw a council as a half circle, a disc for each seat with its list's letter, in the order of the ballot.

    The discs stand where :func:`.half_circle` has them. What is written on no disc takes the colour of the text around.

    Args:
        result: a council, a KKR, a distribution of seats, or a mapping of name to seats.
        lang: "da" or "en".

    Returns:
        The picture, with words for who does not see it; empty where there is no seat.

    Raises:
        ElectionError: it has no seats.

    >>> half_circle_svg({"A": 5, "B": 4}, "en").count("<circle")
    9
    """
    seats = seats_shown(result)
    if not seats.total:
        return ""
    radius, places = seat_places(seats.total)
    order = [name for name, number in seats.seats.items() for _place in range(number)]
    order += ["?"] * seats.open + ["–"] * seats.vacant
    counted = counted_of(result)
    height = round(_WIDTH * 1.34 / 2.34) + (_LINE if counted else 0)
    words = alt_text(half_circle, result, lang=lang)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "role": "img",
            "aria-label": words,
            "font-family": "system-ui, sans-serif",
            "text-anchor": "middle",
        },
    )
    ET.SubElement(root, "title").text = words
    scale = _WIDTH / 2.34
    for (x, y), name in zip(places, order, strict=True):
        at = {"x": f"{_WIDTH / 2 + x * scale:.1f}", "y": f"{(1.17 - y) * scale:.1f}"}
        look = seats.looks.get(name) if name not in {"?", "–"} or name in seats.seats else None
        disc = {"cx": at["x"], "cy": at["y"], "r": f"{radius * scale:.1f}"}
        paint = {"fill": look.colour, **({"stroke": "#1A1A1A"} if look.hatch else {})} if look else _FREE
        ET.SubElement(root, "circle", {**disc, **paint})
        size = radius * scale * min(1.0, 2.2 / max(len(name), 1))
        ink = look.ink if look else "currentColor"
        ET.SubElement(root, "text", {**at, "dy": "0.35em", "font-size": f"{size:.1f}", "fill": ink}).text = name
    foot = 1.17 * scale
    middle = f"{_WIDTH / 2:.0f}"
    number = {"x": middle, "y": f"{foot - 8:.0f}", "font-size": "34", "font-weight": "bold", "fill": "currentColor"}
    ET.SubElement(root, "text", number).text = str(seats.total)
    unit = {"x": middle, "y": f"{foot + 10:.0f}", "font-size": "14", "fill": "currentColor"}
    ET.SubElement(root, "text", unit).text = language(lang)(_("seats"))
    if counted is not None:
        below = {"x": middle, "y": f"{height - 4}", "font-size": "13", "fill": "currentColor"}
        ET.SubElement(root, "text", below).text = language(lang)(counted.text)
    return ET.tostring(root, encoding="unicode")
