"""What a hand can put into a field of Settings: it is kept, or answered at its field; nothing typed is lost and nothing breaks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from stationdesk.services.checklists import templates_view
from stationdesk.services.readings import points_view
from stationdesk.services.rounds.routes import routes_view
from stationdesk.services.station import station_view
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.form import Form
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.spoken import said
from tests.conftest_station import NIGHT
from tests.ui.settings.hands import keep, settle, write, wrong

BAD = {"huge": "字" * 10_000, "long number": "9" * 40, "unseen": "a\x00b", "a row of a table": "1\t2\n3\t4"}


def forms(section) -> list[Form]:
    named = (getattr(section, name, None) for name in ("form", "head_form", "line_form"))
    return [form for form in named if isinstance(form, Form)]


def put(part: Field, text: str) -> None:
    """As the clipboard puts it."""
    QApplication.clipboard().setText(text)
    part.edit.setFocus()
    part.edit.selectAll()
    part.edit.paste()


@pytest.mark.parametrize(
    "key",
    [
        "station",
        "people",
        "rotation",
        "patterns",
        "points",
        "routes",
        "checklists",
        "lists",
        "contacts",
        "equipment",
        "program",
        "roster-rules",
        "calendar",
        "certificates",
        "fixed-duties",
    ],
)
def test_every_field_answers(open_at, key):
    page = open_at(key)
    section = page.section()
    for form in forms(section):
        for name, part in form.parts.items():
            if not isinstance(part, Field) or part.isHidden() or part.edit.isReadOnly():
                continue
            before = part.text()
            for bad in BAD.values():
                put(part, bad)
                typed = part.text()
                section.save.click()
                settle(page)
                refused = any(each.wrong for one in forms(section) for each in one.parts.values() if isinstance(each, Labelled))
                if refused or (section.problem.isVisible() and section.problem.token == "red-fg"):
                    assert part.text() in (typed, " ".join(typed.split())), name
                else:
                    assert len(part.text()) <= 400, name
                    assert part.text().isprintable(), name
                put(part, before)


def test_a_block_pasted_into_a_name_is_one_line(open_at, station_store):
    page = open_at("station")
    put(page.section().form.parts["name_zh"], "青山\t门站\n")
    keep(page)
    assert station_view(station_store).name_zh == "青山 门站"


def test_a_name_of_thirty_signs_is_kept(open_at, station_store):
    page = open_at("station")
    write(page, page.section().form.parts["name_zh"], "站" * 30)
    keep(page)
    assert station_view(station_store).name_zh == "站" * 30


@pytest.mark.parametrize(("key", "text"), [("window_minutes", "-5"), ("people", "0"), ("people", "999"), ("window_minutes", "9999999")])
def test_a_route_nobody_could_walk_is_refused_at_the_field(open_at, station_store, key, text):
    before = routes_view(station_store, NIGHT)
    page = open_at("routes")
    part = page.section().head_form.parts[key]
    write(page, part, text)
    keep(page)
    assert "From" in wrong(part)
    assert part.text() == text
    assert routes_view(station_store, NIGHT) == before


@pytest.mark.parametrize(
    ("key", "text", "said_"),
    [("decimals", "-5", "0 to 6"), ("decimals", "99", "0 to 6"), ("position", "-1", "0 to 999"), ("rollover", "0", "above 0")],
)
def test_a_point_no_grid_could_show_is_refused_at_the_field(open_at, station_store, key, text, said_):
    before = points_view(station_store, NIGHT)
    page = open_at("points")
    part = page.section().form.parts[key]
    write(page, part, text)
    keep(page)
    assert said_ in wrong(part)
    assert points_view(station_store, NIGHT) == before


def test_a_checklist_for_shifts_that_do_not_exist_is_refused(open_at, station_store):
    before = templates_view(station_store, NIGHT)
    page = open_at("checklists")
    part = page.section().head_form.parts["kinds"]
    write(page, part, "D X")
    keep(page)
    assert "X" in wrong(part)
    assert templates_view(station_store, NIGHT) == before


def test_only_what_a_period_has_is_asked(open_at):
    section = open_at("checklists").section()
    every, parts = section.head_form.parts["every"], section.head_form.parts
    for chosen, shown in (("week", "weekday"), ("month", "day"), ("random", "times"), ("shift", "")):
        every.choose(chosen)
        every.chosen.emit(chosen)
        assert [key for key in ("weekday", "day", "times") if parts[key].isVisible()] == ([shown] if shown else [])


def test_what_decides_a_line_of_the_handover_is_chosen_in_words(open_at, station_store):
    from stationdesk.services.settings import list_items

    page = open_at("lists")
    section = page.section()
    rule = section.line_form.parts["rule"]
    offered = {code: said(words) for code, words in rule.choices}
    assert offered["running_mode"] == "the running mode"
    assert any(code.startswith("checklist:") for code in offered)
    rule.choose("")
    keep(page)
    assert list_items(station_store, "handover_lines", NIGHT)[0]["rule"] == ""
