"""What the settings of metering are called, in their forms and in the versions of a run or a contract."""

from __future__ import annotations

from collections.abc import Mapping

from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.spoken import Words

STREAM: Mapping[str, Words] = {
    "position": lambda: C_("metering", "Place in the list"),
    "serves": lambda: C_("metering", "Serves"),
    "meter": lambda: C_("metering", "Meter"),
    "meter_serial": lambda: C_("metering", "Serial number of the meter"),
    "corrector_serial": lambda: C_("metering", "Of the corrector"),
    "q_min": lambda: "q_min",
    "q_max": lambda: "q_max",
    "factor": lambda: C_("metering", "One count"),
    "best_low": lambda: C_("metering", "Best range from"),
    "best_high": lambda: C_("metering", "to, of q_max"),
    "group": lambda: C_("metering", "Serve for each other"),
    "absolute": lambda: C_("metering", "Pressure is absolute"),
    "freezes": lambda: C_("metering", "Keeps a frozen hourly value"),
    "bore_mm": lambda: C_("metering", "Orifice bore"),
    "pipe_mm": lambda: C_("metering", "Pipe inside"),
    "shut": lambda: C_("metering", "Begins shut (a new run only)"),
    "words": lambda: C_("metering", "Remark"),
}
POINTS: Mapping[str, Words] = {
    "counter": lambda: C_("metering", "Counter at metering conditions"),
    "corrected": lambda: C_("metering", "Counter at base conditions"),
    "pressure": lambda: C_("metering", "Pressure point"),
    "temperature": lambda: C_("metering", "Temperature point"),
    "flow": lambda: C_("metering", "Flow point"),
    "difference": lambda: C_("metering", "Differential pressure (orifice)"),
}
CONTRACT: Mapping[str, Words] = {
    "number": lambda: C_("metering", "Number"),
    "counterpart": lambda: C_("metering", "With whom"),
    "base_pressure_kpa": lambda: C_("metering", "Base pressure"),
    "base_temperature_c": lambda: C_("metering", "Base temperature"),
    "combustion_c": lambda: C_("metering", "Combustion"),
    "method": lambda: C_("metering", "Compressibility by"),
    "tolerance_percent": lambda: C_("metering", "Tolerance"),
    "spread_percent": lambda: C_("metering", "Per pressure swing"),
    "red_percent": lambda: C_("metering", "Red beyond it by"),
    "reading_seconds": lambda: C_("metering", "Reading times differ by"),
    "loss_over": lambda: C_("metering", "Unaccounted-for gas as a share of"),
    "words": lambda: C_("metering", "Remark"),
}
FIELDS: Mapping[str, Mapping[str, Words]] = {"stream": STREAM, "contract": CONTRACT, "point": POINTS}


def chosen_words(kind: str, key: str, value: str) -> str:
    """A choice as it is read: the kind of meter, what a run serves, the method."""
    from stationdesk.domain.metering.streams import METERS, METHODS, OVER, SERVES

    tables = {("stream", "meter"): METERS, ("stream", "serves"): SERVES, ("contract", "method"): METHODS, ("contract", "loss_over"): OVER}
    found = tables.get((kind, key), {}).get(value)
    return _(found) if found else value
