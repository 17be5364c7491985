"""What a station sets takes effect from a time on; the past keeps what was in force, and the versions tell what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.handover import RuleUnknownError
from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import parse_clock
from stationdesk.domain.names import Name
from stationdesk.domain.paper import definition, parse_template
from stationdesk.domain.patterns import PatternDoubledError, PatternHoleError
from stationdesk.domain.people import NameRuleError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.profile import ContactDefault
from stationdesk.domain.rotation import CrewCountError, ShiftKind
from stationdesk.domain.settings import (
    ContactNameError,
    ContactPhoneError,
    GradeHoursError,
    ListCodeMissingError,
    ListCodeTwiceError,
    ListEmptyError,
    ListNameMissingError,
    PatternInForceError,
    PatternTakenError,
    PatternUnknownError,
    ReportMinutesError,
    SettingPastError,
)
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.domain.versions import Change, Turn
from stationdesk.services import Store, settings
from stationdesk.services.checklists import templates
from stationdesk.services.readings import PointText, points_view, set_point_version
from stationdesk.services.rounds import routes
from stationdesk.services.sheets import set_template, template_in_force
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import contacts, station_view
from tests.conftest_station import MADE, NIGHT, actor

LATER, TOMORROW = NIGHT + timedelta(hours=3), NIGHT + timedelta(days=1)


def said(change: Change) -> tuple[str, str, str, object, object]:
    return str(change.turn), change.line, change.field, change.before, change.after


# The station and its settings


def test_two_who_rename_the_station_are_told(station_store: Store) -> None:
    chief, form = actor(station_store, "chief"), settings.station_form(station_store)
    text = replace(form.text, name=Name("青山门站", "Green Hill"))
    settings.change_station(station_store, chief, text, form.version, at=NIGHT)
    with pytest.raises(ChangedMeanwhileError):
        settings.change_station(station_store, chief, form.text, form.version, at=NIGHT)
    with pytest.raises(NameRuleError):
        settings.change_station(station_store, chief, replace(text, name=Name(" ")), form.version + 1, at=NIGHT)
    assert station_view(station_store).name_zh == "青山门站"


def test_a_setting_holds_from_its_time_and_shows_what_is_to_come(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    settings.set_setting(station_store, chief, "lock_minutes", "２０", at=NIGHT, valid_from=LATER)
    view = next(each for each in settings.settings_view(station_store, NIGHT) if each.name == "lock_minutes")
    assert (view.value, view.own, view.ahead) == (10, False, (LATER, 20))
    view = next(each for each in settings.settings_view(station_store, LATER) if each.name == "lock_minutes")
    assert (view.value, view.own, view.since) == (20, True, LATER)


def test_nothing_is_set_for_the_past_and_not_by_an_operator(station_store: Store) -> None:
    with pytest.raises(SettingPastError):
        settings.set_setting(station_store, actor(station_store, "chief"), "lock_minutes", "20", at=NIGHT, valid_from=MADE)
    with pytest.raises(SettingPastError):
        set_template(station_store, actor(station_store, "chief"), "handover", "{}", at=NIGHT, valid_from=MADE)
    with pytest.raises(NotAllowedError):
        settings.set_setting(station_store, actor(station_store, "op-b1"), "lock_minutes", "20", at=NIGHT)
    assert not settings.versions(station_store, "setting", "lock_minutes")


# Lists


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ([], ListEmptyError),
        ([{"code": " ", "zh": "一"}], ListCodeMissingError),
        ([{"code": "a", "zh": "一"}, {"code": "a ", "zh": "二"}], ListCodeTwiceError),
        ([{"code": "a", "zh": "一"}, {"code": "b", "zh": " "}], ListNameMissingError),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_and_the_old_one_stays(
    station_store: Store, entries: list[dict[str, str]], error: type[Exception]
) -> None:
    before = settings.list_items(station_store, "posts", NIGHT)
    with pytest.raises(error):
        settings.set_list(station_store, actor(station_store, "chief"), "posts", entries, at=NIGHT)
    assert settings.list_items(station_store, "posts", NIGHT) == before


def test_the_versions_of_a_list_say_what_came_went_changed_and_moved(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    lines = list(settings.list_items(station_store, "handover_lines", NIGHT))
    first, second, *rest = lines
    changed = [second, {**first, "zh": "运行情况"}, *rest[:-1], {"code": "cold", "zh": "防冻", "en": "Frost", "rule": ""}]
    settings.set_list(station_store, chief, "handover_lines", changed, at=NIGHT, valid_from=LATER)
    newest, oldest = settings.versions(station_store, "list", "handover_lines")
    assert (newest.valid_from, newest.at, newest.by) == (LATER, NIGHT, chief.name)
    assert {said(each) for each in newest.changes} == {
        ("changed", first["code"], "name_zh", first["zh"], "运行情况"),
        ("added", "cold", "", None, None),
        ("dropped", rest[-1]["code"], "", None, None),
        ("moved", "", "", None, None),
    }
    assert oldest.first
    assert not oldest.changes


# The contact card


def test_a_contact_is_added_at_the_end_changed_and_taken_off(station_store: Store) -> None:
    chief, contact = actor(station_store, "chief"), ContactDefault(Name("维修队", "Repair"), "8899", "老陈", Name(""), False)
    settings.set_contact(station_store, chief, contact, at=NIGHT)
    made = contacts(station_store)[-1]
    assert (made.phone, made.who) == ("8899", "老陈")
    settings.set_contact(station_store, chief, replace(contact, phone=" 8800 "), made.contact_id, at=NIGHT)
    assert contacts(station_store)[-1].phone == "8800"
    for wrong, error in ((replace(contact, phone=" "), ContactPhoneError), (replace(contact, role=Name("")), ContactNameError)):
        with pytest.raises(error):
            settings.set_contact(station_store, chief, wrong, made.contact_id, at=NIGHT)
    settings.retire_contact(station_store, chief, made.contact_id, at=NIGHT)
    assert "8800" not in {each.phone for each in contacts(station_store)}


# Patterns and the rotation


def test_a_pattern_is_changed_from_a_time_on_and_the_rotation_follows(station_store: Store) -> None:
    chief, before = actor(station_store, "chief"), settings.rotation_view(station_store, NIGHT).plan
    assert before is not None
    own = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked)
    assert own.as_worked
    kinds = tuple(replace(kind, name=Name(f"{kind.name.zh}次")) for kind in own.pattern.kinds)
    settings.set_pattern(station_store, chief, replace(own.pattern, kinds=kinds), at=NIGHT, valid_from=TOMORROW, turn=True)
    with station_store.read() as session:
        now, then = plan_in_force(session, NIGHT), plan_in_force(session, TOMORROW)
    assert now == before
    assert then is not None
    assert (then.crews, then.start, then.pattern.kinds) == (before.crews, before.start, kinds)
    assert settings.patterns_view(station_store, NIGHT)[0].pattern == own.pattern
    changed = settings.versions(station_store, "pattern", own.pattern.code)[0].changes
    assert {(each.line, each.field) for each in changed} == {(k.code, f"name_{part}") for k in kinds for part in ("zh", "en")}


def test_a_pattern_kept_without_the_rotation_leaves_it_as_it_is(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    own = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked)
    settings.set_pattern(station_store, chief, replace(own.pattern, name=Name("四班三倒")), at=NIGHT)
    again = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked)
    assert not again.as_worked
    plan = settings.rotation_view(station_store, NIGHT).plan
    assert plan is not None
    assert plan.pattern == own.pattern


def test_hours_without_a_crew_are_refused_by_name_and_two_crews_are_asked_about(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    own = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked).pattern
    hole = replace(own, cycle=("", *own.cycle[1:]))
    with pytest.raises(PatternHoleError) as refused:
        settings.set_pattern(station_store, chief, hole, at=NIGHT)
    assert "08:00–16:00" in str(refused.value.where)
    long = tuple(replace(kind, end=parse_clock("16:30")) if kind.code == "D" else kind for kind in own.kinds)
    overlapping = replace(own, kinds=long)
    with pytest.raises(PatternDoubledError) as asked:
        settings.set_pattern(station_store, chief, overlapping, at=NIGHT)
    assert "16:00" in str(asked.value.where)
    assert "16:30" in str(asked.value.where)
    assert own in {each.pattern for each in settings.patterns_view(station_store, NIGHT)}
    settings.set_pattern(station_store, chief, overlapping, at=NIGHT, doubled=True)
    assert overlapping in {each.pattern for each in settings.patterns_view(station_store, NIGHT)}


def test_more_phases_than_crews_cannot_take_the_rotation_over(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    own = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked).pattern
    five = replace(own, phases=(*own.phases, 6))
    with pytest.raises(CrewCountError):
        settings.set_pattern(station_store, chief, five, at=NIGHT, doubled=True, turn=True)
    assert own in {each.pattern for each in settings.patterns_view(station_store, NIGHT)}


def test_a_new_pattern_has_a_code_of_its_own_and_goes_when_nobody_works_by_it(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    day = ShiftKind("T", Name("全天"), 480, 480)
    own = next(each for each in settings.patterns_view(station_store, NIGHT) if each.worked).pattern
    two = replace(own, code="two", kinds=(day,), cycle=("T", ""), phases=(0, 1))
    with pytest.raises(PatternTakenError):
        settings.set_pattern(station_store, chief, replace(two, code=own.code), at=NIGHT, new=True)
    settings.set_pattern(station_store, chief, two, at=NIGHT, new=True)
    with pytest.raises(PatternInForceError):
        settings.retire_pattern(station_store, chief, own.code, at=LATER)
    settings.set_rotation(station_store, chief, "two", ("a", "b"), date(2026, 11, 21), at=NIGHT, valid_from=TOMORROW)
    with pytest.raises(PatternInForceError):
        settings.retire_pattern(station_store, chief, "two", at=LATER)
    settings.retire_pattern(station_store, chief, own.code, at=TOMORROW)
    assert own.code not in {each.pattern.code for each in settings.patterns_view(station_store, TOMORROW)}
    with pytest.raises(PatternUnknownError):
        settings.retire_pattern(station_store, chief, own.code, at=TOMORROW)


def test_a_rotation_to_come_is_seen_in_the_days_ahead_and_in_the_versions(station_store: Store) -> None:
    chief, before = actor(station_store, "chief"), settings.rotation_view(station_store, NIGHT)
    assert before.plan is not None
    turned = before.plan.crews[::-1]
    settings.set_rotation(
        station_store, chief, before.plan.pattern.code, turned, before.plan.start, at=NIGHT, valid_from=NIGHT + timedelta(days=3)
    )
    after = settings.rotation_view(station_store, NIGHT)
    assert after.plan == before.plan
    assert after.days[:3] == before.days[:3]
    assert after.days[5:] != before.days[5:]
    newest = settings.versions(station_store, "rotation", "")[0]
    assert [said(each) for each in newest.changes] == [("changed", "", "crews", " ".join(before.plan.crews), " ".join(turned))]


# Versions of the rest


def test_the_versions_of_a_point_a_route_a_checklist_and_a_sheet(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    point = points_view(station_store, NIGHT)[0]
    text = PointText(
        point.position, point.group, point.name, point.unit, point.quantity, point.decimals, Limits(h=Decimal("2.6")), point.design
    )
    set_point_version(station_store, chief, point.point_id, replace(text, on_now=point.on_now, rollover=point.rollover), at=NIGHT)
    newest = settings.versions(station_store, "point", point.point_id)[0]
    assert ("changed", "", "h", point.limits.h, Decimal("2.6")) in {said(each) for each in newest.changes}
    assert {each.field for each in newest.changes} == {"ll", "l", "h", "hh"}

    view = routes.routes_view(station_store, NIGHT)[0]
    route = routes.route_text(station_store, view.route_id, NIGHT)
    gone = route.lines[0]
    routes.set_route_version(station_store, chief, view.route_id, replace(route, lines=route.lines[1:], people=2), at=NIGHT)
    newest, oldest = settings.versions(station_store, "route", view.route_id)
    assert [said(each) for each in newest.changes] == [
        ("changed", "", "people", route.people, 2),
        ("dropped", gone.code, "", None, None),
    ]
    assert newest.changes[1].name == gone.name
    assert oldest.first

    kind = templates.templates_view(station_store, NIGHT)[0]
    check = templates.checklist_text(station_store, kind.template_id, NIGHT)
    line = replace(check.lines[0], name=Name("新内容", "New"))
    templates.set_checklist_version(station_store, chief, kind.template_id, replace(check, lines=(line, *check.lines[1:])), at=NIGHT)
    changed = settings.versions(station_store, "checklist", kind.template_id)[0].changes
    assert {(each.turn, each.line, each.field, each.after) for each in changed} == {
        (Turn.CHANGED, line.code, "name_zh", "新内容"),
        (Turn.CHANGED, line.code, "name_en", "New"),
    }

    old = template_in_force(station_store, "handover", NIGHT)
    assert old is not None
    form = replace(old, title=parse_template('{"title": "交接班表"}').title)
    set_template(station_store, chief, "handover", definition(form), at=NIGHT)
    assert [said(each) for each in settings.versions(station_store, "sheet", "handover")[0].changes] == [
        ("changed", "", "title_zh", "", "交接班表")
    ]


def test_a_version_that_changed_nothing_of_a_pattern_is_not_one_of_its(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    first, second = settings.patterns_view(station_store, NIGHT)[:2]
    settings.set_pattern(station_store, chief, replace(second.pattern, name=Name("两倒")), at=NIGHT)
    assert [each.first for each in settings.versions(station_store, "pattern", first.pattern.code)] == [True]
    assert [each.first for each in settings.versions(station_store, "pattern", second.pattern.code)] == [False, True]


@pytest.mark.parametrize(
    ("code", "entry", "error"),
    [
        ("handover_lines", {"code": "x", "zh": "一", "rule": "guess"}, RuleUnknownError),
        ("refusal_grounds", {"code": "x", "zh": "一", "rule": "line:nowhere"}, RuleUnknownError),
        ("hazard_grades", {"code": "x", "zh": "一", "term": "hours", "hours": 0}, GradeHoursError),
        ("hazard_grades", {"code": "x", "zh": "一", "term": "hours", "hours": -3}, GradeHoursError),
        ("hazard_grades", {"code": "x", "zh": "一", "term": "shift", "report_minutes": 0}, ReportMinutesError),
    ],
)
def test_what_nobody_could_work_by_is_refused(station_store: Store, code: str, entry: dict[str, object], error: type[Exception]) -> None:
    before = settings.list_items(station_store, code, NIGHT)
    with pytest.raises(error) as refused:
        settings.set_list(station_store, actor(station_store, "chief"), code, [*before, entry], at=NIGHT)
    assert refused.value.line == len(before) + 1
    assert settings.list_items(station_store, code, NIGHT) == before
