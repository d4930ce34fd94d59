"""Elections that come with the package, and their way into the methods.

>>> from kommunalvalg import data
>>> data.elections()
('kv2025',)
>>> fanoe = data.council("kv2025", "Fanø")
>>> {a_list.letter: a_list.votes for a_list in fanoe.lists if a_list.votes > 500}
{'B': 997, 'C': 555}
>>> data.published("kv2025", "Fanø").seats["B"]
5
"""

from kommunalvalg.data.area import AreaVotes, area_votes, municipalities_of
from kommunalvalg.data.comparison import Comparison, Difference, compare, recorded_draws
from kommunalvalg.data.compositions import KKR, PublishedKKR, kkr, kkrs
from kommunalvalg.data.embedded import elections
from kommunalvalg.data.figures import (
    CouncilCounts,
    Published,
    PublishedMandate,
    council,
    councils,
    counts,
    published,
)
from kommunalvalg.data.json_files import from_json, json_schema, read_json, to_json, write_json
from kommunalvalg.data.national import national_votes
from kommunalvalg.data.parties import PARTIES, Party, party_of
from kommunalvalg.data.tables import read_csv
from kommunalvalg.data.valgdk import Export, Left, LeftOut, read_valgdk
from kommunalvalg.law import EVIDENCE, Evidence, LawRule, LawSource, rule, rules, statutes
from kommunalvalg.law import sources as law_sources

__all__ = [
    "EVIDENCE",
    "KKR",
    "PARTIES",
    "AreaVotes",
    "Comparison",
    "CouncilCounts",
    "Difference",
    "Evidence",
    "Export",
    "LawRule",
    "LawSource",
    "Left",
    "LeftOut",
    "Party",
    "Published",
    "PublishedKKR",
    "PublishedMandate",
    "area_votes",
    "compare",
    "council",
    "councils",
    "counts",
    "elections",
    "from_json",
    "json_schema",
    "kkr",
    "kkrs",
    "law_sources",
    "municipalities_of",
    "national_votes",
    "party_of",
    "published",
    "read_csv",
    "read_json",
    "read_valgdk",
    "recorded_draws",
    "rule",
    "rules",
    "statutes",
    "to_json",
    "write_json",
]
