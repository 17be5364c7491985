"""The takeover of a shift's gas: the relief's own base readings, what both sides' values come to, and what is said of a difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.causes import Before, guesses
from stationdesk.domain.metering.compare import Base, Comparison, compare, stepped
from stationdesk.domain.metering.guessing import Guess
from stationdesk.domain.metering.needs import EARLY, Need
from stationdesk.domain.metering.shapes import HOUR, INLET, Light, Source, StreamGas, StreamRule
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.metering.takeover import fingerprint, needs_of
from stationdesk.domain.metering.volumes import stream_gas
from stationdesk.services.metering.archive_hours import archive_hours_in
from stationdesk.services.metering.blind import INCOMING, Veil, veil
from stationdesk.services.metering.compositions import composition_at
from stationdesk.services.metering.hours import gas_of_shift
from stationdesk.services.metering.streams import StreamView, streams_at
from stationdesk.services.once import once
from stationdesk.services.people import names
from stationdesk.services.readings.kept import Kept, kept_between
from stationdesk.services.shifts import the_open_shift
from stationdesk.services.shut_runs import shut_streams
from stationdesk.services.station import setting
from stationdesk.storage.handover import Handover
from stationdesk.storage.metered import BaseReading, Discrepancy, RunSwitch, TakeoverReason, Voucher, standing_switches
from stationdesk.storage.metering import GasComposition
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class BaseView:
    """Base readings of one side. entries: how often they were entered; only the first time was blind. words: why one was not read."""

    counter: Decimal | None
    corrected: Decimal | None
    read_at: datetime
    frozen: bool
    words: str = ""
    by: str = ""
    at: datetime | None = None
    entries: int = 1

    @property
    def base(self) -> Base:
        """For comparing."""
        return Base(self.counter, self.corrected, self.read_at, self.frozen)


@dataclass(frozen=True)
class VoucherLine:
    """What the other side booked for the very period, m³ at base conditions and MJ."""

    number: str
    volume: Decimal
    energy_mj: Decimal | None


@dataclass(frozen=True)
class ReasonView:
    """Why it went on although it did not agree. holds: it was given for what is found now."""

    words: str
    by: str
    at: datetime
    holds: bool


@dataclass(frozen=True)
class SheetLine:
    """The discrepancy sheet of a stream."""

    discrepancy_id: int
    number: str
    outgoing_at: datetime | None
    incoming_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class StreamTakeover:
    """One stream. hidden: what the outgoing side read is there and not told. gas, comparison: None before the relief has read."""

    stream: StreamRule
    wants_corrected: bool
    incoming: BaseView | None
    outgoing: BaseView | None
    hidden: bool
    gas: StreamGas | None = None
    comparison: Comparison | None = None
    guesses: tuple[Guess, ...] = ()
    voucher: VoucherLine | None = None
    reason: ReasonView | None = None
    sheet: SheetLine | None = None

    @property
    def stream_id(self) -> int:
        """Of the run."""
        return self.stream.stream_id

    @property
    def light(self) -> Light:
        """How it comes out; none before the relief has read."""
        return self.comparison.light if self.comparison else Light.NONE

    @property
    def needs(self) -> tuple[Need, ...]:
        """What it still asks for before the signatures."""
        sheet = self.sheet
        return needs_of(
            self.light,
            read=self.incoming is not None,
            reason=self.reason is not None and self.reason.holds,
            sheet=sheet is not None,
            outgoing=sheet is not None and sheet.outgoing_at is not None,
            incoming=sheet is not None and sheet.incoming_at is not None,
        )


@dataclass(frozen=True)
class TakeoverView:
    """The takeover of the open shift: from its beginning to its closing hour. signed_at: the outgoing leader's signature that holds."""

    shift_id: int
    start: datetime
    end: datetime
    streams: tuple[StreamTakeover, ...]
    at: datetime


def takeover_view(store: Store, at: datetime) -> TakeoverView | None:
    """The takeover of now; None while there is none: no streams, no open shift, too early, out of turn. NoShiftOpenError."""
    with store.read() as session:
        return takeover(session, the_open_shift(session), at)


