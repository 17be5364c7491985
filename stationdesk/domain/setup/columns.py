"""The set-up workbook as data: its sheets, their columns, what each holds and how it is explained.

The workbook speaks both languages at once, whatever the program's: its names and hints are data, like a profile's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from stationdesk.domain.names import Name

BY_HAND = 300  # rows that lists and date formats are laid out for below the rows that are there


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    CODE = "code"  # text that names another row: 01 stays 01
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    YES = "yes"
    CHOICE = "choice"
    CLOCK = "clock"
    CLOCKS = "clocks"  # several times of day, parted by blanks
    WHOLES = "wholes"  # several whole numbers, parted by blanks


Choices = Mapping[str, Name]
YES_NO: Choices = {"yes": Name("是", "yes"), "no": Name("否", "no")}
POINT_KINDS: Choices = {"gauge": Name("仪表", "gauge"), "counter": Name("累计表", "counter")}
QUANTITIES: Choices = {
    "pressure": Name("压力", "pressure"),
    "temperature": Name("温度", "temperature"),
    "difference": Name("压差", "difference"),
    "flow": Name("流量", "flow"),
    "volume": Name("气量", "volume"),
    "concentration": Name("浓度", "concentration"),
    "level": Name("液位", "level"),
}
ASKS: Choices = {"look": Name("查看", "look"), "measure": Name("测量", "measure"), "choose": Name("选择", "choose")}
STATUSES: Choices = {"in_use": Name("在用", "in use"), "standby": Name("备用", "standby"), "out_of_service": Name("停用", "out of service")}
DUES: Choices = {"calibration": Name("校验", "calibration"), "inspection": Name("检验", "inspection"), "test": Name("试验", "test")}


@dataclass(frozen=True)
class Column:
    """A column; `listed` names the choices that only a profile or another sheet knows: posts, crews, grades, patterns, routes, names."""

    key: str
    name: Name
    width: int = 12
    kind: Kind = Kind.TEXT
    required: bool = False
    hint: Name = field(default_factory=lambda: Name(""))
    choices: Choices = field(default_factory=dict)
    listed: str = ""


@dataclass(frozen=True)
class SheetPlan:
    """A sheet; an upright one has one row for each column and its answer beside it."""

    key: str
    name: Name
    columns: tuple[Column, ...]
    upright: bool = False

    def column(self, key: str) -> Column:
        """The column of this key. KeyError."""
        return {each.key: each for each in self.columns}[key]


def _names(zh: str, en: str, key: str = "name", width: int = 26, required: bool = True) -> tuple[Column, Column]:
    """A name's two columns."""
    return (
        Column(f"{key}_zh", Name(f"{zh}（中文）", f"{en} (Chinese)"), width, required=required),
        Column(f"{key}_en", Name(f"{zh}（英文）", f"{en} (English)"), width),
    )


LIMITS_HINT = Name("没有就空着；由低到高：低低、低、高、高高。", "Leave empty where there is none; rising from LL over L and H to HH.")


def _limits() -> tuple[Column, ...]:
    named = (
        ("ll", "低低限", "LL"),
        ("l", "低限", "L"),
        ("h", "高限", "H"),
        ("hh", "高高限", "HH"),
    )
    return tuple(Column(key, Name(zh, en), 9, Kind.NUMBER, hint=LIMITS_HINT) for key, zh, en in named)


