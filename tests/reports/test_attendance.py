"""The month's attendance: as the desk recorded it, against the roster, with both readings of hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.reports import attendance as sheets
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Store, roster
from stationdesk.services.roster.attendance import Attended, attendance
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.settings import set_setting
from stationdesk.services.subjects import latest
from stationdesk.storage.people import Person
from stationdesk.storage.shifts import DutySpell, Shift
from tests.conftest_station import NIGHT, actor

DAY = date(2026, 11, 20)
MONTH = "2026-11"
H = timedelta(hours=1)
NOW = NIGHT + timedelta(days=5)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with words.speaking("zh_CN"):
        yield


def person(store: Store, name: str, at: datetime = NOW) -> Attended:
    return next(each for each in attendance(store, MONTH, at).people if each.name == name)


def desk_shift(store: Store, day: date, kind: str, hours: tuple[int, int], *spells: dict[str, object]) -> None:
    """A shift of the past as the desk left it; spells as sign-on and sign-off in hours from its beginning."""
    start = NIGHT.replace(day=day.day, hour=0, minute=0) + (hours[0] - 8) * H
    with store.write(PROGRAM, "demo", NOW) as session:
        shift = Shift(day=day, kind=kind, name_zh="", name_en="", starts_at=start, ends_at=start + (hours[1] - hours[0]) * H, part=9)
        session.add(shift)
        session.flush()
        for each in spells:
            on, off, extended = float(str(each["on"])), float(str(each["off"])), each.get("extended")
            session.add(
                DutySpell(
                    shift_id=shift.id,
                    person_id=int(str(each["who"])),
                    post="operator",
                    signed_on_at=start + on * H,
                    signed_off_at=start + off * H,
                    stands_in_for=each.get("for"),  # type: ignore[arg-type]
                    extended_from=shift.ends_at if extended else None,
                )
            )


def planned(store: Store, login: str, first: int = 22, last: int = 24) -> tuple[date, str]:
    """The first shift of somebody in some days of the month, after the open one where nothing else is said."""
    name = actor(store, login).name
    view = roster.month_view(store, DAY, NIGHT)
    row = next(each for each in view.rows if each.name == name)
    found = ((day.day, cell.code) for day, cell in zip(view.days, row.cells, strict=True) if cell.code)
    return next(each for each in found if first <= each[0].day <= last)


HOURS = {"N": (0, 8), "D": (8, 16), "E": (16, 24)}


def test_signed_on_counts_from_the_planned_beginning_and_extended_duty_to_its_end(station_store: Store) -> None:
    day, kind = planned(station_store, "lead-a")
    who = actor(station_store, "lead-a").person_id
    before = person(station_store, "赵磊")
    assert day in before.missed
    desk_shift(station_store, day, kind, HOURS[kind], {"who": who, "on": -0.25, "off": 9.5, "extended": True})
    after = person(station_store, "赵磊")
    assert (after.present, after.extended) == (before.present + 1, 90)
    assert after.hours.presence == before.hours.presence + 9 * 60 + 30
    assert day not in after.missed


def test_a_stand_in_takes_the_hours_and_the_missing_one_stands_as_replaced(station_store: Store) -> None:
    day, kind = planned(station_store, "op-a1")
    one, other = actor(station_store, "op-a1"), actor(station_store, "safety")
    before = person(station_store, other.name)
    desk_shift(station_store, day, kind, HOURS[kind], {"who": other.person_id, "on": 0, "off": 8, "for": one.person_id})
    missing, stood = person(station_store, one.name), person(station_store, other.name)
    assert missing.replaced == (day,)
    assert stood.stood_in == (day,)
    assert stood.hours.presence >= before.hours.presence + 8 * 60 - 9 * 60
    text = "\n".join(read_lines(make(sheets.sheet(station_store, MONTH, "zh_CN")).pdf))
    assert "顶班" in text


def test_two_spells_of_one_shift_count_once(station_store: Store) -> None:
    day, kind = planned(station_store, "lead-a")
    who = actor(station_store, "lead-a").person_id
    spells: list[dict[str, object]] = [{"who": who, "on": 0, "off": 5}, {"who": who, "on": 4, "off": 8}]
    before = person(station_store, "赵磊").hours.presence
    desk_shift(station_store, day, kind, HOURS[kind], *spells)
    assert person(station_store, "赵磊").hours.presence == before + 8 * 60


def test_leave_is_no_absence_and_lowers_what_is_owed(station_store: Store) -> None:
    who, chief = actor(station_store, "lead-a"), actor(station_store, "chief")
    before = person(station_store, "赵磊")
    roster.record_leave(station_store, chief, who.person_id, date(2026, 11, 1), date(2026, 11, 30), "sick", "住院", at=NIGHT)
    after = person(station_store, "赵磊")
    assert (after.leave, after.missed) == (30, ())
    assert after.whole_standard < before.whole_standard


def test_who_left_the_station_keeps_the_hours(station_store: Store) -> None:
    day, kind = planned(station_store, "op-a1")
    who = actor(station_store, "op-a1")
    desk_shift(station_store, day, kind, HOURS[kind], {"who": who.person_id, "on": 0, "off": 8})
    with station_store.write(PROGRAM, "demo", NOW) as session:
        session.get_one(Person, who.person_id).retired_at = NOW
    assert person(station_store, who.name).hours.presence == 8 * 60


def test_office_days_count_by_the_plan_and_say_both_readings(station_store: Store) -> None:
    chief = person(station_store, "沈浩")
    assert chief.unsigned == chief.due > 0
    assert (chief.hours.presence, chief.hours.work) == (chief.due * 9 * 60, chief.due * 8 * 60)
    assert chief.overtime[150].presence == chief.due * 60
    assert chief.overtime[150].work == 0


def test_the_period_is_the_one_in_force(station_store: Store) -> None:
    found = attendance(station_store, MONTH, NOW)
    assert (found.period, found.period_first, found.period_last) == ("quarter", date(2026, 10, 1), date(2026, 12, 31))
    quarter = next(each.rules for each in roster.rules_view(station_store, NIGHT) if each.rules.code == "prc-comprehensive-quarter")
    roster.set_roster_rules(station_store, actor(station_store, "chief"), quarter, in_force=False, at=NIGHT)
    assert attendance(station_store, MONTH, NOW).period == ""
    text = "\n".join(read_lines(make(sheets.sheet(station_store, MONTH, "zh_CN")).pdf))
    assert "未启用综合计算工时规则" in text


def test_the_sheet_and_its_workbook(station_store: Store) -> None:
    assert latest(station_store, "attendance", "month", NIGHT) == MONTH
    sheet = sheets.sheet(station_store, "", "zh_CN")
    text = "\n".join(read_lines(make(sheet).pdf))
    for word in ("出勤与加班月表", "KQ-202611", "对照排班的出勤", "综合计算工时（按季），10-01–12-31，h", "150 %", "张伟", "两个数"):
        assert word in text, word
    english = "\n".join(read_lines(make(sheets.sheet(station_store, "", "en")).pdf))
    for word in ("Attendance and overtime", "By comprehensive hours of the quarter", "Kept so far"):
        assert word in english, word
    book = load_workbook(BytesIO(xlsx(sheet)))
    assert [page.title for page in book.worksheets] == ["出勤与加班月表", "对照排班的出勤", "加班"]
    assert isinstance(book["对照排班的出勤"].cell(2, 3).value, int | float)


def test_a_month_that_is_none(station_store: Store) -> None:
    with pytest.raises(NoSuchRosterError):
        sheets.sheet(station_store, "2026-14", "zh_CN")


def kept(store: Store, *spells: tuple[float, float], kind: str = "") -> Attended:
    """赵磊 after a planned shift with these stretches, in hours from its beginning."""
    day, own = planned(store, "lead-a")
    who = actor(store, "lead-a").person_id
    desk_shift(store, day, kind or own, HOURS[kind or own], *({"who": who, "on": on, "off": off} for on, off in spells))
    return person(store, "赵磊")


@pytest.mark.parametrize(
    ("spells", "late", "early"),
    [
        ([(-0.25, 8.2)], [], []),
        ([(0.15, 7.9)], [], []),  # 9 and 6 minutes are passed over
        ([(0.5, 8)], [30], []),
        ([(0, 6)], [], [120]),
        ([(0.25, 3), (4, 7.5)], [15], [30]),  # away in between is neither
    ],
)
def test_late_and_left_early_are_judged_beside_the_planned_shift(
    station_store: Store, spells: list[tuple[float, float]], late: list[int], early: list[int]
) -> None:
    found = kept(station_store, *spells)
    assert ([minutes for _day, minutes in found.late], [minutes for _day, minutes in found.early]) == (late, early)


def test_another_shift_than_planned_is_no_lateness(station_store: Store) -> None:
    _day, own = planned(station_store, "lead-a")
    found = kept(station_store, (0, 8), kind=next(kind for kind in HOURS if kind != own))
    assert (found.late, found.early) == ((), ())


def test_who_is_still_on_duty_has_not_left_early(station_store: Store) -> None:
    day, kind = planned(station_store, "lead-a")
    desk_shift(station_store, day, kind, HOURS[kind], {"who": actor(station_store, "lead-a").person_id, "on": 0, "off": 8})
    middle = NIGHT.replace(day=day.day, hour=0, minute=0) + (HOURS[kind][0] - 8 + 4) * H
    assert person(station_store, "赵磊", middle).early == ()


def test_the_station_sets_what_is_passed_over_and_the_sheet_names_it(station_store: Store) -> None:
    day, kind = planned(station_store, "lead-a", 5, 15)
    desk_shift(station_store, day, kind, HOURS[kind], {"who": actor(station_store, "lead-a").person_id, "on": 0.5, "off": 6})
    text = "\n".join(read_lines(make(sheets.sheet(station_store, MONTH, "zh_CN")).pdf)).replace("\n", "")
    for word in (f"{day:%m-%d} 迟到 30", f"{day:%m-%d} 早退 120", "相差超过 10 分钟"):
        assert word.replace(" ", "") in text.replace(" ", ""), word
    set_setting(station_store, actor(station_store, "chief"), "attendance_minutes", 45, at=NIGHT)
    found = person(station_store, "赵磊")
    assert (found.late, [minutes for _day, minutes in found.early]) == ((), [120])


def test_weeks_that_end_in_the_month_are_settled_each_by_itself(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    for each in roster.rules_view(station_store, NIGHT):
        if each.rules.code.startswith("prc-comprehensive-"):
            roster.set_roster_rules(station_store, chief, each.rules, in_force=each.rules.code.endswith("week"), at=NIGHT)
    desk_shift(station_store, date(2026, 11, 1), "D", (8, 16))  # the desk's records begin
    who = actor(station_store, "safety").person_id  # of no crew: only what is kept here counts beside her office days
    for day, hours in ((date(2026, 11, 7), 8), (date(2026, 11, 8), 4)):  # Saturday and Sunday beside five office days
        desk_shift(station_store, day, "D", (8, 8 + hours), {"who": who, "on": 0, "off": hours})
    found = attendance(station_store, MONTH, NOW)
    assert (found.period, found.period_first, found.period_last) == ("week", date(2026, 10, 26), date(2026, 11, 29))
    own = person(station_store, "韩梅")
    assert own.whole_standard == 25 * 8 * 60
    assert own.period.presence - own.whole_standard < 0  # shorter weeks do not make up for the long one
    assert own.period_beyond.work == 12 * 60
    text = "\n".join(read_lines(make(sheets.sheet(station_store, MONTH, "zh_CN")).pdf))
    assert "当月结束的各周" in text


def test_the_shift_being_worked_is_due_too(station_store: Store) -> None:
    """Nobody has signed on for more than was due."""
    found = [each for each in attendance(station_store, MONTH, NIGHT).people if each.present]
    assert [(each.due, each.present) for each in found] == [(1, 1)] * 3
