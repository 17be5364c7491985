"""Every published value within its own tolerance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stationdesk.domain.gas import Composition, Gas, Method, Properties, Sgerg, State, properties
from tests.domain.gas.reference import agrees, cases

OF_STATE: dict[str, Callable[[State], float]] = {
    "Z": lambda state: state.z,
    "rho_mol_L": lambda state: state.density_mol_l,
    "rho_kg_m3": lambda state: state.density_kg_m3,
    "M_g_mol": lambda state: state.molar_mass_g_mol,
}
OF_PROPERTIES: dict[str, Callable[[Properties], float]] = {
    "M": lambda found: found.molar_mass_g_mol,
    "Z": lambda found: found.z_base,
    "Hcg": lambda found: found.heating_value_kj_mol,
    "Hmg": lambda found: found.heating_value_mj_kg,
    "Hvg": lambda found: found.heating_value_mj_m3,
}
NOT_OURS = {"w_m_s"}  # the speed of sound


def disagreements(found: Any, of: dict[str, Callable[[Any], float]], case: dict[str, Any]) -> list[str]:
    expected = {name: value for name, value in case["expected"].items() if name not in NOT_OURS}
    assert expected.keys() <= of.keys()
    return [f"{name}: {of[name](found)} not {value}" for name, value in expected.items() if not agrees(of[name](found), value, case)]


@pytest.mark.parametrize("case", cases("AGA8-DETAIL", "GERG-2008"))
def test_the_equations_of_aga8(case):
    gas = Gas(Composition.of(case["composition"]), Method.DETAIL if case["method"] == "AGA8-DETAIL" else Method.GERG)
    state = gas.state(case["p_kPa_abs"], case["T_K"])
    assert disagreements(state, OF_STATE, case) == []
    assert gas.z(case["p_kPa_abs"], case["T_K"]) == pytest.approx(state.z, rel=1e-12)


@pytest.mark.parametrize("case", cases("SGERG-88"))
def test_sgerg(case):
    given = case["inputs"]
    gas = Sgerg(given["Hs_MJ_m3_25C_0C"], given["d_rel"], given["x_co2"], given["x_h2"])
    assert disagreements(gas.state(case["p_kPa_abs"], case["T_K"]), OF_STATE, case) == []


@pytest.mark.parametrize("case", cases("ISO6976:2016"))
def test_heating_values(case):
    found = properties(Composition.of(case["composition"]), case["t_comb_C"], case["t_vol_C"], case["p_kPa_abs"])
    assert disagreements(found, OF_PROPERTIES, case) == []


def test_a_wrong_value_would_be_noticed():
    case = {"expected": {"Z": 0.84053}, "tol_abs": 2e-5}
    assert disagreements(State(0.84056, 16.8, 3.0, 50.0), OF_STATE, case) != []
