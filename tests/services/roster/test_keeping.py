"""Certificates, fixed duties, wishes, rule sets and the calendar of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from stationdesk.domain.names import Name
from stationdesk.domain.roster import SETS, DayKind, Rule
from stationdesk.domain.roster.calendar_rows import CalendarEmptyError, CalendarFileError, CalendarLineError, CalendarTwiceError, read_days
from stationdesk.domain.roster.errors import LeaveOrderError, NotYoursError
from stationdesk.domain.roster.holidays import statutory
from stationdesk.domain.settings import SettingPastError
from stationdesk.domain.words import CHINESE, ENGLISH, speaking
from stationdesk.reports import roster as sheets
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.services import Store, roster
from stationdesk.services.roster import calendar_view, roster_view
from stationdesk.services.roster.calendar import announced, is_announced
from stationdesk.services.settings import set_list
from tests.conftest_station import NIGHT, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


def draft(store: Store, first: date = FIRST, last: date = LAST) -> int:
    return roster.draft_roster(store, actor(store, "chief"), first, last, at=NIGHT)


def test_a_certificate_that_runs_out_breaks_the_rule_from_the_day_after(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    own = SETS["station"]
    wanted = replace(own, version="2", rules=(*own.rules, Rule("R-09", "qualified", 1, {"qualification": "pressure"})))
    roster.set_roster_rules(station_store, chief, wanted, at=NIGHT)
    for login in ("lead-a", "lead-b", "lead-c", "lead-d"):
        last = date(2026, 12, 20) if login == "lead-a" else None
        roster.set_qualification(station_store, chief, actor(station_store, login).person_id, "pressure", FIRST, last, "TS-1", at=NIGHT)
    view = roster_view(station_store, draft(station_store), NIGHT)
    found = [each.breach.first for each in view.breaches if each.breach.test == "qualified"]
    lead = next(each for each in view.rows if each.name == "赵磊")
    assert found == [FIRST + timedelta(days=n) for n, cell in enumerate(lead.cells) if n >= 20 and cell.code]
    soonest = roster.qualifications(station_store, date(2026, 12, 10), NIGHT)[0]
    assert (soonest.person, soonest.days_left) == ("赵磊", 10)
    roster.retire_qualification(station_store, chief, soonest.qualification_id, at=NIGHT)
    assert len(roster.qualifications(station_store, FIRST, NIGHT)) == 3


def test_a_certificate_is_called_on_screen_and_paper_as_the_station_calls_it(station_store: Store) -> None:
    chief, own = actor(station_store, "chief"), SETS["station"]
    names = [{"code": "pressure", "zh": "压力容器操作", "en": "Pressure vessel operator"}]
    set_list(station_store, chief, "certificates", names, at=NIGHT)
    rule = Rule("R-09", "qualified", 1, {"qualification": "pressure"})
    roster.set_roster_rules(station_store, chief, replace(own, version="2", rules=(*own.rules, rule)), at=NIGHT)
    person = actor(station_store, "lead-a").person_id
    roster.set_qualification(station_store, chief, person, " pressure VESSEL operator ", FIRST, None, at=NIGHT)
    roster.set_qualification(station_store, chief, person, "急救", FIRST, None, at=NIGHT)
    held = {each.code: str(each.name) for each in roster.qualifications(station_store, FIRST, NIGHT)}
    assert held == {"pressure": "压力容器操作", "急救": "急救"}
    made = draft(station_store)
    for language, name in (("zh_CN", "压力容器操作"), ("en", "Pressure vessel operator")):
        with speaking(language):
            (found, *_others) = [each for each in roster_view(station_store, made, NIGHT).breaches if each.breach.test == "qualified"]
        assert name in found.words
        assert found.words.endswith(("不少于 1 人", "at least 1 person"))
        assert found.breach.detail == "pressure"
        text = "".join(read_lines(make(sheets.sheet(station_store, f"roster:{made}", language)).pdf))
        assert name.replace(" ", "") in text.replace(" ", "")


def test_fixed_duties_stand_in_the_draft_and_wishes_are_shown_where_they_are_not_kept(station_store: Store) -> None:
    chief, safety = actor(station_store, "chief"), actor(station_store, "safety")
    fixed = roster.set_fixed_duty(station_store, chief, safety.person_id, "B", FIRST, LAST, (5, 6), "周末备班", at=NIGHT)
    wish = roster.make_wish(station_store, safety, date(2026, 12, 7), date(2026, 12, 8), weight=9, at=NIGHT)
    view = roster_view(station_store, draft(station_store), NIGHT)
    cells = next(each for each in view.rows if each.name == "韩梅").cells
    assert [cell.code for cell in cells[:7]] == ["O", "O", "O", "O", "B", "B", "O"]
    assert [(each.breach.test, each.breach.first) for each in view.breaches] == [("wish", date(2026, 12, 7)), ("wish", date(2026, 12, 8))]
    assert view.unanswered == 0
    assert roster.fixed_duties(station_store, FIRST, FIRST)[0].weekdays == (5, 6)
    assert roster.wishes(station_store, FIRST, LAST)[0].weight == 3
    with pytest.raises(NotYoursError):
        roster.end_wish(station_store, chief, wish, at=NIGHT)
    roster.end_wish(station_store, safety, wish, at=NIGHT)
    roster.end_fixed_duty(station_store, chief, fixed, at=NIGHT)
    assert (roster.wishes(station_store, FIRST, LAST), roster.fixed_duties(station_store, FIRST, LAST)) == ((), ())
    with pytest.raises(LeaveOrderError):
        roster.make_wish(station_store, safety, LAST, FIRST, at=NIGHT)


def test_comparisons_with_rules_of_elsewhere_are_off_in_chinese_until_the_station_says_else(station_store: Store) -> None:
    def on() -> list[str]:
        return [each.rules.code for each in roster.rules_view(station_store, NIGHT) if each.in_force]

    assert on() == ["station", "prc-comprehensive-quarter"]
    with speaking(ENGLISH):
        assert on() == ["station", "prc-comprehensive-quarter", "hsg256", "phmsa"]
        roster.set_roster_rules(station_store, actor(station_store, "chief"), SETS["phmsa"], in_force=False, at=NIGHT)
        assert on() == ["station", "prc-comprehensive-quarter", "hsg256"]
    roster.set_roster_rules(station_store, actor(station_store, "chief"), SETS["hsg256"], at=NIGHT)
    assert on() == ["station", "prc-comprehensive-quarter", "hsg256"]


def test_rules_are_dated_and_the_past_keeps_its_own(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    with pytest.raises(SettingPastError):
        roster.set_roster_rules(station_store, chief, SETS["station"], at=NIGHT, valid_from=NIGHT - timedelta(days=1))
    later = NIGHT + timedelta(days=10)
    roster.set_roster_rules(station_store, chief, replace(SETS["station"], version="2"), at=NIGHT, valid_from=later)
    assert next(each.rules.version for each in roster.rules_view(station_store, NIGHT)) == "1"
    assert next(each.rules.version for each in roster.rules_view(station_store, later)) == "2"


def test_the_announced_calendar_of_2026_has_its_holidays_and_make_up_days(station_store: Store) -> None:
    view = calendar_view(station_store, 2026)
    kinds = {each.day: each.kind for each in view.days}
    assert view.official
    assert kinds[date(2026, 2, 17)] == DayKind.STATUTORY
    assert kinds[date(2026, 2, 14)] == DayKind.MAKE_UP
    assert kinds[date(2026, 10, 7)] == DayKind.HOLIDAY
    assert sum(kind == DayKind.STATUTORY for kind in kinds.values()) == 13


def test_statutory_days_lie_within_the_announced_days_off_of_every_year() -> None:
    for year in range(2004, 2027):
        assert is_announced(year)
        off = {day for day, each in announced(year).items() if each.kind in (DayKind.STATUTORY, DayKind.HOLIDAY)}
        assert set(statutory(year)) <= off
    assert not is_announced(2027)


def test_a_year_nobody_announced_warns_until_its_calendar_is_brought_in(station_store: Store, tmp_path: Path) -> None:
    assert not calendar_view(station_store, 2027).official
    view = roster_view(station_store, draft(station_store, date(2027, 1, 1), date(2027, 1, 31)), NIGHT)
    assert view.provisional == (2027,)
    assert view.days[0].kind == DayKind.STATUTORY
    file = tmp_path / "2027.csv"
    file.write_text(
        "日期,类型,名称\n2027-01-01,法定节假日,元旦\n2027/1/2,调休放假\n2027年1月3日,调休放假\n2027-01-09,调休上班\n", encoding="gb18030"
    )
    chief = actor(station_store, "chief")
    assert roster.import_calendar(station_store, chief, file, 2027, at=NIGHT, dry_run=True) == ()
    assert not calendar_view(station_store, 2027).official
    assert roster.import_calendar(station_store, chief, file, 2027, at=NIGHT) == ()
    found = calendar_view(station_store, 2027)
    assert (found.official, found.source) == (True, "2027.csv")
    kinds = {each.day: each.kind.value for each in found.days if each.day.month == 1}
    assert kinds == {
        date(2027, 1, 1): "statutory",
        date(2027, 1, 2): "holiday",
        date(2027, 1, 3): "holiday",
        date(2027, 1, 9): "make_up",
    }
    view = roster_view(station_store, draft(station_store, date(2027, 1, 1), date(2027, 1, 31)), NIGHT)
    assert (view.provisional, view.days[8].kind) == ((), DayKind.MAKE_UP)


def test_a_workbook_does_as_well_and_a_bad_line_refuses_all_of_it(station_store: Store, tmp_path: Path) -> None:
    book = Workbook()
    for line in (("date", "kind", "name"), (date(2027, 1, 1), "statutory", "元旦", "New Year"), ("2027-02-30", "休"), (None,)):
        book.active.append(line)
    file = tmp_path / "2027.xlsx"
    book.save(file)
    chief = actor(station_store, "chief")
    refused = roster.import_calendar(station_store, chief, file, 2027, at=NIGHT)
    assert [(type(each), each.line) for each in refused] == [(CalendarLineError, 3)]
    assert not calendar_view(station_store, 2027).official
    with pytest.raises(CalendarFileError):
        roster.import_calendar(station_store, chief, tmp_path / "no.xlsx", 2027, at=NIGHT)


def test_lines_of_a_calendar_are_refused_by_number() -> None:
    lines = [["2027-01-01", "法定"], ["2027-01-01", "休"], ["2026-12-31", "休"], ["2027-01-05", "随便"], [], ["２０２７－０１－０６", "班"]]
    read = read_days(lines, 2027)
    assert [(type(each), each.line) for each in read.refused] == [(CalendarTwiceError, 2), (CalendarLineError, 3), (CalendarLineError, 4)]
    assert date(2027, 1, 6) in read.days
    assert [type(each) for each in read_days([["date"]], 2027).refused] == [CalendarEmptyError]


def test_one_day_is_set_by_hand_and_counts(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    roster.set_calendar_day(station_store, chief, date(2026, 12, 5), DayKind.MAKE_UP, Name("补班"), at=NIGHT)
    roster.set_calendar_day(station_store, chief, date(2026, 12, 5), DayKind.REST, Name(""), at=NIGHT)
    roster.set_calendar_day(station_store, chief, date(2026, 12, 31), DayKind.HOLIDAY, Name("公司放假"), at=NIGHT)
    view = roster_view(station_store, draft(station_store), NIGHT)
    assert (view.days[4].kind, view.days[30].kind, str(view.days[30].name)) == (DayKind.REST, DayKind.HOLIDAY, "公司放假")
    assert next(each for each in view.rows if each.name == "沈浩").figures.standard == 22 * 480


def test_what_is_a_night_is_the_stations_to_say(station_store: Store) -> None:
    from stationdesk.services.settings import set_setting

    made = draft(station_store)
    before = {each.name: each.figures.nights for each in roster_view(station_store, made, NIGHT).rows}
    set_setting(station_store, actor(station_store, "chief"), "night_begins", 20 * 60, at=NIGHT)
    later = NIGHT + timedelta(minutes=1)
    after = {each.name: each.figures.nights for each in roster_view(station_store, made, later).rows}
    evenings = {each.name: [cell.code for cell in each.cells].count("E") for each in roster_view(station_store, made, later).rows}
    assert after == {name: before[name] + evenings[name] for name in before}
