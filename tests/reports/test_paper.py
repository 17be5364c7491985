from __future__ import annotations

import json
from typing import Any

import pytest

from stationdesk.domain.errors import say
from stationdesk.domain.paper import NotATableError, UnknownColumnError, UnknownSectionError, parse_template
from stationdesk.domain.words import speaking
from stationdesk.reports.paint import make
from stationdesk.reports.paper import on_paper
from stationdesk.reports.sheet import Sheet, Signatures, Table, Ticks
from tests.reports import samples


def template(**entries: Any) -> Any:
    return parse_template(json.dumps(entries, ensure_ascii=False))


def keys(sheet: Sheet, section: str) -> list[str]:
    found = next(each for each in sheet.sections if each.key == section)
    assert isinstance(found, Table)
    return [column.key for column in found.columns]


def test_a_template_that_says_nothing_changes_nothing() -> None:
    assert on_paper(parse_template(""), samples.handover()) == samples.handover()


def test_a_station_makes_the_form_its_own() -> None:
    own = template(
        title="门站交接班记录表",
        company={"zh": "某某燃气集团", "en": "Some Gas Group"},
        form_no="XX-01",
        remark="本表一式两份。",
        sections={"open": {"title": "遗留问题", "columns": ["what", {"key": "no", "name": "隐患编号", "width": 40}, "due"]}},
    )
    lines = make(on_paper(own, samples.handover())).lines
    assert {"门站交接班记录表", "某某燃气集团", "表号 XX-01 编号 JJB-20261121-1", "本表一式两份。", "遗留问题", "隐患编号"} <= set(lines)
    assert "责任人" not in lines
    at = lines.index("遗留问题")
    assert lines[at + 2 : at + 5] == ("内容", "隐患编号", "期限")
    assert "Some Gas Group" in make(on_paper(own, samples.handover("en"))).lines


def test_columns_of_tick_lines_are_the_stations_too() -> None:
    own = template(sections={"seven": {"columns": ["n", "item", "verdict", {"key": "fact", "name": "说明"}]}})
    assert keys(on_paper(own, samples.handover()), "seven") == ["n", "item", "verdict", "fact"]
    assert isinstance(on_paper(template(sections={"seven": {"title": "七交接"}}), samples.handover()).sections[1], Ticks)


def test_a_name_over_columns_goes_with_each_of_them() -> None:
    """A pressure nobody knows the place of is worse than none."""
    program = samples.readings().sections[1]
    assert isinstance(program, Table)
    own = [column.key for column in program.columns]
    over = dict(zip(own, (name for name, count in program.groups for _n in range(count)), strict=True))
    chosen = ["time", own[3], own[1], own[2]]
    table = on_paper(template(sections={"hours": {"columns": chosen}}), samples.readings()).sections[1]
    assert isinstance(table, Table)
    assert [name for name, count in table.groups for _n in range(count)] == [over[key] for key in chosen]
    assert table.groups[-1] == (over[own[1]], 2)  # neighbours of one group have it once
    assert over[own[3]] in make(on_paper(template(sections={"hours": {"columns": chosen}}), samples.readings())).lines


def test_names_over_columns_that_are_all_left_out_are_none() -> None:
    table = on_paper(template(sections={"hours": {"columns": ["time"]}}), samples.readings()).sections[1]
    assert isinstance(table, Table)
    assert table.groups == ()


def test_signature_cells_are_the_stations() -> None:
    own = template(
        signatures=[
            "incoming",
            {"key": "outgoing", "name": "交班人", "ink": True},
            {"name": "分管领导批准"},
            {"name": "盖章处", "dated": False},
        ]
    )
    sheet = on_paper(own, samples.handover())
    section = sheet.sections[-1]
    assert isinstance(section, Signatures)
    assert [(cell.role, cell.name) for cell in section.cells] == [
        ("接班班长（丙班）", "刘洋"),
        ("交班人", ""),
        ("分管领导批准", ""),
        ("盖章处", ""),
    ]
    lines = make(sheet).lines
    assert lines.count("年 月 日") == 2
    assert "张伟" in lines  # still named as the leader in the facts
    assert lines.count("张伟") == 1


def test_no_signature_cells_at_all() -> None:
    assert not any(isinstance(section, Signatures) for section in on_paper(template(signatures=[]), samples.handover()).sections)


@pytest.mark.parametrize(
    ("entries", "kind", "words"),
    [
        (
            {"sections": {"eight": {}}},
            UnknownSectionError,
            "“交接班记录”中没有“eight”这一部分，现有：facts, seven, summary, base, open, signatures",
        ),
        (
            {"sections": {"open": {"columns": ["no", "colour"]}}},
            UnknownColumnError,
            "“四、遗留事项”中没有“colour”栏，现有：no, what, due, who, carried",
        ),
        ({"sections": {"facts": {"columns": ["no"]}}}, NotATableError, "“facts”没有可选的栏。"),
    ],
)
def test_what_the_sheet_does_not_have_is_named_in_words(entries: dict[str, Any], kind: type, words: str) -> None:
    with pytest.raises(kind) as refused:
        on_paper(template(**entries), samples.handover())
    with speaking("zh_CN"):
        assert say(refused.value) == words


def test_what_the_station_does_not_name_stays_in_its_place_and_what_is_not_there_is_passed_over() -> None:
    own = template(
        sections={
            "open": {"rest": True, "columns": ["due", {"key": "who", "shown": False}, "gone"]},
            "orders": {"rest": True, "columns": ["number"]},
        }
    )
    sheet = on_paper(own, samples.handover())
    table = next(each for each in sheet.sections if each.key == "open")
    assert isinstance(table, Table)
    assert [column.key for column in table.columns] == ["no", "what", "due", "carried"]


def test_a_cell_of_somebody_who_does_not_sign_that_day_is_left_out() -> None:
    own = template(signatures=["outgoing", "shift3", {"name": "盖章处"}])
    section = on_paper(own, samples.handover()).sections[-1]
    assert isinstance(section, Signatures)
    assert [cell.key for cell in section.cells] == ["outgoing", ""]
