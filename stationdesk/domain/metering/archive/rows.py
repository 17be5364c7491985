"""Lines to hours: every line is taken, noted as none, or refused by line and column."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive.clock import Clock, stamped
from stationdesk.domain.metering.archive.columns import columns_of, measured
from stationdesk.domain.metering.archive.guess import run_said
from stationdesk.domain.metering.archive.layout import filled, heads, units_only
from stationdesk.domain.metering.archive.numerals import blank, nothing, number, numeric, short, text_of
from stationdesk.domain.metering.archive.refusals import (
    ArchiveNegativeError,
    ArchiveNoRunError,
    ArchiveRangeError,
    ArchiveUnitError,
    ArchiveWidthError,
)
from stationdesk.domain.metering.archive.units import PRESSURE_UNITS, absolute_kpa, celsius, m3
from stationdesk.domain.metering.archive.values import (
    MOVES,
    TIMES,
    VOLUMES,
    ArchiveHour,
    Cell,
    Column,
    Line,
    Mapping,
    Quantity,
    Refusal,
    Table,
)
from stationdesk.domain.moments import HOUR
from stationdesk.domain.said import Said

MOST_KPA, COLDEST_C, HOTTEST_C = Decimal(32_000), Decimal(-60), Decimal(100)
NEAR_HOUR = timedelta(minutes=5)  # a clock that runs so far off still means the hour
_FOOTER = re.compile(
    r"\W*(?:合\s*计|总\s*计|小\s*计|共\s*计|平\s*均|最大|最小|最高|最低|累\s*计|本页|本班|本日|日用|日累|当日|全日|昼夜|制表|审核|复核|编制|打印|导出|记录人|值班|抄表|签字|备注|说明|注[::]|第.*页|共.*[页条行]|"
    r"total|sum|subtotal|average|mean|avg|min|max|count|end of|page|printed|report|generated|exported|note|signature|checked|eof)",
    re.IGNORECASE,
)
_FIELDS = {
    Quantity.COUNTER: "counter_m3", Quantity.CORRECTED: "corrected_m3", Quantity.FAULT: "fault_m3",
    Quantity.MOVED: "moved_m3", Quantity.CORRECTED_MOVED: "corrected_moved_m3", Quantity.FAULT_MOVED: "fault_moved_m3",
    Quantity.PRESSURE: "pressure_kpa", Quantity.TEMPERATURE: "temperature_c", Quantity.FACTOR: "factor",
}  # fmt: skip


@dataclass
class Rows:
    """The lines of a table as they are read one after the other; a date or a run that is written once holds for the lines below."""

    table: Table
    mapping: Mapping
    zone: ZoneInfo
    sheet: str = ""
    found: list[ArchiveHour] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    passed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows: int = 0
    _run: str = ""
    _clock: Clock = field(init=False)
    _width: int = field(init=False)

    def __post_init__(self) -> None:
        self._run = self.mapping.run
        self._clock = Clock(self.mapping, self.zone)
        widths = Counter(len(line.cells) for line in self.table.lines if line.number >= self.mapping.body and filled(line))
        self._width = widths.most_common(1)[0][0] if widths else 0

    @property
    def clock(self) -> Clock:
        """What was made of the times."""
        return self._clock

    def read(self) -> None:
        """Every line from the first of the values on."""
        for line in self.table.lines:
            if line.number < self.mapping.body or not filled(line):
                continue
            if stamped(self.mapping, line).second is not None:
                self.rows += 1
                self._row(line)
            elif heads(line) is not None:
                self._headed(line)
            elif (name := self._titled(line)) is not None:
                self._run = name
                self.passed["run"].append(line.number)
            elif units_only(line):
                self.passed["units"].append(line.number)
            elif is_footer(line, self.mapping):
                self.passed["footer"].append(line.number)
            else:
                self.rows += 1
                self._row(line)

    def _refuse(self, line: Line, column: str, error: DomainError) -> None:
        self.refused.append(Refusal(line.number, column, error, self.sheet))

    def _headed(self, line: Line) -> None:
        """Headings again: of the next page, or of a new layout."""
        headings = heads(line) or ()
        below = [each for each in self.table.lines if each.number > line.number and filled(each)][:20]
        sample = [each for each in below if heads(each) is None and not units_only(each)]
        if self._repeats(line):
            self.passed["heading"].append(line.number)
            return
        try:
            own = columns_of(headings, sample, line.number)
        except DomainError as error:
            self._refuse(line, "", error)
            return
        self.passed["new_heading"].append(line.number)
        self.mapping = replace(self.mapping, columns=_told_again(own.columns, self.mapping))
        self._clock.mapping = self.mapping

    def _repeats(self, line: Line) -> bool:
        """Whether the headings are the ones that hold already."""
        texts = [(text_of(line.cell(each.place)), text_of(each.heading)) for each in self.mapping.columns]
        return all(not text or text in known for text, known in texts)

    def _titled(self, line: Line) -> str | None:
        """The run that a line between the values names, in a file that has a block of lines for each."""
        if self.mapping.of(Quantity.RUN) or self.mapping.runs != ("",) or any(numeric(cell) for cell in line.cells):
            return None
        return run_said(line)

    # Whose
    def _run_of(self, line: Line) -> str:
        columns = self.mapping.of(Quantity.RUN)
        if not columns:
            return self._run
        name = text_of(line.cell(columns[0].place))
        if name.endswith(".0") and isinstance(line.cell(columns[0].place), Decimal):
            name = name[:-2]
        self._run = name or self._run
        if not self._run:
            raise ArchiveNoRunError
        return self._run

    # What
    def _row(self, line: Line) -> None:
        try:
            shared = self._run_of(line) if self.mapping.runs == ("",) else ""
            self._check_width(line)
            time = self._clock.end(line, shared)
        except DomainError as error:
            self._refuse(line, self._time_heading(error), error)
            return
        for run in self.mapping.runs:
            if (hour := self._hour(line, run or shared, run, time)) is not None:
                self.found.append(hour)

    def _check_width(self, line: Line) -> None:
        """A comma too many shifts every value behind it: 1,204,014.3 without quotes is three cells."""
        if not self.mapping.width or self.table.separator in ("", " "):
            return
        width = self.mapping.width
        too_far = len(line.cells) > width and any(not blank(cell) for cell in line.cells[width:])
        if too_far or len(line.cells) > max(self._width, width):
            raise ArchiveWidthError(found=len(line.cells), wanted=self.mapping.width)

    def _time_heading(self, error: DomainError) -> str:
        if isinstance(error, ArchiveWidthError):
            return ""
        kinds = (Quantity.RUN,) if isinstance(error, ArchiveNoRunError) else tuple(TIMES)
        return " ".join(each.heading for each in self.mapping.of(*kinds))

    def _hour(self, line: Line, name: str, run: str, time: datetime) -> ArchiveHour | None:
        columns = measured(self.mapping.columns, run)
        if all(nothing(line.cell(each.place)) for each in columns.values()):
            self.passed["empty"].append(line.number)
            return None
        values: dict[str, Decimal | None] = {}
        before = len(self.refused)
        total = self._value(line, columns[Quantity.TOTAL]) if Quantity.TOTAL in columns else None
        for quantity, column in columns.items():
            if quantity in _FIELDS:
                values[_FIELDS[quantity]] = self._value(line, column)
        if len(self.refused) > before:
            return None
        status = text_of(line.cell(columns[Quantity.STATUS].place)) if Quantity.STATUS in columns else ""
        hour, flags = _at_hour(time)
        made = ArchiveHour(name, hour, **values, status=status, line=line.number, flags=flags)
        if hour - time > NEAR_HOUR or time - hour > NEAR_HOUR:
            self.passed["between"].append(line.number)
            return None
        return _fault_apart(made, total) if Quantity.TOTAL in columns else made

    def _value(self, line: Line, column: Column) -> Decimal | None:
        try:
            return value_of(line.cell(column.place), column, self.mapping)
        except DomainError as error:
            self._refuse(line, column.heading, error)
            return None


def is_footer(line: Line, mapping: Mapping) -> bool:
    """Whether a line without a time is a total or a remark."""
    first = next((text_of(cell) for cell in line.cells if not blank(cell)), "")
    if _FOOTER.match(first) or any(_FOOTER.match(text_of(line.cell(each.place))) for each in mapping.of(*TIMES)):
        return True
    return sum(1 for cell in line.cells if numeric(cell)) == 0 and sum(1 for cell in line.cells if not blank(cell)) <= 2


def _told_again(columns: Sequence[Column], before: Mapping) -> tuple[Column, ...]:
    """Units that only the first heading told hold for the next as well."""
    units = {each.quantity: each.unit for each in before.columns if each.unit}
    return tuple(replace(each, unit=each.unit or units.get(each.quantity, "")) for each in columns)


def _at_hour(time: datetime) -> tuple[datetime, tuple[str, ...]]:
    """The full hour a stamp means: a corrector's clock may be some seconds off it."""
    over = timedelta(minutes=time.minute, seconds=time.second, microseconds=time.microsecond)
    near = time - over + (HOUR if over > HOUR / 2 else timedelta())
    return near, ("off_hour",) if over else ()


