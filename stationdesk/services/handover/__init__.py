"""Handover: composed from the records at any moment, judged by both crews, signed by both leaders."""

from stationdesk.services.handover.desk import composed
from stationdesk.services.handover.signing import settle_ink, sign_in_ink, sign_incoming, sign_outgoing
from stationdesk.services.handover.verdicts import accept_reservation, begin_unscheduled, give_verdict, object_to, withdraw_verdict
from stationdesk.services.handover.view import (
    HandoverLine,
    HandoverView,
    InkView,
    LineView,
    NextShift,
    ObjectionView,
    Said,
    Signer,
    closed_view,
    handover_of_shift,
    handover_view,
    owed_inks,
    past_handovers,
)

__all__ = [
    "HandoverLine",
    "HandoverView",
    "InkView",
    "LineView",
    "NextShift",
    "ObjectionView",
    "Said",
    "Signer",
    "accept_reservation",
    "begin_unscheduled",
    "closed_view",
    "composed",
    "give_verdict",
    "handover_of_shift",
    "handover_view",
    "object_to",
    "owed_inks",
    "past_handovers",
    "settle_ink",
    "sign_in_ink",
    "sign_incoming",
    "sign_outgoing",
    "withdraw_verdict",
]
