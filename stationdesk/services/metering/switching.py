"""切换计量管路: put on record with the counters of both runs, and written into the duty log in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.running import is_shut
from stationdesk.domain.metering.switching import Known, Side, SwitchReasonError, SwitchWithdrawnError, check_switch, doubts
from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown
from stationdesk.domain.plausibility import BeyondCounterError, NegativeCounterError
from stationdesk.domain.said import Said
from stationdesk.domain.words import _
from stationdesk.services.log.write import add_entry
from stationdesk.services.metering.streams import StreamView, stream_at, streams_at
from stationdesk.services.people import names
from stationdesk.services.readings.kept import LOOK_BACK, kept_between
from stationdesk.services.shifts import current
from stationdesk.services.shut_runs import shut_streams
from stationdesk.services.station import items, zone
from stationdesk.storage.metered import RunSwitch, RunSwitchWithdrawal, standing_switches
from stationdesk.storage.store import Actor, Store

CATEGORIES = ("operation", "other")
"""Of the duty log: the first the station has."""


@dataclass(frozen=True)
class SwitchText:
    """A switch as somebody says it: runs out and in (None: only one of both), their counters, gauge pressure in kPa and ℃ if read."""

    time: datetime
    from_id: int | None
    to_id: int | None
    from_counter: Decimal | None = None
    from_corrected: Decimal | None = None
    to_counter: Decimal | None = None
    to_corrected: Decimal | None = None
    pressure_kpa: Decimal | None = None
    temperature_c: Decimal | None = None
    reason: str = ""
    told: str = ""


@dataclass(frozen=True)
class Switched:
    """What came of it: its number, and what is odd about the counters."""

    switch_id: int
    doubts: tuple[Said, ...]


@dataclass(frozen=True)
class RunState:
    """A run that can be switched: whether it is shut now, and what its counters last showed."""

    stream_id: int
    name: Name
    shut: bool
    wants_corrected: bool
    group: str
    counter: Decimal | None
    corrected: Decimal | None
    read_at: datetime | None


@dataclass(frozen=True)
class SwitchView:
    """A switch on record."""

    switch_id: int
    time: datetime
    out: Name | None
    out_counter: Decimal | None
    out_corrected: Decimal | None
    into: Name | None
    into_counter: Decimal | None
    into_corrected: Decimal | None
    reason: str
    told: str
    by: str
    at: datetime
    withdrawn: bool = False  # entered by mistake: it counts no more

    @property
    def id(self) -> int:
        """The row's key in a table."""
        return self.switch_id


def run_states(store: Store, at: datetime) -> tuple[RunState, ...]:
    """The runs of the station with what their counters last showed, for the form of a switch; nothing that is hidden."""
    with store.read() as session:
        return tuple(_state(session, each, at) for each in streams_at(session, at))


def _state(session: Session, each: StreamView, at: datetime) -> RunState:
    last, corrected = _last(session, each, each.points.counter, at), _last(session, each, each.points.corrected, at)
    return RunState(
        each.stream_id, each.name, each.shut, each.points.corrected is not None, each.rule.group, last.counter, corrected.counter, last.time
    )


def switch_run(store: Store, actor: Actor, text: SwitchText, *, at: datetime) -> Switched:
    """Put a switch on record and write it into the duty log; what is odd about the counters comes back, and stands.

    UnknownStreamError, and what `check_switch` refuses; NegativeCounterError, BeyondCounterError.
    """
    with store.write(actor, "switch_run", at) as session:
        time = text.time.replace(second=0, microsecond=0)
        out = _side(session, text.from_id, text.from_counter, text.from_corrected, time)
        into = _side(session, text.to_id, text.to_counter, text.to_corrected, time)
        check_switch(out, into, time, at, _before(session, text), text.reason, text.told)
        shift = current(session)
        row = RunSwitch(
            time=time, from_id=text.from_id, from_counter=text.from_counter, from_corrected=text.from_corrected,
            to_id=text.to_id, to_counter=text.to_counter, to_corrected=text.to_corrected, pressure_kpa=text.pressure_kpa,
            temperature_c=text.temperature_c, reason=text.reason.strip(), told=text.told.strip(),
            shift_id=shift.id if shift else None, by_id=actor.person_id, at=at,
        )  # fmt: skip
        session.add(row)
        session.flush()
        add_entry(session, actor, _category(session, at), _entry(session, out, into, text, time), time, at=at, desk=store.desk)
        return Switched(row.id, (*doubts(out, time), *doubts(into, time)))