def _fault_apart(hour: ArchiveHour, total: Decimal | None) -> ArchiveHour:
    """A counter of everything: without what was counted in error states, or less the corrected one what was counted in them."""
    if total is None:
        return hour
    if hour.corrected_m3 is None:
        return replace(hour, corrected_m3=total - (hour.fault_m3 or 0))
    return replace(hour, fault_m3=total - hour.corrected_m3) if hour.fault_m3 is None and total >= hour.corrected_m3 else hour


def value_of(cell: Cell, column: Column, mapping: Mapping) -> Decimal | None:
    """A cell in the units of ArchiveHour. ArchiveNumberError and its fellows, ArchiveUnitError, ArchiveRangeError, ArchiveNegativeError."""
    value, behind = number(cell, mapping.decimal)
    if value is None:
        return None
    unit = column.unit
    if behind is not None:
        if behind.kind != _kind(column.quantity):
            raise ArchiveUnitError(typed=short(text_of(cell)), unit=behind.code)
        unit = behind.code
    if column.quantity is Quantity.PRESSURE:
        return _pressure(value, unit, mapping)
    if column.quantity is Quantity.TEMPERATURE:
        return _temperature(value, unit)
    if value < 0 and column.quantity not in MOVES:
        raise ArchiveNegativeError(value=value)
    return m3(value, unit) if column.quantity in VOLUMES else value


