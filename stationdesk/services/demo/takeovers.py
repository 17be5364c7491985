"""Where the takeover of the gas is not green, the relief of the demo says why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.metering.needs import Need
from stationdesk.domain.metering.takeover import fingerprint
from stationdesk.services.demo.station import Somebody
from stationdesk.services.metering.takeover import takeover
from stationdesk.storage.metered import TakeoverReason
from stationdesk.storage.shifts import Shift

REASON = "负荷变化大，修正仪整点值滞后，已与交班人当面核对表头"


def explain_gas(session: Session, shift: Shift, by: Somebody, at: datetime) -> None:
    """A reason for every run that asks for one."""
    found = takeover(session, shift, at)
    for each in found.streams if found else ():
        if Need.REASON in each.needs and each.comparison is not None:
            found_now = fingerprint(each.comparison)
            reason = TakeoverReason(shift_id=shift.id, stream_id=each.stream_id, found=found_now, words=REASON, by_id=by.person_id, at=at)
            session.add(reason)
    session.flush()
