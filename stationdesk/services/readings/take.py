"""Taking readings: a value is saved first; the question, the grade and what is owed come back with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.numbers import parse
from stationdesk.domain.plausibility import check_hour
from stationdesk.domain.points import PASTED, NothingReadError, UnknownPointError
from stationdesk.domain.questions import Question
from stationdesk.domain.readings import CorrectionWordsError, SameValueError, Timing, next_nth, timing
from stationdesk.services.readings.doubts import first_question
from stationdesk.services.readings.hours import Frame, frame, shift_of
from stationdesk.services.readings.kept import LOOK_BACK, NEAR, Kept, Row, kept_between
from stationdesk.services.readings.owed import owed_by
from stationdesk.services.readings.versions import points_at
from stationdesk.services.readings.views import HourTaken, NotTaken, PointView, Taken
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.readings import READING
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store

Cell = tuple[int, datetime, str]
"""Point, hour, text as typed."""


def take_reading(store: Store, actor: Actor, point_id: int, hour: datetime, typed: str, *, at: datetime, how: str = "typed") -> Taken:
    """Save one value typed, and say what is odd about it.

    NumberError, NotAnHourError, FutureHourError, DuplicateHourError, ImplausibleError, ShiftReadError, UnknownPointError: then nothing
    is saved.
    """
    with store.write(actor, "take_reading", at) as session:
        sheet = _Sheet.of(session, actor, [hour], at, how)
        sheet.take(point_id, hour, typed)
        return sheet.write()[0]


def take_hour(store: Store, actor: Actor, hour: datetime, texts: Mapping[int, str], *, at: datetime, how: str = "typed") -> HourTaken:
    """Save the values of one hour at once. What cannot be a value comes back refused; the rest is saved all the same."""
    cells = [(point_id, hour, text) for point_id, text in texts.items() if text.strip()]
    return _take_many(store, actor, "take_hour", cells, at, how, "")


def paste_block(store: Store, actor: Actor, cells: Sequence[Cell], *, at: datetime, how: str = "typed") -> HourTaken:
    """Save a block of a spreadsheet; a value in place is corrected, one that is the same is left alone."""
    return _take_many(store, actor, "paste_readings", cells, at, how, PASTED)


def correct_reading(
    store: Store, actor: Actor, point_id: int, hour: datetime, typed: str, *, words: str, at: datetime, how: str = "typed"
) -> Taken:
    """Put another value in place of one; the old one stays, struck through. words: a code of CORRECTIONS, or why in plain words.

    NumberError, ImplausibleError, SameValueError, CorrectionWordsError (no words), NothingReadError (no value there).
    """
    with store.write(actor, "correct_reading", at) as session:
        sheet = _Sheet.of(session, actor, [hour], at, how)
        sheet.correct(point_id, hour, typed, words)
        return sheet.write()[0]


def _take_many(store: Store, actor: Actor, use_case: str, cells: Sequence[Cell], at: datetime, how: str, words: str) -> HourTaken:
    if not cells:
        return HourTaken((), ())
    refused: list[NotTaken] = []
    with store.write(actor, use_case, at) as session:
        sheet = _Sheet.of(session, actor, [hour for _point, hour, _typed in cells], at, how)
        for point_id, hour, typed in sorted(cells, key=lambda cell: cell[1]):
            try:
                sheet.put(point_id, hour, typed, words)
            except SameValueError:
                continue
            except DomainError as error:
                refused.append(NotTaken(point_id, hour, typed, error))
        return HourTaken(sheet.write(), tuple(refused))


@dataclass
class _Sheet:
    """The values of one transaction before they are written: judged against what the store has and against each other."""

    session: Session
    actor: Actor
    at: datetime
    how: str
    frame: Frame
    kept: Kept
    points: dict[datetime, tuple[PointView, ...]] = field(default_factory=dict)
    shifts: dict[datetime, Shift | None] = field(default_factory=dict)
    _by_id: dict[datetime, dict[int, PointView]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    found: list[tuple[PointView, Row, Question | None]] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session, actor: Actor, hours: Sequence[datetime], at: datetime, how: str) -> _Sheet:
        kept = kept_between(session, min(hours) - NEAR, max(hours))
        if not kept.times:  # after a long gap what was read last is further back
            kept = kept_between(session, min(hours) - LOOK_BACK, max(hours))
        return cls(session, actor, at.replace(microsecond=0), how, frame(session, at), kept)

    def put(self, point_id: int, hour: datetime, typed: str, words: str) -> None:
        """A first value, or with words a correction of the one in place."""
        if words and self.kept.at(point_id, hour) is not None:
            self.correct(point_id, hour, typed, words)
        else:
            self.take(point_id, hour, typed)

    def take(self, point_id: int, hour: datetime, typed: str) -> None:
        """A first value of an hour."""
        value = parse(typed)
        taken = [hour] if self.kept.at(point_id, hour) else []
        check_hour(hour, self.at, taken, self.frame.zone, self.frame.window.before)
        self._add(self._point(point_id, hour), hour, value, "")

    def correct(self, point_id: int, hour: datetime, typed: str, words: str) -> None:
        """Another value for the one in place."""
        value = parse(typed)
        if not words.strip():
            raise CorrectionWordsError()
        if self.kept.at(point_id, hour) is None:
            raise NothingReadError()
        self._add(self._point(point_id, hour), hour, value, words.strip())

    def _point(self, point_id: int, hour: datetime) -> PointView:
        if hour not in self.points:
            self.points[hour] = points_at(self.session, hour)
            self._by_id[hour] = {point.point_id: point for point in self.points[hour]}
        found = self._by_id[hour].get(point_id)
        if found is None:
            raise UnknownPointError()
        return found

    def _shift(self, hour: datetime) -> Shift | None:
        if hour not in self.shifts:
            self.shifts[hour] = shift_of(self.session, hour, self.frame.open_shift)
        return self.shifts[hour]

    def _add(self, point: PointView, hour: datetime, value: Decimal, words: str) -> None:
        before, shift = self.kept.rows.get((point.point_id, hour), []), self._shift(hour)
        old = before[-1].value if before else None
        closed = shift is not None and shift.closed_at is not None
        nth = next_nth([row.nth for row in before], old, value, shift_closed=closed, words=words)
        question = self._question(point, hour, value)
        row = Row(
            point.point_id, hour, nth, value, point.version_id, shift.id if shift else None, self.actor.person_id, self.at,
            self._how(hour), question.kind.value if question else "", words,
        )  # fmt: skip
        self.kept.put(row)
        self.rows.append(row)
        self.found.append((point, row, question))

    def _question(self, point: PointView, hour: datetime, value: Decimal) -> Question | None:
        past = self.kept.past(point.point_id, hour)
        return first_question(self.points[hour], point, hour, value, past, self.kept.value, self.frame.tolerances)

    def _how(self, hour: datetime) -> str:
        """Late when typed after its window; taken from paper or a file it says so anyway."""
        late = timing(hour, self.at, self.frame.window) is Timing.LATE
        return "late" if late and self.how == "typed" else self.how

    def write(self) -> tuple[Taken, ...]:
        """Write the rows and say what came of each."""
        insert_rows(self.session, READING, [_columns(row) for row in self.rows])
        return tuple(self._taken(point, row, question) for point, row, question in self.found)

    def _taken(self, point: PointView, row: Row, question: Question | None) -> Taken:
        grade = point.limits.grade(row.value).grade
        owed = bool(grade or question) and owed_by(self.session, self.kept, point, row.time)
        on_time = timing(row.time, self.at, self.frame.window) is not Timing.LATE
        return Taken(row.point_id, row.time, row.value, row.nth, question, grade.value, owed, on_time)


def _columns(row: Row) -> dict[str, Any]:
    return row._asdict()
