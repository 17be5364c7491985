"""Where the takeover of the gas is not green: the relief of the demo says why, or both sides sign a discrepancy sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.metering.needs import Need
from stationdesk.domain.metering.takeover import fingerprint
from stationdesk.services.demo.station import Somebody
from stationdesk.services.demo.walks import Place
from stationdesk.services.metering.blind import INCOMING, OUTGOING
from stationdesk.services.metering.discrepancies import SheetText, put_closure, put_sheet, put_side
from stationdesk.services.metering.takeover import StreamTakeover, takeover
from stationdesk.storage.metered import Discrepancy, TakeoverReason
from stationdesk.storage.shifts import Shift

REASON = "负荷变化大，修正仪整点值滞后，已与交班人当面核对表头"
EVIDENCE = "13:00、14:00 进站压力抄成 {wrong} MPa，与就地压力表及修正仪不符；其余时段一致。"
CLOSING = "已与修正仪整点档案核对：压力抄录两位数字颠倒，按修正仪量结算。"
BACK, HOURS = 9, (13, 14)  # so many days before the demo ends the inlet pressure is written down with two digits the other way round
CLOSED_AFTER = timedelta(hours=20)


def misread(place: Place, local: datetime, value: Decimal) -> Decimal:
    """The inlet pressure as somebody writes it down: 2.64 for 2.46 on one afternoon."""
    if local.date() != _day(place) or local.hour not in HOURS:
        return value
    digits = str(value)
    return Decimal(digits[:-2] + digits[-1] + digits[-2])


def _day(place: Place) -> date:
    return place.until.astimezone(place.zone).date() - timedelta(days=BACK)


@dataclass
class Takeovers:
    """What the two sides say of the gas; a sheet is closed by the metering person the day after."""

    place: Place
    specialist: Somebody
    waiting: list[tuple[int, datetime, Decimal]] = field(default_factory=list)

    def agree(self, session: Session, shift: Shift, outgoing: Somebody, incoming: Somebody, at: datetime) -> None:
        """A reason for every run that asks for one, a signed sheet for every run that is red."""
        found = takeover(session, shift, at)
        for each in found.streams if found else ():
            if each.comparison is None:
                continue
            if Need.REASON in each.needs:
                now = fingerprint(each.comparison)
                by = incoming.person_id
                session.add(TakeoverReason(shift_id=shift.id, stream_id=each.stream_id, found=now, words=REASON, by_id=by, at=at))
            elif Need.SHEET in each.needs:
                self._sheet(session, shift, each, outgoing, incoming, at)
        session.flush()

    def _sheet(self, session: Session, shift: Shift, each: StreamTakeover, outgoing: Somebody, incoming: Somebody, at: datetime) -> None:
        counted = each.gas.corrector_volume if each.gas else None
        wrong = str(each.gas.hours[4].closing.pressure_kpa) if each.gas else ""
        text = SheetText("pressure", EVIDENCE.format(wrong=_gauge(wrong)), counted or Decimal(0), "corrector")
        row = put_sheet(session, incoming.person_id, shift, each.stream_id, text, at)
        put_side(session, row, OUTGOING, outgoing.signer, at)
        put_side(session, row, INCOMING, incoming.signer, at)
        self.waiting.append((row.id, at + CLOSED_AFTER, counted or Decimal(0)))

    def settle(self, session: Session, until: datetime) -> None:
        """Close what is looked into by then."""
        for waits in [each for each in self.waiting if each[1] <= until]:
            row = session.get_one(Discrepancy, waits[0])
            put_closure(session, row, waits[2], CLOSING, self.specialist.signer, waits[1])
            self.waiting.remove(waits)


def _gauge(kpa: str) -> str:
    return f"{(Decimal(kpa) - Decimal('101.325')) / 1000:.2f}" if kpa else ""
