"""The gate station's profile is whole, and every mistake in one is named by its place."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from stationdesk import paths
from stationdesk.domain.answers import Ask
from stationdesk.domain.errors import say
from stationdesk.domain.handover import definition_of
from stationdesk.domain.hazards import grade_of
from stationdesk.domain.permissions import Role
from stationdesk.domain.profile import (
    Profile,
    ProfileError,
    ProfileHoleError,
    ProfileKeyError,
    ProfileStrayError,
    ProfileTwiceError,
    ProfileTypeError,
    lists,
    parse,
)
from stationdesk.domain.rotation import coverage, pattern_of

FILES = sorted((paths.resources() / "profiles").glob("*.toml"))


def read(name: str = "gate-station") -> dict[str, Any]:
    with (paths.resources() / "profiles" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


@pytest.fixture(scope="module")
def gate() -> Profile:
    return parse(read())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_profile_can_be_read_and_carries_its_name(file: Any) -> None:
    assert parse(read(file.stem)).code == file.stem


def test_the_gate_station_has_what_a_gate_station_needs(gate: Profile) -> None:
    assert sum(len(route.checkpoints) >= 15 for route in gate.routes) >= 2
    assert len(gate.checklists) >= 4
    assert [line.code for line in gate.handover.lines] == ["mode", "equipment", "records", "contact", "fire", "hygiene", "problems"]
    assert len(gate.handover.grounds) == 5
    assert {"110", "119", "120"} == {each.phone for each in gate.contacts if each.public}
    assert {"leak", "fire", "outage", "call"} == {each.code for each in gate.emergency_kinds}
    assert {8 * 60, 12 * 60, 24 * 60} == {kind.minutes for pattern in gate.patterns for kind in pattern.kinds}
    assert all(coverage(pattern).covered for pattern in gate.patterns)
    assert sum(point.on_now for point in gate.points) == 4


def test_points_read_as_on_the_wall(gate: Profile) -> None:
    limits = {point.code: point.limits.text() for point in gate.points}
    assert (limits["p-in"], limits["t-in"], limits["dp-f"], limits["q-1"], limits["n-1"], limits["odor"]) == (
        "2.20–2.70",
        "−5–40",
        "≤ 30",
        "≤ 24,000",
        "—",
        "16–30",
    )
    for point in gate.points:
        high = point.limits.hh or point.limits.h
        assert point.design is None or high is None or high <= point.design
        assert (point.kind == "counter") == (point.rollover is not None)


def test_measured_lines_have_a_unit_and_posts_a_role(gate: Profile) -> None:
    walks = [line for route in gate.routes for line in route.checkpoints] + [line for each in gate.checklists for line in each.items]
    assert all(line.item.unit for line in walks if line.item.ask is Ask.MEASURE)
    assert all(sum(not choice.abnormal for choice in line.choices) for line in walks if line.item.ask is Ask.CHOOSE)
    assert {post.role for post in gate.posts} <= set(Role)


def test_its_chinese_is_chinese_and_its_english_is_not() -> None:
    def texts(value: Any) -> list[dict[str, str]]:
        if isinstance(value, dict):
            own = [value] if {"zh", "en"} <= set(value) else []
            return own + [each for inner in value.values() for each in texts(inner)]
        return [each for inner in value for each in texts(inner)] if isinstance(value, list) else []

    found = texts(read())
    assert len(found) > 200
    for each in found:
        assert any("\u4e00" <= c <= "\u9fff" for c in each["zh"]), each
        assert not any("\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in each["en"]), each
        assert not any(a + b in each["zh"] for a in "，。：；" for b in " "), each
        assert each["en"] == each["en"].strip()


def test_the_lists_are_those_the_domain_reads_back(gate: Profile) -> None:
    made = lists(gate)
    assert json.loads(json.dumps(made)) == made
    assert definition_of(made["handover_lines"], made["refusal_grounds"]) == gate.handover
    assert tuple(grade_of(each) for each in made["hazard_grades"]) == gate.hazard_grades
    assert tuple(pattern_of(each) for each in made["shift_patterns"]) == gate.patterns
    assert all(
        entry["code"] and entry["zh"] for code in ("log_categories", "reading_phrases", "posts", "emergency_team") for entry in made[code]
    )


Break = Callable[[dict[str, Any]], None]


def change(path: str, value: Any) -> Break:
    """Sets the value at a path like points.3.unit; None takes the key away."""

    def broken(data: dict[str, Any]) -> None:
        *way, last = path.split(".")
        at: Any = data
        for key in way:
            at = at[int(key)] if isinstance(at, list) else at[key]
        if value is None:
            del at[last]
        else:
            at[last] = value

    return broken


@pytest.mark.parametrize(
    ("broken", "error", "place"),
    [
        (change("points.3.unit", None), ProfileKeyError, "points[3].unit"),
        (change("points.3.unit", 5), ProfileTypeError, "points[3].unit"),
        (change("points.0.h", "high"), ProfileTypeError, "points[0].h"),
        (change("points.0.hight", 5), ProfileStrayError, "points[0].hight"),
        (change("points.0.l", Decimal(99)), ProfileError, "points[0]"),
        (change("points.1.code", "p-in"), ProfileTwiceError, "points[1]"),
        (change("points.0.name", {"zh": "压力"}), ProfileKeyError, "points[0].name.en"),
        (change("points.0.decimals", True), ProfileTypeError, "points[0].decimals"),
        (change("points", {}), ProfileTypeError, "points"),
        (change("points", [1]), ProfileTypeError, "points[0]"),
        (change("patterns.0.phases", [0, 1, 2, 3]), ProfileHoleError, "patterns[0]"),
        (change("patterns.0.cycle", ["Q"]), ProfileError, "patterns[0]"),
        (change("patterns.0.kinds", [{}]), ProfileTypeError, "patterns[0]"),
        (change("crews", [{"code": "A", "name": {"zh": "甲", "en": "A"}}]), ProfileTypeError, "crews"),
        (change("routes.0.schedule", {}), ProfileError, "routes[0].schedule"),
        (change("routes.0.schedule", {"every": "soon"}), ProfileError, "routes[0].schedule"),
        (change("routes.0.checkpoints", None), ProfileKeyError, "routes[0].checkpoints"),
        (change("routes.0.checkpoints.1.ask", "measure"), ProfileKeyError, "routes[0].checkpoints[1].choices"),
        (change("checklists.0.period", {"every": "year"}), ProfileError, "checklists[0].period"),
        (change("checklists.0.subject", "water"), ProfileTypeError, "handover.lines[4].rule"),
        (change("handover.lines.0.rule", "guess"), ProfileError, "handover"),
        (change("settings.ink_hours", 0), ProfileError, "settings.ink_hours"),
        (change("settings.inky", 1), ProfileError, "settings.inky"),
        (change("sheets.handover", {"colour": "red"}), ProfileError, "sheets.handover"),
        (change("extra", 1), ProfileStrayError, "extra"),
        (change("hazard_grades.0.term", "someday"), ProfileTypeError, "hazard_grades[0]"),
        (change("code", None), ProfileKeyError, "code"),
    ],
)
def test_a_mistake_is_named_by_its_place(broken: Break, error: type[ProfileError], place: str) -> None:
    data = copy.deepcopy(read())
    broken(data)
    with pytest.raises(error) as caught:
        parse(data)
    assert caught.value.place == place
    assert place in say(caught.value)
