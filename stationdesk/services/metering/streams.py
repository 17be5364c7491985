"""The metering runs of the station: as in force at a time, and how a station sets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.running import is_shut
from stationdesk.domain.metering.shapes import INLET, StreamRule
from stationdesk.domain.metering.streams import (
    SERVES,
    WANTED,
    RetiredStreamError,
    StreamChoiceError,
    StreamCodeError,
    StreamNameError,
    StreamPointError,
    StreamPoints,
    UnknownStreamError,
    check_best,
    check_meter,
    check_orifice,
)
from stationdesk.domain.names import Name
from stationdesk.domain.settings import one_line
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services.readings.versions import in_force
from stationdesk.services.readings.views import PointView
from stationdesk.services.settings.dated import ahead
from stationdesk.services.shut_runs import shut_streams
from stationdesk.storage.metering import Stream, StreamVersion
from stationdesk.storage.recall import recall
from stationdesk.storage.running import TABLES
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class StreamText:
    """What a station says of a run: flows in m³/h at the meter, the best range in % of q_max, m³ for one count, mm at 20 ℃."""

    name: Name
    points: StreamPoints
    position: int = 0
    serves: str = INLET
    meter: str = "turbine"
    meter_serial: str = ""
    corrector_serial: str = ""
    q_min: Decimal | None = None
    q_max: Decimal | None = None
    best_low: Decimal | None = None
    best_high: Decimal | None = None
    factor: Decimal = Decimal(1)
    absolute: bool = False
    bore_mm: Decimal | None = None
    pipe_mm: Decimal | None = None
    freezes: bool = True
    shut: bool = False  # how a new run begins; later it is switched
    group: str = ""
    words: str = ""


@dataclass(frozen=True)
class StreamView:
    """A run as in force at a time, and whether it is shut then."""

    stream_id: int
    version_id: int
    code: str
    rule: StreamRule
    points: StreamPoints
    position: int
    shut: bool
    words: str
    valid_from: datetime
    retired_at: datetime | None
    version: int

    @property
    def name(self) -> Name:
        """As the station calls it."""
        return self.rule.name


_IN_ORDER = select(Stream, StreamVersion).join(StreamVersion, StreamVersion.stream_id == Stream.id)


def metered(session: Session, at: datetime) -> bool:
    """Whether the station meters by runs at all at a time."""
    return bool(streams_at(session, at))


def streams_at(session: Session, at: datetime, retired_since: datetime | None = None) -> tuple[StreamView, ...]:
    """The runs in force at a time in the station's order; with retired_since also those retired only after that."""
    newest: dict[int, StreamView] = {}
    for each in _every_version(session):
        if each.valid_from <= at:
            newest[each.stream_id] = each
    seen = retired_since or at
    points, shut = in_force(session, at).by_id, shut_streams(session)
    there = (each for each in newest.values() if each.retired_at is None or each.retired_at > seen)
    views = (_at(each, points, is_shut(shut.get(each.stream_id, ()), at)) for each in there)
    return tuple(sorted(views, key=lambda each: (each.position, each.stream_id)))


def stream_at(session: Session, stream_id: int, at: datetime) -> StreamView:
    """One run in force at a time. UnknownStreamError."""
    for each in streams_at(session, at):
        if each.stream_id == stream_id:
            return each
    raise UnknownStreamError


def streams_view(store: Store, at: datetime) -> tuple[StreamView, ...]:
    """The runs in force, for Settings and the forms."""
    with store.read() as session:
        return streams_at(session, at)


def _every_version(session: Session) -> tuple[StreamView, ...]:
    return recall(session, "streams", TABLES, lambda: _read_versions(session))


def _read_versions(session: Session) -> tuple[StreamView, ...]:
    return tuple(_view(*row) for row in session.execute(_IN_ORDER.order_by(StreamVersion.valid_from, StreamVersion.id)))


def _view(stream: Stream, row: StreamVersion) -> StreamView:
    kept = ("serves", "meter", "meter_serial", "corrector_serial", "q_min", "q_max", "best_low", "best_high", "factor", "absolute",
            "freezes", "shut", "group", "bore_mm", "pipe_mm")  # fmt: skip
    rule = StreamRule(stream.id, stream.code, Name(row.name_zh, row.name_en), **{key: getattr(row, key) for key in kept})
    points = StreamPoints(**{key: getattr(row, f"{key}_point_id") for key in WANTED})
    return StreamView(
        stream.id, row.id, stream.code, rule, points, row.position, row.shut, row.words, row.valid_from, stream.retired_at, stream.version
    )


