"""What a handover says of the duty itself: who stayed past the planned end, the emergency states of the shift, who owes a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.handover import DutyFacts, EmergencySpan, ExtendedDuty, UnsaidReason
from stationdesk.services.people.view import names
from stationdesk.services.shifts.put_off import unsaid
from stationdesk.services.shifts.view import spells
from stationdesk.storage.shifts import Emergency, Shift


def duty_facts(session: Session, shift: Shift, at: datetime) -> DutyFacts:
    """Of a shift, up to now."""
    people = names(session)
    stayed = tuple(
        ExtendedDuty(each.person_id, people.get(each.person_id, ""), each.extended_from, each.extended_reason, each.signed_off_at)
        for each in spells(session, shift.id)
        if each.extended_from is not None
    )
    spans = tuple(_span(each, people) for each in _emergencies(session, shift, at))
    return DutyFacts(stayed, spans, tuple(UnsaidReason(*each) for each in unsaid(session, shift.id)))


def _emergencies(session: Session, shift: Shift, at: datetime) -> list[Emergency]:
    """Declared in the shift, or lasting into it."""
    reaches = Emergency.ended_at.is_(None) | (Emergency.ended_at > (shift.opened_at or shift.starts_at))
    return list(
        session.scalars(select(Emergency).where(Emergency.declared_at <= at, reaches).order_by(Emergency.declared_at, Emergency.id))
    )


def _span(each: Emergency, people: dict[int, str]) -> EmergencySpan:
    by, ended_by = people.get(each.declared_by or 0, ""), people.get(each.ended_by or 0, "")
    return EmergencySpan(each.declared_at, by, each.words, each.ended_at, ended_by, each.ended_words)
