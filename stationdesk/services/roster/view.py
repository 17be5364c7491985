"""The roster as its page shows it: people and days, what the draft changes, who stood in, hours, fairness and fatigue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from statistics import mean
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import month_of
from stationdesk.domain.names import Name
from stationdesk.domain.roster import DAY_KINDS, Calendar, DayKind, days_of, quarter_of, year_of
from stationdesk.domain.roster.duties import Night, duty
from stationdesk.domain.roster.fatigue import Fatigue, band, predict
from stationdesk.domain.roster.sleep import Sleep, sleep_said
from stationdesk.domain.rotation import ShiftKind
from stationdesk.services.people.view import names
from stationdesk.services.roster.draft import redoable
from stationdesk.services.roster.judge import BreachView, Judged, Tally, judge, judge_cells, judge_planned, tally, worded
from stationdesk.services.roster.kinds import day_kinds
from stationdesk.services.roster.plan import gather
from stationdesk.services.shifts.publications import SHIFTS, published, rostered
from stationdesk.services.station import setting
from stationdesk.storage.people import Crew
from stationdesk.storage.roster import Leave, Roster, RosterEdit, RosterLine
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.store import Store

LOOKED_BACK = 14
"""Days before a roster whose duties still tell on its first day's sleepiness."""


@dataclass(frozen=True)
class RosterDay:
    """A column."""

    day: date
    kind: DayKind
    name: Name
    published: bool  # a published roster holds it


@dataclass(frozen=True)
class Cell:
    """One person on one day. before: what is published where the draft differs; leave: its kind; stands_in: for whom."""

    code: str
    before: str | None = None
    leave: str = ""
    leave_asked: bool = False
    stands_in: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Row:
    """A line: a person with their days, figures of the span and of the year so far, and how tired it makes."""

    person_id: int
    name: str
    crew: Name
    post: str
    leads: bool
    cells: tuple[Cell, ...]
    figures: Tally
    year: Tally
    nights_apart: float  # nights of the year beyond the mean of those who rotate
    fatigue_band: str  # "" for who has no duty
    fatigue_worst: float | None
    fatigue_hours: int  # on duty in the high band


@dataclass(frozen=True)
class StandIn:
    """顶班 as it happened at the desk."""

    spell_id: int
    day: date
    kind: str
    person_id: int
    person: str
    for_id: int
    for_person: str
    reason: str
    confirmed: bool


@dataclass(frozen=True)
class RosterView:
    """A roster of some days. roster_id None where the rotation stands in for a roster nobody made yet."""

    roster_id: int | None
    number: int
    first: date
    last: date
    draft: bool
    published_number: int  # of its first published day; 0 where nothing is published
    published_at: datetime | None
    days: tuple[RosterDay, ...]
    kinds: tuple[ShiftKind, ...]
    rows: tuple[Row, ...]
    cover: Mapping[str, tuple[int, ...]]  # people by kind of shift, day by day
    breaches: tuple[BreachView, ...]
    unanswered: int  # breaches that still take a reason to be published
    stand_ins: tuple[StandIn, ...]
    quarter_hours: float  # mean hours of a person in the quarter of the first day
    quarter_standard: float
    provisional: tuple[int, ...]
    sleep: str  # the assumption behind the fatigue band
    changed: int
    can_undo: bool
    can_redo: bool
    several: bool = False  # versions in force on days of it


def month_view(store: Store, day: date, at: datetime, sheet: str = SHIFTS) -> RosterView:
    """The month of a day: its newest draft, else what is published, else what the rotation would plan (of another sheet: nothing)."""
    first, last = month_of(day)
    with store.read() as session:
        row = newest(session, first, last, sheet)
        return _view(session, row, first, last, at, sheet)


def roster_view(store: Store, roster_id: int, at: datetime) -> RosterView:
    """One version, draft or published."""
    with store.read() as session:
        row = session.get_one(Roster, roster_id)
        return _view(session, row, row.first, row.last, at)


def newest(session: Session, first: date, last: date, sheet: str = SHIFTS) -> Roster | None:
    """The newest draft, unless something newer was published since: an older one was planned before that and is overtaken."""
    drafts = select(Roster).where(Roster.sheet == sheet, Roster.closed_at.is_(None), Roster.dropped_at.is_(None))
    draft = session.scalars(drafts.where(Roster.first <= first, Roster.last >= last).order_by(Roster.id.desc()).limit(1)).first()
    found = published(session, first, sheet)
    if draft is not None and not overtaken(session, draft):
        return draft
    return session.get_one(Roster, found.roster_id) if found and found.last >= last else None


def overtaken(session: Session, draft: Roster) -> bool:
    """Whether a later roster of its days is published."""
    found = published(session, draft.first, draft.sheet)
    return found is not None and found.roster_id > draft.id


