"""The kommunekontaktråd (KKR): KL's vedtægter and the forretningsorden for KKR 2026-2030.

:mod:`~kommunalvalg.kkr.composition` says who sits in it, :mod:`~kommunalvalg.kkr.chairs` who leads it,
:mod:`~kommunalvalg.kkr.meeting` holds the rules of its meetings that are no elections,
:mod:`~kommunalvalg.kkr.plan` looks a plan of meetings up, :mod:`~kommunalvalg.kkr.appointments` appoints to bodies
outside it, and :mod:`~kommunalvalg.kkr.board` elects KL's board.
"""

from kommunalvalg.kkr.appointments import appoint_one, appoint_several, check_appointable
from kommunalvalg.kkr.board import KLBoardCase, elect_kl_board
from kommunalvalg.kkr.chairs import KKRChairs, KKRChairsCase, KKRConstitution, KKRPost, constitute_kkr, elect_kkr_chairs
from kommunalvalg.kkr.composition import KKRCase, KKRComposition, KKRSize, compose_kkr, kkr_size
from kommunalvalg.kkr.days import is_hverdag
from kommunalvalg.kkr.meeting import (
    KKRChange,
    KKRMember,
    check_first_meeting,
    check_notice,
    check_quorum,
    kkr_consequence,
    kkr_convener,
    kkr_voter,
    notice_deadline,
)
from kommunalvalg.kkr.plan import MeetingPlan, PlannedMeeting, plan_meetings

__all__ = [
    "KKRCase",
    "KKRChairs",
    "KKRChairsCase",
    "KKRChange",
    "KKRComposition",
    "KKRConstitution",
    "KKRMember",
    "KKRPost",
    "KKRSize",
    "KLBoardCase",
    "MeetingPlan",
    "PlannedMeeting",
    "appoint_one",
    "appoint_several",
    "check_appointable",
    "check_first_meeting",
    "check_notice",
    "check_quorum",
    "compose_kkr",
    "constitute_kkr",
    "elect_kkr_chairs",
    "elect_kl_board",
    "is_hverdag",
    "kkr_consequence",
    "kkr_convener",
    "kkr_size",
    "kkr_voter",
    "notice_deadline",
    "plan_meetings",
]
__dir__ = __all__.copy
