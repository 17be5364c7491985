"""A year of hourly base volumes of two streams against the bare pyaga8 calls they cannot do without.

Ours: Z with its guards, the correction factor with its, and the sum of the hours. Bare: pressure and temperature set and the density
computed on one built object, nothing checked.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Callable

from stationdesk.domain.gas import COMPONENTS, Base, Composition, Gas, Method, correction_factor, properties
from tests.domain.gas.reference import GULF_COAST, ISO_GAS_1

HOURS, RUNS = 365 * 24, 9
STREAMS = (Composition.of(GULF_COAST), Composition.of(ISO_GAS_1))


def year() -> list[tuple[float, float, float]]:
    """Absolute kPa, K and m³ through the meter of each hour of a year."""
    chance = random.Random(1)
    swing = [math.sin(hour * math.tau / 24) for hour in range(24)]
    return [(3500 + 300 * swing[n % 24] + chance.random() * 50, 285 + 5 * swing[n % 24], 400 + 100 * chance.random()) for n in range(HOURS)]


def ours(method: Method, hours: list[tuple[float, float, float]]) -> float:
    """m³ at base conditions of both streams."""
    base, total = Base(), 0.0
    for composition in STREAMS:
        gas, z_base = Gas(composition, method), properties(composition).z_base
        for pressure, temperature, volume in hours:
            total += volume * correction_factor(pressure, temperature, gas.z(pressure, temperature), base, z_base)
    return total


def bare(method: Method, hours: list[tuple[float, float, float]]) -> None:
    """The library alone."""
    import pyaga8

    for composition in STREAMS:
        fractions = pyaga8.Composition()
        for name, amount in zip(COMPONENTS, composition.amounts, strict=True):
            setattr(fractions, name, amount)
        solver, flag = (pyaga8.Detail(), ()) if method is Method.DETAIL else (pyaga8.Gerg2008(), (0,))
        solver.set_composition(fractions)
        for pressure, temperature, _volume in hours:
            solver.pressure = pressure
            solver.temperature = temperature
            solver.calc_density(*flag)


def report() -> None:
    """Print milliseconds of both, run in turns, for both equations."""
    hours = year()
    for method in (Method.DETAIL, Method.GERG):
        whole, floor = _medians(lambda method=method: ours(method, hours), lambda method=method: bare(method, hours))
        times = f"{whole:.0f} ms, bare pyaga8 {floor:.0f} ms; ratio {whole / floor:.2f} (aim 3)"
        print(f"a year of hourly volumes of {len(STREAMS)} streams, {method.value}: {times}")


def _medians(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    taken: list[list[float]] = [[], []]
    for _run in range(RUNS):
        for work, times in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
    first, second = (statistics.median(times) for times in taken)
    return first, second


if __name__ == "__main__":
    report()
