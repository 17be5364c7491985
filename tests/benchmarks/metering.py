"""The takeover's gas: how long the operator waits for it, and what of a thousand seeded mistakes it finds."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from stationdesk.domain.metering.causes import guesses
from stationdesk.domain.metering.compare import compare
from stationdesk.domain.metering.shapes import HourEnd, Light
from stationdesk.domain.metering.volumes import stream_gas
from tests.benchmarks import gas as physics
from tests.benchmarks import simulated
from tests.benchmarks.simulated import CONTRACT, P_ATM, RUN, SEEDED, START, Shift

SHIFTS, RUNS = 1000, 30
SEEDED_CAUSES = {
    "wrong unit": {"pressure"},
    "gauge as absolute": {"pressure"},
    "stale composition": {"composition"},
    "skipped counter": {"counter"},
    "swapped digits": {"typing"},
}


def report() -> None:
    """Print the waiting, a year's hours and the mistakes found."""
    _waiting()
    _year()
    for lively in (False, True):
        _mistakes(lively=lively)


def _milliseconds(work: Callable[[], object], runs: int) -> list[float]:
    taken = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _waiting() -> None:
    """From the relief's last base reading to all it is shown: the entry, the shift's gas recomputed, compared, and what may be wrong."""
    from stationdesk.services.metering.base_readings import enter_base_reading
    from stationdesk.services.metering.takeover import takeover_view
    from tests.conftest_station import actor
    from tests.handing import EIGHT
    from tests.taking_over import booked, metered_night, the_takeover

    at = EIGHT + timedelta(minutes=1)
    with tempfile.TemporaryDirectory() as folder:
        for said, off in (("as it was handed over", 0), ("a digit misread, which is red", 1000)):
            store = metered_night(Path(folder) / f"{off}.db")
            shown, relief = the_takeover(store), actor(store, "lead-d")  # the form stands before it is filled in
            values = [Decimal(each) for each in booked(store)[-1]]

            def entered() -> None:
                enter_base_reading(store, relief, shown.shift_id, shown.streams[0].stream_id, values[0] + off, values[1], at=at)  # noqa: B023
                takeover_view(store, at)  # noqa: B023

            first = _milliseconds(entered, 1)[0]
            again = statistics.median(_milliseconds(entered, RUNS))
            store.close()
            print(f"takeover, {said}: entered, recomputed and compared in {again:.1f} ms, the first time {first:.1f} ms (aim 100)")


def _year() -> None:
    """The same hours as the physics alone, as the records they become: exact decimals, where each value is from, what is wanting."""
    hours = physics.year()
    ends, counter = [], Decimal(0)
    for n, (kpa, kelvin, moved) in enumerate(hours):
        celsius = Decimal(f"{kelvin - 273.15:.1f}")
        ends.append(HourEnd(START + timedelta(hours=n), counter=counter, pressure_kpa=Decimal(f"{kpa:.1f}"), temperature_c=celsius))
        counter += Decimal(f"{moved:.1f}")
    quality = simulated.a_gas(random.Random(1), 1)

    def ours() -> None:
        for _stream in physics.STREAMS:
            stream_gas(RUN, CONTRACT, ends[0].time, ends[-1].time, ends, lambda _time: quality)

    ours()
    whole = statistics.median(_milliseconds(ours, 5))
    floor = statistics.median(_milliseconds(lambda: physics.bare(physics.Method.DETAIL, hours), 5))
    print(f"a year of hours of 2 runs as records: {whole:.0f} ms, bare pyaga8 {floor:.0f} ms; ratio {whole / floor:.1f}")


def _mistakes(*, lively: bool) -> None:
    chance = random.Random(20261121 + lively)
    print(f"── {'±100 kPa, ±30 % flow' if lively else '±10 kPa, ±10 % flow'} in the shift")
    clean = Counter(_light(simulated.honest(chance, lively=lively)) for _n in range(SHIFTS))
    print(f"{SHIFTS} clean shifts: {_shares(clean, SHIFTS)}")
    each = SHIFTS // len(SEEDED)
    found = 0
    for seed in SEEDED:
        shifts = [seed(chance, lively=lively) for _n in range(each)]
        lights = Counter(_light(shift) for shift in shifts)
        led = Counter(_led(shift) for shift in shifts)
        found += each - lights[Light.GREEN]
        said = ", ".join(f"{how} {100 * led[how] / each:.0f} %" for how in ("cause named", "only its hour told"))
        print(f"{shifts[0].seeded:>18}: {_shares(lights, each)}; {said}")
    print(f"found of {SHIFTS} seeded: {100 * found / SHIFTS:.1f} %")


def _shares(lights: Counter[Light], of: int) -> str:
    return ", ".join(f"{light.value} {100 * lights[light] / of:.1f} %" for light in (Light.GREEN, Light.AMBER, Light.RED))


def _light(shift: Shift) -> Light:
    """What the relief would be shown."""
    return compare(shift.gas(), shift.outgoing, shift.incoming).light


def _led(shift: Shift) -> str:
    """Whether the first guess is the cause that was seeded, or the hour is said to be beyond computing, or a guess tells another cause."""
    gas = shift.gas()
    before = None
    if shift.before is not None and (volume := shift.gas(shift.before).base_volume) is not None:
        before = shift.before.report, volume
    made = guesses(gas, compare(gas, shift.outgoing, shift.incoming), shift.outgoing, shift.incoming, P_ATM, before)
    if made and str(made[0].cause) in SEEDED_CAUSES[shift.seeded]:
        return "cause named"
    return "only its hour told" if any(lack.blocks for lack in gas.lacks) else "neither"


if __name__ == "__main__":
    report()
