"""Two days of two runs as a corrector keeps them, to be written in every maker's layout and read back.

STATIONDESK_STATION_FILES names a folder with files as stations leave them, else it is shared/data/station of a folder above the checkout.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.archive import ArchiveHour, Line, Mapping, Parsed, Table, guess, hours
from stationdesk.domain.metering.archive.fit import ordinary_factor

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)  # 09:00 at the station, the first hour of a gas day
ATMOSPHERE = Decimal("101.325")
HEADINGS = ("日期", "时间", "管路", "工况累积(m3)", "标况累积(Nm3)", "故障累积(Nm3)", "平均压力(kPa.a)", "平均温度(℃)", "修正系数", "状态")


@dataclass(frozen=True)
class Hour:
    """An hour as it was; kpa absolute, volumes in m³."""

    run: str
    end: datetime
    vm: Decimal
    vb: Decimal
    fault: Decimal
    kpa: Decimal
    celsius: Decimal
    factor: Decimal
    status: str = ""

    @property
    def wall(self) -> datetime:
        """On the station's clock."""
        return self.end.astimezone(ZONE)

    @property
    def cells(self) -> list[str]:
        """As in a usual file."""
        return [
            f"{self.wall:%Y/%m/%d}", f"{self.wall:%H:%M:%S}", self.run, str(self.vm), str(self.vb), str(self.fault), str(self.kpa),
            str(self.celsius), str(self.factor), self.status,
        ]  # fmt: skip

    @property
    def gauge_kpa(self) -> Decimal:
        """What a gauge would show."""
        return self.kpa - ATMOSPHERE


def _made() -> tuple[Hour, ...]:
    found: list[Hour] = []
    counters = {"1#": (Decimal("1204014.3"), Decimal(48230915), Decimal(0)), "2#": (Decimal("88112.0"), Decimal(3511908), Decimal(0))}
    for n in range(48):
        kpa, celsius = Decimal(1830 + n % 7 * 9) + Decimal("0.5"), Decimal(12 + n % 5)
        factor = Decimal(f"{ordinary_factor(float(kpa), float(celsius)):.4f}")
        for run, (vm, vb, fault) in counters.items():
            moved = Decimal(480 + n * 7 % 60) + Decimal("0.5") if run == "1#" else Decimal("35.0")
            if n == 20 and run == "1#":
                vm, fault = vm + moved, fault + int(moved * factor)
                found.append(Hour(run, FIRST + timedelta(hours=n), vm, vb, fault, Decimal(0), celsius, Decimal(0), "压力传感器故障"))
            else:
                vm, vb = vm + moved, vb + int(moved * factor)
                found.append(Hour(run, FIRST + timedelta(hours=n), vm, vb, fault, kpa, celsius, factor))
            counters[run] = vm, vb, fault
    return tuple(found)


HOURS = _made()
ONE = tuple(each for each in HOURS if each.run == "1#")
TWO = {each.end: each for each in HOURS if each.run == "2#"}


def table(rows: Iterable[Sequence[object]], separator: str = ",", title: str = "archive.csv") -> Table:
    """Rows as the table of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    lines = csv.reader(io.StringIO(text.getvalue()), delimiter=separator)
    return Table(title, tuple(Line(n, tuple(cells)) for n, cells in enumerate(lines, 1)), "utf-8", separator)


def usual(rows: Sequence[Hour] = HOURS, headings: Sequence[str] = HEADINGS) -> list[list[str]]:
    """The usual layout."""
    return [list(headings), *(each.cells for each in rows)]


def read(rows: Iterable[Sequence[object]], separator: str = ",", title: str = "archive.csv") -> tuple[Mapping, Parsed]:
    """A table guessed and read."""
    made = table(rows, separator, title)
    mapping = guess(made)
    return mapping, hours(made, mapping, ZONE)


def same(parsed: Parsed, rows: Sequence[Hour] = HOURS, *, names: dict[str, str] | None = None, near: str = "0.06") -> None:
    """Every hour came back as it was, none more and none less; nothing was refused or asked. names: run → as the layout calls it."""
    assert not parsed.asked
    assert [str(each) for each in parsed.refusals] == []
    called = names or {}
    assert [(each.stream, each.time) for each in parsed.hours] == sorted((called.get(each.run, each.run), each.end) for each in rows)
    by_key = {(called.get(each.run, each.run), each.end): each for each in rows}
    for hour in parsed.hours:
        _alike(hour, by_key[hour.stream, hour.time], Decimal(near))


def _alike(hour: ArchiveHour, was: Hour, near: Decimal) -> None:
    assert (hour.counter_m3, hour.corrected_m3) == (was.vm, was.vb), hour
    assert hour.fault_m3 in (was.fault, None)
    assert (hour.pressure_kpa is None) == (was.kpa == 0), hour
    assert hour.pressure_kpa is None or abs(hour.pressure_kpa - was.kpa) < near
    assert hour.temperature_c is not None
    assert abs(hour.temperature_c - was.celsius) < near
    assert ("fault" in hour.flags) == (was.factor == 0)


def station_file(name: str) -> Path:
    """A file as a station left it; a path that does not exist where there are none."""
    named = os.environ.get("STATIONDESK_STATION_FILES")
    places = [Path(named)] if named else [folder / "shared" / "data" / "station" for folder in Path(__file__).resolve().parents]
    return next((place / name for place in places if (place / name).exists()), places[0] / name)
