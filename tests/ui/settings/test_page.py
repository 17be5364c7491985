"""Settings as a chief uses them: what is typed is kept as dated versions, what is refused is said at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QScrollArea

from stationdesk.domain.names import Name
from stationdesk.services import Store, equipment, people, settings
from stationdesk.services.equipment import DueText, EquipmentText
from stationdesk.services.people import people_view, verify_password
from stationdesk.services.readings.versions import points_view, set_point_version
from stationdesk.services.rounds.routes import route_text, routes_view
from stationdesk.services.station import contacts, list_view, station_view
from stationdesk.ui.settings.sections import SECTIONS
from stationdesk.ui.widgets.preview import Preview
from tests.conftest_station import NIGHT, ZONE, actor
from tests.ui.settings.hands import keep, seen, settle, write, wrong


@pytest.mark.parametrize("key", [kind.key for kind in SECTIONS])
def test_every_section_opens(open_at, key):
    page = open_at(key)
    assert page.section().key == key
    assert page.buttons[key].isChecked()


def test_an_opened_section_has_the_keyboard(open_at):
    page = open_at("station")
    page.show_target("program")
    settle(page)
    assert page.buttons["program"].hasFocus()


def test_a_limit_is_changed_from_now_on_and_the_past_keeps_its_own(open_at, station_store):
    page = open_at("points")
    section = page.section()
    section.table.select_key(next(each.point_id for each in section.rows if each.code == "odor"))
    settle(page)
    write(page, section.form.parts["h"], "３２")
    keep(page)
    odor = next(each for each in points_view(station_store, NIGHT) if each.code == "odor")
    assert odor.limits.h == Decimal(32)
    before = next(each for each in points_view(station_store, NIGHT - timedelta(days=2)) if each.code == "odor")
    assert before.limits.h == Decimal(30)
    section.past.button.click()
    settle(page)
    assert "H: 30 → 32" in seen(section.past)


def test_limits_that_do_not_rise_are_said_at_the_field_and_stay_typed(open_at, station_store):
    page = open_at("points")
    section = page.section()
    write(page, section.form.parts["h"], "0.1")
    keep(page)
    assert "rise" in wrong(section.form.parts["ll"])
    assert section.form.parts["h"].text() == "0.1"
    assert points_view(station_store, NIGHT)[0].limits.h == Decimal("2.70")


def test_what_is_no_number_is_said_there(open_at):
    page = open_at("points")
    part = page.section().form.parts["h"]
    part.set_text("2,7")
    keep(page)
    assert "decimals" in wrong(part)


def test_who_may_not_change_it_reads_why(open_at, runner, station_store):
    runner.actor = actor(station_store, "op-b1")
    page = open_at("station")
    save = page.section().save
    assert not save.isEnabled()
    assert "station chief" in save.text()


def test_what_was_kept_is_said_and_goes_with_the_next_row(open_at):
    page = open_at("contacts")
    section = page.section()
    write(page, section.form.parts["phone"], "8011")
    keep(page)
    assert section.problem.isVisible()
    assert section.problem.text() == "Kept."
    section.table.select_key(section.key_of(section.rows[1]))
    settle(page)
    assert not section.problem.isVisible()


def test_a_change_to_come_says_from_when_it_holds(open_at, station_store):
    page = open_at("points")
    section = page.section()
    write(page, section.form.parts["hh"], "3.9")
    section.form.parts["valid_from"].choose(NIGHT + timedelta(days=2))
    keep(page)
    assert section.problem.isVisible()
    assert "takes effect 11-23" in section.problem.text()
    assert section.form.parts["hh"].text() == "3.80"  # until then


def test_a_list_of_lines_says_that_it_was_kept(open_at):
    page = open_at("routes")
    section = page.section()
    write(page, section.head_form.parts["name_en"], "Round of the site")
    keep(page)
    assert section.problem.isVisible()
    assert section.problem.text() == "Kept."


def test_who_was_added_is_chosen_for_roles_and_login_and_nobody_else_is_retired(open_at, station_store):
    page = open_at("people")
    section = page.section()
    section.new.click()
    write(page, section.form.parts["name"], "龔䶮")
    keep(page)
    fresh = next(each for each in people_view(station_store, NIGHT) if each.name == "龔䶮")
    assert section.row.person_id == section.table.current_row().person_id == section.roles.person_id == fresh.person_id
    assert section.problem.isVisible()
    section.new.click()
    settle(page)
    section.reload()  # somebody else changed something meanwhile
    settle(page)
    assert not section.retire.isEnabled()


def test_a_refusal_longer_than_its_field_is_said_in_full_above_the_buttons(open_at, station_store):
    page = open_at("equipment")
    section = page.section()
    section.new.click()
    write(page, section.form.parts["code"], "ESD-101")
    write(page, section.form.parts["name_zh"], "另一台")
    keep(page)
    assert "another piece" in wrong(section.form.parts["code"])
    assert section.problem.isVisible()
    assert section.problem.text() == wrong(section.form.parts["code"])
    page.choose("points")
    settle(page)
    section = page.section()
    write(page, section.form.parts["h"], "0.1")
    keep(page)
    assert section.problem.isVisible()
    assert "rise" in section.problem.text()


def test_what_falls_due_is_marked_as_long_ahead_as_the_station_says(open_at, station_store, chief):
    day = NIGHT.astimezone(ZONE).date()
    dues = (DueText("calibration", day + timedelta(days=20)),)
    piece = equipment.set_equipment(station_store, chief, EquipmentText("A-1", Name("表", ""), dues=dues), at=NIGHT)
    page = open_at("equipment")
    section = page.section()

    def marked() -> tuple[str, str]:
        row = next(each for each in section.rows if each.equipment_id == piece)
        due = section.columns()[-1]
        return due.token(row), due.icon(row)

    assert marked() == ("amber-fg", "triangle-alert")
    settings.set_setting(station_store, chief, "due_warning_days", 10, at=NIGHT)
    section.reload()
    settle(page)
    assert marked() == ("text", "")


def test_a_limit_another_window_has_set_meanwhile_is_not_put_back_unseen(open_at, station_store, chief):
    page = open_at("points")
    section = page.section()
    write(page, section.form.parts["ll"], "1.5")
    seen_, text = section.row, section.keeping(section.row, section.form.read())[1][1]
    other = replace(text, limits=replace(text.limits, ll=seen_.limits.ll, h=Decimal("2.6")))
    set_point_version(station_store, chief, seen_.point_id, other, at=NIGHT)
    keep(page)
    assert "Somebody else has changed this" in section.problem.text()
    assert points_view(station_store, NIGHT)[0].limits.h == Decimal("2.6")
    assert section.form.parts["ll"].text() == "1.5"  # what was typed stays


def test_the_station_is_renamed(open_at, station_store):
    page = open_at("station")
    write(page, page.section().form.parts["name_zh"], "青山门站")
    keep(page)
    assert station_view(station_store).name_zh == "青山门站"


def test_a_name_that_is_too_long_is_refused_at_the_field(open_at, station_store):
    page = open_at("station")
    write(page, page.section().form.parts["name_zh"], "长" * 31)
    keep(page)
    assert "30" in wrong(page.section().form.parts["name_zh"])
    assert page.section().form.parts["name_zh"].text() == "长" * 31


def test_two_who_change_the_same_person_are_told(open_at, station_store, chief):
    page = open_at("people")
    section = page.section()
    row = section.row
    people.change_person(station_store, chief, row.person_id, row.version, name=row.name, number="Z9", phone="1", post=row.post, at=NIGHT)
    write(page, section.form.parts["phone"], "8888")
    keep(page)
    assert section.problem.isVisible()
    assert section.form.parts["phone"].text() == "8888"
    assert next(each for each in people_view(station_store, NIGHT) if each.person_id == row.person_id).phone == "1"


def test_somebody_new_gets_the_role_of_the_post_and_a_login(open_at, station_store):
    page = open_at("people")
    section = page.section()
    section.begin()
    write(page, section.form.parts["name"], "新人")
    section.form.parts["crew"].choose("a")
    keep(page)
    new = next(each for each in people_view(station_store, NIGHT) if each.name == "新人")
    assert new.roles == ("operator",)
    assert new.crew is not None
    section.table.select_key(new.person_id)
    settle(page)
    write(page, section.login.make_form.parts["login"], "new-1")
    write(page, section.login.make_form.parts["password"], "12345")
    section.login.make.click()
    settle(page)
    assert "6" in wrong(section.login.make_form.parts["password"])
    write(page, section.login.make_form.parts["password"], "123456")
    section.login.make.click()
    settle(page)
    assert verify_password(station_store, "new-1", "123456", NIGHT).name == "新人"


def test_an_acting_chief_needs_an_end(open_at, station_store):
    page = open_at("people")
    section = page.section()
    lead = next(each for each in section.rows if each.login == "lead-a")
    section.table.select_key(lead.person_id)
    settle(page)
    section.roles.form.parts["role"].choose("acting_chief")
    section.roles.give.click()
    settle(page)
    assert "end" in wrong(section.roles.form.parts["valid_to"])
    section.roles.form.parts["valid_to"].day.set_text("2026-12-01")
    section.roles.give.click()
    settle(page)
    held = next(each for each in people_view(station_store, NIGHT) if each.login == "lead-a")
    assert "acting_chief" in held.roles


def test_a_setting_beyond_its_bounds_is_refused_and_within_is_kept(open_at, station_store):
    page = open_at("program")
    section = page.section()
    section.table.select_key("reading_late_minutes")
    settle(page)
    write(page, section.form.parts["value"], "99")
    keep(page)
    assert "59" in wrong(section.form.parts["value"])
    write(page, section.form.parts["value"], "20")
    keep(page)
    found = {each.name: each.value for each in settings.settings_view(station_store, NIGHT)}
    assert found["reading_late_minutes"] == 20


def test_a_line_is_added_to_a_route_as_a_version(open_at, station_store):
    page = open_at("routes")
    section = page.section()
    before = len(section.table.rows())
    section.add_line()
    write(page, section.line_form.parts["code"], "99")
    keep(page)
    assert "name" in section.problem.text()
    write(page, section.line_form.parts["name_zh"], "新点")
    keep(page)
    view = routes_view(station_store, NIGHT)[0]
    text = route_text(station_store, view.route_id, NIGHT)
    assert len(text.lines) == before + 1
    assert "新点" in {line.name.zh for line in text.lines}


def test_a_list_is_changed_as_a_whole_and_can_be_put_back(open_at, station_store):
    page = open_at("lists")
    section = page.section()
    section.leave_out()
    assert section.state.isVisible()
    section.undo()
    assert not section.changed()
    write(page, section.line_form.parts["zh"], "运行情况")
    keep(page)
    assert list_view(station_store, "handover_lines", NIGHT)[0][1].zh == "运行情况"
    assert len(list_view(station_store, "handover_lines", NIGHT)) == 7


def test_a_contact_is_changed(open_at, station_store):
    page = open_at("contacts")
    section = page.section()
    write(page, section.form.parts["phone"], "")
    section.form.parts["phone"].set_text("")
    keep(page)
    assert "number" in wrong(section.form.parts["phone"])
    write(page, section.form.parts["phone"], "1190")
    keep(page)
    assert contacts(station_store)[0].phone == "1190"


def test_a_rotation_with_too_few_crews_is_refused_and_the_proof_stands(open_at, station_store):
    page = open_at("rotation")
    section = page.section()
    assert "each shift has one crew" in section.proof.text()
    write(page, section.plan_form.parts["crews"], "a b c")
    section.change.click()
    settle(page)
    assert "4" in wrong(section.plan_form.parts["crews"])


def test_a_workbook_is_handed_out_tried_and_its_refused_cells_listed(open_at, station_store, tmp_path):
    page = open_at("workbook")
    section = page.section()
    section.hand_out(tmp_path / "own.xlsx")
    settle(page)
    book = load_workbook(tmp_path / "own.xlsx")
    book["People"]["D3"] = "cook"
    book.save(tmp_path / "wrong.xlsx")
    section.try_file(tmp_path / "wrong.xlsx")
    settle(page)
    assert [each.place for each in section.table.rows()] == ["People!D3"]
    assert not section.bring.isEnabled()
    book["People"]["D3"] = "Shift leader"
    book["People"]["C3"] = "12345"
    book.save(tmp_path / "right.xlsx")
    section.try_file(tmp_path / "right.xlsx")
    settle(page)
    section.bring_it()
    settle(page)
    assert "12345" in {each.phone for each in people_view(station_store, NIGHT)}


def test_the_store_is_verified_and_copied(open_at, station_store, tmp_path):
    page = open_at("care")
    section = page.section()
    section.verify()
    settle(page)
    assert "Journal whole" in section.said.text()
    section.back_up(tmp_path / "copy.db")
    settle(page)
    copy = Store.open(tmp_path / "copy.db", clock=lambda: datetime.now(ZONE))
    assert station_view(copy).name_zh == station_view(station_store).name_zh
    copy.close()


def test_a_change_to_come_is_told_and_not_forgotten(open_at, station_store):
    page = open_at("points")
    section = page.section()
    write(page, section.form.parts["h"], "2.60")
    section.form.parts["valid_from"].day.set_text("2026-12-01")
    keep(page)
    assert "12-01 00:00" in section.problem.text()
    assert points_view(station_store, NIGHT)[0].limits.h == Decimal("2.70")
    assert section.form.parts["h"].text() == "2.70"
    assert "one to come" in section.past.button.text()
    section.past.button.click()
    settle(page)
    assert "to come" in seen(section.past)
    assert "H: 2.70 → 2.60" in seen(section.past)


@pytest.mark.parametrize("key", [kind.key for kind in SECTIONS])
def test_no_section_is_wider_than_the_desk_for_somebody_who_may_change_nothing(open_at, runner, station_store, key):
    runner.actor = actor(station_store, "op-b1")
    page = open_at(key)
    assert page.minimumSizeHint().width() <= 1234
    for scroll in page.section().findChildren(QScrollArea):
        if scroll.isVisible() and scroll.widget() is not None and not isinstance(scroll, Preview):
            assert scroll.widget().width() <= scroll.viewport().width()
