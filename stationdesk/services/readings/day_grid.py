"""The grid of hours × points, with everything the page shows beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import DAY, Span, at_wall, day_of, gas_day_of, hours, nearest_hour
from stationdesk.domain.names import Name
from stationdesk.domain.plausibility import HOUR, MAY_STAND
from stationdesk.domain.readings import Hour, HourState, Run, missing_ranges
from stationdesk.services.people.view import names
from stationdesk.services.readings.explaining import gap_rows, phrases, states
from stationdesk.services.readings.hours import Frame, frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, Row, entries_between, kept_between
from stationdesk.services.readings.owed import Abnormal, abnormal, owed_views
from stationdesk.services.readings.versions import limits_of, points_at
from stationdesk.services.readings.views import (
    CellView,
    CorrectionView,
    GapView,
    GridLine,
    GridView,
    HiddenCell,
    HourLine,
    PointView,
    SaidView,
    ShiftLine,
)
from stationdesk.services.shifts.plan import planned_days
from stationdesk.services.station import setting
from stationdesk.storage.people import Crew
from stationdesk.storage.readings import Explanation, ReadingGap
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


def grid_view(store: Store, start: datetime, end: datetime, at: datetime) -> GridView:
    """Hours from start to end, both read, as they stand at `at`."""
    with store.read() as session:
        return grid(session, start, end, at)


def day_view(store: Store, moment: datetime, at: datetime) -> GridView:
    """The gas day of a moment: from its first hour to the first hour of the next, which closes it."""
    with store.read() as session:
        span = gas_day(session, moment, at)
        return grid(session, span.start, span.end, at)


def gas_day(session: Session, moment: datetime, at: datetime) -> Span:
    """The span of a moment's gas day."""
    own, begins = frame(session, at).zone, setting(session, "gas_day_begins", at)
    day = gas_day_of(moment, own, begins)
    return Span(at_wall(day, begins, own), at_wall(day, begins + DAY, own))


def grid(session: Session, start: datetime, end: datetime, at: datetime) -> GridView:
    """The grid inside a transaction."""
    return _Composer(session, Span(start, end), at).view()


@dataclass(frozen=True)
class _Begun:
    """A shift as the grid groups hours by it: a record, or only planned."""

    shift: Shift | None
    starts_at: datetime
    ends_at: datetime
    name: Name
    crew: Name | None
    day: date


