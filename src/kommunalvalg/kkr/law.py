"""The figures of KL's vedtægter and of the forretningsorden for KKR, each with its provision."""

from fractions import Fraction

from kommunalvalg.law import Rule

__all__ = [
    "APPOINTMENTS",
    "CHAIRS",
    "DEPUTY",
    "FIRST_MEETING",
    "KL_BOARD",
    "LIMIT",
    "LINE",
    "MEMBERSHIP",
    "NOTICE",
    "QUORUM",
    "SEATS",
]

LINE = Rule("KL-15-2a", "KL's vedtægter § 15, stk. 2", Fraction(2, 100))
"""The share of the votes cast in the area that a party needs to take part; exactly that is enough (KL-15-2a)."""

LIMIT = Rule("FO-3-2", "Forretningsorden for KKR § 3, stk. 2", 2)
"""The most members of a KKR for each municipality of the area (FO-3-2)."""

SEATS = Rule("KKR-SEATS", "KL's vedtægter § 15, stk. 2", "largest_shortfall")
"""The method by which the supplementary members are found (KKR-SEATS): inferred.

See :func:`~kommunalvalg.compose_kkr`.
"""

DEPUTY = Rule("KL-15-1", "KL's vedtægter § 15, stk. 1", "deputy mayor")
"""Who stands in for a mayor (KL-15-1)."""

CHAIRS = Rule("KL-15-3", "KL's vedtægter § 15, stk. 3", 2)
"""The posts that are filled together by forholdstalsvalg: chair and vice chair (KL-15-3)."""

MEMBERSHIP = Rule("FO-3", "Forretningsorden for KKR § 3", "personal substitute")
"""Who stands in for an elected member; the section also says who leaves and who stays (FO-3)."""

FIRST_MEETING = Rule("FO-4-1", "Forretningsorden for KKR § 4, stk. 1", (1, 31))
"""The last day of the first meeting, as month and day of the year after the election year (FO-4-1)."""

NOTICE = Rule("FO-4-2", "Forretningsorden for KKR § 4, stk. 2", 3)
"""How many weekdays (hverdage) before the meeting a valgforbund is notified at the latest (FO-4-2)."""

APPOINTMENTS = Rule("FO-4-4", "Forretningsorden for KKR § 4, stk. 4", "council members")
"""Who can be appointed to an outside body: the council members of the area's municipalities (FO-4-4)."""

QUORUM = Rule("FO-5", "Forretningsorden for KKR § 5", Fraction(1, 2))
"""The share of the members that must be present; exactly that is enough (FO-5)."""

KL_BOARD = Rule("KL-6", "KL's vedtægter § 6", 17)
"""The members of KL's board (KL-6)."""
