"""What the readings page, the form of the locked desk and the sheets are shown: frozen values, nothing of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from stationdesk.domain.limits import Limits
from stationdesk.domain.metering.running import Shut, is_shut
from stationdesk.domain.moments import format_day, format_time
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown
from stationdesk.domain.plausibility import PointRule, Tolerances
from stationdesk.domain.questions import Past, Question
from stationdesk.domain.words import _
from stationdesk.values import dataclass


@dataclass(frozen=True)
class PointView:
    """A reading point as it is called and limited at a time."""

    point_id: int
    code: str
    kind: str  # gauge, counter
    position: int
    group: Name
    name: Name
    unit: str
    quantity: str
    decimals: int
    limits: Limits
    design: Decimal | None
    rollover: Decimal | None
    version_id: int
    on_now: bool = False
    valid_from: datetime | None = None
    retired_at: datetime | None = None
    shut: tuple[Shut, ...] = ()  # when the metering run it belongs to is shut and it is not read

    def read_at(self, hour: datetime) -> bool:
        """Whether it is to be read at an hour: not while its metering run is shut."""
        return not is_shut(self.shut, hour)

    @property
    def title(self) -> str:
        """Group and name in the language spoken now: 二级调压后压力, in English with a blank between."""
        return str(self.full_name)

    @property
    def full_name(self) -> Name:
        """Group and name in both languages, for what is stored or compared; a name that says its group says all (瞬时流量 of 流量)."""
        group, name = self.group, self.name
        return Name(name.zh if group.zh in name.zh else f"{group.zh}{name.zh}", f"{group.en} {name.en}".strip())

    @property
    def short_name(self) -> Name:
        """The name under its group's heading: 瞬时 of 瞬时流量."""
        return Name(self.name.zh.removesuffix(self.group.zh) or self.name.zh, self.name.en)

    def words(self, value: Decimal) -> str:
        """A value as it was typed, thousands parted; the unit stands elsewhere."""
        return shown(value)

    def rule(self, design_flow: Decimal | None = None) -> PointRule:
        """What the rules of plausibility must know; design_flow: q_max of a counter's stream."""
        return self._rule if design_flow is None else replace(self._rule, design_flow=design_flow)

    @cached_property
    def _rule(self) -> PointRule:
        return PointRule(self.kind, self.quantity, self.unit, self.decimals, self.limits, self.design, self.rollover)


@dataclass(frozen=True)
class CellView:
    """The value in force of a point at an hour. old: what it was before its corrections, oldest first."""

    value: Decimal
    grade: str = ""  # "", amber, red
    owed: bool = False  # words are owed for what it belongs to
    old: tuple[Decimal, ...] = ()
    doubt: str = ""
    late: bool = False
    after_close: bool = False
    how: str = "typed"
    nth: int = 0
    by_id: int = 0
    by: str = ""
    at: datetime | None = None
    words: str = ""  # why it was corrected
    version_id: int = 0


@dataclass(frozen=True)
class HiddenCell:
    """A counter that was read at the end of a shift and is not told before the relief has read it too: who read it when, no value."""

    doubt: str = ""
    late: bool = False
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class ShiftLine:
    """The line above a shift's hours. done of due: hours read in full, of those of the shift with its closing hour."""

    shift_id: int | None
    day: date
    name: Name
    crew: Name | None
    state: str  # planned, awaited, open, closed
    signed_at: datetime | None
    signed_by: str
    done: int
    due: int
    begun: bool = False

    @property
    def label(self) -> str:
        """11-21 夜班·乙班"""
        crew = _("{shift}, {crew}").format(shift=self.name, crew=self.crew) if self.crew else str(self.name)
        return f"{format_day(self.day)} {crew}"

    def note(self, zone: ZoneInfo) -> str:
        """Who signed and when, or how many hours are read."""
        if self.state == "closed" and self.signed_at is not None:
            return _("Signed {time} {name}").format(time=format_time(self.signed_at, zone), name=self.signed_by).strip()
        if self.state == "open":
            return _("{done} of {due} hours read").format(done=self.done, due=self.due)
        return _("To come") if self.state in ("planned", "awaited") and not self.begun else ""


@dataclass(frozen=True)
class HourLine:
    """One hour. phase: past (its shift is closed), shift (of the open shift, or of none), now (being read on time), future."""

    time: datetime
    phase: str
    shift_id: int | None
    cells: Mapping[int, CellView] = field(default_factory=dict)
    gap: str = ""  # why it was not read, for all points
    hidden: Mapping[int, HiddenCell] = field(default_factory=dict)  # read, and not told


GridLine = ShiftLine | HourLine


