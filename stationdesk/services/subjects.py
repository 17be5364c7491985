"""What a report can be about: shifts, days, months, routes and checklists to choose from, and the latest of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import format_date, gas_day_of
from stationdesk.domain.names import Name
from stationdesk.services.checklists.templates import templates_view
from stationdesk.services.roster.holiday import next_span
from stationdesk.services.roster.paper import latest_month
from stationdesk.services.roster.person import person_subjects
from stationdesk.services.rounds.routes import routes_view
from stationdesk.services.station import setting, zone
from stationdesk.storage.people import Crew
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

SHIFTS_SHOWN = 200
WEEK = timedelta(days=6)  # from its first to its last day


@dataclass(frozen=True)
class Subject:
    """Something a report can be made of. code: as the report takes it; label: date or number in front of the name."""

    code: str
    label: str
    name: Name
    done: bool = True  # a shift that is handed over


def shifts(store: Store, _at: datetime, limit: int = SHIFTS_SHOWN, until: date | None = None) -> tuple[Subject, ...]:
    """The last shifts (of the days up to `until`), newest first, the open one included."""
    with store.read() as session:
        newest = select(Shift).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc(), Shift.part.desc())
        if until is not None:
            newest = newest.where(Shift.day <= until)
        crews = {each.id: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
        return tuple(_shift(each, crews) for each in session.scalars(newest.limit(limit)))


def _shift(each: Shift, crews: dict[int, Name]) -> Subject:
    crew = crews.get(each.crew_id or 0, Name(""))
    part = f" {each.part}" if each.part > 1 else ""
    name = Name(f"{each.name_zh}{part} {crew.zh}".strip(), f"{each.name_en or each.name_zh}{part} {crew.en or crew.zh}".strip())
    return Subject(str(each.id), format_date(each.day), name, each.closed_at is not None)


def routes(store: Store, at: datetime) -> tuple[Subject, ...]:
    """The routes in use."""
    return tuple(Subject(str(each.route_id), each.code, each.name) for each in routes_view(store, at))


def templates(store: Store, at: datetime) -> tuple[Subject, ...]:
    """The checklists in use."""
    return tuple(Subject(str(each.template_id), each.code, each.name) for each in templates_view(store, at))


def people(store: Store, at: datetime) -> tuple[Subject, ...]:
    """Everybody of the latest rosters, month by month."""
    return tuple(
        Subject(each.code, each.name, Name(f"{each.month} {each.name}", f"{each.month} {each.name}")) for each in person_subjects(store, at)
    )


NONE_YET = "none"
"""The subject of a report of records of which there is none yet: its sheet says so."""


def discrepancies(store: Store, _at: datetime) -> tuple[Subject, ...]:
    """The discrepancy sheets, the newest first."""
    from stationdesk.services.metering.discrepancies import discrepancies_view

    found = discrepancies_view(store)
    listed = tuple(
        Subject(str(each.discrepancy_id), each.number, _numbered(each.number, each.stream), each.state == "closed") for each in found
    )
    return listed or (Subject(NONE_YET, "", Name("尚无", "none yet")),)


def _numbered(number: str, name: Name) -> Name:
    return Name(f"{number} {name.zh}".strip(), f"{number} {name.en or name.zh}".strip())


def of_shifts(store: Store, report: str, at: datetime, until: date | None = None) -> tuple[Subject, ...]:
    """The shifts a report can be about, each followed by the frozen versions of its gas that a later one took the place of."""
    found = shifts(store, at, until=until)
    if report != "voucher":
        return found
    from stationdesk.services.metering.custody import superseded

    older: dict[str, list[Subject]] = {}
    known = {each.code: each for each in found}
    for result_id, shift_id, n in superseded(store):
        if (shift := known.get(str(shift_id))) is not None:
            name = Name(f"{shift.name.zh} 第 {n} 版", f"{shift.name.en or shift.name.zh}, version {n}")
            older.setdefault(shift.code, []).append(Subject(f"result:{result_id}", shift.label, name))
    return tuple(one for each in found for one in (each, *older.get(each.code, ())))


ITEMS: dict[str, Callable[[Store, datetime], tuple[Subject, ...]]] = {
    "round-blank": routes,
    "checklist-blank": templates,
    "roster-person": people,
    "discrepancy": discrepancies,
}
"""What a report of single records offers, by the report's name."""


def items(store: Store, report: str, at: datetime) -> tuple[Subject, ...]:
    """What a report of single records can be about; nothing where it is reached from the record itself."""
    return ITEMS[report](store, at) if report in ITEMS else ()


LATEST: dict[str, Callable[[Store, datetime], str]] = {"roster-month": latest_month, "holiday-duty": next_span}
"""What is meant by the latest of a report that looks ahead, by the report's name."""


def latest(store: Store, report: str, period: str, at: datetime) -> str:
    """The subject that is meant where none is named: the last shift handed over (else the open one), the last whole gas day, this month."""
    if report in LATEST:
        return LATEST[report](store, at)
    with store.read() as session:
        today = gas_day_of(at, zone(session), setting(session, "gas_day_begins", at))
        whole = today - timedelta(days=1)
        match period:
            case "shift":
                return _last_shift(session)
            case "day":
                return whole.isoformat()
            case "month":
                return f"{today:%Y-%m}"
            case "span":
                return f"{whole - WEEK}..{whole}"
    found = items(store, report, at) if period == "item" else ()
    return found[0].code if found else ""


def _last_shift(session: Session) -> str:
    opened = select(Shift.id).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc(), Shift.part.desc())
    closed = session.scalars(opened.where(Shift.closed_at.is_not(None)).limit(1)).first()
    return str(closed or session.scalars(opened.limit(1)).first() or "")