def _at(each: StreamView, points: Mapping[int, PointView], shut: bool) -> StreamView:
    """With what its points say of themselves at that time: units, and where the counters begin anew."""

    def point(point_id: int | None) -> PointView | None:
        return None if point_id is None else points.get(point_id)

    counter, corrected = point(each.points.counter), point(each.points.corrected)
    pressure, difference = point(each.points.pressure), point(each.points.difference)
    rule = replace(
        each.rule,
        shut=shut,
        rollover=counter.rollover if counter else None,
        corrected_rollover=corrected.rollover if corrected else None,
        pressure_unit=pressure.unit if pressure else each.rule.pressure_unit,
        difference_unit=difference.unit if difference else each.rule.difference_unit,
    )
    return replace(each, rule=rule, shut=shut)


def set_stream(
    store: Store, actor: Actor, code: str, text: StreamText, *, at: datetime, valid_from: datetime | None = None, base: int | None = None
) -> int:
    """Add a run, or say another thing of the one with this code from a time on (default: now); its id.

    base: the version the change was made on, 0 for a run that is to be new. ChangedMeanwhileError where another is in force by now,
    StreamCodeError, StreamNameError, StreamChoiceError, StreamRangeError, BestRangeError, StreamFactorError, StreamPointError,
    OrificeError, StreamCounterError, RetiredStreamError, SettingPastError.
    """
    begins, code = ahead(valid_from, at), one_line(code)
    with store.write(actor, "set_stream", at) as session:
        if not code:
            raise StreamCodeError(code=code)
        _check(session, text, begins)
        stream = session.scalars(select(Stream).where(Stream.code == code)).first()
        if stream is None:
            stream = Stream(code=code)
            session.add(stream)
            session.flush()
        elif stream.retired_at is not None:
            raise RetiredStreamError(stream=text.name)
        elif base == 0:
            raise StreamCodeError(code=code)
        elif base is not None and base not in {each.version_id for each in streams_at(session, at)}:
            raise ChangedMeanwhileError(table="stream_version")
        session.add(_version(stream.id, text, actor.person_id, begins, at))
        return stream.id


def retire_stream(store: Store, actor: Actor, stream_id: int, *, at: datetime) -> None:
    """Meter with a run no more; what it metered stays. RetiredStreamError if it is retired already."""
    with store.write(actor, "retire_stream", at) as session:
        stream = session.get_one(Stream, stream_id)
        if stream.retired_at is not None:
            raise RetiredStreamError(stream=stream.code)
        stream.retired_at = at


def _check(session: Session, text: StreamText, at: datetime) -> None:
    if not text.name.zh.strip():
        raise StreamNameError
    if text.serves not in SERVES:
        raise StreamChoiceError
    check_meter(text.meter, text.q_min, text.q_max, text.factor)
    check_best(text.best_low, text.best_high)
    check_orifice(text.meter, text.points, text.bore_mm, text.pipe_mm)
    _check_points(in_force(session, at).by_id, asdict(text.points).items())


def _check_points(known: Mapping[int, PointView], named: Iterable[tuple[str, int | None]]) -> None:
    for use, point_id in named:
        if point_id is None:
            continue
        point, (kind, quantity) = known.get(point_id), WANTED[use]
        if point is None or point.kind != kind or point.quantity not in ("", quantity):
            raise StreamPointError(point=point.full_name if point else point_id)


def _version(stream_id: int, text: StreamText, by_id: int, begins: datetime, at: datetime) -> StreamVersion:
    kept = ("position", "serves", "meter", "q_min", "q_max", "best_low", "best_high", "factor", "absolute", "bore_mm", "pipe_mm", "freezes",
            "shut")  # fmt: skip
    values: dict[str, Any] = {key: getattr(text, key) for key in kept}
    values |= {key: one_line(getattr(text, key)) for key in ("meter_serial", "corrector_serial", "group", "words")}
    values |= {f"{key}_point_id": point_id for key, point_id in asdict(text.points).items()}
    return StreamVersion(
        stream_id=stream_id,
        name_zh=one_line(text.name.zh),
        name_en=one_line(text.name.en),
        **values,
        valid_from=begins,
        by_id=by_id,
        at=at,
    )
