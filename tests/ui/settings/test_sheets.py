"""The station's forms of the sheets: edited line by line, seen at once as they print, kept as versions."""

from __future__ import annotations

from datetime import date

import pytest

from stationdesk.domain import words
from stationdesk.reports.fitting import fitted
from stationdesk.reports.issue import compose
from stationdesk.reports.sheet import Signatures, Table, Ticks
from stationdesk.services.sheets import template_in_force
from stationdesk.services.subjects import latest
from stationdesk.ui.settings.sheets import CELLS, TEXTS
from tests.conftest_station import NIGHT
from tests.ui.settings.hands import keep, settle, write, wrong


def form(store, report="handover"):
    return template_in_force(store, report, NIGHT)


def sheet(store, report, subject=""):
    return compose(store, report, subject or latest(store, report, "shift", NIGHT), "zh_CN", NIGHT)


@pytest.fixture
def section(open_at):
    page = open_at("sheets")
    found = page.section()
    found.page = page

    def part(key):
        found.part.choose(key)
        found.part.chosen.emit(key)
        settle(page)

    found.turn_to = part
    return found


def test_a_title_of_the_stations_own_is_kept_and_on_the_sheet(section, station_store):
    write(section.page, section.texts.form.parts["title_zh"], "交接班表")
    keep(section.page)
    assert form(station_store).title.zh == "交接班表"
    assert form(station_store).form_no.zh  # what was there stays
    assert sheet(station_store, "handover").title == "交接班表"


def test_columns_are_named_left_out_and_put_in_order(section, station_store):
    section.turn_to("seven")
    table = section.columns.table
    own = [each.own.key for each in table.rows()]
    table.select_key(table.rows()[1].id)
    section.columns.shift(-1)
    section.columns.form.parts["zh"].set_text("交接项目")
    section.columns.form.parts["zh"].edited.emit("交接项目")
    table.select_key(table.rows()[-1].id)
    table.ticked.emit(table.current_row())
    settle(section.page)
    keep(section.page)
    seven = next(each for each in sheet(station_store, "handover").sections if each.key == "seven")
    assert [column.key for column in seven.columns] == [own[1], own[0], *own[2:-1]]
    assert seven.columns[0].name == "交接项目"


def test_a_width_paper_does_not_have_is_said_at_the_field_and_nothing_is_kept(section, station_store):
    before = form(station_store)
    section.turn_to("seven")
    write(section.page, section.columns.form.parts["width"], "900")
    keep(section.page)
    assert "250" in wrong(section.columns.form.parts["width"])
    assert section.columns.form.parts["width"].text() == "900"
    assert form(station_store) == before


def test_a_table_with_no_column_left_is_refused(section, station_store):
    before = form(station_store)
    section.turn_to("seven")
    for line in section.columns.table.rows():
        section.columns.table.select_key(line.id)
        section.columns.table.ticked.emit(line)
    keep(section.page)
    assert section.problem.isVisible()
    assert form(station_store) == before


def test_signature_cells_are_added_renamed_and_left_blank_for_ink(section, station_store):
    section.turn_to(CELLS)
    cells = section.cells
    cells.table.select_key(next(each.id for each in cells.table.rows() if each.key == "chief"))
    cells.form.parts["ink"].setChecked(True)
    cells.add_cell()
    cells.form.parts["zh"].set_text("盖章处")
    cells.form.parts["zh"].edited.emit("盖章处")
    cells.shift(-1)
    settle(section.page)
    keep(section.page)
    signed = next(each for each in sheet(station_store, "handover").sections if isinstance(each, Signatures))
    assert [cell.role for cell in signed.cells][-2] == "盖章处"
    assert next(each for each in form(station_store).signatures if each.key == "chief").ink


def test_a_change_is_put_back_and_another_sheet_waits_for_it(section, station_store):
    write(section.page, section.texts.form.parts["title_zh"], "别的")
    section.which.choose("duty-log")
    section.which.chosen.emit("duty-log")
    settle(section.page)
    assert section.report == "handover"
    assert section.problem.isVisible()
    section.undo()
    settle(section.page)
    assert not section.changed()
    assert section.texts.form.parts["title_zh"].text() == ""


def test_the_pages_beside_it_follow_what_is_typed(section, qtbot):
    first = section.preview.pdf
    assert first.startswith(b"%PDF")
    write(section.page, section.texts.form.parts["title_zh"], "交接班表")
    qtbot.wait(500)
    settle(section.page)
    assert section.preview.pdf != first


def test_a_form_of_every_sheet_can_be_made_and_seen(open_at, section):
    for report, _words in section.which.choices:
        section.which.choose(report)
        section.which.chosen.emit(report)
        settle(section.page)
        assert section.preview.wish is not None
        assert section.preview.wish[0] == report
        assert section.preview.pdf.startswith(b"%PDF")
        assert not section.problem.isVisible()
        assert next(key for key, _name in section.part.choices) == TEXTS


def test_before_the_first_shift_a_sample_is_shown(tmp_path):
    from stationdesk.storage import keys
    from tests.conftest_station import make_station

    keys.use(keys.LIGHT)
    try:
        store = make_station(tmp_path / "new.db", open_shift=False)
        assert latest(store, "rounds", "shift", NIGHT) == ""
        template = template_in_force(store, "rounds", NIGHT)
        made = fitted(store, "rounds", template, "zh_CN", NIGHT)
        assert made.sample
        assert made.pdf.startswith(b"%PDF")
        assert fitted(store, "hazards", template, "zh_CN", NIGHT).sample is False
        store.close()
    finally:
        keys.use(keys.STRONG)


def test_a_point_added_later_is_on_a_sheet_whose_columns_were_put_in_order(section, station_store, chief):
    from stationdesk.domain.names import Name
    from stationdesk.services.readings import PointText, add_point

    section.which.choose("readings-day")
    section.which.chosen.emit("readings-day")
    settle(section.page)
    section.turn_to("hours")
    section.columns.table.select_key(section.columns.table.rows()[2].id)
    section.columns.shift(-1)
    keep(section.page)
    add_point(station_store, chief, "new", "gauge", PointText(3, Name("进站"), Name("新表"), "kPa"), at=NIGHT)
    day = sheet(station_store, "readings-day", date(2026, 11, 22).isoformat())
    hours = next(each for each in day.sections if each.key == "hours")
    assert isinstance(hours, Table)
    keys = [column.key for column in hours.columns]
    assert "new" in keys
    assert keys[1:3] == ["t-in", "p-in"]


def test_the_names_of_columns_are_in_the_language_of_the_window(section):
    seven = next(each for each in section.draft.parts if each.own.key == "seven")
    assert [line.own.name for line in seven.lines][1] == "Item"
    assert words.language() == "en"
    assert isinstance(Ticks("seven").table(), Table)
