"""The figures of lov om kommunernes styrelse and of what belongs to it, each with its provision."""

from fractions import Fraction

from kommunalvalg.frozen import FrozenDict
from kommunalvalg.law import Rule

__all__ = ["DEPUTIES", "ERHVERVSHUS_BOARD", "LARGEST_COMMITTEE", "LONE_PERSON_MORE", "REGIONAL_DEPUTIES"]

DEPUTIES = Rule("KSL-6", "KSL § 6", 2)
"""How many deputy mayors are elected together, where the council has more than one (KSL-6)."""

LARGEST_COMMITTEE = Rule("KSL-17", "KSL § 17", Fraction(1, 2))
"""The most members of a committee, as a share of the council; its size is odd as well (KSL-17-1)."""

LONE_PERSON_MORE = (
    Rule("LIGE-10a", "Ligestillingsloven § 10 a, stk. 1", 1, until=2008),
    Rule("LIGE-10a", "Ligestillingsloven § 10 a, stk. 1", 0, since=2009),
)
"""How many more of one sex than of the other may be proposed where the number is odd (LIGE-10a).

The words that allowed one more were taken out with effect from 1 September 2009.
"""

REGIONAL_DEPUTIES = Rule("RL-9", "RL § 9", 2)
"""How many deputy chairs of a regional council are elected together (RL-9)."""

ERHVERVSHUS_BOARD = Rule(
    "ERH-13",
    "KKR-dagsorden 26. januar 2026, udpegning til Erhvervshus",
    FrozenDict({"chair": 1, "politician": 3, "business": 4, "knowledge": 1, "employees": 1}),
)
"""Who sits on the board of an Erhvervshus: ten members, the chair among them (ERH-13)."""
