"""Notices to the chief in words; what is stored are codes and ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stationdesk.domain.words import N_, _

if TYPE_CHECKING:
    from stationdesk.services.notices import NoticeView

WORDS = {
    "stand_in": N_("{person} stands in for {for_person}: {reason}"),
    "signed_on_other": N_("{by} signed {person} on: {reason}"),
    "leader_changed": N_("{person} leads the shift in place of {before}: {reason}"),
    "post_left": N_("{person} left the post: {reason}"),
    "duty_extended": N_("The relief is absent, {people} on extended duty: {reason}"),
    "emergency": N_("Emergency state declared. {words}"),
    "password_reset": N_("{by} reset the password of {person}"),
    "password_recovery": N_("{person} came in with the recovery code"),
    "hazard_to_report": N_("Hazard {number} has to be reported: {place}"),
    "reservation": N_("Handover {number}, taken with a reservation: {words}"),
    "refuse": N_("Handover {number} refused by {by}: {words}"),
    "dissent": N_("Handover {number}, dissent of {by}: {words}"),
    "withdraw": N_("Handover {number}, refusal withdrawn by {by}. {words}"),
    "unscheduled": N_("Unscheduled handover {number}: {words}"),
    "leave_asked": N_("{person} asks for leave from {first} to {last}"),
    "swap_asked": N_("{person} and {other} ask for a swap on {day}"),
    "ink": N_("Handover {number} was signed in ink: {words}"),
    "discrepancy": N_("Discrepancy sheet {number}: {words}"),
}
PEOPLE = ("person", "for_person", "before", "by", "other")


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def notice_words(notice: NoticeView, names: dict[int, str]) -> str:
    """One notice as a sentence; a kind this program does not know is called by its subject."""
    values = _Values({key: _value(key, value, names) for key, value in notice.values.items()})
    words = WORDS.get(notice.kind)
    if words is None:
        return _("Notice about {what} {number}").format(what=notice.subject_kind, number=notice.subject_id)
    return _(words).format_map(values).strip(" :：")


def _value(key: str, value: object, names: dict[int, str]) -> str:
    if key in PEOPLE and isinstance(value, int):
        return names.get(value, "")
    return "" if value is None else str(value)


def notice_page(notice: NoticeView) -> tuple[str, object]:
    """Where one sees more: page and target; "" for nowhere."""
    targets: dict[str, tuple[str, object]] = {
        "hazard": ("hazards", notice.subject_id),
        "handover": ("handover", ("closed", notice.subject_id)),
        "discrepancy": ("metering", "papers"),
    }
    return targets.get(notice.subject_kind, ("", None))
