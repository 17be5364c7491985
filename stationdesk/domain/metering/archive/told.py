"""What a file tells of its units by its own numbers, where its headings do not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive.columns import Found, measured
from stationdesk.domain.metering.archive.fit import Fit, Sample, clear, fits
from stationdesk.domain.metering.archive.numerals import number
from stationdesk.domain.metering.archive.units import celsius, m3
from stationdesk.domain.metering.archive.values import Column, Line, Mapping, Quantity
from stationdesk.domain.said import Said

ENOUGH = 3  # hours with flow
FAR = 0.5
WARM_K = 150  # a temperature above this is one in kelvin


def temperature_told(mapping: Mapping, lines: Sequence[Line], own: Found) -> Mapping:
    """A temperature without a unit: kelvin where it can be nothing else."""
    bare = [each for each in mapping.of(Quantity.TEMPERATURE) if not each.unit]
    if not bare:
        return mapping
    values = [value for each in bare for line in lines if (value := _value(line, each, mapping.decimal)) is not None]
    unit = "K" if values and median(values) > WARM_K else "C"
    own.assumed.append(Said("temperature_unit", {"unit": "℃" if unit == "C" else unit}))
    return _with_unit(mapping, Quantity.TEMPERATURE, unit)


def _with_unit(mapping: Mapping, quantity: Quantity, unit: str) -> Mapping:
    return replace(
        mapping,
        columns=tuple(replace(each, unit=unit) if each.quantity is quantity and not each.unit else each for each in mapping.columns),
    )


def pressure_told(mapping: Mapping, lines: Sequence[Line], own: Found) -> Mapping:
    """Unit and kind of the pressure: as its heading says, else as the factor proves, else asked."""
    columns = mapping.of(Quantity.PRESSURE)
    if not columns:
        return mapping
    marks = set(own.gauge)
    mapping = replace(mapping, gauge=marks.pop() if len(marks) == 1 else None)
    samples = list(_samples(mapping, lines))
    unit = columns[0].unit
    ranked = fits(samples, mapping.atmospheric_kpa) if len(samples) >= ENOUGH else ()
    possible = [each for each in ranked if unit in ("", each.unit) and mapping.gauge in (None, each.gauge)]
    if unit and mapping.gauge is not None:
        _contradicted(columns[0], possible, ranked, own)
        return mapping
    found = clear(possible)
    if found is None:
        own.asked.append(Said("gauge_unknown" if unit else "pressure_unit_unknown", {"column": columns[0].heading}))
        return mapping
    own.assumed.append(Said(f"gauge_{'gauge' if found.gauge else 'absolute'}_fits", {"unit": found.unit, "percent": _percent(found)}))
    return replace(_with_unit(mapping, Quantity.PRESSURE, found.unit), gauge=found.gauge)


def _percent(found: Fit) -> Decimal:
    return Decimal(f"{found.error * 100:.1f}")


def _contradicted(column: Column, told: Sequence[Fit], ranked: Sequence[Fit], own: Found) -> None:
    """The heading names a unit that the factor cannot be of."""
    if told and told[0].error > FAR and (better := clear(ranked)):
        values = {"column": column.heading, "unit": told[0].unit, "better": better.unit}
        own.asked.append(Said("pressure_unit_contradicts", values))
    elif told and told[0].error > 2 * OFF:
        own.assumed.append(Said("factor_differs", {"percent": _percent(told[0])}))


OFF = 0.02


def _samples(mapping: Mapping, lines: Sequence[Line]) -> Iterator[Sample]:
    """Hours with pressure, temperature and a factor, be it only that of the two counters."""
    for run in mapping.runs:
        columns = measured(mapping.columns, run)
        if Quantity.PRESSURE not in columns or Quantity.TEMPERATURE not in columns:
            continue
        ratios = _ratios(mapping, columns, lines)
        for line in lines:
            p, t = (_value(line, columns[each], mapping.decimal) for each in (Quantity.PRESSURE, Quantity.TEMPERATURE))
            factor = _value(line, columns[Quantity.FACTOR], mapping.decimal) if Quantity.FACTOR in columns else ratios.get(line.number)
            if p and t is not None and factor and factor > 0:
                yield Sample(float(p), float(celsius(t, columns[Quantity.TEMPERATURE].unit)), float(factor))


def _ratios(mapping: Mapping, columns: dict[Quantity, Column], lines: Sequence[Line]) -> dict[int, Decimal]:
    """ΔV_b/ΔV_m by line; runs that share columns are told apart by their names."""
    corrected = columns.get(Quantity.CORRECTED) or columns.get(Quantity.TOTAL)
    found: dict[int, Decimal] = {}
    if corrected is None or Quantity.COUNTER not in columns:
        return _hourly_ratios(mapping, columns, lines)
    whose = mapping.of(Quantity.RUN)
    last: dict[object, tuple[Decimal, Decimal]] = {}
    for line in lines:
        name = line.cell(whose[0].place) if whose else ""
        vm, vb = _volume(line, columns[Quantity.COUNTER], mapping.decimal), _volume(line, corrected, mapping.decimal)
        if vm is None or vb is None:
            continue
        if name in last and vm > last[name][0] and vb > last[name][1]:
            found[line.number] = (vb - last[name][1]) / (vm - last[name][0])
        last[name] = vm, vb
    return found


def _hourly_ratios(mapping: Mapping, columns: dict[Quantity, Column], lines: Sequence[Line]) -> dict[int, Decimal]:
    if Quantity.MOVED not in columns or Quantity.CORRECTED_MOVED not in columns:
        return {}
    found = {}
    for line in lines:
        vm, vb = (_volume(line, columns[each], mapping.decimal) for each in (Quantity.MOVED, Quantity.CORRECTED_MOVED))
        if vm and vb:
            found[line.number] = vb / vm
    return found


def volumes_told(mapping: Mapping, lines: Sequence[Line], own: Found) -> Mapping:
    """Volumes without a unit are m³; counters that do not fit the factor by a power of ten are asked about."""
    bare = [each.heading for each in mapping.columns if each.quantity in _COUNTED and not each.unit]
    if bare:
        own.assumed.append(Said("volume_m3", {"columns": "、".join(bare)}))
        for quantity in _COUNTED:
            mapping = _with_unit(mapping, quantity, "m3")
    shares = [share for run in mapping.runs for share in _shares(mapping, run, lines)]
    if len(shares) >= ENOUGH and (off := median(shares)) > 0 and abs(math.log10(off)) > FAR:
        own.asked.append(Said("volume_unit_contradicts", {"times": Decimal(f"{off:.3g}")}))
    return mapping


def fault_told(mapping: Mapping, lines: Sequence[Line], own: Found) -> Mapping:
    """Whether the corrected counter goes on while the error-state counter moves: then it holds that volume as well."""
    included = [run for run in mapping.runs if _included(mapping, run, lines)]
    if not included:
        return mapping
    own.assumed.append(Said("fault_included"))
    return replace(
        mapping,
        columns=tuple(replace(each, quantity=Quantity.TOTAL) if each.quantity is Quantity.CORRECTED else each for each in mapping.columns),
    )


def _included(mapping: Mapping, run: str, lines: Sequence[Line]) -> bool:
    columns = measured(mapping.columns, run)
    if not {Quantity.COUNTER, Quantity.CORRECTED, Quantity.FAULT} <= set(columns):
        return False
    usual = list(_ratios(mapping, columns, lines).values())
    moves = [move for move in _moves(mapping, columns, lines) if move[2] > 0]
    if len(usual) < ENOUGH or not moves:
        return False
    expected = sum(vm for vm, _vb, _fault in moves) * median(usual)
    corrected, fault = sum(vb for _vm, vb, _fault in moves), sum(fault for _vm, _vb, fault in moves)
    return abs(corrected - expected) < abs(corrected + fault - expected)


def _moves(mapping: Mapping, columns: dict[Quantity, Column], lines: Sequence[Line]) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """From line to line of one run: uncorrected, corrected and error-state volume."""
    whose = mapping.of(Quantity.RUN)
    last: dict[object, tuple[Decimal, ...]] = {}
    for line in lines:
        name = line.cell(whose[0].place) if whose else ""
        now = [_volume(line, columns[each], mapping.decimal) for each in (Quantity.COUNTER, Quantity.CORRECTED, Quantity.FAULT)]
        values = tuple(each for each in now if each is not None)
        if len(values) < 3:
            continue
        if name in last:
            before = last[name]
            yield values[0] - before[0], values[1] - before[1], values[2] - before[2]
        last[name] = values


_COUNTED = (
    Quantity.COUNTER, Quantity.CORRECTED, Quantity.TOTAL, Quantity.FAULT, Quantity.MOVED, Quantity.CORRECTED_MOVED, Quantity.FAULT_MOVED
)  # fmt: skip


def _shares(mapping: Mapping, run: str, lines: Sequence[Line]) -> Iterator[float]:
    columns = measured(mapping.columns, run)
    if Quantity.FACTOR not in columns:
        return
    ratios = _ratios(mapping, columns, lines)
    for line in lines:
        factor = _value(line, columns[Quantity.FACTOR], mapping.decimal)
        if line.number in ratios and factor and factor > 0:
            yield float(ratios[line.number] / factor)


def _volume(line: Line, column: Column, decimal: str) -> Decimal | None:
    value = _value(line, column, decimal)
    return None if value is None else m3(value, column.unit)


def _value(line: Line, column: Column, decimal: str) -> Decimal | None:
    try:
        return number(line.cell(column.place), decimal)[0]
    except DomainError:
        return None
