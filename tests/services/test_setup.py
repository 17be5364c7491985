"""A station's own lists come in whole or not at all, and every cell that is refused is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from stationdesk.domain import words
from stationdesk.domain.setup import SetupRefusedError, known_of, rows_of
from stationdesk.domain.setup.refusals import NotWorkbookError
from stationdesk.reports.setup import workbook
from stationdesk.services import Actor, Store
from stationdesk.services.equipment import equipment_view
from stationdesk.services.hazards import hazards_view
from stationdesk.services.people import people_view, verify_password
from stationdesk.services.profile import read_profile
from stationdesk.services.readings.versions import points_view
from stationdesk.services.rounds.routes import route_text, routes_view
from stationdesk.services.setup import bring_in, found_station, known_in, rows_here, try_here, try_new
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import contacts, station_view
from stationdesk.storage import keys, verify
from stationdesk.storage.readings import READING
from tests.conftest_station import NIGHT, actor

PROFILE = read_profile("gate-station")
Edit = Callable[[dict], None]


@pytest.fixture(autouse=True)
def light():
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


def template(path: Path, language: str = "zh_CN") -> Path:
    with words.speaking(language):
        made = workbook(rows_of(PROFILE, date(2026, 11, 21)), known_of(PROFILE), language)
    path.write_bytes(made)
    return path


def changed(path: Path, cells: dict[str, object]) -> Path:
    """The template with cells of our own: {"人员!A3": "张伟"}."""
    book = load_workbook(template(path))
    for place, value in cells.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    book.save(path)
    return path


def refused(path: Path, cells: dict[str, object]) -> dict[str, str]:
    with pytest.raises(SetupRefusedError) as error:
        try_new(PROFILE, changed(path, cells), NIGHT)
    return {each.place: type(each.error).__name__ for each in error.value.refused}


@pytest.fixture
def new(tmp_path):
    """A store from a workbook with these cells changed."""
    stores = []

    def make(cells: dict[str, object], file: str = "own.xlsx") -> Store:
        found_station(tmp_path / "own.db", PROFILE, changed(tmp_path / file, cells), "123456", NIGHT)
        stores.append(Store.open(tmp_path / "own.db", clock=lambda: NIGHT))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_workbook_as_it_is_handed_out_makes_a_station(tmp_path, language):
    file = template(tmp_path / "t.xlsx", language)
    made = found_station(tmp_path / "t.db", PROFILE, file, "123456", NIGHT)
    store = Store.open(tmp_path / "t.db", clock=lambda: NIGHT)
    try:
        assert [each.code for each in points_view(store, NIGHT)] == [each.code for each in PROFILE.points]
        assert points_view(store, NIGHT)[0].limits == PROFILE.points[0].limits
        assert [each.code for each in routes_view(store, NIGHT)] == [each.code for each in PROFILE.routes]
        for view, route in zip(routes_view(store, NIGHT), PROFILE.routes, strict=True):
            text = route_text(store, view.route_id, NIGHT)
            assert (text.schedule, len(text.lines)) == (route.schedule, len(route.checkpoints))
            assert [line.choices for line in text.lines] == [line.choices for line in route.checkpoints]
        assert len(equipment_view(store)) == len(PROFILE.equipment)
        assert len(contacts(store)) == len(PROFILE.contacts)
        assert {each.login for each in people_view(store, NIGHT)} >= {"chief", "lead-a", "op-a1"}
        assert station_view(store).trial(NIGHT)
        assert verify_password(store, "chief", "123456", NIGHT).name == made.chief
    finally:
        store.close()
    assert verify.verify(tmp_path / "t.db").clean


def test_every_login_gets_a_first_password_that_opens_it(tmp_path):
    made = found_station(tmp_path / "t.db", PROFILE, template(tmp_path / "t.xlsx"), "123456", NIGHT)
    assert len(made.passwords) == 8
    store = Store.open(tmp_path / "t.db", clock=lambda: NIGHT)
    try:
        for each in made.passwords:
            assert len(each.password) == 6
            assert each.password.isdigit()
            assert verify_password(store, each.login, each.password, NIGHT).name == each.name
    finally:
        store.close()
    assert "chief" not in {each.login for each in made.passwords}
    kept = (tmp_path / "t.db").read_bytes()
    assert not any(f'"{each.password}"'.encode() in kept for each in made.passwords)


NAME_30 = "阿卜杜热合曼·买买提依明·吐尔逊江·库尔班江·艾合买提江·尼"


def test_names_outside_gb2312_and_of_30_characters_come_in(new):
    assert len(NAME_30) == 30
    store = new({"人员!A3": "㛃𠅤龘", "人员!A4": NAME_30})
    assert {"㛃𠅤龘", NAME_30} <= {each.name for each in people_view(store, NIGHT)}


def test_what_the_station_has_open_comes_in(new):
    store = new(
        {
            "站场!B1": "青山门站",
            "站场!B7": "２０２６年１１月２日",
            "站场!B8": datetime(2027, 1, 1),  # noqa: DTZ001 - a date cell knows no zone
            "运行参数!Q10": "４１，２０３，１１７",
            "隐患!A2": "一般",
            "隐患!B2": "调压区",
            "隐患!C2": "指挥器微漏",
            "隐患!D2": "2026/11/30",
            "隐患!E2": "甲班班长",
            "设备!I2": "2027-01-05",
        }
    )
    view = station_view(store)
    assert (view.name_zh, view.official_from) == ("青山门站", datetime.fromisoformat("2026-12-31T16:00:00+00:00"))
    hazard = hazards_view(store, NIGHT)[0]
    assert (hazard.place, hazard.owner, hazard.raised_by) == ("调压区", "甲班班长", "站长")
    assert hazard.deadline == datetime.fromisoformat("2026-11-30T16:00:00+00:00")
    assert equipment_view(store)[[each.code for each in equipment_view(store)].index("ESD-101")].next_due == date(2027, 1, 5)
    with store.read() as session:
        base = session.execute(select(READING)).one()
        assert (base.value, base.how, base.shift_id) == (Decimal(41203117), "setup", None)
        assert base.time == datetime.fromisoformat("2026-11-20T22:00:00+00:00")
        plan = plan_in_force(session, NIGHT)
        assert plan is not None
        assert (plan.start - date(2026, 11, 2)).days % 8 == 0


@pytest.mark.parametrize(
    ("cells", "where", "what"),
    [
        ({"人员!A3": None}, "人员!A3", "CellEmptyError"),
        ({"人员!A3": "长" * 31}, "人员!A3", "NameRuleError"),
        ({"人员!A3": "换\n行"}, "人员!A3", "NameRuleError"),
        ({"人员!D3": "厨师"}, "人员!D3", "CellChoiceError"),
        ({"人员!E3": "戊班"}, "人员!E3", "CellChoiceError"),
        ({"人员!F3": "也许"}, "人员!F3", "CellYesError"),
        ({"人员!G3": "带 空格"}, "人员!G3", "LoginRuleError"),
        ({"人员!G4": "lead-a"}, "人员!G4", "ManyLoginsError"),
        ({"人员!A4": "甲班班长"}, "人员!A4", "SamePersonError"),
        ({"人员!A3": "=A2"}, "人员!A3", "CellFormulaError"),
        ({"人员!B3": "7", "人员!B4": "7"}, "人员!B4", "CellTwiceError"),
        ({"站场!B1": ""}, "站场!B1", "CellEmptyError"),
        ({"站场!B5": "Mars/Base"}, "站场!B5", "ZoneError"),
        ({"站场!B6": "三班三倒"}, "站场!B6", "CellChoiceError"),
        ({"站场!B6": "上一休二（24 小时）"}, "站场!B6", "CrewCountError"),
        ({"站场!B7": "去年"}, "站场!B7", "CellDateError"),
        ({"站场!B7": "2026-02-30"}, "站场!B7", "CellDateError"),
        ({"站场!B9": "无名氏"}, "站场!B9", "ChiefMissingError"),
        ({"班组!A3": "A"}, "班组!A3", "CellTwiceError"),
        ({"运行参数!L2": "1.6 MPa"}, "运行参数!L2", "NumberWithUnitError"),
        ({"运行参数!L2": "1,6"}, "运行参数!L2", "DecimalCommaError"),
        ({"运行参数!K2": 9}, "运行参数!J2", "LimitsOrderError"),
        ({"运行参数!A3": "p-in"}, "运行参数!A3", "CellTwiceError"),
        ({"运行参数!I2": 2.5}, "运行参数!I2", "CellWholeError"),
        ({"运行参数!Q2": 5}, "运行参数!Q2", "CounterOnlyError"),
        ({"运行参数!G2": "阀"}, "运行参数!G2", "CellChoiceError"),
        ({"巡检路线!D2": None}, "巡检路线!D2", "ScheduleError"),
        ({"巡检路线!D2": "25:00"}, "巡检路线!D2", "ClockError"),
        ({"巡检路线!G5": "1 32"}, "巡检路线!G5", "CellWholeError"),
        ({"巡检路线!A6": "new", "巡检路线!B6": "新线", "巡检路线!D6": "02:00"}, "巡检路线!A6", "NoCheckpointsError"),
        ({"巡检点!A2": "无此路线"}, "巡检点!A2", "CellChoiceError"),
        ({"巡检点!B3": "01"}, "巡检点!B3", "CellTwiceError"),
        ({"巡检点!N3": "只有一个"}, "巡检点!N3", "ChoicesShapeError"),
        ({"巡检点!N2": "a:开; b:关"}, "巡检点!N2", "ChoicesShapeError"),
        ({"设备!A6": "ESD-101"}, "设备!A6", "CellTwiceError"),
        ({"设备!H2": None}, "设备!H2", "CellEmptyError"),
        ({"设备!I2": "明年"}, "设备!I2", "CellDateError"),
        ({"设备!J2": "2030-01-01"}, "设备!I2", "DueOrderError"),
        ({"隐患!A2": "一般", "隐患!B2": "值班室"}, "隐患!C2", "CellEmptyError"),
        ({"隐患!A2": "一般", "隐患!B2": "站区", "隐患!C2": "灯坏", "隐患!E2": "外人"}, "隐患!E2", "CellChoiceError"),
        ({"联系卡!C2": None}, "联系卡!C2", "CellEmptyError"),
        ({"联系卡!Z1": "微信"}, "联系卡!Z1", "ColumnUnknownError"),
        ({"人员!D1": "职务级别"}, "人员!D1", "ColumnUnknownError"),
        ({"人员!D1": "工号"}, "人员!D1", "ColumnTwiceError"),
    ],
)
def test_each_kind_of_mistake_is_named_by_sheet_and_cell(tmp_path, cells, where, what):
    found = refused(tmp_path / "t.xlsx", cells)
    assert found.get(where) == what, found


def test_all_mistakes_are_named_at_once_in_words(tmp_path):
    file = changed(tmp_path / "t.xlsx", {"人员!D3": "厨师", "运行参数!L2": "高", "设备!I2": "明年"})
    with pytest.raises(SetupRefusedError) as error, words.speaking("zh_CN"):
        try_new(PROFILE, file, NIGHT)
    assert {each.place for each in error.value.refused} == {"人员!D3", "运行参数!L2", "设备!I2"}


@pytest.mark.parametrize(("language", "joined"), [("zh_CN", "甲班班长、甲班运行员"), ("en", "甲班班长, 甲班运行员")])
def test_names_that_may_be_chosen_leave_out_those_refused_and_have_the_comma_of_the_language(tmp_path, language, joined):
    hazard = {"隐患!A2": "一般", "隐患!B2": "站区", "隐患!C2": "灯坏", "隐患!E2": "外人"}
    file = changed(tmp_path / "t.xlsx", {"人员!A2": "长" * 10_000, "人员!A10": "=A2", **hazard})
    with words.speaking(language), pytest.raises(SetupRefusedError) as error:
        try_new(PROFILE, file, NIGHT)
    said = next(str(each) for each in error.value.refused if each.place == "隐患!E2")
    assert joined in said
    assert "长长" not in said
    assert "：、" not in said
    assert ": ," not in said


def test_a_sheet_that_is_missing_or_unknown_is_named(tmp_path):
    book = load_workbook(template(tmp_path / "t.xlsx"))
    del book["隐患"]
    book["联系卡"].title = "通讯录"
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(SetupRefusedError) as error:
        try_new(PROFILE, tmp_path / "t.xlsx", NIGHT)
    kinds = sorted(type(each.error).__name__ for each in error.value.refused)
    assert kinds == ["SheetMissingError", "SheetMissingError", "SheetUnknownError"]


def test_a_refused_workbook_leaves_nothing_behind(tmp_path):
    file = changed(tmp_path / "t.xlsx", {"设备!J2": "2030-01-01"})  # found out only inside the transaction
    with pytest.raises(SetupRefusedError):
        found_station(tmp_path / "no.db", PROFILE, file, "123456", NIGHT)
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"name;number\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(NotWorkbookError):
        try_new(PROFILE, tmp_path / "x.xlsx", NIGHT)


def test_headings_in_one_language_blank_rows_and_a_heading_further_down(tmp_path, new):
    book = load_workbook(template(tmp_path / "own.xlsx"))
    page = book["人员"]
    for n, head in enumerate(["姓名", "Staff number", "phone", "岗位", "Crew", "班长", "登录名"], 1):
        page.cell(1, n, head)
    page.insert_rows(3, 2)
    page.insert_rows(1)
    book.save(tmp_path / "moved.xlsx")
    found_station(tmp_path / "m.db", PROFILE, tmp_path / "moved.xlsx", "123456", NIGHT)
    store = Store.open(tmp_path / "m.db", clock=lambda: NIGHT)
    assert len(people_view(store, NIGHT)) == 9
    store.close()


def test_what_stands_under_no_heading_is_not_passed_over(tmp_path):
    assert refused(tmp_path / "t.xlsx", {"人员!C1": None, "人员!C3": "13900000000"}) == {"人员!C3": "ColumnUnknownError"}


def own_lists(store: Store, path: Path) -> Path:
    path.write_bytes(workbook(rows_here(store, NIGHT), known_in(store, NIGHT), "zh_CN"))
    return path


def test_a_stations_own_lists_brought_in_again_change_nothing(station_store, tmp_path):
    chief = actor(station_store, "chief")
    made = bring_in(station_store, chief, own_lists(station_store, tmp_path / "own.xlsx"), at=NIGHT)
    assert {key: count for key, count in made.counts.items() if count.added or count.changed} == {}


def edited(store: Store, path: Path, cells: dict[str, object]) -> Path:
    book = load_workbook(own_lists(store, path))
    for place, value in cells.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    book.save(path)
    return path


def test_into_a_station_that_is_there_come_the_differences(station_store, tmp_path):
    chief = actor(station_store, "chief")
    cells = {"人员!C3": "13900000000", "运行参数!L16": 32, "人员!A16": "新人", "人员!D16": "运行员", "人员!E16": "a", "人员!G16": "new-1"}
    file = edited(station_store, tmp_path / "own.xlsx", cells)
    tried = try_here(station_store, chief, file, at=NIGHT)
    assert tried.tried
    assert "新人" not in {each.name for each in people_view(station_store, NIGHT)}
    made = bring_in(station_store, chief, file, at=NIGHT)
    assert (made.counts["people"].added, made.counts["people"].changed, made.counts["points"].changed) == (1, 1, 1)
    assert next(each for each in points_view(station_store, NIGHT) if each.code == "odor").limits.h == Decimal(32)
    before = points_view(station_store, datetime.fromisoformat("2026-11-01T00:00:00+00:00"))
    assert next(each for each in before if each.code == "odor").limits.h == Decimal(30)
    (first,) = made.passwords
    assert verify_password(station_store, "new-1", first.password, NIGHT).name == "新人"


def test_a_station_that_is_there_keeps_its_zone_kinds_and_logins(station_store, tmp_path):
    chief = actor(station_store, "chief")
    cells = {"站场!B5": "Asia/Urumqi", "运行参数!G2": "累计表", "人员!G3": "other"}
    with pytest.raises(SetupRefusedError) as error:
        bring_in(station_store, chief, edited(station_store, tmp_path / "own.xlsx", cells), at=NIGHT)
    found = {each.place: type(each.error).__name__ for each in error.value.refused}
    assert found == {"站场!B5": "ZoneStaysError", "运行参数!G2": "KindStaysError", "人员!G3": "LoginStaysError"}


def test_only_a_chief_brings_a_workbook_into_a_station(station_store, tmp_path):
    from stationdesk.domain.permissions import NotAllowedError

    someone = actor(station_store, "op-b1")
    assert isinstance(someone, Actor)
    with pytest.raises(NotAllowedError):
        bring_in(station_store, someone, own_lists(station_store, tmp_path / "own.xlsx"), at=NIGHT)
