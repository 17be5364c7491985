"""What a corrector's hourly archive holds, before and after it is understood.

A corrector (体积修正仪) or flow computer keeps for each hour its counters and the means of pressure and temperature, and hands them
out as a table in its maker's own layout. A `Mapping` says how one such layout is to be read; nothing in it is guessed silently.
"""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.said import Said, canonical, unpack
from stationdesk.domain.words import N_, _

STANDARD_ATMOSPHERE = Decimal("101.325")  # kPa

Cell = str | Decimal
"""Text as it stands in the file; a number where the file itself says it is one (a workbook's cell)."""


class Quantity(StrEnum):
    """What a column holds."""

    MOMENT = "moment"  # date and time of day
    DATE = "date"
    CLOCK = "clock"
    START = "start"  # of the hour, with or without its date
    END = "end"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    RUN = "run"
    COUNTER = "counter"  # uncorrected
    CORRECTED = "corrected"
    TOTAL = "total"  # corrected, error-state volume included
    FAULT = "fault"  # corrected volume of error states, counted apart
    MOVED = "moved"  # volumes of the one hour instead of counters
    CORRECTED_MOVED = "corrected_moved"
    FAULT_MOVED = "fault_moved"
    PRESSURE = "pressure"
    TEMPERATURE = "temperature"
    FACTOR = "factor"
    STATUS = "status"


TIMES = frozenset({Quantity.MOMENT, Quantity.DATE, Quantity.CLOCK, Quantity.START, Quantity.END}) | {
    Quantity.YEAR,
    Quantity.MONTH,
    Quantity.DAY,
}
MOVES = frozenset({Quantity.MOVED, Quantity.CORRECTED_MOVED, Quantity.FAULT_MOVED})
VOLUMES = frozenset({Quantity.COUNTER, Quantity.CORRECTED, Quantity.TOTAL, Quantity.FAULT}) | MOVES
MEASURED = VOLUMES | {Quantity.PRESSURE, Quantity.TEMPERATURE, Quantity.FACTOR}

QUANTITY_NAMES = {
    Quantity.MOMENT: N_("date and time"),
    Quantity.DATE: N_("date"),
    Quantity.CLOCK: N_("time of day"),
    Quantity.START: N_("beginning of the hour"),
    Quantity.END: N_("end of the hour"),
    Quantity.YEAR: N_("year"),
    Quantity.MONTH: N_("month"),
    Quantity.DAY: N_("day of the month"),
    Quantity.RUN: N_("metering run"),
    Quantity.COUNTER: N_("uncorrected counter"),
    Quantity.CORRECTED: N_("corrected counter"),
    Quantity.TOTAL: N_("corrected counter with error states"),
    Quantity.FAULT: N_("error-state counter"),
    Quantity.MOVED: N_("uncorrected volume of the hour"),
    Quantity.CORRECTED_MOVED: N_("corrected volume of the hour"),
    Quantity.FAULT_MOVED: N_("error-state volume of the hour"),
    Quantity.PRESSURE: N_("mean pressure"),
    Quantity.TEMPERATURE: N_("mean temperature"),
    Quantity.FACTOR: N_("conversion factor"),
    Quantity.STATUS: N_("status"),
}


@dataclass(frozen=True)
class Line:
    """A line of the file, counted as an editor or Excel counts."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, place: int) -> Cell:
        """The cell in this place, "" behind the last one."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A file, or one sheet of a workbook, as cells. separator "" for a sheet; encoding as Python names it."""

    title: str
    lines: tuple[Line, ...]
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Column:
    """What one column is. place 0 is the first; unit: a code of `units`; run: whose it is where each run has columns of its own."""

    quantity: Quantity
    place: int
    heading: str
    unit: str = ""
    run: str = ""