def _view(session: Session, row: Roster | None, first: date, last: date, at: datetime, sheet: str = SHIFTS) -> RosterView:
    if row is not None:
        found, sheet = judge(session, row, at), row.sheet
    elif sheet == SHIFTS:
        found = judge_planned(session, first, last, at)
    else:
        found = judge_cells(session, first, last, day_kinds(session, at), {}, at, sheet=sheet)
    days = days_of(first, last)
    held = [each for day in days if (each := published(session, day, sheet))]
    in_force = held[0] if held else None
    draft = row is None or row.closed_at is None
    before = gather(session, days, found.sheet.kinds, sheet).cells if draft and in_force else None
    stood = stand_ins(session, first, last)
    breaches = worded(session, found, *([row.id] if row else dict.fromkeys(each.roster_id for each in held)))
    answerable = {each.key for each in found.answerable}
    rows = _rows(session, row, found, days, before, stood, at, sheet)
    quarter = quarter_of(first)
    tallies = [tally(found, each.person_id, *quarter) for each in rows]
    published_row = session.get_one(Roster, in_force.roster_id) if in_force else None
    return RosterView(
        roster_id=row.id if row else None,
        number=row.number if row else 0,
        first=first,
        last=last,
        draft=draft,
        published_number=in_force.number if in_force else 0,
        published_at=published_row.closed_at if published_row else None,
        days=tuple(day_seen(session, found.calendar, day, sheet) for day in days),
        kinds=_own_kinds(session, row, found, days),
        rows=rows,
        cover={
            kind.code: tuple(len(found.sheet.manned.get((day, kind.code), ())) for day in days) for kind in found.sheet.kinds if kind.desk
        },
        breaches=breaches,
        unanswered=sum(not each.reason and each.breach.key in answerable for each in breaches) if draft else 0,
        stand_ins=stood,
        quarter_hours=round(mean([each.presence for each in tallies]) / 60, 1) if tallies else 0.0,
        quarter_standard=found.calendar.workdays(*quarter) * 8.0,
        provisional=found.calendar.provisional(first, last),
        sleep=sleep_said(sleep_of(session, at)),
        changed=sum(cell.before is not None for each in rows for cell in each.cells),
        can_undo=_can_undo(session, row),
        can_redo=row is not None and row.closed_at is None and redoable(session, row) is not None,
        several=len({each.roster_id for each in held}) > 1,
    )


def _own_kinds(session: Session, row: Roster | None, found: Judged, days: tuple[date, ...]) -> tuple[ShiftKind, ...]:
    """The kinds of a roster and those that stand in its cells; what only the months around it have is left out."""
    used = {code for (_person, day), code in found.sheet.cells.items() if days[0] <= day <= days[-1]}
    own = {kind.code for kind in rostered(session, row).kinds} if row else {kind.code for kind in DAY_KINDS}
    return tuple(kind for kind in found.sheet.kinds if kind.desk or kind.code in used | own)


def _can_undo(session: Session, row: Roster | None) -> bool:
    if row is None or row.closed_at is not None:
        return False
    standing = select(RosterEdit.id).where(RosterEdit.roster_id == row.id, RosterEdit.undone.is_(False))
    return session.scalars(standing.limit(1)).first() is not None


def day_seen(session: Session, calendar: Calendar, day: date, sheet: str) -> RosterDay:
    """A column of a sheet."""
    return RosterDay(day, calendar.kind(day), calendar.name(day), published(session, day, sheet) is not None)


def _rows(
    session: Session, row: Roster | None, found: Judged, days: tuple[date, ...], before: Mapping[tuple[int, date], str] | None,
    stood: tuple[StandIn, ...], at: datetime, sheet: str,
) -> tuple[Row, ...]:  # fmt: skip
    people = _people(session, row, found)
    leave = leave_of(session, days[0], days[-1])
    stands = {(each.person_id, each.day): each for each in stood}
    year = year_of(days[0])[0]
    years = {person: tally(found, person, year, days[-1]) for person, *_rest in people}
    nights = _mean_nights(years.values())
    sleep, called = sleep_of(session, at), names(session)
    held = frozenset(day for day in days if before is not None and published(session, day, sheet))
    rows = []
    for person, crew, post, leads in people:
        tired = fatigue_of(found, person, days, sleep)
        worst = tired.worst
        rows.append(
            Row(
                person_id=person,
                name=called.get(person, ""),
                crew=crew,
                post=post,
                leads=leads,
                cells=tuple(_cell(found, person, day, before if day in held else None, leave, stands) for day in days),
                figures=tally(found, person, days[0], days[-1]),
                year=years[person],
                nights_apart=round(years[person].nights - nights, 1) if years[person].nights else 0.0,
                fatigue_band=band(worst).value if worst is not None else "",
                fatigue_worst=worst,
                fatigue_hours=tired.high_hours,
            )
        )
    return tuple(rows)


