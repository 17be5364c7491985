"""Shift patterns as a chief types them: what they cover is seen while typing, a hole is named and refused, a double asked about."""

from __future__ import annotations

import pytest

from stationdesk.services import settings
from stationdesk.ui.settings.patterns import pattern_of
from tests.conftest_station import NIGHT
from tests.ui.settings.hands import keep, settle, write, wrong


def patterns(store):
    return {each.pattern.code: each.pattern for each in settings.patterns_view(store, NIGHT)}


@pytest.fixture
def section(open_at):
    page = open_at("patterns")
    found = page.section()
    found.page = page
    return found


def test_the_coverage_is_proved_while_it_is_typed(section):
    assert "each hour has one crew" in section.proof.text()
    write(section.page, section.head_form.parts["cycle"], "D D E E - N - -")
    assert "Night 00:00" in section.proof.text()
    assert 0 in section.grid.turns.counts[0][1]


def test_a_hole_is_refused_by_name_and_what_was_typed_stays(section, station_store):
    before = patterns(station_store)
    write(section.page, section.head_form.parts["cycle"], "D D E E - N - -")
    keep(section.page)
    assert "without a crew" in wrong(section.head_form.parts["cycle"])
    assert section.head_form.parts["cycle"].text() == "D D E E - N - -"
    assert patterns(station_store) == before


def test_two_crews_at_once_are_kept_when_it_is_pressed_again(section, station_store):
    section.table.select_key(next(each.id for each in section.table.rows() if each.values["kind_code"] == "D"))
    settle(section.page)
    write(section.page, section.line_form.parts["hours"], "8.5")
    keep(section.page)
    assert "16:30" in section.problem.text()
    assert patterns(station_store)["8h-4x3"].kind("D").end == 16 * 60
    keep(section.page)
    assert patterns(station_store)["8h-4x3"].kind("D").end == 16 * 60 + 30
    assert settings.rotation_view(station_store, NIGHT).plan.pattern.kind("D").end == 16 * 60 + 30


def test_the_rotation_stays_where_it_is_not_to_go_over(section, station_store):
    section.turn.setChecked(False)
    write(section.page, section.head_form.parts["name_en"], "Ours")
    keep(section.page)
    assert patterns(station_store)["8h-4x3"].name.en == "Ours"
    assert settings.rotation_view(station_store, NIGHT).plan.pattern.name.en != "Ours"
    assert "earlier version" in section.proof.text()


def test_a_new_pattern_is_made_shift_by_shift(section, station_store):
    section.begin()
    settle(section.page)
    for key, text in (("code", "own"), ("name_zh", "本站"), ("cycle", "DN--"), ("phases", "0 1 2 3")):
        write(section.page, section.head_form.parts[key], text)
    for code, name, begins in (("D", "白班", "８：００"), ("N", "夜班", "20:00")):
        section.add_line()
        settle(section.page)
        for key, text in (("kind_code", code), ("kind_zh", name), ("begins", begins), ("hours", "12")):
            write(section.page, section.line_form.parts[key], text)
    keep(section.page)
    made = patterns(station_store)["own"]
    assert made.cycle == ("D", "N", "", "")
    assert [(kind.code, kind.start, kind.end) for kind in made.kinds] == [("D", 480, 1200), ("N", 1200, 480)]


@pytest.mark.parametrize(
    ("form", "key", "text", "said"),
    [
        ("head_form", "phases", "0 1 2 9", "0 to 7"),
        ("head_form", "phases", "-1", "0 to 7"),
        ("head_form", "cycle", "", "cycle"),
        ("head_form", "cycle", "D X", "X"),
        ("head_form", "name_zh", "", "name"),
        ("line_form", "hours", "25", "24"),
        ("line_form", "hours", "-8", "24"),
        ("line_form", "standby", "900", "longer than"),
        ("line_form", "rest", "-1", "From 0"),
        ("line_form", "begins", "8 o'clock", "07:30"),
        ("line_form", "kind_code", "", "code"),
        ("line_form", "kind_zh", "", "name"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(section, station_store, form, key, text, said):
    before = patterns(station_store)
    part = getattr(section, form).parts[key]
    write(section.page, part, text or "x")
    if not text:
        part.edit.clear()
        part.edit.textEdited.emit("")
    keep(section.page)
    assert said in wrong(part)
    assert part.text() == text
    assert patterns(station_store) == before


def test_a_click_gives_a_crew_the_next_shift(section):
    before = section.typed()
    section.grid.pressed.emit(0, 1)
    after = section.typed()
    at = (1 + before.phases[0]) % len(before.cycle)
    assert after.cycle[at] != before.cycle[at]
    assert section.changed()


def test_letters_written_together_are_one_day_each():
    lines = [
        {"kind_code": "D", "kind_zh": "白", "begins": "08:00", "hours": 12},
        {"kind_code": "N", "kind_zh": "夜", "begins": "20:00", "hours": 12},
    ]
    made = pattern_of({"code": "x", "name_zh": "倒班", "cycle": "DN休休", "phases": "0，1，2，3"}, lines)
    assert made.cycle == ("D", "N", "", "")
    assert made.phases == (0, 1, 2, 3)


def test_standby_and_rest_inside_a_shift_are_kept_and_both_readings_said(section, station_store):
    code = section.line_form.parts["kind_code"].text()
    write(section.page, section.line_form.parts["standby"], "60")
    write(section.page, section.line_form.parts["rest"], "90")
    assert "8 h at the station, of it 5 h 30 min work" in section.readings.text()
    keep(section.page)
    kind = patterns(station_store)["8h-4x3"].kind(code)
    assert (kind.standby, kind.rest, kind.work) == (60, 90, 330)
    write(section.page, section.head_form.parts["name_en"], "Ours")
    keep(section.page)
    assert patterns(station_store)["8h-4x3"].kind(code).rest == 90
