"""The door to the elections that come with the package, and to readers and writers of files.

>>> from kommunalvalg import data
>>> data.elections()
('kv2025', 'rv2025')
>>> fanoe = data.council("kv2025", "Fanø")
>>> {a_list.letter: a_list.votes for a_list in fanoe.lists if a_list.votes > 500}
{'B': 997, 'C': 555}
>>> data.published("kv2025", "Fanø").seats["B"]
5
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kommunalvalg.law import EVIDENCE, Evidence, LawRule, LawSource, rule, rules, statutes
from kommunalvalg.law import sources as law_sources

if TYPE_CHECKING:
    from kommunalvalg.elections.area import AreaVotes as AreaVotes
    from kommunalvalg.elections.area import area_mayors as area_mayors
    from kommunalvalg.elections.area import area_votes as area_votes
    from kommunalvalg.elections.area import municipalities_of as municipalities_of
    from kommunalvalg.elections.comparison import Comparison as Comparison
    from kommunalvalg.elections.comparison import Difference as Difference
    from kommunalvalg.elections.comparison import compare as compare
    from kommunalvalg.elections.comparison import recorded_draws as recorded_draws
    from kommunalvalg.elections.compositions import KKR as KKR
    from kommunalvalg.elections.compositions import PublishedKKR as PublishedKKR
    from kommunalvalg.elections.compositions import kkr as kkr
    from kommunalvalg.elections.compositions import kkrs as kkrs
    from kommunalvalg.elections.elected import result as result
    from kommunalvalg.elections.elected import results as results
    from kommunalvalg.elections.embedded import elections as elections
    from kommunalvalg.elections.figures import CouncilCounts as CouncilCounts
    from kommunalvalg.elections.figures import Published as Published
    from kommunalvalg.elections.figures import PublishedMandate as PublishedMandate
    from kommunalvalg.elections.figures import council as council
    from kommunalvalg.elections.figures import councils as councils
    from kommunalvalg.elections.figures import counts as counts
    from kommunalvalg.elections.figures import published as published
    from kommunalvalg.elections.figures import votes as votes
    from kommunalvalg.elections.mayors import Mayor as Mayor
    from kommunalvalg.elections.mayors import mayors as mayors
    from kommunalvalg.elections.national import national_votes as national_votes
    from kommunalvalg.elections.parties import PARTIES as PARTIES
    from kommunalvalg.elections.parties import Party as Party
    from kommunalvalg.elections.parties import party_of as party_of
    from kommunalvalg.elections.polling import Count as Count
    from kommunalvalg.elections.polling import PollingArea as PollingArea
    from kommunalvalg.elections.polling import PollingAreas as PollingAreas
    from kommunalvalg.elections.previous import Earlier as Earlier
    from kommunalvalg.files.json_files import from_json as from_json
    from kommunalvalg.files.json_files import json_schema as json_schema
    from kommunalvalg.files.json_files import read_json as read_json
    from kommunalvalg.files.json_files import to_json as to_json
    from kommunalvalg.files.json_files import write_json as write_json
    from kommunalvalg.files.previous import previous_reader as previous_reader
    from kommunalvalg.files.previous import read_previous as read_previous
    from kommunalvalg.files.tables import Table as Table
    from kommunalvalg.files.tables import read_csv as read_csv
    from kommunalvalg.files.valgdatabase import Valgdatabase as Valgdatabase
    from kommunalvalg.files.valgdatabase import read_valgdatabase as read_valgdatabase
    from kommunalvalg.files.valgdk import Export as Export
    from kommunalvalg.files.valgdk import Left as Left
    from kommunalvalg.files.valgdk import LeftOut as LeftOut
    from kommunalvalg.files.valgdk import read_valgdk as read_valgdk

_HOMES = {
    "elections.area": (
        "AreaVotes",
        "area_mayors",
        "area_votes",
        "municipalities_of",
    ),
    "elections.comparison": (
        "Comparison",
        "Difference",
        "compare",
        "recorded_draws",
    ),
    "elections.compositions": (
        "KKR",
        "PublishedKKR",
        "kkr",
        "kkrs",
    ),
    "elections.elected": ("result", "results"),
    "elections.embedded": ("elections",),
    "elections.figures": (
        "CouncilCounts",
        "Published",
        "PublishedMandate",
        "council",
        "councils",
        "counts",
        "published",
        "votes",
    ),
    "elections.mayors": ("Mayor", "mayors"),
    "elections.national": ("national_votes",),
    "elections.parties": (
        "PARTIES",
        "Party",
        "party_of",
    ),
    "elections.polling": ("Count", "PollingArea", "PollingAreas"),
    "elections.previous": ("Earlier",),
    "files.json_files": (
        "from_json",
        "json_schema",
        "read_json",
        "to_json",
        "write_json",
    ),
    "files.previous": ("previous_reader", "read_previous"),
    "files.tables": ("Table", "read_csv"),
    "files.valgdatabase": ("Valgdatabase", "read_valgdatabase"),
    "files.valgdk": (
        "Export",
        "Left",
        "LeftOut",
        "read_valgdk",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604 - they are strings
    "EVIDENCE",
    "Evidence",
    "LawRule",
    "LawSource",
    "law_sources",
    "rule",
    "rules",
    "statutes",
    *_HOME,
]
__dir__ = __all__.copy


if not TYPE_CHECKING:  # a type checker reads the imports above, and so finds a name that there is not

    def __getattr__(name: str) -> object:
        """Import a name when it is first used, so that an election costs no reader of files."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"kommunalvalg.{_HOME[name]}"), name)
        return value
