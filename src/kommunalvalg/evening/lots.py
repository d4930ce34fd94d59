"""The lots of a meeting, by the names of their places."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from kommunalvalg.errors import LotError
from kommunalvalg.evening.given import LotDrawn, key
from kommunalvalg.lots import Draw, Tie, Urn
from kommunalvalg.text import N_, Word, like
from kommunalvalg.votes import listed

if TYPE_CHECKING:
    from kommunalvalg.text import Text

__all__ = ["ItemUrn", "LotTaken", "Lots"]


@attrs.frozen(kw_only=True)
class LotTaken:
    """A lot that was drawn at the meeting.

    Attributes:
        draw: who took part and who won; its ``tie`` says where it stood.
        by: who drew; empty where that was not written down.
    """

    draw: Draw
    by: str = ""

    @property
    def place(self) -> Word:
        """Where it stood; empty where that is not known."""
        return self.draw.tie.place.text if self.draw.tie and self.draw.tie.place else ""


class Lots:
    """The lots of a meeting: those of its case by their places, then those of the urn that it is settled with."""

    def __init__(self, drawn: Iterable[LotDrawn], urn: Urn, *, strict: bool) -> None:
        self._left: dict[str, list[LotDrawn]] = {}
        for lot in drawn:
            self._left.setdefault(lot.place, []).append(lot)
        self._urn, self._strict = urn, strict
        self.taken: list[LotTaken] = []
        self.fallen: list[Text] = []
        self.open: list[Tie] = []

    def draw(self, tie: Tie, full: Sequence[str] = ()) -> Draw | None:
        """Settle a tie, or return None when no draw is left for it."""
        place = tie.place.address if tie.place else ""
        waiting = self._left.get(place)
        if not waiting:
            draw = self._urn.draw(tie, full)
            if draw:
                self.taken.append(LotTaken(draw=draw))
            else:
                self.open.append(tie)
            return draw
        lot = waiting.pop(0)
        misfit = self._misfit(lot, tie)
        if misfit:
            if self._strict:
                raise misfit
            self.fallen.append(misfit.text)
            self.open.append(tie)
            return None
        draw = Draw(tie.among, [name for name in tie.among if name in lot.chosen], place=tie.place, tie=tie)
        self.taken.append(LotTaken(draw=draw, by=lot.by))
        return draw

    def _misfit(self, lot: LotDrawn, tie: Tie) -> LotError | None:
        fits = len(lot.chosen) == tie.places and set(lot.chosen) <= set(tie.among)
        if fits and (not lot.among or set(lot.among) == set(tie.among)):
            return None
        return LotError(
            "{field} was won by {winners}; the lot that is open there is {tie}",
            field=key("lodtraekninger", lot.place),
            value=listed(lot.chosen),
            winners=listed(lot.chosen),
            tie=tie.text,
        )

    def close(self) -> None:
        """Hold that every lot of the case was drawn for something."""
        for place, lots in self._left.items():
            if not lots:
                continue
            places = list(dict.fromkeys(tie.place.address for tie in self.open if tie.place))
            near = like(place, places, 1)
            if near:
                message = N_(
                    "{field} is a lot too many: no lot is open there; did you mean {near}? Lots are open for {places}"
                )
            elif places:
                message = N_("{field} is a lot too many: no lot is open there; lots are open for {places}")
            else:
                message = N_("{field} is a lot too many: no lot is open there, nor anywhere else")
            error = LotError(
                message,
                field=key("lodtraekninger", place),
                value=listed(lots[0].chosen),
                near="".join(near),
                places=listed(places),
            )
            if self._strict:
                raise error
            self.fallen.append(error.text)


class ItemUrn(Urn):
    """The lots of one election of the meeting."""

    __slots__ = ("_lots",)

    def __init__(self, lots: Lots) -> None:
        super().__init__()
        self._lots = lots

    def draw(self, tie: Tie, full: Sequence[str] = ()) -> Draw | None:
        """Settle a tie with the lot that the meeting has for it."""
        draw = self._lots.draw(tie, full)
        if draw:
            self._drawn.append(draw)
        return draw
