"""`stationdesk gas volume`: a shift's gas computed anew, with every hour's factors."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.cli import desk, options
from stationdesk.domain.gas import METHOD_NAMES, Method
from stationdesk.domain.metering.frozen import Change, changed_words
from stationdesk.domain.metering.shapes import HourGas, lack_words, source_words
from stationdesk.domain.moments import format_span, format_time
from stationdesk.domain.words import _

if TYPE_CHECKING:
    from stationdesk.services.metering.shift_gas import ShiftGas, StreamResult

MISSING = "—"


def add_volume(parser: argparse.ArgumentParser) -> None:
    """--db, --shift, --json."""
    options.add_store(parser)
    parser.add_argument("--shift", metavar="ID", type=int, required=True, help=_("the shift, by its number"))


def about() -> str:
    """What the command does."""
    return _("Computes a shift's volumes from the readings on record: every hour with its pressure, temperature, Z and factor.")


def show_volume(args: argparse.Namespace) -> int:
    """Print the gas of each stream."""
    from stationdesk.services.metering.shift_gas import shift_gas

    with desk.opened(args) as store:
        found = shift_gas(store, args.shift, desk.now())
        if args.json:
            options.say_json(document(found))
        else:
            print("\n".join(lines(found)))
    return 0


def document(found: ShiftGas) -> dict[str, object]:
    """As JSON: volumes in m³, pressures in kPa absolute, temperatures in ℃, heating values in MJ/m³, energy in MJ; null: not computed."""
    return {
        "shift": found.shift_id,
        "day": found.day.isoformat(),
        "kind": found.kind,
        "part": found.part,
        "start": _iso(found.span.start, found.zone),
        "end": _iso(found.span.end, found.zone),
        "streams": [_stream(each, found.zone) for each in found.streams],
    }


def _stream(each: StreamResult, zone: ZoneInfo) -> dict[str, object]:
    gas, contract = each.now, each.now.contract
    return {
        "code": gas.stream.code,
        "name": str(gas.stream.name),
        "whole": gas.whole,
        "volume": _number(gas.volume),
        "base_volume": _number(gas.base_volume),
        "heating_value": _number(gas.heating_value),
        "energy_mj": _number(gas.energy_mj),
        "corrector_volume": _number(gas.corrector_volume),
        "method": gas.method,
        "library": gas.library,
        "base_pressure_kpa": _number(contract.base_pressure_kpa),
        "base_temperature_c": _number(contract.base_temperature_c),
        "combustion_c": _number(contract.combustion_c),
        "compositions": [{"id": one.composition_id, "report": one.report, "parts": one.components} for one in gas.qualities],
        "lacks": [str(lack) for lack in gas.lacks],
        "sources": [str(source) for source in gas.sources],
        "frozen": _frozen(each, zone),
        "hours": [_hour(hour, zone) for hour in gas.hours],
    }


def _frozen(each: StreamResult, zone: ZoneInfo) -> dict[str, object] | None:
    """What was handed over, and why it would come out otherwise now."""
    if each.frozen is None:
        return None
    kept = each.frozen.gas
    return {
        "version": each.frozen.nth + 1,
        "base_volume": _number(kept.base_volume) if kept.whole else None,
        "at": _iso(each.frozen.at, zone),
        "changed": [
            {"what": str(one.what), "time": _iso(one.time, zone) if one.time else None, "quantity": one.quantity, "before": one.before,
             "after": one.after}
            for one in each.changes
        ],
    }  # fmt: skip


def _hour(hour: HourGas, zone: ZoneInfo) -> dict[str, object]:
    return {
        "start": _iso(hour.start, zone),
        "end": _iso(hour.end, zone),
        "counter_before": _number(hour.opening.counter),
        "counter_after": _number(hour.closing.counter),
        "k": _number(hour.k),
        "volume": _number(hour.moved),
        "pressure_kpa": _number(hour.pressure_kpa),
        "temperature_c": _number(hour.temperature_c),
        "z": _number(hour.z),
        "z_base": _number(hour.z_base),
        "factor": _number(hour.factor),
        "base_volume": _number(hour.base_volume),
        "heating_value": _number(hour.heating_value),
        "energy_mj": _number(hour.energy_mj),
        "corrector_volume": _number(hour.corrected_moved),
        "composition": hour.composition_id,
        "lacks": [str(lack) for lack in hour.lacks],
        "sources": [str(source) for source in hour.sources],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _iso(time: datetime, zone: ZoneInfo) -> str:
    return time.astimezone(zone).isoformat(timespec="seconds")


def lines(found: ShiftGas) -> Iterator[str]:
    """The same for reading."""
    head = _("shift {shift}\t{day} {name} {span}")
    yield head.format(shift=found.shift_id, day=found.day.isoformat(), name=found.name, span=format_span(found.span, found.zone))
    for each in found.streams:
        yield from _stream_lines(each, found.zone)


def _stream_lines(each: StreamResult, zone: ZoneInfo) -> Iterator[str]:
    gas = each.now
    yield ""
    method = _(", ").join(METHOD_NAMES[Method(each)] for each in gas.method.split(", "))
    yield _("{run}\t{method}, {library}").format(run=gas.stream.name, method=method, library=gas.library or MISSING)
    yield _("hour\tm³\tkPa\t℃\tZ\tfactor\tNm³\tcorrector Nm³\t")
    for hour in gas.hours:
        yield _hour_line(hour, zone)
    whole = "" if gas.whole else _("not whole")
    yield _("sum\t{volume}\t\t\t\t\t{base}\t{corrector}\t{whole}").format(
        volume=_shown(gas.volume, 1), base=_shown(gas.base_volume, 3), corrector=_shown(gas.corrector_volume, 0), whole=whole
    )
    yield _("energy\t{energy} MJ at {heating} MJ/m³").format(energy=_shown(gas.energy_mj, 0), heating=_shown(gas.heating_value, 4))
    if each.frozen is not None:
        kept = each.frozen.gas.base_volume if each.frozen.gas.whole else None
        yield _("handed over\t{base} Nm³, version {n}").format(base=_shown(kept, 3), n=each.frozen.nth + 1)
    for change in each.changes:
        yield _change_line(change, zone)


def _hour_line(hour: HourGas, zone: ZoneInfo) -> str:
    words = [*map(lack_words, hour.lacks), *map(source_words, hour.sources)]
    cells = (
        f"{format_time(hour.start, zone)}–{format_time(hour.end, zone)}",
        _shown(hour.moved, 1),
        _shown(hour.pressure_kpa, 3),
        _shown(hour.temperature_c, 2),
        _shown(hour.z, 6),
        _shown(hour.factor, 6),
        _shown(hour.base_volume, 3),
        _shown(hour.corrected_moved, 0),
        _(", ").join(words),
    )
    return "\t".join(cells)


def _change_line(change: Change, zone: ZoneInfo) -> str:
    when = f"{change.time.astimezone(zone):%m-%d %H:%M} " if change.time else ""
    values = f" {change.before or MISSING} → {change.after or MISSING}" if change.before or change.after else ""
    return f"\t{when}{changed_words(change.what)}{values}"


def _shown(value: Decimal | None, decimals: int) -> str:
    return MISSING if value is None else f"{value:.{decimals}f}"
