"""How lists are told apart in pictures: the colours of the parties, and greys and hatches for all others.

The colours are those the parties are known by, moved so far apart that any two differ for who sees all colours and for
who lacks one kind of colour vision. No picture says anything by colour alone: letters and numbers say the same.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import count

import attrs

from kommunalvalg.council.result import CouncilResult
from kommunalvalg.elections.parties import PARTIES, party_of
from kommunalvalg.report.style import Style

__all__ = ["COLOURS", "INK", "NEUTRAL", "Look", "coloured", "looks_of", "parties_of", "party_letter"]

COLOURS = {party.letter: party.colour for party in PARTIES.values()}
"""Party -> colour."""

_GREYS = ("#9E9E9E", "#C4C4C4", "#E4E4E4")
_HATCHES = ("///", "...", "xxx", "\\\\\\", "|||", "ooo")
INK = "#1A1A1A"


@attrs.frozen
class Look:
    """How a list is drawn."""

    colour: str
    hatch: str = ""

    @property
    def ink(self) -> str:
        """What can be read on its colour."""
        red, green, blue = (int(self.colour[at : at + 2], 16) for at in (1, 3, 5))
        return "white" if 2 * red + 5 * green + blue < 1000 and not self.hatch else INK  # noqa: PLR2004 - half of white


NEUTRAL = Look("#D9D9D9")
"""How what is no list's is drawn."""


def looks_of(names: Iterable[str], party: Callable[[str], str | None]) -> dict[str, Look]:
    """Give each list its party's colour, and the others greys and hatches, each its own for as long as there are."""
    number = count()
    looks = {}
    for name in names:
        letter = party(name)
        if letter in COLOURS:
            looks[name] = Look(COLOURS[letter])
        else:
            n = next(number)
            looks[name] = Look(_GREYS[n % len(_GREYS)], _HATCHES[n % len(_HATCHES)])
    return looks


def coloured(looks: Mapping[str, Look], style: Style) -> dict[str, Look]:
    """Give lists the colours that are asked for."""
    return {name: Look(style.colours[name]) if name in style.colours else look for name, look in looks.items()}


def party_letter(name: str) -> str | None:
    """Take a name for a party's letter, where there is nothing more to tell it by."""
    return name


def parties_of(result: object) -> Callable[[str], str | None]:
    """Say how the party of a list is told: in a council by letter and name together."""
    if not isinstance(result, CouncilResult):
        return party_letter
    lists = result.election.by_key
    return lambda key: party_of(lists[key].letter, lists[key].name) if key in lists else None
