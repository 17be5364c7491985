"""节假日值班表: who leads, is on duty and stands by on the days of a holiday, with telephones, and who approved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import day_of
from stationdesk.domain.roster import LEADS, STANDBY, Calendar, DayKind, days_of
from stationdesk.domain.roster.errors import RosterEmptyError, RosterSpanError
from stationdesk.domain.rotation import ShiftKind
from stationdesk.services.people.view import names
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.roster.draft import as_planned
from stationdesk.services.roster.publication import Publication, publication
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.services.roster.staff import staff
from stationdesk.services.roster.view import RosterDay, day_seen
from stationdesk.services.shifts.publications import Rostered, published, rostered
from stationdesk.services.station import zone
from stationdesk.storage.people import Person
from stationdesk.storage.roster import Roster
from stationdesk.storage.store import Store

MOST_DAYS, LOOKED_AHEAD = 31, 400
OFF = frozenset({DayKind.REST, DayKind.HOLIDAY, DayKind.STATUTORY})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reached:
    """Somebody and how to reach them."""

    name: str
    phone: str


@dataclass(frozen=True)
class OnDuty:
    """A shift of a day and its people, leaders first."""

    kind: ShiftKind
    people: tuple[Reached, ...]


@dataclass(frozen=True)
class HolidayDay:
    """A day of the sheet."""

    day: RosterDay
    leaders: tuple[Reached, ...]
    shifts: tuple[OnDuty, ...]
    standby: tuple[Reached, ...]


@dataclass(frozen=True)
class HolidaySheet:
    """The days of a holiday. number 0: no sheet was made, it is the roster's own people; draft: nobody approved it yet."""

    first: date
    last: date
    zone: ZoneInfo
    days: tuple[HolidayDay, ...]
    number: int
    draft: bool
    planned: bool  # the desk's shifts are published
    made_by: str
    made_at: datetime | None
    approved: tuple[Publication, ...]
    provisional: tuple[int, ...]


def holiday_sheet(store: Store, first: date, last: date, at: datetime) -> HolidaySheet:
    """The duty sheet of some days: the sheet `holiday` where one was made, with the desk's shifts of the roster. RosterSpanError."""
    if not 0 <= (last - first).days < MOST_DAYS:
        raise RosterSpanError(most=MOST_DAYS)
    with store.read() as session:
        days, called = days_of(first, last), names(session)
        found = [each for day in days if (each := published(session, day, HOLIDAY))]
        rows = [session.get_one(Roster, number) for number in dict.fromkeys(each.roster_id for each in found)]
        draft = None if rows else _draft(session, first, last)
        main = rows[0] if rows else draft
        kinds, cells, order = _desk(session, first, last, at)
        reached = {each.id: Reached(each.name, each.phone) for each in session.scalars(select(Person))}
        held, desk = calendar(session, first, last), _Desk(kinds, cells, order, reached)
        sheets = {day: published(session, day, HOLIDAY) if rows else rostered(session, draft) if draft else None for day in days}
        return HolidaySheet(
            first=first,
            last=last,
            zone=zone(session),
            days=tuple(desk.day(day_seen(session, held, day, HOLIDAY), sheets[day]) for day in days),
            number=main.number if main else 0,
            draft=not rows,
            planned=all(published(session, day) for day in days),
            made_by=called.get(main.made_by, "") if main else "",
            made_at=main.made_at if main else None,
            approved=tuple(publication(session, each, first, last, called) for each in rows),
            provisional=held.provisional(first, last),
        )


def _draft(session: Session, first: date, last: date) -> Roster | None:
    drafts = select(Roster).where(Roster.sheet == HOLIDAY, Roster.closed_at.is_(None), Roster.dropped_at.is_(None))
    return session.scalars(drafts.where(Roster.first <= last, Roster.last >= first).order_by(Roster.id.desc()).limit(1)).first()


Cells = Mapping[tuple[int, date], str]


def _desk(session: Session, first: date, last: date, at: datetime) -> tuple[tuple[ShiftKind, ...], Cells, Sequence[int]]:
    """What holds for the desk, and its people with those who may lead first."""
    people = staff(session, first, last, at)
    order = [each.member.person for each in sorted(people, key=lambda each: not each.member.leads)]
    try:
        kinds, cells = as_planned(session, people, first, last, at)
    except RosterEmptyError:
        return (), {}, order
    return kinds, cells, order


@dataclass(frozen=True)
class _Desk:
    """The desk's own plan, laid under the holiday's sheet."""

    kinds: tuple[ShiftKind, ...]
    cells: Cells
    order: Sequence[int]
    reached: Mapping[int, Reached]

    def day(self, day: RosterDay, sheet: Rostered | None) -> HolidayDay:
        """The holiday's sheet says who leads, is on duty and stands by; where it names nobody, the roster does."""
        kinds = {kind.code: kind for kind in sheet.kinds} if sheet else {}
        own = {code: self._people(sheet.on(day.day, code)) for code in kinds} if sheet else {}
        duty = [OnDuty(kinds[code], people) for code, people in own.items() if people and code not in (LEADS.code, STANDBY.code)]
        manned = [kind for kind in sorted(self.kinds, key=lambda kind: kind.start) if kind.mans(day.day)]
        desk = [OnDuty(kind, self._on(day.day, kind.code)) for kind in manned]
        return HolidayDay(
            day,
            own.get(LEADS.code) or self._on(day.day, LEADS.code),
            (*duty, *desk),
            own.get(STANDBY.code) or self._on(day.day, STANDBY.code),
        )

    def _on(self, day: date, code: str) -> tuple[Reached, ...]:
        return self._people(person for person in self.order if self.cells.get((person, day)) == code)

    def _people(self, ids: Iterable[int]) -> tuple[Reached, ...]:
        return tuple(self.reached[person] for person in ids if person in self.reached)


def next_holiday(store: Store, at: datetime) -> tuple[date, date]:
    """The days off around the statutory days that last or come next."""
    with store.read() as session:
        today = day_of(at, zone(session))
        held = calendar(session, today - timedelta(days=MOST_DAYS), today + timedelta(days=LOOKED_AHEAD))
        for n in range(LOOKED_AHEAD):
            first, last = _around(held, today + timedelta(days=n))
            if any(held.kind(day) == DayKind.STATUTORY for day in days_of(first, last)):
                return first, last
        return today, today


def _around(held: Calendar, day: date) -> tuple[date, date]:
    """The days off a day lies in, itself where it is worked."""
    first = last = day
    if held.kind(day) in OFF:
        while held.kind(first - ONE_DAY) in OFF:
            first -= ONE_DAY
        while held.kind(last + ONE_DAY) in OFF:
            last += ONE_DAY
    return first, last


def next_span(store: Store, at: datetime) -> str:
    """The same as a report takes it: 2026-10-01..2026-10-07."""
    first, last = next_holiday(store, at)
    return f"{first}..{last}"