STATION = SheetPlan(
    "station",
    Name("站场", "Station"),
    (
        Column("name_zh", Name("站名（中文）", "Station (Chinese)"), 40, required=True),
        Column("name_en", Name("站名（英文）", "Station (English)"), 40),
        Column("company_zh", Name("单位（中文）", "Company (Chinese)"), 40),
        Column("company_en", Name("单位（英文）", "Company (English)"), 40),
        Column("zone", Name("时区", "Time zone"), 40, required=True, hint=Name("如 Asia/Shanghai", "Such as Asia/Shanghai")),
        Column(
            "pattern",
            Name("倒班方式", "Shift pattern"),
            40,
            Kind.CHOICE,
            required=True,
            listed="patterns",
            hint=Name("班组数要与之相符。", "There must be as many crews as it needs."),
        ),
        Column(
            "start",
            Name("倒班起始日", "First day of the rotation"),
            40,
            Kind.DATE,
            hint=Name("班组表第一个班组在这天开始它的周期；空着就是建站当天。", "The cycle begins on it; empty: the day of set-up."),
        ),
        Column(
            "official",
            Name("正式启用日", "Official start"),
            40,
            Kind.DATE,
            hint=Name("空着就是试运行，以后再定。", "Empty: trial operation until a date is set."),
        ),
        Column(
            "chief",
            Name("站长", "Station chief"),
            40,
            required=True,
            hint=Name("须在“人员”表里，岗位为站长，有登录名。", "One of the people, with the post of a chief and a login."),
        ),
    ),
    upright=True,
)

CREWS = SheetPlan(
    "crews",
    Name("班组", "Crews"),
    (
        Column("code", Name("代号", "Code"), 10, Kind.CODE, required=True, hint=Name("定下后不改。", "It stays.")),
        *_names("名称", "Name", width=20),
    ),
)

PEOPLE = SheetPlan(
    "people",
    Name("人员", "People"),
    (
        Column("name", Name("姓名", "Name"), 18, required=True),
        Column("number", Name("工号", "Staff number"), 14, Kind.CODE),
        Column("phone", Name("电话", "Phone"), 18, Kind.CODE),
        Column("post", Name("岗位", "Post"), 16, Kind.CHOICE, required=True, listed="posts"),
        Column("crew", Name("班组", "Crew"), 14, Kind.CHOICE, listed="crews"),
        Column("leader", Name("班长", "Leads the crew"), 14, Kind.YES, choices=YES_NO),
        Column(
            "login",
            Name("登录名", "Login"),
            16,
            Kind.CODE,
            hint=Name("有登录名的人得一个初始口令；没有的不能签字。", "Whoever has one gets a first password; without one nobody signs."),
        ),
    ),
)

POINTS = SheetPlan(
    "points",
    Name("运行参数", "Reading points"),
    (
        Column("code", Name("代号", "Code"), 10, Kind.CODE, required=True, hint=Name("定下后不改。", "It stays.")),
        *_names("分组", "Group", "group", 16),
        *_names("名称", "Name", width=14),
        Column("unit", Name("单位", "Unit"), 10),
        Column("kind", Name("类型", "Kind"), 10, Kind.CHOICE, required=True, choices=POINT_KINDS),
        Column("quantity", Name("量", "Quantity"), 13, Kind.CHOICE, choices=QUANTITIES),
        Column("decimals", Name("小数位", "Decimals"), 10, Kind.WHOLE),
        *_limits(),
        Column("design", Name("设计值", "Design value"), 12, Kind.NUMBER, hint=Name("超过不收。", "A value above it is refused.")),
        Column("rollover", Name("满度归零", "Rolls over at"), 14, Kind.NUMBER, hint=Name("累计表才有。", "Of a counter.")),
        Column("on_now", Name("上总览", "On Now"), 10, Kind.YES, choices=YES_NO),
        Column(
            "base",
            Name("底数", "Base reading"),
            14,
            Kind.NUMBER,
            hint=Name("启用时累计表的读数，记在建站前的整点。", "What the counter shows at the start, at the last full hour."),
        ),
    ),
)

