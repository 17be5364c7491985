"""A gas day as the station reports it (生产日报): its gas, pressures and temperatures, people, events and equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.handover import EquipmentFact
from stationdesk.domain.metering.shapes import INLET, Contract
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.services import equipment
from stationdesk.services.log import EntryView
from stationdesk.services.log.read import between
from stationdesk.services.metering.certificates import CertificateView, certificate_of, runs_of
from stationdesk.services.metering.contracts import contract_at
from stationdesk.services.metering.gas_day import DayView, GasDay, MonthView, day_view, gas_day_span, gas_today, month_view
from stationdesk.services.metering.results import DAY, ResultView, results_between
from stationdesk.services.people import names
from stationdesk.services.readings import PointFigures, day_figures
from stationdesk.services.shifts import ShiftView, shift_view, spells
from stationdesk.services.station import zone
from stationdesk.storage.metered import Discrepancy
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

TOLD = frozenset({"operation", "mode", "dispatch", "instruction", "event", "emergency", "equipment", "odorizing", "drain", "works"})
"""Categories of the log that a day's report tells of; visitors and the rest stay in the log."""
MEASURED = frozenset({"pressure", "temperature"})


@dataclass(frozen=True)
class Crewed:
    """A shift that worked in the gas day, and who was on duty in it."""

    shift: ShiftView
    people: tuple[str, ...]


@dataclass(frozen=True)
class Production:
    """All of a production report. out: equipment out of service when it is made; discrepancies: numbers of sheets about its hours."""

    view: DayView
    points: tuple[PointFigures, ...]
    crews: tuple[Crewed, ...]
    entries: tuple[EntryView, ...]
    out: tuple[EquipmentFact, ...]
    certificate: CertificateView | None
    discrepancies: tuple[tuple[str, bool], ...]  # number, closed
    zone: ZoneInfo
    at: datetime


@dataclass(frozen=True)
class Month:
    """The gas days of a month, and which of them are certified. begins: when its first gas day does."""

    view: MonthView
    certified: Mapping[date, CertificateView]
    begins: datetime
    end: datetime
    zone: ZoneInfo
    at: datetime

    @property
    def over(self) -> bool:
        """All of its gas days are."""
        return self.end <= self.at


@dataclass(frozen=True)
class Certified:
    """A gas day's certificate with the gas that was frozen of it. runs: code → name of those it is about."""

    day: date
    start: datetime
    runs: tuple[tuple[str, Name], ...]
    certificate: CertificateView | None
    frozen: tuple[ResultView, ...]
    contract: Contract | None
    zone: ZoneInfo
    at: datetime


def certified(store: Store, day: date, at: datetime) -> Certified:
    """A gas day's certificate, or what of it is wanting."""
    with store.read() as session:
        span, one = gas_day_span(session, day, at), certificate_of(session, day, at)
        runs = one.runs if one else runs_of(session, day, at)
        frozen = results_between(session, span.start, span.end, DAY)
        try:
            contract: Contract | None = contract_at(session, span.start)
        except NoContractError:
            contract = None
        return Certified(day, span.start, runs, one, frozen, contract, zone(session), at)


def hours_known(day: GasDay) -> int:
    """Of how many hours the gas of every run that receives is known."""
    inlet = [each for each in day.gas if each.stream.serves == INLET]
    return min((int(sum(hour.hours for hour in each.hours if hour.base_volume is not None)) for each in inlet), default=0)


def production(store: Store, day: date | None, at: datetime) -> Production:
    """A gas day; None: the last one that is over."""
    with store.read() as session:
        chosen = day or gas_today(session, at) - timedelta(days=1)
    view = day_view(store, chosen, at)
    span = Span(view.today.start, view.today.end)
    points = day_figures(store, chosen, at).points
    with store.read() as session:
        return Production(
            view=view,
            points=tuple(each for each in points if each.point.quantity in MEASURED),
            crews=_crews(session, span),
            entries=tuple(each for each in between(session, span.start, span.end) if each.category in TOLD and each.corrected_by is None),
            out=equipment.facts(session, at).out,
            certificate=certificate_of(session, chosen, at),
            discrepancies=_discrepancies(session, span),
            zone=zone(session),
            at=at,
        )


def production_month(store: Store, month: date, at: datetime) -> Month:
    """The month a date is in."""
    view = month_view(store, month, at)
    with store.read() as session:
        found = ((line.of.day, certificate_of(session, line.of.day, at)) for line in view.lines)
        first, last = gas_day_span(session, view.first, at), gas_day_span(session, view.last, at)
        return Month(view, {day: each for day, each in found if each is not None}, first.start, last.end, zone(session), at)


def _crews(session: Session, span: Span) -> tuple[Crewed, ...]:
    people = names(session)
    wanted = select(Shift).where(Shift.opened_at.is_not(None), Shift.starts_at < span.end, Shift.ends_at > span.start)
    return tuple(
        Crewed(
            shift_view(session, shift, people), tuple(dict.fromkeys(people.get(each.person_id, "") for each in spells(session, shift.id)))
        )
        for shift in session.scalars(wanted.order_by(Shift.starts_at, Shift.part))
    )


def _discrepancies(session: Session, span: Span) -> tuple[tuple[str, bool], ...]:
    wanted = select(Discrepancy).where(Discrepancy.start < span.end, Discrepancy.end > span.start).order_by(Discrepancy.id)
    return tuple((row.number, row.closed_at is not None) for row in session.scalars(wanted))
