"""A night of a station that meters by two runs, 1# in use and 2# standing by: honest counters, and the relief at the desk at 08:03."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from stationdesk.domain.metering.equations import equations
from stationdesk.domain.metering.shapes import Quality
from stationdesk.services import Store, readings
from stationdesk.services import handover as use
from stationdesk.services.metering.base_readings import enter_base_reading
from stationdesk.services.metering.compositions import CompositionText, add_composition
from stationdesk.services.metering.contracts import contract_at
from stationdesk.services.metering.takeover import TakeoverView, takeover_view
from stationdesk.services.shifts import SignOn, sign_on
from stationdesk.storage import keys
from tests.conftest_station import MADE, PASSWORD, actor, make_station
from tests.handing import EIGHT, fill_night, walk_night
from tests.night import hour_of

GAS = {"methane": "0.945", "ethane": "0.03", "propane": "0.006", "nitrogen": "0.012", "carbon_dioxide": "0.007"}
FLOWS = [712, 684, 655, 641, 648, 690, 745, 801]
PRESSURES = ["2.452", "2.447", "2.449", "2.444", "2.441", "2.438", "2.433", "2.426", "2.431"]
TEMPERATURES = ["12.4", "12.3", "12.1", "12.2", "12.0", "11.9", "12.1", "12.0", "12.2"]
OTHERS = {
    "p-1": ("1.200", "1.203", "1.198"),
    "t-1": ("6.6", "6.7", "6.5"),
    "p-2": ("0.345", "0.347", "0.343"),
    "t-2": ("2.9", "3.1", "3.0"),
    "dp-f": ("14", "15", "13"),
    "p-out": ("0.344", "0.342", "0.346"),
    "t-out": ("3.1", "3.3", "3.2"),
    "odor": ("20.5", "20.2", "20.8"),
}
COUNTER, CORRECTED = 1_200_000, 48_300_000
P_ATM, KELVIN = Decimal("101.325"), Decimal("273.15")
_HOME = tempfile.TemporaryDirectory(prefix="stationdesk-metered-", ignore_cleanup_errors=True)


def metered_night(path: Path) -> Store:
    """The store at 08:03: everything done, the relief of crew d signed on, no base reading entered."""
    shutil.copyfile(_template(), path)
    return Store.open(path, clock=lambda: EIGHT)


@cache
def _template() -> Path:
    path = Path(_HOME.name) / "night.db"
    keys.use(keys.LIGHT)
    store = make_station(path)
    text = CompositionText(
        "HY-2026-101", {name: Decimal(share) for name, share in GAS.items()}, MADE + timedelta(days=1), laboratory="省检测所"
    )
    add_composition(store, actor(store, "chief"), text, at=MADE + timedelta(days=2))
    for n in range(9):
        take(store, n)
    walk_night(store)
    fill_night(store)
    for n in range(3):
        person = actor(store, f"op-d{n}" if n else "lead-d")
        sign_on(store, person, person.person_id, SignOn(shift="next", leader=not n), at=EIGHT - timedelta(minutes=20 - n))
    store.close()
    return path


def take(store: Store, n: int) -> None:
    """The hour n of the night."""
    hour, counters = hour_of(f"{n:02}"), booked(store)
    codes = {point.code: point.point_id for point in readings.points_view(store, hour)}
    texts = {codes[code]: values[n % 3] for code, values in OTHERS.items()}
    flow = counters[max(n, 1)][1] - counters[max(n, 1) - 1][1]
    values = {"p-in": PRESSURES[n], "t-in": TEMPERATURES[n], "q-1": flow + n, "m-1": counters[n][0], "n-1": counters[n][1]}
    texts |= {codes[code]: str(value) for code, value in values.items()}
    readings.take_hour(store, actor(store, "op-b1"), hour, texts, at=hour + timedelta(minutes=2))


@cache
def booked(store: Store) -> tuple[tuple[int, int], ...]:
    """Both counters of 1# at the hours, the corrected one as an honest corrector has it."""
    with store.read() as session:
        contract = contract_at(session, hour_of("00"))
    gas = equations(Quality.of(1, "", GAS), contract)
    assert gas is not None
    counter, corrected = COUNTER, Decimal(CORRECTED)
    found = [(counter, int(corrected))]
    for n, flow in enumerate(FLOWS, 1):
        pressure = (Decimal(PRESSURES[n - 1]) + Decimal(PRESSURES[n])) / 2 * 1000 + P_ATM
        kelvin = (Decimal(TEMPERATURES[n - 1]) + Decimal(TEMPERATURES[n])) / 2 + KELVIN
        z = Decimal(gas.equation.z(float(pressure), float(kelvin)))
        corrected += flow * (pressure / contract.base_pressure_kpa) * ((KELVIN + 20) / kelvin) * (Decimal(gas.z_base) / z)
        counter += flow
        found.append((counter, int(corrected)))
    return tuple(found)


def stream(store: Store) -> int:
    """The id of run 1#."""
    found = the_takeover(store)
    return found.streams[0].stream_id


def the_takeover(store: Store) -> TakeoverView:
    """The takeover at 08:03."""
    found = takeover_view(store, EIGHT)
    assert found is not None
    return found


def read_blind(store: Store, off: int = 0, corrected_off: int = 0, *, minutes: int = 1) -> None:
    """The relief's leader reads both counters of 1#, off by so many counts."""
    found, counters = the_takeover(store), booked(store)[-1]
    values = Decimal(counters[0] + off), Decimal(counters[1] + corrected_off)
    enter_base_reading(
        store, actor(store, "lead-d"), found.shift_id, found.streams[0].stream_id, *values, at=EIGHT + timedelta(minutes=minutes)
    )


def sign_both(store: Store) -> int:
    """Both leaders sign the handover; its id."""
    at = EIGHT + timedelta(minutes=10)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=at)
    use.give_verdict(store, actor(store, "lead-d"), "hygiene", "as_found", at=at)
    return use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=at + timedelta(minutes=1))
