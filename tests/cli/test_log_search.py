"""`stationdesk log` and `stationdesk search` through the command line's own way in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stationdesk import cli
from stationdesk.cli.log import patiently
from stationdesk.domain.store import StoreBusyError
from stationdesk.services import Store, log
from stationdesk.services.log import LogFilter
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, actor, make_station


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATIONDESK_PASSWORD", "demo")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("stationdesk.cli.desk.now", lambda: NIGHT)
    keys.use(keys.LIGHT)
    make_station(tmp_path / "s.db").close()
    yield str(tmp_path / "s.db")
    keys.use(keys.STRONG)


def run(*arguments: str) -> int:
    return cli.main([*arguments, "--lang", "en"])


def write(path: str, text: str, *more: str) -> int:
    return run("log", text, "--db", path, "--as", "op-b1", *more)


def stored(path: str) -> list[log.EntryView]:
    store = Store.open(path)
    found = log.entries(store, LogFilter())
    store.close()
    return list(found)


def test_entry_is_written_and_its_number_printed(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert write(path, "过滤器压差 34 kPa", "--category", "equipment", "--at", "05:10") == 0
    number = int(capsys.readouterr().out)
    (found,) = stored(path)
    assert (found.entry_id, found.text, found.category, found.person) == (number, "过滤器压差 34 kPa", "equipment", "李娜")
    assert (found.time, found.late) == (NIGHT - timedelta(minutes=92), True)


def test_without_more_it_is_about_now_and_other(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert write(path, "巡线电话") == 0
    (found,) = stored(path)
    assert (found.category, found.time, found.late) == ("other", NIGHT, False)


def test_each_line_of_standard_input_is_an_entry(path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("一\n\n䶮㛃𬱖\n三\n"))
    assert write(path, "-") == 0
    assert [int(line) for line in capsys.readouterr().out.split()] == [1, 2, 3]
    assert [each.text for each in stored(path)] == ["三", "䶮㛃𬱖", "一"]


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_the_entry(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\ufeff一\r\n".encode())))
    assert write(path, "-") == 0
    assert [each.text for each in stored(path)] == ["一"]


def test_a_closed_standard_input_has_no_entries(path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert write(path, "-") == 0
    assert capsys.readouterr().out == ""


def test_refused_line_is_named_and_those_before_it_stay(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("一\nNUL \0 inside\n三\n"))
    assert write(path, "-") == 2
    said = capsys.readouterr()
    assert said.out.split() == ["1"]
    assert "Line 2" in said.err
    assert [each.text for each in stored(path)] == ["一"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (" ", ()),
        ("字" * 10_001, ()),
        ("a\0b", ()),
        ("x", ("--category", "gossip")),
        ("x", ("--at", "yesterday")),
        ("x", ("--at", "2026-11-21T07:00:00+08:00")),
        ("x", ("--at", "06:59")),
    ],
)
def test_what_cannot_be_an_entry_is_refused_in_one_line(
    path: str, capsys: pytest.CaptureFixture[str], text: str, more: tuple[str, ...]
) -> None:
    assert write(path, text, *more) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert stored(path) == []


def test_wrong_password_and_unknown_login_are_refused(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("log", "x", "--db", path, "--as", "nobody") == 2
    monkeypatch.setenv("STATIONDESK_PASSWORD", "wrong1")
    assert write(path, "x") == 2
    assert stored(path) == []


def test_search_gives_json_and_nothing_else(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(path, "二级调压器出口 0.341", "--category", "equipment")
    write(path, "换班")
    capsys.readouterr()
    assert run("search", "压器", "--db", path, "--json") == 0
    expected = {"seq": 1, "time": "2026-11-21T06:42:00+08:00", "category": "equipment", "text": "二级调压器出口 0.341", "person": "李娜"}
    assert json.loads(capsys.readouterr().out) == [expected]
    assert datetime.fromisoformat(expected["time"]).astimezone(UTC) == NIGHT  # type: ignore[arg-type]


def test_search_finds_all_newest_first_or_as_many_as_asked_for(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(path)
    from tests.conftest_station import actor

    log.write_entries(store, actor(store, "op-b1"), [f"阀门 {n}" for n in range(450)], at=NIGHT)
    store.close()
    assert run("search", "阀门", "--db", path, "--json") == 0
    assert [each["seq"] for each in json.loads(capsys.readouterr().out)] == list(range(450, 0, -1))
    assert run("search", "阀门", "--db", path, "--limit", "2") == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == ["450", "449"]


def test_an_entry_that_was_corrected_is_not_read_as_if_it_held(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(path, "进站压力 2.53 MPa")
    store = Store.open(path)
    (wrong,) = log.entries(store, LogFilter())
    right = log.write_entry(store, actor(store, "op-b1"), wrong.category, "进站压力 2.35 MPa", at=NIGHT, corrects_id=wrong.entry_id)
    store.close()
    capsys.readouterr()
    assert run("search", "进站压力", "--db", path) == 0
    holds, struck = capsys.readouterr().out.splitlines()
    assert holds.endswith("2.35 MPa")
    assert struck.endswith(f"2.53 MPa (corrected by {right})")


def test_nothing_found_is_an_empty_list(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("没有", " ", "，"):
        assert run("search", words, "--db", path, "--json") == 0
        assert json.loads(capsys.readouterr().out) == []


def test_a_script_waits_for_its_turn_where_others_write() -> None:
    turns = iter([StoreBusyError(), StoreBusyError(), None])

    def write() -> int:
        busy = next(turns)
        if busy is not None:
            raise busy
        return 7

    assert patiently(write) == 7
    with pytest.raises(StoreBusyError):
        patiently(always_busy)


def always_busy() -> int:
    raise StoreBusyError
