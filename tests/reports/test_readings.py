"""运行参数日报 made from a real store and read back from its own file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stationdesk.domain import words
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.readings import form, sheet
from stationdesk.reports.registry import builder, find
from stationdesk.reports.sheet import Chart, Run, Sheet, Signatures, Table
from stationdesk.reports.workbook import xlsx
from stationdesk.services import Store
from stationdesk.services import readings as use
from tests import night
from tests.conftest_station import NIGHT, actor
from tests.night import SEVEN, hour_of


@pytest.fixture
def store(station_store: Store) -> Store:
    points = night.make_points(station_store)
    night.take_night(station_store, points)
    person = actor(station_store, "op-b1")
    use.take_hour(station_store, person, SEVEN, dict(zip(points[:3], night.PAPER, strict=False)), at=SEVEN + timedelta(minutes=40))
    use.explain(station_store, person, points[6], hour_of("06"), at=NIGHT, code="filter")
    use.explain_gap(
        station_store, person, hour_of("22") - timedelta(hours=2), hour_of("22") - timedelta(hours=1), words="power cut", at=NIGHT
    )
    return station_store


def table(made: Sheet, key: str) -> Table:
    return next(each for each in made.sections if isinstance(each, Table) and each.key == key)


def row_of(made: Sheet, time: str) -> dict[str, object]:
    return dict(next(row for row in table(made, "hours").rows if row["time"] == time))


def test_the_hours_with_limits_marks_and_who_read_them(store):
    made = sheet(store, "2026-11-20", "en")
    columns = {column.key: column for column in table(made, "hours").columns}
    assert (columns["p-2"].name, columns["p-2"].unit, columns["p-2"].limit) == ("Pressure", "MPa", "0.30–0.38")
    assert table(made, "hours").groups[1:4] == [("Inlet", 2), ("After stage 1", 2), ("After stage 2", 2)]
    assert len(table(made, "hours").rows) == 25
    assert (str(row_of(made, "06:00")["p-in"]), row_of(made, "06:00")["by"]) == ("2.41", "李娜")
    assert row_of(made, "06:00")["dp-f"] == [Run("△ "), Run("34", bold=True)]
    assert row_of(made, "03:00")["t-1"] == [Run("16.6", grey=True, size=0.85, struck=True), Run(" 6.6")]
    assert row_of(made, "07:00")["odor"] is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh_CN",
            [
                "06:00 过滤器压差 最大偏离 34 kPa：滤芯待换（李娜 06:42）",
                "03:00 一级调压后温度 16.6 更正为 6.6 ℃：打错（李娜 03:14）",
                "20:00–21:00 未抄：power cut（李娜）",
                "08:00–19:00 未抄，未说明",
                "07:00 补录 3 个数，07:40 李娜",
            ],
        ),
        (
            "en",
            [
                "06:00 Filter Difference, up to 34 kPa: Filter element to be changed (李娜 06:42)",
                "03:00 After stage 1 Temp. 16.6 corrected to 6.6 ℃: slip of the key (李娜 03:14)",
                "20:00–21:00 not read: power cut (李娜)",
                "08:00–19:00 not read, no words given",
                "07:00: 3 values entered late, 07:40 李娜",
            ],
        ),
    ],
)
def test_the_file_reads_back_as_it_was_written(store, language, said):
    words.use("en")  # the sheet has its own language, whatever the window's
    late = Store.open(store.path, clock=lambda: SEVEN + timedelta(hours=2))
    made = make(sheet(late, "2026-11-20", language))
    late.close()
    assert tuple(read_lines(made.pdf)) == made.lines
    assert made.missing == ()
    whole = " ".join(made.lines)
    assert [line for line in said if line not in whole] == []


def test_an_ordinary_day_fits_on_two_pages(store):
    assert make(sheet(store, "2026-11-20", "zh_CN")).pages == 2
    assert make(sheet(store, "2026-11-20", "en")).pages == 2


def test_figures_trend_and_who_read_in_each_shift(store):
    made = sheet(store, "2026-11-20", "en")
    rows = {row["point"]: row for row in table(made, "summary").rows}
    assert (str(rows["Flow Corrector 1"]["moved"]), rows["Filter Difference"]["over"]) == ("74383", 1)
    chart = next(each for each in made.sections if isinstance(each, Chart))
    assert (chart.title, chart.limits, chart.hours) == ("Inlet Pressure", [("low 2.20", 2.2), ("high 2.70", 2.7)], (8, 32.0))
    assert (20.0, 21.0, "power cut") in chart.reasons
    signed = made.sections[-1]
    assert isinstance(signed, Signatures)
    assert [(cell.role, cell.name, cell.evidence) for cell in signed.cells] == [
        ("Evening, read by", "李娜", "2 hours"),
        ("Night, read by", "李娜", "8 hours"),
        ("Station chief", "", ""),
    ]


def test_without_a_day_it_is_the_last_whole_one(store):
    late = Store.open(store.path, clock=lambda: SEVEN + timedelta(hours=2))
    assert sheet(late, "", "en").number == "RB-20261120"
    late.close()


def test_a_day_nobody_read_says_so(store):
    made = make(sheet(store, "2026-10-20", "en"))
    assert "Nothing was read." in " ".join(made.lines)


def said_of(made: Sheet) -> str:
    return str(next(each for each in made.sections if each.key == "why").text)


def test_what_was_read_so_far_is_all_that_is_called_well(station_store):
    points = night.make_points(station_store)
    eight = SEVEN + timedelta(hours=1)
    use.take_hour(station_store, actor(station_store, "op-b1"), eight, {points[0]: "2.45"}, at=eight)
    running = sheet(station_store, "2026-11-21", "en")
    assert "0 of 25 hours read" in make(running).lines
    assert said_of(running) == "Nothing abnormal, nothing corrected, as far as it was read: 0 of 25 hours."


def test_a_station_with_many_points_gets_tables_of_even_width(store):
    from dataclasses import replace

    point = use.points_view(store, NIGHT)[0]
    for n in range(20):
        text = use.PointText(20 + n, replace(point.group, zh=f"组{n // 5}", en=f"Group {n // 5}"), point.name, "MPa")
        use.add_point(store, actor(store, "chief"), f"X-{n}", "gauge", text, at=NIGHT)
    made = sheet(store, "2026-11-20", "en")
    tables = [each for each in made.sections if isinstance(each, Table) and each.key.startswith("hours")]
    assert [len(each.columns) for each in tables] == [13, 13, 12]
    assert len(make(made).pdf) > 0


def test_the_blank_form_has_the_hours_and_no_value(store):
    made = form(store, "", "zh_CN")
    assert {key for row in table(made, "hours").rows for key in row} == {"time"}
    assert "程序停用时手工填写，恢复后补录。" in " ".join(make(made).lines)


def test_the_workbook_has_numbers(store, tmp_path):
    import openpyxl

    path = tmp_path / "day.xlsx"
    path.write_bytes(xlsx(sheet(store, "2026-11-20", "en")))
    cells = [cell.value for worksheet in openpyxl.load_workbook(path) for row in worksheet.iter_rows() for cell in row]
    assert 48384120 in cells
    assert 2.41 in cells


def test_it_is_in_the_registry(store):
    report = find("readings-day")
    assert builder(report.sheet)(store, "2026-11-20", "en").title == report.words
