"""What a roster needs, set by the chief: rules with versions, the calendar of a year, certificates, fixed duties."""

from __future__ import annotations

from datetime import date, timedelta

from stationdesk.domain.roster import DayKind
from stationdesk.services import roster
from stationdesk.services.roster.problem import task_of
from stationdesk.services.settings import set_list
from tests.conftest_station import NIGHT, ZONE, actor
from tests.ui.settings.hands import keep, seen, settle, write, wrong

TODAY = NIGHT.astimezone(ZONE).date()


def own_rules(store, at=NIGHT):
    return next(each for each in roster.rules_view(store, at) if each.rules.code == "station")


def limit(view, test):
    return next((each.limit for each in view.rules.rules if each.test == test), None)


def test_the_stations_own_limits_are_changed_and_the_versions_say_what(open_at, station_store):
    page = open_at("roster-rules")
    section = page.section()
    write(page, section.form.parts["rest"], "11.5")
    write(page, section.form.parts["overtime"], "30")
    write(page, section.form.parts["everybody"], "压力容器")
    keep(page)
    view = own_rules(station_store)
    assert (limit(view, "rest"), limit(view, "hours"), limit(view, "run"), limit(view, "leave")) == (690, 1800, 6, 0)
    assert [each.option("qualification", "") for each in view.rules.rules if each.test == "qualified"] == ["压力容器"]
    assert limit(own_rules(station_store, NIGHT - timedelta(minutes=1)), "rest") == 720
    section.past.button.click()
    settle(page)
    assert "R-03, rest between shifts: 12 h → 11 h 30 min" in seen(section.past)


def test_a_lower_limit_of_overtime_binds_the_engine(open_at, station_store):
    def most():
        with station_store.read() as session:
            return task_of(session, date(2026, 12, 1), date(2026, 12, 31), NIGHT).problem.members[0].most_minutes

    before = most()
    page = open_at("roster-rules")
    write(page, page.section().form.parts["overtime"], "10")
    keep(page)
    assert 25 * 60 < before - most() < 28 * 60


def test_more_people_on_a_shift_are_what_the_engine_plans_for(open_at, station_store):
    page = open_at("roster-rules")
    write(page, page.section().form.parts["people"], "4")
    keep(page)
    with station_store.read() as session:
        assert {each.need for each in task_of(session, date(2026, 12, 1), date(2026, 12, 3), NIGHT).problem.demand} == {4}


def test_a_law_is_looked_at_from_a_day_on(open_at, station_store):
    page = open_at("roster-rules")
    section = page.section()
    section.table.select_key("prc-standard")
    settle(page)
    assert not section.form.parts["rest"].isVisible()
    section.form.parts["in_force"].setChecked(True)
    section.form.parts["valid_from"].day.set_text("2026-12-01")
    keep(page)
    found = {each.rules.code: each.in_force for each in roster.rules_view(station_store, NIGHT)}
    later = {each.rules.code: each.in_force for each in roster.rules_view(station_store, NIGHT + timedelta(days=20))}
    assert (found["prc-standard"], later["prc-standard"]) == (False, True)


def test_a_limit_nobody_means_is_refused_at_its_field(open_at, station_store):
    page = open_at("roster-rules")
    part = page.section().form.parts["people"]
    write(page, part, "0")
    keep(page)
    assert "From 1" in wrong(part)
    assert own_rules(station_store).since is None


def test_a_year_without_an_official_calendar_warns_until_one_is_brought_in(open_at, station_store, tmp_path):
    page = open_at("calendar")
    section = page.section()
    assert not section.warning.isVisible()
    section.show_year(2027)
    settle(page)
    assert "2027 has no official calendar" in section.warning.text()
    assert section.warning.isVisible()
    file = tmp_path / "2027.csv"
    file.write_text("日期,类别,名称\n2027-01-01,法定,元旦\n2027-01-02,放家,\n2026-01-03,休,\n", encoding="utf-8")
    section.try_file(file)
    settle(page)
    assert "Line 3" in section.read.text()
    assert "Line 4" in section.read.text()
    assert not section.bring.isEnabled()
    file.write_text("日期,类别,名称\n2027-01-01,法定,元旦\n2027-01-03,上班,\n", encoding="gb18030")
    section.try_file(file)
    settle(page)
    assert not roster.calendar_view(station_store, 2027).official
    section.bring_it()
    settle(page)
    assert roster.calendar_view(station_store, 2027).source == "2027.csv"
    assert not section.warning.isVisible()


def test_one_day_is_changed(open_at, station_store):
    page = open_at("calendar")
    section = page.section()
    section.begin()
    keep(page)
    assert "which day" in wrong(section.form.parts["day"])
    section.form.parts["day"].set_text("2026-12-24")
    section.form.parts["kind"].choose("holiday")
    write(page, section.form.parts["name_zh"], "站庆")
    keep(page)
    found = next(each for each in roster.calendar_view(station_store, 2026).days if each.day == date(2026, 12, 24))
    assert (found.kind, found.name.zh, found.own) == (DayKind.HOLIDAY, "站庆", True)


