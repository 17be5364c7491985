"""A year of everybody: hours, nights, weekends and holidays month by month, as it was, as it is published and as it is drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import month_of
from stationdesk.domain.names import Name
from stationdesk.domain.roster import days_of
from stationdesk.services.roster.judge import Tally, laid_out, tally
from stationdesk.services.roster.plan import Gathered, gather
from stationdesk.services.roster.view import overtaken
from stationdesk.services.shifts import SHIFTS, Rostered, published, rostered
from stationdesk.storage.people import Crew
from stationdesk.storage.roster import Roster
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class YearRow:
    """A person's year: what each month holds, and all of it."""

    person_id: int
    name: str
    crew: Name
    months: tuple[Tally, ...]
    whole: Tally


@dataclass(frozen=True)
class YearView:
    """A year as it was, as it is published and as it is drafted; months without a roster are empty."""

    year: int
    rows: tuple[YearRow, ...]
    published: tuple[bool, ...]  # by month: whether its last day is in a published roster
    drafted: tuple[bool, ...]  # by month: whether a draft has a day of it
    official: bool


def year_view(store: Store, year: int, at: datetime) -> YearView:
    """Hours, nights, weekends and holidays of everybody, month by month: as published, stand-ins counted for who was there, and where
    a month has a draft as its newest draft."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    months = [month_of(date(year, n, 1)) for n in range(1, 13)]
    with store.read() as session:
        own = gather(session, days_of(first, last), actual=True)
        drafted = _drafted(session, first, last)
        for each in drafted:
            _lay_over(own, each)
        found = laid_out(session, first, last, tuple(own.kinds.values()), own.cells, at)
        crews = {each.code: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
        rows = tuple(
            YearRow(
                person_id=each.person,
                name=each.name,
                crew=crews.get(each.crew, Name("")),
                months=tuple(tally(found, each.person, *month) for month in months),
                whole=tally(found, each.person, first, last),
            )
            for each in found.people
        )
        held = tuple(published(session, month[1]) is not None for month in months)
        open_ = tuple(any(each.first <= month[1] and each.last >= month[0] for each in drafted) for month in months)
        return YearView(year, rows, held, open_, not found.calendar.provisional(first, last))


def _drafted(session: Session, first: date, last: date) -> list[Rostered]:
    """The open drafts that have a day of the span, the newest last: it counts where two hold a day."""
    wanted = select(Roster).where(Roster.sheet == SHIFTS, Roster.closed_at.is_(None), Roster.dropped_at.is_(None))
    rows = session.scalars(wanted.where(Roster.first <= last, Roster.last >= first).order_by(Roster.id))
    return [rostered(session, row) for row in rows if not overtaken(session, row)]


def _lay_over(own: Gathered, draft: Rostered) -> None:
    """A draft takes the place of what is published on its days."""
    days = days_of(draft.first, draft.last)
    for place in [place for place in own.cells if draft.first <= place[1] <= draft.last]:
        del own.cells[place]
    for day in days:
        own.add(draft, day)