def _mean_nights(tallies: Iterable[Tally]) -> float:
    rotating = [each.nights for each in tallies if each.nights]
    return mean(rotating) if rotating else 0.0


def _people(session: Session, row: Roster | None, found: Judged) -> list[tuple[int, Name, str, bool]]:
    """The lines of a roster in their order; those of the staff where there is none."""
    if row is None:
        crews = {each.code: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
        return [(each.person, crews.get(each.crew, Name("")), each.post, each.leads) for each in found.people]
    named = {each.id: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
    lines = session.scalars(select(RosterLine).where(RosterLine.roster_id == row.id).order_by(RosterLine.position, RosterLine.id))
    return [(line.person_id, named.get(line.crew_id or 0, Name("")), line.post, line.leads) for line in lines]


def leave_of(session: Session, first: date, last: date) -> dict[tuple[int, date], Leave]:
    """Leave asked for or approved, by person and day."""
    wanted = select(Leave).where(Leave.state.in_(("asked", "approved")), Leave.first <= last, Leave.last >= first)
    return {
        (each.person_id, day): each for each in session.scalars(wanted) for day in days_of(max(first, each.first), min(last, each.last))
    }


def _cell(
    found: Judged, person: int, day: date, before: Mapping[tuple[int, date], str] | None, leave: Mapping[tuple[int, date], Leave],
    stands: Mapping[tuple[int, date], StandIn],
) -> Cell:  # fmt: skip
    code, away, stood = found.sheet.cell(person, day), leave.get((person, day)), stands.get((person, day))
    was = before.get((person, day), "") if before is not None else code
    return Cell(
        code=code,
        before=was if was != code else None,
        leave=away.kind if away else "",
        leave_asked=away is not None and away.state == "asked",
        stands_in=stood.for_person if stood else "",
        confirmed=stood.confirmed if stood else True,
    )


def sleep_of(session: Session, at: datetime) -> Sleep:
    """The assumption about sleep, with what the station says of the rest hours of a long duty."""
    return Sleep(rest_share=int(setting(session, "rest_slept_percent", at)) / 100)


def fatigue_of(found: Judged, person: int, days: tuple[date, ...], sleep: Sleep) -> Fatigue:
    """How sleepy somebody's duties make."""
    duties = found.sheet.duties.get(person, ())
    near = tuple((each.day, each.kind) for each in duties if (days[0] - each.day).days <= LOOKED_BACK and each.day <= days[-1])
    return _predicted(person, near, days[0], days[-1], found.sheet.zone, sleep, found.night)


@lru_cache(maxsize=400)
def _predicted(
    person: int, duties: tuple[tuple[date, ShiftKind], ...], first: date, last: date, zone: ZoneInfo, sleep: Sleep, night: Night
) -> Fatigue:
    """Kept, for a change of one cell makes only one person's hours anew."""
    return predict(person, [duty(person, day, kind, zone) for day, kind in duties], first, last, zone, sleep, night)


def fatigue_hours(store: Store, roster_id: int | None, first: date, last: date, person_id: int, at: datetime) -> Fatigue:
    """One person's sleepiness hour by hour over some days of a roster, or over what holds for them where that is no single roster."""
    with store.read() as session:
        row = session.get_one(Roster, roster_id) if roster_id is not None else None
        found = judge(session, row, at) if row is not None else judge_planned(session, first, last, at)
        return fatigue_of(found, person_id, days_of(first, last), sleep_of(session, at))


def stand_ins(session: Session, first: date, last: date) -> tuple[StandIn, ...]:
    """Who stood in for whom at the desk in these days, as it was recorded; the chief confirms it afterwards."""
    people = names(session)
    wanted = select(DutySpell, Shift).join(Shift, Shift.id == DutySpell.shift_id).where(DutySpell.stands_in_for.is_not(None))
    rows = session.execute(wanted.where(Shift.day >= first, Shift.day <= last).order_by(Shift.day, DutySpell.id))
    return tuple(_stand_in(spell, shift, people) for spell, shift in rows)


def _stand_in(spell: DutySpell, shift: Shift, people: Mapping[int, str]) -> StandIn:
    return StandIn(
        spell_id=spell.id,
        day=shift.day,
        kind=shift.kind,
        person_id=spell.person_id,
        person=people.get(spell.person_id, ""),
        for_id=spell.stands_in_for or 0,
        for_person=people.get(spell.stands_in_for or 0, ""),
        reason=spell.reason,
        confirmed=spell.confirmed_at is not None,
    )
