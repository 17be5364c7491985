"""The real gas: Z and density by AGA8-DETAIL, GERG-2008 or SGERG-88.

- detail: AGA Report No. 8 Part 1 (2017) = ISO 20765-1 = ISO 12213-2 = GB/T 17747.2, computed by pyaga8
- gerg: GERG-2008, AGA Report No. 8 Part 2 = ISO 20765-2, computed by pyaga8
- sgerg: SGERG-88, ISO 12213-3 = GB/T 17747.3, computed by pygerg, where only heating value, relative density, CO2 and H2 are known

pyaga8 takes what it is given: a NaN composition has Z = 1, a negative fraction or a sum 1 % off are computed with, and an
object that failed once may fail or err for ever. `Composition` and `Range` stand before it, and an object that failed is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, Protocol

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas.composition import COMPONENTS, Composition
from stationdesk.domain.gas.guards import LOWEST_KPA, Range
from stationdesk.domain.words import N_


class Method(StrEnum):
    """Which equation gives Z."""

    DETAIL = "detail"
    GERG = "gerg"
    SGERG = "sgerg"


METHOD_NAMES = {Method.DETAIL: "AGA8-DETAIL", Method.GERG: "GERG-2008", Method.SGERG: "SGERG-88"}
LIBRARIES = {Method.DETAIL: "pyaga8", Method.GERG: "pyaga8", Method.SGERG: "pygerg"}

#: what each was fitted to at its widest: AGA Report No. 8 Part 1 (2017) expanded range; ISO 20765-2 extended range; GERG TM 5
RANGES = {
    Method.DETAIL: Range(METHOD_NAMES[Method.DETAIL], high_kpa=280_000.0, low_k=143.15, high_k=676.15),
    Method.GERG: Range(METHOD_NAMES[Method.GERG], high_kpa=70_000.0, high_k=700.0),
    Method.SGERG: Range(METHOD_NAMES[Method.SGERG], high_kpa=12_000.0, low_k=250.15, high_k=338.15),
}
#: J/(mol·K): each equation was fitted with the gas constant of its day and must be read with it
GAS_CONSTANTS = {Method.DETAIL: 8.31451, Method.GERG: 8.314472}


class NoConvergenceError(DomainError):
    """The equation has no answer for this gas at this pressure and temperature."""

    words: ClassVar[str] = N_("{method} finds no answer for this gas at {pressure} kPa and {temperature} K.")


class MethodError(DomainError):
    """A method asked for with what it does not take."""

    words: ClassVar[str] = N_("SGERG-88 takes heating value, relative density, CO₂ and H₂, not a composition.")
    field: ClassVar[str | None] = "method"


@dataclass(frozen=True, slots=True)
class State:
    """A gas at one pressure and temperature: Z, molar mass in g/mol, density in mol/L and kg/m³."""

    z: float
    molar_mass_g_mol: float
    density_mol_l: float
    density_kg_m3: float


class Equation(Protocol):
    """What gives Z and density, whichever way it was made: `Gas` of a composition, `Sgerg` of four values."""

    @property
    def method(self) -> Method:
        """Which equation this is."""

    def state(self, pressure_kpa: float, temperature_k: float) -> State:
        """Z and density at absolute kPa and K. PressureError, TemperatureError, RangeError, NoConvergenceError."""

    def z(self, pressure_kpa: float, temperature_k: float) -> float:
        """Z alone, for the many hours of a month. The same errors."""


class _Solver(Protocol):
    """What is used of pyaga8.Detail and pyaga8.Gerg2008: kPa, K, mol/L, g/mol."""

    pressure: float
    temperature: float
    d: float
    mm: float

    def set_composition(self, comp: object) -> None: ...
    def calc_density(self, *flag: int) -> None: ...
    def calc_molar_mass(self) -> None: ...


class Gas:
    """One composition by one of the two equations of AGA8.

    Building pyaga8's object costs more than many calculations: it is kept between them. Threads may share a Gas: each takes
    the idle object or builds its own.
    """

    def __init__(self, composition: Composition, method: Method = Method.DETAIL) -> None:
        """MethodError for SGERG-88."""
        if method is Method.SGERG:
            raise MethodError()
        self.composition = composition
        self.method = method
        self._range = RANGES[method]
        self._highest_kpa, self._lowest_k, self._highest_k = self._range.high_kpa, self._range.low_k, self._range.high_k
        self._constant = GAS_CONSTANTS[method]
        self._flag = () if method is Method.DETAIL else (0,)  # 0: the gas phase, without a search for a liquid
        self._idle: list[_Solver] = []

    def z(self, pressure_kpa: float, temperature_k: float) -> float:
        """Compressibility factor at absolute kPa and K. PressureError, TemperatureError, RangeError, NoConvergenceError."""
        solver = self._solved(pressure_kpa, temperature_k)
        z = pressure_kpa / (solver.d * self._constant * temperature_k)
        self._idle.append(solver)
        return z

    def state(self, pressure_kpa: float, temperature_k: float) -> State:
        """Z and densities at absolute kPa and K. PressureError, TemperatureError, RangeError, NoConvergenceError."""
        solver = self._solved(pressure_kpa, temperature_k)
        solver.calc_molar_mass()
        molar, mass = solver.d, solver.mm
        self._idle.append(solver)
        return State(pressure_kpa / (molar * self._constant * temperature_k), mass, molar, molar * mass)

    def _solved(self, pressure_kpa: float, temperature_k: float) -> _Solver:
        """An object that holds the density. It is nobody else's until it is put back, and after a failure it never is."""
        if not (LOWEST_KPA <= pressure_kpa <= self._highest_kpa and self._lowest_k <= temperature_k <= self._highest_k):
            self._range.refuse(pressure_kpa, temperature_k)
        try:
            solver = self._idle.pop()
        except IndexError:
            solver = self._built()
        solver.pressure = pressure_kpa
        solver.temperature = temperature_k
        try:
            solver.calc_density(*self._flag)
        except (ValueError, RuntimeError):
            raise NoConvergenceError(method=self._range.method, pressure=pressure_kpa, temperature=temperature_k) from None
        return solver

    def _built(self) -> _Solver:
        import pyaga8

        fractions = pyaga8.Composition()
        for name, amount in zip(COMPONENTS, self.composition.amounts, strict=True):
            setattr(fractions, name, amount)
        solver: _Solver = pyaga8.Detail() if self.method is Method.DETAIL else pyaga8.Gerg2008()
        solver.set_composition(fractions)
        return solver


@lru_cache(maxsize=64)
def gas_of(composition: Composition, method: Method = Method.DETAIL) -> Gas:
    """The Gas of this composition, the same one each time it is asked for. MethodError for SGERG-88."""
    return Gas(composition, method)


@lru_cache
def library(method: Method) -> str:
    """What computes a method and in which version, as it is kept with a result: "pyaga8 0.1.18"."""
    from importlib import metadata

    return f"{LIBRARIES[method]} {metadata.version(LIBRARIES[method])}"
