"""Handover: composed from the records at any moment, judged by both crews, signed by both leaders."""

from stationdesk.services.handover.board import PLACE, Board, handover_board
from stationdesk.services.handover.desk import composed
from stationdesk.services.handover.figures import Counter, Figure
from stationdesk.services.handover.ready import Ready, ready
from stationdesk.services.handover.signing import settle_ink, sign_in_ink, sign_incoming, sign_outgoing
from stationdesk.services.handover.verdicts import (
    accept_reservation,
    begin_unscheduled,
    end_unscheduled,
    give_verdict,
    object_to,
    withdraw_verdict,
)
from stationdesk.services.handover.view import (
    closed_view,
    handover_of_shift,
    handover_view,
    open_shift_id,
    owed_inks,
    past_handovers,
    recorded,
)
from stationdesk.services.handover.views import (
    HandoverLine,
    HandoverView,
    InkView,
    LineView,
    NextShift,
    ObjectionView,
    Said,
    Signer,
)

__all__ = [
    "PLACE",
    "Board",
    "Counter",
    "Figure",
    "HandoverLine",
    "HandoverView",
    "InkView",
    "LineView",
    "NextShift",
    "ObjectionView",
    "Ready",
    "Said",
    "Signer",
    "accept_reservation",
    "begin_unscheduled",
    "closed_view",
    "composed",
    "end_unscheduled",
    "give_verdict",
    "handover_board",
    "handover_of_shift",
    "handover_view",
    "object_to",
    "open_shift_id",
    "owed_inks",
    "past_handovers",
    "ready",
    "recorded",
    "settle_ink",
    "sign_in_ink",
    "sign_incoming",
    "sign_outgoing",
    "withdraw_verdict",
]
