"""Shifts: what is planned, who is on duty, the emergency state, and the desk as one sees it."""

from stationdesk.services.shifts.arrive import Candidate, ShiftOffer, SignOnView, arrive, log_in, sign_on_view
from stationdesk.services.shifts.desk import Coming, DeskView, OnDuty, PersonRef, desk_view
from stationdesk.services.shifts.duty import SignOn, leader_of, make_shift, open_first_shift, sign_on
from stationdesk.services.shifts.emergency import declare_emergency, end_emergency
from stationdesk.services.shifts.plan import Expected, plan_in_force, planned, planned_after, planned_days, relief
from stationdesk.services.shifts.stay import (
    confirm_on_post,
    confirm_stand_in,
    extend_duty,
    lead_shift,
    put_off,
    put_offs,
    sign_off,
)
from stationdesk.services.shifts.view import (
    EmergencyView,
    ShiftView,
    active_emergency,
    awaited,
    current,
    on_duty,
    open_spells,
    shift_view,
    spell_of,
    spells,
    the_open_shift,
)

__all__ = [
    "Candidate",
    "Coming",
    "DeskView",
    "EmergencyView",
    "Expected",
    "OnDuty",
    "PersonRef",
    "ShiftOffer",
    "ShiftView",
    "SignOn",
    "SignOnView",
    "active_emergency",
    "arrive",
    "awaited",
    "confirm_on_post",
    "confirm_stand_in",
    "current",
    "declare_emergency",
    "desk_view",
    "end_emergency",
    "extend_duty",
    "lead_shift",
    "leader_of",
    "log_in",
    "make_shift",
    "on_duty",
    "open_first_shift",
    "open_spells",
    "plan_in_force",
    "planned",
    "planned_after",
    "planned_days",
    "put_off",
    "put_offs",
    "relief",
    "shift_view",
    "sign_off",
    "sign_on",
    "sign_on_view",
    "spell_of",
    "spells",
    "the_open_shift",
]