def _kind(quantity: Quantity) -> str:
    if quantity in VOLUMES:
        return "volume"
    return {Quantity.PRESSURE: "pressure", Quantity.TEMPERATURE: "temperature"}.get(quantity, "")


def _pressure(value: Decimal, unit: str, mapping: Mapping) -> Decimal:
    made = (
        absolute_kpa(value, unit, gauge=bool(mapping.gauge), atmospheric_kpa=mapping.atmospheric_kpa) if unit in PRESSURE_UNITS else value
    )
    if not 0 <= made <= MOST_KPA:
        raise ArchiveRangeError(value=value, unit=unit)
    return made


def _temperature(value: Decimal, unit: str) -> Decimal:
    made = celsius(value, unit)
    if not COLDEST_C <= made <= HOTTEST_C:
        raise ArchiveRangeError(value=value, unit="℃" if unit == "C" else unit)
    return made


def notes_of(rows: Rows) -> Iterator[Said]:
    """What was passed over on the way, with the first lines."""
    for code, lines in rows.passed.items():
        yield Said(f"passed_{code}", {"n": len(lines), "lines": _some(lines)})
    for code, n in (("day_carried", rows.clock.carried), ("midnight", rows.clock.midnight)):
        if n:
            yield Said(code, {"n": n})


def _some(lines: Sequence[int]) -> str:
    return "、".join(str(each) for each in lines[:5]) + (" …" if len(lines) > 5 else "")
