"""The gas day (计量日): what was nominated against what came, what is unaccounted for (输差), and how much odorant went in.

Volumes in m³ at base conditions, masses in kg, rates in %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import N_

HUNDRED = Decimal(100)
RATE = Decimal("0.001")
MILLIGRAMS = Decimal(1_000_000)  # in a kg
MEAN_DAYS = 7
MOST = Decimal(10) ** 12


class Figure(StrEnum):
    """What nobody's instrument says of a gas day and somebody enters."""

    NOMINATION = "nomination"
    DELIVERED = "delivered"
    OWN_USE = "own_use"
    VENTED = "vented"
    PACK_BEFORE = "pack_before"
    PACK_AFTER = "pack_after"
    ODORANT_BEFORE = "odorant_before"
    ODORANT_ADDED = "odorant_added"
    ODORANT_AFTER = "odorant_after"


FIGURES: Mapping[Figure, tuple[str, str]] = {
    Figure.NOMINATION: (N_("nomination"), "Nm³"),
    Figure.DELIVERED: (N_("delivered"), "Nm³"),
    Figure.OWN_USE: (N_("own use"), "Nm³"),
    Figure.VENTED: (N_("vented"), "Nm³"),
    Figure.PACK_BEFORE: (N_("line pack, start"), "Nm³"),
    Figure.PACK_AFTER: (N_("line pack, end"), "Nm³"),
    Figure.ODORANT_BEFORE: (N_("odorant, start"), "kg"),
    Figure.ODORANT_ADDED: (N_("odorant added"), "kg"),
    Figure.ODORANT_AFTER: (N_("odorant, end"), "kg"),
}
"""Name and unit of each figure, in the order of a form."""


class FigureUnknownError(DomainError):
    words = N_("There is no figure {kind} of a gas day.")
    field = "kind"


class FigureRangeError(DomainError):
    """Less than nothing, or more than any station sees."""

    words = N_("{value} {unit} cannot be.")
    field = "value"


class FigureDayError(DomainError):
    """A figure of a day that has not begun; only a nomination is for days to come."""

    words = N_("The gas day {day} has not begun.")
    field = "day"


def check_figure(kind: str, value: Decimal | None, day: date, today: date) -> None:
    """FigureUnknownError, FigureRangeError, FigureDayError. None takes a figure back."""
    if kind not in FIGURES:
        raise FigureUnknownError(kind=kind)
    if value is not None and not 0 <= value < MOST:
        raise FigureRangeError(value=shown(value), unit=FIGURES[Figure(kind)][1])
    if day > today and kind != Figure.NOMINATION:
        raise FigureDayError(day=day)


Figures = Mapping[Figure, Decimal]


@dataclass(frozen=True)
class LossLimits:
    """Beyond which share of unaccounted-for gas it is told: of one day, and of seven days' mean."""

    day_percent: Decimal = Decimal(1)
    mean_percent: Decimal = Decimal("0.5")
    over: str = "in"  # denominator: in, out


@dataclass(frozen=True)
class Balance:
    """D = V_in − V_out − V_own − V_vent − (LP₂ − LP₁). loss None: what was received or delivered is not known."""

    day: date
    received: Decimal | None
    delivered: Decimal | None
    own_use: Decimal
    vented: Decimal
    pack_change: Decimal
    loss: Decimal | None
    rate: Decimal | None  # %
    assumed: tuple[Figure, ...] = ()  # figures nobody entered, taken as 0

    def light(self, limits: LossLimits) -> Light:
        """Red beyond the alarm of a day; none without a rate."""
        if self.rate is None:
            return Light.NONE
        return Light.RED if abs(self.rate) > limits.day_percent else Light.GREEN


_WANTED = (Figure.OWN_USE, Figure.VENTED, Figure.PACK_BEFORE, Figure.PACK_AFTER)


def balance(day: date, received: Decimal | None, delivered: Decimal | None, figures: Figures, limits: LossLimits) -> Balance:
    """The balance of a gas day; delivered by outlet runs, else as somebody entered it."""
    out = delivered if delivered is not None else figures.get(Figure.DELIVERED)
    own, vented = (figures.get(kind, Decimal(0)) for kind in (Figure.OWN_USE, Figure.VENTED))
    packs = [figures.get(kind) for kind in (Figure.PACK_BEFORE, Figure.PACK_AFTER)]
    change = packs[1] - packs[0] if packs[0] is not None and packs[1] is not None else Decimal(0)
    loss = None if received is None or out is None else received - out - own - vented - change
    return Balance(
        day=day,
        received=received,
        delivered=out,
        own_use=own,
        vented=vented,
        pack_change=change,
        loss=loss,
        rate=_percent(loss, out if limits.over == "out" else received),
        assumed=tuple(kind for kind in _WANTED if kind not in figures),
    )


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else (part * HUNDRED / whole).quantize(RATE)


