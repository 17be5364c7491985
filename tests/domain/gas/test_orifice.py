"""Flow through an orifice plate, against the standard's constant and against values other programs compute."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.gas import Base, MeteringTemperatureError, Orifice, OrificeError, PressureUnitError, Taps, flow
from stationdesk.domain.gas.orifice import (
    BetaError,
    BoreError,
    DifferentialError,
    GasValueError,
    PipeError,
    PressureRatioError,
    ReynoldsError,
    discharge,
    expansibility,
)

PLATE = Orifice(150.0, 300.0)
USUAL = {
    "differential_kpa": 30.0, "pressure_kpa": 4000.0, "temperature_k": 288.15, "relative_density": 0.6, "z": 0.92, "base": Base(),
    "z_base": 0.998,
}  # fmt: skip


def usual(**changed: object) -> dict:
    return USUAL | changed


@pytest.mark.parametrize(
    ("pipe", "beta", "reynolds", "taps", "published"),
    [
        (73.91, 0.0222 / 0.07391, 4 * 0.124431876 / (math.pi * 0.07391 * 0.0000185861753095), Taps.CORNER, 0.6000085121444034),
        (73.91, 0.0222 / 0.07391, 4 * 0.124431876 / (math.pi * 0.07391 * 0.0000185861753095), Taps.D_AND_HALF_D, 0.5988219225153976),
        (73.91, 0.0222 / 0.07391, 4 * 0.124431876 / (math.pi * 0.07391 * 0.0000185861753095), Taps.FLANGE, 0.5990042535666878),
        (80.0, 0.1, 1000, Taps.FLANGE, 0.6092749894521301),
        (120.0, 0.5, 1000, Taps.FLANGE, 0.6804190839724089),
        (500.0, 0.5, 1.1e8, Taps.FLANGE, 0.6017152961053875),
        (80.0, 0.5, 1.1e8, Taps.CORNER, 0.6021989047184301),
        (80.0, 0.8, 1.1e8, Taps.D_AND_HALF_D, 0.6012321474071307),
    ],
)
def test_the_discharge_coefficient_of_two_other_programs(pipe, beta, reynolds, taps, published):
    """fluids (Bell) and pvtlib (Equinor), each by ISO 5167-2:2003."""
    assert discharge(beta, reynolds, pipe, taps) == pytest.approx(published, rel=1e-12)


def test_the_expansibility_of_another_program():
    assert expansibility(0.0222 / 0.0739, 100.0, 1.0, 1.4) == pytest.approx(0.9974739057343425, rel=1e-12)
    assert expansibility(0.1, 2000.0, 10.0, 1.1) == pytest.approx(0.9984040657578193, rel=1e-12)


@pytest.mark.parametrize("plate", [PLATE, Orifice(60, 150), Orifice(60, 150, Taps.CORNER)])
def test_the_flow_is_that_of_the_formula_of_gb_21446(plate):
    """q = 3.1795e-6·C·E·d²·F_G·ε·F_Z·F_T·√(p₁Δp), d in mm, p₁ in MPa, Δp in Pa: its constant has five digits."""
    found = flow(plate, **usual())
    bore, _pipe = plate.at(288.15)
    factors = found.discharge / math.sqrt(1 - found.beta**4) * bore**2 * math.sqrt(1 / 0.6) * found.expansibility
    q = 3.1795e-6 * factors * math.sqrt(0.998 / 0.92) * math.sqrt(293.15 / 288.15) * math.sqrt(4.0 * 30_000)
    assert found.base_m3_h == pytest.approx(q * 3600, rel=1e-4)


def test_mass_and_base_volume_are_one_flow():
    found = flow(PLATE, **usual())
    assert found.mass_kg_s * 3600 / found.base_m3_h == pytest.approx(0.6 * 1.20456, rel=1e-4)
    assert found.reynolds == pytest.approx(4 * found.mass_kg_s / (math.pi * 0.3 * 1.15e-5), rel=1e-3)


@given(st.floats(0.5, 200), st.floats(1.001, 2))
def test_more_differential_is_more_flow(differential, more):
    less = flow(PLATE, **usual(differential_kpa=differential)).base_m3_h
    assert less < flow(PLATE, **usual(differential_kpa=differential * more)).base_m3_h < less * more


def test_no_differential_is_no_flow():
    found = flow(PLATE, **usual(differential_kpa=0.0))
    assert (found.base_m3_h, found.mass_kg_s) == (0, 0)


def test_the_plate_widens_when_it_is_warm():
    assert PLATE.at(293.15) == (150.0, 300.0)
    assert PLATE.at(313.15)[0] == pytest.approx(150 * (1 + 16.6e-6 * 20))
    assert PLATE.at(313.15)[0] / PLATE.at(313.15)[1] > 0.5


def test_viscosity_matters_little():
    thin, thick = (flow(PLATE, **usual(), viscosity_pa_s=1.15e-5 * share).base_m3_h for share in (0.8, 1.2))
    assert thick / thin == pytest.approx(1, abs=4e-4)


@pytest.mark.parametrize(
    ("bore", "pipe", "refusal"),
    [
        (12.4, 60, BoreError), (math.nan, 60, BoreError), (0.15, 0.3, BoreError), (25, 49, PipeError), (500, 1001, PipeError),
        (20, 300, BetaError), (226, 300, BetaError), (150, math.nan, PipeError),
    ],
)  # fmt: skip
def test_plates_outside_the_standard_are_refused(bore, pipe, refusal):
    with pytest.raises(refusal):
        Orifice(bore, pipe)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"differential_kpa": -1.0}, DifferentialError),
        ({"differential_kpa": math.nan}, DifferentialError),
        ({"differential_kpa": 1001.0}, PressureRatioError),
        ({"pressure_kpa": 4.0}, PressureUnitError),
        ({"relative_density": 0.0}, GasValueError),
        ({"isentropic_exponent": math.nan}, GasValueError),
        ({"differential_kpa": 1e-7}, ReynoldsError),
        ({"base": Base(101.325, 298.15)}, MeteringTemperatureError),
    ],
)
def test_flows_outside_the_standard_are_refused(changed, refusal):
    with pytest.raises(refusal):
        flow(PLATE, **usual(**changed))


def test_its_refusals_are_of_one_kind():
    assert issubclass(ReynoldsError, OrificeError)
