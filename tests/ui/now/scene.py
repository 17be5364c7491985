"""The night of the Now page's picture: 06:42, one filter over its limit, two rounds walked, one late, three things carried over."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from stationdesk.services import Store, hazards, items, log, rounds
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, actor, make_station
from tests.handing import answer
from tests.night import hour_of, make_points, take_night

_HOME = tempfile.TemporaryDirectory(prefix="stationdesk-now-", ignore_cleanup_errors=True)
WALKS = (("site", "01", 4, 23), ("odorizer", "02", 3, 15), ("site", "03", 52, 12), ("site", "05", 3, 23), ("odorizer", "06", 2, 20))
"""Route, hour of its window, minutes until it was walked, minutes it took."""


def night(path: Path) -> Store:
    """The store of that night, one's own to write in."""
    shutil.copyfile(_made(), path)
    return Store.open(path, clock=lambda: NIGHT)


@cache
def _made() -> Path:
    path = Path(_HOME.name) / "now.db"
    keys.use(keys.LIGHT)
    store = make_station(path)
    take_night(store, make_points(store))
    for route, clock, after, minutes in WALKS:
        walk(store, route, hour_of(clock), hour_of(clock) + timedelta(minutes=after), minutes)
    _perimeter(store)
    _carry(store)
    _write(store)
    store.close()
    return path


def walk(store: Store, code: str, window: datetime, began: datetime, minutes: int, login: str = "op-b1") -> int:
    """A round walked from a time on, so many minutes long, nothing found."""
    person, second = actor(store, login), actor(store, "op-b2")
    lane = next(each for each in rounds.rounds_view(store, NIGHT).lanes if each.route.code == code)
    two = second.person_id if lane.route.people > 1 else None
    found = rounds.start_round(store, person, lane.route.route_id, rounds.RoundStart("live", window, second_id=two), at=began)
    lines = rounds.round_view(store, found).lines
    for n, line in enumerate(lines):
        at = began + timedelta(minutes=minutes) * (n + 1) / (len(lines) + 1)
        rounds.answer_line(store, person, found, line.item_id, answer(line), at=at.replace(microsecond=0))
    late = "处理来电后巡检" if began > window + timedelta(minutes=40) else ""
    rounds.close_round(store, person, found, late, at=began + timedelta(minutes=minutes))
    return found


def _perimeter(store: Store) -> None:
    lane = next(each for each in rounds.rounds_view(store, NIGHT).lanes if each.route.code == "perimeter")
    for window in lane.windows:
        if hour_of("00") <= window.opens < NIGHT:
            walk(store, "perimeter", window.opens, window.opens + timedelta(minutes=5), 18)


def _carry(store: Store) -> None:
    person, at = actor(store, "op-b2"), hour_of("00") + timedelta(minutes=30)
    owner = person.person_id
    hazards.raise_hazard(store, person, "minor", "调压间", "东侧照明灯不亮", at=at, owner_id=owner)
    hazards.raise_hazard(store, person, "major", "放空区", "围栏锈蚀", at=at, owner_id=actor(store, "chief").person_id)
    safety = actor(store, "safety").person_id
    items.open_item(store, person, "item", "加臭泵 2# 膜片待到货", at=at, deadline=NIGHT + timedelta(days=2), owner_id=safety)


def _write(store: Store) -> None:
    person = actor(store, "op-b1")
    for clock, minute, category, text in (
        ("01", 40, "operation", "切换 A 路过滤器排污，压差恢复"),
        ("04", 12, "contact", "上级调度来电，核对昨日供气量"),
        ("06", 30, "operation", "瞬时流量上升，检查 2# 调压器正常"),
    ):
        log.write_entry(store, person, category, text, at=hour_of(clock) + timedelta(minutes=minute))
