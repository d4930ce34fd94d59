"""Lov om kommunernes styrelse: the elections that a council holds among its own members.

:mod:`~kommunalvalg.constitution.groups` counts the groups that vote together,
:mod:`~kommunalvalg.constitution.order` says in which order they choose,
:mod:`~kommunalvalg.constitution.posts` elects the mayor and the deputies,
:mod:`~kommunalvalg.constitution.chairs` the chairs of committees where they are chosen first,
:mod:`~kommunalvalg.constitution.bodies` distributes the seats of one committee,
:mod:`~kommunalvalg.constitution.committees` those of all committees,
:mod:`~kommunalvalg.constitution.claims` enumerates and carries out what a group may claim of them,
:mod:`~kommunalvalg.constitution.outside` elects the other bodies,
:mod:`~kommunalvalg.constitution.vacant` fills a post or a place that falls vacant, and
:mod:`~kommunalvalg.constitution.slates` checks the people who are proposed for a body.
"""

from kommunalvalg.constitution.bodies import CommitteeCase, elect_committee
from kommunalvalg.constitution.chairs import Chairs, ChairsCase, elect_chairs, elect_mayor_and_chairs
from kommunalvalg.constitution.claims import Placement, apply_claims, placements
from kommunalvalg.constitution.committees import (
    Claim,
    Committees,
    CommitteesCase,
    ExtraMembers,
    Transfer,
    elect_committees,
)
from kommunalvalg.constitution.groups import voting_groups
from kommunalvalg.constitution.order import PickingCase, PickingOrder, picking_order
from kommunalvalg.constitution.outside import Body, BodyCase, Polling, PollingCase, elect_body, elect_polling_officers
from kommunalvalg.constitution.posts import (
    Convener,
    ConvenerCase,
    PostCase,
    Service,
    elect_deputy_mayor,
    elect_deputy_mayors,
    elect_mayor,
    first_convener,
)
from kommunalvalg.constitution.slates import Balance, BalanceCase, BoardCase, BoardCheck, check_balance, check_board
from kommunalvalg.constitution.vacant import (
    FilledPlace,
    NoConfidence,
    NoConfidenceCase,
    PostVacancyCase,
    Refill,
    VacatedPlaceCase,
    fill_place,
    no_confidence,
    refill_post,
)

__all__ = [
    "Balance",
    "BalanceCase",
    "BoardCase",
    "BoardCheck",
    "Body",
    "BodyCase",
    "Chairs",
    "ChairsCase",
    "Claim",
    "CommitteeCase",
    "Committees",
    "CommitteesCase",
    "Convener",
    "ConvenerCase",
    "ExtraMembers",
    "FilledPlace",
    "NoConfidence",
    "NoConfidenceCase",
    "PickingCase",
    "PickingOrder",
    "Placement",
    "Polling",
    "PollingCase",
    "PostCase",
    "PostVacancyCase",
    "Refill",
    "Service",
    "Transfer",
    "VacatedPlaceCase",
    "apply_claims",
    "check_balance",
    "check_board",
    "elect_body",
    "elect_chairs",
    "elect_committee",
    "elect_committees",
    "elect_deputy_mayor",
    "elect_deputy_mayors",
    "elect_mayor",
    "elect_mayor_and_chairs",
    "elect_polling_officers",
    "fill_place",
    "first_convener",
    "no_confidence",
    "picking_order",
    "placements",
    "refill_post",
    "voting_groups",
]
__dir__ = __all__.copy
