"""Words to what is abnormal, and to hours that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import Span, hours
from stationdesk.domain.names import Name
from stationdesk.domain.points import NothingOwedError
from stationdesk.domain.readings import Gap, Hour, check_gap, check_words, hour_states
from stationdesk.services.readings.hours import Frame, frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, kept_between
from stationdesk.services.readings.owed import Abnormal, abnormal
from stationdesk.services.readings.versions import begun, points_at, read_since
from stationdesk.services.readings.views import Phrase, PointView
from stationdesk.services.station import items
from stationdesk.storage.readings import Explanation, ReadingGap
from stationdesk.storage.store import Actor, Store

PHRASES = "reading_phrases"


def phrases(session: Session, at: datetime) -> tuple[Phrase, ...]:
    """The station's preset phrases, chosen by their number."""
    return tuple(Phrase(each["code"], Name.of(each)) for each in items(session, PHRASES, at))


def explain(store: Store, actor: Actor, point_id: int, since: datetime, *, at: datetime, words: str = "", code: str = "") -> None:
    """Say once why a value is abnormal, for as long as that goes on; a worse grade asks again.

    code: a preset phrase of the station instead of words. ExplanationWordsError, NothingOwedError.
    """
    with store.write(actor, "explain_reading", at) as session:
        said = check_words(words or _phrase(session, code, at))
        holds = frame(session, at)
        kept = kept_between(session, since - LOOK_BACK, at + holds.window.before)  # an hour may be read before it strikes
        grade = _grade_owed(abnormal(session, kept, [point_id]), str(point_id), since)
        shift = holds.open_shift
        session.add(
            Explanation(
                point_id=point_id,
                since=since,
                grade=grade,
                code="" if words else code,
                words=said,
                shift_id=shift.id if shift else None,
                by_id=actor.person_id,
                at=at,
            )
        )


def _phrase(session: Session, code: str, at: datetime) -> str:
    found = next((phrase.name for phrase in phrases(session, at) if phrase.code == code), None)
    return found.zh if found else ""


def _grade_owed(found: Abnormal, point: str, since: datetime) -> str:
    for run in found.owed:
        if run.point == point and run.since <= since <= run.until:
            return run.grade.value
    if any(reading.point == point and reading.time == since for reading in found.doubts):
        return "amber"
    raise NothingOwedError()


def explain_gap(
    store: Store, actor: Actor, start: datetime, end: datetime, *, words: str, at: datetime, point_id: int | None = None
) -> None:
    """Say once why the hours from–to, both included, were not read (of one point, or of all). GapRangeError, ExplanationWordsError."""
    with store.write(actor, "explain_gap", at) as session:
        holds = frame(session, at)
        points = points_at(session, at)
        chosen = [point for point in points if point_id in (None, point.point_id)]
        kept = kept_between(session, start, end)
        said = check_gap(states(session, holds, kept, chosen, Span(start, end), at), start, end, words)
        shift = holds.open_shift
        session.add(
            ReadingGap(
                from_time=start,
                to_time=end,
                point_id=point_id,
                words=said,
                shift_id=shift.id if shift else None,
                by_id=actor.person_id,
                at=at,
            )
        )


def gap_rows(session: Session, start: datetime, end: datetime) -> tuple[ReadingGap, ...]:
    """The words to hours not read that meet start–end."""
    query = select(ReadingGap).where(ReadingGap.from_time <= end, ReadingGap.to_time >= start)
    return tuple(session.scalars(query.order_by(ReadingGap.from_time, ReadingGap.id)))


def states(session: Session, holds: Frame, kept: Kept, points: Sequence[PointView], span: Span, at: datetime) -> tuple[Hour, ...]:
    """How each hour of a span stands; hours before the station had points are none of it, nor those before a point was added."""
    span = Span(max(span.start, begun(session) or span.start), span.end)
    rows = gap_rows(session, span.start, span.end)
    gaps = [Gap(row.from_time, row.to_time, None if row.point_id is None else str(row.point_id)) for row in rows]
    wanted = [str(point.point_id) for point in points]
    read: dict[datetime, set[str]] = {}
    for (point_id, time), _rows in kept.history():
        read.setdefault(time, set()).add(str(point_id))
    every, since = hours(span, holds.zone), read_since(session)
    for point in points:
        if point.shut or since[point.point_id] > span.start:  # what stands by owes no reading, nor what was not there yet
            for time in every:
                if time < since[point.point_id] or not point.read_at(time):
                    read.setdefault(time, set()).add(str(point.point_id))
    taken = {time: frozenset(codes) for time, codes in read.items()}
    return hour_states(every, wanted, taken, gaps, at, holds.window)