def test_a_certificate_is_renewed_in_its_place_and_those_that_run_out_are_marked(open_at, station_store, chief):
    today, people = TODAY, [actor(station_store, login).person_id for login in ("op-a1", "op-a2")]
    roster.set_qualification(station_store, chief, people[0], "gas", date(2024, 1, 1), today + timedelta(days=400), at=NIGHT)
    soon = roster.set_qualification(station_store, chief, people[1], "gas", date(2024, 1, 1), today + timedelta(days=9), at=NIGHT)
    page = open_at("certificates")
    section = page.section()
    assert section.rows[0].qualification_id == soon
    assert section.table.rows_model.index(0, 4).data() == "9 days"
    section.form.parts["last"].set_text("2020-01-01")
    keep(page)
    assert "before" in wrong(section.form.parts["last"])
    section.form.parts["last"].set_text("2029-01-01")
    keep(page)
    held = [each for each in roster.qualifications(station_store, today, NIGHT) if each.person_id == people[1]]
    assert [each.last for each in held] == [date(2029, 1, 1)]


def test_certificates_are_typed_and_shown_by_the_names_of_the_list(open_at, station_store, chief):
    names = [{"code": "r1", "zh": "压力容器操作", "en": "Vessels"}, {"code": "fire", "zh": "消防", "en": "Fire, rescue"}]
    set_list(station_store, chief, "certificates", names, at=NIGHT)
    page = open_at("roster-rules")
    section = page.section()
    write(page, section.form.parts["everybody"], "vessels，fire")
    keep(page)
    assert [each.option("qualification", "") for each in own_rules(station_store).rules.rules if each.test == "qualified"] == ["r1", "fire"]
    assert section.form.parts["everybody"].text() == "Vessels, fire"  # a name with a comma in it would be read as two
    assert "(Vessels)" in section.lines.text()
    roster.set_qualification(station_store, chief, actor(station_store, "op-a1").person_id, "Vessels", date(2024, 1, 1), None, at=NIGHT)
    held = open_at("certificates").section()
    assert held.table.rows_model.index(0, 1).data() == "Vessels"
    assert held.rows[0].code == "r1"


def test_a_certificate_needs_a_name(open_at, station_store):
    page = open_at("certificates")
    section = page.section()
    section.begin()
    settle(page)
    keep(page)
    assert "certificate" in wrong(section.form.parts["code"])
    assert roster.qualifications(station_store, TODAY, NIGHT) == ()


def test_a_fixed_duty_is_planned_on_its_weekdays(open_at, station_store):
    page = open_at("fixed-duties")
    section = page.section()
    person = actor(station_store, "op-a1").person_id
    section.form.parts["person"].choose(str(person))
    section.form.parts["kind"].choose("O")
    write(page, section.form.parts["weekdays"], "1 8")
    keep(page)
    assert "7" in wrong(section.form.parts["weekdays"])
    write(page, section.form.parts["weekdays"], "1 3")
    keep(page)
    found = roster.fixed_duties(station_store, TODAY, date(2027, 1, 1))
    assert [(each.person_id, each.kind, each.weekdays) for each in found] == [(person, "O", (0, 2))]
    assert "Mon, Wed" in [section.table.rows_model.index(0, n).data() for n in range(5)]


def test_the_other_shifts_are_the_stations_and_drafts_have_them(open_at, station_store, chief):
    page = open_at("day-kinds")
    section = page.section()
    section.add_line()
    settle(page)
    for key, text in (("kind_code", "D"), ("kind_zh", "调度值守"), ("hours", "24"), ("rest", "480")):
        write(page, section.line_form.parts[key], text)
    keep(page)
    assert "crews already" in wrong(section.line_form.parts["kind_code"])
    write(page, section.line_form.parts["kind_code"], "W")
    keep(page)
    kind = next(each for each in roster.day_kinds_view(station_store, NIGHT) if each.code == "W")
    assert (kind.minutes, kind.work, kind.desk) == (1440, 960, False)
    made = roster.draft_roster(station_store, chief, date(2026, 12, 1), date(2026, 12, 31), at=NIGHT)
    assert "W" in {each.code for each in roster.roster_view(station_store, made, NIGHT).kinds}


def test_the_office_day_stays(open_at, station_store):
    page = open_at("day-kinds")
    section = page.section()
    section.leave_out()
    keep(page)
    assert "O" in section.problem.text()
    assert [each.code for each in roster.day_kinds_view(station_store, NIGHT)] == ["O", "L", "B"]
