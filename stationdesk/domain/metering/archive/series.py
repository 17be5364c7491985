"""The hours of each run beside each other: repeats, gaps, the order of the lines, counters that go back, error states."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from stationdesk.domain.metering.archive.refusals import ArchiveContradictionError
from stationdesk.domain.metering.archive.values import ArchiveHour, Refusal
from stationdesk.domain.moments import HOUR
from stationdesk.domain.said import Said

_FAULT = re.compile(
    r"故障|传感器|异常|错误|超量程|断线|失效|报警|告警|fault|sensor|error|fail|alarm|"
    r"out of range|malfunction|disturb|substitut|默认值|替代",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"校时|对时|调时|时钟|改时|时间(?:设置|修改|调整|同步)|clock|time (?:set|sync|adjust|change)|timeset", re.IGNORECASE)
_MAINS = re.compile(r"市电|掉电|断电|停电|失电|外电|主电|电源|mains|power|supply|ups", re.IGNORECASE)
_MAINS_ONLY = re.compile(
    r"(?:市电|外电|主电源?|电源|掉电|断电|停电|失电|mains|power|supply)[\s_-]*(?:supply)?[\s_-]*(?:故障|异常|报警|中断|fail\w*|fault|alarm|error|loss|off)?",
    re.IGNORECASE,
)
_HEALTHY = re.compile(r"\s*(?:正常|无|ok|normal|good|none|no alarm|healthy|0+|0x0+|-+|—+|/)?\s*", re.IGNORECASE)
_COUNTERS = ("counter_m3", "corrected_m3", "fault_m3")


@dataclass
class Series:
    """All hours in order, with what was noticed."""

    hours: list[ArchiveHour] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


def series(found: Sequence[ArchiveHour]) -> Series:
    """The hours by run and time. What stands there twice the same counts once; what contradicts itself is refused, all of it."""
    made = Series()
    in_order = _newest_last(found, made)
    for run in dict.fromkeys(each.stream for each in found):
        own = _flagged_order([each for each in in_order if each.stream == run])
        kept = _once(own, made)
        made.hours += _marked(kept)
    _note(made)
    return made


def _newest_last(found: Sequence[ArchiveHour], made: Series) -> Sequence[ArchiveHour]:
    """Many archives are handed out newest first: that is an order as well."""
    up = down = 0
    last: dict[str, datetime] = {}
    for each in found:
        if each.stream in last:
            up += each.time > last[each.stream]
            down += each.time < last[each.stream]
        last[each.stream] = each.time
    if down <= up:
        return found
    made.notes.append(Said("newest_first"))
    return list(reversed(found))


def _flagged_order(own: Sequence[ArchiveHour]) -> list[ArchiveHour]:
    made: list[ArchiveHour] = []
    latest: datetime | None = None
    for each in own:
        late = latest is not None and each.time < latest
        made.append(replace(each, flags=(*each.flags, "out_of_order")) if late else each)
        latest = each.time if latest is None else max(latest, each.time)
    return made


def _once(own: Sequence[ArchiveHour], made: Series) -> list[ArchiveHour]:
    by_time: dict[datetime, list[ArchiveHour]] = defaultdict(list)
    for each in own:
        by_time[each.time].append(each)
    kept: list[ArchiveHour] = []
    for _time, rows in sorted(by_time.items()):
        if len(rows) == 1:
            kept += rows
        elif len({(each.values, each.moves) for each in rows}) == 1:
            status = "; ".join(dict.fromkeys(each.status for each in rows if each.status))
            flags = dict.fromkeys([*rows[0].flags, "repeated"])
            kept.append(replace(rows[0], status=status, flags=tuple(flags)))
        else:
            made.refusals += list(_contradictions(rows))
    return kept


def _contradictions(rows: Sequence[ArchiveHour]) -> Iterator[Refusal]:
    for place, each in enumerate(rows):
        other = rows[0 if place else 1]
        yield Refusal(each.line, "", ArchiveContradictionError(other=other.line, stream=each.stream or "—"))


def _marked(own: Sequence[ArchiveHour]) -> Iterator[ArchiveHour]:
    """Each hour against the one before it."""
    before: ArchiveHour | None = None
    for each in own:
        marked = replace(each, flags=tuple(dict.fromkeys([*each.flags, *_flags(each, before)])))
        yield _without_zeros(marked)
        before = each


def _flags(hour: ArchiveHour, before: ArchiveHour | None) -> Iterator[str]:
    yield from _said_by(hour.status)
    if hour.factor == 0 or hour.pressure_kpa == 0 or (hour.fault_moved_m3 or 0) > 0:
        yield "fault"
    if hour.uncounted:
        yield "missing"
    if before is None:
        return
    if hour.time - before.time > HOUR:
        yield "gap_before"
    if before.fault_m3 is not None and hour.fault_m3 is not None and hour.fault_m3 > before.fault_m3:
        yield "fault"
    yield from _backwards(hour, before)


def _said_by(status: str) -> Iterator[str]:
    if _HEALTHY.fullmatch(status):
        return
    if _CLOCK.search(status):
        yield "clock_set"
    if _MAINS.search(status):
        yield "mains"
    sensors = _MAINS_ONLY.sub("", re.sub(r"无(?:故障|报警|异常)|no (?:fault|alarm|error)", "", status, flags=re.IGNORECASE))
    if _FAULT.search(sensors):
        yield "fault"


def _backwards(hour: ArchiveHour, before: ArchiveHour) -> Iterator[str]:
    for name in _COUNTERS:
        now: Decimal | None = getattr(hour, name)
        then: Decimal | None = getattr(before, name)
        if now is not None and then is not None and now < then:
            yield "rollover" if _rolled(then, now) else "counter_back"


def _rolled(then: Decimal, now: Decimal) -> bool:
    """From nearly all nines to nearly nothing."""
    most = Decimal(10) ** len(str(int(then)))
    return then > most * Decimal("0.9") and now < most / 10


def _without_zeros(hour: ArchiveHour) -> ArchiveHour:
    """A sensor in error shows zero where zero cannot be: that is no value."""
    if "fault" not in hour.flags:
        return hour
    pressure = None if hour.factor == 0 or hour.pressure_kpa == 0 else hour.pressure_kpa
    return replace(hour, pressure_kpa=pressure, factor=hour.factor or None)


def _note(made: Series) -> None:
    """What somebody who looks the import over should see first."""
    made.hours.sort(key=lambda each: (each.stream, each.time))
    for code in ("gap_before", "repeated", "out_of_order", "counter_back", "rollover", "clock_set", "mains", "off_hour", "missing"):
        lines = [each.line for each in made.hours if code in each.flags]
        if lines:
            made.notes.append(
                Said(f"flag_{code}", {"n": len(lines), "lines": "、".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")})
            )
    faults = [each.line for each in made.hours if "fault" in each.flags]
    if faults:
        made.notes.append(
            Said(
                "flag_fault",
                {
                    "n": len(faults),
                    "lines": "、".join(map(str, faults[:5])) + (" …" if len(faults) > 5 else ""),
                    "volume": _fault_volume(made.hours),
                },
            )
        )


def _fault_volume(hours: Sequence[ArchiveHour]) -> Decimal:
    """m³ counted apart in error states over all runs."""
    total = sum((each.fault_moved_m3 for each in hours if each.fault_moved_m3 is not None), Decimal(0))
    last: dict[str, Decimal] = {}
    for each in hours:
        if each.fault_m3 is not None:
            total += max(Decimal(0), each.fault_m3 - last.get(each.stream, each.fault_m3))
            last[each.stream] = each.fault_m3
    return total
