"""`stationdesk import corrector` through the command line's own way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from stationdesk import cli
from stationdesk.services.metering.archives import archive_hours
from stationdesk.storage import keys
from tests.conftest_station import PASSWORD, make_station
from tests.domain.metering.archives import FIRST, HEADINGS, HOURS, ONE, usual
from tests.services.metering.test_archive_files import text


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STATIONDESK_PASSWORD", PASSWORD)
    keys.use(keys.LIGHT)
    yield
    keys.use(keys.STRONG)


@pytest.fixture
def db(tmp_path: Path) -> str:
    make_station(tmp_path / "station.db").close()
    return str(tmp_path / "station.db")


def written(tmp_path: Path, rows: list[list[str]], name: str = "archive.csv") -> str:
    (tmp_path / name).write_bytes(text(rows).encode("gbk"))
    return str(tmp_path / name)


def run(*arguments: str) -> int:
    return cli.main(["import", "corrector", *arguments, "--lang", "en"])


def kept(db: str) -> int:
    from stationdesk.services import Store

    store = Store.open(db)
    try:
        return len(archive_hours(store, 1, FIRST - timedelta(hours=1), FIRST + timedelta(hours=60)))
    finally:
        store.close()


def test_a_dry_run_needs_nobody_and_writes_nothing(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = written(tmp_path, usual())
    assert run(file, "--db", db, "--dry-run") == 0
    said = capsys.readouterr()
    assert "1#: 48 h, 10-01 09:00 – 10-03 08:00; 48 new, 0 the same, 0 changed" in said.out
    assert "in error states, apart" in said.out
    assert said.out.splitlines()[-1] == "Nothing was written."
    assert said.err == ""
    assert kept(db) == 0


def test_as_json_it_is_one_document(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = usual()
    rows[9][4] = "x"
    assert run(written(tmp_path, rows), "--db", db, "--dry-run", "--json") == 2
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (found["taken"], found["encoding"], found["rows"]) == (False, "gb18030", 96)
    assert [(each["name"], each["stream"], each["new"]) for each in found["streams"]] == [("1#", "1", 47), ("2#", "2", 48)]
    assert found["refused"] == [{"line": 10, "column": HEADINGS[4], "sheet": "", "reason": "“x” is not a number."}]
    assert found["read_as"]["gauge"] is False
    assert [each["quantity"] for each in found["read_as"]["columns"]][3:5] == ["counter", "corrected"]
    assert said.err.splitlines()[-1] == "stationdesk: Nothing was taken; lines or cells refused: 1."


def test_taken_in_and_then_nothing_new(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = written(tmp_path, usual())
    assert run(file, "--db", db, "--as", "lead-b") == 0
    assert "96 hours were taken in." in capsys.readouterr().out
    assert kept(db) == 48
    assert run(file, "--db", db, "--as", "lead-b") == 0
    assert "This file was taken in on" in capsys.readouterr().out


def test_without_somebody_nothing_is_taken_in(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(written(tmp_path, usual()), "--db", db) == 2
    assert "--as LOGIN" in capsys.readouterr().err


def test_refused_lines_are_named_and_stop_it(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = usual()
    rows[9][4] = "x"
    file = written(tmp_path, rows)
    assert run(file, "--db", db, "--as", "lead-b") == 2
    assert f"line 10, {HEADINGS[4]}: “x” is not a number." in capsys.readouterr().err
    assert kept(db) == 0
    assert run(file, "--db", db, "--as", "lead-b", "--accept-refused") == 0
    assert kept(db) == 47


def test_what_is_asked_is_answered_on_the_command_line(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    head = ["时间", "流量(Nm3)", "压力", "温度(℃)"]
    file = written(tmp_path, [head, *([f"{h.wall:%Y-%m-%d %H:%M}", str(h.vb), "18.3", "12"] for h in ONE)])
    assert run(file, "--db", db, "--dry-run") == 2
    assert "Asked: " in capsys.readouterr().out
    said = ("--unit", "pressure=bar", "--pressure", "gauge", "--stream", "1", "--hour-at", "start")
    assert run(file, "--db", db, "--as", "chief", *said, "--save-mapping", "EVC") == 0
    capsys.readouterr()
    assert run(file, "--db", db, "--dry-run", "--mapping", "EVC") == 0
    assert "This file was taken in on" in capsys.readouterr().out


def test_a_wrong_word_on_the_command_line(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = written(tmp_path, usual(HOURS[:8]))
    assert run(file, "--db", db, "--dry-run", "--unit", "pressure") == 2
    assert run(file, "--db", db, "--dry-run", "--unit", "pressure=fathom") == 2
    assert run(file, "--db", db, "--dry-run", "--mapping", "nobody's") == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
