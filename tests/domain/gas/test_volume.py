"""Base volumes and what is reckoned from them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.gas import (
    AtmosphereError,
    Base,
    Composition,
    FactorError,
    GaugePressureError,
    HeightError,
    OdorantError,
    PressureError,
    PressureUnitError,
    QuantityError,
    TemperatureUnitError,
    absolute_kpa,
    atmospheric_kpa,
    correction_factor,
    energy_mj,
    gas_of,
    line_pack_m3,
    mean_line_pressure_kpa,
    odorant_mg_m3,
    properties,
    rate,
    unaccounted_m3,
)
from tests.domain.gas.reference import GULF_COAST

GAS = gas_of(Composition.of(GULF_COAST))
Z_BASE = properties(Composition.of(GULF_COAST)).z_base


def factor(pressure: float, temperature: float = 288.15, base: Base = Base()) -> float:  # noqa: B008 - it is frozen
    return correction_factor(pressure, temperature, GAS.z(pressure, temperature), base, Z_BASE)


def test_the_factor_is_one_at_base_conditions():
    assert correction_factor(101.325, 293.15, Z_BASE, Base(), Z_BASE) == 1


def test_the_factor_by_hand():
    """4 MPa gauge at 101.325 kPa, 15 ℃, Z 0.9201, Z_b 0.9980: 40.477 × 1.01735 × 1.08467."""
    assert correction_factor(4101.325, 288.15, 0.9201, Base(), 0.9980) == pytest.approx(40.4769 * 1.017352 * 1.084665, rel=1e-6)


@given(st.floats(100, 9900), st.floats(1.0001, 1.01), st.floats(263.15, 333.15))
def test_more_pressure_is_more_gas(pressure, more, temperature):
    assert factor(pressure * more, temperature) > factor(pressure, temperature)


@given(st.floats(100, 9900), st.floats(263.15, 330))
def test_more_warmth_is_less_gas(pressure, temperature):
    assert factor(pressure, temperature + 1) < factor(pressure, temperature)


@pytest.mark.parametrize(
    ("mistake", "share"),
    [
        (lambda: factor(4000) / factor(4101.325), -0.027),
        (lambda: factor(300) / factor(401.325), -0.25),
        (lambda: correction_factor(4101.325, 288.15, 1.0, Base(), 1.0) / factor(4101.325), -0.083),
        (lambda: factor(4101.325, base=Base(temperature_k=273.15)) / factor(4101.325), -0.068),
        (lambda: factor(4101.325, 288.65) / factor(4101.325), -0.0024),
    ],
    ids=["gauge as absolute at 4 MPa", "gauge as absolute at 0.3 MPa", "Z = 1", "0 ℃ for the base", "half a degree"],
)  # fmt: skip
def test_what_a_mistake_costs(mistake, share):
    assert mistake() - 1 == pytest.approx(share, rel=0.12)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ((4.1, 288.15, 0.92, 0.998), PressureUnitError),
        ((math.nan, 288.15, 0.92, 0.998), PressureError),
        ((4000.0, 15.0, 0.92, 0.998), TemperatureUnitError),
        ((4000.0, 288.15, 0.0, 0.998), FactorError),
        ((4000.0, 288.15, math.nan, 0.998), FactorError),
        ((4000.0, 288.15, 0.92, -1.0), FactorError),
    ],
)
def test_the_factor_refuses_what_is_none(values, refusal):
    pressure, temperature, z, z_base = values
    with pytest.raises(refusal):
        correction_factor(pressure, temperature, z, Base(), z_base)


def test_a_base_in_other_units_is_refused():
    with pytest.raises(PressureUnitError):
        Base(0.101325)
    with pytest.raises(TemperatureUnitError):
        Base(101.325, 20.0)


@pytest.mark.parametrize(("height", "kpa"), [(0, 101.325), (500, 95.46), (1500, 84.56)])
def test_the_atmosphere_thins_with_height(height, kpa):
    assert atmospheric_kpa(height) == pytest.approx(kpa, abs=0.005)


@pytest.mark.parametrize("height", [-501, 9001, math.nan])
def test_no_station_stands_there(height):
    with pytest.raises(HeightError):
        atmospheric_kpa(height)


def test_gauge_and_atmosphere_are_absolute():
    assert absolute_kpa(4000.0, 95.46) == 4095.46
    assert absolute_kpa(-20.0, 101.325) == 81.325


@pytest.mark.parametrize("atmosphere", [0.101325, 1.01325, 1013.25, 0.0, math.nan])
def test_an_atmosphere_in_other_units_is_refused(atmosphere):
    with pytest.raises(AtmosphereError):
        absolute_kpa(4000.0, atmosphere)


@pytest.mark.parametrize("gauge", [-101.325, -4000.0, math.nan, math.inf])
def test_a_gauge_below_the_vacuum_is_refused(gauge):
    with pytest.raises(GaugePressureError):
        absolute_kpa(gauge, 101.325)


@given(st.floats(100, 10_000), st.floats(100, 10_000))
def test_the_mean_pressure_lies_between_the_ends(p1, p2):
    mean = mean_line_pressure_kpa(p1, p2)
    assert min(p1, p2) * (1 - 1e-12) <= mean <= max(p1, p2) * (1 + 1e-12)
    assert mean == pytest.approx(mean_line_pressure_kpa(p2, p1))
    assert mean >= (p1 + p2) / 2 * (1 - 1e-12)


def test_line_pack_by_hand():
    """1,000 m³ at 4,000 and 3,600 kPa: mean 3,803.5 kPa."""
    assert mean_line_pressure_kpa(4000, 3600) == pytest.approx(3803.509, abs=1e-3)
    pack = line_pack_m3(1000, 4000, 3600, 288.15, 0.92, Base(), 0.998)
    assert pack == pytest.approx(1000 * 3803.50877 / 101.325 * 293.15 / 288.15 * 0.998 / 0.92)
    assert line_pack_m3(0, 4000, 3600, 288.15, 0.92, Base(), 0.998) == 0


def test_unaccounted_for_gas():
    assert unaccounted_m3(100_000, 98_000, 300, 50, 20_000, 21_400) == 250
    assert unaccounted_m3(100_000, 100_000, 0, 0, 20_000, 20_000) == 0
    assert unaccounted_m3(1000, 1010, 0, 0, 0, 0) == -10
    assert rate(250, 100_000) == 0.0025
    assert rate(-10, 1000) == -0.01
    assert rate(0, 0) is None


def test_odorant_by_what_the_tank_lost():
    assert odorant_mg_m3(50, 20, 60.4, 480_000) == pytest.approx(20)
    assert odorant_mg_m3(50, 0, 50, 480_000) == 0
    assert odorant_mg_m3(50, 0, 50, 0) is None
    with pytest.raises(OdorantError):
        odorant_mg_m3(50, 20, 71, 480_000)


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_quantities_are_numbers_and_not_negative(value):
    for call in (
        lambda: energy_mj(value, 38.0),
        lambda: energy_mj(1.0, value),
        lambda: unaccounted_m3(value, 0, 0, 0, 0, 0),
        lambda: odorant_mg_m3(1, 0, 0, value),
        lambda: rate(1, value),
        lambda: line_pack_m3(value, 4000, 3600, 288.15, 0.92, Base(), 0.998),
    ):
        with pytest.raises(QuantityError):
            call()


def test_energy():
    assert energy_mj(1000, 37.9) == 37_900
