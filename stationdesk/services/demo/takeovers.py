"""The relief of the demo reads the counters of the runs as the outgoing crew did; where that is not green it says why."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from stationdesk.domain.metering.needs import Need
from stationdesk.domain.metering.takeover import fingerprint
from stationdesk.services.demo.station import Somebody
from stationdesk.services.metering.blind import INCOMING
from stationdesk.services.metering.takeover import taken_over, takeover
from stationdesk.services.readings.kept import kept_whole
from stationdesk.storage.metered import BaseReading, TakeoverReason
from stationdesk.storage.shifts import Shift

READS = timedelta(minutes=2)  # after the end of the shift
REASON = "负荷变化大，修正仪整点值滞后，已与交班人当面核对表头"


def take_over_gas(session: Session, shift: Shift, by: Somebody, at: datetime) -> None:
    """Base readings of every run that was open in the shift, and a reason where one is asked."""
    for stream in taken_over(session, shift, at):
        kept = kept_whole(session, shift.ends_at, shift.ends_at)
        counter, corrected = (
            None if point is None else kept.value(point, shift.ends_at) for point in (stream.points.counter, stream.points.corrected)
        )
        session.add(
            BaseReading(
                shift_id=shift.id,
                stream_id=stream.stream_id,
                side=INCOMING,
                counter=counter,
                corrected=corrected,
                read_at=shift.ends_at,
                words="" if counter is not None and corrected is not None else "表头看不清",
                by_id=by.person_id,
                at=at,
            )
        )
    session.flush()
    found = takeover(session, shift, at)
    for each in found.streams if found else ():
        if Need.REASON in each.needs and each.comparison is not None:
            digest = fingerprint(each.comparison)
            reason = TakeoverReason(shift_id=shift.id, stream_id=each.stream_id, found=digest, words=REASON, by_id=by.person_id, at=at)
            session.add(reason)
    session.flush()
