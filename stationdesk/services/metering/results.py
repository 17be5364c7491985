"""Frozen results: a stream's gas with all it was computed from. What changes later makes another version; none is ever overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.frozen import Change, changes, data_of, gas_of_data
from stationdesk.domain.metering.mending import NothingChangedError, RecomputeWordsError
from stationdesk.domain.metering.shapes import StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.services.metering.hours import gas_between, gas_of_shift
from stationdesk.services.people.view import names
from stationdesk.storage.canonical import canonical, digest
from stationdesk.storage.metered import MeteringResult
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store

SHIFT, DAY = "shift", "day"


@dataclass(frozen=True)
class ResultView:
    """A version of a frozen result, whole. newest: no later version of the same stream and period stands."""

    result_id: int
    stream_id: int
    period: str
    start: datetime
    end: datetime
    nth: int
    shift_id: int | None
    digest: str
    method: str
    library: str
    words: str
    by: str
    at: datetime
    newest: bool
    inputs: str

    @cached_property
    def gas(self) -> StreamGas:
        """As it was computed then."""
        return gas_of_data(json.loads(self.inputs))


@dataclass(frozen=True)
class StaleView:
    """A frozen result that would come out otherwise now, and because of what."""

    result: ResultView
    changes: tuple[Change, ...]
    now: StreamGas


def freeze(
    session: Session, gas: StreamGas, period: str, shift_id: int | None, by_id: int, at: datetime, words: str = ""
) -> MeteringResult:
    """Keep a stream's gas with all it was computed from. Nothing new where the newest version of the period is of the same inputs."""
    inputs = canonical(data_of(gas))
    every = _versions(session, gas.stream.stream_id, gas.start, gas.end)
    same = [each for each in every if each.period == period]
    if same and same[-1].digest == digest(inputs):
        return same[-1]
    row = MeteringResult(
        stream_id=gas.stream.stream_id,
        period=period,
        start=gas.start,
        end=gas.end,
        nth=every[-1].nth + 1 if every else 0,
        shift_id=shift_id,
        inputs=inputs,
        digest=digest(inputs),
        contract_id=gas.contract.contract_id,
        composition_id=gas.composition_id,
        method=gas.method,
        library=gas.library,
        volume=gas.volume if gas.whole else None,
        base_volume=gas.base_volume if gas.whole else None,
        heating_value=gas.heating_value if gas.whole else None,
        energy_mj=gas.energy_mj if gas.whole else None,
        corrector_volume=gas.corrector_volume,
        substituted=gas.substituted,
        words=words.strip(),
        by_id=by_id,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def freeze_shift(session: Session, shift: Shift, by_id: int, at: datetime) -> tuple[MeteringResult, ...]:
    """Keep the gas of a shift as both sides sign it. A station without streams or contract has nothing to keep."""
    try:
        found = gas_of_shift(session, shift, at)
    except NoContractError:
        return ()
    return tuple(freeze(session, gas, SHIFT, shift.id, by_id, at) for gas in found)


def recompute(store: Store, actor: Actor, result_id: int, words: str, *, at: datetime) -> int:
    """Make another version of a frozen result from what is on record now; its id. RecomputeWordsError, NothingChangedError."""
    if not words.strip():
        raise RecomputeWordsError
    with store.write(actor, "recompute", at) as session:
        old = _newest_of(session, session.get_one(MeteringResult, result_id))
        (gas,) = _again(session, old, at)
        if not changes(_gas(old), gas):
            raise NothingChangedError
        return freeze(session, gas, old.period, old.shift_id, actor.person_id, at, words).id


def stale(session: Session, result: ResultView | MeteringResult, at: datetime) -> tuple[Change, ...]:
    """Because of what a frozen result would come out otherwise now; empty where it would be the same."""
    found = _again(session, result, at)
    return changes(_gas(result), found[0]) if found else ()


def stale_results(store: Store, start: datetime, end: datetime, at: datetime) -> tuple[StaleView, ...]:
    """The frozen results that begin between two times and would come out otherwise now."""
    with store.read() as session:
        views = results_between(session, start, end)
        now = {
            (gas.stream.stream_id, *span): gas
            for span in dict.fromkeys((each.start, each.end) for each in views)
            for gas in gas_between(session, *span, at, {each.stream_id for each in views if (each.start, each.end) == span})
        }
    found = ((each, now.get((each.stream_id, each.start, each.end))) for each in views)
    stale_now = (StaleView(each, changes(each.gas, gas), gas) for each, gas in found if gas is not None)
    return tuple(each for each in stale_now if each.changes)


def result_versions(store: Store, stream_id: int, start: datetime, end: datetime) -> tuple[ResultView, ...]:
    """All versions of a stream's result over a period, the newest first."""
    with store.read() as session:
        return tuple(reversed(_views(session, _versions(session, stream_id, start, end))))


def results_of_shift(session: Session, shift_id: int) -> tuple[ResultView, ...]:
    """The newest version of each stream's result of a shift; empty before it is handed over."""
    rows = session.scalars(
        select(MeteringResult).where(MeteringResult.shift_id == shift_id, MeteringResult.period == SHIFT).order_by(*_ORDER)
    )
    return tuple(each for each in _views(session, rows) if each.newest)


def results_between(session: Session, start: datetime, end: datetime, period: str = "") -> tuple[ResultView, ...]:
    """The newest version of each result that begins between two times, the end not included; period: shift, day, or both."""
    wanted = select(MeteringResult).where(MeteringResult.start >= start, MeteringResult.start < end)
    rows = session.scalars(wanted.order_by(*_ORDER))
    return tuple(each for each in _views(session, rows) if each.newest and period in ("", each.period))


_ORDER = (MeteringResult.start, MeteringResult.stream_id, MeteringResult.end, MeteringResult.nth)


def _versions(session: Session, stream_id: int, start: datetime, end: datetime) -> list[MeteringResult]:
    wanted = select(MeteringResult).where(
        MeteringResult.stream_id == stream_id, MeteringResult.start == start, MeteringResult.end == end
    )  # fmt: skip
    return list(session.scalars(wanted.order_by(MeteringResult.nth)))


def _newest_of(session: Session, row: MeteringResult) -> MeteringResult:
    return [each for each in _versions(session, row.stream_id, row.start, row.end) if each.period == row.period][-1]


def _views(session: Session, rows: Iterable[MeteringResult]) -> tuple[ResultView, ...]:
    people, found = names(session), list(rows)
    newest = {(each.stream_id, each.start, each.end, each.period): each.id for each in found}
    return tuple(
        ResultView(
            result_id=each.id,
            stream_id=each.stream_id,
            period=each.period,
            start=each.start,
            end=each.end,
            nth=each.nth,
            shift_id=each.shift_id,
            digest=each.digest,
            method=each.method,
            library=each.library,
            words=each.words,
            by=people.get(each.by_id, ""),
            at=each.at,
            newest=newest[each.stream_id, each.start, each.end, each.period] == each.id,
            inputs=each.inputs,
        )
        for each in found
    )


def _gas(result: ResultView | MeteringResult) -> StreamGas:
    return result.gas if isinstance(result, ResultView) else gas_of_data(json.loads(result.inputs))


def _again(session: Session, result: ResultView | MeteringResult, at: datetime) -> tuple[StreamGas, ...]:
    """The same stream and period from what is on record now; empty if there is no such stream any more."""
    return gas_between(session, result.start, result.end, at, [result.stream_id])
