"""The figures of KL's vedtægter and of the forretningsorden for KKR, each with its provision."""

from fractions import Fraction

from kommunalvalg.law import Rule

__all__ = ["LIMIT", "LINE", "SEATS"]

LINE = Rule("KL-15-2a", "KL's vedtægter § 15, stk. 2", Fraction(2, 100))
"""The share of the votes cast in the area that a party needs to take part; exactly that is enough."""

LIMIT = Rule("FO-3-2", "Forretningsorden for KKR § 3, stk. 2", 2)
"""The most members of a KKR for each municipality of the area."""

SEATS = Rule("KKR-SEATS", "KL's vedtægter § 15, stk. 2", "largest_shortfall")
"""The method by which the supplementary members are found: inferred, see :func:`~kommunalvalg.compose_kkr`."""
