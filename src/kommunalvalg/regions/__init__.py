"""Regionsloven: the elections that a regional council holds among its own members.

:mod:`~kommunalvalg.regions.councils` knows the sizes of the councils and the seventeen sundhedsråd,
:mod:`~kommunalvalg.regions.posts` elects the chair and the deputies, and says who can lead what,
:mod:`~kommunalvalg.regions.committees` distributes the seats of the committees and the sundhedsråd, and
:mod:`~kommunalvalg.regions.meetings` says which meeting elects whom, and by when.
"""

from kommunalvalg.regions.committees import apply_claims, elect_committees
from kommunalvalg.regions.councils import council_size, health_council_sizes, health_councils, municipal_members
from kommunalvalg.regions.meetings import check_meeting
from kommunalvalg.regions.posts import check_health_offices, elect_chair, elect_deputies, first_convener

__all__ = [
    "apply_claims",
    "check_health_offices",
    "check_meeting",
    "council_size",
    "elect_chair",
    "elect_committees",
    "elect_deputies",
    "first_convener",
    "health_council_sizes",
    "health_councils",
    "municipal_members",
]
__dir__ = __all__.copy