def mean_rate(balances: Sequence[Balance], limits: LossLimits) -> Decimal | None:
    """What is unaccounted for over the last seven days that have a balance, in % of what went over in them; None before there are seven."""
    known = [each for each in balances if each.loss is not None and each.rate is not None][-MEAN_DAYS:]
    if len(known) < MEAN_DAYS:
        return None
    loss = sum((each.loss or Decimal(0) for each in known), Decimal(0))
    over = [each.delivered if limits.over == "out" else each.received for each in known]
    return _percent(loss, sum((each or Decimal(0) for each in over), Decimal(0)))


def mean_light(rate: Decimal | None, limits: LossLimits) -> Light:
    """Amber beyond the alarm of seven days' mean."""
    if rate is None:
        return Light.NONE
    return Light.AMBER if abs(rate) > limits.mean_percent else Light.GREEN


@dataclass(frozen=True)
class OdorantLimits:
    """mg/m³ between which the odorant of a day lies."""

    low: Decimal = Decimal(16)
    high: Decimal = Decimal(30)


@dataclass(frozen=True)
class Odorant:
    """The odorant of a gas day: kg before, added and after, mg for each m³ delivered; None: not known."""

    before: Decimal | None
    added: Decimal | None
    after: Decimal | None
    used: Decimal | None
    content: Decimal | None
    light: Light


def odorant(figures: Figures, volume: Decimal | None, limits: OdorantLimits) -> Odorant:
    """c [mg/m³] = (m₁ + m_added − m₂)·10⁶ / V_b; without an entry of what was added nothing was."""
    before, added, after = (figures.get(kind) for kind in (Figure.ODORANT_BEFORE, Figure.ODORANT_ADDED, Figure.ODORANT_AFTER))
    used = None if before is None or after is None else before + (added or Decimal(0)) - after
    content = None if used is None or not volume else (used * MILLIGRAMS / volume).quantize(Decimal("0.1"))
    light = Light.NONE if content is None else Light.GREEN if limits.low <= content <= limits.high else Light.RED
    return Odorant(before, added, after, used, content, light)


@dataclass(frozen=True)
class Forecast:
    """How a gas day is likely to end, from what came so far. likely, low, high in m³; hourly: m³/h that would meet the nomination."""

    so_far: Decimal
    hours: int  # gone
    of: int  # hours of the day
    likely: Decimal | None
    low: Decimal | None
    high: Decimal | None
    days: int  # earlier days it goes by; 0: in proportion to the hours
    nomination: Decimal | None = None

    @property
    def hourly(self) -> Decimal | None:
        """m³/h in the hours left that would bring exactly what was nominated; None without nomination or hours."""
        left = self.of - self.hours
        if self.nomination is None or left <= 0:
            return None
        return ((self.nomination - self.so_far) / left).quantize(Decimal(1))

    @property
    def percent(self) -> Decimal | None:
        """The likely volume in % of the nomination."""
        return _percent(self.likely, self.nomination)


LEAST_DAYS, LEAST_SHARE = 3, Decimal("0.02")


def forecast(so_far: Decimal, hours: int, of: int, earlier: Sequence[Sequence[Decimal]], nomination: Decimal | None = None) -> Forecast:
    """The volume at the end of a gas day of `of` hours, `hours` of them gone.

    earlier: volumes by hour of days alike (working days or rest days), whole ones; with three or more of them the share that was there
    by this hour tells, the extremes give the range. With fewer it goes on in proportion to the hours, and says no range.
    """
    if hours >= of:
        return Forecast(so_far, hours, of, so_far, so_far, so_far, 0, nomination)
    shares = [sum(day[:hours], Decimal(0)) / total for day in earlier if (total := sum(day, Decimal(0))) > 0 and len(day) >= hours]
    known = [share for share in shares if share >= LEAST_SHARE]
    if hours and len(known) >= LEAST_DAYS:
        mean = sum(known, Decimal(0)) / len(known)
        likely, low, high = ((so_far / share).quantize(Decimal(1)) for share in (mean, max(known), min(known)))
        return Forecast(so_far, hours, of, likely, low, high, len(known), nomination)
    proportion = (so_far * of / hours).quantize(Decimal(1)) if hours else None
    return Forecast(so_far, hours, of, proportion, None, None, 0, nomination)
