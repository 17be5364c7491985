"""A day's readings brought in from a spreadsheet: tried first, all or nothing, every refused cell named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from stationdesk.domain.metering.archive.refusals import ArchiveFormulaError, ArchiveTimeError
from stationdesk.domain.moments import at_wall
from stationdesk.domain.numbers import DecimalCommaError, NumberError, NumberWithUnitError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.plausibility import DuplicateHourError, FutureHourError, NotAnHourError
from stationdesk.domain.readings_file import (
    ColumnAgainError,
    ColumnPointError,
    ColumnUnitError,
    PointCodeError,
    ReadingsDateError,
    ReadingsHeadError,
    ReadingsOrderError,
)
from stationdesk.services import Store
from stationdesk.services.readings.bring import (
    HourAgainError,
    ReadingsBrought,
    ReadingsRefusedError,
    SlipError,
    Wishes,
    import_readings,
    preview_readings,
)
from stationdesk.storage.readings import READING, Point
from tests.conftest_station import NIGHT, ZONE, actor
from tests.domain.metering.archives import station_file
from tests.services.metering.test_archive_files import book, text

DAY = date(2026, 10, 20)
HEAD = ["时间", "p-in", "t-in", "n-1"]
SHARED = station_file("readings-2026-10-20.xlsx")


def rows(*changes: tuple[int, int, object]) -> list[list[object]]:
    """24 hours from 09:00; changes: (row from 0, column, text)."""
    made: list[list[object]] = []
    for n in range(24):
        moment = datetime(2026, 10, 20, 9) + timedelta(hours=n)  # noqa: DTZ001 - as it is typed
        made.append([f"{moment:%Y-%m-%d %H:%M}", f"1.{70 + n % 5}", f"{12 + n % 6}.5", str(52930295 + n * 9000)])
    for row, column, typed in changes:
        made[row][column] = typed
    return made


def brought(store: Store, table: list[list[Any]], wishes: Wishes | None = None, name: str = "readings.csv") -> ReadingsBrought:
    return preview_readings(store, text(table).encode(), name, wishes, at=NIGHT)


def kept(store: Store, code: str, hour: int, day: date = DAY) -> tuple[Decimal, str] | None:
    with store.read() as session:
        query = select(READING.c.value, READING.c.how).join(Point, Point.id == READING.c.point_id)
        row = session.execute(query.where(Point.code == code, READING.c.time == at_wall(day, hour * 60, ZONE))).first()
        return (row.value, row.how) if row else None


def test_a_dry_run_writes_nothing(station_store: Store):
    found = brought(station_store, [HEAD, *rows()])
    assert (found.hours, found.values, found.same, found.refused, found.written) == (24, 72, 0, (), False)
    assert (found.first, found.last) == (at_wall(DAY, 540, ZONE), at_wall(DAY, 480 + 1440, ZONE))
    assert kept(station_store, "p-in", 9) is None


def test_taken_in_the_values_stand_as_typed_and_say_how_they_came(station_store: Store):
    who = actor(station_store, "lead-b")
    data = text([HEAD, *rows((0, 1, "1.70"))]).encode("gbk")
    assert import_readings(station_store, who, data, "r.csv", at=NIGHT).written
    assert kept(station_store, "p-in", 9) == (Decimal("1.70"), "imported")
    assert str(kept(station_store, "p-in", 9)[0]) == "1.70"  # type: ignore[index]
    again = import_readings(station_store, who, data, "r.csv", at=NIGHT)
    assert (again.values, again.same, again.written) == (0, 72, False)


def test_what_stands_there_otherwise_is_corrected_in_the_grid_not_here(station_store: Store):
    who = actor(station_store, "lead-b")
    import_readings(station_store, who, text([HEAD, *rows()[:3]]).encode(), "r.csv", at=NIGHT)
    with pytest.raises(ReadingsRefusedError) as refused:
        import_readings(station_store, who, text([HEAD, *rows((1, 1, "1.99"))]).encode(), "r.csv", at=NIGHT)
    assert [(each.line, each.heading, type(each.error)) for each in refused.value.refused] == [(3, "p-in", DuplicateHourError)]
    assert kept(station_store, "p-in", 15) is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("1,74", DecimalCommaError), ("1.74(已切换)", NumberWithUnitError), ("5314.1469万", NumberWithUnitError), ("一点七", NumberError),
        ("=B2+1", ArchiveFormulaError), ("1720", SlipError),
    ],
)  # fmt: skip
def test_a_refused_cell_is_named_and_nothing_is_taken(station_store: Store, typed: str, error: type[Exception]):
    found = brought(station_store, [HEAD, *rows((5, 1, typed))])
    assert [(each.line, each.heading, type(each.error)) for each in found.refused] == [(7, "p-in", error)]
    assert str(found.refused[0]).startswith("line 7, p-in: ")
    with pytest.raises(ReadingsRefusedError):
        import_readings(station_store, actor(station_store, "lead-b"), text([HEAD, *rows((5, 1, typed))]).encode(), "r.csv", at=NIGHT)
    assert kept(station_store, "p-in", 9) is None


@pytest.mark.parametrize(
    ("typed", "error"), [("2026-10-20 14:30", NotAnHourError), ("25:00", ArchiveTimeError), ("2026-13-01 14:00", ArchiveTimeError)]
)
def test_a_time_that_is_none_is_refused_once(station_store: Store, typed: str, error: type[Exception]):
    found = brought(station_store, [HEAD, *rows((5, 0, typed))])
    assert [(each.line, type(each.error)) for each in found.refused] == [(7, error)]


def test_hours_that_have_not_come(station_store: Store):
    found = brought(station_store, [HEAD, ["2026-12-01 09:00", "1.7", "12.5", ""]])
    assert {type(each.error) for each in found.refused} == {FutureHourError}


def test_marks_blanks_and_full_width_digits(station_store: Store):
    found = brought(station_store, [HEAD, *rows((5, 1, "—"), (6, 1, ""), (7, 1, "１.７２"), (8, 3, "53,002,295"))])
    assert (found.values, found.unsaid, found.refused) == (70, 1, ())


def test_an_hour_in_two_lines(station_store: Store):
    found = brought(station_store, [HEAD, *rows(), rows()[3]])
    assert {(each.line, type(each.error)) for each in found.refused} >= {(26, HourAgainError)}


def test_totals_and_remarks_between_the_hours(station_store: Store):
    table = [HEAD, *rows()[:8], ["小计", "", "", "=D9-D2"], *rows()[8:], ["日用气量", "", "", "257626"], ["制表：", "", "审核："]]
    found = brought(station_store, table)
    assert (found.values, found.refused, found.passed) == (72, (), (10, 27, 28))


def test_an_hour_nobody_read(station_store: Store):
    found = brought(station_store, [HEAD, *rows((5, 1, ""), (5, 2, ""), (5, 3, ""))])
    assert found.empty == (at_wall(DAY, 14 * 60, ZONE),)


def test_columns_by_name_in_two_rows_with_times_of_day_and_the_date_above(station_store: Store):
    head = [["运行参数"], ["日期：2026年10月20日"], ["时间", "进站", "", "出站", ""], ["", "压力MPa", "温度℃", "压力MPa", "温度℃"]]
    hours = ["09:00", "23:00", "24:00", "01:00", "08:00"]
    found = brought(station_store, [*head, *([hour, "1.72", "12.2", "0.34", "8.2"] for hour in hours)])
    assert (found.values, found.refused, found.first, found.last) == (20, (), at_wall(DAY, 540, ZONE), at_wall(DAY, 480 + 1440, ZONE))
    english = ["Time", "Inlet Pressure (MPa)", "Inlet Temp. (℃)"]
    assert brought(station_store, [english, ["2026-10-20 09:00", "1.72", "12.2"]]).values == 2


def test_a_column_of_numbers_that_is_no_point_is_refused_unless_it_is_said(station_store: Store):
    head = ["时间", "p-in", "进站流量 Nm³/h", "备注"]
    table = [head, *([row[0], row[1], "9000", "正常"] for row in rows())]
    found = brought(station_store, table)
    assert [(each.line, each.heading, type(each.error)) for each in found.refused] == [(0, head[2], ColumnPointError)]
    assert "q-1" in str(found.refused[0])
    assert found.unread == ("备注",)
    assert brought(station_store, table, Wishes(columns={head[2]: "q-1"})).values == 48
    assert brought(station_store, table, Wishes(columns={head[2]: "-"})).values == 24
    with pytest.raises(PointCodeError):
        brought(station_store, table, Wishes(columns={head[2]: "q-9"}))


def test_a_point_in_two_columns_and_a_column_in_another_unit(station_store: Store):
    table = [["时间", "p-in", "进站压力", "出站压力(kPa)"], *([row[0], row[1], row[1], "340"] for row in rows())]
    errors = {each.heading: type(each.error) for each in brought(station_store, table).refused}
    assert errors == {"进站压力": ColumnAgainError, "出站压力(kPa)": ColumnUnitError}


def test_a_file_that_does_not_say_its_day(station_store: Store):
    table = [HEAD, *([str(row[0])[11:], *row[1:]] for row in rows())]
    with pytest.raises(ReadingsDateError):
        brought(station_store, table)
    assert brought(station_store, table, Wishes(day="2026-10-20")).last == at_wall(DAY, 480 + 1440, ZONE)
    assert brought(station_store, table, name="readings-2026-10-20.csv").first == at_wall(DAY, 540, ZONE)
    with pytest.raises(ReadingsOrderError):
        brought(station_store, [HEAD, ["05/10/2026 09:00", "1.7", "12", "1"]])


def test_a_file_of_something_else(station_store: Store):
    with pytest.raises(ReadingsHeadError):
        brought(station_store, [["姓名", "电话"], ["张三", "110"]])


def test_a_workbook_with_times_of_its_own(station_store: Store):
    table = [["日期", "时间", "p-in"], *([DAY, time(hour), 1.72] for hour in range(9, 24))]
    found = preview_readings(station_store, book(table), "r.xlsx", at=NIGHT)
    assert (found.values, found.refused) == (15, ())


def test_what_is_odd_and_can_be_is_taken_and_told(station_store: Store):
    found = brought(station_store, [HEAD, *rows((5, 2, "35.5"))])
    assert [(each.line, each.heading) for each in found.doubts][:1] == [(7, "t-in")]
    assert not found.refused


def test_who_may(station_store: Store):
    with pytest.raises(NotAllowedError):
        import_readings(station_store, actor(station_store, "safety"), text([HEAD, *rows()]).encode(), "r.csv", at=NIGHT)


@pytest.mark.skipif(not SHARED.exists(), reason="the stations' own files are not part of the project")
def test_a_sheet_as_people_typed_it(station_store: Store):
    wishes = Wishes(columns={"流量 瞬时Nm³/h": "q-1", "流量 累计Nm³": "n-1"})
    found = preview_readings(station_store, SHARED.read_bytes(), SHARED.name, wishes, at=NIGHT)
    assert [(each.line, type(each.error)) for each in found.refused] == [
        (12, DecimalCommaError), (15, NumberWithUnitError), (20, SlipError), (27, NumberWithUnitError),
    ]  # fmt: skip
    assert (found.hours, found.values, found.unsaid, found.passed) == (24, 249, 1, (13, 22, 31, 32))
    assert found.unread == ("运行支路", "备注")