@once
def takeover(session: Session, shift: Shift, at: datetime) -> TakeoverView | None:
    """The same of a shift inside a transaction."""
    streams = taken_over(session, shift, at)
    if not streams:
        return None
    found = _Takeover(session, shift, streams, at)
    return TakeoverView(shift.id, shift.starts_at, shift.ends_at, tuple(map(found.stream, streams)), at)


def taken_over(session: Session, shift: Shift, at: datetime) -> tuple[StreamView, ...]:
    """The streams whose counters go over: those that were open at any time of the shift."""
    if at < shift.ends_at - EARLY or _out_of_turn(session, shift):
        return ()
    shut = shut_streams(session)
    return tuple(
        each
        for each in streams_at(session, shift.ends_at)
        if (each.points.counter or each.points.corrected)
        and not any(since <= shift.starts_at and (until is None or until > shift.ends_at) for since, until in shut.get(each.stream_id, ()))
    )


def _out_of_turn(session: Session, shift: Shift) -> bool:
    kind = select(Handover.kind).where(Handover.shift_id == shift.id).order_by(Handover.id.desc()).limit(1)
    return session.scalar(kind) == "unscheduled"


class _Takeover:
    """Reads what all streams share once."""

    def __init__(self, session: Session, shift: Shift, streams: tuple[StreamView, ...], at: datetime) -> None:
        self.session, self.shift, self.at = session, shift, at
        points = [point for each in streams for point in (each.points.counter, each.points.corrected) if point is not None]
        self.kept: Kept = kept_between(session, shift.ends_at, shift.ends_at, sorted(set(points)))
        self.veil: Veil = veil(session)
        self.people = names(session)
        self.inlet = [each.stream_id for each in streams if each.rule.serves == INLET]
        self.bases = self._bases()
        self.gas = self._gas([each.stream_id for each in streams if each.stream_id in self.bases])

    def _bases(self) -> dict[int, list[BaseReading]]:
        wanted = select(BaseReading).where(BaseReading.shift_id == self.shift.id, BaseReading.side == INCOMING)
        found: dict[int, list[BaseReading]] = {}
        for row in self.session.scalars(wanted.order_by(BaseReading.id)):
            found.setdefault(row.stream_id, []).append(row)
        return found

    def _gas(self, streams: list[int]) -> dict[int, StreamGas]:
        """Nothing where no contract says how; that is told as what is wanting, and stops nobody."""
        if not streams:
            return {}
        try:
            found = gas_of_shift(self.session, self.shift, self.at, streams)
        except NoContractError:
            return {}
        return {each.stream.stream_id: each for each in found}

    def stream(self, view: StreamView) -> StreamTakeover:
        """One stream."""
        rows = self.bases.get(view.stream_id, [])
        incoming = self._incoming(rows) if rows else None
        bare = StreamTakeover(view.rule, view.points.corrected is not None, incoming, None, self._hidden(view))
        if incoming is None:
            return bare
        outgoing = self._outgoing(view)
        seen = replace(bare, outgoing=outgoing, hidden=False, sheet=self._sheet(view.stream_id))
        gas = self.gas.get(view.stream_id)
        return seen if gas is None else self._compared(replace(seen, gas=gas))

    def _compared(self, seen: StreamTakeover) -> StreamTakeover:
        assert seen.gas is not None
        assert seen.incoming is not None
        voucher = self._voucher(seen.stream_id)
        ours, theirs = seen.incoming.base, seen.outgoing.base if seen.outgoing else None
        found = compare(seen.gas, theirs, ours, voucher=voucher.volume if voucher else None, archive=self._archive(seen.gas))
        causes: tuple[Guess, ...] = ()
        if found.light in (Light.AMBER, Light.RED):
            p_atm = Decimal(setting(self.session, "p_atm", self.at))
            causes = guesses(seen.gas, found, theirs, ours, p_atm, self._before(seen.gas))
        return replace(seen, comparison=found, guesses=causes, voucher=voucher, reason=self._reason(seen.stream_id, found))

    def _archive(self, gas: StreamGas) -> Decimal | None:
        """What the corrector's own archive says of the period, where it was brought in with both its ends."""
        hours = archive_hours_in(self.session, gas.stream.stream_id, gas.start - HOUR, gas.end)
        ends = {each.hour.time: each.hour.corrected_m3 for each in hours}
        first, last = ends.get(gas.start), ends.get(gas.end)
        return stepped(first, last, gas.stream.corrected_rollover) if first is not None and last is not None else None

    def _hidden(self, view: StreamView) -> bool:
        return any((point, self.shift.ends_at) in self.kept.hidden for point in (view.points.counter, view.points.corrected))

    def _incoming(self, rows: list[BaseReading]) -> BaseView:
        row = rows[-1]
        return BaseView(
            row.counter, row.corrected, row.read_at, row.frozen, row.words, self.people.get(row.by_id, ""), row.at, entries=len(rows)
        )

    def _outgoing(self, view: StreamView) -> BaseView | None:
        """What the closing hour says; of a corrector that freezes nothing the time is when it was entered. A run that was shut stands."""
        rows = [
            None if point is None else self.kept.at(point, self.shift.ends_at) for point in (view.points.counter, view.points.corrected)
        ]
        known = next((row for row in rows if row is not None), None)
        if known is None:
            return self._left(view)
        counter, corrected = (None if row is None else row.value for row in rows)
        read_at = self.shift.ends_at if view.rule.freezes else known.at
        return BaseView(counter, corrected, read_at, view.rule.freezes, at=known.at)

    def _left(self, view: StreamView) -> BaseView | None:
        wanted = standing_switches().where(
            RunSwitch.from_id == view.stream_id, RunSwitch.time >= self.shift.starts_at, RunSwitch.time <= self.shift.ends_at
        )
        row = self.session.scalars(wanted.order_by(RunSwitch.time.desc(), RunSwitch.id.desc()).limit(1)).first()
        if row is None or not view.shut:
            return None
        return BaseView(row.from_counter, row.from_corrected, self.shift.ends_at, frozen=True, by=self.people.get(row.by_id, ""), at=row.at)

    def _before(self, gas: StreamGas) -> Before | None:
        """What the composition before the one in force would make of the same hours."""
        if gas.composition_id is None or not gas.hours or Source.REPLACED in gas.sources:
            return None
        stream_id, since = gas.stream.stream_id, self.session.get_one(GasComposition, gas.composition_id).valid_from
        quality = composition_at(self.session, stream_id, since - MOMENT)
        if quality is None:
            return None
        ends = [gas.hours[0].opening, *(hour.closing for hour in gas.hours)]
        volume = stream_gas(gas.stream, gas.contract, gas.start, gas.end, ends, lambda _time: quality).base_volume
        return (quality.report, volume) if volume else None

    def _voucher(self, stream_id: int) -> VoucherLine | None:
        """The newest of the stream for the very period of the shift; one of the whole inlet where no other run took part in it."""
        whose = Voucher.stream_id == stream_id
        if self.inlet == [stream_id]:
            whose = or_(whose, Voucher.stream_id.is_(None))
        wanted = select(Voucher).where(whose, Voucher.start == self.shift.starts_at, Voucher.end == self.shift.ends_at)
        row = self.session.scalars(wanted.order_by(Voucher.id.desc()).limit(1)).first()
        return VoucherLine(row.number, row.volume, row.energy_mj) if row else None

    def _reason(self, stream_id: int, found: Comparison) -> ReasonView | None:
        wanted = select(TakeoverReason).where(TakeoverReason.shift_id == self.shift.id, TakeoverReason.stream_id == stream_id)
        row = self.session.scalars(wanted.order_by(TakeoverReason.id.desc()).limit(1)).first()
        return ReasonView(row.words, self.people.get(row.by_id, ""), row.at, row.found == fingerprint(found)) if row else None

    def _sheet(self, stream_id: int) -> SheetLine | None:
        wanted = select(Discrepancy).where(Discrepancy.shift_id == self.shift.id, Discrepancy.stream_id == stream_id)
        row = self.session.scalars(wanted.order_by(Discrepancy.id.desc()).limit(1)).first()
        return SheetLine(row.id, row.number, row.outgoing_at, row.incoming_at, row.closed_at) if row else None
