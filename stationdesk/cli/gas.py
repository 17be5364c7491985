"""`stationdesk gas`: what a gas is at a pressure and temperature, what it is worth, and a shift's volumes."""

from __future__ import annotations

import argparse
from typing import ClassVar

from stationdesk.cli import gas_volume, options
from stationdesk.cli.composition import add_composition, composition_of, number
from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import (
    METHOD_NAMES,
    Equation,
    Method,
    Properties,
    Sgerg,
    State,
    gas_of,
    library,
    properties,
)
from stationdesk.domain.words import N_, _

#: --method sgerg's own options and what they say
SGERG = {
    "hs": N_("superior heating value, MJ/m³ at 25 ℃ combustion and 0 ℃ metering"),
    "d": N_("relative density at 0 ℃"),
    "co2": N_("mole fraction of CO₂"),
    "h2": N_("mole fraction of H₂ (default 0)"),
}


class SgergNeedsError(DomainError):
    """--method sgerg without one of its values."""

    words: ClassVar[str] = N_("--method sgerg needs --hs, --d and --co2.")


class SgergOnlyError(DomainError):
    """A value of --method sgerg for another method, or a composition for it."""

    words: ClassVar[str] = N_("--method sgerg takes --hs --d --co2 --h2, the other methods take --composition: not both.")


def add(parser: argparse.ArgumentParser) -> None:
    """The words after `gas`."""
    words = parser.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    z = words.add_parser("z", help=_("compressibility and density"), description=_about_z())
    add_composition(z)
    z.add_argument("--pressure-kpa", metavar="P", required=True, help=_("absolute pressure, kPa"))
    z.add_argument("--temperature-k", metavar="T", required=True, help=_("temperature, K"))
    names = [method.value for method in Method]
    z.add_argument("--method", choices=names, default=Method.DETAIL.value, help=_("AGA8-DETAIL (default), GERG-2008 or SGERG-88"))
    for name, says in SGERG.items():
        z.add_argument(f"--{name}", metavar="X", default=None, help=_("sgerg: {says}").format(says=_(says)))
    _finish(z, show_z)
    worth = words.add_parser("heating-value", help=_("heating value, relative density and Wobbe index"), description=_about_worth())
    add_composition(worth)
    worth.add_argument(
        "--combustion-c", metavar="T", default="20", help=_("combustion temperature, ℃: 0, 15, 15.55, 20 or 25 (default 20)")
    )
    worth.add_argument("--metering-c", metavar="T", default="20", help=_("metering temperature, ℃: 0, 15, 15.55 or 20 (default 20)"))
    _finish(worth, show_worth)
    volume = words.add_parser("volume", help=_("a shift's volumes computed anew"), description=gas_volume.about())
    gas_volume.add_volume(volume)
    _finish(volume, gas_volume.show_volume)


def run(args: argparse.Namespace) -> int:
    """What the word after `gas` says; the exit code."""
    code: int = args.does(args)
    return code


def _finish(parser: argparse.ArgumentParser, does: object) -> None:
    options.add_json(parser)
    options.add_language(parser)
    parser.set_defaults(does=does)


def _about_z() -> str:
    return _("Z, molar mass and density of a gas by AGA8-DETAIL, GERG-2008 or SGERG-88. The pressure is absolute.")


def _about_worth() -> str:
    return _("Heating value, density and Wobbe index of the real gas at 101.325 kPa, by ISO 6976:2016 (GB/T 11062-2020).")


def show_z(args: argparse.Namespace) -> int:
    """Print Z and density of a gas."""
    pressure, temperature = number("--pressure-kpa", args.pressure_kpa), number("--temperature-k", args.temperature_k)
    equation = _equation(args)
    state = equation.state(pressure, temperature)
    if args.json:
        options.say_json(z_document(equation.method, pressure, temperature, state))
    else:
        print("\n".join(z_lines(equation.method, state)))
    return 0


