"""应急状态: one action without a password. Countdowns and demanded notes pause, a handover waits, both crews stay."""

from __future__ import annotations

from datetime import datetime

from stationdesk.domain.shifts import EmergencyStateError, check_emergency
from stationdesk.services.notices import notify
from stationdesk.services.shifts.view import active_emergency, current
from stationdesk.storage.shifts import Emergency
from stationdesk.storage.store import Actor, Store


def declare_emergency(store: Store, actor: Actor, words: str = "", *, at: datetime) -> int:
    """Begin it, whoever is at the desk; words may follow later. EmergencyStateError where there is one; its id."""
    with store.write(actor, "declare_emergency", at) as session:
        check_emergency(active_emergency(session) is not None, wanted=True)
        shift = current(session)
        by_id = actor.person_id if actor.person_id > 0 else None
        emergency = Emergency(declared_at=at, declared_by=by_id, words=words.strip(), shift_id=shift.id if shift else None)
        session.add(emergency)
        session.flush()
        notify(session, "emergency", "emergency", emergency.id, at, words=words.strip())
        return emergency.id


def end_emergency(store: Store, actor: Actor, words: str = "", *, at: datetime) -> None:
    """A leader ends it. EmergencyStateError where there is none."""
    with store.write(actor, "end_emergency", at) as session:
        emergency = active_emergency(session)
        if emergency is None:
            raise EmergencyStateError
        emergency.ended_at, emergency.ended_by, emergency.ended_words = at, actor.person_id, words.strip()
