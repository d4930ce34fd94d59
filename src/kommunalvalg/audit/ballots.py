"""What a ballot says: a vote for a list or a candidate, no valid vote, or nothing that anybody can read."""

from enum import StrEnum

import attrs

from kommunalvalg.text import Text
from kommunalvalg.text import text as _
from kommunalvalg.typed import typed

__all__ = ["BLANK", "MISSING", "UNREADABLE", "WORDS", "Found", "Reading", "ballot_said"]


class Found(StrEnum):
    """What became of a ballot that was to be read."""

    VOTE = "vote"
    """A valid vote."""

    BLANK = "blank"
    """Blank or otherwise invalid, so a vote for nobody (KRVL § 75)."""

    UNREADABLE = "unreadable"
    """It is there, and nobody can say what it is."""

    MISSING = "missing"
    """It is not where it should be."""


@attrs.frozen(field_transformer=typed)
class Reading:
    """What a ballot says.

    Attributes:
        list: the list, or the listeforbund, that the vote is for; empty where there is no valid vote.
        candidate: the candidate that it is a personal vote for; empty for a list vote.
        found: whether it is a vote at all.

    >>> Reading("A", "A-3").list, BLANK.found
    ('A', <Found.BLANK: 'blank'>)
    """

    list: str = ""
    candidate: str = ""
    found: Found = Found.VOTE

    @property
    def known(self) -> bool:
        """Whether anybody can say what the ballot is."""
        return self.found in {Found.VOTE, Found.BLANK}

    def __str__(self) -> str:
        return self.candidate or self.list or self.found.value


BLANK = Reading(found=Found.BLANK)
"""A ballot that is blank or otherwise invalid."""

UNREADABLE = Reading(found=Found.UNREADABLE)
"""A ballot of which nobody can say what it is; every assertion takes it for what speaks most against it."""

MISSING = Reading(found=Found.MISSING)
"""A ballot that is not where it should be; every assertion takes it for what speaks most against it."""

WORDS = {
    "blank": BLANK,
    "ugyldig": BLANK,
    "invalid": BLANK,
    "ulæselig": UNREADABLE,
    "unreadable": UNREADABLE,
    "mangler": MISSING,
    "missing": MISSING,
}
"""What people write for a ballot that is no vote for a list, in small letters."""


def ballot_said(ballot: tuple[str, int]) -> Text:
    """Name a ballot by its bundle and its number in it.

    >>> ballot_said(("A-1", 54)).said("da")
    "stemmeseddel 54 i bundt 'A-1'"
    """
    bundle, number = ballot
    return _("ballot {number} of bundle {bundle}", number=str(number), bundle=repr(bundle))
