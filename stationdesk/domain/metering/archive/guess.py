"""How a table is to be read, as far as it says so itself; the rest is assumed and listed, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from stationdesk.domain.metering.archive.clock import stamped
from stationdesk.domain.metering.archive.columns import LEAP, Found, columns_of
from stationdesk.domain.metering.archive.layout import Layout, filled, layout
from stationdesk.domain.metering.archive.numerals import blank, decimal_of, text_of
from stationdesk.domain.metering.archive.refusals import NoClockError
from stationdesk.domain.metering.archive.stamps import order_of, wall
from stationdesk.domain.metering.archive.told import fault_told, pressure_told, temperature_told, volumes_told
from stationdesk.domain.metering.archive.units import plain
from stationdesk.domain.metering.archive.values import MEASURED, STANDARD_ATMOSPHERE, TIMES, Cell, Line, Mapping, Quantity, Table
from stationdesk.domain.said import Said

SAMPLE, MOST = 60, 3000
_SAYS_START = re.compile(r"hour beginning|beginning of|start of|起始|开始|期初|小时初")
_SAYS_END = re.compile(r"hour ending|end of|结束|截止|期末|小时末|hour end")
_RUN_SAID = re.compile(
    r"(?:(?:计量)?管路|支路|回路|流量计|仪表|表计?|位号|通道|设备|run|stream|meter(?: run)?|line|tag|channel|device)"
    r"(?:编?号|名称|位号| no\.?| id| name)?\s*[::=]\s*(\S.{0,30})?"
)


def guess(table: Table, atmospheric_kpa: Decimal = STANDARD_ATMOSPHERE, day_begins: int = 480, *, decimal: str = "") -> Mapping:
    """How the table seems to be read. day_begins: minutes of the day at which the gas day begins; decimal: the sign where somebody said it.

    NoHoursError, NoHeadingError, NoTimeError, NoVolumeError where it is no such table at all.
    """
    found = layout(table)
    lines = [line for line in table.lines[found.body :] if filled(line)]
    own = columns_of(found.headings, lines[:SAMPLE], found.header)
    body = table.lines[found.body].number
    width = max((place + 1 for place, each in enumerate(found.headings) if each.text), default=0)
    mapping = Mapping(tuple(own.columns), found.header, body, width, atmospheric_kpa=atmospheric_kpa)
    mapping = replace(mapping, decimal=decimal) if decimal else _with_decimal(mapping, lines[:MOST], own, table.separator)
    mapping = _with_times(mapping, lines, own, found, table, day_begins)
    mapping = _with_run(mapping, found, table, own)
    for told in (temperature_told, pressure_told, volumes_told, fault_told):
        mapping = told(mapping, lines[:MOST], own)
    assumed = [*own.assumed, *([Said("unread", {"columns": "、".join(own.unread)})] if own.unread else [])]
    return replace(mapping, assumed=tuple(assumed), asked=tuple(own.asked))


# Numbers
def _with_decimal(mapping: Mapping, lines: Sequence[Line], own: Found, separator: str) -> Mapping:
    cells = [line.cell(each.place) for each in mapping.columns if each.quantity in MEASURED for line in lines]
    sign = decimal_of(cells)
    if sign in (".", ","):
        return replace(mapping, decimal=sign)
    seen = {mark for cell in cells if isinstance(cell, str) for mark in cell if mark in ".,"}
    if not sign and seen == {"."}:
        own.assumed.append(Said("decimal_point"))
        return mapping
    own.asked.append(Said("decimal_both" if sign else "decimal_either", {"example": _example(cells)}))
    return replace(mapping, decimal="," if separator == ";" and not sign else ".")


def _example(cells: Sequence[Cell]) -> str:
    return next((text_of(cell) for cell in cells if isinstance(cell, str) and "," in cell), "")


# Times
def _with_times(mapping: Mapping, lines: Sequence[Line], own: Found, found: Layout, table: Table, day_begins: int) -> Mapping:
    times = mapping.of(*TIMES)
    order, proven = order_of([line.cell(each.place) for each in times for line in lines[:MOST]])
    if not proven:
        own.asked.append(Said("order_either", {"example": text_of(lines[0].cell(times[0].place))}))
    mapping = replace(mapping, order=order)
    if re.search(r"\butc\b|\bgmt\b", " ".join(plain(each.heading) for each in times)):
        mapping = replace(mapping, clock="utc")
    mapping = _with_day(mapping, lines, own, found, table)
    if not any(stamped(mapping, line).second is not None for line in lines[:SAMPLE]):
        raise NoClockError(line=mapping.header)
    stamp, why = _stamp(mapping, lines, day_begins)
    if why:
        own.assumed.append(Said(why))
    return replace(mapping, stamp=stamp)


def _with_day(mapping: Mapping, lines: Sequence[Line], own: Found, found: Layout, table: Table) -> Mapping:
    """Times of day without a date, or dates without a year: the one date or year that stands above them."""
    if any(stamped(mapping, line).day for line in lines[:SAMPLE]):
        return mapping
    above = [text_of(cell) for line in table.lines[: found.body] for cell in line.cells] + [table.title]
    yearless = any(stamped(replace(mapping, day=str(LEAP)), line).day for line in lines[:SAMPLE])
    words = {said for text in above for said in (_years_in(text) if yearless else days_in(text))}
    kind = "year" if yearless else "day"
    if len(words) != 1:
        own.asked.append(Said(f"{kind}_none"))
        return mapping
    day = words.pop()
    own.assumed.append(Said(f"{kind}_above", {kind: day}))
    return replace(mapping, day=day)


def _years_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![0-9])20[0-9]{2}(?=\s*年|[-/.][0-9]{1,2}(?![0-9])|$|\s)", text))


def days_in(text: str) -> set[str]:
    """The dates a text names, in ISO form."""
    found = re.findall(
        r"(?:19|20)[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}|(?<![0-9])20[0-9]{2}[01][0-9][0-3][0-9](?![0-9])", text
    )
    return {said.day.isoformat() for each in found if (said := wall(each)) and said.day}


def _stamp(mapping: Mapping, lines: Sequence[Line], day_begins: int) -> tuple[str, str]:
    """Whether hours carry the time of their end, and what that is assumed from."""
    words = " ".join(plain(each.heading) for each in mapping.of(*TIMES))
    if mapping.of(Quantity.END) or _SAYS_END.search(words):
        return "end", ""
    if mapping.of(Quantity.START) or _SAYS_START.search(words):
        return "start", ""
    if any(_is_range(text_of(line.cell(each.place))) for each in mapping.of(*TIMES) for line in lines[:1]):
        return "end", ""
    if mapping.clock == "local" and _whole_days(mapping, lines, (day_begins + 60) % 1440):
        return "end", "stamp_end_days"
    return "end", "stamp_end"


def _is_range(text: str) -> bool:
    return len(re.findall(r"[0-9]{1,2}:[0-9]{2}", text)) > 1


def _whole_days(mapping: Mapping, lines: Sequence[Line], first: int) -> bool:
    """Whether the file begins with the first hour of a gas day and ends with the last one of another."""
    ends = sorted(said.second // 60 for line in (lines[0], lines[-1]) if (said := stamped(mapping, line)).second is not None)
    return len(ends) == 2 and ends == sorted((first, first - 60))


# Whose
def _with_run(mapping: Mapping, found: Layout, table: Table, own: Found) -> Mapping:
    """A file about one run says so above its headings, if anywhere."""
    if mapping.of(Quantity.RUN) or mapping.runs != ("",):
        return mapping
    above = [line for line in table.lines[: found.body] if line.number < found.header]
    for line in above:
        if (name := run_said(line)) is not None:
            own.assumed.append(Said("run_above", {"run": name}))
            return replace(mapping, run=name)
    return mapping


def run_said(line: Line) -> str | None:
    """The run a line names: 管路：1#, or Meter and its tag in the next cell."""
    cells = [text_of(cell) for cell in line.cells if not blank(cell)]
    for place, text in enumerate(cells):
        said = _RUN_SAID.match(plain(text))
        if said:
            after = cells[place + 1] if place + 1 < len(cells) else ""
            name = text[len(text) - len(said[1]) :].strip() if said[1] else after.strip()
            return name or None
    return None
