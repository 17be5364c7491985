"""A log of 1,000,000 entries: the first page painted, and a search of two characters painted, against the same query in raw sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random

ENTRIES, BATCH, RUNS = 1_000_000, 20_000, 9
TEXTS = (
    "过滤器 F-101 排污一次，排出凝液约 {n} L",
    "与上游核对进站压力，偏差 {n} kPa",
    "加臭罐补氮，液位 {n}%",
    "来访 {n} 人，登记入站",
    "调压器切换 {n} 次，正常",
)
WORD = "凝液"


def report() -> None:
    """Fill a store, then print both times and their floors."""
    from stationdesk.services.log import LogFilter
    from stationdesk.storage import keys
    from tests.conftest_station import NIGHT, make_station
    from tests.stage import Clock, pick, settle, window

    keys.use(keys.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "station.db"
        store = make_station(path)
        began = time.perf_counter()
        _fill(store, NIGHT - timedelta(days=3650))
        store.close()
        print(
            f"{ENTRIES:,} entries written with journal and index in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
        )
        first, found = [], []
        with window(path, Clock(NIGHT)) as program:
            pick(program, "lead-b")
            for _run in range(RUNS):
                program.shell.go("now")
                page = program.shell.page("log")
                began = time.perf_counter()
                page.filters.changed.emit(LogFilter())  # type: ignore[attr-defined]
                program.shell.go("log")
                settle(program, 1)
                page.grab()
                first.append(time.perf_counter() - began)
                began = time.perf_counter()
                page.filters.changed.emit(LogFilter(text=WORD))  # type: ignore[attr-defined]
                settle(program, 1)
                page.grab()
                found.append(time.perf_counter() - began)
        floor_first, floor_found = _raw(path)
    _say("first page painted", first, floor_first)
    _say(f"search “{WORD}” painted", found, floor_found)


def _say(what: str, ours: list[float], floor: list[float]) -> None:
    one, other = statistics.median(ours) * 1000, statistics.median(floor) * 1000
    print(f"{what}: {one:.0f} ms (median of {RUNS}, aim < 100), the query alone in raw sqlite3 {other:.2f} ms, ratio {one / other:.0f}")


def _fill(store: object, start: object) -> None:
    from stationdesk.services import PROGRAM
    from stationdesk.storage.journal import insert_rows
    from stationdesk.storage.log import LogEntry

    chance = Random(1)
    step = timedelta(minutes=5)
    for batch in range(ENTRIES // BATCH):
        at = start + batch * BATCH * step  # type: ignore[operator]
        rows = [
            {
                "category": "operation",
                "text": TEXTS[chance.randrange(len(TEXTS))].format(n=chance.randrange(100)),
                "time": at + n * step,
                "at": at + n * step,
                "by_id": 3,
                "desk": "desk-1",
            }
            for n in range(BATCH)
        ]
        with store.write(PROGRAM, "demo", at) as session:  # type: ignore[attr-defined]
            insert_rows(session, LogEntry, rows)


def _raw(path: Path) -> tuple[list[float], list[float]]:
    from stationdesk.storage.search import query_of

    connection = sqlite3.connect(path)
    first, found = [], []
    for _run in range(RUNS):
        began = time.perf_counter()
        connection.execute("SELECT * FROM log_entry ORDER BY id DESC LIMIT 200").fetchall()
        first.append(time.perf_counter() - began)
        began = time.perf_counter()
        query = "SELECT rowid FROM log_entry_search WHERE log_entry_search MATCH ? ORDER BY rowid DESC LIMIT 200"
        ids = [row[0] for row in connection.execute(query, (query_of(WORD),))]
        marks = ",".join("?" * len(ids))
        connection.execute(f"SELECT * FROM log_entry WHERE id IN ({marks}) ORDER BY id DESC", ids).fetchall()
        found.append(time.perf_counter() - began)
    connection.close()
    return first, found
