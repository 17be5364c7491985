"""Full text of the log: what is found, in which order, and that the index can be made anew."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from stationdesk.services import Store
from stationdesk.storage import journal, search, verify
from stationdesk.storage.log import LogEntry
from tests.storage.conftest import AT, OPERATOR, do

TEXTS = (
    "1#调压器出口压力 2.35 MPa，正常",
    "PT-101 显示偏高，联系仪表",
    "张䶮接班，𬱖师傅顶班",
    "Valve FV-2 closed; straße 12:05",
    "区",
    "１＃加臭机ＯＫ 😀 开度 50% ±2",
)


def write(store: Store, *texts: str) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        for text in texts:
            session.add(LogEntry(category="run", text=text, time=AT, at=AT, by_id=1))
            session.flush()


def found(store: Store, text: str, **how: int) -> list[int]:
    with store.read() as session:
        return search.find(session, text, **how)


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("调压", [1]),
        ("压器出", [1]),
        ("器", [1]),
        ("压力 正常", [1]),
        ("正常 压力", [1]),
        ("2.35", [1]),
        ("2.3", [1]),
        ("23", []),
        ("mpa", [1]),
        ("PT-101", [2]),
        ("pt－101", [2]),
        ("101", [2]),
        ("张䶮", [3]),
        ("𬱖", [3]),
        ("𬱖师", [3]),
        ("VALVE", [4]),
        ("STRASSE", [4]),
        ("12:05", [4]),
        ("fv-2", [4]),
        ("区", [5]),
        ("加臭机ok", [6]),
        ("1#加臭", [6]),
        ("没有", []),
        ("调力", []),
        ("", []),
        ("!?*()", []),
        ("%", [6]),
        ("％ ±", [6]),
        ("😀", [6]),
        ("＃", [6, 1]),
        ('"OR" NEAR(', []),
    ],
)
def test_any_part_of_a_word_is_found(store: Store, typed: str, entries: list[int]) -> None:
    write(store, *TEXTS)
    assert found(store, typed) == entries


def test_newest_first_page_by_page(store: Store) -> None:
    write(store, *(f"巡检 {number}" for number in range(25)))
    first = found(store, "巡检", limit=10)
    second = found(store, "巡检", limit=10, before=first[-1])
    assert first + second == list(range(25, 5, -1))
    assert found(store, "检", limit=3) == [25, 24, 23]


words = some.text(some.sampled_from("调压器出口力区" + string.ascii_lowercase[:4] + "012.-:#， "), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(texts=some.lists(words, min_size=1, max_size=8), data=some.data())
def test_every_part_of_every_text_finds_it(store: Store, texts: list[str], data: some.DataObject) -> None:
    before = _count(store)
    write(store, *texts)
    number = data.draw(some.integers(0, len(texts) - 1))
    for run in search.runs(texts[number]):
        start = data.draw(some.integers(0, len(run) - 1))
        part = run[start : data.draw(some.integers(start + 1, len(run)))].translate({ord(away): mark for mark, away in JOINERS.items()})
        if search.runs(part):
            assert before + number + 1 in found(store, part, limit=10_000)


JOINERS = {chr(mark): away for mark, away in search.JOINERS.items()}


def _count(store: Store) -> int:
    with store.read() as session:
        return session.query(LogEntry).count()


def test_bulk_entries_are_found(store: Store) -> None:
    with store.write(OPERATOR, "try_it", AT) as session:
        journal.insert_rows(session, LogEntry, [{"category": "run", "text": text, "time": AT, "at": AT} for text in TEXTS])
    assert found(store, "调压") == [1]


def test_an_entry_that_was_not_kept_is_not_found(store: Store) -> None:
    entry = LogEntry(category="run", text="泄漏", time=AT, at=AT, by_id=1)
    with pytest.raises(ZeroDivisionError):
        do(store, lambda session: session.add(entry), lambda session: session.flush(), lambda session: 1 / 0)
    assert found(store, "泄漏") == []


def test_the_index_is_made_anew(store: Store) -> None:
    write(store, *TEXTS)
    store.close()
    assert verify.rebuild(store.path)[-1] == "log_entry_search"
    again = Store.open(store.path)
    assert found(again, "调压") == [1]
    assert verify.verify(store.path).clean
    again.close()
