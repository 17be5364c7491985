"""Who may do what: one table, use case → roles. Every write is checked against it; the window asks it why a button is not theirs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _


class Role(StrEnum):
    """What a person is at the station; several at once are usual."""

    CHIEF = "chief"
    DEPUTY = "deputy"
    ACTING_CHIEF = "acting_chief"
    LEADER = "leader"
    OPERATOR = "operator"
    METERING = "metering"
    SAFETY = "safety"
    ELECTRICIAN = "electrician"
    PATROLLER = "patroller"
    OFFICE = "office"
    SUPERIOR = "superior"
    AUDITOR = "auditor"


ROLE_NAMES = {
    Role.CHIEF: N_("station chief"),
    Role.DEPUTY: N_("deputy chief"),
    Role.ACTING_CHIEF: N_("acting chief"),
    Role.LEADER: N_("shift leader"),
    Role.OPERATOR: N_("operator"),
    Role.METERING: N_("metering specialist"),
    Role.SAFETY: N_("safety officer"),
    Role.ELECTRICIAN: N_("electrician"),
    Role.PATROLLER: N_("line patroller"),
    Role.OFFICE: N_("office"),
    Role.SUPERIOR: N_("superior"),
    Role.AUDITOR: N_("auditor"),
}

CHIEFS = frozenset({Role.CHIEF, Role.DEPUTY, Role.ACTING_CHIEF})
LEADERS = CHIEFS | {Role.LEADER}
CREW = LEADERS | {Role.OPERATOR}
STATION = frozenset(Role) - {Role.SUPERIOR, Role.AUDITOR}
"""Everybody who works at the station."""
READERS = frozenset(Role)

ALLOWED: dict[str, frozenset[Role]] = {
    # station and settings
    "setup": CHIEFS,
    "change_station": CHIEFS,
    "set_setting": CHIEFS,
    "set_list": CHIEFS,
    "set_contact": CHIEFS,
    "retire_contact": CHIEFS,
    "set_crew": CHIEFS,
    "set_rotation": CHIEFS,
    "set_pattern": CHIEFS,
    # people
    "add_person": CHIEFS,
    "change_person": CHIEFS,
    "retire_person": CHIEFS,
    "place_in_crew": CHIEFS,
    "grant_role": CHIEFS,
    "revoke_role": CHIEFS,
    "make_account": CHIEFS,
    "retire_account": CHIEFS,
    "reset_password": CHIEFS,
    "make_recovery_code": CHIEFS,
    "change_password": READERS,
    "use_recovery_code": READERS,
    "see_notice": READERS,
    # shifts
    "open_first_shift": LEADERS,
    "sign_on": STATION,
    "sign_on_other": LEADERS,
    "sign_off": STATION,
    "sign_off_crew": STATION,
    "lead_shift": STATION,
    "confirm_on_post": STATION,
    "confirm_stand_in": CHIEFS,
    "extend_duty": STATION,
    "end_emergency": LEADERS,
    "say_reason": STATION,
    # readings
    "take_reading": CREW | {Role.METERING},
    "take_hour": CREW | {Role.METERING},
    "paste_readings": CREW | {Role.METERING},
    "import_readings": CREW | {Role.METERING},
    "correct_reading": CREW | {Role.METERING},
    "explain_reading": CREW | {Role.METERING},
    "explain_gap": CREW | {Role.METERING},
    "add_point": CHIEFS | {Role.METERING},
    "set_point_version": CHIEFS | {Role.METERING},
    "retire_point": CHIEFS | {Role.METERING},
    # rounds
    "start_round": STATION,
    "answer_round_line": STATION,
    "pause_round": STATION,
    "resume_round": STATION,
    "abort_round": STATION,
    "close_round": STATION,
    "explain_window": STATION,
    "add_route": CHIEFS,
    "set_route_version": CHIEFS,
    "retire_route": CHIEFS,
    # checklists
    "start_checklist": STATION,
    "answer_checklist_line": STATION,
    "pause_checklist": STATION,
    "resume_checklist": STATION,
    "abort_checklist": STATION,
    "close_checklist": STATION,
    "add_checklist": CHIEFS | {Role.SAFETY},
    "set_checklist_version": CHIEFS | {Role.SAFETY},
    "retire_checklist": CHIEFS | {Role.SAFETY},
    # log
    "write_log": STATION,
    "claim_entry": STATION,
    # hazards and open items
    "raise_hazard": STATION,
    "assign_hazard": LEADERS | {Role.SAFETY},
    "defer_hazard": LEADERS | {Role.SAFETY},
    "report_hazard": STATION,
    "rectify_hazard": STATION,
    "send_back_hazard": STATION,
    "close_hazard": STATION,
    "open_item": STATION,
    "read_back": STATION,
    "finish_item": STATION,
    # roster
    "draft_roster": CHIEFS,
    "change_roster": CHIEFS,
    "publish_roster": CHIEFS,
    "draft_duty_sheet": CHIEFS | {Role.OFFICE},
    "change_duty_sheet": CHIEFS | {Role.OFFICE},
    "publish_duty_sheet": CHIEFS | {Role.SUPERIOR},
    "publish_holiday_sheet": frozenset({Role.SUPERIOR}),
    "set_roster_rules": CHIEFS,
    "set_day_kinds": CHIEFS,
    "set_calendar_day": CHIEFS | {Role.OFFICE},
    "import_calendar": CHIEFS | {Role.OFFICE},
    "set_qualification": CHIEFS | {Role.SAFETY, Role.OFFICE},
    "retire_qualification": CHIEFS | {Role.SAFETY, Role.OFFICE},
    "set_fixed_duty": CHIEFS,
    "end_fixed_duty": CHIEFS,
    "make_wish": STATION,
    "end_wish": STATION,
    "ask_leave": STATION,
    "record_leave": LEADERS,
    "withdraw_leave": STATION,
    "decide_leave": CHIEFS,
    "ask_swap": STATION,
    "agree_swap": STATION,
    "withdraw_swap": STATION,
    "decide_swap": CHIEFS,
    # metering
    "set_stream": CHIEFS | {Role.METERING},
    "retire_stream": CHIEFS | {Role.METERING},
    "set_contract": CHIEFS | {Role.METERING},
    "add_composition": CHIEFS | {Role.METERING},
    "substitute": CHIEFS | {Role.METERING},
    "withdraw_substitute": CHIEFS | {Role.METERING},
    "withdraw_switch": LEADERS | {Role.METERING},
    "change_meter": CHIEFS | {Role.METERING},
    "recompute": CHIEFS | {Role.METERING},
    "set_gas_day_figure": CREW | {Role.METERING},
    "certify_day": CHIEFS | {Role.METERING},
    # takeover of the gas
    "enter_base_reading": CREW,
    "give_takeover_reason": CREW,
    "open_discrepancy": CREW | {Role.METERING},
    "amend_discrepancy": CREW | {Role.METERING},
    "sign_discrepancy": CREW | {Role.METERING},
    "close_discrepancy": CHIEFS | {Role.METERING},
    "enter_voucher": CREW | {Role.METERING},
    "switch_run": CREW | {Role.METERING},
    # handover
    "give_verdict": CREW,
    "accept_reservation": CREW,
    "object_to_handover": CREW,
    "begin_unscheduled": CREW,
    "sign_outgoing": CREW,
    "sign_incoming": CREW,
    "sign_in_ink": CREW,
    "settle_ink": STATION,
    # sheets
    "record_print": READERS,
    "set_sheet_template": CHIEFS,
    # correctors' archives
    "import_archive": CREW | {Role.METERING},
    "save_archive_mapping": CHIEFS | {Role.METERING},
    # equipment
    "set_equipment": LEADERS | {Role.METERING, Role.SAFETY, Role.ELECTRICIAN},
    "retire_equipment": CHIEFS,
}
"""Each feature adds its use cases in its own block, one line each."""

OPEN_TO_NOBODY = frozenset({"record_emergency", "declare_emergency", "failed_sign_in"})
"""What works without any login: an emergency never waits for a password."""

OPEN_TO_PROGRAM = frozenset({"init", "draft_roster", "setup", "demo", "upgrade", "restore", "record_print"})
"""What the program does itself, without a person."""


class RoleNames(tuple[Role, ...]):
    """Roles that are named in the language of whoever reads the sentence they stand in; all who work at the station in one word."""

    def __str__(self) -> str:
        if frozenset(self) == STATION:
            return _("the people of the station")
        return _(", ").join(_(ROLE_NAMES[role]) for role in self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class NotAllowedError(DomainError):
    """The roles a person has now do not include one that may do this."""

    words = N_("This is for: {needed}.")

    def __init__(self, use_case: str, roles: Iterable[Role]) -> None:
        needed = ALLOWED.get(use_case, frozenset())
        super().__init__(use_case=use_case, roles=frozenset(roles), needed=RoleNames(role for role in Role if role in needed))


def whose(refusal: NotAllowedError) -> str:
    """Whose action it is, in few words, for the button that is not theirs who looks."""
    return _("for: {needed}").format(needed=refusal.needed)


def allowed(roles: Iterable[Role], use_case: str) -> bool:
    """Whether somebody with these roles may do it. KeyError for a use case that is not in the table."""
    return use_case in OPEN_TO_NOBODY or not ALLOWED[use_case].isdisjoint(roles)


def check(roles: Iterable[Role], use_case: str) -> None:
    """Refuse with NotAllowedError unless one of the roles may do it. KeyError for a use case that is not in the table."""
    roles = frozenset(roles)
    if not allowed(roles, use_case):
        raise NotAllowedError(use_case, roles)
