"""SGERG-88: what it takes, what it refuses, and the conversion from 20/20 ℃."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.gas import (
    Composition,
    ContradictionError,
    Gas,
    PressureRangeError,
    PressureUnitError,
    Sgerg,
    SgergInputError,
    TemperatureRangeError,
    TemperatureUnitError,
    properties,
)
from tests.domain.gas.reference import GULF_COAST

GAS_1 = Sgerg(40.66, 0.581, 0.006, 0.0)


@pytest.mark.parametrize(("bar", "celsius", "z"), [(60, -3.15, 0.84084), (60, 36.85, 0.90881), (120, 16.85, 0.79257)])
def test_values_of_iso_12213_3(bar, celsius, z):
    assert GAS_1.z(bar * 100, celsius + 273.15) == pytest.approx(z, abs=1e-5)


@given(st.floats(20, 100), st.floats(250.15, 338.15))
def test_a_thin_gas_is_nearly_ideal(pressure, temperature):
    assert GAS_1.z(pressure, temperature) == pytest.approx(1, abs=pressure * 6e-5)


def test_the_molar_mass_is_that_of_the_analysis():
    gas = Composition.of(GULF_COAST)
    normal = properties(gas, 25, 0)
    state = Sgerg(normal.heating_value_mj_m3, normal.relative_density, gas.fractions["carbon_dioxide"]).state(4000, 283.15)
    whole = Gas(gas).state(4000, 283.15)
    assert state.molar_mass_g_mol == pytest.approx(whole.molar_mass_g_mol, rel=2e-4)
    assert state.density_kg_m3 == pytest.approx(whole.density_kg_m3, rel=5e-4)


@pytest.mark.parametrize("pressure", [4000.0, 8000.0])
def test_values_at_20_20_are_converted(pressure):
    gas = Composition.of(GULF_COAST)
    normal, ours = properties(gas, 25, 0), properties(gas, 20, 20)
    co2 = gas.fractions["carbon_dioxide"]
    exact = Sgerg(normal.heating_value_mj_m3, normal.relative_density, co2).z(pressure, 283.15)
    converted = Sgerg.of_20_20(ours.heating_value_mj_m3, ours.relative_density, co2).z(pressure, 283.15)
    assert converted == pytest.approx(exact, rel=1e-4)
    mistaken = Sgerg(ours.heating_value_mj_m3, ours.relative_density, co2).z(pressure, 283.15)
    assert abs(mistaken / exact - 1) > 0.01


@pytest.mark.parametrize(
    "values",
    [
        (19.9, 0.58, 0.006, 0.0), (48.1, 0.58, 0.006, 0.0), (math.nan, 0.58, 0.006, 0.0), (8500.0, 0.58, 0.006, 0.0),
        (40.0, 0.54, 0.006, 0.0), (40.0, 0.91, 0.006, 0.0), (40.0, math.nan, 0.006, 0.0),
        (40.0, 0.58, -0.001, 0.0), (40.0, 0.58, 0.6, 0.0), (40.0, 0.58, math.nan, 0.0),
        (40.0, 0.58, 0.006, 0.11), (40.0, 0.58, 0.006, math.nan),
    ],
)  # fmt: skip
def test_values_outside_its_limits_are_refused(values):
    with pytest.raises(SgergInputError):
        Sgerg(*values)


def test_values_that_contradict_each_other_are_refused():
    with pytest.raises(ContradictionError):
        Sgerg(30.0, 0.56, 0.1).z(4000, 290)


@pytest.mark.parametrize(
    ("pressure", "temperature", "refusal"),
    [
        (4.0, 290.0, PressureUnitError),
        (12_001.0, 290.0, PressureRangeError),
        (4000.0, 17.0, TemperatureUnitError),
        (4000.0, 250.0, TemperatureRangeError),
        (4000.0, 338.2, TemperatureRangeError),
    ],
)
def test_pressure_and_temperature_are_guarded(pressure, temperature, refusal):
    with pytest.raises(refusal):
        GAS_1.z(pressure, temperature)


def test_its_bounds_are_inside():
    assert all(0.5 < GAS_1.z(pressure, temperature) < 1 for pressure in (20.0, 12_000.0) for temperature in (250.15, 338.15))
