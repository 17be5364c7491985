"""The duty log and the hazard ledger on paper, read back from the file."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from stationdesk.domain import words
from stationdesk.domain.errors import say
from stationdesk.reports import hazards as ledger
from stationdesk.reports import log as duty_log
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.registry import builder, find
from stationdesk.reports.workbook import xlsx
from stationdesk.services import NOBODY, Store, hazards, items, log
from stationdesk.services.shifts import current
from tests.conftest_station import NIGHT, actor

HOUR = timedelta(hours=1)


@pytest.fixture
def full(station_store: Store) -> Store:
    """A night with a correction, a late entry, an emergency record without a name, an order and three hazards."""
    lead, operator = actor(station_store, "lead-b"), actor(station_store, "op-b1")
    wrong = log.write_entry(station_store, operator, "operation", "过滤器 F-101 压差 43 kPa", at=NIGHT - 3 * HOUR)
    log.write_entry(station_store, operator, "operation", "过滤器 F-101 压差 34 kPa", at=NIGHT - 3 * HOUR, corrects_id=wrong)
    log.write_entry(station_store, operator, "visitor", "䶮师傅（㛃𬱖公司）送滤芯", at=NIGHT - HOUR, time=NIGHT - 2 * HOUR)
    with words.speaking("zh_CN"):
        log.record_emergency(station_store, NOBODY, "leak", "调压间有气味", at=NIGHT)
    order = items.open_item(station_store, lead, "order", "出站压力调至 0.345 MPa", at=NIGHT - HOUR, from_whom="调度 王工")
    items.read_back(station_store, lead, order, 1, at=NIGHT - HOUR)
    late = hazards.raise_hazard(station_store, operator, "minor", "阀井 3#", "井盖破损", at=NIGHT - 72 * HOUR)
    hazards.defer_hazard(station_store, lead, late, NIGHT - HOUR, "等井盖", 1, at=NIGHT - 71 * HOUR)
    closed = hazards.raise_hazard(station_store, operator, "minor", "计量区", "盒盖缺螺钉", at=NIGHT)
    hazards.rectify_hazard(station_store, operator, closed, "已补装", 1, at=NIGHT)
    hazards.close_hazard(station_store, lead, closed, "看过", 2, at=NIGHT)
    return station_store


def shift_id(store: Store) -> int:
    with store.read() as session:
        shift = current(session)
        assert shift is not None
        return shift.id


def printed(store: Store, report: str, subject: str, language: str) -> str:
    made = make(builder(find(report).sheet)(store, subject, language))
    lines = read_lines(made.pdf)
    assert tuple(lines) == made.lines
    return "".join(lines).replace(" ", "")


def test_duty_log_of_a_shift_has_everything_written_and_both_times(full: Store) -> None:
    text = printed(full, "duty-log", str(shift_id(full)), "zh_CN")
    for words_ in (
        "值班记录",
        "确山门站",
        "2026-11-21 星期六",
        "张伟、李娜、王强",
        "压差 43 kPa",
        "已由第 2 条更正",
        "更正第 1 条",
        "补录，11-21 05:42 记",
        "04:42",
        "漏气",
        "待认领",
        "DD-20261121-01",
        "调度 王工",
        "站长",
    ):
        assert words_.replace(" ", "") in text, words_


def test_duty_log_in_english_and_of_a_day(full: Store) -> None:
    text = printed(full, "duty-log", "2026-11-21", "en")
    for words_ in ("Duty log", "Operation", "corrected by 2", "no name yet", "Station chief"):
        assert words_.replace(" ", "") in text, words_
    assert printed(full, "duty-log", "", "en").startswith("ExampleNaturalGas")


@pytest.mark.parametrize("subject", ["2026-13-40", "gestern", "4711", "2020-01-01"])
def test_subject_that_is_nothing_is_refused_in_words(full: Store, subject: str) -> None:
    with pytest.raises((duty_log.SubjectError, log.NoSuchShiftError, log.NoShiftOfDayError)) as caught:
        duty_log.sheet(full, subject, "zh_CN")
    assert say(caught.value)


def test_entry_of_ten_thousand_characters_goes_on_over_pages(full: Store) -> None:
    log.write_entry(full, actor(full, "op-b1"), "event", "压差升高，" * 1999 + "到此为止", at=NIGHT)
    made = make(duty_log.sheet(full, str(shift_id(full)), "zh_CN"))
    assert made.pages > 2
    assert "到此为止" in "".join(read_lines(made.pdf)).replace("\n", "")


def test_empty_shift_says_so(station_store: Store) -> None:
    assert "本班没有记录" in printed(station_store, "duty-log", str(shift_id(station_store)), "zh_CN")


def test_ledger_shows_what_stands_and_what_was_closed(full: Store) -> None:
    text = printed(full, "hazards", "", "zh_CN")
    for words_ in (
        "隐患台账",
        "YH-2026-0001",
        "井盖破损",
        "延期：等井盖（张伟）",
        "超期",
        "二、2026 年已销号",
        "YH-2026-0002",
        "整改：已补装（李娜）",
        "看过",
    ):
        assert words_.replace(" ", "") in text, words_
    english = printed(full, "hazards", "", "en")
    for words_ in ("Hazard ledger", "Minor", "overdue", "2 Closed in 2026"):
        assert words_.replace(" ", "") in english, words_


def test_ledger_of_another_year_has_none_of_this_ones_closed(full: Store) -> None:
    text = printed(full, "hazards", "2025", "zh_CN")
    assert "YH-2026-0001" in text
    assert "YH-2026-0002" not in text


@pytest.mark.parametrize("report", ["duty-log", "hazards"])
def test_workbook_has_the_same_rows(full: Store, report: str) -> None:
    from openpyxl import load_workbook

    sheet = builder(find(report).sheet)(full, "" if report == "hazards" else str(shift_id(full)), "zh_CN")
    book = load_workbook(BytesIO(xlsx(sheet)))
    cells = {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
    wanted = "井盖破损" if report == "hazards" else "过滤器 F-101 压差 34 kPa"
    assert any(wanted in cell for cell in cells)


def test_ledger_is_made_where_there_is_nothing(station_store: Store) -> None:
    assert "无" in "\n".join(make(ledger.sheet(station_store, "", "zh_CN")).lines)
