"""Shifts: what is planned, who is on duty, the emergency state, and the desk as one sees it."""

from stationdesk.services.shifts.arrive import Candidate, ShiftOffer, SignOnView, arrive, log_in, sign_on_view
from stationdesk.services.shifts.desk import Coming, DeskView, OnDuty, PersonRef, desk_view
from stationdesk.services.shifts.duty import SignOn, early_by, leader_of, make_shift, open_first_shift, sign_on
from stationdesk.services.shifts.emergency import declare_emergency, end_emergency
from stationdesk.services.shifts.facts import duty_facts
from stationdesk.services.shifts.plan import Expected, plan_in_force, planned, planned_after, planned_days, relief
from stationdesk.services.shifts.put_off import say_reason, unsaid
from stationdesk.services.shifts.stay import (
    confirm_on_post,
    confirm_stand_in,
    extend_duty,
    lead_shift,
    sign_off,
    sign_off_crew,
)
from stationdesk.services.shifts.view import (
    EmergencyView,
    ShiftView,
    active_emergency,
    awaited,
    closed_shifts,
    current,
    on_duty,
    open_spells,
    relieved,
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
    "closed_shifts",
    "confirm_on_post",
    "confirm_stand_in",
    "current",
    "declare_emergency",
    "desk_view",
    "duty_facts",
    "early_by",
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
    "relief",
    "relieved",
    "say_reason",
    "shift_view",
    "sign_off",
    "sign_off_crew",
    "sign_on",
    "sign_on_view",
    "spell_of",
    "spells",
    "the_open_shift",
    "unsaid",
]
