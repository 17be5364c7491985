"""One archive in many makers' layouts: each comes back hour for hour, and what the file does not say is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.metering.archive import Quantity
from stationdesk.domain.metering.archive.refusals import NoHeadingError, NoHoursError, NoTimeError, NoVolumeError
from tests.domain.metering.archives import ATMOSPHERE, HEADINGS, HOURS, ONE, TWO, Hour, read, same, usual

HOUR = timedelta(hours=1)


def codes(said: tuple[object, ...]) -> set[str]:
    return {each.code for each in said}  # type: ignore[attr-defined]


def comma(value: object) -> str:
    return str(value).replace(".", ",")


def test_the_usual_layout_comes_back():
    mapping, parsed = read(usual())
    same(parsed)
    assert (mapping.gauge, mapping.stamp, mapping.decimal, mapping.header, mapping.body) == (False, "end", ".", 1, 2)
    assert codes(parsed.assumed) == {"stamp_end_days"}


def test_european_layout_with_decimal_commas_semicolons_and_bar():
    head = ["Date", "Time", "Run", "Vm [m3]", "Vb [m3]", "Vb err [m3]", "p [bar]", "T [°C]", "C", "Status"]
    rows = [
        [h.wall.strftime("%d.%m.%Y"), h.cells[1], h.run, *map(comma, (h.vm, h.vb, h.fault, h.kpa / 100, h.celsius, h.factor)), ""]
        for h in HOURS
    ]  # fmt: skip
    mapping, parsed = read([head, *rows], ";")
    same(parsed)
    assert (mapping.decimal, mapping.order, mapping.gauge) == (",", "dmy", False)
    assert "gauge_absolute_fits" in codes(parsed.assumed)


def test_thousands_in_both_ways_of_writing():
    english = [[*h.cells[:3], f"{h.vm:,}", f"{h.vb:,}", f"{h.fault:,}", f"{h.kpa:,}", *h.cells[7:]] for h in HOURS]
    same(read([list(HEADINGS), *english])[1])
    german = [[cell if n < 3 else cell.translate(str.maketrans(",.", ".,")) for n, cell in enumerate(row)] for row in english]
    assert read([list(HEADINGS), *german], ";")[0].decimal == ","
    same(read([list(HEADINGS), *german], ";")[1])


@pytest.mark.parametrize(
    ("heading", "shown", "gauge"),
    [
        ("表压(MPa)", lambda h: h.gauge_kpa / 1000, True),
        ("平均压力（kPa，表压）", lambda h: h.gauge_kpa, True),
        ("绝对压力(MPa)", lambda h: h.kpa / 1000, False),
        ("Pressure (psig)", lambda h: h.gauge_kpa / Decimal("6.894757"), True),
        ("P_bara", lambda h: h.kpa / 100, False),
        ("压力(bar(g))", lambda h: h.gauge_kpa / 100, True),
    ],
)
def test_pressure_that_says_its_unit_and_kind(heading: str, shown: Callable[[Hour], Decimal], gauge: bool):
    head = [*HEADINGS[:6], heading, *HEADINGS[7:]]
    mapping, parsed = read([head, *([*h.cells[:6], f"{shown(h) if h.kpa else 0:.6f}", *h.cells[7:]] for h in HOURS)])
    same(parsed)
    assert mapping.gauge is gauge
    assert not codes(parsed.assumed) & {"gauge_absolute_fits", "gauge_gauge_fits"}


@pytest.mark.parametrize(
    ("heading", "shown", "code", "unit"),
    [
        ("压力(kPa)", lambda h: h.gauge_kpa, "gauge_gauge_fits", "kPa"),
        ("压力(kgf/cm²)", lambda h: h.gauge_kpa / Decimal("98.0665"), "gauge_gauge_fits", "kgf/cm2"),
        ("压力", lambda h: h.kpa / 1000, "gauge_absolute_fits", "MPa"),
        ("Pressure", lambda h: h.gauge_kpa / 100, "gauge_gauge_fits", "bar"),
    ],
)
def test_what_the_heading_does_not_say_of_the_pressure_its_factor_proves(
    heading: str, shown: Callable[[Hour], Decimal], code: str, unit: str
):
    head = [*HEADINGS[:6], heading, *HEADINGS[7:]]
    mapping, parsed = read([head, *([*h.cells[:6], f"{shown(h) if h.kpa else 0:.6f}", *h.cells[7:]] for h in HOURS)])
    same(parsed)
    assert code in codes(parsed.assumed)
    assert mapping.of(Quantity.PRESSURE)[0].unit == unit


def test_without_a_factor_the_two_counters_prove_it():
    head = [*HEADINGS[:6], "压力(MPa)", "温度(℃)"]
    rows = [[*h.cells[:6], f"{h.gauge_kpa / 1000 if h.kpa else 0:.5f}", str(h.celsius)] for h in HOURS]
    mapping, parsed = read([head, *rows])
    assert mapping.gauge is True
    assert not parsed.asked


def test_where_nothing_tells_gauge_from_absolute_it_is_asked():
    head = ["时间", "标况累积(Nm3)", "压力(kPa)", "温度(℃)"]
    _mapping, parsed = read([head, *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb), str(h.kpa or 1830), str(h.celsius)] for h in ONE)])
    assert codes(parsed.asked) == {"gauge_unknown"}


def test_a_unit_that_the_factor_cannot_be_of_is_asked_about():
    head = [*HEADINGS[:6], "平均压力(kPa.a)", *HEADINGS[7:]]
    _mapping, parsed = read([head, *([*h.cells[:6], str(h.kpa / 1000), *h.cells[7:]] for h in HOURS)])
    assert codes(parsed.asked) == {"pressure_unit_contradicts"}


def test_counters_in_another_unit_than_they_seem_are_asked_about():
    _mapping, parsed = read([list(HEADINGS), *([*h.cells[:4], str(h.vb / 1000), *h.cells[5:]] for h in HOURS)])
    assert "volume_unit_contradicts" in codes(parsed.asked)


@pytest.mark.parametrize(("heading", "times"), [("标况累积(万Nm3)", 10000), ("标况累积（×10Nm³）", 10), ("标况累积(kNm3)", 1000)])
def test_volumes_in_multiples(heading: str, times: int):
    head = [*HEADINGS[:4], heading, *HEADINGS[5:]]
    same(read([head, *([*h.cells[:4], str(h.vb / times), *h.cells[5:]] for h in HOURS)])[1])


@pytest.mark.parametrize(
    ("heading", "shown"), [("T [K]", lambda c: c + Decimal("273.15")), ("Temperature (°F)", lambda c: c * Decimal("1.8") + 32)]
)
def test_temperatures_of_other_scales(heading: str, shown: Callable[[Decimal], Decimal]):
    head = [*HEADINGS[:7], heading, *HEADINGS[8:]]
    same(read([head, *([*h.cells[:7], str(shown(h.celsius)), *h.cells[8:]] for h in HOURS)])[1])


def test_a_temperature_without_a_unit_is_kelvin_where_it_can_be_nothing_else():
    head = [*HEADINGS[:7], "温度", *HEADINGS[8:]]
    _mapping, parsed = read([head, *([*h.cells[:7], str(h.celsius + Decimal("273.15")), *h.cells[8:]] for h in HOURS)])
    same(parsed)
    assert "temperature_unit" in codes(parsed.assumed)


def test_preamble_units_under_the_headings_and_totals_at_the_end():
    above = [["某某燃气有限公司"], ["体积修正仪历史数据"], ["仪表型号：", "EVC", "导出时间：", "2026-11-01 08:12:33"], []]
    head = ["日期", "时间", "计量管路", "工况累积量", "标况累积量", "故障累积量", "平均压力", "平均温度", "修正系数", "状态"]
    units = ["", "", "", "m3", "Nm3", "Nm3", "kPa(a)", "℃", "", ""]
    below = [["合计", "", "", "", "7800244", "9237"], ["制表：张三", "", "审核：李四"], ["第 1 页 共 1 页"]]
    mapping, parsed = read([*above, head, units, *(h.cells for h in HOURS), *below])
    same(parsed)
    assert (mapping.header, mapping.body) == (5, 7)
    assert [(each.code, each.values["n"]) for each in parsed.notes if each.code == "passed_footer"] == [("passed_footer", 3)]


def test_one_column_group_a_run_in_one_heading_row():
    names = [f"{run}{name}" for run in ("1#", "2#") for name in HEADINGS[3:]]
    same(read([["时间", *names], *([f"{h.wall:%Y-%m-%d %H:%M}", *h.cells[3:], *TWO[h.end].cells[3:]] for h in ONE)])[1])


def test_one_column_group_a_run_under_merged_names():
    head = [["时间", "1#", *[""] * 6, "2#", *[""] * 6], ["", *HEADINGS[3:], *HEADINGS[3:]]]
    mapping, parsed = read([*head, *([f"{h.wall:%Y-%m-%d %H:%M}", *h.cells[3:], *TWO[h.end].cells[3:]] for h in ONE)])
    same(parsed)
    assert mapping.runs == ("1#", "2#")


def test_runs_under_merged_quantities():
    head = [["时间", *(cell for name in HEADINGS[3:9] for cell in (name, ""))], ["", *["1#", "2#"] * 6]]
    rows = [[f"{h.wall:%Y-%m-%d %H:%M}", *(cell for n in range(3, 9) for cell in (h.cells[n], TWO[h.end].cells[n]))] for h in ONE]
    parsed = read([*head, *rows])[1]
    assert parsed.streams == ("1#", "2#")
    assert len(parsed.hours) == len(HOURS)


def test_one_pressure_for_both_runs():
    head = ["Time", "Run 1 Vm m3", "Run 1 Vb m3", "Run 2 Vm m3", "Run 2 Vb m3", "Pressure bara", "Temp C"]
    rows = [
        [f"{h.wall:%Y-%m-%d %H:%M}", str(h.vm), str(h.vb), str(TWO[h.end].vm), str(TWO[h.end].vb), str(TWO[h.end].kpa / 100), "12.5"]
        for h in ONE
    ]
    parsed = read([head, *rows])[1]
    assert parsed.streams == ("Run 1", "Run 2")
    assert {each.pressure_kpa for each in parsed.hours} == {h.kpa for h in TWO.values()}


def test_a_file_about_one_run_that_says_so_above():
    rows = [[HEADINGS[0], HEADINGS[1], *HEADINGS[3:]], *([*h.cells[:2], *h.cells[3:]] for h in ONE)]
    mapping, parsed = read([["管路：1#"], *rows])
    same(parsed, ONE)
    assert mapping.run == "1#"
    assert "run_above" in codes(parsed.assumed)
    assert {each.stream for each in read(rows)[1].hours} == {""}


def shifted(h: Hour, how: str) -> list[str]:
    start = h.wall - HOUR
    if how == "start":
        return [f"{start:%Y-%m-%d %H:%M}"]
    if how == "both":
        return [f"{start:%Y-%m-%d %H:%M}", f"{h.wall:%Y-%m-%d %H:%M}"]
    if how == "range":
        return [f"{start:%Y-%m-%d %H:%M}-{'24:00' if h.wall.hour == 0 else f'{h.wall:%H:%M}'}"]
    if how == "ends of the day":
        return [f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{h.wall:%H:%M}"]
    return [f"{start:%Y-%m-%d}", "24:00" if h.wall.hour == 0 else f"{h.wall:%H:%M}"]


@pytest.mark.parametrize(
    ("how", "headings"),
    [
        ("start", ["开始时间"]),
        ("both", ["From", "To"]),
        ("range", ["时段"]),
        ("ends of the day", ["日期", "起始时间", "结束时间"]),
        ("24:00", ["日期", "时间"]),
    ],
)
def test_which_end_of_its_hour_a_time_is_of(how: str, headings: list[str]):
    same(read([[*headings, *HEADINGS[2:]], *([*shifted(h, how), *h.cells[2:]] for h in HOURS)])[1])


@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y.%m.%d %H:%M", "%Y年%m月%d日 %H时", "%Y年%m月%d日%H时%M分", "%Y%m%d %H%M", "%Y%m%d%H%M%S",
        "%Y-%m-%dT%H:%M:%S+08:00", "%d-%b-%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%y-%m-%d %H:%M",
    ],
)  # fmt: skip
def test_ways_of_writing_a_time(form: str):
    same(read([["记录时间", *HEADINGS[2:]], *([h.wall.strftime(form), *h.cells[2:]] for h in HOURS)])[1])


def test_times_of_the_world_clock():
    same(read([["timestamp (UTC)", *HEADINGS[2:]], *([f"{h.end:%Y-%m-%d %H:%M}", *h.cells[2:]] for h in HOURS)])[1])


def test_hours_as_bare_numbers_from_1_to_24():
    rows = [[f"{h.wall - HOUR:%Y-%m-%d}", str((h.wall - HOUR).hour + 1), *h.cells[2:]] for h in HOURS]
    same(read([["日期", "小时", *HEADINGS[2:]], *rows])[1])


def test_a_date_that_is_written_once_a_day():
    rows = usual()
    below = [["" if n > 1 and rows[n - 1][0] == row[0] else row[0], *row[1:]] for n, row in enumerate(rows) if n]
    _mapping, parsed = read([rows[0], *below])
    same(parsed)
    assert "day_carried" in codes(parsed.notes)


def test_midnight_written_as_00_00_of_the_day_that_ends():
    rows = [[f"{h.wall - HOUR:%Y-%m-%d}" if h.wall.hour == 0 else h.cells[0], *h.cells[1:]] for h in ONE]
    _mapping, parsed = read([list(HEADINGS), *rows])
    same(parsed, ONE)
    assert "midnight" in codes(parsed.notes)


def test_a_day_and_month_that_could_be_each_other_are_asked_about():
    rows = [[h.wall.strftime("%d/%m/%Y %H:%M"), *h.cells[2:]] for h in HOURS if h.wall.day == 1]
    assert codes(read([["Time", *HEADINGS[2:]], *rows])[1].asked) == {"order_either"}


def test_times_of_day_with_their_date_above():
    rows = [[f"{h.wall:%H:%M}", *h.cells[2:]] for h in ONE if h.wall.day < 3]
    title = [["小时数据"], ["日期：2026-10-01"]]
    parsed = read([*title, ["时间", *HEADINGS[2:]], *rows])[1]
    same(parsed, [h for h in ONE if h.wall.day < 3])
    assert "day_above" in codes(parsed.assumed)
    assert codes(read([["时间", *HEADINGS[2:]], *rows])[1].asked) == {"day_none"}


def test_numbers_that_can_be_read_two_ways_are_asked_about():
    head = ["Time", "Vm (m3)", "Vb (Nm3)"]
    rows = [[f"{h.wall:%Y-%m-%d %H:%M}", f"{n},125", f"{n * 20},500"] for n, h in enumerate(ONE, 1)]
    assert "decimal_either" in codes(read([head, *rows], ";")[1].asked)


def test_a_volume_that_does_not_say_its_conditions_is_the_one_that_is_missing():
    head = [*HEADINGS[:3], "累计流量(m3)", *HEADINGS[4:]]
    _mapping, parsed = read([head, *(h.cells for h in HOURS)])
    same(parsed)
    assert "volume_counter" in codes(parsed.assumed)
    alone = read([["时间", "累计流量(m3)"], *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb)] for h in ONE)])[1]
    assert codes(alone.asked) == {"volume_which"}


def test_flows_extremes_and_record_numbers_are_named_and_not_read():
    head = ["序号", *HEADINGS, "瞬时流量(Nm3/h)", "最大压力(kPa)", "日累积(Nm3)", "压缩因子", "差压(kPa)"]
    mapping, parsed = read([head, *([str(n), *h.cells, "9000", "1900", "44", "0.95", "3"] for n, h in enumerate(HOURS))])
    same(parsed)
    assert {each.place for each in mapping.columns} == set(range(1, 11))
    unread = next(each for each in parsed.assumed if each.code == "unread")
    assert "瞬时流量(Nm3/h)" in str(unread.values["columns"])


def test_a_mean_is_preferred_to_an_instant():
    head = [*HEADINGS[:6], "瞬时压力(kPa.a)", *HEADINGS[6:]]
    same(read([head, *([*h.cells[:6], "1", *h.cells[6:]] for h in HOURS)])[1])


def test_a_counter_of_everything_is_parted_from_its_error_states():
    _mapping, parsed = read([list(HEADINGS), *([*h.cells[:4], str(h.vb + h.fault), *h.cells[5:]] for h in HOURS)])
    same(parsed)
    assert "fault_included" in codes(parsed.assumed)


def test_headings_that_come_again_and_headings_that_change():
    rows = usual()
    new = ["时间", "管路", "标况累积(Nm3)", "工况累积(m3)", "故障累积(Nm3)", "平均温度(℃)", "平均压力(MPa.a)", "修正系数", "状态"]
    below = [
        [f"{h.wall:%Y-%m-%d %H:%M}", h.run, str(h.vb), str(h.vm), str(h.fault), str(h.celsius), str(h.kpa / 1000), str(h.factor), h.status]
        for h in HOURS[60:]
    ]
    _mapping, parsed = read([*rows[:31], rows[0], *rows[31:61], new, *below])
    same(parsed)
    assert {"passed_heading", "passed_new_heading"} <= codes(parsed.notes)


def test_a_block_of_lines_for_each_run():
    head = [*HEADINGS[:2], *HEADINGS[3:]]
    blocks = [[[f"管路：{run}"], head, *([*h.cells[:2], *h.cells[3:]] for h in HOURS if h.run == run), []] for run in ("1#", "2#")]
    same(read([row for block in blocks for row in block])[1])


def test_a_total_beside_the_corrected_counter_gives_the_error_states():
    head = ["Time", "Run", "VbT", "Vb", "Vm", "p [bara]", "T [°C]", "C"]
    rows = [[h.wall.strftime("%d.%m.%Y %H:%M"), h.run, h.vb + h.fault, h.vb, h.vm, h.kpa / 100, h.celsius, h.factor] for h in HOURS]
    parsed = read([head, *rows])[1]
    same(parsed)
    assert [each.fault_m3 for each in parsed.hours if each.stream == "1#"] == [h.fault for h in ONE]


def test_year_month_day_and_hour_in_columns_of_their_own():
    rows = [[h.wall.year, h.wall.month, h.wall.day, h.wall.hour, *h.cells[2:]] for h in HOURS]
    same(read([["年", "月", "日", "时", *HEADINGS[2:]], *rows])[1])


def test_dates_without_a_year_have_the_one_above():
    rows = [["日期", "时间", *HEADINGS[2:]], *([f"{h.wall:%m-%d}", *h.cells[1:]] for h in HOURS)]
    _mapping, parsed = read([["2026年10月 历史数据"], *rows])
    same(parsed)
    assert "year_above" in codes(parsed.assumed)
    assert codes(read(rows)[1].asked) == {"year_none"}


def test_seconds_since_1970():
    same(read([["timestamp", *HEADINGS[2:]], *([int(h.end.timestamp()), *h.cells[2:]] for h in HOURS)])[1])


@pytest.mark.parametrize(
    "headings",
    [
        "采集时间;流量计编号;工况总量（立方米）;标况总量（标方）;故障累计（标方）;压力（千帕，绝压）;温度（摄氏度）;体积修正系数;报警信息",
        "date_time;meter_id;uncorrected_total_m3;corrected_total_sm3;alarm_total_sm3;p_kpa_abs;avg_temp_c;conv_factor;alarms",
        "DateTime;RunNo;GrossVolume (m3);StandardVolume (Sm3);ErrorVolume (Sm3);AvgPressure(kPaA);Temp (degC);Factor;Remark",
        "Timestamp;Meter;Unconverted volume;Converted volume;Volume in alarm;Pressure [kPa(a)];T;Conversion factor C;Event",
    ],
)
def test_what_makers_call_their_columns(headings: str):
    same(read([headings.split(";"), *([f"{h.wall:%Y-%m-%d %H:%M}", *h.cells[2:]] for h in HOURS)])[1])


def test_units_behind_each_number():
    rows = [[*h.cells[:3], f"{h.vm} m3", f"{h.vb} Nm³", f"{h.fault}m3", f"{h.kpa}kPa", f"{h.celsius}℃", *h.cells[8:]] for h in HOURS]
    same(read([list(HEADINGS), *rows])[1])


def test_wrong_files_say_what_is_missing():
    with pytest.raises(NoHoursError):
        read([["这是一份说明"], ["没有数据"]])
    with pytest.raises(NoHeadingError):
        read(usual()[1:])
    with pytest.raises((NoTimeError, NoHeadingError)):
        read([["甲", "乙"], ["2026-10-01 09:00", "12"], ["2026-10-01 10:00", "13"]])
    with pytest.raises((NoVolumeError, NoHeadingError)):
        read([["时间", "压力(kPa)", "温度(℃)"], *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.kpa), "12"] for h in ONE)])


def test_the_atmosphere_of_the_station_is_added_to_gauge_pressures():
    head = [*HEADINGS[:6], "表压(kPa)", *HEADINGS[7:]]
    parsed = read([head, *([*h.cells[:6], str(h.gauge_kpa if h.kpa else 0), *h.cells[7:]] for h in HOURS)])[1]
    assert parsed.hours[0].pressure_kpa == ONE[0].gauge_kpa + ATMOSPHERE
