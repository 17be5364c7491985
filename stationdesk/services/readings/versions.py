"""Reading points and their dated versions: what a point is called and limited at a time, and how a station changes that."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from stationdesk.domain.limits import Limits
from stationdesk.domain.metering.running import Shut, shut_throughout
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.points import PointCodeTakenError, PointNameError, PointVersionPastError, RetiredPointError, check_point
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services.readings.doubts import flow_beside, flows_of
from stationdesk.services.readings.views import PointView
from stationdesk.services.shut_runs import shut_points
from stationdesk.services.station import zone
from stationdesk.storage import running
from stationdesk.storage.readings import READING, Point, PointVersion
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass


@dataclass(frozen=True)
class PointText:
    """What a station says of a point: name, place in the grid, unit and limits."""

    position: int
    group: Name
    name: Name
    unit: str
    quantity: str = ""
    decimals: int = 2
    limits: Limits = field(default_factory=Limits)
    design: Decimal | None = None
    rollover: Decimal | None = None
    on_now: bool = False


_IN_FORCE = (
    select(Point.code, Point.kind, Point.retired_at, *(column for column in PointVersion.__table__.c if column.name not in ("by_id", "at")))
    .join(PointVersion, PointVersion.point_id == Point.id)
    .order_by(PointVersion.valid_from, PointVersion.id)
)


def _of_row(row: Row[Any], shut: tuple[Shut, ...]) -> PointView:
    return PointView(
        point_id=row.point_id,
        code=row.code,
        kind=row.kind,
        position=row.position,
        group=Name(row.group_zh, row.group_en),
        name=Name(row.name_zh, row.name_en),
        unit=row.unit,
        quantity=row.quantity,
        decimals=row.decimals,
        limits=Limits(row.ll, row.l, row.h, row.hh),
        design=row.design,
        rollover=row.rollover,
        version_id=row.id,
        on_now=row.on_now,
        valid_from=row.valid_from,
        retired_at=row.retired_at,
        shut=shut,
    )


@dataclass(frozen=True)
class PointsAt:
    """The points in force at a time in the order of the grid, by their ids, and the flow beside each."""

    points: tuple[PointView, ...]

    @cached_property
    def _stands_by(self) -> bool:
        return any(point.shut for point in self.points)

    def read(self, at: datetime) -> tuple[PointView, ...]:
        """Without those of metering runs that are shut."""
        return tuple(point for point in self.points if point.read_at(at)) if self._stands_by else self.points

    @cached_property
    def by_id(self) -> dict[int, PointView]:
        """Id → point."""
        return {point.point_id: point for point in self.points}

    @cached_property
    def beside(self) -> dict[int, PointView | None]:
        """Id → the flow that goes with the point."""
        flows = flows_of(self.points)
        return {point.point_id: flow_beside(flows, point) for point in self.points}


class _Versions:
    """Every version there is, the oldest first: they are few, and asked for at every value."""

    def __init__(self, versions: Iterable[tuple[datetime, PointView]]) -> None:
        self.begun = tuple(versions)
        self.all = tuple(view for _begins, view in self.begun)
        self._turns = sorted({begins for begins, _view in self.begun} | {view.retired_at for view in self.all if view.retired_at})
        self._between: dict[int, PointsAt] = {}
        self.first: dict[int, datetime] = {}
        for begins, view in self.begun:
            self.first.setdefault(view.point_id, begins)

    def at(self, at: datetime) -> PointsAt:
        """Those in force at a time: the same from one turn to the next."""
        turn = bisect_right(self._turns, at)
        found = self._between.get(turn)
        if found is None:
            found = self._between[turn] = PointsAt(self.there(at, at))
        return found

    def there(self, at: datetime, seen: datetime) -> tuple[PointView, ...]:
        """Those in force at a time and not retired by the time `seen`."""
        in_force = {view.point_id: view for begins, view in self.begun if begins <= at}
        there = (view for view in in_force.values() if view.retired_at is None or view.retired_at > seen)
        return tuple(sorted(there, key=lambda view: (view.position, view.point_id)))


def _versions(session: Session) -> _Versions:
    return recall(session, "points", ("point", "point_version", *running.TABLES), lambda: _read_versions(session))


def _read_versions(session: Session) -> _Versions:
    shut = shut_points(session)
    return _Versions((row.valid_from, _of_row(row, shut.get(row.point_id, ()))) for row in session.execute(_IN_FORCE))


def points_at(session: Session, at: datetime, retired_since: datetime | None = None) -> tuple[PointView, ...]:
    """The points to read at a time, in the order of the grid; with retired_since also those that were read only after that."""
    found = _versions(session)
    if retired_since is None:
        return found.at(at).read(at)
    return tuple(point for point in found.there(at, retired_since) if not shut_throughout(point.shut, retired_since, at))


def in_force(session: Session, at: datetime) -> PointsAt:
    """The points in force at a time, to be looked up one by one."""
    return _versions(session).at(at)


def begun(session: Session) -> datetime | None:
    """From when on the station reads anything: not before it was set up, though its points are in force from the beginning of that day."""
    return recall(session, "begun", ("point_version",), lambda: _begun(session))


def _begun(session: Session) -> datetime | None:
    first, recorded = session.scalar(select(func.min(PointVersion.valid_from))), session.scalar(select(func.min(PointVersion.at)))
    return None if first is None or recorded is None else max(first, recorded)


def read_since(session: Session) -> Mapping[int, datetime]:
    """Point → from when on it is read at all."""
    return _versions(session).first


def limits_of(session: Session, versions: Iterable[int]) -> dict[int, Limits]:
    """The limits of versions, by their ids: a value is graded by those in force when it was read."""
    wanted = set(versions)
    return {view.version_id: view.limits for view in _versions(session).all if view.version_id in wanted}


def points_view(store: Store, at: datetime) -> tuple[PointView, ...]:
    """The points in force, those of runs that are shut too, for Settings."""
    with store.read() as session:
        return in_force(session, at).points


def set_point_version(
    store: Store, actor: Actor, point_id: int, text: PointText, *, at: datetime, valid_from: datetime | None = None, base: int | None = None
) -> int:
    """Call or limit a point otherwise from a time on (default: now); the id of the version. base: the version the change was made on.

    PointVersionPastError: values were read since under what was in force then. PointNameError, RetiredPointError, LimitsOrderError,
    ChangedMeanwhileError where another version is in force by now: what it says would be put back unseen.
    """
    begins = valid_from or at
    with store.write(actor, "set_point_version", at) as session:
        if base is not None and base not in {each.version_id for each in points_at(session, at) if each.point_id == point_id}:
            raise ChangedMeanwhileError(table="point_version")
        return put_point_version(session, actor.person_id, point_id, text, begins, at)


def put_point_version(session: Session, by_id: int, point_id: int, text: PointText, begins: datetime, at: datetime) -> int:
    """The same inside a transaction (set-up)."""
    point = session.get_one(Point, point_id)
    if point.retired_at is not None:
        raise RetiredPointError(point=point.code)
    _refuse_past(session, point, begins)
    return _add_version(session, by_id, point_id, text, begins, at)


def add_point(
    store: Store, actor: Actor, code: str, kind: str, text: PointText, *, at: datetime, valid_from: datetime | None = None
) -> int:
    """A new point, read from a time on (default: now); its id. PointCodeTakenError, PointNameError."""
    with store.write(actor, "add_point", at) as session:
        return put_point(session, actor.person_id, code, kind, text, valid_from or at, at)


def put_point(session: Session, by_id: int, code: str, kind: str, text: PointText, begins: datetime, at: datetime) -> int:
    """The same inside a transaction (set-up)."""
    code = code.strip()
    if not code or session.scalars(select(Point.id).where(Point.code == code)).first() is not None:
        raise PointCodeTakenError(code=code)
    point = Point(code=code, kind=kind)
    session.add(point)
    session.flush()
    _add_version(session, by_id, point.id, text, begins, at)
    return point.id


def retire_point(store: Store, actor: Actor, point_id: int, *, at: datetime) -> None:
    """Read a point no more; what was read stays. RetiredPointError if it is retired already."""
    with store.write(actor, "retire_point", at) as session:
        point = session.get_one(Point, point_id)
        if point.retired_at is not None:
            raise RetiredPointError(point=point.code)
        point.retired_at = at


def _refuse_past(session: Session, point: Point, begins: datetime) -> None:
    newest = session.scalar(select(func.max(READING.c.time)).where(READING.c.point_id == point.id))
    if newest is not None and newest >= begins:
        raise PointVersionPastError(point=point.code, time=format_moment(newest, zone(session)))


def _add_version(session: Session, by_id: int, point_id: int, text: PointText, begins: datetime, at: datetime) -> int:
    if not text.name.zh.strip() or not text.group.zh.strip():
        raise PointNameError()
    check_point(text.decimals, text.position, text.rollover)
    limits = text.limits
    version = PointVersion(
        point_id=point_id, position=text.position, group_zh=text.group.zh, group_en=text.group.en, name_zh=text.name.zh,
        name_en=text.name.en, unit=text.unit, quantity=text.quantity, decimals=text.decimals, ll=limits.ll, l=limits.l, h=limits.h,
        hh=limits.hh, design=text.design, rollover=text.rollover, on_now=text.on_now, valid_from=begins, by_id=by_id, at=at,
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version.id