def _equation(args: argparse.Namespace) -> Equation:
    """What --method and its options name. SgergNeedsError, SgergOnlyError and the errors of what is given."""
    method, given = Method(args.method), {name: getattr(args, name) for name in SGERG}
    if (args.composition is not None) if method is Method.SGERG else any(value is not None for value in given.values()):
        raise SgergOnlyError()
    if method is not Method.SGERG:
        return gas_of(composition_of(args.composition), method)
    if None in (given["hs"], given["d"], given["co2"]):
        raise SgergNeedsError()
    return Sgerg(*(number(f"--{name}", value or "0") for name, value in given.items()))


def z_document(method: Method, pressure_kpa: float, temperature_k: float, state: State) -> dict[str, object]:
    """As JSON: molar_mass in g/mol, densities in mol/L and kg/m³, and what it was computed from and with."""
    return {
        "z": state.z,
        "molar_mass": state.molar_mass_g_mol,
        "density_mol_l": state.density_mol_l,
        "density_kg_m3": state.density_kg_m3,
        "pressure_kpa": pressure_kpa,
        "temperature_k": temperature_k,
        "method": method.value,
        "library": library(method),
    }


def z_lines(method: Method, state: State) -> list[str]:
    """The same for reading."""
    return [
        _("Z\t{value}").format(value=f"{state.z:.6f}"),
        _("molar mass\t{value} g/mol").format(value=f"{state.molar_mass_g_mol:.4f}"),
        _("density\t{molar} mol/L, {mass} kg/m³").format(molar=f"{state.density_mol_l:.6g}", mass=f"{state.density_kg_m3:.6g}"),
        _("method\t{name}, {library}").format(name=METHOD_NAMES[method], library=library(method)),
    ]


def show_worth(args: argparse.Namespace) -> int:
    """Print what ISO 6976 says of a gas."""
    burnt, metered = number("--combustion-c", args.combustion_c), number("--metering-c", args.metering_c)
    found = properties(composition_of(args.composition), burnt, metered)
    if args.json:
        options.say_json(worth_document(found))
    else:
        print("\n".join(worth_lines(found)))
    return 0


def worth_document(found: Properties) -> dict[str, object]:
    """As JSON: heating values and Wobbe indices in MJ/m³ of real gas at the metering temperature, molar_mass in g/mol."""
    return {
        "heating_value": found.heating_value_mj_m3,
        "inferior_heating_value": found.inferior_mj_m3,
        "relative_density": found.relative_density,
        "wobbe_index": found.wobbe_mj_m3,
        "inferior_wobbe_index": found.inferior_wobbe_mj_m3,
        "z_base": found.z_base,
        "molar_mass": found.molar_mass_g_mol,
        "density_kg_m3": found.density_kg_m3,
        "heating_value_mj_kg": found.heating_value_mj_kg,
        "heating_value_kj_mol": found.heating_value_kj_mol,
        "combustion_c": found.combustion_c,
        "metering_c": found.metering_c,
        "pressure_kpa": found.pressure_kpa,
        "standard": "ISO 6976:2016",
    }


def worth_lines(found: Properties) -> list[str]:
    """The same for reading."""
    at = _("combustion {burnt} ℃, metering {metered} ℃, {pressure} kPa, ISO 6976:2016")
    return [
        at.format(burnt=f"{found.combustion_c:g}", metered=f"{found.metering_c:g}", pressure=f"{found.pressure_kpa:g}"),
        _("superior heating value\t{value} MJ/m³").format(value=f"{found.heating_value_mj_m3:.4f}"),
        _("inferior heating value\t{value} MJ/m³").format(value=f"{found.inferior_mj_m3:.4f}"),
        _("Wobbe index\t{value} MJ/m³").format(value=f"{found.wobbe_mj_m3:.4f}"),
        _("relative density\t{value}").format(value=f"{found.relative_density:.5f}"),
        _("density\t{value} kg/m³").format(value=f"{found.density_kg_m3:.5f}"),
        _("molar mass\t{value} g/mol").format(value=f"{found.molar_mass_g_mol:.4f}"),
        _("Z at base conditions\t{value}").format(value=f"{found.z_base:.6f}"),
    ]
