"""A gas day and a month of them: what was received by hour and run, nominated, delivered, unaccounted for, and odorized."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.gas_day import (
    Balance,
    Figure,
    Forecast,
    LossLimits,
    Odorant,
    OdorantLimits,
    balance,
    check_figure,
    forecast,
    mean_rate,
    odorant,
)
from stationdesk.domain.metering.shapes import HEATING, INLET, OUTLET, OWN, Contract, StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.moments import Span, gas_day_of, month_of, whole_day
from stationdesk.domain.roster import days_of
from stationdesk.services.metering.contracts import contract_at, first_contract
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.people.view import names
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.station import setting, zone
from stationdesk.storage.metered import GasDayFigure
from stationdesk.storage.store import Actor, Store

HOUR = timedelta(hours=1)
ALIKE_DAYS, MEAN_DAYS = 28, 6
"""So many days back the forecast looks for days alike, and so many before a month count in its first means."""


@dataclass(frozen=True)
class FigureView:
    """A figure in force, and who entered it."""

    kind: Figure
    value: Decimal
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class GasDay:
    """A gas day as it stands. received: m³ at base conditions, None where nothing can be computed; whole: all of it could be.

    A day that is not over has no balance and no odorant content yet.
    """

    day: date
    start: datetime
    end: datetime
    gas: tuple[StreamGas, ...]
    contract: Contract | None  # None: nothing is agreed on, nothing computed
    received: Decimal | None
    whole: bool
    heating_value: Decimal | None  # MJ/m³ of what was received
    energy_mj: Decimal | None
    figures: Mapping[Figure, FigureView]
    balance: Balance
    odorant: Odorant

    @property
    def nomination(self) -> Decimal | None:
        """What was nominated."""
        found = self.figures.get(Figure.NOMINATION)
        return found.value if found else None

    @property
    def hours(self) -> int:
        """Of the day: 24, but where the clock is set."""
        return int((self.end - self.start) / HOUR)

    @property
    def hours_read(self) -> int:
        """Up to which of them it is computed."""
        last = max((each.hours[-1].end for each in self.gas if each.hours), default=self.start)
        return int((last - self.start) / HOUR)


@dataclass(frozen=True)
class DayView:
    """A gas day, and how it is likely to end."""

    today: GasDay
    forecast: Forecast
    limits: LossLimits
    odorant_limits: OdorantLimits
    over: bool  # the day is over


@dataclass(frozen=True)
class DayLine:
    """A day of a month; mean: of the rate of seven days up to it, in %."""

    of: GasDay
    mean: Decimal | None


@dataclass(frozen=True)
class MonthView:
    """The gas days of a month that have begun."""

    first: date
    last: date
    lines: tuple[DayLine, ...]
    limits: LossLimits
    odorant_limits: OdorantLimits
    totals: Balance = field(repr=False, kw_only=True)  # of the days that have a balance

    @property
    def received(self) -> Decimal | None:
        """Of the days that are over, with or without a balance."""
        return _sum(each.of.balance.received for each in self.lines)

    @property
    def balanced(self) -> int:
        """How many days have a balance."""
        return sum(each.of.balance.loss is not None for each in self.lines)


def gas_day_span(session: Session, day: date, at: datetime) -> Span:
    """From when to when a gas day goes."""
    return whole_day(day, zone(session), int(setting(session, "gas_day_begins", at)))


def gas_today(session: Session, at: datetime) -> date:
    """The gas day a moment belongs to."""
    return gas_day_of(at, zone(session), int(setting(session, "gas_day_begins", at)))


def day_view(store: Store, day: date, at: datetime) -> DayView:
    """A gas day with its hours, balance, odorant and the forecast to its end."""
    with store.read() as session:
        limits, today = _limits(session, at), gas_day(session, day, at)
        over = today.end <= at and today.hours_read == today.hours
        earlier = () if over or today.received is None else _alike(session, day, at)
        told = forecast(today.received or Decimal(0), today.hours_read, today.hours, earlier, today.nomination)
        return DayView(today, told, limits, _odorant_limits(session, at), over)


def month_view(store: Store, month: date, at: datetime) -> MonthView:
    """The gas days of the month a date is in."""
    with store.read() as session:
        first, last = month_of(month)
        limits = _limits(session, at)
        days = gas_days(session, first - timedelta(days=MEAN_DAYS), min(last, gas_today(session, at)), at)
        balances = [each.balance for each in days]
        lines = tuple(DayLine(each, mean_rate(balances[: n + 1], limits)) for n, each in enumerate(days) if each.day >= first)
        return MonthView(
            first, last, lines, limits, _odorant_limits(session, at), totals=_totals(first, [each.of for each in lines], limits)
        )


def gas_days(session: Session, first: date, last: date, at: datetime) -> tuple[GasDay, ...]:
    """The gas days from first to last, both included."""
    return tuple(gas_day(session, day, at) for day in days_of(first, last))


def gas_day(session: Session, day: date, at: datetime) -> GasDay:
    """A gas day from all that is on record now."""
    span, limits = gas_day_span(session, day, at), _limits(session, at)
    figures = figures_of(session, day)
    try:
        contract: Contract | None = contract_at(session, span.start)
        gas = gas_between(session, span.start, span.end, at)
    except NoContractError:
        contract, gas = None, ()
    inlet = _serving(gas, INLET)
    values = {kind: each.value for kind, each in figures.items()}
    if (own := _sum(each.base_volume for each in _serving(gas, OWN))) is not None:
        values[Figure.OWN_USE] = own
    whole = bool(inlet) and all(each.whole for each in inlet)
    received, energy = _sum(each.base_volume for each in inlet), _sum(each.energy_mj for each in inlet)
    if not whole and not received:  # only runs that were shut are known of, and their 0 is not the day's
        received = energy = None
    delivered = _sum(each.base_volume for each in _serving(gas, OUTLET))
    return GasDay(
        day=day,
        start=span.start,
        end=span.end,
        gas=gas,
        contract=contract,
        received=received,
        whole=whole,
        heating_value=(energy / received).quantize(HEATING) if energy is not None and received else None,
        energy_mj=energy,
        figures=figures,
        balance=balance(day, received if span.end <= at else None, delivered, values, limits),
        odorant=odorant(values, received if span.end <= at else None, _odorant_limits(session, at)),
    )


def _serving(gas: Iterable[StreamGas], serves: str) -> tuple[StreamGas, ...]:
    return tuple(each for each in gas if each.stream.serves == serves)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) if known else None


def _totals(first: date, days: Sequence[GasDay], limits: LossLimits) -> Balance:
    """Of the days that have a balance: what went in, came out and is unaccounted for."""
    known = [each.balance for each in days if each.balance.loss is not None]
    figures = {
        Figure.OWN_USE: sum((each.own_use for each in known), Decimal(0)),
        Figure.VENTED: sum((each.vented for each in known), Decimal(0)),
        Figure.PACK_BEFORE: Decimal(0),
        Figure.PACK_AFTER: sum((each.pack_change for each in known), Decimal(0)),
    }
    return balance(first, _sum(each.received for each in known), _sum(each.delivered for each in known), figures, limits)


def _limits(session: Session, at: datetime) -> LossLimits:
    try:
        over = contract_at(session, at).loss_over
    except NoContractError:
        over = "in"
    return LossLimits(setting(session, "loss_day_percent", at), setting(session, "loss_mean_percent", at), over)


def _odorant_limits(session: Session, at: datetime) -> OdorantLimits:
    return OdorantLimits(setting(session, "odorant_low", at), setting(session, "odorant_high", at))


def _alike(session: Session, day: date, at: datetime) -> tuple[tuple[Decimal, ...], ...]:
    """What was received hour by hour on the days before that are worked, or rested, like this one, where every hour is known."""
    begun = first_contract(session)
    if begun is None:
        return ()
    first = max(day - timedelta(days=ALIKE_DAYS), gas_today(session, begun) + timedelta(days=1))
    if first >= day:
        return ()
    known = calendar(session, first, day)
    alike = [each for each in days_of(first, day - timedelta(days=1)) if known.worked(each) == known.worked(day)]
    spans = [(each, gas_day_span(session, each, at)) for each in alike]
    gas = _serving(gas_between(session, gas_day_span(session, first, at).start, gas_day_span(session, day, at).start, at), INLET)
    volumes: dict[datetime, Decimal] = defaultdict(Decimal)
    for hour in (each for stream in gas for each in stream.hours if each.base_volume is not None):
        volumes[hour.end] += hour.base_volume or Decimal(0)
    days = [[volumes[time] for time in _ends(span) if time in volumes] for _day, span in spans]
    return tuple(tuple(each) for each, (_day, span) in zip(days, spans, strict=True) if len(each) == int((span.end - span.start) / HOUR))


def _ends(span: Span) -> list[datetime]:
    return [span.start + n * HOUR for n in range(1, int((span.end - span.start) / HOUR) + 1)]


# Figures somebody enters


def figures_of(session: Session, day: date) -> dict[Figure, FigureView]:
    """The figures of a gas day in force."""
    people = names(session)
    newest: dict[str, GasDayFigure] = {}
    for row in session.scalars(select(GasDayFigure).where(GasDayFigure.day == day).order_by(GasDayFigure.id)):
        newest[row.kind] = row
    return {
        Figure(kind): FigureView(Figure(kind), row.value, row.words, people.get(row.by_id, ""), row.at)
        for kind, row in newest.items()
        if row.value is not None
    }


def set_figures(store: Store, actor: Actor, day: date, values: Mapping[Figure, Decimal | None], words: str = "", *, at: datetime) -> None:
    """Enter figures of a gas day; what stood before stays on record, None takes one back, one that is the same is left alone.

    FigureUnknownError, FigureRangeError, FigureDayError.
    """
    with store.write(actor, "set_gas_day_figure", at) as session:
        today, known = gas_today(session, at), figures_of(session, day)
        for kind, value in values.items():
            check_figure(kind, value, day, today)
            there = known.get(kind)
            if value != (there.value if there else None):
                put_figure(session, day, kind, value, actor.person_id, at, words)


def put_figure(session: Session, day: date, kind: Figure, value: Decimal | None, by_id: int, at: datetime, words: str = "") -> None:
    """The same inside a transaction (the demo)."""
    session.add(GasDayFigure(day=day, kind=str(kind), value=value, words=words.strip(), by_id=by_id, at=at))


def figure_history(store: Store, day: date, kind: Figure) -> tuple[FigureView | None, ...]:
    """Every value a figure of a day ever had, the newest first; None where it was taken back."""
    with store.read() as session:
        people = names(session)
        rows = session.scalars(
            select(GasDayFigure).where(GasDayFigure.day == day, GasDayFigure.kind == kind).order_by(GasDayFigure.id.desc())
        )
        return tuple(
            None if row.value is None else FigureView(kind, row.value, row.words, people.get(row.by_id, ""), row.at) for row in rows
        )
