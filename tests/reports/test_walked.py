"""巡检记录 and 检查表 as paper has them: made, and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stationdesk.domain.names import Name
from stationdesk.domain.walks import LineText
from stationdesk.reports import checklists, rounds
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.registry import REPORTS, builder
from stationdesk.services import Store
from stationdesk.services import checklists as lists
from stationdesk.services import rounds as use
from stationdesk.services.lines import Given, HazardWish
from tests.conftest_station import NIGHT, actor
from tests.walks import LINES, LIST, ROUTE, answers, clock, fill, make_list, make_route, paper, retire_others, walk

LANGUAGES = ["zh_CN", "en"]


def text(sheet: object) -> str:
    """The sheet as its PDF reads, blanks folded; the same as what is kept of it."""
    made = make(sheet)  # type: ignore[arg-type]
    assert list(made.lines) == read_lines(made.pdf)
    return " ".join(made.lines)


@pytest.fixture
def round_id(station_store: Store) -> int:
    """A late round with an abnormal point and its hazard."""
    route = make_route(station_store)
    retire_others(station_store)
    person, second = actor(station_store, "op-b1"), actor(station_store, "op-b2")
    begun = use.start_round(
        station_store, person, route, paper(clock(3), clock(3, 52), clock(4, 15), second_id=second.person_id), at=clock(4, 20)
    )
    fill(station_store, begun, clock(4, 20), (Given(result="na", words="今日停用", walked="3:53"), *answers(value="36.0")[1:]))
    point = use.round_view(station_store, begun).lines[1].item_id
    use.answer_line(station_store, person, begun, point, Given(words="滤芯堵", hazard=HazardWish("minor")), at=clock(4, 21))
    use.close_round(station_store, person, begun, "处置加臭泵报警", at=clock(4, 22))
    return begun


def test_one_round_says_all_of_it(station_store: Store, round_id: int) -> None:
    said = text(rounds.sheet(station_store, f"round:{round_id}", "zh_CN"))
    for part in ("巡检记录", "试线", "03:00–03:40", "03:52–04:15（纸上所记）", "李娜、王强", "迟检 12 分：处置加臭泵报警", "03:53"):
        assert part in said
    for part in ("36.0 MPa", "异常", "高于 30；滤芯堵", "YH-2026-0001", "今日停用", "不适用", "李娜"):
        assert part in said


def test_in_english_too(station_store: Store, round_id: int) -> None:
    said = text(rounds.sheet(station_store, f"round:{round_id}", "en"))
    assert "Round inspection record" in said
    assert "late by 12 min" in said
    assert "Trial route" in said


def test_a_shift_names_what_was_missed(station_store: Store, round_id: int) -> None:
    route = use.routes_view(station_store, NIGHT)[0].route_id
    use.explain_window(station_store, actor(station_store, "op-b1"), route, clock(1), "抢修", at=NIGHT)
    shift = str(use.last_shift(station_store))
    said = text(rounds.sheet(station_store, shift, "zh_CN"))
    for part in ("漏检", "抢修", "迟检 12 分", "已完成 1 次，其中迟检 1 次；漏检 1 次"):
        assert part in said
    assert said == text(rounds.sheet(station_store, "", "zh_CN"))
    assert said == text(rounds.sheet(station_store, "2026-11-21", "zh_CN"))


def test_a_day_without_shifts_is_a_sheet_without_rounds(station_store: Store) -> None:
    assert "巡检记录" in text(rounds.sheet(station_store, "2020-01-01", "zh_CN"))
    assert "检查表" in text(checklists.sheet(station_store, "2020-01-01", "zh_CN"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_form_has_boxes_and_no_answers(station_store: Store, language: str) -> None:
    route = make_route(station_store)
    said = text(rounds.blank(station_store, str(route), language))
    assert said.count("□") == 3 + 3 + 3
    assert ("□开" if language == "zh_CN" else "□open") in said
    assert "≤ 30 MPa" in said
    assert "12:" not in said


def test_two_hundred_points_repeat_the_head(station_store: Store) -> None:
    many = tuple(LineText(f"{n:03}", Name(f"点 {n}")) for n in range(200))
    route = make_route(station_store, replace(ROUTE, lines=many))
    made = make(rounds.blank(station_store, str(route), "zh_CN"))
    assert made.pages > 3
    assert sum(line == "区域" for line in made.lines) == made.pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_signed_and_blank(station_store: Store, language: str) -> None:
    template = make_list(station_store)
    retire_others(station_store)
    person = actor(station_store, "op-b1")
    begun = lists.start_checklist(station_store, person, template, "paper", at=NIGHT)
    for line, given in zip(lists.checklist_view(station_store, begun).lines, answers(choice="shut", words="卡涩"), strict=True):
        lists.answer_item(station_store, person, begun, line.item_id, given, at=NIGHT)
    lists.close_checklist(station_store, person, begun, at=NIGHT)
    said = text(checklists.sheet(station_store, f"checklist:{begun}", language))
    assert ("试表" if language == "zh_CN" else "Trial list") in said
    assert "卡涩" in said
    assert person.name in said
    shift = text(checklists.sheet(station_store, str(use.last_shift(station_store)), language))
    assert "卡涩" in shift
    assert text(checklists.blank(station_store, str(template), language)).count("□") == 9


def test_a_round_given_up_is_no_round_of_the_shift(station_store: Store) -> None:
    route = make_route(station_store)
    retire_others(station_store)
    walk(station_store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    person = actor(station_store, "op-b1")
    begun = use.start_round(station_store, person, route, use.RoundStart("live"), at=clock(2))
    use.abort_round(station_store, person, begun, "报警", at=clock(2, 1))
    said = text(rounds.sheet(station_store, "", "zh_CN"))
    assert "已中止" in said
    assert said.count("区域") == 1


def test_the_registry_leads_to_them(station_store: Store) -> None:
    mine = {each.name: each.sheet for each in REPORTS if each.name in ("rounds", "round-blank", "checklists", "checklist-blank")}
    assert len(mine) == 4
    assert all(callable(builder(place)) for place in mine.values())
    assert len(LINES) == len(LIST.lines)
