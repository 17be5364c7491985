"""The streams of a takeover as both leaders sign them: what was read, recomputed and compared, in codes and values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.metering.compare import About
from stationdesk.domain.metering.taken import TakenStream, check_values
from stationdesk.services.metering.takeover import StreamTakeover, takeover
from stationdesk.storage.shifts import Shift


def taken_streams(session: Session, shift: Shift, at: datetime) -> tuple[TakenStream, ...]:
    """Those the relief has read, in the station's order."""
    found = takeover(session, shift, at)
    return tuple(_taken(each) for each in found.streams if each.incoming is not None) if found else ()


def _taken(each: StreamTakeover) -> TakenStream:
    mine, theirs, gas, compared, voucher = each.incoming, each.outgoing, each.gas, each.comparison, each.voucher
    corrector = compared.of(About.CORRECTOR) if compared else None
    before = gas.hours[0].opening if gas and gas.hours else None
    assert mine is not None
    return TakenStream(
        stream_id=each.stream_id,
        code=each.stream.code,
        name=each.stream.name,
        light=str(each.light),
        counter=mine.counter,
        corrected=mine.corrected,
        counter_before=before.counter if before else None,
        corrected_before=before.corrected if before else None,
        counter_outgoing=theirs.counter if theirs else None,
        corrected_outgoing=theirs.corrected if theirs else None,
        read_at=mine.read_at,
        frozen=mine.frozen,
        unread=mine.words,
        entries=mine.entries,
        volume=gas.volume if gas else None,
        base_volume=gas.base_volume if gas else None,
        heating_value=gas.heating_value if gas else None,
        energy_mj=gas.energy_mj if gas else None,
        corrector_volume=corrector.value if corrector else gas.corrector_volume if gas else None,
        voucher=voucher.number if voucher else "",
        voucher_volume=voucher.volume if voucher else None,
        tolerance=compared.tolerance if compared else Decimal(0),
        checks=tuple(map(check_values, compared.checks)) if compared else (),
        lacks=tuple(map(str, gas.lacks)) if gas else (),
        reason=each.reason.words if each.reason and each.reason.holds else "",
        sheet=each.sheet.number if each.sheet else "",
    )