SCHEDULE_HINT = Name("或者按间隔（从接班算起），或者按钟点。", "Either an interval, counted from the start of the shift, or times of day.")
DAYS_HINT = Name("如 1 25，-1 为月末", "Such as 1 25; -1 is the last")
ROUTES = SheetPlan(
    "routes",
    Name("巡检路线", "Routes"),
    (
        Column("code", Name("代号", "Code"), 12, Kind.CODE, required=True, hint=Name("定下后不改。", "It stays.")),
        *_names("名称", "Name"),
        Column("every", Name("间隔", "Every"), 10, Kind.CLOCK, hint=SCHEDULE_HINT),
        Column("first", Name("首次", "First after"), 10, Kind.CLOCK, hint=SCHEDULE_HINT),
        Column("times", Name("钟点", "Times of day"), 18, Kind.CLOCKS, hint=SCHEDULE_HINT),
        Column("days", Name("每月几号", "Days of the month"), 16, Kind.WHOLES, hint=DAYS_HINT),
        Column("weekdays", Name("星期几", "Weekdays"), 12, Kind.WHOLES, hint=Name("1 为星期一", "1 is Monday")),
        Column("window_minutes", Name("应检时段（分）", "Window (min)"), 14, Kind.WHOLE),
        Column("people", Name("人数", "People"), 9, Kind.WHOLE),
    ),
)

CHECKPOINTS = SheetPlan(
    "checkpoints",
    Name("巡检点", "Checkpoints"),
    (
        Column("route", Name("路线", "Route"), 12, Kind.CHOICE, required=True, listed="routes"),
        Column("code", Name("点号", "Point"), 8, Kind.CODE, required=True),
        *_names("区域", "Area", "area", 14, required=False),
        *_names("内容", "What", width=34),
        Column("ask", Name("方式", "How"), 9, Kind.CHOICE, required=True, choices=ASKS),
        Column("unit", Name("单位", "Unit"), 9),
        Column("decimals", Name("小数位", "Decimals"), 10, Kind.WHOLE),
        *_limits(),
        Column(
            "choices",
            Name("状态", "States"),
            40,
            hint=Name("代号:中文|英文; 分号隔开，异常的前面加 !", "code:Chinese|English, parted by ; an abnormal one begins with !"),
        ),
    ),
)

EQUIPMENT = SheetPlan(
    "equipment",
    Name("设备", "Equipment"),
    (
        Column("code", Name("位号", "Tag"), 12, Kind.CODE, required=True, hint=Name("一个到期项目一行。", "A row for each due date.")),
        *_names("名称", "Name"),
        Column("kind", Name("类别", "Class"), 12),
        Column("place", Name("位置", "Place"), 14),
        Column("status", Name("状态", "State"), 16, Kind.CHOICE, choices=STATUSES),
        Column("status_words", Name("说明", "Why"), 20),
        Column("what", Name("到期项目", "What is due"), 14, Kind.CHOICE, choices=DUES),
        Column("due", Name("到期日", "Due"), 13, Kind.DATE),
        Column("last", Name("上次", "Last done"), 13, Kind.DATE),
        Column("months", Name("周期（月）", "Every (months)"), 14, Kind.WHOLE),
    ),
)

DEADLINE_HINT = Name("到当天 24:00；空着按等级算。", "Its end; empty: by the grade.")
HAZARDS = SheetPlan(
    "hazards",
    Name("隐患", "Open hazards"),
    (
        Column("grade", Name("等级", "Grade"), 12, Kind.CHOICE, required=True, listed="grades"),
        Column("place", Name("位置", "Place"), 20, required=True),
        Column("text", Name("情况", "What"), 50, required=True),
        Column("deadline", Name("期限", "Deadline"), 13, Kind.DATE, hint=DEADLINE_HINT),
        Column("owner", Name("责任人", "Owner"), 16, listed="names"),
    ),
)

CONTACTS = SheetPlan(
    "contacts",
    Name("联系卡", "Contacts"),
    (
        *_names("对象", "Whom", "role", 22),
        Column("phone", Name("电话", "Phone"), 18, Kind.CODE, required=True),
        Column("who", Name("姓名", "Name"), 16),
        *_names("备注", "Note", "note", 26, required=False),
        Column("public", Name("公共号码", "Public number"), 14, Kind.YES, choices=YES_NO),
    ),
)

SHEETS = (STATION, CREWS, PEOPLE, POINTS, ROUTES, CHECKPOINTS, EQUIPMENT, HAZARDS, CONTACTS)
PLANS: Mapping[str, SheetPlan] = {plan.key: plan for plan in SHEETS}
