"""Counters: what moved between two readings, across a rollover, never across a replacement nobody put on record."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from stationdesk.domain.metering.shapes import Lack
from stationdesk.domain.plausibility import PER_KILOPASCAL, ROLLOVER_MARGIN

ZERO = Decimal(0)


class Movement(NamedTuple):
    """What went through between two readings of a counter; None where they do not tell."""

    volume: Decimal | None
    wrapped: bool = False  # the counter rolled over
    lack: Lack | None = None


def moved(
    before: Decimal,
    after: Decimal,
    hours: Decimal,
    *,
    factor: Decimal = Decimal(1),
    rollover: Decimal | None = None,
    q_max: Decimal | None = None,
) -> Movement:
    """m³ between two counts: ((after − before) mod rollover)·factor.

    A smaller count is a rollover only if the wrapped volume is at most 1.2·q_max·Δt; else the meter or its corrector was replaced
    and somebody must say so: BACKWARDS, and no volume. More than that forwards is noted: BEYOND.
    """
    most = None if q_max is None else ROLLOVER_MARGIN * q_max * hours
    counts = after - before
    if counts < 0:
        return _wrapped(counts, factor, rollover, most)
    volume = counts * factor
    return Movement(volume, lack=Lack.BEYOND if most is not None and volume > most else None)


def _wrapped(counts: Decimal, factor: Decimal, rollover: Decimal | None, most: Decimal | None) -> Movement:
    if rollover is None or most is None or counts + rollover < 0:
        return Movement(None, lack=Lack.BACKWARDS)
    volume = (counts + rollover) * factor
    return Movement(volume, wrapped=True) if volume <= most else Movement(None, lack=Lack.BACKWARDS)


def pressure_kpa(value: Decimal, unit: str) -> Decimal | None:
    """A pressure in kPa, gauge or absolute as it came; None for a unit nobody knows."""
    per = PER_KILOPASCAL.get(unit)
    return None if per is None else value / per


def absolute_kpa(value: Decimal, unit: str, atmospheric_kpa: Decimal, *, absolute: bool) -> Decimal | None:
    """The absolute pressure in kPa of a point's value: a gauge reads the atmosphere as nothing. None for a unit nobody knows."""
    kpa = pressure_kpa(value, unit)
    return kpa if kpa is None or absolute else kpa + atmospheric_kpa
