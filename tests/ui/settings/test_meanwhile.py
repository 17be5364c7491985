"""Two windows with the same section open: who keeps the older view puts back nothing that the other has changed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from stationdesk.domain.names import Name
from stationdesk.services import equipment, roster
from stationdesk.services.people import people_view
from stationdesk.services.people.keep import PersonText, keep_person
from stationdesk.services.settings import rotation_view, set_rotation
from stationdesk.services.sheets import template_in_force
from tests.conftest_station import NIGHT
from tests.ui.settings.hands import seen, settle, write

REFUSED = "Somebody else has changed this"

FIELDS = {
    "station": ("form", "company_en"),
    "people": ("form", "phone"),
    "rotation": ("form", "name_en"),
    "patterns": ("head_form", "name_en"),
    "day-kinds": ("line_form", "kind_en"),
    "roster-rules": ("form", "run"),
    "calendar": ("form", "name_en"),
    "contract": ("form", "number"),
    "routes": ("head_form", "name_en"),
    "checklists": ("line_form", "name_en"),
    "lists": ("line_form", "en"),
    "contacts": ("form", "phone"),
    "equipment": ("form", "place"),
    "program": ("form", "value"),
}


@pytest.fixture
def pump(station_store, chief) -> None:
    text = equipment.EquipmentText("P-1", Name("泵"), dues=(equipment.DueText("test", date(2027, 1, 1)),))
    equipment.set_equipment(station_store, chief, text, at=NIGHT)


def type_into(page, key: str, text: str) -> QWidget:
    form, field = FIELDS[key]
    part = getattr(page.section(), form).parts[field]
    page.activateWindow()
    write(page, part, text)
    return part


def keep_it(page) -> None:
    page.activateWindow()
    page.section().save.click()
    settle(page)


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.usefixtures("pump")
def test_what_another_window_has_set_meanwhile_stays_until_it_was_looked_at(open_at, key):
    one, two = open_at(key), open_at(key)
    type_into(one, key, "11")
    part = type_into(two, key, "12")
    keep_it(one)
    assert REFUSED not in seen(one)
    keep_it(two)
    assert REFUSED in seen(two)
    assert part.text() == "12"  # what was typed stays
    (two.section().back if hasattr(two.section(), "back") else two.section().afresh).click()
    settle(two)
    two.reload()
    settle(two)
    assert REFUSED not in seen(two)
    assert part.text() == "11"
    type_into(two, key, "12")
    keep_it(two)
    assert REFUSED not in seen(two)


def test_a_crew_and_a_due_date_changed_meanwhile_stay(open_at, station_store, chief, pump):
    page = open_at("people")
    row = page.section().row
    type_into(page, "people", "12")
    other = next(each.code for each in page.section().staff.crews if row.crew is None or each.code != row.crew.code)
    keep_person(station_store, chief, PersonText(row.name, row.number, row.phone, row.post, other), row.person_id, at=NIGHT)
    keep_it(page)
    assert REFUSED in seen(page)
    assert next(each.crew.code for each in people_view(station_store, NIGHT) if each.person_id == row.person_id) == other
    page = open_at("equipment")
    type_into(page, "equipment", "12")
    row = page.section().row
    text = equipment.EquipmentText(
        row.code, row.name, row.kind, row.place, row.status, dues=(equipment.DueText("test", date(2026, 12, 1)),)
    )
    equipment.set_equipment(station_store, chief, text, row.version, at=NIGHT)
    keep_it(page)
    assert REFUSED in seen(page)
    assert [each.next_due for each in equipment.equipment_view(station_store) if each.code == row.code] == [date(2026, 12, 1)]


def test_a_rotation_changed_meanwhile_stays(open_at, station_store, chief):
    page = open_at("rotation")
    plan = page.section().turns.rotation.plan
    write(page, page.section().plan_form.parts["crews"], " ".join(reversed(plan.crews)))
    turned = (*plan.crews[1:], plan.crews[0])
    set_rotation(station_store, chief, plan.pattern.code, turned, plan.start, at=NIGHT)
    page.section().change.click()
    settle(page)
    assert REFUSED in seen(page)
    assert rotation_view(station_store, NIGHT).plan.crews == turned
    page.section().afresh.click()
    settle(page)
    assert page.section().plan_form.parts["crews"].text() == " ".join(turned)


def test_a_new_crew_under_a_code_that_is_taken_renames_nobody(open_at, station_store):
    page = open_at("rotation")
    before = page.section().rows
    page.section().begin()
    settle(page)
    write(page, page.section().form.parts["code"], before[0].code)
    write(page, page.section().form.parts["name_zh"], "另一班")
    keep_it(page)
    assert "is there already" in seen(page)
    assert page.section().load()(station_store, NIGHT).crews == before


def test_a_sheet_changed_meanwhile_keeps_what_the_other_said(open_at, station_store):
    one, two = open_at("sheets"), open_at("sheets")
    for page, text in ((one, "甲"), (two, "乙")):
        page.activateWindow()
        write(page, next(iter(page.section().texts.form.parts.values())), text)
        settle(page)
    keep_it(one)
    keep_it(two)
    assert REFUSED in seen(two)
    found = template_in_force(station_store, one.section().report, NIGHT)
    assert found is not None
    assert "甲" in str(found)
    assert "乙" not in str(found)


def test_a_certificate_replaced_meanwhile_does_not_become_two(open_at, station_store, chief):
    person = people_view(station_store, NIGHT)[0].person_id
    first = roster.set_qualification(station_store, chief, person, "压力容器", date(2026, 1, 1), None, at=NIGHT)
    page = open_at("certificates")
    write(page, page.section().form.parts["number"], "12")
    roster.set_qualification(station_store, chief, person, "压力容器", date(2026, 1, 1), date(2027, 1, 1), at=NIGHT, instead_of=first)
    keep_it(page)
    assert REFUSED in seen(page)
    assert [each.last for each in roster.qualifications(station_store, NIGHT.date(), NIGHT)] == [date(2027, 1, 1)]
