"""Daily and monthly production report, certificate, odorizing record: what was entered and metered, and nothing that was not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.domain.metering.certificate import CHECKS, Checked
from stationdesk.domain.metering.gas_day import Figure
from stationdesk.reports import certificate, odorant, production, production_month
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.production_month import MonthError
from stationdesk.reports.sheet import Chart, Sheet, Table
from stationdesk.reports.workbook import xlsx
from stationdesk.services import Store
from stationdesk.services.log import write_entry
from stationdesk.services.metering.certificates import certify_day
from stationdesk.services.metering.gas_day import day_view, month_view, set_figures
from tests.conftest_station import actor
from tests.handing import EIGHT
from tests.night import hour_of
from tests.reports.builds import fonts_embedded
from tests.taking_over import read_blind

DAY = date(2026, 11, 20)
"""The gas day of the metered night; its first 16 hours were not read."""
LATER = EIGHT + timedelta(hours=1)
FIGURES = {
    Figure.NOMINATION: Decimal(150_000),
    Figure.DELIVERED: Decimal(151_000),
    Figure.OWN_USE: Decimal(310),
    Figure.PACK_BEFORE: Decimal(18_400),
    Figure.PACK_AFTER: Decimal(18_300),
    Figure.ODORANT_BEFORE: Decimal("120.0"),
    Figure.ODORANT_ADDED: Decimal(0),
    Figure.ODORANT_AFTER: Decimal("114.0"),
}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with words.speaking("zh_CN"):
        yield


@pytest.fixture
def store(metered_store: Store) -> Store:
    """09:03 of the morning after a metered night whose counters the relief has read."""
    read_blind(metered_store)
    metered_store.clock = lambda: LATER
    return metered_store


def enter(store: Store, figures: dict[Figure, Decimal], day: date = DAY, at: datetime = LATER) -> None:
    set_figures(store, actor(store, "chief"), day, dict(figures), at=at)


def printed(sheet: Sheet) -> str:
    made = make(sheet)
    assert made.missing == ()
    assert fonts_embedded(made.pdf)
    return "\n".join(read_lines(made.pdf))


def table(sheet: Sheet, key: str) -> Table:
    found = next(section for section in sheet.sections if section.key == key)
    assert isinstance(found, Table)
    return found


# --- the day


def test_each_number_says_where_it_is_from(store: Store) -> None:
    enter(store, FIGURES)
    made = production.sheet(store, "2026-11-20", "zh_CN")
    rows = {row["item"]: row for row in table(made, "gas").rows}
    view = day_view(store, DAY, LATER).today
    assert rows["日接收量"]["value"] == view.received
    assert rows["日供气量"]["value"] == 151_000
    assert rows["管存变化"]["value"] == -100
    assert rows["输差"]["value"] == view.balance.loss
    assert rows["放空"]["value"] == "—"
    said = printed(made)
    for word in ("生产日报", "SC-20261120", "沈浩", "录入", "未录入；按 0 计", "缺小时", "气量申报", "张伟", "进站压力", "加臭"):
        assert word in said, word


def test_nothing_entered_is_said_and_no_number_stands_for_it(store: Store) -> None:
    said = printed(production.sheet(store, "2026-11-20", "zh_CN"))
    assert said.count("未录入") == 6  # delivered, own use, vented, line pack, nomination, odorant
    assert "未录入加臭数据" in said
    assert "尚未作计量认证" in said
    empty = production.sheet(store, "2026-03-01", "zh_CN")
    assert [row["value"] for row in table(empty, "gas").rows] == ["—"] * 9
    assert "当日结束后计算" not in printed(empty)  # it ended months ago
    for word in ("无计量数据", "此计量日无人上岗签到", "未抄录任何"):
        assert (word in printed(empty)) is (word != "未抄录任何")


def test_a_running_day_is_a_draft_with_a_forecast_and_no_balance(store: Store) -> None:
    made = production.sheet(store, "2026-11-21", "zh_CN")
    assert made.watermark == "草稿"
    assert "当日结束后计算" in printed(made)


def test_events_come_from_the_log_and_two_hundred_of_them_all_stand_there(store: Store) -> None:
    person, at = actor(store, "lead-b"), hour_of("08") - timedelta(minutes=30)
    for n in range(200):
        write_entry(store, person, "event", f"巡线报告第 {n} 号：第三方施工", at=at + timedelta(seconds=n))
    write_entry(store, person, "visitor", "来访：电信公司", at=at)
    made = production.sheet(store, "2026-11-20", "zh_CN")
    said = printed(made)
    assert [n for n in range(200) if f"第 {n} 号" not in said] == []
    assert "电信公司" not in said
    assert "第 6 页 共" in said


def test_the_workbook_of_the_day_adds_up(store: Store) -> None:
    enter(store, FIGURES)
    book = load_workbook(BytesIO(xlsx(production.sheet(store, "2026-11-20", "zh_CN"))))
    page = next(page for page in book.worksheets if "当日气量" in page.title)
    values = {row[0].value: row[1].value for row in page.iter_rows(min_row=2)}
    parts = [values[name] for name in ("日供气量", "自用气", "管存变化", "输差")]
    assert values["日接收量"] == pytest.approx(sum(parts))


def test_english(store: Store) -> None:
    enter(store, FIGURES)
    said = printed(production.sheet(store, "2026-11-20", "en"))
    for word in (
        "Daily production report",
        "Unaccounted for",
        "Change of line pack",
        "not entered; taken as 0",
        "Equipment out of service",
    ):
        assert word in said, word


# --- the month


def test_a_month_has_a_row_for_each_day_begun_and_their_sums(store: Store) -> None:
    enter(store, FIGURES)
    made = production_month.sheet(store, "2026-11", "zh_CN")
    rows = table(made, "days").rows
    view = month_view(store, DAY, LATER)
    assert len(rows) == len(view.lines) + 1 == 22
    assert rows[19]["received"] == rows[-1]["received"] == view.lines[19].of.received
    assert rows[-1]["loss"] == view.totals.loss
    assert rows[0]["received"] == "—"
    said = printed(made)
    for word in ("生产月报", "SC-202611", "输差", "进行中", "无计量数据", "未认证"):
        assert word in said, word


def test_the_trend_has_no_dot_where_there_is_no_rate(store: Store) -> None:
    enter(store, FIGURES)
    enter(store, FIGURES | {Figure.DELIVERED: Decimal(1)}, date(2026, 11, 19))
    made = production_month.sheet(store, "2026-11", "zh_CN")
    assert not any(isinstance(each, Chart) for each in made.sections)  # one day with a rate is no trend
    assert "输差合计不含无法平衡的日期" in printed(made)


@pytest.mark.parametrize("subject", ["2026-13", "2026", "Nov"])
def test_a_month_that_is_none(store: Store, subject: str) -> None:
    for made in (production_month.sheet, odorant.sheet):
        with pytest.raises(MonthError):
            made(store, subject, "zh_CN")


# --- odorant


def test_the_odorant_of_each_day_against_its_limits(store: Store) -> None:
    enter(store, FIGURES)
    received = day_view(store, DAY, LATER).today.received
    assert received is not None
    rows = table(odorant.sheet(store, "2026-11", "zh_CN"), "days").rows
    assert (rows[19]["before"], rows[19]["used"], rows[19]["volume"]) == (Decimal("120.0"), Decimal("6.0"), received)
    said = printed(odorant.sheet(store, "2026-11", "zh_CN"))
    content = Decimal("6.0") * 1_000_000 / received
    assert f"{content:.1f}" in said
    assert "超限日：11-20" in said  # 39.5 mg/m³, for 16 hours of the day were not read
    assert rows[18]["content"] == "—"
    assert "以下各日浓度不详" in said


# --- certificate


def test_a_certificate_shows_each_check_and_what_was_found(store: Store) -> None:
    found = "修正仪时钟慢 3 分钟，已校"
    answers = [
        Checked(run, check, in_order=(run, check) != ("1", "clock"), value="", words=found if (run, check) == ("1", "clock") else "")
        for run in "12"
        for check in CHECKS
    ]
    certify_day(store, actor(store, "chief"), DAY, answers, "校时后复查正常", at=LATER)
    made = certificate.sheet(store, "2026-11-20", "zh_CN")
    said = printed(made)
    assert said.count("✓ 正常") == len(answers) - 1
    for word in ("计量认证单", "JLRZ-20261120", "不正常", found, "校时后复查正常", "1 项问题", "不完整", "沈浩"):
        assert word in said, word
    assert made.watermark == ""


def test_a_certificate_of_a_day_before_the_runs_says_when_there_were_none(store: Store) -> None:
    assert "此计量日尚无计量管路" in printed(certificate.sheet(store, "2020-03-01", "zh_CN"))


def test_a_day_nobody_certified_says_so(store: Store) -> None:
    made = certificate.sheet(store, "2026-11-20", "en")
    said = printed(made)
    assert "The metering of this gas day is not certified yet." in said
    assert "in order" not in said
    assert "corrector's clock" in said
    assert made.watermark == "Draft"
