"""Z of the two equations of AGA8, and each trap of the library they are computed with."""

from __future__ import annotations

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pyaga8
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.errors import say
from stationdesk.domain.gas import (
    Composition,
    FractionError,
    Gas,
    Method,
    MethodError,
    NoConvergenceError,
    PressureError,
    PressureRangeError,
    PressureUnitError,
    TemperatureError,
    TemperatureRangeError,
    TemperatureUnitError,
    gas_of,
    library,
)
from tests.domain.gas.reference import GULF_COAST, ISO_GAS_1

PIPE_GAS = Composition.of(GULF_COAST)
BOTH = pytest.mark.parametrize("method", [Method.DETAIL, Method.GERG])
WARM, COLD = st.floats(263.15, 333.15), 283.15


@pytest.mark.parametrize(("bar", "celsius", "z"), [(60, -3.15, 0.84053), (60, 16.85, 0.88006), (120, 56.85, 0.88383)])
def test_values_of_iso_12213_annex_c(bar, celsius, z):
    assert Gas(Composition.of(ISO_GAS_1)).z(bar * 100, celsius + 273.15) == pytest.approx(z, abs=2e-5)


@BOTH
@given(temperature=WARM)
def test_a_thin_gas_is_nearly_ideal(method, temperature):
    gas = gas_of(PIPE_GAS, method)
    assert 0.9990 < gas.z(20.0, temperature) < 1
    assert 1 - gas.z(40.0, temperature) == pytest.approx(2 * (1 - gas.z(20.0, temperature)), rel=0.01)


@BOTH
@given(pressure=st.floats(100, 10_000), temperature=WARM)
def test_state_and_z_are_one_answer(method, pressure, temperature):
    gas = gas_of(PIPE_GAS, method)
    state = gas.state(pressure, temperature)
    assert state.z == gas.z(pressure, temperature)
    assert state.density_kg_m3 == pytest.approx(state.density_mol_l * state.molar_mass_g_mol)
    assert state.molar_mass_g_mol == pytest.approx(16.799, abs=1e-3)


@given(pressure=st.floats(100, 10_000), temperature=WARM)
def test_the_two_equations_agree_for_a_pipeline_gas(pressure, temperature):
    detail, gerg = (gas_of(PIPE_GAS, method).z(pressure, temperature) for method in (Method.DETAIL, Method.GERG))
    assert detail == pytest.approx(gerg, rel=1e-3)


@pytest.mark.parametrize("method", [Method.DETAIL, Method.GERG])
def test_trap_the_library_takes_nan_for_an_ideal_gas(method):
    """What is guarded against is still so: pyaga8 answers Z = 1 for a composition of NaN."""
    fractions = pyaga8.Composition()
    fractions.methane = math.nan
    solver = pyaga8.Detail() if method is Method.DETAIL else pyaga8.Gerg2008()
    solver.set_composition(fractions)
    solver.pressure, solver.temperature = 4000.0, 290.0
    solver.calc_density(*(() if method is Method.DETAIL else (0,)))
    assert solver.z == 1.0
    with pytest.raises(FractionError):
        Composition.of({"methane": math.nan})


@BOTH
@pytest.mark.parametrize("pressure", [math.nan, math.inf, -math.inf, 0.0, -4000.0])
def test_trap_a_pressure_that_is_none(method, pressure):
    with pytest.raises(PressureError):
        Gas(PIPE_GAS, method).z(pressure, COLD)


@BOTH
@pytest.mark.parametrize("pressure", [0.3, 4.0, 6.3, 10.0, 19.9])
def test_trap_mpa_for_kpa(method, pressure):
    with pytest.raises(PressureUnitError, match="MPa") as refused:
        Gas(PIPE_GAS, method).state(pressure, COLD)
    assert f"{pressure:g} kPa" in say(refused.value)


@BOTH
@pytest.mark.parametrize("temperature", [math.nan, math.inf, 0.0, -10.0])
def test_trap_a_temperature_that_is_none(method, temperature):
    with pytest.raises(TemperatureError):
        Gas(PIPE_GAS, method).z(4000.0, temperature)


@BOTH
@pytest.mark.parametrize("temperature", [5.0, 20.0, 60.0, 110.0])
def test_trap_celsius_for_kelvin(method, temperature):
    with pytest.raises(TemperatureUnitError, match="℃"):
        Gas(PIPE_GAS, method).z(4000.0, temperature)


@pytest.mark.parametrize(
    ("method", "pressure", "temperature", "refusal"),
    [
        (Method.DETAIL, 280_001.0, 290.0, PressureRangeError),
        (Method.GERG, 70_001.0, 290.0, PressureRangeError),
        (Method.GERG, 1e9, 290.0, PressureRangeError),
        (Method.DETAIL, 4000.0, 140.0, TemperatureRangeError),
        (Method.DETAIL, 4000.0, 700.0, TemperatureRangeError),
        (Method.GERG, 4000.0, 701.0, TemperatureRangeError),
    ],
)
def test_outside_what_a_method_was_made_for(method, pressure, temperature, refusal):
    with pytest.raises(refusal):
        Gas(PIPE_GAS, method).z(pressure, temperature)


class Failing:
    """A library object that fails from its first failure on, as pyaga8's does."""

    pressure = temperature = d = mm = 0.0

    def set_composition(self, comp: object) -> None:
        pass

    def calc_density(self, *flag: int) -> None:
        raise RuntimeError("density calculation failed to converge")

    def calc_molar_mass(self) -> None:
        pass


@BOTH
def test_trap_an_object_that_failed_is_dropped(method):
    gas = Gas(PIPE_GAS, method)
    good = gas.z(4000.0, COLD)
    gas._idle[:] = [Failing()]
    with pytest.raises(NoConvergenceError, match="4000"):
        gas.z(4000.0, COLD)
    assert gas.z(4000.0, COLD) == good


@BOTH
def test_the_built_object_is_kept(method):
    gas = Gas(PIPE_GAS, method)
    gas.z(4000.0, COLD)
    kept = gas._idle[:]
    gas.state(5000.0, COLD)
    assert gas._idle == kept
    assert len(kept) == 1


def test_threads_may_share_a_gas():
    gas = Gas(PIPE_GAS, Method.GERG)
    pressures = [200.0 + 31 * n for n in range(300)]
    alone = [gas.z(pressure, COLD) for pressure in pressures]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda pressure: gas.z(pressure, COLD), pressures)) == alone


def test_the_same_gas_is_asked_for_again():
    assert gas_of(Composition.of(GULF_COAST), Method.GERG) is gas_of(PIPE_GAS, Method.GERG)
    assert gas_of(PIPE_GAS) is not gas_of(PIPE_GAS, Method.GERG)


def test_sgerg_takes_no_composition():
    with pytest.raises(MethodError):
        gas_of(PIPE_GAS, Method.SGERG)


def test_a_result_says_what_computed_it():
    assert [library(method).split()[0] for method in Method] == ["pyaga8", "pyaga8", "pygerg"]
    assert library(Method.DETAIL).split()[1][0].isdigit()


def test_the_window_does_not_load_the_equations():
    code = "import sys, stationdesk.domain.gas; print({'pyaga8', 'pygerg', 'importlib.metadata'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"
