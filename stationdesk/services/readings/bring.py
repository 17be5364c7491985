"""A day's readings brought in from a spreadsheet: tried first, every refused cell named, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.plausibility import FutureHourError
from stationdesk.domain.points import UnknownPointError
from stationdesk.domain.questions import UNIT_KINDS, Question, question_words
from stationdesk.domain.readings_file import FileCell, FileRefusal, KnownPoint, ReadingsFile, ReadingsHeadError, read_readings
from stationdesk.domain.words import N_
from stationdesk.services.metering.archive_files import tables_of
from stationdesk.services.readings.take import Judged, judge_block
from stationdesk.services.readings.versions import in_force
from stationdesk.services.station import zone
from stationdesk.storage.actors import NOBODY
from stationdesk.storage.store import Actor, Store

HOW = "imported"


class ReadingsRefusedError(DomainError):
    """Some cells are not taken, so nothing is. `refused`: all of them."""

    words = N_("Nothing was taken; cells refused: {count}.")
    field = "file"

    def __init__(self, refused: tuple[FileRefusal, ...]) -> None:
        super().__init__(count=len(refused), refused=refused)


class SlipError(DomainError):
    """342 for 0.342: at the desk one would be asked; a file cannot answer."""

    words = N_("{question} Write what is meant.")


class _Words:
    """A question, worded in the language of whoever reads it."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __str__(self) -> str:
        return question_words(self.question)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


@dataclass(frozen=True)
class Doubt:
    """A value that is taken and asked about in the grid, as if it had been typed."""

    line: int
    heading: str
    words: str


@dataclass(frozen=True)
class ReadingsBrought:
    """What came of a file. written False: only tried. empty: hours without a value; unread: headings of words; passed: totals, remarks."""

    hours: int
    values: int
    same: int
    first: datetime | None
    last: datetime | None
    doubts: tuple[Doubt, ...]
    empty: tuple[datetime, ...]
    unsaid: int
    unread: tuple[str, ...]
    passed: tuple[int, ...]
    refused: tuple[FileRefusal, ...]
    written: bool = False


@dataclass(frozen=True)
class Wishes:
    """What somebody says of a file: the date where it gives none, headings → codes of points ("-": leave the column out)."""

    day: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def preview_readings(store: Store, data: bytes, name: str, wishes: Wishes | None = None, *, at: datetime) -> ReadingsBrought:
    """What would come of a file, refused cells among it; nothing is written.

    The errors of `tables_of`; ReadingsHeadError, ReadingsDateError, ReadingsOrderError, PointCodeError.
    """
    with store.read() as session:
        found = _read(session, data, name, wishes or Wishes(), at)
        return _said(found, _judged(session, NOBODY, found, at), at)


def import_readings(store: Store, actor: Actor, data: bytes, name: str, wishes: Wishes | None = None, *, at: datetime) -> ReadingsBrought:
    """Take a file's values in, all or none. What stands there already is left alone.

    The errors of `preview_readings`; ReadingsRefusedError with every cell that is not taken.
    """
    with store.read() as session:
        found = _read(session, data, name, wishes or Wishes(), at)
        tried = _said(found, _judged(session, actor, found, at), at)
    if tried.refused:
        raise ReadingsRefusedError(tried.refused)
    if not tried.values:
        return tried
    with store.write(actor, "import_readings", at) as session:
        judged = _judged(session, actor, found, at)
        said = _said(found, judged, at)
        if said.refused:
            raise ReadingsRefusedError(said.refused)
        if judged is not None:
            judged.write()
        return _said(found, judged, at, written=bool(said.values))


def _read(session: Session, data: bytes, name: str, wishes: Wishes, at: datetime) -> ReadingsFile:
    """The first sheet with points in it."""
    points = [KnownPoint(each.point_id, each.code, each.group, each.name, each.unit) for each in in_force(session, at).by_id.values()]
    tables = tables_of(data, name)
    for table in tables[:-1]:
        try:
            return read_readings(table, points, zone(session), wishes.day, wishes.columns)
        except ReadingsHeadError:
            continue
    return read_readings(tables[-1], points, zone(session), wishes.day, wishes.columns)


def _judged(session: Session, actor: Actor, found: ReadingsFile, at: datetime) -> Judged | None:
    cells = [(each.point_id, each.hour, each.typed) for each in found.cells]
    return judge_block(session, actor, cells, at, HOW) if cells else None


def _said(found: ReadingsFile, judged: Judged | None, at: datetime, *, written: bool = False) -> ReadingsBrought:
    places = {(each.point_id, each.hour): each for each in found.cells}
    refused, doubts = [*found.refused, *_twice(found), *_not_taken(judged, places)], []
    for point_id, hour, question in judged.found if judged else ():
        cell = places[point_id, hour]
        if question is not None and question.kind in UNIT_KINDS:
            refused.append(FileRefusal(cell.line, cell.heading, SlipError(question=_Words(question))))
        elif question is not None:
            doubts.append(Doubt(cell.line, cell.heading, question_words(question)))
    return ReadingsBrought(
        len(found.hours), len(judged.found) if judged else 0, judged.same if judged else 0, min(found.hours, default=None),
        max(found.hours, default=None), tuple(doubts), tuple(found.empty), found.unsaid, tuple(found.unread), tuple(found.passed),
        tuple(sorted(refused, key=lambda each: (each.line, each.heading))), written,
    )  # fmt: skip


def _not_taken(judged: Judged | None, places: Mapping[tuple[int, datetime], FileCell]) -> Iterator[FileRefusal]:
    """What the rules refuse, cell by cell; an hour that cannot be read at all, once."""
    whole: set[tuple[int, str]] = set()
    for each in judged.refused if judged else ():
        cell, error = places[each.point_id, each.hour], each.error
        if isinstance(error, FutureHourError | UnknownPointError):
            if (cell.line, str(error)) not in whole:
                yield FileRefusal(cell.line, cell.heading if isinstance(error, UnknownPointError) else "", error)
            whole.add((cell.line, str(error)))
        elif isinstance(error, DomainError):
            yield FileRefusal(cell.line, cell.heading, error)


def _twice(found: ReadingsFile) -> list[FileRefusal]:
    """An hour in two lines: which of them is right?"""
    first: dict[tuple[int, datetime], FileCell] = {}
    return [
        FileRefusal(each.line, each.heading, HourAgainError(line=kept.line))
        for each in found.cells
        if (kept := first.setdefault((each.point_id, each.hour), each)) is not each
    ]


class HourAgainError(DomainError):
    """Two lines for one hour."""

    words = N_("The hour stands in line {line} already.")
