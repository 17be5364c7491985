"""Taking readings: a value is saved first; the question, the grade and what is owed come back with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.numbers import NumberError, parse
from stationdesk.domain.plausibility import DuplicateHourError, check_hour
from stationdesk.domain.points import PASTED, NothingReadError, UnknownPointError
from stationdesk.domain.questions import Question
from stationdesk.domain.readings import CorrectionWordsError, SameValueError, Timing, next_nth, timing
from stationdesk.services.metering.blind import Veil, veil
from stationdesk.services.readings.doubts import first_question
from stationdesk.services.readings.hours import Frame, ShiftMark, frame, shift_of
from stationdesk.services.readings.kept import LOOK_BACK, Kept, Row, kept_around, kept_between, remember
from stationdesk.services.readings.owed import owed_among
from stationdesk.services.readings.versions import PointsAt, in_force
from stationdesk.services.readings.views import HourTaken, NotTaken, PointView, Taken
from stationdesk.storage.journal import insert_columns
from stationdesk.storage.readings import READING
from stationdesk.storage.store import Actor, Store

Cell = tuple[int, datetime, str]
"""Point, hour, text as typed."""


def take_reading(store: Store, actor: Actor, point_id: int, hour: datetime, typed: str, *, at: datetime, how: str = "typed") -> Taken:
    """Save one value typed, and say what is odd about it.

    NumberError, NotAnHourError, FutureHourError, DuplicateHourError, ImplausibleError, ShiftReadError, UnknownPointError: then nothing
    is saved.
    """
    with store.write(actor, "take_reading", at) as session:
        sheet = _Sheet.of(session, actor, [(point_id, hour)], at, how)
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
        sheet = _Sheet.of(session, actor, [(point_id, hour)], at, how)
        sheet.correct(point_id, hour, typed, words)
        return sheet.write()[0]


def _take_many(store: Store, actor: Actor, use_case: str, cells: Sequence[Cell], at: datetime, how: str, words: str) -> HourTaken:
    if not cells:
        return HourTaken((), ())
    with store.write(actor, use_case, at) as session:
        sheet, refused = _judged(session, actor, cells, at, how, words)
        return HourTaken(sheet.write(), refused)


def _judged(
    session: Session, actor: Actor, cells: Sequence[Cell], at: datetime, how: str, words: str
) -> tuple[_Sheet, tuple[NotTaken, ...]]:
    """The values in the order of their hours, each judged against those before it."""
    refused: list[NotTaken] = []
    sheet = _Sheet.of(session, actor, [(point_id, hour) for point_id, hour, _typed in cells], at, how)
    for point_id, hour, typed in sorted(cells, key=lambda cell: cell[1]):
        try:
            sheet.put(point_id, hour, typed, words)
        except SameValueError:
            continue
        except DomainError as error:
            refused.append(NotTaken(point_id, hour, typed, error))
    return sheet, tuple(refused)


@dataclass(frozen=True)
class Judged:
    """What came of a block of first values before any is written. same: how many stand there already, the same.

    write: writes the others, inside the transaction that judged them.
    """

    found: tuple[tuple[int, datetime, Question | None], ...]
    same: int
    refused: tuple[NotTaken, ...]
    write: Callable[[], tuple[Taken, ...]]


def judge_block(session: Session, actor: Actor, cells: Sequence[Cell], at: datetime, how: str) -> Judged:
    """Inside a transaction: first values judged as if they were typed, in the order of their hours."""
    kept, hidden = kept_between(session, min(cell[1] for cell in cells), max(cell[1] for cell in cells)), veil(session)
    there = {cell for cell in cells if not hidden.hides(cell[0], cell[1]) and _stands(kept.value(cell[0], cell[1]), cell[2])}
    others = [cell for cell in cells if cell not in there]
    if not others:
        return Judged((), len(there), (), tuple)
    sheet, refused = _judged(session, actor, others, at, how, "")
    return Judged(tuple((each.row.point_id, each.row.time, each.question) for each in sheet.found), len(there), refused, sheet.write)


def _stands(value: Decimal | None, typed: str) -> bool:
    try:
        return value is not None and parse(typed) == value
    except NumberError:
        return False


@dataclass(frozen=True)
class _Hour:
    """What is the same for all values of an hour: the points then read, the shift it is written to, whether it is typed late."""

    time: datetime
    points: PointsAt
    shift: ShiftMark | None
    late: bool

    def point(self, point_id: int) -> PointView:
        """UnknownPointError for a point that is not read then."""
        if point_id not in self.points.by_id:
            raise UnknownPointError()
        return self.points.by_id[point_id]


class _Found(NamedTuple):
    """A value judged, to be written."""

    row: Row
    hour: _Hour
    words: str
    grade: str
    question: Question | None


@dataclass
class _Sheet:
    """The values of one transaction before they are written: judged against what the store has and against each other."""

    session: Session
    actor: Actor
    at: datetime
    how: str
    frame: Frame
    kept: Kept
    blind: Veil
    hours: dict[datetime, _Hour] = field(default_factory=dict)
    opened: set[datetime] = field(default_factory=set)
    found: list[_Found] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session, actor: Actor, cells: Sequence[tuple[int, datetime]], at: datetime, how: str) -> _Sheet:
        own = frame(session, at)
        kept = kept_around(session, cells, own.tolerances.back, at)
        return cls(session, actor, at.replace(microsecond=0), how, own, kept, veil(session))

    def put(self, point_id: int, hour: datetime, typed: str, words: str) -> None:
        """A first value, or with words a correction of the one in place."""
        if words and self.kept.at(point_id, hour) is not None:
            self.correct(point_id, hour, typed, words)
        else:
            self.take(point_id, hour, typed)

    def take(self, point_id: int, hour: datetime, typed: str) -> None:
        """A first value of an hour."""
        value = parse(typed)
        if hour not in self.opened:
            check_hour(hour, self.at, self.frame.zone, self.frame.window.before)
            self.opened.add(hour)
        if (point_id, hour) in self.kept.rows:
            raise DuplicateHourError()
        self._add(self._hour(hour), point_id, value, "")

    def correct(self, point_id: int, hour: datetime, typed: str, words: str) -> None:
        """Another value for the one in place."""
        value = parse(typed)
        if not words.strip():
            raise CorrectionWordsError()
        if self.kept.at(point_id, hour) is None:
            raise NothingReadError()
        self._add(self._hour(hour), point_id, value, words.strip())

    def _hour(self, hour: datetime) -> _Hour:
        if hour not in self.hours:
            shift = shift_of(self.session, hour, self.frame.open_shift)
            late = timing(hour, self.at, self.frame.window) is Timing.LATE
            self.hours[hour] = _Hour(hour, in_force(self.session, hour), shift, late)
        return self.hours[hour]

    def _add(self, hour: _Hour, point_id: int, value: Decimal, words: str) -> None:
        point = hour.point(point_id)
        before = self.kept.rows.get((point_id, hour.time), ())
        hidden = self.blind.hides(point_id, hour.time)
        old = before[-1].value if before and not hidden else None  # what is not told is not told by refusing the same again either
        closed = hour.shift is not None and hour.shift.closed
        nth = next_nth([row.nth for row in before], old, value, shift_closed=closed, words=words)
        question = self._question(point, hour, value)
        row = Row(point_id, hour.time, nth, value, point.version_id, self.at, str(question.kind) if question else "")
        self.kept.put(row)
        self.found.append(_Found(row, hour, words, str(point.limits.grade(value).grade), question))

    def _question(self, point: PointView, hour: _Hour, value: Decimal) -> Question | None:
        past = self.kept.past(point.point_id, hour.time, self.frame.tolerances.back)
        if point.point_id in self.blind.points:
            past = tuple(each for each in past if not self.blind.hides(point.point_id, each.time))
        flow, usual = hour.points.beside[point.point_id], partial(self._usual, point, hour.time)
        return first_question(flow, point, hour.time, value, past, self.kept.value, usual, self.frame.tolerances)

    def _usual(self, point: PointView, hour: datetime) -> Decimal | None:
        return kept_between(self.session, hour - LOOK_BACK, hour, [point.point_id]).usual(point.point_id, hour)

    def write(self) -> tuple[Taken, ...]:
        """Write the rows and say what came of each."""
        if self.found:
            insert_columns(self.session, READING, self._columns())
            remember(self.session, self.kept)
        owed = owed_among(self.session, self.kept, [each.row for each in self.found if each.grade or each.question])
        return tuple([
            Taken(row.point_id, row.time, row.value, row.nth, question, grade, row[:2] in owed, not hour.late)
            for row, hour, _words, grade, question in self.found
        ])  # fmt: skip

    def _columns(self) -> dict[str, Sequence[Any]]:
        rows, hours, words, _grades, _questions = zip(*self.found, strict=True)
        columns: dict[str, Sequence[Any]] = dict(zip(Row._fields, zip(*rows, strict=True), strict=True))
        return columns | {
            "shift_id": [hour.shift.id if hour.shift else None for hour in hours],
            "by_id": [self.actor.person_id] * len(rows),
            "how": ["late" if hour.late and self.how == "typed" else self.how for hour in hours],
            "words": words,
        }
