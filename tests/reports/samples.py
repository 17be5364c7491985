"""Sheets that tests are made of: a handover and a day of readings as a gate station prints them, in Chinese and English."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import cos, pi

from stationdesk.domain import words
from stationdesk.domain.words import named as t
from stationdesk.reports.sheet import (
    Chart,
    Code,
    Column,
    Facts,
    Paragraph,
    Row,
    Run,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
    Tick,
    Ticks,
)

CODE = Code("7F3AQ2WD9KTM5HXRC8VN", 184_213, "9C417E0B52D8A6F3")
STATION = ("确山门站", "Queshan gate station")


def handover(language: str = "zh_CN", *, chart: bool = False) -> Sheet:
    with words.speaking(language):
        sections = [_facts(), _seven(), _summary(), _base(), _open(), *([_trend()] if chart else []), _signatures()]
        return Sheet(
            t("交接班记录", "Shift handover record"),
            sections,
            company=t("示例天然气有限公司", "Example Natural Gas Ltd."),
            station=t(*STATION),
            form_no=t("QSMZ-JL-07（第 3 版）", "QSMZ-JL-07 (issue 3)"),
            number="JJB-20261121-1",
            language=language,
            code=CODE,
            printed=t("打印 2026-11-21 08:10 刘洋（第 1 次）", "Printed 2026-11-21 08:10 by 刘洋 (1st)"),
        )


def blank_handover(language: str = "zh_CN") -> Sheet:
    sheet = handover(language)
    with words.speaking(language):
        facts = replace(_facts(), bands=[[(label, "") for label, _v in band] for band in _facts().bands], tall=22)
        seven = replace(_seven(), remark="", items=[Tick(tick.name) for tick in _seven().items], tall=30)
        opened = replace(_open(), rows=[], blank=4, tall=24, fill=True)
        signatures = Signatures("signatures", cells=[Signature(cell.key, cell.role) for cell in _signatures().cells])
        note = t("空白表：停机时手填，事后补录并注明", "Blank form: filled in by hand while the computer is down, entered afterwards")
    return replace(sheet, sections=[facts, seven, opened, signatures], number="", code=None, printed="", note=note)


def _facts() -> Facts:
    bands = [
        [
            (t("站场", "Station"), t(*STATION)),
            (t("日期", "Date"), t("2026-11-21 星期六", "2026-11-21 Saturday")),
            (t("交接时刻", "Time"), t("08:00（接班签字 08:09）", "08:00 (signed 08:09)")),
        ],
        [
            (t("交班", "Outgoing"), t("夜班 00:00–08:00 乙班", "Night 00:00–08:00 crew B")),
            (t("班长", "Leader"), "张伟"),
            (t("成员", "Crew"), "李娜、王强"),
        ],
        [
            (t("接班", "Incoming"), t("早班 08:00–16:00 丙班", "Early 08:00–16:00 crew C")),
            (t("班长", "Leader"), "刘洋"),
            (t("成员", "Crew"), "陈静、赵磊"),
        ],
    ]
    return Facts("facts", bands=bands, widths=(14.7, 0, 14.7, 35.4, 17.4, 51.5))


def _seven() -> Ticks:
    items = [
        Tick(
            t("运行方式", "Operating mode"),
            t(
                "A 路运行，B 路备用。08:00 进站 2.39 MPa，出站 0.337 MPa。",
                "Line A running, B standby. 08:00 inlet 2.39 MPa, outlet 0.337 MPa.",
            ),
            evidence=t("运行记录 08:00", "Readings 08:00"),
            verdict="agrees",
        ),
        Tick(
            t("设备状况", "Equipment"),
            t(
                "在用 86 台，停用 1 台。F-101 压差 06:00 起高于 30 kPa，现 37 kPa。",
                "86 in use, 1 out of use. F-101 ΔP above 30 kPa since 06:00, now 37 kPa.",
            ),
            t("早班 09:00 切 B 路后换滤芯，已报站长。", "Early shift switches to line B at 09:00 and changes the element; chief told."),
            t("运行记录 06:00–08:00\n隐患 YH-2026-0119", "Readings 06:00–08:00\nHazard YH-2026-0119"),
            "issue",
        ),
        Tick(
            t("报表资料", "Records"),
            t("抄录 9/9，巡检 9/9（迟检 1 已说明），检查表 3/3，更正 1 处。", "Readings 9/9, rounds 9/9 (1 late), 1 correction."),
            evidence=t("巡检记录 03:52", "Round 03:52"),
            verdict="agrees",
        ),
        Tick(
            t("工作联系", "Orders and calls"),
            t("调度令 2 条均已回令；传达签收 3/3；应急电话 0 次。", "2 dispatch orders answered; notices signed 3/3."),
            evidence="DD-1121-01、-02",
            verdict="agrees",
        ),
        Tick(
            t("消防器材", "Fire equipment"),
            t("灭火器 24 具，合格 23 具；MF-17 指针不在绿区。", "24 extinguishers, 23 good; MF-17 pointer out of the green."),
            t("MF-17 已撤下，换备用 MF-25，已报韩梅。", "MF-17 taken away, spare MF-25 in its place, Han Mei told."),
            t("检查表 JC-1121-03 07:20", "Checklist JC-1121-03 07:20"),
            "issue",
        ),
        Tick(
            t("岗位卫生", "Housekeeping"),
            t("现场看过，整洁。（人工确认，程序无记录可依）", "Looked at, clean. (Confirmed by people, no record to go by)"),
            evidence=t("两班确认 08:06", "Both crews 08:06"),
            verdict="agrees",
        ),
        Tick(
            t("存在问题及上级指示", "Issues, instructions"),
            t("遗留 5 项（新增 2），见第四节；上级指示 1 条已传达。", "5 items open (2 new), see part 4; 1 instruction passed on."),
            evidence=t("传达 CD-1120-04", "Notice CD-1120-04"),
            verdict="agrees",
        ),
    ]
    remark = t("事实由记录算出，依据可在程序中逐条打开", "Facts are computed from records; each opens in the program")
    return Ticks("seven", t("一、七交", "1  Seven items handed over"), items, remark=remark)


def _summary() -> Table:
    columns = [
        Column("name", t("参数", "Point"), 24.5),
        Column("unit", t("单位", "Unit"), 13.7, "center"),
        Column("limit", t("限值", "Limits"), 19.6, "center"),
        Column("first", "00:00", 15.4, "right", None),
        Column("low", t("最低", "Lowest"), 25, "right"),
        Column("high", t("最高", "Highest"), 25, "right"),
        Column("mean", t("平均", "Mean"), 17.5, "right", None),
        Column("last", "08:00", 17.5, "right", None),
        Column("over", t("超限时次", "Hours over"), 0, "center"),
    ]
    points = [
        (t("进站压力", "Inlet pressure"), "MPa", "2.20–2.70", "2.46", "2.39", 8, "2.46", 0, "2.43", "2.39", 0),
        (t("出站压力", "Outlet pressure"), "MPa", "0.32–0.38", "0.344", "0.337", 8, "0.346", 3, "0.342", "0.337", 0),
        (t("过滤器压差", "Filter ΔP"), "kPa", "≤ 30", "14", "12", 2, "37", 8, "21", "37", 3),
        (t("瞬时流量", "Flow"), "Nm³/h", "≤ 24,000", "9860", "7280", 3, "20240", 8, "11387", "20240", 0),
        (t("加臭浓度", "Odorant"), "mg/m³", "16–30", "20.6", "18.8", 7, "21.0", 2, "20.0", "18.9", 0),
    ]
    rows: list[Row] = [
        {
            "name": name,
            "unit": unit,
            "limit": limit,
            "first": Decimal(first),
            "low": _at(low, at),
            "high": _at(high, top),
            "mean": Decimal(mean),
            "last": Decimal(last),
            "over": Run(str(over), bold=over > 0),
        }
        for name, unit, limit, first, low, at, high, top, mean, last, over in points
    ]
    remark = t("夜班 9 个整点；逐时记录见运行参数日报", "Night shift, 9 hours; all readings in the daily sheet")
    return Table("summary", t("二、运行参数摘要", "2  Readings in brief"), columns, rows, remark=remark)


def _at(value: str, hour: int) -> list[Run]:
    return [Run(f"{Decimal(value):,}"), Run(t(f" {hour:02d}时", f" {hour:02d}:00"), grey=True, size=0.913)]


def _base() -> Table:
    columns = [
        Column("line", t("计量管路", "Meter line"), 24.5),
        Column("unit", t("单位", "Unit"), 13.7, "center"),
        Column("first", t("00:00 底数", "00:00"), 34.2, "right"),
        Column("out", t("08:00 交班", "08:00 outgoing"), 34.2, "right"),
        Column("in", t("08:00 接班", "08:00 incoming"), 34.2, "right"),
        Column("gap", t("差", "Diff."), 12.7, "right"),
        Column("shift", t("本班量", "Shift"), 0, "right"),
    ]
    counters = [
        (t("1# 标况", "1# standard"), "Nm³", 48_332_467, 48_419_913),
        (t("1# 工况", "1# actual"), "m³", 1_779_482, 1_782_700),
        (t("2# 标况", "2# standard"), "Nm³", 12_004_337, 12_004_337),
        (t("2# 工况", "2# actual"), "m³", 442_109, 442_109),
    ]
    rows: list[Row] = [
        {"line": line, "unit": unit, "first": first, "out": out, "in": out, "gap": 0, "shift": out - first}
        for line, unit, first, out in counters
    ]
    closing = [
        Run(t("输气量复算（AGA8-DETAIL，气质报告 QZ-2026-11）：", "Recomputed (AGA8-DETAIL, gas report QZ-2026-11): ")),
        Run("87,512 Nm³", bold=True),
        Run(
            t(
                "；修正仪 87,446 Nm³；差 +0.08%，允差 ±0.28%，相符。",
                "; corrector 87,446 Nm³; difference +0.08%, tolerance ±0.28%, agrees.",
            )
        ),
    ]
    remark = t("08:00 整点冻结值，接班人盲录，允差 ±1 计数", "Frozen at 08:00, read blind by the relief, tolerance ±1 count")
    return Table("base", t("三、交接底数", "3  Counters"), columns, rows, remark=remark, closing=closing, pad=3.4)


def _open() -> Table:
    columns = [
        Column("no", t("编号", "No."), 27.7),
        Column("what", t("内容", "What")),
        Column("due", t("期限", "Due"), 25.4, "center"),
        Column("who", t("责任人", "Owner"), 19, "center"),
        Column("carried", t("结转", "Carried"), 19.2, "center"),
    ]
    items = [
        ("YH-2026-0119", t("过滤器 F-101 压差高于 30 kPa", "Filter F-101 ΔP above 30 kPa"), "11-21 24:00", "沈浩", 0),
        ("YL-2026-0343", t("灭火器 MF-17 撤下，换备用", "Extinguisher MF-17 replaced by spare"), "11-21 16:00", "韩梅", 0),
        ("YH-2026-0115", t("调压间东侧照明灯不亮", "Lamp out, regulator room east"), "11-21 24:00", "王强", 2),
        ("YL-2026-0341", t("加臭泵 2# 膜片待到货", "Odorant pump 2#: diaphragm awaited"), "11-23 17:00", "韩梅", 12),
        ("YH-2026-0109", t("放空区围栏锈蚀", "Fence of vent area rusting"), "11-30 17:00", "沈浩", 39),
    ]
    rows: list[Row] = [
        {"no": no, "what": what, "due": due, "who": who, "carried": t(f"第 {times} 次", f"{times} times") if times else t("新增", "new")}
        for no, what, due, who, times in items
    ]
    return Table(
        "open", t("四、遗留事项", "4  Open items"), columns, rows, remark=t("结转沿用原编号", "Carried on under their numbers"), pad=3.4
    )


def _trend() -> Chart:
    hours = [2.46, 2.46, 2.45, 2.45, None, 2.43, 2.42, 2.4, 2.39]
    return Chart(
        "trend",
        t("五、进站压力趋势", "5  Inlet pressure"),
        points=list(enumerate(hours)),
        limits=[(t("低 2.20", "L 2.20"), 2.2), (t("高 2.70", "H 2.70"), 2.7)],
        hours=(0, 8),
        reasons=[(3.5, 4.5, t("在场处置报警", "dealing with an alarm"))],
        remark="MPa",
    )


def _signatures() -> Signatures:
    cells = [
        Signature("prepared", t("制表", "Prepared"), "李娜", t("08:02 录入", "entered 08:02")),
        Signature("outgoing", t("交班班长（乙班）", "Outgoing leader (B)"), "张伟", t("08:03:22 口令签字", "08:03:22 signed by password")),
        Signature("incoming", t("接班班长（丙班）", "Incoming leader (C)"), "刘洋", t("08:09:41 口令签字", "08:09:41 signed by password")),
        Signature("chief", t("站长审核", "Chief")),
    ]
    return Signatures("signatures", cells=cells)


POINTS = (  # key, name, unit, limit, digits, group
    ("p_in", "压力", "MPa", "2.20–2.70", 2, "进站"),
    ("t_in", "温度", "℃", "−5–40", 1, "进站"),
    ("dp", "F-101 压差", "kPa", "≤ 30", 0, "过滤"),
    ("p_a", "A 路压力", "MPa", "0.32–0.38", 3, "调压"),
    ("v_a", "A 路阀位", "%", "", 0, "调压"),
    ("p_b", "B 路压力", "MPa", "0.32–0.38", 3, "调压"),
    ("q1", "1# 流量", "Nm³/h", "≤ 24,000", 0, "计量"),
    ("n1", "1# 标况累计", "Nm³", "", 0, "计量"),
    ("q2", "2# 流量", "Nm³/h", "≤ 24,000", 0, "计量"),
    ("n2", "2# 标况累计", "Nm³", "", 0, "计量"),
    ("odor", "浓度", "mg/m³", "16–30", 1, "加臭"),
    ("lel", "泄漏", "%LEL", "≤ 20", 0, "加臭"),
)


def readings(watermark: str = "试运行") -> Sheet:
    """A day on A4 landscape: names over columns, units and limits in the head, a correction struck through, values missing."""
    rows = [_hour(n) for n in range(24)]
    groups = {group: sum(point[-1] == group for point in POINTS) for *_rest, group in POINTS}
    columns = [
        Column("time", "时间", 17.0, "center"),
        *(
            Column(key, name, 22.0 if unit == "Nm³" else 0.0, "right", digits, unit=unit, limit=limit or "—")
            for key, name, unit, limit, digits, _g in POINTS
        ),
        Column("by", "抄录", 17.0, "center"),
    ]
    why = (
        "11:00 加臭浓度 91.0 更正为 19.0 mg/m³：小数点误录，陈静 11:06。\n"
        "13:00–15:00 F-101 压差高于 30 kPa：流量高峰，滤芯待换，隐患 YH-2026-0119。\n"
        "17:00 阀位、泄漏未抄：在场处置 2# 加臭泵报警，见值班记录 17:04。"
    )
    facts = [("站场", "确山门站"), ("日期", "2026-11-20 星期五"), ("天气", "晴 −2–9 ℃"), ("限值版本", "第 4 版，自 2026-10-15 08:00")]
    points = [(n, None if n == 17 else float(_pressure(n))) for n in range(24)]
    limits = [("低 2.20", 2.2), ("高 2.70", 2.7)]
    roles = [("night", "夜班抄录", "李娜"), ("early", "早班抄录", "陈静"), ("middle", "中班抄录", "周琳"), ("chief", "站长审核", "")]
    sections: list[Section] = [
        Facts("facts", bands=[facts], widths=(16, 0, 16, 0, 16, 0, 18, 0)),
        Table("hours", columns=columns, rows=rows, groups=[("", 1), *groups.items(), ("", 1)], pad=2.2),
        Paragraph("why", "超限与更正说明", why, remark="△ 超出限值；划线为更正前的值；空格为未抄"),
        Chart("trend", "进站压力", points=points, limits=limits, reasons=[(16.5, 17.5, "处置报警")], remark="MPa，24 h"),
        Signatures("signatures", cells=[Signature(key, role, name, "口令签字" if name else "") for key, role, name in roles]),
    ]
    return Sheet(
        "运行参数日报",
        sections,
        company="示例天然气有限公司",
        station="确山门站",
        form_no="QSMZ-JL-02（第 5 版）",
        number="RB-20261120-1",
        landscape=True,
        watermark=watermark,
        code=Code("5M2KW9TC3QAX81FNZB6H", 184_377, "2B80D1F6A95C3E47"),
        printed="打印 2026-11-21 00:12 周琳（第 1 次）",
    )


def _load(n: int) -> float:
    return 11000 - 6500 * cos(2 * pi * (n - 2) / 24)


def _pressure(n: int) -> float:
    return round(2.46 - _load(n) / 1.6e5, 2)


def _hour(n: int) -> Row:
    load = _load(n)
    over = int(load / 600) > 27
    return {
        "time": f"{n:02d}:00",
        "p_in": _pressure(n),
        "t_in": 8.5 + load / 5000,
        "dp": (Run("△ "), Run(str(int(load / 600) + 3), bold=True)) if over else int(load / 600),
        "p_a": 0.346 - load / 2e6,
        "v_a": None if n == 17 else int(20 + load / 500),
        "p_b": 0.352,
        "q1": int(load),
        "n1": 48_332_467 + n * 10_950,
        "q2": 0,
        "n2": 12_004_337,
        "odor": (Run("91.0", grey=True, size=0.85, struck=True), Run(" 19.0")) if n == 11 else 18.9 + n % 5 / 2,
        "lel": None if n == 17 else 0,
        "by": "李娜" if n < 8 else "陈静" if n < 16 else "周琳",
    }
