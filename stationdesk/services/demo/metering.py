"""The demo's metering: reports of the laboratory, switches of runs, base readings at every takeover, and each gas day's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.certificate import CHECKS, Checked
from stationdesk.domain.metering.gas_day import Figure
from stationdesk.services.demo import texts
from stationdesk.services.demo.gas import BEGINS, Counters, components, gas_day, report_day
from stationdesk.services.demo.load import noise
from stationdesk.services.demo.station import Cast, Somebody
from stationdesk.services.demo.walks import Place
from stationdesk.services.metering.certificates import put_certificate
from stationdesk.services.metering.compositions import CompositionText, put_composition
from stationdesk.services.metering.gas_day import put_figure
from stationdesk.storage.log import LogEntry
from stationdesk.storage.metered import BaseReading, RunSwitch, Voucher
from stationdesk.storage.metering import MeteringContract, Stream
from stationdesk.storage.shifts import Shift

READ_BASES = timedelta(minutes=2)  # after the end of the shift
ENTERED, CERTIFIED, BOOKED, NOMINATED = (timedelta(hours=h, minutes=m) for h, m in ((8, 40), (9, 10), (10, 5), (15, 0)))
REPORTED = timedelta(hours=14)  # the day before the report holds
PACK, OWN_USE, TANK, LOW = 18_400, 310, Decimal(200), Decimal(45)
CONTENT = Decimal("0.0000202")  # kg of odorant for each m³
LOSS = 0.0024  # of what is received, as gas meters of a city go


@dataclass
class Metering:
    """Plays it shift by shift; `received`: what had been received when a gas day began; `tank`: kg of odorant."""

    cast: Cast
    place: Place
    counters: Counters
    tank: Decimal = Decimal("164.0")
    pack: Decimal = Decimal(PACK)
    received: dict[date, Decimal] = field(default_factory=dict)
    _runs: tuple[int, ...] = ()

    @property
    def _specialist(self) -> Somebody:
        return self.cast.staff["metering"]

    def begin(self, session: Session, at: datetime) -> None:
        """The report that holds when the demo begins, and the contract with the pipeline company."""
        self._report(session, report_day(gas_day(self._local(at))), at, at)
        by = self._specialist.person_id
        session.add(MeteringContract(number="GX-2026-018", counterpart="省管网公司", valid_from=at, by_id=by, at=at))

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.place.zone)

    def _streams(self, session: Session) -> tuple[int, ...]:
        if not self._runs:
            self._runs = tuple(session.scalars(select(Stream.id).order_by(Stream.code)))
        return self._runs

    def _wall(self, day: date, clock: timedelta) -> datetime:
        return datetime.combine(day, time(), self.place.zone) + clock

    def _report(self, session: Session, week: date, valid_from: datetime, at: datetime) -> None:
        text = CompositionText(
            report=f"HY-{week:%Y%m%d}",
            components=components(self.place.seed, week),
            valid_from=valid_from,
            laboratory="省计量院天然气实验室",
            sampled_at=min(at, valid_from) - timedelta(hours=20),
            sulfur_mg_m3=Decimal("1.8"),
            hydrogen_sulfide_mg_m3=Decimal("0.9"),
            dew_point_c=Decimal("-11.5"),
        )
        put_composition(session, text, self._specialist.person_id, at)

    def before_readings(self, session: Session, shift: Shift, crew: Sequence[Somebody]) -> None:
        """What must be known before the hours of a shift are read: switches of runs, and the report of a new week."""
        start, end = self._local(shift.starts_at), self._local(shift.ends_at)
        for turn in self.counters.turns(start, end):
            if turn.local + timedelta(minutes=4) < self.place.until:
                self._switch(session, shift, turn.closes, turn.local, crew[0])
        for day in sorted({start.date(), end.date()}):
            week, told = day + timedelta(days=1), self._wall(day, REPORTED)
            if report_day(week) == week and shift.starts_at < told <= min(shift.ends_at, self.place.until):
                self._report(session, week, self._wall(week, timedelta(hours=BEGINS)), told)

    def _switch(self, session: Session, shift: Shift, closes: int, local: datetime, by: Somebody) -> None:
        (turn,) = (each for each in self.counters.turns(local - timedelta(minutes=1), local) if each.local == local)
        runs, opens = self._streams(session), 1 - closes
        told, at = ("调度中心 陈调", local + timedelta(minutes=4))
        reason = texts.SWITCH_OUT if closes == 0 else texts.SWITCH_BACK
        session.add(
            RunSwitch(
                time=local,
                from_id=runs[closes],
                from_counter=turn.metered[closes],
                from_corrected=turn.corrected[closes],
                to_id=runs[opens],
                to_counter=turn.metered[opens],
                to_corrected=turn.corrected[opens],
                pressure_kpa=turn.at.pressure,
                temperature_c=turn.at.celsius,
                reason=reason,
                told=told,
                shift_id=shift.id,
                by_id=by.person_id,
                at=at,
            )
        )
        text = f"切换计量管路：{closes + 1}# 停用，{opens + 1}# 投用。{reason}已报{told}。"
        session.add(LogEntry(shift_id=shift.id, category="operation", text=text, time=local, at=at, by_id=by.person_id, desk="desk-1"))
        session.flush()

    def at_takeover(self, session: Session, shift: Shift, following: Sequence[Somebody]) -> None:
        """The relief reads the counters of both runs by itself."""
        end, at = shift.ends_at, shift.ends_at + READ_BASES
        if not following or at >= self.place.until:
            return
        shown = self.counters.at(self._local(end))
        for n, stream_id in enumerate(self._streams(session), 1):
            session.add(
                BaseReading(
                    shift_id=shift.id,
                    stream_id=stream_id,
                    side="incoming",
                    counter=shown[f"m-{n}"],
                    corrected=shown[f"n-{n}"],
                    frozen=True,
                    read_at=end,
                    by_id=following[0].person_id,
                    at=at,
                )
            )
        session.flush()

    def by_day(self, session: Session, shift: Shift) -> None:
        """What the metering person does in the day shift: yesterday's figures, certificate and voucher, tomorrow's nomination."""
        local = self._local(shift.starts_at)
        self.received.setdefault(gas_day(local), self.counters.total if local.hour == BEGINS else Decimal(0))
        if local.hour != BEGINS:
            return
        day, yesterday = local.date(), local.date() - timedelta(days=1)
        self.received[day] = self._total_at(local)
        if (began := self.received.get(yesterday)) and yesterday >= self._local(self.cast.begins).date():
            self._close(session, yesterday, self.received[day] - began, day)
        if self._wall(day, NOMINATED) < self.place.until:
            self._nominate(session, day)

    def _total_at(self, local: datetime) -> Decimal:
        return self.counters.total_ahead(local)

    def _nominate(self, session: Session, day: date) -> None:
        following = day + timedelta(days=1)
        start, end = (self._wall(each, timedelta(hours=BEGINS)) for each in (following, following + timedelta(days=1)))
        expected = self.counters.total_ahead(end) - self.counters.total_ahead(start)
        chance = noise(self.place.seed, f"nomination {day.isoformat()}")
        value = Decimal(round(float(expected) * chance.uniform(0.97, 1.03) / 1000) * 1000)
        put_figure(session, following, Figure.NOMINATION, value, self._specialist.person_id, self._wall(day, NOMINATED))

    def _close(self, session: Session, day: date, received: Decimal, today: date) -> None:
        by, entered = self._specialist.person_id, self._wall(today, ENTERED)
        if entered < self.place.until:
            for kind, value in self._figures(day, received).items():
                put_figure(session, day, kind, value, by, entered)
        if (certified := self._wall(today, CERTIFIED)) < self.place.until:
            put_certificate(session, day, self._checked(), "", by, certified)
        if (booked := self._wall(today, BOOKED)) < self.place.until:
            self._book(session, day, received, booked)

    def _figures(self, day: date, received: Decimal) -> dict[Figure, Decimal]:
        chance = noise(self.place.seed, f"gas day {day.isoformat()}")
        own, vented = Decimal(OWN_USE + chance.randrange(-40, 60)), Decimal(chance.choice((0, 0, 0, 0, 0, 0, 40, 120)))
        before, after = self.pack, Decimal(PACK + chance.randrange(-500, 500))
        lost = Decimal(round(float(received) * (LOSS + chance.uniform(-0.0016, 0.0016))))
        tank, used = self.tank, (received * CONTENT).quantize(Decimal("0.1"))
        added = TANK if tank - used < LOW else Decimal(0)
        self.pack, self.tank = after, tank + added - used
        return {
            Figure.DELIVERED: received.quantize(Decimal(1)) - own - vented - (after - before) - lost,
            Figure.OWN_USE: own,
            Figure.VENTED: vented,
            Figure.PACK_BEFORE: before,
            Figure.PACK_AFTER: after,
            Figure.ODORANT_BEFORE: tank,
            Figure.ODORANT_ADDED: added,
            Figure.ODORANT_AFTER: self.tank,
        }

    def _checked(self) -> tuple[Checked, ...]:
        return tuple(Checked(str(run), check, True) for run in (1, 2) for check in CHECKS)

    def _book(self, session: Session, day: date, received: Decimal, at: datetime) -> None:
        chance = noise(self.place.seed, f"voucher {day.isoformat()}")
        start, end = (self._wall(each, timedelta(hours=BEGINS)) for each in (day, day + timedelta(days=1)))
        session.add(
            Voucher(
                number=f"PZ-{day:%Y%m%d}",
                start=start,
                end=end,
                volume=Decimal(round(float(received) * chance.uniform(0.9992, 1.0008))),
                counterpart="省管网公司",
                by_id=self._specialist.person_id,
                at=at,
            )
        )