class _Composer:
    """Reads what the grid needs once, and puts it together."""

    def __init__(self, session: Session, span: Span, at: datetime) -> None:
        self.session, self.span, self.at = session, span, at
        self.frame: Frame = frame(session, at)
        self.people = names(session)
        self.points = points_at(session, max(min(at, span.end), span.start), retired_since=span.start)
        self.by_id = {point.point_id: point for point in self.points}
        self.kept: Kept = kept_between(session, span.start - LOOK_BACK, span.end)
        self.entries = entries_between(session, span.start, span.end)
        self.abnormal: Abnormal = abnormal(session, self.kept)
        self.limits: Mapping[int, Limits] = limits_of(session, (row.version_id for row in self.kept.in_force()))
        self.gaps = gap_rows(session, span.start, span.end)
        self.hours = hours(span, self.frame.zone)
        self.owed = _owed_places(self.abnormal)
        self.phrases = phrases(session, at)

    def view(self) -> GridView:
        begun = self._shifts()
        now = nearest_hour(self.at, self.frame.zone, self.frame.window.before)
        closes, back = self.frame.window.closes(now), self.frame.tolerances.back
        return GridView(
            start=self.span.start,
            end=self.span.end,
            at=self.at,
            zone=self.frame.zone,
            points=self.points,
            lines=tuple(self._lines(begun)),
            hour=now,
            on_time_until=closes if self.at <= closes else None,
            owed=owed_views(self.abnormal, self.by_id),
            explained=self._explained(),
            corrections=self._corrections(),
            gaps=self._gaps(),
            phrases=self.phrases,
            before={point.point_id: self.kept.past(point.point_id, self.span.start, back) for point in self.points},
            usual=self._usual(),
            tolerances=self.frame.tolerances,
            enter_down=setting(self.session, "enter_goes", self.at) == "down",
            early=int(self.frame.window.before / timedelta(minutes=1)),
            day_begins=setting(self.session, "gas_day_begins", self.at),
            shift_id=self.frame.open_shift.id if self.frame.open_shift else None,
        )

    def _usual(self) -> dict[int, Decimal | None]:
        end = self.span.end + HOUR
        return {point.point_id: self.kept.usual(point.point_id, end) for point in self.points if point.quantity in MAY_STAND}

    # Shifts
    def _shifts(self) -> list[_Begun]:
        """Shifts that begin in the span or hold its start, recorded ones before planned ones, in the order of time; who waits for a
        handover out of turn has the same span until it is signed, and stands before the shift whose hours they are."""
        meets = select(Shift).where(Shift.starts_at <= self.span.end, Shift.ends_at > self.span.start)
        crews = {crew.id: Name(crew.name_zh, crew.name_en) for crew in self.session.scalars(select(Crew))}
        found = [
            _Begun(shift, shift.starts_at, shift.ends_at, Name(shift.name_zh, shift.name_en), crews.get(shift.crew_id or 0), shift.day)
            for shift in self.session.scalars(meets.order_by(Shift.starts_at, Shift.part))
        ]
        known = [Span(each.starts_at, each.ends_at) for each in found]
        first, last = day_of(self.span.start, self.frame.zone) - timedelta(days=1), day_of(self.span.end, self.frame.zone)
        for plan in planned_days(self.session, first, last, self.at):
            own = Span(plan.starts_at, plan.ends_at)
            if own.start < self.span.end and own.end > self.span.start and not any(own.meets(each) for each in known):
                found.append(_Begun(None, own.start, own.end, plan.name, plan.crew.name if plan.crew else None, plan.day))
        return sorted(found, key=lambda each: (each.starts_at, each.shift is not None and each.shift.opened_at is not None))

    def _lines(self, begun: Sequence[_Begun]) -> list[GridLine]:
        lines: list[GridLine] = []
        above: _Begun | None = None
        for hour in self.hours:
            own = next((each for each in reversed(begun) if each.starts_at <= hour), None)
            last = hour == self.hours[-1] and own is not None and own.starts_at == hour
            if own is not above and own is not None and not last:
                lines.append(self._shift_line(own))
                above = own
            lines.append(self._hour_line(hour, above if last else own))
        return lines

    def _shift_line(self, own: _Begun) -> ShiftLine:
        states = self._states(Span(own.starts_at, own.ends_at))
        shift = own.shift
        state = "planned" if shift is None else "closed" if shift.closed_at else "open" if shift.opened_at else "awaited"
        leader = self.people.get(shift.leader_id or 0, "") if shift else ""
        done = sum(each.state is HourState.DONE for each in states)
        return ShiftLine(
            shift_id=shift.id if shift else None,
            day=own.day,
            name=own.name,
            crew=own.crew,
            state=state,
            signed_at=shift.closed_at if shift else None,
            signed_by=leader,
            done=done,
            due=len(states),
            begun=own.starts_at <= self.at,
        )

    def _states(self, span: Span) -> tuple[Hour, ...]:
        known = self.span.start - LOOK_BACK <= span.start and span.end <= self.span.end
        inside = self.kept if known else kept_between(self.session, span.start, span.end)
        return states(self.session, self.frame, inside, self.points, span, self.at)

    # Hours and cells
    def _hour_line(self, hour: datetime, own: _Begun | None) -> HourLine:
        shift = own.shift if own else None
        cells = {point.point_id: self._cell(row) for point in self.points if (row := self.kept.at(point.point_id, hour))}
        gap = next((row.words for row in self.gaps if row.point_id is None and row.from_time <= hour <= row.to_time), "")
        return HourLine(hour, self._phase(hour, shift), shift.id if shift else None, cells, gap, self._hidden(hour))

    def _hidden(self, hour: datetime) -> dict[int, HiddenCell]:
        if not self.kept.hidden:
            return {}
        found = {point.point_id: rows for point in self.points if (rows := self.kept.hidden.get((point.point_id, hour)))}
        return {point: self._hidden_cell(rows) for point, rows in found.items()}

    def _hidden_cell(self, rows: Sequence[Row]) -> HiddenCell:
        last = rows[-1]
        late = rows[0].at > self.frame.window.closes(last.time)
        return HiddenCell(last.doubt, late, self.people.get(self.entries[last[:3]].by_id, ""), last.at)

    def _phase(self, hour: datetime, shift: Shift | None) -> str:
        if self.at < self.frame.window.opens(hour):
            return "future"
        opened = self.frame.open_shift
        if shift is not None and shift.closed_at is not None and not (opened and hour == opened.starts_at):
            return "past"
        return "now" if self.at <= self.frame.window.closes(hour) else "shift"

    def _cell(self, row: Row) -> CellView:
        rows, entry = self.kept.rows[row.point_id, row.time], self.entries[row[:3]]
        return CellView(
            value=row.value,
            grade=self.limits[row.version_id].grade(row.value).grade.value,
            owed=(row.point_id, row.time) in self.owed,
            old=tuple(each.value for each in rows[:-1]),
            doubt=row.doubt,
            late=rows[0].at > self.frame.window.closes(row.time),
            after_close=self._after_close(row),
            how=entry.how,
            nth=row.nth,
            by_id=entry.by_id,
            by=self.people.get(entry.by_id, ""),
            at=row.at,
            words=entry.words,
            version_id=row.version_id,
        )

    def _after_close(self, row: Row) -> bool:
        shift_id = self.entries[row[:3]].shift_id
        shift = self.session.get(Shift, shift_id) if shift_id is not None else None
        return shift is not None and shift.closed_at is not None and row.at >= shift.closed_at

    # Beside the grid
    def _explained(self) -> tuple[SaidView, ...]:
        found = [self._said(run) for run in self.abnormal.runs if run.until >= self.span.start]
        alone = self._said_of_doubts()
        return tuple(sorted([*(each for group in found for each in group), *alone], key=lambda said: (said.since, said.point.position)))

    def _said(self, run: Run) -> list[SaidView]:
        point = self.by_id.get(int(run.point))
        if point is None:
            return []
        high = max(run.readings, key=lambda each: (each.grade.rank, abs(each.value)))
        return [
            self._words(point, words, run.since, run.until, high.value)
            for words in self.abnormal.words
            if words.point_id == point.point_id and run.since <= words.since <= run.until
        ]

    def _said_of_doubts(self) -> list[SaidView]:
        found = []
        for words in self.abnormal.words:
            row = self.kept.at(words.point_id, words.since)
            point = self.by_id.get(words.point_id)
            in_run = any(int(run.point) == words.point_id and run.since <= words.since <= run.until for run in self.abnormal.runs)
            if row is not None and point is not None and not in_run and words.since >= self.span.start:
                found.append(self._words(point, words, words.since, words.since, row.value))
        return found

    def _words(self, point: PointView, words: Explanation, since: datetime, until: datetime, peak: Decimal) -> SaidView:
        by, phrase = self.people.get(words.by_id, ""), next((each.name for each in self.phrases if each.code == words.code), None)
        return SaidView(point, since, until, words.words, by, words.at, peak, words.grade, phrase)

    def _corrections(self) -> tuple[CorrectionView, ...]:
        found = [
            self._correction(point, before, after)
            for (point_id, time), rows in self.kept.rows.items()
            if time >= self.span.start and (point := self.by_id.get(point_id))
            for before, after in pairwise(rows)
        ]
        return tuple(sorted(found, key=lambda each: (each.time, each.point.position, each.at)))

    def _correction(self, point: PointView, before: Row, after: Row) -> CorrectionView:
        entry = self.entries[after[:3]]
        by = self.people.get(entry.by_id, "")
        return CorrectionView(point, after.time, before.value, after.value, entry.words, by, after.at, self._after_close(after))

    def _gaps(self) -> tuple[GapView, ...]:
        """Missing ranges without words first, then those explained."""
        upto = Span(self.span.start, min(self.span.end, self.at))
        wanting = states(self.session, self.frame, self.kept, self.points, upto, self.at) if upto.start <= upto.end else ()
        return (*self._missing(wanting), *(self._gap(row) for row in self.gaps))

    def _missing(self, found: Sequence[Hour]) -> list[GapView]:
        by_time = {hour.time: hour for hour in found}
        views = []
        for start, end in missing_ranges(found):
            inside = [by_time[time] for time in by_time if start <= time <= end]
            views.append(GapView(start, end, max(hour.points - hour.read for hour in inside), len(self.points)))
        return views

    def _gap(self, row: ReadingGap) -> GapView:
        point = self.by_id.get(row.point_id) if row.point_id is not None else None
        return GapView(row.from_time, row.to_time, 0, len(self.points), row.words, self.people.get(row.by_id, ""), point)


def _owed_places(found: Abnormal) -> frozenset[tuple[int, datetime]]:
    places = {(int(run.point), reading.time) for run in found.owed for reading in run.readings}
    return frozenset(places | {(int(each.point), each.time) for each in found.doubts})
