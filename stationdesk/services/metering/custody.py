"""A shift's or a gas day's gas as its voucher (计量交接凭证) has it: each run as frozen or computed now, and what it is held against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.compare import About, Check, compare, volumes_check
from stationdesk.domain.metering.frozen import changes
from stationdesk.domain.metering.shapes import INLET, StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.metering.taken import TakenStream
from stationdesk.domain.moments import Span, at_wall, gas_day_of, whole_day
from stationdesk.domain.words import N_
from stationdesk.services.handover import HandoverView, closed_view, handover_of_shift
from stationdesk.services.metering.compositions import CompositionView, compositions_view
from stationdesk.services.metering.custody_views import Custody, StreamCustody, VersionLine
from stationdesk.services.metering.gas_day import gas_days
from stationdesk.services.metering.hours import gas_of, shift_span
from stationdesk.services.metering.results import DAY, SHIFT, ResultView, result_versions
from stationdesk.services.metering.substitute import meter_changes, substitutions
from stationdesk.services.metering.switching import switches_view
from stationdesk.services.metering.takeover import BaseView, StreamTakeover, takeover
from stationdesk.services.metering.vouchers import VoucherView, vouchers_view
from stationdesk.services.people import names
from stationdesk.services.shifts import ShiftView, shift_view
from stationdesk.services.station import setting, zone
from stationdesk.storage.metered import MeteringResult
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

_SUBJECT = re.compile(r"(?P<shift>\d+)|(?P<day>\d{4}-\d\d-\d\d)|result:(?P<result>\d+)")


class NoCustodyError(DomainError):
    """A text that names no shift, gas day or frozen result."""

    words = N_("There is no shift, gas day or metering result {subject}.")
    field = "subject"


@dataclass(frozen=True)
class _About:
    """What a subject names. known: versions frozen up to then count."""

    kind: str
    day: date
    span: Span
    day_begins: datetime
    shift: ShiftView | None
    closing: int | None  # the shift whose takeover reads the counters of its end
    known: datetime | None
    p_atm: Decimal
    zone: ZoneInfo


def custody(store: Store, subject: str, at: datetime) -> Custody:
    """subject: "12" a shift, "2026-11-20" a gas day, "result:7" the versions that counted when this one was frozen. NoCustodyError."""
    about = _about(store, subject, at)
    now = _gas(store, about.span, at)
    booked = vouchers_view(store, about.span.start, about.span.end)
    taken, signed = _taken(store, about, at), _handover(store, about, at)
    beside = _Beside(about, booked, taken, signed, _before(store, about, at), _only(now))
    streams = tuple(_stream(each, _versions(store, each, about), beside) for each in now)
    total, check = _total(streams, booked, about.span)
    start, end, counted = about.span.start, about.span.end, _counted(streams, at)
    put = substitutions(store, start, end)
    return Custody(
        kind=about.kind,
        day=about.day,
        span=about.span,
        shift=about.shift,
        handover=signed,
        streams=streams,
        vouchers=booked,
        total=total,
        total_check=check,
        compositions=_compositions(store, streams, at),
        substitutions=tuple(each for each in reversed(put) if each.in_force and each.at <= counted),
        changes=tuple(each for each in reversed(meter_changes(store, start, end)) if each.at <= counted),
        switches=tuple(each for each in reversed(switches_view(store, start, end)) if each.at <= counted and not each.withdrawn),
        p_atm=about.p_atm,
        zone=about.zone,
        at=at,
    )


def _counted(streams: Sequence[StreamCustody], at: datetime) -> datetime:
    """Until when what was put on record went into the figures: when they were frozen, now where one of them is not."""
    return max((next((line.at for line in each.versions if line.shown), at) for each in streams), default=at)


def superseded(store: Store) -> tuple[tuple[int, int, int], ...]:
    """Frozen versions of shifts that a later one took the place of, the newest shift first: id, shift, which version it is."""
    with store.read() as session:
        c = MeteringResult
        rows = session.execute(
            select(c.id, c.shift_id, c.stream_id, c.start, c.end)
            .where(c.period == SHIFT, c.shift_id.is_not(None))
            .order_by(c.start.desc(), c.stream_id, c.nth)
        )
        every: dict[tuple[Any, ...], list[tuple[Any, Any]]] = {}
        for result_id, shift_id, *place in rows:
            every.setdefault(tuple(place), []).append((result_id, shift_id))
    return tuple((*each, n) for same in every.values() for n, each in enumerate(same[:-1], 1))


def _about(store: Store, subject: str, at: datetime) -> _About:
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        raise NoCustodyError(subject=subject)
    with store.read() as session:
        where, known = zone(session), None
        result = session.get(MeteringResult, int(found["result"])) if found["result"] else None
        shift = session.get(Shift, int(found["shift"])) if found["shift"] else None
        if result is not None:
            known, shift = result.at, session.get(Shift, result.shift_id) if result.shift_id and result.period == SHIFT else None
        if shift is None and result is None and not found["day"]:
            raise NoCustodyError(subject=subject)
        begins = int(setting(session, "gas_day_begins", result.start if result else at))
        if shift is not None:
            span = shift_span(session, shift, at)
        elif result is not None:
            span = Span(result.start, result.end)
        else:
            span = whole_day(_date(subject), where, begins)
        day = gas_day_of(span.start, where, begins)
        ending = select(Shift.id).where(Shift.ends_at == span.end, Shift.opened_at.is_not(None)).order_by(Shift.part.desc()).limit(1)
        return _About(
            kind=SHIFT if shift else DAY,
            day=day,
            span=span,
            day_begins=at_wall(day, begins, where),
            shift=shift_view(session, shift, names(session)) if shift else None,
            closing=shift.id if shift else session.scalar(ending),
            known=known,
            p_atm=setting(session, "p_atm", span.start),
            zone=where,
        )


def _date(subject: str) -> date:
    try:
        return date.fromisoformat(subject)
    except ValueError:
        raise NoCustodyError(subject=subject) from None


def _gas(store: Store, span: Span, at: datetime) -> tuple[StreamGas, ...]:
    """Nothing where no contract says how, or nothing lies between."""
    try:
        return gas_of(store, span.start, span.end, at) if span.start < span.end else ()
    except NoContractError:
        return ()


def _versions(store: Store, gas: StreamGas, about: _About) -> tuple[ResultView, ...]:
    """The oldest first; of a subject that names a version those up to it."""
    every = reversed(result_versions(store, gas.stream.stream_id, gas.start, gas.end))
    return tuple(each for each in every if each.period == about.kind)


def _taken(store: Store, about: _About, at: datetime) -> dict[int, StreamTakeover]:
    if about.closing is None:
        return {}
    with store.read() as session:
        shift = session.get_one(Shift, about.closing)
        found = takeover(session, shift, max(at, shift.ends_at) if shift.closed_at else at)
        return {each.stream_id: each for each in found.streams} if found else {}


def _handover(store: Store, about: _About, at: datetime) -> HandoverView | None:
    handover_id = handover_of_shift(store, about.closing) if about.closing is not None else None
    return closed_view(store, handover_id, at) if handover_id is not None else None


@dataclass(frozen=True)
class _Beside:
    """What stands beside the computed gas. before: of the gas month, each day and what of this day went before."""

    about: _About
    vouchers: Sequence[VoucherView]
    taken: dict[int, StreamTakeover]
    handover: HandoverView | None
    before: tuple[tuple[StreamGas, ...], ...]
    only: int | None  # the one run through which all came that was received


def _stream(now: StreamGas, versions: Sequence[ResultView], beside: _Beside) -> StreamCustody:
    known = beside.about.known
    counting = [each for each in versions if known is None or each.at <= known]
    shown = counting[-1] if counting else None
    gas, stream_id = shown.gas if shown else now, now.stream.stream_id
    taken, booked = beside.taken.get(stream_id), _booked(beside.vouchers, stream_id, beside.about.span)
    if booked is None and stream_id == beside.only:
        booked = _booked(beside.vouchers, None, beside.about.span)
    outgoing, incoming = _sides(taken, beside.handover, stream_id)
    signed = _signed(beside.handover, stream_id)
    month, whole = _month(gas, beside.before)
    return StreamCustody(
        gas=gas,
        versions=tuple(_line(n, each, shown) for n, each in enumerate(versions, 1)),
        changed=changes(shown.gas, now) if shown and shown.newest else (),
        outgoing=outgoing,
        incoming=incoming,
        hidden=taken.hidden if taken else False,
        comparison=compare(
            gas,
            outgoing.base if outgoing else None,
            incoming.base if incoming else None,
            voucher=booked.volume if booked else None,
        ),
        voucher=booked,
        reason=signed.reason if signed else taken.reason.words if taken and taken.reason and taken.reason.holds else "",
        sheet=taken.sheet.number if taken and taken.sheet else "",
        month=month,
        month_whole=whole,
    )


def _only(now: Sequence[StreamGas]) -> int | None:
    """Run by which a voucher of the whole inlet is judged: the only one that took part."""
    took = [each for each in now if each.stream.serves == INLET and (each.volume or any(not hour.opening.shut for hour in each.hours))]
    return took[0].stream.stream_id if len(took) == 1 else None


def _line(n: int, each: ResultView, shown: ResultView | None) -> VersionLine:
    gas = each.gas
    return VersionLine(
        n, each.by, each.at, each.words, gas.base_volume if gas.whole else None, gas.energy_mj if gas.whole else None, each is shown
    )


def _booked(vouchers: Sequence[VoucherView], stream_id: int | None, span: Span) -> VoucherView | None:
    """The newest of a stream for the very period."""
    own = [each for each in vouchers if each.stream_id == stream_id and (each.start, each.end) == (span.start, span.end)]
    return max(own, key=lambda each: each.voucher_id, default=None)


def _signed(handover: HandoverView | None, stream_id: int) -> TakenStream | None:
    return next((each for each in handover.metering if each.stream_id == stream_id), None) if handover else None


def _sides(taken: StreamTakeover | None, handover: HandoverView | None, stream_id: int) -> tuple[BaseView | None, BaseView | None]:
    """Base readings of both sides: those that were signed, where they were."""
    if taken is None:
        return None, None
    outgoing, incoming, signed = taken.outgoing, taken.incoming, _signed(handover, stream_id)
    if signed is not None:
        incoming = replace(incoming, counter=signed.counter, corrected=signed.corrected) if incoming else None
        outgoing = replace(outgoing, counter=signed.counter_outgoing, corrected=signed.corrected_outgoing) if outgoing else None
    return outgoing, incoming


def _before(store: Store, about: _About, at: datetime) -> tuple[tuple[StreamGas, ...], ...]:
    """Day by day, as the month's report has it, for each day may have a contract of its own."""
    first, yesterday = about.day.replace(day=1), about.day - timedelta(days=1)
    with store.read() as session:
        days = [each.gas for each in gas_days(session, first, yesterday, at)] if first <= yesterday else []
    today = _gas(store, Span(about.day_begins, about.span.start), at)
    return (*days, today) if about.day_begins < about.span.start else tuple(days)


