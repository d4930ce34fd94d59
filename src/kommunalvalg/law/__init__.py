"""The law map: every rule that this library carries out, where it stands on which day, and how sure it is.

The rules are data of the package, ``rules.toml``, which is read when somebody first asks. The figures of the law stand
there too, with their dates, and nowhere else.

>>> from kommunalvalg import law
>>> law.provision("KRVL-86-1"), law.whole("KRVL-21", 2025), law.share("KL-15-2a")
('KRVL § 86, stk. 1, nr. 1', 4, Fraction(1, 50))
"""

from kommunalvalg.law.book import (
    EVIDENCE,
    Evidence,
    LawRule,
    LawSource,
    Provision,
    Value,
    rule,
    rules,
    sources,
    statutes,
)
from kommunalvalg.law.dated import (
    KNOWN,
    When,
    cited,
    day_of_law,
    inferred,
    is_ordinary,
    known_election,
    provision,
    share,
    value,
    whole,
)

__all__ = [
    "EVIDENCE",
    "KNOWN",
    "Evidence",
    "LawRule",
    "LawSource",
    "Provision",
    "Value",
    "When",
    "cited",
    "day_of_law",
    "inferred",
    "is_ordinary",
    "known_election",
    "provision",
    "rule",
    "rules",
    "share",
    "sources",
    "statutes",
    "value",
    "whole",
]
__dir__ = __all__.copy