@dataclass(frozen=True)
class Mapping:
    """How a layout is read.

    header, body: the lines of the headings and of the first values, header 0 where there are none. width: cells a line has. gauge:
    whether pressures are gauge, None where nothing tells. stamp: an hour is written with the time of its "end" or its "start". order: of
    the date, ymd, dmy or mdy. decimal: "." or ",". clock: "local" or "utc". day: the date where the lines give only times of day, or the
    year where dates have none. run: whose file it is where no column says so. streams: names in the file → codes of the station's streams.
    assumed: what the file does not say and was assumed; asked: what a person must say before anything is taken.
    """

    columns: tuple[Column, ...]
    header: int = 0
    body: int = 1
    width: int = 0
    gauge: bool | None = None
    atmospheric_kpa: Decimal = STANDARD_ATMOSPHERE
    stamp: str = "end"
    order: str = "ymd"
    decimal: str = "."
    clock: str = "local"
    day: str = ""
    run: str = ""
    streams: Values[str, str] = field(default_factory=dict)
    assumed: tuple[Said, ...] = ()
    asked: tuple[Said, ...] = ()

    def of(self, *quantities: Quantity) -> tuple[Column, ...]:
        """The columns of these quantities, in the order of the file."""
        return tuple(each for each in self.columns if each.quantity in quantities)

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs that have columns of their own, in the order of the file; one nameless run where there are none."""
        return tuple(dict.fromkeys(each.run for each in self.columns if each.run)) or ("",)

    @property
    def year(self) -> int:
        """The year of dates that have none; 0 where they have."""
        return int(self.day) if len(self.day) == 4 else 0

    @property
    def says_no_run(self) -> bool:
        """Whether neither a column nor headings name runs."""
        return not self.of(Quantity.RUN) and self.runs == ("",)

    def confirmed(self) -> Mapping:
        """As somebody saves it: what was assumed has been seen and stands. Open questions stay open."""
        return replace(self, assumed=())


FIELDS = ("header", "body", "width", "gauge", "atmospheric_kpa", "stamp", "order", "decimal", "clock", "day", "run", "assumed", "asked")


def packed(mapping: Mapping) -> str:
    """The one JSON text of a mapping."""
    columns = [{"q": each.quantity.value, "at": each.place, "h": each.heading, "u": each.unit, "r": each.run} for each in mapping.columns]
    streams = [[name, code] for name, code in sorted(mapping.streams.items())]
    return canonical({"columns": columns, "streams": streams, **{key: getattr(mapping, key) for key in FIELDS}})


def unpacked(text: str) -> Mapping:
    """What `packed` packed. ValueError, KeyError, TypeError for anything else."""
    import json

    found = unpack(json.loads(text))
    columns = tuple(Column(Quantity(each["q"]), each["at"], each["h"], each["u"], each["r"]) for each in found["columns"])
    return Mapping(columns, streams=dict(found["streams"]), **{key: found[key] for key in FIELDS})


@dataclass(frozen=True)
class ArchiveHour:
    """One hour of one run as the corrector keeps it.

    time: aware UTC, the hour's end. Volumes in m³, pressure absolute in kPa, temperature in ℃; None: not in the file or no value.
    fault_m3: the counter of corrected volume in error states, apart from corrected_m3. moved…: volumes of the hour where the file has no
    counters. line: of the file. flags: codes of FLAGS.
    """

    stream: str
    time: datetime
    counter_m3: Decimal | None = None
    corrected_m3: Decimal | None = None
    fault_m3: Decimal | None = None
    pressure_kpa: Decimal | None = None
    temperature_c: Decimal | None = None
    factor: Decimal | None = None
    status: str = ""
    line: int = 0
    flags: tuple[str, ...] = ()
    moved_m3: Decimal | None = None
    corrected_moved_m3: Decimal | None = None
    fault_moved_m3: Decimal | None = None

    @property
    def uncounted(self) -> bool:
        """Whether a counter, or a volume in its place, is missing."""
        return (self.counter_m3 is None and self.moved_m3 is None) or (self.corrected_m3 is None and self.corrected_moved_m3 is None)

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """Counters and means, for comparing two rows of one hour."""
        return self.counter_m3, self.corrected_m3, self.fault_m3, self.pressure_kpa, self.temperature_c, self.factor

    @property
    def moves(self) -> tuple[Decimal | None, ...]:
        """Volumes of the hour, where the file has them."""
        return self.moved_m3, self.corrected_moved_m3, self.fault_moved_m3


FLAGS = {
    "fault": N_("error state"),
    "gap_before": N_("hours missing before it"),
    "repeated": N_("in the file more than once"),
    "clock_set": N_("clock set"),
    "off_hour": N_("not at the full hour"),
    "mains": N_("mains failure"),
    "out_of_order": N_("out of order"),
    "counter_back": N_("counter went backwards"),
    "rollover": N_("counter rolled over"),
    "missing": N_("a value is missing"),
}


@dataclass(frozen=True)
class Refusal:
    """A cell or a line that is not taken. column: its heading, "" where the whole line is meant; sheet: where a workbook has several."""

    line: int
    column: str
    error: DomainError
    sheet: str = ""

    def __str__(self) -> str:
        where = _("line {line}, {column}") if self.column else _("line {line}")
        said = where.format(line=self.line, column=self.column)
        return _("{where}: {words}").format(where=f"{self.sheet} {said}".strip(), words=say(self.error))


@dataclass(frozen=True)
class Parsed:
    """What came of a table: the hours by run and time, what is refused, what was noticed, what was assumed and what must be asked."""

    hours: tuple[ArchiveHour, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Said, ...] = ()
    assumed: tuple[Said, ...] = ()
    asked: tuple[Said, ...] = ()
    rows: int = 0

    @property
    def streams(self) -> tuple[str, ...]:
        """The runs as the file names them."""
        return tuple(dict.fromkeys(each.stream for each in self.hours))
