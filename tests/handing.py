"""A night shift walked to its end, so that it can be handed over: readings, rounds, checklists, and the relief at the desk."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from stationdesk.domain.answers import Ask
from stationdesk.services import Store, readings, rounds
from stationdesk.services import checklists as lists
from stationdesk.services import handover as use
from stationdesk.services.lines import Given, LineView
from stationdesk.services.shifts import SignOn, sign_on
from stationdesk.storage import keys
from tests.conftest_station import PASSWORD, actor, make_station
from tests.night import PAPER, hour_of, make_points, take_night

EIGHT = hour_of("08") + timedelta(minutes=3)
"""08:03, the minute of the handover."""
LAST = ["2.39", "12.0", "1.195", "6.5", "0.341", "2.7", "37", "20240", "48419913", "0.337", "2.8", "18.9"]
_HOME = tempfile.TemporaryDirectory(prefix="stationdesk-night-", ignore_cleanup_errors=True)


def walked_night(path: Path, *, size: int = 3, relief: int = 3, quiet: bool = False) -> Store:
    """The store at 08:03: everything done, relief people of crew d signed on. quiet: nothing abnormal at all."""
    shutil.copyfile(_template(size, relief, quiet), path)
    return Store.open(path, clock=lambda: EIGHT)


@cache
def _template(size: int, relief: int, quiet: bool) -> Path:
    path = Path(_HOME.name) / f"{size}-{relief}-{quiet}.db"
    keys.use(keys.LIGHT)
    store = make_station(path, size=size)
    _read(store, quiet)
    walk_night(store, alone=size == 1)
    fill_night(store)
    for n in range(relief):
        login = f"op-d{n}" if n else "lead-d"
        person = actor(store, login)
        sign_on(store, person, person.person_id, SignOn(shift="next", leader=not n), at=EIGHT - timedelta(minutes=20 - n))
    store.close()
    return path


def _read(store: Store, quiet: bool) -> None:
    points, person = make_points(store), actor(store, "lead-b")
    if quiet:
        for line in range(9):
            hour = hour_of(f"{line:02}")
            values = ["2.45", "12.2", "1.200", "6.6", "0.346", "3.0", "14", "9000", str(48330000 + 9000 * line), "0.344", "3.1", "20.5"]
            readings.take_hour(store, person, hour, dict(zip(points, values, strict=True)), at=hour + timedelta(minutes=2))
        return
    take_night(store, points)
    for clock, values in (("07", PAPER), ("08", LAST)):
        hour = hour_of(clock)
        readings.take_hour(store, person, hour, dict(zip(points, values, strict=True)), at=hour + timedelta(minutes=2))
    explain_filter(store)


def explain_filter(store: Store) -> None:
    """Words to the filter's difference, which is over its limit at 06:00 and again at 08:00."""
    point = next(each for each in readings.points_view(store, EIGHT) if each.code == "dp-f")
    for clock in ("06", "08"):
        hour = hour_of(clock)
        readings.explain(store, actor(store, "lead-b"), point.point_id, hour, words="滤芯该换了，已报站长", at=EIGHT - timedelta(minutes=1))


def answer(line: LineView) -> Given:
    """The answer of an ordinary night."""
    if line.item.ask is Ask.MEASURE:
        limits = line.item.limits
        return Given(typed=str(next((each for each in (limits.low, limits.high) if each is not None), 5)))
    if line.item.ask is Ask.CHOOSE:
        return Given(choice=next(each.code for each in line.item.choices if not each.abnormal))
    return Given(result="normal")


def walk_night(store: Store, alone: bool = False) -> None:
    leader, second = actor(store, "lead-b"), None if alone else actor(store, "op-b1").person_id
    for lane in rounds.rounds_view(store, EIGHT).lanes:
        for window in lane.windows:
            if window.opens.minute not in (0, 30) or window.opens >= hour_of("08"):
                continue
            time = window.opens + timedelta(minutes=5)
            few = "一人值班" if alone and lane.route.people > 1 else ""
            start = rounds.RoundStart("live", window.opens, second_id=second if lane.route.people > 1 else None, few_reason=few)
            found = rounds.start_round(store, leader, lane.route.route_id, start, at=time)
            for line in rounds.round_view(store, found).lines:
                time += timedelta(seconds=40)
                rounds.answer_line(store, leader, found, line.item_id, answer(line), at=time)
            rounds.close_round(store, leader, found, at=time)


def fill_night(store: Store) -> None:
    time = hour_of("07") + timedelta(minutes=20)
    for due in lists.checklists_view(store, time).owed:
        fill_list(store, due.id, time)


def fill_list(store: Store, template_id: int, at: datetime, wrong: str = "", words: str = "") -> int:
    """A checklist signed off; wrong: code of the item found abnormal."""
    leader = actor(store, "lead-b")
    found = lists.start_checklist(store, leader, template_id, at=at)
    for line in lists.checklist_view(store, found).lines:
        given = Given(result="abnormal", words=words) if line.code == wrong else answer(line)
        lists.answer_item(store, leader, found, line.item_id, given, at=at)
    lists.close_checklist(store, leader, found, at=at)
    return found


def reserve_filter(store: Store, at: datetime = EIGHT) -> None:
    """Line 2 goes over with a reservation: the filter stands over its limit."""
    use.give_verdict(store, actor(store, "lead-b"), "equipment", "with_reservation", "早班 09:00 切 B 路后换滤芯，已报站长", at=at)


def settle_lines(store: Store, at: datetime = EIGHT) -> None:
    """What the relief says: the reservation accepted, the post looked at."""
    relief = actor(store, "lead-d")
    use.accept_reservation(store, relief, "equipment", at=at)
    use.give_verdict(store, relief, "hygiene", "as_found", at=at)


def hand_over(store: Store, at: datetime = EIGHT) -> int:
    """The whole routine handover; its id."""
    reserve_filter(store, at)
    use.sign_outgoing(store, actor(store, "lead-b"), PASSWORD, at=at + timedelta(seconds=22))
    settle_lines(store, at + timedelta(minutes=3))
    return use.sign_incoming(store, actor(store, "lead-d"), PASSWORD, at=at + timedelta(minutes=6))