def withdraw_switch(store: Store, actor: Actor, switch_id: int, words: str, *, at: datetime) -> int:
    """Take a switch back that was entered by mistake; the duty log says so, and volumes are computed without it. The id of the withdrawal.

    SwitchWithdrawnError, SwitchReasonError (no words).
    """
    if not words.strip():
        raise SwitchReasonError
    with store.write(actor, "withdraw_switch", at) as session:
        row = session.get_one(RunSwitch, switch_id)
        if session.scalar(select(RunSwitchWithdrawal.id).where(RunSwitchWithdrawal.switch_id == row.id)) is not None:
            raise SwitchWithdrawnError
        made = RunSwitchWithdrawal(switch_id=row.id, words=words.strip(), by_id=actor.person_id, at=at)
        session.add(made)
        session.flush()
        said = _("The switch of metering runs of {time} is taken back: {reason}")
        entry = said.format(time=format_moment(row.time, zone(session)), reason=words.strip())
        add_entry(session, actor, _category(session, at), entry, at, at=at, desk=store.desk)
        return made.id


def switches_view(store: Store, start: datetime, end: datetime) -> tuple[SwitchView, ...]:
    """The switches of a span, the newest first."""
    with store.read() as session:
        wanted = (
            select(RunSwitch).where(RunSwitch.time >= start, RunSwitch.time <= end).order_by(RunSwitch.time.desc(), RunSwitch.id.desc())
        )
        people, withdrawn = names(session), set(session.scalars(select(RunSwitchWithdrawal.switch_id)))
        known = {each.stream_id: each.name for each in streams_at(session, end, retired_since=start)}
        return tuple(
            SwitchView(
                row.id, row.time, known.get(row.from_id or 0), row.from_counter, row.from_corrected, known.get(row.to_id or 0),
                row.to_counter, row.to_corrected, row.reason, row.told, people.get(row.by_id, ""), row.at, row.id in withdrawn,
            )
            for row in session.scalars(wanted)
        )  # fmt: skip


def _side(session: Session, stream_id: int | None, counter: Decimal | None, corrected: Decimal | None, time: datetime) -> Side | None:
    if stream_id is None:
        return None
    each = stream_at(session, stream_id, time)
    for value, rollover in ((counter, each.rule.rollover), (corrected, each.rule.corrected_rollover)):
        if value is not None and value < 0:
            raise NegativeCounterError(value=value)
        if value is not None and rollover is not None and value >= rollover:
            raise BeyondCounterError(value=value, rollover=rollover)
    shut = is_shut(shut_streams(session).get(stream_id, ()), time - timedelta(minutes=1))
    return Side(each.rule, counter, corrected, shut, _last(session, each, each.points.counter, time))


def _last(session: Session, each: StreamView, point_id: int | None, time: datetime) -> Known:
    """The newest reading of a counter, or where the last switch left it."""
    found: list[tuple[datetime, Decimal]] = []
    if point_id is not None:
        kept = kept_between(session, time - LOOK_BACK, time, [point_id])
        found += [(hour, value) for hour in kept.times.get(point_id, ())[-1:] if (value := kept.value(point_id, hour)) is not None]
    wanted = standing_switches().where(or_(RunSwitch.from_id == each.stream_id, RunSwitch.to_id == each.stream_id), RunSwitch.time < time)
    row = session.scalars(wanted.order_by(RunSwitch.time.desc(), RunSwitch.id.desc()).limit(1)).first()
    if row is not None:
        out, metered = row.from_id == each.stream_id, point_id == each.points.counter
        left = (row.from_counter if metered else row.from_corrected) if out else (row.to_counter if metered else row.to_corrected)
        found += [(row.time, left)] if left is not None else []
    newest = max(found, default=None)
    return Known(newest[1], newest[0]) if newest else Known()


def _before(session: Session, text: SwitchText) -> datetime | None:
    """The last switch of either run."""
    runs = [each for each in (text.from_id, text.to_id) if each is not None]
    wanted = standing_switches().where(or_(RunSwitch.from_id.in_(runs), RunSwitch.to_id.in_(runs)))
    last = session.scalars(wanted.order_by(RunSwitch.time.desc()).limit(1)).first()
    return last.time if last else None


def _category(session: Session, at: datetime) -> str:
    known = [each["code"] for each in items(session, "log_categories", at)]
    return next((each for each in CATEGORIES if each in known), known[0] if known else "")


def _entry(session: Session, out: Side | None, into: Side | None, text: SwitchText, time: datetime) -> str:
    parts = [_("{stream} taken out at {counters}").format(stream=out.rule.name, counters=_counters(out))] if out else []
    parts += [_("{stream} put in at {counters}").format(stream=into.rule.name, counters=_counters(into))] if into else []
    words = _("Metering runs switched at {time}: {runs}. Reason: {reason}. Told: {told}")
    return words.format(time=format_time(time, zone(session)), runs=_("; ").join(parts), reason=text.reason.strip(), told=text.told.strip())


def _counters(side: Side) -> str:
    known = ((side.counter, "m³"), (side.corrected, "Nm³"))
    return _(", ").join(f"{shown(value)} {unit}" for value, unit in known if value is not None) or "—"