def _month(gas: StreamGas, before: Sequence[Sequence[StreamGas]]) -> tuple[Decimal | None, bool]:
    """Since the gas month began: what is shown, and what was before it."""
    own = [each for part in before for each in part if each.stream.stream_id == gas.stream.stream_id]
    known = [each.base_volume for each in (*own, gas) if each.base_volume is not None]
    return sum(known, Decimal(0)) if known else None, len(own) == len(before) and all(each.whole for each in (*own, gas))


def _total(streams: Sequence[StreamCustody], booked: Sequence[VoucherView], span: Span) -> tuple[Decimal | None, Check | None]:
    """All that is received, against a voucher of all runs together."""
    inlet = [each for each in streams if each.gas.stream.serves == INLET]
    volumes = [each.gas.base_volume for each in inlet if each.gas.whole and each.gas.base_volume is not None]
    if not inlet or len(volumes) < len(inlet):
        return None, None
    total, of_all = sum(volumes, Decimal(0)), _booked(booked, None, span)
    if of_all is None or of_all.volume is None:
        return total, None
    tolerance = max(each.comparison.tolerance for each in inlet)
    return total, volumes_check(About.VOUCHER, of_all.volume, total, tolerance, inlet[0].gas.contract.red_percent)


def _compositions(store: Store, streams: Sequence[StreamCustody], at: datetime) -> tuple[CompositionView, ...]:
    """The laboratory's reports the hours were computed with, by when they hold from."""
    used = {each.composition_id for stream in streams for each in stream.gas.qualities}
    found = [each for each in compositions_view(store, at) if each.composition_id in used]
    return tuple(sorted(found, key=lambda each: (each.valid_from, each.composition_id)))
