"""A corrector's file is looked over before anything is taken: questions at the file, refusals named, all of it or nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from stationdesk.services.metering.archives import archive_hours, archive_mappings
from stationdesk.ui.widgets.text import Text
from tests import metered
from tests.conftest_station import ZONE, actor
from tests.metered import MIDNIGHT, MORNING, hour
from tests.ui.metering.hands import CONTROL, KEY, press, settle

HEAD = "时间,管路,工况累计(m3),标况累计(Nm3),平均压力({unit}),平均温度(℃)"


def write(path: Path, unit: str = "kPa.a", rows: int = 9, bad: int = -1) -> Path:
    """A night of run 1."""
    lines = [HEAD.format(unit=unit)]
    for n in range(rows):
        local = hour(n).astimezone(ZONE)
        counter = "abc" if n == bad else metered.COUNTS[n]
        lines.append(f"{local:%Y-%m-%d %H:%M},1#,{counter},{metered.CORRECTED[n]},2601.3,12.0")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def pane(open_page):
    page = open_page()
    press(page, KEY.Key_I)
    return page


def look(page, file):
    page.over.look_at(file)
    settle(page)
    return page.over


def kept(store):
    return archive_hours(store, metered.stream_ids(store)["1"], MIDNIGHT - timedelta(hours=1), MORNING)


def test_a_file_is_looked_over_and_taken_in(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv"))
    assert [(each.run, each.code, each.new) for each in over.found.runs] == [("1#", "1", 9)]
    assert kept(store) == ()
    press(pane, KEY.Key_Return, CONTROL)
    assert [each.hour.counter_m3 for each in kept(store)][:2] == [Decimal(100000), Decimal(100400)]
    assert pane.over is None


def test_the_same_file_brings_nothing_twice(pane, store, tmp_path):
    file = write(tmp_path / "1#.csv")
    look(pane, file)
    press(pane, KEY.Key_Return, CONTROL)
    press(pane, KEY.Key_I)
    over = look(pane, file)
    assert over.found.runs[0].same == 9
    assert not over.bring.isEnabled()
    assert "taken in before" in over.fact.text()


def test_a_question_is_answered_beside_it(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv", unit="MPa"))
    if not over.found.asked:
        pytest.skip("the file tells by itself")
    assert not over.bring.isEnabled()
    words = [each.text() for each in over.findChildren(Text) if each.isVisible()]
    assert any("pressure" in each for each in words)


def test_refused_lines_are_named_and_done_without_expressly(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv", bad=4))
    assert over.found.refusals
    assert any("line 6" in each.where or "line 6" in each.words for each in over.told.rows())
    assert not over.bring.isEnabled()
    over.without.setChecked(True)
    settle(pane)
    over.bring.click()
    settle(pane)
    assert len(kept(store)) >= 8


def test_what_is_no_archive_is_said(pane, store, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("hello\nworld\n", encoding="utf-8")
    over = look(pane, file)
    assert "holds no hourly values" in over.problem.text()
    assert not over.bring.isEnabled()


def test_columns_are_said_and_kept_by_a_name(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv"))
    press(pane, KEY.Key_K)
    dialog = over.dialog
    at = next(each for each in dialog.rows if "标况" in each.shown.heading)
    assert at.quantity.value() == "corrected"
    at.unit.set_text("furlong")
    dialog.yes.click()
    assert "furlong" in dialog.problem.text()
    at.unit.set_text("千m3")
    dialog.name.set_text("某厂修正仪")
    dialog.yes.click()
    settle(pane)
    assert [each.name for each in archive_mappings(store)] == ["某厂修正仪"]
    assert any(each.unit == "1000m3" for each in archive_mappings(store)[0].mapping.columns)
    assert over.found.hours[0].corrected_m3 == Decimal(2600000) * 1000


def test_an_operator_may_bring_it_in_but_keeps_no_mapping(open_page, runner, store, tmp_path):
    runner.actor = actor(store, "op-b1")
    page = open_page()
    press(page, KEY.Key_I)
    over = look(page, write(tmp_path / "1#.csv"))
    press(page, KEY.Key_K)
    assert not over.dialog.name.isVisible()
    over.dialog.no.click()
    settle(page)
    over.bring.click()
    settle(page)
    assert len(kept(store)) == 9


def test_what_was_said_of_one_file_is_not_said_of_the_next(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv"))
    press(pane, KEY.Key_K)
    over.dialog.gauge.choose(True)
    over.dialog.yes.click()
    settle(pane)
    assert over.found.mapping.gauge is True
    look(pane, write(tmp_path / "2#.csv"))
    assert over.found.mapping.gauge is False
    assert over.ways.value() == ""


def test_what_was_kept_by_a_name_is_shown_by_it_and_reads_the_next_file(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv"))
    press(pane, KEY.Key_K)
    over.dialog.gauge.choose(True)
    over.dialog.name.set_text("某厂修正仪")
    over.dialog.yes.click()
    settle(pane)
    assert over.ways.value() == "某厂修正仪"
    look(pane, write(tmp_path / "2#.csv"))
    assert over.found.mapping.gauge is True


def test_an_empty_file_takes_the_place_of_the_one_before(pane, store, tmp_path):
    over = look(pane, write(tmp_path / "1#.csv"))
    assert over.bring.isEnabled()
    (tmp_path / "empty.csv").write_bytes(b"")
    look(pane, tmp_path / "empty.csv")
    assert "empty.csv is empty" in over.problem.text()
    assert over.fact.text() == "empty.csv"
    assert not over.bring.isEnabled()
