"""What a person says of a file where it does not say so itself."""

from __future__ import annotations

import re
from collections.abc import Mapping as Values
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stationdesk.domain.metering.archive.numerals import short
from stationdesk.domain.metering.archive.refusals import DayUnknownError, UnitUnknownError
from stationdesk.domain.metering.archive.units import Unit, unit_of
from stationdesk.domain.metering.archive.values import VOLUMES, Column, Mapping, Quantity
from stationdesk.domain.said import Said

_KINDS = {Quantity.PRESSURE: "pressure", Quantity.TEMPERATURE: "temperature"} | dict.fromkeys(VOLUMES, "volume")


@dataclass(frozen=True)
class Answers:
    """Answers to what is asked of a file, and better ones than what was assumed; "" and None: nothing said.

    units: quantity (pressure, temperature, counter, corrected, fault …) → unit as a maker would write it. volume: "corrected" or
    "counter", what a counter is that does not say at which conditions. streams: name in the file → code of the station's stream.
    """

    gauge: bool | None = None
    stamp: str = ""
    order: str = ""
    decimal: str = ""
    day: str = ""
    run: str = ""
    volume: str = ""
    units: Values[str, str] = field(default_factory=dict)
    streams: Values[str, str] = field(default_factory=dict)


def answered(mapping: Mapping, answers: Answers) -> Mapping:
    """The mapping as answered; questions and assumptions that are answered are gone. UnitUnknownError, DayUnknownError."""
    fields: dict[str, Any] = {key: getattr(answers, key) for key in ("stamp", "order", "decimal", "run") if getattr(answers, key)}
    if answers.day:
        fields["day"] = _day(answers.day, mapping)
    units = {Quantity(key): _unit(Quantity(key), text) for key, text in answers.units.items()}
    marks = [unit.gauge for quantity, unit in units.items() if quantity is Quantity.PRESSURE and unit.gauge is not None]
    gauge = answers.gauge if answers.gauge is not None else marks[0] if marks else None
    if gauge is not None:
        fields["gauge"] = gauge
    if answers.streams:
        fields["streams"] = {**mapping.streams, **answers.streams}
    columns = tuple(_column(each, answers.volume, mapping, units) for each in mapping.columns)
    gone = {*fields} | ({"year"} if answers.day else set()) | ({"volume_which"} if answers.volume else set()) | _settled(units)
    kept = {key: tuple(said for said in getattr(mapping, key) if not _gone(said, gone)) for key in ("assumed", "asked")}
    return _still_asked(replace(mapping, **{**kept, **fields, "columns": columns}))


def _day(typed: str, mapping: Mapping) -> str:
    """The date, or of dates without a year the year."""
    if any(said.code == "year_none" for said in mapping.asked) and re.fullmatch(r"(?:19|20)[0-9]{2}(?:-.*)?", typed.strip()):
        return typed.strip()[:4]
    return iso_day(typed)


def iso_day(typed: str) -> str:
    """A date somebody typed, in ISO form. DayUnknownError."""
    try:
        return date.fromisoformat(typed.strip()).isoformat()
    except ValueError:
        raise DayUnknownError(typed=short(typed)) from None


def _settled(units: Values[Quantity, Unit]) -> set[str]:
    """The questions that units answer."""
    codes = {Quantity.PRESSURE: {"pressure_unit"}, Quantity.TEMPERATURE: {"temperature_unit"}}
    return {code for quantity in units for code in codes.get(quantity, {"volume_unit", "volume_m3"})}


def _gone(said: Said, gone: set[str]) -> bool:
    return any(said.code == code or said.code.startswith(f"{code}_") for code in gone)


def _unit(quantity: Quantity, text: str) -> Unit:
    unit = unit_of(text)
    if unit is None or unit.kind != _KINDS.get(quantity, ""):
        raise UnitUnknownError(typed=text)
    return unit


def _column(column: Column, volume: str, mapping: Mapping, units: Values[Quantity, Unit]) -> Column:
    bare = {said.values.get("column") for said in mapping.asked if said.code == "volume_which"}
    if volume and column.heading in bare:
        column = replace(column, quantity=Quantity(volume))
    return replace(column, unit=units[column.quantity].code) if column.quantity in units else column


def _still_asked(mapping: Mapping) -> Mapping:
    """A pressure without its unit or kind stays a question, whatever else was answered."""
    columns = mapping.of(Quantity.PRESSURE)
    asked = [said for said in mapping.asked if said.code not in ("gauge_unknown", "pressure_unit_unknown")]
    if columns and any(not each.unit for each in columns):
        asked.append(Said("pressure_unit_unknown", {"column": columns[0].heading}))
    elif columns and mapping.gauge is None:
        asked.append(Said("gauge_unknown", {"column": columns[0].heading}))
    return replace(mapping, asked=tuple(asked))
