"""How far votes are counted, which goes with them wherever they go."""

from fractions import Fraction

import attrs

from kommunalvalg.errors import VoteError
from kommunalvalg.text import N_, Text
from kommunalvalg.text import text as _
from kommunalvalg.votes import checked_count

__all__ = ["Counted"]


@attrs.frozen(kw_only=True)
class Counted:
    """How far votes are counted: so many areas, of all that there are, with this share of those who may vote.

    Args:
        areas: how many areas are counted.
        of: how many there are.
        share: the share of those with the right to vote who live in the counted areas; None where it is not known.

    Raises:
        VoteError: more areas are counted than there are, or the share is none.

    >>> print(Counted(areas=2, of=6, share=Fraction(41, 100)).text)
    Preliminary: 2 of 6 polling areas, 41% of those with the right to vote
    >>> Counted(areas=7, of=6)
    Traceback (most recent call last):
    ...
    kommunalvalg.errors.VoteError: areas is 7, and there are 6 areas
    """

    areas: int
    of: int
    share: Fraction | None = None

    def __attrs_post_init__(self) -> None:
        for field in ("areas", "of"):
            checked_count(field, getattr(self, field), what=N_("a number of areas"))
        if self.areas > self.of:
            raise VoteError("{field} is {value}, and there are {of} areas", field="areas", value=self.areas, of=self.of)
        if self.share is not None and not (isinstance(self.share, Fraction | int) and 0 <= self.share <= 1):
            raise VoteError("{field} is {value}; a share is from 0 to 1", field="share", value=self.share)

    @property
    def text(self) -> Text:
        """What every table, picture and document says of it; per cent are whole, and 100 only when nobody is left."""
        if self.share is None:
            return _("Preliminary: {areas} of {of} polling areas", areas=self.areas, of=self.of)
        return _(
            "Preliminary: {areas} of {of} polling areas, {percent}% of those with the right to vote",
            areas=self.areas,
            of=self.of,
            percent=int(self.share * 100),
        )