@dataclass(frozen=True)
class OwedView:
    """An abnormality that waits for words: since when, the worst of it, and the value of its last hour."""

    point: PointView
    since: datetime
    until: datetime
    grade: str
    value: Decimal
    doubt: str = ""
    standing: bool = False  # it goes on at the newest reading

    @property
    def key(self) -> tuple[int, datetime, str]:
        """What makes it the same one after an update."""
        return self.point.point_id, self.since, self.grade


@dataclass(frozen=True)
class SaidView:
    """Words given to an abnormality."""

    point: PointView
    since: datetime
    until: datetime
    words: str
    by: str
    at: datetime
    peak: Decimal | None = None
    grade: str = ""
    phrase: Name | None = None  # where a preset phrase was chosen

    @property
    def text(self) -> str:
        """The words; a preset phrase in the language spoken now."""
        return str(self.phrase) if self.phrase else self.words


@dataclass(frozen=True)
class CorrectionView:
    """A value corrected: which, from what to what, why, by whom and when."""

    point: PointView
    time: datetime
    old: Decimal
    new: Decimal
    why: str  # a code of CORRECTIONS, or words
    by: str
    at: datetime
    after_close: bool = False


@dataclass(frozen=True)
class GapView:
    """Hours that were not read, from–to inclusive, and why if somebody said. points: how many were missed in the worst hour."""

    start: datetime
    end: datetime
    points: int
    of: int
    words: str = ""
    by: str = ""
    point: PointView | None = None


@dataclass(frozen=True)
class Phrase:
    """A preset phrase of the station, chosen by its number."""

    code: str
    name: Name


@dataclass(frozen=True)
class GridView:
    """Everything the readings page shows of from–to. hour: the one being read; on_time_until: its end of grace, None outside."""

    start: datetime
    end: datetime
    at: datetime
    zone: ZoneInfo
    points: tuple[PointView, ...]
    lines: tuple[GridLine, ...]
    hour: datetime
    on_time_until: datetime | None
    owed: tuple[OwedView, ...]
    explained: tuple[SaidView, ...]
    corrections: tuple[CorrectionView, ...]
    gaps: tuple[GapView, ...]
    phrases: tuple[Phrase, ...]
    before: Mapping[int, tuple[Past, ...]]
    usual: Mapping[int, Decimal | None]  # how the pressures and temperatures moved in the days before
    tolerances: Tolerances
    enter_down: bool = False
    early: int = 10  # minutes an hour may be read before it is full
    day_begins: int = 480  # minutes at which the gas day begins
    shift_id: int | None = None

    def hours(self) -> tuple[HourLine, ...]:
        """The hours without the lines of the shifts."""
        return tuple(line for line in self.lines if isinstance(line, HourLine))

    def point(self, point_id: int) -> PointView:
        """KeyError for a point that is not shown."""
        for point in self.points:
            if point.point_id == point_id:
                return point
        raise KeyError(point_id)


class Taken(NamedTuple):
    """What came of one value typed: it is saved, and this is what there is to ask or owe."""

    point_id: int
    hour: datetime
    value: Decimal
    nth: int
    question: Question | None
    grade: str
    owed: bool
    on_time: bool

    @property
    def late(self) -> bool:
        """It counts as a late entry (补录)."""
        return not self.on_time


@dataclass(frozen=True)
class NotTaken:
    """A value that was refused, to be worded by `say` beside its field; everything else of the block was saved."""

    point_id: int
    hour: datetime
    typed: str
    error: Exception


@dataclass(frozen=True)
class HourTaken:
    """What came of many values: those saved, and those refused with the reason."""

    taken: tuple[Taken, ...]
    refused: tuple[NotTaken, ...]


@dataclass(frozen=True)
class PointDetail:
    """A point for the panel beside the grid: values of the last hours (None: not read) and the shift's highest and lowest."""

    point: PointView
    series: tuple[tuple[datetime, Decimal | None], ...]
    last: Past | None
    high: Past | None
    low: Past | None
    hours: int = 12


@dataclass(frozen=True)
class LastValue:
    """The newest value of a point, its grade and whether words are owed."""

    point: PointView
    time: datetime | None
    value: Decimal | None
    grade: str = ""
    owed: bool = False
    series: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class FormField:
    """A field of the entry form: the point, what stands there already for the hour, and the last value before it."""

    point: PointView
    value: Decimal | None
    last: Past | None
    hidden: bool = False  # read, and not told


@dataclass(frozen=True)
class FormView:
    """The hour to read now, for the form of the locked desk."""

    hour: datetime
    opens: datetime
    closes: datetime  # later is a late entry
    zone: ZoneInfo
    fields: tuple[FormField, ...]

    @property
    def done(self) -> int:
        """How many points of the hour are read."""
        return sum(each.value is not None or each.hidden for each in self.fields)
